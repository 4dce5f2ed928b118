"""Answers to lesson 04 by a third hand, who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("prepare", "astype keeps the memory order: columns stay columns")
def order_is_kept(X):
    return X.astype(np.float32) / np.float32(255)


@wrong("prepare", "divides the bytes in place, which NumPy refuses")
def divides_bytes_in_place(X):
    X = np.ascontiguousarray(X)
    X /= 255
    return X.astype(np.float32)


@wrong("prepare", "transposes a matrix that is stored by columns: another shape")
def transposes_columns(X):
    X = X.astype(np.float32) / 255
    if not X.flags.c_contiguous:
        X = X.T
    return X


@wrong("prepare", "divides bytes by 255 first: float64 comes out")
def double_precision(X):
    return np.ascontiguousarray(X) / 255


@wrong("prepare", "divides by the largest pixel that occurs")
def largest_that_occurs(X):
    out = np.array(X, dtype=np.float32, order="C")
    return out / out.max()


@wrong("prepare", "view reads the bytes as other numbers instead of converting them")
def views_the_bytes(X):
    return np.ascontiguousarray(X).view(np.float32) / 255


@wrong("prepare", "whole-number division: only 0 and 1 are left")
def floor_division(X):
    X = np.ascontiguousarray(X)
    return (X // 255).astype(np.float32)


@right("prepare")
def divide_into_new(X):
    out = np.empty(X.shape, dtype=np.float32, order="C")
    out[...] = X
    np.divide(out, 255, out=out)
    return out


@right("prepare")
def table_of_greys(X):
    greys = np.arange(256, dtype=np.float32) / 255
    return np.ascontiguousarray(greys[X])


@wrong("iteration_cost", "one addition fewer than multiplications in each sum")
def exact_additions(m, n, k, itemsize):
    scores = m * k * (n + (n - 1))
    gradient = n * k * (m + (m - 1))
    return scores + gradient, m * n * itemsize


@wrong("iteration_cost", "reads the weights and the scores too")
def all_arrays(m, n, k, itemsize):
    flops = 4 * m * n * k
    numbers = m * n + n * k + m * k
    return flops, numbers * itemsize


@wrong("iteration_cost", "takes itemsize for bits")
def bits(m, n, k, itemsize):
    return 4 * m * n * k, m * n * itemsize / 8


@wrong("iteration_cost", "only the product of the scores is counted")
def forward_only(m, n, k, itemsize):
    multiplications = m * n * k
    additions = m * n * k
    return multiplications + additions, m * n * itemsize


@wrong("iteration_cost", "the size of the second product is wrong: n by n instead of n by m")
def second_product(m, n, k, itemsize):
    def product(a, b, c):
        return 2 * a * b * c

    return product(m, n, k) + product(n, n, k), m * n * itemsize


@wrong("iteration_cost", "counts X once for each of the two products")
def read_twice(m, n, k, itemsize):
    flops = 2 * (2 * m * n * k)
    size = m * n * itemsize
    return flops, 2 * size


@right("iteration_cost")
def two_products(m, n, k, itemsize):
    pixels = m * n
    per_product = pixels * k + pixels * k
    return sum([per_product, per_product]), int(np.prod([m, n, itemsize], dtype=np.int64))


@wrong("blocked_gradient", "takes the shorter last block to have as many rows as the others: the shapes do not fit")
def last_block_as_long(W, X, y, rows):
    m = len(X)
    G = np.zeros(W.shape)
    for start in range(0, m, rows):
        P = softmax.softmax(X[start : start + rows] @ W)
        P[np.arange(rows), y[start : start + rows]] -= 1
        G += X[start : start + rows].T @ P
    return G / m


@wrong("blocked_gradient", "the slice ends at rows instead of start + rows: later blocks are empty")
def slice_ends_too_early(W, X, y, rows):
    G = np.zeros(W.shape)
    for start in range(0, len(X), rows):
        x_b, y_b = X[start:rows], y[start:rows]
        Z = x_b @ W
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        P[np.arange(len(y_b)), y_b] -= 1
        G += x_b.T @ P
    return G / len(X)


@wrong("blocked_gradient", "always takes the labels from the beginning of y")
def labels_of_the_first_block(W, X, y, rows):
    m = X.shape[0]
    G = np.zeros(W.shape)
    start = 0
    while start < m:
        block = X[start : start + rows]
        P = softmax.softmax(block @ W)
        Y = np.eye(W.shape[1])[y[: len(block)]]
        G += block.T @ (P - Y)
        start += rows
    return G / m


@wrong("blocked_gradient", "takes rows for the number of blocks")
def number_of_blocks(W, X, y, rows):
    total = np.zeros(W.shape)
    for part, labels in zip(np.array_split(X, rows), np.array_split(y, rows), strict=True):
        P = softmax.softmax(part @ W)
        P[np.arange(len(labels)), labels] -= 1
        total += part.T @ P
    return total / len(X)


@wrong("blocked_gradient", "all scores are computed before the loop, which then only cuts them")
def scores_all_at_once(W, X, y, rows):
    m = len(X)
    P = softmax.softmax(X @ W)
    P[np.arange(m), y] -= 1
    G = np.zeros(W.shape)
    for b in range(0, m, rows):
        G += X[b : b + rows].T @ P[b : b + rows]
    return G / m


@wrong("blocked_gradient", "divides each block by rows, and not by m: a sum of means")
def sum_of_means(W, X, y, rows):
    G = 0
    for start in range(0, len(X), rows):
        stop = min(start + rows, len(X))
        P = softmax.softmax(X[start:stop] @ W)
        P[np.arange(stop - start), y[start:stop]] -= 1
        G = G + X[start:stop].T @ P / rows
    return G


@wrong("blocked_gradient", "the sum has the type of X: floats cannot be added to bytes")
def sum_like_pixels(W, X, y, rows):
    m, n = X.shape
    G = np.zeros((n, W.shape[1]), dtype=X.dtype)
    for start in range(0, m, rows):
        part, labels = X[start : start + rows], y[start : start + rows]
        P = softmax.softmax(part @ W)
        P[np.arange(len(part)), labels] -= 1
        G += part.T @ P
    return G / m


@right("blocked_gradient")
def split_at_cuts(W, X, y, rows):
    m, k = len(X), W.shape[1]
    cuts = np.arange(rows, m, rows)
    G = np.zeros(W.shape)
    for block, labels in zip(np.split(X, cuts), np.split(y, cuts), strict=True):
        Z = block @ W
        P = np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))
        G += block.T @ (P - (labels[:, None] == np.arange(k)))
    return G / m
