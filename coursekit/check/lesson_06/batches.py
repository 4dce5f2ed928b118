"""Exercise 2 of notebook 06: the batches of one epoch."""

import copy

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_06.epochs import PARTS, draws, properties


def _epoch_batches(m, batch_size, rng, *, order="shuffled", source="rng", cut="full"):
    """Return the batches of one epoch: a random order, cut."""
    rng = {
        "rng": lambda: rng,
        "its own": lambda: np.random.default_rng(0),
        "a new one": np.random.default_rng,
        "a copy": lambda: copy.deepcopy(rng),
    }[source]()
    order, B = _ordered(order, m, batch_size, rng), batch_size
    n, starts = len(order), range(0, len(order), B)
    return {
        "full": lambda: [order[i : i + B] for i in starts],
        "equal": lambda: np.array_split(order, -(-n // B)),
        "equal, fewer": lambda: np.array_split(order, max(n // B, 1)),
        "so many": lambda: np.array_split(order, B),
        "so many, full": lambda: [order[i * B : (i + 1) * B] for i in range(B)],
        "rest lost": lambda: [order[i * B : (i + 1) * B] for i in range(n // B)],
        "end lost": lambda: [order[i : i + B] for i in range(0, n - B, B)],
        "one too many": lambda: [order[i * B : (i + 1) * B] for i in range(n // B + 1)],
        "first only": lambda: [order[:B]],
        "last only": lambda: [order[starts[-1] :]],
        "all but the first": lambda: [order[i : i + B] for i in starts[1:]],
        "rest first": lambda: [b for b in np.split(order, range(n % B, n, B)) if len(b)],
        "rest joined": lambda: np.split(order, [i for i in starts[1:] if n - i >= B]),
        "rest filled up": lambda: [np.r_[order, order[: -n % B]][i : i + B] for i in starts],
        "rest filled up twice": lambda: [np.resize(order, -(-n // B) * B)[i : i + B] for i in starts],
        "rest one by one": lambda: np.split(order, [*range(B, n // B * B, B), *range(n // B * B, n)][: n and None]),
        "ends at B": lambda: [order[i:B] for i in starts],
        "one longer": lambda: [order[i : i + B + 1] for i in starts],
        "one shorter": lambda: [order[i : i + B - 1] for i in starts],
        "sliding": lambda: [order[i : i + B] for i in range(n - B + 1)],
        "sliding to the end": lambda: [order[i : i + B] for i in range(n)],
        "one by one": lambda: list(order[:, None]),
        "whole": lambda: [order],
        "the rest every time": lambda: [order[i:] for i in starts],
    }[cut]()


def _ordered(how, m, B, rng):
    """Return the examples in the order in which they are dealt out."""
    every, starts = np.arange(m), range(0, m, B)
    return {
        "shuffled": lambda: rng.permutation(m),
        "none": lambda: every,
        "backwards": lambda: every[::-1],
        "turned": lambda: np.roll(every, int(rng.integers(m))),
        "with replacement": lambda: rng.integers(0, m, m),
        "afresh": lambda: np.concatenate([rng.choice(m, min(B, m - i), replace=False) for i in starts]),
        "from 1": lambda: rng.permutation(m) + 1,
        "all but 0": lambda: rng.permutation(np.arange(1, m)),
        "all but the last": lambda: rng.permutation(m - 1),
        "m as well": lambda: rng.permutation(m + 1),
        "one stays": lambda: np.r_[rng.permutation(m - 1), m - 1],
        "blocks": lambda: np.r_[rng.permutation(every[: m // B * B].reshape(-1, B)).ravel(), every[m // B * B :]],
        "within": lambda: np.concatenate([rng.permutation(every[i : i + B]) for i in starts]),
        "stride": lambda: np.concatenate([every[i :: len(starts)] for i in rng.permutation(len(starts))]),
    }[how]()


def _epochs(rng):
    """Draw sizes: one with a rest of two at least, one without a rest, one that is a single batch."""
    size, count = int(rng.integers(4, 8)), int(rng.integers(4, 7))
    rest = int(rng.integers(2, size))
    seeds = rng.integers(100, 1000, 3).tolist()
    return [(size * count + rest, size, seeds[0]), (size * count, size, seeds[1]), (size - 1, size, seeds[2])]


SHUFFLE = "Look at the order: {} Shuffle the examples first, rng.permutation(m), and cut then."
TWICE = "Some examples come twice in one epoch, and others never. {} Draw one order of all m, and cut it."
LOST = "The last, shorter batch is lost. Those examples belong to the epoch too."
EQUAL = "The batches are of about equal size. Each must hold batch_size indices, and only the last one what is left."
COUNT = "There are batch_size batches. batch_size is the size of one, not their number."
SOME = "Only one batch came back. Is the `return` inside the loop? An epoch has all m examples."
OVERLAP = "The batches overlap. The next one starts where the last one ended: range(0, m, batch_size)."
LENGTH = "A slice order[i : j] ends before j, so it holds j - i indices. It must be batch_size."
FILLED = "The last batch was filled up with examples that have had their turn. It holds only what is left."
FROM_0 = "Rows of X are counted from 0: the indices are 0 to m - 1."

epoch_batches = Exercise(
    "06-epoch-batches",
    _epoch_batches,
    tries=((26, 6, 6), (20, 5, 4), (7, 7, 2), (5, 1, 3), (4, 9, 5), (33, 8, 1), (24, 4, 7)),
    draw=_epochs,
    call=draws,
    view=properties,
    parts=PARTS,
    line=lambda m, size, seed: f"epoch_batches({m}, {size}, np.random.default_rng({seed}))",
    properties=(
        Property(
            "It has an empty batch. The mean over no examples is nan.",
            lambda v, m, size, seed: (v[0] > 0).all(),
        ),
        Property(
            "Some examples are missing. Together the batches must hold every index 0 to m - 1.",
            lambda v, m, size, seed: v[1] != "some index missing",
        ),
        Property(TWICE.format(""), lambda v, m, size, seed: not v[1].startswith("one index")),
        Property(FROM_0, lambda v, m, size, seed: v[1] == "each index once"),
        Property(
            "Look at the sizes. Each batch but the last must hold batch_size indices, and the last one what is left.",
            lambda v, m, size, seed: (v[0][:-1] == size).all() and (v[0][-1:] <= size).all(),
        ),
        Property(
            "It gives other batches for a generator in the same state. Draw from rng, the argument, and from nothing "
            "else.",
            lambda v, m, size, seed: v[5] != "another",
        ),
        Property(
            "It gives the same batches in every epoch. Draw a new order from rng at each call.",
            lambda v, m, size, seed: v[6] != "the same for each generator" and v[7] != "the same",
        ),
        Property(
            SHUFFLE.format("some examples always share a batch, or neighbours mostly do."),
            lambda v, m, size, seed: v[2] in ("not looked at", "mixed") and v[3] != "fixed",
        ),
        Property(
            SHUFFLE.format("some example is always in the same batch."),
            lambda v, m, size, seed: v[4] != "fixed",
        ),
    ),
    switches={
        "order": {
            "none": SHUFFLE.format("it is never shuffled, so every epoch has the same batches."),
            "backwards": SHUFFLE.format("it is turned round, but not shuffled."),
            "turned": SHUFFLE.format("only its beginning is drawn, so neighbours stay together."),
            "with replacement": TWICE.format("Each index was drawn on its own, or with replacement."),
            "afresh": TWICE.format("Each batch was drawn afresh from all examples."),
            "from 1": f"It counts examples from 1. {FROM_0}",
            **dict.fromkeys(("all but 0", "all but the last"), f"One example never occurs, 0 or the last. {FROM_0}"),
            "m as well": f"Index m occurs, and X has no such row. {FROM_0}",
            "one stays": SHUFFLE.format("some example always stays in its place."),
            "blocks": SHUFFLE.format("the batches are shuffled and the examples are not, so neighbours stay together."),
            "within": SHUFFLE.format("examples are shuffled within their batch only, so neighbours stay together."),
            "stride": SHUFFLE.format("batches are every n-th example, so the same ones always meet."),
        },
        "source": {
            "its own": "It gives the same batches for every generator: it has one of its own, with a fixed seed. Draw "
            "from rng, the argument.",
            "a new one": "It gives other batches for a generator in the same state. Draw from rng, the argument, not "
            "from np.random or a new generator.",
            "a copy": "Every epoch gets the same batches, since the draw is from a copy of rng, which stays as it was. "
            "Draw from rng itself: then it moves on.",
        },
        "cut": {
            **dict.fromkeys(("equal", "equal, fewer"), EQUAL),
            **dict.fromkeys(("so many", "so many, full"), COUNT),
            "rest lost": LOST,
            "end lost": "The last batch is lost, full or not. Let the starts run to m: range(0, m, batch_size).",
            "one too many": "There is an empty batch at the end if batch_size divides m. The number of batches is "
            "m / batch_size, rounded up: -(-m // batch_size).",
            **dict.fromkeys(("first only", "last only"), SOME),
            "all but the first": "The first batch is missing. The first start is 0.",
            "rest first": "The shorter batch comes first. Full batches come first; the last one holds what is left.",
            "rest joined": "What is left was joined to the last full batch. It is a batch of its own.",
            **dict.fromkeys(("rest filled up", "rest filled up twice"), FILLED),
            "rest one by one": "What is left came one by one. It is one batch.",
            "ends at B": "Only the first batch holds anything: the slice always ends at batch_size. It must end at "
            "start + batch_size.",
            "one longer": f"Each batch holds one index too many. {LENGTH}",
            "one shorter": f"Each batch holds one index too few. {LENGTH}",
            **dict.fromkeys(("sliding", "sliding to the end"), OVERLAP),
            "one by one": "Each batch holds a single index. It must hold batch_size.",
            "whole": "All m examples are in one batch. Cut it.",
            "the rest every time": "Each batch runs to the end. It must stop at start + batch_size.",
        },
    },
    causes=(
        (
            "object is not subscriptable|'NoneType' object",
            "rng.shuffle shuffles an array in place and returns None. rng.permutation(m) returns a new, random order.",
        ),
        (
            "does not result in an equal division|cannot reshape",
            "m need not be a multiple of batch_size. Slice the order instead: the last slice is just shorter.",
        ),
        (
            "inhomogeneous shape",
            "Batches of different lengths do not fit into one array. Return a list of arrays.",
        ),
    ),
    may_not_call=("coursekit.optim.minibatches", "torch.utils.data"),
)
