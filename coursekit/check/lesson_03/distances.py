"""Exercise 4 of notebook 03: all distances between two sets of points, by one product."""

import warnings

import numpy as np

from coursekit.check.demands import NO_LOOP, memory
from coursekit.check.exercise import Demand, Exercise, Property
from coursekit.check.lesson_03.expanded import _pairwise_distances

DISTANCES = (
    "coursekit.knn.distances", "coursekit.knn.distances_one_loop", "coursekit.knn.distances_two_loops",
    "scipy.spatial.distance.cdist", "scipy.spatial.distance_matrix", "sklearn.metrics.euclidean_distances",
    "sklearn.metrics.pairwise_distances", "sklearn.metrics.pairwise.euclidean_distances",
    "sklearn.metrics.pairwise.pairwise_distances", "torch.cdist",
)  # fmt: skip


def _points(rng):
    """Draw two sets of points on grids between each other, so that float32 suffices; one point is in both."""
    found = []
    for m, p, n in ((4, 6, 3), (5, 2, 7), (3, 3, 2), (4, 4, 4)):
        A, B = rng.integers(-4, 5, (m, n)) / 2, rng.integers(-4, 5, (p, n)) / 2 + 0.25
        A[-1] = B[0] = 0
        found.append((A, B))
    return [*found, (rng.integers(0, 256, (3, 5), np.uint8), rng.integers(0, 256, (2, 5), np.uint8))]


def _cut(answer):
    """Say that some square below 0 was not cut off, or not at 0."""
    rng = np.random.default_rng(33)
    clouds = [rng.normal(centre, 1, (50, n)) for centre, n in ((30, 3), (300, 10), (1000, 3), (5000, 2))]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        tables = [np.array(answer(A, A), float) for A in clouds]
    if not all(np.isfinite(D).all() for D in tables):
        return NEGATIVE
    return "" if np.diag(tables[0]).max() < 0.5 else NOT_AT_0


NEGATIVE = (
    "gives nan for points far from 0 and close together, a point and itself for example. Rounding makes some squares a "
    "little less than 0: cut them off before the root, np.maximum(D2, 0)."
)
NOT_AT_0 = (
    "gives a point a distance from itself. Squares below 0 come from rounding: cut them off at 0, np.maximum(D2, 0)."
)
TALL = (
    "makes an array (m, r, n) of all differences. For 500 x 5000 images of 3072 numbers that is 61 GB: expand the "
    "square, and (m, r) is the largest array."
)
WRAPS = (
    "Look at the type of pixels: squares and products of uint8 wrap around at 256. Convert both sets first, "
    "A.astype(float)."
)
SHORT = (
    "The type is still too short: squares of pixels go up to 65025, and int16 ends at 32767; fractions are lost. "
    "Convert to float."
)
WHERE, HOW = ("everywhere", "in the product", "late"), ("2 first", "2 last", "2.0")
OWN = "Look at |{0}|^2: {1}. Each point has its own: sum the squares of its row, axis=1."
COLUMN = (
    "Look at the shapes of the sums: |a|^2 belongs to the rows of D and |b|^2 to its columns. Make the first a column, "
    "(A**2).sum(axis=1)[:, None], shape (m, 1), and leave the second (r,)."
)
SMALL = "A small number under the root keeps the distance of equal points from being 0. Cut squares below 0 off at 0."
WIDE = np.random.default_rng(34).integers(-9, 10, (30, 60)).astype(float)


def _sums(name):
    """Return the hints on the squares of one of the sets."""
    return {
        "missing": f"The squares |{name}|^2 are missing. The square expands to |a|^2 - 2 a.b + |b|^2.",
        "all": OWN.format(name, "the squares of all points were added up"),
        "features": OWN.format(name, "the squares were added up for each feature, down the columns"),
        "mean": f"Look at |{name}|^2: it is a mean of squares. It must be their sum.",
        "length": f"Look at |{name}|^2: it is the length |{name}|, not its square.",
        "no square": OWN.format(name, "the numbers were added up without squaring them"),
        "square of sum": OWN.format(name, "the sum was squared. Square first, then add up"),
        "other way": COLUMN,
        "features, column": OWN.format(name, "the squares were added up for each feature, down the columns"),
        "twice": f"|{name}|^2 is there twice. The square expands to |a|^2 - 2 a.b + |b|^2.",
        "other's": f"In the place of |{name}|^2 stands that of the other set. Rows of D belong to A, columns to B.",
        "largest": OWN.format(name, "only the largest square of each point is in it"),
    }


pairwise_distances = Exercise(
    "03-pairwise-distances",
    _pairwise_distances,
    tries=(
        (np.array([[0.0, 0.0]]), np.array([[3.0, 4.0]])),
        (np.array([[3, 4], [0, 2], [3, 0]]), np.array([[3, 4], [-1, 4]])),
        (
            np.array([[0, 255, 16], [200, 17, 100]], np.uint8),
            np.array([[255, 0, 16], [3, 20, 90], [100, 100, 200]], np.uint8),
        ),
        (np.array([[1.5], [-2.0], [0.25], [4.0]]), np.array([[1.5], [3.0]])),
        (np.array([[1.0, 0.5], [-1.0, 2.0]]), np.array([[0.5, 0.5], [2.0, -1.5]])),
        (np.zeros((2, 3)), np.array([[1.0, -2.0, 2.0]])),
        (np.array([[0.01, 0.02]]), np.array([[0.03, 0.05], [0.01, -0.07]])),
        (np.full((2, 40), 255, np.uint8), np.zeros((3, 40), np.uint8)),
    ),
    draw=_points,
    properties=(
        Property(
            "It gives nan or infinity. A root of a number below 0 is nan: look at the signs of |a|^2 - 2 a.b + |b|^2.",
            lambda D, A, B: np.isfinite(D).all(),
        ),
        Property("No distance is negative. Look at the last step, the root.", lambda D, A, B: (D >= 0).all()),
        Property(
            "Equal points must have distance 0, and some have not. Look at the three terms: |a|^2 - 2 a.b + |b|^2 is 0 "
            "where a is b.",
            lambda D, A, B: not D[(A[:, None].astype(float) == B).all(axis=2)].any(),
        ),
    ),
    demands=(
        NO_LOOP,
        memory(30 * 30 * 60 * 2, (WIDE, WIDE[::-1]), TALL),
        Demand("no nan", _cut),
    ),
    causes=((r"could not be broadcast", COLUMN),),
    switches={
        "root": {
            "none": "These are squared distances. Take the root.",
            "bracket": "Look at the brackets of the root: the product is taken away outside. The root is of all three "
            "terms, |a|^2 - 2 a.b + |b|^2.",
            **dict.fromkeys(
                ("halved", "half of it"), "It was divided by 2. A distance is the root of |a|^2 - 2 a.b + |b|^2 alone."
            ),
            "by the features": "It was divided by the number of features. A distance is the root of the sum.",
            "logarithm": "This is a logarithm of squared distances. Take the root.",
            "cut at 1": "Squares below 1 were cut off at 1. Cut them off at 0: np.maximum(D2, 0).",
            "cut above": "np.minimum keeps what is below 0. np.maximum(D2, 0) cuts it off.",
            "square": "These are squares of squared distances. Take the root instead.",
            **dict.fromkeys(("absolute", "no cut"), ""),
            **dict.fromkeys([(how, eps) for how in ("added", "cut") for eps in (1e-10, 1e-9, 1e-8, 1e-6)], SMALL),
        },
        "middle": {
            "no 2": "The 2 is missing in the middle term. It is -2 a.b.",
            "plus": "The middle term has the wrong sign. The square expands to |a|^2 - 2 a.b + |b|^2.",
            "missing": "The middle term is missing, -2 a.b. It says how near two points lie.",
            "4": "The middle term is twice too large. It is -2 a.b.",
            "half": "The middle term is 1/2 a.b here. It is -2 a.b.",
            "B": "Look at the product: it is A @ B. The rows of A meet the rows of B in A @ B.T.",
            "turned": "Look at the product: it is B @ A.T. Rows of D belong to A, so it is A @ B.T.",
            "columns": "Look at the product: A.T @ B multiplies features. The rows of A meet the rows of B in A @ B.T.",
        },
        "rows": _sums("a"),
        "columns": _sums("b"),
        "convert": {
            **{(np.uint8, where, how): WRAPS for where in WHERE for how in HOW},
            **{(np.int16, where, how): SHORT for where in WHERE for how in HOW},
            **{("always int16", where, how): SHORT for where in WHERE for how in HOW},
            "whole": "The points were cut to whole numbers, and lost their fractions. Convert to float, "
            "A.astype(float).",
            "half precision": "It computes in float16, which has three digits and ends at 65504. Convert to float.",
        },
        "kind": {
            "city blocks": "These are sums of absolute differences. Square them, add them up, take the root.",
            "largest": "These are the largest differences. Square them all, add them up, take the root.",
            "sum of differences": "The differences were added up before they were squared. Square first.",
            "mean": "These are roots of mean squares: the sum was divided by n. Take the sum.",
            "cosine": "These are cosines of angles. A distance is the root of |a|^2 - 2 a.b + |b|^2.",
            "sums changed places": "|a|^2 and |b|^2 changed places. Rows of D belong to A, columns to B: |a|^2 is the "
            "column, (m, 1).",
            "1 - cosine": "This is 1 minus the cosine of an angle. A distance is the root of |a|^2 - 2 a.b + |b|^2.",
            "squares apart": "These are differences of |a|^2 and |b|^2. The middle term -2 a.b is missing, and the "
            "root is of the sum.",
            "smallest": "These are the smallest differences. Square them all, add them up, take the root.",
            **dict.fromkeys(
                ("mean absolute", "mean of differences"),
                "These are means of differences. Square them, add them up, take the root.",
            ),
            "unequal": "This counts unequal features. Square the differences, add them up, take the root.",
            "third powers": "The power is 3. Square the differences, add them up, take the root.",
            **dict.fromkeys(
                ("A with A", "B with B"), "One set is compared with itself. Rows of D belong to A, columns to B."
            ),
            **dict.fromkeys(
                ("first feature", "no last feature", "no first feature"),
                "Some features are left out. A distance adds up the squares of all of them.",
            ),
            **dict.fromkeys(
                ("first of A", "first of B"),
                "The same point is used for a whole row or column. D[i, j] compares A[i] with B[j].",
            ),
            "of lengths": "These are differences of lengths. Two points of equal length may lie far apart: the middle "
            "term -2 a.b says how far.",
        },
        "after": {
            "turned": "It is the transpose of what is right. Rows of D belong to A, columns to B.",
            "whole": "The distances were cut to whole numbers. Is the array made of whole numbers?",
            **dict.fromkeys(
                ("first row", "last row", "first column"), "Only a part came back. Is the `return` inside a loop?"
            ),
            **dict.fromkeys(
                ("no first row", "no last row", "no first column", "no last column"),
                "A row or column of D is 0. Look at where the loop begins and ends.",
            ),
            "largest": "These are the largest distances of each row. Return all, (m, r).",
            **dict.fromkeys(
                ("mean", "row means", "row sums"), "The distances were averaged or added up. D has one for each pair."
            ),
            "sorted": "The distances of a row were sorted. D[i, j] belongs to A[i] and B[j].",
            "order": "These are places in order of distance. Return the distances, (m, r).",
            "products": "These are products of the points, a.b. A distance is the root of |a|^2 - 2 a.b + |b|^2.",
            "minus": "The distances have a minus. A distance is never negative.",
            "flat": "All distances came back in one row. D has shape (m, r).",
            "sum": "All distances were added up. D has one for each pair, (m, r).",
            "nearest": "These are the places of the nearest points. Return the distances, (m, r).",
            "smallest": "These are the smallest distances of each row. Return all, (m, r).",
            **dict.fromkeys((2, 3, 4), "The distances are rounded. Return them as they are; rounding is for printing."),
        },
    },
    may_not_call=DISTANCES,
)
