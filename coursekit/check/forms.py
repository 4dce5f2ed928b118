"""One comparable form for whatever an answer returns, and the texts in which values are printed, pasted and told."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

LONGEST = 100_000  # items of a generator that are looked at
DIGITS = 8  # printed by the hidden part: finer than what its comparison tells apart


class Formula:
    """A function of a try's inputs, written as text so that a hint can show it.

    Parameters
    ----------
    text : str
        A Python expression of a function; it may use ``np``.

    Examples
    --------
    >>> f = Formula("lambda W: float((W**3).sum())")
    >>> f(np.array([1, 2])), f
    (9.0, lambda W: float((W**3).sum()))
    """

    def __init__(self, text):
        self.text, self.function = text, eval(text, {"np": np})

    def __call__(self, *inputs):
        """Return the function's value."""
        return self.function(*inputs)

    def __repr__(self):
        """Show the text."""
        return self.text


def consumed(value):
    """Return a value with every iterator in it turned into a list: what a generator does, it does here.

    Parameters
    ----------
    value : object
        What an answer returned.

    Returns
    -------
    object
        The same, without iterators.

    Examples
    --------
    >>> consumed((2, (i * i for i in range(3))))
    (2, [0, 1, 4])
    """
    if isinstance(value, Iterator):
        return [consumed(item) for item in islice(value, LONGEST)]
    return type(value)(map(consumed, value)) if type(value) in (tuple, list) else value


def numbers(value):
    """Return a value as a plain float array, or None where it is not one block of numbers.

    Parameters
    ----------
    value : object
        Numbers, nested lists of numbers, or what NumPy takes for an array.

    Returns
    -------
    ndarray or None
        Of any shape; () for a single number.
    """
    if not (isinstance(value, list | tuple | int | float) or hasattr(value, "__array__")):
        return None
    try:
        return np.array(value, dtype=float, subok=False)
    except (TypeError, ValueError, RuntimeError):
        return None


def comparable(value):
    """Return a value as float arrays, texts, and tuples of these.

    Parameters
    ----------
    value : object
        What an answer returned, or what a view made of it.

    Returns
    -------
    ndarray, str or tuple
        The same for lists, matrices and arrays of any type and order. A tuple stays a tuple; what is neither numbers
        nor text becomes the name of its type.

    Examples
    --------
    >>> comparable((np.array([[1, 2]], np.uint8), "float32", None))
    (array([[1., 2.]]), 'float32', 'NoneType')
    """
    A = None if isinstance(value, tuple) else numbers(value)
    if A is not None:
        return A
    if isinstance(value, tuple | list):
        return tuple(map(comparable, value))
    return value if isinstance(value, str) else type(value).__name__


def viewed(value, parts=()):
    """Return what an answer returned in comparable form, where a tuple means something only if parts are asked for.

    Parameters
    ----------
    value : object
        What an answer returned.
    parts : tuple of str
        Names of the things that it must return, if they are several.

    Returns
    -------
    ndarray, str or tuple
        As :func:`comparable`.

    Examples
    --------
    >>> viewed([0.5, [1, 2]], ("loss", "dW")), viewed(((1, 2), (3, 4))).shape
    ((array(0.5), array([1., 2.])), (2, 2))
    """
    several = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim)
    if parts and several and len(value) == len(parts):
        return tuple(viewed(item) for item in value)
    A = None if parts else numbers(value)
    return comparable(value) if A is None else A


def close(a, b):
    """Say whether two comparable values are the same but for rounding; nan and infinity are equal to themselves.

    Parameters
    ----------
    a, b : ndarray, str or tuple
        As :func:`comparable` gives them.

    Returns
    -------
    bool
        Half of what the comparison of printed values allows, so that nothing passes here and fails there.

    Examples
    --------
    >>> close(np.array([1.0, np.nan]), np.array([1.00001, np.nan])), close(np.zeros(2), np.zeros((2, 1)))
    (True, False)
    """
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and np.allclose(a, b, rtol=5e-5, atol=5e-7, equal_nan=True)
    return isinstance(a, str) and isinstance(b, str) and a == b


def printed(value):
    """Return a comparable value as the hidden part of a check prints it: one line, with shapes and digits.

    Parameters
    ----------
    value : ndarray, str or tuple
        As :func:`comparable` gives it.

    Returns
    -------
    str
        One line. Numbers are rounded relative to the largest, so that noise around 0 prints as 0; whole ones are
        printed in full, since they are compared exactly.

    Examples
    --------
    >>> printed((np.array([[2.0, 1 / 3]]), np.array(188160001.0), "float32"))
    "((1, 2): 2 0.3333333; 188160001; 'float32')"
    """
    if isinstance(value, tuple):
        return "(" + "; ".join(map(printed, value)) + ")"
    if isinstance(value, str):
        return repr(value)
    scale = np.abs(value[np.isfinite(value)]).max(initial=0)
    decimals = DIGITS - 1 - int(np.floor(np.log10(scale))) if scale > 0 else 0
    rounded = np.where(value == np.round(value), value, np.round(value, decimals)) + 0.0  # + 0.0 turns -0 into 0
    text = " ".join(map(_number, rounded.ravel()))
    return text if value.ndim == 0 else f"{value.shape}: {text}"


def _number(v):
    """Return one number as text."""
    return f"{v:.0f}" if abs(v) < 1e15 and v == round(v) else f"{v:.{DIGITS}g}"


def paste(value):
    """Return an input as Python text that makes it again.

    Parameters
    ----------
    value : object
        An array, a number, a list, or a :class:`Formula`.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> paste(np.array([[0.0, 1.5]])), paste(np.array([3, 250], np.uint8))
    ('np.array([[0.0, 1.5]])', 'np.array([3, 250], dtype=np.uint8)')
    """
    if not isinstance(value, np.ndarray):
        return repr(value)
    plain = value.dtype in (np.float64, np.int64, np.bool_) and value.size
    kind = "" if plain else f", dtype=np.{value.dtype}"
    made = f"np.array({value.tolist()}{kind})"
    return made if value.flags.c_contiguous else f"np.asfortranarray({made})"


def kind(value):
    """Return what a value is, in a few words: its shape and number type where it has them.

    Parameters
    ----------
    value : object
        An input or a result.

    Returns
    -------
    str
        As ``(4, 3) float64``.

    Examples
    --------
    >>> kind(np.zeros((4, 3))), kind(0.5), kind([1, 2])
    ('(4, 3) float64', 'float 0.5', 'list of 2')
    """
    if isinstance(value, np.ndarray):
        return f"{value.shape} {value.dtype}"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__} of {len(value)}"
    return f"{type(value).__name__} {value!r}" if isinstance(value, int | float | str) else type(value).__name__


def told(value):
    """Return a comparable value as a hint tells it.

    Parameters
    ----------
    value : ndarray, str or tuple
        As :func:`comparable` gives it.

    Returns
    -------
    str
        Numbers to six digits.

    Examples
    --------
    >>> told((np.array([[0.25, 1 / 3]]), np.array(2.0)))
    '([[0.25, 0.333333]], 2)'
    """
    if isinstance(value, tuple):
        return f"({', '.join(map(told, value))})"
    if isinstance(value, str):
        return value
    return f"{value:.6g}" if value.ndim == 0 else f"[{', '.join(map(told, value))}]"
