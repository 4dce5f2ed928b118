"""Pictures as arrays, and the parts of them that a table keeps."""

import io

import numpy as np
from PIL import Image


def pixels(png, mode="RGB"):
    """Return a picture as an array (rows, columns, 3), uint8; with a fourth number for how opaque it is as "RGBA"."""
    return np.asarray(Image.open(io.BytesIO(png)).convert(mode))


def stored(array):
    """Return an array as a PNG that is made quickly."""
    data = io.BytesIO()
    Image.fromarray(array).save(data, "png", compress_level=1)
    return data.getvalue()


def patch(picture, base):
    """Return where a picture differs from the base, and those pixels, the others transparent."""
    return cut_out(np.dstack([picture, 255 * (picture != base).any(axis=2).astype(np.uint8)]))


def cut_out(rgba):
    """Return where the part of a picture begins that is not transparent, and that part; nothing if there is none."""
    seen = rgba[..., 3] > 0
    if not seen.any():
        return [0, 0], b""
    rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (1, 0))
    cut = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return [int(columns[0]), int(rows[0])], webp(rgba[cut] * seen[cut][..., None])


def webp(array):
    """Return an image without loss, in few bytes."""
    data = io.BytesIO()
    Image.fromarray(array).save(data, "webp", lossless=True, quality=50, method=4)
    return data.getvalue()
