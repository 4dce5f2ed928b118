"""What a page says of the course, from a file of the instructor's: ``course.yml``, which is never written over."""

from dataclasses import dataclass, fields
from pathlib import Path

from gradekit.book.overrides import OverrideError, load_yaml
from gradekit.keeping import write_whole
from gradekit.printable import one_line

NAME = "course.yml"
TEMPLATE = """\
# What every page of feedback says above the marks. Remove the # of a line to use it.
#
# name: "Machine learning, autumn term"
# ask: "Dr. Ann Lee, ann.lee@example.org, Tuesdays 14 to 15 in room 2.07"
# date: "28 November 2026"   # the day of the grading by default
"""


@dataclass(frozen=True)
class Course:
    """What every page says above the marks.

    Attributes
    ----------
    name : str
        Of the course; empty where it is not told.
    ask : str
        Whom to ask, and where.
    date : str
        When it was graded.
    """

    name: str = ""
    ask: str = ""
    date: str = ""


def read_course(path, today=""):
    """Return what pages say of the course; write an empty file to fill in where there is none.

    Parameters
    ----------
    path : path-like
        A YAML file with any of ``name``, ``ask`` and ``date``.
    today : str, optional
        The date where the file has none.

    Returns
    -------
    Course
        For :func:`gradekit.book.pages.write_pages`.

    Raises
    ------
    OverrideError
        If the file is no such table.
    """
    path, known = Path(path), [field.name for field in fields(Course)]
    if not path.exists():
        write_whole(path, TEMPLATE)
    found = load_yaml(path) or {}
    if not isinstance(found, dict) or set(found) - set(known):
        got = ", ".join(one_line(name) for name in found) if isinstance(found, dict) else one_line(repr(found))[:80]
        raise OverrideError(f'{path}: write name, ask and date, each as name: "..."; got {got}. Nobody was graded.')
    return Course(**{"date": today} | {name: one_line(value) for name, value in found.items() if value is not None})
