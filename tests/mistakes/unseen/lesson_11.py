"""Answers to lesson 11 by people who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("read_batches", "the last batch, which is not full, is dropped")
def drops_the_rest(X, y, order, batch_size):
    n_batches = len(order) // batch_size
    for i in range(n_batches):
        idx = order[i * batch_size : (i + 1) * batch_size]
        yield X[idx] / 255.0, y[idx]


@wrong("read_batches", "reads the rows as they lie in X: the order is not used")
def order_not_used(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        yield X[i : i + batch_size] / 255, y[i : i + batch_size]


@wrong("read_batches", "the images follow the order, the labels do not")
def labels_without_order(X, y, order, batch_size):
    images = X[order] / 255
    batches = []
    start = 0
    while start < len(order):
        stop = min(start + batch_size, len(order))
        batches.append((images[start:stop], y[start:stop]))
        start = stop
    return batches


@wrong("read_batches", "cuts the order into pieces of about equal size, not into pieces of batch_size")
def equal_pieces(X, y, order, batch_size):
    pieces = np.array_split(order, int(np.ceil(len(order) / batch_size)))
    return [(X[rows] / 255, y[rows]) for rows in pieces]


@wrong("read_batches", "divides bytes in place, which NumPy refuses")
def divides_bytes_in_place(X, y, order, batch_size):
    X /= 255
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@wrong("read_batches", "each batch is divided by its own largest pixel, not by 255")
def own_maximum(X, y, order, batch_size):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        A = X[rows].astype(np.float32)
        yield A / A.max(), y[rows]


@wrong("read_batches", "returns inside the loop: only the first batch, and not in a list")
def first_batch_only(X, y, order, batch_size):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        return X[rows] / 255, y[rows]


@right("read_batches")
def collects_row_by_row(X, y, order, batch_size):
    batches, images, labels = [], [], []
    for row in order:
        images.append(X[row] / 255)
        labels.append(y[row])
        if len(labels) == batch_size:
            batches.append((np.array(images), np.array(labels)))
            images, labels = [], []
    if labels:
        batches.append((np.stack(images), np.array(labels)))
    return batches


@wrong("channels_first", "turns round all axes: the examples come last")
def all_axes_turned(images):
    return images.T


@wrong("channels_first", "exchanges the last axis with the first of the picture: height and width change places")
def swaps_height_and_channels(images):
    return np.swapaxes(images, 1, 3)


@wrong("channels_first", "moves the channels before the examples")
def channels_before_examples(images):
    return np.moveaxis(images, -1, 0)


@wrong("channels_first", "the arguments of moveaxis are exchanged: the height goes to the end")
def height_to_the_end(images):
    return np.moveaxis(images, 1, -1)


@wrong("channels_first", "three axes for an array that has four")
def axes_of_one_image(images):
    return images.transpose(2, 0, 1)


@right("channels_first")
def named_axes(images):
    return np.einsum("nhwc->nchw", images)


@right("channels_first")
def stacked_channels(images):
    return np.stack([images[..., j] for j in range(images.shape[-1])], axis=1)


def softmax(Z):
    """Softmax, as the lesson has it."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def net(A, W, b):
    """Probabilities of a batch, as the lesson has it."""
    return softmax(A @ W + b)


def cross_entropy(P, labels):
    """Mean cross-entropy, as the lesson has it."""
    return -np.log(P[np.arange(len(labels)), labels]).mean()


@wrong("minibatch_step", "the gradient of the bias is summed over the batch and not divided by its size")
def bias_gradient_summed(W, b, A, labels, rate):
    P = net(A, W, b)
    loss = cross_entropy(P, labels)
    Y = np.eye(W.shape[1])[labels]
    dW = A.T @ (P - Y) / len(labels)
    db = (P - Y).sum(axis=0)
    return loss, W - rate * dW, b - rate * db


@wrong("minibatch_step", "takes 1 away from the probabilities before the loss is read from them: log of negatives")
def loss_after_minus_one(W, b, A, labels, rate):
    B = len(labels)
    P = net(A, W, b)
    dZ = P
    dZ[np.arange(B), labels] -= 1
    loss = cross_entropy(P, labels)
    return loss, W - rate * A.T @ dZ / B, b - rate * dZ.mean(axis=0)


@wrong("minibatch_step", "changes the caller's weights and biases in place")
def updates_in_place(W, b, A, labels, rate):
    P = net(A, W, b)
    loss = cross_entropy(P, labels)
    P[range(len(labels)), labels] -= 1
    P /= len(labels)
    W -= rate * (A.T @ P)
    b -= rate * P.sum(axis=0)
    return loss, W, b


@wrong("minibatch_step", "the bias is stepped with a gradient at the new weights")
def bias_at_new_weights(W, b, A, labels, rate):
    B = A.shape[0]
    P = net(A, W, b)
    loss = cross_entropy(P, labels)
    Y = np.zeros_like(P)
    Y[np.arange(B), labels] = 1
    W = W - rate * A.T @ (P - Y) / B
    P = net(A, W, b)
    b = b - rate * np.mean(P - Y, axis=0)
    return loss, W, b


@wrong("minibatch_step", "the loss is that after the step")
def loss_after_the_step(W, b, A, labels, rate):
    m = len(labels)
    E = net(A, W, b)
    E[np.arange(m), labels] -= 1
    W_new = W - rate * np.dot(A.T, E) / m
    b_new = b - rate * E.sum(axis=0) / m
    loss = cross_entropy(net(A, W_new, b_new), labels)
    return loss, W_new, b_new


@wrong("minibatch_step", "exp of the scores as they are: too large for scores of 800, and Y - P is subtracted")
def plain_exp_and_wrong_sign(W, b, A, labels, rate):
    Z = A @ W + b
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(P[np.arange(len(labels)), labels]))
    Y = np.eye(len(b))[labels]
    D = (Y - P) / len(labels)
    return loss, W - rate * A.T @ D, b - rate * D.sum(axis=0)


@wrong("minibatch_step", "one number as the gradient of all biases: the mean over all entries")
def one_number_for_biases(W, b, A, labels, rate):
    P = net(A, W, b)
    loss = cross_entropy(P, labels)
    delta = P.copy()
    delta[np.arange(len(labels)), labels] -= 1
    W_new = W - rate * (A.T @ delta) / len(labels)
    b_new = b - rate * np.mean(delta)
    return loss, W_new, b_new


@right("minibatch_step")
def residual_by_einsum(W, b, A, labels, rate):
    P = net(A, W, b)
    R = P - (labels[:, None] == np.arange(P.shape[1]))
    share = rate / A.shape[0]
    return cross_entropy(P, labels), W - share * np.einsum("in,ik->nk", A, R), b - share * np.einsum("ik->k", R)


@right("minibatch_step")
def bias_as_a_row(W, b, A, labels, rate):
    # the loss from the logarithms: it stays finite where a probability of the true class is rounded to 0
    ones = np.column_stack([A, np.ones(len(A))])
    V = np.vstack([W, b])
    Z = ones @ V
    Z = Z - Z.max(axis=1)[:, None]
    log_p = Z - np.log(np.exp(Z).sum(axis=1))[:, None]
    Y = np.equal.outer(labels, np.arange(W.shape[1]))
    V = V - rate / len(A) * (ones.T @ (np.exp(log_p) - Y))
    return -log_p[Y].mean(), V[:-1], V[-1]


@wrong("most_wrong", "the lowest losses come first")
def lowest_first(P, y, count):
    losses = -np.log(P[np.arange(len(y)), y])
    return np.argsort(losses)[:count]


@wrong("most_wrong", "the right examples, but the highest loss comes last")
def highest_last(P, y, count):
    loss = -np.log(P[np.arange(len(y)), y])
    order = loss.argsort()
    return order[-count:]


@wrong("most_wrong", "the slice backwards ends one too early: count - 1 examples")
def one_example_short(P, y, count):
    with np.errstate(divide="ignore"):
        loss = -np.log(P[range(len(y)), y])
    return np.argsort(loss)[-1:-count:-1]


@wrong("most_wrong", "compares only the examples that are classified wrongly")
def misread_only(P, y, count):
    p = P[np.arange(len(y)), y]
    wrong_rows = np.flatnonzero(P.argmax(axis=1) != y)
    return wrong_rows[np.argsort(p[wrong_rows])][:count]


@wrong("most_wrong", "the least sure examples: ranks by the largest probability, not by that of the label")
def least_sure(P, y, count):
    confidence = np.max(P, axis=1)
    return confidence.argsort()[:count]


@wrong("most_wrong", "the losses, not the row numbers")
def losses_not_rows(P, y, count):
    true_p = np.array([P[i, label] for i, label in enumerate(y)])
    losses = -np.log(true_p)
    return np.sort(losses)[::-1][:count]


@wrong("most_wrong", "P[:, y] takes a whole column for each example: a matrix of row numbers comes out")
def columns_of_all_labels(P, y, count):
    loss = -np.log(P[:, y])
    return np.argsort(loss, axis=0)[::-1][:count]


@right("most_wrong")
def sorted_by_key(P, y, count):
    p_true = [row[label] for row, label in zip(P, y)]
    return np.array(sorted(range(len(y)), key=lambda i: p_true[i])[:count])
