"""The softmax's gradient as pictures: what is drawn is what the formulas and the differences give."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import gradcheck, softmax
from coursekit.plots import draw_jacobian, draw_updates, faulty_gradients
from coursekit.plots.softmax_gradient import FAULTY
from tests.plots.repaint import assert_repaints

Z = np.array([0.5, -1.0, 2.0])


def scores(z):
    """Return the keywords of draw_jacobian."""
    return {f"score_{c}": float(score) for c, score in enumerate(z)}


def test_gradient_and_jacobian_are_those_by_differences():
    """Of the loss, and of each probability."""
    gradient, jacobian = draw_jacobian(Figure(), **scores(Z), true_class=2)
    loss = gradcheck.numeric_gradient(lambda z: -np.log(softmax.softmax([z])[0, 2]), Z)
    rows = [gradcheck.numeric_gradient(lambda z, c=c: softmax.softmax([z])[0, c], Z) for c in range(3)]
    np.testing.assert_allclose(gradient, loss, atol=1e-8)
    np.testing.assert_allclose(jacobian, rows, atol=1e-8)


def test_bars_and_table_show_the_numbers():
    """Heights are p and p - Y; the table is the Jacobian, with one scale for all scores."""
    fig = Figure()
    gradient, jacobian = draw_jacobian(fig, **scores(Z), true_class=0)
    left, middle, right = fig.axes
    assert [bar.get_height() for bar in left.patches] == pytest.approx(softmax.softmax([Z])[0])
    assert [bar.get_height() for bar in middle.patches] == pytest.approx(gradient)
    np.testing.assert_allclose(right.images[-1].get_array(), jacobian)
    assert right.images[-1].get_clim() == (-0.25, 0.25) and np.abs(jacobian).max() <= 0.25
    assert right.texts[1].get_text() == f"{jacobian[0, 1]:+.2f}".replace("-", "−")


def test_a_confident_mistake_leaves_the_gradient_and_not_the_jacobian():
    """What the slider is to show: the softmax alone is flat there, the loss is steep."""
    gradient, jacobian = draw_jacobian(Figure(), score_0=8.0, score_1=-8.0, score_2=0.0, true_class=1)
    assert np.abs(jacobian).max() < 1e-3 and gradient[:2] == pytest.approx([1, -1], abs=1e-3)


@pytest.mark.parametrize("rate", [0.3, 2.0, 6.0])
def test_updates_are_those_of_softmax_regression(rate):
    """Three examples with the one feature 1, labels 0, 0, 1, from zero weights."""
    W, X, y, losses = np.zeros((1, 2)), np.ones((3, 1)), np.array([0, 0, 1]), []
    for _ in range(9):
        loss, dW = softmax.softmax_loss(W, X, y)
        losses.append(loss)
        W = W - rate * dW
    assert draw_updates(Figure(), learning_rate=rate) == pytest.approx(losses)


def test_updates_are_drawn_on_the_valley():
    """The dots of the left picture are the losses of the right one, and the titles count."""
    fig = Figure()
    losses = draw_updates(fig, learning_rate=6.0)
    left, right = fig.axes
    np.testing.assert_allclose(left.lines[-1].get_ydata(), losses)
    np.testing.assert_allclose(right.lines[-1].get_ydata(), losses)
    assert left.get_title() == "rate 6: first step to 2.00"
    assert right.get_title() == f"the loss rises in {(np.diff(losses) > 0).sum()} of 8 updates"


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan")])
def test_a_rate_is_positive(rate):
    """The refusal names the function and the value."""
    with pytest.raises(ValueError, match=r"draw_updates: learning_rate must be positive; got"):
        draw_updates(Figure(), learning_rate=rate)


def test_each_of_the_four_gradients_has_its_fault():
    """Transposed, without the penalty's gradient, divided by m twice, and a label that is never subtracted."""
    X, y, W, l2 = FAULTY.values()
    _, right = softmax.softmax_loss(W, X, y, l2=l2)
    turned, forgetful, twice, unlabelled = faulty_gradients(axes=Figure().subplots(1, 4))
    np.testing.assert_allclose(turned, right.T)
    np.testing.assert_allclose(forgetful, right - l2 * W)
    np.testing.assert_allclose(twice, right / 3)
    np.testing.assert_allclose(unlabelled, right + np.outer(X[2], [0, 0, 1]) / 3)


def test_the_four_can_be_told_apart_by_eye():
    """A transpose keeps one point of each colour, the penalty none, one factor a line, a label two colours."""
    axes = Figure().subplots(1, 4)
    faulty_gradients(axes=axes)
    points = [np.array([line.get_xydata() for line in ax.lines[1:]]) for ax in axes]  # (class, feature, 2)
    on = [np.isclose(*np.moveaxis(xy, 2, 0)).sum(axis=1).tolist() for xy in points]
    assert on == [[1, 1, 1], [0, 0, 0], [0, 0, 0], [3, 3, 0]]
    off = np.abs(np.subtract(*np.moveaxis(points[1], 2, 0)))
    assert off.min() > 0.2, "each is off by more than a marker's size"
    slopes = [xy[..., 1] / xy[..., 0] for xy in points]
    assert np.ptp(slopes[2]) < 1e-12 < np.ptp(slopes[1])
    for ax, xy in zip(axes, points, strict=True):
        assert (np.abs(xy) < [ax.get_xlim()[1], ax.get_ylim()[1]]).all()


@pytest.mark.parametrize(
    ("draw", "first", "second"),
    [
        (draw_jacobian, {"score_0": 1.0}, {"score_0": -3.0, "true_class": 2}),
        (draw_updates, {"learning_rate": 6.0}, {"learning_rate": 0.5}),
    ],
)
def test_a_second_drawing_leaves_nothing_of_the_first(draw, first, second):
    """The pixels are those of an empty figure."""
    assert_repaints(draw, first, second)


def test_what_rounds_to_zero_has_no_sign():
    """Far apart, the Jacobian is written as 0.00 and not as -0.00; other numbers keep their sign."""
    fig = Figure()
    draw_jacobian(fig, score_0=8.0, score_1=-8.0, score_2=-8.0, true_class=1)
    _, middle, right = fig.axes
    assert {text.get_text() for text in right.texts} == {"0.00"}
    assert [text.get_text() for text in middle.texts] == ["+1.000", "−1.000", "0.000"]


def test_blue_is_positive_as_in_pictures_of_weights():
    """A slope of a probability in its own score is positive."""
    fig = Figure()
    jacobian = draw_jacobian(fig)[1]
    red, _, blue, _ = fig.axes[2].images[-1].to_rgba(jacobian)[0, 0]
    assert jacobian[0, 0] > 0 and blue > red
