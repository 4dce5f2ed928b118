"""The exercises of notebook 15, faster descent: a descent that rolls, a falling rate, the method that fits the task.

One module per exercise.
"""

from coursekit.check.lesson_15.momentum import momentum_descent
from coursekit.check.lesson_15.rate import decayed_rate
from coursekit.check.lesson_15.way import which_way

__all__ = ["decayed_rate", "momentum_descent", "which_way"]
