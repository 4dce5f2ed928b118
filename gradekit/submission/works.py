"""What is taken of each student for each lesson, and what becomes of the other files."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from gradekit.lesson import Lesson, is_stub
from gradekit.printable import shown
from gradekit.submission.answers import Submission
from gradekit.submission.examine import Handed
from gradekit.submission.files import CHECKPOINTS
from gradekit.submission.naming import lesson_named
from gradekit.submission.order import order
from gradekit.submission.people import Place
from gradekit.submission.recognise import Released, copied
from gradekit.submission.students import Student

SAME_TIME = 2 * 10**9  # nanoseconds: archives keep two seconds, and a copied folder has no times of its own
OURS = (
    "holds {}, as only the course's own solved notebook does. It earns nothing until you give marks in overrides.yml."
)
TELLING = ("damaged", "notebook", "refused", "archive", "export", "folder")  # whose reason is told, the first of these


@dataclass(frozen=True)
class Work:
    """One submission of one lesson.

    Attributes
    ----------
    student : str
        As the roster calls them; else by the name of the folder or file that it came in.
    lesson : Lesson
        What it answers.
    path : Path
        The file, or the archive that it is packed in.
    file : str
        The same, as seen from the folder of submissions.
    submission : gradekit.submission.answers.Submission
        Its answers.
    unreadable : str
        Why no answer is taken from it; empty if they are.
    look : str
        Why a human must look at it; empty for most.
    """

    student: str
    lesson: Lesson
    path: Path
    file: str = ""
    submission: Submission = field(default_factory=Submission)
    unreadable: str = ""
    look: str = ""


@dataclass(frozen=True)
class Line:
    """What became of one file or folder.

    Attributes
    ----------
    path : str
        As seen from the folder of submissions.
    student : str
        Whose it is; empty if it is nobody's.
    what : str
        ``"taken"``, ``"looked into"`` (an archive, or a list of a system), ``"another counts"``, ``"not taken"``,
        ``"left out"`` or ``"refused"``.
    why : str
        The lesson that it was taken for, or why it was not.
    """

    path: str
    student: str
    what: str
    why: str


@dataclass(frozen=True)
class Found:
    """All that a folder holds.

    Attributes
    ----------
    works : tuple of Work
        One for each student and lesson.
    lines : tuple of Line
        One for each file, by path.
    strangers : tuple of str
        Students whom the roster does not know; empty without a roster.
    silent : tuple of str
        Students of the roster who handed in nothing.
    facts : dict of str to dict
        What the folder tells of each student, in the columns of a roster: ``{"Ann Lee": {"moodle": "4711"}}``.
    groups : dict of str to tuple
        The members of each group that handed in as one, as the roster calls them.
    """

    works: tuple[Work, ...]
    lines: tuple[Line, ...]
    strangers: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    facts: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Owned:
    """One file, and whose it is.

    Attributes
    ----------
    handed : Handed
        The file.
    student : Student or None
        None where it is nobody's.
    place : Place
        Its own name, and its order among the attempts of one person.
    """

    handed: Handed
    student: Student | None
    place: Place

    @property
    def file(self):
        """The file as seen from the folder of submissions."""
        return "/".join(map(shown, self.handed.parts))


@dataclass(frozen=True)
class Candidate:
    """One file that may be what a student hands in for a lesson.

    Attributes
    ----------
    owned : Owned
        The file.
    known : Released
        The lesson.
    submission : Submission
        Its answers.
    first : bool
        Whether the file answers no other lesson more.
    """

    owned: Owned
    known: Released
    submission: Submission
    first: bool = True

    @property
    def rank(self):
        """What tells which of several counts, before their times do."""
        handed, stubs = self.owned.handed, self.known.stubs
        written = any(not is_stub(source, stubs[name]) for name, source in self.submission.answers.items())
        own, saved = handed.what == "notebook" and not handed.look, CHECKPOINTS not in handed.parts
        return (own, saved and written, self.first, saved, written, self.owned.place.attempt)


def sort_out(owned, lessons):
    """Return one work for each student and lesson, and a line for each file.

    Parameters
    ----------
    owned : list of Owned
        All files.
    lessons : list of Lesson
        What is graded.

    Returns
    -------
    works : tuple of Work
        By student and lesson.
    lines : tuple of Line
        By path.
    """
    by_name = {lesson.name: lesson for lesson in lessons}
    pairs, works, taken = defaultdict(list), {}, defaultdict(list)
    for each in owned:
        for number, (known, submission) in enumerate(each.handed.answers if each.student else ()):
            pairs[each.student.name, known.name].append(Candidate(each, known, submission, number == 0))
    for (student, lesson), several in pairs.items():
        works[student, lesson], best = _work(by_name[lesson], several)
        taken[best.owned.handed.parts] += [] if best.owned.handed.look else [lesson]
    counting = {key: work.file for key, work in works.items()}
    for student, theirs in _without_work(owned, {student for student, _ in works}).items():
        if (lesson := _meant(theirs, lessons)) and (each := _telling(theirs)):
            works[student, lesson.name] = Work(
                *(student, lesson, each.handed.path, each.file, Submission(remarks=each.student.remarks)),
                unreadable=each.handed.why or "holds no notebook. Hand in the .ipynb file.",
            )
    lines = [_line(each, taken.get(each.handed.parts, []), counting) for each in owned]
    return tuple(works[key] for key in sorted(works)), tuple(sorted(lines, key=lambda line: line.path))


def _work(lesson, several):
    """Return the work that counts of several files, and which one it is."""
    best, remarks = _choose(several)
    owned, handed = best.owned, best.owned.handed
    if not best.first:
        remarks.append(f"its answers stand in a notebook of another lesson: {owned.file}")
    if CHECKPOINTS in handed.parts:
        remarks.append("only an automatic checkpoint of it was handed in; an older state, perhaps.")
    if any(each.owned.handed.look for each in several) and not handed.look:
        theirs = ", ".join(each.owned.file for each in several if each.owned.handed.look)
        remarks.append(f"the course's own solved notebook was handed in beside it: {theirs}")
    look = f"it holds {handed.look}, as only the course's own solved notebook does" if handed.look else ""
    if not look and copied(best.submission.answers, best.known):
        look = "every answer is to the letter the course's own"
        remarks.append(f"{look}: please look at it.")
    said = tuple(map(shown, [*owned.student.remarks, *remarks, *best.submission.remarks]))
    submission = Submission({} if handed.look else best.submission.answers, said)
    unreadable = OURS.format(handed.look) if handed.look else ""
    return Work(owned.student.name, lesson, handed.path, owned.file, submission, unreadable, look), best


def _choose(several):
    """Return the file that counts, and what is to be said of the choice."""
    top = max(each.rank for each in several)
    level = [each for each in several if each.rank == top]
    newest = max(each.owned.handed.time for each in level)
    level = [each for each in level if newest - each.owned.handed.time <= SAME_TIME]
    best = max(level, key=lambda each: order(each.owned.file, each.owned.place.file))
    others = [each for each in several if each is not best and not each.owned.handed.look and each.first >= best.first]
    if not any(each.submission.answers != best.submission.answers for each in others):
        return best, []
    count, name = len(others) + 1, shown(best.owned.place.file)
    if any(each in level for each in others):
        said = f"{count} files answer this lesson, with equal times; by number and name the last one counts: {name}"
    elif any(each.rank[:-1] < top[:-1] and each.owned.handed.time > newest for each in others):
        said = f"{count} files answer this lesson; the newest that was written to counts: {name}"
    else:
        said = f"{count} files answer this lesson; the newest counts: {name}"
    more = sorted({answer for each in others for answer in _written(each) - _written(best)})
    return best, [said, *([f"another of them holds {', '.join(more)}, which it leaves unwritten."] if more else [])]


def _written(candidate):
    """Return the answers that were written to."""
    stubs, answers = candidate.known.stubs, candidate.submission.answers
    return {name for name, source in answers.items() if not is_stub(source, stubs[name])}


def _without_work(owned, done):
    """Return what those handed in of whom nothing was taken."""
    found = defaultdict(list)
    for each in owned:
        if each.student and each.student.name not in done:
            found[each.student.name].append(each)
    return found


def _meant(theirs, lessons):
    """Return the lesson that files of a student are meant for, or None: the one that is graded, or that they name."""
    if any(each.handed.what == "not graded" for each in theirs):
        return None
    if len(lessons) == 1:
        return lessons[0]
    named = [lesson_named(part, [lesson.name for lesson in lessons]) for each in theirs for part in each.handed.parts]
    named = [each.handed.meant for each in theirs if each.handed.meant] or named
    return next((lesson for lesson in lessons if lesson.name in named), None)


def _telling(theirs):
    """Return the file whose reason tells most of why nothing was taken, or None."""
    kinds = [each for each in theirs if each.handed.what in TELLING]
    return min(kinds, key=lambda each: TELLING.index(each.handed.what), default=None)


def _line(owned, lessons, counting):
    """Return what became of a file."""
    handed, student = owned.handed, owned.student.name if owned.student else ""
    if lessons:
        return Line(owned.file, student, "taken", ", ".join(lessons))
    if handed.look:
        return Line(owned.file, student, "not taken", OURS.format(handed.look))
    if handed.answers and student:
        files = [counting[student, known.name] for known, _ in handed.answers if (student, known.name) in counting]
        return Line(owned.file, student, "another counts", ", ".join(files))
    if handed.what in ("archive", "list"):
        why = handed.why or ("an archive" if handed.what == "archive" else "a list of the system that it came from")
        return Line(owned.file, student, "looked into", why)
    what = handed.what if handed.what in ("left out", "refused") else "not taken"
    return Line(owned.file, student, what, shown(handed.why))
