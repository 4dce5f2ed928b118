"""The student's copy of the course: solutions cut, hidden tests cut, outputs gone.

A lesson is one complete, executed notebook. What a student gets is always made from it, with nbgrader's own markers,
stub, flags and checksum, so that nbgrader can take the copy back.
"""

import copy
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

import coursekit

STUB = {
    "code": "# YOUR CODE HERE\nraise NotImplementedError()",
    "markdown": "YOUR ANSWER HERE",
}


class ReleaseError(ValueError):
    """A lesson or a folder from which no student's copy can be made."""


@dataclass(frozen=True)
class Release:
    """What one release wrote, and what it found there and left alone.

    Attributes
    ----------
    folder : Path
        The student's folder.
    new : tuple of str
        Notebooks written by this release.
    kept : tuple of str
        Notebooks that were there already; none of them was touched.
    outdated : tuple of str
        Those of the kept ones whose lesson has changed since they were released.
    """

    folder: Path
    new: tuple[str, ...]
    kept: tuple[str, ...]
    outdated: tuple[str, ...]

    def __str__(self):
        """Say what is new, what was kept, and how to get a fresh copy."""
        lines = [f"{self.folder}: {len(self.new)} new, {len(self.kept)} kept as they were"]
        lines += [f"  new   {name}" for name in self.new]
        lines += [f"  kept  {name}{self._note(name)}" for name in self.kept]
        if self.kept:
            lines.append("For a fresh copy of a kept one, rename yours and run the same again.")
        return "\n".join(lines)

    def _note(self, name):
        """Say that the course has a newer version, where it has."""
        return " (the course has a newer version)" if name in self.outdated else ""


def notebooks_folder():
    """Return the folder that holds the lessons.

    Returns
    -------
    Path
        ``coursekit/notebooks`` of an installed wheel, or ``notebooks`` of a checkout.

    Raises
    ------
    ReleaseError
        If neither holds a notebook.

    Examples
    --------
    >>> notebooks_folder().name
    'notebooks'
    """
    package = Path(coursekit.__file__).parent
    places = package / "notebooks", package.parent / "notebooks"
    for place in places:
        if any(place.glob("*.ipynb")):
            return place
    raise ReleaseError(
        f"notebooks_folder: no lesson in {places[0]} nor in {places[1]}.\n"
        "This looks like a damaged installation; run: python -m pip install --force-reinstall coursekit"
    )


def find_lessons(names=None, source=None):
    """Return the notebooks of the named lessons, in the course's order.

    Parameters
    ----------
    names : iterable of str, optional
        ``"05_mnist_lab"``, ``"05_mnist_lab.ipynb"`` or ``"05"``; all lessons by default.
    source : Path, optional
        The folder of the lessons; :func:`notebooks_folder` by default.

    Returns
    -------
    list of Path
        One path a lesson.

    Raises
    ------
    ReleaseError
        If no lesson has such a name.

    Examples
    --------
    >>> [path.stem for path in find_lessons(["00"])]
    ['00_start_here']
    """
    lessons = sorted((source or notebooks_folder()).glob("*.ipynb"))
    wanted = {name.removesuffix(".ipynb") for name in names or ()}
    unknown = wanted - {key for path in lessons for key in _keys(path)}
    if unknown:
        raise ReleaseError(
            f"find_lessons: there is no lesson {', '.join(sorted(unknown))}; "
            f"the course has {', '.join(path.stem for path in lessons)}."
        )
    return [path for path in lessons if not wanted or wanted & _keys(path)]


def student_version(nb, *, lesson="notebook"):
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


def release(out, lessons=None, *, source=None):
    """Write the student's copy of the course into a folder, and never over anything that is there.

    Parameters
    ----------
    out : path-like
        The student's folder; it is made where it is missing.
    lessons : iterable of str, optional
        Lessons as in :func:`find_lessons`; all by default.
    source : Path, optional
        The folder of the lessons; :func:`notebooks_folder` by default.

    Returns
    -------
    Release
        What is new and what was kept.

    Raises
    ------
    ReleaseError
        If a lesson is unknown or its markers are broken, or ``out`` is where the lessons are: then nothing is written.
    """
    source, out = Path(source or notebooks_folder()), Path(out)
    if out.resolve() == source.resolve():
        raise ReleaseError(f"release: {out} holds the lessons themselves; name another folder.")
    students = [(path.name, _read_student(path)) for path in find_lessons(lessons, source)]
    new = {name for name, nb in students if _write_new(out / name, _to_bytes(nb))}
    for path in _data_files(source):
        _write_new(out / path.relative_to(source), path.read_bytes())
    return Release(
        folder=out,
        new=tuple(name for name, _ in students if name in new),
        kept=tuple(name for name, _ in students if name not in new),
        outdated=tuple(name for name, nb in students if name not in new and _is_outdated(out / name, nb)),
    )


def checksum(cell):
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


def _keys(path):
    """Return the names by which a lesson can be asked for."""
    return {path.stem, path.stem.split("_")[0]}


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
            lines += [re.match(r"\s*", line)[0] + text for text in stub]
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


def _read_student(path):
    """Return the student's version of one lesson, with the version it will be recognised by."""
    import nbformat

    nb = student_version(nbformat.read(path, as_version=4), lesson=path.stem)
    digest = hashlib.sha256(nbformat.writes(nb).encode()).hexdigest()
    nb.metadata.coursekit = {"version": digest[:12]}
    return nb


def _to_bytes(nb):
    """Return a notebook as its file's content."""
    import nbformat

    return (nbformat.writes(nb) + "\n").encode()


def _is_outdated(path, nb):
    """Return whether a student's file was released from an earlier version of its lesson."""
    try:
        theirs = json.loads(path.read_bytes())["metadata"]["coursekit"]["version"]
    except (ValueError, LookupError, TypeError):
        return False  # written or broken by its owner: no version to compare
    return theirs != nb.metadata.coursekit.version


def _data_files(source):
    """Return what the lessons read beside them: every visible file that is not a notebook."""
    parts = {path: path.relative_to(source).parts for path in sorted(source.rglob("*"))}
    return [
        path
        for path, names in parts.items()
        if path.is_file() and path.suffix not in {".ipynb", ".pyc"} and not any(name.startswith(".") for name in names)
    ]


def _write_new(path, content):
    """Write a file that is not there yet, in one piece, and return whether it was written."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)
    return True
