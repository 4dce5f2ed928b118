"""Exercise 2 of notebook 06: one epoch of minibatch descent, in an order that was drawn before."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_06._cut import _batches, _taken_from


def _one_epoch(
    W, X, y, order, batch_size, learning_rate, *,
    cut="full", rows="both", at="newest", size="B", sign=-1, record="before", after="newest", loss="mean",
    back="losses, W",
):  # fmt: skip
    """Return the loss of each batch before its step, and the weights after the last step."""
    W, X = np.array(W, float), np.asarray(X, float)
    m, start, before, seen, losses, kept = len(X), W, W, 0, [], [W]
    for i, batch in _batches(np.asarray(order), batch_size, cut):
        taken, labels = _taken_from(rows, np.asarray(order), batch, i)
        point = {"start": start, "before": before, "never moved": start, "summed": start}.get(at, W)
        value, dW = _look(point, X[taken], y[labels])
        seen = seen + dW
        dW = seen if at in ("never cleared", "summed") else dW
        scale = {
            "sum": len(batch),
            "B twice": 1 / max(len(batch), 1),
            "m": len(batch) / m,
            "batch_size": 1 / batch_size,
            "times batch_size": batch_size,
            "m twice": 1 / m,
        }.get(size, 1)
        step = sign * (1 if size == "no rate" else learning_rate) * scale * dW
        before, W = W, (start if at == "never moved" else W) + step
        values = {
            "before": lambda point=point, taken=taken, labels=labels: _look(point, X[taken], y[labels])[0],
            "after": lambda W=W, taken=taken, labels=labels: _look(W, X[taken], y[labels])[0],
            "all": lambda point=point: _look(point, X, y)[0],
            "all after": lambda W=W: _look(W, X, y)[0],
        }
        value = values[record if record in values else "before"]()
        losses.append(value * (len(batch) if loss == "sum" else len(batch) / batch_size if loss == "weighted" else 1))
        kept.append(W)
    if at == "summed":
        W = start + sign * learning_rate * seen / (len(losses) if losses else 1)
    weights = {
        "newest": lambda: W,
        "start": lambda: start,
        "one short": lambda: kept[-2],
        "mean": lambda: np.mean(kept[1:], axis=0),
    }[after]()
    if record == "mean over m":
        losses = np.dot(losses, [len(batch) for _, batch in _batches(np.asarray(order), batch_size, cut)]) / m
    if record == "floor places" and m % batch_size:
        raise IndexError(f"index {m // batch_size} is out of bounds for axis 0 with size {m // batch_size}")
    if record == "a place more" and m % batch_size == 0:
        losses = [*losses, 0]
    found = _recorded(losses, record), weights
    return {"W, losses": found[::-1], "W": found[1], "losses": found[0]}.get(back, found)


def _look(W, X, y):
    """Return mean cross-entropy and gradient of some rows."""
    Z = X @ W
    S = Z - Z.max(axis=1, keepdims=True, initial=-np.inf)
    L = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    D = np.exp(L)
    D[np.arange(len(y)), y] -= 1
    return -L[np.arange(len(y)), y].mean(), X.T @ D / len(y)


def _recorded(losses, record):
    """Return what is kept of the losses."""
    losses = np.array(losses)
    return {
        "mean": lambda: losses.mean(),
        "last": lambda: losses[-1],
        "first": lambda: losses[0],
        "added up": lambda: np.cumsum(losses),
        "sum": lambda: losses.sum(),
        "means so far": lambda: np.cumsum(losses) / np.arange(1, len(losses) + 1),
    }.get(record, lambda: losses)()


def _epochs(rng):
    """Draw epochs: the sizes all differ, with a rest and without one."""
    found = []
    for m, n, k, B in ((7, 2, 3, 3), (8, 3, 2, 4), (5, 4, 3, 2), (9, 3, 4, 4)):
        X, W = rng.normal(0, 1, (m, n)).round(2), rng.normal(0, 1, (n, k)).round(2)
        order = rng.permutation(m)
        while (order == np.argsort(order)).all() or (np.diff(order) > 0).sum() in (0, m - 1):
            order = rng.permutation(m)
        found.append((W, X, rng.permuted(np.arange(m) % k), order, B, float(rng.integers(3, 12)) / 10))
    return found


FOUR = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [-1.0, 0.5]])
LABELS = np.array([0, 1, 1, 0])
REST = "The last, shorter batch is lost. Those examples belong to the epoch too."
OVERLAP = "The batches overlap. The next one starts where the last one ended: range(0, m, batch_size)."
LENGTH = "A slice order[i : j] ends before j, so it holds j - i indices. It must be batch_size."
ONE = "Only one batch was used. Is the `return` inside the loop? An epoch has all m examples."
COUNT = "There are batch_size batches. batch_size is the size of one, not their number."
APART = (
    "Look at how images and labels are taken: {} A batch takes the same indices from both, X[rows] and y[rows], so "
    "that each image keeps its label."
)
OLD = "Look at where the gradient is taken: {} Each batch must meet the weights that the batch before left behind."
SUM = (
    "The step is too long: a batch's gradient is a mean over the batch. Do not multiply it by the number of its "
    "examples."
)
LOSSES = (
    "The weights are right; look at the losses: {} There must be one for each batch, that of the batch, before "
    "its step."
)
BACK = "The losses are right; look at the weights that come back: {} Return those after the last step."

one_epoch = Exercise(
    "06-one-epoch",
    _one_epoch,
    tries=(
        (np.zeros((2, 2)), FOUR, LABELS, np.array([2, 0, 3, 1]), 2, 0.5),
        (np.array([[0.5, -1.0], [0.25, 0.75]]), FOUR, LABELS, np.array([3, 0, 1, 2]), 3, 0.5),
        (np.array([[1, 0, -1], [0, 2, 1]]), FOUR, np.array([2, 0, 1, 1]), np.array([1, 3, 2, 0]), 1, 1.0),
        (np.array([[0.5, -1.0, 0.0], [0.25, 0.75, 1.0]]), FOUR, np.array([2, 1, 0, 0]), np.array([1, 2, 0, 3]), 4, 2.0),
        (np.array([[0.5, -1.0], [0.25, 0.75]]), FOUR, LABELS, np.array([1, 2, 0, 3]), 9, 0.25),
        (
            np.array([[0.5, -1.0], [0.25, 0.75]], np.float32),
            np.float32(np.vstack([FOUR, 2 * FOUR[:3]])),
            np.array([1, 0, 1, 1, 0, 1, 0], np.uint8),
            np.array([6, 1, 4, 0, 5, 2, 3]),
            3,
            0.5,
        ),
        (np.array([[0.5, -1.0]]), np.array([[2.0]]), np.array([1]), np.array([0]), 1, 0.5),
    ),
    draw=_epochs,
    parts=("losses", "W"),
    sizes=lambda W, X, y, order, batch_size, learning_rate: {"m": len(X), "k": np.shape(W)[1]},
    properties=(
        Property(
            "Look at the number of losses: there must be one for each batch, and m / batch_size batches, rounded up.",
            lambda v, W, X, y, order, batch_size, learning_rate: v[0].shape == (-(-len(X) // batch_size),),
        ),
        Property(
            "Look at the first batch: its loss is already wrong, and no step was taken before it. It is the mean "
            "cross-entropy of the rows order[:batch_size], at the W that was given.",
            lambda v, *inputs: np.allclose(v[0][0], _one_epoch(*inputs)[0][0], rtol=1e-4, atol=1e-6),
        ),
        Property(
            "Look at the first step: the loss before it is right, and W after it is not.",
            lambda v, *inputs: len(inputs[1]) > inputs[4] or np.allclose(v[1], _one_epoch(*inputs)[1], atol=1e-5),
        ),
        Property(
            "Look at what changes from one batch to the next: the first loss is right, and a later one is not. Each "
            "batch needs its own rows of order, and the weights that the batch before left behind.",
            lambda v, *inputs: np.allclose(v[0], _one_epoch(*inputs)[0], rtol=1e-4, atol=1e-6),
        ),
        Property(
            "The losses are right, and the weights after the last step are not. Is the last step taken?",
            lambda v, *inputs: np.allclose(v[1], _one_epoch(*inputs)[1], rtol=1e-4, atol=1e-5),
        ),
    ),
    switches={
        "cut": {
            "rest lost": REST,
            "end lost": "The last batch is lost, full or not. Let the starts run to m: range(0, m, batch_size).",
            **dict.fromkeys(
                ("equal", "equal, rounded down"),
                "The batches are of about equal size. Each holds batch_size examples, and only the last one what is "
                "left.",
            ),
            **dict.fromkeys(("so many", "so many, full", "B parts"), COUNT),
            **dict.fromkeys(
                ("reshaped", "split"),
                "m need not be a multiple of batch_size. Slice the order instead: the last slice is just shorter.",
            ),
            "each index": "A batch begins at every number that order holds. It begins at 0, batch_size, and so on: "
            "range(0, m, batch_size).",
            "first only": ONE,
            "all but the first": "The first batch is missing. The first start is 0.",
            "whole": "All m examples are in one batch. Cut the order into batches of batch_size.",
            "one by one": "Each batch holds a single example. It must hold batch_size.",
            "one longer": f"Each batch holds one example too many. {LENGTH}",
            "one shorter": f"Each batch holds one example too few. {LENGTH}",
            **dict.fromkeys(("sliding", "sliding to the end"), OVERLAP),
            "rest first": "The shorter batch comes first. Full batches come first; the last one holds what is left.",
            "rest joined": "What is left was joined to the last full batch. It is a batch of its own.",
            **dict.fromkeys(
                ("ends at B", "ends at B, refused"),
                "Only the first batch holds anything: the slice always ends at batch_size. It must end at "
                "start + batch_size.",
            ),
        },
        "rows": {
            "in line": "The order is not used: the batches are taken in the order in which the examples lie. A batch "
            "is order[start : start + batch_size].",
            "images only": APART.format("the images are shuffled and the labels are not."),
            "labels only": APART.format("the labels are shuffled and the images are not."),
            "turned round": "The order is read the wrong way round: order[i] is the example that comes in place i.",
            "drawn again": "The order was applied twice. Shuffle once: X[rows] with rows from order.",
            "first of the order": "Every batch holds the first examples of the order. Begin at the batch's own start.",
        },
        "at": {
            "start": OLD.format("it is always that at the first W."),
            "never moved": OLD.format("each step starts again from the first W."),
            "before": OLD.format("it is one step late."),
            "never cleared": "The gradients are added up from batch to batch. Each step uses that of its own batch.",
            "summed": "There is only one step, at the end. In minibatch descent each batch makes a step of its own.",
        },
        "size": {
            **dict.fromkeys(("sum", "times batch_size"), SUM),
            "m twice": "The step is too short: it is divided by m once more. The gradient of a batch is a mean "
            "already.",
            **dict.fromkeys(
                ("B twice", "batch_size"),
                "The step is too short: it is divided by the number of examples once more. The gradient of a "
                "batch is a mean already.",
            ),
            "m": "The step is too short: the sum over the batch is divided by m. A batch's gradient is a mean over the "
            "batch.",
            "no rate": "The learning rate is missing from the step.",
        },
        "sign": {1: "The steps go up. Subtract the gradient: it points to where the loss grows."},
        "record": {
            "after": LOSSES.format("they are taken after the step."),
            "all": LOSSES.format("they are those of all examples."),
            "all after": LOSSES.format("they are those of all examples, after the step."),
            **dict.fromkeys(("mean", "mean over m"), LOSSES.format("this is their mean, one number.")),
            "floor places": "There are too few places for the losses. There are m / batch_size batches, rounded up: "
            "append to a list, and you need not count them.",
            "a place more": LOSSES.format("there is one place too many, and it holds 0. Append to a list instead."),
            "sum": LOSSES.format("this is their sum, one number."),
            **dict.fromkeys(("last", "first"), LOSSES.format("this is a single one of them.")),
            "added up": LOSSES.format("they are added up."),
            "means so far": LOSSES.format("these are means over the batches so far."),
        },
        "loss": {
            "sum": LOSSES.format("each is a sum over the batch. A loss is a mean."),
            "weighted": LOSSES.format("that of a shorter batch is divided by batch_size, not by how many it holds."),
        },
        "after": {
            "start": BACK.format("they are those that came in."),
            "one short": BACK.format("they are those before the last step."),
            "mean": BACK.format("this is a mean over the steps."),
        },
        "back": {
            "W, losses": "Look at the order of the two results: the losses come first. Write: return losses, W.",
            "W": "Only the weights came back. Return both: return losses, W.",
            "losses": "Only the losses came back. Return both: return losses, W.",
        },
    },
    causes=(
        (
            "Cannot cast ufunc",
            "W may hold whole numbers, and W -= ... cannot put fractions into them. It would also change the caller's "
            "W: write W = W - ...",
        ),
        (
            "only integers, slices|arrays used as indices must be",
            "A batch is a slice of order: rows = order[start : start + batch_size]. Then X[rows] and y[rows].",
        ),
        (
            "inhomogeneous shape|does not result in an equal division|cannot reshape",
            "m need not be a multiple of batch_size. Slice the order instead: the last slice is just shorter.",
        ),
        (
            "matmul: Input operand|not aligned|could not be broadcast",
            "Look at the shapes: X[rows] has a row for each image, W is (n, k), and the gradient has the shape of W.",
        ),
    ),
    may_not_call=(
        "coursekit.optim.train",
        "coursekit.optim.minibatches",
        "coursekit.experiments.train_by_epochs",
        "sklearn.linear_model",
        "torch.utils.data",
        "torch.optim",
    ),
)
