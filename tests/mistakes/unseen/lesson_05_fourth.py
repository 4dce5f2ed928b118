"""Answers to lesson 05 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("data_convert", "100 itself becomes 1")
def from_100_on(x, y, m, k):
    Y = np.zeros((k, m))
    for i in range(m):
        Y[y[i], i] = 1
    return (x >= 100) * 1.0, Y


@wrong("data_convert", "labels are counted from 1")
def classes_from_one(x, y, m, k):
    Y = np.zeros((k, m))
    for i in range(m):
        Y[y[i] - 1, i] = 1
    return (x > 100).astype(float), Y


@wrong("data_convert", "bright pixels keep their value")
def bright_pixels_kept(x, y, m, k):
    new = np.where(x > 100, x, 0)
    return new, (np.arange(k)[:, None] == y).astype(float)


@wrong("data_convert", "ink is turned round: dark is 1")
def dark_is_one(x, y, m, k):
    return np.where(x > 100, 0.0, 1.0), np.eye(k)[:, y]


@right("data_convert")
def compared_with_column(x, y, m, k):
    return 1 * (x > 100), 1 * (np.arange(k).reshape(k, 1) == y.reshape(1, m))


def _log_p(theta, x):
    z = theta @ x.T
    z = z - z.max(axis=0)
    return z - np.log(np.exp(z).sum(axis=0))


@wrong("softmax_regression", "the loss is taken after the step")
def loss_after_step(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(_log_p(theta, x)) - y) @ x / m
        losses.append(-(y * _log_p(theta, x)).sum() / m)
    return np.array(losses), theta


@wrong("softmax_regression", "decays before iteration 0: 0 % 50 is 0")
def decays_at_start(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        if i % 50 == 0:
            alpha = alpha * 0.95
        log_p = _log_p(theta, x)
        losses.append(-np.sum(y * log_p) / m)
        theta = theta - alpha * (np.exp(log_p) - y) @ x / m
    return np.array(losses), theta


@wrong("softmax_regression", "the rate never decays")
def constant_rate(theta, x, y, iters, alpha):
    m = x.shape[0]
    losses = np.zeros(iters)
    for i in range(iters):
        log_p = _log_p(theta, x)
        losses[i] = -np.sum(y * log_p) / m
        theta = theta - alpha * (np.exp(log_p) - y) @ x / m
    return losses, theta


@wrong("softmax_regression", "the loss is added up over the iterations")
def loss_piles_up(theta, x, y, iters, alpha):
    m, losses, loss = len(x), [], 0
    for i in range(iters):
        log_p = _log_p(theta, x)
        loss += -(y * log_p).sum() / m
        losses.append(loss)
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / m
    return np.array(losses), theta


@wrong("softmax_regression", "climbs: plus the gradient")
def climbs(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        log_p = _log_p(theta, x)
        losses.append(-(y * log_p).sum() / m)
        theta = theta + alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / m
    return np.array(losses), theta


@wrong("predict", "raw pixels are used")
def raw_pixels(test_images, theta):
    return np.argmax(test_images.astype(float) @ theta.T, axis=1)


@wrong("predict", "divides by 255 and rounds: a cut at 127.5")
def rounded_fraction(test_images, theta):
    x = np.round(test_images / 255)
    return np.argmax(theta @ x.T, axis=0)


@wrong("predict", "returns the largest score, not its class")
def score_for_class(test_images, theta):
    return (theta @ (test_images > 100).T).max(axis=0)


@wrong("predict", "the largest over the images, one for each class")
def image_of_each_class(test_images, theta):
    scores = theta @ (test_images > 100).astype(float).T
    return scores.argmax(axis=1)


@wrong("cal_accuracy", "share of errors")
def share_of_errors(y_pred, y):
    return np.mean(np.ravel(y_pred) != np.ravel(y))


@wrong("cal_accuracy", "only the labels are made flat")
def only_labels_flat(y_pred, y):
    return np.sum(y_pred == y.flatten()) / len(y)


@wrong("cal_accuracy", "in per cent, rounded")
def per_cent_rounded(y_pred, y):
    return round(100 * np.mean(y_pred.ravel() == y.ravel()), 1)


@wrong("cal_accuracy", "mean over the whole matrix of pairs: at most 1 and still wrong")
def mean_of_pairs(y_pred, y):
    return np.mean(y_pred.reshape(-1, 1) == y.reshape(1, -1))
