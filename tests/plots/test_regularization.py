"""Penalties as pictures: the fit behind the slider, the tries, the weights, the corners."""

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from coursekit import metrics, plots
from coursekit.experiments import fit_penalised
from coursekit.plots import regularization
from coursekit.softmax import predict
from tests.plots.repaint import assert_repaints

RNG = np.random.default_rng(0)
X = np.column_stack([RNG.normal(size=(31, 6)), np.zeros(31), RNG.normal(size=31), np.ones(31)])  # one pixel never inked
Y = np.r_[RNG.integers(0, 3, 28), 0, 1, 2]
DATA = {"fit": fit_penalised, "training": (X, Y), "validation": (X[:11], Y[:11]), "image_shape": (2, 4)}


def test_titles_and_marks_are_what_is_returned():
    """A filled mark for training and an open one for validation, at the strength; the titles say the numbers."""
    fig = Figure()
    found = plots.draw_penalty(fig, strength=0.03, norm="L1", **DATA)
    W = fit_penalised(X, Y, l1=0.03, steps=200)
    assert found == {
        "norm": "L1",
        "strength": 0.03,
        "training": metrics.accuracy(predict(W, X), Y),
        "validation": metrics.accuracy(predict(W, X[:11]), Y[:11]),
        "zeros": (np.delete(W[:-1], 6, axis=0) == 0).mean(),
    }
    left, right = fig.axes[:2]
    for mark, name, fill in zip(left.lines[-2:], ("training", "validation"), ("full", "none"), strict=True):
        assert mark.get_xydata().tolist() == [[0.03, found[name]]]
        assert mark.get_fillstyle() == fill
    assert left.get_title() == f"training {found['training']:.3f}, validation {found['validation']:.3f}"
    assert right.get_title() == f"L1: {found['zeros']:.0%} exactly 0" != "L1: 0% exactly 0"


def test_tries_become_curves():
    """Sorted by strength, one pair a norm, solid and dashed; a setting that comes again changes nothing."""
    fig, tried = Figure(), ()
    for norm, strength in (("L2", 0.1), ("L2", 0.001), ("L1", 0.03), ("L2", 0.1), ("L2", 0.01)):
        tried += (plots.draw_penalty(fig, strength=strength, norm=norm, earlier=tried, **DATA),)
    curves = fig.axes[0].lines[:-2]
    by_strength = {t["strength"]: t for t in tried}
    drawn = [(curve.get_color(), curve.get_linestyle(), list(dict.fromkeys(curve.get_xdata()))) for curve in curves]
    purple, green = regularization.COLOURS["L2"], regularization.COLOURS["L1"]
    assert drawn == [
        (purple, "-", [0.001, 0.01, 0.1]),
        (purple, "--", [0.001, 0.01, 0.1]),
        (green, "-", [0.03]),
        (green, "--", [0.03]),
    ]
    for curve, name in zip(curves, ("training", "validation") * 2, strict=True):
        assert all(share == by_strength[strength][name] for strength, share in curve.get_xydata())


@pytest.mark.parametrize("limit", [2.0, 0.3])
def test_the_sheet_shows_the_weights(limit):
    """Each pixel has its weight's colour on a scale that stays; exact zeros are grey, what is never inked is white."""
    fig = Figure()
    plots.draw_penalty(fig, strength=0.03, norm="L1", limit=limit, **DATA)
    W = fit_penalised(X.astype(np.float32), Y, l1=0.03, steps=200)
    sheet = np.asarray(fig.axes[1].images[-1].get_array())
    for c, (top, left) in enumerate([(0, 0), (0, 6), (0, 12)]):  # images of 2 x 4 with gaps of 2
        rgba = sheet[top : top + 2, left : left + 4].reshape(8, 4)
        right = colormaps["RdBu"]((W[:-1, c] + limit) / (2 * limit))
        right[W[:-1, c] == 0] = to_rgba(regularization.EXACTLY_0)
        right[6] = 1
        assert rgba == pytest.approx(right, abs=1e-6)
    assert (sheet[:, 4:6] == 0).all()
    assert [text.get_text() for text in fig.axes[1].texts] == ["0", "1", "2"]
    assert fig.axes[2].get_ylim() == (-limit, limit)


def test_a_slider_over_strengths_repaints():
    """Also when the norm changes, and with earlier tries in the picture."""
    draw = partial(plots.draw_penalty, **DATA)
    tries = tuple(draw(Figure(), strength=s) for s in (0.01, 0.1))
    assert_repaints(draw, {"strength": 0.001, "norm": "L2"}, {"strength": 0.03, "norm": "L1", "earlier": tries})


def test_l2_leaves_no_weight_at_zero_and_a_strong_penalty_leaves_only_the_bias():
    """A pixel that is never inked does not count; under a strong L1 the commonest class is all that is read."""
    assert plots.draw_penalty(Figure(), strength=0.03, norm="L2", **DATA)["zeros"] == 0
    found = plots.draw_penalty(Figure(), strength=9.0, norm="L1", **DATA)
    assert found["zeros"] == 1
    assert found["training"] == np.bincount(Y).max() / len(Y)


@pytest.mark.parametrize("bad", [{"norm": "L3"}, {"norm": "l2"}, {"strength": -0.1}, {"strength": np.nan}])
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
        dot, cross = ax.lines[-2:]
        assert (dot.get_marker(), cross.get_marker()) == ("o", "x")
        assert dot.get_xydata() == pytest.approx(cross.get_xydata())
        assert ax.get_title()[:2] in lowest


@pytest.mark.parametrize("direction", [0, 33, 90])
def test_contours_are_lines_of_one_height(direction):
    """All points of a ring lie at one height, and the orange ring goes through the dot."""
    fig = Figure()
    lowest = plots.draw_corners(fig, direction=direction)
    for ax, w in zip(fig.axes, lowest.values(), strict=True):
        (rings,) = ax.collections
        heights = [np.array([height(point, direction) for point in ring]) for ring in rings.get_segments()]
        assert all(h == pytest.approx(np.full(121, h[0])) for h in heights)
        assert [h[0] for h in heights[:-1]] == pytest.approx(regularization.HEIGHTS)
        assert heights[-1][0] == pytest.approx(height(w, direction))
        assert tuple(rings.get_colors()[-1]) == to_rgba(regularization.LOWEST)


def test_the_blue_area_is_the_budget():
    """Points on its rim have the norm that is allowed."""
    fig = Figure()
    plots.draw_corners(fig, direction=10.0, budget=0.7)
    for ax, order in zip(fig.axes, (1, 2), strict=True):
        (ball,) = ax.patches
        assert np.linalg.norm(ball.get_xy(), order, axis=1) == pytest.approx(0.7)


def test_a_title_tells_an_exact_zero():
    """It is written without decimals, and a weight that is small is not."""
    fig = Figure()
    plots.draw_corners(fig, direction=20.0)
    assert [ax.get_title() for ax in fig.axes] == ["L1: w = (1.00, 0)", "L2: w = (0.85, 0.52)"]
    plots.draw_corners(fig, direction=90.0, budget=2.4)
    assert [ax.get_title() for ax in fig.axes] == ["L1: w = (0, 2.00)", "L2: w = (0, 2.00)"]


def test_former_dots_stay():
    """One small dot for each earlier result, in its own plane."""
    fig = Figure()
    earlier = tuple(plots.draw_corners(fig, direction=d) for d in (10, 50, 80))
    plots.draw_corners(fig, direction=30, earlier=earlier)
    for ax, name in zip(fig.axes, ("L1", "L2"), strict=True):
        former = next(line for line in ax.lines if line.get_marker() == ".")
        assert former.get_xydata() == pytest.approx(np.array([e[name] for e in earlier]))


def test_corners_repaint():
    """From a corner to the middle of an edge, and with another budget and former dots."""
    earlier = tuple(plots.draw_corners(Figure(), direction=d) for d in (0, 15))
    assert_repaints(plots.draw_corners, {"direction": 80.0}, {"direction": 40.0, "budget": 1.9, "earlier": earlier})


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
