"""Rules for answers, read from their source: what an answer must not use, and where it must not loop.

A check cell's ``metadata.coursekit.rules`` holds them: ``{"calls": ["coursekit.softmax.softmax"], "loops": false,
"cost": 1.0}``. The source is read and never run: names are followed to what they stand for, wherever held.
What is certain costs points. What may be a use, and what helps to hide one (``getattr`` and its like), is shown with
its line at no cost.
"""

import re
from dataclasses import asdict, dataclass

from gradekit.source import _faults
from gradekit.source.reader import UNREADABLE

KNOWN = {"calls", "loops", "cost"}


@dataclass(frozen=True)
class Breach:
    """A rule that an answer breaks.

    Attributes
    ----------
    line : int
        Line of the answer, from 1.
    text : str
        That line.
    why : str
        The rule, in words.
    cost : float
        Share of the check's points that it costs, from 0 to 1.
    edit : str
        What to do about it, or nothing.
    answer : str
        The ``grade_id`` of the answer, where an exercise has several.
    """

    line: int
    text: str
    why: str
    cost: float
    edit: str = ""
    answer: str = ""


def breaches(source, rules, *, names=None, asked=""):
    r"""Return where an answer breaks its rules.

    Parameters
    ----------
    source : str
        The answer.
    rules : dict
        ``calls``: dotted names of what it must not use, each with all that is inside it; ``loops``: False where it must
        not loop; ``cost``: the share of the points that a breach costs, 0 by default: shown, and free.
    names : dict of str to str, optional
        What the lesson's imports call things: ``{"np": "numpy", "softmax": "coursekit.softmax"}``.
    asked : str, optional
        The function that is asked for. Where the answer defines it, what it does not need costs nothing: a test against
        a library below it, or an earlier attempt above.

    Returns
    -------
    list of Breach
        In the order of the lines. Ways around the rules are among them, at no cost, and what cannot be read. Empty if
        there is no rule.

    Raises
    ------
    ValueError
        As :func:`validate` does.

    Notes
    -----
    Names are followed through imports, aliases and scopes: a function of the answer's own called ``softmax`` is no
    breach where the lesson imports another, and ``s = scipy.special`` hides nothing.

    Examples
    --------
    >>> rules = {"calls": ["scipy.special.softmax"], "cost": 1.0}
    >>> [found] = breaches("def f(x):\n    return sp.softmax(x)", rules, names={"sp": "scipy.special"})
    >>> found.line, found.why
    (2, 'uses scipy.special.softmax')
    """
    validate(rules)
    if not rules or not source.strip():
        return []
    source = source.replace("\r\n", "\n").replace("\r", "\n")  # the lines that Python counts
    lines, cost = source.split("\n"), float(rules.get("cost", 0))
    try:
        found = _faults.faults(source, rules, names or {}, asked)
    except UNREADABLE:  # RecursionError, of what is nested too deep
        found = {_faults.Fault(1, "is nested too deep to be read", "Write it more simply.", False)}
    return [
        Breach(one.line, lines[one.line - 1], one.why, cost if one.counts else 0.0, one.edit) for one in sorted(found)
    ]


def validate(rules):
    """Refuse rules that would not mean what they say.

    Parameters
    ----------
    rules : dict
        As in :func:`breaches`.

    Raises
    ------
    ValueError
        If one does not exist, or has no value that it can have.

    Examples
    --------
    >>> validate({"calls": "numpy.linalg.norm"})
    Traceback (most recent call last):
    ValueError: rules: calls must be a list of dotted names; got 'numpy.linalg.norm'.
    """
    if unknown := set(rules) - KNOWN:
        raise ValueError(f"rules: there is no rule {', '.join(sorted(unknown))}; there are {', '.join(sorted(KNOWN))}.")
    calls, loops, cost = rules.get("calls", []), rules.get("loops", True), rules.get("cost", 0)
    if not isinstance(calls, list | tuple) or not all(isinstance(call, str) and call for call in calls):
        raise ValueError(f"rules: calls must be a list of dotted names; got {calls!r}.")
    if not isinstance(loops, bool):
        raise ValueError(f"rules: loops must be true or false; got {loops!r}.")
    if not isinstance(cost, int | float) or not 0 <= cost <= 1:
        raise ValueError(f"rules: cost must be a share of the points, from 0 to 1; got {cost!r}.")


def of_exercise(exercise, answers, names):
    """Return the breaches of an exercise's answers as plain dictionaries.

    Parameters
    ----------
    exercise : gradekit.lesson.Exercise
        With its rules.
    answers : dict of str to str
        Sources by ``grade_id``: of ``05-cal-accuracy`` the function ``cal_accuracy`` is asked.
    names : dict of str to str
        As in :func:`breaches`.

    Returns
    -------
    list of dict
        The fields of :class:`Breach`.
    """
    return [
        {**asdict(breach), "answer": name}
        for name in exercise.answers
        for breach in breaches(answers.get(name, ""), exercise.rules, names=names, asked=asked_by(name))
    ]


def asked_by(grade_id):
    """Return the name of the function that an answer cell is for.

    Parameters
    ----------
    grade_id : str
        As ``05-cal-accuracy``.

    Returns
    -------
    str
        As ``cal_accuracy``.

    Examples
    --------
    >>> asked_by("05-cal-accuracy")
    'cal_accuracy'
    """
    return re.sub(r"^\d+-", "", grade_id).replace("-", "_")
