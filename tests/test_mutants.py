"""The tries are strong: no mutant of our own answers and no single slip of an error model gets through."""

import inspect

import numpy as np
import pytest

from coursekit import check
from coursekit.check.exercise import Exercise
from tests import hints, mutants

DECLARED = [name for name in check.__all__ if isinstance(getattr(check, name), Exercise)]
ANSWERS = hints.load()


@pytest.mark.parametrize("name", DECLARED)
def test_no_mutant_of_our_answer_and_no_slip_gets_through(name):
    """Neither by the visible tries nor by the hidden ones; `make mutants` asks the same of pairs and of the bank."""
    exercise = getattr(check, name)
    counts, problems = mutants.survey(exercise, most=1)
    kind = "slips" if exercise.tries == ((),) else "mutants"  # a letter has no syntax to change, but other letters
    assert counts[kind] >= 3 and problems == []


def test_weak_tries_are_found():
    """On a single even row, a mean over the wrong axis is right, and so is a median."""

    def row_sums(x, *, axis=1):
        """Return the sum of each row."""
        return x.sum(axis=axis)

    weak = Exercise("90-row-sums", row_sums, tries=((np.ones((2, 2)),),), switches={"axis": {0: "Rows."}})
    assert mutants._harmless(weak, (("axis", 0),))
    names = [m.name for m in mutants.mutants(row_sums, inspect.getsource(row_sums).replace("\n    ", "\n").strip())]
    assert "row_sums: x.sum(axis=axis) -> x.mean(axis=axis)" in names


def test_hints_have_their_numbers(capsys):
    """Right answers refused, wrong ones passed, false accusations: 0 of each."""
    assert hints.main() == 0
    assert "false accusations: 0" in capsys.readouterr().out
