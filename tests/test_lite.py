"""The course in a browser and on servers: what cannot work there says so, lists agree, JupyterLite keeps one's work."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import numpy as np
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from coursekit import datasets, doctor, reading
from coursekit.datasets import _fetch
from gradekit.lesson import find_lessons
from gradekit.release import release
from gradekit.session import grade_folder
from gradekit.upkeep import update
from tests.lab_browser import CHROMIUM, chromium
from tests.pages_server import mirrored, served

ROOT = Path(__file__).parent.parent
LITE = ROOT / "site" / "lite"
sys.path.insert(0, str(LITE))  # its modules are no package
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = [*(ROOT / ".github" / "workflows").glob("*.yml"), ROOT / ".github" / "classroom" / "check.yml"]
LESSON = "lab/index.html?path=00_start_here.ipynb"
KNOWN_TO_FAIL = ["03-056", "03-073", "09-037", "11-024"]  # in Pyodide, of which readers are told
CLOSE = "03-044"  # compares two times that lie close together there: on a busy machine it may fail, too
MAY_WRITE = {"publish": {"pages", "id-token"}, "copies": {"contents"}}  # jobs, neither of which runs our code
ANSWER = "def tempered_softmax(z, temperature):\n    e = np.exp(z / temperature)\n    return e / e.sum()\n"


def script(name):
    """Load a script of site/lite/ as a module."""
    spec = importlib.util.spec_from_file_location(f"lite_{name}", LITE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build, mirror, wheels = script("build"), script("mirror"), script("wheels")


@pytest.fixture
def in_browser(monkeypatch):
    """Let the package think that it runs in a browser; other packages go on as they are."""
    for module in (_fetch, doctor, reading):
        monkeypatch.setattr(module, "in_browser", lambda: True)


def test_no_data_are_fetched_in_a_browser(in_browser, monkeypatch, tmp_path):
    """The error names the file to upload and the line to run; the stand-in is there as everywhere."""
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path))
    monkeypatch.delenv("COURSEKIT_DATA", raising=False)
    with pytest.raises(datasets.DatasetError, match=r"in a browser cannot fetch it\. Upload train-images"):
        datasets.load("mnist")
    assert "stand-in" in datasets.load("mnist", fallback=True).source


def test_no_processes_are_started_in_a_browser(in_browser):
    """The error says what reads without them."""
    with pytest.raises(RuntimeError, match=r"cannot start 2 processes\. To read without them, call by_batch"):
        reading.Readers(np.zeros((4, 2), np.uint8), np.zeros(4, int), 2)


def test_the_doctor_in_a_browser_asks_for_nothing_that_is_not_there(in_browser, monkeypatch, tmp_path):
    """No kernel to start, no memory to ask for: it says how work is kept."""
    monkeypatch.setattr(doctor, "_kernel", lambda: pytest.fail("a kernel was started"))
    told = "\n".join(map(str, doctor.examine(tmp_path)))
    assert "Python runs in this browser" in told and "download what you want to keep" in told
    assert "psutil" not in told and "box" not in told


def test_the_doctor_in_colab_leaves_its_kernel_alone(monkeypatch, tmp_path):
    """It advises no other version of the kernel's packages, with which Colab would crash, and says how work is kept."""
    monkeypatch.setitem(sys.modules, "google.colab", None)
    monkeypatch.setattr(doctor, "_kernel", lambda: pytest.fail("a kernel was started"))
    monkeypatch.setattr(doctor, "_packages", lambda: pytest.fail("the server's packages were asked for"))
    found = list(doctor.examine(tmp_path))
    told = "\n".join(map(str, found))
    assert "Save a copy in Drive" in told and "pip install" not in told and doctor.can_run(found)


@pytest.mark.parametrize("package", ["gradekit", "coursekit.cli"])
def test_what_starts_processes_refuses_a_browser(package):
    """By one sentence that says what works, instead of the name of a missing module."""
    code = f"import sys; sys.platform = 'emscripten'; import {package}"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert f"{package} starts processes, which Python in a browser cannot." in result.stderr.splitlines()[-1]


def test_what_the_page_loads_is_what_the_package_needs_there():
    """Each requirement that holds in a browser is loaded, in a version that it allows."""
    needed = [Requirement(text) for text in PROJECT["dependencies"]]
    needed = [need for need in needed if not need.marker or need.marker.evaluate({"sys_platform": "emscripten"})]
    pure = {canonicalize_name(one.name): one for one in map(Requirement, wheels.PURE)}
    assert {canonicalize_name(need.name) for need in needed} <= set(wheels.ITS_OWN) | set(pure)
    for need in needed:
        if one := pure.get(canonicalize_name(need.name)):
            assert need.specifier.contains(str(one.specifier).removeprefix("==")), need
    assert f"/v{mirror.VERSION}/" in wheels.PYODIDE


def test_the_published_page_names_pyodides_own_address():
    """Only a test loads a copy that lies beside it."""
    options = [build.settings([], mirrored=mirrored)["jupyter-lite.json"] for mirrored in (False, True)]
    (there,), (here,) = (page["jupyter-config-data"]["litePluginSettings"].values() for page in options)
    assert there["pyodideUrl"] == f"https://cdn.jsdelivr.net/pyodide/v{mirror.VERSION}/full/pyodide.js"
    assert here["pyodideUrl"] == "./static/pyodide/pyodide.js" and here["disablePyPIFallback"]


def test_a_lesson_says_that_it_runs_in_a_browser(tmp_path):
    """Below its title, with what fails there; an update on one's own machine takes that for the lesson's own text."""
    release(tmp_path, ["00", "03"])
    first, third = sorted(tmp_path.glob("*.ipynb"))
    own = nbformat.read(third, as_version=4).cells[0].source
    for path in (first, third):
        build.say_where_it_runs(path)
    title, said, rest = nbformat.read(third, as_version=4).cells[0].source.split("\n\n", 2)
    assert f"{title}\n\n{rest}" == own
    assert f"]({build.FIRST})" in said and "no threads" in said and "Two cells fail here" in said
    assert "fail" not in nbformat.read(first, as_version=4).cells[0].source.split("\n\n")[1]
    begun = nbformat.read(third, as_version=4)
    begun.metadata.coursekit["version"] = "an older one"
    nbformat.write(begun, third)
    (done,) = update(tmp_path, ["03"])
    assert done.own == 0 and nbformat.read(third, as_version=4).cells[0].source == own


def test_the_first_page_says_what_is_missing():
    """The grader, data, threads, speeds; its list of cells that fail is that of the lessons, and of the README."""
    page = (LITE / "in_the_browser.md").read_text(encoding="utf-8")
    missing = page.partition("## What is missing here")[2]
    for lack in ("no `coursekit check`, no grader", "no data from elsewhere", "no threads", "rates (tqdm)", "32 bits"):
        assert lack in missing
    assert page.startswith("# The course in your browser\n") and "[The course in your browser]" in build.HERE_IT_RUNS
    told = re.search(r"Four cells of the lessons are known to fail here.*", page).group().partition("Go on below")[0]
    assert set(re.findall(r"\b\d\d\b", told)) == set(build.FAILS)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.search(r"are known to fail there:.*?\.", readme, re.S).group()
    assert set(re.findall(r"\b\d\d\b", told)) == set(build.FAILS)


def test_lessons_draw_with_pyodides_matplotlib():
    """Its 3.8.4 turns minor ticks on and off for both axes of a plot only, not for one (new in 3.9)."""
    code = {path.name: path.read_text(encoding="utf-8") for path in [*find_lessons(), *ROOT.glob("coursekit/**/*.py")]}
    assert [name for name, text in code.items() if re.search(r"[xy]axis\.minorticks_o", text)] == []


def test_keys_reach_sliders_before_jupyterlabs_shortcuts(tmp_path):
    """Each application of JupyterLite starts so; one that would start in another way is not published."""
    (tmp_path / "lab.js").write_text("a(),await y.start(),await y.restored}")
    (tmp_path / "other.js").write_text("await y.start(),await z.restored")
    build.give_widgets_their_keys(tmp_path)
    assert (tmp_path / "lab.js").read_text() == "a(),await y.start({bubblingKeydown:!0}),await y.restored}"
    assert (tmp_path / "other.js").read_text() == "await y.start(),await z.restored"
    with pytest.raises(SystemExit, match="start in another way now"):
        build.give_widgets_their_keys(tmp_path)


def test_a_changed_wheel_is_refused(tmp_path):
    """What is not Pyodide's own by its checksum is not written."""
    with pytest.raises(SystemExit, match=r"numpy\.whl .* is not Pyodide's own"):
        mirror.write(tmp_path / "numpy.whl", b"other", "0" * 64)
    assert not any(tmp_path.iterdir())


def test_workflows_are_valid():
    """GitHub's own schema accepts them."""
    command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.github-workflows"]
    result = subprocess.run([*command, *WORKFLOWS], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_may_do_little(path):
    """They read, except the jobs that publish; actions have a major version; make's targets exist; jobs end."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 60
        assert set(job.get("permissions", {})) <= MAY_WRITE.get(name, set())
        for step in job["steps"]:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/none@v0"))
            assert set(re.findall(r"^make ([a-z]+)", step.get("run", ""), re.M)) <= targets
            assert "${{" not in step.get("run", "")  # nobody's text becomes a command
            assert name not in MAY_WRITE or not re.search(
                "python|make|checkout", f"{step.get('uses')} {step.get('run')}"
            )


def test_every_version_that_is_named_is_tested():
    """The matrix has all classifiers' versions of Python."""
    matrix = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]["quick"][
        "strategy"
    ]
    named = {text.rpartition(" ")[2] for text in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", text)}
    assert named <= set(matrix["matrix"]["python"])


def test_the_summary_for_github_classroom_is_text(tmp_path):
    """What a student's answer prints is neither a command to the runner nor HTML; a failure fails the job."""
    workflow = yaml.safe_load((ROOT / ".github/classroom/check.yml").read_text(encoding="utf-8"))
    run = workflow["jobs"]["check"]["steps"][-1]["run"]
    command = tmp_path / "course" / "bin" / "coursekit"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\necho "$1 $2"; echo "::error::mine"; echo "<b>bold</b>"; test "$2" = good.ipynb\n')
    command.chmod(0o755)

    def job(*notebooks):
        work = tmp_path / "-".join(notebooks)
        work.mkdir()
        for name in notebooks:
            (work / name).touch()
        env = os.environ | {"RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(work / "summary")}
        done = subprocess.run(["bash", "-e", "-c", run], cwd=work, env=env, capture_output=True, text=True)
        return done, (work / "summary").read_text()

    bad, summary = job("bad.ipynb", "good.ipynb")
    assert (bad.returncode, job("good.ipynb")[0].returncode) == (1, 0)
    assert "check bad.ipynb" in summary and "check good.ipynb" in summary
    assert all(line.startswith("    ") for line in summary.splitlines() if line)
    assert all(line.startswith("| ") for line in bad.stdout.splitlines())


def test_servers_get_a_python_that_the_course_takes():
    """The image and Binder name one version, in bounds, and install this project; the image runs as no root."""
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    version = re.search(r"^FROM python:(3\.\d+)-slim-bookworm$", image, re.M).group(1)
    assert (ROOT / "binder/runtime.txt").read_text().strip() == f"python-{version}"
    assert SpecifierSet(PROJECT["requires-python"]).contains(version)
    assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]
    assert [line for line in (ROOT / "binder/requirements.txt").read_text().splitlines() if line[0] != "#"] == ["."]
    users = re.findall(r"^USER (\w+)$", image, re.M)
    assert users[-1] != "root" and f"useradd --create-home --uid 1000 --shell /bin/bash {users[-1]}" in image
    start = re.search(r'^ENTRYPOINT \["/opt/coursekit/(.*)"\]$', image, re.M).group(1)
    assert os.access(ROOT / start, os.X_OK)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here: the servers' start not tried")
def test_a_server_starts_with_a_copy_of_the_course(tmp_path):
    """Once: what a student wrote is there the next time; without a hub it is JupyterLab by itself."""
    fake = tmp_path / "bin"
    fake.mkdir()
    for name in ("jupyter", "jupyterhub-singleuser"):
        (fake / name).write_text('#!/bin/sh\necho "$(basename "$0") $*"\n')
        (fake / name).chmod(0o755)
    path = os.pathsep.join([str(fake), str(Path(sys.executable).parent), os.environ["PATH"]])

    def start(**more):
        env = os.environ | {"PATH": path} | more
        command = [ROOT / "binder" / "start", "jupyterhub-singleuser", "--debug"]
        return subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True, text=True).stdout

    assert start() == "jupyter lab --ip=0.0.0.0 --no-browser --debug\n"
    first = tmp_path / "softmax-course" / "00_start_here.ipynb"
    assert {path.name for path in find_lessons()} == {path.name for path in first.parent.glob("*.ipynb")}
    first.write_text("mine")
    assert start(JUPYTERHUB_API_URL="http://hub") == "jupyterhub-singleuser --debug\n"
    assert first.read_text() == "mine"


@pytest.fixture(scope="module")
def pyodide():
    """Return a copy of Pyodide, kept in build/ for the next time."""
    if not all(map(shutil.which, ("node", "npm"))):
        pytest.skip("no node or npm here: Pyodide not tried")
    return mirrored()


@pytest.fixture(scope="module")
def lite(pyodide, tmp_path_factory):
    """Build JupyterLite as ``make lite`` does, with the copy of Pyodide beside it."""
    folder = tmp_path_factory.mktemp("lite") / "site"
    subprocess.run([sys.executable, LITE / "build.py", folder, pyodide], check=True)
    return folder


@pytest.mark.heavy
def test_lessons_run_in_pyodide(pyodide, lite):
    """Every cell of every lesson, with our answers and checks; those that fail are those that readers are told of."""
    command = ["node", LITE / "cells.mjs", pyodide, lite / "pypi", *find_lessons()]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    ran = re.findall(r"^(\d\d)_\w+\.ipynb: \d+ of \d+ cells", said, re.M)
    assert ran == [path.name[:2] for path in find_lessons()], said
    failed = re.findall(r"^  cell \d+ \(([\w-]+)\)", said, re.M)
    assert [cell for cell in failed if cell != CLOSE] == KNOWN_TO_FAIL, said


@pytest.mark.heavy
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: the pages not opened")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_pages_lead_into_jupyterlite(lite, tmp_path):
    """The first page to the notebook that says what is missing, a lesson to its copy, and that copy there too."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "lite").symlink_to(lite)
    sources = [ROOT / "site" / "pages.py", tmp_path / "sources", tmp_path, pages / "lite"]
    subprocess.run([sys.executable, *sources], check=True)
    sphinx = ["-m", "sphinx", "-q", "-W", "-j", "auto", "-b", "html", "-d", tmp_path / "doctrees"]
    subprocess.run([sys.executable, *sphinx, tmp_path / "sources", pages], check=True)
    with served(pages) as home, chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(240_000)
        page.goto(f"{home}index.html")
        page.get_by_role("link", name="Work on the lessons in the browser").click()
        page.get_by_role("heading", name="What is missing here").wait_for()
        page.goto(f"{home}00_start_here.html")
        page.get_by_role("link", name="Work on it in the browser").click()
        page.locator(".jp-RenderedMarkdown").get_by_role("link", name="The course in your browser").click()
        page.get_by_role("heading", name="What is missing here").wait_for()


@pytest.fixture(scope="module")
def lesson(lite):
    """Open lesson 00 in JupyterLite, and start Python there; it may ask nothing of another server."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: JupyterLite not opened")
    outside = []
    with served(lite) as home, chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(240_000)
        page.on("request", lambda request: outside.append(request.url))
        page.goto(home + LESSON)
        page.wait_for_selector(".jp-Notebook .jp-InputPrompt")
        run(page, "import matplotlib.pyplot")
        page.wait_for_function(RAN)  # Pyodide has been loaded
        yield page
        assert [url for url in outside if not url.startswith((home, "data:", "blob:"))] == []


@pytest.mark.heavy
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
def test_a_slider_moves_as_in_jupyterlab(lesson):
    """By keys, by a typed value and by hand; other keys stay JupyterLab's."""
    run(lesson, "score_A=A")
    slider = lesson.locator(".coursekit-slider input[type=range]").first
    shows(lesson, "score_A 2.0,")
    for key, value in [("ArrowRight", "2.1"), ("ArrowUp", "2.2"), ("ArrowLeft", "2.1"), ("ArrowDown", "2.0")]:
        slider.press(key)
        shows(lesson, f"score_A {value},")
    for key, value in [("Home", "-4.0"), ("End", "4.0"), ("Delete", "2.0")]:
        slider.press(key)
        shows(lesson, f"score_A {value},")
    field = lesson.locator(".coursekit-slider input[type=text]").first
    field.fill("-1,5")
    field.press("Enter")
    shows(lesson, "score_A -1.5,")
    slider.press("Control+S")
    lesson.wait_for_selector(".jp-mod-dirty", state="detached")
    drag(lesson, slider, to=0.95)
    lesson.wait_for_function("document.querySelector('img.coursekit-picture').alt.match(/^score_A 3\\.\\d,/)")


def shows(page, text):
    """Wait until the first picture is that of a state."""
    page.wait_for_function("text => document.querySelector('img.coursekit-picture')?.alt.startsWith(text)", arg=text)


def drag(page, slider, *, to):
    """Take the knob of a slider by the mouse and leave it at a share of the way."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = slider.evaluate("one => one.valueAsNumber / one.max")
    knob, way, row = 16, box["width"] - 16, box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + knob / 2 + way * share, row)
    page.mouse.down()
    page.mouse.move(box["x"] + knob / 2 + way * to, row, steps=8)
    page.mouse.up()


@pytest.mark.heavy
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_work_is_kept_and_can_be_handed_in(lesson, tmp_path):
    """Answer, check, save, load the page anew: it is there. Its download passes the check and gets its marks."""
    run(lesson, "doctor.examine", "The course can run here.")
    run(lesson, "def tempered_softmax", write=ANSWER)
    run(lesson, "check.tempered_softmax(", "✓ tempered_softmax: right")
    lesson.keyboard.press("Control+S")
    lesson.wait_for_selector(".jp-mod-dirty", state="detached")
    lesson.goto(lesson.url.partition("lab/")[0] + LESSON)
    lesson.wait_for_selector(".jp-Notebook .jp-InputPrompt")
    assert "e = np.exp(z / temperature)" in cell(lesson, "def tempered_softmax").inner_text()
    assert "✓ tempered_softmax: right" in cell(lesson, "check.tempered_softmax(").inner_text()
    handed_in = tmp_path / "in" / "ann" / "00_start_here.ipynb"
    download(lesson, handed_in)
    command = [Path(sys.executable).with_name("coursekit"), "check", handed_in]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    assert "✓ 00-tempered-softmax: passes" in said, said
    graded = grade_folder(handed_in.parent.parent, tmp_path / "out", lessons=["00"])
    assert [(one.points, one.of) for one in graded.gradebook.submissions] == [(2, 4)]


def download(page, to):
    """Download a notebook as the first page of JupyterLite says."""
    page.locator(".jp-DirListing-item", has_text=to.name).click(button="right")
    with page.expect_download() as begun:
        page.get_by_role("menuitem", name="Download", exact=True).click()
    assert begun.value.suggested_filename == to.name
    begun.value.save_as(to)


RAN = "() => [...document.querySelectorAll('.jp-InputPrompt')].some(prompt => /\\[1\\]/.test(prompt.textContent))"


def cell(page, text):
    """Return the code cell with a text; a long notebook shows only those near the window, so scroll through it."""
    found = page.locator(".jp-CodeCell", has_text=text).first
    page.mouse.move(800, 500)
    for _ in range(3):  # a busy machine shows cells when they have gone by
        for _ in range(100):
            if found.count() and found.is_visible():
                return found
            page.mouse.wheel(0, 300)
            page.wait_for_timeout(100)
        page.mouse.wheel(0, -100_000)
        page.wait_for_timeout(1000)
    raise AssertionError(f"no cell with {text}")


def run(page, text, says="", *, write=None):
    """Run the cell with a text, after writing another answer into it, and wait for what it says."""
    found = cell(page, text)
    found.locator(".cm-content").click()
    if write:
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(write)
    page.keyboard.press("Shift+Enter")
    if says:
        page.locator(".jp-OutputArea-output", has_text=says).first.wait_for()
