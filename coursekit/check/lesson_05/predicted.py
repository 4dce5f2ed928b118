"""Exercise 3 of notebook 05: the label of the largest score of each raw image."""

import numpy as np

from coursekit.check.exercise import Exercise, Property
from coursekit.check.lesson_05.converted import THRESHOLDS, _binary


def _predict(test_images, theta, *, pixels="above 100", scores="theta", what="largest", axis="classes", after="label"):
    """Return the label of the largest score of each image."""
    theta = np.asarray(theta, float)
    x = _binary(np.asarray(test_images), pixels)
    Z = {
        "theta": lambda: theta @ x.T,
        "turned": lambda: theta.T @ x.T,
        "x turned": lambda: theta @ x,
        "one-sided": lambda: np.maximum(theta, 0) @ x.T,
        "centred": lambda: (theta - theta.mean(axis=1, keepdims=True)) @ x.T,
        "distance": lambda: -((theta[:, None, :] - x) ** 2).sum(axis=2),
        "whole": lambda: theta.astype(int) @ x.T,
    }[scores]()
    Z = {
        "largest": lambda: Z,
        "smallest": lambda: -Z,
        "absolute": lambda: np.abs(Z),
        "above 0": lambda: np.maximum(Z, 0),
        "second": lambda: np.where((Z.max(axis=0) == Z) & (len(Z) > 1), -np.inf, Z),
        "rounded": lambda: np.round(Z),
        "softmax across": lambda: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
        "shifted across": lambda: Z - Z.max(axis=1, keepdims=True),
        "without the first class": lambda: Z[1:],
        "without the last class": lambda: Z[:-1],
        "ten classes": lambda: Z[np.arange(10)],
    }[what]()
    labels = {
        "classes": lambda: Z.argmax(axis=0),
        "images": lambda: Z.argmax(axis=1),
        "all": lambda: Z.argmax(),
        "first image": lambda: Z[:, 0].argmax(),
        "last image": lambda: Z[:, -1].argmax(),
        "all but the first": lambda: Z[:, 1:].argmax(axis=0),
        "all but the last": lambda: Z[:, :-1].argmax(axis=0),
        "as many as classes": lambda: Z[:, np.arange(len(Z))].argmax(axis=0),
        "first image's for all": lambda: np.full(Z.shape[1], Z[:, 0].argmax()),
    }[axis]()
    return _told(Z, labels, after)


def _told(Z, labels, after):
    """Return the labels, or what else is made of scores."""
    E = np.exp(Z)
    return {
        "label": lambda: labels,
        "from 1": lambda: labels + 1,
        "from -1": lambda: labels - 1,
        "from the end": lambda: len(Z) - 1 - labels,
        "column": lambda: np.reshape(labels, (-1, 1)),
        "row": lambda: np.reshape(labels, (1, -1)),
        "scores": lambda: Z,
        "scores, turned": lambda: Z.T,
        "probabilities": lambda: E / E.sum(axis=0),
        "probabilities, turned": lambda: (E / E.sum(axis=0)).T,
        "largest score": lambda: Z.max(axis=0),
        "largest probability": lambda: (E / E.sum(axis=0)).max(axis=0),
        "one-hot": lambda: (Z.max(axis=0) == Z) * 1.0,
        "one-hot, turned": lambda: (Z.max(axis=0) == Z).T * 1.0,
        "sorted": lambda: np.sort(labels, axis=None),
        "order": lambda: Z.argsort(axis=0),
        "pair": lambda: np.array([labels, Z.max(axis=0)]),
    }[after]()


def _tests(rng):
    """Draw raw images and parameters; no two scores of an image are close."""
    found = []
    for m, n, k in ((9, 6, 4), (4, 4, 4), (5, 7, 3), (6, 5, 8)):
        while True:
            images, theta = rng.integers(30, 250, (m, n)), rng.normal(0, 1, (k, n)).round(2)
            images.flat[:4] = rng.permuted([100, 101, 41, 126])
            Z = np.sort(theta @ (images > 100).T, axis=0)
            if (Z[-1] - Z[-2] > 0.01).all() and Z[-1].min() < 0:
                break
        found.append((images.astype(np.uint8), theta))
    return found


SMALL = (
    np.array([[90, 110, 0], [255, 0, 101], [90, 95, 110], [20, 130, 250], [120, 90, 90]], np.uint8),
    np.array([[3.0, 1.0, -1.0], [1.0, 2.0, 0.5], [-2.0, 1.5, 2.5], [0.5, -3.0, 0.2]]),
)
TRAINED = "The model was trained on pixels of 0 and 1, cut at 100, so the test images need the same."
PLACES = "Return the label, the place of the largest score: argmax."
PART = "Some images or classes were left out. Look at where the loop begins and ends: the first index is 0."

predict = Exercise(
    "05-predict",
    _predict,
    tries=(
        (np.array([[90, 255]], np.uint8), np.array([[1.0, 0.0], [-1.0, 0.5]])),
        SMALL,
        (
            np.array([[100, 101, 60], [101, 100, 40], [41, 128, 100], [99, 0, 140]]),
            np.array([[0.2, -0.1, -1.0], [-0.5, 0.4, 0.7]]),
        ),
        (
            np.array([[250, 40, 90], [99, 130, 101], [10, 60, 200]], np.uint8),
            np.array([[-1.0, -2.0, -0.5], [-0.25, -3.0, -1.5], [-2.0, -0.75, -0.9]]),
        ),
        (np.array([[150, 160], [220, 140], [90, 30]], np.uint8), np.array([[0.5, -1.5]])),
        (np.array([[250, 10], [20, 200]], np.uint8), np.array([[1e-3, -2e-3], [2e-3, -1e-3]])),  # small, not rounded
        (
            np.array([[150, 190, 160, 100], [102, 240, 250, 100], [60, 185, 20, 95]], np.uint8),
            np.array(
                [
                    [1.0, -2.0, 0.1, 0.3],
                    [0.5, -1.4, 0.2, 9.0],
                    [-1.0, 0.25, 0.5, -4.0],
                    [0.75, 0.5, -1.5, 1.0],
                    [0.1, 0.2, 0.3, 0.05],
                ],
                np.float32,
            ),
        ),
    ),
    draw=_tests,
    sizes=lambda test_images, theta: {"m": len(test_images), "k": len(theta)},
    causes=(
        (
            r"matmul: Input operand|shapes \(.*\) and \(.*\) not aligned",
            "Look at the shapes: theta is (k, n), with one row per class, and the images are (m, n). The scores are "
            "theta @ x.T, (k, m), or x @ theta.T, (m, k).",
        ),
    ),
    properties=(
        Property(
            "Labels are whole numbers from 0 to k - 1, k being the number of rows of theta.",
            lambda v, test_images, theta: np.isin(v, np.arange(len(theta))).all(),
        ),
    ),
    switches={
        "pixels": {
            **dict.fromkeys(
                ("as they came", "/ 255", "/ 100"), f"The test images were used as they came, or only scaled. {TRAINED}"
            ),
            "from 100": "A pixel of exactly 100 counts as ink here. Above the threshold means >, not >=.",
            **dict.fromkeys(("up to 100", "below 100"), "The pixels are inverted. Ink, above 100, must be 1."),
            **{t: f"Look at the threshold: the test images were cut at {t}. Training used 100." for t in THRESHOLDS},
            **dict.fromkeys(
                ("mean", "each image's mean", "each pixel's mean"),
                f"The threshold was computed from the test images. {TRAINED}",
            ),
            "wrapped": "Look at pixels below 100 in an array of uint8: 90 - 100 is 246 there, since uint8 has no "
            "negative numbers. Compare instead of subtracting: test_images > 100.",
            **dict.fromkeys(("// 100", "// 101"), f"The pixels were divided, not compared. {TRAINED}"),
            "the rest left": "Only the pixels above the threshold were set. The others must become 0.",
            "the ink left": "Only the pixels up to the threshold were set. Those above it must become 1.",
            "ones first": "No pixel is 1. What was set to 1 first was set to 0 afterwards, since 1 is not above 100 "
            "either. Ask for test_images > 100 once.",
            "signs": "Pixels became -1 and 1. Training saw 0 and 1.",
        },
        "scores": {
            **dict.fromkeys(
                ("turned", "x turned"),
                "Look at the product: a transpose is missing or too many. theta is (k, n), one row per class; the "
                "scores are theta @ x.T, (k, m).",
            ),
            "one-sided": "Negative weights were left out. They speak against a class: keep them.",
            "centred": "The mean of each row of theta was taken away. That changes which score is largest: use theta "
            "as it is.",
            "distance": "This looks for the nearest row of theta. The model compares scores, theta @ x.T.",
            "whole": "theta was cut to whole numbers. Use it as it is.",
        },
        "axis": {
            "images": "Look at the axis: the argmax ran across images, so there is one value per class. Each image has "
            "its own largest score, over the classes: axis=0 of (k, m), axis=1 of (m, k).",
            "all": "One label came back for all images. Give one for each: argmax needs an axis.",
            **dict.fromkeys(
                ("first image", "last image"), "Only one image's label came back. Is the `return` inside the loop?"
            ),
            "as many as classes": "Look at the loop: it runs over the classes. There must be one label for each image: "
            "range(len(test_images)).",
            "first image's for all": "Every image got the first one's label. Does the loop use its own image?",
            **dict.fromkeys(("all but the first", "all but the last"), PART),
        },
        "what": {
            "smallest": "The smallest score was taken. The prediction is the class with the largest: argmax.",
            "absolute": "The sign matters: -5 is a smaller score than -3. Take the scores without np.abs.",
            "above 0": "Look at an image whose scores are all negative. A search that begins with 0 as the largest "
            "finds nothing there: begin with the first score.",
            "second": "This is the second largest. The prediction is the class with the largest score.",
            "rounded": "The scores were rounded, so that some became equal. Compare them as they are.",
            **dict.fromkeys(
                ("softmax across", "shifted across"),
                "Look at the axis of the softmax: it ran across the images. One image's scores compete, down a column "
                "of (k, m); and the scores alone say which is largest.",
            ),
            "ten classes": "Look at the index: it goes beyond the last class. There are k classes, the rows of theta, "
            "and not always 10: range(len(theta)).",
            **dict.fromkeys(("without the first class", "without the last class"), PART),
        },
        "after": {
            "from 1": "Labels start at 0, not at 1. Leave argmax as it is.",
            "from -1": "Labels start at 0, not at -1. Leave argmax as it is.",
            "from the end": "The classes are counted from the end. Count from the start, beginning with 0.",
            **dict.fromkeys(
                ("column", "row"), "Look at the shape: the labels must be a vector, (m,). .ravel() makes one."
            ),
            **dict.fromkeys(("scores", "scores, turned"), f"It returned the scores. {PLACES}"),
            **dict.fromkeys(("probabilities", "probabilities, turned"), f"It returned the probabilities. {PLACES}"),
            "largest score": f"It returned the largest scores. {PLACES}",
            "largest probability": f"It returned the largest probabilities. {PLACES}",
            **dict.fromkeys(
                ("one-hot", "one-hot, turned"),
                "This is a matrix with a 1 at each label. Give the label itself, one for each image.",
            ),
            "sorted": "The labels were sorted. Label i belongs to image i.",
            "order": "These are all classes, in order. Give only that of the largest score.",
            "pair": "Return the labels alone, not their scores.",
        },
    },
    may_not_call=("coursekit.lab.predict", "coursekit.softmax.predict"),
)
