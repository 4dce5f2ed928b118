"""What a call gives: of a function of the cell what it returns, of a library's what is known of it here."""

from typing import NamedTuple

from gradekit.source._library import what_is
from gradekit.source._things import ANY, CALLEE, CELL, OTHER, RETURN, WORK, Held, Members, Text

SAME = {
    "classmethod", "contextlib.contextmanager", "contextlib.nullcontext", "copy.copy", "copy.deepcopy", "dict",
    "frozenset", "functools.cache", "functools.lru_cache", "iter", "list", "reversed", "set", "sorted", "staticmethod",
    "tuple", "types.SimpleNamespace", "types.MappingProxyType",
}  # fmt: skip
CALLED_AT_ONCE = {"property", "functools.cached_property"}
MODULES = {"__import__", "importlib.import_module", "pkgutil.resolve_name"}
GETTERS = {"operator.attrgetter", "operator.itemgetter"}
PUTS = {"add", "append", "appendleft", "extend", "insert", "put", "setdefault", "update", "__setattr__", "__setitem__"}
GETS = {"get", "pop", "popleft", "setdefault", "__getitem__", "__getattribute__", "__next__"}
ITEMS = {"copy", "items", "values", "__iter__"}
METHODS = PUTS | GETS | ITEMS


DEEPEST = 5  # calls that a call stands for, such as a partial of a partial


class Given(NamedTuple):
    """What a call is given: sets of things by place and by name, and what may stand at any place."""

    placed: list
    named: dict
    more: set

    def all(self):
        """Return all things that are given."""
        return self.more.union(*self.placed, *self.named.values())

    def at(self, place):
        """Return the things at a place."""
        return self.more | (self.placed[place] if place < len(self.placed) else set())


def result(flow, node, callees, given):
    """Return what a call may give."""
    flow.asked_for += len(callees)
    if flow.depth > DEEPEST or flow.asked_for > WORK:
        return {OTHER}
    flow.depth += 1
    found = set().union(*(_result(flow, node, callee, given) for callee in callees))
    flow.depth -= 1
    return found


def method(flow, node, owner, name, given):
    """Return what a method of a list, a dictionary or their like may give, and let it hold what it is given."""
    found = set()
    if name in PUTS:
        for key, things in _to_put(flow, name, given):
            flow.put(owner, key, things)
    if name in GETS:
        found = flow.item({owner}, key_of(given.at(0))) | given.at(1)
    if name == "items":
        pair, pairs = Held("pair", id(node)), Held("items", id(node))
        flow.put(pair, 1, flow.item({owner}, ANY))
        flow.put(pairs, ANY, {pair})
        return {pairs}
    return found | ({owner} if name in ITEMS else set())


def key_of(things):
    """Return the one key that things stand for, or ANY."""
    thing = next(iter(things), OTHER)
    return thing.value if len(things) == 1 and isinstance(thing, Text) else ANY


def _to_put(flow, name, given):
    """Yield (key, things) of what a method puts into its owner."""
    yield from given.named.items()
    if name in ("setdefault", "__setattr__", "__setitem__"):
        yield key_of(given.at(0)), given.at(1)
        return
    for thing in given.all() - set().union(*given.named.values()):
        if name not in ("extend", "update") or not isinstance(thing, Held):
            yield ANY, {thing}
        else:
            yield from ((key, flow.get(thing, key)) for key in list(flow.keys.get(thing, ())))


def _result(flow, node, callee, given):
    """Return what a call of one thing may give."""
    if isinstance(callee, str):
        return _of_library(flow, node, callee, given)
    if not isinstance(callee, Held):
        return set() if isinstance(callee, Text) else _unknown(flow, given)
    if callee.kind in ("function", "class"):
        return _of_cell(flow, node, callee, given)
    if callee.kind == "partial":
        earlier = [flow.get(callee, place) for place in range(len(flow.keys[callee])) if (callee, place) in flow.held]
        return result(flow, node, flow.get(callee, CALLEE), given._replace(placed=[*earlier, *given.placed]))
    if callee.kind == "getter":
        return _got(flow, flow.get(callee, ANY), given.at(0))
    return flow.item({callee}, ANY) | {OTHER}


def _of_cell(flow, node, callee, given):
    """Return what a function or a class of the cell gives, and let its parameters be what it is given."""
    if callee.kind == "function":
        flow.bind_parameters(callee, given)
        return flow.get(callee, RETURN)
    for name in ("__init__", "__new__"):
        result(flow, node, flow.get(callee, name), given)
    return {callee} | result(flow, node, flow.get(callee, "__call__"), given)


def _of_library(flow, node, name, given):
    """Return what a function of a library gives, as far as it is known here."""
    if name in SAME:
        return _same(flow, node, given)
    if name in CALLED_AT_ONCE:
        return result(flow, node, given.at(0), Given([], {}, set()))
    if name in MODULES:
        key = key_of(given.at(0) | given.named.get("name", set()))
        is_root = name == "__import__" and not given.at(3) and "fromlist" not in given.named
        return {OTHER} if key is ANY else {what_is(key.partition(".")[0] if is_root else key.replace(":", "."))}
    if name == "getattr":
        return _got(flow, given.at(1), given.at(0)) | given.at(2)
    if name == "setattr":
        for owner in given.at(0):
            flow.put(owner, key_of(given.at(1)), given.at(2))
    if name == "functools.partial":
        return {_partial(flow, node, given)}
    if name in GETTERS:
        flow.put(Held("getter", id(node)), ANY, given.all())
        return {Held("getter", id(node))}
    if name in ("globals", "locals", "vars"):
        return (
            {Members(one) if isinstance(one, str) else one for one in given.at(0)} if given.all() else {Members(CELL)}
        )
    return _of_functional(flow, node, name, given)


def _of_functional(flow, node, name, given):
    """Return what functions that call others, or take items out, give; of all else that it is not known."""
    items = Held("items", id(node))
    each = [flow.item(things, ANY) for things in given.placed]
    if name in ("next", "max", "min"):
        return set().union(*each) | (given.all() if name != "next" else set())
    if name == "map" and given.placed:
        flow.put(items, ANY, result(flow, node, given.placed[0], Given(each[1:], {}, set())))
        return {items}
    if name in ("enumerate", "zip"):
        pair = Held("pair", id(node))
        for place, things in enumerate(each):
            flow.put(pair, place + (name == "enumerate"), things)
        flow.put(items, ANY, {pair})
        return {items}
    if name == "functools.reduce" and given.placed:
        return result(flow, node, given.placed[0], Given([], {}, {OTHER}.union(*each)))
    return _unknown(flow, given)


def _same(flow, node, given):
    """Return what a function gives that hands on what it is given, perhaps in another container."""
    items = Held("items", id(node))
    for key, things in given.named.items():
        flow.put(items, key, things)
    return given.at(0) | ({items} if given.named else set())


def _partial(flow, node, given):
    """Return a partial call, which holds what it is given."""
    partial = Held("partial", id(node))
    flow.put(partial, CALLEE, given.at(0))
    for place in range(1, len(given.placed)):
        flow.put(partial, place - 1, given.at(place))
    return partial


def _got(flow, keys, owners):
    """Return what attributes or items of things may be."""
    key = key_of(keys)
    if key is ANY:
        return {OTHER} if keys else flow.unless_it_comes({OTHER})
    for name in str(key).split("."):
        owners = flow.attribute(owners, name)
    return owners


def _unknown(flow, given):
    """Return what an unknown function may give: what it is given, but for a library's functions, or anything."""
    for thing in given.all():
        if isinstance(thing, Held) and thing.kind == "function":
            flow.bind_parameters(thing, Given([], {}, {OTHER}))
    held = {thing for thing in given.all() if isinstance(thing, Held)} if flow.is_live else set()
    return {OTHER} | held | {thing for thing in given.all() if flow.is_holder(thing)}
