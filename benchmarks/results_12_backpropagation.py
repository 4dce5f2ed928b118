"""Measure what notebook 12 tells of CIFAR-10 and of PyTorch: notebooks/results/12_backpropagation.json. 20 minutes.

    python -m benchmarks.results_12_backpropagation

A network of two layers on HOG features in principal components: hidden units and penalty chosen on 5000 images that are
kept out, then trained on all 50,000 from three seeds, and only then tested. Each run is written as it ends, under a key
made from its settings and from the code that it runs, so a second call goes on where the first was stopped. Besides,
the first losses and the time per step beside PyTorch, one thread each, where that is installed.
"""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import keys
from benchmarks.network import SIZES, problem, steps_for, train_ours, train_theirs
from benchmarks.results_04_integers_and_floats import machine
from benchmarks.results_10_image_features import CELLS, SHARE, raw, scaled
from benchmarks.results_15_faster_descent import digits
from coursekit import datasets, full_batch, network, optim, softmax, timing
from coursekit.metrics import accuracy
from coursekit.preprocessing import add_bias, hog, pca

ROOT = Path(__file__).parent.parent
OUT = ROOT / "notebooks" / "results" / "12_backpropagation.json"
KEPT_OUT, BATCH, EPOCHS, RATE, BETA = 5000, 200, 10, 0.5, 0.9
HIDDEN, STRENGTHS, SEEDS = (50, 200, 500), (3e-4, 1e-3, 3e-3), (0, 1, 2)
HEAD = 3  # steps whose losses are kept, so that a test can make them again
CODE = ("network", "optim/descent.py", "optim/parts.py", "preprocessing", "softmax.py")  # what a run goes through
IRIS, AGAIN = (120, 4, 10, 3), 4  # measured so many times more, since one ratio has no interval
COMPARED = 100  # steps on iris beside PyTorch


def prepared():
    """Return features and labels: 45,000 training images, 5000 validation images, and the test images."""
    train, y, test, y_test = raw()
    order = np.random.default_rng(12).permutation(len(y))
    kept, out = order[KEPT_OUT:], order[:KEPT_OUT]
    A, Q = (hog(scaled(images), **CELLS) for images in (train, test))
    found = pca(A[kept], share=SHARE)
    unit = np.float32(found.variances[0] ** 0.5)
    A, Q = found.project(A) / unit, found.project(Q) / unit
    return (A[kept], y[kept]), (A[out], y[out]), (Q, y_test)


def key(hidden, l2, seed, images):
    """Return the key of one run: its settings and the code."""
    settings = [hidden, l2, seed, images, BATCH, EPOCHS, RATE, BETA, KEPT_OUT]
    return sha256(f"{json.dumps(settings)} {keys.code(*CODE)}".encode()).hexdigest()[:12]


def run(hidden, l2, seed, training, judged, *, steps=None):
    """Train one network; return its part of the file, with the share that is right of the images that judge it."""
    X, y = training
    planned, start = EPOCHS * -(-len(y) // BATCH), perf_counter()
    params = network.init_params(X.shape[1], hidden, 10, np.random.default_rng(seed), dtype=np.float32)
    params, history = network.train(
        params, X, y, l2=l2, batch_size=BATCH, rng=np.random.default_rng(seed), steps=steps or planned,
        learning_rate=optim.cosine_decay(RATE, steps=planned), update=optim.momentum(BETA),
    )  # fmt: skip
    return {
        "key": key(hidden, l2, seed, len(y)),
        "hidden": hidden,
        "l2": l2,
        "seed": seed,
        "head": [digits(value, 7) for value in history.loss[:HEAD]],
        "training": digits(accuracy(network.predict(params, X), y)),
        "right": accuracy(network.predict(params, judged[0]), judged[1]),
        "seconds": digits(perf_counter() - start, 3),
    }


def linear(training, validation, test):
    """Return what softmax regression does with the same features, its penalty chosen in the same way."""
    (A, y), (B, y_out), (Q, y_test) = ((add_bias(X), y) for X, y in (training, validation, test))
    found = {l2: full_batch.fit(A, y, k=10, l2=l2) for l2 in (1e-4, 1e-3, 1e-2)}
    shares = {l2: accuracy(softmax.predict(W, B), y_out) for l2, W in found.items()}
    l2 = max(shares, key=shares.get)
    return {"l2": l2, "validation": shares[l2], "test": accuracy(softmax.predict(found[l2], Q), y_test)}


def beside_torch():
    """Return losses on iris and milliseconds per step of ours and of PyTorch, in turn; None where it is missing."""
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed: pip install torch. Nothing was compared with it.")
        return None
    torch.set_num_threads(1)
    iris = datasets.load("iris")
    X = (iris.X_train - iris.X_train.mean(axis=0)) / iris.X_train.std(axis=0)
    params = network.init_params(4, 10, 3, np.random.default_rng(12), activation="sigmoid")
    with threadpool_limits(1):
        losses = {name: [digits(value, 12) for value in way(params, X, iris.y_train, COMPARED)] for name, way in
                  (("NumPy", train_ours), ("PyTorch", train_theirs))}  # fmt: skip
        steps = [{"size": size, **speed(size)} for size in SIZES]
        again = [[speed(size) for size in (IRIS, SIZES[-1])] for _ in range(AGAIN)]
        ratios = [[digits(made["PyTorch"] / made["NumPy"], 3) for made in pair] for pair in again]
        return {"losses": losses, "steps": steps, "iris_and_largest_again": ratios}


def speed(size):
    """Return the least milliseconds per step of both on one size."""
    made, steps = problem(*size), steps_for(*size)
    ways = {"NumPy": partial(train_ours, *made, steps), "PyTorch": partial(train_theirs, *made, steps)}
    seconds = timing.measure(ways, rounds=15, average=min, pause=0.05)
    return {name: digits(1e3 * taken / steps, 3) for name, taken in seconds.items()}


def stored(path=OUT):
    """Return the runs that are already there, by their keys."""
    if not path.exists():
        return {}
    file = json.loads(path.read_text())
    return {made["key"]: made for made in file["runs"] + file["tests"]}


def write(result, runs, path=OUT):
    """Write the file, which is whole at any time; runs of other code are left out."""
    compared, tested = (
        [runs[key(*each)] for each in settings if key(*each) in runs] for settings in (grid(), final(runs))
    )
    whole = {"command": "make results", "machine": machine(), "epochs": EPOCHS, **result}
    whole |= {"complete": len(tested) == len(SEEDS), "runs": compared, "tests": tested}
    begun = path.with_suffix(".begun")
    begun.write_text(json.dumps(whole) + "\n")
    begun.replace(path)


def grid(images=50_000 - KEPT_OUT):
    """Return the settings that are compared on the validation images."""
    return [(hidden, l2, SEEDS[0], images) for hidden in HIDDEN for l2 in STRENGTHS]


def final(runs):
    """Return the settings of the runs that are tested, as soon as the best of the grid is known."""
    made = [runs[key(*each)] for each in grid() if key(*each) in runs]
    if len(made) < len(grid()):
        return []
    best = max(made, key=lambda each: each["right"])
    return [(best["hidden"], best["l2"], seed, 50_000) for seed in SEEDS]


def main():
    """Make the runs that are missing, and write each as it ends."""
    (X, y), validation, test = prepared()
    whole, runs = (np.vstack([X, validation[0]]), np.hstack([y, validation[1]])), stored()
    result = {"features": X.shape[1], "linear": linear((X, y), validation, test)}
    result |= {"torch": beside_torch()}
    print(result["linear"], result["torch"] and result["torch"]["steps"], flush=True)

    def made(settings, *parts):
        if key(*settings) not in runs:
            runs[key(*settings)] = run(*settings[:3], *parts)
            write(result, runs)
        print(settings, runs[key(*settings)]["right"], f"{runs[key(*settings)]['seconds']} s", flush=True)

    with threadpool_limits(1):  # a step is short: a second thread waits more than it works
        for settings in grid():
            made(settings, (X, y), validation)
        for settings in final(runs):
            made(settings, whole, test)
    write(result, runs)


if __name__ == "__main__":
    main()
