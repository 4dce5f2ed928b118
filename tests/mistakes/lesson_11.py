"""Answers to the exercises of notebook 11, Fashion-MNIST."""

import numpy as np

from tests.mistakes import right, wrong


def named(name, function):
    """Give a callable a name, where it has none of its own."""

    def call(*inputs):
        return function(*inputs)

    call.__name__ = name
    return call


# read_batches

READ = "read_batches"


@right(READ)
def generator_with_slices(X, y, order, batch_size):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows] / 255, y[rows]


@right(READ)
def list_in_float32(X, y, order, batch_size):
    X, y = X[order].astype(np.float32) / 255, y[order]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(order), batch_size)]


@right(READ)
def while_rows_are_left(X, y, order, batch_size):
    left = list(order)
    while left:
        rows, left = left[:batch_size], left[batch_size:]
        yield np.multiply(X[rows], 1 / 255), y[rows]


@right(READ)
def one_example_at_a_time(X, y, order, batch_size):
    images, labels = [], []
    for i in order:
        images.append([float(pixel) / 255 for pixel in X[i]])
        labels.append(int(y[i]))
        if len(labels) == batch_size:
            yield images, labels
            images, labels = [], []
    if labels:
        yield images, labels


@right(READ)
def split_at_places(X, y, order, batch_size):
    parts = np.split(order, range(batch_size, len(order), batch_size))
    return tuple([X[rows].astype("f8") / 255.0, y[rows]] for rows in parts)


@wrong(READ, "The last, shorter batch is lost")
def full_batches_only(X, y, order, batch_size):
    for j in range(len(order) // batch_size):
        rows = order[j * batch_size : (j + 1) * batch_size]
        yield X[rows] / 255, y[rows]


@wrong(READ, "still go from 0 to 255")
def as_floats(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield X[rows].astype(np.float32), y[rows]


@wrong(READ, "divided by 256")
def divided_by_256(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        yield X[order[i : i + batch_size]] / 256, y[order[i : i + batch_size]]


@wrong(READ, "to whole numbers")
def back_to_uint8(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield (X[rows] / 255).astype(np.uint8), y[rows]


@wrong(READ, "The order is not used")
def in_the_order_of_the_file(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        yield X[i : min(i + batch_size, len(order))] / 255, y[i : min(i + batch_size, len(order))]


@wrong(READ, "the images follow the order and the labels do not")
def images_shuffled_alone(X, y, order, batch_size):
    X = X[order] / 255
    for i in range(0, len(order), batch_size):
        part = X[i : i + batch_size]
        yield part, y[i : i + len(part)]


@wrong(READ, "`yield` goes on")
def returned_in_the_loop(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        return [(X[rows] / 255, y[rows])]


@wrong(READ, "divided by the largest one of the batch")
def by_the_largest_of_the_batch(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield X[rows] / X[rows].max(), y[rows]


@wrong(READ, "its largest 1")
def min_max_of_the_set(X, y, order, batch_size):
    low, high = int(X.min()), int(X.max())
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield (X[rows].astype(float) - low) / (high - low), y[rows]


@wrong(READ, "of about equal size")
def array_split_by_number(X, y, order, batch_size):
    for rows in np.array_split(order, -(-len(order) // batch_size)):
        yield X[rows] / 255, y[rows]


@wrong(READ, "goes on for ever")
def begins_again(X, y, order, batch_size):
    while True:
        for i in range(0, len(order), batch_size):
            rows = order[i : i + batch_size]
            yield X[rows] / 255, y[rows]


@wrong(READ, "a pair (images, labels) for each batch")
def images_without_labels(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        yield X[order[i : i + batch_size]] / 255


@wrong(READ, "labels were divided by 255")
def all_divided(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield tuple(A[rows] / 255 for A in (X, y))


@wrong(READ, "uint8 holds no fractions")
def divided_in_place(X, y, order, batch_size):
    X /= 255
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield X[rows], y[rows]


# which_data

WHICH = "which_data"


@right(WHICH)
def b():
    return "b"


@right(WHICH)
def capital_in_brackets():
    return "(B)"


@right(WHICH)
def with_a_dot():
    answer = " b."
    return answer


right(WHICH)(named("letter_lambda", lambda: "abc"[1]))


@wrong(WHICH, "The names prove nothing")
def the_names_say_so():
    return "a"


@wrong(WHICH, "The names prove nothing")
def the_names_in_brackets():
    return "(A)"


@wrong(WHICH, "Clothes fill about half of the image")
def the_names_with_a_dot():
    return " a. "


@wrong(WHICH, "into 255")
def inverted_clothes():
    return "c"


@wrong(WHICH, "which of the two would be high")
def inverted_in_capitals():
    return "C"


@wrong(WHICH, "fewer than 2000")
def the_stand_in():
    return "d"


@wrong(WHICH, "this set has 60000")
def the_stand_in_in_brackets():
    return "(d)"


@wrong(WHICH, "changes neither the mean")
def shuffled():
    return "e"


@wrong(WHICH, "one of the letters a, b, c, d, e")
def in_words():
    return "MNIST"


@wrong(WHICH, "one of the letters a, b, c, d, e")
def a_number():
    return 2


# most_wrong

WORST = "most_wrong"


@right(WORST)
def argsort_of_the_losses(P, y, count):
    losses = -np.log(P[np.arange(len(y)), y])
    return np.argsort(losses)[::-1][:count]


@right(WORST)
def lowest_probability_first(P, y, count):
    return P[range(len(y)), y].argsort()[:count]


@right(WORST)
def sorted_pairs(P, y, count):
    pairs = sorted((float(P[i][y[i]]), i) for i in range(len(y)))
    return [i for _, i in pairs[:count]]


@right(WORST)
def one_hot_and_a_selection(P, y, count):
    p = (P * np.eye(P.shape[1])[y]).sum(axis=1)
    return tuple(int(i) for i in np.argsort(p, kind="stable"))[:count]


@right(WORST)
def one_largest_after_the_other(P, y, count):
    p, found = np.take_along_axis(P, y[:, None].astype(int), axis=1)[:, 0].copy(), []
    for _ in range(count):
        found.append(p.argmin())
        p[found[-1]] = 2
    return np.array(found)


@wrong(WORST, "That is doubt, not error")
def least_sure(P, y, count):
    return np.argsort(P.max(axis=1))[:count]


@wrong(WORST, "the highest loss last")
def end_of_the_sorted(P, y, count):
    return np.argsort(-np.log(P[np.arange(len(y)), y]))[-count:]


@wrong(WORST, "These are the lowest losses")
def lowest_losses(P, y, count):
    return np.argsort(-np.log(P[np.arange(len(y)), y]))[:count]


@wrong(WORST, "knows nothing of the label")
def entropies(P, y, count):
    with np.errstate(all="ignore"):
        H = -np.nansum(P * np.log(P), axis=1)
    return np.argsort(-H)[:count]


@wrong(WORST, "These are the losses")
def sorted_losses(P, y, count):
    return np.sort(-np.log(P[np.arange(len(y)), y]))[::-1][:count]


@wrong(WORST, "Only wrongly classified examples")
def only_the_errors(P, y, count):
    wrong_ones = np.where(P.argmax(axis=1) != y)[0]
    losses = -np.log(P[wrong_ones, y[wrong_ones]])
    return wrong_ones[np.argsort(-losses)][:count]


@wrong(WORST, "sorted by their places")
def places_sorted(P, y, count):
    return sorted(np.argsort(P[np.arange(len(y)), y])[:count])


@wrong(WORST, "of which the model is surest")
def surest(P, y, count):
    return np.argsort(-P.max(axis=1))[:count]


@wrong(WORST, "These are the labels")
def labels_of_the_worst(P, y, count):
    return y[np.argsort(P[np.arange(len(y)), y])[:count]]


@wrong(WORST, "The highest loss is missing")
def from_the_second(P, y, count):
    return np.argsort(P[np.arange(len(y)), y])[1 : count + 1]


@wrong(WORST, "All examples came back")
def count_forgotten(P, y, count):
    return np.argsort(P[np.arange(len(y)), y])


@wrong(WORST, "counted from 1")
def counted_from_one(P, y, count):
    return np.argsort(P[np.arange(len(y)), y])[:count] + 1


@wrong(WORST, "class 0")
def first_column(P, y, count):
    return np.argsort(P[:, 0])[:count]


@wrong(WORST, "another measure")
def distance_to_the_best(P, y, count):
    return np.argsort(P[np.arange(len(y)), y] - P.max(axis=1), kind="stable")[:count]
