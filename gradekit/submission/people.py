"""Whose files they are: the layouts in which learning-management systems hand out what was collected.

A layout is decided from the whole folder. First those whose names nobody writes by hand, at whatever depth most of the
files have them; else a folder or a file for each student, at the depth where names are that may be people's.
"""

import re
from collections import Counter
from dataclasses import dataclass

from gradekit.submission.naming import bare, called, is_generic, lesson_named, stem, without_lesson

DEEPEST = 6  # folders above a student's
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE = r"[^-]*\b\d{4}\b[^-]*?"
SYSTEMS = {  # what one file or folder of each looks like
    "Moodle": r"(?P<name>.+)_(?P<moodle>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?",
    "Blackboard": r"(?P<head>.+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.\w+)?",
    "Brightspace": rf"(?P<brightspace>\d+)-\d+ ?- ?(?P<name>.+?) ?- ?(?P<when>{DATE})(?: ?- ?(?P<file>.+))?",
    "Gradescope": r"submission_(?P<order>\d+)(?:[ _-](?P<file>.+)|\.\w+)?",
    "Canvas": r"(?P<name>.+?)_(?:LATE_)?(?P<canvas_id>[1-9]\d*)_(?P<order>[1-9]\d*)_(?P<file>.+)",
    "Classroom": r"(?P<name>.+?) - (?P<file>.+)",
}
SYSTEMS = {name: re.compile(pattern, re.DOTALL | re.IGNORECASE) for name, pattern in SYSTEMS.items()}
WEAK = {"Canvas", "Classroom"}  # names that somebody might write by hand: half of the files must have them
IDS = ("canvas_id", "moodle", "brightspace", "email", "id")  # what tells two people apart, however they are called


@dataclass(frozen=True)
class Person:
    """Who a file is from, as far as the folder tells.

    Attributes
    ----------
    label : str
        The name as the folder has it, fit to be shown.
    facts : tuple of tuple
        Pairs of a roster's column and what it holds: ``("moodle", "4711")``.
    other : str
        Another name, which a roster is asked for next: without words such as "final", or all that a system wrote.
    """

    label: str
    facts: tuple[tuple[str, str], ...] = ()
    other: str = ""


@dataclass(frozen=True)
class Place:
    """Where a file belongs.

    Attributes
    ----------
    person : Person or None
        None for what lies outside of all students' files and folders.
    file : str
        The file's own name, without what a system put before it.
    attempt : tuple of int
        Its order among the attempts of one person: the larger is the newer.
    """

    person: Person | None
    file: str
    attempt: tuple[int, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How a folder is laid out.

    Attributes
    ----------
    system : str
        One of :data:`SYSTEMS`, or nothing for plain folders and files.
    depth : int
        Folders above a student's own.
    lessons : tuple of str
        The course's lessons.
    head : str
        What stands before each student's name in Blackboard's files.
    known : tuple of tuple
        Pairs of the name of a submission and its :class:`Person`, where a list in the folder tells it.
    """

    system: str
    depth: int
    lessons: tuple[str, ...]
    head: str = ""
    known: tuple[tuple[str, Person], ...] = ()


def find_layout(paths, lessons, *, is_person=lambda name: False, known=()):
    """Return how a folder is laid out.

    Parameters
    ----------
    paths : dict of tuple to str
        The lesson that each file seems to answer, by the parts of its path; only files that count.
    lessons : iterable of str
        The course's lessons.
    is_person : callable, optional
        Says whether a roster knows the one of that name.
    known : tuple, optional
        As in :class:`Layout`.

    Returns
    -------
    Layout
        The one that explains most files.
    """
    lessons = tuple(lessons)
    found = []
    for number, system in enumerate(SYSTEMS):
        for depth in range(DEEPEST):
            hits = sum(bool(_match(system, parts, depth)) for parts in paths)
            if hits and (system not in WEAK or 2 * hits >= len(paths)):
                found.append((system not in WEAK, hits, -number, -depth, system))
    if not found:
        return Layout("", _plain_depth(paths, lessons, is_person), lessons)
    *_, depth, system = max(found)
    heads = [match["head"] for parts in paths if (match := _match(system, parts, -depth)) and system == "Blackboard"]
    return Layout(system, -depth, lessons, _shared(heads), tuple(known))


def place(parts, layout, *, is_folder=False, lesson=""):
    """Return where a file or folder belongs.

    Parameters
    ----------
    parts : tuple of str
        Its path.
    layout : Layout
        As from :func:`find_layout`.
    is_folder : bool, default=False
        Whether it is a folder.
    lesson : str, optional
        The lesson that it answers.

    Returns
    -------
    Place
        Whose it is.
    """
    if len(parts) <= layout.depth:
        return Place(None, parts[-1] if parts else "")
    match = _match(layout.system, parts, layout.depth)
    inner = len(parts) > layout.depth + 1
    file = parts[-1] if inner or not match else match.groupdict().get("file") or parts[-1]
    if match:
        person = _person_of_system(match, layout, parts)
        return Place(person, file, _attempt(match, file))
    listed = dict(layout.known).get(f"submission_{stem(parts[layout.depth])}")
    return Place(listed or _plain_person(parts, layout, is_folder or inner, lesson), file)


def is_named(parts, layout):
    """Say whether a system has named a file or folder, so that it is certainly a student's.

    Parameters
    ----------
    parts : tuple of str
        Its path.
    layout : Layout
        As from :func:`find_layout`.

    Returns
    -------
    bool
        False in a plain layout.
    """
    return _match(layout.system, parts, layout.depth) is not None


def _name(parts, depth):
    """Return the part of a path at some depth; a packed folder's without its ending."""
    return re.sub(r"\.(zip|tgz|tar(\.\w+)?)$", "", parts[depth]) if len(parts) > depth + 1 else parts[depth]


def _match(system, parts, depth):
    """Return how a path fits a system, or None."""
    if not system or len(parts) <= depth:
        return None
    match = SYSTEMS[system].fullmatch(_name(parts, depth))
    flat = len(parts) == depth + 1 or _name(parts, depth) != parts[depth]
    return match if system != "Classroom" or (match and flat and not is_generic(match["name"], ())) else None


def _person_of_system(match, layout, parts):
    """Return the person whom a system's name tells."""
    told, known = match.groupdict(), dict(layout.known)
    key = parts[layout.depth]
    keys = (key, f"submission_{told.get('order')}", f"{told.get('head')}_attempt_{told.get('when')}")
    listed = next((known[each] for each in keys if each in known), None)
    if listed:
        return listed
    if layout.system == "Blackboard":
        login = told["head"].removeprefix(layout.head) or told["head"]
        return Person(called(login), (("login", login),), called(key))
    if layout.system == "Gradescope":
        return Person(f"submission_{told['order']}", (("gradescope", told["order"]),), called(key))
    ids = tuple((kind, told[kind]) for kind in IDS if told.get(kind))
    name = called(told["name"].strip())
    return Person(name, (*ids, *([] if layout.system == "Canvas" else [("name", name)])), called(key))


def _attempt(match, file):
    """Return the order of an attempt: by a suffix that the system gave, then by its number or date."""
    told = match.groupdict()
    suffix = re.search(r"-(\d{1,3})$", stem(file)) if told.get("canvas_id") else None
    order = told.get("order")
    return (int(suffix[1]) if suffix else 0, int(order) if order else 0, *_date(told.get("when") or ""))


def _date(text):
    """Return a date that a system wrote as numbers, the year first; nothing for any that cannot be read."""
    if re.fullmatch(r"\d{4}(?:-\d\d){5}", text):
        return tuple(map(int, text.split("-")))
    year, day = re.search(r"\b\d{4}\b", text), re.search(r"\b\d{1,2}\b", text)
    month = next((i for i, name in enumerate(MONTHS, 1) if name in text.casefold()), 0)
    clock = re.search(r"\b(\d{1,2}):?(\d\d)\s*([ap])m", text[year.end() :], re.IGNORECASE) if year else None
    hour = int(clock[1]) % 12 + 12 * (clock[3] in "pP") if clock else 0
    return (int(year[0]) if year else 0, month, int(day[0]) if day else 0, hour, int(clock[2]) if clock else 0)


def _shared(heads):
    """Return what stands before the students' names in Blackboard's files: what most of them begin with."""
    starts = Counter(head[: mark.end()] for head in set(heads) for mark in re.finditer("_", head))
    return max(starts, key=lambda start: (starts[start], len(start)), default="")


def _plain_person(parts, layout, is_folder, lesson):
    """Return the person by whom a folder or a file is called."""
    name = parts[layout.depth]
    lesson = lesson_named(name, layout.lessons) or lesson
    own, is_packed = called(without_lesson(stem(name), lesson)), stem(name) != name
    if is_folder and not is_packed:
        return Person(called(name), other=own)
    return Person(own or called(stem(name)), other=called(stem(name)))


def _plain_depth(paths, lessons, is_person):
    """Return how many folders are above the students' own, where no system tells."""
    if not paths:
        return 0
    known = {}
    for depth in range(DEEPEST):
        names = {parts[depth] for parts in paths if len(parts) > depth}
        known[depth] = len({bare(name) for name in names if is_person(stem(name)) or is_person(_own(name, lessons))})
    if best := max(known.values()):
        return min(depth for depth, count in known.items() if count == best)
    depth = 0
    while depth < DEEPEST and _is_wrapped(paths, lessons, depth):
        depth += 1
    return depth if depth < DEEPEST and any(_persons(paths, lessons, depth)) else 0


def _own(name, lessons):
    """Return a name without its lesson's."""
    return next((own for lesson in lessons if (own := without_lesson(stem(name), lesson)) != stem(name)), name)


def _persons(paths, lessons, depth, above=None):
    """Return the names at some depth that may be people's, with the lessons that they answer."""
    found = {}
    for parts, lesson in paths.items():
        if len(parts) > depth and above in (None, parts[:depth]) and not is_generic(parts[depth], lessons):
            found.setdefault(without_lesson(stem(parts[depth]), lesson) or parts[depth], []).append(lesson)
    return found


def _is_wrapped(paths, lessons, depth):
    """Say whether the names at some depth are not yet the students': nobody's, or most with several people in them."""
    deeper = [parts for parts in paths if len(parts) > depth + 1]
    if not deeper or not _persons(paths, lessons, depth):
        return bool(deeper)
    tops = {parts[: depth + 1] for parts in paths if len(parts) > depth and not is_generic(parts[depth], lessons)}
    several = [top for top in tops if _holds_people(_persons(paths, lessons, depth + 1, top), alone=len(tops) == 1)]
    return 2 * len(several) > len(tops)


def _holds_people(persons, alone):
    """Say whether these are several people: two names at least, in a folder beside others with the same lesson."""
    lessons = Counter(lesson for theirs in persons.values() for lesson in set(theirs))
    return len(persons) > 1 and (alone or max(lessons.values()) > 1)
