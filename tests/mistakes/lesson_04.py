"""Answers to the exercises of notebook 04, integers and floats."""

import numpy as np

from tests.mistakes import right, wrong

# prepare


@right("prepare")
def contiguous_then_divided(X):
    return np.ascontiguousarray(X, dtype=np.float32) / 255


@right("prepare")
def row_by_row(X):
    out = np.zeros(X.shape, dtype="float32")
    for i in range(len(X)):
        for j in range(X.shape[1]):
            out[i, j] = X[i, j] / 255
    return out


@right("prepare")
def divided_then_converted(X):
    return (X / 255).astype(np.float32, order="C")


@right("prepare")
def in_a_new_array(X):
    X = np.array(X, np.float32, order="C")
    X /= 255
    return X


@right("prepare")
def times_the_inverse(X):
    return np.multiply(X.copy("C"), np.float32(1 / 255), dtype=np.float32)


@wrong("prepare", "got float64")
def divided_only(X):
    return np.ascontiguousarray(X / 255)


@wrong("prepare", "0 to 255")
def converted_only(X):
    return np.ascontiguousarray(X, dtype=np.float32)


@wrong("prepare", "whole numbers and throws the rest away")
def whole_division(X):
    return np.ascontiguousarray(X // 255, dtype=np.float32)


@wrong("prepare", "whole numbers and throws the rest away")
def back_to_bytes(X):
    return (X / 255).astype(np.uint8)


@wrong("prepare", "memory order")
def order_kept(X):
    return X.astype(np.float32) / 255


@wrong("prepare", "memory order")
def always_by_columns(X):
    return np.asfortranarray(X.astype(np.float32) / 255)


@wrong("prepare", "got float16")
def half_precision(X):
    return np.ascontiguousarray(X / 255, dtype=np.float16)


@wrong("prepare", "256")
def two_to_the_eight(X):
    return np.ascontiguousarray(X, dtype=np.float32) / 256


@wrong("prepare", "largest pixel of these images")
def own_maximum(X):
    return np.ascontiguousarray(X, dtype=np.float32) / X.max()


@wrong("prepare", "greys are gone")
def threshold(X):
    return np.ascontiguousarray(X > 100, dtype=np.float32)


@wrong("prepare", "in place")
def caller_overwritten(X):
    out = np.ascontiguousarray(X, dtype=np.float32) / 255
    X[:] = 0
    return out


@wrong("prepare", "raised UFuncTypeError")
def divided_in_place(X):
    X /= 255
    return X.astype(np.float32)


@wrong("prepare", "got list")
def nested_lists(X):
    return [[float(value) / 255 for value in row] for row in X]


# iteration_cost


@right("iteration_cost")
def by_formula(m, n, k, itemsize):
    return 4 * m * n * k, m * n * itemsize


@right("iteration_cost")
def counted_product_by_product(m, n, k, itemsize):
    flops = 0
    for rows, inner, columns in [(m, n, k), (n, m, k)]:
        flops += 2 * rows * inner * columns
    return [flops, itemsize * m * n]


@right("iteration_cost")
def numpy_floats(m, n, k, itemsize):
    X = float(np.prod([m, n]))
    return np.float64(2 * 2 * X * k), X * itemsize


@wrong("iteration_cost", "half of the operations")
def additions_forgotten(m, n, k, itemsize):
    return 2 * m * n * k, m * n * itemsize


@wrong("iteration_cost", "multiplications of one product")
def one_product_without_additions(m, n, k, itemsize):
    return m * n * k, m * n * itemsize


@wrong("iteration_cost", "classes k is missing")
def classes_forgotten(m, n, k, itemsize):
    return 4 * m * n, m * n * itemsize


@wrong("iteration_cost", "the order is (flops, bytes)")
def bytes_first(m, n, k, itemsize):
    return m * n * itemsize, 4 * m * n * k


@wrong("iteration_cost", "not bytes")
def numbers_for_bytes(m, n, k, itemsize):
    return 4 * m * n * k, m * n


@wrong("iteration_cost", "bits")
def bits_for_bytes(m, n, k, itemsize):
    return 4 * m * n * k, 8 * m * n * itemsize


@wrong("iteration_cost", "counted twice")
def two_readings(m, n, k, itemsize):
    return 4 * m * n * k, 2 * m * n * itemsize


@wrong("iteration_cost", "10^9")
def gigaflops(m, n, k, itemsize):
    return 4 * m * n * k / 1e9, m * n * itemsize


@wrong("iteration_cost", "count X alone")
def everything_counted(m, n, k, itemsize):
    return 4 * m * n * k, (m * n + n * k + m * k) * itemsize


@wrong("iteration_cost", "bytes of W")
def weights_read(m, n, k, itemsize):
    return 4 * m * n * k, n * k * itemsize


@wrong("iteration_cost", "must return 2 things")
def flops_only(m, n, k, itemsize):
    return 4 * m * n * k


# blocked_gradient


def softmax_rows(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@right("blocked_gradient")
def sum_over_blocks(W, X, y, rows):
    G = np.zeros(W.shape)
    for start in range(0, len(X), rows):
        part, labels = X[start : start + rows], y[start : start + rows]
        P = softmax_rows(part @ W)
        P[np.arange(len(labels)), labels] -= 1
        G += part.T @ P
    return G / len(X)


@right("blocked_gradient")
def one_sum(W, X, y, rows):
    blocks = [slice(i, i + rows) for i in range(0, X.shape[0], rows)]
    return sum(X[b].T @ (softmax_rows(X[b] @ W) - np.eye(W.shape[1])[y[b]]) for b in blocks) / y.size


@right("blocked_gradient")
def weighted_means_float32(W, X, y, rows):
    W, G, i = W.astype(np.float32), 0, 0
    while i < len(X):
        x = X[i : i + rows].astype(np.float32)
        P = softmax_rows(x.dot(W))
        for r in range(len(x)):
            P[r, y[i + r]] -= 1
        G = G + x.T.dot(P) / len(x) * (len(x) / len(X))
        i += rows
    return G


@right("blocked_gradient")
def classes_in_rows(W, X, y, rows):
    m, k = len(X), W.shape[1]
    G = -np.array([X[y == c].sum(axis=0, dtype=float) for c in range(k)])  # (k, n)
    for x in (X[i : i + rows] for i in range(0, m, rows)):
        Z = W.T @ x.T
        E = np.exp(Z - Z.max(axis=0))
        G += E / E.sum(axis=0) @ x
    return np.asfortranarray(G.T / m)


@right("blocked_gradient")
def labels_one_hot_at_once(W, X, y, rows):
    Y = np.eye(W.shape[1])[y]
    G = np.zeros_like(W, dtype=np.float64)
    for i in range(int(np.ceil(len(X) / rows))):
        b = slice(i * rows, (i + 1) * rows)
        G = G + np.matmul(X[b].T, softmax_rows(np.matmul(X[b], W)) - Y[b])
    return np.divide(G, len(X))


@wrong("blocked_gradient", "mean of the blocks' means")
def mean_of_means(W, X, y, rows):
    G = []
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G.append(x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels]) / len(x))
    return np.mean(G, axis=0)


@wrong("blocked_gradient", "adds up the blocks' means")
def sum_of_means(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels]) / len(x)
    return G


@wrong("blocked_gradient", "last block is missing")
def full_blocks_only(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(max(len(X) // rows, 1)):
        x, labels = X[i * rows : (i + 1) * rows], y[i * rows : (i + 1) * rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "divide it by m")
def never_divided(W, X, y, rows):
    return sum_over_blocks(W, X, y, rows) * len(X)


@wrong("blocked_gradient", "only the last block")
def overwritten(W, X, y, rows):
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G = x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "rows of full blocks")
def padded_count(W, X, y, rows):
    blocks = -(-len(X) // rows)
    return sum_over_blocks(W, X, y, rows) * len(X) / (blocks * rows)


@wrong("blocked_gradient", "Y is never taken away")
def labels_forgotten(W, X, y, rows):
    return sum(X[i : i + rows].T @ softmax_rows(X[i : i + rows] @ W) for i in range(0, len(X), rows)) / len(X)


@wrong("blocked_gradient", "labels of the first one")
def labels_of_the_first_block(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x = X[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[y[:rows][: len(x)]])
    return G / len(X)


@wrong("blocked_gradient", "took its type")
def sum_of_whole_numbers(W, X, y, rows):
    G = np.zeros_like(W)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G[:] = G + x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "raised UFuncTypeError")
def added_in_place_to_whole_numbers(W, X, y, rows):
    G = np.zeros_like(W)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "large scores")
def unshifted(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        E = np.exp(x @ W)
        G += x.T @ (E / E.sum(axis=1, keepdims=True) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "down the columns")
def softmax_over_examples(W, X, y, rows):
    E = np.exp(X @ W - (X @ W).max(axis=0))
    return X.T @ (E / E.sum(axis=0) - np.eye(W.shape[1])[y]) / len(X)


@wrong("blocked_gradient", "all m rows at once")
def no_blocks(W, X, y, rows):
    P = softmax_rows(X @ W)
    P[np.arange(len(X)), y] -= 1
    return X.T @ P / len(X)


@wrong("blocked_gradient", "looks transposed")
def transposed(W, X, y, rows):
    return sum_over_blocks(W, X, y, rows).T
