"""Exercise 1 of notebook 08: the mean hinge loss of several classes and its gradient, without a loop."""

import numpy as np

from coursekit.check.demands import NO_LOOP
from coursekit.check.exercise import Exercise, Property

LOSSES = (
    "coursekit.svm.svm_loss", "coursekit.svm.svm_loss_loops", "coursekit.gradcheck.numeric_gradient",
    "sklearn.metrics.hinge_loss", "sklearn.svm.LinearSVC", "torch.nn.functional.multi_margin_loss",
)  # fmt: skip


def _excess(Z, y, margin, over):
    """Return how far each score is above what it may be."""
    true = Z[np.arange(len(y)), y][:, None]
    return {
        "true": lambda: Z - true + margin,
        "largest": lambda: Z - Z.max(axis=1, keepdims=True) + margin,
        "reversed": lambda: true - Z + margin,
        "less margin": lambda: Z - true - margin,
        "fixed": lambda: Z - true + 1,
        "no margin": lambda: Z - true,
        "alone": lambda: Z + margin,
    }[over]()


def _lined_up(Z, X, y, margin):
    """Return loss and gradient with a vector of true scores, which lines up with the columns."""
    rows = np.arange(len(y))
    H = np.maximum(Z - Z[rows, y] + margin, 0.0)
    H[rows, y] = 0
    C = (H > 0) * 1.0
    C[rows, y] = -C.sum(axis=1)
    return H.sum() / len(y), X.T @ C / len(y)


def _counts(Y, true_class, seen):
    """Return which classes of which examples count."""
    rows, columns = np.arange(len(Y))[:, None], np.arange(Y.shape[1])
    true = Y @ columns[:, None]
    own = {"counted": 0, "left out": Y, "all that occur": Y.max(axis=0)}[true_class]
    return (1 - own) * {
        "all": lambda: 1,
        "first": lambda: rows == 0,
        "last": lambda: rows == len(Y) - 1,
        "before the true class": lambda: columns < true,
        "after the true class": lambda: columns > true,
        "not class 0": lambda: columns > 0,
        "not the last class": lambda: columns < len(columns) - 1,
    }[seen]()


def _kept(H, cut):
    """Return what is added up of the excess."""
    worst = np.arange(H.shape[1]) == H.argmax(axis=1)[:, None]
    return {
        "worst": lambda: H * worst,
        "worst, ties too": lambda: H * (H.max(axis=1, keepdims=True) == H),
        "square": lambda: H**2,
        "count": lambda: (H > 0) * 1.0,
    }.get(cut, lambda: H)()


def _coefficients(H, Y, own, edge, E, margin):
    """Return the gradient of the sum of the losses in the scores."""
    passed = {">": H > 0, ">=": E >= 0, "higher score": margin < E, "any": E != 0}[edge]
    C = passed * (1 - Y)
    count = C.sum(axis=1, keepdims=True)
    return {
        "minus count": lambda: C - count * Y,
        "minus count and one": lambda: C - (count + 1) * Y,
        "minus count and itself": lambda: C - (count + (E * Y > 0)) * Y,
        "minus count of its column": lambda: C - C.sum(axis=0) * Y,
        "minus one": lambda: C - Y,
        "minus any": lambda: C - Y * (count > 0),
        "plus any": lambda: C + Y * (count > 0),
        "minus all": lambda: C - Y * (H.shape[1] - 1),
        "missing": lambda: C,
        "one": lambda: C + Y,
        "plus count": lambda: C + count * Y,
        "only": lambda: -count * Y,
        "excess": lambda: H * (1 - Y) - H.sum(axis=1, keepdims=True) * Y,
    }[own]()


def _probabilities(Z):
    """Return the softmax of the rows."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _hinge_loss(
    W,
    X,
    y,
    margin,
    *,
    over="true",
    cut="zero",
    true_class="left out",
    seen="all",
    own="minus count",
    means="m",
    mean="m",
    slope_mean="m",
    loss="hinge",
    penalty="none",
    sign=1,
    edge=">",
    product="X.T",
    kind="float",
    back="loss, dW",
):
    """Return the mean hinge loss and its gradient."""
    W, X, y = np.asarray(W), np.asarray(X), np.asarray(y)
    m, k = len(X), W.shape[1]
    if over == "flat":
        return _lined_up(X @ W, X, y, margin)
    Z, Y = X @ W, np.eye(k)[y]
    E = _excess(Z, y, margin, over) * 1.0
    H = {"none": E, "size": abs(E)}.get(cut, np.maximum(E, 0)) * _counts(Y, true_class, seen)
    added = _kept(H, cut.removesuffix(", ties too").removesuffix(" in the loss"))
    H = H if cut.endswith("in the loss") else _kept(H, cut)  # of several worst classes only the gradient may count all
    over_all = {"m": m, "none": 1, "k": k, "entries": m * k, "k - 1": m * (k - 1 or 1), "n": X.shape[1]}
    over_all |= {"violations": max((H > 0).sum(), 1), "violated": max(H.any(axis=1).sum(), 1)}
    divisors = [over_all[means if means != "m" else each] for each in (mean, slope_mean)]
    C, P = _coefficients(H, Y, own, edge, E, margin), _probabilities(Z)
    if loss == "cross-entropy":
        added, C = -np.log(np.maximum((P * Y).sum(axis=1), 1e-300)), P - Y
    elif loss == "errors":
        added = (Z.argmax(axis=1) != y) * 1.0
    value = added.sum() / divisors[0]
    dW = np.zeros(W.shape) + C.sum(axis=0) if product == "no X" else X.T @ C
    dW = dW.T if product == "turned" else dW
    share = {"none": 0, "half": 0.5, "whole": 1}[penalty]
    value, dW = value + share * (W * 1.0 * W).sum(), sign * dW / divisors[1]
    dW = dW + 2 * share * (W.T if product == "turned" else W)
    if kind == "divided in place" and X.dtype.kind in "iu":
        np.divide(X.T @ C.astype(int), m, out=X.T @ C.astype(int))
    dW = dW.astype(W.dtype) if kind == "of W" else dW
    return {"dW, loss": (dW, value), "loss": value, "dW": dW}.get(back, (value, dW))


def _problems(rng):
    """Draw weights, examples, labels and a margin; m, n and k all differ, or are all the same."""
    found = []
    for (m, n, k), margin in zip(((5, 4, 3), (6, 2, 5), (4, 4, 4)), (1.0, 2.5, 0.5), strict=True):
        W, X = rng.normal(0, 1, (n, k)).round(2), rng.normal(0, 1, (m, n)).round(2)
        found.append((W, X, rng.integers(0, k, m), margin))
    return found


COUNT = "The true class's column is wrong. Each violated margin takes the example from it once: minus their number."
MEANS = {
    "none": "The 1/m is missing. It is a mean over the examples.",
    "k": "It is divided by the number of classes. Divide by m, the number of examples.",
    "entries": "It is a mean over all entries of (m, k). Sum over the classes, then take the mean over the examples.",
    "k - 1": "It is also divided by the number of wrong classes. Sum over the classes; divide by m alone.",
    "n": "It is divided by the number of features. Divide by m, the number of examples.",
    "violations": "It is divided by the number of violated margins. Divide by m: examples that violate none count too.",
    "violated": "It is divided by the number of examples with a violated margin. Divide by m: the others cost 0 and "
    "count.",
}

hinge_loss = Exercise(
    "08-hinge-loss",
    _hinge_loss,
    tries=(
        (np.array([[1.0, 3.0, 0.5]]), np.array([[1.0]]), np.array([0]), 1.0),
        (np.array([[1.0, 3.0, 0.5], [0.0, 0.0, 0.0]]), np.array([[1.0, 2.0], [2.0, -1.0]]), np.array([0, 1]), 1.0),
        (np.array([[2, 1, -3], [0, 3, 1]]), np.array([[1, 2], [0, 1], [3, 1], [2, 2]]), np.array([0, 1, 1, 2]), 2),
        (np.array([[3.0, 0.0]]), np.array([[1.0], [2.0]]), np.array([0, 0]), 1.0),
        (np.array([[2.0, 1.0, 3.5]]), np.array([[1.0]]), np.array([0]), 1.0),  # met exactly: slope 0
        (np.zeros((2, 4), int), np.array([[3, 1], [2, 5], [1, 1]], np.uint8), np.array([2, 0, 2]), 1.0),
        (np.array([[1.0, -1.0, 0.5]]), np.array([[2.0], [-1.0]]), np.array([1, 1]), 0.0),
        (np.array([[4.0, -1.0], [1.0, 2.0]]), np.array([[-1.0, 2.0], [1.0, 1.0]]), np.array([0, 1]), 3.0),
        (np.array([[2.0], [-1.0]]), np.array([[1.0, 0.5], [0.0, 2.0], [1.0, 1.0]]), np.array([0, 0, 0]), 1.0),
    ),
    draw=_problems,
    parts=("loss", "dW"),
    sizes=lambda W, X, y, margin: {"m": len(X), "k": W.shape[1]},
    properties=(
        Property("A hinge loss is never negative: max(0, ...).", lambda v, *inputs: v[0].ndim == 0 and v[0] >= -1e-9),
        Property(
            "Each row of dW must sum to 0, and some row does not: what is added to the wrong classes is taken from the "
            "true one.",
            lambda v, *inputs: np.allclose(v[1].sum(axis=1), 0, atol=1e-5),
        ),
    ),
    switches={
        "true_class": {
            "counted": "The true class is compared with itself: it lies 0 above itself and so pays the margin. Set its "
            "entry of the excess to 0.",
            "all that occur": "Look at the entries that are set to 0: they are whole columns. H[:, y] takes the "
            "columns "
            "in y for every row; H[np.arange(m), y] takes one entry of each row.",
        },
        "seen": {
            "first": "Only the first example counts. Is the `return` inside the loop?",
            "last": "Only the last example counts. Is the sum set back to 0 inside the loop?",
            "before the true class": "Only the classes before the true one are compared. Leave out the true class "
            "alone "
            "and go on after it: `continue`, not `break`.",
            "after the true class": "Only the classes after the true one are compared. Those before it count too.",
            "not class 0": "Class 0 is never compared. Python counts from 0: range(k) holds all classes.",
            "not the last class": "The last class is never compared. range(k) ends before k by itself.",
        },
        "own": {
            **dict.fromkeys(("minus count and one", "minus one", "minus any", "minus all", "one", "plus any"), COUNT),
            "minus count and itself": "The true class's column is wrong: the true class is among its own violations. "
            "Set "
            "its entry of the excess to 0 before you count.",
            "minus count of its column": "The true class's column is wrong: the violations were counted down the "
            "columns. "
            "An example is a row: axis=1.",
            "missing": "The true class's column is missing in the gradient. Its score lowers every violated margin: "
            "minus their number.",
            "plus count": "The sign of the true class is wrong in the gradient. A higher true score lowers the loss.",
            "only": "Only the true class's column is filled. A wrong class whose margin is violated gets 1.",
            "excess": "The gradient holds the sizes of the violations. The slope of max(0, v) is 1 wherever v > 0, "
            "however large v is.",
        },
        "over": {
            "largest": "The scores are compared with the largest score. Compare them with that of the true class.",
            "reversed": "The difference is the wrong way round. A wrong score above the true one must cost.",
            "less margin": "The margin is taken away. It is added: a wrong score must lie below the true one by more.",
            "fixed": "The margin is always 1 here. Use the one that was passed.",
            "no margin": "The margin is missing: being ahead by a little is not enough.",
            "alone": "The true class's score is not subtracted.",
            "flat": "The true classes' scores are a vector, (m,), and line up with the columns of Z. Make a column "
            "of them: Z[np.arange(m), y][:, None].",
        },
        "cut": {
            "none": "Margins that hold are counted as gains. Cut at 0: max(0, ...).",
            **dict.fromkeys(
                ("worst", "worst, ties too"), "Only the worst wrong class counts here. Add up all of them."
            ),
            "square": "The violations are squared. This loss adds them as they are.",
            "worst in the loss": "In the loss only the worst wrong class counts: a maximum. Add up all of them.",
            "size": "The size of every difference counts. A margin that holds costs nothing: max(0, ...).",
            "count": "This counts the violated margins. The loss adds up how far each is violated.",
        },
        "means": {key: "In loss and gradient: " + hint for key, hint in MEANS.items()},
        "mean": {key: "In the loss: " + hint for key, hint in MEANS.items()},
        "slope_mean": {key: "In the gradient: " + hint for key, hint in MEANS.items()},
        "sign": {-1: "The sign of dW is wrong: the gradient points uphill."},
        "loss": {
            "cross-entropy": "The loss is the cross-entropy of a softmax. The hinge loss takes the scores as they are.",
            "errors": "The loss is the share of wrong predictions. The hinge loss adds up how far each margin is "
            "violated.",
        },
        "penalty": dict.fromkeys(
            ("half", "whole"), "A penalty on the weights is added. The prompt asks for the loss of the examples alone."
        ),
        "product": {
            "turned": "dW is turned: its shape is (k, n). It must have the shape of W: X.T @ C, not C.T @ X.",
            "no X": "X is not in the gradient. Each weight's share is its input times the coefficient.",
        },
        "edge": {
            "higher score": "Look at which classes the gradient counts: those with a higher score than the true class. "
            "Every "
            "class that violates the margin counts: H > 0.",
            "any": "Look at which classes the gradient counts: also those that keep their margin. max(0, v) has the "
            "slope "
            "0 where v < 0.",
            ">=": "Look at a margin that is met exactly. The lesson takes the slope 0 there: > 0, not >= 0.",
        },
        "kind": {
            "of W": "The gradient was cut to whole numbers where W holds whole numbers. np.zeros_like(W) has the type "
            "of W; make an array of floats.",
            "divided in place": "/= cannot put fractions into an array of whole numbers, which X.T @ C is where X "
            "and C hold such. Compute into a new array: dW = dW / m.",
        },
        "back": {
            "dW, loss": "Look at the order of the two results: the loss comes first, then dW.",
            "loss": "Only the loss came back. Return both: loss, dW.",
            "dW": "Only dW came back. Return both: loss, dW.",
        },
    },
    demands=(NO_LOOP,),
    may_not_call=LOSSES,
)
