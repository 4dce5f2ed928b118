"""Figures: axes in, axes out. Nothing here calls ``plt.show`` or changes a global setting but ``use_style``."""

import matplotlib.pyplot as plt
import numpy as np

from coursekit import softmax

# One colour a class, everywhere. Paul Tol's "muted" scheme, made for colour-blind readers, and its grey.
CLASS_COLOURS = (
    "#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499", "#777777",
)  # fmt: skip
LINES = {"training": "-", "validation": "--", "test": ":"}


def use_style():
    """Set the look of the course's figures; called once at the top of a notebook.

    Examples
    --------
    >>> use_style()
    >>> plt.rcParams["figure.constrained_layout.use"]
    True
    """
    plt.rcParams.update(
        {
            "figure.constrained_layout.use": True,
            "figure.dpi": 96,
            "figure.figsize": (7, 3.2),
            "axes.prop_cycle": plt.cycler(color=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": "medium",
            "axes.titleweight": "bold",
            "font.size": 10,
            "image.cmap": "viridis",
            "legend.frameon": False,
        }
    )


def loss_curve(losses, *, ax=None, label="training", title="", **line):
    """Draw the loss against the iteration.

    Parameters
    ----------
    losses : array_like of shape (steps,)
        Loss in nats of each step.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    label : {"training", "validation", "test"} or str
        Name in the legend; the first three have line styles of their own.
    title : str, default=""
        What the figure shows.
    **line
        Passed to ``ax.plot``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> loss_curve([2.3, 1.1, 0.7]).get_ylabel()
    'loss (nats)'
    """
    ax = ax or plt.gca()
    ax.plot(losses, **{"linestyle": LINES.get(label, "-"), "label": label, **line})
    ax.set(xlabel="iteration", ylabel="loss (nats)", title=title)
    return ax


def mosaic(images, columns, *, gap=1, fill=np.nan):
    """Return images side by side in one array, so that one ``imshow`` draws them all.

    Parameters
    ----------
    images : array_like of shape (m, height, width) or (m, height, width, 3)
        Images of one size.
    columns : int
        Images a row.
    gap : int, default=1
        Pixels between two images.
    fill : float, default=nan
        Value of the gaps and of empty places.

    Returns
    -------
    ndarray
        Of float, with as many rows of images as are needed.

    Examples
    --------
    >>> mosaic(np.zeros((3, 28, 28)), 2).shape
    (57, 57)
    """
    images = np.asarray(images, float)
    m, height, width = images.shape[:3]
    rows = -(-m // columns)
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, *images.shape[3:]), fill)
    for i, image in enumerate(images):
        top, left = (i // columns) * (height + gap), (i % columns) * (width + gap)
        sheet[top : top + height, left : left + width] = image
    return sheet


def images(X, image_shape, *, titles=None, columns=10, ax=None, title="", **show):
    """Draw examples as a sheet of images.

    Parameters
    ----------
    X : array_like of shape (m, n)
        One image a row.
    image_shape : tuple of int
        Height and width, and 3 for colour; their product is n.
    titles : sequence of str, optional
        A few words above each image.
    columns : int, default=10
        Images a row.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.
    **show
        Passed to ``ax.imshow``; grey with ink dark unless a ``cmap`` is given.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> images(np.eye(4), (2, 2), columns=4, titles="abcd").get_title()
    ''
    """
    ax, X = ax or plt.gca(), np.asarray(X)
    gap = max(image_shape[0] // (3 if titles is not None else 12), 1)
    sheet = mosaic(X.reshape(-1, *image_shape), columns, gap=gap)
    if sheet.ndim == 3:
        sheet = np.nan_to_num(sheet, nan=255) / 255
    ax.imshow(sheet, **{"cmap": "gray_r", "interpolation": "nearest", **show})
    for i, text in enumerate(titles if titles is not None else ()):
        x = (i % columns) * (image_shape[1] + gap) + image_shape[1] / 2
        ax.text(x, (i // columns) * (image_shape[0] + gap) - 1, text, ha="center", va="bottom", fontsize=8)
    ax.set_axis_off()
    ax.set_title(title, pad=16 if titles is not None else 6)
    return ax


def weights(W, image_shape, class_names, *, columns=5, ax=None, title=""):
    """Draw the weights of each class as an image: blue speaks for the class, red against it.

    Parameters
    ----------
    W : array_like of shape (n, k)
        Weights, one column per class; all share one scale, centred on 0.
    image_shape : tuple of int
        Height and width; their product is n.
    class_names : sequence of str
        The k names.
    columns : int, default=5
        Images a row.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with a colour bar beside them.

    Examples
    --------
    >>> weights(np.eye(4), (2, 2), "abcd", columns=2).get_title()
    ''
    """
    W = np.asarray(W)
    limit = np.abs(W).max()
    look = {"cmap": "RdBu", "vmin": -limit, "vmax": limit}
    ax = images(W.T, image_shape, titles=class_names, columns=columns, ax=ax, title=title, **look)
    ax.figure.colorbar(ax.images[-1], ax=ax, shrink=0.8, label="weight")
    return ax


def confusion(matrix, class_names, *, ax=None, title=""):
    """Draw a confusion matrix: true classes down, predicted ones across, counts in the cells.

    Parameters
    ----------
    matrix : array_like of int, shape (k, k)
        Counts, as :func:`coursekit.metrics.confusion_matrix` returns them.
    class_names : sequence of str
        The k names.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Shading is the share of each true class, on a square-root scale, so that errors show.

    Examples
    --------
    >>> confusion([[5, 1], [0, 4]], ["cat", "dog"]).get_ylabel()
    'true'
    """
    ax, matrix = ax or plt.gca(), np.asarray(matrix)
    share = np.sqrt(matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1))
    ax.imshow(share, cmap="viridis", vmin=0, vmax=1)
    for (i, j), count in np.ndenumerate(matrix):
        if count:
            colour = "black" if share[i, j] > 0.6 else "white"
            ax.text(j, i, count, ha="center", va="center", fontsize=7, color=colour)
    names = {"ticks": range(len(class_names)), "labels": class_names}
    ax.set_xticks(**names), ax.set_yticks(**names)
    ax.set(xlabel="predicted", ylabel="true", title=title)
    ax.spines[:].set_visible(False)
    return ax


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
    >>> draw_temperature(plt.figure(), temperature=100.0).round(2)
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
