"""Answers to the exercises of notebook 06, hyperparameters."""

from functools import partial

import numpy as np

from tests.mistakes import equal, right, wrong


def named(name, function):
    """Give a callable a name, where it has none of its own."""

    def call(*inputs):
        return function(*inputs)

    call.__name__ = name
    return call

# decayed_rate


@right("decayed_rate")
def power_of_whole_cuts(start, factor, every, step):
    return start * factor ** (step // every)


@right("decayed_rate")
def cut_in_a_loop(start, factor, every, step):
    rate = start
    for i in range(1, step + 1):
        if i % every == 0:
            rate = rate * factor
    return rate


@right("decayed_rate")
def floor_in_float32(start, factor, every, step):
    return np.float32(start) * np.power(factor, np.floor(step / every), dtype=np.float64)


@right("decayed_rate")
def recursion(start, factor, every, step):
    return start if step < every else factor * recursion(start, factor, every, step - every)


@right("decayed_rate")
def in_a_zero_dimensional_array(start, factor, every, step):
    return np.array(start * np.prod([factor] * int(step / every)))


@wrong("decayed_rate", "already at step 0")
def cut_at_step_zero(start, factor, every, step):
    rate = start
    for i in range(step + 1):
        if i % every == 0:
            rate *= factor
    return rate


@wrong("decayed_rate", "count whole cuts, with //")
def smooth(start, factor, every, step):
    return start * factor ** (step / every)


@wrong("decayed_rate", "one step early")
def counted_from_one(start, factor, every, step):
    return start * factor ** ((step + 1) // every)


@wrong("decayed_rate", "one step late")
def cut_late(start, factor, every, step):
    cuts = 0
    for i in range(step):
        if i > 0 and i % every == 0:
            cuts += 1
    return start * factor**cuts


@wrong("decayed_rate", "after every single step")
def cut_in_each_step(start, factor, every, step):
    return start * factor**step


@wrong("decayed_rate", "the steps since the last cut")
def remainder(start, factor, every, step):
    return start * factor ** (step % every)


@wrong("decayed_rate", "once only")
def one_cut(start, factor, every, step):
    return start * factor if step >= every else start


@wrong("decayed_rate", "comes back")
def drops_and_comes_back(start, factor, every, step):
    rate = start
    if step > 0 and step % every == 0:
        rate = rate * factor
    return rate


@wrong("decayed_rate", "a power")
def times_the_number_of_cuts(start, factor, every, step):
    return start * factor * (step // every)


@wrong("decayed_rate", "added or subtracted")
def subtracted(start, factor, every, step):
    return start - factor * (step // every)


@wrong("decayed_rate", "another schedule")
def inverse_time(start, factor, every, step):
    return start / (1 + factor * (step // every))


@wrong("decayed_rate", "at step 0 the rate must be start")
def start_forgotten(start, factor, every, step):
    return factor ** (step // every)


@wrong("decayed_rate", "not what is taken away")
def one_minus_factor(start, factor, every, step):
    return start * (1 - factor) ** (step // every)


@wrong("decayed_rate", "never falls")
def constant(start, factor, every, step):
    return start


@wrong("decayed_rate", "one number")
def whole_schedule(start, factor, every, step):
    return [start * factor ** (i // every) for i in range(step + 1)]


@wrong("decayed_rate", "`return`")
def no_return(start, factor, every, step):
    rate = start * factor ** (step // every)  # noqa: F841


@right("decayed_rate")
def a_while_loop(start, factor, every, step):
    rate = start
    while step >= every:
        rate, step = rate * factor, step - every
    return rate


class Schedule:
    """A schedule as an object."""

    def __call__(self, start, factor, every, step):
        return np.float64(start) * factor ** divmod(step, every)[0]


right("decayed_rate")(named("schedule_object", Schedule()))
right("decayed_rate")(named("a_lambda", lambda start, factor, every, step: start * factor ** ((step - step % every) / every)))
right("decayed_rate")(named("a_partial", partial(lambda np, s, f, e, t: s * np.exp(np.log(f) * (t // e)), np)))


@wrong("decayed_rate", "rounded up")
def ceiling(start, factor, every, step):
    return start * factor ** np.ceil(step / every)


@wrong("decayed_rate", "rounded up")
def a_loop_from_zero(start, factor, every, step):
    for i in range(step):
        if i % every == 0:
            start *= factor
    return start


@wrong("decayed_rate", "half an interval too early")
def rounded_to_the_nearest(start, factor, every, step):
    return start * factor ** int(step / every + 0.5)


@wrong("decayed_rate", "inside the power")
def everything_to_the_power(start, factor, every, step):
    return (start * factor) ** (step // every)


@wrong("decayed_rate", "compounded")
def compounding(start, factor, every, step):
    rate = start
    for i in range(step + 1):
        rate = rate * factor ** (i // every)
    return rate


@wrong("decayed_rate", "compounded")
def compounding_at_cuts(start, factor, every, step):
    rate = start
    for i in range(1, step + 1):
        if i % every == 0:
            rate *= factor ** (i // every)
    return rate


@wrong("decayed_rate", "once only")
def one_late_cut(start, factor, every, step):
    if step > every:
        return start * factor
    return start


@wrong("decayed_rate", "in every step")
def after_the_first_interval(start, factor, every, step):
    rate = start
    for i in range(step + 1):
        if i >= every:
            rate *= factor
    return rate


@wrong("decayed_rate", "`every`, whatever it is")
def fifty_written_in(start, factor, every, step):
    return start * factor ** (step // 50)


@wrong("decayed_rate", "`factor`, whatever it is")
def factor_written_in(start, factor, every, step):
    return start * 0.95 ** (step // every)


@wrong("decayed_rate", "grows")
def divided_by_the_factor(start, factor, every, step):
    return start / factor ** (step // every)


@wrong("decayed_rate", "straight line")
def a_straight_line(start, factor, every, step):
    return start * (1 - factor * (step // every))


@wrong("decayed_rate", "this is the number of cuts")
def how_many_cuts(start, factor, every, step):
    return step // every


@wrong("decayed_rate", "rounded")
def rounded_for_printing(start, factor, every, step):
    return round(start * factor ** (step // every), 3)


@wrong("decayed_rate", "some least value")
def never_below_a_hundredth(start, factor, every, step):
    return max(start * factor ** (step // every), 0.01)


@wrong("decayed_rate", "straight line")
def one_minus_factor_and_a_late_line(start, factor, every, step):
    return start * (1 - (1 - factor) * ((step + 1) // every))


@wrong("decayed_rate", "turned over")
def intervals_for_steps(start, factor, every, step):
    return start * factor ** (every // step)


TYPE = "only the type of the numbers, or their place in memory, is another"
equal(
    "decayed_rate",
    TYPE,
    "floor_in_float32: np.float32(start) -> start",
    "floor_in_float32: np.power(factor, np.floor(step / every), dtype=np.float64) -> "
    "np.power(factor, np.floor(step / every))",
    "in_a_zero_dimensional_array: np.array(start * np.prod([factor] * int(step / every))) -> "
    "start * np.prod([factor] * int(step / every))",
)


# epoch_batches


@right("epoch_batches")
def permutation_cut(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@right("epoch_batches")
def popped_from_a_list(m, batch_size, rng):
    left = list(range(m))
    rng.shuffle(left)
    batches = []
    while left:
        batch = []
        while left and len(batch) < batch_size:
            batch.append(left.pop())
        batches.append(batch)
    return batches


@right("epoch_batches")
def split_at(m, batch_size, rng):
    return np.split(rng.permutation(np.arange(m, dtype=np.int32)), np.arange(batch_size, m, batch_size))


@right("epoch_batches")
def yielded(m, batch_size, rng):
    order = rng.random(m).argsort()
    for start in range(0, m, batch_size):
        yield order[start : start + batch_size]


@right("epoch_batches")
def drawn_without_replacement(m, batch_size, rng):
    order = rng.choice(m, size=m, replace=False)
    return tuple(order[i * batch_size : (i + 1) * batch_size] for i in range(int(np.ceil(m / batch_size))))


@wrong("epoch_batches", "does not shuffle")
def not_shuffled(m, batch_size, rng):
    return [np.arange(m)[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "draws some examples twice")
def with_replacement(m, batch_size, rng):
    return [rng.integers(0, m, min(batch_size, m - start)) for start in range(0, m, batch_size)]


@wrong("epoch_batches", "draws some examples twice")
def every_batch_drawn_afresh(m, batch_size, rng):
    return [rng.permutation(m)[: min(batch_size, m - start)] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "loses the last")
def last_batch_lost(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(m // batch_size)]


@wrong("epoch_batches", "empty batch")
def empty_batch(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(m // batch_size + 1)]


@wrong("epoch_batches", "equal parts")
def equal_parts(m, batch_size, rng):
    return np.array_split(rng.permutation(m), -(-m // batch_size))


@wrong("epoch_batches", "batch_size is the size of one")
def as_many_batches_as_batch_size(m, batch_size, rng):
    return np.array_split(rng.permutation(m), batch_size)


@wrong("epoch_batches", "same neighbours")
def batches_shuffled_examples_not(m, batch_size, rng):
    batches = [np.arange(start, min(start + batch_size, m)) for start in range(0, m, batch_size)]
    return [batches[i] for i in rng.permutation(len(batches) - 1)] + batches[-1:]


@wrong("epoch_batches", "same neighbours")
def shuffled_within_batches(m, batch_size, rng):
    return [rng.permutation(np.arange(m)[start : start + batch_size]) for start in range(0, m, batch_size)]


@wrong("epoch_batches", "Draw from rng")
def global_shuffle(m, batch_size, rng):
    order = np.random.permutation(m)  # noqa: NPY002
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "two different generators")
def own_generator(m, batch_size, rng):
    order = np.random.default_rng(0).permutation(m)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "from 1")
def indices_from_one(m, batch_size, rng):
    order = rng.permutation(m) + 1
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "single indices")
def never_cut(m, batch_size, rng):
    return rng.permutation(m)


@wrong("epoch_batches", "does not cover")
def first_batch_only(m, batch_size, rng):
    order = rng.permutation(m)
    for start in range(0, m, batch_size):
        return [order[start : start + batch_size]]


@wrong("epoch_batches", "other sizes")
def short_batch_first(m, batch_size, rng):
    return permutation_cut(m, batch_size, rng)[::-1]


@wrong("epoch_batches", "raised TypeError")
def shuffle_returns_none(m, batch_size, rng):
    order = rng.shuffle(np.arange(m))
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


# fold_indices


@right("fold_indices")
def array_split(m, k):
    folds = np.array_split(np.arange(m), k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


@right("fold_indices")
def lists_by_hand(m, k):
    result, start = [], 0
    for i in range(k):
        stop = start + m // k + (1 if i < m % k else 0)
        held = list(range(start, stop))
        result.append((list(range(start)) + list(range(stop, m)), held))
        start = stop
    return result


@right("fold_indices")
def set_difference(m, k):
    everything = set(range(m))
    return [[np.array(list(everything - set(held))), held] for held in np.array_split(np.arange(m), k)]


@right("fold_indices")
def masks(m, k):
    fold = np.arange(k).repeat([m // k + (i < m % k) for i in range(k)])
    return [(fold != i, fold == i) for i in range(k)]


@right("fold_indices")
def deleted_and_yielded(m, k):
    index = np.arange(m, dtype=np.int16)
    for held in np.array_split(index, k):
        yield np.delete(index, held), held


@wrong("fold_indices", "exchanged")
def exchanged(m, k):
    return [(held, train) for train, held in array_split(m, k)]


@wrong("fold_indices", "trains on examples that it validates on")
def trained_on_everything(m, k):
    return [(np.arange(m), held) for held in np.array_split(np.arange(m), k)]


@wrong("fold_indices", "never validates on")
def remainder_lost(m, k):
    size, index = m // k, np.arange(m)
    folds = [index[i * size : (i + 1) * size] for i in range(k)]
    return [(np.setdiff1d(index, held), held) for held in folds]


@wrong("fold_indices", "sizes differ by one at most")
def remainder_in_the_last_fold(m, k):
    size, index = m // k, np.arange(m)
    folds = [index[i * size : (i + 1) * size if i < k - 1 else m] for i in range(k)]
    return [(np.setdiff1d(index, held), held) for held in folds]


@wrong("fold_indices", "longer folds come first")
def longer_folds_last(m, k):
    ends = [m * i // k for i in range(k + 1)]
    folds = [np.arange(ends[i], ends[i + 1]) for i in range(k)]
    return [(np.setdiff1d(np.arange(m), held), held) for held in folds]


@wrong("fold_indices", "mixes")
def every_kth(m, k):
    index = np.arange(m)
    return [(index[index % k != i], index[index % k == i]) for i in range(k)]


@wrong("fold_indices", "mixes")
def shuffled(m, k):
    order = np.random.permutation(m)  # noqa: NPY002
    return [(np.setdiff1d(order, held), held) for held in np.array_split(order, k)]


@wrong("fold_indices", "comes after counts too")
def only_the_past(m, k):
    folds = np.array_split(np.arange(m), k)
    return [(np.arange(held[0]) if held[0] else np.arange(held[-1] + 1, m), held) for held in folds]


@wrong("fold_indices", "list(zip(a, b))")
def two_lists(m, k):
    trains, helds = zip(*array_split(m, k), strict=True)
    return list(trains), list(helds)


@wrong("fold_indices", "got 1")
def returned_from_inside_the_loop(m, k):
    for pair in array_split(m, k):
        return [pair]


@wrong("fold_indices", "must return 2 things")
def validation_only(m, k):
    return np.array_split(np.arange(m), k)


@wrong("fold_indices", "gives index 11")
def folds_from_one(m, k):
    return [(train + 1, held + 1) for train, held in array_split(m, k)]


@wrong("fold_indices", "train of fold 0")
def boundary_lost(m, k):
    folds = np.array_split(np.arange(m), k)
    return [(np.r_[0 : held[0], held[-1] + 2 : m], held) for held in folds]


@wrong("fold_indices", "raised TypeError")
def rows_asked_for(m, k):
    return [(m[:k], m[k:]) for _ in range(k)]


# one_standard_error


@right("one_standard_error")
def vectorised(scores):
    means = scores.mean(axis=1)
    best = means.argmax()
    bar = means[best] - scores[best].std(ddof=1) / np.sqrt(scores.shape[1])
    return np.flatnonzero(means >= bar)[0]


@right("one_standard_error")
def loop_with_the_variance_written_out(scores):
    means = [sum(row) / len(row) for row in scores]
    best = max(range(len(means)), key=lambda i: means[i])
    n = len(scores[best])
    variance = sum((v - means[best]) ** 2 for v in scores[best]) / (n - 1)
    for i, mean in enumerate(means):
        if mean >= means[best] - (variance / n) ** 0.5:
            return i


@right("one_standard_error")
def argmax_of_a_comparison(scores):
    a = np.asarray(scores, dtype=np.longdouble)
    means, errors = np.mean(a, 1), np.std(a, 1, ddof=1) / a.shape[1] ** 0.5
    return float(np.argmax(means + errors[np.argmax(means)] >= means.max() - 1e-12))


@right("one_standard_error")
def as_a_list_of_rows(scores):
    rows = [(np.mean(r), np.var(r, ddof=1) / len(r)) for r in scores.tolist()]
    top, variance = max(rows, key=lambda row: row[0])
    return [mean >= top - np.sqrt(variance) for mean, _ in rows].index(True)


def choose(error, *, first=True):
    """Return an answer that is right but for the error it allows, or for which of the settings it takes."""

    def one_standard_error(scores):
        means = scores.mean(axis=1)
        within = np.flatnonzero(means >= means.max() - error(scores, means.argmax()))
        return within[0 if first else -1]

    return one_standard_error


def standard(scores, best):
    return scores[best].std(ddof=1) / np.sqrt(scores.shape[1])


def record(name, hint, error, **fault):
    """Record an answer of ``choose`` under a name of its own."""
    answer = choose(error, **fault)
    answer.__name__ = name
    wrong("one_standard_error", hint)(answer)


record("best_mean", "takes the best mean", lambda scores, best: 0)
record("standard_deviation", "whole standard deviation", lambda scores, best: scores[best].std(ddof=1))
record("divided_by_n", "divides by n - 1", lambda scores, best: scores[best].std() / np.sqrt(scores.shape[1]))
record("no_square_root", "square root of the number", lambda scores, best: scores[best].std(ddof=1) / scores.shape[1])
record("each_its_own_error", "gives each setting its own", lambda s, b: s.std(axis=1, ddof=1) / np.sqrt(s.shape[1]))
record("the_last_within", "takes the last", standard, first=False)


@wrong("one_standard_error", "more is better")
def smallest_mean(scores):
    means = scores.mean(axis=1)
    return np.flatnonzero(means <= means.min() + standard(scores, means.argmin()))[0]


@wrong("one_standard_error", "one value for each setting")
def mask(scores):
    means = scores.mean(axis=1)
    return means >= means.max() - standard(scores, means.argmax())


@wrong("one_standard_error", "return its number")
def the_mean_itself(scores):
    return scores.mean(axis=1)[vectorised(scores)]


@wrong("one_standard_error", "this is the bar")
def the_bar(scores):
    means = scores.mean(axis=1)
    return means.max() - standard(scores, means.argmax())


@wrong("one_standard_error", "must return one number")
def all_within(scores):
    return np.flatnonzero(mask(scores))


@wrong("one_standard_error", "`return`")
def printed(scores):
    print(vectorised(scores))


@wrong("one_standard_error", "raised IndexError")
def means_along_the_wrong_axis(scores):
    means = scores.mean(axis=0)
    return means[len(scores) - 1]
