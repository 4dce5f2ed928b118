"""The exercises of notebook 04, integers and floats: one conversion, the cost of a step, a sum over blocks of rows."""

from coursekit.check.lesson_04.blocks import blocked_gradient
from coursekit.check.lesson_04.conversion import prepare
from coursekit.check.lesson_04.cost import iteration_cost
from coursekit.check.lesson_04.once import converts_once

__all__ = ["blocked_gradient", "converts_once", "iteration_cost", "prepare"]
