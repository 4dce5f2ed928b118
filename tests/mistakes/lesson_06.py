"""Answers to the exercises of notebook 06, hyperparameters."""

import numpy as np

from tests.mistakes import equal, right, wrong


def named(name, function):
    """Give a callable a name, where it has none of its own."""

    def call(*inputs):
        return function(*inputs)

    call.__name__ = name
    return call


# which_curve


@right("which_curve")
def d():
    return "d"


@right("which_curve")
def capital_in_brackets():
    return "(D)"


@right("which_curve")
def with_a_dot():
    answer = " d."
    return answer


right("which_curve")(named("letter_lambda", lambda: "dd"[0]))


@wrong("which_curve", "Look at the solid curve of run 1")
def jumping_is_overfitting():
    return "a"


@wrong("which_curve", "what grows is the gap")
def jumping_is_overfitting_in_capitals():
    return " A "


@wrong("which_curve", "It has not learned too much")
def slow_is_overfitting():
    return "b"


@wrong("which_curve", "falls without a jump")
def overfitting_is_a_rate():
    return "c"


@wrong("which_curve", "Look at the height")
def slow_and_sound_exchanged():
    return "e."


@wrong("which_curve", "one of the letters a, b, c, d, e")
def curves_in_words():
    return "1 too high, 2 overfits, 3 fits, 4 too low"


@wrong("which_curve", "run 1: it jumps")
def jumping_is_overfitting_with_a_dot():
    return "a."


@wrong("which_curve", "still close together and still falling")
def slow_is_overfitting_in_brackets():
    return "(b)"


@wrong("which_curve", "Lowering the rate only makes the same path longer")
def overfitting_is_a_rate_in_capitals():
    return "C"


@wrong("which_curve", "there is still a lot to gain")
def slow_and_sound_exchanged_in_capitals():
    return "E"


# one_epoch

# what was met later


@wrong("one_epoch", "this is their mean, one number")
def mean_over_all_examples(W, X, y, order, batch_size, learning_rate):
    total = 0
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        total += loss * len(rows)
        W = W - learning_rate * dW
    return total / len(order), W


@wrong("one_epoch", "of about equal size")
def parts_rounded_down(W, X, y, order, batch_size, learning_rate):
    losses = []
    for rows in np.array_split(order, max(len(order) // batch_size, 1)):
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong("one_epoch", "need not be a multiple of batch_size")
def order_as_a_table(W, X, y, order, batch_size, learning_rate):
    losses = []
    for rows in order.reshape(-1, batch_size):
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return losses, W


@wrong("one_epoch", "A batch begins at every number that order holds")
def starts_from_the_order(W, X, y, order, batch_size, learning_rate):
    losses = []
    for i in order:
        rows = order[i : i + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong("one_epoch", "too few places for the losses")
def places_rounded_down(W, X, y, order, batch_size, learning_rate):
    losses = np.zeros(len(order) // batch_size)
    for i, start in enumerate(range(0, len(order), batch_size)):
        rows = order[start : start + batch_size]
        losses[i], dW = softmax_loss(W, X[rows], y[rows])
        W = W - learning_rate * dW
    return losses, W


@wrong("one_epoch", "one place too many, and it holds 0")
def one_place_for_the_rest(W, X, y, order, batch_size, learning_rate):
    losses = np.zeros(len(order) // batch_size + 1)
    for i, start in enumerate(range(0, len(order), batch_size)):
        rows = order[start : start + batch_size]
        losses[i], dW = softmax_loss(W, X[rows], y[rows])
        W = W - learning_rate * dW
    return losses, W


@wrong("one_epoch", "the losses come first")
def weights_come_first(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return W, np.array(losses)


@wrong("one_epoch", "Only the weights came back")
def weights_alone(W, X, y, order, batch_size, learning_rate):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        W = W - learning_rate * softmax_loss(W, X[rows], y[rows])[1]
    return W


def _read(W, X, y):
    """Return the share of images that are read correctly."""
    return np.mean((X @ W).argmax(axis=1) == y)


@wrong("best_setting", "an accuracy may be 0")
def only_above_0(fit, X_val, y_val, X_test, y_test, rates, strengths):
    largest = 0
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            if _read(W, X_val, y_val) > largest:
                largest = _read(W, X_val, y_val)
                best, kept = (rate, strength), W
    return *best, _read(kept, X_test, y_test)


@wrong("best_setting", "rows and columns are confused")
def rates_in_columns(fit, X_val, y_val, X_test, y_test, rates, strengths):
    table = np.array([[_read(fit(rate, s), X_val, y_val) for rate in rates] for s in strengths])
    i, j = np.unravel_index(table.argmax(), table.shape)
    return rates[i], strengths[j], _read(fit(rates[i], strengths[j]), X_test, y_test)


@wrong("best_setting", "it is rate, strength, accuracy")
def accuracy_in_front(fit, X_val, y_val, X_test, y_test, rates, strengths):
    settings = [(rate, s) for rate in rates for s in strengths]
    best = max(settings, key=lambda setting: _read(fit(*setting), X_val, y_val))
    return _read(fit(*best), X_test, y_test), best[0], best[1]


@wrong("best_setting", "came back as one pair")
def setting_as_a_pair(fit, X_val, y_val, X_test, y_test, rates, strengths):
    settings = [(rate, s) for rate in rates for s in strengths]
    best = max(settings, key=lambda setting: _read(fit(*setting), X_val, y_val))
    return best, _read(fit(*best), X_test, y_test)


@wrong("best_setting", "Some results are missing")
def setting_without_its_accuracy(fit, X_val, y_val, X_test, y_test, rates, strengths):
    settings = [(rate, s) for rate in rates for s in strengths]
    return max(settings, key=lambda setting: _read(fit(*setting), X_val, y_val))


@wrong("one_epoch", "The step is too short")
def divided_by_batch_size(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW / batch_size
    return np.array(losses), W


EPOCH = "one_epoch"


def softmax_loss(W, X, y):
    """The student has coursekit.softmax in the notebook; here is what it computes."""
    Z = X @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    right_class = P[np.arange(len(y)), y]
    G = P - np.eye(W.shape[1])[y]
    return -np.log(right_class).mean(), X.T @ G / len(y)


@right(EPOCH)
def slices_of_the_order(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@right(EPOCH)
def shuffled_first(W, X, y, order, batch_size, learning_rate):
    X, y, losses = X[order], y[order], []
    W = np.array(W, float)
    for i in range(-(-len(y) // batch_size)):
        part = slice(i * batch_size, (i + 1) * batch_size)
        loss, dW = softmax_loss(W, X[part], y[part])
        losses += [loss]
        W -= learning_rate * dW
    return losses, W


@right(EPOCH)
def while_there_is_something_left(W, X, y, order, batch_size, learning_rate):
    left, losses = list(order), []
    while left:
        rows, left = left[:batch_size], left[batch_size:]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(float(loss))
        W = W - dW * learning_rate
    return tuple(losses), W.tolist()


@right(EPOCH)
def split_at_the_starts(W, X, y, order, batch_size, learning_rate):
    losses = np.empty(0)
    for rows in np.split(order, np.arange(batch_size, len(order), batch_size)):
        P = np.exp(X[rows] @ W)
        P = P / P.sum(axis=1)[:, None]
        picked = P[range(len(rows)), y[rows]]
        losses = np.append(losses, np.mean(-np.log(picked)))
        P[range(len(rows)), y[rows]] -= 1
        W = W - learning_rate / len(rows) * X[rows].T @ P
    return losses, W


@wrong(EPOCH, "the last, shorter batch is lost")
def whole_batches_only(W, X, y, order, batch_size, learning_rate):
    losses = []
    for i in range(len(X) // batch_size):
        rows = order[i * batch_size : (i + 1) * batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "the images are shuffled and the labels are not")
def labels_left_behind(W, X, y, order, batch_size, learning_rate):
    X, losses = X[order], []
    for start in range(0, len(X), batch_size):
        loss, dW = softmax_loss(W, X[start : start + batch_size], y[start : start + batch_size])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "The order is not used")
def in_line(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        end = start + batch_size
        loss, dW = softmax_loss(W, X[start:end], y[start:end])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "always that at the first W")
def gradient_at_the_start(W, X, y, order, batch_size, learning_rate):
    losses, V = [], W
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        V = V - learning_rate * dW
    return np.array(losses), V


@wrong(EPOCH, "each step starts again from the first W")
def starts_again(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        new = W - learning_rate * dW
    return np.array(losses), new


@wrong(EPOCH, "only one step, at the end")
def one_step_for_all(W, X, y, order, batch_size, learning_rate):
    losses, slopes = [], []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss), slopes.append(dW)
    return np.array(losses), W - learning_rate * np.mean(slopes, axis=0)


@wrong(EPOCH, "added up from batch to batch")
def never_cleared(W, X, y, order, batch_size, learning_rate):
    losses, G = [], np.zeros(np.shape(W))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        G += dW
        W = W - learning_rate * G
    return np.array(losses), W


@wrong(EPOCH, "The steps go up")
def uphill(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W + learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "divided by the number of examples once more")
def divided_twice(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate / len(rows) * dW
    return np.array(losses), W


@wrong(EPOCH, "The step is too long")
def summed_gradient(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        P = np.exp(X[rows] @ W)
        P = P / P.sum(axis=1, keepdims=True)
        losses.append(-np.log(P[np.arange(len(rows)), y[rows]]).mean())
        W = W - learning_rate * X[rows].T @ (P - np.eye(P.shape[1])[y[rows]])
    return np.array(losses), W


@wrong(EPOCH, "they are taken after the step")
def loss_after_the_step(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        W = W - learning_rate * softmax_loss(W, X[rows], y[rows])[1]
        losses.append(softmax_loss(W, X[rows], y[rows])[0])
    return np.array(losses), W


@wrong(EPOCH, "they are those of all examples")
def loss_of_all(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        losses.append(softmax_loss(W, X, y)[0])
        W = W - learning_rate * softmax_loss(W, X[rows], y[rows])[1]
    return np.array(losses), W


@wrong(EPOCH, "this is their mean, one number")
def mean_of_the_epoch(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.mean(losses), W


@wrong(EPOCH, "Is the `return` inside the loop")
def return_inside(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
        return np.array(losses), W


@wrong(EPOCH, "always ends at batch_size")
def slice_with_a_fixed_end(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start:batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "holds a single example")
def one_by_one(W, X, y, order, batch_size, learning_rate):
    losses = []
    for i in order:
        loss, dW = softmax_loss(W, X[[i]], y[[i]])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "All m examples are in one batch")
def full_batch(W, X, y, order, batch_size, learning_rate):
    loss, dW = softmax_loss(W, X[order], y[order])
    return np.array([loss]), W - learning_rate * dW


@wrong(EPOCH, "of about equal size")
def array_split_of_the_order(W, X, y, order, batch_size, learning_rate):
    losses = []
    for rows in np.array_split(order, -(-len(X) // batch_size)):
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W = W - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "changes W in place")
def in_place(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss)
        W[:] = W - learning_rate * dW if W.dtype.kind == "f" else W
        W = W if W.dtype.kind == "f" else W - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "they are those that came in")
def old_weights(W, X, y, order, batch_size, learning_rate):
    losses, V = [], W
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(V, X[rows], y[rows])
        losses.append(loss)
        V = V - learning_rate * dW
    return np.array(losses), W


@wrong(EPOCH, "each is a sum over the batch")
def loss_summed(W, X, y, order, batch_size, learning_rate):
    losses = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        loss, dW = softmax_loss(W, X[rows], y[rows])
        losses.append(loss * len(rows))
        W = W - learning_rate * dW
    return np.array(losses), W


# best_setting

SETTING = "best_setting"


def accuracy(W, X, y):
    """The student has metrics.accuracy and softmax.predict."""
    return np.mean((X @ W).argmax(axis=1) == y)


@right(SETTING)
def loop_in_a_loop(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            share = accuracy(W, X_val, y_val)
            if share > best:
                best, chosen, kept = share, (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@right(SETTING)
def table_of_accuracies(fit, X_val, y_val, X_test, y_test, rates, strengths):
    table = np.array([[accuracy(fit(r, s), X_val, y_val) for s in strengths] for r in rates])
    i, j = np.unravel_index(table.argmax(), table.shape)
    W = fit(rates[i], strengths[j])
    return rates[i], strengths[j], accuracy(W, X_test, y_test)


@right(SETTING)
def largest_of_a_list(fit, X_val, y_val, X_test, y_test, rates, strengths):
    settings = [(r, s) for r in rates for s in strengths]
    rate, strength = max(settings, key=lambda setting: accuracy(fit(*setting), X_val, y_val))
    return [rate, strength, accuracy(fit(rate, strength), X_test, y_test)]


@right(SETTING)
def fewest_errors(fit, X_val, y_val, X_test, y_test, rates, strengths):
    found = {}
    for r in rates:
        for s in strengths:
            W = fit(r, s)
            wrong_ones = int((np.argmax(X_val @ W, axis=1) != y_val).sum())
            found.setdefault(wrong_ones, (r, s, float((np.argmax(X_test @ W, axis=1) == y_test).mean())))
    return found[min(found)]


@wrong(SETTING, "compared by the test part")
def chosen_on_the_test_part(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            share = accuracy(fit(rate, strength), X_test, y_test)
            if share > best:
                best, chosen = share, (rate, strength)
    return (*chosen, best)


@wrong(SETTING, "it is the accuracy on the validation part")
def reports_what_chose(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            share = accuracy(fit(rate, strength), X_val, y_val)
            if share > best:
                best, chosen = share, (rate, strength)
    return (*chosen, best)


@wrong(SETTING, "weights that were trained last")
def last_weights(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            share = accuracy(W, X_val, y_val)
            if share > best:
                best, chosen = share, (rate, strength)
    return (*chosen, accuracy(W, X_test, y_test))


@wrong(SETTING, "the rate is chosen first")
def rate_first(fit, X_val, y_val, X_test, y_test, rates, strengths):
    rate = max(rates, key=lambda r: accuracy(fit(r, strengths[0]), X_val, y_val))
    strength = max(strengths, key=lambda s: accuracy(fit(rate, s), X_val, y_val))
    return rate, strength, accuracy(fit(rate, strength), X_test, y_test)


@wrong(SETTING, "the strength is chosen first")
def strength_first(fit, X_val, y_val, X_test, y_test, rates, strengths):
    shares = [accuracy(fit(rates[0], s), X_val, y_val) for s in strengths]
    strength = strengths[int(np.argmax(shares))]
    shares = [accuracy(fit(r, strength), X_val, y_val) for r in rates]
    rate = rates[int(np.argmax(shares))]
    return rate, strength, accuracy(fit(rate, strength), X_test, y_test)


@wrong(SETTING, "rate and strength are chosen apart")
def each_alone(fit, X_val, y_val, X_test, y_test, rates, strengths):
    rate = max(rates, key=lambda r: accuracy(fit(r, strengths[0]), X_val, y_val))
    strength = max(strengths, key=lambda s: accuracy(fit(rates[0], s), X_val, y_val))
    return rate, strength, accuracy(fit(rate, strength), X_test, y_test)


@wrong(SETTING, "the first rate meets the first strength only")
def zipped(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate, strength in zip(rates, strengths, strict=False):
        W = fit(rate, strength)
        if accuracy(W, X_val, y_val) > best:
            best, chosen, kept = accuracy(W, X_val, y_val), (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "the last one is taken")
def ties_to_the_last(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            share = accuracy(W, X_val, y_val)
            if share >= best:
                best, chosen, kept = share, (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "tried in another order")
def strengths_outside(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for strength in strengths:
        for rate in rates:
            W = fit(rate, strength)
            share = accuracy(W, X_val, y_val)
            if share > best:
                best, chosen, kept = share, (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "is never updated")
def best_never_updated(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best, chosen, kept = 0, (rates[0], strengths[0]), fit(rates[0], strengths[0])
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            if accuracy(W, X_val, y_val) > best:
                chosen, kept = (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "always the last setting")
def last_one_wins(fit, X_val, y_val, X_test, y_test, rates, strengths):
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            share = accuracy(W, X_test, y_test)
    return rate, strength, share


@wrong(SETTING, "one rate only is tried")
def best_of_the_last_rate(fit, X_val, y_val, X_test, y_test, rates, strengths):
    for rate in rates:
        best = -1
        for strength in strengths:
            W = fit(rate, strength)
            share = accuracy(W, X_val, y_val)
            if share > best:
                best, chosen, kept = share, (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "they are places in the lists")
def numbers_of_rate_and_strength(fit, X_val, y_val, X_test, y_test, rates, strengths):
    table = np.array([[accuracy(fit(r, s), X_val, y_val) for s in strengths] for r in rates])
    i, j = np.unravel_index(table.argmax(), table.shape)
    return i, j, accuracy(fit(rates[i], strengths[j]), X_test, y_test)


@wrong(SETTING, "the rate comes first, then the strength")
def arguments_exchanged(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best = -1
    for rate in rates:
        for strength in strengths:
            W = fit(strength, rate)
            share = accuracy(W, X_val, y_val)
            if share > best:
                best, chosen, kept = share, (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "largest test accuracy of all settings")
def best_of_both_parts(fit, X_val, y_val, X_test, y_test, rates, strengths):
    best, record = -1, 0
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            if accuracy(W, X_val, y_val) > best:
                best, chosen = accuracy(W, X_val, y_val), (rate, strength)
            record = max(record, accuracy(W, X_test, y_test))
    return (*chosen, record)


@wrong(SETTING, "it is the loss")
def least_loss(fit, X_val, y_val, X_test, y_test, rates, strengths):
    least = np.inf
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            loss = softmax_loss(W, X_val, y_val)[0]
            if loss < least:
                least, chosen, kept = loss, (rate, strength), W
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "how many are right")
def counted_not_shared(fit, X_val, y_val, X_test, y_test, rates, strengths):
    settings = [(r, s) for r in rates for s in strengths]
    rate, strength = max(settings, key=lambda setting: accuracy(fit(*setting), X_val, y_val))
    return rate, strength, ((X_test @ fit(rate, strength)).argmax(axis=1) == y_test).sum()


@wrong(SETTING, "each accuracy is compared with the one before it")
def compared_with_the_last(fit, X_val, y_val, X_test, y_test, rates, strengths):
    before = -1
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            share = accuracy(W, X_val, y_val)
            if share > before:
                chosen, kept = (rate, strength), W
            before = share
    return (*chosen, accuracy(kept, X_test, y_test))


@wrong(SETTING, "validation and test part together")
def judged_by_both(fit, X_val, y_val, X_test, y_test, rates, strengths):
    X, y, best = np.vstack([X_val, X_test]), np.concatenate([y_val, y_test]), -1
    for rate in rates:
        for strength in strengths:
            W = fit(rate, strength)
            share = (accuracy(W, X_val, y_val) + accuracy(W, X_test, y_test)) / 2
            if share > best:
                best, chosen, kept = share, (rate, strength), W
    return (*chosen, accuracy(kept, X, y) * 0 + accuracy(kept, X_test, y_test))


# mutants that are right answers

equal(
    "one_epoch",
    "lists and arrays of the same numbers",
    "one_epoch: np.array(losses) -> losses",
    "slices_of_the_order: np.array(losses) -> losses",
    "while_there_is_something_left: float(loss) -> loss",
    "while_there_is_something_left: tuple(losses) -> losses",
    "while_there_is_something_left: W.tolist() -> W",
)
equal(
    "best_setting",
    "any start below 0 is below every accuracy",
    "best_setting: 1 -> 2",
    "loop_in_a_loop: 1 -> 2",
)
equal(
    "best_setting",
    "all settings are compared on the same images, so counts have the order of shares",
    "best_setting: np.mean(softmax.predict(W, X_val) == y_val) -> np.sum(softmax.predict(W, X_val) == y_val)",
)
equal(
    "best_setting",
    "only the type of the number is another",
    "fewest_errors: int((np.argmax(X_val @ W, axis=1) != y_val).sum()) -> "
    "(np.argmax(X_val @ W, axis=1) != y_val).sum()",
    "fewest_errors: float((np.argmax(X_test @ W, axis=1) == y_test).mean()) -> "
    "(np.argmax(X_test @ W, axis=1) == y_test).mean()",
)


# which_batch


@right("which_batch")
def which_batch():
    return "c"


@right("which_batch")
def which_batch_in_brackets():
    return "(C)"


@right("which_batch")
def which_batch_with_a_dot():
    return " c. "


@wrong("which_batch", "How far apart are the losses")
def which_batch_a():
    return "a"


@wrong("which_batch", "Count the steps")
def which_batch_b():
    return "b"


@wrong("which_batch", "It has a square root")
def which_batch_d():
    return "d"


@wrong("which_batch", "one of the letters a, b, c, d")
def which_batch_two_of_them():
    return "a, b"


@wrong("which_batch", "one of the letters a, b, c, d")
def which_batch_not_returned():
    print("c")


@wrong("which_batch", "How far apart are the losses")
def which_batch_in_capitals():
    return "A."
