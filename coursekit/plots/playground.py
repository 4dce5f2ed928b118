"""A linear classifier in the plane: its regions, its weights, and what each point costs."""

import numpy as np
from matplotlib.colors import to_rgb

from coursekit import softmax
from coursekit.penalty import l2_penalty
from coursekit.plots.stage import stage
from coursekit.plots.style import CLASS_COLOURS
from coursekit.preprocessing import add_bias

COLOURS = [CLASS_COLOURS[c] for c in (0, 6, 2, 5)]  # far apart from each other
REACH, GRID, SHOWN = 3.0, 96, 200  # the plane's half width, pixels a side, steps of the curve


def _point_losses(W, X, y, loss):
    """Return what each point adds to the mean loss, times the number of points; without the penalty."""
    Z = add_bias(X) @ W
    true = Z[np.arange(len(y)), y]
    if loss == "softmax":
        return softmax.log_sum_exp(Z) - true
    return np.maximum(Z - true[:, None] + 1, 0).sum(axis=1) - 1  # the true class itself gives the 1


def draw_playground(fig, *, W, X, y, loss="softmax", l2=0.0, history=()):
    """Draw the regions of a linear classifier with its points, the loss of each point, and the loss over the steps.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function drew before.
    W : ndarray of shape (3, k)
        Weights of the two coordinates, and the bias in the last row; k is at most 4.
    X : ndarray of shape (m, 2)
        Points, within -3..3.
    y : ndarray of int, shape (m,)
        Labels in 0..k-1.
    loss : {"softmax", "SVM"}
        Cross-entropy, or hinge with margin 1.
    l2 : float, default=0.0
        Strength of the penalty on the weights.
    history : sequence of float
        The objective after each step so far; the last 200 are shown.

    Returns
    -------
    value : float
        Mean loss plus penalty.
    accuracy : float
        Share of the points in the region of their class.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> X, y = np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([0, 1])
    >>> W = np.array([[2.0, -2.0], [0.0, 0.0], [0.0, 0.0]])
    >>> value, accuracy = draw_playground(Figure(), W=W, X=X, y=y)
    >>> round(value, 3), accuracy
    (0.018, 1.0)
    """
    losses = _point_losses(W, X, y, loss)
    value = float(losses.mean() + l2_penalty(W, l2, bias=True)[0])
    plane, bars, curve = stage(fig, _build, len(y), W.shape[1])
    _regions(plane, W, loss)
    accuracy = float(((add_bias(X) @ W).argmax(axis=1) == y).mean())
    colours = [COLOURS[c] for c in y]
    plane.scatter(*X.T, s=90, c=colours, edgecolors="white", linewidths=1.5, zorder=3)
    arrows = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.012, "zorder": 2}
    plane.quiver(*np.zeros((2, W.shape[1])), *W[:2], color=COLOURS[: W.shape[1]], **arrows)
    plane.set_title(f"{accuracy:.0%} of the points are right")
    bars.barh(np.arange(len(y)), losses, color=colours, height=0.75)
    bars.set_title(f"mean loss {losses.mean():.3f}, penalty {value - losses.mean():.3f}")
    shown = np.array([*history, value])[-SHOWN - 1 :]
    curve.plot(np.arange(1 - len(shown), 1), np.clip(shown, 1e-2, 10), color="#0072b2")
    curve.plot(0, np.clip(value, 1e-2, 10), "o", color="#0072b2", clip_on=False)
    curve.set_title(f"{loss}: {value:.3f} in all")
    return value, accuracy


def _build(fig, m, k):
    """Draw what stays: three axes with their limits."""
    plane, bars, curve = fig.subplots(1, 3, width_ratios=(1.25, 1, 1))
    plane.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel="$x_1$", ylabel="$x_2$", aspect="equal", title=" ")
    names = [f"point {i + 1}" for i in range(m)]
    bars.set_yticks(range(m), names, fontsize=8)
    bars.set(xlim=(0, 4), ylim=(m - 0.4, -0.6), xlabel="loss of the point", title=" ")
    curve.set(xlim=(-SHOWN, 0), ylim=(1e-2, 10), yscale="log", xlabel="steps back", ylabel="loss + penalty", title=" ")
    return plane, bars, curve


def _regions(ax, W, loss):
    """Paint the plane in the classes' colours: mixed as the probabilities for softmax, the highest score for SVM."""
    ticks = (np.arange(GRID) + 0.5) / GRID * 2 * REACH - REACH
    plane = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    Z = add_bias(plane) @ W
    shares = softmax.softmax(Z) if loss == "softmax" else np.eye(W.shape[1])[Z.argmax(axis=1)]
    paint = 1 - 0.45 * (1 - shares @ np.array([to_rgb(colour) for colour in COLOURS[: W.shape[1]]]))
    extent = (-REACH, REACH, -REACH, REACH)
    ax.imshow(paint.reshape(GRID, GRID, 3), origin="lower", extent=extent, interpolation="bilinear", zorder=0)
