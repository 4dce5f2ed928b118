"""Errors of the operating system, told with their cause and the edit."""

import errno
import os
from pathlib import Path

FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def explained(error: OSError) -> str:
    """Return what an error of the operating system means, and what to do about it.

    Parameters
    ----------
    error : OSError
        From anywhere in a command.

    Returns
    -------
    str
        One or two sentences; the error's own words if its cause is not a common one.

    Examples
    --------
    >>> explained(OSError(errno.ENOSPC, "No space left on device", "mine/05.ipynb"))
    'the disk of mine/05.ipynb is full. Free some space there, and run the same again.'
    """
    place = os.fspath(error.filename) if error.filename is not None else ""
    if error.errno in FULL:
        return f"the disk{f' of {place}' if place else ''} is full. Free some space there, and run the same again."
    if error.errno in FORBIDDEN and place:
        return (
            f"{place} cannot be read or written here ({error.strerror}). Look at the permissions of this file and its "
            "folder, or take a folder of your own."
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST) and place:
        return f"{place} cannot be made: a file stands where a folder is needed. Move it, or take another folder."
    if error.errno == errno.ENOENT and place:
        return f"there is no {place}. Look at the name, and at the folder that you are in ({_here()})."
    return str(error)


def _here():
    """Return the current folder, which may be gone."""
    try:
        return Path.cwd()
    except OSError:
        return "it was deleted"
