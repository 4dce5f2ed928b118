"""Exercise 2 of notebook 07: early stopping with patience."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

FIRST_BEST = {"first": None, "0": 0.0, "1": 1.0, "10": 10.0, "100": 100.0}


def _stop_early(
    validation_losses, patience, *, low="below the best", wait="steps", reset="at a new low", best_is="kept", gain=0.0,
    begin="first", give="best", end="best", scan="until the stop"
):  # fmt: skip
    """Return the step of the lowest loss seen until ``patience`` steps in a row brought no new low."""
    losses, p = np.asarray(validation_losses, float), patience
    p = {"steps": p, "one more": p + 1, "one less": p - 1, "twice": 2 * p, "two": 2, "three": 3, "five": 5}[wait]
    if scan == "all":
        return {"first": np.argmin(losses), "last": len(losses) - 1 - np.argmin(losses[::-1])}[
            "last" if low == "not above the best" else "first"
        ]
    if scan == "first p":
        return np.argmin(losses[:p]) if len(losses[:p]) else 0
    if scan == "last p":
        return len(losses) - len(losses[-p:]) + np.argmin(losses[-p:])
    if scan == "first rise":
        return next((i for i in range(len(losses) - 1) if losses[i + 1] >= losses[i]), len(losses) - 1)
    if scan == "first p + 1":
        return np.argmin(losses[: p + 1])
    if scan == "one step":
        return None if len(losses) < 2 else int(losses[1] < losses[0])
    if give == "list method":
        return losses.index(losses.min())
    if scan == "first p rises":
        return _after_rises(losses, p)
    start = FIRST_BEST[begin]
    best, least, waited, stopped = 0, losses[0] if start is None else start, 0, None
    for step in range(0 if start is not None else 1, len(losses)):
        if _is_low(low, losses, step, least, p, gain):
            waited = waited if reset == "never" else 0
            if best_is == "kept" or losses[step] < least:
                best, least = step, losses[step]
        elif _starts_afresh(reset, losses, step, least):
            waited = 0
        elif _is_passed_over(reset, losses, step, least):
            continue
        else:
            waited += 1
        if waited >= p:
            stopped = step
            break
    if best_is == "least" and stopped is not None:
        best = int(np.argmin(losses[: stopped + 1]))
    last = len(losses) - 1
    if stopped is None and end == "beyond":
        return losses[last + 1]
    if stopped is None and end != "best":
        return {"none": None, "last": last, "length": last + 1, "minus 1": -1, "patience back": last - p, "0": 0,
                "losses": losses[best]}[end]  # fmt: skip
    at = last if stopped is None else stopped
    return {
        "best": lambda: best,
        "stop": lambda: at,
        "patience back": lambda: max(at - p, 0),
        "last": lambda: last,
        "after": lambda: best + 1,
        "before": lambda: best - 1,
        "loss": lambda: losses[best],
        "least loss": lambda: losses.min(),
        "waited": lambda: waited,
        "pair": lambda: [best, losses[best]],
        "seen": lambda: losses[: at + 1],
        "count": lambda: at + 1,
        "stop or best": lambda: best if stopped is None else stopped,
    }[give]()


def _starts_afresh(how, losses, step, least):
    """Say whether a step without a new low sets the count back."""
    return (how == "ties too" and losses[step] == least) or (how == "falls too" and losses[step] < losses[step - 1])


def _is_passed_over(how, losses, step, least):
    """Say whether a step without a new low is not counted."""
    falls = how == "only rises count" and losses[step] <= losses[step - 1]
    return falls or (how == "ties do not count" and losses[step] == least)


def _is_low(how, losses, step, least, p, gain):
    """Say whether a loss counts as a new low."""
    loss, mean = losses[step], lambda last: losses[max(last - max(p, 1) + 1, 0) : last + 1].mean()
    return {
        "below the best": lambda: loss < least - gain,
        "not above the best": lambda: loss <= least,
        "below the last": lambda: loss < losses[step - 1],
        "not above the last": lambda: loss <= losses[step - 1],
        "below that of p steps ago": lambda: step < p or loss < losses[step - max(p, 0)],
        "below the mean": lambda: loss < losses[:step].mean() if step else True,
        "a falling mean": lambda: step == 0 or mean(step) < mean(step - 1),
        "above the best": lambda: loss > least,
        "rounded": lambda: round(loss, 2) < round(float(least), 2),
        "below the first": lambda: loss < losses[0],
    }[how]()


def _after_rises(losses, p):
    """Return the best step before p rises in a row."""
    rises = 0
    for i in range(1, len(losses)):
        rises = rises + 1 if losses[i] > losses[i - 1] else 0
        if rises >= p:
            return int(np.argmin(losses[: i + 1]))
    return int(np.argmin(losses))


def _runs(rng):
    """Draw runs that fall, turn, and fall below the best once more; some losses are equal."""
    found = []
    for _ in range(12):
        length, patience = int(rng.integers(9, 15)), int(rng.integers(1, 5))
        trend = np.abs(np.linspace(0.5, -0.4, length)) + rng.normal(0, 0.12, length)
        losses = (trend - trend.min() + rng.uniform(0.05, 2)).round(1 if rng.random() < 0.6 else 2)
        found.append((losses, patience))
    return found


TRIES = (
    ([0.9, 0.6, 0.7, 0.65, 0.1], 2),
    ([0.6, 1.0, 0.6, 0.9, 0.0], 2),  # an equal loss is no new low, and starts nothing afresh
    ([1.0, 0.5, 0.7, 0.5, 0.8, 0.9], 2),
    ([1.0, 0.5, 0.5, 0.7, 0.4, 0.6], 2),
    ([1.0, 0.5, 0.6, 0.5, 0.7, 0.8, 0.4], 3),
    ([1.0, 0.5, 0.6, 0.5, 0.7, 0.4, 0.9], 4),
    ([1.0, 0.5, 0.9, 0.8, 0.7, 0.6, 0.45, 0.5, 0.6, 0.7, 0.3], 3),  # falling, but not below the best
    ([1.0, 0.8, 0.7, 0.75, 0.72, 0.6, 0.9, 0.8, 0.7, 0.65, 0.5], 3),  # 0.5 comes after the stop
    ([1.0, 0.8, 0.9, 0.95, 0.7, 0.75, 0.8, 0.9, 0.6], 2),  # a new low, one step too late
    ([1.0, 0.8, 0.9, 0.7, 0.75], 2),  # and one just in time
    ([1.0, 0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.6], 2),  # patience is never used up
    ([0.3, 0.4, 0.5, 0.6], 5),
    ([0.9, 0.8, 0.7], 1),
    ([0.7, 0.8, 0.1], 1),
    ([1.0, 1.0 - 1e-12, 1.0, 1.0, 0.5], 2),  # a new low, however little
    ([3e12, 1e12, 2e12, 4e12], 3),
    ([0.7], 3),
    ([250.0, 180.0, 190.0, 175.0, 200.0, 210.0], 2),
    ([12.0, 15.0, 11.0, 14.0, 13.0, 16.0, 2.0], 3),
    ([0.5, 0.49999, 0.49998, 0.49997, 0.7, 0.8], 2),  # however little lower
    ([0.504, 0.503, 0.502, 0.501, 0.6, 0.7, 0.6, 0.5], 4),
    ([0.9, 0.5, 0.7, 0.6, 0.8, 0.65, 0.9, 0.4], 5),
    ([3.0, 2.0, 2.0, 4.0, 1.0, 5.0, 6.0, 0.0], 2),
    ([0.8, 0.5, 0.6, 0.55, 0.58, 0.52, 0.54, 0.3], 6),
)
ONE_BEFORE = "Each loss is compared with the one before it. Compare it with the best so far."
TIE = "An equal loss is treated as a new low. Only a lower one is; an equal one is a step without a new low."
TIE_WAITS = (
    "Look at equal losses. A loss equal to the best is a step without a new low: it counts as one, like any other."
)
LARGE = "A loss must be lower by some amount here to count as a new low. Any lower loss does, however little."
NEVER = (
    "The result is always 0, the first step. Does the best loss start from 0, which no loss is below? Start from the "
    "first loss, or inf. Or does `return` stand inside the loop?"
)
BEGIN = "The best loss starts from a number that is written in. Losses may be larger: start from the first one, or inf."
LOSS = "This is a loss. Return its step, counted from 0."
NO_STOP = "Look at runs in which the losses end before patience does. The answer is still the best step so far."
NUMBER = "A number of steps is written in. Use the argument `patience`."
GO_BACK = "This is the step at which patience ran out, or the last one. Go back to the best one before it."
FUTURE = "It looks at losses after the stop. In training nobody knows those yet."

stop_early = Exercise(
    "07-stop-early",
    _stop_early,
    tries=tuple((np.array(losses), patience) for losses, patience in TRIES),
    draw=_runs,
    properties=(
        Property(
            "This is not the number of a step. Steps are whole numbers from 0 to the last one.",
            lambda step, losses, patience: step == int(step) and 0 <= step < len(losses),
        ),
        Property(
            "An earlier step has a lower loss, or the same one. Go back to the first of the lowest.",
            lambda step, losses, patience: (losses[: int(step)] > losses[int(step)]).all(),
        ),
    ),
    switches={
        "low": {
            "not above the best": TIE,
            **dict.fromkeys(("below the last", "not above the last"), ONE_BEFORE),
            "below that of p steps ago": "Each loss is compared with that of `patience` steps ago. Compare it with the "
            "best so far, and count the steps since.",
            "below the mean": "Each loss is compared with a mean. Compare it with the best so far.",
            "a falling mean": "A moving mean is compared. Compare each loss with the best so far.",
            "above the best": "A higher loss counts as a new low. The comparison is turned round.",
            "rounded": LARGE,
            "below the first": "Each loss is compared with the first. Compare it with the best so far.",
        },
        "best_is": {"least": ""},
        "reset": {
            "never": "The patience never starts afresh. After a new low, count from 0 again.",
            **dict.fromkeys(("ties too", "ties do not count"), TIE_WAITS),
            "falls too": ONE_BEFORE,
            "only rises count": "A step that falls, but not below the best, is not counted. It is a step without a "
            "new low.",
        },
        "wait": {
            "one more": "It waits one step too long. Stop as soon as `patience` steps in a row have brought no new "
            "low: >= instead of >.",
            "one less": "It stops one step too early. `patience` steps in a row may pass without a new low.",
            "twice": "It waits twice as long as it should. Is each step counted once?",
            **dict.fromkeys(("two", "three", "five"), NUMBER),
        },
        "scan": {
            "all": FUTURE,
            "one step": "It ends at the first step. Is the `return` inside the loop, without a condition? Return when "
            "patience is used up, and after the loop.",
            "first p + 1": "It looks at the first losses only. The count starts afresh at each new low.",
            "first p": "It looks at the first `patience` losses only. The count starts afresh at each new low.",
            "last p": "It looks at the last `patience` losses. In training nobody knows those yet.",
            "first rise": "It stops at the first loss that does not fall, whatever the patience.",
            "first p rises": "It counts rises in a row. A step that falls, but not below the best, brings no new low.",
        },
        "give": {
            **dict.fromkeys(("stop", "last", "stop or best"), GO_BACK),
            "patience back": "It goes back by `patience` steps. If the losses end before that, the best step is "
            "another.",
            "after": "This is one step too far. Steps are counted from 0.",
            "before": "This is the step before the best. Return the best one.",
            **dict.fromkeys(("loss", "least loss"), LOSS),
            "waited": "This is how many steps were waited. Return the step of the best loss.",
            "list method": "An array has no such method; a list may have it. Keep the number of the best step while "
            "you loop, or ask np.argmin.",
            "pair": "These are a step and its loss. Return the step alone.",
            "seen": "These are the losses that were seen. Return the step of the best one.",
            "count": "This is how many losses were seen. Return the step of the best one.",
        },
        "end": {
            "beyond": "It goes on beyond the last loss: the losses may end before patience does. The last index is "
            "len(validation_losses) - 1, and then the best step so far is the answer.",
            **dict.fromkeys(("none", "last", "length", "minus 1", "patience back", "0", "losses"), NO_STOP),
        },
        "begin": {"0": NEVER, **dict.fromkeys(("1", "10", "100"), BEGIN)},
        "gain": dict.fromkeys((1e-4, 1e-3, 1e-2), LARGE),
    },
    causes=(
        (
            "index .* is out of bounds|list index out of range",
            "The losses may end before patience does. The last index is len(validation_losses) - 1.",
        ),
    ),
)
