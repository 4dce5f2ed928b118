"""Penalties as pictures: what a strength does to the weights, and why L1 meets its corners."""

import numpy as np

from coursekit import metrics, optim, softmax
from coursekit.plots.images import weights
from coursekit.plots.style import LINES

NORMS = {"L1": 1, "L2": 2}


def draw_penalty(fig, *, strength=0.01, norm="L2", training, validation, image_shape, steps=150):
    """Train under a penalty and draw the two accuracies and the weights.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    strength : float, default=0.01
        Factor of the penalty, beside a mean loss.
    norm : {"L2", "L1"}
        Half the squares of the weights, or their absolute values. The bias is not penalised.
    training, validation : tuple of ndarray
        Examples (m, n + 1) whose last column is 1, and labels (m,).
    image_shape : tuple of int
        Height and width of an example; their product is n.
    steps : int, default=150
        Accelerated proximal steps from zeros.

    Returns
    -------
    dict of str to float
        ``training`` and ``validation`` accuracy, and ``zeros``, the share of exact zeros among the weights of the
        pixels that are inked in any training example (the others never move).

    Raises
    ------
    ValueError
        If ``norm`` is unknown or ``strength`` is negative.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> X, y = np.array([[1.0, 0, 0, 0, 1], [0, 0, 0, 1, 1]]), np.array([0, 1])
    >>> draw_penalty(Figure(), strength=1.0, norm="L1", training=(X, y), validation=(X, y), image_shape=(2, 2))
    {'training': 0.5, 'validation': 0.5, 'zeros': 1.0}
    """
    if norm not in NORMS or strength < 0:
        raise ValueError(f"draw_penalty: norm must be 'L1' or 'L2' and strength >= 0; got {norm!r} and {strength}.")
    W = _fit(*training, **{norm.lower(): strength}, steps=steps)
    shares = {
        name: metrics.accuracy(softmax.predict(W, X), y)
        for name, (X, y) in (("training", training), ("validation", validation))
    }
    zeros = float((W[:-1][training[0][:, :-1].any(axis=0)] == 0).mean())
    left, right = fig.subplots(1, 2, width_ratios=(1, 2.4))
    bars = left.bar(list(shares), list(shares.values()), color="#bbccee", edgecolor="black", width=0.6)
    for bar, name in zip(bars, shares, strict=True):
        bar.set_linestyle(LINES[name])
    left.bar_label(bars, fmt="%.3f")
    left.set(ylim=(0, 1.1), ylabel="accuracy", title=f"{norm}, strength {strength:.2g}")
    names = [str(c) for c in range(W.shape[1])]
    weights(W[:-1], image_shape, names, ax=right, title=f"{zeros:.0%} of the weights are exactly 0")
    return {**shares, "zeros": zeros}


def _fit(X, y, *, l1=0.0, l2=0.0, steps):
    """Return weights near the minimum of loss + penalty; both penalties act through their proximal step."""
    k = int(y.max()) + 1
    rate = 2 * len(X) / np.linalg.norm(X, 2) ** 2  # one over the largest curvature of the loss
    W = ahead = np.zeros((X.shape[1], k))
    for step in range(steps):
        before, W = W, ahead - rate * softmax.softmax_loss(ahead, X, y)[1]
        W[:-1] = optim.soft_threshold(W[:-1], rate * l1) / (1 + rate * l2)
        ahead = W + step / (step + 3) * (W - before)
    return W


def draw_corners(fig, *, direction=60.0, budget=1.0):
    """Draw a bowl-shaped loss of two weights, and the lowest point that each norm's budget allows.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    direction : float, default=60.0
        Where the unpenalised minimum lies, in degrees from the first axis; it is 2 away from the origin.
    budget : float, default=1.0
        What the norm of the weights may reach.

    Returns
    -------
    dict of str to ndarray of shape (2,)
        The lowest allowed weights under ``L1`` and ``L2``.

    Raises
    ------
    ValueError
        If ``budget`` is not positive.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_corners(Figure(), direction=80.0)["L1"]
    array([0., 1.])
    """
    if not budget > 0:
        raise ValueError(f"draw_corners: budget must be positive; got {budget}.")
    centre = 2 * np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))])
    lowest = {}
    for ax, (name, order) in zip(fig.subplots(1, 2, sharey=True), NORMS.items(), strict=True):
        edge = _edge(order, budget)
        inside = np.linalg.norm(centre, order) <= budget
        lowest[name] = centre if inside else edge[_bowl(edge, centre).argmin()]
        _landscape(ax, centre, edge, lowest[name])
        ax.set(title=f"{name}: w = ({lowest[name][0]:.2f}, {lowest[name][1]:.2f})", xlabel="$w_1$")
    fig.axes[0].set_ylabel("$w_2$")
    return lowest


def _edge(order, budget):
    """Return points (3600, 2) around the edge of a norm's ball, the corners among them."""
    angle = np.radians(np.arange(0, 360, 0.1))
    points = np.column_stack([np.cos(angle), np.sin(angle)]).round(12)
    return budget * points / np.linalg.norm(points, order, axis=1, keepdims=True)


def _bowl(w, centre):
    """Return the loss at points (..., 2): a bowl whose two axes pull on each other."""
    a, b = np.moveaxis(w - centre, -1, 0)
    return (a * a + a * b + b * b) / 2


def _landscape(ax, centre, edge, lowest):
    """Draw contour lines, the ball, the unpenalised minimum and the lowest allowed point."""
    grid = np.stack(np.meshgrid(*[np.linspace(-2.4, 2.4, 81)] * 2), axis=-1)
    floor = _bowl(lowest, centre)
    ax.contour(*np.moveaxis(grid, -1, 0), _bowl(grid, centre), levels=8, colors="grey", linewidths=0.6)
    if floor > 0:
        ax.contour(*np.moveaxis(grid, -1, 0), _bowl(grid, centre), levels=[floor], colors="#d55e00")
    ax.fill(*edge[::20].T, color="#0072b2", alpha=0.25, linewidth=0)
    ax.plot(*centre, "x", color="black", label="without penalty")
    ax.plot(*lowest, "o", color="#d55e00", label="lowest in the ball")
    ax.axhline(0, color="black", linewidth=0.5), ax.axvline(0, color="black", linewidth=0.5)
    ax.set(aspect="equal", xlim=(-2.4, 2.4), ylim=(-2.4, 2.4))
    ax.legend(loc="lower left", fontsize=8)
