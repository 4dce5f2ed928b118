"""The course in the real JupyterLab in Chromium: what the browser tests and the benchmark of the sliders share."""

import os
import re
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004 - playwright's own

from gradekit.lesson import find_lessons
from gradekit.tidying import KERNEL
from tests.lab_process import end_kernels, lab_process, stop

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
PLAYGROUND = "playground.ipynb"  # it opens sooner than lesson 08, which runs everything else first
REGIONS = "regions.ipynb"  # points to drag, as in lesson 09
REGIONS_CELL = """from functools import partial
import numpy as np
from coursekit import plots, sliders
X, y = np.array([[-2.0, -1.5], [1.0, 1.0], [1.0, -1.5], [2.0, -0.5]]), np.array([0, 1, 2, 2])
sets = {"four": (X, y, X, y)}
draw = partial(plots.draw_regions, sets=sets)
sliders.drag(draw, sets, k=sliders.linear(1, 4, 1, step=1), metric=sliders.choice("L2", "L1"))"""
BUSY = "import time\nseconds = 3 if 'again' in globals() else 0\nagain = True\ntime.sleep(seconds)"
SMALL = "small.ipynb"  # two explorers and a cell that keeps the kernel busy
SMALL_CELLS = (
    "import time\nfrom coursekit import plots, sliders",
    "sliders.explore(plots.draw_temperature, size=(8, 3.4), temperature=sliders.logarithmic(0.1, 100, 1.0))",
    """rows, columns = sliders.linear(1, 6, 4, step=1), sliders.linear(1, 5, 3, step=1)
shapes = sliders.choice("(m, 1)", "(m,)", "(1, k)", "(k,)")
sliders.explore(plots.draw_broadcast, size=(7.5, 2.8), m=rows, k=columns, shape=shapes)""",
    BUSY,
)
PADS = "pads.ipynb"  # a digit's pad and one with cells, each with a model of its own
PADS_CELLS = (
    """import numpy as np
from coursekit import sliders
from coursekit.plots import draw_digit
W = 0.02 * np.outer(np.ones(784), [1, -1]) * np.sign(13.5 - np.arange(784) % 28)[:, None]
sheet = sliders.pad(start=np.zeros(784), answers=("left", "right"), centre=False)
draw = lambda fig, digit: draw_digit(fig, digit=digit, W=9 * W, image_shape=(28, 28), class_names=("left", "right"))
sliders.explore(draw, size=(8, 2.6), digit=sheet)""",
    """board = sliders.pad((8, 8), start=[0, 255] * 32, cells=True)
sliders.explore(lambda fig, cells: fig.gca().imshow(cells.reshape(8, 8)) and None, size=(4, 3), cells=board)""",
    BUSY,
    "print('read:', board.value.reshape(8, 8)[0].astype(float))",
)
WIDGET = "xpath=ancestor::div[contains(concat(' ', @class, ' '), ' widget-vbox ')][1]"


@contextmanager
def chromium():
    """Start Chromium and give the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(folder, *, course="course"):
    """Serve a folder's course as its user does; give the server's process and the link that it prints."""
    command = [Path(sys.executable).with_name("coursekit"), "lab", course, "--no-browser", "--port", "0"]
    environment = os.environ | {"HOME": str(folder)}
    with lab_process(command, log=folder / "log", cwd=folder, env=environment) as (process, link):
        yield process, link
        stop(process)


def write_solved(folder):
    """Write the lessons with their answers, as if none of their cells had been run, and one with the playground."""
    shutil.copytree(find_lessons()[0].parent, folder, ignore=shutil.ignore_patterns("*.ipynb"))
    for path in find_lessons():
        nb = nbformat.read(path, as_version=4)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(nb, folder / path.name)
    _write(folder / PLAYGROUND, ["from coursekit import sliders", "sliders.playground()", BUSY])
    _write(folder / REGIONS, [REGIONS_CELL])
    _write(folder / SMALL, SMALL_CELLS)
    _write(folder / PADS, PADS_CELLS)


def _write(path, sources):
    """Write a notebook of code cells."""
    cells = [new_code_cell(source) for source in sources]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": dict(KERNEL)}), path)


def open_page(browser, link, name, *, front="lab/tree", **screen):
    """Open a notebook in a page of its own, in JupyterLab or in Notebook 7, and run nothing; other kernels end."""
    end_kernels(link)
    page = browser.new_context(viewport={"width": 1400, "height": 1000}, **screen).new_page()
    page.set_default_timeout(240_000)
    page.goto(re.sub(r"/lab/tree/[^?]*\?", f"/{front}/{name}?reset&", link))
    page.wait_for_selector(".jp-Notebook .jp-InputPrompt")
    return page


def open_lesson(browser, link, name, **screen):
    """Open a lesson in a page of its own, run all its cells to the end, and return the page; other kernels end."""
    page = open_page(browser, link, name, **screen)
    run_all(page)
    page.wait_for_function(ALL_RUN)
    return page


# Every code cell has its number, none waits or runs.
ALL_RUN = """() => {
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => prompt.textContent);
    return prompts.length > 0 && prompts.every(text => /\\[\\d+\\]/.test(text));
}"""


# A code cell waits, runs or has run.
ASKED = """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
    .some(prompt => /\\[[*\\d]/.test(prompt.textContent))"""


def run_all(page):
    """Run all cells; the command can be lost right after the kernel turns idle, so ask until an output is there."""
    page.wait_for_selector(".jp-NotebookPanel-toolbar >> text=Python 3")
    for _ in range(10):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with suppress(TimeoutError):  # lost, or asked too early: ask again, but not while a busy machine still imports
            page.wait_for_function(ASKED, timeout=5000)
            return page.wait_for_selector(".jp-OutputArea-output", timeout=30_000)
    raise AssertionError("JupyterLab never ran the cells")


def sliders_of(page):
    """Return the range inputs of a page."""
    return page.locator(".coursekit-slider input[type=range]").all()


def picture_of(control):
    """Return the picture that a control moves."""
    return control.locator(WIDGET).locator("img.coursekit-picture")


def state_of(control):
    """Return what the controls around a slider show, written as the picture's description tells it."""
    shown = control.locator(WIDGET).locator(".coursekit-slider input[type=range]")
    told = [(one.get_attribute("aria-label"), one.get_attribute("aria-valuetext")) for one in shown.all()]
    return [f"{name.replace(' ', '_')} {text}" for name, text in told]
