"""The picture under the controls, with its description and a line for messages."""

import anywidget
from traitlets import Bool, Bytes, Dict, Float, Int, List, Unicode

from coursekit.sliders.controls import FRONT_END

PARTS = ("kernel.js", "figures.js", "picture.js")


class Picture(anywidget.AnyWidget):
    """A PNG with a description, handles to drag, and a line for messages; it keeps its place while it changes.

    Parameters
    ----------
    width, height : int
        Size in CSS pixels.
    """

    _esm = "\n".join((FRONT_END / name).read_text(encoding="utf-8") for name in PARTS)
    _css = "\n".join((FRONT_END / name).read_text(encoding="utf-8") for name in ("controls.css", "dark.css"))
    png = Bytes().tag(sync=True)
    description = Unicode().tag(sync=True)
    message = Unicode().tag(sync=True)
    failed = Bool().tag(sync=True)
    handles = List(Dict()).tag(sync=True)  # x and y as shares of width and height, from the top left; label
    selected = Int(-1).tag(sync=True)  # which handle the Tab key reaches
    area = List(Float(), [0.0, 0.0, 1.0, 1.0]).tag(sync=True)  # where handles can be: left, top, right, bottom
    rows = List(Float(), [0.0, 0.0, 0.0, 0.0]).tag(sync=True)  # where each handle has a row of its own
    images = List(List(Float())).tag(sync=True)  # boxes that keep their colours on a dark page: as ``area``
    answered = Dict().tag(sync=True)  # by label, the position of each control that the picture was drawn for
    scale = Float(1.0).tag(sync=True)  # pixels per CSS pixel
    frame = Int().tag(sync=True)  # how many frames were sent
    seen = Int().tag(sync=True)  # which of them was shown last
    width = Int().tag(sync=True)
    height = Int().tag(sync=True)

    def __init__(self, width, height):
        super().__init__(width=width, height=height)
