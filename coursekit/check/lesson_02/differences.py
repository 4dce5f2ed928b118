"""Exercise 3 of notebook 02: a gradient by central differences."""

import numpy as np

from coursekit.check.exercise import Exercise, Formula, Property
from coursekit.check.lesson_02.scores import DIFFERENCES

PAIRS = {  # the two places of a difference, in steps, and what they are divided by, in steps
    "central": (1, -1, 2),
    "forward": (1, 0, 1),
    "backward": (0, -1, 1),
    "half": (0.5, -0.5, 1),
    "half, over 2h": (0.5, -0.5, 2),
    "forward, over 2h": (1, 0, 2),
    "backward, over 2h": (0, -1, 2),
    "twice as far": (2, -2, 4),
    "from h to 2h": (2, 1, 1),
    "from -h to 2h": (2, -1, 3),
    "only ahead": (1, None, 2),
}
KEPT = {"kept, central": (1, -1), "kept, forward": (0, 1), "kept, backward": (0, -1), "kept, from behind": (-1, 1)}


def _central_difference(f, W, h, *, pair="central", divisor="2h", step="h", moved="one", kind="float", after="none"):
    """Return the central difference of each entry."""
    W = np.asarray(W)
    places, dW = list(np.ndindex(W.shape)), np.zeros(W.shape, W.dtype if kind == "result" else float)
    V, walked = W.astype(float), W.copy()
    for place in places:
        s = {
            "h": lambda: h,
            "fixed": lambda: 1e-5,
            "times w": lambda: h * W[place],  # noqa: B023
            "times 1 + w": lambda: h * (1 + abs(W[place])),  # noqa: B023
            "squared": lambda: h * h,
        }[step]()
        if moved.startswith("kept"):
            dW[place] = _kept(f, V, place, s, KEPT[moved])
        elif kind == "copy, there and back":
            dW[place] = _there_and_back(f, walked, place, s)
        else:
            dW[place] = _difference(_along(f, W, s * _moved(W, place, moved), kind), s, pair, divisor)
    return {
        "none": lambda: dW,
        "all at once": lambda: _difference(_along(f, W, h * np.ones(W.shape), kind), h, pair, divisor),
        "as given": lambda: _as_given(f, W, h),
        "flat": lambda: dW.ravel(),
        "turned": lambda: dW.T,
        "reshaped": lambda: dW.T.reshape(dW.shape),
        "first": lambda: _but(dW, places[1:]),
        "all but the first": lambda: _but(dW, places[:1]),
        "all but the last": lambda: _but(dW, places[-1:]),
        "first column": lambda: np.where(np.arange(W.shape[1]) == 0, dW, 0),
        "first row": lambda: np.where(np.arange(W.shape[0])[:, None] == 0, dW, 0),
        "last column": lambda: np.where(np.arange(W.shape[1]) == W.shape[1] - 1, dW, 0),
        "row at once": lambda: _below_the_inner_loop(f, W, h, cleared=True),
        "rows kept": lambda: _below_the_inner_loop(f, W, h, cleared=False),
        "first entry": lambda: dW[0, 0],
        "last entry": lambda: dW[-1, -1],
        "sum": lambda: dW.sum(),
        "absolute": lambda: np.abs(dW),
        "step": lambda: W - dW,
        **{digits: lambda digits=digits: dW.round(digits) for digits in (1, 2, 3)},
    }[after]()


def _along(f, W, step, kind):
    """Return f as a function of how many steps are made; whole numbers lose what is not whole."""
    if kind == "copy":
        return lambda t: f((W + t * step).astype(W.dtype))
    if kind == "steps":
        return lambda t: f(W + t * step.astype(W.dtype))
    return lambda t: f(W + t * step)


def _difference(at, h, pair, divisor):
    """Return a difference."""
    if pair == "second":
        return (at(1) - 2 * at(0) + at(-1)) / h**2
    if pair == "five points":
        return (8 * (at(1) - at(-1)) - at(2) + at(-2)) / (12 * h)
    if pair == "mean":
        return (at(1) + at(-1)) / (2 * h)
    ahead, behind, apart = PAIRS[pair]
    difference = at(ahead) - (0.0 if behind is None else at(behind))
    over = {
        "2h": apart * h, "h": h, "none": 1.0, "2": apart, "times h": apart / h, "h squared": h * h,
        "2 h squared": apart * h * h, "4h": 4 * h, "2 + h": apart + h,
    }  # fmt: skip
    return difference / over[divisor]


def _as_given(f, W, h):
    """Return what the program of the prompt returns, with its three faults."""
    dW, step = np.zeros_like(W), np.zeros_like(W)
    for place in np.ndindex(W.shape):
        step[place] = h
        dW[place] = (f(W + step) - f(W - step)) / 2 * h
    return dW


def _below_the_inner_loop(f, W, h, *, cleared):
    """Return one difference for each row, taken when all its entries have moved; earlier rows are cleared, or kept."""
    dW, step = np.zeros(W.shape), np.zeros(W.shape)
    for row in range(len(W)):
        step[row] = h
        dW[row, -1] = (f(W + step) - f(W - step)) / (2 * h)
        step[row, 0 if cleared else -1 :] = 0
    return dW


def _there_and_back(f, V, place, h):
    """Return the difference of a walk of +h, -2h and +h, in the type that V has."""
    V[place] += h
    ahead = f(V)
    V[place] -= 2 * h
    behind = f(V)
    V[place] += h
    return (ahead - behind) / (2 * h)


def _moved(W, place, moved):
    """Return the direction in which W is moved for an entry."""
    E = np.zeros(W.shape)
    E[place] = 0 if moved == "diagonal" and place[0] != place[1] else 1
    if moved == "row":
        E[place[0]] = 1
    elif moved == "column":
        E[:, place[1]] = 1
    elif moved == "all":
        E[:] = 1
    elif moved == "never cleared":
        E.flat[: np.ravel_multi_index(place, W.shape)] = 1
    elif moved == "never cleared, column by column":
        E.T.flat[: np.ravel_multi_index(place[::-1], W.shape[::-1])] = 1
    elif moved == "cleared after a row":
        E[place[0], : place[1]] = 1
    elif moved == "cleared after a column":
        E[: place[0], place[1]] = 1
    elif moved == "symmetric":
        E[place[::-1]] = 1
    return E


def _kept(f, V, place, h, steps):
    """Return a difference that leaves the entry where its second step took it."""
    w, values = V[place], []
    for step in steps:
        V[place] = w + step * h
        values.append(f(V))
    return (values[1] - values[0]) / ((steps[1] - steps[0]) * h)


def _but(dW, places):
    """Return a gradient in which some entries are left 0."""
    G = dW.copy()
    for place in places:
        G[place] = 0
    return G


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
        (r"index (\d+) is out of bounds for axis 0", "W[i] with one index is a row. " + ONE),
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
            "symmetric": "W[j, i] was moved with W[i, j]. Each entry is a weight of its own.",
        },
        "after": {
            "all at once": f"All entries were moved at once, which gives one number. {ONE}",
            "as given": "This is the program as it was given, with its three faults. Follow `step` through two rounds "
            "of the inner loop: which entries are not 0 in the second? Then look at the brackets and the types.",
            "flat": "The result is flat. It needs the shape of W: .reshape(W.shape).",
            "turned": "The result is transposed: dW[i, j] belongs to W[i, j].",
            "reshaped": "The entries are in another order. dW[i, j] belongs to W[i, j].",
            **dict.fromkeys(("first", "all but the first", "all but the last", "first column", "first row"), PART),
            **dict.fromkeys(
                ("last column", "row at once", "rows kept"),
                "Only the last column is filled: the line that fills dW stands below the inner loop, not in it. "
                "Look at its indent.",
            ),
            **dict.fromkeys(("first entry", "last entry", "sum"), ONE_NUMBER),
            "absolute": "The signs are lost: this is the absolute value of the differences.",
            "step": "These are weights after a step. Return the differences themselves.",
            **dict.fromkeys((1, 2, 3), "The differences are rounded. Return them as they are."),
        },
        "kind": dict.fromkeys(("copy", "copy, there and back", "steps", "result"), WHOLE),
    },
    may_not_call=DIFFERENCES,
)
