"""Python in the pages: a button brings to life what no table holds, and code can be changed; nothing asks elsewhere."""

import json
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import frames
import nbformat
import pytest
import table

from gradekit.lesson import find_lessons
from tests.pages_server import mirrored, served
from tests.site.conftest import ROOT, reader
from tests.site.test_live import SHOWN

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
LESSONS = {path.stem[:2]: path for path in find_lessons()}
WIDTHS = [1280, 390]  # pixels of a screen
BLOCK, APART = 32, 40  # pixels; by how much their mean may differ: Pyodide's matplotlib is older, its letters wider
PATIENCE = 400_000  # ms: what is loaded, started and computed on a busy machine
TOLD = 30e6  # bytes: the page says that it loads as many
KERNEL = """
import json, sys, types
told = []
sys.modules["page"] = types.SimpleNamespace(tell=lambda *what: told.append(what))
sys.modules["pyodide"], sys.modules["pyodide.ffi"] = types.ModuleType("pyodide"), types.SimpleNamespace(to_js=list)
sys.path.insert(0, sys.argv[1])
import kernel
for cells in json.load(sys.stdin):
    print(kernel.run(json.dumps(cells)))
"""


def run_cells(*runs):
    """Return what the pages' Python says of each list of cells; here it runs in the usual Python."""
    command = [sys.executable, "-c", KERNEL, ROOT / "site" / "_static"]
    cells = json.dumps([[*enumerate(sources)] for sources in runs])
    lines = subprocess.run(command, input=cells, capture_output=True, text=True, check=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_what_a_cell_shows_is_told():
    """What it prints, its figures and its value; an error with its line, also of a cell before, which ends nothing."""
    figure = "import matplotlib.pyplot as plt\nprint('said')\nplt.plot([1, 2])\nplt.title('rises')\n3 + 4"
    slider = "from coursekit import plots, sliders\nT = sliders.linear(1, 3, 2, step=1)"
    explore = "sliders.explore(plots.draw_temperature, temperature=T)"
    plain, wrong, alive, lacking = run_cells(
        ["a = 1", figure],
        ["b = 1\n1 / 0", "b +"],
        [slider, explore],
        ["import no_such_module.part"],
    )
    assert [one["kind"] for one in plain["shown"]] == ["text", "picture", "text"]
    assert (plain["shown"][0]["text"], plain["shown"][1]["alt"], plain["shown"][2]["text"]) == ("said\n", "rises", "7")
    first, second = (one["text"] for one in wrong["shown"])
    assert first == "code cell 1 of the lesson, line 2: ZeroDivisionError: division by zero"
    assert second.startswith("line 1: SyntaxError: invalid syntax")
    assert [one["kind"] for one in alive["shown"]] == ["widget"]
    assert lacking["lacks"] == "no_such_module"


def test_runs_do_not_know_of_each_other():
    """A name or a setting of one is not there in the next."""
    setting = "import matplotlib\nmatplotlib.rcParams['font.size'] = 99\nname = 1"
    _, second, third = run_cells([setting], ["name"], ["import matplotlib\nmatplotlib.rcParams['font.size']"])
    assert second["shown"][0]["text"] == "line 1: NameError: name 'name' is not defined"
    assert third["shown"][0]["text"] == "10.0"


def test_what_pages_run_is_the_students_copy(site):
    """For each slider its cells and the files that they read; no answer and no hidden test is among them."""
    for name, path in LESSONS.items():
        run = json.loads((site / f"_static/python/cells/{path.stem}.json").read_text(encoding="utf-8"))
        jobs = frames.jobs_of(nbformat.read(path, as_version=4))
        assert {job.name: [*job.cells] for job in jobs} == run["sliders"]
        assert {str(place) for places in run["sliders"].values() for place in places} == set(run["cells"])
        code = "\n".join(run["cells"].values())
        assert "SOLUTION" not in code and "HIDDEN" not in code
        assert set(re.findall(r"results/\w+\.json", code)) == set(run["files"]), name


def test_published_pages_name_pyodides_own_address(tmp_path, monkeypatch):
    """Only a test gives another; wheels are made once, and again when the code has changed."""
    import python

    made = []
    monkeypatch.setattr(python, "write_wheels", lambda folder: made.append((folder / "ours.whl").touch()))
    python.main(tmp_path)
    settings = json.loads((tmp_path / "settings.json").read_text())
    assert settings["pyodide"] == f"{python.PYODIDE}/" and settings["pyodide"].startswith("https://cdn.jsdelivr.net/")
    assert settings["wheels"] == ["wheels/ours.whl"]
    python.main(tmp_path, "copy/")
    assert json.loads((tmp_path / "settings.json").read_text())["pyodide"] == "copy/" and len(made) == 1
    monkeypatch.setattr(python, "fingerprint", lambda: "other")
    python.main(tmp_path)
    assert len(made) == 2


def test_pages_from_a_folder_say_what_python_needs(site, browser):
    """A worker cannot be started there; all else is as it was."""
    address = site.as_uri()
    with reader(browser, address, viewport={"width": 1300, "height": 900}) as page:
        page.goto(f"{address}/01_theory.html")
        bar = page.locator(".tag_python-01-013 .python-bar")
        for name in ("Run with Python", "Change the code"):
            bar.get_by_role("button", name=name).click()
            assert "needs these pages from a web server" in bar.inner_text()
            page.reload()


def test_lessons_about_speed_say_that_a_browser_is_slower(site):
    """On the web only; the lessons that measure times say it, the others do not."""
    said = {
        name: "Python in a browser is several times as slow" in text_of(site, path) for name, path in LESSONS.items()
    }
    assert said["03"] and said["04"] and not said["01"] and not said["07"]
    assert not any("Python in a browser is several" in path.read_text(encoding="utf-8") for path in LESSONS.values())


def text_of(site, path):
    """Return a lesson's page."""
    return (site / f"{path.stem}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def alive(site, tmp_path_factory):
    """Serve the site with Python, from a copy of Pyodide beside it; give its address."""
    pyodide, folder = mirrored(), tmp_path_factory.mktemp("python") / "site"
    shutil.copytree(site, folder)
    (folder / "pyodide").symlink_to(pyodide)
    subprocess.run([sys.executable, ROOT / "site/python.py", folder / "_static/python", "../../pyodide/"], check=True)
    with served(folder) as address:
        yield address


def opened(page, home, name):
    """Open a lesson; return the cell of a slider."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{home}{LESSONS[name[:2]].stem}.html")
    return page.locator(f".tag_python-{name}")


def woken(page, home, name):
    """Open a lesson and wake a slider; return its cell."""
    cell = opened(page, home, name)
    cell.get_by_role("button", name="Run with Python").click()
    cell.locator("img.coursekit-picture").wait_for()
    assert cell.locator(".python-error").count() == 0
    return cell


def told(page, cell):
    """Return the description and the picture of a slider when it has followed, and has nothing more to say."""
    page.wait_for_function(SETTLED, arg=cell.element_handle())
    image = cell.locator("img.coursekit-picture")
    return image.get_attribute("alt"), b64decode(image.evaluate(SHOWN).partition(",")[2])


# The 28 x 28 pixels, each of which is a square of the canvas.
INK = """sheet => {
    const { width } = sheet, side = width / 28, { data } = sheet.getContext('2d').getImageData(0, 0, width, width);
    const middle = place => Math.floor((place + 0.5) * side);
    return Array.from({length: 784}, (_, i) => 255 - data[4 * (middle(Math.floor(i / 28)) * width + middle(i % 28))]);
}"""
SETTLED = """cell => !cell.querySelector('.coursekit-explorer').dataset.behind
    && !cell.querySelector('.coursekit-message').textContent.startsWith('training')"""


def in_notebook(name, deed):
    """Return the description and the picture of a slider after a deed, as the lesson's own cells give them."""
    path = LESSONS[name[:2]]
    jobs = [job for job in frames.jobs_of(nbformat.read(path, as_version=4)) if job.name == name]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(frames.run, path, jobs, partial(after, deed)).result()[name]


def after(deed, job, explorer):
    """Do something to a slider; return what it then shows."""
    deed(explorer)
    return explorer.picture.description, explorer.picture.png


def to_the_end(explorer):
    """Move the first control to its end."""
    control = next(iter(explorer.controls.values()))
    control.position = len(control.texts) - 1


def to_the_beginning(explorer):
    """Move the first control to its beginning."""
    next(iter(explorer.controls.values())).position = 0


def hundred_steps(board):
    """Train the playground."""
    board.train(100)


def draw_on(pixels, explorer):
    """Put pixels on the sheet."""
    explorer.controls["digit"].value = table.np.array(pixels, table.np.uint8)


def as_in_notebook(shown, own, first):
    """Show that the page's words are the notebook's, and its picture, which was another one at first."""
    assert shown[0] == own[0] != first[0]
    assert gap(shown[1], own[1]) < min(APART, gap(first[1], own[1]))


def gap(one, other):
    """Return by how much the mean of a block differs in two pictures, at most, of 255."""
    blocks = [table.pixels(png).astype(float) for png in (one, other)]
    rows, columns = (length // BLOCK for length in blocks[0].shape[:2])
    difference = (blocks[0] - blocks[1])[: rows * BLOCK, : columns * BLOCK]
    return table.np.abs(difference.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))).max()


@pytest.mark.heavy
@pytest.mark.parametrize("width", WIDTHS)
def test_a_button_brings_a_slider_to_life(alive, browser, width):
    """It says what it does meanwhile and how much it loads; a key moves the slider to the notebook's picture."""
    with reader(browser, alive, viewport={"width": width, "height": 844}) as page:
        sizes = []
        page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
        cell = opened(page, alive, "01-039")
        page.wait_for_load_state("networkidle")
        sizes.clear()
        cell.get_by_role("button", name="Run with Python").click()
        cell.get_by_text(re.compile(r"Loading: \d+ files so far, \d+ MB")).wait_for()
        cell.locator("img.coursekit-picture").wait_for()
        first = told(page, cell)
        cell.locator("input[type=range]").first.press("End")
        cell.get_by_role("img", name="truth_A 4.0").wait_for()
        as_in_notebook(told(page, cell), in_notebook("01-039", to_the_end), first)
        assert cell.locator(".python-bar .slider-note").inner_text() == ""
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert 0.8 * TOLD < sum(sizes) < 2.2 * TOLD
        cell.get_by_role("button", name="Change the code").click()
        cell.get_by_role("textbox", name="Your code").fill("while True:\n    pass")
        cell.get_by_role("button", name="Run", exact=True).click()
        cell.get_by_role("button", name="Stop").click()
        cell.get_by_role("button", name="Run with Python").wait_for()  # its saved picture is back
        assert cell.locator(".cell_output > * img").count() and not cell.locator(".coursekit-explorer").count()


@pytest.mark.heavy
def test_a_training_is_shown_while_it_runs(alive, browser):
    """Lesson 06: after a key the descent begins again, with the earlier one behind it, to the notebook's end."""
    with reader(browser, alive, viewport={"width": 1280, "height": 900}) as page:
        cell = woken(page, alive, "06-112")
        first = told(page, cell)
        cell.locator("input[type=range]").first.press("Home")
        cell.get_by_text(re.compile(r"training: \d+ of 10 epochs")).wait_for()
        as_in_notebook(told(page, cell), in_notebook("06-112", to_the_beginning), first)


@pytest.mark.heavy
def test_the_pad_is_drawn_on(alive, browser, monkeypatch, tmp_path):
    """Lesson 05, with the stand-in for MNIST: the strokes reach Python, whose picture is the notebook's."""
    monkeypatch.delenv("COURSEKIT_DATA", raising=False)
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path))
    with reader(browser, alive, viewport={"width": 1280, "height": 900}) as page:
        cell = woken(page, alive, "05-060")
        first = told(page, cell)
        cell.get_by_role("button", name="Clear").click()
        sheet = cell.locator("canvas.coursekit-sheet")
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        page.mouse.move(box["x"] + 100, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 120, box["y"] + 180, steps=6)
        page.mouse.up()
        shown = told(page, cell)
        pixels = sheet.evaluate(INK)
        assert 40 < sum(pixel > 0 for pixel in pixels) < 150
        as_in_notebook(shown, in_notebook("05-060", partial(draw_on, pixels)), first)


@pytest.mark.heavy
@pytest.mark.parametrize("width", WIDTHS)
def test_the_playground_plays(alive, browser, width):
    """Lesson 08: a button trains, a point moves by key, a weight is typed; a phone is wide enough."""
    with reader(browser, alive, viewport={"width": width, "height": 900}) as page:
        cell = woken(page, alive, "08-035")
        first = told(page, cell)
        cell.get_by_role("button", name="100 steps").click()
        cell.get_by_text("step 100").wait_for()
        as_in_notebook(told(page, cell), in_notebook("08-035", hundred_steps), first)
        cell.get_by_role("button", name=re.compile("point 3")).press("ArrowLeft")
        cell.get_by_text(re.compile("point 3, class A, at")).wait_for()
        weight = cell.get_by_label("w1 A")
        weight.fill("2.5")
        weight.press("Tab")
        page.wait_for_function("cell => cell.querySelector('img').alt.includes('w1_A 2.5')", arg=cell.element_handle())
        weight.fill("1e308")  # is refused, and goes
        weight.press("Tab")
        page.wait_for_function("weight => weight.value === '2.5'", arg=weight.element_handle())
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.heavy
def test_code_is_changed_and_run(alive, browser):
    """Other code has another slider, a figure, an error; what has no end is stopped, and Python begins again."""
    with reader(browser, alive, viewport={"width": 1280, "height": 900}) as page:
        cell = opened(page, alive, "00-108")
        cell.get_by_role("button", name="Change the code").click()
        code = cell.get_by_role("textbox", name="Your code")
        own = code.input_value()
        assert own.startswith("T = sliders.logarithmic(0.1, 100, 1.0)")
        code.fill(own.replace("logarithmic(0.1, 100, 1.0)", "linear(1, 5, 2, step=1)"))
        cell.get_by_role("button", name="Run", exact=True).click()
        result = cell.locator(".python-result")
        result.locator("input[type=range]").press("ArrowRight")
        result.get_by_role("img", name="temperature 3:").wait_for()
        code.fill("print('said')\nplt.plot([1, 4, 2])\nwrong")
        code.press("Control+Enter")
        result.get_by_text("✗ line 3: NameError: name 'wrong' is not defined").wait_for()
        code.fill("while True:\n    pass")
        code.press("Control+Enter")
        cell.get_by_role("button", name="Stop").click()
        cell.get_by_text("Python has ended: you stopped it").wait_for()
        cell.get_by_role("button", name="As it was").click()
        assert code.input_value() == own
        code.press("Control+Enter")
        result.get_by_role("img", name="temperature 1:").wait_for()
        result.locator("input[type=range]").press("ArrowRight")
        result.get_by_role("img", name="temperature 1.12:").wait_for()
