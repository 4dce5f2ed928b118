r"""The one reader of Python: a cell's text, read once, for names, rules and similarity; nothing of it is ever run."""

import ast
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

UNREADABLE = (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError)  # all that a text can do to Python
OWN_LINE = re.compile(r"^([ \t]*)(?:[%!?].*|[\w.]+\?\??[ \t]*)$")  # IPython's, not Python's


@dataclass(frozen=True)
class Source:
    """A cell's text, read. Its tree is shared by all who read the same text: nobody may change it.

    Attributes
    ----------
    text : str
        As Python reads it, line by line as it was written; empty if it cannot be read.
    tree : ast.Module or None
        Its syntax; None if it cannot be read.
    commands : tuple of (int, str)
        Number, from 1, and text of each line that is IPython's, not Python's.
    """

    text: str
    tree: ast.Module | None
    commands: tuple[tuple[int, str], ...] = ()


@lru_cache(maxsize=1024)  # names, rules and similarity ask for the same answers, and every answer comes with its stub
def read(source):
    r"""Return a cell's text, read.

    Parameters
    ----------
    source : str
        A cell: Python, with IPython's lines.

    Returns
    -------
    Source
        Without a tree if it is no Python.

    Examples
    --------
    >>> found = read("%%time\nx = 1\nx?")
    >>> found.text, found.commands
    ('pass\nx = 1\npass', ((1, '%%time'), (3, 'x?')))
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")  # the lines that Python counts
    try:
        return Source(source, parse(source))
    except UNREADABLE:
        text = "\n".join(OWN_LINE.sub(r"\1pass", line) for line in source.split("\n"))
    try:
        tree = parse(text)
    except UNREADABLE:
        return Source("", None)
    lines = enumerate(zip(source.split("\n"), text.split("\n"), strict=True), 1)
    return Source(text, tree, tuple((number, own) for number, (own, plain) in lines if own != plain))


def parse(text):
    """Return the syntax tree of Python, for those who change it.

    Parameters
    ----------
    text : str
        As in :class:`Source`.

    Returns
    -------
    ast.Module
        A tree of one's own.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        If it is no Python, or too deep.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about "\d" and its like: a matter of who wrote it
        return ast.parse(text)
