"""The walls of the box, from inside, for root and for a user without rights."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook

import coursekit
import gradekit
from coursekit.agreements import lessons_folder
from gradekit.runs import box, sight
from gradekit.runs.limits import Limits
from gradekit.runs.runner import Runner
from tests.gradekit.boxes import IN_BOX, needs_box, run_as, users
from tests.gradekit.test_run import check

SHORT = Limits(seconds=10, memory=2 * 2**30)


@pytest.fixture
def in_box(user):
    """Give a function that runs Python in the box and returns what it prints."""

    def run(code, *arguments, limits=None, hide=(), python=sys.executable, timeout=120):
        how = {"code": code, "arguments": [*map(str, arguments)], "limits": limits or {}, "hide": [*map(str, hide)]}
        done = run_as(user, [str(python), "-c", IN_BOX, json.dumps(how | {"timeout": timeout})])
        return done.stdout + done.stderr

    return run


def test_the_environment_holds_nothing_of_ours(tmp_path, monkeypatch):
    """Not a single variable of the grader's goes in with its value."""
    monkeypatch.setenv("REGISTRAR_TOKEN", "secret")
    assert "secret" not in str(box.environment(tmp_path, tmp_path))


@needs_box
@users
def test_the_box_hands_in_only_that_environment(in_box, tmp_path, monkeypatch):
    """Read from inside."""
    monkeypatch.setenv("REGISTRAR_TOKEN", "secret")
    found = in_box("import os; print(sorted(os.environ))")
    names = {*box.environment(tmp_path, tmp_path), "PWD", "LC_CTYPE"}
    assert set(json.loads(found.replace("'", '"'))) <= names


WRITES = """import os, sys
for place in sys.argv[1:]:
    try:
        open(os.path.join(place, "tried"), "w").close()
        print(place)
    except OSError:
        pass"""


@needs_box
@users
def test_the_box_refuses_a_write_outside(in_box):
    """Only HOME and the folders in memory take a file, besides the run's own folder."""
    open_, shut = [box.INSIDE, "/tmp", "/dev/shm"], ["/", "/usr", "/etc", "/dev", "/proc", "/var", "/root", "/sys"]
    shut += [sys.prefix, Path(sys.prefix) / "lib", Path(coursekit.__file__).parent, *sight.covered()]
    assert in_box(WRITES, *open_, *shut).split() == open_


@needs_box
@users
def test_the_box_shows_no_people(in_box):
    """The system's users and its processes are out of sight."""
    code = "import os, sys; print([p for p in sys.argv[1:] if os.path.isfile(p) or os.path.isdir(p) and os.listdir(p)])"
    assert in_box(code, "/etc/passwd", "/home", "/srv", "/var", "/opt") == "[]\n"
    assert in_box("import os; print(len([n for n in os.listdir('/proc') if n.isdigit()]) < 5)") == "True\n"


@needs_box
@users
def test_the_box_has_no_network(in_box):
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
        assert in_box(code, server.getsockname()[1], name) == "True\nTrue\n1\n"


@needs_box
@users
def test_the_box_limits_processes(in_box):
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
    assert in_box(code, limits={"processes": 20, "memory": 2 * 2**30}) == "11 True\n"


@needs_box
@users
def test_the_box_limits_memory_and_files(in_box):
    """A gigabyte is refused where half of one is allowed; a file ends at its limit, and so do all together."""
    small = {"memory": 2**29, "file": 2**20}
    code = "try:\n    bytearray(2**30)\nexcept MemoryError:\n    print('refused')"
    assert in_box(code, limits=small) == "refused\n"
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
    assert in_box(code, limits=small) == "True True\n"


@needs_box
@users
def test_the_box_gives_no_rights(in_box):
    """Neither root nor a capability, no way to gain one, and the first to go where memory ends."""
    names = ("CapPrm", "CapEff", "CapBnd", "NoNewP")
    code = f"print(*[line.split()[1] for line in open('/proc/self/status') if line[:6] in {names}])"
    assert in_box(code) == f"{0:016} {0:016} {0:016} 1\n"
    code = "import os; print(os.getuid() != 0, open('/proc/self/oom_score_adj').read().strip())"
    assert in_box(code) == "True 1000\n"


@needs_box
@users
def test_the_box_makes_no_namespace_and_no_mount(in_box):
    """By whatever call; and what the kernel runs when a program crashes cannot be set."""
    code = """import ctypes, os, subprocess
libc = ctypes.CDLL(None, use_errno=True)
tries = {
    "user": lambda: libc.unshare(0x10000000),
    "mounts": lambda: libc.unshare(0x20000), "time": lambda: libc.unshare(0x80),
    "mount": lambda: libc.mount(b"t", b"/tmp/home", b"tmpfs", 0, b"size=1g"), "join": lambda: libc.setns(0, 0),
    "clone3": lambda: libc.syscall(435, 0, 0), "fsopen": lambda: libc.syscall(430, b"tmpfs", 0),
    "clone": lambda: libc.syscall({"x86_64": 56}.get(os.uname().machine, 220), 0x10000000 | 17, 0, 0, 0, 0),
}
for name, call in tries.items():
    ctypes.set_errno(0)
    print(name, call(), ctypes.get_errno() in (1, 38))
print(subprocess.run(["unshare", "-Ur", "id"], capture_output=True).returncode != 0)
try:
    open("/proc/sys/kernel/core_pattern", "w")
except OSError:
    print("read-only")"""
    names = ("user", "mounts", "time", "mount", "join", "clone3", "fsopen", "clone")
    assert in_box(code) == "".join(f"{name} -1 True\n" for name in names) + "True\nread-only\n"


@needs_box
@users
def test_the_box_has_no_memory_that_belongs_to_nobody(in_box):
    """What no process maps is in no sum: it cannot be made."""
    code = """import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
try:
    os.memfd_create("a")
except OSError:
    print("no file in memory")
print(libc.shmget(0, 4096, 0o1600), libc.msgget(0, 0o1600))"""
    assert in_box(code) == "no file in memory\n-1 -1\n"


@needs_box
@users
def test_the_box_keeps_no_key_and_looks_into_no_process(in_box):
    """A key would outlive its run: the next run of the same user could read it. Nor may one read another's memory."""
    code = """import ctypes, os
libc, arm = ctypes.CDLL(None, use_errno=True), os.uname().machine == "aarch64"
numbers = (217, 219, 117, 270, 241, 280, 282, 425) if arm else (248, 250, 101, 310, 298, 321, 323, 425)
tries = {
    "add_key": (b"user", b"left", b"1", 1, -4), "keyctl": (0, -4, 1), "ptrace": (16, 1, 0, 0),
    "process_vm_readv": (1, 0, 0, 0, 0, 0), "perf_event_open": (0, 0, -1, -1, 0), "bpf": (0, 0, 0), "userfaultfd": (1,),
    "io_uring_setup": (1, 0),
}
for number, (name, given) in zip(numbers, tries.items()):
    ctypes.set_errno(0)
    print(name, libc.syscall(number, *given), ctypes.get_errno())"""
    names = ("add_key", "keyctl", "ptrace", "process_vm_readv", "perf_event_open", "bpf", "userfaultfd")
    assert in_box(code) == "".join(f"{name} -1 1\n" for name in (*names, "io_uring_setup"))


def test_threads_and_pools_work_behind_the_filter():
    """What a right answer may do is refused to nobody."""
    code = """import multiprocessing, subprocess, threading
thread = threading.Thread(target=print, args=("thread",))
thread.start()
thread.join()
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(abs, [-1, 2]))
print(subprocess.run(["echo", "program"], capture_output=True, text=True).stdout, end="")"""
    done = subprocess.run(box.limited([sys.executable, "-c", code], SHORT), capture_output=True, text=True, check=False)
    assert done.stdout == "thread\n[1, 2]\nprogram\n", done.stderr


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


# What can be seen


WALK = """import os, sys
secrets = [bytes.fromhex(word) for word in sys.argv[1:]]
for folder, below, files in os.walk("/"):
    if folder == "/":
        below[:] = [name for name in below if name not in ("proc", "dev")]
    below[:] = [name for name in below if name != "__pycache__"]
    for name in files:
        path = os.path.join(folder, name)
        try:
            if os.path.getsize(path) < 2**21 and name.endswith((".py", ".ipynb", ".json", ".txt", ".md", ".html")):
                with open(path, "rb") as file:
                    content = file.read()
                if any(secret in content for secret in secrets):
                    print(path)
        except OSError:
            pass
print("walked")"""


def lines_that_tell():
    """Return the longest line of a solution and of a hidden test of each lesson, as in JSON; no module has them."""
    package = "".join(path.read_text() for path in Path(coursekit.__file__).parent.rglob("*.py"))
    found = []
    for path in sorted(lessons_folder().glob("*.ipynb")):
        text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
        for kind in ("SOLUTION", "HIDDEN TESTS"):
            parts = [part.partition(f"### END {kind}")[0] for part in text.split(f"### BEGIN {kind}")[1:]]
            lines = [line.strip() for part in parts for line in part.splitlines() if line.strip() not in package]
            found += [json.dumps(line)[1:-1] for line in sorted(lines, key=len)[-1:]]
    return found


@pytest.mark.heavy
@needs_box
@users
def test_the_box_shows_no_lesson_and_no_judge(in_box):
    """Everything that can be read is read: neither a hidden test nor a solution is in it; coursekit can be imported."""
    secrets = lines_that_tell()
    assert len(secrets) > 12
    assert in_box(WALK, *[line.encode().hex() for line in secrets], timeout=280) == "walked\n"
    code = """import coursekit.check
try:
    import gradekit.runs
except ImportError:
    print("no judge")"""
    assert in_box(code) == "no judge\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Make an environment in a folder that holds everything else as well, with the package installed twice."""
    folder = tmp_path_factory.mktemp("everything") / "project"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (real,) = (Path(place) for place in sys.path if place.endswith("site-packages") and Path(place, "numpy").exists())
    (site / "more.pth").write_text(f"{real}\n")
    text = "print('a hidden test of ours')\n### BEGIN HIDDEN TESTS\nprobe(f, 71551766)\n### END HIDDEN TESTS"
    lesson = nbformat.writes(new_notebook(cells=[check(text, "-> 5\n")]))
    for package in (coursekit, gradekit):
        target = site / package.__name__
        subprocess.run(["cp", "-r", Path(package.__file__).parent, target], check=True)
    places = ["notebooks", "submissions/ann", "grades", f"{site.relative_to(folder)}/coursekit/notebooks"]
    places += [f"{site.relative_to(folder)}/old/deep/course", "src/coursekit/notebooks", "lib/submissions/bob"]
    for place in places:
        (folder / place).mkdir(parents=True)
        (folder / place / "05_mnist_lab.ipynb").write_text(lesson)
    (folder / "lib/submissions/bob/05_mnist_lab.ipynb").write_text("the answer of bob: 71551766")
    return folder


@pytest.mark.heavy
@needs_box
@pytest.mark.parametrize("user", ["me"])
def test_an_environment_that_holds_the_project_shows_none_of_it(in_box, project):
    """Lessons are found by looking, wherever they lie; submissions and grades by what the grader says."""
    secret = b"71551766".hex()
    python = project / "bin" / "python"
    found = set(in_box(WALK, secret, python=python, timeout=280).split())
    shown = [project / lib / "submissions" / "bob" / "05_mnist_lab.ipynb" for lib in ("lib", "lib64")]
    assert found == {*(str(place) for place in shown if place.exists()), "walked"}
    assert in_box(WALK, secret, python=python, hide=[project / "lib" / "submissions"], timeout=280) == "walked\n"
    code = """import coursekit.check, numpy, os, sys
print(coursekit.__file__.startswith(sys.prefix))
print([folder for place in sys.path for folder, *_, files in os.walk(place + "/gradekit") if files])"""
    assert in_box(code, python=python) == "True\n[]\n"


@needs_box
def test_a_run_sees_its_own_folder_and_not_its_notebook(tmp_path):
    """The notebook with what is expected lies beside that folder."""
    source = """import os, sys
folder = os.path.dirname(sys.argv[sys.argv.index("-f") + 1])
print(os.listdir(os.path.dirname(folder)), any(name.endswith(".ipynb") for name in os.listdir(folder)))"""
    with Runner(limits=SHORT) as runner:
        run = runner.run(new_notebook(cells=[check(source, "['run'] False\n")]))
    assert run.verdicts["f-check"].passed


# What is bounded


HOGS = """import json, sys
from nbformat.v4 import new_notebook
from gradekit.runs.limits import Limits
from gradekit.runs.runner import Runner
from tests.gradekit.test_run import check
for source, limits in json.loads(sys.argv[1]):
    with Runner(limits=Limits(seconds=30, **limits)) as runner:
        print(runner.run(new_notebook(cells=[check(source, "-> 42")])).stopped)
        print(runner.run(new_notebook(cells=[check("print('-> 42')", "-> 42")])).verdicts["f-check"].kind)"""
SPLIT = """import os, time
for _ in range(8):
    if os.fork() == 0:
        hog = b"x" * (200 * 2**20)
        time.sleep(60)
        os._exit(0)
time.sleep(60)"""
IN_FOLDERS = """import time
for number in range(3):
    for place in ("/tmp", "/dev/shm"):
        with open(f"{place}/{number}", "wb") as file:
            file.write(bytes(200 * 2**20))
time.sleep(60)"""
WITHOUT_A_NAME = """import os, sys, time
folder, files = os.path.dirname(sys.argv[sys.argv.index("-f") + 1]), []
for number in range(8):
    files.append(open(f"{folder}/{number}", "wb", buffering=0))
    os.unlink(f"{folder}/{number}")
    files[-1].write(b"x" * (5 * 2**20))
time.sleep(60)"""
FORKS = """import os
while True:
    try:
        os.fork()
    except OSError:
        pass"""


@pytest.mark.heavy
@needs_box
@users
def test_what_is_bounded_is_the_sum(user):
    """Memory in many processes or in the box's folders, and files without a name, are counted; the next run is well."""
    small = {"memory": 2**30}
    runs = [(SPLIT, small), (IN_FOLDERS, small | {"file": 2**29}), (WITHOUT_A_NAME, {"file": 5 * 2**20}), (FORKS, {})]
    done = run_as(user, [sys.executable, "-c", HOGS, json.dumps(runs)], cwd=Path(__file__).parents[2])
    memory, disk = "used more than 1 GB of memory", "wrote more than 20 MB of files"
    assert done.stdout.split("\n")[:8] == [memory, "right", memory, "right", disk, "right", "", "right"], done.stderr
