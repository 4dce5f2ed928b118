"""What an answer must keep besides its values: no loop, or one, and not too much memory."""

import tracemalloc
import warnings

from coursekit.check.parts import Demand
from coursekit.check.syntax import described, loop_depth, loops_in


def memory(limit, inputs, hint):
    """Return the demand that a call needs less memory than a limit.

    Parameters
    ----------
    limit : int
        Bytes, above what was there before the call.
    inputs : tuple
        What the answer is called with: large enough that what is forbidden shows.
    hint : str
        What to say of a breach; it goes on after the function's name.

    Returns
    -------
    Demand
        Named "little memory".
    """
    return Demand("little memory", lambda answer: hint if peak_memory(answer, *inputs) >= limit else "")


def _no_loop(answer):
    """Say which loop an answer holds."""
    return _read(answer, loops_in, lambda loops: loops and f"{described(loops[0])} {ONE_PRODUCT}")


def _one_loop_deep(answer):
    """Say that an answer has a loop inside a loop."""
    return _read(answer, loop_depth, lambda depth: depth > 1 and NESTED.format(depth=depth))


def _read(answer, look, say):
    """Return what is said of an answer's source, or that nobody can read it."""
    try:
        return say(look(answer)) or ""
    except OSError as error:
        return f"gives the right values, but {error} So nobody can see whether it holds a loop."


ONE_PRODUCT = "Let one product, or one sum over an axis, do all rows at once."
NESTED = (
    "gives the right values, but has a loop inside a loop ({depth} deep; a comprehension counts). Keep the one over "
    "the examples; a vector operation does all classes, or all features, at once."
)
NO_LOOP = Demand("no loop", _no_loop)
ONE_LOOP_DEEP = Demand("no loop in a loop", _one_loop_deep)


def peak_memory(function, *inputs):
    """Return how much memory a call needs at its highest, above what was there before.

    Parameters
    ----------
    function : callable
        Called twice: a first call may load or store things for good.
    *inputs
        What it is called with.

    Returns
    -------
    int
        Bytes, arrays of NumPy included.

    Examples
    --------
    >>> peak_memory(bytes, 8000) >= 8000
    True
    """
    tracing = tracemalloc.is_tracing()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        function(*inputs)
        tracemalloc.start()
        try:
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            function(*inputs)
            return tracemalloc.get_traced_memory()[1] - before
        finally:
            if not tracing:
                tracemalloc.stop()
