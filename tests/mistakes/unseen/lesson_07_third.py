"""Answers to lesson 07 by a third hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("add_l2", "np.linalg.norm with 2 is the largest singular value, not the root of the sum of squares")
def spectral_norm(loss, dW, W, l2):
    new = dW.astype(float)
    new[:-1] += l2 * W[:-1]
    return loss + l2 / 2 * np.linalg.norm(W[:-1], 2) ** 2, new


@wrong("add_l2", "sums all products of columns with columns")
def sum_of_gram_matrix(loss, dW, W, l2):
    weights = W[:-1]
    penalty = 0.5 * l2 * np.sum(weights.T @ weights)
    grad = np.vstack([weights, np.zeros((1, W.shape[1]))])
    return loss + penalty, dW + l2 * grad


@wrong("add_l2", "adds n rows to n + 1 rows: the shapes do not fit")
def one_row_missing(loss, dW, W, l2):
    loss = loss + 0.5 * l2 * np.sum(W[:-1] ** 2)
    dW = dW + l2 * W[:-1]
    return loss, dW


@wrong("add_l2", "the copy is no copy: the bias of the caller's W becomes 0")
def sets_the_callers_bias(loss, dW, W, l2):
    penalised = W
    penalised[-1, :] = 0
    return loss + l2 / 2 * np.sum(penalised**2), dW + l2 * penalised


@wrong("add_l2", "leaves out the last column instead of the last row")
def last_column(loss, dW, W, l2):
    R = W.astype(float)
    R[:, -1] = 0
    return loss + l2 / 2 * (R**2).sum(), dW + l2 * R


@wrong("add_l2", "the penalty's gradient is written into an array like W: whole numbers cut it off")
def penalty_like_weights(loss, dW, W, l2):
    extra = np.zeros_like(W)
    for j in range(W.shape[0] - 1):
        for c in range(W.shape[1]):
            extra[j, c] = l2 * W[j, c]
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW + extra


@wrong("add_l2", "the gradient of the penalty without the half: 2 l2 W")
def factor_two(loss, dW, W, l2):
    mask = np.ones(W.shape)
    mask[-1] = 0
    return loss + l2 / 2 * np.sum(mask * W**2), dW + 2 * l2 * mask * W


@right("add_l2")
def free_column(loss, dW, W, l2):
    n = len(W) - 1
    strength = np.full((n + 1, 1), float(l2))
    strength[n] = 0
    return loss + np.vdot(strength * W, W) / 2, dW + strength * W


@wrong("stop_early", "compares with the loss before instead of the best so far")
def compares_with_the_last(validation_losses, patience):
    best, waited = 0, 0
    for i in range(1, len(validation_losses)):
        if validation_losses[i] < validation_losses[i - 1]:
            best, waited = i, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best


@wrong("stop_early", "the best loss starts at 1, so losses above it are never a new low")
def best_starts_at_one(validation_losses, patience):
    best_loss, best_step, bad = 1.0, 0, 0
    for step, loss in enumerate(validation_losses):
        if loss < best_loss:
            best_loss, best_step, bad = loss, step, 0
        else:
            bad += 1
            if bad >= patience:
                return best_step
    return best_step


@wrong("stop_early", "the count of bad steps is never set back")
def count_goes_on(validation_losses, patience):
    best, counter = 0, 0
    for step in range(1, len(validation_losses)):
        if validation_losses[step] < validation_losses[best]:
            best = step
        else:
            counter += 1
        if counter >= patience:
            break
    return best


@wrong("stop_early", "index is a method of lists: an array has none")
def index_of_an_array(validation_losses, patience):
    best = np.inf
    wait = 0
    for loss in validation_losses:
        if loss < best:
            best = loss
            wait = 0
        else:
            wait += 1
        if wait == patience:
            break
    return validation_losses.index(best)


@wrong("stop_early", "only improvements of more than 0.001 count")
def smallest_improvement(validation_losses, patience):
    best_loss, best_step, wait = float("inf"), 0, 0
    for step, loss in enumerate(validation_losses):
        if loss < best_loss - 1e-3:
            best_loss, best_step, wait = loss, step, 0
        else:
            wait += 1
            if wait >= patience:
                break
    return best_step


@wrong("stop_early", "the step where training stops, or the last one if it never does")
def where_it_stops(validation_losses, patience):
    best_loss, wait = validation_losses[0], 0
    for step, loss in enumerate(validation_losses[1:], start=1):
        if loss < best_loss:
            best_loss, wait = loss, 0
        else:
            wait += 1
        if wait == patience:
            return step
    return len(validation_losses) - 1


@wrong("stop_early", "waits one step more: > instead of >=")
def one_step_more(validation_losses, patience):
    lowest = min_at = None
    for step, loss in enumerate(validation_losses):
        if lowest is None or loss < lowest:
            lowest, min_at = loss, step
        elif step - min_at > patience:
            break
    return min_at


@right("stop_early")
def gaps_between_lows(validation_losses, patience):
    losses = np.asarray(validation_losses)
    before = np.minimum.accumulate(losses)[:-1]
    lows = np.concatenate([[0], 1 + np.flatnonzero(losses[1:] < before)])
    too_far = np.flatnonzero(np.diff(lows) > patience)
    return int(lows[too_far[0]] if too_far.size else lows[-1])


@wrong("soft_threshold_entries", "an if about a whole array: its truth is ambiguous")
def if_of_an_array(V, t):
    if V > t:
        return V - t
    elif V < -t:
        return V + t
    else:
        return np.zeros(V.shape)


@wrong("soft_threshold_entries", "shrinks first and then cuts at t again: entries up to 2 t become 0")
def cuts_after_shrinking(V, t):
    out = V.astype(float)
    out[V > t] -= t
    out[V < -t] += t
    out[np.abs(out) <= t] = 0
    return out


@wrong("soft_threshold_entries", "shrinks the whole array by its norm instead of each entry")
def shrinks_the_norm(V, t):
    norm = np.linalg.norm(V)
    if norm == 0:
        return np.zeros(V.shape)
    return V * max(1 - t / norm, 0)


@wrong("soft_threshold_entries", "vectorize takes its type from the first result: a whole 0 cuts off all others")
def type_of_the_first(V, t):
    def prox(v):
        if v > t:
            return v - t
        if v < -t:
            return v + t
        return 0

    return np.vectorize(prox)(V)


@wrong("soft_threshold_entries", "only two cases: entries between -t and t move up by t")
def two_cases(V, t):
    return np.where(V > t, V - t, V + t)


@wrong("soft_threshold_entries", "takes t away from negative entries too: away from 0")
def negative_entries_grow(V, t):
    return np.where(np.abs(V) <= t, 0, V - t)


@wrong("soft_threshold_entries", "the hard threshold: entries that stay are not shrunk")
def keeps_or_kills(V, t):
    return V * (np.abs(V) > t)


@right("soft_threshold_entries")
def less_its_clip(V, t):
    return V - np.clip(V.astype(float), -t, t)


@right("soft_threshold_entries")
def two_hinges(V, t):
    V = np.array(V, dtype=float)
    return np.fmax(V - t, 0) - np.fmax(-V - t, 0)


def shrink(V, t):
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)


@wrong("proximal_step", "the bias makes no step at all")
def bias_stands_still(W, dW, learning_rate, l1):
    new = W.astype(float)
    new[:-1] = shrink(W[:-1] - learning_rate * dW[:-1], learning_rate * l1)
    return new


@wrong("proximal_step", "joins a matrix with a vector: the dimensions do not fit")
def joins_a_vector(W, dW, learning_rate, l1):
    v = W - learning_rate * dW
    weights = shrink(v[:-1], learning_rate * l1)
    bias = v[-1]
    return np.concatenate([weights, bias], axis=0)


@wrong("proximal_step", "shrinks the weights before the step instead of after it")
def shrinks_before(W, dW, learning_rate, l1):
    new = W.astype(float)
    new[:-1] = shrink(new[:-1], learning_rate * l1)
    return new - learning_rate * dW


@wrong("proximal_step", "walks along the sign of the weights, which is a subgradient step")
def subgradient_step(W, dW, learning_rate, l1):
    slope = l1 * np.sign(W)
    slope[-1] = 0
    return W - learning_rate * (dW + slope)


@wrong("proximal_step", "only the bias is repaired: the threshold is still l1")
def threshold_without_rate(W, dW, learning_rate, l1):
    v = W - learning_rate * dW
    return np.vstack([shrink(v[:-1], l1), v[-1]])


@wrong("proximal_step", "the step changes the caller's W, because new is W")
def steps_in_the_callers(W, dW, learning_rate, l1):
    new = W
    new -= learning_rate * dW
    new[:-1] = shrink(new[:-1], learning_rate * l1)
    return new


@right("proximal_step")
def threshold_per_row(W, dW, learning_rate, l1):
    v = W - learning_rate * dW
    t = np.where(np.arange(len(W)) < len(W) - 1, learning_rate * l1, 0.0)[:, None]
    return v - np.maximum(np.minimum(v, t), -t)
