"""What deserves a look: answers that are alike, broken rules, troubled runs, remarks on files, marks by hand, cost."""

from dataclasses import asdict

from gradekit.book.markup import Bar, Folded, Result, Table
from gradekit.book.rows import checks_of, exercise_cell, sources, student_link
from gradekit.book.said import anchor, comment, explain_breaches
from gradekit.printable import clip, number, one_line
from gradekit.source.similarity import compare

TROUBLE = ("slow", "loud", "dead", "stopped", "missing")  # kinds that an instructor looks at
UNSAID = ("value",)  # kinds of wrong answers whose student reads no reason


def alike(gradebook, roster):
    """Return the groups of answers that are alike, and the forms that are too common to tell.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    roster : dict
        As from :func:`gradekit.roster.read_roster`.

    Returns
    -------
    list
        A note and tables.
    """
    pairs, common = compare(asdict(gradebook))
    tasks = {check.name: exercise_cell(check) for _, check in checks_of(gradebook)}
    links = {
        (one.student, check.name): student_link(one.student, roster, anchor(one.lesson, check))
        for one, check in checks_of(gradebook)
    }
    rows = [
        (tasks[check], f"{100 * likeness:.0f} %", tuple(links[student, check] for student in students))
        for check, likeness, students in groups(pairs)
    ]
    usual = [(tasks[check], students, f"{100 * share:.0f} %") for check, students, share in common]
    note = (
        "Compared without names, comments, the order of statements and the text that was handed out. Answers of a few "
        "lines are left out, and so are those that many have. Likeness is a reason to look, and proves nothing."
    )
    head, none = ["exercise", "likeness", "students"], "No two answers are near-identical."
    found = Table("Students whose answers are alike", head, rows, ["", "number", "wide"], none)
    head = ["exercise", "students", "share"]
    return [note, found, Table("Common ways to answer, left out", head, usual, ["", "number", "number"])]


def groups(pairs):
    """Return students with near-identical answers together, where pairs would list each of them many times.

    Parameters
    ----------
    pairs : list of gradekit.source.similarity.Pair
        The most alike first.

    Returns
    -------
    list of tuple
        (check, likeness of the two most alike, students in order), the most alike first.

    Examples
    --------
    >>> groups([("f", "ann", "bob", 1.0), ("f", "bob", "cem", 0.9)])
    [('f', 1.0, ['ann', 'bob', 'cem'])]
    """
    found = []
    for check, first, second, likeness in pairs:
        joined = [group for group in found if group[0] == check and {first, second} & group[2]]
        students = {first, second}.union(*(group[2] for group in joined))
        best = max([likeness, *(group[1] for group in joined)])
        found = [group for group in found if group not in joined] + [(check, best, students)]
    found = [(check, best, sorted(students)) for check, best, students in found]
    return sorted(found, key=lambda group: (-group[1], group))


def look(gradebook, roster):
    """Return what an instructor may want to see: broken rules, troubled runs, remarks on files, marks by hand.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    roster : dict
        As from :func:`gradekit.roster.read_roster`.

    Returns
    -------
    list
        Tables.
    """
    rules, trouble, by_hand, silent = [], [], [], []
    for submission, check in checks_of(gradebook):
        link = student_link(submission.student, roster, anchor(submission.lesson, check))
        name = exercise_cell(check)
        rules += [(link, name, sentence) for sentence in explain_breaches(check)]
        if check.kind in TROUBLE and not submission.unreadable and submission.file:
            trouble.append((link, name, Result(check.kind), clip(one_line(check.told), 300)))
        if check.kind in UNSAID and not check.override:
            silent.append((link, name, Result(check.kind), Folded("The answer", code=sources(check))))
        if check.override:
            points = number(check.points) if check.by_hand else "as graded"
            by_hand.append((link, name, points, one_line(comment(check))))
    who, wide = ["student", "exercise"], ["", "name", "wide"]
    return [
        Table("Remarks on files", ["student", "lesson", "remark"], _remarks(gradebook, roster), wide),
        Table("Runs that did not end well", [*who, "result", "told"], trouble, ["", "name", "name", "wide"]),
        Table("Wrong, and no hint says why", [*who, "result", "answer"], silent, ["", "name", "name", "wide"]),
        Table("Rules that answers break", [*who, "rule"], rules, wide, "No rule is broken."),
        Table("Marks and comments by hand", [*who, "points", "comment"], by_hand, ["", "name", "number", "wide"]),
    ]


def costs(gradebook, roster):
    """Return the runs that took most time and most memory.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    roster : dict
        As from :func:`gradekit.roster.read_roster`.

    Returns
    -------
    list
        Tables.
    """
    ran = [
        (check.seconds, check.memory, submission, check)
        for submission, check in checks_of(gradebook)
        if check.kind not in ("unwritten", "missing")
    ]
    return [
        _largest(ran, 0, "The slowest runs", "seconds", 1, roster),
        _largest(ran, 1, "The runs with most memory", "MB", 2**20, roster),
    ]


def _remarks(gradebook, roster):
    """Return what is to be said of files, the unreadable ones first."""
    looks, unreadable, remarks = [], [], []
    for one in gradebook.submissions:
        link = student_link(one.student, roster)
        looks += [(link, one.lesson, f"Look at it: {one_line(one.look)}")] if one.look else []
        unreadable += [(link, one.lesson, f"The file {one_line(one.unreadable)}")] if one.unreadable else []
        remarks += [(link, one.lesson, one_line(remark)) for remark in one.remarks]
    return looks + unreadable + remarks


def _largest(ran, which, caption, unit, size, roster):
    """Return the table of the five runs with the most of something."""
    top = sorted(ran, key=lambda run: (-run[which], run[2].student, run[3].name))[:5]
    most = max((run[which] for run in top), default=0) or 1
    rows = [
        (
            student_link(submission.student, roster, anchor(submission.lesson, check)),
            exercise_cell(check),
            f"{took[which] / size:.{1 if size == 1 else 0}f}",
            Bar(((took[which] / most, "all", ""),)),
        )
        for *took, submission, check in top
    ]
    head = ["student", "exercise", unit, "as a bar"]
    return Table(caption, head, rows, ["", "name", "number", "bar"], "Nothing ran.")
