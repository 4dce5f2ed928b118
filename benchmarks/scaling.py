"""How the time of a step grows with examples, features and classes: slopes of straight lines through the logarithms.

    python -m benchmarks.scaling

A slope of 1 means that twice as much takes twice as long; on paper a step costs 4 m n k operations, so all three are 1.
"""

import numpy as np

from benchmarks.race import PAUSE
from coursekit import full_batch, timing

BASE = {"m": 20_000, "n": 784, "k": 10}
SIZES = {
    "m": (5_000, 10_000, 20_000, 40_000, 80_000),
    "n": (100, 200, 400, 800, 1600),
    "k": (2, 5, 10, 20, 40, 80),
}


def step(m, n, k):
    """Return a step of FullBatchLoss on ink at random, as a function without arguments."""
    rng = np.random.default_rng(0)
    X, y, W = rng.random((m, n), np.float32), np.arange(m) % k, rng.normal(0, 0.1, (n, k)).astype(np.float32)
    loss = full_batch.FullBatchLoss(X, y, k=k)
    return lambda: loss(W)


def slope(sizes, seconds):
    """Return the slope of the straight line that lies nearest to the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def measured():
    """Return for each of m, n and k the sizes and the seconds of a step."""
    found = {}
    for name, sizes in SIZES.items():
        contenders = {str(size): step(**{**BASE, name: size}) for size in sizes}
        seconds = timing.measure(contenders, rounds=7, number=3, pause=PAUSE)
        found[name] = (sizes, list(seconds.values()))
    return found


def report():
    """Return this part of the report."""
    rows = ["| a step against | from | to | times as much | takes times as long | slope |", "|---|---|---|---|---|---|"]
    for name, (sizes, seconds) in measured().items():
        rows.append(
            f"| {name} | {sizes[0]} | {sizes[-1]} | {sizes[-1] / sizes[0]:.0f} | {seconds[-1] / seconds[0]:.1f} | "
            f"**{slope(sizes, seconds):.2f}** |"
        )
    others = ", ".join(f"{name} = {size}" for name, size in BASE.items())
    return "\n".join([*rows, "", f"Where nothing else is said: {others}."])


if __name__ == "__main__":
    print(report())
