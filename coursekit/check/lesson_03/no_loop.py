"""Exercise 2 of notebook 03: loss and gradient without a loop."""

import numpy as np

from coursekit.check.demands import NO_LOOP
from coursekit.check.exercise import Exercise
from coursekit.check.lesson_03.losses import _wrong_pair
from coursekit.check.lesson_03.mistakes import SWITCHES
from coursekit.check.lesson_03.tries import LOSSES, PARTS, PROPERTIES, TRIES, _examples, _sizes


def _vectorised_loss_gradient(W, X, y, **mistakes):
    """Return the mean loss and its gradient, all examples at once."""
    if mistakes:
        return _wrong_pair(W, X, y, **mistakes)
    rows, Z = np.arange(len(X)), X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    sums = E.sum(axis=1, keepdims=True)
    P = E / sums
    P[rows, y] -= 1
    return (np.log(sums[:, 0]) - Z[rows, y]).mean(), X.T @ P / len(X)


vectorised_loss_gradient = Exercise(
    "03-vectorised-loss-gradient",
    _vectorised_loss_gradient,
    parts=PARTS,
    tries=TRIES,
    draw=_examples,
    sizes=_sizes,
    properties=PROPERTIES,
    demands=(NO_LOOP,),
    switches=SWITCHES,
    may_not_call=LOSSES,
)
