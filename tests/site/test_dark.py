"""The site at night: drawings are dark and legible, images in them keep their colours; by day all is as saved."""

import json
from base64 import b64decode

import nbformat
import numpy as np
import pytest

from gradekit.lesson import find_lessons
from tests.night import CORNER, contrast, decoded, inside, is_shown, seen, source, told
from tests.site.conftest import SMALL, reader
from tests.site.test_live import SHOWN

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
GROUND = [0x12] * 3  # of the theme


@pytest.fixture(scope="module")
def looks(home, browser):
    """Give each figure of a lesson, its live slider first: its PNG, and what it looks like by day and at night."""
    with reader(browser, home, viewport={"width": 1900, "height": 900}, color_scheme="light") as page:
        page.goto(f"{home}{SMALL}.html")
        page.locator("[class*='live-']").first.evaluate("place => place.scrollIntoView({block: 'center'})")
        page.wait_for_selector(".coursekit-explorer .coursekit-picture")
        frames = page.locator(".coursekit-frame").all()
        days = [[seen(frame) for frame in frames]]
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        days.append([seen(frame) for frame in frames])
        page.evaluate("document.documentElement.dataset.theme = 'light'")
        days.append([seen(frame) for frame in frames])
        return [drawn(frame.locator("img, canvas").first) for frame in frames], *days


def drawn(image):
    """Return the PNG of a figure; of a live one, its pixels as they are drawn."""
    live = image.evaluate("image => image.tagName") == "CANVAS"
    return b64decode(image.evaluate(SHOWN).partition(",")[2]) if live else source(image)


def test_pictures_are_dark_at_night_and_as_before_by_day(looks):
    """Their ground is the theme's, their words stand out; after the night each pixel is what it was."""
    pngs, day, night, again = looks
    assert len(pngs) >= 4
    for one, other, back in zip(day, night, again, strict=True):
        assert other[CORNER].tolist() == GROUND and contrast(other) >= 4.5
        assert one[CORNER].tolist() == [255] * 3 and (one == back).all()


def test_images_keep_their_colours(looks):
    """Digits and weights, with the colour bar: in each box each pixel is the same at night."""
    found = 0
    for png, day, night in zip(*looks[:3], strict=True):
        for box in json.loads(told(png)) if b"images" in png else []:
            assert (inside(day, box) == inside(night, box)).all()
            found += 1
    assert found == 30 + 10 + 1  # digits, weights, the colour bar


def test_a_live_picture_is_shown_pixel_for_pixel_by_day(looks):
    """Nothing lies over it."""
    assert is_shown(decoded(looks[0][0]), looks[1][0])


def test_every_saved_picture_tells_where_its_images_are():
    """So the site need not guess."""
    for path in find_lessons():
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", ()):
                png = output.get("data", {}).get("image/png")
                assert png is None or np.ndim(json.loads(told(b64decode(png)))) in (1, 2), (path.name, cell.id)
