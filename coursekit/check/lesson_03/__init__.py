"""The exercises of notebook 03, loops and vectors: loss and gradient with one loop and with none, and distances."""

from coursekit.check.lesson_03.distances import pairwise_distances
from coursekit.check.lesson_03.hidden import hidden_loops
from coursekit.check.lesson_03.no_loop import vectorised_loss_gradient
from coursekit.check.lesson_03.one_loop import one_loop

__all__ = ["hidden_loops", "one_loop", "pairwise_distances", "vectorised_loss_gradient"]
