"""The instructor's page: how the class did, what it misunderstood, and what deserves a look.

Every figure is a table with a bar in each row: it reads the same on a phone, in the dark and to a screen reader.
"""

from gradekit.book.attention import alike, costs, look
from gradekit.book.entries import handed_in, worth
from gradekit.book.markup import page, table, tag
from gradekit.book.naming import full_name
from gradekit.book.printable import number, one_line
from gradekit.book.results import exercises, misconceptions_table, scores
from gradekit.book.rows import student_link


def summary_page(gradebook, roster):
    """Return the instructor's page.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.
    roster : dict
        As from :func:`gradekit.book.roster.read_roster`; may be empty.

    Returns
    -------
    Html
        The document.
    """
    parts = {
        "Scores": scores(gradebook),
        "Exercises": exercises(gradebook),
        "Misconceptions": misconceptions_table(gradebook),
        "Near-identical answers": alike(gradebook, roster),
        "To look at": look(gradebook, roster),
        "Time and memory": costs(gradebook, roster),
        "Students": _students(gradebook, roster),
    }
    links = [tag("li", tag("a", name, href=f"#{_id(name)}")) for name in parts]
    return page(
        "Summary of the grading",
        tag("h1", "Summary of the grading"),
        tag("p", gradebook["isolation"], class_="isolation"),
        tag("p", _counts(gradebook, roster)),
        tag("nav", tag("ul", links), aria_label="Parts of this page"),
        *(tag("section", tag("h2", name, id=_id(name)), part) for name, part in parts.items()),
    )


def _counts(gradebook, roster):
    """Return one sentence on how much was graded."""
    students, works = handed_in(gradebook), gradebook["submissions"]
    missing = len(set(roster) - set(students))
    silent = f" On the roster without a submission: {missing}." if roster else ""
    return f"Lessons: {len(gradebook['lessons'])}. Students: {len(students)}. Submissions: {len(works)}.{silent}"


def _students(gradebook, roster):
    """Return the points of each student, with links to their pages."""
    lessons = gradebook["lessons"]
    names = [lesson["name"] for lesson in lessons]
    students = handed_in(gradebook)
    rows = []
    for student in sorted(set(students) | set(roster)):
        theirs = students.get(student, {})
        each = [number(theirs[name]["points"]) if name in theirs else "–" for name in names]
        link = student_link(student, roster) if theirs else full_name(student, roster)
        rows.append((link, *each, number(sum(work["points"] for work in theirs.values())), one_line(student)))
    head = [
        "student",
        *(f"{lesson['name']} (of {number(worth(lesson))})" for lesson in lessons),
        "total",
        "handed in as",
    ]
    kinds = ["", *["number"] * (len(lessons) + 1), "name"]
    return table("Points of each student; – is a lesson that was not handed in", head, rows, kinds=kinds)


def _id(name):
    """Return the place of a part on the page."""
    return name.lower().replace(" ", "-")
