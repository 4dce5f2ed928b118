"""Pages to read: one of feedback for each student, and a summary for the instructor.

A page is one file that loads nothing and runs nothing. It shows the student's own answer and what the check said of it,
and knows no hidden test, no expected value and no reference answer: the gradebook holds none.
"""

from pathlib import Path

from gradekit.book.markup import page, result, table, tag
from gradekit.book.naming import file_name, full_name
from gradekit.book.rows import exercise_cell
from gradekit.book.said import anchor, cell_name, comment, exercise, explain, explain_breaches, explain_company
from gradekit.book.summary import summary_page
from gradekit.keeping import write_whole
from gradekit.printable import clip, number, one_line

LONGEST = 20_000  # characters of an answer that are shown


def write_pages(gradebook, folder, *, roster=None):
    """Write ``feedback/<student>.html`` for each student who was graded, and ``summary.html``.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    folder : path-like
        Where they go; pages of an earlier run are replaced.
    roster : dict, optional
        As from :func:`gradekit.roster.read_roster`.
    """
    folder, roster = Path(folder), roster or {}
    lessons = {lesson.name: lesson for lesson in gradebook.lessons}
    for student, theirs in gradebook.graded.items():
        content = student_page(full_name(student, roster), [(lessons[name], theirs[name]) for name in sorted(theirs)])
        write_whole(folder / "feedback" / f"{file_name(student)}.html", content)
    write_whole(folder / "summary.html", summary_page(gradebook, roster))


def student_page(name, works):
    """Return a student's page.

    Parameters
    ----------
    name : str
        What to call the student.
    works : list of tuple
        Pairs (lesson, submission) of the gradebook.

    Returns
    -------
    Html
        The document.
    """
    got = number(sum(submission.points for _, submission in works))
    most = number(sum(submission.of for _, submission in works))
    return page(
        f"Feedback for {name}",
        tag("h1", f"Feedback for {name}"),
        tag("p", f"{got} of {most} points", class_="points"),
        *(_lesson(lesson, submission) for lesson, submission in works),
    )


def _lesson(lesson, submission):
    """Return the part of a page on one lesson."""
    remarks = [one_line(remark) for remark in submission.remarks]
    if submission.unreadable:
        remarks.insert(0, f"Your file {one_line(submission.unreadable)}")
    return tag(
        "section",
        tag("h2", f"{lesson.title or lesson.name} ({lesson.name})"),
        tag("p", f"{number(submission.points)} of {number(submission.of)} points", class_="points"),
        tag("ul", (tag("li", remark) for remark in remarks)) if remarks else None,
        _overview(submission),
        *(_check(check, anchor(lesson.name, check)) for check in submission.checks),
    )


def _overview(submission):
    """Return the table of a lesson's checks, each with a link to what is said of it."""
    rows = [
        (
            tag("a", exercise_cell(check), href=f"#{anchor(submission.lesson, check)}"),
            number(check.points),
            number(check.of),
            result(check.kind),
        )
        for check in submission.checks
    ]
    return table(
        "Points for each exercise", ["exercise", "points", "of", "result"], rows, kinds=["", "number", "number", "name"]
    )


def _check(check, place):
    """Return the part of a page on one check."""
    said, quoted = explain(check)
    company, breaches = explain_company(check), explain_breaches(check)
    return tag(
        "section",
        tag("h3", f"{exercise(check)}: {number(check.points)} of {number(check.of)} points", id=place),
        tag("p", f"In the notebook: {cell_name(check)}", class_="note") if check.title else None,
        tag("p", result(check.kind), class_="result"),
        tag("p", said),
        tag("pre", clip(quoted, 4000), class_="quoted") if quoted else None,
        tag("p", company) if company else None,
        tag("ul", (tag("li", breach) for breach in breaches)) if breaches else None,
        tag("p", "These points were set by hand.") if check.by_hand else None,
        tag("div", tag("p", tag("b", "Comment")), _paragraphs(comment(check)), class_="comment")
        if comment(check)
        else None,
        *(_answer(*answer) for answer in sorted((check.answers or {}).items())),
    )


def _answer(name, source):
    """Return a student's own answer, as it was handed in."""
    label = f"Your answer {name}"
    content = tag("pre", tag("code", clip(source, LONGEST)), tabindex="0", role="region", aria_label=label)
    return tag("figure", tag("figcaption", label), content)


def _paragraphs(text):
    """Return a text as paragraphs, one a line."""
    return [tag("p", line) for line in text.split("\n") if line.strip()]
