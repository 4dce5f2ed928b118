"""Answers to lesson 11 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("read_batches", "order is ignored")
def order_ignored(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        yield X[i : i + batch_size] / 255, y[i : i + batch_size]


@wrong("read_batches", "stays in bytes")
def stays_bytes(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        yield X[rows], y[rows]


@wrong("read_batches", "the shorter last batch is lost")
def last_batch_lost(X, y, order, batch_size):
    batches = []
    for b in range(len(order) // batch_size):
        rows = order[b * batch_size : (b + 1) * batch_size]
        batches.append((X[rows] / 255, y[rows]))
    return batches


@wrong("read_batches", "labels of the places, not of the rows")
def labels_of_places(X, y, order, batch_size):
    for i in range(0, len(order), batch_size):
        yield X[order[i : i + batch_size]] / 255, y[i : i + batch_size]


@wrong("channels_first", "all axes turned round: height and width are exchanged")
def all_axes_exchanged(images):
    return np.transpose(images, (0, 3, 2, 1))


@wrong("channels_first", "the channels before the examples")
def channels_before_examples(images):
    return np.moveaxis(images, -1, 0)


@right("channels_first")
def stacked_channels(images):
    return np.stack([images[..., c] for c in range(images.shape[3])], axis=1)


def _parts(W, b, A, labels):
    Z = A @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    D = np.exp(log_p)
    D[np.arange(len(labels)), labels] -= 1
    return -log_p[np.arange(len(labels)), labels].mean(), D


@wrong("minibatch_step", "gradient of the bias is a sum: not divided by B")
def bias_gradient_summed(W, b, A, labels, rate):
    loss, D = _parts(W, b, A, labels)
    return loss, W - rate * A.T @ D / len(labels), b - rate * D.sum(axis=0)


@wrong("minibatch_step", "bias gradient at the new weights")
def bias_after_weights(W, b, A, labels, rate):
    loss, D = _parts(W, b, A, labels)
    W = W - rate * A.T @ D / len(labels)
    _, D = _parts(W, b, A, labels)
    return loss, W, b - rate * D.mean(axis=0)


@wrong("minibatch_step", "one number for all biases: mean over all entries")
def one_number_for_biases(W, b, A, labels, rate):
    loss, D = _parts(W, b, A, labels)
    return loss, W - rate * A.T @ D / len(labels), b - rate * D.mean()


@wrong("minibatch_step", "the gradients come back, not the new parameters")
def gradients_returned(W, b, A, labels, rate):
    loss, D = _parts(W, b, A, labels)
    return loss, A.T @ D / len(labels), D.mean(axis=0)


@wrong("most_wrong", "lowest losses: not turned round")
def lowest_losses(P, y, count):
    with np.errstate(divide="ignore"):
        return np.argsort(-np.log(P[np.arange(len(y)), y]))[:count]


@wrong("most_wrong", "the right rows, the highest last")
def highest_last(P, y, count):
    with np.errstate(divide="ignore"):
        return np.argsort(-np.log(P[np.arange(len(y)), y]))[-count:]


@wrong("most_wrong", "by the largest probability: the least sure")
def least_sure(P, y, count):
    return np.argsort(P.max(axis=1))[:count]


@wrong("most_wrong", "the losses, not the rows")
def losses_for_rows(P, y, count):
    with np.errstate(divide="ignore"):
        return np.sort(-np.log(P[np.arange(len(y)), y]))[::-1][:count]
