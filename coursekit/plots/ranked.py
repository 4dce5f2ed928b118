"""Examples ordered by their loss: one image, its true and predicted name, and what the model made of it."""

import numpy as np

from coursekit.plots.stage import stage
from coursekit.plots.style import CLASS_COLOURS


def draw_ranked(fig, *, rank, X, y, P, image_shape, class_names):
    """Draw the example whose loss has a rank, its probabilities, and where its loss lies among all.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    rank : int
        1 for the highest loss, up to m.
    X : ndarray of shape (m, n)
        Images, one row each.
    y : ndarray of int, shape (m,)
        Labels.
    P : ndarray of shape (m, k)
        Probabilities.
    image_shape : tuple of int
        Height and width; their product is n.
    class_names : sequence of str
        The k names.

    Returns
    -------
    float
        The loss of that example in nats.

    Raises
    ------
    ValueError
        If ``rank`` is not in 1..m.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> P = np.array([[0.5, 0.5], [0.1, 0.9]])
    >>> shown = {"X": np.eye(2), "y": np.array([0, 0]), "P": P, "image_shape": (1, 2), "class_names": "ab"}
    >>> round(draw_ranked(Figure(), rank=1, **shown), 3), round(draw_ranked(Figure(), rank=2, **shown), 3)
    (2.303, 0.693)
    """
    if not 1 <= rank <= len(y):
        raise ValueError(f"draw_ranked: rank must lie in 1..{len(y)}; got {rank}.")
    picture, bars, curve = stage(fig, _axes, X, y, P, image_shape, class_names)
    losses = _losses(P, y)
    i = np.argsort(-losses, kind="stable")[rank - 1]
    top = P[i].argmax()
    picture.imshow(np.reshape(X[i], image_shape), cmap="gray_r", interpolation="nearest")
    picture.set_title(f"label: {class_names[y[i]]}\npredicted: {class_names[top]}")
    bars.hlines(range(len(P[i])), 0, P[i], colors=CLASS_COLOURS[: len(P[i])], linewidth=8)
    bars.plot(P[i, y[i]], y[i], "kx", markersize=8, clip_on=False)
    bars.set_title(f"x: the label's probability, {P[i, y[i]]:.2g}")
    curve.plot(rank, losses[i], "o", color="#d55e00")
    curve.set_title(f"rank {rank}: {losses[i]:.2f} nats")
    return float(losses[i])


def _losses(P, y):
    """Return the cross-entropy of each example; a probability of 0 counts as the least positive number."""
    p = P[np.arange(len(y)), y]
    return -np.log(np.maximum(p, np.finfo(p.dtype).tiny))


def _axes(fig, X, y, P, image_shape, class_names):
    """Draw what stays: the frame of the image, the axis of the probabilities, the losses in their order."""
    picture, bars, curve = fig.subplots(1, 3, width_ratios=(5, 8, 8))  # so narrow that the image has room above it
    picture.imshow(np.zeros(image_shape), cmap="gray_r", vmin=0, vmax=1)
    picture.set_title(" \n ")  # room for the two names
    picture.axis("off")
    bars.set(xlabel="probability", xlim=(0, 1), ylim=(len(class_names) - 0.4, -0.6))
    bars.set_yticks(range(len(class_names)), labels=class_names)
    losses = np.sort(_losses(P, y))[::-1]
    curve.plot(np.arange(1, len(y) + 1), losses, color="0.6")
    curve.axhline(np.log(P.shape[1]), color="0.6", linestyle=":")
    curve.set(xscale="log", xlabel="rank (1: highest loss)", ylabel="loss (nats)", xlim=(0.8, 1.2 * len(y)))
    return picture, bars, curve
