"""One Chromium and one JupyterLab for all that is shown in a browser."""

from pathlib import Path

import pytest

from tests.lab_browser import CHROMIUM, chromium, open_lesson, served, write_solved

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Without Chromium, nothing here is run; playwright leaves its pipes to the collector."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: nothing is shown in a browser"))
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


@pytest.fixture(scope="session")
def browser():
    """Start Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """Serve the course with its answers written; give its folder and the link to it."""
    folder = tmp_path_factory.mktemp("solved")
    write_solved(folder / "course")
    with served(folder) as (_, link):
        yield folder / "course", link


@pytest.fixture(scope="session")
def solved(browser, course):
    """Give what opens a lesson and runs it."""
    return lambda name, **screen: open_lesson(browser, course[1], name, **screen)
