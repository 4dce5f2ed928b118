"""The box in which students' code runs: limits everywhere, and bubblewrap's namespaces where Linux has them.

``isolation()`` tries the box before anyone is graded. What a platform cannot stop is a line that heads the report.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import coursekit
import gradekit

FULL, LIMITS = "boxed", "limits only"
INSIDE = "/tmp/home"  # HOME and working folder in the box
FIRST_UID = 200_000  # of the users that own nothing; one for each worker, so that their process counts do not mix
WARNING = (
    "Isolation: limits only. Time, memory, file size and environment are bounded, but a submission can read files, "
    "reach the network and end other processes of this user. Install bubblewrap (apt install bubblewrap) for the full "
    "box, or grade on a machine that you can lose."
)
FINE = "Isolation: boxed. No network, no other files, no other processes; time, memory, processes and disk are bounded."


@dataclass(frozen=True)
class Limits:
    """What one run may use.

    Attributes
    ----------
    seconds : float
        Wall-clock time of one cell.
    memory : int
        Bytes of address space of one process, and of resident memory of all of them together.
    processes : int
        At most so many.
    file : int
        Bytes of one file, and of all files in the working folder.
    output : int
        Bytes that one cell may print.
    """

    seconds: float = 20.0
    memory: int = 4 * 2**30
    processes: int = 64
    file: int = 50 * 2**20
    output: int = 2 * 2**20

    @property
    def cpu(self):
        """CPU seconds of one process: a notebook of a dozen cells, each at its limit, is hopeless anyway."""
        return int(self.seconds * 4) + 20


@cache
def isolation():
    """Return how well this machine can contain a run, found by trying.

    Returns
    -------
    str
        ``"boxed"`` or ``"limits only"``.

    Examples
    --------
    >>> isolation() in ("boxed", "limits only")
    True
    """
    if not shutil.which("bwrap"):
        return LIMITS
    with tempfile.TemporaryDirectory() as folder:
        give_to_box(Path(folder), slot=0)
        script = (
            "import sys, numpy, ipykernel, coursekit; open(sys.argv[1] + '/tried', 'w').close(); print('in the box')"
        )
        command = boxed([sys.executable, "-c", script, folder], folder=Path(folder), limits=Limits(), slot=0)
        try:
            tried = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return LIMITS
        return FULL if tried.stdout == "in the box\n" and Path(folder, "tried").exists() else LIMITS


def contained(command, *, folder, limits, slot, level):
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
    level : {"boxed", "limits only"}
        How.

    Returns
    -------
    list of str
        The longer command.
    """
    if level == FULL:
        return boxed(command, folder=folder, limits=limits, slot=slot)
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
        The longer command.
    """
    numbers = [limits.memory, limits.cpu, limits.file]
    return [sys.executable, "-I", str(Path(__file__).with_name("_limited.py")), *map(str, numbers), *command]


def boxed(command, *, folder, limits, slot):
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

    Returns
    -------
    list of str
        The longer command.

    Notes
    -----
    Root needs no user namespace and must not have one (``core_pattern`` would stay writable and the process limit would
    not hold): it becomes a user without rights instead. Everybody else gets a user namespace, and no further one.
    """
    space = str(limits.file * 2)
    bwrap = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    bwrap += ["--die-with-parent", "--new-session", "--clearenv"]
    if os.getuid():
        bwrap += ["--unshare-user", "--disable-userns", "--cap-drop", "ALL"]
    memory = ["--size", space, "--perms", "1777", "--tmpfs"]
    bwrap += [*memory, "/tmp"]  # before what is visible, which may lie in it
    for place in _visible():
        bwrap += [*_parents(place), "--ro-bind", str(place), str(place)]
    for place in _hidden():
        bwrap += ["--tmpfs", str(place), "--remount-ro", str(place)]
    bwrap += ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"]
    bwrap += [*memory, "/dev/shm", "--remount-ro", "/dev"]
    bwrap += [*_parents(folder), "--bind", str(folder), str(folder)]
    bwrap += ["--perms", "0777", "--dir", INSIDE, "--remount-ro", "/", "--chdir", INSIDE]
    for name, value in environment(Path(INSIDE), folder).items():
        bwrap += ["--setenv", name, value]
    inside = ["prlimit", f"--as={limits.memory}", f"--cpu={limits.cpu}", f"--fsize={limits.file}", "--core=0"]
    inside += ["--nofile=256", f"--nproc={limits.processes}"]
    if not os.getuid():
        user = str(FIRST_UID + slot)
        inside += ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs"]
        inside += ["--bounding-set=-all", "--inh-caps=-all", "--"]
    return [*bwrap, "--", *inside, *command]


def environment(home, folder):
    """Return the environment of a run: nothing of ours but the way to Python.

    Parameters
    ----------
    home : Path
        Its HOME and working folder.
    folder : Path
        The run's own folder, which holds :func:`font_list`.

    Returns
    -------
    dict of str to str
        The variables.

    Examples
    --------
    >>> sorted(environment(Path("/tmp/home"), Path("/tmp/run")))[:3]
    ['COURSEKIT_CACHE', 'COURSEKIT_ITERS', 'HOME']
    """
    return {
        "COURSEKIT_CACHE": str(home / "cache"),
        "COURSEKIT_ITERS": "100",
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(folder),
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": "/tmp",
    }


@cache
def font_list():
    """Return matplotlib's list of this machine's fonts, made here once: with thousands of fonts it takes many seconds.

    Returns
    -------
    Path
        A file for the ``MPLCONFIGDIR`` of every run.
    """
    import matplotlib
    from matplotlib.font_manager import FontManager

    return Path(matplotlib.get_cachedir(), f"fontlist-v{FontManager.__version__}.json")


def give_to_box(path, *, slot):
    """Let the user of a box own a file or folder; without root there is but one user.

    Parameters
    ----------
    path : Path
        What is given.
    slot : int
        Number of the worker.
    """
    if not os.getuid():
        os.chown(path, FIRST_UID + slot, FIRST_UID + slot)


def available_memory():
    """Return how many bytes of memory the machine has left.

    Returns
    -------
    int
        As the operating system tells it.
    """
    import psutil

    return psutil.virtual_memory().available


def _visible():
    """Return what a run can see of the machine: the system's programs and libraries, Python, and this package."""
    system = [Path(place) for place in ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives")]
    system += [Path("/etc/ld.so.cache"), Path("/etc/fonts"), Path("/etc/localtime")]
    python = [Path(sys.prefix), Path(sys.base_prefix), Path(coursekit.__file__).parent, Path(gradekit.__file__).parent]
    return [place for place in dict.fromkeys([*system, *python]) if place.exists()]


def _hidden():
    """Return the folders inside what is visible that hold answers."""
    return [place for place in [Path(coursekit.__file__).parent / "notebooks"] if place.exists()]


def _parents(place):
    """Return the options that make the folders above a place, open to be walked through."""
    options = []
    for parent in reversed(list(place.parents)[:-1]):
        options += ["--perms", "0755", "--dir", str(parent)]
    return options
