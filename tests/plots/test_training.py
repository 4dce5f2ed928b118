"""Curves of a training run."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import plots


@pytest.mark.parametrize(("label", "style"), [("training", "-"), ("validation", "--"), ("test", ":"), ("mine", "-")])
def test_each_kind_of_curve_has_its_line(label, style):
    """Training is solid, validation dashed, test dotted, in every figure."""
    ax = plots.loss_curve([3.0, 2.0], ax=Figure().subplots(), label=label)
    assert ax.lines[0].get_linestyle() == style
    assert ax.lines[0].get_label() == label


def test_the_curve_is_the_data():
    """Nothing is smoothed, and the axes carry their units."""
    losses = np.array([2.3, 1.9, 2.0])
    ax = plots.loss_curve(losses, ax=Figure().subplots(), title="falls", linestyle=":")
    assert (ax.lines[0].get_ydata() == losses).all()
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("iteration", "loss (nats)", "falls")
    assert ax.lines[0].get_linestyle() == ":"
