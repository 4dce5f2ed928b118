"""The look of the course's figures: colours, line styles, and one call that sets the rest."""

import matplotlib.pyplot as plt

from coursekit.plots.shown import show_sharply

# One colour a class, everywhere. Paul Tol's "muted" scheme, made for colour-blind readers, and its grey.
CLASS_COLOURS = (
    "#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499", "#777777",
)  # fmt: skip
LINES = {"training": "-", "validation": "--", "test": ":"}


def use_style():
    """Set the look of the course's figures, as sharp as fine screens are; called once at the top of a notebook.

    Examples
    --------
    >>> use_style()
    >>> plt.rcParams["figure.constrained_layout.use"]
    True
    """
    plt.rcParams.update(
        {
            "figure.constrained_layout.use": True,
            "figure.dpi": 96,
            "figure.figsize": (7, 3.2),
            "axes.prop_cycle": plt.cycler(color=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": "medium",
            "axes.titleweight": "bold",
            "font.size": 10,
            "image.cmap": "viridis",
            "legend.frameon": False,
        }
    )
    show_sharply()
