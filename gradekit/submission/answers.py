"""The answers among the cells of a submission.

Nothing of a submission is trusted but the source of its answer cells. They are found by ``grade_id``; where an editor
has lost the metadata, by the function that they define, then by likeness and place.
"""

import difflib
import re
from dataclasses import dataclass, field

from gradekit.lesson import is_stub

LIKE = 0.6  # share of like text from which a cell without metadata may be an answer
NEAR = 200  # cells that are looked at for that
MARKER = re.compile(r"^[ \t]*#+[ \t]*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)[ \t]*$", re.MULTILINE)


@dataclass
class Submission:
    """What counts of a submission.

    Attributes
    ----------
    answers : dict of str to str
        Source of each answer cell that was found, by ``grade_id``, markers of nbval taken out.
    remarks : list of str
        What was lost, doubled or ignored, in words.
    """

    answers: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def collect(lesson, cells):
    """Return the answers among the cells of a submission.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        The lesson.
    cells : list of dict
        As from :func:`read`.

    Returns
    -------
    Submission
        The answers, and what is to be said of them.
    """
    found, released = Submission(), lesson.stubs
    loose = [(i, cell) for i, cell in enumerate(cells) if cell["cell_type"] == "code"]
    places = {name: place / len(lesson.master.cells) for place, name in _answer_places(lesson.master)}
    for name, stub in released.items():
        named = [(i, cell) for i, cell in loose if _grade_id(cell) == name]
        chosen = _choose(named, stub, name, found) or _find_lost(
            loose, released, name, places[name] * len(cells), found
        )
        if chosen is None:
            found.remarks.append(f"{name}: the answer cell is missing.")
            continue
        loose.remove(chosen)
        source = MARKER.sub("", chosen[1]["source"])
        if source != chosen[1]["source"]:
            found.remarks.append(f"{name}: markers that tell nbval to look away were taken out.")
        if "raises-exception" in chosen[1]["metadata"]["tags"]:
            found.remarks.append(f"{name}: the tag raises-exception was taken out.")
        found.answers[name] = source
    return found


def _grade_id(cell):
    """Return a cell's grade_id, if it has one and is an answer."""
    flags = cell["metadata"]["nbgrader"]
    return flags.get("grade_id") if flags.get("solution") else None


def _answer_places(master):
    """Return (place, name) of each answer cell."""
    flags = [(i, cell.metadata.get("nbgrader", {})) for i, cell in enumerate(master.cells)]
    return [(i, flag["grade_id"]) for i, flag in flags if flag.get("solution")]


def _choose(named, stub, name, found):
    """Return the cell of that name: of several, the last one that was written to."""
    if len(named) > 1:
        found.remarks.append(f"{name}: {len(named)} cells have this name; the last one that was written to counts.")
    written = [pair for pair in named if not is_stub(pair[1]["source"], stub)]
    return (written or named or [None])[-1]


def _find_lost(loose, released, name, place, found):
    """Return the cell that answers without saying so: it defines the function, or looks like the stub."""
    free = [pair for pair in loose if _grade_id(pair[1]) not in released]
    free = sorted(free, key=lambda pair: abs(pair[0] - place))
    wanted, stub = _defined(released[name]), released[name]
    likely = [pair for pair in free if wanted and wanted & _defined(pair[1]["source"])]
    likely = likely or [pair for pair in free[:NEAR] if _alike(pair[1]["source"], stub)]
    if not likely:
        return None
    found.remarks.append(f"{name}: its metadata was lost; the cell was found by what it defines.")
    written = [pair for pair in likely if not is_stub(pair[1]["source"], stub)]
    return (written or likely)[0]


def _alike(a, b):
    """Say whether two texts are alike, the quick measures first."""
    alike = difflib.SequenceMatcher(None, a[:5000], b[:5000])
    return all(measure() >= LIKE for measure in (alike.real_quick_ratio, alike.quick_ratio, alike.ratio))


def _defined(source):
    """Return the functions and classes that a text defines at its top."""
    return set(re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", source, re.MULTILINE))
