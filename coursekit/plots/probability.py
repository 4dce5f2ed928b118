"""Scores and probabilities as pictures."""

import numpy as np

from coursekit import softmax
from coursekit.plots.style import CLASS_COLOURS


def draw_temperature(fig, *, temperature=1.0, scores=(2.0, 1.0, 0.5, -1.0), class_names="ABCD"):
    """Draw scores and the softmax of the scores divided by a temperature.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    temperature : float, default=1.0
        Positive; small values sharpen the probabilities, large ones flatten them.
    scores : array_like of shape (k,)
        One score per class.
    class_names : sequence of str
        The k names.

    Returns
    -------
    ndarray of shape (k,)
        The probabilities drawn.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_temperature(Figure(), temperature=100.0).round(2)
    array([0.25, 0.25, 0.25, 0.25])
    """
    left, right = fig.subplots(1, 2)
    p = softmax.softmax(np.array([scores]) / temperature)[0]
    colours = CLASS_COLOURS[: len(p)]
    left.bar(list(class_names), scores, color=colours)
    left.axhline(0, color="black", linewidth=0.8)
    left.set(title="scores z", ylabel="score")
    bars = right.bar(list(class_names), p, color=colours)
    right.bar_label(bars, fmt="%.3f")
    right.set(title=f"softmax(z / {temperature:.2g})", ylabel="probability", ylim=(0, 1.1))
    return p


def draw_layer(fig, *, W, b, class_names="ABC", image_shape=(2, 2), **pixels):
    """Draw a tiny image, the layer that scores it, and the probabilities.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    W : array_like of shape (n, k)
        Weights; each is a line from a pixel to a class, blue where it speaks for the class, red where against.
    b : array_like of shape (k,)
        Bias of each class.
    class_names : sequence of str
        The k names.
    image_shape : tuple of int
        Height and width; their product is n.
    **pixels
        The n pixels in order, 0 (paper) to 1 (ink), under any names.

    Returns
    -------
    ndarray of shape (k,)
        The probabilities drawn.

    Raises
    ------
    ValueError
        If there is not one pixel for each row of ``W``.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_layer(Figure(), W=np.eye(4)[:, :3], b=np.zeros(3), x1=0, x2=0, x3=0, x4=1).round(3)
    array([0.333, 0.333, 0.333])
    """
    W, x = np.asarray(W, float), np.array(list(pixels.values()), float)
    if len(x) != len(W):
        raise ValueError(f"draw_layer: W has {len(W)} rows, one a pixel; got {len(x)} pixels.")
    z = x @ W + b
    p = softmax.softmax([z])[0]
    left, middle, right = fig.subplots(1, 3, width_ratios=(1, 1.8, 1.6))
    left.imshow(x.reshape(image_shape), cmap="gray_r", vmin=0, vmax=1)
    left.set(title="image x", xticks=[], yticks=[])
    left.spines[:].set_visible(True)
    _network(middle, x, W, z, class_names)
    bars = right.bar(list(class_names), p, color=CLASS_COLOURS[: len(p)])
    right.bar_label(bars, fmt="%.3f")
    right.set(title="softmax(z)", ylabel="probability", ylim=(0, 1.1))
    return p


def _network(ax, x, W, z, class_names):
    """Draw pixels, weights and scores as a single fully connected layer."""
    from matplotlib import colormaps

    (n, k), limit = W.shape, np.abs(W).max()
    rows, outs = np.linspace(0.9, 0.1, n), np.linspace(0.8, 0.2, k)
    for i, j in np.ndindex(n, k):
        colour = colormaps["RdBu"](0.5 + 0.35 * W[i, j] / limit)
        ax.plot([0, 1], [rows[i], outs[j]], color=colour, linewidth=3 * abs(W[i, j]) / limit, zorder=1)
    ax.scatter(np.zeros(n), rows, s=420, c=x, cmap="gray_r", vmin=0, vmax=1, edgecolors="black", zorder=2)
    ax.scatter(np.ones(k), outs, s=420, c=CLASS_COLOURS[:k], zorder=2)
    for value, height in zip(x, rows, strict=True):
        ax.text(-0.16, height, f"{value:.2g}", ha="right", va="center")
    for name, score, height in zip(class_names, z, outs, strict=True):
        ax.text(1.16, height, f"{name}: {score:+.2f}", va="center")
    ax.set(xlim=(-0.4, 1.9), ylim=(0, 1), title="scores z = xW + b")
    ax.set_axis_off()


def draw_divergence(fig, *, score_a=0.0, score_b=0.0, p=(0.5, 0.25, 0.25), class_names="ABC"):
    """Draw a distribution, a guess at it, and what the guess costs, both ways round.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    score_a, score_b : float, default=0.0
        Scores of the first two classes; the third scores 0. The guess q is their softmax.
    p : array_like of shape (3,)
        What really happens; positive, sums to 1.
    class_names : sequence of str
        The three names.

    Returns
    -------
    entropy, kl, reverse_entropy, reverse_kl : float
        H(p), KL(p || q), H(q) and KL(q || p), in nats.

    Raises
    ------
    ValueError
        If ``p`` is not three positive numbers that sum to 1.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> [round(part, 3) for part in draw_divergence(Figure(), score_a=np.log(2))]
    [1.04, 0.0, 1.04, 0.0]
    """
    p = np.asarray(p, float)
    if p.shape != (3,) or not (p > 0).all() or not np.isclose(p.sum(), 1):
        raise ValueError(f"draw_divergence: p must be three positive numbers that sum to 1; got {p.tolist()}.")
    q = softmax.softmax([[score_a, score_b, 0.0]])[0]
    parts = [float(v) for v in (-p @ np.log(p), p @ np.log(p / q), -q @ np.log(q), q @ np.log(q / p))]
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.5))
    places = np.arange(3)
    left.bar(places - 0.2, p, 0.4, color=CLASS_COLOURS[:3])
    left.bar(places + 0.2, q, 0.4, color=CLASS_COLOURS[:3], alpha=0.55, hatch="//", edgecolor="white")
    left.set(title="truth p (solid), guess q (hatched)", ylabel="probability", ylim=(0, 1))
    left.set_xticks(places, list(class_names))
    _stacked(right, parts)
    return tuple(parts)


def _stacked(ax, parts):
    """Draw two cross-entropies, each as an entropy and the divergence on top of it."""
    (h, kl, back_h, back_kl), names = parts, ["truth p,\nguess q", "truth q,\nguess p"]
    ax.barh(names, [h, back_h], 0.4, color="#bbbbbb", label="entropy")
    ax.barh(names, [kl, back_kl], 0.4, left=[h, back_h], color="C1", label="KL divergence")
    for row, (entropy, extra) in enumerate(((h, kl), (back_h, back_kl))):
        ax.text(0, row - 0.25, f" {entropy:.3f} + {extra:.3f} = {entropy + extra:.3f}", va="bottom")
    longest = max(h + kl, back_h + back_kl)
    ax.set(xlim=(0, max(2.5, 1.05 * longest)), ylim=(1.3, -0.6), xlabel="nats", title="entropy + KL = cross-entropy")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.25), ncols=2)


def draw_sigmoid_losses(fig, *, z=-4.0):
    """Draw two losses behind a sigmoid, and their gradients, for a target of 1.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    z : float, default=-4.0
        The score at which the tangents are drawn; negative is wrong.

    Returns
    -------
    squared, cross_entropy : float
        The gradient in ``z`` of each loss.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> [round(slope, 4) for slope in draw_sigmoid_losses(Figure(), z=0.0)]
    [-0.25, -0.5]
    """
    grid = np.linspace(-8, 8, 321)
    left, right = fig.subplots(1, 2)
    slopes = []
    for name, loss in (("squared error", _squared), ("cross-entropy", _logistic)):
        values, gradients = loss(grid)
        height, slope = loss(z)
        (curve,) = left.plot(grid, values, label=f"{name}: slope {slope:.4f}")
        near = z + np.array([-2.5, 2.5])
        left.plot(near, height + slope * (near - z), color="black", linewidth=0.9)
        right.plot(grid, gradients)
        for ax, value in ((left, height), (right, slope)):
            ax.plot(z, value, "o", color=curve.get_color())
        slopes.append(float(slope))
    left.set(title=f"two losses, and their tangents at z = {z:.2f}", xlabel="score z", ylabel="loss", ylim=(-1, 11.5))
    right.set(title="their gradients", xlabel="score z", ylabel="d loss / dz", ylim=(-1.1, 0.1))
    left.legend(loc="upper right")
    return tuple(slopes)


def _squared(z):
    """Return (sigmoid(z) - 1)**2 and its gradient in z."""
    p = 1 / (1 + np.exp(-z))
    return (p - 1) ** 2, 2 * (p - 1) * p * (1 - p)


def _logistic(z):
    """Return -log(sigmoid(z)) and its gradient in z."""
    return np.logaddexp(0, -z), -1 / (1 + np.exp(z))
