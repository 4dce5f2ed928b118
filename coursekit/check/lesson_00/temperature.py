"""Exercise 1 of notebook 00: softmax of one vector, with a temperature."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _tempered_softmax(z, temperature, *, heat="divides", power="e", total="sum", shift="none", after="none"):
    """Return the softmax of z / T."""
    z, T = np.asarray(z), temperature
    scores = {
        "divides": lambda: z / T,
        "ignored": lambda: z * 1.0,
        "times": lambda: z * T,
        "below": lambda: T / z,
        "floor": lambda: z // T,
        "squared": lambda: z / T**2,
        "root": lambda: z / np.sqrt(T),
        "halved": lambda: z / (2 * T),
        "one more": lambda: z / (1 + T),
        "power": lambda: z**T,
        "inverse power": lambda: z ** (1 / T),
        "log": lambda: z / np.log(T),
        "largest only": lambda: np.where(z == z.max(), z / T, z),
        "after": lambda: z * 1.0,
        "root of it": lambda: z * 1.0,
        "above only": lambda: z / T,
        "below only": lambda: z * 1.0,
        "base": lambda: z * np.log(T),
        "inverse base": lambda: -z * np.log(T),
    }[heat]()
    S = scores - scores.max() if shift in ("row", "above only") else scores - scores.min() if shift == "min" else scores
    exponential = {
        "e": np.exp,
        "two": lambda S: 2.0**S,
        "ten": lambda S: 10.0**S,
        "negative": lambda S: np.exp(-S),
        "missing": lambda S: S * 1.0,
        "positive part": lambda S: np.maximum(S, 0.0),
        "absolute": np.abs,
        "square": lambda S: S**2.0,
        "sigmoid": lambda S: 1 / (1 + np.exp(-S)),
        "twice": lambda S: np.exp(np.exp(S) / np.exp(S).sum()),
        "plus one": lambda S: np.exp(S) + 1,
    }[power]
    E = exponential(S)
    below = exponential({"above only": z * 1.0, "below only": z / T}.get(heat, scores if shift == "above only" else S))
    p = {
        "sum": lambda: E / below.sum(),
        "none": lambda: E,
        "largest": lambda: E / below.max(),
        "mean": lambda: E / below.mean(),
        "length": lambda: E / np.linalg.norm(below),
        "others": lambda: E / (below.sum() - below),
        "so far": lambda: E / np.cumsum(below),
        "first": lambda: E / below[0],
        "last": lambda: E / below[-1],
        "all but the first": lambda: E / below[1:].sum(),
        "all but the last": lambda: E / below[:-1].sum(),
        "plus one": lambda: E / (1 + below.sum()),
        "sum of scores": lambda: E / scores.sum(),
        "exp of the sum": lambda: E / exponential(np.atleast_1d(scores.sum())),
        "count": lambda: E / len(z),
    }[total]()
    p = p / T if heat == "after" else p ** (1 / T) if heat == "root of it" else p
    return {
        "none": lambda: p,
        "log": lambda: np.log(p),
        "hard": lambda: (z == z.max()) * 1.0,
        "label": lambda: p.argmax(),
        "largest": lambda: p.max(),
        "first": lambda: p[0],
        "last": lambda: p[-1],
        "sum": lambda: p.sum(),
        "sorted": lambda: np.sort(p),
        "falling": lambda: np.sort(p)[::-1],
        "turned": lambda: p[::-1],
        "whole": lambda: p.astype(z.dtype),
        "per cent": lambda: 100 * p,
        **{digits: lambda digits=digits: p.round(digits) for digits in (1, 2, 3, 4)},
    }[after]()


def _tempered(rng):
    """Draw vectors of scores and temperatures, on both sides of 1."""
    return [
        (rng.normal(0, 1.5, size).round(2), round(rng.uniform(*between), 1))
        for size, between in ((3, (1.5, 4)), (5, (0.3, 0.8)), (6, (1.3, 3)))
    ]


INSIDE = "Divide the scores by it, inside the exponential: exp(z / T), above and below."
ONE = "One number came back. Each score gets its probability: return the whole vector, after the loop."
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
            "sum of scores": "It divides by the sum of the scores. Divide by the sum of their exponentials.",
            "exp of the sum": "It divides by the exponential of the sum. Divide by the sum of the exponentials.",
            "count": "It divides by how many scores there are. Divide by the sum of the exponentials.",
        },
        "shift": {
            "row": "",
            "min": "",
            "above only": "The shift by the largest score is only above, so it does not cancel. Shift once, and use "
            "the shifted scores above and below.",
        },
        "after": {
            "log": "These are logarithms of the probabilities. Return the probabilities.",
            "hard": "This is the hard maximum. Softmax gives every class a share.",
            "label": "This is the place of the largest score. Return all probabilities.",
            **dict.fromkeys(("largest", "first", "last", "sum"), ONE),
            **dict.fromkeys(
                ("sorted", "falling", "turned"), "The probabilities are in another order. p[j] belongs to z[j]."
            ),
            "whole": "The result was cut to whole numbers where z holds whole numbers. An array made like z, with "
            "np.zeros_like or z.copy(), has its type; make one of floats, np.zeros(len(z)).",
            "per cent": "These are per cent. Probabilities sum to 1.",
            **dict.fromkeys((1, 2, 3, 4), ROUNDED),
        },
    },
    may_not_call=(
        "coursekit.softmax.softmax", "scipy.special.softmax", "scipy.special.log_softmax",
        "sklearn.utils.extmath.softmax", "torch.softmax", "torch.log_softmax", "torch.nn.functional.softmax",
        "torch.nn.functional.log_softmax",
    ),
)  # fmt: skip
