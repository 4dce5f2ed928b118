"""Exercise 2 of notebook 15: a learning rate that is cut after every so many steps."""

import math

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _decayed_rate(start, factor, every, step, *, cuts="whole", form="power", literal="none", after="none"):
    """Return the start, multiplied by the factor once for every whole number of intervals that lie behind."""
    factor = {"0.95": 0.95, "0.5": 0.5, "0.95, every 50": 0.95, "all": 0.95}.get(literal, factor)
    every = {"every 50": 50, "every 100": 100, "every 150": 150, "0.95, every 50": 50, "all": 50}.get(literal, every)
    start = {"0.75": 0.75, "4.0": 4.0, "all": 0.75}.get(literal, start)
    whole = step // every
    c = {
        "whole": lambda: whole,
        "part": lambda: step / every,
        "up": lambda: -(-step // every),
        "nearest": lambda: math.floor(step / every + 0.5),
        "nearest, half to even": lambda: round(step / every),
        "table": lambda: np.zeros(step)[step],
        "list": lambda: [0][step + 1],
        "one more": lambda: whole + 1,
        "one less": lambda: max(whole - 1, 0),
        "early": lambda: (step + 1) // every,
        "late": lambda: max(step - 1, 0) // every,
        "late, below 0": lambda: (step - 1) // every,
        "each step": lambda: step,
        "each step later": lambda: max(step - every + 1, 0),
        "remainder": lambda: step % every,
        "once": lambda: min(whole, 1),
        "once, late": lambda: step > every,
        "at the cuts": lambda: step > 0 and step % every == 0,
        "at the cuts and at 0": lambda: step % every == 0,
        "turned over": lambda: every // step,
        "never": lambda: 0,
        "compounded": lambda: sum(i // every for i in range(step + 1)),
        "compounded, late": lambda: sum(i // every for i in range(step)),
        "compounded at cuts": lambda: whole * (whole + 1) // 2,
    }[cuts]()
    c = float(c)
    rate = {
        "power": lambda: start * factor**c,
        "times": lambda: start * factor * c,
        "minus": lambda: start - factor * c,
        "plus": lambda: start + factor * c,
        "linear": lambda: start * (1 - factor * c),
        "lost share": lambda: start * (1 - factor) ** c,
        "linear, lost share": lambda: start * (1 - (1 - factor) * c),
        "inverse": lambda: start / (1 + factor * c),
        "inverse, lost share": lambda: start / (1 + (1 - factor) * c),
        "over the cuts": lambda: start / (1 + c),
        "exponential": lambda: start * math.exp(-factor * c),
        "divided": lambda: start / factor**c,
        "turned over": lambda: start * c**factor,
        "all to the power": lambda: (start * factor) ** c,
        "start to the power": lambda: start**c * factor,
        "no start": lambda: factor**c,
        "factor once": lambda: start * factor,
        "times, from the first cut": lambda: start * factor * c if c else start,
        "power over every": lambda: start * factor**step / every,
        "power minus": lambda: start - factor**c,
        "power plus": lambda: start + factor**c,
        "square root": lambda: start / math.sqrt(1 + c),
    }[form]()
    return {
        "none": lambda: rate,
        "cuts": lambda: c,
        "lost": lambda: start - rate,
        "nothing before a cut": lambda: rate if step >= every else None,
        "per cent": lambda: 100 * rate,
        "pair": lambda: (rate, c),
        "whole": lambda: int(rate),
        "schedule": lambda: [_decayed_rate(start, factor, every, i) for i in range(step + 1)],
        **{digits: lambda digits=digits: round(rate, digits) for digits in (1, 2, 3, 4)},
        **{least: lambda least=least: max(rate, least) for least in (0.1, 0.01, 0.001, 0.0001)},
    }[after]()


def _schedules(rng):
    """Draw schedules, each tried just before a cut, at it, after it, and between two."""
    found = []
    for every in rng.permutation(np.arange(3, 12))[:4].tolist():
        start, factor = rng.integers(20, 400) / 100, rng.integers(55, 95) / 100
        cuts = int(rng.integers(2, 5))
        found += [(start, factor, every, cuts * every + away) for away in (-1, 0, 1, every // 2 + 1)]
    return found


ROUNDED = "The rate is rounded. Return it as it is; rounding is for printing."
FLOORED = "The rate is kept above some least value. The schedule has none: it falls on and on."
LITERAL = "A number of the lab's is written into the function. Use the argument {}, whatever it is."
FALLS = "The rate falls a little in every step. It must stay for `every` steps, then drop: count whole cuts, with //."
COMES_BACK = "The rate drops for one step and comes back: earlier cuts are forgotten. Count all cuts so far."
COMPOUNDED = (
    "The cuts are compounded: a rate that is already cut is multiplied by factor ** (step // every) again. "
    "Multiply `start`, and only once, or multiply by factor at each cut."
)
LATE = "The rate is cut one step late. Step `every` itself uses the smaller one already."
LINEAR = "The rate falls along a straight line. Each cut multiplies by factor, so two cuts are factor ** 2."
INVERSE = "This is 1 / (1 + ...), another schedule. Here each cut multiplies by factor."
LEFT = "This multiplies by 1 - factor. The factor is what is left after a cut, not what is taken away."

decayed_rate = Exercise(
    "15-decayed-rate",
    _decayed_rate,
    tries=(
        (0.8, 0.5, 2, 5),
        (0.8, 0.5, 2, 0),
        (0.8, 0.5, 2, 1),
        *((0.6, 0.8, 7, step) for step in (0, 1, 3, 4, 6, 7, 8, 13, 14, 15, 21, 50)),
        (2.0, 0.5, 1, 3),
        (3, 0.5, 4, 9),
        (0.75, 0.95, 50, 1499),
        (0.75, 0.95, 50, 49),
        (0.5, 0.1, 5, 20),
        (1.0, 0.9, 100, 750),
        (0.25, 0.7, 150, 450),
        (0.5, 0.9995, 1, 8000),
    ),
    draw=_schedules,
    properties=(
        Property(
            "Look at the first steps: 0 to every - 1 must use `start` itself, and some step does not.",
            lambda rate, start, factor, every, step: step >= every or abs(rate - start) < 1e-6 * start,
        ),
        Property(
            "A rate is above 0, and every cut makes it smaller. Multiply `start` by factor once for each cut.",
            lambda rate, start, factor, every, step: 0 < rate < start * (1 + 1e-6) or step < every,
        ),
    ),
    switches={
        "cuts": {
            "part": FALLS,
            "up": "Step 1 is cut already: the number of cuts is rounded up, or a cut was made at step 0. Round down, "
            "with //: steps 0 to every - 1 use `start` itself.",
            "nearest": "The number of cuts is rounded to the nearest, so the rate drops half an interval too early. "
            "Round down, with //.",
            "nearest, half to even": "The number of cuts is rounded to the nearest, so the rate drops half an interval "
            "too early. Round down, with //.",
            **dict.fromkeys(
                ("table", "list"),
                "A table of `step` rates has no place for step itself: its last one is step - 1. Make it step + 1 "
                "long, or compute the one rate: start * factor ** (step // every).",
            ),
            "one more": "The rate is cut already at step 0, since 0 % every == 0 too. Steps 0 to every - 1 use `start` "
            "itself.",
            "one less": "The first cut is missing. Step `every` uses start * factor already.",
            "early": "The rate is cut one step early. Step every - 1 still uses the larger one.",
            **dict.fromkeys(("late", "late, below 0"), LATE),
            "each step": "The rate is cut after every single step. `every` says how many steps lie between two cuts.",
            "each step later": "From step `every` on, the rate is cut in every step. After a cut it stays for `every` "
            "steps.",
            "remainder": "The exponent is step % every, the steps since the last cut. Count the cuts: step // every.",
            **dict.fromkeys(
                ("once", "once, late"), "The rate is cut once only. Cut it at every, 2 * every, 3 * every, and so on."
            ),
            **dict.fromkeys(("at the cuts", "at the cuts and at 0"), COMES_BACK),
            "turned over": "The division is turned over. The number of cuts so far is step // every.",
            "never": "The rate never falls. Multiply it by factor after each `every` steps.",
            **dict.fromkeys(("compounded", "compounded, late", "compounded at cuts"), COMPOUNDED),
        },
        "form": {
            "times": "The rate is multiplied by the number of cuts. Each cut multiplies by factor: a power.",
            **dict.fromkeys(("minus", "plus"), "The factor is added or subtracted. Each cut multiplies by it."),
            **dict.fromkeys(("linear", "linear, lost share"), LINEAR),
            "lost share": LEFT,
            **dict.fromkeys(("inverse", "inverse, lost share", "over the cuts"), INVERSE),
            "exponential": "This is an exponential, another schedule. Here each cut multiplies by factor.",
            "times, from the first cut": "The rate is multiplied by the number of cuts. Each cut multiplies by "
            "factor: a power.",
            "power over every": "Look at the power: ** comes before /, so factor ** step / every divides the power. "
            "Put brackets, and count whole cuts: factor ** (step // every).",
            **dict.fromkeys(
                ("power minus", "power plus"), "The power of the factor is added or subtracted. Multiply `start` by it."
            ),
            "square root": INVERSE,
            "divided": "The rate grows: it is divided by factor. Each cut multiplies by it.",
            "turned over": "Base and exponent changed places. It is the factor to the power of the number of cuts.",
            "all to the power": "`start` is inside the power, so it is multiplied in once for each cut. Only factor is "
            "raised: start * factor ** cuts.",
            "start to the power": "`start` is raised to a power instead of factor. It is start * factor ** cuts.",
            "no start": "`start` is missing. At step 0 the rate must be start.",
            "factor once": "The factor stands there once, whatever the step. Multiply by it once for each cut.",
        },
        "literal": {
            "0.95, every 50": LITERAL.format("`factor`, and the argument `every`"),
            "all": LITERAL.format("`start`, and so `factor` and `every`"),
            **dict.fromkeys(("0.95", "0.5"), LITERAL.format("`factor`")),
            **dict.fromkeys(("every 50", "every 100", "every 150"), LITERAL.format("`every`")),
            **dict.fromkeys(("0.75", "4.0"), LITERAL.format("`start`")),
        },
        "after": {
            "cuts": "This is the number of cuts. Return the rate.",
            "lost": "This is what the rate has lost. Return what is left of it.",
            "nothing before a cut": "Before the first cut nothing comes back. Steps 0 to every - 1 use `start` "
            "itself: put a `return` after the loop, or after the `if`.",
            "per cent": "The rate is 100 times too large.",
            "pair": "These are the rate and the number of cuts. Return the rate alone.",
            "whole": "The rate is cut to a whole number. Return it as it is.",
            "schedule": "These are the rates of all steps. Return the one number for this step.",
            **dict.fromkeys((1, 2, 3, 4), ROUNDED),
            **dict.fromkeys((0.1, 0.01, 0.001, 0.0001), FLOORED),
        },
    },
    may_not_call=("coursekit.optim.step_decay", "torch.optim.lr_scheduler"),
)
