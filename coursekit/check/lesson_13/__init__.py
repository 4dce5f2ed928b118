"""The exercises of notebook 13, a convolutional network: a channel by offsets, sizes, a pool backwards, a diagnosis.

One module per exercise.
"""

from coursekit.check.lesson_13.channel import convolve_channel
from coursekit.check.lesson_13.pool import pool_gradient
from coursekit.check.lesson_13.sides import last_side
from coursekit.check.lesson_13.slip import which_dropout

__all__ = ["convolve_channel", "last_side", "pool_gradient", "which_dropout"]
