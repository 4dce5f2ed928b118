"""The exercises of notebook 06, hyperparameters: curves to diagnose, an epoch, batch sizes, the choice of a setting.

One module per exercise.
"""

from coursekit.check.lesson_06.batch_size import which_batch
from coursekit.check.lesson_06.choice_of_setting import best_setting
from coursekit.check.lesson_06.curves import which_curve
from coursekit.check.lesson_06.epoch import one_epoch

__all__ = ["best_setting", "one_epoch", "which_batch", "which_curve"]
