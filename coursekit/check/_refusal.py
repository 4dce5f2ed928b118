"""What an answer may not call is refused while it runs, under whatever name the answer has it.

A Python function gets the code of one that raises, and its own back afterwards; what is written in C has no such code,
so there every module's name for it is replaced. A package that is not loaded is not loaded for this: if the answer
loads it, :meth:`Refusal.late` refuses it too, and the answer runs again.
"""

import contextlib
import functools
import inspect
import sys
import threading
import types
import warnings

_LOCK = threading.RLock()  # what is refused is refused in the whole process, so one check at a time
_ACTIVE = []  # the refusals that hold now, the innermost last


@contextlib.contextmanager
def turn():
    """Wait until no other check runs, and hold the others up."""
    with _LOCK:
        if _ACTIVE:
            raise RuntimeError("a check cannot run inside an answer. Call it below, in a cell of its own.")
        yield


class MayNotCall(RuntimeError):
    """An answer called what it is asked to write."""


class Refusal:
    """A context in which some functions raise :class:`MayNotCall` and note that they were called."""

    def __init__(self, exercise, names, functions=None, spaces=()):
        self.exercise, self.pending, self.functions = exercise, dict.fromkeys(names), dict(functions or {})
        self.spaces, self.called, self.undo = list(spaces), [], []

    def __enter__(self):
        """Refuse what is loaded."""
        _LOCK.acquire()
        _ACTIVE.append(self)
        try:
            for name, function in self.functions.items():
                self._refuse(function, name)
            self.late()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        """Put everything back, in the other order."""
        try:
            while self.undo:
                self.undo.pop()()
        finally:
            _ACTIVE.remove(self)
            _LOCK.release()

    def late(self):
        """Refuse what has been loaded since, and say whether there was any."""
        found = {name: thing for name in self.pending if (thing := loaded(name)) is not None}
        for name, thing in found.items():
            del self.pending[name]
            self._refuse(thing, name)
        return bool(found)

    def _refuse(self, thing, name):
        """Refuse a function, all functions of a class, or all that a module defines."""
        if isinstance(thing, types.ModuleType):
            for key, member in list(vars(thing).items()):
                own = str(getattr(member, "__module__", "")).startswith(thing.__name__)
                if own and (inspect.isroutine(member) or inspect.isclass(member)):
                    self._refuse(member, f"{name}.{key}")
        elif inspect.isclass(thing) and (methods := [f for f in vars(thing).values() if inspect.isfunction(f)]):
            for method in methods:
                self._swap(method, name)
        elif inspect.isfunction(thing):
            while thing is not None:  # what a decorator wraps can be called as well
                self._swap(thing, name)
                thing = getattr(thing, "__wrapped__", None)
        else:
            self._rename(thing, name)

    def _swap(self, function, name):
        """Give a Python function the code of one that raises."""
        if not isinstance(function, types.FunctionType):
            return
        own, generator = function.__code__, inspect.isgeneratorfunction(function)
        _set_code(function, _raising(name, len(own.co_freevars), generator))
        self.undo.append(functools.partial(_set_code, function, own))

    def _rename(self, thing, name):
        """Let every name of a thing written in C stand for a function that raises."""
        raising = types.FunctionType(_raising(name, 0, False), {"__builtins__": __builtins__}, name.rpartition(".")[2])
        modules = (getattr(module, "__dict__", None) for module in list(sys.modules.values()))
        for space in [*filter(None, modules), *self.spaces]:
            for key in [key for key, value in list(space.items()) if value is thing]:
                space[key] = raising
                self.undo.append(functools.partial(space.__setitem__, key, thing))


def loaded(name):
    """Return what a dotted name stands for, if the modules in it are loaded already."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        thing = sys.modules.get(".".join(parts[:length]))
        if thing is not None:
            for part in parts[length:]:
                thing = vars(thing).get(part) if hasattr(thing, "__dict__") else None
            return thing
    return None


def refused(name):
    """Note that a refused function was called, and raise."""
    for refusal in _ACTIVE:
        refusal.called.append(name)
    who = _ACTIVE[-1].exercise if _ACTIVE else "an answer"
    raise MayNotCall(f"{who} may not call {name}: that is what you are asked to write.")


@functools.cache
def _raising(name, free, generator):
    """Return the code of a function that raises; it must have as many free variables as the one it stands in for."""
    cells = [f"cell{i}" for i in range(free)]
    lines = [
        f"def outer({', '.join(cells)}):",
        "    def refusing(*args, **kwargs):",
        "        from coursekit.check._refusal import refused",
        f"        refused({name!r})",
        *(f"        {cell}" for cell in cells),
        *(["        yield"] if generator else []),
        "    return refusing",
    ]
    space = {}
    exec("\n".join(lines), space)
    return space["outer"](*cells).__code__


def _set_code(function, code):
    """Set a function's code; Python warns where one is a coroutine and the other is not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        function.__code__ = code
