"""Exercise 3 of notebook 10: principal components from the training part alone, for training and test part."""

import numpy as np

from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Exercise, Property

COMPONENTS = "coursekit.preprocessing.pca", "sklearn.decomposition"


def _project_both(
    X_train,
    X_test,
    share,
    *,
    seen="training",
    mean="training",
    test_mean="training",
    order="largest",
    count="reach",
    of="variances",
    vectors="columns",
    scale="none",
    after="both",
    program="mine",
):
    """Return training and test examples in the components that hold a share of the training variance."""
    X, Q = np.asarray(X_train, float), np.asarray(X_test, float)
    if program != "mine":
        return _given(X, Q, share, program)
    both = np.vstack([X, Q])
    fitted = {"test": Q, "both": both, "both, training mean": both}.get(seen, X)
    centre = {
        "rows": lambda: fitted.mean(axis=1, keepdims=True),
        "of both": lambda: both.mean(axis=0),
        "scaled, m - 1": lambda: fitted.mean(axis=0),
        "correlation": lambda: fitted.mean(axis=0),
        "training": lambda: fitted.mean(axis=0),
        "none": lambda: np.zeros(X.shape[1]),
        "of all numbers": lambda: fitted.mean(),
        "scaled": lambda: fitted.mean(axis=0),
    }[mean]()
    spread = (
        fitted.std(axis=0, ddof=mean == "scaled, m - 1") if mean in ("scaled", "scaled, m - 1", "correlation") else 1
    )
    seen_as = fitted if seen == "not centred" else (fitted - centre) / spread
    V, q = _directions(seen_as, share, order, count, of, vectors)
    spread = 1 if mean == "correlation" else spread
    if scale != "none":
        less = scale == "white, m - 1"
        V = V / np.sqrt(np.maximum((((fitted - centre) / spread @ V) ** 2).sum(axis=0) / (len(fitted) - less), 1e-30))
    centre = X.mean(axis=0) if seen == "both, training mean" else centre
    mine = fitted.mean(axis=0) if seen == "both" and mean == "training" else centre
    train = ((X - mine) / spread) @ V
    test = {
        "training": lambda: ((Q - (Q.mean(axis=1, keepdims=True) if mean == "rows" else mine)) / spread) @ V,
        "own": lambda: ((Q - Q.mean(axis=0)) / spread) @ V,
        "none": lambda: (Q / spread) @ V,
        "none in either": lambda: (Q / spread) @ V,
        "own components": lambda: _own(Q, q, order, vectors),
    }[test_mean]()
    if test_mean == "none in either":
        train = (X / spread) @ V
    return {
        "both": lambda: (train, test),
        "restored": lambda: (train @ V.T + mine, test @ V.T + mine),
        "restored, centred": lambda: (train @ V.T, test @ V.T),
        "exchanged": lambda: (test, train),
        "signs": lambda: (abs(train), abs(test)),
    }[after]()


def _given(X, Q, share, program):
    """Return what the given program returns, with no mistake corrected, or with one."""
    fitted = X if program == "training part corrected" else np.vstack([X, Q])
    A = fitted - fitted.mean(axis=0)
    variances, V = np.linalg.eigh(A.T @ A)
    if program == "order corrected":
        variances, V = variances[::-1], V[:, ::-1]
    q = np.argmax(np.cumsum(variances) / variances.sum() >= share) + (program == "count corrected")
    centre = fitted.mean(axis=0) if program == "mean corrected" else 0
    return (X - centre) @ V[:, :q], (Q - centre) @ V[:, :q]


def _directions(A, share, order, count, of, vectors):
    """Return directions (n, q) and how many they are."""
    values, V = np.linalg.eigh(A.T @ A)
    values = np.maximum(values, 0)
    if order == "largest":
        values, V = values[::-1], V[:, ::-1]
    elif order == "rising":
        values = values[::-1]  # and the vectors are turned below
    elif order == "values only":
        values = values[::-1]
    V = V if vectors == "columns" else V.T
    sizes = {"variances": values, "deviations": np.sqrt(values), "squares": values**2}[of]
    reached = np.cumsum(sizes) / sizes.sum()
    place = np.flatnonzero(reached >= share - 1e-9)
    first = place[0] if len(place) else 0  # as np.argmax has it
    q = {
        "reach": first + 1,
        "one fewer": first,
        "one more": first + 2,
        "share of n": int(np.ceil(share * len(sizes))),
        "whole share of n": int(share * len(sizes)),
        "all": len(sizes),
        "one": 1,
        "two": 2,
    }[count]
    return V[:, -q:] if order == "rising" else V[:, :q], q


def _own(Q, q, order, vectors):
    """Return the test part in as many components of its own."""
    A = Q - Q.mean(axis=0)
    V = np.linalg.eigh(A.T @ A)[1]
    V = V[:, ::-1] if order == "largest" else V
    return A @ (V if vectors == "columns" else V.T)[:, :q]


def _pair(value):
    """Return both parts with a sign of each column that is the same for all right answers."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise CheckFailed("must return two things, the training examples and the test examples in the components.")
    try:
        train, test = (np.array(part, float) for part in value)
    except (TypeError, ValueError):
        raise CheckFailed("must return two arrays of numbers.") from None
    if train.ndim != 2 or test.ndim != 2 or train.shape[1] != test.shape[1]:
        raise CheckFailed(
            f"must return two matrices with the same number of columns; it returned shapes {train.shape} and "
            f"{test.shape}. Both parts are written in the same components."
        )
    if not train.size:
        return train, test
    at = np.argmax(np.abs(train).round(6), axis=0), np.arange(train.shape[1])
    sign = np.where(train[at] < 0, -1.0, 1.0)
    return train * sign, test * sign


def _problem(rng, m, p, n, share):
    """Return training and test examples that differ in a few directions most, far from 0."""
    turned = np.linalg.qr(rng.normal(size=(n, n)))[0]
    spread = 2.2 ** -np.arange(n) * 9
    X = (rng.normal(size=(m + p, n)) * spread) @ turned + rng.integers(-9, 30, n)
    X = X.round(2)
    X[m:] += np.round(3 * turned[-1], 2)  # the test part lies a little apart
    return X[:m], X[m:], share


def _problems(rng):
    """Draw three problems; all sizes differ, or are all the same."""
    sizes = (9, 4, 3, 0.9), (12, 5, 6, 0.95), (5, 5, 5, 0.7)
    return [_problem(rng, *size) for size in sizes]


def _columns(v, X_train, X_test, share):
    """Say whether there are as many columns as components are needed."""
    A = X_train - X_train.mean(axis=0)
    values = np.linalg.eigvalsh(A.T @ A)[::-1]
    return v[0].shape[1] == 1 + np.flatnonzero(np.cumsum(values) / values.sum() >= share - 1e-9)[0]


EVEN = np.array([[3.0, 0, 0], [0, 2.5, 0], [0, 0, 2], [-3, 0, 0], [0, -2.5, 0], [0, 0, -2]]) + np.array([7, -3, 4])
LINE = np.array([[1.0, 1.0], [2.0, 2.5], [4.0, 3.5], [5.0, 5.0]])
COUNT = "Look at how many components there are: one too {}. As few as reach the share: the first place where the "
COUNT += "running sum reaches it, plus 1, since Python counts from 0."
ALL = (
    "Look at how many components there are: {}. Add up the shares of the variance, the largest first, until they reach "
)
ALL += "the share that is asked for."

project_both = Exercise(
    "10-project-both",
    _project_both,
    tries=(
        (LINE, np.array([[3.0, 1.0]]), 0.9),
        (LINE + np.array([10, 0]), np.array([[9.0, 1.0], [13.0, 3.0], [12.5, 8.0]]), 0.999),
        (EVEN, EVEN[:2] + np.array([1.0, 2.0, 3.0]), 0.6),  # the first variance is less than the share
        _problem(np.random.default_rng(1), 8, 3, 4, 0.95),
        _problem(np.random.default_rng(2), 6, 4, 5, 0.6),
        (*(part.astype(int) for part in _problem(np.random.default_rng(3), 7, 6, 4, 0.9)[:2]), 0.8),
        _problem(np.random.default_rng(4), 10, 2, 5, 0.99),
    ),
    draw=_problems,
    view=_pair,
    sizes=lambda X_train, X_test, share: {"m": len(X_train), "k": X_train.shape[1]},
    properties=(
        Property(
            "The number of rows must stay: one per example.",
            lambda v, X_train, X_test, share: (len(v[0]), len(v[1])) == (len(X_train), len(X_test)),
        ),
        Property(
            "Look at the mean of the training part in the components: it must be 0 in each. Take the training mean "
            "away before you multiply.",
            lambda v, *inputs: np.allclose(v[0].mean(axis=0), 0, atol=1e-5),
        ),
        Property(
            "The number of components is not the smallest that holds the share of the training variance.", _columns
        ),
        Property(
            "Look at two components of the training part: their products must add up to 0. np.linalg.eigh gives the "
            "directions as columns, np.linalg.svd as the rows of its last result.",
            lambda v, *inputs: np.allclose(v[0].T @ v[0], np.diag((v[0] ** 2).sum(axis=0)), atol=1e-3),
        ),
        Property(
            "Look at the order: the component with the largest variance comes first.",
            lambda v, *inputs: (np.diff((v[0] ** 2).sum(axis=0)) <= 1e-6).all(),
        ),
    ),
    switches={
        "program": {
            "as given": "This is still the program as it was given. Four things are wrong: look at what X holds, at "
            "the "
            "order of the eigenvalues, at what argmax counts from, and at what is multiplied by V.",
            "training part corrected": "Three things are left. Look at the order of the eigenvalues, at what argmax "
            "counts "
            "from, and at what is multiplied by V.",
            "order corrected": "Three things are left. Look at what X holds, at what argmax counts from, and at what "
            "is "
            "multiplied by V.",
            "count corrected": "Three things are left. Look at what X holds, at the order of the eigenvalues, and at "
            "what "
            "is multiplied by V.",
            "mean corrected": "Three things are left. Look at what X holds, at the order of the eigenvalues, and at "
            "what "
            "argmax counts from.",
        },
        "seen": {
            "both, training mean": "Look at what the directions are found from: the test part is among it. They come "
            "from "
            "the training part alone, as the mean does.",
            "not centred": "Look at what the directions are found from: the examples with their mean. Take the "
            "training "
            "mean away first; then the first direction no longer points at the mean.",
            "both": "Look at what the components are found from: the test part is among it. Nothing may be "
            "learned from it: mean and directions come from the training part alone.",
            "test": "Look at what the components are found from: it is the test part. Take the training part.",
        },
        "test_mean": {
            "own": "Look at the test part: its own mean was taken away. It must be treated as one new example would "
            "be: with the mean of the training part.",
            "none": "Look at the test part: no mean was taken away from it. Take away that of the training part.",
            "none in either": "Look at what is multiplied by the directions: the examples with their mean. Take the "
            "training mean away from both parts first.",
            "own components": "Look at the test part: it was written in components of its own. Their axes are other "
            "axes; use the directions of the training part.",
        },
        "mean": {
            "none": "Look at the first step: no mean was taken away. Then the first direction points at the mean, and "
            "not along the largest variance.",
            "rows": "Look at the mean: each example lost the mean of its own numbers. Each column has a mean: axis=0.",
            "of both": "Look at the mean: the test part is among it. Take that of the training part.",
            "correlation": "Look at what the directions are found from: columns that were divided by their "
            "deviations, as in "
            "a correlation. Nothing is divided here.",
            "scaled, m - 1": "Look at the scale: each column was divided by its deviation. Nothing is divided here.",
            "of all numbers": "Look at the mean: it is one number for all columns. Each column has its own: axis=0.",
            "scaled": "Look at the scale: each column was divided by its deviation. Nothing is divided here.",
        },
        "order": {
            "smallest": "Look at the order: np.linalg.eigh gives the smallest eigenvalue first. Turn both the values "
            "and the vectors around.",
            "rising": "Look at the order of what is returned: the right components, the smallest of them first. The "
            "one with "
            "the largest variance comes first.",
            "values only": "Look at the order: the eigenvalues were turned around, and the eigenvectors were not. Turn "
            "the columns, too.",
        },
        "count": {
            "one fewer": COUNT.format("few"),
            "one more": COUNT.format("many"),
            **dict.fromkeys(("share of n", "whole share of n"), ALL.format("a share of the number of columns")),
            "all": ALL.format("all"),
            "one": ALL.format("always one"),
            "two": ALL.format("always two"),
        },
        "of": {
            "deviations": "Look at what is added up: singular values, or roots. The variance is their square.",
            "squares": "Look at what is added up: squared eigenvalues. An eigenvalue is a variance already.",
        },
        "vectors": {
            "rows": "Look at the directions: np.linalg.eigh gives them as columns, np.linalg.svd as rows of its last "
            "result. Rows and columns were exchanged.",
        },
        "scale": dict.fromkeys(
            ("white", "white, m - 1"),
            "Look at the scale: each component was divided by its deviation. Nothing is divided here.",
        ),
        "after": {
            "restored": "These are the examples, restored. Return their coordinates along the directions.",
            "restored, centred": "These are the examples again, without their mean. Return their coordinates along the "
            "directions: one product with V.",
            "exchanged": "The two parts are exchanged. The training part comes first.",
            "signs": "The signs are lost. Which side of the mean an example lies on matters.",
        },
    },
    may_not_call=COMPONENTS,
)
