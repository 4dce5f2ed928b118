"""A student's answers are found whatever an editor has done to the notebook, and nothing else of it is."""

import random

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from gradekit import rebuild
from gradekit.lesson import find_lessons, stubs
from gradekit.student import student_version
from gradekit.submission import reading
from gradekit.submission.answers import Submission
from tests.gradekit.handed_in import BOTH, LIKELY_CELL, RATE_CELL, STUB, collected, solved
from tests.gradekit.two_exercises import LIKELY, RATE, lesson

MASTERS = {path.stem: nbformat.read(path, as_version=4) for path in find_lessons()}
LOST = "its metadata was lost; the cell was found by what it defines."


@pytest.fixture
def mine():
    """Return a solved copy of the small lesson."""
    return solved(lesson())[0]


@pytest.mark.parametrize("stem", MASTERS)
def test_answers_are_found_by_their_names(stem):
    """Every answer of every lesson, with nothing to remark."""
    nb, answers = solved(MASTERS[stem])
    assert collected(nb, MASTERS[stem]) == Submission(answers)


@pytest.mark.parametrize("stem", MASTERS)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_answers_are_found_although_the_metadata_is_lost(stem, seed):
    """As Colab leaves a copy, in order or shuffled; each is found by its function, and that is remarked."""
    nb, answers = solved(MASTERS[stem])
    for number, cell in enumerate(nb.cells):
        cell.metadata = nbformat.from_dict({"id": f"colab{number}", "outputId": "0"})
    if seed:
        random.Random(seed).shuffle(nb.cells)
    assert collected(nb, MASTERS[stem]) == Submission(answers, tuple(f"{name}: {LOST}" for name in answers))


@pytest.mark.parametrize("stem", MASTERS)
def test_cells_in_another_order_are_the_same_answers(stem):
    """With metadata the order does not matter at all."""
    nb, answers = solved(MASTERS[stem])
    nb.cells.reverse()
    assert collected(nb, MASTERS[stem]) == Submission(answers)


@pytest.mark.parametrize("stem", MASTERS)
@pytest.mark.parametrize("lost", [False, True])
def test_an_untouched_copy_is_all_stubs(stem, lost):
    """No reference answer takes the place of what was not written, with metadata and without."""
    nb = student_version(MASTERS[stem])
    if lost:
        for cell in nb.cells:
            cell.metadata.clear()
    assert collected(nb, MASTERS[stem]).answers == stubs(MASTERS[stem])


def copy_of(nb, place, source):
    """Return a copy of a cell with another source."""
    cell = nbformat.from_dict(dict(nb.cells[place]))
    return nbformat.from_dict({**cell, "source": source})


OTHER = RATE.replace("step //", "(step) //")


@pytest.mark.parametrize(
    ("sources", "counts"),
    [
        ([RATE, STUB], RATE),
        ([STUB, RATE], RATE),
        ([RATE, OTHER], OTHER),
        ([OTHER, RATE, STUB, "\n"], RATE),
        ([STUB, STUB], STUB),
    ],
)
def test_of_copies_the_last_one_written_counts(mine, sources, counts):
    """A cell that was split or pasted twice has its name twice; the stub and an empty one are nobody's answer."""
    mine.cells[RATE_CELL : RATE_CELL + 1] = [copy_of(mine, RATE_CELL, source) for source in sources]
    found = collected(mine)
    assert found.answers == BOTH | {"90-decayed-rate": counts}
    remark = f"90-decayed-rate: {len(sources)} cells have this name; the last one that was written to counts."
    assert found.remarks == (remark,)


def test_a_deleted_answer_is_missing(mine):
    """It is said, and neither the reference nor the other answer stands in for it."""
    del mine.cells[RATE_CELL]
    assert collected(mine) == Submission({"90-most-likely": LIKELY}, ("90-decayed-rate: the answer cell is missing.",))


def test_of_cells_without_metadata_the_nearest_that_defines_the_function_counts(mine):
    """An attempt at the very top is further away; what is marked as another answer is none."""
    mine.cells[RATE_CELL].metadata.clear()
    mine.cells.insert(0, new_code_cell("def decayed_rate(*all):\n    return 'an attempt'"))
    assert collected(mine) == Submission(BOTH, (f"90-decayed-rate: {LOST}",))
    mine.cells[LIKELY_CELL + 1].source = RATE
    assert collected(mine).answers["90-decayed-rate"] == RATE


def test_an_answer_of_another_name_is_found_by_its_looks(mine):
    """Where nothing defines the function, the cell that looks most like the stub is it; any other is not."""
    mine.cells[RATE_CELL] = new_code_cell(STUB.replace("decayed_rate", "decay_rate"))
    assert collected(mine).answers["90-decayed-rate"].startswith("def decay_rate")
    mine.cells[RATE_CELL] = new_code_cell("print('something else')")
    assert collected(mine).remarks == ("90-decayed-rate: the answer cell is missing.",)


@pytest.mark.parametrize(
    "marker",
    [
        "# NBVAL_SKIP",
        "#NBVAL_IGNORE_OUTPUT",
        "  ### NBVAL_RAISES_EXCEPTION ",
        "# PYTEST_VALIDATE_IGNORE_OUTPUT",
        "#\tNBVAL_X",
    ],
)
def test_markers_of_nbval_are_taken_out(mine, marker):
    """Each line stays a line, so that numbers in messages are those of the student's cell."""
    mine.cells[RATE_CELL].source = f"x = 1\n\n{marker}\n\n{RATE}"
    found = collected(mine)
    assert found.answers["90-decayed-rate"] == f"x = 1\n\n\n\n{RATE}"
    assert found.remarks == ("90-decayed-rate: markers that tell nbval to look away were taken out.",)


def test_words_about_markers_stay(mine):
    """A comment that is no marker, and code beside one, are the student's."""
    mine.cells[RATE_CELL].source = source = f"x = 1  # NBVAL_SKIP\n# why NBVAL_SKIP?\n{RATE}"
    assert collected(mine) == Submission(BOTH | {"90-decayed-rate": source})


def test_the_tag_raises_exception_is_taken_out(mine):
    """No tag of a submission is anywhere in what is run."""
    mine.cells[RATE_CELL].metadata.tags = ["raises-exception", "nbval-skip"]
    found = collected(mine)
    assert found.remarks == ("90-decayed-rate: the tag raises-exception was taken out.",)
    assert {
        tag for cell in rebuild.rebuild(lesson(), found.answers).cells for tag in cell.metadata.get("tags", ())
    } == {rebuild.IGNORE}


@pytest.mark.parametrize(
    "metadata",
    [
        {"tags": 1},
        {"tags": None},
        {"tags": {"raises-exception": 1}},
        {"nbgrader": None},
        {"nbgrader": [1]},
        {"nbgrader": {"grade_id": [1], "solution": True}},
        {"nbgrader": {"grade_id": {}, "solution": "yes", "grade": 7}},
        [],
        "text",
    ],
)
def test_strange_metadata_stops_nobody(mine, metadata):
    """Whatever stands there, in an answer and elsewhere, the answers are found."""
    for place in (1, RATE_CELL, RATE_CELL + 2):
        mine.cells[place]["metadata"] = metadata
    assert collected(mine).answers == BOTH


def test_thousands_of_cells_of_ones_own_take_no_time(mine):
    """Looking for a lost answer among as many as are read ends."""
    mine.cells = [new_code_cell(f"print({number})  " + STUB[::-1]) for number in range(reading.CELLS)]
    assert collected(mine).answers == {}
