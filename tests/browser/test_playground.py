"""The playground in JupyterLab in Chromium: brisk drags, keys, run and pause, hover, and JupyterLab's own shortcuts."""

import pytest

from tests.lab_browser import PLAYGROUND


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
    ".coursekit-slider input[type=range]",
    ".coursekit-slider input[type=text]",
    ".coursekit-options input",
    ".coursekit-weight input[type=number]",
    ".coursekit-handle[tabindex='0']",
    ".coursekit-field input",
    ".coursekit-field textarea",
)


def test_jupyterlabs_shortcuts_go_on_working(ground):
    """Ctrl+S saves from every control; the keys of a control do not move JupyterLab's cell."""
    active = "[...document.querySelectorAll('.jp-Cell')].findIndex(cell => cell.classList.contains('jp-mod-active'))"
    ground.locator(CONTROLS[0]).first.focus()  # which makes its cell the active one
    before = ground.evaluate(active)
    for selector in CONTROLS:
        ground.locator(selector).first.focus()
        with ground.expect_request(lambda request: request.method == "PUT", timeout=20_000):
            ground.keyboard.press("Control+s")
        for key in ("ArrowDown", "ArrowUp", "Home", "End"):
            ground.keyboard.press(key)
        assert ground.evaluate(active) == before, selector


def test_a_choice_that_python_refuses_is_not_waited_for(ground):
    """There is no table yet: the choice goes back, the line below says what to do, and the picture is not dimmed."""
    ground.get_by_role("radio", name="own table").click(force=True)  # check() would find that it did not stay
    ground.wait_for_selector("text=paste a table into the field")
    ground.wait_for_timeout(1000)  # longer than a page is patient
    assert ground.get_by_role("radio", name="separable").is_checked()
    assert ground.get_by_text("The kernel is busy").count() == 0
    assert ground.locator(".coursekit-explorer").get_attribute("data-behind") == ""


def test_a_weight_that_is_refused_leaves_its_field(ground):
    """The message names it; the field shows what the weight is, and so does the next picture."""
    weight = ground.get_by_label("w1 A", exact=True)
    weight.fill("1e308")
    weight.press("Enter")
    ground.wait_for_selector("text=a weight must be a number between")
    until(ground, lambda: weight.input_value() == "1")


def test_the_weights_of_four_classes_fit(ground):
    """Beside an open file browser at 1400 pixels; the step stays in one line."""
    ground.locator(".coursekit-handle[tabindex='0']").focus()
    ground.keyboard.press("d")
    ground.get_by_label("b D", exact=True).wait_for()
    table = ground.locator(".coursekit-weights")
    assert table.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth")
    right = table.bounding_box()["x"] + table.bounding_box()["width"]
    for slope in ground.locator(".coursekit-weight output").all():
        assert slope.bounding_box()["x"] + slope.bounding_box()["width"] <= right + 1
    assert table.locator("> span").first.evaluate(
        "step => step.clientHeight < 1.8 * parseFloat(getComputedStyle(step).fontSize)"
    )
