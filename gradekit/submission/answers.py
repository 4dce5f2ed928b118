"""The answers among the cells of a submission.

Nothing of a submission is trusted but the source of its answer cells. They are found by ``grade_id``; where an editor
has lost the metadata, or the answer stands in a cell of its own, by the function that they define, then by likeness and
place. What an answer needs of the student's other cells travels with it, and with no other.
"""

from dataclasses import dataclass, field, replace

from gradekit.lesson import is_stub
from gradekit.submission.cells import MARKER, Pick, sheet  # noqa: F401 - others take MARKER from here
from gradekit.submission.elsewhere import answers, elsewhere, given, supplied
from gradekit.submission.pieces import needed, statements, units
from gradekit.submission.recognise import defined, released

AGAIN = "a cell of the student's own defines it as well; the answer's cell counts."
COPIES = 10  # cells of one name that are looked at: the last ones


@dataclass(frozen=True)
class Submission:
    """What counts of a submission.

    Attributes
    ----------
    answers : dict of str to str
        Source of each answer cell that was found, by ``grade_id``, markers of nbval taken out.
    remarks : tuple of str
        What was lost, doubled or ignored, in words.
    """

    answers: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def collect(lesson, cells, known=None):
    """Return the answers among the cells of a submission.

    Parameters
    ----------
    lesson : gradekit.lesson.Lesson
        The lesson.
    cells : list of dict
        As from :func:`gradekit.submission.reading.read`.
    known : gradekit.submission.recognise.Released, optional
        The same lesson as it is known again, where it was made already.

    Returns
    -------
    Submission
        The answers, and what is to be said of them.
    """
    known = known or released(lesson)
    own = sheet(cells, known)
    picks = {name: _named(name, own.cells, known) for name in known.stubs}
    for name in known.stubs:
        pick, taken = picks[name], {place for each in picks.values() if each for place in each.places}
        if pick is None or not answers(pick.source, known.stubs[name]):
            picks[name] = elsewhere(name, pick, own, taken, known) or pick
        elif _again(own.cells, known.stubs[name]):
            picks[name] = replace(pick, remarks=(*pick.remarks, AGAIN))
    picks = {name: pick and supplied(name, pick, own, known) for name, pick in picks.items()}
    missing = Pick("", remarks=("the answer cell is missing.",))
    remarks = [f"{name}: {remark}" for name, pick in picks.items() for remark in (pick or missing).remarks]
    return Submission({name: pick.source for name, pick in picks.items() if pick}, tuple(remarks))


def _again(cells, stub):
    """Say whether a cell without a name defines what a stub asks for as well."""
    free = [cell for cell in cells if not cell.name and cell.is_code and defined(stub)]
    return any(answers(cell.source, stub) for cell in free)


def _named(name, cells, known):
    """Return the answer among the cells of its name, or None; of several, those that make it."""
    stub, named = known.stubs[name], [cell for cell in cells if cell.name == name]
    if not named:
        return None
    written = [cell for cell in named if not is_stub(cell.source, stub)][-COPIES:]
    if len(named) == 1 or not written:
        return Pick(named[-1].source, (named[-1].place,), (*_several(named), *named[-1].notes))
    parts = _parts(written)
    facts = [each for i, part in enumerate(parts) for each in statements(part.source, i)]
    wanted = defined(stub)
    chosen = sorted({each.cell for each in needed(wanted, facts, given(name, known))})
    chosen = chosen if any(answers(parts[i].source, stub) for i in chosen) else [_last(parts, stub)]
    source = "\n".join(parts[i].source for i in chosen)
    places = tuple(place for i in chosen for place in parts[i].places)
    together = f"{len(named)} cells have this name; {len(places)} of them together make the answer."
    said = (together,) if len(places) > 1 else _several(named)
    return Pick(source, places, (*said, *(note for i in chosen for note in parts[i].remarks)))


def _several(named):
    """Say that several cells have one name."""
    if len(named) == 1:
        return ()
    return (f"{len(named)} cells have this name; the last one that was written to counts.",)


def _parts(cells):
    """Return cells as they were before an editor split them, each with the places that it comes from."""
    parts, left = [], list(cells)
    for source, count in units([cell.source for cell in cells]):
        theirs, left = left[:count], left[count:]
        notes = tuple(dict.fromkeys(note for cell in theirs for note in cell.notes))
        parts.append(Pick(source, tuple(cell.place for cell in theirs), notes))
    return parts


def _last(parts, stub):
    """Return the number of the last part that defines what is asked for, or of the last one."""
    return max((i for i, part in enumerate(parts) if answers(part.source, stub)), default=len(parts) - 1)
