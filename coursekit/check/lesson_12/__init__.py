"""The exercises of notebook 12, backpropagation: a sweep over a graph, two layers by hand, a diagnosis.

One module per exercise.
"""

from coursekit.check.lesson_12.layers import two_layer_gradient
from coursekit.check.lesson_12.silent import why_silent
from coursekit.check.lesson_12.sweep import sweep_backward

__all__ = ["sweep_backward", "two_layer_gradient", "why_silent"]
