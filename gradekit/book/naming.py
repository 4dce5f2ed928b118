"""What to call a student, and the files about one."""

import hashlib
import re

from gradekit.printable import clean, one_line

PLAIN = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9]+(?:[._-][a-z0-9]+)*")
FOLDER = re.compile(
    r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_.*", re.DOTALL
)  # as Moodle names a student's folder


def file_name(student):
    """Return a name for a student's file: safe on every system, and another for every student.

    Parameters
    ----------
    student : str
        The student, by whatever name the submission came in.

    Returns
    -------
    str
        The same name where it is plain (lower case, as upper and lower are one to some systems), else what is left of
        it with eight digits of its hash.

    Examples
    --------
    >>> file_name("ann-lee"), file_name("../Ann")
    ('ann-lee', 'Ann-eb825571')
    """
    if len(student) <= 60 and PLAIN.fullmatch(student):
        return student
    kept = re.sub(r"[^\w-]+", "_", clean(student)).strip("_")[:40] or "student"
    return f"{kept}-{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def full_name(student, roster):
    """Return what to call a student.

    Parameters
    ----------
    student : str
        As in the gradebook.
    roster : dict
        As from :func:`gradekit.roster.read_roster`.

    Returns
    -------
    str
        The roster's name, or the one in a folder that Moodle made, or the student as given; on one line.

    Examples
    --------
    >>> full_name("Ann Lee_4711_assignsubmission_file_", {}), full_name("s1", {"s1": {"name": "Bo"}})
    ('Ann Lee', 'Bo')
    """
    folder = FOLDER.fullmatch(student)
    return one_line(roster.get(student, {}).get("name") or (folder["name"] if folder else student))
