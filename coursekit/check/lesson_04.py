"""Checks of notebook 04, integers and floats: one conversion, the cost of a step, a sum over blocks of rows."""

import contextlib
import io
import tracemalloc

import numpy as np

from coursekit import softmax
from coursekit.check.core import Trial


def prepare(answer):
    """Check ``prepare(X) -> X``: uint8 pixels to float32 in [0, 1], row after row in memory.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "prepare")
    pixels = np.array([[0, 51, 102, 204], [7, 100, 3, 8], [101, 30, 1, 238]], dtype=np.uint8)
    right = pixels / 255
    mistakes = [
        (pixels, "the pixels came back as 0 to 255; divide them by 255."),
        (pixels // 255, "// divides in whole numbers and throws the rest away; / keeps it."),
        (pixels / 256, "the largest pixel is 255, so that is what becomes 1; this divides by 256."),
        (
            pixels / pixels.max(),
            "divides by the largest pixel of these images. The next images have another: take 255.",
        ),
        (pixels > 100, "the greys are gone: these are zeros and ones. Scale here, do not cut."),
        (pixels / 127.5 - 1, "the pixels lie in [-1, 1]; they must lie in [0, 1]."),
        (1 - right, "black and white are swapped: 255 becomes 1."),
        (right / 255, "divided by 255 twice."),
    ]
    for order in "CF":
        X = trial(np.array(pixels, order=order))
        trial.require(
            isinstance(X, np.ndarray), f"must return an array, which has a number type; got {type(X).__name__}."
        )
        trial.equal(X, right, what="X", mistakes=mistakes, tolerance=1e-3)
        _number_type(trial, X)
        trial.require(
            X.flags.c_contiguous,
            "keeps the memory order of its input, here column after column. The memory order must be row after row: "
            'say order="C", or np.ascontiguousarray.',
        )
    trial.passed()


def _number_type(trial, X):
    """Fail unless the numbers are float32, and say where the other type comes from."""
    reasons = {
        np.float64: "whole numbers divided by 255 become float64, twice the memory. Convert to float32 first.",
        np.float16: "three digits, and slow on a processor that must widen every number first.",
    }
    reason = reasons.get(X.dtype.type, "convert with .astype(np.float32).")
    trial.require(X.dtype == np.float32, f"must return float32; got {X.dtype}: {reason}")


def iteration_cost(answer):
    """Check ``iteration_cost(m, n, k, itemsize) -> (flops, bytes)`` of one full-batch step.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "iteration_cost")
    for m, n, k, itemsize in ((7, 4, 5, 8), (60000, 784, 10, 4), (1000, 30, 2, 1)):
        flops, nbytes = trial.parts(trial(m, n, k, itemsize), "flops", "bytes")
        swapped = np.array_equal(flops, m * n * itemsize) and np.array_equal(nbytes, 4 * m * n * k)
        trial.require(not swapped, "returned (bytes, flops); the order is (flops, bytes).")
        trial.equal(flops, 4 * m * n * k, what="flops", mistakes=_wrong_flops(m, n, k))
        trial.equal(nbytes, m * n * itemsize, what="bytes", mistakes=_wrong_bytes(m, n, k, itemsize))
    trial.passed()


def _wrong_flops(m, n, k):
    """List what known mistakes make of the number of operations."""
    return [
        (
            2 * m * n * k,
            "half of the operations are missing. There are two products, and in each every multiplication comes with "
            "an addition.",
        ),
        (m * n * k, "these are the multiplications of one product. Count the additions too, and the second product."),
        (4 * m * n * k / 1e9, "in units of 10^9; return the plain number."),
        (4 * m * n, "the number of classes k is missing: each pixel goes into k scores."),
        (2 * (m + n) * k, "the lengths are added; a product does m * n * k multiplications."),
    ]


def _wrong_bytes(m, n, k, itemsize):
    """List what known mistakes make of the number of bytes."""
    return [
        (m * n, "these are numbers, not bytes: multiply by itemsize."),
        (8 * m * n * itemsize, "these are bits; itemsize is in bytes already."),
        (2 * m * n * itemsize, "X is counted twice. One reading is enough if both products are done block by block."),
        (m * n * itemsize / 1e6, "in units of 10^6; return the plain number."),
        (n * k * itemsize, "these are the bytes of W, which stays in the cache; X is what must come from memory."),
        ((m * n + n * k + m * k) * itemsize, "W and the scores are counted too; count X alone, which is nearly all."),
        (m * n * k * itemsize, "X does not grow with the number of classes: leave k out."),
    ]


def blocked_gradient(answer):
    """Check ``blocked_gradient(W, X, y, rows) -> dW``, the gradient as a sum over blocks of rows.

    Parameters
    ----------
    answer : callable
        The student's function.

    Raises
    ------
    CheckFailed
        With a hint that names the idea that is wrong.
    """
    trial = Trial(answer, "blocked_gradient")
    rng = np.random.default_rng(4)
    W, X, y = rng.normal(size=(4, 3)), rng.normal(size=(7, 4)), np.array([2, 0, 1, 1, 0, 2, 1])
    for rows in (7, 3, 2, 9):
        right = softmax.softmax_loss(W, X, y)[1]
        trial.equal(trial(W, X, y, rows), right, what="dW", mistakes=_wrong_sums(W, X, y, rows), hint=_where(rows))
    dark = rng.integers(0, 2, (7, 4)).astype(np.uint8)
    whole = np.zeros((4, 3), int)  # a sum that takes the type of W cannot hold fractions
    trial.equal(
        trial(whole, dark, y, 3),
        softmax.softmax_loss(whole, dark, y)[1],
        what="dW",
        mistakes=[(np.zeros((4, 3)), "W was of whole numbers, and the sum took its type and lost every fraction.")],
        hint="X was uint8 and W of whole numbers this time: the sum needs a floating type of its own.",
    )
    tall = trial(W * 1e4, X, y, 3)
    trial.require(
        np.isfinite(np.asarray(tall, float)).all(),
        "overflows on large scores: take the largest score of each row away before the exponential.",
    )
    trial.equal(tall, softmax.softmax_loss(W * 1e4, X, y)[1], what="dW on large scores")
    trial.require(
        not holds_all_scores(answer),
        "holds the scores of all m rows at once. Blocks are for never having more than `rows` rows of them.",
    )
    trial.passed()


def _where(rows):
    """Name the block length that was tried."""
    return f"X had 7 rows, in blocks of {rows}."


def _wrong_sums(W, X, y, rows):
    """List what known mistakes make of the gradient."""
    m, k = len(X), W.shape[1]
    blocks = [slice(i, i + rows) for i in range(0, m, rows)]
    sums = [_sum(W, X[block], y[block]) for block in blocks]
    over_examples = softmax.softmax((X @ W).T).T - np.eye(k)[y]
    mistakes = [
        (sum(sums), "the sum over the rows is right; divide it by m for the mean."),
        (-sum(sums) / m, "the sign is wrong: the gradient is X^T (P - Y) / m."),
        (X.T @ softmax.softmax(X @ W) / m, "Y is never taken away: the gradient is X^T (P - Y) / m."),
        (X.T @ over_examples / m, "the softmax ran down the columns, over examples; each row must sum to 1."),
    ]
    return mistakes if len(blocks) == 1 else mistakes + _wrong_blocks(W, X, y, blocks, sums)


def _wrong_blocks(W, X, y, blocks, sums):
    """List what known mistakes make of the sum over several blocks."""
    m, rows, last = len(X), blocks[0].stop, len(X[blocks[-1]])
    means = [part / len(X[block]) for part, block in zip(sums, blocks, strict=True)]
    stale = sum(_sum(W, X[block], y[:rows][: len(X[block])]) for block in blocks)
    alone, missing = "only the last block is left: add each block to the sum with +=.", "the last block is missing"
    return [
        (
            np.mean(means, axis=0),
            "takes the mean of the blocks' means. The last block is shorter: its rows count more.",
        ),
        (sum(means), "adds up the blocks' means. Add up the sums, and divide by m once, at the end."),
        (
            sum(sums) / (rows * len(sums)),
            "divides by the rows of full blocks, but the last one is shorter. Divide by m.",
        ),
        (sums[-1] / m, alone),
        (means[-1], alone),
        (sum(sums[:-1]) / m, f"{missing}, the one with fewer rows."),
        (sum(sums[:-1]) / (m - last), f"{missing}, the one with fewer rows."),
        (stale / m, "every block was given the labels of the first one: cut y as you cut X."),
    ]


def _sum(W, X, y):
    """Return the gradient of the summed loss over a few rows."""
    return len(X) * softmax.softmax_loss(W, X, y)[1]


def holds_all_scores(answer):
    """Say whether an answer to ``blocked_gradient`` makes arrays as tall as X.

    Parameters
    ----------
    answer : callable
        The student's function.

    Returns
    -------
    bool
        Whether its memory peaks above 1.8 times what the scores of all rows take: the scores and one more of their
        size. One-hot labels of all rows alone stay below.

    Examples
    --------
    >>> from coursekit import softmax
    >>> holds_all_scores(lambda W, X, y, rows: softmax.softmax_loss(W, X, y)[1])
    True
    """
    m, n, k = 2000, 3, 40
    X, y, W = np.ones((m, n)), np.arange(m) % k, np.zeros((n, k))
    tracemalloc.start()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            answer(W, X, y, 50)
        return tracemalloc.get_traced_memory()[1] > 1.8 * m * k * X.itemsize
    finally:
        tracemalloc.stop()
