"""The hints on mistakes in a softmax and in P - Y, which notebooks 02 and 03 share."""

ONE_EACH = "Pair row i with label y[i]: P[np.arange(m), y] -= 1."
ROUNDED = "The gradient is rounded. Return it as it is; rounding is for printing."
PART = "Some rows of the result are 0. Look at where the loop begins and ends, and whether the `return` is inside it."
AGAIN = (
    "The softmax's own derivative was multiplied in once more. P - Y already contains it: its p_y has cancelled the "
    "1/p_y of the logarithm."
)
NAN = (
    "It gives nan or infinity on scores of 10000. The usual cause: exp(10000) is infinite, and inf / inf is nan; a row "
    "far below the maximum becomes 0 / 0. Take the largest score of each row away first: Z.max(axis=1, keepdims=True). "
    "If you do, look for a division by a probability: it may be 0."
)

SOFTMAX = {
    "shift": {
        "none": "It overflows on scores of 10000: look at what goes into the exponential. exp(10000) is infinite. Take "
        "the largest score of each row away first; the probabilities stay the same.",
        "batch": "It breaks where one example scores +10000 and another -10000: one maximum was taken away for all. "
        "Each row needs its own: Z.max(axis=1, keepdims=True).",
        "column": "Each column's maximum was taken away. That changes the differences within a row. Take each row's "
        "own maximum away: axis=1.",
        **dict.fromkeys(
            ("flat", "flat, one-hot"),
            "Look at the shape of the maximum: keepdims is missing. Z.max(axis=1) has shape (m,), which NumPy lines up "
            "with the columns. keepdims=True keeps it a column, (m, 1).",
        ),
        "smallest": "The smallest score of each row was taken away, so the largest still overflows. Take the largest "
        "away.",
        "mean": "The mean of each row was taken away, so the largest score may still overflow. Take the largest away.",
        "clipped": "It cuts large scores off, and then cannot tell them apart. Shift each row by its largest score.",
        "added": "The largest score was added; look at the sign of the shift. It must be taken away.",
        "absolute": "The largest absolute value was taken away. Where all scores of a row are near -10000, every "
        "exponential becomes 0. Take the largest score away, with its sign.",
        **dict.fromkeys(
            ("divided", "divided by absolute"),
            "The scores were scaled, by a division. That changes the differences between scores, and only these "
            "count: shift each row by its own largest score.",
        ),
    },
    "model": {
        "scores": "These are scores minus labels: the softmax is missing. Turn Z into P first.",
        "sigmoid": "A sigmoid was taken of each score alone. Softmax divides the exponentials of a row by their sum.",
        **dict.fromkeys(
            ("log", "log, exact"),
            "These are logarithms of the probabilities. The gradient is P - Y, without a logarithm.",
        ),
        "hard": "Each row is the label of its largest score, not its probabilities. Use the softmax, P.",
        "twice": "Softmax was applied twice: probabilities went in where scores belong.",
        "negative": "There is a minus sign too many in the exponential: the largest score got the smallest "
        "probability.",
    },
    "total": {
        "column": "The softmax ran down the columns. One example is one row, so each row must sum to 1: axis=1, with "
        "keepdims=True.",
        "batch": "The exponentials were divided by the sum of the whole matrix. Each row must sum to 1: axis=1, with "
        "keepdims=True.",
        **dict.fromkeys(
            ("flat", "flat, indexed"),
            "Look at the shape of the sum: keepdims is missing. E.sum(axis=1) has shape (m,), which NumPy lines up "
            "with the columns. keepdims=True keeps it a column, (m, 1).",
        ),
        "none": "The exponentials are not divided by their sum. Each row of P must sum to 1.",
        "others": "It divides by the sum of the other classes, which gives odds. The sum below holds all classes.",
        "mean": "It divides by the mean of the exponentials. Divide by their sum: each row of P must sum to 1.",
        "plus one": "There is a 1 too many in the sum of exponentials. It begins at 0.",
        "down": "The softmax ran across examples, down the columns. One example is one row, so each row must sum to "
        "1: axis=1, with keepdims=True.",
        "flat twice": "Look at the shapes of maximum and sum: keepdims is missing. (m,) lines up with the columns of "
        "(m, k), or does not fit. keepdims=True keeps a column, (m, 1).",
        "whole": "One maximum and one sum were taken of the whole matrix. Each row has its own: axis=1, with "
        "keepdims=True.",
        "down, unshifted": "The softmax ran down the columns, and overflows on scores of 10000. One example is one "
        "row: take maximum and sum with axis=1, keepdims=True.",
        "whole, unshifted": "The exponentials were divided by the sum of the whole matrix, and overflow on scores of "
        "10000. Take maximum and sum of each row: axis=1, keepdims=True.",
        "none, unshifted": "These are exponentials, which overflow and are not divided by their sum. Take the softmax "
        "of each row, with the largest score taken away first.",
    },
}
FIXED_PLACE = dict.fromkeys(
    ("first score", "last score"),
    "A score at a fixed place was taken away, so the largest may still overflow. Take the largest of each row away.",
)
LABELS = {
    "label": {
        "missing": "Y was not subtracted. The entry of the true class is p - 1.",
        "only the true": "Only the entry of the true class is filled. To raise another score lowers the true class's "
        "probability, so the other entries are p, not 0.",
        "all but the true": "The entry of the true class is 0. It is p - 1: to raise its score lowers the loss.",
        "product": "P was multiplied by Y. Y must be subtracted.",
        "numbers": "The labels were subtracted as numbers. A label is the place where 1 is subtracted. " + ONE_EACH,
        "numbers, flat": "The labels were subtracted as numbers. A label is the place where 1 is subtracted. "
        + ONE_EACH,
        "table": "P[:, y] takes whole columns. " + ONE_EACH,
        "rows": "P[y] takes whole rows, the ones with the numbers of the labels. " + ONE_EACH,
        "swapped": "Rows and classes changed places: the first index is the row. " + ONE_EACH,
        "first row's": "Only the first row is changed, for every label. " + ONE_EACH,
        "before": "The labels are off by one: they start at 0, so P[i, y[i]] is already the true class.",
        "next": "The labels are off by one: they start at 0, so P[i, y[i]] is already the true class.",
        "predicted": "1 was subtracted at the largest probability. Subtract it at the true class, whatever the model "
        "thinks: the label says which.",
        "k from the labels": "The number of classes was taken from the labels, y.max() + 1. The last classes may not "
        "occur: it is Z.shape[1].",
        "everywhere": "1 was subtracted everywhere. Only the entry of the true class is p - 1.",
        "added": "Y was added. It must be subtracted: the gradient is P - Y.",
        "picked": "Only the true class's number of each row came back. The gradient has an entry for each score.",
        "square": "P - Y is squared. The gradient of the cross-entropy is P - Y itself.",
        "absolute": "The signs are lost: this is the absolute value of P - Y.",
        **dict.fromkeys(
            ("in P", "in P, true"), "This is the gradient in the probabilities, -Y / P. Go on through the softmax."
        ),
        **dict.fromkeys(
            ("first's", "last's", "all but the first's", "all but the last's"),
            "Some rows keep p at their true class: the label was not subtracted there. Look at where the loop over the "
            "examples begins and ends, and whether the `return` is inside it.",
        ),
        **dict.fromkeys(
            ("-1", "1"), "The entry of the true class is a fixed number. It is p - 1: subtract with -=, do not set it."
        ),
        "others turned": "The entries of the other classes have the wrong sign. They are p, and the true class's is "
        "p - 1.",
        "uniform": "1/k was subtracted everywhere. Subtract the label: 1 at the true class, 0 elsewhere.",
        **dict.fromkeys(
            ("times P", "times 1 - P"),
            "P - Y is multiplied by a probability once more. The gradient of the cross-entropy is P - Y itself.",
        ),
        "times Z": "P - Y is multiplied by the scores. The gradient in the scores is P - Y itself.",
        "twice": "1 was subtracted twice at the true class. Its entry is p - 1.",
        "distinct": "The number of classes was counted from the labels. Some class may not occur: it is Z.shape[1].",
        **dict.fromkeys(
            ("first class", "last class"),
            "1 was subtracted at the same class in every row. The label says which: P[i, y[i]].",
        ),
        "no P": "The probabilities are missing: this is minus the label. The gradient is P - Y.",
        "again": AGAIN,
        "again, in full": AGAIN,
        "slope": "This is p (1 - p), the softmax's own derivative. With the loss before it, P - Y is left.",
    },
    "mean": {
        "none": "The 1/m is missing. The loss is a mean over the m examples, and so is its gradient.",
        "k": "It is divided by the number of classes. Divide by m, the number of examples.",
        "m - 1": "It is divided by m - 1. A mean divides by m.",
        "entries": "It is divided by the number of entries. Divide by m only: np.mean counts the classes too.",
        "twice": "It is divided by m twice. Once is enough: look where the two are.",
        "label only": "Only Y is divided by m. Look at the brackets: (P - Y) / m.",
        "P only": "Only P is divided by m. Subtract first, then divide: (P - Y) / m.",
        **dict.fromkeys(
            ("over the examples", "summed up"),
            "The examples were averaged away. Each has its own row; divide by m, and do not sum.",
        ),
        "half": "It is divided by 2m. Divide by m: no square is in this loss.",
        "times m": "It is multiplied by m. Divide by m.",
        "running": "The division by m stands inside the loop, so that early rows are divided many times. Divide once.",
        "largest label": "It is divided by the largest label. Divide by m, the number of examples.",
        "true only": "Only the entry of the true class is divided by m. Divide all of them: (P - Y) / m.",
    },
    "sign": {-1: "The sign is wrong. It is P - Y: to raise the true class's score must lower the loss."},
}
