"""Exercise 4 of notebook 06: the cheapest setting within one standard error of the best."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

CLOSEST = 2e-4  # no mean lies closer to the bar than this, as a share: rounding decides nothing


def _error(S, best, how):
    """Return the error that is taken away from the best mean: one number, or one for each setting."""
    m, n = S.shape
    own, total = S.std(axis=1, ddof=1), S.std(axis=1)
    return {
        "standard": lambda: own[best] / np.sqrt(n),
        "none": lambda: 0.0,
        "deviation": lambda: own[best],
        "deviation, ddof 0": lambda: total[best],
        "ddof 0": lambda: total[best] / np.sqrt(n),
        "over n": lambda: own[best] / n,
        "over half of n": lambda: own[best] / (n * 0.5),
        "over n, ddof 0": lambda: total[best] / n,
        "variance": lambda: own[best] ** 2,
        "variance, ddof 0": lambda: total[best] ** 2,
        "variance over n": lambda: own[best] ** 2 / n,
        "variance over root n": lambda: own[best] ** 2 / np.sqrt(n),
        "n - 1 twice": lambda: own[best] / np.sqrt(n - 1),
        "over n - 1": lambda: own[best] / (n - 1),
        "root of settings": lambda: own[best] / np.sqrt(m),
        "root of settings, ddof 0": lambda: total[best] / np.sqrt(m),
        "each its own": lambda: own / np.sqrt(n),
        "each its own, ddof 0": lambda: total / np.sqrt(n),
        "each its own deviation": lambda: own,
        "of the means": lambda: S.mean(axis=1).std(ddof=1),
        "of the means, ddof 0": lambda: S.mean(axis=1).std(),
        "of the means, root": lambda: S.mean(axis=1).std(ddof=1) / np.sqrt(m),
        "of the means, root n": lambda: S.mean(axis=1).std(ddof=1) / np.sqrt(n),
        "of all": lambda: S.std(ddof=1) / np.sqrt(n),
        "of all, ddof 0": lambda: S.std() / np.sqrt(n),
        "of all numbers": lambda: S.std(ddof=1) / np.sqrt(S.size),
        "of all numbers, ddof 0": lambda: S.std() / np.sqrt(S.size),
        "mean": lambda: own.mean() / np.sqrt(n),
        "mean, ddof 0": lambda: total.mean() / np.sqrt(n),
        "first": lambda: own[0] / np.sqrt(n),
        "last": lambda: own[-1] / np.sqrt(n),
        "largest": lambda: own.max() / np.sqrt(n),
        "smallest": lambda: own.min() / np.sqrt(n),
        "two": lambda: 2 * own[best] / np.sqrt(n),
        "1.96": lambda: 1.96 * own[best] / np.sqrt(n),
        "a point": lambda: 0.01,
        "one": lambda: 1.0,
        "range": lambda: np.ptp(S[best]),
        "columns": lambda: (S.std(axis=0, ddof=1) / np.sqrt(m))[:1].item(),
    }[how]()


def _one_standard_error(
    scores, *, error="standard", center="mean", best="largest mean", pick="first", side=">=", what="index", start=0
):
    """Return the index of the first setting whose mean is within one standard error of the best."""
    S = np.asarray(scores, float)
    means = {
        "mean": lambda: S.mean(axis=1),
        "median": lambda: np.median(S, axis=1),
        "largest": lambda: S.max(axis=1),
        "smallest": lambda: S.min(axis=1),
        "first fold": lambda: S[:, 0],
        "last fold": lambda: S[:, -1],
        "columns": lambda: S.mean(axis=0),
    }[center]()
    row = {
        "largest mean": lambda: means.argmax(),
        "smallest mean": lambda: means.argmin(),
        "smallest mean, plus": lambda: means.argmin(),
        "largest score": lambda: np.unravel_index(S.argmax(), S.shape)[0],
        "last": lambda: len(means) - 1,
    }[best]()
    spread = _error(S, row, error)
    bar = means[row] + (spread if side.startswith("+") or best == "smallest mean, plus" else -spread)
    side = "<=" if best == "smallest mean, plus" else side
    within = {"+": means >= bar, ">": means > bar, "<": means <= bar}.get(side[0] if side != ">=" else "", means >= bar)
    places = np.flatnonzero(within) if within.any() or "argmax" not in side else np.array([0])
    chosen = {
        "first": lambda: places[0],
        "last": lambda: places[-1],
        "second": lambda: places[1],
        "last before the best": lambda: places[places < row][-1] if (places < row).any() else row,
        "lowest within": lambda: places[means[places].argmin()],
        "nearest to the bar": lambda: np.abs(means - bar).argmin(),
        "steadiest": lambda: places[S.std(axis=1)[places].argmin()],
        "how many": lambda: len(places),
        "start of the last run": lambda: _run(within, row),
        "after the best": lambda: places[places > row][0] if (places > row).any() else row,
    }[pick]()
    chosen = chosen + start
    return {
        "index": lambda: chosen,
        "mean": lambda: means[chosen],
        "row": lambda: S[chosen],
        "bar": lambda: bar,
        "error": lambda: spread,
        "largest": lambda: means.max(),
        "mask": lambda: within,
        "all": lambda: places,
        "means": lambda: means[within],
        "pair": lambda: [chosen, means[chosen]],
        "in a list": lambda: [chosen],
        "share": lambda: chosen / len(means),
    }[what]()


def _run(within, best):
    """Return where the unbroken run of settings within the bar begins that ends with the best."""
    while best > 0 and within[best - 1]:
        best -= 1
    return best


def _tables(rng):
    """Draw scores whose means rise and level off; every other error chooses another setting on one of them at least."""
    while True:
        found = [_table(rng) for _ in range(14)]
        right = [_one_standard_error(S) for (S,) in found]
        if all([_one_standard_error(S, error=how) for (S,) in found] != right for how in ERRORS):
            return found


def _table(rng):
    """Draw one table, with spreads that differ much, in which no mean lies close to the bar."""
    while True:
        m, n = int(rng.integers(7, 11)), int(rng.integers(3, 7))
        means = 0.9 - 0.05 * np.exp(-np.arange(m) / rng.uniform(1, 2.5)) + rng.normal(0, 0.006, m)
        S = (means[:, None] + rng.normal(0, 1, (m, n)) * rng.uniform(0.005, 0.04, (m, 1))).round(3)
        if _clear(S):
            return (S,)


def _clear(S):
    """Say whether the first setting within the bar is neither the first of all nor the best, and is so clearly."""
    means = S.mean(axis=1)
    best, chosen = means.argmax(), _one_standard_error(S)
    bar = means[best] - _error(S, best, "standard")
    clear = np.abs(means - bar).min() > CLOSEST and np.sort(means)[-1] - np.sort(means)[-2] > CLOSEST
    return clear and 0 < chosen < best


TABLES = (
    (np.array([[0.5, 0.6], [0.72, 0.9], [0.8, 0.9]]),),
    (np.array([[0.8, 0.8], [0.9, 0.9], [0.9, 0.9]]),),  # folds that agree: the error is 0
    (np.array([[0.75, 0.85, 0.8], [0.6, 0.7, 0.65], [0.82, 0.9, 0.84], [0.7, 0.72, 0.71]]),),
    (np.array([[81, 85, 80], [90, 95, 88], [91, 96, 92], [94, 93, 89]]),),
    (np.array([[93.0, 96.0, 90.0], [80.0, 81.0, 79.0], [92.0, 94.0, 96.0]]),),
    (np.array([[0.5, 0.6], [0.7, 0.72], [0.9, 0.91]]),),
    (np.array([[0.96, 0.97, 0.98, 0.99], [0.9, 0.8, 0.7, 0.8]]),),
)
INDEX = "Return the index of a setting, one number."
EQUAL = (
    "A mean equal to the bar counts too: >=. Where the folds agree the error is 0, and the best itself is on the bar."
)
WORST = (
    "The bar starts from the worst setting, so the first one always reaches it. These are accuracies, and the best has "
    "the largest mean: argmax."
)
SQUARE_ROOT = "Divide the standard deviation by the square root of the number of folds."
OF_BEST = "The error is that of the best setting alone: the spread of its own row."
SAMPLE = "The standard deviation of a sample divides by n - 1: std(ddof=1). NumPy's own choice is n."
FIRST = "The settings go from cheap to expensive, so take the first one within the bar."
FACTOR = "The bar is more than one standard error below the best mean. Take exactly one."
FIXED = "A fixed amount is taken away from the best mean, whatever the folds say. Take one standard error."

ERRORS = {
    "none": "This is the best mean, and no error was taken away from it. An earlier setting within one "
    "standard error is as good, and cheaper.",
    **dict.fromkeys(("deviation", "deviation, ddof 0"), f"A whole standard deviation is allowed. {SQUARE_ROOT}"),
    "ddof 0": f"Look at the standard deviation. {SAMPLE}",
    **dict.fromkeys(("over n", "over n, ddof 0", "over half of n"), f"The square root is missing. {SQUARE_ROOT}"),
    **dict.fromkeys(
        ("variance", "variance, ddof 0", "variance over n", "variance over root n"),
        f"This is the variance, a square. {SQUARE_ROOT}",
    ),
    **dict.fromkeys(("n - 1 twice", "over n - 1"), f"It is divided by n - 1 once too often. {SQUARE_ROOT}"),
    **dict.fromkeys(
        ("root of settings", "root of settings, ddof 0"),
        f"It is divided by the square root of the number of settings. {SQUARE_ROOT}",
    ),
    **dict.fromkeys(
        ("each its own", "each its own, ddof 0", "each its own deviation"),
        f"Each setting has its own error here, and so a bar of its own. {OF_BEST}",
    ),
    **dict.fromkeys(
        ("of the means", "of the means, ddof 0", "of the means, root", "of the means, root n"),
        f"This is the spread of the means over the settings. {OF_BEST}",
    ),
    **dict.fromkeys(
        ("of all", "of all, ddof 0", "of all numbers", "of all numbers, ddof 0"),
        f"This is the spread of all numbers of the table. {OF_BEST}",
    ),
    **dict.fromkeys(("mean", "mean, ddof 0"), f"This is the mean of all errors. {OF_BEST}"),
    **dict.fromkeys(("first", "last"), f"This is the error of the first or the last setting. {OF_BEST}"),
    **dict.fromkeys(("largest", "smallest"), f"This is the largest or the smallest of the errors. {OF_BEST}"),
    **dict.fromkeys(("two", "1.96"), FACTOR),
    **dict.fromkeys(("a point", "one"), FIXED),
    "range": f"This is the range of the scores, the largest minus the smallest. {SQUARE_ROOT}",
    "columns": f"Look at the axis: this is the spread of a column. {OF_BEST}",
}

one_standard_error = Exercise(
    "06-one-standard-error",
    _one_standard_error,
    tries=TABLES,
    draw=_tables,
    properties=(
        Property(
            f"It is not the index of a setting. {INDEX} It is at least 0 and below the number of rows.",
            lambda i, scores: i == int(i) and 0 <= i < len(scores),
        ),
        Property(
            "It lies behind the best setting. The best one itself is within the bar, so the first is never later.",
            lambda i, scores: i <= scores.mean(axis=1).argmax(),
        ),
    ),
    switches={
        "error": ERRORS,
        "pick": {
            "last": f"This is the last setting within the bar. {FIRST}",
            "second": f"This is the second setting within the bar. {FIRST}",
            **dict.fromkeys(
                ("last before the best", "start of the last run"),
                f"The search begins at the best setting and goes back. An earlier one may lie within the bar. {FIRST}",
            ),
            **dict.fromkeys(
                ("lowest within", "nearest to the bar"), f"This is a setting close to the bar, not the first. {FIRST}"
            ),
            "steadiest": f"This is the setting with the least spread. {FIRST}",
            "how many": f"This is how many settings lie within the bar. {INDEX}",
            "after the best": f"The search begins after the best setting. {FIRST}",
        },
        "side": {
            **dict.fromkeys(
                ("+", "+, argmax"), "The error is added to the best mean. The bar lies below it: subtract."
            ),
            **dict.fromkeys((">", "> with argmax"), EQUAL),
            "<=": "These settings are below the bar. The mean must be at least the bar: >=.",
        },
        "best": {
            **dict.fromkeys(("smallest mean", "smallest mean, plus"), WORST),
            "largest score": "The best setting is taken to be that with the largest single score. Compare the means.",
            "last": "The best setting is taken to be the last. It is the one with the largest mean, argmax.",
        },
        "center": {
            "median": "These are medians. Compare means.",
            **dict.fromkeys(("largest", "smallest"), "These are the largest or the smallest scores. Compare means."),
            **dict.fromkeys(("first fold", "last fold"), "Only one fold counts. Compare means over all folds."),
            "columns": "Look at the axis: these are the means of the columns, the folds. A setting is a row: axis=1.",
        },
        "what": {
            "mean": f"This is the mean score of the setting. {INDEX}",
            "row": f"These are the scores of the setting. {INDEX}",
            "bar": f"This is the bar. {INDEX}",
            "error": f"This is the standard error. {INDEX}",
            "largest": f"This is the best mean. {INDEX}",
            "mask": "This is one value for each setting. Return the index of the first that is within the bar.",
            "all": "These are all settings within the bar. Return the first one, a single number.",
            "means": "These are all means within the bar. Return the index of the first one, a single number.",
            "pair": f"These are an index and a mean. {INDEX}",
            "in a list": "The index stands in a list or an array. Return the number itself, with [0].",
            "share": f"This is a share of the settings. {INDEX}",
        },
        "start": {1: "It counts from 1. Python counts from 0, and so does the index of the first row."},
    },
    causes=(
        (
            "index 0 is out of bounds",
            "No setting was found. Where the folds agree the error is 0, and a mean equal to the bar must count: >=.",
        ),
    ),
    may_not_call=("coursekit.selection.one_standard_error",),
)
