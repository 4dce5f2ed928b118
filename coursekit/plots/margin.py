"""The hinge loss beside the cross-entropy, on the same scores of one example."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from coursekit import softmax
from coursekit.plots.stage import stage

SVM, SOFTMAX = "#d55e00", "#0072b2"
PLACES = np.linspace(-4, 6, 201)  # of the true score
CLASSES = ("true", "wrong 1", "wrong 2")


def _losses(true, wrong, margin):
    """Return hinge loss and cross-entropy for scores (s,) of the true class beside those of the wrong ones."""
    true = np.asarray(true, float)[:, None]
    Z = np.hstack([true, np.broadcast_to(wrong, (len(true), len(wrong)))])
    hinge = np.maximum(Z[:, 1:] - true + margin, 0).sum(axis=1)
    return hinge, softmax.log_sum_exp(Z) - true[:, 0]


def _gradients(true, wrong, margin):
    """Return the gradients of both losses in the three scores."""
    Z = np.array([true, *wrong], float)
    C = (Z - true + margin > 0).astype(float)
    C[0] = -C[1:].sum()
    return C, softmax.softmax([Z])[0] - np.array([1.0, 0, 0])


def draw_margin(fig, *, true_score=0.0, wrong_1=1.0, wrong_2=-1.5, margin=1.0):
    r"""Draw three scores of one example with the margin, what both losses make of them, and how hard each pushes.

    The losses are :math:`\sum_j \max(0, z_j - z_y + \Delta)` over the wrong classes and
    :math:`\log \sum_j e^{z_j} - z_y`.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function drew before.
    true_score, wrong_1, wrong_2 : float
        Scores of the true class and of two wrong ones.
    margin : float, default=1.0
        How far below the true score a wrong one costs nothing; 0 or more.

    Returns
    -------
    hinge, cross_entropy : float
        The two losses.

    Raises
    ------
    ValueError
        If ``margin`` is negative.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> hinge, cross_entropy = draw_margin(Figure(), true_score=2.0, wrong_1=1.0, wrong_2=0.0)
    >>> hinge, round(cross_entropy, 4)
    (0.0, 0.4076)
    """
    if not margin >= 0:
        raise ValueError(f"draw_margin: margin must be 0 or more; got {margin}.")
    wrong = np.array([wrong_1, wrong_2])
    line, curves, pushes = stage(fig, _build)
    hinge, cross = (float(loss[0]) for loss in _losses([true_score], wrong, margin))
    _draw_scores(line, true_score, wrong, margin)
    for values, now, colour in zip(_losses(PLACES, wrong, margin), (hinge, cross), (SVM, SOFTMAX), strict=True):
        curves.plot(PLACES, values, color=colour)
        curves.plot(true_score, now, "o", color=colour, markeredgecolor="white", markersize=9, clip_on=False)
    curves.set_title(f"SVM {hinge:.2f}, softmax {cross:.2f}")
    for values, shift, colour in zip(_gradients(true_score, wrong, margin), (-0.2, 0.2), (SVM, SOFTMAX), strict=True):
        pushes.barh(np.arange(3) + shift, values, height=0.36, color=colour)
        for place, value in zip(np.arange(3) + shift, values, strict=True):
            text, side = f"{value + 0.0:.3g}" if abs(value) > 5e-4 or not value else f"{value:.0e}", value < 0
            text = text.replace("-", "−")  # as the axes write it
            pushes.annotate(text, (value, place), (-3 if side else 3, 0), textcoords="offset points", va="center",
                            ha="right" if side else "left", fontsize=8)  # fmt: skip
    return hinge, cross


def _draw_scores(ax, true, wrong, margin):
    """Draw the scores as dots, the zone that wrong ones must keep out of, and how far each lies over its left edge."""
    ax.add_patch(Rectangle((true - margin, -1), margin, 4, color="#dddddd", linewidth=0, zorder=0))
    ax.axvline(true, color="black", linewidth=1.2)
    ax.plot(true, 0, "o", color="black", markersize=9, clip_on=False)
    for row, score in enumerate(wrong, start=1):
        over = score > true - margin
        ax.plot([true - margin, max(score, true - margin)], [row, row], color=SVM, linewidth=3)
        ax.plot(score, row, "o", color="black", fillstyle="full" if over else "none", markersize=9, clip_on=False)
    count = int((wrong > true - margin).sum())
    ax.set_title(f"{count} of 2 margins violated")


def _build(fig):
    """Draw what stays: three axes with their limits, and what the colours mean."""
    line, curves, pushes = fig.subplots(1, 3, width_ratios=(1, 1.1, 1))
    line.set(xlim=(-7, 6), ylim=(2.6, -0.6), xlabel="score", title=" ")
    line.set_yticks(range(3), CLASSES)
    curves.set(xlim=(-4, 6), ylim=(0, 10), xlabel="score of the true class", ylabel="loss of the example", title=" ")
    pushes.axvline(0, color="black", linewidth=0.8)
    pushes.set(xlim=(-2.9, 1.9), ylim=(2.6, -0.6), xlabel="gradient in the score", title="how hard each pushes")
    pushes.set_yticks(range(3), CLASSES)
    handles = [Line2D([], [], color=SVM, linewidth=3, label="SVM"), Line2D([], [], color=SOFTMAX, label="softmax")]
    fig.legend(handles=[*handles, Patch(color="#dddddd", label="margin")], loc="outside lower center", ncols=3)
    return line, curves, pushes
