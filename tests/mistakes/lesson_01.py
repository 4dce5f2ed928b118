"""Answers to the exercises of notebook 01, the theory."""

import math

import numpy as np

from tests.mistakes import equal, right, wrong

# softmax_rows


@right("softmax_rows")
def shifted(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@right("softmax_rows")
def row_by_row(Z):
    rows = []
    for z in Z:
        e = [np.exp(score - max(z)) for score in z]
        rows.append([v / sum(e) for v in e])
    return rows


@right("softmax_rows")
def transposed_float32(Z):
    e = np.exp((Z.T - Z.max(1)).astype(np.float32))
    return (e / e.sum(0)).T


@right("softmax_rows")
def through_logs(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, None])


@right("softmax_rows")
def as_a_matrix(Z):
    return np.matrix(shifted(Z))


@right("softmax_rows")
def with_a_harmless_epsilon(Z):
    e = np.exp(Z - np.max(Z, axis=-1).reshape(-1, 1))
    return np.asfortranarray(e / (np.sum(e, axis=-1).reshape(-1, 1) + 1e-12))


@wrong("softmax_rows", "overflows")
def unshifted(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@wrong("softmax_rows", "one maximum was taken away for all")
def global_maximum(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "columns sum to 1, rows do not")
def down_the_columns(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=0)


@wrong("softmax_rows", "columns sum to 1, rows do not")
def down_the_columns_shifted(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


@wrong("softmax_rows", "the whole matrix sums to 1")
def whole_matrix(Z):
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e)


@wrong("softmax_rows", "keepdims")
def sum_without_keepdims(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1)


@wrong("softmax_rows", "keepdims")
def shift_and_sum_without_keepdims(Z):
    e = np.exp(Z - Z.max(axis=1))
    return e / e.sum(axis=1)


@wrong("softmax_rows", "keepdims")
def shift_without_keepdims(Z):
    e = np.exp(Z - Z.max(axis=1))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "each column's maximum")
def shift_by_columns(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "not divided by their sum")
def not_normalised(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))


@wrong("softmax_rows", "does not cancel")
def shift_in_the_numerator(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z).sum(axis=1, keepdims=True)


@wrong("softmax_rows", "the exponential is missing")
def no_exponential(Z):
    return Z / Z.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "logarithms")
def log_probabilities(Z):
    return np.log(shifted(Z))


@wrong("softmax_rows", "hard maximum")
def hard_maximum(Z):
    return (Z == Z.max(axis=1, keepdims=True)) * 1.0


@wrong("softmax_rows", "cuts large scores off")
def clipped(Z):
    e = np.exp(np.clip(Z, -500, 500))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "in place")
def in_place(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@wrong("softmax_rows", "inside the loop")
def first_row_only(Z):
    return shifted(Z)[0]


# kl_divergence


@right("kl_divergence")
def terms_that_happen(p, q):
    happens = p > 0
    return np.sum(p[happens] * np.log(p[happens] / q[happens]))


@right("kl_divergence")
def loop(p, q):
    total = 0.0
    for a, b in zip(p, q):
        if a > 0 and b == 0:
            return float("inf")
        if a > 0:
            total += a * np.log(a / b)
    return total


@right("kl_divergence")
def where_one_liner(p, q):
    return np.nansum(np.where(p > 0, p * (np.log(p) - np.log(q)), 0))


@right("kl_divergence")
def cross_entropy_minus_entropy(p, q):
    keep = np.nonzero(p)[0]
    p, q = np.asarray(p)[keep].astype(np.float32), np.asarray(q)[keep].astype(np.float32)
    return np.array([-p @ np.log(q) + p @ np.log(p)])[0]


@wrong("kl_divergence", "0 * log 0 is nan")
def zeros_forgotten(p, q):
    return np.sum(p * np.log(p / q))


@wrong("kl_divergence", "swapped")
def swapped(p, q):
    return terms_that_happen(q, p)


@wrong("kl_divergence", "the sign is wrong")
def minus_too_many(p, q):
    return -terms_that_happen(p, q)


@wrong("kl_divergence", "this is the cross-entropy")
def cross_entropy(p, q):
    return -np.sum(p * np.log(q))


@wrong("kl_divergence", "this is the entropy of p")
def entropy(p, q):
    return -np.sum(p * np.log(p))


@wrong("kl_divergence", "bits")
def bits(p, q):
    return terms_that_happen(p, q) / np.log(2)


@wrong("kl_divergence", "the terms are averaged")
def averaged(p, q):
    return np.mean(p * np.log(p / q))


@wrong("kl_divergence", "the weights are missing")
def unweighted(p, q):
    return np.sum(np.log(p / q))


@wrong("kl_divergence", "may be negative")
def absolute_terms(p, q):
    return np.sum(np.abs(p * np.log(p / q)))


@wrong("kl_divergence", "one number")
def terms(p, q):
    return np.where(p > 0, p * np.log(p / q), 0)


@wrong("kl_divergence", "impossible")
def epsilon_everywhere(p, q):
    return np.sum(p * np.log((p + 1e-12) / (q + 1e-12)))


@wrong("kl_divergence", "impossible")
def both_masked(p, q):
    keep = (p > 0) & (q > 0)
    return np.sum(p[keep] * np.log(p[keep] / q[keep]))


@wrong("kl_divergence", "both divergences")
def symmetric(p, q):
    return np.sum((p - q) * np.log(p / q))


# one_bad_guess


@right("one_bad_guess")
def b():
    return "b"


@right("one_bad_guess")
def capital_in_brackets():
    return "(B)"


@right("one_bad_guess")
def with_a_dot():
    return " b. "


@wrong("one_bad_guess", "add up their losses")
def three_are_better():
    return "a"


@wrong("one_bad_guess", "add up their losses")
def by_the_mean_probability():
    A, B = np.array([0.9, 0.9, 0.9, 0.001]), np.array([0.4, 0.4, 0.4, 0.4])
    return "A" if A.mean() > B.mean() else "B"


@wrong("one_bad_guess", "a one-hot label leave")
def the_others_count():
    return "c."


@wrong("one_bad_guess", "factor of ten")
def nearly_zero():
    return "d"


@wrong("one_bad_guess", "factor of ten")
def by_the_change_of_p():
    return "d" if 0.001 - 0.000001 < 0.01 else "b"


@wrong("one_bad_guess", "one of the letters a, b, c, d")
def two_of_them():
    return "a, b"


@wrong("one_bad_guess", "one of the letters a, b, c, d")
def the_name():
    return "model B"


@wrong("one_bad_guess", "one of the letters a, b, c, d")
def printed_only():
    print("b")


# softmax_cross_entropy


@right("softmax_cross_entropy")
def fused(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()


@right("softmax_cross_entropy")
def sample_by_sample(Z, y):
    losses = []
    for z, label in zip(Z, y):
        top = max(z)
        losses.append(top + np.log(sum(np.exp(score - top) for score in z)) - z[label])
    return sum(losses) / len(losses)


@right("softmax_cross_entropy")
def logaddexp_one_liner(Z, y):
    return np.mean(np.logaddexp.reduce(Z, axis=1) - Z[range(len(y)), y])


@right("softmax_cross_entropy")
def log_softmax_one_hot_float32(Z, y):
    Z = np.asarray(Z, dtype=np.float32)
    Z = Z - Z.max(axis=1)[:, None]
    log_p = Z - np.log(np.exp(Z).sum(axis=1)[:, None])
    return -np.sum(np.eye(Z.shape[1], dtype=np.float32)[y] * log_p) / np.float32(len(Z))


@right("softmax_cross_entropy")
def from_differences(Z, y):
    gap = Z - Z[np.arange(len(y)), y][:, None]
    top = gap.max(axis=1)
    return np.array([t + np.log(np.exp(g - t).sum()) for g, t in zip(gap, top)]).mean()


@wrong("softmax_cross_entropy", "exp(10000) is infinite")
def softmax_unshifted(Z, y):
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "became 0")
def softmax_then_log(Z, y):
    return -np.log(shifted(Z)[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "hides how wrong")
def epsilon_in_the_log(Z, y):
    return -np.log(shifted(Z)[np.arange(len(y)), y] + 1e-12).mean()


@wrong("softmax_cross_entropy", "hides how wrong")
def probabilities_clipped(Z, y):
    return -np.log(np.clip(shifted(Z)[np.arange(len(y)), y], 1e-15, 1)).mean()


@wrong("softmax_cross_entropy", "exp(10000) is infinite")
def unshifted_log_sum_exp(Z, y):
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "one maximum was taken away")
def one_maximum_for_all(Z, y):
    Z = Z - Z.max()
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "sum over the m samples")
def a_sum(Z, y):
    return fused(Z, y) * len(y)


@wrong("softmax_cross_entropy", "never added back")
def shift_never_added_back(Z, y):
    top = Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z - top).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "counted twice")
def shift_counted_twice(Z, y):
    top = Z.max(axis=1)
    S = Z - top[:, None]
    return (top + np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "the true class is missing")
def true_score_missing(Z, y):
    return np.mean(np.logaddexp.reduce(Z, axis=1))


@wrong("softmax_cross_entropy", "the sign is wrong")
def log_likelihood(Z, y):
    return -fused(Z, y)


@wrong("softmax_cross_entropy", "one loss per sample")
def losses(Z, y):
    return np.logaddexp.reduce(Z, axis=1) - Z[np.arange(len(y)), y]


@wrong("softmax_cross_entropy", "ran down the columns")
def down_the_columns_fused(Z, y):
    return (np.logaddexp.reduce(Z, axis=0)[y] - Z[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "loss of the largest score")
def loss_of_the_winner(Z, y):
    return np.mean(np.logaddexp.reduce(Z, axis=1) - Z.max(axis=1))


@wrong("softmax_cross_entropy", "applied twice")
def softmax_twice(Z, y):
    return fused(shifted(Z), y)


@wrong("softmax_cross_entropy", "in place")
def shifted_in_place(Z, y):
    Z -= Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()


# more of them, of other hands


@wrong("softmax_rows", "smallest score of each row")
def row_minimum_taken_away(Z):
    Z = Z - np.min(Z, axis=1, keepdims=True)
    e = np.exp(Z)
    return e / np.sum(e, axis=1, keepdims=True)


@wrong("softmax_rows", "mean of each row")
def row_mean_taken_away(Z):
    Z = Z - np.mean(Z, axis=1, keepdims=True)
    e = np.exp(Z)
    return e / np.sum(e, axis=1, keepdims=True)


@wrong("softmax_rows", "the whole matrix sums to 1")
def shifted_and_summed_over_everything(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e)


@wrong("softmax_rows", "the columns sum to 1")
def shifted_and_summed_down(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


@wrong("softmax_rows", "sigmoid")
def sigmoids(Z):
    return 1 / (1 + np.exp(-Z))


@wrong("softmax_rows", "sigmoid")
def shares_of_sigmoids(Z):
    p = 1 / (1 + np.exp(-Z))
    return p / p.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "shape of the sum: keepdims")
def keepdims_missing_in_the_second_place(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / e.sum(axis=1)


@wrong("softmax_rows", "cut to whole numbers")
def array_of_the_type_of_z(Z):
    out = np.zeros_like(Z)
    for i in range(len(Z)):
        e = np.exp(Z[i] - Z[i].max())
        out[i] = e / e.sum()
    return out


@wrong("softmax_rows", "inside the loop")
def return_inside_the_loop(Z):
    for i in range(len(Z)):
        e = np.exp(Z[i] - Z[i].max())
        return e / e.sum()


@wrong("softmax_rows", "divisor is 0")
def flat_list_of_exponentials(Z):
    return [math.exp(z) / sum(math.exp(v) for v in row) for row in Z for z in row]


@wrong("softmax_rows", "math.exp takes one number")
def math_exp_of_an_array(Z):
    e = math.exp(Z - Z.max(axis=1))
    return e / e.sum()


@wrong("softmax_rows", "transpose of what is right")
def transposed_probabilities(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).T


@wrong("softmax_rows", "divided by the largest")
def divided_by_the_largest(Z):
    e = np.exp(Z / np.max(Z))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "rounded")
def rounded_probabilities(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.round(p, 3)


@wrong("softmax_rows", "float16")
def half_precision(Z):
    Z = Z.astype(np.float16)
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "damage is hidden")
def overflow_hidden_by_a_small_number(Z):
    m = Z.max()
    e = np.exp(Z - m)
    return e / (e.sum(axis=1, keepdims=True) + 1e-8)


@wrong("softmax_rows", "must sum to 1")
def large_number_in_the_divisor(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / (e.sum(axis=1, keepdims=True) + 1e-2)


@wrong("softmax_rows", "cuts large scores off")
def cut_off_above(Z):
    e = np.exp(np.minimum(Z, 700))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "cuts large scores off")
def cut_off_on_both_sides(Z):
    Z = np.clip(Z, -100, 100)
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "in place")
def all_in_place(Z):
    Z -= Z.max(axis=1, keepdims=True)
    Z = np.exp(Z)
    Z /= Z.sum(axis=1, keepdims=True)
    return Z


@wrong("softmax_rows", "Two things")
def unshifted_over_everything(Z):
    return np.exp(Z) / np.exp(Z).sum()


@wrong("softmax_rows", "`return` missing")
def no_return(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "`return` missing")
def printed_instead_of_returned(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    print(e / e.sum(axis=1, keepdims=True))


@wrong("softmax_rows", "These are labels")
def labels_instead_of_probabilities(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.argmax(e / e.sum(axis=1, keepdims=True), axis=1)


@wrong("softmax_rows", "smallest probability")
def minus_sign_in_the_exponential(Z):
    e = np.exp(-(Z - Z.max(axis=1, keepdims=True)))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "Two things")
def softmax_of_one_vector(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0)


@wrong("softmax_rows", "divides by the mean")
def times_the_number_of_classes(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) * Z.shape[1]


@wrong("softmax_rows", "overflows on scores")
def by_logarithms_unshifted(Z):
    e = np.exp(Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))
    return e


@wrong("softmax_rows", "called as the prompt says")
def with_an_axis_of_its_own(Z, axis):
    e = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@wrong("softmax_rows", "overflows on scores")
def two_loops_unshifted(Z):
    m, k = Z.shape
    P = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            P[i, j] = np.exp(Z[i, j]) / np.sum(np.exp(Z[i]))
    return P


@wrong("softmax_rows", "must sum to 1")
def sum_changed_while_dividing(Z):
    mx = Z.max(axis=1, keepdims=True)
    P = np.exp(Z - mx)
    for j in range(Z.shape[1]):
        P[:, j] = P[:, j] / P.sum(axis=1)
    return P


k = "kl_divergence"


@right("softmax_rows")
def comprehensions(Z):
    return np.array([[np.exp(a - max(z)) / sum(np.exp(b - max(z)) for b in z) for a in z] for z in Z])


@right("softmax_rows")
def none_for_keepdims(Z):
    return np.exp(Z - Z.max(1)[:, None]) / np.exp(Z - Z.max(1)[:, None]).sum(1)[:, None]


@right("softmax_rows")
def sum_of_ratios(Z):
    return [tuple(1 / sum(math.exp(min(b - a, 700)) for b in z) for a in z) for z in Z.tolist()]


@right("softmax_rows")
def float32_throughout(Z):
    E = np.exp(np.float32(Z) - np.float32(Z).max(1, keepdims=True), dtype=np.float32)
    return E / E.sum(1, keepdims=True, dtype=np.float32)


@right("softmax_rows")
def along_an_axis(Z):
    return np.apply_along_axis(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), 1, Z)


@right("softmax_rows")
def an_iterator_of_rows(Z):
    return map(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), Z)


@wrong("kl_divergence", "small number")
def small_number_in_the_ratio(p, q):
    return np.sum(p * np.log(p / q + 1e-12))


@wrong("kl_divergence", "averaged")
def divided_by_the_number_of_classes(p, q):
    return np.sum(np.where(p != 0, p * np.log(p / q), 0)) / len(p)


@wrong("kl_divergence", "+=")
def only_the_last_term(p, q):
    s = 0
    for i in range(len(p)):
        if p[i] > 0:
            s = p[i] * np.log(p[i] / q[i])
    return s


@wrong("kl_divergence", "infinitely much")
def loop_that_skips_what_q_excludes(p, q):
    s = 0
    for a, b in zip(p, q):
        if a > 0 and b > 0:
            s += a * math.log(a / b)
    return s


@wrong("kl_divergence", "small number")
def both_clipped(p, q):
    p = np.clip(p, 1e-10, 1)
    q = np.clip(q, 1e-10, 1)
    return np.sum(p * np.log(p / q))


@wrong("kl_divergence", "weighed by q")
def weighed_by_q(p, q):
    m = p > 0
    return np.sum(q[m] * np.log(p[m] / q[m]))


@wrong("kl_divergence", "log(p / q)")
def ratio_turned(p, q):
    m = p > 0
    return np.sum(p[m] * np.log(q[m] / p[m]))


@wrong("kl_divergence", "bits")
def in_bits_after_a_mask(p, q):
    m = p > 0
    return np.sum(p[m] * np.log2(p[m] / q[m]))


@wrong("kl_divergence", "logarithm is missing")
def no_logarithm(p, q):
    m = p > 0
    return np.sum(p[m] * p[m] / q[m])


@wrong("kl_divergence", "The last class is missing")
def last_class_missing(p, q):
    s = 0.0
    for i in range(len(p) - 1):
        if p[i] > 0:
            s += p[i] * np.log(p[i] / q[i])
    return s


@wrong("kl_divergence", "columns of A")
def mask_on_one_side(p, q):
    m = p > 0
    return p[m] @ np.log(p / q)


@right("kl_divergence")
def infinity_by_division(p, q):
    s = 0
    for a, b in zip(p, q):
        if a > 0:
            s += a * math.log(a / b)
    return s


@wrong("kl_divergence", "in place")
def zeros_replaced_in_place(p, q):
    p[p == 0] = 1e-12
    return np.sum(p * np.log(p / q))


@wrong("kl_divergence", "Take the entropy away")
def entropy_added(p, q):
    m = p > 0
    return -np.sum(p[m] * np.log(p[m])) - np.sum(p[m] * np.log(q[m]))


@wrong("kl_divergence", "made of differences")
def total_variation(p, q):
    m = p > 0
    return np.abs(p[m] - q[m]).sum() / 2


@right("kl_divergence")
def only_where_p_is_not_0(p, q):
    return sum(a * (np.log(a) - np.log(b)) for a, b in zip(p, q) if a)


@right("kl_divergence")
def nan_left_out_of_the_sum(p, q):
    return float(np.nansum(p * np.log(p / q)))


@wrong("softmax_cross_entropy", "hides how wrong")
def added_1e_5(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(y)), y] + 1e-5).mean()


@right("softmax_cross_entropy")
def mean_over_all_pairs(Z, y):
    m = Z.max(axis=1, keepdims=True)
    return (m + np.log(np.exp(Z - m).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "keepdims is missing")
def maximum_without_keepdims(Z, y):
    m = Z.max(axis=1)
    return (m + np.log(np.exp(Z - m).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()


@wrong("softmax_cross_entropy", "whole matrix")
def one_sum_for_all(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.sum(np.exp(Z))) - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "(m, m) table")
def scores_table(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[:, y])


@wrong("softmax_cross_entropy", "logarithm of the sum is missing")
def log_forgotten(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.exp(Z).sum(axis=1) - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "must be taken away")
def true_score_added(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) + Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "summed and the other averaged")
def mean_and_sum_mixed(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z).sum(axis=1)).mean() - Z[np.arange(len(y)), y].sum()


@wrong("softmax_cross_entropy", "cuts large scores off")
def scores_clipped(Z, y):
    Z = np.clip(Z, -500, 500)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "mean score of a row")
def mean_of_all_log_probabilities(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    lp = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -np.mean(lp)


@wrong("softmax_cross_entropy", "over the classes")
def mean_over_the_classes_too(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    lp = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -np.mean(np.eye(Z.shape[1])[y] * lp)


@wrong("softmax_cross_entropy", "log-sum-exp: keepdims")
def log_sum_exp_without_keepdims(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    lp = Z - np.log(np.exp(Z).sum(axis=1))
    return -np.mean(lp[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "off by one")
def labels_one_too_low(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    lp = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -lp[np.arange(len(y)), y - 1].mean()


@wrong("softmax_cross_entropy", "never added back")
def maximum_forgotten_in_a_loop(Z, y):
    t = 0
    for z, c in zip(Z, y):
        t += np.log(np.exp(z - z.max()).sum()) - z[c]
    return t / len(y)


@wrong("softmax_cross_entropy", "+=")
def last_row_left(Z, y):
    t = 0
    for z, c in zip(Z, y):
        t = z.max() + np.log(np.exp(z - z.max()).sum()) - z[c]
    return t / len(y)


@wrong("softmax_cross_entropy", "Each column")
def shifted_by_columns(Z, y):
    Z = Z - Z.max(axis=0)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "too large")
def first_row_and_math(Z, y):
    return float(np.log(sum(math.exp(v) for v in Z[0])) - Z[0][y[0]])


@right("softmax_cross_entropy")
def logaddexp_row_by_row(Z, y):
    return np.mean([np.logaddexp.reduce(z) - z[c] for z, c in zip(Z, y)])


@right("softmax_cross_entropy")
def as_a_float32(Z, y):
    return np.float32(logaddexp_row_by_row(Z, y))


@right("softmax_cross_entropy")
def one_hot_log_softmax(Z, y):
    Z = np.asarray(Z, np.float64)
    S = Z - Z.max(1, keepdims=True)
    lp = S - np.log(np.exp(S).sum(1, keepdims=True))
    return -(np.eye(Z.shape[1])[y] * lp).sum() / len(y)


@wrong("softmax_cross_entropy", "gives nan on scores of 10000")
def the_program_as_it_was(Z, y):
    E = np.exp(Z)
    P = E / E.sum(axis=1, keepdims=True)
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * np.log(P + 1e-12))


@wrong("softmax_cross_entropy", "sum over the m samples")
def only_the_shift_repaired(Z, y):
    P = shifted(Z)
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * np.log(P + 1e-12))


@wrong("softmax_cross_entropy", "hides how wrong")
def shift_and_mean_repaired(Z, y):
    P = shifted(Z)
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * np.log(P + 1e-12)) / len(y)


@wrong("softmax_cross_entropy", "0 * -inf")
def one_hot_without_the_patch(Z, y):
    P = shifted(Z)
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * np.log(P)) / len(y)


@wrong("softmax_cross_entropy", "y.max() + 1")
def classes_of_the_largest_label(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -np.sum(np.eye(y.max() + 1)[y] * log_p) / len(y)


@wrong("softmax_cross_entropy", "hides how wrong")
def patched_with_a_tiny_number(Z, y):
    Y = np.eye(Z.shape[1])[y]
    return -(Y * np.log(shifted(Z) + 1e-300)).sum(axis=1).mean()


@wrong("softmax_cross_entropy", "hides how wrong")
def zeros_replaced(Z, y):
    P = shifted(Z)
    P[P == 0] = 1e-12
    return -np.log(P[np.arange(len(y)), y]).mean()


# mutants of right answers that are right answers too

TYPE = "a number type or container less is the same value"
equal(
    "softmax_rows",
    TYPE,
    "transposed_float32: (Z.T - Z.max(1)).astype(np.float32) -> Z.T - Z.max(1)",
    "as_a_matrix: np.matrix(shifted(Z)) -> shifted(Z)",
    "with_a_harmless_epsilon: np.asfortranarray(e / (np.sum(e, axis=-1).reshape(-1, 1) + 1e-12)) -> "
    "e / (np.sum(e, axis=-1).reshape(-1, 1) + 1e-12)",
)
equal(
    "softmax_rows",
    "the small number is harmless beside a sum of at least 1",
    "with_a_harmless_epsilon: np.sum(e, axis=-1).reshape(-1, 1) + 1e-12 -> np.sum(e, axis=-1).reshape(-1, 1)",
    "with_a_harmless_epsilon: np.sum(e, axis=-1).reshape(-1, 1) + 1e-12 -> np.sum(e, axis=-1).reshape(-1, 1) - 1e-12",
    "with_a_harmless_epsilon: 1e-12 -> 0.0",
    "with_a_harmless_epsilon: 1e-12 -> 2e-12",
)
equal(
    "softmax_rows",
    "of a matrix, axis 1 is the last; reshape(-2, 1) is reshape(-1, 1)",
    "with_a_harmless_epsilon: -1 -> 1",
    "with_a_harmless_epsilon: 1 -> 2",
)
equal(
    "softmax_rows",
    "a right answer has no nan to replace",
    "(('after', 'nan to 0'),)",
    "(('after', 'nan to 1'),)",
)
equal(
    "kl_divergence", "a warning less is the same value", "kl_divergence: np.errstate(divide='ignore') -> np.errstate()"
)
equal(
    "kl_divergence",
    "NumPy gives the infinity by itself",
    "loop: if a > 0 and b == 0: return float('inf') -> if False: return float('inf')",
    "loop: if a > 0 and b == 0: return float('inf') -> nothing",
    "loop: a > 0 -> a < 0",
    "loop: 0 -> 1",
    "loop: 0 -> -1",
)
equal(
    "kl_divergence",
    "nansum leaves out what the condition lets through; p is never below 0",
    "where_one_liner: p > 0 -> p >= 0",
    "where_one_liner: 0 -> -1",
)
equal(
    "kl_divergence",
    TYPE,
    "cross_entropy_minus_entropy: np.asarray(p)[keep].astype(np.float32) -> np.asarray(p)[keep]",
    "cross_entropy_minus_entropy: np.asarray(p) -> p",
    "cross_entropy_minus_entropy: np.asarray(q)[keep].astype(np.float32) -> np.asarray(q)[keep]",
    "cross_entropy_minus_entropy: np.asarray(q) -> q",
    "cross_entropy_minus_entropy: np.array([-p @ np.log(q) + p @ np.log(p)]) -> [-p @ np.log(q) + p @ np.log(p)]",
)
equal(
    "kl_divergence",
    "a product of vectors has no order; of one item the first is the last",
    "cross_entropy_minus_entropy: -p @ np.log(q) -> np.log(q) @ -p",
    "cross_entropy_minus_entropy: p @ np.log(p) -> np.log(p) @ p",
    "cross_entropy_minus_entropy: 0 -> -1",
)
equal(
    "softmax_cross_entropy",
    TYPE,
    "log_softmax_one_hot_float32: Z = np.asarray(Z, dtype=np.float32) -> nothing",
    "log_softmax_one_hot_float32: np.asarray(Z, dtype=np.float32) -> np.asarray(Z)",
    "log_softmax_one_hot_float32: np.asarray(Z, dtype=np.float32) -> Z",
    "log_softmax_one_hot_float32: np.eye(Z.shape[1], dtype=np.float32) -> np.eye(Z.shape[1])",
    "log_softmax_one_hot_float32: np.float32(len(Z)) -> len(Z)",
)
equal(
    "softmax_rows",
    TYPE,
    "comprehensions: np.array([[np.exp(a - max(z)) / sum((np.exp(b - max(z)) for b in z)) for a in z] for z in Z]) -> "
    "[[np.exp(a - max(z)) / sum((np.exp(b - max(z)) for b in z)) for a in z] for z in Z]",
    "sum_of_ratios: Z.tolist() -> Z",
    "float32_throughout: np.exp(np.float32(Z) - np.float32(Z).max(1, keepdims=True), dtype=np.float32) -> "
    "np.exp(np.float32(Z) - np.float32(Z).max(1, keepdims=True))",
    "float32_throughout: np.float32(Z) -> Z",
    "float32_throughout: E.sum(1, keepdims=True, dtype=np.float32) -> E.sum(1, keepdims=True)",
)
equal("softmax_rows", "exp(700) is as good as infinite", "sum_of_ratios: 700 -> 699", "sum_of_ratios: 700 -> 701")
equal(
    "kl_divergence",
    TYPE,
    "nan_left_out_of_the_sum: float(np.nansum(p * np.log(p / q))) -> np.nansum(p * np.log(p / q))",
)
equal(
    "softmax_cross_entropy",
    TYPE,
    "as_a_float32: np.float32(logaddexp_row_by_row(Z, y)) -> logaddexp_row_by_row(Z, y)",
    "one_hot_log_softmax: Z = np.asarray(Z, np.float64) -> nothing",
)


# which_claim


@right("which_claim")
def which_claim():
    return "b"


@right("which_claim")
def which_claim_in_brackets():
    return "(B)"


@right("which_claim")
def which_claim_with_a_dot():
    return " b. "


@wrong("which_claim", "another g")
def which_claim_a():
    return "a"


@wrong("which_claim", "is a copy independent")
def which_claim_c():
    return "c"


@wrong("which_claim", "Which pays more")
def which_claim_d():
    return "d"


@wrong("which_claim", "one of the letters a, b, c, d")
def which_claim_two_of_them():
    return "a, b"


@wrong("which_claim", "one of the letters a, b, c, d")
def which_claim_not_returned():
    print("b")


@wrong("which_claim", "another g")
def which_claim_in_capitals():
    return "A."


@wrong("kl_divergence", "'impossible' to something that happens")
def only_what_happens_often(p, q):
    often = p > 1e-6
    with np.errstate(divide="ignore"):
        return np.sum(p[often] * np.log(p[often] / q[often]))


# softmax_rows: more mistakes in the scale, in the sum, and in what is left out


@wrong("softmax_rows", "scaled, by a division")
def divided_by_the_largest_absolute(Z):
    scaled = Z / np.abs(Z).max(axis=1, keepdims=True)
    e = np.exp(scaled)
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "scaled, by a division")
def scores_between_0_and_1(Z):
    low, high = Z.min(axis=1, keepdims=True), Z.max(axis=1, keepdims=True)
    e = np.exp((Z - low) / (high - low))
    return e / e.sum(axis=0)


@wrong("softmax_rows", "scaled, by a division")
def scores_made_small(Z):
    e = np.exp(Z / 1000)
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "cuts small scores off")
def cut_off_below(Z):
    e = np.exp(np.maximum(Z, -500))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "maximum comes too late")
def maximum_after_the_exponential(Z):
    e = np.exp(Z) / np.exp(Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "A score at a fixed place")
def shifted_by_the_first_score(Z):
    e = np.exp(Z - Z[:, :1])
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "A score at a fixed place")
def shifted_by_the_last_score(Z):
    P = []
    for row in Z:
        e = np.exp(row - row[-1])
        P.append(e / e.sum())
    return np.array(P)


@wrong("softmax_rows", "Compute with them as they are")
def whole_scores(Z):
    Z = Z.astype(int)
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "that the exponentials are written into")
def exponentials_written_into_the_scores(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    np.exp(S, out=S)
    return S / S.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "number e")
def e_by_hand(Z):
    E = 2.72 ** (Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "np.expm1")
def with_expm1(Z):
    E = np.expm1(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "shifted scores themselves")
def shares_of_shifted_scores(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return S / S.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "1 taken from the sum")
def sum_less_one(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / (E.sum(axis=1, keepdims=True) - 1)


@wrong("softmax_rows", "only below")
def shift_in_the_denominator(Z):
    top = Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z - top).sum(axis=1, keepdims=True)


@wrong("softmax_rows", "sum so far")
def sum_never_begins_anew(Z):
    P, total = np.zeros(Z.shape), 0
    for i in range(len(Z)):
        e = np.exp(Z[i] - Z[i].max())
        for v in e:
            total += v
        P[i] = e / total
    return P


@wrong("softmax_rows", "every exponential of the row once")
def sum_without_the_last_class(Z):
    P = []
    for row in Z:
        e = np.exp(row - row.max())
        total = 0
        for j in range(len(row) - 1):
            total += e[j]
        P.append(e / total)
    return np.array(P)


@wrong("softmax_rows", "sum of the first row")
def sum_of_the_first_row(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / sum(E[0])


@wrong("softmax_rows", "divides by a count")
def divided_by_the_number_of_rows(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / len(E)


@wrong("softmax_rows", "divided by itself")
def each_over_itself(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E


@wrong("softmax_rows", "divides by the sum of the scores")
def over_the_sum_of_scores(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / Z.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "missing above")
def scores_over_exponentials(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return S / np.exp(S).sum(axis=1, keepdims=True)


@wrong("softmax_rows", "multiplies by the sum")
def times_the_sum(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E * E.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "upside down")
def sum_over_each(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E.sum(axis=1, keepdims=True) / E


@wrong("softmax_rows", "exponential of the sum")
def over_the_exponential_of_the_sum(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.exp(S) / np.exp(S.sum(axis=1, keepdims=True))


@wrong("softmax_rows", "logarithms of the probabilities")
def log_softmax(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=1, keepdims=True))


@wrong("softmax_rows", "hard maximum")
def one_hot_rows(Z):
    return np.eye(Z.shape[1])[Z.argmax(axis=1)]


@wrong("softmax_rows", "not a transpose")
def reshaped_at_the_end(Z):
    E = np.exp(Z.T - Z.max(axis=1))
    return (E / E.sum(axis=0)).reshape(Z.shape)


@wrong("softmax_rows", "came back in one row")
def one_flat_row(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).flatten()


@wrong("softmax_rows", "largest probabilities")
def largest_of_each_row(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).max(axis=1)


@wrong("softmax_rows", "sums of the exponentials")
def only_the_sums(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)


@wrong("softmax_rows", "These are shifted scores")
def only_shifted(Z):
    return Z - np.max(Z, axis=1, keepdims=True)


@wrong("softmax_rows", "sorted")
def rows_in_order(Z):
    Z = np.sort(Z, axis=1)
    E = np.exp(Z - Z[:, -1:])
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax_rows", "cut to whole numbers where Z")
def last_row_forgotten_and_whole(Z):
    P = np.zeros_like(Z)
    for i in range(len(Z) - 1):
        e = np.exp(Z[i] - Z[i].max())
        P[i] = e / e.sum()
    return P


@wrong("softmax_rows", "rows or classes are left out")
def return_in_the_loop_over_rows(Z):
    P = np.zeros(Z.shape)
    for i in range(len(Z)):
        e = np.exp(Z[i] - Z[i].max())
        P[i] = e / e.sum()
        return P


@wrong("softmax_rows", "Every row of the result is the same")
def one_list_for_all_rows(Z):
    P = []
    p = np.zeros(Z.shape[1])
    for row in Z:
        p[:] = np.exp(row - row.max()) / np.exp(row - row.max()).sum()
        P.append(p)
    return np.array(P)


# kl_divergence: more mistakes at the zeros, in the total, and in which divergence it is


@wrong("kl_divergence", "np.nan_to_num turns infinite")
def nan_to_num_of_the_terms(p, q):
    return np.sum(np.nan_to_num(p * np.log(p / q)))


@wrong("kl_divergence", "np.nan_to_num turns infinite")
def nan_to_num_of_the_logarithm(p, q):
    return np.sum(p * np.nan_to_num(np.log(p / q)))


@wrong("kl_divergence", "as soon as q is 0")
def infinite_too_early(p, q):
    if np.any(q == 0):
        return np.inf
    happens = p > 0
    return np.sum(p[happens] * np.log(p[happens] / q[happens]))


@wrong("kl_divergence", "as soon as there is a 0")
def zero_where_q_is_zero(p, q):
    if 0 in q:
        return 0
    happens = p > 0
    return np.sum(p[happens] * np.log(p[happens] / q[happens]))


@wrong("kl_divergence", "infinite where p is 0")
def infinite_where_p_is_zero(p, q):
    if (p == 0).any():
        return float("inf")
    return np.sum(p * np.log(p / q))


@wrong("kl_divergence", "stops at the first 0")
def break_at_a_zero(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a == 0:
            break
        total += a * np.log(a / b)
    return total


@wrong("kl_divergence", "math.log(0) is an error")
def math_log_of_zero(p, q):
    total = 0
    for i in range(len(p)):
        total += p[i] * (math.log(p[i]) - math.log(q[i]))
    return total


@wrong("kl_divergence", "cannot be divided by 0")
def floats_of_python(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist(), strict=True) if a > 0)


@wrong("kl_divergence", "made of both divergences")
def mean_of_both_directions(p, q):
    def one_way(a, b):
        on = a > 0
        return np.sum(a[on] * np.log(a[on] / b[on]))

    return 0.5 * (one_way(p, q) + one_way(q, p))


@wrong("kl_divergence", "Jensen-Shannon divergence")
def jensen_shannon(p, q):
    def one_way(a, b):
        on = a > 0
        return np.sum(a[on] * np.log(a[on] / b[on]))

    middle = (p + q) / 2
    return (one_way(p, middle) + one_way(q, middle)) / 2


@wrong("kl_divergence", "difference of two entropies")
def entropies_compared(p, q):
    a, b = p[p > 0], q[q > 0]
    return np.sum(b * np.log(b)) - np.sum(a * np.log(a))


@wrong("kl_divergence", "number, their sum")
def array_of_terms(p, q):
    terms = np.zeros(len(p))
    terms[p > 0] = p[p > 0] * np.log(p[p > 0] / q[p > 0])
    return terms


@wrong("kl_divergence", "Only the first term")
def return_in_the_loop(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * np.log(a / b)
        return total


@wrong("kl_divergence", "begins at 0")
def total_begins_at_one(p, q):
    total = 1
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * np.log(a / b)
    return total


@wrong("kl_divergence", "divided by 2")
def halved(p, q):
    on = p > 0
    return 0.5 * np.sum(p[on] * np.log(p[on] / q[on]))


@wrong("kl_divergence", "p and q change places")
def minus_but_infinite(p, q):
    total = 0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            if b == 0:
                return np.inf
            total -= a * np.log2(a / b)
    return total


@wrong("kl_divergence", "terms were multiplied")
def product_of_terms(p, q):
    on = p > 0
    return np.prod(p[on] * np.log(p[on] / q[on]))


@wrong("kl_divergence", "largest term")
def largest_term(p, q):
    on = p > 0
    return max(p[on] * np.log(p[on] / q[on]))


@wrong("kl_divergence", "1 too many in the logarithm")
def with_log1p(p, q):
    on = p > 0
    return np.sum(p[on] * np.log1p(p[on] / q[on]))


@wrong("kl_divergence", "logarithms are squared")
def squared_logarithms(p, q):
    on = p > 0
    return np.sum(p[on] * np.log(p[on] / q[on]) ** 2)


@wrong("kl_divergence", "weighed by p twice")
def weighed_twice(p, q):
    on = p > 0
    return np.sum(p[on] ** 2 * np.log(p[on] / q[on]))


@wrong("kl_divergence", "exponential was taken")
def likelihood_of_it(p, q):
    on = p > 0
    return np.exp(-np.sum(p[on] * np.log(p[on] / q[on])))


@wrong("kl_divergence", "root was taken")
def root_of_it(p, q):
    on = p > 0
    return np.sqrt(np.sum(p[on] * np.log(p[on] / q[on])))


# softmax_cross_entropy: more mistakes in the sum, in the label, and in what is averaged


@wrong("softmax_cross_entropy", "Log-sum-exp ran down the columns")
def log_sum_exp_of_columns(Z, y):
    top = Z.max(axis=0)
    lse = top + np.log(np.exp(Z - top).sum(axis=0))
    return np.mean(lse[y] - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "true score is divided by k")
def mean_over_a_one_hot_row(Z, y):
    Y = np.eye(Z.shape[1])[y]
    top = Z.max(axis=1)
    lse = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
    return (lse - (Y * Z).mean(axis=1)).mean()


@wrong("softmax_cross_entropy", "wants the labels as a column")
def take_along_a_vector(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - np.take_along_axis(S, y, axis=1))


@wrong("softmax_cross_entropy", "sign of the shift")
def maximum_added(Z, y):
    S = Z + Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "largest absolute value")
def absolute_maximum_taken_away(Z, y):
    S = Z - np.abs(Z).max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "scaled, by a division")
def scores_divided_by_the_largest(Z, y):
    S = Z / Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "A score at a fixed place")
def first_score_taken_away(Z, y):
    S = Z - Z[:, :1]
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "averaged inside the logarithm")
def log_mean_exp(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).mean(axis=1)) - S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "1 too many inside the logarithm")
def sum_begins_at_one(Z, y):
    total = 0
    for z, label in zip(Z - Z.max(axis=1, keepdims=True), y, strict=True):
        s = 1
        for v in z:
            s += np.exp(v)
        total += np.log(s) - z[label]
    return total / len(y)


@wrong("softmax_cross_entropy", "true class is missing in the sum")
def sum_of_the_others(Z, y):
    rows = np.arange(len(y))
    S = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(S)
    return np.mean(np.log(E.sum(axis=1) - E[rows, y]) - S[rows, y])


@wrong("softmax_cross_entropy", "Only the largest exponential")
def largest_in_place_of_the_sum(Z, y):
    return np.mean(Z.max(axis=1) - Z[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "does not hold every class")
def sum_without_the_last_class_fused(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S)[:, :-1].sum(axis=1)) - S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "not set back to 0")
def sum_runs_on(Z, y):
    loss, s = 0, 0
    for i in range(len(y)):
        z = Z[i] - Z[i].max()
        for v in z:
            s += np.exp(v)
        loss += np.log(s) - z[y[i]]
    return loss / len(y)


@wrong("softmax_cross_entropy", "Rows and labels changed places")
def labels_first(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[y, np.arange(len(y))])


@wrong("softmax_cross_entropy", "off by one")
def labels_one_too_high(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y + 1])


@wrong("softmax_cross_entropy", "score Z[i, i] was taken")
def score_of_the_row_number(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    total = 0
    for i in range(len(y)):
        total += np.log(np.exp(S[i]).sum()) - S[i, i]
    return total / len(y)


@wrong("softmax_cross_entropy", "The label says which")
def score_of_the_first_class(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[:, 0])


@wrong("softmax_cross_entropy", "Y[y] = 1 sets whole rows")
def one_hot_of_whole_rows(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    log_p = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    Y = np.zeros(Z.shape)
    Y[y] = 1
    return -(Y * log_p).sum(axis=1).mean()


@wrong("softmax_cross_entropy", "has another base")
def log2_of_the_sum(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log2(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "divided by the true score")
def score_divided(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) / S[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "1 minus the probability")
def one_minus_probability(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    return np.mean(1 - P[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "This is the probability of the true class")
def mean_probability(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    return np.mean(P[np.arange(len(y)), y])


@wrong("softmax_cross_entropy", "by log(1 - p)")
def binary_cross_entropies(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / len(y)


@wrong("softmax_cross_entropy", "squared error")
def brier_score(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    return np.mean(np.sum((P - np.eye(Z.shape[1])[y]) ** 2, axis=1))


@wrong("softmax_cross_entropy", "counts wrong labels")
def share_of_errors(Z, y):
    return np.mean(Z.argmax(axis=1) != y)


@wrong("softmax_cross_entropy", "np.nan_to_num turns infinite")
def infinite_made_finite(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    return np.mean(-np.nan_to_num(np.log(P[np.arange(len(y)), y])))


@wrong("softmax_cross_entropy", "margins, as of a hinge")
def hinge_loss(Z, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, Z - Z[rows, y][:, None] + 1)
    margins[rows, y] = 0
    return margins.sum() / len(y)


@wrong("softmax_cross_entropy", "divided by m - 1")
def divided_by_one_less(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y]) / (len(y) - 1)


@wrong("softmax_cross_entropy", "divided by m twice")
def divided_by_m_twice(Z, y):
    loss = 0
    for z, label in zip(Z, y, strict=True):
        z = z - z.max()
        loss += (np.log(np.exp(z).sum()) - z[label]) / len(y)
    return loss / len(y)


@wrong("softmax_cross_entropy", "A sample is missing")
def last_sample_missing(Z, y):
    loss = 0
    for i in range(len(Z) - 1):
        z = Z[i] - Z[i].max()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
    return loss / len(Z)


@wrong("softmax_cross_entropy", "stands inside the loop")
def divided_in_the_loop(Z, y):
    loss = 0
    for i in range(len(Z)):
        z = Z[i] - Z[i].max()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
        loss /= len(Z)
    return loss


@wrong("softmax_cross_entropy", "1 too many in the total")
def loss_begins_at_one(Z, y):
    loss = 1
    for i in range(len(Z)):
        z = Z[i] - Z[i].max()
        loss += np.log(np.exp(z).sum()) - z[y[i]]
    return loss / len(Z)


@wrong("softmax_cross_entropy", "This is the gradient in the scores")
def gradient_returned(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return P / len(y)


@wrong("softmax_cross_entropy", "logarithms of all probabilities")
def log_softmax_table(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=1, keepdims=True))


@wrong("softmax_cross_entropy", "These are the probabilities")
def probabilities_returned(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
