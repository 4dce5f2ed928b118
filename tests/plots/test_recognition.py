"""Digits as a model reads them: the sums behind the pictures, and the training behind the dots."""

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit import datasets, optim, plots
from coursekit.experiments import train_on_ink
from coursekit.softmax import softmax, softmax_loss
from tests.plots.repaint import assert_repaints, finish

SHAPE = (4, 5)
NAMES = ("a", "b", "c")


@pytest.fixture(scope="module")
def digits():
    """Return 90 of the embedded digits, pixels 0 to 240."""
    X, y = datasets.load("digits").X_train[:90], datasets.load("digits").y_train[:90]
    return {"X": (15 * X).astype(np.uint8), "y": y, "image_shape": (8, 8), "train": train_on_ink}


@pytest.fixture
def model():
    """Return weights of three classes for pictures of 4 by 5 pixels, and one picture."""
    rng = np.random.default_rng(0)
    return {"W": rng.normal(size=(20, 3)), "image_shape": SHAPE, "class_names": NAMES}


@pytest.fixture
def digit():
    """Return a picture with ink in the middle and grey that is no ink around it."""
    picture = np.full(SHAPE, 100, np.uint8)
    picture[1:3, 2:4] = [[101, 255], [180, 0]]
    return picture.ravel()


def test_a_digit_is_shown_as_it_is_and_as_the_model_sees_it(digits):
    """Rows of digits alternate; the cut is strict, and the title says how much ink is left of all images."""
    fig = Figure()
    finish(plots.draw_threshold(fig, threshold=105, **digits))
    sheet = fig.axes[0].images[-1].get_array()
    for row, image in ((0, digits["X"][0]), (9, 255 * (digits["X"][0] > 105)), (18, digits["X"][5])):
        np.testing.assert_array_equal(sheet[row : row + 8, :8], image.reshape(8, 8))
    assert 105 in digits["X"]
    assert fig.axes[0].get_title() == f"above 105: {(digits['X'] > 105).mean():.1%} ink"


def test_accuracy_is_that_of_plain_descent_on_the_first_two_thirds(digits):
    """Sixty steps of size 0.5 from zeros on 60 binary images; the other 30 are read."""
    ink, y = (digits["X"] > 90).astype(float), digits["y"]
    W = optim.train(lambda W: softmax_loss(W, ink[:60], y[:60]), np.zeros((64, 10)), steps=60, learning_rate=0.5).W
    accuracy = np.mean((ink[60:] @ W).argmax(axis=1) == y[60:])
    fig = Figure()
    assert finish(plots.draw_threshold(fig, threshold=90, **digits)) == (90, pytest.approx(accuracy))
    assert fig.axes[1].get_title() == f"{accuracy:.1%} of 30 unseen digits read"


def test_the_digits_are_there_before_the_training_and_the_dot_rises(digits):
    """The first frame has the cut digits and no accuracy yet; each later one has the dot at its title's number."""
    fig, said, heights = Figure(), [], []
    for message in plots.draw_threshold(fig, threshold=120, **digits):
        said.append(message)
        heights.append(fig.axes[1].lines[-1].get_ydata()[0])
        title = fig.axes[1].get_title()
        assert title == ("not trained yet" if len(said) == 1 else f"{heights[-1]:.1%} of 30 unseen digits read")
    assert said == [f"training: step {step} of 60" for step in range(0, 60, 10)]
    assert heights[0] == 0.1 < 0.5 < heights[-1]


def test_earlier_results_stay_as_dots(digits):
    """They stand where they were found; the band is twice the standard error of the present one."""
    fig = Figure()
    earlier = ((50, 0.75), (200, 0.5))
    threshold, accuracy = finish(plots.draw_threshold(fig, threshold=100, earlier=earlier, **digits))
    before, now = fig.axes[1].lines[-2:]
    assert [tuple(point) for point in before.get_xydata()] == list(earlier)
    assert tuple(now.get_xydata()[0]) == (threshold, accuracy)
    band = fig.axes[1].patches[-1]
    assert band.get_height() == pytest.approx(4 * np.sqrt(accuracy * (1 - accuracy) / 30))
    assert band.get_y() + band.get_height() / 2 == pytest.approx(accuracy)


def test_a_threshold_above_all_ink_leaves_a_model_that_guesses(digits):
    """With all pixels 0 every digit gets the same answer."""
    _, accuracy = finish(plots.draw_threshold(Figure(), threshold=255, **digits))
    assert accuracy in [pytest.approx(np.mean(digits["y"][60:] == c)) for c in range(10)]


@pytest.mark.parametrize(("images", "labels"), [(14, 14), (20, 19)])
def test_threshold_needs_images_and_a_label_for_each(digits, images, labels):
    """The refusal says how many came."""
    wrong = digits | {"X": digits["X"][:images], "y": digits["y"][:labels]}
    with pytest.raises(ValueError, match=f"draw_threshold: at least 15 images.*got {images} and {labels} labels"):
        finish(plots.draw_threshold(Figure(), **wrong))


def test_products_add_up_to_the_logarithm_of_the_ratio_of_probabilities(model, digit):
    """Winner and runner-up: the sum in the title is log(p1/p2), and the probabilities are softmax's."""
    fig = Figure()
    P = plots.draw_digit(fig, digit=digit, **model)
    np.testing.assert_allclose(P, softmax((digit > 100)[None].astype(float) @ model["W"])[0])
    second, first = np.sort(P)[-2:]
    products = fig.axes[2].images[-1].get_array()
    assert products.sum() == pytest.approx(np.log(first / second))
    assert fig.axes[2].get_title() == f"products: sum {np.log(first / second):.2f}"


def test_sheets_hold_ink_weights_and_products(model, digit):
    """Only pixels above 100 are ink; paper has no product; the bars are the probabilities."""
    fig = Figure()
    P = plots.draw_digit(fig, digit=digit, **model)
    first, second = (-P).argsort()[:2]
    ink, weights, products = (ax.images[-1].get_array() for ax in fig.axes[:3])
    assert (ink.reshape(-1) == 255 * (digit > 100)).all()
    np.testing.assert_allclose(weights.reshape(-1), model["W"][:, first] - model["W"][:, second])
    assert (products.mask == (ink == 0)).all()
    np.testing.assert_allclose(products[ink > 0], weights[ink > 0])
    assert [segment[1][0] for segment in fig.axes[3].collections[-1].get_segments()] == pytest.approx(P)
    assert [ax.get_title() for ax in fig.axes[:2]] == [
        "ink: 3 pixels",
        f"weights: {NAMES[first]} minus {NAMES[second]}",
    ]
    assert fig.axes[3].get_title() == f"{NAMES[first]}: {P[first]:.1%}, {NAMES[second]}: {P[second]:.1%}"


def test_weights_have_one_scale_centred_on_zero(model, digit):
    """White is 0 in both pictures, whichever classes lead."""
    fig = Figure()
    plots.draw_digit(fig, digit=digit, **model)
    (low, high), products = (ax.images[-1].get_clim() for ax in fig.axes[1:3])
    assert (low, high) == products == (-high, high)


@pytest.mark.parametrize(("right", "down"), [(1, 0), (-2, 1), (0, -1), (3, 2), (0, 9), (-9, 0)])
def test_a_digit_moves_over_paper(model, digit, right, down):
    """Each ink pixel moves by as much; what leaves the picture is lost, and nothing comes back on the other side."""
    fig = Figure()
    plots.draw_digit(fig, digit=digit, right=right, down=down, **model)
    moved = {(y + down, x + right) for y, x in np.argwhere(digit.reshape(SHAPE) > 100)}
    inside = {(y, x) for y, x in moved if 0 <= y < SHAPE[0] and 0 <= x < SHAPE[1]}
    assert {(y, x) for y, x in np.argwhere(fig.axes[0].images[-1].get_array())} == inside


def test_the_cross_is_at_the_centre_of_the_ink(model, digit):
    """Mean column and mean row of the three pixels."""
    fig = Figure()
    plots.draw_digit(fig, digit=digit, right=1, **model)
    assert fig.axes[0].lines[-1].get_xydata()[0] == pytest.approx((3 + 1 / 3, 1 + 1 / 3))


def test_an_empty_sheet_is_a_uniform_guess(model):
    """No ink, no score, no centre: all classes get the same."""
    fig = Figure()
    assert plots.draw_digit(fig, digit=np.zeros(20), **model) == pytest.approx([1 / 3] * 3)
    assert not fig.axes[0].lines


def test_theta_for_weights_is_refused(model, digit):
    """The lab's layout is recognised, and the edit is named."""
    with pytest.raises(ValueError, match=r"draw_digit: .* W must be \(20, k\); got \(3, 20\)[^$]*pass theta.T"):
        plots.draw_digit(Figure(), digit=digit, **model | {"W": model["W"].T})


def test_a_used_figure_is_drawn_as_an_empty_one(digits, model, digit):
    """Nothing of the earlier values is left in the picture."""
    dots = ((30, 0.8),)
    first, second = {"threshold": 0}, {"threshold": 200, "earlier": dots}
    assert_repaints(partial(plots.draw_threshold, **digits), first, second)
    empty = {"digit": np.zeros(20)}
    assert_repaints(partial(plots.draw_digit, **model), {"digit": digit, "right": 1}, empty)
    assert_repaints(partial(plots.draw_digit, **model), empty, {"digit": digit})


def test_drawing_changes_no_argument_and_leaves_no_trace_in_pyplot(digits, model, digit):
    """Images, weights and settings are the caller's."""
    before, copies = dict(plt.rcParams), [np.copy(a) for a in (digits["X"], model["W"], digit)]
    finish(plots.draw_threshold(Figure(), **digits))
    plots.draw_digit(Figure(), digit=digit, right=1, **model)
    for now, then in zip((digits["X"], model["W"], digit), copies, strict=True):
        np.testing.assert_array_equal(now, then)
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before
