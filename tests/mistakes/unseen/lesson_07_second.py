"""Answers to lesson 07 by a second hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


def soft_threshold_entries(V, t):
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)


@wrong("add_l2", "the bias pays in the loss, though not in the gradient")
def bias_pays_in_loss(loss, dW, W, l2):
    new_loss = loss + l2 / 2 * np.sum(W**2)
    R = W.copy()
    R[-1, :] = 0
    return new_loss, dW + l2 * R


@wrong("add_l2", "no half in the loss")
def without_half(loss, dW, W, l2):
    grad = dW.astype(float)
    grad[:-1] += l2 * W[:-1]
    return loss + l2 * np.sum(W[:-1] ** 2), grad


@wrong("add_l2", "spares the last column and not the last row")
def spares_last_column(loss, dW, W, l2):
    R = W.copy()
    R[:, -1] = 0
    return loss + 0.5 * l2 * (R * R).sum(), dW + l2 * R


@wrong("add_l2", "sets the bias of the caller's W to 0")
def bias_set_to_zero(loss, dW, W, l2):
    W[-1] = 0
    return loss + l2 / 2 * (W**2).sum(), dW + l2 * W


@wrong("add_l2", "the penalty goes into an array like W: whole numbers cut it off")
def penalty_like_w(loss, dW, W, l2):
    penalty = np.zeros_like(W)
    penalty[:-1] = l2 * W[:-1]
    return loss + l2 / 2 * np.sum(W[:-1] ** 2), dW + penalty


@wrong("add_l2", "the gradient comes without the row of the bias")
def row_lost(loss, dW, W, l2):
    w = W[:-1]
    return loss + l2 / 2 * np.sum(w**2), dW[:-1] + l2 * w


@wrong("add_l2", "the norm is not squared, and the gradient has a factor 2")
def norm_and_two(loss, dW, W, l2):
    R = np.vstack([W[:-1], np.zeros((1, W.shape[1]))])
    loss = loss + l2 / 2 * np.linalg.norm(R)
    return loss, dW + 2 * l2 * R


@right("add_l2")
def mask_of_rows(loss, dW, W, l2):
    pays = (np.arange(len(W)) < len(W) - 1)[:, None]
    cost = np.einsum("jc,jc->", W * pays, 0.5 * W)
    return loss + l2 * cost, np.add(dW, np.multiply(l2, W) * pays)


@right("add_l2")
def two_pieces(loss, dW, W, l2):
    w, _ = np.split(W.astype(float), [-1])
    upper = dW[: len(w)] + w * l2
    return loss + np.vdot(w, w) * (l2 / 2), np.concatenate((upper, dW[len(w) :]))


@wrong("soft_threshold_entries", "negative entries become 0 all of them")
def positives_only(V, t):
    return np.maximum(V - t, 0)


@wrong("soft_threshold_entries", "a hard threshold: what stays is not moved")
def hard(V, t):
    return np.where(np.abs(V) > t, V, 0)


@wrong("soft_threshold_entries", "small entries jump over 0 to the other side")
def jumps_over(V, t):
    return V - t * np.sign(V)


@wrong("soft_threshold_entries", "the result is like V: whole numbers cut the fractions off")
def result_like_v(V, t):
    out = np.zeros_like(V)
    out[V > t] = V[V > t] - t
    out[V < -t] = V[V < -t] + t
    return out


@wrong("soft_threshold_entries", "divides by the size of an entry: 0 becomes nan")
def by_its_size(V, t):
    with np.errstate(all="ignore"):
        return V * np.maximum(1 - t / np.abs(V), 0)


@wrong("soft_threshold_entries", "walks along a vector: the rows of a matrix have no truth value")
def vector_only(V, t):
    result = []
    for v in V:
        if v > t:
            result.append(v - t)
        elif v < -t:
            result.append(v + t)
        else:
            result.append(0.0)
    return np.array(result)


@wrong("soft_threshold_entries", "negative entries move away from 0, and the caller's V changes")
def outwards_in_place(V, t):
    V[np.abs(V) <= t] = 0
    V[V > 0] -= t
    V[V < 0] -= t
    return V


@right("soft_threshold_entries")
def what_the_clip_leaves(V, t):
    return V - np.clip(V, -t, t)


@right("soft_threshold_entries")
def two_ramps(V, t):
    V = np.array(V, dtype=float)
    up = np.where(V > t, V - t, 0.0)
    down = np.where(-V > t, -V - t, 0.0)
    return up - down


@wrong("proximal_step", "the bias is thresholded too")
def threshold_all(W, dW, learning_rate, l1):
    return soft_threshold_entries(W - learning_rate * dW, learning_rate * l1)


@wrong("proximal_step", "the threshold is l1 alone, without the learning rate")
def strength_alone(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] = soft_threshold_entries(new[:-1], l1)
    return new


@wrong("proximal_step", "first the threshold, then the step: no exact zeros")
def threshold_first(W, dW, learning_rate, l1):
    shrunk = W.astype(float)
    shrunk[:-1] = soft_threshold_entries(shrunk[:-1], learning_rate * l1)
    return shrunk - learning_rate * dW


@wrong("proximal_step", "the bias takes no step at all")
def bias_stands_still(W, dW, learning_rate, l1):
    new = W.astype(float)
    new[:-1] = soft_threshold_entries(W[:-1] - learning_rate * dW[:-1], learning_rate * l1)
    return new


@wrong("proximal_step", "the subgradient of the penalty in place of a threshold")
def subgradient(W, dW, learning_rate, l1):
    pull = l1 * np.sign(W)
    pull[-1] = 0
    return W - learning_rate * (dW + pull)


@wrong("proximal_step", "steps in the caller's W")
def caller_steps(W, dW, learning_rate, l1):
    W -= learning_rate * dW
    W[:-1] = soft_threshold_entries(W[:-1], learning_rate * l1)
    return W


@wrong("proximal_step", "goes uphill, and spares the first row")
def uphill_first_row(W, dW, learning_rate, l1):
    new = W + learning_rate * dW
    new[1:] = soft_threshold_entries(new[1:], learning_rate * l1)
    return new


@right("proximal_step")
def limits_by_row(W, dW, learning_rate, l1):
    t = np.full((W.shape[0], 1), learning_rate * l1, dtype=float)
    t[-1] = 0
    V = W - learning_rate * dW
    return V - np.clip(V, -t, t)


@right("proximal_step")
def stacked(W, dW, learning_rate, l1):
    *rest, bias = W - np.multiply(dW, learning_rate)
    shrunk = [np.copysign(np.fmax(abs(row) - learning_rate * l1, 0), row) for row in rest]
    return np.array([*shrunk, bias])


@wrong("stop_early", "the lowest of all losses: never stops")
def lowest_of_all(validation_losses, patience):
    return int(np.argmin(validation_losses))


@wrong("stop_early", "returns the step where it stops, not the one to go back to")
def step_of_the_stop(validation_losses, patience):
    best = np.inf
    waited = 0
    for step, loss in enumerate(validation_losses):
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
            if waited == patience:
                return step
    return step


@wrong("stop_early", "an equal loss counts as a new low")
def equal_is_low(validation_losses, patience):
    best, at, bad = float("inf"), 0, 0
    for i in range(len(validation_losses)):
        if validation_losses[i] <= best:
            best, at, bad = validation_losses[i], i, 0
        else:
            bad += 1
        if bad >= patience:
            break
    return at


@wrong("stop_early", "the count of bad steps is never set back")
def count_goes_on(validation_losses, patience):
    best_step = 0
    bad = 0
    for step in range(1, len(validation_losses)):
        if validation_losses[step] < validation_losses[best_step]:
            best_step = step
        else:
            bad += 1
            if bad == patience:
                break
    return best_step


@wrong("stop_early", "waits one step too long")
def one_too_patient(validation_losses, patience):
    best = 0
    for i, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = i
        if i - best > patience:
            return best
    return best


@wrong("stop_early", "no answer when the losses end before the patience does")
def returns_only_at_the_stop(validation_losses, patience):
    low, low_step = validation_losses[0], 0
    for step, value in enumerate(validation_losses):
        if value < low:
            low, low_step = value, step
        elif step - low_step >= patience:
            return low_step


@wrong("stop_early", "compares with the step before, and starts with a best loss of 1")
def against_the_neighbour(validation_losses, patience):
    best_loss, best_step, previous, waited = 1.0, 0, 1.0, 0
    for step, loss in enumerate(validation_losses):
        if loss < previous:
            waited = 0
        else:
            waited += 1
        if loss < best_loss:
            best_loss, best_step = loss, step
        previous = loss
        if waited == patience:
            break
    return best_step


@right("stop_early")
def by_running_minimum(validation_losses, patience):
    losses = np.asarray(validation_losses, dtype=float)
    before = np.concatenate(([np.inf], np.minimum.accumulate(losses)[:-1]))
    lows = np.flatnonzero((losses < before) | (np.arange(losses.size) == 0))
    waits = np.diff(np.append(lows, losses.size + patience + 1)) - 1
    return int(lows[np.argmax(waits >= patience)])


@right("stop_early")
def by_iterator(validation_losses, patience):
    left, low, place, count = patience, None, None, -1
    stream = iter(validation_losses)
    while left > 0:
        loss = next(stream, None)
        if loss is None:
            break
        count += 1
        if low is None or low > loss:
            left, low, place = patience, loss, count
        else:
            left -= 1
    return place
