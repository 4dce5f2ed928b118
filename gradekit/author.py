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

if TYPE_CHECKING:
    from nbformat import NotebookNode

TIMEOUT = 1800  # seconds a cell
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
PICTURES = {"image/png", "image/jpeg", "image/svg+xml"}
ENOUGH = 80  # characters that tell what a picture shows
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


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


def tidy(nb: NotebookNode) -> NotebookNode:
    r"""Remove from an executed notebook, in place, what differs from run to run without being the lesson's matter.

    Parameters
    ----------
    nb : NotebookNode
        An executed notebook.

    Returns
    -------
    NotebookNode
        The same notebook: streams joined, progress bars at their last state, widget models, timing and versions gone,
        every cell with an id; the text after a picture is its own for those who cannot see it.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook, new_output
    >>> streams = [new_output("stream", text=text) for text in ("1/2\r", "2/2\n")]
    >>> tidy(new_notebook(cells=[new_code_cell(outputs=streams)])).cells[0].outputs
    [{'output_type': 'stream', 'name': 'stdout', 'text': '2/2\n'}]
    """
    from nbformat.v4 import new_code_cell

    nb.metadata.pop("widgets", None)
    nb.metadata.update(kernelspec=dict(KERNEL), language_info={"name": "python"})
    nb.nbformat_minor = max(nb.nbformat_minor, 5)
    for cell in nb.cells:
        cell.setdefault("id", new_code_cell().id)
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [_tidy_output(output) for output in _join_streams(cell.outputs)]
    for cell, after in zip(nb.cells, nb.cells[1:], strict=False):
        if cell.cell_type == "code" and after.cell_type == "markdown":
            _describe(cell.outputs, what_to_see(after.source))
    return nb


def what_to_see(text: str) -> str:
    r"""Return how a Markdown text begins, in sentences, without its marks.

    Parameters
    ----------
    text : str
        What follows a figure.

    Returns
    -------
    str
        Whole sentences, on one line, until there are enough; headings are left out.

    Examples
    --------
    >>> what_to_see("## What to see\n\nThe **loss** falls by $1.5$\nat `step` 3. Then it rises.")
    'The loss falls by 1.5 at step 3. Then it rises.'
    """
    lines = (line for line in text.split("\n") if not re.match(r"\s*(#|<|\||>|$)", line))
    plain = re.sub(r"[*`$]|\]\([^)]*\)|\[(?=[^\]]*\]\()", "", " ".join(lines))
    said = ""
    for sentence in re.split(r"(?<=[.?!])\s", " ".join(plain.split())):
        if len(said) >= ENOUGH:
            break
        said = f"{said} {sentence}".strip()
    return said


def _describe(outputs, text):
    """Give each picture its text for those who cannot see it."""
    for output in outputs:
        for kind in PICTURES & set(output.get("data", ())):
            output.setdefault("metadata", {}).setdefault(kind, {})["alt"] = text


def last_state(text: str) -> str:
    r"""Return what is left on the screen of a text that rewrites its lines by carriage returns.

    Parameters
    ----------
    text : str
        A stream's text.

    Returns
    -------
    str
        Each line in its last state.

    Examples
    --------
    >>> last_state("start\n 10%|#    |\r100%|#####|\n")
    'start\n100%|#####|\n'
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(re.split("\r+", line.rstrip("\r"))[-1] for line in lines)


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


def _join_streams(outputs):
    """Return the outputs with neighbouring texts on the same stream joined."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if joined and output.output_type == "stream" and output.get("name") == joined[-1].get("name"):
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _tidy_output(output):
    """Take what is random out of one output."""
    if output.output_type == "stream":
        output.text = last_state(output.text)
    elif "data" in output:
        output.data.pop(WIDGET_VIEW, None)
    return output


def _save(nb, path):
    """Write a notebook in one piece."""
    import nbformat

    nbformat.validate(nb)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(nbformat.writes(nb) + "\n", encoding="utf-8")
    partial.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
