"""What sliders, pad and playground say in JupyterLab of a kernel that is busy."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_sliders import CLOCK
from tests.lab_browser import PADS, PLAYGROUND

PLACES = [(PLAYGROUND, ".coursekit-handle[tabindex='0']"), (PLAYGROUND, ".coursekit-weight input[type=range]")]


@pytest.mark.parametrize(("name", "selector"), [*PLACES, (PADS, ".coursekit-sheet")])
def test_a_busy_kernel_is_told_whatever_is_touched(solved, name, selector):
    """A point, a weight, a stroke: within half a second the picture is dimmed; then it follows, and all is quiet."""
    page = solved(name)
    page.set_default_timeout(30_000)
    explorer, place = page.locator(".coursekit-explorer").first, page.locator(selector).first
    place.focus()
    page.wait_for_timeout(1000)  # what the focus has caused is over
    explorer.evaluate(CLOCK)
    page.locator(".jp-CodeCell .cm-content", has_text="time.sleep").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='busy']")
    place.press("ArrowRight" if name == PLAYGROUND else "Space")
    page.wait_for_function("clock.said > 0")
    assert page.evaluate("clock.said - clock.from") < 500
    assert explorer.locator(".coursekit-frame.old").count() == 1
    if name == PADS:
        expect(explorer.locator(".coursekit-answer")).to_have_text("…")
    page.wait_for_function("!/busy/.test(document.querySelector('.coursekit-message').textContent)")
    assert explorer.locator(".coursekit-frame.old").count() == 0
    page.context.close()
