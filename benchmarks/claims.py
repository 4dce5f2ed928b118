"""The ledger of claims: recompute what takes a minute, read what is kept, judge every claim: ``make claims``.

    python -m benchmarks.claims

Prints the ledger, and returns 1 if a number does not keep its verdict, or if what is kept was made by other code. What
was computed is written to notebooks/results/14_claims.json, which lesson 14 reads, and into the lines of the lessons
that say what the ledger holds.
"""

import json
import re
import sys
from dataclasses import asdict
from itertools import product
from pathlib import Path
from textwrap import fill
from time import perf_counter

from benchmarks import results_13_convnet, results_14_lab_seeds
from benchmarks.claims_found import FOUND
from benchmarks.results_04_integers_and_floats import machine
from benchmarks.results_15_faster_descent import digits
from coursekit import claims

RESULTS = Path(__file__).parent.parent / "notebooks" / "results"
LINE = re.compile(r"> \*[^\n]*? \(\[claim ([\w-]+)\]\(14_claims\.ipynb\)\)\.")  # as it stands in the file of a notebook
KEYED = {"14_lab_seeds": results_14_lab_seeds, "13_convnet": results_13_convnet}


def kept(path):
    """Return what the last call computed."""
    return json.loads(path.read_text())["found"] if path.is_file() else {}


def computed(name):
    """Return what was found for a claim as a plain dictionary, in nine digits; None where it cannot be run here."""
    found = FOUND[name]()
    pairs = asdict(found).items() if found else ()
    return {key: digits(value, 9) if isinstance(value, float) else value for key, value in pairs} or None


def recompute(before, names=FOUND):
    """Return what all claims came to; where one cannot be run on this machine, what is kept."""
    found = {}
    for name in names:
        start = perf_counter()
        made = computed(name)
        if made or name in before:
            found[name] = made or before[name]
        note = "" if made else ", as it is kept" if name in before else ": cannot be run here"
        print(f"{name}{note}, {perf_counter() - start:.1f} s", file=sys.stderr, flush=True)
    return found


def stale(results=RESULTS):
    """Return a sentence for each file of long runs that other code has made, or that is not whole."""
    told = []
    for name, script in KEYED.items():
        path, keys = results / f"{name}.json", wanted(script)
        missing = len(set(keys) - set(script.stored(path))) if path.is_file() else 0
        if missing:
            lost = f"{missing} of {len(keys)} runs are missing, or made by other code"
            told.append(f"{name}.json: {lost}: make results LESSON={name}")
    return told


def wanted(script):
    """Return the keys of all runs of a script of long runs, for the present code."""
    if hasattr(script, "SETTINGS"):
        return [script.key(name) for name in script.SETTINGS]
    plan = getattr(script, "PLAN", None) or product(script.RECIPES, script.SEEDS)
    return [script.key(name, seed) for name, seed in plan]


def tell(entries, lessons=RESULTS.parent):
    """Write into each lesson what the ledger says of its claims: the lines that quote a claim."""
    lines = {claim.name: claim.line for claim in entries}
    for path in sorted(lessons.glob("*.ipynb")):
        before = path.read_text(encoding="utf-8")
        after = LINE.sub(lambda line: json.dumps(lines[line[1]], ensure_ascii=False)[1:-1], before)
        if after != before:
            path.write_text(after, encoding="utf-8")


def main(results=RESULTS):
    """Recompute, write, print; return whether something is wrong."""
    path = results / claims.ledger.FOUND
    found = recompute(kept(path))
    path.write_text(json.dumps({"command": "make claims", "machine": machine(), "found": found}, indent=1) + "\n")
    entries = claims.read(results)
    tell(entries, results.parent)
    wrong = [*claims.problems(entries), *stale(results)]
    print(claims.table(entries))
    waiting = [claim.name for claim in entries if claim.found is None]
    print("", fill(f"{len(entries)} claims; not run yet: {', '.join(waiting) or 'none'}", 110), sep="\n")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
