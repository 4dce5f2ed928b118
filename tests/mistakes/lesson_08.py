"""Answers to the exercises of notebook 08, linear classifiers."""

import numpy as np

from coursekit.preprocessing import add_bias
from tests.mistakes import equal, right, wrong

# hinge_loss


def excess(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z - Z[np.arange(len(y)), y][:, None] + margin, 0)
    H[np.arange(len(y)), y] = 0
    return H


def coefficients(H, y):
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return C


@right("hinge_loss")
def by_coefficients(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@right("hinge_loss")
def with_a_one_hot_matrix(W, X, y, margin):
    m, k = X.shape[0], W.shape[1]
    Y = np.eye(k)[y]
    Z = X @ W
    true = (Z * Y).sum(axis=1, keepdims=True)
    H = np.clip(Z - true + margin * (1 - Y), 0, None)
    over = (H > 0).astype(float)
    dZ = (over - Y * over.sum(axis=1, keepdims=True)) / m
    return H.sum() / m, X.T @ dZ


@right("hinge_loss")
def margin_taken_off_at_the_end(W, X, y, margin):
    Z = X @ W
    E = Z - np.take_along_axis(Z, y[:, None], axis=1) + margin
    loss = np.where(E > 0, E, 0).sum() / len(y) - margin
    C = np.where(E > 0, 1.0, 0.0)
    C[np.arange(len(y)), y] = 0
    C[np.arange(len(y)), y] -= C.sum(axis=1)
    return float(loss), np.einsum("ij,ic->jc", X, C) / len(y)


@right("hinge_loss")
def lists_by_a_mask(W, X, y, margin):
    Z = np.asarray(X, float) @ W
    wrong_class = np.arange(Z.shape[1]) != y[:, None]
    true = Z[~wrong_class].reshape(-1, 1)
    violated = wrong_class & (Z > true - margin)
    C = violated - np.where(wrong_class, 0, violated.sum(axis=1)[:, None])
    return [((Z - true + margin) * violated).sum() / len(y), (X.T @ C / len(y)).tolist()]


@wrong("hinge_loss", "compared with itself")
def true_class_pays(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z - Z[np.arange(len(y)), y][:, None] + margin, 0)
    C = coefficients(excess(W, X, y, margin), y)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "compared with itself")
def true_class_pays_and_is_counted(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z - Z[np.arange(len(y)), y][:, None] + margin, 0)
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] -= C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "minus their number")
def true_class_minus_one(W, X, y, margin):
    H = excess(W, X, y, margin)
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] = -1
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "column is missing")
def true_class_forgotten(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ (H > 0) / len(y)


@wrong("hinge_loss", "sizes of the violations")
def sizes_as_coefficients(W, X, y, margin):
    H = excess(W, X, y, margin)
    C = H.copy()
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "mean over the examples")
def sums(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(), X.T @ coefficients(H, y)


@wrong("hinge_loss", "in the gradient")
def mean_of_the_loss_only(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y)


@wrong("hinge_loss", "all entries of (m, k)")
def mean_over_all_entries(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "only the worst wrong class")
def crammer_and_singer(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.max(axis=1).mean(), X.T @ coefficients(H * (H == H.max(axis=1, keepdims=True)), y) / len(y)


@wrong("hinge_loss", "only the worst wrong class")
def one_worst(W, X, y, margin):
    H = excess(W, X, y, margin)
    H = H * (np.arange(H.shape[1]) == H.argmax(axis=1)[:, None])
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "minus their number")
def true_class_counted_in_the_gradient(W, X, y, margin):
    H = excess(W, X, y, margin)
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] = 1
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "added: a wrong score")
def margin_taken_away(W, X, y, margin):
    H = excess(W, X, y, -margin)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "cut at 0")
def never_cut(W, X, y, margin):
    Z = X @ W
    H = Z - Z[np.arange(len(y)), y][:, None] + margin
    H[np.arange(len(y)), y] = 0
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "always 1 here")
def fixed_margin(W, X, y, margin):
    H = excess(W, X, y, 1)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "wrong way round")
def true_minus_wrong(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z[np.arange(len(y)), y][:, None] - Z + margin, 0)
    H[np.arange(len(y)), y] = 0
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "points uphill")
def downhill(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ -coefficients(H, y) / len(y)


@wrong("hinge_loss", "met exactly")
def met_exactly(W, X, y, margin):
    H = excess(W, X, y, margin)
    Z = X @ W
    C = ((Z - Z[np.arange(len(y)), y][:, None] + margin) >= 0) * 1.0
    C[np.arange(len(y)), y] = 0
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "whole numbers")
def gradient_like_the_weights(W, X, y, margin):
    dW = np.zeros_like(W)
    dW[:] = X.T @ coefficients(excess(W, X, y, margin), y) / len(y)
    return excess(W, X, y, margin).sum() / len(y), dW


@wrong("hinge_loss", "has a")
def with_three_loops(W, X, y, margin):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(y)):
        z = X[i] @ W
        for c in range(W.shape[1]):
            if c != y[i] and z[c] - z[y[i]] + margin > 0:
                loss += z[c] - z[y[i]] + margin
                dW[:, c] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / len(y), dW / len(y)


@wrong("hinge_loss", "(k, n)")
def classes_in_rows(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), coefficients(H, y).T @ X / len(y)


# random_local_search


@right("random_local_search")
def keeps_the_better(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@right("random_local_search")
def into_an_array(loss, W, size, tries, rng):
    best, losses = np.array(W, dtype=float), np.empty(tries + 1)
    losses[0] = loss(best)
    for t in range(1, tries + 1):
        V = best.copy()
        V += rng.normal(0, size, W.shape)
        losses[t] = loss(V)
        if losses[t] >= losses[t - 1]:
            losses[t] = losses[t - 1]
        else:
            best = V
    return best, losses


@right("random_local_search")
def all_tried_then_accumulated(loss, W, size, tries, rng):
    found = [(loss(W), W)]
    for step in rng.normal(0, size, (tries, *W.shape)):
        candidate = found[-1][1] + step
        value = loss(candidate)
        found.append((value, candidate) if value < found[-1][0] else found[-1])
    return found[-1][1].tolist(), tuple(value for value, _ in found)


@right("random_local_search")
def with_while(loss, W, size, tries, rng):
    least, left = loss(W), tries
    losses = [least]
    while left > 0:
        step = size * rng.standard_normal(W.shape)
        left -= 1
        value = loss(W + step)
        if not value >= least:
            least = value
            W = W + step
        losses += [least]
    return W, np.array(losses)


@wrong("random_local_search", "starts from the first W")
def around_the_start(loss, W, size, tries, rng):
    best, least = W, loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            best, least = candidate, value
        losses.append(least)
    return best, losses


@wrong("random_local_search", "This is random search")
def afresh(loss, W, size, tries, rng):
    best, least = W, loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            best, least = candidate, value
        losses.append(least)
    return best, losses


@wrong("random_local_search", "Go on from the best W so far")
def a_random_walk(loss, W, size, tries, rng):
    best, least = W, loss(W)
    losses, here = [least], W
    for _ in range(tries):
        here = here + size * rng.normal(size=W.shape)
        value = loss(here)
        if value < least:
            best, least = here, value
        losses.append(least)
    return best, losses


@wrong("random_local_search", "Every step is taken")
def always_goes(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        W = W + size * rng.normal(size=W.shape)
        losses.append(loss(W))
    return W, losses


@wrong("random_local_search", "raise the loss are taken")
def uphill(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value > least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "is not less")
def also_as_good(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value <= least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "never negative")
def only_upwards(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.random(W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "moves all weights alike")
def one_number(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal()
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "size of the step was ignored")
def without_size(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "loss of each try")
def every_loss(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        losses.append(loss(candidate))
        if losses[-1] < least:
            W, least = candidate, losses[-1]
    return W, losses


@wrong("random_local_search", "start is missing")
def without_the_start(loss, W, size, tries, rng):
    least, losses = loss(W), []
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "only the improvements")
def only_improvements(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
            losses.append(least)
    return W, losses


@wrong("random_local_search", "last W that was tried")
def the_last_tried(loss, W, size, tries, rng):
    least, candidate = loss(W), W
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return candidate, losses


@wrong("random_local_search", "times for tries = 7")
def asks_again(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        if loss(candidate) < loss(W):
            W = candidate
        losses.append(loss(W))
    return W, losses


@wrong("random_local_search", "One try too few")
def start_counted_as_a_try(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries - 1):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "Every step is taken")
def in_place(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        W[:] = W + size * rng.normal(size=W.shape)
        least = min(least, loss(W))
        losses.append(least)
    return W, losses


# train_model


def with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


def zeros_for(X, y):
    return np.zeros((X.shape[1] + 1, int(max(y)) + 1))


@right("train_model")
def with_a_counter(self, X, y, learning_rate, steps, batch_size, rng):
    m, n = X.shape
    A = np.hstack([X, np.ones((m, 1))])
    if self.W is None:
        self.W = np.zeros((n + 1, len(np.unique(y))))
    losses = []
    while len(losses) < steps:
        rows = rng.choice(m, batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        losses.append(loss)
        self.W = self.W - learning_rate * dW
    return losses


@right("train_model")
def into_an_array_in_place(self, X, y, learning_rate, steps, batch_size, rng):
    losses = np.empty(steps)
    for t in range(steps):
        pick = rng.choice(np.arange(len(X)), size=batch_size, replace=False)
        A, labels = np.c_[X[pick], np.ones(batch_size)], y[pick]
        if self.W is None:
            self.W = np.zeros((A.shape[1], y.max() + 1))
        losses[t], dW = self.loss(A, labels)
        self.W -= learning_rate * dW
    return losses


@right("train_model")
def asks_twice_and_sorts(self, X, y, learning_rate, steps, batch_size, rng):
    padded = np.pad(np.asarray(X, float), ((0, 0), (0, 1)), constant_values=1.0)
    self.W = zeros_for(X, y) if self.W is None else self.W

    def one_step():
        rows = np.sort(rng.choice(len(y), batch_size, replace=False))
        before = self.loss(padded[rows], y[rows])[0]
        self.W = self.W - learning_rate * self.loss(padded[rows], y[rows])[1]
        return float(before)

    return [one_step() for _ in range(steps)]


@right("train_model")
def all_drawn_first(self, X, y, learning_rate, steps, batch_size, rng):
    batches = [rng.choice(X.shape[0], batch_size, False) for _ in range(steps)]
    A = with_ones(X)
    W = np.zeros((A.shape[1], np.max(y) + 1)) if self.W is None else np.array(self.W)
    history = ()
    for rows in batches:
        self.W = W
        loss, dW = self.loss(A.take(rows, axis=0), y.take(rows))
        W = W - dW * learning_rate
        history += (loss,)
    self.W = W
    return history


@right("train_model")
def float32_like_the_photographs(self, X, y, learning_rate, steps, batch_size, rng):
    A = np.ones((len(X), X.shape[1] + 1), np.float32)
    A[:, :-1] = X
    try:
        self.W = self.W.astype(float)
    except AttributeError:
        self.W = zeros_for(X, y)
    found = []
    for _ in range(steps):
        rows = rng.choice(len(X), batch_size, replace=False)
        value, slope = self.loss(A[rows], y[rows])
        found = [*found, value]
        self.W += -learning_rate * slope
    return np.array(found)


@wrong("train_model", "it is set to zeros at every call")
def begins_anew_each_time(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "set to zeros at every step")
def zeros_inside_the_loop(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    for _ in range(steps):
        self.W = zeros_for(X, y)
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "drawn at random")
def small_random_weights(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = 0.001 * rng.normal(size=(A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "From zeros it is log(k)")
def larger_random_weights(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.random.default_rng(1).normal(size=(A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "while self.W is None")
def weights_under_a_name_of_their_own(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    W = zeros_for(X, y) if self.W is None else self.W
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        W = W - learning_rate * dW
        losses.append(loss)
    self.W = W
    return losses


@wrong("train_model", "it moves only once, after the loop")
def stored_after_the_loop(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = zeros_for(X, y)
    W = self.W
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        W = W - learning_rate * dW
        losses.append(loss)
    self.W = W
    return losses


@wrong("train_model", "it never moves")
def never_stored(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = zeros_for(X, y)
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        W = self.W - learning_rate * dW  # noqa: F841
        losses.append(loss)
    return losses


@wrong("train_model", "k is y.max() + 1")
def a_class_too_few(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max()))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "it is turned")
def one_row_per_class(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((y.max() + 1, A.shape[1]))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "Ask: if self.W is None")
def compared_with_none(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if not self.W:
        self.W = zeros_for(X, y)
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "there is no column of ones")
def no_bias(self, X, y, learning_rate, steps, batch_size, rng):
    losses = []
    if self.W is None:
        self.W = np.zeros((X.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(X[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "its column of ones is missing")
def ones_only_in_the_shape(self, X, y, learning_rate, steps, batch_size, rng):
    losses = []
    if self.W is None:
        self.W = zeros_for(X, y)
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(X[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "the row of the bias is missing")
def a_row_too_few(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((X.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "the ones stand on the left")
def ones_first(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = np.c_[np.ones(len(X)), X], []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


def trained(self, X, y, learning_rate, steps, pick):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for t in range(steps):
        rows = pick(t)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "Nothing was drawn from rng")
def its_own_generator(self, X, y, learning_rate, steps, batch_size, rng):
    rng = np.random.default_rng(0)
    return trained(self, X, y, learning_rate, steps, lambda t: rng.choice(len(y), batch_size, replace=False))


@wrong("train_model", "Nothing was drawn from rng")
def the_old_generator(self, X, y, learning_rate, steps, batch_size, rng):
    draw = lambda t: np.random.choice(len(y), batch_size, replace=False)  # noqa: NPY002, E731
    return trained(self, X, y, learning_rate, steps, draw)


@wrong("train_model", "Nothing was drawn from rng")
def made_anew_in_each_step(self, X, y, learning_rate, steps, batch_size, rng):
    draw = lambda t: np.random.default_rng(t).choice(len(y), batch_size, replace=False)  # noqa: E731
    return trained(self, X, y, learning_rate, steps, draw)


@wrong("train_model", "Nothing was drawn from rng")
def slices_in_line(self, X, y, learning_rate, steps, batch_size, rng):
    return trained(self, X, y, learning_rate, steps, lambda t: np.arange(t, t + batch_size) % len(y))


@wrong("train_model", "Pass replace=False")
def with_replacement(self, X, y, learning_rate, steps, batch_size, rng):
    return trained(self, X, y, learning_rate, steps, lambda t: rng.choice(len(y), batch_size))


@wrong("train_model", "Pass replace=False")
def whole_numbers(self, X, y, learning_rate, steps, batch_size, rng):
    return trained(self, X, y, learning_rate, steps, lambda t: rng.integers(0, len(y), batch_size))


@wrong("train_model", "not the same numbers")
def start_of_a_permutation(self, X, y, learning_rate, steps, batch_size, rng):
    return trained(self, X, y, learning_rate, steps, lambda t: rng.permutation(len(y))[:batch_size])


@wrong("train_model", "every step has the same ones")
def drawn_before_the_loop(self, X, y, learning_rate, steps, batch_size, rng):
    rows = rng.choice(len(y), batch_size, replace=False)
    return trained(self, X, y, learning_rate, steps, lambda t: rows)


@wrong("train_model", "each step takes all examples")
def all_examples(self, X, y, learning_rate, steps, batch_size, rng):
    return trained(self, X, y, learning_rate, steps, lambda t: np.arange(len(y)))


@wrong("train_model", "from one shuffled order")
def batch_after_batch(self, X, y, learning_rate, steps, batch_size, rng):
    order = []
    while len(order) < steps:
        shuffled = rng.permutation(len(y))
        order += [shuffled[i : i + batch_size] for i in range(0, len(y), batch_size)]
    return trained(self, X, y, learning_rate, steps, lambda t: order[t])


@wrong("train_model", "each of the steps goes through all examples")
def steps_as_epochs(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        order = rng.permutation(len(y))
        for i in range(0, len(y), batch_size):
            rows = order[i : i + batch_size]
            loss, dW = self.loss(A[rows], y[rows])
            self.W = self.W - learning_rate * dW
            losses.append(loss)
    return losses


@wrong("train_model", "if X becomes the batch")
def batch_under_the_name_of_all(self, X, y, learning_rate, steps, batch_size, rng):
    X, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((X.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        X, y = X[rows], y[rows]
        loss, dW = self.loss(X, y)
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "becomes the batch")
def batch_under_the_name_of_all_with_m(self, X, y, learning_rate, steps, batch_size, rng):
    X, losses, m = with_ones(X), [], len(X)
    if self.W is None:
        self.W = np.zeros((X.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        X, y = X[rows], y[rows]
        loss, dW = self.loss(X, y)
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "Take the same rows from both")
def all_labels(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y)
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "the labels are the first of y")
def first_labels(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[:batch_size])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "Draw once")
def labels_of_other_rows(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        images = A[rng.choice(len(y), batch_size, replace=False)]
        loss, dW = self.loss(images, y[rng.choice(len(y), batch_size, replace=False)])
        self.W = self.W - learning_rate * dW
        losses.append(loss)
    return losses


def stepped(self, X, y, steps, batch_size, rng, moved, note=lambda self, A, y, rows: self.loss(A[rows], y[rows])[0]):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        losses.append(note(self, A, y, rows))
        self.W = self.W + moved(self.loss(A[rows], y[rows])[1])
    return losses


@wrong("train_model", "The steps go up")
def uphill_steps(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: learning_rate * dW)


@wrong("train_model", "divided by the size of the batch")
def divided_once_more(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW / batch_size)


@wrong("train_model", "divided by the number of examples")
def divided_by_all(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate / len(X) * dW)


@wrong("train_model", "learning rate is missing")
def whole_gradient(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: -dW)


@wrong("train_model", "the first loss is right, and a later one is not")
def a_rate_that_falls(self, X, y, learning_rate, steps, batch_size, rng):
    rates = iter(learning_rate / (1 + t) for t in range(steps))
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: -next(rates) * dW)


@wrong("train_model", "self.W after it is not")
def the_direction_alone(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * np.sign(dW))


@wrong("train_model", "added up from step to step")
def gradients_never_cleared(self, X, y, learning_rate, steps, batch_size, rng):
    seen = []
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: seen.append(dW) or -learning_rate * sum(seen))


@wrong("train_model", "begins at the first weights again")
def always_from_the_start(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    W = self.W
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = W - learning_rate * dW
        losses.append(loss)
    return losses


@wrong("train_model", "they are taken after the step")
def looked_at_afterwards(self, X, y, learning_rate, steps, batch_size, rng):
    A, losses = with_ones(X), []
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        self.W = self.W - learning_rate * self.loss(A[rows], y[rows])[1]
        losses.append(self.loss(A[rows], y[rows])[0])
    return losses


@wrong("train_model", "they are those of all examples")
def losses_of_all(self, X, y, learning_rate, steps, batch_size, rng):
    moved = lambda dW: -learning_rate * dW  # noqa: E731
    return stepped(self, X, y, steps, batch_size, rng, moved, lambda self, A, y, rows: self.loss(A, y)[0])


@wrong("train_model", "only the last one came")
def last_loss(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW)[-1]


@wrong("train_model", "this is their mean")
def mean_of_the_losses(self, X, y, learning_rate, steps, batch_size, rng):
    return np.mean(stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW))


@wrong("train_model", "must be of shape (1,); it is of shape (2,)")
def one_loss_more(self, X, y, learning_rate, steps, batch_size, rng):
    losses = stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW)
    return [*losses, self.loss(with_ones(X), y)[0]]


@wrong("train_model", "Is the `return` inside the loop?")
def returns_at_once(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, 1, batch_size, rng, lambda dW: -learning_rate * dW)


@wrong("train_model", "One step too few")
def counts_from_one(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps - 1, batch_size, rng, lambda dW: -learning_rate * dW)


@wrong("train_model", "Nothing came back")
def keeps_its_history(self, X, y, learning_rate, steps, batch_size, rng):
    self.history = stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW)


@wrong("train_model", "Losses and weights came back")
def both_back(self, X, y, learning_rate, steps, batch_size, rng):
    return stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW), self.W


@wrong("train_model", "The model came back")
def itself_as_scikit_learn(self, X, y, learning_rate, steps, batch_size, rng):
    stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW)
    return self


@wrong("train_model", "The weights came back")
def weights_back(self, X, y, learning_rate, steps, batch_size, rng):
    stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW)
    return self.W


@wrong("train_model", "changes X in place")
def in_the_callers_examples(self, X, y, learning_rate, steps, batch_size, rng):
    losses = stepped(self, X, y, steps, batch_size, rng, lambda dW: -learning_rate * dW)
    X -= X.mean(axis=0).astype(X.dtype)
    return losses


@wrong("train_model", "Two things")
def uphill_and_of_all(self, X, y, learning_rate, steps, batch_size, rng):
    moved = lambda dW: learning_rate * dW  # noqa: E731
    return stepped(self, X, y, steps, batch_size, rng, moved, lambda self, A, y, rows: self.loss(A, y)[0])


# which_slip


@right("which_slip")
def the_letter():
    return "b"


@right("which_slip")
def in_capitals():
    return "B"


@right("which_slip")
def in_brackets():
    return "(b)"


@right("which_slip")
def with_a_full_stop():
    return " b. "


@wrong("which_slip", "penalty on weights of 0")
def penalty_twice():
    return "a"


@wrong("which_slip", "500 times")
def sum_for_mean():
    return "c"


@wrong("which_slip", "A wider margin")
def wider_margin():
    return "D"


@wrong("which_slip", "one of the letters")
def no_option():
    return "e"


@wrong("which_slip", "one of the letters")
def a_number():
    return 2


@wrong("which_slip", "one of the letters")
def two_letters():
    return "a, b"


@wrong("which_slip", "letter")
def nothing():
    pass


# mutants that are right answers

# what was met later


def _slopes(W, X, y, margin):
    """Return the excess without that of the true class and the coefficients, for the answers below."""
    rows = np.arange(len(y))
    Z = X @ W
    H = np.maximum(Z - Z[rows, y][:, None] + margin, 0.0)
    H[rows, y] = 0
    C = (H > 0) * 1.0
    C[rows, y] = -C.sum(axis=1)
    return H, C


@wrong("hinge_loss", "are a vector, (m,), and line up with the columns")
def true_scores_as_a_vector(W, X, y, margin):
    rows = np.arange(len(y))
    Z = X.dot(W)
    H = np.maximum(0, Z - Z[rows, y] + margin)
    H[rows, y] = 0
    C = np.where(H > 0, 1.0, 0.0)
    C[rows, y] = -C.sum(axis=1)
    return H.sum() / len(X), X.T.dot(C) / len(X)


@wrong("hinge_loss", "/= cannot put fractions into an array of whole numbers")
def divided_where_it_stands(W, X, y, margin):
    H, C = _slopes(W, X, y, margin)
    dW = X.T @ C.astype(int)
    dW /= len(X)
    return H.sum() / len(X), dW


@wrong("hinge_loss", "the loss comes first")
def gradient_before_the_loss(W, X, y, margin):
    H, C = _slopes(W, X, y, margin)
    return X.T @ C / len(X), H.sum() / len(X)


@wrong("hinge_loss", "Only the loss came back")
def loss_alone(W, X, y, margin):
    return _slopes(W, X, y, margin)[0].sum() / len(X)


@wrong("random_local_search", "Nothing was drawn from rng")
def numpys_own_numbers(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        new = W + size * np.random.default_rng(0).normal(size=W.shape)
        if loss(new) < losses[-1]:
            W = new
        losses.append(loss(W))
    return W, np.array(losses)


@wrong("random_local_search", "its first argument is the mean")
def size_as_a_mean(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        new = W + rng.normal(size)
        value = loss(new)
        if value < losses[-1]:
            W = new
        losses.append(min(losses[-1], value))
    return W, np.array(losses)


@wrong("random_local_search", "compared with the loss at the start")
def better_than_the_start(loss, W, size, tries, rng):
    first = loss(W)
    losses = [first]
    for _ in range(tries):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        W = new if value < first else W
        losses.append(min(value, losses[-1]))
    return W, np.array(losses)


@wrong("random_local_search", "no place for the last loss")
def one_place_too_few(loss, W, size, tries, rng):
    losses = np.zeros(tries)
    losses[0] = loss(W)
    for i in range(tries):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        W = new if value < losses[i] else W
        losses[i + 1] = min(value, losses[i])
    return W, losses


@wrong("random_local_search", "The first of the losses is 0")
def first_place_left_out(loss, W, size, tries, rng):
    least, losses = loss(W), np.zeros(tries + 1)
    for i in range(1, tries + 1):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        if value < least:
            W, least = new, value
        losses[i] = least
    return W, losses


@wrong("random_local_search", "cannot put fractions into them")
def step_back_and_forth(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        step = size * rng.normal(size=W.shape)
        W += step
        value = loss(W)
        if value >= losses[-1]:
            W -= step
        losses.append(min(value, losses[-1]))
    return W, np.array(losses)


@wrong("random_local_search", "W comes first, then the losses")
def losses_before_w(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        W = new if value < losses[-1] else W
        losses.append(min(value, losses[-1]))
    return np.array(losses), W


TYPE = "a list, a tuple, an array or another type of number: any will do"


def base(W, X, y, margin):
    """Return the rows, the scores and the violations."""
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[r, y] = 0
    return (r, Z, M)


@wrong("hinge_loss", "A penalty on the weights is added")
def reg(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    m = len(y)
    return (M.sum() / m + 0.5 * (W**2).sum(), X.T @ C / m + W)


@wrong("hinge_loss", "A penalty on the weights is added")
def reg2(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    m = len(y)
    return (M.sum() / m + (W**2).sum(), X.T @ C / m + 2 * W)


@wrong("hinge_loss", "it lies 0 above itself and so pays the margin")
def noupdate_true(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    m = len(y)
    return (M.sum() / m, X.T @ C / m)


@wrong("hinge_loss", "they are whole columns")
def zero_col(W, X, y, margin):
    Z = X @ W
    r = np.arange(len(y))
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[:, y] = 0
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "the violations were counted down the columns")
def axis0(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(0)[y]
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "a maximum")
def max_hinge(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.max(1).mean(), X.T @ C / len(y))


@wrong("hinge_loss", "The true class's column is wrong")
def with_bool(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = M > 0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "Only the first example counts")
def uint(W, X, y, margin):
    m = len(y)
    loss = 0
    dW = np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
        return (loss / m, dW / m)


@wrong("hinge_loss", "Only the last example counts")
def last_only(W, X, y, margin):
    m = len(y)
    for i in range(m):
        loss = 0
        dW = np.zeros(W.shape)
        z = X[i] @ W
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return (loss / m, dW / m)


@wrong("hinge_loss", "Only the classes before the true one are compared")
def break_hinge(W, X, y, margin):
    m = len(y)
    loss = 0
    dW = np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        for j in range(W.shape[1]):
            if j == y[i]:
                break
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return (loss / m, dW / m)


@wrong("hinge_loss", "Class 0 is never compared")
def class0_skipped(W, X, y, margin):
    m = len(y)
    loss = 0
    dW = np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        for j in range(1, W.shape[1]):
            if j == y[i]:
                continue
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return (loss / m, dW / m)


@wrong("hinge_loss", "The 1/m is missing")
def sum_both(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum(), X.T @ C)


@wrong("hinge_loss", "its shape is (k, n)")
def dW_T(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), C.T @ X / len(y))


@wrong("hinge_loss", "The loss is the cross-entropy of a softmax")
def xent(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    E = np.exp(Z - Z.max(1, keepdims=True))
    P = E / E.sum(1, keepdims=True)
    cost = -np.log(P[r, y]).mean()
    P[r, y] -= 1
    return (cost, X.T @ P / len(y))


@wrong("hinge_loss", "The loss is the share of wrong predictions")
def zeroone(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return ((Z.argmax(1) != y).mean(), X.T @ C / len(y))


@wrong("hinge_loss", "The size of every difference counts")
def abs_hinge(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.abs(Z - Z[r, y][:, None] + margin)
    M[r, y] = 0
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "also those that keep their margin")
def C_before_cut(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = Z - Z[r, y][:, None] + margin
    M[r, y] = 0
    C = (M != 0) * 1.0
    C[r, y] = -C.sum(1)
    return (np.maximum(M, 0).sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "It is divided by the number of violated margins")
def violators_mean(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    n = max((M > 0).sum(), 1)
    C[r, y] = -C.sum(1)
    return (M.sum() / n, X.T @ C / n)


@wrong("hinge_loss", "It is divided by the number of examples with a violated")
def viol_rows(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    n = max((M.sum(1) > 0).sum(), 1)
    C[r, y] = -C.sum(1)
    return (M.sum() / n, X.T @ C / n)


@wrong("hinge_loss", "those with a higher score than the true class")
def margin_grad(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[r, y] = 0
    C = (Z > Z[r, y][:, None]) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "those with a higher score than the true class")
def C_margin(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[r, y] = 0
    C = (M > margin) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "the true class is among its own violations")
def lossok_gradcount(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    m = len(y)
    cost = M.sum() / m
    M[r, y] = margin
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (cost, X.T @ C / m)


@wrong("random_local_search", "its first argument is the mean")
def loc(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W + rng.normal(size, size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "losses holds only the improvements")
def break_random(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        else:
            break
        losses.append(v)
    return (W, np.array(losses))


@wrong("random_local_search", "The loss at the start is missing in losses")
def inf(loss, W, size, tries, rng):
    best = np.inf
    losses = []
    B = W
    for _ in range(tries):
        c = B + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < best:
            B, best = (c, v)
        losses.append(best)
    return (B, np.array(losses))


@wrong("random_local_search", "it is taken however bad it is")
def inf2(loss, W, size, tries, rng):
    best = np.inf
    losses = [loss(W)]
    B = W
    for _ in range(tries):
        c = B + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < best:
            B, best = (c, v)
        losses.append(best)
    return (B, np.array(losses))


@wrong("random_local_search", "it begins at 0, and no loss is less")
def zero(loss, W, size, tries, rng):
    best = 0
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < best:
            W, best = (c, v)
        losses.append(best)
    return (W, np.array(losses))


@wrong("random_local_search", "Each loss is compared with the loss at the start")
def stale(loss, W, size, tries, rng):
    start = loss(W)
    losses = [start]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < start:
            W = c
            losses.append(v)
        else:
            losses.append(start)
    return (W, np.array(losses))


@wrong("random_local_search", "Each loss is compared with the loss at the start")
def stale2(loss, W, size, tries, rng):
    start = loss(W)
    losses = [start]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < start:
            W = c
            losses.append(v)
        else:
            losses.append(losses[-1])
    return (W, np.array(losses))


@wrong("random_local_search", "The candidate was cut to whole numbers where W holds whole")
def int_random(loss, W, size, tries, rng):
    W = W.copy()
    losses = [loss(W)]
    for _ in range(tries):
        c = np.zeros_like(W)
        c[:] = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "the search begins at 0")
def zeros(loss, W, size, tries, rng):
    W = np.zeros(W.shape)
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "the search begins at random weights")
def randomstart(loss, W, size, tries, rng):
    W = rng.normal(size=W.shape)
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "it is multiplied by W")
def mult(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W * (1 + size * rng.normal(size=W.shape))
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "one row of numbers moves all rows alike")
def rowonly(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape[1])
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


equal(
    "hinge_loss",
    TYPE,
    "with_a_one_hot_matrix: (H > 0).astype(float) -> H > 0",
    "margin_taken_off_at_the_end: float(loss) -> loss",
    "lists_by_a_mask: (X.T @ C / len(y)).tolist() -> X.T @ C / len(y)",
)
equal(
    "hinge_loss",
    "the last axis is the default",
    "margin_taken_off_at_the_end: np.take_along_axis(Z, y[:, None], axis=1) -> np.take_along_axis(Z, y[:, None])",
)
equal("hinge_loss", "adding 0 adds nothing", "margin_taken_off_at_the_end: E > 0 -> E >= 0")
equal(
    "hinge_loss",
    "what stands in the entry of the true class is part of the sum that is taken from it",
    "margin_taken_off_at_the_end: C[np.arange(len(y)), y] = 0 -> nothing",
    "margin_taken_off_at_the_end: 0 -> 1",
    "margin_taken_off_at_the_end: 0 -> -1",
)
equal("hinge_loss", "any negative length is found from the others", "lists_by_a_mask: 1 -> 2")
equal(
    "random_local_search",
    TYPE,
    "random_local_search: np.array(losses) -> losses",
    "all_tried_then_accumulated: found[-1][1].tolist() -> found[-1][1]",
    "all_tried_then_accumulated: tuple((value for value, _ in found)) -> (value for value, _ in found)",
    "with_while: np.array(losses) -> losses",
)
equal(
    "train_model",
    TYPE,
    "into_an_array_in_place: np.arange(len(X)) -> len(X)",
    "asks_twice_and_sorts: float(before) -> before",
    "all_drawn_first: np.array(self.W) -> self.W",
    "float32_like_the_photographs: np.array(found) -> found",
)
equal("train_model", "one more row below the examples is never drawn", "asks_twice_and_sorts: 0 -> 1")
equal(
    "train_model",
    "a mean does not depend on the order of a batch",
    "asks_twice_and_sorts: np.sort(rng.choice(len(y), batch_size, replace=False)) -> "
    "rng.choice(len(y), batch_size, replace=False)",
)


@wrong("train_model", "it is set to zeros at every call")
def fit_always_restarts(self, X, y, learning_rate, steps, batch_size, rng):
    A, m = add_bias(X), X.shape[0]
    k = int(np.max(y)) + 1 if self.W is None else self.W.shape[1]
    self.W = np.zeros((A.shape[1], k))
    losses = []
    for _ in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        losses.append(loss)
        self.W -= learning_rate * dW
    return losses


@wrong("train_model", "cut to whole numbers")
def losses_become_integers(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    m = len(y)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = np.zeros_like(np.arange(steps))
    for i in range(steps):
        rows = rng.choice(m, batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        losses[i] = loss
        self.W = self.W - learning_rate * dW
    return list(losses)


@wrong("train_model", "it never moves")
def bias_is_frozen(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        W = self.W.copy()
        W[:-1] -= learning_rate * dW[:-1]
        self.W = W
        losses.append(loss)
    return losses


@wrong("train_model", "goes through all examples")
def steps_are_epochs(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    m, k = len(A), y.max() + 1
    if self.W is None:
        self.W = np.zeros((A.shape[1], k))
    history = []
    for epoch in range(steps):
        order = rng.permutation(m)
        running = []
        for start in range(0, m, batch_size):
            batch = order[start : start + batch_size]
            loss, dW = self.loss(A[batch], y[batch])
            self.W = self.W - learning_rate * dW
            running.append(loss)
        history.append(sum(running) / len(running))
    return history


@wrong("train_model", "it gave a generator")
def yields_the_losses(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        self.W = self.W - learning_rate * dW
        yield loss


@wrong("train_model", "must be of shape")
def stops_when_satisfied(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(A), batch_size, replace=False)
        loss, dW = self.loss(A[rows], y[rows])
        losses.append(loss)
        if loss == 0:
            break  # all margins hold, finished
        self.W = self.W - learning_rate * dW
    return losses


@wrong("train_model", "each is the mean of all so far")
def global_rng_running_mean(self, X, y, learning_rate, steps, batch_size, rng):
    A = add_bias(X)
    if self.W is None:
        self.W = np.zeros((A.shape[1], y.max() + 1))
    total, losses = 0.0, []
    for t in range(1, steps + 1):
        rows = np.random.choice(len(A), batch_size, replace=False)  # noqa: NPY002 - a generator that is not rng
        loss, dW = self.loss(A[rows], y[rows])
        total += loss
        losses.append(total / t)
        self.W = self.W - learning_rate * dW
    return losses
