"""The lessons in Colab and on Binder: links where a repository is named, and what they name is there."""

import os
import re
import subprocess
import sys
import types

import launch
import nbformat
import pages
import pytest
import yaml
from IPython.core.inputtransformer2 import TransformerManager

from gradekit import release
from gradekit.lesson import find_lessons
from tests.site.conftest import ROOT

TOLD = {"course": "me/my-course", "branch": "main", "copies": "colab"}
LINK = re.compile(r'<a href="(https://[^"]*)">Open it in (\w+)</a>')
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))
SETTINGS = launch.settings
TABLE = "[tool.coursekit.site]\nrepository = {!r}\nbranch = 'main'\ncopies = {!r}\n"


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """Write the pages' sources as with a repository; give the links of each lesson."""
    folder = tmp_path_factory.mktemp("linked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "settings", lambda: TOLD)
        pages.main(folder)
    titles = {path.stem: nbformat.read(folder / path.name, as_version=4).cells[0].source for path in find_lessons()}
    return {name: {place: address for address, place in LINK.findall(text)} for name, text in titles.items()}


def test_without_a_repository_no_page_leads_to_another_place(site, tmp_path, capsys, monkeypatch):
    """Neither a link nor a copy nor a branch to write."""
    nowhere = launch.settings_of(TABLE.format("", "colab"))
    assert all(launch.links(path.stem, nowhere) == {} for path in find_lessons())
    monkeypatch.setattr(launch, "settings", lambda: nowhere)
    launch.main(tmp_path / "colab")
    assert capsys.readouterr().out == "" and not (tmp_path / "colab").exists()
    if not SETTINGS()["course"]:
        assert not LINK.search("".join(path.read_text(encoding="utf-8") for path in site.glob("*.html")))


def test_colab_opens_a_copy_that_the_workflow_publishes(linked, tmp_path, capsys, monkeypatch):
    """Its own commands put the copies into a branch; each link names a file of it. A second run replaces the first."""
    monkeypatch.setattr(launch, "settings", lambda: TOLD)
    launch.main(tmp_path / "colab")
    assert capsys.readouterr().out == "branch=colab\n"
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    step = WORKFLOW["jobs"]["copies"]["steps"][-1]
    env = os.environ | {"BRANCH": TOLD["copies"], "REMOTE": str(remote)}
    for _ in range(2):
        subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path / "colab", env=env, check=True)
        subprocess.run(["rm", "-rf", tmp_path / "colab" / ".git"], check=True)
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "colab"], cwd=remote, capture_output=True, text=True
    )
    there = {
        f"https://colab.research.google.com/github/me/my-course/blob/colab/{name}" for name in listed.stdout.split()
    }
    assert there == {found["Colab"] for found in linked.values()} and len(there) == len(find_lessons())
    assert (
        subprocess.run(["git", "log", "--oneline", "colab"], cwd=remote, capture_output=True).stdout.count(b"\n") == 1
    )


def test_the_workflow_builds_what_it_publishes():
    """The script is there, its folder is the one that travels, and its output is what the job asks for."""
    steps = WORKFLOW["jobs"]["build"]["steps"]
    (written,) = (step for step in steps if step.get("id") == "colab")
    script, folder = re.search(r"python (\S+) (\S+) >> ", written["run"]).groups()
    assert (ROOT / script).samefile(launch.__file__)
    (sent,) = (step["with"] for step in steps if "upload-artifact" in step.get("uses", ""))
    assert sent == {"name": "colab", "path": folder}
    assert WORKFLOW["jobs"]["build"]["outputs"] == {"branch": "${{ steps.colab.outputs.branch }}"}


def test_binder_opens_a_copy_that_its_server_makes(linked):
    """In the folder that its start makes, from the repository's branch."""
    start = (ROOT / "binder" / "start").read_text(encoding="utf-8")
    (folder,) = re.findall(r'release\("([^"]+)"\)', start)
    for path in find_lessons():
        address = f"https://mybinder.org/v2/gh/me/my-course/main?labpath={folder}%2F{path.name}"
        assert linked[path.stem]["Binder"] == address


def test_the_copy_for_colab_is_what_students_get_and_one_cell():
    """Without that cell it is the released one; so an update and a grader know it."""
    path = find_lessons(["00"])[0]
    copy = launch.copy_for_colab(path, TOLD)
    first = copy.cells.pop(1)
    ours = release.read_student(path)
    assert copy == ours and first.cell_type == "code" and "nbgrader" not in first.metadata


def test_the_first_cell_installs_in_colab_and_does_nothing_elsewhere(monkeypatch):
    """It leaves Colab's own kernel alone: the course without what it needs, and the one package that is missing."""
    code = TransformerManager().transform_cell(launch.copy_for_colab(find_lessons(["00"])[0], TOLD).cells[1].source)
    ran = []
    shell = types.SimpleNamespace(run_line_magic=lambda name, line: ran.append(f"%{name} {line}"))
    monkeypatch.setattr(release, "release", lambda folder: ran.append(folder))
    exec(code, {"get_ipython": lambda: shell})
    assert ran == []
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    exec(code, {"get_ipython": lambda: shell})
    assert ran == [
        '%pip install --quiet --no-deps "git+https://github.com/me/my-course@main"',
        '%pip install --quiet "anywidget>=0.9.18"',
        "/content/softmax-course",
        "%cd /content/softmax-course",
    ]


@pytest.mark.parametrize("address", ["https://github.com/me/my-course.git", "https://github.com/me/my-course/"])
def test_an_address_is_taken_as_browsers_and_git_write_it(address):
    """The links need the owner and the name."""
    assert launch.settings_of(TABLE.format(address, "colab")) == TOLD


@pytest.mark.parametrize(
    ("repository", "copies", "said"),
    [
        (
            "https://gitlab.com/me/my-course",
            "colab",
            r"got 'https://gitlab.com/me/my-course'. Colab and Binder open GitHub",
        ),
        ("my-course", "colab", "must be empty or an address on GitHub"),
        ("https://github.com/me/my-course", "main", "copies is replaced as a whole: name another than branch"),
    ],
)
def test_wrong_settings_are_refused(repository, copies, said):
    """With what was found and what to write."""
    with pytest.raises(ValueError, match=said):
        launch.settings_of(TABLE.format(repository, copies))
