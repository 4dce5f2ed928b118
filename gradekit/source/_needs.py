"""Which statements of a cell the function that is asked for needs: those that bind or change what it takes."""

import ast
from collections import defaultdict

from gradekit.source._calls import PUTS
from gradekit.source._scopes import FUNCTIONS
from gradekit.source._things import CELL, Members


def needed(flow, body, asked):
    """Return the statements that a function needs."""
    binders, changers = _binders(flow, body), _changers(flow, body)
    wanted, found = [asked], set()
    while wanted:
        name = wanted.pop()
        for statement in [*binders.pop(name, ()), *(changers.pop(name, ()) if found else ())]:
            if id(statement) not in found:
                found.add(id(statement))
                wanted += _taken(flow, statement)
    return found or {id(statement) for statement in body}


def _binders(flow, body):
    """Return the statements that bind each name of the cell; a function's makes those above it count no more."""
    homes = {id(node): statement for statement in body for node in ast.walk(statement)}
    binders = defaultdict(list)
    for name, bindings in flow.layout.module.bindings.items():
        for binding in bindings:
            statement = homes[binding.slot]
            if isinstance(statement, FUNCTIONS) and id(statement) == binding.slot and name not in _first(statement):
                binders[name].clear()
            binders[name].append(statement)
    return binders


def _first(function):
    """Return the names that a definition reads when it is made, not when it is called."""
    outside = [*function.decorator_list, *function.args.defaults, *filter(None, function.args.kw_defaults)]
    return {node.id for part in outside for node in ast.walk(part) if isinstance(node, ast.Name)}


def _changers(flow, body):
    """Return the statements that change what each name stands for: ``x.a = ...``, ``x[0] = ...``, ``x.append(...)``."""
    changers = defaultdict(list)
    for statement in body:
        for name in {name for node in ast.walk(statement) if (name := _changed(flow, node))}:
            changers[name].append(statement)
    return changers


def _changed(flow, node):
    """Return the name whose value a node changes, or an empty text."""
    if isinstance(node, ast.Call):
        node = _filled(flow, node)
    elif not isinstance(node, ast.Attribute | ast.Subscript) or isinstance(node.ctx, ast.Load):
        return ""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _filled(flow, call):
    """Return the expression whose value a call puts something into, or None; np.append puts nothing into np."""
    if isinstance(call.func, ast.Name) and call.func.id == "setattr" and call.args:
        return call.args[0]
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in PUTS:
        return None
    owners = flow.of(call.func.value)
    return None if owners and all(isinstance(owner, str) for owner in owners) else call.func.value


def _taken(flow, statement):
    """Return the names that a statement takes from its cell."""
    taken = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and _is_global(flow, node):
            taken.add(node.id)
        elif isinstance(node, ast.Subscript) and Members(CELL) in flow.of(node.value):
            taken.add(str(flow.key(node.slice)))
    return taken


def _is_global(flow, node):
    """Say whether a name may be one of the cell's own, and not of a function in it."""
    scopes = flow.layout.places[id(node)].scope.around()
    inner = [one for one in scopes if one.place and not isinstance(one.node, ast.ClassDef)]
    return not any(node.id in one.bindings and node.id not in one.shared for one in inner)
