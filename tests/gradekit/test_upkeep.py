"""A begun copy is kept up: `coursekit reset` and `coursekit update` lose nothing that a student wrote."""

import json
from datetime import datetime

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from typer.testing import CliRunner

from coursekit.cli import app
from gradekit.lesson import load_lessons
from gradekit.release import release
from gradekit.submission import answers, reading
from gradekit.upkeep import UpkeepError, reset, update
from tests.gradekit.two_exercises import NAME, write_course, written

NOW = datetime(2026, 11, 28, 9, 30)
MINE = "def most_likely(Z):\n    return [max(range(len(z)), key=z.__getitem__) for z in Z]"


@pytest.fixture
def course(tmp_path):
    """Return the folder of the lesson."""
    return write_course(tmp_path / "course")


@pytest.fixture
def path(course, tmp_path):
    """Return a student's notebook with one answer."""
    release(tmp_path / "mine", source=course)
    path = tmp_path / "mine" / f"{NAME}.ipynb"
    nbformat.write(written(nbformat.read(path, as_version=4), most_likely=MINE), path)
    return path


def cells(path):
    """Return the sources of a notebook by their names, and those without one in order."""
    nb = nbformat.read(path, as_version=4)
    nbformat.validate(nb)
    named = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in nb.cells}
    return named, [cell.source for cell in nb.cells]


def change(path, edit):
    """Change a notebook."""
    nb = nbformat.read(path, as_version=4)
    edit(nb)
    nbformat.write(nb, path)


def replace_text(folder, old, new):
    """Write a newer edition of the lesson."""
    path = folder / f"{NAME}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# One exercise


def test_reset_brings_the_stub_back_and_keeps_the_answer(path, course):
    """The rest of the notebook stays, the old answer is a file of its own."""
    before = cells(path)[0]
    said = reset("90-most-likely", path.parent, source=course, now=NOW)
    kept = path.parent / "kept" / "90-most-likely_2026-11-28_093000.py"
    assert kept.read_text(encoding="utf-8") == MINE + "\n"
    assert str(kept) in said and "Reload Notebook from Disk" in said
    after = cells(path)[0]
    assert "raise NotImplementedError" in after.pop("90-most-likely")
    assert after == {name: source for name, source in before.items() if name != "90-most-likely"}


def test_reset_twice_in_a_second_keeps_both(path, course):
    """No kept file is written over."""
    for text in ("first = 1", "second = 2"):
        change(path, lambda nb, text=text: written(nb, most_likely=text))
        reset("90-most-likely-check", path.parent, source=course, now=NOW)
    kept = sorted(file.read_text(encoding="utf-8") for file in (path.parent / "kept").iterdir())
    assert kept == ["first = 1\n", "second = 2\n"]


def test_reset_of_what_is_not_written_changes_nothing(path, course):
    """Nothing is kept either."""
    before = path.read_bytes()
    assert "nothing was changed" in reset("90-decayed-rate", path.parent, source=course)
    assert path.read_bytes() == before
    assert not (path.parent / "kept").exists()


def test_reset_mends_a_split_answer_and_one_of_another_kind(path, course):
    """Two cells of one name become one, a Markdown cell is code again."""

    def split(nb):
        place = next(i for i, cell in enumerate(nb.cells) if cell.source == MINE)
        metadata = nb.cells[place].metadata
        nb.cells[place : place + 1] = [
            new_markdown_cell("one", metadata=metadata),
            new_code_cell("2", metadata=metadata),
        ]

    change(path, split)
    reset("90-most-likely", path.parent, source=course, now=NOW)
    nb = nbformat.read(path, as_version=4)
    found = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "90-most-likely"]
    assert [cell.cell_type for cell in found] == ["code"]
    assert (path.parent / "kept" / "90-most-likely_2026-11-28_093000.py").read_text() == "one\n\n\n2\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [("90-most-likly", "Did you mean 90-most-likely?"), ("zzz", "There are: 90-most-likely, 90-decayed-rate.")],
)
def test_an_unknown_exercise_is_refused(path, course, name, said):
    """With the one that is meant, or all that there are."""
    with pytest.raises(UpkeepError, match=f"no exercise {name}") as error:
        reset(name, path.parent, source=course)
    assert said in str(error.value)


# Newer texts


def test_update_brings_the_new_texts_and_leaves_the_student_alone(path, course):
    """A new text, a changed check; the answer, an own cell and a cell that was written into stay."""
    first = cells(path)[1][0]

    def work(nb):
        nb.cells.insert(2, new_code_cell("x = 1  # my own"))
        nb.cells.append(new_markdown_cell("my notes"))

    change(path, work)
    replace_text(course, "Which class wins", "Which class does win")
    (updated,) = update(path.parent, source=course, now=NOW)
    named, sources = cells(path)
    assert named["90-most-likely"] == MINE
    assert (updated.answers, updated.own) == (1, 2)
    assert sources[0] == first.replace("Which class wins", "Which class does win")
    assert sources[2] == "x = 1  # my own" and sources[-1] == "my notes"
    assert first not in sources
    assert "x = 1  # my own" in updated.old.read_text(encoding="utf-8")
    before = path.read_bytes()
    assert "is the newest already" in str(update(path.parent, source=course)[0])
    assert path.read_bytes() == before


def test_a_text_that_the_student_wrote_into_stays_beside_the_new_one(path, course):
    """Nothing that was written is lost."""
    change(path, lambda nb: nb.cells[0].update(source="my prediction: class 2"))
    replace_text(course, "Which class wins", "Which class does win")
    (updated,) = update(path.parent, source=course)
    sources = cells(path)[1]
    assert "Which class does win" in sources[0] and sources[1] == "my prediction: class 2"
    assert (updated.new, updated.own) == (1, 1)


def test_where_the_lessons_own_text_is_as_before_the_students_stands_alone(path, course):
    """A prediction that was written down is not asked for again."""
    before = cells(path)[1]
    change(path, lambda nb: nb.cells[0].update(source=before[0] + "\n\nclass 2"))
    replace_text(course, "## Exercise 2", "## The second exercise")
    update(path.parent, source=course)
    after = cells(path)[1]
    assert after[0] == before[0] + "\n\nclass 2" and before[0] not in after
    assert len(after) == len(before) and "## The second exercise" in "\n".join(after)


def test_an_untouched_copy_becomes_the_new_release(course, tmp_path):
    """Cell for cell, also where an editor has renamed every cell."""
    release(tmp_path / "mine", source=course)
    path = tmp_path / "mine" / f"{NAME}.ipynb"
    change(path, lambda nb: [cell.update(id=f"other-{i}") for i, cell in enumerate(nb.cells)])
    replace_text(course, "Which class wins", "Which class does win")
    (updated,) = update(path.parent, source=course)
    release(tmp_path / "fresh", source=course)
    assert cells(path) == cells(tmp_path / "fresh" / f"{NAME}.ipynb")
    assert (updated.answers, updated.own) == (0, 0)


def test_an_updated_copy_is_graded_as_before(path, course):
    """The answers are found in it."""
    replace_text(course, "Which class wins", "Which class does win")
    update(path.parent, source=course)
    (lesson,) = load_lessons(None, course)
    found = answers.collect(lesson, reading.read(path))
    assert found.answers["90-most-likely"] == MINE
    assert found.remarks == ()


def test_what_cannot_be_read_is_not_touched(path, course):
    """A broken file, one of an old format, none: said in a line, and nothing is written."""
    for text, said in (("{", "breaks off"), (json.dumps({"nbformat": 3, "worksheets": [{"cells": []}]}), "old format")):
        path.write_text(text, encoding="utf-8")
        for act in (
            lambda: update(path.parent, source=course),
            lambda: reset("90-most-likely", path.parent, source=course),
        ):
            with pytest.raises(UpkeepError, match=said):
                act()
        assert path.read_text(encoding="utf-8") == text
    path.unlink()
    with pytest.raises(UpkeepError, match="no lesson is in"):
        update(path.parent, source=course)
    with pytest.raises(UpkeepError, match="coursekit lab makes one"):
        reset("90-most-likely", path.parent, source=course)


def test_the_commands(path, course, monkeypatch):
    """In the folder of the copy no folder has to be named."""
    monkeypatch.chdir(path.parent)
    invoke = lambda *words: CliRunner().invoke(app, [*words, "--source", str(course)])  # noqa: E731
    assert "is as it was released" in invoke("reset", "90-most-likely").output
    assert "is the newest already" in invoke("update").output
    replace_text(course, "Which class wins", "Which class does win")
    assert "cells are new" in invoke("update").output
    assert invoke("reset", "nothing").exit_code == 1


def test_the_release_says_how_to_update(path, course):
    """Where the course has a newer version."""
    assert "coursekit update" not in str(release(path.parent, source=course))
    replace_text(course, "Which class wins", "Which class does win")
    assert f"coursekit update {path.parent} brings the newer texts into yours" in str(
        release(path.parent, source=course)
    )
