"""An instructor's own hidden inputs: ``coursekit author --seed`` draws a new seed for each check of a lesson.

The seed stands in the hidden part of a check cell, as ``seed=11`` or ``default_rng(11)``, and nowhere else: the visible
lesson stays as it is, and without the instructor's number nobody can tell the inputs or the values.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.agreements import PROBED, lessons_folder
from gradekit.student import student_version

if TYPE_CHECKING:
    from nbformat import NotebookNode

GENERATORS = {"default_rng", "SeedSequence", "RandomState", "Random", "seed"}  # their first argument is a seed
SMALL = {"RandomState", "seed"}  # they take 32 bits
KEYWORDS = {"seed", "entropy"}
SHORT = 8  # characters of a number that one can guess by trying


class SeedError(ValueError):
    """A lesson whose hidden inputs cannot be drawn anew; the file is as it was."""


def refuse_original(path: str | Path) -> None:
    """Refuse to change the course's own lessons: their seeds are public, and must stay what the tests know.

    Parameters
    ----------
    path : path-like
        A notebook.

    Raises
    ------
    SeedError
        If it lies among the course's own lessons.
    """
    folder = Path(path).resolve().parent
    checkout = folder.name == "notebooks" and (folder.parent / "coursekit" / "agreements.py").exists()
    if checkout or folder == lessons_folder().resolve():
        raise SeedError(
            f"author: {path} is the course's own lesson, and its seeds are public. Copy the lessons first: "
            f"cp -r {folder} my-course, then: coursekit author --seed ... my-course/{Path(path).name}"
        )


def reseed(nb: NotebookNode, number: str) -> list[str]:
    """Replace the seeds in the hidden parts of a lesson's checks, in place.

    Parameters
    ----------
    nb : NotebookNode
        The complete lesson.
    number : str
        The instructor's own; any text. The same number gives the same seeds.

    Returns
    -------
    list of str
        The checks whose seed is another now, by ``grade_id``.

    Raises
    ------
    SeedError
        If a check's hidden part draws from no seed that stands in it, or ``number`` is empty: then nothing is replaced.
    """
    if not number.strip():
        raise SeedError("author: --seed is empty. Give a number or a sentence that nobody can guess.")
    hiding = [cell for cell in nb.cells if _name(cell) and _hidden_lines(cell.source)]
    sources = {_name(cell): _reseeded(cell, number) for cell in hiding}
    if fixed := [name for name, source in sources.items() if source is None]:
        raise SeedError(
            f"author: the hidden part of {', '.join(fixed)} draws from no seed, so it cannot be drawn anew. Put one "
            "into it, such as check.NAME.hidden(NAME, seed=1), or draw from np.random.default_rng(1) there."
        )
    changed = [cell for cell in hiding if sources[_name(cell)] != cell.source]
    for cell in changed:
        cell.source = sources[_name(cell)]
    return [_name(cell) for cell in changed]


def compare(before: NotebookNode, after: NotebookNode, changed: list[str]) -> None:
    """Refuse a lesson that shows students something else than before, or prints what it printed with the public seed.

    Parameters
    ----------
    before, after : NotebookNode
        The lesson as it was, and executed with the new seeds.
    changed : list of str
        From :func:`reseed`.

    Raises
    ------
    SeedError
        With what differs, or the checks that print the same values.
    """
    if _shown(before) != _shown(after):
        raise SeedError("author: what students see has changed as well, so nothing was saved. Please report this.")
    was, values = _values(before), _values(after)
    if same := [name for name in changed if values[name] == was[name] and not _is_letter(values[name])]:
        raise SeedError(
            f"author: with your seed {', '.join(same)} prints the same values as with the one before. Its hidden part "
            "draws nothing that an answer depends on: draw more in it, or take another --seed."
        )


def is_short(number: str) -> bool:
    """Say whether an instructor's number can be guessed by trying.

    Parameters
    ----------
    number : str
        As for :func:`reseed`.

    Returns
    -------
    bool
        Whether it is short.

    Examples
    --------
    >>> is_short("7"), is_short("the north wind in 1987")
    (True, False)
    """
    return len(number.strip()) < SHORT


def _name(cell):
    """Return the ``grade_id`` of a check; None for any other cell."""
    flags = cell.metadata.get("nbgrader", {})
    return flags.get("grade_id") if flags.get("grade") and not flags.get("solution") else None


def _is_letter(printed):
    """Say whether a hidden part printed one letter: a question with options has nothing to draw."""
    return len(printed) == 1 and re.fullmatch(r"-> '[a-z]'", printed[0].strip()) is not None


def _hidden_lines(source):
    """Return the numbers of the lines that students do not get, counted from 1."""
    inside, found = False, set()
    for number, line in enumerate(source.split("\n"), 1):
        if "BEGIN HIDDEN TESTS" in line:
            inside = True
        elif "END HIDDEN TESTS" in line:
            inside = False
        elif inside:
            found.add(number)
    return found


def _reseeded(cell, number):
    """Return the source of a check with new seeds in its hidden part; None if there is none to replace."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        raise SeedError(f"author: the check {_name(cell)} is no Python: line {error.lineno}, {error.msg}.") from None
    hidden, old = _hidden_lines(cell.source), []
    seeds = [(bits, node) for bits, node in _seeds(tree) if node.lineno in hidden]
    lines = [line.encode() for line in cell.source.split("\n")]
    for _, node in seeds:
        old += [] if node.value in old else [node.value]
    for bits, node in sorted(seeds, key=lambda seed: (seed[1].lineno, seed[1].col_offset), reverse=True):
        line, new = lines[node.lineno - 1], _draw(number, _name(cell), old.index(node.value), bits)
        lines[node.lineno - 1] = line[: node.col_offset] + str(new).encode() + line[node.end_col_offset :]
    return b"\n".join(lines).decode() if seeds else None


def _seeds(tree):
    """Return (bits, node) of each whole number that a call takes as its seed, in the order of the source."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        values = [keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS]
        values += call.args[:1] if name in GENERATORS else []
        numbers = [node for node in values if isinstance(node, ast.Constant) and type(node.value) is int]
        found += [(32 if name in SMALL else 63, node) for node in numbers]
    return sorted(found, key=lambda seed: (seed[1].lineno, seed[1].col_offset))


def _draw(number, name, place, bits):
    """Return the seed of a check: known to nobody who does not know the instructor's number."""
    digest = hashlib.sha256(json.dumps([number.strip(), name, place]).encode()).digest()
    return int.from_bytes(digest[:8], "big") % 2**bits


def _shown(nb):
    """Return all that a lesson shows to students."""
    cells = student_version(nb).cells
    return [(cell.cell_type, cell.source, json.dumps(cell.metadata, sort_keys=True)) for cell in cells]


def _values(nb):
    """Return the lines with values that each check has printed, by name."""
    found = {}
    for cell in nb.cells:
        if name := _name(cell):
            lines = "".join(output.get("text", "") for output in cell.outputs).split("\n")
            found[name] = [line for line in lines if line.startswith(PROBED)]
    return found
