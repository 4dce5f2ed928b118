"""Exercise 4 of notebook 06: learning rate and penalty chosen on the validation part, and one number for the report."""

import numpy as np

from coursekit.check.exercise import Exercise, Formula, Property


def _best_setting(
    fit, X_val, y_val, X_test, y_test, rates, strengths, *,
    judge="validation", search="grid", best="first", report="test", what="values", swapped=False,
):  # fmt: skip
    """Return rate and strength with the largest validation accuracy, and the test accuracy of their weights."""
    parts, found = {"validation": (X_val, y_val), "test": (X_test, y_test)}, {}

    def weights(setting):
        if setting not in found:
            found[setting] = fit(*(setting[::-1] if swapped else setting))
        return found[setting]

    def share(setting, part):
        return _share(weights(setting), *parts[part])

    def score(setting):
        """Return what the settings are compared by."""
        if judge == "loss":
            return -_loss(weights(setting), *parts["validation"])
        return share(setting, judge) if judge in parts else share(setting, "validation") + share(setting, "test")

    tried = _searched([*rates], [*strengths], search, score)
    scores = [score(setting) for setting in tried]
    places = {
        "first": lambda: int(np.argmax(scores)),
        "last": lambda: len(scores) - 1 - int(np.argmax(scores[::-1])),
        "worst": lambda: int(np.argmin(scores)),
        "newest": lambda: len(scores) - 1,
        "never": lambda: 0,
        "newest above 0": lambda: max((i for i, s in enumerate(scores) if s > 0), default=0),
        "newest rise": lambda: max(i for i, s in enumerate(scores) if i == 0 or s > scores[i - 1]),
        "above 0": lambda: int(np.argmax(scores)),
    }
    if best == "above 0" and max(scores) <= 0:
        raise UnboundLocalError("cannot access local variable 'best' where it is not associated with a value")
    if best in ("place turned", "place turned, strengths outside", "wrong length"):
        place = tried.index(_misread([*rates], [*strengths], best, score))
    else:
        place = places[best]()
    rate, strength = tried[place]
    number = {
        "test": lambda: share(tried[place], "test"),
        "validation": lambda: share(tried[place], "validation"),
        "last weights": lambda: share(tried[-1], "test"),
        "best test": lambda: max(share(setting, "test") for setting in tried),
        "mean test": lambda: float(np.mean([share(setting, "test") for setting in tried])),
        "wrong": lambda: 1 - share(tried[place], "test"),
        "count": lambda: share(tried[place], "test") * len(y_test),
        "both": lambda: (share(tried[place], "test") + share(tried[place], "validation")) / 2,
    }[report]()
    if what == "numbers":
        return [*rates].index(rate), [*strengths].index(strength), number
    return {
        "turned": (strength, rate, number),
        "accuracy first": (number, rate, strength),
        "settings together": ((rate, strength), number),
        "no accuracy": (rate, strength),
        "accuracy alone": number,
    }.get(what, (rate, strength, number))


def _misread(rates, strengths, how, score):
    """Return the setting that is read from a place in the table of scores with rows and columns confused."""
    table = np.array([[score((r, s)) for s in strengths] for r in rates])
    if how == "wrong length":
        i, j = divmod(int(table.argmax()), len(rates))
        return rates[i], strengths[j]
    table = table.T if how == "place turned, strengths outside" else table
    i, j = np.unravel_index(table.argmax(), table.shape)
    return (rates[i], strengths[j]) if how == "place turned, strengths outside" else (rates[j], strengths[i])


def _searched(rates, strengths, search, score):
    """Return the settings that are tried, in order."""
    pairs = {
        "grid": lambda: [(r, s) for r in rates for s in strengths],
        "strengths outside": lambda: [(r, s) for s in strengths for r in rates],
        "side by side": lambda: list(zip(rates, strengths, strict=False)),
        "one rate": lambda: [(rates[0], s) for s in strengths],
        "one strength": lambda: [(r, strengths[0]) for r in rates],
        "last rate": lambda: [(rates[-1], s) for s in strengths],
        "last strength": lambda: [(r, strengths[-1]) for r in rates],
        "all but the last rate": lambda: [(r, s) for r in rates[:-1] for s in strengths],
        "all but the last strength": lambda: [(r, s) for r in rates for s in strengths[:-1]],
    }
    if search in pairs:
        return pairs[search]()
    if search == "rates first":
        rate = max(rates, key=lambda r: score((r, strengths[0])))
        return [(rate, s) for s in strengths]
    if search == "strengths first":
        strength = max(strengths, key=lambda s: score((rates[0], s)))
        return [(r, strength) for r in rates]
    rate = max(rates, key=lambda r: score((r, strengths[0])))  # "each alone"
    return [(rate, max(strengths, key=lambda s: score((rates[0], s))))]


def _share(W, X, y):
    """Return the share of examples that these weights read correctly."""
    return float(np.mean((np.asarray(X) @ W).argmax(axis=1) == y))


def _loss(W, X, y):
    """Return the mean cross-entropy."""
    Z = np.asarray(X, float) @ W
    Z = Z - Z.max(axis=1, keepdims=True)
    return float((np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean())


def _grids(rng):
    """Draw data on which every mistake of the search changes something, and the best setting is a clear one."""
    found = []
    while len(found) < 6:
        given = _grid(rng)
        rate, strength, share = right = _best_setting(*given)
        others = [_best_setting(*given, **change) for change in TELLING]
        apart = sum(other != right for other in others)
        if apart >= len(TELLING) - 3 and share not in (0.0, 1.0) and (rate, strength) != (given[5][0], given[6][0]):
            found.append(given)
    return found


TELLING = (
    {"judge": "test"}, {"judge": "loss"}, {"search": "rates first"}, {"search": "strengths first"},
    {"search": "each alone"}, {"search": "side by side"}, {"search": "all but the last rate"},
    {"search": "all but the last strength"}, {"best": "last"}, {"best": "newest rise"}, {"report": "validation"},
    {"report": "best test"}, {"report": "last weights"},
)  # fmt: skip


def _grid(rng):
    """Draw a table of weights by rate and strength, as a formula, and two parts of different sizes."""
    rates, strengths = np.sort(rng.choice(np.arange(1, 40), 3, replace=False)) / 10, [0.0, 0.01, 0.1, 1.0]
    a, b, c, d = rng.integers(-9, 10, 4).tolist()
    text = (
        f"lambda rate, l2: np.array([[np.sin({a} * rate + 20 * l2), 1, rate], "
        f"[0.5, np.cos({b} * rate * l2), {c} / 9 - rate], [l2, {d} / 9, np.sin(9 * l2 + rate)]])"
    )
    X_val, X_test = rng.normal(0, 1, (9, 3)).round(1), rng.normal(0, 1, (7, 3)).round(1)
    y_val, y_test = rng.integers(0, 3, 9), rng.integers(0, 3, 7)
    return Formula(text), X_val, y_val, X_test, y_test, rates.tolist(), strengths


TURNED = Formula("lambda rate, l2: np.array([[rate, 1.0], [1.0, 2 * l2]])")
POINTS = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0]])
JUDGE = (
    "Look at which part chooses: the settings are compared by {}. The test part may not take part in a choice, or its "
    "score is also the luck of the winner. Compare by the validation part."
)
GRID = "Look at the search: {} Two settings act together, so try every rate with every strength: a loop in a loop."
NUMBER = (
    "Rate and strength are right; look at the third number: {} It is the accuracy, on the test part, of the weights "
    "that belong to the chosen setting."
)
KEPT = (
    "Look at how the best one is remembered: {} Keep the largest accuracy so far, and the setting with it, over "
    "both loops."
)

best_setting = Exercise(
    "06-best-setting",
    _best_setting,
    tries=(
        (TURNED, POINTS, np.array([0, 1, 1, 0]), POINTS[:3], np.array([1, 0, 0]), [0.5, 2.0], [0.0, 1.0]),
        (TURNED, POINTS, np.array([0, 0, 1, 0]), POINTS[1:], np.array([1, 1, 0]), [0.25, 1.5, 3.0], [0.1, 1.0, 2.0]),
        (TURNED, POINTS, np.array([1, 1, 1, 1]), POINTS[:2], np.array([1, 0]), [3.0, 0.5], [1.0]),
        (
            TURNED,
            POINTS[:2],
            np.array([1, 0], np.uint8),
            POINTS,
            np.array([0, 1, 1, 0], np.uint8),
            [0.5],
            [2.0, 0.0, 1.0],
        ),
        (TURNED, POINTS[:1], np.array([1]), POINTS, np.array([0, 1, 0, 1]), [2.0, 3.0], [0.0, 1.0]),
    ),
    draw=_grids,
    parts=("rate", "strength", "accuracy"),
    properties=(
        Property(
            "Look at the first two results: they must be one of the rates and one of the strengths.",
            lambda v, fit, X_val, y_val, X_test, y_test, rates, strengths: (
                np.isclose(rates, v[0]).any() and np.isclose(strengths, v[1]).any()
            ),
        ),
        Property(
            "Look at the third number: an accuracy is a share, from 0 to 1.",
            lambda v, *inputs: 0 <= v[2] <= 1,
        ),
        Property(
            "Look at the choice: another setting reads more of the validation part. Compare every rate with every "
            "strength, by the share of the validation part that is read correctly.",
            lambda v, fit, X_val, y_val, *inputs: np.isclose(
                _share(fit(float(v[0]), float(v[1])), X_val, y_val),
                _share(fit(*_best_setting(fit, X_val, y_val, *inputs)[:2]), X_val, y_val),
            ),
        ),
        Property(
            "Look at ties: this setting reads as much of the validation part as the right one, but it was tried later. "
            "Replace the best so far only if the new one is better: > and not >=.",
            lambda v, *inputs: np.allclose(v[:2], _best_setting(*inputs)[:2]),
        ),
        Property(NUMBER.format("it is another one."), lambda v, *inputs: np.isclose(v[2], _best_setting(*inputs)[2])),
    ),
    switches={
        "judge": {
            "test": JUDGE.format("the test part"),
            "both": JUDGE.format("validation and test part together"),
            "loss": "Look at what the settings are compared by: it is the loss. The task asks for the accuracy, the "
            "share of the validation part that is read correctly.",
        },
        "search": {
            "rates first": GRID.format("the rate is chosen first, at the first strength, and then the strength."),
            "strengths first": GRID.format("the strength is chosen first, at the first rate, and then the rate."),
            "each alone": GRID.format("rate and strength are chosen apart, each beside the first of the other."),
            "side by side": GRID.format("the first rate meets the first strength only, and so on."),
            **dict.fromkeys(("one rate", "last rate"), GRID.format("one rate only is tried.")),
            **dict.fromkeys(("one strength", "last strength"), GRID.format("one strength only is tried.")),
            "all but the last rate": GRID.format("the last rate is left out."),
            "all but the last strength": GRID.format("the last strength is left out."),
            "strengths outside": "Look at ties: the settings are tried in another order. For each rate, in the order "
            "given, try the strengths, in the order given.",
        },
        "best": {
            "last": "Look at ties: of settings that are equally good, the last one is taken. Take the one that is "
            "tried first: compare by the accuracy alone, with > and not >=.",
            "worst": "Look at the comparison: this is the setting with the smallest accuracy. The best has the "
            "largest.",
            "newest": KEPT.format("it is always the last setting."),
            "never": KEPT.format("it is always the first setting."),
            "newest above 0": KEPT.format("the largest accuracy itself is never updated."),
            "above 0": "The best setting gets a value only if some accuracy is above 0, and an accuracy may be 0. "
            "Let the best accuracy start at -1.",
            **dict.fromkeys(
                ("place turned", "place turned, strengths outside", "wrong length"),
                "Look at how the place in the table is read: rows and columns are confused. If each row belongs to a "
                "rate, the first index counts rates and the second one strengths.",
            ),
            "newest rise": KEPT.format("each accuracy is compared with the one before it, not with the best so far."),
        },
        "report": {
            "validation": NUMBER.format(
                "it is the accuracy on the validation part. That one chose, so it flatters what it chose."
            ),
            "last weights": NUMBER.format("it belongs to the weights that were trained last."),
            "best test": NUMBER.format(
                "it is the largest test accuracy of all settings, which is a choice on the test part."
            ),
            "mean test": NUMBER.format("it is a mean over all settings."),
            "wrong": NUMBER.format("it is the share of errors."),
            "count": NUMBER.format("it is how many are right, not the share of them."),
            "both": NUMBER.format("it is a mean with the validation part."),
        },
        "what": {
            "numbers": "Look at the first two results: they are places in the lists. Return the rate and the strength "
            "themselves.",
            **dict.fromkeys(
                ("turned", "accuracy first"), "Look at the order of the results: it is rate, strength, accuracy."
            ),
            "settings together": "Rate and strength came back as one pair. Return three things: rate, strength, "
            "accuracy.",
            **dict.fromkeys(
                ("no accuracy", "accuracy alone"),
                "Some results are missing. Return three things: rate, strength, accuracy.",
            ),
        },
        "swapped": {True: "Look at the call of fit: the rate comes first, then the strength."},
    },
    causes=(
        (
            "matmul: Input operand|not aligned|could not be broadcast",
            "Look at the shapes: fit(rate, strength) returns weights W (n, k), and X_val is (m, n). softmax.predict(W, "
            "X_val) gives the labels.",
        ),
        (
            "NoneType",
            "Something is None. Is the best setting remembered only under a condition that is never met? Start below "
            "every accuracy, at -1.",
        ),
        (
            "referenced before assignment|not associated with a value",
            "The best setting gets a value only if some accuracy is above the start. An accuracy may be 0: start at "
            "-1.",
        ),
    ),
    may_not_call=("sklearn.model_selection",),
)
