"""Minibatch descent, fast: the plain loop as its oracle, both types, uint8 pixels, and what it refuses."""

import time

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from benchmarks.minibatch import epochs
from coursekit import minibatch, optim, preprocessing, softmax


@pytest.fixture
def problem():
    """Return X (m, n) of uint8, y (m,), W (n, k), b (k,) and two orders, with m = 7, n = 4, k = 5."""
    rng = np.random.default_rng(0)
    orders = [rng.permutation(7) for _ in range(2)]
    X, y = rng.integers(0, 256, (7, 4), dtype=np.uint8), rng.integers(0, 5, 7)
    return X, y, rng.normal(0, 0.1, (4, 5)), rng.normal(0, 0.1, 5), orders


def plain(X, y, W, b, orders, batch_size, learning_rate):
    """Return the history of the plain loop, the bias as the last row of W."""
    batches = [(o[i : i + batch_size]) for o in orders for i in range(0, len(o), batch_size)]
    X = preprocessing.add_bias(X)
    return optim.train(
        softmax.softmax_loss,
        np.vstack([W, b]),
        steps=len(batches),
        learning_rate=learning_rate,
        batches=((X[rows], y[rows]) for rows in batches),
    )


@pytest.mark.parametrize("batch_size", [1, 3, 7, 20])
def test_losses_and_weights_are_those_of_the_plain_loop(problem, batch_size):
    """Step by step, whatever the batch size, a shorter last batch included."""
    X, y, W, b, orders = problem
    found = minibatch.train(X / 255, y, orders, W=W, b=b, batch_size=batch_size, learning_rate=0.7)
    right = plain(X / 255, y, W, b, orders, batch_size, 0.7)
    assert_allclose(found.loss, right.loss, rtol=1e-10)
    assert_allclose(np.vstack([found.W, found.b]), right.W, rtol=1e-10)


@pytest.mark.parametrize("pixels", [np.uint8, float])
@pytest.mark.parametrize("batch_size", [64, 65, 129, 200, 300])
def test_a_batch_that_is_cut_into_blocks_is_still_one_batch(batch_size, pixels):
    """Blocks that fit, that are filled up, and the shorter last batch give what the plain loop gives."""
    rng = np.random.default_rng(1)
    X, y, orders = rng.integers(0, 256, (300, 4)), rng.integers(0, 5, 300), [rng.permutation(300)]
    W, b = rng.normal(0, 0.1, (4, 5)), rng.normal(0, 0.1, 5)
    given = X.astype(np.uint8) if pixels is np.uint8 else X / 255
    found = minibatch.train(given, y, orders, W=W, b=b, batch_size=batch_size, learning_rate=0.7)
    right = plain(X / 255, y, W, b, orders, batch_size, 0.7)
    assert_allclose(found.loss, right.loss, rtol=1e-10)
    assert_allclose(np.vstack([found.W, found.b]), right.W, rtol=1e-10)


def test_blocks_hold_the_batch_and_are_small():
    """Nothing is lost, little is added, and weights that are too many for small products leave the batch whole."""
    for size in (1, 63, 64, 65, 257, 2113, 6337):
        count, length = minibatch._blocks(size, 7840)
        assert size <= count * length < size + count and length <= 64
    assert minibatch._blocks(256, 3072 * 10) == (8, 32)
    assert minibatch._blocks(256, 784 * 100) == (1, 256)


def test_it_is_faster_than_pytorch_at_batches_of_64():
    """Twice as fast at least; `make bench PART=minibatch` asks for three times, on a quiet machine."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    X, y = np.random.default_rng(2).random((6400, 784), np.float32), np.arange(6400) % 10
    runs = epochs(X, y, 64)
    ours, theirs = runs["minibatch.train"], runs["PyTorch, one thread"]
    assert_allclose(ours(), theirs(), atol=1e-5)
    rounds = [(seconds(ours), seconds(theirs)) for _ in range(5)]
    assert min(theirs for _, theirs in rounds) > 2 * min(ours for ours, _ in rounds)


def seconds(run):
    """Return what a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def test_pixels_are_scaled_as_they_are_read(problem):
    """uint8 pixels give what the same pixels divided by 255 give."""
    X, y, W, b, orders = problem
    raw, scaled = (
        minibatch.train(A, y, orders, W=W, b=b, batch_size=3, learning_rate=0.7) for A in (X, X.astype(float) / 255)
    )
    assert_allclose(raw.loss, scaled.loss, rtol=1e-10)
    assert_allclose(raw.W, scaled.W, rtol=1e-10)


def test_the_type_of_W_is_that_of_the_computation(problem):
    """float32 weights stay float32 and come near the float64 ones."""
    X, y, W, b, orders = problem
    low = minibatch.train(X, y, orders, W=W.astype(np.float32), b=b, batch_size=3, learning_rate=0.7)
    high = minibatch.train(X, y, orders, W=W, b=b, batch_size=3, learning_rate=0.7)
    assert low.W.dtype == low.b.dtype == np.float32 and high.W.dtype == np.float64
    assert_allclose(low.loss, high.loss, rtol=1e-5)


def test_nothing_that_was_given_is_changed(problem):
    """Start, examples and orders are as before."""
    X, y, W, b, orders = problem
    before = [value.copy() for value in (X, y, W, b, *orders)]
    minibatch.train(X, y, orders, W=W, b=b, batch_size=3, learning_rate=0.7)
    for value, copy in zip((X, y, W, b, *orders), before, strict=True):
        assert_array_equal(value, copy)


def test_huge_scores_stay_finite(problem):
    """Scores of some 1e4 give finite losses: the largest is taken away first."""
    X, y, W, b, orders = problem
    assert np.isfinite(minibatch.train(X, y, orders, W=1e5 * W, b=b, batch_size=3, learning_rate=0.1).loss).all()


@pytest.mark.parametrize(
    ("change", "kind", "text"),
    [
        ({"batch_size": 0}, ValueError, "train: batch_size must be 1 or more; got 0."),
        ({"learning_rate": -1.0}, ValueError, "train: the learning rate must be positive and finite; got -1.0."),
        ({"b": np.zeros(4)}, ValueError, r"train: b must be \(5,\), one bias per class; got shape \(4,\)."),
        ({"W": np.zeros((5, 4))}, ValueError, r"X has n = 4 columns, so W must be \(4, k\)"),
        ({"y": np.full(7, 5)}, ValueError, r"labels must lie in 0..4; got 5..5"),
        ({"orders": [[0, 7]]}, ValueError, "X has the rows 0..6; an order asks for 0..7."),
        ({"orders": [[-1, 3]]}, ValueError, "X has the rows 0..6; an order asks for -1..3."),
        ({"orders": [[0.0, 1.0]]}, TypeError, "an order holds row numbers, such as rng.permutation"),
        ({"W": np.full((4, 5), np.nan)}, FloatingPointError, "the loss is nan at step 0, learning rate 0.7."),
    ],
)
def test_what_cannot_be_trained_is_refused(problem, change, kind, text):
    """Each refusal names what was given and what is needed."""
    X, y, W, b, orders = problem
    given = {"y": y, "orders": orders, "W": W, "b": b, "batch_size": 3, "learning_rate": 0.7} | change
    with pytest.raises(kind, match=text):
        minibatch.train(X, given.pop("y"), given.pop("orders"), **given)
