"""One file that was handed in: which lessons it answers and how, or what it is instead."""

from dataclasses import dataclass, replace
from pathlib import Path

from gradekit.submission import lists
from gradekit.submission.answers import Submission, collect
from gradekit.submission.files import export
from gradekit.submission.naming import lesson_named
from gradekit.submission.reading import Unreadable, parse
from gradekit.submission.recognise import Released, lessons_of, ours

OF_NBGRADER = "lies in a folder of nbgrader's own, so it was left out."
SEARCHED = 20 * 2**20  # bytes of a damaged file that are searched for the names of cells
NBGRADERS = {"source", "release", "autograded", "feedback"}  # folders of nbgrader's beside what was submitted


@dataclass(frozen=True)
class Handed:
    """One file, read.

    Attributes
    ----------
    parts : tuple of str
        Its path.
    path : Path
        On the disk.
    what : str
        ``"notebook"``, ``"damaged"`` (it should be one), ``"export"``, ``"list"`` (of a system), ``"not graded"``,
        ``"other"``, or as in :class:`gradekit.submission.files.File`.
    why : str
        Why it is not taken.
    time : int
        When it was last written.
    answers : tuple of tuple
        Pairs of a lesson and its submission.
    look : str
        By what it is known as the course's own.
    told : tuple
        What a system's list says.
    meant : str
        The lesson whose cells are named in a damaged file.
    """

    parts: tuple[str, ...]
    path: Path
    what: str
    why: str = ""
    time: int = 0
    answers: tuple[tuple[Released, Submission], ...] = ()
    look: str = ""
    told: tuple = ()
    meant: str = ""


def examine(file, known, others=()):
    """Return a file, read.

    Parameters
    ----------
    file : gradekit.submission.files.File
        Of the folder of submissions.
    known : list of Released
        What is graded.
    others : iterable of str, optional
        Names of lessons that are not graded now.

    Returns
    -------
    Handed
        Without the bytes.
    """
    name, blank = file.parts[-1] if file.parts else "", Handed(file.parts, file.path, file.what, file.why, file.time)
    should_be = ".ipynb" in name.lower()
    if file.what in ("refused", "folder") and should_be:
        return replace(blank, what="damaged", why=file.why.replace("empty folder.", "empty folder, not a notebook."))
    if file.what != "file":
        return blank
    if lists.is_list(name) and file.found is not None:
        return replace(blank, what="list", told=lists.told(name, file.found))
    if file.found is None:
        return _no_notebook(blank)
    try:
        return _notebook(parse(file.found), blank, known, tuple(others))
    except Unreadable as error:
        should_be = should_be or b'"cell_type"' in file.found[:100_000]
        if not should_be:
            return _no_notebook(blank)
        return replace(blank, what="damaged", why=str(error), meant=_meant(file.found[:SEARCHED], known))


def without_nbgraders(handed):
    """Return files without what lies in nbgrader's own folders, where students' lie beside them.

    Parameters
    ----------
    handed : list of Handed
        All files.

    Returns
    -------
    list of Handed
        Those of nbgrader's folders are marked as left out.
    """
    tops = {each.parts[:depth] for each in handed for depth, part in enumerate(each.parts) if part == "submitted"}
    mark = {"what": "left out", "why": OF_NBGRADER, "answers": (), "look": "", "told": ()}
    return [replace(each, **mark) if _beside(each.parts, tops) else each for each in handed]


def _beside(parts, tops):
    """Say whether a path is in one of nbgrader's own folders beside ``submitted``."""
    return any(parts[: len(top)] == top and not NBGRADERS.isdisjoint(parts[len(top) : len(top) + 1]) for top in tops)


def _meant(found, known):
    """Return the lesson whose cells are named in what is left of a notebook."""
    hits = {lesson.name: sum(f'"{name}"'.encode() in found for name in lesson.ids) for lesson in known}
    best = max(hits, key=hits.get, default="")
    return best if hits.get(best) else ""


def _no_notebook(blank):
    """Return a file that is no notebook and does not say that it is one."""
    if why := export(blank.parts[-1]):
        return replace(blank, what="export", why=why)
    return replace(blank, what="other", why="is no notebook.")


def _notebook(notebook, blank, known, others):
    """Return a notebook with its answers to each lesson."""
    names = [lesson.name for lesson in known]
    told = next((part for part in reversed(blank.parts) if lesson_named(part, [*names, *others])), "")
    named = lesson_named(told, [*names, *others])
    ids = sorted({cell["metadata"]["nbgrader"].get("grade_id", "") for cell in notebook.cells} - {""})
    strange = bool(ids) and not any(set(ids) & lesson.ids for lesson in known)
    lessons = lessons_of(notebook, named if named in names and not strange else "", known)
    if not lessons:
        if (other := _other(ids, named, others)) or strange:
            why = f"answers {other or 'a lesson with other names: ' + ', '.join(ids[:3])}, which is not graded now."
            return replace(blank, what="not graded", why=why)
        return replace(blank, what="notebook", why="is a notebook that holds nothing of a lesson that is graded.")
    notes = list(notebook.notes)
    if named and named != lessons[0].name:
        notes.append(f"its name says {named}, but it holds {lessons[0].name}.")
    found = [(lesson, collect(lesson.lesson, notebook.cells, lesson)) for lesson in lessons]
    answers = tuple((lesson, Submission(each.answers, (*notes, *each.remarks))) for lesson, each in found)
    return replace(blank, what="notebook", answers=answers, look=ours(notebook, lessons[0]))


def _other(ids, named, others):
    """Return the lesson that is not graded now and that a notebook answers, by the numbers of its cells or its name."""
    numbers = {each.split("-")[0] for each in ids}
    return next((other for other in others if other.split("_")[0] in numbers), named if named in others else "")
