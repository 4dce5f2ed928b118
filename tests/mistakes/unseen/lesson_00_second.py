"""Answers to lesson 00 by a second hand, who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("tempered_softmax", "divides the exponentials by T, and not the scores: T cancels")
def temperature_outside(z, temperature):
    exps = np.exp(z) / temperature
    total = np.sum(exps)
    return exps / total


@wrong("tempered_softmax", "multiplies by the temperature")
def times_t(z, temperature):
    scaled = z * temperature
    return np.exp(scaled) / np.exp(scaled).sum()


@wrong("tempered_softmax", "divides by the largest exponential, not by their sum")
def over_the_largest(z, temperature):
    e = np.exp(z / temperature)
    return e / e.max()


@wrong("tempered_softmax", "adds up three exponentials only: right for the example on paper")
def three_scores(z, temperature):
    a = np.exp(z / temperature)
    s = a[0] + a[1] + a[2]
    return np.array([a[0] / s, a[1] / s, a[2] / s])


@wrong("tempered_softmax", "divides z in place: changes the caller's scores, and whole numbers refuse")
def divides_in_place(z, temperature):
    z /= temperature
    z = np.exp(z)
    return z / z.sum()


@wrong("tempered_softmax", "takes 2.718 for e, and rounds to three digits as the lesson prints")
def school_e(z, temperature):
    e = 2.718 ** (z / temperature)
    return (e / e.sum()).round(3)


@wrong("tempered_softmax", "the temperature divides only in the numerator")
def t_only_above(z, temperature):
    return np.exp(z / temperature) / np.sum(np.exp(z))


@right("tempered_softmax")
def reciprocal_of_ratios(z, temperature):
    z = np.asarray(z)
    ratios = np.exp(np.subtract.outer(z, z) / temperature)
    return 1 / ratios.sum(axis=0)


@right("tempered_softmax")
def one_by_one(z, temperature):
    powers = []
    for score in z:
        powers.append(math.exp(score / temperature))
    together = math.fsum(powers)
    for j in range(len(powers)):
        powers[j] /= together
    return np.array(powers)


@wrong("most_likely", "argmax down the columns")
def down_the_columns(Z):
    return np.argmax(Z, axis=0)


@wrong("most_likely", "no axis: one number for the whole matrix")
def one_for_all(Z):
    E = np.exp(Z)
    return np.argmax(E)


@wrong("most_likely", "labels counted from 1")
def first_is_one(Z):
    labels = []
    for row in Z:
        labels.append(list(row).index(max(row)) + 1)
    return np.array(labels)


@wrong("most_likely", "starts the search at a score of 0: wrong where all scores are negative")
def record_from_zero(Z):
    m, k = Z.shape
    result = np.zeros(m, dtype=int)
    for i in range(m):
        record = 0
        for j in range(k):
            if Z[i, j] > record:
                record = Z[i, j]
                result[i] = j
    return result


@wrong("most_likely", "returns the largest score and not its place")
def the_score_itself(Z):
    return Z.max(axis=1)


@wrong("most_likely", "the first of the sorted labels is the one with the smallest score")
def first_of_sorted(Z):
    order = Z.argsort(axis=1)
    return order[:, 0]


@wrong("most_likely", "compares with the largest score of the matrix, and returns the row's number too")
def where_it_is(Z):
    return np.where(Z == np.max(Z))


@right("most_likely")
def mask_times_labels(Z):
    top = np.amax(Z, axis=-1)[:, np.newaxis]
    return (Z >= top).astype(int) @ np.arange(Z.shape[1])


@right("most_likely")
def python_key(Z):
    k = range(Z.shape[1])
    return np.array([max(k, key=lambda j: row[j]) for row in Z])
