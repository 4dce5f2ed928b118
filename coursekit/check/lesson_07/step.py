"""Exercise 4 of notebook 07, a repair: a proximal step, which is a gradient step and then a soft threshold."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _soft(V, t):
    """Return each entry moved towards 0 by t, and 0 where it is no further away."""
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)


def _proximal_step(
    W, dW, learning_rate, l1, *, amount="rate * l1", order="step first", rows="all but the last", bias="step",
    step="minus", kind="soft", after="none"
):  # fmt: skip
    """Return the weights after a gradient step and a soft threshold; the bias takes the step alone."""
    W, dW, rate = np.asarray(W, float), np.asarray(dW, float), learning_rate
    t = {
        "rate * l1": rate * l1,
        "l1": l1,
        "rate": rate,
        "half": rate * l1 / 2,
        "twice": 2 * rate * l1,
        "rate ** 2 * l1": rate**2 * l1,
        "l1 / rate": l1 / rate,
        "rate / l1": rate / max(l1, 1e-12),
        "sum": rate + l1,
    }[amount]
    move = {"minus": -rate, "plus": rate, "full": -1.0, "none": 0.0, "over": -1 / rate, "l1": -l1, "twice": -2 * rate}[
        step
    ] * dW
    V = W + move if order == "step first" else W
    shrunk = {
        "soft": lambda: _soft(V, t),
        "none": lambda: V,
        "subgradient": lambda: W + move - t * np.sign(W),
        "no stop": lambda: V - t * np.sign(V),
        "down": lambda: V - t,
        "hard": lambda: np.where(np.abs(V) > t, V, 0),
        "without sign": lambda: np.maximum(np.abs(V) - t, 0),
        "sign of W": lambda: np.sign(W) * np.maximum(np.abs(V) - t, 0),
        "positive part": lambda: np.maximum(V - t, 0),
        "clipped": lambda: np.clip(V, -t, t),
        "share": lambda: V / (1 + t),
        "factor": lambda: V * (1 - t),
        "L2": lambda: W + move - t * W,
        "of dW": lambda: W - rate * _soft(dW, t),
        "of dW by l1": lambda: W - rate * _soft(dW, l1),
        "of the move": lambda: W + _soft(move, t),
    }[kind]()
    plain = W + move if order == "step first" or kind != "soft" else W
    spared = np.zeros(W.shape, bool)
    {
        "all but the last": lambda: spared[-1:].fill(True),
        "all": lambda: None,
        "all but the first": lambda: spared[:1].fill(True),
        "all but the last column": lambda: spared[:, -1:].fill(True),
        "all but both ends": lambda: (spared[:1].fill(True), spared[-1:].fill(True)),
        "last only": lambda: spared[:-1].fill(True),
    }[rows]()
    new = np.where(spared, plain, shrunk)
    if order == "threshold first" and kind == "soft":
        new = new + move
    new = {
        "step": lambda: new,
        "frozen": lambda: np.vstack([new[:-1], W[-1:]]),
        "zero": lambda: np.vstack([new[:-1], 0 * W[-1:]]),
        "lost": lambda: new[:-1],
        "threshold, no step": lambda: np.vstack([new[:-1], _soft(W[-1:], t)]),
        "gradient": lambda: np.vstack([new[:-1], dW[-1:]]),
        "dW not cut": lambda: np.vstack([_soft(W[:-1] - rate * dW, t), W[-1:] - rate * dW[-1:]]),
        "joined as a vector": lambda: np.concatenate([new[:-1], new[-1]]),
        "of the old": lambda: np.vstack([new[:-1], dW[-1:] - rate * W[-1:]]),
        "plus": lambda: np.vstack([new[:-1], W[-1:] + rate * dW[-1:]]),
        "full step": lambda: np.vstack([new[:-1], W[-1:] - dW[-1:]]),
        "less the threshold": lambda: np.vstack([new[:-1], new[-1:] - t]),
    }[bias]()
    return {
        "none": lambda: new,
        "change": lambda: new - W,
        "half way": lambda: (new + W) / 2,
        "twice": lambda: _again(new, dW, rate, t),
        "pair": lambda: [new, dW],
        **{digits: lambda digits=digits: new.round(digits) for digits in (2, 3)},
    }[after]()


def _again(W, dW, rate, t):
    """Return the weights after one more step."""
    V = W - rate * dW
    return np.vstack([_soft(V[:-1], t), V[-1:]])


def _steps(rng):
    """Draw weights, gradients, a rate and a strength; some weights end at 0 and some beyond it."""
    found = []
    for n, k in ((5, 3), (4, 4), (3, 5)):
        W, dW = rng.normal(0, 0.8, (n, k)).round(2), rng.normal(0, 0.8, (n, k)).round(2)
        W[0, :2], dW[0, :2] = (0.0, 0.02), (0.1, -2.5)
        found.append((W, dW, rng.integers(20, 70) / 100, rng.integers(40, 150) / 100))
    return found


SUBGRADIENT = (
    "This is a subgradient step: it subtracts a multiple of the sign, and steps over 0. Take the plain step first, and "
    "then soft-threshold its result."
)
PAST = "Weights near 0 are pushed past it. Those no further than the threshold from 0 become exactly 0."
OTHER = "The threshold is another kind of shrinking. Move each weight towards 0 by learning_rate * l1, and no further."
GRADIENT = "The gradient was thresholded. It is the new W, after the step, that must be."
AMOUNT = "The threshold has another amount. It is learning_rate * l1."

proximal_step = Exercise(
    "07-proximal-step",
    _proximal_step,
    tries=(
        (np.array([[1.0], [1.0]]), np.array([[1.0], [1.0]]), 0.5, 0.5),
        (
            np.array([[1.0, -2.0], [0.1, -0.1], [3.0, -3.0]]),
            np.array([[0.5, 0.5], [-0.2, 0.2], [1.0, -1.0]]),
            0.4,
            1.25,
        ),
        (
            np.array([[0.0, 0.02, -0.04], [1.0, -1.5, 0.5], [0.75, -0.5, 2.0]]),
            np.array([[0.5, -1.0, 2.0], [-1.0, 0.5, 0.25], [1.5, -0.75, 0.5]]),
            0.2,
            3.0,
        ),
        (np.array([[0.0, 0.5], [1.0, -1.5]]), np.array([[0.5, -1.0], [-1.0, 0.5]]), 0.5, 0.0),
        (
            np.array([[0.0, 1.0], [-2.0, 3.0], [2.0, 1.0]]),
            np.array([[0.75, -1.0], [-1.25, 0.5], [0.5, 0.25]]),
            0.3,
            0.5,
        ),
        (np.zeros((3, 2)), np.array([[2.0, -2.0], [0.5, -0.5], [0.25, -0.25]]), 0.5, 1.0),
        (np.array([[0.5, -0.25, 1.0], [2.0, 0.1, -0.3]]), np.zeros((2, 3)), 0.1, 2.0),
    ),
    draw=_steps,
    properties=(
        Property(
            "The bias, the last row, must take the plain step W - learning_rate * dW, and it does not.",
            lambda v, W, dW, rate, l1: np.allclose(v[-1], W[-1] - rate * dW[-1], rtol=5e-5, atol=5e-7),
        ),
        Property(
            "Some weights that the threshold reaches are not exactly 0. They are those that lie no further than "
            "learning_rate * l1 from 0 after the gradient step.",
            lambda v, W, dW, rate, l1: np.allclose(v[:-1][np.abs(W - rate * dW)[:-1] < rate * l1], 0),
        ),
    ),
    switches={
        "amount": {
            "l1": "The threshold is l1 alone. A step of learning_rate moves by learning_rate * l1.",
            "rate": "The threshold is the learning rate alone. It is learning_rate * l1.",
            **dict.fromkeys(("half", "twice", "rate ** 2 * l1", "l1 / rate", "rate / l1", "sum"), AMOUNT),
        },
        "rows": {
            "all": "The bias, the last row, was thresholded too. Threshold new[:-1] only.",
            "all but the first": "The first row was spared. The bias is the last one.",
            "all but the last column": "A column was spared, which is a class. The bias is the last row.",
            "all but both ends": "The first row was spared as well. Only the last one, the bias, is.",
            "last only": "Only the last row was thresholded, and that is the bias. Threshold all the others.",
        },
        "order": {
            "threshold first": "It thresholds before the gradient step, so the zeros are lost again. Take the step "
            "first.",
        },
        "step": {
            "plus": "The gradient step goes uphill. It is W - learning_rate * dW.",
            "none": "The gradient step is missing: only the threshold was taken. W - learning_rate * dW comes first.",
            "full": "The gradient was not multiplied by learning_rate. The step is W - learning_rate * dW.",
            "over": "The gradient is divided by the learning rate. The step is W - learning_rate * dW.",
            "l1": "The gradient is multiplied by l1. The step is W - learning_rate * dW.",
            "twice": "The gradient step is taken twice. Once is enough.",
        },
        "kind": {
            "none": "The gradient step is right, but nothing is thresholded after it.",
            "subgradient": SUBGRADIENT,
            "no stop": PAST,
            "down": "All weights move down. Move each one towards 0, up or down.",
            "hard": "Large weights stay as they are after the step, a hard threshold. They too move by the threshold.",
            "without sign": "The signs are lost: a negative weight stays negative.",
            "sign of W": "The sign is that of the old W. It must be that of the weights after the gradient step.",
            "positive part": "Negative weights became 0. They move up, towards 0.",
            "clipped": "This is what the threshold cuts off. Return what is left.",
            **dict.fromkeys(("share", "factor", "L2"), OTHER),
            **dict.fromkeys(("of dW", "of dW by l1", "of the move"), GRADIENT),
        },
        "bias": {
            "frozen": "The bias never moved. It takes the gradient step, only no threshold.",
            "zero": "The bias became 0. It takes the gradient step, only no threshold.",
            "lost": "The result has lost the bias row. Return all rows of W.",
            "threshold, no step": "The bias was thresholded and took no step. It is the other way round.",
            "gradient": "The bias row is that of dW. It must be W - learning_rate * dW.",
            "joined as a vector": "The last row was taken as a vector, and a matrix joins only another matrix. v[-1:] "
            "keeps it a matrix of one row; v[-1] does not.",
            "dW not cut": "W[:-1] and dW have not the same number of rows. Cut both, or take the step with all rows "
            "first and cut afterwards.",
            "of the old": "In the bias row W and dW changed places. It must be W - learning_rate * dW.",
            "plus": "The sign is wrong in the bias row. It must be W - learning_rate * dW, as for the other rows.",
            "full step": "The rate is missing in the bias row. It must be W - learning_rate * dW, as for the other "
            "rows.",
            "less the threshold": "The bias row lost the threshold as well. It takes the plain step alone.",
        },
        "after": {
            "change": "This is the change of W. Return the new W.",
            "half way": "This is the mean of the old and the new W. Return the new W.",
            "twice": "It takes two steps. Take one.",
            "pair": "These are W and dW. Return the new W alone.",
            **dict.fromkeys((2, 3), "The weights are rounded. Return them as they are."),
        },
    },
    may_not_call=("coursekit.optim.l1_prox", "coursekit.optim.train"),
)
