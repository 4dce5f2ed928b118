"""Exercise 2 of notebook 02: the gradient of the mean cross-entropy in the weights."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_02.scores import APART, FAR, LABELS, LOSSES, NAN, SOFTMAX, _gradient_in_scores, _labelled


def _loss_gradient(W, X, y, *, product="X.T @ dZ", total="row", after="none", **mistakes):
    """Return X.T (P - Y) / m."""
    W, X, y = np.asarray(W), np.asarray(X), np.asarray(y)
    Z = X @ W
    dZ = _gradient_in_scores(Z, y, total=total, n=X.shape[1], **mistakes)
    dW = {
        "X.T @ dZ": lambda: X.T @ dZ,
        "none": lambda: dZ,
        "no X": lambda: dZ.sum(axis=0),
        "no X, filled": lambda: np.zeros(W.shape) + dZ.sum(axis=0),
        "in X": lambda: dZ @ W.T,
        "reshape of X": lambda: X.reshape(X.shape[::-1]) @ dZ,
        "reshape of dW": lambda: (dZ.T @ X).reshape(W.shape),
        "of means": lambda: np.outer(X.mean(axis=0), dZ.sum(axis=0)),
        "of sums": lambda: np.outer(X.sum(axis=0), dZ.sum(axis=0)),
        "first": lambda: np.outer(X[0], dZ[0]),
        "last": lambda: np.outer(X[-1], dZ[-1]),
        "all but the first": lambda: X[1:].T @ dZ[1:],
        "all but the last": lambda: X[:-1].T @ dZ[:-1],
        "P alone": lambda: X.T @ (dZ + np.eye(W.shape[1])[y] / len(y)) - np.eye(W.shape[1])[y].mean(axis=0),
        "absolute": lambda: np.abs(X.T @ dZ),
        "signs": lambda: np.sign(X.T @ dZ),
        "X squared": lambda: (X * 1.0).T ** 2 @ dZ,
    }[product]()
    if isinstance(after, tuple):
        return dW + after[1] * W
    return {
        "none": lambda: dW,
        "loss": lambda: _gradient_in_scores(Z, y, way="losses").mean(),
        "whole": lambda: dW.astype(W.dtype),
        "step": lambda: W - dW,
        "step back": lambda: W + dW,
        "unit length": lambda: dW / np.linalg.norm(dW),
        "largest entry": lambda: dW / np.abs(dW).max(),
        "nan to 0": lambda: np.nan_to_num(dW),
        "first class": lambda: np.where(np.arange(W.shape[1]) == 0, dW, 0),
        "first feature": lambda: np.where(np.arange(W.shape[0])[:, None] == 0, dW, 0),
        "sum": lambda: dW.sum(),
        **{digits: lambda digits=digits: dW.round(digits) for digits in (2, 3, 4)},
    }[after]()


def _examples(rng):
    """Draw weights, examples and labels; m, n and k all differ, or are all the same."""
    found = []
    for (m, n), (Z, y) in zip(((5, 4), (3, 2), (4, 4)), _labelled(rng), strict=True):
        W, X = rng.normal(0, 1, (n, Z.shape[1])), rng.normal(0, 1, (m, n))
        found.append((W.round(2), X.round(2), y))
    return found


LAST = "Only one example counts. Add the examples up with +=, and `return` after the loop."
PART = "Part of the result is 0. Look at where the loop begins and ends, and whether the `return` is inside it."
MEANS = "A product of sums is not the sum of products. Add up the outer products x (p - Y) of the examples: X.T @ dZ."
PENALTY = "A multiple of W was added, as for a penalty. The loss here has none."

loss_gradient = Exercise(
    "02-loss-gradient",
    _loss_gradient,
    tries=(
        (np.array([[0.0, 1.0]]), np.array([[2.0]]), np.array([0])),
        (np.array([[1, 0], [0, -1]]), np.array([[1, 2], [0, 1], [3, 1]]), np.array([0, 1, 1])),
        (np.zeros((2, 3), int), np.array([[0.5, 1.0], [-1.0, 2.0], [1.5, 0.0], [0.25, -0.5]]), np.array([1, 0, 1, 1])),
        (
            np.array([[0.5, -1.0], [0.0, 0.25], [1.0, 0.75]]),
            np.array([[0, 3, 1], [2, 1, 0]], np.uint8),
            np.array([1, 0]),
        ),
        (
            np.array([[0.5, -1.0, 0.25], [1.0, 0.75, -0.5], [-0.25, 0.5, 1.5]]),
            np.array([[1.0, -2.0, 0.5], [0.5, 1.0, 2.0], [-1.5, 0.25, 1.0]]),
            np.array([2, 0, 2]),
        ),
        (FAR, np.eye(2), np.array([2, 1])),
        (APART, np.eye(3), np.array([1, 0, 0])),
        (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]), np.array([[1.0]]), np.array([1])),
        (np.array([[800.0, 0.0, -400.0]]), np.array([[1.0]]), np.array([1])),
        (np.array([[2.0], [-1.0]]), np.array([[1.0, 0.5], [0.0, 2.0], [1.0, 1.0]]), np.array([0, 0, 0])),
    ),
    draw=_examples,
    sizes=lambda W, X, y: {"m": len(X), "k": W.shape[1]},
    properties=(
        Property(NAN, lambda dW, W, X, y: np.isfinite(dW).all()),
        Property(
            "Each row of dW must sum to 0, and some row does not: what is added to one class's weight is taken from "
            "the others'. Look at dZ, whose rows must sum to 0 as well.",
            lambda dW, W, X, y: np.allclose(dW.sum(axis=1), 0, atol=1e-4),
        ),
    ),
    switches={
        "product": {
            "none": "This is dZ, (m, k): how the scores matter. The weights reach them through X.",
            **dict.fromkeys(
                ("no X", "no X, filled"),
                "X is not in the result: this is the gradient of a bias. Each weight's share is its input, x, times "
                "p - Y.",
            ),
            "in X": "This is dZ W.T, the gradient in X. The gradient in W is X.T @ dZ.",
            **dict.fromkeys(
                ("reshape of X", "reshape of dW"),
                "reshape is not a transpose: it keeps the order of the numbers and so mixes examples and features. "
                "Use .T.",
            ),
            **dict.fromkeys(("of means", "of sums"), MEANS),
            **dict.fromkeys(("first", "last"), LAST),
            "all but the first": "The first example is missing. Where does the loop begin? The first index is 0.",
            "all but the last": "The last example is missing. Where does the loop end? range(len(y)) reaches all.",
            "P alone": "X.T multiplies P only. Look at the brackets: X.T @ (P - Y).",
            "absolute": "The signs are lost: this is the absolute value of the gradient.",
            "signs": "Only the signs are left. The gradient has its own sizes.",
            "X squared": "X is in the product twice. Each weight's share is its input, x, times p - Y.",
        },
        "label": LABELS["label"],
        "mean": LABELS["mean"] | {"n": "It is divided by the number of features. Divide by m, the number of examples."},
        "sign": {-1: "The sign is wrong. With P - Y this points uphill, as a gradient does."},
        **SOFTMAX,
        "way": {"losses": "These are losses of the examples. Use P - Y."},
        "after": {
            "loss": "This is the loss itself, one number. Return its gradient, (n, k).",
            "whole": "The result was cut to whole numbers where W holds whole numbers. An array made by "
            "np.zeros_like(W) or W.copy() has the type of W; make one of floats, np.zeros(W.shape).",
            "step": "These are weights after a step. Return the gradient itself.",
            "step back": "W was added, as by a step uphill or a penalty. Return the gradient of the loss itself.",
            "unit length": "The gradient was divided by its length. Return it as it is: its length is the slope.",
            "largest entry": "The gradient was divided by its largest entry. Return it as it is.",
            **{("penalty", factor): PENALTY for factor in (2.0, 0.5, 0.1, 0.05, 0.01, 0.001, 0.0001)},
            "nan to 0": "",
            **dict.fromkeys(("first class", "first feature"), PART),
            "sum": "The gradient was summed up to one number. It has an entry for each weight, (n, k).",
            **dict.fromkeys((2, 3, 4), "The gradient is rounded. Return it as it is; rounding is for printing."),
        },
    },
    may_not_call=LOSSES,
)
