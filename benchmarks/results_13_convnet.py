"""Measure what notebook 13 tells of all of MNIST: notebooks/results/13_convnet.json. About half an hour on one core.

    python -m benchmarks.results_13_convnet

The network trained by four recipes, the first from three seeds and the others from two: the last epoch on 5000 images
that are kept out, and on the test images once, as they are and as a vote over nine moved copies. All recipes are run
from the first seed before any is run from the second, so that the file can be used at any time: it says how many seeds
each recipe has. Each run is written as it ends, under a key made from its recipe and from the code that it runs: a
second call goes on where the first was stopped, and a change to the code makes its runs anew.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import keys
from benchmarks.results_04_integers_and_floats import machine
from benchmarks.results_15_faster_descent import digits
from coursekit import convnet, datasets
from coursekit.metrics import accuracy

ROOT = Path(__file__).parent.parent
OUT = ROOT / "notebooks" / "results" / "13_convnet.json"
KEPT_OUT, BATCH = 5000, 128
CLAIM = 0.9925  # test accuracy in the report whose network this is
RECIPES = {
    "as reported": {"epochs": 12, "rate": 1e-4, "decay": False, "most": 0},
    "falling rate": {"epochs": 12, "rate": 1e-3, "decay": True, "most": 0},
    "moved": {"epochs": 12, "rate": 1e-3, "decay": True, "most": 1},
    "moved, longer": {"epochs": 24, "rate": 2e-3, "decay": True, "most": 1},
}
SEEDS = {"as reported": 3, "falling rate": 2, "moved": 2, "moved, longer": 2}
PLAN = [(name, seed) for seed in range(3) for name in RECIPES if seed < SEEDS[name]]
CODE = ("convnet", "optim/descent.py", "optim/parts.py", "softmax.py")  # what a run goes through
HEAD = 3  # steps whose losses are kept, so that a test can make them again


def prepared():
    """Return training, validation and test images as float32 in [0, 1], each with their labels."""
    data = datasets.load("mnist")
    order = np.random.default_rng(13).permutation(len(data.y_train))
    out, kept = order[:KEPT_OUT], order[KEPT_OUT:]
    X, X_test = ((part.astype(np.float32) / 255).reshape(-1, 28, 28) for part in (data.X_train, data.X_test))
    return (X[kept], data.y_train[kept]), (X[out], data.y_train[out]), (X_test, data.y_test)


def key(name, seed):
    """Return the key of one run: its recipe, its seed, and the code."""
    recipe = json.dumps(RECIPES[name] | {"batch": BATCH, "kept out": KEPT_OUT}, sort_keys=True)
    return sha256(f"{recipe} {seed} {keys.code(*CODE)}".encode()).hexdigest()[:12]


def run(name, seed, training, validation, test, *, net=None, steps=None):
    """Train by one recipe from one seed, and return its part of the file."""
    net = net or convnet.ConvNet()
    recipe = RECIPES[name] | {"batch_size": BATCH, "seed": seed, "steps": steps}
    history = convnet.fit(net, *training, **recipe)
    per_epoch = -(-len(training[1]) // BATCH)
    guess = net.predict(history.W, test[0])
    wrong = np.flatnonzero(guess != test[1])
    epochs = [history.loss[i : i + per_epoch].mean() for i in range(0, len(history.loss), per_epoch)]
    return {
        "key": key(name, seed),
        "recipe": name,
        "seed": seed,
        "head": [digits(value, 7) for value in history.loss[:HEAD]],
        "loss": [digits(value, 4) for value in epochs],
        "validation": accuracy(net.predict(history.W, validation[0]), validation[1]),
        "test": accuracy(guess, test[1]),
        "vote": accuracy(convnet.vote(net, history.W, test[0]), test[1]),
        "wrong": {int(row): int(guess[row]) for row in wrong},
    }


def stored(path=OUT):
    """Return the runs that are already there, by their keys."""
    return {made["key"]: made for made in json.loads(path.read_text())["runs"]} if path.exists() else {}


def write(runs, path=OUT):
    """Write the runs of the present code and recipes, in their order; the file is whole at any time."""
    made = [runs[key(*each)] for each in PLAN if key(*each) in runs]
    result = {"command": "make results", "machine": machine(), "claim": CLAIM, "recipes": RECIPES, "batch": BATCH}
    result |= {"kept_out": KEPT_OUT, "complete": len(made) == len(PLAN)}
    result["seeds"] = {name: sum(run["recipe"] == name for run in made) for name in RECIPES}
    result["runs"] = made
    path.parent.mkdir(exist_ok=True)
    begun = path.with_suffix(".begun")
    begun.write_text(json.dumps(result) + "\n")
    begun.replace(path)


def main():
    """Make the runs that are missing, and write each as it ends."""
    parts, runs = prepared(), stored()
    for name, seed in PLAN:
        if key(name, seed) not in runs:
            with threadpool_limits(1):  # a second thread brings little here, and much harm if the machine is in use
                runs[key(name, seed)] = run(name, seed, *parts)
            write(runs)
        made = runs[key(name, seed)]
        print(f"{name:18} seed {seed}: test {made['test']:.4f}, vote {made['vote']:.4f}", flush=True)


if __name__ == "__main__":
    main()
