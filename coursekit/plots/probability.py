"""Scores and probabilities as pictures."""

import numpy as np
from matplotlib import colormaps
from matplotlib.patches import Patch, Rectangle

from coursekit import softmax
from coursekit.plots.stage import stage
from coursekit.plots.style import CLASS_COLOURS

GUESS = {"alpha": 0.55, "hatch": "//", "edgecolor": "white"}
BELOW = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.25), "ncols": 2}


def draw_temperature(fig, *, temperature=1.0, score_A=2.0, score_B=1.0, score_C=0.5, score_D=-1.0):
    """Draw four scores and the softmax of the scores divided by a temperature.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or used by this function before.
    temperature : float, default=1.0
        Positive; small values sharpen the probabilities, large ones flatten them.
    score_A, score_B, score_C, score_D : float
        One score for each class, from -4 to 4.

    Returns
    -------
    ndarray of shape (4,)
        The probabilities drawn.

    Raises
    ------
    ValueError
        If ``temperature`` is not positive.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_temperature(Figure(), temperature=100.0).round(2)
    array([0.25, 0.25, 0.25, 0.25])
    """
    if not temperature > 0:
        raise ValueError(f"draw_temperature: temperature must be positive; got {temperature}. It divides the scores.")
    z = np.array([score_A, score_B, score_C, score_D])
    p = softmax.softmax([z / temperature])[0]
    left, right = stage(fig, _scores_and_probabilities)
    _bars(left, range(4), z, text="{:.1f}")
    _bars(right, range(4), p)
    times = np.exp((score_A - score_B) / temperature)
    ratio = f"{times:.3g}" if times < 1000 or times >= 1e9 else f"{times:,.0f}"
    right.set_title(f"T = {temperature:.3g}: p(A) = {ratio} p(B)")
    return p


def _scores_and_probabilities(fig):
    """Draw what stays: one place for each class, with room for scores from -4 to 4 and for probabilities."""
    left, right = fig.subplots(1, 2)
    left.set(ylabel="score z", xlim=(-0.6, 3.6), ylim=(-4.8, 4.8))
    left.set_xticks(range(4), list("ABCD"))
    left.axhline(0, color="black", linewidth=0.8)
    _probability_axes(right, "ABCD", ylabel="probability softmax(z / T)")
    return left, right


def _probability_axes(ax, class_names, *, ylabel="probability"):
    """Make room for one probability a class."""
    ax.set(ylabel=ylabel, xlim=(-0.6, len(class_names) - 0.4), ylim=(0, 1.1))
    ax.set_xticks(range(len(class_names)), list(class_names))


def _bars(ax, places, heights, *, width=0.8, text="{:.3f}", **style):
    """Draw a bar in the colour of each class, with its height at its end."""
    gap = 0.01 * np.ptp(ax.get_ylim())
    for place, height, colour in zip(places, heights, CLASS_COLOURS, strict=False):
        ax.add_artist(Rectangle((place - width / 2, 0), width, height, facecolor=colour, **style))
        side, beyond = ("bottom", gap) if height >= 0 else ("top", -gap)
        written = text.format(height).replace("-", "−")  # as the axes write it
        ax.text(place, height + beyond, written, ha="center", va=side, fontsize=9, in_layout=False)


def draw_layer(fig, *, W, b, class_names="ABC", image_shape=(2, 2), **pixels):
    """Draw a tiny image, the layer that scores it, and the probabilities.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or used by this function before.
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
    left, middle, right = stage(fig, _image_and_layer, tuple(map(tuple, W)), tuple(class_names), tuple(image_shape))
    left.imshow(x.reshape(image_shape), cmap="gray_r", vmin=0, vmax=1)
    _activity(middle, x, z)
    _bars(right, range(len(p)), p)
    first = [name for name, value in zip(class_names, p, strict=True) if np.isclose(value, p.max())]
    right.set_title(f"likeliest: {', '.join(first)}")
    return p


def _image_and_layer(fig, W, class_names, image_shape):
    """Draw what stays: a frame for the image, the weights as lines, the classes, and room for the probabilities."""
    left, middle, right = fig.subplots(1, 3, width_ratios=(1, 1.8, 1.6))
    height, width = image_shape
    left.set(xlabel="image x", xticks=[], yticks=[], aspect="equal", autoscale_on=False)
    left.set(xlim=(-0.53, width - 0.47), ylim=(height - 0.47, -0.53))  # the image must not cover the frame
    left.spines[:].set_visible(True)
    _weights(middle, np.array(W), class_names)
    _probability_axes(right, class_names, ylabel="probability softmax(z)")
    return left, middle, right


def _weights(ax, W, class_names):
    """Draw the weights as lines between pixels and named classes."""
    rows, outs = _places(*W.shape)
    share = W / (np.abs(W).max() or 1)
    for i, j in np.ndindex(*W.shape):
        colour = colormaps["RdBu"](0.5 + 0.35 * share[i, j])
        ax.plot([0, 1], [rows[i], outs[j]], color=colour, linewidth=3 * abs(share[i, j]))
    ax.scatter(np.ones(len(outs)), outs, s=420, c=CLASS_COLOURS[: len(outs)], zorder=2)
    for i, height in enumerate(rows, 1):
        ax.text(-0.16, height, f"$x_{{{i}}}$", ha="right", va="center")
    for name, height in zip(class_names, outs, strict=True):
        ax.text(1.65, height, name, va="center")
    ax.set(xlim=(-0.4, 2.3), ylim=(0, 1), xticks=[], yticks=[], xlabel="scores z = xW + b")
    ax.spines[:].set_visible(False)


def _activity(ax, x, z):
    """Draw the pixels and write the scores, at both ends of the lines."""
    rows, outs = _places(len(x), len(z))
    ax.scatter(np.zeros(len(x)), rows, s=420, c=x, cmap="gray_r", vmin=0, vmax=1, edgecolors="black", zorder=2)
    for score, height in zip(z, outs, strict=True):
        ax.text(1.16, height, f"{score:+.2f}", va="center", in_layout=False)


def _places(n, k):
    """Return the heights of n pixels and of k classes."""
    return np.linspace(0.9, 0.1, n), np.linspace(0.8, 0.2, k)


def draw_divergence(fig, *, truth_A=2.0, truth_B=1.0, guess_A=-1.0, guess_B=0.0):
    """Draw two distributions over three classes, and what it costs to take one for the other, both ways round.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or used by this function before.
    truth_A, truth_B : float
        Scores of the classes A and B, from -4 to 4; C scores 0. The truth p is their softmax.
    guess_A, guess_B : float
        The same for the guess q.

    Returns
    -------
    entropy, kl, reverse_entropy, reverse_kl : float
        H(p), KL(p || q), H(q) and KL(q || p), in nats.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> parts = draw_divergence(Figure(), truth_A=np.log(2), truth_B=0.0, guess_A=0.0, guess_B=0.0)
    >>> [round(part, 3) for part in parts]
    [1.04, 0.059, 1.099, 0.057]
    """
    Z = np.array([[truth_A, truth_B, 0.0], [guess_A, guess_B, 0.0]])
    log_p, log_q = Z - softmax.log_sum_exp(Z)[:, None]
    p, q = np.exp(log_p), np.exp(log_q)
    parts = [float(v) for v in (-p @ log_p, p @ (log_p - log_q), -q @ log_q, q @ (log_q - log_p))]
    left, right = stage(fig, _distributions_and_costs)
    _bars(left, np.arange(3) - 0.21, p, width=0.42, text="{:.2f}")
    _bars(left, np.arange(3) + 0.21, q, width=0.42, text="{:.2f}", **GUESS)
    _stacked(right, parts)
    return tuple(parts)


def _distributions_and_costs(fig):
    """Draw what stays: places for two bars a class, and for two costs of up to 8 nats."""
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.5))
    _probability_axes(left, "ABC")
    handles = [Patch(color="#777777", label="truth p"), Patch(facecolor="#777777", label="guess q", **GUESS)]
    left.set_xlabel("class")
    left.legend(handles=handles, **BELOW)
    right.set(xlim=(0, 8.2), ylim=(1.4, -0.6), xlabel="nats")
    right.set_yticks([0, 1], ["p happens,\nyou expect q", "q happens,\nyou expect p"])
    handles = [Patch(color="#bbbbbb", label="entropy"), Patch(color="C2", label="KL divergence")]
    right.legend(handles=handles, **BELOW)
    return left, right


def _stacked(ax, parts):
    """Draw two cross-entropies, each as an entropy and the divergence on top of it."""
    for row, (entropy, extra) in enumerate((parts[:2], parts[2:])):
        ax.add_artist(Rectangle((0, row - 0.2), entropy, 0.4, facecolor="#bbbbbb"))
        ax.add_artist(Rectangle((entropy, row - 0.2), extra, 0.4, facecolor="C2"))
        sum_of = f" {entropy:.3f} + {extra:.3f} = {entropy + extra:.2f}"
        ax.text(0, row - 0.25, sum_of, va="bottom", in_layout=False)
    ax.set_title(f"KL {parts[1]:.3f} and {parts[3]:.3f}")


def draw_sigmoid_losses(fig, *, z=-4.0):
    """Draw two losses behind a sigmoid, and their gradients, for a target of 1.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or used by this function before.
    z : float, default=-4.0
        The score at which the tangents are drawn, from -8 to 8; negative is wrong.

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
    left, right = stage(fig, _losses_and_gradients)
    (squared, slow), (cross, steady) = _squared(z), _logistic(z)
    near = z + np.array([-2.5, 2.5])
    for colour, height, slope in (("C0", squared, slow), ("C1", cross, steady)):
        left.plot(near, height + slope * (near - z), color="black", linewidth=0.9)
        left.plot(z, height, "o", color=colour)
        right.plot(z, slope, "o", color=colour)
    left.set_title(f"losses {squared:.4f} and {cross:.4f}")
    right.set_title(f"gradients {slow:z.4f} and {steady:z.4f}")
    return float(slow), float(steady)


def _losses_and_gradients(fig):
    """Draw what stays: the curves of both losses and of their gradients."""
    left, right = fig.subplots(1, 2)
    grid = np.linspace(-8, 8, 321)
    for name, colour, loss in (("squared error", "C0", _squared), ("cross-entropy", "C1", _logistic)):
        values, gradients = loss(grid)
        left.plot(grid, values, color=colour, label=name)
        right.plot(grid, gradients, color=colour)
    left.set(ylabel="loss", ylim=(-1, 11.5))
    right.set(ylabel="d loss / dz", ylim=(-1.1, 0.1))
    for ax in (left, right):
        ax.set(xlabel="score z", xlim=(-8.6, 8.6), xticks=range(-8, 9, 4))
    left.legend(loc="upper right")
    return left, right


def _squared(z):
    """Return (sigmoid(z) - 1)**2 and its gradient in z."""
    p = 1 / (1 + np.exp(-z))
    return (p - 1) ** 2, 2 * (p - 1) * p * (1 - p)


def _logistic(z):
    """Return -log(sigmoid(z)) and its gradient in z."""
    return np.logaddexp(0, -z), -1 / (1 + np.exp(z))
