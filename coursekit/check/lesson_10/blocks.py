"""Exercise 2 of notebook 10: the features of one block of 2 x 2 cells, votes and their normalisation."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_10._votes import BEYOND, _histogram, _normalised, _passed_on
from coursekit.check.lesson_10.gradients import FEATURES


def _block_features(
    length,
    angle,
    orientations,
    *,
    votes="lengths",
    bins="whole part",
    mean="none",
    order="rows",
    block="together",
    norm="L2",
    cut=0.2,
    again="yes",
):
    """Return the features of a block of 2 x 2 cells."""
    length, angle = np.asarray(length, float), np.asarray(angle, float)
    weights = {
        "lengths": lambda: length,
        "ones": lambda: np.ones(length.shape),
        "not flat": lambda: (length > 0) * 1.0,
        "one minus": lambda: 1 - length,
        "largest minus": lambda: length.max() - length,
        "squares": lambda: length**2,
        "angles": lambda: angle,
    }[votes]()
    side = length.shape[0] // 2
    cells = [np.s_[i * side : (i + 1) * side, j * side : (j + 1) * side] for i in (0, 1) for j in (0, 1)]
    H = np.array([_histogram(weights[c].ravel(), angle[c].ravel(), orientations, bins, mean) for c in cells])
    if bins in BEYOND:
        H = _passed_on(H)
    H = {
        "rows": lambda: H,
        "columns": lambda: H[[0, 2, 1, 3]],
        "orientations first": lambda: H.T,
        "one histogram": lambda: np.array([H.mean(axis=0)]),
        "first cell": lambda: H * [[1], [0], [0], [0]],
    }[order]()
    if block == "each cell":
        return np.concatenate([_normalised(h, norm, cut, again) for h in H])
    return _normalised(H.ravel(), norm, cut, again)


def _blocks(rng):
    """Draw blocks of several sizes; angles are never on the edge of two bins."""
    found = []
    for side, orientations, scale in ((2, 4, 9), (3, 9, 60), (1, 6, 200)):
        length = rng.integers(0, scale, (2 * side, 2 * side)) + 0.5
        angle = np.minimum(rng.integers(0, 180, length.shape) + 0.37, 179.9)
        found.append((length, angle, orientations))
    return found


def _odd(seed, side, orientations):
    """Return a block with strong edges in one cell only, so that the cut at 0.2 matters."""
    rng = np.random.default_rng(seed)
    length = rng.integers(1, 9, (2 * side, 2 * side)).astype(float)
    length[:side, side:] *= 30
    return length, rng.integers(0, 180, length.shape) + 0.37, orientations


WIDTH = "Look at the width of a bin: {} It is 180 / orientations degrees."
NORM = "Look at the length of the features: the sum of their squares must be 1 at the end (0 where all is flat)."

block_features = Exercise(
    "10-block-features",
    _block_features,
    tries=(
        (np.array([[3.0, 0.0], [0.0, 4.0]]), np.array([[10.0, 0.0], [0.0, 100.0]]), 2),
        (np.zeros((4, 4)), np.zeros((4, 4)), 9),
        (np.array([[2.0, 1.0], [4.0, 3.0]]), np.array([[0.0, 45.0], [90.0, 179.5]]), 4),
        (np.array([[3.0, 2.0], [1.0, 4.0]]), np.array([[22.2, 45.5], [89.0, 157.4]]), 8),  # bins of 22.5 degrees
        _odd(1, 2, 3),
        _odd(2, 2, 9),
        (np.array([[9.0, 1.0], [2.0, 5.0]]), np.array([[15.5, 170.25], [80.5, 100.5]]), 12),
        (
            np.array([[0.01, 0.001], [0.0005, 0.006]]),
            np.array([[15.5, 170.25], [80.5, 100.5]]),
            5,
        ),  # weak
    ),
    draw=_blocks,
    sizes=lambda length, angle, orientations: {"m": length.shape[0], "k": orientations},
    properties=(
        Property(
            "It gives nan where the whole block is flat: 0 / 0. A small number, 1e-5 squared, stands under the root.",
            lambda v, *inputs: np.isfinite(v).all(),
        ),
        Property("A feature lies between 0 and 1.", lambda v, *inputs: ((v >= -1e-9) & (v <= 1 + 1e-6)).all()),
        Property(
            NORM,
            lambda v, length, angle, orientations: abs((v**2).sum() - (length.max() > 0)) < 1e-3,
        ),
    ),
    switches={
        "votes": {
            "ones": "Look at the votes: each pixel has one. A pixel votes with the length of its gradient.",
            "not flat": "Look at the votes: each pixel that is not flat has one. A pixel votes with the length of its "
            "gradient.",
            "one minus": "Look at the votes: they are 1 minus the length, so a strong edge takes votes away. A pixel "
            "votes with the length.",
            "largest minus": "Look at the votes: they are the largest length minus the pixel's own, so a flat pixel "
            "counts most. A pixel votes with its length.",
            "squares": "Look at the votes: they are squared lengths. A pixel votes with the length.",
            "angles": "Look at the votes: the angle was added up. The angle chooses the bin; the length is the vote.",
        },
        "bins": {
            "nearest": "Look at the bins: the angle was rounded to the nearest edge. Bin 0 goes from 0 up to "
            "180 / orientations: take the whole part.",
            "nearest, lost": "Look at the bins: the angle was rounded to the nearest edge, and what became the bin "
            "after the "
            "last is lost. Take the whole part.",
            "from 1, lost": "Look at the bins: they begin at 1, and the last one is lost. Python counts from 0; "
            "np.digitize "
            "counts from 1.",
            "orientations wide": WIDTH.format("it is `orientations` degrees."),
            "modulo": "Look at the bins: this is a remainder. Divide the angle by the width of a bin, and take the "
            "whole "
            "part.",
            "edge below": "Look at an angle on the edge of two bins: it went to the lower one. Bin 0 begins at 0 and "
            "ends "
            "before the next edge: take the whole part.",
            "one bin fewer": WIDTH.format(
                "it is 180 / (orientations - 1). Between orientations + 1 edges lie `orientations` bins."
            ),
            "20 degrees": WIDTH.format("it is always 20."),
            **dict.fromkeys(
                ("nearest, beyond", "nearest, into the next"),
                "Look at the bins: the angle was rounded to the nearest edge, so angles near 180 get a bin after the "
                "last. Bin 0 goes from 0 up to 180 / orientations: take the whole part.",
            ),
            **dict.fromkeys(
                ("from 1, beyond", "from 1, into the next"),
                "Look at the bins: they begin at 1, and there is no place for the last one. Python counts from 0; "
                "np.digitize counts from 1.",
            ),
            **dict.fromkeys(
                ("own range", "own range, by NumPy"),
                "Look at the edges of the bins: they follow the angles in the cell. They are the same for all "
                "cells: np.histogram needs range=(0, 180).",
            ),
            "from 1": "Look at the bins: they begin at 1. Python counts from 0.",
            "reversed": "Look at the bins: they run backwards. Bin 0 begins at an angle of 0.",
            "of 360": "Look at the width of a bin: it is 360 / orientations. The angles go from 0 to 180 only.",
            "radians": "Look at the unit: the angles are in degrees already.",
            "9 always": "Look at the width of a bin: it is always 20 degrees. It is 180 / orientations.",
            "shared": "Look at the bins: each vote is shared out between two bins. Here a vote goes to one bin as a "
            "whole.",
        },
        "mean": {
            "last": "Look at pixels of one bin in one cell: only the last of them counts. Add them up: += in a loop; "
            "and "
            "h[bins] += v adds only once where a bin comes twice.",
            **dict.fromkeys(
                ("of the cell", "of the cell, L2", "of the cell, largest"),
                "Look at what is normalised: each histogram was, by itself. Put the four together first, so that a "
                "weak cell stays weak beside a strong one.",
            ),
            "of the bin": "Look at the mean: it was taken over the pixels of each bin. Add up the votes of a bin; ten "
            "weak pixels together may outvote a strong one.",
        },
        "order": {
            "columns": "Look at the order of the cells: the second must be the one on the right of the first. Go row "
            "by row.",
            "orientations first": "Look at the order: all cells for one orientation stand together. Put the whole "
            "histogram of one cell first, then that of the next.",
            "first cell": "Three cells are empty. A slice that begins at i must end at i + h, and not at h.",
            "one histogram": "The four cells were put into one histogram. Where an edge is, is lost then: each cell "
            "has its own.",
        },
        "block": {
            "each cell": "Look at what is normalised: each cell was, by itself. Put the four histograms into one "
            "vector first and divide all by its length; so a weak cell stays weak beside a strong one."
        },
        "norm": {
            "L1, once": "Look at the norm: it is the sum of the features (L1), and nothing is cut off. L2 is the root "
            "of the "
            "sum of squares.",
            "L1": "Look at the norm: it is the sum of the features (L1). L2 is the root of the sum of squares.",
            "root of L1": "Look at the norm: the features were divided by their sum, and the roots taken. L2 is the "
            "root of the sum of squares.",
            "largest": "Look at the norm: the largest feature was made 1. Divide by the root of the sum of squares.",
            "squared": "Look at the length: nothing came of the normalisation. Divide by the root of the sum of "
            "squares; divided by the sum itself, twice, v comes back as it was.",
            "eps outside": "Look at the small number: it stands after the root. It is added to the sum of squares, "
            "under the "
            "root.",
            "standardised": "Look at the norm: the mean was taken away, and v divided by its deviation. Take nothing "
            "away; "
            "divide by the root of the sum of squares.",
            "bare": "Look at the block that is flat everywhere: 0 / 0. The small number under the root is missing.",
            "nothing": "These are the four histograms as they are. Bring them to length 1, cut, and to length 1 again.",
            "none": "Nothing was normalised. Divide by the root of the sum of squares.",
            "eps not squared": "Look at the small number under the root: it is 1e-5 squared, not 1e-5.",
            "large eps": "Look at the small number under the root: it is not small. It is 1e-5 squared.",
        },
        "cut": {
            None: "Look at large features: none is cut off at 0.2. This is L2, and L2-Hys cuts before it normalises "
            "again.",
            "to 0": "Look at large features: they became 0. What is larger than 0.2 becomes 0.2: np.minimum(v, 0.2).",
            "small to 0": "Look at small features: they became 0. They stay; what is larger than 0.2 becomes 0.2.",
            "from below": "Look at small features: they became 0.2. np.minimum(v, 0.2) cuts from above.",
            "of the largest": "Look at where features are cut off: at a share of the largest. It is 0.2 itself, after "
            "the "
            "first normalisation.",
            0.02: "Look at where large features are cut off: at 0.2.",
            0.1: "Look at where large features are cut off: at 0.2.",
            0.25: "Look at where large features are cut off: at 0.2.",
            0.5: "Look at where large features are cut off: at 0.2.",
        },
        "again": {
            "no": "Look at the end: after the cut the length is less than 1. Bring it to 1 again.",
            "only": "Look at the beginning: v was not brought to length 1 before the cut. Features of any size would "
            "be cut "
            "at 0.2 then.",
            "largest": "Look at the end: the second time the largest feature was made 1. Divide by the length.",
            "L1": "Look at the end: the second time the features were divided by their sum. Divide by their length.",
        },
    },
    may_not_call=FEATURES,
)
