"""Gradient descent on a board, shown while it runs."""

from dataclasses import replace

import numpy as np

from coursekit.sliders.board import HUGE, objective
from coursekit.sliders.movable import Movable

FRAMES = 20  # pictures of one training of given length
LIMIT = 20_000  # steps of one run, in case that nobody looks


class Trainer(Movable):
    """An explorer with a board that can be moved, on which gradient descent runs, pauses and begins again.

    Parameters
    ----------
    board : Board
        Points and first weights.
    draw, controls, size : callable, dict, tuple
        As of :class:`Movable`; ``loss``, ``learning_rate``, ``l2`` and ``steps_per_picture`` are among the controls.

    Attributes
    ----------
    board : Board
        Points, weights and step as they are now.
    history, test_history : list of float
        The objective before each step, and the mean loss of the test set after it.
    running : object or None
        What stands for the run under way, if there is one.
    """

    def __init__(self, board, draw, controls, size):
        self.running, self.history, self.test_history = None, [], []
        super().__init__(board, draw, controls, size)

    def train(self, steps):
        """Take steps of gradient descent; the table and the picture follow.

        Parameters
        ----------
        steps : int
            How many.
        """
        self._play(steps, every=max(steps // FRAMES, 1))

    def run(self):
        """Take steps until it is paused, or no step moves the weights any more; pause if it runs."""
        if self.running:
            self.pause()
        else:
            self._play(LIMIT)

    def pause(self):
        """Take no more steps."""
        self.running = None

    def reset(self):
        """Go back to step 0 and its weights; the points stay."""
        self._restart()

    def randomise(self, rng=None):
        """Draw new weights, for another start.

        Parameters
        ----------
        rng : numpy.random.Generator, optional
            A fresh one if not given.
        """
        self._restart((rng or np.random.default_rng()).normal(0, 1, self.W.shape).round(1))

    def _restart(self, W=None):
        """Go to step 0."""
        self._begin_with(self.board.restarted(W))

    def _begin_with(self, board, note=""):
        """Put another board in the place of this one."""
        self.running, self.board, self.note = None, board, note
        self.history, self.test_history = [], []
        self._moved(None)

    def _play(self, steps, every=None):
        """Begin to take steps."""
        self.running, self.note = object(), ""
        self.play(self._steps(self.running, self.board.step + steps, every))

    def _steps(self, run, last, every):
        """Take steps and draw after some of them, as long as this run is the one that runs."""
        self._show_running()
        try:
            while self.running is run and self.board.step < last:
                many = every or self.values["steps_per_picture"]
                for _ in range(min(many, last - self.board.step)):
                    if self.running:
                        self._step()
                self._draw(self.renderer.figure, **self.values)
                yield self.note or f"training: step {self.board.step}"
        finally:
            if self.running in (run, None):
                self.running = None
                self._show_running()

    def _step(self):
        """Take one step, unless the gradient is 0 or the weights have no end."""
        board, how = self.board, {name: self.values[name] for name in ("loss", "l2")}
        value, dW = objective(board.W, board.X, board.y, **how)
        W = board.W - self.values["learning_rate"] * dW
        if not dW.any():
            self._stop("the gradient is 0, so no step moves the weights")
        elif np.abs(W).max() > HUGE:
            self._stop("the weights grow without end. Lower the learning rate, then press reset")
        else:
            self.history.append(value)
            self.test_history.append(self._test_loss())
            self.board = replace(board, W=W, step=board.step + 1)

    def _stop(self, reason):
        """Take no more steps, and say why."""
        self.running, self.note = None, f"paused at step {self.board.step}: {reason}"

    def _test_loss(self):
        """Return the mean loss of the test set, without the penalty; nan if there is none."""
        X, y = self.board.test
        return objective(self.W, X, y, loss=self.values["loss"])[0] if len(y) else np.nan

    def _show_running(self):
        """Show whether it runs."""
