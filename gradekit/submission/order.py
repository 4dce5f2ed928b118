"""Which of several files with equal times is the newest, as far as their names tell."""

import re

from gradekit.submission.naming import stem

COPY = re.compile(r"(?:\(|-|_v|\bv|copy|copie|kopie)\s*(\d{1,3})\)?$", re.IGNORECASE)
KEPT = re.compile(r"(?:backups?|bak|old|older|archive|previous|drafts?|trash)(?:$|[\W_].*)", re.IGNORECASE)


def order(file, name):
    """Return what files are sorted by: what lies in a folder of old states first, then by numbers, as people count.

    Parameters
    ----------
    file : str
        Its path.
    name : str
        Its own name, without what a system put before it.

    Returns
    -------
    tuple
        The larger, the newer.

    Examples
    --------
    >>> order("Version 10/a.ipynb", "a.ipynb") > order("Version 9/a.ipynb", "a.ipynb")
    True
    """
    is_kept = any(map(KEPT.fullmatch, file.split("/")[:-1]))
    copy = COPY.search(stem(name))
    return not is_kept, int(copy[1]) if copy else 0, _counted(name), _counted(file)


def _counted(text):
    """Return a text in which 10 comes after 9."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]{1,18})", text))
