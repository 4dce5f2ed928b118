"""Nearest neighbours: distances between two sets of points, as loops and as matrix products, and what the nearest say.

Notation: ``A`` (m, n) and ``B`` (p, n) hold one point a row; ``D`` (m, p) the distance of each of the one from each of
the other; ``k`` is a number of neighbours.
"""

import operator

import numpy as np

from coursekit import _validate

_BLOCK = 2**22  # distances held at a time, unless one row of them is more


def distances_two_loops(A, B):
    r"""Return the Euclidean distances of all pairs of points, one pair at a time.

    .. math:: d_{ij} = \sqrt{\sum_{l=1}^{n} (a_{il} - b_{jl})^2}

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (p, n)
        Points, one per row.

    Returns
    -------
    D : ndarray of shape (m, p)
        ``D[i, j]`` is the distance of ``A[i]`` from ``B[j]``.

    Raises
    ------
    ValueError
        If ``A`` and ``B`` have different numbers of features, are empty, or hold a value that is not finite.

    Examples
    --------
    >>> distances_two_loops([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[5., 1.]])
    """
    A, B = _points("distances_two_loops", A, B)
    D = np.empty((len(A), len(B)), A.dtype)
    for i in range(len(A)):
        for j in range(len(B)):
            D[i, j] = np.sqrt(((A[i] - B[j]) ** 2).sum())
    return D


def distances_one_loop(A, B):
    """Return what :func:`distances_two_loops` returns, one row at a time.

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (p, n)
        Points, one per row.

    Returns
    -------
    D : ndarray of shape (m, p)
        ``D[i, j]`` is the distance of ``A[i]`` from ``B[j]``.

    Raises
    ------
    ValueError
        As :func:`distances_two_loops`.

    Notes
    -----
    Each step makes an array of differences as large as ``B``. Where ``B`` is larger than the processor's cache, moving
    that array costs more than the loop that was saved; notebook 03 measures it.

    Examples
    --------
    >>> distances_one_loop([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[5., 1.]])
    """
    A, B = _points("distances_one_loop", A, B)
    D = np.empty((len(A), len(B)), A.dtype)
    for i in range(len(A)):
        D[i] = np.sqrt(((A[i] - B) ** 2).sum(axis=1))
    return D


def distances(A, B):
    r"""Return the Euclidean distances of all pairs of points by one matrix product.

    .. math:: \lVert a_i - b_j \rVert^2 = \lVert a_i \rVert^2 - 2\, a_i \cdot b_j + \lVert b_j \rVert^2

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (p, n)
        Points, one per row.

    Returns
    -------
    D : ndarray of shape (m, p)
        ``D[i, j]`` is the distance of ``A[i]`` from ``B[j]``: float32 if both are, else float64.

    Raises
    ------
    ValueError
        As :func:`distances_two_loops`.

    Notes
    -----
    For near neighbours far from the origin the expansion takes nearly equal numbers from each other, and its
    rounding error, about ``eps * (|a|^2 + |b|^2)``, may exceed the square of the distance itself. A square below 0
    becomes 0, which spares the root a nan but brings no digit back. Where near-equal points matter, subtract a common
    mean first, or use :func:`distances_one_loop`.

    References
    ----------
    .. [1] N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., SIAM, 2002, section 1.7.

    Examples
    --------
    >>> distances([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[5., 1.]])
    """
    A, B = _points("distances", A, B)
    D = A @ B.T
    D *= -2
    D += _squares(A)[:, None]  # (m, 1), the same for every column
    D += _squares(B)  # (p,), the same for every row
    return np.sqrt(np.maximum(D, 0, out=D), out=D)


def neighbors(A, B, k):
    r"""Return which rows of ``B`` are nearest to each row of ``A``.

    .. math::
        \lVert a_i - b_j \rVert < \lVert a_i - b_l \rVert \iff
        \tfrac{1}{2} \lVert b_j \rVert^2 - a_i \cdot b_j < \tfrac{1}{2} \lVert b_l \rVert^2 - a_i \cdot b_l

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (p, n)
        Points, one per row.
    k : int
        How many, from 1 to p.

    Returns
    -------
    ndarray of int, shape (m, k)
        Row numbers of ``B``, the nearest first. Where several are equally far and not all are wanted, which of them
        are taken is not defined.

    Raises
    ------
    ValueError
        As :func:`distances_two_loops`; if ``k`` is not in ``1..p``; or if squares overflow.
    TypeError
        If the points are no numbers, or ``k`` is no integer.

    Notes
    -----
    Neither the root nor :math:`\lVert a \rVert^2` changes an order, so both are spared. The digits that are lost for
    near neighbours far from the origin are those that :func:`distances` describes, and the remedy is the same.

    The rows of ``A`` are taken in blocks. Beside its arguments and the result, this needs memory for 4 million
    distances and as many row numbers (70 MB at most; for p above 4 million, for one row of them), two bytes a feature
    while the points are looked through and, where these are not floats of one type, for a copy in the wider type.

    Examples
    --------
    >>> neighbors([[0.0, 0.0], [9.0, 9.0]], [[3.0, 4.0], [0.0, 1.0], [8.0, 9.0]], k=2)
    array([[1, 0],
           [2, 0]])
    """
    A, B = _points("neighbors", A, B)
    k = _count("neighbors", k, len(B))
    nearest = np.empty((len(A), k), np.intp)
    for start, block in _nearest("neighbors", A, B, k):
        nearest[start : start + len(block)] = block
    return nearest


def predict(X_train, y_train, X, *, k=1):
    """Return the class that most of the k nearest training examples have.

    Parameters
    ----------
    X_train : array_like of shape (p, n)
        Training examples, one row each.
    y_train : array_like of int, shape (p,)
        Their labels.
    X : array_like of shape (m, n)
        Examples to classify.
    k : int, default=1
        How many neighbours vote, from 1 to p.

    Returns
    -------
    ndarray of shape (m,)
        Labels, in the type of ``y_train``. Of classes with equally many votes the one with the smallest label wins.

    Raises
    ------
    ValueError
        If the shapes of ``X_train``, ``y_train`` and ``X`` disagree, one is empty, a label is negative, a value is not
        finite, squares overflow, or ``k`` is not in ``1..p``.
    TypeError
        If the examples are no numbers, or the labels or ``k`` no integers.

    Notes
    -----
    There is no training: all the work, ``m * p * n`` products, is done when a question is asked. It is done block by
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
    X, X_train = _points("predict", X, X_train, ("X", "X_train"))
    y_train = np.asarray(y_train)
    if y_train.ndim == 1 and len(y_train) != len(X_train):
        raise ValueError(
            f"predict: X_train has {len(X_train)} rows but y_train has {len(y_train)} labels. Were both filtered alike?"
            " The order is predict(X_train, y_train, X)."
        )
    classes, codes = np.unique(_validate.labels("predict", y_train, len(X_train)), return_inverse=True)
    k = _count("predict", k, len(X_train))
    y = np.empty(len(X), classes.dtype)
    for start, nearest in _nearest("predict", X, X_train, k):
        ballots = codes[nearest] + len(classes) * np.arange(len(nearest))[:, None]
        votes = np.bincount(ballots.ravel(), minlength=len(nearest) * len(classes)).reshape(len(nearest), -1)
        y[start : start + len(nearest)] = classes[votes.argmax(axis=1)]  # the first of several largest
    return y


def _squares(A):
    """Return the squared length of each row."""
    return np.einsum("ij,ij->i", A, A)


def _nearest(where, A, B, k):
    """Yield, block by block, the first row of ``A`` in it and the k nearest rows of ``B`` to each, nearest first."""
    rows = min(len(A), max(1, _BLOCK // len(B)))
    space, half = np.empty((rows, len(B)), A.dtype), _squares(B) / 2
    for start in range(0, len(A), rows):
        part = A[start : start + rows]
        with np.errstate(over="ignore", invalid="ignore"):
            D = np.matmul(part, B.T, out=space[: len(part)])
            np.subtract(half, D, out=D)  # half the squared distance, but for a term that all in a row share
        if not np.isfinite(D).all():
            raise ValueError(f"{where}: squares of the points overflow {D.dtype}. Divide both by their largest value.")
        yield start, _smallest(D, k)


def _smallest(D, k):
    """Return the columns of the k smallest values of each row, the smallest first."""
    if k == 1:
        return D.argmin(axis=1)[:, None]
    columns = np.argpartition(D, k - 1, axis=1)[:, :k]
    order = np.take_along_axis(D, columns, axis=1).argsort(axis=1)
    return np.take_along_axis(columns, order, axis=1)


def _count(where, k, p):
    """Return a number of neighbours if there are so many."""
    try:
        k = operator.index(k)
    except TypeError:
        raise TypeError(f"{where}: k must be an integer; got {k!r}.") from None
    if not 1 <= k <= p:
        raise ValueError(f"{where}: k must lie in 1..{p}, the number of points to choose from; got {k}.")
    return k


def _points(where, A, B, names=("A", "B")):
    """Return two matrices of points in one floating dtype, or say what is wrong with them."""
    A, B = (_validate.matrix(where, name, M, s) for name, M, s in zip(names, (A, B), ("(m, n)", "(p, n)"), strict=True))
    if A.shape[1] != B.shape[1]:
        raise ValueError(
            f"{where}: {names[0]} has {A.shape[1]} features and {names[1]} has {B.shape[1]}; both need the same. "
            "Was only one of them prepared?"
        )
    floats = A.dtype.kind == B.dtype.kind == "f"
    dtype = np.result_type(A, B, np.float32) if floats else float  # pixels in uint8 would wrap around
    cure = "Replace or drop it."
    return [
        _validate.finite(where, name, M.astype(dtype, copy=False), cure) for name, M in zip(names, (A, B), strict=True)
    ]
