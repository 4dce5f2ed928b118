"""Answers to the exercises of notebook 08, linear classifiers."""

import numpy as np

from tests.mistakes import equal, right, wrong

# hinge_loss


def excess(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z - Z[np.arange(len(y)), y][:, None] + margin, 0)
    H[np.arange(len(y)), y] = 0
    return H


def coefficients(H, y):
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return C


@right("hinge_loss")
def by_coefficients(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@right("hinge_loss")
def with_a_one_hot_matrix(W, X, y, margin):
    m, k = X.shape[0], W.shape[1]
    Y = np.eye(k)[y]
    Z = X @ W
    true = (Z * Y).sum(axis=1, keepdims=True)
    H = np.clip(Z - true + margin * (1 - Y), 0, None)
    over = (H > 0).astype(float)
    dZ = (over - Y * over.sum(axis=1, keepdims=True)) / m
    return H.sum() / m, X.T @ dZ


@right("hinge_loss")
def margin_taken_off_at_the_end(W, X, y, margin):
    Z = X @ W
    E = Z - np.take_along_axis(Z, y[:, None], axis=1) + margin
    loss = np.where(E > 0, E, 0).sum() / len(y) - margin
    C = np.where(E > 0, 1.0, 0.0)
    C[np.arange(len(y)), y] = 0
    C[np.arange(len(y)), y] -= C.sum(axis=1)
    return float(loss), np.einsum("ij,ic->jc", X, C) / len(y)


@right("hinge_loss")
def lists_by_a_mask(W, X, y, margin):
    Z = np.asarray(X, float) @ W
    wrong_class = np.arange(Z.shape[1]) != y[:, None]
    true = Z[~wrong_class].reshape(-1, 1)
    violated = wrong_class & (Z > true - margin)
    C = violated - np.where(wrong_class, 0, violated.sum(axis=1)[:, None])
    return [((Z - true + margin) * violated).sum() / len(y), (X.T @ C / len(y)).tolist()]


@wrong("hinge_loss", "compared with itself")
def true_class_pays(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z - Z[np.arange(len(y)), y][:, None] + margin, 0)
    C = coefficients(excess(W, X, y, margin), y)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "compared with itself")
def true_class_pays_and_is_counted(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z - Z[np.arange(len(y)), y][:, None] + margin, 0)
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] -= C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "minus their number")
def true_class_minus_one(W, X, y, margin):
    H = excess(W, X, y, margin)
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] = -1
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "column is missing")
def true_class_forgotten(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ (H > 0) / len(y)


@wrong("hinge_loss", "sizes of the violations")
def sizes_as_coefficients(W, X, y, margin):
    H = excess(W, X, y, margin)
    C = H.copy()
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "a mean divides by m")
def sums(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(), X.T @ coefficients(H, y)


@wrong("hinge_loss", "in the gradient")
def mean_of_the_loss_only(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y)


@wrong("hinge_loss", "all entries of (m, k)")
def mean_over_all_entries(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "only the worst wrong class")
def crammer_and_singer(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.max(axis=1).mean(), X.T @ coefficients(H * (H == H.max(axis=1, keepdims=True)), y) / len(y)


@wrong("hinge_loss", "only the worst wrong class")
def one_worst(W, X, y, margin):
    H = excess(W, X, y, margin)
    H = H * (np.arange(H.shape[1]) == H.argmax(axis=1)[:, None])
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "minus their number")
def true_class_counted_in_the_gradient(W, X, y, margin):
    H = excess(W, X, y, margin)
    C = (H > 0) * 1.0
    C[np.arange(len(y)), y] = 1
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "added: a wrong score")
def margin_taken_away(W, X, y, margin):
    H = excess(W, X, y, -margin)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "cut at 0")
def never_cut(W, X, y, margin):
    Z = X @ W
    H = Z - Z[np.arange(len(y)), y][:, None] + margin
    H[np.arange(len(y)), y] = 0
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "always 1 here")
def fixed_margin(W, X, y, margin):
    H = excess(W, X, y, 1)
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "wrong way round")
def true_minus_wrong(W, X, y, margin):
    Z = X @ W
    H = np.maximum(Z[np.arange(len(y)), y][:, None] - Z + margin, 0)
    H[np.arange(len(y)), y] = 0
    return H.sum(axis=1).mean(), X.T @ coefficients(H, y) / len(y)


@wrong("hinge_loss", "points uphill")
def downhill(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), X.T @ -coefficients(H, y) / len(y)


@wrong("hinge_loss", "met exactly")
def met_exactly(W, X, y, margin):
    H = excess(W, X, y, margin)
    Z = X @ W
    C = ((Z - Z[np.arange(len(y)), y][:, None] + margin) >= 0) * 1.0
    C[np.arange(len(y)), y] = 0
    C[np.arange(len(y)), y] = -C.sum(axis=1)
    return H.sum(axis=1).mean(), X.T @ C / len(y)


@wrong("hinge_loss", "whole numbers")
def gradient_like_the_weights(W, X, y, margin):
    dW = np.zeros_like(W)
    dW[:] = X.T @ coefficients(excess(W, X, y, margin), y) / len(y)
    return excess(W, X, y, margin).sum() / len(y), dW


@wrong("hinge_loss", "has a")
def with_three_loops(W, X, y, margin):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(y)):
        z = X[i] @ W
        for c in range(W.shape[1]):
            if c != y[i] and z[c] - z[y[i]] + margin > 0:
                loss += z[c] - z[y[i]] + margin
                dW[:, c] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / len(y), dW / len(y)


@wrong("hinge_loss", "transpose")
def classes_in_rows(W, X, y, margin):
    H = excess(W, X, y, margin)
    return H.sum(axis=1).mean(), coefficients(H, y).T @ X / len(y)


# random_local_search


@right("random_local_search")
def keeps_the_better(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@right("random_local_search")
def into_an_array(loss, W, size, tries, rng):
    best, losses = np.array(W, dtype=float), np.empty(tries + 1)
    losses[0] = loss(best)
    for t in range(1, tries + 1):
        V = best.copy()
        V += rng.normal(0, size, W.shape)
        losses[t] = loss(V)
        if losses[t] >= losses[t - 1]:
            losses[t] = losses[t - 1]
        else:
            best = V
    return best, losses


@right("random_local_search")
def all_tried_then_accumulated(loss, W, size, tries, rng):
    found = [(loss(W), W)]
    for step in rng.normal(0, size, (tries, *W.shape)):
        candidate = found[-1][1] + step
        value = loss(candidate)
        found.append((value, candidate) if value < found[-1][0] else found[-1])
    return found[-1][1].tolist(), tuple(value for value, _ in found)


@right("random_local_search")
def with_while(loss, W, size, tries, rng):
    least, left = loss(W), tries
    losses = [least]
    while left > 0:
        step = size * rng.standard_normal(W.shape)
        left -= 1
        value = loss(W + step)
        if not value >= least:
            least = value
            W = W + step
        losses += [least]
    return W, np.array(losses)


@wrong("random_local_search", "starts from the first W")
def around_the_start(loss, W, size, tries, rng):
    best, least = W, loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            best, least = candidate, value
        losses.append(least)
    return best, losses


@wrong("random_local_search", "This is random search")
def afresh(loss, W, size, tries, rng):
    best, least = W, loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            best, least = candidate, value
        losses.append(least)
    return best, losses


@wrong("random_local_search", "Go on from the best W so far")
def a_random_walk(loss, W, size, tries, rng):
    best, least = W, loss(W)
    losses, here = [least], W
    for _ in range(tries):
        here = here + size * rng.normal(size=W.shape)
        value = loss(here)
        if value < least:
            best, least = here, value
        losses.append(least)
    return best, losses


@wrong("random_local_search", "Every step is taken")
def always_goes(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        W = W + size * rng.normal(size=W.shape)
        losses.append(loss(W))
    return W, losses


@wrong("random_local_search", "raise the loss are taken")
def uphill(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value > least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "is not less")
def also_as_good(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value <= least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "never negative")
def only_upwards(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.random(W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "moves all weights alike")
def one_number(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal()
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "size of the step was ignored")
def without_size(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "loss of each try")
def every_loss(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        losses.append(loss(candidate))
        if losses[-1] < least:
            W, least = candidate, losses[-1]
    return W, losses


@wrong("random_local_search", "start is missing")
def without_the_start(loss, W, size, tries, rng):
    least, losses = loss(W), []
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "only the improvements")
def only_improvements(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
            losses.append(least)
    return W, losses


@wrong("random_local_search", "last W that was tried")
def the_last_tried(loss, W, size, tries, rng):
    least, candidate = loss(W), W
    losses = [least]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return candidate, losses


@wrong("random_local_search", "times for tries = 7")
def asks_again(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        candidate = W + size * rng.normal(size=W.shape)
        if loss(candidate) < loss(W):
            W = candidate
        losses.append(loss(W))
    return W, losses


@wrong("random_local_search", "One try too few")
def start_counted_as_a_try(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries - 1):
        candidate = W + size * rng.normal(size=W.shape)
        value = loss(candidate)
        if value < least:
            W, least = candidate, value
        losses.append(least)
    return W, losses


@wrong("random_local_search", "chang")
def in_place(loss, W, size, tries, rng):
    least = loss(W)
    losses = [least]
    for _ in range(tries):
        W[:] = W + size * rng.normal(size=W.shape)
        least = min(least, loss(W))
        losses.append(least)
    return W, losses


# choose_settings


@right("choose_settings")
def row_by_row(fit, rates, strengths, training, validation):
    X, y = validation
    table, best = [], None
    for rate in rates:
        row = []
        for l2 in strengths:
            row.append(((X @ fit(*training, rate, l2)).argmax(axis=1) == y).mean())
            if best is None or (row[-1], l2, -rate) > best:
                best = (row[-1], l2, -rate)
        table.append(row)
    return table, -best[2], best[1]


@right("choose_settings")
def searched_from_the_right(fit, rates, strengths, training, validation):
    X, y = validation
    table = np.zeros((len(rates), len(strengths)))
    for i, rate in enumerate(rates):
        for j, l2 in enumerate(strengths):
            table[i, j] = np.mean(np.argmax(X @ fit(training[0], training[1], rate, l2), axis=1) == y)
    for j in reversed(range(len(strengths))):
        for i in range(len(rates)):
            if table[i, j] == table.max():
                return table, rates[i], strengths[j]


@right("choose_settings")
def sorted_by_three_keys(fit, rates, strengths, training, validation):
    X, y = validation
    share = {
        (rate, l2): np.count_nonzero((X @ fit(*training, rate, l2)).argmax(axis=1) == y) / len(y)
        for rate in rates
        for l2 in strengths
    }
    rate, l2 = sorted(share, key=lambda pair: (-share[pair], -pair[1], pair[0]))[0]
    return [[share[r, s] for s in strengths] for r in rates], rate, l2


@right("choose_settings")
def turned_and_flipped(fit, rates, strengths, training, validation):
    X, y = validation
    table = np.array(
        [[((X @ fit(*training, r, s)).argmax(axis=1) == y).sum() / y.size for s in strengths] for r in rates]
    )
    turned = table.T[::-1]
    j, i = np.unravel_index(turned.argmax(), turned.shape)
    return table, rates[i], strengths[len(strengths) - 1 - j]


def accuracies(fit, rates, strengths, learned, judged):
    X, y = judged
    return np.array([[((X @ fit(*learned, r, s)).argmax(axis=1) == y).mean() for s in strengths] for r in rates])


def best_of(table, rates, strengths):
    flipped = table[:, ::-1].T
    j, i = np.unravel_index(flipped.argmax(), flipped.shape)
    return table, rates[i], strengths[::-1][j]


@wrong("choose_settings", "those of the training examples")
def judged_on_training(fit, rates, strengths, training, validation):
    return best_of(accuracies(fit, rates, strengths, training, training), rates, strengths)


@wrong("choose_settings", "Train on the training set")
def trained_on_validation(fit, rates, strengths, training, validation):
    return best_of(accuracies(fit, rates, strengths, validation, validation), rates, strengths)


@wrong("choose_settings", "can no longer judge")
def trained_on_both(fit, rates, strengths, training, validation):
    both = tuple(np.concatenate(pair) for pair in zip(training, validation))
    return best_of(accuracies(fit, rates, strengths, both, validation), rates, strengths)


@wrong("choose_settings", "same accuracy")
def the_first_of_equals(fit, rates, strengths, training, validation):
    table = accuracies(fit, rates, strengths, training, validation)
    i, j = np.unravel_index(table.argmax(), table.shape)
    return table, rates[i], strengths[j]


@wrong("choose_settings", "same accuracy")
def the_last_of_equals(fit, rates, strengths, training, validation):
    table, best = accuracies(fit, rates, strengths, training, validation), (-1, 0, 0)
    for i, rate in enumerate(rates):
        for j, l2 in enumerate(strengths):
            if table[i, j] >= best[0]:
                best = (table[i, j], rate, l2)
    return table, best[1], best[2]


@wrong("choose_settings", "wrong order")
def strength_before_rate(fit, rates, strengths, training, validation):
    table = accuracies(lambda X, y, r, s: fit(X, y, s, r), rates, strengths, training, validation)
    return best_of(table, rates, strengths)


@wrong("choose_settings", "share of wrong predictions")
def errors(fit, rates, strengths, training, validation):
    table = accuracies(fit, rates, strengths, training, validation)
    return 1 - table, *best_of(table, rates, strengths)[1:]


@wrong("choose_settings", "lowest accuracy")
def the_worst(fit, rates, strengths, training, validation):
    table = accuracies(fit, rates, strengths, training, validation)
    return table, *best_of(-table, rates, strengths)[1:]


@wrong("choose_settings", "best rate on average")
def each_by_itself(fit, rates, strengths, training, validation):
    table = accuracies(fit, rates, strengths, training, validation)
    return table, rates[table.mean(axis=1).argmax()], strengths[table.mean(axis=0).argmax()]


@wrong("choose_settings", "Return the settings themselves")
def places(fit, rates, strengths, training, validation):
    table, rate, l2 = best_of(accuracies(fit, rates, strengths, training, validation), rates, strengths)
    return table, rates.index(rate), strengths.index(l2)


@wrong("choose_settings", "transpose")
def strengths_down(fit, rates, strengths, training, validation):
    table, rate, l2 = best_of(accuracies(fit, rates, strengths, training, validation), rates, strengths)
    return table.T, rate, l2


@wrong("choose_settings", "are swapped")
def strength_first(fit, rates, strengths, training, validation):
    table, rate, l2 = best_of(accuracies(fit, rates, strengths, training, validation), rates, strengths)
    return table, l2, rate


@wrong("choose_settings", "Divide by how many")
def counts(fit, rates, strengths, training, validation):
    table, rate, l2 = best_of(accuracies(fit, rates, strengths, training, validation), rates, strengths)
    return table * len(validation[1]), rate, l2


@wrong("choose_settings", "Train each pair once")
def trains_the_best_again(fit, rates, strengths, training, validation):
    table, rate, l2 = best_of(accuracies(fit, rates, strengths, training, validation), rates, strengths)
    fit(*training, rate, l2)
    return table, rate, l2


# which_slip


@right("which_slip")
def the_letter():
    return "b"


@right("which_slip")
def in_capitals():
    return "B"


@right("which_slip")
def in_brackets():
    return "(b)"


@right("which_slip")
def with_a_full_stop():
    return " b. "


@wrong("which_slip", "penalty on weights of 0")
def penalty_twice():
    return "a"


@wrong("which_slip", "500 times")
def sum_for_mean():
    return "c"


@wrong("which_slip", "A wider margin")
def wider_margin():
    return "D"


@wrong("which_slip", "one of the letters")
def no_option():
    return "e"


@wrong("which_slip", "one of the letters")
def a_number():
    return 2


@wrong("which_slip", "one of the letters")
def two_letters():
    return "a, b"


@wrong("which_slip", "letter")
def nothing():
    pass


# mutants that are right answers

FILLED = "every entry is filled later"
TYPE = "a list, a tuple, an array or another type of number: any will do"
equal(
    "choose_settings",
    FILLED,
    "choose_settings: np.zeros((len(rates), len(strengths))) -> np.ones((len(rates), len(strengths)))",
    "searched_from_the_right: np.zeros((len(rates), len(strengths))) -> np.ones((len(rates), len(strengths)))",
)
equal(
    "choose_settings",
    "every accuracy beats a start below 0, whatever stands beside it",
    "choose_settings: 1 -> 2",
    "choose_settings: 0 -> 1",
    "choose_settings: 0 -> -1",
)
equal(
    "choose_settings",
    "no two pairs have the same strength and the same rate",
    "row_by_row: (row[-1], l2, -rate) > best -> (row[-1], l2, -rate) >= best",
)
equal(
    "choose_settings",
    "rates come in ascending order, and sorting keeps the order of equals",
    "sorted_by_three_keys: 0 -> 1",
    "sorted_by_three_keys: 0 -> -1",
)
equal(
    "hinge_loss",
    TYPE,
    "with_a_one_hot_matrix: (H > 0).astype(float) -> H > 0",
    "margin_taken_off_at_the_end: float(loss) -> loss",
    "lists_by_a_mask: (X.T @ C / len(y)).tolist() -> X.T @ C / len(y)",
)
equal(
    "hinge_loss",
    "the last axis is the default",
    "margin_taken_off_at_the_end: np.take_along_axis(Z, y[:, None], axis=1) -> np.take_along_axis(Z, y[:, None])",
)
equal("hinge_loss", "adding 0 adds nothing", "margin_taken_off_at_the_end: E > 0 -> E >= 0")
equal(
    "hinge_loss",
    "what stands in the entry of the true class is part of the sum that is taken from it",
    "margin_taken_off_at_the_end: C[np.arange(len(y)), y] = 0 -> nothing",
    "margin_taken_off_at_the_end: 0 -> 1",
    "margin_taken_off_at_the_end: 0 -> -1",
)
equal("hinge_loss", "any negative length is found from the others", "lists_by_a_mask: 1 -> 2")
equal(
    "random_local_search",
    TYPE,
    "random_local_search: np.array(losses) -> losses",
    "all_tried_then_accumulated: found[-1][1].tolist() -> found[-1][1]",
    "all_tried_then_accumulated: tuple((value for value, _ in found)) -> (value for value, _ in found)",
    "with_while: np.array(losses) -> losses",
)
