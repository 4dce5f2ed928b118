"""Visible checks with hints, one function an exercise, and ``probe``, which prints a value for grading.

``lesson_NN`` holds the checks of notebook NN; :mod:`coursekit.check.core` what they are made of.
"""

from coursekit.check.core import CheckFailed, describe, probe
from coursekit.check.demands import peak_memory
from coursekit.check.lesson_00 import four_times, most_likely, tempered_softmax
from coursekit.check.lesson_01 import kl_divergence, one_bad_guess, softmax_cross_entropy, softmax_rows, which_claim
from coursekit.check.lesson_02 import central_difference, scores_gradient, sigmoid_gradient, which_fault
from coursekit.check.lesson_03 import hidden_loops, one_loop, pairwise_distances, vectorised_loss_gradient
from coursekit.check.lesson_04 import blocked_gradient, converts_once, iteration_cost, prepare
from coursekit.check.lesson_05 import cal_accuracy, data_convert, predict, softmax_regression
from coursekit.check.lesson_06 import best_setting, one_epoch, which_batch, which_curve
from coursekit.check.lesson_07 import (
    add_l2,
    proximal_step,
    soft_threshold_entries,
    stop_early,
    which_remedy,
    which_subgradient,
)
from coursekit.check.lesson_08 import hinge_loss, random_local_search, train_model, which_slip
from coursekit.check.lesson_09 import centred_distances, fold_accuracy, majority_vote, which_changes
from coursekit.check.lesson_10 import block_features, oriented_gradients, project_both, what_was_lost, which_stays
from coursekit.check.lesson_11 import channels_first, minibatch_step, most_wrong, read_batches, which_data
from coursekit.check.lesson_12 import sweep_backward, two_layer_gradient, why_silent
from coursekit.check.lesson_13 import convolve_channel, last_side, pool_gradient, which_dropout
from coursekit.check.lesson_14 import paired_gain, which_experiment, which_reports
from coursekit.check.lesson_15 import decayed_rate, momentum_descent, which_way
from coursekit.check.syntax import loop_depth, loops_in
from coursekit.check.worked import show

__all__ = [
    "CheckFailed",
    "add_l2",
    "best_setting",
    "block_features",
    "blocked_gradient",
    "cal_accuracy",
    "central_difference",
    "centred_distances",
    "channels_first",
    "converts_once",
    "convolve_channel",
    "data_convert",
    "decayed_rate",
    "describe",
    "fold_accuracy",
    "four_times",
    "hidden_loops",
    "hinge_loss",
    "iteration_cost",
    "kl_divergence",
    "last_side",
    "loop_depth",
    "loops_in",
    "majority_vote",
    "minibatch_step",
    "momentum_descent",
    "most_likely",
    "most_wrong",
    "one_bad_guess",
    "one_epoch",
    "one_loop",
    "oriented_gradients",
    "paired_gain",
    "pairwise_distances",
    "peak_memory",
    "pool_gradient",
    "predict",
    "prepare",
    "probe",
    "project_both",
    "proximal_step",
    "random_local_search",
    "read_batches",
    "scores_gradient",
    "show",
    "sigmoid_gradient",
    "soft_threshold_entries",
    "softmax_cross_entropy",
    "softmax_regression",
    "softmax_rows",
    "stop_early",
    "sweep_backward",
    "tempered_softmax",
    "train_model",
    "two_layer_gradient",
    "vectorised_loss_gradient",
    "what_was_lost",
    "which_batch",
    "which_changes",
    "which_claim",
    "which_curve",
    "which_data",
    "which_dropout",
    "which_experiment",
    "which_fault",
    "which_remedy",
    "which_reports",
    "which_slip",
    "which_stays",
    "which_subgradient",
    "which_way",
    "why_silent",
]
