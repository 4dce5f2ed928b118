"""Measure the full-batch iteration on 60000 x 784 x 10, from the lab's whole numbers to FullBatchLoss. Half a minute.

    python -m benchmarks.full_batch

All contenders take turns in one process and give the same loss and gradient. Exits with 1 if FullBatchLoss is less than
1.2 times as fast as the plain products in float32.
"""

import sys
from functools import partial

import numpy as np

from coursekit import datasets, preprocessing, softmax, timing

PLAIN, BEST, NEEDED = "float32, X @ W", "FullBatchLoss", 1.2
BLOCK = 2048  # rows


def pixels_and_labels(m=60000):
    """Return m rows of binary pixels and their labels: MNIST where it is at hand, else ink at random with its share."""
    if any(found.name == "mnist" and found.place != "absent" for found in datasets.available()):
        mnist = datasets.load("mnist")
        return preprocessing.binarise(mnist.X_train[:m], 100, dtype=np.uint8), mnist.y_train[:m]
    rng = np.random.default_rng(0)
    X = (rng.random((m, 784), dtype=np.float32) < 0.19 * 784 / 685).astype(np.uint8)
    X[:, :99] = 0  # as many columns without ink as MNIST has
    return X, rng.integers(0, 10, m)


def lab(theta, x, Y):
    """Return loss and gradient as the lab computes them; the speed depends on the number types alone."""
    Z = theta @ x.T  # (k, m)
    P = np.exp(Z - Z.max(axis=0))
    P /= P.sum(axis=0)
    return float(-np.log((Y * P).sum(axis=0)).mean()), (P - Y) @ x / len(x)


def in_place(theta, x, C, rows):
    """Return the same by blocks of rows, the scores being the only large array and C = Y x all that is left of Y."""
    total, G = 0.0, -C
    for start in range(0, len(x), rows):
        part = x[start : start + rows]
        Z = theta @ part.T  # (k, rows)
        top = Z.max(axis=0)
        np.exp(np.subtract(Z, top, out=Z), out=Z)
        sums = Z.sum(axis=0)
        total += float((np.log(sums) + top).sum(dtype=float))
        G += np.divide(Z, sums, out=Z) @ part
    return (total - float(np.vdot(theta, C))) / len(x), G / len(x)


def labs_with(types, X, y):
    """Return the lab's iteration with pixels of each type; theta is float32 for float16 and float32, else float64."""
    Y = preprocessing.one_hot(y, 10).T
    theta = np.random.default_rng(1).normal(0, 0.1, (10, X.shape[1]))
    made = {}
    for kind in types:
        small = kind in ("float16", "float32")
        weights, labels = (theta.astype(np.float32), Y.astype(np.float32)) if small else (theta, Y)
        made[kind] = partial(lab, weights, X.astype(kind), labels)
    return made


def rungs(X, y):
    """Return the contenders by name: functions without arguments that return loss and gradient (k, n)."""
    lab_forms = labs_with(("int32", "float64", "float32"), X, y)
    x = X.astype(np.float32)
    theta = np.random.default_rng(1).normal(0, 0.1, (10, X.shape[1])).astype(np.float32)
    C, fast = preprocessing.one_hot(y, 10, dtype=np.float32).T @ x, softmax.FullBatchLoss(x, y, k=10, block=BLOCK)
    return {
        "int32, the lab's start": lab_forms["int32"],
        "float64": lab_forms["float64"],
        "float32": lab_forms["float32"],
        PLAIN: lambda: _turned(softmax.softmax_loss(theta.T, x, y)),
        "softmax in place": lambda: in_place(theta, x, C, len(x)),
        "blocks of rows": lambda: in_place(theta, x, C, BLOCK),
        BEST: lambda: _turned(fast(theta.T)),
    }


def _turned(result):
    """Return loss and gradient with the gradient as (k, n)."""
    return result[0], result[1].T


def agree(contenders):
    """Raise unless all contenders give the same loss and gradient."""
    (name, first), *others = contenders.items()
    loss, G = first()
    for other, run in others:
        value, dW = run()
        if not (np.isclose(value, loss, rtol=1e-4) and np.allclose(dW, G, atol=1e-3 * np.abs(G).max())):
            raise AssertionError(f"{other} and {name} differ: losses {value:.6f} and {loss:.6f}")


def main():
    """Print the ladder and return the exit code."""
    contenders = rungs(*pixels_and_labels())
    agree(contenders)
    ladder = {rung.name: rung for rung in timing.ladder(contenders)}
    for rung in ladder.values():
        print(f"{rung.name:24} {rung.per_second:7.2f} it/s   x {rung.speedup:5.1f}")
    ratio = ladder[PLAIN].seconds / ladder[BEST].seconds
    print(f"{BEST} is {ratio:.2f} times as fast as {PLAIN}; needed: {NEEDED}")
    return 0 if ratio >= NEEDED else 1


if __name__ == "__main__":
    sys.exit(main())
