"""Which bindings a name may stand for where it is read: by scopes, by blocks, by loops, and by what is called later."""

import ast
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

MANY = 100  # bindings of one name that are told apart
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
CALLED = FUNCTIONS | ast.Lambda
COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
SCOPES = CALLED | ast.ClassDef | COMPREHENSIONS
LOOPS = ast.For | ast.AsyncFor | ast.While
BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")
SURE, MAYBE, ANYTIME = "sure", "maybe", "anytime"  # takes the place of what was there; may do so; does when called
LAST = float("inf")


class Binding(NamedTuple):
    """What gives a name a value: the node that does, the number of its statement, the blocks around that, its kind."""

    slot: int
    order: int
    path: tuple
    kind: str


class Place(NamedTuple):
    """Where a piece of syntax stands: its scope, the number of its statement there, and the blocks around that."""

    scope: object
    order: float
    path: tuple = ()


@dataclass(eq=False)
class Scope:
    """A module, a function, a class or a comprehension, and where it stands."""

    node: ast.AST
    place: Place | None = None
    bindings: dict = field(default_factory=lambda: defaultdict(list))
    shared: dict = field(default_factory=dict)
    calls: list = field(default_factory=list)

    def around(self):
        """Yield this scope and those around it."""
        scope = self
        while scope:
            yield scope
            scope = scope.place and scope.place.scope


class Layout(NamedTuple):
    """A tree laid out: its nodes, each after its parts; their places by id; slots that stand for others."""

    nodes: list
    places: dict
    module: Scope
    merged: dict


def lay_out(tree):
    """Return the layout of a module's tree, in the order in which Python gets to its parts."""
    module, nodes, places, bound, order = Scope(tree), [], {}, [], 0
    waiting = [(tree, Place(module, 0), False)]
    while waiting:
        node, place, is_done = waiting.pop()
        if is_done:
            nodes.append(node)
            continue
        if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            order += 1
            place = place._replace(order=order)
        places[id(node)] = place
        bound += _bound(node, place)
        _note(node, place.scope, order)
        waiting.append((node, place, True))
        waiting += [(part, where, False) for part, where in _parts(node, place)][::-1]
    return Layout(nodes, places, module, _distribute(bound))


def candidates(name, place):
    """Return the slots that a name may stand for at a place, and whether it may come from outside of the cell."""
    found, is_deferred, order, path = [], False, place.order, place.path
    for scope in place.scope.around():
        is_visible = scope is place.scope or not isinstance(scope.node, ast.ClassDef)
        if scope.place is None or (name in scope.bindings and is_visible and name not in scope.shared):
            slots, is_sure = _holding(scope, name, order, path, is_deferred)
            found += slots
            if is_sure or (scope.place and not isinstance(scope.node, ast.ClassDef)):
                return found, False
        if scope.place:
            is_deferred = is_deferred or isinstance(scope.node, CALLED)
            _, order, path = scope.place
    return found, True


def _holding(scope, name, order, path, is_deferred):
    """Return the slots of a scope's bindings that may hold, and whether one is sure to; deferred: in a later call."""
    bindings = scope.bindings.get(name, [])
    if len(bindings) > MANY:
        return [bindings[0].slot], False
    if not is_deferred:
        kept, is_sure = _reaching(bindings, order, path)
        return [binding.slot for binding in kept], is_sure
    kept, is_sure = _reaching(bindings, LAST, ())
    if is_sure and kept and bisect_right(scope.calls, kept[0].order) > bisect_right(scope.calls, order):
        early, is_sure = _reaching(bindings, order, path)  # something is called before the last word is said
        kept = [*kept, *early, *(binding for binding in bindings if binding.order >= order)]
    return [binding.slot for binding in kept], is_sure


def _reaching(bindings, order, path):
    """Return the bindings that may hold at a place of their own scope, and whether one is sure to."""
    before = [one for one in bindings if one.order < order or (one.order == order and one.kind == MAYBE)]
    sure = [one for one in before if one.kind == SURE and one.order < order and path[: len(one.path)] == one.path]
    last = sure[-1] if sure else None
    kept = before[before.index(last) :] if last else before
    loops = {block for block in path if block[2]} - set(last.path if last else ())
    again = [one for one in bindings if one.order >= order and loops.intersection(one.path)]
    return [*kept, *again, *(one for one in bindings if one.kind == ANYTIME)], last is not None or _is_either(
        before, path
    )


def _is_either(bindings, path):
    """Say whether both ways of an if that is passed on the way to a place bind something."""
    ends = {
        one.path for one in bindings if one.kind == SURE and one.path and path[: len(one.path) - 1] == one.path[:-1]
    }
    return any((*end[:-1], (end[-1][0], "orelse", False)) in ends for end in ends if end[-1][1:] == ("body", False))


def _note(node, scope, order):
    """Note the calls of a scope and the names that it shares with those around it."""
    if isinstance(node, ast.Global | ast.Nonlocal):
        scope.shared |= dict.fromkeys(node.names, type(node))
    elif isinstance(node, ast.Call):
        owner = next(one for one in scope.around() if not isinstance(one.node, COMPREHENSIONS))
        owner.calls.append(order)


def _bound(node, place):
    """Yield (scope, name, binding) of what a node itself binds."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield _binding(node.id, node, place, MAYBE if isinstance(place.scope.node, COMPREHENSIONS) else SURE)
    elif isinstance(node, ast.NamedExpr | ast.AugAssign) and isinstance(node.target, ast.Name):
        yield _binding(node.target.id, node.target, _outside(place), MAYBE)
    elif isinstance(node, FUNCTIONS | ast.ClassDef):
        yield _binding(node.name, node, place, SURE)
    elif isinstance(node, ast.arg):
        yield _binding(node.arg, node, place, SURE)
    elif isinstance(node, ast.alias) and node.name != "*":
        yield _binding(node.asname or node.name.split(".")[0], node, place, SURE)
    elif name := of_globals(node):
        yield _binding(name, node, Place([*place.scope.around()][-1], place.order), ANYTIME)
    elif name := _caught(node):
        yield _binding(name, node, place, MAYBE)


def _caught(node):
    """Return the name that an except or a pattern binds, or an empty text."""
    named = isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar)
    return (node.name if named else node.rest if isinstance(node, ast.MatchMapping) else "") or ""


def _binding(name, node, place, kind):
    """Return what a scope is told of a name that is bound at a place."""
    return place.scope, name, Binding(id(node), place.order, place.path, kind)


def _outside(place):
    """Return where a comprehension binds what its := names: outside of it."""
    while isinstance(place.scope.node, COMPREHENSIONS):
        place = place.scope.place
    return place


def of_globals(node):
    """Return the name that ``globals()["name"] = ...`` binds."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Store):
        return ""
    called = node.value.func if isinstance(node.value, ast.Call) else None
    is_globals = isinstance(called, ast.Name) and called.id in ("globals", "locals", "vars")
    return node.slice.value if is_globals and isinstance(node.slice, ast.Constant) else ""


def _distribute(bound):
    """Give each scope its bindings, and return by which slot those are meant that are too many to be told apart."""
    for scope, name, binding in bound:
        if name not in scope.shared:
            scope.bindings[name].append(binding)
    for scope, name, binding in bound:
        if name in scope.shared:
            owners = [one for one in scope.around() if name in one.bindings and isinstance(one.node, CALLED)]
            module = [*scope.around()][-1]
            owner = module if scope.shared[name] is ast.Global or not owners else owners[0]
            owner.bindings[name].append(binding._replace(kind=ANYTIME, path=()))
    merged = {}
    for scope in {scope for scope, _, _ in bound}:
        for bindings in scope.bindings.values():
            if len(bindings) > MANY:
                merged |= dict.fromkeys((one.slot for one in bindings), bindings[0].slot)
    return merged


def _parts(node, place):
    """Yield (part, place) of all parts of a node, in the order in which Python gets to them."""
    if isinstance(node, SCOPES):
        yield from _of_scope(node, place)
    elif isinstance(node, ast.comprehension):
        is_first = node is place.scope.node.generators[0]
        yield node.iter, place.scope.place if is_first else place
        yield from ((part, place) for part in (node.target, *node.ifs))
    elif not isinstance(node, ast.arg):
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                yield from ((part, _inside(node, name, part, place)) for part in value if isinstance(part, ast.AST))
            elif isinstance(value, ast.AST) and not (name == "target" and _is_bound_here(node)):
                yield value, _inside(node, "body", value, place) if _is_repeated(node, name) else place


def _of_scope(node, place):
    """Yield (part, place) of what is evaluated around a scope, then of what is inside."""
    inner, arguments = Scope(node, place), getattr(node, "args", None)
    if arguments:
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        every = [argument for argument in every if argument]
        outside = [*arguments.defaults, *arguments.kw_defaults, *(argument.annotation for argument in every)]
        yield from ((part, place) for part in [*outside, getattr(node, "returns", None)] if part)
        yield from ((argument, Place(inner, -1)) for argument in every)
    for name in ("decorator_list", "bases", "keywords"):
        yield from ((part, place) for part in getattr(node, name, ()))
    for name in ("generators", "key", "value", "elt", "body"):
        parts = getattr(node, name, [])
        yield from ((part, Place(inner, 0)) for part in (parts if isinstance(parts, list) else [parts]))


def _inside(node, name, part, place):
    """Return the place of a part of a statement: in a block, if that is not certain to be run, and run once."""
    is_with = isinstance(node, ast.With | ast.AsyncWith)
    is_true = isinstance(node, ast.If) and isinstance(node.test, ast.Constant) and node.test.value
    if (
        name not in BLOCKS
        or name == "finalbody"
        or is_with
        or isinstance(node, ast.Module)
        or (is_true and name == "body")
    ):
        return place
    block = id(part) if name in ("handlers", "cases") else id(node)
    return place._replace(path=(*place.path, (block, name, name == "body" and isinstance(node, LOOPS))))


def _is_bound_here(node):
    """Say whether a node binds its own target, rather than the target itself."""
    return isinstance(node, ast.NamedExpr | ast.AugAssign) and isinstance(node.target, ast.Name)


def _is_repeated(node, name):
    """Say whether a part of a loop's head belongs to its block."""
    return isinstance(node, LOOPS) and name in ("target", "test")
