"""How time grows with size, and what broadcasting puts in a loop's place."""

from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np

CELL, INK = "#dddddd", {"ha": "center", "va": "center"}
COLOURS = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00")  # Okabe and Ito, colour-blind safe
SHAPES = {
    "(m, 1)": lambda m, k: (m, 1),
    "(m,)": lambda m, k: (m,),
    "(1, k)": lambda m, k: (1, k),
    "(k,)": lambda m, k: (k,),
}


def growth(sizes, seconds, *, ax=None, title="", xlabel="examples m", ylabel="seconds a call"):
    """Draw time against size, both on logarithmic axes, one line a contender.

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
    for (name, times), marker in zip(seconds.items(), cycle("osD^vP"), strict=False):
        if np.shape(times) != np.shape(sizes) or not np.all(np.asarray(times) > 0):
            raise ValueError(f"growth: {name} needs {len(sizes)} positive times, one a size; got {list(times)}.")
        ax.loglog(sizes, times, marker=marker, label=name)
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
    left, right = fig.subplots(1, 2)
    growth(sizes, seconds, ax=left, title="time grows with the size")
    left.axvline(m, color="grey", linestyle=":")
    at = list(sizes).index(m)
    first = next(iter(seconds.values()))[at]
    ratios = {name: first / times[at] for name, times in seconds.items()}
    colours = [line.get_color() for line in left.lines]
    bars = right.barh(list(ratios), list(ratios.values()), color=colours[: len(ratios)])
    right.bar_label(bars, [f"× {ratio:.3g}" for ratio in ratios.values()], padding=3)
    right.set(xscale="log", xlabel="times faster", title=f"at m = {m}, against {next(iter(seconds))}")
    right.margins(x=0.2)
    right.invert_yaxis()
    return ratios


def draw_broadcast(fig, *, m=4, k=3, shape="(m, 1)"):
    """Draw Z - t cell by cell: which of the two arrays NumPy stretches, and which t each z meets.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    m, k : int
        Shape of Z, a few rows and columns.
    shape : {"(m, 1)", "(m,)", "(1, k)", "(k,)"}
        Shape of t.

    Returns
    -------
    tuple of int or None
        Shape of the result; None where NumPy refuses.

    Raises
    ------
    ValueError
        If there is no such shape.

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
    z, t = (m, k), SHAPES[shape](m, k)
    result = _stretched(z, t)
    ax = fig.subplots()
    start = _operand(ax, 0, "z", z, result or z)
    ax.text(start - 0.75, m / 2, "−", fontsize=16, **INK)
    _operand(ax, start, "t", t, result or t)
    outcome = f"gives {result}" if result else f"is refused: from the right, {k} meets {t[-1]}"
    ax.set_title(f"Z {z} − t {t} {outcome}")
    ax.autoscale_view()
    ax.invert_yaxis()
    ax.set_axis_off()
    return result


def _stretched(a, b):
    """Return the shape of the result of two shapes, or None where they do not fit."""
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return None


def _operand(ax, left, name, size, result):
    """Draw one array, repeated to the result's shape, and return where the next one starts."""
    number = np.arange(np.prod(size)).reshape(size)
    stretched = np.atleast_2d(np.broadcast_to(number, result))
    rows, columns = np.atleast_2d(number).shape
    for (i, j), value in np.ndenumerate(stretched):
        solid = i < rows and j < columns
        place = ", ".join(str(int(v)) for v in np.unravel_index(value, size))
        colour = CELL if name == "z" else COLOURS[value % len(COLOURS)]
        ax.add_patch(plt.Rectangle((left + j, i), 0.92, 0.92, color=colour, alpha=0.9 if solid else 0.3))
        ax.text(left + j + 0.46, i + 0.46, f"{name}[{place}]", fontsize=8, **INK)
    return left + stretched.shape[1] + 1.5
