"""The exercises of notebook 02, the gradient: in the scores, in the weights, through a sigmoid, and by differences.

One module per exercise. Each has a reference in which every keyword is a switch, and every value of it but the default
a mistake; and a table with the hint for each.
"""

from coursekit.check.lesson_02.differences import central_difference
from coursekit.check.lesson_02.scores import scores_gradient
from coursekit.check.lesson_02.sigmoid import sigmoid_gradient
from coursekit.check.lesson_02.weights import loss_gradient

__all__ = ["central_difference", "loss_gradient", "scores_gradient", "sigmoid_gradient"]
