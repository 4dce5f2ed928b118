"""By what name each person of a folder goes in the gradebook: spellings of one name together, namesakes apart."""

import re
from collections import defaultdict
from dataclasses import dataclass

from gradekit.printable import shown
from gradekit.submission.naming import bare, composed, plain
from gradekit.submission.people import IDS
from gradekit.submission.roster import Match, Roster


@dataclass(frozen=True)
class Student:
    """By what name a person goes in the gradebook.

    Attributes
    ----------
    name : str
        The roster's, where it knows the person; else the folder's.
    on_roster : bool
        Whether the roster knows the person.
    members : tuple of str
        Of a group, its students as the roster calls them.
    remarks : tuple of str
        What is not certain.
    """

    name: str
    on_roster: bool = False
    members: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def who(people, roster=None):
    """Return by what name each person of a folder goes in the gradebook.

    Parameters
    ----------
    people : list of Person
        All of a folder, each as often as it has files.
    roster : dict, optional
        As from :func:`read_roster`.

    Returns
    -------
    dict of Person to Student
        One for each.
    """
    people, known = sorted(set(people), key=_order), Roster(roster or {})
    matches = {person: known.find(person) for person in people}
    return _settle(people, _without_rivals(matches), {plain(student) for student in roster or ()})


def _without_rivals(matches):
    """Return matches in which no student of a roster is claimed, by name, by two people whose numbers differ."""
    claims = defaultdict(list)
    for person, match in matches.items():
        if len(match.students) == 1:
            claims[match.students[0]].append(person)
    settled = dict(matches)
    for student, claimants in claims.items():
        ids = {_identity(person) for person in claimants} - {None}
        sure = {_identity(person) for person in claimants if matches[person].certain}
        if len(ids) > 1:
            for person in claimants:
                if _identity(person) not in sure or len(sure) > 1:
                    remark = f"two people with different numbers have the name of {shown(student)} on the roster."
                    settled[person] = Match(remark=remark)
    return settled


def _settle(people, matches, reserved):
    """Return the student for each person: spellings of one name together, namesakes apart."""
    groups, loose, taken = defaultdict(list), defaultdict(set), defaultdict(list)
    for person in people:
        match = matches[person]
        spelled = composed(person.label) if match.remark else plain(person.label)  # a roster may tell spellings apart
        groups[bool(match.students), match.students or _identity(person) or spelled].append(person)
    labels = {key: _label(key, theirs) for key, theirs in groups.items()}
    for key, theirs in groups.items():
        taken[plain(labels[key])].append(key)
        if not key[0]:
            loose[_loose(theirs[0])].add(key)
    found = {}
    for key, theirs in groups.items():
        name, rivals = labels[key], taken[plain(labels[key])]
        if not key[0] and (len(rivals) > 1 or plain(name) in reserved):
            name = _apart(name, theirs[0], rivals.index(key))
        members = key[1] if key[0] and len(key[1]) > 1 else ()
        others = loose[_loose(theirs[0])] - {key} if not key[0] else ()
        alike = {labels[other] for other in others if not (_identity(theirs[0]) and any(map(_identity, groups[other])))}
        student = Student(name, key[0], members, _remarks(key, theirs, matches, alike))
        found |= dict.fromkeys(theirs, student)
    return found


def _loose(person):
    """Return the words of a name in any order, a copy's number aside: equal for those who may be one person."""
    return tuple(sorted(bare(re.sub(r"\(\d+\)$", "", person.label)))) or (person.label,)


def _order(person):
    """Sort people by name, a name in capitals or small letters alone behind one that is written as names are."""
    return (person.label.isupper(), person.label.islower(), person.label, person.facts, person.other)


def _identity(person):
    """Return what tells a person apart from all namesakes, or None."""
    return next(
        ((kind, value.casefold()) for kind, value in person.facts if kind in (*IDS, "gradescope", "login")), None
    )


def _label(key, people):
    """Return the name of a group of spellings."""
    return " + ".join(map(shown, key[1])) if key[0] else composed(min(people, key=_order).label)


def _apart(name, person, number):
    """Return a namesake's name with the number that tells it apart."""
    identity = _identity(person)
    return f"{name} ({identity[1] if identity else number + 1})"


def _remarks(key, people, matches, alike):
    """Return what is not certain of a person's name."""
    remarks = [matches[people[0]].remark] if matches[people[0]].remark else []
    spellings = sorted({composed(person.label) for person in people})
    if len(spellings) > 1 and not key[0]:
        remarks.append(f"taken for one person: {', '.join(spellings)}. Give a roster if they are two.")
    if key[0] and len(key[1]) > 1:
        remarks.append(f"handed in by a group: {', '.join(map(shown, key[1]))}; its mark stands once, under all names.")
    if alike:
        remarks.append(f"perhaps the same person as {', '.join(sorted(alike))}; a roster would tell.")
    return tuple(remarks)
