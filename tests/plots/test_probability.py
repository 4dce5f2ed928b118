"""Pictures of scores and probabilities: what they draw is what the formulas give, and nothing is left behind."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy.special import expit, rel_entr

from coursekit import plots, softmax
from coursekit.gradcheck import numeric_gradient

WEIGHTS = np.array([[1.0, 1.0, 1.0], [1.0, -1.0, -1.0], [-1.0, 2.0, -1.0], [-1.0, -1.0, 1.0]])
BIAS = np.array([0.0, 0.0, 1.0])


@pytest.fixture
def fig():
    """Give an empty figure that pyplot knows nothing of, and see that pyplot still knows of none."""
    plt.close("all")
    yield Figure()
    assert plt.get_fignums() == []


def heights(ax):
    """Return the heights of all bars."""
    return [bar.get_height() for bar in ax.patches]


def texts(ax):
    """Return all texts in the axes."""
    return [text.get_text() for text in ax.texts]


# draw_temperature


@pytest.mark.parametrize("temperature", [0.05, 1.0, 30.0])
def test_temperature_divides_the_scores(fig, temperature):
    """Left the scores as they are, right the softmax of the divided scores, each with its value above it."""
    scores = np.array([2.0, -1.0, 0.5])
    p = plots.draw_temperature(fig, temperature=temperature, scores=scores, class_names="xyz")
    left, right = fig.axes
    e = np.exp(scores / temperature)
    assert heights(left) == list(scores)
    assert p == pytest.approx(e / e.sum())
    assert heights(right) == pytest.approx(p)
    assert texts(right) == [f"{v:.3f}" for v in p]


def test_temperature_keeps_the_colour_of_a_class(fig):
    """A class has one colour in both panels."""
    plots.draw_temperature(fig)
    left, right = ([bar.get_facecolor() for bar in ax.patches] for ax in fig.axes)
    assert left == right and len(set(left)) == 4


# draw_layer


def test_layer_shows_image_scores_and_probabilities(fig):
    """The image holds the pixels, the names carry the scores, the bars are their softmax."""
    x = np.array([1.0, 0.5, 0.25, 0.0])
    pixels, names = dict(zip(("x1", "x2", "x3", "x4"), x, strict=True)), ("row", "column", "other")
    p = plots.draw_layer(fig, W=WEIGHTS, b=BIAS, class_names=names, **pixels)
    image, layer, bars = fig.axes
    z = x @ WEIGHTS + BIAS
    assert np.array_equal(image.images[0].get_array(), x.reshape(2, 2))
    assert texts(layer) == ["1", "0.5", "0.25", "0", *(f"{name}: {v:+.2f}" for name, v in zip(names, z, strict=True))]
    assert p == pytest.approx(softmax.softmax([z])[0])
    assert heights(bars) == pytest.approx(p)


def test_layer_connects_every_pixel_with_every_class(fig):
    """Twelve lines, the heaviest weight thickest, blue for a weight that speaks for a class and red against it."""
    plots.draw_layer(fig, W=WEIGHTS, b=BIAS, x1=1, x2=1, x3=0, x4=0)
    lines = fig.axes[1].lines
    assert [line.get_linewidth() for line in lines] == pytest.approx(1.5 * np.abs(WEIGHTS).ravel())
    blue = [line.get_color()[2] > line.get_color()[0] for line in lines]
    assert blue == list((WEIGHTS > 0).ravel())


def test_layer_ignores_a_pixel_that_all_classes_share(fig):
    """The lesson's task: the first pixel has one weight for all classes, so it moves no probability."""
    p, q = (plots.draw_layer(Figure(), W=WEIGHTS, b=BIAS, x1=v, x2=0.2, x3=0.9, x4=0.4) for v in (0.0, 1.0))
    assert p == pytest.approx(q)


def test_layer_refuses_a_wrong_number_of_pixels(fig):
    """Three pixels for four rows of weights are named."""
    with pytest.raises(ValueError, match="W has 4 rows, one a pixel; got 3 pixels"):
        plots.draw_layer(fig, W=WEIGHTS, b=BIAS, x1=0, x2=0, x3=0)


# draw_divergence


@pytest.mark.parametrize(("score_a", "score_b"), [(0.0, 0.0), (-6.0, 4.0), (3.0, -1.5)])
def test_divergence_bars_are_entropies_and_divergences(fig, score_a, score_b):
    """The bars lie end to end: entropy, then KL, once each way round, as SciPy computes them."""
    p, q = np.array([0.2, 0.5, 0.3]), softmax.softmax([[score_a, score_b, 0.0]])[0]
    parts = plots.draw_divergence(fig, score_a=score_a, score_b=score_b, p=p)
    want = [-p @ np.log(p), rel_entr(p, q).sum(), -q @ np.log(q), rel_entr(q, p).sum()]
    assert parts == pytest.approx(want)
    left, right = fig.axes
    assert heights(left) == pytest.approx([*p, *q])
    widths, starts = ([getattr(bar, name)() for bar in right.patches] for name in ("get_width", "get_x"))
    assert widths == pytest.approx([want[0], want[2], want[1], want[3]])
    assert starts == pytest.approx([0, 0, want[0], want[2]])
    assert right.get_xlim()[1] > max(want[0] + want[1], want[2] + want[3])
    assert f"{want[0] + want[1]:.3f}" in texts(right)[0] and f"{want[2] + want[3]:.3f}" in texts(right)[1]


def test_divergence_vanishes_only_at_the_truth(fig):
    """At log 2 and 0 the guess is the truth (1/2, 1/4, 1/4); beside it both divergences are positive."""
    entropy, kl, back_entropy, back = plots.draw_divergence(fig, score_a=np.log(2))
    assert (kl, back) == pytest.approx((0, 0), abs=1e-12) and entropy == pytest.approx(back_entropy)
    moved = plots.draw_divergence(Figure(), score_a=np.log(2) + 0.1)
    assert moved[0] == entropy and moved[1] > 1e-4 and moved[3] > 1e-4


@pytest.mark.parametrize("p", [(0.5, 0.5), (1.0, 0.0, 0.0), (0.5, 0.4, 0.3)])
def test_divergence_refuses_what_is_no_truth(fig, p):
    """Two classes, a class that never comes, and a sum above 1 are refused by name."""
    with pytest.raises(ValueError, match="draw_divergence: p must be three positive numbers that sum to 1; got"):
        plots.draw_divergence(fig, p=p)


# draw_sigmoid_losses


@pytest.mark.parametrize("z", [-6.0, -0.5, 3.0])
def test_sigmoid_losses_and_gradients_agree_with_differences(fig, z):
    """The curves are (p - 1)^2 and -log p; the slopes returned and marked are their derivatives."""
    slopes = plots.draw_sigmoid_losses(fig, z=z)
    losses = (lambda v: float((expit(v[0]) - 1) ** 2), lambda v: float(-np.log(expit(v[0]))))
    assert slopes == pytest.approx([numeric_gradient(loss, [z])[0] for loss in losses], rel=1e-5)
    left, right = fig.axes
    for loss, slope, (curve, tangent, dot), (_, mark) in zip(
        losses, slopes, (left.lines[:3], left.lines[3:]), (right.lines[:2], right.lines[2:]), strict=True
    ):
        grid = curve.get_xdata()
        assert curve.get_ydata() == pytest.approx([loss([v]) for v in grid])
        (x0, x1), (y0, y1) = tangent.get_data()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
        assert dot.get_ydata()[0] == pytest.approx(loss([z])) and mark.get_ydata()[0] == pytest.approx(slope)


def test_squared_error_learns_least_where_it_is_most_wrong(fig):
    """Its push is largest at p = 1/3 and vanishes far out; that of cross-entropy tends to 1."""
    plots.draw_sigmoid_losses(fig)
    squared, _, cross, _ = fig.axes[1].lines
    z, push = squared.get_xdata(), -squared.get_ydata()
    assert z[push.argmax()] == pytest.approx(-np.log(2), abs=0.03) and push.max() == pytest.approx(8 / 27, abs=1e-4)
    assert push[0] < 1e-3 and -cross.get_ydata()[0] > 0.999
