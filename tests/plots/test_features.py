"""Strokes of histograms of gradients, and images from a few components: what is drawn are the features themselves."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit.plots import draw_components, hog_strokes
from coursekit.preprocessing import hog, pca
from tests.plots.repaint import assert_repaints

X = np.random.default_rng(5).random((9, 12))
SETTING = {"found": pca(X), "X": X[:4], "image_shape": (3, 4), "accuracy": {1: 0.25, 3: 0.5, 8: 0.4}}


def strokes(features, cells):
    """Return the darkest stroke: its direction in degrees, and its middle."""
    ax = Figure().subplots()
    hog_strokes(features, cells, ax=ax)
    (lines,) = ax.collections
    (x, y), (u, v) = lines.get_segments()[-1]
    assert lines.get_colors()[-1][3] == pytest.approx(1)  # the darkest lies above
    return np.rad2deg(np.arctan2(v - y, u - x)) % 180, ((x + u) / 2, (y + v) / 2)


def test_a_stroke_runs_along_the_edge():
    """An edge from top to bottom gives strokes that stand, one from left to right strokes that lie."""
    edge = np.repeat([[0.0, 0, 0, 0, 1, 1, 1, 1]], 8, axis=0)
    assert strokes(hog([edge], cell=4, block=2)[0], (2, 2))[0] == pytest.approx(90, abs=10.1)
    assert strokes(hog([edge.T], cell=4, block=2)[0], (2, 2))[0] == pytest.approx(0, abs=10.1)


def test_a_leaning_edge_leans():
    """Ink that runs from the upper right to the lower left is drawn so: 135 degrees downwards from the right."""
    leaning = np.fliplr(np.tri(8))
    assert strokes(hog([leaning], cell=4, block=2)[0], (2, 2))[0] == pytest.approx(135, abs=10.1)


def test_a_stroke_stands_in_its_cell():
    """The only edge is in the cell in the lower left."""
    image = np.zeros((8, 8))
    image[5:7, 1:3] = 1
    _, (x, y) = strokes(hog([image], cell=4, block=2)[0], (2, 2))
    assert (x, y) == (0.5, 1.5)


def test_overlapping_blocks_are_averaged():
    """A cell in several blocks shows the mean of its histograms."""
    features = np.zeros((2, 1, 2, 2, 3))
    features[0, 0, 1, 0, 0], features[1, 0, 0, 0, 0], features[0, 0, 0, 1, 1] = 0.2, 0.6, 0.8
    ax = Figure().subplots()
    hog_strokes(features.ravel(), (3, 2), ax=ax)
    assert sorted(ax.collections[0].get_colors()[:, 3])[-2:] == pytest.approx([0.5, 1])


def test_a_wrong_number_of_features_is_refused():
    """All rows instead of one, say."""
    with pytest.raises(ValueError, match=r"have a multiple of 16 features; got shape \(1, 36\). Pass one row"):
        hog_strokes(np.ones((1, 36)), (3, 3))
    with pytest.raises(ValueError, match="1 x 1 cells hold no block of 2 x 2; pass block"):
        hog_strokes(np.ones(9), (1, 1))


@pytest.mark.parametrize("components", SETTING["accuracy"])
def test_the_images_are_restored_ones(components):
    """The lower row holds what so many components restore; share and accuracy are told and dotted."""
    fig = Figure()
    share, right = draw_components(fig, components=components, **SETTING)
    found = SETTING["found"].first(components)
    assert share == pytest.approx(found.shares[-1]) and right == SETTING["accuracy"][components]
    pictures, curves = fig.axes
    sheet = pictures.images[-1].get_array()
    np.testing.assert_allclose(sheet[:, :4], np.clip(found.restore(found.project(X[:1])), 0, 1).reshape(3, 4))
    dots = [line.get_xydata()[0] for line in curves.lines if line.get_markersize() == 9]
    np.testing.assert_allclose(dots, [[components, 100 * share], [components, 100 * right]])
    assert f"{share:.1%} of variance" in curves.get_title()


def test_another_number_is_refused():
    """There is no accuracy to show for it."""
    with pytest.raises(ValueError, match=r"no accuracy for 2 components; only for \[1, 3, 8\]"):
        draw_components(Figure(), components=2, **SETTING)


def test_it_repaints():
    """Nothing of a former picture is left over."""
    assert_repaints(draw_components, {"components": 1, **SETTING}, {"components": 8, **SETTING})


def test_the_line_of_the_components_joins_its_dots():
    """So at the last of them it does not cross the legend."""
    fig = Figure(figsize=(9.5, 3), layout="constrained")
    last = len(SETTING["found"].variances)
    draw_components(fig, components=last, **SETTING | {"accuracy": {1: 0.25, last: 0.3}})
    fig.draw_without_rendering()
    (line,) = fig.axes[1].collections
    ends = fig.axes[1].transData.transform(line.get_segments()[0])
    assert ends[:, 1].min() > fig.axes[1].get_legend().get_window_extent().y1
