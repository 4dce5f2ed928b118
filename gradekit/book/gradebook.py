"""The gradebook: verdicts, rules and the instructor's own word together."""

import re
from dataclasses import replace

from gradekit.book.entries import CheckEntry, Gradebook, LessonEntry, SubmissionEntry, Task
from gradekit.source import rules
from gradekit.source.costs import cost
from gradekit.verdict import Verdict

MISSING = Verdict(passed=False, kind="missing")
BY_HAND = "nothing was handed in; the marks were given by hand"
RAISED = re.compile(r"\w[\w.]* raised [A-Za-z_]\w*\b")  # how a visible check begins to tell of an answer's own error
HEADING = re.compile(r"^#{2,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
WORTH = re.compile(r"\s*\(\d+(?:\.\d+)? points?\)$")


def build(works, keys, store, *, isolation, overrides=None, lessons=(), handed=None, earlier=None):
    """Return the gradebook.

    Parameters
    ----------
    works : list of gradekit.submission.folder.Work
        All submissions, unreadable ones too.
    keys : dict
        From :func:`gradekit.marking.grade_all`.
    store : gradekit.store.Store
        The verdicts.
    isolation : str
        How runs were contained, in a sentence.
    overrides : dict, optional
        From :func:`gradekit.book.overrides.settle`. One for a student who did not hand the lesson in counts as well.
    lessons : iterable of gradekit.lesson.Lesson, optional
        What is graded; those that nobody handed in and nobody has a mark for are left out.
    handed : gradekit.book.entries.Gradebook, optional
        Who handed in what: its files, who is absent, who is a stranger, and its groups.
    earlier : gradekit.book.entries.Gradebook, optional
        The last one: what it has of other lessons than these stays.

    Returns
    -------
    gradekit.book.entries.Gradebook
        Submissions by student and lesson.
    """
    overrides, handed, earlier = overrides or {}, handed or Gradebook(), earlier or Gradebook()
    found = {work.lesson.name: work.lesson for work in works}
    all_lessons = {lesson.name: lesson for lesson in lessons} | found
    found |= {lesson: all_lessons[lesson] for _, lesson, _ in overrides if lesson in all_lessons}
    entries = {name: _lesson(lesson) for name, lesson in found.items()}
    names = {name: lesson.imported for name, lesson in found.items()}
    graded = [_submission(work, keys, store, overrides, entries, names) for work in works]
    graded += _by_hand(overrides, found, entries, graded, handed.groups)
    graded += [one for one in earlier.submissions if one.lesson not in all_lessons]
    entries |= {entry.name: entry for entry in earlier.lessons if entry.name not in all_lessons}
    there = {one.student for one in graded if one.file}
    return replace(
        handed,
        isolation=isolation,
        lessons=tuple(entries[name] for name in sorted(entries)),
        submissions=tuple(sorted(graded, key=lambda one: (one.student, one.lesson))),
        absent=tuple(student for student in handed.absent if student not in there),
    )


def _lesson(lesson):
    """Return what the reports need of a lesson."""
    title = next((c.source for c in lesson.master.cells if c.cell_type == "markdown"), "").split("\n")[0]
    asked = _asked(lesson.master)
    tasks = tuple(Task(each.name, each.points, *asked.get(each.name, ())) for each in lesson.exercises)
    return LessonEntry(lesson.name, title.lstrip("# "), tasks, lesson.stubs)


def _asked(master):
    """Return title and text of each exercise of a lesson, by the check's ``grade_id``.

    The title is the last heading above, less its points; the text is what stands below it, up to the check.
    """
    asked, title, text = {}, "", []
    for cell in master.cells:
        flags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            found = list(HEADING.finditer(FENCED.sub(_blank, cell.source)))
            title, text = (found[-1][1], []) if found else (title, text)
            text.append(cell.source[found[-1].end() :] if found else cell.source)
        elif flags.get("grade"):
            asked[flags["grade_id"]] = WORTH.sub("", title.replace("`", "")), "\n\n".join(text).strip() if title else ""
            title, text = "", []
    return asked


def _blank(fenced):
    """Return as many characters as a block of code has, so that places stay."""
    return " " * len(fenced[0])


def _submission(work, keys, store, overrides, entries, names):
    """Return one submission's entry."""
    lesson = work.lesson.name
    found = keys.get((work.student, lesson), {})
    checks = []
    for exercise, task in zip(work.lesson.exercises, entries[lesson].checks, strict=True):
        key = found.get(exercise.name, "")
        answers = {name: text for name, text in work.submission.answers.items() if name in exercise.answers}
        broken = [rules.Breach(**each) for each in rules.of_exercise(exercise, answers, names[lesson])]
        override = overrides.get((work.student, lesson, exercise.name))
        checks.append(_check(task, store.get(key, MISSING), answers, broken, override, key))
    return SubmissionEntry(
        student=work.student,
        lesson=lesson,
        file=str(work.file),
        unreadable=work.unreadable,
        remarks=tuple(work.submission.remarks),
        checks=tuple(checks),
        look=work.look,
    )


def _by_hand(overrides, lessons, entries, graded, groups):
    """Return an entry for each submission that there is none of, but a mark by hand; of a group's, for one member."""
    there = {(one.student, one.lesson): one for one in graded}
    theirs = {
        (member, one.lesson): one for one in graded for member in groups.get(one.student, ()) if member != one.student
    }
    found = []
    for student, lesson in {place[:2] for place in overrides if place[1] in lessons} - set(there):
        bare = tuple(_check(task, MISSING, {}, [], None, "") for task in entries[lesson].checks)
        base = theirs.get((student, lesson)) or SubmissionEntry("", lesson, remarks=(BY_HAND,), checks=bare)
        marks = {check.name: overrides.get((student, lesson, check.name)) for check in base.checks}
        checks = [_marked(check, marks[check.name] or check.override) for check in base.checks]
        found.append(replace(base, student=student, checks=tuple(checks)))
    return found


def _marked(check, override):
    """Return a check's entry with the instructor's own word."""
    if override and override.points is not None:
        check = replace(check, points=round(override.points, 6))
    return replace(check, override=override)


def _check(task, verdict, answers, broken, override, key):
    """Return one check's entry: its points, less what broken rules cost, unless the instructor says otherwise."""
    points = task.points * (1 - cost(broken)) if verdict.passed else 0.0
    entry = CheckEntry(
        name=task.name,
        points=round(points, 6),
        of=task.points,
        kind="error" if verdict.kind == "hint" and RAISED.match(verdict.told) else verdict.kind,
        told=verdict.told,
        title=task.title,
        answers=answers,
        breaches=tuple(broken),
        beside=tuple(verdict.beside),
        key=key,
        seconds=verdict.seconds,
        memory=verdict.memory,
    )
    return _marked(entry, override)
