"""Time and peak memory of the whole test suite but for the browser and the heavy tests. Five minutes.

python -m benchmarks.suite
"""

import sys

from benchmarks.footprint import table_of

OPTIONS = ["-q", "-n", "2", "--dist", "loadfile", "--ignore", "tests/browser", "-m", "not heavy"]


def report():
    """Return this part of the report."""
    return table_of({"the tests, two at a time": [sys.executable, "-m", "pytest", *OPTIONS]})


if __name__ == "__main__":
    print(report())
