"""Checks of notebook 00, the start: one softmax with a temperature, and what it leaves alone."""

import numpy as np

from coursekit import softmax
from coursekit.check.core import Trial


def tempered_softmax(answer):
    """Check ``tempered_softmax(z, temperature) -> p`` for one vector of scores.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "tempered_softmax")
    z = np.array([2.0, 1.0, 0.5, -1.0])
    for temperature in (1.0, 2.0, 0.5):
        right = _softmax(z / temperature)
        mistakes = [
            (np.exp(z / temperature), "the exponentials do not sum to 1 yet; divide them by their sum."),
            (_softmax(z), "the temperature makes no difference; divide the scores by it before the exponential."),
            (_softmax(z * temperature), "a higher temperature made it sharper: divide by the temperature."),
            (_softmax(z) / temperature, "divide the scores by the temperature, not the probabilities."),
            (np.exp(z) / np.exp(z).sum() ** (1 / temperature), "divide the scores by the temperature first."),
            (z / z.sum(), "these are shares of the scores; softmax takes the exponential first."),
            (z / temperature / (z / temperature).sum(), "the exponential is missing."),
            (_softmax(-z / temperature), "the largest score got the smallest probability: a minus sign too many."),
            (np.eye(4)[z.argmax()], "this is the hard maximum; softmax gives every class a share."),
            (right * 100, "these are per cent; probabilities sum to 1."),
        ]
        trial.equal(trial(z, temperature), right, mistakes=mistakes)
    whole = np.array([3, 1, 0, 2, 2])
    trial.equal(trial(whole, 1.0), _softmax(whole), hint="The scores were whole numbers this time.")
    trial.passed()


def _softmax(z):
    """Return the softmax of one vector."""
    return softmax.softmax(np.atleast_2d(z))[0]


def most_likely(answer):
    """Check ``most_likely(Z) -> labels`` for a matrix of scores, one example a row.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "most_likely")
    Z = np.array([[0.1, 2.0, -1.0], [3.0, 2.9, 0.0], [-5.0, -4.0, -3.0], [1.0, 0.0, 0.5]])
    labels = trial(Z)
    trial.require(np.shape(labels) != (3,), "returned one value per column; there is one example a row: axis=1.")
    trial.require(np.ndim(labels) != 0, "returned one label for the whole matrix; give one for each row, with axis=1.")
    trial.require(np.shape(labels) != Z.shape, "returned a matrix; give one label for each row.")
    mistakes = [
        (Z.max(axis=1), "these are the largest scores; return their places, the labels (argmax)."),
        (softmax.softmax(Z).max(axis=1), "these are the largest probabilities; return their places, the labels."),
        (Z.argmax(axis=1) + 1, "labels start at 0, not at 1."),
        (Z.argmin(axis=1), "the smallest score was taken; the most likely class has the largest."),
        (np.abs(Z).argmax(axis=1), "the sign matters: -5 is a smaller score than -3."),
    ]
    trial.equal(labels, [1, 0, 2, 0], what="labels", mistakes=mistakes, plain_list=True)
    trial.passed()
