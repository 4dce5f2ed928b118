"""The exercises of notebook 02, the gradient: in the scores, through a sigmoid, by differences; and four faults.

One module per exercise. Each has a reference in which every keyword is a switch, and every value of it but the default
a mistake; and a table with the hint for each.
"""

from coursekit.check.lesson_02.differences import central_difference
from coursekit.check.lesson_02.fault import which_fault
from coursekit.check.lesson_02.scores import scores_gradient
from coursekit.check.lesson_02.sigmoid import sigmoid_gradient

__all__ = ["central_difference", "scores_gradient", "sigmoid_gradient", "which_fault"]
