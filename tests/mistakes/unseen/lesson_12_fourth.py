"""Answers to lesson 12 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("sweep_backward", "set, not added: the last use wins")
def last_use_wins(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs) - 1, -1, -1):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] = s * g[i]
    return g


@wrong("sweep_backward", "walks forwards")
def walks_forwards(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in range(len(inputs)):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s * g[i]
    return g


@wrong("sweep_backward", "slopes alone, without the gradient that arrives")
def slopes_alone(inputs, slopes):
    g = np.zeros(len(inputs))
    g[-1] = 1
    for i in reversed(range(len(inputs))):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s
    return g


@wrong("sweep_backward", "starts with ones everywhere")
def starts_with_ones(inputs, slopes):
    g = np.ones(len(inputs))
    for i in reversed(range(len(inputs))):
        for p, s in zip(inputs[i], slopes[i], strict=True):
            g[p] += s * g[i]
    return g


def _forward(W1, b1, W2, b2, X, y):
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    D = E / E.sum(axis=1, keepdims=True)
    D[np.arange(len(y)), y] -= 1
    return Z1, A1, D / len(y)


@wrong("two_layer_gradient", "1 minus the square of Z1")
def slope_at_score(W1, b1, W2, b2, X, y):
    Z1, A1, D = _forward(W1, b1, W2, b2, X, y)
    D1 = (D @ W2.T) * (1 - Z1**2)
    return X.T @ D1, D1.sum(axis=0), A1.T @ D, D.sum(axis=0)


@wrong("two_layer_gradient", "slope of the sigmoid")
def slope_of_sigmoid(W1, b1, W2, b2, X, y):
    _, A1, D = _forward(W1, b1, W2, b2, X, y)
    D1 = (D @ W2.T) * A1 * (1 - A1)
    return X.T @ D1, D1.sum(axis=0), A1.T @ D, D.sum(axis=0)


@wrong("two_layer_gradient", "slope forgotten")
def slope_forgotten(W1, b1, W2, b2, X, y):
    _, A1, D = _forward(W1, b1, W2, b2, X, y)
    D1 = D @ W2.T
    return X.T @ D1, D1.sum(axis=0), A1.T @ D, D.sum(axis=0)


@wrong("two_layer_gradient", "means of the biases: divided by m once more")
def biases_by_mean(W1, b1, W2, b2, X, y):
    _, A1, D = _forward(W1, b1, W2, b2, X, y)
    D1 = (D @ W2.T) * (1 - A1**2)
    return X.T @ D1, D1.mean(axis=0), A1.T @ D, D.mean(axis=0)


@wrong("two_layer_gradient", "dW2 from the scores of the hidden layer")
def second_layer_from_scores(W1, b1, W2, b2, X, y):
    Z1, A1, D = _forward(W1, b1, W2, b2, X, y)
    D1 = (D @ W2.T) * (1 - A1**2)
    return X.T @ D1, D1.sum(axis=0), Z1.T @ D, D.sum(axis=0)


@right("two_layer_gradient")
def example_after_example(W1, b1, W2, b2, X, y):
    G = [np.zeros(np.shape(v)) for v in (W1, b1, W2, b2)]
    for i in range(len(y)):
        _, A1, D = _forward(W1, b1, W2, b2, X[i : i + 1], y[i : i + 1])
        d2, a = D[0] / len(y), A1[0]
        d1 = (W2 @ d2) / np.cosh(np.arctanh(np.clip(a, -1 + 1e-16, 1 - 1e-16))) ** 2
        for g, new in zip(G, (np.outer(X[i], d1), d1, np.outer(a, d2), d2), strict=True):
            g += new
    return tuple(G)
