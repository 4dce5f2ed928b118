"""Who the students are, from a file of the instructor's."""

import csv
import io
from pathlib import Path

from gradekit.book.printable import one_line


class RosterError(ValueError):
    """A roster that cannot be read; the text says why and what to do."""


def read_roster(path):
    """Return who the students are, from a CSV file.

    Parameters
    ----------
    path : path-like
        Its first line names the columns: ``student`` (as the submissions are named) and any of ``name``, ``email``,
        ``id``, ``section``, ``canvas_id``, ``login``. Commas or semicolons separate them.

    Returns
    -------
    dict of str to dict
        For each student what the other columns say, empty cells left out.

    Raises
    ------
    RosterError
        If the file is no UTF-8 text, has no column ``student``, or names a student twice.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RosterError(f"read_roster: {path} is not UTF-8. In the spreadsheet, save it as 'CSV UTF-8'.") from None
    first = text.split("\n", 1)[0]
    rows = list(
        csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    )
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if "student" not in names:
        raise RosterError(
            f"read_roster: {path} has no column 'student'; its first line is {one_line(first)[:80]!r}.\n"
            "Write: student,name,email,id,section,canvas_id,login (any but the first may be missing)."
        )
    return _by_student(path, [dict(zip(names, row, strict=False)) for row in rows[1:] if any(row)])


def _by_student(path, rows):
    """Return the rows of a roster by student."""
    roster = {}
    for row in rows:
        student = row.pop("student", "").strip()
        if student in roster:
            raise RosterError(f"read_roster: {path} has two rows for the student {student!r}; remove one.")
        roster[student] = {name: cell.strip() for name, cell in row.items() if name and cell.strip()}
    return roster
