"""The ledger of claims: what five lab reports say, what comes out here, and how to report a result of one's own.

``ledger``: one entry for each claim, read from ledger.toml, with what was found and a verdict. ``intervals``: a number
with its uncertainty. ``stored``: numbers that long runs left in notebooks/results/. ``checklist``: what a report says.
"""

from coursekit.claims.checklist import checklist, fingerprint
from coursekit.claims.intervals import Interval, of_mean, of_pairs, of_range, of_runs, of_share, rounded
from coursekit.claims.ledger import VERDICTS, Claim, problems, read, table

__all__ = [
    "VERDICTS",
    "Claim",
    "Interval",
    "checklist",
    "fingerprint",
    "of_mean",
    "of_pairs",
    "of_range",
    "of_runs",
    "of_share",
    "problems",
    "read",
    "rounded",
    "table",
]
