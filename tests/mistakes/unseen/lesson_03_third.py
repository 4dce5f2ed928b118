"""Answers to lesson 03 by a third hand, who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("one_loop", "the gradient has the type of W: floats cannot be added to whole numbers")
def gradient_like_weights(W, X, y):
    m = X.shape[0]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(m):
        z = X[i] @ W
        z = z - np.max(z)
        e = np.exp(z)
        p = e / np.sum(e)
        loss += np.log(np.sum(e)) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / m, dW / m


@wrong("one_loop", "takes the score of the true class before the shift")
def true_score_unshifted(W, X, y):
    loss, dW = 0, 0
    for x, label in zip(X, y, strict=True):
        z = x.dot(W)
        correct = z[label]
        z = z - z.max()
        e = np.exp(z)
        loss += np.log(e.sum()) - correct
        p = e / e.sum()
        p[label] -= 1
        dW = dW + np.outer(x, p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "a second loop over the classes inside the first")
def classes_inside(W, X, y):
    m, k = len(X), W.shape[1]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        total = np.exp(z).sum()
        loss += np.log(total) - z[y[i]]
        for c in range(k):
            p = np.exp(z[c]) / total
            dW[:, c] += X[i] * (p - (c == y[i]))
    return loss / m, dW / m


@wrong("one_loop", "takes 1 away from p before the loss is read from it")
def subtracts_before_the_loss(W, X, y):
    m = len(X)
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        p = softmax.softmax((X[i] @ W)[None, :])[0]
        p[y[i]] -= 1
        loss -= np.log(p[y[i]])
        dW += np.outer(X[i], p)
    return loss / m, dW / m


@wrong("one_loop", "takes 1 away at all labels instead of this example's")
def all_labels_each_time(W, X, y):
    m = len(X)
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[y[i]]
        p = e / e.sum()
        p[y] -= 1
        dW += np.outer(X[i], p)
    return loss / m, dW / m


@wrong("one_loop", "the gradient is overwritten: only the last example is left")
def only_the_last(W, X, y):
    m = len(X)
    losses = np.zeros(m)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        losses[i] = np.log(e.sum()) - z[y[i]]
        one_hot = np.zeros(W.shape[1])
        one_hot[y[i]] = 1
        dW = X[i][:, None] * (e / e.sum() - one_hot)
    return losses.mean(), dW / m


@wrong("one_loop", "the outer product the other way round: the shapes do not fit")
def outer_the_other_way(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        z = z - z.max()
        lse = np.log(np.exp(z).sum())
        loss += lse - z[y[i]]
        dz = np.exp(z - lse)
        dz[y[i]] -= 1
        dW += np.outer(dz, X[i])
    return loss / len(X), dW / len(X)


@right("one_loop")
def logarithms_first(W, X, y):
    losses, dW = np.zeros(len(X)), np.zeros(W.shape)
    identity = np.eye(W.shape[1])
    for i, (x, label) in enumerate(zip(X, y, strict=True)):
        z = np.dot(W.T, x)
        log_p = z - np.logaddexp.reduce(z)
        losses[i] = -log_p[label]
        dW += x[:, np.newaxis] * (np.exp(log_p) - identity[label]) / len(X)
    return losses.mean(), dW


@wrong("vectorised_loss_gradient", "Z[:, y] takes a whole table of scores instead of one score per row")
def table_of_true_scores(W, X, y):
    m = len(X)
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    loss = np.mean(np.log(E.sum(axis=1))[:, None] - Z[:, y])
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(m), y] -= 1
    return loss, X.T @ P / m


@wrong("vectorised_loss_gradient", "a helper for one row through apply_along_axis: a hidden loop")
def helper_along_axis(W, X, y):
    def row_softmax(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    m = len(X)
    Z = X @ W
    dZ = np.apply_along_axis(row_softmax, 1, Z)
    top = Z.max(axis=1)
    lse = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
    loss = (lse - Z[np.arange(m), y]).mean()
    dZ[np.arange(m), y] -= 1
    return loss, X.T @ dZ / m


@wrong("vectorised_loss_gradient", "one-hot rows only as long as the number of different labels")
def one_hot_of_unique(W, X, y):
    m = X.shape[0]
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    Y = np.eye(len(np.unique(y)))[y]
    loss = -np.sum(Y * log_p) / m
    dW = X.T @ (np.exp(log_p) - Y) / m
    return loss, dW


@wrong("vectorised_loss_gradient", "the exponentials are divided by the sum over the whole batch")
def sum_of_the_batch(W, X, y):
    m = len(X)
    scores = X.dot(W)
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores)
    loss = np.mean(np.log(np.sum(exp_scores)) - scores[np.arange(m), y])
    probs[np.arange(m), y] -= 1
    return loss, X.T.dot(probs) / m


@wrong("vectorised_loss_gradient", "only the loss is a mean: the gradient is the sum")
def gradient_is_a_sum(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z).sum(axis=1, keepdims=True))
    P = np.exp(Z - lse)
    rows = np.arange(len(y))
    loss = np.mean(lse.ravel() - Z[rows, y])
    P[rows, y] -= 1
    return loss, np.einsum("ij,ic->jc", X, P)


@wrong("vectorised_loss_gradient", "X without transposing: the shapes of the product do not fit")
def examples_not_transposed(W, X, y):
    m = len(X)
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    P = E / E.sum(axis=1, keepdims=True)
    loss = (np.log(E.sum(axis=1)) - Z[np.arange(m), y]).mean()
    P[np.arange(m), y] -= 1
    dW = X @ P / m
    return loss, dW


@wrong("vectorised_loss_gradient", "the logarithm of the probability: infinite when the true class loses by 10000")
def log_of_probability(W, X, y):
    m = len(X)
    P = softmax.softmax(X @ W)
    loss = -np.log(P[np.arange(m), y]).sum() / m
    P[np.arange(m), y] -= 1
    return loss, X.T @ P / m


@right("vectorised_loss_gradient")
def difference_of_sums(W, X, y):
    m, k = len(X), W.shape[1]
    X = X.astype(float)
    Z = np.matmul(X, W)
    Y = (y[:, None] == np.arange(k)).astype(float)
    lse = np.logaddexp.reduce(Z, axis=1)
    loss = (lse.sum() - np.einsum("ic,ic->", Y, Z)) / m
    return loss, (np.tensordot(X, np.exp(Z - lse[:, None]), (0, 0)) - X.T @ Y) / m


@wrong("pairwise_distances", "int16 is too small for the squares of pixels")
def sixteen_bits(A, B):
    A = A.astype(np.int16)
    B = B.astype(np.int16)
    squares = (A * A).sum(axis=1)[:, None] + (B * B).sum(axis=1)[None, :] - 2 * (A @ B.T)
    return np.sqrt(np.maximum(squares, 0))


@wrong("pairwise_distances", "the norms are added without being squared")
def norms_not_squared(A, B):
    A, B = A.astype(float), B.astype(float)
    lengths = np.linalg.norm(A, axis=1)[:, None] + np.linalg.norm(B, axis=1)[None, :]
    return np.sqrt(np.maximum(lengths - 2 * A @ B.T, 0))


@wrong("pairwise_distances", "a row of m and a row of p numbers are added: the shapes do not fit")
def two_rows_added(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = np.sum(A**2, axis=1) + np.sum(B**2, axis=1) - 2 * A.dot(B.T)
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "one row per point of B: the transposed distances")
def rows_of_the_second(A, B):
    A, B = A.astype(np.float64), B.astype(np.float64)
    D2 = (B**2).sum(axis=1).reshape(-1, 1) - 2 * B @ A.T + (A**2).sum(axis=1).reshape(1, -1)
    D2[D2 < 0] = 0
    return np.sqrt(D2)


@wrong("pairwise_distances", "a comprehension over the rows of A")
def rows_one_by_one(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.array([np.sqrt(((B - a) ** 2).sum(axis=1)) for a in A])


@wrong("pairwise_distances", "the middle term is taken away once instead of twice")
def middle_term_once(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    aa = np.einsum("ij,ij->i", A, A)
    bb = np.einsum("ij,ij->i", B, B)
    squares = aa[:, None] + bb[None, :] - A @ B.T
    return np.sqrt(np.clip(squares, 0, None))


@wrong("pairwise_distances", "squares are never rooted")
def squared_distances(A, B):
    A, B = A.astype(float), B.astype(float)
    D = (A**2).sum(1, keepdims=True) + (B**2).sum(1) - 2 * A @ B.T
    return np.where(D < 0, 0, D)


@right("pairwise_distances")
def outer_sum(A, B):
    A, B = A.astype(np.float64), B.astype(np.float64)
    D = np.add.outer(np.einsum("ij,ij->i", A, A), np.einsum("ij,ij->i", B, B))
    D -= 2 * np.inner(A, B)
    np.clip(D, 0, None, out=D)
    return np.sqrt(D, out=D)
