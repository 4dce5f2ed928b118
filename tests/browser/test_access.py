"""axe-core on all that the course puts into a page, by day and at night; JupyterLab's own parts are left out."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.lab_browser import PADS, PLAYGROUND, REGIONS, SMALL


@pytest.mark.parametrize("name", [SMALL, PADS, PLAYGROUND, REGIONS])
def test_outputs_are_accessible_by_day_and_at_night(solved, screenshots, name):
    """axe-core finds nothing in sliders, pads, playground and regions, in JupyterLab's light and dark themes."""
    page = solved(name)
    page.set_default_timeout(20_000)
    found = {"light": violations(page)}
    at_night(page)
    found["dark"] = violations(page)
    page.locator(".coursekit-explorer").first.screenshot(path=screenshots / f"{name}-dark.png")
    page.context.close()
    assert found == {"light": [], "dark": []}


def at_night(page):
    """Choose JupyterLab's dark theme."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="Theme").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="JupyterLab Dark").first.click()
    page.wait_for_selector("body[data-jp-theme-light='false']", state="attached")


def violations(page, within=".coursekit-explorer"):
    """Return what axe-core finds: rule, element, why."""
    page.locator(within).first.wait_for()
    found = Axe().run(page, context={"include": [[within]]}).response
    assert len(found["passes"]) > 5, "axe-core has looked at nothing"
    return [
        (rule["id"], node["html"][:160], node["failureSummary"])
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
