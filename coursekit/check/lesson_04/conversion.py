"""Exercise 2 of notebook 04: pixels to float32, once, row after row."""

import numpy as np

from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Exercise, Property


def _prepare(X, *, scale="255", kind="float32", order="C"):
    """Return pixels as float32 between 0 and 1, row after row in memory."""
    A = np.array(X, np.float64)
    made = {
        "255": lambda: A / 255,
        "missing": lambda: A,
        "256": lambda: A / 256,
        "largest": lambda: A / A.max(),
        "largest of a row": lambda: A / A.max(axis=1, keepdims=True),
        "largest of a column": lambda: A / A.max(axis=0),
        "range": lambda: (A - A.min()) / (A.max() - A.min()),
        "own sum": lambda: A / A.sum(),
        "standardised": lambda: (A - A.mean()) / A.std(),
        "standardised columns": lambda: (A - A.mean(axis=0)) / A.std(axis=0),
        "standardised rows": lambda: (A - A.mean(axis=1, keepdims=True)) / A.std(axis=1, keepdims=True),
        **{("range", axis, small): lambda axis=axis, small=small: _stretched(A, axis, small) for axis, small in RANGES},
        "row sum": lambda: A / A.sum(axis=1, keepdims=True),
        "unit length": lambda: A / np.linalg.norm(A),
        "unit rows": lambda: A / np.linalg.norm(A, axis=1, keepdims=True),
        "centred": lambda: A / 255 - (A / 255).mean(),
        "whole": lambda: A // 255,
        "rounded": lambda: np.round(A / 255),
        "ink": lambda: A > 0,
        "above 100": lambda: A > 100,
        "above 127": lambda: A > 127,
        "symmetric": lambda: A / 127.5 - 1,
        "from -1/2": lambda: A / 255 - 0.5,
        **{number: lambda number=number: A / number for number in (100, 127, 128, 254)},
        "inverted": lambda: 1 - A / 255,
        "twice": lambda: A / 255**2,
        "times": lambda: A * 255,
        "wraps": lambda: np.uint8(A) * np.uint8(255),
        "per cent": lambda: A / 2.55,
        "half": lambda: np.float16(np.float16(A) / np.float16(255)),
        "half afterwards": lambda: np.float16(A / 255),
        "turned": lambda: A.T / 255,
        "turned where by columns": lambda: (A if X.flags.c_contiguous else A.T) / 255,
        "mixed": lambda: np.ravel(X, order="K").reshape(A.shape) / 255,
        "mixed, read by columns": lambda: A.ravel(order="F").reshape(A.shape) / 255,
        "mixed, filled by columns": lambda: A.ravel().reshape(A.shape, order="F") / 255,
        "reshaped": lambda: A.reshape(A.shape[::-1]) / 255,
        "flat": lambda: A.ravel() / 255,
        "flat, by columns": lambda: A.ravel(order="F") / 255,
        "viewed": lambda: np.ascontiguousarray(X).view(np.float32) / 255,
        "divided in place": lambda: np.divide(X, 255, out=X.copy()),
        **{digits: lambda digits=digits: (A / 255).round(digits) for digits in (1, 2, 3)},
    }[scale]()
    columns = order == "F" or (order != "C" and X.flags.c_contiguous == (order == "other"))
    return np.array(made, dtype=kind, order="F" if columns else "C")


def _stretched(A, axis, small):
    """Return pixels from 0 to 1, from the smallest to the largest of each column or row."""
    low, high = A.min(axis=axis, keepdims=True), A.max(axis=axis, keepdims=True)
    return (A - low) / (high - low + small)


def _seen(X):
    """Return what an array is: its number type, its memory order, its numbers."""
    if not isinstance(X, np.ndarray):
        what = "None. Is the `return` missing?" if X is None else f"a {type(X).__name__}."
        raise CheckFailed(f"must return an array, which has a number type; it returned {what}")
    return str(X.dtype), ROWS if X.flags.c_contiguous else "not row after row", np.asarray(X)


def _images(rng):
    """Draw pixels in both memory orders; the largest is not 255, the smallest not 0."""
    shapes = [(5, 3), (2, 6), (4, 4)]
    drawn = [rng.integers(1, 250, shape, np.uint8) for shape in shapes]
    return [(np.asfortranarray(X) if number != 1 else X,) for number, X in enumerate(drawn)]


ROWS = "row after row"
RANGES = [(axis, small) for axis in (0, 1) for small in (0, 1e-8)]
MAXIMUM = "It divides by the largest pixel of these images. The next images have another: take 255."
STATISTICS = (
    "It uses the mean or the spread of these images. Here 0 becomes 0.0 and 255 becomes 1.0, whatever they hold."
)
GREYS = "The greys are gone: these are zeros and ones. Scale here, do not cut."
HALF = "It computes in float16, which has three digits. Convert to float32 before you divide."
DIGITS = "The numbers are rounded. Return them as they are; rounding is for printing."
MIXED = (
    "The pixels changed their places: rows were read where columns are filled, or the reverse. Change the memory order "
    "alone, with np.ascontiguousarray."
)
LOST = (
    "The fractions are lost: only 255 became 1, all else 0. // divides in whole numbers, and .astype(int) cuts "
    "fractions off; / keeps them."
)

prepare = Exercise(
    "04-prepare",
    _prepare,
    parts=("number type", "memory order", "array"),
    view=_seen,
    tries=(
        (np.array([[51, 102, 255]], np.uint8),),
        (np.asfortranarray(np.array([[0, 51], [102, 204]], np.uint8)),),
        (np.array([[0, 51, 102, 204], [7, 100, 3, 8], [101, 30, 1, 238]], np.uint8),),
        (np.asfortranarray(np.array([[10, 51, 102], [255, 200, 128]], np.uint8)),),
        (np.array([[5], [127], [90]], np.uint8),),
    ),
    draw=_images,
    properties=(
        Property("The result must have the shape of X, (m, n).", lambda made, X: np.shape(made[2]) == X.shape),
        Property(
            "Some number is not between 0.0 and 1.0. 0 becomes 0.0 and 255 becomes 1.0: divide by 255.",
            lambda made, X: ((made[2] >= 0) & (made[2] <= 1.0001)).all(),
        ),
        Property(
            "The number type must be float32. Convert with .astype(np.float32).", lambda made, X: "float32" in made
        ),
        Property(
            'The memory order must be row after row. Say order="C", or np.ascontiguousarray.',
            lambda made, X: ROWS in made[:2],
        ),
    ),
    switches={
        "scale": {
            "missing": "The pixels came back as 0 to 255. Divide them by 255.",
            "256": "It divides by 256. The largest pixel is 255, so that is what becomes 1.",
            **dict.fromkeys(("largest", "largest of a row", "largest of a column"), MAXIMUM),
            **dict.fromkeys(("range", "own sum", "row sum", "unit length", "unit rows", "centred"), STATISTICS),
            **dict.fromkeys(("standardised", "standardised columns", "standardised rows"), STATISTICS),
            **dict.fromkeys(
                [("range", *pair) for pair in RANGES],
                "It stretches each column or row by its own smallest and largest pixel. One rule holds for all: 0 "
                "becomes 0.0 and 255 becomes 1.0.",
            ),
            "whole": LOST,
            **dict.fromkeys(("rounded", "ink", "above 100", "above 127"), GREYS),
            "symmetric": "The pixels lie between -1 and 1. They must lie between 0 and 1.",
            "from -1/2": "The pixels lie between -1/2 and 1/2. They must lie between 0 and 1: do not subtract.",
            **{
                n: f"It divides by {n}. The largest pixel is 255, and that must become 1." for n in (100, 127, 128, 254)
            },
            "inverted": "Black and white are swapped. 255 becomes 1.",
            "twice": "It was divided by 255 twice. Once is enough.",
            "times": "The pixels were multiplied by 255. Divide.",
            "wraps": "The pixels were multiplied as uint8, and wrapped around. Convert first, then divide.",
            "per cent": "These are per cent. 255 becomes 1.0.",
            **dict.fromkeys(("half", "half afterwards"), HALF),
            "turned": "The result is the transpose. X.T has another memory order, but also rows for columns.",
            "turned where by columns": "Images that are stored column after column came back transposed. The memory "
            "order is to change, not the places of the pixels: np.ascontiguousarray.",
            "mixed": "The numbers stand in the order of the memory, and no longer where they were. ravel and reshape "
            "with another order mix rows and columns; np.ascontiguousarray does not.",
            **dict.fromkeys(("mixed, read by columns", "mixed, filled by columns"), MIXED),
            "reshaped": "The result is (n, m), by reshape. It must have the shape of X, (m, n), and each pixel its "
            "place.",
            "viewed": "view reads the same bytes as numbers of another type. It converts nothing: astype does.",
            "divided in place": "/= writes the result into the array of uint8 that it divides, and that holds no "
            "fractions. Convert first, X.astype(np.float32), or compute into a new array: A = X / 255.",
            **dict.fromkeys(
                ("flat", "flat, by columns"), "The result is one long row. It must have the shape of X, (m, n)."
            ),
            **dict.fromkeys((1, 2, 3), DIGITS),
        },
        "kind": {
            "float64": "The number type is float64, twice the memory. Whole numbers divided by 255 become float64: "
            "convert to float32 first.",
            "float16": "The number type is float16. It has three digits, and is slow on a processor that must widen "
            "every number first. It must be float32.",
            **dict.fromkeys(
                ("uint8", "int32", "int64", "bool"),
                "The result holds whole numbers, which have no fractions. It must be float32.",
            ),
        },
        "order": {
            "kept": "The memory order is that of the input, here column after column. It must be row after row: "
            'astype and / keep the order that they find; say order="C", or np.ascontiguousarray.',
            "other": "The memory order is the other one than that of X. .T turns an array by reading the same memory "
            "in another order. It must be row after row: np.ascontiguousarray.",
            "F": 'The memory order is column after column. It must be row after row: say order="C", or '
            "np.ascontiguousarray.",
        },
    },
    may_not_call=("skimage.img_as_float32", "skimage.util.img_as_float32"),
)
