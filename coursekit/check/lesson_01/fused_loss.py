"""Exercise 5 of notebook 01: softmax and cross-entropy in one, from scores."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_01.batch import FAR, _softmax_rows
from coursekit.check.lesson_01.mean_loss import LOSS, SMALL, _narrow

GUARDS = (*SMALL, 1e-20, 1e-30, 1e-100, 1e-300, *(("for 0", eps) for eps in (1e-15, 1e-12, 1e-10, 1e-8)))


def _softmax_cross_entropy(
    Z, y, *, shift="row", axis="row", pick="true", way="log-sum-exp", total="mean", sign=1, base="e"
):
    """Return the mean of log-sum-exp minus the true class's score."""
    Z, y = np.asarray(Z, float), np.asarray(y)
    m, k = Z.shape
    rows = np.arange(m)
    top = {
        "row": lambda: Z.max(axis=1, keepdims=True),
        "none": lambda: 0.0,
        "batch": lambda: Z.max(),
        "column": lambda: Z.max(axis=0),
        "flat": lambda: Z.max(axis=1),
        "flat, added back": lambda: Z.max(axis=1),
        "smallest": lambda: Z.min(axis=1, keepdims=True),
        "mean": lambda: Z.mean(axis=1, keepdims=True),
        "clipped": lambda: Z - np.clip(Z, -500, 500),
        "not added back": lambda: Z.max(axis=1, keepdims=True),
        "twice": lambda: Z.max(axis=1, keepdims=True),
    }[shift]()
    S = Z - top
    if way == "twice":
        S = _softmax_rows(Z)
    E = np.exp(S)
    sums = {
        "row": lambda: E.sum(axis=1),
        "column": lambda: E.sum(axis=0),
        "batch": lambda: E.sum() + np.zeros(m),
        "flat": lambda: E.sum(axis=1),
    }[axis]()
    lse = np.log(sums[y] if axis == "column" else sums)
    lse = (0 * Z + lse)[rows, y] if axis == "flat" else lse + Z.max(axis=1) if shift == "flat, added back" else lse
    scores = {"not added back": Z, "twice": S - top, "flat, added back": Z}.get(shift, S)
    true = {
        "true": lambda: scores[rows, y],
        "missing": lambda: (S - Z)[rows, y],
        "largest": lambda: scores.max(axis=1),
        "table": lambda: scores[:, y],
        "rows": lambda: scores[y],
        "before": lambda: scores[rows, y - 1],
        "probability": lambda: (E / sums[:, None])[rows, y],
        "all": lambda: scores.sum(axis=1),
        "mean": lambda: scores.mean(axis=1),
        "k from the labels": lambda: lse + (_narrow(y) * (S - lse[:, None])).sum(axis=1),
    }[pick]()
    if pick == "table":
        lse = lse[:, None]
    losses = {
        "log-sum-exp": lambda: lse - true,
        "twice": lambda: lse - true,
        "no log-sum-exp": lambda: (S - Z)[rows, y] - true,
        "no log": lambda: sums - true,
        "no exp": lambda: np.log(Z.sum(axis=1)) - Z[rows, y],
        "plus": lambda: lse + true,
        "0 log 0": lambda: -(np.eye(k)[y] * np.log(E / sums[:, None])).sum(axis=1),
        **{eps: lambda eps=eps: -np.log(_patched(np.exp(true) / np.exp(lse), eps)) for eps in (0.0, *GUARDS)},
    }[way]()
    value = {
        "mean": lambda: losses.mean(),
        "sum": lambda: losses.sum(),
        "none": lambda: losses,
        "classes": lambda: losses.mean() / k,
        "over k": lambda: losses.sum() / k,
        "first": lambda: losses[0],
        "last": lambda: losses[-1],
        "last over m": lambda: losses[-1] / m,
        "log of the mean": lambda: -np.log(np.exp(true - lse).mean()),
        "lse of all": lambda: lse.sum() - true.mean(),
        "true of all": lambda: lse.mean() - true.sum(),
    }[total]()
    return sign * value / {"e": 1.0, "two": np.log(2), "ten": np.log(10)}[base]


def _patched(p, small):
    """Return probabilities with a small number added, or put in the place of 0."""
    return np.where(p == 0, small[1], p) if isinstance(small, tuple) else p + small


def _scored(rng):
    """Draw scores and labels; the likeliest class is not always the true one."""
    found = []
    for m, k in ((6, 4), (3, 3), (2, 5)):
        Z, y = rng.normal(0, 2, (m, k)).round(2), rng.integers(0, k, m)
        y[0], y[1] = Z[0].argmin(), Z[1].argmax()
        found.append((Z, y))
    return found


PROBABILITY = (
    "It is infinite where the true class lost by 10000: a probability became 0, and its logarithm infinite. Never form "
    "the probability: log-sum-exp of the shifted scores, minus the shifted score of the true class."
)

softmax_cross_entropy = Exercise(
    "01-softmax-cross-entropy",
    _softmax_cross_entropy,
    tries=(
        (np.array([[0.0, 1.0]]), np.array([0])),
        (np.array([[3, 1, 0]]), np.array([1])),
        (np.array([[1.0, 0.5, -1.0], [0.0, 2.0, 1.5]]), np.array([2, 1])),
        (np.array([[2.0, 1.0, -1.0], [0.5, 0.0, 1.5], [-2.0, 3.0, 0.0], [1.0, 1.0, 0.5]]), np.array([0, 0, 2, 1])),
        (np.array([[0.5, -1.0], [2.0, 1.5], [-0.5, 0.25]]), np.array([0, 0, 0])),
        (FAR, np.array([2, 1])),
        (FAR, np.array([0, 1])),
        (np.array([[500.0, 400.0, -400.0]]), np.array([1])),
        (np.array([[1e4, 1e4 + 1], [-1e4, -1e4 + 2], [3.0, 4.0]]), np.array([1, 0, 0])),
        (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]), np.array([1])),
        (np.array([[2.0], [-3.0]]), np.array([0, 0])),
    ),
    draw=_scored,
    properties=(
        Property(
            "It gives nan on scores of 10000: exp(10000) is infinite, and inf / inf or inf - inf is nan. Take the "
            "largest score of each row away first.",
            lambda value, Z, y: not np.isnan(value),
        ),
        Property(PROBABILITY, lambda value, Z, y: np.isfinite(value)),
        Property(
            "A loss is never negative. Log-sum-exp is at least as large as the largest score: look at the signs.",
            lambda value, Z, y: value > -1e-6,
        ),
    ),
    switches={
        "shift": {
            "none": "It breaks on scores of 10000, because exp(10000) is infinite. Take the largest score of each row "
            "away first, and use the shifted scores everywhere.",
            "batch": "It breaks where rows lie far apart: one maximum was taken away for all rows. In a row far below "
            "it every exponential becomes 0. Each row needs its own: Z.max(axis=1, keepdims=True).",
            "column": "Each column's maximum was taken away. That changes the differences within a row. Take each "
            "row's own maximum away: axis=1.",
            **dict.fromkeys(
                ("flat", "flat, added back"),
                "Look at the shape of the maximum: keepdims is missing. Z.max(axis=1) has shape (m,), which NumPy "
                "lines up with the columns. keepdims=True keeps it a column, (m, 1).",
            ),
            "smallest": "The smallest score of each row was taken away, so the largest still overflows. Take the "
            "largest away.",
            "mean": "The mean of each row was taken away, so the largest score may still overflow. Take the largest "
            "away.",
            "clipped": "It cuts large scores off. A row that is wrong by 10000 loses 10000: shift instead.",
            "not added back": "The shift was taken away and never added back. Use the shifted scores everywhere, for "
            "the true class too, or add the maximum to the logarithm.",
            "twice": "The shift was counted twice. Shift Z once, and use it everywhere; or use Z and add the maximum "
            "to the logarithm.",
        },
        "axis": {
            "column": "The sum ran down the columns. An example is a row: axis=1.",
            "flat": "Look at the shape of the log-sum-exp: keepdims is missing. (m,) lines up with the columns of Z. "
            "With keepdims=True it stays (m, 1), and each row loses its own.",
            "batch": "The exponentials were summed over the whole matrix. Each row has its own sum: axis=1.",
        },
        "pick": {
            "missing": "The score of the true class is missing: it is log-sum-exp minus Z[i, y[i]].",
            "largest": "This is the loss of the largest score. Use that of the true class: the label says which.",
            "table": "Z[:, y] takes every row at every label, an (m, m) table. Pair row i with label y[i]: "
            "Z[np.arange(m), y].",
            "rows": "Z[y] takes whole rows, the one with the number of the label. Pair row i with label y[i]: "
            "Z[np.arange(m), y].",
            "before": "The labels are off by one: they start at 0, so Z[i, y[i]] is already right.",
            "probability": "The probability of the true class is taken away. It must be its score.",
            "all": "All scores of a row are taken away. Take away only that of the true class.",
            "mean": "The mean score of a row is taken away. Take away that of the true class.",
            "k from the labels": "The number of classes was taken from the labels, y.max() + 1. The last class may not "
            "occur: it is Z.shape[1].",
        },
        "way": {
            "twice": "Softmax was applied twice: probabilities went in where scores belong.",
            "no log-sum-exp": "The log-sum-exp is missing: this is only minus the true scores.",
            "no log": "The logarithm of the sum is missing.",
            "no exp": "The exponential inside the sum is missing.",
            "plus": "The true score is added. It must be taken away: log-sum-exp minus Z[i, y[i]].",
            0.0: PROBABILITY,
            "0 log 0": "It gives nan where a probability became 0: Y * log P is 0 * -inf there. Never form the "
            "probability: log-sum-exp of the shifted scores, minus the shifted score of the true class.",
            **dict.fromkeys(
                GUARDS,
                "A small number inside the logarithm, or a clipped probability, hides how wrong the "
                "worst row is. One that is wrong by 10000 loses 10000. Never form the probability: "
                "log-sum-exp minus the score of the true class.",
            ),
        },
        "total": {
            "sum": "This is a sum over the m samples. Divide by m.",
            "none": "This is one loss per sample. Return their mean, one number.",
            "classes": "It is averaged over the classes as well. Divide by m only.",
            "over k": "It is divided by the number of classes. Divide by m, the number of samples.",
            "first": "Only the first sample counts. Is the `return` inside the loop?",
            "last": "Only the last sample is left. Add each one to the total, +=.",
            "last over m": "Only the last sample is left. Add each one to the total, +=.",
            "log of the mean": "This is the logarithm of the mean probability. Take the mean of the logarithms.",
            **dict.fromkeys(
                ("lse of all", "true of all"),
                "Of log-sum-exp and the true score one is summed and the other averaged. Both need the mean.",
            ),
        },
        "sign": {-1: "The sign is wrong: it is log-sum-exp minus the true score."},
        "base": {
            "two": "This is in bits. np.log gives nats.",
            "ten": "The base is 10. np.log is the natural logarithm.",
        },
    },
    may_not_call=(*LOSS, "scipy.special.log_softmax", "torch.nn.functional.log_softmax"),
)
