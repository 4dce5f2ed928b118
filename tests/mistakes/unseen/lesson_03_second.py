"""Answers to lesson 03 by a second hand, who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("one_loop", "the logarithm of a probability: infinite where the true class is far behind")
def log_of_p(W, X, y):
    m = len(X)
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(m):
        p = softmax.softmax(X[i : i + 1] @ W)[0]
        loss += -np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / m, dW / m


@wrong("one_loop", "dW is made like W: whole numbers refuse the gradient")
def made_like_w(W, X, y):
    m, dW, loss = len(y), np.zeros_like(W), 0
    for i in range(m):
        z = np.dot(X[i], W)
        z = z - np.max(z)
        e = np.exp(z)
        loss += np.log(np.sum(e)) - z[y[i]]
        g = e / np.sum(e)
        g[y[i]] -= 1
        dW += np.outer(X[i], g)
    return loss / m, dW / m


@wrong("one_loop", "overwrites dW: only the last example counts")
def last_example(W, X, y):
    m = len(X)
    loss = 0.0
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        p = e / e.sum()
        loss += np.log(e.sum()) - z[y[i]]
        p[y[i]] -= 1
        dW = np.outer(X[i], p)
    return loss / m, dW / m


@wrong("one_loop", "takes the 1 away after the gradient was added")
def label_too_late(W, X, y):
    m = X.shape[0]
    total, dW = 0.0, np.zeros((W.shape[0], W.shape[1]))
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        p = np.exp(z)
        total += np.log(p.sum()) - z[y[i]]
        p = p / p.sum()
        dW += np.outer(X[i], p) / m
        p[y[i]] -= 1
    return total / m, dW


@wrong("one_loop", "minus a row of uint8 wraps around")
def negative_pixels(W, X, y):
    m = len(X)
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[y[i]]
        dW += np.outer(X[i], e / e.sum())
        dW[:, y[i]] += -X[i]
    return loss / m, dW / m


@wrong("one_loop", "takes a step of descent after each example")
def learns_on_the_way(W, X, y):
    m = len(X)
    V = W.astype(float)
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ V
        z = z - z.max()
        e = np.exp(z)
        p = e / e.sum()
        loss += (np.log(e.sum()) - z[y[i]]) / m
        p[y[i]] -= 1
        g = np.outer(X[i], p) / m
        dW += g
        V = V - 0.1 * g
    return loss, dW


@wrong("one_loop", "divides by m twice, and a second loop runs over the classes")
def twice_by_m(W, X, y):
    m, k = len(X), W.shape[1]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        loss += (np.log(e.sum()) - z[y[i]]) / m
        for c in range(k):
            dW[:, c] += X[i] * (e[c] / e.sum() - (c == y[i])) / m
    return loss / m, dW / m


@right("one_loop")
def while_backwards(W, X, y):
    i = len(X)
    weight = 1 / i
    loss, dW = np.float64(0), 0 * W.astype(float)
    while i:
        i -= 1
        z = np.einsum("j,jc->c", X[i].astype(float), W)
        top = z.max()
        lse = top + np.log(np.exp(z - top).sum())
        loss = loss + weight * (lse - z[y[i]])
        dz = np.exp(z - lse) - np.eye(z.size)[y[i]]
        dW = dW + weight * X[i][:, None] * dz[None, :]
    return loss, dW


@right("one_loop")
def push_and_pull(W, X, y):
    losses, push, pull = [], np.zeros(W.T.shape), np.zeros(W.T.shape)
    for x, t in zip(X.astype(float), y):
        z = W.T @ x
        z = z - z.max()
        losses += [np.log(np.exp(z).sum()) - z[t]]
        push += np.outer(np.exp(z) / np.exp(z).sum(), x)
        pull[t] += x
    return sum(losses) / len(losses), (push - pull).T / len(losses)


@wrong("vectorised_loss_gradient", "P[y] takes 1 from whole rows")
def rows_of_labels(W, X, y):
    m = len(y)
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    s = E.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(s[:, 0]) - Z[np.arange(m), y])
    dZ = E / s
    dZ[y] -= 1
    return loss, X.T @ dZ / m


@wrong("vectorised_loss_gradient", "pulls the class that the model predicts, not the true one")
def pulls_the_winner(W, X, y):
    m = X.shape[0]
    scores = X @ W
    scores = scores - scores.max(axis=1)[:, None]
    sums = np.exp(scores).sum(axis=1)
    loss = (np.log(sums) - scores[np.arange(m), y]).sum() / m
    P = np.exp(scores) / sums[:, None]
    P[np.arange(m), P.argmax(axis=1)] -= 1
    return loss, X.T @ P / m


@wrong("vectorised_loss_gradient", "one-hot only as wide as the largest label")
def eye_of_the_largest(W, X, y):
    m = len(X)
    Y = np.eye(np.max(y) + 1)[y]
    Z = X @ W
    Z = Z - np.max(Z, axis=1, keepdims=True)
    logp = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    loss = -np.sum(Y * logp) / m
    dW = X.T @ (np.exp(logp) - Y) / m
    return loss, dW


@wrong("vectorised_loss_gradient", "the gradient has the lab's layout, (k, n)")
def lab_layout(W, X, y):
    m = len(X)
    Z = X.dot(W)
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    loss = np.mean(np.log(E.sum(axis=1)) - Z[np.arange(m), y])
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(m), y] -= 1
    return loss, P.T.dot(X) / m


@wrong("vectorised_loss_gradient", "the one-hot labels come from a comprehension")
def comprehension_for_labels(W, X, y):
    m, k = len(X), W.shape[1]
    Y = np.array([[1.0 if c == label else 0.0 for c in range(k)] for label in y])
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    L = np.log(np.exp(Z).sum(axis=1, keepdims=True))
    loss = np.sum(Y * (L - Z)) / m
    return loss, X.T @ (np.exp(Z - L) - Y) / m


@wrong("vectorised_loss_gradient", "one largest score for the whole batch")
def one_top_for_all(W, X, y):
    m = len(X)
    Z = X @ W
    Z = Z - Z.max()
    E = np.exp(Z)
    S = E.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(S).ravel() - Z[np.arange(m), y])
    P = E / S
    P[np.arange(m), y] -= 1
    return loss, X.T @ P / m


@wrong("vectorised_loss_gradient", "adds a penalty that nobody asked for, and the loss is the sum")
def with_decay(W, X, y, reg=1e-3):
    m = len(X)
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    loss = np.sum(np.log(E.sum(axis=1)) - Z[range(m), y]) + 0.5 * reg * np.sum(W * W)
    P = E / E.sum(axis=1, keepdims=True)
    P[range(m), y] -= 1
    return loss, X.T @ P / m + reg * W


@right("vectorised_loss_gradient")
def flat_places(W, X, y):
    m, k = X.shape[0], W.shape[1]
    Z = np.matmul(X, W).astype(float)
    np.subtract(Z, Z.max(axis=1, keepdims=True), out=Z)
    at = k * np.arange(m) + y
    true = Z.ravel()[at]
    np.exp(Z, out=Z)
    s = Z @ np.ones(k)
    Z /= s[:, None]
    Z.reshape(-1)[at] -= 1
    return (np.log(s).sum() - true.sum()) / m, np.dot(Z.T, X).T / m


@right("vectorised_loss_gradient")
def sums_of_classes(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z).sum(axis=1))
    pull = np.zeros(W.T.shape)
    np.add.at(pull, y, X)
    loss = lse.mean() - np.take_along_axis(Z, y[:, None].astype(int), axis=1).mean()
    return loss, (X.T @ np.exp(Z - lse[:, None]) - pull.T) / len(X)


@wrong("pairwise_distances", "all differences at once: an array (m, p, n)")
def all_differences(A, B):
    gaps = A[:, None, :].astype(float) - B[None, :, :].astype(float)
    return np.sqrt(np.sum(gaps**2, axis=-1))


@wrong("pairwise_distances", "cuts off after the root, where it is nan already")
def cut_after_the_root(A, B):
    A, B = A.astype(float), B.astype(float)
    a = (A**2).sum(axis=1).reshape(-1, 1)
    b = (B**2).sum(axis=1).reshape(1, -1)
    with np.errstate(invalid="ignore"):
        return np.maximum(np.sqrt(a - 2 * A @ B.T + b), 0)


@wrong("pairwise_distances", "a loop over the rows of A")
def row_by_row(A, B):
    A, B = A.astype(float), B.astype(float)
    nb = np.sum(B**2, axis=1)
    D = np.zeros((len(A), len(B)))
    for i in range(len(A)):
        D[i] = np.sqrt(np.maximum(A[i] @ A[i] - 2 * B @ A[i] + nb, 0))
    return D


@wrong("pairwise_distances", "converts to whole numbers: fractions are cut off")
def to_whole_numbers(A, B):
    A, B = A.astype(np.int64), B.astype(np.int64)
    squares = (A**2).sum(1)[:, None] + (B**2).sum(1)[None, :] - 2 * A @ B.T
    return np.sqrt(np.maximum(squares, 0))


@wrong("pairwise_distances", "sums the squares down the columns")
def column_norms(A, B):
    A, B = A.astype(float), B.astype(float)
    a2 = np.sum(A**2, axis=0)[:, None]
    b2 = np.sum(B**2, axis=0)[None, :]
    return np.sqrt(np.maximum(a2 + b2 - 2 * A @ B.T, 0))


@wrong("pairwise_distances", "the bracket closes too early: the product is taken away outside the root")
def bracket_too_early(A, B):
    A, B = A.astype(float), B.astype(float)
    na = (A**2).sum(axis=1)[:, None]
    nb = (B**2).sum(axis=1)
    return np.sqrt(np.maximum(na + nb, 0)) - 2 * A @ B.T


@wrong("pairwise_distances", "the norms change places, only A is converted")
def norms_swapped(A, B):
    A = A.astype(float)
    a2, b2 = (A**2).sum(axis=1), (B**2).sum(axis=1)
    return np.sqrt(np.maximum(a2 + b2[:, None] - 2 * A @ B.T, 0))


@right("pairwise_distances")
def nan_becomes_zero(A, B):
    A, B = A * 1.0, B * 1.0
    D2 = np.einsum("il,il->i", A, A)[:, None] - (A + A) @ B.T + np.einsum("jl,jl->j", B, B)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.sqrt(D2), nan=0.0)


@right("pairwise_distances")
def square_where_positive(A, B):
    left, other = np.float64(A), np.float64(B)
    sq = np.add.outer(np.square(left).sum(axis=1), np.square(other).sum(axis=1))
    sq -= 2 * np.tensordot(left, other, axes=(1, 1))
    return np.hypot(0, np.sqrt(sq * (sq > 0)))
