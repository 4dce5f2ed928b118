"""Files for spreadsheets and learning-management systems: the gradebook in four of their formats.

A spreadsheet runs a cell that begins like a formula, and a student's name or answer is a stranger's text: such a cell
gets an apostrophe in front. Text is always quoted, numbers never, and no cell holds a line break.
"""

import csv
import html
import io
import json
from pathlib import Path

from gradekit.book.entries import handed_in, worth
from gradekit.book.naming import FOLDER, file_name, full_name
from gradekit.book.printable import number, one_line
from gradekit.book.said import in_words
from gradekit.store import write_whole

FORMULA = tuple("=+-@＝＋－＠")  # what starts a formula; the wide ones do in some languages
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
MOODLE = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed",
          "Last modified (submission)", "Last modified (grade)", "Feedback comments"]  # fmt: skip


def write_tables(gradebook, folder, *, roster=None):
    """Write the gradebook as ``grades.csv``, ``canvas.csv``, ``moodle_<lesson>.csv`` and ``gradescope/*.json``.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.
    folder : path-like
        Where they go; files of an earlier run are replaced.
    roster : dict, optional
        As from :func:`read_roster`. A student of the roster who handed in nothing has a row with empty cells.

    Notes
    -----
    A lesson that a student has not handed in is an empty cell, which Canvas leaves as it is, and no row in Moodle's
    file. Moodle's identifier (``Participant 4711``) is taken from the folder's name if Moodle made it
    (``Ann Lee_4711_assignsubmission_file_``), else from a column ``moodle`` of the roster.
    """
    folder, roster = Path(folder), roster or {}
    _write_csv(folder / "grades.csv", _grades(gradebook, roster))
    _write_csv(folder / "canvas.csv", _canvas(gradebook, roster))
    for lesson in gradebook["lessons"]:
        _write_csv(folder / f"moodle_{lesson['name']}.csv", _moodle(gradebook, lesson, roster))
    for submission in gradebook["submissions"]:
        name = f"{file_name(submission['student'])}_{submission['lesson']}.json"
        write_whole(folder / "gradescope" / name, json.dumps(_gradescope(submission), indent=1) + "\n")


def safe_cell(value):
    """Return what a spreadsheet shows as it is, and never runs.

    Parameters
    ----------
    value : str, int, float or None
        The content of a cell.

    Returns
    -------
    str, int or float
        Numbers as they are, a text on one line, with an apostrophe where it begins like a formula.

    Examples
    --------
    >>> safe_cell("  =1+1"), safe_cell("a-b"), safe_cell(-1), safe_cell(None)
    ("'=1+1", 'a-b', -1, '')
    """
    if isinstance(value, int | float):
        return value
    text = one_line(value or "")
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_csv(path, rows):
    """Write a table in one piece: texts quoted, numbers not."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(map(safe_cell, row) for row in rows)
    write_whole(path, text.getvalue())


def _class(gradebook, roster):
    """Return the submissions of each student by lesson, those who handed in nothing among them."""
    return dict(sorted(({student: {} for student in roster} | handed_in(gradebook)).items()))


def _points(thing):
    """Return the points of a submission or a check; nothing where there is none."""
    return number(thing["points"]) if thing else None


def _grades(gradebook, roster):
    """Yield the rows of grades.csv."""
    lessons = gradebook["lessons"]
    names = [lesson["name"] for lesson in lessons]
    checks = [(lesson["name"], check["name"]) for lesson in lessons for check in lesson["checks"]]
    yield ["student", "name", *names, "total", "of", *(check for _, check in checks)]
    for student, theirs in _class(gradebook, roster).items():
        total = number(sum(submission["points"] for submission in theirs.values()))
        each = {(name, check["name"]): check for name, work in theirs.items() for check in work["checks"]}
        yield [
            student,
            full_name(student, roster),
            *(_points(theirs.get(name)) for name in names),
            total,
            number(sum(map(worth, lessons))),
            *(_points(each.get(check)) for check in checks),
        ]


def _canvas(gradebook, roster):
    """Yield the rows of Canvas' gradebook import."""
    lessons = gradebook["lessons"]
    yield [*CANVAS, *(lesson["name"] for lesson in lessons)]
    yield ["Points Possible", "", "", "", "", *(number(worth(lesson)) for lesson in lessons)]
    for student, theirs in _class(gradebook, roster).items():
        known = roster.get(student, {})
        name = full_name(student, roster).replace(
            "Points Possible", "Points possible"
        )  # Canvas would take it for that row
        columns = [known.get(column) for column in ("canvas_id", "id", "login", "section")]
        yield [name, *columns, *(_points(theirs.get(lesson["name"])) for lesson in lessons)]


def _moodle(gradebook, lesson, roster):
    """Yield the rows of Moodle's grading worksheet for one assignment: those who handed it in."""
    yield MOODLE
    for student, theirs in handed_in(gradebook).items():
        if submission := theirs.get(lesson["name"]):
            email, grade = roster.get(student, {}).get("email"), number(submission["points"])
            yield [
                *(_moodle_identifier(student, roster), full_name(student, roster), email, "Submitted for grading"),
                *(grade, number(worth(lesson)), "Yes", "", "", _comments(submission)),
            ]


def _moodle_identifier(student, roster):
    """Return the name that Moodle gives to a submission."""
    folder = FOLDER.fullmatch(student)
    known = folder["number"] if folder else roster.get(student, {}).get("moodle", "")
    return f"Participant {known}" if known.isdigit() else known


def _comments(submission):
    """Return a submission's feedback on one line of HTML, which is what Moodle takes a comment for."""
    parts = [
        f"{check['name']}: {number(check['points'])} of {number(check['of'])}. {one_line(in_words(check))}"
        for check in submission["checks"]
    ]
    return "<br>".join(html.escape(part, quote=False) for part in [*_remarks(submission), *parts])


def _gradescope(submission):
    """Return the content of Gradescope's results.json."""
    return {
        "score": number(submission["points"]),
        "output": "\n".join(_remarks(submission)),
        "tests": [
            {
                "name": check["name"],
                "score": number(check["points"]),
                "max_score": number(check["of"]),
                "status": "passed" if check["points"] >= check["of"] else "failed",
                "output": in_words(check),
                "visibility": "visible",
            }
            for check in submission["checks"]
        ],
    }


def _remarks(submission):
    """Return what is to be said of the file itself."""
    unread = submission.get("unreadable")
    return [one_line(text) for text in ([f"The file {unread}"] if unread else []) + list(submission["remarks"])]
