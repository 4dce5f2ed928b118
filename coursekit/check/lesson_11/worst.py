"""Exercise 5 of notebook 11: the examples with the highest losses."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _most_wrong(P, y, count, *, by="true", order="highest first", which="all", give="places", many="count"):
    """Return the places of the examples with the highest cross-entropy, the highest first."""
    P, y = np.asarray(P, float), np.asarray(y)
    m, best, shares = len(y), P.argmax(axis=1), np.sort(P, axis=1)
    if give in COLUMNS:
        return COLUMNS[give](P[:, y], count)
    with np.errstate(divide="ignore", invalid="ignore"):
        badness = {
            "true": lambda: -np.log(P[np.arange(m), y]),
            "swapped": lambda: -np.log(P[y, np.arange(m)]),
            "predicted": lambda: -P.max(axis=1),
            "surest": lambda: P.max(axis=1),
            "least": lambda: -P.min(axis=1),
            "entropy": lambda: -(P * np.log(np.where(P > 0, P, 1))).sum(axis=1),
            "gap": lambda: shares[:, -2] - shares[:, -1],
            "class 0": lambda: -P[:, 0],
            "another's": lambda: np.where(np.arange(P.shape[1]) == y[:, None], -1, P).max(axis=1),
            "ahead": lambda: (np.where(np.arange(P.shape[1]) == y[:, None], -1, P)).max(axis=1) - P[np.arange(m), y],
            "finite": lambda: np.where(P[np.arange(m), y] > 0, -np.log(P[np.arange(m), y]), 0),
            "squares": lambda: ((P - np.eye(P.shape[1])[y]) ** 2).sum(axis=1),
            "all logs": lambda: -np.log(np.maximum(P, 1e-300)).sum(axis=1),
            "classes": lambda: abs(best - y),
            "lost to": lambda: P.max(axis=1) - P[np.arange(m), y],
            "first label": lambda: -P[:, y[0]],
        }[by]()
    places = (
        np.arange(m) if which in ("all", "places in the wrong") else np.flatnonzero((best != y) == (which == "wrong"))
    )
    if which == "wrong first":
        places = np.arange(m)
        badness = badness + np.where(best != y, 1e6, 0)
    up, down = (places[np.argsort(sign * badness[places], kind="stable")] for sign in (1, -1))
    if which == "places in the wrong":
        wrong = np.flatnonzero(best != y)
        up, down = (np.argsort(sign * badness[wrong], kind="stable") for sign in (1, -1))
    count = {"count": count, "one more": count + 1, "one less": count - 1, "all of them": m}[many]
    taken = {
        "highest first": lambda: down[:count],
        "highest last": lambda: up[max(len(up) - count, 0) :],
        "lowest": lambda: up[:count],
        "by place": lambda: np.sort(down[:count]),
        "without the highest": lambda: down[1 : count + 1],
        "first rows": lambda: places[:count],
        "the highest again": lambda: np.repeat(down[:1], count),
        "ranks": lambda: np.argsort(down, kind="stable")[:count],
    }[order]()
    return {
        "places": lambda: taken,
        "losses": lambda: badness[taken],
        "labels": lambda: y[taken],
        "predicted": lambda: best[taken],
        "from 1": lambda: taken + 1,
        "pair": lambda: (taken, badness[taken]),
        "probabilities": lambda: P[taken],
        "mask": lambda: np.isin(np.arange(m), taken) * 1.0,
        "backwards": lambda: m - 1 - taken,
    }[give]()


COLUMNS = {  # what is made of P[:, y], the columns of all labels in every row
    "down": lambda C, count: np.argsort(C, axis=0)[:count],
    "across": lambda C, count: np.argsort(C)[:count],
    "down, by the loss": lambda C, count: np.argsort(-np.log(C), axis=0)[::-1][:count],
    "across, by the loss": lambda C, count: np.argsort(-np.log(C))[::-1][:count],
    "means": lambda C, count: np.argsort(C.mean(axis=1))[:count],
    "means of logs": lambda C, count: np.argsort(np.log(C).mean(axis=1))[:count],
}


def _losses(P, y):
    """Return the cross-entropy of each example."""
    with np.errstate(divide="ignore"):
        return -np.log(P[np.arange(len(y)), y])


def _drawn(rng):
    """Draw probabilities in which no two losses are equal, and the surest, the vaguest and the worst rows differ."""
    found = []
    for m, k, count in ((7, 3, 3), (9, 4, 4), (8, 5, 5)):
        P = rng.dirichlet(np.full(k, 0.7), m).round(4) + 0.001
        P = P / P.sum(axis=1, keepdims=True)
        y = P.argmax(axis=1)
        y[: m // 2] = (y[: m // 2] + rng.integers(1, k, m // 2)) % k
        mixed = rng.permutation(m)
        found.append((P[mixed], y[mixed], count))
    return found


def _many(m):
    """Return probabilities of two classes in m rows, all different and in no order."""
    first = np.random.default_rng(m).permutation(np.linspace(0.03, 0.9, m))
    return np.column_stack([first, 1 - first])


NAMED = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.98, 0.015, 0.005], [0.1, 0.25, 0.65], [0.34, 0.33, 0.33]])

most_wrong = Exercise(
    "11-most-wrong",
    _most_wrong,
    tries=(
        (NAMED, np.array([0, 0, 2, 1, 0]), 2),
        (NAMED, np.array([1, 1, 0, 2, 2]), 3),
        (NAMED, np.array([0, 1, 0, 2, 1]), 4),
        (np.array([[1.0, 0.0], [0.4, 0.6], [0.8, 0.2]]), np.array([1, 0, 0]), 2),
        (np.array([[0.1, 0.9], [0.3, 0.7], [0.45, 0.55]]), np.array([1, 1, 1]), 3),
        (np.array([[0.45, 0.55, 0.0], [0.34, 0.33, 0.33], [0.1, 0.2, 0.7]]), np.array([0, 0, 2]), 2),
        (np.array([[0.2, 0.8]]), np.array([0], np.uint8), 1),
        (_many(40), np.zeros(40, int), 25),
        (np.array([[0.3, 0.7, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]]), np.array([0, 0]), 1),  # squares disagree
    ),
    draw=_drawn,
    properties=(
        Property(
            "Look at how many came back: there must be count of them.",
            lambda v, P, y, count: v.shape == (count,),
        ),
        Property(
            "These are not places of examples. Return row numbers, 0 to m - 1, each at most once.",
            lambda v, P, y, count: set(v.tolist()) <= set(range(len(y))) and len(set(v.tolist())) == len(v),
        ),
        Property(
            "Other examples have a higher loss. The loss of example i is -log P[i, y[i]]: only the probability of its "
            "true class counts.",
            lambda v, P, y, count: set(v.tolist()) == set(_most_wrong(P, y, count).tolist()),
        ),
        Property(
            "These are the right examples in another order. The highest loss comes first.",
            lambda v, P, y, count: (np.diff(_losses(P, y)[v.astype(int)]) <= 0).all(),
        ),
    ),
    switches={
        "by": {
            "swapped": "Look at the two indices: P[y, np.arange(m)] takes labels for rows. Example i has the "
            "probability P[i, y[i]]: row numbers first, labels second.",
            "predicted": "These are the examples whose largest probability is low. That is doubt, not error: look at "
            "the probability of the true class.",
            "surest": "These are the examples of which the model is surest, right or wrong. Look at the probability of "
            "the true class.",
            "least": "Look at which probability is taken: it is the smallest of the row. Take that of the true class.",
            "entropy": "The entropy of P says how much the model doubts, and knows nothing of the label. Look at the "
            "probability of the true class.",
            "gap": "The gap between the two largest probabilities knows nothing of the label. Look at the probability "
            "of the true class.",
            "class 0": "The probability of class 0 was taken in each row. Take that of the row's own class.",
            "lost to": "The distance to the largest probability is another measure. The loss looks at the true class "
            "alone: -log P[i, y[i]].",
            "another's": "The largest probability of a wrong class was taken. The loss looks at the true class alone.",
            "ahead": "This is how far another class is ahead. The loss looks at the true class alone: -log P[i, y[i]].",
            "finite": "Examples whose probability is 0 were put last. Their loss is infinite: they come first.",
            "squares": "This is the squared error. The loss is -log P[i, y[i]].",
            "all logs": "The logarithms of the whole row were added. Only the true class counts: -log P[i, y[i]].",
            "classes": "Class numbers were subtracted. They are names: the loss is -log P[i, y[i]].",
            "first label": "The first example's label was used in each row. Row i has its own label, y[i].",
        },
        "order": {
            "highest last": "The right examples, the highest loss last. argsort goes upwards: turn its end round.",
            "lowest": "These are the lowest losses. argsort goes upwards, and a low probability is a high loss.",
            "by place": "The right examples, sorted by their places. Keep the order of the losses, the highest first.",
            "without the highest": "The highest loss is missing. Look at where the slice starts: places count from 0.",
            "first rows": "These are the first rows as they lie. Sort by the loss: argsort.",
            "the highest again": "The highest loss comes again and again. Leave it out once it was taken, or sort.",
            "ranks": "These are ranks: which rank each example has. Return which example has each rank.",
        },
        "which": {
            "wrong": "Only wrongly classified examples were looked at. There may be fewer than count of them; the loss "
            "orders all.",
            "places in the wrong": "These are places among the wrongly classified examples. Return row numbers of P, "
            "and "
            "look at all examples.",
            "right": "Only correctly classified examples were looked at. A high loss is mostly an error: look at all.",
            "wrong first": "Wrongly classified examples were put first. A loss can be higher where the class is right: "
            "order all by the loss alone.",
        },
        "give": {
            "losses": "These are the losses. Return the places of the examples, to look them up.",
            "labels": "These are the labels. Return the places of the examples.",
            "predicted": "These are the predicted classes. Return the places of the examples.",
            **dict.fromkeys(
                COLUMNS,
                "Look at P[:, y]: it takes the columns of all labels in every row. Row i has one label: "
                "P[np.arange(m), y] takes one probability of each row.",
            ),
            "pair": "These are places and losses. Return the places alone.",
            "probabilities": "These are rows of P. Return their places, to look them up.",
            "mask": "This says of each example whether it is among them. Return the places, the highest loss first.",
            "backwards": "The places are counted from the end. Count from the start, beginning with 0.",
            "from 1": "The places are counted from 1. Row numbers start at 0.",
        },
        "many": {
            "one more": "One example too many came back. There must be count of them.",
            "one less": "One example too few came back. There must be count of them.",
            "all of them": "All examples came back. Return the first count of them.",
        },
    },
    causes=(
        (
            "index .* is out of bounds",
            "Example i has the probability P[i, y[i]]: row numbers first, labels second.",
        ),
    ),
    may_not_call=("sklearn.metrics.log_loss", "torch.topk"),
)
