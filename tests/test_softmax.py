"""Softmax regression: properties, oracles, gradient against differences, three forms of one function, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import logsumexp
from scipy.special import softmax as scipy_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from coursekit import full_batch, gradcheck, softmax
from coursekit.preprocessing import one_hot

SIZES = {"m": 7, "n": 4, "k": 5}
LOSSES = {
    "softmax_loss": softmax.softmax_loss,
    "softmax_loss_loops": softmax.softmax_loss_loops,
    "FullBatchLoss": lambda W, X, y, **options: full_batch.FullBatchLoss(X, y, k=len(np.transpose(W)), **options)(W),
}
finite = st.floats(-700, 700, allow_nan=False)
scores = arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=finite)


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
    """Return each of the three forms in turn."""
    return LOSSES[request.param]


def refusal(call, error=ValueError):
    """Return what a call says when it refuses."""
    with pytest.raises(error) as failed:
        call()
    return str(failed.value)


# properties


@given(scores)
def test_rows_are_probabilities(Z):
    """Every entry lies in [0, 1] and every row sums to 1."""
    P = softmax.softmax(Z)
    assert P.shape == Z.shape
    assert P.min() >= 0 and P.max() <= 1
    np.testing.assert_allclose(P.sum(axis=1), 1)


@given(scores, finite)
def test_a_shift_of_a_row_changes_no_probability(Z, shift):
    """Only differences of scores matter."""
    np.testing.assert_allclose(softmax.softmax(Z + shift), softmax.softmax(Z), rtol=1e-9, atol=1e-12)


@given(scores)
def test_log_sum_exp_is_a_soft_maximum(Z):
    """It lies between the largest score and that plus log(k)."""
    gap = softmax.log_sum_exp(Z) - Z.max(axis=1)
    assert (gap >= 0).all() and (gap <= np.log(Z.shape[1]) + 1e-9).all()


@given(scores)
def test_the_order_of_scores_is_kept(Z):
    """The class with the largest score is among those with the largest probability."""
    P = softmax.softmax(Z)
    assert (P[np.arange(len(Z)), Z.argmax(axis=1)] == P.max(axis=1)).all()


def test_a_uniform_guess_costs_log_k(problem, loss_of):
    """All weights zero: log(5) whatever the labels."""
    W, X, y = problem
    assert loss_of(0 * W, X, y)[0] == pytest.approx(np.log(5))


def test_the_gradient_sums_to_zero_over_classes(problem, loss_of):
    """Raising all scores of an example alike changes nothing, so neither does the gradient."""
    _, dW = loss_of(*problem)
    np.testing.assert_allclose(dW.sum(axis=1), 0, atol=1e-12)


def test_the_loss_is_convex(problem, rng, loss_of):
    """On a line between two weights it lies below the chord, and above the tangent."""
    W, X, y = problem
    V = rng.normal(size=W.shape)
    (at_w, dW), (at_v, _) = loss_of(W, X, y), loss_of(V, X, y)
    assert loss_of((W + V) / 2, X, y)[0] < (at_w + at_v) / 2
    assert at_v > at_w + (dW * (V - W)).sum()


# oracles


@given(scores)
def test_softmax_and_log_sum_exp_equal_scipys(Z):
    """scipy.special has both."""
    np.testing.assert_allclose(softmax.softmax(Z), scipy_softmax(Z, axis=1), rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(softmax.log_sum_exp(Z), logsumexp(Z, axis=1), rtol=1e-12, atol=1e-12)


def test_cross_entropy_equals_scikit_learns(problem):
    """log_loss of the probabilities."""
    W, X, y = problem
    P = softmax.softmax(X @ W)
    assert softmax.cross_entropy(P, y) == pytest.approx(log_loss(y, P, labels=range(5)))


def test_at_scikit_learns_optimum_the_gradient_vanishes(rng):
    """LogisticRegression minimises the sum of our losses plus |W|^2 / 2C: with l2 = 1/(C m) that is ours."""
    X = rng.normal(size=(60, 4))
    y = np.arange(60) % 5
    model = LogisticRegression(C=0.5, fit_intercept=False, tol=1e-10, max_iter=1000).fit(X, y)
    W = model.coef_.T
    _, dW = softmax.softmax_loss(W, X, y, l2=1 / (0.5 * 60))
    assert np.abs(dW).max() < 1e-6
    assert np.abs(softmax.softmax_loss(0.9 * W, X, y, l2=1 / 30)[1]).max() > 1e-4
    assert (softmax.predict(W, X) == model.predict(X)).all()
    np.testing.assert_allclose(softmax.softmax(X @ W), model.predict_proba(X), rtol=1e-9)


def test_loss_from_scores_equals_loss_from_probabilities(problem, loss_of):
    """The fused loss and the two steps apart agree where both are finite."""
    W, X, y = problem
    assert loss_of(W, X, y)[0] == pytest.approx(softmax.cross_entropy(softmax.softmax(X @ W), y))


# the gradient


@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_the_gradient_equals_central_differences(problem, loss_of, l2):
    """Each form, with penalty and without."""
    W, X, y = problem
    gradcheck.check_gradient(lambda V: loss_of(V, X, y, l2=l2), W, tolerance=1e-7)


def test_a_planted_fault_in_the_gradient_is_caught(problem):
    """The check above can fail: the penalty's gradient left out."""
    W, X, y = problem
    with pytest.raises(gradcheck.GradientError):
        gradcheck.check_gradient(
            lambda V: (softmax.softmax_loss(V, X, y, l2=0.3)[0], softmax.softmax_loss(V, X, y)[1]), W
        )


# three forms of one function


@given(st.integers(1, 9), st.integers(1, 6), st.integers(1, 5), st.integers(1, 12), st.sampled_from([0.0, 0.7]))
@settings(max_examples=60)
def test_all_forms_agree(m, n, k, block, l2):
    """For any sizes, with blocks that divide m, that do not, or that exceed it."""
    rng = np.random.default_rng([m, n, k])
    W, X, y = rng.normal(size=(n, k)), rng.normal(size=(m, n)), rng.integers(0, k, m)
    loss, dW = softmax.softmax_loss(W, X, y, l2=l2)
    for other, gradient in (
        softmax.softmax_loss_loops(W, X, y, l2=l2),
        full_batch.FullBatchLoss(X, y, k=k, l2=l2, block=block)(W),
    ):
        assert other == pytest.approx(loss, rel=1e-12, abs=1e-12)
        np.testing.assert_allclose(gradient, dW, rtol=1e-10, atol=1e-12)


def test_float32_stays_float32_and_agrees(problem, loss_of):
    """In float32 the gradient is float32 (loops add up in float64) and agrees to six digits."""
    W, X, y = problem
    loss, dW = loss_of(*(A.astype(np.float32) for A in (W, X)), y)
    right, gradient = softmax.softmax_loss(W, X, y)
    assert loss == pytest.approx(right, rel=1e-5)
    np.testing.assert_allclose(dW, gradient, rtol=1e-4, atol=1e-6)
    if loss_of is not LOSSES["softmax_loss_loops"]:
        assert dW.dtype == np.float32


def test_uint8_pixels_give_what_floats_give(rng, loss_of):
    """Pixels 0 to 255 neither wrap around nor overflow."""
    X, y = rng.integers(0, 256, (6, 4), dtype=np.uint8), np.array([0, 2, 1, 2, 2, 0])
    W = rng.normal(scale=1e-3, size=(4, 3))
    loss, dW = loss_of(W, X, y)
    right, gradient = softmax.softmax_loss(W, X.astype(float), y)
    assert loss == pytest.approx(right, rel=1e-6)
    np.testing.assert_allclose(dW, gradient, rtol=1e-4, atol=1e-4)


def test_any_layout_of_memory_will_do(problem, loss_of):
    """Fortran order, lists, and every second row of a larger array."""
    W, X, y = problem
    loss, dW = softmax.softmax_loss(W, X, y)
    wide = np.repeat(X, 2, axis=0)[::2]
    for inputs in ((np.asfortranarray(W), np.asfortranarray(X), y), (W, wide, y), (W.tolist(), X.tolist(), y.tolist())):
        other, gradient = loss_of(*inputs)
        assert other == pytest.approx(loss)
        np.testing.assert_allclose(gradient, dW, rtol=1e-10)


# extremes


def test_scores_of_ten_thousand_stay_finite(loss_of):
    """By hand: right by far costs 0, wrong by 10000 costs 10000, and the gradient is P - Y."""
    W = np.array([[1e4, 0.0], [0.0, 1e4]])
    loss, dW = loss_of(W, np.eye(2), np.array([0, 0]))
    assert loss == pytest.approx(5000)
    np.testing.assert_allclose(dW, [[0, 0], [-0.5, 0.5]], atol=1e-12)


def test_rows_of_very_different_scores():
    """Each row has its own maximum: +10000 in one does not drown -10000 in another."""
    Z = [[1e4, 1e4 + 1], [-1e4, -1e4 + 1]]
    np.testing.assert_allclose(softmax.softmax(Z), scipy_softmax([[0, 1], [0, 1]], axis=1))


def test_a_masked_class_has_probability_zero():
    """A score of minus infinity is a class ruled out."""
    assert softmax.softmax([[0.0, -np.inf]]).tolist() == [[1.0, 0.0]]
    assert softmax.log_sum_exp([[2.0, -np.inf]]).tolist() == [2.0]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64, bool])
def test_whole_scores_do_not_wrap_around(dtype):
    """3 - 200 is no uint8."""
    Z = np.array([[1, 0, 1], [0, 0, 1]]).astype(dtype) * (1 if dtype is bool else 100)
    right = scipy_softmax(Z.astype(float), axis=1)
    np.testing.assert_allclose(softmax.softmax(Z), right)
    np.testing.assert_allclose(softmax.log_sum_exp(Z), logsumexp(Z.astype(float), axis=1))


def test_a_single_example(problem, loss_of):
    """The gradient is the outer product of x and p - Y."""
    W, X, y = problem
    loss, dW = loss_of(W, X[:1], y[:1])
    p = softmax.softmax(X[:1] @ W)[0]
    assert loss == pytest.approx(-np.log(p[3]))
    np.testing.assert_allclose(dW, np.outer(X[0], p - one_hot([3], 5)[0]), rtol=1e-12)


def test_one_class_only(problem, loss_of):
    """Nothing to choose: loss and gradient are 0."""
    _, X, _ = problem
    loss, dW = loss_of(np.ones((4, 1)), X, np.zeros(7, int))
    assert loss == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(dW, 0, atol=1e-12)


def test_one_label_among_five_classes(problem, loss_of):
    """Classes that never occur only lose."""
    W, X, _ = problem
    _, dW = loss_of(0 * W, np.abs(X), np.zeros(7, int))
    assert (dW[:, 0] < 0).all() and (dW[:, 1:] > 0).all()


def test_whole_numbers_as_weights(problem, loss_of):
    """They are converted, not cut off."""
    _, X, y = problem
    loss, dW = loss_of(np.zeros((4, 5), int), X, y)
    assert loss == pytest.approx(np.log(5)) and dW.dtype.kind == "f"


def test_inputs_are_unchanged(problem, loss_of):
    """Nothing writes into what the caller owns, and the gradient is a new array."""
    W, X, y = problem
    before = [A.copy() for A in (W, X, y)]
    _, dW = loss_of(W, X, y, l2=0.1)
    softmax.softmax(X), softmax.log_sum_exp(X), softmax.predict(W, X)
    softmax.cross_entropy(P := softmax.softmax(X @ W), y)
    assert all(np.array_equal(*pair) for pair in zip(before, (W, X, y), strict=True))
    np.testing.assert_allclose(P.sum(axis=1), 1)
    assert not any(np.shares_memory(dW, A) for A in (W, X))


def test_predict_takes_the_largest_score(problem):
    """By argmax of the probabilities."""
    W, X, _ = problem
    assert (softmax.predict(W, X) == softmax.softmax(X @ W).argmax(axis=1)).all()


def test_cross_entropy_of_an_impossible_truth():
    """Probability 0 for the true class: infinite, without a warning."""
    assert softmax.cross_entropy([[0.0, 1.0]], [0]) == np.inf


# refusals

PROBLEM_REFUSALS = {
    "theta (k, n)": (lambda W, X, y: (W.T, X, y), "W must be (4, k); got (5, 4).\nThis looks like the lab handout's"),
    "bias missing": (lambda W, X, y: (np.vstack([W, W[:1]]), X, y), "Pass preprocessing.add_bias(X)."),
    "one example as a vector": (lambda W, X, y: (W, X[0], y), "pass x[None, :]"),
    "images": (lambda W, X, y: (W, X.reshape(7, 2, 2), y), "pass X.reshape(len(X), -1)"),
    "one-hot rows": (lambda W, X, y: (W, X, one_hot(y, 5)), "got shape (7, 5). One-hot labels? Pass Y.argmax(axis=1)."),
    "one-hot as the lab's (k, m)": (lambda W, X, y: (W, X, one_hot(y, 5).T), "Pass Y.argmax(axis=0)."),
    "one one-hot row": (lambda W, X, y: (W, X[:1], one_hot(y[:1], 5)), "Pass Y.argmax(axis=1)."),
    "labels as a column": (lambda W, X, y: (W, X, y[:, None]), "got shape (7, 1). Pass y.ravel()."),
    "labels too large": (lambda W, X, y: (W, X, y + 3), "labels must lie in 0..4; got 3..7."),
    "labels from 1": (lambda W, X, y: (W, X, y + 1), "got 1..5. Labels start at 0: pass y - 1?"),
    "labels negative": (lambda W, X, y: (W, X, y - 1), "labels must lie in 0..4; got -1..3."),
    "too few labels": (lambda W, X, y: (W, X, y[:3]), "X has m = 7 examples but y has 3 labels. Were both filtered"),
    "no labels": (lambda W, X, y: (W, X, []), "X has m = 7 examples but y has 0 labels"),
    "no examples": (lambda W, X, y: (W, X[:0], y[:0]), "X is empty: shape (0, 4). Was every row filtered away?"),
    "no features": (lambda W, X, y: (W[:0], X[:, :0], y), "X is empty: shape (7, 0)"),
    "a nan pixel": (
        lambda W, X, y: (W, spoiled(X, np.nan), y),
        "X holds 1 nan or infinite values, the first at [2, 3].",
    ),
    "an infinite pixel": (lambda W, X, y: (W, spoiled(X, np.inf), y), "X holds 1 nan or infinite values, the first at"),
    "a weight inf": (
        lambda W, X, y: (spoiled(W, np.inf), X, y),
        "W holds 1 nan or infinite values, the first at [2, 3].",
    ),
    "a weight -inf": (lambda W, X, y: (spoiled(W, -np.inf), np.abs(X), 0 * y), "too high a learning rate blow it up?"),
    "a weight nan": (lambda W, X, y: (spoiled(W, np.nan), X, y), "W holds 1 nan"),
    "scores overflow": (lambda W, X, y: (W * 1e300, X * 1e300, y), "overflow float64. Scale X, or lower the learning"),
}


def spoiled(A, value):
    """Return a copy with one bad value at [2, 3]."""
    A = A.copy()
    A[2, 3] = value
    return A


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("case", PROBLEM_REFUSALS)
def test_a_bad_problem_is_refused_by_name(problem, name, case):
    """Each form says its own name, what it got and what to do."""
    spoil, words = PROBLEM_REFUSALS[case]
    W, X, y = spoil(*problem)
    form = {"FullBatchLoss": lambda W, X, y: full_batch.FullBatchLoss(X, y, k=5)(W)}.get(name, LOSSES[name])
    said = refusal(lambda: form(W, X, y))
    assert said.startswith(f"{name}: ") and words in said


@pytest.mark.parametrize("name", ["softmax_loss", "softmax_loss_loops"])
def test_examples_before_weights(problem, name):
    """Both matrices are named, and the order."""
    W, X, y = problem
    said = refusal(lambda: LOSSES[name](X, W, y))
    assert said == (
        f"{name}: W (7, 4) and X (4, 5) do not fit; the other way round they would. Parameters come first: (W, X, y)."
    )


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


@pytest.mark.parametrize("l2", [-0.1, np.nan, np.inf])
def test_a_penalty_that_can_be_none(problem, loss_of, l2):
    """Negative, nan and infinite strengths."""
    assert f"l2 must be a finite number, 0 or more; got {l2}." in refusal(lambda: loss_of(*problem, l2=l2))


@pytest.mark.parametrize("function", [softmax.softmax, softmax.log_sum_exp])
@pytest.mark.parametrize(
    ("Z", "words"),
    [
        ([1.0, 2.0], "Z must be (m, k); got shape (2,). For one example, pass x[None, :]."),
        (np.zeros((0, 3)), "Z is empty: shape (0, 3)."),
        ([[0.0, 1.0], [np.nan, 0.0]], "the largest score of row 1 is nan; it must be finite."),
        ([[0.0, np.inf]], "the largest score of row 0 is inf; it must be finite."),
        ([[-np.inf, -np.inf]], "the largest score of row 0 is -inf; it must be finite."),
    ],
    ids=["vector", "empty", "nan", "inf", "nothing possible"],
)
def test_scores_that_can_be_none(function, Z, words):
    """One sentence, and never a row of nan."""
    said = refusal(lambda: function(Z))
    assert said.startswith(f"{function.__name__}: ") and words in said


@pytest.mark.parametrize(
    "P", [[[2.0, -1.0]], [[0.4, 1.6]], [[0.0, 1.0001]], [[-0.0001, 1.0]], [[np.nan, 1.0]]], ids=str
)
def test_cross_entropy_of_scores(P):
    """Values outside [0, 1] are no probabilities."""
    said = refusal(lambda: softmax.cross_entropy(P, [1]))
    assert "probabilities lie in [0, 1]" in said and "pass softmax(Z)" in said


def test_predict_refuses_what_it_could_only_guess(problem):
    """The argmax of a nan would be a class like any other."""
    W, X, _ = problem
    assert "predict: X holds 1 nan" in refusal(lambda: softmax.predict(W, spoiled(X, np.nan)))
    assert "predict: W holds 1 nan" in refusal(lambda: softmax.predict(spoiled(W, np.inf), X))
    assert "pass theta.T" in refusal(lambda: softmax.predict(W.T, X))
