"""Visible checks with hints, one function an exercise, and ``probe``, which prints a value for grading.

``lesson_NN`` holds the checks of notebook NN; :mod:`coursekit.check.core` what they are made of.
"""

from coursekit.check.core import CheckFailed, catch_up, describe, note, probe
from coursekit.check.demands import peak_memory
from coursekit.check.lesson_00 import four_times, most_likely, tempered_softmax
from coursekit.check.lesson_01 import kl_divergence, one_bad_guess, softmax_cross_entropy, softmax_rows
from coursekit.check.lesson_02 import central_difference, scores_gradient, sigmoid_gradient, which_fault
from coursekit.check.lesson_03 import one_loop, pairwise_distances, vectorised_loss_gradient
from coursekit.check.lesson_04 import blocked_gradient, iteration_cost, prepare
from coursekit.check.lesson_05 import cal_accuracy, data_convert, predict, softmax_regression
from coursekit.check.lesson_06 import best_setting, one_epoch, which_curve
from coursekit.check.lesson_07 import add_l2, proximal_step, soft_threshold_entries, stop_early
from coursekit.check.lesson_15 import decayed_rate, momentum_descent, which_way
from coursekit.check.syntax import loop_depth, loops_in
from coursekit.check.worked import show

__all__ = [
    "CheckFailed",
    "add_l2",
    "best_setting",
    "blocked_gradient",
    "cal_accuracy",
    "catch_up",
    "central_difference",
    "data_convert",
    "decayed_rate",
    "describe",
    "four_times",
    "iteration_cost",
    "kl_divergence",
    "loop_depth",
    "loops_in",
    "momentum_descent",
    "most_likely",
    "note",
    "one_bad_guess",
    "one_epoch",
    "one_loop",
    "pairwise_distances",
    "peak_memory",
    "predict",
    "prepare",
    "probe",
    "proximal_step",
    "scores_gradient",
    "show",
    "sigmoid_gradient",
    "soft_threshold_entries",
    "softmax_cross_entropy",
    "softmax_regression",
    "softmax_rows",
    "stop_early",
    "tempered_softmax",
    "vectorised_loss_gradient",
    "which_curve",
    "which_fault",
    "which_way",
]
