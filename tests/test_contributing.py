"""The worked example of CONTRIBUTING.md does what the page says of it."""

import re
from pathlib import Path

import numpy as np
import pytest

from coursekit.check.exercise import Exercise, Property

PAGE = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def row_means():
    """Return the exercise that the page declares."""
    [source] = [code for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "row_means = Exercise(" in code]
    space = {"np": np, "Exercise": Exercise, "Property": Property}
    exec(source, space)
    return space["row_means"]


def test_the_example_accepts_and_names(row_means):
    """A right answer passes, two mistakes are named, a median is not yet, and np.mean is refused."""
    assert row_means.judge(lambda X: (X / X.shape[1]).sum(axis=1)).kind == "right"
    both = row_means.judge(lambda X: X.sum(axis=0, dtype=float) / (X.shape[1] - 1))
    assert both.mistakes == (("axis", 0), ("divisor", "n - 1"))
    assert row_means.judge(lambda X: [sorted(row)[len(row) // 2] for row in X]).mistakes == ()
    assert row_means.judge(lambda X: np.mean(X, axis=1)).kind == "refused"
