"""Exercise 1 of notebook 02: the gradient of the mean cross-entropy in the scores."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

DIFFERENCES = ("coursekit.gradcheck.numeric_gradient", "scipy.optimize.approx_fprime", "scipy.differentiate")
LOSSES = (
    "coursekit.softmax.softmax_loss", "coursekit.softmax.softmax_loss_loops", "coursekit.full_batch.FullBatchLoss",
    *DIFFERENCES,
)  # fmt: skip


def _shifted(Z, shift="row"):
    """Return scores that are safe to exponentiate, or what mistakes make of them."""
    return {
        "row": lambda: Z - Z.max(axis=1, keepdims=True),
        "none": lambda: Z,
        "batch": lambda: Z - Z.max(),
        "column": lambda: Z - Z.max(axis=0),
        "flat": lambda: Z - Z.max(axis=1),
        "smallest": lambda: Z - Z.min(axis=1, keepdims=True),
        "mean": lambda: Z - Z.mean(axis=1, keepdims=True),
        "clipped": lambda: np.clip(Z, -500, 500),
    }[shift]()


def _probabilities(Z, shift="row", model="softmax", total="row"):
    """Return the softmax of each row, or what mistakes make of it."""
    S = _shifted(Z, shift)
    E = np.exp(-S if model == "negative" else S)
    P = {
        "row": lambda: E / E.sum(axis=1, keepdims=True),
        "column": lambda: E / E.sum(axis=0),
        "batch": lambda: E / E.sum(),
        "flat": lambda: E / E.sum(axis=1),
        "none": lambda: E,
    }[total]()
    return {
        "softmax": lambda: P,
        "negative": lambda: P,
        "scores": lambda: Z * 1.0,
        "sigmoid": lambda: 1 / (1 + np.exp(-Z)),
        "log": lambda: np.log(P),
        "hard": lambda: np.eye(Z.shape[1])[Z.argmax(axis=1)],
        "twice": lambda: _probabilities(P),
    }[model]()


def _gradient_in_scores(
    Z, y, *, shift="row", model="softmax", total="row", label="one", mean="m", sign=1, way="batch", n=1
):
    """Return (P - Y) / m, or what mistakes make of it."""
    (m, k), rows = Z.shape, np.arange(len(Z))
    P, Y = _probabilities(Z, shift, model, total), np.eye(k)[y]
    if way == "losses":
        return -np.log(P[rows, y])
    D = {
        "one": lambda: P - Y,
        "missing": lambda: P,
        "only the true": lambda: (P - Y) * Y,
        "all but the true": lambda: P * (1 - Y),
        "product": lambda: P * Y,
        "numbers": lambda: P - y[:, None],
        "numbers, flat": lambda: P - y,
        "table": lambda: _less_one(P, slice(None), y),
        "rows": lambda: _less_one(P, y, slice(None)),
        "swapped": lambda: _less_one(P, y, rows),
        "first row's": lambda: _less_one(P, 0, y),
        "before": lambda: _less_one(P, rows, y - 1),
        "next": lambda: _less_one(P, rows, y + 1),
        "predicted": lambda: _less_one(P, rows, P.argmax(axis=1)),
        "k from the labels": lambda: P - np.eye(y.max() + 1)[y],
        "everywhere": lambda: P - 1,
        "added": lambda: P + Y,
        "picked": lambda: P[rows, y] - 1,
        "square": lambda: (P - Y) ** 2,
        "absolute": lambda: np.abs(P - Y),
        "in P": lambda: -Y / P,
        "again": lambda: (P - Y) * P * (1 - P),
        "again, in full": lambda: P * (P - Y - ((P - Y) * P).sum(axis=1, keepdims=True)),
        "slope": lambda: P * (1 - P),
    }[label]()
    return (
        sign
        * {
            "m": lambda: D / m,
            "none": lambda: D,
            "k": lambda: D / k,
            "n": lambda: D / n,
            "m - 1": lambda: D / (m - 1),
            "entries": lambda: D / (m * k),
            "twice": lambda: D / m**2,
            "label only": lambda: P - (P - D) / m,
            "P only": lambda: P / m - (P - D),
            "over the examples": lambda: D.mean(axis=0),
        }[mean]()
    )


def _less_one(P, rows, columns):
    """Return P with 1 taken away at some places."""
    D = P.copy()
    D[rows, columns] -= 1
    return D


def _scores_gradient(Z, y, *, after="none", way="batch", **mistakes):
    """Return (P - Y) / m."""
    Z, y = np.asarray(Z), np.asarray(y)
    dZ = _gradient_in_scores(Z, y, way=way, **mistakes)
    return {
        "none": lambda: dZ,
        "loss": lambda: _gradient_in_scores(Z, y, way="losses").mean(),
        "whole": lambda: dZ.astype(Z.dtype),
        "step": lambda: Z - dZ,
        "nan to 0": lambda: np.nan_to_num(dZ),
        "first": lambda: np.where(np.arange(len(Z))[:, None] == 0, dZ, 0),
        "last": lambda: np.where(np.arange(len(Z))[:, None] == len(Z) - 1, dZ, 0),
        "all but the first": lambda: np.where(np.arange(len(Z))[:, None] > 0, dZ, 0),
        "all but the last": lambda: np.where(np.arange(len(Z))[:, None] < len(Z) - 1, dZ, 0),
        "first row": lambda: dZ[0],
        "sum": lambda: dZ.sum(),
        **{digits: lambda digits=digits: dZ.round(digits) for digits in (2, 3, 4)},
    }[after]()


def _labelled(rng):
    """Draw scores and labels; the likeliest class is not always the true one, and not every class occurs."""
    found = []
    for m, k in ((5, 3), (3, 5), (4, 4)):
        Z, y = rng.normal(0, 2, (m, k)).round(2), rng.integers(0, k, m)
        y[0], y[1], y[2] = Z[0].argmin(), Z[1].argmax(), k - 1
        found.append((Z, y))
    return found


ONE_EACH = "Pair row i with label y[i]: P[np.arange(m), y] -= 1."
ROUNDED = "The gradient is rounded. Return it as it is; rounding is for printing."
PART = "Some rows of the result are 0. Look at where the loop begins and ends, and whether the `return` is inside it."
AGAIN = (
    "The softmax's own derivative was multiplied in once more. P - Y already contains it: its p_y has cancelled the "
    "1/p_y of the logarithm."
)
NAN = (
    "It gives nan or infinity on scores of 10000. exp(10000) is infinite, and inf / inf is nan; a row far below the "
    "maximum becomes 0 / 0. Take the largest score of each row away first: Z.max(axis=1, keepdims=True)."
)

SOFTMAX = {
    "shift": {
        "none": "It overflows on scores of 10000: look at what goes into the exponential. exp(10000) is infinite. Take "
        "the largest score of each row away first; the probabilities stay the same.",
        "batch": "It breaks where one example scores +10000 and another -10000: one maximum was taken away for all. "
        "Each row needs its own: Z.max(axis=1, keepdims=True).",
        "column": "Each column's maximum was taken away. That changes the differences within a row. Take each row's "
        "own maximum away: axis=1.",
        "flat": "Look at the shape of the maximum: keepdims is missing. Z.max(axis=1) has shape (m,), which NumPy "
        "lines up with the columns. keepdims=True keeps it a column, (m, 1).",
        "smallest": "The smallest score of each row was taken away, so the largest still overflows. Take the largest "
        "away.",
        "mean": "The mean of each row was taken away, so the largest score may still overflow. Take the largest away.",
        "clipped": "It cuts large scores off, and then cannot tell them apart. Shift each row by its largest score.",
    },
    "model": {
        "scores": "These are scores minus labels: the softmax is missing. Turn Z into P first.",
        "sigmoid": "A sigmoid was taken of each score alone. Softmax divides the exponentials of a row by their sum.",
        "log": "These are logarithms of the probabilities. The gradient is P - Y, without a logarithm.",
        "hard": "Each row is the label of its largest score, not its probabilities. Use the softmax, P.",
        "twice": "Softmax was applied twice: probabilities went in where scores belong.",
        "negative": "There is a minus sign too many in the exponential: the largest score got the smallest "
        "probability.",
    },
    "total": {
        "column": "The softmax ran down the columns. One example is one row, so each row must sum to 1: axis=1, with "
        "keepdims=True.",
        "batch": "The exponentials were divided by the sum of the whole matrix. Each row must sum to 1: axis=1, with "
        "keepdims=True.",
        "flat": "Look at the shape of the sum: keepdims is missing. E.sum(axis=1) has shape (m,), which NumPy lines up "
        "with the columns. keepdims=True keeps it a column, (m, 1).",
        "none": "The exponentials are not divided by their sum. Each row of P must sum to 1.",
    },
}
LABELS = {
    "label": {
        "missing": "Y was not subtracted. The entry of the true class is p - 1.",
        "only the true": "Only the entry of the true class is filled. To raise another score lowers the true class's "
        "probability, so the other entries are p, not 0.",
        "all but the true": "The entry of the true class is 0. It is p - 1: to raise its score lowers the loss.",
        "product": "P was multiplied by Y. Y must be subtracted.",
        "numbers": "The labels were subtracted as numbers. A label is the place where 1 is subtracted. " + ONE_EACH,
        "numbers, flat": "The labels were subtracted as numbers. A label is the place where 1 is subtracted. "
        + ONE_EACH,
        "table": "P[:, y] takes whole columns. " + ONE_EACH,
        "rows": "P[y] takes whole rows, the ones with the numbers of the labels. " + ONE_EACH,
        "swapped": "Rows and classes changed places: the first index is the row. " + ONE_EACH,
        "first row's": "Only the first row is changed, for every label. " + ONE_EACH,
        "before": "The labels are off by one: they start at 0, so P[i, y[i]] is already the true class.",
        "next": "The labels are off by one: they start at 0, so P[i, y[i]] is already the true class.",
        "predicted": "1 was subtracted at the largest probability. Subtract it at the true class, whatever the model "
        "thinks: the label says which.",
        "k from the labels": "The number of classes was taken from the labels, y.max() + 1. The last classes may not "
        "occur: it is Z.shape[1].",
        "everywhere": "1 was subtracted everywhere. Only the entry of the true class is p - 1.",
        "added": "Y was added. It must be subtracted: the gradient is P - Y.",
        "picked": "Only the true class's number of each row came back. The gradient has an entry for each score.",
        "square": "P - Y is squared. The gradient of the cross-entropy is P - Y itself.",
        "absolute": "The signs are lost: this is the absolute value of P - Y.",
        "in P": "This is the gradient in the probabilities, -Y / P. Go on through the softmax.",
        "again": AGAIN,
        "again, in full": AGAIN,
        "slope": "This is p (1 - p), the softmax's own derivative. With the loss before it, P - Y is left.",
    },
    "mean": {
        "none": "The 1/m is missing. The loss is a mean over the m examples, and so is its gradient.",
        "k": "It is divided by the number of classes. Divide by m, the number of examples.",
        "m - 1": "It is divided by m - 1. A mean divides by m.",
        "entries": "It is divided by the number of entries. Divide by m only: np.mean counts the classes too.",
        "twice": "It is divided by m twice. Once is enough: look where the two are.",
        "label only": "Only Y is divided by m. Look at the brackets: (P - Y) / m.",
        "P only": "Only P is divided by m. Subtract first, then divide: (P - Y) / m.",
        "over the examples": "The examples were averaged away. Each has its own row; divide by m, and do not sum.",
    },
    "sign": {-1: "The sign is wrong. It is P - Y: to raise the true class's score must lower the loss."},
}

FAR = np.array([[1e4, 0.0, -1e4], [1e4, 1e4 + 1, -2e4]])
APART = np.array([[1e4, 1e4 + 1], [-1e4, -1e4 + 2], [3.0, 4.0]])

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
        (APART, np.array([1, 0, 0])),
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
        "way": {"losses": "This is one loss per example. Return the gradient, which has an entry for each score."},
        "after": {
            "loss": "This is the loss itself, one number. Return its gradient, which has an entry for each score.",
            "whole": "The result was cut to whole numbers where Z holds whole numbers. An array made like Z, with "
            "np.zeros_like or Z.copy(), has its type; make one of floats, np.zeros(Z.shape).",
            "step": "These are scores after a step. Return the gradient itself.",
            "nan to 0": "",
            **dict.fromkeys(("first", "last", "all but the first", "all but the last"), PART),
            "first row": "Only the first row came back. Is the `return` inside the loop?",
            "sum": "The gradient was summed up to one number. It has an entry for each score, (m, k).",
            **dict.fromkeys((2, 3, 4), ROUNDED),
        },
    },
    may_not_call=LOSSES,
)
