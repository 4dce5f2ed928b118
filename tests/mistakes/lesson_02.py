"""Answers to the exercises of notebook 02, the gradient."""

import numpy as np

from tests.mistakes import right, wrong

# scores_gradient


def rows_softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@right("scores_gradient")
def one_hot_by_eye(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]) / len(y)


@right("scores_gradient")
def entry_by_entry(Z, y):
    m, k = Z.shape
    dZ = np.zeros((m, k))
    for i in range(m):
        total = sum(np.exp(Z[i, c] - max(Z[i])) for c in range(k))
        for c in range(k):
            p = np.exp(Z[i, c] - max(Z[i])) / total
            dZ[i, c] = (p - 1 if c == y[i] else p) / m
    return dZ


@right("scores_gradient")
def list_of_rows(Z, y):
    P = rows_softmax(Z)
    return [[(p - (c == label)) / len(y) for c, p in enumerate(row)] for row, label in zip(P, y)]


@right("scores_gradient")
def float32_in_columns(Z, y):
    P = np.asfortranarray(rows_softmax(Z.astype(np.float32)))
    P[range(len(y)), y] -= 1
    return P / np.float32(len(y))


@right("scores_gradient")
def as_a_matrix(Z, y):
    return np.matrix(rows_softmax(Z) - (np.arange(Z.shape[1]) == y[:, None])) / len(Z)


@wrong("scores_gradient", "the 1/m is missing")
def mean_forgotten(Z, y):
    dZ = rows_softmax(Z)
    dZ[np.arange(len(y)), y] -= 1
    return dZ


@wrong("scores_gradient", "not by k")
def divided_by_classes(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]) / Z.shape[1]


@wrong("scores_gradient", "number of entries")
def divided_by_entries(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]) / Z.size


@wrong("scores_gradient", "the sign is wrong")
def labels_minus_probabilities(Z, y):
    return (np.eye(Z.shape[1])[y] - rows_softmax(Z)) / len(y)


@wrong("scores_gradient", "Y was not subtracted")
def probabilities_only(Z, y):
    return rows_softmax(Z) / len(y)


@wrong("scores_gradient", "down the columns")
def softmax_down_columns(Z, y):
    E = np.exp(Z - Z.max(axis=0))
    return (E / E.sum(axis=0) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "the softmax is missing")
def scores_minus_labels(Z, y):
    return (Z - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "P[np.arange(m), y]")
def whole_columns(Z, y):
    P = rows_softmax(Z)
    P[:, y] -= 1
    return P / len(y)


@wrong("scores_gradient", "go on through the softmax")
def stops_at_probabilities(Z, y):
    return -np.eye(Z.shape[1])[y] / rows_softmax(Z) / len(y)


@wrong("scores_gradient", "already contains it")
def derivative_twice(Z, y):
    P = rows_softmax(Z)
    return (P - np.eye(Z.shape[1])[y]) * P * (1 - P) / len(y)


@wrong("scores_gradient", "exp(10000)")
def unshifted(Z, y):
    E = np.exp(Z)
    return (E / E.sum(axis=1, keepdims=True) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "one maximum was taken away for all")
def one_maximum(Z, y):
    E = np.exp(Z - Z.max())
    return (E / E.sum(axis=1, keepdims=True) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "not y.max() + 1")
def classes_from_labels(Z, y):
    return (rows_softmax(Z) - np.eye(y.max() + 1)[y]) / len(y)


@wrong("scores_gradient", "whole numbers")
def array_like_the_scores(Z, y):
    dZ = np.zeros_like(Z)
    dZ[:] = (rows_softmax(Z) - np.eye(Z.shape[1])[y]) / len(y)
    return dZ


@wrong("scores_gradient", "in place")
def scores_overwritten(Z, y):
    Z -= Z.max(axis=1, keepdims=True)
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "transposed")
def classes_in_rows(Z, y):
    return ((rows_softmax(Z) - np.eye(Z.shape[1])[y]) / len(y)).T


@wrong("scores_gradient", "one number")
def the_loss_itself(Z, y):
    return -np.log(rows_softmax(Z)[np.arange(len(y)), y]).mean()


@wrong("scores_gradient", "not written yet")
def unwritten(Z, y):
    raise NotImplementedError()


# loss_gradient


@right("loss_gradient")
def matrix_product(W, X, y):
    return X.T @ (rows_softmax(X @ W) - np.eye(W.shape[1])[y]) / len(y)


@right("loss_gradient")
def three_loops(W, X, y):
    (m, n), k = X.shape, W.shape[1]
    dW = np.zeros((n, k))
    for i in range(m):
        p = rows_softmax((X[i] @ W)[None])[0]
        for c in range(k):
            for j in range(n):
                dW[j, c] += (p[c] - (c == y[i])) * X[i, j] / m
    return dW


@right("loss_gradient")
def outer_products(W, X, y):
    Y = np.eye(W.shape[1])[y]
    return np.mean([np.outer(x, rows_softmax(x[None] @ W)[0] - t) for x, t in zip(X, Y)], axis=0)


@right("loss_gradient")
def by_einsum_in_float32(W, X, y):
    P = rows_softmax(X @ W)
    P[np.arange(len(y)), y] -= 1
    return np.asfortranarray(np.einsum("ij,ic->jc", X, P) / len(y)).astype(np.float32)


@right("loss_gradient")
def nested_lists(W, X, y):
    return matrix_product(W, X, y).tolist()


@wrong("loss_gradient", "the 1/m is missing")
def a_sum_over_examples(W, X, y):
    return X.T @ (rows_softmax(X @ W) - np.eye(W.shape[1])[y])


@wrong("loss_gradient", "divided by m twice")
def mean_twice(W, X, y):
    return X.T @ one_hot_by_eye(X @ W, y) / len(y)


@wrong("loss_gradient", "not by k")
def mean_over_classes(W, X, y):
    return X.T @ (rows_softmax(X @ W) - np.eye(W.shape[1])[y]) / W.shape[1]


@wrong("loss_gradient", "uphill")
def downhill(W, X, y):
    return X.T @ (np.eye(W.shape[1])[y] - rows_softmax(X @ W)) / len(y)


@wrong("loss_gradient", "Y was not subtracted")
def labels_unused(W, X, y):
    return X.T @ rows_softmax(X @ W) / len(y)


@wrong("loss_gradient", "down the columns")
def wrong_axis(W, X, y):
    E = np.exp(X @ W)
    return X.T @ (E / E.sum(axis=0) - np.eye(W.shape[1])[y]) / len(y)


@wrong("loss_gradient", "the softmax is missing")
def linear_regression(W, X, y):
    return X.T @ (X @ W - np.eye(W.shape[1])[y]) / len(y)


@wrong("loss_gradient", "P[np.arange(m), y]")
def columns_of_labels(W, X, y):
    P = rows_softmax(X @ W)
    P[:, y] -= 1
    return X.T @ P / len(y)


@wrong("loss_gradient", "only the last example counts")
def assigned_in_the_loop(W, X, y):
    for i in range(len(y)):
        dW = np.outer(X[i], rows_softmax((X[i] @ W)[None])[0] - np.eye(W.shape[1])[y[i]])
    return dW / len(y)


@wrong("loss_gradient", "after a step")
def a_step_taken(W, X, y):
    return W - matrix_product(W, X, y)


@wrong("loss_gradient", "in place")
def a_step_taken_in_place(W, X, y):
    dW = matrix_product(W, X, y)
    W += -0.1 * dW
    return dW


@wrong("loss_gradient", "transposed")
def theta_layout(W, X, y):
    return matrix_product(W, X, y).T


@wrong("loss_gradient", "returned dZ")
def scores_only(W, X, y):
    return one_hot_by_eye(X @ W, y)


@wrong("loss_gradient", "returned a tuple")
def loss_and_gradient(W, X, y):
    return -np.log(rows_softmax(X @ W)[np.arange(len(y)), y]).mean(), matrix_product(W, X, y)


@wrong("loss_gradient", "exp(10000)")
def exponentials_unshifted(W, X, y):
    E = np.exp(X @ W)
    return X.T @ (E / E.sum(axis=1, keepdims=True) - np.eye(W.shape[1])[y]) / len(y)


@wrong("loss_gradient", "take k from W.shape[1]")
def k_from_labels(W, X, y):
    return X.T @ (rows_softmax(X @ W) - np.eye(y.max() + 1)[y]) / len(y)


@wrong("loss_gradient", "arrays of floats")
def array_like_the_weights(W, X, y):
    dW = np.zeros_like(W)
    dW[:] = matrix_product(W, X, y)
    return dW


@wrong("loss_gradient", "raised ValueError")
def transpose_lost(W, X, y):
    return X @ one_hot_by_eye(X @ W, y)


# central_difference


@right("central_difference")
def moves_a_copy_and_puts_back(f, W, h):
    V, dW = W.astype(float), np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            w = V[i, j]
            V[i, j] = w + h
            ahead = f(V)
            V[i, j] = w - h
            dW[i, j] = (ahead - f(V)) / (2 * h)
            V[i, j] = w
    return dW


@right("central_difference")
def steps_and_steps_back(f, W, h):
    V = np.array(W, dtype=float)
    dW = np.empty_like(V, order="F")
    for place, _ in np.ndenumerate(V):
        V[place] += h
        ahead = f(V)
        V[place] -= 2 * h
        behind = f(V)
        V[place] += h
        dW[place] = (ahead - behind) / h / 2
    return dW


@right("central_difference")
def rows_of_an_identity(f, W, h):
    E = h * np.eye(W.size).reshape(-1, *W.shape)
    return np.array([f(W + e) - f(W - e) for e in E]).reshape(W.shape) / (2 * h)


@right("central_difference")
def lists_of_lists(f, W, h):
    def slope(i, j):
        up, down = W.astype(float), W.astype(float)
        up[i, j], down[i, j] = up[i, j] + h, down[i, j] - h
        return float(f(up) - f(down)) / (2 * h)

    return [[slope(i, j) for j in range(W.shape[1])] for i in range(W.shape[0])]


@right("central_difference")
def in_float32(f, W, h):
    return moves_a_copy_and_puts_back(f, W, h).astype(np.float32)


def walk(f, W, change):
    """Return an answer that visits every entry of a copy; ``change(V, place, f)`` gives the slope there."""
    V, dW = W.astype(float), np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        dW[place] = change(V, place, f)
    return dW


@wrong("central_difference", "never put back")
def the_reports_loop(f, W, h):
    def change(V, place, f):
        before = f(V)
        V[place] += h
        return (f(V) - before) / h

    return walk(f, W, change)


@wrong("central_difference", "never put back")
def left_behind(f, W, h):
    def change(V, place, f):
        V[place] += h
        ahead = f(V)
        V[place] -= 2 * h
        return (ahead - f(V)) / (2 * h)

    return walk(f, W, change)


@wrong("central_difference", "in place")
def callers_weights_moved(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        W[place] += h
        ahead = f(W)
        W[place] -= 2 * h
        dW[place] = (ahead - f(W)) / (2 * h)
    return dW


@wrong("central_difference", "this is the forward difference")
def forward(f, W, h):
    return walk(f, W, lambda V, place, f: (f(V + step_at(V, place, h)) - f(V)) / h)


@wrong("central_difference", "this is the backward difference")
def backward(f, W, h):
    return walk(f, W, lambda V, place, f: (f(V) - f(V - step_at(V, place, h))) / h)


def step_at(V, place, h):
    E = np.zeros(V.shape)
    E[place] = h
    return E


@wrong("central_difference", "divide by 2h")
def divided_by_h(f, W, h):
    return 2 * moves_a_copy_and_puts_back(f, W, h)


@wrong("central_difference", "multiplies by h")
def brackets_forgotten(f, W, h):
    return walk(f, W, lambda V, place, f: (f(V + step_at(V, place, h)) - f(V - step_at(V, place, h))) / 2 * h)


@wrong("central_difference", "division by h is missing")
def not_divided(f, W, h):
    return walk(f, W, lambda V, place, f: (f(V + step_at(V, place, h)) - f(V - step_at(V, place, h))) / 2)


@wrong("central_difference", "the sign is turned")
def behind_minus_ahead(f, W, h):
    return -moves_a_copy_and_puts_back(f, W, h)


@wrong("central_difference", "step back by 2h")
def back_by_one_h(f, W, h):
    return forward(f, W, h) / 2


@wrong("central_difference", "h was ignored")
def own_step(f, W, h):
    return moves_a_copy_and_puts_back(f, W, 1e-5)


@wrong("central_difference", "the steps are h/2")
def half_steps(f, W, h):
    return moves_a_copy_and_puts_back(f, W, h / 2)


@wrong("central_difference", "whole rows were moved")
def row_by_row(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(len(W)):
        up, down = W.astype(float), W.astype(float)
        up[i] += h
        down[i] -= h
        dW[i] = (f(up) - f(down)) / (2 * h)
    return dW


@wrong("central_difference", "moved all weights at once")
def all_at_once(f, W, h):
    return (f(W + h) - f(W - h)) / (2 * h)


@wrong("central_difference", "W.astype(float)")
def integer_copy(f, W, h):
    V, dW = W.copy(), np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        w = V[place]
        V[place] = w + h
        ahead = f(V)
        V[place] = w - h
        dW[place] = (ahead - f(V)) / (2 * h)
        V[place] = w
    return dW


@wrong("central_difference", "W.astype(float)")
def integer_steps(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros_like(W)
        E[place] = h
        dW[place] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "`return`")
def no_return(f, W, h):
    moves_a_copy_and_puts_back(f, W, h)


# sigmoid_gradient


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


@right("sigmoid_gradient")
def outer(W, b, x, z):
    y = sigmoid(x @ W + b)
    g = 2 * (y - z) * y * (1 - y)
    return np.outer(x, g), g


@right("sigmoid_gradient")
def columns_and_rows(W, b, x, z):
    y = sigmoid(W.T @ x.reshape(-1, 1) + b.reshape(-1, 1))
    g = 2 * (y - z.reshape(-1, 1)) * y * (1 - y)
    return x.reshape(-1, 1) @ g.T, g.ravel()


@right("sigmoid_gradient")
def two_loops(W, b, x, z):
    dW, db = np.zeros(W.shape), []
    for c in range(len(b)):
        y = sigmoid(sum(W[j, c] * x[j] for j in range(len(x))) + b[c])
        db.append(2 * (y - z[c]) * y * (1 - y))
        for j in range(len(x)):
            dW[j][c] = db[c] * x[j]
    return [dW, db]


@right("sigmoid_gradient")
def a_matrix_in_float32(W, b, x, z):
    dW, db = outer(W, b, x, z)
    return np.matrix(dW, dtype=np.float32), db.astype(np.float32)


@wrong("sigmoid_gradient", "the factor 2")
def two_forgotten(W, b, x, z):
    return tuple(value / 2 for value in outer(W, b, x, z))


@wrong("sigmoid_gradient", "the sign is turned")
def target_minus_output(W, b, x, z):
    return tuple(-value for value in outer(W, b, x, z))


@wrong("sigmoid_gradient", "own slope y (1 - y) is missing")
def no_sigmoid_slope(W, b, x, z):
    g = 2 * (sigmoid(x @ W + b) - z)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "not with what goes in")
def slope_at_the_scores(W, b, x, z):
    a = x @ W + b
    g = 2 * (sigmoid(a) - z) * a * (1 - a)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "slope of tanh")
def slope_of_tanh(W, b, x, z):
    y = sigmoid(x @ W + b)
    g = 2 * (y - z) * (1 - y**2)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "half of the sigmoid's slope")
def half_a_slope(W, b, x, z):
    y = sigmoid(x @ W + b)
    g = 2 * (y - z) * y
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "W^T x + b itself")
def no_sigmoid(W, b, x, z):
    g = 2 * (x @ W + b - z)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "left out")
def no_bias(W, b, x, z):
    return outer(W, 0 * b, x, z)


@wrong("sigmoid_gradient", "with a minus")
def sigmoid_turned(W, b, x, z):
    return outer(-W, -b, x, z)


@wrong("sigmoid_gradient", "not a mean")
def mean_of_squares(W, b, x, z):
    return tuple(value / len(b) for value in outer(W, b, x, z))


@wrong("sigmoid_gradient", "does not use x")
def input_unused(W, b, x, z):
    g = outer(W, b, x, z)[1]
    return np.tile(g, (len(x), 1)), g


@wrong("sigmoid_gradient", "transposed")
def g_before_x(W, b, x, z):
    g = outer(W, b, x, z)[1]
    return np.outer(g, x), g


@wrong("sigmoid_gradient", "np.outer(x, g)")
def vectors_multiplied(W, b, x, z):
    g = outer(W, b, x, z)[1]
    return x @ g.T, g


@wrong("sigmoid_gradient", "nothing is summed")
def bias_summed(W, b, x, z):
    dW, db = outer(W, b, x, z)
    return dW, db.sum()


@wrong("sigmoid_gradient", "weights first")
def bias_first(W, b, x, z):
    return outer(W, b, x, z)[::-1]


@wrong("sigmoid_gradient", "must return 2 things")
def weights_only(W, b, x, z):
    return outer(W, b, x, z)[0]
