"""The instructor's page: what needs a human, what to teach again, how the class did, who handed in what.

Every figure is a table with a bar in each row: it reads the same on a phone, in the dark and to a screen reader.
"""

from dataclasses import replace
from urllib.parse import quote

from gradekit.book.attention import alike, costs, look
from gradekit.book.markup import Link, Table, render
from gradekit.book.naming import file_name, full_name
from gradekit.book.results import exercises, reteach, scores
from gradekit.book.said import anchor_of_lesson
from gradekit.printable import number, one_line


def summary_page(gradebook, roster, course, own=None):
    """Return the instructor's page.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    roster : dict
        As from :func:`gradekit.roster.read_roster`; may be empty.
    course : gradekit.book.course.Course
        Its name and the day of the grading.
    own : path-like, optional
        The instructor's own templates, as for :func:`gradekit.book.markup.render`.

    Returns
    -------
    str
        The document.
    """
    found = {
        "Needs a human": look(gradebook, roster),
        "Teach again": reteach(gradebook, roster),
        "Exercises": exercises(gradebook),
        "Scores": scores(gradebook),
        "Students": [_students(gradebook, roster)],
        "Who handed in": _people(gradebook, roster),
        "Near-identical answers": alike(gradebook, roster),
        "Time and memory": costs(gradebook, roster),
    }
    parts = [(name, _id(name), part) for name, part in found.items()]
    return render(
        "summary",
        own,
        course=replace(course, ask=""),
        isolation=gradebook.isolation,
        counts=_counts(gradebook),
        parts=parts,
    )


def _counts(gradebook):
    """Return how much was graded, and of how many something is to be said."""
    left = sum(file.is_lost for file in gradebook.files)
    counts = [
        f"Lessons: {len(gradebook.lessons)}.",
        f"Students: {len(gradebook.graded)}.",
        f"Submissions: {len(gradebook.submissions)}.",
        f"On the roster without a submission: {len(gradebook.absent)}." if gradebook.has_roster else "",
        f"Not on the roster: {len(gradebook.strangers)}." if gradebook.strangers else "",
        f"Files that were not graded: {left}." if left else "",
    ]
    return " ".join(filter(None, counts))


def _people(gradebook, roster):
    """Return by name who is missing and who is not on the roster, and every file that was not graded."""
    files = [
        (one_line(file.path), full_name(file.student, roster) if file.student else "nobody's", _why(file))
        for file in gradebook.files
        if file.is_lost
    ]
    found = [
        _names("On the roster, handed in nothing", gradebook.absent, roster),
        _names("Handed in, not on the roster", gradebook.strangers, roster),
        *(
            [Table("Files that were not graded", ["file", "student", "why"], files, ["", "name", "wide"])]
            if files
            else []
        ),
    ]
    everyone = (
        "Everyone on the roster handed something in." if gradebook.has_roster else "There is no roster to compare with."
    )
    return list(filter(None, found)) or [everyone]


def _why(file):
    """Return what became of a file and why."""
    return one_line(": ".join(filter(None, [file.what, file.why])))


def _names(caption, students, roster):
    """Return a sentence with names, each as it was handed in beside it where that is another."""
    if not students:
        return ""
    names = [full_name(student, roster) for student in students]
    both = [
        name if name == one_line(student) else f"{name} ({one_line(student)})"
        for name, student in zip(names, students, strict=True)
    ]
    return f"{caption} ({len(both)}): {'; '.join(both)}"


def _students(gradebook, roster):
    """Return the points of each student, with links to their pages."""
    lessons = gradebook.lessons
    rows = []
    for student, theirs in gradebook.everyone.items():
        each = [_points(theirs[lesson.name]) if lesson.name in theirs else "–" for lesson in lessons]
        link = _link(student, theirs, roster)
        total = number(sum(work.points for work in theirs.values())) if theirs else "–"
        rows.append((link, *each, total, one_line(student), "; ".join(map(one_line, gradebook.said_of(student)))))
    points = [f"{lesson.name} (of {number(lesson.worth)})" for lesson in lessons]
    head = ["student", *points, "total", "handed in as", "remark"]
    kinds = ["", *["number"] * (len(lessons) + 1), "name", "wide"]
    return Table("Points of each student; – is a lesson that was not handed in", head, rows, kinds, "Nobody is known.")


def _points(work):
    """Return the points of a submission, as a link to what is said of it."""
    target = quote(f"feedback/{file_name(work.student)}.html")
    return Link(str(number(work.points)), f"{target}#{quote(anchor_of_lesson(work.lesson))}")


def _link(person, works, roster):
    """Return a person's name, as a link to the page of feedback on them or their group, if there is one."""
    pages = {work.student for work in works.values()}
    if not pages:
        return full_name(person, roster)
    page = person if person in pages else min(pages)
    return Link(full_name(person, roster), quote(f"feedback/{file_name(page)}.html"))


def _id(name):
    """Return the place of a part on the page."""
    return name.lower().replace(" ", "-")
