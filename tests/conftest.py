"""The closing report of a test run: what each lesson asks of its reader."""

import nbformat

from gradekit.lesson import find_lessons
from tests.lesson_budget import budget


def pytest_terminal_summary(terminalreporter):
    """Print the budget of every lesson, when the lessons were looked at."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    if any(report.nodeid.startswith("tests/test_notebooks.py") for report in reports):
        terminalreporter.section("what the lessons ask")
        for path in find_lessons():
            terminalreporter.line(f"{path.stem}: {budget(nbformat.read(path, as_version=4))}")
