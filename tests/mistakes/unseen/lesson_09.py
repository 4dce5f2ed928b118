"""Answers to lesson 09 by people who had not seen the checks."""

from collections import Counter

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("centred_distances", "each set is centred at its own mean, which changes the distances between them")
def two_centres(A, B):
    A = A - A.mean(axis=0)
    B = B - B.mean(axis=0)
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@wrong("centred_distances", "only a wider type: points around 1e9 still lose their digits")
def only_float64(A, B):
    A = A.astype(np.float64)
    B = B.astype(np.float64)
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@wrong("centred_distances", "centres in place: the caller's points are moved")
def centred_in_place(A, B):
    mean = np.vstack((A, B)).mean(axis=0)
    A -= mean
    B -= mean
    sq = np.sum(A**2, axis=1, keepdims=True) + np.sum(B**2, axis=1) - 2 * A @ B.T
    sq[sq < 0] = 0
    return np.sqrt(sq)


@wrong("centred_distances", "takes from each point the mean of its own numbers, not the mean point")
def mean_of_each_row(A, B):
    A = A - A.mean(axis=1, keepdims=True)
    B = B - B.mean(axis=1, keepdims=True)
    squares = (A * A).sum(axis=1)[:, None] + (B * B).sum(axis=1)[None, :]
    return np.sqrt(np.clip(squares - 2 * A.dot(B.T), 0, None))


@wrong("centred_distances", "subtracts all pairs at once, with an array of shape (m, p, n)")
def all_differences(A, B):
    diff = A[:, np.newaxis, :] - B[np.newaxis, :, :]
    return np.sqrt((diff**2).sum(axis=2))


@wrong("centred_distances", "squares below 0 are not cut off: the root gives nan")
def nothing_cut_off(A, B):
    mu = B.mean(axis=0)
    A0, B0 = A - mu, B - mu
    aa = np.einsum("ij,ij->i", A0, A0)
    bb = np.einsum("ij,ij->i", B0, B0)
    return np.sqrt(aa[:, None] + bb - 2 * A0 @ B0.T)


@wrong("centred_distances", "the lengths of A lie along the columns and those of B along the rows")
def lengths_exchanged(A, B):
    centre = (A.mean(axis=0) + B.mean(axis=0)) / 2
    A, B = A - centre, B - centre
    squares = (A**2).sum(axis=1) + (B**2).sum(axis=1)[:, None]
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@right("centred_distances")
def from_the_first_point(A, B):
    origin = B[0]
    P, Q = (A - origin).astype(float), (B - origin).astype(float)
    product = np.einsum("ij,kj->ik", P, Q)
    squares = np.square(P).sum(1).reshape(-1, 1) - 2 * product + np.square(Q).sum(1)
    return np.sqrt(np.where(squares > 0, squares, 0.0))


@wrong("majority_vote", "of tied labels the smallest wins")
def smallest_of_tied(labels):
    return np.array([np.bincount(row).argmax() for row in labels])


@wrong("majority_vote", "in a tie the nearest neighbour of all wins, also if its label is not among the tied")
def nearest_of_all(labels):
    winners = []
    for row in labels:
        values, counts = np.unique(row, return_counts=True)
        if (counts == counts.max()).sum() > 1:
            winners.append(row[0])
        else:
            winners.append(values[counts.argmax()])
    return np.array(winners)


@wrong("majority_vote", "of tied labels the one that comes last in the row wins")
def last_of_tied(labels):
    m, k = labels.shape
    result = np.zeros(m, dtype=labels.dtype)
    for i in range(m):
        most = 0
        for j in range(k):
            count = np.sum(labels[i] == labels[i, j])
            if count >= most:
                most = count
                result[i] = labels[i, j]
    return result


@wrong("majority_vote", "returns the place in the sorted list of labels, not the label")
def place_among_unique(labels):
    winners = np.empty(len(labels), dtype=int)
    for i, row in enumerate(labels):
        unique, counts = np.unique(row, return_counts=True)
        winners[i] = np.argmax(counts)
    return winners


@wrong("majority_vote", "counts down the columns: the vote of one rank over all images")
def votes_down_columns(labels):
    return np.apply_along_axis(lambda column: Counter(column.tolist()).most_common(1)[0][0], 0, labels)


@wrong("majority_vote", "one-hot with ten classes: larger labels fail, and the smallest of tied labels wins")
def ten_classes_only(labels):
    votes = np.eye(10)[labels].sum(axis=1)
    return votes.argmax(axis=1)


@wrong("majority_vote", "returns after the first row")
def one_row_only(labels):
    for row in labels:
        counts = {}
        for label in row:
            counts[label] = counts.get(label, 0) + 1
        most = max(counts.values())
        for label in row:
            if counts[label] == most:
                return np.array([label])


@right("majority_vote")
def counter_keeps_order(labels):
    # most_common keeps the order of first appearance among equal counts
    return np.array([Counter(row).most_common(1)[0][0] for row in labels.tolist()], dtype=labels.dtype)


@right("majority_vote")
def votes_minus_place(labels):
    m, k = labels.shape
    count = np.zeros((m, k))
    for j in range(k):
        count += labels == labels[:, [j]]
    score = count - np.arange(k) / (k + 1)  # less than one vote for being nearer
    return np.take_along_axis(labels, np.argmax(score, axis=1)[:, None], axis=1).ravel()


def majority_vote(labels):
    """Vote as exercise 3 of the lesson asks."""
    votes = (labels[:, :, None] == labels[:, None]).sum(axis=2)
    return labels[np.arange(len(labels)), votes.argmax(axis=1)]


@wrong("fold_accuracy", "the held images vote too, and each finds itself first")
def everybody_votes(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        nearest = np.argsort(D[held], axis=1)
        for i, k in enumerate(ks):
            predicted = majority_vote(y[nearest[:, :k]])
            table[i, j] = np.mean(predicted == y[held])
    return table


@wrong("fold_accuracy", "reads places in the training part as row numbers of all images")
def local_places(D, y, folds, ks):
    table = np.empty((len(ks), len(folds)))
    for f, (train, held) in enumerate(folds):
        order = D[np.ix_(held, train)].argsort(axis=1)
        for i, k in enumerate(ks):
            labels = y[order[:, :k]]
            table[i, f] = (majority_vote(labels) == y[held]).mean()
    return table


@wrong("fold_accuracy", "indexes with both arrays at once, which picks pairs and not a block")
def pairs_not_a_block(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        part = D[held, train]
        order = np.argsort(part, axis=1)
        for i, k in enumerate(ks):
            guess = majority_vote(y[train][order[:, :k]])
            table[i, j] = np.mean(guess == y[held])
    return table


@wrong("fold_accuracy", "takes the k nearest of all images and then leaves out the held ones: fewer than k vote")
def leaves_out_afterwards(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        allowed = set(train.tolist())
        for i, k in enumerate(ks):
            hits = 0
            for h in held:
                near = [n for n in np.argsort(D[h])[: k + 1] if n in allowed]
                if near and majority_vote(y[near][None, :])[0] == y[h]:
                    hits += 1
            table[i, j] = hits / len(held)
    return table


@wrong("fold_accuracy", "leaves out the nearest one, as if each image met itself among the training images")
def skips_the_nearest(D, y, folds, ks):
    table = np.empty((len(ks), len(folds)))
    for i, k in enumerate(ks):
        for j, (train, held) in enumerate(folds):
            order = np.argsort(D[held][:, train], axis=1)[:, 1 : k + 1]
            table[i, j] = np.mean(majority_vote(y[train][order]) == y[held])
    return table


@wrong("fold_accuracy", "one row for each fold and one column for each k, and the number of hits in place of the share")
def turned_and_counted(D, y, folds, ks):
    rows = []
    for train, held in folds:
        order = np.argsort(D[held][:, train], axis=1)
        labels = y[train][order]
        rows.append([np.sum(majority_vote(labels[:, :k]) == y[held]) for k in ks])
    return np.array(rows)


@wrong("fold_accuracy", "the mean over the folds, one number for each k")
def mean_over_folds(D, y, folds, ks):
    accuracy = []
    for k in ks:
        shares = []
        for train, held in folds:
            idx = np.argsort(D[held][:, train], axis=1)[:, :k]
            shares.append(np.mean(majority_vote(y[train[idx]]) == y[held]))
        accuracy.append(np.mean(shares))
    return np.array(accuracy)


@right("fold_accuracy")
def forbids_by_infinity(D, y, folds, ks):
    def one(k, train, held):
        closed = np.full(D.shape[1], np.inf)
        closed[train] = 0
        near = np.argsort(D[held] + closed, axis=1)[:, :k]
        return np.mean(majority_vote(y[near]) == y[held])

    return np.array([[one(k, train, held) for train, held in folds] for k in ks])
