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
        "sorted": lambda: np.sort(Z, axis=1),
        "order's": lambda: Z.argsort(axis=1),
        "rounded probabilities": lambda: _softmax(Z).round(3),
        "above one half": lambda: _softmax(Z) > 0.5,
        "above 0": lambda: Z > 0,
        "probabilities": lambda: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
        "of the matrix": lambda: np.exp(Z) / np.exp(Z).sum(),
        "less the matrix's": lambda: np.exp(Z - Z.max()),
        "less the column's": lambda: Z - Z.max(axis=0),
        **{start: lambda start=start: _searched(Z, *start) for start in STARTS},
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
        "last class never": lambda: A[:, : max(k - 1, 1)].argmax(axis=1),
        "first class never": lambda: A[:, 1:].argmax(axis=1) + 1 if k > 1 else np.zeros(m),
        "first in a list": lambda: A[:1].argmax(axis=1),
        "last in a list": lambda: A[-1:].argmax(axis=1),
        "only the first": lambda: A.argmax(axis=1) * (np.arange(m) == 0),
        "not the first": lambda: A.argmax(axis=1) * (np.arange(m) > 0),
        "not the last": lambda: A.argmax(axis=1) * (np.arange(m) < m - 1),
        "matrix's": lambda: np.nonzero(A.max() == A)[1],
        "neighbour": lambda: np.array([max([0, *np.flatnonzero(np.diff(row) > 0) + 1]) for row in A * 1.0]),
        "zero": lambda: np.zeros(m),
        "order down": lambda: A.argsort(axis=0)[:, -1],
        "last row's order": lambda: A.argsort(axis=1)[-1],
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
        "turned": lambda: labels[::-1],
        "row": lambda: labels[None],
        "row numbers": lambda: np.arange(np.size(labels)),
        "where": lambda: np.stack([np.arange(np.size(labels)), labels]),
        "argwhere": lambda: np.stack([np.arange(np.size(labels)), labels], axis=1),
        "with scores": lambda: np.stack([labels, Z.max(axis=1)], axis=1),
        "and scores": lambda: np.stack([labels, Z.max(axis=1)]),
        "largest share": lambda: _softmax(Z).max(axis=1),
        "all shares": lambda: _softmax(Z),
        "scores as they are": lambda: Z,
        "sorted scores": lambda: np.sort(Z, axis=1),
    }[after]()


STALE = ("score", "score and label")
STARTS = [(-1.0, ""), *((start, stale) for start in (0.0, -1.0, -np.inf) for stale in STALE)]


def _softmax(Z):
    """Return the softmax of each row."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _searched(Z, start, stale):
    """Return one-hot rows of what a search finds that begins with a score, and perhaps not anew for each row."""
    found, best, label = np.zeros(Z.shape), start, 0
    for i, row in enumerate(Z):
        best, label = best if stale else start, label if stale == "score and label" else 0
        for j, score in enumerate(row):
            if score > best:
                best, label = score, j
        found[i, label] = 1
    return found


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
FROM_ROW = (
    "Look at where the search begins: the largest score of an earlier row is still there in the next. Begin anew in "
    "each row, with the row's own first score."
)

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
        (np.array([[-4000.0, -3000.0, -5000.0], [100.0, 1000.0, 950.0], [100.0, 950.0, 1000.0]]),),
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
            "matrix's": "The scores are compared with the largest of the whole matrix. Compare each row with its own: "
            "Z.max(axis=1, keepdims=True), or argmax with axis=1.",
            **dict.fromkeys(
                ("first row", "last row", "first in a list", "last in a list"),
                "Only one row's label came back. Is the `return` inside the loop?",
            ),
            "in the whole matrix": "These are places in the whole matrix. Give the place within each row: axis=1.",
            "first row's for all": "Every row got the first row's label. Does the loop use its own row, Z[i]?",
            **dict.fromkeys(
                (
                    "all but the first",
                    "all but the last",
                    "without the first class",
                    "without the last class",
                    "last class never",
                    "first class never",
                    "only the first",
                    "not the first",
                    "not the last",
                ),
                PART,
            ),
            "neighbour": "Look at the comparison: a score is compared with the one before it. Compare it with the "
            "largest so far.",
            **dict.fromkeys(
                ("order down", "last row's order"),
                "Look at the axis of argsort, and at the index behind it. Each row is put in order with axis=1, and "
                "its last place is [:, -1].",
            ),
            "zero": "Every label is 0. Either no label is written into the result, or argmax gets one number in place "
            "of a whole row of scores.",
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
            **dict.fromkeys(
                ("exponentials", "probabilities", "of the matrix"),
                "Look at scores far from 0: the exponential of 1000 is infinite and that of -3000 is 0, so classes "
                "become equal. The scores alone say which is largest.",
            ),
            "less the matrix's": "One maximum was taken away for the whole matrix. In a row far below it all "
            "exponentials become 0, so classes become equal. The scores alone say which is largest.",
            "less the column's": "Each column's maximum was taken away first. Compare the scores of a row as they are.",
            "sorted": "Every label is the last place: the scores were sorted before, or a loop keeps its last index. "
            "Look for the largest in the row as it is: argmax.",
            "order's": "The argmax was taken of an order. argsort gives places already: its last one is the label, or "
            "take argmax of the scores.",
            "rounded probabilities": "The probabilities were rounded, so that some became equal. Compare them as they "
            "are.",
            "above one half": "Look for a class above one half: some rows have none. The most likely class is the "
            "largest of its row, however small.",
            "above 0": "This is the first score above 0. Take the place of the largest: argmax.",
            **{
                start: FROM_ROW
                if start[1]
                else "Look at a row in which every score is small. A search that begins "
                "with a fixed number finds nothing there: begin with the row's own first score."
                for start in STARTS
            },
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
            "turned": "The labels are in another order. Label i belongs to row i.",
            "row": "The labels stand in a matrix of one row, (1, m). Give a vector, (m,): [0] or .ravel() makes one.",
            "row numbers": "These are the numbers of the rows. np.where gives two things, rows and places: take the "
            "second, [1].",
            **dict.fromkeys(
                ("where", "argwhere"),
                "The numbers of the rows came back too. np.where and np.argwhere give rows first, then the places in "
                "them: return the places alone.",
            ),
            **dict.fromkeys(
                ("with scores", "and scores"), "The largest scores came back too. Return the labels alone."
            ),
            "largest share": f"These are the largest probabilities. {PLACES}",
            "all shares": "These are all probabilities. Give one label for each row: argmax.",
            "scores as they are": f"These are the scores themselves. {PLACES}",
            "sorted scores": "These are the scores, sorted. Give the place of the largest before sorting: argmax.",
        },
    },
    causes=(
        (r"no attribute 'index'", "A row of an array has no .index, only a list has. np.argmax(row) gives the place."),
        (
            r"could not be broadcast",
            "Two shapes do not fit. The largest scores of the rows, (m,), are lined up with the columns: "
            "keepdims=True keeps them a column, (m, 1).",
        ),
        (r"is not in list", "The number that is looked for is not in this row. Take the largest of the same row."),
    ),
    may_not_call=("coursekit.softmax.predict",),
)
