"""A begun copy of the course, kept up: one exercise brought back as it was released, newer texts brought in.

Whatever is replaced is kept first, in the folder ``kept`` beside the notebook. Answers are never touched by an update,
nor is any cell that the student added or wrote into.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coursekit.agreements import METADATA
from gradekit.keeping import write_whole
from gradekit.lesson import find_lessons, is_stub
from gradekit.release import cell_digest, read_student
from gradekit.submission.reading import Unreadable, content, parse

KEPT = "kept"  # the folder of what was replaced
RELOAD = "If it is open in JupyterLab, choose File > Reload Notebook from Disk before you go on."


class UpkeepError(ValueError):
    """Nothing was changed; the text says why and what to do."""


@dataclass(frozen=True)
class Updated:
    """What an update did to one notebook.

    Attributes
    ----------
    path : Path
        The notebook.
    old : Path or None
        Where it is kept as it was; None if nothing had to be changed.
    answers : int
        Answers that were taken over.
    own : int
        Cells of the student's own that were taken over.
    new : int
        Cells that are new or have a new text.
    """

    path: Path
    old: Path | None = None
    answers: int = 0
    own: int = 0
    new: int = 0

    def __str__(self) -> str:
        """Say it in a line."""
        if not self.old:
            return f"{self.path.name}: is the newest already."
        return (
            f"{self.path.name}: {self.new} cells are new; {self.answers} answers and {self.own} cells of your own are "
            f"as they were. The old notebook is {self.old}."
        )


def reset(name: str, folder: str | Path, *, source: Path | None = None, now: datetime | None = None) -> str:
    """Bring one exercise back as it was released, and keep what stood there.

    Parameters
    ----------
    name : str
        The exercise, as ``03-one-loop``.
    folder : path-like
        The student's copy.
    source : Path, optional
        Folder of the lessons; the course's own by default.
    now : datetime, optional
        Of the name of what is kept; the present time by default.

    Returns
    -------
    str
        What was done, and where the old answer is.

    Raises
    ------
    UpkeepError
        If there is no such exercise, or its notebook is not there or cannot be read: then nothing is changed.
    """
    folder = Path(folder)
    lesson, stub = _exercise(name.removesuffix("-check"), source)
    path = folder / f"{lesson}.ipynb"
    nb = _read(path, "reset")
    name = stub.metadata.nbgrader.grade_id
    cells = [cell for cell in nb["cells"] if _grade_id(cell) == name]
    if not cells:
        raise UpkeepError(f"reset: {path} has no cell of {name} any more. coursekit update {folder} brings it back.")
    old = "\n\n\n".join("".join(cell["source"]) for cell in cells)
    if len(cells) == 1 and old == stub.source:
        return f"{name} in {path} is as it was released; nothing was changed."
    aside = _aside(path, f"{name}.py", now)
    write_whole(aside, old + "\n")
    cells[0] |= {"cell_type": "code", "source": stub.source, "outputs": [], "execution_count": None}
    nb["cells"] = [cell for cell in nb["cells"] if cell not in cells[1:]]
    _write(path, nb)
    return f"{name} in {path} is as it was released. What stood there is in {aside}.\n{RELOAD}"


def update(
    folder: str | Path,
    lessons: Iterable[str] | None = None,
    *,
    source: Path | None = None,
    now: datetime | None = None,
) -> list[Updated]:
    """Bring the newest texts of lessons into a begun copy; answers and own cells stay as they are.

    Parameters
    ----------
    folder : path-like
        The student's copy.
    lessons : iterable of str, optional
        Lessons as in :func:`gradekit.lesson.find_lessons`; all that are there by default.
    source, now : optional
        As in :func:`reset`.

    Returns
    -------
    list of Updated
        One for each notebook.

    Raises
    ------
    UpkeepError
        If a notebook that was named is not there, or one cannot be read: then nothing is changed.
    """
    folder = Path(folder)
    here = [path for path in find_lessons(lessons, source) if lessons or (folder / path.name).exists()]
    if not here:
        raise UpkeepError(f"update: no lesson is in {folder}. Name the folder of your copy, such as softmax-course.")
    pairs = [(folder / path.name, _read(folder / path.name, "update"), read_student(path)) for path in here]
    return [_updated(*pair, now) for pair in pairs]


def _updated(path, theirs, newest, now):
    """Bring the newest version of a lesson into one notebook."""
    if _release(theirs).get("version") == newest.metadata.coursekit.version:
        return Updated(path)
    merged = _Merge(theirs, json.loads(json.dumps(newest)))
    aside = _aside(path, path.name, now)
    write_whole(aside, path.read_bytes())
    _write(path, merged.nb)
    return Updated(path, aside, merged.answers, merged.own, merged.new)


class _Merge:
    """The newest version with the student's answers and own cells in it."""

    def __init__(self, theirs: dict, newest: dict) -> None:
        self.released = {*_release(theirs).get("texts", ())}
        self.answers = self.own = self.new = 0
        wanted, mine, place = {_key(cell): cell for cell in newest["cells"]}, {}, None
        after: dict[str | None, list] = {}
        for cell in theirs["cells"]:
            key = _key(cell)
            if key in wanted and key not in mine:
                mine[key], place = cell, key
            elif not self._is_old(cell):
                after.setdefault(place, []).append(cell)
        cells = list(after.get(None, []))
        for key, cell in wanted.items():
            cells += [*self._both(mine.get(key), cell), *after.get(key, [])]
        self.own += sum(len(found) for found in after.values())
        self.nb = newest | {"cells": cells, "metadata": theirs["metadata"] | {METADATA: _release(newest)}}

    def _both(self, mine, cell):
        """Return what stands in the place of a cell of the newest version."""
        if mine is not None and _text(mine) == _text(cell):
            return [cell | {name: mine[name] for name in ("outputs", "execution_count") if name in mine}]
        if mine is not None and _is_answer(cell):
            if is_stub(_text(mine), _text(cell)) or self._is_old(mine):
                self.new += 1
                return [cell]
            self.answers += 1
            return [cell | {name: mine[name] for name in ("source", "outputs", "execution_count") if name in mine}]
        if mine is None or self._is_old(mine) or _is_locked(cell):
            self.new += 1
            return [cell]
        self.own += 1
        if self._is_old(cell):  # the lesson says what it said: what the student made of it stands alone
            return [mine]
        self.new += 1
        return [cell, mine | {"id": f"{cell['id'][:50]}-yours"}]

    def _is_old(self, cell):
        """Say whether a cell holds a text that was released with the copy."""
        return cell_digest(_text(cell)) in self.released


def _exercise(name, source):
    """Return the lesson of an exercise, and its answer cell as it is released."""
    found = {}
    for path in find_lessons(None, source):
        for cell in read_student(path).cells:
            if _is_answer(cell):
                found[cell.metadata.nbgrader.grade_id] = (path.stem, cell)
    if name in found:
        return found[name]
    import difflib

    close = difflib.get_close_matches(name.lower().replace("_", "-"), found, n=1, cutoff=0.4)
    meant = f" Did you mean {close[0]}?" if close else f" There are: {', '.join(found)}."
    raise UpkeepError(f"reset: there is no exercise {name}.{meant}")


def _read(path, command):
    """Return a notebook as JSON, or say why it is none."""
    if not path.exists():
        raise UpkeepError(f"{command}: there is no {path}. Name the folder of your copy; coursekit lab makes one.")
    try:
        found = content(path)
        parse(found)
    except Unreadable as error:
        raise UpkeepError(f"{command}: {path} {error}") from None
    nb = json.loads(found)
    if "cells" not in nb:
        raise UpkeepError(f"{command}: {path} is of an old format. Open it in JupyterLab, save it, and try again.")
    for part in (nb, *nb["cells"]):
        part.setdefault("metadata", {})
    return nb


def _write(path, nb):
    """Write a notebook as Jupyter does."""
    for cell in nb["cells"]:
        if isinstance(cell["source"], str):
            cell["source"] = cell["source"].splitlines(keepends=True)
    write_whole(path, json.dumps(nb, indent=1, ensure_ascii=False) + "\n")


def _aside(path, name, now):
    """Return where to keep what is replaced: no file that is there already."""
    stamp = f"{now or datetime.now():%Y-%m-%d_%H%M%S}"
    stem, suffix = name.rsplit(".", 1)
    names = [f"{stem}_{stamp}{count}.{suffix}" for count in ("", *(f"-{number}" for number in range(2, 1000)))]
    return next(place for name in names if not (place := path.parent / KEPT / name).exists())


def _release(nb):
    """Return what a notebook's metadata tell of its release."""
    found = nb["metadata"].get(METADATA)
    return found if isinstance(found, dict) else {}


def _text(cell):
    """Return the source of a cell as one text."""
    return "".join(cell["source"])


def _key(cell):
    """Return what a cell is known by in every version of its lesson."""
    return _grade_id(cell) or cell.get("id", "")


def _grade_id(cell):
    """Return the name of an answer or a check; empty for other cells."""
    flags = cell["metadata"].get("nbgrader", {})
    return flags.get("grade_id", "") if isinstance(flags, dict) else ""


def _is_answer(cell):
    """Say whether a cell of a lesson is an answer's."""
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def _is_locked(cell):
    """Say whether nobody may write into a cell of a lesson."""
    flags = cell["metadata"].get("nbgrader", {})
    return bool(flags.get("grade") or flags.get("locked"))
