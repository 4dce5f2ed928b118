"""Exercise 3 of notebook 00: the label of the largest score of each row."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


@np.errstate(all="ignore")
def _most_likely(Z, *, axis="row", what="largest", count="from 0", after="none"):
    """Return the place of the largest score in each row."""
    Z = np.asarray(Z)
    (m, k), largest = Z.shape, np.equal(Z, Z.max(axis=1, keepdims=True))
    A = {
        "largest": lambda: Z,
        "smallest": lambda: -Z,
        "absolute": lambda: np.abs(Z),
        "smallest absolute": lambda: -np.abs(Z),
        "square, cut": lambda: np.maximum(Z, 0),
        "cut": lambda: Z.astype(int),
        "rounded": lambda: np.round(Z),
        "column's": lambda: Z - Z.mean(axis=0),
        "exponentials": lambda: np.exp(Z),
        "softmax down": lambda: np.exp(Z) / np.exp(Z).sum(axis=0),
        "second": lambda: np.where(largest, -np.inf if k > 1 else 0, Z),
        "sum": lambda: np.tile(Z.sum(axis=0), (m, 1)),
    }[what]()
    labels = {
        "row": lambda: A.argmax(axis=1),
        "column": lambda: A.argmax(axis=0),
        "all": lambda: A.argmax(),
        "first row": lambda: A[0].argmax(),
        "last row": lambda: A[-1].argmax(),
        "in the whole matrix": lambda: A.argmax(axis=1) + k * np.arange(m),
        "first row's for all": lambda: np.full(m, A[0].argmax()),
        "all but the first": lambda: A[1:].argmax(axis=1),
        "all but the last": lambda: A[:-1].argmax(axis=1),
        "without the first class": lambda: A[:, 1:].argmax(axis=1),
        "without the last class": lambda: A[:, :-1].argmax(axis=1),
    }[axis]()
    labels = {"from 0": labels, "from 1": labels + 1, "from -1": labels - 1, "from the end": k - 1 - labels}[count]
    E = np.exp(Z)
    return {
        "none": lambda: labels,
        "scores": lambda: Z.max(axis=1),
        "probabilities": lambda: (E / E.sum(axis=1, keepdims=True)).max(axis=1),
        "exponentials": lambda: E.max(axis=1),
        "all probabilities": lambda: E / E.sum(axis=1, keepdims=True),
        "one-hot": lambda: largest * 1,
        "order": lambda: Z.argsort(axis=1),
        "falling order": lambda: Z.argsort(axis=1)[:, ::-1],
        "column": lambda: labels[:, None],
        "sorted": lambda: np.sort(labels),
    }[after]()


def _batches(rng):
    """Draw batches of scores; no two scores of a row are equal, and the largest are in several places."""
    found = []
    for m, k in ((7, 4), (3, 5), (4, 4)):
        Z = rng.permuted(np.tile(np.arange(k) * 0.9 - 0.4 * k, (m, 1)), axis=1) + rng.uniform(0, 0.4, (m, k))
        Z[1] = -np.abs(Z[1]) - 0.5
        found.append((Z.round(2),))
    return found


PLACES = "Return their places, the labels: argmax."
PART = "Some rows or classes were left out. Look at where the loop begins and ends: the first index is 0."

most_likely = Exercise(
    "00-most-likely",
    _most_likely,
    tries=(
        (np.array([[1.0, 2.0]]),),
        (np.array([[-9.0, -7.0, -8.0], [0.5, 0.2, 0.4]]),),
        (np.array([[0.1, 2.0, -1.0], [3.0, 2.9, 0.0], [-5.0, -4.0, -3.0], [1.0, 0.0, 0.5]]),),
        (np.array([[3, 1, 0], [0, 2, 4], [1, -7, 0]]),),
        (np.array([[2.0], [-3.0]]),),
        (np.array([[0.0, 0.1, 0.3, 0.2], [0.6, 0.4, 0.1, 0.7]]),),
        (np.array([[1.0, 1.000001], [-0.5, -0.500001]]),),
        (np.array([[-4000.0, -3000.0, -5000.0], [900.0, 800.0, 1000.0]]),),
    ),
    draw=_batches,
    properties=(
        Property(
            "Labels are whole numbers from 0 to k - 1: places in a row.",
            lambda labels, Z: np.isin(labels, np.arange(Z.shape[1])).all(),
        ),
    ),
    switches={
        "axis": {
            "column": "Look at the axis: these are places down the columns. There is one example per row: axis=1.",
            "all": "One label came back for the whole matrix. Give one for each row, with axis=1.",
            **dict.fromkeys(
                ("first row", "last row"), "Only one row's label came back. Is the `return` inside the loop?"
            ),
            "in the whole matrix": "These are places in the whole matrix. Give the place within each row: axis=1.",
            "first row's for all": "Every row got the first row's label. Does the loop use its own row, Z[i]?",
            **dict.fromkeys(
                ("all but the first", "all but the last", "without the first class", "without the last class"), PART
            ),
        },
        "what": {
            "smallest": "The place of the smallest score was taken. The most likely class has the largest: argmax.",
            "absolute": "The sign matters: -5 is a smaller score than -3. Take the scores without np.abs.",
            "smallest absolute": "This is the score nearest to 0. The most likely class has the largest, with its "
            "sign.",
            "square, cut": "Look at a row in which every score is negative. A search that begins with 0 as the largest "
            "finds nothing there: begin with the row's own first score.",
            "cut": "The scores were cut to whole numbers, so that 2.9 and 2.1 are the same. Compare them as they are.",
            "rounded": "The scores were rounded, so that some became equal. Compare them as they are.",
            "column's": "Each column's mean was taken away first. Compare the scores of a row as they are.",
            "exponentials": "Look at scores far from 0: the exponential of 1000 is infinite and that of -3000 is 0, so "
            "classes become equal. The scores alone say which is largest.",
            "softmax down": "The probabilities were computed down the columns. An example is a row: axis=1. And the "
            "scores alone say which is largest.",
            "second": "This is the second largest. The most likely class has the largest score.",
            "sum": "The scores of all examples were added up. Each row has its own label.",
        },
        "count": {
            "from 1": "Labels start at 0, not at 1. Python counts so too: leave argmax as it is.",
            "from -1": "Labels start at 0, not at -1. Leave argmax as it is.",
            "from the end": "The classes are counted from the end. Count from the start, beginning with 0.",
        },
        "after": {
            "scores": f"These are the largest scores. {PLACES}",
            "probabilities": f"These are the largest probabilities. {PLACES}",
            "exponentials": f"These are the largest exponentials. {PLACES}",
            "all probabilities": "These are all probabilities. Give one label for each row: argmax.",
            "one-hot": "This is a matrix with a 1 at each label. Give the label itself, one for each row.",
            **dict.fromkeys(
                ("order", "falling order"), "These are all places, in order. Give only that of the largest score."
            ),
            "column": "The labels stand in a column, (m, 1). Give a vector, (m,): .ravel() makes one.",
            "sorted": "The labels were sorted. Label i belongs to row i.",
        },
    },
    may_not_call=("coursekit.softmax.predict",),
)
