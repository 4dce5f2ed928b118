"""Answers to the exercises of notebook 11, Fashion-MNIST."""

import numpy as np

from tests.mistakes import equal, right, wrong


def named(name, function):
    """Give a callable a name, where it has none of its own."""

    def call(*inputs):
        return function(*inputs)

    call.__name__ = name
    return call


# read_batches

# what was met later


@wrong("read_batches", "Is there a `return` inside the loop")
def one_pair_returned(X, y, order, batch_size):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        return X[rows] / 255, y[rows]


@wrong("read_batches", "the images come first, then the labels")
def labels_before_images(X, y, order, batch_size):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield y[rows], X[rows] / 255


@wrong("read_batches", "the last batch goes on beyond")
def slices_of_the_data(X, y, order, batch_size):
    for start in range(0, len(order), batch_size):
        yield X[start : start + batch_size] / 255, y[start : start + batch_size]


@wrong("read_batches", "uint8 holds no fractions")
def batch_divided_in_place(X, y, order, batch_size):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        images = X[rows]
        images /= 255
        yield images, y[rows]


@wrong("channels_first", "There are four axes, 0 to 3")
def transposed_as_one_image(images):
    return np.transpose(images, (2, 0, 1))


@wrong("channels_first", "The axes stand in another order")
def images_and_rows_exchanged(images):
    return images.transpose(1, 3, 0, 2)


@wrong("channels_first", "The channels were joined along the rows")
def channels_concatenated(images):
    return np.concatenate([images[..., j] for j in range(images.shape[-1])], axis=1)


@wrong("most_wrong", "it takes the columns of all labels in every row")
def columns_of_labels(P, y, count):
    return np.argsort(-np.log(P[:, y]), axis=0)[::-1][:count]


@wrong("most_wrong", "takes labels for rows")
def indices_exchanged(P, y, count):
    return np.argsort(-np.log(P[y, np.arange(len(y))]))[::-1][:count]


@wrong("most_wrong", "This is the squared error")
def squared_errors(P, y, count):
    Y = np.eye(P.shape[1])[y]
    return np.argsort(-((P - Y) ** 2).sum(axis=1))[:count]


@wrong("most_wrong", "Return the places alone")
def places_and_losses(P, y, count):
    losses = -np.log(np.maximum(P[np.arange(len(y)), y], 1e-300))
    places = np.argsort(-losses)[:count]
    with np.errstate(divide="ignore"):
        return places, -np.log(P[places, y[places]])


@wrong("most_wrong", "These are rows of P")
def rows_of_p(P, y, count):
    return P[np.argsort(P[np.arange(len(y)), y])[:count]]


@wrong("most_wrong", "says of each example whether it is among them")
def mask_of_the_worst(P, y, count):
    mask = np.zeros(len(y), bool)
    mask[np.argsort(P[np.arange(len(y)), y])[:count]] = True
    return mask


def _batch_parts(W, b, A, labels):
    """Return the mean loss and P - Y, for the answers below."""
    Z = A @ W + b
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(len(labels)), labels]).mean()
    P[np.arange(len(labels)), labels] -= 1
    return loss, P


@wrong("minibatch_step", "the logarithm of a negative number")
def loss_read_too_late(W, b, A, labels, rate):
    D = _batch_parts(W, b, A, labels)[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = -np.log(D[np.arange(len(labels)), labels]).mean()
    return loss, W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)


@wrong("minibatch_step", "labels are subtracted as numbers")
def labels_as_a_column(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    D[np.arange(len(labels)), labels] += 1
    D = D - labels.reshape(-1, 1)
    return loss, W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)


@wrong("minibatch_step", "1 was taken away in the wrong rows")
def labels_as_rows(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    D[np.arange(len(labels)), labels] += 1
    D[labels, np.arange(len(labels))] -= 1
    return loss, W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)


@wrong("minibatch_step", "it became a row of a matrix")
def bias_as_a_row(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    return loss, W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0, keepdims=True)


@wrong("minibatch_step", "averaged across")
def bias_averaged_across(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    return loss, W - rate * A.T @ D / len(A), b - rate * D.mean(axis=1)


@wrong("minibatch_step", "the number of classes divides")
def bias_over_all_entries(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    return loss, W - rate * A.T @ D / len(A), b - rate * D.sum(axis=0) / D.size


@wrong("minibatch_step", "cannot put fractions into them")
def moved_in_place(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    W -= rate * A.T @ D / len(A)
    b -= rate * D.mean(axis=0)
    return loss, W, b


@wrong("minibatch_step", "it is loss, W, b")
def loss_at_the_end(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    return W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0), loss


@wrong("minibatch_step", "Some results are missing")
def step_without_loss(W, b, A, labels, rate):
    D = _batch_parts(W, b, A, labels)[1]
    return W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)


@wrong("minibatch_step", "Look at dW: it is transposed")
def gradient_turned(W, b, A, labels, rate):
    loss, D = _batch_parts(W, b, A, labels)
    return loss, W - rate * D.T @ A / len(A), b - rate * D.mean(axis=0)


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


@wrong(READ, "Each batch is one array only")
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


# channels_first

CHANNELS = "channels_first"


@right(CHANNELS)
def transposed(images):
    return images.transpose(0, 3, 1, 2)


@right(CHANNELS)
def axis_moved(images):
    return np.moveaxis(images, 3, 1)


@right(CHANNELS)
def swapped_twice(images):
    return np.swapaxes(np.swapaxes(images, 1, 3), 2, 3)


@right(CHANNELS)
def channel_by_channel(images):
    return np.stack([images[..., j] for j in range(images.shape[-1])], axis=1)


@right(CHANNELS)
def filled_pixel_by_pixel(images):
    m, h, w, c = images.shape
    out = np.zeros((m, c, h, w), images.dtype)
    for i, r, s, j in np.ndindex(m, h, w, c):
        out[i, j, r, s] = images[i, r, s, j]
    return out


@right(CHANNELS)
def by_einsum(images):
    return np.einsum("mhwc->mchw", images)


@wrong(CHANNELS, "reshape never moves an axis")
def as_the_friend_wrote_it(images):
    m, height, width, channels = images.shape
    return images.reshape(m, channels, height, width)


@wrong(CHANNELS, "reshape never moves an axis")
def reshaped_with_minus_one(images):
    return np.reshape(images, (len(images), images.shape[3], images.shape[1], -1))


@wrong(CHANNELS, "each picture is turned")
def swapped_once(images):
    return images.swapaxes(1, 3)


@wrong(CHANNELS, "each picture is turned")
def transposed_backwards(images):
    return np.transpose(images, (0, 3, 2, 1))


@wrong(CHANNELS, "that of the images too")
def all_turned(images):
    return images.T


@wrong(CHANNELS, "still after the rows")
def moved_by_one(images):
    return np.moveaxis(images, -1, -2)


@wrong(CHANNELS, "before the images")
def moved_to_the_front(images):
    return np.moveaxis(images, -1, 0)


@wrong(CHANNELS, "came back as they were")
def unchanged(images):
    return images


@wrong(CHANNELS, "hid that height and width were turned")
def swapped_then_reshaped(images):
    m, h, w, c = images.shape
    return images.swapaxes(1, 3).reshape(m, c, h, w)


@wrong(CHANNELS, "Another order of cutting")
def reshaped_in_fortrans_order(images):
    m, h, w, c = images.shape
    return images.reshape((m, c, h, w), order="F")


@wrong(CHANNELS, "divided by 255")
def scaled_as_well(images):
    return np.moveaxis(images, -1, 1) / 255


@wrong(CHANNELS, "red became blue")
def channels_backwards(images):
    return np.moveaxis(images[..., ::-1], -1, 1)


@wrong(CHANNELS, "Only the first channel came back")
def first_channel_alone(images):
    return images[:, np.newaxis, :, :, 0]


@wrong(CHANNELS, "Only the first image came back")
def returned_in_the_first_turn(images):
    for image in images:
        return image.transpose(2, 0, 1)


@wrong(CHANNELS, "transpose needs each of them once")
def transpose_of_three_axes(images):
    return images.transpose(2, 0, 1)


# minibatch_step

STEP = "minibatch_step"


def softmax(Z):
    """Return softmax row by row, as the page's own."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def difference(W, b, A, labels):
    """Return P and P - Y."""
    P = softmax(A @ W + b)
    D = P.copy()
    D[np.arange(len(labels)), labels] -= 1
    return P, D


def mean_loss(P, labels):
    """Return the mean cross-entropy."""
    return -np.log(P[np.arange(len(labels)), labels]).mean()


@right(STEP)
def true_class_minus_one(W, b, A, labels, rate):
    P = softmax(A @ W + b)
    loss = -np.log(P[np.arange(len(labels)), labels]).mean()
    P[np.arange(len(labels)), labels] -= 1
    return loss, W - rate * A.T @ P / len(labels), b - rate * P.mean(axis=0)


@right(STEP)
def with_one_hot(W, b, A, labels, rate):
    Y, P = np.eye(len(b))[labels], softmax(A @ W + b)
    dZ = (P - Y) / len(A)
    return -(Y * np.log(np.where(Y > 0, P, 1))).sum() / len(A), W - rate * (A.T @ dZ), b - rate * dZ.sum(0)


@right(STEP)
def bias_as_a_row_of_weights(W, b, A, labels, rate):
    V, X = np.vstack([W, b]).astype(float), np.column_stack([A, np.ones(len(A))])
    P = softmax(X @ V)
    loss = -np.log(P[range(len(labels)), labels]).mean()
    P[range(len(labels)), labels] -= 1
    V = V - rate / len(A) * X.T @ P
    return loss, V[:-1], V[-1]


@right(STEP)
def log_softmax_and_a_loop(W, b, A, labels, rate):
    Z = A @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    L = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    dW, db, loss = np.zeros(W.shape), np.zeros(b.shape), 0.0
    for i, label in enumerate(labels):
        d = np.exp(L[i])
        d[label] -= 1
        dW, db, loss = dW + np.outer(A[i], d) / len(A), db + d / len(A), loss - L[i, label] / len(A)
    return [loss, W - rate * dW, b - rate * db]


@right(STEP)
def by_einsum_and_ones(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    dW = np.einsum("bn,bk->nk", A, D) / len(A)
    return mean_loss(P, labels), W - rate * dW, b - rate * (np.ones(len(A)) @ D) / len(A)


@wrong(STEP, "look at b: it did not move")
def bias_forgotten(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D / len(A), b


@wrong(STEP, "look at b: it moves by the sum over the batch")
def bias_by_the_sum(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D / len(A), b - rate * D.sum(axis=0)


@wrong(STEP, "each row of P - Y sums to 0")
def bias_by_one_number(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D / len(A), b - rate * D.mean()


@wrong(STEP, "made of P - Y alone")
def bias_from_the_weights(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    dW = A.T @ D / len(A)
    return mean_loss(P, labels), W - rate * dW, b - rate * dW.mean(axis=0)


@wrong(STEP, "only the first example counts")
def bias_of_the_first_example(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D / len(A), b - rate * D[0]


@wrong(STEP, "taken at the new W")
def bias_after_the_weights(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    loss = mean_loss(P, labels)
    W = W - rate * A.T @ D / len(A)
    return loss, W, b - rate * difference(W, b, A, labels)[1].mean(axis=0)


@wrong(STEP, "B times too long")
def sums_for_means(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D, b - rate * D.sum(axis=0)


@wrong(STEP, "look at W: it moves by the sum over the batch")
def weights_by_the_sum(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D, b - rate * D.mean(axis=0)


@wrong(STEP, "they go up")
def upwards(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W + rate * A.T @ D / len(A), b + rate * D.mean(axis=0)


@wrong(STEP, "the 1 of the true class was not taken away")
def labels_forgotten(W, b, A, labels, rate):
    P, _ = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ P / len(A), b - rate * P.mean(axis=0)


@wrong(STEP, "from every class")
def one_taken_from_all(W, b, A, labels, rate):
    P, _ = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ (P - 1) / len(A), b - rate * (P - 1).mean(axis=0)


@wrong(STEP, "taken after the step")
def loss_after_the_step(W, b, A, labels, rate):
    _, D = difference(W, b, A, labels)
    W, b = W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)
    return mean_loss(softmax(A @ W + b), labels), W, b


@wrong(STEP, "this is the sum over the batch")
def loss_summed(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return len(A) * mean_loss(P, labels), W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)


@wrong(STEP, "the minus sign is missing")
def loss_without_minus(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return -mean_loss(P, labels), W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)


@wrong(STEP, "b is missing in them")
def scores_without_bias(W, b, A, labels, rate):
    P, D = difference(W, 0 * b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D / len(A), b - rate * D.mean(axis=0)


@wrong(STEP, "overflow")
def softmax_without_shift(W, b, A, labels, rate):
    E = np.exp(A @ W + b)
    P = E / E.sum(axis=1, keepdims=True)
    loss = mean_loss(P, labels)
    P[np.arange(len(labels)), labels] -= 1
    return loss, W - rate * A.T @ P / len(labels), b - rate * P.mean(axis=0)


@wrong(STEP, "the rate is missing")
def rate_forgotten(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - A.T @ D / len(A), b - D.mean(axis=0)


@wrong(STEP, "It would also change the caller's")
def changed_in_place(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    W -= rate * A.T @ D / len(A)
    b -= rate * D.mean(axis=0)
    return mean_loss(P, labels), W, b


@wrong(STEP, "A is not transposed")
def product_the_wrong_way_round(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A @ D / len(A), b - rate * D.mean(axis=0)


@wrong(STEP, "divided by B times k")
def mean_over_all_entries(W, b, A, labels, rate):
    P, D = difference(W, b, A, labels)
    return mean_loss(P, labels), W - rate * A.T @ D / D.size, b - rate * D.sum(axis=0) / D.size


@wrong(STEP, "down the columns")
def softmax_down_the_columns(W, b, A, labels, rate):
    P = softmax((A @ W + b).T).T
    loss = mean_loss(P, labels)
    P[np.arange(len(labels)), labels] -= 1
    return loss, W - rate * A.T @ P / len(labels), b - rate * P.mean(axis=0)


@wrong(STEP, "largest score of the whole batch")
def shift_of_the_whole_batch(W, b, A, labels, rate):
    Z = A @ W + b
    E = np.exp(Z - Z.max())
    P = E / E.sum(axis=1, keepdims=True)
    loss = mean_loss(P, labels)
    P[np.arange(len(labels)), labels] -= 1
    return loss, W - rate * A.T @ P / len(labels), b - rate * P.mean(axis=0)


# mutants that are right

TYPE = "the same numbers in another container or precision"
LOG = "the logarithm of 1 is 0, and the factor Y is 0 where another number stands"
ORDER = "the order is the same, since no two losses are equal"
TAKEN = "a number above every probability is never the least, and take_along_axis makes one new column"


def softmax_of(Z):
    """Help the answers below."""
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True)


def parts(W, b, A, labels):
    """Help the answers below."""
    r = np.arange(len(labels))
    P = softmax_of(A @ W + b)
    cost = -np.log(np.maximum(P[r, labels], 1e-300)).mean()
    G = P.copy()
    G[r, labels] -= 1
    return (cost, G, P, r)


@wrong("read_batches", "the rest was shared out among them, so they are too large")
def array_split(X, y, order, batch_size):
    for rows in np.array_split(order, max(1, len(order) // batch_size)):
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "There is a batch with no rows at the end")
def with_enumerate(X, y, order, batch_size):
    for i in range(len(order) // batch_size + 1):
        rows = order[i * batch_size : (i + 1) * batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "There is a batch with no rows at the end")
def lenX(X, y, order, batch_size):
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "all rows of X come as they lie")
def X_all(X, y, order, batch_size):
    o = np.arange(len(X))
    for i in range(0, len(X), batch_size):
        rows = o[i : i + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "The order was sorted first")
def sortedall(X, y, order, batch_size):
    order = np.sort(order)
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "the places that sort it")
def argsort(X, y, order, batch_size):
    order = np.argsort(order)
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "The mean of the batch was taken away")
def meanonly(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        A = X[rows] / 255
        yield (A - A.mean(0), y[rows])


@wrong("read_batches", "the labels are a slice of y")
def slice_x(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        yield (X[order][i : i + batch_size] / 255, y[i : i + batch_size])


@wrong("read_batches", "Each batch begins one row after the last one began")
def imul(X, y, order, batch_size):
    n = int(np.ceil(len(order) / batch_size))
    for i in range(n):
        rows = order[i : i + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "The first batch is missing")
def from1(X, y, order, batch_size):
    n = int(np.ceil(len(order) / batch_size))
    for i in range(1, n + 1):
        rows = order[i * batch_size : (i + 1) * batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "The first batch is missing")
def from1n(X, y, order, batch_size):
    n = int(np.ceil(len(order) / batch_size))
    for i in range(1, n):
        rows = order[i * batch_size : (i + 1) * batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "The order was read from its end")
def with_reversed(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[::-1][i : i + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "There is a batch with no rows at the end")
def emptylast(X, y, order, batch_size):
    for i in range(0, len(order) + 1, batch_size):
        rows = order[i : i + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "The last batch was filled up with rows that were read")
def fillback(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        j = min(i, max(len(order) - batch_size, 0))
        rows = order[j : j + batch_size]
        yield (X[rows] / 255, y[rows])


@wrong("read_batches", "These are row numbers and no labels")
def rows_labels(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield (X[rows] / 255, rows)


@wrong("channels_first", "(m, w, c, h)")
def roll(images):
    return np.rollaxis(images, 1, 4)


@wrong("channels_first", "(m, w, c, h)")
def with_1m1(images):
    return np.moveaxis(images, 1, -1)


@wrong("channels_first", "(m, w, c, h)")
def with_0231(images):
    return images.transpose(0, 2, 3, 1)


@wrong("channels_first", "Only the first images are filled, and the rest is 0")
def loopret(images):
    m, h, wd, c = images.shape
    out = np.zeros((m, c, h, wd))
    for i in range(m):
        for j in range(c):
            out[i, j] = images[i, :, :, j]
        return out


@wrong("channels_first", "Only the first images are filled, and the rest is 0")
def loopret2(images):
    m, h, wd, c = images.shape
    out = np.zeros((m, c, h, wd))
    for i in range(m):
        for j in range(c):
            out[i, j] = images[i, :, :, j]
            return out


@wrong("channels_first", "The first channel is 0")
def loopoff(images):
    m, h, wd, c = images.shape
    out = np.zeros((m, c, h, wd))
    for j in range(1, c):
        out[:, j] = images[..., j]
    return out


@wrong("channels_first", "images[..., -j]")
def looprev(images):
    m, h, wd, c = images.shape
    out = np.zeros((m, c, h, wd))
    for j in range(c):
        out[:, j] = images[..., -j]
    return out


@wrong("channels_first", "The pictures are mirrored")
def fliplr(images):
    return np.moveaxis(images[:, :, ::-1], -1, 1)


@wrong("channels_first", "the numbers became bytes")
def uint8(images):
    return np.moveaxis(images, -1, 1).astype(np.uint8)


@wrong("channels_first", "The numbers stayed in their order and were cut anew, so")
def reshape_then_swap(images):
    m, h, wd, c = images.shape
    return images.reshape(m, c, wd, h).swapaxes(2, 3)


@wrong("channels_first", "The numbers stayed in their order and were cut anew, so")
def ravelT(images):
    m, h, wd, c = images.shape
    return images.reshape(m, -1).T.reshape(m, c, h, wd)


@wrong("minibatch_step", "The loss is right; these are the gradients")
def grads(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    return (cost, A.T @ G / len(A), G.mean(0))


@wrong("minibatch_step", "its gradient was taken at the new b")
def W_after_b(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    b = b - rate * G.mean(0)
    G2 = parts(W, b, A, labels)[1]
    return (cost, W - rate * A.T @ G2 / len(A), b)


@wrong("minibatch_step", "Softmax was taken over the whole batch")
def sumall(W, b, A, labels, rate):
    Z = A @ W + b
    E = np.exp(Z - Z.max(1, keepdims=True))
    P = E / E.sum()
    r = np.arange(len(labels))
    cost = -np.log(P[r, labels]).mean()
    P[r, labels] -= 1
    return (cost, W - rate * A.T @ P / len(A), b - rate * P.mean(0))


@wrong("minibatch_step", "its step is divided by B times k")
def dW_mean_k(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    return (cost, W - rate * A.T @ G / G.size, b - rate * G.mean(0))


@wrong("minibatch_step", "its step is divided by the number of features")
def over_n(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    return (cost, W - rate * A.T @ G / A.shape[1], b - rate * G.mean(0))


@wrong("minibatch_step", "they are divided by the number of classes")
def over_k(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    return (cost, W - rate * A.T @ G / W.shape[1], b - rate * G.sum(0) / W.shape[1])


@wrong("minibatch_step", "it was taken of P after the 1 was taken away")
def mutP(W, b, A, labels, rate):
    r = np.arange(len(labels))
    P = softmax_of(A @ W + b)
    P[r, labels] -= 1
    cost = -np.log(np.abs(P[r, labels])).mean()
    return (cost, W - rate * A.T @ P / len(A), b - rate * P.mean(0))


@wrong("minibatch_step", "this is a mean of squares")
def mse(W, b, A, labels, rate):
    r = np.arange(len(labels))
    P = softmax_of(A @ W + b)
    G = P.copy()
    G[r, labels] -= 1
    return ((G**2).mean(), W - rate * A.T @ G / len(A), b - rate * G.mean(0))


@wrong("minibatch_step", "P[:, labels] takes the columns of all labels in every row")
def col(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    return (-np.log(P[:, labels]).mean(), W - rate * A.T @ G / len(A), b - rate * G.mean(0))


@wrong("minibatch_step", "1 was taken away from whole columns")
def Gcol(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    G = P.copy()
    G[:, labels] -= 1
    return (cost, W - rate * A.T @ G / len(A), b - rate * G.mean(0))


@wrong("minibatch_step", "this is -log of the largest probability")
def lossmax(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    return (-np.log(P.max(1)).mean(), W - rate * A.T @ G / len(A), b - rate * G.mean(0))


@wrong("minibatch_step", "a part of W itself was subtracted too")
def decay(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A, labels)
    return (cost, W - rate * (A.T @ G / len(A) + W), b - rate * G.mean(0))


@wrong("minibatch_step", "each example moves them before the next one is read")
def perexample(W, b, A, labels, rate):
    cost = parts(W, b, A, labels)[0]
    for i in range(len(A)):
        _, G, P, r = parts(W, b, A[i : i + 1], labels[i : i + 1])
        W = W - rate * A[i : i + 1].T @ G
        b = b - rate * G[0]
    return (cost, W, b)


@wrong("minibatch_step", "each example moves them before the next one is read")
def perexample_m(W, b, A, labels, rate):
    cost = parts(W, b, A, labels)[0]
    m = len(A)
    for i in range(len(A)):
        _, G, P, r = parts(W, b, A[i : i + 1], labels[i : i + 1])
        W = W - rate * A[i : i + 1].T @ G / m
        b = b - rate * G[0] / m
    return (cost, W, b)


@wrong("minibatch_step", "Only the first example of the batch counts")
def first_only(W, b, A, labels, rate):
    cost, G, P, r = parts(W, b, A[:1], labels[:1])
    return (cost, W - rate * A[:1].T @ G, b - rate * G.mean(0))


@wrong("minibatch_step", "Softmax was taken twice")
def ztwice(W, b, A, labels, rate):
    Z = softmax_of(A @ W + b)
    P = softmax_of(Z)
    r = np.arange(len(labels))
    cost = -np.log(P[r, labels]).mean()
    P[r, labels] -= 1
    return (cost, W - rate * A.T @ P / len(A), b - rate * P.mean(0))


@wrong("most_wrong", "These are places among the wrongly classified examples")
def onlywrong2(P, y, count):
    wr = np.flatnonzero(P.argmax(1) != y)
    return np.argsort(P[wr, y[wr]])[:count]


@wrong("most_wrong", "The largest probability of a wrong class was taken")
def maxPwrong(P, y, count):
    Q = P.copy()
    Q[np.arange(len(y)), y] = 0
    return np.argsort(-Q.max(1))[:count]


@wrong("most_wrong", "This is how far another class is ahead")
def margin(P, y, count):
    Q = P.copy()
    Q[np.arange(len(y)), y] = 0
    return np.argsort(P[np.arange(len(y)), y] - Q.max(1))[:count]


@wrong("most_wrong", "Examples whose probability is 0 were put last")
def isfinite(P, y, count):
    L = -np.log(P[np.arange(len(y)), y])
    L[~np.isfinite(L)] = 0
    return np.argsort(-L)[:count]


@wrong("most_wrong", "Examples whose probability is 0 were put last")
def nan(P, y, count):
    L = -np.log(P[np.arange(len(y)), y])
    ok = np.flatnonzero(np.isfinite(L))
    return ok[np.argsort(-L[ok])][:count]


@wrong("most_wrong", "These are the first rows as they lie")
def first(P, y, count):
    return np.arange(count)


@wrong("most_wrong", "The logarithms of the whole row were added")
def sumlog(P, y, count):
    return np.argsort(np.log(np.maximum(P, 1e-300)).sum(1))[:count]


@wrong("most_wrong", "These are the first rows as they lie")
def misc_first(P, y, count):
    return np.flatnonzero(P.argmax(1) != y)[:count]


@wrong("most_wrong", "The highest loss comes again and again")
def loop_same(P, y, count):
    L = -np.log(P[np.arange(len(y)), y])
    return np.array([np.argmax(L) for _ in range(count)])


equal(
    CHANNELS,
    "every entry is written afterwards",
    "filled_pixel_by_pixel: np.zeros((m, c, h, w), images.dtype) -> np.ones((m, c, h, w), images.dtype)",
)
equal(
    STEP,
    LOG,
    "with_one_hot: Y * np.log(np.where(Y > 0, P, 1)) -> np.log(np.where(Y > 0, P, 1))",
    "with_one_hot: 1 -> 2",
)
equal(STEP, TYPE, "bias_as_a_row_of_weights: np.vstack([W, b]).astype(float) -> np.vstack([W, b])")
equal(
    WORST,
    ORDER,
    "argsort_of_the_losses: np.log(P[np.arange(len(y)), y]) -> np.log2(P[np.arange(len(y)), y])",
    "argsort_of_the_losses: np.log(P[np.arange(len(y)), y]) -> P[np.arange(len(y)), y]",
    "one_hot_and_a_selection: (P * np.eye(P.shape[1])[y]).sum(axis=1) -> (P * np.eye(P.shape[1])[y]).mean(axis=1)",
    "one_hot_and_a_selection: np.argsort(p, kind='stable') -> np.argsort(p)",
)
equal(
    WORST,
    TAKEN,
    "one_largest_after_the_other: np.take_along_axis(P, y[:, None].astype(int), axis=1)[:, 0].copy() -> "
    "np.take_along_axis(P, y[:, None].astype(int), axis=1)[:, 0]",
    "one_largest_after_the_other: np.take_along_axis(P, y[:, None].astype(int), axis=1) -> "
    "np.take_along_axis(P, y[:, None].astype(int))",
    "one_largest_after_the_other: 0 -> -1",
    "one_largest_after_the_other: 2 -> 1",
    "one_largest_after_the_other: 2 -> 3",
)
equal(
    WORST,
    TYPE,
    "sorted_pairs: float(P[i][y[i]]) -> P[i][y[i]]",
    "one_hot_and_a_selection: int(i) -> i",
    "one_largest_after_the_other: y[:, None].astype(int) -> y[:, None]",
    "one_largest_after_the_other: np.array(found) -> found",
)
equal(
    READ,
    TYPE,
    "list_in_float32: X[order].astype(np.float32) -> X[order]",
    "one_example_at_a_time: float(pixel) -> pixel",
    "one_example_at_a_time: int(y[i]) -> y[i]",
    "split_at_places: tuple(([X[rows].astype('f8') / 255.0, y[rows]] for rows in parts)) -> "
    "([X[rows].astype('f8') / 255.0, y[rows]] for rows in parts)",
    "split_at_places: X[rows].astype('f8') -> X[rows]",
)


@wrong("minibatch_step", "Look at the loss: it is the mean cross-entropy")
def nothing_times_infinity(W, b, A, labels, rate):
    Z = A @ W + b
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P, Y = E / E.sum(axis=1, keepdims=True), np.eye(W.shape[1])[labels]
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = -(Y * np.log(P)).sum() / len(labels)
    return loss, W - rate * A.T @ (P - Y) / len(labels), b - rate * (P - Y).mean(axis=0)


@wrong("channels_first", "cut to whole ones")
def into_whole_numbers(images):
    moved = np.zeros((len(images), images.shape[3], *images.shape[1:3]), int)
    for j in range(images.shape[3]):
        moved[:, j] = images[..., j]
    return moved
