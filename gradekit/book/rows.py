"""Parts that several tables of the instructor's page are made of."""

from urllib.parse import quote

from gradekit.book.markup import table, tag
from gradekit.book.naming import file_name, full_name
from gradekit.book.said import cell_name, exercise

MOST = 100  # rows of a list that may grow without end


def listed(caption, head, rows, kinds, none=""):
    """Return a table of what was found, or a sentence that says there is none; a list without end is cut.

    Parameters
    ----------
    caption : str
        What it shows, in a sentence.
    head, rows, kinds : sequence
        As in :func:`gradekit.book.markup.table`.
    none : str, optional
        What to say where there is nothing.

    Returns
    -------
    Html or None
        The table or the sentence.
    """
    if not rows:
        return tag("p", none) if none else None
    more = f" (the first {MOST} of {len(rows)})" if len(rows) > MOST else ""
    return table(caption + more, head, rows[:MOST], kinds=kinds)


def checks_of(gradebook):
    """Return each check with its submission.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        All of it.

    Returns
    -------
    list of tuple
        (submission, check).
    """
    return [(submission, check) for submission in gradebook.submissions for check in submission.checks]


def student_link(student, roster, place=""):
    """Return a student's name as a link to the page of feedback.

    Parameters
    ----------
    student : str
        As in the gradebook.
    roster : dict
        As from :func:`gradekit.roster.read_roster`.
    place : str, optional
        Where on the page.

    Returns
    -------
    Html
        The link.
    """
    target = quote(f"feedback/{file_name(student)}.html")
    return tag("a", full_name(student, roster), href=f"{target}#{quote(place)}" if place else target)


def exercise_cell(check):
    """Return an exercise's title, with the name of its cell as a detail.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry or gradekit.book.entries.Task
        Its check.

    Returns
    -------
    list of str or Html
        For the inside of a cell.
    """
    return [exercise(check), tag("span", f" {cell_name(check)}", class_="cell") if check.title else None]


def percent(part, whole):
    """Return a share in words.

    Parameters
    ----------
    part, whole : float
        The share and the whole of it.

    Returns
    -------
    str
        As ``"17 %"``.
    """
    return f"{100 * part / whole:.0f} %"
