"""The exercises of notebook 11, Fashion-MNIST: batches of one pass, the worst losses, and which data this is.

One module per exercise.
"""

from coursekit.check.lesson_11.batches import read_batches
from coursekit.check.lesson_11.data import which_data
from coursekit.check.lesson_11.worst import most_wrong

__all__ = ["most_wrong", "read_batches", "which_data"]
