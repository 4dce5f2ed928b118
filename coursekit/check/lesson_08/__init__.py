"""The exercises of notebook 08, linear classifiers: the hinge loss, a search, a choice of settings, a diagnosis.

One module per exercise.
"""

from coursekit.check.lesson_08.hinge import hinge_loss
from coursekit.check.lesson_08.search import random_local_search
from coursekit.check.lesson_08.settings import choose_settings
from coursekit.check.lesson_08.slip import which_slip

__all__ = ["choose_settings", "hinge_loss", "random_local_search", "which_slip"]
