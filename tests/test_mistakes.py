"""The checks, tested like code: every answer of the bank through the visible check and through the hidden one."""

import contextlib
import importlib
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nbformat
import numpy as np
import pytest

from coursekit import check
from coursekit.check.exercise import Exercise
from gradekit.runs.tolerance import same
from tests.mistakes import ANSWERS

LESSONS = sorted(path.stem for path in (Path(__file__).parent / "mistakes").glob("lesson_*.py"))
for lesson in LESSONS:
    importlib.import_module(f"tests.mistakes.{lesson}")
NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def check_cells():
    """Map each exercise to (visible source, hidden source, printed reference) of its check cell."""
    found = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
                visible, rest = cell.source.split("### BEGIN HIDDEN TESTS")
                hidden = rest.split("### END HIDDEN TESTS")[0]
                printed = "".join(out.text for out in cell.outputs if out.output_type == "stream")
                name = visible.split("check.")[1].split("(")[0]
                found[name] = visible, hidden, printed
    return found


CELLS = check_cells()


def run(source, name, function):
    """Return what a piece of a check cell prints, with an answer in place."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        exec(source, {"np": np, "check": check, "probe": check.probe, name: function})
    return printed.getvalue()


def all_hints(answer, failed):
    """Return what a check says of an answer, unfolded to the end."""
    exercise = getattr(check, answer.exercise)
    return "\n".join(exercise.judge(answer.function).hints) if isinstance(exercise, Exercise) else str(failed)


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.hint], ids=repr)
def test_wrong_answer_gets_its_hint_and_no_mark(answer):
    """The visible check names the mistake, and what the hidden one prints is not the reference."""
    visible, hidden, printed = CELLS[answer.exercise]
    with pytest.raises(check.CheckFailed) as failed:
        run(visible, answer.exercise, answer.function)
    assert answer.hint.lower() in all_hints(answer, failed.value).lower()
    reference = printed.split("\n", 1)[1]
    assert not same(run(hidden, answer.exercise, answer.function), reference)


@pytest.mark.parametrize("answer", [a for a in ANSWERS if not a.hint], ids=repr)
def test_right_answer_passes_whatever_its_style(answer):
    """Loops, lists, matrices and other dtypes print the reference of the whole check cell."""
    visible, hidden, printed = CELLS[answer.exercise]
    assert same(run(visible + hidden, answer.exercise, answer.function), printed)


@pytest.mark.parametrize("answer", list({a.exercise: a for a in ANSWERS if not a.hint}.values()), ids=repr)
def test_rounded_results_are_named_in_every_exercise(answer):
    """What is right and rounded to two decimals is right still, or the check says that it is rounded, or refuses it."""

    def rounds(*inputs, **settings):
        return rounded(answer.function(*inputs, **settings))

    verdict = getattr(check, answer.exercise).judge(rounds)
    told = verdict.kind in ("right", "demand", "property", "refused")
    assert told or "ounded" in "".join(verdict.hints)


def rounded(value):
    """Return whatever an answer gives with its fractions rounded to two decimals."""
    if isinstance(value, Iterator):
        return map(rounded, value)
    if isinstance(value, list | tuple):
        return type(value)(map(rounded, value))
    fraction = isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    return np.round(value, 2) if fraction else value


def test_what_is_refused_is_what_the_rules_say():
    """A declared exercise refuses what its check cell's rules name; the rules name our checks besides."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            exercise = getattr(check, cell.source.split("check.")[-1].split("(")[0].split(".")[0], None)
            if cell.metadata.get("nbgrader", {}).get("grade") and isinstance(exercise, Exercise):
                assert {*exercise.may_not_call, "coursekit.check"} == set(cell.metadata.coursekit.rules["calls"])


def test_the_readme_counts_the_bank():
    """As many wrong and right answers as it says."""
    wrong = sum(bool(answer.hint) for answer in ANSWERS)
    counts = f"{wrong} wrong answers that people really give and {len(ANSWERS) - wrong} right ones"
    assert counts in (NOTEBOOKS.parent / "README.md").read_text(encoding="utf-8")


def test_every_exercise_has_its_bank():
    """Each exercise of the course has at least six wrong answers and three right ones."""
    wrong = Counter(answer.exercise for answer in ANSWERS if answer.hint)
    right = Counter(answer.exercise for answer in ANSWERS if not answer.hint)
    assert {name for name in CELLS if wrong[name] < 6 or right[name] < 3} == set()
    assert set(wrong) | set(right) == set(CELLS)


def test_hints_are_not_all_the_same():
    """No single hint stands for more than half of an exercise's mistakes."""
    for name in CELLS:
        hints = [answer.hint for answer in ANSWERS if answer.exercise == name and answer.hint]
        assert Counter(hints).most_common(1)[0][1] <= len(hints) / 2
