"""What a check by hand is made of, and ``probe``: a call that watches, and a comparison that knows mistakes."""

import contextlib
import copy
import io
import sys
import warnings

import numpy as np

DIGITS = 6  # significant digits of a probed value


class CheckFailed(AssertionError):
    """An answer that is wrong; its text is the hint. A notebook shows the hint and no traceback."""

    def _render_traceback_(self):
        """Return what IPython prints in place of a traceback."""
        return [f"✗ {self}"]


class Trial:
    """The tries of one check: calls the answer, compares what it returns, and counts.

    Parameters
    ----------
    answer : callable
        The student's function.
    name : str
        What the exercise calls it.
    """

    def __init__(self, answer, name):
        if not callable(answer):
            raise CheckFailed(f"{name} must be a function; got {type(answer).__name__}. Did you overwrite the name?")
        self.answer, self.name, self.tries, self.noted = answer, name, 0, set()

    def __call__(self, *inputs, **options):
        """Return what the answer gives, or fail with a hint if it raises or changes an input."""
        self.tries += 1
        value, error, changed = _watch(self.answer, inputs, options)
        self.require(
            not isinstance(error, NotImplementedError),
            "is not written yet. Replace `raise NotImplementedError()` by your code.",
        )
        if error is not None:
            given = ", ".join(_kind(value) for value in inputs)
            raise CheckFailed(f"{self.name} raised {type(error).__name__}: {error}\nIt was called with ({given}).")
        self.require(
            changed is None,
            f"changes its argument number {changed} in place. The caller still needs it: compute into a new array.",
        )
        self.require(value is not None, "returned None. Is the `return` missing?")
        return value

    def require(self, condition, hint):
        """Fail with the hint unless the condition holds."""
        if not condition:
            raise CheckFailed(f"{self.name} {hint}")

    def note(self, text):
        """Say something that costs no mark, once: on stderr, which grading does not compare."""
        if text not in self.noted:
            self.noted.add(text)
            print(f"note: {self.name}: {text}", file=sys.stderr)

    def parts(self, value, *names):
        """Return the items of a tuple that must have one for each name."""
        got = len(value) if isinstance(value, tuple | list) else _kind(value)
        self.require(got == len(names), f"must return {len(names)} things, ({', '.join(names)}); got {got}.")
        return value

    def array(self, value, shape, what="its result", *, plain_list=False):
        """Return a value as a float array of the shape needed, or fail with a hint about what it is."""
        if isinstance(value, np.matrix):
            self.note(f"{what} is an np.matrix, whose * means something else; return an ndarray.")
        elif isinstance(value, list | tuple) and shape and not plain_list:
            self.note(f"{what} is a {type(value).__name__}; np.array(...) would give callers its .shape.")
        A = _numbers(value)
        self.require(A is not None, f"must return numbers: {what} is {_kind(value)} and must be {_shape(shape)}.")
        if A.shape != shape and isinstance(value, np.matrix) and A.size == np.prod(shape):
            A = A.reshape(shape)
        turned = " It looks transposed." if A.ndim == 2 and A.T.shape == shape else ""
        if A.shape != shape:
            got = f"{_shape(shape)}; got {_shape(A.shape)}.{turned}{_column(A, shape)}"
            raise CheckFailed(f"{self.name}: {what} must be {got}")
        return A

    def equal(self, value, right, *, what="its result", mistakes=(), tolerance=1e-4, hint="", plain_list=False):
        """Fail unless a value is the right one; if it is what a known mistake gives, say that mistake's hint.

        ``mistakes`` holds pairs (wrong value, hint), the most telling first.
        """
        right = np.asarray(right, float)
        A = self.array(value, right.shape, what, plain_list=plain_list)
        if _close(A, right, tolerance):
            return
        for wrong, reason in mistakes:
            if _close(A, np.asarray(wrong, float), tolerance):
                raise CheckFailed(f"{self.name}: {reason}")
        if not np.isfinite(A).all() and np.isfinite(right).all():
            raise CheckFailed(f"{self.name}: {what} holds nan or infinite values. {hint}".rstrip())
        raise CheckFailed(f"{self.name}: {_difference(A, right, what)} {hint}".rstrip())

    def passed(self):
        """Print that all is well."""
        print(f"✓ {self.name}: right on {self.tries} {'try' if self.tries == 1 else 'tries'}")


def probe(answer, *inputs, **options):
    """Print what a function gives for these inputs, for grading by comparison.

    Parameters
    ----------
    answer : callable
        The student's function.
    *inputs, **options
        What it is called with; copies, so that nothing it does to them is seen again.

    Notes
    -----
    The right value stands nowhere near: the same cell, run with the instructor's solution, printed it, and
    nbval compares the two texts in its own process. Arrays are printed with their shape and six significant digits;
    what the answer prints itself goes to stderr; an exception is printed by its name, and so is an input that was
    changed. The function's own name is left out, so that a lambda or an alias is as good as a ``def``.

    Examples
    --------
    >>> probe(np.add, np.array([1, 2]), 0.5)
    -> (2,): 1.5 2.5
    """
    value, error, changed = _watch(answer, inputs, options)
    text = f"raised {type(error).__name__}" if error is not None else describe(value)
    mark = f" and changed its argument number {changed}" if changed else ""
    print(f"-> {text}{mark}")


def describe(value):
    """Return a value as one line of text: numbers by shape and digits, tuples item by item.

    Parameters
    ----------
    value : object
        Numbers, arrays, strings, or tuples and lists of these.

    Returns
    -------
    str
        The same text for the same numbers, whether in a list, a matrix or an array of any dtype and order.

    Examples
    --------
    >>> describe((0.25, [[1, 2], [3, 4]]))
    '(0.25; (2, 2): 1 2 3 4)'
    """
    if isinstance(value, tuple) or (isinstance(value, list) and any(isinstance(v, np.ndarray) for v in value)):
        return "(" + "; ".join(describe(item) for item in value) + ")"
    A = _numbers(value)
    if A is None:
        return repr(value) if isinstance(value, str) else type(value).__name__
    text = " ".join(f"{v:.{DIGITS}g}" for v in _rounded(A).ravel())
    return text if A.ndim == 0 else f"{A.shape}: {text}"


def _rounded(A):
    """Return numbers rounded relative to the largest, so that noise around 0 prints as 0."""
    finite = np.abs(A[np.isfinite(A)])
    scale = finite.max(initial=0)
    decimals = DIGITS - 1 - int(np.floor(np.log10(scale))) if scale > 0 else 0
    return np.round(A, decimals) + 0.0  # + 0.0 turns -0 into 0


def _watch(answer, inputs, options):
    """Return (value, error, number of the first changed argument), with the answer's prints sent to stderr."""
    given = copy.deepcopy(inputs)
    value = error = None
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(sys.stderr or io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            value = answer(*given, **copy.deepcopy(options))
        except Exception as problem:
            error = problem
    same = [_same(before, after) for before, after in zip(inputs, given, strict=True)]
    return value, error, None if all(same) else same.index(False) + 1


def _same(before, after):
    """Say whether an input is as it was; a generator may advance."""
    if isinstance(before, np.ndarray):
        return before.dtype == after.dtype and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
    return not isinstance(before, list | dict) or before == after


def _numbers(value):
    """Return a value as a plain float array, or None where it is not one block of numbers."""
    try:
        A = np.array(value, dtype=float, subok=False)
    except (TypeError, ValueError):
        return None
    return A if isinstance(value, np.ndarray | np.generic | list | tuple | int | float) else None


def _close(A, B, tolerance):
    """Say whether two arrays agree to a relative tolerance of their size."""
    if A.shape != B.shape:
        return False
    scale = np.abs(B[np.isfinite(B)]).max(initial=0)
    return np.allclose(A, B, rtol=tolerance, atol=tolerance * 1e-2 * scale + 1e-12, equal_nan=True)


def _difference(A, right, what):
    """Name the entry that differs most."""
    if A.ndim == 0:
        return f"{what} is {A:.6g}, should be {right:.6g}."
    gap = np.where(np.isfinite(A), np.abs(A - right), np.inf)
    worst = np.unravel_index(gap.argmax(), A.shape)
    place = ", ".join(str(int(i)) for i in worst)
    return f"{what}[{place}] is {A[worst]:.6g}, should be {right[worst]:.6g}."


def _kind(value):
    """Name a value by its type, and by its shape where it has one."""
    shape = getattr(value, "shape", None)
    return f"{type(value).__name__} of shape {shape}" if shape else type(value).__name__


def _shape(shape):
    """Name a shape in words for a student."""
    return f"of shape {tuple(shape)}" if shape else "one number"


def _column(A, shape):
    """Explain a column or row where a vector was needed."""
    if len(shape) == 1 and A.ndim == 2 and 1 in A.shape and A.size == shape[0]:
        return " A vector (m,) and a column (m, 1) are not the same to NumPy; .ravel() makes the vector."
    return ""
