"""Who is in the class: a roster, and which of its people a folder's names mean."""

import re
from collections import defaultdict
from dataclasses import dataclass

from gradekit.printable import shown
from gradekit.submission.naming import bare, composed, plain, repaired
from gradekit.submission.people import IDS

TEAM = re.compile(r"^(?:group|team|gruppe|groupe|grupo|pair)\s*\w*\s*[-–:_]\s*", re.IGNORECASE)

OWN = ("login", "email", "id")  # columns of a roster that hold what one student alone has
PIECES = (re.compile(r"[(\[]([^()\[\]]+)[)\]]"), re.compile(r"(?=[^\W_]*\d)[^\W_]{4,}"))  # in brackets; with a digit


@dataclass(frozen=True)
class Match:
    """Whom of the roster a name means.

    Attributes
    ----------
    students : tuple of str
        One, or each of a group; nobody where it is not certain.
    certain : bool
        Whether a number, a login or an address says it, not a name alone.
    remark : str
        Why it is not certain; empty if it is.
    """

    students: tuple[str, ...] = ()
    certain: bool = False
    remark: str = ""


class Roster:
    """The people of a class, ready to be looked for by whatever a folder calls them.

    Parameters
    ----------
    rows : dict of str to dict
        As from :func:`read_roster`.
    """

    def __init__(self, rows):
        self.rows = dict(rows)
        self._ids, self._names = defaultdict(set), [defaultdict(set) for _ in range(4)]
        for student, row in self.rows.items():
            for kind in IDS:
                if row.get(kind):
                    self._ids[kind, plain(row[kind])].add(student)
            texts = [student, *(row[kind] for kind in ("login", "email", "id", "name") if row.get(kind))]
            for text in texts:
                for level, key in enumerate(_keys(text)):
                    self._names[level][key].add(student)
            for key in _turned(row.get("name", student)) | _account(row.get("email", "")):
                self._names[3][key].add(student)

    def find(self, person):
        """Return whom a name means: by numbers and addresses, then by spelling, the strictest first.

        Parameters
        ----------
        person : gradekit.submission.people.Person
            As a folder tells.

        Returns
        -------
        Match
            One student, the students of a group, or nobody.
        """
        for kind, value in person.facts:
            if len(found := self._ids.get((kind, plain(value)), ())) == 1:
                return Match(tuple(found), certain=True)
        for text in _texts(person):
            found = {each: self._against(each, person) for each in sorted(self._by_name(text))}
            fitting = tuple(each for each, against in found.items() if not against)
            if len(fitting) == 1:
                return Match(fitting)
            if fitting:
                several = ", ".join(map(shown, fitting))
                return Match(remark=f"the name fits several people of the roster: {several}.")
            if found:
                return Match(remark="; ".join(found.values()))
        return self._group(person.label) if not (own := self._told_inside(person)) else Match(own, certain=True)

    def knows(self, name):
        """Say whether a name means exactly one person.

        Parameters
        ----------
        name : str
            Any text.

        Returns
        -------
        bool
            False for an empty one.
        """
        return bool(name) and len(self._by_name(name)) == 1

    def _against(self, student, person):
        """Say what speaks against it that a person is this one of the roster; nothing, most often."""
        row = self.rows[student]
        other = [kind for kind, value in person.facts if row.get(kind) and plain(row[kind]) != plain(value)]
        other = [kind for kind in other if kind in IDS]
        return f"the name is that of {shown(student)} on the roster, but not the {', '.join(other)}." if other else ""

    def _by_name(self, text):
        """Return those whom a text names, at the strictest level at which it names anybody."""
        for spelled in dict.fromkeys([text, repaired(text)]):
            for table, key in zip(self._names, [*_keys(spelled), "".join(bare(spelled))], strict=True):
                if key and table.get(key):
                    return table[key]
        return set()

    def _told_inside(self, person):
        """Return the one whose number or login stands in a name beside other words: ``2023001 Ann``, ``Lee (alee)``."""
        pieces = {piece for marks in PIECES for piece in marks.findall(person.label)}
        found = {each for piece in pieces for each in self._names[1].get(plain(piece), ()) if self._is_id(piece, each)}
        return tuple(found) if len(found) == 1 and not self._against(*found, person) else ()

    def _is_id(self, piece, student):
        """Say whether a text is what only this one student has, and no name."""
        row = self.rows[student]
        return plain(piece) in {plain(text) for text in (student, *(row[kind] for kind in OWN if row.get(kind)))}

    def _group(self, label):
        """Return the people of a group whose names stand side by side, all of them or nobody."""
        team, label = label, TEAM.sub("", label)
        if label != team and len(found := self._by_name(label)) == 1:  # Moodle puts the team before each member
            return Match(tuple(found))
        for mark in (" & ", " + ", ";", " and ", ",", "+", "&", "__"):
            parts = [part for part in label.split(mark) if part.strip()]
            found = [self._by_name(part) for part in parts]
            if len(parts) > 1 and all(len(each) == 1 for each in found):
                students = sorted(set().union(*found))
                return Match(tuple(students)) if len(students) == len(parts) else Match()
        return Match()


def _texts(person):
    """Return the spellings under which a person may be known, the surest first."""
    facts = [value for kind, value in person.facts if kind in ("login", "email", "id", "name")]
    return [text for text in dict.fromkeys([*facts, person.label, person.other]) if text]


def _keys(text):
    """Return how a name is looked for: as it is, in one case and one spacing, without accents and signs."""
    return [" ".join(composed(text).split()), plain(text), " ".join(bare(text))]


def _turned(name):
    """Return the words of a name in one piece, whichever of them comes first: Canvas writes ``smithann``."""
    words = bare(name)
    return {"".join(words[i:] + words[:i]) for i in range(len(words))}


def _account(email):
    """Return what stands before the @, in one piece."""
    name, at, _ = email.partition("@")
    return {"".join(bare(name))} if at else set()
