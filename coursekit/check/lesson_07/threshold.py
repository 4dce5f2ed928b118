"""Exercise 3 of notebook 07: soft thresholding."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _soft_threshold_entries(V, t, *, move="soft", amount="t", after="none"):
    """Return each entry moved towards 0 by t, and 0 where it is no further away."""
    V = np.asarray(V)
    size, sign = np.abs(V), np.sign(V)
    own = {"t": t, "half": t / 2, "twice": 2 * t, "square": t**2, "of the largest": t * size.max()}[amount]
    t = own
    left = np.maximum(size - t, 0)
    soft = sign * left
    moved = {
        "soft": lambda: soft,
        "none": lambda: V * 1.0,
        "no stop": lambda: V - t * sign,
        "no stop, down at 0": lambda: np.where(V >= 0, V - t, V + t),
        "no stop, up at 0": lambda: np.where(V > 0, V - t, V + t),
        "folded": lambda: sign * np.abs(size - t),
        "small ones stay": lambda: np.where(size > t, V - t * sign, V),
        "small ones to t": lambda: np.where(size > t, V - t * sign, t * sign),
        "small ones to 1": lambda: np.where(size > t, V - t * sign, 1.0),
        "hard": lambda: np.where(size > t, V, 0),
        "hard, with t": lambda: np.where(size >= t, V, 0),
        "signs only": lambda: np.where(size > t, sign, 0),
        "inside out": lambda: np.where(size > t, 0, V - t * sign),
        "small ones only": lambda: np.where(size > t, 0, V),
        "smaller ones only": lambda: np.where(size < t, V, 0),
        "without sign": lambda: left,
        "sign turned": lambda: -soft,
        "negative to 0": lambda: np.maximum(V - t, 0),
        "positive to 0": lambda: np.minimum(V + t, 0),
        "negative stay": lambda: np.where(V < 0, V, soft),
        "negative stay, small to 0": lambda: np.where(soft < 0, V, soft),
        "negative down": lambda: np.where(soft < 0, V - t, soft),
        "negative down, no stop": lambda: np.where((soft > 0) | (V < 0), V - t, 0),
        "positive stay": lambda: np.where(soft > 0, V, soft),
        "away": lambda: sign * (size + t),
        "down": lambda: V - t,
        "down, then size": lambda: np.abs(V - t),
        "up": lambda: V + t,
        "clipped": lambda: np.clip(V, -t, t),
        "clipped at 0 and t": lambda: np.clip(V, 0, t),
        "factor": lambda: V * (1 - t),
        "share": lambda: V / (1 + t),
        "factor, not below 0": lambda: V * max(1 - t, 0),
        "by the norm": lambda: V * max(1 - t / max(np.sqrt((size * size * 1.0).sum()), 1e-12), 0),
        "by the row's norm": lambda: V * _rest(V, t),
        "divided by itself": lambda: V / size * left,
        "divided by size": lambda: V * np.maximum(1 - t / size, 0),
        "hinge": lambda: sign * np.maximum(t - size, 0),
        "squared": lambda: sign * left**2,
        "cut twice": lambda: np.where(size > 2 * t, V - t * sign, 0),
        "two cases, up": lambda: np.where(t < V, V - t, V + t),
        "two cases, down": lambda: np.where(-t > V, V + t, V - t),
        "parts turned": lambda: np.maximum(V - t, 0) - np.maximum(V + t, 0),
        "parts added": lambda: np.maximum(V - t, 0) + np.maximum(V + t, 0),
        "sum": lambda: sign * np.maximum(size + t, 0),
        "without stop at 0, size": lambda: size - t,
    }[move]()
    moved = np.asarray(moved, float)
    if after in BY_IF:
        BY_IF[after](V, t)
    return {
        "none": lambda: moved,
        "whole": lambda: np.trunc(moved) if V.dtype.kind in "iu" else moved,
        "type of the first": lambda: moved if moved.flat[0] or V.dtype.kind in "iu" else np.trunc(moved),
        "first row": lambda: moved[0],
        "first row only": lambda: np.concatenate([moved[:1], V[1:]]),
        "all but the last": lambda: np.concatenate([moved[:-1], V[-1:]]),
        "mask": lambda: (moved != 0) * 1.0,
        "sum": lambda: np.abs(moved).sum(),
        "flat": lambda: moved.ravel(),
        **{digits: lambda digits=digits: moved.round(digits) for digits in (1, 2)},
        "near 0 to 0": lambda: np.where(np.abs(moved) < 1e-2, 0, moved),
    }.get(after, lambda: moved)()


def _row_by_row(V, t):
    """Ask an if of each item of V, which is a whole row if V is a matrix."""
    return np.array([v - t if v > t else v + t if v < -t else 0.0 for v in V])


BY_IF = {  # ways to write it that raise
    "if of all": lambda V, t: V - t if t < V else V + t,
    "if of a row": _row_by_row,
    "two axes": lambda V, t: [(m, k) for m, k in [V.shape]],
    "second length": lambda V, t: V.shape[1],
    "two indices": lambda V, t: V[0, 0],
    "in place": lambda V, t: np.subtract(V, t, out=V.copy()),
}


def _rest(V, t):
    """Return which share of each row is left if its norm shrinks by t."""
    norm = np.sqrt((V * V * 1.0).sum(axis=-1, keepdims=True))
    return np.maximum(1 - t / np.maximum(norm, 1e-12), 0)


def _entries(rng):
    """Draw entries on both sides of 0, some of them 0, some exactly t away, some just beyond."""
    found = []
    for shape in ((4, 3), (6,), (3, 3)):
        V, t = rng.normal(0, 1.5, shape).round(2), rng.integers(20, 90) / 100
        V.flat[0], V.flat[1], V.flat[2], V.flat[3], V.flat[4] = 0.0, t, -t, -t - 0.004, t + 1.25
        found.append((V, t))
    return [*found, (rng.integers(-4, 5, (2, 5)), 1.5)]


PAST = "Entries near 0 are pushed past it and change their sign. Those that are no further than t from 0 become 0."
SMALL = "Entries no further than t from 0 do not become 0. They must be exactly 0."
HARD = "Large entries stay as they are, a hard threshold. They too move by t, towards 0."
TURNED = "Large entries became 0 and small ones stayed: the condition is turned round."
FACTOR = "Entries shrink by a factor, as under L2. Under L1 they all lose the same amount, t."
TOGETHER = "The entries shrink together, by a norm. Each one moves alone, by t."
NAN = "It gives nan where an entry is 0: that is 0 / 0. np.sign(0) is 0 and does no harm."
AMOUNT = "The entries move by another amount. It must be t itself."
ROUNDED = "The entries are rounded, or set to 0 a little beyond t. Return them as they are."
PART = "Only some rows are thresholded. Look at where the loop begins and ends; V may be a vector as well."

soft_threshold_entries = Exercise(
    "07-soft-threshold-entries",
    _soft_threshold_entries,
    tries=(
        (np.array([2.0, -2.0, 0.5, -0.5, 0.0]), 0.75),
        (np.array([[2.0, -0.5, 0.0, 0.3], [-3.0, 0.75, -0.75, 1.0]]), 0.75),
        (np.array([-3.0, 0.75, -0.75, 1.0]), 2.0),
        (np.array([[2.0, -0.5, 0.0], [-3.0, 0.75, -0.75], [0.25, 5.0, -4.0]]), 0.0),
        (np.array([[3, -1, 0], [-2, 5, 1]]), 1.5),
        (np.array([0.255, -0.255, 0.25, -0.25, 3.0]), 0.25),
        (np.array([[4.0, -6.0], [-2.5, 1.0], [8.0, -3.5]]), 3.0),
        (np.array([[-1.0], [2.0], [0.0]]), 0.5),
    ),
    draw=_entries,
    properties=(
        Property(NAN, lambda v, V, t: np.isfinite(v).all()),
        Property(PAST, lambda v, V, t: (v * V >= -1e-9).all()),
        Property(SMALL, lambda v, V, t: np.allclose(v[np.abs(V) <= t], 0)),
        Property(
            "Entries further than t from 0 must move by t, towards 0, and some do not. Look at both signs.",
            lambda v, V, t: np.allclose(np.abs(V - v)[np.abs(V) > t], t, atol=1e-5),
        ),
    ),
    switches={
        "move": {
            "none": "Nothing has moved. Each entry goes towards 0 by t.",
            **dict.fromkeys(("no stop", "no stop, down at 0", "no stop, up at 0"), PAST),
            "folded": "Entries near 0 came back on their own side, at t minus their size. They become exactly 0.",
            **dict.fromkeys(("small ones stay", "small ones to t", "small ones to 1"), SMALL),
            **dict.fromkeys(("hard", "hard, with t"), HARD),
            "signs only": "Only signs are left. An entry keeps its size, less t.",
            **dict.fromkeys(("inside out", "small ones only", "smaller ones only"), TURNED),
            "without sign": "The signs are lost: a negative entry stays negative. Multiply by np.sign(V).",
            "sign turned": "The signs are turned round: an entry stays on its side of 0.",
            **dict.fromkeys(
                ("negative to 0", "positive to 0"), "Entries of one sign became 0. Negative ones move up by t, "
                "positive ones down, both towards 0."
            ),
            **dict.fromkeys(
                ("negative stay", "negative stay, small to 0", "positive stay"), "Entries of one sign did not move. "
                "Negative ones move up by t, positive ones down."
            ),
            **dict.fromkeys(
                ("negative down", "negative down, no stop"), "Negative entries moved down, away from 0. Add t there."
            ),
            **dict.fromkeys(("away", "sum"), "Entries moved away from 0 by t. They go towards it."),
            **dict.fromkeys(
                ("down", "down, then size", "up"), "Every entry moved in the same direction. Each goes towards 0: "
                "positive ones down, negative ones up."
            ),
            **dict.fromkeys(
                ("clipped", "clipped at 0 and t"), "This is what is cut off, V clipped to [-t, t]. Return what is "
                "left, V minus it."
            ),
            **dict.fromkeys(("factor", "share", "factor, not below 0"), FACTOR),
            **dict.fromkeys(("by the norm", "by the row's norm"), TOGETHER),
            **dict.fromkeys(("divided by itself", "divided by size"), NAN),
            "hinge": "The difference is turned round: it must be the size of the entry minus t.",
            "cut twice": "Entries up to 2 t became 0: they were moved by t, and then compared with t once more. Ask "
            "which entries are near 0 before they move, or take np.maximum(size - t, 0).",
            **dict.fromkeys(
                ("two cases, up", "two cases, down"),
                "Two cases are told apart, and there are three. Entries no further than t from 0 become 0: a second "
                "np.where inside the first says so.",
            ),
            **dict.fromkeys(
                ("parts turned", "parts added"),
                "Look at the negative part: it must be what lies below -t, np.minimum(V + t, 0). Add it to "
                "np.maximum(V - t, 0).",
            ),
            "squared": "What is left is squared. Return it as it is.",
            "without stop at 0, size": "This is the size minus t, which is negative near 0 and has lost the sign. Stop "
            "at 0, and multiply by np.sign(V).",
        },
        "amount": {
            **dict.fromkeys(("half", "twice", "square"), AMOUNT),
            "of the largest": "t was taken as a share of the largest entry. Entries move by t itself.",
        },
        "after": {
            "whole": "The result was cut to whole numbers where V holds whole numbers. np.zeros_like(V) and V.copy() "
            "have the type of V; make an array of floats, np.zeros(V.shape).",
            "type of the first": "The result was cut to whole numbers where the first entry became 0. np.vectorize "
            "takes the type of the first result, and 0 is a whole number: return 0.0.",
            "if of all": "A condition is asked of the whole array. `if`, `and` and Python's max take one number; "
            "np.where and np.maximum take all entries at once.",
            "if of a row": "An item of V may be a whole row, since V may be a matrix. Use np.where on all of V, or "
            "run over the entries with np.ndindex(V.shape).",
            **dict.fromkeys(
                ("two axes", "second length", "two indices"),
                "V may be a vector as well as a matrix. Use np.where on all of V, or run over the entries of both with "
                "np.ndindex(V.shape).",
            ),
            "in place": "V may hold whole numbers, and V[...] -= t cannot put fractions into them. It would also "
            "change the caller's V: compute into a new array of floats.",
            "first row": "Only the first row came back. Is the `return` inside the loop?",
            **dict.fromkeys(("first row only", "all but the last"), PART),
            "mask": "This says which entries are not 0. Return the entries.",
            "sum": "This is the sum of all sizes. Return an array of the shape of V.",
            "flat": "The result has lost its shape. Return an array of the shape of V.",
            **dict.fromkeys((1, 2, "near 0 to 0"), ROUNDED),
        },
    },
    causes=(
        (
            "tuple index out of range|not enough values to unpack|too many indices|cannot unpack|not iterable",
            "V may be a vector as well as a matrix. np.ndindex(V.shape) runs over the entries of both.",
        ),
    ),
    may_not_call=(
        "coursekit.optim.soft_threshold", "coursekit.optim.l1_prox", "torch.nn.functional.softshrink",
    ),
)  # fmt: skip
