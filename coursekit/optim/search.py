"""A descent that finds its directions and step sizes by itself."""

import numpy as np

from coursekit import _validate
from coursekit.optim.descent import History

FLAT = 1e-3  # of a slope: below it rounding may hide that a step leads down


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
        Invertible M: the search runs over V, where ``W = M @ V``. A good one makes all directions about equally
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
    M = np.eye(len(W), dtype=W.dtype) if preconditioner is None else np.asarray(preconditioner, W.dtype)
    losses, seen, seen_at = [], [], []

    def weights(v):
        return M @ v.reshape(W.shape).astype(W.dtype)

    def turned(v):
        value, dW = loss(weights(v))
        return value, (M.T @ _validate.gradient("lbfgs", dW, W)).ravel().astype(float)

    def note(intermediate_result):  # SciPy wants this name
        if watch and len(losses) % every == 0:
            seen.append(watch(weights(intermediate_result.x))), seen_at.append(len(losses))
        losses.append(intermediate_result.fun)

    start = np.linalg.solve(M.astype(float), W).ravel()
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
