"""What the sliders of the lessons run: small trainings that show how far they are, and the gradients of batches.

The pictures are in :mod:`coursekit.plots`, whose ``draw_training``, ``draw_threshold``, ``draw_penalty`` and
``draw_gradient_noise`` are given one of these.
"""

from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from coursekit import metrics, optim, softmax
from coursekit.full_batch import FullBatchLoss


def train_by_epochs(X, y, X_val, y_val, *, learning_rate, decay=1.0, batch_size=None, epochs=10, seed=0):
    """Train from zeros, and measure the loss and the accuracy about ten times an epoch.

    Parameters
    ----------
    X : ndarray of shape (m, n)
        Training examples, one row each; float32 is quickest.
    y : ndarray of int, shape (m,)
        Their labels.
    X_val : ndarray of shape (m_val, n)
        Held-out examples, prepared as those of ``X``.
    y_val : ndarray of int, shape (m_val,)
        Their labels.
    learning_rate : float
        Step size of the first epoch, positive and at most a million.
    decay : float, default=1.0
        What the step size is multiplied by after each epoch, in (0, 1].
    batch_size : int, optional
        Examples a batch, in 1..m; all of them if not given.
    epochs : int, default=10
        Length of the run.
    seed : int, default=0
        Of the generator that draws the batches.

    Yields
    ------
    epoch, loss, accuracy : float
        How many times the training examples had been read, the mean loss over all of them, and the share of the
        held-out ones that is right: before every step if an epoch has fewer than twenty, and at the end.

    Raises
    ------
    ValueError
        If a setting lies outside its interval.

    Examples
    --------
    >>> X, y = np.eye(2), np.array([0, 1])
    >>> *_, (epoch, loss, accuracy) = train_by_epochs(X, y, X, y, learning_rate=1.0, epochs=10)
    >>> epoch, round(float(loss), 3), accuracy
    (10, 0.099, 1.0)
    """
    batch_size = len(y) if batch_size is None else batch_size
    for name, value, possible, interval in (
        ("learning_rate", learning_rate, 0 < learning_rate <= 1e6, "(0, 1e6]"),
        ("decay", decay, 0 < decay <= 1, "(0, 1]"),
        ("batch_size", batch_size, 1 <= batch_size <= len(y), f"1..{len(y)}"),
    ):
        if not possible:
            raise ValueError(f"train_by_epochs: {name} must lie in {interval}; got {value}.")
    return _piecewise(_train_by_epochs(X, y, X_val, y_val, learning_rate, decay, batch_size, epochs, seed))


def _train_by_epochs(X, y, X_val, y_val, learning_rate, decay, batch_size, epochs, seed):
    """Train piece by piece; yield epoch, training loss and validation accuracy before each piece and after the last."""
    loss = FullBatchLoss(X, y)
    W, full = np.zeros(loss.shape, loss.X.dtype), batch_size == len(y)
    batches = optim.minibatches(X, y, batch_size, np.random.default_rng(seed))
    options = {"loss": loss} if full else {"loss": softmax.softmax_loss, "batches": batches}
    an_epoch = -(-len(y) // batch_size)  # steps
    every, rate = max(an_epoch // 10, 1), optim.step_decay(learning_rate, factor=decay, every=an_epoch)
    for first in range(0, epochs * an_epoch, every):
        options |= {"steps": min(every, epochs * an_epoch - first), "learning_rate": partial(_later, rate, first)}
        piece = optim.train(W=W, **options)
        yield first / an_epoch, piece.loss[0] if full else loss(W)[0], _accuracy(W, X_val, y_val)
        W = piece.W
    yield epochs, loss(W)[0], _accuracy(W, X_val, y_val)


def _later(rate, first, step):
    """Return the rate of a step that is counted from ``first``."""
    return rate(first + step)


def _accuracy(W, X, y):
    """Return the share of examples that is right."""
    return metrics.accuracy(softmax.predict(W, X), y)


def _piecewise(training):
    """Yield what a training yields; its matrix products stay on one thread while it works, and only then."""
    while True:
        with _one_thread():
            point = next(training, None)
        if point is None:
            return
        yield point


def _one_thread():
    """Keep matrix products on one thread for a while: they are small, and two threads would wait for each other."""
    return _blas().limit(limits=1, user_api="blas")


@cache
def _blas():
    """Find the libraries that hold the matrix products, once."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def train_on_ink(ink, y, *, steps=60, learning_rate=0.5):
    """Train from zeros on the first two thirds of some images, and read the last third after every tenth step.

    Parameters
    ----------
    ink : ndarray of shape (m, n)
        Pixels, 0 or 1.
    y : ndarray of int, shape (m,)
        Labels in 0..9.
    steps : int, default=60
        How many steps.
    learning_rate : float, default=0.5
        Their size.

    Yields
    ------
    step : int
        Number of steps taken.
    accuracy : float
        Share of the last third that is read correctly.
    unseen : int
        How many images these are.

    Examples
    --------
    >>> list(train_on_ink(np.tile([[0, 1], [1, 0]], (9, 1)), np.tile([0, 1], 9), steps=10))
    [(10, 1.0, 6)]
    """
    m = 2 * len(ink) // 3
    loss, unseen = FullBatchLoss(ink[:m], y[:m], k=10), ink[m:].astype(np.float32)
    W = np.zeros((ink.shape[1], 10), np.float32)
    for start, stop in pairwise([*range(0, steps, 10), steps]):
        W = optim.train(loss, W, steps=stop - start, learning_rate=learning_rate).W
        yield stop, _accuracy(W, unseen, y[m:]), len(unseen)


def fit_penalised(X, y, *, l1=0.0, l2=0.0, steps=200):
    """Return weights near the least loss under a penalty, by accelerated proximal steps from zeros.

    Parameters
    ----------
    X : ndarray of shape (m, n + 1)
        Examples, one row each, whose last column is 1: the bias, which is not penalised.
    y : ndarray of int, shape (m,)
        Labels.
    l1, l2 : float, default=0.0
        Factors of the absolute values of the weights, and of half their squares, beside a mean loss.
    steps : int, default=200
        How many steps.

    Returns
    -------
    ndarray of shape (n + 1, k)
        Weights, in the type of ``X``; under L1 some are exactly 0.

    References
    ----------
    .. [1] A. Beck and M. Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems",
       SIAM Journal on Imaging Sciences 2 (2009).

    Examples
    --------
    >>> X, y = np.array([[1.0, 0, 1], [0, 1, 1]]), np.array([0, 1])
    >>> fit_penalised(X, y, l1=0.1).round(2)[0], bool((fit_penalised(X, y, l1=0.3) == 0).all())
    (array([ 0.69, -0.69]), True)
    """
    m, mean = len(X), X[:, :-1].mean(axis=0)
    # Centring the pixels moves the free bias only, and allows steps several times as long.
    F = np.column_stack([X[:, :-1] - mean, np.ones(m, X.dtype)])
    columns, counted = np.ascontiguousarray(F.T), np.eye(y.max() + 1, dtype=X.dtype)[y].T @ F
    rate = float(2 / np.linalg.eigvalsh(columns @ F / m)[-1])  # one over the largest curvature of the loss
    W = ahead = np.zeros_like(counted)  # (k, n + 1): sums over classes run along whole rows
    for step in range(steps):
        Z = ahead @ columns
        P = np.exp(Z - Z.max(axis=0))
        before, W = W, ahead - rate / m * (P / P.sum(axis=0) @ F - counted)
        W[:, :-1] = optim.soft_threshold(W[:, :-1], rate * l1) / (1 + rate * l2)
        ahead = W + step / (step + 3) * (W - before)
    W[:, -1] -= W[:, :-1] @ mean
    return W.T


class BatchGradients(NamedTuple):
    """The gradients of random batches, in lengths of the gradient over all examples.

    Attributes
    ----------
    along : ndarray of shape (count,)
        How far each points along the full gradient.
    off : ndarray of shape (count,)
        How far it points off to the side.
    sigma : float
        Root mean square distance of the single examples' gradients from the full one.
    m : int
        Number of examples.
    """

    along: np.ndarray
    off: np.ndarray
    sigma: float
    m: int


def batch_gradients(W, X, y, *, batch_size, count=150, seed=0):
    """Return the gradients of random batches, drawn without replacement.

    Parameters
    ----------
    W : array_like of shape (n, k)
        Where the gradients are taken.
    X : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of int, shape (m,)
        Labels.
    batch_size : int
        Examples a batch, in 1..m.
    count : int, default=150
        Number of batches.
    seed : int, default=0
        Of the generator that draws the batches.

    Returns
    -------
    BatchGradients
        As parts along the full gradient and off to the side.

    Raises
    ------
    ValueError
        If ``batch_size`` is not in 1..m.

    Examples
    --------
    >>> X, y = np.eye(4), np.array([0, 1, 0, 1])
    >>> drawn = batch_gradients(np.zeros((4, 2)), X, y, batch_size=4)
    >>> drawn.along.round(4).min(), drawn.off.round(4).max(), round(drawn.sigma, 3)
    (np.float32(1.0), np.float32(0.0), 1.732)
    """
    X, y = np.asarray(X), np.asarray(y)
    if not 1 <= batch_size <= len(y):
        raise ValueError(f"batch_gradients: batch_size must lie in 1..{len(y)}; got {batch_size}.")
    with _one_thread():
        gradients = _single_gradients(W, X, y)  # (m, n * k), in lengths of their mean
        along, off = _batches_of(gradients, batch_size, count, seed)
    return BatchGradients(along, off, float(np.sqrt((gradients**2).sum() / len(y) - 1)), len(y))


def _single_gradients(W, X, y):
    """Return the gradients of all examples, one a row, in units of the length of their mean."""
    P = softmax.softmax(X @ W)
    P[np.arange(len(y)), y] -= 1
    P /= np.linalg.norm(X.T @ P / len(y))
    return (X.astype(np.float32)[:, :, None] * P.astype(np.float32)[:, None, :]).reshape(len(y), -1)


def _batches_of(gradients, batch_size, count, seed):
    """Return how far the gradients of random batches point along the full gradient, and how far off to the side."""
    m = len(gradients)
    lots = np.random.default_rng(seed).random((count, m))
    drawn = lots <= np.partition(lots, batch_size - 1, axis=1)[:, batch_size - 1 : batch_size]
    batches = drawn.astype(gradients.dtype) @ gradients / batch_size  # (count, n * k)
    full = gradients.mean(axis=0)
    along = batches @ full
    return along, np.linalg.norm(batches - along[:, None] * full, axis=1)
