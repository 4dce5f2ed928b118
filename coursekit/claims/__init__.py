"""The ledger of claims: what five lab reports say, what comes out here, and how to report a result of one's own.

``ledger``: one entry for each claim, read from ledger.toml, with what was found and a verdict. ``intervals``: a number
with its uncertainty. ``checklist``: what a report has to say. ``_stored``: numbers out of notebooks/results/.
"""

from coursekit.claims.checklist import checklist, fingerprint
from coursekit.claims.intervals import Interval, of_mean, of_pairs, of_range, of_runs, of_share, rounded
from coursekit.claims.ledger import VERDICTS, Claim, page, problems, read, table

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
    "page",
    "problems",
    "read",
    "rounded",
    "table",
]
