"""Pages to read: one of feedback for each student, and a summary for the instructor.

A page is one file that loads nothing. It shows the student's own answer and what the check said of it, and knows no
hidden test, no hidden value and no reference answer: the gradebook holds none. Others are counted there, never named.
"""

from pathlib import Path

from gradekit.book.course import Course
from gradekit.book.markup import Bar, Result, Table, render
from gradekit.book.naming import file_name, full_name
from gradekit.book.prompt import shown
from gradekit.book.quoted import in_blocks, lines_of
from gradekit.book.results import class_of
from gradekit.book.rows import exercise_cell, percent
from gradekit.book.said import (
    anchor,
    anchor_of_lesson,
    cell_name,
    comment,
    exercise,
    explain,
    explain_breaches,
    explain_company,
)
from gradekit.book.summary import summary_page
from gradekit.keeping import write_whole
from gradekit.printable import clean, clip, number, one_line

LONGEST = 20_000  # characters of an answer that are shown
UNSEEN = ("unwritten", "missing")  # kinds of which there is nothing to learn: they come after what went wrong
OWN = "templates"  # a folder beside the grades with the instructor's own


def write_pages(gradebook, folder, *, roster=None, course=None):
    """Write ``feedback/<student>.html`` for each student who was graded, and ``summary.html``.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    folder : path-like
        Where they go; pages of an earlier run are replaced. What lies in ``folder/templates`` is used in place of the
        templates of ours that have the same name.
    roster : dict, optional
        As from :func:`gradekit.roster.read_roster`.
    course : gradekit.book.course.Course, optional
        What all pages say of it.
    """
    folder, roster, course = Path(folder), roster or {}, course or Course()
    lessons = {lesson.name: lesson for lesson in gradebook.lessons}
    own, others = folder / OWN, class_of(gradebook)
    for student, theirs in gradebook.graded.items():
        works = [(lessons[name], theirs[name]) for name in sorted(theirs)]
        content = student_page(full_name(student, roster), works, course, others, own)
        write_whole(folder / "feedback" / f"{file_name(student)}.html", content)
    write_whole(folder / "summary.html", summary_page(gradebook, roster, course, own))


def student_page(name, works, course, others, own=None):
    """Return a student's page.

    Parameters
    ----------
    name : str
        What to call the student.
    works : list of tuple
        Pairs (lesson, submission) of the gradebook.
    course : gradekit.book.course.Course
        What is said of it.
    others : dict
        How the class did, from :func:`gradekit.book.results.class_of`.
    own : path-like, optional
        The instructor's own templates.

    Returns
    -------
    str
        The document.
    """
    got = number(sum(submission.points for _, submission in works))
    most = number(sum(submission.of for _, submission in works))
    lessons = [_lesson(lesson, submission, others) for lesson, submission in works]
    return render("student", own, name=name, course=course, got=got, most=most, lessons=lessons)


def _lesson(lesson, submission, others):
    """Return what a page says of one lesson."""
    unreadable = [f"Your file {submission.unreadable}"] if submission.unreadable else []
    texts = {task.name: task.text for task in lesson.checks}
    checks = [_check(lesson.name, check, texts.get(check.name, "")) for check in submission.checks]
    return {
        "title": lesson.title or lesson.name,
        "name": lesson.name,
        "place": anchor_of_lesson(lesson.name),
        "got": number(submission.points),
        "most": number(submission.of),
        "remarks": [one_line(remark) for remark in [*unreadable, *submission.remarks]],
        "others": others.get((lesson.name, ""), ""),
        "overview": _overview(lesson, submission, others),
        "checks": sorted(checks, key=lambda check: check["order"]),
    }


def _overview(lesson, submission, others):
    """Return the table of a lesson's checks, in its order, each with a link to what is said of it."""
    shares = [others.get((lesson.name, check.name)) for check in submission.checks]
    with_class = any(share is not None for share in shares)
    rows = [
        (
            exercise_cell(check, f"#{anchor(lesson.name, check)}"),
            number(check.points),
            number(check.of),
            Result(check.kind),
            *((percent(share or 0, 1), Bar(((share or 0, "all", ""),))) if with_class else ()),
        )
        for check, share in zip(submission.checks, shares, strict=True)
    ]
    more = ["class: right", "as a bar"] if with_class else []
    head, kinds = ["exercise", "points", "of", "result", *more], ["", "number", "number", "name", "number", "bar"]
    return Table(f"Points for each exercise of {lesson.name}", head, rows, kinds[: len(head)])


def _check(lesson, check, text):
    """Return what a page says of one check."""
    said, quoted = explain(check)
    answers = sorted((check.answers or {}).items()) if check.kind != "unwritten" else ()
    full, noted = check.points >= check.of, bool(check.breaches or comment(check))
    return {
        "title": exercise(check),
        "cell": cell_name(check) if check.title else "",
        "place": anchor(lesson, check),
        "points": number(check.points),
        "of": number(check.of),
        "kind": check.kind,
        "order": 2 if full else 1 if check.kind in UNSEEN else 0,
        "is_folded": full and not noted,
        "text": shown(text) if text else "",
        "said": said,
        "blocks": in_blocks(_unsaid(said, clip(quoted, 4000))),
        "company": explain_company(check),
        "breaches": explain_breaches(check),
        "by_hand": check.by_hand,
        "comment": [line for line in comment(check).split("\n") if line.strip()],
        "answers": [_answer(lesson, check, name, source, quoted) for name, source in answers],
    }


def _unsaid(said, quoted):
    """Return what was quoted, without the error's name where our own sentence has just told it."""
    first, colon, rest = quoted.partition(": ")
    return rest if colon and said.endswith(f"{first.removeprefix('raised ')}:") and "\n" not in first else quoted


def _answer(lesson, check, name, source, told):
    """Return a student's own answer, line by line, and which lines the feedback is about."""
    broken = [breach for breach in check.breaches if breach.answer in ("", name)]
    lines = lines_of(clip(clean(source), LONGEST), told, broken)
    return {"name": name, "label": f"Your answer {name} in {lesson}", "lines": lines}
