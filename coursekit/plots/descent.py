"""The path of gradient descent on the smallest loss surface that can go wrong: a bowl with two curvatures."""

from typing import NamedTuple

import numpy as np

from coursekit.plots.stage import TRACE, stage

CURVATURES = np.array([1.0, 10.0])
START, STEPS = np.array([3.5, 1.0]), 60
FLOOR, TOP = 1e-8, 1e2  # of the loss axis
GHOSTS = ("#777777", "#999999", "#bbbbbb")  # newest first


class Descent(NamedTuple):
    """A path on the bowl.

    Attributes
    ----------
    loss : ndarray of shape (61,)
        Loss before the first step and after each.
    factor : float
        What a step multiplies the distance from the minimum by, in the long run; below 1 the path comes in.
    steps : int or None
        Steps until the loss is a millionth of what it was, and stays so; None if 60 are not enough.
    """

    loss: np.ndarray
    factor: float
    steps: int | None


def draw_descent(fig, *, learning_rate, momentum=0.0, earlier=()):
    r"""Draw the path of gradient descent on a bowl, and its loss after each step.

    The bowl is :math:`L(u, v) = \frac12 (u^2 + 10 v^2)` and the start is (3.5, 1). Along a direction of curvature a,
    descent with momentum :math:`\beta` follows

    .. math:: w_{t+1} = (1 + \beta - \eta a)\, w_t - \beta\, w_{t-1},

    so in the long run a step multiplies the distance by the larger root of
    :math:`z^2 - (1 + \beta - \eta a) z + \beta`, which is :math:`1 - \eta a` without momentum. The path comes in if the
    roots are smaller than 1 in size, that is for :math:`\eta < 2 (1 + \beta) / a` with the larger a.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    learning_rate : float
        Step size, positive.
    momentum : float, default=0.0
        Share of the last direction that is kept, in [0, 1).
    earlier : sequence of Descent, default=()
        Descents whose loss is drawn in grey, the oldest first.

    Returns
    -------
    Descent
        The loss, and how quickly it falls.

    Raises
    ------
    ValueError
        If ``learning_rate`` is not positive or ``momentum`` is not in [0, 1).

    References
    ----------
    .. [1] B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> for rate in (0.1, 0.2, 0.3):
    ...     descent = draw_descent(Figure(), learning_rate=rate)
    ...     print(round(descent.factor, 6), descent.loss[-1] < descent.loss[0])
    0.9 True
    1.0 True
    2.0 False
    """
    if not learning_rate > 0:
        raise ValueError(f"draw_descent: learning_rate must be positive; got {learning_rate}.")
    if not 0 <= momentum < 1:
        raise ValueError(f"draw_descent: momentum must lie in [0, 1); got {momentum}.")
    left, right = stage(fig, _bowl_and_loss)
    path = _path(learning_rate, momentum)
    descent = _describe(path, learning_rate, momentum)
    _draw_path(left, path)
    left.set_title(f"{_course(learning_rate, momentum)}\n{_factors(learning_rate, momentum)}")
    for former, colour in zip(reversed(earlier), GHOSTS, strict=False):
        _draw_loss(right, former.loss, color=colour, linewidth=1, gid=TRACE)
    _draw_loss(right, descent.loss, color="C1", marker=".", markersize=4)
    right.set_title(_fall(descent))
    return descent


def _path(learning_rate, momentum):
    """Return the start and the places after each step, (61, 2): the recurrence of ``draw_descent``, step by step."""
    path, step = [START], np.zeros(2)
    for _ in range(STEPS):
        step = momentum * step - learning_rate * CURVATURES * path[-1]
        path.append(path[-1] + step)
    return np.array(path)


def _describe(path, learning_rate, momentum):
    """Return the losses of a path, its factor in the long run, and when the loss is a millionth for good."""
    loss = path**2 @ CURVATURES / 2
    steps = int(np.flatnonzero(loss > 1e-6 * loss[0])[-1]) + 1
    root = _roots(learning_rate, momentum)[0]
    return Descent(loss, float(np.abs(root).max()), steps if steps <= STEPS else None)


def _roots(learning_rate, momentum):
    """Return for both curvatures the larger root of the recurrence, and whether it is complex: the path turns."""
    middle = (1 + momentum - learning_rate * CURVATURES) / 2
    under = middle**2 - momentum
    real = middle + np.copysign(np.sqrt(np.maximum(under, 0)), middle)
    return np.where(under < 0, np.sqrt(momentum), real), under < 0


def _course(learning_rate, momentum):
    """Say how the path goes, from the roots alone."""
    root, turns = _roots(learning_rate, momentum)
    size = np.abs(root).max()
    if abs(size - 1) < 1e-9:
        course = "swings for ever"
    elif size > 1:
        course = "swings, and runs away"
    else:
        course = "swings, and comes in" if (turns | (root < 0)).any() else "creeps in"
    return f"rate {learning_rate:.3g}: {course}"


def _factors(learning_rate, momentum):
    """Say what a step does along each direction, in the long run; with bars only its size, where the path turns."""
    roots = zip("uv", *_roots(learning_rate, momentum), strict=True)
    texts = [f"|{name}| × {root:.3g}" if turns else f"{name} × {root:.3g}" for name, root, turns in roots]
    return "a step:  " + ",  ".join(texts).replace("-", "−")


def _fall(descent):
    """Say how the loss goes."""
    if descent.steps:
        return f"a millionth after {descent.steps} steps"
    if descent.factor < 1 - 1e-9:
        return f"no millionth in {STEPS} steps"
    return "the loss never dies" if descent.factor < 1 + 1e-9 else f"the loss grows × {descent.factor**2:.3g} per step"


def _draw_path(ax, path):
    """Draw a path to where it leaves the picture."""
    far = np.flatnonzero(np.abs(path).max(axis=1) > 100)
    path = path[: far[0] + 1 if len(far) else None]
    ax.plot(*path.T, ".-", color="C1", linewidth=1, markersize=6)


def _draw_loss(ax, loss, **line):
    """Draw the losses between floor and top of the axis, with a mark where they first pass the top."""
    off = np.flatnonzero(loss > TOP)
    shown = loss[: off[0] + 1 if len(off) else None]
    ax.plot(np.clip(shown, FLOOR, TOP), **line)
    if len(off):
        ax.plot(off[0], TOP, "^", color=line["color"], clip_on=False, gid=line.get("gid"))


def _bowl_and_loss(fig):
    """Draw what stays: the contours with start and minimum, and the empty axes of the loss."""
    left, right = fig.subplots(1, 2, width_ratios=(5, 4))
    u, v = np.meshgrid(np.linspace(-4.3, 4.3, 120), np.linspace(-1.8, 1.8, 80))
    levels = START @ (CURVATURES * START) / 2 * np.array([0.02, 0.1, 0.3, 0.6, 1])
    left.contour(u, v, (u**2 + 10 * v**2) / 2, levels=levels, cmap="viridis", linewidths=1)
    left.plot(*START, "o", color="black")
    left.plot(0, 0, "+", color="black", markersize=9)
    left.set(aspect="equal", xlabel="u (curvature 1)", ylabel="v (curvature 10)", xlim=(-4.3, 4.3), ylim=(-1.8, 1.8))
    right.axhline(START @ (CURVATURES * START) / 2 * 1e-6, color="grey", linestyle=":")
    right.text(0, 2.5e-6, "a millionth", fontsize=8, color="#555555", va="center")
    right.set(xlabel="step", ylabel="loss", yscale="log", xlim=(-1, STEPS + 1), ylim=(FLOOR, TOP))
    right.set_yticks([1e-8, 1e-6, 1e-4, 1e-2, 1, 1e2])
    right.minorticks_off()
    return left, right
