"""Answers to the exercises of notebook 00, the start."""

import numpy as np

from tests.mistakes import right, wrong

# tempered_softmax


@right("tempered_softmax")
def plain(z, temperature):
    e = np.exp(z / temperature)
    return e / e.sum()


@right("tempered_softmax")
def loop(z, temperature):
    total = 0
    for score in z:
        total += np.exp(score / temperature)
    return [np.exp(score / temperature) / total for score in z]


@right("tempered_softmax")
def shifted_float32(z, temperature):
    z = np.asarray(z, dtype=np.float32) / temperature
    e = np.exp(z - z.max())
    return e / e.sum()


@right("tempered_softmax")
def one_liner(z, temperature):
    return 1 / np.exp((z[None, :] - z[:, None]) / temperature).sum(axis=1)


@wrong("tempered_softmax", "sum to 1 yet")
def not_normalised(z, temperature):
    return np.exp(z / temperature)


@wrong("tempered_softmax", "makes no difference")
def temperature_ignored(z, temperature):
    return np.exp(z) / np.exp(z).sum()


@wrong("tempered_softmax", "sharper")
def temperature_multiplies(z, temperature):
    e = np.exp(z * temperature)
    return e / e.sum()


@wrong("tempered_softmax", "makes no difference")
def temperature_outside(z, temperature):
    e = np.exp(z) / temperature
    return e / e.sum()


@wrong("tempered_softmax", "not the probabilities")
def probabilities_divided(z, temperature):
    e = np.exp(z)
    return e / e.sum() / temperature


@wrong("tempered_softmax", "exponential first")
def no_exponential(z, temperature):
    z = z / temperature
    return z / z.sum()


@wrong("tempered_softmax", "minus sign")
def upside_down(z, temperature):
    e = np.exp(-z / temperature)
    return e / e.sum()


@wrong("tempered_softmax", "hard maximum")
def hard_maximum(z, temperature):
    return (z == z.max()) * 1.0


@wrong("tempered_softmax", "in place")
def in_place(z, temperature):
    z /= temperature
    return np.exp(z) / np.exp(z).sum()


# most_likely


@right("most_likely")
def argmax(Z):
    return Z.argmax(axis=1)


@right("most_likely")
def row_by_row(Z):
    labels = []
    for row in Z:
        best = 0
        for j in range(len(row)):
            if row[j] > row[best]:
                best = j
        labels.append(best)
    return labels


@right("most_likely")
def of_probabilities(Z):
    e = np.exp(Z)
    return np.argsort(e / e.sum(axis=1, keepdims=True), axis=1)[:, -1].astype(np.int32)


@wrong("most_likely", "one example a row")
def down_the_columns(Z):
    return Z.argmax(axis=0)


@wrong("most_likely", "whole matrix")
def one_for_all(Z):
    return Z.argmax()


@wrong("most_likely", "the largest scores")
def scores_not_places(Z):
    return Z.max(axis=1)


@wrong("most_likely", "largest probabilities")
def probabilities_not_places(Z):
    e = np.exp(Z)
    return (e / e.sum(axis=1, keepdims=True)).max(axis=1)


@wrong("most_likely", "not at 1")
def counted_from_one(Z):
    return Z.argmax(axis=1) + 1


@wrong("most_likely", "smallest")
def smallest(Z):
    return np.argmin(Z, axis=1)


@wrong("most_likely", "sign matters")
def absolute(Z):
    return np.abs(Z).argmax(axis=1)


@wrong("most_likely", "returned a matrix")
def one_hot_rows(Z):
    return (Z == Z.max(axis=1, keepdims=True)) * 1
