"""The example of a rank: which one is shown, the names above it, and pictures that leave nothing behind."""

from functools import partial

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import plots
from tests.plots.legible import unreadable
from tests.plots.repaint import assert_repaints

P = np.array([[0.7, 0.2, 0.1], [0.05, 0.9, 0.05], [0.0, 0.5, 0.5], [0.2, 0.2, 0.6]])
SHOWN = {
    "X": np.arange(16.0).reshape(4, 4), "y": np.array([0, 2, 1, 0]), "P": P, "image_shape": (2, 2),
    "class_names": ("coat", "bag", "shirt"),
}  # fmt: skip


def test_ranks_run_from_the_highest_loss_to_the_lowest():
    """All losses come once, falling."""
    losses = [plots.draw_ranked(Figure(), rank=rank, **SHOWN) for rank in (1, 2, 3, 4)]
    assert np.allclose(losses, -np.log([0.05, 0.2, 0.5, 0.7]))


def test_the_title_says_label_and_prediction():
    """The worst example is a shirt that was taken for a bag."""
    fig = Figure()
    plots.draw_ranked(fig, rank=1, **SHOWN)
    assert fig.axes[0].get_title() == "label: shirt\npredicted: bag"


def test_a_probability_of_zero_is_drawn():
    """Its loss is large and finite, so that the picture has limits."""
    loss = plots.draw_ranked(Figure(), rank=1, **SHOWN | {"y": np.array([0, 2, 0, 0])})
    assert 700 < loss < np.inf


def test_nothing_is_left_over():
    """Another rank replaces all that moved."""
    assert_repaints(partial(plots.draw_ranked, **SHOWN), {"rank": 1}, {"rank": 3})


@pytest.mark.parametrize("rank", [0, 5])
def test_a_rank_that_nobody_has_is_refused(rank):
    """The range is named."""
    with pytest.raises(ValueError, match=rf"rank must lie in 1\.\.4; got {rank}"):
        plots.draw_ranked(Figure(), rank=rank, **SHOWN)


def test_both_names_are_within_the_picture():
    """The upper one of the two lines is not cut."""
    P = np.random.default_rng(0).dirichlet(np.ones(10), 200)
    many = {"X": np.zeros((200, 784)), "y": P.argmin(axis=1), "P": P, "image_shape": (28, 28)}
    many["class_names"] = ["T-shirt/top", *("Pullover" for _ in range(9))]
    assert unreadable(partial(plots.draw_ranked, **SHOWN | many), (9.5, 3), rank=[1, 3]) == []
