"""Answers to the exercises of notebook 09, nearest neighbours."""

from collections import Counter

import numpy as np

from tests.mistakes import equal, right, wrong

# which_changes


@right("which_changes")
def only_the_turn():
    return "c"


@right("which_changes")
def capital_in_brackets():
    return "(C)"


@right("which_changes")
def with_a_comment():
    answer = "c"  # the sum stays, whatever the order of its terms
    return answer


@right("which_changes")
def with_a_point():
    return " c. "


@wrong("which_changes", "Look at change 3")
def none_of_them():
    return "a"


@wrong("which_changes", "Look at change 2")
def order_and_turn():
    return "b"


@wrong("which_changes", "Look at change 1")
def all_of_them():
    return "d"


@wrong("which_changes", "one of the letters")
def no_return():
    "c"


@wrong("which_changes", "one of the letters")
def two_letters():
    return "b, c"


@wrong("which_changes", "one of the letters")
def another_letter():
    return "f"


@wrong("which_changes", "NameError")
def without_quotes():
    return c  # noqa: F821


# centred_distances


def expanded(A, B):
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@right("centred_distances")
def mean_of_B(A, B):
    c = B.mean(axis=0)
    A, B = A - c, B - c
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@right("centred_distances")
def mean_of_all(A, B):
    c = np.vstack([A, B]).mean(axis=0)
    return expanded(A - c, B - c)


@right("centred_distances")
def first_point(A, B):
    A, B = A - A[0], B - A[0]
    D2 = np.einsum("ij,ij->i", A, A)[:, None] - 2 * A.dot(B.T) + np.einsum("ij,ij->i", B, B)
    D2[D2 < 0] = 0
    return D2**0.5


@right("centred_distances")
def smallest_of_each_feature_in_float64(A, B):
    A, B = np.asarray(A, float), np.asarray(B, float)
    low = np.minimum(A.min(axis=0), B.min(axis=0))
    return expanded(A - low, B - low)


@right("centred_distances")
def median_of_A(A, B):
    c = np.median(A, axis=0)
    return expanded(A - c, B - c).tolist()


@wrong("centred_distances", "far from the origin")
def as_given(A, B):
    return expanded(A, B)


@wrong("centred_distances", "A wider type only moves")
def in_float64(A, B):
    return expanded(A.astype(np.float64), B.astype(np.float64))


@wrong("centred_distances", "a mean of its own")
def own_means(A, B):
    return expanded(A - A.mean(axis=0), B - B.mean(axis=0))


@wrong("centred_distances", "only one of the two sets")
def only_A(A, B):
    return expanded(A - A.mean(axis=0), B)


@wrong("centred_distances", "only one of the two sets")
def only_B(A, B):
    return expanded(A, B - B.mean(axis=0))


@wrong("centred_distances", "the mean of its own numbers")
def row_means(A, B):
    return expanded(A - A.mean(axis=1, keepdims=True), B - B.mean(axis=1, keepdims=True))


@wrong("centred_distances", "(m, r, n)")
def broadcast(A, B):
    return np.sqrt(((A[:, None] - B) ** 2).sum(axis=2))


@wrong("centred_distances", "loop")
def looped(A, B):
    D = np.empty((len(A), len(B)))
    for i in range(len(A)):
        D[i] = np.sqrt(((A[i] - B) ** 2).sum(axis=1))
    return D


@wrong("centred_distances", "squared distances")
def no_root(A, B):
    c = B.mean(axis=0)
    return expanded(A - c, B - c) ** 2


@wrong("centred_distances", "in place")
def changes_the_points(A, B):
    c = np.array(B.mean(axis=0))
    A -= c.astype(A.dtype)
    B -= c.astype(B.dtype)
    return expanded(A, B)


@wrong("centred_distances", "nan")
def without_the_cut(A, B):
    c = B.mean(axis=0)
    A, B = A - c, B - c
    return np.sqrt((A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T)


@wrong("centred_distances", "divided by something")
def unit_interval(A, B):
    low, high = min(A.min(), B.min()), max(A.max(), B.max())
    return expanded((A - low) / (high - low), (B - low) / (high - low))


@wrong("centred_distances", "The 2 is missing")
def no_two(A, B):
    c = B.mean(axis=0)
    A, B = A - c, B - c
    return np.sqrt(np.maximum((A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - A @ B.T, 0))


@wrong("centred_distances", "transpose")
def turned_round(A, B):
    return mean_of_B(A, B).T


# majority_vote


@right("majority_vote")
def counters(labels):
    return np.array([Counter(row).most_common(1)[0][0] for row in labels.tolist()])


@right("majority_vote")
def counted_row_by_row(labels):
    winners = []
    for row in labels:
        votes = np.bincount(row)
        for label in row:
            if votes[label] == votes.max():
                winners.append(label)
                break
    return winners


@right("majority_vote")
def without_a_loop(labels):
    votes = (labels[:, :, None] == labels[:, None]).sum(axis=2)  # (m, k): votes for the label at each place
    return labels[np.arange(len(labels)), votes.argmax(axis=1)]


@right("majority_vote")
def key_of_max(labels):
    return [max(list(row), key=list(row).count) for row in labels]


@right("majority_vote")
def dictionary(labels):
    found = []
    for row in labels:
        votes = {}
        for label in row:
            votes[label] = votes.get(label, 0) + 1
        found.append(max(votes, key=votes.get))
    return np.array(found)


@wrong("majority_vote", "the smallest label won")
def bincount_argmax(labels):
    return np.array([np.bincount(row).argmax() for row in labels])


@wrong("majority_vote", "the smallest label won")
def unique_argmax(labels):
    winners = []
    for row in labels:
        classes, votes = np.unique(row, return_counts=True)
        winners.append(classes[votes.argmax()])
    return winners


@wrong("majority_vote", "k = 1")
def nearest_label(labels):
    return labels[:, 0]


@wrong("majority_vote", "not among those with the most")
def nearest_if_tied(labels):
    winners = []
    for row in labels:
        votes = np.bincount(row)
        best = np.flatnonzero(votes == votes.max())
        winners.append(best[0] if len(best) == 1 else row[0])
    return winners


@wrong("majority_vote", "names, not quantities")
def median_label(labels):
    return np.median(labels, axis=1)


@wrong("majority_vote", "names, not quantities")
def rounded_mean(labels):
    return np.rint(labels.mean(axis=1)).astype(int)


@wrong("majority_vote", "down the columns")
def column_votes(labels):
    return np.array([Counter(column).most_common(1)[0][0] for column in labels.T.tolist()])


@wrong("majority_vote", "numbers of votes")
def counts_of_the_winner(labels):
    return np.array([np.bincount(row).max() for row in labels])


@wrong("majority_vote", "`return` inside")
def returns_in_the_loop(labels):
    for row in labels.tolist():
        return Counter(row).most_common(1)[0][0]


@wrong("majority_vote", "the largest label won")
def largest_of_tied(labels):
    return [max(sorted(set(row), reverse=True), key=row.count) for row in labels.tolist()]


@wrong("majority_vote", "fewest votes")
def least_common(labels):
    return [min(row, key=row.count) for row in labels.tolist()]


@wrong("majority_vote", "leaving out the farthest")
def smaller_k_until_no_tie(labels):
    winners = []
    for row in labels.tolist():
        while True:
            votes = sorted(Counter(row).values())
            if len(votes) == 1 or votes[-1] > votes[-2]:
                break
            row = row[:-1]
        winners.append(max(row, key=row.count))
    return winners


@wrong("majority_vote", "heavier votes")
def weighed_votes(labels):
    winners = []
    for row in labels:
        votes = np.bincount(row, weights=1 / np.arange(1, len(row) + 1))
        winners.append(votes.argmax())
    return winners


@wrong("majority_vote", "in a column")
def column_of_winners(labels):
    return counters(labels)[:, None]


# fold_accuracy


def vote(rows):
    return np.array([Counter(row).most_common(1)[0][0] for row in rows.tolist()])


@right("fold_accuracy")
def table_filled(D, y, folds, ks):
    table = np.empty((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        order = np.argsort(D[held][:, train], axis=1)
        labels = y[train][order]
        for i, k in enumerate(ks):
            table[i, j] = np.mean(vote(labels[:, :k]) == y[held])
    return table


@right("fold_accuracy")
def lists(D, y, folds, ks):
    def score(k, train, held):
        hits = 0
        for i in held:
            near = sorted(train, key=lambda j: D[i, j])[:k]
            labels = [y[j] for j in near]
            hits += max(labels, key=labels.count) == y[i]
        return hits / len(held)

    return [[score(k, train, held) for train, held in folds] for k in ks]


@right("fold_accuracy")
def with_ix(D, y, folds, ks):
    columns = []
    for train, held in folds:
        places = train[D[np.ix_(held, train)].argsort(axis=1)]
        columns.append([(vote(y[places[:, :k]]) == y[held]).mean() for k in ks])
    return np.transpose(columns)


@right("fold_accuracy")
def held_set_to_infinity(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (_, held) in enumerate(folds):
        E = D[held].copy()
        E[:, held] = np.inf
        places = E.argsort(axis=1)
        for i, k in enumerate(ks):
            table[i, j] = (vote(y[places[:, :k]]) == y[held]).sum() / len(held)
    return table


@wrong("fold_accuracy", "find itself")
def sees_itself(D, y, folds, ks):
    table = np.empty((len(ks), len(folds)))
    for j, (_, held) in enumerate(folds):
        places = np.argsort(D[held], axis=1)
        for i, k in enumerate(ks):
            table[i, j] = np.mean(vote(y[places[:, :k]]) == y[held])
    return table


@wrong("fold_accuracy", "places among all")
def wrong_places(D, y, folds, ks):
    table = np.empty((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        places = np.argsort(D[held][:, train], axis=1)
        for i, k in enumerate(ks):
            table[i, j] = np.mean(vote(y[places[:, :k]]) == y[held])
    return table


@wrong("fold_accuracy", "all images except itself")
def all_but_itself(D, y, folds, ks):
    E = D.astype(float)
    np.fill_diagonal(E, np.inf)
    table = np.empty((len(ks), len(folds)))
    for j, (_, held) in enumerate(folds):
        places = np.argsort(E[held], axis=1)
        for i, k in enumerate(ks):
            table[i, j] = np.mean(vote(y[places[:, :k]]) == y[held])
    return table


@wrong("fold_accuracy", "exchanged")
def parts_exchanged(D, y, folds, ks):
    return table_filled(D, y, [(held, train) for train, held in folds], ks)


@wrong("fold_accuracy", "transpose")
def folds_as_rows(D, y, folds, ks):
    return table_filled(D, y, folds, ks).T


@wrong("fold_accuracy", "averaged")
def mean_over_folds(D, y, folds, ks):
    return table_filled(D, y, folds, ks).mean(axis=1)


@wrong("fold_accuracy", "best k")
def best_k(D, y, folds, ks):
    return ks[table_filled(D, y, folds, ks).mean(axis=1).argmax()]


@wrong("fold_accuracy", "wrong answers")
def errors(D, y, folds, ks):
    return 1 - table_filled(D, y, folds, ks)


@wrong("fold_accuracy", "right answers")
def counts(D, y, folds, ks):
    return table_filled(D, y, folds, ks) * [len(held) for _, held in folds]


@wrong("fold_accuracy", "whatever k is")
def always_the_nearest(D, y, folds, ks):
    return table_filled(D, y, folds, [1 for _ in ks])


@wrong("fold_accuracy", "the smallest label won")
def bincount_ties(D, y, folds, ks):
    table = np.empty((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        labels = y[train][np.argsort(D[held][:, train], axis=1)]
        for i, k in enumerate(ks):
            table[i, j] = np.mean([np.bincount(row[:k]).argmax() for row in labels] == y[held])
    return table


@wrong("fold_accuracy", "farthest images")
def farthest_first(D, y, folds, ks):
    return table_filled(-D, y, folds, ks)


@wrong("fold_accuracy", "was left out")
def skips_the_first(D, y, folds, ks):
    table = np.empty((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        labels = y[train][np.argsort(D[held][:, train], axis=1)]
        for i, k in enumerate(ks):
            table[i, j] = np.mean(vote(labels[:, 1 : k + 1]) == y[held])
    return table


@wrong("fold_accuracy", "percents")
def percentages_of_folds(D, y, folds, ks):
    return 100 * table_filled(D, y, folds, ks)


# mutants that are right answers

# what was met later


@wrong("centred_distances", "Look at the shapes of the two squares")
def squares_exchanged(A, B):
    A, B = A - B.mean(axis=0), B - B.mean(axis=0)
    squares = (A**2).sum(axis=1) + (B**2).sum(axis=1)[:, None]
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


@wrong("centred_distances", "B is not transposed")
def product_without_a_transpose(A, B):
    A, B = A - B.mean(axis=0), B - B.mean(axis=0)
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B, 0))


@wrong("majority_vote", "places among the different labels of a row")
def place_of_the_winner(labels):
    winners = []
    for row in labels:
        names, counts = np.unique(row, return_counts=True)
        winners.append(counts.argmax())
    return np.array(winners)


@wrong("majority_vote", "too few places to count in")
def ten_places(labels):
    winners = []
    for row in labels:
        counts = np.zeros(10)
        for label in row:
            counts[label] += 1
        winners.append(next(label for label in row if counts[label] == counts.max()))
    return np.array(winners)


@wrong("majority_vote", "added to those of the rows before it")
def counts_for_all_rows(labels):
    counts, winners = {}, []
    for row in labels:
        for label in row:
            counts[label] = counts.get(label, 0) + 1
        winners.append(max(counts, key=counts.get))
    return np.array(winners)


@wrong("majority_vote", "Only one label came back")
def back_after_the_first_row(labels):
    winners = []
    for row in labels.tolist():
        winners.append(max(row, key=row.count))
        return np.array(winners)


def _vote(row):
    """Return the label with the most votes, the nearest one of several."""
    row = list(row)
    return max(row, key=row.count)


@wrong("fold_accuracy", "two arrays of places take pairs")
def pairs_of_places(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        order = np.argsort(D[held, train], axis=1)
        for i, k in enumerate(ks):
            table[i, j] = np.mean([_vote(y[train][row[:k]]) for row in order] == y[held])
    return table


@wrong("fold_accuracy", "those that are held out leave afterwards")
def held_ones_leave_afterwards(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        for i, k in enumerate(ks):
            for h in held:
                near = [n for n in np.argsort(D[h])[:k] if n in train]
                table[i, j] += bool(near) and _vote(y[near]) == y[h]
            table[i, j] /= len(held)
    return table


@wrong("fold_accuracy", "ks[i] neighbours vote, not i + 1")
def number_of_the_row(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        order = np.argsort(D[held][:, train], axis=1)
        for i in range(len(ks)):
            table[i, j] = np.mean([_vote(y[train][row[: i + 1]]) for row in order] == y[held])
    return table


@wrong("fold_accuracy", "they are exchanged")
def indices_of_the_table_exchanged(D, y, folds, ks):
    table = np.zeros((len(ks), len(folds)))
    for j, (train, held) in enumerate(folds):
        order = np.argsort(D[held][:, train], axis=1)
        for i, k in enumerate(ks):
            table[j, i] = np.mean([_vote(y[train][row[:k]]) for row in order] == y[held])
    return table


TYPE = "the same numbers in another container or precision"
ANY_SHIFT = "any vector may be taken away, if it is the same for both sets and lies near the points"
LAST = "the last axis is the default of argsort"
VOTES = "the same order of the labels: every count is larger by one, or divided by k"


def core(A, B):
    """Return the squared distances as they come."""
    s = (A**2).sum(1)[:, None] + (B**2).sum(1)
    return s - 2 * A @ B.T


def vote_of(L):
    """Return the winner of each row."""
    return np.array([Counter(r.tolist()).most_common(1)[0][0] for r in L])


@wrong("centred_distances", "their distances are wrong, and those of points near it are")
def float64(A, B):
    A = A.astype(float)
    B = B.astype(float)
    return np.sqrt(np.maximum(core(A, B), 0))


@wrong("centred_distances", "The points were divided by something, so the distances have")
def minmax(A, B):
    c = B.min(0)
    s = np.ptp(B, axis=0) + 1e-12
    return np.sqrt(np.maximum(core((A - c) / s, (B - c) / s), 0))


@wrong("centred_distances", "one number for all columns")
def scalar_mean(A, B):
    c = B.mean()
    return np.sqrt(np.maximum(core(A - c, B - c), 0))


@wrong("centred_distances", "only one of the two sets was moved")
def onlyA(A, B):
    c = A.mean(0)
    return np.sqrt(np.maximum(core(A - c, B), 0))


@wrong("centred_distances", "only one of the two sets was moved")
def onlyB(A, B):
    c = B.mean(0)
    return np.sqrt(np.maximum(core(A, B - c), 0))


@wrong("centred_distances", "their distances are wrong, and those of points near it are")
def nocut_nan(A, B):
    return np.nan_to_num(np.sqrt(core(A, B)))


@wrong("centred_distances", "gives a point a distance from itself")
def eps(A, B):
    c = B.mean(0)
    return np.sqrt(np.maximum(core(A - c, B - c), 1e-08))


@wrong("centred_distances", "gives a point a distance from itself")
def eps2(A, B):
    c = B.mean(0)
    return np.sqrt(np.maximum(core(A - c, B - c), 0) + 1e-06)


@wrong("centred_distances", "sums of sizes")
def l1(A, B):
    c = B.mean(0)
    A = A - c
    B = B - c
    return np.array([[np.abs(a - b).sum() for b in B] for a in A])


@wrong("centred_distances", "The lengths of the points were added, not their squares")
def norm(A, B):
    c = B.mean(0)
    A = A - c
    B = B - c
    return np.linalg.norm(A, axis=1)[:, None] + np.linalg.norm(B, axis=1)


@wrong("centred_distances", "it is 1 minus a cosine")
def cos(A, B):
    c = B.mean(0)
    A = A - c
    B = B - c
    return 1 - A @ B.T / np.linalg.norm(A, axis=1)[:, None] / np.linalg.norm(B, axis=1)


@wrong("centred_distances", "The points were divided by something, so the distances have")
def divide2(A, B):
    c = np.abs(B).max()
    return np.sqrt(np.maximum(core(A / c, B / c), 0))


@wrong("centred_distances", "their distances are wrong, and those of points near it are")
def round_centred(A, B):
    return np.round(np.sqrt(np.maximum(core(A, B), 0)))


@wrong("centred_distances", "one number for all columns")
def origin(A, B):
    c = np.floor(B.mean() / 1000) * 1000
    return np.sqrt(np.maximum(core(A - c, B - c), 0))


@wrong("centred_distances", "The squares were averaged over the columns")
def mean_dist(A, B):
    c = B.mean(0)
    A = A - c
    B = B - c
    return np.sqrt(np.maximum((A**2).mean(1)[:, None] + (B**2).mean(1) - 2 * A @ B.T / A.shape[1], 0))


@wrong("majority_vote", "between class 0 and class 2 there is nothing that is a")
def median(labels):
    return np.median(labels, axis=1).astype(int)


@wrong("majority_vote", "max over a set takes the label that the set gives first")
def set_majority(labels):
    return np.array([max(set(r), key=list(r).count) for r in labels.tolist()])


@wrong("majority_vote", "Nearer neighbours have heavier votes here")
def weights2(labels):
    k = labels.shape[1]
    wt = np.arange(k, 0, -1)
    return np.array([np.bincount(r, weights=wt).argmax() for r in labels])


@wrong("majority_vote", "A label needs no half of the votes to win")
def half_none(labels):
    out = []
    for r in labels:
        r = list(r)
        for x in r:
            if r.count(x) > len(r) / 2:
                out.append(x)
                break
        else:
            out.append(-1)
    return np.array(out)


@wrong("majority_vote", "which label argsort puts last among equal counts is chance")
def argsort(labels):
    return np.array([np.argsort(np.bincount(r))[-1] for r in labels])


@wrong("majority_vote", "The label with the longest run was taken")
def run(labels):
    out = []
    for r in labels.tolist():
        best, bl, cur = (r[0], 0, 0)
        for i, x in enumerate(r):
            cur = cur + 1 if i and r[i - 1] == x else 1
            if cur > bl:
                best, bl = (x, cur)
        out.append(best)
    return np.array(out)


@wrong("fold_accuracy", "Part of the table is still 0")
def onlyk0(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = (vote_of(L[:, :k]) == y[h]).mean()
            return t


@wrong("fold_accuracy", "Part of the table is still 0")
def onlyfold0(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = (vote_of(L[:, :k]) == y[h]).mean()
        return t


@wrong("fold_accuracy", "The rows are sorted by k")
def sortedks(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(sorted(ks)):
            t[i, j] = (vote_of(L[:, :k]) == y[h]).mean()
    return t


@wrong("fold_accuracy", "it is the size of the training part")
def over_train(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = (vote_of(L[:, :k]) == y[h]).sum() / len(tr)
    return t


@wrong("fold_accuracy", "These are percents")
def percent(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = 100 * (vote_of(L[:, :k]) == y[h]).mean()
    return t


@wrong("fold_accuracy", "An image counts as right where any of its neighbours has")
def any_fold(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = (L[:, :k] == y[h][:, None]).any(1).mean()
    return t


@wrong("fold_accuracy", "This is the share of the neighbours that have the image's")
def share(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = (L[:, :k] == y[h][:, None]).mean()
    return t


@wrong("fold_accuracy", "The winners are compared with the first labels of y")
def y_unheld(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)))
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = (vote_of(L[:, :k]) == y[: len(h)]).mean()
    return t


@wrong("fold_accuracy", "The accuracies were cut to whole numbers")
def intable(D, y, folds, ks):
    t = np.zeros((len(ks), len(folds)), int)
    for j, (tr, h) in enumerate(folds):
        L = y[tr][np.argsort(D[h][:, tr], 1)]
        for i, k in enumerate(ks):
            t[i, j] = (vote_of(L[:, :k]) == y[h]).mean()
    return t


equal(
    "centred_distances",
    TYPE,
    "smallest_of_each_feature_in_float64: A, B = (np.asarray(A, float), np.asarray(B, float)) -> nothing",
    "median_of_A: expanded(A - c, B - c).tolist() -> expanded(A - c, B - c)",
)
equal(
    "centred_distances",
    ANY_SHIFT,
    "smallest_of_each_feature_in_float64: np.minimum(A.min(axis=0), B.min(axis=0)) -> "
    "np.maximum(A.min(axis=0), B.min(axis=0))",
    "smallest_of_each_feature_in_float64: A.min(axis=0) -> A.max(axis=0)",
    "smallest_of_each_feature_in_float64: B.min(axis=0) -> B.max(axis=0)",
)
equal("centred_distances", "what is 0 already may be set to 0", "first_point: D2 < 0 -> D2 <= 0")
equal(
    "fold_accuracy",
    LAST,
    "fold_accuracy: np.argsort(D[held][:, train], axis=1) -> np.argsort(D[held][:, train])",
    "table_filled: np.argsort(D[held][:, train], axis=1) -> np.argsort(D[held][:, train])",
    "with_ix: D[np.ix_(held, train)].argsort(axis=1) -> D[np.ix_(held, train)].argsort()",
    "held_set_to_infinity: E.argsort(axis=1) -> E.argsort()",
)
equal(
    "fold_accuracy",
    "every entry is filled, and D[held] is a copy",
    "held_set_to_infinity: np.zeros((len(ks), len(folds))) -> np.ones((len(ks), len(folds)))",
    "held_set_to_infinity: D[held].copy() -> D[held]",
)
SUM, MEAN = (f"(labels[:, :, None] == labels[:, None]).{how}(axis=2)" for how in ("sum", "mean"))
equal(
    "majority_vote",
    VOTES,
    f"majority_vote: {SUM} -> {MEAN}",
    f"without_a_loop: {SUM} -> {MEAN}",
    "dictionary: 0 -> 1",
    "dictionary: 0 -> -1",
)
equal("majority_vote", "the table of equal labels is symmetric", "majority_vote: 2 -> 1", "without_a_loop: 2 -> 1")
equal("majority_vote", "the first of two is the first", "counters: 1 -> 2", "counters: 0 -> -1")
equal(
    "majority_vote",
    TYPE,
    "counters: np.array([Counter(row).most_common(1)[0][0] for row in labels.tolist()]) -> "
    "[Counter(row).most_common(1)[0][0] for row in labels.tolist()]",
    "counters: labels.tolist() -> labels",
    "dictionary: np.array(found) -> found",
)
equal("majority_vote", TYPE, "key_of_max: list(row) -> row")
equal("majority_vote", "every vote counts two", "dictionary: 1 -> 2")


@wrong("majority_vote", "fewer votes than another label")
def votes_in_a_byte(labels):
    votes = (labels[:, :, None] == labels[:, None]).sum(axis=2, dtype=np.int8)
    return labels[np.arange(len(labels)), votes.argmax(axis=1)]
