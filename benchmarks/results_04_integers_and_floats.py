"""Measure what notebook 04 tells of full size: notebooks/results/04_integers_and_floats.json. About two minutes.

    python -m benchmarks.results_04_integers_and_floats

All steps take turns in one run, so that any two of them can be compared; the two conversions take theirs after them.
Times are of one machine, which the file describes; run it on a quiet one.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from statistics import median

import numpy as np
from threadpoolctl import threadpool_info

from benchmarks.full_batch import PLAIN, agree, labs_with, rungs
from benchmarks.inputs import pixels_and_labels
from benchmarks.race import PAUSE
from coursekit import timing

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "04_integers_and_floats.json"
TYPES = ("int32", "int64", "uint8", "float16", "float64", "float32")  # the first is what factors are over
ROUNDS = 20


def machine():
    """Return what the times depend on."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    pools = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    return {
        "processors": os.cpu_count(),
        "blas": f"{blas['name']} {blas['version']}",
        "blas_threads": max(pools, default=1),
        "numpy": np.__version__,
    }


def conversions(X):
    """Return what NumPy does to int32 pixels before its two products: x.T for the scores, x for the gradient."""
    x = X.astype(np.int32)
    return {
        "conversion of x": lambda: x.astype(float),
        "conversion of x.T": lambda: x.T.astype(float, order="C"),
    }


def steps(X, y):
    """Return the lab's step with pixels of each type, and the rungs above it."""
    types, ladder = labs_with(TYPES, X, y), rungs(X, y)
    above = list(ladder)[list(ladder).index(PLAIN) + 1 :]
    return types | {name: ladder[name] for name in above}


def measured(contenders, pause=PAUSE):
    """Return the median, the least and the greatest time of each contender, with four digits."""
    times = timing.measure(contenders, rounds=ROUNDS, number=1, pause=pause, average=list)
    kinds = {"seconds": median, "least": min, "greatest": max}
    return {
        name: {key: float(f"{average(taken):.4g}") for key, average in kinds.items()} for name, taken in times.items()
    }


def main():
    """Measure everything and write the file."""
    X, y = pixels_and_labels()
    result = {"command": "make results", "machine": machine(), "shape": [*X.shape, 10], "rounds": ROUNDS}
    result["limits"] = {
        key: float(f"{value:.4g}") for key, value in asdict(timing.machine_limits(rounds=ROUNDS)).items()
    }
    contenders, pieces = steps(X, y), conversions(X)
    agree(contenders)
    first = {"fresh memory": next(iter(contenders.values()))}  # after a pause the first pays for it, and is not kept
    found = measured(first | contenders) | measured(pieces, pause=0)
    result |= {
        "steps": {name: found[name] for name in contenders},
        "conversions": {name: found[name] for name in pieces},
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result["machine"]), json.dumps(result["limits"]))
    for name, times in (result["steps"] | result["conversions"]).items():
        print(f"{name:24} {times}")


if __name__ == "__main__":
    main()
