"""Answers to lesson 02 by a second hand, who had not seen the checks."""

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("scores_gradient", "only the probabilities are divided by m, the 1 of the label is not")
def label_undivided(Z, y):
    m = Z.shape[0]
    dZ = softmax.softmax(Z) / m
    dZ[np.arange(m), y] -= 1
    return dZ


@wrong("scores_gradient", "divided by the number of entries, m * k")
def over_all_entries(Z, y):
    P = softmax.softmax(Z)
    Y = np.zeros(P.shape)
    Y[np.arange(len(y)), y] = 1
    return (P - Y) / Z.size


@wrong("scores_gradient", "Y - P: the sign of the way down")
def downhill(Z, y):
    onehot = np.eye(Z.shape[1])[y]
    return (onehot - softmax.softmax(Z)) / len(Z)


@wrong("scores_gradient", "the return stands inside the loop: only the first row gets its label")
def first_row_only(Z, y):
    P = softmax.softmax(Z)
    for i in range(len(y)):
        P[i, y[i]] -= 1
        return P / len(y)


@wrong("scores_gradient", "the rows are counted by the labels: P[y] takes 1 from whole rows")
def whole_rows(Z, y):
    P = softmax.softmax(Z)
    P[y] -= 1
    return P / len(y)


@wrong("scores_gradient", "an array like Z for the result: whole numbers cut everything off")
def shaped_like_z(Z, y):
    m, k = Z.shape
    out = np.zeros_like(Z)
    for i in range(m):
        e = np.exp(Z[i] - Z[i].max())
        p = e / e.sum()
        for j in range(k):
            out[i, j] = (p[j] - (1 if j == y[i] else 0)) / m
    return out


@wrong("scores_gradient", "softmax down the columns without a shift, and no 1/m")
def columns_no_shift(Z, y):
    e = np.exp(Z)
    P = e / e.sum(axis=0)
    P[np.arange(len(y)), y] -= 1
    return P


@right("scores_gradient")
def by_jacobians(Z, y):
    rows = []
    for p, label in zip(softmax.softmax(Z), y):
        q = p.copy()
        q[label] = p[label] - 1.0
        rows.append(q)
    return np.stack(rows) * (1 / len(rows)) if rows else np.zeros(Z.shape)


@right("scores_gradient")
def compare_with_range(Z, y):
    Z = Z.T
    top = Z.max(axis=0)
    P = np.exp(Z - (top + np.log(np.exp(Z - top).sum(axis=0))))
    P -= np.arange(len(P))[:, None] == y
    return np.divide(P, P.shape[1]).T


@wrong("sigmoid_gradient", "the 2 of the square is missing")
def no_two(W, b, x, Y):
    z = W.T @ x + b
    p = 1 / (1 + np.exp(-z))
    g = (p - Y) * p * (1 - p)
    return x[:, None] * g, g


@wrong("sigmoid_gradient", "stops at p - Y, as with cross-entropy: no slope of the sigmoid")
def like_cross_entropy(W, b, x, Y):
    p = 1.0 / (1.0 + np.exp(-(x @ W + b)))
    g = p - Y
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "the slope of the sigmoid is taken of z and not of p")
def slope_of_z(W, b, x, Y):
    z = x @ W + b
    p = 1 / (1 + np.exp(-z))
    g = 2 * (p - Y) * z * (1 - z)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "the outer product is the other way round, g x^T")
def outer_g_x(W, b, x, Y):
    sig = 1 / (1 + np.exp(-(W.T.dot(x) + b)))
    delta = 2 * (sig - Y) * sig * (1 - sig)
    dW = np.outer(delta, x)
    return dW, delta


@wrong("sigmoid_gradient", "the minus in the exponent is missing")
def exponent_sign(W, b, x, Y):
    p = 1 / (1 + np.exp(x @ W + b))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "db is added up to one number")
def bias_summed(W, b, x, Y):
    p = 1 / (1 + np.exp(-(np.dot(x, W) + b)))
    g = 2 * (p - Y) * p * (1 - p)
    dW = np.outer(x, g)
    db = np.sum(g)
    return dW, db


@wrong("sigmoid_gradient", "forgets the bias in the scores, and returns db first")
def no_bias_and_swapped(W, b, x, Y):
    p = 1 / (1 + np.exp(-x @ W))
    db = 2 * (p - Y) * p * (1 - p)
    dW = x.reshape(-1, 1) @ db.reshape(1, -1)
    return db, dW


@right("sigmoid_gradient")
def by_tanh(W, b, x, Y):
    t = np.tanh((np.einsum("j,jc->c", x, W) + b) / 2)
    db = ((1 + t) / 2 - Y) * (1 - t * t) / 2
    return np.einsum("j,c->jc", x, db), db


@right("sigmoid_gradient")
def by_columns(W, b, x, Y):
    n, k = W.shape
    dW, db = np.empty((n, k)), np.empty(k)
    for c in range(k):
        e = np.exp(-(W[:, c] @ x) - b[c])
        p = 1 / (1 + e)
        db[c] = 2 * (p - Y[c]) * e * p**2
        dW[:, c] = db[c] * x
    return dW, db


@wrong("central_difference", "divides by 2 and multiplies by h: the brackets are still missing")
def brackets_missing(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step = np.zeros(W.shape)
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / 2 * h
    return dW


@wrong("central_difference", "the step is not taken back after an entry")
def step_stays(f, W, h):
    grad = np.zeros(W.shape, dtype=float)
    step = np.zeros(W.shape, dtype=float)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            grad[j, c] = (f(W + step) - f(W - step)) / (2 * h)
    return grad


@wrong("central_difference", "the result is of W's type: whole numbers cut it off")
def result_like_w(f, W, h):
    dW = np.zeros_like(W)
    for index in np.ndindex(*W.shape):
        E = np.zeros(W.shape)
        E[index] = 1
        dW[index] = (f(W + h * E) - f(W - h * E)) / (2 * h)
    return dW


@wrong("central_difference", "the forward difference")
def forward_only(f, W, h):
    out, here = np.zeros(W.shape), f(W)
    for j, c in np.ndindex(W.shape):
        moved = W.astype(float)
        moved[j, c] += h
        out[j, c] = (f(moved) - here) / h
    return out


@wrong("central_difference", "moves W itself and does not put it back")
def walks_away(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(len(W)):
        for c in range(len(W[0])):
            W[j, c] += h
            up = f(W)
            W[j, c] -= 2 * h
            down = f(W)
            dW[j, c] = (up - down) / (2 * h)
    return dW


@wrong("central_difference", "uses a step of its own, 1e-5, in place of h")
def own_step(f, W, h):
    eps = 1e-5
    dW = np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step = np.zeros(W.shape)
            step[j, c] = eps
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * eps)
    return dW


@wrong("central_difference", "steps a whole row at a time, and subtracts the wrong way round")
def row_steps(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(W.shape[0]):
        step = np.zeros(W.shape)
        step[j] = h
        dW[j] = (f(W - step) - f(W + step)) / (2 * h)
    return dW


@right("central_difference")
def unit_matrices(f, W, h):
    units = np.eye(W.size).reshape(-1, *W.shape)
    rises = [f(W + h * unit) - f(W - h * unit) for unit in units]
    return np.reshape(rises, W.shape) / (h + h)


@right("central_difference")
def moves_a_copy(f, W, h):
    V = np.array(W, dtype=float)
    dW = np.full(V.shape, np.nan)
    it = np.nditer(V, flags=["multi_index"])
    while not it.finished:
        place = it.multi_index
        old = V[place]
        V[place] = old + h
        up = f(V.copy())
        V[place] = old - h
        dW[place] = 0.5 * (up - f(V.copy())) / h
        V[place] = old
        it.iternext()
    return dW
