"""Pictures of scores and probabilities: what they draw is what the formulas give, and nothing is left behind."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy.special import expit, rel_entr

from coursekit import plots, softmax
from coursekit.gradcheck import numeric_gradient
from tests.plots.repaint import assert_repaints

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


def room(ax):
    """Tell whether all bars, with their values above or below them, lie inside the limits."""
    low, high = ax.get_ylim()
    return all(low < text.get_position()[1] < high for text in ax.texts) and all(low <= v < high for v in heights(ax))


# draw_temperature


@pytest.mark.parametrize("temperature", [0.05, 1.0, 30.0])
def test_temperature_divides_the_scores(fig, temperature):
    """Left the scores as they are, right the softmax of the divided scores, each with its value at the bar's end."""
    scores = {"score_A": 2.0, "score_B": -1.0, "score_C": 0.5, "score_D": 1.5}
    p = plots.draw_temperature(fig, temperature=temperature, **scores)
    left, right = fig.axes
    e = np.exp(np.array([*scores.values()]) / temperature)
    assert heights(left) == list(scores.values())
    assert p == pytest.approx(e / e.sum())
    assert heights(right) == pytest.approx(p)
    assert texts(left) == ["2.0", "−1.0", "0.5", "1.5"] and texts(right) == [f"{v:.3f}" for v in p]


def test_temperature_keeps_the_colour_of_a_class(fig):
    """A class has one colour in both panels."""
    plots.draw_temperature(fig)
    left, right = ([bar.get_facecolor() for bar in ax.patches] for ax in fig.axes)
    assert left == right and len(set(left)) == 4


@pytest.mark.parametrize(
    ("temperature", "lead", "ratio"),
    [(1.0, np.log(2), "2"), (2.0, 1.4, "2.01"), (0.5, -0.3, "0.549"), (0.1, 1.0, "22,026")],
)
def test_temperature_names_the_ratio_of_two_probabilities(fig, temperature, lead, ratio):
    """The title says how many times as probable as B class A is: exp(lead / T), whatever C and D score."""
    p = plots.draw_temperature(fig, temperature=temperature, score_A=1 + lead, score_B=1.0, score_C=3.0, score_D=-2.5)
    assert fig.axes[1].get_title() == f"T = {temperature:.3g}: p(A) = {ratio} p(B)"
    assert p[0] / p[1] == pytest.approx(np.exp(lead / temperature))


@pytest.mark.parametrize(("temperature", "a", "b"), [(0.1, 4.0, -4.0), (0.1, -4.0, 4.0), (100.0, -4.0, -4.0)])
def test_temperature_has_room_for_every_setting(fig, temperature, a, b):
    """At the ends of the sliders nothing overflows and all stays inside the limits."""
    plots.draw_temperature(fig, temperature=temperature, score_A=a, score_B=b, score_C=a, score_D=b)
    assert all(room(ax) for ax in fig.axes)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan")])
def test_temperature_must_be_positive(fig, temperature):
    """The refusal names the value and what it is for."""
    with pytest.raises(ValueError, match=r"draw_temperature: temperature must be positive; got .* divides the scores"):
        plots.draw_temperature(fig, temperature=temperature)


def test_temperature_repaints():
    """A used figure is drawn as an empty one is."""
    assert_repaints(plots.draw_temperature, {"temperature": 0.5, "score_D": 3.0}, {"score_A": -4.0, "score_C": 0.0})


# draw_layer


def test_layer_shows_image_scores_and_probabilities(fig):
    """The image holds the pixels, the scores stand at the names, the bars are their softmax."""
    x = np.array([1.0, 0.5, 0.25, 0.0])
    pixels, names = dict(zip(("x1", "x2", "x3", "x4"), x, strict=True)), ("row", "column", "other")
    p = plots.draw_layer(fig, W=WEIGHTS, b=BIAS, class_names=names, **pixels)
    image, layer, bars = fig.axes
    z = x @ WEIGHTS + BIAS
    assert np.array_equal(image.images[0].get_array(), x.reshape(2, 2))
    assert texts(layer)[4:] == [*names, *(f"{v:+.2f}" for v in z)]
    lines = [text.get_position()[1] for text in layer.texts[4:]]
    assert lines[:3] == lines[3:]
    assert np.array_equal(layer.collections[-1].get_array(), x)
    assert p == pytest.approx(softmax.softmax([z])[0])
    assert heights(bars) == pytest.approx(p)
    assert bars.get_title() == "likeliest: row, other"


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


def test_layer_names_all_classes_of_a_tie(fig):
    """The lesson's other task: an image for which all three bars are one third."""
    W = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]
    p = plots.draw_layer(fig, W=W, b=[0, 0, 1], class_names="rcd", x1=0.3, x2=0.55, x3=0.55, x4=0.05)
    assert p == pytest.approx(np.full(3, 1 / 3))
    assert fig.axes[2].get_title() == "likeliest: r, c, d"


def test_layer_draws_weights_that_are_all_zero(fig):
    """Lines of no width, and no division by the largest weight."""
    plots.draw_layer(fig, W=np.zeros((4, 3)), b=BIAS, x1=1, x2=1, x3=0, x4=0)
    assert {line.get_linewidth() for line in fig.axes[1].lines} == {0}


def test_layer_repaints():
    """A used figure is drawn as an empty one is, also after the weights were changed in place."""
    W = WEIGHTS.copy()

    def draw(fig, *, first, sign):
        W[0] = sign
        return plots.draw_layer(fig, W=W, b=BIAS, x1=first, x2=0.3, x3=1, x4=0)

    assert_repaints(draw, {"first": 0.0, "sign": 1}, {"first": 1.0, "sign": 1})
    assert_repaints(draw, {"first": 1.0, "sign": 1}, {"first": 1.0, "sign": -1})


def test_layer_refuses_a_wrong_number_of_pixels(fig):
    """Three pixels for four rows of weights are named."""
    with pytest.raises(ValueError, match="W has 4 rows, one a pixel; got 3 pixels"):
        plots.draw_layer(fig, W=WEIGHTS, b=BIAS, x1=0, x2=0, x3=0)


# draw_divergence


def guess(truth_A, truth_B, guess_A, guess_B):
    """Return four scores under the names that draw_divergence knows them by."""
    return {"truth_A": truth_A, "truth_B": truth_B, "guess_A": guess_A, "guess_B": guess_B}


@pytest.mark.parametrize("scores", [(0.0, 0.0, 0.0, 0.0), (-4.0, 4.0, 1.0, 0.5), (3.0, -1.5, 0.2, 2.0)])
def test_divergence_bars_are_entropies_and_divergences(fig, scores):
    """The bars lie end to end: entropy, then KL, once each way round, as SciPy computes them."""
    p, q = softmax.softmax([[*scores[:2], 0.0], [*scores[2:], 0.0]])
    parts = plots.draw_divergence(fig, **guess(*scores))
    want = [-p @ np.log(p), rel_entr(p, q).sum(), -q @ np.log(q), rel_entr(q, p).sum()]
    assert parts == pytest.approx(want)
    left, right = fig.axes
    assert heights(left) == pytest.approx([*p, *q])
    assert texts(left) == [f"{v:.2f}" for v in (*p, *q)]
    widths, starts = ([getattr(bar, name)() for bar in right.patches] for name in ("get_width", "get_x"))
    assert widths == pytest.approx(want)
    assert starts == pytest.approx([0, want[0], 0, want[2]])
    assert f"= {want[0] + want[1]:.2f}" in texts(right)[0] and f"= {want[2] + want[3]:.2f}" in texts(right)[1]
    assert right.get_title() == f"KL {want[1] + 0:.3f} and {want[3] + 0:.3f}"


def test_divergence_vanishes_only_at_the_truth(fig):
    """At the scores of the truth both divergences are 0; beside them both are positive, and H(p) is what it was."""
    entropy, kl, back_entropy, back = plots.draw_divergence(fig, **guess(0.7, 0.0, 0.7, 0.0))
    assert (kl, back) == pytest.approx((0, 0), abs=1e-12) and entropy == pytest.approx(back_entropy)
    moved = plots.draw_divergence(Figure(), **guess(0.7, 0.0, 0.8, 0.0))
    assert moved[0] == entropy and moved[1] > 1e-4 and moved[3] > 1e-4


def test_divergence_swaps_its_rows_with_its_distributions():
    """Truth and guess exchanged, the rows are exchanged; the two divergences differ."""
    there = plots.draw_divergence(Figure(), **guess(0.7, 0.0, -4.0, 0.0))
    back = plots.draw_divergence(Figure(), **guess(-4.0, 0.0, 0.7, 0.0))
    assert there == pytest.approx(back[2:] + back[:2])
    assert there[1] > 2 * there[3]


def test_the_longest_grey_bar_is_that_of_three_equal_chances():
    """The lesson's task: entropy is largest, log 3, where both scores are 0."""
    entropies = [plots.draw_divergence(Figure(), **guess(a, b, 0, 0))[0] for a in (-1, 0, 1) for b in (-1, 0, 1)]
    assert max(entropies) == entropies[4] == pytest.approx(np.log(3))


@pytest.mark.parametrize("scores", [(4, -4, -4, 4), (-4, 4, 4, -4), (4, 4, -4, -4)])
def test_divergence_has_room_for_every_setting(fig, scores):
    """At the ends of the sliders both bars end inside the axes."""
    parts = plots.draw_divergence(fig, **guess(*scores))
    left, right = fig.axes
    assert room(left) and max(parts[0] + parts[1], parts[2] + parts[3]) < right.get_xlim()[1]


def test_divergence_of_scores_without_bounds_is_finite(fig):
    """No logarithm of a probability is taken, so a guess that is wrong by 1e4 costs 1e4."""
    assert plots.draw_divergence(fig, **guess(1e4, 0.0, -1e4, 0.0))[1] == pytest.approx(1e4 + np.log(2))


def test_divergence_repaints():
    """A used figure is drawn as an empty one is."""
    assert_repaints(plots.draw_divergence, guess(2.0, 1.0, -1.0, 0.0), guess(4.0, -4.0, -4.0, 4.0))


# draw_sigmoid_losses


@pytest.mark.parametrize("z", [-6.0, -0.5, 3.0])
def test_sigmoid_losses_and_gradients_agree_with_differences(fig, z):
    """The curves are (p - 1)^2 and -log p; the slopes returned and marked are their derivatives."""
    slopes = plots.draw_sigmoid_losses(fig, z=z)
    losses = (lambda v: float((expit(v[0]) - 1) ** 2), lambda v: float(-np.log(expit(v[0]))))
    assert slopes == pytest.approx([numeric_gradient(loss, [z])[0] for loss in losses], rel=1e-5)
    left, right = fig.axes
    heights = [loss([z]) for loss in losses]
    assert left.get_title() == f"losses {heights[0]:.4f} and {heights[1]:.4f}"
    assert right.get_title() == f"gradients {slopes[0]:.4f} and {slopes[1]:.4f}"
    for i, (loss, slope) in enumerate(zip(losses, slopes, strict=True)):
        curve, tangent, dot, mark = left.lines[i], *left.lines[2 + 2 * i : 4 + 2 * i], right.lines[2 + i]
        grid = curve.get_xdata()
        assert curve.get_ydata() == pytest.approx([loss([v]) for v in grid])
        (x0, x1), (y0, y1) = tangent.get_data()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
        assert dot.get_ydata()[0] == pytest.approx(loss([z])) and mark.get_ydata()[0] == pytest.approx(slope)


def test_squared_error_learns_least_where_it_is_most_wrong(fig):
    """Its push is largest at p = 1/3 and vanishes far out; that of cross-entropy tends to 1."""
    plots.draw_sigmoid_losses(fig)
    squared, cross, *_ = fig.axes[1].lines
    z, push = squared.get_xdata(), -squared.get_ydata()
    assert z[push.argmax()] == pytest.approx(-np.log(2), abs=0.03) and push.max() == pytest.approx(8 / 27, abs=1e-4)
    assert push[0] < 1e-3 and -cross.get_ydata()[0] > 0.999


def test_sigmoid_losses_repaint():
    """A used figure is drawn as an empty one is."""
    assert_repaints(plots.draw_sigmoid_losses, {"z": -4.0}, {"z": 8.0})
