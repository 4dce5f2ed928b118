"""nbval as the judge: a pytest plugin that says of each check cell whether nbval passed it, and why not.

A cell counts only if pytest reports a clean ``passed``: not skipped, not xfailed, not missing. Words on stderr and
pictures cost nothing. What is told of a failure is the student's own output, never the expected one, and comes from
before anything hidden has reached the student's process: from the answer, or from the visible part of its check.
"""

import builtins
import re
import time
from dataclasses import replace
from queue import Empty

import pytest

from coursekit.agreements import UNWRITTEN
from gradekit.rebuild import VISIBLE
from gradekit.verdict import Verdict

COLOURS = re.compile(r"\x1b\[[\d;]*m")
CELL = re.compile(r"\((\S*/)?\d+\.py, line")  # where a syntax error is, in IPython's name for a cell
HIDDEN = "BEGIN HIDDEN TESTS"
RIGHT = Verdict(True, "right")
KINDS = {"CheckFailed": "hint", "NotImplementedError": "unwritten"}  # of errors; any other is an error
GRACE = 5.0  # seconds for the last messages of a cell that was done in time
TOLD = 4000  # characters of an output that are kept for the page of feedback


class TooMuchOutput(RuntimeError):
    """A cell printed more than it may."""


class Judge:
    """A pytest plugin for one notebook.

    Parameters
    ----------
    limits : gradekit.runs.limits.Limits
        What a cell may use.

    Attributes
    ----------
    verdicts : dict of str to gradekit.verdict.Verdict
        For each check cell that was reported, by ``grade_id``.
    no_kernel : str
        Why no kernel started; empty if one did.
    """

    def __init__(self, limits):
        self.limits, self.verdicts, self.no_kernel = limits, {}, ""
        self.before = None  # what went wrong since the last check
        self.over = None  # what ended the kernel, so that nothing after it can pass

    def pytest_itemcollected(self, item):
        """Let nbval compare what is printed and nothing else, and quote no expected value."""
        if not hasattr(item, "cell"):
            return
        item.format_output_compare = lambda *args: None
        compare = item.compare_outputs
        item.compare_outputs = lambda test, ref, **how: compare(_printed(test), _printed(ref), **how)

    def pytest_runtest_setup(self, item):
        """Leave out what is decided: a check whose visible part has failed, and all after the kernel was ended."""
        name = _checked(item.cell) if hasattr(item, "cell") else None
        if self.over:
            if name:
                self.verdicts.setdefault(name, self.over)
            pytest.skip("the kernel was ended")
        if name in self.verdicts:
            pytest.skip("its visible part has failed")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        """Cut a cell short that takes too long, prints without end, or sends messages to gain time."""
        kernel, clock = item.parent.kernel, _Clock(item.parent.kernel, self.limits)
        kernel.get_message, kernel.await_reply = clock.get_message, clock.await_reply
        try:
            return (yield)
        except (TimeoutError, TooMuchOutput):
            item.parent.timed_out = True
            kernel.stop()
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Write down what nbval says of a check cell, or of the visible part of one."""
        report = yield
        if report.when == "setup" and report.failed:
            self.no_kernel = str(call.excinfo.value) or type(call.excinfo.value).__name__
        if report.when == "call" and hasattr(item, "cell"):
            clean = report.outcome == "passed" and not hasattr(report, "wasxfail")
            fault = _unwritten(item) if clean else _fault(item, call.excinfo)
            if fault and fault.kind in ("slow", "loud"):
                self.over = fault
            self._note(item.cell, fault)
        return report

    def _note(self, cell, fault):
        """Take what became of a cell; an answer that could not even run says more than a check that misses it."""
        name, visible = _checked(cell), cell.metadata.get(VISIBLE)
        hidden = HIDDEN in cell.source
        if not name:
            self.before = self.before or fault
        elif fault and not hidden:
            self.verdicts[name] = fault if fault.kind == "hint" else self.before or fault
            self.before = None
        elif not visible:
            self.verdicts[name] = _without_words(fault) if fault else RIGHT
            self.before = None


class _Clock:
    """What one cell has left of its time and of its output.

    Parameters
    ----------
    kernel : nbval.kernel.RunningKernel
        The kernel that it runs in.
    limits : gradekit.runs.limits.Limits
        What it may use.
    """

    def __init__(self, kernel, limits):
        self.kernel, self.limits, self.left = kernel, limits, limits.output
        self.end = time.monotonic() + limits.seconds
        self.channels = {"iopub": kernel.kc.get_iopub_msg, "shell": kernel.kc.get_shell_msg}

    def get_message(self, stream, timeout=None):
        """Return a message as nbval's own does, which sets each one nicely for a log: that takes seconds for a MB."""
        if time.monotonic() > self.end + (GRACE if stream == "iopub" else 0):
            raise TimeoutError(f"took more than {self.limits.seconds:g} seconds")
        message = self.channels[stream](timeout=timeout)
        self.left -= len(str(message["content"]))
        if self.left < 0:
            raise TooMuchOutput(f"printed more than {self.limits.output >> 20} MB")
        return message

    def await_reply(self, msg_id, timeout=None):
        """Wait for a reply as nbval does, but notice within a second that the kernel has died, and count every wait."""
        while True:
            try:
                wait = max(0.0, min(1.0, self.end - time.monotonic()))
                if self.get_message("shell", timeout=wait)["parent_header"].get("msg_id") == msg_id:
                    return
            except Empty:
                if not self.kernel.is_alive():
                    raise RuntimeError("the kernel died") from None


def _checked(cell):
    """Return the check that a cell is, or is the visible part of; None for any other cell."""
    flags = cell.metadata.get("nbgrader", {})
    return cell.metadata.get(VISIBLE) or (flags["grade_id"] if flags.get("grade") else None)


def _printed(outputs):
    """Return the outputs that are compared."""
    return [out for out in outputs if out.output_type == "stream" and out.get("name") == "stdout"]


def _unwritten(item):
    """Return the verdict on a visible check that runs and says that there is nothing to check; None of any other."""
    printed = "".join(out.text for out in _printed(item.test_outputs or []))
    shown = _checked(item.cell) and HIDDEN not in item.cell.source
    return Verdict(False, "unwritten") if shown and printed.startswith(UNWRITTEN) else None


def _fault(item, excinfo):
    """Return the kind of a failure and what the student may read of it."""
    value = getattr(excinfo, "value", None)
    if isinstance(value, TooMuchOutput):
        return Verdict(False, "loud", str(value))
    if isinstance(value, TimeoutError):
        return Verdict(False, "slow")
    error = next((out for out in item.test_outputs or [] if out.output_type == "error"), None)
    if error is not None:
        name, text = str(error.get("ename", "")), COLOURS.sub("", str(error.get("evalue", "")))
        kind = KINDS.get(name, "error")
        return Verdict(False, kind, text[:TOLD] if kind == "hint" else CELL.sub("(line", f"{name}: {text}"[:TOLD]))
    if "Cell outputs differ" in str(value):
        return Verdict(False, "value")
    return Verdict(False, "slow" if "imeout" in str(value) else "dead")


def _without_words(fault):
    """Return what may be told of a check's hidden part: of an error its name, if it is one of Python's own."""
    if fault.kind == "loud":
        return fault
    if fault.kind == "hint":
        return Verdict(False, "value")
    name = fault.told.split(":")[0]
    return replace(fault, told=name if hasattr(builtins, name) else "")
