"""Measure what notebook 15 tells of L-BFGS on all of MNIST: notebooks/results/15_faster_descent.json. Three minutes.

    python -m benchmarks.results_15_faster_descent

Five ways down the same loss, one after the other: softmax regression on all of MNIST, pixels in [0, 1] and a bias, in
float32. The clock of each runs from the data on, so it counts the copy that FullBatchLoss makes and the preconditioner.
Times are of one machine, which the file describes; run it on a quiet one.
"""

import json
from functools import partial
from itertools import takewhile
from pathlib import Path
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.results_04_integers_and_floats import machine
from coursekit import datasets, full_batch, metrics, optim, preprocessing, softmax

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "15_faster_descent.json"
L2, TARGET, ENOUGH = 1e-4, 0.26, 0.92  # penalty, objective and test accuracy to reach
LONGEST = 60  # seconds of a descent that never ends by itself
APART, PAUSE = 1.06, 0.03  # a factor and seconds: so much later are the next weights that are kept
RATE, ROLLING = 1.2, 2.0  # the best each after 200 steps, plain (1.5 jumps) and with momentum 0.9 (4 jumps)
BATCH, BATCHES, FIRST = 256, 60_000, 0.5  # rows a batch, steps, and the rate that falls to 0 along half a cosine


class Course:
    """What one descent leaves behind: weights at some moments, and the loss at every call.

    Attributes
    ----------
    kept : list of (float, ndarray)
        Seconds since the start, and the weights then.
    calls : list of (float, float)
        Seconds since the start, and the loss that a call gave.
    """

    def __init__(self):
        self.kept, self.calls, self.start = [], [], perf_counter()

    def seconds(self):
        """Return the seconds since the start."""
        return perf_counter() - self.start

    def watch(self, W):
        """Keep the weights if the last ones are old enough."""
        if not self.kept or self.seconds() > APART * self.kept[-1][0] + PAUSE:
            self.kept.append((self.seconds(), W))

    def noting(self, loss):
        """Return a loss that notes each call of it."""

        def noted(W, *batch):
            value, dW = loss(W, *batch)
            self.calls.append((self.seconds(), value))
            return value, dW

        return noted

    def for_a_while(self, steps):
        """Yield the steps that begin in time."""
        return takewhile(lambda step: self.seconds() < LONGEST, steps)


def descent(X, y, course, *, rate, update=None, stop=None):
    """Descend with all the data in each step and return the weights."""
    loss, steps = full_batch.FullBatchLoss(X, y, l2=L2), stop or 1_000_000
    W, clock = np.zeros(loss.shape, np.float32), {"watch": course.watch, "progress": course.for_a_while}
    return optim.train(course.noting(loss), W, steps=steps, learning_rate=rate, update=update, **clock).W


def minibatches(X, y, course, *, stop=None):
    """Descend with a few rows in each step and return the weights."""
    loss, rate = partial(softmax.softmax_loss, l2=L2), optim.cosine_decay(FIRST, steps=BATCHES)
    W, batches = np.zeros((X.shape[1], 10), np.float32), optim.minibatches(X, y, BATCH, np.random.default_rng(0))
    options = {"steps": stop or BATCHES, "learning_rate": rate, "batches": batches, "watch": course.watch}
    with threadpool_limits(1):  # on products this small a second thread costs more than it brings
        return optim.train(course.noting(loss), W, **options).W


def lbfgs(X, y, course, *, preconditioned, stop=None):
    """Descend by L-BFGS until float32 sees no more progress, and return the weights."""
    loss = full_batch.FullBatchLoss(X, y, l2=L2)
    A = loss.preconditioner() if preconditioned else None
    options = {"steps": stop or 500, "tolerance": 1e-9, "preconditioner": A, "watch": course.watch}
    return optim.lbfgs(course.noting(loss), np.zeros(loss.shape, np.float32), **options).W


WAYS = {
    "plain descent": partial(descent, rate=RATE),
    "momentum": partial(descent, rate=ROLLING, update=optim.momentum(0.9)),
    "minibatches": minibatches,
    "L-BFGS": partial(lbfgs, preconditioned=False),
    "L-BFGS, preconditioned": partial(lbfgs, preconditioned=True),
}


def prepared():
    """Return training and test images as float32 in [0, 1] with a column of ones, and their labels."""
    data = datasets.load("mnist")
    X, X_test = (preprocessing.add_bias(part.astype(np.float32) / 255) for part in (data.X_train, data.X_test))
    return X, data.y_train, X_test, data.y_test


def run(name, X, y, stop=None):
    """Go one way down and return its course, the last weights among those kept."""
    course = Course()
    W = WAYS[name](X, y, course, stop=stop)
    course.kept.append((course.seconds(), W))
    return course


def row(name, course, exact, X_test, y_test):
    """Return one way's part of the file; ``exact`` is the loss in float64."""
    seconds, weights = zip(*course.kept, strict=True)
    objective = exact(np.array(weights, float))[0]
    accuracy = [metrics.accuracy(softmax.predict(W, X_test), y_test) for W in weights]
    rows = BATCH if name == "minibatches" else len(exact.X)
    losses = list(zip(seconds, objective, strict=True)) if rows == BATCH else course.calls  # a batch's loss is not it
    there = first(value <= TARGET for _, value in losses)
    right = first(share >= ENOUGH for share in accuracy)
    return {
        "name": name,
        "calls": len(course.calls),
        "rows_a_call": rows,
        "to_target": None if there is None else digits(losses[there][0]),
        "calls_to_target": None if there is None or rows == BATCH else there + 1,
        "to_enough": None if right is None else digits(seconds[right]),
        "head": [digits(value, 7) for _, value in course.calls[:5]],
        "seconds": [digits(second) for second in seconds],
        "objective": [digits(value, 8) for value in objective],
        "accuracy": accuracy,
    }


def first(found):
    """Return where the first true value stands, or None."""
    return next((at for at, true in enumerate(found) if true), None)


def digits(value, count=4):
    """Return a number with so many digits, for a small file."""
    return float(f"{value:.{count}g}")


def main():
    """Measure everything and write the file."""
    X, y, X_test, y_test = prepared()
    courses = {name: run(name, X, y) for name in WAYS}
    exact = full_batch.FullBatchLoss(X.astype(float), y, l2=L2)
    best, A = courses["L-BFGS, preconditioned"].kept[-1][1], exact.preconditioner()
    least = exact(optim.lbfgs(exact, best.astype(float), preconditioner=A, tolerance=1e-13).W)[0]
    result = {"command": "make results", "machine": machine(), "shape": [*X.shape, 10], "l2": L2, "target": TARGET}
    result |= {"enough": ENOUGH, "longest": LONGEST, "least": digits(least, 8)}
    result["runs"] = [row(name, course, exact, X_test, y_test) for name, course in courses.items()]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result) + "\n")
    print(json.dumps(result["machine"]), f"least loss {least:.7f}")
    for made in result["runs"]:
        there, end = made["to_target"] or float("nan"), made["objective"][-1] - least
        print(f"{made['name']:24} {there:6.1f} s to {TARGET}, {made['to_enough']} s to {ENOUGH:.0%}; end + {end:.6f}")


if __name__ == "__main__":
    main()
