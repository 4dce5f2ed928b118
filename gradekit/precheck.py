"""What a student's notebook will come to: run the way the grader will, with the visible checks only."""

import difflib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gradekit import leftout
from gradekit.lesson import GradingError, Lesson, is_stub, load_lessons
from gradekit.marking import environment, judge
from gradekit.ours import OursFail, message, try_ours
from gradekit.printable import cited, clean, one_line
from gradekit.rebuild import IGNORE
from gradekit.runs.limits import Level, Limits
from gradekit.runs.runner import Runner
from gradekit.source import rules
from gradekit.source.costs import cost, explain
from gradekit.student import student_version
from gradekit.submission.answers import collect
from gradekit.submission.naming import lesson_named
from gradekit.submission.reading import Unreadable, content, parse
from gradekit.submission.recognise import Released, lessons_of, released

WORDS = {
    "right": "passes",
    "unwritten": "is not written yet",
    "slow": "takes longer than one cell may: is there a loop that never ends?",
    "loud": "prints more than one cell may: is there a print inside a loop?",
    "dead": "ends Python",
}


@dataclass(frozen=True)
class Line:
    """What is said of one exercise.

    Attributes
    ----------
    name : str
        The check's ``grade_id``.
    passed : bool
        Whether the visible check passes and no rule is broken that costs points.
    text : str
        What it says.
    notes : tuple of str
        Names that will be missing, and rules that are broken.
    written : bool
        Whether there is an answer.
    """

    name: str
    passed: bool
    text: str
    notes: tuple[str, ...]
    written: bool = True

    @property
    def mark(self):
        """One sign: passes, wrong, or not written."""
        return "✓" if self.passed else "✗" if self.written else "○"

    def __str__(self):
        """Say it in a line, and each note in one more below."""
        said = [self.text, *self.notes]
        first, *rest = [line for text in said for line in clean(text).split("\n")]
        return "\n    ".join([f"{self.mark} {self.name.removesuffix('-check')}: {first}", *rest])


@dataclass(frozen=True)
class Outlook:
    """What a notebook will come to.

    Attributes
    ----------
    lesson : str
        The lesson that it answers.
    lines : tuple of Line
        One for each exercise.
    remarks : tuple of str
        What grading will ignore or has to repair.
    """

    lesson: str
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]

    @property
    def passed(self):
        """Whether every exercise passes."""
        return all(line.passed for line in self.lines)

    def __str__(self):
        """Say how many pass, then each exercise, then what is ignored."""
        count = sum(line.passed for line in self.lines)
        head = f"{self.lesson}: {count} of {len(self.lines)} pass here; grading tries more inputs than the checks show."
        remarks = [f"  {one_line(remark)}" for remark in self.remarks]
        return "\n".join(
            [head, *map(str, self.lines), *(["What grading leaves out or has to repair:"] if remarks else []), *remarks]
        )


def precheck(
    path: str | Path,
    *,
    source: Path | None = None,
    limits: Limits | None = None,
    level: Level | None = None,
    known: Path | None = None,
) -> Outlook:
    """Run a student's notebook as the grader will, and say what it will make of it.

    Parameters
    ----------
    path : path-like
        The notebook. Its lesson is known by its cells, and by its name where these have lost their metadata.
    source : Path, optional
        Folder of the lessons; the course's own by default.
    limits : gradekit.runs.limits.Limits, optional
        What the run may use.
    level : Level, optional
        How it is contained; found by trying if not given.
    known : Path, optional
        As in :func:`gradekit.ours.try_ours`, which is asked first.

    Returns
    -------
    Outlook
        What becomes of each exercise, and of the file.

    Raises
    ------
    gradekit.submission.reading.Unreadable
        If the file is no notebook.
    gradekit.lesson.GradingError
        If it answers no lesson.
    gradekit.ours.OursFail
        If the lesson's own answers do not pass on this machine: then nothing is said of the student's.
    """
    with Runner(limits=limits, level=level, hide=[source] if source else ()) as runner:
        return look(Path(path), [released(lesson) for lesson in load_lessons(None, source)], runner.run, known=known)


def look(path: Path, lessons: list[Released], run: Callable, *, known: Path | None = None) -> Outlook:
    """Say what grading will make of a notebook; our own answers are run first, where there is anything to judge.

    Parameters
    ----------
    path : Path
        The notebook.
    lessons : list of gradekit.submission.recognise.Released
        What it may answer.
    run : callable
        ``run(nb)`` as :meth:`gradekit.runs.runner.Runner.run`.
    known : Path, optional
        As in :func:`gradekit.ours.try_ours`.

    Returns
    -------
    Outlook
        As :func:`precheck`, whose errors it raises.
    """
    notebook = _read(path)
    found, cells = _lesson_of(path, notebook, lessons), notebook.cells
    lesson, submission = found.lesson, collect(found.lesson, cells, found)
    visible = Lesson(lesson.name, _visible(lesson.master), lesson.exercises)
    uncompared = lambda nb: run(_uncompared(nb))  # noqa: E731
    if any(not is_stub(source, lesson.stubs[name]) for name, source in submission.answers.items()):
        try_ours(visible, uncompared, known=known)
    verdicts = _judged(visible, submission.answers, uncompared)
    lines = []
    for exercise in lesson.exercises:
        broken = rules.of_exercise(exercise, submission.answers, lesson.imported)
        broken, verdict = [rules.Breach(**breach) for breach in broken], verdicts[exercise.name]
        said = explain(broken, cited, is_right=verdict.passed)
        unknown = (
            leftout.missing(lesson.master, exercise, cells, submission.answers) if verdict.kind != "unwritten" else ()
        )
        notes = [*unknown, *said]
        lines.append(_line(exercise, verdict, cost(broken) > 0, notes))
    remarks = [
        *submission.remarks,
        *leftout.changed_checks(visible.master, cells),
        *leftout.extra(lesson.master, cells, submission),
    ]
    named = lesson_named(path.name, [each.name for each in lessons])
    if named != lesson.name:
        remarks.insert(0, f"the file's name does not say so, but its cells are of {lesson.name}; that is what was run.")
    return Outlook(lesson.name, tuple(lines), (*notebook.notes, *remarks))


def _judged(lesson, answers, run):
    """Return the verdicts on answers; where one fails and ours does too, the machine is at fault."""
    try:
        return judge(lesson, answers, run, environment())
    except GradingError as error:
        raise OursFail(message(lesson, [line for line in str(error).split("\n") if line.startswith("  ")])) from None


def _read(path):
    """Return the notebook in a file, or say in one sentence why there are none."""
    if not path.exists() and not path.is_symlink():
        raise Unreadable(f"check: there is no file {path}.{_like(path)}")
    try:
        return parse(content(path))
    except Unreadable as error:
        problem = str(error)
        if line := _conflict(path):
            problem = (
                f"holds a git conflict at line {line}: two versions stand in it, between <<<<<<< and >>>>>>>. Take one "
                f"of them: git checkout --ours {path.name}, or git checkout --theirs {path.name}"
            )
        raise Unreadable(f"check: {path} {problem}") from None


def _like(path):
    """Say which notebook may be meant by a name that is not there."""
    with suppress(OSError):
        names = [other.name for other in path.parent.glob("*.ipynb")]
        if close := difflib.get_close_matches(path.name, names, n=1, cutoff=0.5):
            return f" Did you mean {path.parent / close[0]}?"
    return ""


def _conflict(path):
    """Return the number of the line at which git left two versions in a file; None if it did not."""
    with suppress(OSError):
        lines = path.read_bytes().split(b"\n") if path.is_file() else []
        return next((number for number, line in enumerate(lines, 1) if line.startswith(b"<<<<<<< ")), None)
    return None


def _lesson_of(path, notebook, lessons):
    """Return the lesson that a notebook answers: known by its cells, then by its name."""
    found = lessons_of(notebook, path.name, lessons)
    if not found:
        raise GradingError(
            f"check: {path.name} answers no lesson: none of its cells is known, nor is its name. Check the file that "
            f"you got from coursekit lab. Lessons with exercises are {', '.join(lesson.name for lesson in lessons)}."
        )
    return next(lesson for lesson in lessons if lesson.name == found[0].name)


def _visible(master):
    """Return the lesson with its solutions, and without the hidden part of its checks."""
    visible = student_version(master)
    for cell, full in zip(visible.cells, master.cells, strict=True):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = full.source
    return visible


def _uncompared(nb):
    """Return a rebuilt notebook in which no output is compared: a visible check passes unless it raises."""
    for cell in nb.cells:
        cell.metadata.tags = [IGNORE]
    return nb


def _line(exercise, verdict, costs, notes):
    """Return what is said of an exercise."""
    text = WORDS.get(verdict.kind) or verdict.told
    if verdict.passed and costs:
        text += " its check, but breaks a rule that costs points"
    return Line(exercise.name, verdict.passed and not costs, text, tuple(notes), verdict.kind != "unwritten")
