"""Execute lessons and save them tidily: ``coursekit author my-course/05_mnist_lab.ipynb``.

A lesson's saved outputs are what nbval compares, so they must come from one run from top to bottom, and say nothing of
the machine or the moment.
"""

from __future__ import annotations

import copy
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gradekit import seeds
from gradekit.tidying import tidy

if TYPE_CHECKING:
    from nbformat import NotebookNode

TIMEOUT = 1800  # seconds a cell


class CellFailed(RuntimeError):
    """A lesson's cell raised an error."""


def execute(path: str | Path, *, number: str | None = None, timeout: int = TIMEOUT) -> str:
    """Run a lesson in its own folder, tidy it, and save it if every cell ran.

    Parameters
    ----------
    path : path-like
        The notebook.
    number : str, optional
        Draw the hidden inputs anew from this number or text, as :func:`gradekit.seeds.reseed` does, and save the lesson
        only if its own answers then get full marks.
    timeout : int, default=1800
        Seconds that one cell may take.

    Returns
    -------
    str
        What was done, in words.

    Raises
    ------
    CellFailed
        If a cell raises an error, takes too long or kills its kernel, or, with ``number``, the lesson's own answers do
        not get full marks; the file is then as it was.
    gradekit.seeds.SeedError
        If the hidden inputs cannot be drawn anew; the file is then as it was.
    """
    path = Path(path)
    nb = read(path)
    if number is None:
        run(nb, path, timeout=timeout)
        _save(nb, path)
        return f"{_count(nb)} code cells ran; saved."
    seeds.refuse_original(path)
    before = copy.deepcopy(nb)
    changed = seeds.reseed(nb, number)
    run(nb, path, timeout=timeout)
    seeds.compare(before, nb, changed)
    full_marks(nb, path)
    _save(nb, path)
    return f"{_count(nb)} code cells ran; {len(changed)} checks with a new seed; our answers get full marks; saved."


def read(path: Path) -> NotebookNode:
    """Return a lesson.

    Parameters
    ----------
    path : Path
        The notebook.

    Returns
    -------
    NotebookNode
        Its content.

    Raises
    ------
    CellFailed
        If the file is no notebook.
    """
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, AttributeError, KeyError, nbformat.ValidationError) as error:
        raise CellFailed(f"author: {path} is no notebook ({type(error).__name__}); it is as it was.") from None


def run(nb: NotebookNode, path: Path, *, timeout: int = TIMEOUT) -> None:
    """Run a lesson in memory, from top to bottom, and tidy it.

    Parameters
    ----------
    nb : NotebookNode
        The lesson; its outputs are replaced.
    path : Path
        Its file: it runs in that folder.
    timeout : int, default=1800
        Seconds that one cell may take.

    Raises
    ------
    CellFailed
        If a cell raises an error, takes too long or kills its kernel.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, DeadKernelError

    client = NotebookClient(
        nb,
        timeout=timeout,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(path.parent.resolve())}},
    )
    try:
        client.execute()
    except (CellControlSignal, DeadKernelError) as error:
        plain = re.sub(r"\x1b\[[\d;]*m", "", str(error))  # without the colours
        raise CellFailed(f"{path.name}: a cell failed; the file is as it was.\n\n{plain}") from None
    tidy(nb)


def full_marks(nb: NotebookNode, path: Path) -> None:
    """Grade a lesson's own answers by its new outputs, as submissions will be.

    Parameters
    ----------
    nb : NotebookNode
        The executed lesson.
    path : Path
        Its file, for the name.

    Raises
    ------
    CellFailed
        If one of them fails.
    """
    from gradekit.lesson import load_lessons
    from gradekit.ours import failures, told
    from gradekit.runs.runner import Runner

    with TemporaryDirectory(prefix="coursekit-") as folder:
        _save(nb, Path(folder) / path.name)
        lessons = load_lessons(None, Path(folder))
    for lesson in lessons:
        with Runner() as runner:
            failed = failures(lesson, runner.run)
        if failed:
            raise CellFailed(
                f"{path.name}: the lesson's own answers do not all pass when graded; the file is as it was.\n\n"
                + "\n".join([*told(failed), "\nWhat a check prints must be the same each time that it runs."])
            )


def main(paths: list[str], *, number: str | None = None) -> int:
    """Execute the named lessons, one after the other.

    Parameters
    ----------
    paths : list of str
        Notebooks.
    number : str, optional
        As in :func:`execute`.

    Returns
    -------
    int
        The exit code: 0 if all of them ran.
    """
    if not paths:
        print("usage: python -m gradekit.author NOTEBOOK ...", file=sys.stderr)
        return 2
    failures = 0
    for path in paths:
        try:
            print(f"{path}: {execute(path, number=number)}", flush=True)
        except (CellFailed, OSError, ValueError) as error:
            failures += 1
            said = f"author: {path}: {error.strerror}" if isinstance(error, OSError) and error.strerror else error
            print(said, file=sys.stderr, flush=True)
    return 1 if failures else 0


def _count(nb):
    """Return how many code cells a notebook has."""
    return sum(cell.cell_type == "code" for cell in nb.cells)


def _save(nb, path):
    """Write a notebook in one piece."""
    import nbformat

    nbformat.validate(nb)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(nbformat.writes(nb) + "\n", encoding="utf-8")
    partial.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
