"""Answers to lesson 06 by a third hand, who had not seen the checks."""

from itertools import product

import numpy as np

from coursekit import softmax
from tests.mistakes.unseen import right, wrong


@wrong("one_epoch", "only the examples are put in order: the labels stay where they were")
def labels_in_the_old_order(W, X, y, order, batch_size, learning_rate):
    X = X[order]
    losses = []
    for start in range(0, len(X), batch_size):
        loss, dW = softmax.softmax_loss(W, X[start : start + batch_size], y[start : start + batch_size])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong("one_epoch", "one mean loss for the epoch instead of one for each batch")
def mean_loss_of_the_epoch(W, X, y, order, batch_size, learning_rate):
    total = 0
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax.softmax_loss(W, X[rows], y[rows])
        total += loss * len(rows)
        W = W - learning_rate * dW
    return total / len(order), W


@wrong("one_epoch", "array_split with m // batch_size parts: the batches have other sizes")
def parts_of_equal_size(W, X, y, order, batch_size, learning_rate):
    losses = []
    for rows in np.array_split(order, max(1, len(order) // batch_size)):
        loss, dW = softmax.softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong("one_epoch", "reshapes the order into batches, which fails when the last is shorter")
def order_reshaped(W, X, y, order, batch_size, learning_rate):
    losses = []
    for batch in order.reshape(-1, batch_size):
        loss, dW = softmax.softmax_loss(W, X[batch], y[batch])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong("one_epoch", "the loss is taken after the step")
def loss_after_the_step(W, X, y, order, batch_size, learning_rate):
    losses = []
    for i in range(0, len(order), batch_size):
        Xb, yb = X[order[i : i + batch_size]], y[order[i : i + batch_size]]
        _, grad = softmax.softmax_loss(W, Xb, yb)
        W = W - learning_rate * grad
        losses.append(softmax.softmax_loss(W, Xb, yb)[0])
    return np.array(losses), W


@wrong("one_epoch", "all gradients are taken at the weights from the start of the epoch")
def gradients_at_the_start(W, X, y, order, batch_size, learning_rate):
    losses, new = [], W.astype(float)
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax.softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        new -= learning_rate * dW
    return np.array(losses), new


@wrong("one_epoch", "moves one example on instead of one batch: the batches overlap")
def batches_overlap(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(len(order)):
        rows = order[start : start + batch_size]
        loss, dW = softmax.softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@right("one_epoch")
def split_with_own_gradient(W, X, y, order, batch_size, learning_rate):
    cuts = np.arange(batch_size, len(order), batch_size)
    batches = np.split(np.asarray(order), cuts)
    losses = np.empty(len(batches))
    for b, rows in enumerate(batches):
        Z = X[rows] @ W
        log_p = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
        at = np.arange(len(rows)), y[rows]
        losses[b] = -log_p[at].mean()
        dZ = np.exp(log_p)
        dZ[at] -= 1
        W = W - learning_rate * (X[rows].T @ dZ / len(rows))
    return losses, W


def share(W, X, y):
    return np.mean(softmax.predict(W, X) == y)


@wrong("best_setting", "on the validation part, but still first the rate and then the strength")
def one_after_the_other(fit, X_val, y_val, X_test, y_test, rates, strengths):
    rate = max(rates, key=lambda r: share(fit(r, strengths[0]), X_val, y_val))
    strength = max(strengths, key=lambda s: share(fit(rate, s), X_val, y_val))
    return rate, strength, share(fit(rate, strength), X_test, y_test)


@wrong("best_setting", "the best share starts at 0: if all are 0, nothing is ever chosen and an error comes")
def nothing_beats_zero(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best_acc = 0
    for lr in rates:
        for reg in strengths:
            W = fit(lr, reg)
            acc = np.mean(softmax.predict(W, X_val) == y_val)
            if acc > best_acc:
                best_acc = acc
                best = (lr, reg, W)
    lr, reg, W = best
    return lr, reg, np.mean(softmax.predict(W, X_test) == y_test)


@wrong("best_setting", "zip: the first rate meets only the first strength, and so on")
def pairs_of_zip(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1.0
    for rate, strength in zip(rates, strengths, strict=False):
        W = fit(rate, strength)
        acc = share(W, X_val, y_val)
        if acc > best:
            best, best_rate, best_strength, best_W = acc, rate, strength, W
    return best_rate, best_strength, share(best_W, X_test, y_test)


@wrong("best_setting", "the test accuracy is that of the last weights tried, not the winner's")
def last_weights(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            val_acc = (softmax.predict(W, X_val) == y_val).mean()
            if val_acc > best:
                best = val_acc
                chosen = rate, strength
    test_acc = (softmax.predict(W, X_test) == y_test).mean()
    return (*chosen, test_acc)


@wrong("best_setting", "max of tuples: equal shares are decided by the larger rate and strength")
def largest_tuple(fit, X_val, y_val, X_test, y_test, rates, strengths):
    results = [(share(fit(r, s), X_val, y_val), r, s) for r in rates for s in strengths]
    _, rate, strength = max(results)
    return rate, strength, share(fit(rate, strength), X_test, y_test)


@wrong("best_setting", "the place in the grid is read with rows and columns swapped")
def grid_read_wrongly(fit, X_val, y_val, X_test, y_test, rates, strengths):
    grid = np.array([[share(fit(r, s), X_val, y_val) for r in rates] for s in strengths])
    i, j = np.unravel_index(grid.argmax(), grid.shape)
    return rates[i], strengths[j], share(fit(rates[i], strengths[j]), X_test, y_test)


@wrong("best_setting", "returns the accuracy on the validation part, by which it was chosen")
def accuracy_of_the_choice(fit, X_val, y_val, X_test, y_test, rates, strengths):
    settings = list(product(rates, strengths))
    accs = [share(fit(*setting), X_val, y_val) for setting in settings]
    winner = int(np.argmax(accs))
    return settings[winner][0], settings[winner][1], accs[winner]


@right("best_setting")
def max_with_a_key(fit, X_val, y_val, X_test, y_test, rates, strengths):
    tried = ((r, s, fit(r, s)) for r, s in product(rates, strengths))
    rate, strength, W = max(tried, key=lambda item: share(item[2], X_val, y_val))
    return rate, strength, share(W, X_test, y_test)
