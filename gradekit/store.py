"""Verdicts on disk: appended one line at a time, so that a grader killed at any moment loses nothing it had written."""

import json
from dataclasses import asdict
from pathlib import Path

from gradekit.keeping import append_whole, set_aside, why_unreadable, write_whole
from gradekit.plain import decode
from gradekit.verdict import Verdict


class Store:
    """Verdicts by key, in one file of JSON lines.

    Parameters
    ----------
    path : path-like
        The file; made where it is missing. A last line that was cut off is left out, and grading it again adds it; so
        is a line of an older form.

    Attributes
    ----------
    verdicts : dict of str to gradekit.verdict.Verdict
        By key.
    added : int
        How many are new.
    damaged : list of int
        Lines that no grader wrote, from 1.
    """

    def __init__(self, path):
        self.path, self.verdicts, self.added, self.damaged = Path(path), {}, 0, []
        if self.path.exists():
            for number, line in enumerate(self.path.read_bytes().split(b"\n"), 1):
                self._take(line, number)

    def __contains__(self, key):
        return key in self.verdicts

    def __getitem__(self, key):
        return self.verdicts[key]

    def get(self, key, default=None):
        """Return a verdict, or something else where there is none.

        Parameters
        ----------
        key : str
            Its key.
        default : object, optional
            What to return instead.

        Returns
        -------
        gradekit.verdict.Verdict
            The verdict.
        """
        return self.verdicts.get(key, default)

    def add(self, found):
        """Write verdicts down; they are on the disk when this returns.

        Parameters
        ----------
        found : dict of str to gradekit.verdict.Verdict
            Verdicts by key.

        Raises
        ------
        gradekit.keeping.NotWritten
            If they cannot be written; then none of them is, and those before are kept.
        """
        if found:
            append_whole(self.path, _lines(found))
        self.verdicts |= found
        self.added += len(found)

    def _take(self, line, number):
        """Take one line, unless it is no whole one."""
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            if line.strip() and not line.startswith(b"{"):  # a killed grader leaves the beginning of a line
                self.damaged.append(number)
            return
        try:
            self.verdicts[_key(entry)] = decode(Verdict, entry)
        except ValueError:
            return


def open_store(path):
    """Return the verdicts in a file; one that is damaged is set aside, and what can be read of it goes on.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    store : Store
        The verdicts.
    notes : list of str
        What was set aside, and why.
    """
    path = Path(path)
    try:
        store = Store(path)
    except OSError as error:
        aside = set_aside(path)
        return Store(path), [f"{path.name} could not be read ({why_unreadable(error)}): kept as {aside.name}, and all "
                             "is judged again."]  # fmt: skip
    if not store.damaged:
        return store, []
    aside = set_aside(path)
    write_whole(path, _lines(store.verdicts))
    return store, [
        f"{path.name}: line {store.damaged[0]} is no verdict ({len(store.damaged)} such lines): kept as {aside.name}. "
        f"{len(store.verdicts)} verdicts could be read and go on; what is missing is judged again."
    ]


def _lines(found):
    """Return verdicts as lines."""
    return b"".join(json.dumps({"key": key, **asdict(verdict)}).encode() + b"\n" for key, verdict in found.items())


def _key(entry):
    """Return the key of a line."""
    if not isinstance(entry, dict) or not isinstance(entry.get("key"), str):
        raise ValueError("no key")
    return entry["key"]
