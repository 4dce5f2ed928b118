"""Principal components: the few directions in which examples differ most.

Notation: ``X`` (m, n); directions ``V`` (n, q), one column per component. ``X`` is read in blocks and never copied.
"""

import operator
from dataclasses import dataclass

import numpy as np

from coursekit import _validate

_BLOCK = 2**22  # numbers of X that are centred at a time


@dataclass(frozen=True, eq=False)
class Components:
    """Directions in which examples differ, the one with the largest variance first.

    Parameters
    ----------
    mean : ndarray of shape (n,)
        Mean of the examples that the directions were found from.
    directions : ndarray of shape (n, q)
        One column per component, of length 1 and at right angles to all others.
    variances : ndarray of shape (q,)
        Variance of the examples along each direction: a mean of squares, over m.
    total : float
        Variance along all directions together, those that were left out too.

    Examples
    --------
    >>> line = pca([[0.0, 0.0], [2.0, 2.0], [4.0, 4.0]])
    >>> line.project([[1.0, 1.0]]).round(3), line.restore([[0.0]])
    (array([[-1.414]]), array([[2., 2.]]))
    """

    mean: np.ndarray
    directions: np.ndarray
    variances: np.ndarray
    total: float

    @property
    def shares(self):
        """Share of the variance that the first, the first two, the first three ... components hold."""
        return np.cumsum(self.variances) / self.total

    def first(self, q):
        """Return the first q components alone.

        Parameters
        ----------
        q : int
            From 1 to the number of components.

        Returns
        -------
        Components
            With the same mean and total.

        Raises
        ------
        ValueError
            If there are not so many.
        """
        q = _count("first", q, len(self.variances))
        return Components(self.mean, self.directions[:, :q], self.variances[:q], self.total)

    def project(self, X):
        """Return the coordinates of examples along the directions.

        Parameters
        ----------
        X : array_like of shape (m, n)
            Examples: those that the directions were found from, or new ones. The mean that is taken away is always
            that of the former.

        Returns
        -------
        ndarray of shape (m, q)
            One row per example.

        Raises
        ------
        ValueError
            If ``X`` has another number of columns.
        """
        X = _validate.matrix("project", "X", X)
        if X.shape[1] != len(self.mean):
            raise ValueError(
                f"project: the directions have n = {len(self.mean)} numbers, so X must be (m, {len(self.mean)}); got "
                f"{X.shape}. Were the new examples prepared in the same way as the old ones?"
            )
        coordinates = np.empty((len(X), len(self.variances)), _floating(X))
        for rows, block in _centred(X, self.mean, 0):
            np.matmul(block, self.directions, out=coordinates[rows], casting="same_kind")
        return coordinates

    def restore(self, coordinates):
        """Return the examples that have these coordinates: the way back, as far as the directions reach.

        Parameters
        ----------
        coordinates : array_like of shape (m, q)
            As :meth:`project` returns them.

        Returns
        -------
        ndarray of shape (m, n)
            Of all points with these coordinates the one nearest to the mean.

        Raises
        ------
        ValueError
            If they have another number of columns.
        """
        coordinates = _validate.matrix("restore", "coordinates", coordinates, "(m, q)")
        q = len(self.variances)
        if coordinates.shape[1] != q:
            raise ValueError(
                f"restore: there are q = {q} components, so coordinates must be (m, {q}); got {coordinates.shape}. "
                "For fewer, take components.first(q)."
            )
        return coordinates @ self.directions.T + self.mean


def pca(X, *, share=None, components=None):
    r"""Return the principal components of examples: the directions of largest variance.

    .. math::
        C = \frac{1}{m} (X - \mu)^\top (X - \mu), \qquad C v_j = \nu_j v_j, \qquad
        \nu_1 \ge \nu_2 \ge \dots

    Each direction :math:`v_j` is the one of largest variance :math:`\nu_j` at right angles to those before.

    Parameters
    ----------
    X : array_like of shape (m, n)
        Examples, one row each, two at least. From the training part alone: what else is in it has been looked at.
    share : float, optional
        Keep as few components as hold this share of the variance, above 0 and up to 1.
    components : int, optional
        Keep so many. Without either, all are kept that are not rounding.

    Returns
    -------
    Components
        In float32 for a float32 ``X``, else in float64. The entry of largest size of each direction is
        positive.

    Raises
    ------
    ValueError
        If ``X`` is no matrix, has fewer than two rows, holds a value that is not finite or does not vary; if ``share``
        or ``components`` is out of range; or if both are given.
    TypeError
        If ``X`` holds no numbers, or ``components`` is no integer.

    Notes
    -----
    The mean is taken away before anything is multiplied, block by block: no second copy of ``X`` is needed, and data
    far from 0 keep their digits. Beside ``X``, memory is needed for a few square matrices of side min(m, n) and one
    block of 4 million numbers. A block of float32 is multiplied in float32; blocks are added in float64.

    For m < n the eigenvectors u of the small :math:`(X - \mu)(X - \mu)^\top` give the directions
    :math:`(X - \mu)^\top u`. As in any method by squares, a component whose standard deviation is below the root of the
    rounding error times the largest one is rounding, and left out.

    References
    ----------
    .. [1] K. Pearson, "On lines and planes of closest fit to systems of points in space", Philosophical Magazine 2
       (1901).

    Examples
    --------
    >>> found = pca([[2.0, 1.0], [1.0, 2.0], [-1.0, -2.0], [-2.0, -1.0]])
    >>> found.variances.round(3), found.shares.round(3)
    (array([4.5, 0.5]), array([0.9, 1. ]))
    >>> len(pca(np.diag([3.0, 2.0, 1.0]), share=0.6).variances)
    1
    """
    X = _validate.matrix("pca", "X", X)
    _check(X, share, components)
    mean = X.mean(axis=0, dtype=float)
    tall = len(X) >= X.shape[1]
    values, vectors = np.linalg.eigh(_products(X, mean, 0 if tall else 1) / len(X))
    values, vectors = values[::-1], vectors[:, ::-1]  # the largest first
    total = float(values.sum(dtype=float))
    kept = _kept(values, total, share, components, _rounding(X))
    V = vectors[:, :kept] if tall else _turned(X, mean.astype(_floating(X)), vectors[:, :kept])
    V = V * np.sign(V[np.abs(V).argmax(axis=0), np.arange(kept)])
    return Components(*(a.astype(_floating(X)) for a in (mean, V, values[:kept])), total)


def _products(X, mean, axis):
    """Return all products of the columns of X without its mean (axis 0), or those of its rows (axis 1)."""
    near, side = mean.astype(_floating(X)), X.shape[1 - axis]
    products = np.zeros((side, side))
    for _, block in _centred(X, near, axis):
        products += block.T @ block if axis == 0 else block @ block.T
    if axis == 0:  # what is left of the mean, as float32 rounds it
        return products - len(X) * np.outer(mean - near, mean - near)
    products -= products.mean(axis=0)  # of the products of rows it goes with the mean of both sides
    return products - products.mean(axis=1, keepdims=True)


def _rounding(X):
    """Return how large a part of the largest variance may be rounding: of float32, products round, and sums do not."""
    return 4 * np.finfo(np.float32).eps if X.dtype == np.float32 else max(X.shape) * np.finfo(float).eps


def _turned(X, mean, U):
    """Return the directions (n, q) that belong to eigenvectors (m, q) of the products of the rows."""
    V = np.empty((X.shape[1], U.shape[1]), U.dtype)
    for columns, block in _centred(X, mean, 1):
        V[columns] = block.T @ U
    return np.linalg.qr(V)[0]


def _centred(X, mean, axis):
    """Yield blocks of rows (axis 0) or of columns (axis 1), each with its place, without the mean."""
    size = max(1, _BLOCK // X.shape[1 - axis])
    for start in range(0, X.shape[axis], size):
        place = slice(start, start + size)
        yield place, (X[place] - mean if axis == 0 else X[:, place] - mean[place])


def _kept(values, total, share, components, rounding):
    """Return how many components to keep of those that are not rounding, as a part of the largest."""
    rank = int((values > values[0] * rounding).sum())
    if total <= 0 or rank == 0:
        raise ValueError("pca: all rows of X are equal, so there is no variance to share out. Are they the right ones?")
    if components is not None:
        return _count("pca", components, rank)
    if share is None:
        return rank
    reached = np.cumsum(values[:rank], dtype=float) / total
    return min(rank, 1 + int(np.searchsorted(reached, share - 1e-12)))


def _check(X, share, components):
    """Raise if the examples are too few or not finite, or the size of the result is not one."""
    if len(X) < 2:
        raise ValueError(f"pca: a variance needs two examples or more; X is {X.shape}. One row per example?")
    if X.dtype.kind == "f":
        _validate.finite("pca", "X", X, "Replace it or drop the row.")
    if share is not None and components is not None:
        raise ValueError(f"pca: pass share or components, not both; got share={share}, components={components}.")
    if share is not None and not 0 < share <= 1:
        percent = " Per cent? Divide by 100." if 1 < share <= 100 else ""
        count = f" For that number of components, pass components={share}." if isinstance(share, int) else ""
        raise ValueError(f"pca: share must be above 0 and at most 1; got {share}.{count or percent}")


def _count(where, q, most):
    """Return a number of components, or say what is wrong with it."""
    try:
        q = operator.index(q)
    except TypeError:
        share = f" For a share of the variance, pass share={q}." if where == "pca" else ""
        raise TypeError(f"{where}: the number of components must be an integer; got {q!r}.{share}") from None
    if not 1 <= q <= most:
        raise ValueError(f"{where}: the number of components must lie in 1..{most}; got {q}.")
    return q


def _floating(X):
    """Return the type to work in."""
    return np.float32 if X.dtype == np.float32 else np.float64
