"""Which lessons a notebook answers, and whether it is the course's own solved one."""

import re
from collections import Counter
from dataclasses import dataclass

from coursekit.agreements import PROBED
from gradekit.lesson import is_stub
from gradekit.submission.naming import lesson_named

SHARE = 0.2  # of a lesson's cells that a notebook holds from which it is a copy of it
SHORTEST = 12  # characters of a cell that tells anything
MASTERS = re.compile(r"^[ \t]*### (?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS)[ \t]*$", re.MULTILINE)
LONG = 400  # characters of answers that nobody writes twice to the letter


@dataclass(frozen=True)
class Released:
    """A lesson as it is known again.

    Attributes
    ----------
    name : str
        As ``05_mnist_lab``.
    stubs : dict of str to str
        What each answer cell was released with, by ``grade_id``.
    solutions : dict of str to str
        Our own answers, by ``grade_id``.
    ids : frozenset of str
        Every ``grade_id``.
    texts : frozenset of str
        Its released cells but for the answers, without white space.
    prose : tuple of str
        Its prompts and the visible parts of its checks, as they stand there.
    printed : frozenset of str
        What only a run of the hidden tests prints, with the name of the check: ``"90-rate-check -> 0.25"``.
    checks : dict of str to tuple
        For each answer the ``grade_id`` of its check and the visible text of that, without white space.
    above : dict of str to frozenset
        For each answer the names that the lesson binds above its check.
    shares : dict of str to float
        For each answer the share of the lesson's cells that stand above it.
    lesson : gradekit.lesson.Lesson
        The lesson itself.
    """

    name: str
    stubs: dict
    solutions: dict
    ids: frozenset
    texts: frozenset
    prose: tuple
    printed: frozenset
    checks: dict
    above: dict
    shares: dict
    lesson: object


def released(lesson):
    """Return a lesson as it is known again.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        The lesson.

    Returns
    -------
    Released
        Made once for each lesson.
    """
    both = zip(lesson.released.cells, lesson.master.cells, strict=True)
    pairs = [(_flags(cell), cell, full) for cell, full in both]
    answers = [(flags["grade_id"], full) for flags, _, full in pairs if flags.get("solution")]
    others = [cell for flags, cell, _ in pairs if not flags.get("solution")]
    said = [cell for cell in others if cell.cell_type != "code" or _flags(cell).get("grade")]
    return Released(
        lesson.name,
        lesson.stubs,
        {grade_id: full.source for grade_id, full in answers},
        frozenset(flags["grade_id"] for flags, _, _ in pairs if "grade_id" in flags),
        frozenset(squeezed(cell.source) for cell in others),
        tuple(cell.source.strip() for cell in said if len(cell.source.strip()) >= SHORTEST),
        frozenset(line for flags, _, full in pairs for line in _probed(flags, _outputs(full))),
        *_by_answer(lesson),
        {flags["grade_id"]: place / len(pairs) for place, (flags, *_) in enumerate(pairs) if flags.get("solution")},
        lesson,
    )


def _by_answer(lesson):
    """Return the check of each answer, and the names that the lesson binds above that check."""
    checks, above, names, waiting = {}, {}, set(), []
    for cell in lesson.cells:
        if cell.check:
            shown = squeezed(cell.visible or cell.source)
            checks |= dict.fromkeys(waiting, (cell.check, shown))
            above |= {answer: frozenset(names) for answer in waiting}
            waiting = []
        waiting += [cell.answer] if cell.answer else []
        names |= cell.names.binds if cell.names else set()
    return checks, above


def lessons_of(notebook, name, lessons):
    """Return the lessons that a notebook answers.

    Parameters
    ----------
    notebook : gradekit.submission.reading.Notebook
        What was handed in.
    name : str
        Of its file, and of the folders above it.
    lessons : list of Released
        What is graded.

    Returns
    -------
    list of Released
        By its cells' names, first the one with most of them; else by its release, its text, the functions that it
        defines, its name. Empty where nothing tells.
    """
    ids = Counter(grade_id for cell in notebook.cells if (grade_id := _flags_of(cell).get("grade_id")))
    hits = {lesson.name: len(lesson.ids & set(ids)) for lesson in lessons}
    first = max(lessons, key=lambda lesson: hits[lesson.name], default=None)
    if first and hits[first.name]:
        return [first, *(each for each in lessons if each is not first and _is_written(notebook, each))]
    texts = {squeezed(cell["source"]) for cell in notebook.cells}
    for measure in (
        lambda lesson: bool(notebook.version) and notebook.version == version(lesson.lesson),
        lambda lesson: _share(texts, lesson, lessons),
        lambda lesson: _defines(notebook, lesson, lessons),
    ):
        ranks = {lesson.name: measure(lesson) for lesson in lessons}
        best = [lesson for lesson in lessons if ranks[lesson.name] and ranks[lesson.name] == max(ranks.values())]
        if len(best) == 1:
            return best
    named = lesson_named(name, [lesson.name for lesson in lessons])
    return [lesson for lesson in lessons if lesson.name == named]


def version(lesson):
    """Return the release of a lesson's student version, as its metadata tell it.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        The lesson.

    Returns
    -------
    str
        Twelve hexadecimal digits.
    """
    import hashlib

    import nbformat

    return hashlib.sha256(nbformat.writes(lesson.released).encode()).hexdigest()[:12]


def ours(notebook, lesson):
    """Say by what a notebook is known as the course's own solved one, which no student was given.

    Parameters
    ----------
    notebook : gradekit.submission.reading.Notebook
        What was handed in.
    lesson : Released
        What it answers.

    Returns
    -------
    str
        What it holds; empty for a student's own.
    """
    for cell in notebook.cells:
        flags = _flags_of(cell)
        if cell["cell_type"] == "code" and MASTERS.search(cell["source"]):
            return "the marks around solutions and hidden tests"
        if flags.get("grade") and cell["metadata"]["master"]:
            return "the rules of its checks"
        if any(line in lesson.printed for line in _probed(flags, cell["printed"])):
            return "what only the hidden tests print"
    return ""


def copied(answers, lesson):
    """Say whether answers are to the letter the course's own, which is to be looked at.

    Parameters
    ----------
    answers : dict of str to str
        By ``grade_id``.
    lesson : Released
        What they answer.

    Returns
    -------
    bool
        False where they are too short to tell.
    """
    own = {name: squeezed(MASTERS.sub("", source)) for name, source in lesson.solutions.items()}
    theirs = {name: squeezed(source) for name, source in answers.items()}
    return own == theirs and sum(map(len, own.values())) >= LONG


def squeezed(source):
    """Return a text without white space, as cells are compared.

    Parameters
    ----------
    source : str
        Of a cell.

    Returns
    -------
    str
        Equal for texts that differ in white space only.
    """
    return "".join(source.split())


def _flags(cell):
    """Return nbgrader's flags of a lesson's own cell."""
    return cell.metadata.get("nbgrader", {})


def _flags_of(cell):
    """Return nbgrader's flags of a cell that was handed in."""
    return cell["metadata"]["nbgrader"]


def _outputs(cell):
    """Return what a lesson's own cell printed."""
    return "".join(output.get("text", "") for output in cell.get("outputs", ()))


def _probed(flags, printed):
    """Return the lines that hidden tests print, each with the name of its check."""
    if not flags.get("grade"):
        return []
    return [f"{flags.get('grade_id')} {line}" for line in printed.split("\n") if line.startswith(PROBED)]


def _is_written(notebook, lesson):
    """Say whether a notebook holds an answer cell of a lesson that was written to."""
    names = [(_flags_of(cell).get("grade_id"), cell["source"]) for cell in notebook.cells]
    return any(name in lesson.stubs and not is_stub(source, lesson.stubs[name]) for name, source in names)


def _share(texts, lesson, lessons):
    """Return the share of a lesson's cells that a notebook holds, those aside that other lessons have too; or 0."""
    own = lesson.texts - {text for other in lessons if other is not lesson for text in other.texts}
    own = {text for text in own if len(text) >= SHORTEST}
    share = len(own & texts) / len(own) if own else 0
    return share if share >= SHARE else 0


def _defines(notebook, lesson, lessons):
    """Return how many functions a notebook defines that this lesson asks for and no other does."""
    asked = {each.name: {name for stub in each.stubs.values() for name in defined(stub)} for each in lessons}
    own = asked[lesson.name] - {name for other, names in asked.items() if other != lesson.name for name in names}
    return len(own & {name for cell in notebook.cells for name in defined(cell["source"])})


def defined(source):
    """Return the functions and classes that a text defines at its top.

    Parameters
    ----------
    source : str
        Python, or what is left of it.

    Returns
    -------
    set of str
        Their names.
    """
    return set(re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", source, re.MULTILINE))
