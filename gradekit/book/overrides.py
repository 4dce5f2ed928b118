"""Marks and comments by hand: ``overrides.yml``, which is read before anything is graded and never written over."""

import difflib
import math
import unicodedata
from pathlib import Path

from gradekit.book.entries import Override
from gradekit.keeping import marker_line, why_unreadable, write_whole
from gradekit.printable import number, one_line

NAME = "overrides.yml"
FIELDS = {"points", "comment", "bonus"}
TEMPLATE = """\
# Marks and comments by hand; they survive regrading. A name per student as in grades.csv, then lesson, then check.
# More points than the check is worth need "bonus: true" beside them.
#
# ann:
#   05_mnist_lab:
#     05-predict-check: {points: 1, comment: "Right idea; the threshold was off by one."}
"""


class OverrideError(ValueError):
    """The file of overrides cannot be used; the text says where and why."""


def read_overrides(path):
    """Return the instructor's marks and comments; write an empty file to fill in where there is none.

    Parameters
    ----------
    path : path-like
        A YAML file.

    Returns
    -------
    dict
        For (student, lesson, check) a :class:`gradekit.book.entries.Override`.

    Raises
    ------
    OverrideError
        If the file is no such table.
    """
    path = Path(path)
    if not path.exists():
        write_whole(path, TEMPLATE)
        return {}
    entries = list(_entries(load_yaml(path) or {}, path))
    _refuse(path, [f"{_place(place)}: {why}" for place, entry in entries if (why := _fault(entry))])
    return {place: Override(**_fields(entry)) for place, entry in entries}


def check_overrides(overrides, lessons, path=NAME):
    """Refuse marks above what the check is worth, but for those that say that they mean it.

    Parameters
    ----------
    overrides : dict
        From :func:`read_overrides`.
    lessons : iterable of gradekit.lesson.Lesson
        What is graded.
    path : path-like, optional
        Where they stand, for the error.

    Raises
    ------
    OverrideError
        With each such mark, and what to write.
    """
    worth = {(lesson.name, each.name): each.points for lesson in lessons for each in lesson.exercises}
    above = [
        (place, override.points, worth[place[1:]])
        for place, override in overrides.items()
        if override.points is not None and not override.bonus and override.points > worth.get(place[1:], math.inf)
    ]
    _refuse(path, [
        f"{_place(place)}: {number(points)} points for a check that is worth {number(most)}. Correct the number, or, "
        f"if you mean more than all points, write {{points: {number(points)}, bonus: true}}"
        for place, points, most in above
    ])  # fmt: skip


def settle(overrides, people, lessons):
    """Return the overrides by the names that the gradebook uses, and what is to be said of those that meet nothing.

    Parameters
    ----------
    overrides : dict
        From :func:`read_overrides`.
    people : iterable of str
        Who handed something in or is on the roster.
    lessons : dict of str to list of str
        The checks of each lesson that is graded.

    Returns
    -------
    settled : dict
        As ``overrides``; a student whose name is written in another case or composition is found all the same.
    unused : list of str
        For each override that meets nothing, its place, which name is unknown, and the nearest one that is known.
    """
    settled, unused, people = {}, [], list(people)
    for place, override in overrides.items():
        found, why = _resolve(place, people, lessons)
        if found in settled:
            why = f"the same place stands there in another spelling, {_place(found)}, and that one counts"
        if why:
            unused.append(f"{_place(place)}: {why}")
        else:
            settled[found] = override
    return settled, unused


def _resolve(place, people, lessons):
    """Return a place by the names that are known, and why there is none."""
    found = []
    for kind, name in zip(("student", "lesson", "check"), place, strict=True):
        known = {"student": people, "lesson": list(lessons), "check": lessons.get(found[-1] if found else "", [])}[kind]
        found.append(_find(name, known))
        if found[-1] is None:
            return None, _unknown(kind, name, known)
    return tuple(found), ""


def _find(name, known):
    """Return the known name that is meant: the same, or the only one that differs in case or composition alone."""
    if name in known:
        return name
    same = [other for other in known if _plain(other) == _plain(name)]
    return same[0] if len(same) == 1 else None


def _unknown(kind, name, known):
    """Say that a name is unknown, and which is the nearest."""
    where = "among those who handed in or are on the roster" if kind == "student" else "graded here"
    near = difflib.get_close_matches(_plain(name), {_plain(other): other for other in known}, 1, 0.5)
    meant = next((other for other in known if near and _plain(other) == near[0]), "")
    hint = f'; did you mean "{one_line(meant)}"?' if meant else ""
    return f'no {kind} "{one_line(name)}" is {where}{hint}'


def _plain(name):
    """Return a name without its case and composition."""
    return unicodedata.normalize("NFC", name).casefold()


def _place(place):
    """Return a place in words."""
    return ", ".join(map(one_line, place))


def _refuse(path, faults):
    """Raise an error with all faults, if there are any."""
    if faults:
        raise OverrideError("\n".join(f"{path}: {fault}." for fault in faults))


def _fields(entry):
    """Return an entry with its points as a float."""
    return {**entry, "points": float(entry["points"])} if "points" in entry else entry


def _fault(entry):
    """Say what is wrong with an entry; nothing if it is a mark, a comment, or both."""
    asked = 'write {points: 1, comment: "..."}'
    if not isinstance(entry, dict) or not entry:
        return f"{asked}; got {_short(entry)}"
    if unknown := [str(name) for name in entry if name not in FIELDS]:
        near = difflib.get_close_matches(unknown[0], FIELDS, 1, 0.5)
        return f"{asked}; got {_short(entry)}" + (f", where {unknown[0]!r} may mean {near[0]!r}" if near else "")
    points = entry.get("points", 0)
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points < math.inf:
        return f"{asked}, points a number of at least 0, without quotes; got {_short(entry)}"
    if not isinstance(entry.get("comment", ""), str) or not isinstance(entry.get("bonus", False), bool):
        return f"{asked}, a comment in quotes, bonus true or false; got {_short(entry)}"
    return ""


def _short(value):
    """Return a value as Python writes it, not longer than a line."""
    text = one_line(repr(value))
    return text if len(text) <= 120 else f"{text[:120]} ..."


def _entries(table, path):
    """Yield (student, lesson, check) and entry of a table of overrides."""
    for student, lessons in _table(table, path).items():
        for lesson, checks in _table(lessons, f"{path}: {one_line(student)}").items():
            for check, entry in _table(checks, f"{path}: {_place((student, lesson))}").items():
                yield (student, lesson, check), entry


def _table(value, where):
    """Return a value that must be a table with names."""
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise OverrideError(
            f"{where}: expected student, then lesson, then check, each a name and a colon, names that are numbers in "
            f"quotes; got {_short(value)}"
        )
    return value


def load_yaml(path):
    """Return what a YAML file holds; a name that stands there twice would lose the first, so it is refused.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    object
        As YAML reads it; None of an empty file.

    Raises
    ------
    OverrideError
        If it cannot be read; with the line, and that nobody was graded.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        """A loader that reads no table with a name in it twice."""

        def construct_mapping(self, node, deep=False):
            """Refuse a table with a name in it twice."""
            names = [str(key.value) for key, _ in node.value]
            if twice := {name for name in names if names.count(name) > 1}:
                raise yaml.YAMLError(
                    f"{', '.join(sorted(twice))} stands there twice, put both into one{node.start_mark}"
                )
            return super().construct_mapping(node, deep)

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OverrideError(f"{path}: cannot be read: {why_unreadable(error)}. Nobody was graded.") from None
    if line := marker_line(text):
        raise OverrideError(
            f"{path}: line {line} is a mark that git leaves in a merge that is not finished. Keep one of the two "
            "versions, take the lines with <<<<<<<, ======= and >>>>>>> out, and grade again. Nobody was graded."
        )
    try:
        return yaml.load(text, Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise OverrideError(f"{path}: cannot be read as YAML: {one_line(error)[:500]}. Nobody was graded.") from None
