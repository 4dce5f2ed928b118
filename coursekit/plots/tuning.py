"""Settings compared: bands over seeds, a training run as it comes, and the noise of a batch."""

from time import perf_counter
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np

from coursekit.plots.stage import stage
from coursekit.plots.style import LINES

FIRST, LATER = 0.008, 0.025  # seconds of training before the first frame, and between two
HIGHEST = 20  # nats; a loss above it is marked at the top of the axis
LOSSES = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, HIGHEST)  # with a tick
RIGHT = (0, 0.5, 0.8, 0.9, 0.95, 0.98)  # accuracies with a tick
ARCS = np.array([1, 2, 4, 8])  # lengths of gradients with an arc
QUIET = 0.05  # noise below it is drawn at the edge
GHOSTS = ("#777777", "#999999", "#bbbbbb")  # newest first


def band(x, runs, *, ax=None, label=None, spread="range", **line):
    """Draw the mean of several runs as a line and their spread as a band.

    Parameters
    ----------
    x : array_like of shape (points,)
        What was varied: steps, a learning rate, a batch size.
    runs : array_like of shape (seeds, points)
        One run a row.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    label : str, optional
        Name in the legend; "training", "validation" and "test" have line styles of their own.
    spread : {"range", "deviation"}, default="range"
        The band reaches from the least to the largest run, or one standard deviation to both sides of the mean.
    **line
        Passed to ``ax.plot``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Raises
    ------
    ValueError
        If ``runs`` is not a matrix with one column for each point, or ``spread`` is unknown.

    Examples
    --------
    >>> ax = band([1, 2, 3], [[0.1, 0.2, 0.3], [0.3, 0.4, 0.5]])
    >>> ax.lines[-1].get_ydata().round(6)
    array([0.2, 0.3, 0.4])
    """
    runs = np.asarray(runs, float)
    if runs.shape != (len(runs), len(x)):
        raise ValueError(f"band: x has {len(x)} points, so runs must be (seeds, {len(x)}); got shape {runs.shape}.")
    if spread not in ("range", "deviation"):
        raise ValueError(f'band: spread must be "range" or "deviation"; got {spread!r}.')
    ax, mean = ax or plt.gca(), runs.mean(axis=0)
    if spread == "range":
        low, high = runs.min(axis=0), runs.max(axis=0)
    else:
        low, high = mean - runs.std(axis=0, ddof=1), mean + runs.std(axis=0, ddof=1)
    (drawn,) = ax.plot(x, mean, **{"linestyle": LINES.get(label, "-"), "label": label, **line})
    ax.fill_between(x, low, high, color=drawn.get_color(), alpha=0.2, linewidth=0)
    return ax


class TrainingRun(NamedTuple):
    """A training run as two curves over the epochs.

    Attributes
    ----------
    epochs : ndarray of shape (points,)
        How many times the training images had been read when loss and accuracy were measured.
    loss : ndarray of shape (points,)
        Mean loss over all training images, in nats.
    accuracy : ndarray of shape (points,)
        Share of the held-out images that is right.
    """

    epochs: np.ndarray
    loss: np.ndarray
    accuracy: np.ndarray

    @property
    def rises(self):
        """How often the loss was higher than when it was last measured."""
        return int((np.diff(self.loss) > 0).sum())


def draw_training(fig, *, train, learning_rate, epochs=10, span=10, k=10, earlier=(), **settings):
    """Draw the training loss and the validation accuracy of a training while they come.

    The axis counts epochs, that is images read, so that runs with batches of different sizes can be compared. A loss
    above 20 nats is marked by a triangle at the top. The accuracy's axis is logarithmic in the share that is wrong.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    train : callable
        ``train(learning_rate=..., epochs=..., **settings)`` yields epoch, loss and accuracy, such as
        :func:`coursekit.experiments.train_by_epochs` with its data.
    learning_rate : float
        Passed to ``train``, and named in the title.
    epochs : int, default=10
        Length of the run, in 1..span.
    span : int, default=10
        Length of the axis.
    k : int, default=10
        Number of classes; the loss of a uniform guess among them is a dotted line.
    earlier : sequence of TrainingRun, default=()
        Runs to draw in grey, the oldest first.
    **settings
        Passed to ``train``.

    Returns
    -------
    TrainingRun
        The curves, when the training has come to its end.

    Yields
    ------
    str
        How far the training is, whenever there is something new to show.

    Raises
    ------
    ValueError
        If ``epochs`` is not in 1..span.

    Examples
    --------
    >>> from functools import partial
    >>> from coursekit import experiments, sliders
    >>> X, y = np.eye(2), np.array([0, 1])
    >>> draw = partial(draw_training, train=partial(experiments.train_by_epochs, X, y, X, y), k=2)
    >>> explorer = sliders.explore(draw, learning_rate=sliders.logarithmic(0.01, 100, 1))
    >>> explorer.picture.description
    'learning_rate 1: rate 1: falls all the way, to 0.099; 100.0% of the validation set is right'
    """
    if not 1 <= epochs <= span:
        raise ValueError(f"draw_training: epochs must lie in 1..{span}, the span of the axis; got {epochs}.")
    training = train(learning_rate=learning_rate, epochs=epochs, **settings)
    left, right = stage(fig, _loss_and_accuracy, span, k)
    _ghosts(left, right, earlier)
    curves = _empty_curves(left, right)
    points, due, next_epoch = [], perf_counter() + FIRST, 0
    for point in training:
        points.append(point)
        if perf_counter() > due and point[0] >= next_epoch:
            _show_run(left, right, curves, learning_rate, TrainingRun(*np.transpose(points)))
            yield f"training: {point[0]:.0f} of {epochs} epochs"
            due, next_epoch = perf_counter() + LATER, point[0] + epochs / 10  # few frames on a slow machine too
    run = TrainingRun(*np.transpose(points))
    _show_run(left, right, curves, learning_rate, run)
    return run


def _loss_and_accuracy(fig, span, k):
    """Draw what stays of a training: two empty axes, and the loss of a uniform guess."""
    left, right = fig.subplots(1, 2)
    left.axhline(np.log(k), color="grey", linestyle=":")
    beside = {"transform": left.get_yaxis_transform(), "va": "center", "fontsize": 8, "color": "#555555"}
    left.text(1.02, np.log(k), "uniform\nguess", **beside)
    left.set(xlim=(0, span), ylim=(0.01, 1.15 * HIGHEST), yscale="log", ylabel="training loss (nats)")
    left.set_yticks(LOSSES, [*map(str, LOSSES[:-1]), f"▲ {HIGHEST}"])
    right.plot([], [], LINES["validation"], color="C1", label="this setting")
    right.plot([], [], LINES["validation"], color=GHOSTS[1], linewidth=1, label="earlier settings")
    right.set(xlim=(0, span), ylim=(1, 0.0125), yscale="log", ylabel="validation accuracy")
    right.set_yticks([1 - share for share in RIGHT], [f"{share:.0%}" for share in RIGHT])
    for ax in (left, right):
        ax.minorticks_off()
        ax.set_xlabel("epochs")
    right.legend(loc="lower right", fontsize=8)
    return left, right


def _ghosts(left, right, earlier):
    """Draw earlier runs in grey, the newest darkest."""
    for run, colour in zip(reversed(earlier), GHOSTS, strict=False):
        left.plot(run.epochs, np.minimum(run.loss, HIGHEST), color=colour, linewidth=1, zorder=1.5)
        right.plot(run.epochs, 1 - run.accuracy, LINES["validation"], color=colour, linewidth=1, zorder=1.5)


def _empty_curves(left, right):
    """Return the curves of a run and the marks of a loss that is off the axis, all without points."""
    (losses,) = left.plot([], [], LINES["training"], color="C0")
    (off,) = left.plot([], [], "^", color="C0", markersize=5)
    (errors,) = right.plot([], [], LINES["validation"], color="C1")
    return losses, off, errors


def _show_run(left, right, curves, learning_rate, run):
    """Give the curves the points of a run, and say in the titles what it shows."""
    losses, off, errors = curves
    high = run.loss > HIGHEST
    losses.set_data(run.epochs, np.minimum(run.loss, HIGHEST))
    off.set_data(run.epochs[high], np.full(high.sum(), HIGHEST))
    errors.set_data(run.epochs, np.maximum(1 - run.accuracy, 0.0125))
    peak = f", peak {run.loss.max():.0f}" if high.any() else ""
    course = f"{run.rises} rises{peak}, end" if run.rises else "falls all the way, to"
    left.set_title(f"rate {float(f'{learning_rate:.3g}'):g}: {course} {run.loss[-1]:.3g}")
    right.set_title(f"{run.accuracy[-1]:.1%} of the validation set is right")


def draw_gradient_noise(fig, *, batch_size, gradients):
    r"""Draw the gradients of random batches against the gradient over all examples.

    Left, every dot is one batch's gradient, at its true angle to the full gradient. Its distance from the origin grows
    with its length L in units of the full gradient's, as log2(1 + L), so that one picture holds all batch sizes. Right,
    the root mean square distance of the batches' gradients from the full one, in the same units, beside what drawing
    without replacement predicts:

    .. math:: \frac{\sigma}{\sqrt{|\mathcal{B}|}} \sqrt{\frac{m - |\mathcal{B}|}{m - 1}}, \qquad
              \sigma^2 = \frac{1}{m} \sum_{i=1}^{m} \lVert g_i - g \rVert^2

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    batch_size : int
        Examples per batch, :math:`|\mathcal{B}|`.
    gradients : callable
        ``gradients(batch_size=...)`` returns what is to be drawn, such as
        :func:`coursekit.experiments.batch_gradients` with its data.

    Returns
    -------
    float
        The distance measured, as drawn right.

    Examples
    --------
    >>> from functools import partial
    >>> from coursekit.experiments import batch_gradients
    >>> from matplotlib.figure import Figure
    >>> rng = np.random.default_rng(0)
    >>> gradients = partial(batch_gradients, np.zeros((3, 2)), rng.random((64, 3)), rng.integers(0, 2, 64))
    >>> noise = [draw_gradient_noise(Figure(), batch_size=size, gradients=gradients) for size in (4, 16, 64)]
    >>> noise[0] > 2 * noise[1] > noise[2], round(noise[2], 4)
    (True, 0.0)
    """
    along, off, sigma, m = gradients(batch_size=batch_size)
    measured = float(np.sqrt(((along - 1) ** 2 + off**2).mean()))
    left, right = stage(fig, _fan_and_line, m, sigma)
    length = np.log2(1 + np.hypot(along, off)) / np.hypot(along, off)
    left.plot(length * along, length * off, ".", color="C0", alpha=0.5)
    angle = np.degrees(np.median(np.arctan2(off, along)))
    left.set_title(f"batches of {batch_size}: typically {angle:.0f}° off")
    right.plot(batch_size, max(measured, QUIET), "o" if measured > QUIET else "v", color="C0", clip_on=False)
    right.set_title(f"noise: {round(measured, 4):.2g} × the gradient's length")
    return measured


def _fan_and_line(fig, m, sigma):
    """Draw what stays of the noise: the full gradient among arcs of equal length, and the predicted line."""
    left, right = fig.subplots(1, 2)
    turn = np.linspace(0, np.pi, 91)
    for radius, length in zip(np.log2(1 + ARCS), ARCS, strict=True):
        left.plot(radius * np.cos(turn), radius * np.sin(turn), color="#bbbbbb", linewidth=0.8, zorder=1)
        left.annotate(f"{length}", (radius, -0.1), ha="center", va="top", fontsize=8)
    left.plot([0, 2.8], [0, 2.8], color="grey", linestyle=":")
    left.text(2.85, 2.85, "45°", color="#555555", fontsize=9)
    arrow = {"arrowstyle": "->", "linewidth": 2, "color": "#d55e00", "shrinkA": 0, "shrinkB": 0}
    left.annotate("", (1, 0), (0, 0), arrowprops=arrow, zorder=4)
    left.set(xlim=(-2.2, 3.9), ylim=(-0.5, 4), xticks=[], yticks=[], aspect="equal")
    left.set(xlabel="along the full gradient; arcs: lengths", ylabel="off to the side")
    sizes = np.unique(np.geomspace(1, m - 1, 60).round())
    right.plot(sizes, sigma / np.sqrt(sizes) * np.sqrt((m - sizes) / (m - 1)), color="grey", label="predicted")
    right.plot([], [], "o", color="C0", label="measured")
    right.set(xscale="log", yscale="log", xlim=(0.8, 1.25 * m), ylim=(QUIET, 20))
    right.set(xlabel="batch size", ylabel="noise")
    right.legend()
    return left, right
