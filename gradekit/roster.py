"""Who the students are, from a file of the instructor's: ``roster.csv``."""

import csv
import io
from pathlib import Path

from gradekit.keeping import marker_line, why_unreadable
from gradekit.printable import one_line

NAME = "roster.csv"
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # as Excel saves "Unicode text"
COLUMNS = "student,name,email,id,section,canvas_id,login,moodle"


class RosterError(ValueError):
    """A roster that cannot be read; the text says why and what to do."""


def read_roster(path):
    """Return who the students are, from a CSV file.

    Parameters
    ----------
    path : path-like
        Its first line names the columns: ``student`` (as the submissions are named) and any of ``name``, ``email``,
        ``id``, ``section``, ``canvas_id``, ``login``, ``moodle``. Commas, semicolons or tabs separate them; UTF-8,
        or UTF-16 as Excel saves "Unicode text".

    Returns
    -------
    dict of str to dict
        For each student what the other columns say, empty cells left out.

    Raises
    ------
    RosterError
        If the file is no such table, or names a student twice or not at all.
    """
    text = _text(path)
    first = text.splitlines()[0] if text.strip() else ""
    rows = _rows(path, text, max(",;\t", key=first.count))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if "student" not in names:
        raise RosterError(
            f"read_roster: {path} has no column 'student'; its first line is {one_line(first)[:80]!r}.\n"
            f"Write: {COLUMNS} (any but the first may be missing)."
        )
    roster = {}
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            student, known = _person(path, number, names, row)
            if student in roster:
                raise RosterError(f"read_roster: {path} has two rows for the student {student!r}; remove one.")
            roster[student] = known
    return roster


def _person(path, number, names, row):
    """Return a student and what the other columns say."""
    if any(cell.strip() for cell in row[len(names) :]):
        raise RosterError(
            f"read_roster: {path}, row {number} has {len(row)} cells and the first line {len(names)} names: "
            f"{one_line(' | '.join(row))[:120]!r}. Put a cell that holds a comma in quotes."
        )
    cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name and cell.strip()}
    if "student" not in cells:
        raise RosterError(
            f"read_roster: {path}, row {number} has an empty cell for 'student': {one_line(' | '.join(row))[:120]!r}. "
            "Write there what the student's submissions are named by, or remove the row."
        )
    return cells.pop("student"), cells


def _text(path):
    """Return the text of a roster."""
    try:
        found = Path(path).read_bytes()
        text = found.decode(MARKS.get(found[:2], "utf-8-sig")).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise RosterError(f"read_roster: {path} is not UTF-8. In the spreadsheet, save it as 'CSV UTF-8'.") from None
    except OSError as error:
        raise RosterError(f"read_roster: {path} cannot be read: {why_unreadable(error)}.") from None
    if line := marker_line(text):
        raise RosterError(
            f"read_roster: {path}, line {line} is a mark that git leaves in a merge that is not finished. Keep one of "
            "the two versions and take the lines with <<<<<<<, ======= and >>>>>>> out."
        )
    return text


def _rows(path, text, delimiter):
    """Return the rows of a table; a quotation mark that never closes would swallow the rest of the class."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise RosterError(
            f"read_roster: {path} is no table: {error}. See that quotation marks come in pairs."
        ) from None
