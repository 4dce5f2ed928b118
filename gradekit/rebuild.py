"""The notebook that is graded: every cell the instructor's, but for the answers."""

import ast
import hashlib
import json
from dataclasses import dataclass

from coursekit.agreements import UNFOLD
from gradekit.source.names import names_of
from gradekit.source.reader import read
from gradekit.statements import Statement, statements, whole

IGNORE = "nbval-ignore-output"
VISIBLE = "coursekit-visible"  # metadata of a cell with the visible part of the check that it names
IN_FULL = f"__import__('os').environ[{UNFOLD!r}] = '1'"  # before it: the page of feedback shows all of a hint
REACHING = {"delattr", "eval", "exec", "globals", "setattr", "vars"}  # what can change anything


@dataclass(frozen=True)
class Piece:
    """A statement of a cell, which may have to run.

    Attributes
    ----------
    place : int
        Number of its cell.
    statement : Statement
        What runs.
    outer : set of str
        What its whole cell takes from the cells above.
    wanted : bool
        Whether it runs in any case.
    """

    place: int
    statement: Statement
    outer: set
    wanted: bool


def rebuild(lesson, answers, *, checks=None, beside=None):
    """Return the notebook to be run: the instructor's cells, with answers in their places.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        The lesson; nothing of it is shared with what is returned.
    answers : dict of str to str
        Sources by ``grade_id``; where one is missing, the lesson's own stands.
    checks : iterable of str, optional
        The checks to be made, by ``grade_id``; all if not given.
    beside : dict of str to str, optional
        More answers, of which only those statements run that something else in the notebook needs, and none that binds
        or changes what is the lesson's own: its imports, its functions.

    Returns
    -------
    NotebookNode
        The cells that the checks need, the checks with the master's outputs, all others with outputs ignored. Before
        each check with a hidden part stands a cell with the visible one alone: what it says may be told, since nothing
        hidden has reached the student's process by then.
    """
    import nbformat

    chosen = [exercise for exercise in lesson.exercises if checks is None or exercise.name in checks]
    wanted = {name for exercise in chosen for name in (exercise.name, *exercise.answers)}
    pieces = []
    for place, cell in enumerate(lesson.cells):
        if not cell.check or cell.check in wanted:
            pieces += _pieces(place, cell, answers, beside or {}, wanted, lesson.protected)
    sources = {}
    for piece in _needed(pieces):
        sources.setdefault(piece.place, []).append(piece.statement.source)
    cells = [part for place, found in sources.items() for part in _parts(lesson.cells[place], place, "\n".join(found))]
    return nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})  # all new


def key(nb, environment):
    """Return what a verdict depends on, as one text: the cells that run, what is expected, and the versions.

    Parameters
    ----------
    nb : NotebookNode
        As from :func:`rebuild`.
    environment : str
        The code and the versions of what runs it, and whatever else it must differ by.

    Returns
    -------
    str
        Sixty-four hexadecimal digits.
    """
    cells = [(cell.source, cell.outputs) for cell in nb.cells]
    return hashlib.sha256(json.dumps([environment, cells], sort_keys=True).encode()).hexdigest()


def _pieces(place, cell, answers, beside, wanted, protected):
    """Return the statements of a cell that may run: of an answer that is judged all, of another one what is needed."""
    always = not wanted.isdisjoint({cell.answer, cell.check})
    if cell.answer in answers:
        names = names_of(answers[cell.answer])
        return _of(place, whole(answers[cell.answer], names), names, always)
    if cell.answer not in beside:
        return _of(place, cell.statements, cell.names, always)
    parts = statements(beside[cell.answer])
    others = protected | {
        name for part in parts if part.source.startswith(("import ", "from ")) for name in part.names.binds
    }
    kept = [part for part in parts if not part.hidden and not _reaches_out(part, protected, others)]
    return _of(place, kept, names_of(beside[cell.answer]), always=False)


def _reaches_out(part, protected, others):
    """Say whether a statement of a helper's cell binds a name of the lesson's, or changes what is not its own."""
    if part.names.binds & protected or part.names.changes & others or part.names.uses & REACHING:
        return True
    stores = (node for node in ast.walk(read(part.source).tree) if isinstance(node, ast.Attribute))
    return any(not isinstance(node.ctx, ast.Load) and ast.unparse(node.value) != "self" for node in stores)


def _of(place, parts, names, always):
    """Return statements as pieces; one that binds what nobody can know runs always."""
    outer = names.uses if names else set()
    return [Piece(place, part, outer, always or part.hidden) for part in parts]


def _parts(cell, place, source):
    """Return a cell as it stands in a notebook; before a check that hides something, one more with what is visible."""
    tags = {} if cell.check else {"tags": [IGNORE]}
    whole = _code(f"cell-{place}", source, cell.metadata | tags, cell.outputs)
    visible = _code(f"cell-{place}-visible", f"{IN_FULL}\n{cell.visible}", {VISIBLE: cell.check, "tags": [IGNORE]}, [])
    return [visible, whole] if cell.visible else [whole]


def _code(name, source, metadata, outputs):
    """Return a code cell that counts as run: of any other nbval compares nothing."""
    kind = {"cell_type": "code", "execution_count": 1, "id": name}
    return {**kind, "source": source, "metadata": metadata, "outputs": outputs}


def _needed(pieces):
    """Return the pieces that must run, in order: those that bind or change a name which one of these uses."""
    needed = {i for i, piece in enumerate(pieces) if piece.wanted}
    queue = list(needed)
    while queue:
        user = pieces[queue.pop()]
        for name in user.statement.names.uses:
            found = _providers(name, user, pieces) - needed
            needed |= found
            queue += found
    return [pieces[i] for i in sorted(needed)]


def _providers(name, user, pieces):
    """Return which pieces give a name its value: those of the last cell that binds it, and what changes it afterwards.

    Of that cell, all that bind the name, change it or call it for an effect count; of the user's own also those below.
    """
    facts = [piece.statement.names for piece in pieces]
    touch = [i for i, names in enumerate(facts) if name in names.binds or name in names.changes]
    near = {i for i in touch if pieces[i].place == user.place}
    if name in user.outer:
        above = [i for i in touch if pieces[i].place < user.place]
        last = max((pieces[i].place for i in above if name in facts[i].binds), default=user.place)
        near |= {i for i in above if pieces[i].place >= last}
    homes = {pieces[i].place for i in near if name in facts[i].binds}
    return near | {i for i, piece in enumerate(pieces) if piece.place in homes and name in piece.statement.calls}
