"""Exercise 1 of notebook 01: softmax of a batch, one example per row."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_01.rows import _softmax_rows

SOFTMAX = (
    "coursekit.softmax.softmax", "scipy.special.softmax", "scipy.special.log_softmax", "sklearn.utils.extmath.softmax",
    "torch.softmax", "torch.log_softmax", "torch.nn.functional.softmax", "torch.nn.functional.log_softmax",
)  # fmt: skip


def _score_batches(rng):
    """Draw batches of scores: tall, wide, and square, where a missing keepdims is silent."""
    return [(rng.normal(0, 2, shape).round(2),) for shape in ((5, 3), (3, 5), (4, 4))]


FAR = np.array([[1e4, 0.0, -1e4], [1e4, 1e4 + 1, -2e4]])
PAINTED = (
    "Where the exponentials overflow or all become 0, the damage is hidden: 0 or 1 comes out instead of nan, by "
    "np.nan_to_num or by a small number in the divisor. Shift each row by its largest score, and no nan arises."
)
ROUNDED = "The probabilities are rounded. Return them as they are; rounding is for printing."

softmax_rows = Exercise(
    "01-softmax-rows",
    _softmax_rows,
    tries=(
        (np.array([[0.0, 1.0]]),),
        (np.array([[3, 1, 0], [0, 2, 2]]),),
        (np.array([[1.0, 2.0, 3.0], [3.0, 4.0, 5.5], [-1.0, 0.5, 0.0]]),),
        (np.array([[2.0], [-3.0]]),),
        (FAR,),
        (np.array([[1e4, 1e4 + 1], [-1e4, -1e4 + 2], [0.0, 1e3]]),),
        (np.array([[-1e4, -1e4 - 2, -1e4 - 1], [0.0, 1e3, 1e3 + 1]]),),
    ),
    draw=_score_batches,
    properties=(
        Property(
            "A large score makes it nan or infinite. Of each row its own largest score is taken away first, so that "
            "the largest exponential is exp(0) = 1.",
            lambda P, Z: np.isfinite(P).all(),
        ),
        Property(
            "Each row of P must sum to 1, and some row does not. Look at what the exponentials are divided by.",
            lambda P, Z: np.allclose(P.sum(axis=1), 1, atol=1e-5),
        ),
        Property("No probability is negative. Look at the exponential.", lambda P, Z: (P >= 0).all()),
        Property(
            "The largest score must get the largest probability. Look at the sign in the exponential.",
            lambda P, Z: (np.take_along_axis(P, Z.argmax(axis=1)[:, None], 1)[:, 0] > P.max(axis=1) - 1e-5).all(),
        ),
    ),
    switches={
        "shift": {
            "none": "It overflows on scores of 10000: look at what goes into the exponential. There exp(10000) is "
            "infinite, and inf / inf is nan. Take the largest score of each row away first; the probabilities stay "
            "the same.",
            "batch": "It breaks where rows lie far apart: one maximum was taken away for all rows. A row far below it "
            "becomes 0 / 0. Each row needs its own: Z.max(axis=1, keepdims=True).",
            "column": "Each column's maximum was taken away. That changes the differences within a row, and with them "
            "its probabilities. Take each row's own maximum away: axis=1.",
            "flat": "Look at the shape of the maximum: keepdims is missing. Z.max(axis=1) has shape (m,), which NumPy "
            "lines up with the columns. On a square Z that is silent: each column loses another row's maximum. "
            "keepdims=True keeps it a column, (m, 1).",
            "smallest": "The smallest score of each row was taken away, so the largest still overflows. Take the "
            "largest away: then no exponent is above 0.",
            "mean": "The mean of each row was taken away, so the largest score may still overflow. Take the largest "
            "away: then no exponent is above 0.",
            "absolute": "The largest absolute value was taken away. Where all scores of a row are near -10000, that "
            "makes them -20000, and every exponential becomes 0. Take the largest score away, with its sign.",
            "added": "The largest score was added; look at the sign of the shift. It must be taken away.",
            "divided": "The scores were divided by the largest; they must be shifted by it. A division changes the "
            "differences between scores, and only these count.",
            "divided by the batch's": "The scores were divided by the largest of the batch; they must be shifted, each "
            "row by its own largest. A division changes the differences between scores, and only these count.",
            "standardised": "The scores were standardised, so that every row has the same spread. Softmax needs the "
            "differences as they are: shift them, and do not divide.",
            "clipped below": "It cuts small scores off. Shift each row by its largest score: that loses nothing.",
            **dict.fromkeys(
                (
                    "divided by absolute",
                    "divided by the batch's absolute",
                    "between 0 and 1",
                    "divided by the sum",
                    "divided by the length",
                    "divided by 100",
                    "divided by 1000",
                ),
                "The scores were scaled, by a division. That changes the differences between scores, and only these "
                "count: shift each row by its own largest score.",
            ),
            "after the exponential": "The maximum comes too late: exp(10000) is infinite before it is divided. Take "
            "the maximum away from the scores, inside the exponential.",
            **dict.fromkeys(
                ("last score", "first score"),
                "A score at a fixed place was taken away, so the largest may still overflow. Take the largest of "
                "each row away.",
            ),
            "cut": "The scores were cut to whole numbers. Compute with them as they are.",
            "clipped above": "It cuts large scores off, and then cannot tell them apart. A row of small scores still "
            "becomes 0 / 0. Shift each row by its largest score: that loses nothing.",
            "half precision": "It computes in float16, which has three digits. Use float32 or float64.",
            "clipped": "It cuts large scores off, and then cannot tell them apart. Shift each row by its largest "
            "score: that loses nothing.",
        },
        "power": {
            "two": "The base is 2. It must be e: np.exp.",
            "ten": "The base is 10. It must be e: np.exp.",
            "negative": "The largest score got the smallest probability: there is a minus sign too many in the "
            "exponential.",
            "missing": "These are shares of the scores: the exponential is missing. Scores may be negative, and shares "
            "of them are not probabilities.",
            "positive part": "Negative scores became 0 instead of small. np.exp makes every score positive and keeps "
            "the order.",
            "absolute": "These are shares of absolute scores: the exponential is missing. -5 is smaller than -3.",
            "square": "These are shares of squares: the exponential is missing. -5 is a smaller score than -3.",
            "sigmoid": "A sigmoid was taken of each score alone. Softmax takes the exponential, np.exp, and lets the "
            "scores of a row compete by the sum.",
            "twice": "Softmax was applied twice: probabilities went in where scores belong.",
            "into Z": "Look at the array that the exponentials are written into: it holds whole numbers where Z does. "
            "Compute into a new array, np.exp(Z).",
            "shorter e": "Look at the number e: some digits of it are too few. np.exp knows them all.",
            "minus one": "1 was taken from each exponential. Leave it as it is: np.exp, not np.expm1.",
            "plus one": "1 was added to each exponential. Leave it as it is.",
            "shifted score": "The exponential is missing: the shifted scores themselves are divided by their sum. "
            "np.exp comes between the shift and the sum.",
            "log": "This is a logarithm where the exponential belongs. np.exp makes every score positive.",
        },
        "total": {
            "column": "Look at the axis of the sum: the columns sum to 1, rows do not. An example is a row, so the "
            "sum runs across it: axis=1, with keepdims=True.",
            "batch": "Look at the axis of the sum: the whole matrix sums to 1, and each row must. The sum needs "
            "axis=1, with keepdims=True.",
            "flat": "Look at the shape of the sum: keepdims is missing. E.sum(axis=1) has shape (m,), which NumPy "
            "lines up with the columns. On a square Z that is silent: each column is divided by another row's sum. "
            "keepdims=True keeps it a column, (m, 1).",
            "unshifted": "The shift is only in the numerator, so it does not cancel. Shift once, and use the shifted "
            "scores above and below.",
            **dict.fromkeys(
                ("none", "largest"), "The exponentials are not divided by their sum. Each row must sum to 1."
            ),
            "mean": "It divides by the mean of the row. Divide by the sum: then the row sums to 1.",
            "length": "Rows have length 1, not sum 1. Divide by the sum, not by np.linalg.norm.",
            "others": "It divides by the sum of the other classes, which gives odds. The sum below holds all classes, "
            "the class itself too.",
            "by logarithms": "",
            "minus one": "There is a 1 taken from the sum below. Divide by the sum of the exponentials alone.",
            "shifted below": "The shift is only below, so it does not cancel. Shift once, and use the shifted scores "
            "above and below.",
            **dict.fromkeys(
                ("so far", "rows so far"),
                "It divides by the sum so far. First add up all exponentials of this row, beginning at 0 in each row; "
                "then divide.",
            ),
            **dict.fromkeys(
                ("without the first", "without the last", "only the first", "only the last", "first twice"),
                "The sum below does not hold every exponential of the row once. Look at where the loop begins and "
                "ends, and at +=.",
            ),
            "first row's": "Every row is divided by the sum of the first row. Each needs its own: axis=1, with "
            "keepdims=True.",
            **dict.fromkeys(
                ("over k", "over m"), "It divides by a count. Divide by the sum of the row's exponentials."
            ),
            "itself": "Each exponential is divided by itself. Divide by the sum of its row.",
            "scores": "It divides by the sum of the scores. Divide by the sum of their exponentials.",
            "scores above": "The exponential is missing above: a score is divided by the sum of exponentials.",
            "times": "It multiplies by the sum of the exponentials. Divide by it.",
            "turned": "The division is upside down. It is the exponential over the sum of its row.",
            "exp of the sum": "It divides by the exponential of the sum. Divide by the sum of the exponentials.",
            "plus one": "There is a 1 too many in the sum below. Divide by the sum of the exponentials alone.",
        },
        "after": {
            **dict.fromkeys(
                ("log", "log, exact"), "These are logarithms of the probabilities. Return the probabilities."
            ),
            **dict.fromkeys(("nan to 0", "nan to 1"), PAINTED),
            **dict.fromkeys(("hard", "one-hot"), "This is the hard maximum. Softmax gives every class a share."),
            "label": "These are labels, the places of the largest scores. Return all probabilities, (m, k).",
            **dict.fromkeys(("first row", "last row"), "Only one row came back. Is the `return` inside the loop?"),
            "transposed": "Its result is the transpose of what is right, (k, m). One row of P belongs to one row of Z.",
            "reshaped": "The numbers are right and stand in other places. A reshape is not a transpose: use .T.",
            "flat": "All probabilities came back in one row. P has the shape of Z, (m, k).",
            "sum": "The probabilities were added up to one number. Return them all, (m, k).",
            **dict.fromkeys(
                ("largest", "largest in a column"), "These are the largest probabilities. Return all of them, (m, k)."
            ),
            **dict.fromkeys(
                ("sums", "sums, flat"), "These are the sums of the exponentials. Return each exponential over its sum."
            ),
            "scores": "These are shifted scores. Take their exponentials, and divide each by the sum of its row.",
            **dict.fromkeys(
                ("sorted", "falling"), "The probabilities of a row were sorted. P[i, j] belongs to Z[i, j]."
            ),
            "rounded to 5": ROUNDED,
            "rounded to 2": ROUNDED,
            "rounded to 3": ROUNDED,
            "rounded to 4": ROUNDED,
            "per cent": "These are per cent. Each row must sum to 1.",
        },
        "part": {
            **dict.fromkeys(
                (
                    "first row",
                    "last row",
                    "no first row",
                    "no last row",
                    "no first class",
                    "no last class",
                    "without the first row",
                    "without the last row",
                    "first row alone",
                ),
                "Some rows or classes are left out. Look at where the loop begins and ends, and whether the `return` "
                "is inside it.",
            ),
            **dict.fromkeys(
                ("first row everywhere", "last row everywhere"),
                "Every row of the result is the same. Does the loop use its own row, Z[i], and a new list for each?",
            ),
            "turned": "The rows are in another order. Row i of P belongs to row i of Z.",
        },
        "kind": {
            "whole": "The probabilities were cut to whole numbers where Z holds whole numbers. An array made like Z, "
            "with np.zeros_like or Z.copy(), has its type; make one of floats, np.zeros(Z.shape).",
        },
    },
    causes=(
        (r"only .* arrays can be converted|must be real number", "math.exp takes one number. np.exp takes all."),
        (
            r"truth value of an array",
            "Python's max compares rows, and cannot tell which is larger. Z.max(axis=1, keepdims=True) takes the "
            "largest of each row.",
        ),
    ),
    may_not_call=SOFTMAX,
)
