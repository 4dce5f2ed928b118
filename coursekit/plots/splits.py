"""How data are cut: three parts with three owners, and folds that take turns."""

import matplotlib.pyplot as plt
from matplotlib.patches import Patch

PARTS = {"training": "#0072b2", "validation": "#d55e00", "test": "#737373"}  # one colour for each owner


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
    for text, size, colour in zip(told, (train, validation, test), PARTS.values(), strict=True):
        ax.barh(0, size, left=left, color=colour, edgecolor="white", linewidth=2)
        ax.text(left + size / 2, 0, text.format(size), color="white", ha="center", va="center", fontsize=9)
        left += size
    ax.set(xlim=(0, left), yticks=[], xlabel="examples")
    ax.spines["left"].set_visible(False)
    return ax


def folds(pairs, test=0, *, ax=None, title=""):
    """Draw which examples train, which validate and which test, in each fold.

    Parameters
    ----------
    pairs : sequence of (array_like, array_like)
        For each fold the numbers of the examples to train on and to validate on, as of
        :func:`coursekit.selection.k_folds`. The examples are drawn in the order in which they validate.
    test : int, default=0
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
    if test:
        ax.broken_barh([(count + gap, min(test, count))], (-0.35, len(pairs) - 0.3), color=PARTS["test"], linewidth=0)
    ax.set(title=title, xlabel="example, in the order of the folds", ylim=(len(pairs) - 0.4, -0.6))
    ax.set_yticks(range(len(pairs)), [f"fold {row + 1}" for row in range(len(pairs))])
    handles = [Patch(color=PARTS[name], label=name) for name in list(PARTS)[: 3 if test else 2]]
    ax.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, -0.62), ncols=3)
    return ax
