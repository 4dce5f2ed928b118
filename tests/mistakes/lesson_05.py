"""Answers to the exercises of notebook 05, the MNIST lab."""

import numpy as np

from tests.mistakes import right, wrong

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


@wrong("data_convert", "the threshold is 100 here, not 40")
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


@wrong("data_convert", "the order is (x, y)")
def swapped(x, y, m, k):
    return np.eye(k)[y].T, (x > 100) * 1.0


@wrong("data_convert", "one too low")
def labels_from_one(x, y, m, k):
    onehot = np.zeros((k, m))
    for i in range(m):
        onehot[y[i] - 1, i] = 1
    return (x > 100) * 1.0, onehot


@wrong("data_convert", "`return`")
def no_return(x, y, m, k):
    x = (x > 100) * 1.0
    y = np.eye(k)[y].T


@wrong("data_convert", "not written yet")
def unwritten(x, y, m, k):
    raise NotImplementedError()


@wrong("data_convert", "must return 2 things")
def pixels_only(x, y, m, k):
    return (x > 100) * 1.0


# softmax_regression


def shifted_softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@right("softmax_regression")
def handout_style(theta, x, y, iters, alpha):
    m, f = x.shape[0], []
    for i in range(iters):
        if i > 0 and i % 50 == 0:
            alpha *= 0.95
        yhat = shifted_softmax(theta @ x.T)
        f.append(-np.sum(y * np.log(yhat + 1e-300)) / m)
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
            losses[i] -= np.log(p[np.argmax(y[:, s])]) / m
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
        p = np.exp(z - z.max(1)[:, None])
        p /= p.sum(1)[:, None]
        losses += [np.mean([-np.log(p[j, y[:, j].argmax()]) for j in range(len(p))])]
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
record("global_maximum", "one maximum was taken away for all", softmax=global_shift)
record("softmax_across_samples", "each column", softmax=across_samples)
record("theta_in_place", "in place", in_place=True)
record("loss_not_divided_by_m", "the loss is a sum", m_loss=False)
record("gradient_not_divided_by_m", "the gradient is a sum", m_grad=False)
record("decay_at_iteration_0", "already used the decayed rate", first_cut=0)
record("no_decay", "never decays", decay=False)
record("decay_every_iteration", "decays every iteration", every=1, first_cut=1)
record("uphill", "uphill", sign=-1)
record("log_base_2", "bits", log=np.log2)


@wrong("softmax_regression", "the order is (losses, theta)")
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


@wrong("predict", "one number")
def one_label_for_all(test_images, theta):
    return np.argmax(theta @ (test_images > 100).T)


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


@wrong("cal_accuracy", "compares every pair")
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


@wrong("cal_accuracy", "should be 0.75")
def mean_difference(y_pred, y):
    return 1 - np.mean(np.abs(y_pred.ravel() - y.ravel()))
