"""What a value may be: names of libraries, and what a cell makes to hold things and hand them on."""

from collections import defaultdict
from typing import NamedTuple

from gradekit.source.library import has, what_is

MOST = 100  # things that one value may be
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
    """

    def __init__(self):
        self.held, self.keys, self.is_new = defaultdict(set), defaultdict(set), False

    def put(self, owner, key, things):
        """Let an owner hold things under a key.

        Parameters
        ----------
        owner : str, Held, Members or int
            Whose; what holds nothing is passed over.
        key : object
            An attribute's or an item's, or ANY.
        things : set
            Which.
        """
        owner = owner.module if isinstance(owner, Members) else owner
        held = self.held[owner, key]
        if owner is not OTHER and not isinstance(owner, Text) and not held.issuperset(things) and len(held) <= MOST:
            held |= things if len(held) < MOST else {OTHER}
            self.keys[owner].add(key)
            self.is_new = True

    def get(self, owner, key):
        """Return what an owner holds under a key, or may hold there.

        Parameters
        ----------
        owner : Held, str or int
            Whose.
        key : object
            One key, or ANY for all of them.

        Returns
        -------
        set
            Empty if nothing is known of it.
        """
        met, waiting = set(), [owner]
        found = set()
        while waiting:
            owner = waiting.pop()
            met.add(owner)
            for one in self.keys.get(owner, ()) if key is ANY else (key, ANY):
                found |= self.held.get((owner, one), set()) if key is not ANY or one not in (RETURN, BASES) else set()
            waiting += [
                base for base in self.held.get((owner, BASES), ()) if isinstance(base, Held) and base not in met
            ]
        return found

    def attribute(self, things, name):
        """Return what ``thing.name`` may be.

        Parameters
        ----------
        things : set
            What it may belong to.
        name : str
            The attribute.

        Returns
        -------
        set of things
            With OTHER where that is not known.
        """
        return set().union(*(self._attribute(thing, name) for thing in things))

    def item(self, things, key):
        """Return what ``thing[key]`` may be.

        Parameters
        ----------
        things : set
            What it may belong to.
        key : object
            The key, or ANY.

        Returns
        -------
        set of things
            With OTHER where that is not known.
        """
        return set().union(*(self._item(thing, key) for thing in things))

    def _attribute(self, thing, name):
        """Return what an attribute of one thing may be."""
        if isinstance(thing, str):
            if name == "__dict__":
                return {Members(thing)}
            stored = self.get(thing, name) if (thing, name) in self.held else set()
            return stored if stored and not has(thing, name) else stored | {inside(thing, name)}
        if isinstance(thing, Held):
            return self.get(thing, name) or {thing, OTHER}
        return {thing} if isinstance(thing, Members) else {OTHER}

    def _item(self, thing, key):
        """Return what an item of one thing may be."""
        if isinstance(thing, Held):
            return self.get(thing, key) or self.get(thing, ANY) | {OTHER}
        if thing == "sys.modules":
            thing = Members(ALL)
        if not isinstance(thing, Members) or key is ANY or not isinstance(key, str):
            return {OTHER} | (self.get(thing, key) if isinstance(thing, str) else set())
        if thing.module == ALL:
            return {what_is(key)}
        return self.attribute({thing.module}, key) if thing.module != CELL else self.named(key)

    def named(self, name):
        """Return what a name of the cell itself may be.

        Parameters
        ----------
        name : str
            A global name.

        Returns
        -------
        set of things
            With OTHER where that is not known.
        """
        raise NotImplementedError(name)


def inside(owner, name):
    """Return what a library's name inside another one stands for.

    Parameters
    ----------
    owner, name : str
        As ``coursekit.lab`` and ``metrics``.

    Returns
    -------
    str
        As ``coursekit.metrics``.
    """
    return what_is(f"{owner}.{name}") if owner.count(".") < DEEPEST else owner
