"""Answers to lesson 04 by a second hand, who had not seen the checks."""

import math

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("prepare", "the division comes first: float64")
def divide_only(X):
    return np.ascontiguousarray(X / 255)


@wrong("prepare", "keeps the memory order that it finds")
def order_kept(X):
    return X.astype(np.float32) / np.float32(255)


@wrong("prepare", "divides by the largest pixel that is there")
def by_the_brightest(X):
    X = np.array(X, dtype=np.float32, order="C")
    return X / X.max()


@wrong("prepare", "divides by 256, the number of values")
def by_256(X):
    out = np.empty(X.shape, dtype=np.float32)
    out[...] = X
    out /= 256
    return out


@wrong("prepare", "whole division, then a conversion that has nothing left")
def whole_division(X):
    Y = X // 255
    return np.ascontiguousarray(Y.astype("float32"))


@wrong("prepare", "writes into the caller's uint8, where fractions are cut off")
def written_back(X):
    X[:] = X / 255
    return np.ascontiguousarray(X, dtype=np.float32)


@wrong("prepare", "turns the matrix to get it row after row, and rounds to two digits")
def turned_and_rounded(X):
    Y = X.astype(np.float32) / 255
    if not Y.flags.c_contiguous:
        Y = Y.T
    return np.round(Y, 2)


@right("prepare")
def table_of_values(X):
    table = (np.arange(256) / 255).astype(np.float32)
    return np.ascontiguousarray(table[X])


@right("prepare")
def row_lists(X):
    return np.array((X.astype(float) / 255).tolist(), dtype=np.float32).reshape(X.shape)


@wrong("iteration_cost", "multiplications only: half of the operations")
def multiplications_only(m, n, k, itemsize):
    per_product = m * n * k
    flops = 2 * per_product
    return flops, m * n * itemsize


@wrong("iteration_cost", "the results are in the wrong order")
def bytes_first(m, n, k, itemsize):
    flops = 2 * 2 * m * n * k
    nbytes = m * n * itemsize
    return nbytes, flops


@wrong("iteration_cost", "one addition fewer than multiplications for each sum")
def exact_additions(m, n, k, itemsize):
    scores = m * k * (n + (n - 1))
    grad = n * k * (m + (m - 1))
    return scores + grad, m * n * itemsize


@wrong("iteration_cost", "W is read too")
def weights_too(m, n, k, itemsize):
    return 4 * m * n * k, (m * n + n * k) * itemsize


@wrong("iteration_cost", "X is read twice, once for each product")
def reads_twice(m, n, k, itemsize):
    flops = 4 * m * n * k
    traffic = 2 * m * n * itemsize
    return flops, traffic


@wrong("iteration_cost", "in billions and millions, as the text has them")
def in_giga_and_mega(m, n, k, itemsize):
    return 4 * m * n * k / 1e9, m * n * itemsize / 1e6


@wrong("iteration_cost", "four bytes whatever itemsize says, and the update of W counted")
def float32_always(m, n, k, itemsize):
    flops = 4 * m * n * k + 2 * n * k
    return flops, m * n * 4


@right("iteration_cost")
def counted_by_product(m, n, k, itemsize):
    total = 0
    for rows, inner, columns in ((m, n, k), (n, m, k)):
        total += rows * columns * sum((inner, inner))
    return total, np.dtype(f"V{itemsize}").itemsize * n * m


@right("iteration_cost")
def by_prod(m, n, k, itemsize):
    return math.prod([m, n, k]) << 2, math.prod((itemsize, m, n))


@wrong("blocked_gradient", "the mean of the blocks' means: a short last block counts too much")
def mean_of_means(W, X, y, rows):
    grads = []
    for s in range(0, len(X), rows):
        xb, yb = X[s : s + rows], y[s : s + rows]
        P = softmax.softmax(xb @ W)
        P[np.arange(len(yb)), yb] -= 1
        grads.append(xb.T @ P / len(yb))
    return np.mean(grads, axis=0)


@wrong("blocked_gradient", "rows is taken for the number of blocks")
def rows_blocks(W, X, y, rows):
    G = np.zeros(W.shape)
    for part, labels in zip(np.array_split(X, rows), np.array_split(y, rows)):
        if len(part) == 0:
            continue
        P = softmax.softmax(part @ W)
        P[np.arange(len(labels)), labels] -= 1
        G += part.T @ P
    return G / len(X)


@wrong("blocked_gradient", "the rest that fills no block is left out")
def rest_left_out(W, X, y, rows):
    m = len(X)
    dW = np.zeros(W.shape)
    for b in range(m // rows):
        block = slice(b * rows, (b + 1) * rows)
        P = softmax.softmax(X[block] @ W)
        P[np.arange(rows), y[block]] -= 1
        dW += X[block].T @ P
    return dW / m


@wrong("blocked_gradient", "counts rows rows also in the shorter last block: shapes do not fit")
def arange_of_rows(W, X, y, rows):
    total = np.zeros(W.shape)
    for i in range(0, X.shape[0], rows):
        P = softmax.softmax(X[i : i + rows] @ W)
        P[np.arange(rows), y[i : i + rows]] -= 1
        total = total + X[i : i + rows].T @ P
    return total / X.shape[0]


@wrong("blocked_gradient", "all scores are computed before the loop")
def scores_before_the_loop(W, X, y, rows):
    G = np.zeros(W.shape)
    P = softmax.softmax(X @ W)
    P[np.arange(len(y)), y] -= 1
    for i in range(0, len(X), rows):
        G += X[i : i + rows].T @ P[i : i + rows]
    return G / len(X)


@wrong("blocked_gradient", "the sum has the type of W: whole numbers refuse")
def sum_like_w(W, X, y, rows):
    G = np.zeros_like(W)
    start = 0
    while start < len(X):
        x, t = X[start : start + rows], y[start : start + rows]
        Z = x @ W
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        P[np.arange(len(t)), t] -= 1
        G += x.T @ P
        start += rows
    return G / len(X)


@wrong("blocked_gradient", "no shift of the scores, and divides by rows in place of m")
def unshifted_by_rows(W, X, y, rows):
    G = np.zeros(W.shape)
    for lo in range(0, len(X), rows):
        hi = min(lo + rows, len(X))
        E = np.exp(X[lo:hi] @ W)
        P = E / E.sum(axis=1)[:, None]
        P -= np.eye(W.shape[1])[y[lo:hi]]
        G += X[lo:hi].T @ P
    return G / rows


@right("blocked_gradient")
def pops_blocks(W, X, y, rows):
    cuts = [*range(0, len(y), rows), len(y)]
    blocks = list(zip(cuts, cuts[1:]))
    G = np.zeros(W.shape, order="F")
    while blocks:
        lo, hi = blocks.pop()
        x = X[lo:hi].astype(float)
        Z = x @ W
        D = np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))
        D -= np.equal.outer(y[lo:hi], np.arange(W.shape[1]))
        G += x.T @ D * (1.0 / len(y))
    return G


@right("blocked_gradient")
def sum_of_slices(W, X, y, rows):
    pieces = (slice(at, at + rows) for at in range(0, len(X), rows))
    return np.true_divide(sum(block_sum(W, X[piece], y[piece]) for piece in pieces), X.shape[0])


def block_sum(W, x, t):
    P = softmax.softmax(x.astype(float) @ W)
    np.subtract.at(P, (np.arange(t.size), t), 1.0)
    return np.einsum("ij,ic->jc", x, P)
