"""Answers to the exercises of notebook 07, regularisation."""

from functools import partial

import numpy as np

from tests.mistakes import equal, right, wrong

# what was met later


@wrong("add_l2", "A matrix product is summed")
def sum_of_a_product(loss, dW, W, l2):
    weights = W[:-1]
    new = dW.copy()
    new[:-1] += l2 * weights
    return loss + l2 / 2 * np.sum(weights.T @ weights), new


@wrong("add_l2", "The gradient was squared instead of the weights")
def squares_of_the_gradient(loss, dW, W, l2):
    new = dW.copy()
    new[:-1] += l2 * W[:-1]
    return loss + l2 / 2 * (dW[:-1] ** 2).sum(), new


@wrong("add_l2", "l2 is missing in the loss")
def loss_without_strength(loss, dW, W, l2):
    new = dW + l2 * np.vstack([W[:-1], 0 * W[-1:]])
    return loss + 0.5 * (W[:-1] ** 2).sum(), new


@wrong("add_l2", "The strength itself was added to the loss")
def strength_on_the_loss(loss, dW, W, l2):
    return loss + l2, dW + l2 * np.vstack([W[:-1], 0 * W[-1:]])


@wrong("add_l2", "The strength itself was added to dW")
def strength_on_the_gradient(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW + l2


@wrong("add_l2", "Only dW came back")
def gradient_alone(loss, dW, W, l2):
    loss = loss + l2 / 2 * (W[:-1] ** 2).sum()
    return dW + l2 * np.vstack([W[:-1], 0 * W[-1:]])


@wrong("soft_threshold_entries", "Entries up to 2 t became 0")
def compared_after_the_move(V, t):
    out = np.array(V, float)
    out[V > t] = out[V > t] - t
    out[V < -t] = out[V < -t] + t
    out[abs(out) <= t] = 0
    return out


@wrong("soft_threshold_entries", "Two cases are told apart")
def one_where(V, t):
    return np.where(V > t, V - t, V + t)


@wrong("soft_threshold_entries", "Look at the negative part")
def two_positive_parts(V, t):
    return np.maximum(V - t, 0) - np.maximum(V + t, 0)


@wrong("soft_threshold_entries", "takes the type of the first result")
def vectorized_with_0(V, t):
    @np.vectorize
    def shrunk(v):
        if abs(v) <= t:
            return 0
        return v - t if v > 0 else v + t

    return shrunk(V)


@wrong("soft_threshold_entries", "An item of V may be a whole row")
def one_item_at_a_time(V, t):
    found = []
    for v in V:
        if v > t:
            found.append(v - t)
        elif v < -t:
            found.append(v + t)
        else:
            found.append(0.0)
    return np.array(found)


@wrong("proximal_step", "a matrix joins only another matrix")
def bias_row_as_a_vector(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    weights = np.sign(V[:-1]) * np.maximum(np.abs(V[:-1]) - learning_rate * l1, 0)
    return np.concatenate((weights, V[-1]))


@wrong("proximal_step", "The sign is wrong in the bias row")
def bias_goes_up(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    weights = np.sign(V[:-1]) * np.maximum(np.abs(V[:-1]) - learning_rate * l1, 0)
    return np.vstack((weights, W[-1] + learning_rate * dW[-1]))


@wrong("proximal_step", "The rate is missing in the bias row")
def bias_at_full_length(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    weights = np.sign(V[:-1]) * np.maximum(np.abs(V[:-1]) - learning_rate * l1, 0)
    return np.vstack((weights, W[-1] - dW[-1]))


@wrong("proximal_step", "W and dW changed places")
def bias_of_the_gradient(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    weights = np.sign(V[:-1]) * np.maximum(np.abs(V[:-1]) - learning_rate * l1, 0)
    return np.vstack((weights, dW[-1] - learning_rate * W[-1]))


@wrong("proximal_step", "The bias row lost the threshold as well")
def bias_less_the_threshold(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    weights = np.sign(V[:-1]) * np.maximum(np.abs(V[:-1]) - learning_rate * l1, 0)
    return np.vstack((weights, V[-1] - learning_rate * l1))


@wrong("stop_early", "It ends at the first step")
def returned_in_the_loop(validation_losses, patience):
    best, waited = 0, 0
    for step in range(1, len(validation_losses)):
        if validation_losses[step] < validation_losses[best]:
            best, waited = step, 0
        else:
            waited += 1
        return best


@wrong("stop_early", "It looks at the first losses only")
def first_patience_and_one(validation_losses, patience):
    return int(np.argmin(validation_losses[: patience + 1]))


@wrong("stop_early", "An array has no such method")
def place_in_a_list(validation_losses, patience):
    lowest, waited = validation_losses[0], 0
    for loss in validation_losses[1:]:
        waited = 0 if loss < lowest else waited + 1
        lowest = min(lowest, loss)
        if waited == patience:
            break
    return validation_losses.index(lowest)


@wrong("stop_early", "It goes on beyond the last loss")
def no_end_but_patience(validation_losses, patience):
    best, step = 0, 0
    while step - best < patience:
        step += 1
        if validation_losses[step] < validation_losses[best]:
            best = step
    return best


@wrong("stop_early", "The result is always 0")
def lowest_from_0(validation_losses, patience):
    lowest, best, waited = 0, 0, 0
    for step, loss in enumerate(validation_losses):
        if loss < lowest:
            lowest, best, waited = loss, step, 0
        else:
            waited += 1
            if waited >= patience:
                break
    return best


@wrong("soft_threshold_entries", "V may be a vector as well as a matrix")
def second_length_of_v(V, t):
    out = np.zeros(V.shape)
    for i in range(V.shape[0]):
        for j in range(V.shape[1]):
            out[i, j] = np.sign(V[i, j]) * max(abs(V[i, j]) - t, 0)
    return out


@wrong("proximal_step", "have not the same number of rows")
def only_the_weights_cut(W, dW, learning_rate, l1):
    V = W[:-1] - learning_rate * dW
    V = np.sign(V) * np.maximum(np.abs(V) - learning_rate * l1, 0)
    return np.vstack([V, W[-1:] - learning_rate * dW[-1:]])


TYPE = "only the type of the numbers, or their place in memory, is another"


def named(function, name):
    """Give a callable a name, for the test's id."""

    def call(*inputs):
        return function(*inputs)

    call.__name__ = name
    return call


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


@wrong("add_l2", "of both loss and gradient")
def bias_penalised(loss, dW, W, l2):
    return loss + l2 / 2 * (W**2).sum(), dW + l2 * W


@wrong("add_l2", "of the gradient, too")
def bias_penalised_in_the_gradient(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW + l2 * W


@wrong("add_l2", "the factor 1/2 is missing in the loss")
def half_forgotten(loss, dW, W, l2):
    return loss + l2 * (W[:-1] ** 2).sum(), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "meets the 2 of the square")
def two_in_the_gradient(loss, dW, W, l2):
    return copied_and_zeroed(loss, dW, W, l2)[0], copied_and_zeroed(loss, dW, W, 2 * l2)[1]


@wrong("add_l2", "W[:-1] has one row fewer than W and dW")
def rows_cut_off(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW + l2 * W[:-1]


@wrong("add_l2", "changes dW in place")
def gradient_in_place(loss, dW, W, l2):
    dW[:-1] += l2 * W[:-1]
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW


@wrong("add_l2", "changes W in place")
def weights_in_place(loss, dW, W, l2):
    W[-1] = 0
    return loss + l2 / 2 * (W**2).sum(), dW + l2 * W


@wrong("add_l2", "not squared")
def norm_unsquared(loss, dW, W, l2):
    return loss + l2 / 2 * np.linalg.norm(W[:-1]), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "What is the derivative")
def gradient_forgotten(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW


@wrong("add_l2", "the loss has no penalty yet")
def loss_forgotten(loss, dW, W, l2):
    return loss, copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "has lost the bias row")
def bias_row_dropped(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW[:-1] + l2 * W[:-1]


@wrong("add_l2", "the bias row of dW became 0")
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


@wrong("add_l2", "this is the L1 penalty")
def l1_instead(loss, dW, W, l2):
    return loss + l2 * np.abs(W[:-1]).sum(), dW + l2 * np.sign(W)


@wrong("add_l2", "a sum, not a mean")
def mean_of_squares(loss, dW, W, l2):
    return loss + l2 / 2 * np.mean(W[:-1] ** 2), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "is subtracted")
def penalty_rewarded(loss, dW, W, l2):
    return copied_and_zeroed(loss, dW, W, -l2)


@wrong("add_l2", "the loss comes first")
def gradient_first(loss, dW, W, l2):
    return copied_and_zeroed(loss, dW, W, l2)[::-1]


@wrong("add_l2", "the penalty alone")
def penalty_alone(loss, dW, W, l2):
    return copied_and_zeroed(0, 0 * dW, W, l2)


class Penalty:
    """The penalty as an object."""

    def __call__(self, loss, dW, W, l2):
        V = np.matrix(W[:-1])
        return float(loss + l2 / 2 * np.trace(V.T @ V)), np.vstack([dW[:-1] + l2 * V, dW[-1]])


right("add_l2")(named(Penalty(), "penalty_object"))
right("add_l2")(named(partial(lambda half, L, dW, W, l2: (L + half * l2 * np.einsum("ij,ij", W[:-1], W[:-1]),
                      dW + l2 * np.pad(W[:-1], ((0, 1), (0, 0)))), 0.5), "penalty_partial"))  # fmt: skip


@right("add_l2")
def in_float32(loss, dW, W, l2):
    R = np.asfortranarray(W, dtype=np.float32)
    R[-1] = 0
    return np.float32(loss + l2 * (R * R).sum() / 2), (dW + l2 * R).astype(np.float32)


@wrong("add_l2", "in the loss and so in the gradient")
def half_forgotten_in_both(loss, dW, W, l2):
    R = np.vstack([W[:-1], 0 * W[-1:]])
    return loss + l2 * (R**2).sum(), dW + 2 * l2 * R


@wrong("add_l2", "of the loss: W[:-1]")
def bias_penalised_in_the_loss(loss, dW, W, l2):
    return loss + l2 / 2 * (W**2).sum(), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "cut to whole numbers")
def an_array_like_W(loss, dW, W, l2):
    decay = np.zeros_like(W)
    decay[:-1] = l2 * W[:-1]
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW + decay


@wrong("add_l2", "without the strength")
def strength_forgotten(loss, dW, W, l2):
    R = np.vstack([W[:-1], 0 * W[-1:]])
    return loss + l2 / 2 * (R**2).sum(), dW + R


@wrong("add_l2", "several numbers")
def summed_over_one_axis(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(axis=0), copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "added up first")
def squared_last(loss, dW, W, l2):
    return loss + l2 / 2 * W[:-1].sum() ** 2, copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "spectral")
def norm_of_a_matrix(loss, dW, W, l2):
    return loss + l2 / 2 * np.linalg.norm(W[:-1], 2) ** 2, copied_and_zeroed(loss, dW, W, l2)[1]


@wrong("add_l2", "Only the loss came back")
def loss_only(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum()


@wrong("add_l2", "of both loss and gradient")
def bias_penalised_and_half_forgotten(loss, dW, W, l2):
    return loss + l2 * (W**2).sum(), dW + 2 * l2 * W


@wrong("add_l2", "two shapes do not fit")
def shapes_that_do_not_fit(loss, dW, W, l2):
    return loss + l2 / 2 * (W[:-1] ** 2).sum(), dW + l2 * W[:-1]


@wrong("add_l2", "to every entry")
def the_penalty_added_to_dW(loss, dW, W, l2):
    penalty = l2 / 2 * (W[:-1] ** 2).sum()
    new = dW.copy()
    new[:-1] += penalty
    return loss + penalty, new


equal(
    "add_l2",
    TYPE,
    "by_a_mask: np.float32(loss + l2 / 2 * (mask * W * W).sum()) -> loss + l2 / 2 * (mask * W * W).sum()",
    "by_a_mask: np.asfortranarray(dW + l2 * mask * W) -> dW + l2 * mask * W",
    "norm_squared_in_a_list: np.matrix(new) -> new",
    "in_float32: np.float32(loss + l2 * (R * R).sum() / 2) -> loss + l2 * (R * R).sum() / 2",
    "in_float32: (dW + l2 * R).astype(np.float32) -> dW + l2 * R",
)


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


@wrong("soft_threshold_entries", "a hard threshold")
def hard_threshold(V, t):
    return V * (np.abs(V) > t)


@wrong("soft_threshold_entries", "the signs are lost")
def sign_lost(V, t):
    return np.maximum(np.abs(V) - t, 0)


@wrong("soft_threshold_entries", "entries of one sign became 0")
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


@wrong("soft_threshold_entries", "cannot put fractions into them")
def entries_in_place(V, t):
    V[np.abs(V) <= t] = 0
    V[V > 0] -= t
    V[V < 0] += t
    return V


@wrong("soft_threshold_entries", "entries of one sign did not move")
def one_side_only(V, t):
    out = V * 1.0
    out[np.abs(V) <= t] = 0
    out[V > t] -= t
    return out


@wrong("soft_threshold_entries", "negative entries moved down, away")
def sign_of_the_other_side(V, t):
    return np.where(V > t, V - t, np.where(V < -t, V - t, 0.0))


@wrong("soft_threshold_entries", "make an array of floats")
def cut_to_whole_numbers(V, t):
    out = np.zeros_like(V)
    out[V > t] = V[V > t] - t
    out[V < -t] = V[V < -t] + t
    return out


@wrong("soft_threshold_entries", "asked of the whole array")
def an_if_on_a_matrix(V, t):
    if V > t:
        return V - t
    return V + t if V < -t else 0


class Threshold:
    """The threshold as an object."""

    def __call__(self, V, t):
        return np.matrix(V - np.clip(V, -t, t)) if np.ndim(V) == 2 else [v - min(max(v, -t), t) for v in V]


right("soft_threshold_entries")(named(Threshold(), "threshold_object"))
right("soft_threshold_entries")(named(np.vectorize(lambda v, t: float(max(v - t, 0) + min(v + t, 0))), "one_by_one"))


@right("soft_threshold_entries")
def halves_of_sizes(V, t):
    return np.asfortranarray(np.abs(V + t) - np.abs(V - t)) / -2 + V


@wrong("soft_threshold_entries", "shrink together")
def shrunk_by_the_norm(V, t):
    norm = np.sqrt((V**2.0).sum())
    return V * max(1 - t / norm, 0) if norm else V


@wrong("soft_threshold_entries", "must be exactly 0")
def small_ones_untouched(V, t):
    return np.where(V > t, V - t, np.where(V < -t, V + t, V))


@wrong("soft_threshold_entries", "by a factor")
def times_one_minus_t(V, t):
    return V * (1 - t)


@wrong("soft_threshold_entries", "0 / 0")
def share_of_its_size(V, t):
    return V * np.maximum(1 - t / np.abs(V), 0)


@wrong("soft_threshold_entries", "away from 0 by t")
def outwards(V, t):
    return np.sign(V) * (np.abs(V) + t)


@wrong("soft_threshold_entries", "in the same direction")
def all_down(V, t):
    return V - t


@wrong("soft_threshold_entries", "came back on their own side")
def folded_back(V, t):
    return np.sign(V) * np.abs(np.abs(V) - t)


@wrong("soft_threshold_entries", "another amount")
def half_of_t(V, t):
    return sign_and_maximum(V, t / 2)


@wrong("soft_threshold_entries", "lost its shape")
def flattened(V, t):
    return np.array([v - t if v > t else v + t if v < -t else 0.0 for v in V.ravel()])


@wrong("soft_threshold_entries", "a vector as well")
def rows_and_columns(V, t):
    m, k = V.shape
    return np.array([[np.sign(V[i, j]) * max(abs(V[i, j]) - t, 0) for j in range(k)] for i in range(m)])


@wrong("soft_threshold_entries", "rounded")
def rounded_for_printing(V, t):
    return sign_and_maximum(V, t).round(2)


@wrong("soft_threshold_entries", "turned round")
def condition_turned_round(V, t):
    return np.where(np.abs(V) < t, V, 0)


BORDER = "exactly t away from 0 both cases give 0"
equal(
    "soft_threshold_entries",
    BORDER,
    "entry_by_entry: V[index] < -t -> V[index] <= -t",
    "entry_by_entry: V[index] > t -> V[index] >= t",
    "nested_where_as_a_list: V > t -> V >= t",
    "nested_where_as_a_list: V < -t -> V <= -t",
)
equal(
    "soft_threshold_entries",
    TYPE,
    "two_maxima_in_float32: (np.maximum(V - t, 0) - np.maximum(-V - t, 0)).astype(np.float32) -> "
    "np.maximum(V - t, 0) - np.maximum(-V - t, 0)",
    "nested_where_as_a_list: np.where(V > t, V - t, np.where(V < -t, V + t, 0.0)).tolist() -> "
    "np.where(V > t, V - t, np.where(V < -t, V + t, 0.0))",
    "halves_of_sizes: np.asfortranarray(np.abs(V + t) - np.abs(V - t)) -> np.abs(V + t) - np.abs(V - t)",
)
equal("soft_threshold_entries", "a size has no sign", "halves_of_sizes: V - t -> t - V")


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


@wrong("proximal_step", "so the zeros are lost again")
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


@wrong("proximal_step", "changes W in place")
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


@wrong("proximal_step", "has lost the bias row")
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


class Step:
    """The step as an object."""

    def __call__(self, W, dW, learning_rate, l1):
        V, keep = W - learning_rate * dW, np.arange(len(W))[:, None] == len(W) - 1
        return np.where(keep, V, V - V.clip(-learning_rate * l1, learning_rate * l1))


right("proximal_step")(named(Step(), "step_object"))
right("proximal_step")(named(partial(lambda f, *given: f(*given), stacked), "step_partial"))


@right("proximal_step")
def threshold_then_put_the_bias_back(W, dW, learning_rate, l1):
    V = np.asfortranarray(W) - learning_rate * dW
    out = soft(V, learning_rate * l1)
    out[len(W) - 1] = V[-1]
    return tuple(out)


@wrong("proximal_step", "pushed past it")
def no_stop_at_zero_in_the_step(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] -= learning_rate * l1 * np.sign(new[:-1])
    return new


@wrong("proximal_step", "the learning rate alone")
def threshold_without_the_strength(W, dW, learning_rate, l1):
    return step_then_shrink(W, dW, learning_rate, 1)


@wrong("proximal_step", "a hard threshold")
def hard_in_the_step(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] *= np.abs(new[:-1]) > learning_rate * l1
    return new


@wrong("proximal_step", "change of W")
def only_the_change(W, dW, learning_rate, l1):
    return step_then_shrink(W, dW, learning_rate, l1) - W


@wrong("proximal_step", "another kind of shrinking")
def weight_decay(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] /= 1 + learning_rate * l1
    return new


@wrong("proximal_step", "that of the old W")
def sign_of_the_old_weights(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:-1] = np.sign(W[:-1]) * np.maximum(np.abs(new[:-1]) - learning_rate * l1, 0)
    return new


@wrong("proximal_step", "another amount")
def half_the_threshold(W, dW, learning_rate, l1):
    return np.vstack([soft((W - learning_rate * dW)[:-1], learning_rate * l1 / 2), (W - learning_rate * dW)[-1:]])


@wrong("proximal_step", "a column was spared")
def last_column_spared_in_the_step(W, dW, learning_rate, l1):
    new = W - learning_rate * dW
    new[:, :-1] = soft(new[:, :-1], learning_rate * l1)
    return new


@wrong("proximal_step", "uphill")
def uphill_and_the_bias_thresholded(W, dW, learning_rate, l1):
    return soft(W + learning_rate * dW, learning_rate * l1)


@wrong("proximal_step", "the bias became 0")
def bias_zeroed(W, dW, learning_rate, l1):
    new = soft(W - learning_rate * dW, learning_rate * l1)
    new[-1] = 0
    return new


# the group's step, unrepaired and half repaired


@wrong("proximal_step", "the threshold is l1 alone")
def group_step(W, dW, learning_rate, l1):
    return soft(W - learning_rate * dW, l1)


@wrong("proximal_step", "was thresholded too")
def group_step_as_it_came(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    return np.where(np.abs(V) <= l1, 0, V - l1 * np.sign(V))


@wrong("proximal_step", "the bias never moved")
def group_step_with_the_old_bias(W, dW, learning_rate, l1):
    new = soft(W - learning_rate * dW, learning_rate * l1)
    new[-1] = W[-1]
    return new


@wrong("proximal_step", "the threshold is l1 alone")
def group_step_with_the_old_bias_and_threshold(W, dW, learning_rate, l1):
    new = soft(W - learning_rate * dW, l1)
    new[-1] = W[-1]
    return new


@wrong("proximal_step", "another amount")
def group_step_divided_by_the_rate(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    return np.vstack([soft(V[:-1], l1 / learning_rate), V[-1:]])


@wrong("proximal_step", "thresholds before the gradient step")
def group_step_turned_round(W, dW, learning_rate, l1):
    S = soft(W, learning_rate * l1)
    return np.vstack([S[:-1], W[-1:]]) - learning_rate * dW


@wrong("proximal_step", "the gradient was thresholded")
def group_step_on_the_gradient(W, dW, learning_rate, l1):
    return W - learning_rate * np.vstack([soft(dW[:-1], l1), dW[-1:]])


@wrong("proximal_step", "has lost the bias row")
def group_step_without_the_bias(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    return soft(V[:-1], learning_rate * l1)


@wrong("proximal_step", "the first row was spared")
def group_step_with_the_bias_on_top(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    return np.vstack([V[:1], soft(V[1:], learning_rate * l1)])


@wrong("proximal_step", "the learning rate alone")
def group_step_by_the_rate(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    return np.vstack([soft(V[:-1], learning_rate), V[-1:]])


@right("proximal_step")
def group_step_repaired(W, dW, learning_rate, l1):
    V = W - learning_rate * dW
    new = soft(V, learning_rate * l1)
    new[-1] = V[-1]
    return new


@right("proximal_step")
def group_step_with_a_strength_for_each_row(W, dW, learning_rate, l1):
    strength = np.where(np.arange(len(W)) < len(W) - 1, l1, 0)
    return soft(W - learning_rate * dW, learning_rate * strength[:, None])


equal(
    "proximal_step",
    TYPE,
    "stacked: np.vstack([soft(new[:-1], learning_rate * l1), new[-1]]).tolist() -> "
    "np.vstack([soft(new[:-1], learning_rate * l1), new[-1]])",
    "number_by_number: np.zeros(W.shape, order='F') -> np.zeros(W.shape)",
    "amount_by_row_in_float32: np.matrix(soft(W - learning_rate * dW, amount).astype(np.float32)) -> "
    "soft(W - learning_rate * dW, amount).astype(np.float32)",
    "amount_by_row_in_float32: soft(W - learning_rate * dW, amount).astype(np.float32) -> "
    "soft(W - learning_rate * dW, amount)",
    "threshold_then_put_the_bias_back: np.asfortranarray(W) -> W",
    "threshold_then_put_the_bias_back: tuple(out) -> out",
)
equal(
    "proximal_step",
    "every entry is filled afterwards",
    "number_by_number: np.zeros(W.shape, order='F') -> np.ones(W.shape, order='F')",
)


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


@wrong("stop_early", "losses after the stop")
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


@wrong("stop_early", "this is a loss")
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


@wrong("stop_early", "with the one before it")
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


@wrong("stop_early", "an equal loss is treated as a new low")
def ties_count(validation_losses, patience):
    best = 0
    for step, loss in enumerate(validation_losses):
        if loss <= validation_losses[best]:
            best = step
        elif step - best >= patience:
            break
    return best


@wrong("stop_early", "the losses end before patience does")
def nothing_if_it_never_stops(validation_losses, patience):
    best = 0
    for step, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = step
        elif step - best >= patience:
            return best


@wrong("stop_early", "a step and its loss")
def both_returned(validation_losses, patience):
    best = by_distance(validation_losses, patience)
    return best, validation_losses[best]


class Stop:
    """Early stopping as an object, which walks through a list."""

    def __call__(self, validation_losses, patience):
        seen = []
        for loss in validation_losses.tolist():
            seen.append(loss)
            if len(seen) - 1 - seen.index(min(seen)) >= patience:
                break
        return seen.index(min(seen))


right("stop_early")(named(Stop(), "stop_object"))
right("stop_early")(named(partial(lambda f, losses, patience: f(losses, patience), by_distance), "stop_partial"))


@right("stop_early")
def windows_without_a_low(validation_losses, patience):
    v, n = validation_losses, len(validation_losses)
    for i in range(n):
        if v[i] == v[: i + patience + 1].min() and v[i] < v[:i].min(initial=np.inf):
            return np.array(i)


@wrong("stop_early", "`patience` steps ago")
def compared_with_patience_ago(validation_losses, patience):
    best = waited = 0
    for i in range(1, len(validation_losses)):
        if i < patience or validation_losses[i] < validation_losses[i - patience]:
            waited = 0
            if validation_losses[i] < validation_losses[best]:
                best = i
        else:
            waited += 1
        if waited >= patience:
            break
    return best


@wrong("stop_early", "equal to the best is a step without")
def ties_start_afresh(validation_losses, patience):
    best = waited = 0
    for i in range(1, len(validation_losses)):
        if validation_losses[i] < validation_losses[best]:
            best, waited = i, 0
        elif validation_losses[i] == validation_losses[best]:
            waited = 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@wrong("stop_early", "equal to the best is a step without")
def ties_neither_count_nor_reset(validation_losses, patience):
    best, least, waited = 0, np.inf, 0
    for i, loss in enumerate(validation_losses):
        if loss < least:
            best, least, waited = i, loss, 0
        elif loss > least:
            waited += 1
            if waited >= patience:
                break
    return best


@wrong("stop_early", "however little")
def at_least_a_thousandth(validation_losses, patience):
    best, waited = 0, 0
    for i in range(1, len(validation_losses)):
        if validation_losses[i] < validation_losses[best] - 1e-3:
            best, waited = i, 0
        else:
            waited += 1
            if waited >= patience:
                break
    return best


@wrong("stop_early", "written in")
def best_starts_at_one(validation_losses, patience):
    best, least, waited = 0, 1.0, 0
    for i, loss in enumerate(validation_losses):
        if loss < least:
            best, least, waited = i, loss, 0
        else:
            waited += 1
            if waited >= patience:
                break
    return best


@wrong("stop_early", "the losses end before patience does")
def last_step_if_it_never_stops(validation_losses, patience):
    best = 0
    for i in range(len(validation_losses)):
        if validation_losses[i] < validation_losses[best]:
            best = i
        elif i - best >= patience:
            return best
    return len(validation_losses) - 1


@wrong("stop_early", "goes back by `patience` steps")
def patience_back(validation_losses, patience):
    best = 0
    for i in range(1, len(validation_losses)):
        if validation_losses[i] < validation_losses[best]:
            best = i
        elif i - best >= patience:
            break
    return max(i - patience, 0) if len(validation_losses) > 1 else 0


@wrong("stop_early", "use the argument `patience`")
def patience_of_three(validation_losses, patience):
    return by_distance(validation_losses, 3)


@wrong("stop_early", "first loss that does not fall")
def first_rise(validation_losses, patience):
    for i in range(1, len(validation_losses)):
        if validation_losses[i] >= validation_losses[i - 1]:
            return i - 1
    return len(validation_losses) - 1


@wrong("stop_early", "rises in a row")
def rises_in_a_row(validation_losses, patience):
    rises = 0
    for i in range(1, len(validation_losses)):
        rises = rises + 1 if validation_losses[i] > validation_losses[i - 1] else 0
        if rises >= patience:
            return np.argmin(validation_losses[: i + 1])
    return np.argmin(validation_losses)


@wrong("stop_early", "may end before patience")
def looks_ahead(validation_losses, patience):
    for i in range(len(validation_losses)):
        if all(validation_losses[i + j] >= validation_losses[i] for j in range(1, patience + 1)):
            return i


@wrong("stop_early", "this is one step too far")
def one_too_long_and_from_one(validation_losses, patience):
    return by_distance(validation_losses, patience + 1) + 1


equal(
    "stop_early",
    "the first loss is a new low whatever stood there before, or is compared with itself",
    "with_a_counter: 0 -> 1",
    "with_a_counter: 0 -> -1",
    "by_distance: range(len(losses)) -> range(0 + 1, len(losses))",
    "vectorised_running_minimum: True -> False",
    "vectorised_running_minimum: 0 -> -1",
)
equal(
    "stop_early",
    TYPE,
    "by_distance: list(validation_losses) -> validation_losses",
    "vectorised_running_minimum: np.asarray(validation_losses) -> validation_losses",
    "while_loop_as_a_float: np.float32(best) -> best",
    "windows_without_a_low: np.array(i) -> i",
)
equal(
    "stop_early",
    "the first step that none of the next ones undercuts is itself the lowest so far",
    "windows_without_a_low: v[i] == v[:i + patience + 1].min() and v[i] < v[:i].min(initial=np.inf) -> "
    "v[i] == v[:i + patience + 1].min()",
    "windows_without_a_low: v[i] < v[:i].min(initial=np.inf) -> v[i] <= v[:i].min(initial=np.inf)",
    "windows_without_a_low: v[:i].min(initial=np.inf) -> v[:i].max(initial=np.inf)",
)


# which_subgradient


@right("which_subgradient")
def which_subgradient():
    return "a"


@right("which_subgradient")
def which_subgradient_in_brackets():
    return "(A)"


@right("which_subgradient")
def which_subgradient_with_a_dot():
    return " a. "


@wrong("which_subgradient", "entry at the corner")
def which_subgradient_b():
    return "b"


@wrong("which_subgradient", "only on its sign")
def which_subgradient_c():
    return "c"


@wrong("which_subgradient", "Check the last entry")
def which_subgradient_d():
    return "d"


@wrong("which_subgradient", "one of the letters a, b, c, d")
def which_subgradient_two_of_them():
    return "a, b"


@wrong("which_subgradient", "one of the letters a, b, c, d")
def which_subgradient_not_returned():
    print("a")


@wrong("which_subgradient", "entry at the corner")
def which_subgradient_in_capitals():
    return "B."


# which_remedy


@right("which_remedy")
def which_remedy():
    return "b"


@right("which_remedy")
def which_remedy_in_brackets():
    return "(B)"


@right("which_remedy")
def which_remedy_with_a_dot():
    return " b. "


@wrong("which_remedy", "Is the training accuracy high")
def which_remedy_a():
    return "a"


@wrong("which_remedy", "too good on its training images")
def which_remedy_c():
    return "c"


@wrong("which_remedy", "learned by heart")
def which_remedy_d():
    return "d"


@wrong("which_remedy", "one of the letters a, b, c, d")
def which_remedy_two_of_them():
    return "a, b"


@wrong("which_remedy", "one of the letters a, b, c, d")
def which_remedy_not_returned():
    print("b")


@wrong("which_remedy", "Is the training accuracy high")
def which_remedy_in_capitals():
    return "A."


@wrong("stop_early", "The smallest case")
def only_if_clearly_lower(validation_losses, patience):
    best = 0
    for step, loss in enumerate(validation_losses):
        if loss < validation_losses[best] - 1e-8:
            best = step
        elif step - best >= patience:
            break
    return best


@wrong("stop_early", "The smallest case")
def a_billion_is_large_enough(validation_losses, patience):
    low, best, waited = 1e9, 0, 0
    for step, loss in enumerate(validation_losses):
        if loss < low:
            low, best, waited = loss, step, 0
        else:
            waited += 1
            if waited >= patience:
                break
    return best
