"""One grading from a folder of submissions to a folder of grades."""

import os
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from gradekit import roster
from gradekit.book import course, gradebook, kept, overrides, pages, tables
from gradekit.book.entries import FileEntry, Gradebook
from gradekit.book.moves import Move, changes
from gradekit.book.terminal import as_json, as_text
from gradekit.lesson import GradingError, find_lessons, load_lessons
from gradekit.lock import locked
from gradekit.marking import check_masters, environment
from gradekit.runs import disk
from gradekit.runs import isolation as isolations
from gradekit.runs.limits import Level
from gradekit.runs.pool import Runners
from gradekit.schedule import grade_all
from gradekit.store import open_store
from gradekit.submission.folder import find

__all__ = ["Graded", "as_json", "as_text", "grade_folder"]
VERDICTS = "verdicts.jsonl"


@dataclass(frozen=True)
class Graded:
    """What a grading gave.

    Attributes
    ----------
    gradebook : gradekit.book.entries.Gradebook
        All marks.
    moved : tuple of gradekit.book.entries.Move
        Marks that are not what they were when they were last told; empty the first time.
    unused : tuple of str
        Overrides that meet nothing, and what may be meant.
    judged : int
        How many verdicts are new; the others were known.
    notes : tuple of str
        Files that were set aside, and what the folder does not offer.
    roster : dict
        Who the students are, where that is known.
    """

    gradebook: Gradebook
    moved: tuple[Move, ...]
    unused: tuple[str, ...]
    judged: int
    notes: tuple[str, ...] = ()
    roster: dict = field(default_factory=dict)


def grade_folder(
    submissions, to, *, lessons=None, source=None, jobs=1, dask=None, isolation=None, limits=None, begin=None, tell=None
):
    """Grade a folder of submissions and write gradebook, tables and pages.

    Parameters
    ----------
    submissions : path-like
        What was collected: ``STUDENT/LESSON.ipynb``.
    to : path-like
        Where grades are written. Grading again with the same folder runs only what has changed.
    lessons : iterable of str, optional
        Which to grade; all by default. What was graded of others before stays in the gradebook as it is.
    source : path-like, optional
        Folder of the instructor's own complete notebooks; the course's by default.
    jobs : int, default=1
        Local workers.
    dask : str, optional
        Address of a Dask scheduler.
    isolation : Level, optional
        How runs must be contained: ``Level.BOX`` refuses to grade without the box. By default, the best that there is.
    limits : gradekit.runs.limits.Limits, optional
        What one run may use.
    begin : callable, optional
        ``begin(total)`` is called when all is read, and returns what is called with each graded submission.
    tell : callable, optional
        ``tell(graded)`` shows what came out. Only when it has returned does the gradebook on disk change, which the
        next grading compares with: a mark that moved is told again until it was told to the end.

    Returns
    -------
    Graded
        The gradebook and what has changed.

    Raises
    ------
    GradingError
        If grading cannot begin: then nothing was graded and no mark has changed.
    gradekit.lock.FolderTaken
        If somebody else grades into the folder.
    gradekit.keeping.NotWritten
        If a file cannot be written; the old one stands.
    """
    to = Path(to)
    contained = _contained(isolation)
    found = load_lessons(lessons, source and Path(source))
    with locked(to) as warning:
        notes, others = [warning] if warning else [], _others(found, source)
        marks, known, about = _by_hand(to, found), _roster(to), course.read_course(to / course.NAME, _today())
        handed_in = find(submissions, found, roster=known, others=others)
        disk.sweep()
        store, more = open_store(to / VERDICTS)
        hide = [submissions, to, *([source] if source else [])]
        runners = Runners(limits, contained.level, hide=hide, ahead=True)
        keys = _judge(handed_in.works, found, store, runners, jobs, dask, begin)
        handed = _handed(handed_in, known)
        marks, unused = _settle(marks, {*handed.everyone, *handed.groups, *known}, found, others)
        before, lost = kept.load(to)
        how = {"isolation": contained.line, "overrides": marks, "lessons": found, "handed": handed}
        book = gradebook.build(handed_in.works, keys, store, **how, earlier=before if lessons else None)
        moved = changes(before, book) if before.submissions else ()
        people = _people(known, handed_in.facts)
        graded = Graded(book, moved, tuple(unused), store.added, (*notes, *more, *lost), people)
        tables.write_tables(book, to, roster=people)
        pages.write_pages(book, to, roster=people, course=about)
        if tell:
            tell(graded)
        kept.save(book, to)  # last: what the next grading compares with is what was told
        return graded


def _judge(works, lessons, store, runners, jobs, dask, begin):
    """Return the key of each verdict: the masters first, then every submission."""
    versions, asked = environment(runners.level), {work.lesson.name for work in works}
    with runners:
        check_masters([lesson for lesson in lessons if lesson.name in asked], store, runners.run, versions)
        done = begin(sum(not work.unreadable for work in works)) if begin else lambda work: None
        return grade_all(works, store, runners, jobs=jobs, dask=dask, done=done)


def _others(found, source):
    """Return the names of the lessons that are not graded now."""
    return {path.stem for path in find_lessons(None, source and Path(source))} - {lesson.name for lesson in found}


def _handed(found, roster):
    """Return who handed in what, as a gradebook without lessons and marks."""
    files = tuple(FileEntry(**asdict(line)) for line in found.lines)
    people = {"absent": found.silent, "strangers": found.strangers, "groups": found.groups}
    return Gradebook(files=files, **people, has_roster=bool(roster))


def _people(roster, facts):
    """Return who the students are: as the roster says, and where it says nothing as the folder does."""
    return {student: {**facts.get(student, {}), **roster.get(student, {})} for student in {*facts, *roster}}


def _today():
    """Return the date of this day, in words that no country reads in another order."""
    today = date.today()
    return f"{today.day} {today:%B %Y}"


def _by_hand(to, lessons):
    """Return the marks by hand, and refuse those that cannot be meant, before anything is graded."""
    path = to / overrides.NAME
    found = overrides.read_overrides(path)
    overrides.check_overrides(found, lessons, path)
    return found


def _roster(to):
    """Return who the students are, where the instructor says so."""
    path = to / roster.NAME
    return roster.read_roster(path) if os.path.lexists(path) else {}


def _settle(marks, people, lessons, others):
    """Return the marks by hand that meet somebody, and what is to be said of the others."""
    checks = {lesson.name: [each.name for each in lesson.exercises] for lesson in lessons}
    asked = {place: mark for place, mark in marks.items() if place[1] not in others}
    return overrides.settle(asked, people, checks)


def _contained(wanted):
    """Return how runs are contained, and refuse less than what was asked for."""
    found = isolations.limits_only() if wanted == Level.LIMITS else isolations.isolation()
    if wanted == Level.BOX and found.level != Level.BOX:
        raise GradingError(
            f"grade: the box does not work here, so nobody was graded: {found.reason}. Or say --isolation limits, if "
            "every submission may see this machine."
        )
    return found
