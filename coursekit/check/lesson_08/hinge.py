"""Exercise 1 of notebook 08: the mean hinge loss of several classes and its gradient, without a loop."""

import numpy as np

from coursekit.check.demands import NO_LOOP
from coursekit.check.exercise import Exercise, Property

LOSSES = (
    "coursekit.svm.svm_loss", "coursekit.svm.svm_loss_loops", "coursekit.gradcheck.numeric_gradient",
    "sklearn.metrics.hinge_loss", "sklearn.svm.LinearSVC", "torch.nn.functional.multi_margin_loss",
)  # fmt: skip


def _excess(Z, true, margin, over):
    """Return how far each score is above what it may be."""
    return {
        "true": lambda: Z - true + margin,
        "largest": lambda: Z - Z.max(axis=1, keepdims=True) + margin,
        "reversed": lambda: true - Z + margin,
        "less margin": lambda: Z - true - margin,
        "fixed": lambda: Z - true + 1,
        "no margin": lambda: Z - true,
        "alone": lambda: Z + margin,
    }[over]()


def _counted(H, Y, true_class):
    """Return the excess of the classes that count."""
    return H if true_class == "counted" else H * (1 - Y)


def _kept(H, cut):
    """Return what is added up of the excess."""
    worst = np.arange(H.shape[1]) == H.argmax(axis=1)[:, None]
    return {
        "zero": lambda: H,
        "none": lambda: H,
        "worst": lambda: H * worst,
        "worst, ties too": lambda: H * (H.max(axis=1, keepdims=True) == H),
        "square": lambda: H**2,
        "count": lambda: (H > 0) * 1.0,
    }[cut]()


def _coefficients(H, Y, own, edge, E):
    """Return the gradient of the sum of the losses in the scores."""
    C = ((H > 0) if edge == ">" else E >= 0) * (1 - Y)
    count = C.sum(axis=1, keepdims=True)
    return {
        "minus count": lambda: C - count * Y,
        "minus count and one": lambda: C - (count + 1) * Y,
        "minus one": lambda: C - Y,
        "minus any": lambda: C - Y * (count > 0),
        "minus all": lambda: C - Y * (H.shape[1] - 1),
        "missing": lambda: C,
        "one": lambda: C + Y,
        "plus count": lambda: C + count * Y,
        "only": lambda: -count * Y,
        "excess": lambda: H * (1 - Y) - H.sum(axis=1, keepdims=True) * Y,
    }[own]()


def _hinge_loss(
    W,
    X,
    y,
    margin,
    *,
    over="true",
    cut="zero",
    true_class="left out",
    own="minus count",
    mean="m",
    slope_mean="m",
    sign=1,
    edge=">",
    product="X.T",
    kind="float",
):
    """Return the mean hinge loss and its gradient."""
    W, X, y = np.asarray(W), np.asarray(X), np.asarray(y)
    m, k = len(X), W.shape[1]
    Z, Y = X @ W, np.eye(k)[y]
    E = _excess(Z, Z[np.arange(m), y][:, None], margin, over) * 1.0
    H = _counted(np.maximum(E, 0) if cut != "none" else E, Y, true_class)
    added = _kept(H, cut.removesuffix(", ties too"))  # of several worst classes only the gradient may count all
    H = _kept(H, cut)
    over_all = {"m": m, "none": 1, "k": k, "entries": m * k, "k - 1": m * (k - 1 or 1), "n": X.shape[1]}
    loss, C = added.sum() / over_all[mean], _coefficients(H, Y, own, edge, E)
    dW = X.T @ C if product == "X.T" else np.zeros(W.shape) + C.sum(axis=0)
    dW = sign * dW / over_all[slope_mean]
    return loss, dW.astype(W.dtype) if kind == "of W" else dW


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
        },
        "own": {
            **dict.fromkeys(("minus count and one", "minus one", "minus any", "minus all", "one"), COUNT),
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
        },
        "cut": {
            "none": "Margins that hold are counted as gains. Cut at 0: max(0, ...).",
            **dict.fromkeys(
                ("worst", "worst, ties too"), "Only the worst wrong class counts here. Add up all of them."
            ),
            "square": "The violations are squared. This loss adds them as they are.",
            "count": "This counts the violated margins. The loss adds up how far each is violated.",
        },
        "mean": MEANS,
        "slope_mean": {key: "In the gradient: " + hint for key, hint in MEANS.items()},
        "sign": {-1: "The sign of dW is wrong: the gradient points uphill."},
        "product": {"no X": "X is not in the gradient. Each weight's share is its input times the coefficient."},
        "edge": {
            ">=": "Look at a margin that is met exactly. The lesson takes the slope 0 there: > 0, not >= 0.",
        },
        "kind": {
            "of W": "The gradient was cut to whole numbers where W holds whole numbers. np.zeros_like(W) has the type "
            "of W; make an array of floats.",
        },
    },
    demands=(NO_LOOP,),
    may_not_call=LOSSES,
)
