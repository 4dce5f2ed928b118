"""Slopes as pictures: a direction on a landscape, and the differences that stand in for a derivative."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from coursekit.plots.stage import stage

ARROWS = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.014}
SLOPES = np.array([3.0, 4.0])  # gradient of the bowl 3/2 u^2 + 2 v^2 at (1, 1)
SMALLEST = 1e-16  # below the spacing of float64 at 1, where a forward difference is 0
WALK = "C2"  # colour of a step
STEPS = np.array([float(f"{10 ** (np.log10(SMALLEST) + i / 20):.12g}") for i in range(327)])  # up to 2, as the slider's


def draw_direction(fig, *, angle=0.0):
    r"""Draw a direction on the contours of a bowl, and the slope that one meets walking that way.

    The bowl is :math:`f(u, v) = \frac32 u^2 + 2 v^2`, the place is (1, 1), and its gradient there is (3, 4).

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    angle : float, default=0.0
        Direction of the step in degrees, from the first axis towards the second.

    Returns
    -------
    float
        The directional derivative: gradient times unit vector.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> round(draw_direction(Figure(), angle=90.0), 3)
    4.0
    """
    left, right = stage(fig, _bowl_and_slopes)
    direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    slope = float(SLOPES @ direction)
    left.quiver(1, 1, *direction, color=WALK, **ARROWS)
    right.plot(angle if 0 <= angle <= 360 else angle % 360, slope, "o", color=WALK, markersize=9)
    right.set_title(f"{angle:.0f}°: slope {slope:.2f}")
    return slope


def _bowl_and_slopes(fig):
    """Draw what stays: the contours with the gradient's direction, and the slope of every direction."""
    left, right = fig.subplots(1, 2, width_ratios=(3, 4))
    u, v = np.meshgrid(np.linspace(-0.4, 2.4, 80), np.linspace(-1, 2.2, 80))
    left.contour(u, v, 1.5 * u**2 + 2 * v**2, levels=[0.5, 1.5, 3.5, 6.5, 10.5], vmax=13, linewidths=1)
    left.quiver(1, 1, *(SLOPES / 5), color="grey", **ARROWS)
    left.plot(1, 1, "o", color="black")
    left.set(aspect="equal", xlabel="u", ylabel="v", title="where you walk", xlim=(-0.4, 2.4), ylim=(-1, 2.2))
    handles = [Patch(color="grey", label="gradient"), Patch(color=WALK, label="your direction")]
    fig.legend(handles=handles, loc="outside lower left", ncols=2, fontsize=8)
    angles = np.linspace(0, 360, 181)
    right.axhline(0, color="black", linewidth=0.8)
    right.plot(angles, SLOPES[0] * np.cos(np.radians(angles)) + SLOPES[1] * np.sin(np.radians(angles)), color="grey")
    right.set(xlabel="angle (degrees)", ylabel="slope", xticks=range(0, 361, 90), xlim=(-10, 370), ylim=(-5.6, 5.6))
    return left, right


def draw_difference(fig, *, h=1.0):
    r"""Draw forward and central differences of :math:`e^w` at 0, where the slope is 1, and their errors.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    h : float, default=1.0
        Step of the differences; positive.

    Returns
    -------
    forward : float
        How far the forward difference is from 1: about h/2, and a part of 2.2e-16 / h from rounding.
    central : float
        How far the central difference is from 1: about h^2/6, and the same from rounding.

    Raises
    ------
    ValueError
        If ``h`` is not positive.

    Notes
    -----
    On the left the curve is enlarged by 1/h in both directions, so that the points of a difference keep their places.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> forward, central = draw_difference(Figure(), h=0.1)
    >>> round(forward, 4), round(central, 4)
    (0.0517, 0.0017)
    """
    if not h > 0:
        raise ValueError(f"draw_difference: h must be positive; got {h}. A difference needs two points.")
    left, right = stage(fig, _microscope_and_errors)
    _secants(left, h)
    errors = tuple(float(error) for error in _errors(h))
    for error, colour, size in zip(errors, ("C0", "C1"), (11, 7), strict=True):
        right.plot(h, error, "o", color=colour, markeredgecolor="black", markersize=size)
    left.set_title(f"h = {h:.3g}")
    right.set_title(f"error: forward {errors[0]:.2g}, central {errors[1]:.2g}")
    return errors


def _errors(h):
    """Return how far forward and central differences of exp at 0 come out from 1, rounding included."""
    up, here, down = np.exp(h), np.exp(0.0), np.exp(-h)
    return np.abs((up - here) / h - 1), np.abs((up - down) / (2 * h) - 1)


def _secants(ax, h):
    """Draw exp, enlarged by 1/h, and the two secants through the points that the differences use."""
    w = np.linspace(-2.2, 2.2, 441)
    (below, _, above), ends = (np.exp(h * np.array([-1, 0, 1])) - 1) / h, [-1, 0, 1]
    ax.plot(w, (np.exp(h * w) - 1) / h, color="black")
    ax.plot(w, above * w, color="C0")
    ax.plot(w, above + (above - below) / 2 * (w - 1), color="C1")
    ax.plot(ends[1:], [0, above], "o", color="C0", markersize=6)
    ax.plot(ends[::2], [below, above], "o", color="C1", markersize=10, fillstyle="none", markeredgewidth=2)


def _microscope_and_errors(fig):
    """Draw what stays: the tangent in units of h, and the errors for every step."""
    left, right = fig.subplots(1, 2, width_ratios=(3, 4))
    left.plot([-2.2, 2.2], [-2.2, 2.2], color="grey", linestyle=":")
    left.set(xlabel="w", ylabel="(f(w) − f(0)) / h", xlim=(-2.2, 2.2), ylim=(-2.4, 3.6))
    left.set_xticks(range(-2, 3), ["−2h", "−h", "0", "h", "2h"])
    looks = {"$e^w$": ("black", "-"), "tangent": ("grey", ":"), "forward": ("C0", "-"), "central": ("C1", "-")}
    handles = [Line2D([], [], color=colour, linestyle=line, label=name) for name, (colour, line) in looks.items()]
    left.legend(handles=handles, loc="upper left", fontsize=8)
    _error_curves(right)
    return left, right


def _error_curves(ax):
    """Draw both errors for every step of the slider, and as lines the terms that they are made of."""
    for term in (STEPS / 2, STEPS**2 / 6, 2.2e-16 / STEPS):
        ax.plot(STEPS, term, color="grey", linewidth=0.8)
    for name, colour, error in zip(("forward", "central"), ("C0", "C1"), _errors(STEPS), strict=True):
        ax.plot(STEPS, error, ".", color=colour, markersize=3, label=name)
    ax.text(1e-11, 1e-11, "h/2", fontsize=9)
    ax.text(9e-7, 3e-13, "h²/6", fontsize=9, ha="right")
    ax.text(1e-4, 6e-12, "ε/h", fontsize=9)
    ax.set(xscale="log", yscale="log", xlim=(SMALLEST / 2, 5), ylim=(1e-13, 10), xlabel="h", ylabel="error")
    ax.legend(loc="lower left", markerscale=3, fontsize=8)
