"""Two sets along one training, and which examples train in which fold."""

import numpy as np
from matplotlib.figure import Figure

from coursekit import plots, selection
from coursekit.plots.validation import PARTS


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


def bars(ax, name):
    """Return the bars of one part, as rows of x and y of their corners, from left to right."""
    colour = plots.loss_curve([1.0], ax=Figure().subplots(), color=PARTS[name]).lines[0].get_color()
    found = [c for c in ax.collections if tuple(c.get_facecolor()[0][:3]) == rgb(colour)]
    return [path.get_extents() for collection in found for path in collection.get_paths()]


def rgb(colour):
    """Return a colour as three numbers."""
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def test_each_example_validates_once_and_the_test_set_stands_apart():
    """As many bars of one example as there are; the validation bars cover the row from left to right."""
    pairs = selection.k_folds(11, 3, np.random.default_rng(0))
    ax = plots.folds(pairs, 5, ax=Figure().subplots(), title="eleven")
    held, trained, test = bars(ax, "validation"), bars(ax, "training"), bars(ax, "test")
    assert sorted(round(box.x0) for box in held) == list(range(11))
    assert len(trained) == 2 * 11 and len(test) == 1
    assert test[0].x0 > 11 and round(test[0].width) == 5
    assert ax.get_title() == "eleven" and ax.yaxis_inverted()


def test_a_long_test_set_does_not_crowd_out_the_folds():
    """Its bar ends at the length of all folds."""
    ax = plots.folds(selection.k_folds(10, 2), 900, ax=Figure().subplots())
    assert round(bars(ax, "test")[0].width) == 10
