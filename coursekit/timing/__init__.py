"""How much faster, and how fast at most: interleaved measurements, reported as ratios, and a machine's limits.

Times drift with the machine's mood, so contenders take turns in one process and only their ratios are compared. What
no program can beat is set by two numbers of the machine: how fast it reads memory and how fast it multiplies and adds.
"""

from coursekit.timing._limits import PIXELS, Limits, machine_limits, measure_step, predict_step
from coursekit.timing._turns import Rung, ladder, measure

__all__ = ["PIXELS", "Limits", "Rung", "ladder", "machine_limits", "measure", "measure_step", "predict_step"]
