"""Answers to lesson 03 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("one_loop", "the gradient is set, not added: that of the last example")
def gradient_of_last_example(W, X, y):
    m = len(X)
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y[i]] -= 1
        dW = np.outer(X[i], p)
    return loss / m, dW / m


@wrong("one_loop", "p is changed before the loss uses the label's score: the loss is of p - 1")
def loss_from_changed_p(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        e = np.exp(z - z.max())
        p = e / e.sum()
        p[y[i]] -= 1
        loss -= np.log(abs(p[y[i]]))
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "divides inside the loop by m and at the end once more, the gradient only")
def divided_twice(W, X, y):
    m = X.shape[0]
    loss, dW = 0.0, np.zeros(W.shape)
    for x, c in zip(X, y, strict=True):
        z = x @ W
        z = z - z.max()
        e = np.exp(z)
        loss += (np.log(e.sum()) - z[c]) / m
        p = e / e.sum()
        p[c] -= 1
        dW += np.outer(x, p) / m
    return loss, dW / m


@wrong("one_loop", "uses the label of the first example throughout")
def first_label_throughout(W, X, y):
    m = len(X)
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        p = e / e.sum()
        loss += (np.log(e.sum()) - z[y[0]]) / m
        p[y[0]] -= 1
        dW += np.outer(X[i], p) / m
    return loss, dW


@wrong("vectorised_loss_gradient", "the sum over the exponentials runs over the examples")
def sum_over_examples(W, X, y):
    m = len(X)
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    P = E / E.sum(axis=0)
    loss = np.mean(np.log(E.sum(axis=1)) - Z[np.arange(m), y])
    P[np.arange(m), y] -= 1
    return loss, X.T @ P / m


@wrong("vectorised_loss_gradient", "log of the product with a broadcasting accident: (m, 1) less (m,)")
def column_less_vector(W, X, y):
    m = len(X)
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    total = E.sum(axis=1, keepdims=True)
    loss = np.sum(np.log(total) - Z[np.arange(m), y]) / m
    P = E / total
    P[np.arange(m), y] -= 1
    return loss, X.T @ P / m


@wrong("vectorised_loss_gradient", "without the labels in the gradient: X^T P")
def labels_forgotten_in_gradient(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean(), X.T @ P / len(y)


@wrong("vectorised_loss_gradient", "gradient divided by the number of classes")
def gradient_by_classes(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    Y = np.eye(W.shape[1])[y]
    return -(Y * log_p).sum() / len(y), X.T @ (np.exp(log_p) - Y) / W.shape[1]


@right("vectorised_loss_gradient")
def with_einsum(W, X, y):
    Z = np.einsum("ij,jk->ik", X.astype(float), W.astype(float))
    lse = np.logaddexp.reduce(Z, axis=1)
    Y = y[:, None] == np.arange(W.shape[1])
    loss = (lse - np.where(Y, Z, 0).sum(axis=1)).mean()
    return loss, np.einsum("ij,ik->jk", X.astype(float), np.exp(Z - lse[:, None]) - Y) / len(y)


@wrong("pairwise_distances", "the middle term has the sign of (a + b)^2")
def plus_the_product(A, B):
    A, B = A.astype(float), B.astype(float)
    D = np.sum(A**2, axis=1, keepdims=True) + np.sum(B**2, axis=1) + 2 * A @ B.T
    return np.sqrt(np.maximum(D, 0))


@wrong("pairwise_distances", "squares are those of A on both sides")
def squares_of_a_twice(A, B):
    A, B = A.astype(float), B.astype(float)
    a = (A**2).sum(axis=1)
    b = (A**2).sum(axis=1)
    return np.sqrt(np.maximum(a[:, None] + b[None, :] - 2 * A @ B.T, 0))


@wrong("pairwise_distances", "distances (p, m): the result is transposed")
def b_first(A, B):
    A, B = A.astype(float), B.astype(float)
    squares = (B**2).sum(axis=1)[:, None] + (A**2).sum(axis=1)[None, :] - 2 * B @ A.T
    return np.sqrt(np.clip(squares, 0, None))


@wrong("pairwise_distances", "takes squares in the type of the pixels, and converts only for the product")
def squares_in_bytes(A, B):
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)[None, :]
    return np.sqrt(np.maximum(squares - 2.0 * A.astype(float) @ B.astype(float).T, 0))


@wrong("pairwise_distances", "absolute value in place of the cut, and the root is forgotten")
def squared_distances(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.abs((A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T)
