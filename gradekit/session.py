"""One grading from a folder of submissions to a folder of grades."""

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gradekit.book import gradebook, pages, roster, tables
from gradekit.lesson import GradingError, load_lessons
from gradekit.marking import check_masters, environment, grade_all
from gradekit.runs import box
from gradekit.runs.runner import PREFIX, Runners
from gradekit.store import Store
from gradekit.submission.folder import find_submissions, read

VERDICTS = "verdicts.jsonl"


@dataclass(frozen=True)
class Graded:
    """What a grading gave.

    Attributes
    ----------
    gradebook : dict
        As from :func:`gradekit.book.gradebook.build`.
    moved : list of dict
        Marks that are not what they were, as from :func:`gradekit.book.gradebook.changes`; empty the first time.
    unused : list of str
        Overrides that meet no submission.
    judged : int
        How many verdicts are new; the others were known.
    """

    gradebook: dict
    moved: list
    unused: list
    judged: int


def grade_folder(
    submissions, to, *, lessons=None, source=None, jobs=1, dask=None, isolation=None, limits=None, begin=None
):
    """Grade a folder of submissions and write gradebook, tables and pages.

    Parameters
    ----------
    submissions : path-like
        What was collected: ``STUDENT/LESSON.ipynb``.
    to : path-like
        Where grades are written. Grading again with the same folder runs only what has changed.
    lessons : iterable of str, optional
        Which to grade; all by default.
    source : path-like, optional
        Folder of the instructor's own complete notebooks; the course's by default.
    jobs : int, default=1
        Local workers.
    dask : str, optional
        Address of a Dask scheduler.
    isolation : {"boxed", "limits only"}, optional
        How runs must be contained: "boxed" refuses to grade without the box. The best that the machine has by default.
    limits : gradekit.runs.box.Limits, optional
        What one run may use.
    begin : callable, optional
        ``begin(total)`` is called when all is read, and returns what is called with each graded submission.

    Returns
    -------
    Graded
        The gradebook and what has changed.

    Raises
    ------
    GradingError
        If grading cannot begin: then nothing was graded and no mark has changed.
    """
    to = Path(to)
    level = _level(isolation)
    found = load_lessons(lessons, source and Path(source))
    works = find_submissions(submissions, found)
    overrides = gradebook.read_overrides(to / gradebook.OVERRIDES)
    _sweep()
    store, versions = Store(to / VERDICTS), environment()
    asked = {work.lesson.name for work in works}
    with Runners(limits, level, ahead=True) as runners:
        check_masters([lesson for lesson in found if lesson.name in asked], store, runners.run, versions)
        for work in works:
            read(work)
        done = begin(sum(not work.unreadable for work in works)) if begin else lambda work: None
        keys = grade_all(works, store, runners, jobs=jobs, dask=dask, done=done)
    book, before = gradebook.build(works, keys, store, level=level, overrides=overrides), gradebook.load(to)
    _write(book, to)
    moved = gradebook.changes(before, book) if before["submissions"] else []
    return Graded(book, moved, gradebook.unused(overrides, book), store.added)


def as_text(graded, to):
    """Return what came out, for a terminal.

    Parameters
    ----------
    graded : Graded
        From :func:`grade_folder`.
    to : Path
        Where it was written.

    Returns
    -------
    str
        Isolation, one line a student, what could not be read, whose marks moved and why, where the files are.
    """
    book = graded.gradebook
    lines = [book["isolation"], f"{len(book['submissions'])} submissions; {graded.judged} new verdicts", ""]
    for submission in book["submissions"]:
        marks = f"{submission['points']:g} of {submission['of']:g}"
        note = submission["unreadable"] or "; ".join(submission["remarks"])
        lines.append(f"{_one_line(submission['student']):<24} {submission['lesson']:<24} {marks:>10}  {note}".rstrip())
    if graded.moved:
        lines += ["", "Marks that moved:"]
    for move in graded.moved:
        points = f"{_points(move['before'])} -> {_points(move['after'])}"
        lines.append(f"  {_one_line(move['student'])}, {move['check']}: {points}, {move['why']}")
    lines += [f"{gradebook.OVERRIDES}: nothing was handed in for {place}" for place in graded.unused]
    files = "summary.html, feedback/, grades.csv, and files for Canvas, Moodle and Gradescope"
    return "\n".join([*lines, "", f"Written to {to}: {files}."])


def as_json(graded):
    """Return what came out, for scripts.

    Parameters
    ----------
    graded : Graded
        From :func:`grade_folder`.

    Returns
    -------
    str
        JSON with ``isolation``, ``judged``, ``moved``, ``unused`` and, for each submission, its points.
    """
    book = graded.gradebook
    kept = ("student", "lesson", "file", "points", "of", "unreadable", "remarks")
    submissions = [{name: submission[name] for name in kept} for submission in book["submissions"]]
    found = {"isolation": book["isolation"], "judged": graded.judged, "moved": graded.moved, "unused": graded.unused}
    return json.dumps({**found, "submissions": submissions}, indent=1)


def _one_line(text):
    """Return a student's name without what would break a line or steer a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _points(points):
    """Return points, or a dash where there were none."""
    return "-" if points is None else f"{points:g}"


def _write(book, to):
    """Write all that others read."""
    known = roster.read_roster(to / "roster.csv") if (to / "roster.csv").exists() else None
    gradebook.save(book, to)
    tables.write_tables(book, to, roster=known)
    pages.write_pages(book, to, roster=known)


def _level(wanted):
    """Return how runs are contained, and refuse less than what was asked for."""
    level = box.isolation() if wanted != box.LIMITS else box.LIMITS
    if wanted == box.FULL and level != box.FULL:
        raise GradingError(
            "grade: the box does not work here, so nobody was graded. Install bubblewrap (apt install bubblewrap), or "
            "say --isolation limits if every submission may see this machine."
        )
    return level


def _sweep():
    """Remove the run folders of graders that are gone."""
    import psutil

    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)) and folder.lstat().st_uid == os.getuid():
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)
