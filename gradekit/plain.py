"""Frozen dataclasses to plain JSON data and back, every type looked at: a file from a disk may hold anything."""

import math
import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints


def decode(kind, data, where=""):
    """Return what plain data says, as a value of a type.

    Parameters
    ----------
    kind : type
        A dataclass, or what its fields may be: ``str``, ``bool``, ``int``, ``float``, ``dict[str, ...]``,
        ``tuple[..., ...]``, one of these or None.
    data : object
        As ``json.loads`` gives it.
    where : str, optional
        What to call this place in an error.

    Returns
    -------
    object
        The value. Fields that the dataclass does not know are left out; those that are missing take their default.

    Raises
    ------
    ValueError
        If the data are of another kind; with the place.

    Examples
    --------
    >>> from gradekit.verdict import Verdict
    >>> decode(Verdict, {"passed": True, "kind": "right", "beside": ["05-predict"], "since": "tomorrow"}).beside
    ('05-predict',)
    >>> decode(Verdict, {"passed": "yes", "kind": "right"})
    Traceback (most recent call last):
    ValueError: passed: expected bool, got 'yes'
    """
    origin, args = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record(kind, _expect(dict, data, where), where)
    if origin in (Union, types.UnionType):
        return None if data is None else decode(next(one for one in args if one is not types.NoneType), data, where)
    if origin is tuple:
        items = _expect(list, data, where)
        return tuple(decode(args[0], item, f"{where}[{place}]") for place, item in enumerate(items))
    if origin is dict:
        return {key: decode(args[1], item, _inside(where, key)) for key, item in _expect(dict, data, where).items()}
    return data if kind is Any else _expect(kind, data, where)


def _record(kind, data, where):
    """Return a dataclass from a table of its fields."""
    given = {name: decode(hint, data[name], _inside(where, name)) for name, hint in _hints(kind) if name in data}
    try:
        return kind(**given)
    except TypeError as error:
        raise ValueError(f"{where or kind.__name__}: {error}") from None


@cache
def _hints(kind):
    """Return name and type of each field of a dataclass."""
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind)]


def _expect(kind, data, where):
    """Return data of a plain kind; a whole number serves as a float, True serves as no number."""
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        data = float(data)
    right = isinstance(data, kind) and (kind is bool or not isinstance(data, bool))
    if not right or (kind is float and not math.isfinite(data)):
        raise ValueError(f"{where or 'the whole'}: expected {kind.__name__}, got {str(data)[:40]!r}")
    return data


def _inside(where, name):
    """Return what to call a part of a place."""
    return f"{where}.{name}" if where else str(name)
