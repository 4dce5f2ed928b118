"""What the two losses of notebook 03 share: loss and gradient with the mistakes that people make in them."""

import numpy as np

from coursekit.check.lesson_01.mean_loss import _guarded, _narrow, _rows_set
from coursekit.check.lesson_02.softmax_gradient import BOTH, _gradient_in_scores, _probabilities, _shifted, _sums


def _wrong_pair(
    W, X, y, *, shift="row", model="softmax", total="row", way="log-sum-exp", pick="true", over="m", minus=1, base="e",
    label="one", mean="m", sign=1, product="X.T @ dZ", after="none", penalty=(0, 0), order="loss first",
):  # fmt: skip
    """Return (loss, dW) with mistakes in it."""
    W, X, y = np.asarray(W), np.asarray(X), np.asarray(y)
    shift, total = BOTH.get(total, (shift, total))
    softmax = {"shift": shift, "model": model, "total": total}
    Z = X @ W
    if label == "k from the labels, twice":
        label, pick = "k from the labels", "narrow"
    losses = minus * _losses(Z, y, way, pick, softmax) / {"e": 1.0, "two": np.log(2), "ten": np.log(10)}[base]
    dZ = _gradient_in_scores(Z, y, label=label, mean=mean, sign=sign, n=X.shape[1], **softmax)
    loss = _averaged(losses, over, W.shape[1]) + penalty[0] * (W * 1.0 * W).sum()
    dW = _finished(W, _weighted(W, X, dZ, product) + penalty[1] * W, after)
    return (dW, loss) if order == "dW first" else (loss, dW)


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


def _averaged(losses, over, k):
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
    }[over]()


def _weighted(W, X, dZ, product):
    """Return X.T @ dZ, or what mistakes make of it."""
    m = len(X)
    return {
        "X.T @ dZ": lambda: X.T @ dZ,
        "none": lambda: dZ,
        "no X": lambda: np.zeros(W.shape) + dZ.sum(axis=0),
        "star": lambda: np.zeros(W.shape) + (X * dZ).sum(axis=0),
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


def _finished(W, dW, after):
    """Return dW, or what mistakes make of it at the end."""
    return {
        "none": lambda: dW,
        "whole": lambda: dW.astype(W.dtype),
        "step": lambda: W - dW,
        "nan to 0": lambda: np.nan_to_num(dW),
        "zeros": lambda: np.zeros(dW.shape),
        **{digits: lambda digits=digits: dW.round(digits) for digits in (2, 3, 4)},
    }[after]()
