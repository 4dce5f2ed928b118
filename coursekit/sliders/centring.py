"""A drawing put on its sheet as the makers of MNIST put theirs."""

import numpy as np
from PIL import Image

FILLED = 20 / 28  # of the sheet's shorter side


def centred(pixels, shape):
    """Return a drawing scaled to a square of 20 in 28, the centre of its ink in the middle of the sheet.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (rows * columns,)
        From 0 (paper) to 255 (ink).
    shape : tuple of int
        Rows and columns.

    Returns
    -------
    ndarray of uint8, shape (rows * columns,)
        The new picture; an empty one stays empty, and no ink is moved off the sheet.

    Examples
    --------
    >>> corner = np.zeros((28, 28), np.uint8)
    >>> corner[:2, :5] = 255
    >>> rows, columns = centred(corner.ravel(), (28, 28)).reshape(28, 28).nonzero()
    >>> [int(edge) for edge in (rows.min(), rows.max(), columns.min(), columns.max())]
    [10, 17, 4, 23]
    """
    image = np.reshape(pixels, shape)
    if not image.any():
        return image.ravel()
    drawn = image[_inked(image, 1)][:, _inked(image, 0)]
    scale = FILLED * min(shape) / max(drawn.shape)
    height, width = (max(round(side * scale), 1) for side in drawn.shape)
    drawn = np.asarray(Image.fromarray(drawn).resize((width, height), Image.Resampling.BILINEAR))
    top, left = _corner(drawn, shape)
    sheet = np.zeros(shape, np.uint8)
    sheet[top : top + height, left : left + width] = drawn
    return sheet.ravel()


def _inked(image, axis):
    """Return the rows or columns from the first to the last one with ink."""
    places = np.flatnonzero(image.any(axis=axis))
    return slice(places[0], places[-1] + 1)


def _corner(drawn, shape):
    """Return where a drawing begins if the centre of its ink lies in the middle."""
    places, weights = np.indices(drawn.shape) + 0.5, drawn / drawn.sum(dtype=float)
    centre = (places * weights).sum(axis=(1, 2))
    begin = np.round(np.array(shape) / 2 - centre).astype(int)
    return np.clip(begin, 0, np.subtract(shape, drawn.shape))
