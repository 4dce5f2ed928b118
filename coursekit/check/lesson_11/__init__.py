"""The exercises of notebook 11, Fashion-MNIST: which data this is, batches, channels, a step, the worst losses.

One module per exercise.
"""

from coursekit.check.lesson_11.batches import read_batches
from coursekit.check.lesson_11.channels import channels_first
from coursekit.check.lesson_11.data import which_data
from coursekit.check.lesson_11.step import minibatch_step
from coursekit.check.lesson_11.worst import most_wrong

__all__ = ["channels_first", "minibatch_step", "most_wrong", "read_batches", "which_data"]
