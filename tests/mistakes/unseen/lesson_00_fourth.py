"""Answers to lesson 00 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("tempered_softmax", "scales only the numerator: the sum is that of temperature 1")
def sum_without_temperature(z, temperature):
    return np.exp(z / temperature) / np.sum(np.exp(z))


@wrong("tempered_softmax", "divides the exponential by the temperature: it cancels")
def temperature_outside(z, temperature):
    e = np.exp(z) / temperature
    return e / e.sum()


@wrong("tempered_softmax", "whole-number division of the scores")
def floor_of_scores(z, temperature):
    e = np.exp(z // temperature)
    return e / np.sum(e)


@wrong("tempered_softmax", "a running total: each entry is divided by the sum so far")
def running_total(z, temperature):
    total = 0
    p = np.zeros(len(z))
    for j in range(len(z)):
        total += np.exp(z[j] / temperature)
        p[j] = np.exp(z[j] / temperature) / total
    return p


@right("tempered_softmax")
def powers_of_a_base(z, temperature):
    base = np.e ** (1 / temperature)
    powers = [base ** float(v) for v in z]
    return np.array(powers) / sum(powers)


@wrong("most_likely", "the position in the flat matrix, one number")
def flat_position(Z):
    return np.argmax(Z)


@wrong("most_likely", "largest score starts at 0, so rows of negative scores give class 0")
def largest_from_zero(Z):
    labels = []
    for row in Z:
        best, label = 0, 0
        for j, score in enumerate(row):
            if score > best:
                best, label = score, j
        labels.append(label)
    return np.array(labels)


@wrong("most_likely", "the best score is not reset for the next row")
def best_kept_from_row_to_row(Z):
    labels = np.zeros(len(Z), dtype=int)
    best = -np.inf
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            if Z[i, j] > best:
                best = Z[i, j]
                labels[i] = j
    return labels


@wrong("most_likely", "the last of argsort's rows, not of its columns")
def last_row_of_argsort(Z):
    return np.argsort(Z, axis=1)[-1]
