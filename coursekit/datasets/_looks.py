"""Which data is this? By its bytes, and by its mean image."""

import hashlib
from typing import NamedTuple

import numpy as np

from coursekit.datasets import _embedded

# Mean training images in 7 x 7 blocks of 4 x 4 pixels, whole numbers. MNIST: all 60000. Fashion-MNIST: 70 per class.
MEAN_IMAGES = {
    "mnist": (
        (0, 0, 1, 3, 3, 1, 0), (0, 5, 37, 88, 81, 24, 1), (1, 17, 84, 97, 105, 41, 2), (0, 23, 87, 110, 110, 34, 2),
        (0, 27, 73, 107, 98, 33, 2), (0, 22, 83, 114, 65, 12, 0), (0, 1, 12, 17, 6, 1, 0),
    ),
    "fashion_mnist": (
        (0, 13, 65, 93, 76, 20, 1), (2, 45, 96, 110, 115, 65, 13), (6, 59, 105, 129, 141, 99, 34),
        (12, 70, 126, 145, 152, 113, 45), (26, 86, 140, 148, 149, 104, 46), (18, 72, 122, 125, 119, 77, 27),
        (6, 40, 75, 80, 74, 42, 9),
    ),
}  # fmt: skip


class Likeness(NamedTuple):
    """How much a set's mean image looks like a known one.

    Parameters
    ----------
    name : str
        The known set.
    gap : float
        Root mean square of the differences of the two mean images, in grey levels from 0 to 255.
    """

    name: str
    gap: float


def fingerprint(array):
    """Return a short text that differs wherever two arrays differ.

    Parameters
    ----------
    array : array_like
        Images or labels, as they are: another type, shape or order of rows gives another text.

    Returns
    -------
    str
        The first 16 digits of the SHA-256 of type, shape and values.

    Examples
    --------
    >>> fingerprint(np.arange(3)) == fingerprint(np.array([0, 1, 2]))
    True
    >>> fingerprint([0, 1, 2]) == fingerprint([0.0, 1.0, 2.0])
    False
    """
    array = np.asarray(array)
    array = array.astype(array.dtype.newbyteorder("<"))  # the same text on every machine
    start = f"{array.dtype.str} {array.shape} ".encode()
    return hashlib.sha256(start + array.tobytes()).hexdigest()[:16]


def likeness(X):
    """Return which known set of 28 x 28 images these look like, the nearest first.

    Parameters
    ----------
    X : array_like of shape (m, 784) or (m, 28, 28)
        Images: whole numbers from 0 to 255, or fractions from 0 to 1.

    Returns
    -------
    list of Likeness
        MNIST, Fashion-MNIST, and the stand-in for both, "digits zoomed".

    Raises
    ------
    ValueError
        If these are not some 28 x 28 images, or their values are neither in 0..255 nor in 0..1.

    Notes
    -----
    A mean image says what kind of images these are, not that they are whole or unchanged: for that there are
    :func:`fingerprint` and :func:`coursekit.datasets.verify`.

    Examples
    --------
    >>> from coursekit.datasets._embedded import zoomed_digits
    >>> likeness(zoomed_digits()[2])[0].name
    'digits zoomed'
    """
    mean = _blocks(_images(X))
    known = {name: np.array(blocks, float) for name, blocks in MEAN_IMAGES.items()}
    known["digits zoomed"] = _blocks(_images(_embedded.zoomed_digits()[0]))
    gaps = [Likeness(name, float(np.sqrt(((mean - other) ** 2).mean()))) for name, other in known.items()]
    return sorted(gaps, key=lambda likeness: likeness.gap)


def _images(X):
    """Return images (m, 28, 28), or say what is wrong with them."""
    X = np.asarray(X)
    if X.size == 0 or X.shape[1:] not in ((784,), (28, 28)):
        raise ValueError(f"likeness: X must be (m, 784) or (m, 28, 28), images of 28 x 28; got shape {X.shape}.")
    if not (X.min() >= 0 and X.max() <= 255):  # a nan fails too
        raise ValueError(
            f"likeness: pixels lie in 0..255 or in 0..1; X goes from {X.min():.4g} to {X.max():.4g}. Was a mean taken "
            "away? Pass the images as they were loaded."
        )
    return X.reshape(-1, 28, 28)


def _blocks(images):
    """Return the mean image in 7 x 7 blocks, in grey levels from 0 to 255."""
    scale = 255 if images.max() <= 1 else 1
    return scale * images.mean(axis=0, dtype=float).reshape(7, 4, 7, 4).mean(axis=(1, 3))
