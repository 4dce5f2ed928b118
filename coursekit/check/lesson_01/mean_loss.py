"""Exercise 3 of notebook 01: the mean cross-entropy of probabilities and labels."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

LOSS = (
    "coursekit.softmax.softmax_loss", "coursekit.softmax.softmax_loss_loops", "coursekit.full_batch.FullBatchLoss",
    "sklearn.metrics.log_loss", "torch.nn.functional.cross_entropy",
)  # fmt: skip


def _mean_cross_entropy(P, y, *, pick="true", log="e", small=0.0, weight="none", total="mean", sign=-1, after="none"):
    """Return the mean of minus the logarithm of the true class's probability."""
    P, y = np.asarray(P, float), np.asarray(y)
    m, k = P.shape
    rows, Y = np.arange(m), np.eye(k)[y]
    P = _softmax(P) if pick == "softmax again" else P
    chosen = {
        "true": lambda: P[rows, y],
        "softmax again": lambda: P[rows, y],
        "largest": lambda: P.max(axis=1),
        "smallest": lambda: P.min(axis=1),
        "table": lambda: P[:, y],
        "rows": lambda: P[y],
        "before": lambda: P[rows, y - 1],
        "next": lambda: P[rows, (y + 1) % k],
        "first": lambda: P[:, 0],
        "first row's": lambda: P[0, y],
        "swapped": lambda: P[y, rows],
        "wrong side": lambda: 1 - P[rows, y],
        "all": lambda: P,
        "product": lambda: P,
        "entropy": lambda: P,
        "both sides": lambda: P,
        "rows set": lambda: P,
        "k from the labels": lambda: P,
    }[pick]()
    chosen = _guarded(chosen, small)
    losses = {
        "e": lambda: np.log(chosen),
        "two": lambda: np.log2(chosen),
        "ten": lambda: np.log10(chosen),
        "plus one": lambda: np.log1p(chosen),
        "missing": lambda: chosen,
        "one minus": lambda: chosen - 1,
        "square": lambda: -((1 - chosen) ** 2),
        "squares": lambda: -((Y - P) ** 2).sum(axis=1),
        "reciprocal": lambda: -1 / chosen,
    }[log]()
    if losses.ndim == 2 and pick not in ("all", "table", "rows"):
        left = np.log(_guarded(1 - P, small)) * (1 - Y) if pick == "both sides" else 0.0
        losses = {
            "entropy": lambda: P,
            "rows set": lambda: _rows_set(P, y),
            "k from the labels": lambda: _narrow(y),
        }.get(pick, lambda: Y)() * losses + left
    losses = {"none": 1.0, "p": chosen, "label": y}[weight] * losses
    if losses.ndim == 2 and total != "none" and pick != "table":
        losses = losses.sum(axis=1)
    value = {
        "mean": lambda: losses.mean(),
        "sum": lambda: losses.sum(),
        "none": lambda: losses,
        "classes": lambda: losses.mean() / k,
        "over k": lambda: losses.sum() / k,
        "m - 1": lambda: losses.sum() / (m - 1),
        "first": lambda: losses[0],
        "all but the first": lambda: losses[1:].sum() / m,
        "all but the last": lambda: losses[:-1].sum() / m,
        "last": lambda: losses[-1],
        "last over m": lambda: losses[-1] / m,
        "median": lambda: np.median(losses),
        "largest": lambda: losses.min(),
        "product": lambda: np.log(chosen.prod()) / m,
        "product, not divided": lambda: np.log(chosen.prod()),
        "log of the mean": lambda: np.log(chosen.mean()),
        "log of the sum": lambda: np.log(chosen.sum()) / m,
    }[total]()
    value = sign * value
    return np.exp(value) if after == "exp" else value if after == "none" else np.round(value, after)


def _softmax(Z):
    """Return the softmax of each row."""
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


def _guarded(p, small):
    """Return probabilities with a small number added, or cut off by it."""
    how, eps = small if isinstance(small, tuple) else ("added", small)
    return p + eps if how == "added" else np.clip(p, eps, 1 - eps)


def _rows_set(P, y):
    """Return what Y[y] = 1 makes: whole rows of ones."""
    Y = np.zeros(P.shape)
    Y[y] = 1
    return Y


def _narrow(y):
    """Return one-hot labels with as many classes as the largest label says."""
    return np.eye(y.max() + 1)[y]


def _predictions(rng):
    """Draw probabilities and labels; no label is k - 1 in one of them, and not every label is the likeliest class."""
    found = []
    for m, k in ((7, 4), (3, 3), (2, 5)):
        P = np.array([rng.multinomial(100 - k, rng.dirichlet(np.ones(k))) + 1 for _ in range(m)]) / 100
        y = rng.integers(0, k, m)
        y[0], y[1] = P[0, : k - 1].argmin(), P[1].argmax()
        found.append((P, y))
    return found


SMALL = (1e-16, 1e-15, 1e-14, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
GUARD = (
    "A small number inside the logarithm, or a clipped probability, hides how wrong the worst guess is. A probability "
    "of 1e-30 costs 69 nats. Take the logarithm of the probability as it is."
)
ONE_EACH = "Pair row i with label y[i]: P[np.arange(m), y]."

mean_cross_entropy = Exercise(
    "01-mean-cross-entropy",
    _mean_cross_entropy,
    tries=(
        (np.array([[0.25, 0.75]]), np.array([0])),
        (np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3]]), np.array([0, 2])),
        (
            np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.25, 0.15, 0.6], [0.5, 0.3, 0.2], [0.05, 0.9, 0.05]]),
            np.array([0, 2, 2, 1, 1]),
        ),
        (np.array([[0.2, 0.3, 0.1, 0.4], [0.1, 0.6, 0.1, 0.2], [0.3, 0.3, 0.2, 0.2]]), np.array([1, 0, 1])),
        (np.array([[1e-30, 1.0], [0.5, 0.5], [1e-9, 1.0]]), np.array([0, 1, 0])),
        (np.array([[0.0, 1.0, 0.0], [0.5, 0.25, 0.25]]), np.array([1, 0])),
        (np.array([[1.0], [1.0]]), np.array([0, 0])),
        (np.tile([[1e-30, 1.0]], (12, 1)), np.zeros(12, int)),
    ),
    draw=_predictions,
    properties=(
        Property(
            "It gives nan where some probability is 0. NumPy's 0 * log 0 is nan: take the logarithm only of the true "
            "class's probability, P[np.arange(m), y].",
            lambda value, P, y: not np.isnan(value),
        ),
        Property(
            "The sign is wrong: a loss is never negative. The logarithm of a probability is; take minus that.",
            lambda value, P, y: value > -1e-6,
        ),
    ),
    switches={
        "pick": {
            "largest": "It uses the largest probability of each row. Use that of the true class, whatever it is: the "
            "label says which.",
            "smallest": "It uses the smallest probability of each row. Use that of the true class, of the label.",
            "table": f"P[:, y] takes every row at every label, an (m, m) table. {ONE_EACH}",
            "rows": f"P[y] takes whole rows, the one with the number of the label. {ONE_EACH}",
            "before": "The labels are off by one: they start at 0, so P[i, y[i]] is already right.",
            "next": "The labels are off by one: they start at 0, so P[i, y[i]] is already right.",
            "first": f"It always uses the first class. {ONE_EACH}",
            "first row's": f"It uses the first row for every label. {ONE_EACH}",
            "swapped": f"Rows and classes changed places: the first index is the row. {ONE_EACH}",
            "wrong side": "This rewards being wrong: -log(1 - p) instead of -log p.",
            "all": "All classes count here. Only the probability of the true class does.",
            "product": "It gives nan where a probability is 0: Y * log P is 0 * -inf there. Take the logarithm only of "
            "the true class's probability, P[np.arange(m), y].",
            "softmax again": "Softmax was applied once more. P holds probabilities already.",
            "rows set": "Y[y] = 1 sets whole rows, the ones with the numbers of the labels. One entry per row is "
            "Y[np.arange(m), y] = 1.",
            "k from the labels": "The number of classes was taken from the labels, y.max() + 1. The last class may not "
            "occur: it is P.shape[1].",
            "entropy": "This is the entropy of the predictions; the labels are not in it. The true class alone counts, "
            "with weight 1.",
            "both sides": "The other classes count too, by log(1 - p): that is the loss of k yes-or-no questions. With "
            "softmax only the true class's -log p counts.",
        },
        "log": {
            "two": "This is in bits. np.log gives nats, np.log2 bits.",
            "ten": "The base is 10. np.log is the natural logarithm.",
            "plus one": "It takes log(1 + p). It must be log p: np.log, not np.log1p.",
            "missing": "No logarithm was taken: this is the mean probability. The loss of a sample is -log p.",
            "one minus": "No logarithm was taken: this is 1 - p. The loss of a sample is -log p.",
            "square": "This is a squared error. The loss of a sample is -log p.",
            "squares": "This is the squared error of all classes. The loss of a sample is -log p of the true one.",
            "reciprocal": "This is 1 / p without its logarithm. The loss of a sample is log(1 / p) = -log p.",
        },
        "small": dict.fromkeys([pair for eps in SMALL for pair in (("added", eps), ("clipped", eps))], GUARD),
        "weight": {
            "p": "Each logarithm is weighed by its probability. The true class has weight 1: it happened.",
            "label": "Each logarithm is multiplied by the label, a class number. Use the label as an index only.",
        },
        "total": {
            "sum": "This is a sum over the m samples. Divide by m: a sum grows with the size of the set.",
            "none": "This is one loss per sample. The objective is their mean, one number.",
            "classes": "It is averaged over the classes as well; the zeros of a one-hot row are not samples. Divide by "
            "m only.",
            "over k": "It is divided by the number of classes. Divide by m, the number of samples.",
            "m - 1": "It is divided by m - 1. A mean divides by m, the number of samples.",
            "first": "Only the first sample counts. Is the `return` inside the loop?",
            "all but the first": "The first sample is missing. Where does the loop begin? The first index is 0.",
            "all but the last": "The last sample is missing. Where does the loop end? range(len(y)) reaches every one.",
            "last": "Only the last sample is left. Add each one to the total, +=.",
            "last over m": "Only the last sample is left. Add each one to the total, +=.",
            "median": "This is the median. The objective is the mean.",
            "largest": "This is the largest loss. The objective is the mean.",
            **dict.fromkeys(
                ("product", "product, not divided"),
                "The probabilities were multiplied first. Of many small ones the product becomes 0, and its logarithm "
                "infinite. Take the logarithms first, and their mean.",
            ),
            "log of the mean": "This is the logarithm of the mean. Take the mean of the logarithms.",
            "log of the sum": "This is the logarithm of a sum. Take the mean of the logarithms.",
        },
        "sign": {1: "The sign is wrong: the logarithm of a probability is negative. The loss is minus that."},
        "after": {
            "exp": "This is the perplexity, exp of the loss. Return the loss itself.",
            **dict.fromkeys((2, 3), "The loss is rounded. Return it as it is; rounding is for printing."),
        },
    },
    may_not_call=("coursekit.softmax.cross_entropy", *LOSS, "torch.nn.functional.nll_loss"),
)
