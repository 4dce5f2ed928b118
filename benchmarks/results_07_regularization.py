"""Recompute the sweep that notebook 07 tells of: notebooks/results/07_regularization.json. Three minutes.

    python -m benchmarks.results_07_regularization

The report's own setting: CIFAR-10, batches of 500, learning rate 0.01, 2000 steps, the L2 penalty at many strengths.
The report does not say whether its loss is the mean or the sum over a batch, so each strength runs three times. Needs
CIFAR-10 in the folder that COURSEKIT_DATA names, or in the cache. The stored file was made from a copy whose images had
been saved as JPEG in between; its ``digest`` tells which copy it was.
"""

import json
import zlib
from functools import partial
from pathlib import Path

import numpy as np

from coursekit import datasets, metrics, optim, penalty, preprocessing, softmax

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "07_regularization.json"
BATCH, RATE, STEPS, KEPT, HELD = 500, 0.01, 2000, 0.95, 5000
STRENGTHS = (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.6, 0.9, 1.2, 1.5, 3.0)
CODES = {  # what stands beside the penalty, and what the learning rate of 0.01 multiplies
    "mean": (1, RATE),
    "sum": (BATCH, RATE),
    "sum, steps as for the mean": (BATCH, RATE / BATCH),
}


def principal(F, kept=KEPT):
    """Return the mean of the features, and the fewest directions that keep a share of their variance."""
    mean = F.mean(axis=0)
    variance, directions = np.linalg.eigh(np.cov(F.T))
    count = np.searchsorted(np.cumsum(variance[::-1]) / variance.sum(), kept) + 1
    return mean, directions[:, ::-1][:, :count].astype(np.float32)


def features(images, image_shape):
    """Return the report's features: pixels in [0, 1], then HOG with cells of 4 x 4 pixels in blocks of 2 x 2."""
    shaped = images.reshape(-1, *image_shape).astype(np.float32)
    low, high = shaped.min(), shaped.max()
    return preprocessing.hog((shaped - low) / (high - low), cell=4, block=2).reshape(len(images), -1)


def prepared():
    """Return the features for training and for validation, each with its labels, and a digest of the images."""
    data = datasets.load("cifar10")
    F = features(data.X_train, data.image_shape)
    order = np.random.default_rng(0).permutation(len(F))
    train, held = order[HELD:], order[:HELD]
    mean, directions = principal(F[train])
    X = preprocessing.add_bias((F - mean).astype(np.float32) @ directions)
    return X[train], data.y_train[train], X[held], data.y_train[held], zlib.crc32(data.X_train.tobytes())


def batch_loss(W, X, y, *, l2, times):
    """Return the loss of a batch, ``times`` its mean, with the penalty, and its gradient."""
    (loss, dW), (price, slope) = softmax.softmax_loss(W, X, y), penalty.l2_penalty(W, l2, bias=True)
    return times * loss + price, times * dW + slope


def run(X, y, *, code, l2, steps=STEPS, batch=BATCH):
    """Train once from zeros, and return the history."""
    times, rate = CODES[code]
    batches = optim.minibatches(X, y, batch, np.random.default_rng(1))
    loss = partial(batch_loss, l2=l2, times=times)
    W = np.zeros((X.shape[1], 10), X.dtype)
    return optim.train(loss, W, steps=steps, learning_rate=rate, batches=batches)


def sweep(X, y, X_val, y_val, *, code, strengths=STRENGTHS, **options):
    """Return a row of the file: the validation accuracy at each strength, and the first losses of the first run."""
    runs = [run(X, y, code=code, l2=l2, **options) for l2 in strengths]
    shares = [metrics.accuracy(softmax.predict(made.W, X_val), y_val) for made in runs]
    return {"code": code, "head": [float(f"{loss:.7g}") for loss in runs[0].loss[:5]], "accuracy": shares}


def main():
    """Run everything and write the file."""
    X, y, X_val, y_val, digest = prepared()
    setting = {"batch": BATCH, "learning_rate": RATE, "steps": STEPS, "features": X.shape[1] - 1}
    result = {"command": "make results", "digest": digest, "trained_on": len(X), "held_out": HELD}
    result |= {**setting, "strengths": STRENGTHS, "rows": []}
    for code in CODES:
        result["rows"].append(sweep(X, y, X_val, y_val, code=code))
        print(f"{code:28}", *(f"{share:.3f}" for share in result["rows"][-1]["accuracy"]))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
