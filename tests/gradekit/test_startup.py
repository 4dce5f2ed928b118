"""Nothing of the folder in which somebody grades is executed as that person, whatever its files are called."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook

from gradekit.runs import paths
from gradekit.runs.fonts import font_list
from gradekit.runs.isolation import isolation
from gradekit.runs.limits import Level, Limits
from gradekit.runs.runner import Runner
from tests.gradekit.submissions import FILE, RIGHT, executed, write_batch, write_master
from tests.gradekit.test_run import check

IMPORTED = """import sys
import coursekit.cli, gradekit.session, gradekit.precheck, gradekit.runs.worker, gradekit.runs.judge
import ipykernel.kernelapp, matplotlib.font_manager, matplotlib.pyplot, nbval.kernel, nbval.plugin, pytest, psutil, tqdm
print(*sys.modules)"""
SETTINGS = ("sitecustomize", "usercustomize", "conftest", "jupyter_config", "ipython_config", "ipython_kernel_config")
CODE = "with open({marker!r}, 'a') as file:\n    file.write({name!r} + '\\n')\nraise SystemExit(7)\n"
LEVELS = [pytest.param(level, marks=pytest.mark.skipif(level == Level.BOX != isolation().level, reason="no box here"))
          for level in Level]  # fmt: skip


def names():
    """Return the first names of all modules that this program and its children import."""
    done = subprocess.run(paths.isolated(IMPORTED), capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()} - {"__main__", "__mp_main__"}


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """Fill a folder with modules of all those names and with settings; each leaves its name when it is executed."""
    folder, marker = tmp_path_factory.mktemp("trap"), tmp_path_factory.mktemp("marker") / "executed"
    found = names()
    assert {"random", "string", "token", "pytest", "numpy", "zmq", "coursekit", "gradekit", "json"} <= found
    for name in (*found, *SETTINGS):
        (folder / f"{name}.py").write_text(CODE.format(marker=str(marker), name=name))
    for package in ("coursekit", "gradekit", "gradekit/runs", "numpy"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text(CODE.format(marker=str(marker), name=package))
    startup = folder / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text(CODE.format(marker=str(marker), name="startup"))
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p conftest\n")
    (folder / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "-p conftest"\n')
    (folder / "evil.pth").write_text("import conftest\n")
    os.mkfifo(folder / "matplotlibrc")  # who opens it waits for ever
    return folder, marker


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Give the folder of the lessons."""
    return write_master(tmp_path_factory.mktemp("course"))


def executed_in(marker):
    """Return what was executed since the last look, and forget it."""
    found = marker.read_text().split() if marker.exists() else []
    marker.unlink(missing_ok=True)
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_grading_in_a_folder_executes_nothing_of_it(trap, course, tmp_path, level):
    """The command, started in the folder of the submissions; right answers keep their marks."""
    folder, marker = trap
    write_batch(folder, honest=1)
    command = [Path(sys.executable).with_name("coursekit"), "grade", ".", "--to", tmp_path / "out", "--source", course]
    done = subprocess.run(
        [*command, "--isolation", level, "--json"], cwd=folder, capture_output=True, text=True, timeout=400
    )
    assert executed_in(marker) == []
    assert done.returncode == 0, done.stderr
    marks = {found["student"]: found["points"] for found in json.loads(done.stdout)["submissions"]}
    assert marks["student-00"] == 6.0 and sum(marks.values()) == 6.0


def solved():
    """Return a notebook with right answers to the small lesson, as a student saves it."""
    nb = nbformat.reads(executed(), as_version=4)
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = RIGHT.get(name, cell.source)
    return nb


def test_a_check_in_a_folder_executes_nothing_of_it(trap, course):
    """The command, started beside the notebook."""
    folder, marker = trap
    nbformat.write(solved(), folder / FILE)
    command = [Path(sys.executable).with_name("coursekit"), "check", FILE, "--source", course]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=400)
    assert executed_in(marker) == []
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 pass" in done.stdout


def test_a_module_run_by_name_drops_the_folder_at_once(trap, course, tmp_path):
    """What Python itself imports from there, before it hands over to us, nobody can keep from running."""
    folder, marker = tmp_path / "beside", trap[1]
    ours = shutil.ignore_patterns("coursekit", "coursekit.py", "matplotlibrc")
    shutil.copytree(trap[0], folder, ignore=ours)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "only.py").write_text("import sys; print(*sys.modules)")
    before = subprocess.run(
        [sys.executable, "-m", "only"], cwd=tmp_path / "empty", capture_output=True, text=True, timeout=400
    )
    for name in {name.split(".")[0] for name in before.stdout.split()}:
        (folder / f"{name}.py").unlink(missing_ok=True)
    assert (folder / "random.py").exists() and (folder / "typer.py").exists()
    nbformat.write(solved(), folder / FILE)
    command = [sys.executable, "-m", "coursekit", "check", FILE, "--source", course]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=400)
    assert executed_in(marker) == []
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 pass" in done.stdout


@pytest.mark.parametrize("level", LEVELS)
def test_no_variable_leads_a_child_astray(trap, monkeypatch, level):
    """Where this very process was told to look there, its children are not."""
    folder, marker = trap
    monkeypatch.chdir(folder)
    for name in (
        "PYTHONPATH",
        "PYTHONUSERBASE",
        "PYTHONHOME",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_CONFIG_PATH",
        "MPLCONFIGDIR",
    ):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("IPYTHONDIR", str(folder / ".ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(folder / "sitecustomize.py"))
    monkeypatch.setenv("PYTEST_PLUGINS", "conftest")
    monkeypatch.setenv("MATPLOTLIBRC", str(folder))
    monkeypatch.syspath_prepend("")
    monkeypatch.syspath_prepend(str(folder))
    with Runner(limits=Limits(seconds=60), level=level) as runner:
        source = "import random, numpy\nprint('-> 42')"
        run = runner.run(new_notebook(cells=[check(source, "-> 42\n")]))
    assert executed_in(marker) == []
    assert run.verdicts["f-check"].passed


def test_the_list_of_fonts_is_made_elsewhere(trap, monkeypatch):
    """Matplotlib reads settings from the current folder: here it would wait for ever."""
    monkeypatch.chdir(trap[0])
    font_list.cache_clear()
    assert font_list() is not None
    assert executed_in(trap[1]) == []
