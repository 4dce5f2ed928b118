"""How good a set of predictions is: accuracy and the confusion matrix."""

import numpy as np

from coursekit import _validate


def _pair(where, predicted, y):
    """Return both label vectors if they are (m,) and equally long."""
    predicted, y = np.asarray(predicted), np.asarray(y)
    if predicted.shape != y.shape:
        raise ValueError(
            f"{where}: predictions have shape {predicted.shape} and labels {y.shape}; both must be (m,).\n"
            "With (m,) against (m, 1), == compares every pair and the mean is meaningless; pass y.ravel()."
        )
    return _validate.labels(where, predicted), _validate.labels(where, y)


def accuracy(predicted, y):
    """Return the share of predictions that are right.

    Parameters
    ----------
    predicted, y : array_like of int, shape (m,)
        Predicted labels, and the true ones.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If the shapes differ: ``(m,) == (m, 1)`` would compare every pair.

    Examples
    --------
    >>> accuracy([1, 0, 2, 2], [1, 0, 2, 1])
    0.75
    """
    predicted, y = _pair("accuracy", predicted, y)
    return float((predicted == y).mean())


def confusion_matrix(predicted, y, k):
    """Return how often each true class was given each label.

    Parameters
    ----------
    predicted, y : array_like of int, shape (m,)
        Predicted labels, and the true ones, in ``0..k-1``.
    k : int
        Number of classes.

    Returns
    -------
    ndarray of int, shape (k, k)
        Row: the true class; column: the predicted one. The diagonal holds what is right.

    Examples
    --------
    >>> confusion_matrix([1, 0, 1, 1], [1, 0, 0, 1], 2)
    array([[1, 1],
           [0, 2]])
    """
    predicted, y = _pair("confusion_matrix", predicted, y)
    for labels in (predicted, y):
        _validate.labels("confusion_matrix", labels, k=k)
    # Numbers of cells: those of uint8 would wrap around at 256, and a 32-bit bincount takes no int64.
    return np.bincount(y.astype(np.intp) * k + predicted.astype(np.intp), minlength=k * k).reshape(k, k)
