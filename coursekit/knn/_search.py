"""The nearest points, block by block, and the vote of their labels."""

import operator

import numpy as np

from coursekit import _validate
from coursekit.knn._distances import distances_l1, points, squares

_BLOCK = 2**22  # distances held at a time, unless one row of them is more


def neighbors(A, B, k, *, metric="L2"):
    r"""Return which rows of ``B`` are nearest to each row of ``A``.

    .. math::
        \lVert a_i - b_j \rVert < \lVert a_i - b_l \rVert \iff
        \tfrac{1}{2} \lVert b_j \rVert^2 - a_i \cdot b_j < \tfrac{1}{2} \lVert b_l \rVert^2 - a_i \cdot b_l

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (r, n)
        Points, one per row.
    k : int
        How many, from 1 to r.
    metric : {"L2", "L1"}, default="L2"
        Euclidean distance, or the sum of the absolute differences.

    Returns
    -------
    ndarray of int, shape (m, k)
        Row numbers of ``B``, the nearest first. Where several are equally far and not all are wanted, which of them
        are taken is not defined.

    Raises
    ------
    ValueError
        As :func:`distances_two_loops`; if ``k`` is not in ``1..r``; if there is no such metric; or if squares overflow.
    TypeError
        If the points are no numbers, or ``k`` is no integer.

    Notes
    -----
    Neither the root nor :math:`\lVert a \rVert^2` changes an order, so both are spared. The digits that are lost for
    near neighbours far from the origin are those that :func:`distances` describes, and the remedy is the same.

    The rows of ``A`` are taken in blocks. Beside its arguments and the result, this needs memory for 4 million
    distances and as many row numbers (70 MB at most; for r above 4 million, for one row of them), two bytes a feature
    while the points are looked through and, where these are not floats of one type, for a copy in the wider type.

    Examples
    --------
    >>> neighbors([[0.0, 0.0], [9.0, 9.0]], [[3.0, 4.0], [0.0, 1.0], [8.0, 9.0]], k=2)
    array([[1, 0],
           [2, 0]])
    """
    A, B = points("neighbors", A, B)
    k = _count("neighbors", k, len(B))
    nearest = np.empty((len(A), k), np.intp)
    for start, block in _nearest("neighbors", A, B, k, metric):
        nearest[start : start + len(block)] = block
    return nearest


def predict(X_train, y_train, X, *, k=1, metric="L2"):
    """Return the class that most of the k nearest training examples have.

    Parameters
    ----------
    X_train : array_like of shape (r, n)
        Training examples, one row each.
    y_train : array_like of int, shape (r,)
        Their labels.
    X : array_like of shape (m, n)
        Examples to classify.
    k : int, default=1
        How many neighbours vote, from 1 to r.
    metric : {"L2", "L1"}, default="L2"
        As of :func:`neighbors`.

    Returns
    -------
    ndarray of shape (m,)
        Labels, in the type of ``y_train``. Of classes with equally many votes the one with the smallest label wins.

    Raises
    ------
    ValueError
        If the shapes of ``X_train``, ``y_train`` and ``X`` disagree, one is empty, a label is negative, a value is not
        finite, squares overflow, ``k`` is not in ``1..r``, or there is no such metric.
    TypeError
        If the examples are no numbers, or the labels or ``k`` no integers.

    Notes
    -----
    There is no training: all the work, ``m * r * n`` products, is done when a question is asked. It is done block by
    block and needs the memory that :func:`neighbors` needs.

    References
    ----------
    .. [1] T. Cover, P. Hart, "Nearest neighbor pattern classification", IEEE Trans. Inf. Theory 13 (1967).

    Examples
    --------
    >>> X_train, y_train = [[0.0], [1.0], [5.0], [6.0]], [0, 0, 1, 1]
    >>> predict(X_train, y_train, [[2.0], [4.0]], k=3)
    array([0, 1])
    """
    X, X_train = points("predict", X, X_train, ("X", "X_train"))
    y_train = np.asarray(y_train)
    if y_train.ndim == 1 and len(y_train) != len(X_train):
        raise ValueError(
            f"predict: X_train has {len(X_train)} rows but y_train has {len(y_train)} labels. Were both filtered alike?"
            " The order is predict(X_train, y_train, X)."
        )
    classes, codes = np.unique(_validate.labels("predict", y_train, len(X_train)), return_inverse=True)
    k = _count("predict", k, len(X_train))
    y = np.empty(len(X), classes.dtype)
    for start, nearest in _nearest("predict", X, X_train, k, metric):
        ballots = codes[nearest] + len(classes) * np.arange(len(nearest))[:, None]
        votes = np.bincount(ballots.ravel(), minlength=len(nearest) * len(classes)).reshape(len(nearest), -1)
        y[start : start + len(nearest)] = classes[votes.argmax(axis=1)]  # the first of several largest
    return y


def _nearest(where, A, B, k, metric):
    """Yield, block by block, the first row of ``A`` in it and the k nearest rows of ``B`` to each, nearest first."""
    if metric not in ("L1", "L2"):
        raise ValueError(f'{where}: metric must be "L1" or "L2"; got {metric!r}.')
    rows = min(len(A), max(1, _BLOCK // len(B)))
    order = _halves(where, B, np.empty((rows, len(B)), A.dtype)) if metric == "L2" else lambda A: distances_l1(A, B)
    for start in range(0, len(A), rows):
        yield start, _smallest(order(A[start : start + rows]), k)


def _halves(where, B, space):
    """Return what gives half the squared distances to ``B``, but for a term that all in a row share; in one space."""
    half = squares(B) / 2

    def order(A):
        with np.errstate(over="ignore", invalid="ignore"):
            D = np.matmul(A, B.T, out=space[: len(A)])
            np.subtract(half, D, out=D)
        if not np.isfinite(D).all():
            raise ValueError(f"{where}: squares of the points overflow {D.dtype}. Divide both by their largest value.")
        return D

    return order


def _smallest(D, k):
    """Return the columns of the k smallest values of each row, the smallest first."""
    if k == 1:
        return D.argmin(axis=1)[:, None]
    columns = np.argpartition(D, k - 1, axis=1)[:, :k]
    order = np.take_along_axis(D, columns, axis=1).argsort(axis=1)
    return np.take_along_axis(columns, order, axis=1)


def _count(where, k, r):
    """Return a number of neighbours if there are so many."""
    try:
        k = operator.index(k)
    except TypeError:
        raise TypeError(f"{where}: k must be an integer; got {k!r}.") from None
    if not 1 <= k <= r:
        raise ValueError(f"{where}: k must lie in 1..{r}, the number of points to choose from; got {k}.")
    return k
