"""What a value may be: names of libraries, and what a cell makes to hold things and hand them on."""

from collections import defaultdict
from typing import NamedTuple

from gradekit.source._library import has, what_is

MOST = 40  # things that one value may be
WORK = 200_000  # times that something held or called is asked for: a second or two
DEEPEST = 12  # parts of a dotted name
ANY, RETURN, BASES, CALLEE = ("*",), ("return",), ("bases",), ("callee",)  # keys: of any item, and of what has none
OTHER = None  # any other value
ALL, CELL = "", "__main__"  # modules whose members are all modules, and the cell's own names


class Text(NamedTuple):
    """A string that stands in the cell."""

    value: str


class Held(NamedTuple):
    """Something that the cell makes at a node and that holds things by key: items, a function, a class, a partial."""

    kind: str
    node: int


class Members(NamedTuple):
    """What a module has, as a dictionary."""

    module: str


class Store:
    """What is held where: a set of things by (owner, key). The sets only grow.

    Attributes
    ----------
    is_new : bool
        Whether one has grown since this was set to False.
    is_live : bool
        Whether something that matters is held by more than a name, so that all that holds must be followed.
    asked_for : int
        How many times something held was asked for.
    is_open : bool
        Whether all that could come to be held has come, so that what is not there can be anything.
    """

    def __init__(self):
        self.held, self.keys, self.is_new, self.is_live = defaultdict(set), defaultdict(set), False, False
        self.asked_for, self.is_open = 0, False

    def put(self, owner, key, things):
        """Let an owner hold things under a key."""
        owner = owner.module if isinstance(owner, Members) else owner
        held = self.held[owner, key]
        if owner is not OTHER and not isinstance(owner, Text) and not held.issuperset(things) and len(held) <= MOST:
            held |= things if len(held) < MOST else {OTHER}
            self.keys[owner].add(key)
            self.is_new = True
            self.is_live = self.is_live or (not isinstance(owner, int) and any(map(self.matters, things)))

    def get(self, owner, key, *, exactly=False):
        """Return what an owner holds under a key, or may hold there."""
        found, met, waiting = set(), set(), [owner]
        self.asked_for += 1
        while waiting:
            owner = waiting.pop()
            met.add(owner)
            all_keys = self.keys.get(owner, set()) - {RETURN, BASES}
            for one in all_keys if key is ANY else (key,) if exactly else (key, ANY):
                found |= self.held.get((owner, one), set())
            waiting += [
                base for base in self.held.get((owner, BASES), ()) if isinstance(base, Held) and base not in met
            ]
        return found

    def attribute(self, things, name):
        """Return what ``thing.name`` may be."""
        return set().union(*(self._attribute(thing, name) for thing in things))

    def item(self, things, key):
        """Return what ``thing[key]`` may be."""
        return set().union(*(self._item(thing, key) for thing in things))

    def unless_it_comes(self, things):
        """Return what stands for something that is not there: nothing as long as it may still come."""
        return things if self.is_open else set()

    def _attribute(self, thing, name):
        """Return what an attribute of one thing may be."""
        if isinstance(thing, str):
            if name == "__dict__":
                return {Members(thing)}
            stored = self.get(thing, name) if (thing, name) in self.held else set()
            return stored if stored and not has(thing, name) else stored | {inside(thing, name)}
        if isinstance(thing, Held):
            return self.get(thing, name) or self.unless_it_comes({thing, OTHER})
        return {thing} if isinstance(thing, Members) else {OTHER}

    def _item(self, thing, key):
        """Return what an item of one thing may be."""
        if isinstance(thing, Held):
            found = self.get(thing, key)
            return found or self.unless_it_comes(self.get(thing, ANY) | {OTHER} if self.keys.get(thing) else set())
        if thing == "sys.modules":
            thing = Members(ALL)
        if not isinstance(thing, Members) or key is ANY or not isinstance(key, str):
            return {OTHER} | (self.get(thing, key) if isinstance(thing, str) else set())
        if thing.module == ALL:
            return {what_is(key)}
        return self.attribute({thing.module}, key) if thing.module != CELL else self.named(key)

    def matters(self, thing):
        """Say whether a thing is forbidden, or holds what is."""
        raise NotImplementedError(thing)

    def named(self, name):
        """Return what a name of the cell itself may be."""
        raise NotImplementedError(name)


def inside(owner, name):
    """Return what a library's name inside another one stands for."""
    return what_is(f"{owner}.{name}") if owner.count(".") < DEEPEST else owner
