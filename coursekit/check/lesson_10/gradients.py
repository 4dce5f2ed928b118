"""Exercise 1 of notebook 10: length and angle of the gradient at each pixel of a colour image."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_10.pixels import APART, _differences, _folded, _of_the_channel, _one_channel, _reduced

EPS = "1e-6", "1e-8", "1e-10"
FEATURES = "coursekit.preprocessing.hog", "skimage.feature.hog", "numpy.gradient"


def _oriented_gradients(
    image,
    *,
    numbers="floats",
    channel="longest",
    step="two apart",
    border="zero",
    turn="down, across",
    fold="half turn",
    unit="degrees",
    length="root",
    order="length first",
):
    """Return the length and the angle of the gradient at each pixel."""
    x = np.asarray(image, float) if numbers in ("floats", "shares", "whole results") else np.asarray(image)
    x = x / 255 if numbers == "shares" else x
    x = _one_channel(x, channel)
    kind = x.dtype if numbers == "bytes to the end" else float
    down, across = (_differences(a, step, border).astype(kind) for a in (x, x.swapaxes(0, 1)))
    down, across = _of_the_channel(down, across.swapaxes(0, 1), channel)
    size = {
        "root": lambda: np.sqrt(down**2 + across**2),
        "sum": lambda: abs(down) + abs(across),
        "square": lambda: down**2 + across**2,
        "one minus": lambda: 1 - np.hypot(down, across),
        "larger": lambda: np.maximum(abs(down), abs(across)),
        "signed sum": lambda: down + across,
        **{f"eps {eps}": (lambda eps=eps: np.sqrt(down**2 + across**2 + float(eps))) for eps in EPS},
    }[length]()
    a, b = {
        "down, across": (down, across),
        "across, down": (across, down),
        "up": (-down, across),
        "across, up": (across, -down),
    }[turn]
    quotient = fold.startswith("quotient")
    angle = _folded(np.arctan(a / b) if quotient else np.arctan2(a, b), fold, unit)
    size, angle = _reduced(size, angle, channel)
    if numbers == "whole results":
        size, angle = np.trunc(size), np.trunc(angle)
    return {
        "length first": lambda: (size, angle),
        "angle first": lambda: (angle, size),
        "differences": lambda: (down, across),
    }[order]()


def _images(rng):
    """Draw colour images of floats and of bytes; all sizes differ, or are all the same."""
    shapes = ((4, 5, 3), (3, 3, 3), (6, 4, 3))
    drawn = [rng.integers(0, 256, shape) for shape in shapes]
    return [(drawn[0].astype(np.uint8),), (drawn[1] / 8.0,), (drawn[2].astype(np.uint8),)]


def _gray(rows, kind=float):
    """Return an image whose three channels are equal."""
    return np.repeat(np.array(rows, kind)[:, :, None], 3, axis=2)


SOBEL = (
    "Look at the differences: those of the neighbouring rows or columns are mixed in, as in Sobel's filter. HOG takes "
    "the two neighbours of the pixel itself, and no others."
)
BOTH = (
    "Look at the channels: length and angle of a pixel do not come from one channel. Choose the channel by the "
    "length, and "
    "take both from it."
)
QUOTIENT = (
    "Look at the angle where the difference across is 0 or less than 0. The quotient alone cannot tell these apart, "
    "and is "
    "no number at 0 / 0: np.arctan2(down, across) takes both."
)
ONE = (
    "Look at the channels: the colours were made into one before the gradient. Take a gradient in each channel first; "
    "the longest of the three counts."
)
NEXT = (
    "Look at which pixels are subtracted: the pixel itself and one neighbour. Take the two neighbours on both sides: "
    "x[2:] - x[:-2]."
)
GRAY = dict.fromkeys(("mean", "luma", "luminance", "brightest", "total", "added", "averaged"), ONE)

oriented_gradients = Exercise(
    "10-oriented-gradients",
    _oriented_gradients,
    tries=(
        (_gray([[0, 0, 0], [0, 5, 4], [0, 3, 0]]),),
        (_gray([[9, 9, 9], [6, 0, 2], [9, 1, 9]], np.uint8),),
        (_gray([[0, 7, 0], [0, 1, 0], [0, 7, 0]]),),  # flat in the middle
        (_gray([[5, 0, 1, 8], [9, 0, 0, 2], [3, 0, 7, 1]]),),  # 180 degrees
        (_gray([[1, 1, 1], [0, 4, 90], [1, 0, 1]]),),  # a little less than 180
        (np.random.default_rng(3).integers(0, 20, (4, 3, 3)).astype(float),),
    ),
    draw=_images,
    parts=("length", "angle"),
    sizes=lambda image: {"m": image.shape[0], "k": image.shape[1]},
    properties=(
        Property("A length is never negative.", lambda v, image: (v[0] >= -1e-9).all()),
        Property(
            "An angle is 0 or more, and less than 180 degrees: opposite directions share theirs.",
            lambda v, image: ((v[1] >= -1e-6) & (v[1] < 180)).all(),
        ),
        Property(
            "Look at the corners: both differences are 0 there, so the length is 0.",
            lambda v, image: np.abs(v[0][[0, 0, -1, -1], [0, -1, 0, -1]]).max() < 1e-6,
        ),
    ),
    switches={
        "numbers": {
            **dict.fromkeys(
                ("as they are", "bytes to the end"),
                "Look at the image of bytes (uint8): 3 - 5 is 254 there, since a byte has no minus. Make floats first: "
                "image.astype(float).",
            ),
            "whole results": "Lengths and angles are cut to whole numbers. Make arrays of floats for both, whatever "
            "type the image has.",
            "shares": "Look at the lengths: the pixels were divided by 255. Take them as they are.",
        },
        "channel": {
            **GRAY,
            **dict.fromkeys(
                ("first", "second", "last"),
                "Look at the channels: one of them was used for all pixels. Each pixel takes the channel in which its "
                "own gradient is the longest.",
            ),
            "one for all": "Look at the channels: the whole image uses the same one. Each pixel takes the channel in "
            "which its own gradient is the longest.",
            **dict.fromkeys(APART, BOTH),
            "largest differences": "Look at the channels: the largest difference was taken for each direction, and a "
            "long "
            "one below 0 is lost. Choose one channel per pixel, by the length, and take both differences from it.",
            **dict.fromkeys(
                ("by the sum", "by the sizes"),
                "Look at how the channel is chosen: by a sum of the differences. The longest gradient has the largest "
                "sum "
                "of squares.",
            ),
            "shortest": "Look at the channels: the shortest gradient was taken. Take the longest.",
            "each for itself": "Look at the channels: the two differences of a pixel come from two channels. Choose "
            "one channel per pixel, by the length, and take both differences from it.",
        },
        "step": {
            "half": "Look at the differences: they were divided by 2. HOG takes x[2:] - x[:-2] as it is.",
            "next": NEXT,
            "former": NEXT,
            "Sobel": SOBEL,
            "Sobel, inside": SOBEL,
            "Prewitt": SOBEL,
        },
        "border": {
            "all of it": "Look at the border: both differences are 0 there. In the first and last row only the one "
            "down is "
            "0, in the first and last column only the one across.",
            "repeated": "Look at the border: the outer pixels were repeated. The difference across the border is 0 "
            "here.",
            "around": "Look at the border: the image was continued at its other side. The difference across the border "
            "is 0 here.",
            "black": "Look at the border: the image was continued with zeros, which makes an edge where there is none. "
            "The difference across the border is 0 here.",
            "one-sided": "Look at the differences: these are slopes per pixel, halved inside and one-sided on the "
            "border, as np.gradient gives them. HOG takes x[2:] - x[:-2] inside, and 0 on the border.",
        },
        "turn": {
            "across, down": "Look at np.arctan2: its first argument is the one that is 0 at an angle of 0. That is the "
            "difference down; the one across comes second.",
            "up": "Look at the sign of the difference down: rows are counted downwards, so it is the row below minus "
            "the row above.",
            "across, up": "Look at np.arctan2(down, across): the two arguments are exchanged, and one has the wrong "
            "sign.",
        },
        "fold": {
            "signed": "Look at the range of the angles: from -180 to 180. Opposite directions are one orientation: "
            "take them modulo 180.",
            "full turn": "Look at the range of the angles: from 0 to 360. Opposite directions are one orientation: "
            "take them modulo 180.",
            **dict.fromkeys(
                ("without sign", "without sign, 180 too"),
                "Look at the negative angles: -30 became 30. The same orientation is 150: add 180, or take the angle "
                "modulo 180.",
            ),
            "180 stays": "Look at an edge of exactly 180 degrees. That orientation is 0 again: angle % 180.",
            "quarter": "Look at the angles beyond 90 degrees: they were folded back. Which way an edge leans is lost "
            "then; take the angle modulo 180.",
            "plus half a turn": "Look at the angles: 180 was added to all of them. Only the negative ones need it: "
            "take the "
            "angle modulo 180.",
            "plus a quarter": "Look at the angles: they are 90 degrees off. The gradient is asked for, not the edge "
            "across "
            "it.",
            **dict.fromkeys(("quotient", "quotient, nan"), QUOTIENT),
            "cut": "Look at the negative angles: they became 0. Take the angle modulo 180.",
        },
        "unit": {
            "radians": "Look at the unit: the angle is in radians. np.rad2deg makes degrees.",
            "radians twice": "Look at the unit: np.deg2rad makes radians. np.rad2deg makes degrees.",
            "modulo 180": "Look at the unit: the angle is in radians, and 180 is in degrees. np.rad2deg first, then "
            "modulo.",
            "whole degrees": "Look at the angle: it was cut to whole degrees. Keep the fractions.",
        },
        "length": {
            "sum": "Look at the length: it is a sum of sizes. It is the root of the sum of squares.",
            "square": "Look at the length: the root is missing.",
            "one minus": "Look at the length: it was taken away from 1. Long gradients are strong edges, and must "
            "count more.",
            "larger": "Look at the length: only the larger difference counts. It is the root of the sum of squares.",
            **dict.fromkeys(
                (f"eps {eps}" for eps in EPS),
                "Look at flat pixels: a small number was added under the root. Nothing is divided by it: the length "
                "is 0.",
            ),
            "signed sum": "Look at the length: the differences were added. It is the root of the sum of their squares.",
        },
        "order": {
            "angle first": "The two are returned in the other order. The length comes first.",
            "differences": "These are the two differences. Return the length and the angle that they make.",
        },
    },
    may_not_call=FEATURES,
)
