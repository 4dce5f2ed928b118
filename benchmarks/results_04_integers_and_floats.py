"""Measure what notebook 04 tells of full size: notebooks/results/04_integers_and_floats.json. About a minute.

    python -m benchmarks.results_04_integers_and_floats

Times are of one machine, which the file describes; run it on a quiet one.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info

from benchmarks.full_batch import PLAIN, agree, labs_with, rungs
from benchmarks.inputs import pixels_and_labels
from benchmarks.race import PAUSE
from coursekit import timing

OUT = Path(__file__).parent.parent / "notebooks" / "results" / "04_integers_and_floats.json"
TYPES = ("int64", "int32", "uint8", "float16", "float64", "float32")


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


def products(X):
    """Return the lab's first product taken apart: converted pixels, the conversion, both at once, whole numbers."""
    theta, whole, x = np.full((10, X.shape[1]), 0.5), X.astype(np.int32), X.astype(float)
    counts = np.ones(theta.shape, np.int32)
    return {
        "float64 @ float64": lambda: theta @ x.T,
        "int32 to float64": lambda: whole.astype(float),
        "float64 @ int32": lambda: theta @ whole.T,
        "int32 @ int32": lambda: counts @ whole.T,
    }


def measured(contenders, *, rounds=5):
    """Return the rungs of a ladder as plain dictionaries with four digits."""
    return [
        {key: value if key == "name" else float(f"{value:.4g}") for key, value in asdict(rung).items()}
        for rung in timing.ladder(contenders, rounds=rounds, number=4, pause=PAUSE)
    ]


def main():
    """Measure everything and write the file."""
    X, y = pixels_and_labels()
    result = {"command": "make results", "machine": machine(), "shape": [*X.shape, 10]}
    result["limits"] = {key: float(f"{value:.4g}") for key, value in asdict(timing.machine_limits()).items()}
    ladder, types = rungs(X, y), labs_with(TYPES, X, y)
    del ladder[PLAIN]  # a side step: the same work as the lab's own form
    for contenders in (ladder, types):
        agree(contenders)
    result["ladder"] = measured(ladder)
    result["types"] = measured(types, rounds=3)
    result["products"] = measured(products(X), rounds=3)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result["machine"]), json.dumps(result["limits"]))
    for rung in result["ladder"] + result["types"] + result["products"]:
        print(f"{rung['name']:24} {1 / rung['seconds']:8.2f} a second   x {rung['speedup']:5.1f}")


if __name__ == "__main__":
    main()
