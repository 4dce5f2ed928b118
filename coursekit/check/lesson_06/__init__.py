"""The exercises of notebook 06, hyperparameters: a falling rate, the batches of an epoch, folds, a rule for the choice.

One module per exercise, and one that turns random epochs into what can be compared.
"""

from coursekit.check.lesson_06.batches import epoch_batches
from coursekit.check.lesson_06.folds import fold_indices
from coursekit.check.lesson_06.rate import decayed_rate
from coursekit.check.lesson_06.rule import one_standard_error

__all__ = ["decayed_rate", "epoch_batches", "fold_indices", "one_standard_error"]
