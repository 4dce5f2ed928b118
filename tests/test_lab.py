"""The lab handout's interface: equal to the rooms it stands on, to a plain loop, and to the long run on MNIST."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from coursekit import datasets, full_batch, lab, optim, softmax

RNG = np.random.default_rng(5)
PIXELS = RNG.integers(0, 256, (7, 4), dtype=np.uint8)
LABELS = np.array([2, 0, 4, 2, 1, 3, 3])
THETA = RNG.normal(size=(5, 4))
RESULTS = Path(__file__).parent.parent / "notebooks" / "results" / "05_mnist_lab.json"


def plain_loop(theta, x, y, iters, alpha):
    """Return losses and theta, one number at a time, as the handout's formulas are read aloud."""
    (k, n), m, losses = theta.shape, len(x), []
    for i in range(iters):
        rate, loss, gradient = alpha * 0.95 ** (i // 50), 0.0, np.zeros((k, n))
        for s in range(m):
            z = [sum(theta[c, j] * x[s, j] for j in range(n)) for c in range(k)]
            total = sum(np.exp(v - max(z)) for v in z)
            for c in range(k):
                p = np.exp(z[c] - max(z)) / total
                loss -= y[c, s] * np.log(p) / m
                gradient[c] += (p - y[c, s]) * x[s] / m
        losses.append(loss)
        theta = theta - rate * gradient
    return np.array(losses), theta


def converted():
    """Return the small problem as the lab trains on it, in float64."""
    x, y = lab.data_convert(PIXELS, LABELS, 7, 5)
    return x.astype(float), y


def test_data_convert_by_hand():
    """Above 100 is ink, exactly 100 is not; a label is a 1 in its row; both are new float32 arrays."""
    x, y = lab.data_convert([[100, 101], [0, 255], [99, 100]], [1, 0, 1], 3, 3)
    assert x.tolist() == [[0, 1], [0, 1], [0, 0]]
    assert y.tolist() == [[0, 1, 0], [1, 0, 1], [0, 0, 0]]
    assert x.dtype == y.dtype == np.float32


def test_descent_equals_a_plain_loop():
    """Losses before each step, decay at 50 and 100, parameters after the last step."""
    losses, theta = lab.softmax_regression(THETA, *converted(), 103, 0.75)
    slow_losses, slow_theta = plain_loop(THETA, *converted(), 103, 0.75)
    np.testing.assert_allclose(losses, slow_losses, rtol=1e-12)
    np.testing.assert_allclose(theta, slow_theta, rtol=1e-10, atol=1e-12)


def test_descent_equals_the_rooms_below_to_the_last_digit():
    """It is optim.train on full_batch.FullBatchLoss with the lab's decay, and no more."""
    x, y = converted()
    rate = optim.step_decay(0.75, factor=0.95, every=50)
    history = optim.train(full_batch.FullBatchLoss(x, LABELS, k=5), THETA.T, steps=61, learning_rate=rate)
    losses, theta = lab.softmax_regression(THETA, x, y, 61, 0.75)
    assert np.array_equal(losses, history.loss)
    assert np.array_equal(theta, history.W.T)


def test_the_first_step_is_that_of_the_readable_loss():
    """Loss and step agree with softmax_loss, in its own layout."""
    x, y = converted()
    loss, dW = softmax.softmax_loss(THETA.T, x, LABELS)
    losses, theta = lab.softmax_regression(THETA, x, y, 1, 0.5)
    assert losses == pytest.approx([loss], rel=1e-12)
    np.testing.assert_allclose(theta, THETA - 0.5 * dW.T, rtol=1e-12)


def test_train_is_convert_start_and_descend():
    """The start is uniform in [0, 1) from the generator that was given, in float32."""
    losses, theta = lab.train(PIXELS, LABELS, 5, 12, 0.75, rng=np.random.default_rng(3))
    start = np.random.default_rng(3).random((5, 4), dtype=np.float32)
    by_hand = lab.softmax_regression(start, *lab.data_convert(PIXELS, LABELS, 7, 5), 12, 0.75)
    assert np.array_equal(losses, by_hand[0]) and np.array_equal(theta, by_hand[1])
    assert theta.dtype == np.float32
    assert losses[-1] < losses[0]


def test_the_handouts_lines_work_as_they_are_printed():
    """Parameters without names, five iterations at 0.5 by default; what train returns goes into predict as it is."""
    theta = lab.train(PIXELS, LABELS, 5, 12, 0.75)
    assert np.array_equal(lab.predict(PIXELS, theta), lab.predict(PIXELS, theta.theta))
    assert 0 <= lab.cal_accuracy(lab.predict(PIXELS, theta), LABELS) <= 1
    start = np.random.default_rng(0).random((5, 4), dtype=np.float32)
    x, y = lab.data_convert(PIXELS, LABELS, 7, 5)
    by_default = lab.softmax_regression(start, x, y, 5, 0.5)
    assert np.array_equal(lab.train(PIXELS, LABELS, 5).theta, by_default.theta)
    assert np.array_equal(lab.predict(PIXELS, by_default), lab.predict(PIXELS, by_default[1]))


def test_the_threshold_reaches_training_and_prediction():
    """At 0 more pixels are ink than at 200, in both."""
    runs = [lab.train(PIXELS, LABELS, 5, 3, 0.75, rng=np.random.default_rng(3), threshold=t)[0] for t in (0, 200)]
    assert not np.array_equal(*runs)
    image = np.array([[150, 0], [0, 150]])
    assert lab.predict(image, np.eye(2), threshold=100).tolist() == [0, 1]
    assert lab.predict(image, np.array([[0, 0], [1, -1]]), threshold=200).tolist() == [0, 0]


def test_predict_binarises_and_takes_the_largest_score():
    """Equal to the argmax of scores computed by hand; raw pixels would give something else."""
    binary = (PIXELS > 100).astype(float)
    assert lab.predict(PIXELS, THETA).tolist() == [int(np.argmax([t @ row for t in THETA])) for row in binary]
    assert (THETA @ PIXELS.T).argmax(axis=0).tolist() != lab.predict(PIXELS, THETA).tolist()


def test_labels_may_stand_in_a_column():
    """(m, 1) is what some readers of MNIST give; it means what (m,) means."""
    column = LABELS[:, None]
    assert np.array_equal(lab.data_convert(PIXELS, column, 7, 5)[1], lab.data_convert(PIXELS, LABELS, 7, 5)[1])
    runs = [lab.train(PIXELS, y, 5, 4, 0.75, rng=np.random.default_rng(3))[1] for y in (LABELS, column)]
    assert np.array_equal(*runs)
    guess = np.array([2, 0, 4, 1, 1, 3, 0])
    for y_pred, y in ((guess, LABELS), (guess, column), (guess[:, None], LABELS), (guess[:, None], column)):
        assert lab.cal_accuracy(y_pred, y) == pytest.approx(5 / 7)


def test_inputs_stay_as_they_were():
    """Images, labels and theta belong to the caller."""
    given = PIXELS.copy(), LABELS.copy(), THETA.copy()
    x, y = converted()
    kept = x.copy(), y.copy()
    lab.softmax_regression(given[2], x, y, 5, 0.75)
    lab.train(given[0], given[1], 5, 3, 0.75, rng=np.random.default_rng(0))
    lab.predict(given[0], given[2])
    lab.cal_accuracy(given[1], given[1])
    for now, before in zip((*given, x, y), (PIXELS, LABELS, THETA, *kept), strict=True):
        assert np.array_equal(now, before)


def test_scores_of_ten_thousand_stay_finite():
    """The right class far below the top costs the difference, not infinity."""
    theta = np.array([[1e4, -1e4], [0, 0]])
    losses, new = lab.softmax_regression(theta, np.eye(2), np.array([[0, 1], [1, 0]]), 2, 0.5)
    assert losses[0] == pytest.approx(1e4)
    assert np.isfinite(losses).all() and np.isfinite(new).all()


def test_progress_wraps_the_range_of_iterations():
    """What tqdm would be given."""
    seen = []
    lab.softmax_regression(THETA, *converted(), 6, 0.75, progress=lambda steps: seen.append(steps) or steps)
    assert seen == [range(6)]


def descend(theta=THETA, y=None, alpha=0.5):
    """Run one iteration on the small problem, with one thing changed."""
    x, onehot = converted()
    return lab.softmax_regression(theta, x, onehot if y is None else y, 1, alpha)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: lab.data_convert(PIXELS, LABELS, 8, 5), "data_convert: m = 8, but there are 7 images and 7 labels"),
        (lambda: lab.data_convert(PIXELS, LABELS[:5], 7, 5), "m = 7, but there are 7 images and 5 labels"),
        (lambda: lab.data_convert(PIXELS, LABELS, 7, 4), r"one_hot: labels must lie in 0\.\.3; got 0\.\.4"),
        (
            lambda: lab.softmax_regression(THETA, converted()[0], LABELS, 1, 0.5),
            r"y must be one-hot \(k, m\) with k = 5",
        ),
        (
            lambda: lab.softmax_regression(THETA, converted()[0], converted()[1].T, 1, 0.5),
            r"got \(7, 5\).*data_convert",
        ),
        (lambda: lab.softmax_regression(THETA.T, *converted(), 1, 0.5), r"theta is \(4, 5\)"),
        (lambda: lab.softmax_regression(THETA[:, :3], *converted(), 1, 0.5), r"W must be \(4, k\); got \(3, 5\)"),
        (lambda: lab.softmax_regression(THETA, *converted(), 1, 0.0), "the learning rate must be positive"),
        (lambda: lab.predict(PIXELS, THETA.T), r"theta \(k, n\); pass theta\.T"),
        (lambda: lab.cal_accuracy(LABELS, LABELS[:3]), r"predictions have shape \(7,\) and labels \(3,\)"),
    ],
)
def test_refusals_say_what_is_wrong(call, words):
    """One sentence that names the function, what came and what was needed."""
    with pytest.raises(ValueError, match=words):
        call()


def recorded_run(name):
    """Return one of the long runs of notebook 05, or skip where it or the real MNIST is missing."""
    if not os.environ.get("COURSEKIT_DATA"):
        pytest.skip("COURSEKIT_DATA names no folder with the real MNIST")
    if not RESULTS.exists():
        pytest.skip("notebooks/results/05_mnist_lab.json is not there; `make results` writes it")
    return next(run for run in json.loads(RESULTS.read_text())["runs"] if run["name"] == name)


def test_the_head_of_the_recorded_run_comes_out_again():
    """Twenty-one iterations of the lab on all of MNIST, uniform start: the losses that notebook 05 tells of."""
    run = recorded_run("uniform start")
    data = datasets.load("mnist")
    theta = np.random.default_rng(0).random((784, 10)).astype(np.float32).T
    x, y = lab.data_convert(data.X_train, data.y_train, len(data.y_train), 10)
    losses, _ = lab.softmax_regression(theta, x, y, 21, 0.75)
    assert run["every"] == 10 and run["start"] == "uniform" and run["threshold"] == 100
    np.testing.assert_allclose(losses[::10], run["losses"][:3], rtol=1e-4)
