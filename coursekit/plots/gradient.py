"""Slopes as pictures: a direction on a landscape, and the differences that stand in for a derivative."""

import numpy as np

SLOPES = np.array([3.0, 4.0])  # gradient of the bowl 3/2 u^2 + 2 v^2 at (1, 1)


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
    left, right = fig.subplots(1, 2, width_ratios=(3, 4))
    direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    slope = float(SLOPES @ direction)
    _bowl(left, direction)
    _slopes(right, angle, slope)
    return slope


def _bowl(ax, direction):
    """Draw the contours, the gradient's direction and the chosen one, as unit arrows from (1, 1)."""
    u, v = np.meshgrid(np.linspace(-0.4, 2.4, 80), np.linspace(-0.4, 2.4, 80))
    ax.contour(u, v, 1.5 * u**2 + 2 * v**2, levels=[0.5, 1.5, 3.5, 6.5, 10.5], cmap="viridis", linewidths=1)
    arrows = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.014}
    ax.quiver(1, 1, *(SLOPES / 5), color="grey", label="gradient", **arrows)
    ax.quiver(1, 1, *direction, color="C1", label="your direction", **arrows)
    ax.plot(1, 1, "o", color="black")
    ax.set(aspect="equal", xlabel="u", ylabel="v", title="where you walk")
    ax.legend(loc="lower left", fontsize=8, frameon=True)


def _slopes(ax, angle, slope):
    """Draw the slope of every direction, with the chosen one marked."""
    angles = np.linspace(0, 360, 181)
    radians = np.radians(angles)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.plot(angles, SLOPES[0] * np.cos(radians) + SLOPES[1] * np.sin(radians), color="grey")
    ax.plot(angle % 360, slope, "o", color="C1", markersize=9)
    ax.set(xlabel="angle (degrees)", ylabel="slope", xticks=range(0, 361, 90), title=f"{angle:.0f}°: slope {slope:.2f}")


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
        How far the forward difference is from 1: about h/2.
    central : float
        How far the central difference is from 1: about h^2/6.

    Raises
    ------
    ValueError
        If ``h`` is not positive.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> forward, central = draw_difference(Figure(), h=0.1)
    >>> round(forward, 4), round(central, 4)
    (0.0517, 0.0017)
    """
    if not h > 0:
        raise ValueError(f"draw_difference: h must be positive; got {h}. A difference needs two points.")
    left, right = fig.subplots(1, 2)
    _secants(left, h)
    errors = _errors(h)
    steps = np.geomspace(0.01, 2, 60)
    for name, style, place, error in zip(("forward", "central"), ("C0", "C1"), (0, 1), errors, strict=True):
        right.loglog(steps, _errors(steps)[place], color=style, label=name)
        right.plot(h, error, "o", color=style, markersize=8)
    right.set(xlabel="h", ylabel="error of the slope", title=f"forward {errors[0]:.2g}, central {errors[1]:.2g}")
    right.legend()
    return tuple(float(error) for error in errors)


def _errors(h):
    """Return how far forward and central differences of exp at 0 are from 1."""
    return np.expm1(h) / h - 1, np.sinh(h) / h - 1


def _secants(ax, h):
    """Draw exp, its tangent at 0, and the two secants through the points that the differences use."""
    w = np.linspace(-2, 2, 100)
    ends = np.array([-h, 0, h])
    ax.plot(w, np.exp(w), color="black", label=r"$e^w$")
    ax.plot(w, 1 + w, color="grey", linestyle=":", label="tangent")
    ax.plot(ends[1:], np.exp(ends[1:]), "o-", color="C0", label="forward")
    ax.plot(ends[::2], np.exp(ends[::2]), "o-", color="C1", label="central")
    ax.set(xlabel="w", ylabel="f(w)", xlim=(-2.1, 2.1), ylim=(-1, 7.6), title=f"h = {h:.3g}")
    ax.legend(fontsize=8)
