"""Epochs that an answer has drawn, as properties that can be compared: any random order is right.

Sizes are looked at, whether every index occurs once, and whether, from draw to draw, neighbours stay together, a place
stays as it is, and the generator counts. No right answer fails by bad luck more often than once in a million.
"""

import numpy as np

from coursekit.check.core import CheckFailed

PARTS = (
    "list of sizes", "coverage", "order", "partnership of examples", "place of each example",
    "second call with the same seed", "draw", "next epoch",
)  # fmt: skip
COVERED, MIXED = "each index once", "mixed"
COVERAGE = (
    COVERED, "some index missing", "1 to m", "indices beyond 0 to m - 1", "one index in two batches",
    "one index twice in a batch",
)  # fmt: skip
OTHERS, FOLLOWING = 12, 6  # draws from other generators, and further epochs from one


def draws(answer, m, size, seed):
    """Return epochs drawn by an answer: some from one generator, the first of them again, some from other generators.

    Parameters
    ----------
    answer : callable
        ``answer(m, batch_size, rng)``.
    m, size, seed : int
        Number of examples, size of a batch, seed of the first generator.

    Returns
    -------
    list
        Of m, and of these epochs.
    """
    one, rng = np.random.default_rng(seed), np.random.default_rng
    following = [answer(m, size, one) for _ in range(1 + FOLLOWING)]
    return [m, following, answer(m, size, rng(seed)), [answer(m, size, rng(seed + 1 + i)) for i in range(OTHERS)]]


def properties(drawn):
    """Return the properties of epochs, in the order of ``PARTS``.

    Parameters
    ----------
    drawn : list
        As :func:`draws` returns it.

    Returns
    -------
    tuple
        The sizes of the first epoch's batches, and texts.

    Raises
    ------
    CheckFailed
        If some epoch is not a list of index arrays.
    """
    m, following, again, others = drawn
    following, again, others = [*map(_read, following)], _read(again), [*map(_read, others)]
    first, epochs = following[0], [following[0], again, *others]
    sizes = np.array([len(batch) for batch in first], float)
    covered = max((_coverage(batches, m) for batches in epochs), key=COVERAGE.index)
    if len(first) < 3 or m < 20 or covered != COVERED:
        return sizes, covered, *["not looked at"] * (len(PARTS) - 2)
    places = np.array([_places(batches, m) for batches in epochs])  # (draws, m): the batch of each example
    order, constant = _order(epochs, places), all(_same(first, other) for other in others)
    fixed = "not looked at" if constant or order != MIXED else "free"
    together = (places[:, :, None] == places[:, None, :]).all(axis=0).sum() > m
    return (
        sizes,
        covered,
        order,
        "fixed" if fixed == "free" and together else fixed,
        "fixed" if fixed == "free" and (places == places[0]).all(axis=0).any() else fixed,
        "the same" if _same(first, again) else "another",
        "the same for each generator" if constant else "by the generator",
        "the same" if all(_same(first, other) for other in following[1:]) else "another",
    )


def _read(value):
    """Return the batches of one epoch as arrays of whole numbers."""
    if value is None:
        raise CheckFailed("returned None. Is the `return` missing?")
    if not isinstance(value, list | tuple | np.ndarray):
        raise CheckFailed(f"must return a list of arrays of indices; it returned {type(value).__name__}.")
    if len(value) and not any(np.ndim(batch) or isinstance(batch, set | frozenset) for batch in value):
        raise CheckFailed("returned one row of single indices. Cut it into batches, a list of arrays.")
    return [as_indices(batch, "batch") for batch in value]


def as_indices(given, what):
    """Return indices as an array, if they can be used as ``X[given]``.

    Parameters
    ----------
    given : object
        An array or list of whole numbers, or what came instead.
    what : str
        What it is, for the hint.

    Returns
    -------
    ndarray
        One dimension.

    Raises
    ------
    CheckFailed
        If ``X[given]`` does not take rows.

    Examples
    --------
    >>> as_indices([2, 0], "batch")
    array([2, 0])
    """
    if isinstance(given, tuple | set | frozenset):
        kind = type(given).__name__
        raise CheckFailed(f"gives a {what} as a {kind}, and X[{kind}] does not take rows. Make it an array or a list.")
    given = np.asarray(given)
    if given.ndim != 1:
        raise CheckFailed(f"gives a {what} of shape {given.shape}. X[{what}] needs one dimension.")
    if given.size and given.dtype.kind not in "iu":
        raise CheckFailed(f"gives a {what} of type {given.dtype}. X[{what}] needs whole numbers.")
    return given.astype(int)


def _coverage(batches, m):
    """Say which of 0 to m - 1 occur, and how often."""
    order = np.sort(np.concatenate([np.empty(0, int), *batches]))
    tests = {
        "one index twice in a batch": any(len(set(batch.tolist())) < len(batch) for batch in batches),
        "one index in two batches": len(set(order.tolist())) < len(order),
        "1 to m": np.array_equal(order, np.arange(1, m + 1)),
        "indices beyond 0 to m - 1": len(order) and (order[0] < 0 or order[-1] >= m),
        "some index missing": len(order) < m,
    }
    return next((text for text, holds in tests.items() if holds), COVERED)


def _order(epochs, places):
    """Say in which order the examples come, from draw to draw."""
    m = places.shape[1]
    rows = [np.concatenate(batches) for batches in epochs]
    steps = [np.unique(np.diff(np.sort(batch))) for batches in epochs for batch in batches if len(batch) > 1]
    tests = {
        "0 to m - 1": all(np.array_equal(row, np.arange(m)) for row in rows),
        "m - 1 to 0": all(np.array_equal(row, np.arange(m)[::-1]) for row in rows),
        "shuffled within batches": (np.diff(places) >= 0).all(),
        "blocks of neighbours": all((step == 1).all() for step in steps),
        "every n-th in a batch": all(len(step) == 1 for step in steps),
        "neighbours together": (places == np.roll(places, 1, axis=1)).mean() > 0.6,
    }
    return next((text for text, holds in tests.items() if holds), MIXED)


def _places(batches, m):
    """Return the number of the batch in which each example is."""
    places = np.empty(m, int)
    for number, batch in enumerate(batches):
        places[batch] = number
    return places


def _same(batches, others):
    """Say whether two epochs have the same batches, in the same order."""
    return len(batches) == len(others) and all(map(np.array_equal, batches, others))
