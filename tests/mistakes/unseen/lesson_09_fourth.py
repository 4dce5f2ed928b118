"""Answers to lesson 09 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("centred_distances", "each set is moved by its own mean: the distances change")
def own_means(A, B):
    A, B = A - A.mean(axis=0), B - B.mean(axis=0)
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@wrong("centred_distances", "only A is moved")
def only_a_moved(A, B):
    A = A - B.mean(axis=0)
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@wrong("centred_distances", "divides by the standard deviation too")
def standardised(A, B):
    mean, std = B.mean(axis=0), B.std(axis=0) + 1
    A, B = (A - mean) / std, (B - mean) / std
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@wrong("centred_distances", "float64 without a shift")
def only_wider_type(A, B):
    A, B = A.astype(np.float64), B.astype(np.float64)
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@right("centred_distances")
def shifted_by_first_point(A, B):
    origin = B[:1]
    A, B = np.subtract(A, origin), np.subtract(B, origin)
    a, b = np.einsum("ij,ij->i", A, A), np.einsum("ij,ij->i", B, B)
    return np.sqrt((a.reshape(-1, 1) - 2 * A.dot(B.T) + b).clip(min=0))


@wrong("majority_vote", "of tied labels the smallest: bincount")
def smallest_of_tied(labels):
    return np.array([np.bincount(row).argmax() for row in labels])


@wrong("majority_vote", "the nearest label always")
def nearest_always(labels):
    return labels[:, 0]


@wrong("majority_vote", "the median of the labels")
def median_of_labels(labels):
    return np.median(labels, axis=1).astype(int)


@wrong("majority_vote", "votes are not reset from row to row")
def votes_pile_up(labels):
    votes, winners = {}, []
    for row in labels:
        for label in row:
            votes[label] = votes.get(label, 0) + 1
        winners.append(max(row, key=votes.get))
    return np.array(winners)


@wrong("majority_vote", "number of votes, not the label")
def number_of_votes(labels):
    return np.array([max(np.sum(row == c) for c in row) for row in labels])


def _vote(labels):
    votes = (labels[:, :, None] == labels[:, None]).sum(axis=2)
    return labels[np.arange(len(labels)), votes.argmax(axis=1)]


@wrong("fold_accuracy", "neighbours among all images, itself too")
def neighbours_among_all(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (_train, held) in enumerate(folds):
        order = np.argsort(D[held], axis=1)
        for i, k in enumerate(ks):
            table[i, j] = np.mean(_vote(y[order[:, :k]]) == y[held])
    return table


@wrong("fold_accuracy", "places within the training part are taken for image numbers")
def places_for_numbers(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        order = np.argsort(D[np.ix_(held, train)], axis=1)
        for i, k in enumerate(ks):
            table[i, j] = np.mean(_vote(y[order[:, :k]]) == y[held])
    return table


@wrong("fold_accuracy", "one row for each fold")
def folds_in_rows(D, y, folds, ks):
    table = []
    for train, held in folds:
        labels = y[train][np.argsort(D[np.ix_(held, train)], axis=1)]
        table.append([np.mean(_vote(labels[:, :k]) == y[held]) for k in ks])
    return np.array(table)


@wrong("fold_accuracy", "farthest neighbours: sorted the other way")
def farthest(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        labels = y[train][np.argsort(-D[np.ix_(held, train)], axis=1)]
        for i, k in enumerate(ks):
            table[i, j] = np.mean(_vote(labels[:, :k]) == y[held])
    return table
