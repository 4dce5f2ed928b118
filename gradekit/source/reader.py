r"""The one reader of Python: a cell's text, read once, for names, rules and similarity; nothing of it is ever run.

What is IPython's own (``%magic``, ``!command``, ``x?``, prompts) is turned into Python by IPython itself, and stays on
its line. The body of a cell magic is read where the magic runs it as Python here (``%%time``, ``%%capture``) and left
out where it does something else with it (``%%writefile``, ``%%bash``); of an unknown magic it can only be guessed.
"""

import ast
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 100_000  # characters that are read; a syntax tree takes a hundred times their memory
MOST = 400_000  # characters that IPython may go through: it starts anew after each line of its own
DEEPEST = 10  # cell magics in one another
DEPTH = 2000  # levels of a syntax tree
UNREADABLE = (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError)  # all that a text can do to Python
RUN = {"capture", "debug", "lprun", "memit", "mprun", "prun", "time", "timeit"}  # magics that run what they are given
NOT_RUN = {
    "!", "HTML", "SVG", "bash", "cmd", "file", "html", "javascript", "js", "latex", "markdown", "perl", "pypy",
    "python", "python2", "python3", "ruby", "script", "sh", "svg", "sx", "system", "writefile",
}  # fmt: skip
CALLS = ("run_line_magic", "run_cell_magic")  # of IPython
OPTIONS = re.compile(r"(?:\s*--?[a-zA-Z][\w-]*(?:[ =]*\d+)?)*\s*")  # as in "-n 10 -o f(x)"


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
        Number, from 1, and text of each line that is IPython's, and of whose effect Python reads nothing.
    guessed : bool
        Whether it is given to a magic that is not known here, so that perhaps it is not run.
    """

    text: str
    tree: ast.Module | None
    commands: tuple[tuple[int, str], ...] = ()
    guessed: bool = False


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
        Without a tree if it is no Python, or too long.

    Examples
    --------
    >>> found = read("%%time\nx = 1\n_ = !true")
    >>> print(found.text)
    pass
    x = 1
    _ = get_ipython().getoutput('true')
    >>> found.commands
    ((3, '_ = !true'),)
    """
    if len(source) > LONGEST:
        return Source("", None)
    source = source.replace("\r\n", "\n").replace("\r", "\n")  # the lines that Python counts
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # IPython's, about line ends that are none for Python
            text, numbers, guessed = _plain(source)
        if text.count("\n") > source.count("\n"):
            raise ValueError("IPython begins a line where Python does not, so its number is not the student's")
        tree = parse(text)
    except Exception:  # Python's or IPython's: what they cannot read does not run in a notebook either
        return Source("", None)
    lines = source.split("\n")
    return Source(text, tree, tuple((number, lines[number - 1]) for number in sorted(numbers)), guessed)


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
        tree = ast.parse(text)
    level, depth = [tree], 0
    while level:  # newer parsers read what is too deep for whoever walks through it
        level, depth = [child for node in level for child in ast.iter_child_nodes(node)], depth + 1
        if depth > DEPTH:
            raise RecursionError(f"more than {DEPTH} levels")
    return tree


@lru_cache(maxsize=1)
def _ipython():
    """Return what turns IPython's lines into Python; importing it takes a third of a second, so not before a cell."""
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager()


def _plain(source, around=0):
    """Return a cell as Python, the numbers of the lines that are commands, and whether it is only guessed to run."""
    if around > DEEPEST:
        raise ValueError("too many magics in one another")
    body = source.lstrip()
    above = source[: len(source) - len(body)].count("\n")
    lines = source.split("\n")[above:]
    text = _through(_ipython().cleanup_transforms, "\n".join(lines))
    if text.startswith("%%") and (call := _magic(_through(_ipython().line_transforms, text))):
        text, numbers, guessed = _cell_magic(*call, around)
    else:
        text, numbers, guessed = *_python(text), False
    return "\n" * above + text, {number + above for number in numbers}, guessed


def _through(transforms, text):
    """Return what some of IPython's transforms make of a text."""
    lines = text.splitlines(keepends=True)
    for transform in transforms:
        lines = transform(lines)
    return "".join(lines)


def _cell_magic(name, line, body, around):
    """Return as :func:`_plain` does what a cell magic makes of its body."""
    if name in NOT_RUN:
        return "pass" + "\n" * (body.count("\n") + 1), {1}, False
    text, numbers, guessed = _plain(body, around + 1)
    first, known = _given(name, line), name in RUN
    return f"{first or 'pass'}\n{text}", {n + 1 for n in numbers} | ({1} if not known else set()), guessed or not known


def _given(name, line):
    """Return the Python on the line of a magic that runs it; where it names a variable, one that binds it."""
    if name == "capture":
        words = [word for word in line.split() if word.isidentifier()]
        return f"{words[0]} = None" if words else ""
    rest = line[OPTIONS.match(line).end() :].strip()
    return rest if name in RUN and _is_python(rest) else ""


def _is_python(text):
    """Say whether a text is Python, and something."""
    try:
        return bool(parse(text).body)
    except UNREADABLE:
        return False


def _python(text):
    """Return a text with IPython's lines turned into Python, and the numbers of those that are commands."""
    numbers, spent = set(), 0
    if not text.strip() or _is_python(text):
        return text, numbers
    changed, lines = True, f"{text}\n".splitlines(keepends=True)
    while changed:
        if (spent := spent + sum(map(len, lines))) > MOST:
            raise ValueError("too many lines of IPython's")
        before = lines
        changed, lines = _ipython().do_one_token_transform(lines)
        if changed:
            lines, number, is_command = _one_for_one(before, lines)
            numbers |= {number} if is_command else set()
    return "".join(lines)[:-1], numbers


def _one_for_one(before, after):
    """Return lines of which IPython changed one, all with their old numbers; that number; whether it is a command."""
    place = next(i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    missing = "\n" * ("".join(before).count("\n") - "".join(after).count("\n"))
    line = _run_at_once(after[place])
    lines = [*after[:place], line, *missing, *after[place + 1 :]]
    return lines, "".join(after[:place]).count("\n") + 1, "get_ipython()" in line


def _run_at_once(line):
    """Return a line without the magic in it, if that is one that runs the Python it is given: ``t = %time f(x)``."""
    call = _magic(line)
    given = _given(*call[:2]) if call and call[0] != "capture" else ""
    plain = f"{line.split('get_ipython()')[0]}{given}\n"
    return plain if given and _is_python(plain.strip()) else line


def _magic(text):
    """Return what IPython gives to a magic, in its own words: the name, its line, and a cell's body."""
    try:
        call = parse(text.strip()).body[0].value
        return [argument.value for argument in call.args] if call.func.attr in CALLS else None
    except (SyntaxError, AttributeError, IndexError):
        return None
