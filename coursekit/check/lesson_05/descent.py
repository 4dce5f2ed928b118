"""Exercise 2 of notebook 05: full-batch gradient descent with a decaying learning rate."""

import sys
from functools import partial

import numpy as np
from tqdm import tqdm

from coursekit import lab
from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_05 import _iteration
from coursekit.check.lesson_05.hints import SWITCHES
from coursekit.check.lesson_05.stability import CAUSES, LARGE, SMALL_NUMBER

PARTS = ("first", "last", "all but")
UNITS = {"nats": 1, "minus": -1, "bits": np.log(2), "ten": np.log(10)}


def _softmax_regression(
    theta, x, y, iters, alpha, *,
    stable=("image", "log-sum-exp"), total="image", layout="theta @ x.T", decay="every 50", count="m", mean="m",
    divisor="m", sign=-1, unit="nats", record="before", way="full", cost="Y log P", gradient="P - Y", how="D @ x",
    penalty=(0.0, 0), steps="all", after="theta", back="losses, theta",
):  # fmt: skip
    """Return the losses and the parameters after full-batch descent."""
    theta, x, y = (np.asarray(A, float) for A in (theta, x, y))
    (k, n), m, Y = theta.shape, len(x), y.T if layout == "y turned" else y
    sizes = {"m": m, "k": k, "n": n, "m - 1": m - 1, "m k": m * k, "2 m": 2 * m, "m m": m * m, "60000": 60000, "1": 1}

    if layout == "labels":
        np.zeros(m)[y]

    def over(what):
        """Return a divisor."""
        return sizes[count if what == "m" else what]

    def look(theta, some=slice(None)):
        """Return the loss, and the gradient, at some parameters and on some images."""
        scores = (theta.T if layout.startswith("theta turned") else theta) @ (x if layout == "x turned" else x[some].T)
        P, L = _iteration.softmax(scores, stable[0], total)
        losses = _iteration.losses_of(P, L, Y[:, some], stable[1], cost) / UNITS[unit]
        loss = losses if mean == "none" else losses.sum() / over(mean)
        G = _iteration.product(_iteration.residual(P, Y[:, some], gradient), x[some], how) / over(divisor)
        G = G.T if layout == "theta turned, gradient too" else G
        return loss + penalty[1] * penalty[0] * (theta**2).sum() / 2, G + penalty[0] * theta

    if way.startswith("image by image") and how.startswith(PARTS):
        raise ArithmeticError("nobody writes that")
    losses, thetas, seen, late = [], [0 * theta if way == "zeros" else theta], 0, 0
    for i in range({"one short": iters - 1, "one more": iters + 1, "first": 1}.get(steps, iters)):
        loss, G = look(thetas[0] if way in ("once", "from the start") else thetas[-1])
        losses.append(loss)
        if isinstance(steps, tuple) and i and abs(losses[-2] - loss) < steps[1]:
            break
        G, late = late if way == "one late" else G, G
        seen = seen + G
        G = seen if way == "never cleared" else G
        start = thetas[0] if way == "from the start" else thetas[-1]
        thetas.append(
            _moved(start, G, sign * _iteration.rate(alpha, iters if decay == "of iters" else i, decay), way, look, m)
        )
    losses += [look(thetas[-1])[0]] if record in ("after", "all") else []
    found = _recorded(losses, record), _kept(thetas, losses, after)
    return {"theta, losses": found[::-1], "theta": found[1], "losses": found[0]}.get(back, found)


def _moved(theta, G, step, way, look, m):
    """Return the parameters after one iteration."""
    if way in ("image by image", "image by image, over m"):
        for j in range(m):
            theta = theta + step * look(theta, slice(j, j + 1))[1] * (m if way == "image by image" else 1)
        return theta
    if way == "class by class":
        for c in range(len(theta)):
            theta = theta + step * (np.arange(len(theta)) == c)[:, None] * look(theta)[1]
        return theta
    return theta if way == "stays" else theta + step * G


def _recorded(losses, record):
    """Return what is kept of the losses."""
    return {
        "before": lambda: losses,
        "after": lambda: losses[1:],
        "all": lambda: losses,
        "last": lambda: losses[-1],
        "last, in a list": lambda: losses[-1:],
        "running sum": lambda: np.cumsum(losses, axis=0),
        "running mean": lambda: np.cumsum(losses) / np.arange(1, len(losses) + 1),
        "sum": lambda: np.sum(losses),
        "mean": lambda: np.mean(losses),
        "every 10": lambda: losses[::10],
        "every 50": lambda: losses[::50],
        "every 100": lambda: losses[::100],
        "last for all": lambda: [losses[-1]] * len(losses),
        "zeros": lambda: np.zeros(len(losses)),
        "reversed": lambda: losses[::-1],
        "a place early": lambda: np.roll(losses, -1),
        "a place late": lambda: np.roll(losses, 1),
        "0 first": lambda: [0, *losses],
        "0 last": lambda: [*losses, 0],
        "column": lambda: np.reshape(losses, (-1, 1)),
        "row": lambda: np.reshape(losses, (1, -1)),
        **{digits: lambda digits=digits: np.round(losses, digits) for digits in (2, 3, 4)},
    }[record]()


def _kept(thetas, losses, after):
    """Return what is kept of the parameters."""
    return {
        "theta": lambda: thetas[-1],
        "start": lambda: thetas[0],
        "first step": lambda: thetas[min(1, len(thetas) - 1)],
        "before the last": lambda: thetas[max(len(thetas) - 2, 0)],
        "change": lambda: thetas[-1] - thetas[0],
        "last change": lambda: thetas[-1] - thetas[max(len(thetas) - 2, 0)],
        "turned": lambda: thetas[-1].T,
        "best": lambda: thetas[int(np.argmin(losses))],
        "all": lambda: np.array(thetas[1:]),
    }[after]()


def _with_a_bar(theta, x, y, iters, alpha):
    """Go on with the fast iteration of the package, and show how far it is."""
    bar = partial(tqdm, file=sys.stdout, ncols=76, mininterval=0.5, delay=2)
    return lab.softmax_regression(theta, x, y, iters, alpha, progress=bar)


def _exact(number, value, inputs):
    """Say whether the losses (0) or the parameters (1) are right."""
    return np.allclose(value[number], _softmax_regression(*inputs)[number], rtol=1e-4, atol=1e-6)


def _lost_by(theta, x, y):
    """Return by how much the true class lost, as a mean over the images: no loss is less."""
    Z = theta @ x.T
    return (Z.max(axis=0) - (Z * y).sum(axis=0)).mean()


def _runs(rng):
    """Draw starts, examples and labels; m, n and k all differ, or are all the same; one class may not occur."""
    found = []
    for (m, n, k), iters, alpha in zip(
        ((6, 2, 3), (4, 4, 4), (3, 5, 2), (5, 2, 3)), (54, 3, 2, 2), (0.8, 1.5, 0.5, 0.75), strict=True
    ):
        theta, x = rng.normal(0, 1, (k, n)).round(2), rng.integers(0, 2, (m, n)) * 1.0
        x[0], x[1] = rng.normal(0, 1, (2, n)).round(2)
        labels = rng.permuted(np.arange(m) % k)
        found.append((theta, x, (np.arange(k)[:, None] == labels) * 1.0, iters, alpha))
    return found


def _labels(k, *labels):
    """Return one-hot labels, (k, m)."""
    return (np.arange(k)[:, None] == labels) * 1.0


FEW = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
FAR, APART = np.array([[10.0, 10.0], [0.0, 10.001], [-10.0, -20.0]]), np.array([[10.0, -10.0], [10.001, -9.998]])
SQUARE = np.array([[0.5, -1.0, 0.25], [1.0, 0.75, -0.5], [-0.25, 0.5, 1.5]])
PIXELS = np.array(
    [[1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0], [1.0, 0.0, 0.0, 1.0]]
)

softmax_regression = Exercise(
    "05-softmax-regression",
    _softmax_regression,
    tries=(
        (np.array([[0.0, 1.0], [0.5, 0.0]]), FEW, _labels(2, 0, 0, 1), 1, 0.5),
        (
            np.array([[0.5, -1.0, 0.0, 2.0], [0.0, 0.25, 1.0, -0.5], [1.0, 0.75, -1.0, 0.0]]),
            PIXELS,
            _labels(3, 2, 0, 0, 1, 2),
            2,
            0.75,
        ),
        (np.array([[0.5, -1.0], [0.0, 0.25], [1.0, 0.75]]), np.array([[1.0, 0.5]]), _labels(3, 1), 3, 1.5),
        (SQUARE, np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 0.0]]), _labels(3, 2, 0, 2), 3, 0.5),
        (np.float32(SQUARE[:2]), np.float32(PIXELS[:, :3]), np.float32(_labels(2, 1, 0, 0, 1, 1)), 2, 0.5),
        (np.array([[1.0, -0.5], [0.5, 2.0]]), FEW, _labels(2, 0, 1, 0), 50, 0.75),
        (np.array([[1.0, -0.5], [0.5, 2.0]]), FEW, _labels(2, 0, 1, 0), 51, 0.75),
        (
            np.array([[0.0, 1.0], [0.5, 0.0], [1.0, 1.0]]),
            np.vstack([FEW, FEW[:2]]),
            _labels(3, 0, 1, 2, 1, 0),
            155,
            0.5,
        ),
        (FAR, 1000 * np.eye(2), _labels(3, 2, 1), 1, 0.5),
        (FAR, 1000 * np.eye(2), _labels(3, 0, 1), 1, 0.5),
        (APART, 1000 * np.eye(2), _labels(2, 1, 0), 2, 0.001),
        (np.array([[-10.0], [-10.002], [-10.001]]), np.array([[1000.0]]), _labels(3, 1), 1, 0.01),
        (np.array([[5.0], [4.0], [-4.0]]), np.array([[100.0]]), _labels(3, 1), 1, 0.5),
        (np.array([[0.3, -0.2]]), FEW, np.ones((1, 3)), 2, 0.5),
    ),
    draw=_runs,
    parts=("losses", "theta"),
    sizes=lambda theta, x, y, iters, alpha: {"m": len(x), "k": len(theta)},
    causes=CAUSES,
    properties=(
        Property(LARGE, lambda v, *inputs: not np.isnan(v[0]).any() and np.isfinite(v[1]).all()),
        Property(
            SMALL_NUMBER,
            lambda v, theta, x, y, iters, alpha: (
                np.isfinite(v[0]).all() and v[0][0] > 0.999 * _lost_by(theta, x, y) - 1e-3
            ),
        ),
        Property(
            "The loss is negative: cross-entropy is minus the logarithm of a probability.",
            lambda v, *inputs: (v[0] > -1e-6).all(),
        ),
        Property(
            "Look at the step: over the classes it must add up to 0 for each feature, as the columns of P - Y do, and "
            "it does "
            "not. Does the softmax run down the columns? Is there a term too many, such as a penalty?",
            lambda v, theta, *inputs: np.allclose(v[1].sum(axis=0), theta.sum(axis=0), rtol=1e-4, atol=1e-3),
        ),
        Property(
            "Look at the loss: the first one is already wrong, and no step was taken before it.",
            lambda v, *inputs: np.allclose(v[0][0], _softmax_regression(*inputs)[0][0], rtol=1e-4, atol=1e-6),
        ),
        Property(
            "Look at the first step: the loss before it is right, and theta after it is wrong.",
            lambda v, *inputs: inputs[3] > 1 or _exact(1, v, inputs),
        ),
        Property(
            "Look at what changes from one iteration to the next: the first iteration is right, a later one among the "
            "first "
            "50 is not. All use alpha, and each starts at the theta of the one before.",
            lambda v, *inputs: inputs[3] > 50 or (_exact(0, v, inputs) and _exact(1, v, inputs)),
        ),
        Property(
            "Look at the learning rate: the first 50 iterations are right. Iterations 50 to 99 use 0.95 * alpha, 100 "
            "to 149 "
            "0.95 * 0.95 * alpha, and so on.",
            lambda v, *inputs: _exact(0, v, inputs) and _exact(1, v, inputs),
        ),
    ),
    switches=SWITCHES,
    may_not_call=(
        "coursekit.lab.softmax_regression",
        "coursekit.lab.train",
        "coursekit.optim.train",
        "coursekit.softmax.softmax_loss",
        "coursekit.softmax.softmax_loss_loops",
        "coursekit.full_batch.FullBatchLoss",
        "sklearn.linear_model",
    ),
    ours=_with_a_bar,
)
