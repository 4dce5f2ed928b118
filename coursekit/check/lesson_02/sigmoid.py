"""Exercise 2 of notebook 02: the gradient of a squared error behind a sigmoid."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_02.scores import DIFFERENCES


def _sigmoid_gradient(
    W, b, x, Y, *, scores="x W + b", out="sigmoid", error="p - Y", slope="p (1 - p)", factor="2", dW="outer", db="g"
):
    """Return x g^T and g, with g = 2 (p - Y) p (1 - p)."""
    W, b, x, Y = (np.asarray(value, float) for value in (W, b, x, Y))
    z = {
        "x W + b": lambda: x @ W + b,
        "no b": lambda: x @ W,
        "minus b": lambda: x @ W - b,
        "b alone": lambda: 0 * (x @ W) + b,
        "W reshaped": lambda: W.reshape(W.shape[::-1]) @ x + b,
        "W turned": lambda: W @ x + b,
    }[scores]()
    p = {
        "sigmoid": lambda: _sigmoid(z),
        "none": lambda: z,
        "turned": lambda: _sigmoid(-z),
        "twice": lambda: _sigmoid(_sigmoid(z)),
        "tanh": lambda: np.tanh(z),
        "softmax": lambda: np.exp(z) / np.exp(z).sum(),
        "exp": lambda: np.exp(-z),
    }[out]()
    e = {
        "p - Y": lambda: p - Y,
        "Y - p": lambda: Y - p,
        "p": lambda: p,
        "square": lambda: (p - Y) ** 2,
        "absolute": lambda: np.abs(p - Y),
        "z - Y": lambda: z - Y,
        "sum": lambda: (p - Y).sum(),
        "cross-entropy": lambda: (p - Y) / (2 * p * (1 - p)),
        "linear": lambda: (z - Y) / (p * (1 - p)),
    }[error]()
    s = {
        "p (1 - p)": lambda: p * (1 - p),
        "none": lambda: 1.0,
        "at z": lambda: z * (1 - z),
        "sigmoid again": lambda: _sigmoid(p) * (1 - _sigmoid(p)),
        "at Y": lambda: Y * (1 - Y),
        "at p - Y": lambda: (p - Y) * (1 - (p - Y)),
        "tanh": lambda: 1 - p**2,
        "p": lambda: p,
        "1 - p": lambda: 1 - p,
        "squared": lambda: (p * (1 - p)) ** 2,
        "1 - 2 p": lambda: p * (1 - 2 * p),
        "plus": lambda: p * (1 + p),
        "brackets": lambda: p - 1,
    }[slope]()
    g = {"2": 2.0, "1": 1.0, "4": 4.0, "1/2": 0.5, "2/k": 2 / len(Y), "1/k": 1 / len(Y)}[factor] * e * s
    return (
        {
            "outer": lambda: np.outer(x, g),
            "no x": lambda: np.outer(np.ones(len(x)), g),
            "sum of x": lambda: np.outer(np.full(len(x), x.sum()), g),
            "times W": lambda: W * g,
            "both": lambda: np.outer(x, g) * W,
            "turned": lambda: np.outer(g, x),
            "reshaped": lambda: np.outer(g, x).reshape(W.shape),
            "no slope": lambda: np.outer(x, 2 * e),
            "no factor": lambda: np.outer(x, g / 2),
            "error twice": lambda: np.outer(x, g * e),
            "step": lambda: W - np.outer(x, g),
            "zero": lambda: np.zeros(W.shape),
        }[dW](),
        {
            "g": lambda: g,
            "times b": lambda: g * b,
            "sum": lambda: g.sum(),
            "mean": lambda: g.mean(),
            "no slope": lambda: 2 * e,
            "no factor": lambda: g / 2,
            "error": lambda: e,
            "of dW": lambda: np.outer(x, g).sum(axis=0),
            "mean of dW": lambda: np.outer(x, g).mean(axis=0),
            "step": lambda: b - g,
            "zero": lambda: np.zeros(len(b)),
            "one": lambda: np.ones(len(b)),
            "turned": lambda: -g,
        }[db](),
    )


def _sigmoid(z):
    """Return the sigmoid of each entry."""
    return 1 / (1 + np.exp(-z))


def _layers(rng):
    """Draw layers with an input and targets; a score lies within 4 of 0, so that no slope is nearly 0."""
    found = []
    for n, k in ((3, 4), (4, 2), (3, 3)):
        W, b, x = rng.uniform(-1, 1, (n, k)), rng.uniform(-0.9, 0.9, k), rng.uniform(0.5, 1, n) * rng.choice([-1, 1], n)
        found.append((W.round(2), b.round(2), x.round(2), rng.uniform(0.1, 0.9, k).round(2)))
    return found


HALF = "Half of the sigmoid's slope is missing. It is p (1 - p)."
OUTER = (
    "The product of two vectors that makes a matrix, x g^T, is np.outer(x, g); .T of a vector does nothing, and "
    "x @ g is one number."
)

sigmoid_gradient = Exercise(
    "02-sigmoid-gradient",
    _sigmoid_gradient,
    tries=(
        (np.array([[0.0, 1.0]]), np.array([0.5, -1.0]), np.array([2.0]), np.array([1.0, 0.0])),
        (np.array([[1.0], [-0.5]]), np.array([0.25]), np.array([0.5, 2.0]), np.array([0.0])),
        (np.array([[1, 0], [-1, 2]]), np.array([1, -1]), np.array([2, 1]), np.array([0, 1])),
        (
            np.array([[0.5, -1.0, 0.25], [1.0, 0.75, -0.5], [-0.25, 0.5, 1.5], [0.0, 1.25, -0.75]]),
            np.array([0.1, -0.3, 0.2]),
            np.array([1.0, -2.0, 0.5, 1.5]),
            np.array([1.0, 0.0, 0.5]),
        ),
        (
            np.array([[0.5, 1.0, -0.25], [0.75, -0.5, 1.0], [-1.0, 0.25, 0.5]]),
            np.array([-0.5, 0.25, 0.75]),
            np.array([1.0, -0.5, 2.0]),
            np.array([0.25, 0.75, 0.0]),
        ),
    ),
    draw=_layers,
    parts=("dW", "db"),
    causes=((r"matmul: Input operand|shapes \(.*\) and \(.*\) not aligned|could not be broadcast", OUTER),),
    properties=(
        Property(
            "Row j of dW must be x[j] times db, and is not. The bias is the weight of an input that is always 1.",
            lambda value, W, b, x, Y: np.allclose(value[0], np.outer(x, value[1]), atol=1e-5),
        ),
        Property(
            "db must have the sign of p - Y, the output minus the target. Look at the signs.",
            lambda value, W, b, x, Y: (value[1] * (_sigmoid(x @ W + b) - Y) > -1e-6).all(),
        ),
    ),
    switches={
        "slope": {
            "none": "The sigmoid's own slope, p (1 - p), is missing. By the chain rule it stands between the error and "
            "the scores.",
            "at z": "The sigmoid's slope is taken at what goes in. It is p (1 - p), with its value p.",
            "sigmoid again": "The sigmoid was applied twice, the second time inside its slope. p is its value already: "
            "the slope is p (1 - p).",
            "at Y": "The slope is taken at the target. It is p (1 - p), at the output.",
            "at p - Y": "The slope is taken at the error. It is p (1 - p), at the output.",
            "tanh": "1 - p^2 is the slope of tanh. The sigmoid's is p (1 - p).",
            **dict.fromkeys(("p", "1 - p"), HALF),
            "squared": "The slope is in the product twice. Once is right: p (1 - p).",
            "1 - 2 p": "The slope is not right. It is p (1 - p), without a 2.",
            "plus": "There is a plus in the slope. It is p (1 - p).",
            "brackets": "Look at the brackets of the slope. It is p * (1 - p).",
        },
        "factor": {
            "1": "The factor 2 of the square is missing.",
            "4": "The factor 2 of the square is there twice.",
            "1/2": "The square was halved. Its derivative is 2 (p - Y).",
            "2/k": "It is divided by k. J is a sum of squares, not a mean.",
            "1/k": "It is divided by k, and the factor 2 is missing. J is a sum of squares, not a mean.",
        },
        "error": {
            "Y - p": "The sign is wrong: the inner difference is p - Y.",
            "p": "The targets Y are not in it. The inner difference is p - Y.",
            "square": "This is the square itself. Its derivative is 2 (p - Y).",
            "absolute": "The sign of p - Y is lost. The derivative of its square is 2 (p - Y), with its sign.",
            "z - Y": "The scores are compared with the targets. The inner difference is p - Y, with p the sigmoid.",
            "sum": "The errors were summed up. Each output has its own.",
            "linear": "There is no sigmoid. p is the sigmoid of W^T x + b; here it is W^T x + b itself.",
            "cross-entropy": "This is the gradient of a cross-entropy, p - Y. The squared error keeps the slope "
            "p (1 - p), and has a factor 2.",
        },
        "scores": {
            "no b": "The bias b was left out of the scores.",
            "minus b": "The bias is subtracted. The scores are W^T x + b.",
            "b alone": "The scores hold only the bias. They are W^T x + b.",
            "W reshaped": "reshape is not a transpose: it keeps the order of the numbers. Use W.T @ x or x @ W.",
            "W turned": "This is W x. The scores are W^T x + b: one for each column of W.",
        },
        "out": {
            "none": "p is the sigmoid of W^T x + b. Here it is W^T x + b itself.",
            "turned": "The sigmoid is 1 / (1 + exp(-z)), with a minus.",
            "twice": "The sigmoid was applied twice. p is the sigmoid of W^T x + b.",
            "tanh": "This is tanh. The sigmoid is 1 / (1 + exp(-z)).",
            "softmax": "This is softmax. Here each output has its own sigmoid, 1 / (1 + exp(-z)).",
            "exp": "This is exp(-z). The sigmoid is 1 / (1 + exp(-z)).",
        },
        "dW": {
            "no x": "dW does not use x. Each weight's share is its input x_j times g.",
            "sum of x": "dW uses the sum of x. Each weight's share is its own input x_j times g: np.outer(x, g).",
            "times W": "dW uses W in place of x. The slope of x_j W_jc in W_jc is x_j.",
            "both": "dW is multiplied by W as well. The slope of x_j W_jc in W_jc is x_j.",
            "turned": "Its dW is g x^T, transposed. It needs the shape of W: x g^T, np.outer(x, g).",
            "reshaped": "Its dW is g x^T, reshaped. That keeps the order of the numbers: np.outer(x, g) is right.",
            "no slope": "In dW the sigmoid's slope, p (1 - p), is missing.",
            "no factor": "In dW the factor 2 of the square is missing.",
            "error twice": "In dW the error p - Y is there twice.",
            "step": "The first result is W after a step. Return the gradient itself.",
            "zero": "Its dW is 0. Look at where it is filled.",
        },
        "db": {
            "times b": "Its db is multiplied by b. The slope of x_j W_jc + b_c in b_c is 1, so db is g.",
            **dict.fromkeys(
                ("sum", "mean"), "Its db is one number. It has k entries, one for each bias, so nothing is summed."
            ),
            "no slope": "In db the sigmoid's slope, p (1 - p), is missing.",
            "no factor": "In db the factor 2 of the square is missing.",
            "error": "In db the factor 2 and the slope p (1 - p) are missing. It is g itself.",
            **dict.fromkeys(
                ("of dW", "mean of dW"),
                "Its db comes from dW, which holds x. The bias's input is always 1, so db is g.",
            ),
            "step": "The second result is b after a step. Return the gradient itself.",
            "zero": "Its db is 0. The slope of x_j W_jc + b_c in b_c is 1, so db is g.",
            "one": "Its db is 1. That is only the slope of the score: multiply it by g.",
            "turned": "Its db has the wrong sign: db is g.",
        },
    },
    may_not_call=DIFFERENCES,
)
