"""One run and its parts: the box, the judge and the process that runs notebooks; none needs the bank."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from coursekit.agreements import lessons_folder
from gradekit import marking, rebuild
from gradekit.lesson import Lesson, exercises
from gradekit.runs import box
from gradekit.runs import runner as runner_module
from gradekit.runs.box import Limits
from gradekit.runs.runner import Runner
from gradekit.submission import answers, reading
from tests.sample_lesson import nbgrader

SHORT = Limits(seconds=10, memory=2 * 2**30)
needs_box = pytest.mark.skipif(box.isolation() != box.FULL, reason="no box here: its walls were not tried")
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
        return found["verdicts"].get("f-check"), found

    return judge


# The judge


def test_words_on_stderr_cost_nothing(judge):
    """A warning beside the right value is no failure, and a wrong value beside it is one."""
    source = "import sys\nprint('a word', file=sys.stderr)\nprint('-> 42')"
    assert judge(check(source, "-> 42\n"))[0] == {"passed": True, "kind": "right", "told": ""}
    assert judge(check(source, "-> 43\n"))[0] == {"passed": False, "kind": "value", "told": ""}


def test_a_dead_kernel_is_noticed_at_once(judge):
    """The time limit is not waited for."""
    patient = Limits(seconds=300)
    verdict, found = judge(check("import os\nos._exit(0)", "-> 42\n"), limits=patient)
    assert verdict == {"passed": False, "kind": "dead", "told": ""}
    assert found["seconds"] < patient.seconds / 2


def test_output_is_cut_off(judge):
    """Whoever prints more than a cell may is told so."""
    verdict, _ = judge(check("print('word ' * 1000)", "-> 42\n"), limits=Limits(seconds=10, output=2000))
    assert verdict["kind"] == "loud"


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
    assert verdict["kind"] == "slow"
    assert found["stopped"] == ""


def test_an_answer_that_does_not_run_says_why(judge):
    """The error of the answer is told, and not that the check misses its name."""
    verdict, _ = judge(answer("def f(x)\n    return x"), check("f(1)", "-> 1\n"))
    assert verdict == {"passed": False, "kind": "error", "told": "SyntaxError: expected ':' (line 1)"}


def test_an_exercise_that_was_found_wrong_says_so_in_its_own_words(judge):
    """The hint of the visible part is told; the hidden part is not even begun."""
    source = """class CheckFailed(Exception):
    pass
if f(1) != 1:
    raise CheckFailed("f(1) must be 1")
### BEGIN HIDDEN TESTS
print("->", f(2))
### END HIDDEN TESTS"""
    master = new_notebook(cells=[answer("def f(x):\n    return x"), check(source, "-> 2\n")])
    told = {"passed": False, "kind": "hint", "told": "f(1) must be 1"}
    assert judge(*rebuild.rebuild(master, {"f": "def f(x):\n    return 7"}).cells)[0] == told
    wrong = "def f(x):\n    return 1"
    assert judge(*rebuild.rebuild(master, {"f": wrong}).cells)[0] == {"passed": False, "kind": "value", "told": ""}
    leak = "def f(x):\n    if x > 1:\n        raise {}\n    return 1"
    for error, word in (("SystemExit(x)", "SystemExit"), ("type('E2', (BaseException,), {})()", "")):
        verdict, _ = judge(*rebuild.rebuild(master, {"f": leak.format(error)}).cells)
        assert verdict == {"passed": False, "kind": "error", "told": word}


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
    assert verdict["kind"] == "right"


# The process that runs notebooks


@needs_posix
def test_a_runner_that_is_killed_is_replaced(runner, judge):
    """The run in which it was killed says so; the one after it is as any other, even if it died in between."""
    good, slow = check("print('-> 42')", "-> 42\n"), check("import time\ntime.sleep(60)", "-> 42\n")
    assert judge(good)[0]["passed"]
    killer = threading.Timer(2, lambda: os.kill(runner.process.pid, signal.SIGKILL))
    killer.start()
    assert judge(slow, limits=Limits(seconds=60))[1]["stopped"] == "ended the process that graded it"
    killer.join()
    assert judge(good)[0]["passed"]
    os.kill(runner.process.pid, signal.SIGKILL)
    time.sleep(0.5)
    assert judge(good)[0]["passed"]


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
    assert found["stopped"] == "wrote more than 20 MB of files"


def test_a_machine_without_memory_gets_a_second_try(judge, monkeypatch):
    """One run may suffer for another, so that it is made again, once."""
    left = iter([0])
    monkeypatch.setattr(runner_module, "available_memory", lambda: next(left, 2**40))
    assert judge(check("print('-> 42')", "-> 42\n"))[0]["passed"]
    monkeypatch.setattr(runner_module, "available_memory", lambda: 0)
    assert judge(check("print('-> 42')", "-> 42\n"))[1]["stopped"] == runner_module.SHORT


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
    with Runner(limits=SHORT, level=box.LIMITS) as runner:
        runner.run(new_notebook(cells=[check(source, "-> 42\n")]))
        left = [process.status() for process in psutil.Process(runner.process.pid).children(recursive=True)]
    assert set(left) <= {psutil.STATUS_ZOMBIE}


def test_deep_folders_are_measured_and_removed(tmp_path):
    """Deeper than Python's own stack, and than the longest path."""
    top = tmp_path / "top"
    top.mkdir()
    script = "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')"
    subprocess.run([sys.executable, "-c", script], cwd=top, check=True)
    assert runner_module._size_of(top, enough=10**9) > 10**9
    runner_module._remove(top)
    assert not top.exists()


def test_options_for_other_tests_do_not_reach_the_judge(monkeypatch):
    """What somebody sets for a pytest of their own is not for ours."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    with Runner(limits=SHORT) as runner:
        found = runner.run(new_notebook(cells=[check("print('-> 42')", "-> 42\n")]))
    assert found["verdicts"]["f-check"]["passed"]


# Kernels started ahead


def kernels(runner):
    """Return the kernels that a runner has started, once there is one."""
    for _ in range(300):
        children = psutil.Process(runner.process.pid).children(recursive=True)
        if found := [child for child in children if "_kernel.py" in " ".join(child.cmdline())]:
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
        assert runner.run(new_notebook(cells=[check(AGE, "-> True True\n")]))["verdicts"]["f-check"]["passed"]
        assert runner.folder is None


def test_a_kernel_that_died_waiting_is_replaced():
    """Nobody's run fails by it."""
    with Runner(limits=SHORT) as runner:
        runner.prepare()
        runner_module._kill(kernels(runner))
        assert runner.run(new_notebook(cells=[check("print('-> 42')", "-> 42\n")]))["verdicts"]["f-check"]["passed"]


def test_a_kernel_that_nobody_needs_ends_with_its_runner():
    """Neither a process nor a folder is left."""
    with Runner(limits=SHORT) as runner:
        runner.prepare()
        waiting, folder = [runner.process.pid, *(kernel.pid for kernel in kernels(runner))], runner.folder
        assert folder.exists()
    assert not folder.exists()
    assert [pid for pid in waiting if psutil.pid_exists(pid) and runner_module._runs(psutil.Process(pid))] == []


@needs_box
def test_runners_keep_one_kernel_ahead():
    """Runs that follow each other take turns on two runners; without a box nothing is started ahead."""
    job = new_notebook(cells=[check("print('-> 42')", "-> 42\n")])
    with runner_module.Runners(SHORT, ahead=True) as runners:
        for _ in range(4):
            assert runners.run(job)["verdicts"]["f-check"]["passed"]
        assert len(runners.all) == 2 and [runner.folder is None for runner in runners.idle] == [True, False]
    assert not runner_module.Runners(SHORT, box.LIMITS, ahead=True).ahead


def test_a_cluster_s_worker_obeys_the_limits_of_each_grading(monkeypatch):
    """A process of a Dask cluster outlives a grading, and the next may allow something else."""
    monkeypatch.setattr(marking, "RUNNERS", {})
    monkeypatch.setattr(marking, "_judge_job", lambda job, runners: runners)
    found = [marking._judge_there({"limits": {"seconds": seconds}, "level": box.LIMITS}) for seconds in (5, 9, 5)]
    assert [runners.limits.seconds for runners in found] == [5, 9, 5]
    assert found[0] is found[2] is not found[1]


# Alone and together


LESSON = [
    answer("def f(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "f"),
    check("f(1)", "-> 2\n", "f-check"),
    answer("def g(x):\n    ### BEGIN SOLUTION\n    return f(x) + 1\n    ### END SOLUTION", "g"),
    check("g(1)", "-> 3\n", "g-check"),
]


def judged(answers, told):
    """Judge answers by a run that fails all it is given, and return the verdicts by exercise and what was run."""
    runs, words = [], iter(told)

    def fail(nb):
        runs.append([cell.source for cell in nb.cells])
        names = [cell.metadata.nbgrader.grade_id for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        said = {"passed": False, "kind": "hint", "told": next(words)}
        return {"verdicts": dict.fromkeys(names, said), "stopped": "", "seconds": 1.0, "memory": 1}

    master = new_notebook(cells=LESSON)
    lesson = Lesson("90_sample", master, tuple(exercises(master)))
    keys, verdicts = marking.judge(lesson, answers, {}, fail, "")
    return {name: verdicts[key] for name, key in keys.items()}, runs


def test_an_exercise_is_tried_beside_our_answer_where_its_own_is_missing():
    """Whoever leaves out the first can solve the second."""
    _, runs = judged({"g": "def g(x):\n    return f(x) + 2"}, ["a", "b"])
    assert "NotImplementedError" in runs[0][0]
    assert "return 2 * x" in runs[1][0]


def test_words_beside_our_answer_are_told_only_if_they_were_said_before():
    """An answer that reads ours must not quote it."""
    wrong = {"f": "def f(x):\n    return x", "g": "def g(x):\n    return f(x)"}
    verdicts, _ = judged(wrong, ["together", "f alone", "our answer is 2 * x"])
    assert verdicts["f-check"]["told"] == "f alone"
    assert verdicts["g-check"]["told"] == marking.NO_WORDS
    verdicts, _ = judged(wrong, ["the same", "f alone", "the same"])
    assert verdicts["g-check"]["told"] == "the same"


# What is read


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
    master = new_notebook(cells=LESSON)
    try:
        submission = answers.collect(master, reading.read(path))
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
    assert verdict["passed"]


# The box


def in_box(code, tmp_path, *args, limits=SHORT):
    """Run Python in the box, with a folder of its own, and return what it prints."""
    folder = tmp_path / "own"
    folder.mkdir(exist_ok=True)
    box.give_to_box(folder, slot=99)
    command = [sys.executable, "-c", code, *map(str, args)]
    command = box.boxed(command, folder=folder, limits=limits, slot=99)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


def test_the_environment_holds_nothing_of_ours(tmp_path, monkeypatch):
    """Not a single variable of the grader's goes in with its value."""
    monkeypatch.setenv("REGISTRAR_TOKEN", "secret")
    assert "REGISTRAR_TOKEN" not in box.environment(tmp_path, tmp_path)
    assert "secret" not in str(box.environment(tmp_path, tmp_path))


@needs_box
def test_the_box_hands_in_only_that_environment(tmp_path, monkeypatch):
    """Read from inside."""
    monkeypatch.setenv("REGISTRAR_TOKEN", "secret")
    found = in_box("import os; print(sorted(os.environ))", tmp_path)
    names = {*box.environment(tmp_path, tmp_path), "PWD", "LC_CTYPE"}
    assert set(json.loads(found.replace("'", '"'))) <= names


@needs_box
def test_the_box_refuses_a_write_outside(tmp_path):
    """Only the run's own folder, HOME and the folders in memory take a file."""
    code = """import os, sys
for place in sys.argv[1:]:
    try:
        open(os.path.join(place, "tried"), "w").close()
        print(place)
    except OSError:
        pass"""
    open_, shut = [tmp_path / "own", box.INSIDE, "/tmp", "/dev/shm"], ["/", "/usr", "/etc", "/dev", "/proc", "/var"]
    shut += [tmp_path, sys.prefix, Path(box.__file__).parent, "/root", "/sys"]
    assert in_box(code, tmp_path, *open_, *shut).split() == [str(place) for place in open_]


@needs_box
def test_the_box_shows_neither_notebooks_nor_people(tmp_path):
    """The lessons, the folders of submissions, the system's users and its processes are out of sight."""
    (tmp_path / "ann.ipynb").write_text("{}")
    places = [*lessons_folder().glob("*.ipynb"), tmp_path / "ann.ipynb", "/etc/passwd", "/home", "/srv"]
    code = "import os, sys; print([p for p in sys.argv[1:] if os.path.isfile(p) or os.path.isdir(p) and os.listdir(p)])"
    assert in_box(code, tmp_path, *places) == "[]\n"
    assert in_box("import os; print(len([n for n in os.listdir('/proc') if n.isdigit()]) < 5)", tmp_path) == "True\n"


@needs_box
def test_the_box_has_no_network(tmp_path):
    """A service of this very machine cannot be reached, by address or by an abstract name."""
    code = """import socket, sys
for family, address in ((socket.AF_INET, ("127.0.0.1", int(sys.argv[1]))), (socket.AF_UNIX, "\\0" + sys.argv[2])):
    with socket.socket(family) as one:
        one.settimeout(2)
        print(one.connect_ex(address) != 0)
print(len(socket.if_nameindex()))"""
    name = f"coursekit-test-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0" + name)
        abstract.listen()
        assert in_box(code, tmp_path, server.getsockname()[1], name) == "True\nTrue\n1\n"


@needs_box
def test_the_box_limits_processes(tmp_path):
    """A fork is refused from the limit on."""
    code = """import os, time
forks = 0
try:
    for _ in range(100):
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
        forks += 1
except OSError as error:
    print(error.errno, forks < 20)"""
    assert in_box(code, tmp_path, limits=Limits(processes=20, memory=2 * 2**30)) == "11 True\n"


@needs_box
def test_the_box_limits_memory_and_files(tmp_path):
    """A gigabyte is refused where half of one is allowed; a file ends at its limit, and so do all together."""
    small = Limits(memory=2**29, file=2**20)
    code = "try:\n    bytearray(2**30)\nexcept MemoryError:\n    print('refused')"
    assert in_box(code, tmp_path, limits=small) == "refused\n"
    code = """import os
sizes = []
for number in range(9):
    try:
        with open(str(number), "wb", buffering=0) as file:
            for _ in range(4):
                file.write(bytes(2**19))
    except OSError:
        pass
    sizes.append(os.path.getsize(str(number)) if os.path.exists(str(number)) else 0)
print(max(sizes) <= 2**20, sum(sizes) <= 2**21)"""
    assert in_box(code, tmp_path, limits=small) == "True True\n"


@needs_box
def test_the_box_gives_no_rights(tmp_path):
    """Neither root nor a capability, and no way to gain one."""
    names = ("CapPrm", "CapEff", "CapBnd", "NoNewP")
    code = f"print(*[line.split()[1] for line in open('/proc/self/status') if line[:6] in {names}])"
    assert in_box(code, tmp_path) == f"{0:016} {0:016} {0:016} 1\n"
    assert in_box("import os; print(os.getuid() != 0)", tmp_path) == "True\n"


@needs_posix
def test_limits_hold_without_a_box(tmp_path):
    """Memory and the size of a file."""
    small = Limits(memory=2**29, file=2**20)
    code = f"""try:
    bytearray(2**30)
except MemoryError:
    print("refused")
with open({str(tmp_path / "big")!r}, "wb", buffering=0) as file:
    try:
        for _ in range(4):
            file.write(bytes(2**19))
    except OSError:
        print("refused")"""
    done = subprocess.run(box.limited([sys.executable, "-c", code], small), capture_output=True, text=True, check=False)
    assert done.stdout == "refused\nrefused\n"
