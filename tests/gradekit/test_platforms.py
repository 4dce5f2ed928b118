"""What Windows and macOS lack is taken away here, one thing at a time: right answers stay right, and it is said."""

import io
import os
import subprocess
import sys

import pytest
from nbformat.v4 import new_notebook

from gradekit.precheck import Line, Outlook
from gradekit.runs import box, isolation, paths
from gradekit.runs import runner as runner_module
from gradekit.runs.limits import Level, Limits
from gradekit.runs.runner import Runner
from gradekit.terminal import print_anything
from tests.gradekit.test_run import answer, check

NO_RESOURCE = "import sys\nsys.modules['resource'] = None\n"
NO_MEMORY_LIMIT = """import resource
def refuse(kind, limits, once=resource.setrlimit):
    if kind == resource.RLIMIT_AS:
        raise ValueError("current limit exceeds maximum limit")
    once(kind, limits)
resource.setrlimit = refuse
"""
IN_LAUNCHER = "from gradekit.runs import box\nbox.source = lambda name, once=box.source: {text!r} + once(name)\n"
NO_USERS = "import os\ndel os.getuid, os.chown\n"
NO_GROUPS = "import os\ndel os.killpg, os.setsid\n"
NO_SOCKETS = """import subprocess
from gradekit.runs import paths
paths.POSIX = False
class Popen(subprocess.Popen):
    def __init__(self, *args, pass_fds=(), preexec_fn=None, **how):
        if pass_fds:
            raise ValueError("not supported on Windows platforms")
        super().__init__(*args, **how)
subprocess.Popen = Popen
"""
CONNECTION = """import json, sys
with open(sys.argv[sys.argv.index("-f") + 1]) as file:
    found = json.load(file)
print("->", found["transport"], found["ip"] if found["transport"] == "tcp" else "path", len(found["key"]) > 20)"""
TAKEN = {
    "resource": (IN_LAUNCHER.format(text=NO_RESOURCE), "ipc path"),
    "RLIMIT_AS": (IN_LAUNCHER.format(text=NO_MEMORY_LIMIT), "ipc path"),
    "users": (NO_USERS, "ipc path"),
    "groups": (NO_GROUPS, "ipc path"),
    "sockets": (NO_SOCKETS, "tcp 127.0.0.1"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_right_answers_stay_right_without(name, monkeypatch):
    """The process that runs notebooks lacks it, and what it starts."""
    taken, way = TAKEN[name]
    monkeypatch.setattr(runner_module, "WORKER", taken + runner_module.WORKER)
    with Runner(limits=Limits(seconds=20), level=Level.LIMITS) as runner:
        run = runner.run(new_notebook(cells=[check(CONNECTION, f"-> {way} True\n")]))
        assert run.verdicts["f-check"].passed, run
        runner.limits = Limits(seconds=1)
        run = runner.run(new_notebook(cells=[check("while True:\n    pass", "-> 42\n")]))
        assert run.verdicts["f-check"].kind == "slow", run


def test_the_grader_itself_needs_no_user_no_group_and_no_child_s_files(monkeypatch):
    """It starts, watches and ends its processes as Windows lets it."""
    for name in ("getuid", "chown", "killpg", "setsid", "getloadavg"):
        monkeypatch.delattr(os, name)
    monkeypatch.setattr(paths, "POSIX", False)

    class Popen(subprocess.Popen):
        def __init__(self, *args, **how):
            assert not {"preexec_fn", "start_new_session", "pass_fds"} & {name for name in how if how[name]}
            super().__init__(*args, **how)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    monkeypatch.setattr(sys, "platform", "win32-as-it-were")
    isolation.isolation.cache_clear()
    assert isolation.isolation().level == Level.LIMITS
    isolation.isolation.cache_clear()
    with Runner(limits=Limits(seconds=20), level=Level.LIMITS) as runner:
        run = runner.run(new_notebook(cells=[check("print('-> 42')", "-> 42\n")]))
    assert run.verdicts["f-check"].passed


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (NO_RESOURCE, "does not bound the memory of one process nor the processor time nor the size of a file."),
        (NO_MEMORY_LIMIT, "does not bound the memory of one process."),
        ("", "as soon as it is seen. But"),
    ],
)
def test_what_is_not_bounded_is_in_the_first_line(monkeypatch, taken, words):
    """Found by looking at the limits of a process, not by the system's name."""
    once = box.source
    monkeypatch.setattr(box, "source", lambda name: taken + once(name))
    isolation.limits_only.cache_clear()
    line = isolation.limits_only("of a test").line
    isolation.limits_only.cache_clear()
    assert words in line
    assert line.endswith("There is no box, since of a test.")


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [("cp1252", "+ x Zoë ?"), ("gbk", "+ x Zoe 名"), ("ascii", "+ x Zoe ?"), ("utf-8", "✓ ✗ Zoë 名")],
)
def test_a_terminal_without_a_sign_gets_another(encoding, printed):
    """Two signs stay two, and a name is read as far as the terminal has its letters."""
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding=encoding) as stream:
        print_anything(stream, object())
        print("✓ ✗ Zoë 名", end="", file=stream, flush=True)
        assert raw.getvalue().decode(encoding) == printed


OUTLOOK = Outlook("90_sample", (Line("a-check", True, "passes", ()), Line("b-check", False, "名", ())), ())


def test_the_command_prints_its_signs_anywhere():
    """A check on a Windows terminal ends with marks and not with UnicodeEncodeError."""
    code = (
        "from coursekit import cli; from gradekit import precheck; from tests.gradekit import test_platforms as tests; "
        "precheck.precheck = lambda *args, **how: tests.OUTLOOK; cli.app(['check', 'mine.ipynb'])"
    )
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert done.stdout.decode("cp1252").splitlines()[1:] == ["+ a: passes", "x b: ?"], done.stderr.decode()


def test_line_ends_of_windows_cost_nothing():
    """In the answer and in the check."""
    cells = [answer("def f(x):\r\n    return x\r\n"), check("a = f(42)\r\nprint('->', a)\r\n", "-> 42\n")]
    with Runner(limits=Limits(seconds=20)) as runner:
        assert runner.run(new_notebook(cells=cells)).verdicts["f-check"].passed
