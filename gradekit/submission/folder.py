"""The folder that was collected: whose files are in it, and which lesson each one answers."""

from dataclasses import dataclass, field
from pathlib import Path

from gradekit.lesson import GradingError, Lesson
from gradekit.submission.answers import Submission, collect
from gradekit.submission.reading import Unreadable
from gradekit.submission.reading import read as read_cells


@dataclass
class Work:
    """One submission of one lesson.

    Attributes
    ----------
    student : str
        Name of the folder or file that it came in.
    lesson : Lesson
        What it answers.
    path : Path
        The file.
    file : str
        The same, as seen from the folder of submissions.
    submission : gradekit.submission.Submission
        Its answers.
    unreadable : str
        Why it could not be read; empty if it could.
    """

    student: str
    lesson: Lesson
    path: Path
    file: str = ""
    submission: Submission = field(default_factory=Submission)
    unreadable: str = ""


def find_submissions(folder, lessons):
    """Return the submissions in a folder: ``STUDENT/05_mnist_lab.ipynb``, or ``STUDENT_05_mnist_lab.ipynb``.

    Parameters
    ----------
    folder : Path
        What was collected. Anything between the student's folder and the notebook is fine.
    lessons : list of Lesson
        What is graded.

    Returns
    -------
    list of Work
        One for each student and lesson, by name; not yet read.

    Raises
    ------
    GradingError
        If there is no such folder, or nothing in it answers a lesson.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise GradingError(f"grade: {folder} is no folder. Name the one that holds a folder for each student.")
    works = {}
    for path in sorted(folder.rglob("*.ipynb")):
        inner = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inner.parts)
        lesson = next((lesson for lesson in lessons if lesson.name in path.name), None)
        if lesson is None or hidden:
            continue
        flat = path.stem.replace(lesson.name, "").strip("_- ") or path.stem
        student = inner.parts[0] if len(inner.parts) > 1 else flat
        works.setdefault((student, lesson.name), []).append(Work(student, lesson, path, inner.as_posix()))
    if not works:
        raise GradingError(
            f"grade: {folder} holds no notebook of {', '.join(lesson.name for lesson in lessons)}. "
            "Expected STUDENT/LESSON.ipynb, the lesson's name somewhere in the file's."
        )
    return [_latest(several) for _, several in sorted(works.items())]


def _latest(several):
    """Return the newest of several files of a student for one lesson, with a remark."""
    work = max(several, key=lambda work: (work.path.lstat().st_mtime_ns, str(work.path)))
    if len(several) > 1:
        work.submission.remarks.append(f"{len(several)} files answer this lesson; the newest counts: {work.path.name}")
    return work


def read(work):
    """Read a submission in place; one that is no notebook says so and hurts nobody else.

    Parameters
    ----------
    work : Work
        From :func:`find_submissions`.
    """
    remarks = work.submission.remarks
    try:
        work.submission = collect(work.lesson, read_cells(work.path))
        work.submission.remarks[:0] = remarks
    except Unreadable as error:
        work.unreadable = str(error)
