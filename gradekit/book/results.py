"""How the class did: its scores, what became of each exercise, what it misunderstood."""

from collections import Counter
from statistics import mean, median

from gradekit.book.markup import bar, result, table, tag
from gradekit.book.rows import checks_of, exercise_cell, listed, percent
from gradekit.book.said import KINDS, sign_and_label
from gradekit.printable import clip, number, one_line
from gradekit.runs.tolerance import NUMBER


def scores(gradebook):
    """Return the distribution of the students' totals, as a share of all points.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    Html or list of Html
        A sentence and a table.
    """
    most = gradebook.worth
    totals = [sum(work.points for work in theirs.values()) for theirs in gradebook.graded.values()]
    if not totals or not most:
        return tag("p", "Nothing was graded.")
    bins = Counter(min(max(int(100 * total / most + 1e-9), 0), 100) // 10 for total in totals)
    highest = max(bins.values())
    rows = [
        (f"{10 * i} to {10 * i + 9} %" if i < 10 else "100 %", bins[i], bar([(bins[i] / highest, "all", "")]))
        for i in range(10, -1, -1)
    ]
    middle = f"Median {number(median(totals))}, mean {number(mean(totals))} of {number(most)} points."
    caption = "Students by their share of all points"
    return [tag("p", middle), table(caption, ["share", "students", "as a bar"], rows, kinds=["", "number", "bar"])]


def exercises(gradebook):
    """Return what became of each exercise, in the lessons' order, with the share of each kind of result.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    list of Html
        A legend and a table.
    """
    found = {(lesson.name, task.name): [] for lesson in gradebook.lessons for task in lesson.checks}
    for submission, check in checks_of(gradebook):
        found[submission.lesson, check.name].append(check.kind)
    tasks = [(found[lesson.name, task.name], task) for lesson in gradebook.lessons for task in lesson.checks]
    kinds = [kind for kind in KINDS if any(kind in some for some, _ in tasks)]
    labels = [sign_and_label(kind) for kind in kinds]
    rows = [
        (
            exercise_cell(task),
            bar(_stack(some, kinds)),
            percent(some.count("right"), len(some)),
            *map(some.count, kinds),
        )
        for some, task in tasks
        if some
    ]
    signs = [[tag("span", sign, aria_hidden="true"), tag("span", label, class_="unseen")] for sign, label in labels]
    columns = ["", "bar", "number", *["number"] * len(kinds)]
    legend = tag("ul", (tag("li", result(kind)) for kind in kinds), class_="legend")
    caption = "Submissions by what became of each exercise"
    return [legend, table(caption, ["exercise", "as a bar", "right", *signs], rows, kinds=columns)]


def hints_by_count(gradebook):
    """Return the table of hints by count.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    Html
        The table, or a sentence.
    """
    answered = Counter(check.name for _, check in checks_of(gradebook))
    rows = [
        (
            exercise_cell(check),
            f"{count} ({percent(count, answered[check.name])})",
            hint,
            bar([(count / answered[check.name], "hint", "")]),
        )
        for count, check, hint in misconceptions(gradebook)
    ]
    head = ["exercise", "students", "what the check said, to one of them", "as a bar"]
    caption = "Hints that the checks gave, the most frequent first"
    return listed(caption, head, rows, ["", "number", "wide", "bar"], "No check gave a hint.")


def misconceptions(gradebook):
    """Return the hints that the class got, the most frequent first.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    list of tuple
        (count, check, hint). Hints that differ in their numbers alone are one mistake; the one that is shown was given
        most often.
    """
    groups = {}
    for _, check in checks_of(gradebook):
        if check.kind == "hint":
            hint = clip(one_line(check.told), 400)
            groups.setdefault((check.name, NUMBER.sub("#", hint)), []).append((hint, check))
    found = []
    for some in groups.values():
        shown = max(Counter(hint for hint, _ in some).items(), key=lambda pair: (pair[1], pair[0]))[0]
        found.append((len(some), some[0][1], shown))
    return sorted(found, key=lambda row: (-row[0], row[1].name, row[2]))


def _stack(some, kinds):
    """Return the parts of a bar: the share of each kind."""
    return [(some.count(kind) / len(some), kind, sign_and_label(kind)[0]) for kind in kinds if kind in some]
