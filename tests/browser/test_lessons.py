"""The real JupyterLab in Chromium, as a student meets it: the course opens, every cell runs, every slider moves.

A screenshot of each slider's last state is left in the folder that ``COURSEKIT_SCREENSHOTS`` names.
"""

import re

import nbformat
import pytest

from gradekit.lesson import find_lessons
from tests.lab_browser import (
    WIDGET,
    picture_of,
    run_all,
    served,
    sliders_of,
    state_of,
)

STDERR = '[data-mime-type="application/vnd.jupyter.stderr"]'
SHOWS = """([picture, state]) => state.every(part => picture.alt.includes(part)) && picture.complete &&
    !picture.closest('.widget-vbox').querySelector('.coursekit-message').textContent"""


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
    expected = sum(len(re.findall(r"sliders\.(?:explore|playground|drag)\(", source)) for source in code)
    page = solved(lesson.name)
    assert page.locator(STDERR).all_inner_texts() == []
    assert page.locator("img.coursekit-picture").count() == expected > 0
    for number, control in enumerate(sliders_of(page)):
        move(page, control)
        name = f"{lesson.stem}-{number:02}-{control.get_attribute('aria-label').replace(' ', '-')}.png"
        control.locator(WIDGET).screenshot(path=screenshots / name)
    for option in page.locator(".coursekit-panel .coursekit-options").all():
        choose(page, option)
    for pad in page.locator(".coursekit-pad .coursekit-sheet").all():
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


def choose(page, group):
    """Choose each option of a group; the picture says which."""
    name = group.locator("legend").inner_text().replace(" ", "_")
    picture = picture_of(group).element_handle()
    for label in group.locator("label").all():
        label.click()
        page.wait_for_function(SHOWS, arg=[picture, [f"{name} {label.inner_text()}"]])


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
    for key in ("ArrowDown", "ArrowDown", "Space", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    page.wait_for_function(inked, arg=[picture, before])


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
    for selector in (".coursekit-slider > span", ".coursekit-slider input[type=text]", ".coursekit-scale > .end"):
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
