"""Measure what notebook 13 tells of all of MNIST: notebooks/results/13_convnet.json. About an hour and a half.

    python -m benchmarks.results_13_convnet

The network trained by four recipes, each from three seeds: the last epoch on 5000 images that are kept out, and on the
test images once, as they are and as a vote over nine moved copies. Each run is written as it ends, under a key made
from its recipe and from the code that it runs: a second call goes on where the first was stopped, and a change to the
code makes its runs anew.
"""

import json
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.results_04_integers_and_floats import machine
from benchmarks.results_15_faster_descent import digits
from coursekit import convnet, datasets, optim
from coursekit.metrics import accuracy

ROOT = Path(__file__).parent.parent
OUT = ROOT / "notebooks" / "results" / "13_convnet.json"
KEPT_OUT, BATCH = 5000, 128
CLAIM = 0.9925  # test accuracy in the report whose network this is
RECIPES = {
    "as reported": {"epochs": 12, "rate": 1e-4, "decay": False, "most": 0},
    "falling rate": {"epochs": 20, "rate": 1e-3, "decay": True, "most": 0},
    "moved by up to 2": {"epochs": 20, "rate": 1e-3, "decay": True, "most": 2},
    "moved by up to 1": {"epochs": 30, "rate": 2e-3, "decay": True, "most": 1},
}
SEEDS = (0, 1, 2)
HEAD = 3  # steps whose losses are kept, so that a test can make them again


def prepared():
    """Return training, validation and test images as float32 in [0, 1], each with their labels."""
    data = datasets.load("mnist")
    order = np.random.default_rng(13).permutation(len(data.y_train))
    out, kept = order[:KEPT_OUT], order[KEPT_OUT:]
    X, X_test = ((part.astype(np.float32) / 255).reshape(-1, 28, 28) for part in (data.X_train, data.X_test))
    return (X[kept], data.y_train[kept]), (X[out], data.y_train[out]), (X_test, data.y_test)


def code():
    """Return a key of the code that a run goes through."""
    paths = [
        *sorted((ROOT / "coursekit" / "convnet").glob("*.py")),
        *sorted((ROOT / "coursekit" / "optim").glob("*.py")),
    ]
    paths += [ROOT / "coursekit" / "softmax.py"]
    return sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def key(name, seed):
    """Return the key of one run: its recipe, its seed, and the code."""
    recipe = json.dumps(RECIPES[name] | {"batch": BATCH, "kept out": KEPT_OUT}, sort_keys=True)
    return sha256(f"{recipe} {seed} {code()}".encode()).hexdigest()[:12]


def run(name, seed, training, validation, test, *, net=None, steps=None):
    """Train by one recipe from one seed, and return its part of the file."""
    net, start = net or convnet.ConvNet(), perf_counter()
    recipe = RECIPES[name] | {"batch_size": BATCH, "seed": seed, "steps": steps}
    history = convnet.fit(net, *training, **recipe)
    seconds = perf_counter() - start
    per_epoch = -(-len(training[1]) // BATCH)
    epochs = [history.loss[i : i + per_epoch].mean() for i in range(0, len(history.loss), per_epoch)]
    return {
        "key": key(name, seed),
        "recipe": name,
        "seed": seed,
        "head": [digits(value, 7) for value in history.loss[:HEAD]],
        "loss": [digits(value, 4) for value in epochs],
        "seconds_per_epoch": digits(seconds / len(epochs), 3),
        "validation": accuracy(net.predict(history.W, validation[0]), validation[1]),
        "test": accuracy(net.predict(history.W, test[0]), test[1]),
        "vote": accuracy(convnet.vote(net, history.W, test[0]), test[1]),
    }


def stored(path=OUT):
    """Return the runs that are already there, by their keys."""
    return {made["key"]: made for made in json.loads(path.read_text())["runs"]} if path.exists() else {}


def write(runs, speeds, path=OUT):
    """Write the runs of the present code and recipes, in their order; the file is whole at any time."""
    wanted = [key(name, seed) for name in RECIPES for seed in SEEDS]
    result = {"command": "make results", "machine": machine(), "claim": CLAIM, "recipes": RECIPES, "batch": BATCH}
    result |= {"kept_out": KEPT_OUT, "milliseconds_per_step": speeds, "complete": all(each in runs for each in wanted)}
    result["runs"] = [runs[each] for each in wanted if each in runs]
    path.parent.mkdir(exist_ok=True)
    begun = path.with_suffix(".begun")
    begun.write_text(json.dumps(result) + "\n")
    begun.replace(path)


def speed(training, steps=40):
    """Return milliseconds per step of this network here and in PyTorch, the two in turn; None where it is missing."""
    X, y = (part[:BATCH] for part in training)
    rng, net = np.random.default_rng(0), convnet.ConvNet()
    w = net.start(rng)
    direction = optim.adam()(w)

    def ours():
        nonlocal w
        w = w - np.float32(1e-4) * direction(net.loss(w, X, y, rng=rng)[1])

    ways = {"NumPy": ours}
    theirs = in_torch(X, y)
    if theirs:
        ways["PyTorch"] = theirs
    taken = {name: [] for name in ways}
    for _ in range(steps):
        for name, step in ways.items():
            start = perf_counter()
            step()
            taken[name].append(perf_counter() - start)
    return {"PyTorch": None} | {name: digits(1e3 * float(np.median(times))) for name, times in taken.items()}


def in_torch(X, y):
    """Return one step of the same network in PyTorch, or None if it is not installed."""
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed: pip install torch. Its speed was not measured.")
        return None
    from torch import nn

    net = nn.Sequential(
        *(nn.Conv2d(1, 32, 2), nn.MaxPool2d(2), nn.ReLU()),
        *(nn.Conv2d(32, 64, 3, stride=2), nn.MaxPool2d(2), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(576, 1024), nn.ReLU(), nn.Dropout(0.6), nn.Linear(1024, 10)),
    )
    adam = torch.optim.Adam(net.parameters(), lr=1e-4)
    images, labels = torch.from_numpy(np.ascontiguousarray(X))[:, None], torch.from_numpy(y.astype(np.int64))

    def step():
        adam.zero_grad()
        nn.functional.cross_entropy(net(images), labels).backward()
        adam.step()

    return step


def main():
    """Make the runs that are missing, and write each as it ends."""
    parts, runs = prepared(), stored()
    speeds = speed(parts[0])
    print("milliseconds per step:", speeds)
    for name in RECIPES:
        for seed in SEEDS:
            if key(name, seed) not in runs:
                runs[key(name, seed)] = run(name, seed, *parts)
                write(runs, speeds)
            made = runs[key(name, seed)]
            print(f"{name:18} seed {seed}: test {made['test']:.4f}, vote {made['vote']:.4f}", flush=True)


if __name__ == "__main__":
    main()
