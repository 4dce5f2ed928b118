"""A student's answers are found whatever an editor has done to the notebook, and nothing else of it is."""

import random
from textwrap import indent

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from gradekit import rebuild
from gradekit.lesson import find_lessons, prepare
from gradekit.student import student_version
from gradekit.submission import reading
from gradekit.submission.answers import Submission
from tests.gradekit.handed_in import BOTH, LIKELY_CELL, RATE_CELL, STUB, collected, solved
from tests.gradekit.two_exercises import LIKELY, NAME, RATE, lesson

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
    assert collected(nb, MASTERS[stem]).answers == prepare(stem, MASTERS[stem]).stubs


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
        tag
        for cell in rebuild.rebuild(prepare(NAME, lesson()), found.answers).cells
        for tag in cell.metadata.get("tags", ())
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


def named(nb, sources, place=RATE_CELL):
    """Put cells with the name of an answer in its place."""
    nb.cells[place : place + 1] = [copy_of(nb, place, source) for source in sources]


def own(nb, place, *sources):
    """Put cells of the student's own in a place."""
    nb.cells[place:place] = [new_code_cell(source) for source in sources]


def rate(nb):
    """Return what is collected for the second answer, and what is said of it."""
    found = collected(nb)
    return found.answers.get("90-decayed-rate"), [r for r in found.remarks if r.startswith("90-decayed-rate")]


def gives(source, *inputs):
    """Return what an answer gives, run by itself beside numpy."""
    names = {"np": np}
    exec(source, names)
    return names["decayed_rate"](*inputs)


HEAD, BODY = (
    "def decayed_rate(start, factor, every, step):\n    times = step // every",
    "    return start * factor**times",
)


@pytest.mark.parametrize(
    "sources",
    [
        [HEAD, BODY],
        [HEAD + "\n    ", BODY.strip()],
        [HEAD + "\n    return start *", " factor**times"],
        ["def decayed_rate(start, factor, every, step):", "    times = step // every", BODY],
        [HEAD, BODY, "print(decayed_rate(1, 0.5, 2, 5))"],
        [HEAD, BODY, STUB],
        ["half = 0.5", HEAD + "\n" + BODY.replace("factor", "(factor + 0 * half)")],
        [HEAD + "\n" + BODY, "decayed_rate(1, 0.5, 2, 5)", "1 / 0"],
        [HEAD + "\n" + BODY, "decayed_rate = np.vectorize(decayed_rate)"],
        ["def decayed_rate(*all):\n    return 'an attempt'", HEAD, BODY],
        [HEAD + "\n" + BODY, "def decayed_rate(start, factor, every, step):\n    return start * ("],
        [HEAD + "\n    if step < 0:\n        return start", "    else:\n" + BODY.replace("    ", "        ")],
    ],
    ids=range(12),
)
def test_what_an_editor_split_is_put_together(mine, sources):
    """Halves in their order; a try-out, the stub or a broken attempt below never replaces an answer."""
    named(mine, sources)
    source, remarks = rate(mine)
    assert gives(source, 1.0, 0.5, 2, 5) == 0.25
    assert "1 / 0" not in source and len(remarks) == 1 and "cells have this name" in remarks[0]


def test_a_try_out_is_left_out_and_what_is_needed_is_not(mine):
    """Of the cells of one name only those that make the function are the answer."""
    named(mine, ["half = 0.5", "print('a try-out')", HEAD + "\n" + BODY.replace("factor", "(factor + 0 * half)")])
    assert rate(mine)[0] == "half = 0.5\n" + HEAD + "\n" + BODY.replace("factor", "(factor + 0 * half)")
    assert "2 of them together" in rate(mine)[1][0]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("fence", ["{}", "```python\n{}\n```", "My answer:\n\n```\n{}\n```\nas asked"])
def test_an_answer_that_became_text_counts(mine, kind, fence):
    """Its cell was turned to Markdown or raw; code between fences is its code."""
    mine.cells[RATE_CELL].cell_type = kind
    mine.cells[RATE_CELL].source = fence.format(RATE)
    source, remarks = rate(mine)
    assert gives(source, 1.0, 0.5, 2, 5) == 0.25
    assert remarks == ["90-decayed-rate: its cell is no cell of code any more; its text was taken for the answer."]


def test_an_answer_in_a_text_without_a_name_is_found(mine):
    """As the last resort; a text is never run but for what defines the function."""
    mine.cells[RATE_CELL] = new_markdown_cell(f"```\n{RATE}\nprint('more')\n```")
    source, remarks = rate(mine)
    assert gives(source, 1.0, 0.5, 2, 5) == 0.25 and "print" not in source and "other things" in remarks[0]


def test_a_text_that_is_too_long_is_no_answer(mine):
    """As long prose it is harmless; as code it would take the grader's memory."""
    mine.cells[RATE_CELL].cell_type = "markdown"
    mine.cells[RATE_CELL].source = RATE + "\n# x" * (reading.LONGEST // 4)
    assert rate(mine)[0] == ""


def merged_with_check(nb):
    """Merge the answer with the check below it."""
    nb.cells[RATE_CELL].source = RATE + "\n\n" + nb.cells.pop(RATE_CELL + 1).source


def merged_into_check(nb):
    """Merge it so that the check's metadata are left."""
    nb.cells[RATE_CELL + 1].source = RATE + "\n\n" + nb.cells[RATE_CELL + 1].source
    del nb.cells[RATE_CELL]


def merged_with_prompt(nb):
    """Merge the answer with the prompt above it."""
    nb.cells[RATE_CELL].source = "## Exercise 2 is here\n\n" + RATE
    nb.cells[RATE_CELL].source = nb.cells[RATE_CELL - 1].source + "\n\n" + RATE
    del nb.cells[RATE_CELL - 1]


def merged_as_text(nb):
    """Merge prompt, answer and check into one cell of text."""
    nb.cells[RATE_CELL].cell_type = "markdown"
    merged_with_check(nb)
    merged_with_prompt(nb)


@pytest.mark.parametrize("merge", [merged_with_check, merged_into_check, merged_with_prompt, merged_as_text])
def test_what_an_editor_merged_is_taken_apart(mine, merge):
    """The lesson's own text and check are taken out of an answer, so that no rule is broken by them."""
    mine.cells[RATE_CELL - 1].source = PROMPT
    master = lesson()
    master.cells[RATE_CELL - 1].source = PROMPT
    merge(mine)
    found = collected(mine, master)
    source = found.answers["90-decayed-rate"]
    assert gives(source, 1.0, 0.5, 2, 5) == 0.25
    assert "check." not in source and PROMPT not in source
    assert [remark for remark in found.remarks if remark.startswith("90-decayed-rate")]


PROMPT = "## Exercise 2: the rate\n\nWrite `decayed_rate`."


@pytest.mark.parametrize("lost", [False, True])
def test_two_answers_in_one_cell_are_two(mine, lost):
    """Each exercise gets its own function, whichever name the cell kept, or none."""
    mine.cells[LIKELY_CELL].source = LIKELY + "\n\n\n" + RATE
    del mine.cells[RATE_CELL]
    if lost:
        mine.cells[LIKELY_CELL].metadata.clear()
    found = collected(mine)
    assert gives(found.answers["90-decayed-rate"], 1.0, 0.5, 2, 5) == 0.25
    assert "def most_likely" not in found.answers["90-decayed-rate"]
    assert "def most_likely" in found.answers["90-most-likely"]


def test_a_name_that_two_answers_bear_is_sorted_out(mine):
    """A pasted cell brought the other's name with it."""
    mine.cells[RATE_CELL] = copy_of(mine, LIKELY_CELL, RATE)
    found = collected(mine)
    assert found.answers["90-most-likely"] == LIKELY and found.answers["90-decayed-rate"] == RATE


@pytest.mark.parametrize(
    "source",
    [
        "decayed_rate = lambda start, factor, every, step: start * factor ** (step // every)",
        f"{RATE.replace('decayed_rate', 'attempt')}\ndecayed_rate = attempt",
        "from functools import partial\n"
        + RATE.replace("decayed_rate", "attempt")
        + "\ndecayed_rate = partial(attempt)",
        "decayed_rate, best = (lambda start, factor, every, step: start * factor ** (step // every)), 7",
        f"try:\n    import no_such_module\nexcept ImportError:\n    pass\nif True:\n{indent(RATE, '    ')}",
    ],
)
def test_a_function_may_be_made_without_def(mine, source):
    """In a cell of one's own: a lambda, another name; the lesson's catch-up is none of these."""
    mine.cells[RATE_CELL].source = STUB
    own(
        mine,
        RATE_CELL + 1,
        source,
        "decayed_rate = check.decayed_rate.or_ours(decayed_rate)  # mine",
    )
    assert gives(rate(mine)[0], 1.0, 0.5, 2, 5) == 0.25


def test_a_star_import_does_not_travel_and_is_told(mine):
    """Nobody knows what it binds, and the lesson's names are not to be bound anew."""
    mine.cells[RATE_CELL].source = "def decayed_rate(*all):\n    return floor(1.5)"
    own(mine, 1, "from math import *")
    source, remarks = rate(mine)
    assert source == mine.cells[RATE_CELL + 1].source
    assert remarks == [
        "90-decayed-rate: it uses floor, perhaps of an 'import *' in another cell, which does not travel."
    ]


@pytest.mark.parametrize("text", [STUB, "# see below", "decayed = 1"])
def test_a_function_in_a_cell_of_ones_own_counts_where_the_stub_was_left(mine, text):
    """The last one above the check, as a run takes it; what else that cell does is left out."""
    mine.cells[RATE_CELL].source = text
    own(
        mine,
        RATE_CELL + 1,
        "def decayed_rate(*all):\n    return 'an attempt'",
        RATE + "\nprint(decayed_rate(1, 2, 3, 4))",
    )
    source, remarks = rate(mine)
    assert gives(source, 1.0, 0.5, 2, 5) == 0.25 and "print" not in source
    assert "the answer was taken from a cell of the student's own" in remarks[0]


def test_an_answer_that_was_written_is_not_replaced_by_an_own_cell(mine):
    """What stands in the answer's cell counts, and what is below is told."""
    own(mine, RATE_CELL + 1, "def decayed_rate(*all):\n    return 'another'")
    source, remarks = rate(mine)
    assert source == RATE
    assert remarks == ["90-decayed-rate: a cell of the student's own defines it as well; the answer's cell counts."]


USES = "def decayed_rate(start, factor, every, step):\n    return start * power(factor, step // every)"
POWER = "def power(base, times):\n    return scale * base**times"


@pytest.mark.parametrize(
    ("place", "sources"),
    [
        (RATE_CELL, ["scale = 1", POWER]),
        (RATE_CELL + 1, ["scale = 1", POWER]),
        (0, [f"import math\nscale = math.floor(1.5)\n{POWER}\nprint(power(2, 3))"]),
        (0, ["from math import floor", "scale = floor(1.5)", POWER, "%matplotlib inline", "not python at all"]),
        (RATE_CELL, ["scale = 7", "scale = 0.5\nscale += 0.5", POWER]),
        (RATE_CELL, ["scale = 1", "def power(base, times):\n    return 99", POWER]),
        (RATE_CELL, ["other = 3; scale = 1; print(other)", POWER]),
        (RATE_CELL, ["scales = []\nfor i in range(3):\n    scales.append(i)", POWER.replace("scale", "scales[1]")]),
        (RATE_CELL, ["scales = {}", "scales['a'] = 0", "scales.update(a=1)", POWER.replace("scale", "scales['a']")]),
        (RATE_CELL, ["scale = 1", "import functools", f"@functools.lru_cache\n{POWER}"]),
        (RATE_CELL, ["scale = 1", "power = lambda base, times: scale * base**times"]),
    ],
)
def test_what_an_answer_needs_of_own_cells_travels_with_it(mine, place, sources):
    """Helpers, and what these need, in their order and nothing else: no print of theirs runs."""
    mine.cells[RATE_CELL].source = USES
    own(mine, place, *sources)
    source, remarks = rate(mine)
    assert gives(source, 1.0, 0.5, 2, 5) == 0.25
    assert source.endswith(USES) and "print" not in source
    assert len(remarks) == 1 and "power" in remarks[0] and "put in front of it" in remarks[0]


def test_a_future_import_stays_first(mine):
    """Whatever is put in front of it, and whichever cell turned it on: Python refuses it anywhere else."""
    future = "from __future__ import annotations"
    mine.cells[RATE_CELL].source = f"{future}\n{USES}"
    own(mine, 0, "scale = 1", POWER)
    assert gives(rate(mine)[0], 1.0, 0.5, 2, 5) == 0.25
    mine.cells[RATE_CELL + 2].source = USES.replace("start,", "start: Number,")
    own(mine, 0, future)
    assert gives(rate(mine)[0], 1.0, 0.5, 2, 5) == 0.25


def test_a_helper_in_another_answer_travels_without_that_answer(mine):
    """The other answer is judged by itself, and judges nobody."""
    mine.cells[LIKELY_CELL].source = f"scale = 1\n{POWER}\n\n{LIKELY}"
    mine.cells[RATE_CELL].source = USES
    source, _ = rate(mine)
    assert gives(source, 1.0, 0.5, 2, 5) == 0.25 and "most_likely" not in source


@pytest.mark.parametrize(
    "helper",
    [
        "check, power = None, pow",
        "from evil import *",
        "power = pow\noptim.step_decay = power",
        "if True:\n    power = pow\n    optim.step_decay = power",
        "import coursekit.optim as mine\npower = mine.step_decay = pow",
        "def most_likely(Z):\n    return 0",
    ],
)
def test_an_own_cell_never_binds_what_the_lesson_binds(mine, helper):
    """Nor changes it, nor answers for another exercise."""
    mine.cells[RATE_CELL].source = USES + "\nmost_likely, check, optim"
    own(mine, RATE_CELL, helper)
    source = rate(mine)[0]
    for bad in ("check,", "import *", "step_decay", "def most_likely"):
        assert bad not in source.replace(USES + "\nmost_likely, check, optim", "")


def test_what_nobody_needs_does_not_travel(mine):
    """An answer that is complete stays as it is, to the letter."""
    own(mine, 1, "start = 7", "np = None", "def power():\n    pass")
    assert collected(mine) == Submission(BOTH)


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 1", "%%capture out", "\n%%time\n", "%%prun"])
def test_a_magic_that_only_measures_is_taken_out(mine, magic):
    """Numbers of lines stay; what `timeit` runs defines nothing, and is an answer all the same."""
    mine.cells[RATE_CELL].source = f"{magic}\n{RATE}"
    source, remarks = rate(mine)
    assert source == "\n" * (magic.count("\n") + 1) + RATE
    assert remarks == ["90-decayed-rate: a magic that measures or hides was taken out."]


@pytest.mark.parametrize(
    "metadata",
    [
        {"id": "aB3", "colab": {"base_uri": "https://localhost"}, "executionInfo": {"status": "ok"}, "outputId": "1"},
        {"vscode": {"languageId": "python"}},
        {"_uuid": "8f", "_cell_guid": "79", "trusted": True, "execution": {"iopub.execute_input": "2026"}},
        {"cell_id": "00", "deepnote_cell_type": "code", "source_hash": "b6", "execution_start": 1},
        {"collapsed": False, "jupyter": {"source_hidden": True}},
    ],
)
def test_what_other_editors_write_into_metadata_costs_nothing(mine, metadata):
    """Beside our flags or in place of them: Colab, VS Code, Kaggle, Deepnote, JupyterLab."""
    for cell in mine.cells:
        cell.metadata |= metadata
    assert collected(mine) == Submission(BOTH)
    for cell in mine.cells:
        cell.metadata = nbformat.from_dict(metadata)
    assert collected(mine).answers == BOTH


def test_deleted_prompts_and_checks_cost_nothing(mine):
    """Nothing but the answers is needed, in whatever order."""
    mine.cells = [mine.cells[RATE_CELL], mine.cells[LIKELY_CELL]]
    assert collected(mine) == Submission(BOTH)


def test_two_thousand_copies_of_an_answer_take_no_time(mine):
    """Only the last ones are looked at."""
    named(mine, [RATE.replace("step //", f"step + 0 * {i} //") for i in range(1900)])
    assert "1899" in rate(mine)[0]
