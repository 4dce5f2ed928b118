"""The tries of the two losses of notebook 03, and what every right answer to them has."""

import numpy as np

from coursekit.check.exercise import Property
from coursekit.check.lesson_02.scores import CLIMBING, FAR, _labelled

PARTS = ("loss", "dW")
LOSSES = (
    "coursekit.softmax.softmax_loss",
    "coursekit.softmax.softmax_loss_loops",
    "coursekit.full_batch.FullBatchLoss",
)
TRIES = (
    (np.array([[0.0, 1.0]]), np.array([[2.0]]), np.array([0])),
    (np.array([[1, 0], [0, -1]]), np.array([[1, 2], [0, 1], [3, 1]]), np.array([0, 1, 1])),
    (np.zeros((2, 3), int), np.array([[0.5, 1.0], [-1.0, 2.0], [1.5, 0.0], [0.25, -0.5]]), np.array([1, 0, 1, 1])),
    (np.array([[0.5, -1.0], [0.0, 0.25], [1.0, 0.75]]), np.array([[0, 3, 1], [2, 1, 0]], np.uint8), np.array([1, 0])),
    (
        np.array([[0.01, -0.02], [0.03, 0.01]]),
        np.array([[200, 100], [0, 255], [90, 180]], np.uint8),
        np.array([1, 1, 0]),
    ),
    (
        np.array([[0.5, -1.0, 0.25], [1.0, 0.75, -0.5], [-0.25, 0.5, 1.5]]),
        np.array([[1.0, -2.0, 0.5], [0.5, 1.0, 2.0], [-1.5, 0.25, 1.0]]),
        np.array([2, 0, 2]),
    ),
    (FAR, np.eye(2), np.array([2, 1])),
    (CLIMBING, np.eye(3), np.array([1, 0, 0])),
    (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]), np.array([[1.0]]), np.array([1])),
    (np.array([[800.0, 0.0, -400.0]]), np.array([[1.0]]), np.array([1])),
    (np.array([[2.0], [-1.0]]), np.array([[1.0, 0.5], [0.0, 2.0], [1.0, 1.0]]), np.array([0, 0, 0])),
)


def _examples(rng):
    """Draw weights, examples and labels; m, n and k all differ, or are all the same."""
    found = []
    for (m, n), (Z, y) in zip(((5, 4), (3, 2), (4, 4)), _labelled(rng), strict=True):
        W, X = rng.normal(0, 1, (n, Z.shape[1])), rng.normal(0, 1, (m, n))
        found.append((W.round(2), X.round(2), y))
    return found


def _sizes(W, X, y):
    """Return m and k."""
    return {"m": len(X), "k": W.shape[1]}


def _behind(W, X, y):
    """Return the mean of how far the true score lies below the largest one."""
    Z = X @ W
    return (Z.max(axis=1) - Z[np.arange(len(y)), y]).mean()


PROPERTIES = (
    Property(
        "It gives nan on scores of 10000. The usual cause: exp(10000) is infinite, and inf / inf is nan; a row far "
        "below the maximum becomes 0 / 0. Take the largest score of each example away first. If you do, look for sums "
        "over the wrong axis: a sum of exponentials may be 0.",
        lambda pair, W, X, y: not (np.isnan(pair[0]) or np.isnan(pair[1]).any()),
    ),
    Property(
        "The loss is infinite on scores of 10000: it takes the logarithm of a 0. The usual cause: the probability of a "
        "true class became 0. Take the loss from the shifted scores, log(sum of exponentials) minus the shifted score "
        "of the true class, before anything is subtracted from p.",
        lambda pair, W, X, y: np.isfinite(pair[0]),
    ),
    Property(
        "A loss is never negative. It is minus the logarithm of a probability: look at the signs.",
        lambda pair, W, X, y: pair[0] > -1e-6,
    ),
    Property(
        "The loss is too small: it is at least the mean of how far the true score lies below the largest one. A small "
        "number inside the logarithm, or a clipped probability, hides that.",
        lambda pair, W, X, y: pair[0] > 0.9999 * _behind(W, X, y) - 1e-6,
    ),
    Property(
        "Each row of dW must sum to 0, and some row does not: what is added to one class's weight is taken from the "
        "others'. Look at p - one-hot, which must sum to 0 as well.",
        lambda pair, W, X, y: np.allclose(pair[1].sum(axis=1), 0, atol=1e-3),
    ),
)
