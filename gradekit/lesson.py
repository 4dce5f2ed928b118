"""A lesson as the judge needs it: its exercises, the stubs that students get, the names that it defines."""

import json
from dataclasses import dataclass
from functools import cached_property

from coursekit.agreements import PROBED, lessons_folder
from gradekit.source import rules
from gradekit.source.names import imports, names_of
from gradekit.source.reader import read
from gradekit.statements import GIVEN, statements, whole
from gradekit.student import ReleaseError, refuse_student_copy, student_version


class GradingError(ValueError):
    """Grading cannot begin; the text says why and what to do."""


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson.

    Attributes
    ----------
    name : str
        The ``grade_id`` of its check.
    answers : tuple of str
        The ``grade_id`` of each answer cell since the check before.
    points : float
        What the check is worth.
    rules : dict
        Rules for its answers, from the check's ``metadata.coursekit``.
    """

    name: str
    answers: tuple[str, ...]
    points: float
    rules: dict


@dataclass(frozen=True)
class Cell:
    """A code cell of a lesson, as rebuilding needs it.

    Attributes
    ----------
    source : str
        Ours.
    metadata : dict
        Its own, without tags.
    outputs : list
        What nbval compares: of a check what it printed, of any other cell nothing.
    answer, check : str
        Its ``grade_id`` if it is an answer or a check; else empty.
    visible : str
        What students see of a check that hides something; else empty.
    names : gradekit.source.names.Names or None
        What it binds, uses and changes; None if it cannot be read.
    statements : tuple of gradekit.statements.Statement
        What can be left out one by one: nothing of answers and checks, nor where commands of IPython's stand.
    """

    source: str
    metadata: dict
    outputs: list
    answer: str
    check: str
    visible: str
    names: object
    statements: tuple


@dataclass(frozen=True)
class Lesson:
    """A lesson, and all that grading asks of it, each found once and when it is first asked for.

    Attributes
    ----------
    name : str
        As ``05_mnist_lab``.
    master : NotebookNode
        The complete, executed lesson; nobody changes it.
    exercises : tuple of gradekit.lesson.Exercise
        In order.
    """

    name: str
    master: object
    exercises: tuple

    @cached_property
    def released(self):
        """NotebookNode: what students get."""
        return student_version(self.master, lesson=self.name)

    @cached_property
    def stubs(self):
        """Dict of str to str: the source that each answer cell is released with, by ``grade_id``."""
        flags = ((cell.metadata.get("nbgrader", {}), cell.source) for cell in self.released.cells)
        return {flag["grade_id"]: source for flag, source in flags if flag.get("solution")}

    @cached_property
    def cells(self):
        """Tuple of gradekit.lesson.Cell: the code."""
        pairs = zip(self.master.cells, self.released.cells, strict=True)
        return tuple(_cell(cell, released.source) for cell, released in pairs if cell.cell_type == "code")

    @cached_property
    def protected(self):
        """Set of str: the names that are Python's or the lesson's own, and no answer's to give to another."""
        asked = {name for cell in self.cells if cell.answer and cell.names for name in cell.names.binds}
        ours = {name for cell in self.cells if not cell.answer and cell.names for name in cell.names.binds}
        return GIVEN | ours - asked

    @cached_property
    def imported(self):
        """Dict of str to str: dotted names by what the lesson's imports call them, as ``{"np": "numpy"}``."""
        names = {}
        for cell in self.cells:
            if cell.names is not None:
                names |= imports(read(cell.source).tree)
        return names


def prepare(name, master):
    """Return a lesson from its notebook.

    Parameters
    ----------
    name : str
        As ``05_mnist_lab``.
    master : NotebookNode
        The complete lesson.

    Returns
    -------
    Lesson
        With the exercises that its check cells make.
    """
    return Lesson(name, master, tuple(exercises(master)))


def find_lessons(names=None, source=None):
    """Return the notebooks of the named lessons, in the course's order.

    Parameters
    ----------
    names : iterable of str, optional
        ``"05_mnist_lab"``, ``"05_mnist_lab.ipynb"`` or ``"05"``; all lessons by default.
    source : Path, optional
        The folder of the lessons; :func:`lessons_folder` by default.

    Returns
    -------
    list of Path
        One path a lesson.

    Raises
    ------
    ReleaseError
        If no lesson has such a name, or ``source`` is no folder of lessons.

    Examples
    --------
    >>> [path.stem for path in find_lessons(["00"])]
    ['00_start_here']
    """
    lessons = sorted((source or lessons_folder()).glob("*.ipynb"))
    if source and not lessons:
        raise ReleaseError(_no_lessons(source))
    wanted = {name.removesuffix(".ipynb") for name in names or ()}
    unknown = wanted - {key for path in lessons for key in _keys(path)}
    if unknown:
        raise ReleaseError(
            f"find_lessons: there is no lesson {', '.join(sorted(unknown))}; "
            f"the course has {', '.join(path.stem for path in lessons)}."
        )
    return [path for path in lessons if not wanted or wanted & _keys(path)]


def _no_lessons(source):
    """Say why a folder holds no lessons."""
    if source.is_file():
        return f"--source: {source} is a file. Name the folder that it lies in."
    problem = "holds no notebook" if source.is_dir() else "is not there"
    return f"--source: {source} {problem}. Name the folder of your own complete lessons, such as my-course."


def load_lessons(names=None, source=None):
    """Return lessons with exercises, ready for grading.

    Parameters
    ----------
    names : iterable of str, optional
        As in :func:`find_lessons`; all by default.
    source : Path, optional
        Folder of the instructor's notebooks; the course's own by default.

    Returns
    -------
    list of Lesson
        In the course's order.

    Raises
    ------
    GradingError
        If a lesson's check was saved without having been run.
    """
    import nbformat

    lessons = []
    for path in find_lessons(names, source):
        lesson = prepare(path.stem, nbformat.read(path, as_version=4))
        refuse_student_copy(lesson.master, path)
        for cell in lesson.master.cells:
            if cell.metadata.get("nbgrader", {}).get("grade") and (
                cell.execution_count is None or PROBED not in json.dumps(cell.outputs)
            ):
                raise GradingError(
                    f"{path.name}: the check {cell.metadata.nbgrader.grade_id} holds no value to compare with. Put "
                    f"probe(f, ...) into its hidden part and run: python -m gradekit.author {path}"
                )
        for exercise in lesson.exercises:
            rules.validate(exercise.rules)
        if lesson.exercises:
            lessons.append(lesson)
    return lessons


def _cell(cell, released):
    """Return a code cell as rebuilding needs it, from the lesson's and the source that was released."""
    flags = cell.metadata.get("nbgrader", {})
    answer = flags["grade_id"] if flags.get("solution") else ""
    check = flags["grade_id"] if flags.get("grade") and not answer else ""
    metadata = {name: value for name, value in cell.metadata.items() if name != "tags"}
    visible = released if check and released != cell.source else ""
    outputs = cell.outputs if check else []
    names = names_of(cell.source)
    one = answer or check or read(cell.source).text != cell.source
    parts = whole(cell.source, names) if one else statements(cell.source)
    return Cell(cell.source, metadata, outputs, answer, check, visible, names, parts)


def exercises(master):
    """Return the exercises of a lesson, in order.

    Parameters
    ----------
    master : NotebookNode
        The complete lesson.

    Returns
    -------
    list of Exercise
        One for each check cell, with the answers above it.
    """
    found, answers = [], []
    for cell in master.cells:
        flags = cell.metadata.get("nbgrader", {})
        if flags.get("solution"):
            answers.append(flags["grade_id"])
        elif flags.get("grade"):
            rules = dict(cell.metadata.get("coursekit", {}).get("rules", {}))
            found.append(Exercise(flags["grade_id"], tuple(answers), float(flags["points"]), rules))
            answers = []
    return found


def _keys(path):
    """Return the names by which a lesson can be asked for."""
    return {path.stem, path.stem.split("_")[0]}


def is_stub(source, stub):
    r"""Say whether an answer is still what was released.

    Parameters
    ----------
    source, stub : str
        The answer and the released text.

    Returns
    -------
    bool
        True if they differ in white space only, or the answer is empty.

    Examples
    --------
    >>> is_stub("def f(x):\n    pass", "def f(x):  \n    pass\n"), is_stub("1", "2")
    (True, False)
    """
    return not source.strip() or source.split() == stub.split()
