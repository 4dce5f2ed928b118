"""Repeat the report's training on all of Fashion-MNIST for notebook 11: notebooks/results/11_clothes.json. Two minutes.

    COURSEKIT_DATA=FOLDER python -m benchmarks.results_11_clothes

Five epochs in batches of 512 at rate 0.2, from ten seeds: from scratch (weights from N(0, 0.01)), and with PyTorch's
layer, loss and optimiser as they come. A seed draws the split into 6000 and 1000 images of each class, the start and
the order, so the files may be the published ones or those that ``python -m benchmarks.clothes FOLDER`` writes. Besides,
the time of one pass with as many reading processes as the report had. Runs that are stored are kept, and the
readers are timed anew. Needs all 70,000 images, and PyTorch.
"""

import json
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks import clothes, keys
from benchmarks.results_04_integers_and_floats import machine
from benchmarks.results_15_faster_descent import digits
from coursekit import datasets, minibatch, reading
from coursekit.metrics import accuracy

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "11_clothes.json"
BATCH, RATE, EPOCHS, SEEDS, WORKERS = 512, 0.2, 5, range(10), (0, 4, 40, 80)
CODE = ("minibatch.py",)


def all_images():
    """Return the images of each class, (10, 7000, 784), whatever the split of the files."""
    data = datasets.load("fashion_mnist")
    X, y = np.vstack([data.X_train, data.X_test]), np.hstack([data.y_train, data.y_test])
    if np.bincount(y).tolist() != [7000] * 10:
        raise ValueError(f"results_11_clothes needs 7000 images of each class; COURSEKIT_DATA has {np.bincount(y)}.")
    return X[y.argsort(kind="stable")].reshape(10, 7000, -1)


def from_scratch(parts, seed, epochs=EPOCHS):
    """Return the test accuracy after each epoch, and the first three losses."""
    X, y, X_test, y_test = parts
    rng = np.random.default_rng(seed)
    W, b, seen, first = rng.normal(0, 0.01, (784, 10)), np.zeros(10), [], []
    for _ in range(epochs):
        options = {"batch_size": BATCH, "learning_rate": RATE}
        made = minibatch.train(X, y, [rng.permutation(len(y))], W=W, b=b, **options)
        W, b, first = made.W, made.b, first or made.loss[:3].tolist()
        seen.append(accuracy((X_test / 255 @ W + b).argmax(axis=1), y_test))
    return {"test": [digits(share) for share in seen], "first_losses": [digits(value, 9) for value in first]}


def in_torch(parts, seed):
    """Return PyTorch's test accuracy after each epoch: its own start, its own order."""
    import torch

    X, X_test = (torch.tensor(images).float() / 255 for images in parts[::2])
    y, y_test = (torch.tensor(labels).long() for labels in parts[1::2])
    torch.manual_seed(seed)
    layer = torch.nn.Linear(784, 10)
    descent, seen = torch.optim.SGD(layer.parameters(), lr=RATE), []
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(y)).split(BATCH):
            descent.zero_grad()
            torch.nn.functional.cross_entropy(layer(X[rows]), y[rows]).backward()
            descent.step()
        with torch.no_grad():
            seen.append((layer(X_test).argmax(dim=1) == y_test).float().mean().item())
    return {"test": [digits(share) for share in seen]}


def passes(X, y, workers):
    """Return the least seconds of eight passes in batches of 256, read by so many processes beside ours."""
    order = np.random.default_rng(0).permutation(len(y))
    if not workers:
        return min(_seconds(reading.by_batch(X, y, order, 256)) for _ in range(8))
    with reading.Readers(X, y, workers) as readers:
        return min(_seconds(readers.batches(order, 256)) for _ in range(8))


def _seconds(batches):
    """Return what it takes to read all batches."""
    start = perf_counter()
    for _ in batches:
        pass
    return perf_counter() - start


def stored(path=OUT):
    """Return the runs of the file that this code made, by their way and seed."""
    file = json.loads(path.read_text()) if path.exists() else {}
    made_by_this = file.get("code") == keys.code(*CODE)
    return {(run["way"], run["seed"]): run for run in file["runs"]} if made_by_this else {}


def main():
    """Run what is not stored yet, time the readers, and write the file."""
    images, kept = all_images(), stored()
    for seed in SEEDS:
        parts = clothes.split(images, seed)
        for way, run in {"from scratch": from_scratch, "PyTorch": in_torch}.items():
            if (way, seed) not in kept:
                kept[way, seed] = {"way": way, "seed": seed} | run(parts, seed)
            print(kept[way, seed], flush=True)
    about = {"command": "make results", "machine": machine(), "code": keys.code(*CODE)}
    taken = {workers: digits(passes(parts[0], parts[1], workers), 3) for workers in WORKERS}
    print(taken)
    OUT.write_text(json.dumps(about | {"runs": list(kept.values()), "seconds_by_workers": taken}) + "\n")


if __name__ == "__main__":
    main()
