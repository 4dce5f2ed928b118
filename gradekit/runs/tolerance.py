"""Comparison of printed outputs with a tolerance for numbers, and its hook into nbval.

As a pytest plugin (``-p gradekit.runs.tolerance``) it loosens nbval's comparison, which is to the letter, for the
cells that ask for it: those tagged ``coursekit-numbers`` and the check cells of exercises.
"""

import math
import re

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")
TAG = "coursekit-numbers"


def same(a, b, *, rtol=1e-4, atol=1e-6):
    """Say whether two texts are equal but for the last digits of their numbers.

    Parameters
    ----------
    a, b : str
        Texts. Runs of white space count as one space.
    rtol, atol : float
        Relative and absolute tolerance of numbers; whole numbers without a point must be equal.

    Returns
    -------
    bool
        Whether words, number of numbers, and numbers agree.

    Examples
    --------
    >>> same("loss 0.693147 (3, 4)", "loss  0.69315 (3, 4)"), same("(3, 4)", "(3, 5)")
    (True, False)
    """
    return (
        _words(a) == _words(b)
        and len(x := NUMBER.findall(a)) == len(y := NUMBER.findall(b))
        and all(_agree(p, q, rtol, atol) for p, q in zip(x, y, strict=True))
    )


def _words(text):
    """Return a text without its numbers and with single spaces."""
    return " ".join(NUMBER.sub("#", text).split())


def _agree(p, q, rtol, atol):
    """Say whether two printed numbers agree."""
    if p.lstrip("+-").isdigit() and q.lstrip("+-").isdigit():
        return int(p) == int(q)
    return math.isclose(float(p), float(q), rel_tol=rtol, abs_tol=atol)


class Text(str):
    """A text that equals another when :func:`same` says so."""

    __slots__ = ()

    def __eq__(self, other):
        return same(self, other)

    def __ne__(self, other):
        return not same(self, other)

    __hash__ = None


def wants_tolerance(metadata):
    """Say whether a cell's numbers are compared with a tolerance.

    Parameters
    ----------
    metadata : dict
        The cell's metadata.

    Returns
    -------
    bool
        True for a cell tagged ``coursekit-numbers`` and for a check cell.

    Examples
    --------
    >>> wants_tolerance({"tags": ["coursekit-numbers"]}), wants_tolerance({})
    (True, False)
    """
    return TAG in metadata.get("tags", ()) or bool(metadata.get("nbgrader", {}).get("grade"))


def pytest_itemcollected(item):
    """Let nbval compare the outputs of such cells as :class:`Text`.

    Parameters
    ----------
    item : pytest.Item
        Any collected item; those that are no notebook cells are left alone.
    """
    cell = getattr(item, "cell", None)
    if cell is not None and wants_tolerance(cell.metadata):
        sanitize = item.sanitize
        item.sanitize = lambda text: Text(sanitize(text)) if isinstance(text, str) else sanitize(text)
