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


@wrong("hinge_loss", "mean over the examples")
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


@wrong("hinge_loss", "(k, n)")
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


@wrong("random_local_search", "Every step is taken")
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

# what was met later


def _slopes(W, X, y, margin):
    """Return the excess without that of the true class and the coefficients, for the answers below."""
    rows = np.arange(len(y))
    Z = X @ W
    H = np.maximum(Z - Z[rows, y][:, None] + margin, 0.0)
    H[rows, y] = 0
    C = (H > 0) * 1.0
    C[rows, y] = -C.sum(axis=1)
    return H, C


@wrong("hinge_loss", "are a vector, (m,), and line up with the columns")
def true_scores_as_a_vector(W, X, y, margin):
    rows = np.arange(len(y))
    Z = X.dot(W)
    H = np.maximum(0, Z - Z[rows, y] + margin)
    H[rows, y] = 0
    C = np.where(H > 0, 1.0, 0.0)
    C[rows, y] = -C.sum(axis=1)
    return H.sum() / len(X), X.T.dot(C) / len(X)


@wrong("hinge_loss", "/= cannot put fractions into an array of whole numbers")
def divided_where_it_stands(W, X, y, margin):
    H, C = _slopes(W, X, y, margin)
    dW = X.T @ C.astype(int)
    dW /= len(X)
    return H.sum() / len(X), dW


@wrong("hinge_loss", "the loss comes first")
def gradient_before_the_loss(W, X, y, margin):
    H, C = _slopes(W, X, y, margin)
    return X.T @ C / len(X), H.sum() / len(X)


@wrong("hinge_loss", "Only the loss came back")
def loss_alone(W, X, y, margin):
    return _slopes(W, X, y, margin)[0].sum() / len(X)


@wrong("random_local_search", "Nothing was drawn from rng")
def numpys_own_numbers(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        new = W + size * np.random.default_rng(0).normal(size=W.shape)
        if loss(new) < losses[-1]:
            W = new
        losses.append(loss(W))
    return W, np.array(losses)


@wrong("random_local_search", "its first argument is the mean")
def size_as_a_mean(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        new = W + rng.normal(size)
        value = loss(new)
        if value < losses[-1]:
            W = new
        losses.append(min(losses[-1], value))
    return W, np.array(losses)


@wrong("random_local_search", "compared with the loss at the start")
def better_than_the_start(loss, W, size, tries, rng):
    first = loss(W)
    losses = [first]
    for _ in range(tries):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        W = new if value < first else W
        losses.append(min(value, losses[-1]))
    return W, np.array(losses)


@wrong("random_local_search", "no place for the last loss")
def one_place_too_few(loss, W, size, tries, rng):
    losses = np.zeros(tries)
    losses[0] = loss(W)
    for i in range(tries):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        W = new if value < losses[i] else W
        losses[i + 1] = min(value, losses[i])
    return W, losses


@wrong("random_local_search", "The first of the losses is 0")
def first_place_left_out(loss, W, size, tries, rng):
    least, losses = loss(W), np.zeros(tries + 1)
    for i in range(1, tries + 1):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        if value < least:
            W, least = new, value
        losses[i] = least
    return W, losses


@wrong("random_local_search", "cannot put fractions into them")
def step_back_and_forth(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        step = size * rng.normal(size=W.shape)
        W += step
        value = loss(W)
        if value >= losses[-1]:
            W -= step
        losses.append(min(value, losses[-1]))
    return W, np.array(losses)


@wrong("random_local_search", "W comes first, then the losses")
def losses_before_w(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        new = W + size * rng.normal(size=W.shape)
        value = loss(new)
        W = new if value < losses[-1] else W
        losses.append(min(value, losses[-1]))
    return np.array(losses), W


def _table_of(fit, rates, strengths, training, validation):
    """Return the table of validation accuracies, for the answers below."""
    X, y = validation
    return np.array([[np.mean((X @ fit(*training, r, s)).argmax(axis=1) == y) for s in strengths] for r in rates])


def _chosen(table, rates, strengths):
    """Return the place of the best cell, with the ties as they are asked for."""
    cells = [(table[i, j], strengths[j], -rates[i], i, j) for i in range(len(rates)) for j in range(len(strengths))]
    return max(cells)[3:]


@wrong("choose_settings", "The argmax runs down the columns")
def largest_of_a_column(fit, rates, strengths, training, validation):
    X, y = validation
    table = np.array([[np.mean((X @ fit(*training, r, s)).argmax(axis=0) == y) for s in strengths] for r in rates])
    i, j = _chosen(table, rates, strengths)
    return table, rates[i], strengths[j]


@wrong("choose_settings", "all may be 0")
def settings_above_0_only(fit, rates, strengths, training, validation):
    table = _table_of(fit, rates, strengths, training, validation)
    largest = 0
    for j in sorted(range(len(strengths)), key=lambda j: -strengths[j]):
        for i in range(len(rates)):
            if table[i, j] > largest:
                largest, best = table[i, j], (rates[i], strengths[j])
    return table, *best


@wrong("choose_settings", "The table is transposed")
def place_exchanged(fit, rates, strengths, training, validation):
    right = _table_of(fit, rates, strengths, training, validation)
    table = np.zeros((len(rates), len(strengths)))
    for i in range(len(rates)):
        for j in range(len(strengths)):
            table[j, i] = right[i, j]
    i, j = _chosen(right, rates, strengths)
    return table, rates[i], strengths[j]


@wrong("choose_settings", "it is table, rate, strength")
def table_at_the_end(fit, rates, strengths, training, validation):
    table = _table_of(fit, rates, strengths, training, validation)
    i, j = _chosen(table, rates, strengths)
    return rates[i], strengths[j], table


@wrong("choose_settings", "Some results are missing")
def without_the_table(fit, rates, strengths, training, validation):
    i, j = _chosen(_table_of(fit, rates, strengths, training, validation), rates, strengths)
    return rates[i], strengths[j]


@wrong("choose_settings", "came back as one pair")
def settings_in_a_pair(fit, rates, strengths, training, validation):
    table = _table_of(fit, rates, strengths, training, validation)
    i, j = _chosen(table, rates, strengths)
    return table, (rates[i], strengths[j])


FILLED = "every entry is filled later"
TYPE = "a list, a tuple, an array or another type of number: any will do"


def base(W, X, y, margin):
    """Return the rows, the scores and the violations."""
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[r, y] = 0
    return (r, Z, M)


def tab(fit, rates, strengths, training, validation):
    """Return the table of accuracies."""
    Xv, yv = validation
    return np.array([[((Xv @ fit(*training, r, s)).argmax(1) == yv).mean() for s in strengths] for r in rates]).reshape(
        len(rates), len(strengths)
    )


@wrong("hinge_loss", "A penalty on the weights is added")
def reg(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    m = len(y)
    return (M.sum() / m + 0.5 * (W**2).sum(), X.T @ C / m + W)


@wrong("hinge_loss", "A penalty on the weights is added")
def reg2(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    m = len(y)
    return (M.sum() / m + (W**2).sum(), X.T @ C / m + 2 * W)


@wrong("hinge_loss", "it lies 0 above itself and so pays the margin")
def noupdate_true(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    m = len(y)
    return (M.sum() / m, X.T @ C / m)


@wrong("hinge_loss", "they are whole columns")
def zero_col(W, X, y, margin):
    Z = X @ W
    r = np.arange(len(y))
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[:, y] = 0
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "the violations were counted down the columns")
def axis0(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(0)[y]
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "a maximum")
def max_hinge(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.max(1).mean(), X.T @ C / len(y))


@wrong("hinge_loss", "The true class's column is wrong")
def with_bool(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = M > 0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "Only the first example counts")
def uint(W, X, y, margin):
    m = len(y)
    loss = 0
    dW = np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
        return (loss / m, dW / m)


@wrong("hinge_loss", "Only the last example counts")
def last_only(W, X, y, margin):
    m = len(y)
    for i in range(m):
        loss = 0
        dW = np.zeros(W.shape)
        z = X[i] @ W
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return (loss / m, dW / m)


@wrong("hinge_loss", "Only the classes before the true one are compared")
def break_hinge(W, X, y, margin):
    m = len(y)
    loss = 0
    dW = np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        for j in range(W.shape[1]):
            if j == y[i]:
                break
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return (loss / m, dW / m)


@wrong("hinge_loss", "Class 0 is never compared")
def class0_skipped(W, X, y, margin):
    m = len(y)
    loss = 0
    dW = np.zeros(W.shape)
    for i in range(m):
        z = X[i] @ W
        for j in range(1, W.shape[1]):
            if j == y[i]:
                continue
            e = z[j] - z[y[i]] + margin
            if e > 0:
                loss += e
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return (loss / m, dW / m)


@wrong("hinge_loss", "The 1/m is missing")
def sum_both(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum(), X.T @ C)


@wrong("hinge_loss", "its shape is (k, n)")
def dW_T(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), C.T @ X / len(y))


@wrong("hinge_loss", "The loss is the cross-entropy of a softmax")
def xent(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    E = np.exp(Z - Z.max(1, keepdims=True))
    P = E / E.sum(1, keepdims=True)
    cost = -np.log(P[r, y]).mean()
    P[r, y] -= 1
    return (cost, X.T @ P / len(y))


@wrong("hinge_loss", "The loss is the share of wrong predictions")
def zeroone(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return ((Z.argmax(1) != y).mean(), X.T @ C / len(y))


@wrong("hinge_loss", "The size of every difference counts")
def abs_hinge(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.abs(Z - Z[r, y][:, None] + margin)
    M[r, y] = 0
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "also those that keep their margin")
def C_before_cut(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = Z - Z[r, y][:, None] + margin
    M[r, y] = 0
    C = (M != 0) * 1.0
    C[r, y] = -C.sum(1)
    return (np.maximum(M, 0).sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "It is divided by the number of violated margins")
def violators_mean(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    n = max((M > 0).sum(), 1)
    C[r, y] = -C.sum(1)
    return (M.sum() / n, X.T @ C / n)


@wrong("hinge_loss", "It is divided by the number of examples with a violated")
def viol_rows(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    C = (M > 0) * 1.0
    n = max((M.sum(1) > 0).sum(), 1)
    C[r, y] = -C.sum(1)
    return (M.sum() / n, X.T @ C / n)


@wrong("hinge_loss", "those with a higher score than the true class")
def margin_grad(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[r, y] = 0
    C = (Z > Z[r, y][:, None]) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "those with a higher score than the true class")
def C_margin(W, X, y, margin):
    r = np.arange(len(y))
    Z = X @ W
    M = np.maximum(Z - Z[r, y][:, None] + margin, 0)
    M[r, y] = 0
    C = (M > margin) * 1.0
    C[r, y] = -C.sum(1)
    return (M.sum() / len(y), X.T @ C / len(y))


@wrong("hinge_loss", "the true class is among its own violations")
def lossok_gradcount(W, X, y, margin):
    r, Z, M = base(W, X, y, margin)
    m = len(y)
    cost = M.sum() / m
    M[r, y] = margin
    C = (M > 0) * 1.0
    C[r, y] = -C.sum(1)
    return (cost, X.T @ C / m)


@wrong("random_local_search", "its first argument is the mean")
def loc(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W + rng.normal(size, size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "losses holds only the improvements")
def break_random(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        else:
            break
        losses.append(v)
    return (W, np.array(losses))


@wrong("random_local_search", "The loss at the start is missing in losses")
def inf(loss, W, size, tries, rng):
    best = np.inf
    losses = []
    B = W
    for _ in range(tries):
        c = B + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < best:
            B, best = (c, v)
        losses.append(best)
    return (B, np.array(losses))


@wrong("random_local_search", "it is taken however bad it is")
def inf2(loss, W, size, tries, rng):
    best = np.inf
    losses = [loss(W)]
    B = W
    for _ in range(tries):
        c = B + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < best:
            B, best = (c, v)
        losses.append(best)
    return (B, np.array(losses))


@wrong("random_local_search", "it begins at 0, and no loss is less")
def zero(loss, W, size, tries, rng):
    best = 0
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < best:
            W, best = (c, v)
        losses.append(best)
    return (W, np.array(losses))


@wrong("random_local_search", "Each loss is compared with the loss at the start")
def stale(loss, W, size, tries, rng):
    start = loss(W)
    losses = [start]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < start:
            W = c
            losses.append(v)
        else:
            losses.append(start)
    return (W, np.array(losses))


@wrong("random_local_search", "Each loss is compared with the loss at the start")
def stale2(loss, W, size, tries, rng):
    start = loss(W)
    losses = [start]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < start:
            W = c
            losses.append(v)
        else:
            losses.append(losses[-1])
    return (W, np.array(losses))


@wrong("random_local_search", "The candidate was cut to whole numbers where W holds whole")
def int_random(loss, W, size, tries, rng):
    W = W.copy()
    losses = [loss(W)]
    for _ in range(tries):
        c = np.zeros_like(W)
        c[:] = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "the search begins at 0")
def zeros(loss, W, size, tries, rng):
    W = np.zeros(W.shape)
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "the search begins at random weights")
def randomstart(loss, W, size, tries, rng):
    W = rng.normal(size=W.shape)
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape)
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "it is multiplied by W")
def mult(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W * (1 + size * rng.normal(size=W.shape))
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("random_local_search", "one row of numbers moves all rows alike")
def rowonly(loss, W, size, tries, rng):
    losses = [loss(W)]
    for _ in range(tries):
        c = W + size * rng.normal(size=W.shape[1])
        v = loss(c)
        if v < losses[-1]:
            W = c
        losses.append(min(v, losses[-1]))
    return (W, np.array(losses))


@wrong("choose_settings", "The accuracies were rounded")
def round_choose(f, r, s, t, v):
    T = np.round(tab(f, r, s, t, v), 2)
    b = max((T[i, j], s[j], -r[i]) for i in range(len(r)) for j in range(len(s)))
    return (T, -b[2], b[1])


@wrong("choose_settings", "The largest score itself is compared with the label")
def scores(f, r, s, t, v):
    Xv, yv = v
    T = np.array([[((Xv @ f(*t, a, b)).max(1) == yv).mean() for b in s] for a in r])
    b = max((T[i, j], s[j], -r[i]) for i in range(len(r)) for j in range(len(s)))
    return (T, -b[2], b[1])


@wrong("choose_settings", "one class for all examples")
def axis0_choose(f, r, s, t, v):
    Xv, yv = v
    T = np.array([[np.mean((Xv @ f(*t, a, b)).argmax() == yv) for b in s] for a in r])
    b = max((T[i, j], s[j], -r[i]) for i in range(len(r)) for j in range(len(s)))
    return (T, -b[2], b[1])


@wrong("choose_settings", "only its diagonal is filled")
def zip_choose(f, r, s, t, v):
    Xv, yv = v
    T = np.zeros((len(r), len(s)))
    for i, (a, b) in enumerate(zip(r, s)):
        T[i, i] = ((Xv @ f(*t, a, b)).argmax(1) == yv).mean()
    b = max((T[i, j], s[j], -r[i]) for i in range(len(r)) for j in range(len(s)))
    return (T, -b[2], b[1])


@wrong("choose_settings", "The row and the column were chosen apart, each by its best")
def separately(f, r, s, t, v):
    T = tab(f, r, s, t, v)
    i = T.max(1).argmax()
    j = T.max(0).argmax()
    return (T, r[i], s[j])


@wrong("choose_settings", "all its numbers come from one model")
def fitinner(f, r, s, t, v):
    T = np.zeros((len(r), len(s)))
    for i, a in enumerate(r):
        W = f(*t, a, s[0])
        for j, b in enumerate(s):
            T[i, j] = ((v[0] @ W).argmax(1) == v[1]).mean()
    b = max((T[i, j], s[j], -r[i]) for i in range(len(r)) for j in range(len(s)))
    return (T, -b[2], b[1])


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
