"""Files for spreadsheets and learning-management systems: the gradebook in four of their formats.

A spreadsheet runs a cell that begins like a formula, and a student's name or answer is a stranger's text: such a cell
gets an apostrophe in front. Text is always quoted, numbers never, and no cell holds a line break.
"""

import csv
import html
import io
import json
import re
from pathlib import Path

from gradekit.book.naming import FOLDER, file_name, full_name
from gradekit.book.said import exercise, in_words
from gradekit.keeping import write_whole
from gradekit.printable import number, one_line

FORMULA = tuple("=+-@＝＋－＠")  # what starts a formula; the wide ones do in some languages
INNER = re.compile(r";(?=\s*[=+\-@＝＋－＠])")  # a spreadsheet that separates by semicolons would begin a cell there
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
MOODLE = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed",
          "Last modified (submission)", "Last modified (grade)", "Feedback comments"]  # fmt: skip


def write_tables(gradebook, folder, *, roster=None):
    """Write the gradebook as ``grades.csv``, ``canvas.csv``, ``moodle_<lesson>.csv`` and ``gradescope/*.json``.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    folder : path-like
        Where they go; files of an earlier run are replaced.
    roster : dict, optional
        As from :func:`gradekit.roster.read_roster`.

    Notes
    -----
    Every person has one row in each table, the members of a group each their own: who was graded, who handed in only
    what could not be graded, and who is on the roster and handed in nothing. A lesson that was not graded is an empty
    cell, never 0: Canvas and Moodle leave the student's grade as it is. ``grades.csv`` says in its last column who is
    not on the roster, who handed in nothing, which files were left out and what the instructor must look at. Moodle's
    identifier (``Participant 4711``) is taken from the folder's name if Moodle made it
    (``Ann Lee_4711_assignsubmission_file_``), else from a column ``moodle`` of the roster.
    """
    folder, roster = Path(folder), roster or {}
    _write_csv(folder / "grades.csv", _grades(gradebook, roster))
    _write_csv(folder / "canvas.csv", _canvas(gradebook, roster))
    for lesson in gradebook.lessons:
        _write_csv(folder / f"moodle_{lesson.name}.csv", _moodle(gradebook, lesson, roster))
    for person, theirs in gradebook.everyone.items():
        for submission in theirs.values():
            name = f"{file_name(person)}_{submission.lesson}.json"
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
    >>> safe_cell("  =1+1"), safe_cell("a-b"), safe_cell(-1), safe_cell(None), safe_cell("a;=1+1")
    ("'=1+1", 'a-b', -1, '', "a;'=1+1")
    """
    if isinstance(value, int | float):
        return value
    text = INNER.sub(";'", one_line(value or ""))
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_csv(path, rows):
    """Write a table in one piece: texts quoted, numbers not."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(map(safe_cell, row) for row in rows)
    write_whole(path, text.getvalue())


def _points(thing):
    """Return the points of a submission or a check; nothing where there is none."""
    return number(thing.points) if thing else None


def _grades(gradebook, roster):
    """Yield the rows of grades.csv."""
    lessons = gradebook.lessons
    checks = [(lesson.name, task.name) for lesson in lessons for task in lesson.checks]
    names = [lesson.name for lesson in lessons]
    yield ["student", "name", *names, "total", "of", *(check for _, check in checks), "remark"]
    for student, theirs in gradebook.everyone.items():
        each = {(name, check.name): check for name, work in theirs.items() for check in work.checks}
        yield [
            student,
            full_name(student, roster),
            *(_points(theirs.get(name)) for name in names),
            number(sum(work.points for work in theirs.values())) if theirs else None,
            number(gradebook.worth),
            *(_points(each.get(check)) for check in checks),
            "; ".join(gradebook.said_of(student)),
        ]


def _canvas(gradebook, roster):
    """Yield the rows of Canvas' gradebook import."""
    yield [*CANVAS, *(lesson.name for lesson in gradebook.lessons)]
    yield ["Points Possible", "", "", "", "", *(number(lesson.worth) for lesson in gradebook.lessons)]
    for student, theirs in gradebook.everyone.items():
        known = roster.get(student, {})
        name = re.sub("points possible", "points: possible", full_name(student, roster), flags=re.IGNORECASE)
        columns = [known.get(column) for column in ("canvas_id", "id", "login", "section")]
        yield [name, *columns, *(_points(theirs.get(lesson.name)) for lesson in gradebook.lessons)]


def _moodle(gradebook, lesson, roster):
    """Yield the rows of Moodle's grading worksheet for one assignment."""
    yield MOODLE
    for student, theirs in gradebook.everyone.items():
        email, work = roster.get(student, {}).get("email"), theirs.get(lesson.name)
        status = "Submitted for grading" if work and work.file else "No submission"
        said = _comments(work) if work else ""
        yield [
            *(_moodle_identifier(student, roster), full_name(student, roster), email, status),
            *(_points(work), number(lesson.worth), "Yes", "", "", said),
        ]


def _moodle_identifier(student, roster):
    """Return the name that Moodle gives to a submission."""
    folder = FOLDER.fullmatch(student)
    known = folder["number"] if folder else roster.get(student, {}).get("moodle", "")
    return f"Participant {known}" if known.isdecimal() else known


def _comments(submission):
    """Return a submission's feedback on one line of HTML, which is what Moodle takes a comment for."""
    parts = [
        f"{exercise(check)}: {number(check.points)} of {number(check.of)}. {one_line(in_words(check))}"
        for check in submission.checks
    ]
    return "<br>".join(html.escape(part, quote=False) for part in [*_remarks(submission), *parts])


def _gradescope(submission):
    """Return the content of Gradescope's results.json."""
    return {
        "score": number(submission.points),
        "output": "\n".join(_remarks(submission)),
        "tests": [
            {
                "name": exercise(check),
                "score": number(check.points),
                "max_score": number(check.of),
                "status": "passed" if check.points >= check.of else "failed",
                "output": in_words(check),
                "visibility": "visible",
            }
            for check in submission.checks
        ],
    }


def _remarks(submission):
    """Return what is to be said of the file itself."""
    unread = [f"The file {submission.unreadable}"] if submission.unreadable else []
    return [one_line(text) for text in [*unread, *submission.remarks]]
