"""Pictures of examples, weights and confusions: the arrays behind the artists."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import plots


@pytest.fixture
def ax():
    """Return empty axes that pyplot does not know."""
    return Figure().subplots()


def test_mosaic_places_images_row_by_row():
    """Image 2 of 3 in two columns stands at the start of the second row; gaps are filled."""
    sheet = plots.mosaic(np.arange(12).reshape(3, 2, 2), 2, gap=1, fill=-1)
    assert sheet.tolist() == [
        [0, 1, -1, 4, 5],
        [2, 3, -1, 6, 7],
        [-1, -1, -1, -1, -1],
        [8, 9, -1, -1, -1],
        [10, 11, -1, -1, -1],
    ]


def test_colour_images_keep_their_channels(ax):
    """Colour pixels 0..255 are shown as they are."""
    plots.images(np.full((2, 12), 255), (2, 2, 3), columns=2, ax=ax)
    assert ax.images[0].get_array().shape == (2, 5, 4)
    assert ax.images[0].get_array().max() == 1


def test_titles_stand_over_their_images(ax):
    """Each title is centred on its image."""
    plots.images(np.zeros((3, 12)), (3, 4), titles=["a", "b", "c"], columns=3, ax=ax)
    assert [text.get_text() for text in ax.texts] == ["a", "b", "c"]
    assert [text.get_position()[0] for text in ax.texts] == [2, 7, 12]


def test_weights_share_one_scale_centred_on_zero(ax):
    """The same colour means the same weight in every class."""
    W = np.random.default_rng(0).normal(size=(6, 3))
    plots.weights(W, (2, 3), "abc", columns=3, ax=ax, title="t")
    low, high = ax.images[0].get_clim()
    assert high == -low == np.abs(W).max()
    assert ax.get_title() == "t"


def test_confusion_prints_the_counts_that_are_not_zero(ax):
    """A cell without a case stays empty; axes carry the class names."""
    plots.confusion([[5, 1], [0, 4]], ["cat", "dog"], ax=ax)
    assert sorted(text.get_text() for text in ax.texts) == ["1", "4", "5"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["cat", "dog"]
    assert ax.get_ylabel() == "true"


def test_confusion_of_a_class_without_cases_is_drawn(ax):
    """A class that never occurs divides nothing by zero."""
    plots.confusion([[3, 0], [0, 0]], "ab", ax=ax)
    assert ax.images[0].get_array().max() == 1
