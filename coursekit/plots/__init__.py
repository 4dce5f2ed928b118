"""Figures: axes in, axes out. Nothing here calls ``plt.show`` or changes a global setting but ``use_style``.

One module a subject; the ``draw_*`` functions fill a whole figure and are what the sliders drive.
"""

from coursekit.plots.gradient import draw_difference, draw_direction
from coursekit.plots.images import confusion, draw_threshold, images, mosaic, weights
from coursekit.plots.ladder import draw_precision, draw_roofline, ladder
from coursekit.plots.probability import draw_divergence, draw_layer, draw_sigmoid_losses, draw_temperature
from coursekit.plots.regularization import draw_corners, draw_penalty
from coursekit.plots.speed import draw_broadcast, draw_growth, growth
from coursekit.plots.style import CLASS_COLOURS, LINES, use_style
from coursekit.plots.training import loss_curve
from coursekit.plots.tuning import band, draw_gradient_noise, draw_learning_rate

__all__ = [
    "CLASS_COLOURS",
    "LINES",
    "band",
    "confusion",
    "draw_broadcast",
    "draw_corners",
    "draw_difference",
    "draw_direction",
    "draw_divergence",
    "draw_gradient_noise",
    "draw_growth",
    "draw_layer",
    "draw_learning_rate",
    "draw_penalty",
    "draw_precision",
    "draw_roofline",
    "draw_sigmoid_losses",
    "draw_temperature",
    "draw_threshold",
    "growth",
    "images",
    "ladder",
    "loss_curve",
    "mosaic",
    "use_style",
    "weights",
]
