"""`coursekit check` says what grading will make of a notebook, and gives nothing hidden away."""

import errno
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from typer.testing import CliRunner

from coursekit import doctor
from coursekit.cli import app
from gradekit import ours
from gradekit import precheck as precheck_module
from gradekit.lesson import GradingError
from gradekit.ours import OursFail
from gradekit.precheck import Line, Outlook, precheck
from gradekit.release import release
from gradekit.runs.limits import Level, Limits
from gradekit.student import student_version
from gradekit.submission.reading import Unreadable
from gradekit.verdict import Verdict
from tests.gradekit.two_exercises import LIKELY, NAME, RATE, fake_runner, lesson, write_course, written

RIGHT = {"most_likely": LIKELY, "decayed_rate": RATE}


@pytest.fixture
def course(tmp_path):
    """Return the folder of the lesson."""
    return write_course(tmp_path / "course")


@pytest.fixture
def copy(course, tmp_path):
    """Return the student's copy."""
    release(tmp_path / "mine", source=course)
    return nbformat.read(tmp_path / "mine" / f"{NAME}.ipynb", as_version=4)


@pytest.fixture
def looked_at(course, tmp_path, monkeypatch):
    """Return what is said of a notebook by a grader whose every run is right."""
    ran = []

    monkeypatch.setattr(precheck_module, "Runner", fake_runner(ran, lambda nb: look.says(nb)))

    def look(nb, **options):
        return run(nb, course, tmp_path, **options)

    look.ran, look.says = ran, lambda nb: None
    return look


def run(nb, course, tmp_path, name=f"{NAME}.ipynb", **options):
    """Return the outlook of a notebook."""
    (tmp_path / name).write_text(json.dumps(nb))
    return precheck(tmp_path / name, source=course, level=Level.LIMITS, **options)


def test_right_answers_pass_although_no_output_is_known(copy, course, tmp_path):
    """The checks print, and the copy holds no output to compare with; a browser has renamed the file."""
    outlook = run(written(copy, **RIGHT), course, tmp_path, name=f"{NAME} (1).ipynb")
    assert outlook.passed
    assert outlook == Outlook(
        NAME,
        (Line("90-most-likely-check", True, "passes", ()), Line("90-decayed-rate-check", True, "passes", ())),
        (),
    )
    assert str(outlook).startswith(f"{NAME}: 2 of 2 pass here; grading tries more inputs than the checks show.\n✓ 90-")


def test_a_wrong_answer_gets_its_hint_and_hurts_no_other(copy, course, tmp_path):
    """The check's own words; what ends Python costs its own exercise only."""
    wrong = {
        "most_likely": LIKELY.replace("axis=1", "axis=0"),
        "decayed_rate": "def decayed_rate(*all):\n    import os\n    os._exit(0)",
    }
    first, second = run(written(copy, **wrong), course, tmp_path).lines
    assert (first.passed, second.passed) == (False, False)
    assert first.text.startswith("most_likely")
    assert "axis" in first.text
    assert second.text == "ends Python"


def test_an_endless_answer_is_stopped(copy, course, tmp_path):
    """After the time that one cell may take."""
    endless = written(copy, **RIGHT | {"decayed_rate": "def decayed_rate(*all):\n    while True:\n        pass"})
    first, second = run(endless, course, tmp_path, limits=Limits(seconds=8)).lines
    assert first.passed
    assert not second.passed
    assert "a loop that never ends?" in second.text


def test_what_is_run_holds_nothing_hidden(copy, looked_at):
    """No probe, no expected value, no tag that looks away from an error: only `nbval-ignore-output`."""
    assert looked_at(written(copy, **RIGHT)).passed
    ours, *theirs = looked_at.ran
    assert len(theirs) == 2
    for nb, count in ((ours, 5), *((nb, 3) for nb in theirs)):
        text = nbformat.writes(nb)
        assert "HIDDEN" not in text
        assert "-> " not in text
        assert "probe(most_likely" not in text
        assert [cell.metadata.tags for cell in nb.cells] == [["nbval-ignore-output"]] * count
        assert all(not cell.outputs for cell in nb.cells)


def test_an_untouched_copy_and_a_missing_answer_are_unwritten(copy, looked_at):
    """The master's answer never stands in for one that is not there."""
    assert [line.text for line in looked_at(copy).lines] == ["is not written yet"] * 2
    del copy.cells[2]
    first, second = looked_at(written(copy, decayed_rate=RATE)).lines
    assert (first.text, first.passed, second.passed) == ("is not written yet", False, True)
    sources = [cell.source for cell in looked_at.ran[-1].cells]
    assert RATE in sources and LIKELY not in sources
    assert "90-most-likely: the answer cell is missing." in looked_at(copy).remarks


@pytest.mark.parametrize(
    ("answer", "notes"),
    [
        ("def decayed_rate(*all):\n    return helper(*all)", []),
        ("def decayed_rate(*all):\n    return afterwards", ["uses afterwards, which the lesson defines only further"]),
        ("def decayed_rate(*all):\n    return nowhere", []),
        ("def decayed_rate(*all):\n    return np.exp(hours), print, display(most_likely(all))", []),
        ("def helper(*all):\n    return 1\ndef decayed_rate(*all):\n    return helper(*all)", []),
        ("import math as helper\ndef decayed_rate(*all):\n    return helper", []),
    ],
)
def test_names_that_do_not_travel_are_named(copy, looked_at, answer, notes):
    """From a cell of the student's own, or from further down; what the lesson gives, and Python, is no stranger."""
    copy.cells.insert(1, new_code_cell("def helper(*all):\n    return 2"))
    said = looked_at(written(copy, **RIGHT | {"decayed_rate": answer})).lines[1].notes
    assert len(said) == len(notes)
    assert all(text.startswith(note) for text, note in zip(said, notes, strict=True))


@pytest.mark.parametrize(
    ("name", "answer", "note", "passed"),
    [
        (
            "decayed_rate",
            "f = optim.step_decay",
            "Rule: uses coursekit.optim.step_decay (line 1: f = optim.step_decay). It costs all points. "
            "Take it out, and write that step yourself.",
            False,
        ),
        (
            "most_likely",
            "def f(Z):\n    return [1 for z in Z]",
            "Rule: holds a loop (line 2: return [1 for z in Z]). It costs 50 % of the points. "
            "Let one product, or one sum over an axis, do all rows at once.",
            False,
        ),
        (
            "decayed_rate",
            "\nf = eval('3')",
            "Rule: eval can hide what is used (line 2: f = eval('3')). It costs nothing; your instructor sees it. "
            "If you can, do without it, and write the name of what you use.",
            True,
        ),
    ],
)
def test_rules_are_told_with_line_and_price(copy, looked_at, name, answer, note, passed):
    """A breach that costs points does not pass, whatever the check says; one that is only shown does."""
    outlook = looked_at(written(copy, **RIGHT | {name: answer}))
    (line,) = [line for line in outlook.lines if line.notes]
    assert (line.notes, line.passed, outlook.passed) == ((note,), passed, passed)
    assert line.text == ("passes" if passed else "passes its check, but breaks a rule that costs points")


def test_what_is_ignored_or_repaired_is_said(copy, looked_at):
    """Markers, tags, copies, changed checks, cells of one's own; no word on what is as it was released."""
    written(copy, most_likely="# NBVAL_SKIP\n" + LIKELY, decayed_rate=RATE)
    copy.cells[2].metadata.tags = ["raises-exception"]
    copy.cells[3].source = "print('fine')"
    copy.cells.append(copy.cells[7].copy())
    copy.cells += [new_code_cell(source) for source in ("", "x = 1\ny = 2", "z = 3", "!ls")]
    assert list(looked_at(copy).remarks) == [
        "90-most-likely: markers that tell nbval to look away were taken out.",
        "90-most-likely: the tag raises-exception was taken out.",
        "90-decayed-rate: 2 cells have this name; the last one that was written to counts.",
        "90-most-likely-check: this cell was changed; the lesson's own is run.",
        "3 code cells of your own, or changed ones, are not run, only answers are: x = 1; z = 3; !ls",
    ]


def test_lost_metadata_is_said_and_costs_nothing(copy, looked_at):
    """As other editors leave a notebook."""
    for cell in written(copy, **RIGHT).cells:
        cell.metadata.clear()
    outlook = looked_at(copy)
    assert outlook.passed
    assert [remark.split(":")[1] for remark in outlook.remarks] == [
        " its metadata was lost; the cell was found by what it defines."
    ] * 2


@pytest.mark.parametrize("metadata", [{"nbgrader": 3}, {"nbgrader": {"grade_id": [1], "grade": {}}}, {"tags": 1}])
def test_strange_metadata_breaks_nothing(copy, looked_at, metadata):
    """Whatever an editor wrote there."""
    written(copy, **RIGHT)
    copy.cells[1].metadata = copy.cells[3].metadata = copy.cells[7].metadata = nbformat.from_dict(metadata)
    assert looked_at(copy).passed


def test_a_students_words_cannot_steer_a_terminal():
    """Control characters are replaced, and further lines are indented below the first."""
    line = Line("90-rate-check", False, "bad \x1b[31m\nnews\r\nagain", ("a\x07note",))
    assert str(line) == "✗ 90-rate: bad \ufffd[31m\n    news\n    again\n    a\ufffdnote"


def files(folder):
    """Return what is no notebook, with what is said of it."""
    (folder / "90_two_exercises.txt").write_text("my answers")
    (folder / f"folder {NAME}.ipynb").mkdir()
    (folder / f"link {NAME}.ipynb").symlink_to(folder / "anything")
    (folder / f"list {NAME}.ipynb").write_text("[1, 2]")
    (folder / f"empty {NAME}.ipynb").write_text("")
    return {
        "90_two_exercises.txt": "is no notebook",
        f"folder {NAME}.ipynb": "is a folder, not a notebook",
        f"link {NAME}.ipynb": "is a link to another file, not a notebook",
        f"list {NAME}.ipynb": "holds no list of cells",
        f"empty {NAME}.ipynb": "is empty",
        "nothing.ipynb": "there is no file",
    }


def test_what_is_no_notebook_is_one_clear_error(course, tmp_path):
    """The message names the file and says what it is; nothing runs."""
    for name, problem in files(tmp_path).items():
        with pytest.raises(Unreadable, match=problem) as error:
            precheck(tmp_path / name, source=course)
        assert str(tmp_path / name) in str(error.value)
        assert "\n" not in str(error.value)


def test_a_name_that_is_almost_there_is_guessed(course, tmp_path):
    """Typed by hand, one forgets a letter."""
    (tmp_path / f"{NAME}.ipynb").touch()
    with pytest.raises(Unreadable, match=rf"Did you mean \S*{NAME}\.ipynb\?"):
        precheck(tmp_path / "90_two_exercise.ipynb", source=course)


def test_a_git_conflict_is_told_with_its_line(copy, course, tmp_path):
    """A merge that nobody finished leaves two versions in the file; the message says how to take one."""
    lines = nbformat.writes(copy).split("\n")
    lines[7:7] = ["<<<<<<< HEAD", "=======", ">>>>>>> theirs"]
    (tmp_path / f"{NAME}.ipynb").write_text("\n".join(lines))
    with pytest.raises(Unreadable, match=rf"git conflict at line 8: .*git checkout --theirs {NAME}.ipynb"):
        precheck(tmp_path / f"{NAME}.ipynb", source=course)


@pytest.mark.parametrize("name", ["homework.ipynb", "00_start_here.ipynb", "résumé 2.IPYNB"])
def test_a_lesson_is_known_by_its_cells(copy, looked_at, name):
    """Whatever the file is called; a remark says what was taken for it."""
    outlook = looked_at(written(copy, **RIGHT), name=name)
    assert (outlook.lesson, outlook.passed) == (NAME, True)
    assert outlook.remarks == (f"the file's name does not say so, but its cells are of {NAME}; that is what was run.",)


def test_what_answers_no_lesson_is_told(copy, course, tmp_path):
    """Neither by its cells nor by its name; the lessons are listed."""
    copy.cells = [new_code_cell("x = 1")]
    copy.metadata.clear()
    with pytest.raises(GradingError, match=rf"homework\.ipynb answers no lesson: .* are {NAME}\."):
        run(copy, course, tmp_path, name="homework.ipynb")


@pytest.fixture
def wrong_sources(copy, tmp_path):
    """Return folders that are no instructor's, with what is said of each."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    finished = written(nbformat.read(tmp_path / "mine" / f"{NAME}.ipynb", as_version=4), **RIGHT)
    old = written(nbformat.read(tmp_path / "mine" / f"{NAME}.ipynb", as_version=4), most_likely=LIKELY)
    old.metadata.clear()
    for folder, nb in (("finished", finished), ("old", old)):
        (tmp_path / folder).mkdir()
        nbformat.write(nb, tmp_path / folder / f"{NAME}.ipynb")
    return {
        "nowhere": "nowhere is not there. Name the folder of your own complete lessons",
        "empty": "empty holds no notebook. Name the folder",
        "file": "file is a file. Name the folder that it lies in",
        "mine": "is a student's copy, without solutions and hidden tests",
        "finished": "is a student's copy",
        "old": "is a student's copy",
    }


def test_a_wrong_source_is_told_as_what_it_is(wrong_sources, tmp_path):
    """By every command that takes one, in one line, and nothing is written."""
    notebook = str(tmp_path / "mine" / f"{NAME}.ipynb")
    commands = {
        "check": ["check", notebook],
        "release": ["release", str(tmp_path / "out")],
        "grade": ["grade", str(tmp_path / "mine"), "--to", str(tmp_path / "out")],
    }
    for source, problem in wrong_sources.items():
        for name, command in commands.items():
            result = CliRunner().invoke(app, [*command, "--source", str(tmp_path / source)])
            assert problem in result.stderr, (source, name, result.stderr)
            assert result.stderr.count("\n") == 1
            assert result.exit_code == (2 if name == "check" else 1)
            assert [*(tmp_path / "out").glob("*[!k]")] == []  # a grader leaves its lock at most


def test_where_our_own_answers_fail_nothing_is_said_of_others(copy, looked_at):
    """The machine is at fault: neither marks nor hints, but what failed of ours."""
    looked_at.says = lambda nb: Verdict(False, "dead")
    with pytest.raises(OursFail, match=r"(?s)our own answers fail on this machine:\n.*90-most-likely-check \(dead\)"):
        looked_at(written(copy, most_likely="def most_likely(Z):\n    return 3"))
    assert len(looked_at.ran) <= 2 * 3, "each once, and once more alone"
    assert not any("return 3" in cell.source for nb in looked_at.ran for cell in nb.cells)


def test_ours_are_tried_once_for_this_version(copy, looked_at, tmp_path, monkeypatch):
    """What passed is remembered, and tried again when a package has changed."""
    answers = written(copy, **RIGHT)
    assert [looked_at(answers, known=tmp_path / "cache" / "ours").passed for _ in range(3)] == [True] * 3
    assert len(looked_at.ran) == 1 + 3 * 2
    monkeypatch.setattr(ours, "environment", lambda: "another numpy")
    looked_at(answers, known=tmp_path / "cache" / "ours")
    assert len(looked_at.ran) == 1 + 3 * 2 + 3


def test_what_failed_is_not_remembered_and_a_full_cache_is_no_obstacle(copy, looked_at, tmp_path):
    """A machine that is well again is believed; so is one whose cache cannot be written."""
    looked_at.says = lambda nb: Verdict(False, "dead")
    with pytest.raises(OursFail):
        looked_at(written(copy, **RIGHT), known=tmp_path / "cache")
    looked_at.says = lambda nb: None
    assert looked_at(written(copy, **RIGHT), known=tmp_path / "cache").passed
    (tmp_path / "file").touch()
    assert looked_at(written(copy, **RIGHT), known=tmp_path / "file" / "ours").passed


def test_slow_is_said_only_where_ours_are_quick_now(copy, looked_at, tmp_path):
    """A machine that was quick when ours were tried may be busy today: ours are tried again before yours is blamed."""
    slow = Verdict(False, "slow")
    looked_at(written(copy, **RIGHT), known=tmp_path / "ours")
    written(copy, decayed_rate="def decayed_rate(*all):\n    while True:\n        pass")
    looked_at.says = lambda nb: slow if any("while True" in cell.source for cell in nb.cells) else None
    assert "a loop that never ends?" in looked_at(copy, known=tmp_path / "ours").lines[1].text
    looked_at.says = lambda nb: slow
    with pytest.raises(OursFail, match="slow"):
        looked_at(copy, known=tmp_path / "ours")


@pytest.fixture
def command(monkeypatch, tmp_path):
    """Return what `coursekit check` prints and returns where looking at the notebook gives this."""

    def invoke(result):
        def precheck(notebook, source=None, known=None):
            if isinstance(result, Exception):
                raise result
            return result

        monkeypatch.setattr(precheck_module, "precheck", precheck)
        monkeypatch.chdir(tmp_path)
        return CliRunner().invoke(app, ["check", "mine.ipynb"])

    return invoke


@pytest.mark.parametrize(("passed", "code"), [(True, 0), (False, 1)])
def test_the_command_prints_and_tells_by_its_exit_code(command, passed, code):
    """0 only if all pass."""
    outlook = Outlook(NAME, (Line("90-a-check", True, "passes", ()), Line("90-b-check", passed, "so", ())), ("lost",))
    result = command(outlook)
    assert (result.exit_code, result.stdout) == (code, f"{outlook}\n")
    assert str(outlook).endswith("b: so\nWhat grading leaves out or has to repair:\n  lost")


def test_a_file_that_hides_a_module_is_named(command, tmp_path):
    """It lies beside the notebook, where grading does not see it but the student's own kernel does."""
    (tmp_path / "random.py").touch()
    result = command(Outlook(NAME, (), ()))
    assert result.exit_code == 0
    assert "!!  in ., random.py has the name of a module" in result.stdout


def test_the_command_refuses_in_one_line(tmp_path):
    """No traceback for what is no notebook; exit code 2 says that no answer was judged."""
    result = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr == (
        f"coursekit: check: there is no lesson in {tmp_path}. Name the folder of your copy, such as softmax-course, or "
        "a notebook; coursekit lab makes a copy.\n"
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OursFail("90: our own answers fail on this machine:\n  90-a (dead)"), "our own answers fail"),
        (OSError(errno.ENOSPC, "No space left on device", "/tmp/x"), "the disk of /tmp/x is full. Free some space"),
        (RuntimeError("no kernel was ready"), "no kernel was ready"),
    ],
)
def test_where_the_machine_is_at_fault_the_doctor_is_asked(command, monkeypatch, error, said):
    """Exit code 3, no word against an answer, and what the doctor finds wrong."""
    bad = doctor.Finding(False, "0.1 GiB of memory free", "Close other programs.")
    monkeypatch.setattr(doctor, "examine", lambda folder: [doctor.Finding(True, "Python"), bad])
    result = command(error)
    assert (result.exit_code, result.stdout) == (3, "")
    assert said in result.stderr
    assert result.stderr.endswith(
        "This says nothing about your answers. What may be at fault:\n!!  0.1 GiB of memory free\n"
        "    -> Close other programs.\n"
        "The course cannot run here yet. To fix first: 1 of the lines that start with !! above.\n"
    )


def test_the_visible_version_has_solutions_and_no_hidden_tests():
    """It is the student's version, but for the answers, which are marked as solutions still."""
    visible, master = precheck_module._visible(lesson()), lesson()
    for cell, released, full in zip(visible.cells, student_version(master).cells, master.cells, strict=True):
        solution = full.metadata.get("nbgrader", {}).get("solution")
        assert cell.source == (full if solution else released).source
