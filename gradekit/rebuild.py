"""The notebook that is graded: every cell the instructor's, but for the answers."""

import copy
import hashlib
import json

from gradekit.source.names import names_of
from gradekit.student import student_version

IGNORE = "nbval-ignore-output"
VISIBLE = "coursekit-visible"  # metadata of a cell with the visible part of the check that it names


def rebuild(master, answers, *, checks=None):
    """Return the notebook to be run: the instructor's cells, with answers in their places.

    Parameters
    ----------
    master : NotebookNode
        The complete, executed lesson; it is not changed.
    answers : dict of str to str
        Sources by ``grade_id``; where one is missing, the master's own stands.
    checks : iterable of str, optional
        The checks to be made, by ``grade_id``; all if not given.

    Returns
    -------
    NotebookNode
        The cells that the checks need, the checks with the master's outputs, all others with outputs ignored. Before
        each check with a hidden part stands a cell with the visible one alone: what it says may be told, since nothing
        hidden has reached the student's process by then.
    """
    nb = copy.deepcopy(master)
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers and not _is_check(cell):
            cell.source = answers[name]
    chosen = [cell for cell in nb.cells if _is_check(cell) and (checks is None or _name(cell) in checks)]
    released = {_name(cell): cell.source for cell in student_version(master).cells if _is_check(cell)}
    nb.cells = [part for cell in _needed(nb.cells, chosen) for part in _parts(cell, released)]
    for cell in nb.cells:
        cell.metadata.pop("tags", None)
        if not _is_check(cell):
            cell.metadata.tags, cell.outputs = [IGNORE], []
    return nb


def key(nb, environment):
    """Return what a verdict depends on, as one text: the cells that run, what is expected, and the versions.

    Parameters
    ----------
    nb : NotebookNode
        As from :func:`rebuild`.
    environment : str
        The versions of what runs it.

    Returns
    -------
    str
        Sixty-four hexadecimal digits.
    """
    cells = [(cell.source, _expected(cell)) for cell in nb.cells]
    return digest(environment, json.dumps(cells))


def digest(*parts):
    """Return a key for texts: equal for equal ones.

    Parameters
    ----------
    *parts : str
        Any texts.

    Returns
    -------
    str
        Sixty-four hexadecimal digits.

    Examples
    --------
    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _parts(cell, released):
    """Return a cell; before a check that hides something, one more with what students see of it."""
    if not _is_check(cell) or cell.source == released[_name(cell)]:
        return [cell]
    visible = copy.deepcopy(cell)
    visible.id, visible.source = f"{cell.get('id', '')}-visible", released[_name(cell)]
    visible.metadata.clear()
    visible.metadata[VISIBLE] = _name(cell)
    return [visible, cell]


def _is_check(cell):
    """Say whether a cell is a check."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def _name(cell):
    """Return the grade_id of a check."""
    return cell.metadata.nbgrader.grade_id


def _expected(cell):
    """Return the outputs that nbval compares."""
    return json.dumps(cell.outputs, sort_keys=True) if _is_check(cell) else ""


def _needed(cells, checks):
    """Return the code cells that the checks need, in order: those that bind a name which a needed cell uses."""
    wanted = {id(cell) for cell in checks}
    code = [cell for cell in cells if cell.cell_type == "code" and (not _is_check(cell) or id(cell) in wanted)]
    facts = [names_of(cell.source) for cell in code]
    needed = {i for i, cell in enumerate(code) if id(cell) in wanted or facts[i] is None}
    queue = list(needed)
    while queue:
        place = queue.pop()
        for name in facts[place].uses if facts[place] else ():
            for i in set(_providers(name, facts[:place])) - needed:
                needed.add(i)
                queue.append(i)
    return [code[i] for i in sorted(needed)]


def _providers(name, facts):
    """Return the places of the last cell that binds a name, and of those that change it afterwards."""
    last = max((i for i, fact in enumerate(facts) if fact and name in fact.binds), default=None)
    if last is None:
        return []
    return [last] + [i for i in range(last + 1, len(facts)) if facts[i] and name in facts[i].changes]
