"""What goes wrong around a run is provoked, and told as what it is, with its fix; no student pays for it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from nbformat.v4 import new_notebook

from gradekit.runs import isolation, paths
from gradekit.runs import runner as runner_module
from gradekit.runs.limits import Level, Limits
from gradekit.runs.paths import source
from gradekit.runs.runner import Runner
from gradekit.runs.surroundings import SurroundingsError
from tests.gradekit.boxes import as_ordinary, is_root, needs_box, run_as, users
from tests.gradekit.test_run import check

ROOT = Path(__file__).parents[2]
PATIENT = Limits(seconds=30)
FONTS = """import glob, os
open(glob.glob(os.environ["MPLCONFIGDIR"] + "/fontlist*.json")[0]).close()
print("-> 42")"""
GOOD = new_notebook(cells=[check(FONTS, "-> 42\n")])
TRY = """import sys
from gradekit.runs.runner import Runner
from gradekit.runs.surroundings import SurroundingsError
from tests.gradekit.test_surroundings import GOOD
try:
    with Runner(level=sys.argv[1]) as runner:
        print(runner.run(GOOD).verdicts["f-check"].kind)
except SurroundingsError as error:
    print(error)"""
needs_root = pytest.mark.skipif(not is_root, reason="only root can make such a folder")
LEVELS = [pytest.param(level, marks=needs_box if level == Level.BOX else ()) for level in Level]


@pytest.fixture
def found():
    """Give a function that looks anew at how this machine contains runs."""
    for each in (isolation.isolation, isolation.limits_only):
        each.cache_clear()
    yield isolation.isolation
    for each in (isolation.isolation, isolation.limits_only):
        each.cache_clear()


# Why there is no box


def test_a_box_that_is_not_installed_is_said_so(found, monkeypatch, tmp_path):
    """With the command that installs it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found() == isolation.Isolation(Level.LIMITS, isolation.INSTALL)
    assert "apt install bubblewrap" in found().line
    assert isolation.told_by_doctor() == isolation.INSTALL


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("bwrap: setting up uid map: Permission denied", "apparmor_restrict_unprivileged_userns=0"),
        ("bwrap: Creating new namespace failed: Operation not permitted", "apparmor_restrict_unprivileged_userns=0"),
        ("bwrap: Unknown option --size", "too old: 0.8 or later"),
        ("bwrap: Can't mount proc on /newroot/proc: Operation not permitted", "docker run --privileged"),
        ("setpriv: setresuid failed: Invalid argument", "a container"),
        ("ModuleNotFoundError: No module named 'numpy'", "umask 077"),
        ("bwrap: something else", "it ended at once"),
    ],
)
def test_a_box_that_is_refused_is_told_with_its_own_words(found, monkeypatch, tmp_path, said, meaning):
    """And with the usual cause and the fix."""
    program = tmp_path / "bwrap"
    program.write_text(f'#!/bin/sh\necho first >&2\necho "{said}" >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sys, "platform", "linux")
    assert found().level == Level.LIMITS
    assert meaning in found().reason
    assert said in found().reason


@needs_box
@needs_root
def test_a_kernel_that_refuses_namespaces_is_told():
    """As bubblewrap finds it: nothing may make a namespace here."""
    code = "from gradekit.runs.isolation import isolation; print(isolation().line)"
    confined = [sys.executable, "-I", "-S", "-c", source("_confined.py"), str(2**40), "999", str(2**40), "0", "1"]
    done = subprocess.run(
        as_ordinary([*confined, sys.executable, "-c", code]), capture_output=True, text=True, cwd=ROOT
    )
    assert "limits only" in done.stdout, done.stderr
    assert "apparmor_restrict_unprivileged_userns=0" in done.stdout
    assert "bwrap: " in done.stdout


@needs_box
@needs_root
def test_an_environment_that_only_root_can_read_is_told(tmp_path):
    """It was made with umask 077; the box has another user."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    (site,) = (tmp_path / "env").glob("lib/python*/site-packages")
    (site / "more.pth").write_text(
        "".join(f"{place}\n" for place in (*sys.path, ROOT) if "site-packages" in str(place))
    )
    subprocess.run(["cp", "-r", ROOT / "coursekit", ROOT / "gradekit", site], check=True)
    subprocess.run(["chmod", "-R", "go-rwx", tmp_path / "env"], check=True)
    code = "from gradekit.runs.isolation import isolation; print(isolation().reason)"
    done = subprocess.run([tmp_path / "env/bin/python", "-c", code], capture_output=True, text=True)
    assert f"chmod -R go+rX {tmp_path / 'env'}" in done.stdout, done.stderr


def test_packages_that_do_not_run_at_all_end_the_grading(found, monkeypatch):
    """Not even under limits: then nobody is graded, and the program's own words say why."""
    monkeypatch.setattr(isolation, "TRY", "raise ImportError('libopenblas is missing')")
    with pytest.raises(SurroundingsError, match=r"do not run here: .*libopenblas is missing"):
        found()


# What is told instead of a verdict


@users
@pytest.mark.parametrize("level", LEVELS)
def test_right_answers_are_right_whatever_the_umask_and_without_a_home(user, level):
    """HOME is missing, or cannot be written, and new files are their owner's alone."""
    for home in ({}, {"HOME": "/nonexistent"}):
        code = f"import os; os.umask(0o077); os.environ.pop('HOME'); os.environ |= {home}\n{TRY}"
        done = run_as(user, [sys.executable, "-c", code, level], cwd=ROOT)
        assert done.stdout == "right\n", done.stderr


@pytest.mark.parametrize("level", LEVELS)
def test_a_path_that_is_too_long_for_sockets_is_avoided(monkeypatch, level):
    """In bytes: thirty-five letters with accents are seventy."""
    with tempfile.TemporaryDirectory(prefix="ü" * 35, dir="/tmp") as place:
        assert len(place) + paths.LONGEST < paths.SOCKET - 4
        monkeypatch.setattr(tempfile, "tempdir", place)
        assert paths.place_for_folders() == "/tmp"
        with Runner(limits=PATIENT, level=level) as runner:
            assert runner.run(GOOD).verdicts["f-check"].passed


@pytest.mark.parametrize("length", range(40, 80))
def test_every_socket_s_path_is_short_enough(monkeypatch, length):
    """Whatever the folder for temporary files is called."""
    monkeypatch.setattr(tempfile, "tempdir", "/" + "x" * length)
    longest = f"{paths.place_for_folders()}/{paths.PREFIX}4194304-abcdefgh/run/k-5"
    assert len(longest) <= paths.SOCKET - 4


@needs_box
@needs_root
@pytest.mark.parametrize("size", [4096, 65536])
def test_a_full_disk_is_told(size):
    """It ends the grading with the place and what to do, before anybody is judged."""
    bwrap = ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--size", str(size), "--tmpfs", "/mnt"]
    fill = "import tempfile\ntempfile.tempdir = '/mnt'\n"
    fill += "file = open('/mnt/fill', 'wb', buffering=0)\n"
    fill += "try:\n    while file.write(bytes(4096)): pass\nexcept OSError: pass\n"
    done = subprocess.run(
        [*bwrap, sys.executable, "-c", fill + TRY, "limits"], capture_output=True, text=True, cwd=ROOT
    )
    assert "the disk is full at /mnt" in done.stdout, done.stdout + done.stderr


def test_an_environment_that_is_gone_is_told(monkeypatch, tmp_path):
    """Moved or deleted while somebody grades."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    with pytest.raises(SurroundingsError, match=r"was moved or deleted. Make the environment again"):
        Runner(level=Level.LIMITS).run(GOOD)


def test_a_process_that_cannot_start_says_why(monkeypatch):
    """In its own last words."""
    monkeypatch.setattr(runner_module, "WORKER", "raise ImportError('nbval is broken')")
    with pytest.raises(SurroundingsError, match=r"did not start, and said .ImportError: nbval is broken"):
        Runner(level=Level.LIMITS).run(GOOD)


def test_a_busy_machine_is_told_and_no_lesson_is_blamed(monkeypatch):
    """Neither the process nor the kernel is ready in time."""
    monkeypatch.setattr(runner_module, "START", 0.01)
    with pytest.raises(SurroundingsError, match=r"the machine is busy .* fewer --jobs"):
        Runner(level=Level.LIMITS).run(GOOD)
    monkeypatch.setattr(runner_module, "START", 60)
    late = 'raise RuntimeError("Kernel didn\'t respond in 60 seconds")'
    slow = f"import gradekit.runs.worker as worker\ndef late(*a, **how):\n    {late}\nworker._Kernels.__call__ = late\n"
    monkeypatch.setattr(runner_module, "WORKER", slow + runner_module.WORKER)
    with pytest.raises(SurroundingsError, match=r"the machine is busy"), Runner(level=Level.LIMITS) as runner:
        runner.run(GOOD)


def test_a_kernel_that_starts_at_the_second_try_is_enough(monkeypatch, tmp_path):
    """Another run may have been at fault."""
    once = f"""import os
import gradekit.runs.worker as worker
try:
    os.mkdir({str(tmp_path / "tried")!r})
    worker.START = 0.001
except OSError:
    pass
"""
    monkeypatch.setattr(runner_module, "WORKER", once + runner_module.WORKER)
    with Runner(limits=PATIENT, level=Level.LIMITS) as runner:
        assert runner.run(GOOD).verdicts["f-check"].passed


def test_too_many_open_files_are_told():
    """With the command that allows more."""
    files = "import resource, os\nfiles = [os.open(os.devnull, 0) for _ in range(200)]\n"
    files += "resource.setrlimit(resource.RLIMIT_NOFILE, (max(files) + 3, 4096))\n"
    code = TRY.replace("try:\n", f"import gradekit.runs.fonts, nbformat\n{files}try:\n", 1)
    done = subprocess.run([sys.executable, "-c", code, "limits"], capture_output=True, text=True, cwd=ROOT)
    assert "too many files are open. Raise the limit (ulimit -n 4096)" in done.stdout, done.stdout + done.stderr
