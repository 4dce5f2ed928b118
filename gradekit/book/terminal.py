"""What came out, on a terminal and for scripts: nothing that a student named or wrote reaches either as it is."""

import json
from dataclasses import asdict

from gradekit.book.naming import full_name
from gradekit.printable import clean, number, one_line

MOST = 40  # files of nobody that are named here


def as_text(graded, to):
    """Return what came out, for a terminal.

    Parameters
    ----------
    graded : gradekit.session.Graded
        From :func:`gradekit.session.grade_folder`.
    to : path-like
        Where it was written.

    Returns
    -------
    str
        Isolation, a line for everyone, who is missing or unknown, files that were left out, what was set aside, marks
        by hand that meet nothing, whose marks moved and why, where the files are.
    """
    book = graded.gradebook
    strays = sorted(filter(lambda file: file.is_lost and not file.student, book.files), key=_says_little)
    parts = [
        [book.isolation, f"{len(book.submissions)} submissions; {graded.judged} new verdicts", *_notes(graded)],
        [line for student, works in book.everyone.items() for line in _lines(graded, student, list(works.values()))],
        _names("On the roster, handed in nothing", book.absent, graded.roster),
        _names("Handed in, not on the roster", book.strangers, graded.roster),
        _under("Files that were not graded:", [
            *map(str, strays[:MOST]),
            *([f"and {len(strays) - MOST} more: gradebook.json has all"] if strays[MOST:] else []),
        ]),
        _under("Marks that moved:", [
            f"{move.student}, {move.check}: {_points(move.before)} -> {_points(move.after)}, {move.why}"
            for move in graded.moved
        ]),
        _under("Marks by hand that count for nobody:", graded.unused),
        [f"Written to {to}: summary.html, feedback/, grades.csv, and files for Canvas, Moodle and Gradescope."],
    ]  # fmt: skip
    return "\n\n".join("\n".join(map(clean, part)) for part in parts if part)


def as_json(graded):
    """Return what came out, for scripts.

    Parameters
    ----------
    graded : gradekit.session.Graded
        From :func:`gradekit.session.grade_folder`.

    Returns
    -------
    str
        JSON with ``isolation``, ``judged``, ``moved``, ``unused``, ``notes``, ``absent``, ``strangers``, ``files`` and,
        for each submission, its points. No character in it can steer a terminal.
    """
    book = graded.gradebook
    kept = ("student", "lesson", "file", "points", "of", "unreadable", "remarks")
    table = {
        "isolation": book.isolation,
        "judged": graded.judged,
        "moved": [asdict(move) for move in graded.moved],
        "unused": graded.unused,
        "notes": graded.notes,
        "absent": book.absent,
        "strangers": book.strangers,
        "files": [asdict(file) for file in book.files],
        "submissions": [{name: getattr(one, name) for name in kept} for one in book.submissions],
    }
    return json.dumps(table, indent=1)


def _says_little(file):
    """Say whether the reason why a file was not taken tells little, so that it comes last."""
    return file.why == "is no notebook."


def _lines(graded, student, works):
    """Return a line for each submission of a student, or one that says why there is none."""
    said = graded.gradebook.said_of(student)
    if not works and student in graded.gradebook.absent:
        return []
    if not works:
        return [_line(full_name(student, graded.roster), "-", "-", said)]
    return [
        _line(student, work.lesson, f"{number(work.points)} of {number(work.of)}", [
            *([work.unreadable] if work.unreadable else []), *work.remarks, *(said if work is works[0] else [])
        ])
        for work in works
    ]  # fmt: skip


def _line(student, lesson, marks, notes):
    """Return one line of the table."""
    return f"{one_line(student):<24} {lesson:<24} {marks:>10}  {'; '.join(map(one_line, notes))}".rstrip()


def _notes(graded):
    """Return what was set aside and the like, each on a line."""
    return [f"Note: {one_line(note)}" for note in graded.notes]


def _names(caption, students, roster):
    """Return a heading and names, each with what it was handed in as."""
    names = {student: full_name(student, roster) for student in students}
    return _under(f"{caption} ({len(names)}):", [
        name if name == one_line(student) else f"{name} ({student})" for student, name in names.items()
    ])  # fmt: skip


def _under(heading, lines):
    """Return lines under a heading; nothing where there are none."""
    return [heading, *(f"  {one_line(line)}" for line in lines)] if lines else []


def _points(points):
    """Return points, or a dash where there were none."""
    return "-" if points is None else f"{number(points)}"
