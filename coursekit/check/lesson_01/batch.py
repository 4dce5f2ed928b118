"""Exercise 1 of notebook 01: softmax of a batch, one example per row."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

SOFTMAX = (
    "coursekit.softmax.softmax", "scipy.special.softmax", "scipy.special.log_softmax", "sklearn.utils.extmath.softmax",
    "torch.softmax", "torch.log_softmax", "torch.nn.functional.softmax", "torch.nn.functional.log_softmax",
)  # fmt: skip


def _softmax_rows(Z, *, shift="row", power="e", total="row", after="none"):
    """Return the softmax of each row."""
    Z = np.asarray(Z)
    S = {
        "row": lambda: Z - Z.max(axis=1, keepdims=True),
        "none": lambda: Z,
        "batch": lambda: Z - Z.max(),
        "column": lambda: Z - Z.max(axis=0),
        "flat": lambda: Z - Z.max(axis=1),
        "smallest": lambda: Z - Z.min(axis=1, keepdims=True),
        "mean": lambda: Z - Z.mean(axis=1, keepdims=True),
        "absolute": lambda: Z - np.abs(Z).max(axis=1, keepdims=True),
        "added": lambda: Z + Z.max(axis=1, keepdims=True),
        "divided": lambda: Z / Z.max(axis=1, keepdims=True),
        "divided by the batch's": lambda: Z / Z.max(),
        "standardised": lambda: (Z - Z.mean(axis=1, keepdims=True)) / Z.std(axis=1, keepdims=True),
        "clipped": lambda: np.clip(Z, -500, 500),
        "clipped above": lambda: np.minimum(Z, 700),
        "half precision": lambda: np.float16(Z) - np.float16(Z).max(axis=1, keepdims=True),
    }[shift]()
    E = {
        "e": lambda: np.exp(S),
        "two": lambda: 2.0**S,
        "ten": lambda: 10.0**S,
        "negative": lambda: np.exp(-S),
        "missing": lambda: Z * 1.0,
        "positive part": lambda: np.maximum(Z, 0.0),
        "absolute": lambda: np.abs(Z) * 1.0,
        "square": lambda: Z**2.0,
        "sigmoid": lambda: 1 / (1 + np.exp(-Z)),
        "twice": lambda: np.exp(_softmax_rows(Z)),
    }[power]()
    P = {
        "row": lambda: E / E.sum(axis=1, keepdims=True),
        "column": lambda: E / E.sum(axis=0),
        "batch": lambda: E / E.sum(),
        "flat": lambda: E / E.sum(axis=1),
        "unshifted": lambda: E / np.exp(Z).sum(axis=1, keepdims=True),
        "none": lambda: E,
        "largest": lambda: E / E.max(axis=1, keepdims=True),
        "mean": lambda: E / E.mean(axis=1, keepdims=True),
        "length": lambda: E / np.linalg.norm(E, axis=1, keepdims=True),
        "others": lambda: E / (E.sum(axis=1, keepdims=True) - E),
        "by logarithms": lambda: np.exp(S - np.log(E.sum(axis=1, keepdims=True))),
        "plus one": lambda: E / (1 + E.sum(axis=1, keepdims=True)),
    }[total]()
    return {
        "none": lambda: P,
        "log": lambda: np.log(P),
        "nan to 0": lambda: np.nan_to_num(P),
        "nan to 1": lambda: np.nan_to_num(P, nan=1.0),
        "hard": lambda: (np.asarray(Z) == np.max(Z, axis=1, keepdims=True)) * 1.0,
        "label": lambda: P.argmax(axis=1),
        "whole": lambda: P.astype(Z.dtype),
        "first row": lambda: P[0],
        "rounded to 2": lambda: P.round(2),
        "rounded to 3": lambda: P.round(3),
        "rounded to 4": lambda: P.round(4),
        "per cent": lambda: 100 * P,
    }[after]()


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
        (np.array([[1e4, 1e4 + 1], [-1e4, -1e4 + 2], [3.0, 4.0]]),),
        (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]),),
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
            "plus one": "There is a 1 too many in the sum below. Divide by the sum of the exponentials alone.",
        },
        "after": {
            "log": "These are logarithms of the probabilities. Return the probabilities.",
            **dict.fromkeys(("nan to 0", "nan to 1"), PAINTED),
            "hard": "This is the hard maximum. Softmax gives every class a share.",
            "label": "These are labels, the places of the largest scores. Return all probabilities, (m, k).",
            "whole": "The probabilities were cut to whole numbers where Z holds whole numbers. An array made like Z, "
            "with np.zeros_like or Z.copy(), has its type; make one of floats, np.zeros(Z.shape).",
            "first row": "Only the first row came back. Is the `return` inside the loop?",
            "rounded to 2": ROUNDED,
            "rounded to 3": ROUNDED,
            "rounded to 4": ROUNDED,
            "per cent": "These are per cent. Each row must sum to 1.",
        },
    },
    may_not_call=SOFTMAX,
)
