"""The exercises of notebook 07, regularisation: penalty, soft thresholding, proximal step, early stopping, diagnoses.

One module per exercise.
"""

from coursekit.check.lesson_07.penalty import add_l2
from coursekit.check.lesson_07.remedy import which_remedy
from coursekit.check.lesson_07.step import proximal_step
from coursekit.check.lesson_07.stop import stop_early
from coursekit.check.lesson_07.subgradient import which_subgradient
from coursekit.check.lesson_07.threshold import soft_threshold_entries

__all__ = ["add_l2", "proximal_step", "soft_threshold_entries", "stop_early", "which_remedy", "which_subgradient"]
