"""The real JupyterLab in Chromium, as a student meets it: the course opens, a slider moves, a check gives its hint."""

import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004 - playwright's own

from coursekit.grading.release import find_lessons
from tests.lab_process import lab_process, stop

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: sliders not moved in a browser"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # playwright leaves its pipes to the collector
]


@pytest.fixture(scope="module")
def browser():
    """Start Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """Start the course as its user does, open it in a browser, and run all cells of the first notebook."""
    folder = tmp_path_factory.mktemp("browser")
    command = [Path(sys.executable).with_name("coursekit"), "lab", "course", "--no-browser", "--port", "0"]
    environment = os.environ | {"HOME": str(folder)}
    with lab_process(command, log=folder / "log", cwd=folder, env=environment) as (process, link):
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(90_000)
        page.goto(link)
        page.wait_for_selector(".jp-Notebook .jp-InputPrompt")
        run_all(page)
        yield page
        page.close()
        stop(process)


def run_all(page):
    """Run all cells; the command can be lost right after the kernel turns idle, so ask until an output is there."""
    page.wait_for_selector(".jp-NotebookPanel-toolbar >> text=Python 3")
    for _ in range(10):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with suppress(TimeoutError):  # asked too early: ask again
            return page.wait_for_selector(".jp-OutputArea-output", timeout=10_000)
    raise AssertionError("JupyterLab never ran the cells")


def test_the_first_slider_moves_with_the_keyboard(page):
    """An arrow key on the knob changes the picture and the number beside the slider."""
    slider = page.locator(".noUi-handle").first
    slider.scroll_into_view_if_needed()
    image = page.locator(".widget-image").first
    image.wait_for()
    before, value = image.get_attribute("src"), page.locator(".widget-readout").first.inner_text()
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("old => document.querySelector('.widget-image').src !== old", arg=before)
    assert page.locator(".widget-readout").first.inner_text() != value


def test_running_all_stops_at_the_first_unwritten_exercise(page):
    """The check under it says what to do, in one line and without a traceback."""
    hint = page.get_by_text("✗ tempered_softmax is not written yet")
    hint.wait_for()
    assert hint.inner_text().strip() == (
        "✗ tempered_softmax is not written yet. Replace `raise NotImplementedError()` by your code."
    )
    assert page.get_by_text("Traceback").count() == 0
    assert page.get_by_text("✓").count() == 0


@pytest.fixture(scope="module")
def solved(browser, tmp_path_factory):
    """Serve the course with its answers written, so that all cells run; give what opens a lesson and runs it."""
    folder = tmp_path_factory.mktemp("solved")
    shutil.copytree(find_lessons()[0].parent, folder / "course", ignore=shutil.ignore_patterns("*.ipynb"))
    for path in find_lessons():
        nbformat.write(unrun(nbformat.read(path, as_version=4)), folder / "course" / path.name)
    command = [Path(sys.executable).with_name("coursekit"), "lab", "course", "--no-browser", "--port", "0"]
    environment = os.environ | {"HOME": str(folder)}
    with lab_process(command, log=folder / "log", cwd=folder, env=environment) as (process, link):

        def open_and_run(name):
            page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
            page.set_default_timeout(120_000)
            page.goto(re.sub(r"/lab/tree/[^?]*\?", f"/lab/tree/{name}?reset&", link))
            page.wait_for_selector(".jp-Notebook .jp-InputPrompt")
            run_all(page)
            return page

        yield open_and_run
        stop(process)


def unrun(nb):
    """Return a notebook as if none of its cells had been run."""
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nb


def move(page, knob):
    """Press arrow keys on a knob until its picture has changed."""
    knob.scroll_into_view_if_needed()
    picture = knob.locator("xpath=ancestor::div[contains(concat(' ', @class, ' '), ' widget-vbox ')][1]").locator("img")
    before = picture.get_attribute("src")
    knob.focus()
    for key in ["ArrowRight"] * 3 + ["ArrowLeft"] * 4:
        page.keyboard.press(key)
        for _ in range(20):
            page.wait_for_timeout(250)
            if picture.get_attribute("src") != before:
                return True
    return False


@pytest.mark.skipif("COURSEKIT_ALL_SLIDERS" not in os.environ, reason="sliders of all lessons: run `make sliders`")
@pytest.mark.parametrize("lesson", find_lessons(), ids=lambda path: path.stem)
def test_every_slider_of_the_course_moves(solved, lesson):
    """An arrow key on each knob of each lesson changes its picture."""
    code = [cell.source for cell in nbformat.read(lesson, as_version=4).cells if cell.cell_type == "code"]
    expected = sum(source.count("sliders.explore(") for source in code)
    page = solved(lesson.name)
    page.wait_for_function("n => document.querySelectorAll('.widget-image').length >= n", arg=expected)
    knobs = page.locator(".noUi-handle")
    moved = [move(page, knobs.nth(i)) for i in range(knobs.count())]
    page.close()
    assert len(moved) >= expected > 0
    assert all(moved)
