"""Answers to the training method of lesson 08 by a fifth hand, who had not seen the checks."""

import numpy as np

from coursekit.preprocessing import add_bias
from tests.mistakes.unseen import right, wrong


@wrong("train_model", "the labels are not those of the batch: the first batch_size labels instead of y[rows]")
def labels_not_indexed(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    m = len(A)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[:batch_size])  # "made the shapes fit"
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "the ones are the first column, so the bias is the first row of W, not the last")
def ones_in_front(self, X, y, learning_rate, steps, batch_size, rng):
    m, n = X.shape
    A = np.c_[np.ones(m), X]
    if self.W is None:
        self.W = np.zeros((n + 1, len(set(y.tolist()))))
    history = []
    for i in range(steps):
        idx = rng.choice(m, batch_size, replace=False)
        value, g = self.loss(A[idx], y[idx])
        history.append(value)
        self.W = self.W - learning_rate * g
    return history


@wrong("train_model", "small random weights instead of zeros (and so one draw more from rng)")
def small_random_start(self, X, y, learning_rate, steps, batch_size, rng):
    Xb = add_bias(X)
    if self.W is None:
        self.W = 0.001 * rng.normal(size=(Xb.shape[1], y.max() + 1))
    out = []
    for t in range(steps):
        rows = rng.choice(len(X), batch_size, replace=False)
        loss, grad = self.loss(Xb[rows], y[rows])
        self.W = self.W - learning_rate * grad
        out += [loss]
    return out


@wrong("train_model", "the loss recorded is that AFTER the step")
def loss_after_step(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        _, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(self.loss(A[rows], y[rows])[0])
    return losses


@wrong("train_model", "records the loss on all examples, not on the batch")
def loss_on_everything(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    m = A.shape[0]
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        losses.append(self.loss(A, y)[0])
        dW = self.loss(A[rows], y[rows])[1]
        self.W = self.W - learning_rate * dW
    return losses


@wrong("train_model", "replace=False forgotten, so an example may be in its batch twice")
def with_replacement(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((X.shape[1] + 1, np.max(y) + 1))
    losses = []
    while len(losses) < steps:
        rows = rng.choice(len(A), batch_size)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "one batch is drawn before the loop and used for all steps")
def batch_drawn_once(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    m = A.shape[0]
    rows = rng.choice(m, batch_size, replace=False)
    A_batch, y_batch = A[rows], y[rows]
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        loss, dW = self.loss(A_batch, y_batch)
        losses.append(loss)
        self.W = self.W - learning_rate * dW
    return losses


@wrong("train_model", "self.W is written only after the loop, so every loss and gradient is taken at the start")
def writes_back_at_the_end(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    W = self.W.copy()
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        W -= learning_rate * dW
        losses.append(loss)
    self.W = W
    return losses


@wrong("train_model", "`not self.W` raises ValueError as soon as self.W is an array")
def not_w(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if not self.W:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "divides the gradient by the batch size once more, although it is a mean already")
def divides_again(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW / batch_size
        losses.append(loss)
    return losses


@wrong("train_model", "prints the losses and returns nothing")
def prints_the_losses(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for step in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        print(f"step {step}: loss {loss:.4f}")


@wrong(
    "train_model",
    "counts the classes of y also when there are weights, and starts again if one is missing",
)
def restarts_if_a_class_is_missing(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    shape = (A.shape[1], len(np.unique(y)))
    if self.W is None or self.W.shape != shape:
        self.W = np.zeros(shape)
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        losses.append(float(loss))
        self.W = self.W - learning_rate * dW
    return losses


@wrong("train_model", "climbs (+) and returns self like scikit-learn instead of the list")
def climbs_and_returns_self(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    self.loss_curve_ = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W + learning_rate * dW
        self.loss_curve_.append(loss)
    return self


@wrong("train_model", "centres the caller's X in place, and returns (W, losses) as in exercise 2")
def centres_in_place_returns_pair(self, X, y, learning_rate, steps, batch_size, rng):
    X -= X.mean(axis=0)
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return self.W, losses


@wrong("train_model", "one loss too many (one more batch drawn at the end), and losses rounded for show")
def fencepost_and_rounded(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    m = A.shape[0]
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    rows = rng.choice(m, batch_size, replace=False)
    loss, dW = self.loss(A[rows], y[rows])
    losses = [round(float(loss), 3)]
    for _ in range(steps):
        self.W = self.W - learning_rate * dW
        rows = rng.choice(m, batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        losses.append(round(float(loss), 3))
    return losses


@right("train_model")
def right_in_place(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    m = len(A)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W -= learning_rate * dW
        losses.append(loss)
    return losses


@right("train_model")
def right_hstack_unique(self, X, y, learning_rate, steps, batch_size, rng):
    (m, n), classes = X.shape, np.unique(y)
    A = np.hstack([X, np.ones((m, 1))])
    self.W = np.zeros((n + 1, classes.size)) if self.W is None else self.W
    history = []
    for _step in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        value, slope = self.loss(A[rows], y[rows])
        history.append(float(value))
        self.W = self.W - learning_rate * slope
    return history


@right("train_model")
def right_while(self, X, y, learning_rate, steps, batch_size, rng):
    if isinstance(self.W, type(None)):
        self.W = np.zeros([1 + X.shape[1], 1 + max(y)])
    A = add_bias(X)
    losses, left = [], steps
    while left > 0:
        rows = rng.choice(X.shape[0], size=batch_size, replace=False)
        L, dW = self.loss(A[rows, :], y[rows])
        losses = losses + [L]
        self.W = self.W + (-learning_rate) * dW
        left -= 1
    return losses


@right("train_model")
def right_comprehension(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], len(set(y.tolist()))))

    def one_step():
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        return loss

    return [one_step() for _ in range(steps)]


@right("train_model")
def right_preallocated(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], np.bincount(y).size))
    losses = np.empty(steps)
    for t in range(steps):
        rows = rng.choice(A.shape[0], batch_size, replace=False)
        losses[t], dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
    return losses.tolist()


@right("train_model")
def right_bias_per_batch(self, X, y, learning_rate, steps, batch_size, rng):
    m, n = X.shape
    if self.W is None:
        self.W = np.zeros((n + 1, np.amax(y) + 1))
    losses = list()
    for _ in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        loss, dW = self.loss(add_bias(np.take(X, rows, axis=0)), np.take(y, rows))
        losses.append(loss)
        self.W = self.W - learning_rate * dW
    return losses


@right("train_model")
def right_fortran(self, X, y, learning_rate, steps, batch_size, rng):
    A = np.ones((X.shape[0], X.shape[1] + 1), order="F")
    A[:, :-1] = X
    W = self.W
    if W is None:
        W = np.zeros((A.shape[1], int(y.max()) + 1), order="F")
    self.W = W
    losses = [0.0] * steps
    for i in range(steps):
        rows = rng.choice(A.shape[0], batch_size, replace=False)
        losses[i], dW = self.loss(A[rows], y[rows])
        self.W = np.subtract(self.W, np.multiply(learning_rate, dW))
    return losses


@right("train_model")
def right_copies_first(self, X, y, learning_rate, steps, batch_size, rng):
    examples = np.concatenate((X.astype(float), np.ones((len(X), 1))), axis=1)
    labels = np.array(y)
    if self.W is not None:
        self.W = np.array(self.W, dtype=float)
    else:
        n_classes = labels.max() + 1
        self.W = np.zeros(shape=(examples.shape[1], n_classes), dtype=np.float64)
    trace = []
    for _ in range(steps):
        picked = rng.choice(examples.shape[0], batch_size, replace=False)
        result = self.loss(examples[picked], labels[picked])
        trace.append(result[0])
        self.W[...] = self.W - learning_rate * result[1]
    return trace
