"""A linear classifier in the plane: its regions, its boundaries, its weights, and what each point costs."""

from itertools import permutations

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.transforms import IdentityTransform
from PIL import Image

from coursekit import softmax
from coursekit.plots.boxes import DRAWN
from coursekit.plots.stage import stage
from coursekit.plots.style import CLASS_COLOURS, LINES
from coursekit.preprocessing import add_bias

CLASSES = "ABCD"
COLOURS = [CLASS_COLOURS[c] for c in (0, 6, 2, 5)]  # far apart from each other
REACH, GRID, SHOWN = 3.0, 96, 200  # the plane's half width, pixels a side, steps of the curve
FAR = 50.0  # margins beyond are drawn here
NAMED = 20  # rows that have room for a name
LINE = "#0072b2"


def draw_playground(
    fig,
    *,
    W,
    X,
    y,
    losses,
    loss="softmax",
    penalty=0.0,
    history=(),
    step=0,
    ahead=None,
    test=None,
    test_history=(),
    picked=None,
):
    """Draw a linear classifier's regions and points, the loss and the margin of each, and the loss over the steps.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function drew before.
    W : ndarray of shape (3, k)
        Weights of the two coordinates, and the bias in the last row; k is at most 4.
    X : ndarray of shape (m, 2)
        Points, within -3..3.
    y : ndarray of int, shape (m,)
        Labels in 0..k-1.
    losses : ndarray of shape (m,)
        What each point costs.
    loss : str, default="softmax"
        By its name: softmax mixes the colours of the regions as its probabilities. For the losses that ask for a margin
        of 1 a dashed line shows where it is reached.
    penalty : float, default=0.0
        What is added to the mean loss.
    history : sequence of float
        The objective before each step so far; the last 200 are shown.
    step : int, default=0
        How many steps have been taken.
    ahead : float, optional
        The objective after one more step, which tells whether the learning rate is too high.
    test : tuple of ndarray, optional
        Points and labels of a test set, drawn small and hollow.
    test_history : sequence of float
        The mean loss of the test set at each objective of the history, and now.
    picked : int, optional
        A point to mark, with its bar.

    Returns
    -------
    value : float
        Mean loss plus penalty.
    accuracy : float
        Share of the points in the region of their class.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> X, y = np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([0, 1])
    >>> W = np.array([[2.0, -2.0], [0.0, 0.0], [0.0, 0.0]])
    >>> draw_playground(Figure(), W=W, X=X, y=y, losses=np.array([0.1, 0.3]))
    (0.2, 1.0)
    """
    value = float(losses.mean() + penalty)
    plane, bars, margins, curve = stage(fig, _build, len(y), W.shape[1], test is not None)
    _draw_regions(plane, W, loss)
    accuracy = _draw_points(plane, W, X, y, test)
    _draw_losses(bars, y, losses)
    margins.scatter(_margins(W, X, y), np.arange(len(y)), s=30, c=_colours(y), zorder=3)
    _draw_history(curve, [*history, value], test_history if test is not None else ())
    if picked is not None:
        plane.plot(*X[picked], "o", markersize=16, markerfacecolor="none", markeredgecolor="#111", markeredgewidth=2)
        for ax in (bars, margins):
            ax.axhspan(picked - 0.5, picked + 0.5, facecolor="none", edgecolor="#111", linewidth=1.5)
    bars.set_title(f"mean loss {losses.mean():.3g} + penalty {penalty:.3g}", fontsize=10)
    following = "" if ahead is None else f", next {ahead:.3g}"
    curve.set_title(f"step {step}: {value:.3g}{following}", fontsize=10, x=1, ha="right")  # room on its left only
    return value, accuracy


def _build(fig, m, k, tested):
    """Draw what stays: three axes with their limits, and the legend of the classes."""
    plane, bars, margins, curve = fig.subplots(1, 4, width_ratios=(1.5, 0.8, 0.6, 0.9))
    plane.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel="$x_1$", ylabel="$x_2$", aspect="equal", title=" ")
    blank = {"marker": "o", "linestyle": "none", "markeredgecolor": "white", "markersize": 9}
    signs = [
        Line2D([], [], color=colour, label=name, **blank) for name, colour in zip(CLASSES, COLOURS[:k], strict=False)
    ]
    signs.append(Line2D([], [], color="#111", linewidth=1.6, label="boundary"))
    if tested:
        signs.append(Line2D([], [], **blank | {"markeredgecolor": "#111"}, markerfacecolor="none", label="test"))
    spaced = {"columnspacing": 0.9, "handlelength": 1.2, "handletextpad": 0.3, "borderpad": 0.1}
    fig.legend(handles=signs, ncols=len(signs), loc="outside lower left", fontsize=9, frameon=False, **spaced)
    every = 1 if m <= NAMED else 10
    bars.set_yticks(range(0, m, every), [f"point {i + 1}" for i in range(0, m, every)], fontsize=8 if m <= 14 else 6.5)
    bars.set(ylim=(m - 0.4, -0.6), xlabel="loss of the point", title=" ")
    margins.set_xscale("symlog", linthresh=1, linscale=1.5)
    margins.set(xlim=(-FAR, FAR), ylim=bars.get_ylim(), xticks=[-10, 0, 1, 10], yticks=[], xlabel="its margin")
    margins.set_xticklabels(["-10", "0", "1", "10"], fontsize=8)
    margins.axvline(0, color="#111", linewidth=1.6)
    margins.axvline(1, color="#111", linewidth=0.8, linestyle="--")
    curve.set(xlim=(-SHOWN, 0), yscale="log", ylim=(1e-2, 10), xlabel="objective, steps back", title=" ")
    return plane, bars, margins, curve


def _draw_regions(ax, W, loss):
    """Paint the plane in the classes' colours, mixed as the probabilities for softmax, and draw where they meet."""
    ticks = (np.arange(GRID) + 0.5) / GRID * 2 * REACH - REACH
    plane = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    Z = add_bias(plane) @ W
    shares = softmax.softmax(Z) if loss == "softmax" else np.eye(W.shape[1])[Z.argmax(axis=1)]
    paint = 255 - 115 * (1 - shares @ np.array([to_rgb(colour) for colour in COLOURS[: W.shape[1]]]))
    ax.add_image(_Stretched(ax, paint.reshape(GRID, GRID, 3)[::-1].astype(np.uint8)))
    ax.add_collection(LineCollection(_edges(W), colors="#111", linewidths=1.6, zorder=1))
    if loss in ("Weston-Watkins", "Crammer-Singer"):
        ax.add_collection(LineCollection(_edges(W, 1.0), colors="#111", linewidths=0.8, linestyles="--", zorder=1))


class _Stretched(AxesImage):
    """A small image (rows, columns, 3), uint8, over the whole plane, smooth; `imshow` takes longer for the same."""

    def __init__(self, ax, image):
        super().__init__(ax, extent=(-REACH, REACH, -REACH, REACH), zorder=0, gid=DRAWN)
        self.set_data(image)

    def make_image(self, renderer, magnification=1.0, unsampled=False):
        """Return the image in pixels, first row at the bottom, and where it begins."""
        left, bottom, right, top = np.rint(self.get_window_extent(renderer).extents).astype(int)
        image = Image.fromarray(self.get_array()).resize((right - left, top - bottom), Image.Resampling.BILINEAR)
        return np.asarray(image.convert("RGBA"))[::-1], left, bottom, IdentityTransform()


def _edges(W, lead=0.0):
    """Return the pieces of lines, each (2, 2), on which the best class leads the second by so much."""
    edges = (_edge(W, best, second, lead) for best, second in permutations(range(W.shape[1]), 2))
    return [edge for edge in edges if edge is not None]


def _edge(W, best, second, lead):
    """Return the ends of the piece of z_best = z_second + lead in the plane where no third class lies above them."""
    slope = W[:2, best] - W[:2, second]
    length = np.hypot(*slope)
    if length == 0 or (lead == 0 and best > second):  # no line, or the one of the pair's other order
        return None
    start = slope / length * ((lead - W[2, best] + W[2, second]) / length)
    along = np.array([-slope[1], slope[0]]) / length
    gaps = W[:, [second]] - np.delete(W, [best, second], axis=1)
    room = np.concatenate([REACH - start, REACH + start, start @ gaps[:2] + gaps[2]])  # room + t * change >= 0
    change = np.concatenate([-along, along, along @ gaps[:2]])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ends = -room / change
    low, high = ends[change > 0].max(), ends[change < 0].min()
    return None if (room[change == 0] < 0).any() or low >= high else start + np.outer([low, high], along)


def _draw_points(ax, W, X, y, test):
    """Draw the points over the arrows of the classes' columns; return the share that lies in its class's region."""
    arrows = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.012, "zorder": 2}
    shown = W[:2] / np.maximum(np.hypot(*W[:2]) / 30, 1)  # a longer one leaves the picture anyway
    ax.quiver(*np.zeros((2, W.shape[1])), *shown, color=COLOURS[: W.shape[1]], **arrows)
    ax.scatter(*X.T, s=90, c=_colours(y), edgecolors="white", linewidths=1.5, zorder=3)
    accuracy = float((softmax.predict(W, add_bias(X)) == y).mean())
    if test is None:
        ax.set_title(f"{accuracy:.0%} of the points are right", fontsize=10)
        return accuracy
    ax.scatter(*test[0].T, s=28, facecolors="none", edgecolors=_colours(test[1]), linewidths=1.5, zorder=2.5)
    right = (softmax.predict(W, add_bias(test[0])) == test[1]).mean()
    ax.set_title(f"{accuracy:.0%} right, {right:.0%} of the test points", fontsize=10)
    return accuracy


def _draw_losses(ax, y, losses):
    """Draw a bar for each point's loss."""
    top = max(4.0, 2.0 ** np.ceil(np.log2(min(losses.max(), 1e6) + 1e-9)))
    ax.set_xlim(0, top)
    low, width = np.arange(len(y)) - 0.375, np.minimum(losses, top)
    corners = np.array([[0 * width, low], [width, low], [width, low + 0.75], [0 * width, low + 0.75]])  # (4, 2, m)
    ax.add_collection(PolyCollection(corners.transpose(2, 0, 1), facecolors=_colours(y)))


def _margins(W, X, y):
    """Return how far each point's true score lies above its best other one."""
    Z, rows = add_bias(X) @ W, np.arange(len(y))
    true = Z[rows, y]
    Z[rows, y] = -np.inf
    return np.clip(true - Z.max(axis=1), -0.9 * FAR, 0.9 * FAR)


def _draw_history(ax, values, test_values):
    """Draw the objective over the last steps; 0, which has no logarithm, lies on the lower edge."""
    shown, tested = (np.array(series[-SHOWN - 1 :], float) for series in (values, list(test_values)))
    both = np.concatenate([shown, tested])
    positive = both[both > 0]
    low = 10.0 ** np.clip(np.floor(np.log10(positive.min() if len(positive) else 1)), -6, -2)
    high = 10.0 ** np.clip(np.ceil(np.log10(positive.max() if len(positive) else 1)), 1, 9)
    ax.set_ylim(low, high)
    ax.plot(np.arange(1 - len(shown), 1), np.clip(shown, low, high), color=LINE, label="training")
    ax.plot(0, np.clip(values[-1], low, high), "o", color=LINE, clip_on=False)
    if len(tested):
        ax.plot(np.arange(1 - len(tested), 1), np.clip(tested, low, high), color=LINE, linestyle=LINES["test"])
        ax.text(0.03, 0.97, "dotted: mean loss of the test set", size=8, va="top", transform=ax.transAxes)
    if values[-1] == 0:
        ax.text(0.97, 0.04, "0: nothing is left to learn", size=8, ha="right", transform=ax.transAxes)


def _colours(y):
    """Return the colour of each label."""
    return [COLOURS[c] for c in y]
