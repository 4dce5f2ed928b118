"""nbval as the judge: a pytest plugin that says of each check cell whether nbval passed it, and why not.

A cell counts only if pytest reports a clean ``passed``: not skipped, not xfailed, not missing. Words on stderr and
pictures cost nothing. What is told of a failure is the student's own output, never the expected one, and comes from
before anything hidden has reached the student's process: from the answer, or from the visible part of its check.
"""

import builtins
import re
import time
from functools import partial
from queue import Empty

import pytest

from gradekit.rebuild import VISIBLE

COLOURS = re.compile(r"\x1b\[[\d;]*m")
CELL = re.compile(r"\((\S*/)?\d+\.py, line")  # where a syntax error is, in IPython's name for a cell
RIGHT = {"passed": True, "kind": "right", "told": ""}
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
        self.output, self.verdicts, self.before = output, {}, None

    def pytest_itemcollected(self, item):
        """Let nbval compare what is printed and nothing else, and quote no expected value."""
        if not hasattr(item, "cell"):
            return
        item.format_output_compare = lambda *args: None
        compare = item.compare_outputs
        item.compare_outputs = lambda test, ref, **how: compare(_printed(test), _printed(ref), **how)

    def pytest_runtest_setup(self, item):
        """Leave out a check whose visible part has failed: that verdict stands."""
        flags = item.cell.metadata.get("nbgrader", {}) if hasattr(item, "cell") else {}
        if flags.get("grade") and flags["grade_id"] in self.verdicts:
            pytest.skip("its visible part has failed")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        """Cut a cell short that prints without end, or that sends messages to gain time."""
        parent, kernel, count = item.parent, item.parent.kernel, 0
        channels = {"iopub": kernel.kc.get_iopub_msg, "shell": kernel.kc.get_shell_msg}
        end = time.monotonic() + 2 * item.config.option.nbval_cell_timeout + item.output_timeout

        def counted(stream, timeout=None):
            nonlocal count
            message = channels[stream](timeout=timeout)  # nbval's own sets each one nicely for a log: seconds for a MB
            count += len(str(message["content"]))
            if count > self.output:
                _stop(parent)
                raise TooMuchOutput(f"printed more than {self.output >> 20} MB")
            if time.monotonic() > end:
                _stop(parent)
                raise TimeoutError("Timeout exceeded, messages went on")
            return message

        kernel.get_message, kernel.await_reply = counted, partial(_await_reply, kernel)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Write down what nbval says of a check cell, or of the visible part of one."""
        report = yield
        if report.when == "call" and hasattr(item, "cell"):
            clean = report.outcome == "passed" and not hasattr(report, "wasxfail")
            self._note(item.cell, None if clean else _fault(item, call.excinfo))
        return report

    def _note(self, cell, fault):
        """Take what became of a cell; an answer that could not even run says more than a check that misses it."""
        flags, visible = cell.metadata.get("nbgrader", {}), cell.metadata.get(VISIBLE)
        hidden = "BEGIN HIDDEN TESTS" in cell.source
        if not visible and not flags.get("grade"):
            self.before = self.before or fault
        elif fault and not hidden:
            told = fault if fault["kind"] == "hint" else self.before or fault
            self.verdicts[visible or flags["grade_id"]] = {"passed": False, **told}
            self.before = None
        elif not visible:
            self.verdicts[flags["grade_id"]] = {"passed": False, **_without_words(fault)} if fault else dict(RIGHT)
            self.before = None


def _stop(parent):
    """End the kernel of a notebook; the cells that are left fail."""
    parent.timed_out = True
    parent.kernel.stop()


def _await_reply(kernel, msg_id, timeout=None):
    """Wait for a reply as nbval does, but notice within a second that the kernel has died, and count every wait."""
    end = time.monotonic() + timeout
    while (left := end - time.monotonic()) > 0:
        try:
            reply = kernel.get_message("shell", timeout=min(1.0, left))
        except Empty:
            if not kernel.is_alive():
                raise RuntimeError("the kernel died") from None
            continue
        if reply["parent_header"].get("msg_id") == msg_id:
            return
    raise Empty


def _printed(outputs):
    """Return the outputs that are compared."""
    return [out for out in outputs if out.output_type == "stream" and out.get("name") == "stdout"]


def _fault(item, excinfo):
    """Return the kind of a failure and what the student may read of it."""
    error = next((out for out in item.test_outputs or [] if out.output_type == "error"), None)
    if error is not None:
        name, text = str(error.get("ename", "")), COLOURS.sub("", str(error.get("evalue", "")))
        kind = {"CheckFailed": "hint", "NotImplementedError": "unwritten", "KeyboardInterrupt": "slow"}.get(
            name, "error"
        )
        return {"kind": kind, "told": text[:TOLD] if kind == "hint" else CELL.sub("(line", f"{name}: {text}"[:TOLD])}
    problem = str(excinfo.value) if excinfo else ""
    if isinstance(getattr(excinfo, "value", None), TooMuchOutput):
        return {"kind": "loud", "told": problem}
    if "Cell outputs differ" in problem:
        return {"kind": "value", "told": ""}
    return {"kind": "slow" if "imeout" in problem else "dead", "told": ""}


def _without_words(found):
    """Return what may be told of a check's hidden part: of an error its name, if it is one of Python's own."""
    name = found["told"].split(":")[0]
    if found["kind"] == "loud":
        return found
    if found["kind"] == "hint":
        return {"kind": "value", "told": ""}
    return {**found, "told": name if hasattr(builtins, name) else ""}
