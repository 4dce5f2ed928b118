"""The tries of the two losses of notebook 03, and the hints on the mistakes that people make in them."""

import numpy as np

from coursekit.check.exercise import Property
from coursekit.check.lesson_01.mean_loss import SMALL
from coursekit.check.lesson_02.scores import CLIMBING, FAR, _labelled
from coursekit.check.lesson_02.softmax_hints import FIXED_PLACE, SOFTMAX

PARTS = ("loss", "dW")
LOSSES = (
    "coursekit.softmax.softmax_loss",
    "coursekit.softmax.softmax_loss_loops",
    "coursekit.full_batch.FullBatchLoss",
)
TRIES = (
    (np.array([[0.0, 1.0]]), np.array([[2.0]]), np.array([0])),
    (np.array([[1, 0], [0, -1]]), np.array([[1, 2], [0, 1], [3, 1]]), np.array([0, 1, 1])),
    (np.zeros((2, 3), int), np.array([[0.5, 1.0], [-1.0, 2.0], [1.5, 0.0], [0.25, -0.5]]), np.array([1, 0, 1, 1])),
    (np.array([[0.5, -1.0], [0.0, 0.25], [1.0, 0.75]]), np.array([[0, 3, 1], [2, 1, 0]], np.uint8), np.array([1, 0])),
    (
        np.array([[0.01, -0.02], [0.03, 0.01]]),
        np.array([[200, 100], [0, 255], [90, 180]], np.uint8),
        np.array([1, 1, 0]),
    ),
    (
        np.array([[0.5, -1.0, 0.25], [1.0, 0.75, -0.5], [-0.25, 0.5, 1.5]]),
        np.array([[1.0, -2.0, 0.5], [0.5, 1.0, 2.0], [-1.5, 0.25, 1.0]]),
        np.array([2, 0, 2]),
    ),
    (FAR, np.eye(2), np.array([2, 1])),
    (CLIMBING, np.eye(3), np.array([1, 0, 0])),
    (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]), np.array([[1.0]]), np.array([1])),
    (np.array([[800.0, 0.0, -400.0]]), np.array([[1.0]]), np.array([1])),
    (np.array([[2.0], [-1.0]]), np.array([[1.0, 0.5], [0.0, 2.0], [1.0, 1.0]]), np.array([0, 0, 0])),
)


def _examples(rng):
    """Draw weights, examples and labels; m, n and k all differ, or are all the same."""
    found = []
    for (m, n), (Z, y) in zip(((5, 4), (3, 2), (4, 4)), _labelled(rng), strict=True):
        W, X = rng.normal(0, 1, (n, Z.shape[1])), rng.normal(0, 1, (m, n))
        found.append((W.round(2), X.round(2), y))
    return found


def _sizes(W, X, y):
    """Return m and k."""
    return {"m": len(X), "k": W.shape[1]}


def _behind(W, X, y):
    """Return the mean of how far the true score lies below the largest one."""
    Z = X @ W
    return (Z.max(axis=1) - Z[np.arange(len(y)), y]).mean()


PROPERTIES = (
    Property(
        "It gives nan on scores of 10000. exp(10000) is infinite, and inf / inf is nan; a row far below the maximum "
        "becomes 0 / 0. Take the largest score of each example away first.",
        lambda pair, W, X, y: not (np.isnan(pair[0]) or np.isnan(pair[1]).any()),
    ),
    Property(
        "The loss is infinite where the true class lost by 10000. Its probability became 0, and log 0 is -inf: take "
        "the loss from the shifted scores, log(sum of exponentials) minus the shifted score of the true class.",
        lambda pair, W, X, y: np.isfinite(pair[0]),
    ),
    Property(
        "A loss is never negative. It is minus the logarithm of a probability: look at the signs.",
        lambda pair, W, X, y: pair[0] > -1e-6,
    ),
    Property(
        "The loss is too small: it is at least the mean of how far the true score lies below the largest one. A small "
        "number inside the logarithm, or a clipped probability, hides that.",
        lambda pair, W, X, y: pair[0] > 0.9999 * _behind(W, X, y) - 1e-6,
    ),
    Property(
        "Each row of dW must sum to 0, and some row does not: what is added to one class's weight is taken from the "
        "others'. Look at p - one-hot, which must sum to 0 as well.",
        lambda pair, W, X, y: np.allclose(pair[1].sum(axis=1), 0, atol=1e-3),
    ),
)
HIDES = (
    "Look at the logarithm: a small number in it, or a clipped probability, hides how wrong the worst example is. One "
    "that is wrong by 10000 loses 10000. Take the loss from the shifted scores: log(sum of exponentials) minus the "
    "shifted score of the true class."
)
ONCE = "Only one example counts in {}. Add the examples up with +=, and `return` after the loop."
ENDS = "In {} the {} example is missing. Look at where the loop begins and ends; range(len(X)) reaches all."
INSIDE = "In {} the division by m stands inside the loop, so that early examples are divided many times. Divide once."
ROUNDED = "dW is rounded. Return it as it is; rounding is for printing."
PENALTIES = [(r, 2 * r) for r in (1.0, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001)] + [(0.5, 0), (1.0, 0)]

SWITCHES = {
    "order": {"dW first": "returned its things in the other order. The order is (loss, dW)."},
    "pick": {
        "all": "The loss adds up the logarithms of all classes. Only that of the true class counts: label y[i] says "
        "which.",
        **dict.fromkeys(
            ("largest", "log-sum-exp"),
            "The label is not in the loss: this is log(sum of exponentials) alone, or the loss of the largest "
            "probability. Take the score of the true class away; label y[i] says which.",
        ),
        "product": "The loss is nan where a probability is 0. One-hot times logarithm is 0 * -inf there: take the true "
        "class's number alone.",
        "rows set": "Look at the one-hot labels of the loss: Y[y] = 1 sets whole rows. One entry per row is "
        "Y[np.arange(m), y] = 1.",
        "table": "The loss takes every row at every label, an (m, m) table. Pair row i with label y[i]: "
        "[np.arange(m), y].",
        "rows": "The loss takes whole rows, the ones with the numbers of the labels. Pair row i with label y[i]: "
        "[np.arange(m), y].",
        "before": "The labels of the loss are off by one. They start at 0, so [i, y[i]] is already the true class.",
        "entropy": "The loss has no labels in it: this is the entropy of the predictions. Take minus the logarithm of "
        "the true class's probability.",
        "both sides": "In the loss the other classes count too, by log(1 - p). With softmax only the true class's "
        "-log p counts.",
        "less 1": "The loss is nan: its logarithm comes after 1 was taken from the probability. Take the loss first, "
        "or make a copy for the gradient.",
        "not added back": "In the loss the maximum was taken away and never added back. Use the shifted score of the "
        "true class too, or add the maximum to the logarithm.",
        "no log": "In the loss the logarithm of the sum is missing. It is log(sum of exponentials) minus the score of "
        "the true class.",
        "missing log": "In the loss the logarithm is missing: this is the probability itself. The loss is -log p.",
        "one minus": "In the loss there is 1 - p. The loss is -log p.",
        "plus": "In the loss the score of the true class is added. It must be taken away.",
        **dict.fromkeys(
            ("score", "shifted score"),
            "The loss is minus the score of the true class; log(sum of exponentials) is missing.",
        ),
        "squares": "The loss is a squared error. It must be -log p of the true class.",
        "errors": "The loss counts wrong labels. It must be the mean of -log p of the true class.",
    },
    "over": {
        "none": "The loss is a sum over the m examples. Divide it by m: the loss is a mean.",
        "each": "It returned one loss per example. The loss is their mean, one number.",
        "classes": "The loss is averaged over the classes as well. Divide by m only: np.mean of an (m, k) array counts "
        "all its entries.",
        "k": "The loss is divided by the number of classes. Divide by m, the number of examples.",
        "twice": "The loss is divided by m twice. Once is enough: look where the two are.",
        **dict.fromkeys(("first", "first over m", "last", "last over m"), ONCE.format("the loss")),
        "all but the first": ENDS.format("the loss", "first"),
        "all but the last": ENDS.format("the loss", "last"),
        "running": INSIDE.format("the loss"),
    },
    "minus": {-1: "The sign of the loss is wrong: it is minus the logarithm of a probability, so never negative."},
    "base": {
        "two": "The loss is in bits. np.log gives nats, np.log2 bits.",
        "ten": "The loss has the base 10. np.log is the natural logarithm.",
    },
    "label": {
        "missing": "In dW the label was not subtracted. The entry of the true class is p - 1 before the product.",
        "only the true": "In dW only the true class counts. The entries of the others are p, not 0.",
        "all but the true": "In dW the true class is left out. Its entry is p - 1.",
        "product": "In dW the probabilities are multiplied by the one-hot labels. Subtract them.",
        **dict.fromkeys(
            ("numbers", "numbers, flat"),
            "In dW the labels are subtracted as numbers. A label is the place at which 1 is subtracted.",
        ),
        "table": "In dW 1 is taken from whole columns, P[:, y]. Pair row i with label y[i]: P[np.arange(m), y] -= 1.",
        "rows": "In dW 1 is taken from whole rows, the ones with the numbers of the labels. Pair row i with label "
        "y[i]: P[np.arange(m), y] -= 1.",
        "before": "In dW the labels are off by one. They start at 0, so [i, y[i]] is already the true class.",
        "predicted": "In dW 1 is subtracted at the largest probability. Subtract it at the true class, whatever the "
        "model thinks: the label says which.",
        **dict.fromkeys(
            ("k from the labels, twice", "k from the labels"),
            "The number of classes was taken from the labels, y.max() + 1. The last classes may not occur: it is "
            "W.shape[1].",
        ),
        "everywhere": "In dW 1 is subtracted from every class. Only the true one of each example loses it.",
        "added": "In dW the one-hot label is added. It must be subtracted.",
        "square": "In dW the difference p - one-hot is squared. The gradient has the difference itself.",
        "absolute": "In dW the signs of p - one-hot are lost. The gradient has the difference itself.",
        "slope": "In dW there is p (1 - p), the softmax's own derivative. With the loss, p - one-hot is left.",
        **dict.fromkeys(
            ("again", "again, in full"),
            "In dW the softmax's own derivative was multiplied in once more. p - one-hot already contains it.",
        ),
    },
    "mean": {
        "none": "dW is a sum over the m examples. Divide it by m, as the loss is.",
        "k": "dW is divided by the number of classes. Divide by m, the number of examples.",
        "entries": "dW is divided by m and by k. Divide by m only.",
        "twice": "dW is divided by m twice. Once is enough: look where the two are.",
        "label only": "In dW only the label is divided by m. Subtract first, then divide.",
        "P only": "In dW only the probability is divided by m. Subtract first, then divide.",
    },
    "sign": {-1: "dW has the wrong sign and points downhill. The gradient is X.T (P - Y) / m, not (Y - P)."},
    "product": {
        "none": "dW holds p - one-hot alone, (m, k). The weights reach the scores through X: each weight's share is "
        "its input times this.",
        "no X": "In dW X is missing: each weight's share is its input, x, times p - one-hot.",
        "star": "dW was made with *, number by number. np.outer(x, p) makes all products of a pixel and a class, "
        "(n, k).",
        "minus X": "In dW X is negated, and pixels of type uint8 have no sign: -1 becomes 255. Take P - Y in place of "
        "Y - P, and no minus.",
        "turned": "dW is the transpose of what is right. Rows of W are features: the input comes first.",
        **dict.fromkeys(
            ("reshape of X", "reshape of dW"),
            "dW was made with reshape, which is not a transpose: it keeps the order of the numbers. Use .T.",
        ),
        **dict.fromkeys(
            ("of sums", "of means"),
            "dW is a product of sums, not the sum of products. Add up the outer products of the examples: X.T @ dZ.",
        ),
        **dict.fromkeys(("first", "last"), ONCE.format("dW")),
        "all but the first": ENDS.format("dW", "first"),
        "all but the last": ENDS.format("dW", "last"),
        "running": INSIDE.format("dW"),
    },
    **SOFTMAX,
    "shift": SOFTMAX["shift"] | FIXED_PLACE,
    "penalty": dict.fromkeys(PENALTIES, "A multiple of W was added, as for a penalty. The loss here has none."),
    "after": {
        "whole": "dW was cut to whole numbers where W holds whole numbers. np.zeros_like(W) has the type of W; make "
        "one of floats, np.zeros(W.shape).",
        "step": "These are weights after a step in place of dW. Return the gradient itself.",
        "zeros": "dW is all zeros. Is the gradient added to it?",
        "nan to 0": "",
        **dict.fromkeys((2, 3, 4), ROUNDED),
    },
    "way": {
        "log P": "",
        "log of 0": "The loss is infinite where the true class lost by 10000. Its probability became 0, and log 0 is "
        "-inf: take the loss from the shifted scores, log(sum of exponentials) minus the shifted score of the true "
        "class.",
        **dict.fromkeys([("added", eps) for eps in (1e-300, 1e-20, *SMALL)], HIDES),
        **dict.fromkeys([("clipped", eps) for eps in SMALL if eps > 1e-7], HIDES),
    },
}
