"""Checks of notebook 02, the gradient: in the scores, in the weights, by differences, and through a sigmoid."""

import numpy as np

from coursekit import gradcheck, softmax
from coursekit.check.core import CheckFailed, Trial
from coursekit.preprocessing import one_hot


def scores_gradient(answer):
    """Check ``scores_gradient(Z, y) -> dZ``, the gradient of the mean loss in the scores.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "scores_gradient")
    Z = np.array([[0.0, 1.0, 2.5], [1.5, -0.5, 0.25], [-1.0, 2.0, 0.5], [0.75, 0.5, -2.0]])
    y = np.array([2, 0, 1, 0])
    dZ = trial(Z, y)
    trial.require(np.ndim(dZ) != 0, "returned one number; the gradient has one entry for each score, (m, k).")
    trial.equal(dZ, _dZ(Z, y), what="dZ", mistakes=_wrong_scores(Z, y))
    _one_missing_class(trial)
    whole = np.array([[3, 1, 0], [0, 2, 2]])
    reason = "The scores were whole numbers this time; an array made like them holds no fractions."
    trial.equal(trial(whole, np.array([1, 2])), _dZ(whole, [1, 2]), what="dZ", hint=reason)
    _large_scores(trial, lambda scores, labels: (scores, labels))
    trial.passed()


def _dZ(Z, y):
    """Return (P - Y)/m: the gradient in the weights when X is the identity, so that the scores are the weights."""
    return softmax.softmax_loss(Z, np.eye(len(Z)), np.asarray(y))[1]


def _wrong_scores(Z, y):
    """List what known mistakes make of the gradient in the scores."""
    (m, k), P, Y = Z.shape, softmax.softmax(Z), one_hot(y, Z.shape[1])
    across, columns = softmax.softmax(Z.T).T, P.copy()
    columns[:, y] -= 1
    axis = "the softmax ran down the columns; one example is one row, so each row must sum to 1: axis=1."
    picked = "P[:, y] takes whole columns; to take one entry a row write P[np.arange(m), y]."
    again = "the softmax's own derivative was multiplied in once more; P - Y already contains it."
    return [
        ((P - Y), "the 1/m is missing: the loss is a mean over the m examples, and so is its gradient."),
        ((P - Y) / k, "divide by m, the number of examples, not by k, the number of classes."),
        ((P - Y) / (m * k), "divide by m only, not by the number of entries."),
        ((Y - P) / m, "the sign is wrong: it is P - Y. Raising the true class's score must lower the loss."),
        (Y - P, "the sign is wrong, and the 1/m is missing: it is (P - Y) / m."),
        *((P / c, "Y was not subtracted: the entry of the true class is p - 1.") for c in (1, m)),
        *(((across - Y) / c, axis) for c in (1, m)),
        *(((Z - Y) / c, "these are scores minus labels; the softmax is missing.") for c in (1, m)),
        *((columns / c, picked) for c in (1, m)),
        *((-Y / P / c, "this is the gradient in the probabilities; go on through the softmax.") for c in (1, m)),
        *(((P - Y) * P * (1 - P) / c, again) for c in (1, m)),
    ]


def _one_missing_class(trial):
    """Try labels that do not use the last classes."""
    Z, y = np.array([[0.5, 1.0, -1.0, 0.0, 2.0], [1.0, 0.0, 0.25, -0.5, 1.5]]), np.array([1, 0])
    reason = "No label here is as large as k - 1: the number of classes is Z.shape[1], not y.max() + 1."
    trial.equal(_hinted(trial, reason, Z, y), _dZ(Z, y), what="dZ", hint=reason)


def _hinted(trial, reason, *inputs):
    """Return what the answer gives; if it raises an error, add the likely reason."""
    try:
        return trial(*inputs)
    except CheckFailed as failed:
        if f"{trial.name} raised" in str(failed):
            raise CheckFailed(f"{failed}\n{reason}") from None
        raise


def _large_scores(trial, inputs):
    """Try scores near 10000: first in both examples, then in one of two."""
    y = np.array([1, 0])
    for low, hint in (
        (
            1e4,
            "overflows on scores of 10000: exp(10000) is infinite. Take the largest score of each row away first; "
            "the probabilities stay the same.",
        ),
        (
            -1e4,
            "gives nan when one example scores +10000 and another -10000: one maximum was taken away for all. Each "
            "row needs its own: Z.max(axis=1, keepdims=True).",
        ),
    ):
        Z = np.array([[1e4, 1e4 + 1], [low + 2, low]])
        gradient = trial.array(trial(*inputs(Z, y)), (2, 2), "the gradient on large scores")
        trial.require(np.isfinite(gradient).all(), hint)
        trial.equal(gradient, _dZ(Z, y), what="the gradient on large scores")


def loss_gradient(answer):
    """Check ``loss_gradient(W, X, y) -> dW``, the gradient of the mean loss in the weights.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "loss_gradient")
    rng = np.random.default_rng(2)
    W, X, y = rng.normal(size=(4, 3)), rng.normal(size=(7, 4)), np.array([2, 0, 1, 1, 2, 0, 2])
    dW = trial(W, X, y)
    trial.require(not isinstance(dW, tuple), "returned a tuple; return the gradient dW only.")
    trial.require(np.ndim(dW) != 0, "returned one number, perhaps the loss; return its gradient, (n, k).")
    trial.require(
        np.shape(dW) != (7, 3), "returned dZ, (m, k): how the scores matter. The weights reach them through X."
    )
    trial.equal(dW, softmax.softmax_loss(W, X, y)[1], what="dW", mistakes=_wrong_weights(W, X, y))
    start, labels = np.zeros((4, 3), int), np.array([1, 0, 1, 1, 0, 0, 1])
    right = softmax.softmax_loss(start, X, labels)[1]
    reason = "This W is all whole zeros, and no label is k - 1: take k from W.shape[1], and make arrays of floats."
    trial.equal(_hinted(trial, reason, start, X, labels), right, what="dW", hint=reason)
    _large_scores(trial, lambda scores, labels: (scores, np.eye(2), labels))
    trial.passed()


def _wrong_weights(W, X, y):
    """List what known mistakes make of the gradient in the weights."""
    m, k, Z = len(y), W.shape[1], X @ W
    P, Y, right = softmax.softmax(Z), one_hot(y, k), softmax.softmax_loss(W, X, y)[1]
    across, columns = softmax.softmax(Z.T).T, P.copy()
    columns[:, y] -= 1
    last = np.outer(X[-1], (P - Y)[-1])
    axis = "the softmax ran down the columns; one example is one row of Z, so each row must sum to 1: axis=1."
    picked = "P[:, y] takes whole columns; to take one entry a row write P[np.arange(m), y]."
    return [
        (right * m, "the 1/m is missing: the loss is a mean over the m examples, and so is its gradient."),
        (right / m, "divided by m twice: if dZ holds the 1/m already, X.T @ dZ needs no other."),
        (right * m / k, "divide by m, the number of examples, not by k, the number of classes."),
        *((-right * c, "the sign is wrong: with P - Y, this points uphill, as a gradient does.") for c in (1, m)),
        *((X.T @ P / c, "Y was not subtracted: the gradient in the scores is P - Y.") for c in (1, m)),
        *((X.T @ (across - Y) / c, axis) for c in (1, m)),
        *((X.T @ (Z - Y) / c, "these are scores minus labels; the softmax is missing.") for c in (1, m)),
        *((X.T @ columns / c, picked) for c in (1, m)),
        *((last / c, "only the last example counts: add the examples up with +=.") for c in (1, m)),
        *((W - right * c, "these are weights after a step; return the gradient itself.") for c in (1, m)),
    ]


def central_difference(answer):
    """Check ``central_difference(f, W, h) -> dW``, exact to the term in h^2.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "central_difference")
    C = np.array([[1.0, -2.0, 0.5], [3.0, 1.5, -1.0]])

    def f(V):
        """Return a cubic in which every entry meets every other."""
        return float((C * V**3).sum() + V.sum() ** 2)

    W = np.array([[0.5, -1.0, 1.25], [-0.25, 0.75, 2.0]])  # eighths: adding and taking away h is exact
    for h in (0.125, 0.5):
        dW = trial(f, W, h)
        trial.require(
            np.ndim(dW) != 0,
            "returned one number: it moved all weights at once. Move one, note the difference, put it back.",
        )
        trial.equal(
            dW, gradcheck.numeric_gradient(f, W, h=h), what="dW", tolerance=1e-5, mistakes=_wrong_steps(f, W, h)
        )
    whole = np.array([[1, 0, 2], [3, -1, 1]])
    reason = (
        "W held whole numbers this time, and an integer array cannot hold w + h: work on W.astype(float), "
        "and make new arrays with np.zeros(W.shape)."
    )
    trial.equal(trial(f, whole, 0.125), gradcheck.numeric_gradient(f, whole, h=0.125), what="dW", hint=reason)
    trial.passed()


def _wrong_steps(f, W, h):
    """List what known mistakes make of the differences."""
    right, forward = (gradcheck.numeric_gradient(f, W, h=h, method=name) for name in ("central", "forward"))
    backward = 2 * right - forward
    fixed = gradcheck.numeric_gradient(f, W)
    kept = "an entry that was moved is never put back, so later entries are measured at another place."
    halves = "the steps are h/2 to each side; take f(w + h) and f(w - h), and divide by 2h."
    rows = "whole rows were moved at once. Move one entry W[i, j] at a time: two loops, or np.ndindex(W.shape)."
    return [
        (forward, "this is the forward difference; the central one is (f(w + h) - f(w - h)) / 2h."),
        (backward, "this is the backward difference; the central one is (f(w + h) - f(w - h)) / 2h."),
        (2 * right, "divide by 2h: the two points are 2h apart, not h."),
        (right * h, "the division by h is missing: divide by 2h, with brackets, (2 * h)."),
        (right * h * h, "brackets: / 2 * h multiplies by h. Write / (2 * h)."),
        (-right, "the sign is turned: it is f(w + h) minus f(w - h)."),
        (forward / 2, "from w + h, step back by 2h to reach w - h; one h only leads back to w."),
        (fixed, "h was ignored: the step must be the h that was passed."),
        (gradcheck.numeric_gradient(f, W, h=h / 2), halves),
        *((_never_put_back(f, W, h, *steps), kept) for steps in ((0, 1), (-1, 1), (1, -1))),
        (_whole_rows(f, W, h), rows),
    ]


def _never_put_back(f, W, h, first, second):
    """Return the differences of a walk that leaves each entry where its second step took it."""
    V, G = W.astype(float), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        w, values = V[index], []
        for step in (first, second):
            V[index] = w + step * h
            values.append(f(V))
        G[index] = (values[1] - values[0]) / ((second - first) * h)
    return G


def _whole_rows(f, W, h):
    """Return what moving a row at a time writes into each of its entries."""
    G = np.zeros(W.shape)
    for i in range(len(W)):
        E = np.zeros(W.shape)
        E[i] = h
        G[i] = (f(W + E) - f(W - E)) / (2 * h)
    return G


def sigmoid_gradient(answer):
    """Check ``sigmoid_gradient(W, b, x, z) -> (dW, db)`` of the squared error behind a sigmoid.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "sigmoid_gradient")
    W = np.array([[0.5, -1.0, 0.25], [1.0, 0.75, -0.5], [-0.25, 0.5, 1.5], [0.0, 1.25, -0.75]])
    b, x, z = np.array([0.1, -0.3, 0.2]), np.array([1.0, -2.0, 0.5, 1.5]), np.array([1.0, 0.0, 0.5])
    reason = "The product of two vectors that makes a matrix, x g^T, is np.outer(x, g); .T of a vector does nothing."
    dW, db = trial.parts(_hinted(trial, reason, W, b, x, z), "dW", "db")
    trial.require(
        np.shape(dW) != (3,) or np.shape(db) != (4, 3), "returned (db, dW); the order is (dW, db), weights first."
    )
    trial.require(
        np.ndim(db) != 0, "returned one number for db; it has k entries, one for each bias, so nothing is summed."
    )
    g = _through_sigmoid(W, b, x, z)
    wrong = _wrong_sigmoids(W, b, x, z)
    trial.equal(db, g, what="db", mistakes=wrong)
    outer = [(np.outer(x, value), hint) for value, hint in wrong]
    alone = (np.outer(np.ones(4), g), "dW does not use x: each weight's share is its input x_j times g.")
    trial.equal(dW, np.outer(x, g), what="dW", mistakes=[*outer, alone])
    trial.passed()


def _through_sigmoid(W, b, x, z):
    """Return the gradient of the squared error in W^T x + b."""
    y = 1 / (1 + np.exp(-(x @ W + b)))
    return 2 * (y - z) * y * (1 - y)


def _wrong_sigmoids(W, b, x, z):
    """List what known mistakes make of the gradient in the bias."""
    a = x @ W + b
    y, g = 1 / (1 + np.exp(-a)), _through_sigmoid(W, b, x, z)
    return [
        (g / 2, "the factor 2 of the square is missing."),
        (-g, "the sign is turned: the inner difference is y - z."),
        (g / 3, "divided by k: J is a sum of squares, not a mean."),
        (2 * (y - z), "the sigmoid's own slope y (1 - y) is missing."),
        (
            2 * (y - z) * a * (1 - a),
            "the sigmoid's slope is y (1 - y), with its value y, not with what goes in.",
        ),
        (2 * (y - z) * (1 - y**2), "1 - y^2 is the slope of tanh; the sigmoid's is y (1 - y)."),
        (2 * (y - z) * y, "half of the sigmoid's slope is missing: y (1 - y)."),
        (2 * (y - z) * (1 - y), "half of the sigmoid's slope is missing: y (1 - y)."),
        (2 * (a - z), "y is the sigmoid of W^T x + b; here it is W^T x + b itself."),
        (_through_sigmoid(W, 0, x, z), "the bias b was left out of the scores."),
        (_through_sigmoid(-W, -b, x, z), "the sigmoid is 1 / (1 + exp(-a)), with a minus."),
    ]
