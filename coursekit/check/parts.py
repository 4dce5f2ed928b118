"""What an exercise is declared from: properties, demands, and functions that a hint can show."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Property:
    """What every right answer has.

    Attributes
    ----------
    hint : str
        What to say where it is lacking.
    holds : callable
        ``holds(value, *inputs)`` says whether a value, in comparable form and of the right shape, has it.
    """

    hint: str
    holds: Callable


@dataclass(frozen=True)
class Demand:
    """What an answer must keep besides its values, such as "no loop".

    Attributes
    ----------
    name : str
        What the hidden part prints.
    breach : callable
        ``breach(answer)`` gives the hint, or an empty text where the demand is kept.
    """

    name: str
    breach: Callable


class Formula:
    """A function that a try hands to an answer, written as text so that a hint can show it.

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

    def __deepcopy__(self, memo):
        """Return itself: it holds nothing that an answer could change."""
        return self


def sizes_of(*inputs):
    """Return m and k of a try: rows and columns of its first matrix, or the length of its first vector.

    Parameters
    ----------
    *inputs
        What an answer is called with.

    Returns
    -------
    dict of str to int
        Empty if there is no array.

    Examples
    --------
    >>> sizes_of(np.zeros((4, 3)), np.zeros(4))
    {'m': 4, 'k': 3}
    """
    arrays = [value for value in inputs if isinstance(value, np.ndarray)]
    for value in arrays:
        if value.ndim == 2:
            return dict(zip("mk", value.shape, strict=True))
    return {"k": len(arrays[0])} if arrays and arrays[0].ndim else {}
