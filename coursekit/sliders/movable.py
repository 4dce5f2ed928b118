"""Explorers whose points a hand can move, add, relabel and remove."""

from coursekit.plots.playground import CLASSES
from coursekit.sliders import hands
from coursekit.sliders.board import Board
from coursekit.sliders.controls import Options
from coursekit.sliders.explorer import Explorer
from coursekit.sliders.panel import POINTS_HELP, button, helped, wrapped


class Movable(Explorer):
    """An explorer with a board, whose points have handles in the picture.

    Parameters
    ----------
    board : Board
        The points.
    draw, controls, size : callable, dict, tuple
        As of :class:`Explorer`; the first axes that ``draw`` makes is the plane of the points.

    Attributes
    ----------
    board : Board
        The points as they are now.
    note : str
        What is to be said at rest.
    """

    def __init__(self, board, draw, controls, size):
        self.board, self.note, self.hovered = board, "", None
        super().__init__(draw, controls, size)
        self.picture.on_msg(self._heard)

    X = property(lambda self: self.board.X, doc="The points as they are now, (m, 2).")
    y = property(lambda self: self.board.y, doc="Their labels, (m,).")

    def _next_frame(self):
        """Draw, and say what is to be said."""
        return super()._next_frame() or self.note

    def _picked(self):
        """Return the point under the mouse, or the selected one, if there is any."""
        picked = self.picture.selected if self.hovered is None else self.hovered
        return picked if 0 <= picked < len(self.y) else None

    def _touch(self, deed, i, x=None, y=None, label=None):
        """Do what a hand did to a point, or take note of where the mouse is."""
        self.hovered = i if deed == "hover" and i >= 0 else None
        if deed != "hover":
            place = None if x is None else hands.place(self.renderer.figure, x, y)
            self.board, self.picture.selected = hands.touched(self.board, deed, i, place=place, label=label)

    def _heard(self, _, content, buffers):
        """Take a message of the picture: a deed, a point, and perhaps where, or which class."""
        self._change(self._touch, *(content.get(part) for part in ("deed", "point", "x", "y", "label")))

    def _change(self, deed, *args):
        """Do something in the thread of the cells, and draw what came of it."""
        self._soon(self._changed, deed, args)

    def _changed(self, deed, args):
        """Do it; what goes wrong stands below the picture until something else is done."""
        if args[:1] not in (("hover",), ("select",)):
            self.note = ""
        try:
            deed(*args)
        except Exception as error:
            self.note = " ".join(f"✗ {type(error).__name__}: {error}".split())
        self._moved(None)

    def _moved(self, change):
        """Redraw; after a move of a control nothing is to be said any more."""
        if change is not None:
            self.note = ""
        super()._moved(change)

    def _drawn(self):
        """Tell the page where the points are on the picture."""
        figure = self.renderer.figure
        self.picture.area = hands.box(figure, figure.axes[0])
        self.picture.handles = hands.handles(figure, self.X, self.y)


class Dragged(Movable):
    """Sets of points to choose from and to drag, beside other controls; made by :func:`drag`.

    Parameters
    ----------
    draw : callable
        As of :func:`drag`.
    sets : dict of str to tuple
        Points and labels by name.
    controls : dict of str to ipywidgets.Widget
        The other controls.
    size : tuple of float
        Width and height of the figure in inches.
    """

    def __init__(self, draw, sets, controls, size):
        self.sets, choice = sets, Options(*sets)
        controls = {"points": choice, **controls}
        super().__init__(self._board(choice.value), lambda fig, **values: self._draw(draw, fig, values), controls, size)
        back = button("points back", lambda: self._change(self._take_set, choice.value))
        self.children = [*self.children, helped(POINTS_HELP), wrapped([back])]
        choice.observe(lambda change: self._change(self._take_set, change.new), "value")

    def _draw(self, draw, fig, values):
        """Draw the points where they are now."""
        return draw(fig, X=self.X, y=self.y, picked=self._picked(), **values)

    def _board(self, name):
        """Return the points of a set."""
        return Board(*self.sets[name][:2])

    def _take_set(self, name):
        """Put the points of a set where it has them."""
        self.board = self._board(name)

    def _said(self):
        """Return what is to be said of the point under the mouse or of the selected one."""
        picked = self._picked()
        if picked is None:
            return ""
        x, c = self.X[picked], CLASSES[self.y[picked]]
        return f"point {picked + 1}, class {c}, at ({x[0]:.2f}, {x[1]:.2f})"

    def _next_frame(self):
        """Draw, and say which point is meant."""
        return super()._next_frame() or self._said()


def drag(draw, sets, *, size=(8, 3.6), **controls):
    """Return a widget that redraws a figure when a control moves or a hand moves one of its points.

    Parameters
    ----------
    draw : callable
        ``draw(fig, points=name, X=X, y=y, picked=i, **values)`` draws the points ``X`` (m, 2) with labels ``y`` (m,) in
        its first axes, and marks point ``i`` unless that is None. The name is that of the set from which the points
        came.
    sets : dict of str to tuple
        By name ``(X, y, ...)``: at most 100 points within -3..3, and labels in 0..3.
    size : tuple of float
        Width and height of the figure in inches.
    **controls : ipywidgets.Widget
        As of :func:`explore`.

    Returns
    -------
    Dragged
        The widget; its ``X`` and ``y`` are the points as they are now.

    Examples
    --------
    >>> import numpy as np
    >>> def draw(fig, *, points, X, y, picked):
    ...     fig.gca().plot(*X.T, "o")
    >>> widget = drag(draw, {"two": (np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1]))})
    >>> len(widget.picture.handles)
    2
    """
    return Dragged(draw, sets, controls, size)
