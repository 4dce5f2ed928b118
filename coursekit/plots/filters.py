"""A filter that turns over an image: what it answers at each place, and how a stride thins the answers out."""

import numpy as np

from coursekit.plots.stage import stage

SIDE = 3  # pixels of the filter
BRIGHTEST = 4.0  # an answer from which on the colour stays; the largest is 3 at 0 degrees and 4.2 at 45


def edge_filter(degrees):
    """Return a filter of 3 x 3 that answers where the values rise in one direction.

    Parameters
    ----------
    degrees : float
        Direction in which the values rise: 0 to the right, 90 down.

    Returns
    -------
    ndarray of shape (3, 3)
        Its weights add up to 0, so it answers 0 where the image is flat.

    Examples
    --------
    >>> edge_filter(0)
    array([[-1.,  0.,  1.],
           [-1.,  0.,  1.],
           [-1.,  0.,  1.]])
    """
    right = np.tile([-1.0, 0.0, 1.0], (SIDE, 1))
    turn = np.deg2rad(degrees)
    return np.cos(turn).round(12) * right + np.sin(turn).round(12) * right.T


def draw_filter(fig, *, image, degrees=0.0, stride=1):
    """Draw an image, a filter for edges of one direction, and its answers after relu.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    image : ndarray of shape (height, width)
        Pixels in [0, 1].
    degrees : float, default=0
        Direction in which the values rise at the edges that are looked for: 0 to the right, 90 down.
    stride : int, default=1
        Pixels from one place of the filter to the next.

    Returns
    -------
    side : tuple of int
        Rows and columns of the answers.
    kept : float
        Sum of the answers after relu.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> image = np.zeros((6, 8)); image[:, 4:] = 1
    >>> draw_filter(Figure(), image=image), draw_filter(Figure(), image=image, degrees=180)
    (((4, 6), 24.0), ((4, 6), 0.0))
    """
    from scipy.signal import correlate2d  # here, since it is large and no other plot needs it

    image, kernel = np.asarray(image, float), edge_filter(degrees)
    answers = np.maximum(correlate2d(image, kernel, mode="valid")[::stride, ::stride], 0)
    picture, weights, map_ = stage(fig, _three_sheets, image.shape)
    picture.imshow(image, cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
    weights.imshow(kernel, cmap="RdBu", vmin=-2, vmax=2, interpolation="nearest")
    weights.set_title(f"filter, {degrees:g} degrees")
    rows, columns = answers.shape
    box = (-0.5, columns - 0.5, rows - 0.5, -0.5)
    map_.imshow(answers, cmap="viridis", vmin=0, vmax=BRIGHTEST, interpolation="nearest", extent=box)
    map_.set_title(f"{rows} x {columns} answers, sum {answers.sum():.0f}")
    return (rows, columns), float(answers.sum())


def _three_sheets(fig, shape):
    """Draw what stays: the frames of an image, a filter and the answers, pixels of one size in the first and last."""
    axes = fig.subplots(1, 3, width_ratios=(2, 1, 2))
    for ax, (height, width), title in zip(axes, (shape, (SIDE, SIDE), shape), ("image", " ", " "), strict=True):
        ax.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5), xticks=[], yticks=[], aspect="equal", title=title)
        ax.spines[:].set_visible(ax is axes[1])
    return axes
