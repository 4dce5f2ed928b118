"""What the sliders run: settings that are refused, the least loss under a penalty, and the models of the threshold.

The curves of ``train_by_epochs`` and the clouds of ``batch_gradients`` are tested with their pictures.
"""

import numpy as np
import pytest

from coursekit import experiments, optim, softmax

RNG = np.random.default_rng(0)
X = np.column_stack([RNG.normal(size=(31, 6)), np.zeros(31), RNG.normal(size=31), np.ones(31)])  # one pixel never inked
Y = np.r_[RNG.integers(0, 3, 28), 0, 1, 2]


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"learning_rate": 0.0}, r"learning_rate must lie in \(0, 1e6\]; got 0.0"),
        ({"learning_rate": 1e7}, r"learning_rate must lie in \(0, 1e6\]; got 10000000.0"),
        ({"learning_rate": float("nan")}, "learning_rate must lie in .*; got nan"),
        ({"decay": 0.0}, r"decay must lie in \(0, 1\]; got 0.0"),
        ({"decay": 1.1}, "decay must lie in .* got 1.1"),
        ({"batch_size": 0}, r"batch_size must lie in 1\.\.31; got 0"),
        ({"batch_size": 32}, r"batch_size must lie in 1\.\.31; got 32"),
    ],
)
def test_impossible_settings_are_refused_at_once(settings, text):
    """At the call, before anything is trained; the message names the setting, its interval and what came."""
    with pytest.raises(ValueError, match=f"train_by_epochs: {text}"):
        experiments.train_by_epochs(X, Y, X, Y, **{"learning_rate": 1.0, **settings})


@pytest.mark.parametrize("size", [0, 32])
def test_impossible_batches_are_refused(size):
    """The message names the interval."""
    with pytest.raises(ValueError, match=rf"batch_gradients: batch_size must lie in 1\.\.31; got {size}"):
        experiments.batch_gradients(np.zeros((9, 3)), X, Y, batch_size=size)


@pytest.mark.parametrize(("steps", "at"), [(60, [10, 20, 30, 40, 50, 60]), (25, [10, 20, 25]), (10, [10])])
def test_a_model_of_ink_is_looked_at_every_tenth_step(steps, at):
    """And after the last; the images it is looked at on are the last third."""
    ink, y = (X > 0).astype(float), Y
    seen = list(experiments.train_on_ink(ink, y, steps=steps, learning_rate=0.3))
    W = optim.train(
        lambda W: softmax.softmax_loss(W, ink[:20], y[:20]), np.zeros((9, 10)), steps=steps, learning_rate=0.3
    ).W
    assert [step for step, *_ in seen] == at and {unseen for *_, unseen in seen} == {11}
    assert seen[-1][1] == pytest.approx(np.mean(softmax.predict(W, ink[20:]) == y[20:]))


@pytest.mark.parametrize("l2", [0.01, 0.3, 5.0])
def test_the_fit_is_the_minimum_under_l2(l2):
    """Its gradient, penalty included and bias left out, vanishes."""
    W = experiments.fit_penalised(X, Y, l2=l2, steps=1500)
    R = np.vstack([W[:-1], np.zeros((1, 3))])
    assert np.abs(softmax.softmax_loss(W, X, Y)[1] + l2 * R).max() < 1e-6


@pytest.mark.parametrize("l1", [0.005, 0.03, 0.1])
def test_the_fit_is_the_minimum_under_l1(l1):
    """Where a weight is not 0 the gradient balances the penalty; where it is 0 the gradient is not stronger."""
    W = experiments.fit_penalised(X, Y, l1=l1, steps=3000)
    dW = softmax.softmax_loss(W, X, Y)[1]
    kept = W[:-1] != 0
    assert np.abs(dW[:-1][kept] + l1 * np.sign(W[:-1][kept])).max(initial=0) < 1e-6
    assert np.abs(dW[:-1][~kept]).max() <= l1 + 1e-9
    assert np.abs(dW[-1]).max() < 1e-6


def test_the_fit_agrees_with_plain_proximal_descent():
    """Acceleration and centred pixels change the way, not where it leads."""
    W = experiments.fit_penalised(X, Y, l1=0.03, steps=2000)

    def prox(W, rate):
        return np.vstack([optim.soft_threshold(W[:-1], rate * 0.03), W[-1:]])

    rate = 2 * len(X) / np.linalg.norm(X, 2) ** 2
    history = optim.train(lambda W: softmax.softmax_loss(W, X, Y), 0 * W, steps=8000, learning_rate=rate, prox=prox)
    assert np.abs(history.W - W)[:-1].max() < 1e-5
    assert np.ptp(history.W[-1] - W[-1]) < 1e-5  # biases may all be shifted alike: no probability changes


def test_single_precision_is_exact_enough_for_a_picture():
    """The same zeros, and weights that agree to four digits."""
    W, V = (experiments.fit_penalised(X.astype(dtype), Y, l1=0.03, steps=200) for dtype in (np.float64, np.float32))
    assert V.dtype == np.float32
    assert np.abs(W - V).max() < 1e-4 * np.abs(W).max()
    assert np.array_equal(W[:-1] == 0, V[:-1] == 0)
