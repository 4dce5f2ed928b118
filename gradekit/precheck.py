"""What a student's notebook will come to: run the way the grader will, with the visible checks only."""

import builtins
from dataclasses import dataclass
from pathlib import Path

from gradekit.lesson import Lesson, find_lesson
from gradekit.marking import environment, judge
from gradekit.printable import cited, clean, clip, one_line
from gradekit.rebuild import IGNORE
from gradekit.runs.runner import Runner
from gradekit.source import rules
from gradekit.source.costs import cost, explain
from gradekit.source.names import bound, used
from gradekit.student import student_version
from gradekit.submission.answers import MARKER, collect
from gradekit.submission.reading import Unreadable, read

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


def precheck(path, *, source=None, limits=None, level=None):
    """Run a student's notebook as the grader will, and say what it will make of it.

    Parameters
    ----------
    path : path-like
        The notebook; its name holds the lesson's, as ``05_mnist_lab (1).ipynb`` does.
    source : Path, optional
        Folder of the lessons; the course's own by default.
    limits : gradekit.runs.limits.Limits, optional
        What the run may use.
    level : Level, optional
        How it is contained; found by trying if not given.

    Returns
    -------
    Outlook
        What becomes of each exercise, and of the file.

    Raises
    ------
    gradekit.submission.reading.Unreadable
        If the file is no notebook.
    gradekit.lesson.GradingError
        If its name holds none of a lesson.
    """
    path = Path(path)
    cells, lesson = _read(path), find_lesson(path.name, source)
    submission = collect(lesson.master, cells)
    visible = Lesson(lesson.name, _visible(lesson.master), lesson.exercises)
    with Runner(limits=limits, level=level, hide=[source] if source else ()) as runner:
        verdicts = judge(visible, submission.answers, lambda nb: runner.run(_uncompared(nb)), environment())
    names = lesson.imported
    lines = []
    for exercise in lesson.exercises:
        broken = rules.of_exercise(exercise, submission.answers, names)
        broken, verdict = [rules.Breach(**breach) for breach in broken], verdicts[exercise.name]
        said = explain(broken, cited, is_right=verdict.passed)
        notes = [*_missing(lesson.master, exercise, cells, submission.answers), *said]
        lines.append(_line(exercise, verdict, cost(broken) > 0, notes))
    remarks = [*submission.remarks, *_changed_checks(visible.master, cells), *_extra(lesson.master, cells, submission)]
    return Outlook(lesson.name, tuple(lines), tuple(remarks))


def _read(path):
    """Return the cells of a file, or say in one sentence why there are none."""
    if not path.exists() and not path.is_symlink():
        raise Unreadable(f"check: there is no file {path}.")
    try:
        return read(path)
    except Unreadable as error:
        raise Unreadable(f"check: {path} {error}") from None


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
