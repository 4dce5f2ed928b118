"""The cells of a submission as answers are looked for: the lesson's own aside, cleaned, each with its place."""

import re
from dataclasses import dataclass

from gradekit.submission.pieces import fenced, without, without_magic
from gradekit.submission.reading import LONGEST
from gradekit.submission.recognise import squeezed

MARKER = re.compile(r"^[ \t]*#+[ \t]*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One cell that was handed in, as answers are looked for.

    Attributes
    ----------
    place : int
        Its number, from 0.
    name : str
        The answer that it is by its metadata; empty for any other.
    source : str
        Without markers, magics that only measure, and the lesson's own text.
    is_code : bool
        Whether it is a cell of code.
    notes : tuple of str
        What was taken out of it.
    """

    place: int
    name: str
    source: str
    is_code: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pick:
    """What was taken for an answer.

    Attributes
    ----------
    source : str
        Its text.
    places : tuple of int
        The cells that it was taken from, as a whole.
    remarks : tuple of str
        What is to be said of it.
    """

    source: str
    places: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What was handed in, as answers are looked for.

    Attributes
    ----------
    cells : tuple of Cell
        All but those that stand in the lesson.
    places : dict of str to float
        Where each answer should be.
    checks : dict of str to int
        Where the check of each answer is; those that were deleted are left out.
    """

    cells: tuple[Cell, ...]
    places: dict[str, float]
    checks: dict[str, int]


def sheet(cells, known):
    """Return the cells of a submission as answers are looked for.

    Parameters
    ----------
    cells : list of dict
        As from :func:`gradekit.submission.reading.read`.
    known : gradekit.submission.recognise.Released
        The lesson.

    Returns
    -------
    Sheet
        In their order.
    """
    texts = [squeezed(cell["source"]) for cell in cells]
    ids = [cell["metadata"]["nbgrader"].get("grade_id", "") for cell in cells]
    found = [_cell(place, cell, ids[place], texts[place], known) for place, cell in enumerate(cells)]
    mine = tuple(cell for cell in found if cell.name or squeezed(cell.source) not in known.texts)
    checks = {
        name: place
        for name, (grade_id, text) in known.checks.items()
        for place in [*_places(ids, grade_id), *_places(texts, text)][:1]
    }
    places = {name: (_places(ids, name) or [share * len(cells)])[0] for name, share in known.shares.items()}
    return Sheet(mine, places, checks)


def _places(values, wanted):
    """Return where a value stands."""
    return [place for place, value in enumerate(values) if value == wanted]


def _cell(place, cell, name, text, known):
    """Return a cell as answers are looked for, and what was taken out of it."""
    name, is_code = (name if name in known.stubs else ""), cell["cell_type"] == "code"
    steps = (
        (fenced if not is_code else str, ""),
        (lambda source: MARKER.sub("", source), "markers that tell nbval to look away were taken out."),
        (without_magic, "a magic that measures or hides was taken out."),
        (lambda source: without(source, known.prose), "text of the lesson that was merged into it was taken out."),
    )
    source, notes = cell["source"], []
    source = source if is_code or len(source) <= LONGEST else ""
    for step, note in steps if name or text not in known.texts else ():
        before, source = source, step(source)
        notes += [note] if note and before != source else []
    if "raises-exception" in cell["metadata"]["tags"]:
        notes.append("the tag raises-exception was taken out.")
    if name and not is_code:
        notes.append("its cell is no cell of code any more; its text was taken for the answer.")
    return Cell(place, name, source, is_code, tuple(notes))
