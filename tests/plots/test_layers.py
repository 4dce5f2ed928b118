"""The way of an image through a network: each sheet holds its layer, and the gradient below it."""

from functools import partial

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_array_equal

from coursekit import plots
from tests.plots.repaint import assert_repaints

IMAGE = np.arange(12.0).reshape(3, 4)
P = np.array([0.2, 0.5, 0.3])


def passed(image, label):
    """Return a network's layers: the image, three channels, five units, probabilities."""
    maps = np.stack([image, 2 * image, -image], axis=2)
    units = image.ravel()[:5]
    return {
        "image": (image, -3 * image),
        "maps": (maps, maps / 8),
        "units": (units, units * 0),
        "softmax": (P, P - np.eye(3)[label]),
    }


def shown(ax):
    """Return what an axes shows as one array."""
    return np.ma.filled(ax.images[-1].get_array().astype(float), np.nan)


def test_each_sheet_holds_its_layer():
    """Image, channels side by side, a vector in rows; the same shapes below."""
    fig = Figure()
    assert plots.draw_layers(fig, passed=passed, image=IMAGE, label=1) is P
    above, below = fig.axes[:4], fig.axes[4:]
    assert_array_equal(shown(above[0]), IMAGE)
    assert_array_equal(shown(below[0]), -3 * IMAGE)
    assert_array_equal(shown(above[1])[:3, 5:], 2 * IMAGE)
    assert_array_equal(shown(below[1])[4:, :4], -IMAGE / 8)
    assert_array_equal(shown(above[2])[:2, :3].ravel()[:5], [0, 1, 2, 3, 4])
    assert [ax.get_title() for ax in above] == ["image", "maps", "units", "1: 50.0%"]


def test_the_colours_of_a_gradient_reach_as_far_as_its_title_says():
    """Equal on both sides of 0; a gradient of 0 leaves a sheet without colour and no warning."""
    fig = Figure()
    plots.draw_layers(fig, passed=passed, image=IMAGE, label=0)
    below = fig.axes[4:]
    assert below[0].images[-1].get_clim() == (-33, 33) and below[0].get_title() == "up to 3e+01"
    assert below[2].get_title() == "up to 0"
    assert below[3].get_title() == f"loss of 0: {-np.log(0.2):.2g}"


def test_the_bars_are_the_probabilities_and_the_other_models_beside_them():
    """Network in the first colour, the other model in the second; p - Y below."""
    fig = Figure()
    plots.draw_layers(fig, passed=passed, image=IMAGE, label=2, beside=lambda image: np.array([0.1, 0.1, 0.8]))
    ends = [[line[1][0] for line in bars.get_segments()] for bars in fig.axes[3].collections]
    assert ends == [P.tolist(), [0.1, 0.1, 0.8]]
    assert [line[1][0] for line in fig.axes[7].collections[0].get_segments()] == pytest.approx([0.2, 0.5, -0.7])


def test_a_picture_does_not_depend_on_the_one_before():
    """Drawn anew and redrawn, with another image and label."""
    draw = partial(plots.draw_layers, passed=passed)
    assert_repaints(draw, {"image": IMAGE, "label": 0}, {"image": IMAGE[::-1] + 1, "label": 2})
