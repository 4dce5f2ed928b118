"""Answers to lesson 05 by a second hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("data_convert", "a pixel of exactly 100 becomes ink")
def hundred_is_ink(x, y, m, k):
    binary = np.where(x >= 100, 1, 0)
    onehot = np.zeros((k, m))
    onehot[y, np.arange(m)] = 1
    return binary, onehot


@wrong("data_convert", "one row for each image: (m, k)")
def a_row_per_image(x, y, m, k):
    x = (x > 100).astype(np.float32)
    y = np.eye(k, dtype=np.float32)[y]
    return x, y


@wrong("data_convert", "the caller's pixels are overwritten")
def overwrites_pixels(x, y, m, k):
    x[x <= 100] = 0
    x[x > 100] = 1
    Y = np.zeros((k, m))
    for i in range(m):
        Y[y[i]][i] = 1
    return x, Y


@wrong("data_convert", "as many classes as the largest label says")
def classes_that_occur(x, y, m, k):
    ink = (x > 100) * 1.0
    hot = np.eye(np.max(y) + 1)[:, y]
    return ink, hot


@wrong("data_convert", "y stays a row (1, m), as the handout's comment says")
def y_stays(x, y, m, k):
    x = np.array(x > 100, dtype=np.float32)
    y = np.reshape(y, (1, m))
    return x, y


@wrong("data_convert", "scales the pixels first and then asks for more than 100: all paper")
def scaled_before_the_cut(x, y, m, k):
    x = x / 255
    x = (x > 100).astype(np.float32)
    t = np.zeros((k, m), np.float32)
    t[y, range(m)] = 1
    return x, t


@wrong("data_convert", "labels counted from 1, and the bright pixels keep their value")
def from_one_and_bright(x, y, m, k):
    new_x = x.astype(float)
    new_x[new_x <= 100] = 0
    new_y = np.zeros((k, m))
    for i, label in enumerate(y):
        new_y[int(label) - 1, i] = 1
    return new_x, new_y


@right("data_convert")
def by_comparison(x, y, m, k):
    return np.greater(x, 100) + 0.0, np.equal.outer(np.arange(k), y).astype(np.int64)


@right("data_convert")
def sign_and_flat(x, y, m, k):
    ink = np.maximum(np.sign(x.astype(int) - 100), 0)
    hot = np.zeros(k * m, dtype=np.float32)
    hot[y.astype(int) * m + np.arange(m)] = 1
    return ink, hot.reshape(k, m)


@wrong("softmax_regression", "the loss after the step")
def loss_after_step(theta, x, y, iters, alpha):
    m = x.shape[0]
    history = np.zeros(iters)
    for it in range(iters):
        lr = alpha * 0.95 ** (it // 50)
        S = theta @ x.T
        E = np.exp(S - S.max(axis=0))
        P = E / E.sum(axis=0)
        theta = theta - lr * (P - y) @ x / m
        S = theta @ x.T
        S = S - S.max(axis=0)
        history[it] = -np.sum(y * (S - np.log(np.exp(S).sum(axis=0)))) / m
    return history, theta


@wrong("softmax_regression", "the rate falls a little in every iteration")
def smooth_decay(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        logp = z - np.log(np.exp(z).sum(axis=0))
        losses.append(-(y * logp).sum() / m)
        theta = theta - alpha * 0.95 ** (i / 50) / m * (np.exp(logp) - y) @ x
    return np.array(losses), theta


@wrong("softmax_regression", "the rate is cut in iteration 0 already")
def first_cut_at_zero(theta, x, y, iters, alpha):
    m = len(x)
    losses = []
    for i in range(iters):
        if i % 50 == 0:
            alpha = alpha * 0.95
        z = theta.dot(x.T)
        z = z - np.max(z, axis=0, keepdims=True)
        logs = z - np.log(np.sum(np.exp(z), axis=0, keepdims=True))
        losses.append(-np.sum(y * logs) / m)
        theta = theta - alpha * (np.exp(logs) - y).dot(x) / m
    return np.array(losses), theta


@wrong("softmax_regression", "the steps are taken in the caller's theta")
def steps_in_place(theta, x, y, iters, alpha):
    m = len(x)
    losses = np.empty(iters)
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        lse = np.log(np.exp(z).sum(axis=0))
        losses[i] = np.sum(y * (lse - z)) / m
        theta -= alpha * 0.95 ** (i // 50) * ((np.exp(z - lse) - y) @ x) / m
    return losses, theta


@wrong("softmax_regression", "softmax along the images")
def softmax_of_images(theta, x, y, iters, alpha):
    m = len(x)
    losses = []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        losses.append(-(y * logp).sum() / m)
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(logp) - y) @ x / m
    return np.array(losses), theta


@wrong("softmax_regression", "stops when the loss hardly changes: fewer losses than iterations")
def stops_when_flat(theta, x, y, iters, alpha):
    m, losses = len(x), []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        logp = z - np.log(np.exp(z).sum(axis=0))
        losses.append(-(y * logp).sum() / m)
        if i > 0 and abs(losses[-1] - losses[-2]) < 1e-3:
            break
        theta = theta - alpha * 0.95 ** (i // 50) / m * (np.exp(logp) - y) @ x
    return np.array(losses), theta


@wrong("softmax_regression", "a small number in the logarithm, and theta comes first")
def epsilon_and_order(theta, x, y, iters, alpha):
    losses = []
    lr = alpha
    for i in range(1, iters + 1):
        z = np.dot(theta, x.T)
        e = np.exp(z - z.max(axis=0))
        yhat = e / e.sum(axis=0)
        losses.append(-np.sum(y * np.log(yhat + 1e-8)) / x.shape[0])
        theta = theta - lr * np.dot(yhat - y, x) / x.shape[0]
        if i % 50 == 0:
            lr *= 0.95
    return theta, np.array(losses)


@right("softmax_regression")
def in_the_other_layout(theta, x, y, iters, alpha):
    W, Y, rate, done = theta.T.copy(), y.T, alpha, 0
    losses = np.zeros(iters)
    while done < iters:
        if done and done % 50 == 0:
            rate = 0.95 * rate
        Z = np.asarray(x) @ W
        top = Z.max(axis=1, keepdims=True)
        lse = top + np.log(np.exp(Z - top).sum(axis=1, keepdims=True))
        losses[done] = np.mean(((lse - Z) * Y).sum(axis=1))
        W = W - rate * (x.T @ (np.exp(Z - lse) - Y) / len(x))
        done += 1
    return losses, W.T


@right("softmax_regression")
def rates_in_a_list(theta, x, y, iters, alpha):
    rates = (alpha * 0.95 ** (np.arange(iters) // 50)).tolist()
    fixed = y @ x
    out = []
    for rate in rates:
        z = np.einsum("kn,mn->km", theta, x)
        z = z - z.max(axis=0, keepdims=True)
        e = np.exp(z)
        s = e.sum(axis=0, keepdims=True)
        out.append(np.where(y > 0, y * (np.log(s) - z), 0).sum(axis=0).mean())
        theta = theta - rate * ((e / s) @ x - fixed) / x.shape[0]
    return np.asarray(out), theta


@wrong("predict", "raw pixels: the threshold is forgotten")
def raw_pixels(test_images, theta):
    scores = np.dot(theta, test_images.T)
    return np.argmax(scores, axis=0)


@wrong("predict", "a pixel of exactly 100 is ink here")
def not_below_hundred(test_images, theta):
    x = np.where(test_images < 100, 0, 1)
    return np.argmax(x @ theta.T, axis=1)


@wrong("predict", "argmax over the images")
def best_image(test_images, theta):
    x = (test_images > 100).astype(float)
    z = theta @ x.T
    return z.argmax(axis=1)


@wrong("predict", "binarises the caller's images in place")
def images_overwritten(test_images, theta):
    test_images[test_images <= 100] = 0
    test_images[test_images > 100] = 1
    return (theta @ test_images.T).argmax(axis=0)


@wrong("predict", "the score with the largest absolute value wins")
def strongest_score(test_images, theta):
    x = (test_images > 100) * 1
    z = x @ theta.T
    return np.argmax(np.abs(z), axis=1)


@wrong("predict", "the largest scores in place of their labels")
def scores_returned(test_images, theta):
    x = (test_images > 100).astype(np.float32)
    return np.max(theta @ x.T, axis=0)


@wrong("predict", "loops over ten classes with a best score of 0, and scales in place of the threshold")
def ten_from_zero(test_images, theta):
    answer = []
    for image in test_images / 255:
        best, label = 0, 0
        for c in range(10):
            s = np.sum(theta[c] * image)
            if s > best:
                best, label = s, c
        answer.append(label)
    return np.array(answer)


@right("predict")
def image_by_image(test_images, theta):
    found = np.empty(len(test_images), dtype=int)
    for i, image in enumerate(test_images):
        found[i] = max(enumerate(theta[:, image > 100].sum(axis=1)), key=lambda pair: pair[1])[0]
    return found


@right("predict")
def last_of_the_sorted(test_images, theta):
    ink = ~(test_images <= 100)
    return np.tensordot(ink * np.float64(1), theta, axes=[[1], [1]]).argsort(axis=1)[:, -1]


@wrong("cal_accuracy", "the same comparison with a mean: still every pair")
def mean_of_pairs(y_pred, y):
    return np.mean(y_pred == y)


@wrong("cal_accuracy", "flattens the labels only")
def labels_flat(y_pred, y):
    y = y.flatten()
    hits = np.sum(y_pred == y)
    return hits / len(y)


@wrong("cal_accuracy", "squeezes a single image down to no axis, and len refuses")
def squeezed(y_pred, y):
    y_pred, y = np.squeeze(y_pred), np.squeeze(y)
    return np.sum(y_pred == y) / len(y)


@wrong("cal_accuracy", "the share of the wrong ones")
def error_rate(y_pred, y):
    return np.mean(y_pred.ravel() != y.ravel())


@wrong("cal_accuracy", "prints the share and returns nothing")
def only_prints(y_pred, y):
    a, b = y_pred.reshape(-1), y.reshape(-1)
    accuracy = np.sum(a == b) / a.size
    print("accuracy:", accuracy)


@wrong("cal_accuracy", "divides by m squared, to make up for the pairs")
def divided_again(y_pred, y):
    equal = y_pred == y
    return np.sum(equal) / len(y) ** 2


@wrong("cal_accuracy", "per cent, with two digits")
def per_cent(y_pred, y):
    right_ones = (np.ravel(y_pred) == np.ravel(y)).sum()
    return round(100 * right_ones / len(y), 2)


@right("cal_accuracy")
def counted_in_python(y_pred, y):
    pairs = list(zip(y_pred.ravel().tolist(), y.ravel().tolist()))
    return sum(a == b for a, b in pairs) / len(pairs)


@right("cal_accuracy")
def one_minus_misses(y_pred, y):
    m = np.size(y)
    gaps = np.asarray(y_pred).reshape(m).astype(int) - np.asarray(y).reshape(m).astype(int)
    return 1 - np.count_nonzero(gaps) / m
