"""Scores and probabilities as pictures."""

import numpy as np

from coursekit import softmax
from coursekit.plots.style import CLASS_COLOURS


def draw_temperature(fig, *, temperature=1.0, scores=(2.0, 1.0, 0.5, -1.0), class_names="ABCD"):
    """Draw scores and the softmax of the scores divided by a temperature.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    temperature : float, default=1.0
        Positive; small values sharpen the probabilities, large ones flatten them.
    scores : array_like of shape (k,)
        One score per class.
    class_names : sequence of str
        The k names.

    Returns
    -------
    ndarray of shape (k,)
        The probabilities drawn.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_temperature(Figure(), temperature=100.0).round(2)
    array([0.25, 0.25, 0.25, 0.25])
    """
    left, right = fig.subplots(1, 2)
    p = softmax.softmax(np.array([scores]) / temperature)[0]
    colours = CLASS_COLOURS[: len(p)]
    left.bar(list(class_names), scores, color=colours)
    left.axhline(0, color="black", linewidth=0.8)
    left.set(title="scores z", ylabel="score")
    bars = right.bar(list(class_names), p, color=colours)
    right.bar_label(bars, fmt="%.3f")
    right.set(title=f"softmax(z / {temperature:.2g})", ylabel="probability", ylim=(0, 1.1))
    return p
