"""The exercises of notebook 06, hyperparameters: a falling rate, the batches of an epoch, folds, a rule for the choice.

One module per exercise.
"""

from coursekit.check.lesson_06.old import epoch_batches, fold_indices, one_standard_error
from coursekit.check.lesson_06.rate import decayed_rate

__all__ = ["decayed_rate", "epoch_batches", "fold_indices", "one_standard_error"]
