"""Checks of notebook 03, loops and vectors: the loss and its gradient with one loop and with none, and distances."""

import numpy as np

from coursekit import knn, preprocessing, softmax
from coursekit.check.core import CheckFailed, Trial
from coursekit.check.demands import peak_memory
from coursekit.check.syntax import no_loops, one_loop_deep


def one_loop(answer):
    """Check ``one_loop(W, X, y) -> (loss, dW)``, which may loop over the examples only.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "one_loop")
    _loss_and_gradient(trial)
    one_loop_deep(trial, answer)
    trial.passed()


def vectorised_loss_gradient(answer):
    """Check ``vectorised_loss_gradient(W, X, y) -> (loss, dW)``, whose source must hold no loop.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "vectorised_loss_gradient")
    _loss_and_gradient(trial)
    no_loops(trial, answer)
    trial.passed()


def _loss_and_gradient(trial):
    """Try the values: an ordinary problem, a single example, and large scores."""
    rng = np.random.default_rng(3)
    W, X, y = rng.normal(size=(4, 5)), rng.normal(size=(7, 4)), np.array([3, 0, 4, 4, 1, 3, 0])
    _compare(trial, W, X, y)
    _compare(trial, W, X[:1], y[:1], hint="There was a single example this time, m = 1.")
    whole = rng.integers(0, 9, (6, 4), dtype=np.uint8)
    _compare(trial, W, whole, y[:6], hint="The pixels were whole numbers, uint8, this time.")
    low = np.array([[1e4, -1e4], [1e4 + 1, -1e4 + 2], [1e4, -1e4 + 1]]).T  # x = I: row i holds the scores of example i
    for scores, hint in (
        (low[:1], "overflows on scores of 10000: exp(10000) is infinite. Take each row's largest score away first."),
        (low, "gives nan when one example scores +10000 and another -10000: each needs its own maximum, max(axis=1)."),
    ):
        loss, dW = _pair(trial, scores, np.eye(len(scores)), np.arange(len(scores)), overflow=hint)
        trial.require(np.isfinite(loss).all() and np.isfinite(dW).all(), hint)
        right, gradient = softmax.softmax_loss(scores, np.eye(len(scores)), np.arange(len(scores)))
        trial.equal(loss, right, what="the loss on large scores")
        trial.equal(dW, gradient, what="dW on large scores")


def _pair(trial, W, X, y, *, overflow=""):
    """Return (loss, dW) of the answer as arrays; say more of two errors that NumPy and Python word badly."""
    try:
        loss, dW = trial.parts(trial(W, X, y), "loss", "dW")
    except CheckFailed as failed:
        if overflow and "OverflowError" in str(failed):
            raise CheckFailed(f"{trial.name} {overflow}") from None
        if "broadcast" in str(failed):
            raise CheckFailed(f"{failed}\n{OUTER if trial.name == 'one_loop' else KEEPDIMS}") from None
        raise
    swapped = np.shape(loss) == W.shape and np.shape(dW) == ()
    trial.require(not swapped, "returned (dW, loss); the order is (loss, dW).")
    trial.require(np.shape(loss) != (len(y),), "returned one loss an example; take their mean.")
    return trial.array(loss, (), "the loss"), trial.array(dW, W.shape, "dW")


OUTER = "x has n numbers and p - y has k: np.outer(x, p - y) makes all their products, (n, k)."
KEEPDIMS = (
    "A maximum or a sum over the classes has shape (m,), which does not stretch over (m, k). With keepdims=True it "
    "stays (m, 1), and does."
)


def _compare(trial, W, X, y, *, hint=""):
    """Compare loss and gradient with the reference, and with what known mistakes give."""
    loss, dW = _pair(trial, W, X, y)
    right, gradient = softmax.softmax_loss(W, X, y)
    trial.equal(loss, right, what="the loss", mistakes=_wrong_losses(W, X, y), hint=hint)
    trial.equal(dW, gradient, what="dW", mistakes=_wrong_gradients(W, X, y), hint=hint)


def _wrong_losses(W, X, y):
    """List what known mistakes make of the loss."""
    m, k = len(X), W.shape[1]
    each = np.array([softmax.softmax_loss(W, X[i : i + 1], y[i : i + 1])[0] for i in range(m)])
    across = softmax.softmax((X @ W).T).T
    return [
        (each.sum(), "the loss is a sum over the m examples; divide by m for the mean."),
        (-each.mean(), "the loss is negative: it is minus the log of the true class's probability."),
        (each.mean() / np.log(2), "the loss is in bits; use the natural logarithm."),
        (each[-1], "only the last example's loss is left: add each one to the total, +=."),
        (each[-1] / m, "only the last example's loss is left: add each one to the total, +=."),
        (
            each.mean() / k,
            "the loss was averaged over the classes as well; divide by m only.",
        ),
        (
            softmax.cross_entropy(across, y),
            "softmax ran across examples: each row of X @ W is one, and must sum to 1.",
        ),
        (-np.log(softmax.softmax(X @ W)).sum() / m, "the logs of all classes were summed; only the true class counts."),
    ]


def _wrong_gradients(W, X, y):
    """List what known mistakes make of the gradient."""
    m, k = len(X), W.shape[1]
    P, Y = softmax.softmax(X @ W), preprocessing.one_hot(y, k)
    columns = np.isin(np.arange(k), y)  # the classes that occur
    last = np.outer(X[-1], (P - Y)[-1])
    return [
        (X.T @ (P - Y), "dW is a sum over the m examples; divide it by m, as the loss is."),
        (X.T @ P / m, "dW misses the true class: its probability loses 1 before the product (P - Y)."),
        (X.T @ (Y - P) / m, "dW points downhill: the gradient is X^T (P - Y) / m, not (Y - P)."),
        (X.T @ (P - 1) / m, "1 was taken from every class; only the true one of each example loses it."),
        (X.T @ (P - columns) / m, "P[:, y] takes whole columns; P[np.arange(m), y] takes one number of each row."),
        (last, "only the last example's gradient is left: add each one to the total, +=."),
        (last / m, "only the last example's gradient is left: add each one to the total, +=."),
        (X.T @ (P - Y) / m / k, "dW was divided by k as well; divide by m only."),
        (np.zeros_like(W), "dW is all zeros: is the gradient added to it?"),
    ]


def pairwise_distances(answer):
    """Check ``pairwise_distances(A, B) -> D`` by the expanded square: no loop, and no array (m, p, n).

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "pairwise_distances")
    rng = np.random.default_rng(33)
    A, B = rng.normal(size=(4, 3)), rng.normal(size=(6, 3))
    _distances(trial, A, B)
    pixels = rng.integers(0, 256, (5, 3), dtype=np.uint8)
    whole = "The pixels were uint8: their squares and products wrap around at 256. Convert first, A.astype(float)."
    _distances(trial, pixels, pixels[:2], hint=whole)
    near = rng.normal(1000, 1, (50, 3))
    trial.require(
        np.isfinite(np.asarray(trial(near, near), float)).all(),
        "gives nan for a point and itself: rounding makes some squares a little less than 0. Cut them with "
        "np.maximum(D2, 0) before the root.",
    )
    no_loops(trial, answer)
    wide = rng.normal(size=(30, 60))
    trial(wide, wide)
    trial.require(
        peak_memory(answer, wide, wide) < 30 * 30 * 60 * 2,
        "makes an array (m, p, n) of all differences: for 500 x 5000 images of 3072 numbers that is 61 GB. Expand the "
        "square; then (m, p) is the largest.",
    )
    trial.passed()


def _distances(trial, A, B, *, hint=""):
    """Compare distances with the reference, and with what known mistakes give."""
    try:
        D = trial(A, B)
    except CheckFailed as failed:
        if "broadcast" in str(failed):
            raise CheckFailed(f"{failed}\n{COLUMN}") from None
        raise
    A, B = A.astype(float), B.astype(float)
    right = knn.distances_two_loops(A, B)
    a, b, product = (A**2).sum(axis=1)[:, None], (B**2).sum(axis=1), A @ B.T
    mistakes = [
        (right**2, "these are squared distances; take the root."),
        (np.abs(A[:, None] - B).sum(axis=2), "these are L1 distances, sums of absolute values; square, sum, root."),
        (np.sqrt(a + b + 2 * product), "the middle term has the wrong sign: |a|^2 - 2 a.b + |b|^2."),
        (np.sqrt(np.maximum(a + b - product, 0)), "the middle term is 2 a.b; the 2 is missing."),
        (np.sqrt(a + b), "the middle term -2 a.b is missing."),
        (np.sqrt(np.maximum(a - 2 * product, 0)), "the squares of B, |b|^2, are missing."),
        (np.sqrt(np.maximum(b - 2 * product, 0)), "the squares of A, |a|^2, are missing."),
        (
            np.sqrt(np.maximum((A**2).sum() - 2 * product + b.sum(), 0)),
            "the squares were summed over all points; each has its own: sum(axis=1).",
        ),
        (product, "these are products a.b; the distance needs |a|^2 and |b|^2 as well."),
    ]
    trial.equal(D, right, what="D", mistakes=mistakes, hint=hint)


COLUMN = (
    "|a|^2 belongs to the rows of D and |b|^2 to its columns: make the first a column, (A**2).sum(axis=1)[:, None], "
    "shape (m, 1)."
)
