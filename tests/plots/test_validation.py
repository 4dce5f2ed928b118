"""Two sets along one training."""

import numpy as np
from matplotlib.figure import Figure

from coursekit import plots
from coursekit.plots import PARTS


def test_learning_curves_are_the_data():
    """Losses on the left, accuracies on the right; training solid, validation dashed, each in its colour."""
    steps, rng = np.array([10, 20, 50]), np.random.default_rng(7)
    training, validation = rng.random((3, 2)), rng.random((3, 2))
    axes = plots.learning_curves(steps, training, validation, axes=Figure().subplots(1, 2), title="both")
    for column, ax in enumerate(axes):
        for line, curves, (name, style) in zip(
            ax.lines, (training, validation), (("training", "-"), ("validation", "--")), strict=True
        ):
            assert (line.get_ydata() == curves[:, column]).all() and (line.get_xdata() == steps).all()
            assert (line.get_label(), line.get_linestyle(), line.get_color()) == (name, style, PARTS[name])
    assert axes[0].figure.get_suptitle() == "both"


def test_two_figures_of_learning_curves_can_be_compared():
    """Their limits do not depend on what is drawn."""
    limits = []
    for high in (0.2, 0.9):
        curves = np.array([[high, high], [high / 2, 0.1]])
        axes = plots.learning_curves([10, 20], curves, curves, axes=Figure().subplots(1, 2))
        limits.append([ax.get_ylim() for ax in axes])
    assert limits[0] == limits[1]
