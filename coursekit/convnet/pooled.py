"""A convolution and the pool after it in one step, fast: what the pool drops is never kept.

A pool of 2 x 2 takes the largest of four outputs of the convolution. Each of the four is a convolution of its own,
which starts at its own pixel and steps twice as far. So there are four small products, and the largest is kept as they
come; the large image between the two layers is never written. The plain forms, to be read first, are
:func:`coursekit.convnet.convolve` and :func:`coursekit.convnet.max_pool`.
"""

import numpy as np

from coursekit.convnet import _windows
from coursekit.convnet.convolution import output_size, windows


def convolve_and_pool(X, K, b, *, stride=1, pool=2):
    """Return ``max_pool(convolve(X, K, b, stride=stride), pool)``.

    Parameters
    ----------
    X : ndarray of shape (m, h, w, c)
        Images.
    K : ndarray of shape (kh, kw, c, d)
        Kernel.
    b : ndarray of shape (d,)
        Bias of each filter; it is the same for all that a pool compares, so it is added after the pool.
    stride : int, default=1
        Pixels from one place of the kernel to the next.
    pool : int, default=2
        Pixels down and across of a block of the pool.

    Returns
    -------
    A : ndarray of shape (m, p, q, d)
        The largest output of each block.
    winner : ndarray of uint8, of the shape of A
        Its number in the block, counted row by row.

    Raises
    ------
    ValueError
        If the shapes disagree, or the kernel or the pool does not fit.

    Examples
    --------
    >>> X, K = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
    >>> A, winner = convolve_and_pool(X, K, np.zeros(1))
    >>> A.ravel(), winner.ravel()
    (array([24.]), array([3], dtype=uint8))
    """
    _windows.fit_each_other("convolve_and_pool", X, K)
    filters = K.reshape(-1, K.shape[3])
    for number, seen in enumerate(_starts(X, K, stride, pool)):
        Z = _windows.as_rows(seen) @ filters
        if number == 0:
            best, winner = Z, np.zeros(Z.shape, np.uint8)
        else:
            better = np.greater(Z, best)
            np.maximum(winner, better * np.uint8(number), out=winner)  # numbers rise, so the newest is the largest
            np.maximum(best, Z, out=best)
    best += b
    return best.reshape(*seen.shape[:3], -1), winner.reshape(*seen.shape[:3], -1)


def convolve_and_pool_gradients(dA, winner, X, K, *, stride=1, pool=2, images=True):
    """Return the gradients of a loss in what :func:`convolve_and_pool` was given.

    Parameters
    ----------
    dA, winner : ndarray of shape (m, p, q, d)
        Gradient in the pooled outputs, and which output of its block each of them was.
    X, K, stride, pool : ndarray, ndarray, int, int
        As of :func:`convolve_and_pool`.
    images : bool, default=True
        Whether dX is needed; for a first layer it is not.

    Returns
    -------
    dX : ndarray of shape (m, h, w, c) or None
        Gradient in the images.
    dK, db : ndarray
        Gradients in the kernel and in the bias.

    Examples
    --------
    >>> X, K = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
    >>> A, winner = convolve_and_pool(X, K, np.zeros(1))
    >>> dX, dK, db = convolve_and_pool_gradients(np.ones(A.shape), winner, X, K)
    >>> dX[0, :, :, 0]
    array([[0., 0., 0.],
           [0., 1., 1.],
           [0., 1., 1.]])
    """
    d = K.shape[3]
    dX = np.zeros(X.shape, np.result_type(dA, K)) if images else None
    dK = np.zeros((K.size // d, d), np.result_type(dA, X))
    starts = list(np.ndindex(pool, pool))
    for number, seen in enumerate(_starts(X, K, stride, pool)):
        dZ = (dA * (winner == number)).reshape(-1, d)
        dK += _windows.as_rows(seen).T @ dZ
        if images:
            down, right = (stride * start for start in starts[number])
            _windows.spread(dX[:, down:, right:], (dZ @ K.reshape(-1, d).T).reshape(seen.shape), stride * pool)
    return dX, dK.reshape(K.shape), dA.sum(axis=(0, 1, 2))


def _starts(X, K, stride, pool):
    """Yield, for each output of a block, the windows that it sees."""
    p, q = (
        output_size(output_size(size, part, stride), pool, pool)
        for size, part in zip(X.shape[1:3], K.shape[:2], strict=True)
    )
    for down, right in np.ndindex(pool, pool):
        yield windows(X[:, stride * down :, stride * right :], K.shape[:2], stride * pool)[:, :p, :q]
