"""Checks of notebook 06, hyperparameters: a decaying rate, the batches of an epoch, folds, a rule for the choice."""

import inspect
from collections.abc import Iterator

import numpy as np

from coursekit import selection
from coursekit.check.core import Trial


def epoch_batches(answer):
    """Check ``epoch_batches(m, batch_size, rng) -> list of index arrays``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong. The draw itself is free: only its properties are looked at.
    """
    trial = Trial(_listed(answer), "epoch_batches")
    if inspect.isgeneratorfunction(answer):
        trial.note("yields its batches one by one; a list can be counted, and used twice.")
    batches = _batches(trial, 26, 6, seed=6)
    _covers(trial, batches, 26, 6)
    _sizes(trial, batches, 26, 6)
    _random(trial, batches, 26, 6)
    for m, size in ((20, 5), (7, 7), (5, 1)):
        batches = _batches(trial, m, size, seed=4)
        trial.require(0 not in map(len, batches), f"gives an empty batch at the end when m = {m}, batch_size = {size}.")
        _covers(trial, batches, m, size)
        _sizes(trial, batches, m, size)
    trial.passed()


def _listed(answer):
    """Return the answer with a generator's items in a list; anything but a function comes back as it is."""
    if not callable(answer):
        return answer

    def call(*inputs):
        value = answer(*inputs)
        return list(value) if isinstance(value, Iterator) else value

    return call


def _batches(trial, m, size, seed):
    """Return the batches of one call as flat integer arrays."""
    value = trial(m, size, np.random.default_rng(seed))
    trial.require(isinstance(value, list | tuple | np.ndarray), "must return a list of arrays of indices.")
    trial.require(len(value) > 0, "returned an empty list.")
    trial.require(
        any(np.ndim(batch) for batch in value),
        "returned one sequence of single indices; cut it into batches of batch_size each.",
    )
    batches = [np.ravel(batch) for batch in value]
    whole = all(batch.dtype.kind in "iu" for batch in batches if len(batch))
    trial.require(whole, "must give whole numbers: X[batch] takes no others.")
    return batches


def _covers(trial, batches, m, size):
    """Require every index 0 to m - 1 once."""
    order = np.sort(np.concatenate(batches))
    every = f"With m = {m} and batch_size = {size}, each index 0 to {m - 1} must occur once."
    unique = len(set(order.tolist())) == len(order)
    trial.require(unique, f"draws some examples twice in one epoch, and others never. {every}")
    shifted = np.array_equal(order, np.arange(1, m + 1))
    trial.require(not shifted, f"counts examples from 1; rows of X start at 0. {every}")
    trial.require(len(order) != m // size * size or m % size == 0, f"loses the last, shorter batch. {every}")
    trial.require(np.array_equal(order, np.arange(m)), f"does not cover the examples. {every}")


def _sizes(trial, batches, m, size):
    """Require full batches, and what is left over at the end."""
    sizes = [len(batch) for batch in batches]
    needed = [size] * (m // size) + [m % size] * (m % size > 0)
    got = f"With m = {m} and batch_size = {size}: {sizes}, should be {needed}."
    trial.require(
        len(sizes) != size or len(needed) == size, f"makes batch_size batches; batch_size is the size of one. {got}"
    )
    even = len(sizes) > 1 and max(sizes) - min(sizes) <= 1
    trial.require(sizes == needed or not even, f"cuts into equal parts; full batches first, the rest last. {got}")
    trial.require(sizes == needed, f"has batches of other sizes. {got}")


def _random(trial, batches, m, size):
    """Require an order that is random, and drawn from rng alone."""
    order = np.concatenate(batches)
    trial.require(
        not np.array_equal(order, np.arange(m)),
        "does not shuffle: every epoch would have the same batches. rng.permutation(m) is a random order.",
    )
    trial.require(
        not all(np.ptp(batch) == len(batch) - 1 for batch in batches),
        "always puts the same neighbours into one batch. Shuffle the examples first, then cut.",
    )
    again, other = (np.concatenate(_batches(trial, m, size, seed)) for seed in (6, 7))
    trial.require(
        np.array_equal(order, again),
        "gives other batches for a generator in the same state. Draw from rng, not from np.random or a new generator.",
    )
    trial.require(not np.array_equal(order, other), "gives the same batches for two different generators: use rng.")


def fold_indices(answer):
    """Check ``fold_indices(m, k) -> list of (train, validation)``, index arrays of consecutive folds.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(_listed(answer), "fold_indices")
    for m, k in ((11, 3), (10, 5), (7, 4)):
        folds = _folds(trial, m, k)
        trains, helds = [train for train, _ in folds], [held for _, held in folds]
        _held_out(trial, trains, helds, m, k)
        for i, (train, (right, held)) in enumerate(zip(trains, selection.k_folds(m, k), strict=True)):
            past = i < k - 1 and np.array_equal(train, np.arange(held[0]))
            trial.require(not past, "trains only on what comes before a fold; what comes after counts too.")
            trial.equal(train, right, what=f"train of fold {i}", hint=f"With m = {m}, k = {k}: all but the fold.")
    trial.passed()


def _folds(trial, m, k):
    """Return the answer's folds as k pairs of sorted index arrays; masks count as the indices they choose."""
    value = trial(m, k)
    trial.require(isinstance(value, list | tuple | np.ndarray), "must return a list of k pairs (train, validation).")
    trial.require(
        len(value) != 2 or k == 2,
        f"returned 2 things for k = {k}: all training parts and all validation parts? Return k pairs: list(zip(a, b)).",
    )
    trial.require(len(value) == k, f"must return k = {k} pairs (train, validation); got {len(value)}.")
    return [tuple(_chosen(trial, side, m) for side in trial.parts(pair, "train", "validation")) for pair in value]


def _chosen(trial, side, m):
    """Return which of 0 to m - 1 an index array or a mask chooses, in ascending order."""
    side = np.ravel(side)
    trial.require(len(side) > 0, "has an empty part: every fold trains on something and validates on something.")
    if side.dtype == bool and len(side) == m:
        trial.note("gives masks of True and False; np.flatnonzero(mask) are the indices.")
        return np.flatnonzero(side)
    trial.require(side.dtype.kind in "iu", "must give whole numbers: X[train] takes no others.")
    trial.require(side.min() >= 0 and side.max() < m, f"gives index {side.max()}; with m = {m} the last is {m - 1}.")
    return np.sort(side)


def _held_out(trial, trains, helds, m, k):
    """Require validation parts that are the k consecutive blocks, apart from their training parts."""
    sizes, case = [len(held) for held in helds], f"With m = {m} and k = {k}"
    right = [held for _, held in selection.k_folds(m, k)]
    swapped = all(np.array_equal(train, held) for train, held in zip(trains, right, strict=True))
    trial.require(not swapped, "has train and validation exchanged: all folds but one train, that one validates.")
    mixed = any(np.intersect1d(train, held).size for train, held in zip(trains, helds, strict=True))
    trial.require(not mixed, f"trains on examples that it validates on. {case}: take the fold out of train.")
    seen = np.concatenate(helds)
    trial.require(len(seen) >= m, f"never validates on {m - len(seen)} of the examples. {case}: folds of {sizes}.")
    trial.require(len(set(seen.tolist())) == m, f"validates on some examples twice. {case}: folds of {sizes}.")
    trial.require(
        max(sizes) - min(sizes) <= 1,
        f"has folds of {sizes}. {case}: sizes differ by one at most, so spread the leftovers over the first folds.",
    )
    trial.require(
        all(np.ptp(held) == len(held) - 1 for held in helds),
        "mixes the examples. Here a fold is a consecutive block; who wants them mixed shuffles the data before.",
    )
    wanted = [len(held) for held in right]
    trial.require(sizes == wanted, f"has folds of {sizes}. {case}: the longer folds come first, {wanted}.")
    for i in range(k):
        trial.equal(helds[i], right[i], what=f"validation of fold {i}", hint="Fold 0 is the first block.")


def one_standard_error(answer):
    """Check ``one_standard_error(scores) -> index of a setting``.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "one_standard_error")
    scores = _scores()
    hints = {
        0: "this is the worst setting; these are accuracies, and more is better.",
        1: "this allows a whole standard deviation; the standard error of a mean of n folds is that over sqrt(n).",
        2: "this gives each setting its own error; the bar is the best mean less the error of the *best* setting.",
        4: "this is a little too strict: the standard deviation of a sample divides by n - 1, std(ddof=1).",
        5: "this is too strict: divide the standard deviation by the square root of the number of folds.",
        6: "this takes the best mean and stops; an earlier setting within one standard error is as good, and cheaper.",
        7: "this takes the last setting within the bar; the settings go from cheap to dear, so take the first.",
    }
    chosen = trial(scores)
    trial.require(np.shape(chosen) != (8,), "returned one value for each setting; return the number of the first one.")
    trial.require(np.ndim(chosen) == 0, f"must return one number, the first setting's; got shape {np.shape(chosen)}.")
    means = scores.mean(axis=1)
    values = [
        (float(means[3]), "this is the mean score of the setting; return its number."),
        (float(means.max() - scores[6].std(ddof=1) / np.sqrt(5)), "this is the bar; return the number of a setting."),
    ]
    trial.equal(chosen, 3, mistakes=[*values, *hints.items()], tolerance=1e-6)
    agreed = np.array([[0.8, 0.8], [0.9, 0.9], [0.9, 0.9]])
    trial.equal(trial(agreed), 1, hint="Folds that agree leave an error of 0, and the best itself is within it: >=.")
    trial.equal(trial(scores[::-1].copy()), 0, hint="The order of the settings was turned round.")
    trial.passed()


def _scores():
    """Return scores of 8 settings on 5 folds on which each known mistake chooses another setting; 3 is right."""
    means = np.array([0.86, 0.884, 0.8905, 0.8915, 0.893, 0.897, 0.9, 0.895])
    spread = np.array([0.02, 0.02, 0.06, 0.02, 0.02, 0.02, 0.02, 0.02])
    folds = np.tile(np.array([-2, -1, 0, 1, 2]) / np.sqrt(2.5), (8, 1))  # each row has standard deviation 1
    return means[:, None] + spread[:, None] * np.random.default_rng(3).permuted(folds, axis=1)
