"""What sliders, pad and playground say in JupyterLab of a kernel that is busy, killed, and there again."""

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.test_sliders import CLOCK, SAVED, shows, temperature, words
from tests.lab_browser import ALL_RUN, PADS, PLAYGROUND, SMALL, run_all

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


@pytest.mark.parametrize("name", [SMALL, PLAYGROUND, PADS])
def test_a_killed_kernel_is_told_and_a_new_one_wakes_all(solved, name):
    """Within half a second of a touch the picture is dimmed, then it says that the kernel ended; Run All wakes it."""
    page = solved(name)
    page.set_default_timeout(60_000)
    explorer = page.locator(".coursekit-explorer").first
    control = explorer.locator("input[type=range], .coursekit-sheet").first
    control.focus()
    page.wait_for_timeout(1000)
    explorer.evaluate(CLOCK)
    for process in psutil.Process().children(recursive=True):
        if any("ipykernel" in part for part in process.cmdline()):
            process.kill()
    control.press("ArrowRight" if name != PADS else "Space")
    page.wait_for_function("clock.said > 0")
    assert page.evaluate("clock.said - clock.from") < 500
    page.wait_for_selector("[data-kernel=gone]")
    assert SAVED in words(page)
    assert explorer.locator(".coursekit-frame.old").count() == 1
    if name == PADS:
        assert "%" not in explorer.locator(".coursekit-answer").inner_text()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    run_all(page)
    page.wait_for_function(ALL_RUN)
    page.wait_for_selector("[data-kernel=awake]")
    if name == SMALL:
        slider, field = temperature(page)
        slider.press("ArrowRight")
        shows(page, slider, f"temperature {field.input_value()}:")
    page.context.close()
