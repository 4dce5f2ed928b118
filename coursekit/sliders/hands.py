"""What a hand does to the points on the picture: where things are on it, and what each deed makes of a board."""

import numpy as np

from coursekit.plots.playground import CLASSES

DEEDS = ("move", "add", "relabel", "remove", "select")


def touched(board, deed, i, *, place=None, label=None):
    """Return the board after a deed, and the point that is selected then.

    Parameters
    ----------
    board : Board
        As it was.
    deed : str
        One of ``DEEDS``.
    i : int
        Which point; -1 for none.
    place : array_like of shape (2,), optional
        Where it goes, or where a new one is put; beside point i if not given.
    label : int, optional
        Its class from now on; the next one if not given.

    Returns
    -------
    board, selected : Board, int
        The new ones.

    Raises
    ------
    ValueError
        If a point is needed and none is selected, or the board refuses.
    """
    known = 0 <= i < len(board.y)
    if not known and (deed != "add" or place is None):
        raise ValueError("points: select one first: click it, or press Tab until one is marked.")
    c = int(board.y[i]) if known else 0
    if deed == "add":
        return board.added(board.X[i] + [0.3, 0.3] if place is None else place, c), len(board.y)
    if deed == "remove":
        return board.removed(i), min(i, len(board.y) - 2)
    if deed == "move":
        board = board.moved(i, place)
    elif deed == "relabel":
        board = board.relabelled(i, (c + 1) % board.W.shape[1] if label is None else label)
    return board, i


def handles(figure, X, y):
    """Return what the page needs to put a handle on each point.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Its first axes is the plane.
    X, y : ndarray
        Points and labels.

    Returns
    -------
    list of dict
        ``x`` and ``y`` as shares of width and height, from the top left, and ``label``.
    """
    places = _shares(figure, figure.axes[0].transData.transform(X))
    labels = [f"point {i + 1}, class {CLASSES[c]}: move with the arrow keys" for i, c in enumerate(y)]
    return [{"x": x, "y": y, "label": label} for (x, y), label in zip(places, labels, strict=True)]


def box(figure, ax):
    """Return where an axes is on the picture.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The picture.
    ax : matplotlib.axes.Axes
        Part of it.

    Returns
    -------
    list of float
        Left, top, right and bottom as shares.
    """
    (left, bottom), (right, top) = _shares(figure, ax.bbox.get_points())
    return [left, top, right, bottom]


def place(figure, x, y):
    """Return the place in the plane of a place on the picture.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Its first axes is the plane.
    x, y : float
        Shares of width and height, from the top left.

    Returns
    -------
    ndarray of shape (2,)
        The coordinates.
    """
    return figure.axes[0].transData.inverted().transform((x * figure.bbox.width, (1 - y) * figure.bbox.height))


def _shares(figure, pixels):
    """Return places as shares of the picture's width and height, from the top left."""
    return (np.array([0, 1]) + np.array([1, -1]) * pixels / (figure.bbox.width, figure.bbox.height)).tolist()
