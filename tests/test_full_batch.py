"""The fast loss: what it leaves out, keeps and refuses; stacks, threads and memory; and the least loss.

That it agrees with the plain functions, on everything that these are tested on, is in ``test_softmax``.
"""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from coursekit import full_batch, optim, softmax
from coursekit.preprocessing import add_bias
from tests.test_softmax import refusal, spoiled


@pytest.fixture
def rng():
    """Return a generator of its own for each test."""
    return np.random.default_rng(7)


@pytest.fixture
def problem(rng):
    """Return weights, examples and labels, m = 7, n = 4, k = 5."""
    return rng.normal(size=(4, 5)), rng.normal(size=(7, 4)), np.array([3, 0, 4, 4, 1, 3, 0])


def test_dead_columns_are_left_out_and_change_nothing(problem):
    """A feature that is always zero has the penalty's gradient only."""
    W, X, y = problem
    X = X.copy()
    X[:, [0, 2]] = 0
    full = full_batch.FullBatchLoss(X, y, l2=0.3, block=3)
    loss, dW = full(W)
    right, gradient = softmax.softmax_loss(W, X, y, l2=0.3)
    assert full.X.shape == (7, 2)
    assert loss == pytest.approx(right)
    np.testing.assert_allclose(dW, gradient, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(dW[[0, 2]], 0.3 * W[[0, 2]])


def test_all_columns_dead(problem):
    """Nothing to learn from: log(k) and no gradient."""
    W, X, y = problem
    loss, dW = full_batch.FullBatchLoss(0 * X, y)(W)
    assert loss == pytest.approx(np.log(5))
    assert (dW == 0).all()


def test_half_precision_pixels_are_added_up_in_single():
    """In float16 a sum of ones would stop at 2048; FullBatchLoss counts on."""
    X, y = np.ones((5000, 1), np.float16), np.zeros(5000, int)
    y[:2000] = 1
    _, dW = full_batch.FullBatchLoss(X, y)(np.zeros((1, 2)))
    np.testing.assert_allclose(dW, [[-0.1, 0.1]], rtol=1e-5)


def test_full_batch_keeps_its_own_copy(problem):
    """Changing X afterwards changes no loss, and two calls agree."""
    W, X, y = problem
    X, full = X.copy(), full_batch.FullBatchLoss(X, y)
    loss, dW = full(W)
    X *= 2
    again, gradient = full(W)
    assert again == loss and np.array_equal(dW, gradient)


def test_full_batch_counts_the_classes(problem):
    """The largest label plus one, or as many as are asked for."""
    _, X, y = problem
    assert full_batch.FullBatchLoss(X, y).shape == (4, 5)
    assert full_batch.FullBatchLoss(X, y, k=6)(np.zeros((4, 6)))[0] == pytest.approx(np.log(6))


@pytest.mark.parametrize("block", [0, -3])
def test_blocks_of_no_rows(problem, block):
    """A negative block would have skipped every example without a word."""
    _, X, y = problem
    said = refusal(lambda: full_batch.FullBatchLoss(X, y, block=block))
    assert said == f"FullBatchLoss: block must be 1 or more; got {block}."


def test_full_batch_names_the_classes_it_expects(problem):
    """Weights for six classes where five were learnt."""
    W, X, y = problem
    said = refusal(lambda: full_batch.FullBatchLoss(X, y)(np.hstack([W, W[:, :1]])))
    assert said == "FullBatchLoss: y has 5 classes, so W must be (4, 5); got (4, 6)."


def test_full_batch_counts_pixels_with_the_dead_ones(problem):
    """The place of a bad pixel is that of the caller's X, although a dead column lies before it."""
    _, X, y = problem
    X = spoiled(X, np.nan)
    X[:, 1] = 0
    assert "first at [2, 3]" in refusal(lambda: full_batch.FullBatchLoss(X, y))


# many models, many threads, little memory


@given(st.integers(1, 4), st.integers(1, 9), st.integers(1, 4), st.integers(1, 4), st.integers(1, 12))
@settings(max_examples=60)
def test_a_stack_gives_what_each_model_gives(s, m, n, k, block):
    """Losses (s,) and gradients (s, n, k), each with a penalty of its own."""
    rng = np.random.default_rng([s, m, n, k])
    W, X, y, l2 = rng.normal(size=(s, n, k)), rng.normal(size=(m, n)), rng.integers(0, k, m), rng.random(s)
    losses, dW = full_batch.FullBatchLoss(X, y, k=k, l2=l2, block=block)(W)
    assert losses.shape == (s,) and dW.shape == W.shape
    for i in range(s):
        loss, gradient = softmax.softmax_loss(W[i], X, y, l2=l2[i])
        assert losses[i] == pytest.approx(loss, rel=1e-12, abs=1e-12)
        np.testing.assert_allclose(dW[i], gradient, rtol=1e-10, atol=1e-12)


def test_one_penalty_serves_a_whole_stack(problem):
    """A single strength counts for every model."""
    W, X, y = problem
    losses, dW = full_batch.FullBatchLoss(X, y, l2=0.3)(np.stack([W, 2 * W]))
    for model, loss, gradient in zip((W, 2 * W), losses, dW, strict=True):
        right, expected = softmax.softmax_loss(model, X, y, l2=0.3)
        assert loss == pytest.approx(right)
        np.testing.assert_allclose(gradient, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("l2", "shape", "words"),
    [
        (0.0, (2, 5, 4), "a stack of models must be ('s', 4, 5); got (2, 5, 4)."),
        (0.0, (0, 4, 5), "a stack of models must be ('s', 4, 5); got (0, 4, 5)."),
        ([0.1, 0.2, 0.3], (2, 4, 5), "a stack of models must be (3, 4, 5); got (2, 4, 5)."),
        ([0.1, 0.2], (4, 5), "2 penalty strengths need a stack of as many models, W (2, 4, 5); got (4, 5)."),
    ],
)
def test_stacks_that_do_not_fit(problem, l2, shape, words):
    """The shape that was wanted is named."""
    _, X, y = problem
    assert refusal(lambda: full_batch.FullBatchLoss(X, y, l2=l2)(np.zeros(shape))) == f"FullBatchLoss: {words}"


def test_the_model_that_blew_up_is_named(problem):
    """Of a stack, the first whose loss is not finite."""
    W, X, y = problem
    said = refusal(lambda: full_batch.FullBatchLoss(X, y)(np.stack([W, spoiled(W, np.inf), W])))
    assert said.startswith("FullBatchLoss, model 1: W holds 1 nan or infinite values")


def test_threads_change_nothing(rng):
    """Stripes of rows, one for each core, add up to what one thread finds; the library's threads are given back."""
    m = 3 * full_batch.STRIPE + 5
    X, y, W = rng.normal(size=(m, 6)), rng.integers(0, 3, m), rng.normal(size=(6, 3))
    with threadpool_limits(1, user_api="blas"):
        alone, gradient = full_batch.FullBatchLoss(X, y)(W)
    for threads in (2, 3):
        with threadpool_limits(threads, user_api="blas"):
            full = full_batch.FullBatchLoss(X, y)
            before = [blas.num_threads for blas in full.blas.lib_controllers]
            loss, dW = full(W)
            assert full.threads == min(before)
            assert [blas.num_threads for blas in full.blas.lib_controllers] == before
        assert loss == pytest.approx(alone, rel=1e-13)
        np.testing.assert_allclose(dW, gradient, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.float32, np.float64])
def test_nothing_else_is_as_large_as_the_data(rng, dtype):
    """One copy of the features that occur and a fraction besides, and in a step some blocks of rows."""
    X, y = rng.integers(0, 2, (20_000, 100)).astype(dtype), rng.integers(0, 3, 20_000)
    X[:, :20] = 0
    tracemalloc.start()
    try:
        full = full_batch.FullBatchLoss(X, y)
        _, built = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        full(np.zeros((100, 3)))
        kept, stepped = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert full.X.nbytes == 20_000 * 80 * max(X.itemsize, 4)
    assert built < 1.25 * full.X.nbytes
    assert stepped - kept < 0.1 * full.X.nbytes


def test_few_examples_are_not_worth_a_thread(rng, monkeypatch):
    """Below two stripes of rows no pool is made, however many threads there are."""
    monkeypatch.setattr(full_batch, "ThreadPoolExecutor", None)
    loss = full_batch.FullBatchLoss(rng.normal(size=(2 * full_batch.STRIPE - 1, 2)), np.zeros(8191, int), k=2)
    loss.threads = 4
    assert loss(np.zeros((2, 2)))[0] == pytest.approx(np.log(2))


def test_losses_of_float32_are_added_up_in_float64():
    """Beside one score of ten million the 599 others, log 2 each, are not lost."""
    X, y = np.zeros((600, 1), np.float32), np.zeros(600, int)
    X[0] = 1e7
    loss, _ = full_batch.FullBatchLoss(X, y, k=2)(np.array([[1, 0]], np.float32))
    assert loss == pytest.approx(599 / 600 * np.log(2), rel=1e-6)


def test_the_library_multiplies_classes_by_fours(problem, monkeypatch):
    """Five classes are filled up to eight, which BLAS takes faster; what is returned has five."""
    W, X, y = problem
    full, shapes, zeros = full_batch.FullBatchLoss(X, y), [], np.zeros
    monkeypatch.setattr(np, "zeros", lambda shape, *kind: shapes.append(shape) or zeros(shape, *kind))
    assert full(W)[1].shape == (4, 5) and (8, 4) in shapes


# the least loss


def test_the_preconditioner_undoes_the_curvature(problem):
    """A^T H A = 1, where H is the curvature at 0 with its diagonal raised by a tenth, and the penalty."""
    _, X, y = problem
    A = full_batch.FullBatchLoss(X, y, l2=0.2).preconditioner()
    H = X.T @ X / (7 * 5)
    H[np.diag_indices(4)] = 1.1 * H.diagonal() + 0.2
    np.testing.assert_allclose(A.T @ H @ A, np.eye(4), atol=1e-12)


def test_the_preconditioner_leaves_dead_features_alone(problem):
    """They have no curvature but the penalty's, so that A keeps them as they are."""
    _, X, y = problem
    X = X.copy()
    X[:, 1] = 0
    A = full_batch.FullBatchLoss(X, y).preconditioner()
    assert A[1].tolist() == A[:, 1].tolist() == [0, 1, 0, 0]
    assert np.linalg.matrix_rank(A) == 4


def test_the_preconditioner_needs_no_penalty(problem):
    """Two equal features make H singular; raised by a tenth it is not."""
    _, X, y = problem
    A = full_batch.FullBatchLoss(np.hstack([X, X]), y).preconditioner()
    assert np.isfinite(A).all()


@pytest.mark.parametrize("l2", [1e-3, 0.1])
def test_fit_finds_what_scikit_learn_finds(rng, l2):
    """The least loss is one point: both agree on it, features of different sizes included."""
    X, y = rng.normal(size=(60, 4)) * [1, 10, 0.1, 100], rng.integers(0, 3, 60)
    W = full_batch.fit(X, y, l2=l2)
    oracle = LogisticRegression(C=1 / (l2 * 60), fit_intercept=False, tol=1e-10, max_iter=10_000).fit(X, y)
    found, least = (softmax.softmax_loss(V, X, y, l2=l2)[0] for V in (W, oracle.coef_.T))
    assert found <= least * (1 + 1e-5)
    np.testing.assert_allclose(softmax.softmax(X @ W), oracle.predict_proba(X), atol=0.01)


def test_fit_takes_a_tenth_of_the_steps(rng):
    """On features of very different sizes the preconditioner is what makes it quick."""
    X, y = rng.normal(size=(200, 30)) * np.logspace(-2, 2, 30), rng.integers(0, 3, 200)
    loss = full_batch.FullBatchLoss(X, y, l2=1e-6)
    plain = optim.lbfgs(loss, np.zeros((30, 3)), steps=2000)
    quick = optim.lbfgs(loss, np.zeros((30, 3)), preconditioner=loss.preconditioner())
    assert 10 * len(quick.loss) < len(plain.loss)
    assert loss(quick.W)[0] <= loss(plain.W)[0] * (1 + 1e-4)


def test_fit_keeps_float32_and_counts_the_classes(problem):
    """The weights have the type of the data, and k columns."""
    _, X, y = problem
    assert full_batch.fit(X.astype(np.float32), y).dtype == np.float32
    assert full_batch.fit(X, y, k=6).shape == (4, 6)


# the bias


@pytest.mark.parametrize("l2", [0.2, [0.2, 0.0, 3.0]])
def test_a_bias_is_free_of_the_penalty(problem, l2):
    """Loss and gradient are those of softmax_loss plus the penalty of all rows but the last, for a stack as well."""
    W, X, y = problem
    X = add_bias(X[:, :-1])
    stack = W if np.ndim(l2) == 0 else np.stack([W, 2 * W, -W])
    losses, dW = full_batch.FullBatchLoss(X, y, l2=l2, bias=True)(stack)
    models, slopes = stack.reshape(-1, 4, 5), dW.reshape(-1, 4, 5)
    for V, strength, loss, slope in zip(models, np.atleast_1d(l2), np.atleast_1d(losses), slopes, strict=True):
        right, gradient = softmax.softmax_loss(V, X, y)
        assert loss == pytest.approx(right + strength / 2 * (V[:-1] ** 2).sum())
        np.testing.assert_allclose(slope[:-1], gradient[:-1] + strength * V[:-1], rtol=1e-10)
        np.testing.assert_allclose(slope[-1], gradient[-1], rtol=1e-10, atol=1e-14)


def test_a_column_of_ones_is_penalised_unless_it_is_called_a_bias(problem):
    """The loss is that of softmax_loss by default, whatever the columns hold."""
    W, X, y = problem
    X = add_bias(X[:, :-1])
    assert full_batch.FullBatchLoss(X, y, l2=0.2)(W)[0] == pytest.approx(softmax.softmax_loss(W, X, y, l2=0.2)[0])


@pytest.mark.parametrize("strength", [1e-3, 0.1, 10.0])
def test_fit_leaves_the_bias_of_add_bias_free(rng, strength):
    """As scikit-learn's intercept: with classes of 10, 20 and 70 % no penalty draws the model to a third each."""
    X, y = rng.normal(size=(100, 3)), np.repeat([0, 1, 2], [10, 20, 70])
    W = full_batch.fit(add_bias(X), y, l2=strength)
    oracle = LogisticRegression(C=1 / (strength * 100), tol=1e-10, max_iter=10_000).fit(X, y)
    np.testing.assert_allclose(softmax.softmax(add_bias(X) @ W), oracle.predict_proba(X), atol=2e-3)
    np.testing.assert_allclose(softmax.softmax(add_bias(X) @ W).mean(axis=0), [0.1, 0.2, 0.7], atol=1e-3)


@pytest.mark.parametrize(
    ("column", "bias", "free"), [(1, None, True), (1, False, False), (3, None, False), (3, True, True)]
)
def test_fit_does_as_it_is_told_about_the_bias(rng, column, bias, free):
    """A column of ones is a bias unless the caller says no; another column is none unless the caller says so."""
    X, y = np.column_stack([rng.normal(size=(40, 2)), np.full(40, column)]), np.repeat([0, 1], [4, 36])
    W = full_batch.fit(X, y, l2=30.0, bias=bias)
    share = softmax.softmax(X @ W)[:, 0].mean()
    assert (share == pytest.approx(0.1, abs=1e-3)) == free


def test_the_preconditioner_knows_the_bias(problem):
    """Its diagonal entry of the curvature lacks the penalty."""
    _, X, y = problem
    X = add_bias(X[:, :-1])
    A = full_batch.FullBatchLoss(X, y, l2=0.2, bias=True).preconditioner()
    H = X.T @ X / (7 * 5)
    H[np.diag_indices(4)] = 1.1 * H.diagonal() + [0.2, 0.2, 0.2, 0]
    np.testing.assert_allclose(A.T @ H @ A, np.eye(4), atol=1e-12)


def test_a_stack_of_penalties_has_no_one_preconditioner(problem):
    """The refusal says what to give."""
    _, X, y = problem
    said = refusal(full_batch.FullBatchLoss(X, y, l2=[0.1, 0.2]).preconditioner)
    assert said == "FullBatchLoss: 2 penalty strengths have as many preconditioners; give l2 as one number."
