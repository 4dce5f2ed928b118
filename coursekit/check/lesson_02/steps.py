"""A gradient by central differences, and what mistakes make of it: the error model of exercise 3 of notebook 02."""

import numpy as np

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
    "only behind": (None, -1, 2),
    "from -2h to h": (1, -2, 3),
    "from -2h to -h": (-1, -2, 1),
    "turned": (-1, 1, 2),
    "nowhere": (1, 1, 2),
    "from h, by h/2": (1, 0.5, 0.5),
}
OTHER_PLACES = {
    "first row": lambda i, j: (0, j),
    "first column": lambda i, j: (i, 0),
    "first": lambda i, j: (0, 0),
    "before": lambda i, j: (i, j - 1),
    "row before": lambda i, j: (i - 1, j),
    "turned": lambda i, j: (j, i),
    "diagonal place": lambda i, j: (i, i),
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
        "mean": lambda: dW.mean(),
        "zeros": lambda: np.zeros(W.shape),
        "over all": lambda: dW / dW.size,
        "over rows": lambda: dW / len(dW),
        "rows": lambda: _looped(dW, range(W.shape[0]), range(W.shape[0])),
        "columns": lambda: _looped(dW, range(W.shape[1]), range(W.shape[1])),
        "ranges turned": lambda: _looped(dW, range(W.shape[1]), range(W.shape[0])),
        "row of the last": lambda: np.tile(dW[:, -1:], W.shape[1]),
        "column of the last": lambda: np.tile(dW[-1:], (W.shape[0], 1)),
        "all of the last": lambda: np.full(W.shape, dW[-1, -1]),
        "all of the sum": lambda: np.full(W.shape, dW.sum()),
        "so far": lambda: np.cumsum(dW).reshape(W.shape),
        "row sums": lambda: dW.sum(axis=1),
        "column sums": lambda: dW.sum(axis=0),
        "row 0": lambda: dW[0],
        "last row": lambda: dW[-1],
        "row 0 alone": lambda: dW[:1],
        "all but the first row": lambda: np.where(np.arange(W.shape[0])[:, None] > 0, dW, 0),
        "all but the last row": lambda: np.where(np.arange(W.shape[0])[:, None] < W.shape[0] - 1, dW, 0),
        "all but the first column": lambda: np.where(np.arange(W.shape[1]) > 0, dW, 0),
        "all but the last column": lambda: np.where(np.arange(W.shape[1]) < W.shape[1] - 1, dW, 0),
        "small step": lambda: W - h * dW,
        "added": lambda: W + dW,
        "norm": lambda: np.linalg.norm(dW),
        "squared": lambda: dW**2,
        "absolute": lambda: np.abs(dW),
        "step": lambda: W - dW,
        **{digits: lambda digits=digits: dW.round(digits) for digits in (1, 2, 3)},
    }[after]()


def _looped(dW, rows, columns):
    """Return a gradient of which only some places are visited; what lies outside raises."""
    G = np.zeros(dW.shape)
    for i in rows:
        for j in columns:
            G[i, j] = dW[i, j]
    return G


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
    if pair == "three points":
        return (4 * at(1) - 3 * at(0) - at(2)) / (2 * h)
    if pair == "relative":
        return (at(1) - at(-1)) / (at(1) + at(-1))
    ahead, behind, apart = PAIRS[pair]
    difference = (0.0 if ahead is None else at(ahead)) - (0.0 if behind is None else at(behind))
    over = {
        "2h": apart * h, "h": h, "none": 1.0, "2": apart, "times h": apart / h, "h squared": h * h,
        "2 h squared": apart * h * h, "4h": 4 * h, "2 + h": apart + h, "h / 2": h / 2,
        "times 2h": 1 / (apart * h),
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
    elif moved in OTHER_PLACES:
        E[:] = 0
        E[OTHER_PLACES[moved](*place)] = 1
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
