"""The real JupyterLab in Chromium, as a student meets it: the course opens, every cell runs, every slider moves.

A screenshot of each slider's last state is left in the folder that ``COURSEKIT_SCREENSHOTS`` names.
"""

import os
from pathlib import Path

import nbformat
import pytest

from gradekit.lesson import find_lessons
from tests.lab_browser import (
    CHROMIUM,
    PLAYGROUND,
    WIDGET,
    chromium,
    open_lesson,
    picture_of,
    run_all,
    served,
    sliders_of,
    state_of,
    write_solved,
)

STDERR = '[data-mime-type="application/vnd.jupyter.stderr"]'
SHOWS = """([picture, state]) => state.every(part => picture.alt.includes(part)) && picture.complete &&
    !picture.closest('.widget-vbox').querySelector('.coursekit-message').textContent"""
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: sliders not moved in a browser"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # playwright leaves its pipes to the collector
]


@pytest.fixture(scope="module")
def browser():
    """Start Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def solved(browser, tmp_path_factory):
    """Serve the course with its answers written; give what opens a lesson and runs it."""
    folder = tmp_path_factory.mktemp("solved")
    write_solved(folder / "course")
    with served(folder) as (_, link):
        yield lambda name: open_lesson(browser, link, name)


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory):
    """Return the folder for screenshots."""
    folder = Path(os.environ.get("COURSEKIT_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_running_all_goes_past_an_unwritten_exercise(browser, tmp_path):
    """A student's copy opens; the check says in one quiet line that nothing is written, without a traceback."""
    with served(tmp_path) as (_, link):
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(90_000)
        page.goto(link)
        page.wait_for_selector(".jp-Notebook .jp-InputPrompt")
        run_all(page)
        said = page.get_by_text("○ tempered_softmax: not written yet; below, the page uses ours.").first
        said.wait_for(state="attached")
        assert page.get_by_text("Traceback").count() == 0
        page.close()


@pytest.mark.parametrize("lesson", find_lessons(), ids=lambda path: path.stem)
def test_every_slider_of_the_course_moves(solved, screenshots, lesson):
    """Every cell runs; arrow keys on each slider change its picture to the state that the slider shows."""
    code = [cell.source for cell in nbformat.read(lesson, as_version=4).cells if cell.cell_type == "code"]
    expected = sum(source.count("sliders.explore(") + source.count("sliders.playground(") for source in code)
    page = solved(lesson.name)
    assert page.locator(STDERR).all_inner_texts() == []
    assert page.locator("img.coursekit-picture").count() == expected > 0
    for number, control in enumerate(sliders_of(page)):
        move(page, control)
        name = f"{lesson.stem}-{number:02}-{control.get_attribute('aria-label').replace(' ', '-')}.png"
        control.locator(WIDGET).screenshot(path=screenshots / name)
    for pad in page.locator(".coursekit-pad canvas").all():
        draw(page, pad)
        pad.locator(WIDGET).screenshot(path=screenshots / f"{lesson.stem}-pad.png")
    page.context.close()


def move(page, control):
    """Press arrow keys on a slider, there and back; the same element shows each state."""
    control.scroll_into_view_if_needed()
    picture = picture_of(control).element_handle()
    size, before = picture.bounding_box(), control.get_attribute("aria-valuetext")
    sources = {picture.get_attribute("src")}
    control.focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
        page.wait_for_function(SHOWS, arg=[picture, state_of(control)])
        sources.add(picture.get_attribute("src"))
    assert len(sources) > 1, f"the picture stays as {before} moves"
    now = picture.bounding_box()
    assert (now["width"], now["height"]) == (size["width"], size["height"])
    assert picture.evaluate("picture => picture.isConnected")


def draw(page, pad):
    """Draw on a sheet with the mouse, then with the keys, and clear it; the picture follows each time."""
    picture = picture_of(pad).element_handle()
    inked = "([picture, old]) => picture.alt !== old && picture.complete"
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    before = picture.get_attribute("alt")
    page.mouse.move(box["x"] + 30, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 190, box["y"] + 100, steps=10)
    page.mouse.up()
    page.wait_for_function(inked, arg=[picture, before])
    before = picture.get_attribute("alt")
    pad.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Space", "ArrowDown", "ArrowDown", "ArrowDown", "Space"):
        page.keyboard.press(key)
    page.wait_for_function(inked, arg=[picture, before])


@pytest.fixture
def ground(solved):
    """Open the playground; what is waited for is the page's own texts."""
    page = solved(PLAYGROUND)
    page.locator("img.coursekit-picture").scroll_into_view_if_needed()
    yield page
    page.context.close()


def line_of(page):
    """Return the parts of the line that tells the playground's state."""
    parts = (part.partition(": ") for part in page.get_by_label("state").input_value().split("; "))
    return {name: value for name, _, value in parts}


def until(page, true, *, tries=100):
    """Wait until something is so."""
    for _ in range(tries):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never came to that; the page says {line_of(page)}")


def test_a_brisk_drag_holds(ground):
    """In two jumps, six points in turn, each comes where the mouse lets it go, and Python has it there."""
    for number in range(7, 13):
        point = ground.get_by_role("button", name=f"point {number}, class")
        place, before = point.bounding_box(), line_of(ground)["points"]
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        ground.mouse.move(x, y)
        ground.mouse.down()
        ground.mouse.move(x + 30, y - 20, steps=2)
        ground.mouse.up()
        until(ground, lambda before=before: line_of(ground)["points"] != before)
        ground.wait_for_timeout(600)  # the point stays when Python has answered all
        now = point.bounding_box()
        assert (now["x"] - place["x"], now["y"] - place["y"]) == pytest.approx((30, -20), abs=1.5), number


def test_points_by_keys(ground):
    """One stop for Tab; other points, moves, classes, a new one, and away with it; no cell of the notebook changes."""
    cells = ground.locator(".jp-Cell").count()
    focused = lambda: ground.evaluate("document.activeElement.getAttribute('aria-label') || ''")  # noqa: E731
    assert ground.locator(".coursekit-handle[tabindex='0']").count() == 1
    ground.locator(".coursekit-handle[tabindex='0']").focus()
    for key, heard in (
        ("End", "point 12, class C"),
        ("PageUp", "point 11, class C"),
        ("b", "point 11, class B"),
        ("n", "point 13, class B"),
        ("d", "point 13, class D"),
    ):
        ground.keyboard.press(key)
        until(ground, lambda heard=heard: focused().startswith(heard))
    for _ in range(10):
        ground.keyboard.press("ArrowLeft")
    until(ground, lambda: line_of(ground)["points"].endswith(", -0.6 -0.5 D"))
    assert ground.get_by_label("b D", exact=True).input_value() == "0"
    ground.keyboard.press("Delete")
    until(ground, lambda: focused().startswith("point 12, class C"))
    assert ground.locator(".coursekit-handle").count() == 12 and ground.locator(".jp-Cell").count() == cells


def test_the_playground_runs_and_pauses(ground, screenshots):
    """The counter goes on and stops; a weight beyond 4 is shown as it is and moves by a tenth; reset goes back."""
    counter = ground.locator(".coursekit-weights > span").first
    count = lambda: int(counter.inner_text().removeprefix("step "))  # noqa: E731
    ground.get_by_text("Weston-Watkins", exact=True).click()
    ground.get_by_text("shown", exact=True).click()
    ground.get_by_role("button", name="run", exact=True).click()
    until(ground, lambda: count() > 5)
    ground.get_by_role("button", name="pause", exact=True).click()
    ground.get_by_role("button", name="run", exact=True).wait_for()
    until(ground, lambda: line_of(ground)["step"] == str(count()))
    stopped = count()
    ground.wait_for_timeout(500)
    assert count() == stopped
    weight = ground.get_by_label("w1 A", exact=True)
    weight.fill("-17.25")
    weight.press("Enter")
    until(ground, lambda: line_of(ground)["weights"].startswith("-17.25 "))
    weight.press("ArrowUp")
    until(ground, lambda: line_of(ground)["weights"].startswith("-17.15 "))
    assert weight.input_value() == "-17.15"
    ground.get_by_role("button", name="reset", exact=True).click()
    until(ground, lambda: count() == 0 and weight.input_value() == "1")
    ground.get_by_role("button", name="100 steps").click()
    until(ground, lambda: line_of(ground)["step"] != "0")
    assert "100% right" in ground.locator("img.coursekit-picture").get_attribute("alt")
    ground.locator(".widget-vbox").first.screenshot(path=screenshots / "playground.png")


def test_hover_joins_point_and_bar(ground):
    """The sentence below the picture is on the point under the mouse, on the plane or in its row."""
    message, picture = ground.locator(".coursekit-message"), ground.locator("img.coursekit-picture").bounding_box()
    place = ground.get_by_role("button", name="point 3, class A").bounding_box()
    ground.mouse.move(place["x"] + 12, place["y"] + 12)
    until(ground, lambda: message.inner_text().startswith("point 3, class A"))
    ground.mouse.move(picture["x"] + 0.55 * picture["width"], picture["y"] + 0.45 * picture["height"])
    until(ground, lambda: message.inner_text().startswith(("point 6, class B", "point 7, class B")))


CONTROLS = (
    ".coursekit-slider input",
    ".coursekit-options input",
    ".coursekit-weight input[type=number]",
    ".coursekit-handle[tabindex='0']",
    ".coursekit-field input",
    ".coursekit-field textarea",
)


def test_jupyterlabs_shortcuts_go_on_working(ground):
    """Ctrl+S saves from every control; the keys of a control do not move JupyterLab's cell."""
    active = "[...document.querySelectorAll('.jp-Cell')].findIndex(cell => cell.classList.contains('jp-mod-active'))"
    before = ground.evaluate(active)
    for selector in CONTROLS:
        ground.locator(selector).first.focus()
        with ground.expect_request(lambda request: request.method == "PUT", timeout=20_000):
            ground.keyboard.press("Control+s")
        for key in ("ArrowDown", "ArrowUp", "Home", "End"):
            ground.keyboard.press(key)
        assert ground.evaluate(active) == before, selector


def test_a_held_key_leaves_no_queue(solved):
    """After sixty presses as fast as they go, the picture comes to rest at the last one."""
    page = solved("00_start_here.ipynb")
    control = page.get_by_label("temperature").first
    control.scroll_into_view_if_needed()
    picture = picture_of(control).element_handle()
    page.evaluate("picture => { window.shown = 0; picture.addEventListener('load', () => window.shown++); }", picture)
    control.focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    for _ in range(31):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(SHOWS, arg=[picture, state_of(control)])
    page.wait_for_timeout(500)
    assert 1 <= page.evaluate("window.shown") <= 62
    assert all(part in picture.get_attribute("alt") for part in state_of(control))
    page.context.close()


def test_controls_are_named_and_legible(solved):
    """Sliders have names and spoken values, the picture a description, and texts contrast 4.5 : 1 with their ground."""
    page = solved("00_start_here.ipynb")
    slider = page.get_by_role("slider", name="temperature")
    assert slider.get_attribute("aria-valuetext") == "1"
    assert page.get_by_role("img", name="temperature 1").count() == 1
    assert page.locator(".coursekit-message").first.get_attribute("role") == "status"
    for selector in (".coursekit-slider span", ".coursekit-slider output"):
        assert page.locator(selector).first.evaluate(CONTRAST) >= 4.5
    page.context.close()


# WCAG's contrast of an element's colour with the first ground behind it that is not transparent.
CONTRAST = """element => {
    const numbers = text => (text.match(/[\\d.]+/g) || []).map(Number);
    const linear = v => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let ground = element;
    const colour = () => numbers(getComputedStyle(ground).backgroundColor);
    while (ground.parentElement && colour()[3] === 0) ground = ground.parentElement;
    const [low, high] = [light(numbers(getComputedStyle(element).color)), light(colour())].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}"""
