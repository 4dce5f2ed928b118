"""Answers to lesson 01 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("softmax_rows", "the row's largest score is taken away after the exponential")
def shift_after_exp(Z):
    E = np.exp(Z)
    E = E - E.max(axis=1, keepdims=True)
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "one shift for the whole matrix: rows far below it become nan")
def one_shift_for_all(Z):
    E = np.exp(Z - np.max(Z))
    return E / E.sum(axis=1).reshape(-1, 1)


@wrong("softmax_rows", "divides by the norm of the exponentials, not their sum")
def norm_for_sum(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / np.linalg.norm(E, axis=1, keepdims=True)


@wrong("softmax_rows", "shifts by the mean of each row, which does not stop an overflow")
def shift_by_mean(Z):
    E = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "each row's result goes into an array of whole numbers")
def filled_like_input(Z):
    P = np.empty_like(Z)
    for i, z in enumerate(Z):
        e = np.exp(z - max(z))
        P[i] = e / sum(e)
    return P


@right("softmax_rows")
def by_differences(Z):
    D = Z[:, None, :] - Z[:, :, None]
    with np.errstate(over="ignore"):
        return 1 / np.exp(D.astype(float)).sum(axis=2)


@wrong("kl_divergence", "q log(q/p): the arguments are exchanged")
def other_way_round(p, q):
    keep = q > 0
    with np.errstate(divide="ignore"):
        return (q[keep] * np.log(q[keep] / p[keep])).sum()


@wrong("kl_divergence", "the entropy of p has the wrong sign")
def entropy_added(p, q):
    p_, q_ = p[p > 0], q[p > 0]
    with np.errstate(divide="ignore"):
        return -np.sum(p_ * np.log(p_)) - np.sum(p_ * np.log(q_))


@wrong("kl_divergence", "leaves out the classes with q of 0 too: never infinite")
def both_positive_only(p, q):
    ok = (p > 0) & (q > 0)
    return np.sum(p[ok] * np.log(p[ok] / q[ok]))


@wrong("kl_divergence", "mean over the classes and not their sum")
def mean_over_classes(p, q):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.mean(np.where(p > 0, p * np.log(p / q), 0))


@wrong("softmax_cross_entropy", "the loop leaves the last example out")
def last_example_left_out(Z, y):
    loss = 0
    for i in range(len(y) - 1):
        z = Z[i] - Z[i].max()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
    return loss / len(y)


@wrong("softmax_cross_entropy", "takes the true score from the matrix before the shift")
def score_before_shift(Z, y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "all pairs of rows and labels are picked: Z[:, y]")
def all_columns_of_labels(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    log_p = S - np.log(np.sum(np.exp(S), axis=1, keepdims=True))
    return -log_p[:, y].mean()


@wrong("softmax_cross_entropy", "mean over all m times k entries")
def divided_by_all_entries(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    log_p = S - np.log(np.sum(np.exp(S), axis=1, keepdims=True))
    return -np.mean(np.eye(Z.shape[1])[y] * log_p)


@right("softmax_cross_entropy")
def by_logaddexp(Z, y):
    total = np.logaddexp.reduce(Z.astype(float), axis=1)
    return sum(total[i] - Z[i, c] for i, c in enumerate(y)) / len(y)
