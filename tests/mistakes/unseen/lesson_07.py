"""Answers to lesson 07 by people who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("add_l2", "the bias is penalised too")
def bias_penalised(loss, dW, W, l2):
    return loss + 0.5 * l2 * np.sum(W**2), dW + l2 * W


@wrong("add_l2", "no factor 1/2 in the loss")
def half_missing(loss, dW, W, l2):
    R = W.copy()
    R[-1] = 0
    return loss + l2 * np.sum(R * R), dW + l2 * R


@wrong("add_l2", "twice the strength in the gradient, and dW changes in place")
def double_in_place(loss, dW, W, l2):
    loss += l2 / 2 * np.sum(W[:-1] ** 2)
    dW[:-1] += 2 * l2 * W[:-1]
    return loss, dW


@wrong("add_l2", "leaves out the last column in place of the last row")
def last_column(loss, dW, W, l2):
    weights = np.array(W, dtype=float)
    weights[:, -1] = 0
    return loss + l2 / 2 * np.einsum("ij,ij->", weights, weights), dW + l2 * weights


@wrong("add_l2", "adds a matrix without the bias row to one with it: the shapes do not fit")
def shapes_do_not_fit(loss, dW, W, l2):
    weights = W[:-1]
    new_loss = loss + l2 / 2 * np.sum(np.square(weights))
    new_dW = dW + l2 * weights
    return new_loss, new_dW


@wrong("add_l2", "takes the norm and does not square it")
def norm_not_squared(loss, dW, W, l2):
    penalty = l2 / 2 * np.linalg.norm(W[:-1])
    return loss + penalty, np.vstack([dW[:-1] + l2 * W[:-1], dW[-1:]])


@wrong("add_l2", "the first row is taken for the bias")
def first_row(loss, dW, W, l2):
    total = sum(float(w) ** 2 for row in W[1:] for w in row)
    grad = dW.astype(float)
    for i in range(1, len(W)):
        grad[i] = grad[i] + l2 * W[i]
    return loss + l2 / 2 * total, grad


@right("add_l2")
def strength_of_each_row(loss, dW, W, l2):
    strength = l2 * (np.arange(len(W)) < len(W) - 1)
    return loss + np.einsum("i,ic,ic->", strength, W, W) / 2, dW + np.diag(strength) @ W


@right("add_l2")
def padded_with_zeros(loss, dW, W, l2):
    *weights, _ = W.tolist()
    penalty = math.fsum(w * w for row in weights for w in row) * l2 / 2
    return loss + penalty, np.asfortranarray(dW + np.pad(l2 * W[:-1], ((0, 1), (0, 0))))


@wrong("soft_threshold_entries", "negative entries all go to 0")
def positive_side_only(V, t):
    return np.maximum(V - t, 0)


@wrong("soft_threshold_entries", "a hard threshold: the large entries stay as they are")
def hard_threshold(V, t):
    return np.where(np.abs(V) > t, V, 0)


@wrong("soft_threshold_entries", "no cut at 0: small entries go past it to the other side")
def past_zero(V, t):
    return V - t * np.sign(V)


@wrong("soft_threshold_entries", "the sign is lost")
def sign_lost(V, t):
    out = [max(abs(v) - t, 0.0) for v in V.ravel()]
    return np.array(out).reshape(V.shape)


@wrong("soft_threshold_entries", "three steps one after the other: what was moved is cut once more; in place")
def cut_after_moving(V, t):
    V[V > t] -= t
    V[V < -t] += t
    V[np.abs(V) <= t] = 0
    return V


@wrong("soft_threshold_entries", "an if on a whole array: ValueError")
def if_on_an_array(V, t):
    if V > t:
        return V - t
    elif V < -t:
        return V + t
    else:
        return np.zeros_like(V)


@wrong("soft_threshold_entries", "takes a share and not an amount")
def takes_a_share(V, t):
    return np.multiply(V, 1.0 / (1.0 + t))


@right("soft_threshold_entries")
def minus_the_clipped(V, t):
    return V - np.clip(V, -t, t)


@right("soft_threshold_entries")
def entry_by_entry(V, t):
    V = np.array(V, dtype=float, order="F")
    shrink = np.vectorize(lambda v: math.copysign(max(abs(v) - t, 0.0), v), otypes=[float])
    return shrink(V)


@wrong("proximal_step", "the bias goes through the threshold too")
def bias_thresholded(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    t = learning_rate * l1
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)


@wrong("proximal_step", "thresholds by l1, without the learning rate")
def threshold_without_rate(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    V[:-1] = np.sign(V[:-1]) * np.maximum(np.abs(V[:-1]) - l1, 0)
    return V


@wrong("proximal_step", "thresholds first and takes the gradient step afterwards")
def threshold_first(W, dW, learning_rate, l1):
    t = learning_rate * l1
    shrunk = W.astype(float)
    shrunk[:-1] = shrunk[:-1] - np.clip(shrunk[:-1], -t, t)
    return shrunk - learning_rate * dW


@wrong("proximal_step", "a step along the subgradient: no entry lands on 0; and W changes in place")
def subgradient_in_place(W, dW, learning_rate, l1):
    W -= learning_rate * dW
    W[:-1] -= learning_rate * l1 * np.sign(W[:-1])
    return W


@wrong("proximal_step", "joins a matrix and a vector: the dimensions do not fit")
def joins_matrix_and_vector(W, dW, learning_rate, l1):
    def soft(V, t):
        return np.where(V > t, V - t, np.where(V < -t, V + t, 0.0))

    new = W - learning_rate * dW
    return np.concatenate([soft(new[:-1], learning_rate * l1), new[-1]])


@wrong("proximal_step", "the bias keeps its old value: no gradient step")
def bias_stays(W, dW, learning_rate, l1):
    soft = lambda v, t: math.copysign(max(abs(v) - t, 0.0), v)  # noqa: E731
    new = [[soft(w - learning_rate * d, learning_rate * l1) for w, d in zip(*rows)] for rows in zip(W[:-1], dW[:-1])]
    return np.array(new + [list(W[-1])])


@wrong("proximal_step", "walks uphill, and takes the last column for the bias")
def uphill_and_columns(W, dW, learning_rate, l1):
    V = W + learning_rate * dW
    R = V[:, :-1]
    V[:, :-1] = np.sign(R) * np.maximum(np.abs(R) - learning_rate * l1, 0)
    return V


@right("proximal_step")
def threshold_of_each_row(W, dW, learning_rate, l1):
    t = np.full((len(W), 1), learning_rate * l1, dtype=float)
    t[-1] = 0
    V = W - np.multiply(learning_rate, dW)
    return np.fmax(V - t, 0) + np.fmin(V + t, 0)


@right("proximal_step")
def stacked_from_a_generator(W, dW, learning_rate, l1):
    *weights, bias = (w - learning_rate * d for w, d in zip(W, dW, strict=True))
    t = learning_rate * l1
    return np.stack([*(np.where(abs(v) > t, v - np.copysign(t, v), 0.0) for v in weights), bias])


@wrong("stop_early", "no stopping: the lowest loss of all")
def lowest_of_all(validation_losses, patience):
    return int(np.argmin(validation_losses))


@wrong("stop_early", "returns the step at which training stops")
def step_of_the_stop(validation_losses, patience):
    best, waited = float("inf"), 0
    for step, loss in enumerate(validation_losses):
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
        if waited >= patience:
            return step
    return len(validation_losses) - 1


@wrong("stop_early", "the counter is not reset after a new low")
def counter_not_reset(validation_losses, patience):
    best = np.inf
    best_step = 0
    bad = 0
    for i in range(len(validation_losses)):
        if validation_losses[i] < best:
            best = validation_losses[i]
            best_step = i
        else:
            bad += 1
            if bad == patience:
                break
    return best_step


@wrong("stop_early", "compares with the loss before and not with the best")
def compared_with_the_last(validation_losses, patience):
    best, waited = 0, 0
    for i in range(1, len(validation_losses)):
        if validation_losses[i] < validation_losses[i - 1]:
            best, waited = i, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best


@wrong("stop_early", "waits one step too long, and an equal loss counts as a new low")
def too_patient_and_equal(validation_losses, patience):
    best, where, waited = math.inf, 0, 0
    for i, loss in enumerate(map(float, validation_losses)):
        better = loss <= best
        best, where, waited = (loss, i, 0) if better else (best, where, waited + 1)
        if waited > patience:
            return where
    return where


@wrong("stop_early", "looks ahead beyond the end: IndexError when the losses end first")
def looks_beyond_the_end(validation_losses, patience):
    best = 0
    step = 0
    waited = 0
    while waited < patience:
        step += 1
        if validation_losses[step] < validation_losses[best]:
            best = step
            waited = 0
        else:
            waited += 1
    return best


@wrong("stop_early", "returns the lowest loss and not its step")
def lowest_loss(validation_losses, patience):
    best = validation_losses[0]
    since = 0
    for loss in validation_losses[1:]:
        since = 0 if loss < best else since + 1
        best = min(best, loss)
        if since == patience:
            break
    return best


@right("stop_early")
def first_window_without_a_low(validation_losses, patience):
    best = 0
    while True:
        window = list(validation_losses[best + 1 : best + 1 + patience])
        lower = next((i for i, loss in enumerate(window) if loss < validation_losses[best]), None)
        if lower is None:
            return best
        best += 1 + lower


@right("stop_early")
def gaps_between_lows(validation_losses, patience):
    losses = np.asarray(validation_losses, dtype=float)
    floor = np.minimum.accumulate(losses)
    lows = np.append(0, np.flatnonzero(floor[1:] < floor[:-1]) + 1)
    too_long = np.diff(lows) > patience
    return int(lows[np.argmax(too_long)] if too_long.any() else lows[-1])
