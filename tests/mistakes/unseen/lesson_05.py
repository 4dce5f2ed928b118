"""Answers to lesson 05 by people who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("data_convert", "a pixel of exactly 100 counts as ink")
def hundred_is_ink(x, y, m, k):
    binary = np.where(x >= 100, 1, 0)
    one_hot = np.zeros((k, m))
    one_hot[y, np.arange(m)] = 1
    return binary, one_hot


@wrong("data_convert", "one row per image: y is (m, k)")
def rows_are_images(x, y, m, k):
    new_x = (x > 100).astype(np.float32)
    new_y = np.eye(k, dtype=np.float32)[y]
    return new_x, new_y


@wrong("data_convert", "divides by 255 in place of cutting, and y is transposed")
def greys_and_rows(x, y, m, k):
    x = x.astype(np.float32) / 255
    Y = np.array([[float(label == c) for c in range(k)] for label in y])
    return x, Y.reshape(m, k)


@wrong("data_convert", "sets the ink to 1 first, and then everything up to 100 to 0, the ink too; in place")
def ink_erased(x, y, m, k):
    x[x > 100] = 1
    x[x <= 100] = 0
    Y = np.zeros((k, m))
    for i in range(m):
        Y[y[i], i] = 1
    return x, Y


@wrong("data_convert", "fills the whole row of each class that occurs")
def whole_rows(x, y, m, k):
    Y = np.zeros((k, m), dtype=np.float32)
    Y[y] = 1
    return np.float32(x > 100), Y


@wrong("data_convert", "the indices of the one-hot matrix are exchanged: IndexError")
def indices_exchanged(x, y, m, k):
    Y = np.zeros((k, m))
    Y[np.arange(m), y] = 1
    return (x > 100).astype(int), Y


@wrong("data_convert", "x - 100 in uint8 wraps round: dark pixels become ink")
def difference_wraps(x, y, m, k):
    ink = (x - 100 > 0).astype(np.float32)
    Y = np.equal.outer(np.arange(k), y).astype(np.float32)
    return ink, Y


@right("data_convert")
def columns_of_identity(x, y, m, k):
    return np.heaviside(x.astype(np.float32) - np.float32(100), np.float32(0)), np.identity(k, np.float32)[:, y]


@right("data_convert")
def with_lists(x, y, m, k):
    pixels = np.array([[int(pixel > 100) for pixel in row] for row in x.tolist()], order="F").reshape(m, -1)
    return pixels, np.array([[1 if label == c else 0 for label in y.tolist()] for c in range(k)])


@wrong("softmax_regression", "the loss is taken after the step")
def loss_after_step(theta, x, y, iters, alpha):
    m = x.shape[0]

    def forward(theta):
        Z = theta @ x.T
        Z = Z - Z.max(axis=0)
        log_p = Z - np.log(np.exp(Z).sum(axis=0))
        return -np.sum(y * log_p) / m, np.exp(log_p)

    losses = []
    for i in range(iters):
        _, P = forward(theta)
        theta = theta - alpha * 0.95 ** (i // 50) / m * (P - y) @ x
        losses.append(forward(theta)[0])
    return np.array(losses), theta


@wrong("softmax_regression", "the learning rate decays already at iteration 0")
def decays_at_once(theta, x, y, iters, alpha):
    m = x.shape[0]
    losses = []
    for i in range(iters):
        if i % 50 == 0:
            alpha = alpha * 0.95
        scores = np.dot(theta, x.T)
        scores = scores - np.max(scores, axis=0, keepdims=True)
        log_y_hat = scores - np.log(np.sum(np.exp(scores), axis=0, keepdims=True))
        loss = -np.sum(y * log_y_hat) / m
        losses.append(loss)
        grad = np.dot(np.exp(log_y_hat) - y, x) / m
        theta = theta - alpha * grad
    return np.array(losses), theta


@wrong("softmax_regression", "the gradient is a sum over the images, and theta changes in place")
def sum_and_in_place(theta, x, y, iters, alpha):
    losses = np.zeros(iters)
    for i in range(iters):
        Z = theta @ x.T
        Z -= Z.max(axis=0)
        lse = np.log(np.exp(Z).sum(axis=0))
        losses[i] = (lse - (y * Z).sum(axis=0)).mean()
        theta -= alpha * 0.95 ** (i // 50) * (np.exp(Z - lse) - y) @ x
    return losses, theta


@wrong("softmax_regression", "the softmax runs along the rows of (k, m): over the images")
def softmax_over_images(theta, x, y, iters, alpha):
    m = len(x)
    losses = []
    for i in range(iters):
        rate = alpha * np.power(0.95, i // 50)
        Z = theta @ x.T
        Z = Z - Z.max(axis=1, keepdims=True)
        P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
        log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
        losses.append(-np.einsum("ci,ci->", y, log_P) / m)
        theta = theta - rate / m * (P - y) @ x
    return np.array(losses), theta


@wrong("softmax_regression", "the loss is a mean over all m * k entries, with a small number in the logarithm")
def mean_over_all_entries(theta, x, y, iters, alpha):
    m = x.shape[0]
    losses = np.empty(iters)
    for i in range(iters):
        if i > 0 and i % 50 == 0:
            alpha *= 0.95
        e = np.exp(theta @ x.T - (theta @ x.T).max(axis=0))
        y_hat = e / e.sum(axis=0)
        losses[i] = -np.mean(y * np.log(y_hat + 1e-9))
        theta = theta - alpha * (y_hat - y) @ x / m
    return losses, theta


@wrong("softmax_regression", "x times theta without the transpose: the shapes do not fit")
def transpose_forgotten(theta, x, y, iters, alpha):
    m = x.shape[0]
    losses = np.zeros(iters)
    for i in range(iters):
        Z = np.dot(x, theta)
        Z = Z - np.max(Z, axis=1, keepdims=True)
        P = np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)
        losses[i] = -np.sum(y.T * np.log(P)) / m
        theta = theta - alpha * np.dot((P - y.T).T, x) / m
    return losses, theta


@wrong("softmax_regression", "the rate falls at every iteration and not every fifty")
def falls_every_time(theta, x, y, iters, alpha):
    losses, m = [], y.shape[1]
    labels = y.argmax(axis=0)
    for _ in range(iters):
        Z = x @ theta.T
        lse = np.logaddexp.reduce(Z, axis=1)
        losses.append(np.mean(lse - Z[np.arange(m), labels]))
        theta = theta - alpha * (np.exp(Z - lse[:, None]) - y.T).T @ x / m
        alpha *= 0.95
    return np.array(losses), theta


@right("softmax_regression")
def rows_inside(theta, x, y, iters, alpha):
    W, labels, rows = np.array(theta, dtype=float).T, y.argmax(axis=0), np.arange(len(x))
    losses = []
    for step in range(iters):
        Z = x @ W
        gaps = Z - Z[rows, labels][:, None]
        each = np.logaddexp.reduce(gaps, axis=1)
        D = np.exp(gaps - each[:, None])
        D[rows, labels] -= 1
        losses += [each.mean()]
        W = W - alpha * 0.95 ** (step // 50) * np.einsum("ij,ic->jc", x, D) / len(x)
    return np.array(losses), W.T


@right("softmax_regression")
def with_a_generator(theta, x, y, iters, alpha):
    def run(theta):
        for i in range(iters):
            Z = theta @ x.T
            Z = Z - Z.max(axis=0)
            log_p = Z - np.log(np.exp(Z).sum(axis=0))
            loss = -np.vdot(y, log_p) / len(x)
            theta = theta - alpha * 0.95 ** (i // 50) * ((np.exp(log_p) - y) @ x) / len(x)
            yield loss, theta

    steps = list(run(np.array(theta, dtype=float, order="F")))
    return np.fromiter((loss for loss, _ in steps), float), steps[-1][1] if steps else theta.copy()


@wrong("predict", "the images are not cut at 100")
def raw_images(test_images, theta):
    scores = theta @ test_images.T.astype(float)
    return np.argmax(scores, axis=0)


@wrong("predict", "divides by 255 in place of the threshold")
def greys_in_unit_range(test_images, theta):
    x = test_images.astype(np.float32) / 255.0
    return (x @ theta.T).argmax(axis=1)


@wrong("predict", "the largest image of each class: the axis is wrong")
def best_image_of_class(test_images, theta):
    x = (test_images > 100).astype(np.float64)
    Z = np.einsum("kn,mn->km", theta, x)
    return Z.argmax(axis=1)


@wrong("predict", "theta is not transposed: the shapes do not fit")
def theta_not_transposed(test_images, theta):
    x = np.where(test_images > 100, 1.0, 0.0)
    scores = np.dot(x, theta)
    return np.argmax(scores, axis=1)


@wrong("predict", "returns the probability of the winner and not its label")
def probability_of_the_winner(test_images, theta):
    x = (test_images > 100) * 1.0
    Z = theta @ x.T
    e = np.exp(Z - Z.max(axis=0))
    return np.max(e / e.sum(axis=0), axis=0)


@wrong("predict", "100 counts as ink, and labels are counted from 1")
def from_one_and_hundred(test_images, theta):
    labels = []
    for image in test_images:
        pixels = [1 if p >= 100 else 0 for p in image]
        labels.append(np.argmax(theta.dot(pixels)) + 1)
    return np.array(labels)


@wrong("predict", "the square of the score, so a very negative score wins")
def largest_square(test_images, theta):
    x = np.array(test_images > 100, dtype=float)
    scores = theta @ x.T
    return np.argmax(np.square(scores) / np.square(scores).sum(axis=0), axis=0)


@right("predict")
def fortran_and_sort(test_images, theta):
    ink = np.asfortranarray(np.greater(test_images, 100), dtype=np.float64)
    return np.inner(theta, ink).argsort(axis=0)[-1]


@right("predict")
def sum_of_ink_weights(test_images, theta):
    best = lambda image: int(np.argmax(theta[:, image > 100].sum(axis=1)))  # noqa: E731
    return np.array(list(map(best, np.asarray(test_images))))


@wrong("cal_accuracy", "a vector beside a column is compared with every entry")
def compares_everything(y_pred, y):
    return np.mean(y_pred == y)


@wrong("cal_accuracy", "the number of hits, not divided")
def number_of_hits(y_pred, y):
    hits = 0
    for a, b in zip(y_pred.flatten(), y.flatten()):
        if a == b:
            hits += 1
    return hits


@wrong("cal_accuracy", "in per cent and rounded")
def per_cent(y_pred, y):
    y_pred, y = np.ravel(y_pred), np.ravel(y)
    return round(100 * np.sum(y_pred == y) / len(y), 2)


@wrong("cal_accuracy", "asks for the second length of a vector: IndexError")
def second_length(y_pred, y):
    m = y.shape[0] * y.shape[1]
    return np.sum(y_pred.reshape(m) == y.reshape(m)) / m


@wrong("cal_accuracy", "the share of errors")
def share_of_errors(y_pred, y):
    return np.count_nonzero(np.squeeze(y_pred) != np.squeeze(y)) / y.size


@wrong("cal_accuracy", "the length of the comparison in place of the number of hits: always 1")
def length_of_comparison(y_pred, y):
    same = [a == b for a, b in zip(y_pred.ravel(), y.ravel())]
    return len(same) / len(y)


@wrong("cal_accuracy", "one minus the mean difference, as if labels were quantities, rounded to two digits")
def mean_difference(y_pred, y):
    gap = np.abs(y_pred.ravel().astype(float) - y.ravel().astype(float))
    return np.round(1 - gap.mean(), 2)


@right("cal_accuracy")
def without_the_misses(y_pred, y):
    misses = np.count_nonzero(np.reshape(y_pred, -1).astype(int) - np.reshape(y, -1).astype(int))
    return 1 - misses / np.size(y)


@right("cal_accuracy")
def generator_of_hits(y_pred, y):
    pairs = zip(np.asarray(y_pred).flat, np.asarray(y).flat, strict=True)
    return sum(1 for a, b in pairs if a == b) / len(y)
