"""Answers to lesson 08 by people who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("hinge_loss", "the true class is compared with itself: each example costs one margin too much")
def true_class_counted(W, X, y, margin):
    m = X.shape[0]
    scores = X @ W
    correct = scores[np.arange(m), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + margin)
    loss = np.sum(margins) / m
    mask = (margins > 0).astype(float)
    mask[np.arange(m), y] = 0
    mask[np.arange(m), y] = -mask.sum(axis=1)
    return loss, X.T.dot(mask) / m


@wrong("hinge_loss", "the true class gets -1, not minus the number of violated margins")
def minus_one_for_true(W, X, y, margin):
    m = len(y)
    Z = X @ W
    H = np.maximum(0, Z - Z[range(m), y][:, np.newaxis] + margin)
    H[range(m), y] = 0
    C = np.where(H > 0, 1.0, 0.0)
    C[range(m), y] = -1
    return H.sum() / m, X.T @ C / m


@wrong("hinge_loss", "the gradient belongs to the sum over the examples, the loss to the mean")
def gradient_of_the_sum(W, X, y, margin):
    rows = np.arange(X.shape[0])
    Z = X @ W
    diff = Z - Z[rows, y][:, None] + margin
    diff[rows, y] = 0
    H = np.maximum(diff, 0)
    loss = H.sum(axis=1).mean()
    C = (H > 0) * 1.0
    C[rows, y] -= C.sum(axis=1)
    dW = X.T @ C
    return loss, dW


@wrong("hinge_loss", "a margin that is met exactly counts as violated")
def met_counts_as_violated(W, X, y, margin):
    m = y.shape[0]
    Z = np.matmul(X, W)
    D = Z - Z[np.arange(m), y][:, None] + margin
    violated = D >= 0
    violated[np.arange(m), y] = False
    loss = D[violated].sum() / m
    C = violated.astype(float)
    C[np.arange(m), y] = -violated.sum(axis=1)
    return loss, X.T @ C / m


@wrong("hinge_loss", "the true scores stay a flat vector: the shapes (m, k) and (m,) do not fit")
def flat_true_scores(W, X, y, margin):
    rows = np.arange(len(y))
    Z = X @ W
    H = np.maximum(0, Z - Z[rows, y] + margin)
    H[rows, y] = 0
    C = (H > 0).astype(float)
    C[rows, y] = -C.sum(axis=1)
    return H.sum() / len(y), X.T @ C / len(y)


@wrong("hinge_loss", "the coefficients are the missing amounts, not ones and their count")
def amounts_as_coefficients(W, X, y, margin):
    m = len(X)
    Z = X @ W
    true = Z[np.arange(m), y]
    H = np.clip(Z - true[:, None] + margin, 0, None)
    H[np.arange(m), y] = 0
    loss = H.sum() / m
    C = H.copy()
    C[np.arange(m), y] = -H.sum(axis=1)
    return loss, X.T @ C / m


@wrong("hinge_loss", "a loop over the examples, where no loop is allowed; the numbers are right")
def loop_over_examples(W, X, y, margin):
    loss, dW = 0.0, np.zeros(W.shape)
    for x, label in zip(X, y):
        z = x @ W
        h = np.maximum(0, z - z[label] + margin)
        h[label] = 0
        loss += h.sum()
        c = (h > 0).astype(float)
        c[label] = -c.sum()
        dW += np.outer(x, c)
    return loss / len(y), dW / len(y)


@right("hinge_loss")
def one_hot_masks(W, X, y, margin):
    m, k = X.shape[0], W.shape[1]
    Y = (y[:, None] == np.arange(k)).astype(float)
    Z = X @ W
    true = (Z * Y).sum(axis=1, keepdims=True)
    M = (Z - true + margin) * (1 - Y)
    V = (M > 0) * 1.0
    C = V - Y * V.sum(axis=1, keepdims=True)
    return float((M * V).sum() / m), np.einsum("in,ik->nk", X, C) / m


@wrong("random_local_search", "a random walk: each try is kept, whether it is better or not")
def walks_always(loss, W, size, tries, rng):
    best = loss(W)
    losses = [best]
    for t in range(tries):
        W = W + size * rng.normal(size=W.shape)
        new = loss(W)
        if new < best:
            best = new
        losses.append(best)
    return W, np.array(losses)


@wrong("random_local_search", "the tries start from the first weights each time, not from the best so far")
def around_the_start(loss, W, size, tries, rng):
    W_best, least = W.copy(), loss(W)
    losses = [least]
    for _ in range(tries):
        W_try = W + size * rng.normal(size=W.shape)
        L = loss(W_try)
        if L < least:
            least = L
            W_best = W_try
        losses.append(least)
    return W_best, losses


@wrong("random_local_search", "the losses of all tries are recorded, not the least so far")
def losses_of_all_tries(loss, W, size, tries, rng):
    best_loss = loss(W)
    history = [best_loss]
    for i in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        current = loss(candidate)
        history.append(current)
        if current < best_loss:
            best_loss = current
            W = candidate
    return W, np.array(history)


@wrong("random_local_search", "the loss of the best weights is computed again in each try: too many calls")
def calls_twice(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        step = size * rng.normal(size=W.shape)
        if loss(W + step) < loss(W):
            W = W + step
        losses.append(loss(W))
    return W, losses


@wrong("random_local_search", "steps in place: the caller's weights change, and whole numbers raise an error")
def steps_in_place(loss, W, size, tries, rng):
    losses = np.zeros(tries + 1)
    losses[0] = loss(W)
    for t in range(1, tries + 1):
        step = size * rng.normal(size=W.shape)
        W += step
        value = loss(W)
        if value < losses[t - 1]:
            losses[t] = value
        else:
            W -= step
            losses[t] = losses[t - 1]
    return W, losses


@wrong("random_local_search", "compares with the loss at the start, so a worse try may replace a better one")
def compares_with_start(loss, W, size, tries, rng):
    start = loss(W)
    losses = [start]
    for _ in range(tries):
        W_new = W + rng.normal(size=W.shape) * size
        value = loss(W_new)
        if value < start:
            W = W_new
        losses.append(min(losses[-1], value))
    return W, np.array(losses)


@wrong("random_local_search", "the loss at the start is missing, and the first try is kept in any case")
def without_the_start(loss, W, size, tries, rng):
    best, losses = np.inf, []
    for _ in range(tries):
        new_W = W + size * rng.normal(size=W.shape)
        new_loss = loss(new_W)
        if new_loss < best:
            best, W = new_loss, new_W
        losses.append(best)
    return W, losses


@right("random_local_search")
def keeps_a_float_copy(loss, W, size, tries, rng):
    best_W = np.array(W, dtype=float)
    least = loss(best_W)
    losses = np.full(tries + 1, least, dtype=float)
    for t in range(tries):
        challenger = best_W + size * rng.normal(0.0, 1.0, best_W.shape)
        found = loss(challenger)
        if found < least:
            best_W, least = challenger, found
        losses[t + 1] = least
    return best_W, losses
