"""Exercise 3 of notebook 02: a gradient by central differences."""

import numpy as np

from coursekit.check.exercise import Exercise, Formula, Property
from coursekit.check.lesson_02.scores import DIFFERENCES
from coursekit.check.lesson_02.steps import KEPT, OTHER_PLACES, _central_difference


def _functions(rng):
    """Draw weights in eighths, where adding h and taking it away is exact, and functions that mix all entries."""
    found = []
    for (n, k), h in (((2, 3), 0.25), ((3, 2), 0.5), ((3, 3), 0.125)):
        a, b, c = (int(v) for v in rng.permutation([2, 3, 5]))
        f = Formula(
            f"lambda W: float({a} * (W**3).sum() + (W[0, 0] + {b} * W[-1, -1]) * W.sum() + {c} * W[0].sum() ** 2)"
        )
        found.append((f, rng.permutation(np.arange(-9, 16)[np.arange(-9, 16) != 0])[: n * k].reshape(n, k) / 8, h))
    return found


WHOLE = (
    "W may hold whole numbers, and an integer array cannot hold w + h. Work on W.astype(float), and make new arrays "
    "with np.zeros(W.shape)."
)
PUT_BACK = (
    "An entry that was moved is never put back. So later entries are measured at another place. Put w back before you "
    "go on."
)
CLEARED = (
    "The step array is never cleared, so that each difference moves all earlier entries as well. Set its entry back to "
    "0, or make a new one for each entry."
)
LATE = (
    "The step array is cleared too late: within a row or column the earlier entries are moved as well. Set the entry "
    "back to 0 before the next one."
)
ONE = "Move one entry W[i, j] at a time: two loops, or np.ndindex(W.shape)."
PART = (
    "Some entries of the result are 0. Look at where the loops begin and end, and whether the `return` is inside them."
)
ONE_NUMBER = "One number came back. Write each difference into an array of the shape of W, and return that."
SIDES = "The central one is (f(w + h) - f(w - h)) / 2h."
NOWHERE = (
    "Every difference is 0. Either both values of f belong to the same place, so look at what is moved and put back; "
    "or nothing is written into the result."
)

central_difference = Exercise(
    "02-central-difference",
    _central_difference,
    tries=(
        (Formula("lambda W: float((W**3).sum() - 4 * W[0, 0] * W[0, 1])"), np.array([[1.5, -0.5]]), 0.5),
        (
            Formula("lambda W: float((W**3).sum() + W[0, 0] * W.sum() + 2 * W[0].sum() ** 2)"),
            np.array([[1, 0, 2], [3, -1, 1]]),
            0.125,
        ),
        (
            Formula("lambda W: float(2 * (W**3).sum() + W[0, -1] * W.sum() + W[:, 0].sum() ** 3)"),
            np.array([[0.5, -1.0, 1.25], [-0.25, 0.75, 2.0], [1.0, 0.25, -1.5]]),
            0.25,
        ),
        (Formula("lambda W: float(np.exp(W).sum() + W[0, 0] * W[1, 1])"), np.array([[0.5, -1.0], [0.25, 1.0]]), 0.5),
        (Formula("lambda W: float((W**3).sum() - W[0, 0] * W[-1, 0])"), np.array([[2], [-1], [1]]), 0.5),
        (Formula("lambda W: float((W**3 + 3 * W).sum())"), np.array([[0.75]]), 0.25),
    ),
    draw=_functions,
    causes=(
        (
            r"index (\d+) is out of bounds for axis",
            "Look at the ranges of the loops: W.shape[0] counts the rows, the first index, and W.shape[1] the columns; "
            "W[i] with one index is a row.",
        ),
        (
            r"not tracking a multi-index",
            'np.nditer knows places only with flags=["multi_index"]; np.ndindex(W.shape) gives them without.',
        ),
        (r"too many indices|TypeError: only", "W is a matrix, and f takes a matrix. " + ONE),
    ),
    properties=(
        Property(
            "Some entry differs far from the slope there. Move one entry, take the difference of f, put the entry "
            "back, and divide by how far the two places are apart.",
            lambda dW, f, W, h: np.abs(dW - _central_difference(f, W, h)).max() < 100,
        ),
    ),
    switches={
        "pair": {
            "forward": f"This is the forward difference. {SIDES}",
            "backward": f"This is the backward difference. {SIDES}",
            "forward, over 2h": "The second place is w itself. From w + h, step back by 2h to reach w - h: one h only "
            "leads back to w.",
            "backward, over 2h": "The second place is w itself. From w - h, step forward by 2h to reach w + h: one h "
            "only leads back to w.",
            "half": "The steps are h/2 to each side. Take f(w + h) and f(w - h), and divide by 2h.",
            "half, over 2h": "The steps are h/2 to each side. Take f(w + h) and f(w - h), and divide by 2h.",
            "twice as far": "The steps are 2h to each side. Take f(w + h) and f(w - h), and divide by 2h.",
            "from h to 2h": "The second place is w + 2h. Step to w - h.",
            "from -h to 2h": "One place is w + 2h. Take w + h and w - h.",
            "only ahead": "Only f(w + h) is in it. Take f(w - h) away.",
            "only behind": "Only f(w - h) is in it. Take it from f(w + h).",
            "turned": "It has the wrong sign: f(w - h) stands first. " + SIDES,
            **dict.fromkeys(
                ("from -2h to h", "from -2h to -h"), "One place is w - 2h. Take w + h and w - h, h to each side."
            ),
            "nowhere": NOWHERE,
            "from h, by h/2": "The second place is w + h/2. Take w + h and w - h, h to each side.",
            "three points": "This is a difference of three points ahead. Asked for is the central one of two points.",
            "relative": "It is divided by the sum of the two values. Divide by 2h.",
            "second": "This is the second derivative, the change of the slope. Take f(w + h) - f(w - h), over 2h.",
            "five points": "This is a difference of five points. It is more exact, but asked for is the central one of "
            "two points.",
            "mean": "This is the mean of f over h. Take the difference f(w + h) - f(w - h).",
        },
        "divisor": {
            "h": "Divide by 2h: the two places are 2h apart, not h.",
            "none": "The division is missing. Divide by 2h, how far the two places are apart.",
            "2": "The division by h is missing. Divide by 2h, with brackets: (2 * h).",
            "times h": "Look at the brackets: / 2 * h multiplies by h. Write / (2 * h).",
            "h squared": "It is divided by h^2. Divide by 2h.",
            "2 h squared": "It is divided by 2h^2. Divide by 2h.",
            "4h": "It is divided by 4h. The two places are 2h apart.",
            "h / 2": "Look at the brackets: it is multiplied by 2 and divided by h. Write / (2 * h).",
            "times 2h": "It is multiplied by 2h. Divide by 2h.",
            "2 + h": "It is divided by 2 + h. Divide by 2 times h.",
        },
        "step": {
            "fixed": "h was ignored. The step must be the h that was passed.",
            "times w": "The step depends on the entry w. It must be h for each.",
            "times 1 + w": "The step depends on the entry w. It must be h for each.",
            "squared": "The step is h^2. It must be h.",
        },
        "moved": {
            **dict.fromkeys(KEPT, PUT_BACK),
            **dict.fromkeys(("never cleared", "never cleared, column by column"), CLEARED),
            **dict.fromkeys(("cleared after a row", "cleared after a column"), LATE),
            "row": f"Whole rows were moved at once. {ONE}",
            "column": f"Whole columns were moved at once. {ONE}",
            "all": f"All entries were moved at once. {ONE}",
            "diagonal": "Only the entries W[i, i] were moved. Every pair of i and j needs its turn: two loops.",
            **dict.fromkeys(
                OTHER_PLACES,
                "Look at the place that is moved: it is not the one that is written. W[i, j] belongs to dW[i, j].",
            ),
            "symmetric": "W[j, i] was moved with W[i, j]. Each entry is a weight of its own.",
        },
        "after": {
            "all at once": f"All entries were moved at once, which gives one number. {ONE}",
            "as given": "This is the program as it was given, with its three faults. Follow `step` through two rounds "
            "of the inner loop: which entries are not 0 in the second? Then look at the brackets and the types.",
            "flat": "The result is flat. It needs the shape of W: .reshape(W.shape).",
            "turned": "The result is transposed: dW[i, j] belongs to W[i, j].",
            "reshaped": "The entries are in another order. dW[i, j] belongs to W[i, j].",
            **dict.fromkeys(
                (
                    "first",
                    "all but the first",
                    "all but the last",
                    "first column",
                    "first row",
                    "all but the first row",
                    "all but the last row",
                    "all but the first column",
                    "all but the last column",
                    "row 0",
                    "last row",
                    "row 0 alone",
                ),
                PART,
            ),
            "zeros": NOWHERE,
            **dict.fromkeys(("over all", "over rows"), "It is divided by a count as well. Divide by 2h alone."),
            **dict.fromkeys(
                ("rows", "columns", "ranges turned"),
                "Look at the ranges of the two loops: W.shape[0] counts the rows, the first index, and W.shape[1] the "
                "columns.",
            ),
            **dict.fromkeys(
                ("row of the last", "column of the last", "all of the last"),
                "Look at where a difference is written: it fills a whole row, a column, or all. One entry is dW[i, j].",
            ),
            **dict.fromkeys(
                ("all of the sum", "so far"),
                "The differences are added up. Write each into its own place, dW[i, j], with = in place of +=.",
            ),
            **dict.fromkeys(
                ("row sums", "column sums"), "The differences of a row or column were added up. dW has the shape of W."
            ),
            "squared": "The differences are squared. Return them as they are.",
            **dict.fromkeys(
                ("last column", "row at once", "rows kept"),
                "Only the last column is filled: the line that fills dW stands below the inner loop, not in it. "
                "Look at its indent.",
            ),
            **dict.fromkeys(("first entry", "last entry", "sum", "mean", "norm"), ONE_NUMBER),
            "absolute": "The signs are lost: this is the absolute value of the differences.",
            **dict.fromkeys(
                ("step", "small step", "added"), "These are weights after a step. Return the differences themselves."
            ),
            **dict.fromkeys((1, 2, 3), "The differences are rounded. Return them as they are."),
        },
        "kind": dict.fromkeys(("copy", "copy, there and back", "steps", "result"), WHOLE),
    },
    may_not_call=DIFFERENCES,
)
