"""Exercise 2 of notebook 09: distances by one product that keep their digits far from the origin."""

import warnings

import numpy as np

from coursekit.check.demands import NO_LOOP, memory
from coursekit.check.exercise import Demand, Exercise, Property

DISTANCES = (
    "coursekit.knn.distances", "coursekit.knn.distances_one_loop", "coursekit.knn.distances_two_loops",
    "scipy.spatial.distance.cdist", "scipy.spatial.distance_matrix", "sklearn.metrics.euclidean_distances",
    "sklearn.metrics.pairwise_distances", "sklearn.metrics.pairwise.euclidean_distances",
    "sklearn.metrics.pairwise.pairwise_distances", "torch.cdist",
)  # fmt: skip


def _centred_distances(A, B, *, shift="one for both", squares="own", middle="- 2 a.b", root="root", after="none"):
    """Return the distances of the rows of A from the rows of B."""
    A, B = np.asarray(A), np.asarray(B)
    a, b = B.mean(axis=0), B.mean(axis=0)
    low, width = B.min(axis=0), np.where(np.ptp(B, axis=0) == 0, 1, np.ptp(B, axis=0))
    A, B = {
        "only A": lambda: (A - A.mean(axis=0), B),
        "only A, by B": lambda: (A - b, B),
        "only B": lambda: (A, B - b),
        "one number": lambda: (A - B.mean(), B - B.mean()),
        "none": lambda: (A, B),
        "none, wider": lambda: (A.astype(float), B.astype(float)),
        "range of B": lambda: ((A - low) / width, (B - low) / width),
        "largest of B": lambda: (A / abs(B).max(), B / abs(B).max()),
        "one for both": lambda: (A - a, B - b),
        "mean of A": lambda: (A - A.mean(axis=0), B - A.mean(axis=0)),
        "midway": lambda: (A - (A.mean(axis=0) + b) / 2, B - (A.mean(axis=0) + b) / 2),
        "mean of all": lambda: (A - np.vstack([A, B]).mean(axis=0), B - np.vstack([A, B]).mean(axis=0)),
        "own mean": lambda: (A - A.mean(axis=0), B - b),
        "rows": lambda: (A - A.mean(axis=1, keepdims=True), B - B.mean(axis=1, keepdims=True)),
        "divided": lambda: (_inside(A, B, A), _inside(A, B, B)),
        "standardised": lambda: ((A - a) / (B.std(axis=0) + (B.std(axis=0) == 0)), (B - b) / _deviation(B)),
        "unit": lambda: (A / np.linalg.norm(A, axis=1, keepdims=True), B / np.linalg.norm(B, axis=1, keepdims=True)),
    }[shift]()
    A2, B2 = (A**2).sum(axis=1)[:, None], (B**2).sum(axis=1)
    if squares == "mean":
        A2, B2, A = A2 / A.shape[1], B2 / A.shape[1], A / A.shape[1]
    elif squares == "roots":
        A2, B2 = np.sqrt(A2), np.sqrt(B2)
    elif squares in ("exchanged", "both flat", "both columns"):
        A2, B2 = {"exchanged": (A2[:, 0], B2[:, None]), "both flat": (A2[:, 0], B2)}.get(squares, (A2, B2[:, None]))
    elif squares != "own":
        A2, B2 = (0 * A2, B2) if squares == "a missing" else (A2, 0 * B2)
    D2 = A2 + B2 + {"no 2": -1, "plus": 2, "missing": 0}.get(middle, -2) * (A @ (B if middle == "not turned" else B.T))
    D = {"root": lambda: np.sqrt(np.maximum(D2, 0)), "none": lambda: np.maximum(D2, 0)}.get(
        root, lambda: np.sqrt(np.abs(D2))
    )()
    return {
        "none": lambda: D,
        "turned": lambda: D.T,
        "first row": lambda: D[0],
        "whole numbers": lambda: np.round(D),
        "city block": lambda: np.array([abs(a - B).sum(axis=1) for a in A]),
        "angles": lambda: 1 - A @ B.T / np.linalg.norm(A, axis=1)[:, None] / np.linalg.norm(B, axis=1),
        "nearest": lambda: D.argmin(axis=1),
        "whole": lambda: D.astype(int),
    }[after]()


def _deviation(B):
    """Return each column's standard deviation, or 1 where it is 0."""
    return np.where(B.std(axis=0) == 0, 1, B.std(axis=0))


def _inside(A, B, M):
    """Return points with the least value of both sets at 0 and the largest at 1."""
    low, high = min(A.min(), B.min()), max(A.max(), B.max())
    return (M - low) / (high - low)


def _true(A, B):
    """Return the distances by subtracting first."""
    return np.sqrt(((A[:, None].astype(float) - B) ** 2).sum(axis=2))


def _far(A, B):
    """Say whether points lie far from the origin."""
    return np.abs(B).max() > 1000


def _clouds(rng):
    """Draw whole-numbered points, the second set between the first, near the origin and far from it, in both types."""
    found = []
    for m, p, n, offset, kind in (
        (4, 6, 3, 0, np.float64), (5, 3, 2, 5000, np.float32),
        (3, 5, 4, 2**30, np.float64), (3, 3, 5, -9000, np.float32),
    ):  # fmt: skip
        A, B = rng.integers(-6, 7, (m, n)), rng.integers(-6, 7, (p, n))
        A[:, 0], B[:, 0] = 2 * A[:, 0], 2 * B[:, 0] + 1
        found.append(((A + offset).astype(kind), (B + offset).astype(kind)))
    return found


def _cut(answer):
    """Say that some square below 0 was not cut off, or not at 0."""
    clouds = [np.random.default_rng(94).normal(0, 1, (50, n)).astype(np.float32) for n in (3, 10, 40)]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        tables = [np.array(answer(A, A), float) for A in clouds]
    if not all(np.isfinite(D).all() for D in tables):
        return NEGATIVE
    exact = np.array([[1.0, 2.0], [3.0, 4.0]])
    kept = np.abs(np.diag(np.array(answer(exact, exact), float))).max() < 1e-6
    return "" if kept and all(np.diag(D).max() < 0.1 for D in tables) else NOT_AT_0


NEGATIVE = (
    "gives nan for a point and itself. Rounding still makes some squares a little less than 0: keep the cut, "
    "np.maximum(D2, 0), before the root."
)
NOT_AT_0 = (
    "gives a point a distance from itself. Squares below 0 come from rounding: cut them off at 0, np.maximum(D2, 0), "
    "and "
    "add nothing."
)
TALL = (
    "makes an array (m, r, n) of all differences. For 500 x 5000 images of 3072 numbers in float32 that is 31 GB: keep "
    "the one product."
)
LOST = (
    "Look at the points far from the origin: their distances are wrong, and those of points near it are right. The "
    "squares are far larger than the squared distances, so their last digits are lost. Before squaring, take the same "
    "vector away from all points of both sets. A wider type only moves the trouble further out."
)
WIDE = np.random.default_rng(95).integers(-9, 10, (30, 60)).astype(float)

centred_distances = Exercise(
    "09-centred-distances",
    _centred_distances,
    tries=(
        (np.array([[1.0, 2.0]]), np.array([[4.0, 6.0], [1.0, 3.0]])),
        (np.array([[8193.0, 8190.0]], np.float32), np.array([[8190.0, 8186.0], [8193.0, 8191.0]], np.float32)),
        (np.array([[1.0, 0.5], [-1.0, 2.0], [0.0, 5.0]]), np.array([[0.5, 0.5], [2.0, -1.5]])),
        (
            2.0**30 + np.array([[1.0, 0.0, 4.0], [3.0, 3.0, -2.0]]),
            2.0**30 + np.array([[0.0, 0.0, 0.0], [7.0, 5.0, 4.0]]),
        ),
        (
            np.array([[2.0**30, -(2.0**30), 5.0]]),
            np.array([[2.0**30 + 2, -(2.0**30) - 3, 11.0], [2.0**30 + 4, 8 - 2.0**30, 6.0]]),
        ),
        (np.array([[9000.0], [9004.0]], np.float32), np.array([[9001.0], [9006.0], [8990.0]], np.float32)),
        (
            np.array([[-7000.0, 7001.0, 0.0]], np.float32),
            np.array([[-7003.0, 7000.0, 2.0], [-6999.0, 7004.0, -1.0]], np.float32),
        ),
        (np.array([[0.0, 40.0], [3.0, 10.0]]), np.array([[1.0, 20.0], [-2.0, 35.0]])),
    ),
    draw=_clouds,
    properties=(
        Property(
            "It gives nan or infinity. Look at the signs of |a|^2 - 2 a.b + |b|^2, and at what is divided by what.",
            lambda D, A, B: np.isfinite(D).all(),
        ),
        Property(
            "Look at points near the origin, where no digit is lost: their distances are wrong. Whatever is taken away "
            "from A must be taken away from B too, and nothing may be divided.",
            lambda D, A, B: _far(A, B) or np.allclose(D, _true(A, B), rtol=1e-3),
        ),
        Property(LOST, lambda D, A, B: np.allclose(D, _true(A, B), rtol=5e-5)),
    ),
    demands=(NO_LOOP, memory(30 * 30 * 60 * 2, (WIDE, WIDE[::-1]), TALL), Demand("no nan", _cut)),
    switches={
        "shift": {
            **dict.fromkeys(("mean of A", "midway", "mean of all"), ""),
            "own mean": "Look at what is taken away: each set lost a mean of its own, so they moved apart. Take the "
            "same vector away from both.",
            "rows": "Look at the axis: each point lost the mean of its own numbers. Take one vector of n numbers, the "
            "same for all points, away: axis=0.",
            **dict.fromkeys(
                ("only A", "only A, by B", "only B"),
                "Look at what is taken away: only one of the two sets was moved. Take the same vector away from both.",
            ),
            "one number": "Look at what is taken away: one number for all columns. Each column has a mean of its own, "
            "and "
            "may lie elsewhere: axis=0.",
            **dict.fromkeys(("none", "none, wider"), LOST),
            **dict.fromkeys(
                ("range of B", "largest of B", "divided", "standardised", "unit"),
                "The points were divided by something, so the distances have another unit. Only take something away.",
            ),
        },
        "squares": {
            **dict.fromkeys(
                ("a missing", "b missing"), "One of the two squares is missing. The square is |a|^2 - 2 a.b + |b|^2."
            ),
            **dict.fromkeys(
                ("exchanged", "both flat", "both columns"),
                "Look at the shapes of the two squares: those of A belong to rows of D, and those of B to its columns. "
                "One is a column, (m, 1), the other a vector, (p,): (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1).",
            ),
            "mean": "The squares were averaged over the columns. A distance adds them up.",
            "roots": "The lengths of the points were added, not their squares. The square is |a|^2 - 2 a.b + |b|^2.",
        },
        "middle": {
            "not turned": "Look at the product: B is not transposed. A is (m, n) and B (r, n), so A @ B.T is (m, r).",
            "no 2": "The 2 is missing in the middle term. It is -2 a.b.",
            "plus": "The middle term has the wrong sign. The square is |a|^2 - 2 a.b + |b|^2.",
            "missing": "The middle term is missing, -2 a.b. It says how near two points lie.",
        },
        "root": {"none": "These are squared distances. Take the root.", "absolute": ""},
        "after": {
            "turned": "It is the transpose of what is right. Rows of D belong to A, columns to B.",
            "first row": "Only the first row came back. Is the `return` inside a loop?",
            "nearest": "These are the places of the nearest points. Return the distances, (m, r).",
            "whole numbers": "The distances were rounded. Return them as they are.",
            "city block": "These are L1 distances: sums of sizes. The distance is the root of the sum of squares.",
            "angles": "This compares directions: it is 1 minus a cosine. The distance is the root of the sum of "
            "squares.",
            "whole": "The distances were cut to whole numbers. Return them as they are.",
        },
    },
    may_not_call=DISTANCES,
)
