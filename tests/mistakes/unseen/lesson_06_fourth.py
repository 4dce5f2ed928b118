"""Answers to lesson 06 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


def _loss(W, X, y):
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    P = np.exp(log_p)
    P[np.arange(len(y)), y] -= 1
    return -log_p[np.arange(len(y)), y].mean(), X.T @ P / len(y)


@wrong("one_epoch", "labels are not put into the order")
def labels_in_old_order(W, X, y, order, batch_size, learning_rate):
    losses = []
    X = X[order]
    for i in range(0, len(X), batch_size):
        loss, dW = _loss(W, X[i : i + batch_size], y[i : i + batch_size])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong("one_epoch", "all gradients at the weights at the start")
def gradients_at_start(W, X, y, order, batch_size, learning_rate):
    losses, new = [], W.astype(float)
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        loss, dW = _loss(W, X[rows], y[rows])
        losses.append(loss)
        new = new - learning_rate * dW
    return np.array(losses), new


@wrong("one_epoch", "the shorter batch is dropped")
def short_batch_dropped(W, X, y, order, batch_size, learning_rate):
    losses = []
    for b in range(len(order) // batch_size):
        rows = order[b * batch_size : (b + 1) * batch_size]
        loss, dW = _loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong("one_epoch", "one mean loss of the whole epoch")
def one_loss_of_epoch(W, X, y, order, batch_size, learning_rate):
    losses = []
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        loss, dW = _loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.mean(losses), W


@wrong("one_epoch", "steps sum, not the mean: gradient times batch size")
def sum_over_batch(W, X, y, order, batch_size, learning_rate):
    losses = []
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        loss, dW = _loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW * len(rows)
    return np.array(losses), W


@right("one_epoch")
def split_by_numpy(W, X, y, order, batch_size, learning_rate):
    losses, W = (), np.array(W, float)
    for rows in np.split(order, range(batch_size, len(order), batch_size)):
        loss, dW = _loss(W, X[rows], y[rows])
        losses += (loss,)
        W -= learning_rate * dW
    return losses, W


def _share(W, X, y):
    return np.mean((X @ W).argmax(axis=1) == y)


@wrong("best_setting", "chooses by the test images")
def chosen_by_test(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            share = _share(fit(rate, strength), X_test, y_test)
            if share > best:
                best, chosen = share, (rate, strength)
    return (*chosen, best)


@wrong("best_setting", "tests the weights that were trained last")
def tests_last_weights(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            share = _share(W, X_val, y_val)
            if share > best:
                best, chosen = share, (rate, strength)
    return (*chosen, _share(W, X_test, y_test))


@wrong("best_setting", "returns the validation accuracy")
def validation_accuracy(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            share = _share(fit(rate, strength), X_val, y_val)
            if share > best:
                best, chosen = share, (rate, strength)
    return chosen[0], chosen[1], best


@wrong("best_setting", "pairs of the grid's diagonal only, by zip")
def only_pairs_of_zip(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate, strength in zip(rates, strengths, strict=False):
        W = fit(rate, strength)
        share = _share(W, X_val, y_val)
        if share > best:
            best, chosen, kept = share, (rate, strength), W
    return (*chosen, _share(kept, X_test, y_test))
