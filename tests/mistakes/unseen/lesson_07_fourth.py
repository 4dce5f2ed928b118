"""Answers to lesson 07 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("add_l2", "the first row is taken for the bias")
def first_row_free(loss, dW, W, l2):
    R = W.copy()
    R[0] = 0
    return loss + l2 / 2 * (R**2).sum(), dW + l2 * R


@wrong("add_l2", "gradient with a factor of 2")
def two_in_gradient(loss, dW, W, l2):
    R = W.copy()
    R[-1] = 0
    return loss + l2 / 2 * (R**2).sum(), dW + 2 * l2 * R


@wrong("add_l2", "norm not squared in the loss")
def norm_not_squared(loss, dW, W, l2):
    R = W.astype(float)
    R[-1] = 0
    return loss + l2 / 2 * np.linalg.norm(R), dW + l2 * R


@wrong("add_l2", "bias penalised in the gradient only")
def bias_in_gradient(loss, dW, W, l2):
    return loss + l2 / 2 * np.sum(W[:-1] ** 2), dW + l2 * W


@wrong("add_l2", "the last column is left out, not the last row")
def last_column_free(loss, dW, W, l2):
    R = W.copy()
    R[:, -1] = 0
    return loss + l2 / 2 * (R**2).sum(), dW + l2 * R


@right("add_l2")
def by_mask(loss, dW, W, l2):
    mask = np.ones((len(W), 1))
    mask[-1, 0] = 0
    return loss + 0.5 * l2 * np.trace((mask * W).T @ W), dW + l2 * mask * W


@wrong("stop_early", "the waiting is never reset")
def waiting_never_reset(validation_losses, patience):
    best, wait = 0, 0
    for i in range(1, len(validation_losses)):
        if validation_losses[i] < validation_losses[best]:
            best = i
        else:
            wait += 1
            if wait == patience:
                break
    return best


@wrong("stop_early", "compares with the loss just before")
def compares_with_previous(validation_losses, patience):
    best, wait = 0, 0
    for i in range(1, len(validation_losses)):
        if validation_losses[i] < validation_losses[i - 1]:
            best, wait = i, 0
        else:
            wait += 1
            if wait >= patience:
                break
    return best


@wrong("stop_early", "the step at which training stops")
def step_of_stopping(validation_losses, patience):
    best = 0
    for i, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = i
        elif i - best >= patience:
            return i
    return best


@wrong("stop_early", "waits one step too long")
def one_step_too_long(validation_losses, patience):
    best = 0
    for i, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = i
        elif i - best > patience:
            break
    return best


@wrong("soft_threshold_entries", "a hard threshold: the large ones do not shrink")
def hard_threshold(V, t):
    return np.where(np.abs(V) > t, V, 0)


@wrong("soft_threshold_entries", "large negative entries move away from 0")
def negative_moves_away(V, t):
    return np.where(np.abs(V) <= t, 0, V - t)


@wrong("soft_threshold_entries", "sign forgotten")
def sign_forgotten(V, t):
    return np.maximum(np.abs(V) - t, 0)


@wrong("soft_threshold_entries", "clips to [-t, t]")
def clipped(V, t):
    return np.clip(V, -t, t)


def _soft(V, t):
    return V - np.clip(V, -t, t)


@wrong("proximal_step", "shrinks before the step")
def shrinks_first(W, dW, learning_rate, l1):
    new = W.astype(float)
    new[:-1] = _soft(new[:-1], learning_rate * l1)
    return new - learning_rate * dW


@wrong("proximal_step", "the bias shrinks too")
def bias_shrinks(W, dW, learning_rate, l1):
    return _soft(W - learning_rate * dW, learning_rate * l1)


@wrong("proximal_step", "threshold without the rate")
def threshold_without_rate(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] = _soft(new[:-1], l1)
    return new


@wrong("proximal_step", "the bias does not move")
def bias_stands_still(W, dW, learning_rate, l1):
    new = W.astype(float)
    new[:-1] = _soft(W[:-1] - learning_rate * dW[:-1], learning_rate * l1)
    return new
