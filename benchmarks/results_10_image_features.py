"""Measure what notebook 10 tells of all of CIFAR-10: notebooks/results/10_image_features.json. Ten minutes.

    python -m benchmarks.results_10_image_features

The report's own pipeline (min-max, HOG of 4 x 4 pixels in blocks of 2 x 2, principal components of 95 % of the
variance, softmax regression by full-batch steps) along its way; its parts, each alone, from several draws of the
training images; and a net of two layers on top.
"""

import json
import warnings
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.results_04_integers_and_floats import machine
from benchmarks.results_15_faster_descent import digits
from coursekit import datasets, full_batch, metrics, optim, softmax
from coursekit.preprocessing import add_bias, hog, hue_histogram, pca

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "10_image_features.json"
SHARE = 0.95  # of the variance
RATE, STEPS = 0.01, 2000  # the report's steps; full-batch
LARGE, FEW = 0.5, 1000  # as far as 50,000 steps of the report's rate
BATCH, LONG = 500, 50_000  # the report's number of steps, each on a batch
EVERY = 20  # steps between two records
DRAWN, KEPT_OUT, SEEDS, STRENGTHS = 20_000, 5000, (0, 1, 2), (1e-4, 1e-3, 1e-2)
HIDDEN, EPOCHS = 200, 12
CELLS = {"cell": 4, "block": 2}


def raw():
    """Return training and test images (m, 32, 32, 3) of bytes, and their labels."""
    data = datasets.load("cifar10")
    shape = -1, *data.image_shape
    return data.X_train.reshape(shape), data.y_train, data.X_test.reshape(shape), data.y_test


def scaled(images):
    """Return pixels from 0 to 1: the least and the largest of all training pixels are 0 and 255."""
    return images.astype(np.float32) / 255


def flat(images):
    """Return one row per image."""
    return scaled(images).reshape(len(images), -1)


def gray(images):
    """Return the mean of the three channels."""
    return scaled(images).mean(axis=3)


VARIANTS = {  # what is made of images, and whether PCA follows
    "pixels": (flat, False),
    "pixels, PCA": (flat, True),
    "HOG": (lambda images: hog(scaled(images), **CELLS), False),
    "HOG without min-max": (lambda images: hog(images.astype(np.float32), **CELLS), False),
    "HOG of gray images": (lambda images: hog(gray(images), **CELLS), False),
    "HOG, PCA": (lambda images: hog(scaled(images), **CELLS), True),
    "hue": (lambda images: hue_histogram(scaled(images)), False),
    "HOG, hue": (lambda images: np.hstack([hog(scaled(images), **CELLS), hue_histogram(scaled(images))]), False),
}


def reduced(A, Q):
    """Return training and test rows in the components that hold the share of the variance of the training rows."""
    found = pca(A, share=SHARE)
    return found.project(A), found.project(Q)


def course(A, y, Q, y_test):
    """Return the report's descent: test accuracy after the steps of each way, and its first losses."""
    A, Q = add_bias(A), add_bias(Q)
    right = lambda W: digits(metrics.accuracy(softmax.predict(W, Q), y_test))  # noqa: E731
    start, loss = np.zeros((A.shape[1], 10), np.float32), full_batch.FullBatchLoss(A, y, k=10)
    watching = {"watch": right, "every": EVERY}
    small = optim.train(loss, start, steps=STEPS, learning_rate=RATE, **watching)
    large = optim.train(loss, start, steps=FEW, learning_rate=LARGE, **watching)
    batches = optim.minibatches(A, y, BATCH, np.random.default_rng(0))
    long = optim.train(
        softmax.softmax_loss, start, steps=LONG, learning_rate=RATE, batches=batches, watch=right, every=50 * EVERY
    )
    ways = {"small steps": small, "large steps": large, "small steps on batches": long}
    best = full_batch.fit(A, y, k=10, l2=1e-4)
    return {
        "ways": {
            name: {"rate": float(way.learning_rate[0]), "steps": way.watched_at.tolist(), "test": way.watched.tolist()}
            for name, way in ways.items()
        },
        "head": [digits(value, 7) for value in small.loss[:3]],
        "last_loss": {name: digits(way.loss[-1]) for name, way in ways.items()},
        "least": {"test": right(best), "training": digits(metrics.accuracy(softmax.predict(best, A), y))},
    }


def row(name, train, y, test, y_test):
    """Return one variant's accuracies: the penalty is chosen once on images that are kept out, then each seed draws."""
    make, with_pca = VARIANTS[name]
    A, Q = make(train), make(test)
    runs, features = [], 0
    for seed in SEEDS:
        order = np.random.default_rng(seed).permutation(len(y))
        drawn, out = order[:DRAWN], order[-KEPT_OUT:]
        B, C = reduced(A[drawn], np.vstack([A[out], Q])) if with_pca else (A[drawn], np.vstack([A[out], Q]))
        B, C, features = add_bias(B), add_bias(C), B.shape[1]
        fit = partial(full_batch.fit, B, y[drawn], k=10)
        score = lambda W, C=C, out=out: metrics.accuracy(softmax.predict(W, C[: len(out)]), y[out])  # noqa: E731
        if not runs:
            l2 = max(STRENGTHS, key=lambda l2: score(fit(l2=l2)))
        runs.append(digits(metrics.accuracy(softmax.predict(fit(l2=l2), C[len(out) :]), y_test)))
    return {"name": name, "features": features, "l2": l2, "test": runs}


def two_layers(A, y, Q, y_test):
    """Return the test accuracies of a net with one hidden layer, from several seeds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the epochs are chosen, not waited for
        nets = [
            MLPClassifier((HIDDEN,), max_iter=EPOCHS, alpha=1e-2, random_state=seed).fit(A, y) for seed in SEEDS[:2]
        ]
    return [digits(net.score(Q, y_test)) for net in nets]


def main():
    """Measure everything and write the file."""
    start = perf_counter()
    train, y, test, y_test = raw()
    result = {"command": "make results", "machine": machine(), "share": SHARE, "drawn": DRAWN, "seeds": SEEDS}
    A, Q = reduced(*(VARIANTS["HOG"][0](images) for images in (train, test)))
    result |= {"components": A.shape[1], "report": course(A, y, Q, y_test)}
    print({name: way["test"][-1] for name, way in result["report"]["ways"].items()}, result["report"]["least"])
    B, C = reduced(flat(train), flat(test))
    result["net"] = {"hidden": HIDDEN, "epochs": EPOCHS, "HOG, PCA": two_layers(A, y, Q, y_test)}
    result["net"]["pixels, PCA"] = two_layers(B, y, C, y_test)
    result |= {"pixel_components": B.shape[1], "rows": []}
    print(result["net"], f"{perf_counter() - start:.0f} s")
    for name in VARIANTS:
        result["rows"].append(row(name, train, y, test, y_test))
        print(result["rows"][-1], f"{perf_counter() - start:.0f} s", flush=True)
    result["minutes"] = digits((perf_counter() - start) / 60, 2)
    OUT.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
