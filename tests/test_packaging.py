"""What is built is what runs: the wheel starts the course in an empty environment; the lists agree with each other."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import coursekit
from gradekit.lesson import find_lessons
from tests.lab_process import call, lab_process, stop
from tests.test_architecture import imports_of, modules

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel, tmp_path_factory):
    """Install the wheel with all that it needs into an empty environment, and return where its commands are."""
    folder = tmp_path_factory.mktemp("student") / "env"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    command = [
        shutil.which("uv", path=Path(sys.executable).parent),
        "pip",
        "install",
        "--python",
        bin_folder / "python",
    ]
    install = subprocess.run([*command, "--offline", wheel], capture_output=True, text=True)
    if install.returncode:
        install = subprocess.run([*command, wheel], capture_output=True, text=True)
    if "Failed to fetch" in install.stderr:
        pytest.skip("the packages are neither in uv's cache nor to be fetched")
    assert install.returncode == 0, install.stderr
    return bin_folder


@pytest.fixture
def elsewhere(tmp_path):
    """Return how to start a process in an empty folder, as a person with an empty home."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER", "COURSEKIT"))
    }
    (tmp_path / "home").mkdir()
    return {"cwd": tmp_path, "env": kept | {"HOME": str(tmp_path / "home")}}


def test_wheel_holds_the_package_the_lessons_and_the_licences(wheel):
    """And nothing of the tests; the judge says that it is typed."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"coursekit/notebooks/{path.name}" for path in find_lessons()} <= names
    assert {
        f"coursekit-{coursekit.__version__}.dist-info/licenses/{name}" for name in PROJECT["license-files"]
    } <= names
    assert "gradekit/py.typed" in names
    assert {name.split("/")[0] for name in names} == {
        "coursekit",
        "gradekit",
        f"coursekit-{coursekit.__version__}.dist-info",
    }


def test_course_starts_from_the_wheel(scripts, elsewhere, tmp_path):
    """In an empty environment one command copies the course, shows it in JupyterLab, and ends without a trace."""
    command = [scripts / "coursekit", "lab", "--no-browser", "--port", "0"]
    with lab_process(command, log=tmp_path / "stderr", **elsewhere) as (process, link):
        names = {entry["name"] for entry in call(link, "/api/contents")["content"]}
        assert {path.name for path in find_lessons()} <= names
        assert call(link, "/api/kernelspecs")["default"] == "python3"
        assert stop(process) == 0
    for path in find_lessons():
        copy = (tmp_path / "softmax-course" / path.name).read_text()
        assert "BEGIN SOLUTION" not in copy and "HIDDEN TESTS" not in copy


def test_doctor_approves_of_the_wheel(scripts, elsewhere):
    """All packages are there, and the kernel is that environment's Python."""
    result = subprocess.run([scripts / "coursekit", "doctor"], capture_output=True, text=True, **elsewhere)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "the kernel starts, and is this Python" in result.stdout


def test_environment_yml_only_points_to_pyproject():
    """Conda gets the same Python and installs this project by pip; the packages are listed once."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["name"] == PROJECT["name"]
    assert environment["dependencies"] == [f"python{PROJECT['requires-python']}", "pip", {"pip": ["-e ."]}]


def test_python_bound_is_the_same_everywhere():
    """The Makefile refuses what pyproject.toml refuses, and this Python is in bounds."""
    lowest = tuple(map(int, re.fullmatch(r">=(\d+)\.(\d+)", PROJECT["requires-python"]).groups()))
    assert f"sys.version_info < {lowest}" in (ROOT / "Makefile").read_text()
    assert sys.version_info >= lowest


def test_the_versions_that_are_named_are_in_bounds_and_in_the_readme():
    """The classifiers begin with the lowest Python, and the README names the same versions as tested."""
    start = "Programming Language :: Python :: "
    named = [text.removeprefix(start) for text in PROJECT["classifiers"] if re.fullmatch(rf"{start}3\.\d+", text)]
    assert f">={named[0]}" == PROJECT["requires-python"]
    *first, last = named
    assert f"Python {', '.join(first)} and {last} are tested" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_make_help_lists_every_target():
    """Each target that one asks for by name stands in the list, with what it does."""
    text = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert set(phony.split()) == set(re.findall(r"^([a-z]+):.*  ## \S", text, re.MULTILINE))


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_a_moved_environment_is_refused(tmp_path):
    """Its commands would start the Python of another folder: make says so, and how to make it anew."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    commands = tmp_path / ".venv" / "bin"
    commands.mkdir(parents=True)

    def make(target):
        ours = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKEOVERRIDES", "VENV")}
        how = {"cwd": tmp_path, "env": ours, "capture_output": True, "text": True, "check": False}
        return subprocess.run(["make", "-n", target], **how)

    (commands / "coursekit").write_text(f"#!{ROOT}/elsewhere/.venv/bin/python\n")
    refused = make("lint")
    assert refused.returncode == 2
    assert f"was made for another folder, {ROOT}/elsewhere/.venv/bin. Run make clean" in refused.stderr
    assert make("clean").returncode == make("help").returncode == 0
    (commands / "coursekit").write_text(f"#!{commands}/python\n")
    assert "another folder" not in make("lint").stderr


def test_versions_are_the_same_everywhere():
    """The package, its metadata and its citation agree."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert coursekit.__version__ == PROJECT["version"] == citation["version"]
    assert " AND ".join(citation["license"]).casefold() == PROJECT["license"].casefold()


def test_every_import_is_a_declared_dependency():
    """A package that comes along with another today may not tomorrow."""
    extras = PROJECT["optional-dependencies"]
    lists = PROJECT["dependencies"] + extras["frameworks"] + extras["cluster"]
    declared = {canonicalize_name(Requirement(text).name) for text in lists}
    distributions = packages_distributions()
    for module, path in (modules() | modules("gradekit")).items():
        for name in (
            {name.split(".")[0] for name in imports_of(path)} - sys.stdlib_module_names - {"coursekit", "gradekit"}
        ):
            owners = {canonicalize_name(owner) for owner in distributions.get(name, [name])}
            assert owners & declared, f"{module} imports {name}, which pyproject.toml does not list"
