"""A file that somebody handed in, read as cells: whatever it holds, nothing of it is run or followed."""

import json
import os
import stat

LARGEST = 200 * 2**20  # bytes of a submission
VALUES = 10_000_000  # that a submission may hold: parsed, each takes a hundred bytes
CELLS = 2000
LONGEST = 2**20  # characters of one cell of code


class Unreadable(ValueError):
    """A submission that is no notebook; the text says what it is and what to do."""


def read(path):
    """Return the cells of a submission as plain dictionaries, whoever wrote it.

    Parameters
    ----------
    path : Path
        A file; it is not followed if it is a link.

    Returns
    -------
    list of dict
        Each with ``cell_type``, ``source`` (one text) and ``metadata``.

    Raises
    ------
    Unreadable
        If it is no notebook.
    """
    try:
        nb = json.loads(_content(path).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"cannot be read as a notebook ({type(error).__name__}). Save it again in Jupyter.") from None
    cells = nb.get("cells") if isinstance(nb, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("holds no list of cells, so it is no notebook of format 4. Save it again in Jupyter.")
    cells = [_plain(cell) for cell in cells if isinstance(cell, dict)]
    longest = max((len(cell["source"]) for cell in cells if cell["cell_type"] == "code"), default=0)
    if len(cells) > CELLS:
        raise Unreadable(f"holds {len(cells)} cells; at most {CELLS} are read. Keep the lesson's own.")
    if longest > LONGEST:
        raise Unreadable(f"holds {longest >> 20} MB of code in one cell; at most {LONGEST >> 20} is read.")
    return cells


def _content(path):
    """Return the bytes of a file that is an ordinary one and not too much to parse."""
    about = os.lstat(path)
    kinds = {stat.S_ISDIR: "a folder", stat.S_ISLNK: "a link to another file"}
    kind = next((name for test, name in kinds.items() if test(about.st_mode)), None)
    if kind or not stat.S_ISREG(about.st_mode):
        raise Unreadable(f"is {kind or 'no ordinary file'}, not a notebook. Hand in the .ipynb file itself.")
    if about.st_size > LARGEST:
        raise Unreadable(f"has {about.st_size >> 20} MB; at most {LARGEST >> 20} are read. Clear its outputs.")
    content = path.read_bytes()
    if (values := sum(map(content.count, (b",", b"[", b"{")))) > VALUES:
        raise Unreadable(f"holds {values} values; at most {VALUES} are read. Clear its outputs.")
    return content


def _plain(cell):
    """Return a cell with a text that can be written, a kind, and the metadata that count, whatever stood there."""
    source, metadata = cell.get("source", ""), cell.get("metadata")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return {
        "cell_type": cell.get("cell_type"),
        "source": source.encode(errors="replace").decode() if isinstance(source, str) else "",
        "metadata": _plain_metadata(metadata if isinstance(metadata, dict) else {}),
    }


def _plain_metadata(metadata):
    """Return nbgrader's flags and the tags, where they are such."""
    flags, tags = metadata.get("nbgrader"), metadata.get("tags")
    named = isinstance(flags, dict) and isinstance(flags.get("grade_id"), str)
    return {
        "nbgrader": dict(flags) if named else {},
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
    }


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
