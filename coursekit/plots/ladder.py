"""Speed as pictures: a ladder of measurements, the roofline above it, and the numbers that a number type has."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

from coursekit.plots.stage import stage
from coursekit.timing import Limits, measure_step, predict_step

EXAMPLE = Limits(bandwidth=16e9, flops=100e9, flops64=50e9)  # round numbers, of the size of a laptop's
BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#595959"
FLOATS = ("float16", "float32", "float64")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def ladder(rungs, *, limit=None, ax=None, title=""):
    """Draw a ladder of measurements as bars, the first on top.

    Parameters
    ----------
    rungs : sequence of coursekit.timing.Rung
        What was measured.
    limit : float, optional
        Repetitions a second that the machine allows; drawn as a line.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Beside each bar stands how many times faster than the first it is.

    Examples
    --------
    >>> from coursekit.timing import Rung
    >>> ladder([Rung("loop", 0.5, 1.0), Rung("product", 0.1, 5.0)]).get_xlabel()
    'iterations per second'
    """
    ax = ax or plt.gca()
    bars = ax.barh([rung.name for rung in rungs], [rung.per_second for rung in rungs], color="#0072b2")
    ax.bar_label(bars, [f"× {rung.speedup:.1f}" for rung in rungs], padding=3)
    if limit:
        ax.axvline(limit, color="#d55e00", linestyle="--", label="this machine's limit")
        ax.legend()
    ax.set(xlabel="iterations per second", title=title)
    ax.margins(x=0.12)
    ax.invert_yaxis()
    return ax


def draw_roofline(fig, *, classes=10, bytes_per_pixel=4, readings=1, shape=(60000, 784), limits=EXAMPLE):
    """Draw what a machine allows against operations a byte, and where one full-batch step stands.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    classes : int, default=10
        Columns of W, k: each pixel takes part in 4 k operations per step.
    bytes_per_pixel : int, default=4
        How pixels are stored: 1 for uint8, 4 for float32, 8 for float64. Those of 8 bytes are multiplied as float64,
        all others are converted block by block and multiplied as float32.
    readings : int, default=1
        How often a step reads all pixels from memory: twice as two whole products, once in blocks of rows.
    shape : tuple of int
        Examples and pixels, (m, n).
    limits : coursekit.timing.Limits
        The machine; one with round numbers if not given.

    Returns
    -------
    float
        Steps a second that the machine allows.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> round(draw_roofline(Figure(), classes=10, bytes_per_pixel=8, readings=2), 1)
    21.3
    """
    ax = stage(fig, _roof, limits)
    pixels = shape[0] * shape[1]
    flops, nbytes = 4 * pixels * classes, pixels * bytes_per_pixel * readings
    work = flops, nbytes, max(4, bytes_per_pixel)
    steps, here = limits.per_second(*work), flops / nbytes
    ax.plot([here], [steps * flops / 1e9], "o", color=ORANGE, markersize=10)
    ax.set_title(f"{here:g} operations per byte: {limits.binding(*work)} binds, {steps:.3g} steps per second at most")
    return steps


def _roof(fig, limits):
    """Draw what stays: the roof for each width of number with its ridge, and what binds on either side."""
    ax = fig.subplots()
    intensity = np.geomspace(0.1, 1e4, 301)
    for itemsize, style in ((4, "-"), (8, "--")):
        roof = np.minimum(limits.roof(itemsize), intensity * limits.bandwidth) / 1e9
        ax.plot(intensity, roof, style, color="black")
        ax.axvline(limits.ridge(itemsize), color="grey", linestyle=":", linewidth=1)
        ax.text(9000, roof[-1] * 0.95, f"float{8 * itemsize}", ha="right", va="top", color=GREY)
    ax.set(xscale="log", yscale="log", xlim=(0.1, 1e4), ylim=(roof[0] / 2, 2.5 * limits.roof() / 1e9))
    ax.set(xlabel="operations per byte", ylabel="billion operations per second")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    ax.text(limits.ridge(8) / 1.3, roof[0] * 0.7, "memory binds", ha="right", color=GREY)
    ax.text(limits.ridge() * 1.3, roof[0] * 0.7, "compute binds", color=GREY)
    return ax


def draw_precision(fig, *, exponent=11, width=8):
    """Draw which numbers the floating types have between a power of two and the next few whole numbers.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    exponent : int, default=11
        The picture starts at 2 ** exponent.
    width : int, default=8
        Where it ends, counted from there.

    Returns
    -------
    dict of str to float
        The gap from one number to the next in float16, float32 and float64; infinite past a type's last number.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_precision(Figure(), exponent=11)
    {'float16': 2.0, 'float32': 0.000244140625, 'float64': 4.547473508864641e-13}
    """
    ax, start = stage(fig, _number_lines, width), 2.0**exponent
    gaps = {kind: _gap(kind, start) for kind in FLOATS}
    for row, (kind, gap) in enumerate(gaps.items()):
        if np.isinf(gap):
            ax.text(width / 2, row, f"ends at {np.finfo(kind).max:.6g}", ha="center", va="center", color=GREY)
        elif gap < 0.05:
            ax.plot([0, width], [row, row], color=BLUE, linewidth=5, solid_capstyle="butt")
        else:
            ax.plot(np.arange(0, width + gap / 2, gap), np.full(int(width // gap) + 1, row), "o", color=BLUE)
        if np.isfinite(gap):
            ax.text(1.05 * width, row, f"gap {gap:.3g}", va="center")
    ax.set_title(f"The numbers from 2{str(exponent).translate(RAISED)} = {start:,.0f} on")
    return gaps


def _number_lines(fig, width):
    """Draw what stays: a line a type, with room for its gap on the right."""
    ax = fig.subplots()
    ax.set(xlim=(-0.04 * width, 1.3 * width), ylim=(2.6, -0.6), xlabel="distance (a thick line: too many to show)")
    ax.set_xticks(range(0, width + 1, max(1, width // 8)))
    ax.set_yticks(range(3), FLOATS)
    ax.grid(axis="x", alpha=0.4)
    return ax


def _gap(kind, start):
    """Return the distance from a number to the next one of its type, infinite where the type has ended."""
    return float(np.spacing(np.dtype(kind).type(start))) if start <= float(np.finfo(kind).max) else np.inf


def draw_step(fig, *, rows=4000, classes=10, pixels="float32", limits=EXAMPLE, measure=None, earlier=()):
    """Predict the time of one full-batch step from a machine's limits, measure it, and draw the two.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    rows : int, default=4000
        Examples, m, of 784 pixels each.
    classes : int, default=10
        Columns of W, k.
    pixels : {"uint8", "int32", "float32", "float64"}
        Type of the pixels.
    limits : coursekit.timing.Limits
        The machine; one with round numbers if not given.
    measure : callable, optional
        ``measure(rows, classes, pixels)`` yields the best seconds so far;
        :func:`coursekit.timing.measure_step` if not given.
    earlier : tuple
        What earlier calls returned; the last three are drawn below, in pale.

    Yields
    ------
    str
        What it is doing: the prediction is drawn first, the measurement last.

    Notes
    -----
    What it returns at its end is the setting in words, and the seconds predicted and measured. On the logarithmic axis
    the length of a bar is the factor between the two.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> frames = draw_step(Figure(), measure=lambda rows, classes, pixels: [0.004, 0.003])
    >>> next(frames), next(frames)
    ('measuring ...', 'measuring: 4.00 ms')
    """
    predicted, binds = predict_step(rows, classes, pixels, limits)
    words = f"{pixels}, {rows} rows, {classes} class{'es' * (classes > 1)}"
    forecast = f"predicted {1e3 * predicted:.3g} ms, {binds} binds"
    ghosts = earlier[:-4:-1]  # the newest first
    _times(stage(fig, _time_axis), forecast, (words, predicted, None), *ghosts)
    yield "measuring ..."
    for measured in (measure or measure_step)(rows, classes, pixels):
        yield f"measuring: {1e3 * measured:.2f} ms" if np.isfinite(measured) else "measuring ..."
    finding = f"{forecast}; measured {1e3 * measured:.3g} ms"
    _times(stage(fig, _time_axis), finding, (words, predicted, measured), *ghosts)
    return words, predicted, measured


def _time_axis(fig):
    """Draw what stays: an axis of times, with room for four settings and the legend."""
    ax = fig.subplots()
    looks = {"predicted": ("|", "black", 12), "measured": ("o", ORANGE, 8)}
    handles = [
        Line2D([], [], linestyle="", marker=marker, color=colour, markersize=size, markeredgewidth=2, label=name)
        for name, (marker, colour, size) in looks.items()
    ]
    ax.set(xscale="log", xlim=(0.01, 1000), ylim=(4.7, -0.5), xlabel="milliseconds per step", yticks=[])
    ax.xaxis.set_major_formatter("{x:g}")
    ax.grid(axis="x", alpha=0.4)
    ax.legend(handles=handles, loc="lower right", ncols=2)
    return ax


def _times(ax, title, *settings):
    """Draw a bar from prediction to measurement for each setting, the first one strong and the others in pale."""
    ax.set_title(title)
    for row, (words, predicted, measured) in enumerate(settings):
        alpha, y = 0.4 if row else 1, row + 0.45
        factor = f": × {measured / predicted:.3g}" if measured else ""
        ax.text(0.012, row, words + factor, va="center", color=GREY if row else "black")
        ax.plot(1e3 * predicted, y, "|", color="black", markersize=12, markeredgewidth=2, alpha=alpha)
        if measured:
            ends = [1e3 * predicted, 1e3 * measured]
            ax.plot(ends, [y, y], color=BLUE, linewidth=6, alpha=0.5 * alpha, solid_capstyle="butt")
            ax.plot(ends[1], y, "o", color=ORANGE, markersize=8, alpha=alpha)
