"""What features of images still hold: histograms of gradients as strokes, and images from a few components."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection

from coursekit.plots.images import mosaic, see_through
from coursekit.plots.stage import stage

VARIANCE, ACCURACY = "#0072b2", "#d55e00"


def hog_strokes(features, cells, *, block=2, ax=None, title=""):
    """Draw one image's histograms of oriented gradients: in each cell a stroke along each edge.

    Parameters
    ----------
    features : array_like of shape (n,)
        One row of what :func:`coursekit.preprocessing.hog` returns.
    cells : tuple of int
        Rows and columns of cells in the image.
    block : int, default=2
        Side of a block, in cells, as it was passed there.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. A stroke runs along the edge, at a right angle to the gradient, and is as dark as its feature is
        large; a cell that is in several blocks shows their mean.

    Raises
    ------
    ValueError
        If the number of features does not fit.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = hog_strokes(np.ones(36), (2, 2), ax=Figure().subplots())
    >>> len(ax.collections[0].get_segments())  # 9 strokes in each of 4 cells
    36
    """
    ax, histograms = ax or plt.gca(), _mean_histograms(np.asarray(features, float), cells, block)
    orientations = histograms.shape[2]
    angle = (np.arange(orientations) + 0.5) * np.pi / orientations
    half = 0.45 * np.column_stack([-np.sin(angle), np.cos(angle)])  # across and down, at a right angle to the gradient
    row, column, which = (index.ravel() for index in np.indices(histograms.shape))
    centre = np.column_stack([column, row]) + 0.5
    strength = histograms.ravel() / max(histograms.max(), 1e-12)
    order = strength.argsort()  # the darkest lie above
    strokes = np.stack([centre - half[which], centre + half[which]], axis=1)[order]
    ax.add_collection(LineCollection(strokes, colors=[(0, 0, 0, s) for s in strength[order]], linewidths=1.6))
    ax.set(xlim=(0, cells[1]), ylim=(cells[0], 0), aspect="equal", title=title)
    ax.set_axis_off()
    return ax


def _mean_histograms(features, cells, block):
    """Return each cell's histogram (rows, columns, orientations), a mean over the blocks that it is in."""
    places = cells[0] - block + 1, cells[1] - block + 1
    if min(places) < 1:
        raise ValueError(f"hog_strokes: {cells[0]} x {cells[1]} cells hold no block of {block} x {block}; pass block.")
    orientations, rest = divmod(features.size, places[0] * places[1] * block**2)
    if features.ndim != 1 or rest or not orientations:
        raise ValueError(
            f"hog_strokes: {cells[0]} x {cells[1]} cells in blocks of {block} x {block} have a multiple of "
            f"{places[0] * places[1] * block**2} features; got shape {features.shape}. Pass one row, features[0]."
        )
    parts = features.reshape(*places, block, block, orientations)
    sums, counts = np.zeros((*cells, orientations)), np.zeros((*cells, 1))
    for i, j in np.ndindex(block, block):
        inside = np.s_[i : i + places[0], j : j + places[1]]
        sums[inside] += parts[:, :, i, j]
        counts[inside] += 1
    return sums / counts


def draw_components(fig, *, components, found, X, image_shape, accuracy):
    """Draw images as they are and as the first few components restore them, and what so many components hold.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function drew before.
    components : int
        How many are used; one of the keys of ``accuracy``.
    found : coursekit.preprocessing.Components
        All components.
    X : ndarray of shape (m, n)
        A few images, one row each, pixels 0..1.
    image_shape : tuple of int
        Height and width, and 3 for colour.
    accuracy : dict of int to float
        For some numbers of components how many examples a classifier reads correctly from them, as a share.

    Returns
    -------
    share, accuracy : float
        Of the variance, and of right answers.

    Raises
    ------
    ValueError
        If there is no accuracy for so many components.

    Examples
    --------
    >>> from coursekit.preprocessing import pca
    >>> from matplotlib.figure import Figure
    >>> X = np.array([[0.9, 0, 0, 0], [0, 0.9, 0, 0], [0, 0, 0.9, 0.9]])
    >>> share, right = draw_components(
    ...     Figure(), components=1, found=pca(X), X=X, image_shape=(2, 2), accuracy={1: 0.5, 2: 1.0}
    ... )
    >>> round(share, 2), right
    (0.62, 0.5)
    """
    if components not in accuracy:
        raise ValueError(f"draw_components: there is no accuracy for {components} components; only for {[*accuracy]}.")
    pictures, curves = stage(fig, _build, found, X, image_shape, accuracy)
    restored = found.first(components).restore(found.first(components).project(X))
    _sheet(pictures, restored, image_shape, len(X))
    share = float(found.shares[components - 1])
    curves.vlines(components, *sorted((100 * share, 100 * accuracy[components])), color="black", linewidth=0.8)
    for value, colour in ((share, VARIANCE), (accuracy[components], ACCURACY)):
        curves.plot(components, 100 * value, "o", color=colour, markeredgecolor="white", markersize=9, clip_on=False)
    curves.set_title(f"{share:.1%} of variance, {accuracy[components]:.1%} right")
    return share, accuracy[components]


def _sheet(ax, X, image_shape, columns, top=1):
    """Draw a row of images; the second row unless top is 0."""
    sheet = see_through(mosaic(np.clip(X, 0, 1).reshape(-1, *image_shape), columns, gap=2))
    height, width = sheet.shape[:2]
    ax.imshow(sheet, cmap="gray", vmin=0, vmax=1, extent=(0, width, (top + 1) * (height + 4) - 4, top * (height + 4)))


def _build(fig, found, X, image_shape, accuracy):
    """Draw what stays: the images as they are, and both curves."""
    pictures, curves = fig.subplots(1, 2, width_ratios=(1.5, 1))
    _sheet(pictures, X, image_shape, len(X), top=0)
    height, width = image_shape[0] + 4, len(X) * (image_shape[1] + 2) - 2
    pictures.set(xlim=(0, width), ylim=(2 * height - 4, 0), title="as they are (above), restored (below)")
    pictures.set_axis_off()
    count = np.arange(1, len(found.variances) + 1)
    curves.plot(count, 100 * found.shares, color=VARIANCE, label="variance")
    curves.plot(list(accuracy), [100 * value for value in accuracy.values()], ".-", color=ACCURACY, label="accuracy")
    limits = {"xlim": (0.8, 1.25 * len(count)), "ylim": (0, 104)}  # room for the dots
    curves.set(xscale="log", xlabel="components", ylabel="per cent", title=" ", **limits)
    curves.xaxis.set_major_formatter(lambda value, place: f"{value:g}")
    curves.minorticks_off()
    curves.legend(loc="lower right")
    return pictures, curves
