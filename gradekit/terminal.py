"""What is printed can be printed anywhere: in a terminal that lacks a sign, another one stands for it."""

import codecs
import unicodedata

NAME = "coursekit"
PLAIN = {
    "✓": "+",
    "✗": "x",
    "→": "->",
    "–": "-",
    "—": "-",
    "…": "...",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "·": "-",
}


def print_anything(*streams):
    """Let streams print what their encoding lacks (cp1252, gbk) in plainer signs, instead of failing.

    Parameters
    ----------
    *streams : file-like
        ``sys.stdout`` and ``sys.stderr``; one that cannot be changed is left as it is.
    """
    codecs.register_error(NAME, _plainer)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=NAME)


def plain(text):
    """Return a text in signs that every encoding has.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        ASCII: our own signs by others, letters without their accents, anything else as a question mark.

    Examples
    --------
    >>> plain("✓ Zoë → 5"), plain("名")
    ('+ Zoe -> 5', '?')
    """
    return "".join(PLAIN.get(char) or _without_marks(char) for char in text)


def _without_marks(char):
    """Return a character without accents; a question mark if nothing is left."""
    return unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode() or "?"


def _plainer(error):
    """Answer an encoder that cannot go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end
