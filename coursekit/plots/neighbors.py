"""Nearest neighbours: an image that moves and what is nearest to it, axes that turn, and the regions of a vote."""

import numpy as np
from matplotlib.colors import to_rgb

from coursekit import knn
from coursekit.plots.boxes import DRAWN
from coursekit.plots.images import mosaic, see_through
from coursekit.plots.playground import COLOURS
from coursekit.plots.stage import stage

FARTHEST = 100  # grey levels per number that the bars reach to
OURS, THEIRS = "#0072b2", "#d55e00"  # L2, the image itself; L1, the nearest known image
LARGEST_K, GRID = 30, 90


def draw_shift(fig, *, image, X, y, class_names, right=0, down=0):
    """Draw an image that is moved, the known image that is nearest to it then, and how far both lie away.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    image : ndarray of shape (height, width, 3)
        Pixels 0..255.
    X : ndarray of shape (m, n)
        Known images, one per row.
    y : ndarray of int, shape (m,)
        Their labels.
    class_names : sequence of str
        The k names.
    right, down : int, default=0
        By how many pixels the image is moved; its edge is repeated where nothing is known.

    Returns
    -------
    nearest : int
        Row of ``X`` that is nearest to the moved image.
    own, other : float
        Distance of the moved image from itself unmoved and from that row, as a root mean square per number.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> image = np.zeros((2, 2, 3)); image[:, 1] = 60
    >>> shown = {"X": np.array([[0.0] * 12, [30.0] * 12]), "y": np.array([0, 1]), "class_names": "ab"}
    >>> nearest, own, other = draw_shift(Figure(), image=image, **shown, right=1)
    >>> nearest, round(own, 3), other
    (0, 42.426, 0.0)
    """
    image = np.asarray(image)
    height, width = image.shape[:2]
    rows, columns = (np.arange(height) - down).clip(0, height - 1), (np.arange(width) - right).clip(0, width - 1)
    moved = image[rows][:, columns]
    query = moved.reshape(1, -1).astype(X.dtype)
    nearest = int(knn.neighbors(query, X, 1)[0, 0])
    points = np.stack([image.reshape(-1).astype(X.dtype), X[nearest]])
    own, other = knn.distances_one_loop(query, points)[0].astype(float) / np.sqrt(image.size)
    sheet, bars = stage(fig, _sheet_and_bars, image.shape)
    both = mosaic([moved, X[nearest].reshape(image.shape)], 2, gap=width // 4)
    sheet.imshow(see_through(both / 255), interpolation="nearest")
    sheet.set_title(f"moved image, and the nearest\nof {len(X)}: {class_names[y[nearest]]}")
    bars.barh([0, 1], np.clip([own, other], 0, FARTHEST), color=[OURS, THEIRS], height=0.5)
    for place, value in enumerate((own, other)):
        bars.text(min(value, FARTHEST) + 1, place, f"{value:.1f}", va="center", in_layout=False)
    return nearest, float(own), float(other)


def _sheet_and_bars(fig, shape):
    """Draw what stays: a sheet for two images and the axes of their distances."""
    sheet, bars = fig.subplots(1, 2, width_ratios=(1.3, 1))
    width = 2 * shape[1] + shape[1] // 4
    sheet.set(xlim=(-0.5, width - 0.5), ylim=(shape[0] - 0.5, -0.5), xticks=[], yticks=[], aspect="equal")
    sheet.set_title("moved image, and the nearest\nof")  # room for two lines
    sheet.spines[:].set_visible(False)
    bars.set_yticks([0, 1], ["itself, unmoved", "the nearest"])
    bars.set(xlim=(0, 1.15 * FARTHEST), ylim=(1.6, -0.6), xlabel="distance of the moved image (grey levels)")
    return sheet, bars


def draw_turned_axes(fig, *, degrees=0.0):
    """Draw two points, axes that turn under them, and their L1 and L2 distance measured along these axes.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    degrees : float, default=0.0
        By how much the axes are turned, 0 to 90.

    Returns
    -------
    l1, l2 : float
        Distances of (1, 0) and (0, 1).

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> [tuple(round(d, 3) for d in draw_turned_axes(Figure(), degrees=angle)) for angle in (0, 45)]
    [(2.0, 1.414), (1.414, 1.414)]
    """
    plane, curves = stage(fig, _plane_and_curves)
    u, v = _axes(degrees)
    a, b = np.eye(2)
    l1, l2 = (float(np.linalg.norm([(b - a) @ u, (b - a) @ v], order)) for order in (1, 2))
    for axis, name in ((u, "first axis"), (v, "second axis")):
        plane.plot(*np.outer([-3, 3], axis).T, color="0.75", linewidth=1, zorder=1)
        inside = 1.75 * axis if axis[0] > -0.4 else -1.75 * axis  # on the left the plane ends sooner
        plane.text(*inside, name, color="0.4", fontsize=8, ha="center")
    corner = a + ((b - a) @ u) * u
    plane.plot(*np.array([a, corner, b]).T, color=THEIRS, linewidth=3, zorder=2)
    plane.plot(*np.array([a, b]).T, color=OURS, linewidth=3, zorder=2)
    diamond = a + l1 * np.array([u, v, -u, -v, u])
    plane.plot(*diamond.T, color=THEIRS, linestyle=":", zorder=1)
    plane.plot(*np.array([a, b]).T, "o", color="black", markersize=7, zorder=3)
    curves.plot([degrees] * 2, [l1, l2], "o", color="black", zorder=3)
    plane.set_title(f"axes turned by {degrees:.0f}°")
    curves.set_title(f"L1 {l1:.3f}, L2 {l2:.3f}")
    return l1, l2


def _axes(degrees):
    """Return the two unit vectors along the turned axes."""
    angle = np.deg2rad(degrees)
    return np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])


def _plane_and_curves(fig):
    """Draw what stays: the plane with the circle of all points at the same L2 distance, and both distances by angle."""
    plane, curves = fig.subplots(1, 2, width_ratios=(1, 1.2))
    circle = np.linspace(0, 2 * np.pi, 100)
    plane.plot(1 + np.sqrt(2) * np.cos(circle), np.sqrt(2) * np.sin(circle), ":", color=OURS)
    plane.set(xlim=(-1.3, 3.3), ylim=(-2.3, 2.3), aspect="equal", xlabel="$x_1$", ylabel="$x_2$", title=" ")
    plane.text(0.9, -0.3, "(1, 0)", fontsize=8, ha="right")
    plane.text(-0.2, 1.15, "(0, 1)", fontsize=8, ha="right")
    degrees = np.arange(91)
    steps = [np.abs(np.array(_axes(angle)) @ [-1, 1]).sum() for angle in degrees]
    curves.plot(degrees, steps, color=THEIRS, label="L1: along the axes")
    curves.plot(degrees, np.full(91, np.sqrt(2)), color=OURS, label="L2: straight")
    curves.set(xlabel="turn of the axes (degrees)", ylabel="distance of the two points", ylim=(1, 2.4), title=" ")
    curves.legend(loc="upper center", ncols=2, fontsize="small")
    return plane, curves


def draw_regions(fig, *, sets, points, k=1, metric="L2", X=None, y=None, picked=None):
    """Draw the regions that k nearest neighbours give the plane, and the accuracy for every k.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    sets : dict of str to tuple
        By name ``(X, y, X_new, y_new)``: points in the plane within -3..3, labels in 0..3, and new points.
    points : str
        Which of the sets.
    k : int, default=1
        Number of neighbours.
    metric : {"L2", "L1"}, default="L2"
        Distance.
    X, y : ndarray of shape (m, 2), ndarray of int, shape (m,), optional
        Points and labels in place of those of the set.
    picked : int, optional
        A point to mark.

    Returns
    -------
    own, new : float
        Accuracy on the points themselves, each of which is its own nearest neighbour, and on the new points.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> X, y = np.array([[-1.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), np.array([0, 1, 1])
    >>> [draw_regions(Figure(), sets={"three": (X, y, X + 0.1, y)}, points="three", k=k) for k in (1, 3)]
    [(1.0, 1.0), (0.6666666666666666, 0.6666666666666666)]
    """
    X_set, y_set, X_new, y_new = sets[points]
    X, y = (X_set, y_set) if X is None else (X, y)
    plane, curves = stage(fig, _plane_and_accuracy)
    k = min(k, len(X))
    paint = _shades()[knn.predict(X, y, _grid(), k=k, metric=metric)].reshape(GRID, GRID, 3)
    plane.imshow(paint, origin="lower", extent=(-3, 3, -3, 3), interpolation="nearest", zorder=0, gid=DRAWN)
    plane.scatter(*X.T, s=28, c=[COLOURS[label] for label in y], edgecolors="white", linewidths=0.8, zorder=3)
    if picked is not None:
        plane.plot(*X[picked], "o", markersize=12, markerfacecolor="none", markeredgecolor="#111", markeredgewidth=1.5)
    own, new = (_accuracies(X, y, *asked, metric) for asked in ((X, y), (X_new, y_new)))
    ks = np.arange(1, len(own) + 1)
    curves.plot(ks, own, "-", color=OURS)
    curves.plot(ks, new, ":", color=THEIRS, linewidth=2)
    curves.plot([k, k], [own[k - 1], new[k - 1]], "o", color="black")
    plane.set_title(f"{len(X)} points, k = {k}, {metric}")
    curves.set_title(f"themselves {own[k - 1]:.0%}, new {new[k - 1]:.0%}")
    return float(own[k - 1]), float(new[k - 1])


def _grid():
    """Return the places of the plane that get a colour."""
    ticks = (np.arange(GRID) + 0.5) / GRID * 6 - 3
    return np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)


def _shades():
    """Return the light colour of each class's region."""
    return 1 - 0.45 * (1 - np.array([to_rgb(colour) for colour in COLOURS]))


def _accuracies(X, y, asked, truth, metric):
    """Return the accuracy for every k; the votes of k neighbours are those of k - 1 and one more."""
    near = y[knn.neighbors(asked, X, min(len(X), LARGEST_K), metric=metric)]  # (asked, k)
    votes = (near[..., None] == np.arange(len(COLOURS))).cumsum(axis=1)  # (asked, k, classes)
    return (votes.argmax(axis=2) == truth[:, None]).mean(axis=0)


def _plane_and_accuracy(fig):
    """Draw what stays: the plane, and the axes of the accuracies."""
    plane, curves = fig.subplots(1, 2, width_ratios=(1, 1.2))
    plane.set(xlim=(-3, 3), ylim=(-3, 3), aspect="equal", xlabel="$x_1$", ylabel="$x_2$", title=" ")
    curves.plot([], [], "-", color=OURS, label="on the points themselves")
    curves.plot([], [], ":", color=THEIRS, linewidth=2, label="on new points")
    curves.set(xlim=(0, LARGEST_K + 1), ylim=(0, 1.03), xlabel="neighbours k", ylabel="accuracy", title=" ")
    curves.legend(loc="lower left", fontsize="small")
    return plane, curves
