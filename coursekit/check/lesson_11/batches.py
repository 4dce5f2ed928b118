"""Exercise 2 of notebook 11: the batches of one pass, their pixels in [0, 1]."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Exercise, Property

MOST = 100  # batches; no try has as many


def _read_batches(X, y, order, batch_size, *, cut="full", rows="both", scale="255", labels="whole"):
    """Return the batches of one pass as a list of pairs."""
    order, found = np.asarray(order), []
    if scale == "in place":
        np.divide(X, 255, out=X.copy())
    order = {
        "all in line": lambda: np.arange(len(X)),
        "all sorted": lambda: np.sort(order),
        "sorting": lambda: np.argsort(order),
        "backwards": lambda: order[::-1],
    }.get(rows, lambda: order)()
    for start, batch in _batches(order, batch_size, cut, len(X)):
        line = np.arange(start, start + len(batch))
        images, names = {
            "both": (batch, batch),
            "in line": (line, line),
            "images only": (batch, line),
            "images only, y to the end": (batch, np.arange(len(y))[start : start + batch_size]),
            "labels only": (line, batch),
            "in line, to the end": (np.arange(len(X))[start : start + batch_size],) * 2,
            "first again": (order[: len(batch)], order[: len(batch)]),
            "sorted": (np.sort(batch), np.sort(batch)),
        }.get(rows, (batch, batch))
        pixels = X[images]
        named = {"scaled": y[names] / 255, "rows": names}.get(labels, y[names])
        found.append((_scaled(pixels, X, scale), named))
    return _given(found, labels)


def _given(found, labels):
    """Return the batches, or what mistakes make of the pairs and of the list of them."""
    return {
        "returned": lambda: found[0],
        "first": lambda: [named[::-1] for named in found],
        "missing": lambda: [images for images, _ in found],
        "alone": lambda: [named for _, named in found],
    }.get(labels, lambda: found)()


def _batches(order, B, cut, known):
    """Return start and rows of each batch."""
    m = len(order)
    starts = {
        "rest lost": range(0, m - B + 1, B),
        "end lost": range(0, m - B, B),
        "so many": range(0, m, -(-m // B)),
        "empty at the end": range(0, m + 1, B),
        "as long as X": range(0, known, B),
        "by one": range(-(-m // B)),
        "not the first": range(B, m, B),
        "not the first, and one more": range(B, m + B, B),
        "sliding": range(m - B + 1),
        "sliding to the end": range(m),
        "one by one": range(m),
        "first only": range(min(m, 1)),
        "whole": range(min(m, 1)),
    }.get(cut, range(0, m, B))
    length = {"so many": -(-m // B), "one by one": 1, "whole": m, "one longer": B + 1, "one shorter": B - 1}.get(cut, B)
    if cut == "ends at B":
        return [(i, order[i:B]) for i in starts]
    if cut == "equal":
        parts = np.array_split(order, -(-m // B))
        return list(zip(np.cumsum([0, *map(len, parts[:-1])]).tolist(), parts, strict=True))
    if cut == "equal, fewer":
        parts = np.array_split(order, max(m // B, 1))
        return list(zip(np.cumsum([0, *map(len, parts[:-1])]).tolist(), parts, strict=True))
    if cut == "rest from behind":
        return [(i, order[max(min(i, m - B), 0) :][:B]) for i in starts]
    if cut == "rest filled":
        return [(i, np.take(order, range(i, i + B), mode="wrap")) for i in starts]
    return [(i, order[i : i + length]) for i in starts]


def _scaled(pixels, X, scale):
    """Return pixels on another scale."""
    p = pixels.astype(float)
    return {
        "255": lambda: p / 255,
        "none": lambda: p,
        "256": lambda: p / 256,
        "whole": lambda: pixels // 255,
        "twice": lambda: p / 255 / 255,
        "largest of the set": lambda: p / max(X.max(), 1),
        "largest of the batch": lambda: p / max(pixels.max(initial=0), 1),
        "min-max": lambda: (p - X.min()) / max(float(X.max()) - float(X.min()), 1),
        "centred": lambda: p / 255 - 0.5,
        "-1 to 1": lambda: p / 127.5 - 1,
        "inverted": lambda: 1 - p / 255,
        "mean of the batch": lambda: p / 255 - p.mean(axis=0) / 255 if len(p) else p,
        "cut": lambda: (p > 127).astype(float),
    }.get(scale, lambda: p / 255)()


def _called(answer, *inputs):
    """Return what an answer gives; of a generator that does not end, a little more than one pass can hold."""
    value = answer(*inputs)
    return list(islice(value, MOST + 1)) if isinstance(value, Iterator) else value


def _joined(value):
    """Return how many examples each batch has, and pixels and labels of all batches one below the other."""
    if not isinstance(value, list | tuple):
        raise CheckFailed(
            f"must yield pairs (images, labels), or return a list of them; it gave {type(value).__name__}."
        )
    if isinstance(value, tuple) and all(isinstance(part, np.ndarray) for part in value):
        raise CheckFailed(
            "gave one pair (images, labels), and no list of them. Is there a `return` inside the loop? `yield` goes on."
        )
    if len(value) > MOST:
        raise CheckFailed("goes on for ever. One pass holds each row of order once, and then it ends.")
    if value and all(isinstance(part, np.ndarray) for part in value):
        raise CheckFailed(
            "gives one array for each batch. Give a pair, images and labels: yield X[rows] / 255, y[rows]."
        )
    for pair in value:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise CheckFailed("must give a pair (images, labels) for each batch. Look at what is yielded.")
    images, labels = ([np.asarray(part) for part in parts] for parts in zip(*value, strict=True)) if value else ([], [])
    if images and all(A.ndim == 1 for A in images) and all(v.ndim == 2 for v in labels):
        raise CheckFailed("gives labels before images. A pair is (images, labels).")
    if any(A.ndim != 2 for A in images) or any(v.ndim != 1 for v in labels):
        raise CheckFailed("must give images (rows, n) and labels (rows,): for one image these are (1, n) and (1,).")
    if [len(A) for A in images] != [len(v) for v in labels]:
        raise CheckFailed("gives a batch with more images than labels, or fewer. Take the same rows from both.")
    sizes = np.array([len(v) for v in labels], float)
    joined = (np.concatenate(parts).astype(float) if parts else np.empty(0) for parts in (images, labels))
    return sizes, *joined


def _passes(rng):
    """Draw passes: the sizes all differ, with a rest and without one, and an order of fewer rows than there are."""
    found = []
    for m, used, n, B in ((8, 8, 3, 3), (9, 8, 2, 4), (7, 5, 4, 2), (6, 6, 2, 5)):
        X, order = rng.integers(20, 230, (m, n), dtype=np.uint8), rng.permutation(m)[:used]
        while (order == np.arange(used)).any() or (np.diff(order) > 0).all():
            order = rng.permutation(m)[:used]
        found.append((X, rng.permutation(m) % 10, order, B))
    return found


REST = "The last, shorter batch is lost. Its examples belong to the pass too."
APART = "Images and labels no longer belong together: {} Take the same rows from both, X[rows] and y[rows]."
LARGEST = "Look at the scale: {} A grey value must mean the same in each set and each batch. Divide by 255."
PIXELS = np.array([[0, 128, 255], [10, 20, 30], [200, 100, 50], [51, 102, 153]], np.uint8)
NAMES = np.array([9, 0, 3, 1])

read_batches = Exercise(
    "11-read-batches",
    _read_batches,
    tries=(
        (PIXELS, NAMES, np.array([2, 0, 3, 1]), 2),
        (PIXELS, NAMES, np.array([3, 0, 1, 2]), 3),
        (PIXELS, NAMES, np.array([1, 2, 0, 3]), 4),
        (PIXELS[1:], NAMES[1:], np.array([2, 0]), 1),
        (PIXELS, NAMES, np.array([1, 3, 2]), 9),
        (np.array([[7, 9]], np.uint8), np.array([4]), np.array([0]), 1),
    ),
    draw=_passes,
    call=_called,
    view=_joined,
    sizes=lambda X, y, order, batch_size: {"m": len(order)},
    properties=(
        Property(
            "Look at how many batches there are, and how many rows each has: all have batch_size rows, and the last "
            "one what is left.",
            lambda v, X, y, order, B: v[0].tolist() == [min(B, len(order) - i) for i in range(0, len(order), B)],
        ),
        Property(
            "Look at the labels: label i of the pass must be y[order[i]].",
            lambda v, X, y, order, B: np.array_equal(v[2], y[order]),
        ),
        Property(
            "The labels are right and the pixels are not. Pixel 0 must become 0, and pixel 255 must become 1.",
            lambda v, X, y, order, B: v[1].shape == X[order].shape and np.allclose(v[1], X[order] / 255, atol=1e-5),
        ),
    ),
    switches={
        "cut": {
            "rest lost": REST,
            "end lost": "The last batch is lost, full or not. Let the starts run to the end: range(0, len(order), B).",
            "so many": "There are batch_size batches. batch_size is the size of one, not their number.",
            **dict.fromkeys(
                ("sliding", "sliding to the end"), "The batches overlap. The next one starts where the last one ended."
            ),
            "one by one": "Each batch holds one example. It must hold batch_size.",
            "first only": "Only the first batch came. Is there a `return` inside the loop? `yield` goes on.",
            "whole": "All examples came in one batch. Cut the order into batches of batch_size.",
            "one longer": "Each batch holds one example too many. order[i : j] ends before j.",
            "one shorter": "Each batch holds one example too few. order[i : j] ends before j.",
            "ends at B": "Only the first batch holds anything: the slice always ends at batch_size. It must end at "
            "start + batch_size.",
            **dict.fromkeys(
                ("empty at the end", "as long as X"),
                "There is a batch with no rows at the end. The starts go up to len(order), which is not among them: "
                "range(0, len(order), batch_size).",
            ),
            "by one": "Each batch begins one row after the last one began. It begins batch_size rows after it: the "
            "start "
            "is i * batch_size.",
            **dict.fromkeys(
                ("not the first", "not the first, and one more"),
                "The first batch is missing. Python counts from 0: batch i begins at i * batch_size.",
            ),
            "equal, fewer": "There are too few batches: the rest was shared out among them, so they are too large. "
            "Each "
            "holds batch_size examples, and the last one the rest.",
            "rest from behind": "The last batch was filled up with rows that were read before. It holds what is left.",
            "equal": "The batches are of about equal size. Each holds batch_size examples, and the last one the rest.",
            "rest filled": "The last batch was filled up with examples that were read before. It holds what is left.",
        },
        "rows": {
            "all in line": "The order is not used: all rows of X come as they lie. The rows of a batch are order[i:j].",
            "all sorted": "The order was sorted first. It is random for a reason: keep it.",
            "sorting": "argsort of the order is another order: the places that sort it. order itself holds the row "
            "numbers.",
            "backwards": "The order was read from its end. Begin at its first row.",
            "images only, y to the end": APART.format("the labels are a slice of y."),
            "in line, to the end": "The order is not used: the examples come as they lie, and the last batch goes on "
            "beyond as many as the order holds. The rows of a batch are order[i:j].",
            "in line": "The order is not used: the examples come as they lie. The rows of a batch are order[i:j].",
            "images only": APART.format("the images follow the order and the labels do not."),
            "labels only": APART.format("the labels follow the order and the images do not."),
            "first again": "Every batch holds the first examples of the order. Begin at the batch's own start.",
            "sorted": "The rows of each batch were sorted. Keep them as the order has them.",
        },
        "scale": {
            "none": "The pixels still go from 0 to 255. Divide them by 255.",
            "256": "The pixels were divided by 256, so white is not 1. The largest uint8 is 255.",
            "whole": "The pixels were divided to whole numbers, so all but white became 0. / gives fractions, // not.",
            "twice": "The pixels were divided by 255 twice.",
            "largest of the set": LARGEST.format("the pixels were divided by the largest one of X."),
            "largest of the batch": LARGEST.format("the pixels were divided by the largest one of the batch."),
            "min-max": LARGEST.format("the smallest pixel of X became 0 and its largest 1."),
            "centred": "The pixels go from -0.5 to 0.5. They must go from 0 to 1: take nothing away.",
            "-1 to 1": "The pixels go from -1 to 1. They must go from 0 to 1.",
            "inverted": "Light and dark are turned round. Pixel 0 must become 0.",
            "mean of the batch": "The mean of the batch was taken away. Only divide by 255.",
            "in place": "uint8 holds no fractions, and /= would also change the caller's images. Make a new array: "
            "X[rows] / 255.",
            "cut": "The pixels were cut to 0 and 1. Keep the grey values: divide by 255.",
        },
        "labels": {
            "scaled": "The labels were divided by 255 too. They are class numbers: leave them alone.",
            "rows": "These are row numbers and no labels. The labels are y[rows].",
            "returned": "Only the first batch came. Is there a `return` inside the loop? `yield` goes on.",
            "first": "Look at the order in a pair: the images come first, then the labels.",
            **dict.fromkeys(
                ("missing", "alone"),
                "Each batch is one array only, images or labels. Give both as a pair: yield X[rows] / 255, y[rows].",
            ),
        },
    },
    causes=(
        (
            "does not result in an equal division|cannot reshape|inhomogeneous",
            "The number of rows need not be a multiple of batch_size. A slice of order is just shorter at the end.",
        ),
        (
            "Cannot cast ufunc",
            "uint8 holds no fractions, and /= would also change the caller's images. Make a new array: X[rows] / 255.",
        ),
    ),
    may_not_call=(
        "coursekit.reading.by_batch",
        "coursekit.reading.by_example",
        "coursekit.reading.Readers",
        "coursekit.optim.minibatches",
        "torch.utils.data",
    ),
)
