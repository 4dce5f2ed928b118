"""The student's version of a lesson: solutions cut, hidden tests cut, outputs gone.

It is made with nbgrader's own markers, stub, flags and checksum, so that nbgrader can take it back.
"""

from __future__ import annotations

import copy
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

STUB = {
    "code": "# YOUR CODE HERE\nraise NotImplementedError()",
    "markdown": "YOUR ANSWER HERE",
}


class ReleaseError(ValueError):
    """A lesson or a folder from which no student's copy can be made."""


def student_version(nb: NotebookNode, *, lesson: str = "notebook") -> NotebookNode:
    r"""Return the student's version of a lesson.

    Parameters
    ----------
    nb : NotebookNode
        The complete lesson; it is not changed.
    lesson : str, default="notebook"
        Its name, for the errors.

    Returns
    -------
    NotebookNode
        The same cells: solutions replaced by nbgrader's stub, hidden tests cut, outputs gone, nbgrader's flags and
        checksums set.

    Raises
    ------
    ReleaseError
        If a marker is nested, lacks its partner, or stands in a cell of another kind.

    Notes
    -----
    An answer cell without markers is a solution from its first line to its last, as in nbgrader.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> flags = {"grade": False, "solution": True, "locked": False, "schema_version": 3}
    >>> answer = new_code_cell(
    ...     "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION",
    ...     metadata={"nbgrader": {"grade_id": "f", **flags}},
    ... )
    >>> print(student_version(new_notebook(cells=[answer])).cells[0].source)
    def f(x):
        # YOUR CODE HERE
        raise NotImplementedError()
    """
    student = copy.deepcopy(nb)
    for name in ("widgets", "celltoolbar"):
        student.metadata.pop(name, None)
    for number, cell in enumerate(student.cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {number}")
        _release_cell(cell, f"{lesson}, cell {name}")
    return student


def refuse_student_copy(nb: NotebookNode, path: str | Path) -> None:
    """Refuse a notebook that students have been given where a complete lesson is needed.

    Parameters
    ----------
    nb : NotebookNode
        The notebook.
    path : path-like
        Its file, for the error.

    Raises
    ------
    ReleaseError
        If it was released, or one of its answers is nbgrader's stub.
    """
    unwritten = STUB["code"].split("\n")[0]
    answers = [cell.source for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    if "version" in nb.metadata.get("coursekit", {}) or any(unwritten in source for source in answers):
        raise ReleaseError(
            f"{path} is a student's copy, without solutions and hidden tests. --source takes the folder of your own "
            "complete lessons, such as my-course, a copy of notebooks/."
        )


def checksum(cell: NotebookNode) -> str:
    """Return nbgrader's checksum of a cell that carries its metadata.

    Parameters
    ----------
    cell : NotebookNode
        A cell with ``metadata.nbgrader``.

    Returns
    -------
    str
        Thirty-two hexadecimal digits.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell
    >>> flags = {"grade_id": "f", "grade": False, "solution": True, "locked": False}
    >>> checksum(new_code_cell("pass", metadata={"nbgrader": flags}))
    'e2fd1c4a28d035cbab9434376eff89d7'
    """
    flags = cell.metadata.nbgrader
    grade, solution, locked = (bool(flags.get(key)) for key in ("grade", "solution", "locked"))
    parts = [cell.source, cell.cell_type, str(grade), str(solution)]
    parts += [str(not solution and (grade or locked)), flags.grade_id]
    parts += [str(float(flags.points))] if grade else []
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _release_cell(cell, where):
    """Turn one cell of a lesson into the student's, in place."""
    flags = cell.metadata.get("nbgrader", {})
    stub = STUB.get(cell.cell_type, "")
    if flags.get("solution") and not re.search("(BEGIN|END) SOLUTION", cell.source):
        cell.source = stub
    cell.source = _replace(cell.source, "SOLUTION", stub.split("\n"), flags.get("solution"), where)
    cell.source = _replace(cell.source, "HIDDEN TESTS", [], flags.get("grade"), where)
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    for name in ("collapsed", "scrolled", "execution", "coursekit"):
        cell.metadata.pop(name, None)
    if any(flags.get(key) for key in ("solution", "grade", "locked")):
        _lock(cell)


def _replace(source, name, stub, allowed, where):
    """Replace each region between two markers by the stub, at the indent of its first line."""
    begin, end = f"BEGIN {name}", f"END {name}"
    lines, inside = [], False
    for line in source.split("\n"):
        if begin in line and not inside and allowed:
            indent = line[: len(line) - len(line.lstrip())]
            lines += [indent + text for text in stub]
            inside = True
        elif end in line and inside:
            inside = False
        elif begin in line or end in line:
            raise ReleaseError(_misplaced(begin, end, inside, allowed, where))
        elif not inside:
            lines.append(line)
    if inside:
        raise ReleaseError(f"student_version: {where}: {begin} is never closed; add ### {end}.")
    return "\n".join(lines)


def _misplaced(begin, end, inside, allowed, where):
    """Say why a marker cannot stand where it stands."""
    if inside:
        problem = f"{begin} stands inside another; close the first with ### {end}."
    elif allowed:
        problem = f"{end} has no {begin} above it; add one, or remove it."
    else:
        kind = "an answer cell (solution: true)" if "SOLUTION" in begin else "a check cell (grade: true)"
        problem = f"{begin} or {end} stands in a cell of another kind; it belongs in {kind}."
    return f"student_version: {where}: {problem}"


def _lock(cell):
    """Set nbgrader's flags and checksum: answers can be edited, nothing can be deleted."""
    flags = cell.metadata.nbgrader
    cell.metadata.deletable = False
    if not flags.get("solution"):
        cell.metadata.editable = False
    flags.checksum, flags.cell_type = checksum(cell), cell.cell_type
