"""The loop of all descents, what it leaves behind, and the batches that it may be given."""

from dataclasses import dataclass, field
from itertools import repeat

import numpy as np

from coursekit import _validate


@dataclass(frozen=True)
class History:
    """What a training run leaves behind.

    Attributes
    ----------
    W : ndarray
        Parameters after the last step.
    loss : ndarray of shape (steps,), or (steps, s) for s models
        Loss in nats before each step; under minibatches, that of the step's batch.
    learning_rate : ndarray of shape (steps,), or (steps, s)
        Step size used in each step; nan where the method found it by itself.
    watched : ndarray
        What ``watch`` returned, one row for each entry of ``watched_at``.
    watched_at : ndarray of int
        Number of steps taken when each was recorded.
    """

    W: np.ndarray
    loss: np.ndarray
    learning_rate: np.ndarray
    watched: np.ndarray = field(default_factory=lambda: np.empty(0))
    watched_at: np.ndarray = field(default_factory=lambda: np.empty(0, int))


def train(loss, W, *, steps, learning_rate, batches=None, update=None, prox=None, watch=None, every=1, progress=None):
    """Descend from ``W`` and return what happened.

    Parameters
    ----------
    loss : callable
        ``loss(W, *batch) -> (loss, dW)``. Called as ``loss(W)`` when ``batches`` is not given.
    W : array_like
        Where to start; it is not changed. A stack (s, n, k) trains s models side by side, if ``loss`` returns a loss
        for each, as :class:`coursekit.full_batch.FullBatchLoss` does.
    steps : int
        Number of steps.
    learning_rate : float, array_like of shape (s,) or callable
        Step size, one for each model of a stack, or a schedule ``step -> step size`` with steps counted from 0.
    batches : iterable of tuple, optional
        One batch a step, for example ``minibatches(X, y, 64, rng)``.
    update : callable, optional
        Update rule such as ``momentum(0.9)`` or ``adam()``; plain gradient descent if not given.
    prox : callable, optional
        ``prox(W, rate) -> W``, applied after each step; for a stack the rates are (s, 1, 1).
    watch : callable, optional
        ``watch(W)`` is recorded before the first step, then every ``every`` steps and after the last.
    every : int, default=1
        Steps between two records of ``watch``.
    progress : callable, optional
        Wraps the range of steps, for example ``tqdm.auto.tqdm``.

    Returns
    -------
    History
        Parameters, losses, step sizes and what was watched.

    Raises
    ------
    ValueError
        If ``steps`` is negative, ``every`` is below 1, a step size is not positive, the gradient has not the shape of
        ``W``, or the batches run out.
    FloatingPointError
        If the loss becomes nan or infinite.

    Examples
    --------
    >>> bowl = lambda w: (float((w**2).sum()), 2 * w)
    >>> history = train(bowl, np.array([1.0, -2.0]), steps=20, learning_rate=0.25)
    >>> history.loss[0], history.W.round(4)
    (np.float64(5.0), array([ 0., -0.]))
    """
    if steps < 0:
        raise ValueError(f"train: steps must not be negative; got {steps}.")
    if every < 1:
        raise ValueError(f"train: every must be 1 or more; got {every}.")
    W = np.array(W, dtype=np.result_type(np.asarray(W).dtype, np.float32))
    rate_at = learning_rate if callable(learning_rate) else lambda step: learning_rate
    direction = (update or _plain)(W)
    losses, rates, seen, seen_at = [], [], [], []
    batches = repeat(()) if batches is None else iter(batches)
    for step in (progress or iter)(range(steps)):
        if watch and step % every == 0:
            seen.append(watch(W)), seen_at.append(step)
        value, dW = loss(W, *_next(batches, step))
        rate = _positive(rate_at(step), step)
        if not np.isfinite(value).all():
            raise FloatingPointError(
                f"train: the loss is {value} at step {step}, learning rate {rate:g}. Lower the learning rate."
                if np.ndim(rate) == 0
                else f"train: the losses are {value} at step {step}, learning rates {rate}. Lower the highest."
            )
        size = _along(rate, W)
        W = W - np.asarray(size * direction(_validate.gradient("train", dW, W)), dtype=W.dtype)
        W = prox(W, size) if prox else W
        losses.append(value), rates.append(rate)
    if watch:
        seen.append(watch(W)), seen_at.append(steps)
    return History(W, np.array(losses), np.array(rates), np.array(seen), np.array(seen_at, int))


def _plain(W):
    """Start the plain update rule: straight down the gradient."""
    return lambda dW: dW


def _next(batches, step):
    """Return the next batch, or say that they ran out."""
    try:
        return next(batches)
    except StopIteration:
        raise ValueError(
            f"train: the batches ran out after {step} steps; pass an endless iterator such as minibatches()."
        ) from None


def _positive(rate, step):
    """Return the step size, or the step sizes of a stack, if they can be some."""
    if np.ndim(rate) == 0:
        rate, fine = float(rate), 0 < rate < np.inf
    else:
        rate = np.asarray(rate, float)
        fine = (np.isfinite(rate) & (rate > 0)).all()
    if not fine:
        raise ValueError(f"train: the learning rate must be positive and finite; got {rate} at step {step}.")
    return rate


def _along(rate, W):
    """Return the step sizes (s,) of a stack W (s, n, k) as (s, 1, 1); one for all as it is."""
    if np.ndim(rate) == 0:
        return rate
    if rate.shape != W.shape[:1] or W.ndim != 3:
        raise ValueError(
            f"train: {rate.size} learning rates need a stack of as many models, W ({rate.size}, n, k); got {W.shape}."
        )
    return rate[:, None, None]


def minibatches(X, y, batch_size, rng):
    """Yield batches for ever: all examples once in a fresh random order, then again.

    Parameters
    ----------
    X : ndarray of shape (m, n)
        Examples, one row each.
    y : ndarray of shape (m,)
        Labels.
    batch_size : int
        Rows a batch; the last batch of an epoch is shorter if m is no multiple of it.
    rng : numpy.random.Generator
        Draws the order.

    Yields
    ------
    X_batch, y_batch : ndarray
        ``batch_size`` rows and their labels.

    Raises
    ------
    ValueError
        If ``batch_size`` is not in 1..m or the lengths differ.

    Examples
    --------
    >>> batches = minibatches(np.eye(5), np.arange(5), 2, np.random.default_rng(0))
    >>> [len(next(batches)[1]) for _ in range(4)]
    [2, 2, 1, 2]
    """
    if len(X) != len(y):
        raise ValueError(f"minibatches: X has {len(X)} rows but y has {len(y)} labels.")
    if not 1 <= batch_size <= len(X):
        raise ValueError(f"minibatches: batch_size must lie in 1..{len(X)}; got {batch_size}.")
    return _minibatches(X, y, batch_size, rng)


def _minibatches(X, y, batch_size, rng):
    """Yield what ``minibatches`` promises; apart, so that its refusals come at the call."""
    while True:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            yield X[rows], y[rows]
