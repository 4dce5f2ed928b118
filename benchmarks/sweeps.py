"""Several settings trained side by side, their weights in one product, beside one after the other.

python -m benchmarks.sweeps
"""

import numpy as np

from benchmarks.inputs import pixels_and_labels
from benchmarks.race import race, table
from coursekit import full_batch, optim

STEPS, TARGETS = 3, {4: None, 16: 2.0}  # by number of settings


def lines():
    """Return the lines of this part of the table."""
    X, y = pixels_and_labels()
    loss, found = full_batch.FullBatchLoss(X.astype(np.float32), y, k=10), []
    for s, target in TARGETS.items():
        rates, start = np.logspace(-2, 0, s), np.zeros(loss.shape, np.float32)

        def together(rates=rates, start=start):
            return optim.train(loss, np.stack([start] * len(rates)), steps=STEPS, learning_rate=rates).loss.T

        def in_turn(rates=rates, start=start):
            return [optim.train(loss, start, steps=STEPS, learning_rate=rate).loss for rate in rates]

        if not np.allclose(together(), in_turn(), rtol=1e-4):
            raise AssertionError("side by side and one after the other, the losses differ")
        contenders = {"a stack": together, "one after the other": in_turn}
        found += race(f"{s} learning rates, {STEPS} steps each", contenders, targets={"one after the other": target})
    return found


if __name__ == "__main__":
    print(table(lines()))
