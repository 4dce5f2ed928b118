"""Answers to lesson 04 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("prepare", "divides by the largest pixel of X")
def by_largest_pixel(X):
    return np.ascontiguousarray(X, dtype=np.float32) / np.float32(X.max())


@wrong("prepare", "whole-number division before the conversion")
def whole_division_first(X):
    return np.ascontiguousarray((X // 255).astype(np.float32))


@wrong("prepare", "float64, Python's own float")
def stays_float64(X):
    return np.ascontiguousarray(X / 255.0)


@wrong("prepare", "divides by 256")
def by_256(X):
    return np.array(X, dtype=np.float32, order="C") / 256


@right("prepare")
def table_of_fractions(X):
    table = (np.arange(256, dtype=np.float32) / 255).astype(np.float32)
    return table[np.ascontiguousarray(X)]


@wrong("iteration_cost", "one product only")
def one_product(m, n, k, itemsize):
    return 2 * m * n * k, m * n * itemsize


@wrong("iteration_cost", "bytes of X, W and Y together")
def bytes_of_all(m, n, k, itemsize):
    return 4 * m * n * k, (m * n + n * k + m * k) * itemsize


@wrong("iteration_cost", "numbers, not bytes: itemsize is forgotten")
def numbers_not_bytes(m, n, k, itemsize):
    flops = 2 * (2 * m * n * k)
    return flops, m * n


@wrong("iteration_cost", "bytes first")
def bytes_first(m, n, k, itemsize):
    flops = 4 * m * n * k
    return itemsize * m * n, flops


def _part(W, X, y):
    Z = X @ W
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return X.T @ P


@wrong("blocked_gradient", "whole blocks only: the shorter last block is not read")
def whole_blocks_only(W, X, y, rows):
    G = np.zeros(W.shape)
    for b in range(len(X) // rows):
        G += _part(W, X[b * rows : (b + 1) * rows], y[b * rows : (b + 1) * rows])
    return G / len(X)


@wrong("blocked_gradient", "mean of the blocks' means, though the last is shorter")
def mean_of_block_means(W, X, y, rows):
    G, blocks = np.zeros(W.shape), 0
    for i in range(0, len(X), rows):
        G += _part(W, X[i : i + rows], y[i : i + rows]) / len(y[i : i + rows])
        blocks += 1
    return G / blocks


@wrong("blocked_gradient", "labels are always those of the first block")
def labels_of_first_block(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        part = X[i : i + rows]
        G += _part(W, part, y[: len(part)])
    return G / len(X)


@wrong("blocked_gradient", "steps by rows + 1: one example between two blocks is left out")
def gap_between_blocks(W, X, y, rows):
    G = np.zeros(W.shape)
    start = 0
    while start < len(X):
        stop = start + rows
        G += _part(W, X[start:stop], y[start:stop])
        start = stop + 1
    return G / len(X)


@wrong("blocked_gradient", "divides by the length of a block")
def divided_by_rows(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        G += _part(W, X[i : i + rows], y[i : i + rows])
    return G / rows
