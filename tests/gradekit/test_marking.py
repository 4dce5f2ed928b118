"""No answer judges another: what is run for each exercise, what is made of it, who shares a verdict, when all stops."""

import contextlib
import io
import json
import os
import pickle
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from gradekit import advice, cases, marking, schedule
from gradekit.lesson import GradingError, prepare
from gradekit.runs.limits import Level, Limits
from gradekit.runs.messages import Run
from gradekit.store import Store
from gradekit.submission.answers import Submission
from gradekit.submission.folder import Work
from gradekit.verdict import Verdict
from tests.sample_lesson import nbgrader

PROBE = """class CheckFailed(AssertionError):
    pass


def probe(f, *inputs):
    print("->", f(*inputs))"""
CELLS = {  # name: our body, what is hidden, what it prints
    "double": ("def double(x):\n    {}", "return 2 * x", "double(3)", "-> 6\n"),
    "triple": ("def triple(x):\n    {}", "return 3 * x", "triple(3)", "-> 9\n"),
    "both": ("def both(x):\n    {}", "return double(x) + 1", "both(3)", "-> 7\n"),
}


def lesson(rules=None, after=(), names=tuple(CELLS)):
    """Return a lesson of an exercise for each name; its checks call answers through a function of the lesson."""
    nb = [new_code_cell(PROBE, execution_count=1)]
    for name in names:
        head, body, call, printed = CELLS[name]
        function, argument = call[:-1].split("(")
        source = head.format(f"### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION")
        check = f"if {call} is None:\n    raise CheckFailed('{name} gives nothing')\n### BEGIN HIDDEN TESTS\n"
        check += f"probe({function}, {argument})\n### END HIDDEN TESTS"
        flags = nbgrader(f"{name}-check", grade=True, locked=True, points=1) | {"coursekit": {"rules": rules or {}}}
        outputs = [new_output("stream", name="stdout", text=printed)]
        nb.append(new_code_cell(source, execution_count=1, metadata=nbgrader(name, solution=True)))
        nb.append(new_code_cell(check, execution_count=1, metadata=flags, outputs=outputs))
        nb += [new_code_cell(source, execution_count=1) for where, source in after if where == name]
    return prepare("90_sample", new_notebook(cells=nb))


RIGHT = {name: head.format(body) for name, (head, body, _, _) in CELLS.items()}


class Python:
    """A runner that runs each notebook in a namespace of its own, here, and remembers what it ran."""

    limits, level, hide = Limits(), Level.LIMITS, ()

    def __init__(self, kinds=()):
        self.ran, self.kinds = [], dict(kinds)

    def run(self, nb):
        """Return what the judge would say."""
        self.ran.append([cell.source for cell in nb.cells])
        names, verdicts, failed = {}, {}, None
        for cell in nb.cells:
            check, hidden = cell.metadata.get("nbgrader", {}), "HIDDEN" in cell.source
            visible = cell.metadata.get("coursekit-visible")
            if check.get("grade_id") in verdicts:
                continue
            fault = _fault(cell, names)
            name = visible or (check["grade_id"] if check.get("grade") else None)
            if name is None:
                failed = failed or fault
            elif fault and not hidden:
                verdicts[name] = fault if fault.kind == "hint" else failed or fault
            elif not visible:
                verdicts[name] = replace(fault, told="") if fault else Verdict(True, "right")
        verdicts = {name: self.kinds.get(name, verdict) for name, verdict in verdicts.items()}
        return Run(verdicts, seconds=1.0, memory=1)


def _fault(cell, names):
    """Run a cell, and return what is wrong with it."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), mock.patch.dict(os.environ):  # a cell may set what a kernel ends with
            exec(cell.source, names)
    except Exception as error:
        kind = {"CheckFailed": "hint", "NotImplementedError": "unwritten"}.get(type(error).__name__, "error")
        return Verdict(False, kind, str(error))
    if cell.metadata.get("nbgrader", {}).get("grade") and printed.getvalue() != cell.outputs[0].text:
        return Verdict(False, "value")
    return None


def judged(answers, where=None):
    """Return the verdicts on answers by exercise, without the end of the names, and the runner that gave them."""
    runner = Python()
    verdicts = marking.judge(where or lesson(), answers, runner.run, "")
    return {name.removesuffix("-check"): verdict for name, verdict in verdicts.items()}, runner


def passed(answers, where=None):
    """Return the exercises that pass."""
    return {name for name, verdict in judged(answers, where)[0].items() if verdict.passed}


@pytest.fixture
def classroom(tmp_path):
    """Give a function that grades a class with one store, and returns the verdicts by student and exercise."""
    store = Store(tmp_path / "verdicts.jsonl")

    def grade(students, runner=None, where=None, done=lambda work: None):
        where, runner = where or lesson(), runner or Python()
        works = [Work(name, where, Path(), submission=Submission(answers)) for name, answers in students.items()]
        keys = schedule.grade_all(works, store, runner, done=done)
        return {
            student: {name.removesuffix("-check"): store[key] for name, key in found.items()}
            for (student, _), found in keys.items()
        }

    grade.store = store
    return grade


# Each by itself


def test_the_right_answers_pass_each_in_a_notebook_of_its_own():
    """Nobody else's answer is in it but where it is needed, and that one is ours."""
    verdicts, runner = judged(RIGHT)
    assert all(verdict.passed and not verdict.beside for verdict in verdicts.values())
    assert len(runner.ran) == 3
    assert [sum("def triple" in source for source in ran) for ran in runner.ran] == [0, 1, 0]
    assert any("BEGIN SOLUTION" in source and "def double" in source for source in runner.ran[2])


PATCHES = {
    "a function of the lesson": "def probe(f, x):\n    print('->', {'double': 6, 'triple': 9, 'both': 7}[f.__name__])",
    "two names at once": "def twice(f, x):\n    print('->', {'double': 6, 'triple': 9}[f.__name__])\n\n\nprobe = twice",
    "what is inside it": "probe.__code__ = (lambda f, x: print('->', 6 if f.__name__ == 'double' else 9)).__code__",
    "a function of Python's": "said = print\n\n\ndef print(arrow, x):\n    said('->', 6 if x == 6 else 9)",
    "the next function": "def triple(x):\n    return 3 * x",
}


@pytest.mark.parametrize(
    "body", ["'junk'", "0 if (probe, print, twice) else 1"], ids=["junk", "junk that needs it all"]
)
@pytest.mark.parametrize("patch", PATCHES.values(), ids=PATCHES)
def test_a_cell_that_replaces_the_machinery_passes_no_other(patch, body):
    """Whatever it binds or changes, junk below it gets what junk gets; so does junk that asks for it by name."""
    helper = "" if "twice" in patch else "def twice(x):\n    return 2 * x\n\n\n"
    junk = {"double": f"{helper}{patch}\n{RIGHT['double']}", "triple": f"def triple(x):\n    return {body}"}
    assert passed(junk) == {"double"}


def test_an_accomplice_is_served_nothing(classroom):
    """The verdicts on one's junk are those on the same junk of another, whatever the first had in other cells."""
    junk = {"triple": "def triple(x):\n    return 'junk'", "both": "def both(x):\n    return 0"}
    patch = {"double": f"{PATCHES['a function of the lesson']}\n{RIGHT['double']}"}
    found = classroom({"attacker": patch | junk, "accomplice": junk, "honest": RIGHT})
    assert {name for name, verdict in found["attacker"].items() if verdict.passed} == {"double"}
    assert not any(verdict.passed for verdict in found["accomplice"].values())
    assert all(verdict.passed for verdict in found["honest"].values())


def test_a_wrong_first_exercise_costs_only_itself():
    """The third, which calls it, is judged with ours."""
    assert passed(RIGHT | {"double": "def double(x):\n    return x"}) == {"triple", "both"}
    assert passed({"both": RIGHT["both"]}) == {"both"}


def test_what_was_not_written_is_not_run():
    """It says so, whatever else the stub would do."""
    verdicts, runner = judged({})
    assert set(verdicts.values()) == {cases.UNWRITTEN}
    assert runner.ran == []


# Beside a student's own answers


HELPER = "def twice(x):\n    return 2 * x\n\n\ndef double(x):\n    return twice(x)"
USER = {"double": HELPER, "both": "def both(x):\n    return twice(x) + 1"}


def test_a_helper_in_another_answers_cell_is_found():
    """The answer fails with ours and passes beside the student's own, and the verdict says beside which."""
    verdicts, runner = judged(USER)
    assert verdicts["both"] == Verdict(True, "right", seconds=1.0, memory=1, beside=("double",))
    assert "def twice" not in "".join(runner.ran[1])
    assert runner.ran[2][1] == "def twice(x):\n    return 2 * x"
    assert len(runner.ran) == 3


def test_an_own_variant_of_an_earlier_answer_is_found():
    """With another meaning of its argument the pair is right, though the first alone is not."""
    variant = {
        "double": "def double(x, times=1):\n    return times * x",
        "both": "def both(x):\n    return double(x, times=2) + 1",
    }
    verdicts, _ = judged(variant)
    assert not verdicts["double"].passed
    assert verdicts["both"].passed and verdicts["both"].beside == ("double",)


def test_what_is_asked_for_may_stand_in_another_answers_cell():
    """All three functions in the first cell, and the other cells emptied; where nothing is there it was not written."""
    verdicts, runner = judged({"double": "\n\n\n".join(RIGHT.values()), "triple": "", "both": "\n"})
    assert all(verdict.passed for verdict in verdicts.values())
    assert [verdict.beside for verdict in verdicts.values()] == [(), ("double",), ("double",)]
    verdicts, runner = judged({"double": RIGHT["double"], "triple": "", "both": ""})
    assert verdicts["triple"] == verdicts["both"] == cases.UNWRITTEN
    assert len(runner.ran) == 1


def test_what_a_helper_needs_comes_with_it_and_nothing_else():
    """Through two cells, with what changes a value afterwards and what a decorator needs, and no other statement."""
    first = """import math, sys
unused = sys.argv
table = {}
table["two"] = 2


def keep(f):
    return f


def double(x):
    return 2 * x"""
    second = "@keep\ndef by_table(x):\n    return table['two'] * math.floor(x)\n\n\ndef triple(x):\n    return 3 * x"
    third = "def both(x):\n    return by_table(x) + 1"
    verdicts, runner = judged({"double": first, "triple": second, "both": third})
    assert verdicts["both"].passed and verdicts["both"].beside == ("double", "triple")
    assert runner.ran[-1][1:3] == [
        'import math\ntable = {}\ntable["two"] = 2\ndef keep(f):\n    return f',
        "@keep\ndef by_table(x):\n    return table['two'] * math.floor(x)",
    ]


def test_a_patch_beside_a_helper_does_not_run():
    """Junk that needs a helper of a cell which replaces the machinery gets the helper and not the patch."""
    patch = PATCHES["a function of the lesson"]
    junk = {"double": f"{patch}\n{HELPER}", "both": "def both(x):\n    return twice(x) + 4"}
    assert passed(junk) == {"double"}


@pytest.mark.parametrize(
    "patch",
    [
        "keep = machinery.watch = lie",
        "keep = [setattr(machinery, 'watch', lie)]",
        "keep = vars(machinery).update(watch=lie) or 1",
        "for machinery.watch in [lie]:\n    keep = 1",
        "def keep(found=machinery):\n    found.watch = lie",
        "class keep:\n    def __init__(self):\n        self.found.watch = lie",
    ],
)
def test_a_patch_that_a_helper_needs_does_not_run(patch, monkeypatch):
    """What binds the helper's name and reaches out by the same statement is left out, so that the helper fails."""
    monkeypatch.setitem(sys.modules, "machinery", SimpleNamespace(watch=print))
    helper = "def lie(x):\n    return 7\n\n\ndef twice(x):\n    return 2 * x if keep else 0"
    user = {"double": f"import machinery\n{helper}\n\n\n{patch}\n{RIGHT['double']}", "both": USER["both"]}
    verdicts, runner = judged(user)
    assert verdicts["double"].passed and not verdicts["both"].passed
    beside = "\n".join(runner.ran[2])
    assert "if keep else 0" in beside and "watch" not in beside


def test_what_nobody_can_know_does_not_run_beside():
    """All names of a module may be anything, Python's and the lesson's among them."""
    verdicts, runner = judged({"double": f"from math import *\n{HELPER}", "both": USER["both"]})
    assert verdicts["both"].passed and verdicts["both"].beside == ("double",)
    assert not any("import *" in source for source in runner.ran[-1])


def test_a_verdict_beside_own_answers_is_that_students_alone(classroom):
    """Another one with the same two cells is run again; an equal answer without the helper fails as before."""
    runner = Python()
    first = classroom({"ann": USER}, runner)
    count = len(runner.ran)
    found = classroom({"ann": USER, "bob": USER, "eve": {"both": USER["both"]}}, runner)
    assert found["ann"] == first["ann"]
    assert found["bob"]["both"].beside == ("double",) and found["bob"]["both"].passed
    assert not found["eve"]["both"].passed and found["eve"]["both"].beside == ()
    assert len(runner.ran) == count + 2  # bob's, and ours for eve


def test_a_broken_cell_beside_binds_nothing():
    """What cannot be read defines no helper, and spoils nothing."""
    assert passed(RIGHT | {"double": "def double(x:"}) == {"triple", "both"}
    assert passed({"double": "def twice(:", "both": USER["both"]}) == set()


RULES = {"calls": ["math.ldexp"], "cost": 1.0}


def test_the_exercises_rules_hold_for_what_stands_elsewhere():
    """A forbidden call in a helper of another cell bars the run; beside it, unneeded, it bars nothing."""
    helper = "import math\n\n\ndef twice(x):\n    return int(math.ldexp(x, 1))\n\n\n"
    verdicts, _ = judged({"double": helper + RIGHT["double"], "both": USER["both"]}, lesson(RULES))
    assert (verdicts["both"].passed, verdicts["both"].kind) == (False, "hint")
    assert verdicts["both"].told == (
        "both: it needs what double defines, and that breaks a rule of this exercise: uses math.ldexp "
        "(return int(math.ldexp(x, 1)))"
    )
    unneeded = "import math\n\n\ndef half(x):\n    return math.ldexp(x, -1)\n\n\n"
    assert passed({"double": unneeded + HELPER, "both": USER["both"]}, lesson(RULES)) == {"double", "both"}
    free = lesson(RULES | {"cost": 0})
    assert passed({"double": helper + RIGHT["double"], "both": USER["both"]}, free) == {"double", "both"}


CATCH_UP = "double = double if double(1) == 2 else (lambda x: x + x)"


def test_through_the_lessons_own_cells_the_chain_goes_on():
    """A catch-up cell uses the student's function; what it binds is what the next answer calls."""
    where = lesson(after=[("double", CATCH_UP)])
    verdicts, runner = judged(
        {"double": "def double(x):\n    return x", "both": "def both(x):\n    return double(x)"}, where
    )
    assert not verdicts["both"].passed and verdicts["both"].beside == ("double",)
    assert CATCH_UP in runner.ran[-2] and "def double(x):\n    return x" in runner.ran[-2]


# Words


QUOTING = "def both(x):\n    if x == 3:\n        raise CheckFailed('our double gives ' + str(double(3)))"


def test_words_beside_our_answer_are_not_told():
    """Neither in the verdict, nor in the store; those that were said beside the student's own are."""
    verdicts, _ = judged({"both": QUOTING, "double": "def double(x):\n    return 'mine'"})
    assert verdicts["both"].told == "our double gives mine"
    verdicts, _ = judged({"both": QUOTING})
    assert verdicts["both"].told == cases.NO_WORDS


def test_no_word_beside_ours_is_on_the_disk(classroom):
    """Whatever becomes of it later."""
    classroom({"ann": {"both": QUOTING}, "bob": {"both": QUOTING, "double": "def double(x):\n    return 'mine'"}})
    assert "our double gives 6" not in classroom.store.path.read_text()
    assert "our double gives mine" in classroom.store.path.read_text()


def test_words_that_need_no_other_answer_are_told():
    """With a stub above, which the answer never calls."""
    answer = "def both(x):\n    if x > 99:\n        return double(x)\n    raise ValueError(f'no {x}')"
    assert judged({"both": answer})[0]["both"].told == "no 3"
    alone = judged({"triple": "def triple(x):\n    raise ValueError('three')"})[0]["triple"]
    assert (alone.kind, alone.told) == ("error", "three")


# Who shares a verdict


def test_equal_answers_of_a_class_are_run_once(classroom):
    """Also those that come while the first one runs, right and wrong ones."""
    runner, told = Python(), []
    wrong = RIGHT | {"triple": "def triple(x):\n    return 4 * x"}
    students = {f"right {n}": RIGHT for n in range(5)} | {f"wrong {n}": wrong for n in range(5)}
    found = classroom(students, runner, done=lambda work: told.append(work.student))
    assert len(runner.ran) == 3 + 1 + 1  # the three right ones, the wrong one, ours to the same exercise
    assert sorted(told) == sorted(students)
    assert {student: sum(verdict.passed for verdict in marks.values()) for student, marks in found.items()} == {
        student: 3 if student.startswith("right") else 2 for student in students
    }
    again = Python()
    assert classroom(students, again) == found
    assert again.ran == []


def keys(where=None, versions="1", student="", **answers):
    """Return the key of the verdict on each exercise alone."""
    found = cases.cases_of(where or lesson(), RIGHT | answers, versions=versions, student=student)
    return {case.exercise.name: case.alone.key for case in found}


def test_what_cannot_be_read_is_not_judged(tmp_path):
    """It has no verdict, not even that nothing was written, and is not counted among what was graded."""
    work, told, runner = Work("ann", lesson(), Path(), unreadable="is empty."), [], Python()
    assert schedule.grade_all([work], Store(tmp_path / "verdicts.jsonl"), runner, done=told.append) == {}
    assert (told, runner.ran) == ([], [])


def test_a_verdict_depends_on_one_answer_and_no_other():
    """Nor on who wrote it; but on the versions, and on the lesson."""
    assert keys(triple="junk", double=HELPER)["both-check"] == keys()["both-check"]
    assert keys(student="ann") == keys()
    assert keys(both=RIGHT["both"] + " ")["both-check"] != keys()["both-check"]
    assert all(keys(versions="2")[name] != key for name, key in keys().items())
    assert keys(lesson(after=[("double", CATCH_UP)]))["both-check"] != keys()["both-check"]


def test_verdicts_depend_on_the_code_the_versions_and_the_isolation(monkeypatch, tmp_path):
    """A changed line of a check, of numpy's version, or less of a box: all is judged again."""
    before = marking.environment(Level.BOX)
    assert marking.environment(Level.LIMITS) != before
    monkeypatch.setattr(marking, "digest_of_code", lambda: "other")
    assert marking.environment(Level.BOX) != before
    monkeypatch.undo()
    monkeypatch.setattr(marking.importlib.metadata, "version", lambda name: f"{name} 99")
    assert marking.environment(Level.BOX) != before


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("coursekit/check/core.py", True),
        ("coursekit/softmax.py", True),
        ("gradekit/runs/judge.py", True),
        ("gradekit/source/names.py", True),
        ("gradekit/rebuild.py", True),
        ("gradekit/cases.py", True),
        ("gradekit/book/pages.py", False),
        ("gradekit/store.py", False),
    ],
)
def test_the_digest_of_the_code_sees_what_bears_on_verdicts(file, counts, monkeypatch, tmp_path):
    """One byte more in a file that judges, or that lessons import; how a page looks does not count."""
    project = Path(marking.coursekit.__file__).parents[1]
    files = [path for package in ("coursekit", "gradekit") for path in (project / package).rglob("*.py")]
    for path in files:
        copy = tmp_path / path.relative_to(project)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    for package in (marking.coursekit, marking.gradekit):
        monkeypatch.setattr(package, "__file__", str(tmp_path / package.__name__ / "__init__.py"))
    before = marking.digest_of_code.__wrapped__()
    assert before == marking.digest_of_code.__wrapped__()
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes() + b"\n")
    assert (marking.digest_of_code.__wrapped__() != before) == counts


# Our own answers


class Failing(Python):
    """A runner for which some of our own answers fail, in a way of its own."""

    def __init__(self, *names, kind="value", told="", stopped=""):
        super().__init__()
        self.names, self.said, self.stopped = names, Verdict(False, kind, told), stopped

    def run(self, nb):
        """Return what the judge would say."""
        found = super().run(nb)
        ours = {
            f"{cell.metadata.nbgrader.grade_id}-check"
            for cell in nb.cells
            if cell.metadata.get("nbgrader", {}).get("solution") and "BEGIN SOLUTION" in cell.source
        }
        wrong = ours & {f"{name}-check" for name in self.names} & found.verdicts.keys()
        verdicts = found.verdicts | dict.fromkeys(wrong, self.said)
        return replace(found, verdicts=verdicts, stopped=self.stopped if wrong else "")


def test_the_master_runs_once_if_all_is_right(tmp_path):
    """All exercises together, and not again while nothing has changed."""
    store, runner = Store(tmp_path / "v"), Python()
    for _ in range(2):
        marking.check_masters([lesson()], store, runner.run, "1")
    assert (len(runner.ran), store.added) == (1, 1)
    marking.check_masters([lesson()], store, runner.run, "2")
    assert len(runner.ran) == 2


def test_a_master_that_fails_is_tried_by_exercise_and_each_time_again(tmp_path):
    """What fails by itself stops the grading, whatever the store says; what only fails together does not."""
    store, failing = Store(tmp_path / "v"), Failing("triple")
    for _ in range(2):
        count = len(failing.ran)
        with pytest.raises(GradingError, match="90_sample: triple-check \\(value\\)"):
            marking.check_masters([lesson()], store, failing.run, "1")
        assert len(failing.ran) == count + 2
    marking.check_masters([lesson()], store, Python().run, "1")
    together = Failing("double")
    together.run = lambda nb, run=together.run: run(nb) if len(nb.cells) > 4 else Python().run(nb)
    marking.check_masters([lesson()], Store(tmp_path / "w"), together.run, "1")


ADVISED = {
    "value": "have \\(here: Python .*numpy .*python -m gradekit.author NOTEBOOK",
    "hint": "one of the two was edited",
    "error": "a missing module must be installed",
    "unwritten": "write its solution",
    "slow": "fewer --jobs, or with more --seconds",
    "loud": "take the print out",
    "dead": "is the memory full",
}


@pytest.mark.parametrize("kind", ADVISED)
def test_nobody_gets_a_mark_where_our_own_answer_fails(kind, classroom):
    """The text names the exercise, what it said, and what to do about such a failure; no other advice is in it."""
    wrong = RIGHT | {"triple": "def triple(x):\n    return 4 * x"}
    failing = Failing("triple", kind=kind, told="so {it} says")
    with pytest.raises(GradingError, match=ADVISED[kind]) as stop:
        marking.judge(lesson(), wrong, failing.run, "")
    assert f"  90_sample: triple-check ({kind}) so {{it}} says\n" in str(stop.value)
    assert [other for other in ADVISED if re.search(ADVISED[other], str(stop.value))] in ([kind], ["value", kind])
    together = ADVISED[kind] if kind in advice.TROUBLE else "It passed when all exercises of the lesson ran together"
    with pytest.raises(GradingError, match=together):
        classroom({"ann": wrong}, failing)


def test_the_advice_knows_every_kind_of_failure():
    """Also that the run was ended, with the reason."""
    with pytest.raises(GradingError, match=r"it used more than 4 GB of memory\.\nThe limits are too small") as stop:
        marking.judge(lesson(), {"triple": "junk"}, Failing("triple", stopped="used more than 4 GB of memory").run, "")
    assert "gradekit.author" not in str(stop.value)


class Hasty(Failing):
    """A runner that is too slow for our answer some times."""

    def __init__(self, times):
        super().__init__("triple", kind="slow")
        self.times = times

    def run(self, nb):
        """Return what the judge would say."""
        found = super().run(nb)
        if found.verdicts.get("triple-check") == self.said:
            self.times -= 1
            self.names = self.names if self.times > 0 else ()
        return found


WRONG_ONES = {f"s{n}": RIGHT | {"triple": f"def triple(x):\n    return 4 * x + {n}"} for n in range(6)}


def test_a_machine_that_was_busy_gets_a_second_chance(classroom, tmp_path):
    """Our answer that took too long is run once more; then all go on."""
    runner = Hasty(1)
    found = classroom(WRONG_ONES, runner)
    assert sorted(found) == sorted(WRONG_ONES)
    assert all(marks["both"].passed and not marks["triple"].passed for marks in found.values())
    assert sum("return 3 * x" in "".join(ran) for ran in runner.ran) == 2
    marking.check_masters([lesson()], Store(tmp_path / "w"), Hasty(2).run, "1")  # together, and by itself
    assert not marking.judge(lesson(), WRONG_ONES["s1"], Hasty(1).run, "1")["triple-check"].passed


def test_a_machine_that_stays_busy_gives_no_mark(classroom, tmp_path):
    """Twice is enough."""
    with pytest.raises(GradingError, match="fewer --jobs"):
        classroom(WRONG_ONES, Hasty(2))
    with pytest.raises(GradingError, match="fewer --jobs"):
        marking.check_masters([lesson()], Store(tmp_path / "w"), Hasty(3).run, "1")
    with pytest.raises(GradingError, match="fewer --jobs"):
        marking.judge(lesson(), WRONG_ONES["s1"], Hasty(2).run, "1")


def test_while_our_answer_has_its_second_chance_nothing_else_runs(tmp_path):
    """Neither what is ready nor what is new is handed out before it is done."""
    store = Store(tmp_path / "v")
    works = [
        Work(f"s{n}", lesson(), Path(), submission=Submission({"triple": f"def triple(x):\n    return {n}"}))
        for n in range(3)
    ]
    desk = schedule.Desk(works, store, Limits(), "1", lambda work: None)
    first, second = desk.take(), desk.take()
    desk.put(first, Verdict(False, "value"))
    (ours,) = [tried for tried in (desk.take(), desk.take()) if tried.own]
    desk.put(ours, Verdict(False, "slow"))
    assert desk.take() is None  # the second and the third still run
    desk.put(second, Verdict(False, "value"))
    third = next(pairs[0][1].alone for key, pairs in desk.waiting.items())
    assert desk.take() is None
    desk.put(third, Verdict(False, "value"))
    assert desk.take().key == ours.key
    assert desk.take() is None
    desk.put(ours, Verdict(True, "right"))
    assert desk.take() is None and len(desk.keys) == 3


def test_our_answer_is_not_asked_where_nobody_fails(classroom):
    """It costs no run, and a class that is right is graded although ours would fail by itself."""
    runner = Failing("triple")
    assert all(verdict.passed for verdict in classroom({"ann": RIGHT}, runner)["ann"].values())
    assert len(runner.ran) == 3


# Limits, workers


def test_a_verdict_by_limits_falls_with_them(classroom):
    """With others it is run again, with the same it is not; what is right stays."""
    slow = Python({"triple-check": Verdict(False, "slow")})
    slow.run = lambda nb, run=slow.run: Python().run(nb) if "BEGIN SOLUTION" in str(nb) else run(nb)
    assert classroom({"ann": RIGHT}, slow)["ann"]["triple"].kind == "slow"
    same, patient = Python(), Python()
    assert classroom({"ann": RIGHT}, same)["ann"]["triple"].kind == "slow"
    assert same.ran == []
    patient.limits = replace(Limits(), seconds=99)
    assert classroom({"ann": RIGHT}, patient)["ann"]["triple"].passed
    assert len(patient.ran) == 1


def test_a_run_that_says_nothing_of_the_check_ended_python():
    """And one that was ended says why, whatever it had said before."""
    nothing = Run(seconds=2.0, memory=3)
    assert marking.verdict_of(nothing, "a-check") == Verdict(False, "dead", seconds=2.0, memory=3)
    right = Run({"a-check": Verdict(True, "right")}, seconds=2.0, memory=3)
    assert marking.verdict_of(right, "a-check").passed
    told = "The run was ended: it wrote too much."
    ended = Verdict(False, "stopped", told, seconds=2.0, memory=3)
    assert marking.verdict_of(replace(right, stopped="wrote too much"), "a-check") == ended


def job(seconds=5, **changes):
    """Return a job that any worker can take."""
    (case, *_) = cases.cases_of(lesson(), RIGHT, versions="")
    versions = marking.environment(Level.LIMITS)
    whole = schedule.Job(
        json.dumps(case.alone.notebook), case.exercise.name, Limits(seconds=seconds), Level.LIMITS, (), versions
    )
    return replace(whole, **changes)


def test_a_job_is_plain_data():
    """It survives the way to another machine, and gives there what it gives here."""
    there = pickle.loads(pickle.dumps(job()))
    assert there == job()
    assert schedule._run_here(there, Python()).passed


def test_a_cluster_s_worker_must_be_as_the_grader_is():
    """Another version of numpy, or other code, would give other verdicts under the same key."""
    wanted = json.loads(marking.environment(Level.LIMITS))
    other = json.dumps(wanted | {"numpy": "1.0", "code": "0" * 64})
    with pytest.raises(GradingError, match=r"code .{12} instead of 0{12}, numpy \d.* instead of 1.0. Install the same"):
        schedule._run_there(job(versions=other))
    assert advice.refuse_other(wanted, wanted) is None


def test_a_cluster_s_worker_obeys_the_limits_of_each_grading(monkeypatch):
    """A process of a cluster outlives a grading, and the next may allow something else; it keeps a few, not all."""
    closed = []

    class Runners(Python):
        """Runners that nobody uses."""

        def __init__(self, limits, level, hide):
            super().__init__()
            self.limits, self.idle, self.all = limits, [], []

        def __exit__(self, *error):
            closed.append(self.limits.seconds)

    monkeypatch.setattr(schedule, "RUNNERS", {})
    monkeypatch.setattr(schedule, "Runners", Runners)
    monkeypatch.setattr(schedule, "_run_here", lambda job, runners: runners)
    found = [schedule._run_there(job(seconds)) for seconds in (5, 9, 5)]
    assert [runners.limits.seconds for runners in found] == [5, 9, 5]
    assert found[0] is found[2] is not found[1]
    found[1].all.append("at work")
    for seconds in range(10, 20):
        assert schedule._run_there(job(seconds)).limits.seconds == seconds
        assert len(schedule.RUNNERS) <= schedule.MOST
    assert found[1] in schedule.RUNNERS.values()  # it was at work all the time
    assert closed == [5, *range(10, 17)]
