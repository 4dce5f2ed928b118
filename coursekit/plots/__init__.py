"""Figures: axes in, axes out. Nothing here calls ``plt.show`` or changes a global setting but ``use_style``.

One module a subject; the ``draw_*`` functions fill a whole figure and are what the sliders drive.
"""

from coursekit.plots.images import confusion, draw_threshold, images, mosaic, weights
from coursekit.plots.probability import draw_temperature
from coursekit.plots.style import CLASS_COLOURS, LINES, use_style
from coursekit.plots.training import loss_curve

__all__ = [
    "CLASS_COLOURS",
    "LINES",
    "confusion",
    "draw_temperature",
    "draw_threshold",
    "images",
    "loss_curve",
    "mosaic",
    "use_style",
    "weights",
]
