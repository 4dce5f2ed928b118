"""What the pages look like on a phone, a laptop and a large screen, by day and at night; the pictures are kept."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.site.conftest import SMALL, reader
from tests.site.test_pages import DRAWN, WIDER

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
SCREENS = {390: 844, 1280: 800, 1920: 1080}
PAGES = ("index", SMALL, "formulas", "glossary", "reference", "search")
# Lines of code that do not fit, and the lines that the title takes.
CUT_OFF = (
    "() => [...document.querySelectorAll('.cell_input pre')].filter(code => code.scrollWidth > code.clientWidth + 1)"
)
TITLE = """() => {
    const title = [...document.querySelectorAll('h1')].find(one => one.offsetHeight);  // one is for paper
    return title.offsetHeight / parseFloat(getComputedStyle(title).lineHeight);
}"""
WHITE = 220  # of 255


@pytest.mark.parametrize("width", SCREENS)
def test_pages_fit_their_screens(home, browser, screenshots, width):
    """No wider than it, a title of three lines at most, code in full but on a phone; nearly nothing white at night."""
    with reader(browser, home, viewport={"width": width, "height": SCREENS[width]}, color_scheme="light") as page:
        for name in PAGES:
            page.goto(f"{home}{name}.html?q=temperature")
            page.wait_for_function(DRAWN)
            if name in ("index", SMALL):
                page.locator("[class*='live-']").first.evaluate("place => place.scrollIntoView({block: 'center'})")
                page.wait_for_selector(".coursekit-explorer .coursekit-picture")
            page.screenshot(path=screenshots / f"site-{name}-{width}-light.png")
            assert page.evaluate(WIDER) <= 0 and page.evaluate(TITLE) < 3.5, name
            assert width == 390 or page.evaluate(f"({CUT_OFF})().length") == 0, name
            page.evaluate("document.documentElement.dataset.theme = 'dark'")
            place = screenshots / f"site-{name}-{width}-dark.png"
            shot = page.screenshot(path=place, animations="disabled")  # colours change slowly
            assert (np.asarray(Image.open(BytesIO(shot)).convert("L")) > WHITE).mean() < 0.05, name
