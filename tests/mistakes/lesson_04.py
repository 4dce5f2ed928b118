"""Answers to the exercises of notebook 04, integers and floats."""

import functools

import numpy as np

from coursekit import softmax
from tests.mistakes import equal, right, wrong

# converts_once


@right("converts_once")
def types_that_agree():
    return "c"


@right("converts_once")
def with_a_bracket():
    return "C)"


@right("converts_once")
def found_among_the_types():
    import numpy as np

    pixels, theta = np.ones((2, 3), np.uint8), np.zeros((2, 3), np.float32)
    inputs = {
        "a": (pixels / 255, np.eye(2, dtype=np.float32)),
        "b": (pixels.astype(np.float32), np.eye(2)),
        "c": (pixels.astype(np.float32), np.eye(2, dtype=np.float32)),
    }
    return next(letter for letter, (x, Y) in inputs.items() if ((theta @ x.T - Y) @ x).dtype == x.dtype == theta.dtype)


@wrong("converts_once", "whole numbers divided are float64")
def one_division():
    return "a"


@wrong("converts_once", "whole numbers divided are float64")
def one_division_in_capitals():
    return "A."


@wrong("converts_once", "`np.eye` makes float64")
def only_the_pixels_looked_at():
    return "b"


@wrong("converts_once", "inside the loop")
def fewest_lines():
    return "d"


@wrong("converts_once", "one of the letters a, b, c, d")
def two_letters():
    return "bc"


@wrong("converts_once", "one of the letters a, b, c, d")
def forgot_to_return():
    "c"


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


@wrong("prepare", "The number type is float64")
def divided_only(X):
    return np.ascontiguousarray(X / 255)


@wrong("prepare", "0 to 255")
def converted_only(X):
    return np.ascontiguousarray(X, dtype=np.float32)


@wrong("prepare", "the fractions are lost")
def whole_division(X):
    return np.ascontiguousarray(X // 255, dtype=np.float32)


@wrong("prepare", "holds whole numbers")
def back_to_bytes(X):
    return (X / 255).astype(np.uint8)


@wrong("prepare", "memory order")
def order_kept(X):
    return X.astype(np.float32) / 255


@wrong("prepare", "memory order")
def always_by_columns(X):
    return np.asfortranarray(X.astype(np.float32) / 255)


@wrong("prepare", "The number type is float16")
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


@wrong("prepare", "returned a list")
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


@wrong("iteration_cost", "X is read twice")
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


@wrong("blocked_gradient", "Only the last block counts")
def overwritten(W, X, y, rows):
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G = x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "rows of full blocks")
def padded_count(W, X, y, rows):
    blocks = -(-len(X) // rows)
    return sum_over_blocks(W, X, y, rows) * len(X) / (blocks * rows)


@wrong("blocked_gradient", "Y was not subtracted")
def labels_forgotten(W, X, y, rows):
    return sum(X[i : i + rows].T @ softmax_rows(X[i : i + rows] @ W) for i in range(0, len(X), rows)) / len(X)


@wrong("blocked_gradient", "labels of the first one")
def labels_of_the_first_block(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x = X[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[y[:rows][: len(x)]])
    return G / len(X)


@wrong("blocked_gradient", "has the type of W")
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


@wrong("blocked_gradient", "scores of 10000")
def unshifted(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        E = np.exp(x @ W)
        G += x.T @ (E / E.sum(axis=1, keepdims=True) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "ran across examples, down")
def softmax_over_examples(W, X, y, rows):
    E = np.exp(X @ W - (X @ W).max(axis=0))
    return X.T @ (E / E.sum(axis=0) - np.eye(W.shape[1])[y]) / len(X)


@wrong("blocked_gradient", "all m rows at once")
def no_blocks(W, X, y, rows):
    P = softmax_rows(X @ W)
    P[np.arange(len(X)), y] -= 1
    return X.T @ P / len(X)


@wrong("blocked_gradient", "the transpose of what is right")
def transposed(W, X, y, rows):
    return sum_over_blocks(W, X, y, rows).T


# more of prepare


@right("prepare")
class Prepared:
    def __new__(cls, X):
        return np.array(X, dtype=np.float32, order="C") / np.float32(255)


def scaled(X, largest):
    made = np.empty(X.shape, np.float32)
    np.divide(X, largest, out=made, casting="unsafe")
    return made


right("prepare")(functools.partial(scaled, largest=255.0))
right("prepare")(lambda X: np.ascontiguousarray(X.astype(np.float64) / 255.0).astype("float32"))


def watched(f):
    @functools.wraps(f)
    def inner(*args, **options):
        return f(*args, **options)

    return inner


@right("prepare")
@watched
def a_matrix_of_table_values(X):
    table = np.linspace(0, 1, 256, dtype=np.float32)
    return np.asmatrix(np.ascontiguousarray(table[X]))


@wrong("prepare", "twice the memory")
def divided_and_nothing_else(X):
    return X / 255


@wrong("prepare", "holds whole numbers")
def whole_division_alone(X):
    return X // 255


@wrong("prepare", "largest pixel of these images")
def largest_of_each_column(X):
    return np.ascontiguousarray(X, dtype=np.float32) / np.maximum(X.max(axis=0), 1)


@wrong("prepare", "mean or the spread")
def smallest_to_largest(X):
    A = np.array(X, np.float32, order="C")
    return (A - A.min()) / (A.max() - A.min())


@wrong("prepare", "mean or the spread")
def standardised(X):
    A = np.array(X, np.float32, order="C")
    return (A - A.mean()) / A.std()


@wrong("prepare", "between -1 and 1")
def minus_one_to_one(X):
    return np.array(X, np.float32, order="C") / np.float32(127.5) - 1


@wrong("prepare", "255 becomes 1")
def black_on_white(X):
    return 1 - np.array(X, np.float32, order="C") / 255


@wrong("prepare", "wrapped around")
def times_255(X):
    return np.ascontiguousarray(X * np.uint8(255), dtype=np.float32)


@wrong("prepare", "three digits")
def by_way_of_float16(X):
    return np.ascontiguousarray(X.astype(np.float16) / np.float16(255), dtype=np.float32)


@wrong("prepare", "rows for columns")
def turned_for_the_memory(X):
    return np.ascontiguousarray(X.T, dtype=np.float32) / 255


@wrong("prepare", "order of the memory")
def order_of_the_memory(X):
    return (X.ravel(order="K").reshape(X.shape) / 255).astype(np.float32)


@wrong("prepare", "rounded")
def two_digits(X):
    return (np.ascontiguousarray(X) / 255).round(2).astype(np.float32)


@wrong("prepare", "`return` missing")
def nothing_comes_back(X):
    X = np.ascontiguousarray(X, dtype=np.float32) / 255


@wrong("prepare", "may not call")
def by_skimage(X):
    from skimage import img_as_float32

    return np.ascontiguousarray(img_as_float32(X))


# more of iteration_cost


@right("iteration_cost")
def summed_up(m, n, k, itemsize):
    scores = sum(2 * n for _ in range(k)) * m
    return (2 * scores, np.prod([m, n, itemsize]))


def of_two_products(m, n, k, itemsize, products):
    return np.array([2 * products * m * n * k, m * n * itemsize])


right("iteration_cost")(functools.partial(of_two_products, products=2))
right("iteration_cost")(lambda m, n, k, itemsize: [4.0 * m * n * k, float(m * n * itemsize)])


@right("iteration_cost")
@watched
def as_an_iterator(m, n, k, itemsize):
    yield 2 * m * n * k + 2 * n * m * k
    yield m * n * itemsize


@wrong("iteration_cost", "counted exactly, n - 1")
def additions_counted_exactly(m, n, k, itemsize):
    return m * k * (n + n - 1) + n * k * (m + m - 1), m * n * itemsize


@wrong("iteration_cost", "Three products")
def three_products(m, n, k, itemsize):
    return 6 * m * n * k, m * n * itemsize


@wrong("iteration_cost", "More is counted than the two products")
def with_the_softmax(m, n, k, itemsize):
    return 4 * m * n * k + 3 * m * k, m * n * itemsize


@wrong("iteration_cost", "More is counted than the two products")
def with_the_update(m, n, k, itemsize):
    return 4 * m * n * k + 2 * n * k, m * n * itemsize


@wrong("iteration_cost", "does not depend on the size of a number")
def itemsize_among_the_operations(m, n, k, itemsize):
    return 4 * m * n * k * itemsize, m * n * itemsize


@wrong("iteration_cost", "Lengths are added")
def lengths_added(m, n, k, itemsize):
    return 2 * (m + n) * k, m * n * itemsize


@wrong("iteration_cost", "number of examples m is missing")
def of_one_image(m, n, k, itemsize):
    return 4 * n * k, m * n * itemsize


@wrong("iteration_cost", "bytes of a number are fixed")
def always_float32(m, n, k, itemsize):
    return 4 * m * n * k, 4 * m * n


@wrong("iteration_cost", "bytes of a number are fixed")
def always_float64(m, n, k, itemsize):
    return 4 * m * n * k, 8 * m * n


@wrong("iteration_cost", "units of 10^6")
def megabytes(m, n, k, itemsize):
    return 4 * m * n * k, m * n * itemsize / 1e6


@wrong("iteration_cost", "units of 2^20")
def mebibytes(m, n, k, itemsize):
    return 4 * m * n * k, m * n * itemsize / 2**20


@wrong("iteration_cost", "X does not grow with it")
def bytes_with_k(m, n, k, itemsize):
    return 4 * m * n * k, m * n * k * itemsize


@wrong("iteration_cost", "count X alone")
def labels_read_too(m, n, k, itemsize):
    return 4 * m * n * k, (m * n + m) * itemsize


@wrong("iteration_cost", "Half of the operations")
def half_of_both(m, n, k, itemsize):
    return 2 * m * n * k, 2 * m * n * itemsize


@wrong("iteration_cost", "flops are too many")
def a_thousand_too_many(m, n, k, itemsize):
    return 4 * m * n * k + 1000, m * n * itemsize


# more of blocked_gradient


def shares(W, X, y, rows, whole):
    for start in range(0, whole, rows):
        x, labels = X[start : start + rows], y[start : start + rows]
        P = softmax_rows(x @ W)
        P[np.arange(len(x)), labels] -= 1
        yield x.T @ P


@right("blocked_gradient")
def sum_of_a_generator(W, X, y, rows):
    return (sum(shares(W, X, y, rows, len(X))) / len(X)).tolist()


@right("blocked_gradient")
def list_of_shares(W, X, y, rows):
    return np.sum(list(shares(W, X, y, rows, len(X))), axis=0) / len(X)


@right("blocked_gradient")
@watched
def cut_by_numpy(W, X, y, rows):
    places = np.arange(rows, len(X), rows)
    G = np.matrix(np.zeros(W.shape))
    for x, labels in zip(np.array_split(X, places), np.array_split(y, places)):
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@right("blocked_gradient")
class Blocked:
    def __new__(cls, W, X, y, rows):
        G, rest = np.zeros(W.shape, order="F"), len(X)
        while rest > 0:
            low = max(rest - rows, 0)
            P = softmax_rows(X[low:rest] @ W)
            P[range(rest - low), y[low:rest]] -= 1
            G, rest = G + np.einsum("ij,ic->jc", X[low:rest], P), low
        return G / len(X)


def with_a_factor(W, X, y, rows, factor):
    return factor * sum_over_blocks(W.astype(np.float32), X.astype(np.float32), y, rows)


right("blocked_gradient")(functools.partial(with_a_factor, factor=1.0))


@wrong("blocked_gradient", "not how many blocks")
def number_of_blocks(W, X, y, rows):
    G = np.zeros(W.shape)
    for x, labels in zip(np.array_split(X, min(rows, len(X))), np.array_split(y, min(rows, len(X)))):
        P = softmax_rows(x @ W)
        P[np.arange(len(x)), labels] -= 1
        G += x.T @ P
    return G / len(X)


@wrong("blocked_gradient", "all m rows at once")
def no_blocks_in_float32(W, X, y, rows):
    P = softmax_rows(X.astype(np.float32) @ W.astype(np.float32))
    P[np.arange(len(X)), y] -= 1
    return X.T.astype(np.float32) @ P / len(X)


@wrong("blocked_gradient", "all m rows at once")
def scores_before_the_loop(W, X, y, rows):
    Z = X @ W
    P = softmax_rows(Z)
    P[np.arange(len(X)), y] -= 1
    return sum(X[i : i + rows].T @ P[i : i + rows] for i in range(0, len(X), rows)) / len(X)


@wrong("blocked_gradient", "`return` after the loop")
def returns_in_the_loop(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
        return G / len(X)


@right("blocked_gradient")
def an_empty_block_is_harmless(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(len(X) // rows + 1):
        x, labels = X[i * rows : (i + 1) * rows], y[i * rows : (i + 1) * rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "in several blocks")
def blocks_that_overlap(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(len(X)):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "from start to start + rows")
def slices_that_end_at_rows(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        for j in range(i, min(rows, len(X))):
            x, label = X[j : j + 1], y[j : j + 1]
            G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[label])
    return G / len(X)


@wrong("blocked_gradient", "It divides by rows")
def divided_by_rows(W, X, y, rows):
    return sum_over_blocks(W, X, y, rows) * len(X) / rows


@wrong("blocked_gradient", "by the number of blocks")
def divided_by_the_number_of_blocks(W, X, y, rows):
    return sum_over_blocks(W, X, y, rows) * len(X) / -(-len(X) // rows)


@wrong("blocked_gradient", "inside the loop, so that early")
def divided_in_the_loop(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
        G /= len(X)
    return G


@wrong("blocked_gradient", "count its own rows")
def rows_of_full_blocks_paired(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        P = softmax_rows(X[i : i + rows] @ W)
        P[np.arange(min(rows, len(X))), y[i : i + rows]] -= 1
        G += X[i : i + rows].T @ P
    return G / len(X)


@wrong("blocked_gradient", "last row is missing")
def stops_before_the_last_row(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X) - 1, rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ (softmax_rows(x @ W) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "one maximum was taken away for all")
def one_maximum_per_block(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        E = np.exp(x @ W - (x @ W).max())
        G += x.T @ (E / E.sum(axis=1, keepdims=True) - np.eye(W.shape[1])[labels])
    return G / len(X)


@wrong("blocked_gradient", "-1 becomes 255")
def pixels_with_a_minus(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += -x.T @ (np.eye(W.shape[1])[labels] - softmax_rows(x @ W))
    return G / len(X)


@wrong("blocked_gradient", "The sign is wrong")
def labels_minus_probabilities(W, X, y, rows):
    return -sum_over_blocks(W, X, y, rows)


@wrong("blocked_gradient", "changes X in place")
def examples_overwritten(W, X, y, rows):
    G = sum_over_blocks(W, X, y, rows)
    X[:] = 0
    return G


@wrong("blocked_gradient", "may not call")
def by_the_class_of_the_library(W, X, y, rows):
    from coursekit import full_batch

    return full_batch.FullBatchLoss(X, y, block=rows)(W)[1]


# what was met later


@wrong("prepare", "own smallest and largest pixel")
def columns_stretched(X):
    A = X.astype(np.float32, order="C")
    return (A - A.min(axis=0)) / (A.max(axis=0) - A.min(axis=0) + 1e-8)


@wrong("prepare", "uses the mean or the spread")
def rows_standardised(X):
    A = np.ascontiguousarray(X, np.float32)
    return (A - A.mean(axis=1, keepdims=True)) / A.std(axis=1, keepdims=True)


@wrong("prepare", "uses the mean or the spread")
def rows_of_length_one(X):
    A = np.ascontiguousarray(X, np.float32)
    return A / np.linalg.norm(A, axis=1, keepdims=True)


@wrong("prepare", "between -1/2 and 1/2")
def shifted_by_a_half(X):
    return np.ascontiguousarray(X, np.float32) / 255 - np.float32(0.5)


@wrong("prepare", "It divides by 128")
def by_128(X):
    return np.ascontiguousarray(X, np.float32) / 128


@wrong("prepare", "The pixels changed their places")
def read_by_columns(X):
    return (X.flatten("F").astype(np.float32) / 255).reshape(X.shape)


@wrong("prepare", "came back transposed")
def turned_if_not_contiguous(X):
    X = X if X.flags["C_CONTIGUOUS"] else X.T
    return np.ascontiguousarray(X).astype("float32") / 255


@wrong("prepare", "is (n, m), by reshape")
def reshaped_to_n_m(X):
    m, n = X.shape
    return np.ascontiguousarray(X.reshape(n, m) / 255, dtype=np.float32)


@wrong("prepare", "view reads the same bytes")
def bytes_viewed(X):
    return np.ascontiguousarray(X).view("float32") / np.float32(255)


@wrong("prepare", "/= writes the result into the array of uint8")
def copied_and_divided(X):
    A = np.array(X, order="C")
    A /= 255.0
    return A.astype(np.float32)


@wrong("prepare", "is one long row")
def flattened_by_columns(X):
    return X.flatten(order="F").astype(np.float32) / 255


@wrong("prepare", "is the other one than that of X")
def turned_twice_less_once(X):
    return (X.T / 255).astype(np.float32)


@wrong("iteration_cost", "Look at the shapes of the second product")
def gradient_counted_as_m_m_k(m, n, k, itemsize):
    return 2 * m * n * k + 2 * m * m * k, itemsize * m * n


@wrong("iteration_cost", "Add the operations of the two products")
def costs_multiplied(m, n, k, itemsize):
    scores = 2 * m * n * k
    gradient = 2 * n * m * k
    return scores * gradient, m * n * itemsize


@wrong("iteration_cost", "One product is missing")
def scores_and_their_softmax(m, n, k, itemsize):
    return 2 * m * n * k + m * k, m * n * itemsize


@wrong("iteration_cost", "The bytes are divided by 8")
def bits_to_bytes(m, n, k, itemsize):
    flops = 2 * (2 * m * n * k)
    size = m * n * itemsize / 8
    return flops, size


@wrong("iteration_cost", "These are the bytes of the scores and the gradient")
def bytes_of_the_results(m, n, k, itemsize):
    return 4 * m * n * k, (m * k + n * k) * itemsize


@wrong("iteration_cost", "counts bits, and itemsize counts bytes")
def size_of_a_named_type(m, n, k, itemsize):
    each = np.dtype("float" + str(itemsize)).itemsize
    return 4 * m * n * k, m * n * each


def _residuals(Z, labels):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels] -= 1
    return P


@wrong("blocked_gradient", "rows is taken for the number of blocks")
def so_many_parts(W, X, y, rows):
    G = np.zeros(W.shape)
    for x, labels in zip(np.array_split(X, rows), np.array_split(y, rows), strict=True):
        P = softmax.softmax(x @ W)
        P[np.arange(len(labels)), labels] -= 1
        G += x.T @ P
    return G / len(y)


@wrong("blocked_gradient", "need not be a multiple of rows")
def cut_by_split(W, X, y, rows):
    count = len(X) // rows
    parts = zip(np.split(X, count), np.split(y, count), strict=True)
    return sum(x.T @ _residuals(x @ W, labels) for x, labels in parts) / len(X)


@wrong("blocked_gradient", "need not be a multiple of rows")
def cut_where_it_is_even(W, X, y, rows):
    indices = np.arange(len(X))
    return sum(X[i].T @ _residuals(X[i] @ W, y[i]) for i in np.split(indices, rows)) / len(X)


@wrong("blocked_gradient", "need not be a multiple of rows")
def reshaped_to_blocks(W, X, y, rows):
    G = np.zeros(W.shape)
    for x, labels in zip(X.reshape(-1, rows, X.shape[1]), y.reshape(-1, rows), strict=True):
        G += x.T @ _residuals(x @ W, labels)
    return G / len(X)


@wrong("blocked_gradient", "nothing can be cut into 0 parts")
def so_many_whole_parts(W, X, y, rows):
    length = len(X) // (len(X) // rows)
    return sum(
        X[i : i + length].T @ _residuals(X[i : i + length] @ W, y[i : i + length]) for i in range(0, len(X), length)
    ) / len(X)


@wrong("blocked_gradient", "Block i starts at row i here")
def start_not_multiplied(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(int(np.ceil(len(X) / rows))):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ _residuals(x @ W, labels)
    return G / len(X)


@wrong("blocked_gradient", "Every block ends at rows")
def end_without_start(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        P = softmax.softmax(X[i:rows] @ W)
        P[np.arange(len(P)), y[i:rows]] -= 1
        G += X[i:rows].T @ P
    return G / len(X)


@wrong("blocked_gradient", "given all labels")
def all_labels_as_index(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x = X[i : i + rows]
        E = np.exp(x @ W - (x @ W).max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        P[np.arange(x.shape[0]), y] -= 1
        G += x.T @ P
    return G / len(X)


@wrong("blocked_gradient", "Count its own: np.arange(len(labels))")
def rows_in_every_block(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x = X[i : i + rows]
        E = np.exp(x @ W - (x @ W).max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        P[range(rows), y[i : i + rows]] -= 1
        G += x.T @ P
    return G / len(X)


@wrong("blocked_gradient", "divides by the rows of the last block")
def length_of_the_last(W, X, y, rows):
    G = np.zeros(W.shape)
    for i in range(0, len(X), rows):
        x, labels = X[i : i + rows], y[i : i + rows]
        G += x.T @ _residuals(x @ W, labels)
    return G / len(x)


@wrong("blocked_gradient", "divided by the number of features")
def by_the_features(W, X, y, rows):
    parts = [X[i : i + rows].T @ _residuals(X[i : i + rows] @ W, y[i : i + rows]) for i in range(0, len(X), rows)]
    return sum(parts) / W.shape[0]


@wrong("blocked_gradient", "divided a second time")
def means_divided_by_m(W, X, y, rows):
    parts = [X[i : i + rows].T @ _residuals(X[i : i + rows] @ W, y[i : i + rows]) for i in range(0, len(X), rows)]
    return np.mean(parts, axis=0) / len(X)


@wrong("blocked_gradient", "divided by the classes as well")
def by_all_entries(W, X, y, rows):
    parts = [X[i : i + rows].T @ _residuals(X[i : i + rows] @ W, y[i : i + rows]) for i in range(0, len(X), rows)]
    return np.sum(parts, axis=0) / (len(X) * W.shape[1])


@wrong("blocked_gradient", "The sum has the type of W or of X")
def sum_in_the_type_of_w(W, X, y, rows):
    G = np.zeros_like(W)
    for i in range(0, len(X), rows):
        G += X[i : i + rows].T @ _residuals(X[i : i + rows] @ W, y[i : i + rows])
    return G / len(X)


# mutants of right answers that are right answers too

TYPE = "a number type, a memory order or a container less is the same value"
SLIP = "with one block of all rows there is nothing to cut and nothing to add up; the memory gives it away"
equal(
    "blocked_gradient",
    TYPE,
    "weighted_means_float32: W.astype(np.float32) -> W",
    "weighted_means_float32: X[i:i + rows].astype(np.float32) -> X[i:i + rows]",
    "classes_in_rows: np.asfortranarray(G.T / m) -> G.T / m",
    "labels_one_hot_at_once: np.zeros_like(W, dtype=np.float64) -> np.zeros_like(W)",
    "sum_of_a_generator: (sum(shares(W, X, y, rows, len(X))) / len(X)).tolist() -> "
    "sum(shares(W, X, y, rows, len(X))) / len(X)",
    "cut_by_numpy: np.matrix(np.zeros(W.shape)) -> np.zeros(W.shape)",
)
equal(
    "blocked_gradient",
    "an empty block adds nothing",
    "labels_one_hot_at_once: len(X) / rows -> len(X)",
    "an_empty_block_is_harmless: len(X) // rows -> len(X)",
    "an_empty_block_is_harmless: 1 -> 2",
)
equal(
    "blocked_gradient",
    SLIP,
    "(('cut', 'first'),)",
    "(('cut', 'last'),)",
    "(('cut', 'not'),)",
    "(('cut', 'not, by index'),)",
    "(('divide', 'last rows'),)",
    "(('divide', 'm and number'),)",
    "(('divide', 'means added'),)",
    "(('divide', 'mean of means'),)",
    "(('divide', 'first mean'),)",
    "(('divide', 'last mean'),)",
    "(('divide', 'running'),)",
)
equal(
    "iteration_cost",
    TYPE,
    "numpy_floats: float(np.prod([m, n])) -> np.prod([m, n])",
    "numpy_floats: np.float64(2 * 2 * X * k) -> 2 * 2 * X * k",
)
equal(
    "prepare",
    "every entry is set",
    "row_by_row: np.zeros(X.shape, dtype='float32') -> np.ones(X.shape, dtype='float32')",
)
equal(
    "prepare",
    TYPE,
    "times_the_inverse: np.multiply(X.copy('C'), np.float32(1 / 255), dtype=np.float32) -> "
    "np.multiply(X.copy('C'), np.float32(1 / 255))",
    "times_the_inverse: np.float32(1 / 255) -> 1 / 255",
    "a_matrix_of_table_values: np.asmatrix(np.ascontiguousarray(table[X])) -> np.ascontiguousarray(table[X])",
)
