"""One grading from a folder of submissions to a folder of grades."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from gradekit.book import gradebook, pages, tables
from gradekit.lesson import GradingError, find_lessons, load_lessons
from gradekit.marking import check_masters, environment
from gradekit.runs import disk
from gradekit.runs import isolation as isolations
from gradekit.runs.limits import Level
from gradekit.runs.pool import Runners
from gradekit.schedule import grade_all
from gradekit.shown import shown
from gradekit.store import Store
from gradekit.submission.folder import find
from gradekit.submission.roster import read_roster

VERDICTS = "verdicts.jsonl"
ROSTER = "roster.csv"
TOLD = 40  # files that were not taken, told on the terminal; the gradebook has all


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
    isolation : Level, optional
        How runs must be contained: the box refuses to grade without the box. The best that the machine has by default.
    limits : gradekit.runs.limits.Limits, optional
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
    how = _contained(isolation)
    found = load_lessons(lessons, source and Path(source))
    roster = read_roster(to / ROSTER) if (to / ROSTER).exists() else {}
    handed_in = find(submissions, found, roster=roster, others=_others(found, source))
    works = handed_in.works
    overrides = gradebook.read_overrides(to / gradebook.OVERRIDES)
    disk.sweep()
    store, versions = Store(to / VERDICTS), environment(how.level)
    asked = {work.lesson.name for work in works}
    hide = [submissions, to, *([source] if source else [])]
    with Runners(limits, how.level, hide=hide, ahead=True) as runners:
        check_masters([lesson for lesson in found if lesson.name in asked], store, runners.run, versions)
        done = begin(sum(not work.unreadable for work in works)) if begin else lambda work: None
        keys = grade_all(works, store, runners, jobs=jobs, dask=dask, done=done)
    book, before = gradebook.build(works, keys, store, isolation=how.line, overrides=overrides), gradebook.load(to)
    book = _with_files(book, handed_in)
    _write(book, to, roster, handed_in.facts)
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
        note = shown("; ".join(filter(None, [submission["unreadable"], *submission["remarks"]])))
        lines.append(f"{shown(submission['student']):<24} {submission['lesson']:<24} {marks:>10}  {note}".rstrip())
    if graded.moved:
        lines += ["", "Marks that moved:"]
    for move in graded.moved:
        points = f"{_points(move['before'])} -> {_points(move['after'])}"
        lines.append(f"  {shown(move['student'])}, {move['check']}: {points}, {move['why']}")
    lines += [f"{gradebook.OVERRIDES}: nothing was handed in for {shown(place)}" for place in graded.unused]
    lines += _not_taken(book)
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
    found |= {name: book[name] for name in ("files", "strangers", "silent")}
    return json.dumps({**found, "submissions": submissions}, indent=1)


def _others(found, source):
    """Return the names of the lessons that are not graded now."""
    return [
        path.stem for path in find_lessons(None, source and Path(source)) if path.stem not in {f.name for f in found}
    ]


def _with_files(book, found):
    """Return the gradebook with what became of every file, and who is missing."""
    looks = {(work.student, work.lesson.name): work.look for work in found.works}
    submissions = [{**entry, "look": looks[entry["student"], entry["lesson"]]} for entry in book["submissions"]]
    files = [asdict(line) for line in found.lines]
    lists = {"files": files, "strangers": list(found.strangers), "silent": list(found.silent)}
    lists["groups"] = {student: list(members) for student, members in found.groups.items()}
    return {**book, "submissions": submissions, **lists}


def _not_taken(book):
    """Return what was not taken and why, who is not on the roster, and who of it handed in nothing."""
    lines = [file for file in book["files"] if file["what"] in ("not taken", "another counts", "refused")]
    lines.sort(key=lambda file: file["why"] == "is no notebook.")  # what says least comes last
    told = [f"  {file['path']}: {file['what']}: {file['why']}" for file in lines[:TOLD]]
    more = [f"  and {len(lines) - TOLD} more: gradebook.json"] if len(lines) > TOLD else []
    people = [
        f"{words}: {', '.join(map(shown, book[key]))}"
        for key, words in (("strangers", "Not on the roster"), ("silent", "On the roster, and nothing handed in"))
        if book[key]
    ]
    return [*(["", "Not taken:"] if told else []), *told, *more, *([""] if people else []), *people]


def _points(points):
    """Return points, or a dash where there were none."""
    return "-" if points is None else f"{points:g}"


def _write(book, to, roster, facts):
    """Write all that others read; what the folder tells of its people stands where a roster does not."""
    known = {student: {**facts.get(student, {}), **roster.get(student, {})} for student in {*facts, *roster}}
    gradebook.save(book, to)
    tables.write_tables(book, to, roster=known)
    pages.write_pages(book, to, roster=known if roster else None)


def _contained(wanted):
    """Return how runs are contained, and refuse less than what was asked for."""
    found = isolations.limits_only() if wanted == Level.LIMITS else isolations.isolation()
    if wanted == Level.BOX and found.level != Level.BOX:
        raise GradingError(
            f"grade: the box does not work here, so nobody was graded: {found.reason}. Or say --isolation limits, if "
            "every submission may see this machine."
        )
    return found
