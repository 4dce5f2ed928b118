"""What an answer's source says: the loops in it, open or hidden, and in the functions that it names."""

import ast
import functools
import inspect
import textwrap
import types

import numpy as np

OPEN = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.ListComp: "comprehension",
    ast.SetComp: "comprehension",
    ast.DictComp: "comprehension",
    ast.GeneratorExp: "comprehension",
}
HIDDEN = {
    "accumulate", "apply_along_axis", "eval", "exec", "filter", "fromiter", "frompyfunc", "map", "nditer", "reduce",
    "starmap", "vectorize",
}  # fmt: skip


def loops_in(answer):
    """Return the loops in the source of a function, and in those of its helpers.

    Parameters
    ----------
    answer : callable
        A function whose source Python can find: defined in a notebook's cell or in a file.

    Returns
    -------
    tuple of str
        The kind of each loop, without repetition: ``for``, ``while``, ``comprehension``, ``recursion``, or the name of
        what loops inside, such as ``map`` or ``vectorize``; `` in helper`` is added where it is in a helper. Empty if
        there is none.

    Raises
    ------
    OSError
        If the source cannot be found.

    Notes
    -----
    A helper is a function of the same notebook or file, or of coursekit, that the source names. Those of
    other libraries are taken as they are. The bodies are read, not run: ``getattr`` and its like can hide a loop.

    Examples
    --------
    >>> def count(x):
    ...     return sum(1 for v in x if v) + np.vectorize(abs)(x).sum()
    >>> loops_in(count)
    ('comprehension', 'vectorize')
    """
    return tuple(dict.fromkeys(kind for kind, _ in _function(answer)))


def loop_depth(answer):
    """Return how deep the loops of a function are nested, helpers included.

    Parameters
    ----------
    answer : callable
        A function whose source Python can find.

    Returns
    -------
    int
        0 without any loop, 1 for loops side by side, 2 for a loop in a loop, and so on.

    Raises
    ------
    OSError
        If the source cannot be found.

    Examples
    --------
    >>> def pairs(x, y):
    ...     for a in x:
    ...         print([a + b for b in y])
    >>> loop_depth(pairs)
    2
    """
    return max((depth for _, depth in _function(answer)), default=0)


def described(kind=""):
    """Say in words what kind of loop was found.

    Parameters
    ----------
    kind : str
        As :func:`loops_in` gives it.

    Returns
    -------
    str
        It goes on after the function's name.

    Examples
    --------
    >>> described("map in helper")
    'names helper, which uses map, which calls Python once per item: a loop by another name.'
    """
    kind, _, helper = kind.partition(" in ")
    words = {
        "for": "has a `for` loop.",
        "while": "has a `while` loop.",
        "comprehension": "hides a loop in a comprehension: Python still takes one item after the other.",
        "recursion": "calls itself: recursion is a loop, and a slow one.",
        "vectorize": "uses np.vectorize, which is a `for` loop inside: its manual says so.",
    }.get(kind, f"uses {kind}, which calls Python once per item: a loop by another name.")
    return f"names {helper}, which {words}" if helper else words


def _function(function, depth=0, path=()):
    """Yield (kind, depth) of each loop of a function; ``path`` holds the functions that led here."""
    function = plain_function(function)
    if isinstance(function, np.vectorize):
        yield "vectorize", depth + 1
    else:
        tree, names = _tree(function), _names(function)
        yield from _walk(tree, names, depth, (*path, function))


def _walk(node, names, depth, path):
    """Yield (kind, depth) of each loop in a piece of syntax and in the helpers that it names."""
    kind = _kind(node, names)
    if kind:
        depth += len(getattr(node, "generators", "1"))  # a comprehension may hold several
        yield kind, depth
    helper = _resolve(node, names)
    if isinstance(helper, types.FunctionType) and helper in path:
        yield "recursion", depth + 1
    elif isinstance(helper, np.vectorize) or _is_near(helper, path):
        found = _function(helper, depth, path)
        yield from ((kind if " in " in kind else f"{kind} in {ast.unparse(node)}", deep) for kind, deep in found)
    for field, value in ast.iter_fields(node):
        outside = kind == "for" and field == "iter"  # evaluated once, before the loop
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, names, depth - outside, path)


def _kind(node, names):
    """Return the kind of loop that a piece of syntax is, or an empty text."""
    if isinstance(node, ast.FunctionDef):
        inside = (child.id for child in ast.walk(node) if isinstance(child, ast.Name))
        return "recursion" if node.name in inside else ""
    name = getattr(node, "id", getattr(node, "attr", ""))
    of_ufunc = isinstance(getattr(_resolve(node, names), "__self__", None), np.ufunc)  # np.add.reduce is NumPy's own
    return OPEN.get(type(node)) or (name if name in HIDDEN and not of_ufunc else "")


def _is_near(helper, path):
    """Say whether a helper is read as well: one of the answer's own module, or one step into coursekit."""
    if not isinstance(helper, types.FunctionType):
        return False
    home, here = path[0].__module__, path[-1].__module__
    return here == home and (helper.__module__ == home or helper.__module__.startswith("coursekit."))


def _resolve(node, names):
    """Return what a name, dotted or not, stands for outside the function; None where that is not known."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _resolve(node.value, names)
        return getattr(owner, node.attr, None) if isinstance(owner, types.ModuleType | np.ufunc) else None
    return None


def _names(function):
    """Return what a function sees from outside, by name; its own variables hide the rest."""
    own = _own(function)
    shared = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    outside = {name: value for name, value in function.__globals__.items() if name not in own}
    return outside | {name: cell.cell_contents for name, cell in shared}


def _own(function):
    """Return the names of a function's arguments and variables."""
    return {*function.__code__.co_varnames, *function.__code__.co_cellvars}


def plain_function(answer):
    """Return the function under partial objects, decorators and methods.

    Parameters
    ----------
    answer : callable
        A student's function.

    Returns
    -------
    callable
        What holds the code.
    """
    while isinstance(answer, functools.partial):
        answer = answer.func
    answer = inspect.unwrap(answer)
    return getattr(answer, "__func__", answer)


def _tree(function):
    """Return the syntax tree of a function's source."""
    try:
        code = function.__code__  # what is compiled, or a class, has none
        if code.co_filename == "<string>":  # of eval: since 3.13 inspect finds the text of `python -c` under this name
            raise OSError
        return ast.parse(textwrap.dedent(inspect.getsource(code)))
    except (AttributeError, OSError, SyntaxError):
        name = getattr(function, "__name__", type(function).__name__)
        raise OSError(
            f"the source of {name} cannot be read here. Write it as a `def` of its own in the answer cell."
        ) from None
