"""Descent: one loop, ``train``, and the parts that plug into it; and ``lbfgs``, which chooses its steps by itself.

Learning-rate schedules (``step_decay``, ``cosine_decay``), update rules (``momentum``, ``adam``), minibatches, and the
proximal step of the L1 penalty (``soft_threshold``).
"""

from dataclasses import dataclass, field
from itertools import repeat

import numpy as np

FLAT = 1e-3  # of a slope: below it rounding may hide that a step leads down


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
        if not np.isfinite(value).all():
            raise FloatingPointError(
                f"train: the loss is {value} at step {step}, learning rate {rate:g}. Lower the learning rate."
                if np.ndim(rate) == 0
                else f"train: the losses are {value} at step {step}, learning rates {rate}. Lower the highest."
            )
        W = W - np.asarray(_along(rate, W) * direction(_shaped(dW, W)), dtype=W.dtype)
        W = prox(W, rate) if prox else W
        losses.append(value), rates.append(rate)
    if watch:
        seen.append(watch(W)), seen_at.append(steps)
    return History(W, np.array(losses), np.array(rates), np.array(seen), np.array(seen_at, int))


def lbfgs(loss, W, *, steps=500, tolerance=1e-6, preconditioner=None, watch=None, every=1):
    r"""Descend to the least loss with L-BFGS, which finds directions and step sizes by itself.

    From its last ten steps it estimates how the slope changes along the way (the curvature), steps to where a parabola
    of that curvature has its lowest point, and searches along the line if the loss there is no lower. SciPy does it.

    Parameters
    ----------
    loss : callable
        ``loss(W) -> (loss, dW)``, over all the data: estimates from minibatches would mislead it. Meanwhile NumPy's
        linear algebra has one thread; :class:`coursekit.full_batch.FullBatchLoss` brings its own.
    W : array_like of shape (n, k)
        Where to start; it is not changed.
    steps : int, default=500
        At most so many steps, each of one or a few calls of ``loss``.
    tolerance : float, default=1e-6
        Stop when a step lowers the loss by less than this share of it.
    preconditioner : array_like of shape (n, n), optional
        Invertible A: the search runs over V, where ``W = A @ V``. A good one makes all directions about equally
        steep, so that fewer steps do; see :meth:`coursekit.full_batch.FullBatchLoss.preconditioner`.
    watch : callable, optional
        ``watch(W)`` is recorded before the first step, then every ``every`` steps and after the last.
    every : int, default=1
        Steps between two records of ``watch``.

    Returns
    -------
    History
        Parameters, losses and what was watched; as many entries as steps were needed.

    Raises
    ------
    ValueError
        If ``steps`` or ``every`` is below 1, or the gradient has not the shape of ``W`` or does not lead down.
    FloatingPointError
        If the loss is nan or infinite at the start.

    References
    ----------
    .. [1] D. C. Liu and J. Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical
       Programming 45 (1989).

    Examples
    --------
    >>> valley = lambda w: (float(w[0, 0] ** 2 + 100 * w[1, 0] ** 2), np.array([[2 * w[0, 0]], [200 * w[1, 0]]]))
    >>> history = lbfgs(valley, [[1.0], [1.0]])
    >>> len(history.loss) < 10, bool(abs(history.W).max() < 1e-3)
    (True, True)
    """
    from scipy.optimize import OptimizeResult, minimize
    from threadpoolctl import threadpool_limits

    for name, count in (("steps", steps), ("every", every)):
        if count < 1:
            raise ValueError(f"lbfgs: {name} must be 1 or more; got {count}.")
    W = np.array(W, dtype=np.result_type(np.asarray(W).dtype, np.float32))
    A = np.eye(len(W), dtype=W.dtype) if preconditioner is None else np.asarray(preconditioner, W.dtype)
    losses, seen, seen_at = [], [], []

    def weights(v):
        return A @ v.reshape(W.shape).astype(W.dtype)

    def turned(v):
        value, dW = loss(weights(v))
        return value, (A.T @ _shaped(dW, W)).ravel().astype(float)

    def note(intermediate_result):  # SciPy wants this name
        if watch and len(losses) % every == 0:
            seen.append(watch(weights(intermediate_result.x))), seen_at.append(len(losses))
        losses.append(intermediate_result.fun)

    start = np.linalg.solve(A.astype(float), W).ravel()
    value, slope = turned(start)
    if not np.isfinite(value):
        raise FloatingPointError(f"lbfgs: the loss is {value} at the start. Start from smaller weights.")
    note(OptimizeResult(x=start, fun=value))
    options = {"maxiter": steps, "maxfun": 20 * steps, "ftol": tolerance, "gtol": 0.0}
    with threadpool_limits(1, user_api="blas"):  # threads that wait for SciPy's short vectors would take loss's cores
        found = minimize(turned, start, jac=True, method="L-BFGS-B", callback=note, options=options)
    if found.nit == 0 and np.abs(slope).max() > FLAT:
        raise ValueError("lbfgs: the gradient does not lead down. Compare it with gradcheck.check_gradient(loss, W).")
    if watch and seen_at[-1] != found.nit:
        seen.append(watch(weights(found.x))), seen_at.append(found.nit)
    taken = np.array(losses[: found.nit])
    return History(weights(found.x), taken, np.full(len(taken), np.nan), np.array(seen), np.array(seen_at, int))


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
