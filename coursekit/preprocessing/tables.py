"""What happens to the data before the first product: labels to one-hot, pixels to numbers, rows to sets."""

import numpy as np

from coursekit import _validate


def one_hot(y, k, *, dtype=np.float64):
    """Return one row per label, all zeros but for a 1 in the column of the class.

    Parameters
    ----------
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    k : int
        Number of classes.
    dtype : dtype, default=float64
        Type of the result.

    Returns
    -------
    ndarray of shape (m, k)
        The one-hot matrix Y.

    Raises
    ------
    ValueError
        If a label lies outside ``0..k-1``.
    TypeError
        If the labels are not integers.

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    y = _validate.labels("one_hot", y, k=k)
    Y = np.zeros((len(y), k), dtype)
    Y[np.arange(len(y)), y] = 1
    return Y


def binarise(X, threshold, *, dtype=np.float32):
    """Return 1 where a pixel is above the threshold and 0 elsewhere.

    Parameters
    ----------
    X : array_like
        Pixels, any shape.
    threshold : float
        Compared with ``>``: a pixel equal to it becomes 0.
    dtype : dtype, default=float32
        Type of the result; a floating one, so that matrix products go to BLAS.

    Returns
    -------
    ndarray
        Of the shape of ``X``; a new array, ``X`` is left alone.

    Examples
    --------
    >>> binarise([[99, 100, 101]], 100)
    array([[0., 0., 1.]], dtype=float32)
    """
    return (np.asarray(X) > threshold).astype(dtype)


def add_bias(X):
    """Return ``X`` with a last column of ones, so that the last row of ``W`` is the bias.

    Parameters
    ----------
    X : array_like of shape (m, n)
        Examples, one row each.

    Returns
    -------
    ndarray of shape (m, n + 1)
        In the floating dtype of ``X``; integers become float64.

    Examples
    --------
    >>> add_bias([[5.0, 6.0]])
    array([[5., 6., 1.]])
    """
    X = _validate.matrix("add_bias", "X", X)
    X = X if X.dtype.kind == "f" else X.astype(float)
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])


def has_bias(X):
    """Return whether the last column of ``X`` holds nothing but ones, as after :func:`add_bias`.

    Parameters
    ----------
    X : array_like of shape (m, n)
        Examples, one row each.

    Returns
    -------
    bool
        Whether the last row of ``W`` is then a bias.

    Examples
    --------
    >>> has_bias([[5.0, 6.0]]), has_bias(add_bias([[5.0, 6.0]]))
    (False, True)
    """
    return bool((_validate.matrix("has_bias", "X", X)[:, -1] == 1).all())


def split(X, y, *, fraction, rng):
    """Return the data in two parts, shuffled: a larger one to learn from and one held out.

    Parameters
    ----------
    X : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of int, shape (m,)
        Labels.
    fraction : float
        Share of the examples that is held out, between 0 and 1.
    rng : numpy.random.Generator
        Draws the shuffle.

    Returns
    -------
    X_train, y_train, X_held, y_held : ndarray
        Both parts; no example is in both.

    Raises
    ------
    ValueError
        If a part would be empty.

    Examples
    --------
    >>> X, y = np.arange(10).reshape(5, 2), np.arange(5)
    >>> [len(part) for part in split(X, y, fraction=0.4, rng=np.random.default_rng(0))]
    [3, 3, 2, 2]
    """
    X = _validate.matrix("split", "X", X)
    y = _validate.labels("split", y, len(X))
    held = round(fraction * len(X))
    if not 0 < held < len(X):
        raise ValueError(
            f"split: fraction = {fraction} of {len(X)} examples leaves a part empty; "
            f"pass one between {1 / len(X):.3g} and {1 - 1 / len(X):.3g}."
        )
    order = rng.permutation(len(X))
    return X[order[held:]], y[order[held:]], X[order[:held]], y[order[:held]]
