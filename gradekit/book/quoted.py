"""What a check or an error said, taken apart: the hint, the case that shows it, the student's own line."""

import re

from gradekit.printable import clean

CASE = "The smallest case:"  # how a check begins to show one
MORE = re.compile(rf"\n\s*\n|\n(?= {{4}}|{CASE}|More: )")
LINE = re.compile(r"^ {4}in your line +(.+)$", re.MULTILINE)  # as coursekit.check tells it
SYNTAX = re.compile(r"\A(?:Syntax|Indentation|Tab)Error: .*\(line (\d{1,6})\)")


def first_hint(told):
    r"""Return the part of what a check says that names the mistake, without the case that shows it.

    Parameters
    ----------
    told : str
        Of a check.

    Returns
    -------
    str
        All that stands before the first empty line, line of code, or advice on how to see more.

    Examples
    --------
    >>> first_hint("f: Look at the axis.\n\nThe smallest case:\n    f([[1]])")
    'f: Look at the axis.'
    """
    return MORE.split(clean(told), maxsplit=1)[0].strip()


def in_blocks(quoted):
    r"""Return what a check says as blocks: sentences, and lines of code.

    Parameters
    ----------
    quoted : str
        Clean, as from :func:`explain`.

    Returns
    -------
    list of tuple
        (``"text"`` or ``"code"``, the text): paragraphs, and what is indented by four spaces or more.

    Examples
    --------
    >>> in_blocks("The smallest case:\n    f(1)\n    Its result is 2 and should be 3.")
    [('text', 'The smallest case:'), ('code', 'f(1)\nIts result is 2 and should be 3.')]
    """
    blocks, starts = [], True
    for line in quoted.split("\n"):
        form = "code" if line.startswith("    ") else "text"
        starts = starts or (form == "text" and line.startswith(CASE)) or blocks[-1][0] != form
        if line.strip() and starts:
            blocks.append((form, [line.strip()]))
        elif line.strip():
            blocks[-1][1].append(line.strip())
        starts = not line.strip()
    return [(form, "\n".join(lines)) for form, lines in blocks]


def lines_of(source, told, breaches=()):
    r"""Return the lines of an answer, and which of them the feedback is about.

    Parameters
    ----------
    source : str
        The answer.
    told : str
        What the check or the error said: "in your line ..." or, of a syntax error, "(line 3)".
    breaches : iterable of gradekit.source.rules.Breach, optional
        Rules that this answer breaks.

    Returns
    -------
    list of tuple
        (line, whether it is one of these).

    Examples
    --------
    >>> lines_of("def f(x):\n    return x / 0", "f raised ZeroDivisionError: ...\n    in your line    return x / 0")
    [('def f(x):', False), ('    return x / 0', True)]
    """
    lines, syntax = source.split("\n"), SYNTAX.search(told)
    numbers = {int(syntax[1])} if syntax else {breach.line for breach in breaches}
    named = {found[1].strip() for found in [LINE.search(told)] if found}
    return [(line, number in numbers or line.strip() in named) for number, line in enumerate(lines, 1)]
