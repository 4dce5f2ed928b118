"""The exercises of notebook 09, nearest neighbours: what leaves distances alone, their digits, votes and folds."""

from coursekit.check.lesson_09.centred import centred_distances
from coursekit.check.lesson_09.folds import fold_accuracy
from coursekit.check.lesson_09.turned import which_changes
from coursekit.check.lesson_09.vote import majority_vote

__all__ = ["centred_distances", "fold_accuracy", "majority_vote", "which_changes"]
