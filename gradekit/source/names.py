"""The names of a cell: what it binds, what it takes from outside, what it changes in place."""

import ast
import copy
import re
import symtable
from functools import lru_cache
from typing import NamedTuple

from gradekit.source.reader import UNREADABLE, read

LONG = 20_000  # characters of a cell that is not kept in memory


class Names(NamedTuple):
    """The names of a cell.

    Parameters
    ----------
    binds, uses, changes : frozenset of str
        Those that it binds, takes from outside, and changes in place.
    """

    binds: frozenset
    uses: frozenset
    changes: frozenset


def bound(source):
    """Return the names that a cell binds.

    Parameters
    ----------
    source : str
        Python; anything else binds nothing.

    Returns
    -------
    frozenset of str
        Variables, functions, classes and imports at its top.
    """
    names = names_of(source)
    return names.binds if names else frozenset()


def used(source):
    """Return the names that a cell takes from outside.

    Parameters
    ----------
    source : str
        Python; anything else uses nothing.

    Returns
    -------
    frozenset of str
        Names that it reads and does not bind before, Python's own among them.
    """
    names = names_of(source)
    return names.uses if names else frozenset()


def names_of(source):
    """Return the names of a cell.

    Parameters
    ----------
    source : str
        A cell.

    Returns
    -------
    Names or None
        None if it cannot be read as Python, IPython's own lines aside.
    """
    return _names_of(source) if len(source) < LONG else _names_of.__wrapped__(source)


@lru_cache(maxsize=4096)
def _names_of(source):
    """Return the names of a cell; those of a lesson's own cells and of a class's answers are asked for many times."""
    found = read(source)
    if found.tree is None:
        return None
    try:
        names = _read_names(found.tree, symtable.symtable(_with_scopes(found), "cell", "exec"))
    except UNREADABLE:
        return None
    own = _words_of(found.commands)
    return Names(names.binds | own, names.uses | own, names.changes)


def imports(tree):
    """Return what a module's imports call things.

    Parameters
    ----------
    tree : ast.AST
        The syntax tree.

    Returns
    -------
    dict of str to str
        Dotted names by the names that stand for them; ``from x import *`` gives none.

    Examples
    --------
    >>> imports(ast.parse("import numpy as np, os.path; from scipy import special; from math import *"))
    {'np': 'numpy', 'os': 'os', 'special': 'scipy.special'}
    """
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.split(".")[0]
                names[alias.asname or root] = alias.name if alias.asname else root
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    names.pop("*", None)
    return names


def _words_of(commands):
    """Return the words on the lines that only IPython reads: what they bind and use cannot be known."""
    return set(re.findall(r"[^\W\d]\w*", "\n".join(line for _, line in commands)))


class _Generators(ast.NodeTransformer):
    """Turns comprehensions into generators of the same names: since 3.12 only these have a scope of their own."""

    def visit_ListComp(self, node):
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    visit_SetComp = visit_ListComp  # noqa: N815

    def visit_DictComp(self, node):
        self.generic_visit(node)
        return ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)


def _with_scopes(found):
    """Return a source whose table of symbols is the same in every Python: what a comprehension binds stays inside."""
    if any(isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp) for node in ast.walk(found.tree)):
        return ast.unparse(_Generators().visit(copy.deepcopy(found.tree)))
    return found.text


def _read_names(tree, table):
    """Return the names that stand in a syntax tree and its table of symbols."""
    binds = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    uses = {symbol.get_name() for scope in _scopes(table) for symbol in scope.get_symbols() if _outside(symbol, scope)}
    uses |= _read(tree) & binds  # x += 1, which the table of symbols takes for binding alone
    changes = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            changes |= _owner(node)
    return Names(frozenset(binds), frozenset(uses - _bound_first(tree, binds)), frozenset(changes))


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
