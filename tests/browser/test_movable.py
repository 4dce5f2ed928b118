"""Regions of nearest neighbours in JupyterLab in Chromium: points that are dragged, moved by keys, and put back."""

import re

import pytest
from playwright.sync_api import expect

from tests.lab_browser import REGIONS

PATIENCE = 10_000  # milliseconds


@pytest.fixture
def plane(solved):
    """Open the regions."""
    page = solved(REGIONS)
    page.locator("img.coursekit-picture").scroll_into_view_if_needed()
    yield page
    page.context.close()


def hears(page, said):
    """Wait until the line below the picture begins so."""
    expect(page.locator(".coursekit-message")).to_have_text(re.compile("^" + re.escape(said)), timeout=PATIENCE)


def sees(page, told):
    """Wait until the picture's description says so."""
    picture = page.locator("img.coursekit-picture")
    expect(picture).to_have_attribute("alt", re.compile(re.escape(told)), timeout=PATIENCE)


def place_of(page, point):
    """Return the middle of a point's handle, from the top left of the picture."""
    outer, inner = page.locator("img.coursekit-picture").bounding_box(), point.bounding_box()
    return [inner[c] + inner[size] / 2 - outer[c] for c, size in (("x", "width"), ("y", "height"))]


def test_points_are_dragged_and_put_back(plane, screenshots):
    """A dragged point stays where it is let go and takes its region along; the button puts all back."""
    picture, point = plane.locator("img.coursekit-picture"), plane.get_by_role("button", name="point 2, class B")
    before = place_of(plane, point)
    to = before[0] - 100, before[1] + 70
    point.drag_to(picture, target_position={"x": to[0], "y": to[1]}, force=True)
    sees(plane, "themselves 100%, new 75%")
    hears(plane, "point 2, class B, at (-1.")
    plane.wait_for_timeout(600)  # the point stays when Python has answered all
    assert place_of(plane, point) == pytest.approx(to, abs=1.5)
    plane.locator(".widget-vbox").first.screenshot(path=screenshots / "regions.png")
    plane.get_by_role("button", name="points back").click()
    sees(plane, "themselves 100%, new 100%")
    assert place_of(plane, point) == pytest.approx(before, abs=1.5)


def test_points_by_keys_beside_the_controls(plane):
    """Tab, arrows, a class, a new point; the controls go on working with the points as they are then."""
    plane.locator(".coursekit-handle[tabindex='0']").focus()
    for key, said in (
        ("ArrowRight", "point 1, class A, at (-1.90, -1.50)"),
        ("d", "point 1, class D"),
        ("n", "point 5, class D"),
    ):
        plane.keyboard.press(key)
        hears(plane, said)
    plane.get_by_text("L1", exact=True).click()
    sees(plane, "5 points, k = 1, L1")
    assert plane.locator(".coursekit-handle").count() == 5
