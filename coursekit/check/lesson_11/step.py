"""Exercise 4 of notebook 11: one step on a minibatch, weights and biases."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_11._parts import _less_one, _loss_of, _softmax

BIAS = "Loss and W are right; look at b: {}"
WEIGHTS = "Loss and b are right; look at W: {}"
LOSS = "The new W and b are right; look at the loss: {}"
BOTH = "The loss is right; look at the steps of W and b: {}"


def _minibatch_step(
    W, b, A, labels, rate, *, scores="with b", shift="largest", target="P - Y", at="before",
    loss="mean", size="mean", bias="mean", weights="mean", sign=-1, step="rate",
    order="loss, W, b", product="A.T @ dZ",
):  # fmt: skip
    """Return the loss of a batch before the step, and weights and biases after it."""
    if step == "in place":
        np.subtract(W, np.ones(W.shape), out=np.array(W), casting="same_kind")
    W, b, A = np.array(W, float), np.array(b, float), np.asarray(A, float)
    B, k = len(A), W.shape[1]
    if size in ("first example", "one by one", "one by one, over B"):
        return _by_example(W, b, A, labels, rate, size)
    P = _softmax(A @ W + (b if scores != "without b" else 0), shift)
    P = _softmax(P, shift) if scores == "softmax twice" else P
    Y = np.eye(k)[labels]
    value = _loss_of(P, labels, loss)
    D = {
        "P - Y": lambda: P - Y,
        "P": lambda: P,
        "Y": lambda: -Y,
        "P - 1": lambda: P - 1,
        "true class only": lambda: (P - 1) * Y,
        "P (P - Y)": lambda: P * (P - Y),
        "first label": lambda: P - Y[:1],
        "columns": lambda: P - Y.max(axis=0),
        "decision": lambda: np.eye(k)[P.argmax(axis=1)] - Y,
        "numbers": lambda: P - np.reshape(labels, (-1, 1)),
        "rows": lambda: _less_one(P, labels, slice(None)),
        "swapped": lambda: _less_one(P, labels, np.arange(B)),
        "before": lambda: _less_one(P, np.arange(B), np.asarray(labels, int) - 1),
    }[target]()
    pace = sign * {"rate": rate, "none": 1.0, "twice": rate**2, "shrinks": rate / (1 + rate)}.get(step, rate)
    pace *= {"mean": 1, "sum": B, "B twice": 1 / B, "B k": 1 / k, "n": B / A.shape[1], "k": B / k}[size]
    shares = {"mean": 1, "sum": B, "not moved": 0, "B twice": 1 / B, "against": -1, "B k": 1 / k, "k": B / k}
    dW = shares.get(weights, B / len(W)) * (
        D.T @ A if product == "dZ.T @ A" else (A if product == "A @ dZ" else A.T) @ D
    )
    dW = dW / B
    dW = dW + W if step == "decay" else dW
    moved = W + pace * dW
    if at == "W first":
        D = _softmax(A @ moved + b, shift) - Y
    if at == "after":
        value = _loss_of(_softmax(A @ moved + b + pace * D.mean(axis=0), shift), labels, loss)
    db = {
        "mean": lambda: D.mean(axis=0),
        "sum": lambda: D.sum(axis=0),
        "largest": lambda: D.max(axis=0),
        "first example": lambda: D[0],
        "not moved": lambda: np.zeros(k),
        "of dW": lambda: dW.mean(axis=0),
        "sum of dW": lambda: dW.sum(axis=0),
        "B twice": lambda: D.mean(axis=0) / B,
        "against": lambda: -D.mean(axis=0),
        "b itself": lambda: b * D.mean(axis=0),
        "without rate": lambda: D.mean(axis=0) / rate,
        "row": lambda: D.mean(axis=0, keepdims=True),
        "across": lambda: D.mean(axis=1),
        "B k": lambda: D.sum(axis=0) / D.size,
        "k": lambda: D.sum(axis=0) / k,
    }[bias]()
    if at == "b first":
        moved = W + pace * A.T @ (_softmax(A @ W + b + pace * db, shift) - Y) / B
    found = (value, dW, db) if step == "gradients" else (value, moved, b + pace * db)
    return {
        "W, b, loss": (*found[1:], found[0]),
        "loss, b, W": (found[0], *found[:0:-1]),
        "W, b": found[1:],
        "loss": found[0],
    }.get(order, found)


def _by_example(W, b, A, labels, rate, size):
    """Return the loss of a batch, and W and b after its examples moved them one by one, or the first alone."""
    loss = _loss_of(_softmax(A @ W + b, "largest"), labels, "mean")
    for i in range(1 if size == "first example" else len(A)):
        one, moved, shifted = _minibatch_step(W, b, A[i : i + 1], labels[i : i + 1], rate)
        over = len(A) if size == "one by one, over B" else 1
        W, b = W + (moved - W) / over, b + (shifted - b) / over
    return (one if size == "first example" else loss), W, b


def _steps(rng):
    """Return the loss of a batch, and W and b after its examples moved them one by one, or the first alone."""
    found = []
    for B, n, k in ((5, 4, 3), (3, 2, 5), (6, 3, 4)):
        A, W, b = rng.random((B, n)).round(2), rng.normal(0, 1, (n, k)).round(2), rng.normal(0, 1, k).round(2)
        found.append((W, b, A, rng.permuted(np.arange(B) % k), float(rng.integers(3, 12)) / 10))
    return found


A_SMALL = np.array([[0.0, 1.0], [1.0, 0.5], [0.25, 0.75]])
W_SMALL = np.array([[0.5, -1.0, 0.0, 1.0], [0.25, 0.75, 1.0, -0.5]])
B_SMALL = np.array([0.5, 0.0, -0.25, 1.0])
FAR = np.array([[800.0, 0.0, 0.0], [0.0, 800.0, 0.0]])  # each example's own class is far ahead

minibatch_step = Exercise(
    "11-minibatch-step",
    _minibatch_step,
    tries=(
        (np.zeros((2, 4)), np.zeros(4), A_SMALL, np.array([3, 0, 1]), 0.5),
        (W_SMALL, B_SMALL, A_SMALL, np.array([2, 2, 0]), 0.5),
        (np.array([[1, 0, -1], [0, 2, 1]]), np.array([0, 1, -1]), A_SMALL, np.array([2, 0, 1]), 1.0),
        (W_SMALL.astype(np.float32), np.float32(B_SMALL), np.float32(A_SMALL), np.array([1, 3, 2], np.uint8), 0.25),
        (W_SMALL[:, :2], B_SMALL[:2], A_SMALL[:1], np.array([1]), 2.0),
        (FAR, np.array([0.5, 0.0, 0.25]), np.eye(2), np.array([0, 1]), 0.5),
        (FAR, np.array([0.5, 0.0, 0.25]), np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([0, 2]), 0.5),
    ),
    draw=_steps,
    parts=("loss", "W", "b"),
    sizes=lambda W, b, A, labels, rate: {"B": len(A), "n": len(W), "k": len(b)},
    properties=(
        Property(
            "Look at the loss: it is the mean cross-entropy of the batch, in nats, at the W and b that were given.",
            lambda v, *inputs: np.allclose(v[0], _minibatch_step(*inputs)[0], rtol=1e-4, atol=1e-5),
        ),
        Property(
            "The loss is right, and the new W is not. dW = A.T @ (P - Y) / B, and the step is W - rate * dW.",
            lambda v, *inputs: np.allclose(v[1], _minibatch_step(*inputs)[1], rtol=1e-4, atol=1e-5),
        ),
        Property(
            "Loss and W are right, and the new b is not. Every example meets b with the factor 1: what does the "
            "chain rule make of the B rows of P - Y?",
            lambda v, *inputs: np.allclose(v[2], _minibatch_step(*inputs)[2], rtol=1e-4, atol=1e-5),
        ),
    ),
    switches={
        "scores": {
            "without b": "Look at the scores: b is missing in them. Each row of A @ W gets b added.",
            "softmax twice": "Softmax was taken twice. What comes out of net are probabilities already.",
        },
        "shift": {
            "none": "Scores of 800 overflow: exp gives inf, and inf / inf is nan. Subtract each row's largest score "
            "first, as net does.",
            "whole batch": "The largest score of the whole batch was subtracted. Where a row is 800 below, every exp "
            "is 0, and 0 / 0 is nan. Subtract each row's own largest score.",
            "all": "Softmax was taken over the whole batch. Each row adds up to 1: sum(axis=1, keepdims=True).",
            "columns": "Softmax ran down the columns. An example is a row: axis=1.",
        },
        "target": {
            "P": BOTH.format("the 1 of the true class was not taken away. The gradient in the scores is P - Y."),
            "Y": BOTH.format("only -Y was used. The gradient in the scores is P - Y."),
            "P - 1": BOTH.format("1 was taken away from every class. Only the true class has a 1 in Y."),
            "true class only": BOTH.format("only the true class is moved. The others move too, by P."),
            "P (P - Y)": BOTH.format(
                "P stands in it twice. Behind cross-entropy, the gradient in the scores is P - Y."
            ),
            "first label": BOTH.format("the first example's label was used for all rows."),
            "columns": BOTH.format(
                "1 was taken away from whole columns. P[np.arange(B), labels] -= 1 takes one entry of each row."
            ),
            "numbers": BOTH.format("labels are subtracted as numbers. They are names: Y is one-hot."),
            **dict.fromkeys(
                ("rows", "swapped"),
                "1 was taken away in the wrong rows. The 1 of row i stands at P[i, labels[i]]: P[np.arange(B), "
                "labels].",
            ),
            "before": BOTH.format("1 was taken away one class too early. Labels count from 0."),
            "decision": BOTH.format("decisions were used, not probabilities. P - Y needs P itself."),
        },
        "at": {
            "W first": "Loss and W are right; look at b: its gradient was taken at the new W. Both gradients belong to "
            "the point before the step.",
            "b first": "Loss and b are right; look at W: its gradient was taken at the new b. Both gradients belong "
            "to the "
            "point before the step.",
            "after": LOSS.format("it was taken after the step. It must be that before."),
        },
        "loss": {
            "sum": LOSS.format("this is the sum over the batch. Return the mean."),
            "bits": LOSS.format("this is in bits. np.log gives nats."),
            "likelihood": LOSS.format("the minus sign is missing."),
            "mean over P": LOSS.format("it was divided by B times k. Divide by the number of examples."),
            "of the mean": LOSS.format(
                "the logarithm was taken of the mean probability. First the logarithms, then their mean."
            ),
            "each": LOSS.format("these are the losses of the examples. Return their mean."),
            "of P - Y": LOSS.format("it was taken of P after the 1 was taken away. Compute the loss first."),
            "of less than 0": "The loss is nan, the logarithm of a negative number. Was 1 taken away from P before "
            "the loss was read from it? Compute the loss first, or take the 1 away from a copy.",
            "squares": LOSS.format(
                "this is a mean of squares. The cross-entropy is -log of the true class's probability."
            ),
            "all labels": LOSS.format(
                "P[:, labels] takes the columns of all labels in every row. Row i has one label."
            ),
            "predicted": LOSS.format("this is -log of the largest probability. Take that of the true class."),
            "probability": LOSS.format("this is the mean probability of the true class. Take -log of each first."),
            "accuracy": LOSS.format("this is the accuracy."),
            "error": LOSS.format("this is the share of errors."),
        },
        "size": {
            "sum": BOTH.format("they are B times too long. A gradient of a mean is divided by B."),
            "B twice": BOTH.format("they are too short: B divides twice."),
            "B k": BOTH.format("they are too short: they are divided by B times k. Divide by B."),
            "k": BOTH.format("they are divided by the number of classes. Divide by B, the number of examples."),
            "first example": "Only the first example of the batch counts. Is the `return` inside the loop?",
            **dict.fromkeys(
                ("one by one", "one by one, over B"),
                BOTH.format(
                    "each example moves them before the next one is read. All gradients of a batch are those "
                    "before the step."
                ),
            ),
            "n": BOTH.format("they are divided by the number of features. Divide by B, the number of examples."),
        },
        "bias": {
            "sum": BIAS.format("it moves by the sum over the batch. W moves by a mean, and so must b."),
            "largest": BIAS.format("the largest entry of each class was taken. Take the mean over the examples."),
            "first example": BIAS.format("only the first example counts. Take the mean over the examples."),
            "not moved": BIAS.format(
                "it did not move. It is a parameter as W is: its gradient is a mean of P - Y over the examples, "
                "axis=0. (Over all entries at once that mean is 0, for each row of P - Y sums to 0.)"
            ),
            "of dW": BIAS.format(
                "it moves by the mean of W's gradient. Each row of A @ W gets b added once, so its "
                "gradient is made of P - Y alone."
            ),
            "sum of dW": BIAS.format("it moves by the sum of W's gradient. Its gradient is made of P - Y alone."),
            "B twice": BIAS.format("its step is too short: B divides twice."),
            "against": BIAS.format("it goes up. Subtract its gradient, as for W."),
            "b itself": BIAS.format("its gradient was multiplied by b. The derivative of z in b is 1."),
            "without rate": BIAS.format("its step lacks the rate."),
            "row": BIAS.format("it became a row of a matrix. A mean with axis=0 and without keepdims has its shape."),
            "across": BIAS.format("P - Y was averaged across. Average down the rows, axis=0: one number per class."),
            **dict.fromkeys(("B k", "k"), BIAS.format("the number of classes divides. Divide by B, the examples.")),
        },
        "weights": {
            "sum": WEIGHTS.format("it moves by the sum over the batch. Divide by B."),
            "not moved": WEIGHTS.format("it was not moved."),
            "B k": WEIGHTS.format("its step is divided by B times k. Divide by B."),
            "k": WEIGHTS.format("its step is divided by the number of classes. Divide by B."),
            "n": WEIGHTS.format("its step is divided by the number of features. Divide by B."),
            "B twice": WEIGHTS.format("its step is too short: B divides twice."),
            "against": WEIGHTS.format("it goes up. Subtract its gradient."),
        },
        "sign": {1: BOTH.format("they go up. Subtract the gradient: it points to where the loss grows.")},
        "step": {
            "none": BOTH.format("the rate is missing."),
            "twice": BOTH.format("the rate stands in them twice."),
            "gradients": "The loss is right; these are the gradients. Return the new W and b: subtract rate times "
            "them.",
            "decay": "Loss and b are right; look at W: a part of W itself was subtracted too. There is no penalty "
            "here.",
            "shrinks": BOTH.format("the rate was changed. Use it as it is."),
            "in place": "W may hold whole numbers, and W -= ... cannot put fractions into them. It would also change "
            "the caller's W: write W = W - ...",
        },
        "order": {
            **dict.fromkeys(("W, b, loss", "loss, b, W"), "Look at the order of the results: it is loss, W, b."),
            **dict.fromkeys(("W, b", "loss"), "Some results are missing. Return three things: loss, W, b."),
        },
        "product": {
            "A @ dZ": "Look at dW: A is not transposed. A is (m, n) and P - Y is (m, k), so A.T @ (P - Y) is (n, k).",
            "dZ.T @ A": "Look at dW: it is transposed. A.T @ (P - Y) is (n, k), as W.",
        },
    },
    causes=(
        (
            "Cannot cast ufunc",
            "W may hold whole numbers, and W -= ... cannot put fractions into them. It would also change the caller's "
            "W: write W = W - ...",
        ),
        (
            "matmul: Input operand|not aligned|could not be broadcast|operands could not",
            "Look at the shapes: A is (m, n), W is (n, k), b is (k,), P - Y is (m, k), and each gradient has the shape "
            "of what it moves.",
        ),
        (
            "index .* is out of bounds|arrays used as indices must be",
            "The 1 of row i stands at P[i, labels[i]]: row numbers first, labels second.",
        ),
    ),
    may_not_call=(
        "coursekit.minibatch.train",
        "coursekit.softmax.softmax_loss",
        "coursekit.optim.train",
        "torch.nn.functional.cross_entropy",
        "torch.autograd.backward",
        "sklearn.linear_model",
    ),
)
