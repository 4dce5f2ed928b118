"""The process that runs notebooks: ``python -m gradekit.runs.worker``.

It reads one job a line from its input and answers one verdict a line, so that Python, pytest and nbval start once and
not once a submission. A job without a notebook asks for a kernel, for the notebook that comes next.
"""

import contextlib
import io
import json
import os
import signal
import sys
from pathlib import Path

from gradekit.runs.kernel import NAME

START = 60.0  # seconds for the kernel to start


def serve():
    """Answer jobs from standard input until it ends."""
    sys.modules.setdefault("rfc3987_syntax", None)  # an optional grammar that takes jsonschema two seconds to compile
    import pytest
    from nbval import kernel

    from gradekit.runs.judge import Judge

    answers, sys.stdout = os.fdopen(os.dup(1), "w"), io.StringIO()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever inherits it cannot answer in this process's place
    for name in ("JPY_PARENT_PID", "PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    kernel.start_new_kernel = kernels = _Kernels(kernel.start_new_kernel)
    for line in sys.stdin:
        job = json.loads(line)
        os.environ["COURSEKIT_RUN"] = json.dumps(job["run"])
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            if "notebook" not in job:
                kernels.prepare()
                continue
            judge = Judge(job["run"]["limits"]["output"])
            pytest.main(_options(job), plugins=[judge])
        print(json.dumps(judge.verdicts), file=answers, flush=True)


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


def _options(job):
    """Return pytest's options for one notebook: nbval and our tolerance, and nothing from the folders around."""
    notebook = job["notebook"]
    return [
        notebook, "-p", "nbval.plugin", "--nbval", f"--nbval-cell-timeout={job['run']['limits']['seconds']}",
        f"--nbval-kernel-name={NAME}", f"--nbval-kernel-startup-timeout={START}", "-p", "gradekit.runs.tolerance",
        "-p", "no:cacheprovider", "-p", "no:doctest", "-p", "no:unraisableexception", "-c", os.devnull,
        f"--rootdir={Path(notebook).parent}", "--noconftest", "-q", "--no-header",
    ]  # fmt: skip


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader, which ends its runners
    serve()
