"""Exercise 4 of notebook 05: the share of right predictions."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _cal_accuracy(y_pred, y, *, pairs="one by one", hits="equal", divisor="mean", after="share"):
    """Return the share of predictions that equal their label."""
    p, y = given = np.asarray(y_pred), np.asarray(y)
    m = len(y)
    if pairs in LOOKS:
        LOOKS[pairs](p, y)
    p, y = {
        "one by one": lambda: (p.ravel(), y.ravel()),
        "as they came": lambda: (p, y),
        "labels made flat": lambda: (p, y.ravel()),
        "predictions made flat": lambda: (p.ravel(), y),
        **dict.fromkeys(LOOKS, lambda: (p.ravel(), y.ravel())),
        "every pair": lambda: (p.reshape(-1, 1), y.ravel()),
        "each sorted": lambda: (np.sort(p.ravel()), np.sort(y.ravel())),
        "next": lambda: (p.ravel()[1:], y.ravel()[:-1]),
    }[pairs]()
    H = {
        "equal": lambda: p == y,
        "different": lambda: p != y,
        "distance": lambda: np.abs(p - y),
        "1 - distance": lambda: 1 - np.abs(p - y),
        "1 - distance, int": lambda: 1 - np.abs(p.astype(int) - y),
        "square": lambda: (p - y) ** 2,
        "1 - square": lambda: 1 - (p - y) ** 2,
        "within 1": lambda: np.abs(p - y) <= 1,
        "within 1, int": lambda: np.abs(p.astype(int) - y) <= 1,
        "at most": lambda: p <= y,
        "at least": lambda: p >= y,
        "class 0 left out": lambda: (p == y) & (y > 0),
        "ones only": lambda: (p == y) & (y == 1),
        "both not 0": lambda: (p > 0) & (y > 0),
        "among the labels": lambda: np.isin(p, y),
        "class numbers": lambda: p * (p == y),
    }[hits]()
    share = {
        "mean": lambda: H.mean(),
        "over m": lambda: H.sum() / m,
        "one minus": lambda: 1 - np.count_nonzero(H == 0) / m,
        "builtin": lambda: sum(H) / m,
        "1 minus the wrong ones": lambda: 1 - np.count_nonzero(H == 0),
        "m minus": lambda: m - H.sum(),
        "m - 1": lambda: H.sum() / (m - 1),
        "m + 1": lambda: H.sum() / (m + 1),
        "classes": lambda: H.sum() / (y.max() + 1),
        "10000": lambda: H.sum() / 10000,
        "whole": lambda: H.sum() // m,
        "count": lambda: H.sum(),
        "none": lambda: H,
        "first": lambda: H[0] * 1.0,
        "last": lambda: H[-1] * 1.0,
        "all but the first": lambda: H[1:].sum() / m,
        "all but the last": lambda: H[:-1].sum() / m,
        "first over m": lambda: H[0] / m,
        "all": lambda: H.all(),
        "any": lambda: H.any(),
        "diagonal": lambda: np.diag(given[0] == given[1]).mean(),
        "trace": lambda: np.trace(given[0] == given[1]) / m,
        "right to wrong": lambda: H.sum() / (H == 0).sum(),
    }[divisor]()
    return {
        "share": lambda: share,
        "per cent": lambda: 100 * share,
        "wrong": lambda: 1 - share,
        "per cent wrong": lambda: 100 - 100 * share,
        "minus": lambda: -share,
        **{digits: lambda digits=digits: np.round(share, digits) for digits in DIGITS},
        **{("per cent", digits): lambda digits=digits: np.round(100 * share, digits) for digits in DIGITS[:3]},
    }[after]()


LOOKS = {  # what raises where one of the two is a vector, or holds a single number
    "y.shape[1]": lambda p, y: y.shape[1],
    "p.shape[1]": lambda p, y: p.shape[1],
    "y[:, 0]": lambda p, y: y[:, 0],
    "p[:, 0]": lambda p, y: p[:, 0],
    "both[:, 0]": lambda p, y: (p[:, 0], y[:, 0]),
    "squeezed": lambda p, y: len(np.squeeze(y)),
    "squeezed, shape": lambda p, y: np.squeeze(y).shape[0],
}
DIGITS = (0, 1, 2, 3, 4)
UINT8, COLUMN = np.uint8, (-1, 1)


def _guesses(rng):
    """Draw predictions and labels in every form; a share of them is right, and no share has few digits."""
    found = []
    forms = (((-1,), (-1,)), ((-1,), COLUMN), (COLUMN, (-1,)), (COLUMN, COLUMN))
    for m, (one, two) in zip((13, 7, 11, 19), forms, strict=True):
        y = rng.integers(0, 5, m)
        p = np.where(rng.permutation(m) < rng.integers(2, m - 1), y, (y + rng.integers(1, 5, m)) % 5)
        found.append((p.reshape(one), y.reshape(two).astype(UINT8)))
    return found[::-1]


PAIRS = (
    "Look at the shapes: where one is a vector (m,) and the other a column (m, 1), NumPy compares every prediction "
    "with every label, m * m pairs, and a perfect classifier scores about 1/k. Flatten both first, with .ravel()."
)
WRONG = "This is the share that is wrong. Return the share that is right: count where they are equal, ==."
ROUNDED = "The share is rounded. Return it as it is; rounding is for printing."
NAMES = "Class numbers are names: a 3 for an 8 is as wrong as a 7 for an 8. Count those that are equal, ==."
PART = "Some predictions were left out. Look at where the loop begins and ends, and whether `return` is inside it."

cal_accuracy = Exercise(
    "05-cal-accuracy",
    _cal_accuracy,
    tries=(
        (np.array([2, 0, 1]), np.array([2, 1, 1])),
        (np.array([1, 0, 2, 1, 1, 2, 0]), np.array([1, 0, 2, 2, 1, 0, 0])),
        (np.array([1, 0, 2, 2]), np.array([[1], [0], [2], [2]])),
        (np.array([[1], [0], [2], [2], [0]]), np.array([1, 0, 2, 1, 0])),
        (np.array([[0], [3], [1], [1], [2], [0]]), np.array([[0], [3], [1], [0], [2], [2]])),
        (np.array([1, 9, 0, 2, 5, 3, 4], UINT8), np.array([[9], [1], [8], [2], [6], [0], [7]], UINT8)),
        (np.array([4]), np.array([4])),
        (np.array([[1]]), np.array([0])),
        (np.array([0, 0, 1, 1, 3]), np.array([1, 1, 0, 3, 1])),
        (np.ones(300, int), np.r_[np.ones(299, int), 0]),  # more right ones than a byte can count
    ),
    draw=_guesses,
    sizes=lambda y_pred, y: {"m": len(y)},
    causes=(
        (
            r"too many indices",
            "A vector (m,) has one index, a column (m, 1) two, and either may come. .ravel() makes a vector of both.",
        ),
        (r"'str'|unsupported format", "Return a number, not a text."),
        (
            r"object of type '[\w.]+' has no len|len\(\) of unsized",
            "len was asked of one number. The number of predictions is len(y).",
        ),
        (r"multilabel|continuous", "Flatten both first, with .ravel()."),
    ),
    properties=(
        Property("A share lies between 0 and 1.", lambda v, y_pred, y: -1e-6 <= v <= 1 + 1e-6),
        Property(
            "Look at an input in which all predictions are right, or all are wrong: there the share must be 1, or 0.",
            lambda v, y_pred, y: 0 < (share := (np.ravel(y_pred) == np.ravel(y)).mean()) < 1 or abs(v - share) < 1e-6,
        ),
    ),
    switches={
        "pairs": {
            **dict.fromkeys(("as they came", "every pair"), PAIRS),
            "labels made flat": f"Only the labels were made flat, or turned. {PAIRS}",
            "predictions made flat": f"Only the predictions were made flat, or turned. {PAIRS}",
            **dict.fromkeys(
                ("y.shape[1]", "p.shape[1]"),
                "A second length is asked of a vector, and (m,) has only one. Vectors (m,) and columns (m, 1) may both "
                "come: flatten with .ravel(), and count with len.",
            ),
            **dict.fromkeys(
                ("y[:, 0]", "p[:, 0]", "both[:, 0]"),
                "A vector (m,) has one index, a column (m, 1) two, and either may come. .ravel() makes a vector of "
                "both.",
            ),
            **dict.fromkeys(
                ("squeezed", "squeezed, shape"),
                "np.squeeze takes every length of 1 away: of a single prediction nothing is left that has a length. "
                ".ravel() always gives a vector.",
            ),
            "each sorted": "The labels were sorted. Prediction i belongs to label i: compare them in their own order.",
            "next": "Each prediction is compared with another image's label. Prediction i belongs to label i.",
        },
        "hits": {
            "different": WRONG,
            **dict.fromkeys(
                ("distance", "1 - distance", "1 - distance, int", "square", "1 - square"),
                f"The numbers were subtracted. {NAMES}",
            ),
            **dict.fromkeys(("within 1", "within 1, int", "at most", "at least"), f"Look at the comparison. {NAMES}"),
            **dict.fromkeys(
                ("class 0 left out", "both not 0", "ones only"),
                "Look at class 0: it is a class like the others. A right prediction counts 1, whatever its class.",
            ),
            "among the labels": "A prediction counts here if it occurs anywhere among the labels. Compare it with the "
            "label in its own place.",
            "class numbers": "Look at class 0: right predictions count as much as their class number here. Each must "
            "count 1.",
        },
        "divisor": {
            **dict.fromkeys(("over m", "one minus", "builtin"), ""),
            "m - 1": "It is divided by m - 1. Divide by m, the number of predictions.",
            "m + 1": "It is divided by m + 1. Divide by m, the number of predictions.",
            "classes": "It is divided by the number of classes. Divide by m, the number of predictions.",
            "10000": "It is divided by 10000. Divide by m, the number of predictions: len(y).",
            "1 minus the wrong ones": "The number of wrong ones is taken from 1. Divide it by m first: 1 minus the "
            "share that is wrong.",
            "m minus": "This counts the wrong ones. Return the share that is right.",
            "count": "This counts the right ones. Divide by m, the number of predictions.",
            "none": "This says of each prediction whether it is right. Return one number: the mean of it.",
            **dict.fromkeys(("first", "last", "all but the first", "all but the last", "first over m"), PART),
            **dict.fromkeys(
                ("whole", "all"),
                "This is 1 only if all predictions are right, and 0 otherwise. Return the share that is right; if you "
                "divide by //, that keeps whole numbers only: use /.",
            ),
            **dict.fromkeys(
                ("diagonal", "trace"),
                "This reads the diagonal of a table of all pairs, and there is such a table only if a vector meets a "
                "column. Flatten both with .ravel(), compare, and take the mean.",
            ),
            "any": "This asks whether any is right. Return the share that is right.",
            "right to wrong": "It is divided by the number of wrong ones. Divide by m, the number of all.",
        },
        "after": {
            "per cent": "This is in per cent. Return a share between 0 and 1.",
            "wrong": WRONG,
            "per cent wrong": "This is the share that is wrong, in per cent. Return the share that is right.",
            "minus": "The sign is wrong: a share is not negative.",
            **dict.fromkeys(DIGITS, ROUNDED),
            **{("per cent", d): f"This is in per cent. Return a share between 0 and 1. {ROUNDED}" for d in DIGITS[:3]},
        },
    },
    may_not_call=("coursekit.lab.cal_accuracy", "coursekit.metrics.accuracy", "sklearn.metrics.accuracy_score"),
)
