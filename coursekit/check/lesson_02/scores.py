"""Exercise 1 of notebook 02: the gradient of the mean cross-entropy in the scores."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_02.softmax_gradient import _gradient_in_scores
from coursekit.check.lesson_02.softmax_hints import FIXED_PLACE, LABELS, NAN, PART, ROUNDED, SOFTMAX

DIFFERENCES = ("coursekit.gradcheck.numeric_gradient", "scipy.optimize.approx_fprime", "scipy.differentiate")
LOSSES = (
    "coursekit.softmax.softmax_loss", "coursekit.softmax.softmax_loss_loops", "coursekit.full_batch.FullBatchLoss",
    *DIFFERENCES,
)  # fmt: skip


def _scores_gradient(Z, y, *, after="none", way="batch", **mistakes):
    """Return (P - Y) / m."""
    Z, y = np.asarray(Z), np.asarray(y)
    dZ = _gradient_in_scores(Z, y, way=way, **mistakes)
    return {
        "none": lambda: dZ,
        "loss": lambda: _gradient_in_scores(Z, y, way="losses").mean(),
        "loss, summed": lambda: _gradient_in_scores(Z, y, way="losses").sum(),
        "whole": lambda: dZ.astype(Z.dtype),
        "step": lambda: Z - dZ,
        "nan to 0": lambda: np.nan_to_num(dZ),
        "first": lambda: np.where(np.arange(len(Z))[:, None] == 0, dZ, 0),
        "last": lambda: np.where(np.arange(len(Z))[:, None] == len(Z) - 1, dZ, 0),
        "all but the first": lambda: np.where(np.arange(len(Z))[:, None] > 0, dZ, 0),
        "all but the last": lambda: np.where(np.arange(len(Z))[:, None] < len(Z) - 1, dZ, 0),
        "first row": lambda: dZ[0],
        "last row": lambda: dZ[-1],
        "sum": lambda: dZ.sum(),
        "transposed": lambda: dZ.T,
        "flat": lambda: dZ.ravel(),
        "turned": lambda: dZ[::-1],
        "row sums": lambda: dZ.sum(axis=1),
        "without the first row": lambda: dZ[1:],
        "without the last row": lambda: dZ[:-1],
        "first row alone": lambda: dZ[:1],
        "zeros": lambda: np.zeros(dZ.shape),
        **{digits: lambda digits=digits: dZ.round(digits) for digits in (2, 3, 4, 5)},
    }[after]()


def _labelled(rng):
    """Draw scores and labels; the likeliest class is not always the true one, and not every class occurs."""
    found = []
    for m, k in ((5, 3), (3, 5), (4, 4)):
        Z, y = rng.normal(0, 2, (m, k)).round(2), rng.integers(0, k, m)
        y[0], y[1], y[2] = Z[0].argmin(), Z[1].argmax(), k - 1
        found.append((Z, y))
    return found


FAR = np.array([[1e4, 0.0, -1e4], [1e4, 1e4 + 1, -2e4]])
APART = np.array([[1e4, 1e4 + 1], [-1e4, -1e4 + 2], [3.0, 4.0]])
CLIMBING = np.array([[1e4, 1e4 + 1], [-1e4, -1e4 + 2], [0.0, 1e3]])  # the first score is far from the largest

scores_gradient = Exercise(
    "02-scores-gradient",
    _scores_gradient,
    tries=(
        (np.array([[0.0, 1.0]]), np.array([0])),
        (np.array([[3, 1, 0], [0, 2, 2]]), np.array([1, 2])),
        (np.array([[0.5, 1.0, -1.0, 0.0, 2.0], [1.0, 0.0, 0.25, -0.5, 1.5]]), np.array([1, 0])),
        (np.array([[0.0, 1.0, 2.5], [1.5, -0.5, 0.25], [-1.0, 2.0, 0.5]]), np.array([2, 1, 0])),
        (np.array([[0.0, 1.0], [1.5, -0.5], [-1.0, 2.0], [0.75, 0.5]]), np.array([1, 0, 0, 1])),
        (FAR, np.array([2, 1])),
        (CLIMBING, np.array([1, 0, 0])),
        (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]), np.array([1])),
        (np.array([[800.0, 0.0, -400.0]]), np.array([1])),
        (np.array([[2.0], [-3.0]]), np.array([0, 0])),
    ),
    draw=_labelled,
    properties=(
        Property(NAN, lambda dZ, Z, y: np.isfinite(dZ).all()),
        Property(
            "Each row of dZ must sum to 0, and some row does not. To raise all scores of an example alike changes no "
            "probability. Look at what is subtracted from P.",
            lambda dZ, Z, y: np.allclose(dZ.sum(axis=1), 0, atol=1e-5),
        ),
        Property(
            "The true class's entry must not be above 0, since to raise its score lowers the loss. Look at the sign, "
            "and at the place where 1 is subtracted.",
            lambda dZ, Z, y: (dZ[np.arange(len(y)), y] < 1e-6).all(),
        ),
    ),
    switches={
        **LABELS,
        **SOFTMAX,
        "shift": SOFTMAX["shift"] | FIXED_PLACE,
        "way": {"losses": "This is one loss per example. Return the gradient, which has an entry for each score."},
        "after": {
            **dict.fromkeys(
                ("loss", "loss, summed"),
                "This is the loss itself, one number. Return its gradient, which has an entry for each score.",
            ),
            "transposed": "Its result is the transpose of what is right, (k, m). dZ[i, j] belongs to Z[i, j].",
            "flat": "All entries came back in one row. dZ has the shape of Z, (m, k).",
            "turned": "The rows are in another order. Row i of dZ belongs to row i of Z.",
            "row sums": "The gradient was summed over the classes, which gives 0. It has an entry for each score.",
            **dict.fromkeys(
                ("without the first row", "without the last row", "first row alone"),
                "Some rows are missing. Look at where the loop begins and ends, and whether the `return` is inside it.",
            ),
            "zeros": "Every entry is 0. Is the gradient written into the result?",
            "whole": "The result was cut to whole numbers where Z holds whole numbers. An array made like Z, with "
            "np.zeros_like or Z.copy(), has its type; make one of floats, np.zeros(Z.shape).",
            "step": "These are scores after a step. Return the gradient itself.",
            "nan to 0": "",
            **dict.fromkeys(("first", "last", "all but the first", "all but the last"), PART),
            **dict.fromkeys(("first row", "last row"), "Only one row came back. Is the `return` inside the loop?"),
            "sum": "The gradient was summed up to one number. It has an entry for each score, (m, k).",
            **dict.fromkeys((2, 3, 4, 5), ROUNDED),
        },
    },
    may_not_call=LOSSES,
)
