"""What is said of a check, for the student and for the instructor: shared by the tables and the pages."""

from gradekit.book.printable import clean, clip, number, one_line

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
    "error": ("!", "raised an error", "Running your answer raised an error:"),
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
    check : dict
        One check of the gradebook.

    Returns
    -------
    str
        Its name, less the word that all of them end in.

    Examples
    --------
    >>> exercise({"name": "05-predict-check"})
    '05-predict'
    """
    return check["name"].removesuffix("-check")


def anchor(lesson, check):
    """Return the place of a check on a student's page.

    Parameters
    ----------
    lesson : str
        The lesson's name.
    check : dict
        One check of the gradebook.

    Returns
    -------
    str
        What stands behind the # of a link.
    """
    return f"{lesson}.{check['name']}"


def explain(check):
    """Return what the student is told of a check.

    Parameters
    ----------
    check : dict
        One check of the gradebook.

    Returns
    -------
    said : str
        A sentence of ours.
    quoted : str
        What the check or the error said, clean; it comes from the student's own process.
    """
    quoted = clean(check.get("told") or "").strip() if check["kind"] in ("hint", "error", "stopped") else ""
    return KINDS.get(check["kind"], KINDS["missing"])[2], quoted


def explain_breaches(check):
    """Return one sentence on each rule that an answer breaks.

    Parameters
    ----------
    check : dict
        One check of the gradebook.

    Returns
    -------
    list of str
        What, where and what it costs.

    Examples
    --------
    >>> breach = {"answer": "f", "line": 3, "text": "for i in x:", "why": "loops: for", "cost": 0.5}
    >>> explain_breaches({"breaches": [breach, {**breach, "line": 5, "text": "for j in x:"}]})
    ['Rule: loops: for (line 3: for i in x:; line 5: for j in x:). It costs 50 % of the points.']
    """
    lines, costs = {}, {}
    for breach in check.get("breaches", ()):
        why = one_line(breach["why"])
        lines.setdefault(why, []).append(f"line {breach['line']}: {clip(one_line(breach['text']), 200)}")
        costs[why] = f"{number(100 * breach['cost'])} % of the points" if breach["cost"] else "nothing"
    return [f"Rule: {why} ({'; '.join(lines[why])}). It costs {costs[why]}." for why in lines]


def comment(check):
    """Return what the instructor wrote by hand on a check.

    Parameters
    ----------
    check : dict
        One check of the gradebook.

    Returns
    -------
    str
        Empty where there is no override, or one without a comment.
    """
    return clean((check.get("override") or {}).get("comment") or "").strip()


def in_words(check):
    """Return all that is said of a check, as plain text.

    Parameters
    ----------
    check : dict
        One check of the gradebook.

    Returns
    -------
    str
        One paragraph a line, for the systems that take no page.
    """
    said, quoted = explain(check)
    parts = [f"{said} {clip(quoted, 1000)}".strip(), *explain_breaches(check)]
    if remark := comment(check):
        parts.append(f"Comment: {remark}")
    return "\n".join(parts)
