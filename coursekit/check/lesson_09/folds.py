"""Exercise 4 of notebook 09: accuracies of several k on each fold, from one matrix of distances."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _fold_accuracy(
    D, y, folds, ks, *, asked="train", names="own", held="held", near="nearest", votes="k", tie="nearest", after="none"
):
    """Return the accuracy of each k on each fold."""
    D, y = np.asarray(D, float), np.asarray(y)
    sides = [(np.asarray(a), np.asarray(b)) for a, b in folds]
    if held == "exchanged":
        sides = [(b, a) for a, b in sides]
    table = np.array([[_accuracy(D, y, *side, k, asked, names, near, votes, tie) for side in sides] for k in ks])
    if after == "counts":
        table = table * [len(b) for _, b in sides]
    return {
        "none": lambda: table,
        "counts": lambda: table,
        "errors": lambda: 1 - table,
        "turned": lambda: table.T,
        "mean": lambda: table.mean(axis=1),
        "mean over k": lambda: table.mean(axis=0),
        "best": lambda: np.asarray(ks)[table.mean(axis=1).argmax()],
        "best place": lambda: table.mean(axis=1).argmax(),
        "first fold": lambda: table[:, 0],
        "first k": lambda: table[0],
        "last fold": lambda: table[:, -1],
        "last k": lambda: table[-1],
        "rounded": lambda: table.round(2),
    }[after]()


def _accuracy(D, y, train, held, k, asked, names, near, votes, tie):
    """Return the accuracy of one k on one fold."""
    every = np.arange(len(y))
    columns = {
        "train": lambda: train,
        "all": lambda: every,
        "held": lambda: held,
        "first": lambda: every[: len(train)],
    }.get(asked, lambda: every)()
    part = D[np.ix_(held, columns)]
    if asked == "all but itself":
        part = np.where(held[:, None] == columns, np.inf, part)
    order = np.argsort(-part if near == "farthest" else part, axis=1, kind="stable")
    start, count = {"k": (0, k), "one fewer": (0, k - 1), "one more": (0, k + 1), "without the first": (1, k + 1)}[
        votes
    ]
    chosen = (
        order[:, start : max(count, 1)] if near != "unsorted" else np.tile(np.arange(len(columns))[:k], (len(held), 1))
    )
    labels = {
        "own": lambda: y[columns][chosen],
        "of all": lambda: y[chosen],
        "of the held": lambda: y[held][chosen % len(held)],
    }[names]()
    return np.mean([_winner(row, tie) for row in labels] == y[held])


def _winner(row, tie):
    """Return the label that wins a vote."""
    classes, first, count = np.unique(row, return_index=True, return_counts=True)
    tied = np.flatnonzero(count == count.max())
    return {
        "nearest": lambda: classes[min(tied, key=lambda c: first[c])],
        "smallest": lambda: classes[tied[0]],
        "largest": lambda: classes[tied[-1]],
        "no vote": lambda: row[0],
        "farthest": lambda: row[-1],
    }[tie]()


def _problem(rng, m, k, ks, n=2):
    """Return distances of m points of some classes, all different in a row, their labels, folds and the ks."""
    X = rng.normal(0, 1, (m, n))
    y = 2 * np.digitize(X[:, 0] + rng.normal(0, 0.5, m), [-0.4, 0.4]) + 1  # neighbours are often of one class
    D = np.round(np.linalg.norm(X[:, None] - X, axis=2), 3)
    D = D + np.abs(np.arange(m)[:, None] - np.arange(m)) / 1e5  # no two equal ones in a row, but for the two sides
    D = np.round(D + np.triu(np.full((m, m), 3e-4), 1) * (D > 0), 6)
    parts = np.array_split(rng.permutation(m), k)
    folds = [(np.concatenate(parts[:i] + parts[i + 1 :]), held) for i, held in enumerate(parts)]
    return D, y, folds, list(ks)


def _problems(rng):
    """Draw three problems."""
    return [_problem(rng, 14, 3, (1, 2, 4, 5)), _problem(rng, 11, 2, (3, 1)), _problem(rng, 12, 4, (1, 2, 3, 6))]


SMALL = np.array([[0, 1, 5, 6.0], [1, 0, 4, 5.5], [5, 4, 0, 2], [6, 5.5, 2, 0]])
LEAK = (
    "Look at whose distances are sorted: {}. Every held image would find itself, at distance 0. It may only see the "
    "training part of its fold: D[held][:, train]."
)

fold_accuracy = Exercise(
    "09-fold-accuracy",
    _fold_accuracy,
    tries=(
        (SMALL, np.array([0, 0, 1, 0]), [(np.array([0, 2]), np.array([1, 3]))], [1]),
        (
            SMALL,
            np.array([1, 0, 0, 1]),
            [(np.array([2, 3, 1]), np.array([0])), (np.array([0, 3]), np.array([1, 2]))],
            [1, 2],
        ),
        _problem(np.random.default_rng(1), 9, 3, (1, 2, 3, 4)),
        _problem(np.random.default_rng(2), 13, 4, (1, 3)),
        _problem(np.random.default_rng(3), 10, 3, (2, 5, 1)),
    ),
    draw=_problems,
    sizes=lambda D, y, folds, ks: {"m": len(y), "k": len(ks)},
    properties=(
        Property(
            "An accuracy lies between 0 and 1. Divide the number of right answers by the number of held images.",
            lambda table, *inputs: ((table >= 0) & (table <= 1)).all(),
        ),
        Property(
            "The rows of the table are the ks and its columns the folds.",
            lambda table, D, y, folds, ks: table.shape == (len(ks), len(folds)),
        ),
    ),
    switches={
        "asked": {
            "all": LEAK.format("those of all images"),
            "all but itself": "Look at whose distances are sorted: those of all images except itself. The other held "
            "images vote too, and in this fold they are not known: D[held][:, train].",
            "held": LEAK.format("those of the held images among each other"),
            "first": "Look at the columns: the first ones were taken, as many as there are training images. Take those "
            "of train.",
        },
        "names": {
            "of all": "Look at the labels: places among the training images were used as places among all. Take the "
            "labels of the training part first: y[train][places].",
            "of the held": "Look at the labels: they are those of the held images. The voters are training images: "
            "y[train][places].",
        },
        "held": {
            "exchanged": "The two parts of a fold are exchanged. A pair is (train, held): the held ones are classified."
        },
        "near": {
            "farthest": "The farthest images voted. The nearest have the smallest distances.",
            "unsorted": "The first k training images voted, wherever they lie. Sort by distance: argsort.",
        },
        "votes": {
            "one fewer": "One neighbour too few votes. order[:, :k] has k columns.",
            "one more": "One neighbour too many votes. order[:, :k] has k columns.",
            "without the first": "The nearest neighbour was left out. That is needed where each image is among those "
            "that vote; in a fold it is not.",
        },
        "tie": {
            "smallest": "Look at the ties: the smallest label won. As in exercise 3, the nearest of them wins.",
            "largest": "Look at the ties: the largest label won. As in exercise 3, the nearest of them wins.",
            "no vote": "Only the nearest neighbour was asked, whatever k is. All k vote.",
            "farthest": "Only the k-th neighbour was asked. All k vote.",
        },
        "after": {
            "counts": "These are numbers of right answers. Divide by how many images were held out.",
            "errors": "These are shares of wrong answers. Return the shares of right ones.",
            "turned": "It is the transpose of what is right. One row for each k, one column for each fold.",
            "mean": "The folds were averaged. Return the whole table: its spread over the folds is needed too.",
            "mean over k": "An average over the ks says nothing. Return the whole table, one row for each k.",
            "best": "This is the best k. Return the table of accuracies; the choice comes later.",
            "best place": "This is the place of the best k. Return the table of accuracies; the choice comes later.",
            **dict.fromkeys(
                ("first fold", "first k", "last fold", "last k"),
                "Part of the table is missing. Does a loop end early, or does each turn replace the last one?",
            ),
            "rounded": "The accuracies are rounded. Return them as they are; rounding is for printing.",
        },
    },
    may_not_call=("coursekit.knn.predict", "sklearn.neighbors", "sklearn.model_selection"),
)
