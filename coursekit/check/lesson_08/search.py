"""Exercise 2 of notebook 08: random local search at a fixed budget."""

import numpy as np

from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Demand, Exercise, Formula, Property


def _candidate(start, best, last, size, rng, shape, around, noise):
    """Return the next weights to try."""
    direction = {
        "normal": lambda: rng.normal(size=shape),
        "uniform": lambda: rng.random(shape),
        "both ways": lambda: rng.uniform(-1, 1, shape),
        "one number": lambda: rng.normal(),
        "unit": lambda: _unit(rng.normal(size=shape)),
        "one row": lambda: rng.normal(size=shape[1:]),
        "one column": lambda: rng.normal(size=(shape[0], 1)),
        "another generator": lambda: np.random.default_rng(0).normal(size=shape),
        "one number around size": lambda: rng.normal(size) / size,
        "around size": lambda: rng.normal(size, size=shape) / size,
    }[noise]()
    centre = {"best": best, "start": start, "nothing": 0.0 * start, "last": last, "share": best}[around]
    return centre + size * direction * (best if around == "share" else 1)


def _first(W, begin, rng):
    """Return the weights to begin with."""
    start = np.asarray(W, float)
    return {"zeros": lambda: 0 * start, "random": lambda: rng.normal(size=start.shape)}.get(begin, lambda: start)()


def _unit(v):
    """Return an array scaled to length 1."""
    return v / np.linalg.norm(v)


def _random_local_search(
    loss,
    W,
    size,
    tries,
    rng,
    *,
    around="best",
    keep="<",
    noise="normal",
    length="size",
    noted="best so far",
    head="start",
    returned="best",
    count="tries",
    begin="W",
    ends="after tries",
    kind="float",
    back="W, losses",
):
    """Return the best weights found and the least loss so far, after each call."""
    start = _first(W, begin, rng)
    step = {"size": size, "one": 1.0, "minus": -size, "squared": size**2, "root": size**0.5}[length]
    best, last, least = start, start, loss(start)
    compared, losses, first = least, [least], least
    least = {"infinity": np.inf, "0": 0.0}.get(begin, least)
    for _ in range({"tries": tries, "one less": tries - 1, "one more": tries + 1}[count]):
        last = _candidate(start, best, last, step, rng, start.shape, around, noise)
        last = last.astype(np.asarray(W).dtype) if kind == "of W" else last
        value = loss(last)
        better = {
            "<": value < least,
            "<=": value <= least,
            ">": value > least,
            "always": True,
            "always, least noted": True,
            "the last, least noted": value < compared,
            "the first, least noted": value < first,
            "the last": value < compared,
            **dict.fromkeys(("the first", "the first, or it", "the first, or before"), value < first),
        }[keep]
        compared = value
        if better:
            best, least = last, value
        if keep.endswith("least noted"):
            losses.append(min(losses[-1], value))
            continue
        losses.append(first if keep == "the first, or it" and not better else value if noted == "tried" else least)
        if ends == "first try" or (ends == "a worse try" and not better) or (ends == "a better try" and better):
            break
    if kind == "in place" and np.asarray(W).dtype.kind in "iu" and tries:
        np.add(np.asarray(W), step, out=np.array(W))
    if head == "no place":
        np.zeros(tries)[tries] = losses[-1]
    zero = [0, *losses[1:]]
    losses = {"missing": losses[1:], "accepted": _changes(losses), "0": zero}.get(head, losses)
    found = {"best": best, "last": last, "start": start}[returned], np.array(losses)
    return {"losses, W": found[::-1], "W": found[0], "losses": found[1]}.get(back, found)


def _changes(losses):
    """Return the losses without repetitions."""
    return [value for i, value in enumerate(losses) if i == 0 or value != losses[i - 1]]


def _called(answer, loss, W, size, tries, seed):
    """Call an answer with a generator in a known state, and see that it is drawn from."""
    rng, untouched = np.random.default_rng(seed), np.random.default_rng(seed)
    value = answer(loss, W, size, tries, rng)
    if value is not None and tries and rng.bit_generator.state == untouched.bit_generator.state:
        raise CheckFailed(
            "Nothing was drawn from rng. Draw with rng.normal(size=W.shape): np.random, or a generator of its own, "
            "gives other numbers than the one that was passed."
        )
    return value


def _breach(answer):
    """Say that the loss is called more often than the budget allows, or less."""
    calls = []

    def loss(W):
        calls.append(1)
        return float((np.asarray(W) ** 2).sum())

    answer(loss, np.array([[1.0, -2.0]]), 0.5, 7, np.random.default_rng(0))
    if len(calls) == 8:
        return ""
    return f"calls loss {len(calls)} times for tries = 7. Call it once at the start and once for each try, and keep it."


def _bowls(rng):
    """Draw bowls whose lowest place is elsewhere, and starts."""
    found = []
    for n, k in ((2, 3), (1, 2), (3, 3)):
        a, b = int(rng.integers(1, 5)), int(rng.integers(2, 6))
        loss = Formula(f"lambda W: float((({a} * W - {b}) ** 2).sum() + W[0, 0] * W.sum())")
        start = rng.normal(0, 1, (n, k)).round(2)
        found.append((loss, start, float(rng.choice([0.1, 0.3, 0.5])), int(rng.integers(9, 14)), int(rng.integers(99))))
    return found


BOWL = Formula("lambda W: float((W**2).sum())")
random_local_search = Exercise(
    "08-random-local-search",
    _random_local_search,
    tries=(
        (BOWL, np.array([[1.0, -2.0]]), 0.5, 3, 0),
        (BOWL, np.array([[3, -2], [1, 4]]), 0.5, 12, 1),
        (Formula("lambda W: float(np.round(W).sum() ** 2)"), np.array([[1.0, 0.4, 0.3]]), 0.2, 10, 2),  # plateaus
        (BOWL, np.array([[0.5]]), 0.25, 0, 3),
        (BOWL, np.array([[0.01, 0.0, -0.01]]), 2.0, 6, 4),
    ),
    draw=_bowls,
    parts=("W", "losses"),
    call=_called,
    line=lambda f, W, size, tries, seed: (
        f"random_local_search({f!r}, np.array({W.tolist()}), {size}, {tries}, np.random.default_rng({seed}))"
    ),
    properties=(
        Property(
            "losses must hold tries + 1 numbers: the loss at the start, and the least loss so far after each try.",
            lambda v, f, W, size, tries, seed: v[1].shape == (tries + 1,),
        ),
        Property(
            "The least loss so far never rises. A step that makes it worse is not taken.",
            lambda v, *inputs: (np.diff(v[1]) <= 1e-6).all(),
        ),
        Property(
            "The last of the losses is not the loss of the W that was returned.",
            lambda v, f, *inputs: np.isclose(f(v[0]), v[1][-1], rtol=1e-4, atol=1e-6),
        ),
    ),
    switches={
        "around": {
            "start": "Every try starts from the first W again. Search around the best W so far.",
            "nothing": "This is random search: each W is drawn afresh. Here a step is added to the best W so far.",
            "last": "Each try goes on from the last one, also where that made it worse. Go on from the best W so far.",
            "share": "Look at the step: it is multiplied by W. A weight of 0 would then never move; add size * noise.",
        },
        "keep": {
            **dict.fromkeys(
                ("always", "always, least noted"),
                "Every step is taken. Take it only if its loss is less than the least so far.",
            ),
            ">": "The comparison is the wrong way round: steps that raise the loss are taken.",
            **dict.fromkeys(
                ("the last", "the last, least noted"),
                "Each loss is compared with the one before. Compare it with the least so far.",
            ),
            **dict.fromkeys(
                ("the first", "the first, or it", "the first, or before", "the first, least noted"),
                "Each loss is compared with the loss at the start. Compare it with the least so far, and renew that "
                "whenever a try is better.",
            ),
            "<=": "Look at a try with the same loss as the best. It is not less, so the W found first stays.",
        },
        "noise": {
            "uniform": "rng.random is never negative, so each try moves all weights up. Draw rng.normal(size=W.shape).",
            "both ways": "The step is drawn uniformly. Draw rng.normal(size=W.shape).",
            "one number": "One random number moves all weights alike. Draw one for each: size=W.shape.",
            "another generator": "Nothing was drawn from rng. Draw with rng.normal(size=W.shape): np.random, or a "
            "generator of its own, gives other numbers than the one that was passed.",
            "one number around size": "Look at rng.normal(size): its first argument is the mean, and only one number "
            "comes. Write size * rng.normal(size=W.shape).",
            "one row": "Look at what is drawn: one row of numbers moves all rows alike. Draw one for each weight: "
            "size=W.shape.",
            "one column": "Look at what is drawn: one number for each row moves its weights alike. Draw one for each "
            "weight: size=W.shape.",
            "around size": "Look at rng.normal: its first argument is the mean. Size is the spread: multiply by it.",
            "unit": "The step was scaled to length 1. Take size * rng.normal(size=W.shape) as it is.",
        },
        "length": {
            "one": "The size of the step was ignored.",
            "minus": "The step was subtracted. Add it, so that your draws and ours lead to the same W.",
            "squared": "The step is multiplied by size squared. Multiply it by size.",
            "root": "The step is multiplied by the root of size. Multiply it by size.",
        },
        "returned": {
            "last": "The last W that was tried came back. Return the best one.",
            "start": "The W of the start came back. Return the best one that was found.",
        },
        "noted": {"tried": "losses holds the loss of each try. It must hold the least so far after each call."},
        "head": {
            "no place": "There is no place for the last loss: losses holds tries + 1 numbers, the loss at the start "
            "too. np.zeros(tries + 1) has them.",
            "0": "The first of the losses is 0. It is the loss of the start.",
            "missing": "The loss at the start is missing in losses. It is its first entry.",
            "accepted": "losses holds only the improvements. After each try it has one more entry.",
        },
        "count": {
            "one less": "One try too few was made. The loss at the start is not a try.",
            "one more": "One try too many was made.",
        },
        "ends": {
            "first try": "Only one try is made. Is the `return` inside the loop?",
            "a worse try": "The search ends at the first try that is no better. Go on until all tries are used.",
            "a better try": "The search ends at the first try that is better. Go on from there until all tries are "
            "used.",
        },
        "begin": {
            "zeros": "Look at the start: the search begins at 0. It must begin at the W that was passed.",
            "random": "Look at the start: the search begins at random weights. It must begin at the W that was passed.",
            "infinity": "Look at the first try: it is taken however bad it is. The least loss so far is at first that "
            "of "
            "the start, and not infinite.",
            "0": "Look at the least loss so far: it begins at 0, and no loss is less. It begins with the loss of the "
            "start.",
        },
        "kind": {
            "of W": "The candidate was cut to whole numbers where W holds whole numbers. An array made like W has its "
            "type; W + size * noise makes a new one of floats.",
            "in place": "W may hold whole numbers, and W += ... cannot put fractions into them. It would also change "
            "the caller's W: compute a new array, W + size * noise.",
        },
        "back": {
            "losses, W": "Look at the order of the two results: W comes first, then the losses.",
            "W": "Only W came back. Return both: W, losses.",
            "losses": "Only the losses came back. Return both: W, losses.",
        },
    },
    demands=(Demand("budget", _breach),),
    may_not_call=("scipy.optimize.minimize", "coursekit.optim.train"),
)
