"""Answers to lesson 02 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong("scores_gradient", "only the entries of the true classes are divided by m")
def only_true_entries_divided(Z, y):
    P = _softmax(Z)
    rows = np.arange(len(y))
    P[rows, y] = (P[rows, y] - 1) / len(y)
    return P


@wrong("scores_gradient", "takes 1 from whole columns of the classes that occur")
def one_from_whole_columns(Z, y):
    P = _softmax(Z)
    P[:, y] -= 1
    return P / Z.shape[0]


@wrong("scores_gradient", "derivative of the log: -1/p at the true class, without the softmax's own slope")
def slope_of_log_only(Z, y):
    P = _softmax(Z)
    dZ = np.zeros(Z.shape)
    for i in range(len(y)):
        with np.errstate(divide="ignore"):
            dZ[i, y[i]] = -1 / P[i, y[i]] / len(y)
    return dZ


@wrong("scores_gradient", "only the diagonal of the softmax's Jacobian: (P - Y) P (1 - P)")
def sigmoid_slope_besides(Z, y):
    P = _softmax(Z)
    Y = np.eye(Z.shape[1])[y]
    return (P - Y) * P * (1 - P) / len(y)


@right("scores_gradient")
def row_after_row(Z, y):
    out = []
    for z, c in zip(Z.tolist(), y, strict=True):
        top = max(z)
        e = [np.exp(v - top) for v in z]
        out.append([(v / sum(e) - (j == c)) / len(y) for j, v in enumerate(e)])
    return np.array(out)


@wrong("sigmoid_gradient", "the slope of the sigmoid is taken at p, not at the score")
def sigmoid_twice(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    s = 1 / (1 + np.exp(-p))
    g = 2 * (p - Y) * s * (1 - s)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "the bias is forgotten in the scores")
def no_bias_in_scores(W, b, x, Y):
    p = 1 / (1 + np.exp(-W.T @ x))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "the sign of Y - p is not turned round")
def target_less_output(W, b, x, Y):
    p = 1 / (1 + np.exp(-(W.T @ x + b)))
    g = 2 * (Y - p) * p * (1 - p)
    return x[:, None] * g[None, :], g


@wrong("sigmoid_gradient", "gradient of the cross-entropy, without the sigmoid's slope")
def cross_entropy_of_sigmoid(W, b, x, Y):
    p = 1 / (1 + np.exp(-(W.T @ x + b)))
    return np.outer(x, p - Y), p - Y


@wrong("central_difference", "the step is not set back to 0")
def step_not_reset(f, W, h):
    dW = np.zeros(W.shape)
    step = np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
    return dW


@wrong("central_difference", "a forward difference")
def forward_only(f, W, h):
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h
        dW[i] = (f(W + E) - f(W)) / h
    return dW


@wrong("central_difference", "half of h on each side")
def half_a_step(f, W, h):
    W = W.astype(float)
    dW = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[i] += h / 2
        down[i] -= h / 2
        dW[i] = (f(up) - f(down)) / h
    return dW


@wrong("central_difference", "whole rows are moved, one number for each row")
def rows_moved(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(len(W)):
        E = np.zeros(W.shape)
        E[j] = h
        dW[j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW
