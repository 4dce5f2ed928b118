"""Softmax and cross-entropy in one, and what mistakes make of it: the error model of exercise 5 of notebook 01."""

import numpy as np

from coursekit.check.lesson_01.mean_loss import SMALL, _narrow, _rows_set
from coursekit.check.lesson_01.rows import _softmax_rows

GUARDS = (
    *SMALL, 1e-20, 1e-30, 1e-100, 1e-300, 1e-4, 1e-3,
    *(("for 0", eps) for eps in (1e-300, 1e-20, 1e-16, 1e-15, 1e-12, 1e-10, 1e-8, 1e-6)),
    *(("cut", eps) for eps in (1e-6, 1e-5, 1e-4, 1e-3)),
)  # fmt: skip


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
        "added": lambda: -Z.max(axis=1, keepdims=True),
        "absolute": lambda: np.abs(Z).max(axis=1, keepdims=True),
        "divided": lambda: Z - Z / Z.max(axis=1, keepdims=True),
        "divided by the batch's": lambda: Z - Z / Z.max(),
        "divided by absolute": lambda: Z - Z / np.abs(Z).max(axis=1, keepdims=True),
        "standardised": lambda: Z - (Z - Z.mean(axis=1, keepdims=True)) / Z.std(axis=1, keepdims=True),
        "first score": lambda: Z[:, :1],
        "last score": lambda: Z[:, -1:],
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
        "mean": lambda: E.mean(axis=1),
        "plus one": lambda: E.sum(axis=1) + 1,
        "others": lambda: E.sum(axis=1) - E[rows, y],
        "largest": lambda: E.max(axis=1),
        "without the first": lambda: E[:, 1:].sum(axis=1),
        "without the last": lambda: E[:, :-1].sum(axis=1),
        "only the last": lambda: E[:, -1],
        "rows so far": lambda: np.cumsum(E.sum(axis=1)),
        "column, exact": lambda: np.exp(np.logaddexp.reduce(Z - Z.max(), axis=0)),
    }[axis]()
    if axis == "column, exact":
        return _down_the_columns(Z, y, pick, total)
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
        "next": lambda: scores[rows, y + 1],
        "swapped": lambda: scores[y, rows],
        "diagonal": lambda: scores[rows, rows],
        "first row's": lambda: scores[0, y],
        "first": lambda: scores[:, 0],
        "last": lambda: scores[:, -1],
        "over k": lambda: Z[rows, y] / k - (Z - S)[rows, y],
        "smallest": lambda: scores.min(axis=1),
        "expected": lambda: (E / sums[:, None] * S).sum(axis=1),
        "rows set": lambda: lse + (_rows_set(Z, y) * (S - lse[:, None])).sum(axis=1),
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
        "two of it": lambda: np.log2(sums) - true,
        "ten of it": lambda: np.log10(sums) - true,
        "over": lambda: lse / true,
        "probability": lambda: np.exp(true - lse),
        "one minus": lambda: 1 - np.exp(true - lse),
        "log of one minus": lambda: -np.log(1 - np.exp(true - lse)),
        "odds": lambda: -np.log(np.exp(true - lse) / (1 - np.exp(true - lse))),
        "both sides": lambda: _both_sides(E / sums[:, None], np.eye(k)[y]),
        "squares": lambda: ((E / sums[:, None] - np.eye(k)[y]) ** 2).sum(axis=1),
        "errors": lambda: 1.0 * (Z.argmax(axis=1) != y),
        "large": lambda: -np.nan_to_num(np.log(np.exp(true) / np.exp(lse))),
        "square": lambda: (lse - true) ** 2,
        "hinge": lambda: np.maximum(0, Z - Z[rows, y][:, None] + 1).sum(axis=1) - 1,
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
        "first over m": lambda: losses[0] / m,
        "m - 1": lambda: losses.sum() / (m - 1),
        "twice": lambda: losses.mean() / m,
        "half": lambda: losses.mean() / 2,
        "all but the first": lambda: losses[1:].sum() / m,
        "all but the last": lambda: losses[:-1].sum() / m,
        "mean but the first": lambda: losses[1:].mean(),
        "mean but the last": lambda: losses[:-1].mean(),
        "running": lambda: (losses / m ** np.arange(m, 0, -1.0)).sum(),
        "plus one": lambda: losses.mean() + 1,
        "from 1": lambda: (losses.sum() + 1) / m,
        "largest": lambda: losses.max(),
        "middle": lambda: np.median(losses),
        "labels": lambda: losses.sum() / y.max(),
        "in a list": lambda: losses.mean()[None],
        "gradient": lambda: (E / sums[:, None] - np.eye(k)[y]) / m,
        "gradient, summed": lambda: E / sums[:, None] - np.eye(k)[y],
        "probabilities": lambda: E / sums[:, None],
        "logarithms": lambda: S - lse[:, None],
        "minus logarithms": lambda: lse[:, None] - S,
        "exponential": lambda: np.exp(losses.mean()),
        "log of the mean": lambda: -np.log(np.exp(true - lse).mean()),
        "lse of all": lambda: lse.sum() - true.mean(),
        "true of all": lambda: lse.mean() - true.sum(),
    }[total]()
    return sign * value / {"e": 1.0, "two": np.log(2), "ten": np.log(10)}[base]


def _patched(p, small):
    """Return probabilities with a small number added, put in the place of 0, or as their least."""
    if not isinstance(small, tuple):
        return p + small
    return np.where(p == 0, small[1], p) if small[0] == "for 0" else np.clip(p, small[1], 1 - small[1])


def _both_sides(P, Y):
    """Return the cross-entropy of each class by itself, added up over the classes."""
    return -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum(axis=1)


def _down_the_columns(Z, y, pick, total):
    """Return what log-sum-exp of each column gives, taken by the label or lined up with the columns."""
    lse = np.logaddexp.reduce(Z, axis=0)
    true = Z[np.arange(len(y)), y]
    losses = lse[y] - {"table": Z[:, y], "rows": Z[y] if pick == "rows" else 0.0}.get(pick, true)
    return losses.sum() if total == "sum" else losses.mean()
