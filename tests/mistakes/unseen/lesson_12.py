"""Answers to lesson 12 by people who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("sweep_backward", "a later path overwrites what an earlier one brought: no sum at a fork")
def overwrites_at_forks(inputs, slopes):
    grads = [0.0] * len(inputs)
    grads[-1] = 1.0
    for i in range(len(inputs) - 1, -1, -1):
        for parent, slope in zip(inputs[i], slopes[i]):
            grads[parent] = slope * grads[i]
    return grads


@wrong("sweep_backward", "goes through the nodes forward, so nearly all that it passes on is still 0")
def sweeps_forward(inputs, slopes):
    grads = np.zeros(len(inputs))
    grads[-1] = 1
    for i in range(len(inputs)):
        for j, parent in enumerate(inputs[i]):
            grads[parent] += slopes[i][j] * grads[i]
    return grads


@wrong("sweep_backward", "adds up the local slopes alone, without the gradient that comes from above")
def local_slopes_only(inputs, slopes):
    n = len(inputs)
    grad = np.zeros(n)
    grad[n - 1] = 1.0
    for i in reversed(range(n)):
        for k in range(len(inputs[i])):
            grad[inputs[i][k]] += slopes[i][k]
    return grad


@wrong("sweep_backward", "a dict of slopes for each node: a node that is used twice by one node counts once")
def slopes_in_a_dict(inputs, slopes):
    local = [dict(zip(parents, values)) for parents, values in zip(inputs, slopes)]
    grads = np.zeros(len(inputs))
    grads[-1] = 1.0
    for i in range(len(inputs))[::-1]:
        for parent, slope in local[i].items():
            grads[parent] += slope * grads[i]
    return grads


@wrong("sweep_backward", "an array of whole numbers: fractions are cut off")
def whole_number_grads(inputs, slopes):
    grads = np.zeros(len(inputs), dtype=int)
    grads[-1] = 1
    for i in reversed(range(len(inputs))):
        for parent, slope in zip(inputs[i], slopes[i]):
            grads[parent] = grads[parent] + slope * grads[i]
    return grads


@wrong("sweep_backward", "only the nodes that were met, in the order in which they were met")
def met_nodes_only(inputs, slopes):
    grads = {len(inputs) - 1: 1.0}
    for i in reversed(range(len(inputs))):
        if i not in grads:
            continue
        for parent, slope in zip(inputs[i], slopes[i]):
            grads[parent] = grads.get(parent, 0.0) + slope * grads[i]
    return list(grads.values())


@right("sweep_backward")
def triangular_matrix(inputs, slopes):
    n = len(inputs)
    J = np.zeros((n, n))  # J[i, j]: slope of node i in node j
    for i, (parents, values) in enumerate(zip(inputs, slopes)):
        np.add.at(J[i], parents, values) if parents else None
    grads = np.eye(n)[-1]
    for i in range(n - 1, -1, -1):
        grads = grads + grads[i] * J[i]
    return grads.tolist()


@wrong("two_layer_gradient", "the slope of the sigmoid, a (1 - a), in place of that of the tanh")
def sigmoid_slope(W1, b1, W2, b2, X, y):
    m = X.shape[0]
    A1 = np.tanh(X @ W1 + b1)
    A2 = softmax.softmax(A1 @ W2 + b2)
    Y = np.eye(A2.shape[1])[y]
    dZ2 = (A2 - Y) / m
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0)
    return dW1, db1, dW2, db2


@wrong("two_layer_gradient", "the tanh is applied a second time in its slope: 1 - tanh(A1)^2")
def tanh_twice(W1, b1, W2, b2, X, y):
    def tanh_prime(a):
        return 1 - np.tanh(a) ** 2

    A1 = np.tanh(X @ W1 + b1)
    dZ2 = softmax.softmax(A1 @ W2 + b2)
    dZ2[range(len(y)), y] -= 1
    dZ2 = dZ2 / len(y)
    dZ1 = np.dot(dZ2, W2.T) * tanh_prime(A1)
    return np.dot(X.T, dZ1), dZ1.sum(0), np.dot(A1.T, dZ2), dZ2.sum(0)


@wrong("two_layer_gradient", "the activation has no slope on the way back: dA1 is taken for dZ1")
def slope_forgotten(W1, b1, W2, b2, X, y):
    A1 = np.tanh(X @ W1 + b1)
    P = softmax.softmax(A1 @ W2 + b2)
    P[np.arange(len(y)), y] -= 1
    P /= len(y)
    dA1 = P @ W2.T
    return X.T @ dA1, dA1.sum(axis=0), A1.T @ P, P.sum(axis=0)


@wrong("two_layer_gradient", "the gradients of the sum: nothing is divided by m")
def never_divided(W1, b1, W2, b2, X, y):
    H = np.tanh(X.dot(W1) + b1)
    delta2 = softmax.softmax(H.dot(W2) + b2)
    delta2[np.arange(X.shape[0]), y] -= 1
    delta1 = delta2.dot(W2.T) * (1 - H**2)
    return X.T.dot(delta1), delta1.sum(axis=0), H.T.dot(delta2), delta2.sum(axis=0)


@wrong("two_layer_gradient", "W2 is not transposed on the way back: the shapes do not fit")
def not_transposed(W1, b1, W2, b2, X, y):
    A1 = np.tanh(X @ W1 + b1)
    scores = A1 @ W2 + b2
    probs = softmax.softmax(scores)
    probs[np.arange(len(y)), y] -= 1
    dscores = probs / len(y)
    dhidden = (dscores @ W2) * (1 - A1 * A1)
    return X.T @ dhidden, dhidden.sum(axis=0), A1.T @ dscores, dscores.sum(axis=0)


@wrong("two_layer_gradient", "exp of large scores overflows, and the gradients come back in another order")
def overflow_and_other_order(W1, b1, W2, b2, X, y):
    m = X.shape[0]
    A1 = np.tanh(X @ W1 + b1)
    exp_scores = np.exp(A1 @ W2 + b2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    probs[range(m), y] -= 1
    probs /= m
    dW2 = A1.T @ probs
    db2 = np.sum(probs, axis=0)
    d1 = probs @ W2.T * (1 - A1**2)
    dW1 = X.T @ d1
    db1 = np.sum(d1, axis=0)
    return dW1, dW2, db1, db2


@wrong("two_layer_gradient", "the number of classes is read from the labels: it fails if the last class is absent")
def classes_from_labels(W1, b1, W2, b2, X, y):
    A1 = np.tanh(X @ W1 + b1)
    A2 = softmax.softmax(A1 @ W2 + b2)
    Y = np.eye(len(np.unique(y)))[y]
    dZ2 = (A2 - Y) / len(y)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@right("two_layer_gradient")
def example_by_example(W1, b1, W2, b2, X, y):
    grads = [np.zeros(np.shape(p)) for p in (W1, b1, W2, b2)]
    for x, label in zip(X, y):
        a = np.tanh(x @ W1 + b1)
        z = a @ W2 + b2
        e = np.exp(z - z.max())
        d2 = e / e.sum() - (np.arange(len(b2)) == label)
        d1 = (W2 @ d2) * (1 + a) * (1 - a)
        for g, part in zip(grads, (np.outer(x, d1), d1, np.outer(a, d2), d2)):
            g += part / len(y)
    return tuple(grads)
