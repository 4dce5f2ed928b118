"""All speeds that the course claims, in one report: benchmarks/results.md and results.png. Half an hour on two cores.

    python -m benchmarks [PART ...]

Each part runs in a process of its own, and takes its place in the report when it is done. A ratio is the median over
the rounds of one interleaved run; times are of the machine that the report names. Exits with 1 if a target is missed.
"""

import importlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.race import Line, table

RACES = {
    "full_batch": "One full-batch step, 60000 x 784 x 10",
    "convergence": "To the least loss",
    "hinge": "To the least hinge loss",
    "minibatch": "Minibatches",
    "sweeps": "Settings side by side",
    "network": "Graphs and networks of two layers, one thread each",
    "features": "Features of images",
    "neighbors": "Nearest neighbours",
    "convnet": "A convolutional network",
    "grading": "Grading",
}
REPORTS = {
    "scaling": "Cost against size",
    "footprint": "Time and memory of what users wait for",
    "checks": "Checks",
    "suite": "The tests",
}
OUT = Path(__file__).parent / "results.md"
PEERS = ("numpy", "scipy", "scikit-learn", "scikit-image", "torch", "jax", "numba")


def run_part(name):
    """Run one part in this process and return what it found, as plain data."""
    module = importlib.import_module(f"benchmarks.{name}")
    return {"lines": [asdict(line) for line in module.lines()]} if name in RACES else {"text": module.report()}


def run_apart(name):
    """Run one part in a process of its own."""
    print(f"{name} ...", flush=True)
    command = [sys.executable, "-m", "benchmarks", "--part", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=OUT.parent.parent, check=True)
    *said, result = done.stdout.splitlines()
    print("\n".join(said), end="\n" if said else "")
    return json.loads(result)


def machine():
    """Return the lines that say what was measured on, and the limits of it."""
    from importlib.metadata import PackageNotFoundError, version

    from threadpoolctl import threadpool_info

    from coursekit import timing

    versions = []
    for name in PEERS:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            versions.append(f"{name}: not installed")
    blas = {f"{pool['internal_api']} {pool['version']}, {pool['num_threads']} threads" for pool in threadpool_info()}
    limits = timing.machine_limits()
    text = [
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {'; '.join(sorted(blas))}.",
        f"Limits: {limits.bandwidth / 1e9:.1f} GB/s from memory, {limits.flops / 1e9:.0f} GFLOP/s in float32.",
        ", ".join(versions) + ". Every library uses all the threads that it chooses by itself.",
    ]
    return "\n".join(text), limits


def figure(lines, limits, path):
    """Draw the steps a second of one full-batch step, ours and the peers', under the machine's two limits."""
    from matplotlib.figure import Figure

    speeds = {lines[0].ours: 1 / lines[0].seconds}
    speeds |= {line.peer: 1 / line.seconds / line.ratio for line in lines}
    speeds = dict(sorted(speeds.items(), key=lambda speed: speed[1]))
    fig = Figure(figsize=(8, 0.32 * len(speeds) + 1.4), layout="constrained")
    ax = fig.subplots()
    colours = ["#d55e00" if name == lines[0].ours else "#0072b2" for name in speeds]
    bars = ax.barh(list(speeds), list(speeds.values()), color=colours)
    ax.bar_label(bars, [f"{speed:.3g}" for speed in speeds.values()], padding=3)
    m, n, k = 60000, 784, 10
    for name, most, side in (
        ("memory", limits.bandwidth / (4 * m * n), "left"), ("compute", limits.flops / (4 * m * n * k), "right")
    ):  # fmt: skip
        ax.axvline(most, color="#555555", linestyle="--")
        label = f"{name}: {most:.0f} "
        ax.annotate(label, (most, 1.01), xycoords=("data", "axes fraction"), ha=side, va="bottom", color="#555555")
    ax.set(xscale="log", xlabel="steps a second", xlim=(1, 2 * limits.bandwidth / (4 * m * n)))
    fig.suptitle("One full-batch step on 60000 x 784 x 10, and what the machine allows", x=0.02, ha="left")
    ax.spines[["top", "right"]].set_visible(False)
    fig.savefig(path, dpi=110)


def render(stored):
    """Return the report as Markdown: the machine, then each part that was measured."""
    parts = ["# What `make bench` found", "", stored["machine"]]
    for name, title in {**RACES, **REPORTS}.items():
        if name in stored:
            found = stored[name]
            text = found["text"] if "text" in found else table(Line(**line) for line in found["lines"])
            parts += ["", f"## {title}", "", text]
            if name == "full_batch":
                parts += ["", f"![Steps a second of each, and the machine's limits]({OUT.stem}.png)"]
    return "\n".join(parts) + "\n"


def main(names):
    """Run the parts that are named, or all, and return the exit code."""
    unknown = set(names) - {*RACES, *REPORTS}
    if unknown:
        print(f"benchmarks: there is no part {', '.join(sorted(unknown))}; there are {', '.join([*RACES, *REPORTS])}.")
        return 2
    kept = OUT.with_suffix(".json")
    stored, missed = json.loads(kept.read_text()) if kept.exists() else {}, []
    stored["machine"], limits = machine()
    for name in names or [*RACES, *REPORTS]:
        stored[name] = run_apart(name)
        lines = [Line(**line) for line in stored[name].get("lines", ())]
        missed += [line for line in lines if not line.met]
        if name == "full_batch":
            figure(lines, limits, OUT.with_suffix(".png"))
        kept.write_text(json.dumps(stored, indent=1) + "\n")
        OUT.write_text(render(stored))
        print(table(lines) if lines else stored[name].get("text", ""), end="\n\n")
    print(f"Written to {OUT.relative_to(OUT.parent.parent)}.")
    for line in missed:
        print(f"missed: {line.work}, {line.peer}: {line.ratio:.3g} instead of {line.target:g}")
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        print(json.dumps(run_part(sys.argv[2])))
    else:
        sys.exit(main(sys.argv[1:]))
