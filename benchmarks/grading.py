"""Measure grading against nbgrader's autograde on the same notebooks, in one run. Four minutes; needs the test extra.

    python -m benchmarks.grading [LESSON]

Both grade the same submissions of one lesson (05 by default), turn and turn about: nbgrader's own autograde, and ours
with one and with two workers, each time from nothing, the master and all reports included. Told are seconds a
submission, submissions a minute, and how much of it is overhead: more than the student's own cells take in a kernel
that runs already. The long training of lesson 05 is cut to 100 iterations for all.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median

import nbformat
from nbclient import NotebookClient

from benchmarks.race import Line, table
from gradekit import rebuild, session
from gradekit.lesson import load_lessons
from gradekit.student import student_version

STUDENTS, ROUNDS, NEEDED, PEER = 12, 1, 4.0, "nbgrader autograde"
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'bench'\nc.ExecutePreprocessor.timeout = 900\n"


def solved(lesson):
    """Return a student's copy of a lesson with the right answers in it."""
    nb = student_version(lesson.master)
    for cell, full in zip(nb.cells, lesson.master.cells, strict=True):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = "\n".join(
                line for line in full.source.split("\n") if "### " not in line
            )  # marks are ours alone
    return nb


def nbgrader(folder, *arguments):
    """Run an nbgrader command in a course folder."""
    programs = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    command = [programs / "nbgrader", *arguments]  # it calls alembic by name
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def prepare(folder, lesson):
    """Write the course as both want it: nbgrader's folders, and submissions as they were collected."""
    source = folder / "source" / lesson.name
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    nbformat.write(lesson.master, source / f"{lesson.name}.ipynb")
    nbgrader(folder, "generate_assignment", lesson.name, "--create")
    for i in range(STUDENTS):
        place = folder / "submitted" / f"student{i}" / lesson.name
        place.mkdir(parents=True)
        nb = solved(lesson)
        for cell in nb.cells:  # so that no two are the same to our store
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source += f"\n# student {i}"
        nbformat.write(nb, place / f"{lesson.name}.ipynb")


def theirs(folder, lesson):
    """Return the seconds that nbgrader takes for all submissions."""
    shutil.rmtree(folder / "autograded", ignore_errors=True)
    began = time.perf_counter()
    nbgrader(folder, "autograde", lesson.name, "--force")
    return time.perf_counter() - began


def ours(folder, lesson, jobs):
    """Return the seconds that we take for all submissions, master and reports included."""
    to = folder / f"grades{jobs}"
    shutil.rmtree(to, ignore_errors=True)
    began = time.perf_counter()
    graded = session.grade_folder(folder / "submitted", to, lessons=[lesson.name], jobs=jobs)
    seconds = time.perf_counter() - began
    marks = {(submission.points, submission.of) for submission in graded.gradebook.submissions}
    assert len(marks) == 1 and len(set(*marks)) == 1, f"not all submissions have full marks: {marks}"
    return seconds


def own_compute(lesson):
    """Return the seconds that the cells which we run take in a kernel that is there already."""
    nb = rebuild.rebuild(lesson, {})
    client = NotebookClient(nb, kernel_name="python3", timeout=600)
    with client.setup_kernel():
        began = time.perf_counter()
        for place, cell in enumerate(nb.cells):
            client.execute_cell(cell, place)
        return time.perf_counter() - began


def lines(name="05"):
    """Return the lines of this part of the table: both grade the same submissions, turn and turn about."""
    os.environ["COURSEKIT_ITERS"] = "100"
    (lesson,) = load_lessons([name])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        prepare(folder, lesson)
        graders = {
            PEER: partial(theirs, folder, lesson),
            "coursekit grade": partial(ours, folder, lesson, 1),
            "coursekit grade --jobs 2": partial(ours, folder, lesson, 2),
        }
        times = {grader: [] for grader in graders}
        for _ in range(ROUNDS):
            for grader, run in graders.items():
                times[grader].append(run() / STUDENTS)
        compute = own_compute(lesson)
    peer = times.pop(PEER)
    return [
        Line(
            f"a submission of {lesson.name}, {STUDENTS} graded", grader, PEER, median(seconds),
            median(a / b for a, b in zip(peer, seconds, strict=True)), NEEDED,
            f"{60 / median(seconds):.1f} a minute against {60 / median(peer):.1f}; beyond the student's own compute "
            f"{median(seconds) - compute:.1f} s against {median(peer) - compute:.1f} s",
        )
        for grader, seconds in times.items()
    ]  # fmt: skip


if __name__ == "__main__":
    print(table(lines(*sys.argv[1:])))
