"""How our own child processes start: without the current folder, without settings of whoever started us.

A file ``random.py`` in the folder where somebody grades must not run as that person. So every child is an isolated
Python (``-I``), works in a folder of ours, and gets an environment in which nothing names another place to import from.
"""

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

POSIX = os.name == "posix"  # links, pipes, sockets with a path and limits; Windows has none of them
PREFIX = "coursekit-"  # of all our temporary folders; the process id of the grader follows
SOCKET = 107  # bytes that the path of a socket may have; on macOS four fewer
LONGEST = len("-4194304-abcdefgh/run/k-5") + len(PREFIX)  # what comes below the folder for temporary files
FOREIGN = ("PYTHON", "PYTEST_", "JUPYTER_", "JPY_", "IPYTHON", "NBVAL", "MPL", "MATPLOTLIB", "PY_COLORS", "FORCE_COLOR")


def packages():
    """Return the folders of packages that an isolated Python does not look into by itself.

    Returns
    -------
    list of str
        The user's own packages, and what ``PYTHONPATH`` names in full, if packages are installed there.

    Examples
    --------
    >>> all(Path(place).is_absolute() for place in packages())
    True
    """
    usual = {Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)}
    found = []
    for entry in dict.fromkeys(sys.path):
        place = Path(entry)
        inside = any(place.resolve().is_relative_to(prefix) for prefix in usual)
        if entry and place.is_absolute() and not inside and not _is_here(place) and any(place.glob("*.dist-info")):
            found.append(entry)
    return found


def isolated(code, *arguments):
    """Return the command of an isolated Python that runs our code, with our packages in reach.

    Parameters
    ----------
    code : str
        What it runs.
    *arguments : str
        Its arguments.

    Returns
    -------
    list of str
        The command.

    Examples
    --------
    >>> isolated("print(1)")[1:4]
    ['-I', '-B', '-c']
    """
    reach = [*packages(), str(Path(__file__).parents[2])]  # at the end: nothing there can take another module's place
    return [sys.executable, "-I", "-B", "-c", f"import sys; sys.path += {reach!r}\n{code}", *arguments]


def environment(home):
    """Return the environment of a child that is ours: the grader's own, without what could lead it astray.

    Parameters
    ----------
    home : Path
        Its HOME, and where it looks for settings of Jupyter.

    Returns
    -------
    dict of str to str
        The variables.

    Examples
    --------
    >>> environment(Path("/tmp/home"))["JUPYTER_CONFIG_DIR"] == str(Path("/tmp/home"))
    True
    """
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(FOREIGN)}
    own = ("HOME", "IPYTHONDIR", "JUPYTER_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    return kept | dict.fromkeys(own, str(home)) | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def own_folder():
    """Return a new folder of this process, under a path that is short enough for sockets.

    Returns
    -------
    Path
        The folder; its name begins with ``coursekit-`` and the process id.
    """
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place_for_folders()))


def place_for_folders():
    """Return where our temporary folders are: where the system has them, unless that path is too long for a socket.

    Returns
    -------
    str
        A folder.
    """
    place = tempfile.gettempdir()
    fits = len(os.fsencode(place)) + LONGEST < SOCKET - 4
    return place if fits or not POSIX else "/tmp"


@cache
def shared_folder(process):
    """Return the folder that a process keeps to its end, for what all its runs share.

    Parameters
    ----------
    process : int
        Its process id: a fork needs one of its own.

    Returns
    -------
    Path
        The folder.
    """
    folder = own_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def source(name):
    """Return the text of a program beside this module, which is passed with ``-c``: the box does not show its file.

    Parameters
    ----------
    name : str
        The file.

    Returns
    -------
    str
        Its text.
    """
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _is_here(place):
    """Say whether a place is the current folder."""
    try:
        return place.resolve() == Path.cwd()
    except OSError:
        return False
