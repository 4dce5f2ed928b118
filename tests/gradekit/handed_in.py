"""Notebooks as students hand them in, for the tests of reading and collecting."""

import json

from gradekit.lesson import prepare
from gradekit.student import student_version
from gradekit.submission import reading
from gradekit.submission.answers import collect
from tests.gradekit.two_exercises import LIKELY, NAME, RATE, lesson

LIKELY_CELL, CHECK_CELL, RATE_CELL = 2, 3, 7
STUB = "def decayed_rate(start, factor, every, step):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
BOTH = {"90-most-likely": LIKELY, "90-decayed-rate": RATE}


def solved(master):
    """Return a student's copy of a lesson with the reference answers, and these by their names."""
    nb, answers = student_version(master), {}
    for cell, full in zip(nb.cells, master.cells, strict=True):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.metadata.nbgrader.grade_id] = full.source
    return nb, answers


def collected(nb, master=None):
    """Return what is collected of a notebook."""
    return collect(prepare(NAME, master or lesson()), reading.as_cells(nb))


def plainly(text):
    """Return an answer without the marks that only the master has."""
    return "\n".join(line for line in text.split("\n") if "### " not in line)


def by_student(tag=None, master=None):
    """Return the file of a student who wrote our answers, each with a comment of its own if there is a tag."""
    nb, _ = solved(master or lesson())
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = plainly(cell.source) + (f"  # {tag}" if tag else "")
    return json.dumps(nb)
