"""Answers to lesson 05 by a third hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("data_convert", "the second line sets the ones of the first back to 0: all pixels are 0")
def ones_wiped_out(x, y, m, k):
    binary = x.copy()
    binary[binary > 100] = 1
    binary[binary <= 100] = 0
    one_hot = np.zeros((k, m))
    one_hot[y, np.arange(m)] = 1
    return binary, one_hot


@wrong("data_convert", "reshapes one-hot rows to (k, m) instead of transposing them")
def reshaped_one_hot(x, y, m, k):
    new_x = np.where(x > 100, 1, 0)
    new_y = np.eye(k)[y].reshape(k, m)
    return new_x, new_y


@wrong("data_convert", "no column index: whole rows of the labels become 1")
def whole_rows_of_labels(x, y, m, k):
    new_x = (x > 100).astype(np.float32)
    new_y = np.zeros((k, m), dtype=np.float32)
    new_y[y] = 1
    return new_x, new_y


@wrong("data_convert", "labels stay labels, as one row (1, m), as the handout's comment has it")
def labels_as_one_row(x, y, m, k):
    return (x > 100).astype(float), y.reshape(1, m)


@wrong("data_convert", "row and column of the one-hot matrix are swapped: an index out of bounds")
def one_hot_indices_swapped(x, y, m, k):
    x = (x > 100).astype(np.float32)
    one_hot = np.zeros((k, m), np.float32)
    for i in range(m):
        one_hot[i, y[i]] = 1
    return x, one_hot


@wrong("data_convert", "whole-number division by 101: bright pixels become 2")
def divides_by_the_threshold(x, y, m, k):
    new_x = x // 101
    new_y = np.zeros((k, m))
    for i, label in enumerate(y):
        new_y[label][i] = 1
    return new_x, new_y


@wrong("data_convert", "cuts at half of 255 instead of 100")
def cut_in_the_middle(x, y, m, k):
    return np.round(x / 255), np.eye(k)[y].T


@right("data_convert")
def clip_between(x, y, m, k):
    binary = np.clip(x, 100, 101) - 100
    return binary, np.equal.outer(np.arange(k), y).astype(np.float64)


@wrong("softmax_regression", "the rate decays in iteration 0 already: i % 50 is 0 there")
def decays_at_once(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        if i % 50 == 0:
            alpha = alpha * 0.95
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        losses.append(-np.sum(y * log_p) / m)
        theta = theta - alpha * (np.exp(log_p) - y) @ x / m
    return np.array(losses), theta


@wrong("softmax_regression", "multiplies by 0.95 times the number of decays: the rate is 0 at first")
def times_instead_of_power(theta, x, y, iters, alpha):
    m = x.shape[0]
    losses = np.zeros(iters)
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=0, keepdims=True))
        losses[i] = -(y * log_p).sum() / m
        theta = theta - alpha * 0.95 * (i // 50) * ((np.exp(log_p) - y) @ x) / m
    return losses, theta


@wrong("softmax_regression", "starts from zeros instead of the given parameters")
def starts_from_zeros(theta, x, y, iters, alpha):
    theta = np.zeros(theta.shape)
    losses = []
    for i in range(iters):
        scores = theta.dot(x.T)
        scores = scores - scores.max(axis=0)
        log_probs = scores - np.log(np.exp(scores).sum(axis=0))
        losses.append(-(y * log_probs).sum(axis=0).mean())
        grad = (np.exp(log_probs) - y).dot(x) / len(x)
        theta = theta - alpha * 0.95 ** (i // 50) * grad
    return np.array(losses), theta


@wrong("softmax_regression", "the gradient is that of W (n, k): the shapes do not fit")
def gradient_transposed(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        losses.append(-(y * log_p).sum() / m)
        gradient = x.T @ (np.exp(log_p) - y).T / m
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    return np.array(losses), theta


@wrong("softmax_regression", "stops when the loss hardly falls: fewer losses and steps than iters")
def stops_when_flat(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        loss = -(y * log_p).sum() / m
        losses.append(loss)
        if i > 0 and abs(losses[-2] - loss) < 1e-3:
            break
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / m
    return np.array(losses), theta


@wrong("softmax_regression", "the gradient is a sum, and the loss is taken after the step")
def sum_and_loss_after(theta, x, y, iters, alpha):
    def log_softmax(theta):
        z = theta @ x.T
        z = z - z.max(axis=0)
        return z - np.log(np.exp(z).sum(axis=0))

    losses = []
    for i in range(iters):
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_softmax(theta)) - y) @ x
        losses.append(-np.sum(y * log_softmax(theta)) / len(x))
    return np.array(losses), theta


@wrong("softmax_regression", "divides by the number of pixels: shape[1] of x instead of shape[0]")
def divided_by_pixels(theta, x, y, iters, alpha):
    m = x.shape[1]
    J = []
    for i in range(iters):
        z = theta @ x.T
        z = z - np.max(z, axis=0)
        log_p = z - np.log(np.sum(np.exp(z), axis=0))
        J.append(-np.sum(y * log_p) / m)
        if i > 0 and i % 50 == 0:
            alpha *= 0.95
        theta = theta - alpha / m * (np.exp(log_p) - y) @ x
    return np.array(J), theta


@right("softmax_regression")
def transposed_inside(theta, x, y, iters, alpha):
    W, Y, losses = theta.T.copy(), y.T, np.empty(iters)
    m = len(x)
    for i in range(iters):
        Z = x @ W
        log_p = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
        losses[i] = -np.einsum("ic,ic->", Y, log_p) / m
        if i and not i % 50:
            alpha = alpha * 0.95
        W = W - alpha * (x.T @ (np.exp(log_p) - Y) / m)
    return losses, W.T


@wrong("predict", "scales the pixels to 0..1 and then asks whether they are above 100: all are 0")
def scaled_then_cut(test_images, theta):
    x = (test_images / 255 > 100).astype(float)
    return np.argmax(x @ theta.T, axis=1)


@wrong("predict", "argmax over the images instead of the classes")
def argmax_over_images(test_images, theta):
    x = (test_images > 100).astype(np.float32)
    scores = np.dot(x, theta.T)
    return scores.argmax(axis=0)


@wrong("predict", "the images are not transposed: the shapes do not fit")
def images_not_transposed(test_images, theta):
    x = np.where(test_images > 100, 1.0, 0.0)
    return np.argmax(theta @ x, axis=0)


@wrong("predict", "cuts the caller's images, in place")
def cuts_the_callers(test_images, theta):
    test_images[test_images <= 100] = 0
    test_images[test_images > 100] = 1
    return np.argmax(theta.dot(test_images.T), axis=0)


@wrong("predict", "scales the pixels instead of cutting them at 100")
def scaled_not_cut(test_images, theta):
    scores = theta @ (test_images.astype(np.float32) / 255).T
    e = np.exp(scores - scores.max(axis=0))
    return (e / e.sum(axis=0)).argmax(axis=0)


@wrong("predict", "the best score starts at 0, so negative scores always lose to class 0")
def best_score_from_zero(test_images, theta):
    labels = []
    for image in test_images > 100:
        best, label = 0, 0
        for c, weights in enumerate(theta):
            score = weights[image].sum()
            if score > best:
                best, label = score, c
        labels.append(label)
    return np.array(labels)


@right("predict")
def sums_of_inked_weights(test_images, theta):
    return np.array([theta[:, image > 100].sum(axis=1).argmax() for image in test_images])


@wrong("cal_accuracy", "transposes y, which does nothing to a vector: a column against a vector is a table")
def transposed_labels(y_pred, y):
    return np.mean(y_pred == y.T)


@wrong("cal_accuracy", "squeezes a single image to a number, which has no length")
def squeezed_to_nothing(y_pred, y):
    y_pred, y = np.squeeze(y_pred), np.squeeze(y)
    return np.sum(y_pred == y) / len(y)


@wrong("cal_accuracy", "the diagonal of the table, also where no table came out")
def diagonal_of_the_table(y_pred, y):
    table = y_pred == y
    return np.mean(np.diag(table))


@wrong("cal_accuracy", "takes the first column of y, which a vector does not have")
def first_column(y_pred, y):
    return np.mean(y_pred.ravel() == y[:, 0])


@wrong("cal_accuracy", "the mean distance of the numbers instead of the share of equal ones")
def mean_distance(y_pred, y):
    off = np.abs(y_pred.ravel().astype(int) - y.ravel().astype(int))
    return 1 - np.mean(off)


@wrong("cal_accuracy", "divides by the size of the table, which hides that it is one")
def mean_of_the_table(y_pred, y):
    hits = y_pred == y
    return np.count_nonzero(hits) / hits.size


@wrong("cal_accuracy", "the share of the wrong predictions")
def error_rate(y_pred, y):
    wrong_ones = 0
    for guess, label in zip(np.ravel(y_pred), np.ravel(y), strict=True):
        if guess != label:
            wrong_ones += 1
    return wrong_ones / np.size(y)


@right("cal_accuracy")
def counts_one_by_one(y_pred, y):
    hits = [int(guess) == int(label) for guess, label in zip(y_pred.flat, y.flat, strict=True)]
    return sum(hits) / len(hits)
