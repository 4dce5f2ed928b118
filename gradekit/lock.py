"""One grader for each folder of grades: a lock that the system takes back when its process ends, however it ends.

It is the system's own lock on an open file (flock, which Linux passes on to the server of a network folder; msvcrt's on
Windows). These two calls are all that is needed: a library for them would come into every student's installation, and
its fallback, a file that is deleted at the end, outlives a grader that is killed.
"""

import contextlib
import errno
import getpass
import json
import os
import platform
from datetime import datetime
from pathlib import Path

from gradekit.keeping import not_written
from gradekit.printable import one_line

NAME = ".grading.lock"
TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
BEYOND = 2**30  # the byte that is locked on Windows, where a locked byte cannot be read: behind what is written


class FolderTaken(RuntimeError):
    """Somebody else grades into the folder; the text says who, since when, and what to do."""


@contextlib.contextmanager
def locked(folder):
    """Be the only one who grades into a folder.

    Parameters
    ----------
    folder : Path
        The folder of grades; made where it is missing.

    Yields
    ------
    str
        Empty; or, where the file system offers no locks, a sentence that says so.

    Raises
    ------
    FolderTaken
        If another process holds it.
    gradekit.keeping.NotWritten
        If the folder cannot be written to.
    """
    path = Path(folder) / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b", buffering=0)
    except OSError as error:
        raise not_written(path, error) from error
    with file:
        warning = _take(file, path.parent)
        with contextlib.suppress(OSError):  # who holds it is a courtesy: on a full disk the lock holds without
            _write(file, json.dumps(_holder()).encode())
        try:
            yield warning
        finally:
            with contextlib.suppress(OSError):
                _write(file, b"")


def _take(file, folder):
    """Lock an open file, and return what is to be said where that cannot be done."""
    try:
        _lock(file)
    except OSError as error:
        if error.errno in TAKEN:
            raise FolderTaken(_who(file, folder)) from None
        return (
            f"{folder}: its file system offers no locks ({error.strerror}). See that nobody else grades into it "
            "at the same time."
        )
    return ""


def _lock(file):
    """Lock an open file at once or not at all; closing it, and the end of the process, unlocks it."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        file.seek(BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write(file, content):
    """Replace what an open file holds."""
    file.seek(0)
    file.truncate()
    file.write(content)


def _holder():
    """Return who we are."""
    with contextlib.suppress(Exception):  # a container may have no names for its users
        return {**_process(), "user": getpass.getuser()}
    return {**_process(), "user": "unknown"}


def _process():
    """Return this process and its time."""
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return {"pid": os.getpid(), "host": platform.node(), "since": since}


def _who(file, folder):
    """Say who holds a folder, as far as they have written it down."""
    try:
        file.seek(0)
        found = json.loads(file.read(10_000))
        who = f"{found['user']} (process {found['pid']} on {found['host']}) since {found['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return (
        f"grade: {one_line(who)} grades into {folder}; two at once would mix their files. Wait until it has ended, or "
        "end it there (nothing that was graded is lost), or name another folder by --to."
    )
