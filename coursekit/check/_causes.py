"""Why NumPy and Python raise what they raise, and what to do about it."""

import re

CAUSES = (
    (
        r"out of bounds for (u?int\d+)",
        r"The input holds whole numbers, \1, and what you compute does not fit. Convert first: A.astype(float).",
    ),
    (
        r"Cannot cast ufunc .* from dtype\('float\d+'\) to dtype\('(u?int\d+)'\)",
        r"An operator such as -= or /= keeps the type of its array, \1 here, and that holds no fractions. Compute into "
        r"a new array: A = A / s.",
    ),
    (
        r"could not be broadcast together|shape mismatch|could not broadcast",
        "Two shapes do not fit. NumPy lines them up from the right, and each length must be equal or 1. A sum or a "
        "maximum over axis=1 has shape (m,); with keepdims=True it stays a column, (m, 1), and fits (m, k).",
    ),
    (
        r"matmul: Input operand|shapes \(.*\) and \(.*\) not aligned",
        "In a product A @ B the columns of A must be as many as the rows of B. Write the shapes beside it.",
    ),
    (
        r"only (length-1|size-1|0-dimensional) arrays can be converted|must be real number, not ndarray",
        "A function for one number was given an array. math.exp takes one number; np.exp takes all.",
    ),
    (
        r"truth value of an array",
        "A condition was asked of a whole array at once. `if`, `and`, `or` and Python's max take one number; np.where, "
        "& and np.maximum take all.",
    ),
    (
        r"axis (-?\d+) is out of bounds for array of dimension (\d)",
        r"The array has \2 axes, counted from 0: axis 0 runs down the rows of a matrix, axis 1 across its columns.",
    ),
    (
        r"index (-?\d+) is out of bounds for axis (\d)",
        r"Index \1 is beyond the end of axis \2. Indices start at 0; axis 0 counts rows, axis 1 columns.",
    ),
    (
        r"math range error|Result too large|OverflowError",
        "A number became too large: look at the exponential.",
    ),
    (r"math domain error", "math.log takes only numbers above 0. np.log gives -inf at 0."),
    (r"float division by zero|division by zero", "A divisor is 0 for this input."),
    (
        r"arrays used as indices must be|only integers, slices",
        "An index must be a whole number, not a float.",
    ),
    (r"'NoneType' object", "Something that is used here is None: a function that returns nothing, such as list.sort?"),
    (
        r"name '(\w+)' is not defined|cannot access local variable '(\w+)'",
        r"This name has no value here. Is it spelled as in the `def` line, and set before it is used?",
    ),
    (
        r"takes .* positional argument|missing \d+ required positional|unexpected keyword",
        "It is called as the prompt says, with its arguments in that order. Compare your `def` line.",
    ),
    (
        r"'(\w+)' object is not callable",
        r"A \1 is called like a function. Is a * missing?",
    ),
    (
        r"Cannot load|maximum recursion depth",
        "It calls itself more than about a thousand times in a row, and Python stops it. Does it ever end? Is there "
        "a way without so many calls?",
    ),
)


def cause_of(error, special=()):
    """Return the likely cause of an error, or an empty text where it is not known."""
    text = f"{type(error).__name__}: {error}"
    for pattern, hint in (*special, *CAUSES):
        if found := re.search(pattern, text):
            return found.expand(hint)
    return ""
