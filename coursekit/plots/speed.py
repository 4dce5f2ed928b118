"""How time grows with size, and what broadcasting puts in a loop's place."""

from functools import lru_cache
from itertools import cycle, islice

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from coursekit.plots.stage import stage

MOST, GAP = 6, 1.4  # rows and columns that an operand may have, and the room for the minus sign
CORNERS = np.array([(0, 0), (0.92, 0), (0.92, 0.92), (0, 0.92)])
CELL, INK = "#dddddd", {"ha": "center", "va": "center"}
COLOURS = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00")  # Okabe and Ito, colour-blind safe
SHAPES = {
    "(m, 1)": lambda m, k: (m, 1),
    "(m,)": lambda m, k: (m,),
    "(1, k)": lambda m, k: (1, k),
    "(k,)": lambda m, k: (k,),
}


def growth(sizes, seconds, *, ax=None, title="", xlabel="examples m", ylabel="seconds per call", first=0):
    """Draw time against size, both on logarithmic axes, one line for each contender.

    Parameters
    ----------
    sizes : sequence of int
        What was varied, in rising order.
    seconds : dict of str to sequence of float
        For each contender its time at each size.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.
    xlabel, ylabel : str
        Names of the axes, with units.
    first : int, default=0
        Which colour and marker the first line has; the others follow. So a contender looks alike in two pictures.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Raises
    ------
    ValueError
        If a contender has not one positive time for each size.

    Examples
    --------
    >>> growth([1, 10], {"loop": [1e-3, 1e-2], "product": [1e-4, 2e-4]}).get_xscale()
    'log'
    """
    ax = ax or plt.gca()
    looks = islice(enumerate(cycle("osD^vP")), first, None)
    for (name, times), (colour, marker) in zip(seconds.items(), looks, strict=False):
        if np.shape(times) != np.shape(sizes) or not np.all(np.asarray(times) > 0):
            raise ValueError(f"growth: {name} needs {len(sizes)} positive times, one a size; got {list(times)}.")
        ax.loglog(sizes, times, color=f"C{colour}", marker=marker, label=name)
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.legend(fontsize="small")
    return ax


def draw_growth(fig, *, m, sizes, seconds):
    """Draw time against size, and beside it how many times faster than the first each contender is at one size.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    m : int
        One of ``sizes``: where to compare.
    sizes : sequence of int
        What was varied, in rising order.
    seconds : dict of str to sequence of float
        For each contender its time at each size; the first is what the others are compared with.

    Returns
    -------
    dict of str to float
        The ratio of each contender at ``m``.

    Raises
    ------
    ValueError
        If ``m`` was not measured.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_growth(Figure(), m=10, sizes=[1, 10], seconds={"loop": [1.0, 8.0], "product": [1.0, 2.0]})
    {'loop': 1.0, 'product': 4.0}
    """
    if m not in sizes:
        raise ValueError(f"draw_growth: m = {m} was not measured; choose one of {list(sizes)}.")
    left, right = stage(fig, _growth_and_factors, sizes, seconds)
    at = list(sizes).index(m)
    left.plot([m, m], [left.get_ylim()[0], max(times[at] for times in seconds.values())], color="grey", linestyle=":")
    factors = {name: taken[at] for name, taken in _factors(seconds).items()}
    widths = np.array([*factors.values()]) - 1
    right.barh(range(len(factors)), widths, left=1, color=[line.get_color() for line in left.lines[: len(factors)]])
    for row, factor in enumerate(factors.values()):
        right.text(1.1 * max(factor, 1), row, f"× {factor:.3g}", va="center")
    right.set_title(f"at m = {m}, against {next(iter(seconds))}")
    return factors


def _factors(seconds):
    """Return for each contender how many times faster than the first it is, at every size."""
    first = next(iter(seconds.values()))
    return {name: [float(a / b) for a, b in zip(first, times, strict=True)] for name, times in seconds.items()}


def _growth_and_factors(fig, sizes, seconds):
    """Draw what stays: the lines, and an axis that has room for the factors of every size."""
    left, right = fig.subplots(1, 2)
    growth(sizes, seconds, ax=left, title="time grows with the size")
    left.get_legend().set_loc("upper left")
    left.set(xlim=left.get_xlim(), ylim=left.get_ylim())  # what moves shall not change them
    factors = np.concatenate([*_factors(seconds).values()])
    right.set(xscale="log", xlim=(factors.min() / 1.5, factors.max() * 6), ylim=(len(seconds) - 0.4, -0.6))
    right.set_yticks(range(len(seconds)), list(seconds))
    right.axvline(1, color="black", linewidth=0.8)
    right.set_xlabel("times faster")
    return left, right


def draw_broadcast(fig, *, m=4, k=3, shape="(m, 1)"):
    """Draw Z - t cell by cell: which of the two arrays NumPy stretches, and which t each z meets.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    m, k : int
        Shape of Z, from 1 to 6 rows and columns.
    shape : {"(m, 1)", "(m,)", "(1, k)", "(k,)"}
        Shape of t.

    Returns
    -------
    tuple of int or None
        Shape of the result; None where NumPy refuses.

    Raises
    ------
    ValueError
        If there is no such shape, or no room for so many rows or columns.

    Notes
    -----
    Shapes are compared from the right; an axis of length 1, or one that is missing, is repeated. A filled cell holds a
    number, a pale one repeats it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_broadcast(Figure(), m=4, k=3, shape="(m, 1)")
    (4, 3)
    >>> draw_broadcast(Figure(), m=4, k=3, shape="(m,)") is None
    True
    """
    if shape not in SHAPES:
        raise ValueError(f"draw_broadcast: shape must be one of {', '.join(SHAPES)}; got {shape!r}.")
    if not (1 <= m <= MOST and 1 <= k <= MOST):
        raise ValueError(f"draw_broadcast: m and k must lie between 1 and {MOST}; got {m} and {k}.")
    ax, z, t = stage(fig, _table), (m, k), SHAPES[shape](m, k)
    result = _stretched(z, t)
    _operand(ax, MOST - (result or z)[1], "z", z, result or z)
    _operand(ax, MOST + GAP, "t", t, result or t)
    outcome = f"gives {result}" if result else f"is refused: from the right, {k} meets {t[-1]}"
    ax.set_title(f"Z {z} − t {t} {outcome}")
    return result


def _table(fig):
    """Draw what stays: a minus sign, with room for the largest operand on either side."""
    ax = fig.subplots()
    ax.set(xlim=(-0.1, 2 * MOST + GAP), ylim=(MOST, -0.1))
    ax.text(MOST + GAP / 2 - 0.04, 0.46, "−", fontsize=16, **INK)
    ax.set_axis_off()
    return ax


def _stretched(a, b):
    """Return the shape of the result of two shapes, or None where they do not fit."""
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return None


def _operand(ax, left, name, size, result):
    """Draw one array, repeated to the result's shape, from a column on."""
    number = np.arange(np.prod(size)).reshape(size)
    stretched = np.atleast_2d(np.broadcast_to(number, result))
    rows, columns = np.atleast_2d(number).shape
    places = np.array([(left + j, i) for i, j in np.ndindex(stretched.shape)])
    alphas = [0.9 if i < rows and j < columns else 0.3 for i, j in np.ndindex(stretched.shape)]
    colours = [CELL if name == "z" else COLOURS[value % len(COLOURS)] for value in stretched.flat]
    filling = list(map(to_rgba, colours, alphas))
    ax.add_collection(PolyCollection(places[:, None] + CORNERS, facecolors=filling), autolim=False)
    indices = [tuple(map(int, np.unravel_index(value, size))) for value in stretched.flat]
    _labels(ax, places + 0.46, [f"{name}[{', '.join(map(str, index))}]" for index in indices])


def _labels(ax, places, texts):
    """Write many short texts, each around its place, as one collection of outlines: much quicker than many texts."""
    to_pixels = Affine2D().scale(ax.figure.dpi / 72)
    look = {"transform": to_pixels, "facecolors": "black", "linewidths": 0}
    paths = [_outline(text) for text in texts]
    ax.add_collection(PathCollection(paths, offsets=places, offset_transform=ax.transData, **look), autolim=False)


@lru_cache(maxsize=200)
def _outline(text):
    """Return the outline of a text of 8 points, centred."""
    path = TextPath((0, 0), text, size=8)
    return Path(path.vertices - [path.get_extents().x1 / 2, 3], path.codes)
