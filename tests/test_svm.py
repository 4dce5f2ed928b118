"""The hinge loss over wrong classes: properties, oracles, gradient against differences, two forms, refusals.

The oracle is scikit-learn's hinge loss of *two* classes, added up over the pairs of the true class and a wrong one. Its
hinge loss of several classes is that of Crammer and Singer, which counts only the worst wrong class: a lower bound.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import hinge_loss

from coursekit import gradcheck, metrics, svm
from coursekit.softmax import predict
from tests.test_softmax import PROBLEM_REFUSALS, refusal

SIZES = {"m": 7, "n": 4, "k": 5}
LOSSES = {"svm_loss": svm.svm_loss, "svm_loss_loops": svm.svm_loss_loops}


@pytest.fixture
def rng():
    """Return a generator of its own for each test."""
    return np.random.default_rng(7)


@pytest.fixture
def problem(rng):
    """Return weights, examples and labels whose sizes all differ."""
    m, n, k = SIZES.values()
    return rng.normal(size=(n, k)), rng.normal(size=(m, n)), np.array([3, 0, 4, 4, 1, 3, 0])


@pytest.fixture(params=LOSSES)
def loss_of(request):
    """Return each of the two forms in turn."""
    return LOSSES[request.param]


def wrong_minus_true(W, X, y):
    """Return how far the score of each wrong class lies above that of the true one, (m, k - 1)."""
    Z = X @ W
    return np.array([[z[c] - z[label] for c in range(len(z)) if c != label] for z, label in zip(Z, y, strict=True)])


# properties


def test_by_hand(loss_of):
    """Scores 1, 3 and 0.5 with the first class true: 3 - 1 + 1 = 3 and 0.5 - 1 + 1 = 0.5."""
    loss, dW = loss_of([[1.0, 3.0, 0.5], [0.0, 0.0, 0.0]], [[1.0, 2.0]], [0])
    assert loss == 3.5
    assert dW.tolist() == [[-2, 1, 1], [-4, 2, 2]]


def test_a_satisfied_loss_is_zero(problem, loss_of):
    """If every margin holds, loss and gradient are 0, and a wider margin is no longer held."""
    W, _, _ = problem
    X, y = np.linalg.pinv(W)[[2, 0, 3, 1]], np.array([2, 0, 3, 1])
    W = 50 * W
    narrowest = -wrong_minus_true(W, X, y).max()
    assert narrowest > 1
    loss, dW = loss_of(W, X, y)
    assert loss == 0 and (dW == 0).all()
    assert loss_of(W, X, y, margin=1.1 * narrowest)[0] > 0
    assert loss_of(W, X, y, l2=0.3)[0] == pytest.approx(0.15 * (W**2).sum())


def test_a_shift_of_the_scores_changes_nothing(problem, rng, loss_of):
    """The same vector added to the weights of all classes raises all scores of an example alike."""
    W, X, y = problem
    loss, dW = loss_of(W, X, y)
    other, gradient = loss_of(W + rng.normal(size=(4, 1)), X, y)
    assert other == pytest.approx(loss)
    np.testing.assert_allclose(gradient, dW, atol=1e-14)
    np.testing.assert_allclose(dW.sum(axis=1), 0, atol=1e-14)


@pytest.mark.parametrize("margin", [0.0, 1.0, 2.5])
def test_equal_scores_cost_a_margin_for_each_wrong_class(problem, loss_of, margin):
    """All weights zero: (k - 1) margins, whatever the labels."""
    W, X, y = problem
    assert loss_of(0 * W, X, y, margin=margin)[0] == pytest.approx(4 * margin)


def test_only_the_margin_has_a_unit(problem, loss_of):
    """Three times the weights and three times the margin: three times the loss, and the same gradient."""
    W, X, y = problem
    (loss, dW), (threefold, gradient) = loss_of(W, X, y), loss_of(3 * W, X, y, margin=3.0)
    assert threefold == pytest.approx(3 * loss)
    np.testing.assert_allclose(gradient, dW, atol=1e-14)


def test_the_share_of_mistakes_is_a_lower_bound(problem, loss_of):
    """A mistake violates at least one margin, by at least 1."""
    W, X, y = problem
    wrong = 1 - metrics.accuracy(predict(W, X), y)
    assert 0 < wrong <= loss_of(W, X, y)[0]


def test_the_loss_is_convex(problem, rng, loss_of):
    """On a line between two weights it lies below the chord, and above the tangent."""
    W, X, y = problem
    V = rng.normal(size=W.shape)
    (at_w, dW), (at_v, _) = loss_of(W, X, y), loss_of(V, X, y)
    assert loss_of((W + V) / 2, X, y)[0] < (at_w + at_v) / 2
    assert at_v > at_w + (dW * (V - W)).sum()


# oracles


def test_the_loss_is_a_sum_over_pairs_of_classes(problem, loss_of):
    """Scikit-learn's hinge loss of two classes, true against wrong, added up over the wrong ones."""
    W, X, y = problem
    right = 0.0
    for above in wrong_minus_true(W, X, y).T:
        right += hinge_loss(np.repeat([1, 0], 7), np.concatenate([-above, above]))  # each pair from either side
    assert loss_of(W, X, y)[0] == pytest.approx(right)


def test_crammer_and_singer_count_the_worst_class_only(problem, loss_of):
    """Scikit-learn's loss of several classes is lower, and equal where no more than one margin is violated."""
    W, X, y = problem
    violated = (wrong_minus_true(W, X, y) + 1 > 0).sum(axis=1)
    assert loss_of(W, X, y)[0] > hinge_loss(y, X @ W, labels=range(5))
    few = violated <= 1
    assert violated[few].any()
    assert loss_of(W, X[few], y[few])[0] == pytest.approx(hinge_loss(y[few], X[few] @ W, labels=range(5)))


def test_two_classes_are_the_usual_hinge(problem, loss_of):
    """With the difference of the two scores as decision."""
    W, X, _ = problem
    y = np.array([0, 1, 1, 0, 1, 0, 1])
    Z = X @ W[:, :2]
    assert loss_of(W[:, :2], X, y)[0] == pytest.approx(hinge_loss(y, Z[:, 1] - Z[:, 0]))


# the gradient


@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("margin", [0.2, 1.0])
def test_the_gradient_equals_central_differences(problem, loss_of, margin, l2):
    """Each form, away from the kinks."""
    W, X, y = problem
    above = wrong_minus_true(W, X, y) + margin
    assert (above > 0).any() and (above < 0).any() and np.abs(above).min() > 1e-3
    gradcheck.check_gradient(lambda V: loss_of(V, X, y, margin=margin, l2=l2), W, tolerance=1e-7)


def test_a_planted_fault_in_the_gradient_is_caught(problem):
    """The check above can fail: the true class pushed once, however many margins are violated."""
    W, X, y = problem

    def faulty(V):
        Z = X @ V
        C = (Z - Z[np.arange(7), y][:, None] + 1 > 0).astype(float)
        C[np.arange(7), y] = -1
        return svm.svm_loss(V, X, y)[0], X.T @ C / 7

    with pytest.raises(gradcheck.GradientError):
        gradcheck.check_gradient(faulty, W)


def test_a_margin_that_is_met_exactly_pushes_nothing(loss_of):
    """At the kink the slope 0 is taken."""
    loss, dW = loss_of([[2.0, 1.0, 0.5]], [[1.0]], [0])
    assert loss == 0 and (dW == 0).all()


# the two other losses by this name


OTHERS = {"one against all": svm.one_against_all_loss, "Crammer-Singer": svm.crammer_singer_loss}


@pytest.fixture(params=OTHERS)
def other_loss(request):
    """Return each of the two in turn."""
    return OTHERS[request.param]


def test_the_others_by_hand(other_loss):
    """Scores 1, 3 and 0.5 with the first class true, and two of them with the third."""
    W, X, y = [[1.0, 3.0, 0.5], [0.0, 0.0, 0.0]], [[1.0, 2.0], [-1.0, 0.0]], [0, 2]
    right = {  # scores 1, 3, 0.5 and -1, -3, -0.5
        svm.one_against_all_loss: ((0 + 4 + 1.5 + 0 + 0 + 1.5) / 2, [[0, 0.5, 1], [0, 1, 1]]),
        svm.crammer_singer_loss: ((3 + 0.5) / 2, [[-1, 0.5, 0.5], [-1, 1, 0]]),
    }
    loss, dW = other_loss(W, X, y)
    assert loss == right[other_loss][0]
    assert dW.tolist() == right[other_loss][1]


@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("margin", [0.2, 1.0])
def test_the_others_gradients_equal_central_differences(problem, other_loss, margin, l2):
    """Away from the kinks."""
    W, X, y = problem
    gradcheck.check_gradient(lambda V: other_loss(V, X, y, margin=margin, l2=l2), W, tolerance=1e-7)


def test_the_worst_class_is_scikit_learns_hinge_of_several_classes(problem):
    """Scikit-learn's loss is that of Crammer and Singer; the sum over classes is 0 where it is 0, and never below."""
    W, X, y = problem
    assert svm.crammer_singer_loss(W, X, y)[0] == pytest.approx(hinge_loss(y, X @ W, labels=range(5)))
    for x, label in zip(X, y, strict=True):
        worst, total = (f(3 * W, [x], [label])[0] for f in (svm.crammer_singer_loss, svm.svm_loss))
        assert (worst == 0) == (total == 0) and worst <= total


def test_one_against_all_is_a_sum_of_separate_classifiers(problem):
    """Scikit-learn's hinge loss of two classes for each column alone."""
    W, X, y = problem
    right = sum(hinge_loss(np.where(y == c, 1, -1), X @ W[:, c], labels=[-1, 1]) for c in range(5))
    assert svm.one_against_all_loss(W, X, y)[0] == pytest.approx(right)


def test_the_others_first_loss(problem, other_loss):
    """All weights zero: a margin for each of the k scores, or one margin."""
    W, X, y = problem
    assert other_loss(0 * W, X, y, margin=2.0)[0] == {svm.one_against_all_loss: 10.0}.get(other_loss, 2.0)


def test_the_others_stand_still_at_a_margin_met_exactly(other_loss):
    """At the kink the slope 0 is taken, also where a wrong class comes before the true one."""
    for label, W in ((0, [[1.0, -1.0]]), (1, [[-1.0, 1.0]])):
        loss, dW = other_loss(W, [[1.0]], [label], margin=1.0 if other_loss is svm.one_against_all_loss else 2.0)
        assert loss == 0 and not dW.any()


def test_the_others_keep_float32(problem, other_loss):
    """The gradient has the type of the weights."""
    W, X, y = problem
    assert other_loss(W.astype(np.float32), X.astype(np.float32), y)[1].dtype == np.float32


@pytest.mark.parametrize("case", PROBLEM_REFUSALS)
def test_the_others_refuse_a_bad_problem(problem, other_loss, case):
    """Each says its own name, what it got and what to do."""
    spoil, words = PROBLEM_REFUSALS[case]
    said = refusal(lambda: other_loss(*spoil(*problem)))
    assert said.startswith(f"{other_loss.__name__}: ") and words in said


# two forms of one function


@given(st.integers(1, 9), st.integers(1, 6), st.integers(1, 5), st.floats(0, 3), st.sampled_from([0.0, 0.7]))
@settings(max_examples=60)
def test_both_forms_agree(m, n, k, margin, l2):
    """For any sizes."""
    rng = np.random.default_rng([m, n, k])
    W, X, y = rng.normal(size=(n, k)), rng.normal(size=(m, n)), rng.integers(0, k, m)
    loss, dW = svm.svm_loss(W, X, y, margin=margin, l2=l2)
    other, gradient = svm.svm_loss_loops(W, X, y, margin=margin, l2=l2)
    assert other == pytest.approx(loss, rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(gradient, dW, rtol=1e-10, atol=1e-12)


def test_float32_stays_float32_and_agrees(problem, loss_of):
    """In float32 the gradient is float32 (loops add up in float64) and agrees to six digits."""
    W, X, y = problem
    loss, dW = loss_of(*(A.astype(np.float32) for A in (W, X)), y, l2=0.1)
    right, gradient = svm.svm_loss(W, X, y, l2=0.1)
    assert loss == pytest.approx(right, rel=1e-5)
    np.testing.assert_allclose(dW, gradient, rtol=1e-4, atol=1e-6)
    if loss_of is svm.svm_loss:
        assert dW.dtype == np.float32


def test_uint8_pixels_give_what_floats_give(rng, loss_of):
    """Pixels 0 to 255 neither wrap around nor overflow."""
    X, y = rng.integers(0, 256, (6, 4), dtype=np.uint8), np.array([0, 2, 1, 2, 2, 0])
    W = rng.normal(scale=1e-2, size=(4, 3))
    loss, dW = loss_of(W, X, y)
    right, gradient = svm.svm_loss(W, X.astype(float), y)
    assert loss == pytest.approx(right)
    np.testing.assert_allclose(dW, gradient, rtol=1e-12)


def test_any_layout_of_memory_will_do(problem, loss_of):
    """Fortran order, lists, and every second row of a larger array."""
    W, X, y = problem
    loss, dW = svm.svm_loss(W, X, y)
    wide = np.repeat(X, 2, axis=0)[::2]
    for inputs in ((np.asfortranarray(W), np.asfortranarray(X), y), (W, wide, y), (W.tolist(), X.tolist(), y.tolist())):
        other, gradient = loss_of(*inputs)
        assert other == pytest.approx(loss)
        np.testing.assert_allclose(gradient, dW, rtol=1e-10)


def test_inputs_are_unchanged(problem, loss_of):
    """Nothing writes into what the caller owns, and the gradient is a new array."""
    W, X, y = problem
    before = [A.copy() for A in (W, X, y)]
    _, dW = loss_of(W, X, y, l2=0.1)
    assert all(np.array_equal(*pair) for pair in zip(before, (W, X, y), strict=True))
    assert not any(np.shares_memory(dW, A) for A in (W, X))


# extremes


def test_scores_of_ten_thousand_stay_finite(loss_of):
    """By hand: right by far costs 0, wrong by 10000 costs 10000 and the margin."""
    W = np.array([[1e4, 0.0], [0.0, 1e4]])
    loss, dW = loss_of(W, np.eye(2), np.array([0, 0]))
    assert loss == pytest.approx(5000.5)
    assert dW.tolist() == [[0, 0], [-0.5, 0.5]]


def test_a_single_example(problem, loss_of):
    """The gradient is the outer product of x and its row of coefficients."""
    W, X, y = problem
    z = X[0] @ W
    row = (z - z[3] + 1 > 0).astype(float)
    row[3] = 1 - row.sum()
    loss, dW = loss_of(W, X[:1], y[:1])
    assert loss == pytest.approx(row @ z - row[3])
    np.testing.assert_allclose(dW, np.outer(X[0], row), rtol=1e-12)


def test_one_class_only(problem, loss_of):
    """Nothing to choose: loss and gradient are 0."""
    _, X, _ = problem
    loss, dW = loss_of(np.ones((4, 1)), X, np.zeros(7, int))
    assert loss == 0 and (dW == 0).all()


def test_whole_numbers_as_weights(problem, loss_of):
    """They are converted, not cut off."""
    _, X, y = problem
    loss, dW = loss_of(np.zeros((4, 5), int), X, y, margin=0.3)
    assert loss == pytest.approx(1.2) and dW.dtype.kind == "f"


# refusals


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("case", PROBLEM_REFUSALS)
def test_a_bad_problem_is_refused_by_name(problem, name, case):
    """Each form says its own name, what it got and what to do: in the words of softmax_loss."""
    spoil, words = PROBLEM_REFUSALS[case]
    said = refusal(lambda: LOSSES[name](*spoil(*problem)))
    assert said.startswith(f"{name}: ") and words in said


@pytest.mark.parametrize("name", LOSSES)
def test_examples_before_weights(problem, name):
    """Both matrices are named, and the order."""
    W, X, y = problem
    said = refusal(lambda: LOSSES[name](X, W, y))
    assert said == (
        f"{name}: W (7, 4) and X (4, 5) do not fit; the other way round they would. Parameters come first: (W, X, y)."
    )


def test_a_score_that_is_infinitely_right(loss_of):
    """The hinge would be satisfied by it: it is refused all the same."""
    said = refusal(lambda: loss_of([[1.0, -1.0]], [[np.inf]], [0]))
    assert "X holds 1 nan or infinite values, the first at [0, 0]." in said


@pytest.mark.parametrize(
    "y", [[0.0, 1, 2, 3, 4, 0, 1], [True, False, True, True, False, True, False], list("abcdeab")], ids=str
)
def test_labels_that_are_no_integers(problem, loss_of, y):
    """Floats, truth values and names are refused, with the cure for whole numbers."""
    W, X, _ = problem
    assert "y must hold integer labels" in refusal(lambda: loss_of(W, X, y), TypeError)


@pytest.mark.parametrize("X", [[["a"]], [[1j]], [[None]]], ids=str)
def test_examples_that_are_no_numbers(X, loss_of):
    """Texts, complex numbers and objects."""
    assert "X must hold numbers" in refusal(lambda: loss_of(np.zeros((1, 2)), X, [0]), TypeError)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("option", ["l2", "margin"])
@pytest.mark.parametrize("value", [-0.1, np.nan, np.inf])
def test_options_that_can_be_none(problem, name, option, value):
    """Negative, nan and infinite penalties and margins."""
    said = refusal(lambda: LOSSES[name](*problem, **{option: value}))
    assert said == f"{name}: {option} must be a finite number, 0 or more; got {value}."
