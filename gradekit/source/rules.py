"""Rules for answers, read from their syntax: what an answer must not use, and where it must not loop.

A check cell's ``metadata.coursekit.rules`` holds them: ``{"calls": ["coursekit.softmax.softmax"], "loops": false,
"cost": 1.0}``. The source is read and never run, so a rule can be walked around by who wants to. What helps to do so
(``getattr`` and its like) is shown too, at no cost: the instructor sees every breach with its line.
"""

import ast
import re
from collections import ChainMap
from dataclasses import asdict, dataclass

from gradekit.source.names import imports
from gradekit.source.reader import read

KNOWN = {"calls", "loops", "cost"}
LONGEST = 100_000  # characters of an answer that are read; a syntax tree takes a hundred times their memory
DEEPEST = 12  # parts of a dotted name
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
NAMED = FUNCTIONS | ast.ClassDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar
SCOPES = FUNCTIONS | ast.Lambda | ast.ClassDef | COMPREHENSIONS
LOOPS = ast.For | ast.AsyncFor | ast.While | COMPREHENSIONS
LOOPING = {
    "filter", "functools.reduce", "itertools.accumulate", "itertools.starmap", "map", "numpy.apply_along_axis",
    "numpy.fromiter", "numpy.frompyfunc", "numpy.nditer", "numpy.vectorize",
}  # fmt: skip
EVASIVE = {
    "IPython.get_ipython", "__builtins__", "__import__", "builtins", "compile", "ctypes", "eval", "exec", "gc",
    "get_ipython", "getattr", "globals", "importlib", "inspect", "locals", "operator.attrgetter",
    "operator.methodcaller", "runpy", "setattr", "sys.modules", "vars",
}  # fmt: skip
LOOP = "holds a loop"
INNER = {"__closure__", "__code__", "__dict__", "__getattribute__", "__globals__", "__subclasses__", "__wrapped__"}


@dataclass(frozen=True)
class Breach:
    """A rule that an answer breaks.

    Attributes
    ----------
    line : int
        Line of the answer, from 1.
    text : str
        That line.
    why : str
        The rule, in words.
    cost : float
        Share of the check's points that it costs, from 0 to 1.
    """

    line: int
    text: str
    why: str
    cost: float


def breaches(source, rules, *, names=None, asked=""):
    r"""Return where an answer breaks its rules.

    Parameters
    ----------
    source : str
        The answer.
    rules : dict
        ``calls``: dotted names of what it must not use, each with all that is inside it; ``loops``: False where it must
        not loop; ``cost``: the share of the points that a breach costs, 0 by default: shown, and free.
    names : dict of str to str, optional
        What the lesson's imports call things: ``{"np": "numpy", "softmax": "coursekit.softmax"}``.
    asked : str, optional
        The function that is asked for. Where the answer defines it, what it does not need costs nothing: a test against
        a library below it, or an earlier attempt above.

    Returns
    -------
    list of Breach
        In the order of the lines. Ways around the rules are among them, at no cost, and what cannot be read. Empty if
        there is no rule.

    Raises
    ------
    ValueError
        As :func:`validate` does.

    Notes
    -----
    Names are followed through imports, aliases and scopes: a function of the answer's own called ``softmax`` is no
    breach where the lesson imports another, and ``s = scipy.special`` hides nothing.

    Examples
    --------
    >>> rules = {"calls": ["scipy.special.softmax"], "cost": 1.0}
    >>> [found] = breaches("def f(x):\n    return sp.softmax(x)", rules, names={"sp": "scipy.special"})
    >>> found.line, found.why
    (2, 'uses scipy.special.softmax')
    """
    validate(rules)
    if not rules or not source.strip():
        return []
    source = source.replace("\r\n", "\n").replace("\r", "\n")  # the lines that Python counts
    lines, cost = source.split("\n"), float(rules.get("cost", 0))
    try:
        faults = set(_faults(source, rules, names or {}, asked))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        faults = {(1, "cannot be read as Python, so no rule was looked at", False)}
    return [Breach(line, lines[line - 1], why, cost if costs else 0.0) for line, why, costs in sorted(faults)]


def validate(rules):
    """Refuse rules that would not mean what they say.

    Parameters
    ----------
    rules : dict
        As in :func:`breaches`.

    Raises
    ------
    ValueError
        If one does not exist, or has no value that it can have.

    Examples
    --------
    >>> validate({"calls": "numpy.linalg.norm"})
    Traceback (most recent call last):
    ValueError: rules: calls must be a list of dotted names; got 'numpy.linalg.norm'.
    """
    if unknown := set(rules) - KNOWN:
        raise ValueError(f"rules: there is no rule {', '.join(sorted(unknown))}; there are {', '.join(sorted(KNOWN))}.")
    calls, loops, cost = rules.get("calls", []), rules.get("loops", True), rules.get("cost", 0)
    if not isinstance(calls, list | tuple) or not all(isinstance(call, str) and call for call in calls):
        raise ValueError(f"rules: calls must be a list of dotted names; got {calls!r}.")
    if not isinstance(loops, bool):
        raise ValueError(f"rules: loops must be true or false; got {loops!r}.")
    if not isinstance(cost, int | float) or not 0 <= cost <= 1:
        raise ValueError(f"rules: cost must be a share of the points, from 0 to 1; got {cost!r}.")


def of_exercise(exercise, answers, names):
    """Return the breaches of an exercise's answers as plain dictionaries.

    Parameters
    ----------
    exercise : gradekit.lesson.Exercise
        With its rules.
    answers : dict of str to str
        Sources by ``grade_id``: of ``05-cal-accuracy`` the function ``cal_accuracy`` is asked.
    names : dict of str to str
        As in :func:`breaches`.

    Returns
    -------
    list of dict
        ``answer``, ``line``, ``text``, ``why`` and ``cost``.
    """
    return [
        {"answer": name, **asdict(breach)}
        for name in exercise.answers
        for breach in breaches(answers.get(name, ""), exercise.rules, names=names, asked=asked_by(name))
    ]


def asked_by(grade_id):
    """Return the name of the function that an answer cell is for.

    Parameters
    ----------
    grade_id : str
        As ``05-cal-accuracy``.

    Returns
    -------
    str
        As ``cal_accuracy``.

    Examples
    --------
    >>> asked_by("05-cal-accuracy")
    'cal_accuracy'
    """
    return re.sub(r"^\d+-", "", grade_id).replace("-", "_")


def _faults(source, rules, names, asked):
    """Yield (line, why, whether it costs) of all that is to be said of an answer."""
    if len(source) > LONGEST:
        raise ValueError("too long")
    found = read(source)
    if (tree := found.tree) is None:
        raise ValueError("no Python")
    yield from ((line, "is read by IPython only, so no rule was looked at there", False) for line, _ in found.commands)
    known = ChainMap(dict(names))
    known = known.new_child(_bindings(tree, known, rules))
    needed = _needed(tree.body, asked, known)
    for statement in tree.body:
        for node, around in _walk(statement, known, rules):
            found = _faults_of(node, rules, around)
            yield from found if id(statement) in needed else _beside(found, asked)


def _beside(faults, asked):
    """Return the faults of a statement that the asked function does not need: none costs, and it may loop."""
    return [
        (line, f"{why}, which {asked} does not need" if costs else why, False)
        for line, why, costs in faults
        if why != LOOP
    ]


def _faults_of(node, rules, known):
    """Yield (line, why, whether it costs) of one piece of syntax."""
    if rules.get("loops") is False and (isinstance(node, LOOPS) or _loops_inside(node, known)):
        yield node.lineno, LOOP, True
    for line, name in _mentioned(node, known):
        yield from ((line, f"uses {call}", True) for call in rules.get("calls", ()) if _is_in(name, call))
        yield from ((line, f"{way} can hide what is used", False) for way in EVASIVE if _is_in(name, way))
    if isinstance(node, ast.Attribute) and node.attr in INNER:
        yield node.lineno, f"{node.attr} can hide what is used", False
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        yield node.lineno, f"imports all of {node.module}, whose names can hide what is used", False


def _loops_inside(node, known):
    """Say whether a function names itself, or a name stands for what calls Python once an item."""
    if isinstance(node, FUNCTIONS):
        return any(isinstance(inner, ast.Name) and inner.id == node.name for inner in ast.walk(node))
    return isinstance(node, ast.Name | ast.Attribute) and _full(node, known) in LOOPING


def _is_in(name, place):
    """Say whether a dotted name is a place, or something inside it."""
    return name == place or name.startswith(f"{place}.")


def _mentioned(node, known):
    """Yield (line, dotted name) of what a name, an attribute or an import stands for."""
    if isinstance(node, ast.Import):
        yield from ((alias.lineno, alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from ((alias.lineno, f"{node.module}.{alias.name}") for alias in node.names)
    elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield node.lineno, _full(node, known)


def _full(node, known):
    """Return the dotted name that a name or attribute stands for; empty where that cannot be known."""
    parts = []
    while isinstance(node, ast.Attribute) and len(parts) < DEEPEST:
        parts.append(node.attr)
        node = node.value
    owner = known.get(node.id, node.id) if isinstance(node, ast.Name) else ""
    return ".".join([owner, *reversed(parts)]) if owner else ""


def _walk(tree, known, rules):
    """Yield every piece of a tree, with what names stand for around it."""
    waiting, before = [(tree, known)], {}
    while waiting:
        node, known = waiting.pop()
        known = before.get(id(node), known)
        yield node, known
        if isinstance(node, SCOPES):
            before |= {id(part): known for part in _before(node)}
            known = known.new_child(_bindings(node, known, rules))
        waiting += [(child, known) for child in ast.iter_child_nodes(node)]


def _before(scope):
    """Return the parts of a scope that are evaluated before it is entered."""
    if isinstance(scope, COMPREHENSIONS):
        return [scope.generators[0].iter]
    return [getattr(scope, "args", None), *getattr(scope, "decorator_list", ())]


def _bindings(scope, known, rules):
    """Return what the names that a scope binds stand for: dotted for imports and aliases, else an empty text."""
    found, shared = {}, set()
    for node in () if isinstance(scope, ast.ClassDef) else _own(scope):  # a method does not see its class's names
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= imports(node) | _from_star(node, rules)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            shared |= set(node.names)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute):
            alias = _full(node.value, ChainMap(found, known))
            found |= {target.id: alias for target in node.targets if isinstance(target, ast.Name)}
        elif name := _bound(node):
            found.setdefault(name, "")
    return {name: what for name, what in found.items() if name not in shared}


def _own(scope):
    """Yield the pieces of a scope in the order of the source, without what is inside the scopes in it."""
    waiting = [*ast.iter_child_nodes(scope)][::-1]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, SCOPES):
            waiting += [*ast.iter_child_nodes(node)][::-1]


def _bound(node):
    """Return the name that a piece of syntax binds, if it does."""
    if isinstance(node, ast.Name):
        return "" if isinstance(node.ctx, ast.Load) else node.id
    if isinstance(node, ast.arg):
        return node.arg
    return node.name if isinstance(node, NAMED) else ""


def _from_star(node, rules):
    """Return the names that matter among those that ``from x import *`` binds."""
    if not isinstance(node, ast.ImportFrom) or node.names[0].name != "*":
        return {}
    calls = (call.rpartition(".") for call in rules.get("calls", ()))
    return {name: f"{module}.{name}" for module, _, name in calls if module == node.module}


def _needed(body, asked, known):
    """Return the ids of the statements that the asked function needs; of all where none defines it."""
    binders = {}
    for statement in body:
        for name in _stored(statement):
            if isinstance(statement, FUNCTIONS) and name == statement.name:
                binders[name] = []  # what stood there before is gone
            binders.setdefault(name, []).append(statement)
    needed, wanted = set(), [asked]
    while wanted:
        for statement in binders.pop(wanted.pop(), ()):
            if id(statement) not in needed:
                needed.add(id(statement))
                wanted += _taken(statement, known)
    return needed or {id(statement) for statement in body}


def _stored(statement):
    """Return the names that a statement of a cell may bind for the cell."""
    if isinstance(statement, FUNCTIONS | ast.ClassDef):
        shared = (node.names for node in ast.walk(statement) if isinstance(node, ast.Global))
        return {statement.name}.union(*shared)
    return {name for node in ast.walk(statement) if (name := _bound(node))} | set(imports(statement))


def _taken(statement, known):
    """Return the names that a statement takes from its cell."""
    return {
        node.id
        for node, around in _walk(statement, known, {})
        if isinstance(node, ast.Name) and not any(node.id in own for own in around.maps[: -len(known.maps)])
    }
