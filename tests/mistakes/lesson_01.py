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
