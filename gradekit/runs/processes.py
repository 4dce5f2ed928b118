"""Processes that a run has started, wherever they have gone: counted, measured, ended."""

import contextlib
import os
import signal
import stat
import time
from dataclasses import dataclass

import psutil

IN_MEMORY = ("tmp", "dev/shm")  # folders of the box that lie in memory


@dataclass(frozen=True)
class Use:
    """What processes use at one moment.

    Attributes
    ----------
    processes : int
        How many there are.
    memory : int
        Bytes of resident memory, and of the folders of a box that lie in memory.
    unlinked : int
        Bytes of files on the disk that are open and have no name any more.
    """

    processes: int
    memory: int
    unlinked: int


def descendants(pid):
    """Return all processes that a process has started, and those that these have.

    Parameters
    ----------
    pid : int
        The process.

    Returns
    -------
    list of psutil.Process
        None of them may be there any more.
    """
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).children(recursive=True)
    return []


def use_of(pid):
    """Return what the descendants of a process use.

    Parameters
    ----------
    pid : int
        The process.

    Returns
    -------
    Use
        As far as the system lets us see.
    """
    found, folders, files = descendants(pid), {}, {}
    for process in found:
        folders |= _folders_in_memory(process.pid)
        files |= _unlinked(process.pid)
    return Use(len(found), sum(map(_resident, found)) + sum(folders.values()), sum(files.values()))


def end_tree(pid, processes=()):
    """End a process with all that it has started, and wait until they are gone.

    Parameters
    ----------
    pid : int
        The process.
    processes : iterable of psutil.Process, default=()
        Others to end with it.
    """
    kill([*descendants(pid), *processes])
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(psutil.Error):
        psutil.Process(pid).kill()


def kill(processes):
    """Kill processes that may have ended, and see them end.

    Parameters
    ----------
    processes : list of psutil.Process
        What to kill.
    """
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
    end = time.monotonic() + 2
    while any(runs(process) for process in processes) and time.monotonic() < end:
        time.sleep(0.01)


def runs(process):
    """Say whether a process still runs; a zombie does not.

    Parameters
    ----------
    process : psutil.Process
        Any.

    Returns
    -------
    bool
        Whether it runs.
    """
    with contextlib.suppress(psutil.Error):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def available_memory():
    """Return how many bytes of memory the machine has left.

    Returns
    -------
    int
        As the operating system tells it.
    """
    return psutil.virtual_memory().available


def _resident(process):
    """Return the resident memory of a process in bytes."""
    with contextlib.suppress(psutil.Error):
        return process.memory_info().rss
    return 0


def _folders_in_memory(pid):
    """Return how many bytes lie in the folders of a process's own that are in memory, by device."""
    found = {}
    for name in IN_MEMORY:
        with contextlib.suppress(OSError, AttributeError):
            inside, ours = f"/proc/{pid}/root/{name}", f"/{name}"
            device = os.stat(inside).st_dev  # noqa: PTH116 - ten times a second
            if device != os.stat(ours).st_dev:  # noqa: PTH116
                used = os.statvfs(inside)
                found[device] = (used.f_blocks - used.f_bfree) * used.f_frsize
    return found


def _unlinked(pid):
    """Return how many bytes lie in files that a process has open and that have no name any more, by file."""
    found = {}
    with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                about = entry.stat()
                if stat.S_ISREG(about.st_mode) and not about.st_nlink:
                    found[about.st_dev, about.st_ino] = about.st_blocks * 512
    return found
