"""The hints on the mistakes that people make in the two losses of notebook 03."""

from coursekit.check.lesson_01.mean_loss import SMALL
from coursekit.check.lesson_02.softmax_hints import FIXED_PLACE, LABELS, SOFTMAX
from coursekit.check.lesson_03.losses import RATES

FROM_02 = (
    "first's", "last's", "all but the first's", "all but the last's", "-1", "1", "others turned", "uniform", "times P",
    "times 1 - P", "times Z", "twice", "distinct", "first class", "last class", "no P", "next", "swapped", "in P, true",
)  # fmt: skip
HIDES = (
    "Look at the logarithm: a small number in it, or a clipped probability, hides how wrong the worst example is. One "
    "that is wrong by 10000 loses 10000. Take the loss from the shifted scores: log(sum of exponentials) minus the "
    "shifted score of the true class."
)
ONCE = "Only one example counts in {}. Add the examples up with +=, and `return` after the loop."
ENDS = "In {} the {} example is missing. Look at where the loop begins and ends; range(len(X)) reaches all."
INSIDE = "In {} the division by m stands inside the loop, so that early examples are divided many times. Divide once."
ROUNDED = "dW is rounded. Return it as it is; rounding is for printing."
LEARNS = (
    "The weights change while the loop runs: a step is taken after each example. Loss and gradient belong to the W "
    "that was given, for all examples."
)
COUPLED = {
    "sums": "Loss and dW are sums over the m examples. Divide both by m.",
    "by m twice": "Loss and dW are divided by m twice. Once is enough: in the loop, or after it.",
    "by k": "Loss and dW are divided by the number of classes. Divide by m, the number of examples.",
    "by m and k": "Loss and dW are divided by m and by k. Divide by m only.",
    "by n": "Loss and dW are divided by the number of features. Divide by m, the number of examples.",
    "by m - 1": "Loss and dW are divided by m - 1. A mean divides by m.",
    "by 2m": "Loss and dW are divided by 2m. A mean divides by m.",
    "negative": "Loss and dW have the wrong sign. The loss is minus a logarithm, and dW is X.T (P - Y) / m.",
    **dict.fromkeys(("first", "first over m", "last", "last over m"), ONCE.format("loss and dW")),
    "all but the first": ENDS.format("loss and dW", "first"),
    "all but the last": ENDS.format("loss and dW", "last"),
    "running": INSIDE.format("loss and dW"),
    **dict.fromkeys(
        ("before", "next"), "The labels are off by one, in loss and dW. They start at 0: [i, y[i]] is right already."
    ),
    **dict.fromkeys(
        ("table", "table, averaged"),
        "In loss and dW every row is taken at every label, [:, y]. Pair row i with label y[i]: [np.arange(m), y].",
    ),
    **dict.fromkeys(
        ("rows", "rows set"),
        "In loss and dW whole rows are taken, those with the numbers of the labels. Pair row i with label y[i]: "
        "[np.arange(m), y].",
    ),
    "swapped": "In loss and dW rows and labels changed places in the brackets. Row first: [np.arange(m), y].",
    "predicted": "The labels are not used: the largest probability stands in for them, in loss and dW. Label y[i] "
    "says which class is true.",
    "first class": "In loss and dW the same class counts as true in every row. Label y[i] says which.",
    "first row's": "In loss and dW only the first row is read or changed. Pair row i with label y[i].",
    "distinct": "The number of classes was counted from the labels. Some class may not occur: it is W.shape[1].",
    "no label": "The labels are in neither loss nor dW. The loss takes the true class's score away, and dW needs p - 1 "
    "at the true class.",
    **dict.fromkeys(RATES, LEARNS),
}
PENALTIES = [
    *((r, 2 * r) for r in (1.0, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001, 0.00005)),
    *((r, r) for r in (1.0, 0.5, 0.1, 0.01, 0.001)),
    *((0, r) for r in (1.0, 0.1, 0.01, 0.001)),
    (0.5, 0),
    (1.0, 0),
]

SWITCHES = {
    "both": COUPLED,
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
        "table, averaged": "The loss takes every row at every label, an (m, m) table. Pair row i with label y[i]: "
        "[np.arange(m), y].",
        "rows, averaged": "The loss takes whole rows, the ones with the numbers of the labels. Pair row i with label "
        "y[i]: [np.arange(m), y].",
        "next": "The labels of the loss are off by one. They start at 0, so [i, y[i]] is already the true class.",
        "swapped": "In the loss rows and labels changed places in the brackets. Row first: [np.arange(m), y].",
        "first row's": "The loss reads the first row for every example. Pair row i with label y[i].",
        "first class": "The loss takes the same class in every row. Label y[i] says which is true.",
        "distinct": "The number of classes in the loss was counted from the labels. It is W.shape[1].",
        "log of one minus": "In the loss the logarithm is of 1 - p. The loss is -log p.",
        "log2 of the sum": "In the loss the logarithm of the sum has the base 2 and the scores have not. np.log undoes "
        "np.exp.",
        "mean of exponentials": "In the loss the exponentials were averaged inside the logarithm. It is the logarithm "
        "of their sum.",
        "large": "In the loss np.nan_to_num turns infinite into a large number. Take the loss from the shifted scores: "
        "log(sum of exponentials) minus the shifted score of the true class.",
        "times p": "In the loss the logarithm is weighed by p. The loss is -log p alone.",
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
            "The loss is minus the score of the true class; log(sum of exponentials) is missing. The largest score "
            "alone is no such sum.",
        ),
        **dict.fromkeys(
            ("squares", "half of squares"), "The loss is a squared error. It must be -log p of the true class."
        ),
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
        "n": "The loss is divided by the number of features. Divide by m, the number of examples.",
        "m - 1": "The loss is divided by m - 1. A mean divides by m.",
        "half": "The loss is halved. A mean divides by m alone.",
        **dict.fromkeys(("from 1", "plus one"), "In the loss there is a 1 too many. Begin at 0."),
        "mean but the last": ENDS.format("the loss", "last"),
        "largest": "The loss is the largest of all. It must be their mean.",
        "in an array": "The loss stands in an array of one number. Return the number itself.",
        "exponential": "The loss is an exponential. It must be the mean of -log p itself.",
    },
    "minus": {-1: "The sign of the loss is wrong: it is minus the logarithm of a probability, so never negative."},
    "base": {
        "two": "The loss is in bits. np.log gives nats, np.log2 bits.",
        "ten": "The loss has the base 10. np.log is the natural logarithm.",
    },
    "label": {
        "missing": "In dW the label was not subtracted. The entry of the true class is p - 1 before the product.",
        **{name: f"Look at P - Y in dW. {LABELS['label'][name]}" for name in FROM_02},
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
        "n": "dW is divided by the number of features. Divide by m, the number of examples.",
        "m - 1": "dW is divided by m - 1. A mean divides by m.",
        "half": "dW is divided by 2m. A mean divides by m.",
        "times m": "dW is multiplied by m. Divide by m.",
        "true only": "In dW only the entry of the true class is divided by m. Divide all of them.",
        "label only": "In dW only the label is divided by m. Subtract first, then divide.",
        "P only": "In dW only the probability is divided by m. Subtract first, then divide.",
    },
    "sign": {-1: "dW has the wrong sign and points downhill. The gradient is X.T (P - Y) / m, not (Y - P)."},
    "product": {
        "none": "dW holds p - one-hot alone, (m, k). The weights reach the scores through X: each weight's share is "
        "its input times this.",
        "no X": "In dW X is missing: each weight's share is its input, x, times p - one-hot.",
        **dict.fromkeys(
            ("star", "X.T * dZ"),
            "dW was made with *, number by number. .T of a vector does nothing: np.outer(x, p) makes all products of a "
            "pixel and a class, (n, k), and X.T @ dZ adds them up.",
        ),
        "numbers": "Look at the product in dW: x @ p of two vectors is one number. np.outer(x, p) makes all products "
        "of a pixel and a class, (n, k).",
        "X @ dZ": "Look at the product in dW: X is not transposed. X.T @ dZ has shape (n, k), that of W.",
        "added turned": "Look at the product in dW: it is (k, n), and W is (n, k). The input comes first: "
        "np.outer(x, p).",
        "into the type of W": "dW was made like W, with np.zeros_like(W) or a copy. Where W holds whole numbers, it "
        "does too, and has no place for a gradient: make one of floats, np.zeros(W.shape).",
        "label in a row": "In dW the input is subtracted in a row. A class is a column: dW[:, y[i]] -= X[i].",
        "minus X at the label": "In dW -X[i] is added, and pixels of type uint8 have no sign: -1 becomes 255. "
        "Subtract X[i]: -=.",
        **dict.fromkeys(
            ("X first", "X last"), "In dW the same input is used for every example. Each has its own, X[i]."
        ),
        **dict.fromkeys(
            ("dZ first", "dZ last"), "In dW the same p - one-hot is used for every example. Each has its own."
        ),
        "sum of x": "In dW the inputs of an example were added up. Each weight's share is its own input times p - "
        "one-hot: np.outer(x, p).",
        "X twice": "In dW X is there twice. Each weight's share is its input times p - one-hot.",
        "W": "In dW W stands in place of X. Each weight's share is its input times p - one-hot.",
        "each": "dW holds one gradient for each example. Return their mean, of the shape of W.",
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
        **dict.fromkeys(
            ("step", "step of 0.1", "step of 0.01"),
            "These are weights after a step in place of dW. Return the gradient itself.",
        ),
        "absolute": "In dW the signs are lost. Return the gradient with its signs.",
        "flat": "dW is flat. It needs the shape of W, (n, k).",
        **dict.fromkeys(("sum", "class sums"), "dW was summed up. It has an entry for each weight, (n, k)."),
        **dict.fromkeys(
            ("no first class", "no last class", "no first feature", "no last feature"),
            "Some columns or rows of dW are 0. Look at where the loop over classes or features begins and ends.",
        ),
        "zeros": "dW is all zeros. Is the gradient added to it?",
        "nan to 0": "",
        **dict.fromkeys((2, 3, 4), ROUNDED),
    },
    "way": {
        "log P": "",
        "log of 0": "The loss is infinite where the true class lost by 10000. Its probability became 0, and log 0 is "
        "-inf: take the loss from the shifted scores, log(sum of exponentials) minus the shifted score of the true "
        "class.",
        **dict.fromkeys([("added", eps) for eps in (1e-300, 1e-20, 1e-4, 1e-3, *SMALL)], HIDES),
        **dict.fromkeys([("clipped", eps) for eps in (1e-4, 1e-3, *SMALL) if eps > 1e-7], HIDES),
    },
}
