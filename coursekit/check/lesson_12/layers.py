"""Exercise 2 of notebook 12: all gradients of a network of two layers, by hand."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_02.scores import DIFFERENCES
from coursekit.check.lesson_02.softmax_gradient import _gradient_in_scores, _probabilities
from coursekit.check.lesson_02.softmax_hints import LABELS, NAN, SOFTMAX

LABEL = ("missing", "all but the true", "product", "numbers", "predicted", "added", "square", "again", "in P")
MEAN = ("none", "k", "entries", "twice", "label only", "P only")


def _two_layer_gradient(
    W1,
    b1,
    W2,
    b2,
    X,
    y,
    *,
    slope="tanh",
    second="A1",
    bias="sum",
    biases="both",
    back="W2",
    detour="none",
    order="W1, b1, W2, b2",
    product="none",
    over="none",
    classes="k",
    **scores,
):
    """Return the gradients in W1, b1, W2 and b2 for tanh in the hidden layer."""
    h = len(b1)
    if detour == "first example":
        X, y = X[:1], y[:1]
    Z1 = X @ W1 + (0 if biases in ("no b1", "none") else b1)
    A1 = {"relu too": np.maximum(Z1, 0), "linear": Z1}.get(detour, np.tanh(Z1))
    if detour == "sigmoid":
        A1 = 0.5 + 0.5 * np.tanh(0.5 * Z1)
    Z2 = A1 @ W2 + (0 if biases in ("no b2", "none") else b2)
    dZ2 = _gradient_in_scores(Z2, y, **scores)
    if classes != "k":
        dZ2 = (_probabilities(Z2) - np.eye(len(np.unique(y)) if classes == "that occur" else y.max() + 1)[y]) / len(y)
    dA1 = dZ2 @ {"W2": W2.T, "ones": np.ones(W2.T.shape), "reshaped": W2.reshape(W2.shape[::-1])}.get(back, W2)
    factor = {
        "tanh": lambda: 1 - A1**2,
        "of Z1": lambda: 1 - Z1**2,
        "missing": lambda: 1,
        "sigmoid": lambda: A1 * (1 - A1),
        "relu": lambda: Z1 > 0,
        "not squared": lambda: 1 - A1,
        "tanh again": lambda: 1 - np.tanh(A1) ** 2,
        "plus": lambda: 1 + A1**2,
        "value": lambda: A1,
    }[slope]()
    dZ1 = dA1 * factor
    add = {
        "sum": lambda D: D.sum(axis=0),
        "mean": lambda D: D.mean(axis=0),
        "zero": lambda D: 0 * D[0],
        "m": lambda D: D.sum(axis=0) * len(X),
        "row": lambda D: D.sum(axis=0, keepdims=True),
        "across": lambda D: D.sum(axis=1),
        "all": lambda D: D.sum(),
        "none": lambda D: D,
    }[bias]
    dW2 = {"A1": A1, "Z1": Z1, "slope": np.broadcast_to(factor, (len(X), h))}[second].T @ dZ2
    if detour == "W2 moved":
        dZ1 = (dZ2 @ (W2 - dW2).T) * factor
    dW1 = (A1 if product == "A1" else X).T @ dZ1
    first, last = {"first m": (len(X), 1), "last m": (1, len(X)), "first twice": (1 / len(X), 1)}.get(over, (1, 1))
    dW1 = dW1.T if product in ("dW1", "both") else dW1
    dW2 = dW2.T if product in ("dW2", "both") else dW2
    grads = first * dW1, first * add(dZ1), last * dW2, last * add(dZ2)
    if order in ORDERS:
        return tuple(grads[i] for i in ORDERS[order])
    return tuple(p - g for p, g in zip((W1, b1, W2, b2), grads, strict=True)) if detour == "stepped" else grads


ORDERS = {
    "W1, W2, b1, b2": (0, 2, 1, 3),
    "W2, b2, W1, b1": (2, 3, 0, 1),
    "b1, W1, b2, W2": (1, 0, 3, 2),
    "b2, W2, b1, W1": (3, 2, 1, 0),
    "W2, W1, b2, b1": (2, 0, 3, 1),
}


def _problem(rng, m, n, h, k, scale=1.0):
    """Return parameters, examples and labels."""
    draw = lambda *shape: (scale * rng.normal(0, 1, shape)).round(2)  # noqa: E731
    return draw(n, h), draw(h), draw(h, k), draw(k), rng.normal(0, 1, (m, n)).round(2), rng.integers(0, k, m)


def _problems(rng):
    """Draw three problems; all sizes differ, or are all the same."""
    return [_problem(rng, *sizes) for sizes in ((5, 3, 4, 2), (3, 2, 5, 4), (3, 3, 3, 3))]


ONE = np.array([[0.5]]), np.array([0.25]), np.array([[1.0, -1.0]]), np.array([0.0, 0.5]), np.array([[2.0]])
APART = (  # one row of scores near 2000, one near -2000
    np.array([[1.0]]), np.array([0.0]), np.array([[2000.0, 1999.0]]), np.array([0.0, 0.5]), np.array([[3.0], [-3.0]]),
    np.array([1, 1]),
)  # fmt: skip

two_layer_gradient = Exercise(
    "12-two-layer-gradient",
    _two_layer_gradient,
    tries=(
        (*ONE, np.array([0])),
        _problem(np.random.default_rng(1), 4, 2, 3, 5),
        _problem(np.random.default_rng(2), 7, 4, 2, 3),
        _problem(np.random.default_rng(3), 4, 4, 4, 4),
        _problem(np.random.default_rng(4), 2, 3, 5, 4, 400.0),  # scores far apart
        _problem(np.random.default_rng(5), 1, 3, 2, 4),
        APART,
    ),
    draw=_problems,
    parts=("dW1", "db1", "dW2", "db2"),
    sizes=lambda W1, b1, W2, b2, X, y: {"m": len(X), "k": len(b2)},
    properties=(
        Property(NAN, lambda v, *inputs: all(np.isfinite(part).all() for part in v)),
        Property(
            "Look at db2: its entries must add up to 0, since raising all scores alike changes nothing.",
            lambda v, *inputs: abs(np.sum(v[3])) < 1e-5,
        ),
    ),
    switches={
        "slope": {
            "of Z1": "Look at the slope of tanh: it is 1 - Z1**2 here. It is 1 minus the square of the *value*, A1.",
            "missing": "Look at dZ1: the slope of tanh is missing. On the way back through A1 = tanh(Z1) each entry "
            "is multiplied by it.",
            "sigmoid": "Look at the slope: A1 * (1 - A1) belongs to the sigmoid. Derive that of tanh.",
            "relu": "Look at the slope: 1 where Z1 > 0 belongs to relu. Derive that of tanh.",
            "not squared": "Look at the slope of tanh: the square is missing.",
            "tanh again": "Look at the slope of tanh: it was computed from tanh(A1). A1 is the tanh already.",
            "plus": "Look at the sign in the slope of tanh: it is largest, 1, where the value is 0.",
            "value": "Look at the slope: A1 itself was taken. Derive the slope of tanh from its value.",
        },
        "second": {
            "Z1": "Look at dW2: W2 is multiplied by A1 in the forward pass, not by Z1.",
            "slope": "Look at dW2: W2 is multiplied by the values A1 in the forward pass, not by their slopes.",
        },
        "bias": {
            "mean": "Look at the biases: dZ was averaged. The 1/m is in dZ2 already; add the rows up.",
            "m": "Look at the biases: their gradients are not divided by m. The loss is a mean: divide P - Y by m "
            "once, before everything else.",
            "row": "Look at the biases: their gradients are rows of a matrix. A sum with axis=0 and without keepdims "
            "has the shape of b.",
            "across": "Look at the biases: dZ was added up across. Add its rows up, one number for each unit: axis=0.",
            "all": "Look at the biases: dZ was added up to a single number. Add its rows up: axis=0.",
            "none": "Look at the biases: dZ itself came back. Add its rows up: axis=0.",
            "zero": "The gradient of the biases is 0. A bias is the weight of a feature that is always 1: add the rows "
            "of dZ up.",
        },
        "biases": {
            "no b1": "Look at the forward pass: b1 is missing in Z1.",
            "no b2": "Look at the forward pass: b2 is missing in the scores.",
            "none": "Look at the forward pass: both biases are missing.",
        },
        "back": {
            "not turned": "Look at dA1: W2 is not transposed. It was A1 @ W2 on the way forward, so it is dZ2 @ W2.T "
            "on the way back.",
            "reshaped": "Look at dA1: W2 was reshaped, which is no transpose: it mixes the weights. It is dZ2 @ W2.T.",
            "ones": "Look at dA1: W2 is missing. A1 was multiplied by W2, so dA1 is dZ2 @ W2.T.",
        },
        "order": dict.fromkeys(ORDERS, "The gradients came back in another order. It is dW1, db1, dW2, db2."),
        "product": {
            **dict.fromkeys(
                ("dW1", "dW2", "both"),
                "A gradient of a matrix is transposed. It has the shape of the matrix: inputs.T @ dZ, not dZ.T @ "
                "inputs.",
            ),
            "A1": "Look at dW1: W1 is multiplied by X in the forward pass, not by A1.",
        },
        "over": {
            "first m": "Look at dW1 and db1: they are not divided by m. Divide P - Y by m, and both layers have it.",
            "last m": "Look at dW2 and db2: they are not divided by m. Divide P - Y by m, and both layers have it.",
            "first twice": "Look at dW1 and db1: they are divided by m twice. dZ2 has the 1/m already.",
        },
        "classes": dict.fromkeys(
            ("that occur", "largest label"),
            "Look at the one-hot labels: their number of classes was taken from y, where some class may not occur. k "
            "is the number of columns of W2.",
        ),
        "sign": {-1: "The sign is wrong: it is P - Y. With Y - P the gradient points downhill."},
        "detour": {
            "first example": "Only the first example counts. Is the `return` inside the loop?",
            "W2 moved": "Look at dA1: it was computed with a W2 that had moved already. All gradients are those "
            "before a step.",
            "stepped": "These are the parameters after a step. Return the gradients themselves.",
            "relu too": "Look at the hidden layer: it is relu. Here it is tanh.",
            "linear": "Look at the hidden layer: A1 is Z1 itself. The tanh is missing.",
            "sigmoid": "Look at the hidden layer: it is the sigmoid. Here it is tanh.",
        },
        "shift": {name: hint for name, hint in SOFTMAX["shift"].items() if name in ("none", "batch")},
        "model": {name: hint for name, hint in SOFTMAX["model"].items() if name in ("scores", "sigmoid", "hard")},
        "total": {name: hint for name, hint in SOFTMAX["total"].items() if name in ("column", "batch", "none")},
        "label": {name: LABELS["label"][name] for name in LABEL},
        "mean": {name: LABELS["mean"][name] for name in MEAN},
    },
    may_not_call=("coursekit.network", "coursekit.graph", "coursekit.softmax.softmax_loss", *DIFFERENCES),
)
