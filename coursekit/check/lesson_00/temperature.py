"""Exercise 1 of notebook 00: softmax of one vector, with a temperature."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_00.tempered import DIGITS, _tempered_softmax


def _tempered(rng):
    """Draw vectors of scores and temperatures, on both sides of 1."""
    return [
        (rng.normal(0, 1.5, size).round(2), round(rng.uniform(*between), 1))
        for size, between in ((3, (1.5, 4)), (5, (0.3, 0.8)), (6, (1.3, 3)))
    ]


INSIDE = "Divide the scores by it, inside the exponential: exp(z / T), above and below."
ONE = "One number came back. Each score gets its probability: return the whole vector, after the loop."
SOME = "Some probabilities are missing. Look at where the loop begins and ends, and whether the `return` is inside it."
ROUNDED = "The probabilities are rounded. Return them as they are; rounding is for printing."

tempered_softmax = Exercise(
    "00-tempered-softmax",
    _tempered_softmax,
    tries=(
        (np.array([0.0, 1.0]), 2),
        (np.array([2.0, 1.0, 0.5, -1.0]), 1.0),
        (np.array([2.0, 1.0, 0.5, -1.0]), 0.5),
        (np.array([3, 1, 0, 2, 2]), 2),
        (np.array([-1.0, -3.0, -0.5]), 3.0),
        (np.array([4.0]), 3.0),
        (np.array([1.0, 1.0, 1.0]), 0.25),
        (np.array([10.0, -10.0, 0.0]), 4.0),
    ),
    draw=_tempered,
    properties=(
        Property("No probability is negative. Look at the exponential.", lambda p, z, T: (p >= 0).all()),
        Property(
            "The probabilities must sum to 1. Look at what the exponentials are divided by.",
            lambda p, z, T: np.isclose(p.sum(), 1, atol=1e-5),
        ),
        Property(
            "The largest score must get the largest probability. Look at the sign in the exponential.",
            lambda p, z, T: p[z.argmax()] > p.max() - 1e-5,
        ),
    ),
    switches={
        "heat": {
            "ignored": f"The temperature makes no difference. {INSIDE} A factor in front of every exponential cancels.",
            "times": "A higher temperature makes it sharper. It must make it flatter: divide the scores by T.",
            "after": "The probabilities are divided by the temperature. " + INSIDE,
            "above only": f"The temperature is only above, not in the sum below. {INSIDE}",
            "below only": f"The temperature is only in the sum below, not above. {INSIDE}",
            **dict.fromkeys(
                ("base", "inverse base"), "The temperature is the base of the power. The base is e: exp(z / T)."
            ),
            "root of it": f"The probabilities were raised to the power 1/T, and no longer sum to 1. {INSIDE}",
            "below": "The temperature is divided by the scores. It is the other way: z / T.",
            "floor": "The scores are divided without a rest. Use / in place of //.",
            "squared": "The scores are divided by T twice. Once is enough.",
            "root": "The scores are divided by the root of T. Divide by T itself.",
            "halved": "The scores are divided by 2 T. Divide by T itself.",
            "one more": "The scores are divided by 1 + T. Divide by T itself.",
            **dict.fromkeys(("power", "inverse power"), "The scores are raised to a power. Divide them by T."),
            "log": "The scores are divided by log T. Divide by T itself.",
            "after, times": "The probabilities are multiplied by the temperature: it divides their sum. " + INSIDE,
            "in place": "Look at an operator such as /=: it writes into z. Where z holds whole numbers there is no "
            "place for fractions, and the caller still needs z: compute into a new array, z / T.",
            "whole": "The scores are cut to whole numbers after the division. Leave z / T as it is.",
            "probability": "The temperature divides probabilities that a softmax gave before, and a second softmax "
            "follows. Divide the scores, and take the softmax once.",
            "largest only": "Only the largest score is divided by T. Divide all of them.",
        },
        "power": {
            "two": "The base is 2. It must be e: np.exp.",
            "ten": "The base is 10. It must be e: np.exp.",
            "negative": "The largest score got the smallest probability: there is a minus sign too many in the "
            "exponential.",
            "missing": "These are shares of the scores. Take the exponential first: scores may be negative.",
            "positive part": "Negative scores became 0 instead of small. np.exp makes every score positive.",
            "absolute": "These are shares of absolute scores. Take the exponential: -5 is smaller than -3.",
            "square": "These are shares of squares. Take the exponential: -5 is a smaller score than -3.",
            "sigmoid": "A sigmoid was taken of each score alone. Softmax takes the exponential.",
            "twice": "Softmax was applied twice: probabilities went in where scores belong.",
            "minus one": "1 was taken from each exponential. Leave it as it is: exp(z / T), not np.expm1.",
            "log": "This is a logarithm where the exponential belongs. np.exp makes every score positive.",
            "cosine": "This is a hyperbolic cosine. Softmax takes the exponential, np.exp.",
            **dict.fromkeys(
                ("school e", "shorter e", "shortest e"),
                "Look at the number e: some digits of it are too few. np.exp(z / T) knows them all.",
            ),
            "plus one": "1 was added to each exponential. Leave it as it is: exp(z / T).",
        },
        "total": {
            "none": "The exponentials do not sum to 1 yet. Divide them by their sum.",
            "largest": "It divides by the largest exponential. Divide by their sum.",
            "mean": "It divides by the mean. Divide by the sum: then the probabilities sum to 1.",
            "length": "It divides by the length of the vector, np.linalg.norm. Divide by the sum.",
            "others": "It divides by the sum of the other classes, which gives odds. The sum below holds all classes.",
            "so far": "Each exponential is divided by the sum so far. First add up all, then divide.",
            **dict.fromkeys(
                ("first", "last", "all but the first", "all but the last"),
                "The sum below does not hold every exponential. Look at where the loop begins and ends, and at +=.",
            ),
            "plus one": "There is a 1 too many in the sum below. Does the sum begin at 0?",
            "first twice": "The first exponential is in the sum twice. Begin the sum at 0, or the loop at the second.",
            "minus one": "There is a 1 taken from the sum below. Divide by the sum of the exponentials alone.",
            "axis 1": "z is a vector, with one axis, axis 0. Leave axis=1 out: .sum() adds up all.",
            **dict.fromkeys(
                ("three", "three given", "two"),
                "It counts on a fixed number of scores, as in an example on paper. z may have any length: sum over "
                "all of them.",
            ),
            "itself": "Each exponential is divided by itself. Divide by the sum of all.",
            "score above": "The exponential is missing above: a score is divided by the sum of exponentials. It is "
            "exp(z / T) above and below.",
            "times": "It multiplies by the sum of the exponentials. Divide by it.",
            "turned": "The division is upside down. It is the exponential over the sum.",
            "taken away": "The sum is taken away. Divide by it.",
            "of exp T": "It divides by the exponential of T. Divide by the sum of the exponentials of z / T.",
            "T": "The exponentials are divided by T in place of their sum. " + INSIDE,
            "repeatedly": "The sum changes while the loop divides: entries before are divided already. Take the sum "
            "once, before the loop.",
            "sum of scores": "It divides by the sum of the scores. Divide by the sum of their exponentials.",
            "exp of the sum": "It divides by the exponential of the sum, which is the product of the exponentials. "
            "Divide by their sum.",
            "count": "It divides by how many scores there are. Divide by the sum of the exponentials.",
        },
        "shift": {
            "row": "",
            "min": "",
            "divided": "The scores were divided by the largest. To shift is to take the largest away.",
            "absolute": "Absolute values were taken away. Every score must lose the same number, the largest.",
            "scaled": "The scores were divided by their sum first. Take exp(z / T) of the scores as they are.",
            "standardised": "The scores were standardised, which changes their differences. Take them as they are.",
            "below only": "The shift by the largest score is only below, so it does not cancel. Shift once, and use "
            "the shifted scores above and below.",
            "above only": "The shift by the largest score is only above, so it does not cancel. Shift once, and use "
            "the shifted scores above and below.",
        },
        "after": {
            "log": "These are logarithms of the probabilities. Return the probabilities.",
            "hard": "This is the hard maximum. Softmax gives every class a share.",
            "label": "This is the place of the largest score. Return all probabilities.",
            **dict.fromkeys(("largest", "first", "last", "sum", "mean", "total"), ONE),
            **dict.fromkeys(("of the first", "of the last", "but the first", "but the last"), SOME),
            **dict.fromkeys(("first filled", "first not filled", "last filled", "last not filled"), SOME),
            "column": "The probabilities stand in a column. Give a vector, (k,), as z is.",
            "one row": "The probabilities stand in a matrix of one row. Give a vector, (k,), as z is.",
            "table": "The whole vector came back once for each score. Return it once, after the loop.",
            "scores": "These are scores. Return their probabilities: exponentials over their sum.",
            **dict.fromkeys(
                ("sorted", "falling", "turned"), "The probabilities are in another order. p[j] belongs to z[j]."
            ),
            "whole": "The result was cut to whole numbers where z holds whole numbers. An array made like z, with "
            "np.zeros_like or z.copy(), has its type; make one of floats, np.zeros(len(z)).",
            "per cent": "These are per cent. Probabilities sum to 1.",
            **dict.fromkeys(DIGITS, ROUNDED),
        },
    },
    causes=(
        (r"axis 1 is out of bounds", "z is a vector, with one axis, axis 0. Leave axis=1 out."),
        (r"index \d+ is out of bounds for axis 0", "z may have any length, 1 as well. Do not count on three scores."),
        (
            r"Cannot cast ufunc",
            "Look at an operator such as /=: it writes into z. Where z holds whole numbers there is no place for "
            "fractions, and the caller still needs z: compute into a new array, z / T.",
        ),
    ),
    may_not_call=(
        "coursekit.softmax.softmax", "scipy.special.softmax", "scipy.special.log_softmax",
        "sklearn.utils.extmath.softmax", "torch.softmax", "torch.log_softmax", "torch.nn.functional.softmax",
        "torch.nn.functional.log_softmax",
    ),
)  # fmt: skip
