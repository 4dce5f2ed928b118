"""Convolution in its plain forms: one product over windows, a sum over the offsets of the kernel; and its gradients.

Notation: ``X`` (m, h, w, c) images with c channels, ``K`` (kh, kw, c, d) a kernel with d filters, ``b`` (d,) one bias
per filter, ``Z`` (m, p, q, d) the outputs. As in all of deep learning the kernel is not turned over (a mathematician
says cross-correlation).
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursekit.convnet import _windows


def output_size(size, kernel, stride=1):
    """Return at how many places a kernel fits into a row of pixels.

    Parameters
    ----------
    size : int
        Pixels of the row.
    kernel : int
        Pixels that the kernel covers.
    stride : int, default=1
        Pixels from one place to the next.

    Returns
    -------
    int
        Number of places; pixels that are left over at the end are not read.

    Raises
    ------
    ValueError
        If the stride is below 1, or the kernel is empty or longer than the row.

    Examples
    --------
    >>> output_size(28, 2), output_size(13, 3, 2)
    (27, 6)
    """
    if stride < 1:
        raise ValueError(f"output_size: the stride must be 1 or more; got {stride}.")
    if not 1 <= kernel <= size:
        raise ValueError(
            f"output_size: a kernel of {kernel} pixels does not fit into {size}. "
            "Is the image already too small, after the strides and pools before this layer?"
        )
    return (size - kernel) // stride + 1


def windows(X, kernel, stride=1):
    """Return what a kernel sees at each of its places, as a view: nothing is copied.

    Parameters
    ----------
    X : ndarray of shape (m, h, w, c)
        Images.
    kernel : tuple of int
        Height and width of the kernel.
    stride : int, default=1
        Pixels from one place to the next.

    Returns
    -------
    ndarray of shape (m, p, q, kh, kw, c)
        Read-only; windows that overlap share their memory.

    Raises
    ------
    ValueError
        If ``X`` has not four axes, or the kernel does not fit.

    Examples
    --------
    >>> X = np.arange(9).reshape(1, 3, 3, 1)
    >>> windows(X, (2, 2))[0, 1, 0, :, :, 0]
    array([[3, 4],
           [6, 7]])
    """
    X = _windows.images("windows", X)
    for size, part in zip(X.shape[1:3], kernel, strict=True):
        output_size(size, part, stride)
    seen = sliding_window_view(X, tuple(kernel), axis=(1, 2))[:, ::stride, ::stride]
    return np.moveaxis(seen, 3, -1)  # channels last again: one window is laid out as one filter is


def convolve(X, K, b, *, stride=1):
    r"""Return the convolution of images with a kernel, as one matrix product.

    .. math::
        Y_{ipqd} = b_d + \sum_{u,v,c} X_{i,\; ps + u,\; qs + v,\; c} \, K_{uvcd}

    Each window is written as one row, so that the sum is a product: rows (m p q, kh kw c) times filters (kh kw c, d).

    Parameters
    ----------
    X : ndarray of shape (m, h, w, c)
        Images.
    K : ndarray of shape (kh, kw, c, d)
        Kernel, d filters.
    b : ndarray of shape (d,)
        Bias of each filter.
    stride : int, default=1
        Pixels s from one place to the next.

    Returns
    -------
    ndarray of shape (m, p, q, d)
        One image of d channels for each image; ``p = (h - kh) // s + 1``.

    Raises
    ------
    ValueError
        If the shapes of ``X`` and ``K`` disagree, or the kernel does not fit.

    See Also
    --------
    convolve_by_offsets : The same, without writing out the windows.

    Examples
    --------
    >>> X, K = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
    >>> convolve(X, K, np.zeros(1))[0, :, :, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    _windows.fit_each_other("convolve", X, K)
    seen = windows(X, K.shape[:2], stride)
    Z = _windows.as_rows(seen) @ K.reshape(-1, K.shape[3]) + b
    return Z.reshape(*seen.shape[:3], -1)


def convolve_by_offsets(X, K, b, *, stride=1):
    """Return what :func:`convolve` returns, as a sum over the pixels of the kernel.

    Pixel (u, v) of the kernel meets the images moved by (u, v): one product over the channels for each.

    Parameters
    ----------
    X, K, b, stride : ndarray, ndarray, ndarray, int
        As of :func:`convolve`.

    Returns
    -------
    ndarray of shape (m, p, q, d)
        As of :func:`convolve`.

    Raises
    ------
    ValueError
        As :func:`convolve`.

    Examples
    --------
    >>> X, K = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
    >>> convolve_by_offsets(X, K, np.zeros(1), stride=2)
    array([[[[8.]]]])
    """
    _windows.fit_each_other("convolve_by_offsets", X, K)
    p, q = (output_size(size, part, stride) for size, part in zip(X.shape[1:3], K.shape[:2], strict=True))
    return b + sum(X[_windows.at(u, v, p, q, stride)] @ K[u, v] for u, v in np.ndindex(K.shape[:2]))


def convolve_gradients(dZ, X, K, *, stride=1):
    r"""Return the gradients of a loss in what :func:`convolve` was given.

    .. math::
        dK = R^T dZ, \qquad db = \sum_{i,p,q} dZ_{ipq}, \qquad dR = dZ K^T,

    with the windows as rows R. A pixel lies in several windows, so dX collects dR from all of them.

    Parameters
    ----------
    dZ : ndarray of shape (m, p, q, d)
        Gradient in the outputs.
    X, K, stride : ndarray, ndarray, int
        As of :func:`convolve`.

    Returns
    -------
    dX : ndarray of shape (m, h, w, c)
        Gradient in the images.
    dK : ndarray of shape (kh, kw, c, d)
        Gradient in the kernel.
    db : ndarray of shape (d,)
        Gradient in the bias.

    Raises
    ------
    ValueError
        If the shapes disagree.

    Examples
    --------
    >>> X, K = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
    >>> dX, dK, db = convolve_gradients(np.ones((1, 2, 2, 1)), X, K)
    >>> dX[0, :, :, 0]  # in how many windows each pixel lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    _windows.fit_each_other("convolve_gradients", X, K)
    seen = windows(X, K.shape[:2], stride)
    if dZ.shape != (*seen.shape[:3], K.shape[3]):
        raise ValueError(
            f"convolve_gradients: dZ must have the shape of the outputs, {(*seen.shape[:3], K.shape[3])}; "
            f"got {dZ.shape}. Is the stride the one of the way forward?"
        )
    rows = dZ.reshape(-1, K.shape[3])
    dK = (_windows.as_rows(seen).T @ rows).reshape(K.shape)
    dX = np.zeros(X.shape, np.result_type(dZ, K))
    _windows.spread(dX, (rows @ K.reshape(-1, K.shape[3]).T).reshape(seen.shape), stride)
    return dX, dK, rows.sum(axis=0)
