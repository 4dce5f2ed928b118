"""One run and its parts: the box, the judge, the process that runs notebooks; none needs the bank."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from gradekit import rebuild
from gradekit.lesson import prepare
from gradekit.runs import disk, processes
from gradekit.runs import runner as runner_module
from gradekit.runs.isolation import isolation
from gradekit.runs.limits import Level, Limits
from gradekit.runs.messages import Run
from gradekit.runs.pool import Runners
from gradekit.runs.runner import Runner
from gradekit.runs.surroundings import SurroundingsError
from gradekit.submission import answers, reading
from gradekit.verdict import Verdict
from tests.sample_lesson import nbgrader

SHORT = Limits(seconds=10, memory=2 * 2**30)
needs_box = pytest.mark.skipif(isolation().level != Level.BOX, reason="no box here: its walls were not tried")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="no such signals and limits here")


def check(source, printed="", name="f-check"):
    """Return a check cell that was run and printed a text."""
    outputs = [new_output("stream", name="stdout", text=printed)] if printed else []
    metadata = nbgrader(name, grade=True, locked=True, points=1)
    return new_code_cell(source, execution_count=1, outputs=outputs, metadata=metadata)


def answer(source, name="f"):
    """Return an answer cell."""
    return new_code_cell(source, metadata=nbgrader(name, solution=True))


@pytest.fixture(scope="module")
def runner():
    """Give one process for all runs, as a grader does."""
    with Runner() as runner:
        yield runner


@pytest.fixture
def judge(runner):
    """Give a function that runs cells and returns what is said of the check, and of the run."""

    def judge(*cells, limits=SHORT):
        runner.limits = limits
        found = runner.run(new_notebook(cells=list(cells)))
        return found.verdicts.get("f-check"), found

    return judge


# The judge


def test_words_on_stderr_cost_nothing(judge):
    """A warning beside the right value is no failure, and a wrong value beside it is one."""
    source = "import sys\nprint('a word', file=sys.stderr)\nprint('-> 42')"
    assert judge(check(source, "-> 42\n"))[0] == Verdict(True, "right")
    assert judge(check(source, "-> 43\n"))[0] == Verdict(False, "value")


def test_a_visible_check_that_finds_nothing_written_is_told_as_that(judge):
    """An edited answer that still raises does not stop the page, and passes no check either."""
    said = "print('○ f: not written yet; below, the page uses ours.')"
    untold = check(said)
    untold.metadata.tags = ["nbval-ignore-output"]
    assert judge(untold)[0] == Verdict(False, "unwritten")
    hidden = f"{said}\n### BEGIN HIDDEN TESTS\nprint('-> 42')\n### END HIDDEN TESTS"
    assert judge(check(hidden, "-> 42\n"))[0].kind == "value"  # of a run with its hidden part, what it prints counts


def test_a_dead_kernel_is_noticed_at_once(judge):
    """The time limit is not waited for."""
    patient = Limits(seconds=300)
    verdict, found = judge(check("import os\nos._exit(0)", "-> 42\n"), limits=patient)
    assert verdict == Verdict(False, "dead")
    assert found.seconds < patient.seconds / 2


def test_output_is_cut_off(judge):
    """Whoever prints more than a cell may is told so."""
    verdict, _ = judge(check("print('word ' * 1000)", "-> 42\n"), limits=Limits(seconds=10, output=2000))
    assert verdict.kind == "loud"


def test_messages_gain_no_time(judge):
    """A kernel that answers something else all the time is stopped like one that does not answer."""
    source = """import time
kernel = get_ipython().kernel
while True:
    try:
        time.sleep(0.01)
        kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "busy"}, parent={})
    except KeyboardInterrupt:
        pass"""
    limits = Limits(seconds=1)
    verdict, found = judge(check(source, "-> 42\n"), limits=limits)
    assert verdict.kind == "slow"
    assert found.stopped == ""


def test_an_answer_that_does_not_run_says_why(judge):
    """The error of the answer is told, and not that the check misses its name."""
    verdict, _ = judge(answer("def f(x)\n    return x"), check("f(1)", "-> 1\n"))
    assert verdict == Verdict(False, "error", "SyntaxError: expected ':' (line 1)")


def test_an_exercise_that_was_found_wrong_says_so_in_its_own_words(judge):
    """The hint of the visible part is told; the hidden part is not even begun."""
    source = """class CheckFailed(Exception):
    pass
if f(1) != 1:
    raise CheckFailed("f(1) must be 1")
### BEGIN HIDDEN TESTS
print("->", f(2))
### END HIDDEN TESTS"""
    lesson = prepare("90", new_notebook(cells=[answer("def f(x):\n    return x"), check(source, "-> 2\n")]))
    told = Verdict(False, "hint", "f(1) must be 1")
    assert judge(*rebuild.rebuild(lesson, {"f": "def f(x):\n    return 7"}).cells)[0] == told
    wrong = "def f(x):\n    return 1"
    assert judge(*rebuild.rebuild(lesson, {"f": wrong}).cells)[0] == Verdict(False, "value")
    leak = "def f(x):\n    if x > 1:\n        raise {}\n    return 1"
    for error, word in (("SystemExit(x)", "SystemExit"), ("type('E2', (BaseException,), {})()", "")):
        verdict, _ = judge(*rebuild.rebuild(lesson, {"f": leak.format(error)}).cells)
        assert verdict == Verdict(False, "error", word)


def test_the_kernel_inherits_no_file_of_ours(judge):
    """Its standard streams lead nowhere: a verdict cannot be written past the judge."""
    source = """import os, stat
for number in range(256):
    try:
        about, link = os.fstat(number), os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    if stat.S_ISREG(about.st_mode) and not link.startswith(("/memfd:", "/tmp/home")):
        print(number, link)
out = get_ipython().kernel.shell_class.instance() and __import__("sys").stdout
print("->", os.path.samestat(os.fstat(out._original_stdstream_copy), os.stat("/dev/null")))"""
    verdict, _ = judge(check(source, "-> True\n"))
    assert verdict.kind == "right"


# The process that runs notebooks


@needs_posix
def test_a_runner_that_is_killed_is_replaced(runner, judge):
    """The run in which it was killed says so; the one after it is as any other, even if it died in between."""
    good, slow = check("print('-> 42')", "-> 42\n"), check("import time\ntime.sleep(60)", "-> 42\n")
    assert judge(good)[0].passed
    killer = threading.Timer(2, lambda: os.kill(runner.process.pid, signal.SIGKILL))
    killer.start()
    assert judge(slow, limits=Limits(seconds=60))[1].stopped == "ended the process that graded it"
    killer.join()
    assert judge(good)[0].passed
    os.kill(runner.process.pid, signal.SIGKILL)
    time.sleep(0.5)
    assert judge(good)[0].passed


def test_the_first_cell_that_hangs_ends_the_run(judge):
    """What comes after it cannot pass any more, and is not waited for: one limit is spent, not one for each cell."""
    hang = """import time
while True:
    try:
        time.sleep(1)
    except BaseException:
        pass"""
    limits = Limits(seconds=3)
    cells = [check(hang, "-> 42\n", f"{name}-check") for name in "gabcde"] + [check("print('-> 42')", "-> 42\n")]
    verdict, found = judge(*cells, limits=limits)
    assert verdict.kind == "slow"
    assert {said.kind for said in found.verdicts.values()} == {"slow"} and len(found.verdicts) == len(cells)
    assert found.seconds < limits.seconds * len(cells)


def test_a_run_ends_at_the_sum_of_its_limits(judge, monkeypatch):
    """Whatever keeps the process that judges it; and it is said."""
    slow = check("import time\ntime.sleep(60)", "-> 42\n")
    with monkeypatch.context() as patch:
        patch.setattr(runner_module, "END", -runner_module.START)
        assert judge(slow, limits=Limits(seconds=1))[1].stopped == "took more than 1 seconds in all"
    monkeypatch.setattr(Runner, "_watched", lambda self, job, folder, deadline: Run(seconds=deadline))
    run = judge(slow, answer("f = 1"), new_markdown_cell("text"), limits=Limits(seconds=7))[1]
    assert run.seconds == runner_module.START + 2 * 7 + runner_module.END


@needs_posix
@pytest.mark.parametrize("way", ["open(f'{place}/{n}', 'w').close()", "os.mkdir('d'); os.chdir('d')"])
def test_a_run_is_ended_that_fills_the_disk(judge, way):
    """Empty files fill a disk as well, and folders in folders could hide anything."""
    source = f"""import os, sys
place = os.path.dirname(sys.argv[sys.argv.index("-f") + 1])
os.chdir(place)
for n in range(10_000):
    {way}
import time
time.sleep(60)"""
    _, found = judge(check(source, "-> 42\n"), limits=Limits(seconds=60, file=5 * 2**20))
    assert found.stopped == "wrote more than 20 MB of files"


def test_a_run_is_ended_that_starts_too_many_processes():
    """Without a box they are counted, since the system counts those of its whole user."""
    source = """import subprocess, time
started = [subprocess.Popen(["sleep", "60"]) for _ in range(40)]
time.sleep(60)"""
    with Runner(limits=Limits(seconds=60, processes=20), level=Level.LIMITS) as runner:
        run = runner.run(new_notebook(cells=[check(source, "-> 42\n")]))
    assert run.stopped == "started more than 20 processes"


def test_a_machine_without_memory_gets_a_second_try(judge, monkeypatch):
    """One run may suffer for another, so that it is made again, once."""
    good = check("print('-> 42')", "-> 42\n")
    for some in ([0], [2**40, 0]):  # before the run, and in it
        left = iter(some)
        monkeypatch.setattr(runner_module, "available_memory", lambda left=left: next(left, 2**40))
        assert judge(good)[0].passed
    left = iter([2**40, 0, 2**40, 0])
    monkeypatch.setattr(runner_module, "available_memory", lambda: next(left))
    assert judge(good)[1].stopped == runner_module.SHORT
    monkeypatch.setattr(runner_module, "available_memory", lambda: 0)
    with pytest.raises(SurroundingsError, match="0 MB of memory left"):
        judge(good)


@pytest.mark.skipif(sys.platform != "linux", reason="no orphans are handed over here")
def test_a_daemon_does_not_outlive_its_run_without_a_box():
    """The runner adopts what the kernel leaves behind, and ends it."""
    source = """import os, time
reader, writer = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.write(writer, str(os.getpid()).encode())
        time.sleep(600)
    os._exit(0)
print("->", os.read(reader, 9).decode())"""
    with Runner(limits=SHORT, level=Level.LIMITS) as runner:
        runner.run(new_notebook(cells=[check(source, "-> 42\n")]))
        left = [process.status() for process in psutil.Process(runner.process.pid).children(recursive=True)]
    assert set(left) <= {psutil.STATUS_ZOMBIE}


def test_deep_folders_are_measured_and_removed(tmp_path):
    """Deeper than Python's own stack, and than the longest path."""
    top = tmp_path / "top"
    top.mkdir()
    script = "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')"
    subprocess.run([sys.executable, "-c", script], cwd=top, check=True)
    assert disk.size_of(top, enough=10**9) > 10**9
    disk.remove(top)
    assert not top.exists()


def test_options_for_other_tests_do_not_reach_the_judge(monkeypatch):
    """What somebody sets for a pytest of their own is not for ours."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    with Runner(limits=SHORT) as runner:
        found = runner.run(new_notebook(cells=[check("print('-> 42')", "-> 42\n")]))
    assert found.verdicts["f-check"].passed


# Kernels started ahead


def kernels(runner):
    """Return the kernels that a runner has started, once there is one."""
    for _ in range(300):
        children = psutil.Process(runner.process.pid).children(recursive=True)
        if found := [child for child in children if "launch_new_instance" in " ".join(child.cmdline())]:
            return found
        time.sleep(0.1)
    raise AssertionError("no kernel was started")


AGE = """import os, sys, time
started = int(open("/proc/self/stat").read().split()[21]) / os.sysconf("SC_CLK_TCK")
print("->", time.clock_gettime(time.CLOCK_BOOTTIME) - started > 5, "colorsys" in sys.modules)"""


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc that tells a process's age")
def test_a_kernel_that_waits_is_used():
    """A run takes the kernel that was started for it, in its folder, with the imports that were asked for."""
    with Runner(limits=SHORT) as runner:
        runner.prepare(["colorsys"])
        assert kernels(runner)
        time.sleep(5)
        assert runner.run(new_notebook(cells=[check(AGE, "-> True True\n")])).verdicts["f-check"].passed
        assert runner.folder is None


def test_a_kernel_that_died_waiting_is_replaced():
    """Nobody's run fails by it."""
    with Runner(limits=SHORT) as runner:
        runner.prepare()
        processes.kill(kernels(runner))
        assert runner.run(new_notebook(cells=[check("print('-> 42')", "-> 42\n")])).verdicts["f-check"].passed


def test_a_kernel_that_nobody_needs_ends_with_its_runner():
    """Neither a process nor a folder is left."""
    with Runner(limits=SHORT) as runner:
        runner.prepare()
        waiting, folder = [runner.process.pid, *(kernel.pid for kernel in kernels(runner))], runner.folder
        assert folder.exists()
    assert not folder.exists()
    assert [pid for pid in waiting if psutil.pid_exists(pid) and processes.runs(psutil.Process(pid))] == []


@needs_box
def test_runners_keep_kernels_ahead():
    """Runs that follow each other take turns on three runners; without a box nothing is started ahead."""
    job = new_notebook(cells=[check("print('-> 42')", "-> 42\n")])
    with Runners(SHORT, ahead=True) as runners:
        for _ in range(4):
            used = runners.run(job), [runner.folder is None for runner in runners.idle]
            assert used[0].verdicts["f-check"].passed and used[1] == [False, False, True]
        assert len(runners.all) == 3
    assert not Runners(SHORT, Level.LIMITS, ahead=True).ahead


def test_what_has_ended_is_let_go():
    """A process that judges a class would else keep one dead process for each notebook, until no place is left."""
    job = new_notebook(cells=[check("print('-> 42')", "-> 42\n")])
    with Runner(limits=SHORT) as runner:
        for _ in range(5):
            assert runner.run(job).verdicts["f-check"].passed
        ended = [child.status() == psutil.STATUS_ZOMBIE for child in psutil.Process(runner.process.pid).children()]
    assert sum(ended) <= 2  # of the last run


def test_no_runner_serves_two_threads(monkeypatch):
    """Taken and given back by many at once, each has one user at a time, and none is lost."""
    import gradekit.runs.pool as pool

    class Fake:
        def __init__(self, *args, **how):
            self.kernel, self.busy = None, threading.Lock()

        @property
        def folder(self):
            """Give others their turn between looking and taking."""
            time.sleep(0.0001)
            return self.kernel

        def prepare(self, modules):
            self.use("there")

        def run(self, nb):
            self.use(None)
            return nb

        def use(self, kernel):
            assert self.busy.acquire(blocking=False)
            time.sleep(0.0001)
            self.kernel = kernel
            self.busy.release()

        def close(self):
            pass

    monkeypatch.setattr(pool, "Runner", Fake)
    with Runners(SHORT, Level.BOX, ahead=True) as runners, ThreadPoolExecutor(8) as threads:
        nb = new_notebook(cells=[])
        assert all(found is nb for found in threads.map(runners.run, [nb] * 200))
        assert sorted(map(id, runners.idle)) == sorted(map(id, runners.all))
        assert len(runners.all) <= 8 * (1 + pool.AHEAD)


# What is read


LESSON = [
    answer("def f(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "f"),
    check("f(1)", "-> 2\n", "f-check"),
]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nbgrader", "tags", "a"]), inner),
    max_leaves=6,
)
flags = st.fixed_dictionaries({}, optional={"grade_id": json_values | st.just("f"), "solution": json_values})
cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.just("code") | json_values,
        "source": st.sampled_from(["def f(x):", "# NBVAL_SKIP", "f = 1\ud800"]) | json_values,
        "metadata": st.fixed_dictionaries({"nbgrader": flags | json_values, "tags": json_values}) | json_values,
    },
)


@given(st.lists(cells | json_values, max_size=4) | json_values)
@settings(max_examples=200, deadline=None)
def test_any_json_is_read_or_refused(tmp_path_factory, found):
    """Nothing that can stand in a file stops the grader."""
    path = tmp_path_factory.getbasetemp() / "any.ipynb"
    path.write_text(json.dumps({"cells": found}))
    lesson = prepare("90_sample", new_notebook(cells=LESSON))
    try:
        submission = answers.collect(lesson, reading.read(path))
    except reading.Unreadable:
        return
    "".join(submission.answers.values()).encode()


def test_a_marker_is_found_in_no_time():
    """A pattern that looks back over each line break again would need a day."""
    assert answers.MARKER.search("\n" * 10**6) is None
    assert answers.MARKER.sub("", "a\n  ## NBVAL_SKIP \nb") == "a\n\nb"


def test_a_run_reads_the_list_of_fonts_and_makes_none(judge):
    """Where thousands are installed, to look at each takes longer than a cell may."""
    code = """import matplotlib.font_manager as fonts, pathlib
(found,) = pathlib.Path(fonts.mpl.get_cachedir()).glob("fontlist*.json")
print(found.stat().st_mtime < pathlib.Path("/proc/self/stat").stat().st_mtime)"""
    verdict, _ = judge(check(code, "True\n"))
    assert verdict.passed
