"""Speed as pictures: a ladder of measurements, the roofline above it, and the numbers that a number type has."""

import matplotlib.pyplot as plt
import numpy as np

from coursekit.timing import Limits

EXAMPLE = Limits(bandwidth=20e9, flops=100e9)  # round numbers, of the size of a laptop's


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
    'iterations a second'
    """
    ax = ax or plt.gca()
    bars = ax.barh([rung.name for rung in rungs], [rung.per_second for rung in rungs], color="#0072b2")
    ax.bar_label(bars, [f"× {rung.speedup:.1f}" for rung in rungs], padding=3)
    if limit:
        ax.axvline(limit, color="#d55e00", linestyle="--", label="this machine's limit")
        ax.legend()
    ax.set(xlabel="iterations a second", title=title)
    ax.margins(x=0.12)
    ax.invert_yaxis()
    return ax


def draw_roofline(fig, *, classes=10, bytes_a_pixel=4, readings=1, shape=(60000, 784), limits=EXAMPLE):
    """Draw what a machine allows against operations a byte, and where one full-batch step stands.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    classes : int, default=10
        Columns of W, k: each pixel takes part in 4 k operations a step.
    bytes_a_pixel : int, default=4
        How pixels are stored: 1 for uint8, 4 for float32, 8 for float64.
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
    >>> round(draw_roofline(Figure(), classes=10, bytes_a_pixel=8, readings=2), 1)
    26.6
    """
    ax = fig.subplots()
    pixels = shape[0] * shape[1]
    flops, nbytes = 4 * pixels * classes, pixels * bytes_a_pixel * readings
    steps, here = limits.per_second(flops, nbytes), flops / nbytes
    intensity = np.geomspace(0.1, 1000, 200)
    ax.loglog(intensity, np.minimum(limits.flops, intensity * limits.bandwidth) / 1e9, color="black")
    ax.axvline(limits.ridge, color="grey", linestyle=":", linewidth=1)
    ax.plot([here], [steps * flops / 1e9], "o", color="#d55e00", markersize=10, clip_on=False, zorder=3)
    ax.set(xlabel="operations a byte", ylabel="billion operations a second", xlim=(0.1, 1000))
    ax.text(limits.ridge / 1.3, ax.get_ylim()[0] * 1.4, "memory binds", ha="right", color="grey")
    ax.text(limits.ridge * 1.3, ax.get_ylim()[0] * 1.4, "compute binds", color="grey")
    ax.set_title(
        f"{here:.3g} operations a byte: {limits.binding(flops, nbytes)} binds, {steps:.3g} steps a second at most"
    )
    return steps


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
    ax, start = fig.subplots(), 2.0**exponent
    gaps = {kind: _gap(kind, start) for kind in ("float16", "float32", "float64")}
    for row, (kind, gap) in enumerate(gaps.items()):
        if np.isinf(gap):
            ax.text(width / 2, row, f"ends at {np.finfo(kind).max:.4g}", ha="center", va="center", color="grey")
        elif gap < 0.05:
            ax.plot([0, width], [row, row], color="#0072b2", linewidth=5, solid_capstyle="butt")
        else:
            ax.plot(np.arange(0, width + gap / 2, gap), np.full(int(width // gap) + 1, row), "o", color="#0072b2")
    ax.set_yticks(range(3), [f"{kind}\ngap {gap:.3g}" for kind, gap in gaps.items()])
    ax.set(xlim=(-0.3, width + 0.3), ylim=(2.6, -0.6), xlabel=f"distance from $2^{{{exponent}}}$ = {start:,.0f}")
    ax.set_title("Where the numbers are; a thick line is too many to show")
    ax.grid(axis="x", alpha=0.4)
    return gaps


def _gap(kind, start):
    """Return the distance from a number to the next one of its type, infinite where the type has ended."""
    return float(np.spacing(np.dtype(kind).type(start))) if start <= float(np.finfo(kind).max) else np.inf
