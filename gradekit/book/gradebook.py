"""The gradebook: verdicts, rules and the instructor's own word together."""

import re

from gradekit.book.entries import BreachEntry, CheckEntry, FileEntry, Gradebook, LessonEntry, SubmissionEntry, Task
from gradekit.lesson import imported, stubs
from gradekit.runs import box
from gradekit.source import rules
from gradekit.verdict import Verdict

MISSING = Verdict(passed=False, kind="missing")
BY_HAND = "nothing was handed in; the marks were given by hand"
RAISED = re.compile(r"\w[\w.]* raised [A-Za-z_]\w*\b")  # how a visible check begins to tell of an answer's own error
HEADING = re.compile(r"^#{2,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
WORTH = re.compile(r"\s*\(\d+(?:\.\d+)? points?\)$")


def build(works, keys, store, *, level, overrides=None, lessons=(), roster=None, files=(), earlier=None):
    """Return the gradebook.

    Parameters
    ----------
    works : list of gradekit.submission.folder.Work
        All submissions, unreadable ones too.
    keys : dict
        From :func:`gradekit.marking.grade_all`.
    store : gradekit.store.Store
        The verdicts.
    level : {"boxed", "limits only"}
        How runs were contained.
    overrides : dict, optional
        From :func:`gradekit.book.overrides.settle`. One for a student who did not hand the lesson in counts as well.
    lessons : iterable of gradekit.lesson.Lesson, optional
        What is graded; those that nobody handed in and nobody has a mark for are left out.
    roster : dict, optional
        From :func:`gradekit.book.roster.read_roster`.
    files : iterable of gradekit.book.entries.FileEntry, optional
        What became of each file that was handed in.
    earlier : gradekit.book.entries.Gradebook, optional
        The last one: what it has of other lessons than these stays.

    Returns
    -------
    gradekit.book.entries.Gradebook
        Submissions by student and lesson.
    """
    overrides, files, earlier = overrides or {}, tuple(files), earlier or Gradebook()
    found = {work.lesson.name: work.lesson for work in works}
    all_lessons = {lesson.name: lesson for lesson in lessons} | found
    found |= {lesson: all_lessons[lesson] for _, lesson, _ in overrides if lesson in all_lessons}
    entries = {name: _lesson(lesson) for name, lesson in found.items()}
    names = {name: imported(lesson.master) for name, lesson in found.items()}
    graded = [_submission(work, keys, store, overrides, entries, names) for work in works]
    graded += _by_hand(overrides, found, entries, {(one.student, one.lesson) for one in graded})
    graded += [one for one in earlier.submissions if one.lesson not in all_lessons]
    entries |= {entry.name: entry for entry in earlier.lessons if entry.name not in all_lessons}
    people = {one.student for one in graded if one.file} | {file.student for file in files if file.student}
    return Gradebook(
        isolation=box.FINE if level == box.FULL else box.WARNING,
        lessons=tuple(entries[name] for name in sorted(entries)),
        submissions=tuple(sorted(graded, key=lambda one: (one.student, one.lesson))),
        files=files,
        absent=tuple(sorted(set(roster or ()) - people)),
        strangers=tuple(sorted(people - set(roster))) if roster else (),
    )


def taken(works):
    """Return what became of the files that were taken.

    Parameters
    ----------
    works : list of gradekit.submission.folder.Work
        All submissions.

    Returns
    -------
    list of gradekit.book.entries.FileEntry
        One for each.
    """
    return [FileEntry(work.file, work.student, True, work.unreadable or work.lesson.name) for work in works]


def _lesson(lesson):
    """Return what the reports need of a lesson."""
    title = next((c.source for c in lesson.master.cells if c.cell_type == "markdown"), "").split("\n")[0]
    titles = _titles(lesson.master)
    tasks = tuple(Task(each.name, each.points, titles.get(each.name, "")) for each in lesson.exercises)
    return LessonEntry(lesson.name, title.lstrip("# "), tasks, stubs(lesson.master))


def _titles(master):
    """Return the heading above each exercise of a lesson, less its points, by the check's ``grade_id``."""
    titles, last = {}, ""
    for cell in master.cells:
        flags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            last = next(reversed(HEADING.findall(FENCED.sub("", cell.source))), last)
        elif flags.get("grade"):
            titles[flags["grade_id"]] = WORTH.sub("", last.replace("`", ""))
            last = ""
    return titles


def _submission(work, keys, store, overrides, entries, names):
    """Return one submission's entry."""
    lesson = work.lesson.name
    found = keys.get((work.student, lesson), {})
    checks = []
    for exercise, task in zip(work.lesson.exercises, entries[lesson].checks, strict=True):
        key = found.get(exercise.name, "")
        answers = {name: text for name, text in work.submission.answers.items() if name in exercise.answers}
        broken = [BreachEntry(**each) for each in rules.of_exercise(exercise, answers, names[lesson])]
        override = overrides.get((work.student, lesson, exercise.name))
        checks.append(_check(task, store.get(key, MISSING), answers, broken, override, key))
    return SubmissionEntry(
        work.student, lesson, str(work.file), work.unreadable, tuple(work.submission.remarks), tuple(checks)
    )


def _by_hand(overrides, lessons, entries, graded):
    """Return an entry for each submission that there is none of, but a mark by hand."""
    places = {(student, lesson) for student, lesson, _ in overrides if lesson in lessons} - graded
    return [
        SubmissionEntry(student, lesson, remarks=(BY_HAND,), checks=tuple(
            _check(task, MISSING, {}, [], overrides.get((student, lesson, task.name)), "")
            for task in entries[lesson].checks
        ))
        for student, lesson in places
    ]  # fmt: skip


def _check(task, verdict, answers, broken, override, key):
    """Return one check's entry: its points, less what broken rules cost, unless the instructor says otherwise."""
    points = task.points * (1 - cost_of(broken)) if verdict.passed else 0.0
    if override and override.points is not None:
        points = override.points
    return CheckEntry(
        name=task.name,
        points=round(points, 6),
        of=task.points,
        kind="error" if verdict.kind == "hint" and RAISED.match(verdict.told) else verdict.kind,
        told=verdict.told,
        title=task.title,
        answers=answers,
        breaches=tuple(broken),
        override=override,
        beside=tuple(verdict.beside),
        key=key,
        seconds=verdict.seconds,
        memory=verdict.memory,
    )


def cost_of(breaches):
    """Return the share of the points that broken rules cost together.

    Parameters
    ----------
    breaches : iterable of gradekit.book.entries.BreachEntry
        Of one check.

    Returns
    -------
    float
        From 0 to 1. A rule that is broken twice costs once.
    """
    costs = {}
    for breach in breaches:
        costs[breach.why] = max(breach.cost, costs.get(breach.why, 0.0))
    return min(sum(costs.values()), 1.0)
