"""Sets of points for the playground, each with a test set from the same source."""

import numpy as np

from coursekit.plots.playground import REACH
from coursekit.sliders.board import Board

TWELVE = np.array(
    [
        [[0.5, 0.9], [1.2, 1.9], [1.9, 0.7], [1.4, 1.2]],
        [[-1.6, 0.6], [-0.7, 1.8], [-2.1, 1.6], [-0.4, 0.3]],
        [[-0.6, -1.7], [0.9, -1.4], [0.1, -0.8], [1.7, -2.1]],
    ]
)  # (classes, points per class, 2)


def board_of(name):
    """Return a board with the points of a set and its first weights.

    Parameters
    ----------
    name : str
        One of ``SETS``.

    Returns
    -------
    Board
        At step 0; always the same.
    """
    rng = np.random.default_rng(8)
    return Board(*SETS[name](rng, None), test=SETS[name](rng, 20))


def _separable(rng, count):
    """Return the twelve points, or ``count`` points per class around their means."""
    if count is None:
        return TWELVE.reshape(-1, 2), np.repeat(np.arange(3), TWELVE.shape[1])
    return _around(rng, TWELVE.mean(axis=1), 0.6, count)


def _overlapping(rng, count):
    """Return three classes that reach into each other."""
    return _around(rng, [[0.9, 0.6], [-0.8, 0.7], [0.0, -0.8]], 0.8, count or 6)


def _rings(rng, count):
    """Return a disc of A inside a ring of B."""
    inner, outer = count or 6, 2 * (count or 5)
    radius = np.concatenate([0.9 * np.sqrt(rng.uniform(size=inner)), rng.uniform(1.6, 2.4, outer)])
    angle = np.concatenate([rng.uniform(0, 2 * np.pi, inner), 2 * np.pi * (np.arange(outer) + rng.uniform()) / outer])
    X = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _inside(X), np.repeat([0, 1], [inner, outer])


def _xor(rng, count):
    """Return A in two opposite corners and B in the two others."""
    X, corner = _around(rng, 1.4 * np.array([[1, 1], [-1, -1], [-1, 1], [1, -1]]), 0.45, count or 4)
    return X, corner // 2


def _around(rng, centres, spread, count):
    """Return normal points around each centre."""
    X = np.repeat(np.asarray(centres, float), count, axis=0)
    return _inside(X + rng.normal(0, spread, X.shape)), np.repeat(np.arange(len(centres)), count)


def _inside(X):
    """Return points at hundredths, a little inside the plane."""
    return np.clip(X, 0.1 - REACH, REACH - 0.1).round(2)


SETS = {"separable": _separable, "overlapping": _overlapping, "rings": _rings, "XOR": _xor}
