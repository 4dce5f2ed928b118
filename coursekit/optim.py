"""Descent: one loop, ``train``, and the parts that plug into it.

Learning-rate schedules (``step_decay``, ``cosine_decay``), update rules (``momentum``, ``adam``), minibatches, and the
proximal step of the L1 penalty (``soft_threshold``).
"""

from dataclasses import dataclass, field
from itertools import repeat

import numpy as np


@dataclass(frozen=True)
class History:
    """What a training run leaves behind.

    Attributes
    ----------
    W : ndarray
        Parameters after the last step.
    loss : ndarray of shape (steps,)
        Loss in nats before each step; under minibatches, that of the step's batch.
    learning_rate : ndarray of shape (steps,)
        Step size used in each step.
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
        Where to start; it is not changed.
    steps : int
        Number of steps.
    learning_rate : float or callable
        Step size, or a schedule ``step -> step size`` with steps counted from 0.
    batches : iterable of tuple, optional
        One batch a step, for example ``minibatches(X, y, 64, rng)``.
    update : callable, optional
        Update rule such as ``momentum(0.9)`` or ``adam()``; plain gradient descent if not given.
    prox : callable, optional
        ``prox(W, rate) -> W``, applied after each step.
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
        if not np.isfinite(value):
            raise FloatingPointError(
                f"train: the loss is {value} at step {step}, learning rate {rate:g}. Lower the learning rate."
            )
        W = W - np.asarray(rate * direction(_shaped(dW, W)), dtype=W.dtype)
        W = prox(W, rate) if prox else W
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


def _shaped(dW, W):
    """Return the gradient as an array if its shape is that of ``W``; another would broadcast, or fail far from here."""
    dW = np.asarray(dW)
    if dW.shape != W.shape:
        turned = " It looks transposed." if dW.T.shape == W.shape else ""
        raise ValueError(f"train: the gradient must have W's shape {W.shape}; got {dW.shape}.{turned}")
    return dW


def _positive(rate, step):
    """Return the step size if it can be one."""
    if not (np.isfinite(rate) and rate > 0):
        raise ValueError(f"train: the learning rate must be positive and finite; got {rate} at step {step}.")
    return float(rate)


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


def step_decay(start, *, factor=0.95, every=50):
    """Return a schedule that multiplies the step size by ``factor`` after every ``every`` steps.

    Parameters
    ----------
    start : float
        Step size of steps 0 to ``every - 1``.
    factor : float, default=0.95
        What it is multiplied by; 0.5 halves it.
    every : int, default=50
        Steps between two cuts.

    Returns
    -------
    callable
        ``step -> step size``.

    Examples
    --------
    >>> rate = step_decay(0.75)
    >>> [round(rate(step), 4) for step in (0, 49, 50, 100)]
    [0.75, 0.75, 0.7125, 0.6769]
    """
    return lambda step: start * factor ** (step // every)


def cosine_decay(start, *, steps, end=0.0):
    """Return a schedule that falls from ``start`` to ``end`` along half a cosine.

    Parameters
    ----------
    start : float
        Step size of step 0.
    steps : int
        Length of the run.
    end : float, default=0.0
        The step size from step ``steps`` on.

    Returns
    -------
    callable
        ``step -> step size``.

    Examples
    --------
    >>> rate = cosine_decay(1.0, steps=100)
    >>> [round(rate(step), 3) for step in (0, 50, 99)]
    [1.0, 0.5, 0.0]
    """
    return lambda step: end + (start - end) * 0.5 * (1 + float(np.cos(np.pi * min(step / steps, 1))))


def momentum(beta=0.9):
    r"""Return the update rule with momentum: :math:`v \leftarrow \beta v + dW`, step along v.

    Parameters
    ----------
    beta : float, default=0.9
        Share of the last direction that is kept, in [0, 1).

    Returns
    -------
    callable
        An update rule for :func:`train`.

    References
    ----------
    .. [1] B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Examples
    --------
    >>> bowl = lambda w: (float((w**2).sum()), 2 * w)
    >>> history = train(bowl, np.ones(2), steps=80, learning_rate=0.1, update=momentum(0.5))
    >>> float(abs(history.W).max()) < 1e-6
    True
    """

    def start(W):
        v = np.zeros_like(W)

        def direction(dW):
            nonlocal v
            v = beta * v + dW
            return v

        return direction

    return start


def adam(beta1=0.9, beta2=0.999, eps=1e-8):
    """Return the Adam update rule: a running mean of the gradient over that of its square.

    Parameters
    ----------
    beta1, beta2 : float
        Share of the running means of gradient and squared gradient that is kept.
    eps : float, default=1e-8
        Added to the denominator.

    Returns
    -------
    callable
        An update rule for :func:`train`.

    References
    ----------
    .. [1] D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.

    Examples
    --------
    >>> bowl = lambda w: (float((w**2).sum()), 2 * w)
    >>> history = train(bowl, np.ones(2), steps=1, learning_rate=0.1, update=adam())
    >>> history.W.round(6)
    array([0.9, 0.9])
    """

    def start(W):
        mean, square, t = np.zeros_like(W), np.zeros_like(W), 0

        def direction(dW):
            nonlocal mean, square, t
            t += 1
            mean = beta1 * mean + (1 - beta1) * dW
            square = beta2 * square + (1 - beta2) * dW**2
            return mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + eps)

        return direction

    return start


def soft_threshold(W, amount):
    """Return ``W`` with every entry moved towards 0 by ``amount``, and no further than 0.

    The proximal operator of ``amount * sum(abs(W))``.

    Parameters
    ----------
    W : array_like
        Any shape.
    amount : float
        How far.

    Returns
    -------
    ndarray
        Of the shape of ``W``; entries at most ``amount`` from 0 become exactly 0.

    References
    ----------
    .. [1] N. Parikh and S. Boyd, *Proximal Algorithms*, 2014, section 6.5.2.

    Examples
    --------
    >>> soft_threshold([-2.0, 0.5, 3.0], 1.0)
    array([-1.,  0.,  2.])
    """
    W = np.asarray(W)
    return np.sign(W) * np.maximum(np.abs(W) - amount, 0)


def l1_prox(l1):
    """Return the proximal step of the penalty ``l1 * sum(abs(W))``, for :func:`train`.

    Parameters
    ----------
    l1 : float
        Penalty strength.

    Returns
    -------
    callable
        ``prox(W, rate)``: soft thresholding by ``rate * l1``.

    Examples
    --------
    >>> l1_prox(2.0)(np.array([1.0, 0.1]), 0.1).round(6)
    array([0.8, 0. ])
    """
    return lambda W, rate: soft_threshold(W, rate * l1)
