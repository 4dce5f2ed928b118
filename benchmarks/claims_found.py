"""What is computed anew for the ledger of claims, each number with an interval over seeds or rounds."""

import re
import warnings
from functools import cache, partial
from pathlib import Path

import nbformat
import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from coursekit import datasets, gradcheck, knn, network, optim, reading, softmax, timing
from coursekit.claims import Interval, of_mean, of_range, rounded
from coursekit.full_batch import FullBatchLoss
from coursekit.metrics import accuracy

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
SEEDS = range(5)
SPLITS = range(10)


@cache
def cells(lesson):
    """Return the cells of a lesson by their ids."""
    (path,) = NOTEBOOKS.glob(f"{lesson}_*.ipynb")
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


def printed(cell, pattern):
    """Return the numbers that a pattern finds in what a cell has printed."""
    found = cells(cell[:2])[cell]
    text = "".join(out.get("text") or out.get("data", {}).get("text/plain", "") for out in found.outputs)
    match = re.search(pattern, " ".join(text.split()))
    if not match:
        raise ValueError(f"claims: the output of {cell} has nothing like {pattern!r}: {text!r}")
    return [float(number) for number in match.groups()]


# What the saved output of a cell says


def one(cell, pattern, step):
    """Return one number as it was printed."""
    return rounded(*printed(cell, pattern), step)


def ends(cell, pattern):
    """Return the range of several numbers."""
    return of_range(printed(cell, pattern))


def epochs():
    """Return what 400 steps bring over 25, in points, with the interval from both standard errors."""
    pattern = r"25 steps: ([\d.]+), standard error ([\d.]+) .*400 steps: ([\d.]+), standard error ([\d.]+)"
    few, few_error, many, many_error = printed("06-079", pattern)
    half = 196 * (few_error**2 + many_error**2) ** 0.5
    return Interval(
        100 * (many - few), 100 * (many - few) - half, 100 * (many - few) + half, 10, "the mean of all runs"
    )


def noise():
    """Return by how many points noise raises the share of runs that end in the deep valley."""
    none, some = (share / 100 for share in printed("06-139", r"noise 0: (\d+)% .* noise 1: (\d+)%"))
    half = 196 * ((none * (1 - none) + some * (1 - some)) / 1000) ** 0.5
    return Interval(100 * (some - none), 100 * (some - none) - half, 100 * (some - none) + half, 1000, "fresh runs")


def slower():
    """Return how many times as many steps the squared error takes."""
    squared, cross = printed("01-081", r"squared error is .* after (\d+) steps cross-entropy is .* after (\d+) steps")
    return of_range([squared / (cross + 1), squared / cross, squared / (cross - 1)])


# What is computed


@cache
def digits():
    """Return the digits in [0, 1] with a bias."""
    found = datasets.load("digits")
    return np.c_[found.X_train / 16, np.ones(len(found.X_train))], found.y_train


def parts(seed):
    """Return 1000 digits to train on, 400 to validate on."""
    (X, y), order = digits(), np.random.default_rng(seed).permutation(len(digits()[1]))
    return X[order[:1000]], y[order[:1000]], X[order[1000:1400]], y[order[1000:1400]]


def rises():
    """Return how often the training loss rises in 199 steps at rate 300."""
    found = []
    for seed in SEEDS:
        loss = FullBatchLoss(*parts(seed)[:2], k=10)
        losses = optim.train(loss, np.zeros(loss.shape), steps=200, learning_rate=300.0).loss
        found.append(int((np.diff(losses) > 0).sum()))
    return of_range(found)


def sizes():
    """Return what batches of 1000 gain in validation accuracy over batches of 500, after 1000 steps, in points."""
    apart = []
    for seed in SEEDS:
        X, y, X_val, y_val = parts(seed)
        share = {}
        for B in (500, 1000):
            batches = optim.minibatches(X, y, B, np.random.default_rng(seed))
            W = np.zeros((X.shape[1], 10))
            made = optim.train(softmax.softmax_loss, W, steps=1000, learning_rate=0.3, batches=batches)
            share[B] = accuracy(softmax.predict(made.W, X_val), y_val)
        apart.append(100 * (share[1000] - share[500]))
    return of_mean(apart)


TABLE = np.array(
    [
        [0.03771116, 0.05656673, 0.01885558, 0.09427789],
        [-0.15482867, -0.232243, -0.07741433, -0.38707166],
        [0.11711751, 0.17567627, 0.05855876, 0.29279378],
    ]
)


def report_error(table, spare):
    """Return the report's sum of differences, its loop rebuilt, for probabilities taken from the table."""
    x, h = np.array([0.2, 0.3, 0.1, 0.5]), 1e-5
    p = np.eye(3)[1] + table[:, 3] / x[3]
    p = p / p.sum()
    W = np.outer(x, np.log(p)) / (x @ x) + spare
    numeric, f = np.zeros(W.shape), lambda V: softmax.softmax_loss(V, [x], [1])[0]
    for c in range(3):
        for j in range(4):
            before = f(W)
            W[j, c] += h  # and never taken away again
            numeric[j, c] = (f(W) - before) / h
    return float(np.abs(numeric - np.outer(x, p - np.eye(3)[1])).sum())


def report_errors():
    """Return that sum for tables that print alike and for weights that give the same probabilities."""
    rng = np.random.default_rng(0)
    draws = [(TABLE + rng.uniform(-5e-9, 5e-9, TABLE.shape), rng.uniform(-3, 3)) for _ in range(200)]
    return of_range([report_error(table, spare) for table, spare in draws])


def lowest():
    """Return the lowest loss with an L1 penalty of 1.2 in 100 steps of the subgradient, at three rates."""
    X, y, *_ = parts(0)

    def penalised(W, A, b):
        loss, dW = softmax.softmax_loss(W, A, b)
        return loss + 1.2 * np.abs(W[:-1]).sum(), dW + 1.2 * np.vstack([np.sign(W[:-1]), np.zeros((1, 10))])

    full = partial(penalised, A=X, b=y)
    start = np.random.default_rng(0).normal(0, 0.01, (X.shape[1], 10))
    runs = [optim.train(full, start, steps=100, learning_rate=rate).loss.min() for rate in (0.1, 1.0, 10.0)]
    return of_range(runs)


def central():
    """Return the relative error of forward differences over that of central ones, for five sets of 100 digits."""
    found = []
    for seed in SEEDS:
        X, y = (part[:100] for part in parts(seed)[:2])
        W = np.random.default_rng(seed).normal(0, 0.1, (X.shape[1], 10))
        right, loss = softmax.softmax_loss(W, X, y)[1], lambda V, X=X, y=y: softmax.softmax_loss(V, X, y)[0]
        ways = (gradcheck.numeric_gradient(loss, W, h=1e-5, method=method) for method in ("forward", "central"))
        forward, middle = (gradcheck.relative_error(G, right) for G in ways)
        found.append(forward / middle)
    return of_range(found)


def before():
    """Return the test accuracy of 40 random starts; None without Fashion-MNIST."""
    try:
        fashion = datasets.load("fashion_mnist")
    except Exception:  # whatever keeps the data away
        return None
    A, y = fashion.X_test / 255, fashion.y_test
    draws = (np.random.default_rng(seed).normal(0, 0.01, (784, 10)) for seed in range(40))
    return of_range([accuracy((A @ W).argmax(axis=1), y) for W in draws])


def flowers(seed):
    """Return a split of iris, 120 to train on and 30 to test on, standardised by the first."""
    iris = datasets.load("iris")
    X, y = np.vstack([iris.X_train, iris.X_test]), np.hstack([iris.y_train, iris.y_test])
    order = np.random.default_rng(seed).permutation(150)
    X, y = X[order], y[order]
    X = (X - X[:120].mean(axis=0)) / X[:120].std(axis=0)
    return X[:120], y[:120], X[120:], y[120:]


@cache
def iris_run(activation, seed):
    """Return the number of steps to a loss of 0.2, and the test accuracy after 500 steps at rate 0.1."""
    X, y, X_test, y_test = flowers(seed)
    options = {"activation": activation, "learning_rate": 0.1}
    params = network.init_params(4, 10, 3, np.random.default_rng(seed), activation=activation)
    params, first = network.train(params, X, y, steps=500, **options)
    right = accuracy(network.predict(params, X_test, activation=activation), y_test)
    _, second = network.train(params, X, y, steps=1500, **options)
    losses = np.concatenate([first.loss, second.loss])
    return int(np.argmax(losses < 0.2)) if losses.min() < 0.2 else len(losses), right


def iris_gap(first, second, what, factor):
    """Return the paired difference of two activations over the splits: of steps (0) or of accuracy (1)."""
    return of_mean([factor * (iris_run(first, seed)[what] - iris_run(second, seed)[what]) for seed in SPLITS])


def beside_sklearn():
    """Return the test accuracy of our sigmoid network on iris less that of scikit-learn's, in points."""
    given = {"activation": "logistic", "solver": "sgd", "learning_rate_init": 0.5, "momentum": 0, "alpha": 0}
    given |= {"batch_size": 120, "max_iter": 500, "tol": 0, "n_iter_no_change": 500}
    apart = []
    for seed in SPLITS:
        X, y, X_test, y_test = flowers(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # 500 steps are what both get
            theirs = MLPClassifier((10,), random_state=seed, **given).fit(X, y).score(X_test, y_test)
        params = network.init_params(4, 10, 3, np.random.default_rng(seed), activation="sigmoid")
        params, _ = network.train(params, X, y, activation="sigmoid", steps=500, learning_rate=0.5)
        ours = accuracy(network.predict(params, X_test, activation="sigmoid"), y_test)
        apart.append(100 * (ours - theirs))
    return of_mean(apart)


# Times: only their ratios, from rounds in which both are measured in turn


def ratio(slow, fast, *, rounds=5, times=1.0, number=1):
    """Return how many times as long the first call takes, over several rounds, on one core."""
    with threadpool_limits(1):  # two threads wait for each other where something else runs
        taken = [timing.measure({"slow": slow, "fast": fast}, rounds=1, number=number) for _ in range(rounds)]
    return of_range([times * each["slow"] / each["fast"] for each in taken])


def three_loops(W, X, y):
    """Return the gradient by loops over images, classes and pixels."""
    dW, x = np.zeros(W.shape), X.tolist()
    for i in range(len(x)):
        scores = [sum(x[i][j] * W[j, c] for j in range(W.shape[0])) for c in range(W.shape[1])]
        p = softmax.softmax(np.array([scores]))[0]
        for c in range(W.shape[1]):
            slope = p[c] - (y[i] == c)
            for j in range(W.shape[0]):
                dW[j, c] += slope * x[i][j]
    return dW / len(x)


def loops():
    """Return how many times as long three loops take for each image as products."""
    rng = np.random.default_rng(0)
    X, y, W = rng.random((1000, 784)), rng.integers(0, 10, 1000), np.zeros((784, 10))
    return ratio(lambda: three_loops(W, X[:3], y[:3]), lambda: softmax.softmax_loss(W, X, y), times=1000 / 3)


def read_all(batches):
    """Go through all batches."""
    for _ in batches:
        pass


def batches_of_one():
    """Return how many times as long a pass in batches of 1 takes as one in batches of 256."""
    rng = np.random.default_rng(0)
    X, y = rng.integers(0, 256, (2000, 784), np.uint8), np.zeros(2000, int)
    order = rng.permutation(2000)
    return ratio(*(lambda B=B: read_all(reading.by_batch(X, y, order, B)) for B in (1, 256)))


def workers():
    """Return the time of a pass without other processes over that with two."""
    rng = np.random.default_rng(0)
    X, y = rng.integers(0, 256, (2000, 784), np.uint8), np.zeros(2000, int)
    order = rng.permutation(2000)
    with reading.Readers(X, y, 2) as readers:
        read_all(readers.batches(order, 256))  # the processes have started
        return ratio(
            lambda: read_all(reading.by_batch(X, y, order, 256)), lambda: read_all(readers.batches(order, 256))
        )


def activations():
    """Return the time of a step on iris with tanh over that with relu."""
    X, y, *_ = flowers(0)
    params = network.init_params(4, 10, 3, np.random.default_rng(0))
    return ratio(
        *(lambda name=name: network.two_layer_loss(params, X, y, activation=name) for name in ("tanh", "relu")),
        number=50,
    )


def products():
    """Return how many times as long two loops take for all distances as one product."""
    rng = np.random.default_rng(0)
    A, B = rng.normal(size=(500, 3072)), rng.normal(size=(5000, 3072))
    two, one_product = partial(knn.distances_two_loops, A[:1], B), partial(knn.distances, A, B)
    return ratio(two, one_product, rounds=3, times=500)


def neighbours():
    """Return the time of a prediction of nearest neighbours with eight times the images."""
    rng = np.random.default_rng(0)
    B, Q = rng.normal(size=(8000, 256)), rng.normal(size=(50, 256))
    return ratio(partial(knn.distances, Q, B), partial(knn.distances, Q, B[:1000]), number=5)


FOUND = {
    "A8-loops": loops,
    "A11-overfitting": rises,
    "B3-error": report_errors,
    "B4-sizes": sizes,
    "B5-high": partial(ends, "06-025", r"above (\d+) at 0.1 0 to 1: .* ([\d.]+) at 0.1"),
    "B5-low": partial(ends, "06-025", r"0 to 255: loss ([\d.]+) at rate 1e-5.*0 to 1: loss ([\d.]+) at rate 1e-5"),
    "B7-epochs": epochs,
    "B8-grows": partial(ends, "07-071", r"0.1: highest (\d+);.* 1.0: highest (\d+);.* 10.0: highest (\d+);"),
    "B8-negative": lowest,
    "C7-batches": batches_of_one,
    "C7-workers": workers,
    "C9-before": before,
    "C14-noise": noise,
    "D1-loss": partial(one, "01-055", r"sum (2\.\d+), mean", 0.0001),
    "D3-sigmoid": partial(iris_gap, "sigmoid", "relu", 0, 1),
    "D3-relu": partial(iris_gap, "relu", "tanh", 1, 100),
    "D3-times": activations,
    "D6-framework": beside_sklearn,
    "E4-product": products,
    "E4-cost": neighbours,
    "E10-central": central,
    "E16-slower": slower,
}
