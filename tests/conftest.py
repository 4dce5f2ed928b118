"""What all tests share: no clock for Hypothesis, a folder for screenshots, the closing report of what lessons ask."""

import os
from pathlib import Path

import nbformat
import pytest
from hypothesis import settings

from gradekit.lesson import find_lessons
from tests.lesson_budget import budget

settings.register_profile("course", deadline=None)  # a deadline is an absolute time: it fails on a busy machine
settings.load_profile("course")


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory):
    """Return the folder for screenshots."""
    folder = Path(os.environ.get("COURSEKIT_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_collection_modifyitems(items):
    """Mark the tests that open pages in a browser: `make quick` leaves them out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("opens_pages")


def pytest_terminal_summary(terminalreporter):
    """Print the budget of every lesson, when the lessons were looked at."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    if any(report.nodeid.startswith("tests/test_notebooks.py") for report in reports):
        terminalreporter.section("what the lessons ask")
        for path in find_lessons():
            terminalreporter.line(f"{path.stem}: {budget(nbformat.read(path, as_version=4))}")
