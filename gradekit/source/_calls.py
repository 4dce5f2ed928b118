"""What a call gives: of a function of the cell what it returns, of a library's what is known of it here."""

from typing import NamedTuple

from gradekit.source._library import what_is
from gradekit.source._things import ANY, CALLEE, CELL, OTHER, RETURN, WORK, Held, Members, Text

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
        return LIBRARY[callee](flow, node, given) if callee in LIBRARY else _unknown(flow, given)
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


def _same(flow, node, given):
    """Return what a function gives that hands on what it is given, perhaps in another container."""
    items = Held("items", id(node))
    for key, things in given.named.items():
        flow.put(items, key, things)
    return given.at(0) | ({items} if given.named else set())


def _called_at_once(flow, node, given):
    """Return what a property gives: what its function does."""
    return result(flow, node, given.at(0), Given([], {}, set()))


def _module(flow, node, given):
    """Return the module, or what is in it, that a text names."""
    key = key_of(given.at(0) | given.named.get("name", set()))
    return {OTHER} if key is ANY else {what_is(key.replace(":", "."))}


def _root_module(flow, node, given):
    """Return the module that __import__ gives: the first of a dotted name, unless it is told what to take."""
    key = key_of(given.at(0) | given.named.get("name", set()))
    is_leaf = key is ANY or given.at(3) or "fromlist" in given.named
    return _module(flow, node, given) if is_leaf else {what_is(key.partition(".")[0])}


def _getattr(flow, node, given):
    """Return an attribute, or what is given in its place."""
    return _got(flow, given.at(1), given.at(0)) | given.at(2)


def _setattr(flow, node, given):
    """Put an attribute where it is to be."""
    for owner in given.at(0):
        flow.put(owner, key_of(given.at(1)), given.at(2))
    return set()


def _partial(flow, node, given):
    """Return a partial call, which holds what it is given."""
    partial = Held("partial", id(node))
    flow.put(partial, CALLEE, given.at(0))
    for place in range(1, len(given.placed)):
        flow.put(partial, place - 1, given.at(place))
    return {partial}


def _getter(flow, node, given):
    """Return a function that gets attributes or items of what it is given."""
    getter = Held("getter", id(node))
    flow.put(getter, ANY, given.all())
    return {getter}


def _members(flow, node, given):
    """Return the dictionary of a module or an object, or of the cell itself."""
    owners = {Members(one) if isinstance(one, str) else one for one in given.at(0)}
    return owners if given.all() else {Members(CELL)}


def _some_item(flow, node, given):
    """Return any item of what is given, or of several things one of them."""
    return set().union(*_each(flow, given), *(given.placed if len(given.placed) > 1 else ()))


def _map(flow, node, given):
    """Return what holds what a function makes of items."""
    items = Held("items", id(node))
    flow.put(items, ANY, result(flow, node, given.at(0), Given(_each(flow, given)[1:], {}, set())))
    return {items}


def _zip(flow, node, given, first=0):
    """Return what holds pairs of items, or longer rows of them."""
    pair, items = Held("pair", id(node)), Held("items", id(node))
    for place, things in enumerate(_each(flow, given), first):
        flow.put(pair, place, things)
    flow.put(items, ANY, {pair})
    return {items}


def _enumerate(flow, node, given):
    """Return what holds items with their numbers."""
    return _zip(flow, node, given, first=1)


def _reduce(flow, node, given):
    """Return what a function makes of items and of what it made before."""
    return result(flow, node, given.at(0), Given([], {}, {OTHER}.union(*_each(flow, given))))


def _each(flow, given):
    """Return the items of each thing that is given by place."""
    return [flow.item(things, ANY) for things in given.placed]


LIBRARY = {
    "__import__": _root_module, "enumerate": _enumerate, "functools.cached_property": _called_at_once,
    "functools.partial": _partial, "functools.reduce": _reduce, "getattr": _getattr, "globals": _members,
    "importlib.import_module": _module, "locals": _members, "map": _map, "max": _some_item, "min": _some_item,
    "next": _some_item, "operator.attrgetter": _getter, "operator.itemgetter": _getter,
    "pkgutil.resolve_name": _module, "property": _called_at_once, "setattr": _setattr, "vars": _members, "zip": _zip,
} | dict.fromkeys([
    "classmethod", "contextlib.contextmanager", "contextlib.nullcontext", "copy.copy", "copy.deepcopy", "dict",
    "frozenset", "functools.cache", "functools.lru_cache", "iter", "list", "reversed", "set", "sorted", "staticmethod",
    "tuple", "types.MappingProxyType", "types.SimpleNamespace",
], _same)  # fmt: skip


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
