"""Parts that several tables of the pages are made of."""

from urllib.parse import quote

from gradekit.book.markup import Link, Titled
from gradekit.book.naming import file_name, full_name
from gradekit.book.said import cell_name, exercise
from gradekit.printable import clip

LONGEST = 3000  # characters of an answer that stands in a table


def checks_of(gradebook):
    """Return each check with its submission, students in order.

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


def in_order(gradebook):
    """Return each exercise with the checks of all who handed its lesson in, in the lessons' order.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        All of it.

    Returns
    -------
    list of tuple
        (lesson's name, task, list of (submission, check)), without those that nobody has.
    """
    found = {(lesson.name, task.name): (task, []) for lesson in gradebook.lessons for task in lesson.checks}
    for submission, check in checks_of(gradebook):
        found[submission.lesson, check.name][1].append((submission, check))
    return [(lesson, task, some) for (lesson, _), (task, some) in found.items() if some]


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
    Link
        For a cell.
    """
    target = quote(f"feedback/{file_name(student)}.html")
    return Link(full_name(student, roster), f"{target}#{quote(place)}" if place else target)


def exercise_cell(check, href=""):
    """Return an exercise's title, with the name of its cell as a detail.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry or gradekit.book.entries.Task
        Its check.
    href : str, optional
        Where it leads.

    Returns
    -------
    Titled
        For a cell.
    """
    return Titled(exercise(check), cell_name(check) if check.title else "", href)


def sources(check):
    """Return the answers of a check as one text.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry
        One check.

    Returns
    -------
    str
        Cut to a length.
    """
    return clip("\n\n".join(source for _, source in sorted((check.answers or {}).items())), LONGEST)


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
