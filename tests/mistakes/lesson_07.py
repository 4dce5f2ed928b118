"""Answers to the exercises of notebook 07, regularisation."""

import numpy as np

from tests.mistakes import right, wrong

# add_l2


@right("add_l2")
def copied_and_zeroed(loss, dW, W, l2):
    R = W.copy()
    R[-1] = 0
    return loss + 0.5 * l2 * np.sum(R**2), dW + l2 * R


@right("add_l2")
def loops_over_rows(loss, dW, W, l2):
    gradient = [list(row) for row in dW]
    for i in range(len(W) - 1):
        for j in range(len(W[i])):
            loss += l2 / 2 * W[i][j] ** 2
            gradient[i][j] += l2 * W[i][j]
    return loss, gradient


@right("add_l2")
def by_a_mask(loss, dW, W, l2):
    mask = np.ones((len(W), 1))
    mask[-1] = 0
    return np.float32(loss + l2 / 2 * (mask * W * W).sum()), np.asfortranarray(dW + l2 * mask * W)


@right("add_l2")
def norm_squared_in_a_list(loss, dW, W, l2):
    new = np.array(dW)
    new[:-1] += l2 * W[:-1]
    return [loss + l2 * np.linalg.norm(W[:-1]) ** 2 / 2, np.matrix(new)]


@wrong("add_l2", "the last row of W, is penalised as well")
def bias_penalised(loss, dW, W, l2):
    return loss + l2 / 2 * (W**2).sum(), dW + l2 * W


@wrong("add_l2", "the bias row of dW is penalised")
def bias_penalised_in_the_gradient(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW + l2 * W


@wrong("add_l2", "the factor 1/2 is missing")
def half_forgotten(loss, dW, W, l2):
    return loss + l2 * (W[:-1] ** 2).sum(), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "eaten by the 2")
def two_in_the_gradient(loss, dW, W, l2):
    return copied_and_zeroed(loss, dW, W, l2)[0], copied_and_zeroed(loss, dW, W, 2 * l2)[1]


@wrong("add_l2", "argument number 2 in place")
def gradient_in_place(loss, dW, W, l2):
    dW[:-1] += l2 * W[:-1]
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW


@wrong("add_l2", "argument number 3 in place")
def weights_in_place(loss, dW, W, l2):
    W[-1] = 0
    return loss + l2 / 2 * (W**2).sum(), dW + l2 * W


@wrong("add_l2", "not squared")
def norm_unsquared(loss, dW, W, l2):
    return loss + l2 / 2 * np.linalg.norm(W[:-1]), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "What is the derivative")
def gradient_forgotten(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW


@wrong("add_l2", "the loss has no penalty")
def loss_forgotten(loss, dW, W, l2):
    return loss, copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "lost the bias row")
def bias_row_dropped(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW[:-1] + l2 * W[:-1]


@wrong("add_l2", "the bias row became 0")
def bias_gradient_zeroed(loss, dW, W, l2):
    loss, new = copied_and_zeroed(loss, dW, W, l2)
    new[-1] = 0
    return loss, new


@wrong("add_l2", "the first row was left out")
def first_row_spared(loss, dW, W, l2):
    R = np.vstack([0 * W[:1], W[1:]])
    return loss + l2 / 2 * (R**2).sum(), dW + l2 * R


@wrong("add_l2", "a column was left out")
def last_column_spared(loss, dW, W, l2):
    R = W.copy()
    R[:, -1] = 0
    return loss + l2 / 2 * (R**2).sum(), dW + l2 * R


@wrong("add_l2", "absolute values")
def l1_instead(loss, dW, W, l2):
    return loss + l2 * np.abs(W[:-1]).sum(), dW + l2 * np.sign(W)


@wrong("add_l2", "a mean over the weights")
def mean_of_squares(loss, dW, W, l2):
    return loss + l2 / 2 * np.mean(W[:-1] ** 2), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "taken away")
def penalty_rewarded(loss, dW, W, l2):
    return copied_and_zeroed(loss, dW, W, -l2)


@wrong("add_l2", "the order is (loss, dW)")
def gradient_first(loss, dW, W, l2):
    return copied_and_zeroed(loss, dW, W, l2)[::-1]


@wrong("add_l2", "the penalty alone")
def penalty_alone(loss, dW, W, l2):
    return copied_and_zeroed(0, 0 * dW, W, l2)


# soft_threshold_entries


@right("soft_threshold_entries")
def sign_and_maximum(V, t):
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)


@right("soft_threshold_entries")
def entry_by_entry(V, t):
    out = np.zeros(V.shape)
    for index in np.ndindex(V.shape):
        if V[index] > t:
            out[index] = V[index] - t
        elif V[index] < -t:
            out[index] = V[index] + t
    return out


@right("soft_threshold_entries")
def what_clipping_leaves(V, t):
    return V - np.clip(V, -t, t)


@right("soft_threshold_entries")
def two_maxima_in_float32(V, t):
    return (np.maximum(V - t, 0) - np.maximum(-V - t, 0)).astype(np.float32)


@right("soft_threshold_entries")
def nested_where_as_a_list(V, t):
    return np.where(V > t, V - t, np.where(V < -t, V + t, 0.0)).tolist()


@wrong("soft_threshold_entries", "pushed past it")
def no_stop_at_zero(V, t):
    return V - t * np.sign(V)


@wrong("soft_threshold_entries", "pushed past it")
def two_cases_only(V, t):
    return np.where(V > 0, V - t, V + t)


@wrong("soft_threshold_entries", "hard threshold")
def hard_threshold(V, t):
    return V * (np.abs(V) > t)


@wrong("soft_threshold_entries", "signs are lost")
def sign_lost(V, t):
    return np.maximum(np.abs(V) - t, 0)


@wrong("soft_threshold_entries", "negative entries became 0")
def relu_of_the_difference(V, t):
    return np.maximum(0, V - t)


@wrong("soft_threshold_entries", "a factor, as under L2")
def shrunk_by_a_factor(V, t):
    return V / (1 + t)


@wrong("soft_threshold_entries", "this is what is cut off")
def clipped(V, t):
    return np.clip(V, -t, t)


@wrong("soft_threshold_entries", "0 / 0")
def divided_by_itself(V, t):
    return V / np.abs(V) * np.maximum(np.abs(V) - t, 0)


@wrong("soft_threshold_entries", "argument number 1 in place")
def entries_in_place(V, t):
    V[np.abs(V) <= t] = 0
    V[V > 0] -= t
    V[V < 0] += t
    return V


@wrong("soft_threshold_entries", "negative entries did not move")
def one_side_only(V, t):
    out = V.copy()
    out[np.abs(V) <= t] = 0
    out[V > t] -= t
    return out


@wrong("soft_threshold_entries", "negative entries moved down")
def sign_of_the_other_side(V, t):
    return np.where(V > t, V - t, np.where(V < -t, V - t, 0.0))


@wrong("soft_threshold_entries", "build it as floats")
def cut_to_whole_numbers(V, t):
    out = np.zeros_like(V)
    out[V > t] = V[V > t] - t
    out[V < -t] = V[V < -t] + t
    return out


@wrong("soft_threshold_entries", "raised ValueError")
def an_if_on_a_matrix(V, t):
    if V > t:
        return V - t
    return V + t if V < -t else 0


# proximal_step


def soft(V, t):
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)


@right("proximal_step")
def step_then_shrink(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] = soft(new[:-1], learning_rate * l1)
    return new


@right("proximal_step")
def stacked(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    return np.vstack([soft(new[:-1], learning_rate * l1), new[-1]]).tolist()


@right("proximal_step")
def number_by_number(W, dW, learning_rate, l1):
    out = np.zeros(W.shape, order="F")
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            v = W[i, j] - learning_rate * dW[i, j]
            t = learning_rate * l1 if i < W.shape[0] - 1 else 0
            out[i, j] = v - max(-t, min(t, v))
    return out


@right("proximal_step")
def amount_by_row_in_float32(W, dW, learning_rate, l1):
    amount = np.full((len(W), 1), learning_rate * l1)
    amount[-1] = 0
    return np.matrix(soft(W - learning_rate * dW, amount).astype(np.float32))


@wrong("proximal_step", "the threshold is l1 alone")
def threshold_without_the_rate(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] = soft(new[:-1], l1)
    return new


@wrong("proximal_step", "was thresholded too")
def bias_thresholded(W, dW, learning_rate, l1):
    return soft(W - learning_rate * dW, learning_rate * l1)


@wrong("proximal_step", "step first")
def threshold_first(W, dW, learning_rate, l1):
    new = W.copy()
    new[:-1] = soft(new[:-1], learning_rate * l1)
    return new - learning_rate * dW


@wrong("proximal_step", "a subgradient step")
def subgradient(W, dW, learning_rate, l1):
    S = np.sign(W)
    S[-1] = 0
    return W - learning_rate * (dW + l1 * S)


@wrong("proximal_step", "uphill")
def uphill(W, dW, learning_rate, l1):
    return step_then_shrink(W, -dW, learning_rate, l1)


@wrong("proximal_step", "nothing is thresholded")
def plain_step(W, dW, learning_rate, l1):
    return W - learning_rate * dW


@wrong("proximal_step", "argument number 1 in place")
def step_in_place(W, dW, learning_rate, l1):
    W -= learning_rate * dW
    W[:-1] = soft(W[:-1], learning_rate * l1)
    return W


@wrong("proximal_step", "the bias never moved")
def bias_frozen(W, dW, learning_rate, l1):
    new = W.copy()
    new[:-1] = soft(W[:-1] - learning_rate * dW[:-1], learning_rate * l1)
    return new


@wrong("proximal_step", "the gradient was thresholded")
def gradient_thresholded(W, dW, learning_rate, l1):
    return W - learning_rate * soft(dW, l1)


@wrong("proximal_step", "lost the bias row")
def bias_row_lost(W, dW, learning_rate, l1):
    return soft((W - learning_rate * dW)[:-1], learning_rate * l1)


@wrong("proximal_step", "the gradient step is missing")
def shrink_only(W, dW, learning_rate, l1):
    return step_then_shrink(W, 0 * dW, learning_rate, l1)


@wrong("proximal_step", "not multiplied by learning_rate")
def full_gradient(W, dW, learning_rate, l1):
    return step_then_shrink(W, dW / learning_rate, learning_rate, l1)


@wrong("proximal_step", "the first row was spared")
def first_row_as_bias(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[1:] = soft(new[1:], learning_rate * l1)
    return new


# stop_early


@right("stop_early")
def with_a_counter(validation_losses, patience):
    best, best_step, waited = float("inf"), 0, 0
    for step, loss in enumerate(validation_losses):
        if loss < best:
            best, best_step, waited = loss, step, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best_step


@right("stop_early")
def by_distance(validation_losses, patience):
    losses, best = list(validation_losses), 0
    for i in range(len(losses)):
        if losses[i] < losses[best]:
            best = i
        if i - best >= patience:
            return best
    return best


@right("stop_early")
def vectorised_running_minimum(validation_losses, patience):
    v = np.asarray(validation_losses)
    low = np.r_[True, v[1:] < np.minimum.accumulate(v)[:-1]]
    best = np.maximum.accumulate(np.where(low, np.arange(len(v)), 0))
    over = np.flatnonzero(np.arange(len(v)) - best >= patience)
    return best[over[0]] if len(over) else best[-1]


@right("stop_early")
def while_loop_as_a_float(validation_losses, patience):
    i = best = 0
    while i + 1 < len(validation_losses) and i - best < patience:
        i += 1
        best = i if validation_losses[i] < min(validation_losses[:i]) else best
    return np.float32(best)


@wrong("stop_early", "after the stop")
def argmin_of_all(validation_losses, patience):
    return np.argmin(validation_losses)


@wrong("stop_early", "go back to the best one before it")
def where_it_stopped(validation_losses, patience):
    best = 0
    for step, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = step
        elif step - best >= patience:
            return step
    return step


@wrong("stop_early", "this is the loss")
def loss_returned(validation_losses, patience):
    return validation_losses[by_distance(validation_losses, patience)]


@wrong("stop_early", "one step too far")
def counted_from_one(validation_losses, patience):
    return by_distance(validation_losses, patience) + 1


@wrong("stop_early", "one step too long")
def patience_exceeded(validation_losses, patience):
    return by_distance(validation_losses, patience + 1)


@wrong("stop_early", "one step too early")
def patience_cut_short(validation_losses, patience):
    best, waited = 0, 1
    for step in range(1, len(validation_losses)):
        if validation_losses[step] < validation_losses[best]:
            best, waited = step, 1
        else:
            waited += 1
        if waited >= patience:
            break
    return best


@wrong("stop_early", "never starts afresh")
def counter_never_reset(validation_losses, patience):
    best, waited = 0, 0
    for step in range(1, len(validation_losses)):
        if validation_losses[step] < validation_losses[best]:
            best = step
        else:
            waited += 1
            if waited >= patience:
                break
    return best


@wrong("stop_early", "the one before it")
def compared_with_the_last(validation_losses, patience):
    best, waited = 0, 0
    for step in range(1, len(validation_losses)):
        if validation_losses[step] < validation_losses[step - 1]:
            waited = 0
        else:
            waited += 1
        if validation_losses[step] < validation_losses[best]:
            best = step
        if waited >= patience:
            break
    return best


@wrong("stop_early", "an equal loss")
def ties_count(validation_losses, patience):
    best = 0
    for step, loss in enumerate(validation_losses):
        if loss <= validation_losses[best]:
            best = step
        elif step - best >= patience:
            break
    return best


@wrong("stop_early", "returned None")
def nothing_if_it_never_stops(validation_losses, patience):
    best = 0
    for step, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = step
        elif step - best >= patience:
            return best


@wrong("stop_early", "one number")
def both_returned(validation_losses, patience):
    best = by_distance(validation_losses, patience)
    return best, validation_losses[best]
