"""Which cells of a lesson one of its cells needs: those that bind or change what it takes."""

import ast
import symtable
from typing import NamedTuple

RANDOM = "rng"  # whoever names it draws from it, and so changes what the next one draws


class Cell(NamedTuple):
    """What a code cell does with the lesson's names.

    Parameters
    ----------
    binds : frozenset of str
        What it gives a value.
    takes : frozenset of str
        What it reads before it binds it, and what its functions read when they are called.
    changes : frozenset of str
        What it may change without binding it.
    """

    binds: frozenset
    takes: frozenset
    changes: frozenset


def needed(sources, last):
    """Return the places of the cells that a cell needs, itself among them, in their order.

    Parameters
    ----------
    sources : sequence of str
        The code cells of a lesson, in order.
    last : int
        The place of the cell.

    Returns
    -------
    list of int
        Too many rather than too few: a name that a function reads may be bound anywhere before ``last``.

    Examples
    --------
    >>> needed(["import math", "a = 1", "b = 2", "a += 1", "print(math.cos(a))"], 4)
    [0, 1, 3, 4]
    """
    cells = [_read(source) for source in sources[: last + 1]]
    found, wanted = {last}, [(name, last) for name in cells[last].takes]
    seen = set()
    while wanted:
        name, before = wanted.pop()
        binder = next((i for i in reversed(range(before)) if name in cells[i].binds), None)
        if (name, binder) in seen or binder is None:
            continue
        seen.add((name, binder))
        for i in {binder, *(i for i in range(binder, last) if name in cells[i].changes)} - found:
            found.add(i)
            wanted += [(other, place) for other in cells[i].takes for place in (i, last)]
    return sorted(found)


def _read(source):
    """Return what a cell binds, takes and changes."""
    body, bound, takes, changes = ast.parse(source).body, set(), set(_of_functions(source)), set()
    for statement in body:
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        takes |= {node.id for node in names if isinstance(node.ctx, ast.Load)} - bound
        takes |= {statement.target.id} - bound if _adds(statement) else set()
        changes |= _changed(statement)
        bound |= _bound(statement)
    changes |= {RANDOM} & {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    return Cell(frozenset(bound), frozenset(takes), frozenset(changes))


def _of_functions(source):
    """Give the names that functions and classes of a cell take from the lesson."""
    inner = symtable.symtable(source, "cell", "exec").get_children()
    while inner:
        table = inner.pop()
        inner += table.get_children()
        yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())


def _bound(statement):
    """Return the names that a statement binds in the lesson."""
    table = symtable.symtable(ast.unparse(statement), "statement", "exec")
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def _adds(statement):
    """Tell whether a statement is ``name += ...``, which reads the name."""
    return isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name)


def _changed(statement):
    """Return the names whose values a statement may change: ``x.a = ...``, ``x[0] = ...``, ``x.append(...)`` alone."""
    stores = [
        node
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load)
    ]
    calls = [node.value.func for node in ast.walk(statement) if _is_deed(node)]
    return {name for node in [*stores, *calls] if (name := _root(node))}


def _is_deed(node):
    """Tell whether a node is a call whose value nobody takes."""
    call = getattr(node, "value", None) if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)


def _root(node):
    """Return the name that an expression like ``x.a[0].b`` begins with, or None."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
