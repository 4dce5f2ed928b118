"""axe-core on the pages of the site: by day, at night, and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.conftest import SMALL, reader
from tests.site.test_pages import DRAWN

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # playwright leaves its pipes to the collector
SCREENS = {  # what else a screen can show than the first one: colours, and what scrolls by itself
    "day": ({"width": 1300, "height": 900}, "light", None),
    "night": ({"width": 1300, "height": 900}, "dark", ["color-contrast"]),
    "phone": ({"width": 390, "height": 844}, "light", ["scrollable-region-focusable"]),
}
OPEN = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true; })"


def found(page, rules):
    """Return what axe-core finds in a page, its folds open: rule, element, why."""
    page.wait_for_function(DRAWN)
    page.evaluate(OPEN)
    options = {"preload": False, "resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    response = Axe().run(page, options=options).response  # preloading, it asks for styles where they are not
    assert rules or len(response["passes"]) > 20, "axe-core has looked at nothing"
    return [
        (rule["id"], node["html"][:160], node["failureSummary"])
        for rule in response["violations"]
        for node in rule["nodes"]
    ]


def everything(browser, home, name):
    """Return what axe-core finds in a page, on each screen."""
    all_found = {}
    for screen, (size, scheme, rules) in SCREENS.items():
        with reader(browser, home, viewport=size, color_scheme=scheme) as page:
            page.goto(f"{home}{name}.html")
            all_found[screen] = found(page, rules)
    return all_found


@pytest.mark.parametrize("name", ["index", "glossary", "search"])
def test_pages_are_accessible(home, browser, name):
    """The first page, a table of formulas, and what is found."""
    assert everything(browser, home, name) == {screen: [] for screen in SCREENS}


@pytest.mark.heavy
def test_all_pages_are_accessible(site, home, browser):
    """The lessons, with their sliders and folds, and the reference."""
    names = sorted(path.stem for path in site.glob("*.html"))
    assert len(names) > 20 and SMALL in names
    wrong = {name: everything(browser, home, name) for name in names}
    assert {name: what for name, what in wrong.items() if any(what.values())} == {}
