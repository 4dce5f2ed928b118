"""What the playground plays on: points, weights and a count of steps, and what can be done to them."""

from dataclasses import dataclass, field, replace

import numpy as np

from coursekit import softmax, svm
from coursekit.penalty import l2_penalty
from coursekit.plots.playground import CLASSES, REACH
from coursekit.preprocessing import add_bias

LOSSES = {
    "softmax": softmax.softmax_loss,
    "Weston-Watkins": svm.svm_loss,
    "one against all": svm.one_against_all_loss,
    "Crammer-Singer": svm.crammer_singer_loss,
}
MOST = 100  # points; each has a handle and a bar
HUGE = 1e12  # what no weight comes to unless its training has no end


def no_points():
    """Return no points at all, and no labels.

    Returns
    -------
    X, y : ndarray of shape (0, 2), ndarray of int, shape (0,)
        For a board without a test set.
    """
    return np.empty((0, 2)), np.empty(0, int)


@dataclass(frozen=True)
class Board:
    """Points and weights of a linear classifier in the plane; every change makes a new board.

    Attributes
    ----------
    X : ndarray of shape (m, 2)
        Points within -3..3.
    y : ndarray of int, shape (m,)
        Labels in 0..k-1, k at most 4.
    test : tuple of ndarray
        Points and labels of the test set; it may be empty.
    W, start : ndarray of shape (3, k)
        Weights of the two coordinates and the bias, now and at step 0.
    step : int
        How many steps have been taken.
    """

    X: np.ndarray
    y: np.ndarray
    test: tuple = field(default_factory=no_points)
    W: np.ndarray = None
    start: np.ndarray = None
    step: int = 0

    def __post_init__(self):
        """Give weights to a board that has none."""
        if self.W is None:
            k = max(2, *self.y + 1, *self.test[1] + 1)
            object.__setattr__(self, "W", np.eye(3, k) * [[1], [1], [0]])
        if self.start is None:
            object.__setattr__(self, "start", self.W)

    def moved(self, i, place):
        """Return a board with point i elsewhere: at hundredths, and inside the plane.

        Parameters
        ----------
        i : int
            Which point.
        place : array_like of shape (2,)
            Where to.

        Returns
        -------
        Board
            The new one.
        """
        X = self.X.copy()
        X[i] = np.clip(place, -REACH, REACH).round(2)
        return replace(self, X=X)

    def added(self, place, c):
        """Return a board with one more point, the last.

        Parameters
        ----------
        place : array_like of shape (2,)
            Where.
        c : int
            Its class.

        Returns
        -------
        Board
            The new one.

        Raises
        ------
        ValueError
            If there are too many already.
        """
        if len(self.y) >= MOST:
            raise ValueError(f"points: there is room for {MOST} points, and all are there. Remove one first.")
        board = replace(self, X=np.vstack([self.X, [place]]), y=np.append(self.y, 0))
        return board.moved(-1, place).relabelled(-1, c)

    def relabelled(self, i, c):
        """Return a board with point i in class c; a new class gets a column of weights, 0 each.

        Parameters
        ----------
        i : int
            Which point.
        c : int
            Its class, 0..3.

        Returns
        -------
        Board
            The new one.
        """
        y = self.y.copy()
        y[i] = c
        more = np.zeros((3, max(0, c + 1 - self.W.shape[1])))
        return replace(self, y=y, W=np.hstack([self.W, more]), start=np.hstack([self.start, more]))

    def removed(self, i):
        """Return a board without point i.

        Parameters
        ----------
        i : int
            Which point.

        Returns
        -------
        Board
            The new one.

        Raises
        ------
        ValueError
            If it is the only one.
        """
        if len(self.y) == 1:
            raise ValueError("points: one must stay, for there is nothing to learn from none. Add another one first.")
        return replace(self, X=np.delete(self.X, i, axis=0), y=np.delete(self.y, i))

    def turned(self, row, c, value):
        """Return a board with one weight set.

        Parameters
        ----------
        row, c : int
            Row and class of the weight.
        value : float
            Its value.

        Returns
        -------
        Board
            The new one.

        Raises
        ------
        ValueError
            If the value is no number below ``HUGE``.
        """
        if not abs(value) < HUGE:
            raise ValueError(f"playground: a weight must be a number between -{HUGE:g} and {HUGE:g}; got {value}.")
        W = self.W.copy()
        W[row, c] = value
        return replace(self, W=W)

    def restarted(self, W=None):
        """Return a board at step 0.

        Parameters
        ----------
        W : ndarray of shape (3, k), optional
            Other weights to start from; the former start if not given.

        Returns
        -------
        Board
            The new one.
        """
        W = self.start if W is None else W
        return replace(self, W=W, start=W, step=0)


def objective(W, X, y, *, loss="softmax", l2=0.0):
    """Return the mean loss of weights (3, k) plus the penalty, and the gradient; the bias, the last row, is free.

    Parameters
    ----------
    W : ndarray of shape (3, k)
        Weights.
    X : ndarray of shape (m, 2)
        Points.
    y : ndarray of int, shape (m,)
        Labels in 0..k-1.
    loss : str, default="softmax"
        One of ``LOSSES``.
    l2 : float, default=0.0
        Strength of the penalty.

    Returns
    -------
    value, dW : float, ndarray of shape (3, k)
        The objective and its gradient.

    Raises
    ------
    ValueError
        If there is no such loss.
    """
    if loss not in LOSSES:
        raise ValueError(f"playground: loss must be one of {', '.join(LOSSES)}; got {loss!r}.")
    value, dW = LOSSES[loss](W, add_bias(X), y)
    penalty, slope = l2_penalty(W, l2, bias=True)
    return value + float(penalty), dW + slope


def point_losses(W, X, y, *, loss="softmax"):
    """Return what each point would cost if it were alone; their mean is the mean loss.

    Parameters
    ----------
    W, X, y, loss : ndarray, ndarray, ndarray, str
        As of :func:`objective`.

    Returns
    -------
    ndarray of shape (m,)
        The losses, without the penalty.
    """
    return np.array([objective(W, X[i : i + 1], y[i : i + 1], loss=loss)[0] for i in range(len(y))])


def told(board, i, *, loss):
    """Return a sentence on one point: where it is, its scores, margin and loss.

    Parameters
    ----------
    board : Board
        The points and weights.
    i : int
        Which point.
    loss : str
        One of ``LOSSES``.

    Returns
    -------
    str
        The sentence.
    """
    x, c = board.X[i], board.y[i]
    z = add_bias(board.X[i : i + 1])[0] @ board.W
    cost = point_losses(board.W, board.X[i : i + 1], board.y[i : i + 1], loss=loss)[0]
    scores = ", ".join(f"{name} {score:.2f}" for name, score in zip(CLASSES, z, strict=False))
    margin = z[c] - np.delete(z, c).max()
    return (
        f"point {i + 1}, class {CLASSES[c]}, at ({x[0]:.2f}, {x[1]:.2f}): scores {scores}; margin {margin:.2f}; "
        f"loss {cost:.3g}"
    )
