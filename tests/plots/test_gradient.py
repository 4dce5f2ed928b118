"""Slopes as pictures: the numbers drawn are the formulas' numbers."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.quiver import Quiver

from coursekit.plots import draw_difference, draw_direction
from coursekit.sliders import logarithmic
from tests.plots.repaint import assert_repaints


def line(ax, label):
    """Return the one line of axes with a label."""
    (found,) = [item for item in ax.lines if item.get_label() == label]
    return found


@pytest.mark.parametrize(("angle", "slope"), [(0, 3), (90, 4), (np.degrees(np.arctan2(4, 3)), 5), (180, -3)])
def test_slope_of_a_direction_is_gradient_times_unit_vector(angle, slope):
    """Along the axes the partial derivatives, along the gradient its length."""
    assert draw_direction(Figure(), angle=angle) == pytest.approx(slope)


def test_direction_is_drawn_as_arrow_and_as_marker():
    """The orange arrow has length 1 and the angle asked for; the marker sits on the curve at that angle."""
    fig = Figure()
    slope = draw_direction(fig, angle=30)
    left, right = fig.axes
    gradient, direction = (item for item in left.collections if isinstance(item, Quiver))
    assert (gradient.U[0], gradient.V[0]) == pytest.approx((0.6, 0.8))
    assert (direction.U[0], direction.V[0]) == pytest.approx((np.sqrt(3) / 2, 0.5))
    key = {patch.get_label(): to_hex(patch.get_facecolor()) for patch in fig.legends[0].get_patches()}
    assert key == {"gradient": to_hex("grey"), "your direction": to_hex("C2")}
    assert [to_hex(arrow.get_facecolor()[0]) for arrow in (gradient, direction)] == list(key.values())
    _, curve, marker = right.lines
    assert marker.get_xydata()[0] == pytest.approx((30, slope))
    assert np.interp(30, *curve.get_data()) == pytest.approx(slope)
    assert right.get_title() == f"30°: slope {slope:.2f}"


def test_slopes_of_all_directions_make_a_cosine():
    """The curve has amplitude 5, its top at the gradient's angle, and opposite directions have opposite slopes."""
    fig = Figure()
    draw_direction(fig, angle=400)
    angles, slopes = fig.axes[1].lines[1].get_data()
    assert slopes.max() == pytest.approx(5, abs=2e-3)
    assert angles[slopes.argmax()] == pytest.approx(53.13, abs=1.5)
    np.testing.assert_allclose(slopes[:91], -slopes[90:], atol=1e-12)
    assert fig.axes[1].lines[2].get_xdata()[0] == 40  # a full turn is taken away


def test_a_full_turn_ends_at_the_right_of_the_curve():
    """At 360 degrees the marker has come to the end; it has not jumped back to 0."""
    fig = Figure()
    draw_direction(fig, angle=360)
    assert fig.axes[1].lines[2].get_xdata()[0] == 360


def test_no_legend_lies_on_the_contours():
    """It stands below both panels."""
    fig = Figure(figsize=(8, 3.4), layout="constrained")
    draw_direction(fig, angle=225)
    fig.draw_without_rendering()
    assert not any(fig.legends[0].get_window_extent().overlaps(ax.get_tightbbox()) for ax in fig.axes)


def slope(points):
    """Return the slope of a line through the first and the last of its points."""
    (u, f), (v, g) = points[0], points[-1]
    return (g - f) / (v - u)


@pytest.mark.parametrize("h", [1e-16, 1e-9, 0.01, 0.3, 2.0])
def test_errors_of_differences_are_those_of_the_secants_drawn(h):
    """The slope of each secant, and of the line through its points, is 1 but for the error returned."""
    fig = Figure()
    errors = draw_difference(fig, h=h)
    _, _, forward, central, *points = fig.axes[0].lines
    for secant, ends, error in zip((forward, central), points, errors, strict=True):
        assert abs(slope(secant.get_xydata()) - 1) == pytest.approx(error, rel=1e-6, abs=1e-12)
        assert abs(slope(ends.get_xydata()) - 1) == pytest.approx(error, rel=1e-6, abs=1e-12)
    assert points[0].get_xdata().tolist() == [0, 1] and points[1].get_xdata().tolist() == [-1, 1]


@pytest.mark.parametrize("h", logarithmic(1e-16, 2, 1.0).values[::25])
def test_dots_lie_on_the_curves(h):
    """Wherever the slider stands, the two large dots are among the small ones."""
    fig = Figure()
    errors = draw_difference(fig, h=h)
    right = fig.axes[1]
    *_, forward, central = right.lines
    for name, error, dot in zip(("forward", "central"), errors, (forward, central), strict=True):
        assert tuple(dot.get_xydata()[0]) == (h, error)
        steps, curve = line(right, name).get_data()
        assert curve[np.abs(np.log(steps / h)).argmin()] == pytest.approx(error, rel=1e-3, abs=1e-15)


def test_errors_are_those_of_float64():
    """Taylor's term rules large steps and rounding small ones, and the best steps are where theory has them."""
    errors = np.array([draw_difference(Figure(), h=h) for h in (1e-2, 1e-3, 1e-5, 1e-8, 1e-16)])
    assert errors[:2, 0] == pytest.approx([5e-3, 5e-4], rel=0.01)
    assert errors[:2, 1] == pytest.approx([1e-4 / 6, 1e-6 / 6], rel=0.01)
    assert errors[:, 0].argmin() == 3 and errors[:, 1].argmin() == 2
    assert (errors[-1] > 0.1).all()


def test_curve_under_the_microscope_is_the_function_in_units_of_the_step():
    """At h = 1 it is exp less 1; at 1e-16 it is a staircase of few heights."""
    fig = Figure()
    draw_difference(fig, h=1.0)
    w, heights = fig.axes[0].lines[1].get_data()
    np.testing.assert_allclose(heights, np.expm1(w), atol=1e-12)
    draw_difference(fig, h=1e-16)
    assert len(np.unique(fig.axes[0].lines[1].get_ydata())) < 7


def test_halving_the_step_halves_one_error_and_quarters_the_other():
    """Forward is of first order, central of second."""
    large, small = (draw_difference(Figure(), h=h) for h in (0.02, 0.01))
    assert np.divide(large, small) == pytest.approx((2, 4), rel=0.01)


@pytest.mark.parametrize("h", [0.0, -0.1, float("nan")])
def test_step_must_be_positive(h):
    """The refusal names the function, the value and the reason."""
    with pytest.raises(ValueError, match=r"draw_difference: h must be positive; got .*two points"):
        draw_difference(Figure(), h=h)


@pytest.mark.parametrize(
    ("draw", "first", "second"),
    [(draw_direction, {"angle": 0}, {"angle": 265}), (draw_difference, {"h": 1.0}, {"h": 1e-16})],
)
def test_a_second_drawing_leaves_nothing_of_the_first(draw, first, second):
    """The pixels are those of an empty figure."""
    assert_repaints(draw, first, second)


def test_drawing_leaves_no_trace_in_pyplot():
    """No figure is opened and no setting changed."""
    before, figures = dict(plt.rcParams), plt.get_fignums()
    draw_direction(Figure(), angle=10)
    draw_difference(Figure(), h=0.5)
    assert plt.get_fignums() == figures
    assert dict(plt.rcParams) == before
