"""Slopes as pictures: the numbers drawn are the formulas' numbers."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit.plots import draw_difference, draw_direction


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
    arrows = {item.get_label(): (item.U[0], item.V[0]) for item in left.collections if item.get_label()[0] != "_"}
    assert arrows["your direction"] == pytest.approx((np.sqrt(3) / 2, 0.5))
    assert arrows["gradient"] == pytest.approx((0.6, 0.8))
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


@pytest.mark.parametrize("h", [0.01, 0.3, 2.0])
def test_errors_of_differences_are_those_of_the_secants_drawn(h):
    """The slope of each secant, less 1, is the error returned and the height of its marker."""
    fig = Figure()
    errors = draw_difference(fig, h=h)
    left, right = fig.axes
    for name, error in zip(("forward", "central"), errors, strict=True):
        (u0, f0), (u1, f1) = line(left, name).get_xydata()
        assert (f1 - f0) / (u1 - u0) - 1 == pytest.approx(error, rel=1e-6)
        assert np.interp(h, *line(right, name).get_data()) == pytest.approx(error, rel=1e-2)
    assert [tuple(item.get_xydata()[0]) for item in right.lines if len(item.get_xdata()) == 1] == [
        pytest.approx((h, error)) for error in errors
    ]


def test_halving_the_step_halves_one_error_and_quarters_the_other():
    """Forward is of first order, central of second."""
    large, small = (draw_difference(Figure(), h=h) for h in (0.02, 0.01))
    assert np.divide(large, small) == pytest.approx((2, 4), rel=0.01)


@pytest.mark.parametrize("h", [0.0, -0.1, float("nan")])
def test_step_must_be_positive(h):
    """The refusal names the function, the value and the reason."""
    with pytest.raises(ValueError, match=r"draw_difference: h must be positive; got .*two points"):
        draw_difference(Figure(), h=h)


def test_drawing_leaves_no_trace_in_pyplot():
    """No figure is opened and no setting changed."""
    before, figures = dict(plt.rcParams), plt.get_fignums()
    draw_direction(Figure(), angle=10)
    draw_difference(Figure(), h=0.5)
    assert plt.get_fignums() == figures
    assert dict(plt.rcParams) == before
