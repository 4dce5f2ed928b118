"""Files that hide a module: a notebook beside ``random.py`` imports that, and numpy with it."""

import importlib.machinery
import sys
from pathlib import Path

from coursekit.findings import Finding

UNUSED = {"test", "this", "antigravity", "turtledemo", "idlelib"}  # modules of Python's that nothing imports
COMPILED = (".py", ".pyc", ".so", ".pyd")


def hidden_modules(folder):
    """Return what in a folder has the name of a module of Python's, or of an installed package.

    Parameters
    ----------
    folder : path-like
        Any folder; one that is not there hides nothing.

    Returns
    -------
    list of str
        Names of files and folders, in order.
    """
    try:
        return sorted(path.name for path in Path(folder).iterdir() if _hides(path))
    except OSError:
        return []


def hiding(folder):
    """Return whether files in a folder have names of modules, which a notebook beside them would import instead.

    Parameters
    ----------
    folder : path-like
        Where notebooks are.

    Returns
    -------
    Finding
        With the names of the files.
    """
    names = hidden_modules(folder)
    if not names:
        return Finding(True, "no file hides a module of Python's or of a package", blocks=False)
    fact = (
        f"in {folder}, {', '.join(names)} {'has' if len(names) == 1 else 'have'} the name of a module that others need"
    )
    return Finding(
        False, fact, f"Rename it, to my_{names[0]} for example: notebooks there import it instead.", blocks=False
    )


def _hides(path):
    """Say whether a file or folder is imported in place of a module that is installed."""
    name = path.name.split(".")[0]
    module = path.suffix in COMPILED or (path / "__init__.py").is_file()
    if not module or not name.isidentifier() or name in UNUSED:
        return False
    if name in sys.stdlib_module_names:
        return True
    here = path.parent.resolve()
    elsewhere = [place for place in sys.path if place and Path(place).resolve() != here]
    found = importlib.machinery.PathFinder.find_spec(name, elsewhere)
    return found is not None and found.origin is not None and not path.resolve().samefile(_source(found))


def _source(spec):
    """Return what lies in the folder of a module: its file, or the folder of a package."""
    origin = Path(spec.origin)
    return origin.parent if origin.name == "__init__.py" else origin
