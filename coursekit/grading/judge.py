"""nbval as the judge: a pytest plugin that says of each check cell whether nbval passed it, and why not.

A cell counts only if pytest reports a clean ``passed``: not skipped, not xfailed, not missing. Words on stderr cost
nothing. What is told of a failure holds the student's own output and never the expected one.
"""

import re
import time
from functools import partial
from queue import Empty

import pytest

COLOURS = re.compile(r"\x1b\[[\d;]*m")
TOLD = 4000  # characters of an output that are kept for the page of feedback


class TooMuchOutput(RuntimeError):
    """A cell printed more than it may."""


class Judge:
    """A pytest plugin for one notebook.

    Parameters
    ----------
    output : int
        Bytes that one cell may print.

    Attributes
    ----------
    verdicts : dict of str to dict
        For each check cell that was reported, by ``grade_id``: ``passed``, ``kind`` and ``told``.
    """

    def __init__(self, output):
        self.output, self.verdicts = output, {}

    def pytest_itemcollected(self, item):
        """Count what a cell prints, and drop stderr before nbval compares."""
        if not hasattr(item, "cell"):
            return
        item.format_output_compare = lambda *args: None  # it would quote the expected value
        compare = item.compare_outputs
        item.compare_outputs = lambda test, ref, **how: compare(_without_stderr(test), _without_stderr(ref), **how)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        """Cut a cell short that prints without end."""
        parent = item.parent
        original, count = type(parent).get_kernel_message, 0

        def counted(timeout=None, stream="iopub"):
            nonlocal count
            message = original(parent, timeout=timeout, stream=stream)
            count += len(str(message["content"]))
            if count > self.output:
                parent.timed_out = True
                parent.kernel.stop()
                raise TooMuchOutput(f"printed more than {self.output >> 20} MB")
            return message

        parent.get_kernel_message = counted
        parent.kernel.await_reply = partial(_await_reply, parent.kernel)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Write down what nbval says of a check cell."""
        report = yield
        flags = getattr(item, "cell", {}).get("metadata", {}).get("nbgrader", {})
        if report.when == "call" and flags.get("grade"):
            clean = report.outcome == "passed" and not hasattr(report, "wasxfail")
            outputs = item.test_outputs or []
            self.verdicts[flags["grade_id"]] = {"passed": clean, **_told(clean, outputs, call.excinfo)}
        return report


def _await_reply(kernel, msg_id, timeout=None):
    """Wait for a reply as nbval does, but notice within a second that the kernel has died."""
    end = time.monotonic() + timeout
    while True:
        try:
            return type(kernel).await_reply(kernel, msg_id, timeout=min(1.0, max(end - time.monotonic(), 0.01)))
        except Empty:
            if not kernel.is_alive():
                raise RuntimeError("the kernel died") from None
            if time.monotonic() > end:
                raise


def _without_stderr(outputs):
    """Return the outputs that are compared."""
    return [out for out in outputs if not (out.output_type == "stream" and out.get("name") == "stderr")]


def _told(clean, outputs, excinfo):
    """Return the kind of result and what the student may read of it."""
    if clean:
        return {"kind": "right", "told": ""}
    error = next((out for out in outputs if out.output_type == "error"), None)
    if error is not None:
        name, text = str(error.get("ename", "")), COLOURS.sub("", str(error.get("evalue", "")))
        kind = {"CheckFailed": "hint", "NotImplementedError": "unwritten", "KeyboardInterrupt": "slow"}.get(
            name, "error"
        )
        return {"kind": kind, "told": text[:TOLD] if kind == "hint" else f"{name}: {text}"[:TOLD]}
    problem = str(excinfo.value) if excinfo else ""
    if isinstance(getattr(excinfo, "value", None), TooMuchOutput):
        return {"kind": "loud", "told": problem}
    if "Cell outputs differ" in problem:
        return {"kind": "value", "told": ""}
    return {"kind": "slow" if "imeout" in problem else "dead", "told": ""}
