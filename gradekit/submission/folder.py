"""The folder that was collected: whose files are in it, which lesson each answers, and a line for every one of them."""

from dataclasses import replace
from pathlib import Path

from gradekit.lesson import GradingError
from gradekit.submission import people
from gradekit.submission.examine import OF_NBGRADER, examine, without_nbgraders
from gradekit.submission.files import CHECKPOINTS, walk
from gradekit.submission.naming import is_generic, lesson_named, stem, without_lesson
from gradekit.submission.recognise import released
from gradekit.submission.roster import Roster
from gradekit.submission.students import who
from gradekit.submission.works import Found, Line, Owned, Work, sort_out

__all__ = ["Found", "Line", "Work", "find", "find_submissions"]
NOTEBOOKS = ("notebook", "damaged", "not graded")  # what a file is that should be one
DOCUMENTS = (".pdf", ".html", ".htm", ".docx", ".doc", ".odt")  # what students hand in instead; scripts lie about
TOLD = 10  # files that are named where none is taken


def find_submissions(folder, lessons):
    """Return the submissions in a folder, read.

    Parameters
    ----------
    folder : Path
        What was collected, however it is laid out.
    lessons : list of Lesson
        What is graded.

    Returns
    -------
    list of Work
        One for each student and lesson, by name.

    Raises
    ------
    GradingError
        If there is no such folder, or nothing in it answers a lesson.
    """
    return list(find(folder, lessons).works)


def find(folder, lessons, *, roster=None, others=()):
    """Return all that a folder holds: whose it is, what it answers, and what became of each file.

    Parameters
    ----------
    folder : Path
        What was collected: a folder or a file for each student, or what a learning-management system hands out.
    lessons : list of Lesson
        What is graded.
    roster : dict, optional
        As from :func:`gradekit.roster.read_roster`.
    others : iterable of str, optional
        Names of lessons that are not graded now.

    Returns
    -------
    Found
        Works, lines, and who is missing.

    Raises
    ------
    GradingError
        If there is no such folder, or nothing in it answers a lesson.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise GradingError(f"grade: {folder} is no folder. Name the one that holds a folder for each student.")
    known = [released(lesson) for lesson in lessons]
    handed = without_nbgraders([examine(file, known, tuple(others)) for file in walk(folder)])
    owned = _owned(handed, [*(lesson.name for lesson in lessons), *others], roster or {})
    works, lines = sort_out(owned, lessons)
    if not works:
        raise GradingError(_nothing(folder, lessons, lines))
    students = {each.student for each in owned if each.student}
    there = {student.name for student in students} | {member for student in students for member in student.members}
    strangers = {student.name for student in students if not student.on_roster}
    silent = tuple(sorted(set(roster or {}) - there))
    groups = {student.name: student.members for student in students if student.members}
    return Found(works, lines, tuple(sorted(strangers)) if roster else (), silent, _facts(owned), groups)


def _owned(handed, lessons, roster):
    """Return each file with whose it is, the layout decided from all of them."""
    paths = {_without_checkpoints(each.parts): _lesson_of(each, lessons) for each in _telling(handed)}
    layout = people.find_layout(paths, lessons, is_person=Roster(roster).knows if roster else lambda name: False)
    told = [pair for each in handed if len(each.parts) == layout.depth + 1 for pair in each.told]
    layout, is_flat = replace(layout, known=tuple(told)), all(len(parts) == layout.depth + 1 for parts in paths)
    places = [_place(each, layout, _lesson_of(each, lessons), is_flat) for each in handed]
    students = who([place.person for place in places if place.person], roster)
    return [Owned(each, students.get(place.person), place) for each, place in zip(handed, places, strict=True)]


def _telling(handed):
    """Return the files from which the layout is decided: notebooks; where there are none, whatever may be instead."""
    for kinds in (NOTEBOOKS, ("export",), ("archive", "folder", "refused"), ("other",)):
        if found := [each for each in handed if each.what in kinds and each.parts]:
            return found
    return []


def _without_checkpoints(parts):
    """Return a path as if a checkpoint lay beside its notebook."""
    return tuple(part for part in parts if part != CHECKPOINTS) or parts


def _lesson_of(handed, lessons):
    """Return the name of the lesson that a file answers, or seems to."""
    if handed.answers or handed.meant:
        return handed.meant or handed.answers[0][0].name
    return lesson_named(handed.parts[-1], lessons) if handed.parts else ""


def _place(handed, layout, lesson, is_flat):
    """Return where a file belongs; what lies beside students' folders and is no notebook is nobody's."""
    parts, is_folder = _without_checkpoints(handed.parts), handed.what in ("folder", "archive")
    found = people.place(parts, layout, is_folder=is_folder, lesson=lesson)
    if handed.why == OF_NBGRADER:
        return replace(found, person=None)
    outside = found.person is None
    if outside and handed.what in NOTEBOOKS:
        found = people.place(parts, replace(layout, system="", depth=len(parts) - 1), lesson=lesson)
    alone = outside or (len(parts) == layout.depth + 1 and not is_folder and not people.is_named(parts, layout))
    return found if not alone or _is_somebodys(handed, lesson, is_flat) else replace(found, person=None)


def _is_somebodys(handed, lesson, is_flat):
    """Say whether a file that lies by itself is a student's, and not the instructor's or the system's own."""
    name = handed.parts[-1] if handed.parts else ""
    if handed.look:
        return bool(without_lesson(stem(name), lesson))
    document = is_flat and name.lower().endswith(DOCUMENTS) and not is_generic(name, ())
    return handed.what in NOTEBOOKS or (handed.what in ("export", "refused") and (bool(lesson) or document))


def _facts(owned):
    """Return what the folder tells of each student, in the columns of a roster."""
    facts = {}
    for each in owned:
        if each.student and each.place.person and not each.student.members:
            facts.setdefault(each.student.name, {}).update(each.place.person.facts)
    return facts


def _nothing(folder, lessons, lines):
    """Say that nothing answers a lesson, and what is there instead."""
    there = [f"\n  {line.path}: {line.why}" for line in lines if line.what != "looked into"][:TOLD]
    return (
        f"grade: {folder} holds no notebook of {', '.join(lesson.name for lesson in lessons)}. Expected "
        f"STUDENT/LESSON.ipynb, or what a learning-management system hands out.{''.join(there)}"
    )
