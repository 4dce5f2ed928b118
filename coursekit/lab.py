"""The MNIST lab handout's own interface, a thin layer over :mod:`coursekit.softmax`.

The handout puts classes in rows: ``theta`` (k, n) and one-hot labels ``y`` (k, m). This room alone uses that layout;
everywhere else weights are ``W`` (n, k), which is ``theta.T``.
"""

from typing import NamedTuple

import numpy as np

from coursekit import full_batch, metrics, optim, preprocessing, softmax


class Trained(NamedTuple):
    """What training gives: ``losses, theta = train(...)``, and as a whole what :func:`predict` takes.

    Parameters
    ----------
    losses : ndarray of shape (iters,)
        Mean cross-entropy in nats before each iteration.
    theta : ndarray of shape (k, n)
        Parameters after the last iteration.
    """

    losses: np.ndarray
    theta: np.ndarray


def data_convert(x, y, m, k, *, threshold=100):
    """Return binary pixels and one-hot labels, ready for training.

    Parameters
    ----------
    x : array_like of shape (m, n)
        Pixels 0..255.
    y : array_like of int, shape (m,) or (m, 1)
        Labels in ``0..k-1``.
    m : int
        Number of images.
    k : int
        Number of classes.
    threshold : float, default=100
        A pixel above it becomes 1, every other 0.

    Returns
    -------
    x : ndarray of float32, shape (m, n)
        Zeros and ones, in a new array.
    y : ndarray of float32, shape (k, m)
        One-hot labels, one column an image.

    Raises
    ------
    ValueError
        If there are not ``m`` images and labels.

    Examples
    --------
    >>> x, y = data_convert([[0, 255], [101, 100], [7, 8]], [2, 0, 1], 3, 3)
    >>> x
    array([[0., 1.],
           [1., 0.],
           [0., 0.]], dtype=float32)
    >>> y.shape
    (3, 3)
    """
    x, y = np.asarray(x), np.asarray(y).reshape(-1)
    if len(x) != m or len(y) != m:
        raise ValueError(f"data_convert: m = {m}, but there are {len(x)} images and {len(y)} labels.")
    return preprocessing.binarise(x, threshold), preprocessing.one_hot(y, k, dtype=np.float32).T


def softmax_regression(theta, x, y, iters, alpha, *, progress=None):
    """Return the loss of every iteration and the parameters after the last.

    Full-batch gradient descent; the learning rate starts at ``alpha`` and is multiplied by 0.95 after every
    50 iterations.

    Parameters
    ----------
    theta : array_like of shape (k, n)
        Where to start; it is not changed.
    x : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of shape (k, m)
        One-hot labels, one column an example.
    iters : int
        Number of iterations.
    alpha : float
        Learning rate of the first 50 iterations.
    progress : callable, optional
        Wraps the range of iterations, for example ``tqdm.tqdm``.

    Returns
    -------
    losses : ndarray of shape (iters,)
        Mean cross-entropy in nats before each iteration.
    theta : ndarray of shape (k, n)
        Parameters after the last iteration.

    Examples
    --------
    >>> x, y = np.eye(3), np.array([[1, 0, 0], [0, 1, 1]])
    >>> losses, theta = softmax_regression(np.zeros((2, 3)), x, y, 100, 0.75)
    >>> round(losses[0], 4), bool(losses[-1] < 0.1), theta.shape
    (np.float64(0.6931), True, (2, 3))
    """
    theta, y = np.asarray(theta), np.asarray(y)
    if y.ndim != 2 or len(y) != len(theta):
        raise ValueError(
            f"softmax_regression: theta is {theta.shape}, so y must be one-hot (k, m) with k = {len(theta)} "
            f"rows; got {y.shape}. data_convert returns it so."
        )
    loss = full_batch.FullBatchLoss(x, y.argmax(axis=0), k=len(theta))
    rate = optim.step_decay(alpha, factor=0.95, every=50)
    history = optim.train(loss, theta.T, steps=iters, learning_rate=rate, progress=progress)
    return Trained(history.loss, history.W.T)


def train(train_images, train_labels, k, iters=5, alpha=0.5, *, rng=None, threshold=100, progress=None):
    """Train on raw images from a random start, uniform in [0, 1) as in the lab.

    The handout's line ``theta = train(train_images, train_labels, k, iters, alpha)`` works as it is printed: its theta
    is the pair that comes back, and :func:`predict` takes the parameters out of it.

    Parameters
    ----------
    train_images : array_like of shape (m, n)
        Pixels 0..255.
    train_labels : array_like of int, shape (m,) or (m, 1)
        Labels in ``0..k-1``.
    k : int
        Number of classes.
    iters : int, default=5
        Number of iterations.
    alpha : float, default=0.5
        Learning rate of the first 50 iterations.
    rng : numpy.random.Generator, optional
        Draws the start; the same one in every call if not given.
    threshold : float, default=100
        Of :func:`data_convert`.
    progress : callable, optional
        Wraps the range of iterations.

    Returns
    -------
    losses : ndarray of shape (iters,)
        Mean cross-entropy in nats before each iteration.
    theta : ndarray of float32, shape (k, n)
        Parameters after the last iteration.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> losses, theta = train([[0, 255], [255, 0]], [0, 1], 2, 100, 0.75, rng=rng)
    >>> predict([[0, 255], [255, 0]], theta)
    array([0, 1])
    """
    m, n = np.shape(train_images)
    x, y = data_convert(train_images, train_labels, m, k, threshold=threshold)
    theta = (rng or np.random.default_rng(0)).random((k, n), dtype=np.float32)
    return softmax_regression(theta, x, y, iters, alpha, progress=progress)


def predict(test_images, theta, *, threshold=100):
    """Return the class with the largest score for each raw image.

    Parameters
    ----------
    test_images : array_like of shape (m, n)
        Pixels 0..255.
    theta : array_like of shape (k, n), or Trained
        Parameters, or what :func:`train` and :func:`softmax_regression` return.
    threshold : float, default=100
        Of :func:`data_convert`, the one that was trained with.

    Returns
    -------
    ndarray of int, shape (m,)
        Predicted labels.

    Examples
    --------
    >>> predict([[0, 255], [255, 0]], np.array([[1.0, 0.0], [0.0, 1.0]]))
    array([1, 0])
    """
    theta = theta.theta if isinstance(theta, Trained) else np.asarray(theta)
    return softmax.predict(theta.T, preprocessing.binarise(test_images, threshold))


def cal_accuracy(y_pred, y):
    """Return the share of predictions that are right.

    Parameters
    ----------
    y_pred, y : array_like of int, shape (m,) or (m, 1)
        Predicted labels, and the true ones.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> cal_accuracy([1, 0, 2, 2], [[1], [0], [2], [1]])
    0.75
    """
    return metrics.accuracy(np.asarray(y_pred).reshape(-1), np.asarray(y).reshape(-1))
