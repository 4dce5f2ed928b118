"""Answers to lesson 01 by a third hand, who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("softmax_rows", "no keepdims: the shapes do not fit, or a square matrix is shifted along the wrong axis")
def no_keepdims(Z):
    exps = np.exp(Z - np.max(Z, axis=1))
    return exps / np.sum(exps, axis=1)


@wrong("softmax_rows", "clips the scores, so differences beyond 500 are lost")
def clips_scores(Z):
    safe = np.clip(Z, -500, 500)
    exps = np.exp(safe)
    return exps / exps.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "shifts by the largest absolute value: rows of very negative scores become 0/0")
def largest_absolute(Z):
    shift = np.abs(Z).max(axis=1).reshape(-1, 1)
    E = np.exp(Z - shift)
    return E / E.sum(axis=1).reshape(-1, 1)


@wrong("softmax_rows", "shifts by the mean of the row: a score far above it still overflows")
def shifts_by_the_mean(Z):
    E = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "goes row by row, but writes into an array of the type of Z: whole numbers cut off")
def rows_into_whole_numbers(Z):
    P = np.empty_like(Z)
    for i, z in enumerate(Z):
        e = np.exp(z - max(z))
        P[i] = e / sum(e)
    return P


@wrong("softmax_rows", "the maximum of each column instead of each row")
def maximum_of_columns(Z):
    shifted = Z - Z.max(axis=0, keepdims=True)
    E = np.exp(shifted)
    return E / E.sum(axis=1, keepdims=True)


@right("softmax_rows")
def through_logaddexp(Z):
    log_total = np.logaddexp.reduce(Z, axis=1)
    return np.exp((Z.T - log_total).T)


@right("softmax_rows")
def list_of_rows(Z):
    rows = []
    for z in np.asarray(Z, dtype=float):
        numerators = [math.exp(value - z.max()) for value in z]
        rows.append([numerator / sum(numerators) for numerator in numerators])
    return np.array(rows)


@wrong("kl_divergence", "nan_to_num makes a huge number of what should be infinite")
def nan_to_number(p, q):
    with np.errstate(all="ignore"):
        terms = p * np.log(p / q)
    return np.sum(np.nan_to_num(terms))


@wrong("kl_divergence", "says infinite as soon as q is 0, also where p is 0 too")
def infinite_too_early(p, q):
    total = 0.0
    for pj, qj in zip(p, q, strict=True):
        if qj == 0:
            return np.inf
        if pj > 0:
            total += pj * np.log(pj / qj)
    return total


@wrong("kl_divergence", "the cross-entropy: the entropy of p is not taken away")
def cross_entropy_only(p, q):
    used = p != 0
    return -np.dot(p[used], np.log(q[used]))


@wrong("kl_divergence", "math.log of 0 where p is 0 raises an error")
def math_log_of_zero(p, q):
    kl = 0
    for i in range(len(p)):
        kl += p[i] * math.log(p[i] / q[i])
    return kl


@wrong("kl_divergence", "the logarithms are not weighted with p")
def no_weights(p, q):
    happens = np.where(p > 0)[0]
    return np.sum(np.log(p[happens]) - np.log(q[happens]))


@wrong("kl_divergence", "the symmetric mean of both directions")
def both_directions(p, q):
    def one_way(a, b):
        on = a > 0
        return (a[on] * np.log(a[on] / b[on])).sum()

    return (one_way(p, q) + one_way(q, p)) / 2


@wrong("kl_divergence", "the sign: log of q/p instead of p/q")
def negative_divergence(p, q):
    mask = p > 0
    return np.sum(p[mask] * np.log(q[mask] / p[mask]))


@right("kl_divergence")
def cross_entropy_less_entropy(p, q):
    at = np.flatnonzero(p)
    with np.errstate(divide="ignore"):
        cross = -(p[at] * np.log(q[at])).sum()
    return cross + (p[at] * np.log(p[at])).sum()


@wrong("softmax_cross_entropy", "the shifted sum of exponentials, but the unshifted score of the true class")
def shift_not_given_back(Z, y):
    top = np.max(Z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(Z - top), axis=1))
    return np.mean(lse - Z[np.arange(Z.shape[0]), y])


@wrong("softmax_cross_entropy", "softmax is stable, but the logarithm of a probability 0 is taken")
def log_of_softmax(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.mean([np.log(P[i, label]) for i, label in enumerate(y)])


@wrong("softmax_cross_entropy", "one-hot rows are as long as the largest label: the shapes do not fit")
def short_one_hot(Z, y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    Y = np.eye(y.max() + 1)[y]
    return -(Y * log_p).sum() / len(y)


@wrong("softmax_cross_entropy", "the mean over all entries of the matrix: divided by m k")
def mean_of_all_entries(Z, y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    Y = np.zeros(Z.shape)
    Y[np.arange(len(y)), y] = 1
    return -np.mean(Y * log_p)


@wrong("softmax_cross_entropy", "take_along_axis wants labels as a column: the error of too few dimensions")
def labels_of_one_dimension(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -np.take_along_axis(log_p, y, axis=1).mean()


@wrong("softmax_cross_entropy", "one maximum for the whole batch: a row far below it has only exponentials 0")
def one_maximum(Z, y):
    Z = Z - Z.max()
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[range(len(y)), y])


@wrong("softmax_cross_entropy", "the list of losses, and no mean")
def loss_per_row(Z, y):
    losses = []
    for z, label in zip(Z, y, strict=True):
        z = z - z.max()
        losses.append(np.log(np.exp(z).sum()) - z[label])
    return np.array(losses)


@right("softmax_cross_entropy")
def leads_over_the_truth(Z, y):
    lead = Z - np.take_along_axis(Z, y[:, None], axis=1)
    return np.logaddexp.reduce(lead, axis=1).mean()


@right("softmax_cross_entropy")
def sums_row_by_row(Z, y):
    total = 0.0
    for scores, label in zip(Z.tolist(), y.tolist(), strict=True):
        top = max(scores)
        total += top + math.log(math.fsum(math.exp(s - top) for s in scores)) - scores[label]
    return total / len(Z)
