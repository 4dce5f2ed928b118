"""nbgrader takes our lessons: it releases them, grades them with our checks, and writes its feedback."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from gradekit import author
from gradekit.lesson import find_lessons
from gradekit.student import student_version

pytestmark = pytest.mark.heavy

KIT = "kit"  # nbgrader's assignment
LESSONS = ("00_start_here", "01_theory")
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "course"
c.Exchange.root = "exchange"
c.ExecutePreprocessor.timeout = 600
"""


def nbgrader(command, folder):
    """Run a command of nbgrader in the course's folder."""
    line = [sys.executable, "-m", "nbgrader", command, KIT, "--log-level=WARN"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it calls alembic by name
    done = subprocess.run(
        line, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def hand_in(folder, student, notebooks):
    """Write a student's submission."""
    place = folder / "submitted" / student / KIT
    place.mkdir(parents=True)
    for name, nb in notebooks.items():
        nbformat.write(nb, place / f"{name}.ipynb")


def solved(released, master):
    """Return a released notebook with the lesson's own answers."""
    for cell, full in zip(released.cells, master.cells, strict=True):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = full.source
    return released


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course of nbgrader's in which two lessons were released, handed in by two students, and graded."""
    folder = tmp_path_factory.mktemp("nbgrader")
    (folder / "nbgrader_config.py").write_text(CONFIG)
    (folder / "source" / KIT).mkdir(parents=True)
    masters = {path.stem: nbformat.read(path, as_version=4) for path in find_lessons(LESSONS)}
    for name, master in masters.items():
        nbformat.write(master, folder / "source" / KIT / f"{name}.ipynb")
    own = folder / "source" / KIT / f"{LESSONS[1]}.ipynb"
    author.execute(own, number="an instructor's own hidden inputs")  # as `coursekit author --seed`
    masters[LESSONS[1]] = nbformat.read(own, as_version=4)
    nbgrader("generate_assignment", folder)
    hand_in(folder, "untouched", {LESSONS[0]: released(folder, LESSONS[0])})
    hand_in(folder, "reference", {name: solved(released(folder, name), masters[name]) for name in masters})
    nbgrader("autograde", folder)
    nbgrader("generate_feedback", folder)
    return folder


def released(folder, name):
    """Return the notebook that nbgrader released."""
    return nbformat.read(folder / "release" / KIT / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize("lesson", LESSONS)
def test_nbgrader_releases_what_we_release(course, lesson):
    """Cell by cell the same source and the same flags, checksums among them."""
    ours = student_version(nbformat.read(find_lessons([lesson])[0], as_version=4))
    for cell, other in zip(ours.cells, released(course, lesson).cells, strict=True):
        assert (cell.source, cell.metadata.get("nbgrader")) == (other.source, other.metadata.get("nbgrader"))


@pytest.mark.parametrize(
    ("student", "lesson", "share"),
    [("reference", LESSONS[0], 1), ("reference", LESSONS[1], 1), ("untouched", LESSONS[0], 0)],
)
def test_nbgrader_grades_with_our_checks(course, student, lesson, share):
    """Each check of the reference answers has all its points, each of an untouched copy none."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grades = book.find_submission_notebook(lesson, KIT, student).grades
        marks = [(grade.auto_score, grade.max_score, bool(grade.needs_manual_grade)) for grade in grades]
    assert marks
    assert all(score == share * most and not by_hand for score, most, by_hand in marks)


def test_nbgrader_writes_its_feedback(course):
    """A page for each notebook that was handed in."""
    pages = sorted(path.relative_to(course / "feedback").as_posix() for path in course.rglob("feedback/*/*/*.html"))
    handed_in = [f"reference/{KIT}/{lesson}.html" for lesson in LESSONS]
    assert pages == [*handed_in, f"untouched/{KIT}/{LESSONS[0]}.html"]
