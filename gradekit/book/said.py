"""What is said of a check, for the student and for the instructor: shared by the tables and the pages."""

import re

from gradekit.printable import cited, clean, clip, one_line
from gradekit.source.costs import explain as explain_rules

KINDS = {  # what may become of a check: a sign, a label, and what the student is told
    "right": ("✓", "right", "Your answer gives the right value on every input that was tried."),
    "hint": ("✗", "wrong, with a hint", "The check says:"),
    "value": (
        "≠",
        "wrong on another input",
        "The visible check passes, but on another input the function gives a different value. Try edge cases: other "
        "shapes (more rows than columns, one example, one class), larger scores (10000), whole numbers instead of "
        "floats; and see that no number of the visible check is written into the answer.",
    ),
    "error": ("!", "raised an error", "Running your answer raised an error."),
    "unwritten": ("○", "not written", "The answer is still as it was handed out."),
    "slow": (
        "~",
        "too slow",
        "It took longer than one cell may. Look for a loop that never ends, or for one that a matrix product replaces.",
    ),
    "loud": ("»", "printed too much", "It printed more than one cell may. Look for a print inside a loop."),
    "dead": (
        "†",
        "ended Python",
        "The Python process ended while your answer ran: exit() does that, and so does a crash inside a library.",
    ),
    "stopped": ("■", "stopped", "The run had to be ended from outside."),
    "missing": ("?", "no result", "There is no result for this exercise."),
}

RAISED = re.compile(r"(?:(?P<function>\w[\w.]*) raised )?(?P<error>[A-Za-z_]\w*)(?=:|$|\n)")


def sign_and_label(kind):
    """Return the sign and the label of a kind of result.

    Parameters
    ----------
    kind : str
        As in the gradebook.

    Returns
    -------
    sign, label : str
        One character, and a few words.

    Examples
    --------
    >>> sign_and_label("right")
    ('✓', 'right')
    """
    return KINDS.get(kind, KINDS["missing"])[:2]


def exercise(check):
    """Return what to call an exercise.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry or gradekit.book.entries.Task
        Its check.

    Returns
    -------
    str
        The lesson's own heading; where it has none, the check's name without the word that all of them end in.

    Examples
    --------
    >>> from gradekit.book.entries import Task
    >>> exercise(Task("05-predict-check", 1.0)), exercise(Task("05-predict-check", 1.0, "Exercise 3: predict"))
    ('05-predict', 'Exercise 3: predict')
    """
    return one_line(check.title) or cell_name(check)


def cell_name(check):
    """Return the name by which the notebook's cells know an exercise.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry or gradekit.book.entries.Task
        Its check.

    Returns
    -------
    str
        As ``05-predict``.
    """
    return check.name.removesuffix("-check")


def anchor(lesson, check):
    """Return the place of a check on a student's page.

    Parameters
    ----------
    lesson : str
        The lesson's name.
    check : gradekit.book.entries.CheckEntry
        One check.

    Returns
    -------
    str
        What stands behind the # of a link.
    """
    return f"{lesson}.{check.name}"


def anchor_of_lesson(lesson):
    """Return the place of a lesson on a student's page.

    Parameters
    ----------
    lesson : str
        The lesson's name.

    Returns
    -------
    str
        What stands behind the # of a link.
    """
    return f"lesson.{lesson}"


def explain(check):
    """Return what the student is told of a check.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry
        One check.

    Returns
    -------
    said : str
        A sentence of ours.
    quoted : str
        What the check or the error said, clean; it comes from the student's own process.

    Examples
    --------
    >>> from gradekit.book.entries import CheckEntry
    >>> explain(CheckEntry("f-check", 0.0, 1.0, "error", told="f raised KeyError: 3"))
    ('Your function f raised KeyError:', 'f raised KeyError: 3')
    """
    quoted = clean(check.told or "").strip() if check.kind in ("hint", "error", "stopped") else ""
    if check.kind == "error" and (found := RAISED.match(quoted)):
        who = f"Your function {found['function']}" if found["function"] else "Your answer"
        only = quoted == found["error"]  # the name alone, where the rest could tell of hidden inputs
        return (f"{who} raised {found['error']}" + (" on another input." if only else ":"), "" if only else quoted)
    return KINDS.get(check.kind, KINDS["missing"])[2], quoted


def explain_company(check):
    """Return what is to be said where an answer was judged together with others of the student's own.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry
        One check.

    Returns
    -------
    str
        One sentence; empty where it was judged by itself.

    Examples
    --------
    >>> from gradekit.book.entries import CheckEntry
    >>> explain_company(CheckEntry("f-check", 1.0, 1.0, "right", beside=("05-predict", "05-convert")))
    'This answer was judged together with your own cells 05-predict and 05-convert, which it needs.'
    """
    names = [one_line(name) for name in check.beside]
    if not names:
        return ""
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    cells = "cells" if len(names) > 1 else "cell"
    return f"This answer was judged together with your own {cells} {listed}, which it needs."


def explain_breaches(check):
    """Return what is said of the rules that an answer breaks.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry
        One check.

    Returns
    -------
    list of str
        For each rule what, where, what it costs and what to do.

    Examples
    --------
    >>> from gradekit.book.entries import CheckEntry
    >>> from gradekit.source.rules import Breach
    >>> loops = [Breach(line, "for i in x:", "holds a loop", 0.5) for line in (3, 5)]
    >>> explain_breaches(CheckEntry("f-check", 0.5, 1.0, "right", breaches=tuple(loops)))
    ['Rule: holds a loop (line 3: for i in x:; line 5: for i in x:). It costs 50 % of the points.']
    """
    return explain_rules(check.breaches, cited, is_right=check.passed, is_by_hand=check.by_hand)


def comment(check):
    """Return what the instructor wrote by hand on a check.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry
        One check.

    Returns
    -------
    str
        Empty where there is no override, or one without a comment.
    """
    return clean(check.override.comment).strip() if check.override else ""


def in_words(check):
    """Return all that is said of a check, as plain text.

    Parameters
    ----------
    check : gradekit.book.entries.CheckEntry
        One check.

    Returns
    -------
    str
        One paragraph a line, for the systems that take no page.
    """
    said, quoted = explain(check)
    parts = [f"{said} {clip(quoted, 1000)}".strip(), explain_company(check), *explain_breaches(check)]
    if remark := comment(check):
        parts.append(f"Comment: {remark}")
    return "\n".join(filter(None, parts))
