"""One run: a rebuilt notebook goes through nbval, in a process that the student's code does not share.

The process is ``gradekit.runs.worker``; here it is given its jobs, watched, and ended when something is wrong.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from functools import cached_property

from gradekit.runs import disk, paths
from gradekit.runs.box import give_to_box
from gradekit.runs.fonts import font_list
from gradekit.runs.isolation import isolation
from gradekit.runs.kernel import write_kernelspec
from gradekit.runs.limits import Level, Limits
from gradekit.runs.messages import Answer, Job, Run
from gradekit.runs.processes import available_memory, descendants, end_tree, kill, use_of
from gradekit.runs.sight import covered
from gradekit.runs.surroundings import SurroundingsError, last_words, no_start, told
from gradekit.runs.worker import START

WORKER = "from gradekit.runs.worker import serve; serve()"
ERRORS = "errors.txt"  # in its folder: what it says before it ends
FLOOR = 256 * 2**20  # bytes of memory, and of the disk, that are left to the machine
SHORT = "ran when the machine had no memory or no disk left"
TICK = 0.1  # seconds between two looks at what a run uses
END = 15.0  # seconds for the last messages, and to put a kernel away
OURS = 8  # processes that are not the student's: what starts the kernel, and the kernel itself


class Runner:
    """A process that runs notebooks one after the other, and is replaced when one of them breaks it.

    Parameters
    ----------
    slot : int
        Number of this worker: its runs have a user of their own in the box.
    limits : gradekit.runs.limits.Limits
        What one run may use.
    level : Level, optional
        How runs are contained; found by trying if not given.
    hide : iterable of path-like, default=()
        Folders that the box must not show, wherever they lie: of lessons, of submissions, of grades.
    """

    def __init__(self, slot=0, limits=None, level=None, *, hide=()):
        self.limits, self.level, self.hide = limits or Limits(), Level(level or isolation().level), tuple(hide)
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
        gradekit.runs.messages.Run
            What became of it.

        Raises
        ------
        gradekit.runs.surroundings.SurroundingsError
            If the machine could not run it, twice.
        """
        try:
            found = self._run(nb)
        except SurroundingsError:
            self.close()
            return self._run(nb)
        return self._run(nb) if found.stopped == SHORT else found  # another run may have been at fault

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
            self._send(self._job(self.folder, modules=tuple(modules)))

    def close(self):
        """End the process and all that it started."""
        if self.process:
            self._end()

    def _new_folder(self):
        """Return a folder for one run; in the box it sees the inner one only."""
        with told("a run's folder"):
            folder = paths.own_folder()
            (folder / "run").mkdir()
            give_to_box(folder / "run", slot=self.user)
            if fonts := font_list():
                (folder / "run" / fonts.name).write_bytes(fonts.read_bytes())
                (folder / "run" / fonts.name).chmod(0o644)
        return folder

    def _job(self, folder, **more):
        """Return what the process needs to know of a run."""
        return Job(str(folder / "run"), self.limits, self.level, self.user, cover=self._cover, **more)

    @cached_property
    def _cover(self):
        """What the box must not show; found once, while the process starts."""
        return tuple(covered(self.hide)) if self.level == Level.BOX else ()

    def _run(self, nb):
        """Run a notebook in a folder of its own."""
        import nbformat

        self._alive()
        folder, self.folder = self.folder or self._new_folder(), None
        try:
            self._wait_until_ready()
            notebook = folder / "graded.ipynb"
            with told("a run's folder"):
                notebook.write_text(nbformat.writes(nb), encoding="utf-8")
            self._look_around(folder)
            cells = sum(cell.cell_type == "code" for cell in nb.cells)
            deadline = START + self.limits.seconds * cells + END
            return self._watched(self._job(folder, notebook=str(notebook)), folder, deadline)
        finally:
            disk.remove(folder)

    def _look_around(self, folder):
        """Refuse to begin where the machine has nothing left: no answer could be at fault."""
        memory, space = available_memory(), disk.free(folder)
        if memory < FLOOR or space < FLOOR:
            raise SurroundingsError(
                f"grading: the machine has {memory >> 20} MB of memory left, and {space >> 20} MB of disk at "
                f"{folder.parent}; a run needs more than {FLOOR >> 20} of each. Close programs, free space, or take "
                "fewer --jobs."
            )

    def _alive(self):
        """See to it that the process is there."""
        if self.process and self.process.poll() is not None:
            self._end()
        if self.process is None:
            self._start()

    def _send(self, job):
        """Give the process a line; say whether it took it."""
        with contextlib.suppress(OSError):
            self.process.stdin.write(job.to_json() + "\n")
            self.process.stdin.flush()
            return True
        return False

    def _watched(self, job, folder, deadline):
        """Send a job and wait for its answer, with an eye on time, memory, processes and disk."""
        began, most, why, line = time.monotonic(), 0, "", None
        if not self._send(job):
            why = "ended the process that graded it"
        while not why and line is None:
            with contextlib.suppress(queue.Empty):
                line = self.lines.get(timeout=TICK)
            use = use_of(self.process.pid)
            most = max(most, use.memory)
            why = "" if line else self._too_much(use, folder, time.monotonic() - began, deadline)
        kept = {"seconds": round(time.monotonic() - began, 2), "memory": most}
        if why or line == "":
            self._end()
            return Run(stopped=why or "ended the process that graded it", **kept)
        kill(descendants(self.process.pid))  # a daemon that outlived the kernel, where no box has ended it
        answer = Answer.from_json(line)
        if answer.no_kernel:
            raise SurroundingsError(_no_kernel(answer.no_kernel))
        return Run(answer.verdicts, **kept)

    def _too_much(self, use, folder, seconds, deadline):
        """Return what a run has done too much of; nothing if it has not."""
        limits = self.limits
        written = disk.size_of(folder, limits.disk) + use.unlinked
        if use.memory > limits.memory:
            return f"used more than {limits.memory / 2**30:g} GB of memory"
        if use.processes > limits.processes + OURS:
            return f"started more than {limits.processes} processes"
        if written > limits.disk:
            return f"wrote more than {limits.disk >> 20} MB of files"
        if available_memory() < FLOOR or disk.free(folder) < FLOOR:
            return SHORT
        return f"took more than {deadline:.0f} seconds in all" if seconds > deadline else ""

    def _start(self):
        """Start the process, in a group of its own; it is not waited for."""
        with told("the process that runs notebooks"):
            self.home = paths.own_folder()
            write_kernelspec(self.home)
            with (self.home / ERRORS).open("wb") as stderr:
                self.process = subprocess.Popen(
                    paths.isolated(WORKER), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True,
                    env=paths.environment(self.home), cwd=self.home, **_of_platform(),
                )  # fmt: skip
        self.lines, self.ready = queue.Queue(), False
        self.listener = threading.Thread(target=_listen, args=(self.process.stdout, self.lines), daemon=True)
        self.listener.start()

    def _wait_until_ready(self):
        """Wait until the process has imported what it needs, once."""
        try:
            self.ready = self.ready or bool(self.lines.get(timeout=START))
        except queue.Empty:
            self._end()
            raise SurroundingsError(f"grading: {no_start(START)}") from None
        if not self.ready:
            said = last_words((self.home / ERRORS).read_text(errors="replace"))
            self._end()
            raise SurroundingsError(f'grading: the process that runs notebooks did not start, and said "{said}".')

    def _end(self):
        """Kill the process with all its children, wherever they have gone, and wait for who listens to it."""
        end_tree(self.process.pid)
        self.process.wait()
        self.listener.join()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        for folder in filter(None, (self.home, self.folder)):
            disk.remove(folder)
        self.process = self.folder = None


def _listen(stdout, lines):
    """Put each line that a process prints into a queue, and an empty text when it ends."""
    with contextlib.suppress(ValueError, OSError):
        for line in stdout:
            lines.put(line)
    lines.put("")


def _no_kernel(said):
    """Return why a kernel did not start, from what jupyter_client said."""
    if "respond" in said or "timed out" in said or "establish" in said:
        return f"grading: {no_start(START)}"
    return (
        f'grading: twice, a kernel ended before it was ready ("{said}"). Is there memory and disk left on the machine?'
    )


def _of_platform():
    """Return what ties a process to this one, as far as the system has it."""
    if not paths.POSIX:
        return {}
    return {"start_new_session": True, "preexec_fn": _die_with_parent if sys.platform == "linux" else None}


def _die_with_parent():
    """Ask Linux to end this process when the grader ends, however it ends, and to give it its children's orphans."""
    import ctypes

    libc = ctypes.CDLL(None)
    libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    libc.prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
