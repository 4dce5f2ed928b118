"""The picture of a cross-entropy's long form: what is written in it is what the formula gives."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from coursekit import plots

P = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3]])
Y = np.array([2, 0])


@pytest.fixture
def axes():
    """Return the picture's two axes."""
    return plots.long_form(P, Y, axes=Figure().subplots(1, 2))


def test_tables_hold_targets_and_probabilities(axes):
    """Six numbers each, in the order of the rows."""
    left, right = ([text.get_text() for text in ax.texts] for ax in axes)
    assert left == ["0", "0", "1", "1", "0", "0"]
    assert right[:6] == ["0.70", "0.20", "0.10", "0.30", "0.40", "0.30"]


def test_each_row_ends_with_the_term_of_its_true_class(axes):
    """Minus the logarithm of its probability."""
    assert [text.get_text() for text in axes[1].texts][6:] == [r"$-\log$ 0.10", r"$-\log$ 0.30"]


def test_the_true_class_is_framed_in_its_colour(axes):
    """At the same place of both tables."""
    for ax in axes:
        assert [to_hex(frame.get_edgecolor()) for frame in ax.patches] == [plots.CLASS_COLOURS[label] for label in Y]
        corners = np.array([frame.get_xy() for frame in ax.patches])
        assert corners + 0.46 == pytest.approx(np.array([[2, 0], [0, 1]]))
