"""Every lesson, as it is saved, keeps the rules; and every rule finds the fault that it is for."""

import re
from base64 import b64encode

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from coursekit.sliders._png import quick_png
from gradekit.lesson import find_lessons
from tests.lesson_budget import Budget, budget
from tests.lesson_rules import problems
from tests.sample_lesson import ANSWER, CHECK, lesson

LESSONS = [pytest.param(path, id=path.stem) for path in find_lessons()]


@pytest.mark.parametrize("path", LESSONS)
def test_lesson_keeps_the_rules(path):
    """Format, order of execution, metadata, outputs, tags, exercises."""
    assert problems(nbformat.read(path, as_version=4)) == []


@pytest.mark.parametrize("path", LESSONS)
def test_lesson_is_in_small_steps(path):
    """No cell of more than 30 lines, no more than three code cells in a row outside exercises."""
    found = budget(nbformat.read(path, as_version=4))
    assert found.longest <= 30, found
    assert found.in_a_row <= 3, found


def test_cell_ids_begin_with_the_lesson():
    """So an id names one cell of the course; the table of rows finds cells by it."""
    cells = [(path, cell) for path in find_lessons() for cell in nbformat.read(path, as_version=4).cells]
    assert not [cell.id for path, cell in cells if not cell.id.startswith(f"{path.name[:2]}-")]


def test_a_lesson_that_is_named_is_there():
    """A reader who follows a name finds a page."""
    names = {path.stem for path in find_lessons()}
    for path in find_lessons():
        text = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown")
        assert set(re.findall(r"`(\d\d_[a-z_]+)`", text)) <= names, path.stem


def test_grade_ids_are_unique_in_the_course():
    """A gradebook has one column a check."""
    cells = [cell for path in find_lessons() for cell in nbformat.read(path, as_version=4).cells]
    ids = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    assert len(set(ids)) == len(ids)


@pytest.fixture
def sample():
    """Return a lesson that keeps all rules."""
    nb = lesson()
    nb.cells[4].source = "assert double(4) == 8"
    return nb


def test_the_sample_keeps_the_rules(sample):
    """The faults below are the only ones."""
    assert problems(sample) == []


def in_answer(**changes):
    """Return a fault in the answer cell's nbgrader metadata."""
    return lambda nb: nb.cells[1].metadata.nbgrader.update(changes)


def in_check(**changes):
    """Return a fault in the check cell's nbgrader metadata."""
    return lambda nb: nb.cells[2].metadata.nbgrader.update(changes)


def source(number, text):
    """Return a fault in a cell's source."""
    return lambda nb: nb.cells[number].update(source=text)


def output(*arguments, **fields):
    """Return a fault in the last cell's output."""
    return lambda nb: nb.cells[4].update(outputs=[new_output(*arguments, **fields)])


def tags(*names):
    """Return a fault in the last cell's tags."""
    return lambda nb: nb.cells[4].metadata.update(tags=list(names))


ONE_PIXEL = b64encode(quick_png(np.zeros((1, 1, 3), np.uint8))).decode()
FAULTS = [
    (lambda nb: nb.cells[0].pop("id"), "a cell has no id"),
    (lambda nb: nb.cells[0].update(id=nb.cells[1].id), "a cell has no id, or another cell's"),
    (lambda nb: nb.cells[0].update(surprise=1), "not valid for nbformat"),
    (lambda nb: nb.cells[1].update(execution_count=None), "executed as [None, 2, 3]; run: make notebooks"),
    (lambda nb: nb.cells[1].update(execution_count=7), "executed as [7, 2, 3]"),
    (lambda nb: nb.metadata.kernelspec.update(name="julia"), "the kernel is not python3"),
    (lambda nb: nb.metadata.language_info.update(version="3.11.7"), "language_info holds a version"),
    (in_answer(misconception="x"), "not valid for nbgrader"),
    (in_answer(schema_version=2), "not valid for nbgrader"),
    (in_answer(grade_id="90-sample-double-check"), "not valid for nbgrader"),
    (in_answer(grade_id="90-sample-other"), "90-sample-other: there is no check cell 90-sample-other-check"),
    (in_check(grade_id="90-other-check"), "90-other-check: there is no answer cell 90-other"),
    (in_check(points=0), "a check is worth more than 0 points"),
    (source(1, ANSWER.removesuffix("### END SOLUTION")), "BEGIN SOLUTION is never closed"),
    (source(1, "pass"), "90-sample-double: the solution has no markers"),
    (source(2, CHECK.replace("check.", "")), "the visible check is missing"),
    (source(2, CHECK.replace("probe", "print")), "the hidden tests have no probe"),
    (source(2, "check.double(double); probe(double, 2)"), "the hidden tests have no probe"),
    (source(4, "double(4)"), "it must assert what holds"),
    (source(4, "assert widgets.Output()"), "the Output widget"),
    (source(4, "assert interact(f)"), "interact, which"),
    (source(4, "assert interactive_output(f)"), "interact, which"),
    (source(4, "assert 1\nclear_output()"), "clear_output, which"),
    (source(4, "# NBVAL_SKIP\nassert 1"), "an nbval marker in its source"),
    (tags("nbval-skip"), "unknown tags ['nbval-skip']"),
    (output("stream", name="stderr", text="careful"), "an output on stderr: 'careful'"),
    (output("stream", text="read /home/me/mnist"), "a path of a machine: /home/"),
    (output("stream", text=r"read C:\Users\me"), "a path of a machine: C:\\"),
    (output("display_data", data={"image/svg+xml": "<svg>/tmp/x</svg>"}), "a path of a machine: /tmp/"),
    (output("execute_result", data={"text/html": "<p>site-packages/x</p>"}), "a path of a machine: site-packages"),
    (output("display_data", data={"image/png": ONE_PIXEL, "text/plain": "<Figure size 1x1>"}), "1 pixels wide, is not"),
    (output("error", ename="KeyError", evalue="", traceback=[]), "an error: KeyError"),
]


@pytest.mark.parametrize(("plant", "found"), FAULTS, ids=[found for _, found in FAULTS])
def test_a_planted_fault_is_found(sample, plant, found):
    """Each rule sees its fault, and says where."""
    plant(sample)
    assert any(found in problem for problem in problems(sample)), problems(sample)


def test_an_error_on_purpose_is_no_fault(sample):
    """`raises-exception` is for what is broken on purpose."""
    output("error", ename="KeyError", evalue="", traceback=[])(sample)
    tags("raises-exception")(sample)
    assert problems(sample) == []


def test_the_budget_counts_what_a_reader_reads():
    """Lines without comments and blanks; words of prose; rows outside exercises, which break a row."""
    first, second, last = (new_code_cell("# why\n\nx = 1\ny = 2") for _ in range(3))
    exercise = *lesson().cells[1:3], new_code_cell("catch()")
    nb = lesson(new_markdown_cell("two words " * 30), first, second, *exercise, last)
    lines = [2, 2, 6, 2, 1, 2]
    assert budget(nb) == Budget(median_lines=2, longest=6, words_per_line=60 / sum(lines), in_a_row=2)
    assert str(budget(nb)) == "2 lines a code cell (longest 6), 4 words a line, at most 2 code cells in a row"
