"""Answers that do not stand where they should, and what answers need of a student's other cells."""

import builtins
import difflib
import re
from dataclasses import replace

from gradekit.lesson import is_stub
from gradekit.source.names import bound, names_of
from gradekit.submission.cells import Pick
from gradekit.submission.pieces import needed, statements
from gradekit.submission.recognise import defined

LIKE = 0.6  # share of like text from which a cell without metadata may be an answer
NEAR = 200  # cells that are looked at for that
OWN = 200_000  # characters of one's own code that are searched for what answers need
STAR = re.compile(r"^from[ \t]+[\w.]+[ \t]+import[ \t]*\*", re.MULTILINE)
FUTURE = re.compile(r"^from[ \t]+__future__[ \t]+import[ \t]+[\w, \t]+$", re.MULTILINE)
CAUGHT_UP = re.compile(r"\.or_ours\(")
GIVEN = frozenset({*dir(builtins), "display", "get_ipython", "__name__"})  # names that every notebook has


def given(name, known):
    """Return the names that an answer finds there: Python's own, and what the lesson binds above the check.

    Parameters
    ----------
    name : str
        The answer.
    known : gradekit.submission.recognise.Released
        The lesson.

    Returns
    -------
    frozenset of str
        No cell of one's own binds any of these anew for an answer.
    """
    return GIVEN | known.above.get(name, frozenset())


def answers(source, stub):
    """Say whether a text defines what a stub asks for, and is not the stub.

    Parameters
    ----------
    source, stub : str
        The text and what was released.

    Returns
    -------
    bool
        True for any other text where the stub asks for no function.
    """
    wanted = defined(stub)
    return not is_stub(source, stub) and (not wanted or bool(wanted & (bound(source) or defined(source))))


def elsewhere(name, pick, sheet, taken, known):
    """Return an answer from a cell that does not bear its name.

    Parameters
    ----------
    name : str
        The answer.
    pick : Pick or None
        What stands in the cell of its name.
    sheet : gradekit.submission.cells.Sheet
        All cells.
    taken : set of int
        The places of those that are other answers.
    known : gradekit.submission.recognise.Released
        The lesson.

    Returns
    -------
    Pick or None
        None where there is none.
    """
    stub, wanted = known.stubs[name], defined(known.stubs[name])
    free = [cell for cell in sheet.cells if not cell.name and cell.place not in taken and cell.is_code]
    likely = [cell for cell in free if wanted & _made(cell.source)]
    likely = _written(likely, stub) or (likely if pick is None else [])
    if likely:
        return _from_own(name, pick, _best(name, likely, sheet), known)
    others = [cell for cell in sheet.cells if cell.name != name and wanted & _made(cell.source)]
    for cell in sorted(others, key=lambda cell: (not cell.is_code, -cell.place)):
        source = _definitions(name, cell, known)
        if source and not is_stub(source, stub):
            return Pick(source, (), ("it was taken out of a cell that holds other things as well.",))
    if pick is not None:
        return None
    near = sorted(free, key=lambda cell: abs(cell.place - sheet.places[name]))[:NEAR]
    alike = [cell for cell in near if _alike(cell.source, stub)]
    return _from_own(name, pick, (_written(alike, stub) or alike)[0], known) if alike else None


def supplied(name, pick, sheet, known):
    """Return an answer with what it needs of the student's other cells in front of it.

    Parameters
    ----------
    name : str
        The answer.
    pick : Pick
        What was taken for it.
    sheet : gradekit.submission.cells.Sheet
        All cells.
    known : gradekit.submission.recognise.Released
        The lesson: what it binds is never bound anew.

    Returns
    -------
    Pick
        The same where it needs nothing.
    """
    asked = {each for stub in known.stubs.values() for each in defined(stub)}
    names, there = names_of(pick.source), given(name, known)
    missing = names.uses - names.binds - there - asked if names else set()
    others = [cell for cell in sheet.cells if cell.is_code and cell.place not in pick.places]
    if not missing or pick.source.lstrip().startswith("%%"):
        return replace(pick, source=_futures_first(pick.source))
    chosen = _chosen(missing, _own_statements(others, there | asked), sheet.checks.get(name), there)
    bound_there = {each for statement in chosen for each in statement.binds}
    remarks = []
    if chosen:
        moved = ", ".join(sorted(bound_there)[:5])
        remarks.append(f"it needs {moved} of other cells; these definitions were put in front of it.")
    if (left := missing - bound_there) and any(STAR.search(cell.source) for cell in others):
        lost = ", ".join(sorted(left)[:5])
        remarks.append(f"it uses {lost}, perhaps of an 'import *' in another cell, which does not travel.")
    futures = [text for cell in others if left for text in FUTURE.findall(cell.source)]  # IPython keeps them on
    source = _futures_first("\n\n".join([*(each.text for each in chosen), pick.source]), futures)
    return replace(pick, source=source, remarks=(*pick.remarks, *remarks))


def _futures_first(source, more=()):
    """Return an answer that begins with what it, and more cells, take of the future: Python takes it nowhere else."""
    found = dict.fromkeys([*more, *FUTURE.findall(source)])
    return "\n".join([*found, FUTURE.sub("", source)]) if found and not FUTURE.match(source) else source


def _chosen(missing, found, check, there):
    """Return the statements that bind what is missing: above the check as a run takes them, else wherever they are."""
    above = needed(missing, [each for each in found if check is None or each.cell < check], there)
    left = missing - {each for statement in above for each in statement.binds}
    return [*above, *(each for each in needed(left, found, there) if each not in above)]


def _own_statements(cells, kept):
    """Return the statements of cells, but for those that bind a name that is kept, or names that nobody knows."""
    found, left = [], OWN
    for cell in cells:
        left -= len(cell.source)
        found += statements(cell.source, cell.place) if left > 0 else []
    modules = {name for each in found if each.text.startswith(("import ", "from ")) for name in each.binds}
    fixed = kept | modules  # a helper that replaces a part of a module would change more than this answer
    return [
        each for each in found if not each.binds & kept and not each.changes & fixed and "import *" not in each.text
    ]


def _made(source):
    """Return the names that a cell makes, in whatever way; a lesson's catch-up cell makes none."""
    return defined(source) | (set() if CAUGHT_UP.search(source) else bound(source))


def _written(cells, stub):
    """Return the cells that are not the stub, whatever else they hold."""
    return [cell for cell in cells if not is_stub(cell.source, stub)]


def _best(name, likely, sheet):
    """Return the last of several cells above their check, as a run from top to bottom takes it; else the nearest."""
    above = [cell for cell in likely if cell.place < sheet.checks.get(name, -1)]
    return above[-1] if above else min(likely, key=lambda cell: abs(cell.place - sheet.places[name]))


def _from_own(name, pick, cell, known):
    """Return an answer that stands in a cell without its name."""
    if pick is None:
        others = {each for stub in known.stubs.values() for each in defined(stub)} - defined(known.stubs[name])
        shared = others & defined(cell.source)
        source = (_definitions(name, cell, known) if shared else "") or cell.source
        lost = "its metadata was lost; the cell was found by what it defines."
        return Pick(source, () if shared else (cell.place,), (lost, *cell.notes))
    source = _definitions(name, cell, known) or cell.source
    left = "is as it was handed out" if is_stub(pick.source, known.stubs[name]) else "does not define it"
    own = f"its cell {left}; the answer was taken from a cell of the student's own that defines it."
    return Pick(source, (), (own, *cell.notes))


def _definitions(name, cell, known):
    """Return what defines an answer in a cell, and what this needs of the same cell; all of it where all is needed."""
    found = statements(cell.source)
    chosen = needed(defined(known.stubs[name]), found, given(name, known))
    return cell.source if len(chosen) == len(found) else "\n\n".join(each.text for each in chosen)


def _alike(a, b):
    """Say whether two texts are alike, the quick measures first."""
    alike = difflib.SequenceMatcher(None, a[:5000], b[:5000])
    return all(measure() >= LIKE for measure in (alike.real_quick_ratio, alike.quick_ratio, alike.ratio))
