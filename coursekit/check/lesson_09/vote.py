"""Exercise 3 of notebook 09: the vote of the nearest neighbours, and who wins a tie."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _majority_vote(labels, *, axis="rows", wins="most", tie="nearest", after="none"):
    """Return the winner of each row of votes."""
    V = np.asarray(labels).astype(int)
    if axis == "columns":
        V = V.T
    if (after == "ten classes" and V.max() > 9) or (after == "as many as votes" and V.max() >= V.shape[1]):
        raise IndexError(f"index {V.max()} is out of bounds for axis 0 with size 10")
    if axis.startswith("never cleared"):
        return _added(V, axis)
    winners = np.array([_winner(row, wins, tie) for row in (V.reshape(1, -1) if axis == "all" else V)])
    return {
        "none": lambda: winners,
        "votes": lambda: (winners[:, None] == V).sum(axis=1),
        "share": lambda: (winners[:, None] == V).mean(axis=1),
        "place": lambda: (winners[:, None] == V).argmax(axis=1),
        "column": lambda: winners[:, None],
        "first row": lambda: winners[0],
        "first row, a vector": lambda: winners[:1],
        "place among the labels": lambda: np.array(
            [np.searchsorted(np.unique(row), winner) for row, winner in zip(V, winners, strict=True)]
        ),
        "first row's for all": lambda: np.full(len(V), winners[0]),
        "sorted": lambda: np.sort(winners),
        "all but the last": lambda: winners[:-1],
        "counts": lambda: np.array([np.bincount(row, minlength=V.max() + 1) for row in V]),
    }.get(after, lambda: winners)()


def _added(V, how):
    """Return the winners of counts that are never set back to 0."""
    counts, winners = {}, []
    for row in V.tolist():
        for label in row:
            counts[label] = counts.get(label, 0) + 1
        most = max(counts.values())
        tied = [label for label in counts if counts[label] == most]
        winners.append({"never cleared": tied[0], "never cleared, smallest": min(tied)}.get(how, tied[-1]))
    return np.array(winners)


def _winner(row, wins, tie):
    """Return the label that wins one vote."""
    classes, first, votes = np.unique(row, return_index=True, return_counts=True)
    single = {
        "nearest only": lambda: row[0],
        "farthest only": lambda: row[-1],
        "middle": lambda: np.sort(row)[len(row) // 2],
        "median": lambda: np.median(row),
        "mean": lambda: row.mean(),
        "mean, rounded": lambda: np.rint(row.mean()),
        "mean, cut": lambda: row.mean() // 1,
        "largest": lambda: row.max(),
        "smallest": lambda: row.min(),
        "first twice": lambda: _first_pair(row),
        "half": lambda: classes[votes.argmax()] if 2 * votes.max() > len(row) else row[0],
        "number of classes": lambda: len(classes),
        "without the last": lambda: _winner(row[:-1], "most", tie) if len(row) > 1 else row[0],
        "without the first": lambda: _winner(row[1:], "most", tie) if len(row) > 1 else row[0],
        "weighed": lambda: _weighed(row, classes, 1 / (1 + np.arange(len(row)))),
        "weighed evenly": lambda: _weighed(row, classes, np.arange(len(row), 0, -1)),
        "half, or none": lambda: classes[votes.argmax()] if 2 * votes.max() > len(row) else -1,
        "longest run": lambda: max(enumerate(row), key=lambda one: _run(row, one[0]))[1],
        "median, cut": lambda: np.median(row) // 1,
    }
    if wins in single:
        return single[wins]()
    tied = np.flatnonzero(votes == (votes.max() if wins == "most" else votes.min()))
    last = len(row) - 1 - np.unique(row[::-1], return_index=True)[1]  # place of the last vote of each class
    places = [np.flatnonzero(row == label) for label in classes]
    return {
        "nearest": lambda: classes[min(tied, key=lambda c: first[c])],
        "smallest": lambda: classes[tied[0]],
        "largest": lambda: classes[tied[-1]],
        "farthest": lambda: classes[max(tied, key=lambda c: last[c])],
        "begins last": lambda: classes[max(tied, key=lambda c: first[c])],
        "ends first": lambda: classes[min(tied, key=lambda c: last[c])],
        "sum of places": lambda: classes[min(tied, key=lambda c: places[c].sum())],
        "first of all": lambda: classes[tied[0]] if len(tied) == 1 else row[0],
        "last of all": lambda: classes[tied[0]] if len(tied) == 1 else row[-1],
        "none": lambda: classes[tied[0]] if len(tied) == 1 else -1,
        "of a set": lambda: max(set(row.tolist()), key=row.tolist().count),
        "of a sort": lambda: np.argsort(np.bincount(row))[-1],
    }[tie]()


def _first_pair(row):
    """Return the first label that comes a second time, or the first one."""
    return next((label for i, label in enumerate(row) if label in row[:i]), row[0])


def _run(row, start):
    """Return how many equal labels follow each other from a place on."""
    return next((i for i, label in enumerate(row[start:]) if label != row[start]), len(row) - start)


def _weighed(row, classes, weights):
    """Return the winner where a nearer neighbour has a heavier vote."""
    return classes[np.argmax([weights[row == label].sum() for label in classes])]


def _votes(rng):
    """Draw votes; some rows are tied in every way, under names that change."""
    names = rng.permutation(12)[:4]
    tied = np.array(
        [[0, 1, 1, 2, 2, 3], [1, 0, 0, 1, 2, 3], [2, 3, 3, 2, 2, 3], [3, 0, 1, 1, 0, 2], [0, 2, 2, 1, 1, 0]]
    )
    return [(names[tied],), (rng.integers(0, 4, (6, 5)),), (rng.integers(0, 3, (4, 4)),), (rng.integers(0, 5, (3, 7)),)]


ONE_TOO_FEW = "One neighbour did not vote. Look at where the loop or the slice begins and ends: all k labels count."
NUMBERS = (
    "Labels are names, not quantities: between class 0 and class 2 there is nothing that is a class 1. Count the votes "
    "of each label."
)
RULE = "Of the labels with the most votes, the one that comes first in the row wins."

majority_vote = Exercise(
    "09-majority-vote",
    _majority_vote,
    tries=(
        (np.array([[2, 0, 0]]),),
        (np.array([[1, 0], [0, 1]]),),
        (np.array([[3, 1, 0, 1, 0], [3, 0, 1, 1, 0], [1, 1, 0, 0, 0], [2, 2, 1, 1, 0]]),),
        (np.array([[4, 9, 9, 7, 7, 4], [9, 4, 4, 7, 7, 9], [0, 7, 4, 9, 3, 1]]),),
        (np.array([[3, 1, 1, 0, 2], [2, 0, 0, 0, 5]]),),
        (np.array([[5], [0], [11]]),),
        (np.array([[6, 1, 1, 6, 6, 1, 2], [1, 2, 2, 0, 0, 1, 5]], np.uint8),),
        (np.array([[0, 1, 2], [2, 1, 0], [1, 2, 1]]),),
        (np.repeat([[1, 2]], (260, 40), axis=1),),  # more votes than a byte can count
        (np.array([[3, 3, 2, 2], [2, 3, 3, 2], [0, 2, 3, 1], [3, 1, 1, 3]]),),
    ),
    draw=_votes,
    properties=(
        Property(
            "Each answer must be a label of its row. Look at what is returned: a label, not a count or a place.",
            lambda winners, V: all(w in row for w, row in zip(winners, V.tolist(), strict=True)),
        ),
        Property(
            "Some winner has fewer votes than another label of its row. Look at how the votes are counted.",
            lambda winners, V: all(
                row.count(w) == max(map(row.count, row)) for w, row in zip(winners, V.tolist(), strict=True)
            ),
        ),
        Property(f"Look at the ties. {RULE}", lambda winners, V: _right(winners, V)),
    ),
    switches={
        "axis": {
            "columns": "Look at the axis: votes were counted down the columns. One row is one image's neighbours.",
            **dict.fromkeys(
                ("never cleared", "never cleared, smallest", "never cleared, last"),
                "The votes of one row are added to those of the rows before it. Begin each row with counts of 0.",
            ),
            "all": "The votes of all images were counted together. Each row has a vote of its own.",
        },
        "wins": {
            "nearest only": "Only the nearest neighbour was asked: that is k = 1. Count the votes of the whole row.",
            "farthest only": "Only the last neighbour was asked. Count the votes of the whole row.",
            **dict.fromkeys(("middle", "median", "median, cut", "mean", "mean, rounded", "mean, cut"), NUMBERS),
            "largest": "This is the largest label. Which label has the most votes?",
            "smallest": "This is the smallest label. Which label has the most votes?",
            "fewest": "The label with the fewest votes was taken. The one with the most wins.",
            "first twice": "The first label that came twice was taken. Another one may have more votes: count all.",
            "longest run": "The label with the longest run was taken. Votes count wherever they stand in the row.",
            "half, or none": "A label needs no half of the votes to win. The most votes are enough.",
            "half": "A label needs no half of the votes to win. The most votes are enough.",
            "number of classes": "This is how many labels are in the row. Return the one that has the most votes.",
            **dict.fromkeys(("without the last", "without the first"), ONE_TOO_FEW),
            **dict.fromkeys(
                ("weighed", "weighed evenly"), "Nearer neighbours have heavier votes here. Each neighbour has one vote."
            ),
        },
        "tie": {
            "smallest": f"Look at the ties: the smallest label won, as bincount and argmax have it. {RULE}",
            "largest": f"Look at the ties: the largest label won. {RULE}",
            "farthest": f"Look at the ties: the label of the farthest voter won. {RULE}",
            "begins last": f"Look at the ties: the label that comes last won. {RULE}",
            "ends first": "Look at the ties: the label whose votes end first won. That is what leaving out the "
            f"farthest neighbours gives. {RULE}",
            "sum of places": f"Look at the ties: places were added up. Only each label's first vote counts. {RULE}",
            "first of all": "Look at the ties: the very first label won, although it is not among those with the most "
            f"votes. {RULE}",
            "last of all": f"Look at the ties: the last label of the row won. {RULE}",
            "of a set": "Look at the ties: max over a set takes the label that the set gives first, and a set has no "
            "order. "
            f"{RULE}",
            "of a sort": f"Look at the ties: which label argsort puts last among equal counts is chance. {RULE}",
            "none": f"Look at the ties: no label was given there. {RULE}",
        },
        "after": {
            "votes": "These are the numbers of votes. Return the labels that have them.",
            "share": "These are shares of the votes. Return the labels that have them.",
            "place": "These are places in the rows. Return the labels that stand there.",
            "column": "The labels stand in a column, (m, 1). Return a vector, (m,).",
            **dict.fromkeys(
                ("first row", "first row, a vector"), "Only one label came back. Is the `return` inside the loop?"
            ),
            "place among the labels": "These are places among the different labels of a row. Return the label that "
            "stands there: classes[place].",
            **dict.fromkeys(
                ("ten classes", "as many as votes"),
                "There are too few places to count in. A label may be larger than 9 and than k: count only the labels "
                "that occur, by np.unique or a dictionary, or as many as labels.max() + 1.",
            ),
            "first row's for all": "Every row got the first row's label. Does the loop use its own row?",
            "sorted": "The labels were sorted. Label i belongs to row i.",
            "all but the last": "The last row is missing. Look at where the loop ends.",
            "counts": "These are the votes of every label. Return the label that has the most.",
        },
    },
    may_not_call=("coursekit.knn.predict", "sklearn.neighbors.KNeighborsClassifier"),
)


def _right(winners, V):
    """Say whether of the labels with the most votes the first one in each row won."""
    return winners.tolist() == _majority_vote(V).tolist()
