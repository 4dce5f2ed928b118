"""Features of images: histograms of oriented gradients and of hues, for many images at once.

Notation: ``images`` (m, h, w) or (m, h, w, c). They are worked through in batches that stay in the processor's cache.
"""

import operator

import numpy as np

_BATCH = 2**14  # pixels: a dozen arrays of so many floats fit into the cache together


def hog(images, *, orientations=9, cell=8, block=3):
    r"""Return the histograms of oriented gradients of each image: which way its edges run, place by place.

    .. math::
        g = (x_{i+1,j} - x_{i-1,j},\; x_{i,j+1} - x_{i,j-1}), \qquad
        v \leftarrow \frac{v}{\sqrt{\lVert v \rVert^2 + \varepsilon^2}}, \quad \varepsilon = 10^{-5}

    Every pixel votes, with the length of its gradient g, for one of the orientations between 0 and 180 degrees; votes
    are averaged over square cells. Square blocks of cells, one at every cell, are then brought to length 1, clipped at
    0.2 and brought to length 1 again (the v above; L2-Hys).

    Parameters
    ----------
    images : array_like of shape (m, h, w) or (m, h, w, c)
        Pixels; of several channels each pixel takes the one where its gradient is longest.
    orientations : int, default=9
        Bins of a histogram, of ``180 / orientations`` degrees each; the first begins where the image changes along a
        row only.
    cell : int, default=8
        Side of a cell, in pixels. Rows and columns that fill no cell are left out.
    block : int, default=3
        Side of a block, in cells.

    Returns
    -------
    ndarray of shape (m, (h // cell - block + 1) * (w // cell - block + 1) * block**2 * orientations)
        Features between 0 and 1: float32 for float32 images, else float64. By row and column of the block, then of the
        cell in it, then by orientation.

    Raises
    ------
    ValueError
        If the images have another shape, are empty, are smaller than one block, or hold a value that is not finite
        or so large that squares overflow; or if a size is below 1.
    TypeError
        If the images hold no numbers, or a size is no integer.

    Notes
    -----
    Adding a constant to an image changes nothing, and multiplying it nearly nothing: only the :math:`\varepsilon`,
    which keeps flat blocks at 0, is not scaled along. On the image's border, the difference across the border is 0.

    The definition is that of ``skimage.feature.hog``, with one exception: an orientation so little below 180 degrees
    that it is rounded to 180 counts as 0 here, where scikit-image loses the vote.

    Beside the result, memory is needed for one batch of some 16000 pixels (or one image, if that is larger), however
    many images there are.

    References
    ----------
    .. [1] N. Dalal, B. Triggs, "Histograms of oriented gradients for human detection", CVPR 2005.

    Examples
    --------
    >>> steps = np.repeat([[0, 0, 0, 1, 1, 1]], 6, axis=0)  # an edge from top to bottom
    >>> hog([steps, steps.T], orientations=2, cell=6, block=1).round(3)
    array([[1., 0.],
           [0., 1.]])
    """
    images = _images("hog", images)
    orientations = _size("hog", "orientations", orientations)
    cell, block = _size("hog", "cell", cell), _size("hog", "block", block)
    m, h, w = images.shape[:3]
    rows, columns = h // cell, w // cell  # of cells
    places = rows - block + 1, columns - block + 1  # of blocks
    if min(places) < 1:
        cure = "One colour image? Pass image[None]." if images.shape[2:] == (3, 1) else "Lower cell or block."
        raise ValueError(
            f"hog: a block of {block} x {block} cells of {cell} x {cell} pixels needs images of at least "
            f"{block * cell} x {block * cell}; got {h} x {w}. {cure}"
        )
    features = np.empty((m, *places, block, block, orientations), _floating(images))
    for start, planes in _batches("hog", images):
        H = _cell_histograms(planes, orientations, cell)
        windows = np.lib.stride_tricks.sliding_window_view(H, (block, block), axis=(1, 2))
        part = features[start : start + len(H)]
        part[...] = windows.transpose(0, 1, 2, 4, 5, 3)
        _normalise(part.reshape(-1, block**2 * orientations))
    return features.reshape(m, -1)


def _cell_histograms(planes, orientations, cell):
    """Return the mean vote (batch, rows, columns, orientations) of each cell for images (c, batch, h, w)."""
    batch, h, w = planes.shape[1:]
    rows, columns = h // cell, w // cell
    inside = np.s_[:, : rows * cell, : columns * cell]
    d_row, d_column, squares = (g[inside] for g in _strongest_gradient(planes))
    bins = _orientation_bins(d_row, d_column, orientations).reshape(batch, rows, cell, columns, cell)
    first = orientations * np.arange(batch * rows * columns).reshape(batch, rows, 1, columns, 1)  # bin of each cell
    votes = np.bincount((first + bins).ravel(), np.sqrt(squares).ravel(), orientations * first.size)
    return votes.reshape(batch, rows, columns, orientations) / cell**2


def _strongest_gradient(planes):
    """Return the differences down and across, and their squared length, of the channel where that is largest."""
    best, *others = map(_gradient, planes)
    for other in others:
        longer = other[2] > best[2]
        close = np.flatnonzero(np.abs(other[2] - best[2]) < 1e-6 * best[2])  # rounding decides, and best that of hypot
        lengths = (np.hypot(np.take(g[0], close), np.take(g[1], close)) for g in (other, best))
        np.put(longer, close, np.greater(*lengths))
        best = [np.where(longer, *pair) for pair in zip(other, best, strict=True)]
    return best


def _gradient(x):
    """Return the differences of images (batch, h, w) down and across, 0 on the border, and the sum of their squares."""
    d_row, d_column = np.zeros_like(x), np.zeros_like(x)
    np.subtract(x[:, 2:], x[:, :-2], out=d_row[:, 1:-1])
    np.subtract(x[:, :, 2:], x[:, :, :-2], out=d_column[:, :, 1:-1])
    return d_row, d_column, d_row**2 + d_column**2


def _orientation_bins(d_row, d_column, orientations):
    """Return the bin of each gradient; opposite ones share theirs, so that 180 degrees are 0 again."""
    degrees = np.rad2deg(np.arctan2(d_row, d_column, dtype=float))
    degrees += 180 * (degrees < 0)
    bins = (degrees / (180 / orientations)).astype(np.intp)
    bins[bins == orientations] = 0
    return bins


def _normalise(blocks):
    """Bring each row to length 1, clip it, and bring it to length 1 again, in place."""
    for clip in (0.2, 1):
        blocks /= np.sqrt(np.einsum("ij,ij->i", blocks, blocks) + 1e-5**2)[:, None]
        np.minimum(blocks, clip, out=blocks)


def hue_histogram(images, *, bins=10):
    r"""Return the share of each image's pixels that have each hue.

    .. math::
        \text{hue} = \frac{1}{6 s} \begin{cases}
            g - b \pmod{6 s} & \max = r \\ b - r + 2 s & \max = g \\ r - g + 4 s & \max = b
        \end{cases}

    for a pixel (r, g, b), max being the largest of the three and s its distance from the smallest: red is 0, green 1/3,
    blue 2/3.

    Parameters
    ----------
    images : array_like of shape (m, h, w, 3)
        Pixels, red, green and blue: whole numbers or floats on any scale.
    bins : int, default=10
        Equal parts of the circle of hues, the first from 0 to ``1 / bins``.

    Returns
    -------
    ndarray of shape (m, bins)
        Shares; each row sums to 1. float32 for float32 images, else float64.

    Raises
    ------
    ValueError
        If the images have another shape, are empty, or hold a value that is not finite or so large that squares
        overflow; or if ``bins`` is below 1.
    TypeError
        If the images hold no numbers, or ``bins`` is no integer.

    Notes
    -----
    A gray pixel has no hue and is counted as 0, as is customary. Adding a constant to an image or multiplying it by
    a positive one changes no hue. The bin is the whole part of a single quotient, of whole numbers if the pixels are
    such: a hue on the edge of two bins is then always in the upper one.

    Beside the result, memory is needed for one batch of some 16000 pixels (or one image, if that is larger), however
    many images there are.

    References
    ----------
    .. [1] A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.

    Examples
    --------
    >>> red, orange, blue = [255, 0, 0], [255, 128, 0], [0, 0, 255]
    >>> hue_histogram([[[red, orange], [blue, blue]]], bins=3)
    array([[0.5, 0. , 0.5]])
    """
    images = _images("hue_histogram", images, colour=True)
    bins = _size("hue_histogram", "bins", bins)
    m, h, w = images.shape[:3]
    shares = np.empty((m, bins), _floating(images))
    for start, planes in _batches("hue_histogram", images):
        index = _hue_bins(*planes, bins).reshape(planes.shape[1], -1)
        index += bins * np.arange(len(index))[:, None]
        counts = np.bincount(index.ravel(), minlength=len(index) * bins)
        shares[start : start + len(index)] = counts.reshape(-1, bins) / (h * w)
    return shares


def _hue_bins(red, green, blue, bins):
    """Return the bin of each pixel's hue."""
    top = np.maximum(np.maximum(red, green), blue)
    spread = top - np.minimum(np.minimum(red, green), blue)
    sixths = np.where(  # of the circle, times spread
        top == red, green - blue, np.where(top == green, blue - red + 2 * spread, red - green + 4 * spread)
    )
    sixths += 6 * spread * (sixths < 0)
    spread[spread == 0] = 1  # gray: 0 / 1
    return np.minimum(bins * sixths / (6 * spread), bins - 1).astype(np.intp)


def _images(where, images, *, colour=False):
    """Return non-empty images (m, h, w, c), one channel where they have none, or say what is wrong with them."""
    images = np.asarray(images)
    if images.dtype.kind not in "biuf":
        raise TypeError(f"{where}: images must hold numbers; got dtype {images.dtype}.")
    if images.ndim not in ((4,) if colour else (3, 4)) or (colour and images.shape[3] != 3):
        needed = "(m, h, w, 3)" if colour else "(m, h, w) or (m, h, w, c)"
        raise ValueError(f"{where}: images must be {needed}; got shape {images.shape}.{_cure(images, colour)}")
    if images.size == 0:
        raise ValueError(f"{where}: images is empty: shape {images.shape}. Was every image filtered away?")
    return images if images.ndim == 4 else images[..., None]


def _cure(images, colour):
    """Say how to make images of an array of the wrong shape, where it tells."""
    if images.ndim == 2:
        return " Rows of pixels? Pass X.reshape(-1, *data.image_shape). One image? Pass image[None]."
    if colour and images.ndim == 3 and images.shape[2] == 3:
        return " For one image, pass image[None]."
    if colour and images.ndim == 4 and images.shape[1] == 3:
        return " Channels first? Pass images.transpose(0, 2, 3, 1)."
    return " Gray images have no hue." if colour and images.ndim in (3, 4) else ""


def _size(where, name, value):
    """Return a whole number of at least 1, or say what is wrong with it."""
    try:
        value = operator.index(value)
    except TypeError:
        raise TypeError(f"{where}: {name} must be an integer; got {value!r}.") from None
    if value < 1:
        raise ValueError(f"{where}: {name} must be 1 or more; got {value}.")
    return value


def _floating(images):
    """Return the type to work in."""
    return np.float32 if images.dtype == np.float32 else np.float64


def _batches(where, images):
    """Yield the number of the first image of each batch and its channels (c, batch, h, w) as floats."""
    count = max(1, _BATCH // (images.shape[1] * images.shape[2]))
    for start in range(0, len(images), count):
        part = np.moveaxis(images[start : start + count], 3, 0).astype(_floating(images), order="C")
        if images.dtype.kind == "f":
            _check_values(where, part, start)
        yield start, part


def _check_values(where, planes, start):
    """Raise if a pixel of the channels (c, batch, h, w) is not finite, or so large that its square may overflow."""
    largest = max(planes.max(), -planes.min())  # nan if there is one
    if not np.isfinite(largest):
        image = start + int(np.argwhere(~np.isfinite(planes).all(axis=(0, 2, 3)))[0, 0])
        raise ValueError(f"{where}: images[{image}] holds a nan or infinite value. Replace it or drop the image.")
    if largest > np.sqrt(np.finfo(planes.dtype).max) / 1000:
        raise ValueError(
            f"{where}: the images hold values as large as {largest:.3g}, whose squares overflow {planes.dtype}. "
            "Scale them down: images / np.abs(images).max()."
        )
