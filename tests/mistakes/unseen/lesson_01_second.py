"""Answers to lesson 01 by a second hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("softmax_rows", "takes the largest score of the whole batch: a row far below becomes 0/0")
def batch_maximum(Z):
    shifted = Z - np.max(Z)
    e = np.exp(shifted)
    return e / np.sum(e, axis=1, keepdims=True)


@wrong("softmax_rows", "takes away the row's mean: a large score still overflows")
def shift_by_mean(Z):
    S = Z - Z.mean(axis=1, keepdims=True)
    S = np.exp(S)
    return S / S.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "the denominator has no keepdims")
def bare_row_sums(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / E.sum(axis=1)


@wrong("softmax_rows", "subtracts in place from the caller's Z")
def eats_the_scores(Z):
    Z -= Z.max(axis=1, keepdims=True)
    P = np.exp(Z)
    P /= P.sum(axis=1, keepdims=True)
    return P


@wrong("softmax_rows", "the result takes the whole numbers' type of Z, and cuts the probabilities off")
def same_type_as_z(Z):
    P = np.zeros_like(Z)
    for i in range(Z.shape[0]):
        z = Z[i] - max(Z[i])
        P[i] = np.exp(z) / sum(np.exp(z))
    return P


@wrong("softmax_rows", "clips the scores at 500, so all large ones look alike")
def clipped_scores(Z):
    Z = np.clip(Z, -500, 500)
    E = np.exp(Z)
    return E / E.sum(axis=1).reshape(-1, 1)


@wrong("softmax_rows", "divides by the largest score in place of subtracting it, and the sum runs down the columns")
def scaled_by_the_largest(Z):
    scaled = Z / np.abs(Z).max(axis=1, keepdims=True)
    return np.exp(scaled) / np.exp(scaled).sum(axis=0)


@right("softmax_rows")
def by_the_logarithm(Z):
    return np.exp(Z - np.logaddexp.reduce(Z.astype(float), axis=1, keepdims=True))


@right("softmax_rows")
def row_after_row(Z):
    def one(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    return np.vstack(list(map(one, Z)))


@wrong("kl_divergence", "the other direction, KL(q||p)")
def belief_and_truth_swapped(p, q):
    ok = q > 0
    with np.errstate(divide="ignore"):
        return np.sum(q[ok] * np.log(q[ok] / p[ok]))


@wrong("kl_divergence", "0 times the logarithm of 0 is nan")
def formula_as_it_stands(p, q):
    with np.errstate(all="ignore"):
        return np.sum(p * np.log(p / q))


@wrong("kl_divergence", "leaves out what q calls impossible: no infinity")
def both_positive(p, q):
    both = (p > 0) & (q > 0)
    return (p[both] * np.log(p[both] / q[both])).sum()


@wrong("kl_divergence", "the cross-entropy: the entropy of p is still in it")
def only_cross_entropy(p, q):
    seen = np.nonzero(p)[0]
    with np.errstate(divide="ignore"):
        return -np.sum(p[seen] * np.log(q[seen]))


@wrong("kl_divergence", "nan_to_num turns the infinite cost into a large number")
def cleaned_up(p, q):
    with np.errstate(all="ignore"):
        terms = p * np.log(p / q)
    return np.nan_to_num(terms).sum()


@wrong("kl_divergence", "in bits, and with the minus of the entropy")
def minus_and_bits(p, q):
    total = 0
    for pj, qj in zip(p, q):
        if pj == 0:
            continue
        if qj == 0:
            return np.inf
        total -= pj * np.log2(pj / qj)
    return total


@wrong("kl_divergence", "the terms are not added up")
def terms_not_summed(p, q):
    out = np.zeros(len(p))
    here = p > 0
    with np.errstate(divide="ignore"):
        out[here] = p[here] * (np.log(p[here]) - np.log(q[here]))
    return out


@right("kl_divergence")
def nan_counts_nothing(p, q):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nansum(p * np.log(p / q))


@right("kl_divergence")
def with_where(p, q):
    p, q = np.array(p, dtype=float), np.array(q, dtype=float)
    ratio = np.divide(p, q, out=np.full(p.shape, np.inf), where=q > 0)
    logs = np.log(ratio, out=np.zeros_like(p), where=p > 0)
    return float(p @ np.where(p > 0, logs, 0)) if not ((p > 0) & (q == 0)).any() else np.inf


@wrong("softmax_cross_entropy", "still a sum over the batch")
def sum_of_losses(Z, y):
    Z = Z - np.max(Z, axis=1, keepdims=True)
    log_p = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.sum(log_p[range(len(y)), y])


@wrong("softmax_cross_entropy", "shifts, but still takes the logarithm of a probability that may be 0")
def shift_then_log_p(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        return -np.mean(np.log(P[np.arange(len(y)), y]))


@wrong("softmax_cross_entropy", "the mean runs over all m * k entries")
def mean_of_everything(Z, y):
    Y = np.eye(Z.shape[1])[y]
    Z = Z - Z.max(axis=1, keepdims=True)
    logs = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -(Y * logs).mean()


@wrong("softmax_cross_entropy", "one-hot only as wide as the largest label")
def narrow_one_hot(Z, y):
    onehot = np.zeros((y.size, y.max() + 1))
    onehot[np.arange(y.size), y] = 1
    c = Z.max(axis=1, keepdims=True)
    lse = c + np.log(np.exp(Z - c).sum(axis=1, keepdims=True))
    return np.sum(onehot * (lse - Z)) / y.size


@wrong("softmax_cross_entropy", "the minus of the loss is missing")
def log_likelihood(Z, y):
    top = Z.max(axis=1)
    lse = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
    return np.mean(Z[np.arange(len(Z)), y] - lse)


@wrong("softmax_cross_entropy", "forgets to add the shift again after the logarithm")
def shift_lost(Z, y):
    c = np.max(Z, axis=1, keepdims=True)
    log_sum = np.log(np.sum(np.exp(Z - c), axis=1))
    true_scores = Z[np.arange(Z.shape[0]), y]
    return (log_sum - true_scores).mean()


@wrong("softmax_cross_entropy", "clips P at 1e-15, and divides by k in place of m")
def clipped_and_by_k(Z, y):
    E = np.exp(Z - Z.max(1, keepdims=True))
    P = np.clip(E / E.sum(1, keepdims=True), 1e-15, 1)
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * np.log(P)) / Z.shape[1]


@right("softmax_cross_entropy")
def loss_of_gaps(Z, y):
    own = np.take_along_axis(Z, y.reshape(-1, 1), 1)
    return np.average(np.logaddexp.reduce((Z - own).astype(float), axis=1))


@right("softmax_cross_entropy")
def with_two_loops(Z, y):
    total = 0.0
    for row, label in zip(Z.tolist(), y.tolist()):
        c = max(row)
        s = sum(np.exp(score - c) for score in row)
        total = total + c - row[label] + np.log(s)
    return total / Z.shape[0]
