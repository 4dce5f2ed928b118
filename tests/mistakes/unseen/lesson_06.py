"""Answers to lesson 06 by people who had not seen the checks."""

import itertools
import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("decayed_rate", "a smooth decay: the exponent is not a whole number")
def smooth_decay(start, factor, every, step):
    return start * factor ** (step / every)


@wrong("decayed_rate", "multiplies by the number of decays in place of the power")
def linear_decay(start, factor, every, step):
    drops = step // every
    if drops == 0:
        return start
    return start * factor * drops


@wrong("decayed_rate", "decays one step late, and never below 1e-3")
def late_with_a_floor(start, factor, every, step):
    rate = start * factor ** (max(step - 1, 0) // every)
    return max(rate, 1e-3)


@wrong("decayed_rate", "the loop decays at step 0 already")
def decays_at_step_zero(start, factor, every, step):
    rate = start
    for s in range(step + 1):
        if s % every == 0:
            rate *= factor
    return rate


@wrong("decayed_rate", "the lab's 0.95 and 50 are written into the formula")
def numbers_of_the_lab(start, factor, every, step):
    return start * math.pow(0.95, math.floor(step / 50))


@wrong("decayed_rate", "the table is one entry too short: IndexError")
def table_too_short(start, factor, every, step):
    rates = np.full(step, float(start))
    for s in range(every, step, every):
        rates[s:] *= factor
    return rates[step]


@wrong("decayed_rate", "the decay happens once only, and the rate is rounded")
def once_and_rounded(start, factor, every, step):
    return round(start * factor if step >= every else start, 4)


@right("decayed_rate")
def product_of_a_list(start, factor, every, step):
    return float(np.prod([start] + [factor] * len(range(every, step + 1, every)), dtype=float))


@right("decayed_rate")
def by_recursion(start, factor, every, step):
    decay = lambda rate, drops: rate if drops == 0 else decay(rate, drops - 1) * factor  # noqa: E731
    drops, _ = divmod(step, every)
    return decay(start, drops) if drops < 200 else start * np.float64(factor) ** drops


@wrong("epoch_batches", "the order is not drawn at all")
def not_shuffled(m, batch_size, rng):
    return [np.arange(start, min(start + batch_size, m)) for start in range(0, m, batch_size)]


@wrong("epoch_batches", "leaves out the last, shorter batch")
def last_batch_lost(m, batch_size, rng):
    order = rng.permutation(m)
    batches = []
    for b in range(m // batch_size):
        batches.append(order[b * batch_size : (b + 1) * batch_size])
    return batches


@wrong("epoch_batches", "draws each batch anew, so some indices come twice and others never")
def drawn_with_replacement(m, batch_size, rng):
    steps = int(np.ceil(m / batch_size))
    return [rng.integers(0, m, size=min(batch_size, m)) for _ in range(steps)]


@wrong("epoch_batches", "splits into m // batch_size parts of about equal length")
def equal_parts(m, batch_size, rng):
    order = np.arange(m)
    rng.shuffle(order)
    return np.array_split(order, max(m // batch_size, 1))


@wrong("epoch_batches", "rng.shuffle returns None: TypeError")
def shuffle_returns_nothing(m, batch_size, rng):
    indices = rng.shuffle(np.arange(m))
    return [indices[i : i + batch_size] for i in range(0, m, batch_size)]


@wrong("epoch_batches", "a generator of its own, and one batch too many, which may be empty")
def own_seed_and_one_too_many(m, batch_size, rng):
    rng = np.random.default_rng(0)
    order = rng.permutation(m)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(m // batch_size + 1)]


@wrong("epoch_batches", "shuffles the batches and not the examples: neighbours stay together")
def only_batches_shuffled(m, batch_size, rng):
    starts = rng.permutation(range(0, m, batch_size))
    return [[i for i in range(start, start + batch_size) if i < m] for start in starts]


@right("epoch_batches")
def sorted_by_chance(m, batch_size, rng):
    order = iter(rng.random(m).argsort().tolist())
    return [list(itertools.islice(order, batch_size)) for _ in range(-(-m // batch_size))]


@right("epoch_batches")
def split_at_multiples(m, batch_size, rng):
    return np.split(rng.choice(m, size=m, replace=False).astype(np.int32), range(batch_size, m, batch_size))


@wrong("fold_indices", "folds of m // k, so the rest is validated nowhere")
def rest_never_validates(m, k):
    size = m // k
    indices = np.arange(m)
    folds = []
    for i in range(k):
        validation = indices[i * size : (i + 1) * size]
        train = np.concatenate([indices[: i * size], indices[(i + 1) * size :]])
        folds.append((train, validation))
    return folds


@wrong("fold_indices", "the last fold takes the whole rest")
def rest_in_the_last_fold(m, k):
    size = m // k
    pairs = []
    for fold in range(k):
        start = fold * size
        stop = m if fold == k - 1 else start + size
        pairs.append(([i for i in range(m) if i < start or i >= stop], list(range(start, stop))))
    return pairs


@wrong("fold_indices", "the validation part comes first in the pair")
def validation_first(m, k):
    parts = np.array_split(np.arange(m), k)
    return [(part, np.setdiff1d(np.arange(m), part)) for part in parts]


@wrong("fold_indices", "every k-th example, no blocks")
def every_kth(m, k):
    everything = np.arange(m)
    return [(everything[everything % k != i], everything[i::k]) for i in range(k)]


@wrong("fold_indices", "np.split wants equal parts: ValueError")
def equal_split(m, k):
    folds = np.split(np.arange(m), k)
    return [(np.hstack(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@wrong("fold_indices", "each fold is rounded up, and train holds only what comes before or after the neighbour")
def rounded_up_and_gap(m, k):
    size = math.ceil(m / k)
    result = []
    for i in range(k):
        lo, hi = i * size, min((i + 1) * size, m)
        train = np.r_[0:lo, hi + 1 : m]
        result.append((train, np.arange(lo, hi)))
    return result


@wrong("fold_indices", "trains only on the blocks before the validation part, as with time series")
def only_the_past(m, k):
    blocks = np.array_split(range(m), k)
    bounds = list(itertools.accumulate(map(len, blocks), initial=0))
    return [(np.arange(start), block) for start, block in zip(bounds, blocks)]


@right("fold_indices")
def by_fold_number(m, k):
    fold = np.sort(np.arange(m) % k)
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(k)]


@right("fold_indices")
def lists_backwards(m, k):
    cut = lambda i: i * (m // k) + min(i, m % k)  # noqa: E731
    return [([*range(cut(i + 1), m), *range(cut(i))], [*range(cut(i), cut(i + 1))]) for i in range(k)]


@wrong("one_standard_error", "returns the best row itself")
def just_the_best(scores):
    return int(np.argmax(np.mean(scores, axis=1)))


@wrong("one_standard_error", "the standard deviation is not divided by the root of the folds")
def deviation_not_error(scores):
    means = scores.mean(axis=1)
    best = means.argmax()
    bar = means[best] - scores[best].std(ddof=1)
    return int(np.nonzero(means >= bar)[0][0])


@wrong("one_standard_error", "strictly above the bar, and std divides by folds")
def strictly_above(scores):
    means = [sum(row) / len(row) for row in scores]
    best = means.index(max(means))
    bar = means[best] - np.std(scores[best]) / np.sqrt(len(scores[best]))
    for i, mean in enumerate(means):
        if mean > bar:
            return i
    return None


@wrong("one_standard_error", "the last row above the bar, the dearest")
def last_within(scores):
    mean = np.mean(scores, axis=1)
    best = np.argmax(mean)
    error = np.std(scores[best], ddof=1) / np.sqrt(scores.shape[1])
    return max(np.flatnonzero(mean >= mean[best] - error))


@wrong("one_standard_error", "each row is given its own standard error")
def own_error_of_each_row(scores):
    scores = np.asarray(scores, dtype=float)
    mean = scores.mean(axis=1)
    error = scores.std(axis=1, ddof=1) / scores.shape[1] ** 0.5
    return int(np.argmax(mean + error >= mean.max()))


@wrong("one_standard_error", "means over the settings, axis 0: the best fold is taken for a row")
def means_over_settings(scores):
    mean = scores.mean(axis=0)
    best = np.argmax(mean)
    error = scores[:, best].std(ddof=1) / np.sqrt(scores.shape[0])
    return int(np.where(mean >= mean[best] - error)[0][0])


@wrong("one_standard_error", "a NumPy array has no method index: AttributeError")
def array_has_no_index(scores):
    means = np.mean(scores, axis=1)
    best = means.index(max(means))
    error = np.std(scores[best], ddof=1) / math.sqrt(len(scores[best]))
    for i in range(len(means)):
        if means[i] >= means[best] - error:
            return i


@right("one_standard_error")
def next_of_a_generator(scores):
    scores = np.asarray(scores, dtype=float)
    mean, folds = scores.mean(axis=1), scores.shape[1]
    best = int(mean.argmax())
    bar = mean[best] - np.sqrt(((scores[best] - mean[best]) ** 2).sum() / (folds - 1) / folds)
    return next(i for i, value in enumerate(mean) if value >= bar)


@right("one_standard_error")
def with_searchsorted(scores):
    mean = np.einsum("sf->s", np.asfortranarray(scores, dtype=float)) / np.shape(scores)[1]
    best = np.argmax(mean)
    bar = mean[best] - np.sqrt(np.var(scores[best], ddof=1) / np.shape(scores)[1])
    return int(np.searchsorted(np.maximum.accumulate(mean), bar, side="left"))
