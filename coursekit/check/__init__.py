"""Visible checks with hints, one function an exercise, and ``probe``, which prints a value for grading.

``lesson_NN`` holds the checks of notebook NN; :mod:`coursekit.check.core` what they are made of.
"""

from coursekit.check.core import CheckFailed, catch_up, describe, note, probe
from coursekit.check.lesson_00 import most_likely, tempered_softmax
from coursekit.check.lesson_05 import cal_accuracy, data_convert, predict, softmax_regression

__all__ = [
    "CheckFailed",
    "cal_accuracy",
    "catch_up",
    "data_convert",
    "describe",
    "most_likely",
    "note",
    "predict",
    "probe",
    "softmax_regression",
    "tempered_softmax",
]
