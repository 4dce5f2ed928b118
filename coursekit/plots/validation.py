"""Who trains and who judges: two sets along one training."""

import matplotlib.pyplot as plt

from coursekit.plots.splits import PARTS
from coursekit.plots.style import LINES


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
