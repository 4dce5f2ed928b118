"""A grader that is killed loses nothing: SIGKILL at twenty moments, then the same gradebook, and every move told."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from gradekit import session
from gradekit.runs import disk
from gradekit.runs.isolation import isolation
from gradekit.runs.limits import Level, Limits
from gradekit.runs.paths import PREFIX
from gradekit.store import Store
from tests.gradekit.submissions import write_batch, write_master

KILLS = 20
WITHOUT_TIMES = ("gradebook.json", "grades.csv", "canvas.csv")
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(os.name != "posix", reason="no SIGKILL here: the grader was not killed"),
]


def grade(source, submissions, to):
    """Start a grader in a process of its own."""
    code = (
        "import sys; from gradekit import session; from gradekit.runs.limits import Limits; "
        "session.grade_folder(sys.argv[1], sys.argv[2], source=sys.argv[3], jobs=2, limits=Limits(seconds=10))"
    )
    command = [sys.executable, "-c", code, str(submissions), str(to), str(source)]
    environment = os.environ | {"COURSEKIT_TEST": str(to)}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def test_a_killed_grader_goes_on_where_it_was(tmp_path):
    """Killed twenty times at random, the batch comes to its end with each verdict written once."""
    source, submissions = write_master(tmp_path / "source"), write_batch(tmp_path / "in", honest=12)
    session.grade_folder(submissions, tmp_path / "calm", source=source, jobs=2, limits=Limits(seconds=10))
    moments, graders = random.Random(5), []
    for _ in range(KILLS):
        process = grade(source, submissions, tmp_path / "killed")
        graders.append(process.pid)
        time.sleep(moments.uniform(0.5, 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    process = grade(source, submissions, tmp_path / "killed")
    assert process.wait(timeout=300) == 0
    for name in WITHOUT_TIMES:
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "calm" / name).read_bytes(), name
    lines = (tmp_path / "killed" / session.VERDICTS).read_bytes().splitlines()
    keys = [json.loads(line)["key"] for line in lines if _is_whole(line)]
    assert len(keys) == len(set(keys)), "a verdict was counted twice"
    assert set(keys) == set(Store(tmp_path / "calm" / session.VERDICTS).verdicts)
    assert _left_over(tmp_path / "killed", graders) == []


def _is_whole(line):
    """Say whether a line was written to its end."""
    try:
        return "key" in json.loads(line)
    except ValueError:
        return False


def _left_over(to, graders):
    """Return the processes that outlived their graders, by a variable or their folder, ten seconds later at most."""
    folders = tuple(f"{PREFIX}{pid}-" for pid in graders)
    for _ in range(20):
        alive = []
        for process in psutil.process_iter(["environ", "cmdline"]):
            said = " ".join(process.info["cmdline"] or [])
            ours = (process.info["environ"] or {}).get("COURSEKIT_TEST") == str(to)
            if ours or any(folder in said for folder in folders):
                alive.append((process.pid, said[-200:]))
        if not alive:
            break
        time.sleep(0.5)
    return alive


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
@pytest.mark.parametrize("level", list(Level))
def test_a_kernel_that_was_about_to_start_ends_with_its_grader(level):
    """Killed within the moments in which the box is built, when nothing in it could notice yet."""
    if isolation().level != level == Level.BOX:
        pytest.skip("no box here: its start was not tried")
    code = (
        "import sys, time; from gradekit.runs.runner import Runner; runner = Runner(level=sys.argv[1]); "
        "runner.prepare(); print('asked', flush=True); time.sleep(60)"
    )
    moments, graders = random.Random(6), []
    for _ in range(12):
        process = subprocess.Popen([sys.executable, "-c", code, level], stdout=subprocess.PIPE)
        process.stdout.readline()
        while len(psutil.Process(process.pid).children(recursive=True)) < 2:  # the runner, and then the kernel
            assert process.poll() is None
        time.sleep(moments.uniform(0, 0.02))
        process.kill()
        process.communicate()
        graders.append(process.pid)
    assert _left_over("", graders) == []
    disk.sweep()
    assert [path for pid in graders for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}{pid}-*")] == []


def test_a_killed_grader_has_told_a_moved_mark_or_the_next_one_does(tmp_path):
    """A mark by hand moves one mark; killed at eight moments around its writing, one of the runs says so."""
    source, submissions = write_master(tmp_path / "source"), write_batch(tmp_path / "in", honest=2)
    session.grade_folder(submissions, tmp_path / "calm", source=source, limits=Limits(seconds=10))
    book = json.loads((tmp_path / "calm" / "gradebook.json").read_text())
    name = book["submissions"][0]["student"]
    mark = f"{json.dumps(name)}: {{90_sums: {{90-counts-check: {{points: 0.5}}}}}}\n"
    program = Path(sys.executable).with_name("coursekit")
    moments, killed = random.Random(7), 0
    for round_ in range(8):
        to = shutil.copytree(tmp_path / "calm", tmp_path / str(round_))
        (to / "overrides.yml").write_text(mark)
        before = (to / "grades.csv").read_bytes()
        command = [program, "grade", submissions, "--to", to, "--source", source, "--seconds", "10"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        while process.poll() is None and (to / "grades.csv").read_bytes() == before:
            time.sleep(0.001)  # the first file that is written: from here on the old mark is going
        time.sleep(moments.uniform(0, 0.05))
        process.kill()
        told = process.communicate()[0]
        killed += process.returncode == -signal.SIGKILL
        again = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
        assert "90-counts-check: 3 -> 0.5, by hand" in told + again
        last = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
        assert "by hand" not in last
    assert killed > 1, "hardly a grader was still at work when it was killed"


def test_ctrl_c_keeps_what_was_graded(tmp_path):
    """The command says so, exits with 130, and the next run goes on."""
    source, submissions = write_master(tmp_path / "source"), write_batch(tmp_path / "in", honest=6)
    program = Path(sys.executable).with_name("coursekit")
    command = [program, "grade", submissions, "--to", tmp_path / "out", "--source", source]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    verdicts = tmp_path / "out" / session.VERDICTS
    while process.poll() is None and not (verdicts.exists() and verdicts.read_bytes().count(b"\n") > 4):
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in told
    kept = len(Store(verdicts).verdicts)
    again = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert again.returncode == 0
    assert f"; {len(Store(verdicts).verdicts) - kept} new verdicts" in again.stdout
