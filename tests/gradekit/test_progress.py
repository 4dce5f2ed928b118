"""`coursekit check` of a folder: one line for each lesson, the next thing to do, and again when a notebook is saved."""

import shutil

import nbformat
import pytest
from typer.testing import CliRunner

from coursekit.cli import app
from gradekit import progress as module
from gradekit.progress import NoCourse, progress, watch
from gradekit.release import release
from gradekit.runs.limits import Level
from gradekit.verdict import Verdict
from tests.gradekit.two_exercises import LIKELY, NAME, RATE, fake_runner, write_course

SECOND = "91_two_more"


@pytest.fixture
def course(tmp_path):
    """Return a folder of two lessons with the same exercises."""
    folder = write_course(tmp_path / "course")
    text = (folder / f"{NAME}.ipynb").read_text(encoding="utf-8")
    (folder / f"{SECOND}.ipynb").write_text(text.replace("90-", "91-").replace("Which class", "Whose class"), "utf-8")
    return folder


@pytest.fixture
def folder(course, tmp_path):
    """Return a student's copy."""
    release(tmp_path / "mine", source=course)
    return tmp_path / "mine"


@pytest.fixture
def ran(monkeypatch):
    """Let nothing run: an answer passes unless it holds the word wrong. Return what would have run."""
    ran = []

    def says(nb):
        """Say what is wrong."""
        bad = any("wrong" in cell.source for cell in nb.cells)
        return Verdict(False, "hint", "decayed_rate: Look at step 0.\nMore.") if bad else None

    monkeypatch.setattr(module, "Runner", fake_runner(ran, says))
    return ran


def write(folder, name=NAME, **answers):
    """Write answers into a notebook of a copy."""
    nb = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    sources = {answer.replace("_", "-"): source for answer, source in answers.items()}
    for cell in nb.cells:
        cell.source = sources.get(cell.metadata.get("nbgrader", {}).get("grade_id", "")[3:], cell.source)
    nbformat.write(nb, folder / f"{name}.ipynb")


def test_one_line_for_each_lesson_and_what_is_next(folder, course, ran):
    """What is wrong comes before what is not written."""
    write(folder, most_likely=LIKELY, decayed_rate=RATE.replace("return", "wrong = 1\n    return"))
    found = progress(folder, source=course)
    assert str(found).split("\n") == [
        f"{NAME}         ✓✗  1 done, 1 wrong",
        f"{SECOND}              ○○  2 not written",
        "",
        f"1 of 4 pass here. Next: 90-decayed-rate in {NAME}. decayed_rate: Look at step 0.",
    ]
    assert not found.passed


def test_what_is_not_begun_is_not_run(folder, course, ran):
    """Neither the stubs nor our own answers."""
    assert str(progress(folder, source=course)).endswith(
        f"0 of 4 pass here. Next: 90-most-likely in {NAME}. It is not written yet."
    )
    assert ran == []


def test_all_done(folder, course, ran):
    """Nothing is next."""
    for name in (NAME, SECOND):
        write(folder, name, most_likely=LIKELY, decayed_rate=RATE)
    found = progress(folder, source=course)
    assert found.passed and str(found).endswith("4 of 4 pass here.")


def test_a_copy_with_the_lessons_name_counts(folder, course, ran):
    """Others of the same lesson are named, and a lesson that is not there says how to get it."""
    shutil.copy(folder / f"{NAME}.ipynb", folder / "Untitled.ipynb")
    (folder / f"{SECOND}.ipynb").unlink()
    first, second = progress(folder, source=course).standings
    assert f"{NAME}.ipynb counts, not Untitled.ipynb" in str(first)
    assert "coursekit lab brings it" in str(second)


def test_a_broken_notebook_costs_its_own_line_only(folder, course, ran):
    """The others are looked at."""
    (folder / f"{NAME}.ipynb").write_text("{", encoding="utf-8")
    first, second = progress(folder, source=course).standings
    assert "breaks off" in str(first) and first.lines == ()
    assert "2 not written" in str(second)


def test_a_folder_without_lessons_is_refused(tmp_path, course):
    """With what to do."""
    with pytest.raises(NoCourse, match="Name the folder of your copy"):
        progress(tmp_path / "nowhere", source=course)


def test_what_is_saved_is_looked_at_again(folder, course, ran):
    """That lesson and no other; its hints are told in full."""
    saves = [
        lambda: write(folder, decayed_rate=RATE.replace("return", "wrong = 1\n    return")),
        lambda: None,
        lambda: write(folder, SECOND, most_likely=LIKELY),
        lambda: (folder / f"{SECOND}.ipynb").unlink(),
    ]
    standings = watch(folder, source=course, wait=lambda: saves.pop(0)())
    assert next(standings).changed == (NAME, SECOND)
    first, second, third = next(standings), next(standings), next(standings)
    assert (first.changed, second.changed, third.changed) == ((NAME,), (SECOND,), (SECOND,))
    assert "✗ 90-decayed-rate: decayed_rate: Look at step 0.\n    More." in first.news()
    assert "coursekit lab brings it" in third.news()


def test_the_command(folder, course, ran, monkeypatch):
    """A folder; the current one where none is named, or the usual one; exit codes tell what is at fault."""
    invoke = lambda *words: CliRunner().invoke(app, ["check", *words, "--source", str(course)])  # noqa: E731
    monkeypatch.chdir(folder)
    assert (invoke().exit_code, invoke().stdout) == (1, invoke(".").stdout)
    assert "0 of 4 pass here" in invoke().stdout
    monkeypatch.chdir(folder.parent)
    assert invoke().exit_code == 2
    folder.rename(folder.parent / "softmax-course")
    assert "0 of 4 pass here" in invoke().stdout
    assert invoke("nowhere").exit_code == 2
    result = invoke("--watch", f"softmax-course/{NAME}.ipynb")
    assert result.exit_code == 2 and "--watch looks at a folder" in result.stderr


def test_the_watch_ends_by_the_keys(folder, course, ran, monkeypatch):
    """And says so."""

    def stop(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(module.time, "sleep", stop)
    result = CliRunner().invoke(app, ["check", "--watch", str(folder), "--source", str(course)])
    assert result.exit_code == 130
    assert "0 of 4 pass here" in result.stdout and "Stopped." in result.stderr


def test_a_real_run(folder, course):
    """Right and wrong answers in kernels of their own."""
    write(folder, most_likely=LIKELY, decayed_rate="def decayed_rate(start, factor, every, step):\n    return start")
    found = progress(folder, source=course, level=Level.LIMITS)
    assert [line.mark for line in found.standings[0].lines] == ["✓", "✗"]
