"""Digits as a linear model reads them: what it is shown, what its weights add up, and how often it is right."""

import matplotlib.pyplot as plt
import numpy as np

from coursekit import _validate
from coursekit.plots.images import mosaic
from coursekit.plots.stage import TRACE, stage
from coursekit.plots.style import CLASS_COLOURS
from coursekit.softmax import softmax

SHOWN = (2, 5)  # rows and columns of digits
INK = {"cmap": "gray_r", "vmin": 0, "vmax": 255, "interpolation": "nearest"}


def draw_threshold(fig, *, train, threshold=100, X, y, image_shape, steps=60, earlier=()):
    """Draw digits as they are and cut at a threshold, and how well a model learns to read the cut ones.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    train : callable
        ``train(ink, y, steps=...)`` yields the number of steps taken, the accuracy on images that it has not seen, and
        how many these are, such as :func:`coursekit.experiments.train_on_ink`.
    threshold : float, default=100
        Pixels above it become ink.
    X : ndarray of shape (m, n)
        At least 15 images, one a row, pixels 0..255; the first ten are shown.
    y : ndarray of int, shape (m,)
        Their labels.
    image_shape : tuple of int
        Height and width.
    steps : int, default=60
        Passed to ``train``.
    earlier : sequence of tuple, default=()
        What earlier calls returned: the dots that stay.

    Returns
    -------
    threshold : float
        As given.
    accuracy : float
        Share of the unseen images that are read correctly.

    Yields
    ------
    str
        How far the training is.

    Raises
    ------
    ValueError
        If there are fewer than 15 images, or the number of labels is another.

    Examples
    --------
    >>> from coursekit.experiments import train_on_ink
    >>> from matplotlib.figure import Figure
    >>> X, y = np.tile([[0, 101, 100, 255], [255, 0, 0, 99]], (9, 1)), np.tile([0, 1], 9)
    >>> drawing = draw_threshold(Figure(), train=train_on_ink, threshold=100, X=X, y=y, image_shape=(2, 2))
    >>> list(drawing)[-1]
    'training: step 50 of 60'
    """
    if len(X) < 15 or len(X) != len(y):
        raise ValueError(f"draw_threshold: at least 15 images, a label for each; got {len(X)} and {len(y)} labels.")
    left, right = stage(fig, _digits_and_accuracy, image_shape)
    ink = np.asarray(X) > threshold
    left.imshow(_as_seen(X, ink, image_shape), **INK)
    left.set_title(f"above {threshold:g}: {ink.mean():.1%} ink")
    right.plot(*np.reshape(earlier, (-1, 2)).T, "o", color="C0", markersize=5, gid=TRACE)
    (dot,) = right.plot(threshold, 0.1, "o", color="C1", markersize=8)
    right.set_title("not trained yet")
    yield f"training: step 0 of {steps}"
    for step, accuracy, unseen in train(ink, y, steps=steps):
        dot.set_data([threshold], [accuracy])
        right.set_title(f"{accuracy:.1%} of {unseen} unseen digits read")
        if step < steps:
            yield f"training: step {step} of {steps}"
    chance = 2 * np.sqrt(accuracy * (1 - accuracy) / unseen)
    right.axhspan(accuracy - chance, accuracy + chance, color="C1", alpha=0.2, linewidth=0)
    return threshold, accuracy


def _digits_and_accuracy(fig, image_shape):
    """Draw what stays: the frame of the digits, the axes of the accuracy, and what its marks mean."""
    left, right = fig.subplots(1, 2, width_ratios=(4, 5))
    rows, columns = SHOWN
    left.imshow(mosaic(np.zeros((2 * rows * columns, *image_shape)), columns), **INK)
    left.set_axis_off()
    right.axhline(0.1, color="grey", linestyle=":")
    right.text(-5, 0.11, "a guess", color="0.35", fontsize=8, va="bottom")
    right.set(xlabel="threshold", ylabel="accuracy", xlim=(-8, 263), ylim=(0, 1), xticks=range(0, 251, 50))
    right.plot([], [], "o", color="C1", markersize=8, label="now")
    right.fill_between([], [], color="C1", alpha=0.2, linewidth=0, label="± 2 standard errors")
    right.plot([], [], "o", color="C0", markersize=5, label="tried before")
    right.legend(loc="center", fontsize=8)
    return left, right


def _as_seen(X, ink, image_shape):
    """Return a sheet with each row of digits as it is and, under it, as the model sees it."""
    rows, columns = SHOWN
    pairs = [np.reshape(images[: rows * columns], (rows, columns, *image_shape)) for images in (X, 255 * ink)]
    return mosaic(np.stack(pairs, axis=1).reshape(-1, *image_shape), columns)


def draw_digit(fig, *, digit, right=0, down=0, W, image_shape, class_names, threshold=100):
    r"""Draw what a softmax regression makes of one digit: the ink, the weights, their products, the probabilities.

    The weights are those of the most probable class minus those of the runner-up. So each pixel's product is what
    it contributes to the winner's lead, and all of them together are the logarithm of how many times as probable it is:

    .. math:: \sum_i x_i (w_{i1} - w_{i2}) = z_1 - z_2 = \log \frac{p_1}{p_2}

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Empty, or drawn by this function before.
    digit : ndarray of shape (n,)
        Pixels 0..255.
    right, down : int, default=0
        By how many pixels the digit is moved first; what leaves the picture is lost.
    W : ndarray of shape (n, k)
        Weights, one column a class, of a model without bias.
    image_shape : tuple of int
        Height and width; their product is n.
    class_names : sequence of str
        The k names.
    threshold : float, default=100
        Pixels above it are ink, 1; all others are 0.

    Returns
    -------
    ndarray of shape (k,)
        The probabilities.

    Raises
    ------
    ValueError
        If ``W`` has not one row a pixel.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> W = np.array([[2.0, 0.0], [0.0, 5.0]])
    >>> shown = {"W": W, "image_shape": (1, 2), "class_names": "ab"}
    >>> draw_digit(Figure(), digit=np.array([255, 0]), **shown).round(2)
    array([0.88, 0.12])
    >>> draw_digit(Figure(), digit=np.array([255, 0]), right=1, **shown).round(2)
    array([0.01, 0.99])
    """
    W = _validate.weights("draw_digit", W, np.size(digit))
    *sheets, bars = stage(fig, _sheets_and_bars, W, image_shape, class_names)
    ink = _moved(np.reshape(digit, image_shape) > threshold, right, down)
    P = softmax(ink.reshape(1, -1) @ W)[0]
    first, second = np.argsort(-P, kind="stable")[:2]
    weights = np.reshape(W[:, first] - W[:, second], image_shape)
    _fill(sheets, ink, weights)
    bars.hlines(range(len(P)), 0, P, colors=CLASS_COLOURS[: len(P)], linewidth=8)
    sheets[0].set_title(f"ink: {ink.sum()} pixels")
    sheets[1].set_title(f"weights: {class_names[first]} minus {class_names[second]}")
    sheets[2].set_title(f"products: sum {weights[ink].sum():.2f}")
    bars.set_title(", ".join(f"{class_names[c]}: {P[c]:.1%}" for c in (first, second)))
    return P


def _fill(sheets, ink, weights):
    """Show the ink with its centre, the weights, and their products; paper has none, which is not 0."""
    for ax, sheet in zip(sheets, (255 * ink, weights, np.where(ink, weights, np.nan)), strict=True):
        ax.imshow(sheet, cmap=ax.images[0].cmap, norm=ax.images[0].norm, interpolation="nearest")
    if ink.any():
        y, x = np.argwhere(ink).mean(axis=0)
        sheets[0].plot(x, y, "+", color="C1", markersize=10, markeredgewidth=2)


def _sheets_and_bars(fig, W, image_shape, class_names):
    """Draw what stays: three sheets with their middle marked at the edge, and the axes of the probabilities."""
    *sheets, bars = fig.subplots(1, 4, width_ratios=(4, 4, 4, 5))
    limit = np.quantile(np.ptp(W, axis=1), 0.9)
    weights = {"cmap": plt.colormaps["RdBu"].with_extremes(bad="0.6"), "vmin": -limit, "vmax": limit}
    labels = "+ centre of the ink", "blue: for, red: against", "of ink and weight"
    for ax, look, label in zip(sheets, (INK, weights, weights), labels, strict=True):
        ax.imshow(np.zeros(image_shape), **look)
        ax.set(xticks=[(image_shape[1] - 1) / 2], yticks=[(image_shape[0] - 1) / 2], xlabel=label)
        ax.set(xlim=(-0.9, image_shape[1] - 0.1), ylim=(image_shape[0] - 0.1, -0.9))  # the frame stays free
        ax.tick_params(labelbottom=False, labelleft=False)
        ax.spines[:].set_visible(True)
    bars.set_box_aspect(0.8)
    bars.set(xlabel="probability", xlim=(0, 1), ylim=(len(class_names) - 0.4, -0.6))
    bars.set_yticks(range(len(class_names)), labels=class_names)
    return *sheets, bars


def _moved(image, right, down):
    """Return an image moved over paper; what leaves it is lost."""
    height, width = image.shape
    down, right = np.clip(down, -height, height), np.clip(right, -width, width)
    paper = np.pad(image, [(height, height), (width, width)])
    return paper[height - down : 2 * height - down, width - right : 2 * width - right]
