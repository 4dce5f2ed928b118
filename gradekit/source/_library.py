"""What a dotted name of an installed library is: ``coursekit.lab.metrics`` is the module ``coursekit.metrics``.

Found in the libraries' own source, which is read and never imported: from the folders of Python, of what is installed
and of coursekit, never from the current one, where a student's file may have the name of a library.
"""

import ast
import sysconfig
from functools import lru_cache
from pathlib import Path

from coursekit import agreements
from gradekit.source.reader import UNREADABLE, parse

LARGEST = 1_000_000  # bytes of a module that is read
HOPS = 12  # names that may lead to one another
DEFINED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
HOME = Path(agreements.__file__).parent


@lru_cache(maxsize=8192)
def what_is(name):
    """Return the name under which a library defines what a dotted name stands for.

    Parameters
    ----------
    name : str
        As ``coursekit.check.lesson_02.softmax``.

    Returns
    -------
    str
        As ``coursekit.softmax``; the name itself where the source does not tell.

    Examples
    --------
    >>> what_is("coursekit.lab.metrics.accuracy"), what_is("os.sys.modules"), what_is("numpy.no_such_thing")
    ('coursekit.metrics.accuracy', 'sys.modules', 'numpy.no_such_thing')
    """
    met = [name]
    while (step := _step(met[-1])) and step not in met and len(met) < HOPS:
        met.append(step)
    return met[-1]


@lru_cache(maxsize=1024)
def has(module, name):
    """Say whether a module's source gives a name, by itself or from others."""
    path = _file(what_is(module))
    return path is not None and _bound(what_is(module), path, name) is not None


def _step(name):
    """Return the next name on the way to what a name stands for; None where this is the last one."""
    parts = name.split(".")
    for i in range(1, len(parts)):
        module = ".".join(parts[:i])
        path = _file(module)
        if path is None:
            return None
        target = _bound(module, path, parts[i])
        if target and target != f"{module}.{parts[i]}":
            return ".".join([target, *parts[i + 1 :]])
    return None


def _bound(module, path, name, hops=HOPS):
    """Return what a module binds a name to: its own dotted name where it is defined there, None where it is not."""
    bindings, stars = _bindings(module, path)
    if name in bindings or not hops:
        return bindings.get(name)
    for star in stars:
        place = _file(star)
        if place and not name.startswith("_") and (found := _bound(star, place, name, hops - 1)):
            return found
    return None


@lru_cache(maxsize=1024)
def _bindings(module, path):
    """Return what a module binds at its top, by name, and the modules that it imports all names from."""
    found, stars = {}, []
    for node in _top(path):
        if isinstance(node, ast.ImportFrom):
            source = absolute(node, module if path.stem == "__init__" else module.rpartition(".")[0])
            stars += [source for alias in node.names if alias.name == "*"]
            pairs = [(alias.asname or alias.name, f"{source}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Import):
            pairs = [
                (a.asname or a.name.split(".")[0], a.name if a.asname else a.name.split(".")[0]) for a in node.names
            ]
        else:
            pairs = _own(node, module, found)
        for name, target in pairs:  # two that differ: which it is depends on the machine
            found[name] = target if found.get(name, target) == target else f"{module}.{name}"
    return found, stars


def absolute(node, package):
    """Return the module that an import takes names from, written in full.

    Parameters
    ----------
    node : ast.ImportFrom
        The import.
    package : str
        What it is relative to, if it is.

    Returns
    -------
    str
        The dotted name.

    Examples
    --------
    >>> absolute(ast.parse("from ..core import probe").body[0], "coursekit.check")
    'coursekit.core'
    """
    parts = package.split(".")
    base = parts[: len(parts) + 1 - node.level] if node.level else []
    return ".".join([*base, *([node.module] if node.module else [])])


def _own(node, module, found):
    """Return (name, what it is) of what a definition or an assignment binds."""
    if isinstance(node, DEFINED):
        return [(node.name, f"{module}.{node.name}")]
    if not isinstance(node, ast.Assign):
        return []
    targets = [target.id for target in node.targets if isinstance(target, ast.Name)]
    value = ast.unparse(node.value) if isinstance(node.value, ast.Name | ast.Attribute) else ""
    root, _, rest = value.partition(".")
    alias = ".".join(filter(None, [found[root], rest])) if root in found else ""
    return [(name, alias or f"{module}.{name}") for name in targets]


def _top(path):
    """Yield the statements of a module, in blocks too, but of no function or class."""
    try:
        waiting = parse(path.read_text(encoding="utf-8")).body[::-1] if path.stat().st_size <= LARGEST else []
    except (OSError, *UNREADABLE):
        return
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, DEFINED):
            waiting += [
                child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.ExceptHandler)
            ][::-1]


@lru_cache(maxsize=8192)
def _file(module):
    """Return the file of a module's source; None where it has none, or is none."""
    root, _, rest = module.partition(".")
    if not all(part.isidentifier() for part in module.split(".")):
        return None
    for folder in [HOME.parent] if root == HOME.name else _folders():
        place = folder.joinpath(root, *rest.split(".")) if rest else folder / root
        for path in (place / "__init__.pyi", place / "__init__.py", place.with_suffix(".py")):
            if path.is_file() and (path.suffix == ".py" or _is_lazy(path)):
                return path
    return None


def _is_lazy(stub):
    """Say whether a package loads what its stub names when it is asked for: then the stub is its source."""
    module = stub.with_suffix(".py")  # not there if it is written in C
    return module.is_file() and "attach_stub" in module.read_text(encoding="utf-8", errors="replace")


@lru_cache(maxsize=1)
def _folders():
    """Return the folders of Python's own modules and of what is installed."""
    return [Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")]
