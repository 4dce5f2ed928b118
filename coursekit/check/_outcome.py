"""One call of an answer, watched: what it gave or raised, and whether it changed what it was given."""

import contextlib
import copy
import io
import linecache
import re
import sys
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coursekit.check._causes import CAUSES
from coursekit.check._forms import close, consumed, printed
from coursekit.check.core import CheckFailed

HERE = str(Path(__file__).parent)


@dataclass(frozen=True)
class Outcome:
    """What one call gave."""

    value: object = None
    raw: object = None
    error: BaseException | None = None
    changed: int | None = None

    @property
    def unwritten(self):
        """Whether this is the stub that an exercise is released with."""
        return isinstance(self.error, NotImplementedError) and not str(self.error)

    def like(self, other):
        """Say whether two calls came to the same: equal values, an error of the same type, or the same hint."""
        if self.error is not None or other.error is not None:
            told = [str(error) if is_hint(error) else "" for error in (self.error, other.error)]
            return type(self.error) is type(other.error) and told[0] == told[1]
        return close(self.value, other.value)

    def reproduces(self, other):
        """Say whether two calls came to the same, errors of different causes told apart."""
        return self.like(other) and _family(self.error) == _family(other.error)

    def __str__(self):
        """Return the line that the hidden part of a check prints."""
        text = f"raised {type(self.error).__name__}" if self.error is not None else printed(self.value)
        return f"-> {text}" + (f" and changed its argument number {self.changed}" if self.changed else "")


def watch(answer, inputs, call, view):
    """Call an answer on copies of the inputs, and return what came of it."""
    given = copy.deepcopy(inputs)
    value = raw = error = None
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(sys.stderr or io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            raw = consumed(call(answer, *given))
            value = view(raw)
        except (Exception, SystemExit) as problem:
            error = problem
    same = [_same(before, after) for before, after in zip(inputs, given, strict=True)]
    return Outcome(value, raw, error, None if all(same) else same.index(False) + 1)


def line_of(error, answer):
    """Return the line of the student's own code in which an error was raised, or an empty text."""
    frames = traceback.extract_tb(error.__traceback__)
    own = getattr(getattr(answer, "__code__", None), "co_filename", None)
    theirs = [f for f in frames if not f.filename.startswith(HERE) and "site-packages" not in f.filename]
    mine = [f for f in frames if f.filename == own] or theirs
    return linecache.getline(mine[-1].filename, mine[-1].lineno).strip() if mine else ""


def _same(before, after):
    """Say whether an input is as it was; a generator may advance."""
    if isinstance(before, np.ndarray):
        return before.dtype == after.dtype and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
    if isinstance(before, list | tuple):
        alike = isinstance(after, type(before)) and len(before) == len(after)
        return alike and all(map(_same, before, after))
    return before is after or not isinstance(before, dict | int | float | str) or before == after


def _family(error):
    """Return the pattern that an error's text fits; an empty text where none is known."""
    text = f"{type(error).__name__}: {error}"
    return next((pattern for pattern, _ in CAUSES if error is not None and re.search(pattern, text)), "")


def is_hint(error):
    """Say whether an error is a hint of ours rather than one of the answer's."""
    return isinstance(error, CheckFailed)
