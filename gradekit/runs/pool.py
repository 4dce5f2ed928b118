"""Runners for all threads of a grader, with kernels started ahead."""

import threading
from itertools import count

from gradekit.runs.isolation import isolation
from gradekit.runs.limits import Level, Limits
from gradekit.runs.runner import Runner

SLOTS = count()  # every runner of this process has a user of its own in the box
AHEAD = 2  # kernels that stand ready: one starts in the time of two runs
SLOW = {  # imports that a kernel can have behind it, if the last notebook had them
    "import numpy": "numpy",
    "import matplotlib.pyplot": "matplotlib.pyplot",
    "import tqdm": "tqdm",
    "from coursekit import check": "coursekit.check",
}


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
        Start kernels for the next runs while one is at work. Only in the box, where nobody else can speak to them.
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
                self._prepare([slow for text, slow in SLOW.items() if any(text in cell.source for cell in nb.cells)])
            return runner.run(nb)
        finally:
            self._give(runner)

    def _prepare(self, modules):
        """Start kernels for the runs after this one, until enough stand ready."""
        with self.lock:
            ready, idle = self._idle()
            missing = max(AHEAD - len(ready), 0)
            idle += [self._new() for _ in range(missing - len(idle))]
            taken, self.idle = idle[:missing], ready + idle[missing:]
        for runner in taken:
            try:
                runner.prepare(modules)
            finally:
                self._give(runner)

    def _take(self):
        """Return a runner that nobody uses: that whose kernel has stood ready the longest, or any."""
        with self.lock:
            ready, idle = self._idle()
            taken, *self.idle = [*ready, *idle] or [self._new()]
            return taken

    def _idle(self):
        """Return the runners that nobody uses: those whose kernel stands ready, the oldest first, and the others."""
        return [each for each in self.idle if each.folder], [each for each in self.idle if not each.folder]

    def _new(self):
        """Return one more runner; it starts when it has something to do."""
        self.all.append(Runner(next(SLOTS), self.limits, self.level, hide=self.hide))
        return self.all[-1]

    def _give(self, runner):
        """Put a runner back."""
        with self.lock:
            self.idle.append(runner)
