"""Penalties as pictures: what a strength does to the weights, and why L1 meets its corners."""

import numpy as np
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Normalize, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon

from coursekit import metrics, softmax
from coursekit.plots.images import mosaic
from coursekit.plots.stage import TRACE, stage
from coursekit.plots.style import LINES

NORMS = {"L1": 1, "L2": 2}
COLOURS = {"L1": "#009e73", "L2": "#882255"}  # blue and orange are the training and the validation set
FACES = {"training": "full", "validation": "none"}  # how the markers are filled
EXACTLY_0 = "#a9a9a9"
COLUMNS = 5
HEIGHTS = np.arange(1, 9) ** 2 / 4  # of the bowl's contour lines, which they space evenly
BOWL = np.array([[0.5, 0.25], [0.25, 0.5]])  # w @ BOWL @ w is the height at w from the centre
ANGLES = np.linspace(0, 2 * np.pi, 121)
CIRCLE = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])
RING = CIRCLE @ np.linalg.inv(np.linalg.cholesky(BOWL))  # the bowl's line of height 1, about its centre
LOWEST = "#d55e00"


def draw_penalty(fig, *, fit, strength=0.01, norm="L2", training, validation, image_shape, limit=2.0, earlier=()):
    """Draw the weights under a penalty, and the accuracies among those of the strengths tried before.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function has drawn.
    fit : callable
        ``fit(X, y, l1=...)`` or ``fit(X, y, l2=...)`` returns the weights (n + 1, k), such as
        :func:`coursekit.experiments.fit_penalised`.
    strength : float, default=0.01
        Factor of the penalty, beside a mean loss; the axis goes from 0.0001 to 1.
    norm : {"L2", "L1"}
        Half the squares of the weights, or their absolute values.
    training, validation : tuple of ndarray
        Examples (m, n + 1) whose last column is 1, and labels (m,).
    image_shape : tuple of int
        Height and width of an example; their product is n.
    limit : float, default=2.0
        Weight at which the colours end. It stays, so that weights that shrink also fade.
    earlier : tuple of dict, default=()
        What former calls returned; their accuracies stay as curves, one pair a norm.

    Returns
    -------
    dict
        ``norm`` and ``strength`` as given; ``training`` and ``validation`` accuracy; and ``zeros``, the share of
        exact zeros among the weights of the pixels that are inked in any training example (the others never move, and
        are left blank).

    Raises
    ------
    ValueError
        If ``norm`` is unknown or ``strength`` is negative.

    Examples
    --------
    >>> from coursekit.experiments import fit_penalised
    >>> from matplotlib.figure import Figure
    >>> X, y = np.array([[1.0, 0, 0, 0, 1], [0, 0, 0, 1, 1]]), np.array([0, 1])
    >>> data = {"training": (X, y), "validation": (X, y), "image_shape": (2, 2)}
    >>> draw_penalty(Figure(), fit=fit_penalised, strength=1.0, norm="L1", **data)
    {'norm': 'L1', 'strength': 1.0, 'training': 0.5, 'validation': 0.5, 'zeros': 1.0}
    """
    if norm not in NORMS or not strength >= 0:
        raise ValueError(f"draw_penalty: norm must be 'L1' or 'L2' and strength >= 0; got {norm!r} and {strength}.")
    X, y = training
    W = fit(X.astype(np.float32), y, **{norm.lower(): strength})  # fast, and exact enough for a picture
    shares = {
        name: metrics.accuracy(softmax.predict(W, X), y)
        for name, (X, y) in zip(FACES, (training, validation), strict=True)
    }
    inked = X[:, :-1].any(axis=0)
    found = {"norm": norm, "strength": strength, **shares, "zeros": float((W[:-1][inked] == 0).mean())}
    left, right = stage(fig, _tries_and_weights, W.shape[1], tuple(image_shape), limit)
    _draw_tries(left, [*earlier, found])
    right.imshow(_sheet(W[:-1], inked, image_shape, limit), interpolation="nearest")
    left.set_title(f"training {found['training']:.3f}, validation {found['validation']:.3f}")
    right.set_title(f"{norm}: {found['zeros']:.0%} exactly 0", pad=18)
    return found


def _tries_and_weights(fig, k, image_shape, limit):
    """Draw what stays: the axes of the accuracies, the frames of the weights, and what the colours mean."""
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.5))
    left.set(xscale="log", xlim=(0.8e-4, 1.25), ylim=(0, 1.03), xlabel="strength", ylabel="accuracy")
    left.grid(color="#dddddd", linewidth=0.6)
    look = {"color": "#444444", "marker": "o"}
    lines = [Line2D([], [], linestyle=LINES[n], fillstyle=fill, label=n, **look) for n, fill in FACES.items()]
    patches = [Patch(color=colour, label=norm) for norm, colour in COLOURS.items()]
    left.legend(handles=lines + patches, loc="lower left", fontsize=8, frameon=True)
    _frames(right, k, image_shape)
    colours = ScalarMappable(Normalize(-limit, limit), "RdBu")
    fig.colorbar(colours, ax=right, shrink=0.8, extend="both", label="weight")
    right.legend(handles=[Patch(color=EXACTLY_0, label="exactly 0")], loc="upper center", bbox_to_anchor=(0.5, 0))
    return left, right


def _frames(ax, k, image_shape):
    """Draw a frame and a digit for each of k images, and give the axes the size of their sheet."""
    sheet = mosaic(np.zeros((k, *image_shape, 4)), COLUMNS, gap=_gap(image_shape), fill=0.0)
    frames = [_frame(c, image_shape) for c in range(k)]
    for c, frame in enumerate(frames):
        x, top = frame[:2].mean(axis=0)
        ax.text(x, top - image_shape[0] / 80, str(c), ha="center", va="bottom", fontsize=8)
    ax.add_collection(LineCollection(frames, colors="#999999", linewidths=0.8))
    height, width = sheet.shape[:2]
    ax.set(aspect="equal", xlim=(-0.8, width - 0.2), ylim=(height - 0.2, -0.8))  # with room for whole frames
    ax.set_axis_off()


def _gap(image_shape):
    """Return how many pixels lie between two images: room for a digit above each."""
    return max(2, image_shape[0] // 4)


def _frame(c, image_shape):
    """Return the frame (5, 2) of the c-th image of a sheet, upper edge first."""
    (height, width), gap = image_shape, _gap(image_shape)
    x, y = (c % COLUMNS) * (width + gap) - 0.5, (c // COLUMNS) * (height + gap) - 0.5
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])


def _draw_tries(ax, tried):
    """Draw the accuracies of all tries as curves, those of the last one large."""
    for norm in dict.fromkeys(t["norm"] for t in tried):
        points = sorted(tuple(t[name] for name in ("strength", *FACES)) for t in tried if t["norm"] == norm)
        strengths, *shares = zip(*points, strict=True)
        for name, share in zip(FACES, shares, strict=True):
            look = {"linestyle": LINES[name], "linewidth": 1.2, "marker": ".", "markersize": 4}
            ax.plot(strengths, share, color=COLOURS[norm], **look)
    last = tried[-1]
    for name, fill in FACES.items():
        look = {"marker": "o", "markersize": 8, "fillstyle": fill, "markeredgewidth": 1.6}
        ax.plot(last["strength"], last[name], color=COLOURS[last["norm"]], **look)


def _sheet(W, inked, image_shape, limit):
    """Return the weights as one sheet in colour: exact zeros grey, pixels that are never inked white."""
    rgba = colormaps["RdBu"]((W.T + limit) / (2 * limit))  # (k, n, 4); beyond the limit the last colour
    rgba[W.T == 0] = to_rgba(EXACTLY_0)
    rgba[:, ~inked] = 1
    sheet = mosaic(rgba.reshape(-1, *image_shape, 4), COLUMNS, gap=_gap(image_shape), fill=0.0)
    return sheet.astype(np.float32)  # drawn twice as fast


def draw_corners(fig, *, direction=60.0, budget=1.0, earlier=()):
    """Draw a bowl-shaped loss of two weights, and the lowest point that each norm's budget allows.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function has drawn.
    direction : float, default=60.0
        Where the unpenalised minimum lies, in degrees from the first axis; it is 2 away from the origin.
    budget : float, default=1.0
        What the norm of the weights may reach.
    earlier : tuple of dict, default=()
        What former calls returned; a small dot stays at each.

    Returns
    -------
    dict of str to ndarray of shape (2,)
        The lowest allowed weights under ``L1`` and ``L2``. The titles write one that is exactly 0 without decimals.

    Raises
    ------
    ValueError
        If ``budget`` is not positive.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_corners(Figure(), direction=80.0)["L1"]
    array([0., 1.])
    """
    if not budget > 0:
        raise ValueError(f"draw_corners: budget must be positive; got {budget}.")
    centre = 2 * np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))]).round(12)
    lowest = {}
    for ax, (name, order) in zip(stage(fig, _two_planes), NORMS.items(), strict=True):
        edge = _edge(order, budget)
        inside = np.linalg.norm(centre, order) <= budget
        lowest[name] = centre if inside else edge[_bowl(edge, centre).argmin()]
        _landscape(ax, centre, edge, lowest[name])
        ax.plot(*np.reshape([e[name] for e in earlier], (-1, 2)).T, ".", color="black", markersize=4, gid=TRACE)
        ax.plot(*lowest[name], "o", color=LOWEST)
        ax.plot(*centre, "x", color="black")
        ax.set_title(f"{name}: w = ({', '.join('0' if v == 0 else f'{v:.2f}' for v in lowest[name])})")
    return lowest


def _edge(order, budget):
    """Return points (3600, 2) around the edge of a norm's ball, the corners among them."""
    angle = np.radians(np.arange(0, 360, 0.1))
    points = np.column_stack([np.cos(angle), np.sin(angle)]).round(12)
    return budget * points / np.linalg.norm(points, order, axis=1, keepdims=True)


def _bowl(w, centre):
    """Return the loss at points (..., 2): a bowl whose two axes pull on each other."""
    return ((w - centre) @ BOWL * (w - centre)).sum(axis=-1)


def _two_planes(fig):
    """Draw what stays: two planes of weights, and what the marks mean."""
    axes = fig.subplots(1, 2, sharey=True)
    for ax in axes:
        ax.axhline(0, color="black", linewidth=0.5), ax.axvline(0, color="black", linewidth=0.5)
        ax.set(aspect="equal", xlim=(-2.4, 2.4), ylim=(-2.4, 2.4), xlabel="$w_1$")
    axes[0].set_ylabel("$w_2$")
    marks = {"without penalty": ("x", "black"), "lowest allowed": ("o", LOWEST), "settings before": (".", "black")}
    handles = [Line2D([], [], marker=m, color=c, linestyle="", label=label) for label, (m, c) in marks.items()]
    handles.insert(0, Patch(color="#0072b2", alpha=0.25, label="within the budget"))
    fig.legend(handles=handles, loc="outside lower center", ncols=4, fontsize=8)
    return axes


def _landscape(ax, centre, edge, lowest):
    """Draw contour lines, one of them through the lowest allowed point, and the ball."""
    heights = np.append(HEIGHTS, _bowl(lowest, centre))
    colours = ["grey"] * len(HEIGHTS) + [LOWEST]
    rings = centre + np.sqrt(heights)[:, None, None] * RING
    ax.add_artist(Polygon(edge[::20], color="#0072b2", alpha=0.25, linewidth=0))  # ax.fill would look for new limits
    ax.add_collection(LineCollection(rings, colors=colours, linewidths=[0.6] * len(HEIGHTS) + [1.5]), autolim=False)
