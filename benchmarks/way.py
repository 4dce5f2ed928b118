"""Count the way that one more submission takes through the judge's code, with a runner that finds all of it right.

    python -m benchmarks.way

Folders of one and of two submissions are graded; the difference is the way. A function counts once however often it is
called, and among those that return if it ever hands something back; calls are all calls.
"""

import sys
import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import nbformat

from gradekit import session
from gradekit.runs.limits import Level, Limits
from gradekit.runs.messages import Run
from gradekit.student import student_version
from gradekit.verdict import Verdict
from tests.gradekit.two_exercises import NAME, lesson, write_course, written

RATE = "def decayed_rate(start, factor, every, step):\n    return start * factor ** (step // every)"
LIKELY = "def most_likely(Z):\n    return Z.argmax(axis=1)"


class Runners:
    """Runners that find every check right and run nothing."""

    limits, level, hide = Limits(), Level.BOX, ()

    def __init__(self, *limits, **how):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def run(self, nb):
        """Return what a runner says of a notebook in which all is right."""
        flags = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
        right = {flag["grade_id"]: Verdict(True, "right") for flag in flags if flag.get("grade")}
        return Run(right)


@contextmanager
def watched():
    """Give two counters, of calls and of values returned by place, that count while this is open."""
    calls, returns = Counter(), Counter()

    def note(frame, event, value):
        place = frame.f_globals.get("__name__", ""), frame.f_code.co_qualname
        if place[0].startswith("gradekit") and "<" not in frame.f_code.co_name:
            calls[place] += event == "call"
            returns[place] += event == "return" and value is not None

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield calls, returns
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def graded(folder, students):
    """Return the calls and the returned values of grading so many submissions, no two alike."""
    source = write_course(folder / "course")
    for number in range(students):
        place = folder / "in" / f"student{number}" / f"{NAME}.ipynb"
        place.parent.mkdir(parents=True)
        answers = {"most_likely": f"{LIKELY}  # {number}", "decayed_rate": f"{RATE}  # {number}"}
        nbformat.write(written(student_version(lesson()), **answers), place)
    with mock.patch.object(session, "Runners", Runners), watched() as counts:
        session.grade_folder(folder / "in", folder / "out", source=source)
    return counts


def way():
    """Return the calls and the returned values that one more submission costs, by module and function."""
    with tempfile.TemporaryDirectory() as place:
        _, one, two = (graded(Path(place, f"{turn}"), students) for turn, students in enumerate((1, 1, 2)))
    return two[0] - one[0], two[1] - one[1]


def as_text(calls, returns):
    """Return the way as a table: functions, those that return something, and calls, of each module and in all."""
    rows = {}
    for place, count in calls.items():
        for module in (place[0], "in all"):
            row = rows.setdefault(module, Counter())
            row.update(functions=1, returns=place in returns, calls=count)
    lines = [f"{row['functions']:5} {row['returns']:5} {row['calls']:6}  {module}" for module, row in rows.items()]
    return "\n".join([" func  ret.  calls", *sorted(lines, reverse=True)])


if __name__ == "__main__":
    print(as_text(*way()))
