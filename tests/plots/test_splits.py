"""How data are cut: the bar of three parts, and the folds."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import plots, selection
from coursekit.plots import PARTS


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


def test_the_first_fold_is_on_top(ax):
    """The axis of the folds runs down, as the list does."""
    low, high = plots.folds([([1], [0]), ([0], [1])], ax=ax).get_ylim()
    assert low > high


def bars(ax, name):
    """Return the bars of one part, as rows of x and y of their corners, from left to right."""
    colour = plots.loss_curve([1.0], ax=Figure().subplots(), color=PARTS[name]).lines[0].get_color()
    found = [c for c in ax.collections if tuple(c.get_facecolor()[0][:3]) == rgb(colour)]
    return [path.get_extents() for collection in found for path in collection.get_paths()]


def rgb(colour):
    """Return a colour as three numbers."""
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def test_each_example_validates_once_and_the_test_set_stands_apart():
    """As many bars of one example as there are; the validation bars cover the row from left to right."""
    pairs = selection.k_folds(11, 3, np.random.default_rng(0))
    ax = plots.folds(pairs, 5, ax=Figure().subplots(), title="eleven")
    held, trained, test = bars(ax, "validation"), bars(ax, "training"), bars(ax, "test")
    assert sorted(round(box.x0) for box in held) == list(range(11))
    assert len(trained) == 2 * 11 and len(test) == 1
    assert test[0].x0 > 11 and round(test[0].width) == 5
    assert ax.get_title() == "eleven" and ax.yaxis_inverted()


def test_a_long_test_set_does_not_crowd_out_the_folds():
    """Its bar ends at the length of all folds."""
    ax = plots.folds(selection.k_folds(10, 2), 900, ax=Figure().subplots())
    assert round(bars(ax, "test")[0].width) == 10
