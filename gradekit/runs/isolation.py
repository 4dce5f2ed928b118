"""How well this machine can contain a run, found by trying; what it cannot stop is a line that heads the report."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from gradekit.runs.box import contained, environment, give_to_box
from gradekit.runs.limits import Level, Limits
from gradekit.runs.paths import isolated, own_folder
from gradekit.runs.surroundings import SurroundingsError, last_words, no_start, told

PATIENCE = 60  # seconds for a program that does next to nothing
ASKED_FOR = "you asked for it (--isolation limits)"
INSTALL = "bubblewrap is not installed (apt install bubblewrap, dnf install bubblewrap)"
NO_LINUX = "the box needs Linux (on Windows, WSL has it)"
FINE = "Isolation: boxed. No network, no other files, no other processes; time, memory, processes and disk are bounded."
KINDS = {"AS": "memory of one process", "CPU": "processor time", "FSIZE": "size of a file"}
TRY = """import sys
import coursekit, ipykernel, numpy
open(sys.argv[1] + "/tried", "w").close()
try:
    import resource
except ImportError:
    resource = None
for name in sys.argv[2:]:
    if resource and resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0] != resource.RLIM_INFINITY:
        print("bounded", name)
print("tried")"""
REFUSED = (
    "the system lets this user make no namespaces. On Ubuntu 24.04 and later AppArmor refuses them: give bwrap a "
    "profile, or run sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0; elsewhere look at sysctl "
    "user.max_user_namespaces and kernel.unprivileged_userns_clone"
)
IN_CONTAINER = (
    "this seems to be a container, which lets nobody make another one in it: grade outside of it, or start it with "
    "more rights (docker run --privileged)"
)
UNREADABLE = (
    "in the box, a user without rights cannot read the environment (it was made with umask 077?): "
    f"chmod -R go+rX {sys.prefix}"
)
MEANINGS = (  # words that bubblewrap, setpriv or Python say, and what they mean
    ("unknown option", "bubblewrap is too old: 0.8 or later is needed"),
    ("mount proc", IN_CONTAINER),
    ("setresuid", IN_CONTAINER),
    ("namespace", REFUSED),
    ("uid map", REFUSED),
    ("RTM_NEWADDR", REFUSED),
    ("Operation not permitted", REFUSED),
    ("No module named", UNREADABLE),
    ("Permission denied", UNREADABLE),
    ("filter", "this machine's kernel or processor has no filter of system calls that we know"),
    ("No space left", "the disk or the memory is full"),
)


@dataclass(frozen=True)
class Isolation:
    """How runs are contained here, and why not better.

    Attributes
    ----------
    level : Level
        How.
    reason : str
        Why there is no box, and what to do for one; empty in the box.
    unbounded : tuple of str
        What the system cannot bound for a single process.
    """

    level: Level
    reason: str = ""
    unbounded: tuple[str, ...] = ()

    @property
    def line(self):
        """The first line of a grading: what is contained, and what is not."""
        if self.level == Level.BOX:
            return FINE
        loose = f" This system does not bound the {' nor the '.join(self.unbounded)}." if self.unbounded else ""
        return (
            "Isolation: limits only. A run is ended that takes too long or uses too much memory, disk or too many "
            f"processes, as soon as it is seen.{loose} But a submission can read files, reach the network and end "
            f"other processes of this user: grade on a machine that you can lose. There is no box, since {self.reason}."
        )


@cache
def isolation():
    """Return how well this machine can contain a run, found by trying.

    Returns
    -------
    Isolation
        The box where it works; else limits, and why.

    Raises
    ------
    gradekit.runs.surroundings.SurroundingsError
        If not even limits let Python run.

    Examples
    --------
    >>> isolation().level in tuple(Level)
    True
    """
    reason = _why_no_box()
    return limits_only(reason) if reason else Isolation(Level.BOX)


@cache
def limits_only(reason=ASKED_FOR):
    """Return the isolation that limits give, and what they do not bound on this system.

    Parameters
    ----------
    reason : str, optional
        Why there is no box.

    Returns
    -------
    Isolation
        With what is unbounded.

    Raises
    ------
    gradekit.runs.surroundings.SurroundingsError
        If Python and its packages do not run under limits.
    """
    said, fault = _tried(Level.LIMITS)
    if fault:
        raise SurroundingsError(f"Python and the packages of the course do not run here: {fault}.")
    return Isolation(
        Level.LIMITS, reason, tuple(words for name, words in KINDS.items() if f"bounded {name}" not in said)
    )


def told_by_doctor():
    """Return why there is no box here, as the doctor tells it.

    Returns
    -------
    str
        Empty if there is one.
    """
    try:
        return isolation().reason
    except SurroundingsError as error:
        return str(error)


def _why_no_box():
    """Return why the box does not work here; nothing if it does."""
    if sys.platform != "linux":
        return NO_LINUX
    if not shutil.which("bwrap"):
        return INSTALL
    return _tried(Level.BOX)[1]


def _tried(level):
    """Try Python and the course's packages in a run like any other; return what it printed, and what went wrong."""
    with told("isolation"):
        folder = own_folder()
    try:
        give_to_box(folder, slot=0)
        command = contained(isolated(TRY, str(folder), *KINDS), folder=folder, limits=Limits(), slot=0, level=level)
        how = {"env": environment(folder, folder), "cwd": folder} if level == Level.LIMITS else {}
        with told("isolation"):
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, **how)
    except subprocess.TimeoutExpired:
        return "", no_start(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if done.stdout.endswith("tried\n"):
        return done.stdout, ""
    return "", explained(last_words(done.stderr))


def explained(said):
    """Return why a box was refused, by what bubblewrap or Python said.

    Parameters
    ----------
    said : str
        Its last line.

    Returns
    -------
    str
        The line itself, the usual cause and the fix.
    """
    for words, meaning in MEANINGS:
        if words.lower() in said.lower():
            return f'{meaning} (it says "{said}")'
    return f'it ended at once and said "{said}"'
