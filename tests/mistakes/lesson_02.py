"""Answers to the exercises of notebook 02, the gradient."""

import functools

import numpy as np

from coursekit import gradcheck
from tests.mistakes import equal, right, wrong


def named(function, name):
    """Give a callable a name, for the test's id."""
    function.__name__ = name
    return function


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


@wrong("scores_gradient", "number of classes")
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


@wrong("scores_gradient", "Z.shape[1]")
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


@wrong("scores_gradient", "transpose")
def classes_in_rows(Z, y):
    return ((rows_softmax(Z) - np.eye(Z.shape[1])[y]) / len(y)).T


@wrong("scores_gradient", "one number")
def the_loss_itself(Z, y):
    return -np.log(rows_softmax(Z)[np.arange(len(y)), y]).mean()


@right("scores_gradient")
def generator_of_rows(Z, y):
    for p, label in zip(rows_softmax(Z), y):
        yield [(v - (c == label)) / len(y) for c, v in enumerate(p)]


def with_mean(Z, y, mean):
    return one_hot_by_eye(Z, y) if mean else rows_softmax(Z)


def cached(function):
    @functools.wraps(function)
    def wrapper(*inputs):
        return function(*inputs)

    return wrapper


@right("scores_gradient")
@cached
def decorated(Z, y):
    return one_hot_by_eye(Z, y)


class Gradient:
    def __call__(self, Z, y):
        return one_hot_by_eye(Z, y)


right("scores_gradient")(named(Gradient(), "an_object_that_is_called"))
right("scores_gradient")(named(functools.partial(with_mean, mean=True), "a_partial"))
right("scores_gradient")(named(lambda Z, y: one_hot_by_eye(Z, y), "a_lambda"))


@right("scores_gradient")
def by_the_logarithm(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S - np.log(np.exp(S).sum(axis=1, keepdims=True)))
    Y = np.zeros_like(P)
    Y[np.arange(len(y)), y] = 1
    return np.asfortranarray((P - Y) / Z.shape[0])


@wrong("scores_gradient", "subtracted as numbers")
def labels_as_numbers(Z, y):
    return (rows_softmax(Z) - y[:, None]) / len(y)


@wrong("scores_gradient", "Only Y is divided by m")
def brackets_around_nothing(Z, y):
    return rows_softmax(Z) - np.eye(Z.shape[1])[y] / len(y)


@wrong("scores_gradient", "Only P is divided by m")
def divided_too_early(Z, y):
    P = rows_softmax(Z) / len(y)
    P[np.arange(len(y)), y] -= 1
    return P


@wrong("scores_gradient", "entry of the true class is filled")
def true_class_only(Z, y):
    dZ, rows = np.zeros(Z.shape), np.arange(len(y))
    dZ[rows, y] = (rows_softmax(Z)[rows, y] - 1) / len(y)
    return dZ


@wrong("scores_gradient", "at the largest probability")
def at_the_predicted_class(Z, y):
    P = rows_softmax(Z)
    P[np.arange(len(y)), P.argmax(axis=1)] -= 1
    return P / len(y)


@wrong("scores_gradient", "P[y] takes whole rows")
def whole_rows(Z, y):
    P = rows_softmax(Z)
    P[y] -= 1
    return P / len(y)


@wrong("scores_gradient", "number of each row came back")
def picked_only(Z, y):
    return (rows_softmax(Z)[np.arange(len(y)), y] - 1) / len(y)


@wrong("scores_gradient", "logarithms of the probabilities")
def log_probabilities(Z, y):
    return (np.log(rows_softmax(Z)) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "keepdims is missing")
def sums_lie_flat(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "smallest score of each row")
def shifted_by_the_smallest(Z, y):
    E = np.exp(Z - Z.min(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "1/m is missing")
def mean_forgotten_and_columns(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=0) - np.eye(Z.shape[1])[y]


@wrong("scores_gradient", "already contains it")
def through_the_jacobian_again(Z, y):
    P = rows_softmax(Z)
    D = P - np.eye(Z.shape[1])[y]
    return np.array([(np.diag(p) - np.outer(p, p)) @ d for p, d in zip(P, D)]) / len(y)


@wrong("scores_gradient", "`return` is inside")
def returned_too_early(Z, y):
    dZ = np.zeros(Z.shape)
    for i in range(len(y)):
        dZ[i] = (rows_softmax(Z[i : i + 1])[0] - np.eye(Z.shape[1])[y[i]]) / len(y)
        return dZ


@wrong("scores_gradient", "A sigmoid was taken")
def sigmoids(Z, y):
    return (1 / (1 + np.exp(-Z)) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "averaged away")
def averaged_over_examples(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]).mean(axis=0)


@wrong("scores_gradient", "A condition was asked of a whole array")
def condition_of_a_row(Z, y):
    P = rows_softmax(Z)
    return (P - 1 if y == P.argmax(axis=1) else P) / len(y)


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


@wrong("central_difference", "stands below the inner loop")
def filled_below_the_inner_loop(f, W, h):
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
        dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
        step[j, c] = 0
    return dW


@wrong("central_difference", "stands below the inner loop")
def a_row_moved_at_once(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(W.shape[0]):
        step = np.zeros(W.shape)
        for c in range(W.shape[1]):
            step[j, c] = h
        dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
    return dW


@wrong("central_difference", "stands below the inner loop")
def only_the_last_of_a_row(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step = np.zeros(W.shape)
            step[j, c] = h
        dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
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


@wrong("central_difference", "wrong sign")
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


@wrong("central_difference", "all entries were moved at once")
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


@right("central_difference")
def generator_of_lists(f, W, h):
    for i in range(len(W)):
        yield [(f(W + step_at(W, (i, j), h)) - f(W - step_at(W, (i, j), h))) / (2 * h) for j in range(W.shape[1])]


@right("central_difference")
def moves_the_callers_floats_and_puts_back(f, W, h):
    V = W if W.dtype == float else W.astype(float)
    dW = np.zeros(V.shape)
    for i in np.ndindex(V.shape):
        V[i] += h
        dW[i] = f(V)
        V[i] -= 2 * h
        dW[i] = (dW[i] - f(V)) / (2 * h)
        V[i] += h
    return dW


@right("central_difference")
def flat_and_back(f, W, h):
    flat = W.ravel().astype(float)
    slopes = []
    for t in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[t], down[t] = up[t] + h, down[t] - h
        slopes.append((f(up.reshape(W.shape)) - f(down.reshape(W.shape))) / (2 * h))
    return np.matrix(np.reshape(slopes, W.shape))


@right("central_difference")
def column_by_column(f, W, h):
    dW = np.zeros(W.shape, order="F")
    for j in range(W.shape[1]):
        for i in range(W.shape[0]):
            dW[i, j] = np.vectorize(lambda t: f(W + step_at(W, (i, j), t)))([h, -h]) @ [1, -1] / (2 * h)
    return dW


right("central_difference")(named(lambda f, W, h: moves_a_copy_and_puts_back(f, W, h), "a_lambda"))


@wrong("central_difference", "never cleared")
def step_array_never_cleared(f, W, h):
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        step[place] = h
        dW[place] = (f(W + step) - f(W - step)) / (2 * h)
    return dW


@wrong("central_difference", "second derivative")
def curvature(f, W, h):
    return walk(f, W, lambda V, p, f: (f(V + step_at(V, p, h)) - 2 * f(V) + f(V - step_at(V, p, h))) / h**2)


@wrong("central_difference", "depends on the entry")
def step_in_proportion(f, W, h):
    return walk(
        f,
        W,
        lambda V, p, f: (f(V + step_at(V, p, h * V[p])) - f(V - step_at(V, p, h * V[p]))) / (2 * h * V[p]),
    )


@wrong("central_difference", "W[i] with one index is a row")
def one_index(f, W, h):
    V, dW = W.astype(float), np.zeros(W.shape)
    for i in range(W.size):
        V[i] += h
        ahead = f(V)
        V[i] -= 2 * h
        dW[i] = (ahead - f(V)) / (2 * h)
        V[i] += h
    return dW


@wrong("central_difference", "shape of W")
def left_flat(f, W, h):
    return moves_a_copy_and_puts_back(f, W, h).ravel()


@wrong("central_difference", "`return` is inside")
def returned_in_the_loop(f, W, h):
    dW = np.zeros(W.shape)
    for p in np.ndindex(W.shape):
        dW[p] = (f(W + step_at(W, p, h)) - f(W - step_at(W, p, h))) / (2 * h)
        return dW


@wrong("central_difference", "asked for is the central one")
def five_points(f, W, h):
    def change(V, p, f):
        E = step_at(V, p, h)
        return (8 * (f(V + E) - f(V - E)) - f(V + 2 * E) + f(V - 2 * E)) / (12 * h)

    return walk(f, W, change)


@wrong("central_difference", "whole columns")
def column_at_once(f, W, h):
    dW = np.zeros(W.shape)
    for j in range(W.shape[1]):
        E = np.zeros(W.shape)
        E[:, j] = h
        dW[:, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "transposed")
def turned_round(f, W, h):
    return moves_a_copy_and_puts_back(f, W, h).T


@wrong("central_difference", "over h")
def mean_of_both(f, W, h):
    return walk(f, W, lambda V, p, f: (f(V + step_at(V, p, h)) + f(V - step_at(V, p, h))) / (2 * h))


@wrong("central_difference", "np.zeros(W.shape)")
def result_of_whole_numbers(f, W, h):
    dW = np.zeros_like(W)
    for p in np.ndindex(W.shape):
        dW[p] = (f(W + step_at(W, p, h)) - f(W - step_at(W, p, h))) / (2 * h)
    return dW


@wrong("central_difference", "W[i, i]")
def one_loop_for_both(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(min(W.shape)):
        dW[i, i] = (f(W + step_at(W, (i, i), h)) - f(W - step_at(W, (i, i), h))) / (2 * h)
    return dW


@wrong("central_difference", "may not call")
def the_courses_own(f, W, h):
    return gradcheck.numeric_gradient(f, W, h=h)


@wrong("central_difference", "as it was given")
def the_prompts_program(f, W, h):
    dW, step = np.zeros_like(W), np.zeros_like(W)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / 2 * h
    return dW


@wrong("central_difference", "never cleared")
def two_of_three_fixed(f, W, h):
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
    return dW


@wrong("central_difference", "never cleared")
def only_the_types_fixed(f, W, h):
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / 2 * h
    return dW


@wrong("central_difference", "/ 2 * h multiplies")
def brackets_left(f, W, h):
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / 2 * h
            step[j, c] = 0
    return dW


@wrong("central_difference", "np.zeros(W.shape)")
def types_left(f, W, h):
    dW, step = np.zeros_like(W), np.zeros_like(W)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
            step[j, c] = 0
    return dW


@wrong("central_difference", "cleared too late")
def cleared_at_the_end_of_a_row(f, W, h):
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            dW[j, c] = (f(W + step) - f(W - step)) / (2 * h)
        step[:] = 0
    return dW


@wrong("central_difference", "second place is w itself")
def cleared_before_the_second_place(f, W, h):
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for j in range(W.shape[0]):
        for c in range(W.shape[1]):
            step[j, c] = h
            ahead = f(W + step)
            step[j, c] = 0
            dW[j, c] = (ahead - f(W - step)) / (2 * h)
    return dW


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


@wrong("sigmoid_gradient", "p - Y")
def target_minus_output(W, b, x, z):
    return tuple(-value for value in outer(W, b, x, z))


@wrong("sigmoid_gradient", "own slope, p (1 - p), is missing")
def no_sigmoid_slope(W, b, x, z):
    g = 2 * (sigmoid(x @ W + b) - z)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "at what goes in")
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


@wrong("sigmoid_gradient", "There is no sigmoid")
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


@wrong("sigmoid_gradient", "other order")
def bias_first(W, b, x, z):
    return outer(W, b, x, z)[::-1]


@wrong("sigmoid_gradient", "must return 2 things")
def weights_only(W, b, x, z):
    return outer(W, b, x, z)[0]


@right("sigmoid_gradient")
def by_einsum(W, b, x, z):
    y = sigmoid(np.einsum("j,jc->c", x, W) + b)
    g = -2.0 * (z - y) * (y - y**2)
    return np.einsum("j,c->jc", x, g), g.tolist()


@right("sigmoid_gradient")
def through_tanh(W, b, x, z):
    y = 0.5 + 0.5 * np.tanh((W.T @ x + b) / 2)
    g = 2 * (y - z) / (1 / y + 1 / (1 - y))
    return np.asfortranarray(x[:, None] * g), g


@right("sigmoid_gradient")
def column_by_column_as_lists(W, b, x, z):
    columns, db = [], []
    for w, bias, target in zip(W.T, b, z):
        y = sigmoid(w @ x + bias)
        db.append(2 * (y - target) * y * (1 - y))
        columns.append(db[-1] * x)
    return [list(row) for row in np.transpose(columns)], db


right("sigmoid_gradient")(named(lambda W, b, x, z: outer(W, b, x, z), "a_lambda"))


@wrong("sigmoid_gradient", "sigmoid was applied twice")
def slope_of_the_value(W, b, x, z):
    y = sigmoid(x @ W + b)
    g = 2 * (y - z) * sigmoid(y) * (1 - sigmoid(y))
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "taken at the target")
def slope_at_the_target(W, b, x, z):
    g = 2 * (sigmoid(x @ W + b) - z) * z * (1 - z)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "multiplied by b")
def bias_times_itself(W, b, x, z):
    dW, db = outer(W, b, x, z)
    return dW, db * b


@wrong("sigmoid_gradient", "gradient of a cross-entropy")
def cross_entropy(W, b, x, z):
    g = sigmoid(x @ W + b) - z
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "uses W in place of x")
def weights_for_inputs(W, b, x, z):
    g = outer(W, b, x, z)[1]
    return W * g, g


@wrong("sigmoid_gradient", "the square itself")
def squared_again(W, b, x, z):
    y = sigmoid(x @ W + b)
    g = 2 * (y - z) ** 2 * y * (1 - y)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "comes from dW")
def bias_from_the_weights(W, b, x, z):
    dW = outer(W, b, x, z)[0]
    return dW, dW.sum(axis=0)


@wrong("sigmoid_gradient", "In db")
def bias_without_slope(W, b, x, z):
    return outer(W, b, x, z)[0], 2 * (sigmoid(x @ W + b) - z)


@wrong("sigmoid_gradient", "there is a plus")
def plus_in_the_slope(W, b, x, z):
    y = sigmoid(x @ W + b)
    g = 2 * (y - z) * y * (1 + y)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "this is softmax")
def softmax_for_sigmoids(W, b, x, z):
    E = np.exp(x @ W + b)
    y = E / E.sum()
    g = 2 * (y - z) * y * (1 - y)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "left out")
def half_a_scores(W, b, x, z):
    return half_a_slope(W, 0 * b, x, z)


@wrong("sigmoid_gradient", "reshape")
def reshaped_outer(W, b, x, z):
    g = outer(W, b, x, z)[1]
    return np.outer(g, x).reshape(W.shape), g


@wrong("sigmoid_gradient", "must be of shape")
def bias_as_a_row(W, b, x, z):
    dW, db = outer(W, b, x, z)
    return dW, db[None, :]


# which_fault


@right("which_fault")
def c():
    return "c"


@right("which_fault")
def capital_and_dot():
    return "C."


@right("which_fault")
def in_brackets():
    return "(c)"


@wrong("which_fault", "Look at the colours")
def label_for_transpose():
    return "a"


@wrong("which_fault", "points of all three colours are off")
def label_for_transpose_in_capitals():
    return " A "


@wrong("which_fault", "one straight line through (0, 0)")
def penalty_for_factor():
    return "b"


@wrong("which_fault", "A transpose leaves")
def penalty_for_transpose():
    return "d"


@wrong("which_fault", "Look at how many points of plot 4")
def label_for_penalty():
    return "e"


@wrong("which_fault", "one of the letters a, b, c, d, e")
def in_words():
    return "1 transposed, 2 penalty, 3 twice, 4 label"


@wrong("which_fault", "one of the letters a, b, c, d, e")
def four_letters():
    return ["transposed", "penalty", "twice", "label"]


# mutants that are right answers

TYPE = "the same numbers in another container, order or precision"
FILLED = "every entry is set"
SIZE = "any negative number means the same to reshape"
equal(
    "scores_gradient",
    TYPE,
    "float32_in_columns: np.asfortranarray(rows_softmax(Z.astype(np.float32))) -> rows_softmax(Z.astype(np.float32))",
    "float32_in_columns: Z.astype(np.float32) -> Z",
    "float32_in_columns: np.float32(len(y)) -> len(y)",
    "as_a_matrix: np.matrix(rows_softmax(Z) - (np.arange(Z.shape[1]) == y[:, None])) -> "
    "rows_softmax(Z) - (np.arange(Z.shape[1]) == y[:, None])",
    "by_the_logarithm: np.asfortranarray((P - Y) / Z.shape[0]) -> (P - Y) / Z.shape[0]",
)
equal("scores_gradient", FILLED, "entry_by_entry: np.zeros((m, k)) -> np.ones((m, k))")
equal(
    "central_difference",
    TYPE,
    "steps_and_steps_back: np.empty_like(V, order='F') -> np.empty_like(V)",
    "lists_of_lists: float(f(up) - f(down)) -> f(up) - f(down)",
    "in_float32: moves_a_copy_and_puts_back(f, W, h).astype(np.float32) -> moves_a_copy_and_puts_back(f, W, h)",
    "flat_and_back: np.matrix(np.reshape(slopes, W.shape)) -> np.reshape(slopes, W.shape)",
    "column_by_column: np.zeros(W.shape, order='F') -> np.zeros(W.shape)",
)
equal(
    "central_difference",
    FILLED,
    "central_difference: np.zeros(W.shape) -> np.ones(W.shape)",
    "moves_a_copy_and_puts_back: np.zeros(W.shape) -> np.ones(W.shape)",
    "moves_the_callers_floats_and_puts_back: np.zeros(V.shape) -> np.ones(V.shape)",
    "column_by_column: np.zeros(W.shape, order='F') -> np.ones(W.shape, order='F')",
)
equal("central_difference", SIZE, "rows_of_an_identity: 1 -> 2")
equal(
    "central_difference",
    "it moves a copy in every case",
    "moves_the_callers_floats_and_puts_back: W if W.dtype == float else W.astype(float) -> "
    "W if False else W.astype(float)",
)
equal(
    "central_difference",
    "a scalar product has no order",
    "column_by_column: np.vectorize(lambda t: f(W + step_at(W, (i, j), t)))([h, -h]) @ [1, -1] -> "
    "[1, -1] @ np.vectorize(lambda t: f(W + step_at(W, (i, j), t)))([h, -h])",
)
equal("sigmoid_gradient", SIZE, "columns_and_rows: 1 -> 2")
equal("sigmoid_gradient", FILLED, "two_loops: np.zeros(W.shape) -> np.ones(W.shape)")
equal(
    "sigmoid_gradient",
    TYPE,
    "a_matrix_in_float32: np.matrix(dW, dtype=np.float32) -> np.matrix(dW)",
    "a_matrix_in_float32: np.matrix(dW, dtype=np.float32) -> dW",
    "a_matrix_in_float32: db.astype(np.float32) -> db",
    "by_einsum: g.tolist() -> g",
    "through_tanh: np.asfortranarray(x[:, None] * g) -> x[:, None] * g",
    "column_by_column_as_lists: list(row) -> row",
)
equal(
    "sigmoid_gradient",
    "a column times a row is their product, entry by entry, and a scalar product has no order",
    "columns_and_rows: x.reshape(-1, 1) @ g.T -> x.reshape(-1, 1) * g.T",
    "column_by_column_as_lists: w @ x -> x @ w",
)


# scores_gradient: more mistakes at the true class, in the rows, and in the mean


@wrong("scores_gradient", "gradient in the probabilities")
def only_the_true_probability(Z, y):
    P = rows_softmax(Z)
    dP = np.zeros(P.shape)
    dP[np.arange(len(y)), y] = -1 / P[np.arange(len(y)), y]
    return dP / len(y)


@wrong("scores_gradient", "label was not subtracted there")
def return_after_the_first_label(Z, y):
    P = rows_softmax(Z)
    for i in range(len(y)):
        P[i, y[i]] -= 1
        return P / len(y)


@wrong("scores_gradient", "label was not subtracted there")
def last_label_forgotten(Z, y):
    P = rows_softmax(Z)
    for i in range(len(y) - 1):
        P[i, y[i]] -= 1
    return P / len(y)


@wrong("scores_gradient", "is a fixed number")
def minus_one_written_in(Z, y):
    P = rows_softmax(Z)
    P[np.arange(len(y)), y] = -1
    return P / len(y)


@wrong("scores_gradient", "entries of the other classes have the wrong sign")
def other_classes_negated(Z, y):
    P = -rows_softmax(Z)
    P[np.arange(len(y)), y] = -P[np.arange(len(y)), y] - 1
    return P / len(y)


@wrong("scores_gradient", "1/k was subtracted")
def less_a_uniform_guess(Z, y):
    return (rows_softmax(Z) - 1 / Z.shape[1]) / len(y)


@wrong("scores_gradient", "multiplied by a probability once more")
def times_the_probability(Z, y):
    P = rows_softmax(Z)
    return P * (P - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "multiplied by the scores")
def times_the_scores(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]) * Z / len(y)


@wrong("scores_gradient", "subtracted twice")
def label_subtracted_twice(Z, y):
    P = rows_softmax(Z) - np.eye(Z.shape[1])[y]
    P[np.arange(len(y)), y] -= 1
    return P / len(y)


@wrong("scores_gradient", "counted from the labels")
def classes_that_occur(Z, y):
    return (rows_softmax(Z) - np.eye(len(set(y)))[y]) / len(y)


@wrong("scores_gradient", "same class in every row")
def always_the_first_class(Z, y):
    P = rows_softmax(Z)
    P[:, 0] -= 1
    return P / len(y)


@wrong("scores_gradient", "The probabilities are missing")
def minus_the_labels(Z, y):
    return -np.eye(Z.shape[1])[y] / len(y)


@wrong("scores_gradient", "divided by 2m")
def half_of_the_mean(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]) / (2 * len(y))


@wrong("scores_gradient", "It is multiplied by m")
def times_m(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]) * len(y)


@wrong("scores_gradient", "stands inside the loop")
def divided_in_each_round(Z, y):
    P = rows_softmax(Z)
    for i in range(len(y)):
        P[i, y[i]] -= 1
        P[: i + 1] /= len(y)
    return P


@wrong("scores_gradient", "Only the entry of the true class is divided")
def brackets_at_the_true_class(Z, y):
    P = rows_softmax(Z)
    rows = np.arange(len(y))
    P[rows, y] = (P[rows, y] - 1) / len(y)
    return P


@wrong("scores_gradient", "The examples were averaged away")
def rows_added_up(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]).sum(axis=0)


@wrong("scores_gradient", "down the columns, and overflows")
def columns_unshifted_no_mean(Z, y):
    E = np.exp(Z)
    P = E / E.sum(axis=0)
    P[np.arange(len(y)), y] -= 1
    return P


@wrong("scores_gradient", "overflow and are not divided by their sum")
def exponentials_unshifted(Z, y):
    return (np.exp(Z) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "which gives odds")
def odds_in_place_of_probabilities(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / (E.sum(axis=1, keepdims=True) - E)
    return (P - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "mean of the exponentials")
def over_the_mean(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.mean(axis=1, keepdims=True)
    return (P - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "A score at a fixed place")
def first_score_taken_away(Z, y):
    E = np.exp(Z - Z[:, [0]])
    return (E / E.sum(axis=1, keepdims=True) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "scaled, by a division")
def scores_divided_by_the_largest(Z, y):
    E = np.exp(Z / Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "sign of the shift")
def maximum_added(Z, y):
    E = np.exp(Z + Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "largest absolute value")
def absolute_maximum(Z, y):
    E = np.exp(Z - np.abs(Z).max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True) - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "logarithms of the probabilities")
def log_softmax_less_labels(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    log_p = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    return (log_p - np.eye(Z.shape[1])[y]) / len(y)


@wrong("scores_gradient", "summed over the classes, which gives 0")
def summed_over_the_classes(Z, y):
    return (rows_softmax(Z) - np.eye(Z.shape[1])[y]).sum(axis=1) / len(y)


@wrong("scores_gradient", "Every entry is 0")
def never_filled(Z, y):
    P = rows_softmax(Z)
    dZ = np.zeros(Z.shape)
    for i in range(len(y)):
        row = P[i]
        row[y[i]] -= 1
    return dZ / len(y)


# sigmoid_gradient: more mistakes in the chain, in the products, and in what is filled


@wrong("sigmoid_gradient", "in the other order")
def bias_first_and_the_sign(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (Y - p) * p * (1 - p)
    return g, np.outer(x, g)


@wrong("sigmoid_gradient", "the product of two vectors that makes a matrix")
def product_of_two_vectors(W, b, x, Y):
    p = 1 / (1 + np.exp(-(W.T @ x + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return x.T @ g, g


@wrong("sigmoid_gradient", "the product of two vectors that makes a matrix")
def star_of_two_vectors(W, b, x, Y):
    p = 1 / (1 + np.exp(-(W.T @ x + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return x * g, g


@wrong("sigmoid_gradient", "The error p - Y is missing")
def only_the_slope(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "The target is added")
def target_added(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p + Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "derivative of -Y log p")
def derivative_of_a_logarithm(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = -Y / p * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "cut to 0 or 1")
def difference_of_labels(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * ((p > 0.5) - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "output is multiplied by the target")
def output_times_target(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * p * Y * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "The slope is not right")
def square_of_the_output(W, b, x, Y):
    e = np.exp(-(x @ W + b))
    g = 2 * (1 / (1 + e) - Y) / (1 + e) ** 2
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "target stands in the slope")
def slope_with_the_target(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - Y)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "slope of relu")
def slope_of_relu(W, b, x, Y):
    z = x @ W + b
    g = 2 * (1 / (1 + np.exp(-z)) - Y) * (z > 0)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "The slopes were summed up")
def sum_of_slopes(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * np.sum(p * (1 - p))
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "divided by n, the number of inputs")
def divided_by_the_inputs(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p) / len(x)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "factor in front is not right")
def factor_three(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 3 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "bias is added more than once")
def bias_in_the_inner_loop(W, b, x, Y):
    z = np.zeros(len(b))
    for c in range(len(b)):
        for j in range(len(x)):
            z[c] += x[j] * W[j, c] + b[c]
    p = 1 / (1 + np.exp(-z))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "do not hold every input")
def only_the_last_input(W, b, x, Y):
    z = np.zeros(len(b))
    for c in range(len(b)):
        for j in range(len(x)):
            z[c] = x[j] * W[j, c]
    p = 1 / (1 + np.exp(-(z + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "scores are averages")
def mean_of_the_inputs(W, b, x, Y):
    p = 1 / (1 + np.exp(-((W * x[:, None]).mean(axis=0) + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "summed up to one number")
def one_score_for_all(W, b, x, Y):
    z = np.sum(x @ W + b)
    p = 1 / (1 + np.exp(-z))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "brackets of the sigmoid")
def brackets_of_the_sigmoid(W, b, x, Y):
    p = 1 / 1 + np.exp(-(x @ W + b))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "minus below")
def minus_below(W, b, x, Y):
    p = 1 / (1 - np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g), g


@wrong("sigmoid_gradient", "every row has the same input")
def stale_input(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    dW = np.zeros(W.shape)
    for v in x:
        for j in range(len(x)):
            dW[j] = v * g
    return dW, g


@wrong("sigmoid_gradient", "every column has the same g")
def one_g_for_all(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, np.full(len(b), g.sum())), g


@wrong("sigmoid_gradient", "In dW the error p - Y is missing")
def error_in_db_only(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    return np.outer(x, p * (1 - p)), 2 * (p - Y) * p * (1 - p)


@wrong("sigmoid_gradient", "In dW the factor 2 and the slope")
def error_alone_in_dw(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    return np.outer(x, p - Y), 2 * (p - Y) * p * (1 - p)


@wrong("sigmoid_gradient", "x and g are added")
def sum_of_x_and_g(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return x[:, None] + g, g


@wrong("sigmoid_gradient", "x is there twice")
def squared_inputs(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x * x, g), g


@wrong("sigmoid_gradient", "In dW the sign is wrong")
def sign_of_dw(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return -np.outer(x, g), g


@wrong("sigmoid_gradient", "division by a count")
def dw_averaged(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return np.outer(x, g) / len(x), g


@wrong("sigmoid_gradient", "Some entries of dW are 0")
def last_column_left(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    dW = np.zeros(W.shape)
    for j in range(len(x)):
        for c in range(len(g) - 1):
            dW[j, c] = x[j] * g[c]
    return dW, g


@wrong("sigmoid_gradient", "db uses the inputs")
def rows_of_dw_summed(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    dW = np.outer(x, g)
    return dW, dW.sum(axis=1)


@wrong("sigmoid_gradient", "Some entries of db are missing")
def only_the_last_bias(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    dW = np.zeros(W.shape)
    for c in range(len(b)):
        g = 2 * (p[c] - Y[c]) * p[c] * (1 - p[c])
        dW[:, c] = x * g
    return dW, g


@wrong("sigmoid_gradient", "a step")
def step_of_a_tenth(W, b, x, Y):
    p = 1 / (1 + np.exp(-(x @ W + b)))
    g = 2 * (p - Y) * p * (1 - p)
    return W - 0.1 * np.outer(x, g), b - 0.1 * g


# central_difference: more mistakes in the places, in the ranges, and in what is written


@wrong("central_difference", "ranges of the two loops")
def ranges_changed_places(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(W.shape[1]):
        for j in range(W.shape[0]):
            E = np.zeros(W.shape)
            E[i, j] = h
            dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "ranges of the two loops")
def as_many_columns_as_rows(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(len(W)):
        for j in range(len(W)):
            E = np.zeros(W.shape)
            E[i, j] = h
            dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "only with flags")
def iterator_without_its_flag(f, W, h):
    dW = np.zeros(W.shape)
    it = np.nditer(W)
    for _ in it:
        E = np.zeros(W.shape)
        E[it.multi_index] = h
        dW[it.multi_index] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "Only f(w - h) is in it")
def one_value_behind(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = -f(W - E) / (2 * h)
    return dW


@wrong("central_difference", "One place is w - 2h")
def stepped_back_too_far(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = (f(W + E) - f(W - 2 * E)) / (3 * h)
    return dW


@wrong("central_difference", "Every difference is 0")
def same_place_twice(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        V = W.astype(float)
        V[place] += h
        dW[place] = (f(V) - f(V)) / (2 * h)
    return dW


@wrong("central_difference", "three points ahead")
def three_points_ahead(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = (-3 * f(W) + 4 * f(W + E) - f(W + 2 * E)) / (2 * h)
    return dW


@wrong("central_difference", "sum of the two values")
def relative_difference(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = (f(W + E) - f(W - E)) / (f(W + E) + f(W - E))
    return dW


@wrong("central_difference", "multiplied by 2 and divided by h")
def divided_by_h_over_two(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = (f(W + E) - f(W - E)) / (h / 2)
    return dW


@wrong("central_difference", "multiplied by 2h")
def times_two_h(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = (f(W + E) - f(W - E)) * 2 * h
    return dW


@wrong("central_difference", "not the one that is written")
def always_in_the_first_row(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            E = np.zeros(W.shape)
            E[0, j] = h
            dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "not the one that is written")
def indices_turned(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            E = np.zeros(W.shape)
            E[j, i] = h
            dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "fills a whole row")
def row_overwritten(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            E = np.zeros(W.shape)
            E[i, j] = h
            dW[i] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "with = in place of +=")
def added_to_all(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW += (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "by a count as well")
def averaged_over_the_entries(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = (f(W + E) - f(W - E)) / (2 * h) / W.size
    return dW


@wrong("central_difference", "Some entries of the result are 0")
def last_row_left_out(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(len(W) - 1):
        for j in range(W.shape[1]):
            E = np.zeros(W.shape)
            E[i, j] = h
            dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "row or column were added up")
def sums_of_the_rows(f, W, h):
    dW = np.zeros(len(W))
    for i in range(len(W)):
        for j in range(W.shape[1]):
            E = np.zeros(W.shape)
            E[i, j] = h
            dW[i] += (f(W + E) - f(W - E)) / (2 * h)
    return dW


@wrong("central_difference", "differences are squared")
def squares_of_differences(f, W, h):
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[place] = h
        dW[place] = ((f(W + E) - f(W - E)) / (2 * h)) ** 2
    return dW
