"""What a picture looks like on a screen: what the tests of dark themes share."""

import io
from base64 import b64decode

import numpy as np
from PIL import Image

from coursekit.plots.boxes import KEY

CORNER = 4, -5  # a pixel of the ground at the top right, within any border
# The PNG of an image element, in base64.
SOURCE = """async image => {
    const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
    return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}"""


def decoded(png):
    """Return the pixels of a PNG."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def seen(place):
    """Return what the screen shows of an element."""
    place.scroll_into_view_if_needed()
    place.page.wait_for_timeout(300)
    return decoded(place.screenshot())


def source(image):
    """Return the PNG that an image element shows."""
    return b64decode(image.evaluate(SOURCE))


def told(png):
    """Return the text in which a PNG tells where its images are."""
    return Image.open(io.BytesIO(png)).info[KEY]


def inside(pixels, box):
    """Return the pixels inside a box, given by shares from the top left, without its edge."""
    left, top, right, bottom = (
        round(share * length) for share, length in zip(box, pixels.shape[1::-1] * 2, strict=True)
    )
    return pixels[top + 2 : bottom - 2, left + 2 : right - 2]


def is_shown(part, whole):
    """Tell whether some pixels stand somewhere in others, as they are."""
    rows, columns = part.shape[:2]
    first = part[rows // 2, :: columns // 7]
    places = np.argwhere((whole[: whole.shape[0], : whole.shape[1]] == part[0, 0]).all(axis=2))
    for row, column in places:
        cut = whole[row : row + rows, column : column + columns]
        if cut.shape == part.shape and (cut[rows // 2, :: columns // 7] == first).all() and (cut == part).all():
            return True
    return False


def contrast(pixels):
    """Return WCAG's contrast between the corner of a picture and what differs most from it."""
    shares = pixels / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    light = linear @ [0.2126, 0.7152, 0.0722] + 0.05
    return max(light.max() / light[CORNER], light[CORNER] / light.min())
