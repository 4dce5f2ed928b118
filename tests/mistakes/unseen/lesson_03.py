"""Answers to lesson 03 by people who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("one_loop", "the results are in the wrong order, and the loss is a sum")
def gradient_first(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        z = z - z.max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return dW / len(X), loss


@wrong("one_loop", "the gradient is a sum, only the loss is a mean")
def gradient_not_divided(W, X, y):
    m = X.shape[0]
    loss = 0.0
    dW = np.zeros((X.shape[1], W.shape[1]))
    for i in range(m):
        scores = X[i].dot(W)
        scores = scores - np.max(scores)
        exps = np.exp(scores)
        loss += -scores[y[i]] + np.log(np.sum(exps))
        dW += np.outer(X[i], exps / np.sum(exps))
        dW[:, y[i]] -= X[i]
    loss /= m
    return loss, dW


@wrong("one_loop", "adds the one-hot label to the probabilities in place of taking it away")
def label_added(W, X, y):
    Y = np.eye(W.shape[1])
    loss, dW = 0.0, np.zeros(W.shape)
    for x, label in zip(X, y):
        z = x @ W
        shifted = z - z.max()
        p = softmax.softmax(z[None])[0]
        loss += (np.log(np.exp(shifted).sum()) - shifted[label]) / len(X)
        dW += x[:, None] * (p + Y[label])[None, :] / len(X)
    return loss, dW


@wrong("one_loop", "mixes the shifted sum with the score that is not shifted")
def half_shifted(W, X, y):
    m, loss, dW = len(y), 0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        e = np.exp(z - z.max())
        loss += np.log(e.sum()) - z[y[i]]
        dz = e / e.sum()
        dz[y[i]] -= 1
        dW += np.outer(X[i], dz)
    return loss / m, dW / m


@wrong("one_loop", "the return stands inside the loop: only the first example counts")
def returns_too_early(W, X, y):
    m = X.shape[0]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        z = z - z.max()
        log_sum = np.log(np.exp(z).sum())
        loss += log_sum - z[y[i]]
        p = np.exp(z - log_sum)
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
        return loss / m, dW / m


@wrong("one_loop", "the outer product is the other way round: (k, n) does not fit")
def outer_the_other_way(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - np.max(X[i] @ W)
        p = np.exp(z) / np.sum(np.exp(z))
        loss += np.log(np.sum(np.exp(z))) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(p, X[i])
    return loss / len(X), dW / len(X)


@wrong("one_loop", "the true class gets no pull, and the logarithm has a small number inside")
def no_pull_and_epsilon(W, X, y):
    m = len(X)
    loss, dW, i = 0.0, np.zeros(W.shape), 0
    while i < m:
        p = softmax.softmax((X[i] @ W).reshape(1, -1)).flatten()
        loss -= np.log(p[y[i]] + 1e-10)
        dW += np.einsum("j,c->jc", X[i], p)
        i += 1
    return loss / m, dW / m


@right("one_loop")
def with_logaddexp(W, X, y):
    W = W.astype(float)
    losses, dW = np.empty(len(X)), np.zeros_like(W)
    for i, (x, label) in enumerate(zip(X, y)):
        gaps = x @ W
        gaps = gaps - gaps[label]
        losses[i] = np.logaddexp.reduce(gaps)
        dz = np.exp(gaps - losses[i])
        dz[label] -= 1
        dW += np.multiply.outer(x, dz)
    return losses.mean(), dW / len(X)


@right("one_loop")
def running_mean(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape, order="F")
    for i in range(len(y)):
        x = X[i : i + 1].astype(float)
        z = x @ W
        z = z - z.max()
        one_hot = np.arange(W.shape[1]) == y[i]
        loss += (np.log(np.exp(z).sum()) - z[0, y[i]] - loss) / (i + 1)
        dW += (x.T @ (softmax.softmax(z) - one_hot) - dW) / (i + 1)
    return float(loss), dW


@wrong("vectorised_loss_gradient", "takes the loss from P after the 1 was taken away: logarithms of negative numbers")
def loss_after_the_label(W, X, y):
    m = len(X)
    P = softmax.softmax(X @ W)
    P[np.arange(m), y] -= 1
    dW = X.T @ P / m
    loss = -np.log(P[np.arange(m), y]).mean()
    return loss, dW


@wrong("vectorised_loss_gradient", "no keepdims in the shift: the shapes do not fit")
def shift_without_keepdims(W, X, y):
    m = X.shape[0]
    Z = X @ W
    Z = Z - np.max(Z, axis=1)
    E = np.exp(Z)
    S = np.sum(E, axis=1)
    loss = np.mean(np.log(S) - Z[np.arange(m), y])
    P = E / S[:, None]
    P[np.arange(m), y] -= 1
    return loss, np.dot(X.T, P) / m


@wrong("vectorised_loss_gradient", "the loss is a mean over all entries: divided by m * k")
def loss_over_all_entries(W, X, y):
    Y = np.eye(W.shape[1])[y]
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    logP = Z - np.log(np.einsum("ic->i", np.exp(Z)))[:, None]
    loss = -np.mean(Y * logP)
    return loss, X.T @ (np.exp(logP) - Y) / len(X)


@wrong("vectorised_loss_gradient", "every row with every label: P[:, y] and Z[:, y]")
def all_labels_of_all_rows(W, X, y):
    m = len(y)
    Z = X @ W
    top = Z.max(axis=1, keepdims=True)
    loss = (np.log(np.exp(Z - top).sum(axis=1, keepdims=True)) + top - Z[:, y]).mean()
    P = softmax.softmax(Z)
    P[:, y] -= 1
    return loss, X.T @ P / m


@wrong("vectorised_loss_gradient", "the gradient is not divided by m, and the loss is in bits")
def sum_and_bits(W, X, y):
    rows = np.arange(X.shape[0])
    Z = X.dot(W)
    Z = Z - np.amax(Z, axis=1).reshape(-1, 1)
    sums = np.exp(Z).sum(axis=1)
    loss = (np.log2(sums) - Z[rows, y] * np.log2(np.e)).mean()
    dZ = np.exp(Z) / sums.reshape(-1, 1)
    dZ[rows, y] -= 1
    return loss, X.T.dot(dZ)


@wrong("vectorised_loss_gradient", "does not take the labels away in the gradient")
def gradient_without_labels(W, X, y):
    Z = X @ W
    lse = np.logaddexp.reduce(Z, axis=1)
    loss = np.mean(lse - np.take_along_axis(Z, y[:, None], axis=1).ravel())
    P = np.exp(Z - lse[:, None])
    return loss, np.tensordot(X, P, axes=([0], [0])) / len(X)


@wrong("vectorised_loss_gradient", "the softmax of each class over the examples, along axis 0")
def softmax_along_examples(W, X, y):
    m = X.shape[0]
    scores = X @ W
    scores = scores - scores.max(axis=0)
    e = np.exp(scores)
    P = e / e.sum(axis=0)
    loss = np.sum(np.log(e.sum(axis=0))[y] - scores[np.arange(m), y]) / m
    P[np.arange(m), y] -= 1
    return loss, X.T @ P / m


@right("vectorised_loss_gradient")
def gaps_to_the_truth(W, X, y):
    Z = np.asarray(X, dtype=float) @ W
    gaps = Z - np.take_along_axis(Z, np.asarray(y).astype(int)[:, None], axis=1)
    losses = np.logaddexp.reduce(gaps, axis=1, keepdims=True)
    D = np.exp(gaps - losses) - (np.arange(Z.shape[1]) == np.asarray(y)[:, None])
    return float(losses.mean()), np.einsum("ij,ic->jc", X, D) / len(X)


@right("vectorised_loss_gradient")
def columns_are_examples(W, X, y):
    S = W.T.astype(float) @ X.T
    S = S - S.max(axis=0)
    log_P = S - np.log(np.exp(S).sum(axis=0))
    Y = (np.mgrid[: S.shape[0], : S.shape[1]][0] == y).astype(np.float32)
    loss = -log_P[y, np.arange(S.shape[1])].sum() / S.shape[1]
    return loss, ((np.exp(log_P) - Y) @ X / S.shape[1]).T


@wrong("pairwise_distances", "returns the squares: no root")
def squares_only(A, B):
    A, B = A.astype(float), B.astype(float)
    sq = (A**2).sum(axis=1)[:, None] - 2 * A @ B.T + (B**2).sum(axis=1)[None, :]
    return np.maximum(sq, 0)


@wrong("pairwise_distances", "the 2 before the middle term is missing")
def middle_term_once(A, B):
    A = np.asarray(A, dtype=np.float64)
    B = np.asarray(B, dtype=np.float64)
    a2 = np.einsum("ij,ij->i", A, A)
    b2 = np.einsum("ij,ij->i", B, B)
    return np.sqrt(np.clip(a2[:, None] - A @ B.T + b2, 0, None))


@wrong("pairwise_distances", "the wrong sign of the middle term, and the conversion of uint8 comes too late")
def plus_and_uint8(A, B):
    a2 = np.sum(A**2, axis=1, keepdims=True).astype(float)
    b2 = np.sum(B**2, axis=1).astype(float)
    return np.sqrt(np.maximum(a2 + 2 * np.dot(A, B.T) + b2, 0))


@wrong("pairwise_distances", "squares pixels in uint8, where they do not fit")
def squares_in_uint8(A, B):
    sq = np.sum(A * A, axis=1)[:, None] + np.sum(B * B, axis=1)[None, :] - 2.0 * np.matmul(A, B.T)
    return np.sqrt(np.where(sq < 0, 0, sq))


@wrong("pairwise_distances", "both norms are columns: the shapes do not fit, or B's norms go to the wrong places")
def two_columns(A, B):
    A, B = A.astype(float), B.astype(float)
    a2 = np.sum(np.square(A), axis=1, keepdims=True)
    b2 = np.sum(np.square(B), axis=1, keepdims=True)
    return np.sqrt(np.maximum(a2 + b2 - 2 * A.dot(B.T), 0))


@wrong("pairwise_distances", "adds the lengths and not their squares")
def lengths_not_squared(A, B):
    A, B = A.astype(float), B.astype(float)
    lengths_a = np.linalg.norm(A, axis=1)
    lengths_b = np.linalg.norm(B, axis=1)
    return np.sqrt(np.maximum(np.add.outer(lengths_a, lengths_b) - 2 * (A @ B.T), 0))


@wrong("pairwise_distances", "the distances of B from A, shape (p, m), and a small number under the root")
def transposed_with_epsilon(A, B):
    A = A.astype(np.float64)
    B = B.astype(np.float64)
    sq = (B**2).sum(1)[:, None] - 2 * B @ A.T + (A**2).sum(1)
    return np.sqrt(np.maximum(sq, 1e-8))


@right("pairwise_distances")
def one_product_of_longer_rows(A, B):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    left = np.column_stack([-2 * A, np.einsum("ij,ij->i", A, A), np.ones(len(A))])
    right_rows = np.column_stack([B, np.ones(len(B)), np.einsum("ij,ij->i", B, B)])
    squares = left @ right_rows.T
    squares[squares < 0] = 0
    return squares**0.5


@right("pairwise_distances")
def in_one_array(A, B):
    A, B = np.array(A, dtype=float, order="F"), np.array(B, dtype=float)
    D = np.inner(A, B)
    D *= -2
    D += (A * A).sum(axis=1, keepdims=True)
    D += np.sum(B * B, axis=-1)
    return np.sqrt(np.clip(D, 0, None, out=D), out=D)
