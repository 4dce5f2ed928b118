"""The pictures of a slider's states as a table: one base picture, and for each state the pixels in which it differs."""

import io
from base64 import b64encode
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
from PIL import Image

from coursekit.sliders import Explorer, Options, Slider

MOST = 400  # states of one table
FEWEST = 11  # positions that a control keeps, if it has so many
SCALE = 1.5  # pixels per CSS pixel
SAMPLE = 15  # pictures that the base is made from
BLOCK, APART = 8, 24  # pixels; by how much the mean of a block may differ (of 255) in two pictures of one thing


class NoTable(Exception):
    """Why a slider has no table, in words."""


class Table(NamedTuple):
    """What the page needs to move a slider.

    Parameters
    ----------
    shown : dict
        For the page: the controls, the size, the states' descriptions, places and bytes of their pixels.
    note : str
        What the page has to say of it; often nothing.
    """

    shown: dict
    note: str


def table_of(explorer, saved):
    """Return the table of an explorer.

    Parameters
    ----------
    explorer : coursekit.sliders.Explorer
        As its cell made it.
    saved : bytes
        The PNG of its first state that is saved in the lesson.

    Returns
    -------
    Table
        Its states, at most ``MOST``.

    Raises
    ------
    NoTable
        If no table holds them, or the saved picture is another than what this machine draws.
    """
    kept = positions(explorer)
    if not alike(explorer.renderer.png(small=True), saved):
        raise NoTable("its first picture is not the saved one: other data, or times of this machine")
    coarse = [name for (name, control), places in zip(explorer.controls.items(), kept, strict=True)
              if len(places) < len(control.texts)]
    states, descriptions = pictures(explorer, kept)
    base = median(states)
    patches = [patch(pixels(png), base) for png in states]
    shown = {
        "width": explorer.picture.width,
        "height": explorer.picture.height,
        "controls": [shown_control(*each) for each in zip(explorer.controls.values(), kept, strict=True)],
        "descriptions": descriptions,
        "base": text(webp(base)),
        "places": [place for place, _ in patches],
        "sizes": [len(data) for _, data in patches],
        "patches": text(b"".join(data for _, data in patches)),
    }
    return Table(shown, notes(coarse, explorer))


def notes(coarse, explorer):
    """Return what the page says where it has less than the notebook."""
    names = " and ".join(name.replace("_", " ") for name in coarse)
    steps = f"Here {names} moves in coarser steps than in the notebook. " if coarse else ""
    traces = "Only the notebook keeps traces of earlier settings." if explorer._earlier.maxlen else ""
    return f"{steps}{traces}".strip()


def positions(explorer):
    """Return the positions of each control that the table has.

    Parameters
    ----------
    explorer : coursekit.sliders.Explorer
        Its controls are sliders.

    Returns
    -------
    list of list of int
        All, if there are few states; else those a few steps apart, the start and the ends among them.

    Raises
    ------
    NoTable
        If there are other controls, or too many states at ``FEWEST`` positions each.
    """
    controls = list(explorer.controls.values())
    if type(explorer) is not Explorer or not all(isinstance(control, Slider) for control in controls):
        raise NoTable("a hand moves more in it than sliders")
    strides = [1] * len(controls)
    while prod(len(kept) for kept in map(every, controls, strides)) > MOST:
        many = [len(every(control, stride)) for control, stride in zip(controls, strides, strict=True)]
        can = [len(every(c, s + 1)) >= FEWEST and len(every(c, s + 1)) for c, s in zip(controls, strides, strict=True)]
        if not any(can):
            raise NoTable(f"{prod(len(control.texts) for control in controls)} states are too many")
        strides[max(range(len(many)), key=lambda i: bool(can[i]) * many[i])] += 1
    return [every(control, stride) for control, stride in zip(controls, strides, strict=True)]


def every(control, stride):
    """Return the positions some steps apart, so that the start is one of them; and both ends."""
    last = len(control.texts) - 1
    return sorted({0, last, *range(control.start % stride, last + 1, stride)})


def pictures(explorer, kept):
    """Draw all states, without traces of earlier ones; return their PNGs and descriptions."""
    controls = list(explorer.controls.values())
    explorer.picture.scale = SCALE
    for control in controls:
        control.unobserve_all("value")  # one drawing per state, not one per control
    pngs, descriptions = [], []
    for state in product(*kept):
        for control, position in zip(controls, state, strict=True):
            control.position = position
            control.value = control.values[position]
        explorer._earlier.clear()
        explorer.redraw()
        if explorer.error:
            raise explorer.error
        pngs.append(explorer.picture.png)
        descriptions.append(explorer.picture.description)
    return pngs, descriptions


def shown_control(control, kept):
    """Return a control with some of its positions, as the page has it."""
    texts = {position: text for position, text in control.ticks}
    return {
        "kind": "options" if isinstance(control, Options) else "slider",
        "label": control.label,
        "texts": [control.texts[position] for position in kept],
        "position": kept.index(control.start),
        "start": kept.index(control.start),
        "ticks": [[place, texts[position]] for place, position in enumerate(kept) if position in texts],
        "logarithmic": control.logarithmic,
        "plays": control.plays,
        "first": "coursekit-first" in control._dom_classes,
    }


def pixels(png):
    """Return a picture as an array (rows, columns, 3), uint8."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def median(pngs):
    """Return the picture that has, at each pixel, what most of a sample of pictures have."""
    sample = [pixels(pngs[i]) for i in np.unique(np.linspace(0, len(pngs) - 1, SAMPLE).round().astype(int))]
    return np.sort(np.stack(sample), axis=0)[len(sample) // 2]


def patch(picture, base):
    """Return where a picture differs from the base, and those pixels, the others transparent."""
    differs = (picture != base).any(axis=2)
    if not differs.any():
        return [0, 0], b""
    rows, columns = (np.flatnonzero(differs.any(axis=axis)) for axis in (1, 0))
    cut = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    rgba = np.dstack([picture[cut], 255 * differs[cut].astype(np.uint8)])
    rgba[~differs[cut]] = 0
    return [int(columns[0]), int(rows[0])], webp(rgba)


def webp(array):
    """Return an image without loss, in few bytes."""
    data = io.BytesIO()
    Image.fromarray(array).save(data, "webp", lossless=True, quality=50, method=4)
    return data.getvalue()


def text(data):
    """Return bytes as text."""
    return b64encode(data).decode()


def alike(png, other):
    """Tell whether two pictures show one thing; another version of a font may have drawn it."""
    one, two = (pixels(data).astype(float) for data in (png, other))
    if one.shape != two.shape:
        return False
    rows, columns = (length // BLOCK * BLOCK for length in one.shape[:2])
    gap = (one - two)[:rows, :columns].reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK, 3)
    return bool(np.abs(gap.mean(axis=(1, 3))).max() <= APART)
