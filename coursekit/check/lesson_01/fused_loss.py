"""Exercise 5 of notebook 01: softmax and cross-entropy in one, from scores."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_01.batch import FAR
from coursekit.check.lesson_01.log_sum_exp import GUARDS, _softmax_cross_entropy
from coursekit.check.lesson_01.mean_loss import LOSS


def _scored(rng):
    """Draw scores and labels; the likeliest class is not always the true one."""
    found = []
    for m, k in ((6, 4), (3, 3), (2, 5)):
        Z, y = rng.normal(0, 2, (m, k)).round(2), rng.integers(0, k, m)
        y[0], y[1] = Z[0].argmin(), Z[1].argmax()
        found.append((Z, y))
    return found


PROBABILITY = (
    "It is infinite on scores of 10000: a probability became 0, and its logarithm infinite. Never form "
    "the probability: log-sum-exp of the shifted scores, minus the shifted score of the true class."
)

softmax_cross_entropy = Exercise(
    "01-softmax-cross-entropy",
    _softmax_cross_entropy,
    tries=(
        (np.array([[0.0, 1.0]]), np.array([0])),
        (np.array([[3, 1, 0]]), np.array([1])),
        (np.array([[1.0, 0.5, -1.0], [0.0, 2.0, 1.5]]), np.array([2, 1])),
        (np.array([[2.0, 1.0, -1.0], [0.5, 0.0, 1.5], [-2.0, 3.0, 0.0], [1.0, 1.0, 0.5]]), np.array([0, 0, 2, 1])),
        (np.array([[0.5, -1.0], [2.0, 1.5], [-0.5, 0.25]]), np.array([0, 0, 0])),
        (FAR, np.array([2, 1])),
        (FAR, np.array([0, 1])),
        (np.array([[500.0, 400.0, -400.0]]), np.array([1])),
        (np.array([[1e4, 1e4 + 1], [-1e4, -1e4 + 2], [0.0, 1e3]]), np.array([1, 0, 0])),
        (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]), np.array([1])),
        (np.array([[2.0], [-3.0]]), np.array([0, 0])),
    ),
    draw=_scored,
    properties=(
        Property(
            "It gives nan on scores of 10000. The usual cause: exp(10000) is infinite, and inf / inf or inf - inf is "
            "nan. Take the largest score of each row away first.",
            lambda value, Z, y: not np.isnan(value),
        ),
        Property(PROBABILITY, lambda value, Z, y: np.isfinite(value)),
        Property(
            "A loss is never negative. Log-sum-exp is at least as large as the largest score: look at the signs.",
            lambda value, Z, y: value > -1e-6,
        ),
    ),
    switches={
        "shift": {
            "none": "It breaks on scores of 10000, because exp(10000) is infinite. Take the largest score of each row "
            "away first, and use the shifted scores everywhere.",
            "batch": "It breaks where rows lie far apart: one maximum was taken away for all rows. In a row far below "
            "it every exponential becomes 0. Each row needs its own: Z.max(axis=1, keepdims=True).",
            "column": "Each column's maximum was taken away. That changes the differences within a row. Take each "
            "row's own maximum away: axis=1.",
            **dict.fromkeys(
                ("flat", "flat, added back"),
                "Look at the shape of the maximum: keepdims is missing. Z.max(axis=1) has shape (m,), which NumPy "
                "lines up with the columns. keepdims=True keeps it a column, (m, 1).",
            ),
            "smallest": "The smallest score of each row was taken away, so the largest still overflows. Take the "
            "largest away.",
            "mean": "The mean of each row was taken away, so the largest score may still overflow. Take the largest "
            "away.",
            "clipped": "It cuts large scores off. A row that is wrong by 10000 loses 10000: shift instead.",
            "added": "The largest score was added; look at the sign of the shift. It must be taken away.",
            "absolute": "The largest absolute value was taken away. Where all scores of a row are near -10000, every "
            "exponential becomes 0. Take the largest score away, with its sign.",
            **dict.fromkeys(
                ("divided", "divided by the batch's", "divided by absolute", "standardised"),
                "The scores were scaled, by a division. That changes the differences between scores, and only these "
                "count: shift each row by its own largest score.",
            ),
            **dict.fromkeys(
                ("first score", "last score"),
                "A score at a fixed place was taken away, so the largest may still overflow. Take the largest of "
                "each row away.",
            ),
            "not added back": "The shift was taken away and never added back. Use the shifted scores everywhere, for "
            "the true class too, or add the maximum to the logarithm.",
            "twice": "The shift was counted twice. Shift Z once, and use it everywhere; or use Z and add the maximum "
            "to the logarithm.",
        },
        "axis": {
            "column": "The sum ran down the columns. An example is a row: axis=1.",
            "flat": "Look at the shape of the log-sum-exp: keepdims is missing. (m,) lines up with the columns of Z. "
            "With keepdims=True it stays (m, 1), and each row loses its own.",
            "column, exact": "Log-sum-exp ran down the columns. An example is a row: axis=1.",
            "batch": "The exponentials were summed over the whole matrix. Each row has its own sum: axis=1.",
            "mean": "The exponentials were averaged inside the logarithm. It is the logarithm of their sum.",
            "plus one": "There is a 1 too many inside the logarithm. The sum begins at 0.",
            "others": "The true class is missing in the sum of exponentials. It holds all classes.",
            "largest": "Only the largest exponential is in the logarithm. It is the logarithm of the sum of all.",
            **dict.fromkeys(
                ("without the first", "without the last", "only the last"),
                "The sum of exponentials does not hold every class. Look at where the loop begins and ends, and at +=.",
            ),
            "rows so far": "The sum of exponentials is not set back to 0 for each row. Begin it inside the loop.",
        },
        "pick": {
            "missing": "The score of the true class is missing: it is log-sum-exp minus Z[i, y[i]].",
            "largest": "This is the loss of the largest score. Use that of the true class: the label says which.",
            "table": "Z[:, y] takes every row at every label, an (m, m) table. Pair row i with label y[i]: "
            "Z[np.arange(m), y].",
            "rows": "Z[y] takes whole rows, the one with the number of the label. Pair row i with label y[i]: "
            "Z[np.arange(m), y].",
            "next": "The labels are off by one: they start at 0, so Z[i, y[i]] is already right.",
            "swapped": "Rows and labels changed places in the brackets. Row first, then the label: Z[np.arange(m), y].",
            "diagonal": "The score Z[i, i] was taken. The label says which: Z[i, y[i]].",
            "first row's": "The scores of the first row were taken for every example. Pair row i with label y[i]: "
            "Z[np.arange(m), y].",
            **dict.fromkeys(
                ("first", "last"), "The score at a fixed place was taken. The label says which: Z[i, y[i]]."
            ),
            "over k": "The true score is divided by k: a mean over Y * Z counts the zeros too. Take the sum over the "
            "classes, or Z[i, y[i]].",
            "smallest": "The smallest score was taken. The label says which: Z[i, y[i]].",
            "expected": "The scores were weighed by the probabilities. Take that of the true class alone, Z[i, y[i]].",
            "rows set": "Look at the one-hot labels: Y[y] = 1 sets whole rows. One entry per row is "
            "Y[np.arange(m), y] = 1.",
            "before": "The labels are off by one: they start at 0, so Z[i, y[i]] is already right.",
            "probability": "The probability of the true class is taken away. It must be its score.",
            "all": "All scores of a row are taken away. Take away only that of the true class.",
            "mean": "The mean score of a row is taken away. Take away that of the true class.",
            "k from the labels": "The number of classes was taken from the labels, y.max() + 1. The last class may not "
            "occur: it is Z.shape[1].",
        },
        "way": {
            "twice": "Softmax was applied twice: probabilities went in where scores belong.",
            "no log-sum-exp": "The log-sum-exp is missing: this is only minus the true scores.",
            "no log": "The logarithm of the sum is missing.",
            "no exp": "The exponential inside the sum is missing.",
            "plus": "The true score is added. It must be taken away: log-sum-exp minus Z[i, y[i]].",
            **dict.fromkeys(
                ("two of it", "ten of it"),
                "The logarithm of the sum has another base than the exponential. np.log undoes np.exp.",
            ),
            "over": "Log-sum-exp is divided by the true score. Take the score away.",
            "probability": "This is the probability of the true class. The loss is minus its logarithm.",
            "one minus": "This is 1 minus the probability of the true class. The loss is minus its logarithm.",
            "log of one minus": "The logarithm was taken of 1 - p. It is -log p, p of the true class.",
            "odds": "These are odds: the probability was divided by that of the other classes. It is -log p.",
            "both sides": "The other classes count too here, by log(1 - p). With softmax only -log p of the true class "
            "counts.",
            "squares": "This is a squared error. The cross-entropy is log-sum-exp minus the true score.",
            "errors": "This counts wrong labels. The loss is log-sum-exp minus the true score.",
            "large": "np.nan_to_num turns infinite into a large number. Never form the probability: log-sum-exp of the "
            "shifted scores, minus the shifted score of the true class.",
            "square": "The losses are squared. The loss is log-sum-exp minus the true score, as it is.",
            "hinge": "These are margins, as of a hinge loss. The loss here is log-sum-exp minus the true score.",
            0.0: PROBABILITY,
            "0 log 0": "It gives nan where a probability became 0: Y * log P is 0 * -inf there. Never form the "
            "probability: log-sum-exp of the shifted scores, minus the shifted score of the true class.",
            **dict.fromkeys(
                GUARDS,
                "A small number inside the logarithm, or a clipped probability, hides how wrong the "
                "worst row is. One that is wrong by 10000 loses 10000. Never form the probability: "
                "log-sum-exp minus the score of the true class.",
            ),
        },
        "total": {
            "sum": "This is a sum over the m samples. Divide by m.",
            "none": "This is one loss per sample. Return their mean, one number.",
            "classes": "It is averaged over the classes as well. Divide by m only.",
            "over k": "It is divided by the number of classes. Divide by m, the number of samples.",
            **dict.fromkeys(
                ("first", "first over m"), "Only the first sample counts. Is the `return` inside the loop?"
            ),
            "m - 1": "It is divided by m - 1. A mean divides by m.",
            "twice": "It is divided by m twice. Once is enough: look where the two are.",
            "half": "It is divided by 2 besides. A mean divides by m alone.",
            **dict.fromkeys(
                ("all but the first", "all but the last", "mean but the first", "mean but the last"),
                "A sample is missing in the total. Look at where the loop begins and ends; range(len(Z)) reaches all.",
            ),
            "running": "The division by m stands inside the loop, so that early samples are divided many times. "
            "Divide once, after it.",
            **dict.fromkeys(("plus one", "from 1"), "There is a 1 too many in the total. It begins at 0."),
            "largest": "This is the largest loss. Return the mean of all.",
            "middle": "This is the median. Return the mean.",
            "labels": "It is divided by the largest label. Divide by m, the number of samples.",
            "in a list": "The mean stands in an array of one number. Return the number itself.",
            **dict.fromkeys(
                ("gradient", "gradient, summed"),
                "This is the gradient in the scores, P - Y. Return the loss itself, one number.",
            ),
            "probabilities": "These are the probabilities. Return the loss: the mean of -log p of the true classes.",
            **dict.fromkeys(
                ("logarithms", "minus logarithms"),
                "These are logarithms of all probabilities. Take that of the true class of each row, and the mean.",
            ),
            "exponential": "An exponential was taken at the end. The loss is the mean itself.",
            "last": "Only the last sample is left. Add each one to the total, +=.",
            "last over m": "Only the last sample is left. Add each one to the total, +=.",
            "log of the mean": "This is the logarithm of the mean probability. Take the mean of the logarithms.",
            **dict.fromkeys(
                ("lse of all", "true of all"),
                "Of log-sum-exp and the true score one is summed and the other averaged. Both need the mean.",
            ),
        },
        "sign": {-1: "The sign is wrong: it is log-sum-exp minus the true score."},
        "base": {
            "two": "This is in bits. np.log gives nats.",
            "ten": "The base is 10. np.log is the natural logarithm.",
        },
    },
    causes=(
        (
            r"same number of dimensions",
            "np.take_along_axis wants the labels as a column, y[:, None]. Z[np.arange(m), y] needs no column.",
        ),
        (r"only .* arrays can be converted|must be real number", "math.log takes one number. np.log takes all."),
    ),
    may_not_call=(*LOSS, "scipy.special.log_softmax", "torch.nn.functional.log_softmax"),
)
