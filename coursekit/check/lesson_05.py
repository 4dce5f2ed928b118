"""Checks of notebook 05, the MNIST lab: the handout's four functions."""

import numpy as np

from coursekit import full_batch, lab, optim
from coursekit.check.core import Trial


def data_convert(answer):
    """Check ``data_convert(x, y, m, k) -> (x, y)``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "data_convert")
    pixels = np.array([[0, 99, 100], [101, 41, 255], [7, 200, 100], [100, 3, 150]])
    labels = np.array([2, 0, 4, 2])
    right_x, right_y = lab.data_convert(pixels, labels, 4, 6)
    for dtype in (np.int32, np.uint8):
        x, y = trial.parts(trial(pixels.astype(dtype), labels, 4, 6), "x", "y")
        trial.require(np.shape(x) != (6, 4), "returned (y, x); the order is (x, y): pixels first.")
        trial.require(
            np.shape(y) != (5, 4),
            "made 5 rows for y, one up to the largest label seen. There are k = 6 classes, even if some do not occur.",
        )
        trial.equal(x, right_x, what="x", mistakes=_wrong_pixels(pixels))
        trial.require(
            np.shape(y) != (4, 6), "returned y as (m, k), one image a row. The lab wants (k, m): transpose it."
        )
        trial.require(np.shape(y) != (4,), "returned the labels as they came; y must be one-hot, (k, m).")
        trial.equal(y, right_y, what="y", mistakes=_wrong_labels(right_y))
    if np.asarray(x).dtype.kind in "biu":
        trial.note(f"x is {np.asarray(x).dtype}; .astype(np.float32) makes the products many times faster.")
    trial.passed()


def _wrong_pixels(pixels):
    """List what known mistakes make of the pixels."""
    return [
        (pixels >= 100, "a pixel of exactly 100 became 1. Above the threshold means >, not >=."),
        (pixels > 40, "the threshold is 100 here, not 40."),
        (pixels <= 100, "the pixels are inverted: ink, above 100, must become 1."),
        (pixels, "the pixels came back as they were; make them 0 or 1."),
        (pixels / 255, "the pixels were scaled to [0, 1], not cut at a threshold; make them 0 or 1."),
        (np.where(pixels > 100, 255, 0), "pixels above the threshold became 255; they must become 1."),
        (np.where(pixels > 100, 1, pixels), "only the pixels above the threshold were set; the others must become 0."),
    ]


def _wrong_labels(right):
    """List what known mistakes make of the labels."""
    return [
        (np.roll(right, -1, axis=0), "the one-hot rows are one too low: labels start at 0, so class 0 is row 0."),
        (np.roll(right, 1, axis=0), "the one-hot rows are one too high: labels start at 0, so class 0 is row 0."),
        (1 - right, "the one-hot labels are inverted: 1 marks the class, 0 everything else."),
    ]


def softmax_regression(answer):
    """Check ``softmax_regression(theta, x, y, iters, alpha) -> (losses, theta)``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "softmax_regression")
    rng = np.random.default_rng(5)
    theta, x = rng.random((3, 4)), rng.integers(0, 2, (7, 4)).astype(float)
    y = np.eye(3)[[0, 2, 1, 1, 0, 2, 2]].T
    _one_step(trial, theta, x, y)
    _decay(trial, theta, x, y)
    _large_scores(trial)
    trial.passed()


def _result(trial, theta, x, y, iters, alpha):
    """Return (losses, theta) of the answer, each of its right shape."""
    losses, new = trial.parts(trial(theta, x, y, iters, alpha), "losses", "theta")
    swapped = np.shape(losses) == theta.shape and np.shape(new) != theta.shape
    trial.require(not swapped, "returned (theta, losses); the order is (losses, theta).")
    trial.require(
        np.ndim(losses) == 1,
        f"must return the loss of every iteration, ({iters},); got {np.shape(losses) or 'one number'}.",
    )
    return trial.array(losses, (iters,), "losses", plain_list=True), trial.array(new, theta.shape, "theta")


def _one_step(trial, theta, x, y):
    """Try one iteration: the loss before it, and the step."""
    m, alpha = len(x), 0.5
    losses, new = _result(trial, theta, x, y, 1, alpha)
    right, moved = lab.softmax_regression(theta, x, y, 1, alpha)
    step = moved - theta
    (after, _), across = lab.softmax_regression(moved, x, y, 1, alpha), _across_samples(theta, x, y)
    trial.equal(
        losses,
        right,
        what="losses",
        mistakes=[
            (right * m, "the loss is a sum over the m samples; divide by m for the mean."),
            (right / 3, "the loss was averaged over classes as well; sum over classes, then mean over samples."),
            (-right, "the loss is negative: cross-entropy is minus the log of the true class's probability."),
            (right / np.log(2), "the loss is in bits; use the natural logarithm."),
            (after, "the loss belongs to the parameters after the update; record it before the step."),
            (across, "softmax ran across samples: each column of theta @ x.T, one sample, must sum to 1."),
        ],
    )
    trial.equal(
        new,
        moved,
        what="theta",
        mistakes=[
            (theta, "theta never moved: is the update computed but not stored?"),
            (theta + m * step, "the gradient is a sum over the m samples; divide it by m, as the loss is."),
            (
                theta - step,
                "theta went uphill: the update is theta - alpha * gradient, with gradient (yhat - y) x / m.",
            ),
            (theta + 0.95 * step, "the first step already used the decayed rate; iterations 0 to 49 use alpha itself."),
            (theta + step / alpha, "the step did not use alpha."),
            (theta + step / 3, "the gradient was divided by k as well; divide by m only."),
        ],
    )


def _across_samples(theta, x, y):
    """Return the loss of softmax taken along the wrong axis."""
    E = np.exp(theta @ x.T)
    return [float(-(y * np.log(E / E.sum(axis=1, keepdims=True))).sum() / len(x))]


def _decay(trial, theta, x, y):
    """Try 120 iterations, over two cuts of the learning rate."""
    _, new = _result(trial, theta, x, y, 120, 0.5)
    _, right = lab.softmax_regression(theta, x, y, 120, 0.5)

    def descend(rate_at):
        """Return theta after 120 steps with another schedule."""
        loss = full_batch.FullBatchLoss(x, y.argmax(axis=0), k=len(y))
        return optim.train(loss, theta.T, steps=120, learning_rate=rate_at).W.T

    trial.equal(
        new,
        right,
        what="theta after 120 iterations",
        tolerance=1e-5,
        mistakes=[
            (descend(0.5), "the learning rate never decays; multiply it by 0.95 after every 50 iterations."),
            (
                descend(lambda i: 0.5 * 0.95 ** (i // 50 + 1)),
                "the decay was applied at iteration 0 (0 % 50 == 0 too); iterations 0 to 49 use alpha itself.",
            ),
            (descend(lambda i: 0.5 * 0.95**i), "the learning rate decays every iteration, not every 50."),
            (descend(lambda i: 0.5 * 0.95 ** max(i - 49, 0)), "from iteration 50 on the rate decays every iteration."),
            (
                descend(lambda i: 0.5 * 0.95 if i >= 50 else 0.5),
                "the rate was cut once only; cut it at 50, 100, 150, ...",
            ),
            (
                descend(lambda i: 0.5 * 0.95 ** ((i - 1) // 50 if i else 0)),
                "the rate is cut one iteration late: iteration 50 already uses the smaller one.",
            ),
        ],
        hint="The first iteration was right: look at what changes between iterations, the learning rate.",
    )


def _large_scores(trial):
    """Try scores near 10000: first in every sample, then beside a sample whose scores are near -10000."""
    y = np.eye(2)
    for low, hint in (
        (
            1e4,
            "overflows on scores of 10000: exp(10000) is infinite. Take the largest score of each column away first; "
            "the probabilities stay the same.",
        ),
        (
            -1e4,
            "gives nan when one sample scores +10000 and another -10000: one maximum was taken away for all. Each "
            "sample needs its own: z.max(axis=0, keepdims=True).",
        ),
    ):
        theta = np.array([[1e4, low + 2], [1e4 + 1, low]])  # x = I: column i holds the scores of sample i
        losses, new = _result(trial, theta, np.eye(2), y, 1, 0.5)
        right, moved = lab.softmax_regression(theta, np.eye(2), y, 1, 0.5)
        trial.require(np.isfinite(losses).all() and np.isfinite(new).all(), hint)
        trial.equal(losses, right, what="losses on large scores")
        trial.equal(new - theta, moved - theta, what="the step on large scores")


def predict(answer):
    """Check ``predict(test_images, theta) -> labels``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "predict")
    images = np.array([[90, 110, 0], [255, 0, 101], [90, 95, 80], [20, 130, 250], [120, 90, 90]], dtype=np.uint8)
    theta = np.array([[3.0, 1.0, -1.0], [1.0, 2.0, 0.5], [-2.0, 1.5, 2.5], [0.5, -3.0, 0.2]])
    binary = images > 100
    labels = trial(images, theta)
    right = lab.predict(images, theta)
    for wrong, shape in ((theta @ binary.T, "(k, m)"), ((theta @ binary.T).T, "(m, k)")):
        trial.require(
            np.shape(labels) != wrong.shape,
            f"returned the scores, {shape}; return the label of the largest score of each image.",
        )
    trial.require(
        np.shape(labels) != (4,), "returned one value per class: the argmax ran across images, not across classes."
    )
    trial.equal(
        labels,
        right,
        what="labels",
        plain_list=True,
        mistakes=[
            (
                (theta @ images.T.astype(float)).argmax(axis=0),
                "the test images were used as they came. Training saw zeros and ones, so cut them at 100 as well.",
            ),
            (right + 1, "labels start at 0, not at 1."),
            ((theta @ binary.T).argmin(axis=0), "the smallest score was taken; the prediction is the largest."),
            ((theta @ (images >= 90).T).argmax(axis=0), "the test images were cut at another threshold than 100."),
            ((theta @ (images > 40).T).argmax(axis=0), "the test images were cut at 40; training used 100."),
        ],
    )
    trial.passed()


def cal_accuracy(answer):
    """Check ``cal_accuracy(y_pred, y) -> share``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "cal_accuracy")
    y = np.array([1, 0, 2, 2, 1, 0, 0, 2])
    predicted = np.array([1, 0, 2, 1, 1, 2, 0, 2])
    trial.equal(
        trial(predicted, y),
        0.75,
        mistakes=[
            (75, "gives per cent; return a share between 0 and 1."),
            (6, "counts the right ones; divide by how many there are."),
            (0.25, "gives the share that is wrong; return the share that is right."),
            (float(np.corrcoef(predicted, y)[0, 1] ** 2), "class numbers are names: count equal ones."),
        ],
    )
    for left, right in ((y, y[:, None]), (y[:, None], y)):
        trial.equal(
            trial(left, right),
            1.0,
            mistakes=[
                (
                    float((left == right).mean()),
                    "labels of shape (m, 1) against predictions (m,): == compares every pair, (m, m), and a perfect "
                    "classifier scores about 1/k. Flatten both with .ravel() first.",
                )
            ],
        )
    trial.equal(trial(predicted[:1], y[:1]), 1.0, hint="One single sample, predicted right, scores 1.")
    trial.passed()
