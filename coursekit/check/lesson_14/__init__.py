"""The exercises of notebook 14, the ledger of claims: a paired comparison, three reports, the cheapest experiment.

One module per exercise.
"""

from coursekit.check.lesson_14.experiment import which_experiment
from coursekit.check.lesson_14.pairs import paired_gain
from coursekit.check.lesson_14.reports import which_reports

__all__ = ["paired_gain", "which_experiment", "which_reports"]
