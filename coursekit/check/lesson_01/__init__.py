"""The exercises of notebook 01, the theory: softmax, divergence, one bad guess, four claims, the loss repaired.

One module per exercise. Each has a reference in which every keyword is a switch, and every value of it but the default
a mistake; and a table with the hint for each.
"""

from coursekit.check.lesson_01.bad_guess import one_bad_guess
from coursekit.check.lesson_01.batch import softmax_rows
from coursekit.check.lesson_01.claims import which_claim
from coursekit.check.lesson_01.divergence import kl_divergence
from coursekit.check.lesson_01.fused_loss import softmax_cross_entropy

__all__ = ["kl_divergence", "one_bad_guess", "softmax_cross_entropy", "softmax_rows", "which_claim"]
