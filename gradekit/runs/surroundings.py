"""What goes wrong around a run and is nobody's answer's fault: told as what it is, with its fix."""

import errno
import os
import sys
from contextlib import contextmanager

from gradekit.runs.paths import place_for_folders

LAST = 300  # characters that are quoted of what a program said before it ended


class SurroundingsError(RuntimeError):
    """The machine could not run anything; nothing is said of any answer."""


@contextmanager
def told(doing):
    """Turn an error of the operating system into one that names the cause and the fix.

    Parameters
    ----------
    doing : str
        What was tried.

    Yields
    ------
    None
        While it is tried.

    Raises
    ------
    SurroundingsError
        Instead of the ``OSError``.
    """
    try:
        yield
    except OSError as error:
        raise SurroundingsError(f"{doing}: {cause(error)}") from error


def cause(error):
    """Return why the operating system refused something, and what to do about it.

    Parameters
    ----------
    error : OSError
        Its error.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> cause(OSError(errno.EMFILE, "Too many open files"))
    'too many files are open. Raise the limit (ulimit -n 4096), or take fewer --jobs.'
    """
    place = error.filename or place_for_folders()
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return f"the disk is full at {place}. Free some space there, or set TMPDIR to a folder with space."
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "too many files are open. Raise the limit (ulimit -n 4096), or take fewer --jobs."
    if error.errno in (errno.ENOMEM, errno.EAGAIN):
        return f"the system starts no more processes ({error.strerror}). Close other programs, or take fewer --jobs."
    if error.errno == errno.ENOENT and place == sys.executable:
        return f"there is no {place} any more: its environment was moved or deleted. Make the environment again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be used ({error.strerror}). Set TMPDIR to a folder in which you can write."
    return f"{error}."


def no_start(seconds):
    """Return what to say where a kernel did not start in time.

    Parameters
    ----------
    seconds : float
        How long was waited.

    Returns
    -------
    str
        Some sentences.
    """
    cores = os.cpu_count() or 1
    load = f" ({os.getloadavg()[0]:.0f} processes want its {cores} cores)" if hasattr(os, "getloadavg") else ""
    return (
        f"the machine is busy{load}: nothing was ready after {seconds:.0f} seconds. No answer was at fault, and none "
        "was judged by it. Try again when less is running, or with fewer --jobs."
    )


def last_words(text):
    r"""Return the last line that a program printed before it ended, cut to what can be read at a glance.

    Parameters
    ----------
    text : str
        All that it printed.

    Returns
    -------
    str
        The line; a few words if there is none.

    Examples
    --------
    >>> last_words("a\nImportError: no\n")
    'ImportError: no'
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][-LAST:] if lines else "it printed nothing"
