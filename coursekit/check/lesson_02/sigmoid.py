"""Exercise 2 of notebook 02: the gradient of a squared error behind a sigmoid."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_02.scores import DIFFERENCES
from coursekit.check.lesson_02.squared_error import _sigmoid, _sigmoid_gradient


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
        "order": {"db first": "returned its things in the other order. The order is (dW, db)."},
        "slope": {
            "none": "The sigmoid's own slope, p (1 - p), is missing. By the chain rule it stands between the error and "
            "the scores.",
            "at z": "The sigmoid's slope is taken at what goes in. It is p (1 - p), with its value p.",
            "sigmoid again": "The sigmoid was applied twice, the second time inside its slope. p is its value already: "
            "the slope is p (1 - p).",
            "at Y": "The slope is taken at the target. It is p (1 - p), at the output.",
            "at p - Y": "The slope is taken at the error. It is p (1 - p), at the output.",
            "tanh": "1 - p^2 is the slope of tanh. The sigmoid's is p (1 - p).",
            **dict.fromkeys(("p", "1 - p", "exp over"), HALF),
            "squared": "The slope is in the product twice. Once is right: p (1 - p).",
            **dict.fromkeys(
                (
                    "p squared",
                    "(1 - p) squared",
                    "p - p",
                    "1 - p squared",
                    "exp",
                    "exp, once more",
                    "z",
                ),
                "The slope is not right. The sigmoid's is p (1 - p), or exp(-z) / (1 + exp(-z))^2.",
            ),
            **dict.fromkeys(
                ("p (1 - Y)", "Y (1 - p)"), "The target stands in the slope. It is p (1 - p), of the output alone."
            ),
            "relu": "This is the slope of relu. The sigmoid's is p (1 - p).",
            "sum": "The slopes were summed up. Each output has its own, p (1 - p).",
            "1 - 2 p": "The slope is not right. It is p (1 - p), without a 2.",
            "plus": "There is a plus in the slope. It is p (1 - p).",
            "brackets": "Look at the brackets of the slope. It is p * (1 - p).",
        },
        "factor": {
            "1": "The factor 2 of the square is missing.",
            "4": "The factor 2 of the square is there twice.",
            "1/2": "The square was halved. Its derivative is 2 (p - Y).",
            "2/k": "It is divided by k. J is a sum of squares, not a mean.",
            "2/n": "It is divided by n, the number of inputs. J is a sum of squares, not a mean.",
            "1/n": "It is divided by n, and the factor 2 is missing. J is a sum of squares, not a mean.",
            "1/2k": "It is divided by k, and the square was halved. J is a sum of squares: 2 (p - Y).",
            "3": "The factor in front is not right. The derivative of (p - Y)^2 is 2 (p - Y).",
            "2k": "It is multiplied by k. Each output has its own square: 2 (p - Y).",
            "1/k": "It is divided by k, and the factor 2 is missing. J is a sum of squares, not a mean.",
        },
        "error": {
            "Y - p": "The sign is wrong: the inner difference is p - Y, and the slope is p (1 - p).",
            "p": "The targets Y are not in it. The inner difference is p - Y.",
            "square": "This is the square itself. Its derivative is 2 (p - Y).",
            "absolute": "The sign of p - Y is lost. The derivative of its square is 2 (p - Y), with its sign.",
            "z - Y": "The scores are compared with the targets. The inner difference is p - Y, with p the sigmoid.",
            **dict.fromkeys(("sum", "mean"), "The errors were summed up or averaged. Each output has its own."),
            "p + Y": "The target is added. The inner difference is p - Y.",
            "1": "The error p - Y is missing. By the chain rule it stands in front of the slope.",
            "Y / p": "This is the derivative of -Y log p. The squared error's is 2 (p - Y).",
            "log": "A logarithm was taken of p. The inner difference is p - Y.",
            "times Y": "The output is multiplied by the target. The inner difference is p - Y.",
            "labels": "The output was cut to 0 or 1 before the difference. It is p - Y, with p as it is.",
            "linear": "There is no sigmoid. p is the sigmoid of W^T x + b; here it is W^T x + b itself.",
            "cross-entropy": "This is the gradient of a cross-entropy, p - Y. The squared error keeps the slope "
            "p (1 - p), and has a factor 2.",
        },
        "scores": {
            "no b": "The bias b was left out of the scores.",
            "minus b": "The bias is subtracted. The scores are W^T x + b.",
            "b alone": "The scores hold only the bias. They are W^T x + b.",
            "W reshaped": "reshape is not a transpose: it keeps the order of the numbers. Use W.T @ x or x @ W.",
            **dict.fromkeys(
                ("b each time", "b twice"), "The bias is added more than once. Add it after the sum over the inputs."
            ),
            "times b": "The bias is multiplied. The scores are W^T x + b.",
            **dict.fromkeys(
                ("without the first", "without the last", "last only", "first only"),
                "The scores do not hold every input. Look at where the loop begins and ends, and at +=.",
            ),
            "mean": "The scores are averages over the inputs. They are sums: W^T x + b.",
            "no x": "The scores do not use x. They are W^T x + b.",
            "summed": "The scores were summed up to one number. Each output has its own: x @ W + b.",
            "over layers": "The sum is not set back to 0 for each output. Begin it inside the loop.",
            "from 1": "There is a 1 too many in the scores. The sum begins at 0, or at b.",
            "W turned": "This is W x. The scores are W^T x + b: one for each column of W.",
        },
        "out": {
            "none": "p is the sigmoid of W^T x + b. Here it is W^T x + b itself.",
            "turned": "The sigmoid is 1 / (1 + exp(-z)), with a minus.",
            "twice": "The sigmoid was applied twice. p is the sigmoid of W^T x + b.",
            "tanh": "This is tanh. The sigmoid is 1 / (1 + exp(-z)).",
            "softmax": "This is softmax. Here each output has its own sigmoid, 1 / (1 + exp(-z)).",
            **dict.fromkeys(("exp", "one over"), "1 is missing below. The sigmoid is 1 / (1 + exp(-z))."),
            "relu": "This is relu. The sigmoid is 1 / (1 + exp(-z)).",
            "one minus": "There is a minus below. The sigmoid is 1 / (1 + exp(-z)).",
            "step": "This is 0 or 1. The sigmoid lies between them, 1 / (1 + exp(-z)).",
            "brackets": "Look at the brackets of the sigmoid. It is 1 / (1 + exp(-z)).",
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
            **dict.fromkeys(("x @ g", "x * g", "column @ g"), "Look at the product in dW. " + OUTER),
            "x + g": "In dW x and g are added. Multiply them: np.outer(x, g).",
            "x squared": "In dW x is there twice. The slope of x_j W_jc in W_jc is x_j.",
            **dict.fromkeys(
                ("mean of x", "last of x", "first of x"),
                "In dW every row has the same input. Each weight's share is its own input x_j times g: np.outer(x, g).",
            ),
            **dict.fromkeys(
                ("mean of g", "sum of g", "last of g"),
                "In dW every column has the same g. Each output has its own: np.outer(x, g).",
            ),
            "negated": "In dW the sign is wrong. It is x g^T, with the same g as db.",
            **dict.fromkeys(("over n", "over k"), "In dW there is a division by a count. J is a sum, not a mean."),
            "error": "In dW the factor 2 and the slope p (1 - p) are missing. It is x g^T.",
            "no error": "In dW the error p - Y is missing. It is x g^T.",
            "p": "In dW the output p stands in place of g. It is x g^T.",
            **dict.fromkeys(("z", "z with g", "x W"), "In dW there are scores. It is x g^T, with x and g alone."),
            "square": "In dW g is squared. It is x g^T.",
            "slope twice": "In dW the slope p (1 - p) is there twice. It is x g^T.",
            "absolute x": "In dW the sign of x is lost. It is x g^T.",
            **dict.fromkeys(
                (
                    "first row",
                    "last row",
                    "no first row",
                    "no last row",
                    "first column",
                    "last column",
                    "no first column",
                    "no last column",
                ),
                "Some entries of dW are 0. Look at where the loops begin and end, and whether the `return` is inside.",
            ),
            **dict.fromkeys(
                ("step of 0.1", "step of 0.01"), "The first result is W after a step. Return the gradient itself."
            ),
            **dict.fromkeys(("rounded", "rounded to 4"), "dW is rounded. Return it as it is."),
            "flat": "Its dW is flat. It needs the shape of W.",
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
            **dict.fromkeys(
                ("with x", "rows of dW", "times n"),
                "Its db uses the inputs. The bias's input is always 1, so db is g.",
            ),
            "twice": "In db the factor 2 is there twice: db is g.",
            **dict.fromkeys(("over k", "over n"), "In db there is a division by a count. J is a sum, so db is g."),
            "no error": "In db the error p - Y is missing: db is g.",
            "p": "Its db is the output p. It is g, 2 (p - Y) p (1 - p).",
            "double error": "In db the error p - Y is there twice: db is g.",
            **dict.fromkeys(
                ("column", "row"),
                "Its db must be of shape (k,), as b is. It stands in a matrix: .ravel() makes a vector.",
            ),
            **dict.fromkeys(
                ("first", "last", "not the first", "not the last", "last one"),
                "Some entries of db are missing. Look at where the loop begins and ends, and whether each is kept.",
            ),
            "added": "The bias itself is added to db. The gradient is g.",
            **dict.fromkeys(
                ("step of 0.1", "step of 0.01"), "The second result is b after a step. Return the gradient itself."
            ),
            **dict.fromkeys(("rounded", "rounded to 4"), "db is rounded. Return it as it is."),
        },
    },
    may_not_call=DIFFERENCES,
)
