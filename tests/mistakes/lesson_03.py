"""Answers to the exercises of notebook 03, loops and vectors."""

import functools
import math
from functools import reduce

import numpy as np

from tests.mistakes import equal, right, wrong

# hidden_loops


def steps_of(program):
    """Return how many lines of Python a program runs that picks the scores of 50 examples."""
    count, Z, y = 0, np.arange(500.0).reshape(50, 10), np.arange(50) % 10

    def counted(i):
        nonlocal count
        count += 1
        return Z[i, y[i]]

    programs = {
        1: lambda: np.array([counted(i) for i in range(50)]),
        2: lambda: np.vectorize(counted)(np.arange(50)),
        3: lambda: sum(np.where(y == c, Z[:, c], 0) for c in range(10)),
        4: lambda: np.take_along_axis(Z, y[:, None], axis=1)[:, 0],
    }
    programs[program]()
    return count


@right("hidden_loops")
def first_two():
    return "b"


@right("hidden_loops")
def in_capitals():
    return "B."


@right("hidden_loops")
def counted_in_each():
    slow = tuple(program for program in (1, 2, 3, 4) if steps_of(program) >= 50)
    return {(1,): "a", (1, 2): "b", (1, 2, 3): "c", (1, 2, 3, 4): "d"}[slow]


@wrong("hidden_loops", "np.vectorize has a fast name")
def vectorize_is_vectorised():
    return "a"


@wrong("hidden_loops", "np.vectorize has a fast name")
def only_what_says_for():
    programs = ["[f(i) for i in range(m)]", "np.vectorize(f)(rows)", "np.take_along_axis(Z, y, 1)"]
    return "a" if sum("for" in text for text in programs) == 1 else "c"


@wrong("hidden_loops", "loop runs over the ten classes")
def every_word_for():
    return "c"


@wrong("hidden_loops", "Compiled code does so too")
def all_go_through_them():
    return "(d)"


@wrong("hidden_loops", "one of the letters a, b, c, d")
def numbers_of_programs():
    return "1, 2"


@wrong("hidden_loops", "one of the letters a, b, c, d")
def a_number():
    return 2


# one_loop


@right("one_loop")
def outer_products(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        e = np.exp(z - z.max())
        p = e / e.sum()
        loss += np.log(e.sum()) + z.max() - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@right("one_loop")
def columns_and_rows(W, X, y):
    m, n = X.shape
    total, G, i = 0, np.zeros_like(W), 0
    while i < m:
        x = X[i].reshape(n, 1)
        z = np.dot(W.T, x)
        z = z - np.max(z)
        p = np.exp(z) / np.sum(np.exp(z))
        total += (np.log(np.sum(np.exp(z))) - z[y[i], 0]) / m
        p[y[i]] -= 1.0
        G = G + x.dot(p.T) / m
        i += 1
    return total, G


@right("one_loop")
def lists_then_means(W, X, y):
    losses, gradients = [], []
    onehot = np.eye(W.shape[1])
    for x, label in zip(X, y):
        z = x @ W - (x @ W).max()
        logp = z - np.log(np.exp(z).sum())
        losses.append(-logp[label])
        gradients.append(x[:, None] * (np.exp(logp) - onehot[label]))
    return [np.mean(losses), np.mean(gradients, axis=0)]


@right("one_loop")
def matrices_in_fortran_order(W, X, y):
    W, X, G = np.matrix(W, dtype=np.float64), np.matrix(X, dtype=np.float64), 0
    loss = np.float32(0)
    for i in range(X.shape[0]):
        z = X[i] * W
        z = z - z.max()
        p = np.exp(z) / np.exp(z).sum()
        loss = loss + (np.log(np.exp(z).sum()) - z[0, y[i]]) / X.shape[0]
        p[0, y[i]] -= 1
        G = G + X[i].T * p / X.shape[0]
    return np.float32(loss), np.asfortranarray(G)


@right("one_loop")
def no_loop_at_all(W, X, y):
    return by_matrix_products(W, X, y)


@wrong("one_loop", "loop inside a loop")
def two_loops(W, X, y):
    m, k = len(X), W.shape[1]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        e = np.exp(z - z.max())
        loss += (np.log(e.sum()) + z.max() - z[y[i]]) / m
        for c in range(k):
            dW[:, c] += (e[c] / e.sum() - (c == y[i])) / m * X[i]
    return loss, dW


@wrong("one_loop", "loop inside a loop")
def scores_in_a_comprehension(W, X, y):
    loss, dW, m = 0.0, np.zeros(W.shape), len(X)
    for i in range(m):
        z = np.array([X[i] @ W[:, c] for c in range(W.shape[1])])
        e = np.exp(z - z.max())
        loss += (np.log(e.sum()) + z.max() - z[y[i]]) / m
        dW += np.outer(X[i], e / e.sum() - np.eye(len(z))[y[i]]) / m
    return loss, dW


def one_example(w, x, label):
    z = np.array([sum(x[j] * w[j, c] for j in range(len(x))) for c in range(w.shape[1])], float)
    p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    return np.log(np.exp(z - z.max()).sum()) + z.max() - z[label], np.outer(x, p - np.eye(len(p))[label])


@wrong("one_loop", "loop inside a loop")
def loops_in_a_helper(W, X, y):
    loss, dW = 0.0, 0.0
    for i in range(len(X)):
        value, gradient = one_example(W, X[i], y[i])
        loss, dW = loss + value / len(X), dW + gradient / len(X)
    return loss, dW


def by_example(*, add=True, loss_m=True, grad_m=True, subtract=True, shift=True, sign=1, turn=False, log=np.log):
    """Return a one-loop answer with one thing wrong."""

    def one_loop(W, X, y):
        m = len(X)
        loss, dW = 0.0, np.zeros(W.shape)
        for i in range(m):
            z = X[i] @ W
            top = z.max() if shift else 0.0
            e = np.exp(z - top)
            value = log(e.sum()) + (top - z[y[i]]) * log(np.e)
            p = e / e.sum()
            if subtract:
                p[y[i]] -= 1
            loss = loss + value if add != "no loss" else value
            dW = dW + np.outer(X[i], p) if add != "no gradient" else np.outer(X[i], p)
        dW = sign * dW / (m if grad_m else 1)
        return loss / (m if loss_m else 1), dW.T if turn else dW

    return one_loop


def record(name, hint, **fault):
    """Record an answer of ``by_example`` under a name of its own."""
    answer = by_example(**fault)
    answer.__name__ = name
    wrong("one_loop", hint)(answer)


record("loss_is_a_sum", "the loss is a sum", loss_m=False)
record("gradient_is_a_sum", "dW is a sum", grad_m=False)
record("loss_of_the_last", "one example counts in the loss", add="no loss")
record("gradient_of_the_last", "one example counts in dW", add="no gradient")
record("label_not_subtracted", "label was not subtracted", subtract=False)
record("downhill", "downhill", sign=-1)
record("transposed", "the transpose", turn=True)
record("in_bits", "bits", log=np.log2)
record("not_shifted", "exp(10000)", shift=False)


@wrong("one_loop", "exp(10000)")
def with_math_exp(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        e = np.array(list(map(math.exp, X[i] @ W)))
        loss -= np.log(e[y[i]] / e.sum()) / len(X)
        dW += np.outer(X[i], e / e.sum() - np.eye(len(e))[y[i]]) / len(X)
    return loss, dW


@wrong("one_loop", "the order is (loss, dW)")
def gradient_first(W, X, y):
    return outer_products(W, X, y)[::-1]


@wrong("one_loop", "np.outer")
def star_for_outer(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        loss -= np.log(p[y[i]]) / len(X)
        p[y[i]] -= 1
        dW += X[i] * p
    return loss, dW


@wrong("one_loop", "must return 2 things")
def gradient_only(W, X, y):
    return outer_products(W, X, y)[1]


# vectorised_loss_gradient


@right("vectorised_loss_gradient")
def by_matrix_products(W, X, y):
    m = X.shape[0]
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    loss = np.mean(np.log(E.sum(axis=1)) - Z[np.arange(m), y])
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(m), y] -= 1
    return loss, X.T @ P / m


@right("vectorised_loss_gradient")
def with_one_hot_labels(W, X, y):
    Y = np.eye(W.shape[1])[y]
    Z = np.dot(X, W)
    logP = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    return -np.sum(Y * logP) / len(y), np.dot(X.T, np.exp(logP) - Y) / len(y)


def row_softmax(Z):
    E = np.exp(Z - np.amax(Z, axis=1)[:, np.newaxis])
    return E / np.sum(E, axis=1).reshape(-1, 1)


@right("vectorised_loss_gradient")
def with_a_vectorised_helper(W, X, y):
    Z = X @ W
    dZ = row_softmax(Z)
    dZ[range(len(y)), y] -= 1
    picked = np.take_along_axis(Z, y[:, None], axis=1)[:, 0]
    return (np.logaddexp.reduce(Z, axis=1) - picked).mean(), (dZ.T @ X).T / len(y)


@right("vectorised_loss_gradient")
def class_major_einsum(W, X, y):
    theta = W.T
    Z = np.einsum("cj,ij->ci", theta, X.astype(np.float64))
    top = np.maximum.reduce(Z, axis=0)
    E = np.exp(Z - top)
    P = E / E.sum(0)
    loss = sum(np.log(E.sum(0)) + top - Z[y, np.arange(Z.shape[1])]) / Z.shape[1]
    C = np.arange(Z.shape[0])[:, None] == y
    return loss, np.einsum("ij,ci->jc", X, P - C) / Z.shape[1]


@right("vectorised_loss_gradient")
def matrices_in_a_list(W, X, y):
    X, W = np.matrix(X, dtype=np.float64), np.matrix(W)
    Z = X * W
    Z = Z - Z.max(axis=1)
    E = np.exp(Z)
    P = E / E.sum(axis=1)
    Y = np.matrix(np.eye(W.shape[1])[y])
    loss = (np.log(E.sum(axis=1)) - np.multiply(Z, Y).sum(axis=1)).mean()
    return [np.array(loss), np.asfortranarray(X.T * (P - Y) / len(X))]


@right("vectorised_loss_gradient")
def float32_result(W, X, y):
    loss, dW = by_matrix_products(W, X, y)
    return np.float32(loss), dW.astype(np.float32)


@right("vectorised_loss_gradient")
def in_one_expression(W, X, y):
    return (
        np.mean(np.logaddexp.reduce(X @ W, axis=1) - np.einsum("ij,ji->i", X, W[:, y])),
        X.T @ (row_softmax(X @ W) - np.eye(W.shape[1])[y]) / len(y),
    )


@wrong("vectorised_loss_gradient", "has a `for` loop")
def still_one_loop(W, X, y):
    return outer_products_again(W, X, y)


def outer_products_again(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += (np.log(np.exp(z).sum()) - z[y[i]]) / len(X)
        p[y[i]] -= 1
        dW += np.outer(X[i], p) / len(X)
    return loss, dW


wrong("vectorised_loss_gradient", "has a `for` loop")(outer_products_again)


@wrong("vectorised_loss_gradient", "has a `while` loop")
def rows_by_while(W, X, y):
    P, i = X @ W, 0
    P = P - P.max(axis=1, keepdims=True)
    logs = np.zeros(len(y))
    while i < len(y):
        logs[i] = np.log(np.exp(P[i]).sum()) - P[i, y[i]]
        i += 1
    P = row_softmax(P)
    P[np.arange(len(y)), y] -= 1
    return logs.mean(), X.T @ P / len(y)


@wrong("vectorised_loss_gradient", "comprehension")
def true_class_by_comprehension(W, X, y):
    Z = X @ W
    lse = np.logaddexp.reduce(Z, axis=1)
    loss = np.mean(lse - np.array([Z[i, label] for i, label in enumerate(y)]))
    return loss, X.T @ (row_softmax(Z) - np.eye(W.shape[1])[y]) / len(y)


@wrong("vectorised_loss_gradient", "comprehension")
def generator_in_a_sum(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    loss = sum(np.log(np.exp(z).sum()) - z[label] for z, label in zip(Z, y)) / len(y)
    return loss, X.T @ (row_softmax(Z) - np.eye(W.shape[1])[y]) / len(y)


@wrong("vectorised_loss_gradient", "uses map")
def by_map(W, X, y):
    Z = X @ W
    losses = list(map(lambda z, label: np.logaddexp.reduce(z) - z[label], Z, y))
    return np.mean(losses), X.T @ (row_softmax(Z) - np.eye(W.shape[1])[y]) / len(y)


@wrong("vectorised_loss_gradient", "its manual says so")
def by_np_vectorize(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.vectorize(math.exp)(Z)
    P = E / E.sum(axis=1, keepdims=True)
    Y = np.eye(W.shape[1])[y]
    return np.mean(np.log(E.sum(axis=1)) - (Z * Y).sum(axis=1)), X.T @ (P - Y) / len(y)


@wrong("vectorised_loss_gradient", "uses apply_along_axis")
def by_apply_along_axis(W, X, y):
    Z, Y = X @ W, np.eye(W.shape[1])[y]
    P = np.apply_along_axis(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), 1, Z)
    return np.mean(np.logaddexp.reduce(Z, axis=1) - (Z * Y).sum(axis=1)), X.T @ (P - Y) / len(y)


@wrong("vectorised_loss_gradient", "uses reduce")
def by_reduce(W, X, y):
    Z, Y = X @ W, np.eye(W.shape[1])[y]
    dZ = row_softmax(Z) - Y
    dW = reduce(lambda total, i: total + np.outer(X[i], dZ[i]), range(len(y)), np.zeros(W.shape))
    return np.mean(np.logaddexp.reduce(Z, axis=1) - (Z * Y).sum(axis=1)), dW / len(y)


@wrong("vectorised_loss_gradient", "uses reduce")
def by_functools(W, X, y):
    Z, Y = X @ W, np.eye(W.shape[1])[y]
    dZ = row_softmax(Z) - Y
    dW = functools.reduce(np.add, np.einsum("ij,ic->ijc", X, dZ))
    return np.mean(np.logaddexp.reduce(Z, axis=1) - (Z * Y).sum(axis=1)), dW / len(y)


def sum_of_outers(A, B):
    return sum(np.outer(a, b) for a, b in zip(A, B))


@wrong("vectorised_loss_gradient", "names sum_of_outers")
def loop_in_a_helper(W, X, y):
    Z, Y = X @ W, np.eye(W.shape[1])[y]
    loss = np.mean(np.logaddexp.reduce(Z, axis=1) - (Z * Y).sum(axis=1))
    return loss, sum_of_outers(X, row_softmax(Z) - Y) / len(y)


@wrong("vectorised_loss_gradient", "calls itself")
def halves(W, X, y):
    m = len(y)
    if m == 1:
        return by_matrix_products(W, X, y)
    first, second = halves(W, X[: m // 2], y[: m // 2]), halves(W, X[m // 2 :], y[m // 2 :])
    share = (m // 2) / m
    return share * first[0] + (1 - share) * second[0], share * first[1] + (1 - share) * second[1]


@wrong("vectorised_loss_gradient", "calls itself")
def inner_recursion(W, X, y):
    Z, Y = X @ W, np.eye(W.shape[1])[y]
    dZ = row_softmax(Z) - Y

    def add(i):
        return np.outer(X[i], dZ[i]) + (add(i - 1) if i else 0)

    return np.mean(np.logaddexp.reduce(Z, axis=1) - (Z * Y).sum(axis=1)), add(len(y) - 1) / len(y)


def products(*, axis=1, keep=True, shift="row", loss_m=True, grad_m=True, label="subtract", log=np.log, sign=1):
    """Return a vectorised answer with one thing wrong."""

    def vectorised_loss_gradient(W, X, y):
        m = len(y)
        Z = X @ W
        if shift == "row":
            Z = Z - Z.max(axis=axis, keepdims=keep)
        elif shift == "global":
            Z = Z - Z.max()
        P = np.exp(Z) / np.exp(Z).sum(axis=axis, keepdims=keep)
        logs = -log(P)
        loss = logs.sum() if label == "all" else logs[np.arange(m), y].sum()
        if label in ("subtract", "all"):
            P[np.arange(m), y] -= 1
        elif label == "column":
            P[:, y] -= 1
        return loss / (m if loss_m else 1), sign * (X.T @ P) / (m if grad_m else 1)

    return vectorised_loss_gradient


def record_products(name, hint, **fault):
    """Record an answer of ``products`` under a name of its own."""
    answer = products(**fault)
    answer.__name__ = name
    wrong("vectorised_loss_gradient", hint)(answer)


record_products("softmax_across_examples", "The softmax ran across examples", axis=0)
record_products("keepdims_forgotten", "keepdims=True", keep=False)
record_products("unshifted", "exp(10000)", shift="none")
record_products("one_maximum_for_all", "Each row needs its own", shift="global")
record_products("loss_not_divided", "the loss is a sum", loss_m=False)
record_products("gradient_not_divided", "dW is a sum", grad_m=False)
record_products("logs_of_all_classes", "logarithms of all classes", label="all")
record_products("labels_forgotten", "label was not subtracted", label="never")
record_products("whole_columns_lose_one", "whole columns", label="column")
record_products("wrong_sign", "downhill", sign=-1)


@wrong("vectorised_loss_gradient", "one loss per example")
def losses_not_averaged(W, X, y):
    Z = X @ W
    losses = np.logaddexp.reduce(Z, axis=1) - Z[np.arange(len(y)), y]
    return losses, by_matrix_products(W, X, y)[1]


# pairwise_distances


@right("pairwise_distances")
def expanded(A, B):
    A, B = np.asarray(A, float), np.asarray(B, float)
    D2 = (A**2).sum(axis=1)[:, None] - 2 * A @ B.T + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(D2, 0))


@right("pairwise_distances")
def with_einsum_and_clip(A, B):
    A, B = A.astype(np.float64), B.astype(np.float64)
    squares = np.add.outer(np.einsum("ij,ij->i", A, A), np.einsum("ij,ij->i", B, B))
    return (squares - 2 * np.inner(A, B)).clip(min=0) ** 0.5


@right("pairwise_distances")
def one_augmented_product(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    left = np.hstack([A, (A * A).sum(1, keepdims=True), np.ones((len(A), 1))])
    right_side = np.hstack([-2 * B, np.ones((len(B), 1)), np.sum(B * B, 1, keepdims=True)])
    return np.sqrt(np.abs(left @ right_side.T))


@right("pairwise_distances")
def float32_in_fortran_order(A, B):
    A, B = np.asfortranarray(A, dtype=np.float32), np.asfortranarray(B, dtype=np.float32)
    D2 = np.linalg.norm(A, axis=1).reshape(-1, 1) ** 2 + np.linalg.norm(B, axis=1) ** 2 - 2 * A.dot(B.T)
    D2[D2 < 0] = 0
    return np.asfortranarray(np.sqrt(D2))


@right("pairwise_distances")
def a_matrix(A, B):
    A, B = np.matrix(A, dtype=float), np.matrix(B, dtype=float)
    D2 = np.multiply(A, A).sum(axis=1) + np.multiply(B, B).sum(axis=1).T - 2 * A * B.T
    return np.sqrt(np.maximum(D2, 0))


@right("pairwise_distances")
def as_lists(A, B):
    return expanded(A, B).tolist()


@wrong("pairwise_distances", "an array (m, r, n)")
def all_differences(A, B):
    return np.sqrt(((A[:, None].astype(float) - B[None].astype(float)) ** 2).sum(axis=2))


@wrong("pairwise_distances", "has a `for` loop")
def row_by_row(A, B):
    D = np.zeros((len(A), len(B)))
    for i in range(len(A)):
        D[i] = np.sqrt(((A[i].astype(float) - B.astype(float)) ** 2).sum(axis=1))
    return D


@wrong("pairwise_distances", "comprehension")
def listed(A, B):
    return np.array([[np.linalg.norm(a.astype(float) - b.astype(float)) for b in B] for a in A])


@wrong("pairwise_distances", "uses map")
def mapped(A, B):
    B = B.astype(float)
    return np.array(list(map(lambda a: np.sqrt(((a - B) ** 2).sum(axis=1)), A.astype(float))))


@wrong("pairwise_distances", "gives nan")
def not_clipped(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt((A**2).sum(axis=1)[:, None] - 2 * A @ B.T + (B**2).sum(axis=1))


@wrong("pairwise_distances", "wrap around")
def pixels_not_converted(A, B):
    return np.sqrt(np.maximum((A**2).sum(axis=1)[:, None] - 2.0 * (A @ B.T) + (B**2).sum(axis=1), 0))


@wrong("pairwise_distances", "take the root")
def squared(A, B):
    return expanded(A, B) ** 2


@wrong("pairwise_distances", "the 2 is missing")
def two_forgotten(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((A**2).sum(axis=1)[:, None] - A @ B.T + (B**2).sum(axis=1), 0))


@wrong("pairwise_distances", "wrong sign")
def plus_for_minus(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt((A**2).sum(axis=1)[:, None] + 2 * A @ B.T + (B**2).sum(axis=1))


@wrong("pairwise_distances", "shape (m, 1)")
def column_forgotten(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((A**2).sum(axis=1) - 2 * A @ B.T + (B**2).sum(axis=1), 0))


@wrong("pairwise_distances", "the transpose")
def turned(A, B):
    return expanded(A, B).T


@wrong("pairwise_distances", "Each point has its own")
def sum_without_axis(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((A**2).sum() - 2 * A @ B.T + (B**2).sum(), 0))


@wrong("pairwise_distances", "in place")
def converted_in_place(A, B):
    A *= 1
    A -= A[0].copy()
    return expanded(A, B)


@wrong("pairwise_distances", "The middle term is missing")
def lengths_only(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt((A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1))


# more of one_loop


def halves_of_rows(W, X, y, size):
    total, G = 0.0, np.zeros(np.shape(W), order="F")
    for start in range(0, len(y), size):
        x, labels = X[start : start + size], y[start : start + size]
        Z = x @ W
        lse = np.logaddexp.reduce(Z, axis=1)
        total += (lse - Z[np.arange(len(labels)), labels]).sum()
        G += x.T @ (np.exp(Z - lse[:, None]) - np.eye(len(Z.T))[labels])
    return total / len(y), G / len(y)


right("one_loop")(functools.partial(halves_of_rows, size=2))


def passed_on(f):
    @functools.wraps(f)
    def inner(*args):
        return f(*args)

    return inner


@right("one_loop")
@passed_on
def decorated_float32(W, X, y):
    loss, dW = np.float32(0), np.zeros(W.shape, np.float32)
    for x, c in zip(X.astype(np.float32), y):
        z = x @ W.astype(np.float32)
        e = np.exp(z - z.max())
        loss += np.log(e.sum()) - (z - z.max())[c]
        e /= e.sum()
        e[c] -= 1
        dW += x[:, None] @ e[None]
    return np.array(loss / len(y)), dW / len(y)


@right("one_loop")
def enumerated_and_listed(W, X, y):
    total, G = 0, np.zeros(W.shape)
    for i, x in enumerate(X):
        z = np.dot(W.T, x)
        lse = np.logaddexp.reduce(z)
        total = total + lse - z[y[i]]
        G = G + np.einsum("j,c->jc", x, np.exp(z - lse))
        G[:, y[i]] -= x
    return (total / len(y)).tolist(), (G / len(y)).tolist()


@right("one_loop")
def softmax_of_its_own(W, X, y):
    loss = 0.0
    dW = W * 0.0
    for x, c in zip(X, y):
        z = x @ W
        p = row_softmax(z[None])[0]
        loss += max(z) + np.log(np.exp(z - max(z)).sum()) - z[c]
        dW += np.outer(x, p - (np.arange(len(p)) == c))
    return loss / len(y), dW / len(y)


@wrong("one_loop", "hides how wrong")
def small_number_in_the_logarithm(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        loss -= np.log(p[y[i]] + 1e-300)
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "hides how wrong")
def clipped_probability(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        loss += -np.log(max(p[y[i]], 1e-12)) / len(X)
        p[y[i]] -= 1
        dW += np.outer(X[i], p) / len(X)
    return loss, dW


@wrong("one_loop", "log 0 is -inf")
def logarithm_of_the_probability(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "every class that occurs")
def all_labels_as_the_index(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y] -= 1
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "`return` after the loop")
def returns_inside_the_loop(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
        return loss / len(X), dW / len(X)


@wrong("one_loop", "inside the loop, so that early")
def divides_inside_the_loop(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
        loss /= len(X)
        dW /= len(X)
    return loss, dW


@wrong("one_loop", "loop begins and ends")
def loop_from_one(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(1, len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "dW was made like W")
def zeros_like_weights(W, X, y):
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "1 was taken from the probability")
def loss_after_the_subtraction(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        p[y[i]] -= 1
        loss -= np.log(p[y[i]])
        dW += np.outer(X[i], p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "never added back")
def maximum_never_added_back(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W
        e = np.exp(z - z.max())
        loss += (np.log(e.sum()) - z[y[i]]) / len(X)
        dW += np.outer(X[i], e / e.sum() - (np.arange(len(e)) == y[i])) / len(X)
    return loss, dW


@wrong("one_loop", "as for a penalty")
def penalised(W, X, y):
    loss, dW = outer_products(W, X, y)
    return loss + 0.1 * np.sum(W * W), dW + 0.2 * W


@wrong("one_loop", "1 is subtracted from every class")
def one_from_every_class(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        dW += np.outer(X[i], p - 1)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "The input comes first")
def outer_product_turned(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        z = X[i] @ W - (X[i] @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        p[y[i]] -= 1
        dW += np.outer(p, X[i])
    return loss / len(X), dW / len(X)


@wrong("one_loop", "changes W in place")
def weights_moved(W, X, y):
    loss, dW = outer_products(W, X, y)
    W[:] = W - dW
    return loss, dW


@wrong("one_loop", "may not call")
def by_the_library(W, X, y):
    from coursekit import softmax as library

    return library.softmax_loss(W, X, y)


# more of vectorised_loss_gradient


@right("vectorised_loss_gradient")
def fortran_order(W, X, y):
    X, W = np.asfortranarray(X, float), np.asfortranarray(W, float)
    loss, dW = by_matrix_products(W, X, y)
    return np.array([loss])[0], np.asfortranarray(dW)


def with_a_constant(W, X, y, k):
    Z = X @ W
    S = Z - np.max(Z, axis=1)[:, None]
    E = np.exp(S)
    Y = np.zeros(Z.shape)
    Y[np.arange(len(y)), y] = k
    P = E / E.sum(1)[:, None]
    return (np.log(E.sum(1)) - (Y * S).sum(1)).sum() / len(y), np.matmul(X.T, P - Y) / len(y)


right("vectorised_loss_gradient")(functools.partial(with_a_constant, k=1))


@right("vectorised_loss_gradient")
def lists_come_back(W, X, y):
    loss, dW = by_matrix_products(W, X, y)
    return float(loss), dW.tolist()


@wrong("vectorised_loss_gradient", "log 0 is -inf")
def logarithm_of_probabilities(W, X, y):
    P = row_softmax(X @ W)
    loss = -np.log(P[np.arange(len(y)), y]).mean()
    P[np.arange(len(y)), y] -= 1
    return loss, X.T @ P / len(y)


@wrong("vectorised_loss_gradient", "hides how wrong")
def logarithm_with_1e_8(W, X, y):
    P = row_softmax(X @ W)
    Y = np.eye(W.shape[1])[y]
    return -(Y * np.log(P + 1e-8)).sum() / len(y), X.T @ (P - Y) / len(y)


@wrong("vectorised_loss_gradient", "0 * -inf")
def one_hot_times_logarithm(W, X, y):
    P = row_softmax(X @ W)
    Y = np.eye(W.shape[1])[y]
    return -(Y * np.log(P)).sum() / len(y), X.T @ (P - Y) / len(y)


@wrong("vectorised_loss_gradient", "averaged over the classes")
def mean_of_a_table(W, X, y):
    Z = X @ W
    Y = np.eye(W.shape[1])[y]
    logs = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    return -np.mean(Y * logs), X.T @ (np.exp(logs) - Y) / len(y)


@wrong("vectorised_loss_gradient", "y.max() + 1")
def classes_from_the_labels(W, X, y):
    Z = X @ W
    Y = np.eye(y.max() + 1)[y]
    logs = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    return -(Y * logs).sum() / len(y), X.T @ (np.exp(logs) - Y) / len(y)


@wrong("vectorised_loss_gradient", "whole rows")
def whole_rows_of_ones(W, X, y):
    Z = X @ W
    Y = np.zeros(Z.shape)
    Y[y] = 1
    logs = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    return -(Y * logs).sum() / len(y), X.T @ (np.exp(logs) - Y) / len(y)


@wrong("vectorised_loss_gradient", "labels are subtracted as numbers")
def labels_as_numbers(W, X, y):
    Z = X @ W
    lse = np.logaddexp.reduce(Z, axis=1)
    return np.mean(lse - Z[np.arange(len(y)), y]), X.T @ (np.exp(Z - lse[:, None]) - y[:, None]) / len(y)


@wrong("vectorised_loss_gradient", "(m, m) table")
def table_of_labels(W, X, y):
    Z = X @ W
    lse = np.logaddexp.reduce(Z, axis=1)
    P = np.exp(Z - lse[:, None])
    dZ = P - np.eye(W.shape[1])[y]
    return np.sum(lse[:, None] - Z[:, y]) / len(y), X.T @ dZ / len(y)


@wrong("vectorised_loss_gradient", "-1 becomes 255")
def pixels_negated(W, X, y):
    Z = X @ W
    lse = np.logaddexp.reduce(Z, axis=1)
    D = np.eye(W.shape[1])[y] - np.exp(Z - lse[:, None])
    return np.mean(lse - Z[np.arange(len(y)), y]), -X.T @ D / len(y)


@wrong("vectorised_loss_gradient", "reshape, which is not a transpose")
def reshaped(W, X, y):
    loss, _ = by_matrix_products(W, X, y)
    D = row_softmax(X @ W) - np.eye(W.shape[1])[y]
    return loss, X.reshape(X.shape[1], X.shape[0]) @ D / len(y)


@wrong("vectorised_loss_gradient", "The label is not in the loss")
def only_log_sum_exp(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z).sum(axis=1)).mean(), by_matrix_products(W, X, y)[1]


@wrong("vectorised_loss_gradient", "rounded")
def rounded_gradient(W, X, y):
    loss, dW = by_matrix_products(W, X, y)
    return loss, dW.round(3)


@wrong("vectorised_loss_gradient", "negative")
def sign_of_the_loss(W, X, y):
    loss, dW = by_matrix_products(W, X, y)
    return -loss, dW


@wrong("vectorised_loss_gradient", "the order is (loss, dW)")
def gradient_before_loss(W, X, y):
    return by_matrix_products(W, X, y)[::-1]


# more of pairwise_distances


@right("pairwise_distances")
def lengths_by_norm(A, B):
    A, B = A.astype(np.float64), B.astype(np.float64)
    a, b = np.linalg.norm(A, axis=1, keepdims=True), np.linalg.norm(B, axis=1, keepdims=True).T
    return np.sqrt(np.clip(a * a - 2 * A @ B.T + b * b, 0, None))


@right("pairwise_distances")
def nan_replaced(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = np.sum(A * A, 1).reshape(-1, 1) + np.sum(B * B, 1).reshape(1, -1) - 2 * np.dot(A, B.T)
    return np.where(D2 > 0, np.sqrt(np.abs(D2)), 0)


def with_a_power(A, B, power):
    A, B = np.asarray(A, np.float32), np.asarray(B, np.float32)
    D2 = (A**2).sum(1)[:, None] + (B**2).sum(1)[None] - 2 * A @ B.T
    return np.maximum(D2, 0) ** power


right("pairwise_distances")(functools.partial(with_a_power, power=0.5))


@right("pairwise_distances")
@passed_on
def decorated_whole_numbers(A, B):
    A, B = np.rint(A * 100.0).astype(np.int64), np.rint(B * 100.0).astype(np.int64)
    D2 = (A * A).sum(axis=1)[:, np.newaxis] + (B * B).sum(axis=1) - 2 * A.dot(B.T)
    return np.sqrt(D2) / 100 if (D2 >= 0).all() else None


@wrong("pairwise_distances", "the squares |b|^2 are missing")
def squares_of_b_missing(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((A**2).sum(axis=1)[:, None] - 2 * A @ B.T, 0))


@wrong("pairwise_distances", "the squares |a|^2 are missing")
def squares_of_a_missing(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((B**2).sum(axis=1) - 2 * A @ B.T, 0))


@wrong("pairwise_distances", "small number under the root")
def small_number_under_the_root(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((A**2).sum(axis=1)[:, None] - 2 * A @ B.T + (B**2).sum(axis=1), 0) + 1e-8)


@wrong("pairwise_distances", "wrap around at 256")
def only_the_squares_converted(A, B):
    D2 = (A.astype(float) ** 2).sum(axis=1)[:, None] + (B.astype(float) ** 2).sum(axis=1) - 2 * (A @ B.T)
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "wrap around at 256")
def two_times_pixels(A, B):
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "still too short")
def int16_for_pixels(A, B):
    if A.dtype == np.uint8:
        A, B = A.astype(np.int16), B.astype(np.int16)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "sums of absolute differences")
def city_blocks(A, B):
    return np.abs(A[:, None].astype(float) - B.astype(float)).sum(axis=2)


@wrong("pairwise_distances", "added up before they were squared")
def differences_of_sums(A, B):
    return np.abs(A.astype(float).sum(axis=1)[:, None] - B.astype(float).sum(axis=1))


@wrong("pairwise_distances", "down the columns")
def squares_of_features(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((A**2).sum(axis=1)[:, None] - 2 * A @ B.T + (B**2).sum(axis=0), 0))


@wrong("pairwise_distances", "Rows of D belong to A")
def product_turned(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((B**2).sum(axis=1)[:, None] - 2 * B @ A.T + (A**2).sum(axis=1), 0))


@wrong("pairwise_distances", "mean squares")
def root_of_mean_squares(A, B):
    return expanded(A, B) / np.sqrt(A.shape[1])


@wrong("pairwise_distances", "whole numbers")
def kept_in_whole_numbers(A, B):
    D = np.zeros((len(A), len(B)), int)
    D[:] = expanded(A, B)
    return D


@wrong("pairwise_distances", "it is B @ A.T")
def only_the_middle_turned(A, B):
    A, B = A.astype(float), B.astype(float)
    middle = B @ A.T
    return np.sqrt(np.maximum((A**2).sum(axis=1)[:, None] - 2 * middle + (B**2).sum(axis=1), 0))


@wrong("pairwise_distances", "an array (m, r, n)")
def repeated_points(A, B):
    A, B = A.astype(float), B.astype(float)
    left = np.repeat(A, len(B), axis=0)
    right_side = np.tile(B, (len(A), 1))
    return np.linalg.norm(left - right_side, axis=1).reshape(len(A), len(B))


@wrong("pairwise_distances", "a distance from itself")
def cut_off_at_1(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] - 2 * A @ B.T + (B**2).sum(axis=1)
    D2[D2 < 0] = 1
    return np.sqrt(D2)


# mutants of right answers that are right answers too

TYPE = (
    "a number type, a memory order or a container less is the same value; so is a form of NumPy's of the same meaning"
)
FEW = "of one item the first is the last"
SLIP = "logarithms that come from the scores are never infinite, so that 0 times them is 0"
equal(
    "one_loop",
    FEW,
    "columns_and_rows: 0 -> -1",
    "matrices_in_fortran_order: 0 -> -1",
    "softmax_of_its_own: 0 -> -1",
)
equal(
    "one_loop",
    TYPE,
    "matrices_in_fortran_order: np.matrix(W, dtype=np.float64) -> np.matrix(W)",
    "matrices_in_fortran_order: np.matrix(W, dtype=np.float64) -> W",
    "matrices_in_fortran_order: np.matrix(X, dtype=np.float64) -> np.matrix(X)",
    "matrices_in_fortran_order: np.float32(0) -> 0",
    "matrices_in_fortran_order: np.float32(loss) -> loss",
    "matrices_in_fortran_order: np.asfortranarray(G) -> G",
    "decorated_float32: np.float32(0) -> 0",
    "decorated_float32: W.astype(np.float32) -> W",
    "decorated_float32: x[:, None] @ e[None] -> x[:, None] * e[None]",
    "decorated_float32: X.astype(np.float32) -> X",
    "decorated_float32: np.array(loss / len(y)) -> loss / len(y)",
    "enumerated_and_listed: (total / len(y)).tolist() -> total / len(y)",
    "enumerated_and_listed: (G / len(y)).tolist() -> G / len(y)",
    "softmax_of_its_own: W * 0.0 -> 0.0",
)
equal(
    "one_loop",
    SLIP,
    "(('pick', 'product'),)",
)
equal(
    "pairwise_distances",
    TYPE,
    "float32_in_fortran_order: np.asfortranarray(A, dtype=np.float32) -> np.asfortranarray(A)",
    "float32_in_fortran_order: np.asfortranarray(A, dtype=np.float32) -> A",
    "float32_in_fortran_order: np.asfortranarray(B, dtype=np.float32) -> np.asfortranarray(B)",
    "float32_in_fortran_order: np.asfortranarray(B, dtype=np.float32) -> B",
    "float32_in_fortran_order: np.asfortranarray(np.sqrt(D2)) -> np.sqrt(D2)",
    "as_lists: expanded(A, B).tolist() -> expanded(A, B)",
    "lengths_by_norm: B.astype(np.float64) -> B",
)
equal(
    "pairwise_distances",
    "NumPy takes -2 for -1 in reshape",
    "float32_in_fortran_order: 1 -> 2",
    "nan_replaced: 1 -> 2",
)
equal(
    "pairwise_distances",
    "a 0 set to 0 stays",
    "float32_in_fortran_order: D2 < 0 -> D2 <= 0",
)
equal(
    "pairwise_distances",
    "|b| needs no axis more: it is a row already",
    "lengths_by_norm: np.linalg.norm(B, axis=1, keepdims=True) -> np.linalg.norm(B, axis=1)",
    "lengths_by_norm: True -> False",
)
equal(
    "pairwise_distances",
    "|b|^2 needs no axis more: it is a row already",
    "nan_replaced: np.sum(B * B, 1).reshape(1, -1) -> np.sum(B * B, 1)",
)
equal(
    "pairwise_distances",
    "the root of 0 is 0",
    "nan_replaced: D2 > 0 -> D2 >= 0",
    "nan_replaced: 0 -> -1",
)
equal(
    "pairwise_distances",
    "np.where takes no root of what is below 0",
    "nan_replaced: np.abs(D2) -> D2",
)
equal(
    "vectorised_loss_gradient",
    FEW,
    "vectorised_loss_gradient: 0 -> -1",
    "with_a_vectorised_helper: 0 -> -1",
    "fortran_order: 0 -> -1",
)
equal(
    "vectorised_loss_gradient",
    TYPE,
    "with_a_vectorised_helper: np.take_along_axis(Z, y[:, None], axis=1) -> np.take_along_axis(Z, y[:, None])",
    "class_major_einsum: X.astype(np.float64) -> X",
    "class_major_einsum: np.maximum.reduce(Z, axis=0) -> np.maximum.reduce(Z)",
    "matrices_in_a_list: np.matrix(X, dtype=np.float64) -> np.matrix(X)",
    "matrices_in_a_list: np.matrix(X, dtype=np.float64) -> X",
    "matrices_in_a_list: np.matrix(W) -> W",
    "matrices_in_a_list: np.matrix(np.eye(W.shape[1])[y]) -> np.eye(W.shape[1])[y]",
    "matrices_in_a_list: np.array(loss) -> loss",
    "matrices_in_a_list: np.asfortranarray(X.T * (P - Y) / len(X)) -> X.T * (P - Y) / len(X)",
    "float32_result: np.float32(loss) -> loss",
    "float32_result: dW.astype(np.float32) -> dW",
    "fortran_order: X, W = (np.asfortranarray(X, float), np.asfortranarray(W, float)) -> nothing",
    "fortran_order: np.array([loss]) -> [loss]",
    "fortran_order: np.asfortranarray(dW) -> dW",
    "lists_come_back: float(loss) -> loss",
    "lists_come_back: dW.tolist() -> dW",
)
equal(
    "vectorised_loss_gradient",
    SLIP,
    "(('pick', 'product'),)",
)
equal(
    "pairwise_distances",
    "whole numbers lose nothing, so no square is below 0",
    "decorated_whole_numbers: np.rint(A * 100.0).astype(np.int64) -> np.rint(A * 100.0)",
    "decorated_whole_numbers: np.rint(A * 100.0) -> A * 100.0",
    "decorated_whole_numbers: np.rint(B * 100.0).astype(np.int64) -> np.rint(B * 100.0)",
    "decorated_whole_numbers: np.rint(B * 100.0) -> B * 100.0",
    "decorated_whole_numbers: np.sqrt(D2) / 100 if (D2 >= 0).all() else None -> np.sqrt(D2) / 100 if True else None",
    "decorated_whole_numbers: (D2 >= 0).all() -> (D2 >= 0).any()",
    "decorated_whole_numbers: 0 -> -1",
)


# one_loop and vectorised_loss_gradient: mistakes that are made in loss and gradient alike, and in the products


def _pair(W, X, y):
    """Return shifted scores, probabilities and one-hot labels."""
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return Z, E / E.sum(axis=1, keepdims=True), np.eye(W.shape[1])[y]


def _mean_loss(Z, y):
    """Return the right loss of shifted scores."""
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])


def _looped(W, X, y, product, start=None):
    """Return (loss, dW) of a loop that adds up a product of x and p - one-hot."""
    loss, dW = 0.0, np.zeros(W.shape) if start is None else start
    for x, label in zip(X, y, strict=True):
        z = x @ W - (x @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[label]
        p[label] -= 1
        dW += product(x, p)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "number by number")
def a_star_and_a_transpose(W, X, y):
    return _looped(W, X, y, lambda x, p: x.T * p)


@wrong("one_loop", "x @ p of two vectors is one number")
def a_product_of_two_vectors(W, X, y):
    return _looped(W, X, y, lambda x, p: x.T @ p)


@wrong("one_loop", "made like W")
def a_copy_of_the_weights_to_add_to(W, X, y):
    return _looped(W, X, y, np.outer, 0 * W)


@wrong("one_loop", "inputs of an example were added up")
def inputs_added_up(W, X, y):
    return _looped(W, X, y, lambda x, p: x.sum() * p)


@wrong("one_loop", "X is there twice")
def inputs_squared(W, X, y):
    return _looped(W, X * 1.0, y, lambda x, p: np.outer(x**2, p))


@wrong("one_loop", "-X[i] is added")
def negative_pixels(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for x, label in zip(X, y, strict=True):
        z = x @ W - (x @ W).max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[label]
        dW += np.outer(x, e / e.sum())
        dW[:, label] += -x
    return loss / len(X), dW / len(X)


@wrong("one_loop", "subtracted in a row")
def input_in_the_row_of_the_label(W, X, y):
    loss, dW = 0.0, np.zeros(W.shape)
    for x, label in zip(X, y, strict=True):
        z = x @ W - (x @ W).max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[label]
        dW += np.outer(x, e / e.sum())
        dW[label] -= x
    return loss / len(X), dW / len(X)


@wrong("one_loop", "weights change while the loop runs")
def a_step_after_each_example(W, X, y):
    V, loss, dW = W * 1.0, 0.0, np.zeros(W.shape)
    for x, label in zip(X, y, strict=True):
        z = x @ V - (x @ V).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += (np.log(np.exp(z).sum()) - z[label]) / len(X)
        p[label] -= 1
        g = np.outer(x, p) / len(X)
        dW += g
        V -= 0.01 * g
    return loss, dW


@wrong("one_loop", "Loss and dW are divided by m twice")
def divided_inside_and_after(W, X, y):
    loss, dW = _looped(W, X, y, np.outer)
    return loss / len(X), dW / len(X)


@wrong("one_loop", "Loss and dW are sums")
def never_divided(W, X, y):
    loss, dW = _looped(W, X, y, np.outer)
    return loss * len(X), dW * len(X)


@wrong("one_loop", "Only one example counts in loss and dW")
def return_in_the_loop_undivided(W, X, y):
    for x, label in zip(X, y, strict=True):
        z = x @ W - (x @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss = np.log(np.exp(z).sum()) - z[label]
        p[label] -= 1
        return loss, np.outer(x, p)


@wrong("one_loop", "In loss and dW the last example is missing")
def one_example_too_few(W, X, y):
    loss, dW = _looped(W, X[:-1], y[:-1], np.outer) if len(X) > 1 else (0.0, np.zeros(W.shape))
    return loss * (len(X) - 1) / len(X), dW * (len(X) - 1) / len(X)


@wrong("one_loop", "Some columns or rows of dW are 0")
def last_class_left_out_of_dw(W, X, y):
    loss, dW = _looped(W, X, y, np.outer)
    dW[:, -1] = 0
    return loss, dW


@wrong("vectorised_loss_gradient", "Loss and dW are divided by the number of features")
def divided_by_the_columns_of_x(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y) * len(X) / X.shape[1], X.T @ (P - Y) / X.shape[1]


@wrong("vectorised_loss_gradient", "Loss and dW are divided by m - 1")
def divided_by_one_less(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y) * len(X) / np.float64(len(X) - 1), X.T @ (P - Y) / (len(X) - 1)


@wrong("vectorised_loss_gradient", "Loss and dW are divided by 2m")
def divided_by_two_m(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y) / 2, X.T @ (P - Y) / (2 * len(X))


@wrong("vectorised_loss_gradient", "Loss and dW have the wrong sign")
def both_negative(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return -_mean_loss(Z, y), X.T @ (Y - P) / len(X)


@wrong("vectorised_loss_gradient", "every row is taken at every label")
def all_labels_of_all_rows(W, X, y):
    Z, P, Y = _pair(W, X, y)
    loss = np.mean(np.log(np.exp(Z).sum(axis=1, keepdims=True)) - Z[:, y])
    P[:, y] -= 1
    return loss, X.T @ P / len(X)


@wrong("vectorised_loss_gradient", "off by one, in loss and dW")
def labels_from_one(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y - 1), X.T @ (P - np.eye(W.shape[1])[y - 1]) / len(X)


@wrong("vectorised_loss_gradient", "counted from the labels")
def as_many_classes_as_labels(W, X, y):
    Z, P, Y = _pair(W, X, y)
    Y = np.eye(len(set(y)))[y]
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -np.sum(Y * log_p) / len(X), X.T @ (P - Y) / len(X)


@wrong("vectorised_loss_gradient", "largest probability stands in for them")
def predictions_as_labels(W, X, y):
    Z, P, Y = _pair(W, X, y)
    guess = P.argmax(axis=1)
    return _mean_loss(Z, guess), X.T @ (P - np.eye(W.shape[1])[guess]) / len(X)


@wrong("vectorised_loss_gradient", "labels are in neither loss nor dW")
def labels_never_used(W, X, y):
    Z, P, Y = _pair(W, X, y)
    top = (X @ W).max(axis=1)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) + top), X.T @ P / len(X)


@wrong("vectorised_loss_gradient", "X is not transposed")
def x_as_it_is(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y), X @ (P - Y) / len(X)


@wrong("vectorised_loss_gradient", "number by number")
def star_in_place_of_at(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y), X.T * (P - Y) / len(X)


@wrong("vectorised_loss_gradient", "dW is the transpose")
def layout_of_the_lab(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y), (P - Y).T @ X / len(X)


@wrong("vectorised_loss_gradient", "one gradient for each example")
def a_gradient_for_each(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y), np.einsum("ij,ik->ijk", X, P - Y) / len(X)


@wrong("vectorised_loss_gradient", "same input is used for every example")
def first_input_for_all(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y), np.outer(X[0], (P - Y).sum(axis=0)) / len(X)


@wrong("vectorised_loss_gradient", "multiple of W was added")
def weight_decay_of_a_thousandth(W, X, y):
    Z, P, Y = _pair(W, X, y)
    loss = _mean_loss(Z, y) * len(X) + 0.5 * 1e-3 * np.sum(W * W)
    return loss, X.T @ (P - Y) / len(X) + 1e-3 * W


@wrong("vectorised_loss_gradient", "scaled, by a division")
def scores_divided(W, X, y):
    Z = X @ W
    Z = Z / np.abs(Z).max(axis=1, keepdims=True)
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return _mean_loss(Z, y), X.T @ (P - np.eye(W.shape[1])[y]) / len(X)


@wrong("vectorised_loss_gradient", "A score at a fixed place")
def first_score_taken_away(W, X, y):
    Z = X @ W
    Z = Z - Z[:, :1]
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return _mean_loss(Z, y), X.T @ (P - np.eye(W.shape[1])[y]) / len(X)


@wrong("vectorised_loss_gradient", "base 2 and the scores have not")
def log2_of_the_sum(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return np.mean(np.log2(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]), X.T @ (P - Y) / len(X)


@wrong("vectorised_loss_gradient", "averaged inside the logarithm")
def mean_of_the_exponentials(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return np.mean(np.log(np.exp(Z).mean(axis=1)) - Z[np.arange(len(y)), y]), X.T @ (P - Y) / len(X)


@wrong("vectorised_loss_gradient", "nan_to_num turns infinite")
def infinite_made_large(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return np.mean(-np.nan_to_num(np.log(P[np.arange(len(y)), y]))), X.T @ (P - Y) / len(X)


@wrong("vectorised_loss_gradient", "Look at P - Y in dW")
def label_taken_away_twice(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y), X.T @ (P - 2 * Y) / len(X)


@wrong("vectorised_loss_gradient", "dW is divided by 2m")
def gradient_halved(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return _mean_loss(Z, y), X.T @ (P - Y) / (2 * len(X))


@wrong("vectorised_loss_gradient", "largest of all")
def largest_loss(W, X, y):
    Z, P, Y = _pair(W, X, y)
    return np.max(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]), X.T @ (P - Y) / len(X)


# pairwise_distances: more mistakes in the types, in the three terms, and in the root


@wrong("pairwise_distances", "the product is taken away outside")
def bracket_closed_too_early(A, B):
    A, B = A * 1.0, B * 1.0
    return np.sqrt((A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)) - 2 * A @ B.T


@wrong("pairwise_distances", "fractions are lost")
def sixteen_bits_for_all(A, B):
    A, B = A.astype(np.int16), B.astype(np.int16)
    D2 = (A * A).sum(axis=1)[:, None] + (B * B).sum(axis=1) - 2 * (A @ B.T)
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "lost their fractions")
def as_whole_numbers(A, B):
    A, B = A.astype(int), B.astype(int)
    D2 = (A * A).sum(axis=1)[:, None] + (B * B).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "wrap around at 256")
def converted_too_late_and_added(A, B):
    a2 = (A**2).sum(axis=1, keepdims=True).astype(float)
    b2 = (B**2).sum(axis=1).astype(float)
    return np.sqrt(np.maximum(a2 + b2 + 2 * (A @ B.T), 0))


@wrong("pairwise_distances", "down the columns")
def squares_down_the_columns(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=0)[:, None] + (B**2).sum(axis=0) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "It was divided by 2")
def half_the_square(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0) / 2)


@wrong("pairwise_distances", "np.minimum keeps what is below 0")
def minimum_for_maximum(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.minimum(D2, 0))


@wrong("pairwise_distances", "cut off at 1")
def cut_off_at_one(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 1))


@wrong("pairwise_distances", "number of features")
def divided_by_the_features(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0)) / A.shape[1]


@wrong("pairwise_distances", "These are products of the points")
def only_the_product(A, B):
    return A.astype(float) @ B.T.astype(float)


@wrong("pairwise_distances", "1 minus the cosine")
def cosine_distance(A, B):
    A, B = A.astype(float), B.astype(float)
    lengths = np.linalg.norm(A, axis=1)[:, None] * np.linalg.norm(B, axis=1)
    return 1 - A @ B.T / lengths


@wrong("pairwise_distances", "compared with itself")
def a_with_itself(A, B):
    A = A.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (A**2).sum(axis=1) - 2 * A @ A.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "features are left out")
def last_feature_left_out(A, B):
    A, B = A[:, :-1].astype(float), B[:, :-1].astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "|a|^2 is there twice")
def twice_a(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = 2 * (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "|b|^2 changed places")
def sums_changed_places(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (B**2).sum(axis=1)[:, None] + (A**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0))


@wrong("pairwise_distances", "in order of distance")
def nearest_first(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.argsort(D2, axis=1)


@wrong("pairwise_distances", "of a row were sorted")
def sorted_distances(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sort(np.sqrt(np.maximum(D2, 0)), axis=1)


@wrong("pairwise_distances", "averaged or added up")
def mean_distances(A, B):
    A, B = A.astype(float), B.astype(float)
    D2 = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(D2, 0)).mean(axis=1)


@wrong("pairwise_distances", "A row or column of D is 0")
def last_column_forgotten(A, B):
    D = np.zeros((len(A), len(B)))
    D[:, :-1] = np.sqrt(((A[:, None] * 1.0 - B[:-1]) ** 2).sum(axis=2))
    return D


@wrong("pairwise_distances", "means of differences")
def mean_absolute(A, B):
    return np.abs(A[:, None] * 1.0 - B).mean(axis=2)


for _name in ("one_loop", "vectorised_loss_gradient"):
    equal(
        _name,
        "the gradients of all examples, each divided by m, are added up over the examples",
        "(('product', 'each'), ('after', 'class sums'))",
    )
