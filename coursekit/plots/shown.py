"""How a notebook shows a figure: with two pixels per CSS pixel, in its size, and with the boxes of its images."""

import io
import sys
from base64 import b64encode
from math import ceil

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from coursekit.plots.boxes import image_boxes, png_texts

SHARPNESS = 2  # pixels per CSS pixel
MARGIN = 1e-3  # of a CSS pixel: a size that is nearly whole must not lose its last pixel
PNG = "image/png"


def show_sharply():
    """Let this notebook show figures as :func:`bundle` makes them, if it shows them as PNG; elsewhere, do nothing."""
    shell = "IPython" in sys.modules and sys.modules["IPython"].get_ipython()
    if not shell or "inline" not in plt.get_backend():
        return
    plt.switch_backend(plt.get_backend())  # loaded now, since it chooses a format when it is loaded, and not again
    if shell.display_formatter.formatters[PNG].type_printers.pop(Figure, None):
        shell.display_formatter.mimebundle_formatter.for_type(Figure, bundle)


def bundle(fig):
    """Return what a notebook shows of a figure.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Any.

    Returns
    -------
    data, metadata : dict
        The PNG by its type; its size in CSS pixels, and which ground it needs.

    Notes
    -----
    JupyterLab makes a class of the ground. Lines need a light one, so a dark theme may invert them; with images, the
    PNG says where they are.
    """
    if not (fig.axes or fig.lines or fig.images):
        return {}, {}
    png, boxes, size = picture(fig)
    return {PNG: b64encode(png).decode()}, {PNG: size, "needs_background": "dark" if boxes else "light"}


def picture(fig):
    """Return the PNG of a figure, cut to what is drawn, the boxes of its images, and its size in CSS pixels.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        It is as before afterwards.

    Returns
    -------
    png, boxes, size : bytes, list, dict
        The boxes as :func:`coursekit.plots.boxes.image_boxes` gives them.
    """
    dpi, engine, png = fig.dpi, fig.get_layout_engine(), io.BytesIO()
    try:
        fig.set_dpi(SHARPNESS * dpi)
        fig.draw_without_rendering()
        if engine:
            fig.set_layout_engine("none")  # a second time it might move something
        part = fig.get_tightbbox().padded(plt.rcParams["savefig.pad_inches"])
        width, height = ceil(part.width * dpi), ceil(part.height * dpi)
        part = Bbox.from_bounds(part.x0, part.y0, (width + MARGIN) / dpi, (height + MARGIN) / dpi)
        boxes = image_boxes(fig, part.transformed(fig.dpi_scale_trans))
        fig.savefig(png, format="png", dpi=fig.dpi, bbox_inches=part, metadata=png_texts(fig, boxes))
        return png.getvalue(), boxes, {"width": width, "height": height}
    finally:
        fig.set_dpi(dpi)
        if engine:
            fig.set_layout_engine(engine)
