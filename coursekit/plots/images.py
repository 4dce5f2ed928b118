"""Examples and weights as pictures, and which class is taken for which."""

import matplotlib.pyplot as plt
import numpy as np


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
        Value of the gaps and of empty places; an ``imshow`` lets the page be seen where it is ``nan``.

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
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, *images.shape[3:]), fill, float)
    for i, image in enumerate(images):
        top, left = (i // columns) * (height + gap), (i % columns) * (width + gap)
        sheet[top : top + height, left : left + width] = image
    return sheet


def see_through(sheet):
    """Return a sheet that shows nothing where it is ``nan``: one in colour needs a fourth channel for that.

    Parameters
    ----------
    sheet : ndarray of shape (height, width) or (height, width, 3)
        Greys, or red, green and blue from 0 to 1.

    Returns
    -------
    ndarray of shape (height, width) or (height, width, 4)
        Greys as they are; colours with their opacity.

    Examples
    --------
    >>> see_through(np.array([[[0.0, 0.5, 1.0], [np.nan] * 3]])).tolist()
    [[[0.0, 0.5, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0]]]
    """
    if sheet.ndim == 2:
        return sheet
    there = ~np.isnan(sheet).any(axis=2, keepdims=True)
    return np.concatenate([np.where(there, sheet, 1.0), there], axis=2)


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
    lines = max((str(text).count("\n") + 1 for text in titles), default=0) if titles is not None else 0
    gap = max(image_shape[0] // 12, lines * max(image_shape[0] // 4, image_shape[0] * columns // 30), 1)
    sheet = mosaic(X.reshape(-1, *image_shape), columns, gap=gap)
    sheet = see_through(sheet / 255) if sheet.ndim == 3 else sheet
    ax.imshow(sheet, **{"cmap": "gray_r", "interpolation": "nearest", **show})
    for i, text in enumerate(titles if titles is not None else ()):
        x = (i % columns) * (image_shape[1] + gap) + image_shape[1] / 2
        ax.text(x, (i // columns) * (image_shape[0] + gap) - 1, text, ha="center", va="bottom", fontsize=8)
    ax.set_axis_off()
    ax.set_title(title, pad=6 + 11 * lines)
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
