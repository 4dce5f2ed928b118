"""Parts that several tables of the instructor's page are made of."""

from urllib.parse import quote

from gradekit.book.markup import table, tag
from gradekit.book.naming import file_name, full_name

MOST = 100  # rows of a list that may grow without end


def listed(caption, head, rows, kinds, none=""):
    """Return a table of what was found, or a sentence that says there is none; a list without end is cut."""
    if not rows:
        return tag("p", none) if none else None
    more = f" (the first {MOST} of {len(rows)})" if len(rows) > MOST else ""
    return table(caption + more, head, rows[:MOST], kinds=kinds)


def checks_of(gradebook):
    """Return each check with its submission."""
    return [(submission, check) for submission in gradebook["submissions"] for check in submission["checks"]]


def student_link(student, roster, place=""):
    """Return a student's name as a link to the page of feedback."""
    target = quote(f"feedback/{file_name(student)}.html")
    return tag("a", full_name(student, roster), href=f"{target}#{quote(place)}" if place else target)


def percent(part, whole):
    """Return a share in words."""
    return f"{100 * part / whole:.0f} %"
