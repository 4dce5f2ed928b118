"""Exercise 4 of notebook 09: accuracies of several k on each fold, from one matrix of distances."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _fold_accuracy(
    D,
    y,
    folds,
    ks,
    *,
    asked="train",
    names="own",
    held="held",
    near="nearest",
    votes="k",
    tie="nearest",
    truth="own",
    after="none",
):
    """Return the accuracy of each k on each fold."""
    D, y = np.asarray(D, float), np.asarray(y)
    sides = [(np.asarray(a), np.asarray(b)) for a, b in folds]
    if held == "exchanged":
        sides = [(b, a) for a, b in sides]
    columns = [_accuracies(D, y, *side, ks, asked, names, near, votes, tie, truth) for side in sides]
    table = np.array(columns).T
    if after == "exchanged":
        np.zeros(table.shape)[np.ix_(range(len(folds)), range(len(ks)))]
    held_out, trained = (np.array([len(side[i]) for side in sides]) for i in (1, 0))
    return {
        "none": lambda: table,
        "counts": lambda: table * held_out,
        "of the training part": lambda: table * held_out / trained,
        "of all": lambda: table * held_out / len(y),
        "percent": lambda: 100 * table,
        "whole": lambda: table // 1,
        "by rising k": lambda: table[np.argsort(ks)],
        "first fold, zeros": lambda: table * (np.arange(len(folds)) == 0),
        "first k, zeros": lambda: table * (np.arange(len(ks)) == 0)[:, None],
        "first of both, zeros": lambda: table * (np.add.outer(np.arange(len(ks)), np.arange(len(folds))) == 0),
        "errors": lambda: 1 - table,
        "turned": lambda: table.T,
        "exchanged": lambda: table.T,
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


def _accuracies(D, y, train, held, ks, asked, names, near, votes, tie, truth):
    """Return the accuracy of each k on one fold."""
    every = np.arange(len(y))
    if asked.startswith("pairs"):
        return np.argsort(D[held, train], axis=1 if asked == "pairs" else -1)[:, 0]
    if asked.startswith("filtered"):
        more = 1 if asked == "filtered, one more" else 0
        return [np.mean([_by_some(D[h], y, h, train, k + more) for h in held]) for k in ks]
    columns = {"train": train, "held": held, "first": every[: len(train)]}.get(asked, every)
    part = D[np.ix_(held, columns)]
    if asked == "all but itself":
        part = np.where(held[:, None] == columns, np.inf, part)
    order = np.argsort(-part if near == "farthest" else part, axis=1, kind="stable")
    if near == "unsorted":
        order = np.tile(np.arange(len(columns)), (len(held), 1))
    labels = {
        "own": lambda: y[columns][order],
        "of all": lambda: y[order],
        "of the held": lambda: y[held][order % len(held)],
    }[names]()
    right = y[: len(held)] if truth == "first" else y[held]
    start, more = {
        "k": (0, 0),
        "place of k": (0, 0),
        "one fewer": (0, -1),
        "one more": (0, 1),
        "without the first": (1, 1),
    }[votes]
    ks = range(1, len(ks) + 1) if votes == "place of k" else ks
    return [_share(labels[:, start : max(k + more, 1)], right, tie) for k in ks]


def _by_some(distances, y, h, train, k):
    """Say whether those of the k nearest of all images that are among the training ones vote for the right label."""
    near = [place for place in np.argsort(distances, kind="stable")[:k] if place in train]
    return bool(near) and bool(_share(y[near][None, :], y[[h]], "nearest"))


def _share(labels, right, tie):
    """Return the share of the held images that win their own label."""
    if labels.shape[1] == 0:
        return np.nan
    if tie == "any":
        return (labels == right[:, None]).any(axis=1).mean()
    if tie == "all":
        return (labels == right[:, None]).mean()
    count = (labels[:, :, None] == labels[:, None]).sum(axis=2)
    most = count == count.max(axis=1, keepdims=True)
    winners = {
        "nearest": lambda: labels[np.arange(len(labels)), most.argmax(axis=1)],
        "smallest": lambda: np.where(most, labels, labels.max() + 1).min(axis=1),
        "largest": lambda: np.where(most, labels, -1).max(axis=1),
        "no vote": lambda: labels[:, 0],
        "farthest": lambda: labels[:, -1],
    }[tie]()
    return np.mean(winners == right)


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
            **dict.fromkeys(
                ("pairs", "pairs, last axis"),
                "Look at D[held, train]: two arrays of places take pairs, one number for each, and no block. All "
                "rows of held with all columns of train are D[held][:, train].",
            ),
            **dict.fromkeys(
                ("filtered", "filtered, one more"),
                "The nearest of all images are taken first, and those that are held out leave afterwards, so fewer "
                "than k vote. Leave them out before you sort: D[held][:, train].",
            ),
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
            "place of k": "The place of k in the list stands where k belongs. ks[i] neighbours vote, not i + 1.",
            "without the first": "The nearest neighbour was left out. That is needed where each image is among those "
            "that vote; in a fold it is not.",
        },
        "tie": {
            "smallest": "Look at the ties: the smallest label won. As in exercise 3, the nearest of them wins.",
            "largest": "Look at the ties: the largest label won. As in exercise 3, the nearest of them wins.",
            "no vote": "Only the nearest neighbour was asked, whatever k is. All k vote.",
            "farthest": "Only the k-th neighbour was asked. All k vote.",
            "any": "An image counts as right where any of its neighbours has its label. Let them vote, and compare the "
            "winner.",
            "all": "This is the share of the neighbours that have the image's label. Let them vote, and compare the "
            "winner.",
        },
        "truth": {"first": "The winners are compared with the first labels of y. Compare them with y[held]."},
        "after": {
            "of the training part": "Look at the divisor: it is the size of the training part. Divide by how many "
            "images "
            "were held out.",
            "of all": "Look at the divisor: it is the number of all images. Divide by how many images were held out.",
            "percent": "These are percents. An accuracy lies between 0 and 1.",
            "whole": "The accuracies were cut to whole numbers. Is the table made with dtype int?",
            "by rising k": "The rows are sorted by k. Row i belongs to ks[i], in the order that was passed.",
            **dict.fromkeys(
                ("first fold, zeros", "first k, zeros", "first of both, zeros"),
                "Part of the table is still 0. Is the `return` inside a loop?",
            ),
            "counts": "These are numbers of right answers. Divide by how many images were held out.",
            "errors": "These are shares of wrong answers. Return the shares of right ones.",
            "exchanged": "Look at the two indices of the table: they are exchanged. One row for each k, one column "
            "for each fold.",
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
