"""Measure what notebook 11 cannot on every machine: notebooks/results/11_fashion_mnist.json. One minute.

    python -m benchmarks.results_11_fashion_mnist

PyTorch's losses from a known start on known batches, for those who do not have it; and our step beside PyTorch's, all
on one thread. Times are of the machine that the file describes; run it on a quiet one. Needs PyTorch.
"""

import json
from pathlib import Path

import numpy as np

from benchmarks.inputs import pixels_and_labels
from benchmarks.minibatch import epochs
from benchmarks.race import race
from benchmarks.results_04_integers_and_floats import machine
from coursekit import datasets

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "11_fashion_mnist.json"
RATE, SIZES = 0.2, (64, 256)
PEERS = ("PyTorch, one thread", "PyTorch, no autograd", "gather and products")


def known_problem():
    """Return W, b and batches that are the same on every machine: 22 batches of scikit-learn's digits."""
    digits, rng = datasets.load("digits"), np.random.default_rng(0)
    W, A, y = rng.normal(0, 0.01, (64, 10)), digits.X_train / 16, digits.y_train
    return W, np.zeros(10), [(A[i : i + 64], y[i : i + 64]) for i in range(0, 22 * 64, 64)]


def torch_losses(W, b, batches, rate):
    """Return PyTorch's loss of each batch, before its step."""
    import torch

    layer = torch.nn.Linear(*W.shape, dtype=torch.float64)
    layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
    descent, losses = torch.optim.SGD(layer.parameters(), lr=rate), []
    for A, labels in batches:
        loss = torch.nn.functional.cross_entropy(layer(torch.tensor(A)), torch.tensor(labels))
        descent.zero_grad()
        loss.backward()
        descent.step()
        losses.append(loss.item())
    return losses


def raced(X, y, batch_size, **options):
    """Return what a step of ours takes, and how many times as long the peers take for one."""
    contenders = epochs(X, y, batch_size)
    lines = race("an epoch", {name: contenders[name] for name in ("minibatch.train", *PEERS)}, **options)
    step = lines[0].seconds / -(-len(X) // batch_size)
    return {"microseconds": 1e6 * step} | {line.peer: line.ratio for line in lines}


def rounded(value):
    """Return all times and ratios in it with three digits."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return float(f"{value:.3g}")


def main():
    """Measure everything and write the file."""
    import torch

    X, y = pixels_and_labels()
    losses = torch_losses(*known_problem(), RATE)
    measured = {"race": {B: raced(X.astype(np.float32), y, B) for B in SIZES}}
    result = {"command": "make results", "machine": machine(), "torch": torch.__version__.split("+")[0]}
    result |= rounded(measured) | {"losses": losses}
    OUT.write_text(json.dumps(result) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
