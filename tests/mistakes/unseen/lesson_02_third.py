"""Answers to lesson 02 by a third hand, who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("scores_gradient", "divides by the number of classes instead of the number of examples")
def divided_by_classes(Z, y):
    m, k = Z.shape
    P = softmax.softmax(Z)
    P[np.arange(m), y] -= 1
    return P / k


@wrong("scores_gradient", "multiplies by p (1 - p) as well: the slope of the softmax counts twice")
def slope_once_more(Z, y):
    P = softmax.softmax(Z)
    Y = np.eye(Z.shape[1])[y]
    return (P - Y) * P * (1 - P) / len(y)


@wrong("scores_gradient", "a sigmoid of each score instead of the softmax")
def sigmoids(Z, y):
    dZ = 1 / (1 + np.exp(-Z))
    dZ[np.arange(len(y)), y] -= 1
    return dZ / len(y)


@wrong("scores_gradient", "the mean over the examples is taken of the rows: one row comes out")
def mean_of_rows(Z, y):
    Y = np.zeros(Z.shape)
    Y[np.arange(len(y)), y] = 1
    return np.mean(softmax.softmax(Z) - Y, axis=0)


@wrong("scores_gradient", "takes 1 away from the rows that the labels number")
def labels_as_rows(Z, y):
    dZ = softmax.softmax(Z)
    dZ[y] -= 1
    return dZ / Z.shape[0]


@wrong("scores_gradient", "the return stands in the loop: only the first row is done")
def returns_in_the_loop(Z, y):
    m, k = Z.shape
    dZ = np.zeros((m, k))
    for i in range(m):
        e = np.exp(Z[i] - Z[i].max())
        p = e / e.sum()
        p[y[i]] -= 1
        dZ[i] = p / m
        return dZ


@right("scores_gradient")
def subtract_at(Z, y):
    P = np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))
    np.subtract.at(P, (np.arange(len(y)), y), 1.0)
    return np.true_divide(P, len(y))


@right("scores_gradient")
def comparison_as_one_hot(Z, y):
    hit = y.reshape(-1, 1) == np.arange(Z.shape[1]).reshape(1, -1)
    return (softmax.softmax(Z) - hit) / y.size


@wrong("sigmoid_gradient", "x.T @ g for vectors is a number, or does not fit")
def transposed_vector(W, b, x, Y):
    z = W.T @ x + b
    p = 1 / (1 + np.exp(-z))
    g = 2 * (p - Y) * p * (1 - p)
    dW = x.T @ g
    return dW, g


@wrong("sigmoid_gradient", "the outer product the other way round, forced into the shape of W")
def outer_reshaped(W, b, x, Y):
    p = 1 / (1 + np.exp(-(W.T @ x + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(g, x).reshape(W.shape), g


@wrong("sigmoid_gradient", "the slope of the sigmoid with the scores in it instead of the probabilities")
def slope_of_the_scores(W, b, x, Y):
    z = x @ W + b
    p = 1 / (1 + np.exp(-z))
    g = 2 * (p - Y) * z * (1 - z)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "the gradient of the mean square: divided by k")
def mean_square(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    k = len(Y)
    delta = 2 / k * (p - Y) * p * (1 - p)
    return x[:, None] * delta[None, :], delta


@wrong("sigmoid_gradient", "db is summed to one number")
def bias_summed(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    dW = x.reshape(-1, 1) @ g.reshape(1, -1)
    db = np.sum(g)
    return dW, db


@wrong("sigmoid_gradient", "the 2 is forgotten and the difference has the wrong sign")
def no_two_and_sign(W, b, x, Y):
    def sigma(z):
        return 1.0 / (1.0 + np.exp(-z))

    out = sigma(np.dot(x, W) + b)
    error = Y - out
    delta = error * out * (1 - out)
    return np.outer(x, delta), delta


@right("sigmoid_gradient")
def hyperbolic(W, b, x, Y):
    z = np.einsum("jc,j->c", W, x) + b
    g = ((1 + np.tanh(z / 2)) / 2 - Y) / (1 + np.cosh(z))
    return np.einsum("j,c->jc", x, g), g


@wrong("central_difference", "the arrays are still like W: whole numbers cut off h and the results")
def whole_numbers_stay(f, W, h):
    dW = np.zeros_like(W)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step = np.zeros_like(W)
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
    return dW


@wrong("central_difference", "the step is new for each row only: it grows along the row")
def step_grows_in_a_row(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(W.shape[0]):
        step = np.zeros(W.shape)
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
    return dW


@wrong("central_difference", "plus and minus are the same array: the differences are 0")
def same_array_twice(f, W, h):
    dW = np.zeros(W.shape)
    for index in np.ndindex(*W.shape):
        plus = minus = W.astype(float)
        plus[index] += h
        minus[index] -= h
        dW[index] = (f(plus) - f(minus)) / (2 * h)
    return dW


@wrong("central_difference", "goes half of h to each side")
def half_steps(f, W, h):
    n, k = W.shape
    dW = np.zeros((n, k))
    for j in range(n):
        for c in range(k):
            step = np.zeros((n, k))
            step[j, c] = h / 2
            dW[j, c] = (f(W + step) - f(W - step)) / h
    return dW


@wrong("central_difference", "rows and columns are swapped in the loops: an index out of bounds")
def ranges_swapped(f, W, h):
    dW = np.zeros(W.shape, dtype=float)
    for j in range(W.shape[1]):
        for c in range(W.shape[0]):
            step = np.zeros(W.shape)
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
    return dW


@wrong("central_difference", "moves an entry of W itself and leaves it below where it was")
def moves_the_callers(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            W[j, c] += h
            above = f(W)
            W[j, c] -= 2 * h
            below = f(W)
            dW[j, c] = (above - below) / (2 * h)
    return dW


@wrong("central_difference", "the brackets around 2 * h are still missing")
def times_h(f, W, h):
    dW = np.zeros(W.shape)
    step = np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / 2 * h
            step[j, c] = 0
    return dW


@right("central_difference")
def all_steps_at_once(f, W, h):
    steps = h * np.eye(W.size).reshape(W.size, *W.shape)
    changes = [f(W + step) - f(W - step) for step in steps]
    return np.array(changes).reshape(W.shape) / (2 * h)
