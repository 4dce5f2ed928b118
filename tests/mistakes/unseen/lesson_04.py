"""Answers to lesson 04 by people who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("prepare", "divides first, and the result stays float64")
def stays_double(X):
    return np.ascontiguousarray(X) / 255.0


@wrong("prepare", "divides by 256")
def by_256(X):
    out = np.empty(X.shape, dtype=np.float32)
    out[:] = X
    out /= 256
    return out


@wrong("prepare", "divides by the largest pixel of X")
def by_the_largest_pixel(X):
    X = np.ascontiguousarray(X, dtype=np.float32)
    return X / X.max()


@wrong("prepare", "divides the uint8 array in place: NumPy refuses")
def divides_pixels_in_place(X):
    X = X.copy()
    X /= 255
    return np.ascontiguousarray(X, dtype="float32")


@wrong("prepare", "stretches each column from its smallest to its largest value, and keeps the memory order")
def min_max_scaling(X):
    X = X.astype(np.float32)
    low, high = X.min(axis=0), X.max(axis=0)
    return (X - low) / (high - low + np.float32(1e-8))


@wrong("prepare", "reads the memory in the wrong order, so the pixels change places")
def scrambled(X):
    flat = X.ravel(order="F").astype(np.float32)
    return np.divide(flat, 255).reshape(X.shape)


@wrong("prepare", "goes by way of float16 to save memory, so digits are lost")
def by_way_of_half(X):
    small = (X / 255).astype(np.float16)
    return np.ascontiguousarray(small.astype(np.float32))


@right("prepare")
def table_of_all_pixels(X):
    table = np.arange(256, dtype=np.float32) / np.float32(255)
    return np.ascontiguousarray(np.take(table, X))


@right("prepare")
def divide_in_one_call(X):
    return np.divide(X, 255, dtype=np.float32, order="C")


@wrong("iteration_cost", "counts the first product only")
def one_product(m, n, k, itemsize):
    flops = 2 * m * n * k
    return flops, m * n * itemsize


@wrong("iteration_cost", "counts the multiplications only, and no bytes a number")
def multiplications_and_numbers(m, n, k, itemsize):
    per_product = m * n * k
    return 2 * per_product, m * n


@wrong("iteration_cost", "returns the bytes first")
def bytes_before_flops(m, n, k, itemsize):
    data = itemsize * n * m
    work = sum(2 * a * b * c for a, b, c in ((m, n, k), (n, m, k)))
    return data, work


@wrong("iteration_cost", "reads the weights and the scores as well")
def everything_read(m, n, k, itemsize):
    numbers = m * n + n * k + m * k
    return 4 * m * n * k, numbers * itemsize


@wrong("iteration_cost", "one addition fewer in each sum, and X read once for each product")
def exact_additions_two_readings(m, n, k, itemsize):
    scores = m * k * (2 * n - 1)
    gradient = n * k * (2 * m - 1)
    return scores + gradient, 2 * m * n * itemsize


@wrong("iteration_cost", "takes bytes for bits in the name of a type: TypeError")
def type_from_itemsize(m, n, k, itemsize):
    X = np.empty((m, n), dtype=f"float{itemsize}")
    return 2 * 2 * m * n * k, X.nbytes


@wrong("iteration_cost", "in thousands of millions and in millions")
def giga_and_mega(m, n, k, itemsize):
    return 4 * m * n * k / 1e9, m * n * itemsize / 1e6


@right("iteration_cost")
def with_prod(m, n, k, itemsize):
    shape = (m, n)
    products = [(shape, (n, k)), (shape[::-1], (m, k))]
    flops = sum(2 * int(np.prod(a, dtype=np.int64)) * b[1] for a, b in products)
    return flops, int(np.prod((*shape, itemsize), dtype=np.int64))


@right("iteration_cost")
def floats_by_intensity(m, n, k, itemsize):
    cost = lambda m, n, k, s: (4.0 * k / s * (float(m) * n * s), float(m) * n * s)  # noqa: E731
    flops, size = cost(m, n, k, itemsize)
    return round(flops), round(size)


@wrong("blocked_gradient", "the mean of the blocks' means, though the last block may be shorter")
def mean_of_means(W, X, y, rows):
    means = []
    for start in range(0, len(X), rows):
        XB, yB = X[start : start + rows], y[start : start + rows]
        P = softmax.softmax(XB @ W)
        P[np.arange(len(yB)), yB] -= 1
        means.append(XB.T @ P / len(yB))
    return np.mean(means, axis=0)


@wrong("blocked_gradient", "takes rows for the number of blocks, and does not divide by m")
def number_of_blocks(W, X, y, rows):
    dW = np.zeros(W.shape)
    for XB, yB in zip(np.array_split(X, rows), np.array_split(y, rows)):
        P = softmax.softmax(XB @ W)
        Y = np.eye(W.shape[1])[yB]
        dW += XB.T @ (P - Y)
    return dW


@wrong("blocked_gradient", "m // rows blocks: the shorter last one is left out")
def without_the_rest(W, X, y, rows):
    m = X.shape[0]
    grad = np.zeros(W.shape, dtype=np.float64)
    for b in range(m // rows):
        part = slice(b * rows, (b + 1) * rows)
        P = softmax.softmax(X[part] @ W)
        P[np.arange(rows), y[part]] -= 1
        grad += X[part].T @ P
    return grad / m


@wrong("blocked_gradient", "does not cut the labels: the shapes do not fit")
def labels_not_cut(W, X, y, rows):
    m = X.shape[0]
    dW = np.zeros(W.shape)
    for i in range(0, m, rows):
        XB = X[i : i + rows]
        P = softmax.softmax(XB @ W)
        P[np.arange(len(XB)), y] -= 1
        dW += np.dot(XB.T, P)
    return dW / m


@wrong("blocked_gradient", "always the labels of the first block")
def labels_of_the_first_block(W, X, y, rows):
    m, k = len(X), W.shape[1]
    one_hot = lambda labels: (labels[:, None] == np.arange(k)).astype(float)  # noqa: E731
    total, done = np.zeros(W.shape), 0
    while done < m:
        XB = X[done : done + rows]
        P = softmax.softmax(XB @ W)
        total += np.einsum("ij,ic->jc", XB, P - one_hot(y[: len(XB)]))
        done += rows
    return total / m


@wrong("blocked_gradient", "keeps only the last block, and divides by its length")
def last_block_only(W, X, y, rows):
    for start in range(0, X.shape[0], rows):
        XB = X[start : start + rows].astype(np.float64)
        yB = y[start : start + rows]
        D = softmax.softmax(XB @ W)
        D[np.arange(len(XB)), yB] -= 1
        dW = XB.T @ D / len(XB)
    return dW


@wrong("blocked_gradient", "divides by rows where it should by m")
def divided_by_rows(W, X, y, rows):
    dW = np.zeros(W.shape)
    for start in range(0, len(y), rows):
        stop = min(start + rows, len(y))
        Z = X[start:stop] @ W
        Z = Z - Z.max(axis=1, keepdims=True)
        P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
        P[np.arange(stop - start), y[start:stop]] -= 1
        dW += X[start:stop].T @ P
    return dW / rows


@right("blocked_gradient")
def sum_of_a_generator(W, X, y, rows):
    def part(start):
        XB, yB = X[start : start + rows].astype(float), y[start : start + rows]
        D = softmax.softmax(XB @ W) - (np.arange(W.shape[1]) == np.reshape(yB, (-1, 1)))
        return np.einsum("ij,ic->jc", XB, D)

    return sum(part(start) for start in range(0, len(X), rows)) / len(X)


@right("blocked_gradient")
def split_at_places(W, X, y, rows):
    places = range(rows, len(X), rows)
    dW = np.zeros(W.shape, order="F")
    for XB, yB in zip(np.split(X, places), np.split(y, places), strict=True):
        P = softmax.softmax(XB.astype(float) @ W)
        np.subtract.at(P, (np.arange(len(yB)), yB), 1)
        dW += XB.T @ (P / len(X))
    return dW
