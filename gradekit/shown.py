"""A stranger's text made fit to be shown: the one function through which names pass on their way to people."""

import unicodedata

SPACES = {"Zs", "Zl", "Zp"}
UNSEEN = {"Cc", "Cs", "Co", "Cn"}  # control characters, half characters, and what no font has


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
