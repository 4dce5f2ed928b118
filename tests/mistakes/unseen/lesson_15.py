"""Answers to lesson 15 by people who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("decayed_rate", "a smooth decay: the exponent is not a whole number")
def smooth_decay(start, factor, every, step):
    return start * factor ** (step / every)


@wrong("decayed_rate", "multiplies by the number of decays in place of the power")
def linear_decay(start, factor, every, step):
    drops = step // every
    if drops == 0:
        return start
    return start * factor * drops


@wrong("decayed_rate", "decays one step late, and never below 1e-3")
def late_with_a_floor(start, factor, every, step):
    rate = start * factor ** (max(step - 1, 0) // every)
    return max(rate, 1e-3)


@wrong("decayed_rate", "the loop decays at step 0 already")
def decays_at_step_zero(start, factor, every, step):
    rate = start
    for s in range(step + 1):
        if s % every == 0:
            rate *= factor
    return rate


@wrong("decayed_rate", "the lab's 0.95 and 50 are written into the formula")
def numbers_of_the_lab(start, factor, every, step):
    return start * math.pow(0.95, math.floor(step / 50))


@wrong("decayed_rate", "the table is one entry too short: IndexError")
def table_too_short(start, factor, every, step):
    rates = np.full(step, float(start))
    for s in range(every, step, every):
        rates[s:] *= factor
    return rates[step]


@wrong("decayed_rate", "the decay happens once only, and the rate is rounded")
def once_and_rounded(start, factor, every, step):
    return round(start * factor if step >= every else start, 4)


@right("decayed_rate")
def product_of_a_list(start, factor, every, step):
    return float(np.prod([start] + [factor] * len(range(every, step + 1, every)), dtype=float))


@right("decayed_rate")
def by_recursion(start, factor, every, step):
    decay = lambda rate, drops: rate if drops == 0 else decay(rate, drops - 1) * factor  # noqa: E731
    drops, _ = divmod(step, every)
    return decay(start, drops) if drops < 200 else start * np.float64(factor) ** drops
