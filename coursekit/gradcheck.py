"""Gradients by differences, and a check that raises when a formula and its differences disagree."""

import numpy as np


class GradientError(AssertionError):
    """An analytic gradient that differs from the numeric one."""


def numeric_gradient(f, W, *, h=1e-5, method="central"):
    r"""Return the gradient of ``f`` at ``W`` by differences, one entry at a time.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of ``W`` and returns a float.
    W : array_like
        Where to differentiate; any shape. It is not changed.
    h : float, default=1e-5
        Step in each entry.
    method : {"central", "forward"}
        Central differences :math:`(f(w + h) - f(w - h)) / 2h` err by O(h^2), forward ones
        :math:`(f(w + h) - f(w)) / h` by O(h). Each loses about ``eps / h`` to rounding.

    Returns
    -------
    ndarray
        Of the shape of ``W``, float64.

    Raises
    ------
    ValueError
        If ``method`` is unknown or ``h`` is not positive.
    TypeError
        If ``f`` returns anything but one number, such as ``(loss, dW)``.

    Examples
    --------
    >>> numeric_gradient(lambda w: float((w**2).sum()), [1.0, -2.0]).round(6)
    array([ 2., -4.])
    """
    if method not in ("central", "forward"):
        raise ValueError(f"numeric_gradient: method must be 'central' or 'forward'; got {method!r}.")
    if not h > 0:
        raise ValueError(f"numeric_gradient: h must be positive; got {h}. 1e-5 suits float64.")
    W = np.array(W, dtype=float)  # a copy: each entry is moved and put back
    G, here = np.empty_like(W), _one_number(f(W.copy()))
    for index in np.ndindex(W.shape):
        w = W[index]
        W[index] = w + h
        ahead = f(W.copy())
        W[index] = w - h
        G[index] = (ahead - f(W.copy())) / (2 * h) if method == "central" else (ahead - here) / h
        W[index] = w
    return G


def _one_number(value):
    """Return the value of a function if it is one number, or say what it is."""
    if isinstance(value, tuple | list) or np.ndim(value):
        cause = " Pass lambda W: loss(W)[0] if it returns (loss, dW)." if isinstance(value, tuple) else ""
        raise TypeError(f"numeric_gradient: f must return one number; got {type(value).__name__}.{cause}")
    return float(value)


def relative_error(a, b):
    """Return the largest difference of two arrays, relative to the larger of their largest entries.

    Parameters
    ----------
    a, b : array_like
        Arrays of one shape.

    Returns
    -------
    float
        ``max|a - b| / max(max|a|, max|b|)``; 0 where both are zero everywhere, nan where one holds a nan or
        an infinite value.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> relative_error([1.0, 2.0], [1.0, 2.002]) < 1.1e-3
    True
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        raise ValueError(f"relative_error: shapes differ, {a.shape} and {b.shape}.")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return float("nan")
    scale = max(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
    return float(np.abs(a - b).max(initial=0) / scale) if scale else 0.0


def check_gradient(loss, W, *, h=1e-5, tolerance=1e-6):
    """Compare the gradient that ``loss`` returns with central differences; raise if they disagree.

    Parameters
    ----------
    loss : callable
        Takes an array of the shape of ``W`` and returns ``(loss, dW)``.
    W : array_like
        Where to compare. Use float64: in float32 rounding hides the differences.
    h : float, default=1e-5
        Step of the differences.
    tolerance : float, default=1e-6
        Largest relative error that passes.

    Returns
    -------
    float
        The relative error.

    Raises
    ------
    GradientError
        If the error exceeds ``tolerance`` or is nan; names the entry that differs most and both values, and says
        so if the two differ by one factor everywhere (a forgotten 1/m or a sign) or by a transpose.
    TypeError
        If ``loss`` does not return a pair.

    Examples
    --------
    >>> check_gradient(lambda w: (float((w**2).sum()), 2 * w), np.array([1.0, -2.0])) < 1e-9
    True
    """
    W = np.array(W, dtype=float)
    dW = _gradient_of(loss(W.copy()))
    if dW.shape != W.shape:
        turned = " It looks transposed: return dW.T." if dW.T.shape == W.shape else ""
        raise GradientError(f"check_gradient: the gradient must have W's shape {W.shape}; got {dW.shape}.{turned}")
    numeric = numeric_gradient(lambda V: loss(V)[0], W, h=h)
    error = relative_error(dW, numeric)
    if not error <= tolerance:
        worst = np.unravel_index(_gap(dW, numeric).argmax(), W.shape)
        raise GradientError(
            f"check_gradient: relative error {error:.2g}, allowed {tolerance:.2g}. Worst at "
            f"{[int(i) for i in worst]}: the formula gives {dW[worst]:.6g}, differences give {numeric[worst]:.6g}."
            + _likely_cause(dW, numeric)
        )
    return error


def _gradient_of(result):
    """Return the second of the two things that a loss returns, or say what is missing."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise TypeError(f"check_gradient: loss must return (loss, dW); got {type(result).__name__}.")
    return np.asarray(result[1], dtype=float)


def _gap(dW, numeric):
    """Return how far apart the entries are; infinitely, where one is not finite."""
    finite = np.isfinite(dW) & np.isfinite(numeric)
    return np.abs(np.subtract(dW, numeric, out=np.full(dW.shape, np.inf), where=finite))


def _factor(factor):
    """Name what makes a gradient wrong by one factor."""
    causes = ["is the sign turned"] if factor < 0 else []
    if abs(factor) > 1 + 1e-4:
        causes.append("is a division missing, such as 1/m")
    elif abs(factor) < 1 - 1e-4:
        causes.append("is a factor missing, or a division there twice")
    return ", and ".join(causes)


def _likely_cause(dW, numeric):
    """Say so where the formula is the differences times one number, or their transpose."""
    if not np.isfinite(_gap(dW, numeric)).all():
        return " A loss or gradient that is not finite cannot be checked: try smaller scores."
    scale = np.vdot(dW, numeric)
    factor = np.vdot(dW, dW) / scale if scale else 0.0
    if factor and relative_error(dW, factor * numeric) < 1e-4:
        return f" The formula is {factor:.4g} times the differences everywhere: {_factor(factor)}?"
    if dW.T.shape == numeric.shape and relative_error(dW.T, numeric) < 1e-4:
        return " The formula is the transpose of the differences."
    return ""
