"""The other layers, each with its gradient: pooling, relu, a dense layer, dropout.

A gradient function takes the gradient in the layer's outputs first, then what the way back needs to know.
"""

import numpy as np

from coursekit.convnet import _windows
from coursekit.convnet.convolution import output_size


def max_pool(X, size=2):
    """Return the largest value of each block of pixels, and where in the block it stood.

    Parameters
    ----------
    X : ndarray of shape (m, h, w, c)
        Images.
    size : int, default=2
        Pixels down and across of a block; blocks do not overlap.

    Returns
    -------
    A : ndarray of shape (m, h // size, w // size, c)
        The largest values; rows and columns that are left over are not read.
    winner : ndarray of uint8, of the shape of A
        Number of the pixel in its block, counted row by row; the first one if several are equal.

    Raises
    ------
    ValueError
        If ``X`` has not four axes, or is smaller than one block.

    Examples
    --------
    >>> A, winner = max_pool(np.array([[1.0, 5.0, 0.0], [2.0, 3.0, 0.0]]).reshape(1, 2, 3, 1))
    >>> A.ravel(), winner.ravel()
    (array([5.]), array([1], dtype=uint8))
    """
    blocks = _blocks(_windows.images("max_pool", X), size)
    winner = blocks.argmax(axis=3).astype(np.uint8)
    return np.take_along_axis(blocks, winner[:, :, :, None], axis=3)[:, :, :, 0], winner


def max_pool_gradient(dA, winner, shape, size=2):
    """Return the gradient in the images: each value of ``dA`` goes to the pixel that was the largest.

    Parameters
    ----------
    dA : ndarray of shape (m, p, q, c)
        Gradient in the pooled images.
    winner : ndarray of int, of the shape of dA
        As of :func:`max_pool`.
    shape : tuple of int
        Shape (m, h, w, c) of the images.
    size : int, default=2
        Pixels down and across of a block.

    Returns
    -------
    ndarray of shape (m, h, w, c)
        Zero at every pixel that was not the largest of its block.

    Examples
    --------
    >>> dX = max_pool_gradient(np.full((1, 1, 1, 1), 7.0), np.full((1, 1, 1, 1), 2), (1, 2, 2, 1))
    >>> dX[0, :, :, 0]
    array([[0., 0.],
           [7., 0.]])
    """
    (p, q), dX = dA.shape[1:3], np.zeros(shape, dA.dtype)
    for number, (u, v) in enumerate(np.ndindex(size, size)):
        dX[:, u : p * size : size, v : q * size : size] = dA * (winner == number)
    return dX


def _blocks(X, size):
    """Return images as blocks (m, p, q, size * size, c)."""
    m, h, w, c = X.shape
    p, q = output_size(h, size, size), output_size(w, size, size)
    X = X[:, : p * size, : q * size].reshape(m, p, size, q, size, c)
    return X.swapaxes(2, 3).reshape(m, p, q, size * size, c)


def relu(Z):
    """Return ``Z`` with 0 in place of its negative values.

    Parameters
    ----------
    Z : ndarray
        Any shape.

    Returns
    -------
    ndarray
        Of the shape of ``Z``.

    Examples
    --------
    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    return np.maximum(Z, 0)


def relu_gradient(dA, A):
    """Return the gradient in the inputs of a relu whose outputs were ``A``.

    Parameters
    ----------
    dA, A : ndarray
        Gradient in the outputs, and the outputs; of one shape.

    Returns
    -------
    ndarray
        ``dA`` where ``A`` is positive, and 0 elsewhere.

    Examples
    --------
    >>> relu_gradient(np.array([5.0, 5.0]), np.array([0.0, 2.0]))
    array([0., 5.])
    """
    return dA * (A > 0)


def dense_gradients(dZ, A, W):
    """Return the gradients of a loss in what the dense layer ``A @ W + b`` was given.

    Parameters
    ----------
    dZ : ndarray of shape (m, k)
        Gradient in the outputs.
    A : ndarray of shape (m, n)
        Inputs.
    W : ndarray of shape (n, k)
        Weights.

    Returns
    -------
    dA, dW, db : ndarray
        Gradients in the inputs (m, n), the weights (n, k) and the bias (k,).

    Examples
    --------
    >>> dA, dW, db = dense_gradients(np.ones((2, 1)), np.array([[1.0, 2], [3, 4]]), np.array([[5.0], [6]]))
    >>> dA, dW.T, db
    (array([[5., 6.],
           [5., 6.]]), array([[4., 6.]]), array([2.]))
    """
    return dZ @ W.T, A.T @ dZ, dZ.sum(axis=0)


def dropout_mask(shape, rate, rng, dtype=np.float32):
    """Return what a layer is multiplied by in training, so that a share of its values is lost.

    The values that stay are divided by the share that stays: on average a layer is then as large as without dropout,
    and a prediction needs no mask. The gradient is multiplied by the same mask.

    Parameters
    ----------
    shape : tuple of int
        Shape of the layer.
    rate : float
        Share that is lost, at least 0 and less than 1.
    rng : numpy.random.Generator
        Draws which.
    dtype : dtype, default=float32
        Type of the numbers.

    Returns
    -------
    ndarray
        0 or ``1 / (1 - rate)``.

    Raises
    ------
    ValueError
        If the rate is not in [0, 1).

    Examples
    --------
    >>> mask = dropout_mask((1000, 100), 0.6, np.random.default_rng(0))
    >>> np.unique(mask), round(float(mask.mean()), 2)
    (array([0. , 2.5], dtype=float32), 1.0)
    """
    if not 0 <= rate < 1:
        raise ValueError(
            f"dropout_mask: the rate is the share that is lost, at least 0 and less than 1; got {rate}."
            + (f" Is this a percentage? Pass {rate / 100:g}." if 1 < rate < 100 else "")
        )
    kept = rng.random(shape, dtype=np.float32) >= rate
    return kept * np.asarray(1 / (1 - rate), dtype)
