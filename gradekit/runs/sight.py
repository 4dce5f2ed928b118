"""What a run in the box can see of the machine: Python and its packages; and what is covered up in them.

The folders of the system and of Python are named one by one, so that a course which lies beside them stays outside.
What lies within them is found by looking: every folder with a lesson that shows a solution or a hidden test.
"""

import os
import sys
from functools import cache
from pathlib import Path

import coursekit
from gradekit.runs.paths import packages

SYSTEM = (
    "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/local/bin", "/usr/local/lib",
    "/usr/local/lib64", "/usr/share/fontconfig", "/usr/share/fonts", "/usr/share/locale", "/usr/share/terminfo",
    "/usr/share/zoneinfo", "/usr/local/share/fonts", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives",
    "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime",
)  # fmt: skip
PREFIX = ("bin", "lib", "lib64", "pyvenv.cfg", "ssl")  # what Python needs of the folder that it is installed in
SHOWN = (b"BEGIN SOLUTION", b"BEGIN HIDDEN TESTS")  # nbgrader's marks: a lesson that has them tells the answers
JUDGE = "gradekit"


def visible():
    """Return what a run can see of the machine.

    Returns
    -------
    list of Path
        The system's programs and libraries, Python, its packages, and the package that students import.
    """
    python = [place / part for place in _prefixes() for part in PREFIX]
    places = [*map(Path, SYSTEM), *python, *map(Path, packages()), Path(coursekit.__file__).parent]
    return [place for place in dict.fromkeys(places) if place.exists()]


def covered(hide=()):
    """Return what of the visible must be covered up.

    Parameters
    ----------
    hide : iterable of path-like, default=()
        Folders that the caller knows: of the lessons, of submissions, of grades.

    Returns
    -------
    list of str
        Folders, as they are called in the box.
    """
    wanted = [*_found(), *(Path(place).resolve() for place in hide)]
    names = [_as_shown(place, shown, shown.resolve()) for shown in visible() for place in wanted]
    return list(dict.fromkeys(map(str, filter(None, names))))


@cache
def _found():
    """Return the folders with lessons, and with the judge, wherever they lie in what is visible."""
    return sorted({Path(place) for root in _roots() for place in _telling(root)})


def _roots():
    """Return where a lesson could lie in what is visible: all that is not the system's."""
    system = {Path(place) for place in SYSTEM}
    python = Path("lib", f"python{sys.version_info.major}.{sys.version_info.minor}")
    own = [place for place in visible() if place not in system]
    return list(
        dict.fromkeys(place.resolve() for place in [*own, Path("/usr/local", python), Path("/usr/lib/python3")])
    )


def _telling(root):
    """Yield the folders below one that tell answers; it is looked into deeply, and not for long."""
    for folder, below, files in os.walk(root):
        below[:] = [name for name in below if name != "__pycache__"]
        if JUDGE in below:
            below.remove(JUDGE)
            yield os.path.join(folder, JUDGE)  # noqa: PTH118 - called for every folder of an environment
        if any(name.endswith(".ipynb") and _tells(os.path.join(folder, name)) for name in files):  # noqa: PTH118
            below.clear()
            yield folder


def _tells(path):
    """Say whether a notebook shows a solution or a hidden test; one that cannot be read might."""
    try:
        content = Path(path).read_bytes()
    except OSError:
        return True
    return any(mark in content for mark in SHOWN)


def _as_shown(place, shown, real):
    """Return what a place is called within what is shown, which may be a link; None if it lies outside."""
    return shown / place.relative_to(real) if place.is_relative_to(real) else None


def _prefixes():
    """Return the folders in which this Python is installed: its environment, and what each link leads to."""
    found, program = [Path(sys.prefix), Path(sys.base_prefix)], Path(sys.executable)
    for _ in range(40):  # as many links as the system follows
        found.append(program.parent.parent)
        if not program.is_symlink():
            break
        program = program.parent / program.readlink()
    found += [place.resolve() for place in found]
    return [place for place in dict.fromkeys(found) if place not in (Path("/"), Path("/usr"), Path("/usr/local"))]
