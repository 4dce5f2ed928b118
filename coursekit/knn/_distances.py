"""Distances between two sets of points: as loops, as a matrix product, and along the axes."""

import numpy as np

from coursekit import _validate


def distances_two_loops(A, B):
    r"""Return the Euclidean distances of all pairs of points, one pair at a time.

    .. math:: d_{ij} = \sqrt{\sum_{l=1}^{n} (a_{il} - b_{jl})^2}

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (r, n)
        Points, one per row.

    Returns
    -------
    D : ndarray of shape (m, r)
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
    A, B = points("distances_two_loops", A, B)
    D = np.empty((len(A), len(B)), A.dtype)
    for i in range(len(A)):
        for j in range(len(B)):
            D[i, j] = np.sqrt(((A[i] - B[j]) ** 2).sum())
    return D


def distances_one_loop(A, B):
    """Return what :func:`distances_two_loops` returns, one row at a time.

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (r, n)
        Points, one per row.

    Returns
    -------
    D : ndarray of shape (m, r)
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
    A, B = points("distances_one_loop", A, B)
    D = np.empty((len(A), len(B)), A.dtype)
    for i in range(len(A)):
        D[i] = np.sqrt(((A[i] - B) ** 2).sum(axis=1))
    return D


def distances(A, B):
    r"""Return the Euclidean distances of all pairs of points by one matrix product.

    .. math:: \lVert a_i - b_j \rVert^2 = \lVert a_i \rVert^2 - 2\, a_i \cdot b_j + \lVert b_j \rVert^2

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (r, n)
        Points, one per row.

    Returns
    -------
    D : ndarray of shape (m, r)
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
    A, B = points("distances", A, B)
    D = A @ B.T
    D *= -2
    D += squares(A)[:, None]  # (m, 1), the same for every column
    D += squares(B)  # (r,), the same for every row
    return np.sqrt(np.maximum(D, 0, out=D), out=D)


def distances_l1(A, B):
    r"""Return the distances of all pairs of points along the axes: the sums of the absolute differences.

    .. math:: d_{ij} = \sum_{l=1}^{n} \lvert a_{il} - b_{jl} \rvert

    Parameters
    ----------
    A, B : array_like of shapes (m, n) and (r, n)
        Points, one per row.

    Returns
    -------
    D : ndarray of shape (m, r)
        ``D[i, j]`` is the distance of ``A[i]`` from ``B[j]``, in float64.

    Raises
    ------
    ValueError
        As :func:`distances_two_loops`.

    Notes
    -----
    An absolute value cannot be multiplied out as a square can, so no matrix product does this work: SciPy's compiled
    loop over all pairs does it, and takes far longer than :func:`distances`.

    Examples
    --------
    >>> distances_l1([[0.0, 0.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[7., 1.]])
    """
    from scipy.spatial.distance import cdist

    return cdist(*points("distances_l1", A, B), "cityblock")


def squares(A):
    """Return the squared length of each row."""
    return np.einsum("ij,ij->i", A, A)


def points(where, A, B, names=("A", "B")):
    """Return two matrices of points in one floating dtype, or say what is wrong with them."""
    A, B = (_validate.matrix(where, name, M, s) for name, M, s in zip(names, (A, B), ("(m, n)", "(r, n)"), strict=True))
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
