"""How a notebook shows a figure: with two pixels per CSS pixel, in its size, and with the boxes of its images."""

import io
import sys
from base64 import b64encode

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from coursekit.plots.boxes import image_boxes

SHARPNESS = 2  # pixels per CSS pixel
PNG = "image/png"


def show_sharply():
    """Let this notebook show figures as :func:`bundle` makes them, if it shows them as PNG; elsewhere, do nothing."""
    shell = "IPython" in sys.modules and sys.modules["IPython"].get_ipython()
    if not shell or "inline" not in plt.get_backend():
        return
    import matplotlib_inline.backend_inline  # noqa: F401 - it chooses a format when it is loaded, and not again

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
        The PNG by its type; its size in CSS pixels and the boxes of its images, if it has any.
    """
    if not (fig.axes or fig.lines or fig.images):
        return {}, {}
    png, boxes, size = picture(fig)
    told = {"images": boxes} if boxes else {}
    ground = {"needs_background": "light"} if boxes else {}  # JupyterLab makes a class of it, for dark themes
    return {PNG: b64encode(png).decode()}, {PNG: {**size, **told}, **ground}


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
        pixels = part.transformed(fig.dpi_scale_trans)
        fig.savefig(png, format="png", dpi=fig.dpi, bbox_inches=part)
        size = {"width": int(pixels.width) // SHARPNESS, "height": int(pixels.height) // SHARPNESS}
        return png.getvalue(), image_boxes(fig, pixels), size
    finally:
        fig.set_dpi(dpi)
        if engine:
            fig.set_layout_engine(engine)
