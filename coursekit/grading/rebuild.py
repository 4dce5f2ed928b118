"""The notebook that is graded: every cell the instructor's, but for the answers.

Nothing of a submission is trusted but the source of its answer cells. They are found by ``grade_id``; where an editor
has lost the metadata, by the function that they define, then by likeness and place.
"""

import ast
import copy
import difflib
import hashlib
import json
import os
import re
import stat
import symtable
from dataclasses import dataclass, field
from typing import NamedTuple

from coursekit.grading.release import student_version
from coursekit.grading.rules import imports, parse

LARGEST = 200 * 2**20  # bytes of a submission
VALUES = 10_000_000  # that a submission may hold: parsed, each takes a hundred bytes
CELLS = 2000
LONGEST = 2**20  # characters of one cell of code
LIKE = 0.6  # share of like text from which a cell without metadata may be an answer
NEAR = 200  # cells that are looked at for that
MARKER = re.compile(r"^[ \t]*#+[ \t]*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)[ \t]*$", re.MULTILINE)
IGNORE = "nbval-ignore-output"
VISIBLE = "coursekit-visible"  # metadata of a cell with the visible part of the check that it names


class Unreadable(ValueError):
    """A submission that is no notebook; the text says what it is and what to do."""


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


@dataclass
class Submission:
    """What counts of a submission.

    Attributes
    ----------
    answers : dict of str to str
        Source of each answer cell that was found, by ``grade_id``, markers of nbval taken out.
    remarks : list of str
        What was lost, doubled or ignored, in words.
    """

    answers: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


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


def bound(source):
    """Return the names that a cell binds.

    Parameters
    ----------
    source : str
        Python; anything else binds nothing.

    Returns
    -------
    set of str
        Variables, functions, classes and imports at its top.
    """
    names = _names(source)
    return names.binds if names else set()


def used(source):
    """Return the names that a cell takes from outside.

    Parameters
    ----------
    source : str
        Python; anything else uses nothing.

    Returns
    -------
    set of str
        Names that it reads and does not bind before, Python's own among them.
    """
    names = _names(source)
    return names.uses if names else set()


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
        if cell.cell_type == "code" and _names(cell.source) is not None:
            names |= imports(parse(cell.source)[0])
    return names


def read(path):
    """Return the cells of a submission as plain dictionaries, whoever wrote it.

    Parameters
    ----------
    path : Path
        A file; it is not followed if it is a link.

    Returns
    -------
    list of dict
        Each with ``cell_type``, ``source`` (one text) and ``metadata``.

    Raises
    ------
    Unreadable
        If it is no notebook.
    """
    try:
        nb = json.loads(_content(path).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"cannot be read as a notebook ({type(error).__name__}). Save it again in Jupyter.") from None
    cells = nb.get("cells") if isinstance(nb, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("holds no list of cells, so it is no notebook of format 4. Save it again in Jupyter.")
    cells = [_plain(cell) for cell in cells if isinstance(cell, dict)]
    longest = max((len(cell["source"]) for cell in cells if cell["cell_type"] == "code"), default=0)
    if len(cells) > CELLS:
        raise Unreadable(f"holds {len(cells)} cells; at most {CELLS} are read. Keep the lesson's own.")
    if longest > LONGEST:
        raise Unreadable(f"holds {longest >> 20} MB of code in one cell; at most {LONGEST >> 20} is read.")
    return cells


def collect(master, cells):
    """Return the answers among the cells of a submission.

    Parameters
    ----------
    master : NotebookNode
        The complete lesson.
    cells : list of dict
        As from :func:`read`.

    Returns
    -------
    Submission
        The answers, and what is to be said of them.
    """
    found, released = Submission(), stubs(master)
    loose = [(i, cell) for i, cell in enumerate(cells) if cell["cell_type"] == "code"]
    places = {name: place / len(master.cells) for place, name in _answer_places(master)}
    for name, stub in released.items():
        named = [(i, cell) for i, cell in loose if _grade_id(cell) == name]
        chosen = _choose(named, stub, name, found) or _find_lost(
            loose, released, name, places[name] * len(cells), found
        )
        if chosen is None:
            found.remarks.append(f"{name}: the answer cell is missing.")
            continue
        loose.remove(chosen)
        source = MARKER.sub("", chosen[1]["source"])
        if source != chosen[1]["source"]:
            found.remarks.append(f"{name}: markers that tell nbval to look away were taken out.")
        if "raises-exception" in chosen[1]["metadata"]["tags"]:
            found.remarks.append(f"{name}: the tag raises-exception was taken out.")
        found.answers[name] = source
    return found


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


def _content(path):
    """Return the bytes of a file that is an ordinary one and not too much to parse."""
    about = os.lstat(path)
    kinds = {stat.S_ISDIR: "a folder", stat.S_ISLNK: "a link to another file"}
    kind = next((name for test, name in kinds.items() if test(about.st_mode)), None)
    if kind or not stat.S_ISREG(about.st_mode):
        raise Unreadable(f"is {kind or 'no ordinary file'}, not a notebook. Hand in the .ipynb file itself.")
    if about.st_size > LARGEST:
        raise Unreadable(f"has {about.st_size >> 20} MB; at most {LARGEST >> 20} are read. Clear its outputs.")
    content = path.read_bytes()
    if (values := sum(map(content.count, (b",", b"[", b"{")))) > VALUES:
        raise Unreadable(f"holds {values} values; at most {VALUES} are read. Clear its outputs.")
    return content


def _plain(cell):
    """Return a cell with a text that can be written, a kind, and the metadata that count, whatever stood there."""
    source, metadata = cell.get("source", ""), cell.get("metadata")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return {
        "cell_type": cell.get("cell_type"),
        "source": source.encode(errors="replace").decode() if isinstance(source, str) else "",
        "metadata": _plain_metadata(metadata if isinstance(metadata, dict) else {}),
    }


def _plain_metadata(metadata):
    """Return nbgrader's flags and the tags, where they are such."""
    flags, tags = metadata.get("nbgrader"), metadata.get("tags")
    named = isinstance(flags, dict) and isinstance(flags.get("grade_id"), str)
    return {
        "nbgrader": dict(flags) if named else {},
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
    }


def _grade_id(cell):
    """Return a cell's grade_id, if it has one and is an answer."""
    flags = cell["metadata"]["nbgrader"]
    return flags.get("grade_id") if flags.get("solution") else None


def _answer_places(master):
    """Return (place, name) of each answer cell."""
    flags = [(i, cell.metadata.get("nbgrader", {})) for i, cell in enumerate(master.cells)]
    return [(i, flag["grade_id"]) for i, flag in flags if flag.get("solution")]


def _choose(named, stub, name, found):
    """Return the cell of that name: of several, the last one that was written to."""
    if len(named) > 1:
        found.remarks.append(f"{name}: {len(named)} cells have this name; the last one that was written to counts.")
    written = [pair for pair in named if not is_stub(pair[1]["source"], stub)]
    return (written or named or [None])[-1]


def _find_lost(loose, released, name, place, found):
    """Return the cell that answers without saying so: it defines the function, or looks like the stub."""
    free = [pair for pair in loose if _grade_id(pair[1]) not in released]
    free = sorted(free, key=lambda pair: abs(pair[0] - place))
    wanted, stub = _defined(released[name]), released[name]
    likely = [pair for pair in free if wanted and wanted & _defined(pair[1]["source"])]
    likely = likely or [pair for pair in free[:NEAR] if _alike(pair[1]["source"], stub)]
    if not likely:
        return None
    found.remarks.append(f"{name}: its metadata was lost; the cell was found by what it defines.")
    written = [pair for pair in likely if not is_stub(pair[1]["source"], stub)]
    return (written or likely)[0]


def _alike(a, b):
    """Say whether two texts are alike, the quick measures first."""
    alike = difflib.SequenceMatcher(None, a[:5000], b[:5000])
    return all(measure() >= LIKE for measure in (alike.real_quick_ratio, alike.quick_ratio, alike.ratio))


def _defined(source):
    """Return the functions and classes that a text defines at its top."""
    return set(re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", source, re.MULTILINE))


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
    facts = [_names(cell.source) for cell in code]
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


class Names(NamedTuple):
    """The names of a cell.

    Parameters
    ----------
    binds, uses, changes : set of str
        Those that it binds, takes from outside, and changes in place.
    """

    binds: set
    uses: set
    changes: set


def _names(source):
    """Return the names of a cell; None if it cannot be read as plain Python."""
    try:
        tree, text = parse(source)
        names = _read_names(tree, symtable.symtable(text, "cell", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    own = _words_of_ipython(source, text)
    return Names(names.binds | own, names.uses | own, names.changes)


def _words_of_ipython(source, text):
    """Return the words on the lines that only IPython reads: what they bind and use cannot be known."""
    lines = set(source.split("\n")) - set(text.split("\n"))
    return set(re.findall(r"[^\W\d]\w*", "\n".join(lines)))


def _read_names(tree, table):
    """Return the names that stand in a syntax tree and its table of symbols."""
    binds = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    uses = {symbol.get_name() for scope in _scopes(table) for symbol in scope.get_symbols() if _outside(symbol, scope)}
    uses |= _read(tree) & binds  # x += 1, which the table of symbols takes for binding alone
    changes = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            changes |= _owner(node)
    return Names(binds, uses - _bound_first(tree, binds), changes)


def _owner(node):
    """Return the name whose value ``name[...]`` or ``name.part`` belongs to; none for other values."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _scopes(table):
    """Yield a symbol table and all those inside it."""
    yield table
    for child in table.get_children():
        yield from _scopes(child)


def _outside(symbol, scope):
    """Say whether a scope reads this name as a global one."""
    return symbol.is_referenced() and (scope.get_type() == "module" or symbol.is_global())


def _bound_first(tree, binds):
    """Return the names that a cell binds in a plain statement before any statement of it reads them."""
    first, read = set(), set()
    for statement in tree.body:
        read |= _read(statement)
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            first |= {statement.name} - (read - {statement.name})
        elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom):
            bound = _names_bound_by(statement)
            first |= bound - read
    return first & binds


def _read(tree):
    """Return the names that a piece of syntax reads, deletes or adds to."""
    nodes = list(ast.walk(tree))
    read = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store)}
    return read | {n.target.id for n in nodes if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Name)}


def _names_bound_by(statement):
    """Return the names that an import or an assignment binds."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in statement.names}
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def as_cells(nb):
    """Return the cells of a notebook as :func:`read` gives them.

    Parameters
    ----------
    nb : NotebookNode
        Any notebook.

    Returns
    -------
    list of dict
        Plain cells.
    """
    return [_plain(cell) for cell in nb.cells]
