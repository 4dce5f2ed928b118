"""The exercises of notebook 10, features of images: gradients, a block of HOG, components without a leak, diagnoses.

One module per exercise.
"""

from coursekit.check.lesson_10.blocks import block_features
from coursekit.check.lesson_10.gradients import oriented_gradients
from coursekit.check.lesson_10.hues import which_stays
from coursekit.check.lesson_10.lost import what_was_lost
from coursekit.check.lesson_10.projection import project_both

__all__ = ["block_features", "oriented_gradients", "project_both", "what_was_lost", "which_stays"]
