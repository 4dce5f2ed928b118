"""Answers to the exercises of notebook 06, hyperparameters."""

import copy
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
right("decayed_rate")(named("a_lambda", lambda start, factor, every, i: start * factor ** ((i - i % every) / every)))
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


@wrong("epoch_batches", "it is never shuffled")
def not_shuffled(m, batch_size, rng):
    return [np.arange(m)[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "with replacement")
def with_replacement(m, batch_size, rng):
    return [rng.integers(0, m, min(batch_size, m - start)) for start in range(0, m, batch_size)]


@wrong("epoch_batches", "drawn afresh from all")
def every_batch_drawn_afresh(m, batch_size, rng):
    return [rng.permutation(m)[: min(batch_size, m - start)] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "the last, shorter batch is lost")
def last_batch_lost(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(m // batch_size)]


@wrong("epoch_batches", "empty batch at the end")
def empty_batch(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(m // batch_size + 1)]


@wrong("epoch_batches", "about equal size")
def equal_parts(m, batch_size, rng):
    return np.array_split(rng.permutation(m), -(-m // batch_size))


@wrong("epoch_batches", "batch_size is the size of one")
def as_many_batches_as_batch_size(m, batch_size, rng):
    return np.array_split(rng.permutation(m), batch_size)


@wrong("epoch_batches", "the batches are shuffled and the examples are not")
def batches_shuffled_examples_not(m, batch_size, rng):
    batches = [np.arange(start, min(start + batch_size, m)) for start in range(0, m, batch_size)]
    return [batches[i] for i in rng.permutation(len(batches) - 1)] + batches[-1:]


@wrong("epoch_batches", "within their batch only")
def shuffled_within_batches(m, batch_size, rng):
    return [rng.permutation(np.arange(m)[start : start + batch_size]) for start in range(0, m, batch_size)]


@wrong("epoch_batches", "Draw from rng")
def global_shuffle(m, batch_size, rng):
    order = np.random.permutation(m)  # noqa: NPY002
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "the same batches for every generator")
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


@wrong("epoch_batches", "only one batch came back")
def first_batch_only(m, batch_size, rng):
    order = rng.permutation(m)
    for start in range(0, m, batch_size):
        return [order[start : start + batch_size]]


@wrong("epoch_batches", "the shorter batch comes first")
def short_batch_first(m, batch_size, rng):
    return permutation_cut(m, batch_size, rng)[::-1]


@wrong("epoch_batches", "shuffles an array in place")
def shuffle_returns_none(m, batch_size, rng):
    order = rng.shuffle(np.arange(m))
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


class Epoch:
    """Batches from an object."""

    def __call__(self, m, batch_size, rng):
        order = rng.permutation(m).astype(np.uint16)
        return np.array_split(order, range(batch_size, m, batch_size))


right("epoch_batches")(named("epoch_object", Epoch()))
right("epoch_batches")(named("epoch_partial", partial(lambda full, m, B, rng: full(m, B, rng), permutation_cut)))


@right("epoch_batches")
def sorted_within_each_batch(m, batch_size, rng):
    return [sorted(batch.tolist()) for batch in permutation_cut(m, batch_size, rng)]


@right("epoch_batches")
def taken_out_of_a_set(m, batch_size, rng):
    left, batches = set(range(m)), []
    while left:
        batch = rng.choice(sorted(left), min(batch_size, len(left)), replace=False)
        left -= set(batch.tolist())
        batches.append(batch)
    return batches


@right("epoch_batches")
def in_an_array_of_objects(m, batch_size, rng):
    batches = permutation_cut(m, batch_size, rng)
    out = np.empty(len(batches), dtype=object)
    for i, batch in enumerate(batches):
        out[i] = batch
    return out


@wrong("epoch_batches", "neighbours stay together")
def rolled(m, batch_size, rng):
    order = np.roll(np.arange(m), rng.integers(m))
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "turned round, but not shuffled")
def backwards(m, batch_size, rng):
    order = np.arange(m)[::-1]
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "copy of rng")
def the_same_epoch_again(m, batch_size, rng):
    order = copy.deepcopy(rng).permutation(m)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "some example always stays")
def the_last_stays(m, batch_size, rng):
    order = np.append(rng.permutation(m - 1), m - 1)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "some example always stays")
def the_first_stays(m, batch_size, rng):
    order = np.insert(rng.permutation(np.arange(1, m)), 0, 0)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "have had their turn")
def last_batch_filled_up(m, batch_size, rng):
    order = rng.permutation(m)
    order = np.concatenate([order, order[: -m % batch_size]])
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "always ends at batch_size")
def every_slice_ends_at_batch_size(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[start:batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "one index too few")
def one_short(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[start : start + batch_size - 1] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "overlap")
def windows(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[start : start + batch_size] for start in range(m - batch_size + 1)]


@wrong("epoch_batches", "full or not")
def starts_that_stop_early(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[start : start + batch_size] for start in range(0, m - batch_size, batch_size)]


@wrong("epoch_batches", "joined to the last full")
def rest_joined(m, batch_size, rng):
    order = rng.permutation(m)
    cuts = [start for start in range(batch_size, m, batch_size) if m - start >= batch_size]
    return np.split(order, cuts)


@wrong("epoch_batches", "gives a batch of shape (1, ")
def batches_as_rows(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[None, start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "a tuple, and X[tuple]")
def batches_as_tuples(m, batch_size, rng):
    order = rng.permutation(m).tolist()
    return [tuple(order[start : start + batch_size]) for start in range(0, m, batch_size)]


@wrong("epoch_batches", "of type float64")
def batches_of_floats(m, batch_size, rng):
    order = rng.permutation(m) * 1.0
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]


@wrong("epoch_batches", "need not be a multiple")
def reshaped(m, batch_size, rng):
    return rng.permutation(m).reshape(-1, batch_size)


@wrong("epoch_batches", "need not be a multiple")
def split_into_equal_ones(m, batch_size, rng):
    return np.split(rng.permutation(m), m / batch_size)


@wrong("epoch_batches", "must return a list")
def a_dictionary(m, batch_size, rng):
    return dict(enumerate(permutation_cut(m, batch_size, rng)))


@wrong("epoch_batches", "single index")
def one_by_one(m, batch_size, rng):
    return [[i] for i in rng.permutation(m)]


@wrong("epoch_batches", "within their batch only")
def shuffled_within_and_the_rest_lost(m, batch_size, rng):
    return [start + rng.permutation(batch_size) for start in range(0, m - batch_size + 1, batch_size)]


equal(
    "epoch_batches",
    TYPE,
    "split_at: np.arange(m, dtype=np.int32) -> np.arange(m)",
    "split_at: np.arange(m, dtype=np.int32) -> m",
    "drawn_without_replacement: tuple((order[i * batch_size:(i + 1) * batch_size] for i in "
    "range(int(np.ceil(m / batch_size))))) -> (order[i * batch_size:(i + 1) * batch_size] for i in "
    "range(int(np.ceil(m / batch_size))))",
    "sorted_within_each_batch: batch.tolist() -> batch",
    "taken_out_of_a_set: batch.tolist() -> batch",
)
equal(
    "epoch_batches",
    "the order within a batch is free",
    "sorted_within_each_batch: sorted(batch.tolist()) -> batch.tolist()",
)


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


@wrong("fold_indices", "train holds everything")
def trained_on_everything(m, k):
    return [(np.arange(m), held) for held in np.array_split(np.arange(m), k)]


@wrong("fold_indices", "drops what is left over")
def remainder_lost(m, k):
    size, index = m // k, np.arange(m)
    folds = [index[i * size : (i + 1) * size] for i in range(k)]
    return [(np.setdiff1d(index, held), held) for held in folds]


@wrong("fold_indices", "left over is in one fold")
def remainder_in_the_last_fold(m, k):
    size, index = m // k, np.arange(m)
    folds = [index[i * size : (i + 1) * size if i < k - 1 else m] for i in range(k)]
    return [(np.setdiff1d(index, held), held) for held in folds]


@wrong("fold_indices", "the longer folds do not come first")
def longer_folds_last(m, k):
    ends = [m * i // k for i in range(k + 1)]
    folds = [np.arange(ends[i], ends[i + 1]) for i in range(k)]
    return [(np.setdiff1d(np.arange(m), held), held) for held in folds]


@wrong("fold_indices", "every k-th")
def every_kth(m, k):
    index = np.arange(m)
    return [(index[index % k != i], index[index % k == i]) for i in range(k)]


@wrong("fold_indices", "mixes")
def shuffled(m, k):
    order = np.random.permutation(m)  # noqa: NPY002
    return [(np.setdiff1d(order, held), held) for held in np.array_split(order, k)]


@wrong("fold_indices", "what lies on the other side")
def only_the_past(m, k):
    folds = np.array_split(np.arange(m), k)
    return [(np.arange(held[0]) if held[0] else np.arange(held[-1] + 1, m), held) for held in folds]


@wrong("fold_indices", "list(zip(trains, folds))")
def two_lists(m, k):
    trains, helds = zip(*array_split(m, k), strict=True)
    return list(trains), list(helds)


@wrong("fold_indices", "only one fold came back")
def returned_from_inside_the_loop(m, k):
    for pair in array_split(m, k):
        return [pair]


@wrong("fold_indices", "must give a pair")
def validation_only(m, k):
    return np.array_split(np.arange(m), k)


@wrong("fold_indices", "counts from 1")
def folds_from_one(m, k):
    return [(train + 1, held + 1) for train, held in array_split(m, k)]


@wrong("fold_indices", "beside the fold is missing")
def boundary_lost(m, k):
    folds = np.array_split(np.arange(m), k)
    return [(np.r_[0 : held[0], held[-1] + 2 : m], held) for held in folds]


@wrong("fold_indices", "raised TypeError")
def rows_asked_for(m, k):
    return [(m[:k], m[k:]) for _ in range(k)]


class Folds:
    """Folds from an object, as lists."""

    def __call__(self, m, k):
        parts = [part.tolist() for part in np.array_split(range(m), k)]
        return tuple((sum(parts[:i] + parts[i + 1 :], []), parts[i]) for i in range(k))


right("fold_indices")(named("fold_object", Folds()))
right("fold_indices")(
    named("fold_lambda", lambda m, k: [(np.delete(np.arange(m), h), h) for h in np.array_split(range(m), k)])
)


@right("fold_indices")
def ranges(m, k):
    ends = [i * (m // k) + min(i, m % k) for i in range(k + 1)]
    return [[[*range(ends[i]), *range(ends[i + 1], m)], range(ends[i], ends[i + 1])] for i in range(k)]


@right("fold_indices")
def in_any_order_within_a_part(m, k):
    parts = np.array_split(np.arange(m, dtype=np.uint8), k)
    return [(np.concatenate(parts[i + 1 :] + parts[:i]), parts[i][::-1]) for i in range(k)]


@wrong("fold_indices", "m / k rounded up")
def rounded_up(m, k):
    size, index = int(np.ceil(m / k)), np.arange(m)
    folds = [index[i * size : (i + 1) * size] for i in range(k)]
    return [(np.setdiff1d(index, held), held) for held in folds]


@wrong("fold_indices", "k is the number of folds")
def folds_of_k(m, k):
    index = np.arange(m)
    return [(np.r_[index[:i], index[i + k :]], index[i : i + k]) for i in range(0, m, k)]


@wrong("fold_indices", "a fold too many")
def the_rest_a_fold_of_its_own(m, k):
    size, index = m // k, np.arange(m)
    return [(np.delete(index, index[i : i + size]), index[i : i + size]) for i in range(0, m, size)]


@wrong("fold_indices", "train is the fold itself")
def the_fold_twice(m, k):
    return [(held, held) for held in np.array_split(np.arange(m), k)]


@wrong("fold_indices", "one other fold only")
def the_next_fold_trains(m, k):
    parts = np.array_split(np.arange(m), k)
    return [(parts[(i + 1) % k], parts[i]) for i in range(k)]


@wrong("fold_indices", "number of the fold was taken out")
def deleted_by_number(m, k):
    return [(np.delete(np.arange(m), i), held) for i, held in enumerate(np.array_split(np.arange(m), k))]


@wrong("fold_indices", "np.concatenate makes one")
def parts_not_joined(m, k):
    parts = np.array_split(np.arange(m), k)
    return [(parts[:i] + parts[i + 1 :], parts[i]) for i in range(k)]


@wrong("fold_indices", "as a tuple")
def parts_as_tuples(m, k):
    return [(tuple(train), tuple(held)) for train, held in lists_by_hand(m, k)]


@wrong("fold_indices", "as a set")
def parts_as_sets(m, k):
    return [(set(train), set(held)) for train, held in lists_by_hand(m, k)]


@wrong("fold_indices", "of type float64")
def parts_as_floats(m, k):
    return [(np.array(train) * 1.0, np.array(held) * 1.0) for train, held in lists_by_hand(m, k)]


@wrong("fold_indices", "one fold is missing")
def the_last_fold_forgotten(m, k):
    return array_split(m, k)[: k - 1]


@wrong("fold_indices", "last fold comes first")
def from_the_last(m, k):
    return array_split(m, k)[::-1]


@wrong("fold_indices", "need not be a multiple of k")
def split_equally(m, k):
    parts = np.split(np.arange(m), k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]


@wrong("fold_indices", "for good")
def popped_for_good(m, k):
    parts, folds = np.array_split(np.arange(m), k), []
    for i in range(k):
        held = parts.pop(i)
        folds.append((np.concatenate(parts), held))
    return folds


@wrong("fold_indices", "validation are exchanged")
def exchanged_and_the_rest_lost(m, k):
    return [(held, train) for train, held in remainder_lost(m, k)]


@wrong("fold_indices", "all k pairs are the same")
def the_last_one_k_times(m, k):
    pair = []
    folds = []
    for train, held in array_split(m, k):
        pair[:] = [train, held]
        folds.append(pair)
    return folds


equal(
    "fold_indices",
    TYPE,
    "lists_by_hand: list(range(start, stop)) -> range(start, stop)",
    "set_difference: np.array(list(everything - set(held))) -> list(everything - set(held))",
    "masks: m // k -> m / k",
    "deleted_and_yielded: np.arange(m, dtype=np.int16) -> np.arange(m)",
    "in_any_order_within_a_part: np.arange(m, dtype=np.uint8) -> np.arange(m)",
)
equal("fold_indices", "the last end is not used", "ranges: 1 -> 2")
equal(
    "fold_indices",
    "the order within a part is free",
    "in_any_order_within_a_part: ::-1 -> :",
    "in_any_order_within_a_part: -1 -> 1",
)


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


record("best_mean", "no error was taken away", lambda scores, best: 0)
record("standard_deviation", "whole standard deviation", lambda scores, best: scores[best].std(ddof=1))
record("divided_by_n", "divides by n - 1", lambda scores, best: scores[best].std() / np.sqrt(scores.shape[1]))
record("no_square_root", "square root of the number", lambda scores, best: scores[best].std(ddof=1) / scores.shape[1])
record("each_its_own_error", "a bar of its own", lambda s, b: s.std(axis=1, ddof=1) / np.sqrt(s.shape[1]))
record("the_last_within", "last setting within the bar", standard, first=False)


@wrong("one_standard_error", "from the worst setting")
def smallest_mean(scores):
    means = scores.mean(axis=1)
    return np.flatnonzero(means <= means.min() + standard(scores, means.argmin()))[0]


@wrong("one_standard_error", "one value for each setting")
def mask(scores):
    means = scores.mean(axis=1)
    return means >= means.max() - standard(scores, means.argmax())


@wrong("one_standard_error", "mean score of the setting")
def the_mean_itself(scores):
    return scores.mean(axis=1)[vectorised(scores)]


@wrong("one_standard_error", "this is the bar")
def the_bar(scores):
    means = scores.mean(axis=1)
    return means.max() - standard(scores, means.argmax())


@wrong("one_standard_error", "all settings within the bar")
def all_within(scores):
    return np.flatnonzero(mask(scores))


@wrong("one_standard_error", "`return`")
def printed(scores):
    print(vectorised(scores))


@wrong("one_standard_error", "beyond the end of axis 0")
def means_along_the_wrong_axis(scores):
    means = scores.mean(axis=0)
    return means[len(scores) - 1]


class Rule:
    """The rule as an object."""

    def __call__(self, scores):
        means, spread = np.mean(scores, axis=-1), np.std(scores, axis=-1, ddof=1)
        best = np.argmax(means)
        return np.argmax(means >= means[best] - spread[best] / np.sqrt(np.shape(scores)[-1]))


right("one_standard_error")(named("rule_object", Rule()))
right("one_standard_error")(named("rule_partial", partial(lambda f, scores: f(scores.astype(np.float32)), vectorised)))


@right("one_standard_error")
def from_the_matrix_in_column_order(scores):
    M = np.matrix(np.asfortranarray(scores))
    means = np.asarray(M.mean(axis=1)).ravel()
    best = int(means.argmax())
    return min(i for i in range(len(means)) if means[i] >= means[best] - np.std(scores[best]) / (M.shape[1] - 1) ** 0.5)


record("of_the_settings", "number of settings", lambda s, b: s[b].std(ddof=1) / np.sqrt(len(s)))
record("the_variance", "the variance", lambda s, b: s[b].var(ddof=1) / s.shape[1])
record("spread_of_the_means", "spread of the means", lambda s, b: s.mean(axis=1).std(ddof=1) / np.sqrt(s.shape[1]))
record("spread_of_all", "all numbers of the table", lambda s, b: s.std(ddof=1) / np.sqrt(s.shape[1]))
record("mean_error", "mean of all errors", lambda s, b: s.std(axis=1, ddof=1).mean() / np.sqrt(s.shape[1]))
record("two_errors", "more than one standard error", lambda s, b: 2 * standard(s, b))
record("one_point", "a fixed amount", lambda s, b: 0.01)
record("n_minus_1_twice", "once too often", lambda s, b: s[b].std(ddof=1) / np.sqrt(s.shape[1] - 1))
record("error_of_the_last", "the first or the last setting", lambda s, b: standard(s, -1))


@wrong("one_standard_error", ">=")
def only_above_the_bar(scores):
    means = scores.mean(axis=1)
    return np.flatnonzero(means > means.max() - standard(scores, means.argmax()))[0]


@wrong("one_standard_error", "below it: subtract")
def error_added(scores):
    means = scores.mean(axis=1)
    return np.argmax(means >= means.max() + standard(scores, means.argmax()))


@wrong("one_standard_error", "below the bar")
def below_the_bar(scores):
    means = scores.mean(axis=1)
    return np.flatnonzero(means <= means.max() - standard(scores, means.argmax()))[0]


@wrong("one_standard_error", "counts from 1")
def from_one(scores):
    return vectorised(scores) + 1


@wrong("one_standard_error", "axis=1")
def means_of_the_folds(scores):
    means = scores.mean(axis=0)
    best = means.argmax()
    bar = means[best] - scores[best].std(ddof=1) / np.sqrt(scores.shape[1])
    return np.flatnonzero(means >= bar)[0]


@wrong("one_standard_error", "in a list or an array")
def still_in_an_array(scores):
    means = scores.mean(axis=1)
    return np.argwhere(means >= means.max() - standard(scores, means.argmax()))[0]


@wrong("one_standard_error", "goes back")
def backwards_from_the_best(scores):
    means = scores.mean(axis=1)
    i = best = means.argmax()
    while i > 0 and means[i - 1] >= means[best] - standard(scores, best):
        i -= 1
    return i


@wrong("one_standard_error", "largest single score")
def best_single_score(scores):
    means, best = scores.mean(axis=1), scores.max(axis=1).argmax()
    return np.flatnonzero(means >= means[best] - standard(scores, best))[0]


@wrong("one_standard_error", "medians")
def medians(scores):
    middle = np.median(scores, axis=1)
    return np.flatnonzero(middle >= middle.max() - standard(scores, middle.argmax()))[0]


@wrong("one_standard_error", "last setting within the bar")
def ddof_0_and_the_last(scores):
    means = scores.mean(axis=1)
    return np.flatnonzero(means >= means.max() - scores[means.argmax()].std() / np.sqrt(scores.shape[1]))[-1]


@wrong("one_standard_error", "how many settings")
def counted(scores):
    return mask(scores).sum()


equal(
    "one_standard_error",
    TYPE,
    "argmax_of_a_comparison: np.asarray(scores, dtype=np.longdouble) -> np.asarray(scores)",
    "argmax_of_a_comparison: np.asarray(scores, dtype=np.longdouble) -> scores",
    "argmax_of_a_comparison: float(np.argmax(means + errors[np.argmax(means)] >= means.max() - 1e-12)) -> "
    "np.argmax(means + errors[np.argmax(means)] >= means.max() - 1e-12)",
    "as_a_list_of_rows: scores.tolist() -> scores",
)
equal(
    "one_standard_error",
    "only rounding lies between the two",
    "argmax_of_a_comparison: means + errors[np.argmax(means)] >= means.max() - 1e-12 -> "
    "means + errors[np.argmax(means)] > means.max() - 1e-12",
    "argmax_of_a_comparison: 1e-12 -> 2e-12",
    "argmax_of_a_comparison: means.max() - 1e-12 -> means.max()",
    "argmax_of_a_comparison: 1e-12 -> 0.0",
)
equal(
    "one_standard_error",
    "among equal means any may be called the best, if their spreads are equal too",
    "as_a_list_of_rows: max(rows, key=lambda row: row[0]) -> max(rows)",
)
equal(
    "one_standard_error",
    "a square has no sign",
    "loop_with_the_variance_written_out: v - means[best] -> means[best] - v",
)
equal(
    "one_standard_error",
    "if the first row is the best, any bar from a later row is below it too",
    "loop_with_the_variance_written_out: range(len(means)) -> range(0 + 1, len(means))",
)
equal(
    "one_standard_error",
    TYPE,
    "from_the_matrix_in_column_order: np.matrix(np.asfortranarray(scores)) -> np.asfortranarray(scores)",
    "from_the_matrix_in_column_order: np.asfortranarray(scores) -> scores",
    "from_the_matrix_in_column_order: np.asarray(M.mean(axis=1)).ravel() -> np.asarray(M.mean(axis=1))",
    "from_the_matrix_in_column_order: int(means.argmax()) -> means.argmax()",
)
