"""The two losses on the same scores: what is drawn are the losses' own numbers."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursekit import softmax, svm
from coursekit.plots import draw_margin
from tests.plots.repaint import assert_repaints

SCORES = {"true_score": 0.5, "wrong_1": 1.0, "wrong_2": -1.5}


def by_the_losses(margin=1.0, **scores):
    """Return both losses with their gradients, from the functions that train."""
    W, X, y = np.array([list(scores.values())]), np.ones((1, 1)), np.array([0])
    return svm.svm_loss(W, X, y, margin=margin), softmax.softmax_loss(W, X, y)


@pytest.mark.parametrize("margin", [0.0, 1.0, 3.0])
def test_the_losses_are_those_of_the_models(margin):
    """What is returned, and the dots on the curves."""
    fig = Figure()
    drawn = draw_margin(fig, margin=margin, **SCORES)
    expected = [loss for loss, _ in by_the_losses(margin, **SCORES)]
    assert drawn == pytest.approx(expected)
    dots = [line.get_xydata()[0] for line in fig.axes[1].lines if len(line.get_xdata()) == 1]
    np.testing.assert_allclose(dots, [[0.5, loss] for loss in expected])
    curves = [line for line in fig.axes[1].lines if len(line.get_xdata()) > 1]
    assert [np.interp(0.5, *curve.get_data()) for curve in curves] == pytest.approx(expected, abs=1e-3)


def test_the_bars_are_the_gradients():
    """Whole numbers for the SVM, probabilities minus one-hot for softmax."""
    fig = Figure()
    draw_margin(fig, margin=3.0, **SCORES)
    widths = [bar.get_width() for bar in fig.axes[2].patches]
    (_, C), (_, dZ) = by_the_losses(3.0, **SCORES)
    assert widths[:3] == C[0].tolist() == [-2, 1, 1]
    np.testing.assert_allclose(widths[3:], dZ[0])


def test_the_margin_lies_below_the_true_score():
    """The grey zone ends at the true score; an open dot keeps out of it, and the title counts the others."""
    fig = Figure()
    draw_margin(fig, margin=1.0, **SCORES)
    (zone,) = [patch for patch in fig.axes[0].patches if isinstance(patch, Rectangle)]
    assert (zone.get_x(), zone.get_x() + zone.get_width()) == (-0.5, 0.5)
    filled = [line.get_fillstyle() for line in fig.axes[0].lines if line.get_marker() == "o"]
    assert filled == ["full", "full", "none"]
    assert fig.axes[0].get_title() == "1 of 2 margins violated"


def test_a_negative_margin_is_refused():
    """It would pay for being wrong."""
    with pytest.raises(ValueError, match="margin must be 0 or more; got -1"):
        draw_margin(Figure(), margin=-1)


def test_it_repaints():
    """Nothing of a former picture is left over."""
    assert_repaints(draw_margin, {"true_score": -2.0, "margin": 3.0}, {"true_score": 4.0, "margin": 0.5})
