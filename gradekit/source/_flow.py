"""Where values go in a cell: through names, attributes, items, calls and returns, until nothing is new.

Nothing is run. Every expression gets the set of things that it may stand for. A set of the one name
``coursekit.softmax.softmax`` is certain; with OTHER in it, the value may be anything else too. Numbers and their like
are no things: they cannot be called, and nothing can be taken out of them.
"""

import ast
import builtins

from gradekit.source import _calls as calls
from gradekit.source._library import has, what_is
from gradekit.source._scopes import CALLED, LAST, Place, candidates, lay_out, of_globals
from gradekit.source._steps import STEPS
from gradekit.source._things import ANY, MOST, OTHER, WORK, Held, Members, Store

ROUNDS = 20  # until all is known: a longer chain of names is a trick
LONGEST = 200  # characters of a text that can be a name
GIVEN = {*dir(builtins), "__builtins__", "__loader__", "__spec__", "get_ipython"}  # what every notebook has
FUNCTION, CLASS, ITEMS = "function", "class", "items"


class Flow(Store):
    """The values of all expressions of a cell.

    Parameters
    ----------
    tree : ast.Module
        The cell.
    known : dict of str to str
        What the lesson's imports call things.
    forbidden : iterable of str
        Dotted names: what holds one of them is followed wherever it goes.
    asked : str
        The function that is called from outside, with what nobody knows.

    Attributes
    ----------
    layout : gradekit.source._scopes.Layout
        Its nodes and their places.
    is_settled : bool
        Whether all is known that can be.
    """

    def __init__(self, tree, known, forbidden=(), asked=""):
        super().__init__()
        self.layout, self.known, self.asked = lay_out(tree), known, asked
        self.values, self.reached, self.depth = {}, {}, 0
        self.forbidden = {*forbidden, *map(what_is, forbidden)}
        self.holders = {
            name.rsplit(".", parts)[0] for name in self.forbidden for parts in range(1, name.count(".") + 1)
        }
        self.by_id = {id(node): node for node in self.layout.nodes}
        self.steps = [(STEPS[type(node)], node) for node in self.layout.nodes if type(node) in STEPS]
        self.stars = self._stars()
        self.is_settled = self._settle()
        self._open_the_rest()
        self.is_settled = self._settle() and self.is_settled

    def of(self, node):
        """Return the things that an expression may stand for."""
        return self.values.get(id(node), frozenset())

    def is_holder(self, thing):
        """Say whether a thing is a module in which something forbidden is."""
        return (thing.module if isinstance(thing, Members) else thing) in self.holders

    def matters(self, thing):
        """Say whether a thing is forbidden, or holds what is."""
        return self.is_holder(thing) or thing in self.forbidden

    def named(self, name):
        """Return what a name of the cell itself may be, once all of it has run."""
        return self._standing_for(name, *candidates(name, Place(self.layout.module, LAST)), LAST)

    def bind_parameters(self, function, given):
        """Let a function's parameters be what it is given."""
        arguments = self.by_id[function.node].args
        placed = [*arguments.posonlyargs, *arguments.args]
        skipped = 1 if self.class_of(self.by_id[function.node]) else 0  # a method is given its object by Python
        for argument, things in zip(placed[skipped:], given.placed, strict=False):
            self.keep(argument, things)
        for argument in [*placed[skipped:], *arguments.kwonlyargs]:
            self.keep(argument, given.named.get(argument.arg, set()) | given.more)
        for i, things in enumerate(given.placed[len(placed) - skipped :] if arguments.vararg else []):
            self.put(Held(ITEMS, id(arguments.vararg)), i, things)
        for name, things in given.named.items() if arguments.kwarg else ():
            self.put(Held(ITEMS, id(arguments.kwarg)), name, things)

    def _settle(self):
        """Go through all nodes until nothing is new; say whether it came to that."""
        for _ in range(ROUNDS):
            self.is_new = False
            for step, node in self.steps:
                if self.asked_for > WORK:
                    return False
                things = step(self, node)
                if things is not None and (things := self._few(things)) != self.values.get(id(node)):
                    self.values[id(node)], self.is_new = things, True
            if not self.is_new:
                return True
        return False

    def _open_the_rest(self):
        """Let be anything what a parameter gets that has no default and that no call in the cell fills."""
        self.is_open = True
        for node in self.layout.nodes:
            if isinstance(node, CALLED):
                is_asked = getattr(node, "name", "") == self.asked and not getattr(node, "decorator_list", ())
                for argument in _required(node.args):
                    if is_asked or not self.get(self._slot(argument), ANY):
                        self.keep(argument, {OTHER})

    def _few(self, things):
        """Return a set that is not too large to be followed: of more, what matters, and OTHER."""
        if len(things) > MOST:
            things = {OTHER, *filter(self.matters, things)}
        return frozenset(things)

    def _slot(self, node):
        """Return the slot of what binds a name."""
        return self.layout.merged.get(id(node), id(node))

    def keep(self, node, things):
        """Let what a node binds be things; in a class, its attribute too."""
        self.put(self._slot(node), ANY, things)
        place = self.layout.places.get(id(node))
        if place and isinstance(place.scope.node, ast.ClassDef):
            name = next(filter(None, (getattr(node, one, None) for one in ("id", "asname", "name"))), None)
            self.put(Held(CLASS, id(place.scope.node)), name, things)

    def class_of(self, node):
        """Return the class that a function is a method of, or None."""
        place = self.layout.places[id(node)]
        is_static = any("staticmethod" in self.of(one) for one in getattr(node, "decorator_list", ()))
        return place.scope.node if isinstance(place.scope.node, ast.ClassDef) and not is_static else None

    def bind(self, target, things):
        """Let a target of an assignment be things."""
        if isinstance(target, ast.Name) or of_globals(target):
            self.keep(target, things)
        elif isinstance(target, ast.Starred):
            self.put(Held(ITEMS, id(target)), ANY, self.item(things, ANY))
            self.bind(target.value, {Held(ITEMS, id(target))})
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, things)
        elif isinstance(target, ast.Attribute | ast.Subscript):
            key = target.attr if isinstance(target, ast.Attribute) else self.key(target.slice)
            for owner in self.of(target.value):
                self.put(owner, key, things)

    def _unpack(self, targets, things):
        """Let each of several targets be an item of things; behind a starred one nobody knows which."""
        key = 0
        for place, target in enumerate(targets):
            is_star = isinstance(target, ast.Starred)
            key = ANY if is_star or key is ANY else place
            self.bind(target, things if is_star else self.item(things, key))

    def key(self, node):
        """Return the key that a piece of syntax stands for, or ANY."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int):
            return node.value
        return calls.key_of(self.of(node))

    def standing_for(self, node):
        """Return what a name that is read may stand for."""
        place = self.layout.places[id(node)]
        if id(node) not in self.reached:
            self.reached[id(node)] = candidates(node.id, place)
        order = place.order if place.scope is self.layout.module else LAST
        return self._standing_for(node.id, *self.reached[id(node)], order)

    def _standing_for(self, name, slots, is_outside, order):
        """Return what a name may stand for that is bound in some slots, or perhaps outside."""
        last = max((self.layout.places[slot].order for slot in slots if slot in self.layout.places), default=-1)
        for star, module in self.stars:
            if last < star < order and (has(module, name) or f"{module}.{name}" in self.forbidden):
                return {what_is(f"{module}.{name}")}
        found = set().union(*(self.held.get((self.layout.merged.get(slot, slot), ANY), ()) for slot in slots))
        if is_outside and name in self.known:
            return found | {what_is(self.known[name])}
        return found | (set() if slots else {name} if name in GIVEN else {OTHER})

    def _stars(self):
        """Return (order, module) of the modules that the cell takes all names from, the last ones first."""
        stars = [node for node in self.layout.nodes if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
        modules = {node.module: self.layout.places[id(node)].order for node in stars if not node.level}
        return [(order, module) for module, order in reversed(modules.items())][:MOST]

    def package(self):
        """Return the package that the cell says it is in, for relative imports."""
        slots, _ = candidates("__package__", Place(self.layout.module, LAST))
        return str(calls.key_of(set().union(*(self.held.get((slot, ANY), ()) for slot in slots))))

    def around(self, node, kinds):
        """Return the innermost scope of some kinds around a node."""
        return next(
            (one.node for one in self.layout.places[id(node)].scope.around() if isinstance(one.node, kinds)), None
        )


def _required(arguments):
    """Return the parameters without a default."""
    placed = [*arguments.posonlyargs, *arguments.args]
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return placed[: len(placed) - len(arguments.defaults)] + [one for one, default in named if default is None]
