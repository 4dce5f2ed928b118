"""Exercise 3 of notebook 08: a table of validation accuracies, and the settings chosen from it."""

import numpy as np

from coursekit.check.exercise import Demand, Exercise, Formula, Property


def _accuracy(W, X, y, measure):
    """Return the share of right predictions, or what mistakes make of it."""
    Z = X @ W
    right = Z.argmax(axis=1) == y
    return {
        "accuracy": lambda: right.mean(),
        "error": lambda: 1 - right.mean(),
        "count": lambda: right.sum(),
        "percent": lambda: 100 * right.mean(),
        "scores": lambda: (Z.max(axis=1) == y).mean(),
        "one for all": lambda: (Z.argmax() == y).mean(),
        "rounded": lambda: np.round(right.mean(), 2),
        "smallest": lambda: (Z.argmin(axis=1) == y).mean(),
        "down, as it is": lambda: np.mean(Z.argmax(axis=0) == y),
        "down": lambda: (np.resize(Z.argmax(axis=0), len(y)) == y).mean(),
    }[measure]()


def _place(table, choice, tie):
    """Return row and column of the chosen settings; a column further right is a stronger penalty."""
    A = -table if choice == "least" else table
    if choice == "above 0" and A.max() <= 0:
        raise UnboundLocalError("cannot access local variable 'best' where it is not associated with a value")
    if choice in ("wrong length", "place as row"):
        return divmod(int(A.argmax()), len(A)) if choice == "wrong length" else (int(A.argmax()),) * 2
    if choice == "margins":
        return A.mean(axis=1).argmax(), A.mean(axis=0).argmax()
    if choice == "best of each":
        return A.max(axis=1).argmax(), A.max(axis=0).argmax()
    rows, columns = np.nonzero(A.max() == A)
    order = {
        "strong, slow": np.lexsort((rows, -columns)),
        "first": np.lexsort((columns, rows)),
        "last": np.lexsort((-columns, -rows)),
        "weak, slow": np.lexsort((rows, columns)),
        "strong, fast": np.lexsort((-rows, -columns)),
        "slow, strong": np.lexsort((-columns, rows)),
        "fast, weak": np.lexsort((columns, -rows)),
    }[tie]
    return rows[order[0]], columns[order[0]]


def _choose_settings(
    fit,
    rates,
    strengths,
    training,
    validation,
    *,
    learn="training",
    judge="validation",
    measure="accuracy",
    choice="best",
    tie="strong, slow",
    order="rate, l2",
    turned="no",
    returned="values",
    pairs="all",
    back="table, rate, strength",
):
    """Return the table of validation accuracies, the chosen rate, and the chosen strength."""
    both = tuple(np.concatenate(pair) for pair in zip(training, validation, strict=True))
    sets = {"training": training, "validation": validation, "both": both}
    table = np.zeros((len(rates), len(strengths)))
    for i, rate in enumerate(rates):
        for j, l2 in enumerate(strengths):
            if (pairs == "in step" and i != j) or (pairs == "first rate" and i) or (pairs == "first strength" and j):
                continue
            l2 = strengths[0] if pairs == "one model per rate" else l2
            W = fit(*sets[learn], *((rate, l2) if order == "rate, l2" else (l2, rate)))
            table[(j, i) if turned == "exchanged" else (i, j)] = _accuracy(W, *sets[judge], measure)
    i, j = _place(table, "least" if measure == "error" and choice == "best" else choice, tie)
    table = table.T if turned == "yes" else table
    values = {
        "values": lambda: (rates[i], strengths[j]),
        "places": lambda: (i, j),
        "places from 1": lambda: (i + 1, j + 1),
        "places, swapped": lambda: (j, i),
        "swapped": lambda: (strengths[j], rates[i]),
        "largest": lambda: (rates[-1], strengths[-1]),
        "first": lambda: (rates[0], strengths[0]),
    }[returned]()
    found = table, *values
    return {
        "rate, strength, table": (*values, table),
        "rate, strength": values,
        "table": table,
        "table, both": (table, values),
    }.get(back, found)


def _breach(answer):
    """Say that settings are trained more than once, or not at all."""
    calls = []

    def fit(X, y, rate, l2):
        calls.append((rate, l2))
        return np.eye(2) * rate - l2

    answer(fit, [0.1, 1.0], [0.0, 0.5, 2.0], (np.eye(2), np.array([0, 1])), (np.eye(2), np.array([1, 1])))
    if len(calls) == 6:
        return ""
    return f"calls fit {len(calls)} times for 2 rates and 3 strengths. Train each pair once: training is what costs."


def _splits(rng, m=9, m_val=7, n=3, k=3):
    """Draw two sets of examples around three centres."""
    centres = rng.normal(0, 1.5, (k, n))
    sets = []
    for size in (m, m_val):
        y = np.concatenate([np.arange(k), rng.integers(0, k, size - k)])
        sets.append(((centres[y] + rng.normal(0, 1.2, (size, n))).round(1), y))
    return sets


def _drawn(rng):
    """Draw problems in which training, validation and the order of the settings matter."""
    found = []
    while len(found) < 3:
        training, validation = _splits(rng, m=int(rng.integers(9, 13)), m_val=int(rng.integers(11, 15)))
        inputs = (MIXED, [0.05, 0.2, 0.4, 0.8], [0.0, 0.5, 2.0], training, validation)
        chosen = _choose_settings(*inputs)
        others = [{"judge": "training"}, {"choice": "least"}, {"choice": "margins"}, {"learn": "both"}]
        if all(chosen[1:] != _choose_settings(*inputs, **other)[1:] for other in others[:2]) and all(
            not np.array_equal(chosen[0], _choose_settings(*inputs, **other)[0]) for other in others[::3]
        ):
            found.append(inputs)
    return found


MIXED = Formula(
    "lambda X, y, rate, l2: X.T @ (np.eye(3)[y] - rate / len(y) * X @ X.T @ np.eye(3)[y]) - l2 * np.arange(3)"
)
LINE = Formula("lambda X, y, rate, l2: np.array([[rate - l2, -1.0]]) * len(y)")
ONE = (np.array([[1.0], [2.0]]), np.array([0, 1]))
VAL = (np.array([[1.0], [-1.0], [2.0]]), np.array([0, 1, 0]))

choose_settings = Exercise(
    "08-choose-settings",
    _choose_settings,
    tries=(
        (LINE, [0.5, 2.5], [0.0, 1.0, 3.0], ONE, VAL),  # five pairs are equally good
        (LINE, [0.5, 1.0], [0.0, 1.0, 3.0], ONE, VAL),  # and here four
        (LINE, [0.5, 1.5], [0.0], ONE, (VAL[0], 1 - VAL[1])),  # no prediction is right
        (MIXED, [0.05, 0.3], [0.0, 1.0, 4.0], *_splits(np.random.default_rng(2))),
        (MIXED, [0.01, 0.1, 0.5], [0.0, 2.0], *_splits(np.random.default_rng(5), m=6, m_val=10)),
        (MIXED, [0.02, 0.1, 0.4], [0.0, 0.5, 1.0, 2.0], *_splits(np.random.default_rng(69), m=7, m_val=8)),
        (LINE, [0.2], [0.0], ONE, VAL),
    ),
    draw=_drawn,
    parts=("table", "rate", "strength"),
    properties=(
        Property(
            "table must have a row for each rate and a column for each strength.",
            lambda v, fit, rates, strengths, *sets: v[0].shape == (len(rates), len(strengths)),
        ),
        Property("An accuracy lies between 0 and 1.", lambda v, *inputs: ((v[0] >= -1e-6) & (v[0] <= 1 + 1e-6)).all()),
    ),
    switches={
        "judge": {
            "training": "The accuracies are those of the training examples. They say how well a model has learned them "
            "by heart; choose on the validation set.",
            "both": "The accuracies are those of both sets together. Judge on the validation set alone.",
        },
        "learn": {
            "validation": "The models were trained on the validation set. Train on the training set.",
            "both": "The models were trained on both sets, so the validation set can no longer judge them.",
        },
        "pairs": {
            "in step": "Look at the table: only its diagonal is filled. zip goes through both lists at once; two "
            "loops, "
            "one inside the other, meet each pair.",
            "first rate": "Look at the table: only its first row is filled. Is the `return` inside the outer loop?",
            "first strength": "Look at the table: only its first column is filled. Each rate goes with each strength.",
            "one model per rate": "Look at a row of the table: all its numbers come from one model. Train inside the "
            "inner loop, with the strength of that column.",
        },
        "order": {"l2, rate": "fit got its settings in the wrong order: fit(X, y, rate, strength)."},
        "measure": {
            "error": "The table holds the share of wrong predictions. An accuracy is the share of right ones.",
            "count": "The table holds numbers of right predictions. Divide by how many there are.",
            "percent": "The table is in percent. An accuracy lies between 0 and 1.",
            "scores": "The largest score itself is compared with the label. argmax gives the place of it, which is the "
            "class.",
            "one for all": "The argmax of the whole matrix was taken: one class for all examples. Take one for each "
            "row: "
            "axis=1.",
            "rounded": "The accuracies were rounded. Keep them as they are: rounding makes ties.",
            "smallest": "The class with the smallest score was predicted. Take the largest: argmax.",
            "down, as it is": "The argmax runs down the columns. An example is a row: axis=1.",
            "down": "The argmax runs down the columns. An example is a row: axis=1.",
        },
        "choice": {
            "least": "The settings with the lowest accuracy were chosen.",
            "best of each": "The row and the column were chosen apart, each by its best cell, and with ties these "
            "need not "
            "be one cell. Choose one cell of the table.",
            "above 0": "The best settings get a value only if some accuracy is above 0, and all may be 0. Let the best "
            "accuracy start at -1.",
            **dict.fromkeys(
                ("wrong length", "place as row"),
                "Look at how the place in the table is read: argmax counts along the rows, so row and column are "
                "divmod(place, len(strengths)).",
            ),
            "margins": "The best rate on average and the best strength on average were chosen. Choose one cell of the "
            "table: the two settings depend on each other.",
        },
        "returned": {
            **dict.fromkeys(
                ("places", "places from 1", "places, swapped"),
                "The places in the lists came back. Return the settings themselves.",
            ),
            "swapped": "The rate and the strength are swapped.",
            "first": "The first settings of both lists came back. Look at the table again.",
            "largest": "The last settings of both lists came back. Look at the table again.",
        },
        "turned": dict.fromkeys(("yes", "exchanged"), "The table is transposed: one row for each rate, table[i, j]."),
        "back": {
            "rate, strength, table": "Look at the order of the results: it is table, rate, strength.",
            "table, both": "Rate and strength came back as one pair. Return three things: table, rate, strength.",
            **dict.fromkeys(
                ("rate, strength", "table"), "Some results are missing. Return three things: table, rate, strength."
            ),
        },
        "tie": dict.fromkeys(
            ("first", "last", "weak, slow", "strong, fast", "slow, strong", "fast, weak"),
            "Look at pairs with the same accuracy. Of these take the strongest penalty, and then the smallest rate.",
        ),
    },
    demands=(Demand("each pair once", _breach),),
    may_not_call=("coursekit.selection.grid", "sklearn.model_selection.GridSearchCV"),
)
