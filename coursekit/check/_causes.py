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
    (
        r"for \^: |ufunc 'bitwise_xor'",
        "In Python ^ is not a power: write a ** b.",
    ),
    (
        r"tuple index out of range",
        "A tuple was asked for more than it holds. The shape of a vector is (m,): it has no shape[1].",
    ),
    (
        r"'numpy\.ndarray' object has no attribute '(\w+)'",
        r"An array has no `\1`: a list may have it, or a function of NumPy does it, np.\1.",
    ),
    (
        r"'(list|tuple|int|float)' object has no attribute '(\w+)'",
        r"A \1 has no `\2`: arrays have it. np.array(...) makes one.",
    ),
    (
        r"too many indices for array: array is (\d)-dimensional, but (\d) were indexed",
        r"The array has \1 axis or axes, and \2 indices stand in the brackets. Print its shape.",
    ),
    (
        r"data type '([^']+)' not understood",
        r"NumPy has no type '\1'. The number in a name such as float32 counts bits, and a byte has 8.",
    ),
    (
        r"must have the same number of dimensions",
        "np.take_along_axis wants the places with as many axes as the array: y[:, None] makes a column of a vector.",
    ),
    (
        r"must have same number of dimensions|all the input array dimensions",
        "Arrays that are joined need as many axes as each other, and equal lengths along all but one. v[None] makes a "
        "row of a vector, v[:, None] a column.",
    ),
    (
        r"setting an array element with a sequence",
        "A place for one number was given several. Is it one entry of the array, or a whole row?",
    ),
    (
        r"cannot reshape array of size (\d+)",
        r"A reshape keeps all \1 numbers: the lengths of the new shape must have that product.",
    ),
    (
        r"(too many|not enough) values to unpack|cannot unpack non-iterable",
        "On the left of = stand more names than values came, or fewer. What does the right side return?",
    ),
    (
        r"(list|string) index out of range",
        r"The index is beyond the end of the \1. The last one is len(...) - 1.",
    ),
    (
        r"object is not (iterable|subscriptable)|has no len\(\)",
        "One number is used like a list of numbers. Was an array summed too early, or an index left on it?",
    ),
    (
        r"can't multiply sequence by non-int|can only concatenate (list|tuple)"
        r"|unsupported operand type\(s\) for \S+: '(list|tuple)'",
        "A list does not compute entry by entry. np.array(...) makes an array of it.",
    ),
    (
        r"not tracking a multi-index",
        'np.nditer knows places only with flags=["multi_index"]; np.ndindex(A.shape) gives them without.',
    ),
    (
        r"Singular matrix",
        "A matrix without an inverse was to be inverted. No step of this exercise needs an inverse.",
    ),
)


def cause_of(error, special=()):
    """Return the likely cause of an error, or an empty text where it is not known."""
    text = f"{type(error).__name__}: {error}"
    for pattern, hint in (*special, *CAUSES):
        if found := re.search(pattern, text):
            return found.expand(hint)
    return ""
