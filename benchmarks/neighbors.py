"""Measure nearest neighbours, 500 x 5000 points of 3072 features in float32, beside their peers. A minute.

    python -m benchmarks.neighbors

Points are drawn by a seeded generator; all must give the same before the clock starts. The two loops are measured for
some rows of the points, and with all training points, which as in the whole are more than the cache holds.
"""

from dataclasses import replace

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import KNeighborsClassifier

from benchmarks.race import race, table
from coursekit import knn

M, P, N, K = 500, 5000, 3072, 5
PART = M // 25  # points that the two loops get as far as
BRUTE, CDIST, LOOPS = "scikit-learn, KNeighborsClassifier(algorithm='brute')", "SciPy, cdist", "two loops"
TARGETS = {BRUTE: 1.5, CDIST: 15, LOOPS: 150}


def points():
    """Return training points (r, n), their labels, and points to classify (m, n): ten heaps that overlap."""
    rng = np.random.default_rng(0)
    centres = rng.random((10, N), dtype=np.float32)
    labels = rng.integers(0, 10, P + M)
    X = 0.1 * centres[labels] + rng.random((P + M, N), dtype=np.float32)
    return X[:P], labels[:P], X[P:]


def vote(D, y):
    """Return the commonest label among the K nearest of each row of distances, the smallest of several."""
    nearest = np.argpartition(D, K - 1, axis=1)[:, :K]
    return np.array([np.bincount(labels).argmax() for labels in y[nearest]])


def agree(work, results, share):
    """Raise unless at least so large a share of each result equals the first; distances within single precision."""
    (name, first), *others = results.items()
    for other, result in others:
        equal = np.isclose(result, first, rtol=1e-4).mean()
        if equal < share:
            raise AssertionError(f"{work}: {other} and {name} agree on {equal:.2%} only")


def scaled(line):
    """Return the line of the loops, which did a part of the pairs, as if they had done all."""
    return replace(line, ratio=line.ratio * M / PART) if line.peer == LOOPS else line


def lines():
    """Measure and return the lines of the table.

    Returns
    -------
    list of benchmarks.race.Line
        All distances, and predictions by the 5 nearest.
    """
    X_train, y_train, X = points()
    classifier = KNeighborsClassifier(K, algorithm="brute").fit(X_train, y_train)
    loops = {LOOPS: lambda: knn.distances_two_loops(X[:PART], X_train)}
    distances = {
        "knn.distances": lambda: knn.distances(X, X_train),
        "scikit-learn, pairwise_distances": lambda: pairwise_distances(X, X_train),
        CDIST: lambda: cdist(X, X_train),
    }
    predict = {
        "knn.predict": lambda: knn.predict(X_train, y_train, X, k=K),
        BRUTE: lambda: classifier.predict(X),
        CDIST: lambda: vote(cdist(X, X_train), y_train),
    }
    agree("distances", {name: run() for name, run in distances.items()}, share=1)
    agree("predictions", {name: run() for name, run in predict.items()}, share=0.998)  # single precision may tie
    agree("distances", {"knn.distances": knn.distances(X[:PART], X_train), LOOPS: loops[LOOPS]()}, share=1)
    size = f"{M} x {P} x {N}, float32"
    done = f"measured on {PART} x {P} of the pairs and multiplied by {M // PART}"
    remarks = {LOOPS: f"{done}; the {TARGETS[LOOPS]} comes from a machine whose loops took 38.8 s"}
    made = race(f"distances, {size}", distances | loops, remarks=remarks, rounds=5)
    made += race(f"predict, k = {K}, {size}", predict | loops, targets=TARGETS, remarks=remarks, rounds=5)
    return [scaled(line) for line in made]


def main():
    """Print the table."""
    print(table(lines()))


if __name__ == "__main__":
    main()
