"""Every live slider of the site, moved by key, mouse and finger: it ends at the picture that the notebook draws."""

from base64 import b64decode
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import frames
import nbformat
import numpy as np
import pytest
from traces import keeps_traces

from gradekit.lesson import find_lessons
from tests.pages_server import served
from tests.site.conftest import ROOT, make_site, reader
from tests.site.test_live import SHOWN, decoded
from tests.site.test_traces import SOFT

pytestmark = [pytest.mark.heavy, pytest.mark.filterwarnings("ignore::ResourceWarning")]
SCREENS = {"mouse": {}, "finger": {"has_touch": True, "is_mobile": True}}
# Where each control of a slider stands, by its label.
STANDS = """explorer => Object.fromEntries([
    ...[...explorer.querySelectorAll('input[type=range]')].map(
        slider => [slider.getAttribute('aria-label'), slider.getAttribute('aria-valuetext')]),
    ...[...explorer.querySelectorAll('fieldset')].map(
        group => [group.querySelector('legend').textContent, group.querySelector(':checked').parentNode.textContent]),
])"""
QUIET = "explorer => !explorer.dataset.behind"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Make the site with all its sliders, from the tables that are there or will be."""
    with served(make_site(tmp_path_factory.mktemp("whole"), ROOT / "build" / "tables")) as address:
        yield address


def test_every_live_slider_ends_at_the_notebooks_picture(whole, browser):
    """Its own widget, run from the lesson's cells, draws the same pixels for where the controls stand."""
    seen = {}
    for path in find_lessons():
        for hand, screen in SCREENS.items():
            with reader(browser, whole, viewport={"width": 1300, "height": 900}, **screen) as page:
                page.goto(f"{whole}{path.stem}.html")
                for place in page.locator("[class*='tag_live-']").all():
                    name = place.get_attribute("class").partition("tag_live-")[2].split()[0]
                    seen.setdefault(path, {}).setdefault(name, []).append([*moved(page, place, hand)])
    assert sum(len(sliders) for sliders in seen.values()) >= 10  # the others need the real data
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        tasks = {path: pool.submit(drawn, path, seen[path]) for path in seen}
        lost = [name for path, task in tasks.items() for name in task.result()]
    assert lost == []


def moved(page, place, hand):
    """Move the first control; give where all controls stand, and the picture, at first and after each move."""
    place.locator("img, canvas").first.scroll_into_view_if_needed()
    explorer = place.locator(".coursekit-explorer")
    slider = explorer.locator("input").first
    slider.wait_for()
    yield told(page, explorer)
    box = slider.bounding_box()
    if hand == "finger":
        page.touchscreen.tap(box["x"] + box["width"] / 5, box["y"] + box["height"] / 2)
    else:
        page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
        yield told(page, explorer)
        slider.press("ArrowLeft")
    yield told(page, explorer)


def told(page, explorer):
    """Return where the controls of a slider stand, and its picture when it has followed."""
    page.wait_for_function(QUIET, arg=explorer.element_handle())
    data = explorer.locator("canvas.coursekit-picture").evaluate(SHOWN)
    return explorer.evaluate(STANDS), b64decode(data.partition(",")[2])


def drawn(path, seen):
    """Run a lesson's cells; return the sliders whose own picture is another than the one that the page showed."""
    jobs = [job for job in frames.jobs_of(nbformat.read(path, as_version=4)) if job.name in seen]
    return [name for name, same in frames.run(path, jobs, partial(same_pictures, seen)).items() if same is not True]


def same_pictures(seen, job, explorer):
    """Tell whether an explorer draws what the page showed, wherever its controls stood, with the traces it keeps."""
    keeps = keeps_traces(explorer)
    for control in explorer.controls.values():
        control.unobserve_all("value")  # they move together, below
    for moves in seen[job.name]:
        explorer._earlier.clear()
        for stands, png in moves:
            for control in explorer.controls.values():
                control.position = control.texts.index(stands[control.label])
                control.value = control.values[control.position]
            if not keeps:
                explorer._earlier.clear()
            explorer.redraw()
            gap = np.abs(decoded(explorer.picture.png) - decoded(png))
            if gap.max() > (SOFT if keeps else 0):
                return False
    return True
