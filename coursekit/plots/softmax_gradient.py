"""The softmax's gradient as pictures: P - Y beside the Jacobian, a few updates, and four gradients with faults."""

import numpy as np

from coursekit.plots.stage import stage
from coursekit.plots.style import CLASS_COLOURS

UPDATES, FURTHEST = 8, (-1.5, 4)  # how many are drawn, and the part of the landscape that is shown
SHARE = 2 / 3  # of the examples of the smallest case that are of class 0
WALK = "C2"  # colour of a step: a direction, or an update
FAULTY = {  # three examples with three features each, in three classes
    "X": np.array([[1.8, -2.9, 0.2], [-3.0, 1.7, -0.7], [-2.9, -2.9, 2.4]]),
    "y": np.array([0, 1, 2]),
    "W": np.array([[0.3, 0.8, 0.6], [-0.3, 0.5, 0.5], [-0.3, 0.4, 0.3]]),
    "l2": 0.8,
}


def draw_jacobian(fig, *, score_0=0.0, score_1=0.0, score_2=0.0, true_class=1):
    r"""Draw the probabilities of three classes, the gradient :math:`p - Y` in the scores, and the softmax's Jacobian.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    score_0, score_1, score_2 : float
        The scores.
    true_class : int, default=1
        Which class the label names.

    Returns
    -------
    gradient : ndarray of shape (3,)
        ``p - Y``: the derivative of the loss in each score.
    jacobian : ndarray of shape (3, 3)
        The derivative of each probability (row) in each score (column).

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> gradient, jacobian = draw_jacobian(Figure(), score_1=np.log(2), score_2=np.log(5))
    >>> gradient.round(3).tolist(), (64 * jacobian[0]).round(3).tolist()
    ([0.125, -0.75, 0.625], [7.0, -2.0, -5.0])
    """
    left, middle, right = stage(fig, _bars_and_table)
    e = np.exp(np.array([score_0, score_1, score_2]) - max(score_0, score_1, score_2))
    p = e / e.sum()
    gradient, jacobian = p - np.eye(3)[true_class], np.diag(p) - np.outer(p, p)
    for ax, heights, text in ((left, p, "{:.3f}"), (middle, gradient, "{:+.3f}")):
        ax.bar(range(3), heights, color=CLASS_COLOURS[:3])
        for place, height in enumerate(heights):
            above = {"va": "bottom"} if height >= 0 else {"va": "top"}
            ax.text(place, height, _written(height, text), ha="center", fontsize=9, **above)
    left.plot(true_class, 1.17, "v", color="black", markersize=7)
    right.imshow(jacobian, cmap="RdBu", vmin=-0.25, vmax=0.25)
    for (row, column), value in np.ndenumerate(jacobian):
        ink = "white" if abs(value) > 0.17 else "black"
        right.text(column, row, _written(value, "{:+.2f}"), color=ink, ha="center", va="center")
    left.set_title(f"p, loss {-np.log(max(p[true_class], 1e-300)):.2f}")
    return gradient, jacobian


def _written(value, text):
    """Return a number as a text says; what rounds to 0 has no sign."""
    written = text.format(value)
    return (written if float(written) else written.lstrip("+-")).replace("-", "−")


def _bars_and_table(fig):
    """Draw what stays: places for two times three bars, and for a table with a scale of its own."""
    left, middle, right = fig.subplots(1, 3)
    left.set(xlabel="class (mark: the true one)", xticks=range(3), xlim=(-0.6, 2.6), ylim=(0, 1.25))
    middle.axhline(0, color="black", linewidth=0.8)
    middle.set(xlabel="class", xticks=range(3), xlim=(-0.6, 2.6), ylim=(-1.25, 1.25), title="p − Y: slope of the loss")
    right.imshow(np.zeros((3, 3)), cmap="RdBu", vmin=-0.25, vmax=0.25)
    right.set(xlabel="score of class", ylabel="probability of class", xticks=range(3), yticks=range(3))
    right.set_title("Jacobian: slopes of p")
    return left, middle, right


def draw_updates(fig, *, learning_rate=1.0):
    r"""Draw eight updates :math:`W \leftarrow W - \eta\, \mathrm dW` on the smallest case, and the loss after each.

    The case is three examples with the one feature 1 and labels 0, 0, 1. The weights, (1, 2), start at 0. Their
    difference d is all that counts, so the landscape is a curve with its lowest place at log 2:

    .. math:: L(d) = \frac23 \log(1 + e^{-d}) + \frac13 \log(1 + e^d)

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    learning_rate : float, default=1.0
        The rate eta, positive.

    Returns
    -------
    ndarray of shape (9,)
        The loss before the first update and after each.

    Raises
    ------
    ValueError
        If ``learning_rate`` is not positive.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> draw_updates(Figure(), learning_rate=1.0)[:2].round(4).tolist()
    [0.6931, 0.6514]
    """
    if not learning_rate > 0:
        raise ValueError(f"draw_updates: learning_rate must be positive; got {learning_rate}. A step goes downhill.")
    left, right = stage(fig, _valley_and_losses)
    places = [0.0]
    for _ in range(UPDATES):
        d = places[-1]
        dW = np.array([1, -1]) * (1 / (1 + np.exp(-d)) - SHARE)  # the gradient in the two weights
        places.append(d - learning_rate * (dW[0] - dW[1]))
    losses = _valley(np.array(places))
    left.plot(places, losses, ".-", color=WALK, linewidth=1, markersize=9)
    right.plot(losses, ".-", color=WALK, markersize=9)
    higher = int((np.diff(losses) > 1e-12).sum())
    left.set_title(f"rate {learning_rate:.3g}: first step to {places[1]:.2f}")
    right.set_title(f"the loss rises in {higher} of {UPDATES} updates")
    return losses


def _valley(d):
    """Return the loss of the smallest case where the two weights differ by d."""
    return SHARE * np.logaddexp(0, -d) + (1 - SHARE) * np.logaddexp(0, d)


def _valley_and_losses(fig):
    """Draw what stays: the loss along the line of the updates with its slope at the start, and its lowest value."""
    left, right = fig.subplots(1, 2, width_ratios=(4, 3))
    d = np.linspace(*FURTHEST, 200)
    left.plot(d, _valley(d), color="black")
    left.plot(FURTHEST, np.log(2) - np.array(FURTHEST) / 6, color="grey", linestyle=":", label="slope at the start")
    left.plot(0, np.log(2), "o", color="black", label="start")
    left.set(xlabel="score 0 − score 1", ylabel="loss (nats)", xlim=FURTHEST, ylim=(0.5, 1.3))
    left.legend(loc="upper center", fontsize=8)
    right.axhline(_valley(np.log(2)), color="grey", linestyle=":", label="lowest possible")
    right.set(xlabel="update", ylabel="loss (nats)", xlim=(-0.3, UPDATES + 0.3), ylim=(0.5, 1.3))
    right.legend(loc="upper right", fontsize=8)
    return left, right


def faulty_gradients(*, axes):
    """Draw four gradients, each with a fault of its own, against the differences that they should equal.

    Parameters
    ----------
    axes : sequence of four matplotlib.axes.Axes
        One for each.

    Returns
    -------
    list of ndarray of shape (3, 3)
        The four gradients. Entry [j, c] belongs to feature j and class c.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> len(faulty_gradients(axes=Figure().subplots(1, 4)))
    4
    """
    right, gradients = _four()
    for number, (ax, dW) in enumerate(zip(axes, gradients, strict=True), 1):
        ax.axline((0, 0), slope=1, color="grey", linestyle=":")
        for c in range(3):
            ax.plot(right[:, c], dW[:, c], "os^"[c], color=CLASS_COLOURS[c], label=f"class {c}", markersize=7)
        ax.set(title=f"gradient {number}", xlabel="by differences", ylabel="by the formula")
        ax.set(xlim=(-1.7, 1.7), ylim=(-2.1, 2.1))
    axes[-1].legend(loc="upper left", fontsize=8)
    return gradients


def _four():
    """Return the right gradient and four wrong ones."""
    X, y, W, l2 = FAULTY.values()
    E = np.exp(X @ W)
    P, Y = E / E.sum(axis=1, keepdims=True), np.eye(3)[y]
    right = X.T @ (P - Y) / len(X) + l2 * W
    unlabelled = Y * [1, 1, 0]  # the last class is never subtracted
    return right, [right.T, right - l2 * W, right / len(X), X.T @ (P - unlabelled) / len(X) + l2 * W]
