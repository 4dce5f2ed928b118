"""The site on paper: as wide as a page, by day, and of each slider its value and its picture."""

import pytest

from tests.site.conftest import SMALL, reader

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
A4 = {"width": 680, "height": 1009}  # pixels between its margins
# What reaches over the right edge of the paper, or scrolls, which paper does not. Formulas have parts nobody sees.
CUT_OFF = """() => [...document.querySelectorAll('.bd-article *')].filter(part => {
    if (part.closest('mjx-assistive-mml, mjx-ext, svg') || part.matches('span.math')) return false;
    if (part.getClientRects().length === 0) return false;
    const scrolls = getComputedStyle(part).overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1;
    return part.getBoundingClientRect().right > innerWidth + 1 || (scrolls && part.clientWidth > 1);
}).map(part => `${part.tagName} ${part.className} ${part.textContent.slice(0, 60)}`)"""
# What the page is when the browser draws it for paper.
PRINTED = """() => addEventListener('beforeprint', () => {
    window.printed = [document.documentElement.dataset.theme, getComputedStyle(document.querySelector('pre')).color];
})"""
SHOWN = "place => [...place.querySelectorAll('*')].filter(part => part.getClientRects().length).map(part => part.{})"


@pytest.mark.parametrize("name", [SMALL, "01_theory", "02_gradient", "03_loops_and_vectors", "04_integers_and_floats"])
def test_nothing_is_cut_off_at_the_right(home, browser, name):
    """Code, outputs, tables, formulas and pictures end within the paper."""
    with reader(browser, home, viewport=A4) as page:
        page.emulate_media(media="print")
        page.goto(f"{home}{name}.html")
        page.wait_for_function("document.querySelector('mjx-container')")
        assert page.evaluate(CUT_OFF) == []


def test_a_slider_is_printed_as_its_value_and_its_picture(home, browser):
    """The text that it shows and what it has drawn stay, together; what is moved or pressed is gone."""
    with reader(browser, home, viewport={"width": 1300, "height": 900}) as page:
        page.goto(f"{home}{SMALL}.html")
        page.locator("[class*='live-']").first.evaluate("place => place.scrollIntoView({block: 'center'})")
        page.locator(".coursekit-explorer input[type=range]").first.press("End")
        page.get_by_role("img", name="temperature 100:").wait_for()
        page.emulate_media(media="print")
        slider = page.locator(".coursekit-explorer").first
        shown = slider.evaluate(SHOWN.format("matches('button, [type=range], .coursekit-scale') || part.value"))
        assert [value for value in shown if value] == ["100"]
        assert slider.get_by_text("temperature", exact=True).is_visible()
        assert slider.get_by_role("img").first.is_visible()
        rules = "place => ['breakInside', 'printColorAdjust'].map(name => getComputedStyle(place)[name])"
        assert slider.evaluate(rules) == ["avoid", "exact"]


def test_a_dark_page_is_printed_as_by_day(home, browser):
    """Words and code are dark on the paper, and the page is dark again."""
    with reader(browser, home, viewport={"width": 1300, "height": 900}, color_scheme="dark") as page:
        page.goto(f"{home}{SMALL}.html")
        before = page.evaluate(f"({PRINTED})(), getComputedStyle(document.querySelector('pre')).color")
        page.pdf(format="A4")
        theme, colour = page.evaluate("window.printed")
        assert theme == "light" and colour != before
        page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
