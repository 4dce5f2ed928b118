"""Time and peak memory of what users wait for: the import, the data, each notebook. Three minutes.

python -m benchmarks.footprint

Each runs in a process of its own; memory is the largest that one process of it had resident. What the functions need
besides their input is told in multiples of it, as tracemalloc counts what NumPy asks for.
"""

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np

from benchmarks.inputs import has_mnist
from coursekit import full_batch, knn, preprocessing, softmax

ROOT = Path(__file__).parent.parent
MEASURE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([time.perf_counter() - start, largest * (1 if sys.platform == "darwin" else 1024), done.returncode]))
"""


def measure(*command):
    """Run a command and return its seconds, the largest resident memory in bytes and the exit code."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return json.loads(done.stdout)


def commands():
    """Return what is measured, by name."""
    python, pytest = [sys.executable, "-c"], [sys.executable, "-m", "pytest", "-q"]
    found = {
        "python -c pass": [*python, "pass"],
        "import numpy": [*python, "import numpy"],
        "import coursekit": [*python, "import coursekit"],
        "from coursekit import softmax, optim": [*python, "from coursekit import softmax, optim"],
    }
    if has_mnist():
        found["datasets.load('mnist')"] = [*python, "from coursekit import datasets; datasets.load('mnist')"]
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        found[f"{path.name} under nbval"] = [*pytest, str(path)]
    return found


def peak(run):
    """Return the most bytes that a call had at one time besides what was there before."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def peaks():
    """Return for some functions the peak of their memory as a multiple of their input's, by what they do."""
    rng = np.random.default_rng(0)
    X, y, W = rng.random((20_000, 784), np.float32), np.arange(20_000) % 10, np.zeros((784, 10), np.float32)
    whole, images = (255 * X).astype(np.uint8), X.reshape(-1, 28, 28)
    loss = full_batch.FullBatchLoss(X, y)
    return {
        "FullBatchLoss(X, y) from float32": peak(lambda: full_batch.FullBatchLoss(X, y)) / X.nbytes,
        "FullBatchLoss(X, y) from uint8, in multiples of float32": peak(lambda: full_batch.FullBatchLoss(whole, y))
        / X.nbytes,
        "a step of it": peak(lambda: loss(W)) / X.nbytes,
        "its preconditioner": peak(loss.preconditioner) / X.nbytes,
        "softmax_loss(W, X, y)": peak(lambda: softmax.softmax_loss(W, X, y)) / X.nbytes,
        "preprocessing.hog, cells of 4, beside its result": peak(lambda: preprocessing.hog(images, cell=4, block=2))
        / X.nbytes
        - preprocessing.hog(images[:1], cell=4, block=2).size / 784,
        "knn.predict, 500 against all": peak(lambda: knn.predict(X, y, X[:500], k=5)) / X.nbytes,
    }


def table_of(commands):
    """Return the seconds and the memory of some commands as a table."""
    rows = ["| what | seconds | MB |", "|---|---|---|"]
    for name, command in commands.items():
        seconds, largest, code = measure(*command)
        rows.append(f"| {name}{'' if code == 0 else f' (**failed: {code}**)'} | {seconds:.3g} | {largest / 1e6:.0f} |")
    return "\n".join(rows)


def report():
    """Return this part of the report."""
    rows = [table_of(commands())]
    rows += ["", "| what, on 20000 x 784 | memory besides X, as a multiple of it |", "|---|---|"]
    rows += [f"| {name} | {multiple:.2f} |" for name, multiple in peaks().items()]
    return "\n".join(rows)


if __name__ == "__main__":
    print(report())
