"""One image on its way through a network: what each layer holds, and the gradient that comes back through it."""

import matplotlib as mpl
import numpy as np

from coursekit.plots.images import mosaic
from coursekit.plots.stage import stage

# Colour maps, not their names: by name each of twelve sheets would make its table of colours anew at each move.
VALUES = {"cmap": mpl.colormaps["gray_r"], "interpolation": "nearest"}
GRADIENTS = {"cmap": mpl.colormaps["RdBu_r"], "interpolation": "nearest"}


def draw_layers(fig, *, passed, image, label, beside=None):
    """Draw what each layer of a network makes of an image, and below it the gradient of the loss in that layer.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    passed : callable
        ``passed(image, label)`` returns, by the names of the layers, pairs of a value and its gradient: arrays (h, w)
        or (h, w, channels) or (n,). The last pair is the probabilities (k,) and the gradient in the scores.
    image : ndarray
        Passed on.
    label : int
        Passed on: the class whose loss sends the gradient back.
    beside : callable, optional
        ``beside(image)`` returns the probabilities (k,) of another model, for comparison.

    Returns
    -------
    ndarray of shape (k,)
        The probabilities.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> P = np.array([0.25, 0.75])
    >>> def passed(image, label):
    ...     return {"image": (image, -image), "probabilities": (P, P - np.eye(2)[label])}
    >>> draw_layers(Figure(), passed=passed, image=np.eye(3), label=1)
    array([0.25, 0.75])
    """
    layers = passed(image, label)
    *sheets, last = layers.values()
    forward, back = stage(
        fig, _two_rows, tuple(layers), tuple(_sheet(value).shape for value, _ in sheets), len(last[0])
    )
    for (value, gradient), above, below in zip(sheets, forward, back, strict=False):
        _show(above, value, 0, VALUES)
        _show(below, gradient, -(_largest(gradient) or 1), GRADIENTS)
        below.set_title(f"up to {_largest(gradient):.1g}")
    for ax, heights, colour in ((forward[-1], last[0], "C0"), (back[-1], last[1], "0.35")):
        ax.hlines(np.arange(len(heights)) - 0.2 * (beside is not None and ax is forward[-1]), 0, heights, colour, lw=3)
    if beside is not None:
        forward[-1].hlines(np.arange(len(last[0])) + 0.2, 0, beside(image), "C1", lw=3)
    forward[-1].set_title(f"{np.argmax(last[0])}: {np.max(last[0]):.1%}")
    back[-1].set_title(f"loss of {label}: {-np.log(max(last[0][label], 1e-30)):.2g}")
    return last[0]


def _largest(values):
    """Return the largest size of some values."""
    return float(np.abs(values).max())


def _show(ax, values, low, look):
    """Show values on one sheet; the strongest colour is the largest of this sheet."""
    ax.imshow(_sheet(values), vmin=low, vmax=_largest(values) or 1, **look)


def _sheet(values):
    """Return one picture of a layer: an image as it is, channels side by side, a vector in rows."""
    if values.ndim == 1:
        side = int(np.ceil(np.sqrt(len(values))))
        return np.append(values, np.full(side * side - len(values), np.nan)).reshape(side, side)
    if values.ndim == 2:
        return values
    return mosaic(np.moveaxis(values, 2, 0), int(np.ceil(np.sqrt(values.shape[2]))))


def _two_rows(fig, names, shapes, k):
    """Draw what stays: a frame for each layer, its values above and its gradient below; the probabilities last."""
    rows = fig.subplots(2, len(names))
    for row, words in zip(rows, ("values", "gradient"), strict=True):
        for ax, (height, width) in zip(row, shapes, strict=False):
            free = 0.02 * height  # around the picture, so that it does not cover the frame
            ax.set(xlim=(-0.5 - free, width - 0.5 + free), ylim=(height - 0.5 + free, -0.5 - free))
            ax.set(xticks=[], yticks=[], aspect="equal", title=" ")
            ax.spines[:].set_visible(True)
        row[0].set_ylabel(words)
        row[-1].set(ylim=(k - 0.4, -0.6), yticks=range(k), title=" ")
        row[-1].tick_params(labelsize=7)
        row[-1].set_box_aspect(1)
    for ax, name in zip(rows[0], names, strict=True):
        ax.set_title(name)
    rows[0, -1].set(xlim=(0, 1), xticks=[0, 1])
    rows[1, -1].set(xlim=(-1, 1), xticks=[-1, 0, 1], xlabel="$p - Y$")
    rows[1, -1].axvline(0, color="0.8", linewidth=0.8)
    return rows
