"""Sliders and points under a finger, and controls whose kernel was killed, in JupyterLab."""

import re

import psutil
import pytest

from tests.browser.test_sliders import CLOCK, SAVED, shows, temperature, words
from tests.lab_browser import PADS, PLAYGROUND, SMALL
from tests.lab_process import call


def finger(page, *places):
    """Touch the page at the first place, move over the others, and let go."""
    touch = page.context.new_cdp_session(page)
    for kind, at in [("touchStart", places[0]), *(("touchMove", place) for place in places[1:]), ("touchEnd", None)]:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at] if at else []})


def test_a_finger_moves_a_slider(solved):
    """A touch on the bar, and a drag along it: the picture follows, and the page does not scroll."""
    page = solved(SMALL, has_touch=True)
    slider, field = temperature(page)
    box, before = slider.bounding_box(), field.input_value()
    at = lambda share: {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] / 2}  # noqa: E731
    finger(page, at(0.9))
    page.wait_for_function("([field, old]) => field.value !== old", arg=[field.element_handle(), before])
    touched = field.input_value()
    assert float(touched) > 20
    shows(page, slider, f"temperature {touched}")
    finger(page, at(0.9), at(0.7), at(0.3), at(0.1))
    page.wait_for_function("field => Number(field.value) < 1", arg=field.element_handle())
    shows(page, slider, f"temperature {field.input_value()}")
    assert slider.bounding_box()["y"] == box["y"]
    page.context.close()


def test_a_finger_drags_a_point(solved):
    """A point of the playground goes where the finger goes, and stays there."""
    page = solved(PLAYGROUND, has_touch=True)
    page.wait_for_selector(".coursekit-handle")
    point = page.locator(".coursekit-handle").first
    box = point.bounding_box()
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    finger(page, middle, *({"x": middle["x"] + step, "y": middle["y"] - step / 2} for step in (10, 20, 30, 40)))
    page.wait_for_timeout(1000)
    now = point.bounding_box()
    assert (now["x"] - box["x"], now["y"] - box["y"]) == pytest.approx((40, -20), abs=2)
    page.context.close()


NEW = "document.querySelector('.coursekit-message')?.textContent"  # of the picture that stands there now


@pytest.mark.parametrize("name", [SMALL, PLAYGROUND, PADS])
def test_a_killed_kernel_is_told(course, solved, name):
    """What was touched last stays, dimmed; the page says that the controls sleep and how to wake them; they wake."""
    page = solved(name)
    page.wait_for_selector(".coursekit-explorer")
    (kernel,) = call(course[1], "/api/kernels")
    told = {one: " ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])}
    (process,) = [one for one, command in told.items() if kernel["id"] in command]
    explorer = page.locator(".coursekit-explorer").first
    explorer.evaluate(CLOCK)
    process.kill()
    page.wait_for_function("/sleep/.test(document.querySelector('.coursekit-message').textContent)", timeout=60_000)
    assert SAVED in words(page) and explorer.locator(".coursekit-frame.old").count() == 1
    page.get_by_role("button", name=re.compile("^(Ok|Dismiss)$", re.IGNORECASE)).first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells$")).click()
    page.wait_for_function(f"{NEW} !== undefined && !/sleep/.test({NEW})", timeout=60_000)
    page.context.close()
