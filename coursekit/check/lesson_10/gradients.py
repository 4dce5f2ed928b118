"""Exercise 1 of notebook 10: length and angle of the gradient at each pixel of a colour image."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

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
    x = np.asarray(image, float) if numbers == "floats" else np.asarray(image)
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
    }[length]()
    a, b = {
        "down, across": (down, across),
        "across, down": (across, down),
        "up": (-down, across),
        "across, up": (across, -down),
    }[turn]
    angle = _folded(np.arctan2(a, b), fold, unit)
    return (size, angle) if order == "length first" else (angle, size)


def _one_channel(x, channel):
    """Return the values that gradients are taken of: (h, w, c)."""
    return {
        "mean": lambda: x.mean(axis=2, keepdims=True),
        "luma": lambda: x @ np.array([[0.299], [0.587], [0.114]]),
        "luminance": lambda: x @ np.array([[0.2125], [0.7154], [0.0721]]),
        "brightest": lambda: x.max(axis=2, keepdims=True),
        "total": lambda: x.sum(axis=2, keepdims=True),
        "first": lambda: x[:, :, :1],
        "second": lambda: x[:, :, 1:2],
        "last": lambda: x[:, :, 2:],
    }.get(channel, lambda: x)()


def _of_the_channel(down, across, channel):
    """Return one difference down and one across for each pixel."""
    squares = down**2 + across**2
    which = {
        "one for all": lambda: np.zeros(squares.shape[:2], int) + squares.sum(axis=(0, 1)).argmax(),
        "shortest": lambda: squares.argmin(axis=2),
    }.get(channel, lambda: squares.argmax(axis=2))()
    if channel in ("added", "averaged"):
        return (
            (down.sum(axis=2), across.sum(axis=2)) if channel == "added" else (down.mean(axis=2), across.mean(axis=2))
        )
    if channel == "each for itself":
        return tuple(np.take_along_axis(d, abs(d).argmax(axis=2)[..., None], 2)[..., 0] for d in (down, across))
    return tuple(np.take_along_axis(d, which[..., None], 2)[..., 0] for d in (down, across))


def _differences(x, step, border):
    """Return the differences of an image (h, w, c) along its first axis."""
    before, after = {
        "zero": lambda: (x, x),
        "repeated": lambda: (np.concatenate([x[:1], x[:-1]]), np.concatenate([x[1:], x[-1:]])),
        "around": lambda: (np.roll(x, 1, axis=0), np.roll(x, -1, axis=0)),
        "black": lambda: (np.concatenate([0 * x[:1], x[:-1]]), np.concatenate([x[1:], 0 * x[-1:]])),
        "one-sided": lambda: (np.concatenate([x[:1], x[:-1]]), np.concatenate([x[1:], x[-1:]])),
    }[border]()
    d = np.zeros(x.shape)
    if border == "zero":
        d[1:-1] = x[2:] - x[:-2]
    else:
        d[:] = after - before
    if border == "one-sided":
        d[1:-1] = d[1:-1] / 2
    return {
        "two apart": lambda: d,
        "half": lambda: d / 2,
        "next": lambda: np.concatenate([x[1:] - x[:-1], 0 * x[:1]]) * 1.0,
        "former": lambda: np.concatenate([0 * x[:1], x[1:] - x[:-1]]) * 1.0,
        "Sobel": lambda: _smoothed(d, False),
        "Sobel, inside": lambda: _smoothed(d, True),
        "Prewitt": lambda: _smoothed(d, True, 1),
    }[step]()


def _smoothed(d, inside, middle=2):
    """Return differences added up over three neighbours along the second axis, as Sobel's filter does."""
    wide = np.concatenate([d[:, :1], d, d[:, -1:]], axis=1)
    made = wide[:, :-2] + middle * d + wide[:, 2:]
    if inside:
        made[:, [0, -1]] = 0
    return made


def _folded(angle, fold, unit):
    """Return angles as asked for."""
    half, full = np.pi, 2 * np.pi
    angle = {
        "half turn": lambda: np.where(angle < 0, angle + half, np.where(angle >= half, angle - half, angle)),
        "signed": lambda: angle,
        "full turn": lambda: np.where(angle < 0, angle + full, angle),
        "without sign": lambda: np.where(abs(angle) >= half, abs(angle) - half, abs(angle)),
        "without sign, 180 too": lambda: abs(angle),
        "180 stays": lambda: np.where(angle < 0, angle + half, angle),
        "quarter": lambda: np.minimum(abs(angle), half - abs(angle)),
        "cut": lambda: np.maximum(angle, 0),
    }[fold]()
    return angle if unit == "radians" else np.rad2deg(angle)


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
        "numbers": dict.fromkeys(
            ("as they are", "bytes to the end"),
            "Look at the image of bytes (uint8): 3 - 5 is 254 there, since a byte has no minus. Make floats first: "
            "image.astype(float).",
        ),
        "channel": {
            **GRAY,
            **dict.fromkeys(
                ("first", "second", "last"),
                "Look at the channels: one of them was used for all pixels. Each pixel takes the channel in which its "
                "own gradient is the longest.",
            ),
            "one for all": "Look at the channels: the whole image uses the same one. Each pixel takes the channel in "
            "which its own gradient is the longest.",
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
            "cut": "Look at the negative angles: they became 0. Take the angle modulo 180.",
        },
        "unit": {"radians": "Look at the unit: the angle is in radians. np.rad2deg makes degrees."},
        "length": {
            "sum": "Look at the length: it is a sum of sizes. It is the root of the sum of squares.",
            "square": "Look at the length: the root is missing.",
            "one minus": "Look at the length: it was taken away from 1. Long gradients are strong edges, and must "
            "count more.",
            "larger": "Look at the length: only the larger difference counts. It is the root of the sum of squares.",
            "signed sum": "Look at the length: the differences were added. It is the root of the sum of their squares.",
        },
        "order": {"angle first": "The two are returned in the other order. The length comes first."},
    },
    may_not_call=FEATURES,
)
