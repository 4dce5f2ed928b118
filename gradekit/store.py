"""Verdicts on disk: appended one line at a time, so that a grader killed at any moment loses nothing it had written."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from gradekit.verdict import Verdict


class Store:
    """Verdicts by key, in one file of JSON lines.

    Parameters
    ----------
    path : Path
        The file; made where it is missing. A last line that was cut off is left out, and grading it again adds it.
    """

    def __init__(self, path):
        self.path, self.verdicts, self.added = Path(path), {}, 0
        if self.path.exists():
            for line in self.path.read_bytes().split(b"\n"):
                self._take(line)

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
        Verdict
            The verdict.
        """
        return self.verdicts.get(key, default)

    def add(self, found):
        """Write verdicts down; they are on the disk when this returns.

        Parameters
        ----------
        found : dict of str to Verdict
            Verdicts by key.
        """
        lines = b"".join(json.dumps({"key": key, **asdict(verdict)}).encode() + b"\n" for key, verdict in found.items())
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            if file.tell() and not _ends_a_line(self.path):
                lines = b"\n" + lines  # what a killed grader left unfinished stays a line of its own
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        self.verdicts |= found
        self.added += len(found)

    def _take(self, line):
        """Take one line, unless it is no whole one."""
        try:
            entry = json.loads(line)
            key = entry.pop("key")
            self.verdicts[key] = Verdict(**entry)
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
            return


def write_whole(path, content):
    """Write a file in one piece: readers see the old one or the new one.

    Parameters
    ----------
    path : Path
        The file.
    content : str or bytes
        What it will hold.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content.encode() if isinstance(content, str) else content)
    partial.replace(path)


def _ends_a_line(path):
    """Say whether a file ends with a line break."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
