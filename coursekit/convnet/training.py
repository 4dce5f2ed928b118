"""Training of the network: batches moved by some pixels, Adam with a falling rate, a vote over moved images."""

from functools import partial
from math import ceil

import numpy as np

from coursekit import optim
from coursekit.softmax import softmax


def moved(X, down, right):
    """Return images moved by some pixels, with 0 where nothing was.

    Parameters
    ----------
    X : ndarray of shape (m, h, w)
        Images.
    down, right : int
        Pixels; negative ones move up and left.

    Returns
    -------
    ndarray of shape (m, h, w)
        A copy; what leaves the image is lost.

    Raises
    ------
    ValueError
        If ``X`` has not three axes.

    Examples
    --------
    >>> moved(np.arange(1, 5).reshape(1, 2, 2), 1, -1)
    array([[[0, 0],
            [2, 0]]])
    """
    if np.ndim(X) != 3:
        cure = " For rows of MNIST, pass X.reshape(-1, 28, 28)." if np.ndim(X) == 2 else ""
        raise ValueError(f"moved: X must be (m, h, w); got shape {np.shape(X)}.{cure}")
    for axis, pixels in ((1, down), (2, right)):
        X = np.roll(X, pixels, axis)
        gap = slice(0, pixels) if pixels > 0 else slice(pixels or X.shape[axis], None)
        X[(slice(None),) * axis + (gap,)] = 0
    return X


def moved_batches(X, y, batch_size, rng, *, most=0):
    """Yield minibatches for ever, each moved as a whole by up to ``most`` pixels down or up, right or left.

    Parameters
    ----------
    X : ndarray of shape (m, h, w)
        Images.
    y : ndarray of int, shape (m,)
        Labels.
    batch_size : int
        Images per batch.
    rng : numpy.random.Generator
        Draws the order and the moves.
    most : int, default=0
        Pixels; 0 leaves the images as they are.

    Yields
    ------
    X_batch, y_batch : ndarray
        Images (batch_size, h, w) and their labels.

    Examples
    --------
    >>> X, y = np.ones((5, 4, 4)), np.arange(5)
    >>> X_batch, y_batch = next(moved_batches(X, y, 2, np.random.default_rng(0), most=1))
    >>> X_batch.shape, y_batch.shape
    ((2, 4, 4), (2,))
    """
    for X_batch, y_batch in optim.minibatches(X, y, batch_size, rng):
        down, right = rng.integers(-most, most + 1, 2).tolist()
        yield (moved(X_batch, down, right) if most else X_batch), y_batch


def fit(net, X, y, *, epochs, rate, batch_size=128, most=0, decay=True, seed=0, steps=None, **watch):
    """Train a network with Adam and return what happened.

    Parameters
    ----------
    net : ConvNet
        What is trained.
    X : ndarray of shape (m, side, side)
        Images; float32 in [0, 1] suits it.
    y : ndarray of int, shape (m,)
        Labels.
    epochs : int
        How often each image is read.
    rate : float
        Learning rate of the first step.
    batch_size : int, default=128
        Images per step.
    most : int, default=0
        Pixels by which a batch is moved at most.
    decay : bool, default=True
        Whether the rate falls to 0 along half a cosine; otherwise it stays.
    seed : int, default=0
        Of the start, the order, the moves and the dropout.
    steps : int, optional
        Stop after this many steps, on the same course.
    **watch
        ``watch``, ``every`` and ``progress``, for :func:`coursekit.optim.train`.

    Returns
    -------
    coursekit.optim.History
        Its ``W`` are the trained weights.

    Examples
    --------
    >>> from coursekit.convnet import ConvNet
    >>> net = ConvNet(side=12, filters=(3, 5), hidden=4, k=2)
    >>> X, y = np.random.default_rng(0).random((20, 12, 12), np.float32), np.arange(20) % 2
    >>> len(fit(net, X, y, epochs=2, rate=1e-3, batch_size=8).loss)
    6
    """
    rng = np.random.default_rng(seed)
    whole = epochs * ceil(len(X) / batch_size)
    return optim.train(
        partial(net.loss, rng=rng),
        net.start(rng),
        steps=whole if steps is None else min(steps, whole),
        learning_rate=optim.cosine_decay(rate, steps=whole) if decay else rate,
        batches=moved_batches(X, y, batch_size, rng, most=most),
        update=optim.adam(),
        **watch,
    )


def vote(net, w, X, *, most=1):
    """Return the class that the network finds most likely on average over moved copies of each image.

    Parameters
    ----------
    net : ConvNet
        The network.
    w : ndarray of shape (net.size,)
        Its weights.
    X : ndarray of shape (m, side, side)
        Images.
    most : int, default=1
        Pixels; the copies are moved by -most to most in both directions, so 1 makes 9 of them.

    Returns
    -------
    ndarray of int, shape (m,)
        Labels in ``0..k-1``.

    Examples
    --------
    >>> from coursekit.convnet import ConvNet
    >>> net = ConvNet(side=12, filters=(3, 5), hidden=4, k=2)
    >>> vote(net, np.zeros(net.size), np.ones((3, 12, 12)))
    array([0, 0, 0])
    """
    ways = range(-most, most + 1)
    return sum(softmax(net.scores(w, moved(X, down, right))) for down in ways for right in ways).argmax(axis=1)
