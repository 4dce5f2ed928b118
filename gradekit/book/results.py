"""How the class did: its scores, what became of each exercise, what it misunderstood."""

from collections import Counter
from dataclasses import dataclass
from statistics import mean, median

from gradekit.book.markup import Bar, Folded, Result, Table
from gradekit.book.quoted import first_hint
from gradekit.book.rows import checks_of, exercise_cell, in_order, percent, sources, student_link
from gradekit.book.said import KINDS, anchor, sign_and_label
from gradekit.printable import clip, number, one_line
from gradekit.runs.tolerance import NUMBER

FEWEST = 6  # submissions from which on a student sees how the class did: of fewer one could tell who


def scores(gradebook):
    """Return the distribution of the students' totals, as a share of all points.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    list
        A sentence and a table.
    """
    most = gradebook.worth
    totals = [sum(work.points for work in theirs.values()) for theirs in gradebook.graded.values()]
    if not totals or not most:
        return ["Nothing was graded."]
    bins = Counter(min(max(int(100 * total / most + 1e-9), 0), 100) // 10 for total in totals)
    highest = max(bins.values())
    rows = [
        (f"{10 * i} to {10 * i + 9} %" if i < 10 else "100 %", bins[i], Bar(((bins[i] / highest, "all", ""),)))
        for i in range(10, -1, -1)
    ]
    middle = f"Median {number(median(totals))}, mean {number(mean(totals))} of {number(most)} points."
    caption = "Students by their share of all points"
    return [middle, Table(caption, ["share", "students", "as a bar"], rows, ["", "number", "bar"])]


def exercises(gradebook):
    """Return what became of each exercise, in the lessons' order, with the share of each kind of result.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    list
        A legend and a table; an exercise that was misunderstood leads to what is to be taught again.
    """
    tasks = [(lesson, task, [check.kind for _, check in some]) for lesson, task, some in in_order(gradebook)]
    kinds = [kind for kind in KINDS if any(kind in some for *_, some in tasks)]
    misunderstood = {(group.lesson, group.check.name) for group in misconceptions(gradebook)}
    rows = [
        (
            exercise_cell(task, f"#{_place(lesson, task)}" if (lesson, task.name) in misunderstood else ""),
            Bar(_stack(some, kinds)),
            percent(some.count("right"), len(some)),
            *map(some.count, kinds),
        )
        for lesson, task, some in tasks
    ]
    head = ["exercise", "as a bar", "right", *map(Result, kinds)]
    caption = "Submissions by what became of each exercise"
    return [tuple(map(Result, kinds)), Table(caption, head, rows, ["", "bar", "number", *["number"] * len(kinds)])]


def reteach(gradebook, roster):
    """Return what to teach again: the misconceptions of each exercise, the most frequent first.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.
    roster : dict
        As from :func:`gradekit.roster.read_roster`.

    Returns
    -------
    list
        A table for each exercise, in the lessons' order: how many, what the check said to one of them, that answer,
        and who they are.
    """
    groups, tables = misconceptions(gradebook), []
    for lesson, task, some in in_order(gradebook):
        rows = [
            (
                group.hint,
                f"{len(group.who)} ({percent(len(group.who), len(some))})",
                Bar(((len(group.who) / len(some), group.check.kind, ""),)),
                Folded("An answer", code=group.example),
                Folded("Students", items=tuple(_links(group, roster))),
            )
            for group in groups
            if (group.lesson, group.check.name) == (lesson, task.name)
        ]
        name = exercise_cell(task)
        caption = f"{name.text}: what the check said, the most frequent first"
        head = ["what the check said", "students", "as a bar", "for example", "who"]
        kinds = ["wide", "number", "bar", "wide", "name"]
        tables += [Table(caption, head, rows, kinds, place=_place(lesson, task))] if rows else []
    return tables or ["No check gave a hint."]


@dataclass(frozen=True)
class Misconception:
    """What several students got wrong in the same way.

    Attributes
    ----------
    lesson : str
        The lesson's name.
    who : tuple
        Pairs (submission, check) of each of them.
    """

    lesson: str
    who: tuple

    @property
    def check(self):
        """The check of one of them."""
        return self.who[0][1]

    @property
    def hint(self):
        """What the check said to most of them, numbers and all."""
        said = Counter(_hint(check) for _, check in self.who)
        return max(said.items(), key=lambda pair: (pair[1], pair[0]))[0]

    @property
    def example(self):
        """An answer of those that read this hint: the shortest, which shows it best."""
        texts = [sources(check) for _, check in self.who if _hint(check) == self.hint]
        return min(texts, key=lambda text: (len(text), text))


def misconceptions(gradebook):
    """Return what the class misunderstood, the most frequent first: hints, and errors that answers raised.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    list of Misconception
        Hints that differ in their numbers alone are one; the hint that is shown was given most often.
    """
    groups = {}
    for submission, check in checks_of(gradebook):
        if check.kind in ("hint", "error") and check.told:
            key = submission.lesson, check.name, NUMBER.sub("#", _hint(check))
            groups.setdefault(key, []).append((submission, check))
    found = [Misconception(lesson, tuple(some)) for (lesson, *_), some in groups.items()]
    return sorted(found, key=lambda group: (-len(group.who), group.check.name, group.hint))


def class_of(gradebook):
    """Return how the class did, without names.

    Parameters
    ----------
    gradebook : gradekit.book.entries.Gradebook
        The class.

    Returns
    -------
    dict
        For (lesson, check) the share that is right, and for (lesson, "") a sentence; nothing of a lesson that few
        handed in.
    """
    told = {}
    for lesson in gradebook.lessons:
        points = [one.points for one in gradebook.submissions if one.lesson == lesson.name and one.file]
        if len(points) >= FEWEST:
            middle = number(median(points))
            told[lesson.name, ""] = f"The class: {len(points)} submissions, median {middle} of {number(lesson.worth)}."
    for lesson, task, some in in_order(gradebook):
        if (lesson, "") in told:
            handed_in = [check.passed for submission, check in some if submission.file]
            told[lesson, task.name] = sum(handed_in) / len(handed_in)
    return told


def _links(group, roster):
    """Return links to the answers of a group."""
    return [student_link(one.student, roster, anchor(one.lesson, check)) for one, check in group.who]


def _hint(check):
    """Return the hint of a check, without the case that shows it."""
    return clip(one_line(first_hint(check.told)), 400)


def _place(lesson, task):
    """Return the place of what an exercise is to be taught again by."""
    return f"reteach.{lesson}.{task.name}"


def _stack(some, kinds):
    """Return the parts of a bar: the share of each kind."""
    return tuple((some.count(kind) / len(some), kind, sign_and_label(kind)[0]) for kind in kinds if kind in some)
