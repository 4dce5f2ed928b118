"""The playground: a linear classifier in the plane whose points, weights and settings can all be moved."""

from dataclasses import replace

import numpy as np

from coursekit.plots.playground import CLASSES, REACH, draw_playground
from coursekit.sliders import hands, sharing
from coursekit.sliders.board import LOSSES, MOST, Board, objective, point_losses, told
from coursekit.sliders.controls import Options, choice, logarithmic
from coursekit.sliders.panel import MODEL_HELP, POINTS_HELP, ROWS, Field, Weights, button, helped, wrapped
from coursekit.sliders.planes import SETS, board_of
from coursekit.sliders.trainer import Trainer


class Playground(Trainer):
    """A linear classifier to play with; made by :func:`playground`.

    Parameters
    ----------
    board : Board
        Points and first weights.
    data : str
        The name of the set that the points are.
    size : tuple of float
        Width and height of the figure in inches.
    """

    def __init__(self, board, data, size):
        self._quiet, self.data = False, data
        self.own = board if data == sharing.OWN else None
        settings = {
            "data": Options(*SETS, sharing.OWN),
            "loss": Options(*LOSSES),
            "learning_rate": logarithmic(0.001, 10, 0.1),
            "l2": choice(0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
            "steps_per_picture": Options(1, 10, 100),
            "test_set": Options("hidden", "shown"),
        }
        settings["data"].value = data
        self.table = Weights(lambda *weight: self._change(self._turn, *weight))
        self.line = Field("state")
        self.pasted = Field("table", placeholder="x1  x2  class", rows=3)
        super().__init__(board, self._draw, settings, size)
        buttons, reader = self._buttons(), button("read table", lambda: self._change(self._take_table))
        self.run_button = buttons[0]
        inputs = [*self.controls.values()]
        above = map(wrapped, (inputs[:2], inputs[2:4], inputs[4:], [self.table], buttons))
        below = [helped(POINTS_HELP, MODEL_HELP), self.line, wrapped([self.pasted, reader])]
        self.children = [*above, self.picture, *below]
        settings["data"].observe(lambda change: self._quiet or self._change(self._take_set, change.new), "value")
        self.line.observe(lambda change: change.new == self.text or self._change(self._load, change.new), "value")

    W = property(lambda self: self.board.W, doc="The weights, (3, k), one column per class; the bias is the last row.")

    @property
    def state(self):
        """The loss, its settings and the weights as a line of text."""
        settings = [f"{name} {self.controls[name].text}" for name in ("loss", "learning_rate", "l2")]
        names = [f"{row}_{name}" for row in ROWS for name in CLASSES[: self.W.shape[1]]]
        return ", ".join([*settings, *(f"{name} {w:.4}" for name, w in zip(names, self.W.ravel(), strict=True))])

    @property
    def text(self):
        """All that is on the board as one line, for :meth:`load`."""
        return sharing.write(self.board, self.values)

    def load(self, text):
        """Take points, weights and settings from a line of text.

        Parameters
        ----------
        text : str
            The ``text`` of a playground.
        """
        self._load(text)
        self._moved(None)

    def _draw(self, fig, **values):
        """Draw the present state; return the objective and the accuracy."""
        board, how = self.board, {"loss": values["loss"], "l2": values["l2"]}
        losses = point_losses(board.W, board.X, board.y, loss=how["loss"])
        value, dW = objective(board.W, board.X, board.y, **how)
        self.table.show(board.W, dW, board.step)
        penalty = value - losses.mean() if how["l2"] else 0.0
        shown = {"losses": losses, "loss": how["loss"], "penalty": penalty}
        if values["test_set"] == "shown" and len(board.test[1]):
            shown |= {"test": board.test, "test_history": [*self.test_history, self._test_loss()]}
        ahead = objective(board.W - values["learning_rate"] * dW, board.X, board.y, **how)[0]
        shown |= {"history": self.history, "step": board.step, "ahead": ahead, "picked": self._picked()}
        return draw_playground(fig, W=board.W, X=board.X, y=board.y, **shown)

    def _next_frame(self):
        """Draw; at rest, say what is to be said and write the line of text."""
        message = super()._next_frame()
        if self.running is None:
            self.line.value = self.text
            message = self._said()
        return message

    def _said(self):
        """Return what is to be said at rest: of the point under the mouse, of what was done, of the selected point."""
        if self.note and self.hovered is None:
            return self.note
        picked = self._picked()
        return "" if picked is None else told(self.board, picked, loss=self.values["loss"])

    def _take_set(self, name):
        """Take the points of a set."""
        if name == sharing.OWN and self.own is None:
            self._set({"data": self.data})
            self.note = "For points of your own, paste a table into the field at the bottom and press 'read table'."
            return
        self.data = name
        self._begin_with(self.own if name == sharing.OWN else board_of(name))

    def _take_table(self):
        """Take the points of the pasted table."""
        self.own, note = sharing.read_table(self.pasted.value)
        self._set({"data": sharing.OWN})
        self._begin_with(self.own, note)

    def _load(self, text):
        """Take everything from a line of text; nothing if it cannot be read."""
        board, settings = sharing.read(text, self.values)
        self._set(settings)
        self.own = board if self.data == sharing.OWN else self.own
        self._begin_with(board, "loaded")

    def _set(self, settings):
        """Set controls, all or none, and draw nothing yet."""
        values = {name: self.controls[name].near(value) for name, value in settings.items()}
        self._quiet, self.data = True, values["data"]
        for name, value in values.items():
            self.controls[name].value = value
        self._quiet = False

    def _turn(self, row, column, value):
        """Set a weight."""
        try:
            self.board = self.board.turned(row, column, value)
        except ValueError:
            self.table.refuse()
            raise

    def _touch_selected(self, deed):
        """Do something to the selected point."""
        self._touch(deed, self.picture.selected)

    def _points_back(self):
        """Put the points where the set has them; the weights stay."""
        board = self.own if self.data == sharing.OWN else board_of(self.data)
        self.board = replace(self.board, X=board.X, y=board.y)

    def _moved(self, change):
        """Redraw, unless the next step is going to do so."""
        if not self._quiet and self.running is None:
            super()._moved(change)

    def _buttons(self):
        """Return the row of buttons; the first one runs and pauses."""
        deeds = {
            "run": self.run,
            "step": lambda: self.train(1),
            "100 steps": lambda: self.train(100),
            "reset": self.reset,
            "other weights": self.randomise,
            "add point": lambda: self._touch_selected("add"),
            "next class": lambda: self._touch_selected("relabel"),
            "remove point": lambda: self._touch_selected("remove"),
            "points back": self._points_back,
        }
        return [button(text, lambda deed=deed: self._change(deed)) for text, deed in deeds.items()]

    def _show_running(self):
        """Write on the button what it does."""
        self.run_button.description = "pause" if self.running else "run"

    def _drawn(self):
        """Tell the page where the points are on the picture, and where their bars."""
        super()._drawn()
        _, bars, margins, _ = (hands.box(self.renderer.figure, ax) for ax in self.renderer.figure.axes)
        self.picture.rows = [*bars[:2], *margins[2:]]


def playground(X=None, y=None, *, X_test=None, y_test=None, size=(8.7, 3.5)):
    """Return a linear classifier in the plane to play with.

    Its points can be dragged, added, relabelled and removed; its weights are numbers to type or drag, each beside its
    gradient; it runs gradient descent with softmax and cross-entropy or with one of three SVM losses. Everything works
    by keys as well.

    Parameters
    ----------
    X : array_like of shape (m, 2), optional
        Points within -3..3; twelve of three classes if not given.
    y : array_like of int, shape (m,), optional
        Their labels in 0..3.
    X_test, y_test : array_like, array_like, optional
        A test set for them.
    size : tuple of float
        Width and height of the figure in inches.

    Returns
    -------
    Playground
        The widget. Its ``X``, ``y``, ``W`` and ``history`` are what it shows; ``text`` is all of it as one line.

    Raises
    ------
    ValueError
        If the points do not fit the plane or the labels do not fit the points.

    Examples
    --------
    >>> widget = playground()
    >>> widget.train(100)
    >>> widget.history[0] > widget.history[-1]
    True
    """
    if X is None:
        return Playground(board_of("separable"), "separable", size)
    X_test, y_test = (np.empty((0, 2)), []) if X_test is None else (X_test, y_test)
    return Playground(Board(*_checked("X", X, y, most=MOST), _checked("X_test", X_test, y_test)), sharing.OWN, size)


def _checked(name, X, y, most=np.inf):
    """Return points and labels as arrays, or say what is wrong with them."""
    X, y = np.asarray(X, float), np.asarray([] if y is None else y)
    fits = X.shape == (len(y), 2) and (np.abs(X) <= REACH).all() and np.isin(y, range(len(CLASSES))).all()
    if not fits or not (name == "X_test" or 1 <= len(y) <= most):
        raise ValueError(
            f"playground: {name} must be (m, 2) within -{REACH:g}..{REACH:g}, "
            f"m at most {most}, and y m labels of 0, 1, 2, 3; "
            f"got shapes {X.shape} and {y.shape}."
        )
    return X, y.astype(int)
