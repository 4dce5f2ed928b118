"""GitHub's workflows, as far as they can be tried without GitHub: what they name is there, and Classroom's runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from typer.main import get_command

from coursekit.cli import app
from gradekit.lesson import find_lessons
from gradekit.release import release
from gradekit.runs.isolation import REFUSED

ROOT = Path(__file__).parent.parent
CHECK = ROOT / ".github" / "classroom" / "check.yml"
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), CHECK]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def steps(path):
    """Return the steps of all jobs of a workflow."""
    return [step for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values() for step in job["steps"]]


def scripts(path):
    """Return what a workflow's steps run."""
    return [step["run"] for step in steps(path) if "run" in step]


RUN = {f"{path.stem}-{i}": text for path in WORKFLOWS for i, text in enumerate(scripts(path))}
TARGETS = sorted(set(re.findall(r"^make (\S+)", "\n".join(RUN.values()), re.M)))


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here: the steps not read")
@pytest.mark.parametrize("name", RUN)
def test_a_step_is_a_script(name):
    """The shell of the runner can read it."""
    read = subprocess.run(["bash", "-n", "-c", RUN[name]], capture_output=True, text=True)
    assert read.returncode == 0, read.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here: the targets not asked for")
@pytest.mark.parametrize("target", TARGETS)
def test_a_target_can_be_made(target, tmp_path):
    """Make finds rules for all that it needs, beginning with an environment that is not there yet."""
    folder = tmp_path / "env"
    command = ["make", "--dry-run", f"VENV={folder}", target.replace(".venv", str(folder))]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stderr
    assert f"-m venv {folder}" in asked.stdout and "pip install" in asked.stdout


def test_what_runs_the_tests_installs_them():
    """Each of make's targets that starts pytest or coverage begins with the tests' own packages."""
    rules = re.findall(r"^([a-z]+):([^#\n]*).*\n((?:\t.*\n)+)", MAKEFILE, re.M)
    needs = {name: before.split() for name, before, recipe in rules if "-m pytest" in recipe}
    assert {"test", "quick", "heavy", "web", "coverage"} <= set(needs)
    assert needs.pop("test") == ["lint"] and re.search(r"^lint: \$\(TEST\)", MAKEFILE, re.M)
    assert {name: ["$(TEST)"] for name in needs} == needs


def test_what_steps_name_is_there():
    """Commands of the course, folders with tests, the folder that is published."""
    said = "\n".join(RUN.values())
    commands = re.findall(r'bin/coursekit" (\w+)', said)
    assert commands and set(commands) <= set(get_command(app).commands)
    folders = re.findall(r"-m pytest .* (\S+)$", said, re.M)
    assert folders and all((ROOT / folder).is_dir() for folder in folders)
    published = [step["with"]["path"] for path in WORKFLOWS for step in steps(path) if "upload" in step.get("uses", "")]
    assert published == ["build/site", "build/colab"] and "site/launch.py build/colab" in said
    assert "-b html -d build/doctrees build/sources build/site\n" in MAKEFILE


def test_servers_and_workflows_have_the_box():
    """One package for all; on Ubuntu 24.04 also what lets it start, as our own advice says."""
    assert (ROOT / "binder/apt.txt").read_text(encoding="utf-8").split() == ["bubblewrap"]
    assert re.search(r"apt-get install .* bubblewrap\s", (ROOT / "Dockerfile").read_text().replace("\\\n", ""))
    for path in (CHECK, ROOT / ".github/workflows/test.yml"):
        install, allow = (step for step in scripts(path) if "sudo" in step)
        assert install.endswith("install --yes bubblewrap") and allow in REFUSED


@pytest.mark.heavy
@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here: the workflow not run")
def test_github_classroom_checks_a_students_copy(tmp_path):
    """Its steps, but for those of root, run on a copy as handed out, then with all answers; the summary says so."""
    work = tmp_path / "work"
    release(work, ["00"])
    env = os.environ | {"RUNNER_TEMP": str(tmp_path / "temp"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    env |= {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    (tmp_path / "temp").mkdir()
    install, check = (script for script in scripts(CHECK) if "sudo" not in script)

    def step(script, course):
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=work, env=env | {"COURSE": course}, capture_output=True, text=True
        )

    unnamed = step(install, "")
    assert unnamed.returncode == 1 and "::error::COURSE is empty" in unnamed.stdout
    assert step(install, str(ROOT)).returncode == 0
    assert step(check, str(ROOT)).returncode == 1
    assert "    00_start_here: 0 of 3 pass here" in (tmp_path / "summary").read_text(encoding="utf-8")
    answer(work / "00_start_here.ipynb")
    done = step(check, str(ROOT))
    assert done.returncode == 0, done.stdout
    assert "    00_start_here: 3 of 3 pass here" in (tmp_path / "summary").read_text(encoding="utf-8")


def answer(path):
    """Write our answers into a student's copy."""
    ours = nbformat.read(find_lessons(["00"])[0], as_version=4)
    theirs = nbformat.read(path, as_version=4)
    for cell, full in zip(theirs.cells, ours.cells, strict=True):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = "\n".join(line for line in full.source.split("\n") if "### " not in line)
    nbformat.write(theirs, path)
