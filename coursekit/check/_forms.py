"""One comparable form for whatever an answer returns, and the texts in which values are printed, pasted and told."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

LONGEST = 100_000  # items of a generator that are looked at
MOST_DECIMALS = 300  # what an array never filled may hold is smaller still, and 10**320 is infinite
DIGITS = 8  # printed by the hidden part: finer than what its comparison tells apart


def consumed(value):
    """Return a value with every iterator in it turned into a list: what a generator does, it does here."""
    if isinstance(value, Iterator):
        return [consumed(item) for item in islice(value, LONGEST)]
    return type(value)(map(consumed, value)) if type(value) in (tuple, list) else value


def numbers(value):
    """Return a value as a plain float array, or None where it is not one block of numbers."""
    if not (isinstance(value, list | tuple | int | float) or hasattr(value, "__array__")):
        return None
    try:
        return np.array(value, dtype=float, subok=False)
    except (TypeError, ValueError, RuntimeError):
        return None


def comparable(value):
    """Return a value as float arrays, texts, and tuples of these."""
    A = None if isinstance(value, tuple) else numbers(value)
    if A is not None:
        return A
    if isinstance(value, tuple | list):
        return tuple(map(comparable, value))
    return value if isinstance(value, str) else type(value).__name__


def viewed(value, parts=()):
    """Return what an answer returned in comparable form, where a tuple means something only if parts are asked for."""
    several = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim)
    if parts and several and len(value) == len(parts):
        return tuple(viewed(item) for item in value)
    A = None if parts else numbers(value)
    return comparable(value) if A is None else A


def close(a, b):
    """Say whether two comparable values are the same but for rounding; nan and infinity are equal to themselves."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and _near(a, b)
    return isinstance(a, str) and isinstance(b, str) and a == b


def _near(a, b):
    """Say what np.allclose(a, b, rtol=5e-5, atol=5e-7, equal_nan=True) says, in a fifth of its time."""
    with np.errstate(all="ignore"):
        near = (np.abs(a - b) <= 5e-7 + 5e-5 * np.abs(b)) & np.isfinite(b)
    return bool((near | (a == b) | (np.isnan(a) & np.isnan(b))).all())


def printed(value):
    """Return a comparable value as the hidden part of a check prints it: one line, with shapes and digits."""
    if isinstance(value, tuple):
        return "(" + "; ".join(map(printed, value)) + ")"
    if isinstance(value, str):
        return repr(value)
    scale = np.abs(value[np.isfinite(value)]).max(initial=0)
    decimals = min(DIGITS - 1 - int(np.floor(np.log10(scale))), MOST_DECIMALS) if scale > 0 else 0
    rounded = np.where(value == np.round(value), value, np.round(value, decimals)) + 0.0  # + 0.0 turns -0 into 0
    text = " ".join(map(_number, rounded.ravel()))
    return text if value.ndim == 0 else f"{value.shape}: {text}"


def _number(v):
    """Return one number as text."""
    return f"{v:.0f}" if abs(v) < 1e15 and v == round(v) else f"{v:.{DIGITS}g}"


def paste(value):
    """Return an input as Python text that makes it again."""
    if type(value) in (list, tuple) and any(isinstance(item, list | tuple | np.ndarray) for item in value):
        text = ", ".join(map(paste, value))
        return f"[{text}]" if type(value) is list else f"({text}{',' * (len(value) == 1)})"
    if not isinstance(value, np.ndarray):
        return repr(value)
    plain = value.dtype in (np.float64, np.int64, np.bool_) and value.size
    kind = "" if plain else f", dtype=np.{value.dtype}"
    made = f"np.array({value.tolist()}{kind})"
    return made if value.flags.c_contiguous else f"np.asfortranarray({made})"


def kind(value):
    """Return what a value is, in a few words: its shape and number type where it has them."""
    if isinstance(value, np.ndarray):
        return f"{value.shape} {value.dtype}"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__} of {len(value)}"
    return f"{type(value).__name__} {value!r}" if isinstance(value, int | float | str) else type(value).__name__


def told(value):
    """Return a comparable value as a hint tells it."""
    if isinstance(value, tuple):
        return f"({', '.join(map(told, value))})"
    if isinstance(value, str):
        return value
    return f"{value:.6g}" if value.ndim == 0 else f"[{', '.join(map(told, value))}]"
