"""Curves of a training run."""

import matplotlib.pyplot as plt

from coursekit.plots.style import LINES


def loss_curve(losses, *, ax=None, label="training", title="", **line):
    """Draw the loss against the iteration.

    Parameters
    ----------
    losses : array_like of shape (steps,)
        Loss in nats of each step.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    label : {"training", "validation", "test"} or str
        Name in the legend; the first three have line styles of their own.
    title : str, default=""
        What the figure shows.
    **line
        Passed to ``ax.plot``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> loss_curve([2.3, 1.1, 0.7]).get_ylabel()
    'loss (nats)'
    """
    ax = ax or plt.gca()
    ax.plot(losses, **{"linestyle": LINES.get(label, "-"), "label": label, **line})
    ax.set(xlabel="iteration", ylabel="loss (nats)", title=title)
    return ax
