"""Measure what notebook 08 tells of all of CIFAR-10: notebooks/results/08_linear_classifiers.json. Three minutes.

    python -m benchmarks.results_08_linear_classifiers

LinearSVM and Softmax on raw pixels: a grid of learning rates and penalty strengths, each pair judged on 5000 images
that are kept out of training; then the chosen pair of each, longer, from several seeds, and the test images once.
"""

import json
from pathlib import Path
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.results_04_integers_and_floats import machine
from benchmarks.results_15_faster_descent import digits
from coursekit import datasets, linear, optim, selection

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "08_linear_classifiers.json"
MODELS = {"SVM": linear.LinearSVM, "softmax": linear.Softmax}
RATES, STRENGTHS = (1e-3, 3e-3, 1e-2, 3e-2, 1e-1), (0.0, 0.01, 0.1)
KEPT_OUT, BATCH, STEPS, LONG = 5000, 256, 800, 3000
SEEDS = (0, 1, 2)


def prepared():
    """Return training, validation and test images, pixels / 255 minus the mean training image, and their labels."""
    data = datasets.load("cifar10")
    order = np.random.default_rng(8).permutation(len(data.y_train))  # a re-encoded copy is sorted by class
    out, kept = order[:KEPT_OUT], order[KEPT_OUT:]
    X = data.X_train.astype(np.float32) / 255
    mean = X[kept].mean(axis=0)
    test = data.X_test.astype(np.float32) / 255 - mean
    return (X[kept] - mean, data.y_train[kept]), (X[out] - mean, data.y_train[out]), (test, data.y_test)


def model(name, rate, l2, *, steps=STEPS, seed=0):
    """Return a model of one of the two kinds."""
    return MODELS[name](learning_rate=rate, l2=l2, steps=steps, batch_size=BATCH, random_state=seed)


def grid(name, training, validation):
    """Return the validation accuracy of each pair of settings, and the first losses of the first pair."""
    table, head = np.zeros((len(RATES), len(STRENGTHS))), None
    for pair in selection.grid(rate=RATES, l2=STRENGTHS):
        fitted = model(name, **pair).fit(*training)
        head = head or [digits(value, 7) for value in fitted.history_.loss[:5]]
        table[RATES.index(pair["rate"]), STRENGTHS.index(pair["l2"])] = fitted.score(*validation)
    return table, head


def chosen(table):
    """Return the pair with the best validation accuracy."""
    i, j = np.unravel_index(table.argmax(), table.shape)
    return {"rate": RATES[i], "l2": STRENGTHS[j]}


def row(name, training, validation, test):
    """Return one model's part of the file."""
    table, head = grid(name, training, validation)
    pair, runs = chosen(table), []
    for seed in SEEDS:
        rate = optim.cosine_decay(pair["rate"], steps=LONG, end=0.01 * pair["rate"])
        fitted = model(name, rate, pair["l2"], steps=LONG, seed=seed).fit(*training)
        runs.append({"seed": seed, "validation": fitted.score(*validation), "test": fitted.score(*test)})
    return {"name": name, "head": head, "table": table.round(4).tolist(), "chosen": pair, "runs": runs}


def main():
    """Measure everything and write the file."""
    start, parts = perf_counter(), prepared()
    with threadpool_limits(1):  # on products this small a second thread costs more than it brings
        rows = [row(name, *parts) for name in MODELS]
    settings = {"rates": RATES, "strengths": STRENGTHS, "batch": BATCH, "steps": STEPS, "long": LONG}
    sizes = dict(zip(("training", "validation", "test"), (len(y) for _, y in parts), strict=True))
    result = {"command": "make results", "machine": machine(), "minutes": digits((perf_counter() - start) / 60, 2)}
    result |= settings | {"sizes": sizes, "runs": rows}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result) + "\n")
    print(result["machine"], f"{result['minutes']} minutes")
    for made in rows:
        print(made["name"], made["chosen"], [f"{run['test']:.4f}" for run in made["runs"]])
        print(np.array(made["table"]))


if __name__ == "__main__":
    main()
