"""One-hot targets beside probabilities: which terms of a cross-entropy count."""

import numpy as np
from matplotlib.patches import Rectangle

from coursekit.plots.style import CLASS_COLOURS


def long_form(P, y, *, axes):
    r"""Draw targets and probabilities as tables, and beside each row the term of its true class.

    Parameters
    ----------
    P : array_like of shape (m, k)
        Probabilities, one row for each example.
    y : array_like of int, shape (m,)
        Labels in ``0..k-1``.
    axes : sequence of two matplotlib.axes.Axes
        For the targets and for the probabilities.

    Returns
    -------
    sequence of matplotlib.axes.Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> left, right = long_form([[0.7, 0.3], [0.4, 0.6]], [0, 1], axes=Figure().subplots(1, 2))
    >>> [text.get_text() for text in right.texts][-1]
    '$-\\log$ 0.60'
    """
    P, y = np.asarray(P, float), np.asarray(y)
    left, right = axes
    _table(left, np.eye(P.shape[1])[y], "{:.0f}")
    _table(right, P, "{:.2f}")
    left.set(title="targets Y", ylabel="example")
    right.set_title("probabilities P")
    for row, label in enumerate(y):
        for ax in axes:
            frame = {"edgecolor": CLASS_COLOURS[label], "linewidth": 3, "fill": False}
            ax.add_patch(Rectangle((label - 0.46, row - 0.46), 0.92, 0.92, **frame))
        right.text(P.shape[1] - 0.3, row, rf"$-\log$ {P[row, label]:.2f}", va="center")
    return axes


def _table(ax, M, text):
    """Draw a matrix as grey tiles with a number in each."""
    ax.imshow(M, cmap="Greys", vmin=0, vmax=2)  # never darker than half grey, so that black numbers stay legible
    for (row, column), value in np.ndenumerate(M):
        ax.text(column, row, text.format(value), ha="center", va="center")
    ax.set(xticks=range(M.shape[1]), yticks=range(M.shape[0]), xlabel="class")
    ax.spines[:].set_visible(False)
