"""Answers to lesson 08 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import wrong


@wrong("hinge_loss", "the true class is compared with itself")
def true_class_counts(W, X, y, margin):
    rows, Z = np.arange(len(y)), X @ W
    H = np.maximum(Z - Z[rows, y][:, None] + margin, 0)
    C = (H > 0).astype(float)
    C[rows, y] -= C.sum(axis=1)
    return H.sum() / len(y), X.T @ C / len(y)


@wrong("hinge_loss", "the true class gets -1, not minus the number of violations")
def minus_one_for_true(W, X, y, margin):
    rows, Z = np.arange(len(y)), X @ W
    H = np.maximum(Z - Z[rows, y][:, None] + margin, 0)
    H[rows, y] = 0
    C = (H > 0).astype(float)
    C[rows, y] = -1
    return H.sum() / len(y), X.T @ C / len(y)


@wrong("hinge_loss", "margin subtracted")
def margin_subtracted(W, X, y, margin):
    rows, Z = np.arange(len(y)), X @ W
    H = np.maximum(Z - Z[rows, y][:, None] - margin, 0)
    H[rows, y] = 0
    C = (H > 0).astype(float)
    C[rows, y] = -C.sum(axis=1)
    return H.sum() / len(y), X.T @ C / len(y)


@wrong("hinge_loss", "squared hinge in the gradient: H in place of 0 and 1")
def slopes_are_losses(W, X, y, margin):
    rows, Z = np.arange(len(y)), X @ W
    H = np.maximum(Z - Z[rows, y][:, None] + margin, 0)
    H[rows, y] = 0
    C = H.copy()
    C[rows, y] = -H.sum(axis=1)
    return H.sum() / len(y), X.T @ C / len(y)


@wrong("hinge_loss", "only the largest violation of each row (Crammer and Singer)")
def largest_violation(W, X, y, margin):
    rows, Z = np.arange(len(y)), X @ W
    H = np.maximum(Z - Z[rows, y][:, None] + margin, 0)
    H[rows, y] = 0
    worst = H.argmax(axis=1)
    C = np.zeros(Z.shape)
    C[rows, worst] = H[rows, worst] > 0
    C[rows, y] = -C.sum(axis=1)
    return H.max(axis=1).mean(), X.T @ C / len(y)


@wrong("random_local_search", "a random walk: every try starts at the last one")
def random_walk(loss, W, size, tries, rng):
    best, losses, current = W, [loss(W)], W
    for _ in range(tries):
        current = current + size * rng.normal(size=W.shape)
        value = loss(current)
        if value < losses[-1]:
            best = current
        losses.append(min(value, losses[-1]))
    return best, np.array(losses)


@wrong("random_local_search", "records each try's own loss, and compares with it")
def compares_with_last_try(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        losses.append(loss(candidate))
        if losses[-1] < losses[-2]:
            W = candidate
    return W, np.array(losses)


@wrong("random_local_search", "random search from the start: the steps are not taken from the best")
def always_from_start(loss, W, size, tries, rng):
    best, losses = W, [loss(W)]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < losses[-1]:
            best = candidate
        losses.append(min(value, losses[-1]))
    return best, np.array(losses)


@wrong("random_local_search", "the loss at the start is not in the list")
def start_not_listed(loss, W, size, tries, rng):
    best, losses = loss(W), []
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < best:
            best, W = value, candidate
        losses.append(best)
    return W, np.array(losses)
