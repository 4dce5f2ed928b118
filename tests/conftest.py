"""What all tests share: no clock for Hypothesis, and the closing report of what each lesson asks of its reader."""

import nbformat
from hypothesis import settings

from gradekit.lesson import find_lessons
from tests.lesson_budget import budget

settings.register_profile("course", deadline=None)  # a deadline is an absolute time: it fails on a busy machine
settings.load_profile("course")


def pytest_terminal_summary(terminalreporter):
    """Print the budget of every lesson, when the lessons were looked at."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    if any(report.nodeid.startswith("tests/test_notebooks.py") for report in reports):
        terminalreporter.section("what the lessons ask")
        for path in find_lessons():
            terminalreporter.line(f"{path.stem}: {budget(nbformat.read(path, as_version=4))}")
