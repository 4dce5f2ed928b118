"""How data are cut: the bar of three parts, and the folds."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursekit import plots, selection


@pytest.fixture
def ax():
    """Give axes that nobody else uses."""
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def test_the_bar_is_as_long_as_its_parts(ax):
    """Three pieces in order, each with its size in the text."""
    plots.parts(10, 4, 3, ax=ax)
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 10), (10, 4), (14, 3)]
    assert [text.get_text().split("\n")[0] for text in ax.texts] == ["training: 10", "validation: 4", "test: 3"]
    assert ax.get_xlim() == (0, 17)


def test_each_example_is_held_out_in_one_row(ax):
    """A column for each example, a row for each fold."""
    pairs = selection.k_folds(11, 3, np.random.default_rng(0))
    held = plots.folds(pairs, ax=ax).collections[0].get_array().reshape(3, 11)
    assert (held.sum(axis=0) == 1).all()
    assert [np.flatnonzero(row).tolist() for row in held] == [sorted(out.tolist()) for _, out in pairs]


def test_the_first_fold_is_on_top(ax):
    """The axis of the folds runs down, as the list does."""
    low, high = plots.folds([([1], [0]), ([0], [1])], ax=ax).get_ylim()
    assert low > high
