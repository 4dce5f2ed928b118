"""Answers to the exercises of notebook 05, the MNIST lab."""

import numpy as np

from tests.mistakes import equal, right, wrong

# data_convert


@right("data_convert")
def vectorised(x, y, m, k):
    return (x > 100).astype(np.float32), np.eye(k)[y].T


@right("data_convert")
def loops(x, y, m, k):
    out = np.zeros((m, x.shape[1]))
    for i in range(m):
        for j in range(x.shape[1]):
            if x[i, j] > 100:
                out[i, j] = 1
    onehot = np.zeros((k, m))
    for i in range(m):
        onehot[y[i]][i] = 1
    return out, onehot


@right("data_convert")
def where_and_compare(x, y, m, k):
    return np.where(x <= 100, 0.0, 1.0), 1.0 * (np.arange(k)[:, None] == np.asarray(y).reshape(1, m))


@right("data_convert")
def lists(x, y, m, k):
    pixels = [[1.0 if value > 100 else 0.0 for value in row] for row in x]
    return pixels, [[float(label == c) for label in y] for c in range(k)]


@right("data_convert")
def integers_in_a_list_of_two(x, y, m, k):
    x = x.copy()
    x[x <= 100] = 0
    x[x > 100] = 1
    return [x, np.asfortranarray(np.eye(k, dtype=int)[:, y])]


@right("data_convert")
def matrices(x, y, m, k):
    return np.matrix(x > 100, dtype=float), np.matrix(np.eye(k)[y]).T


@wrong("data_convert", "in place")
def converts_in_place(x, y, m, k):
    x[x <= 100] = 0
    x[x > 100] = 1
    return x, np.eye(k)[y].T


@wrong("data_convert", "exactly 100")
def threshold_included(x, y, m, k):
    return (x >= 100) * 1.0, np.eye(k)[y].T


@wrong("data_convert", "the threshold: it is 40")
def handouts_own_threshold(x, y, m, k):
    return (x > 40) * 1.0, np.eye(k)[y].T


@wrong("data_convert", "(m, k)")
def one_image_a_row(x, y, m, k):
    return (x > 100) * 1.0, np.eye(k)[y]


@wrong("data_convert", "do not occur")
def classes_from_the_labels(x, y, m, k):
    onehot = np.zeros((y.max() + 1, m))
    onehot[y, np.arange(m)] = 1
    return (x > 100) * 1.0, onehot


@wrong("data_convert", "as they were")
def pixels_untouched(x, y, m, k):
    return x.astype(float), np.eye(k)[y].T


@wrong("data_convert", "scaled")
def pixels_scaled(x, y, m, k):
    return x / 255, np.eye(k)[y].T


@wrong("data_convert", "inverted")
def inverted(x, y, m, k):
    return (x <= 100) * 1.0, np.eye(k)[y].T


@wrong("data_convert", "must be one-hot")
def labels_untouched(x, y, m, k):
    return (x > 100) * 1.0, y


@wrong("data_convert", "the pixels come first")
def swapped(x, y, m, k):
    return np.eye(k)[y].T, (x > 100) * 1.0


@wrong("data_convert", "one row too high up")
def labels_from_one(x, y, m, k):
    onehot = np.zeros((k, m))
    for i in range(m):
        onehot[y[i] - 1, i] = 1
    return (x > 100) * 1.0, onehot


@wrong("data_convert", "`return`")
def no_return(x, y, m, k):
    x = (x > 100) * 1.0
    y = np.eye(k)[y].T


@wrong("data_convert", "Only the pixels came back")
def pixels_only(x, y, m, k):
    return (x > 100) * 1.0


@right("data_convert")
def integer_bytes(x, y, m, k):
    return np.array(x > 100, np.uint8), np.array([y == c for c in range(k)])


@right("data_convert")
def a_generator_of_rows(x, y, m, k):
    return ([int(v > 100) for v in row] for row in x), np.eye(k)[np.array(y, int)].transpose()


@right("data_convert")
def np_where_and_put(x, y, m, k):
    y1 = np.zeros(k * m)
    y1[np.array(y, int) * m + np.arange(m)] = 1
    return np.where(x > 100, 1, 0), y1.reshape(k, m)


@right("data_convert")
def copied_first(x, y, m, k):
    new = x.copy()
    new[x <= 100] = 0
    new[x > 100] = 1
    hot = np.zeros((m, k))
    for t in np.arange(0, m):
        hot[t, y[t]] = 1
    return new, hot.T


right("data_convert")(lambda x, y, m, k: ((x > 100) + 0.0, (np.arange(k).reshape(k, 1) == y.reshape(1, m)) + 0))


@wrong("data_convert", "the threshold: it is 40")
def the_handouts_code_at_40(x, y, m, k):
    x[x <= 40] = 0
    x[x > 40] = 1
    hot = np.zeros((m, k))
    for t in np.arange(0, m):
        hot[t, y[t]] = 1
    return x, hot.T


@wrong("data_convert", "not above 100 either")
def ones_first_then_zeros(x, y, m, k):
    x = x.copy()
    x[x > 100] = 1
    x[x <= 100] = 0
    return x, np.eye(k)[y].T


@wrong("data_convert", "uint8 has no negative numbers")
def difference_of_bytes(x, y, m, k):
    return (x - np.uint8(100) > 0) * 1.0, np.eye(k)[y].T


@wrong("data_convert", "sets whole rows")
def rows_of_ones(x, y, m, k):
    hot = np.zeros((k, m))
    hot[y] = 1
    return (x > 100) * 1.0, hot


@wrong("data_convert", "always 10")
def ten_classes(x, y, m, k):
    hot = np.zeros((10, m))
    for i in range(m):
        hot[y[i], i] = 1
    return (x > 100) * 1.0, hot


@wrong("data_convert", "they are exchanged")
def image_first_in_a_k_m_matrix(x, y, m, k):
    hot = np.zeros((k, m))
    for i in range(m):
        hot[i, y[i]] = 1
    return (x > 100) * 1.0, hot


@wrong("data_convert", "reshape is not a transpose")
def reshaped_to_k_m(x, y, m, k):
    return (x > 100) * 1.0, np.eye(k)[y].reshape(k, m)


@wrong("data_convert", "must be one-hot")
def labels_in_a_row(x, y, m, k):
    return (x > 100) * 1.0, y.reshape(1, m)


@wrong("data_convert", "even if some do not occur")
def unique_labels(x, y, m, k):
    return (x > 100) * 1.0, (np.unique(y)[:, None] == y) * 1.0


@wrong("data_convert", "computed from the pixels")
def mean_of_the_image(x, y, m, k):
    return (x > x.mean(axis=1, keepdims=True)) * 1.0, np.eye(k)[y].T


@wrong("data_convert", "it is 127")
def at_the_middle(x, y, m, k):
    return np.round(x / 255), np.eye(k)[y].T


@wrong("data_convert", "(m, k), with one row per image")
def included_and_one_row_per_image(x, y, m, k):
    return (x >= 100) * 1.0, np.eye(k)[y]


@wrong("data_convert", "exactly 100")
def included_and_k_of_the_labels(x, y, m, k):
    return np.where(x < 100, 0, 1), np.eye(y.max() + 1)[y].T


@wrong("data_convert", "is `return` inside it")
def returns_after_the_first_label(x, y, m, k):
    hot = np.zeros((k, m))
    for i in range(m):
        hot[y[i], i] = 1
        return (x > 100) * 1.0, hot


@wrong("data_convert", "where the loop begins and ends")
def last_label_left_out(x, y, m, k):
    hot = np.zeros((k, m))
    for i in range(m - 1):
        hot[y[i], i] = 1
    return (x > 100) * 1.0, hot


@wrong("data_convert", "where a 1 must be")
def the_label_instead_of_1(x, y, m, k):
    hot = np.zeros((k, m))
    hot[y, np.arange(m)] = y
    return (x > 100) * 1.0, hot


@wrong("data_convert", "x was transposed")
def both_turned(x, y, m, k):
    return (x > 100).T * 1.0, np.eye(k)[y].T


@wrong("data_convert", "only 0 and 1")
def halves_in_between(x, y, m, k):
    return np.where(x > 100, 1.0, np.where(x > 50, 0.5, 0.0)), np.eye(k)[y].T


@wrong("data_convert", "scaled to [0, 1]")
def scaled_and_one_row_per_image(x, y, m, k):
    return x / 255.0, np.eye(k)[y]


# softmax_regression


def shifted_softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def handout_style(theta, x, y, iters, alpha):
    m, f = x.shape[0], []
    for i in range(iters):
        if i > 0 and i % 50 == 0:
            alpha *= 0.95
        yhat = shifted_softmax(theta @ x.T)
        z = theta @ x.T
        f.append(np.sum(y * (np.logaddexp.reduce(z, axis=0) - z)) / m)
        theta = theta - alpha * (yhat - y) @ x / m
    return f, theta


@right("softmax_regression")
def sample_by_sample(theta, x, y, iters, alpha):
    m, losses, theta = len(x), np.zeros(iters), np.array(theta)
    for i in range(iters):
        grad = np.zeros_like(theta)
        for s in range(m):
            z = theta @ x[s]
            p = np.exp(z - max(z)) / sum(np.exp(z - max(z)))
            losses[i] += (np.logaddexp.reduce(z) - z[np.argmax(y[:, s])]) / m
            grad += np.outer(p - y[:, s], x[s]) / m
        theta = theta - alpha * 0.95 ** (i // 50) * grad
    return losses, theta


@right("softmax_regression")
def log_softmax_float32(theta, x, y, iters, alpha):
    theta, x, losses = theta.astype(np.float64), np.asfortranarray(x), []
    for i in range(1, iters + 1):
        z = theta @ x.T
        z = z - z.max(0)
        logp = z - np.log(np.exp(z).sum(0))
        losses.append(float(-(y * logp).sum() / x.shape[0]))
        theta = theta - alpha / x.shape[0] * np.dot(np.exp(logp) - y, x)
        if i % 50 == 0:
            alpha = alpha * 0.95
    return [np.array(losses), theta]


@right("softmax_regression")
def rows_and_transposes(theta, x, y, iters, alpha):
    w, losses = theta.T.copy(), []
    for i in range(iters):
        z = x @ w
        z = z - z.max(1)[:, None]
        losses += [np.mean([np.log(np.exp(row).sum()) - row[c == 1][0] for row, c in zip(z, y.T)])]
        p = np.exp(z)
        p /= p.sum(1)[:, None]
        w -= alpha * 0.95 ** np.floor(i / 50) * x.T @ (p - y.T) / len(x)
    return np.array(losses), w.T


def descend(softmax, m_loss=True, m_grad=True, first_cut=50, in_place=False, sign=1, decay=True, every=50, log=np.log):
    """Return an answer with one thing wrong; the texts that students write differ, these faults are what counts."""

    def softmax_regression(theta, x, y, iters, alpha):
        m, f = len(x), []
        for i in range(iters):
            if decay and i >= first_cut and i % every == 0:
                alpha *= 0.95
            yhat = softmax(theta @ x.T)
            f.append(-np.sum(y * log(yhat)) / (m if m_loss else 1))
            step = sign * alpha * (yhat - y) @ x / (m if m_grad else 1)
            if in_place:
                theta -= step
            else:
                theta = theta - step
        return f, theta

    return softmax_regression


def record(name, hint, **fault):
    """Record an answer of ``descend`` under a name of its own."""
    answer = descend(**{"softmax": shifted_softmax, **fault})
    answer.__name__ = name
    wrong("softmax_regression", hint)(answer)


def unshifted(z):
    return np.exp(z) / np.exp(z).sum(axis=0)


def global_shift(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0)


def across_samples(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


record("scores_unshifted", "exp(10000)", softmax=unshifted)
record("global_maximum", "one was taken away for all images", softmax=global_shift)
record("softmax_across_samples", "each column", softmax=across_samples)
record("theta_in_place_and_log_of_p", "0 * -inf", in_place=True)
record("loss_not_divided_by_m", "the loss: it is a sum", m_loss=False)
record("gradient_not_divided_by_m", "the gradient: it is a sum", m_grad=False)
record("decay_at_iteration_0", "the rate was cut there already", first_cut=0)
record("no_decay", "never decays", decay=False)
record("decay_every_iteration", "it decays in every iteration", every=1, first_cut=1)
record("uphill", "uphill", sign=-1)
record("log_base_2", "bits", log=np.log2)


@wrong("softmax_regression", "the losses come first")
def theta_first(theta, x, y, iters, alpha):
    return handout_style(theta, x, y, iters, alpha)[::-1]


@wrong("softmax_regression", "after the update")
def loss_after_the_step(theta, x, y, iters, alpha):
    f, theta = handout_style(theta, x, y, iters + 1, alpha)[0][1:], handout_style(theta, x, y, iters, alpha)[1]
    return f, theta


@wrong("softmax_regression", "loss of every iteration")
def last_loss_only(theta, x, y, iters, alpha):
    f, theta = handout_style(theta, x, y, iters, alpha)
    return f[-1], theta


@wrong("softmax_regression", "never moved")
def update_lost(theta, x, y, iters, alpha):
    f, _ = handout_style(theta, x, y, iters, alpha)
    return f[:1] * iters, theta


@wrong("softmax_regression", "negative")
def minus_forgotten(theta, x, y, iters, alpha):
    f, theta = handout_style(theta, x, y, iters, alpha)
    return [-v for v in f], theta


@wrong("softmax_regression", "raised ValueError")
def transposes_lost(theta, x, y, iters, alpha):
    return [0.0], theta - alpha * (theta @ x - y) @ x


@right("softmax_regression")
def log_sum_exp_only_of_the_true_class(theta, x, y, iters, alpha):
    m, f = x.shape[0], []
    true = np.argmax(y, axis=0)
    for i in range(iters):
        if i > 0 and i % 50 == 0:
            alpha *= 0.95
        z = theta @ x.T
        z = z - np.max(z, axis=0)
        yhat = np.exp(z) / np.sum(np.exp(z), axis=0)
        f.append(np.mean(np.log(np.sum(np.exp(z), axis=0)) - z[true, np.arange(m)]))
        theta = theta - alpha * (yhat - y) @ x / m
    return f, theta


@right("softmax_regression")
def logaddexp_in_matrices(theta, x, y, iters, alpha):
    losses, theta = np.zeros(iters), np.matrix(theta, dtype=float)
    x = np.matrix(x)
    for i in range(iters):
        z = theta * x.T
        log_p = np.asarray(z) - np.logaddexp.reduce(np.asarray(z), axis=0)
        losses[i] = -np.sum(log_p[y == 1]) / len(x)
        theta = theta - alpha * 0.95 ** (i // 50) / len(x) * (np.matrix(np.exp(log_p) - y) * x)
    return losses, theta


@right("softmax_regression")
def a_copy_changed_in_place(theta, x, y, iters, alpha):
    theta = np.array(theta, dtype=np.float64, order="F")
    losses = np.empty(iters)
    rate = alpha
    for i in range(iters):
        z = x.dot(theta.T)
        z -= z.max(axis=1, keepdims=True)
        s = np.exp(z).sum(axis=1, keepdims=True)
        losses[i] = -((z - np.log(s)) * y.T).sum(axis=1).mean()
        theta -= rate * ((np.exp(z) / s).T - y).dot(x) / len(x)
        if (i + 1) % 50 == 0:
            rate = rate * 0.95
    return losses, theta


@right("softmax_regression")
def nested_lists(theta, x, y, iters, alpha):
    theta, losses = [list(map(float, row)) for row in theta], []
    k, m, n = len(theta), len(x), len(x[0])
    for i in range(iters):
        step, total = [[0.0] * n for _ in range(k)], 0.0
        for s in range(m):
            z = [sum(float(w) * float(v) for w, v in zip(row, x[s])) for row in theta]
            top = max(z)
            lse = top + float(np.log(sum(np.exp(v - top) for v in z)))
            for c in range(k):
                total += float(y[c][s]) * (lse - z[c])
                for j in range(n):
                    step[c][j] += (float(np.exp(z[c] - lse)) - float(y[c][s])) * float(x[s][j]) / m
        losses.append(total / m)
        rate = alpha * 0.95 ** (i // 50)
        theta = [[w - rate * g for w, g in zip(a, b)] for a, b in zip(theta, step)]
    return losses, theta


def variant(loss=lambda P, Y, m: -np.sum(Y * np.log(P)) / m, grad=lambda P, Y, x, m: (P - Y) @ x / m, rate=None):
    """Return an answer in the handout's style with pieces of one's own."""

    def softmax_regression(theta, x, y, iters, alpha):
        m, f = x.shape[0], []
        for i in range(iters):
            P = shifted_softmax(theta @ x.T)
            f.append(loss(P, y, m))
            theta = theta - (rate or (lambda a, i: a * 0.95 ** (i // 50)))(alpha, i) * grad(P, y, x, m)
        return f, theta

    return softmax_regression


def record_variant(name, hint, **pieces):
    """Record a variant under a name of its own."""
    answer = variant(**pieces)
    answer.__name__ = name
    wrong("softmax_regression", hint)(answer)


record_variant("log_of_the_probability", "0 * -inf")
record_variant("small_number_1e_8", "hides that", loss=lambda P, Y, m: -np.sum(Y * np.log(P + 1e-8)) / m)
record_variant("small_number_1e_300", "hides that", loss=lambda P, Y, m: -np.sum(Y * np.log(P + 1e-300)) / m)
record_variant("another_small_number", "hides that", loss=lambda P, Y, m: -np.sum(Y * np.log(P + 3e-11)) / m)
record_variant("clipped", "hides that", loss=lambda P, Y, m: -np.sum(Y * np.log(np.clip(P, 1e-15, 1))) / m)
record_variant(
    "log_of_the_true_one", "became 0, and the loss infinite", loss=lambda P, Y, m: -np.log((Y * P).sum(0)).mean()
)
record_variant("mean_of_all_entries", "over the classes as well", loss=lambda P, Y, m: -np.mean(Y * np.log(P)))
record_variant("entropy", "entropy", loss=lambda P, Y, m: -np.sum(P * np.log(P)) / m)
record_variant("squared_error", "squared error", loss=lambda P, Y, m: ((P - Y) ** 2).sum() / m)
record_variant("loss_of_each_image", "one for each image", loss=lambda P, Y, m: -np.log((Y * P).sum(0)))
record_variant("yes_or_no", "log(1 - p)", loss=lambda P, Y, m: -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / m)
record_variant("divided_by_k", "divided by k as well", grad=lambda P, Y, x, m: (P - Y) @ x / m / len(Y))
record_variant("y_missing", "y is missing", grad=lambda P, Y, x, m: P @ x / m)
record_variant("true_rows_only", "true class's row", grad=lambda P, Y, x, m: ((P - Y) * Y) @ x / m)
record_variant("gradient_of_the_squares", "squared error", grad=lambda P, Y, x, m: ((P - Y) * P * (1 - P)) @ x / m)
record_variant("outer_of_means", "sum of products", grad=lambda P, Y, x, m: np.outer((P - Y).mean(1), x.mean(0)))
record_variant("last_image", "only some of them", grad=lambda P, Y, x, m: np.outer(P[:, -1] - Y[:, -1], x[-1]) / m)
record_variant("continuous_decay", "i // 50", rate=lambda a, i: a * 0.95 ** (i / 50))
record_variant("once_only", "once only", rate=lambda a, i: a * 0.95 if i >= 50 else a)
record_variant("cut_late", "the iteration in which", rate=lambda a, i: a * 0.95 ** (max(i - 1, 0) // 50))
record_variant("cut_early", "the iteration in which", rate=lambda a, i: a * 0.95 ** ((i + 1) // 50))
record_variant("back_to_alpha", "stays cut", rate=lambda a, i: a * 0.95 if i and i % 50 == 0 else a)
record_variant("ninety_per_cent", "must be 0.95", rate=lambda a, i: a * 0.9 ** (i // 50))
record_variant("another_schedule", "so is 0 * log 0", rate=lambda a, i: a * (0.95 if i > 70 else 0.97) ** (i // 50))
record_variant("no_rate", "it has no learning rate", rate=lambda a, i: 1.0)
record_variant(
    "both_sums",
    "are sums over the images",
    loss=lambda P, Y, m: -np.sum(np.log((P * Y).sum(0))),
    grad=lambda P, Y, x, m: (P - Y) @ x,
)


@wrong("softmax_regression", "in place")
def theta_in_place(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        f.append(-(y * log_p).sum() / len(x))
        theta -= alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
    return f, theta


@wrong("softmax_regression", "first 50 iterations are right")
def another_schedule_after_fifty(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        f.append(-(y * log_p).sum() / len(x))
        theta = theta - alpha * (0.95 if i > 70 else 0.97) ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
    return f, theta


@wrong("softmax_regression", "compounds")
def cut_again_and_again(theta, x, y, iters, alpha):
    m, f = len(x), []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        f.append(-(y * log_p).sum() / m)
        alpha *= 0.95 ** (i // 50)
        theta = theta - alpha * (np.exp(log_p) - y) @ x / m
    return f, theta


@wrong("softmax_regression", "those before it too")
def losses_summed_up(theta, x, y, iters, alpha):
    m, f, loss = len(x), [], 0
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        loss += -(y * log_p).sum() / m
        f.append(loss)
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / m
    return f, theta


@wrong("softmax_regression", "inside it")
def returns_inside_the_loop(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        f.append(-(y * log_p).sum() / len(x))
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
        return f, theta


@wrong("softmax_regression", "computed once")
def probabilities_before_the_loop(theta, x, y, iters, alpha):
    f = []
    z = theta @ x.T
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    for i in range(iters):
        f.append(-(y * log_p).sum() / len(x))
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
    return f, theta


def with_penalty(lam, in_loss):
    """Return descent on a loss with a penalty."""

    def softmax_regression(theta, x, y, iters, alpha):
        f = []
        for i in range(iters):
            z = theta @ x.T
            z = z - z.max(axis=0)
            log_p = z - np.log(np.exp(z).sum(axis=0))
            f.append(-(y * log_p).sum() / len(x) + in_loss * lam / 2 * np.sum(theta**2))
            theta = theta - alpha * 0.95 ** (i // 50) * ((np.exp(log_p) - y) @ x / len(x) + lam * theta)
        return f, theta

    softmax_regression.__name__ = f"penalty_{lam}_{in_loss}"
    return softmax_regression


wrong("softmax_regression", "as for a penalty")(with_penalty(0.0001, 0))
wrong("softmax_regression", "as for a penalty")(with_penalty(0.01, 1))
wrong("softmax_regression", "such as a penalty")(with_penalty(0.03, 0))


@wrong("softmax_regression", "after every image")
def image_after_image(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        f.append(-(y * (z - np.log(np.exp(z).sum(axis=0)))).sum() / len(x))
        for j in range(len(x)):
            p = shifted_softmax((theta @ x[j])[:, None])[:, 0]
            theta = theta - alpha * 0.95 ** (i // 50) * np.outer(p - y[:, j], x[j])
    return f, theta


@wrong("softmax_regression", "after every class")
def class_after_class(theta, x, y, iters, alpha):
    theta, f, m = theta.copy(), [], len(x)
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        f.append(-(y * (z - np.log(np.exp(z).sum(axis=0)))).sum() / m)
        for c in range(len(theta)):
            p = shifted_softmax(theta @ x.T)
            theta[c] -= alpha * 0.95 ** (i // 50) * (p[c] - y[c]) @ x / m
    return f, theta


@wrong("softmax_regression", "one row per class")
def theta_as_n_k(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        z = x @ theta
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        f.append(-(y.T * np.log(p)).sum() / len(x))
        theta = theta - alpha * x.T @ (p - y.T) / len(x)
    return f, theta


@wrong("softmax_regression", "one column per image")
def y_as_m_k(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        p = shifted_softmax(theta @ x.T).T
        f.append(-(y * np.log(p)).sum() / len(x))
        theta = theta - alpha * (p - y).T @ x / len(x)
    return f, theta


@wrong("softmax_regression", "not a vector of labels")
def y_as_labels(theta, x, y, iters, alpha):
    f, m = [], len(x)
    for i in range(iters):
        p = shifted_softmax(theta @ x.T)
        f.append(-np.log(p[y, np.arange(m)]).sum() / m)
        p[y, np.arange(m)] -= 1
        theta = theta - alpha * p @ x / m
    return f, theta


@wrong("softmax_regression", "one iteration too few")
def starts_at_1(theta, x, y, iters, alpha):
    f = []
    for i in range(1, iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        f.append(-(y * log_p).sum() / len(x))
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
    return f, theta


@wrong("softmax_regression", "begin with the theta that is given")
def begins_with_zeros(theta, x, y, iters, alpha):
    f, theta = [], np.zeros(theta.shape)
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        f.append(-(y * log_p).sum() / len(x))
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
    return f, theta


@wrong("softmax_regression", "rounded")
def rounded_losses(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        f.append(round(float(-(y * log_p).sum() / len(x)), 4))
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
    return f, theta


@wrong("softmax_regression", "every iteration, (iters,)")
def every_tenth_loss(theta, x, y, iters, alpha):
    f = []
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        if i % 10 == 0:
            f.append(-(y * log_p).sum() / len(x))
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / len(x)
    return f, theta


# predict


@right("predict")
def argmax_of_scores(test_images, theta):
    return np.argmax(theta @ (test_images > 100).T.astype(float), axis=0)


@right("predict")
def image_by_image(test_images, theta):
    return [int(np.argmax([np.sum(row * (image > 100)) for row in theta])) for image in test_images]


@right("predict")
def through_probabilities(test_images, theta):
    z = np.dot((np.array(test_images) > 100).astype(np.float32), theta.T)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return (p / p.sum(axis=1, keepdims=True)).argmax(axis=1)


@wrong("predict", "used as they came")
def images_left_unbinarised(test_images, theta):
    return np.argmax(theta @ test_images.T, axis=0)


@wrong("predict", "used as they came")
def images_scaled(test_images, theta):
    return np.argmax(theta @ (test_images / 255).T, axis=0)


@wrong("predict", "returned the scores")
def scores_returned(test_images, theta):
    return theta @ (test_images > 100).T


@wrong("predict", "across images")
def wrong_axis(test_images, theta):
    return np.argmax(theta @ (test_images > 100).T, axis=1)


@wrong("predict", ".ravel()")
def a_column(test_images, theta):
    return np.argmax(theta @ (test_images > 100).T, axis=0).reshape(-1, 1)


@wrong("predict", "start at 0")
def labels_from_one_on(test_images, theta):
    return np.argmax(theta @ (test_images > 100).T, axis=0) + 1


@wrong("predict", "smallest")
def argmin_taken(test_images, theta):
    return np.argmin(theta @ (test_images > 100).T, axis=0)


@wrong("predict", "in place")
def binarised_in_place(test_images, theta):
    test_images[test_images <= 100] = 0
    test_images[test_images > 100] = 1
    return np.argmax(theta @ test_images.T, axis=0)


@wrong("predict", "One label came back for all")
def one_label_for_all(test_images, theta):
    return np.argmax(theta @ (test_images > 100).T)


class Model:
    """A model that is called."""

    def __call__(self, test_images, theta):
        return [max(range(len(theta)), key=lambda c: theta[c] @ (image > 100)) for image in test_images]


Model.__name__ = "predict_model"
instance = Model()
instance.__name__ = "an_object_that_is_called"
right("predict")(instance)


@right("predict")
def through_an_unshifted_softmax(test_images, theta):
    x = np.where(test_images > 100, 1.0, 0.0)
    e = np.exp(x @ theta.T)
    return np.argmax(e / e.sum(axis=1, keepdims=True), axis=1).astype(np.uint8)


@right("predict")
def argsort_last(test_images, theta):
    return np.asmatrix(theta).dot((test_images > 100).T).argsort(axis=0)[-1].A1


@right("predict")
def an_iterator_of_labels(test_images, theta):
    return map(np.argmax, (test_images > 100) @ np.asfortranarray(theta).T)


@right("predict")
def scaled_to_255_after_the_cut(test_images, theta):
    out = np.zeros(len(test_images), int)
    for i, image in enumerate(test_images):
        ink = np.where(image > 100, 255.0, 0.0)
        best = 0
        for c in range(theta.shape[0]):
            if theta[c] @ ink > theta[best] @ ink:
                best = c
        out[i] = best
    return out


@right("predict")
def in_float32(test_images, theta):
    return (np.float32(theta) @ np.float32(test_images > 100).T).argmax(0)


@wrong("predict", "exactly 100")
def cut_from_100(test_images, theta):
    return np.argmax(theta @ (test_images >= 100).T, axis=0)


@wrong("predict", "computed from the test images")
def cut_at_their_mean(test_images, theta):
    return np.argmax(theta @ (test_images > test_images.mean()).T, axis=0)


@wrong("predict", "computed from the test images")
def cut_at_each_ones_mean(test_images, theta):
    return np.argmax(theta @ (test_images > test_images.mean(axis=1, keepdims=True)).T, axis=0)


@wrong("predict", "were cut at 40")
def cut_at_40(test_images, theta):
    return np.argmax(theta @ (test_images > 40).T, axis=0)


@wrong("predict", "were cut at 127")
def rounded_pixels(test_images, theta):
    return np.argmax(theta @ np.round(test_images / 255).T, axis=0)


@wrong("predict", "one row per class")
def theta_taken_for_n_k(test_images, theta):
    return np.argmax((test_images > 100) @ theta, axis=1)


@wrong("predict", "scores alone say")
def softmax_over_the_images(test_images, theta):
    z = theta @ (test_images > 100).T
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return np.argmax(p, axis=0)


@wrong("predict", "axis 0 runs down the rows")
def one_image_expected(test_images, theta):
    return np.argmax(theta @ (test_images > 100).T, axis=2)


@wrong("predict", "begins with 0 as the largest")
def best_begins_with_0(test_images, theta):
    out = []
    for image in test_images:
        best, label = 0, 0
        for c in range(len(theta)):
            if theta[c] @ (image > 100) > best:
                best, label = theta[c] @ (image > 100), c
        out.append(label)
    return np.array(out)


@wrong("predict", "inside the loop")
def returns_the_first(test_images, theta):
    for image in test_images:
        return np.argmax(theta @ (image > 100))


@wrong("predict", "largest scores")
def maximum_for_argmax(test_images, theta):
    return np.max(theta @ (test_images > 100).T, axis=0)


@wrong("predict", "the probabilities")
def probabilities_returned(test_images, theta):
    e = np.exp((test_images > 100) @ theta.T)
    return e / e.sum(axis=1, keepdims=True)


@wrong("predict", "a 1 at each label")
def one_hot_returned(test_images, theta):
    z = theta @ (test_images > 100).T
    return (z == z.max(axis=0)).astype(int)


@wrong("predict", "used as they came")
def raw_and_from_1(test_images, theta):
    return np.argmax(test_images @ theta.T, axis=1) + 1


@wrong("predict", "across images")
def raw_and_wrong_axis(test_images, theta):
    return np.argmax(theta @ test_images.T, axis=1)


@wrong("predict", "not above 100 either")
def ones_before_zeros(test_images, theta):
    x = test_images.copy()
    x[x > 100] = 1
    x[x <= 100] = 0
    return np.argmax(theta @ x.T, axis=0)


@wrong("predict", "whole numbers from 0 to k - 1")
def mean_of_the_labels(test_images, theta):
    return np.full(len(test_images), (theta @ (test_images > 100).T).argmax(axis=0).mean() + 0.25)


@wrong("predict", "`return`")
def nothing_returned(test_images, theta):
    np.argmax(theta @ (test_images > 100).T, axis=0)


# cal_accuracy


@right("cal_accuracy")
def flattened(y_pred, y):
    return np.mean(np.ravel(y_pred) == np.ravel(y))


@right("cal_accuracy")
def counted(y_pred, y):
    hits = 0
    for a, b in zip(np.array(y_pred).flatten(), np.array(y).flatten(), strict=True):
        hits += a == b
    return hits / len(y)


@right("cal_accuracy")
def one_minus_errors(y_pred, y):
    return np.float32(1 - np.count_nonzero(y_pred.reshape(-1) - y.reshape(-1)) / y.size)


@right("cal_accuracy")
def in_a_zero_dimensional_array(y_pred, y):
    return np.array((y_pred.reshape(-1) == y.reshape(-1)).mean())


@wrong("cal_accuracy", "every prediction with every label")
def broadcast(y_pred, y):
    return np.mean(y_pred == y)


@wrong("cal_accuracy", "per cent")
def per_cent(y_pred, y):
    return 100 * np.mean(y_pred.ravel() == y.ravel())


@wrong("cal_accuracy", "counts")
def a_count(y_pred, y):
    return np.sum(y_pred.ravel() == y.ravel())


@wrong("cal_accuracy", "share that is wrong")
def error_rate(y_pred, y):
    return np.mean(y_pred.ravel() != y.ravel())


@wrong("cal_accuracy", "one number")
def vector_of_hits(y_pred, y):
    return y_pred.ravel() == y.ravel()


@wrong("cal_accuracy", "raised TypeError")
def length_of_a_sum(y_pred, y):
    return len(np.sum(y_pred.ravel() == y.ravel())) / len(y)


@wrong("cal_accuracy", "names")
def mean_difference(y_pred, y):
    return 1 - np.mean(np.abs(y_pred.ravel() - y.ravel()))


@right("cal_accuracy")
def a_python_float(y_pred, y):
    right = sum(int(a) == int(b) for a, b in zip(y_pred.flat, y.flat, strict=True))
    return float(right / y.size)


@right("cal_accuracy")
def two_columns(y_pred, y):
    return np.count_nonzero(y_pred.reshape(-1, 1) == y.reshape(-1, 1)) / y.shape[0]


@right("cal_accuracy")
def through_squeeze(y_pred, y):
    return np.mean(np.asmatrix(np.squeeze(y_pred)) == np.asmatrix(np.squeeze(y)))


@right("cal_accuracy")
def trace_of_the_confusion_matrix(y_pred, y):
    table = np.zeros((20, 20), np.float32)
    np.add.at(table, (y.ravel(), y_pred.ravel()), 1)
    return table.trace() / table.sum()


right("cal_accuracy")(lambda y_pred, y: 1 - np.not_equal(y_pred.flatten(), y.flatten()).mean())


@wrong("cal_accuracy", "every prediction with every label")
def counted_pairs(y_pred, y):
    return np.sum(y_pred == y) / len(y)


@wrong("cal_accuracy", "every prediction with every label")
def one_minus_counted_pairs(y_pred, y):
    return 1 - np.count_nonzero(y_pred - y) / len(y)


@wrong("cal_accuracy", "every prediction with every label")
def built_in_sum_of_pairs(y_pred, y):
    return sum(y_pred == y) / len(y)


@wrong("cal_accuracy", "only the labels were made flat")
def labels_alone_flat(y_pred, y):
    return np.mean(y_pred == y.ravel())


@wrong("cal_accuracy", "only the predictions were made flat")
def predictions_alone_flat(y_pred, y):
    return np.mean(y_pred.flatten() == y)


@wrong("cal_accuracy", "every prediction with every label")
def labels_transposed(y_pred, y):
    return np.mean(y_pred == y.T)


@wrong("cal_accuracy", "per cent")
def pairs_in_per_cent(y_pred, y):
    return np.mean(y_pred == y) * 100


@wrong("cal_accuracy", "rounded")
def rounded_to_two(y_pred, y):
    return round(float(np.mean(y_pred.ravel() == y.ravel())), 2)


@wrong("cal_accuracy", "rounded")
def rounded_to_four(y_pred, y):
    return np.round(np.mean(y_pred.ravel() == y.ravel()), 4)


@wrong("cal_accuracy", "per cent")
def per_cent_rounded(y_pred, y):
    return round(100 * float(np.mean(y_pred.ravel() == y.ravel())), 2)


@wrong("cal_accuracy", "10000")
def the_size_of_mnist(y_pred, y):
    return np.sum(y_pred.ravel() == y.ravel()) / 10000


@wrong("cal_accuracy", "keeps whole numbers only")
def whole_division(y_pred, y):
    return np.sum(y_pred.ravel() == y.ravel()) // len(y)


@wrong("cal_accuracy", "only if all predictions are right")
def all_right(y_pred, y):
    return float((y_pred.ravel() == y.ravel()).all())


@wrong("cal_accuracy", "names")
def within_one(y_pred, y):
    return np.mean(np.abs(y_pred.ravel().astype(int) - y.ravel().astype(int)) <= 1)


@wrong("cal_accuracy", "m - 1")
def over_m_minus_1(y_pred, y):
    return np.sum(y_pred.ravel() == y.ravel()) / max(len(y) - 1, 0)


@wrong("cal_accuracy", "left out")
def returns_in_the_loop(y_pred, y):
    n = 0
    for a, b in zip(y_pred.ravel(), y.ravel()):
        n += a == b
        return n / len(y)


@wrong("cal_accuracy", "one index, a column (m, 1) two")
def first_column_of_each(y_pred, y):
    return np.mean(y_pred[:, 0] == y[:, 0])


@wrong("cal_accuracy", "anywhere among the labels")
def membership(y_pred, y):
    return np.isin(y_pred.ravel(), y.ravel()).mean()


@wrong("cal_accuracy", "one number")
def a_text(y_pred, y):
    return f"{np.mean(y_pred.ravel() == y.ravel()):.2%}"


@wrong("cal_accuracy", "class 0")
def zeros_not_counted(y_pred, y):
    p, y = y_pred.ravel(), y.ravel()
    return np.sum((p == y) * (p > 0)) / len(y)


# what was met later


@wrong("data_convert", "the two indices of the one-hot matrix: they are exchanged")
def label_as_column(x, y, m, k):
    Y = np.zeros((k, m))
    for i in range(m):
        Y[i, y[i]] = 1
    return (x > 100) * 1, Y


@wrong("data_convert", "it sets whole columns")
def columns_of_the_labels(x, y, m, k):
    Y = np.zeros((k, m))
    Y[:, y] = 1
    return np.where(x > 100, 1, 0), Y


@wrong("data_convert", "np.eye(k), not np.eye(m)")
def identity_of_the_images(x, y, m, k):
    return (x > 100).astype(int), np.eye(m)[y].T


@wrong("data_convert", "one row too high up")
def python_int_less_one(x, y, m, k):
    Y = np.zeros((k, m))
    for i, label in enumerate(y):
        Y[int(label) - 1][i] = 1
    return (x > 100).astype(float), Y


@wrong("data_convert", "the pixels come first")
def labels_first(x, y, m, k):
    Y = np.eye(k)[y].T
    return Y, (x > 100).astype(float)


@wrong("data_convert", "Only the labels came back")
def labels_only(x, y, m, k):
    return np.eye(k)[:, y]


@wrong("data_convert", "scaled before the comparison")
def scaled_first(x, y, m, k):
    x = x / 255
    return np.where(x > 100, 1, 0), np.eye(k)[y].T


def _lab_step(theta, x, y):
    """Return loss and gradient, for the answers below."""
    z = theta @ x.T
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    return -(y * log_p).sum() / len(x), (np.exp(log_p) - y) @ x / len(x)


@wrong("softmax_regression", "it is made of iters")
def decay_of_all_iterations(theta, x, y, iters, alpha):
    losses = []
    rate = alpha * 0.95 ** (iters // 50)
    for _ in range(iters):
        loss, gradient = _lab_step(theta, x, y)
        losses.append(loss)
        theta = theta - rate * gradient
    return np.array(losses), theta


@wrong("softmax_regression", "0.95 * alpha from the first iteration")
def cut_at_once(theta, x, y, iters, alpha):
    losses = []
    alpha = 0.95 * alpha
    for _ in range(iters):
        loss, gradient = _lab_step(theta, x, y)
        losses.append(loss)
        theta = theta - alpha * gradient
    return np.array(losses), theta


@wrong("softmax_regression", "Look at the formula of the decay")
def exponential_decay(theta, x, y, iters, alpha):
    losses = []
    for i in range(iters):
        loss, gradient = _lab_step(theta, x, y)
        losses.append(loss)
        theta = theta - alpha * np.exp(-0.05 * (i // 50)) * gradient
    return np.array(losses), theta


@wrong("softmax_regression", "one place too early or too late")
def place_before(theta, x, y, iters, alpha):
    losses = np.zeros(iters)
    for i in range(iters):
        losses[i - 1], gradient = _lab_step(theta, x, y)
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    return losses, theta


@wrong("softmax_regression", "one place too many, and it holds 0")
def one_place_more(theta, x, y, iters, alpha):
    losses = np.zeros(iters + 1)
    for i in range(iters):
        losses[i], gradient = _lab_step(theta, x, y)
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    return losses, theta


@wrong("softmax_regression", "they are a matrix")
def losses_in_a_column(theta, x, y, iters, alpha):
    losses = np.zeros((iters, 1))
    for i in range(iters):
        losses[i, 0], gradient = _lab_step(theta, x, y)
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    return losses, theta


@wrong("softmax_regression", "that of the iteration before")
def step_before_the_gradient(theta, x, y, iters, alpha):
    losses, gradient = [], np.zeros(theta.shape)
    for i in range(iters):
        new = theta - alpha * 0.95 ** (i // 50) * gradient
        loss, gradient = _lab_step(theta, x, y)
        losses.append(loss)
        theta = new
    return np.array(losses), theta


@wrong("softmax_regression", "it stops when the loss hardly changes")
def ends_when_flat(theta, x, y, iters, alpha):
    losses = []
    for i in range(iters):
        loss, gradient = _lab_step(theta, x, y)
        losses.append(loss)
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-4:
            break
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    return np.array(losses), theta


@wrong("softmax_regression", "the losses come first")
def theta_comes_first(theta, x, y, iters, alpha):
    losses = []
    for i in range(iters):
        loss, gradient = _lab_step(theta, x, y)
        losses.append(loss)
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    return theta, np.array(losses)


@wrong("softmax_regression", "Only theta came back")
def theta_alone(theta, x, y, iters, alpha):
    for i in range(iters):
        theta = theta - alpha * 0.95 ** (i // 50) * _lab_step(theta, x, y)[1]
    return theta


@wrong("softmax_regression", "Only the losses came back")
def losses_alone(theta, x, y, iters, alpha):
    losses = []
    for i in range(iters):
        loss, gradient = _lab_step(theta, x, y)
        losses.append(loss)
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    return np.array(losses)


@wrong("predict", "it goes beyond the last class")
def always_ten_classes(test_images, theta):
    labels = []
    for image in test_images > 100:
        scores = [theta[c] @ image for c in range(10)]
        labels.append(int(np.argmax(scores)))
    return np.array(labels)


@wrong("predict", "it runs over the classes")
def as_many_labels_as_classes(test_images, theta):
    images = (test_images > 100).astype(float)
    return np.array([np.argmax(theta @ images[i]) for i in range(theta.shape[0])])


@wrong("cal_accuracy", "A second length is asked of a vector")
def rows_times_columns(y_pred, y):
    return np.sum(y_pred.ravel() == y.ravel()) / (y_pred.shape[0] * y_pred.shape[1])


@wrong("cal_accuracy", "either may come")
def columns_taken(y_pred, y):
    return (y_pred[:, 0] == y[:, 0]).mean()


@wrong("cal_accuracy", "takes every length of 1 away")
def squeezed_and_counted(y_pred, y):
    y_pred, y = y_pred.squeeze(), y.squeeze()
    return (y_pred == y).sum() / y.shape[0]


@wrong("cal_accuracy", "reads the diagonal of a table")
def mean_of_the_diagonal(y_pred, y):
    return np.diagonal(np.diag(y_pred == y)).mean() if y_pred.ndim > 2 else np.diag(y_pred == y).mean()


@wrong("softmax_regression", "its shapes do not meet")
def product_of_turned_pixels(theta, x, y, iters, alpha):
    losses, m = [], len(x)
    for i in range(iters):
        z = theta @ x.T
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        losses.append(-(y * log_p).sum() / m)
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x.T / m
    return np.array(losses), theta


@wrong("softmax_regression", "x is not transposed")
def scores_of_unturned_pixels(theta, x, y, iters, alpha):
    losses, m = [], len(x)
    for i in range(iters):
        z = theta @ x
        z = z - z.max(axis=0)
        log_p = z - np.log(np.exp(z).sum(axis=0))
        losses.append(-(y * log_p).sum() / m)
        theta = theta - alpha * 0.95 ** (i // 50) * (np.exp(log_p) - y) @ x / m
    return np.array(losses), theta


@wrong("cal_accuracy", "The number of wrong ones is taken from 1")
def one_minus_a_number(y_pred, y):
    return 1 - np.sum(y_pred.ravel() != y.ravel())


@wrong("softmax_regression", "Only the last loss came back")
def appended_after_the_loop(theta, x, y, iters, alpha):
    losses = []
    for i in range(iters):
        loss, gradient = _lab_step(theta, x, y)
        theta = theta - alpha * 0.95 ** (i // 50) * gradient
    losses.append(loss)
    return np.array(losses), theta


# mutants of right answers that are right answers too

TYPE = "a number type or container less is the same value"
equal(
    "data_convert",
    TYPE,
    "data_convert: (x > 100).astype(np.float32) -> x > 100",
    "vectorised: (x > 100).astype(np.float32) -> x > 100",
    "where_and_compare: 1.0 * (np.arange(k)[:, None] == np.asarray(y).reshape(1, m)) -> "
    "np.arange(k)[:, None] == np.asarray(y).reshape(1, m)",
    "where_and_compare: np.asarray(y) -> y",
    "lists: float(label == c) -> label == c",
    "integers_in_a_list_of_two: np.asfortranarray(np.eye(k, dtype=int)[:, y]) -> np.eye(k, dtype=int)[:, y]",
    "integers_in_a_list_of_two: np.eye(k, dtype=int) -> np.eye(k)",
    "matrices: np.matrix(x > 100, dtype=float) -> np.matrix(x > 100)",
    "matrices: np.matrix(x > 100, dtype=float) -> x > 100",
    "matrices: np.matrix(np.eye(k)[y]) -> np.eye(k)[y]",
    "integer_bytes: np.array([y == c for c in range(k)]) -> [y == c for c in range(k)]",
    "a_generator_of_rows: int(v > 100) -> v > 100",
)
equal(
    "data_convert",
    "a vector lines up with the columns by itself",
    "where_and_compare: np.asarray(y).reshape(1, m) -> np.asarray(y)",
)
equal(
    "data_convert",
    "pixels are whole numbers, and those up to 100 are 0 by then",
    "integers_in_a_list_of_two: x > 100 -> x >= 100",
    "integers_in_a_list_of_two: 100 -> 0",
    "integers_in_a_list_of_two: 100 -> 99",
    "copied_first: 100 -> 101",
)
equal("data_convert", "arange counts from 0 to m - 1", "copied_first: 0 -> -1")
equal(
    "softmax_regression",
    TYPE,
    "softmax_regression: np.array(losses) -> losses",
    "sample_by_sample: np.array(theta) -> theta",
    "log_softmax_float32: theta.astype(np.float64) -> theta",
    "log_softmax_float32: np.asfortranarray(x) -> x",
    "log_softmax_float32: float(-(y * logp).sum() / x.shape[0]) -> -(y * logp).sum() / x.shape[0]",
    "log_softmax_float32: np.array(losses) -> losses",
    "rows_and_transposes: np.array(losses) -> losses",
    "logaddexp_in_matrices: np.matrix(theta, dtype=float) -> np.matrix(theta)",
    "logaddexp_in_matrices: np.matrix(theta, dtype=float) -> theta",
    "logaddexp_in_matrices: x = np.matrix(x) -> nothing",
    "logaddexp_in_matrices: np.matrix(x) -> x",
    "logaddexp_in_matrices: np.asarray(z) -> z",
    "logaddexp_in_matrices: np.matrix(np.exp(log_p) - y) -> np.exp(log_p) - y",
    "a_copy_changed_in_place: np.array(theta, dtype=np.float64, order='F') -> np.array(theta, order='F')",
    "a_copy_changed_in_place: np.array(theta, dtype=np.float64, order='F') -> np.array(theta, dtype=np.float64)",
    "nested_lists: float(w) -> w",
    "nested_lists: float(v) -> v",
    "nested_lists: float(np.log(sum((np.exp(v - top) for v in z)))) -> np.log(sum((np.exp(v - top) for v in z)))",
    "nested_lists: float(y[c][s]) -> y[c][s]",
    "nested_lists: float(np.exp(z[c] - lse)) -> np.exp(z[c] - lse)",
    "nested_lists: float(x[s][j]) -> x[s][j]",
)
equal(
    "softmax_regression",
    "a vector lines up with the columns by itself, and axis=0 is what reduce does",
    "softmax_regression: z.max(axis=0, keepdims=True) -> z.max(axis=0)",
    "softmax_regression: np.exp(z).sum(axis=0, keepdims=True) -> np.exp(z).sum(axis=0)",
    "softmax_regression: True -> False",
    "logaddexp_in_matrices: np.logaddexp.reduce(np.asarray(z), axis=0) -> np.logaddexp.reduce(np.asarray(z))",
)
equal("softmax_regression", "a progress bar less", "softmax_regression: bar(range(iters)) -> range(iters)")
equal(
    "softmax_regression",
    "iteration 0 is cut by neither; all rows are equally long; every entry is set",
    "log_sum_exp_only_of_the_true_class: 0 -> 1",
    "rows_and_transposes: 0 -> -1",
    "nested_lists: 0 -> -1",
    "logaddexp_in_matrices: np.zeros(iters) -> np.ones(iters)",
)
equal(
    "predict",
    TYPE,
    "predict: (test_images > 100).astype(np.float32) -> test_images > 100",
    "argmax_of_scores: (test_images > 100).T.astype(float) -> (test_images > 100).T",
    "image_by_image: int(np.argmax([np.sum(row * (image > 100)) for row in theta])) -> "
    "np.argmax([np.sum(row * (image > 100)) for row in theta])",
    "through_probabilities: (np.array(test_images) > 100).astype(np.float32) -> np.array(test_images) > 100",
    "through_probabilities: np.array(test_images) -> test_images",
    "through_an_unshifted_softmax: np.argmax(e / e.sum(axis=1, keepdims=True), axis=1).astype(np.uint8) -> "
    "np.argmax(e / e.sum(axis=1, keepdims=True), axis=1)",
    "an_iterator_of_labels: np.asfortranarray(theta) -> theta",
    "in_float32: np.float32(theta) -> theta",
    "in_float32: np.float32(test_images > 100) -> test_images > 100",
)
equal(
    "predict",
    "the largest stays the largest, whatever rising function or positive factor is applied to an image's scores",
    "image_by_image: np.sum(row * (image > 100)) -> np.mean(row * (image > 100))",
    "through_probabilities: np.exp(z - z.max(axis=1, keepdims=True)) -> np.exp2(z - z.max(axis=1, keepdims=True))",
    "through_probabilities: z - z.max(axis=1, keepdims=True) -> z",
    "through_probabilities: z - z.max(axis=1, keepdims=True) -> z + z.max(axis=1, keepdims=True)",
    "through_probabilities: z.max(axis=1, keepdims=True) -> z.max(keepdims=True)",
    "through_probabilities: z.max(axis=1, keepdims=True) -> z.min(axis=1, keepdims=True)",
    "through_probabilities: p / p.sum(axis=1, keepdims=True) -> p",
    "through_probabilities: p / p.sum(axis=1, keepdims=True) -> p * p.sum(axis=1, keepdims=True)",
    "through_probabilities: p.sum(axis=1, keepdims=True) -> p.sum(keepdims=True)",
    "through_probabilities: p.sum(axis=1, keepdims=True) -> p.mean(axis=1, keepdims=True)",
    "through_an_unshifted_softmax: 1.0 -> 2.0",
    "through_an_unshifted_softmax: np.exp(x @ theta.T) -> np.exp2(x @ theta.T)",
    "through_an_unshifted_softmax: e / e.sum(axis=1, keepdims=True) -> e",
    "through_an_unshifted_softmax: e / e.sum(axis=1, keepdims=True) -> e * e.sum(axis=1, keepdims=True)",
    "through_an_unshifted_softmax: e.sum(axis=1, keepdims=True) -> e.sum(keepdims=True)",
    "through_an_unshifted_softmax: e.sum(axis=1, keepdims=True) -> e.mean(axis=1, keepdims=True)",
    "scaled_to_255_after_the_cut: 255.0 -> 256.0",
    "scaled_to_255_after_the_cut: 255.0 -> 510.0",
)
equal(
    "predict",
    "paper at 1 beside ink at 255 changes too little to decide",
    "scaled_to_255_after_the_cut: 0.0 -> 1.0",
)
equal(
    "predict",
    "every entry is set, a product of vectors has no order, class 0 is the first best and no two scores are equal",
    "scaled_to_255_after_the_cut: np.zeros(len(test_images), int) -> np.ones(len(test_images), int)",
    "scaled_to_255_after_the_cut: theta[c] @ ink > theta[best] @ ink -> theta[c] @ ink >= theta[best] @ ink",
    "scaled_to_255_after_the_cut: theta[c] @ ink -> ink @ theta[c]",
    "scaled_to_255_after_the_cut: theta[best] @ ink -> ink @ theta[best]",
    "scaled_to_255_after_the_cut: range(theta.shape[0]) -> range(0 + 1, theta.shape[0])",
)
equal(
    "cal_accuracy",
    TYPE,
    "counted: np.array(y_pred) -> y_pred",
    "counted: np.array(y) -> y",
    "one_minus_errors: np.float32(1 - np.count_nonzero(y_pred.reshape(-1) - y.reshape(-1)) / y.size) -> "
    "1 - np.count_nonzero(y_pred.reshape(-1) - y.reshape(-1)) / y.size",
    "in_a_zero_dimensional_array: np.array((y_pred.reshape(-1) == y.reshape(-1)).mean()) -> "
    "(y_pred.reshape(-1) == y.reshape(-1)).mean()",
    "a_python_float: int(a) -> a",
    "a_python_float: int(b) -> b",
    "a_python_float: float(right / y.size) -> right / y.size",
    "through_squeeze: np.asmatrix(np.squeeze(y_pred)) -> np.squeeze(y_pred)",
    "through_squeeze: np.asmatrix(np.squeeze(y)) -> np.squeeze(y)",
)
equal(
    "cal_accuracy",
    "both are equally long",
    "counted: zip(np.array(y_pred).flatten(), np.array(y).flatten(), strict=True) -> "
    "zip(np.array(y_pred).flatten(), np.array(y).flatten())",
    "counted: True -> False",
    "a_python_float: zip(y_pred.flat, y.flat, strict=True) -> zip(y_pred.flat, y.flat)",
    "a_python_float: True -> False",
)
equal(
    "cal_accuracy",
    "a difference is 0 in either order; reshape(-2) is reshape(-1); the size of the table and what is counted cancel",
    "one_minus_errors: y_pred.reshape(-1) - y.reshape(-1) -> y.reshape(-1) - y_pred.reshape(-1)",
    "one_minus_errors: 1 -> 2",
    "in_a_zero_dimensional_array: 1 -> 2",
    "two_columns: 1 -> 2",
    "trace_of_the_confusion_matrix: 20 -> 19",
    "trace_of_the_confusion_matrix: 20 -> 21",
    "trace_of_the_confusion_matrix: 1 -> 2",
)
equal("cal_accuracy", "1 minus the share that is wrong is right", "(('hits', 'different'), ('after', 'wrong'))")


@wrong("cal_accuracy", "The smallest case")
def counts_in_a_byte(y_pred, y):
    return (np.ravel(y_pred) == np.ravel(y)).sum(dtype=np.uint8) / np.size(y)
