"""Sliders in JupyterLab in Chromium: what they say of themselves, and that they never lie and never vanish."""

import json
import re

import pytest

from tests.lab_browser import SMALL, open_page, picture_of

STATE = "application/vnd.jupyter.widget-state+json"
SAVED = "Run › Run All Cells"
# The time from a click or a key to the message, by the page's own clock.
CLOCK = """explorer => {
    const message = explorer.querySelector('.coursekit-message');
    window.clock = {from: 0, said: 0};
    for (const kind of ['click', 'keydown']) {
        document.addEventListener(kind, () => { clock.from = performance.now(); clock.said = 0; }, true);
    }
    new MutationObserver(() => { clock.said ||= /busy|sleep/.test(message.textContent) && performance.now(); })
        .observe(explorer, {subtree: true, childList: true, characterData: true});
}"""


@pytest.fixture(scope="module")
def small(solved):
    """Open the small notebook on a screen with two pixels per CSS pixel, and run it."""
    page = solved(SMALL, device_scale_factor=2)
    yield page
    page.context.close()


def temperature(page):
    """Return the slider of the first picture, and the field beside it."""
    return page.get_by_label("temperature", exact=True), page.get_by_label("temperature, to type")


def shows(page, control, text):
    """Wait until the picture of a control is that of a state."""
    picture = picture_of(control).element_handle()
    page.wait_for_function("([picture, text]) => picture.alt.startsWith(text)", arg=[picture, text])


def words(page):
    """Return what the first picture says."""
    return page.locator(".coursekit-message").first.inner_text()


def test_a_picture_is_as_sharp_as_the_screen(small):
    """With two pixels per CSS pixel it has twice as many, and it is as large as before."""
    slider, _ = temperature(small)
    small.wait_for_function("document.querySelector('img.coursekit-picture').naturalWidth === 1536")
    assert picture_of(slider).evaluate("image => image.clientWidth") == 768


def test_a_slider_tells_its_range_and_goes_back(small):
    """Ends, powers of ten and start are marked; a typed number is taken; Delete and a double click go to the start."""
    slider, field = temperature(small)
    scale = small.locator(".coursekit-scale").first
    assert re.findall(r"[\d.]+|log", scale.inner_text()) == ["1", "10", "0.1", "100", "log"]
    knob, start = slider.bounding_box(), scale.locator(".start").bounding_box()
    assert start["x"] == pytest.approx(knob["x"] + 8 + (knob["width"] - 16) / 3, abs=1.5)
    assert "equal factors" in slider.get_attribute("aria-description")
    field.click()
    for typed, taken in (("7,1", "7.08"), ("1e99", "100"), ("nonsense", "100"), ("-1e99", "0.1"), ("1e999", "100")):
        small.keyboard.type(typed)  # in the place of what stands there
        field.press("Enter")
        shows(small, slider, f"temperature {taken}:")
        assert field.input_value() == taken
    slider.press("Delete")
    shows(small, slider, "temperature 1:")
    field.press("ArrowUp")
    shows(small, slider, "temperature 1.12:")
    slider.dblclick(position={"x": 8, "y": 9})
    shows(small, slider, "temperature 1:")


def test_a_journey_plays_and_pauses(small):
    """The slider goes on by itself, its picture with it, and stays where it is paused."""
    slider, field = temperature(small)
    small.get_by_role("button", name="play temperature").click()
    small.wait_for_function("field => Number(field.value) > 1.2", arg=field.element_handle())
    small.get_by_role("button", name="pause temperature").click()
    stopped = field.input_value()
    shows(small, slider, f"temperature {stopped}:")
    assert field.input_value() == stopped


def test_a_journey_ends_where_a_hand_begins(small):
    """What is typed is taken, and the start stays the start: the journey does not go on."""
    slider, field = temperature(small)
    play = small.get_by_role("button", name="play temperature")
    play.click()
    field.click()
    small.wait_for_timeout(400)  # some beats of the journey
    small.keyboard.type("7.1")
    field.press("Enter")
    shows(small, slider, "temperature 7.08:")
    play.click()
    slider.press("Delete")
    small.wait_for_timeout(400)
    assert field.input_value() == "1"
    shows(small, slider, "temperature 1:")


def test_a_journey_that_is_all_but_over_begins_again(small):
    """Near the right end, as a start may be, there is too little way left to be worth seeing."""
    slider, field = temperature(small)
    field.fill("89.1")
    field.press("Enter")
    small.get_by_role("button", name="play temperature").click()
    small.wait_for_function("field => Number(field.value) < 1", arg=field.element_handle())
    small.get_by_role("button", name="pause temperature").click()
    slider.press("Delete")
    shows(small, slider, "temperature 1:")


def test_words_stand_side_by_side(small):
    """All options are in sight; a click on one draws its picture."""
    group = small.get_by_role("group", name="shape")
    assert group.get_by_role("radio").count() == 4
    group.get_by_text("(1, k)").click()
    small.get_by_role("img", name="m 4, k 3, shape (1, k)").wait_for()


def test_a_narrow_page_scrolls_down_only(small, screenshots):
    """At 390 pixels no control is wider than its output, and no numbers of a scale lie on one another."""
    small.keyboard.press("Control+b")
    small.set_viewport_size({"width": 390, "height": 844})
    small.wait_for_function("document.querySelector('.coursekit-explorer').clientWidth < 300")
    for explorer in small.locator(".coursekit-explorer").all():
        explorer.scroll_into_view_if_needed()
        right = explorer.bounding_box()["x"] + explorer.bounding_box()["width"]
        for part in explorer.locator("input, label, legend, .end, button").all():
            assert part.bounding_box()["x"] + part.bounding_box()["width"] <= right + 8, part.inner_text()
        explorer.screenshot(path=screenshots / "narrow.png")
    small.set_viewport_size({"width": 1400, "height": 1000})
    small.keyboard.press("Control+b")


def test_a_busy_kernel_is_told_within_half_a_second(small):
    """The picture is dimmed and says what it still shows; when the kernel is free it follows, and all is quiet."""
    slider, field = temperature(small)
    explorer = small.locator(".coursekit-explorer").first
    explorer.evaluate(CLOCK)
    small.locator(".jp-CodeCell .cm-content").last.click()
    small.keyboard.press("Control+Enter")
    small.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='busy']")
    slider.press("ArrowRight")
    small.wait_for_function("clock.said > 0")
    assert small.evaluate("clock.said - clock.from") < 500
    assert "busy" in words(small) and explorer.locator(".coursekit-frame.old").count() == 1
    shows(small, slider, f"temperature {field.input_value()}:")
    small.wait_for_function("!document.querySelector('.coursekit-message').textContent")
    assert explorer.locator(".coursekit-frame.old").count() == 0


def test_what_is_saved_stays_when_the_kernel_has_gone(browser, course, small, screenshots):
    """After a restart, opened again, saved and opened again, in Notebook 7: the last picture, and how to wake it."""
    folder, link = course
    slider, field = temperature(small)
    field.fill("10")
    field.press("Enter")
    shows(small, slider, "temperature 10:")
    save(small, slider)
    restart(small)
    assert small.evaluate("clock.said - clock.from") < 500
    assert SAVED in words(small) and small.locator(".coursekit-explorer > [inert]").count() == 2
    assert small.locator(".coursekit-frame.old").count() == 2
    for front in ("lab/tree", "lab/tree", "notebooks"):
        page = open_page(browser, link, SMALL, front=front)
        page.wait_for_selector("[data-kernel=asleep]")
        assert SAVED in words(page)
        slider, field = temperature(page)
        shows(page, slider, "temperature 10:")
        assert (slider.get_attribute("aria-valuetext"), field.input_value()) == ("10", "10")
        page.wait_for_function("document.querySelectorAll('[data-kernel=asleep]').length === 2")
        assert page.get_by_text("Error displaying widget").count() == 0
        page.locator(".coursekit-explorer").first.screenshot(path=screenshots / "asleep.png")
        save(page, page.locator(".jp-Notebook"))
        page.context.close()
    assert_only_explorers(json.loads((folder / SMALL).read_text())["metadata"]["widgets"][STATE]["state"])


def save(page, where):
    """Press Ctrl+S somewhere, and wait until the page is saved."""
    where.focus()
    with page.expect_response(lambda it: it.request.method == "PUT" and "/api/contents/" in it.url):
        page.keyboard.press("Control+s")


def restart(page):
    """Restart the kernel; the page's clock runs from the click."""
    page.locator(".coursekit-explorer").first.evaluate(CLOCK)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).first.click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function("clock.said > 0")
    page.wait_for_timeout(500)  # the old kernel's last word
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']")


def assert_only_explorers(models):
    """Show that the file holds the two explorers that the page shows, each once, and nothing else."""
    count = lambda name: sum(name in str(model["state"].get("_anywidget_id")) for model in models.values())  # noqa: E731
    assert (count("Picture"), count("Slider"), count("Options")) == (2, 3, 1)
