"""The student's copy of the course: a folder of lessons in the students' version, and what lies beside them.

A lesson is one complete, executed notebook; what a student gets is always made from it.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coursekit.agreements import lessons_folder
from gradekit.lesson import find_lessons
from gradekit.student import ReleaseError, refuse_student_copy, student_version


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
        if self.outdated:
            lines.append(f"coursekit update {self.folder} brings the newer texts into yours; your answers stay.")
        return "\n".join(lines)

    def _note(self, name):
        """Say that the course has a newer version, where it has."""
        return " (the course has a newer version)" if name in self.outdated else ""


def release(out: str | Path, lessons: Iterable[str] | None = None, *, source: str | Path | None = None) -> Release:
    """Write the student's copy of the course into a folder, and never over anything that is there.

    Parameters
    ----------
    out : path-like
        The student's folder; it is made where it is missing.
    lessons : iterable of str, optional
        Lessons as in :func:`find_lessons`; all by default.
    source : Path, optional
        The folder of the lessons; :func:`lessons_folder` by default.

    Returns
    -------
    Release
        What is new and what was kept.

    Raises
    ------
    ReleaseError
        If a lesson is unknown or its markers are broken, or ``out`` is where the lessons are: then nothing is written.
    """
    source, out = Path(source or lessons_folder()), Path(out)
    if out.resolve() == source.resolve():
        raise ReleaseError(f"release: {out} holds the lessons themselves; name another folder.")
    students = [(path.name, read_student(path)) for path in find_lessons(lessons, source)]
    new = {name for name, nb in students if _write_new(out / name, _to_bytes(nb))}
    for path in _data_files(source):
        _write_new(out / path.relative_to(source), path.read_bytes())
    return Release(
        folder=out,
        new=tuple(name for name, _ in students if name in new),
        kept=tuple(name for name, _ in students if name not in new),
        outdated=tuple(name for name, nb in students if name not in new and _is_outdated(out / name, nb)),
    )


def read_student(path):
    """Return the student's version of one lesson, with what it will be recognised by.

    Parameters
    ----------
    path : Path
        The complete lesson.

    Returns
    -------
    NotebookNode
        Its metadata hold the version and a digest of each cell's text, by which an update tells what was handed
        out from what a student has written.
    """
    import nbformat

    master = nbformat.read(path, as_version=4)
    refuse_student_copy(master, path)
    nb = student_version(master, lesson=path.stem)
    digest = hashlib.sha256(nbformat.writes(nb).encode()).hexdigest()
    nb.metadata.coursekit = {"version": digest[:12], "texts": [cell_digest(cell.source) for cell in nb.cells]}
    return nb


def cell_digest(text):
    """Return what tells whether a cell's text is still the one that was handed out.

    Parameters
    ----------
    text : str
        Its source.

    Returns
    -------
    str
        Eight hexadecimal digits; white space at the ends of lines does not count.

    Examples
    --------
    >>> cell_digest("x = 1 ") == cell_digest("x = 1"), cell_digest("x = 2") == cell_digest("x = 1")
    (True, False)
    """
    lines = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return hashlib.sha256(lines.encode()).hexdigest()[:8]


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
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from None  # an error of writing names no file
    return True
