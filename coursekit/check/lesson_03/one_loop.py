"""Exercise 1 of notebook 03: loss and gradient with one loop, over the examples."""

import numpy as np

from coursekit.check.demands import ONE_LOOP_DEEP
from coursekit.check.exercise import Exercise
from coursekit.check.lesson_03.losses import _wrong_pair
from coursekit.check.lesson_03.mistakes import SWITCHES
from coursekit.check.lesson_03.tries import LOSSES, PARTS, PROPERTIES, TRIES, _examples, _sizes


def _one_loop(W, X, y, **mistakes):
    """Return the mean loss and its gradient, one example after the other."""
    if mistakes:
        return _wrong_pair(W, X, y, **mistakes)
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[y[i]]
        p = e / e.sum()
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


OUTER = (
    "Two shapes do not fit. If it is the product of x and p - one-hot: .T of a vector does nothing, * goes number by "
    "number, and @ makes one number. np.outer(x, p) makes all their products, (n, k), the shape of dW."
)

one_loop = Exercise(
    "03-one-loop",
    _one_loop,
    parts=PARTS,
    tries=TRIES,
    draw=_examples,
    sizes=_sizes,
    properties=PROPERTIES,
    demands=(ONE_LOOP_DEEP,),
    causes=(
        (r"could not be broadcast|non-broadcastable|not aligned|matmul: Input operand", OUTER),
        (
            r"math range error",
            "A number became too large: exp(10000) is infinite. Take the largest score of each example away first.",
        ),
    ),
    switches=SWITCHES
    | {
        "label": SWITCHES["label"]
        | {
            "table": "In dW 1 is taken from every class that occurs in y. Take it from the class of this example "
            "alone: p[y[i]] -= 1."
        }
    },
    may_not_call=LOSSES,
)
