"""The process that runs notebooks: it reads one job per line from its input and answers each notebook with one line.

So Python, pytest and nbval start once, and not once for each submission. A job without a notebook asks for a kernel,
for the notebook that comes next. The first line that it prints says that it is ready.
"""

import contextlib
import io
import os
import signal
import sys
from pathlib import Path

from gradekit.runs.kernel import JOB, NAME
from gradekit.runs.messages import Answer, Job

START = 60.0  # seconds for the kernel to start
SETTINGS = "pytest.ini"  # an empty file in our own folder: pytest then looks for no other


def serve():
    """Answer jobs from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader, which ends its runners
    sys.modules.setdefault("rfc3987_syntax", None)  # an optional grammar that takes jsonschema two seconds to compile
    import pytest
    from nbval import kernel

    from gradekit.runs.judge import Judge

    answers, sys.stdout = os.fdopen(os.dup(1), "w"), io.StringIO()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever inherits it cannot answer in this process's place
    kernel.start_new_kernel = kernels = _Kernels(kernel.start_new_kernel)
    Path(SETTINGS).write_text("[pytest]\n")
    print(Answer().to_json(), file=answers, flush=True)
    for line in sys.stdin:
        job = Job.from_json(line)
        os.environ[JOB] = line
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            if not job.notebook:
                kernels.prepare()
                continue
            judge = Judge(job.limits)
            pytest.main(_options(job), plugins=[judge])
        print(Answer(judge.verdicts, judge.no_kernel).to_json(), file=answers, flush=True)
        _reap()


class _Kernels:
    """How nbval gets its kernels: the one that was started ahead, if it still runs, or a new one.

    Parameters
    ----------
    start : callable
        nbval's own ``start_new_kernel``.
    """

    def __init__(self, start):
        self.start, self.ready = start, None

    def __call__(self, *args, **kwargs):
        """Return a kernel's manager and client."""
        ready, self.ready = self.ready, None
        return ready if ready and ready[0].is_alive() else self.start(*args, **kwargs)

    def prepare(self):
        """Start a kernel, as the next notebook will want it."""
        with contextlib.suppress(RuntimeError):  # then nbval tries again, and says so if it cannot
            self.ready = self.start(startup_timeout=START, kernel_name=NAME)


def _reap():
    """Let go of orphans that were given to this process and have ended: each would keep a place among the processes."""
    import psutil

    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error, OSError, AttributeError):
            if child.status() == psutil.STATUS_ZOMBIE:
                os.waitpid(child.pid, os.WNOHANG)


def _options(job):
    """Return pytest's options for one notebook: nbval and our tolerance, and nothing from the folders around."""
    settings = str(Path(SETTINGS).absolute())
    return [
        job.notebook, "-p", "nbval.plugin", "--nbval", f"--nbval-cell-timeout={job.limits.seconds}",
        f"--nbval-kernel-name={NAME}", f"--nbval-kernel-startup-timeout={START}", "-p", "gradekit.runs.tolerance",
        "-p", "no:cacheprovider", "-p", "no:doctest", "-p", "no:unraisableexception", "-c", settings,
        f"--rootdir={Path(job.notebook).parent}", "--noconftest", "-q", "--no-header",
    ]  # fmt: skip
