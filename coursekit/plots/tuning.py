"""Settings compared: bands over seeds, one learning rate live, and the noise of a batch."""

import matplotlib.pyplot as plt
import numpy as np

from coursekit import metrics, optim, softmax
from coursekit.plots.style import LINES
from coursekit.plots.training import loss_curve


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


def draw_learning_rate(fig, *, learning_rate, loss, X_val, y_val, steps=200):
    """Train from zeros with one learning rate; draw the training loss and the validation accuracy.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    learning_rate : float
        Step size, the same in every step.
    loss : FullBatchLoss
        The training loss, from :class:`coursekit.softmax.FullBatchLoss`.
    X_val : array_like of shape (m, n)
        Held-out examples, prepared as those of ``loss``.
    y_val : array_like of int, shape (m,)
        Their labels.
    steps : int, default=200
        Length of the run.

    Returns
    -------
    rises : int
        Steps after which the training loss was higher than before.
    accuracy : float
        Share of the held-out examples that is right after the last step.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> loss = softmax.FullBatchLoss(np.eye(2), np.array([0, 1]))
    >>> draw_learning_rate(Figure(), learning_rate=1.0, loss=loss, X_val=np.eye(2), y_val=np.array([0, 1]))
    (0, 1.0)
    """
    history = optim.train(
        loss,
        np.zeros(loss.shape, loss.X.dtype),
        steps=steps,
        learning_rate=learning_rate,
        watch=lambda W: metrics.accuracy(softmax.predict(W, X_val), y_val),
        every=max(steps // 40, 1),
    )
    rises, accuracy = int((np.diff(history.loss) > 0).sum()), float(history.watched[-1])
    left, right = fig.subplots(1, 2)
    loss_curve(history.loss, ax=left, title=f"rate {learning_rate:.3g}: the loss rises {rises} times")
    left.set_yscale("log")
    left.axhline(np.log(loss.shape[1]), color="grey", linestyle=":")
    right.plot(history.watched_at, history.watched, linestyle=LINES["validation"], color="#d55e00")
    right.set(title=f"{accuracy:.1%} in the end", xlabel="iteration", ylabel="validation accuracy", ylim=(0, 1.02))
    return rises, accuracy


def draw_gradient_noise(fig, *, batch_size, W, X, y, count=150, seed=0):
    r"""Draw the gradients of random batches against the gradient over all examples.

    Left, every dot is one batch's gradient, in units of the full gradient's length: how far it points along the full
    gradient, and how far off to the side. Its angle at the origin is the true angle between the two. Right, the
    root mean square distance of the dots from the full gradient, beside what drawing without replacement predicts:

    .. math:: \frac{\sigma}{\sqrt{B}} \sqrt{\frac{m - B}{m - 1}}, \qquad
              \sigma^2 = \frac{1}{m} \sum_{i=1}^{m} \lVert g_i - g \rVert^2

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    batch_size : int
        Examples a batch, B, in 1..m.
    W : array_like of shape (n, k)
        Where the gradients are taken.
    X : array_like of shape (m, n)
        Examples, one row each.
    y : array_like of int, shape (m,)
        Labels.
    count : int, default=150
        Number of batches.
    seed : int, default=0
        Of the generator that draws the batches.

    Returns
    -------
    float
        The distance measured, as drawn right.

    Raises
    ------
    ValueError
        If ``batch_size`` is not in 1..m.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> rng = np.random.default_rng(0)
    >>> X, y, W = rng.random((64, 3)), rng.integers(0, 2, 64), np.zeros((3, 2))
    >>> noise = [draw_gradient_noise(Figure(), batch_size=size, W=W, X=X, y=y) for size in (4, 16, 64)]
    >>> noise[0] > 2 * noise[1] > noise[2], round(noise[2], 6)
    (True, 0.0)
    """
    m, dZ = len(y), _residuals(W, X, y)
    if not 1 <= batch_size <= m:
        raise ValueError(f"draw_gradient_noise: batch_size must lie in 1..{m}; got {batch_size}.")
    full, rng = X.T @ dZ / m, np.random.default_rng(seed)
    length = np.linalg.norm(full)
    batches = (rng.choice(m, batch_size, replace=False) for _ in range(count))
    gradients = np.array([X[rows].T @ dZ[rows] / batch_size for rows in batches]) / length  # (count, n, k)
    along = (gradients * (full / length)).sum(axis=(1, 2))
    off = np.linalg.norm(gradients - along[:, None, None] * full / length, axis=(1, 2))
    measured = float(np.sqrt(((along - 1) ** 2 + off**2).mean()))
    sigma = np.sqrt(((X**2).sum(axis=1) * (dZ**2).sum(axis=1)).mean() / length**2 - 1)
    left, right = fig.subplots(1, 2)
    _cloud(left, along, off, title=f"{count} batches of {batch_size}")
    _noise_line(right, sigma, m, batch_size, measured)
    return measured


def _residuals(W, X, y):
    """Return P - Y, (m, k)."""
    P = softmax.softmax(np.asarray(X) @ W)
    P[np.arange(len(y)), y] -= 1
    return P


def _cloud(ax, along, off, *, title):
    """Draw the batches' gradients as dots around the full gradient, an arrow of length 1."""
    reach = max(1.3, 1.1 * float(off.max()))
    ax.plot(along, off, ".", alpha=0.5)
    ax.annotate("", (1, 0), (0, 0), arrowprops={"arrowstyle": "->", "linewidth": 2, "color": "#d55e00", "shrinkB": 0})
    ax.plot([0, reach], [0, reach], color="grey", linestyle=":")  # 45 degrees
    ax.set(title=title, xlabel="along the full gradient", ylabel="off to the side", ylim=(-0.08 * reach, reach))
    ax.set_xlim(min(1 - 0.6 * reach, -0.1), 1 + 0.6 * reach)
    ax.set_aspect("equal")


def _noise_line(ax, sigma, m, batch_size, measured):
    """Draw the predicted noise against the batch size, and the measured one as a dot on it."""
    sizes = np.unique(np.geomspace(1, m - 1, 60).round())
    ax.loglog(sizes, sigma / np.sqrt(sizes) * np.sqrt((m - sizes) / (m - 1)), color="grey", label="predicted")
    ax.loglog([batch_size], [max(measured, 1e-3)], "o", label="measured")
    ax.set(
        title=f"noise {round(measured, 6):.2g} of the gradient's length",
        xlabel="batch size",
        ylabel="noise",
        ylim=(0.05, 20),
    )
    ax.legend()
