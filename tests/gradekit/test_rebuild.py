"""What is graded is the instructor's notebook with the student's answers, whatever has become of the student's file."""

import builtins
import dis
import types

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from gradekit import rebuild
from gradekit.lesson import find_lessons, is_stub, prepare
from gradekit.rebuild import key
from gradekit.student import student_version
from tests.gradekit.handed_in import collected, solved
from tests.gradekit.two_exercises import LIKELY, NAME, RATE, lesson, written
from tests.sample_lesson import nbgrader

MASTERS = {path.stem: nbformat.read(path, as_version=4) for path in find_lessons()}
LESSONS = {stem: prepare(stem, master) for stem, master in MASTERS.items()}
EXERCISES = [(stem, exercise) for stem, lesson in LESSONS.items() for exercise in lesson.exercises]
GIVEN = {*dir(builtins), "display", "get_ipython"}
CHECK_CELL, RATE_CELL = 3, 7
STUB = "def decayed_rate(start, factor, every, step):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
BOTH = {"90-most-likely": LIKELY, "90-decayed-rate": RATE}


@pytest.fixture
def mine():
    """Return a solved copy of the small lesson."""
    return solved(lesson())[0]


def test_only_answers_come_from_the_student(mine):
    """Gutted checks, changed cells and new ones are not in what is run: it is the lesson's, cell by cell."""
    for cell in mine.cells:
        if not cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = "print('mine')"
    nb = rebuild.rebuild(prepare(NAME, lesson()), collected(mine).answers | {"90-decayed-rate-check": "print('mine')"})
    cells = [cell for cell in nb.cells if rebuild.VISIBLE not in cell.metadata]
    imports = "import numpy as np\nfrom coursekit import check\nfrom coursekit.check import probe"
    assert cells.pop(0).source == imports
    assert [cell.source for cell in cells] == [lesson().cells[place].source for place in (2, 3, 7, 8)]


def test_before_a_check_stands_what_students_see_of_it():
    """It holds nothing hidden, and says whose visible part it is; a check without a hidden part has none."""
    master = lesson()
    master.cells[CHECK_CELL].source = "check.most_likely(most_likely)"
    nb = rebuild.rebuild(prepare(NAME, master), BOTH)
    assert [cell.metadata.get(rebuild.VISIBLE) for cell in nb.cells] == [None] * 4 + ["90-decayed-rate-check", None]
    assert nb.cells[4].source == f"{rebuild.IN_FULL}\ncheck.decayed_rate(decayed_rate)"
    assert nb.cells[4].source.endswith(f"\n{student_version(lesson()).cells[RATE_CELL + 1].source.strip()}")


def test_checks_keep_what_is_expected_and_all_else_is_not_compared():
    """The master stays as it was."""
    master = lesson()
    before = nbformat.writes(master)
    nb = rebuild.rebuild(prepare(NAME, master), BOTH)
    assert nbformat.writes(master) == before
    for cell in nb.cells:
        check = cell.metadata.get("nbgrader", {}).get("grade", False)
        assert (cell.metadata.get("tags"), bool(cell.outputs)) == ((None, True) if check else ([rebuild.IGNORE], False))


def names_in(code):
    """Return the names that compiled code binds for its cell, and those that it takes from there."""
    binds = {i.argval for i in dis.get_instructions(code) if i.opname in ("STORE_NAME", "STORE_GLOBAL")}
    takes = {i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_NAME", "LOAD_GLOBAL")}
    for inner in (constant for constant in code.co_consts if isinstance(constant, types.CodeType)):
        takes |= names_in(inner)[1]
    return binds, takes


def unbound(nb):
    """Return the names that no cell above binds; found from the compiled code, as Python would."""
    known, missing = set(GIVEN), set()
    for cell in nb.cells:
        binds, takes = names_in(compile(cell.source, "cell", "exec"))
        missing |= takes - known - binds
        known |= binds
    return missing


@pytest.mark.parametrize(("stem", "exercise"), EXERCISES, ids=[exercise.name for _, exercise in EXERCISES])
def test_what_is_left_binds_every_name(stem, exercise):
    """With the reference answers and with the stubs, few cells are left, and no name in them is missing."""
    for answers in ({}, LESSONS[stem].stubs):
        nb = rebuild.rebuild(LESSONS[stem], answers, checks=[exercise.name])
        assert unbound(nb) == set()
        assert len(nb.cells) <= 6


@pytest.mark.parametrize("stem", MASTERS)
def test_all_exercises_together_bind_every_name(stem):
    """As they are first run."""
    assert unbound(rebuild.rebuild(LESSONS[stem], {})) == set()


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (["a = 1", "b = 2"], []),
        (["f = 1", "f = 2"], [1]),
        (["f = 1", "f += 1"], [0, 1]),
        (["f = [0]", "f[0] = 1", "print(f)"], [0, 1]),
        (["f = {}", "f['a'].b = 1"], [0, 1]),
        (["import numpy as np", "def f(x, y=np.pi):\n    return x"], [0, 1]),
        (["import numpy as np", "def f(x):\n    return np.exp(x)"], [0, 1]),
        (["import os.path", "f = os.path.join"], [0, 1]),
        (["g = 1", "class f:\n    def __call__(self):\n        return g"], [0, 1]),
        (["g = 1", "h = g", "@h\ndef f():\n    pass"], [0, 1, 2]),
        (["g = 1", "def f(g):\n    return g"], [1]),
        (["g = 1", "def f():\n    g = 2\n    return g"], [1]),
        (["g = 1", "f = [g for g in range(3)]"], [1]),
        (["g = 1", "f = {g for g in range(3)}"], [1]),
        (["g = 1", "f = {g: h for g, h in [(1, 2)]}"], [1]),
        (["g = 1", "f = lambda: [g for g in [y for y in (2, 3)]]"], [1]),
        (["g = 1", "f = {g: 2 for x in range(3)}"], [0, 1]),
        (["g = 1", "f = [h := g for x in range(3)]"], [0, 1]),
        (["[g for g in range(3)]", "f = 1"], [1]),
        (["g = 1", "f = [x for x in range(3) if x != g]"], [0, 1]),
        (["def f(n):\n    return n and f(n - 1)"], [0]),
        (["if True:\n    f = 1\nelse:\n    f = 2"], [0]),
        (["for f in range(3):\n    pass"], [0]),
        (["with open('a') as f:\n    pass"], [0]),
        (["try:\n    import f\nexcept ImportError:\n    f = None"], [0]),
        (["(f := 1)"], [0]),
        (["x = 1", "%time f = x"], [0, 1]),
        (["x = 1", "%matplotlib inline\nf = x"], [0, 1]),
        (["x = 1", "y = 1", "!echo $x\nf = 1"], [0, 2]),
    ],
)
def test_pruning_keeps_what_is_needed_and_no_more(cells, kept):
    """A check that uses `f` keeps the last cell that binds it, what changes it afterwards, and what these need."""
    check = new_code_cell("f", metadata=nbgrader("1-check", grade=True, points=1))
    nb = new_notebook(cells=[*(new_code_cell(source) for source in cells), check, new_code_cell("f = 3")])
    left = [cell.source for cell in rebuild.rebuild(prepare("1", nb), {}).cells]
    assert left == [*(cells[place] for place in kept), "f"]


def left_of(*sources):
    """Return what is left of cells above a check that uses `f`."""
    check = new_code_cell("f", metadata=nbgrader("1-check", grade=True, points=1))
    nb = new_notebook(cells=[*map(new_code_cell, sources), check])
    return [cell.source for cell in rebuild.rebuild(prepare("1", nb), {}).cells][:-1]


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("from math import exp as e, log\n\nf = lambda x: e(x)", "from math import exp as e\nf = lambda x: e(x)"),
        ("import os, sys\nf = sys.path", "import sys\nf = sys.path"),
        ("from . import a, b\nf = a", "from . import a\nf = a"),
        ("import os.path\nfrom os import path, sep\nf = os, sep", "import os.path\nfrom os import sep\nf = os, sep"),
        ("import gc, os\ngc.disable()\nf = gc.get_count", "import gc\ngc.disable()\nf = gc.get_count"),
        ("import plots\nplots.use_style()\nf = 2", "f = 2"),
        ("f = []\nf.append(1)\nprint('ready')", "f = []\nf.append(1)"),
        ("f = []\nif f is not None:\n    f.append(1)", "f = []\nif f is not None:\n    f.append(1)"),
        ("g = 1\nf = 2\ndel g", "f = 2"),
        ("x = 1; f = 2\ny = 3", "x = 1; f = 2"),
        ("f = 1\nf = f + 1\nx = f", "f = 1\nf = f + 1"),
        ("from math import *\nf = 1\nx = 2", "from math import *\nf = 1"),
        ("from __future__ import annotations\nf = 1\nx = 2", "from __future__ import annotations\nf = 1"),
        ("def g():\n    h\n\n\ndef h():\n    1\n\n\nf = g", "def g():\n    h\ndef h():\n    1\nf = g"),
        ("%matplotlib inline\nx = 1\nf = 2", "%matplotlib inline\nx = 1\nf = 2"),
        ("def g():\n    f()\n\n\nf = 1", "f = 1"),
    ],
)  # fmt: skip
def test_of_a_lessons_cell_only_those_statements_run_that_are_needed(cell, left):
    """Of an import those names; what is called for its effect stays where what it is called on is needed."""
    assert left_of(cell) == [left]


def test_a_call_in_a_cell_below_is_no_change():
    """Lessons show results everywhere; a cell below that only shows one is not needed."""
    assert left_of("import numpy as np\nf = np.ones(3)", "np.sum(f)\nf.sum()", "f[0] = 2") == [
        "import numpy as np\nf = np.ones(3)",
        "f[0] = 2",
    ]


def test_no_tag_of_the_lesson_makes_nbval_look_away():
    """A check whose output is not compared would make every answer right."""
    master = lesson()
    for cell in master.cells:
        cell.metadata.tags = [rebuild.IGNORE, "raises-exception", "nbval-skip"]
    cells = rebuild.rebuild(prepare(NAME, master), BOTH).cells
    tags = {cell.metadata.get("nbgrader", {}).get("grade", False): cell.metadata.get("tags") for cell in cells}
    assert tags == {True: None, False: [rebuild.IGNORE]}


def test_every_check_counts_as_run():
    """Of a cell that was never run nbval compares nothing."""
    cells = rebuild.rebuild(prepare(NAME, lesson()), BOTH).cells
    assert [cell.execution_count for cell in cells] == [1] * len(cells)


def test_an_answer_runs_whatever_it_binds():
    """It may bind the function in a way that no reader sees."""
    sneaky = "globals()['decayed_rate'] = lambda *all: 0.25"
    nb = rebuild.rebuild(prepare(NAME, lesson()), BOTH | {"90-decayed-rate": sneaky}, checks=["90-decayed-rate-check"])
    assert sneaky in [cell.source for cell in nb.cells]


def test_what_cannot_be_read_stays():
    """Nobody knows what it binds; running it is what says what is wrong."""
    answers = BOTH | {"90-decayed-rate": "def decayed_rate(:"}
    assert "def decayed_rate(:" in [cell.source for cell in rebuild.rebuild(prepare(NAME, lesson()), answers).cells]


def test_an_earlier_answer_that_fails_is_caught_up():
    """An exercise that uses an earlier one has it through the catch-up cell, ours or theirs."""
    master = LESSONS["07_regularization"]
    sources = [c.source for c in rebuild.rebuild(master, {}, checks=["07-proximal-step-check"]).cells]
    assert any(
        source.startswith("soft_threshold_entries = check.soft_threshold_entries.or_ours(") for source in sources
    )


def rate_key(master=None, answers=BOTH, environment="1"):
    """Return the key of the second exercise's verdict."""
    return key(
        rebuild.rebuild(prepare(NAME, master or lesson()), answers, checks=["90-decayed-rate-check"]), environment
    )


def expected(nb):
    """Change what the second check is compared with."""
    nb.cells[8].outputs[0].text += "-> 1\n"


def checked(nb):
    """Change the hidden part of the second check."""
    nb.cells[8].source = nb.cells[8].source.replace("2, 5", "2, 7")


def imported(nb):
    """Change a cell that the second exercise needs."""
    nb.cells[1].source += "\ncheck.strict = True"


def reordered(nb):
    """Make the second check run before its answer."""
    nb.cells[7:9] = nb.cells[8:6:-1]


@pytest.mark.parametrize("change", [expected, checked, imported, reordered])
def test_the_key_changes_with_what_the_verdict_depends_on(change):
    """The check, what it expects, a cell that it needs, the order."""
    master = lesson()
    change(master)
    assert rate_key(master) != rate_key()


def test_the_key_changes_with_answer_and_environment():
    """Even a comment in the answer: its text is what is run."""
    assert rate_key(answers=BOTH | {"90-decayed-rate": RATE + "  # mended"}) != rate_key()
    assert rate_key(environment="2") != rate_key()


def elsewhere(nb):
    """Change another exercise's check and what it expects."""
    nb.cells[CHECK_CELL].source = "check.most_likely(most_likely)"
    nb.cells[CHECK_CELL].outputs = []


def prose(nb):
    """Change and move what is only read."""
    nb.cells[6].source = "## Other words"
    nb.cells.insert(3, new_markdown_cell("more"))


def unneeded(nb):
    """Change a cell that no check needs, and what the cells printed."""
    nb.cells[5].source = "hours = 4"
    nb.cells[1].outputs = []
    nb.cells[1].execution_count = 77


def metadata(nb):
    """Change ids, points and rules, which no run sees."""
    for cell in nb.cells:
        cell.id = f"new-{cell.id}"
    nb.cells[8].metadata.nbgrader.points = 5
    nb.cells[8].metadata.coursekit = {"rules": {}}


@pytest.mark.parametrize("change", [elsewhere, prose, unneeded, metadata])
def test_the_key_stays_with_all_else(change):
    """What does not bear on the verdict costs no second run."""
    master = lesson()
    change(master)
    assert rate_key(master) == rate_key()


def test_the_key_stays_with_another_answer():
    """Of two students who answer alike one is run, whatever else they wrote."""
    assert rate_key(answers=BOTH | {"90-most-likely": "most_likely = None"}) == rate_key()


def test_exercises_and_stubs_of_a_lesson():
    """Each check with the answers above it, its points and rules; stubs are what was released."""
    sample = prepare(NAME, lesson())
    first, second = sample.exercises
    assert (first.name, first.answers, first.points) == ("90-most-likely-check", ("90-most-likely",), 2.0)
    assert second.rules == {"calls": ["coursekit.optim.step_decay"], "cost": 1.0}
    assert sample.stubs["90-decayed-rate"] == STUB
    nb = written(student_version(lesson()), decayed_rate=STUB + "\n\n")
    assert is_stub(collected(nb).answers["90-decayed-rate"], STUB)
