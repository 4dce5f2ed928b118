"""Exercise 3 of notebook 06: the folds of a cross-validation."""

import numpy as np

from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_06.epochs import as_indices


def _folds(value):
    """Return pairs of sorted index arrays; a mask counts as the indices that it chooses."""
    if value is None:
        raise CheckFailed("returned None. Is the `return` missing?")
    if not isinstance(value, list | tuple | np.ndarray):
        raise CheckFailed(f"must return a list of k pairs (train, validation); it returned {type(value).__name__}.")
    return tuple(_pair(pair) for pair in value)


def _pair(pair):
    """Return train and validation of one fold."""
    if not isinstance(pair, list | tuple | np.ndarray) or len(pair) != 2:
        came = f"{len(pair)} things" if isinstance(pair, list | tuple | np.ndarray) else type(pair).__name__
        raise CheckFailed(f"must give a pair (train, validation) for each fold; it gave {came}.")
    return tuple(
        np.sort(_side(side, what)).astype(float) for side, what in zip(pair, ("train", "validation"), strict=True)
    )


def _side(side, what):
    """Return the indices of one side of a fold."""
    if isinstance(side, list | tuple) and any(np.ndim(part) for part in side):
        raise CheckFailed(f"gives as {what} a list of several arrays. np.concatenate makes one of them.")
    if not isinstance(side, list | tuple | set) and np.asarray(side).dtype == bool and np.ndim(side) == 1:
        return np.flatnonzero(side)
    return as_indices(side, what)


def _sizes(m, k, how):
    """Return the sizes of the folds."""
    least, rest = divmod(m, k)
    up = -(-m // k)
    return {
        "even": lambda: [least + (i < rest) for i in range(k)],
        "rest lost": lambda: [least] * k,
        "rest in the last": lambda: [least] * (k - 1) + [least + rest],
        "rest in the first": lambda: [least + rest] + [least] * (k - 1),
        "rest as a fold": lambda: [least] * k + [rest] * (rest > 0),
        "least each": lambda: [min(least, m - i) for i in range(0, m, least)],
        "longer last": lambda: [least + (i >= k - rest) for i in range(k)],
        "spread": lambda: np.diff([m * i // k for i in range(k + 1)]).tolist(),
        "spread, rounded": lambda: np.diff([round(m * i / k) for i in range(k + 1)]).tolist(),
        "rounded up": lambda: [max(min(up, m - i * up), 0) for i in range(k)],
        "rounded": lambda: [max(min(round(m / k), m - i * round(m / k)), 0) for i in range(k)],
        "k each": lambda: [min(k, m - i) for i in range(0, m, k)],
        "k each, k folds": lambda: [max(min(k, m - i * k), 0) for i in range(k)],
        "one each": lambda: [1] * m,
        "one more each": lambda: [least + 1] * k,
    }[how]()


def _fold_indices(m, k, *, sizes="even", blocks="consecutive", train="rest", pairs="all", start=0):
    """Return the pairs (train, validation)."""
    every, ends = np.arange(m), np.cumsum([0, *_sizes(m, k, sizes)])
    count = len(ends) - 1
    held = [every[ends[i] : ends[i + 1]] for i in range(count)]
    if blocks == "dealt":
        held = [every[i::count] for i in range(count)]
    if blocks == "from the end":
        held = [m - 1 - fold for fold in held]
    found = [(_train(train, every, held, i), held[i]) for i in range(count)]
    return {
        "all": lambda: [(a + start, b + start) for a, b in found],
        "exchanged": lambda: [(b, a) for a, b in found],
        "two lists": lambda: tuple(map(list, zip(*found, strict=True))),
        "first": lambda: found[:1],
        "last": lambda: found[-1:],
        "all but the first": lambda: found[1:],
        "all but the last": lambda: found[:-1],
        "last, k times": lambda: found[-1:] * count,
        "first, k times": lambda: found[:1] * count,
        "from the last": lambda: found[::-1],
    }[pairs]()


def _train(how, every, held, i):
    """Return what is trained on while fold i is held out."""
    fold, others = held[i], [h for j, h in enumerate(held) if j != i]
    first, last = (fold[0], fold[-1]) if len(fold) else (len(every), len(every))
    low, high = min(first, last), max(first, last)
    none = every[:0]
    return {
        "rest": lambda: np.setdiff1d(every, fold),
        "all": lambda: every,
        "itself": lambda: fold,
        "before": lambda: every[every < low],
        "after": lambda: every[every > high],
        "before, or after the first": lambda: every[every < low] if low else every[every > high],
        "next fold": lambda: held[(i + 1) % len(held)],
        "fold before": lambda: held[i - 1],
        "one neighbour fewer": lambda: every[(every < low) | (every > high + 1)],
        "one before fewer": lambda: every[(every < low - 1) | (every > high)],
        "last one held too": lambda: every[(every < low) | (every >= high)],
        "without place i": lambda: np.delete(every, i),
        "as long as the others": lambda: every[: len(every) - len(fold)],
        "other folds": lambda: np.concatenate([none, *others]),
        "other folds, one lost": lambda: np.concatenate([none, *others[:-1]]),
        "first other fold": lambda: others[0] if others else none,
        "last other fold": lambda: others[-1] if others else none,
    }[how]()


def _sizes_drawn(rng):
    """Draw sizes that leave a rest of one, of two or more, and of none."""
    found = []
    for rest in (1, 2, 0):
        k = int(rng.integers(max(rest + 2, 3), 6))
        found.append((k * int(rng.integers(2, 5)) + rest, k))
    return found


APART = "It trains on examples that it validates on. {} Train on all that is not in the fold."
ONE_AT_MOST = "{} Sizes differ by one at most: spread what is left over, one to each of the first folds."
FIRST = "The longer folds do not come first. What is left over goes to the first folds, one to each."
TOO_MANY = "There is a fold too many: what is left over became one. Spread it over the first folds."
SIZE_OF_K = "There are folds of k examples. k is the number of folds, not the size of one."
PAST = "It trains only on what lies on one side of the fold. What lies on the other side counts as well."
PART = "It trains on one other fold only. Train on all the others together."
BORDER = "An example beside the fold is missing from train. Look at the borders: a slice [i : j] ends before j."
INSIDE = "Only one fold came back. Is the `return` inside the loop?"
COUNT = "One fold is missing. Look at where the loop begins and ends: range(k) is 0 to k - 1."
COPIES = "All k pairs are the same. Does the loop use its own i?"

fold_indices = Exercise(
    "06-fold-indices",
    _fold_indices,
    tries=((5, 2), (11, 3), (10, 5), (7, 4), (6, 6), (10, 4), (8, 3), (9, 4), (7, 5), (12, 2), (23, 10)),
    draw=_sizes_drawn,
    view=_folds,
    parts=tuple(f"fold {i}" for i in range(60)),
    properties=(
        Property(
            "Look at how many pairs there are: one for each fold, k in all.",
            lambda folds, m, k: len(folds) == k,
        ),
        Property(
            "Some index is below 0 or above m - 1. Rows are counted from 0.",
            lambda folds, m, k: all((side >= 0).all() and (side < m).all() for pair in folds for side in pair),
        ),
        Property(APART.format(""), lambda folds, m, k: not any(np.intersect1d(*pair).size for pair in folds)),
        Property(
            "Some example never validates. Each must be in one fold.",
            lambda folds, m, k: len(np.unique(np.concatenate([held for _, held in folds]))) == m,
        ),
        Property(
            "Some example validates twice. Each must be in one fold.",
            lambda folds, m, k: sum(len(held) for _, held in folds) == m,
        ),
        Property(
            "It mixes the examples. Here a fold is a block of neighbours; if you want them mixed, shuffle the data "
            "before.",
            lambda folds, m, k: all((np.diff(held) == 1).all() for _, held in folds),
        ),
        Property(
            ONE_AT_MOST.format("Look at the sizes of the folds."),
            lambda folds, m, k: np.ptp([len(held) for _, held in folds]) <= 1,
        ),
        Property(FIRST, lambda folds, m, k: (np.diff([len(held) for _, held in folds]) <= 0).all()),
        Property(
            "Some example is in neither part of a fold, or twice in train. Train on all that is not in the fold.",
            lambda folds, m, k: all(len(train) + len(held) == m for train, held in folds),
        ),
    ),
    switches={
        "train": {
            "all": APART.format("Train holds everything."),
            "itself": APART.format("Train is the fold itself."),
            **dict.fromkeys(("before", "after", "before, or after the first"), PAST),
            **dict.fromkeys(("next fold", "fold before", "first other fold", "last other fold"), PART),
            **dict.fromkeys(("one neighbour fewer", "one before fewer"), BORDER),
            "last one held too": APART.format("Its last example is in both parts."),
            "without place i": APART.format("Only the example with the number of the fold was taken out."),
            "as long as the others": APART.format("Train has the right length, but always starts at 0."),
            "other folds": "",
            "other folds, one lost": "One of the other folds is missing from train. Take all of them.",
        },
        "sizes": {
            "rest lost": "Some examples never validate: m // k drops what is left over. Spread it over the first "
            "folds.",
            **dict.fromkeys(
                ("rest in the last", "rest in the first"), ONE_AT_MOST.format("All that is left over is in one fold.")
            ),
            **dict.fromkeys(("rest as a fold", "least each"), TOO_MANY),
            **dict.fromkeys(("longer last", "spread", "spread, rounded"), FIRST),
            "rounded up": ONE_AT_MOST.format("The sizes are m / k rounded up, so the last fold is too short or empty."),
            "rounded": ONE_AT_MOST.format(
                "The sizes are m / k rounded, so the last fold is too short, or some are lost."
            ),
            **dict.fromkeys(("k each", "k each, k folds"), SIZE_OF_K),
            "one each": "Each fold holds a single example. There must be k folds.",
            "one more each": "Every fold got one more. Only the first m % k folds are one longer.",
        },
        "blocks": {
            "dealt": "It mixes the examples: every k-th one is in a fold. Here a fold is a block of neighbours.",
            "from the end": "The first fold holds the last examples. Fold 0 is the first block.",
        },
        "pairs": {
            "exchanged": "Train and validation are exchanged. The one fold validates, all the others train.",
            "two lists": "These are all training parts and all validation parts, two lists. Return k pairs: "
            "list(zip(trains, folds)).",
            **dict.fromkeys(("first", "last"), INSIDE),
            **dict.fromkeys(("all but the first", "all but the last"), COUNT),
            **dict.fromkeys(("first, k times", "last, k times"), COPIES),
            "from the last": "The last fold comes first. Fold 0 is the first block.",
        },
        "start": {1: "It counts from 1. Rows of X are counted from 0: the indices are 0 to m - 1."},
    },
    causes=(
        (
            "unhashable|only integer scalar arrays|can only concatenate list",
            "Adding lists joins them, adding arrays adds numbers. np.concatenate joins arrays.",
        ),
        (
            "does not result in an equal division",
            "m need not be a multiple of k. np.array_split cuts into parts whose sizes differ by one at most.",
        ),
        (
            "pop index out of range|list index out of range",
            "The list became shorter while the loop ran over it: pop and remove take a fold away for good.",
        ),
    ),
    may_not_call=("coursekit.selection.k_folds", "sklearn.model_selection"),
)
