"""Answers to lesson 01 by people who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("softmax_rows", "shifts by the largest score of all, and sums over columns")
def global_shift_and_columns(Z):
    Z = Z - np.max(Z)
    return np.exp(Z) / np.exp(Z).sum(axis=0)


@wrong("softmax_rows", "no keepdims: the shapes do not fit, or a square batch comes out wrong")
def no_keepdims(Z):
    shifted = Z - Z.max(axis=1)
    e = np.exp(shifted)
    return e / e.sum(axis=1)


@wrong("softmax_rows", "shifts each column by its own largest score")
def shift_of_columns(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@wrong("softmax_rows", "shifts in place, so the caller's scores change")
def shifts_the_callers_scores(Z):
    Z -= Z.max(axis=1)[:, np.newaxis]
    numerator = np.exp(Z)
    return numerator / numerator.sum(axis=1)[:, np.newaxis]


@wrong("softmax_rows", "returns the logarithms of the probabilities")
def log_probabilities(Z):
    top = np.max(Z, axis=1, keepdims=True)
    return Z - top - np.log(np.exp(Z - top).sum(axis=1, keepdims=True))


@wrong("softmax_rows", "divides by the largest score in place of subtracting it")
def divides_by_the_largest(Z):
    scaled = Z / np.max(Z, axis=1, keepdims=True)
    e = np.exp(scaled)
    return e / np.einsum("ij->i", e)[:, None]


@wrong("softmax_rows", "the loop leaves out the last row, and the result takes the type of Z")
def loop_without_last_row(Z):
    P = np.zeros_like(Z)
    for i in range(len(Z) - 1):
        e = np.exp(Z[i] - max(Z[i]))
        P[i] = e / sum(e)
    return P


@right("softmax_rows")
def transposed_and_back(Z):
    T = np.asfortranarray(np.array(Z, dtype=float)).T
    e = np.exp(T - T.max(axis=0))
    return (e / e.sum(axis=0)).T


@right("softmax_rows")
def through_logaddexp(Z):
    return np.exp(Z - np.logaddexp.reduce(np.asarray(Z, dtype=float), axis=1, keepdims=True))


@wrong("kl_divergence", "the roles of p and q are exchanged")
def reversed_divergence(p, q):
    return sum(b * math.log(b / a) if a > 0 else math.inf for a, b in zip(p, q) if b > 0)


@wrong("kl_divergence", "a quotient of logarithms in place of the logarithm of the quotient")
def quotient_of_logs(p, q):
    happens = p > 0
    p, q = p[happens], q[happens]
    return np.sum(p * np.log(p) / np.log(q))


@wrong("kl_divergence", "returns the cross-entropy: the entropy is not taken away")
def only_cross_entropy(p, q):
    keep = np.nonzero(p)[0]
    return -np.dot(p[keep], np.log(q[keep]))


@wrong("kl_divergence", "takes the mean over the events in place of the sum")
def mean_of_terms(p, q):
    mask = p > 0
    return np.mean(p[mask] * np.log(p[mask] / q[mask]))


@wrong("kl_divergence", "adds a small number to both, and measures in bits")
def epsilon_and_bits(p, q):
    eps = 1e-12
    return np.sum(p * np.log2((p + eps) / (q + eps)))


@wrong("kl_divergence", "math.log of an array: TypeError")
def math_log_of_arrays(p, q):
    mask = p > 0
    return np.sum(p[mask] * math.log(p[mask] / q[mask]))


@wrong("kl_divergence", "leaves out what q calls impossible, and forgets the factor p")
def forgets_the_weight(p, q):
    total = 0.0
    for pj, qj in zip(p, q):
        if pj > 0 and qj > 0:
            total += np.log(pj) - np.log(qj)
    return total


@right("kl_divergence")
def with_nansum(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nansum(np.where(p > 0, p * (np.log(p) - np.log(q)), np.nan))


@right("kl_divergence")
def with_a_filtered_sum(p, q):
    pairs = filter(lambda pair: pair[0] > 0, zip(map(float, p), map(float, q)))
    return math.fsum(a * (math.log(a / b) if b > 0 else math.inf) for a, b in pairs)


@wrong("softmax_cross_entropy", "does not add the shift again after the logarithm")
def shift_not_added(Z, y):
    c = Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z - c).sum(axis=1))
    return np.mean(lse - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "adds the shift although the true score is shifted too")
def shift_added_twice(Z, y):
    c = np.max(Z, axis=1)
    S = Z - c[:, None]
    losses = c + np.log(np.sum(np.exp(S), axis=1)) - S[np.arange(len(y)), y]
    return losses.mean()


@wrong("softmax_cross_entropy", "log-likelihood: the sign is the other way round")
def wrong_sign(Z, y):
    total = 0.0
    for z, label in zip(Z, y):
        top = max(z)
        total += z[label] - top - math.log(sum(math.exp(score - top) for score in z))
    return total / len(Z)


@wrong("softmax_cross_entropy", "the logarithm of a softmax with a small number inside, and the sum of the losses")
def epsilon_and_sum(Z, y):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    return -np.sum(np.log(P[np.arange(Z.shape[0]), y] + 1e-8))


@wrong("softmax_cross_entropy", "no keepdims: the shapes do not fit")
def keepdims_missing(Z, y):
    top = Z.max(axis=1)
    log_sum = top + np.log(np.exp(Z - top).sum(axis=1))
    return (log_sum - Z[np.arange(len(Z)), y]).mean()


@wrong("softmax_cross_entropy", "log-sum-exp down the columns, and the scores of all labels of each row")
def columns_and_all_labels(Z, y):
    c = Z.max(axis=0)
    lse = c + np.log(np.exp(Z - c).sum(axis=0))
    return np.mean(lse[y] - Z[:, y])


@wrong("softmax_cross_entropy", "takes the mean score of a row in place of the true class's")
def mean_score_taken_away(Z, y):
    Y = np.eye(Z.shape[1])[y]
    return np.mean(np.logaddexp.reduce(Z, axis=1) - np.mean(Y * Z, axis=1))


@right("softmax_cross_entropy")
def differences_to_the_true_score(Z, y):
    Z = np.asarray(Z, dtype=float)
    gaps = Z - np.take_along_axis(Z, np.asarray(y)[:, None], axis=1)
    return np.logaddexp.reduce(gaps, axis=1).mean()


@right("softmax_cross_entropy")
def row_by_row(Z, y):
    def loss(z, label):
        top = max(z)
        return top - z[label] + math.log(math.fsum(math.exp(score - top) for score in z))

    return sum(loss([float(score) for score in z], label) for z, label in zip(Z, y)) / len(y)
