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
    calls : frozenset of str
        What it calls a function of, for what that does; this may change it unless it is a module.
    imports : frozenset of str
        What it imports.
    """

    binds: frozenset
    takes: frozenset
    changes: frozenset
    calls: frozenset
    imports: frozenset


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
    modules = frozenset().union(*(cell.imports for cell in cells))
    found, wanted = {last}, [(name, last) for name in cells[last].takes]
    seen = set()
    while wanted:
        name, before = wanted.pop()
        binder = next((i for i in reversed(range(before)) if name in cells[i].binds), None)
        if (name, binder) in seen or binder is None:
            continue
        seen.add((name, binder))
        changing = {i for i in range(binder, last) if name in cells[i].changes | cells[i].calls - modules}
        for i in {binder, *changing} - found:
            found.add(i)
            wanted += [(other, place) for other in cells[i].takes for place in (i, last)]
    return sorted(found)


def _read(source):
    """Return what a cell binds, takes, changes, calls and imports."""
    tree = _Generators().visit(ast.parse(source))
    bound, takes, changes, calls, imports = set(), set(_of_functions(ast.unparse(tree))), set(), set(), set()
    for statement in tree.body:
        text = ast.unparse(statement)
        symbols = symtable.symtable(text, "statement", "exec").get_symbols()
        read = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
        read |= {statement.target.id} if _adds(statement) else set()
        anywhere = read | {*_of_functions(text)}
        takes |= read - bound
        changes |= (_stored(statement) | {RANDOM}) & anywhere
        calls |= _called(statement) & anywhere
        imports |= {symbol.get_name() for symbol in symbols if symbol.is_imported()}
        bound |= {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
    return Cell(*map(frozenset, (bound, takes, changes, calls, imports)))


class _Generators(ast.NodeTransformer):
    """Writes comprehensions as generators: since Python 3.12 the names of the first stand among the cell's own."""

    def visit(self, node):
        """Keep what is computed and from what; take a key and its value as a pair."""
        node = self.generic_visit(node)
        if isinstance(node, ast.ListComp | ast.SetComp):
            return ast.GeneratorExp(node.elt, node.generators)
        if isinstance(node, ast.DictComp):
            return ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)
        return node


def _of_functions(source):
    """Give the names that functions, classes and comprehensions of a cell take from the lesson."""
    inner = symtable.symtable(source, "cell", "exec").get_children()
    while inner:
        table = inner.pop()
        inner += table.get_children()
        yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())


def _adds(statement):
    """Tell whether a statement is ``name += ...``, which reads the name."""
    return isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name)


def _stored(statement):
    """Return the names whose values a statement changes: ``x.a = ...``, ``x[0] = ...``."""
    nodes = (node for node in ast.walk(statement) if isinstance(node, ast.Attribute | ast.Subscript))
    return {name for node in nodes if not isinstance(node.ctx, ast.Load) and (name := _root(node))}


def _called(statement):
    """Return the names of which a statement calls a function whose value nobody takes: ``x.append(...)`` alone."""
    return {name for node in ast.walk(statement) if _is_deed(node) and (name := _root(node.value.func))}


def _is_deed(node):
    """Tell whether a node is a call whose value nobody takes."""
    call = getattr(node, "value", None) if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)


def _root(node):
    """Return the name that an expression like ``x.a[0].b`` begins with, or None."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
