"""Exercise 4 of notebook 04: the gradient as a sum over blocks of rows."""

import numpy as np

from coursekit.check.demands import peak_memory
from coursekit.check.exercise import Demand, Exercise, Property
from coursekit.check.lesson_02.scores import APART, FAR, LABELS, NAN, SOFTMAX, _labelled
from coursekit.check.lesson_03.mistakes import SWITCHES
from coursekit.check.lesson_04._sums import _wrong_gradient


def _blocked_gradient(W, X, y, rows, **mistakes):
    """Return X.T (P - Y) / m, one block of rows after the other."""
    if mistakes:
        return _wrong_gradient(W, X, y, rows, **mistakes)
    G = np.zeros(W.shape)
    for start in range(0, len(X), rows):
        part, labels = X[start : start + rows], y[start : start + rows]
        Z = part @ W
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        P[np.arange(len(labels)), labels] -= 1
        G += part.T @ P
    return G / len(X)


def _batches(rng):
    """Draw weights, examples, labels and lengths of blocks; m is not always a multiple of it."""
    found = []
    for (m, n, rows), (Z, y) in zip(((5, 4, 2), (3, 2, 2), (4, 4, 3)), _labelled(rng), strict=True):
        W, X = rng.normal(0, 1, (n, Z.shape[1])), rng.normal(0, 1, (m, n))
        found.append((W.round(2), X.round(2), y, rows))
    W, X = rng.normal(0, 1, (2, 3)).round(2), rng.integers(0, 256, (7, 2), np.uint8)
    return [*found, (W / 100, X, rng.integers(0, 3, 7), 3)]


def _many_scores(answer):
    """Say that an answer needs as much memory with short blocks as with one block of all rows, or more."""
    m, k = 2000, 200
    X, y, W = np.ones((m, 1)), np.arange(m) % k, np.zeros((1, k))
    short, one = (peak_memory(answer, W, X, y, rows) for rows in (4, m))
    if short > 1.5 * one:
        return TURNED
    return ALL_ROWS if short > 0.75 * one else ""


ALL_ROWS = (
    "holds the scores of all m rows at once. Blocks are for never having more than `rows` rows of them: multiply, and "
    "take exponentials, inside the loop."
)
TURNED = (
    "needs the more memory, the shorter the blocks are. `rows` is how many rows a block has, not how many blocks there "
    "are."
)
FIRST = (
    "Only the first block counts. A block goes from start to start + rows; add each to the sum, and `return` after the "
    "loop."
)
LAST = "Only the last block counts. Add each block to the sum with +=."
SHORT = (
    "The last block is missing, the one with fewer rows. range(0, m, rows) reaches it, and a slice that ends beyond m "
    "ends at m."
)
TWICE = "Some rows are in several blocks. One block starts where the one before it ends: range(0, m, rows)."
ENDS = "A block does not have all of its rows. It goes from start to start + rows."
PIXELS = (
    "X is negated, and pixels of type uint8 have no sign: -1 becomes 255. Take P - Y in place of Y - P, and no minus."
)
TYPE = (
    "The result was cut to whole numbers where W holds whole numbers. np.zeros_like(W) has the type of W; make one of "
    "floats, np.zeros(W.shape)."
)
NUMBER = (
    "rows is taken for the number of blocks. It is the length of one: blocks start at 0, rows, 2 * rows, and so on, "
    "range(0, m, rows)."
)
EVEN = (
    "m need not be a multiple of rows. Slice X[start : start + rows] with start in range(0, m, rows): the last block "
    "is just shorter."
)
X7 = np.array([[1.0, -0.5], [0.0, 2.0], [1.5, 1.0], [-1.0, 0.5], [0.25, -2.0], [2.0, 0.0], [-0.5, 1.0]])
W7 = np.array([[0.5, -1.0, 0.25], [1.0, 0.75, -0.5]])
Y7 = np.array([1, 0, 1, 1, 2, 0, 1])

blocked_gradient = Exercise(
    "04-blocked-gradient",
    _blocked_gradient,
    sizes=lambda W, X, y, rows: {"m": len(X), "k": W.shape[1]},
    tries=(
        (np.array([[0.0, 1.0]]), np.array([[2.0], [1.0], [4.0]]), np.array([0, 1, 1]), 2),
        *((W7, X7, Y7, rows) for rows in (7, 3, 2, 9, 1)),
        (W7, X7[:6], Y7[:6], 3),
        (
            np.zeros((2, 3), int),
            np.array([[0, 1], [1, 1], [0, 0], [1, 0], [2, 3]], np.uint8),
            np.array([1, 0, 1, 1, 0]),
            2,
        ),
        (np.array([[1, 0], [0, -1]]), np.array([[3, 200], [0, 90], [255, 1]], np.uint8) // 50, np.array([0, 1, 1]), 1),
        (np.array([[0.01, -0.02]]), np.array([[200], [100], [255]], np.uint8), np.array([1, 1, 0]), 2),
        (APART, np.eye(3), np.array([1, 0, 0]), 2),
        (FAR, np.eye(2), np.array([2, 1]), 2),
        (np.array([[-1e4, -1e4 - 2, -1e4 - 1]]), np.array([[1.0]]), np.array([1]), 1),
        (np.array([[800.0, 0.0, -400.0]]), np.array([[1.0]]), np.array([1]), 1),
        (np.array([[2.0], [-1.0]]), np.array([[1.0, 0.5], [0.0, 2.0], [1.0, 1.0]]), np.array([0, 0, 0]), 2),
    ),
    draw=_batches,
    properties=(
        Property(NAN, lambda G, W, X, y, rows: np.isfinite(G).all()),
        Property(
            "Each row of the gradient must sum to 0, and some row does not: what is added to one class's weight is "
            "taken from the others'. Look at P - Y, whose rows must sum to 0 as well.",
            lambda G, W, X, y, rows: np.allclose(G.sum(axis=1), 0, atol=1e-4),
        ),
    ),
    demands=(Demand("few scores at a time", _many_scores),),
    causes=(
        (
            r"zero-size array to reduction|non-empty|empty",
            "A block is empty. range(0, m, rows) starts one only where a row is left.",
        ),
        (
            r"index (\d+) is out of bounds for axis 0",
            r"Index \1 is beyond the last row of a block. The last block may be shorter: count its own rows, "
            r"np.arange(len(labels)).",
        ),
        (
            r"shape mismatch: indexing arrays",
            "A block has as many labels as rows: cut y as you cut X, and pair them by np.arange(len(labels)). The last "
            "block may be shorter.",
        ),
    ),
    switches={
        "blocks": {
            "none": "",
            "first": FIRST,
            "last": LAST,
            "first block again": "Every block is the first one. A block goes from start to start + rows.",
            "all but the first": "The first block is missing. The first one starts at 0.",
            **dict.fromkeys(("all but the last", "full", "full, at least one"), SHORT),
            **dict.fromkeys(("overlapping", "overlapping, inside"), TWICE),
            **dict.fromkeys(("first rows", "a row short"), ENDS),
            "a row more": "Some rows are in two blocks. A slice ends before its end: start + rows is right.",
            "stops early": "The last row is missing where it is a block of its own. range(0, m, rows) reaches it.",
            "ends at rows": "Every block ends at rows. It goes from start to start + rows.",
            **dict.fromkeys(
                ("by number", "by number, full"),
                "Block i starts at row i here. It must start at row i * rows: range(0, m, rows) gives these starts.",
            ),
            "rows parts": NUMBER,
            **dict.fromkeys(("even parts", "even parts, floor", "even shapes"), EVEN),
            "floor parts": "m // rows is 0 where rows is more than m, and nothing can be cut into 0 parts. Slice with "
            "range(0, m, rows): then one block holds all rows.",
            "starts at 1": "The first row is missing. The first block starts at 0.",
        },
        "cut": {
            "first": "Every block was given the labels of the first one. Cut y as you cut X.",
            "last": "Every block was given the last labels. Cut y as you cut X.",
            **dict.fromkeys(("not", "not, by index"), "Every block was given all labels. Cut y as you cut X."),
            "rows counted": "The last block may hold fewer than `rows` rows. Count its own: np.arange(len(labels)).",
        },
        "divide": {
            "none": "The sum over the rows is right. Divide it by m for the mean.",
            "means added": "It adds up the blocks' means. Add up the sums, and divide by m once, at the end.",
            "mean of means": "It takes the mean of the blocks' means. The last block may be shorter, so its rows count "
            "more: add up the sums, and divide by m.",
            "by rows, added": "It divides by rows. Divide by m, the number of all rows, once, at the end.",
            "full blocks": "It divides by the rows of full blocks, but the last one may be shorter. Divide by m.",
            "number of blocks": "It divides by the number of blocks. Divide by m, the number of rows.",
            "first mean": FIRST,
            "last mean": LAST,
            "last rows": "It divides by the rows of the last block. Divide by m, the number of all rows.",
            "k": "It is divided by the number of classes. Divide by m, the number of rows.",
            "n": "It is divided by the number of features. Divide by m, the number of rows.",
            "m - 1": "It is divided by m - 1. A mean over the rows divides by m.",
            "entries": "It is divided by the classes as well. Divide by m, the number of rows.",
            **dict.fromkeys(
                ("m and number", "m and rows"),
                "It is divided a second time, by the blocks or by their length. Divide by m alone, once, at the end.",
            ),
            "twice": "It is divided by m twice. Once is enough, at the end.",
            **dict.fromkeys(
                ("running", "running means"),
                "The division stands inside the loop, so that early blocks are divided "
                "many times. Divide once, at the end.",
            ),
        },
        "label": LABELS["label"],
        "sign": {-1: "The sign is wrong. It is P - Y: with Y - P this points downhill."},
        "product": {
            "no X": "X is not in the result. Each weight's share is its input, x, times p - Y.",
            "none": "This is P - Y, not the gradient in the weights. Each weight's share is its input times this.",
            "turned": "It is the transpose of what is right. Rows of W are features: X.T @ (P - Y).",
            "minus X": PIXELS,
            "reshape": "reshape is not a transpose: it keeps the order of the numbers. Use .T.",
        },
        **SOFTMAX,
        "total": SWITCHES["total"],
        "after": {
            **dict.fromkeys(("whole", "whole sum"), TYPE),
            **dict.fromkeys(
                ("added in place", "added to pixels"),
                "The sum has the type of W or of X, and += cannot put fractions into whole numbers. Begin with floats: "
                "np.zeros(W.shape).",
            ),
            "step": "These are weights after a step. Return the gradient itself.",
            "nan to 0": "",
            **dict.fromkeys((2, 3, 4), "The gradient is rounded. Return it as it is; rounding is for printing."),
        },
    },
    may_not_call=("coursekit.full_batch.FullBatchLoss",),
)
