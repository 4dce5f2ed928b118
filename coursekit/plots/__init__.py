"""Figures: axes in, axes out. Nothing here calls ``plt.show`` or changes a global setting but ``use_style``.

One module a subject; the ``draw_*`` functions fill a whole figure and are what the sliders drive.
"""

from coursekit.plots.backpropagation import draw_graph, draw_spiral, graph, plane
from coursekit.plots.claims import VERDICT_GROUPS, best_of, claims_map, draw_best_of
from coursekit.plots.descent import draw_descent
from coursekit.plots.features import draw_components, hog_strokes
from coursekit.plots.filters import draw_filter, edge_filter
from coursekit.plots.gradient import draw_difference, draw_direction
from coursekit.plots.grids import draw_grids
from coursekit.plots.images import confusion, images, mosaic, weights
from coursekit.plots.ladder import draw_precision, draw_roofline, draw_step, ladder
from coursekit.plots.layers import draw_layers
from coursekit.plots.margin import draw_margin
from coursekit.plots.neighbors import draw_regions, draw_shift, draw_turned_axes
from coursekit.plots.playground import draw_playground
from coursekit.plots.probability import draw_divergence, draw_layer, draw_sigmoid_losses, draw_temperature
from coursekit.plots.ranked import draw_ranked
from coursekit.plots.recognition import draw_digit, draw_threshold
from coursekit.plots.regularization import draw_corners, draw_penalty
from coursekit.plots.softmax_gradient import draw_jacobian, draw_updates, faulty_gradients
from coursekit.plots.speed import draw_broadcast, draw_growth, growth
from coursekit.plots.splits import PARTS, folds, parts
from coursekit.plots.style import CLASS_COLOURS, LINES, use_style
from coursekit.plots.targets import long_form
from coursekit.plots.training import loss_curve
from coursekit.plots.tuning import band, draw_gradient_noise, draw_training
from coursekit.plots.validation import learning_curves

__all__ = [
    "CLASS_COLOURS",
    "LINES",
    "PARTS",
    "VERDICT_GROUPS",
    "band",
    "best_of",
    "claims_map",
    "confusion",
    "draw_best_of",
    "draw_broadcast",
    "draw_components",
    "draw_corners",
    "draw_descent",
    "draw_difference",
    "draw_digit",
    "draw_direction",
    "draw_divergence",
    "draw_filter",
    "draw_gradient_noise",
    "draw_graph",
    "draw_grids",
    "draw_growth",
    "draw_jacobian",
    "draw_layer",
    "draw_layers",
    "draw_margin",
    "draw_penalty",
    "draw_playground",
    "draw_precision",
    "draw_ranked",
    "draw_regions",
    "draw_roofline",
    "draw_shift",
    "draw_sigmoid_losses",
    "draw_spiral",
    "draw_step",
    "draw_temperature",
    "draw_threshold",
    "draw_training",
    "draw_turned_axes",
    "draw_updates",
    "edge_filter",
    "faulty_gradients",
    "folds",
    "graph",
    "growth",
    "hog_strokes",
    "images",
    "ladder",
    "learning_curves",
    "long_form",
    "loss_curve",
    "mosaic",
    "parts",
    "plane",
    "use_style",
    "weights",
]
