"""The pictures of a slider's states as a table: a base picture, and for each state the pixels in which it differs.

A slider whose pictures show earlier settings has its states' traces, too: see ``traces.py``.
"""

import json
from base64 import b64encode
from functools import partial
from itertools import product
from math import prod
from time import process_time
from typing import NamedTuple

import numpy as np
from tiles import patch, pixels, webp
from traces import PARTS, Traces, drawing_of, keeps_traces

from coursekit.plots.boxes import image_boxes
from coursekit.sliders import Explorer, Options, Slider

MOST = 400  # states of one table
FEWEST = 11  # positions that a control keeps, if it has so many
SCALE = 1.0  # pixels per CSS pixel
LARGEST = 2_000_000  # bytes of a table; a larger one gets coarser steps
LONGEST = 90  # seconds of computing for a table
SAMPLE = 9  # pictures that a base is made from
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
    if SCALE != 1:
        explorer.renderer.sharpen(SCALE)
        picture(explorer)  # it is laid out for its first state, as in the notebook
    traces = keeps_traces(explorer)
    descriptions, boxes, drawing = drawn(explorer, kept, traces)
    size = sum(drawing["sizes"])
    if size > LARGEST:
        kept = positions(explorer, most=len(descriptions) * LARGEST // size)
        descriptions, boxes, drawing = drawn(explorer, kept, traces)
    sizes = zip(explorer.controls.items(), kept, strict=True)
    coarse = [name for (name, control), places in sizes if len(places) < len(control.texts)]
    shown = {
        "width": explorer.picture.width,
        "height": explorer.picture.height,
        "controls": [shown_control(*each) for each in zip(explorer.controls.values(), kept, strict=True)],
        "descriptions": descriptions,
        **boxes,
        **drawing,
    }
    return Table(shown, notes(coarse, lost=explorer._earlier.maxlen and not traces))


def script_of(name, shown):
    """Return a table as a script, which a page that was opened from a folder may load, too."""
    return f"coursekitTable({json.dumps(name)}, {json.dumps(shown, ensure_ascii=False)});\n"


def notes(coarse, lost):
    """Return what the page says where it has less than the notebook."""
    names = " and ".join(name.replace("_", " ") for name in coarse)
    steps = f"Here the steps of {names} are coarser than in the notebook. " if coarse else ""
    traces = "Only the notebook keeps traces of earlier settings." if lost else ""
    return f"{steps}{traces}".strip()


def positions(explorer, most=MOST):
    """Return the positions of each control that the table has.

    Parameters
    ----------
    explorer : coursekit.sliders.Explorer
        Its controls are sliders.
    most : int, default=400
        How many states there may be.

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
    while prod(len(kept) for kept in map(every, controls, strides)) > most:
        can = [i for i, control in enumerate(controls) if len(every(control, strides[i] + 1)) >= FEWEST]
        if not can and most < MOST:
            break  # few enough, though large
        if not can:
            raise NoTable(f"{prod(len(control.texts) for control in controls)} states are too many")
        strides[max(can, key=lambda i: len(every(controls[i], strides[i])))] += 1
    return [*map(every, controls, strides)]


def every(control, stride):
    """Return the positions some steps apart, so that the start is one of them; and both ends."""
    last = len(control.texts) - 1
    return sorted({0, last, *range(control.start % stride, last + 1, stride)})


def drawn(explorer, kept, traces):
    """Draw all states; return their descriptions, boxes of images, and layers, those of their traces if it has such."""
    controls = list(explorer.controls.values())
    for control in controls:
        control.unobserve_all("value")  # it is drawn below, at once for all controls
    pngs, descriptions, boxes, begin = [], [], [], process_time()
    marks = Traces(explorer) if traces else None
    for state in product(*kept):
        if process_time() - begin > LONGEST:
            raise NoTable(f"its {prod(map(len, kept))} pictures take more than {LONGEST} s to compute")
        for control, position in zip(controls, state, strict=True):
            control.position, control.value = position, control.values[position]
        pngs.append(marks.draw() if marks else picture(explorer))
        descriptions.append(explorer._describe())
        boxes.append(image_boxes(explorer.renderer.figure))
    counts = [len(places) for places in kept]
    if not marks:
        return descriptions, each_once(boxes), layers(pngs, counts)
    below, marks = marks.layers(pngs)
    return descriptions, each_once(boxes), layers(below, counts, marks)


def each_once(boxes):
    """Return the boxes of images that states have, each list of them once, and for each state which of those it has."""
    kinds = {json.dumps(each): each for each in boxes}
    return {"images": [*kinds.values()], "boxes": [[*kinds].index(json.dumps(each)) for each in boxes]}


def picture(explorer):
    """Return the picture to which a drawing for the explorer's values comes; of a training, only the last."""
    drawing_of(explorer)
    return explorer.renderer.png()


def shown_control(control, kept):
    """Return a control with some of its positions, as the page has it."""
    texts = dict(control.ticks)
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


def layers(pngs, counts, marks=None):
    """Return the pictures of all states as layers: a base, pieces to lay over it, and which pieces make each state.

    Where one control changes much of the picture, each of its positions has a piece, and states lay theirs over that.
    ``marks`` are the pieces of their traces, if they leave such.
    """
    base, groups = median(pngs), cheapest(pngs, counts)
    pieces, states = [], [[] for _ in pngs]

    def add(lists, place, data):
        if data:
            for numbers in lists:
                numbers.append(len(pieces))
            pieces.append((place, data))

    for group in groups:
        below = median([pngs[state] for state in group]) if len(groups) > 1 else base
        add([states[state] for state in group], *patch(below, base))
        for state in group:
            add([states[state]], *patch(pixels(pngs[state]), below))
    traces = {key: value for key, value in (marks or {}).items() if key not in PARTS}
    for key in PARTS if marks else ():
        traces[key] = [[] for _ in pngs]
        for numbers, own in zip(traces[key], marks[key], strict=True):
            for piece in own:
                add([numbers], *piece)
    return {
        "base": text(webp(base)),
        "places": [place for place, _ in pieces],
        "sizes": [len(data) for _, data in pieces],
        "pieces": text(b"".join(data for _, data in pieces)),
        "states": states,
        "traces": traces,
    }


def cheapest(pngs, counts):
    """Return the states in groups by the control for which their pieces are smallest; or all as one group."""
    table = np.arange(len(pngs)).reshape(counts)
    splits = [np.moveaxis(table, axis, 0).reshape(counts[axis], -1) for axis in range(len(counts)) if len(counts) > 1]
    return min([table.reshape(1, -1), *splits], key=partial(estimate, pngs)).tolist()


def estimate(pngs, groups):
    """Estimate the bytes of the pieces of such groups, from a few states of a few groups."""
    base, tried = median(pngs), groups[:: -(-len(groups) // 3)]
    own = [median([pngs[state] for state in group]) for group in tried] if len(groups) > 1 else [base]
    over = [
        len(patch(pixels(pngs[state]), below)[1])
        for group, below in zip(tried, own, strict=True)
        for state in group[:: -(-len(group) // 5)]
    ]
    return np.mean(over) * len(pngs) + np.mean([len(patch(below, base)[1]) for below in own]) * len(groups)


def median(pngs):
    """Return the picture that has, at each pixel, what most of a sample of pictures have."""
    sample = [pixels(pngs[i]) for i in np.unique(np.linspace(0, len(pngs) - 1, SAMPLE).round().astype(int))]
    return np.sort(np.stack(sample), axis=0)[len(sample) // 2]


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
