"""The real JupyterLab in Chromium, as a student meets it: the course opens, a slider moves, a check gives its hint."""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004 - playwright's own

from tests.lab_process import lab_process, stop

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: sliders not moved in a browser"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # playwright leaves its pipes to the collector
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Start the course as its user does, open it in a browser, and run all cells of the first notebook."""
    folder = tmp_path_factory.mktemp("browser")
    command = [Path(sys.executable).with_name("coursekit"), "lab", "course", "--no-browser", "--port", "0"]
    environment = os.environ | {"HOME": str(folder)}
    with (
        lab_process(command, log=folder / "log", cwd=folder, env=environment) as (process, link),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(90_000)
        page.goto(link)
        page.wait_for_selector(".jp-Notebook .jp-InputPrompt")
        run_all(page)
        yield page
        browser.close()
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
