"""A figure as PNG, again and again: what stays is drawn once, what moves is drawn over it."""

import io
from contextlib import contextmanager

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from coursekit.plots.boxes import image_boxes, png_texts
from coursekit.plots.stage import STAGES, moving
from coursekit.sliders._png import quick_png

DPI = 96


class Renderer:
    """One persistent figure and the picture of what stays in it.

    Parameters
    ----------
    size : tuple of float
        Width and height in inches.
    """

    def __init__(self, size):
        self.figure = Figure(figsize=size, dpi=DPI)
        self.canvas = FigureCanvasAgg(self.figure)
        self.laid_out = self.drawn = self.background = None

    def sharpen(self, scale):
        """Draw with more pixels per CSS pixel from now on; all keeps its place."""
        self.figure.set_dpi(DPI * scale)
        self.drawn = None

    def prepare(self):
        """Empty the figure, unless its drawing function keeps a stage in it."""
        if self.figure not in STAGES:
            self.figure.clear()

    def png(self, *, small=False):
        """Return the figure as a PNG, quickly, or else with few bytes."""
        staged = self.figure in STAGES
        over = moving(self.figure) if staged else []
        if not staged or self.laid_out != self.figure.axes:
            self._lay_out()
        if not staged or self.drawn != self._state(over):
            self._draw_what_stays(over)
        self.canvas.restore_region(self.background)
        for artist in over:
            artist.draw(self.canvas.renderer)
        size, pixels = self.canvas.get_width_height(), self.canvas.buffer_rgba()
        image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1)
        if not small:
            return quick_png(np.frombuffer(image.tobytes("raw", "RGB"), np.uint8).reshape(*size[::-1], 3))
        png = io.BytesIO()
        image.convert("RGB").save(png, "png", compress_level=9, pnginfo=self._told())
        return png.getvalue()

    def _told(self):
        """Return what a saved picture tells of itself."""
        texts = PngInfo()
        for key, text in png_texts(self.figure, image_boxes(self.figure)).items():
            texts.add_text(key, text)
        return texts

    def _lay_out(self):
        """Find room for labels and titles, once for each set of axes, so that nothing jumps while a slider moves."""
        self.figure.set_layout_engine("constrained")
        self.figure.draw_without_rendering()
        self.figure.set_layout_engine("none")
        self.laid_out = self.figure.axes

    def _draw_what_stays(self, over):
        """Draw the figure without its moving artists and keep the pixels."""
        with _left_out(over):
            self.canvas.draw()
        self.background = self.canvas.copy_from_bbox(self.figure.bbox)
        self.drawn = self._state(over)

    def _state(self, over):
        """Return what the picture of what stays depends on: limits, labels, and which titles move."""
        return [
            (ax, ax.title in over, *ax.viewLim.extents, ax.get_xlabel(), ax.get_ylabel(), ax.get_xscale(), ax.axison)
            for ax in self.figure.axes
        ]


@contextmanager
def _left_out(artists):
    """Keep artists out of a drawing; they stay visible, since a hidden title would lose its place."""
    for artist in artists:
        artist.set_animated(True)
    images = [artist for artist in artists if isinstance(artist, AxesImage)]  # drawn even when animated
    for image in images:
        image.set_visible(False)
    yield
    for artist in artists:
        artist.set_animated(False)
    for image in images:
        image.set_visible(True)
