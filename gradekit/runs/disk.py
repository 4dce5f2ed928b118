"""The folders of runs: how much is in them, and how they are removed however deep they are."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from gradekit.runs.paths import PREFIX, place_for_folders

BLOCK = 4096  # bytes that a file takes at least
DEEP = 1000  # characters of a path; a run that goes deeper is hiding something


def size_of(folder, enough):
    """Return how many bytes a folder takes on the disk, counting no further than to enough.

    Empty files and folders use up a disk as well: each counts a block. So does depth: beyond the longest path nothing
    could be counted.

    Parameters
    ----------
    folder : Path
        The folder.
    enough : int
        Bytes at which counting ends.

    Returns
    -------
    int
        The bytes.
    """
    total, folders = 0, [str(folder)]
    while folders and total <= enough:
        place = folders.pop()
        total += enough if len(place) > DEEP else 0
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                total += max(_blocks(entry), BLOCK)
                if total > enough:
                    break
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    return total


def free(folder):
    """Return how many bytes of the disk are free.

    Parameters
    ----------
    folder : Path
        Where.

    Returns
    -------
    int
        The bytes.
    """
    return shutil.disk_usage(folder).free


def remove(folder):
    """Remove a folder, however deep it is.

    Parameters
    ----------
    folder : Path
        The folder.
    """
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)
    if folder.exists() and shutil.which("rm"):
        subprocess.run(["rm", "-rf", "--", str(folder)], stderr=subprocess.DEVNULL, check=False)


def sweep():
    """Remove the folders of graders that are gone."""
    import psutil

    places = {tempfile.gettempdir(), place_for_folders()}
    for folder in [found for place in places for found in Path(place).glob(f"{PREFIX}*")]:
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)) and _is_mine(folder):
            remove(folder)


def _is_mine(folder):
    """Say whether a folder is a folder of this user, and no link; Windows knows no such numbers."""
    with contextlib.suppress(OSError):
        return not folder.is_symlink() and (not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid())
    return False


def _blocks(entry):
    """Return how many bytes of the disk a file takes; none if it is gone."""
    with contextlib.suppress(OSError):
        about = entry.stat(follow_symlinks=False)
        return about.st_blocks * 512 if hasattr(about, "st_blocks") else about.st_size
    return 0
