"""The playground: a linear classifier in the plane whose points, weights and settings can all be moved."""

import ipywidgets as widgets
import numpy as np

from coursekit import softmax, svm
from coursekit.penalty import l2_penalty
from coursekit.plots.playground import REACH, draw_playground
from coursekit.preprocessing import add_bias
from coursekit.sliders.controls import choice, linear, logarithmic
from coursekit.sliders.explorer import Explorer

FRAMES = 20  # pictures of one training
LOSSES = {"softmax": softmax.softmax_loss, "SVM": svm.svm_loss}
CLASSES = "ABC"
ROWS = ("w1", "w2", "b")
POINTS = np.array(
    [
        [[0.5, 0.9], [1.2, 1.9], [1.9, 0.7], [1.4, 1.2]],
        [[-1.6, 0.6], [-0.7, 1.8], [-2.1, 1.6], [-0.4, 0.3]],
        [[-0.6, -1.7], [0.9, -1.4], [0.1, -0.8], [1.7, -2.1]],
    ]
)  # (classes, points a class, 2)


class Playground(Explorer):
    """A linear classifier to play with; made by :func:`playground`.

    Parameters
    ----------
    X : ndarray of shape (m, 2)
        Points.
    y : ndarray of int, shape (m,)
        Labels in 0..2.
    size : tuple of float
        Width and height of the figure in inches.
    """

    def __init__(self, X, y, size):
        self.X, self.y, self.history, self._quiet = X, y, [], False
        settings = {
            "loss": choice("softmax", "SVM"),
            "learning_rate": logarithmic(0.001, 10, 0.1),
            "l2": choice(0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
        }
        self.weights = {f"{row}_{name}": linear(-4.0, 4.0, 0.0, step=0.1) for row in ROWS for name in CLASSES}
        for control in self.weights.values():
            control.compact = True
        self.weights["w1_A"].value, self.weights["w2_B"].value = 1.0, 1.0
        super().__init__(self._draw, settings | self.weights, size)
        panel, *rest = self.children
        rows = [widgets.HBox(panel.children[3 + 3 * i : 6 + 3 * i]) for i in range(3)]
        self.children = [widgets.Box(panel.children[:3], layout=panel.layout), *rows, self._buttons(), *rest]
        self.picture.handles = self._handles()
        self.picture.observe(self._handle_moved, "handles")

    @property
    def W(self):
        """The weights as the sliders have them, (3, 3): two coordinates and the bias, one column a class."""
        return np.array([control.value for control in self.weights.values()], float).reshape(3, 3)

    def train(self, steps):
        """Take steps of gradient descent; the sliders and the picture follow.

        Parameters
        ----------
        steps : int
            How many.
        """
        self.play(self._train(steps))

    def randomise(self, rng=None):
        """Draw new weights, for another start.

        Parameters
        ----------
        rng : numpy.random.Generator, optional
            A fresh one if not given.
        """
        self.history.clear()
        self._set((rng or np.random.default_rng()).normal(0, 1, (3, 3)).round(1))
        self._moved(None)

    def _draw(self, fig, *, loss, learning_rate, l2, **weights):
        """Draw the present state; return the objective."""
        return draw_playground(fig, W=self.W, X=self.X, y=self.y, loss=loss, l2=l2, history=self.history)

    def _train(self, steps):
        """Take the steps, and draw some twenty of them."""
        values = self.values
        how, every = {"loss": values["loss"], "l2": values["l2"]}, max(steps // FRAMES, 1)
        for step in range(steps):
            W = self.W
            value, dW = _objective(W, self.X, self.y, **how)
            self.history.append(value)
            self._set(W - values["learning_rate"] * dW)
            if (step + 1) % every == 0:
                self._draw(self.renderer.figure, **self.values)
                yield f"training: step {step + 1} of {steps}"

    def _set(self, W):
        """Move the weights' sliders; what is then drawn is the caller's business."""
        self._quiet = True
        for control, value in zip(self.weights.values(), W.ravel(), strict=True):
            control.value = float(value)
        self._quiet = False

    def _moved(self, change):
        """Redraw, unless it is the training that moves the sliders."""
        if not self._quiet:
            super()._moved(change)

    def _buttons(self):
        """Return the row of buttons."""
        deeds = {
            "one step": lambda: self.train(1),
            "100 steps": lambda: self.train(100),
            "other weights": self.randomise,
        }
        buttons = []
        for text, deed in deeds.items():
            button = widgets.Button(description=text)
            button.on_click(lambda _, deed=deed: self._press(deed))
            buttons.append(button)
        return widgets.HBox(buttons)

    def _press(self, deed):
        """Do what a button says."""
        with self._failures_shown():
            deed()

    def _handles(self):
        """Return the places of the points on the picture."""
        plane, box = self.renderer.figure.axes[0], self.renderer.figure.bbox
        places = plane.transData.transform(self.X) / (box.width, box.height)
        labels = [f"point {i + 1}, class {CLASSES[c]}: move with the arrow keys" for i, c in enumerate(self.y)]
        return [{"x": x, "y": 1 - y, "label": label} for (x, y), label in zip(places.tolist(), labels, strict=True)]

    def _handle_moved(self, change):
        """Take the points from where the handles are."""
        plane, box = self.renderer.figure.axes[0], self.renderer.figure.bbox
        places = [(handle["x"] * box.width, (1 - handle["y"]) * box.height) for handle in change.new]
        self.X = np.clip(plane.transData.inverted().transform(places), -REACH, REACH)
        self._moved(change)


def _objective(W, X, y, *, loss="softmax", l2=0.0):
    """Return the mean loss of weights (3, k) plus the penalty, and the gradient; the bias, the last row, is free."""
    if loss not in LOSSES:
        raise ValueError(f"playground: loss must be one of {', '.join(LOSSES)}; got {loss!r}.")
    value, dW = LOSSES[loss](W, add_bias(X), y)
    penalty, slope = l2_penalty(W, l2, bias=True)
    return value + float(penalty), dW + slope


def playground(X=None, y=None, *, size=(9.5, 3.6)):
    """Return a linear classifier in the plane to play with.

    Its points can be dragged, or moved with the arrow keys; its weights are sliders; the buttons take steps of gradient
    descent, with softmax and cross-entropy or as an SVM.

    Parameters
    ----------
    X : array_like of shape (m, 2), optional
        Points within -3..3; twelve of three classes if not given.
    y : array_like of int, shape (m,), optional
        Their labels in 0..2.
    size : tuple of float
        Width and height of the figure in inches.

    Returns
    -------
    Playground
        The widget.

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
        X, y = POINTS.reshape(-1, 2), np.repeat(np.arange(3), POINTS.shape[1])
    X, y = np.asarray(X, float), np.asarray(y)
    if X.shape != (len(y), 2) or not (np.abs(X) <= REACH).all() or not np.isin(y, range(3)).all():
        raise ValueError(
            f"playground: X must be (m, 2) within -{REACH:g}..{REACH:g} and y m labels of 0, 1, 2; "
            f"got shapes {X.shape} and {y.shape}."
        )
    return Playground(X, y, size)
