"""Where a figure's images are, and what a notebook shows of a figure."""

import io
import json
from base64 import b64decode
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox, OffsetImage
from PIL import Image

from coursekit import network, plots
from coursekit.plots import boxes, shown
from coursekit.plots.playground import draw_playground
from gradekit.tidying import packed
from tests.plots.repaint import finish

SHEET = np.arange(12.0).reshape(3, 4)
HALF = (0.25, 0.25, 0.5, 0.5)
DRAWN = {
    "lines": lambda ax: ax.plot([1, 2]),
    "bars": lambda ax: ax.bar([1, 2], [3, 4]),
    "coloured points": lambda ax: ax.scatter([1, 2], [1, 2], c=[1, 2]),
    "contour lines": lambda ax: ax.contour(SHEET),
    "a hidden image": lambda ax: ax.imshow(SHEET).set_visible(False),
    "regions behind points": lambda ax: ax.imshow(SHEET, gid=boxes.DRAWN),
    "an image outside": lambda ax: (ax.imshow(SHEET), ax.set(xlim=(20, 30))),
}
KEPT = {
    "image": lambda ax: ax.imshow(SHEET, aspect="auto"),
    "upside down": lambda ax: ax.imshow(SHEET, aspect="auto", origin="lower"),
    "cells": lambda ax: ax.pcolormesh(SHEET),
    "filled contours": lambda ax: ax.contourf(SHEET),
    "points with a bar": lambda ax: ax.figure.colorbar(ax.scatter([1, 2], [1, 2], c=[1, 2]), cax=ax.inset_axes(HALF)),
}


def boxes_of(draw):
    """Return the boxes of a figure with one axes in its middle."""
    fig = Figure()
    draw(fig.add_axes(HALF))
    fig.draw_without_rendering()
    return boxes.image_boxes(fig)


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_a_drawing_has_no_boxes(draw):
    """Lines, bars and points turn light with the words, whatever their colours."""
    assert boxes_of(draw) == []


def test_regions_turn_with_their_points():
    """At night a class has one colour in a figure: that of its points and bars behind them, too."""
    X, y = np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([0, 1])
    regions, playground, spiral = Figure(), Figure(), Figure()
    plots.draw_regions(regions, sets={"two": (X, y, X, y)}, points="two")
    draw_playground(playground, W=np.eye(3, 2), X=X, y=y, losses=np.ones(2))
    train = partial(network.train_in_view, X, y, plots.plane(9), hidden=3, activation="tanh", steps=10)
    finish(plots.draw_spiral(spiral, train=train, X=X, y=y, side=9, learning_rate=0.5))
    for fig in (regions, playground, spiral):
        assert any(ax.images for ax in fig.axes)
        assert boxes.image_boxes(fig) == []


@pytest.mark.parametrize("draw", KEPT.values(), ids=KEPT)
def test_colours_that_stand_for_numbers_are_kept(draw):
    """The whole axes is, from its left to its right, in shares from the top left."""
    assert boxes_of(draw)[0] == pytest.approx([0.25, 0.25, 0.75, 0.75], abs=0.002)


def test_a_colour_bar_is_kept_with_its_pointed_ends():
    """It explains the image; its numbers beside it are words."""
    fig = Figure()
    ax = fig.add_axes((0.1, 0.1, 0.5, 0.8))
    fig.colorbar(ax.imshow(SHEET), cax=fig.add_axes((0.8, 0.2, 0.05, 0.6)), extend="both")
    fig.draw_without_rendering()
    left, top, right, bottom = boxes.image_boxes(fig)[1]
    assert (left, right) == pytest.approx((0.8, 0.85), abs=0.003)
    assert top == pytest.approx(0.2, abs=0.003) and bottom == pytest.approx(0.8, abs=0.003)


def test_images_inset_and_at_points_are_found():
    """A small picture at a point, and one in axes within axes."""
    fig = Figure()
    ax = fig.add_axes((0, 0, 1, 1))
    ax.add_artist(AnnotationBbox(OffsetImage(np.zeros((40, 64, 3))), (0.5, 0.5)))
    ax.inset_axes((0.8, 0.8, 0.1, 0.1)).imshow(SHEET, aspect="auto")
    fig.draw_without_rendering()
    small, inset = sorted(boxes.image_boxes(fig))
    assert (small[0] + small[2]) / 2 == pytest.approx(0.5, abs=0.01)
    assert inset == pytest.approx([0.8, 0.1, 0.9, 0.2], abs=0.003)


@pytest.mark.parametrize("image_shape", [(6, 5), (6, 5, 3)], ids=["greys", "colours"])
@pytest.mark.parametrize("origin", ["upper", "lower"])
def test_each_image_of_a_mosaic_has_a_box(image_shape, origin):
    """Black images: the boxes hold what is black and nothing else, and an empty place has none."""
    fig = plt.figure(figsize=(4, 3), dpi=80)
    ax = fig.add_axes((0.101, 0.153, 0.83, 0.7))
    show = {"cmap": "gray", "vmin": 0, "origin": origin, "interpolation": "nearest"}
    plots.images(np.zeros((5, np.prod(image_shape))), image_shape, columns=3, ax=ax, **show)
    png, found, _ = shown.picture(fig)
    plt.close(fig)
    image = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    inside = np.zeros(image.shape, bool)
    for left, top, right, bottom in found:
        rows, columns = (slice(*np.rint(np.multiply(ends, size)).astype(int)) for ends, size in
                         (((top, bottom), image.shape[0]), ((left, right), image.shape[1])))  # fmt: skip
        inside[rows, columns] = True
    assert len(found) == 5
    assert (inside == (image == 0)).all()


def test_paper_within_an_image_stays_in_its_box():
    """Pixels of no value with a colour of their own, and white rows of a photograph, belong to the image."""
    gaps = np.where(np.eye(4)[:3] + np.array([0, 0, 1, 0]), SHEET, np.nan)
    grey = plt.colormaps["RdBu"].with_extremes(bad="0.6")
    for sheet, look in ((gaps[:, 2:], {"cmap": grey}), (np.ones((3, 4, 3)), {})):
        assert len(boxes_of(lambda ax, s=sheet, k=look: ax.imshow(s, aspect="auto", **k))) == 1


def test_a_figure_is_shown_with_two_pixels_per_css_pixel():
    """Its PNG tells the box, in which are the image's pixels and none beside; the figure is as before."""
    fig = plt.figure(figsize=(3, 2), dpi=96, layout="constrained")
    fig.gca().imshow(np.zeros((3, 4)), cmap="gray")
    fig.gca().set_axis_off()
    data, told = shown.bundle(fig)
    image = Image.open(io.BytesIO(b64decode(data["image/png"])))
    size = told["image/png"]
    assert image.size == (2 * size["width"], 2 * size["height"]) and told["needs_background"] == "dark"
    ((left, top, right, bottom),) = json.loads(image.info["images"])
    black = np.argwhere(np.asarray(image.convert("L")) == 0)
    first = [round(top * image.height), round(left * image.width)]
    last = [round(bottom * image.height) - 1, round(right * image.width) - 1]
    assert black.min(axis=0).tolist() == first and black.max(axis=0).tolist() == last
    assert fig.dpi == 96 and fig.get_layout_engine().__class__.__name__ == "ConstrainedLayoutEngine"
    plt.close(fig)


def test_a_drawing_is_packed_and_an_image_is_not():
    """With fewer colours it needs half of the bytes, white and texts stay; one with an image or shades is as it was."""
    for draw, smaller in ((DRAWN["lines"], True), (DRAWN["regions behind points"], False), (KEPT["image"], False)):
        fig = plt.figure(figsize=(3, 2))
        draw(fig.gca())
        png = shown.picture(fig)[0]
        plt.close(fig)
        after = packed(png)
        image = Image.open(io.BytesIO(after))
        assert image.info["images"] == Image.open(io.BytesIO(png)).info["images"]
        assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255)
        assert (len(after) < len(png) / 2) if smaller else after == png
