"""Accuracies of pairs of settings, as tables with colours."""

import numpy as np
from matplotlib.patches import Rectangle

MIDDLE = 0.45  # of viridis: where black and white can be read equally well on it


def draw_grids(fig, *, tables, rates, strengths):
    """Draw the validation accuracies of one or several grids of settings, all in the colours of one scale.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    tables : dict of str to array_like of shape (rates, strengths)
        Accuracies in 0..1 by the name of the model, one row for each rate.
    rates, strengths : sequence of float
        The learning rates down and the strengths of the penalty across.

    Returns
    -------
    ndarray of matplotlib.axes.Axes
        One axes for each table. The highest accuracy of a table has a frame; equal ones have one each.

    Raises
    ------
    ValueError
        If there is no table, or one has not a row for each rate and a column for each strength.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> tables = {"SVM": [[0.3, 0.2]], "softmax": [[0.1, 0.4]]}
    >>> (svm, softmax) = draw_grids(Figure(), tables=tables, rates=[0.1], strengths=[0, 1])
    >>> svm.get_title(), [text.get_text() for text in softmax.texts]
    ('SVM: at best 30.0%', ['10.0%', '40.0%'])
    """
    tables = {name: np.asarray(table, float) for name, table in tables.items()}
    _check(tables, (len(rates), len(strengths)))
    low, high = (edge([edge(table) for table in tables.values()]) for edge in (np.min, np.max))
    axes = fig.subplots(1, len(tables), sharey=True, squeeze=False)[0]
    for ax, (name, table) in zip(axes, tables.items(), strict=True):
        picture = ax.imshow(100 * table, vmin=100 * low, vmax=100 * high, aspect="auto")
        _write(ax, table, picture)
        ax.set_xticks(range(len(strengths)), strengths)
        ax.set(title=f"{name}: at best {table.max():.1%}", xlabel="strength of the penalty")
    axes[0].set_yticks(range(len(rates)), rates)
    axes[0].set_ylabel("learning rate")
    fig.colorbar(picture, ax=list(axes), label="validation accuracy (%)")
    return axes


def _write(ax, table, picture):
    """Write each accuracy into its cell, and frame the highest."""
    for (i, j), share in np.ndenumerate(table):
        colour = "black" if picture.norm(100 * share) >= MIDDLE else "white"
        ax.text(j, i, f"{share:.1%}", ha="center", va="center", color=colour)
        if share == table.max():
            ax.add_patch(Rectangle((j - 0.46, i - 0.46), 0.92, 0.92, fill=False, edgecolor=colour, linewidth=2))


def _check(tables, shape):
    """Refuse tables of another shape than that of the grid."""
    if not tables:
        raise ValueError("draw_grids: there is no table to draw; pass a dict, such as tables={'softmax': table}.")
    for name, table in tables.items():
        if table.shape != shape or 0 in shape:
            turned = " This looks like its transpose: pass table.T." if table.shape == shape[::-1] else ""
            raise ValueError(
                f"draw_grids: {shape[0]} rates and {shape[1]} strengths, so the table of {name} must be {shape}; "
                f"got shape {table.shape}.{turned}"
            )
