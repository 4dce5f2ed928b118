"""Answers to lesson 00 by people who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("tempered_softmax", "multiplies by the temperature in place of dividing")
def times_temperature(z, temperature):
    scaled = np.array(z) * temperature
    e = np.exp(scaled - np.max(scaled))
    return e / np.sum(e)


@wrong("tempered_softmax", "divides the exponentials by T and not the scores, so T cancels")
def temperature_outside(z, temperature):
    e = np.exp(z) / temperature
    return e / e.sum()


@wrong("tempered_softmax", "takes the 1/T-th power of the probabilities and does not normalise again")
def power_of_softmax(z, temperature):
    e = np.exp(z)
    p = e / e.sum()
    return p ** (1 / temperature)


@wrong("tempered_softmax", "no temperature in the denominator")
def untempered_denominator(z, temperature):
    total = sum(math.exp(zl) for zl in z)
    return np.array([math.exp(zj / temperature) / total for zj in z])


@wrong("tempered_softmax", "divides z in place, which changes the caller's scores and fails for whole numbers")
def divides_in_place(z, temperature):
    z /= temperature
    z -= z.max()
    e = np.exp(z)
    return e / e.sum()


@wrong("tempered_softmax", "sums along axis 1 of a vector: AxisError")
def axis_one(z, temperature):
    exps = np.exp(np.asarray(z) / temperature)
    return exps / np.sum(exps, axis=1, keepdims=True)


@wrong("tempered_softmax", "multiplies by T, and divides by the largest exponential in place of their sum")
def relative_to_the_winner(z, temperature):
    e = np.exp(temperature * z)
    return e / e.max()


@right("tempered_softmax")
def with_pairwise_differences(z, temperature):
    z = np.asarray(z, dtype=float)
    return 1 / np.exp((z[None, :] - z[:, None]) / temperature).sum(axis=1)


@right("tempered_softmax")
def with_a_generator(z, temperature):
    weigh = lambda score: math.e ** (score / temperature)  # noqa: E731
    exps = np.fromiter((weigh(float(score)) for score in z), dtype=float, count=len(z))
    return exps / math.fsum(exps)


@wrong("most_likely", "returns the largest score and not its place")
def largest_score(Z):
    return np.max(Z, axis=1)


@wrong("most_likely", "looks for the largest in each column")
def down_the_columns(Z):
    e = np.exp(Z - np.max(Z))
    return np.argmax(e, axis=0)


@wrong("most_likely", "starts the search at 0, so a row of negative scores gives class 0")
def best_starts_at_zero(Z):
    labels = []
    for row in Z:
        best, label = 0, 0
        for j in range(len(row)):
            if row[j] > best:
                best = row[j]
                label = j
        labels.append(label)
    return np.array(labels)


@wrong("most_likely", "normalises over the columns first, which changes the order inside a row")
def softmax_of_columns_first(Z):
    e = np.exp(Z)
    P = e / e.sum(axis=0)
    return P.argmax(axis=1)


@wrong("most_likely", "a NumPy row has no method index: AttributeError")
def index_of_a_row(Z):
    result = []
    for row in Z:
        result.append(row.index(max(row)))
    return np.array(result)


@wrong("most_likely", "goes over columns and counts from 1")
def columns_from_one(Z):
    m, k = Z.shape
    return np.array([np.argmax(Z[:, j]) + 1 for j in range(k)])


@wrong("most_likely", "takes the first of the sorted places, which is the smallest score")
def first_of_argsort(Z):
    return np.argsort(Z, axis=-1)[:, 0]


@right("most_likely")
def last_of_argsort(Z):
    return np.asfortranarray(Z).argsort(axis=1)[:, -1]


@right("most_likely")
def pick_with_max(Z):
    return np.array([max(range(len(row)), key=lambda j, row=row: row[j]) for row in Z])
