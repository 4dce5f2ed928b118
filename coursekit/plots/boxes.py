"""Where a figure shows images: a dark page turns lines and letters light, and leaves images as they are."""

import json
from math import ceil

import numpy as np
from matplotlib.collections import Collection, PolyQuadMesh, QuadMesh
from matplotlib.contour import ContourSet
from matplotlib.image import AxesImage, BboxImage
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.transforms import Bbox

KEY = "images"  # of the text in a PNG that tells its boxes
DRAWN = "drawn"  # gid of an image in the colours of a drawing, as of regions behind points: it turns with these
SHADES = "shades"  # of the text in a PNG that has such an image, and so smooth colours


def image_boxes(fig, within=None):
    """Return where the images of a figure are: photographs, digits, heat maps, and the colour bars beside them.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        It has been laid out.
    within : matplotlib.transforms.Bbox, optional
        The part of it that is shown, in pixels; all of it if not given.

    Returns
    -------
    list of list of float
        Left, top, right and bottom of each box as shares of width and height, from the top left; no box twice. A
        mosaic has a box for each of its images: the see-through gaps between them are paper.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> fig = Figure()
    >>> image = fig.add_axes((0, 0, 0.5, 1), aspect="auto").imshow([[1, 2]], aspect="auto")
    >>> image_boxes(fig)
    [[0.0, 0.0, 0.5, 1.0]]
    """
    shown = fig.bbox if within is None else within
    found = [box for ax in _axes(fig.axes) for box in _boxes(ax, shown) if box]
    shares = (_shares(box, shown) for box in [*found, *(image.get_window_extent() for image in fig.images)])
    return [list(box) for box in dict.fromkeys(shares)]


def png_texts(fig, boxes):
    """Return what the PNG of a figure tells every page that shows it: where its images are, and if it has shades.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The figure.
    boxes : list of list of float
        As :func:`image_boxes` gives them.

    Returns
    -------
    dict of str to str
        The texts by their keys.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> png_texts(Figure(), [[0.0, 0.0, 0.5, 1.0]])
    {'images': '[[0.0,0.0,0.5,1.0]]'}
    """
    told = {KEY: json.dumps(boxes, separators=(",", ":"))}
    shaded = any(image.get_gid() == DRAWN for ax in _axes(fig.axes) for image in ax.images)
    return told | ({SHADES: "yes"} if shaded else {})


def _axes(axes):
    """Give axes and those inset into them."""
    for ax in axes:
        yield ax
        yield from _axes(ax.child_axes)


def _boxes(ax, shown):
    """Give the boxes of what an axes shows that must keep its colours; None for an image outside its limits."""
    for artist in ax.get_children():
        if not artist.get_visible() or artist.get_gid() == DRAWN:
            continue
        if isinstance(artist, AxesImage):
            for box in _tiles(artist, shown):
                yield Bbox.intersection(box, ax.bbox) if artist.get_clip_on() else box
        elif isinstance(artist, Collection) and _is_map(artist):
            ends = ax.patches if hasattr(ax, "_colorbar") else ()  # of a colour bar: its pointed ends
            yield Bbox.union([ax.bbox, *(end.get_window_extent() for end in ends)])
        elif isinstance(artist, AnnotationBbox):
            yield from (image.get_window_extent() for image in artist.findobj(BboxImage))


def _tiles(image, shown):
    """Give the boxes of an image's tiles, between its see-through rows and columns; its own if it has none of these."""
    box, seen = image.get_window_extent(), _opaque(image)
    rows, columns = (_runs(seen.any(axis=axis)) for axis in (1, 0))
    if len(rows) * len(columns) < 2 or not image.get_transform().is_affine:
        yield box
        return
    left, right, bottom, top = image.get_extent()
    first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
    x, y = np.linspace(left, right, seen.shape[1] + 1), np.linspace(first, last, seen.shape[0] + 1)
    for (r0, r1), (c0, c1) in ((row, column) for row in rows for column in columns):
        if seen[r0:r1, c0:c1].any():
            tile = Bbox([(x[c0], y[r0]), (x[c1], y[r1])]).transformed(image.get_transform())
            yield Bbox([np.rint(end - shown.min) + shown.min for end in (tile.min, tile.max)])


def _opaque(image):
    """Return which pixels of an image hide what is below them."""
    array = image.get_array()
    if array.ndim == 3:
        return array[..., 3] > 0 if array.shape[2] == 4 else np.ones(array.shape[:2], bool)
    return ~np.ma.getmaskarray(array) | (image.cmap.get_bad()[3] > 0)


def _runs(flags):
    """Return where the runs of True begin and end."""
    steps = np.diff(flags.astype(int), prepend=0, append=0)
    return list(zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True))


def _is_map(collection):
    """Tell whether colours stand for numbers here: cells, filled contours, or anything that a colour bar explains."""
    if collection.get_array() is None:
        return False
    cells = isinstance(collection, (QuadMesh, PolyQuadMesh))
    filled = isinstance(collection, ContourSet) and collection.filled
    return cells or filled or collection.colorbar is not None


def _shares(box, shown):
    """Return a box as shares of what is shown, at the pixels where matplotlib draws an image in it."""
    width, height = int(shown.width), int(shown.height)
    left, bottom = round(box.xmin - shown.x0), round(box.ymin - shown.y0)
    right, top = left + ceil(box.xmax - box.xmin - 1e-6), bottom + ceil(box.ymax - box.ymin - 1e-6)
    sides = (left / width, 1 - top / height, right / width, 1 - bottom / height)
    return tuple(round(min(max(float(side), 0.0), 1.0), 5) for side in sides)
