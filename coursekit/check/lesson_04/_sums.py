"""Mistakes in a sum over blocks of rows: which rows, which labels, which divisor."""

import numpy as np

from coursekit.check.lesson_02.scores import _gradient_in_scores
from coursekit.check.lesson_03.losses import BOTH


def _wrong_gradient(
    W, X, y, rows, *, blocks="all", cut="both", divide="m", product="X.T @ dZ", after="none", **mistakes
):
    """Return the gradient with mistakes in it."""
    m, sums, sizes = len(X), [], []
    total = mistakes.get("total")
    if total in BOTH:
        mistakes = mistakes | dict(zip(("shift", "total"), BOTH[total], strict=True))
    _refuse(m, rows, blocks)
    for block in _blocks(m, rows, blocks):
        part, labels = X[block], _labels(y, block, rows, cut)
        if cut in BY_INDEX:
            dZ = _picked(part @ W, labels, len(part) if cut == "not, by index" else rows)
        else:
            dZ = _gradient_in_scores(part @ W, labels, mean="none", **mistakes)
        sums.append(_weighted(W, part, dZ, product))
        sizes.append(len(part))
    G = _divided(sums or [np.zeros(W.shape)], sizes or [1], m, rows, divide)
    return {
        "none": lambda: G,
        "whole": lambda: G.astype(W.dtype),
        "whole sum": lambda: _whole_sum(W, sums) / m,
        "added in place": lambda: _added(np.zeros_like(W), sums) / m,
        "added to pixels": lambda: _added(np.zeros(W.shape, X.dtype), sums) / m,
        "step": lambda: W - G,
        "nan to 0": lambda: np.nan_to_num(G),
        **{digits: lambda digits=digits: G.round(digits) for digits in (2, 3, 4)},
    }[after]()


def _blocks(m, rows, which):
    """Return the rows of each block."""
    starts = range(0, m, rows)
    whole = [slice(start, start + rows) for start in starts]
    return {
        "all": lambda: whole,
        "none": lambda: [slice(m)],
        "first": lambda: whole[:1],
        "last": lambda: whole[-1:],
        "all but the first": lambda: whole[1:],
        "all but the last": lambda: whole[:-1],
        "full": lambda: whole[: m // rows],
        "full, at least one": lambda: whole[: max(m // rows, 1)],
        "overlapping": lambda: [slice(start, start + rows) for start in range(m)],
        "overlapping, inside": lambda: [slice(start, start + rows) for start in range(m - rows + 1)],
        "first rows": lambda: [slice(start, start + 1) for start in starts],
        "a row short": lambda: [slice(start, start + rows - 1) for start in starts],
        "a row more": lambda: [slice(start, start + rows + 1) for start in starts],
        "stops early": lambda: [slice(start, start + rows) for start in range(0, m - 1, rows)],
        "starts at 1": lambda: [slice(start, start + rows) for start in range(1, m, rows)],
        "first block again": lambda: [slice(0, rows) for _ in starts],
        "ends at rows": lambda: whole[:1],
        "by number": lambda: [slice(start, start + rows) for start in range(len(whole))],
        "by number, full": lambda: [slice(start, start + rows) for start in range(m // rows)],
    }.get(which, lambda: whole)()


def _refuse(m, rows, blocks):
    """Raise what a way to make blocks raises where it makes none, an empty one, or unequal ones."""
    if (blocks == "rows parts" and m < rows) or (blocks == "ends at rows" and m > rows):
        raise ValueError("Z is empty")
    if (blocks == "even parts" and m % rows) or (blocks == "even parts, floor" and m % (m // rows)):
        raise ValueError("array split does not result in an equal division")
    if blocks == "even shapes":
        np.zeros(m).reshape(-1, rows)
    if blocks == "floor parts" and m < rows:
        raise ZeroDivisionError("integer division or modulo by zero")


def _picked(Z, labels, count):
    """Return P - Y, with 1 taken away at as many rows as are counted."""
    P = _gradient_in_scores(Z, np.zeros(len(Z), int), mean="none", label="missing")
    P[np.arange(count), labels] -= 1
    return P


def _added(G, sums):
    """Return a sum in an array of its own type, which may refuse."""
    for share in sums:
        G += share
    return G


def _labels(y, block, rows, cut):
    """Return the labels of a block."""
    here = y[block]
    labels = {"first": lambda: y[: len(here)], "last": lambda: y[-len(here) :]}
    return labels.get(cut, lambda: y if cut in ("not", "not, by index") else here)()


def _weighted(W, part, dZ, product):
    """Return the share of a block, or what mistakes make of it."""
    return {
        "X.T @ dZ": lambda: part.T @ dZ,
        "no X": lambda: np.zeros(W.shape) + dZ.sum(axis=0),
        "turned": lambda: dZ.T @ part,
        "minus X": lambda: (-part).T @ -dZ,
        "none": lambda: dZ,
        "reshape": lambda: part.reshape(part.shape[::-1]) @ dZ,
    }[product]()


def _divided(sums, sizes, m, rows, divide):
    """Return the mean over all rows, or what mistakes make of it."""
    total = sum(sums)
    means = [part / size for part, size in zip(sums, sizes, strict=True)]
    by_rows = [part / rows for part in sums]
    return {
        "m": lambda: total / m,
        "none": lambda: total * 1.0,
        "means added": lambda: sum(means),
        "mean of means": lambda: sum(means) / len(means),
        "by rows, added": lambda: sum(by_rows),
        "full blocks": lambda: total / (rows * len(sums)),
        "number of blocks": lambda: total / len(sums),
        "last rows": lambda: total / sizes[-1],
        "n": lambda: total / len(total),
        "m - 1": lambda: total / max(m - 1, 1e-300),
        "m and number": lambda: total / m / len(sums),
        "m and rows": lambda: total / m / rows,
        "entries": lambda: total / (m * total.shape[1]),
        "last mean": lambda: means[-1],
        "first mean": lambda: means[0],
        "k": lambda: total / total.shape[1],
        "twice": lambda: total / m**2,
        "running": lambda: _running(sums, m),
        "running means": lambda: _running(means, m),
    }[divide]()


def _running(shares, m):
    """Return the sum that is divided after every block."""
    G = 0.0
    for share in shares:
        G = (G + share) / m
    return G


def _whole_sum(W, sums):
    """Return a sum in the type of W, which may lose the fractions each time."""
    G = np.zeros_like(W)
    for share in sums:
        G[:] = G + share
    return G


BY_INDEX = ("not, by index", "rows counted")
