"""Files that matter, kept whole: written in one piece and down to the disk; what cannot be read is set aside."""

import contextlib
import errno
import os
import re
import shutil
from datetime import datetime
from pathlib import Path

MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
REFUSED = {errno.EACCES, errno.EPERM, errno.EBUSY}


class NotWritten(OSError):
    """A file that could not be written; the text says which, why, what stands there now and what to do."""


def write_whole(path, content):
    """Write a file in one piece and down to the disk: readers see the old one or the new one, also after a power cut.

    Parameters
    ----------
    path : path-like
        The file; a folder that is missing is made. One that holds the same already is left alone.
    content : str or bytes
        What it will hold.

    Raises
    ------
    NotWritten
        If that fails: the old file stands as it was.
    """
    path, content = Path(path), content.encode() if isinstance(content, str) else content
    partial = path.with_name(f".{path.name}.partial")
    try:
        _make_folder(path.parent)
        if _holds(path, content):
            return
        with partial.open("wb") as file:
            if path.exists():
                shutil.copymode(path, partial)
            file.write(content)
            flush(file)
        partial.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise not_written(path, error) from error


def append_whole(path, lines):
    """Add lines to the end of a file, down to the disk: all of them, or the file stays as it was.

    Parameters
    ----------
    path : path-like
        The file; made where it is missing.
    lines : bytes
        Whole lines. What a killed process left unfinished before them stays a line of its own.

    Raises
    ------
    NotWritten
        If that fails, with what was written taken back.
    """
    path = Path(path)
    try:
        _make_folder(path.parent)
        new = not path.exists()
        with path.open("ab", buffering=0) as file:
            before = file.tell()
            try:
                _write_all(file, lines if before == 0 or _ends_a_line(path) else b"\n" + lines)
                flush(file)
            except OSError:
                file.truncate(before)
                raise
        if new:
            flush_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from error


def set_aside(path):
    """Rename a file that cannot be read, so that nothing of it is lost and a new one can take its place.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Path
        Its new name: the old one and the time.

    Raises
    ------
    NotWritten
        If it cannot be renamed.
    """
    stem = f"{path.name}.unreadable-{datetime.now():%Y-%m-%dT%H%M%S}"
    names = (path.with_name(stem + (f"-{count}" if count else "")) for count in range(10_000))
    aside = next(name for name in names if not os.path.lexists(name))
    try:
        path.rename(aside)
        flush_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    return aside


def marker_line(text):
    r"""Return the line of the first mark that git leaves where two versions of a file were merged.

    Parameters
    ----------
    text : str
        The content of a file.

    Returns
    -------
    int
        Counted from 1; 0 where there is none.

    Examples
    --------
    >>> marker_line("student\n<<<<<<< HEAD\nann\n"), marker_line("a < b\n=======\n")
    (2, 0)
    """
    found = MARKER.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def why_unreadable(error):
    """Return in a few words why a file cannot be read.

    Parameters
    ----------
    error : Exception
        What reading it raised.

    Returns
    -------
    str
        One line.
    """
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 text (byte {error.start})"
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    return " ".join(str(error).split())[:200] or type(error).__name__


def flush(file):
    """Write a file down to the disk.

    Parameters
    ----------
    file : file object
        Open for writing.
    """
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder):
    """Write the names in a folder down to the disk, where the system can: Windows does so by itself.

    Parameters
    ----------
    folder : Path
        The folder.
    """
    with contextlib.suppress(OSError):  # the file is there and whole; a network folder may refuse this and no more
        number = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(number)
        finally:
            os.close(number)


def not_written(path, error):
    """Return the error that says why a file could not be written, and what to do.

    Parameters
    ----------
    path : Path
        The file.
    error : OSError
        What writing raised.

    Returns
    -------
    NotWritten
        To be raised.
    """
    if error.errno in FULL:
        reason, do = "the disk or your share of it is full", "Make room"
    elif error.errno in REFUSED:
        reason, do = "it may not be written to", "Close what has it open, such as a spreadsheet, or allow it"
    elif error.errno == errno.EROFS:
        reason, do = "the disk is read-only", "Name another folder, or make it writable"
    else:
        reason, do = why_unreadable(error), "See to that"
    return NotWritten(
        f"{path} could not be written: {reason}. What stood there is as it was, and every verdict so far is kept. "
        f"{do}, then give the same command again."
    )


def _write_all(file, content):
    """Write every byte, where one call may write a part."""
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def _make_folder(folder):
    """Make a folder and those above it, down to the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    flush_folder(folder.parent)


def _holds(path, content):
    """Say whether a file holds this already."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _ends_a_line(path):
    """Say whether a file ends with a line break."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
