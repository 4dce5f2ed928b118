"""One run: a rebuilt notebook goes through nbval, in a process that the student's code does not share.

The process is ``gradekit.runs.worker``; here it is given its jobs, watched, and ended when something is wrong.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from itertools import count
from pathlib import Path

from gradekit.runs.box import FULL, Limits, available_memory, font_list, give_to_box, isolation
from gradekit.runs.kernel import write_kernelspec
from gradekit.runs.worker import START

FLOOR = 256 * 2**20  # bytes of memory that are left to the machine
SHORT = "ran when the machine had no memory left"
BLOCK = 4096  # bytes that a file takes at least
DEEP = 1000  # characters of a path; who goes deeper is hiding something
SLOTS = count()  # every runner of this process has a user of its own in the box
SLOW = ("numpy", "matplotlib.pyplot")  # imports that a kernel can have behind it, if the last notebook had them
PREFIX = "coursekit-"  # of run folders; the grader's process id follows


class Runner:
    """A process that runs notebooks one after the other, and is replaced when one of them breaks it.

    Parameters
    ----------
    slot : int
        Number of this worker: its runs have a user of their own in the box.
    limits : Limits
        What one run may use.
    level : {"boxed", "limits only"}, optional
        How runs are contained; found by trying if not given.
    """

    def __init__(self, slot=0, limits=None, level=None):
        self.limits, self.level = limits or Limits(), level or isolation()
        self.user = os.getpid() * 64 + slot % 64  # two graders on a machine must not share a limit of processes
        self.process = self.folder = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def run(self, nb):
        """Run a notebook and return what nbval says of its check cells.

        Parameters
        ----------
        nb : NotebookNode
            As :func:`gradekit.rebuild.rebuild` makes it.

        Returns
        -------
        dict
            ``verdicts`` by ``grade_id``, ``seconds``, ``memory`` (bytes, the most at one time), ``stopped``: why the
            run was ended from outside, empty if it was not.
        """
        found = self._run(nb)
        return self._run(nb) if found["stopped"] == SHORT else found  # another run may have been at fault

    def prepare(self, modules=()):
        """Start a kernel for the next notebook, in the box that it will have, and do not wait for it.

        Parameters
        ----------
        modules : iterable of str
            What it imports meanwhile.
        """
        if self.folder is None:
            self._alive()
            self.folder = self._new_folder()
            self._send({"run": self._how(self.folder, modules)})

    def _new_folder(self):
        """Return a folder for one run."""
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_short_folder()))
        (folder / "run").mkdir()
        give_to_box(folder / "run", slot=self.user)
        shutil.copy(font_list(), folder / "run")
        return folder

    def _how(self, folder, modules=()):
        """Return how a run is contained."""
        contained = {"slot": self.user, "limits": asdict(self.limits), "level": self.level}
        return {"folder": str(folder / "run"), "modules": list(modules), **contained}

    def _run(self, nb):
        """Run a notebook in a folder of its own."""
        import nbformat

        self._alive()
        folder, self.folder = self.folder or self._new_folder(), None
        try:
            (folder / "graded.ipynb").write_text(nbformat.writes(nb), encoding="utf-8")
            cells = sum(cell.cell_type == "code" for cell in nb.cells)
            return self._ask(folder, deadline=START + (self.limits.seconds + 10) * cells)
        finally:
            _remove(folder)

    def close(self):
        """End the process and all that it started."""
        if self.process:
            self._end()

    def _alive(self):
        """See to it that the process is there."""
        if self.process and self.process.poll() is not None:
            self._end()
        if self.process is None:
            self._start()

    def _send(self, job):
        """Give the process a line; say whether it took it."""
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(job) + "\n")
            self.process.stdin.flush()
            return True
        return False

    def _ask(self, folder, deadline):
        """Send a job and wait for its answer, with an eye on time, memory and disk."""
        answer, began = [], time.monotonic()
        if not self._send({"notebook": str(folder / "graded.ipynb"), "run": self._how(folder)}):
            self._end()
            return _verdict(stopped="its process ended")
        stdout = self.process.stdout
        listener = threading.Thread(target=lambda: answer.append(stdout.readline()), daemon=True)
        listener.start()
        most, why = 0, ""
        while listener.is_alive() and not why:
            listener.join(0.1)
            used, disk = _memory_of(self.process.pid), _size_of(folder, 4 * self.limits.file)
            most = max(most, used)
            if used > self.limits.memory:
                why = f"used more than {self.limits.memory / 2**30:g} GB of memory"
            elif disk > 4 * self.limits.file:
                why = f"wrote more than {4 * self.limits.file >> 20} MB of files"
            elif available_memory() < FLOOR:
                why = SHORT
            elif time.monotonic() - began > deadline:
                why = f"took more than {deadline:.0f} seconds in all"
        found = None if why else _read(listener, answer)
        if found is None:
            self._end(listener)
            why = why or "ended the process that graded it"
        else:
            _kill(_descendants(self.process.pid))  # a daemon that outlived the kernel, where no box has ended it
        return _verdict(found, stopped=why, seconds=time.monotonic() - began, memory=most)

    def _start(self):
        """Start the process, in a group of its own."""
        self.specs = tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-")
        write_kernelspec(Path(self.specs.name))
        command = [sys.executable, "-m", "gradekit.runs.worker"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | {"JUPYTER_PATH": self.specs.name, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            start_new_session=True, preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )  # fmt: skip

    def _end(self, listener=None):
        """Kill the process with all its children, wherever they have gone, and wait for who listens to it."""
        _kill(_descendants(self.process.pid))
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if listener:
            listener.join()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        self.specs.cleanup()
        if self.folder:
            _remove(self.folder)
        self.process = self.folder = None


class Runners:
    """Runners for whoever asks, from any thread: one that is idle, or a new one.

    Parameters
    ----------
    limits : Limits, optional
        What one run may use.
    level : {"boxed", "limits only"}, optional
        How runs are contained; found by trying if not given.
    ahead : bool, default=False
        Start a kernel for the next run while one is at work. Only in the box, where nobody else can speak to it.
    """

    def __init__(self, limits=None, level=None, *, ahead=False):
        self.limits, self.level = limits or Limits(), level or isolation()
        self.ahead = ahead and self.level == FULL
        self.idle, self.all = [], []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for runner in self.all:
            runner.close()

    def run(self, nb):
        """Run a notebook, as :meth:`Runner.run` does.

        Parameters
        ----------
        nb : NotebookNode
            As :func:`gradekit.rebuild.rebuild` makes it.

        Returns
        -------
        dict
            What :meth:`Runner.run` returns.
        """
        runner = self._take()
        if self.ahead:
            spare = self._take()
            spare.prepare([name for name in SLOW if any(f"import {name}" in cell.source for cell in nb.cells)])
            self.idle.append(spare)
        try:
            return runner.run(nb)
        finally:
            self.idle.insert(0, runner)  # those with a kernel are taken first

    def _take(self):
        """Return a runner that nobody uses."""
        try:
            return self.idle.pop()
        except IndexError:
            self.all.append(Runner(next(SLOTS), self.limits, self.level))
            return self.all[-1]


def _die_with_parent():
    """Ask Linux to end this process when the grader ends, however it ends, and to give it its children's orphans."""
    import ctypes

    libc = ctypes.CDLL(None)
    libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    libc.prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


def _read(listener, answer):
    """Return the verdicts that a process answered with; None if it ended instead."""
    listener.join()
    try:
        return json.loads(answer[0])
    except (ValueError, IndexError):
        return None


def _descendants(pid):
    """Return all processes that a process has started, and those that these have."""
    import psutil

    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).children(recursive=True)
    return []


def _kill(processes):
    """Kill processes that may have ended, and see them end."""
    import psutil

    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
    end = time.monotonic() + 2
    while any(_runs(process) for process in processes) and time.monotonic() < end:
        time.sleep(0.01)


def _runs(process):
    """Say whether a process still runs; a zombie does not."""
    import psutil

    with contextlib.suppress(psutil.Error):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def _verdict(found=None, *, stopped="", seconds=0.0, memory=0):
    """Return the answer to a job."""
    return {"verdicts": found or {}, "stopped": stopped, "seconds": round(seconds, 2), "memory": memory}


def _short_folder():
    """Return a folder for run folders whose path is short: a socket's path ends at 107 bytes."""
    place = tempfile.gettempdir()
    return place if len(place) < 60 else "/tmp"


def _memory_of(pid):
    """Return the resident memory of the descendants of a process, in bytes."""
    import psutil

    total = 0
    for child in _descendants(pid):
        with contextlib.suppress(psutil.Error):
            total += child.memory_info().rss
    return total


def _size_of(folder, enough):
    """Return how many bytes a folder takes on the disk, counting no further than to enough.

    Empty files and folders use up a disk as well: each counts a block. So does depth: beyond the longest path nothing
    could be counted.
    """
    total, folders = 0, [str(folder)]
    while folders and total <= enough:
        place = folders.pop()
        total += enough if len(place) > DEEP else 0
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                total += max(_blocks(entry), BLOCK)
                if total > enough:
                    break
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    return total


def _blocks(entry):
    """Return how many bytes of the disk a file takes; none if it is gone."""
    with contextlib.suppress(OSError):
        return entry.stat(follow_symlinks=False).st_blocks * 512
    return 0


def _remove(folder):
    """Remove a folder, however deep it is."""
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)
    if folder.exists() and os.name == "posix":
        subprocess.run(["rm", "-rf", "--", str(folder)], stderr=subprocess.DEVNULL, check=False)
