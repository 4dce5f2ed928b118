"""The notebook that is graded: every cell the instructor's, but for the answers."""

import hashlib
import json
from dataclasses import dataclass

from gradekit.source.names import Names, names_of
from gradekit.source.reader import read

IGNORE = "nbval-ignore-output"
VISIBLE = "coursekit-visible"  # metadata of a cell with the visible part of the check that it names
NOTHING = Names(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True)
class Piece:
    """A cell that may have to run, or one statement of it.

    Attributes
    ----------
    place : int
        Number of its cell.
    source : str
        What runs.
    names : Names
        Its names.
    outer : set of str
        What its whole cell takes from the cells above.
    wanted : bool
        Whether it runs in any case.
    """

    place: int
    source: str
    names: Names
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
        sources.setdefault(piece.place, []).append(piece.source)
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
    """Return a cell as it may run: whole, or by statements where it is there for the sake of others."""
    if cell.answer in answers or cell.answer not in beside:
        source = answers.get(cell.answer, cell.source)
        names = cell.names if source is cell.source else names_of(source)
        always = not wanted.isdisjoint({cell.answer, cell.check}) or names is None  # who knows what that binds?
        return [Piece(place, source, names or NOTHING, (names or NOTHING).uses, always)]
    source = beside[cell.answer]
    names = names_of(source)
    parts = [(part, names_of(part) or NOTHING) for part in (statements(source) if names else ())]
    return [
        Piece(place, part, found, names.uses, wanted=False)
        for part, found in parts
        if protected.isdisjoint(found.binds | found.changes)
    ]


def statements(source):
    r"""Return the statements of a cell, one after the other, each with its decorators.

    Parameters
    ----------
    source : str
        A cell that can be read as Python, IPython's own lines aside.

    Returns
    -------
    list of str
        Whole lines: what shares a line is one.

    Examples
    --------
    >>> statements("import os; x = 1\n\n@property\ndef f():\n    return x")
    ['import os; x = 1', '@property\ndef f():\n    return x']
    """
    found = read(source)
    lines, spans = found.text.split("\n"), []
    for node in found.tree.body:
        first = min([node.lineno, *(inner.lineno for inner in getattr(node, "decorator_list", ()))])
        if spans and first <= spans[-1][1]:
            spans[-1][1] = node.end_lineno
        else:
            spans.append([first, node.end_lineno])
    return ["\n".join(lines[first - 1 : last]) for first, last in spans]


def _parts(cell, place, source):
    """Return a cell as it stands in a notebook; before a check that hides something, one more with what is visible."""
    tags = {} if cell.check else {"tags": [IGNORE]}
    whole = _code(f"cell-{place}", source, cell.metadata | tags, cell.outputs)
    visible = _code(f"cell-{place}-visible", cell.visible, {VISIBLE: cell.check, "tags": [IGNORE]}, [])
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
        for name in user.names.uses:
            found = _providers(name, user, pieces) - needed
            needed |= found
            queue += found
    return [pieces[i] for i in sorted(needed)]


def _providers(name, user, pieces):
    """Return which pieces give a name its value: those of the last cell that binds it, and what changes it afterwards.

    Of a cell that is there by statements, all that bind or change the name count, wherever they stand in it.
    """
    touch = [i for i, piece in enumerate(pieces) if name in piece.names.binds or name in piece.names.changes]
    near = {i for i in touch if pieces[i].place == user.place}
    if name not in user.outer:
        return near
    above = [i for i in touch if pieces[i].place < user.place]
    last = max((pieces[i].place for i in above if name in pieces[i].names.binds), default=user.place)
    return near | {i for i in above if pieces[i].place >= last}
