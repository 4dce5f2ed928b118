"""What the two losses of notebook 03 share: loss and gradient with the mistakes that people make in them."""

import numpy as np

from coursekit.check.lesson_01.mean_loss import _guarded, _narrow, _rows_set
from coursekit.check.lesson_02.softmax_gradient import BOTH, _gradient_in_scores, _probabilities, _shifted, _sums


def _wrong_pair(
    W, X, y, *, shift="row", model="softmax", total="row", way="log-sum-exp", pick="true", over="m", minus=1, base="e",
    label="one", mean="m", sign=1, product="X.T @ dZ", after="none", penalty=(0, 0), order="loss first", both="none",
):  # fmt: skip
    """Return (loss, dW) with mistakes in it."""
    W, X, y = np.asarray(W), np.asarray(X), np.asarray(y)
    shift, total = BOTH.get(total, (shift, total))
    softmax = {"shift": shift, "model": model, "total": total}
    if isinstance(both, float):
        return _learning(W, X, y, both)
    pick, over, minus, label, mean, sign, product = (
        TWICE[both].get(name, value)
        for name, value in (
            ("pick", pick), ("over", over), ("minus", minus), ("label", label), ("mean", mean), ("sign", sign),
            ("product", product),
        )
    )  # fmt: skip
    Z = X @ W
    if label == "k from the labels, twice":
        label, pick = "k from the labels", "narrow"
    losses = minus * _losses(Z, y, way, pick, softmax) / {"e": 1.0, "two": np.log(2), "ten": np.log(10)}[base]
    dZ = _gradient_in_scores(Z, y, label=label, mean=mean, sign=sign, n=X.shape[1], **softmax)
    loss = _averaged(losses, over, *W.shape) + penalty[0] * (W * 1.0 * W).sum()
    dW = _weighted(W, X, dZ, product, y)
    dW = _finished(W, dW + penalty[1] * W if penalty[1] else dW, after)
    return (dW, loss) if order == "dW first" else (loss, dW)


TWICE = {  # one mistake that is made in the loss and in dW
    "none": {},
    "sums": {"over": "none", "mean": "none"},
    "by m twice": {"over": "twice", "mean": "twice"},
    "by k": {"over": "k", "mean": "k"},
    "by m and k": {"over": "classes", "mean": "entries"},
    "by n": {"over": "n", "mean": "n"},
    "by m - 1": {"over": "m - 1", "mean": "m - 1"},
    "by 2m": {"over": "half", "mean": "half"},
    "negative": {"minus": -1, "sign": -1},
    "first": {"over": "first", "product": "first", "mean": "none"},
    "first over m": {"over": "first over m", "product": "first"},
    "last": {"over": "last", "product": "last", "mean": "none"},
    "last over m": {"over": "last over m", "product": "last"},
    "all but the first": {"over": "all but the first", "product": "all but the first"},
    "all but the last": {"over": "all but the last", "product": "all but the last"},
    "running": {"over": "running", "product": "running"},
    "before": {"pick": "before", "label": "before"},
    "next": {"pick": "next", "label": "next"},
    "table": {"pick": "table", "label": "table"},
    "table, averaged": {"pick": "table, averaged", "label": "table"},
    "rows": {"pick": "rows", "label": "rows"},
    "rows set": {"pick": "rows set", "label": "rows"},
    "swapped": {"pick": "swapped", "label": "swapped"},
    "predicted": {"pick": "largest", "label": "predicted"},
    "first class": {"pick": "first class", "label": "first class"},
    "first row's": {"pick": "first row's", "label": "first row's"},
    "distinct": {"pick": "distinct", "label": "distinct"},
    "no label": {"pick": "log-sum-exp", "label": "missing"},
}
RATES = (1.0, 0.5, 0.1, 0.01, 0.001)


def _learning(W, X, y, rate):
    """Return loss and gradient added up by a loop that takes a step after each example."""
    m, V, loss, dW = len(X), W.astype(float), 0.0, np.zeros(W.shape)
    for i in range(m):
        losses = -_logarithms(
            X[i : i + 1] @ V, None, "log-sum-exp", {"shift": "row", "model": "softmax", "total": "row"}
        )
        G = np.outer(X[i], np.exp(-losses[0]) - (np.arange(W.shape[1]) == y[i])) / m
        loss, dW, V = loss + losses[0, y[i]] / m, dW + G, V - rate * G
    return loss, dW


def _losses(Z, y, way, pick, softmax):
    """Return the loss of each example, or what mistakes make of it."""
    rows, Y = np.arange(len(Z)), np.eye(Z.shape[1])[y]
    P, S = _probabilities(Z, **softmax), _shifted(Z)[rows, y]
    logs = _logarithms(Z, P, way, softmax)
    true = logs[rows, y]
    return {
        "true": lambda: -true,
        "largest": lambda: -logs.max(axis=1),
        "all": lambda: -logs.sum(axis=1),
        "product": lambda: -(Y * logs).sum(axis=1),
        "rows set": lambda: -(_rows_set(P, y) * logs).sum(axis=1),
        "narrow": lambda: -(_narrow(y) * logs).sum(axis=1),
        "table": lambda: -logs[:, y].sum(axis=1),
        "rows": lambda: -logs[y].sum(axis=1),
        "table, averaged": lambda: -logs[:, y].mean(axis=1),
        "rows, averaged": lambda: -logs[y].mean(axis=1),
        "next": lambda: -logs[rows, y + 1],
        "swapped": lambda: -logs[y, rows],
        "first row's": lambda: -logs[0, y],
        "first class": lambda: -logs[:, 0],
        "distinct": lambda: -(np.eye(len(np.unique(y)))[y] * logs).sum(axis=1),
        "log of one minus": lambda: -np.log(1 - P[rows, y]),
        "log2 of the sum": lambda: (S - true) / np.log(2) - S,
        "mean of exponentials": lambda: -true - np.log(Z.shape[1]),
        "half of squares": lambda: ((P - Y) ** 2).sum(axis=1) / 2,
        "large": lambda: -np.nan_to_num(np.log(P[rows, y])),
        "times p": lambda: -P[rows, y] * true,
        "before": lambda: -logs[rows, y - 1],
        "entropy": lambda: -(P * logs).sum(axis=1),
        "both sides": lambda: -(Y * logs + (1 - Y) * np.log(1 - P)).sum(axis=1),
        "less 1": lambda: -np.log(P[rows, y] - 1),
        "not added back": lambda: S - true - Z[rows, y],
        "no log": lambda: np.exp(S - true) - S,
        "missing log": lambda: P[rows, y],
        "one minus": lambda: 1 - P[rows, y],
        "log-sum-exp": lambda: Z[rows, y] - true,
        "plus": lambda: 2 * S - true,
        "score": lambda: -Z[rows, y],
        "shifted score": lambda: -S,
        "squares": lambda: ((P - Y) ** 2).sum(axis=1),
        "errors": lambda: 1.0 * (Z.argmax(axis=1) != y),
    }[pick]()


def _logarithms(Z, P, way, softmax):
    """Return the logarithms of the probabilities: from the scores, or from the probabilities."""
    if isinstance(way, tuple):
        return np.log(_guarded(P, way))
    if way != "log-sum-exp" or softmax["model"] != "softmax":
        return np.log(P)
    S = _shifted(Z, softmax["shift"])
    return S - np.log(_sums(np.exp(S), softmax["total"]))


def _averaged(losses, over, n, k):
    """Return the mean of the losses, or what mistakes make of it."""
    m = len(losses)
    return {
        "m": lambda: losses.mean(),
        "none": lambda: losses.sum(),
        "each": lambda: losses,
        "classes": lambda: losses.mean() / k,
        "k": lambda: losses.sum() / k,
        "twice": lambda: losses.mean() / m,
        "first": lambda: losses[0],
        "first over m": lambda: losses[0] / m,
        "last": lambda: losses[-1],
        "last over m": lambda: losses[-1] / m,
        "all but the first": lambda: losses[1:].sum() / m,
        "all but the last": lambda: losses[:-1].sum() / m,
        "running": lambda: (losses / m ** np.arange(m, 0, -1.0)).sum(),
        "n": lambda: losses.sum() / n,
        "m - 1": lambda: losses.sum() / (m - 1),
        "half": lambda: losses.mean() / 2,
        "from 1": lambda: (losses.sum() + 1) / m,
        "plus one": lambda: losses.mean() + 1,
        "mean but the last": lambda: losses[:-1].mean(),
        "largest": lambda: losses.max(),
        "in an array": lambda: losses.mean()[None],
        "exponential": lambda: np.exp(-losses.mean()),
    }[over]()


def _weighted(W, X, dZ, product, y):
    """Return X.T @ dZ, or what mistakes make of it."""
    m = len(X)
    return {
        "X.T @ dZ": lambda: X.T @ dZ,
        "none": lambda: dZ,
        "no X": lambda: np.zeros(W.shape) + dZ.sum(axis=0),
        "star": lambda: _added_to(np.zeros(W.shape), (X * dZ).sum(axis=0)),
        "X.T * dZ": lambda: X.T * dZ,
        "X @ dZ": lambda: X @ dZ,
        "numbers": lambda: _added_to(np.zeros(W.shape), sum(x @ d for x, d in zip(X, dZ, strict=True))),
        "added turned": lambda: _added_to(np.zeros(W.shape), dZ.T @ X),
        "into the type of W": lambda: _added_to(np.zeros_like(W), X.T @ dZ),
        "label in a row": lambda: _label_in_a_row(W, X, dZ, y),
        "minus X at the label": lambda: X.T @ (dZ + np.eye(W.shape[1])[y] / m) + (-X).T @ np.eye(W.shape[1])[y] / m,
        "X first": lambda: np.outer(X[0], dZ.sum(axis=0)),
        "X last": lambda: np.outer(X[-1], dZ.sum(axis=0)),
        "dZ first": lambda: np.outer(X.sum(axis=0), dZ[0]),
        "dZ last": lambda: np.outer(X.sum(axis=0), dZ[-1]),
        "sum of x": lambda: np.zeros(W.shape) + (X.sum(axis=1) @ dZ),
        "X twice": lambda: (X * 1.0 * X).T @ dZ,
        "W": lambda: W * dZ.sum(axis=0),
        "each": lambda: X[:, :, None] * dZ[:, None],
        "turned": lambda: dZ.T @ X,
        "minus X": lambda: (-X).T @ -dZ,
        "reshape of X": lambda: X.reshape(X.shape[::-1]) @ dZ,
        "reshape of dW": lambda: (dZ.T @ X).reshape(W.shape),
        "of sums": lambda: np.outer(X.sum(axis=0), dZ.sum(axis=0)),
        "of means": lambda: np.outer(X.mean(axis=0), dZ.sum(axis=0)),
        "first": lambda: np.outer(X[0], dZ[0]),
        "last": lambda: np.outer(X[-1], dZ[-1]),
        "all but the first": lambda: X[1:].T @ dZ[1:],
        "all but the last": lambda: X[:-1].T @ dZ[:-1],
        "running": lambda: (X.T / m ** np.arange(m - 1, -1, -1.0)) @ dZ,
    }[product]()


def _added_to(A, B):
    """Return A with B added in place, which raises where shape or type do not allow it."""
    A += B
    return A


def _label_in_a_row(W, X, dZ, y):
    """Return dW in which the label was subtracted in a row in place of a column."""
    m = len(X)
    G = X.T @ (dZ + np.eye(W.shape[1])[y] / m)
    for x, label in zip(X, y, strict=True):
        G[label] -= x / m
    return G


def _finished(W, dW, after):
    """Return dW, or what mistakes make of it at the end."""
    return {
        "none": lambda: dW,
        "whole": lambda: dW.astype(W.dtype),
        "step": lambda: W - dW,
        "nan to 0": lambda: np.nan_to_num(dW),
        "zeros": lambda: np.zeros(dW.shape),
        "step of 0.1": lambda: W - 0.1 * dW,
        "step of 0.01": lambda: W - 0.01 * dW,
        "absolute": lambda: np.abs(dW),
        "flat": lambda: dW.ravel(),
        "sum": lambda: dW.sum(),
        "class sums": lambda: dW.sum(axis=0),
        "no first class": lambda: dW * (np.arange(dW.shape[1]) > 0),
        "no last class": lambda: dW * (np.arange(dW.shape[1]) < dW.shape[1] - 1),
        "no first feature": lambda: dW * (np.arange(len(dW)) > 0)[:, None],
        "no last feature": lambda: dW * (np.arange(len(dW)) < len(dW) - 1)[:, None],
        **{digits: lambda digits=digits: dW.round(digits) for digits in (2, 3, 4)},
    }[after]()
