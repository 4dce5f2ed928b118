"""The box in which students' code runs: limits everywhere, and bubblewrap's namespaces where Linux has them."""

import os
import sys
from pathlib import Path

from gradekit.runs import paths
from gradekit.runs.limits import Level
from gradekit.runs.paths import source
from gradekit.runs.sight import visible

INSIDE = "/tmp/home"  # HOME and working folder in the box
FIRST_UID = 200_000  # of the users that own nothing; one for each worker, so that their process counts do not mix
SPARE = 512  # processes and threads that the user's other programs may start while a run is under way
NAMESPACES = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")


def contained(command, *, folder, limits, slot, level, cover=()):
    """Return a command that runs another in the box, or under limits only.

    Parameters
    ----------
    command : list of str
        What to run.
    folder : Path
        The run's own folder, the only one that it can write to.
    limits : Limits
        What it may use.
    slot : int
        Number of the worker.
    level : Level
        How.
    cover : iterable of str, default=()
        What the box must not show of the visible, from :func:`gradekit.runs.sight.covered`.

    Returns
    -------
    list of str
        The longer command.
    """
    if level == Level.BOX:
        return boxed(command, folder=folder, limits=limits, slot=slot, cover=cover)
    return limited(command, limits)


def limited(command, limits):
    """Return a command that sets limits and then becomes another.

    Parameters
    ----------
    command : list of str
        What to run.
    limits : Limits
        What it may use.

    Returns
    -------
    list of str
        The longer command; the same one where the system has no limits to set.
    """
    if not paths.POSIX:
        return list(command)
    return _confined(command, limits, processes=_at_work() + limits.processes + SPARE, strict=False)


def boxed(command, *, folder, limits, slot, cover=()):
    """Return a command that runs another in namespaces of its own, with nothing to see and nobody to reach.

    Parameters
    ----------
    command : list of str
        What to run.
    folder : Path
        The run's own folder for sockets, which keeps its path inside. HOME and the working folder are in memory.
    limits : Limits
        What it may use.
    slot : int
        Number of the worker.
    cover : iterable of str, default=()
        What it must not show of the visible.

    Returns
    -------
    list of str
        The longer command.

    Notes
    -----
    Root needs no user namespace and must not have one (``core_pattern`` would stay writable and the process limit would
    not hold): it becomes a user without rights instead. Everybody else gets a user namespace, and no further one. A
    filter of system calls, the same for both, refuses namespaces and mounts, and memory that belongs to no process.
    """
    bwrap = ["bwrap", *NAMESPACES, "--die-with-parent", "--new-session", "--clearenv"]
    if os.getuid():
        bwrap += ["--unshare-user", "--disable-userns", "--cap-drop", "ALL"]
    memory = ["--size", str(limits.file * 2), "--perms", "1777", "--tmpfs"]
    bwrap += [*memory, "/tmp"]  # before what is visible, which may lie in it
    for place in visible():
        bwrap += [*_parents(place), "--ro-bind", str(place), str(place)]
    for place in cover:
        bwrap += ["--tmpfs", place, "--remount-ro", place]
    bwrap += ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"]
    bwrap += [*memory, "/dev/shm", "--remount-ro", "/dev"]
    bwrap += [*_parents(folder), "--bind", str(folder), str(folder)]
    bwrap += ["--perms", "0777", "--dir", INSIDE, "--remount-ro", "/", "--chdir", INSIDE]
    for name, value in environment(Path(INSIDE), folder).items():
        bwrap += ["--setenv", name, value]
    inside = []
    if not os.getuid():
        user = str(FIRST_UID + slot)
        inside = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs"]
        inside += ["--bounding-set=-all", "--inh-caps=-all", "--"]
    return [*bwrap, "--", *inside, *_confined(command, limits, processes=limits.processes, strict=True)]


def environment(home, folder):
    """Return the environment of a run: nothing of ours but the way to Python.

    Parameters
    ----------
    home : Path
        Its HOME and working folder.
    folder : Path
        The run's own folder, which holds the list of fonts.

    Returns
    -------
    dict of str to str
        The variables.

    Examples
    --------
    >>> sorted(environment(Path("/tmp/home"), Path("/tmp/run")))[:3]
    ['COURSEKIT_CACHE', 'COURSEKIT_ITERS', 'HOME']
    """
    temporary = "/tmp" if str(home) == INSIDE else str(home)
    found = {
        "COURSEKIT_CACHE": str(home / "cache"),
        "COURSEKIT_ITERS": "100",
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(folder),
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": temporary,
    }
    return found if paths.POSIX else found | _of_windows(home)


def give_to_box(path, *, slot):
    """Let the user of a box own a file or folder; without root there is but one user.

    Parameters
    ----------
    path : Path
        What is given.
    slot : int
        Number of the worker.
    """
    if hasattr(os, "getuid") and not os.getuid():
        os.chown(path, FIRST_UID + slot, FIRST_UID + slot)


def _confined(command, limits, *, processes, strict):
    """Return a command that gives up what a run may not use, and becomes another."""
    numbers = [limits.memory, limits.cpu, limits.file, processes, int(strict)]
    return [sys.executable, "-I", "-S", "-c", source("_confined.py"), *map(str, numbers), *command]


def _at_work():
    """Return how many processes and threads this user has: the system's limit counts them as well."""
    import psutil

    found = psutil.process_iter(["num_threads", "username"])
    me = psutil.Process().username()
    return sum(process.info["num_threads"] or 1 for process in found if process.info["username"] == me)


def _of_windows(home):
    """Return what Windows needs besides: where it is itself, and where its programs put their files."""
    own = ("USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT") if name in os.environ}
    parts = [Path(sys.prefix), Path(sys.prefix, "Scripts"), Path(sys.prefix, "Library", "bin"), Path(sys.base_prefix)]
    path = [*parts, Path(kept.get("SYSTEMROOT", "C:\\Windows"), "System32")]
    return kept | dict.fromkeys(own, str(home)) | {"PATH": os.pathsep.join(map(str, path))}


def _parents(place):
    """Return the options that make the folders above a place, open to be walked through."""
    options = []
    for parent in reversed(list(place.parents)[:-1]):
        options += ["--perms", "0755", "--dir", str(parent)]
    return options
