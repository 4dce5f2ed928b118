"""Repeat the MNIST lab for notebook 14: notebooks/results/14_lab_seeds.json. A quarter of an hour.

    python -m benchmarks.results_14_lab_seeds

The lab's final run (1500 iterations on all 60000 images, rate 0.75) from five random starts, and from zeros with each
of the three thresholds and without the decay. Each run keeps which test images it reads wrongly, so that two runs can
be compared image by image. A run is written as it ends, under a key made from its setting and from the code that it
runs: a second call goes on where the first was stopped.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from benchmarks import keys
from benchmarks.results_05_mnist_lab import RATE, STEPS, lab_loss, pixels
from benchmarks.results_15_faster_descent import digits
from coursekit import datasets, optim, softmax

ROOT = Path(__file__).parent.parent
OUT = ROOT / "notebooks" / "results" / "14_lab_seeds.json"
USUAL = {"start": "zeros", "threshold": 100, "decay": 0.95}
SETTINGS = {
    **{f"uniform start {seed}": USUAL | {"start": seed} for seed in range(5)},
    **{f"threshold {at}": USUAL | {"threshold": at} for at in (40, 100, 120)},
    "no decay": USUAL | {"decay": 1.0},
}
CODE = ("optim/descent.py", "optim/parts.py", "preprocessing/tables.py", "full_batch.py", "softmax.py")
HEAD = 3  # losses that are kept, so that a test can make them again


def key(name):
    """Return the key of one run: its setting and the code."""
    return sha256(
        f"{json.dumps(SETTINGS[name], sort_keys=True)} {STEPS} {RATE} {keys.code(*CODE)}".encode()
    ).hexdigest()[:12]


def first(start, n, k=10):
    """Return the weights that a run starts from: zeros, or the draws from U[0, 1) of a seed."""
    W = np.zeros((n, k)) if start == "zeros" else np.random.default_rng(start).random((n, k))
    return W.astype(np.float32)


def run(name, data, *, steps=STEPS):
    """Train once, and return this run's part of the file."""
    setting = SETTINGS[name]
    loss = lab_loss(data, threshold=setting["threshold"])
    rate = optim.step_decay(RATE, factor=setting["decay"], every=50)
    history = optim.train(loss, first(setting["start"], loss.shape[0]), steps=steps, learning_rate=rate)
    predicted = softmax.predict(history.W, pixels(data.X_test, setting["threshold"], False))
    return {
        "key": key(name),
        "name": name,
        **setting,
        "head": [digits(value, 7) for value in history.loss[:HEAD]],
        "loss": digits(loss(history.W)[0]),
        "test": float((predicted == data.y_test).mean()),
        "wrong": np.flatnonzero(predicted != data.y_test).tolist(),
    }


def stored(path=OUT):
    """Return the runs that are already there, by their keys."""
    return {made["key"]: made for made in json.loads(path.read_text())["runs"]} if path.exists() else {}


def write(runs, path=OUT):
    """Write the runs of the present code and settings, in their order; the file is whole at any time."""
    wanted = [key(name) for name in SETTINGS]
    result = {"command": "make results", "steps": STEPS, "rate": RATE, "code": keys.code(*CODE)}
    result |= {"complete": all(each in runs for each in wanted)}
    result["runs"] = [runs[each] for each in wanted if each in runs]
    begun = path.with_suffix(".begun")
    begun.write_text(json.dumps(result) + "\n")
    begun.replace(path)


def main():
    """Make the runs that are missing, and write each as it ends."""
    data, runs = datasets.load("mnist"), stored()
    for name in SETTINGS:
        if key(name) not in runs:
            runs[key(name)] = run(name, data)
            write(runs)
        made = runs[key(name)]
        print(f"{name:16} loss {made['loss']:.4f}, test {made['test']:.2%}", flush=True)


if __name__ == "__main__":
    main()
