"""Answers to lesson 02 by people who had not seen the checks."""

import math

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("scores_gradient", "the gradient of the sum: not divided by m")
def not_divided(Z, y):
    P = softmax.softmax(Z)
    P[np.arange(len(y)), y] -= 1
    return P


@wrong("scores_gradient", "takes 1 away from the columns of all labels in every row")
def whole_columns(Z, y):
    P = softmax.softmax(Z)
    P[:, y] -= 1
    return P / Z.shape[0]


@wrong("scores_gradient", "Y - P, and divided by the number of entries")
def minus_and_all_entries(Z, y):
    Y = np.array([[1.0 if c == label else 0.0 for c in range(Z.shape[1])] for label in y])
    return (Y - softmax.softmax(Z)) / Z.size


@wrong("scores_gradient", "stays at the gradient in the probabilities: the softmax is not passed")
def gradient_in_probabilities(Z, y):
    m = len(y)
    P = softmax.softmax(Z)
    dP = np.zeros_like(P)
    dP[np.arange(m), y] = -1 / P[np.arange(m), y]
    return dP / m


@wrong("scores_gradient", "takes the labels themselves away from the probabilities: the shapes do not fit")
def labels_not_one_hot(Z, y):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return (P - y) / len(y)


@wrong("scores_gradient", "divides only the probabilities by m, and takes a whole 1 away")
def half_divided(Z, y):
    dZ = np.einsum("ij,->ij", softmax.softmax(Z), 1 / len(Z))
    dZ[np.arange(len(Z)), y] -= 1
    return dZ


@wrong("scores_gradient", "the softmax runs down the columns")
def softmax_of_columns(Z, y):
    e = np.exp(Z - Z.max(axis=0))
    P = e / e.sum(axis=0)
    Y = np.eye(Z.shape[1])[y]
    return (P - Y) / len(Z)


@right("scores_gradient")
def subtract_at(Z, y):
    dZ = np.asfortranarray(softmax.softmax(Z))
    np.subtract.at(dZ, (np.arange(len(dZ)), np.asarray(y)), 1)
    return np.divide(dZ, len(dZ))


@right("scores_gradient")
def stacked_rows(Z, y):
    Y = lambda label, k: np.arange(k) == label  # noqa: E731
    return np.vstack([(softmax.softmax(z[None])[0] - Y(label, len(z))) / len(y) for z, label in zip(Z, y)])


@wrong("sigmoid_gradient", "the 2 of the square is missing")
def two_missing(W, b, x, z):
    y = 1 / (1 + np.exp(-(W.T @ x + b)))
    g = (y - z) * y * (1 - y)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "the slope of the sigmoid is missing")
def slope_missing(W, b, x, z):
    y = 1 / (1 + np.exp(-(x @ W + b)))
    db = 2 * (y - z)
    dW = x[:, None] * db[None, :]
    return dW, db


@wrong("sigmoid_gradient", "the results are in the wrong order, and z - y has the wrong sign")
def bias_first_and_sign(W, b, x, z):
    y = 1.0 / (1.0 + np.exp(-np.dot(W.T, x) - b))
    g = 2 * (z - y) * y * (1 - y)
    return g, np.outer(x, g)


@wrong("sigmoid_gradient", "the outer product is the other way round: dW is (k, n)")
def outer_turned_round(W, b, x, z):
    a = W.T @ x + b
    s = lambda t: 1 / (1 + np.exp(-t))  # noqa: E731
    g = 2 * (s(a) - z) * s(a) * (1 - s(a))
    return np.outer(g, x), g


@wrong("sigmoid_gradient", "the slope is taken of the scores, a * (1 - a)")
def slope_of_scores(W, b, x, z):
    a = W.T @ x + b
    y = 1 / (1 + np.exp(-a))
    g = 2 * (y - z) * a * (1 - a)
    return np.einsum("i,j->ij", x, g), g


@wrong("sigmoid_gradient", "a matrix product of two vectors: the shapes do not fit")
def product_of_vectors(W, b, x, z):
    y = 1 / (1 + np.exp(-(W.T @ x + b)))
    g = 2 * (y - z) * y * (1 - y)
    return x.T @ g, g


@wrong("sigmoid_gradient", "sums the gradient of the bias to a single number")
def bias_summed(W, b, x, z):
    y = 1 / (1 + np.exp(-(x.dot(W) + b)))
    delta = 2 * np.multiply(np.multiply(y - z, y), 1 - y)
    return np.outer(x, delta), np.sum(delta, axis=0)


@right("sigmoid_gradient")
def with_tanh(W, b, x, z):
    half = np.tanh((np.asarray(x) @ W + b) / 2) / 2
    g = (half + 0.5 - z) * (0.5 - 2 * half**2)
    return np.multiply.outer(x, g), g


@right("sigmoid_gradient")
def column_vectors(W, b, x, z):
    X, B, T = (np.asarray(v, dtype=float).reshape(-1, 1) for v in (x, b, z))
    Y = 1 / (1 + np.exp(-(W.T @ X + B)))
    G = 2 * (Y - T) * (Y - Y**2)
    return X @ G.T, G.ravel()


@wrong("central_difference", "a forward difference")
def forward(f, W, h):
    grad = np.zeros(W.shape)
    start = f(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            V = W.astype(float)
            V[i, j] += h
            grad[i, j] = (f(V) - start) / h
    return grad


@wrong("central_difference", "divides by h and not by 2h")
def divided_by_h(f, W, h):
    grad = np.zeros(W.shape)
    for i, j in np.ndindex(*W.shape):
        E = np.zeros(W.shape)
        E[i, j] = h
        grad[i, j] = (f(W + E) - f(W - E)) / h
    return grad


@wrong("central_difference", "does not copy: both places are the same array, and W stays changed")
def without_copies(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            plus = W
            minus = W
            plus[i, j] += h
            minus[i, j] -= h
            dW[i, j] = (f(plus) - f(minus)) / (2 * h)
    return dW


@wrong("central_difference", "(a - b) / 2 * h multiplies by h, and the entry is not put back")
def precedence_and_not_restored(f, W, h):
    grad = np.zeros(W.shape)
    it = np.nditer(W, flags=["multi_index"])
    while not it.finished:
        at = it.multi_index
        W[at] += h
        up = f(W)
        W[at] -= 2 * h
        down = f(W)
        grad[at] = (up - down) / 2 * h
        it.iternext()
    return grad


@wrong("central_difference", "moves all entries at once: the slope along one direction, for every entry")
def all_entries_at_once(f, W, h):
    slope = (f(W + h) - f(W - h)) / (2 * h)
    return np.full(W.shape, slope)


@wrong("central_difference", "asks for multi_index without its flag: ValueError")
def flag_forgotten(f, W, h):
    grad = np.zeros(W.shape)
    it = np.nditer(W)
    while not it.finished:
        E = np.zeros(W.shape)
        E[it.multi_index] = h
        grad[it.multi_index] = (f(W + E) - f(W - E)) / (2 * h)
        it.iternext()
    return grad


@wrong("central_difference", "shifts whole rows: one step moves all the classes of a feature")
def row_by_row(f, W, h):
    n, k = W.shape
    steps = h * np.eye(n)
    slopes = [(f(W + step[:, None]) - f(W - step[:, None])) / (2 * h) for step in steps]
    return np.repeat(slopes, k).reshape(n, k)


@right("central_difference")
def unit_matrices(f, W, h):
    steps = h * np.eye(W.size).reshape(-1, *W.shape)
    return np.array([(f(W + E) - f(W - E)) / (2 * h) for E in steps]).reshape(W.shape)


@right("central_difference")
def nested_lists(f, W, h):
    def moved(i, j, by):
        V = np.array(W, dtype=float, order="F")
        V[i, j] += by
        return f(V)

    n, k = np.shape(W)
    return np.array([[math.fsum((moved(i, j, h), -moved(i, j, -h))) / (h + h) for j in range(k)] for i in range(n)])
