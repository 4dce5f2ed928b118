"""A stranger's text, made fit to print: on a page, in a cell of a table, on a terminal."""

import re
import unicodedata

STRANGE = re.compile(  # control characters and escape codes, what turns or hides text, half characters, odd line ends
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
SPACES = {"Zs", "Zl", "Zp"}
UNSEEN = {"Cc", "Cs", "Co", "Cn"}  # control characters, half characters, and what no font has


def clean(text):
    r"""Return a text without what no page can hold: control characters, changes of direction, half characters.

    Parameters
    ----------
    text : str
        From anywhere.

    Returns
    -------
    str
        The same text, with line breaks as ``\n`` and a replacement character for each of these.

    Examples
    --------
    >>> clean("a\r\nb\x00")
    'a\nb�'
    """
    return STRANGE.sub("\ufffd", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text):
    r"""Return a text clean and on one line.

    Parameters
    ----------
    text : str
        From anywhere.

    Returns
    -------
    str
        With every run of white space as one space.

    Examples
    --------
    >>> one_line("  a\n\tb ")
    'a b'
    """
    return " ".join(clean(text).split())


def clip(text, most):
    """Return a text cut to a length, with a word on what is missing.

    Parameters
    ----------
    text : str
        Any text.
    most : int
        Characters to keep.

    Returns
    -------
    str
        The text itself if it is no longer than that.

    Examples
    --------
    >>> clip("abcdef", 3)
    'abc … (cut: 6 characters in all)'
    """
    return text if len(text) <= most else f"{text[:most]} … (cut: {len(text)} characters in all)"


def number(value):
    """Return points as a number that prints short.

    Parameters
    ----------
    value : float
        Points.

    Returns
    -------
    int or float
        Whole where it is whole, else with at most two decimals.

    Examples
    --------
    >>> number(6.0), number(2 / 3)
    (6, 0.67)
    """
    rounded = round(float(value), 2)
    return int(rounded) if rounded.is_integer() else rounded


def cited(text):
    r"""Return a stranger's text as it stands in a sentence of ours.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        On one line, and cut to a length.

    Examples
    --------
    >>> cited("a\nb")
    'a b'
    """
    return clip(one_line(text), 200)


def shown(text):
    r"""Return a text on one line, without anything that steers a terminal, a page or a table.

    Parameters
    ----------
    text : str
        From anywhere: the name of a file, a folder, a person.

    Returns
    -------
    str
        White space as single spaces, a replacement character for each control character and half character; marks
        that show nothing, such as those that turn the direction of a text, are left out.

    Examples
    --------
    >>> shown("Ann\x1b[31m\tLee\n"), shown("a\u202eb\u200bc")
    ('Ann�[31m Lee', 'abc')
    """
    return " ".join("".join(map(_fit, str(text))).split())


def _fit(char):
    """Return one character as it may be shown."""
    if char.isprintable():
        return char
    kind = unicodedata.category(char)
    if kind in SPACES or char.isspace():
        return " "
    return "\ufffd" if kind in UNSEEN else ""
