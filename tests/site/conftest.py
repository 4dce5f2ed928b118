"""The site as ``make site`` makes it, with the sliders of one small lesson alive, and a browser that reads it."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.lab_browser import CHROMIUM, chromium
from tests.pages_server import served

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "site"))  # its modules are no package
SMALL = "00_start_here"


def make_site(to, tables, *lessons):
    """Make the site in a folder; a warning is an error."""
    subprocess.run([sys.executable, ROOT / "site" / "frames.py", tables, *lessons], check=True)
    subprocess.run([sys.executable, ROOT / "site" / "pages.py", to / "sources", tables], check=True)
    command = ["-m", "sphinx", "-q", "-W", "-b", "html", "-d", to / "doctrees", to / "sources", to / "pages"]
    subprocess.run([sys.executable, *command], check=True)
    return to / "pages"


@contextmanager
def reader(browser, home, **screen):
    """Open a page; at its end it must have said no error and asked nothing of another server."""
    context, wrong = browser.new_context(**screen), []
    page = context.new_page()
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith((home, "blob:")) or wrong.append(request.url))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Make the site; the sliders of one lesson live."""
    folder = tmp_path_factory.mktemp("site")
    return make_site(folder, folder / "tables", SMALL)


@pytest.fixture(scope="session")
def home(site):
    """Serve the site; give its address."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Start Chromium, and end it before other tests begin: while playwright's loop runs, sliders would draw later."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: the site's pages not opened")
    with chromium() as browser:
        yield browser
