"""Exercise 1 of notebook 07: an L2 penalty on all weights but the bias."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _rows(W, which):
    """Return W with 0 where no penalty is paid."""
    R = np.array(W, float)
    {
        "all but the last": lambda: R[-1:].fill(0),
        "all": lambda: None,
        "all but the first": lambda: R[:1].fill(0),
        "all but the last column": lambda: R[:, -1:].fill(0),
        "all but the first column": lambda: R[:, :1].fill(0),
        "all but the last two": lambda: R[-2:].fill(0),
        "all but both ends": lambda: (R[:1].fill(0), R[-1:].fill(0)),
        "last only": lambda: R[:-1].fill(0),
    }[which]()
    return R


def _add_l2(
    loss, dW, W, l2, *, rows="all but the last", rows_loss="as above", rows_dW="as above", norm="L2", half="halved",
    square="squares", slope="W", sign=1, loss_out="sum", dW_out="sum", bias="as it came", after="none",
    back="loss, dW"
):  # fmt: skip
    """Return the loss with half of l2 times the sum of squared weights, and its gradient."""
    dW, W = np.asarray(dW), np.asarray(W)
    R, S = (_rows(W, rows if own == "as above" else own) for own in (rows_loss, rows_dW))
    if norm != "L2":
        square, slope, half = "absolute", "sign", {"L1": "whole", "L1, half": half}[norm]
    amount = {
        "squares": lambda: (R**2).sum(),
        "absolute": lambda: np.abs(R).sum(),
        "root": lambda: np.sqrt((R**2).sum()),
        "spectral": lambda: np.linalg.norm(R, 2) ** 2,
        "sum, then square": lambda: R.sum() ** 2,
        "mean": lambda: (R**2).sum() / max(W[:-1].size, 1),
        "mean of all": lambda: (R**2).mean(),
        "over the rows": lambda: (R**2).sum() / len(W),
        "over n": lambda: (R**2).sum() / max(len(W) - 1, 1),
        "over the columns": lambda: (R**2).sum() / W.shape[1],
        "not squared": lambda: R.sum(),
        "largest": lambda: (R**2).max(),
        "per class": lambda: (R**2).sum(axis=0),
        "per row": lambda: (R**2).sum(axis=1),
        "each": lambda: R**2,
        "first row": lambda: (R[0] ** 2).sum(),
        "columns by columns": lambda: (R.T @ R).sum(),
        "rows by rows": lambda: (R @ R.T).sum(),
        "of dW": lambda: (dW[:-1] ** 2).sum(),
    }[square]() * {"halved": 0.5, "whole": 1.0, "whole, both": 1.0, "doubled": 2.0, "quarter": 0.25}[half]
    decay = {
        "W": lambda: S,
        "sign": lambda: np.sign(S),
        "twice": lambda: 2 * S,
        "half": lambda: S / 2,
        "square": lambda: S**2,
        "absolute": lambda: np.abs(S),
        "penalty": lambda: np.full(S.shape, (S**2).sum() / 2),
        "penalty, not on the bias": lambda: _rows(np.full(S.shape, (S**2).sum() / 2), "all but the last"),
        "sum": lambda: np.full(S.shape, S.sum()),
        "unit": lambda: S / max(np.sqrt((S**2).sum()), 1e-12),
        "dW": lambda: _rows(dW, "all but the last"),
        "without l2": lambda: S,
        "mean": lambda: S / max(W[:-1].size, 1),
    }[slope]() * (2.0 if half == "whole, both" and slope == "W" else 1.0)
    penalty = sign * l2 * amount
    step = sign * (1.0 if slope == "without l2" else l2) * decay
    if after == "whole" and W.dtype.kind in "iu":
        step = np.trunc(step)
    new_loss = {"sum": lambda: loss + penalty, "none": lambda: loss, "alone": lambda: penalty,
                "less": lambda: loss - penalty, "times": lambda: loss * penalty,
                "without l2": lambda: loss + amount, "l2 alone": lambda: loss + l2,
                "on the loss": lambda: loss + l2 / 2 * loss**2}[loss_out]()  # fmt: skip
    new = {"sum": lambda: dW + step, "none": lambda: dW * 1.0, "alone": lambda: step, "less": lambda: dW - step,
           "W": lambda: W + step, "rows lost": lambda: dW + l2 * W[:-1], "first row lost": lambda: dW + l2 * W[1:],
           "column lost": lambda: dW + l2 * W[:, :-1], "times": lambda: dW * (1 + l2), "l2 alone": lambda: dW + l2,
           }[dW_out]()  # fmt: skip
    new = np.asarray(new, float)
    new = {
        "as it came": lambda: new,
        "zero": lambda: np.vstack([new[:-1], 0 * new[-1:]]),
        "lost": lambda: new[:-1],
        "its weight": lambda: np.vstack([new[:-1], W[-1:]]),
        "its decay": lambda: np.vstack([new[:-1], l2 * W[-1:]]),
    }[bias]()
    return {"dW, loss": (new, new_loss), "loss": new_loss, "dW": new}.get(back, (new_loss, new))


def _weights(rng):
    """Draw losses, gradients and weights; one matrix is square, and one has whole numbers."""
    found = []
    for n, k in ((5, 3), (4, 4), (3, 5)):
        W, dW = rng.normal(0, 2, (n, k)).round(2), rng.normal(0, 1, (n, k)).round(2)
        W = W.round().astype(int) + 2 if n == 5 else W
        found.append((rng.integers(50, 300) / 100, dW, W, rng.integers(5, 95) / 100))
    return found


BIAS = "The bias, the last row of W, is penalised as well. Leave it out {}: W[:-1] are the rows of the pixels."
FIRST = "The first row was left out. The bias is the last one: W[:-1] are the others."
COLUMN = "A column was left out, which is a class. The bias is the last row: W[:-1] are the others."
TOO_FEW = "Too many rows were left out. Only the last one, the bias, pays nothing: W[:-1] are the others."
ONLY_LAST = "Only the last row pays here, and that is the bias. All the others pay: W[:-1]."
HALVED = "The derivative of l2 / 2 * w**2 is l2 * w: the 1/2 meets the 2 of the square."
FEWER = "The sum of squares is divided by a number of weights. The penalty is a sum, not a mean."
ABSOLUTE = (
    "This is the L1 penalty: absolute values, and their sign as gradient. Under L2 it is the square that costs, "
    "l2 / 2 * w**2."
)
EVERYWHERE = "The penalty itself was added to every entry of dW. Add its gradient, l2 * W."
SHAPES = (
    "Two shapes do not fit. W[:-1] has one row fewer than W and dW. Make a copy of W whose last row is 0, or add only "
    "to dW's first rows, in a copy."
)
ROWS = {
    "all": BIAS.format("of both loss and gradient"),
    "all but the first": FIRST,
    **dict.fromkeys(("all but the last column", "all but the first column"), COLUMN),
    **dict.fromkeys(("all but the last two", "all but both ends"), TOO_FEW),
    "last only": ONLY_LAST,
}

add_l2 = Exercise(
    "07-add-l2",
    _add_l2,
    tries=(
        (1.0, np.array([[1.0], [1.0]]), np.array([[3.0], [7.0]]), 0.5),
        (1.5, np.array([[0.5, -1.0], [0.25, 2.0]]), np.array([[3, -4], [5, 6]]), 0.25),
        (0.75, np.array([[0.5, -1.0, 0.5], [0.25, 2.0, 1.0]]), np.array([[0, 1, -3], [1, 1, 2]]), 0.3),
        (
            2.3,
            np.array([[0.5, 1.5], [-1.0, 0.25], [2.0, 0.75]]),
            np.array([[0.5, -2.0], [1.5, 0.75], [-1.0, 4.0]]),
            0.9,
        ),
        (
            1.7,
            np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]),
            np.array([[1.5, -0.5, 2.0], [0.25, 3.0, -1.0], [2.5, 0.5, 1.0]]),
            0.02,
        ),
        (1.1, np.ones((3, 2)), np.array([[3.0, -4.0], [5.0, 6.0], [1.0, 2.0]]), 0.0),
        (2.0, np.array([[0.5, 0.25], [-1.0, 1.5]]), np.zeros((2, 2)), 1.5),
        (
            0.4,
            np.array([[0.5, 0.25], [-1.0, 1.5], [1.0, 2.0], [0.75, -0.5]]),
            np.array([[3, -2], [1, 0], [-1, 4], [2, 2]]),
            2,
        ),
    ),
    draw=_weights,
    parts=("loss", "dW"),
    causes=(
        (
            r"operands could not be broadcast|non-broadcastable",
            SHAPES,
        ),
    ),
    properties=(
        Property(
            "The last row of dW must stay as it came. It belongs to the bias, and the bias pays nothing.",
            lambda v, loss, dW, W, l2: np.allclose(v[1][-1], dW[-1], rtol=5e-5, atol=5e-7),
        ),
        Property(
            "The penalty must not make the loss smaller: squares are not negative.",
            lambda v, loss, dW, W, l2: v[0] >= loss - 1e-6,
        ),
        Property(
            "The loss and dW do not belong together: the slope of the penalty that was added to the loss is another "
            "one. The derivative of l2 / 2 * w**2 is l2 * w.",
            lambda v, loss, dW, W, l2: abs(((v[1] - dW) * W).sum() - 2 * (v[0] - loss)) < 1e-4 * (1 + abs(v[0])),
        ),
    ),
    switches={
        "rows": ROWS,
        "rows_loss": {**ROWS, "all": BIAS.format("of the loss")},
        "rows_dW": {**ROWS, "all": BIAS.format("of the gradient, too")},
        "norm": dict.fromkeys(("L1", "L1, half"), ABSOLUTE),
        "half": {
            "whole, both": "The factor 1/2 is missing, in the loss and so in the gradient. The penalty is l2 / 2 times "
            "the sum of squares.",
            "whole": "The factor 1/2 is missing in the loss. The penalty is l2 / 2 times the sum of squares.",
            "doubled": "The penalty in the loss is doubled. It is l2 / 2 times the sum of squares.",
            "quarter": "The penalty in the loss is halved twice. It is l2 / 2 times the sum of squares.",
        },
        "square": {
            "absolute": "Absolute values were added to the loss, the L1 penalty. Square the weights.",
            "root": "The norm is not squared. Add up W * W, without a square root.",
            "spectral": "This is the spectral norm, np.linalg.norm(W, 2) of a matrix. Add up W * W.",
            "sum, then square": "The weights were added up first, and squared then. Square each one, then add up.",
            **dict.fromkeys(("mean", "mean of all", "over the rows", "over n", "over the columns"), FEWER),
            "not squared": "The weights are added up without a square, so that they cancel. Square each one.",
            "largest": "Only the largest weight pays. Add up the squares of all.",
            **dict.fromkeys(
                ("per class", "per row", "each"),
                "The loss has become several numbers. Sum over all weights: one number.",
            ),
            **dict.fromkeys(
                ("columns by columns", "rows by rows"),
                "A matrix product is summed, so that each weight meets others as well. Multiply entry by entry: "
                "(W[:-1] ** 2).sum().",
            ),
            "of dW": "The gradient was squared instead of the weights. The penalty is on W.",
            "first row": "Only the first row pays in the loss. Is the `return` inside the loop, or the sum reset?",
        },
        "slope": {
            "twice": HALVED,
            "half": HALVED,
            "sign": "dW got sign(W), the gradient of the L1 penalty. That of L2 is W itself.",
            "square": "dW got the squares of the weights. Their derivative is needed, l2 * W.",
            "absolute": "dW got the absolute values. The signs must stay: l2 * W pulls every weight towards 0.",
            **dict.fromkeys(("penalty", "penalty, not on the bias"), EVERYWHERE),
            "sum": "The sum of the weights was added to every entry of dW. Each entry gets its own, l2 * W.",
            "unit": "dW got W divided by its norm, the gradient of the norm. That of half its square is W itself.",
            "dW": "dW got a share of itself. The gradient of the penalty is l2 * W.",
            "without l2": "dW got W without the strength. The gradient of the penalty is l2 * W.",
            "mean": "The gradient is divided by the number of weights. The penalty is a sum: l2 * W.",
        },
        "sign": {-1: "The penalty is subtracted. Large weights must cost: add it, to the loss and to dW."},
        "loss_out": {
            "none": "The loss has no penalty yet. Add l2 / 2 times the sum of squares.",
            "alone": "The loss is the penalty alone. Add it to the loss that came in.",
            "less": "The penalty is subtracted from the loss. Large weights must cost: add it.",
            "times": "The penalty is multiplied by the loss. Add it.",
            "without l2": "The strength l2 is missing in the loss. The penalty is l2 / 2 times the sum of squares.",
            "l2 alone": "The strength itself was added to the loss. The penalty is l2 / 2 times the sum of squares.",
            "on the loss": "The loss was squared instead of the weights. The penalty is on W.",
        },
        "dW_out": {
            "none": "dW has no penalty yet. What is the derivative of l2 / 2 * w**2?",
            "alone": "dW is the gradient of the penalty alone. Add it to the dW that came in.",
            "less": "The gradient of the penalty is subtracted from dW. Add it: the step then goes the other way.",
            "W": "The gradient of the penalty was added to W. Add it to dW.",
            **dict.fromkeys(("rows lost", "first row lost"), SHAPES),
            "column lost": COLUMN,
            "times": "dW got a share of itself. The gradient of the penalty is l2 * W.",
            "l2 alone": "The strength itself was added to dW. The gradient of the penalty is l2 * W.",
        },
        "bias": {
            "zero": "The bias row of dW became 0. It keeps the gradient that it came with.",
            "lost": "dW has lost the bias row. It must keep all rows, the last one as it came.",
            "its weight": "The bias row of dW became the bias itself. It keeps the gradient that it came with.",
            "its decay": "The bias row of dW became l2 times the bias. It keeps the gradient that it came with.",
        },
        "after": {
            "whole": "The decay was cut to whole numbers where W holds whole numbers. np.zeros_like(W) has the type of "
            "W; make an array of floats, np.zeros(W.shape).",
        },
        "back": {
            "dW, loss": "Look at the order of the two results: the loss comes first, then dW.",
            "loss": "Only the loss came back. Return both: loss, dW.",
            "dW": "Only dW came back. Return both: loss, dW.",
        },
    },
    may_not_call=("coursekit.penalty",),
)
