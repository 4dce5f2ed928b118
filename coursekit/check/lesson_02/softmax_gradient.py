"""P - Y, and what mistakes make of it: what the error models of notebooks 02 and 03 share."""

import numpy as np

BOTH = {  # shift and sum: one mistake that is made in both
    "down": ("column", "column"),
    "flat twice": ("flat", "flat"),
    "whole": ("batch", "batch"),
    "down, unshifted": ("none", "column"),
    "whole, unshifted": ("none", "batch"),
    "none, unshifted": ("none", "none"),
}


def _shifted(Z, shift="row"):
    """Return scores that are safe to exponentiate, or what mistakes make of them."""
    return {
        "row": lambda: Z - Z.max(axis=1, keepdims=True),
        "none": lambda: Z,
        "batch": lambda: Z - Z.max(),
        "column": lambda: Z - Z.max(axis=0),
        "flat": lambda: Z - Z.max(axis=1),
        "flat, one-hot": lambda: Z - Z.max(axis=1),
        "smallest": lambda: Z - Z.min(axis=1, keepdims=True),
        "mean": lambda: Z - Z.mean(axis=1, keepdims=True),
        "clipped": lambda: np.clip(Z, -500, 500),
        "added": lambda: Z + Z.max(axis=1, keepdims=True),
        "absolute": lambda: Z - np.abs(Z).max(axis=1, keepdims=True),
        "divided": lambda: Z / Z.max(axis=1, keepdims=True),
        "divided by absolute": lambda: Z / np.abs(Z).max(axis=1, keepdims=True),
        "first score": lambda: Z - Z[:, :1],
        "last score": lambda: Z - Z[:, -1:],
    }[shift]()


def _sums(E, total):
    """Return what the exponentials of each row are divided by, or what mistakes make of it."""
    return {
        "row": lambda: E.sum(axis=1, keepdims=True),
        "column": lambda: E.sum(axis=0),
        "batch": lambda: E.sum(),
        "flat": lambda: E.sum(axis=1),
        "flat, indexed": lambda: E.sum(axis=1),
        "none": lambda: 1.0,
        "others": lambda: E.sum(axis=1, keepdims=True) - E,
        "mean": lambda: E.mean(axis=1, keepdims=True),
        "plus one": lambda: 1 + E.sum(axis=1, keepdims=True),
    }[total]()


def _probabilities(Z, shift="row", model="softmax", total="row"):
    """Return the softmax of each row, or what mistakes make of it."""
    shift, total = BOTH.get(total, (shift, total))
    S = _shifted(Z, shift)
    E = np.exp(-S if model == "negative" else S)
    P = E / _sums(E, total)
    return {
        "softmax": lambda: P,
        "negative": lambda: P,
        "scores": lambda: Z * 1.0,
        "sigmoid": lambda: 1 / (1 + np.exp(-Z)),
        "log": lambda: np.log(P),
        "log, exact": lambda: S - np.log(E.sum(axis=1, keepdims=True)),
        "hard": lambda: np.eye(Z.shape[1])[Z.argmax(axis=1)],
        "twice": lambda: _probabilities(P),
    }[model]()


def _gradient_in_scores(
    Z, y, *, shift="row", model="softmax", total="row", label="one", mean="m", sign=1, way="batch", n=1
):
    """Return (P - Y) / m, or what mistakes make of it."""
    (m, k), rows = Z.shape, np.arange(len(Z))
    P, Y = _probabilities(Z, shift, model, total), np.eye(k)[y]
    indexed = shift == "flat" or total == "flat, indexed"  # one column of scores can have become several
    if way == "losses":
        return -np.log(P[rows, y])
    D = {
        "one": lambda: P - Y if P.shape == Y.shape or not indexed else _less_one(P, rows, y),
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
        "in P, true": lambda: np.where(Y > 0, -1 / P, 0),
        "first's": lambda: _less_one(P, rows[:1], y[:1]),
        "last's": lambda: _less_one(P, rows[-1:], y[-1:]),
        "all but the first's": lambda: _less_one(P, rows[1:], y[1:]),
        "all but the last's": lambda: _less_one(P, rows[:-1], y[:-1]),
        "-1": lambda: np.where(Y > 0, -1, P),
        "1": lambda: np.where(Y > 0, 1, P),
        "others turned": lambda: np.where(Y > 0, P - 1, -P),
        "uniform": lambda: P - 1 / k,
        "times P": lambda: (P - Y) * P,
        "times 1 - P": lambda: (P - Y) * (1 - P),
        "times Z": lambda: (P - Y) * Z,
        "twice": lambda: P - 2 * Y,
        "distinct": lambda: P - np.eye(len(np.unique(y)))[y],
        "first class": lambda: _less_one(P, slice(None), 0),
        "last class": lambda: _less_one(P, slice(None), -1),
        "no P": lambda: -Y,
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
            "summed up": lambda: D.sum(axis=0),
            "half": lambda: D / (2 * m),
            "times m": lambda: D * m,
            "running": lambda: D / m ** np.arange(m, 0, -1.0)[:, None],
            "largest label": lambda: D / y.max(),
            "true only": lambda: np.where(Y > 0, D / m, D),
        }[mean]()
    )


def _less_one(P, rows, columns):
    """Return P with 1 taken away at some places."""
    D = P.copy()
    D[rows, columns] -= 1
    return D
