"""Penalties as pictures: the fit behind the slider, the bars, the corners."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import optim, plots
from coursekit.plots import regularization
from coursekit.softmax import softmax_loss

RNG = np.random.default_rng(0)
X = np.column_stack([RNG.normal(size=(31, 6)), np.zeros(31), RNG.normal(size=31), np.ones(31)])  # one pixel never inked
Y = np.r_[RNG.integers(0, 3, 28), 0, 1, 2]
DATA = {"training": (X, Y), "validation": (X[:11], Y[:11]), "image_shape": (2, 4)}


@pytest.mark.parametrize("l2", [0.01, 0.3, 5.0])
def test_the_fit_is_the_minimum_under_l2(l2):
    """Its gradient, penalty included and bias left out, vanishes."""
    W = regularization._fit(X, Y, l2=l2, steps=1500)
    R = np.vstack([W[:-1], np.zeros((1, 3))])
    assert np.abs(softmax_loss(W, X, Y)[1] + l2 * R).max() < 1e-6


@pytest.mark.parametrize("l1", [0.005, 0.03, 0.1])
def test_the_fit_is_the_minimum_under_l1(l1):
    """Where a weight is not 0 the gradient balances the penalty; where it is 0 the gradient is not stronger."""
    W = regularization._fit(X, Y, l1=l1, steps=3000)
    dW = softmax_loss(W, X, Y)[1]
    kept = W[:-1] != 0
    assert np.abs(dW[:-1][kept] + l1 * np.sign(W[:-1][kept])).max(initial=0) < 1e-6
    assert np.abs(dW[:-1][~kept]).max() <= l1 + 1e-9
    assert np.abs(dW[-1]).max() < 1e-6


def test_the_fit_agrees_with_plain_proximal_descent():
    """The acceleration changes the way, not where it leads; on data without a bias column to spare."""
    W = regularization._fit(X, Y, l1=0.03, steps=2000)

    def prox(W, rate):
        return np.vstack([optim.soft_threshold(W[:-1], rate * 0.03), W[-1:]])

    rate = 2 * len(X) / np.linalg.norm(X, 2) ** 2
    history = optim.train(lambda W: softmax_loss(W, X, Y), 0 * W, steps=8000, learning_rate=rate, prox=prox)
    assert np.abs(history.W - W).max() < 1e-5


def test_bars_titles_and_weights_are_what_is_returned():
    """Two bars, solid and dashed, with their heights; one picture that holds the weights."""
    fig = Figure()
    found = plots.draw_penalty(fig, strength=0.03, norm="L1", **DATA)
    left, right = fig.axes[:2]
    assert [bar.get_height() for bar in left.patches] == [found["training"], found["validation"]]
    assert [bar.get_linestyle() for bar in left.patches] == ["-", "--"]
    assert left.get_title() == "L1, strength 0.03"
    W = regularization._fit(X, Y, l1=0.03, steps=150)
    assert found["zeros"] == (np.delete(W[:-1], 6, axis=0) == 0).mean() > 0
    assert right.get_title() == f"{found['zeros']:.0%} of the weights are exactly 0"
    drawn = right.images[0].get_array()
    assert np.isclose(np.nanmax(np.abs(drawn)), np.abs(W[:-1]).max())
    assert [text.get_text() for text in right.texts] == ["0", "1", "2"]


def test_l2_leaves_no_weight_at_zero_and_a_strong_penalty_leaves_only_the_bias():
    """A pixel that is never inked does not count; under a strong L1 the commonest class is all that is read."""
    assert plots.draw_penalty(Figure(), strength=0.03, norm="L2", **DATA)["zeros"] == 0
    found = plots.draw_penalty(Figure(), strength=9.0, norm="L1", **DATA)
    assert found["zeros"] == 1
    assert found["training"] == np.bincount(Y).max() / len(Y)


@pytest.mark.parametrize("bad", [{"norm": "L3"}, {"norm": "l2"}, {"strength": -0.1}])
def test_a_penalty_that_is_none_is_refused(bad):
    """The message names what it got."""
    value = next(iter(bad.values()))
    with pytest.raises(ValueError, match=f"norm must be 'L1' or 'L2' and strength >= 0; got .*{value}"):
        plots.draw_penalty(Figure(), **bad, **DATA)


def height(w, direction):
    """Return the bowl of the picture, written out."""
    a, b = np.asarray(w) - 2 * np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))])
    return (a**2 + a * b + b**2) / 2


@pytest.mark.parametrize("direction", [0, 20, 45, 60, 90, 200])
@pytest.mark.parametrize(("name", "order"), [("L1", 1), ("L2", 2)])
def test_the_dot_is_the_lowest_point_of_the_budget(direction, name, order):
    """No point of a fine grid within the budget lies lower, and the dot lies on the edge."""
    w = plots.draw_corners(Figure(), direction=direction, budget=1.3)[name]
    assert np.linalg.norm(w, order) == pytest.approx(1.3)
    grid = np.stack(np.meshgrid(*[np.linspace(-1.3, 1.3, 131)] * 2), axis=-1).reshape(-1, 2)
    inside = grid[np.linalg.norm(grid, order, axis=1) <= 1.3]
    assert height(w, direction) <= min(height(v, direction) for v in inside) + 1e-6


def test_a_diamond_has_corners_and_a_circle_has_none():
    """From a range of directions L1 gives an exact 0; L2 gives none in these steps."""
    dots = [plots.draw_corners(Figure(), direction=d) for d in range(0, 91, 10)]
    assert sum((dot["L1"] == 0).any() for dot in dots) == 6
    assert not any((dot["L2"] == 0).any() for dot in dots)


def test_a_budget_that_is_large_enough_changes_nothing():
    """The dot meets the cross."""
    fig = Figure()
    lowest = plots.draw_corners(fig, direction=45.0, budget=2.9)
    for ax, w in zip(fig.axes, lowest.values(), strict=True):
        assert w == pytest.approx([np.sqrt(2), np.sqrt(2)])
        assert [line.get_label() for line in ax.lines[:2]] == ["without penalty", "lowest in the ball"]
        assert ax.lines[0].get_xydata() == pytest.approx(ax.lines[1].get_xydata())
        assert ax.get_title()[:2] in lowest


@pytest.mark.parametrize("budget", [0, -1.0])
def test_a_budget_is_positive(budget):
    """Nothing is not a budget."""
    with pytest.raises(ValueError, match=f"budget must be positive; got {budget}"):
        plots.draw_corners(Figure(), budget=budget)


def test_nothing_is_left_behind():
    """No figure of pyplot is opened, and the data are as they were."""
    before, copies = plt.get_fignums(), (X.copy(), Y.copy())
    plots.draw_penalty(Figure(), **DATA)
    plots.draw_corners(Figure())
    assert plt.get_fignums() == before
    assert np.array_equal(X, copies[0]) and np.array_equal(Y, copies[1])
