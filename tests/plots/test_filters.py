"""The picture of a filter that turns: what it returns, and that nothing is left over."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import convnet, plots
from tests.plots.repaint import assert_repaints

IMAGE = np.random.default_rng(3).random((9, 7))


@pytest.mark.parametrize("degrees", [0, 30, 90, 225])
def test_a_filter_answers_to_its_own_direction(degrees):
    """Flat images give 0; a slope in the filter's direction gives the most, and one across it 0."""
    kernel, (down, right) = plots.edge_filter(degrees), np.mgrid[:3, :3]
    slope = lambda turn: np.cos(np.deg2rad(turn)) * right + np.sin(np.deg2rad(turn)) * down  # noqa: E731
    assert kernel.sum() == pytest.approx(0)
    assert (kernel * slope(degrees)).sum() == pytest.approx(6)
    assert (kernel * slope(degrees + 90)).sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_answers_are_those_of_the_layer(stride):
    """Size and sum are what the network's convolution and relu give."""
    kernel = plots.edge_filter(60)[:, :, None, None]
    layer = convnet.relu(convnet.convolve(IMAGE[None, :, :, None], kernel, np.zeros(1), stride=stride))
    side, kept = plots.draw_filter(Figure(), image=IMAGE, degrees=60, stride=stride)
    assert side == layer.shape[1:3] and kept == pytest.approx(layer.sum())


def test_pictures_repaint():
    """A used figure looks as an empty one does."""
    draw = lambda fig, **how: plots.draw_filter(fig, image=IMAGE, **how)  # noqa: E731
    assert_repaints(draw, {"degrees": 0, "stride": 1}, {"degrees": 135, "stride": 2})


def test_blue_is_positive_as_in_pictures_of_weights():
    """The filter that looks for a rise to the right has its positive weights on the right."""
    fig = Figure()
    plots.draw_filter(fig, image=np.zeros((6, 8)))
    weights = fig.axes[1].images[-1]
    (red, _, blue, _), (other_red, _, other_blue, _) = weights.to_rgba(weights.get_array())[1, [2, 0]]
    assert blue > red and other_red > other_blue
