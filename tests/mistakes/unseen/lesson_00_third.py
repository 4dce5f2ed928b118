"""Answers to lesson 00 by a third hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("tempered_softmax", "divides the exponentials by T, which cancels: the temperature has no effect")
def exponentials_divided(z, temperature):
    exps = np.exp(z) / temperature
    return exps / np.sum(exps)


@wrong("tempered_softmax", "only the maximum is divided by T, for want of brackets: the temperature has no effect")
def brackets_missing(z, temperature):
    e = np.exp(z - np.max(z) / temperature)
    return e / e.sum()


@wrong("tempered_softmax", "sums along axis 1, which a vector does not have")
def axis_of_a_matrix(z, temperature):
    e = np.exp(z / temperature)
    return e / e.sum(axis=1, keepdims=True)


@wrong("tempered_softmax", "the array for the results has the type of z: whole numbers cut off the probabilities")
def results_like_z(z, temperature):
    p = np.zeros_like(z)
    total = 0
    for l in range(len(z)):  # noqa: E741
        total += np.exp(z[l] / temperature)
    for j in range(len(z)):
        p[j] = np.exp(z[j] / temperature) / total
    return p


@wrong("tempered_softmax", "takes the power 1/T of the probabilities and does not make them sum to 1 again")
def power_without_sum(z, temperature):
    p = np.exp(z) / np.exp(z).sum()
    return p ** (1 / temperature)


@wrong("tempered_softmax", "takes the maximum away from the caller's z, in place")
def shifts_the_callers(z, temperature):
    z -= z.max()
    e = np.exp(z / temperature)
    return e / e.sum()


@right("tempered_softmax")
def one_over_ratios(z, temperature):
    lead = z[:, None] - z[None, :]
    return 1 / np.exp(-lead / temperature).sum(axis=1)


@right("tempered_softmax")
def power_with_sum(z, temperature):
    weights = np.exp(z) ** (1.0 / temperature)
    return np.divide(weights, np.add.reduce(weights))


@wrong("most_likely", "one number, the place in the flattened matrix")
def flattened(Z):
    e = np.exp(Z)
    P = e / e.sum(axis=1, keepdims=True)
    return np.argmax(P)


@wrong("most_likely", "sorts the row first, so the largest is always the last")
def place_after_sorting(Z):
    labels = []
    for row in Z:
        scores = sorted(row)
        labels.append(scores.index(max(scores)))
    return np.array(labels)


@wrong("most_likely", "the first column of argsort: the least likely class")
def first_of_argsort(Z):
    return np.argsort(Z, axis=1)[:, 0]


@wrong("most_likely", "the search starts at 0, so a row of negative scores always gets class 0")
def search_from_zero(Z):
    m, k = Z.shape
    labels = np.zeros(m, dtype=int)
    for i in range(m):
        largest = 0
        for c in range(k):
            if Z[i, c] > largest:
                largest = Z[i, c]
                labels[i] = c
    return labels


@wrong("most_likely", "the pair of row and column numbers that np.where gives")
def both_of_where(Z):
    return np.where(Z == Z.max(axis=1, keepdims=True))


@wrong("most_likely", "compares with the row maxima as a row instead of a column: the shapes do not fit")
def maxima_as_a_row(Z):
    hit = Z == np.max(Z, axis=1)
    return np.nonzero(hit)[1]


@right("most_likely")
def key_of_max(Z):
    return np.array([max(range(len(row)), key=lambda c: row[c]) for row in Z])


@right("most_likely")
def last_of_argsort(Z):
    order = np.argsort(Z, axis=-1)
    return order.T[-1]
