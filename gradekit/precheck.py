"""What a student's notebook will come to: run the way the grader will, with the visible checks only."""

import builtins
import difflib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gradekit.lesson import GradingError, Lesson, load_lessons
from gradekit.marking import environment, judge
from gradekit.ours import OursFail, message, try_ours
from gradekit.printable import cited, clean, clip, one_line
from gradekit.rebuild import IGNORE
from gradekit.runs.limits import Level, Limits
from gradekit.runs.runner import Runner
from gradekit.source import rules
from gradekit.source.costs import cost, explain
from gradekit.source.names import bound, used
from gradekit.student import student_version
from gradekit.submission.answers import MARKER, collect
from gradekit.submission.naming import lesson_named
from gradekit.submission.reading import Unreadable, content, parse
from gradekit.submission.recognise import lessons_of, released

WORDS = {
    "right": "passes",
    "unwritten": "is not written yet",
    "slow": "takes longer than one cell may: is there a loop that never ends?",
    "loud": "prints more than one cell may: is there a print inside a loop?",
    "dead": "ends Python",
}
GIVEN = {*dir(builtins), "display", "get_ipython"}  # names that every notebook has
QUOTED = 3  # cells of a student's own whose first line is quoted


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
    """

    name: str
    passed: bool
    text: str
    notes: tuple[str, ...]

    def __str__(self):
        """Say it in a line, and each note in one more below."""
        said = [self.text, *self.notes]
        first, *rest = [line for text in said for line in clean(text).split("\n")]
        mark = "✓" if self.passed else "✗"
        return "\n    ".join([f"{mark} {self.name.removesuffix('-check')}: {first}", *rest])


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
    path = Path(path)
    notebook, lessons = _read(path), load_lessons(None, source)
    lesson, cells = _lesson_of(path, notebook, lessons), notebook.cells
    submission = collect(lesson, cells)
    visible = Lesson(lesson.name, _visible(lesson.master), lesson.exercises)
    with Runner(limits=limits, level=level, hide=[source] if source else ()) as runner:
        run = lambda nb: runner.run(_uncompared(nb))  # noqa: E731
        try_ours(visible, run, known=known)
        verdicts = _judged(visible, submission.answers, run)
    names = lesson.imported
    lines = []
    for exercise in lesson.exercises:
        broken = rules.of_exercise(exercise, submission.answers, names)
        broken, verdict = [rules.Breach(**breach) for breach in broken], verdicts[exercise.name]
        said = explain(broken, cited, is_right=verdict.passed)
        notes = [*_missing(lesson.master, exercise, cells, submission.answers), *said]
        lines.append(_line(exercise, verdict, cost(broken) > 0, notes))
    remarks = [*submission.remarks, *_changed_checks(visible.master, cells), *_extra(lesson.master, cells, submission)]
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
    found = lessons_of(notebook, path.name, [released(lesson) for lesson in lessons])
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
    return Line(exercise.name, verdict.passed and not costs, text, tuple(notes))


def _missing(master, exercise, cells, answers):
    """Yield a note on each name that an exercise's answers use and nothing defines that will stand above its check."""
    above, below = _bound_around(master, exercise, answers)
    theirs = {name for cell in cells if cell["cell_type"] == "code" for name in bound(cell["source"])}
    taken = {name for answer in exercise.answers for name in used(answers.get(answer, ""))}
    for name in sorted(taken - above - GIVEN):
        if name in below:
            yield f"uses {name}, which the lesson defines only further down: it will be missing"
        elif name in theirs:
            yield f"uses {name}, which only a cell of your own defines: move that into the answer cell"


def _bound_around(master, exercise, answers):
    """Return the names that the lesson, with these answers, binds above a check and below it."""
    above, below, names = set(), set(), set()
    for cell in master.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.cell_type == "code":
            names |= bound(answers.get(name, cell.source))
        if name == exercise.name:
            above, names = names, below
    return above, below


def _changed_checks(visible, cells):
    """Yield a remark on each check that is not the lesson's."""
    ours = {cell.metadata.nbgrader.grade_id: cell.source for cell in visible.cells if _flag(cell.metadata, "grade")}
    for cell in cells:
        name = _flag(cell["metadata"], "grade_id")
        if name in ours and cell["source"].split() != ours[name].split():
            yield f"{name}: this cell was changed; the lesson's own is run."


def _extra(master, cells, submission):
    """Yield a remark on the code that is left out."""
    released = student_version(master).cells
    known = {_plain(source) for source in [*(cell.source for cell in released), *submission.answers.values(), ""]}
    named = {_flag(cell.metadata, "grade_id") for cell in released} - {None}
    code = [cell for cell in cells if cell["cell_type"] == "code" and _flag(cell["metadata"], "grade_id") not in named]
    extra = [source for cell in code if (source := _plain(cell["source"])) not in known]
    if extra:
        quoted = "; ".join(clip(one_line(source.split("\n")[0]), 40) for source in extra[:QUOTED])
        more = "; ..." if len(extra) > QUOTED else ""
        yield f"{len(extra)} code cells of your own, or changed ones, are not run, only answers are: {quoted}{more}"


def _plain(source):
    """Return a source as it is compared: without markers of nbval and white space around."""
    return MARKER.sub("", source).strip()


def _flag(metadata, name):
    """Return one of nbgrader's flags, whatever stands in the metadata."""
    flags = metadata.get("nbgrader")
    value = flags.get(name) if isinstance(flags, dict) else None
    return value if isinstance(value, str | bool) else None
