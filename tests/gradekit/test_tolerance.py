"""Outputs compared with a tolerance for numbers, and the hook into nbval."""

import types

import pytest

from gradekit.runs import tolerance


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("loss 0.69315", "loss 0.693147"),
        ("(3, 4): 1 2.00001", "(3, 4): 1 2"),
        ("1e-05 x", "1.00005e-5 x"),
        ("1.0", "1"),
        ("-> nan", "-> nan"),
        ("0.0", "-1e-9"),
    ],
)
def test_last_digits_and_spaces_do_not_count(a, b):
    """The same words and nearly the same numbers are the same output."""
    assert tolerance.same(a, b) and tolerance.Text(a) == b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("loss 0.69", "loss 0.70"),
        ("(3, 4): 1 2", "(4, 3): 1 2"),
        ("1000000", "1000001"),
        ("a 1", "b 1"),
        ("1 2", "1 2 3"),
        ("-> nan", "-> 1.0"),
        ("0.5", "-0.5"),
        ("float32", "float64"),
    ],
)
def test_words_counts_and_real_differences_do(a, b):
    """Another word, another count or another value is another output."""
    assert not tolerance.same(a, b) and tolerance.Text(a) != b


def test_only_the_cells_that_ask_are_loosened():
    """A tagged cell and a check cell get the tolerance; any other cell keeps nbval's comparison to the letter."""
    for metadata, expected in (({"tags": [tolerance.TAG]}, True), ({"nbgrader": {"grade": True}}, True), ({}, False)):
        item = types.SimpleNamespace(cell=types.SimpleNamespace(metadata=metadata), sanitize=lambda text: text)
        tolerance.pytest_itemcollected(item)
        assert isinstance(item.sanitize("0.5"), tolerance.Text) == expected
