"""The exercises of notebook 08, linear classifiers: the hinge loss, a search, a method that trains, a diagnosis.

One module per exercise.
"""

from coursekit.check.lesson_08.hinge import hinge_loss
from coursekit.check.lesson_08.search import random_local_search
from coursekit.check.lesson_08.slip import which_slip
from coursekit.check.lesson_08.training import train_model

__all__ = ["hinge_loss", "random_local_search", "train_model", "which_slip"]
