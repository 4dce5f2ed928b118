"""How data are cut: three parts with three owners, and folds that take turns."""

import matplotlib.pyplot as plt
import numpy as np

LEARNS, CHOOSES, REPORTS = "#0072b2", "#e69f00", "#009e73"  # one colour for each owner
INK = {LEARNS: "white", CHOOSES: "black", REPORTS: "white"}


def parts(train, validation, test, *, ax=None):
    r"""Draw three parts of a data set as one bar, with what each is for.

    Parameters
    ----------
    train, validation, test : int
        How many examples each holds.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> [text.get_text() for text in parts(1000, 437, 360).texts][1]
    'validation: 437\nchooses the settings'
    """
    ax, left = ax or plt.gca(), 0
    told = ("training: {}\nlearns the weights", "validation: {}\nchooses the settings", "test: {}\nreports, once")
    for text, size, colour in zip(told, (train, validation, test), (LEARNS, CHOOSES, REPORTS), strict=True):
        ax.barh(0, size, left=left, color=colour, edgecolor="white", linewidth=2)
        ax.text(left + size / 2, 0, text.format(size), color=INK[colour], ha="center", va="center", fontsize=9)
        left += size
    ax.set(xlim=(0, left), yticks=[], xlabel="examples")
    ax.spines["left"].set_visible(False)
    return ax


def folds(pairs, *, ax=None):
    """Draw folds as rows of squares: which examples train, and which are held out.

    Parameters
    ----------
    pairs : sequence of (array_like, array_like)
        For each fold the indices to train on and those held out.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> ax = folds([([2], [0, 1]), ([0, 1], [2])])
    >>> ax.collections[0].get_array().reshape(2, 3).astype(int).tolist()
    [[1, 1, 0], [0, 0, 1]]
    """
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    held = np.zeros((len(pairs), max(len(train) + len(out) for train, out in pairs)))
    for row, (_, out) in zip(held, pairs, strict=True):
        row[np.asarray(out, int)] = 1
    ax = ax or plt.gca()
    ax.pcolormesh(held, cmap=ListedColormap([LEARNS, CHOOSES]), vmin=0, vmax=1, edgecolors="white", linewidth=1)
    ax.set(xlabel="example", ylabel="fold", yticks=np.arange(len(pairs)) + 0.5, yticklabels=range(len(pairs)))
    ax.set(xticks=np.arange(held.shape[1]) + 0.5, xticklabels=range(held.shape[1]))
    ax.invert_yaxis()
    owners = [Patch(color=LEARNS, label="trains"), Patch(color=CHOOSES, label="validates")]
    ax.legend(handles=owners, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    return ax
