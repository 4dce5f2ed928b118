"""A cell in its statements, and what each binds, uses and changes: so that no more of it runs than is needed."""

import ast
import builtins
from dataclasses import dataclass

from gradekit.source.names import Names, names_of
from gradekit.source.reader import read

GIVEN = frozenset([*dir(builtins), "display", "get_ipython"])  # names that every notebook has
NOTHING = Names(frozenset(), frozenset(), frozenset())
SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


@dataclass(frozen=True)
class Statement:
    """One statement of a cell, or one of the names that an import brings.

    Attributes
    ----------
    source : str
        Its text.
    names : Names
        What it binds, uses and changes.
    calls : frozenset of str
        What it calls and gives to calls without keeping the result: ``np.seterr(all="raise")`` is there for its effect.
    hidden : bool
        Whether it binds what nobody can know: ``from numpy import *``.
    """

    source: str
    names: Names
    calls: frozenset = frozenset()
    hidden: bool = False


def statements(source):
    r"""Return the statements of a cell, one after the other, each with its decorators.

    Parameters
    ----------
    source : str
        A cell.

    Returns
    -------
    tuple of Statement
        Whole lines: what shares a line is one. An import of several names is several. None if the cell cannot be read.

    Examples
    --------
    >>> [one.source for one in statements("import os, sys\nx = 1; y = 2\n\n@property\ndef f():\n    return x")]
    ['import os', 'import sys', 'x = 1; y = 2', '@property\ndef f():\n    return x']
    """
    found = read(source)
    if found.tree is None:
        return ()
    lines, spans = found.text.split("\n"), []
    for node in found.tree.body:
        first = min([node.lineno, *(inner.lineno for inner in getattr(node, "decorator_list", ()))])
        if spans and first <= spans[-1][1]:
            spans[-1][1:] = node.end_lineno, [*spans[-1][2], node]
        else:
            spans.append([first, node.end_lineno, [node]])
    return tuple(part for first, last, nodes in spans for part in _parts("\n".join(lines[first - 1 : last]), nodes))


def whole(source, names):
    """Return a cell as one statement.

    Parameters
    ----------
    source : str
        The cell.
    names : Names or None
        Its names, where it can be read.

    Returns
    -------
    tuple of Statement
        The only one.
    """
    return (Statement(source, names or NOTHING, hidden=names is None),)


def _parts(text, nodes):
    """Return the statements of some lines."""
    (first, *more) = nodes
    if more or not isinstance(first, ast.Import | ast.ImportFrom):
        calls = frozenset().union(*(_called(node) for node in nodes))
        return [Statement(text, names_of(text) or NOTHING, calls)]
    module = f"from {'.' * first.level}{first.module or ''} " if isinstance(first, ast.ImportFrom) else ""
    hidden = module.startswith("from __future__") or first.names[0].name == "*"
    texts = [f"{module}import {ast.unparse(alias)}" for alias in first.names]
    return [Statement(text, names_of(text) or NOTHING, hidden=hidden) for text in texts]


def _called(node):
    """Return the names that stand in calls whose result is not kept, unless these are inside a function or a class."""
    if isinstance(node, SCOPES):
        return set()
    if isinstance(node, ast.Expr) and any(isinstance(inner, ast.Call) for inner in ast.walk(node)):
        return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return set().union(*(_called(inner) for inner in ast.iter_child_nodes(node)))
