"""The gradebook on disk, ``gradebook.json``: the one place that turns it to JSON and back."""

import json
from dataclasses import asdict
from pathlib import Path

from gradekit.book.entries import Gradebook
from gradekit.keeping import marker_line, set_aside, why_unreadable, write_whole
from gradekit.plain import decode

NAME = "gradebook.json"
FORMAT = 2  # 1 had no number, no title, and points beside the checks that they are the sum of
FLEETING = ("seconds", "memory")  # what differs from run to run


def to_json(gradebook):
    """Return a gradebook as JSON; grading again gives the same text.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        Any.

    Returns
    -------
    str
        With a format number, and without time and memory.
    """
    table = {"format": FORMAT, **asdict(gradebook)}
    for submission in table["submissions"]:
        for check in submission["checks"]:
            for name in FLEETING:
                del check[name]
    return json.dumps(table, indent=1, sort_keys=True) + "\n"


def from_json(text):
    """Return the gradebook that a text holds, also one of an older format.

    Parameters
    ----------
    text : str
        As from :func:`to_json`.

    Returns
    -------
    gradekit.book.entries.Gradebook
        With no time and no memory.

    Raises
    ------
    ValueError
        If it holds no gradebook, or one of a newer format.
    """
    try:
        table = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    form = table.get("format", 1) if isinstance(table, dict) else 1
    if form not in (1, FORMAT):
        raise ValueError(f"it has format {form!r}, and this version of coursekit reads 1 to {FORMAT}")
    book = decode(Gradebook, table)
    if not isinstance(table.get("submissions"), list):
        raise ValueError("it holds no submissions")
    return book


def save(gradebook, folder):
    """Write the gradebook.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        As built.
    folder : path-like
        Where grades are written.
    """
    write_whole(Path(folder) / NAME, to_json(gradebook))


def load(folder):
    """Return the last gradebook of a folder, or an empty one; a file that cannot be read is set aside.

    Parameters
    ----------
    folder : path-like
        Where grades are written.

    Returns
    -------
    gradebook : gradekit.book.entries.Gradebook
        The last one.
    notes : list of str
        What was set aside, why, and what that means.
    """
    path = Path(folder) / NAME
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return Gradebook(), []
    except (OSError, UnicodeDecodeError) as error:
        return Gradebook(), [_set_aside(path, why_unreadable(error))]
    if not text.strip():
        return Gradebook(), [_set_aside(path, "it is empty")]
    if line := marker_line(text):
        return Gradebook(), [_set_aside(path, f"line {line} is a mark of git's, from a merge that was not finished")]
    try:
        return from_json(text), []
    except ValueError as error:
        return Gradebook(), [_set_aside(path, why_unreadable(error))]


def _set_aside(path, why):
    """Set the file aside, and return what is to be said of it."""
    aside = set_aside(path)
    return (
        f"{path.name} could not be read ({why}): kept as {aside.name}. Verdicts and marks by hand are in other files "
        "and count; which marks have moved since that gradebook cannot be told this time."
    )
