"""Exercise 3 of notebook 08: the method that trains a linear classifier, whatever its loss is."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from coursekit import softmax, svm
from coursekit.check import _forms
from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Exercise, Property


class _Model:
    """What an answer is tried on: weights, and a loss at them, as in the lesson."""

    def __init__(self, W=None):
        self.W, self.sizes = W, []  # sizes: of the batches that were looked at

    def __repr__(self):
        """Show the call that makes it in the lesson."""
        return f"{type(self).__name__}({'' if self.W is None else _forms.paste(self.W)})"

    def loss(self, A, y):
        """Return the mean loss of a batch, and its gradient."""
        if self.W is None:
            raise CheckFailed(NONE)
        if len(A) != len(y):
            raise CheckFailed(UNLIKE)
        self.sizes.append(len(y))
        return self.of_batch(self.W, A, y)


_Hinge = type("Hinge", (_Model,), {"of_batch": staticmethod(svm.svm_loss)})  # named as in the lesson
_CrossEntropy = type("CrossEntropy", (_Model,), {"of_batch": staticmethod(softmax.softmax_loss)})


def _train_model(
    self, X, y, learning_rate, steps, batch_size, rng, *,
    start="go on", bias="last", draw="asked", labels="of the rows", size="mean", sign=-1, store="each step",
    record="before", count="steps", back="losses",
):  # fmt: skip
    """Train the weights, whatever the loss is, and return the loss of each batch before its step."""
    A, (m, n), losses = _with_ones(X, bias), np.shape(X), []
    k = self.W.shape[1] if start == "always, as wide" and self.W is not None else int(np.max(y)) + (start != "one less")
    zeros = np.zeros((n + (bias not in ("missing", "X alone")), k))
    _begin(self, zeros, start, rng)
    first, before, seen = self.W, 0, 0
    epochs = -(-m // batch_size) if draw in PASSES else 1
    many = {"one less": steps - 1, "one more": steps + 1, "first only": 1}.get(count, steps * epochs)
    for rows, places in islice(_batches(m, batch_size, rng, draw, labels), many):
        self.W = zeros if start == "each step" else self.W
        loss, dW = self.loss(A[rows], y[places])
        scale = {"over B": 1 / batch_size, "times B": batch_size, "over m": 1 / m, "no rate": 1 / learning_rate}
        step = sign * learning_rate * scale.get(size, 1) * dW
        step[-1] *= store != "not the bias"
        seen = seen + step
        before, begun = self.W, first if store == "from the start" else self.W
        self.W = begun + {"never": 0, "at the end": 0, "added up": seen}.get(store, step)
        W, self.W = self.W, before if record == "all before" else self.W
        look = {"after": (A[rows], y[places]), "all before": (A, y), "all after": (A, y)}.get(record)
        losses.append(self.loss(*look)[0] if look else loss)
        self.W = W
    self.W = first + seen if store == "at the end" else self.W
    losses = np.reshape(losses, (steps, -1)).mean(axis=1) if draw == "an epoch each, means" else losses
    losses = {
        "last": lambda: losses[-1],
        "mean": lambda: np.mean(losses),
        "whole": lambda: np.array(losses).astype(int),
        "so far": lambda: np.cumsum(losses) / np.arange(1, len(losses) + 1),
    }.get(record, lambda: losses)()
    return {"W": self.W, "losses, W": (losses, self.W), "self": self, "nothing": None}.get(back, losses)


def _with_ones(X, bias):
    """Return the examples with the column of ones, or where mistakes put it."""
    ones = [] if bias in ("missing", "W alone") else [np.ones((len(X), 1))]
    return np.hstack([*ones, X] if bias == "first" else [X, *ones])


def _begin(model, zeros, start, rng):
    """Give a model its first weights."""
    if start.startswith("always") or (model.W is None and start != "none"):
        model.W = zeros.T if start == "turned" else zeros
        model.W = 0.001 * rng.normal(size=zeros.shape) if start == "random" else model.W


def _batches(m, B, rng, draw, labels):
    """Yield the rows of each batch and the places of its labels."""
    rng = np.random.default_rng(0) if draw == "own" else rng
    rows, order = None, np.arange(0)
    while True:
        if draw in ("epochs", *PASSES):
            order = order if len(order) else rng.permutation(m)
            rows, order = order[:B], order[B:]
        elif draw != "once" or rows is None:
            rows = {
                "replaced": lambda: rng.choice(m, B),
                "permutation": lambda: rng.permutation(m)[:B],
                "whole": lambda: np.arange(m),
            }.get(draw, lambda: rng.choice(m, B, replace=False))()
        again = rng.choice(m, B, replace=False) if labels == "drawn again" else None
        yield rows, {"first": np.arange(len(rows)), "all": np.arange(m), "drawn again": again}.get(labels, rows)


def _called(answer, model, X, y, learning_rate, steps, batch_size, seed):
    """Call an answer with a generator in a known state; return what it returned, and the weights of the model."""
    rng, untouched = np.random.default_rng(seed), np.random.default_rng(seed)
    losses = answer(model, X, y, learning_rate, steps, batch_size, rng)
    if isinstance(losses, Iterator):
        raise CheckFailed(LAZY)
    if rng.bit_generator.state == untouched.bit_generator.state and min(model.sizes, default=len(X)) < len(X):
        raise CheckFailed(UNDRAWN)
    return losses, model.W


def _right(*inputs):
    """Return losses and weights of the reference for the inputs of one try."""
    model, *others = inputs
    losses, W = _called(_train_model, type(model)(model.W), *others)
    return np.array(losses), W


def _trainings(rng):
    """Draw trainings: both losses, from zeros and from other weights; the sizes all differ."""
    found = []
    for make, m, n, k, B, begun in ((_Hinge, 8, 2, 4, 3, 0), (_CrossEntropy, 9, 4, 3, 2, 1), (_Hinge, 7, 3, 2, 4, 1)):
        X, y = rng.normal(0, 1, (m, n)).round(3), rng.permuted(np.arange(m) % k)
        W = rng.normal(0, 1, (n + 1, k)).round(3) if begun else None
        found.append((make(W), X, y, float(rng.integers(2, 9)) / 10, int(rng.integers(4, 7)), B, int(rng.integers(99))))
    return [*found, _free(rng.uniform(1, 2, (5, 1)).round(2) * [[1], [-1], [1], [-1], [0.1]], int(rng.integers(99)))]


def _free(X, seed):
    """Return a training whose first batch costs nothing and a later one does: the last row alone violates a margin."""
    found = _Hinge(np.array([[3.0, -3.0], [0.0, 0.0]])), X, np.where(X[:, 0] > 0, 0, 1), 0.2, 4, 1, seed
    losses, _ = _right(*found)
    return found if losses[0] == 0 and any(losses) else _free(X, seed + 1)


PASSES = "an epoch each", "an epoch each, means"  # of how the batches are drawn
NONE = (
    "self.loss was called while self.W is None. Give self.W its zeros first: self.loss reads self.W, and not a name of "
    "your own."
)
UNLIKE = "self.loss got more labels than examples, or fewer. Take the same rows from both, A[rows] and y[rows]."
UNDRAWN = (
    "Nothing was drawn from rng. Each step needs its rows, rng.choice(m, batch_size, replace=False); np.random, or a "
    "generator of its own, gives other numbers than the one that was passed."
)
LAZY = (
    "must return a list; it gave a generator. With `yield` nothing is trained until somebody asks for a loss. Collect "
    "the losses in a list, and return it."
)
DRAWN = "Each step draws its rows anew, rng.choice(m, batch_size, replace=False)."
SHAPE = "self.W is (n + 1, k): a row for each feature, then the bias."
KEPT = "self.loss reads self.W, so store each new W there before the next step."
MEAN = "The gradient is a mean over the batch already; only the learning rate multiplies it."
LOSSES = "Look at the losses that come back: {} There is one for each step, that of its batch, before the step."
BACK = "{} Return the list of losses alone; the weights stay in self.W."

FOUR = np.array([[0.5, 1.1], [-1.2, 0.3], [0.8, -0.7], [1.9, 0.4]])
train_model = Exercise(
    "08-train-model",
    _train_model,
    tries=(
        (_Hinge(), np.array([[1.0], [2.0], [4.0]]), np.array([2, 0, 1]), 0.5, 1, 2, 0),  # class 2 is not drawn
        (_CrossEntropy(), FOUR, np.array([0, 2, 1, 2]), 0.5, 3, 2, 1),  # k = n + 1
        (
            _Hinge(np.array([[0.3, -0.4, 0.5], [0.2, 0.9, -0.1], [0.1, 0.6, 0.4]])),
            FOUR,
            np.array([0, 1, 1, 0]),
            0.1,
            4,
            3,
            2,
        ),
        (_CrossEntropy(), np.array([[3], [1], [2]], np.uint8), np.array([2, 0, 1], np.uint8), 1.0, 2, 3, 3),
        (_CrossEntropy(np.array([[0.3], [0.1], [-0.6]]) * [1, 2, 3]), FOUR, np.array([0, 1, 1, 0]), 2.0, 3, 1, 4),
        _free(np.array([[1.0], [-1.0], [0.1]]), 0),
    ),
    draw=_trainings,
    parts=("losses", "self.W"),
    call=_called,
    line=lambda model, X, y, learning_rate, steps, batch_size, seed: (
        f"model = {model!r}; print(train_model(model, {_forms.paste(X)}, {_forms.paste(y)}, {learning_rate}, {steps}, "
        f"{batch_size}, np.random.default_rng({seed})), model.W)"
    ),
    sizes=lambda model, X, y, learning_rate, steps, batch_size, seed: {"m": batch_size},
    properties=(
        Property(
            "Look at the first loss: it is already wrong, and no step was taken before it. From zeros it is log(k) for "
            "cross-entropy and k - 1 for the hinge loss.",
            lambda v, *inputs: _forms.close(v[0][:1], _right(*inputs)[0][:1]),
        ),
        Property(
            "Look at the first step: the loss before it is right, and self.W after it is not.",
            lambda v, *inputs: inputs[4] > 1 or _forms.close(v[1], _right(*inputs)[1]),
        ),
        Property(
            "Look at what changes from step to step: the first loss is right, and a later one is not. Each step needs "
            "rows of its own, and the weights that the step before left in self.W.",
            lambda v, *inputs: _forms.close(v[0], _right(*inputs)[0]),
        ),
        Property(
            "The losses are right, and self.W after the last step is not.",
            lambda v, *inputs: _forms.close(v[1], _right(*inputs)[1]),
        ),
    ),
    switches={
        "start": {
            **dict.fromkeys(
                ("always", "always, as wide"),
                "Look at self.W at the start: it is set to zeros at every call. Do it only `if self.W is None`; a "
                "second call goes on.",
            ),
            "each step": "Look at self.W: it is set to zeros at every step. Do it once, before the loop.",
            "random": "Look at self.W at the start: it is drawn at random. Start from zeros, and draw nothing else.",
            "none": NONE,
            "one less": "Look at the shape of the zeros: a class is missing. Labels go from 0 to k - 1, so k is "
            "y.max() + 1.",
            "turned": f"Look at the shape of the zeros: it is turned. {SHAPE}",
        },
        "bias": {
            "first": "Look at the bias: the ones stand on the left. The bias is the last row of self.W, so the ones "
            "are the last column.",
            "missing": "Look at the bias: there is no column of ones. add_bias(X) appends it, and self.W has n + 1 "
            "rows.",
            "W alone": "Look at what self.loss is given: its column of ones is missing. add_bias(X) appends it.",
            "X alone": f"Look at the shape of the zeros: the row of the bias is missing. {SHAPE}",
        },
        "draw": {
            "own": UNDRAWN,
            "replaced": "Look at how the rows are drawn: one may come twice. Pass replace=False.",
            "permutation": "Look at how the rows are drawn: the start of a permutation is as random, but not the same "
            f"numbers. {DRAWN}",
            "epochs": f"Look at how the rows are drawn: batch after batch from one shuffled order. {DRAWN}",
            **dict.fromkeys(PASSES, f"Look at the loop: each of the steps goes through all examples. {DRAWN}"),
            "once": "Look at the rows: every step has the same ones. Draw them inside the loop, and give the batch "
            "names of its own: if X becomes the batch, the next step draws from that.",
            "whole": f"Look at the batch: each step takes all examples. {DRAWN}",
        },
        "labels": {
            "first": "Look at the labels: the rows are drawn, and the labels are the first of y. Take y[rows].",
            "all": UNLIKE,
            "drawn again": "Look at the labels: their rows are drawn anew. Draw once, and take A[rows] and y[rows].",
        },
        "size": {
            "over B": f"The step is too short: it is divided by the size of the batch. {MEAN}",
            "over m": f"The step is too short: it is divided by the number of examples. {MEAN}",
            "times B": f"The step is too long: it is multiplied by the size of the batch. {MEAN}",
            "no rate": "The learning rate is missing from the step.",
        },
        "sign": {1: "The steps go up. Subtract the gradient: it points to where the loss grows."},
        "store": {
            "never": f"Look at self.W: it never moves. {KEPT}",
            "at the end": f"Look at self.W: it moves only once, after the loop. {KEPT}",
            "from the start": f"Look at self.W: each step begins at the first weights again. {KEPT}",
            "not the bias": "Look at the last row of self.W: it never moves. The bias is trained as well.",
            "added up": "The gradients are added up from step to step. Each step uses that of its own batch.",
        },
        "record": {
            "after": LOSSES.format("they are taken after the step."),
            "all before": LOSSES.format("they are those of all examples."),
            "all after": LOSSES.format("they are those of all examples, after the step."),
            "last": LOSSES.format("only the last one came."),
            "mean": LOSSES.format("this is their mean, one number."),
            "whole": LOSSES.format("they are cut to whole numbers. What type has the array that holds them?"),
            "so far": LOSSES.format("each is the mean of all so far."),
        },
        "count": {
            "one less": "One step too few was made.",
            "one more": "One step too many was made.",
            "first only": "Only one step was made. Is the `return` inside the loop?",
        },
        "back": {
            "W": BACK.format("The weights came back."),
            "losses, W": BACK.format("Losses and weights came back."),
            "self": BACK.format("The model came back."),
            "nothing": BACK.format("Nothing came back."),
        },
    },
    causes=(
        ("truth value of an array", "Look at the question whether there are weights. Ask: if self.W is None."),
        (
            "out of bounds for axis 0",
            "Look at the names: if X or y becomes the batch, the next step draws from that. Give the batch its own.",
        ),
    ),
    may_not_call=("coursekit.optim.train", "coursekit.optim.minibatches", "coursekit.linear", "sklearn.linear_model"),
)
