"""Whose marks moved from one gradebook to the next, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """A mark that is not what it was.

    Attributes
    ----------
    student, lesson, check : str
        Whose, and of what.
    before, after : float or None
        Points; None where there were none.
    why : str
        In a few words.
    """

    student: str
    lesson: str
    check: str
    before: float | None
    after: float | None
    why: str


def changes(before, after):
    """Return whose marks moved from one gradebook to the next, from what to what, and why.

    Parameters
    ----------
    before, after : gradekit.book.entries.Gradebook
        The last one that was told, and the new one.

    Returns
    -------
    tuple of Move
        By student, lesson and check.
    """
    old, new = _by_check(before), _by_check(after)
    pairs = [(place, old.get(place), new.get(place)) for place in sorted(old.keys() | new.keys())]
    return tuple(
        Move(*place, was and was.points, now and now.points, _why(was, now))
        for place, was, now in pairs
        if (was and was.points) != (now and now.points)
    )


def _by_check(gradebook):
    """Return each check's entry by (student, lesson, check)."""
    return {
        (submission.student, submission.lesson, check.name): check
        for submission in gradebook.submissions
        for check in submission.checks
    }


def _why(was, now):
    """Say why points moved."""
    if was is None or now is None:
        return "new" if was is None else "no longer handed in"
    if was.override != now.override:
        return "by hand"
    if was.of != now.of:
        return "the check is worth something else"
    if was.answers != now.answers:
        return "another answer"
    if was.breaches != now.breaches:
        return "other rules"
    return "the check or the environment changed" if was.key != now.key else "graded again"
