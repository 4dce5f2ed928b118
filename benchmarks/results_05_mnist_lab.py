"""Recompute what notebook 05 tells of long runs: notebooks/results/05_mnist_lab.json. About ten minutes.

    python -m benchmarks.results_05_mnist_lab

Each run is the lab's: full-batch descent on all 60000 images of MNIST, 1500 iterations, learning rate 0.75. They differ
in one thing each: the start, the threshold, the decay, a bias.
"""

import json
from pathlib import Path

import numpy as np
from tqdm import tqdm

from coursekit import datasets, full_batch, metrics, optim, preprocessing, softmax

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "05_mnist_lab.json"
STEPS, RATE, EVERY = 1500, 0.75, 10


def pixels(images, threshold, bias):
    """Return binary pixels, or pixels in [0, 1] where the threshold is None."""
    X = images.astype(np.float32) / 255 if threshold is None else preprocessing.binarise(images, threshold)
    return preprocessing.add_bias(X) if bias else X


def starts(n, k=10):
    """Return the three starts that students use, each from its own seed."""
    return {
        "uniform": np.random.default_rng(0).random((n, k)),
        "zeros": np.zeros((n, k)),
        "normal": np.random.default_rng(0).normal(size=(n, k)),
    }


def lab_loss(data, *, threshold=100, bias=False):
    """Return the loss over the training images as the lab prepares them."""
    return full_batch.FullBatchLoss(pixels(data.X_train, threshold, bias), data.y_train)


def summary(W, data, threshold, bias):
    """Return the accuracies of one set of weights, the test set also by halves."""
    test = softmax.predict(W, pixels(data.X_test, threshold, bias)) == data.y_test
    train = softmax.predict(W, pixels(data.X_train, threshold, bias))
    return {
        "train_accuracy": metrics.accuracy(train, data.y_train),
        "test_accuracy": float(test.mean()),
        "first_5000": float(test[:5000].mean()),
        "last_5000": float(test[5000:].mean()),
    }


def run(data, name, *, start="zeros", threshold=100, decay=0.95, bias=False):
    """Train as the lab does and return one row of the results."""
    loss = lab_loss(data, threshold=threshold, bias=bias)
    W = starts(loss.shape[0])[start].astype(np.float32)
    rate = optim.step_decay(RATE, factor=decay, every=50)
    history = optim.train(loss, W, steps=STEPS, learning_rate=rate, progress=lambda steps: tqdm(steps, name))
    setting = {"start": start, "threshold": threshold, "decay": decay, "bias": bias}
    final = {"loss": loss(history.W)[0], **summary(history.W, data, threshold, bias)}
    return {"name": name, **setting, **final, "every": EVERY, "losses": history.loss[::EVERY].tolist()}


def best_linear(data, l2):
    """Return the row of a converged fit with bias on pixels in [0, 1]: what a linear softmax can reach at all."""
    loss = full_batch.FullBatchLoss(pixels(data.X_train, None, True).astype(float), data.y_train, l2=l2)
    W = optim.lbfgs(loss, np.zeros(loss.shape), tolerance=1e-9, preconditioner=loss.preconditioner()).W
    return {"name": "converged", "l2": l2, "loss": loss(W)[0], **summary(W, data, None, True)}


def main():
    """Run everything and write the file."""
    data = datasets.load("mnist")
    rows = [
        run(data, "uniform start", start="uniform"),
        run(data, "zero start"),
        run(data, "normal start", start="normal"),
        run(data, "threshold 40", threshold=40),
        run(data, "threshold 120", threshold=120),
        run(data, "pixels / 255", threshold=None),
        run(data, "no decay", decay=1.0),
        run(data, "with bias", bias=True),
        best_linear(data, 1e-4),
    ]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"command": "make results", "steps": STEPS, "rate": RATE, "runs": rows}, indent=1) + "\n")
    for row in rows:
        shares = f"test {row['test_accuracy']:.2%}  last half {row['last_5000']:.2%}"
        print(f"{row['name']:14} loss {row['loss']:.4f}  {shares}")


if __name__ == "__main__":
    main()
