"""A graph with its values and gradients, and the regions of a network while it is trained."""

from collections import Counter
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np

from coursekit.graph import Node
from coursekit.plots.boxes import DRAWN
from coursekit.plots.stage import stage
from coursekit.plots.style import CLASS_COLOURS

VALUE, GRADIENT, LOSS = "#0072b2", "#d55e00", "#0072b2"
BENDS, CLEAR = (0.0, -0.15, 0.15, -0.3, 0.3, -0.45, 0.45), 14  # of an arrow; points between it and other nodes
FIRST, LATER = 0.03, 0.05  # seconds until a frame of a training


def graph(output, *, ax=None, title=""):
    """Draw a graph of numbers, leaves on the left: each value in blue above its node, each gradient in orange below.

    Parameters
    ----------
    output : coursekit.graph.Node
        The last node; call its ``backward`` first.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the current axes if not given.
    title : str, default=""
        What the figure shows.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> f = Node(3.0, "x") * Node(-2.0, "y")
    >>> f.backward()
    >>> [text.get_text() for text in graph(f, ax=Figure().subplots()).texts if text.get_text()]
    ['x', 'y', '*', '3', '-2', '-2', '3', '-6', '1']
    """
    ax = ax or plt.gca()
    ax.set(title=title)
    ax.set_axis_off()
    places = _places(output)
    xlim, ylim = _limits(places)
    ax.set(xlim=xlim, ylim=ylim)
    _draw_parts(ax, _parts(output, places))
    _draw_numbers(ax, places)
    return ax


def draw_graph(fig, *, formula, start, **leaves):
    """Draw a formula's graph at the values of its leaves, and the change from the start: predicted and true.

    Predicted is the change of each leaf times its gradient at the start, added up.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function drew before.
    formula : callable
        ``formula(**nodes)`` returns the last node.
    start : dict of str to float
        Where the gradient that predicts is taken.
    **leaves : float
        The values now.

    Returns
    -------
    predicted, true : float
        The two changes of the result.

    Raises
    ------
    ValueError
        If the leaves are not those of the start.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_graph(Figure(), formula=lambda x, y: x * y, start={"x": 2.0, "y": 3.0}, x=2.5, y=3.0)
    (1.5, 1.5)
    """
    if set(leaves) != set(start):
        raise ValueError(f"draw_graph: start has the leaves {sorted(start)}; got {sorted(leaves)}.")
    before, at = _swept(formula, start)
    now, _ = _swept(formula, leaves)
    predicted = sum(at[name].grad * (leaves[name] - start[name]) for name in start)
    true = now.value - before.value
    places = _places(now)
    (ax,) = stage(fig, _build_graph, *_limits(places), _parts(now, places))
    _draw_numbers(ax, places)
    changes = {"change predicted": predicted, "true": true}
    ax.set_title(", ".join(f"{name} {round(value, 4) + 0.0:+.4f}" for name, value in changes.items()))
    return predicted, true


def draw_spiral(fig, *, train, X, y, side, **settings):
    """Draw the regions of a network of two features, and its loss, while it is trained.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure, or one that this function drew before.
    train : callable
        ``train(**settings)`` yields step, loss, accuracy and the probabilities at the points of :func:`plane`, as
        :func:`coursekit.network.train_in_view` does.
    X : ndarray of shape (m, 2)
        Examples, within -1..1.
    y : ndarray of int, shape (m,)
        Labels, at most ten classes.
    side : int
        As was given to :func:`plane`.
    **settings
        Passed to ``train``.

    Returns
    -------
    float
        Share of the examples that is right in the end.

    Yields
    ------
    str
        How far the training is.

    Examples
    --------
    >>> from functools import partial
    >>> from matplotlib.figure import Figure
    >>> from coursekit import network
    >>> X, y = np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([0, 1])
    >>> train = partial(network.train_in_view, X, y, plane(9), hidden=3, activation="tanh", steps=100)
    >>> frames = list(draw_spiral(Figure(), train=train, X=X, y=y, side=9, learning_rate=0.5))
    """
    left, right = stage(fig, _build_regions)
    image = left.imshow(np.ones((side, side, 3)), extent=(-1.05, 1.05, -1.05, 1.05), origin="lower", gid=DRAWN)
    left.scatter(*X.T, c=_rgb()[y], s=12, edgecolors="white", linewidths=0.5, zorder=2)  # moving, to lie on the image
    (curve,) = right.plot([], [], color=LOSS)
    points, due = [], perf_counter() + FIRST
    for step, loss, accuracy, P in train(**settings):
        points.append((step, loss))
        if perf_counter() > due:
            _show(left, image, curve, points, accuracy, P)
            yield f"training: step {step}"
            due = perf_counter() + LATER
    _show(left, image, curve, points, accuracy, P)
    return accuracy


def plane(side):
    """Return the points of a square grid over the picture of a spiral.

    Parameters
    ----------
    side : int
        Points on each side.

    Returns
    -------
    ndarray of shape (side * side, 2)
        Row by row from below.

    Examples
    --------
    >>> plane(2).tolist()
    [[-1.05, -1.05], [1.05, -1.05], [-1.05, 1.05], [1.05, 1.05]]
    """
    u = np.linspace(-1.05, 1.05, side)
    return np.column_stack([axis.ravel() for axis in np.meshgrid(u, u)])


def _show(ax, image, curve, points, accuracy, P):
    """Bring regions, curve and title up to date."""
    side, k = image.get_array().shape[0], P.shape[1]
    image.set_data((0.45 * P @ _rgb()[:k] + 0.55).reshape(side, side, 3))
    curve.set_data(*np.transpose(points))
    ax.set_title(f"{accuracy:.0%} of the examples are right")


def _rgb():
    """Return the colours of the classes as numbers."""
    return np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in CLASS_COLOURS])


def _build_regions(fig):
    """Make the axes for the plane and for the loss."""
    left, right = fig.subplots(1, 2)
    left.set(xlim=(-1.05, 1.05), ylim=(-1.05, 1.05), aspect="equal", title=" ", xlabel="$x_1$", ylabel="$x_2$")
    right.set(xlim=(0, 1500), ylim=(0.001, 5), yscale="log", xlabel="step", ylabel="training loss (nats)", title=" ")
    return left, right


def _build_graph(fig, xlim, ylim, parts):
    """Make the axes of a graph, with all but its numbers."""
    ax = fig.subplots()
    ax.set(xlim=xlim, ylim=ylim, title=" ")
    ax.set_axis_off()
    _draw_parts(ax, parts)
    return (ax,)


def _swept(formula, values):
    """Return the last node, after its sweep, and the leaves."""
    leaves = {name: Node(value, name) for name, value in values.items()}
    output = formula(**leaves)
    output.backward()
    return output, leaves


def _places(output):
    """Return where each node is drawn: right of its inputs, a leaf just left of its first use; rows by column."""
    column, places = {}, {}
    for node in output.graph():
        column[node] = 1 + max((column[parent] for parent, _ in node.inputs), default=-1)
    for node in output.graph():
        uses = [column[user] for user in column if user.inputs and node in dict(user.inputs)]
        column[node] = min(uses) - 1 if uses and not node.inputs else column[node]
    for across in sorted(set(column.values())):
        nodes = [node for node in column if column[node] == across]
        for i, node in enumerate(nodes):
            means = [places[parent][1] for parent, _ in node.inputs] if len(nodes) == 1 else []
            places[node] = across, float(np.mean(means)) if means else (len(nodes) - 1) / 2 - i
    return places


def _limits(places):
    """Return the limits of both axes, with room for the numbers around the outer nodes."""
    across, down = np.transpose(list(places.values()))
    return (float(across.min()) - 0.5, float(across.max()) + 0.5), (float(down.min()) - 0.6, float(down.max()) + 0.6)


def _bend(ax, start, end, others):
    """Return the least bend with which an arrow stays clear of other nodes and their numbers, or the clearest."""
    if not others:
        return 0.0
    a, b, *nodes = ax.transData.transform([start, end, *others]) * 72 / ax.figure.dpi
    taken = np.concatenate([np.add(nodes, (0, up)) for up in (-20, 0, 20)])
    t = np.linspace(0, 1, 30)[:, None]

    def room(bend):
        """Return the distance between a parabola, as matplotlib draws it, and the nearest taken point."""
        middle = (a + b) / 2 + bend * np.array([b[1] - a[1], a[0] - b[0]])
        along = (1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t**2 * b
        return np.linalg.norm(along[:, None] - taken, axis=2).min()

    return next((bend for bend in BENDS if room(bend) > CLEAR), max(BENDS, key=room))


def _parts(output, places):
    """Return what no value changes: of each node its place, its name, whether it is a leaf, and where arrows begin."""
    return tuple(
        (place, node.name, not node.inputs, tuple((places[p], n) for p, n in Counter(_parents(node)).items()))
        for node, place in places.items()
    )


def _parents(node):
    """Return the nodes that a node is made of; one that is used twice comes twice."""
    return [parent for parent, _ in node.inputs]


def _draw_parts(ax, parts):
    """Draw arrows, nodes and names."""
    for place, name, leaf, starts in parts:
        for start, times in starts:
            others = [other for other, *_ in parts if other not in (place, start)]
            bends = (-0.2, 0.2) if times == 2 else (_bend(ax, start, place, others),)
            for bend in bends:
                ax.annotate("", place, start, arrowprops={"arrowstyle": "-|>", "color": "#999999",
                            "shrinkA": 13, "shrinkB": 13, "connectionstyle": f"arc3,rad={bend}"})  # fmt: skip
        ax.plot(*place, "o", color="#eeeeee" if leaf else "white", markeredgecolor="#555555", markersize=24)
        ax.text(*place, name, ha="center", va="center", fontsize=8)


def _draw_numbers(ax, places):
    """Draw values above and gradients below."""
    for node, place in places.items():
        for number, above, colour in ((node.value, 1, VALUE), (node.grad, -1, GRADIENT)):
            ax.annotate(f"{number + 0.0:.4g}", place, (0, 15 * above), textcoords="offset points", color=colour,
                        ha="center", va="bottom" if above > 0 else "top", fontsize=9)  # fmt: skip
