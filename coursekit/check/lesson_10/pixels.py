"""Differences, channels and angles of an image's pixels, as they are right and as mistakes make them."""

import numpy as np

APART = "largest of both", "mean of both", "sum of both", "mean length", "angle of the first", "mean angle"


def _reduced(size, angle, channel):
    """Return one length and one angle for each pixel, where there is still one in each channel."""
    if channel not in APART:
        return size, angle
    longest = np.take_along_axis(angle, size.argmax(axis=2)[..., None], 2)[..., 0]
    return {
        "largest of both": lambda: (size.max(axis=2), angle.max(axis=2)),
        "mean of both": lambda: (size.mean(axis=2), angle.mean(axis=2)),
        "sum of both": lambda: (size.sum(axis=2), angle.sum(axis=2)),
        "mean length": lambda: (size.mean(axis=2), longest),
        "angle of the first": lambda: (size.max(axis=2), angle[..., 0]),
        "mean angle": lambda: (size.max(axis=2), angle.mean(axis=2)),
    }[channel]()


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
    if channel in APART:
        return down, across
    squares = down**2 + across**2
    which = {
        "one for all": lambda: np.zeros(squares.shape[:2], int) + squares.sum(axis=(0, 1)).argmax(),
        "shortest": lambda: squares.argmin(axis=2),
        "by the sum": lambda: (down + across).argmax(axis=2),
        "by the sizes": lambda: (abs(down) + abs(across)).argmax(axis=2),
    }.get(channel, lambda: squares.argmax(axis=2))()
    if channel in ("added", "averaged"):
        return (
            (down.sum(axis=2), across.sum(axis=2)) if channel == "added" else (down.mean(axis=2), across.mean(axis=2))
        )
    if channel == "largest differences":
        return down.max(axis=2), across.max(axis=2)
    if channel == "each for itself":
        return tuple(np.take_along_axis(d, abs(d).argmax(axis=2)[..., None], 2)[..., 0] for d in (down, across))
    return tuple(np.take_along_axis(d, which[..., None], 2)[..., 0] for d in (down, across))


def _differences(x, step, border):
    """Return the differences of an image (h, w, c) along its first axis."""
    before, after = {
        "all of it": lambda: (x, x),
        "zero": lambda: (x, x),
        "repeated": lambda: (np.concatenate([x[:1], x[:-1]]), np.concatenate([x[1:], x[-1:]])),
        "around": lambda: (np.roll(x, 1, axis=0), np.roll(x, -1, axis=0)),
        "black": lambda: (np.concatenate([0 * x[:1], x[:-1]]), np.concatenate([x[1:], 0 * x[-1:]])),
        "one-sided": lambda: (np.concatenate([x[:1], x[:-1]]), np.concatenate([x[1:], x[-1:]])),
    }[border]()
    d = np.zeros(x.shape)
    if border in ("zero", "all of it"):
        d[1:-1] = x[2:] - x[:-2]
        d[:, [0, -1]] *= border == "zero"
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
    half, full, raw = np.pi, 2 * np.pi, angle
    angle = {
        "half turn": lambda: np.where(angle < 0, angle + half, np.where(angle >= half, angle - half, angle)),
        "signed": lambda: angle,
        "full turn": lambda: np.where(angle < 0, angle + full, angle),
        "without sign": lambda: np.where(abs(angle) >= half, abs(angle) - half, abs(angle)),
        "without sign, 180 too": lambda: abs(angle),
        "180 stays": lambda: np.where(angle < 0, angle + half, angle),
        "quarter": lambda: np.minimum(abs(angle), half - abs(angle)),
        "cut": lambda: np.maximum(angle, 0),
        "plus half a turn": lambda: angle + half,
        "plus a quarter": lambda: (angle + half / 2) % half,
        "quotient": lambda: np.nan_to_num(angle),
        "quotient, nan": lambda: np.where(angle < 0, angle + half, angle),
    }[fold]()
    return {
        "degrees": lambda: np.rad2deg(angle),
        "whole degrees": lambda: np.rad2deg(angle) // 1,
        "radians": lambda: angle,
        "modulo 180": lambda: raw % 180,
        "radians twice": lambda: np.deg2rad(raw) % 180,
    }[unit]()
