"""What is to be said of an answer under its rules: each fault with its line, and whether that is certain."""

import ast
import types
from collections import Counter
from typing import NamedTuple

from gradekit.source._flow import Flow
from gradekit.source._library import absolute, has, what_is
from gradekit.source._needs import needed
from gradekit.source._scopes import CALLED, COMPREHENSIONS, LOOPS
from gradekit.source._things import OTHER, Held
from gradekit.source._ways import EVASIVE, INNER, is_plain
from gradekit.source.reader import read

READ = ast.Name | ast.Attribute | ast.Subscript | ast.Call
LOOP, MAY_LOOP = "holds a loop", "may hold a loop"
LOOPING = {
    "filter", "functools.reduce", "itertools.accumulate", "itertools.filterfalse", "itertools.groupby",
    "itertools.starmap", "itertools.takewhile", "itertools.dropwhile", "map", "numpy.apply_along_axis",
    "numpy.apply_over_axes", "numpy.fromiter", "numpy.frompyfunc", "numpy.nditer", "numpy.vectorize",
}  # fmt: skip
ITSELF = "Take it out, and write that step yourself."
DIRECT = "If you can, do without it, and write the name of what you use."
KNOWN = "If you can, do without it, or write that step with numpy or the Python of this lesson."
OWN_NAME = "If it is your own, give it a name that nothing else has."


class Fault(NamedTuple):
    """Something to be said of a line: what, what to do about it, and whether it is certain and counts."""

    line: int
    why: str
    edit: str
    counts: bool


def faults(source, rules, names, asked):
    """Return all that is to be said of an answer."""
    found = read(source)
    if found.tree is None:
        edit = "Run the cell: Python says which line it does not understand."
        return {Fault(1, "cannot be read as Python, so no rule was looked at", edit, False)}
    flow = Flow(found.tree, names, rules.get("calls", ()), asked)
    said = set(_of_ipython(found))
    if not flow.is_settled:
        said.add(Fault(1, "is too entangled to be followed to its end", "Write it more simply.", False))
    look, wanted = _Look(flow, rules, {line for line, _ in found.commands}), needed(flow, found.tree.body, asked)
    for statement in found.tree.body:
        theirs = {fault for node in ast.walk(statement) for fault in look.at(node)}
        said |= theirs if id(statement) in wanted else _beside(theirs, asked)
    said = {_if_run(fault, found) for fault in said} if found.guessed else said
    certain = {(fault.line, fault.why) for fault in said}
    return {one for one in said if not one.why.startswith("may ") or (one.line, _surely(one.why)) not in certain}


def _surely(why):
    """Return what is said where it is certain that something is used, or that there is a loop."""
    return LOOP if why == MAY_LOOP else why.replace("may use", "uses", 1)


def _of_ipython(found):
    """Yield the faults that are IPython's lines."""
    for line, _ in found.commands:
        why = "is read by IPython only, so no rule was looked at there"
        yield Fault(line, why, "An answer needs Python alone: move this line to a cell of its own.", False)


def _if_run(fault, found):
    """Return a fault of which it is not known whether the cell's magic runs it."""
    magic = found.commands[0][1].split()[0]
    return fault._replace(why=f"{fault.why}, if {magic} runs it", counts=False) if fault.counts else fault


def _beside(theirs, asked):
    """Return the faults of a statement that the asked function does not seem to need: it may loop, and none counts."""
    return {
        fault._replace(why=f"{fault.why}, which {asked} does not seem to need", edit="", counts=False)
        if fault.counts
        else fault
        for fault in theirs
        if fault.why not in (LOOP, MAY_LOOP)
    }


class _Look:
    """What is looked for in every piece of an answer, and where values go in it."""

    def __init__(self, flow, rules, commands):
        self.flow, self.commands = flow, commands
        self.calls = {what_is(call): call for call in rules.get("calls", ())} | {c: c for c in rules.get("calls", ())}
        self.ways = {what_is(way): way for way in EVASIVE} | {way: way for way in EVASIVE}
        self.loops = {what_is(name) for name in LOOPING} if rules.get("loops") is False else set()
        self.is_looping = rules.get("loops") is False
        self.calling = _in_circles(flow) if self.is_looping else set()
        nodes = flow.layout.nodes
        owners = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
        copied = (node for node in nodes if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name))
        self.followed = owners | {id(node.value) for node in copied}

    def at(self, node):
        """Yield the faults of one piece of syntax, its parts aside."""
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from self._imported(node)
        elif isinstance(node, READ):
            yield from self._read(node)
        if isinstance(node, ast.Attribute) and node.attr in INNER:
            yield Fault(node.lineno, f"{node.attr} can hide what is used", DIRECT, False)
        if self.is_looping and (isinstance(node, LOOPS | COMPREHENSIONS) or id(node) in self.calling):
            yield Fault(node.lineno, LOOP, "Let one product, or one sum over an axis, do all rows at once.", True)

    def _imported(self, node):
        """Yield the faults of an import."""
        package = self.flow.package() if isinstance(node, ast.ImportFrom) and node.level else ""
        module = f"{absolute(node, package)}." if isinstance(node, ast.ImportFrom) else ""
        if module and node.names[0].name == "*":
            why = f"imports all of {module[:-1]}, whose names can hide what is used"
            yield Fault(node.lineno, why, "Import the names that you use.", False)
        if module and node.level:
            why = "imports from a package that is not told, which can hide what is used"
            yield Fault(node.lineno, why, "Write the package's whole name.", False)
        for alias in node.names:
            full = f"{module}{alias.name}"
            yield from self._used(alias, {full}) or self._used(alias, {what_is(full)})
            ways = [*self._ways(alias, {full, what_is(full)})]
            yield from ways
            if not ways and not is_plain(full) and not _place(full, self.calls):
                yield Fault(node.lineno, f"imports {full}, which can hide what is used", KNOWN, False)

    def _read(self, node):
        """Yield the faults of an expression that reads something."""
        things = self.flow.of(node)
        yield from self._used(node, things)
        yield from self._ways(node, things)
        if self.loops.intersection(things):
            is_certain = self.loops.issuperset(things)
            yield Fault(node.lineno, LOOP if is_certain else MAY_LOOP, "Let NumPy do all items at once.", is_certain)
        held = sorted(getattr(one, "module", one) for one in things if self.flow.is_holder(one))
        lost = sorted(filter(None, map(self._without, things)))  # such as the value of an enum's member
        if lost or (held and id(node) not in self.followed and isinstance(node, ast.Name | ast.Attribute)):
            name = (lost or held)[0]
            call = min(call for full, call in self.calls.items() if full.startswith(f"{name}."))
            yield Fault(node.lineno, f"hands on {name}, which holds {call}", DIRECT, False)

    def _without(self, thing):
        """Return the holder of which a thing is more than a part, if that holder has no such part."""
        owner, name, _ = thing.rsplit(".", 2) if isinstance(thing, str) and thing.count(".") > 2 else ("", "", "")
        is_lost = owner and self.flow.is_holder(owner) and name not in dir(types.ModuleType) and not has(owner, name)
        return owner if is_lost and not _place(thing, self.calls) else ""

    def _used(self, node, things):
        """Return the faults of what may be forbidden: certain if nothing else can stand there."""
        places = [_place(thing, self.calls) for thing in things]
        if not any(places):
            return []
        names = " or ".join(sorted({call for call in places if call}))
        if all(places):
            return [Fault(node.lineno, f"uses {names}", ITSELF, True)]
        return [Fault(node.lineno, f"may use {names}", OWN_NAME, False)]

    def _ways(self, node, things):
        """Yield the faults of what can hide a use."""
        if node.lineno not in self.commands:
            for way in sorted({way for thing in things if (way := _place(thing, self.ways))}):
                yield Fault(node.lineno, f"{way} can hide what is used", DIRECT, False)


def _place(thing, places):
    """Return which of some places, by dotted name, a thing is, or is inside of; empty if none."""
    while isinstance(thing, str) and thing:
        if thing in places:
            return places[thing]
        thing = thing.rpartition(".")[0]
    return ""


def _in_circles(flow):
    """Return the ids of the functions that come back to themselves, over others or not."""
    calls = {id(node): set() for node in flow.layout.nodes if isinstance(node, CALLED)}
    owners = {id(node.value) for node in flow.layout.nodes if isinstance(node, ast.Attribute)}
    for node in flow.layout.nodes:
        called = _function(flow, node) if id(node) not in owners else None
        for scope in flow.layout.places[id(node)].scope.around() if called in calls else ():
            calls.get(id(scope.node), set()).add(called)
    return _circles(calls)


def _function(flow, node):
    """Return the id of the function of the cell that a name or an attribute stands for, whatever decorates it."""
    things = flow.of(node) - {OTHER} if isinstance(node, ast.Name | ast.Attribute) else ()
    thing = next(iter(things), None)
    if len(things) != 1 or not isinstance(thing, Held):
        return None
    is_sure = OTHER not in flow.of(node) or getattr(flow.by_id[thing.node], "name", "") == getattr(node, "id", None)
    return thing.node if is_sure else None


def _circles(calls):
    """Return the keys of a graph that stand in a circle."""
    if not any(calls.values()):
        return set()
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    places = {one: place for place, one in enumerate(calls)}
    rows, columns = zip(
        *((places[one], places[other]) for one, others in calls.items() for other in others), strict=True
    )
    graph = coo_array(([1] * len(rows), (rows, columns)), shape=(len(calls), len(calls)))
    _, groups = connected_components(graph, connection="strong")
    sizes = Counter(groups.tolist())
    return {one for one, others in calls.items() if one in others or sizes[groups[places[one]]] > 1}
