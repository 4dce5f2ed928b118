"""Runners for all threads of a grader, with one kernel started ahead."""

import threading
from itertools import count

from gradekit.runs.isolation import isolation
from gradekit.runs.limits import Level, Limits
from gradekit.runs.runner import Runner

SLOTS = count()  # every runner of this process has a user of its own in the box
SLOW = ("numpy", "matplotlib.pyplot")  # imports that a kernel can have behind it, if the last notebook had them


class Runners:
    """Runners for all that ask, from any thread: one that is idle, or a new one.

    Parameters
    ----------
    limits : gradekit.runs.limits.Limits, optional
        What one run may use.
    level : Level, optional
        How runs are contained; found by trying if not given.
    hide : iterable of path-like, default=()
        Folders that the box must not show, wherever they lie: of lessons, of submissions, of grades.
    ahead : bool, default=False
        Start a kernel for the next run while one is at work. Only in the box, where nobody else can speak to it.
    """

    def __init__(self, limits=None, level=None, *, hide=(), ahead=False):
        self.limits, self.level, self.hide = limits or Limits(), Level(level or isolation().level), tuple(hide)
        self.ahead = ahead and self.level == Level.BOX
        self.idle, self.all, self.lock = [], [], threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for runner in self.all:
            runner.close()

    def run(self, nb):
        """Run a notebook, as :meth:`gradekit.runs.runner.Runner.run` does.

        Parameters
        ----------
        nb : NotebookNode
            As :func:`gradekit.rebuild.rebuild` makes it.

        Returns
        -------
        gradekit.runs.messages.Run
            What became of it.
        """
        runner = self._take()
        try:
            if self.ahead:
                self._prepare([name for name in SLOW if any(f"import {name}" in cell.source for cell in nb.cells)])
            return runner.run(nb)
        finally:
            self._give(runner, first=True)

    def _prepare(self, modules):
        """Start a kernel for the run after this one, on a runner that is next then."""
        spare = self._take()
        try:
            spare.prepare(modules)
        finally:
            self._give(spare)

    def _take(self):
        """Return a runner that nobody uses; those with a kernel are taken first."""
        with self.lock:
            if self.idle:
                return self.idle.pop()
            self.all.append(Runner(next(SLOTS), self.limits, self.level, hide=self.hide))
            return self.all[-1]

    def _give(self, runner, *, first=False):
        """Put a runner back: at the end, where it is taken next, or at the start."""
        with self.lock:
            self.idle.insert(0 if first else len(self.idle), runner)
