"""The pad in JupyterLab in Chromium: its answer, undo, centring, finger, and the empty sheet."""

import re

import pytest
from playwright.sync_api import expect

from tests.lab_browser import PADS

INK = """canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]
    .filter((value, i) => i % 4 === 0 && value < 128).length"""
PATIENCE = 15_000  # milliseconds


@pytest.fixture(scope="module")
def pads(solved):
    """Open the two pads on a screen that can be touched."""
    page = solved(PADS, has_touch=True)
    yield page
    page.context.close()


@pytest.fixture
def pad(pads):
    """Give the digit's pad, as it was at the start."""
    return pad_of(pads, 0)


def pad_of(page, number):
    """Return a pad in sight, its sheet cleared."""
    pad = page.locator(".coursekit-pad").nth(number)
    pad.scroll_into_view_if_needed()
    pad.get_by_role("button", name="Clear").click()
    return pad


def stroke(page, sheet, start, end):
    """Draw a line with the mouse; places are shares of the sheet."""
    box = sheet.bounding_box()
    (x0, y0), (x1, y1) = (
        (box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in (start, end)
    )
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move(x1, y1, steps=8)
    page.mouse.up()


def says(pad, text):
    """Wait until the answer is that."""
    expect(pad.locator(".coursekit-answer")).to_have_text(re.compile(text), timeout=PATIENCE)


def test_an_empty_sheet_asks_for_a_drawing(pad):
    """There is no number beside it, and none in the picture; the first stroke brings both."""
    says(pad, "^Draw something.$")
    picture = pad.page.locator("img.coursekit-picture").first
    expect(picture).to_have_attribute("alt", re.compile("with 0 pixels inked: draw something"), timeout=PATIENCE)
    stroke(pad.page, pad.locator(".coursekit-sheet"), (0.1, 0.5), (0.4, 0.5))
    says(pad, r"^left 100\.0%$")
    expect(picture).to_have_attribute("alt", re.compile("left: 100"), timeout=PATIENCE)


def test_strokes_are_undone_one_by_one(pad):
    """Ctrl+Z with the focus on sheet or button, and the button, take back one stroke each, and also Clear."""
    page, sheet = pad.page, pad.locator(".coursekit-sheet")
    cells = page.locator(".jp-Cell").count()
    stroke(page, sheet, (0.1, 0.2), (0.4, 0.2))
    one = sheet.evaluate(INK)
    stroke(page, sheet, (0.55, 0.8), (0.95, 0.8))
    two = sheet.evaluate(INK)
    assert two > one > 0
    says(pad, "right")
    page.keyboard.press("Control+z")
    assert sheet.evaluate(INK) == one
    says(pad, "left")
    pad.get_by_role("button", name="Undo").press("Enter")
    assert sheet.evaluate(INK) == 0
    stroke(page, sheet, (0.1, 0.2), (0.4, 0.2))
    pad.get_by_role("button", name="Clear").press("Space")
    assert sheet.evaluate(INK) == 0
    page.keyboard.press("Control+z")
    assert sheet.evaluate(INK) == one
    assert page.locator(".jp-Cell").count() == cells


def test_a_stroke_can_be_undone_while_it_is_drawn(pad):
    """It is over then: what the mouse does until it is let go leaves no ink that nothing takes back."""
    page, sheet = pad.page, pad.locator(".coursekit-sheet")
    box = sheet.bounding_box()
    across = lambda share: (box["x"] + share * box["width"], box["y"] + box["height"] / 2)  # noqa: E731
    page.mouse.move(*across(0.2))
    page.mouse.down()
    page.mouse.move(*across(0.5), steps=4)
    page.keyboard.press("Control+z")
    page.mouse.move(*across(0.8), steps=4)
    page.mouse.up()
    assert sheet.evaluate(INK) == 0
    says(pad, "^Draw something.$")


def test_an_answer_that_is_late_is_told_again(pad):
    """While the kernel is busy, a drawing that comes back is not called an empty sheet."""
    page, sheet = pad.page, pad.locator(".coursekit-sheet")
    for _ in range(2):  # the first time it takes no time
        page.locator(".jp-CodeCell", has_text="time.sleep(seconds)").locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
    pad.scroll_into_view_if_needed()
    stroke(page, sheet, (0.1, 0.5), (0.4, 0.5))
    says(pad, "^…$")
    pad.get_by_role("button", name="Clear").click()
    says(pad, "^Draw something.$")
    pad.get_by_role("button", name="Undo").click()
    says(pad, "^…$")
    says(pad, "^left")


def test_ctrl_s_saves_from_the_sheet_and_its_buttons(pad):
    """JupyterLab's shortcut goes on working, and what is drawn stays."""
    page, sheet = pad.page, pad.locator(".coursekit-sheet")
    stroke(page, sheet, (0.1, 0.5), (0.4, 0.5))
    drawn = sheet.evaluate(INK)
    for place in (sheet, pad.get_by_role("button", name="Undo"), pad.get_by_role("checkbox")):
        place.focus()
        with page.expect_request(lambda request: request.method == "PUT", timeout=PATIENCE):
            page.keyboard.press("Control+s")
    sheet.evaluate("sheet => sheet.blur()")  # the pen is not marked on it
    assert sheet.evaluate(INK) == drawn > 0


def test_a_drawing_is_centred_as_mnist_was(pad, screenshots):
    """What the model sees lies in the middle, the line says so, and off puts it back."""
    page, sheet, seen = pad.page, pad.locator(".coursekit-sheet"), pad.get_by_role("img", name="what the model sees")
    stroke(page, sheet, (0.1, 0.1), (0.3, 0.1))
    says(pad, "left 100")
    before = seen.evaluate(INK)
    expect(pad.get_by_text("as MNIST was made: off")).to_be_visible()
    pad.get_by_role("checkbox").check()
    expect(pad.get_by_text("as MNIST was made: on")).to_be_visible()
    says(pad, r"^(left|right) [5-9]\d\.\d%$")  # about as much ink on the left as on the right
    assert seen.evaluate(INK) > before
    page.locator(".coursekit-explorer").first.screenshot(path=screenshots / "pad.png")
    pad.get_by_role("checkbox").uncheck()
    says(pad, "left 100")


def test_a_finger_draws_and_a_second_one_does_not(pad):
    """Touch draws a stroke without scrolling the page; another finger leaves no mark."""
    page, sheet = pad.page, pad.locator(".coursekit-sheet")
    touch = page.context.new_cdp_session(page)
    box, top = sheet.bounding_box(), pad.bounding_box()["y"]
    at = lambda across, down: {"x": box["x"] + across * box["width"], "y": box["y"] + down * box["height"]}  # noqa: E731
    send = lambda kind, *points: touch.send(  # noqa: E731
        "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [p | {"id": i} for i, p in enumerate(points)]}
    )
    send("touchStart", at(0.6, 0.2))
    for down in (0.3, 0.5, 0.8):
        send("touchMove", at(0.6, down))
    send("touchEnd")
    says(pad, "right 100")
    drawn = sheet.evaluate(INK)
    assert drawn > 1000 and pad.bounding_box()["y"] == top
    send("touchStart", at(0.6, 0.3))
    send("touchStart", at(0.6, 0.3), at(0.1, 0.1))
    send("touchMove", at(0.6, 0.4), at(0.1, 0.9))
    send("touchEnd")
    says(pad, "right 100")
    page.keyboard.press("Control+z")
    assert sheet.evaluate(INK) == drawn


def test_cells_are_turned_by_mouse_and_keys(pads, screenshots):
    """A click turns one cell, a drag all it meets, space the one that is marked; the next cell reads them."""
    pad = pad_of(pads, 1)
    sheet, picture = pad.locator(".coursekit-sheet"), pads.locator("img.coursekit-picture").last
    drawn = lambda count: expect(picture).to_have_attribute(  # noqa: E731
        "alt", re.compile(f"with {count} cells on"), timeout=PATIENCE
    )
    drawn(0)
    stroke(pads, sheet, (0.05, 0.05), (0.95, 0.05))
    drawn(8)
    box = sheet.bounding_box()
    sheet.click(position={"x": box["width"] * 0.05, "y": box["height"] * 0.05})
    drawn(7)
    sheet.press("Space")
    drawn(8)
    sheet.press("ArrowDown")
    sheet.press("Space")
    drawn(9)
    expect(pad.locator(".coursekit-place")).to_have_text("row 2, column 1: on")
    pads.locator(".coursekit-explorer").last.screenshot(path=screenshots / "pad-cells.png")
    pads.keyboard.press("Control+z")
    drawn(8)
    pads.locator(".jp-CodeCell .cm-content").last.click()
    pads.keyboard.press("Control+Enter")
    pads.get_by_text("read: [255. 255. 255. 255. 255. 255. 255. 255.]").wait_for()


def test_a_narrow_page_shows_the_whole_pad(pads, screenshots):
    """At 390 pixels sheet, answer and buttons stay inside the output."""
    pads.keyboard.press("Escape")
    pads.keyboard.press("Control+b")
    pads.set_viewport_size({"width": 390, "height": 844})
    pads.wait_for_function("document.querySelector('.coursekit-explorer').clientWidth < 300")
    explorer = pads.locator(".coursekit-explorer").first
    stroke(pads, pad_of(pads, 0).locator(".coursekit-sheet"), (0.1, 0.2), (0.4, 0.9))
    says(pad_of_page := explorer.locator(".coursekit-pad"), "left")
    right = explorer.bounding_box()["x"] + explorer.bounding_box()["width"]
    for part in pad_of_page.locator("canvas, output, button, label, p").all():
        if part.is_visible():
            assert part.bounding_box()["x"] + part.evaluate("part => part.scrollWidth") <= right + 1
    explorer.screenshot(path=screenshots / "pad-narrow.png")
    pads.set_viewport_size({"width": 1400, "height": 1000})
    pads.keyboard.press("Control+b")
