"""The exercises of notebook 05, the MNIST lab: the handout's four functions.

One module per exercise. Each has a reference in which every keyword is a switch, and every value of it but the default
a mistake; and a table with the hint for each.
"""

from coursekit.check.lesson_05.converted import data_convert
from coursekit.check.lesson_05.descent import softmax_regression
from coursekit.check.lesson_05.predicted import predict
from coursekit.check.lesson_05.share import cal_accuracy

__all__ = ["cal_accuracy", "data_convert", "predict", "softmax_regression"]
