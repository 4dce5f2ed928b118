"""Softmax regression by minibatches, fast: large arrays are made once, and a batch is read from memory once."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from coursekit import _validate

# OpenBLAS has quicker products for small matrices: rows x weights up to a million, and not many more rows than 64.
SMALL, ROWS = 1_000_000, 64


@dataclass(frozen=True)
class Trained:
    """What a training by minibatches leaves behind.

    Attributes
    ----------
    W : ndarray of shape (n, k)
        Weights after the last step.
    b : ndarray of shape (k,)
        Biases.
    loss : ndarray of shape (steps,)
        Loss of each step's batch in nats, before the step.
    """

    W: np.ndarray
    b: np.ndarray
    loss: np.ndarray


def train(X, y, orders, *, W, b, batch_size, learning_rate):
    r"""Descend by minibatches of softmax regression with a bias, one epoch for each order.

    .. math:: W \leftarrow W - \frac{\eta}{m} X^T (P - Y), \qquad b \leftarrow b - \frac{\eta}{m} \sum_i (P - Y)_i

    Parameters
    ----------
    X : array_like of shape (m, n)
        Examples, one row each. uint8 pixels are scaled to [0, 1] batch by batch.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    orders : iterable of array_like of int
        For each epoch the rows in the order in which they are taken, such as ``rng.permutation(m)``.
    W, b : array_like of shape (n, k), (k,)
        Where to start; they are not changed. The type of ``W``, float32 or float64, is that of the computation.
    batch_size : int
        Rows per batch; the last batch of an epoch holds what is left.
    learning_rate : float
        Step size.

    Returns
    -------
    Trained
        Weights, biases, and the loss of each step.

    Raises
    ------
    ValueError
        If shapes disagree, a label or a row is out of range, or ``batch_size`` or ``learning_rate`` is not positive.
    TypeError
        If labels or rows are not whole numbers.
    FloatingPointError
        If the loss becomes nan or infinite.

    Notes
    -----
    What makes it fast at small batches: rows are gathered into one buffer that stays in the cache; scores are held as
    (k, rows), so that sums over classes run over whole rows of memory; products write where they are needed; a batch is
    cut into blocks that are small enough for quicker products; pixels stay whole numbers, and their division by 255 is
    one of the scores; input is checked once, not at each step; one thread does it all, since at this size two would
    wait for each other.

    Examples
    --------
    >>> X, y = np.eye(3), np.array([0, 1, 1])
    >>> trained = train(X, y, [[0, 1, 2]] * 2, W=np.zeros((3, 2)), b=np.zeros(2), batch_size=2, learning_rate=1.0)
    >>> trained.loss.round(4)
    array([0.6931, 0.6931, 0.5877, 0.1907])
    """
    X, y, W, b = _problem(X, y, W, b)
    if batch_size < 1:
        raise ValueError(f"train: batch_size must be 1 or more; got {batch_size}.")
    if not 0 < learning_rate < np.inf:
        raise ValueError(f"train: the learning rate must be positive and finite; got {learning_rate}.")
    losses = []
    steps = {}  # by length of the batch: the last one of an epoch may be shorter
    with _blas().limit(limits=1), np.errstate(invalid="ignore", over="ignore"):
        for order in orders:
            order = _order(order, len(X))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                if len(rows) not in steps:
                    steps[len(rows)] = _step(X, y, W, b, len(rows), learning_rate)
                losses.append(steps[len(rows)](rows))
                if not np.isfinite(losses[-1]):
                    raise FloatingPointError(
                        f"train: the loss is {losses[-1]} at step {len(losses) - 1}, learning rate {learning_rate:g}. "
                        "Lower the learning rate."
                    )
    return Trained(np.ascontiguousarray(W.T), b[:, 0], np.array(losses, float))


@cache
def _blas():
    """Return what sets the number of threads; looking for the libraries takes longer than many steps, so once."""
    return ThreadpoolController().select(user_api="blas")


def _problem(X, y, W, b):
    """Return X, y, W as (k, n) and b as (k, 1), the last two as copies; or say what is wrong."""
    X = _validate.matrix("train", "X", X)
    W = _validate.weights("train", W, X.shape[1])
    y, b = _validate.labels("train", y, len(X), W.shape[1]), np.asarray(b, W.dtype)
    if b.shape != W.shape[1:]:
        raise ValueError(f"train: b must be ({W.shape[1]},), one bias per class; got shape {b.shape}.")
    X = X if X.dtype in (np.uint8, W.dtype) else X.astype(W.dtype)
    return np.ascontiguousarray(X), y.astype(np.intp), np.array(W.T, order="C"), b[:, None].copy()


def _order(order, m):
    """Return the rows of an epoch, or say which is not one."""
    order = np.asarray(order)
    if order.dtype.kind not in "iu":
        raise TypeError(f"train: an order holds row numbers, such as rng.permutation(m); got dtype {order.dtype}.")
    if order.size and not (order.min() >= 0 and order.max() < m):
        raise ValueError(f"train: X has the rows 0..{m - 1}; an order asks for {order.min()}..{order.max()}.")
    return order


def _step(X, y, W, b, size, learning_rate):
    """Return the function that takes one step on ``size`` rows, and changes W (k, n) and b (k, 1)."""
    (k, n), kind = W.shape, W.dtype
    count, length = _blocks(size, n * k)
    places, real = np.zeros(count * length, np.intp), np.arange(count * length) < size
    block, column = np.arange(count)[:, None], np.arange(length)
    A, Z, dW = (np.empty((count, *shape), kind) for shape in ((length, n), (k, length), (k, n)))
    raw = np.empty((count * length, n), X.dtype)
    scale = kind.type(1 / 255 if X.dtype == np.uint8 else 1)
    share = real.astype(kind) / size  # of each example in the mean; 0 where a block is only filled up
    rates = (scale * kind.type(learning_rate) * share).reshape(count, 1, length)

    def step(rows):
        places[:size] = rows
        X.take(places, axis=0, out=raw, mode="clip")  # the other modes take into a copy first
        pixels = raw.reshape(A.shape)
        if raw.dtype != kind:
            np.copyto(A, pixels)
            pixels = A
        labels = y[places].reshape(count, length)
        np.matmul(W, pixels.transpose(0, 2, 1), out=Z)
        np.multiply(Z, scale, out=Z)
        np.add(Z, b, out=Z)
        np.subtract(Z, Z.max(axis=1, keepdims=True), out=Z)
        true = Z[block, labels, column]
        np.exp(Z, out=Z)
        total = Z.sum(axis=1, keepdims=True)
        loss = np.dot((np.log(total[:, 0]) - true).ravel(), share)
        np.divide(Z, total, out=Z)
        Z[block, labels, column] -= 1  # P - Y
        np.multiply(Z, rates, out=Z)
        np.matmul(Z, pixels, out=dW)
        np.subtract(W, dW.sum(axis=0), out=W)
        np.subtract(b, (Z.sum(axis=(0, 2)) / scale)[:, None], out=b)
        return loss

    return step


def _blocks(size, weights):
    """Return how many blocks a batch is cut into, and the rows of each; a few more rows than ``size`` may fit."""
    fitting = SMALL // weights
    count = -(-size // min(fitting, ROWS)) if fitting >= 16 else 1
    return count, -(-size // count)
