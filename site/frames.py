"""Draw the states of the lessons' sliders, for pages without Python.

    python site/frames.py FOLDER [LESSON ...]

Of each lesson only the cells are run that its sliders need, in a process of their own, two at a time. What was drawn
from the same code and data is kept. For each slider there is then a file ``ID.json`` (whether it lives, what the page
says of it) and, if it lives, its table as a script, ``ID.js``. A line is printed for each one that stays a picture.
"""

import ast
import contextlib
import hashlib
import io
import json
import os
import sys
import warnings
from base64 import b64decode
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import nbformat
from needs import needed
from table import NoTable, script_of, table_of

from coursekit import datasets
from gradekit.lesson import find_lessons

HERE = Path(__file__).parent
ROOT = HERE.parent
LARGE = ("mnist", "fashion_mnist", "cifar10")
PROCESSES = 2


class Job(NamedTuple):
    """A slider of a lesson.

    Parameters
    ----------
    name : str
        The id of its cell.
    at : int
        Which code cell that is.
    cells : tuple of int
        The code cells to run for it.
    saved : bytes
        Its picture in the lesson.
    key : str
        What its table depends on, as a hash.
    """

    name: str
    at: int
    cells: tuple
    saved: bytes
    key: str


def main(to, lessons):
    """Write the tables of all sliders, or of those of some lessons, into a folder."""
    to.mkdir(parents=True, exist_ok=True)
    work = {}
    for path in find_lessons():
        if not lessons or path.stem in lessons:
            jobs = jobs_of(nbformat.read(path, as_version=4))
            new = [job for job in jobs if known(to, job.name).get("key") != job.key]
            work |= {path: new} if new else {}
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of each process
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for done in as_completed(pool.submit(run, *each) for each in work.items()):
            for name, (state, script) in done.result().items():
                (to / f"{name}.js").unlink(missing_ok=True)
                if script:
                    (to / f"{name}.js").write_text(script, encoding="utf-8")
                (to / f"{name}.json").write_text(json.dumps(state), encoding="utf-8")
    report(to)


def report(to):
    """Say how many sliders live and why the others do not."""
    states = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(to.glob("*.json"))}
    for name, state in states.items():
        if not state["lives"]:
            print(f"slider {name} stays a picture: {state['why']}")
    size = sum(path.stat().st_size for path in to.glob("*.js")) / 1e6
    print(f"{sum(state['lives'] for state in states.values())} of {len(states)} sliders live, in {size:.1f} MB")


def jobs_of(nb):
    """Return the sliders of a lesson."""
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    sources = [cell.source for cell in code]
    return [job(cell, at, sources) for at, cell in enumerate(code) if saved_picture(cell)]


def job(cell, at, sources):
    """Return what is to be done for one slider."""
    cells = tuple(needed(sources, at))
    saved = saved_picture(cell)
    code = json.dumps([cell.id, *(sources[i] for i in cells), surroundings()])
    return Job(cell.id, at, cells, saved, hashlib.sha256(code.encode() + saved).hexdigest())


def saved_picture(cell):
    """Return the picture that a slider's cell has in its lesson, or None if the cell shows no slider."""
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        if data.get("text/plain", "").startswith("slider: "):
            return b64decode(data["image/png"])
    return None


@cache
def surroundings():
    """Return what all tables depend on: the code that draws, the libraries, the data."""
    files = [*(ROOT / "coursekit").rglob("*.py"), *(ROOT / "notebooks" / "results").iterdir(), *HERE.glob("[fnt]*.py")]
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()
    data = [(it.name, it.place, it.bytes) for it in datasets.available() if it.name in LARGE]
    return [code, data, [version(name) for name in ("numpy", "matplotlib", "pillow", "scikit-learn")]]


def known(to, name):
    """Return what an earlier run wrote of a slider."""
    path = to / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def run(path, jobs, make=None):
    """Run the cells that a lesson's sliders need; return what is made of each: what is known of it, and its script."""
    warnings.simplefilter("ignore")
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    os.chdir(path.parent)
    names, found, due = {"__name__": "__main__"}, {}, {job.at: job for job in jobs}
    for at in sorted({at for job in jobs for at in job.cells}):
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                value = result(sources[at], names)
            found |= {due[at].name: (make or entry)(due[at], value)} if at in due else {}
        except Exception as error:  # the others may do without this cell
            why = f"code cell {at + 1} raised {type(error).__name__}: {' '.join(str(error).split())[:200]}"
            found |= {job.name: picture(job, why) for job in jobs if at in job.cells and job.name not in found}
    return found


def result(source, names):
    """Run a cell among a lesson's names and return the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def entry(job, explorer):
    """Return what is known of a slider, and its script, empty if it stays a picture."""
    try:
        table = table_of(explorer, job.saved)
    except NoTable as why:
        return picture(job, str(why))
    known = {"key": job.key, "lives": True, "note": table.note, "states": len(table.shown["descriptions"])}
    return known, script_of(job.name, table.shown)


def picture(job, why):
    """Return what is known of a slider that stays a picture."""
    return {"key": job.key, "lives": False, "why": why}, ""


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
