"""A lesson as the judge needs it: its exercises, the stubs that students get, the names that it defines."""

import json
from dataclasses import dataclass

from coursekit.agreements import lessons_folder
from gradekit.source import rules
from gradekit.source.names import imports
from gradekit.source.reader import read
from gradekit.student import ReleaseError, student_version


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
class Lesson:
    """A lesson as grading needs it.

    Attributes
    ----------
    name : str
        As ``05_mnist_lab``.
    master : NotebookNode
        The complete, executed lesson.
    exercises : tuple of gradekit.lesson.Exercise
        In order.
    """

    name: str
    master: object
    exercises: tuple


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
        If no lesson has such a name.

    Examples
    --------
    >>> [path.stem for path in find_lessons(["00"])]
    ['00_start_here']
    """
    lessons = sorted((source or lessons_folder()).glob("*.ipynb"))
    wanted = {name.removesuffix(".ipynb") for name in names or ()}
    unknown = wanted - {key for path in lessons for key in _keys(path)}
    if unknown:
        raise ReleaseError(
            f"find_lessons: there is no lesson {', '.join(sorted(unknown))}; "
            f"the course has {', '.join(path.stem for path in lessons)}."
        )
    return [path for path in lessons if not wanted or wanted & _keys(path)]


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
        master = nbformat.read(path, as_version=4)
        for cell in master.cells:
            if cell.metadata.get("nbgrader", {}).get("grade") and (
                cell.execution_count is None or "-> " not in json.dumps(cell.outputs)
            ):
                raise GradingError(
                    f"{path.name}: the check {cell.metadata.nbgrader.grade_id} holds no value to compare with. Put "
                    f"probe(f, ...) into its hidden part and run: python -m gradekit.author {path}"
                )
        for exercise in exercises(master):
            rules.validate(exercise.rules)
        if found := exercises(master):
            lessons.append(Lesson(path.stem, master, tuple(found)))
    return lessons


def find_lesson(name, source=None):
    """Return the lesson that a file's name tells.

    Parameters
    ----------
    name : str
        As ``05_mnist_lab (1).ipynb``.
    source : Path, optional
        Folder of the lessons; the course's own by default.

    Returns
    -------
    Lesson
        The lesson.

    Raises
    ------
    GradingError
        If the name holds none.
    """
    stems = [path.stem for path in find_lessons(None, source) if path.stem in name]
    if not stems:
        raise GradingError(f"check: {name} does not tell its lesson. Keep the name it had, such as 05_mnist_lab.ipynb.")
    (lesson,) = load_lessons(stems[:1], source)
    return lesson


def exercises(master):
    """Return the exercises of a lesson, in order.

    Parameters
    ----------
    master : NotebookNode
        The complete lesson.

    Returns
    -------
    list of Exercise
        One for each check cell.
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


def stubs(master):
    """Return the source that each answer cell is released with.

    Parameters
    ----------
    master : NotebookNode
        The complete lesson.

    Returns
    -------
    dict of str to str
        By ``grade_id``.
    """
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in student_version(master).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def imported(master):
    """Return what the imports of a lesson call things, for the rules.

    Parameters
    ----------
    master : NotebookNode
        The complete lesson.

    Returns
    -------
    dict of str to str
        Dotted names by the names that stand for them: ``{"np": "numpy"}``.
    """
    names = {}
    for cell in master.cells:
        if cell.cell_type == "code" and (tree := read(cell.source).tree):
            names |= imports(tree)
    return names


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
