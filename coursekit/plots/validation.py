"""Who trains and who judges: two sets along one training, and which examples train in which fold."""

import matplotlib.pyplot as plt
from matplotlib.patches import Patch

from coursekit.plots.style import LINES

PARTS = {"training": "#0072b2", "validation": "#d55e00", "test": "#999999"}


def learning_curves(steps, training, validation, *, axes=None, title="", highest_loss=1.5):
    """Draw the losses and the accuracies of a training and of a validation set along one training.

    Parameters
    ----------
    steps : array_like of shape (points,)
        Steps taken; the axis is logarithmic, so a 0 has no place on it.
    training, validation : array_like of shape (points, 2)
        Loss in nats and accuracy at each of them.
    axes : sequence of two matplotlib.axes.Axes, optional
        Where to draw losses and accuracies; a new figure if not given.
    title : str, default=""
        What the figure shows.
    highest_loss : float, default=1.5
        Where the axis of the loss ends, so that two figures can be compared.

    Returns
    -------
    sequence of two matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> left, right = learning_curves([10, 20], [[1.0, 0.5], [0.5, 0.9]], [[1.2, 0.4], [1.3, 0.4]])
    >>> left.get_ylabel(), right.get_ylabel()
    ('loss (nats)', 'accuracy')
    """
    axes = plt.subplots(1, 2, figsize=(8, 3.2))[1] if axes is None else axes
    for name, curves in (("training", training), ("validation", validation)):
        for ax, curve in zip(axes, zip(*curves, strict=True), strict=True):
            ax.plot(steps, curve, LINES[name], color=PARTS[name], label=name)
    axes[0].set(xscale="log", xlabel="step", ylabel="loss (nats)", ylim=(0, highest_loss))
    axes[1].set(xscale="log", xlabel="step", ylabel="accuracy", ylim=(0, 1.03))
    axes[0].legend()
    axes[0].figure.suptitle(title, weight="bold", size="medium")
    return axes


def folds(pairs, test, *, ax=None, title=""):
    """Draw which examples train, which validate and which test, in each fold.

    Parameters
    ----------
    pairs : sequence of (array_like, array_like)
        For each fold the numbers of the examples to train on and to validate on, as of
        :func:`coursekit.selection.k_folds`. The examples are drawn in the order in which they validate.
    test : int
        How many examples the test set has; its bar is cut where it is longer than the others together.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = folds([([2, 3], [0, 1]), ([0, 1], [2, 3])], 3, ax=Figure().subplots())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['fold 1', 'fold 2']
    """
    ax = ax or plt.gca()
    order = [i for _, held in pairs for i in held]
    place = {i: at for at, i in enumerate(order)}
    for row, (train, held) in enumerate(pairs):
        for name, part in (("training", train), ("validation", held)):
            places = [(place[i], 1) for i in part]
            ax.broken_barh(places, (row - 0.35, 0.7), color=PARTS[name], linewidth=0)
    count, gap = len(order), len(order) / 20
    ax.broken_barh([(count + gap, min(test, count))], (-0.35, len(pairs) - 0.3), color=PARTS["test"], linewidth=0)
    ax.set(title=title, xlabel="example, in the order of the folds", ylim=(len(pairs) - 0.4, -0.6))
    ax.set_yticks(range(len(pairs)), [f"fold {row + 1}" for row in range(len(pairs))])
    handles = [Patch(color=colour, label=name) for name, colour in PARTS.items()]
    ax.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, -0.62), ncols=3)
    return ax
