"""A file that somebody handed in, read as cells: whatever it holds, nothing of it is run or followed."""

import codecs
import contextlib
import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from coursekit.agreements import METADATA

LARGEST = 200 * 2**20  # bytes of a submission
VALUES = 10_000_000  # that a submission may hold: parsed, each takes a hundred bytes
CELLS = 2000
LONGEST = 2**20  # characters of one cell of code
PRINTED = 10_000  # characters of a cell's printed lines that are kept
DIGITS = 300  # of a number: Python refuses longer ones, and nobody needs them
MARKS = {  # what a text may begin with, and the encoding that it tells; the longest first
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
EAST = ("big5hkscs", "cp932", "gb18030", "cp949")
CONFLICT = re.compile(r"^<{7} .*^={7}$.*^>{7} ", re.MULTILINE | re.DOTALL)
STARTS = {  # how other files begin, what they are, and what to do
    r"\s*\Z": "is empty. The upload went wrong: hand the file in again.",
    r"\0+\Z": "holds zeros only: a disk was full, or a synchronised folder had not loaded it. Hand it in again.",
    r"%PDF": "is a PDF, not a notebook. Hand in the .ipynb file: File > Download in Jupyter.",
    r"\s*<(!doctype|html|head|\?xml)": "is a web page, not a notebook: an export, or a page that asked for a login. "
    "Hand in the .ipynb file.",
    r"\xd0\xcf\x11\xe0|\{\\rtf": "is a document of a word processor, not a notebook. Hand in the .ipynb file.",
    r"\x89PNG|\xff\xd8\xff|GIF8": "is a picture, not a notebook. Hand in the .ipynb file.",
    r"PK\x03\x04|\x1f\x8b|Rar!|7z\xbc\xaf|\xfd7zXZ|BZh": "is an archive. Unpack it, or ask for the .ipynb file.",
    r"#!|# ?%%|# In ?\[|# coding|# -\*-|import |from |def |\"\"\"": "is a Python script, not a notebook. Hand in "
    "the .ipynb file.",
}


class Unreadable(ValueError):
    """A submission that is no notebook; the text says what it is and what to do."""


@dataclass(frozen=True)
class Notebook:
    """What counts of a notebook.

    Attributes
    ----------
    cells : tuple of dict
        Each with ``cell_type``, ``source`` (one text), ``metadata`` and ``printed``, the first lines that it printed.
    version : str
        The release of the lesson that it was made from, as its metadata say; empty if they do not.
    notes : tuple of str
        What had to be repaired.
    """

    cells: tuple[dict, ...]
    version: str = ""
    notes: tuple[str, ...] = ()


def read(path):
    """Return the cells of a submission as plain dictionaries, whoever wrote it.

    Parameters
    ----------
    path : Path
        A file; it is not followed if it is a link.

    Returns
    -------
    list of dict
        As in :class:`Notebook`.

    Raises
    ------
    Unreadable
        If it is no notebook.
    """
    return list(parse(content(path)).cells)


def content(path):
    """Return the bytes of a file that is an ordinary one and not too large.

    Parameters
    ----------
    path : Path
        A file.

    Returns
    -------
    bytes
        What it holds.

    Raises
    ------
    Unreadable
        If it is a folder, a link, a pipe, cannot be opened, or is too large.
    """
    try:
        about = os.lstat(path)
        kinds = {stat.S_ISDIR: "a folder", stat.S_ISLNK: "a link to another file"}
        kind = next((name for test, name in kinds.items() if test(about.st_mode)), None)
        if kind or not stat.S_ISREG(about.st_mode):
            raise Unreadable(f"is {kind or 'no ordinary file'}, not a notebook. Hand in the .ipynb file itself.")
        if about.st_size > LARGEST:
            raise Unreadable(f"has {about.st_size >> 20} MB; at most {LARGEST >> 20} are read. Clear its outputs.")
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"cannot be opened ({type(error).__name__}). Look at its permissions.") from None


def parse(found):
    """Return the notebook that some bytes hold.

    Parameters
    ----------
    found : bytes
        Of any file.

    Returns
    -------
    Notebook
        Its cells, of every format from 1 on.

    Raises
    ------
    Unreadable
        If it is no notebook, or more than is read.
    """
    if (values := sum(map(found.count, (b",", b"[", b"{")))) > VALUES:
        raise Unreadable(f"holds {values} values; at most {VALUES} are read. Clear its outputs.")
    (nb, more), notes = _opened(found)
    cells = _cells(nb)
    if cells is None:
        raise Unreadable("holds no list of cells, so it is no notebook. Save it again in Jupyter.")
    cells = tuple(_plain(cell) for cell in cells if isinstance(cell, dict))
    longest = max((len(cell["source"]) for cell in cells if cell["cell_type"] == "code"), default=0)
    if len(cells) > CELLS:
        raise Unreadable(f"holds {len(cells)} cells; at most {CELLS} are read. Keep the lesson's own.")
    if longest > LONGEST:
        raise Unreadable(f"holds {longest >> 20} MB of code in one cell; at most {LONGEST >> 20} is read.")
    return Notebook(cells, _version(nb), (*notes, *more))


def as_cells(nb):
    """Return the cells of a notebook as :func:`read` gives them.

    Parameters
    ----------
    nb : NotebookNode
        Any notebook.

    Returns
    -------
    list of dict
        Plain cells.
    """
    return [_plain(cell) for cell in nb.cells]


def _opened(found):
    """Return the first value that bytes hold with what is to be said of the rest, and what of the bytes themselves."""
    text, notes = _decode(found)
    try:
        return _load(text, found), notes
    except Unreadable:
        for encoding in EAST if notes else ():  # where half a character is a backslash or a quotation mark
            with contextlib.suppress(Unreadable):
                return _load(found.decode(encoding, "replace"), found), (f"it was read as {encoding}, not as UTF-8.",)
        raise


def _decode(found):
    """Return a text and what is to be said of its bytes, whatever encoding an editor has chosen."""
    encoding = next((name for mark, name in MARKS.items() if found.startswith(mark)), None)
    if encoding is None:
        start = found[:64]
        even, odd = start[::2].count(0), start[1::2].count(0)
        wide = "utf-16-le" if odd > 8 and odd > even else "utf-16-be" if even > 8 and even > odd else None
        encoding = wide if start.strip(b"\0") else None
    try:
        return found.decode(encoding or "utf-8"), ()
    except UnicodeDecodeError:
        return found.decode(encoding or "utf-8", "replace"), (
            "some of its characters cannot be read; '\ufffd' is there.",
        )


def _load(text, found):
    """Return the first value of a text of JSON, and what is to be said of the rest; or say what the text is."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    try:
        nb, end = json.JSONDecoder(strict=False, parse_int=_number).raw_decode(text, start)
    except RecursionError:
        raise Unreadable("holds lists within lists without end, which no notebook does. Save it again.") from None
    except ValueError as error:
        raise Unreadable(_what(found, text, getattr(error, "pos", 0))) from None
    left = len(text[end:].strip("\0 \t\r\n\ufffd"))
    return nb, ((f"{left} characters behind its end were left out.",) if left else ())


def _number(text):
    """Return a whole number, or 0 for one that is longer than any that counts."""
    return int(text) if len(text) <= DIGITS else 0


def _what(found, text, place):
    """Say what a file is that is not JSON, or where its JSON breaks."""
    head = found.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    for start, words in STARTS.items():
        if re.match(start, head, re.IGNORECASE):
            return words
    if CONFLICT.search(text):
        return "holds the marks of a merge that was never finished (<<<<<<<). Resolve it in git."
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return "is no notebook: it does not begin like one. Hand in the .ipynb file."
    line, cell = text.count("\n", 0, place) + 1, text.count('"cell_type"', 0, place)
    where = f"in line {line}, in its cell number {cell}"
    if not text[place:].strip("\0 \t\r\n\ufffd") or _breaks_off(text, place):
        return f"breaks off after {len(found)} bytes, {where}: it was cut short on its way. Hand it in again."
    return f"is damaged {where}: it is not JSON there. Save it again in Jupyter."


def _breaks_off(text, place):
    """Say whether the text that begins here is a string without an end."""
    return text[place : place + 1] == '"' and not re.search(r'[^\\]"\s*[,:\]}]', text[place + 1 :])


def _cells(nb):
    """Return the list of cells of a notebook of any format, or None; formats 2 and 3 keep them in worksheets."""
    if not isinstance(nb, dict):
        return None
    if isinstance(nb.get("cells"), list):
        return nb["cells"]
    sheets = nb.get("worksheets")
    if not isinstance(sheets, list) or not sheets or not all(isinstance(sheet, dict) for sheet in sheets):
        return None
    lists = [sheet.get("cells") for sheet in sheets]
    return [cell for cells in lists for cell in cells] if all(isinstance(cells, list) for cells in lists) else None


def _version(nb):
    """Return the release that a notebook's metadata name."""
    metadata = nb.get("metadata")
    ours = metadata.get(METADATA) if isinstance(metadata, dict) else None
    version = ours.get("version") if isinstance(ours, dict) else None
    return version if isinstance(version, str) else ""


def _plain(cell):
    """Return a cell with a text that can be written, a kind, and the metadata that count, whatever stood there."""
    source = next((cell[key] for key in ("source", "input", "code") if key in cell), "")  # formats 4, 3 and 2, 1
    metadata, kind = cell.get("metadata"), cell.get("cell_type")
    return {
        "cell_type": "markdown" if kind == "heading" else kind if isinstance(kind, str) else None,
        "source": _text(source),
        "metadata": _plain_metadata(metadata if isinstance(metadata, dict) else {}),
        "printed": _printed(cell.get("outputs")),
    }


def _text(source):
    r"""Return a text that stands there in one piece or in lines, with ``\n`` at their ends."""
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return source.replace("\r\n", "\n").replace("\r", "\n").encode(errors="replace").decode()


def _printed(outputs):
    """Return the beginning of what a cell printed."""
    outputs = outputs if isinstance(outputs, list) else []
    texts = [each.get("text") for each in outputs[:PRINTED] if isinstance(each, dict)]
    return "".join(_text(text[:PRINTED]) for text in texts if isinstance(text, str | list))[:PRINTED]


def _plain_metadata(metadata):
    """Return nbgrader's flags and the tags, where they are such, and whether the cell has what only masters have."""
    flags, tags = metadata.get("nbgrader"), metadata.get("tags")
    named = isinstance(flags, dict) and isinstance(flags.get("grade_id"), str)
    return {
        "nbgrader": dict(flags) if named else {},
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        "master": isinstance(metadata.get(METADATA), dict) and bool(metadata[METADATA]),
    }
