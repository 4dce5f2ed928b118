"""What is said of a check, and how a stranger's text is made fit to print: shared by the tables and the pages."""

import hashlib
import re

from gradekit.source.costs import explain as explain_costs
from gradekit.source.rules import Breach

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
STRANGE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
PLAIN = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9]+(?:[._-][a-z0-9]+)*")
FOLDER = re.compile(
    r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_.*", re.DOTALL
)  # as Moodle names a student's folder


def clean(text):
    r"""Return a text without what no page can hold: control characters, changes of direction, half characters.

    Parameters
    ----------
    text : str
        From anywhere.

    Returns
    -------
    str
        The same text, with line breaks as ``\n`` and a replacement character for each of these.

    Examples
    --------
    >>> clean("a\r\nb\x00")
    'a\nb�'
    """
    return STRANGE.sub("\ufffd", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text):
    r"""Return a text clean and on one line.

    Parameters
    ----------
    text : str
        From anywhere.

    Returns
    -------
    str
        With every run of white space as one space.

    Examples
    --------
    >>> one_line("  a\n\tb ")
    'a b'
    """
    return " ".join(clean(text).split())


def clip(text, most):
    """Return a text cut to a length, with a word on what is missing.

    Parameters
    ----------
    text : str
        Any text.
    most : int
        Characters to keep.

    Returns
    -------
    str
        The text itself if it is no longer than that.

    Examples
    --------
    >>> clip("abcdef", 3)
    'abc … (cut: 6 characters in all)'
    """
    return text if len(text) <= most else f"{text[:most]} … (cut: {len(text)} characters in all)"


def number(value):
    """Return points as a number that prints short.

    Parameters
    ----------
    value : float
        Points.

    Returns
    -------
    int or float
        Whole where it is whole, else with at most two decimals.

    Examples
    --------
    >>> number(6.0), number(2 / 3)
    (6, 0.67)
    """
    rounded = round(float(value), 2)
    return int(rounded) if rounded.is_integer() else rounded


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
        As from :func:`gradekit.book.tables.read_roster`.

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
    """Return what is said of the rules that an answer breaks.

    Parameters
    ----------
    check : dict
        One check of the gradebook.

    Returns
    -------
    list of str
        For each rule what, where, what it costs and what to do.

    Examples
    --------
    >>> breach = {"answer": "f", "line": 3, "text": "for i in x:", "why": "loops: for", "cost": 0.5}
    >>> explain_breaches({"kind": "right", "breaches": [breach, {**breach, "line": 5, "text": "for j in x:"}]})
    ['Rule: loops: for (line 3: for i in x:; line 5: for j in x:). It costs 50 % of the points.']
    """
    broken = [Breach(**breach) for breach in check.get("breaches", ())]
    is_by_hand = "points" in (check.get("override") or {})
    return explain_costs(broken, cited, is_right=check["kind"] == "right", is_by_hand=is_by_hand)


def cited(text):
    r"""Return a stranger's text as it stands in a sentence of ours.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        On one line, and cut to a length.

    Examples
    --------
    >>> cited("a\nb")
    'a b'
    """
    return clip(one_line(text), 200)


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


def handed_in(gradebook):
    """Return the submissions of each student, by lesson.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.

    Returns
    -------
    dict of str to dict
        Students in order; of each, the submissions by the lesson's name.
    """
    found = {}
    for submission in gradebook["submissions"]:
        found.setdefault(submission["student"], {})[submission["lesson"]] = submission
    return dict(sorted(found.items()))


def worth(lesson):
    """Return the points of a lesson.

    Parameters
    ----------
    lesson : dict
        One lesson of the gradebook.

    Returns
    -------
    float
        The sum over its checks.
    """
    return sum(check["points"] for check in lesson["checks"])
