"""Exercise 2 of notebook 14: by how much one model is better than another on the same images."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

Z = 1.96


def _paired_gain(
    first, second, *, order="first less second", spread="of the differences", by="root of m", z="1.96",
    divisor="m", unit="share", images="all", half="half",
    differences="a - b",
):  # fmt: skip
    """Return the gain of the first model over the second, and half of its 95 % interval."""
    a, b = (np.asarray(right).astype(float) for right in (first, second))
    if images == "only one right" and (a != b).any():
        a, b = a[a != b], b[a != b]
    if images == "some right" and (a + b).any():
        a, b = a[a + b > 0], b[a + b > 0]
    m, d = len(a), a - b
    d = {"a - b": d, "sizes": abs(d), "wins": (d > 0) * 1.0, "bytes": d % 256}[differences]
    differing = max((a != b).sum(), 1)
    gain = {"first less second": d.mean(), "second less first": -d.mean(), "size": abs(d.mean()), "sum": d.sum(),
            "differing": abs(d).mean(), "of the differing": d.sum() / differing,
            "ratio": a.mean() / max(b.mean(), 1e-9), "relative": d.mean() / max(b.mean(), 1e-9)}[order]  # fmt: skip
    m_less = m - 1 if divisor == "m - 1" and m > 1 else m
    scale = m / m_less
    variance = {
        "of the differences": d.var() * scale,
        "of two independent": (a.var() + b.var()) * scale,
        "of the sizes": abs(d).var() * scale,
        "of the second": b.var() * scale,
        "pooled": 2 * (a + b).mean() / 2 * (1 - (a + b).mean() / 2) * scale,
        "deviations subtracted": (a.std() - b.std()) ** 2 * scale,
        "of the first": a.var() * scale,
        "of the sum": (a + b).var() * scale,
        "about zero": (d**2).mean() * scale,
        "of the gain": abs(d.mean() * (1 - abs(d.mean()))) * scale,
        "deviations added": (a.std() + b.std()) ** 2 * scale,
    }[spread]
    deviation = variance if by.startswith("variance") else np.sqrt(variance)
    width = deviation / {"root of m": np.sqrt(m), "m": m, "nothing": 1, "variance over m": m,
                         "variance over the root": np.sqrt(m), "root of 2 m": np.sqrt(2 * m), "one root": np.sqrt(m),
                         "root of the differing": np.sqrt(differing)}[by]  # fmt: skip
    width = np.sqrt(np.sqrt(variance) / m) if by == "one root" else width
    width = width * {"1.96": Z, "1": 1, "2": 2, "1.645": 1.645, "2.576": 2.576}[z]
    width = {"whole": 2 * width, "quarter": width / 2}.get(half, width)
    if half in ("ends", "first"):
        return (gain - width, gain + width) if half == "ends" else (width, gain)
    width = gain + width if half == "upper end" else width
    if unit == "rounded":
        return np.round(gain, 2), np.round(width, 2)
    factor = 100 if unit == "percent" else 1
    return factor * gain, factor * width


def _differ(first, second):
    """Say whether there is an image on which one model alone is right."""
    return (np.asarray(first) != np.asarray(second)).any()


def _drawn(rng):
    """Draw pairs of models on 12, 30 and 57 images, in which the first is right more often, and less often."""
    found = []
    for m, p, q in ((12, 0.8, 0.4), (30, 0.5, 0.75), (57, 0.85, 0.65)):
        a, b = rng.random(m) < p, rng.random(m) < q
        a[:4], b[:4] = (True, True, False, False), (True, False, True, False)
        if a.sum() == b.sum():
            a[0] = False
        found.append((a, b))
    return found


def _pair(both, only_first, only_second, neither):
    """Return two models by the numbers of images that both, one or none of them classify correctly."""
    counts = (both, only_first, only_second, neither)
    return np.repeat([True, True, False, False], counts), np.repeat([True, False, True, False], counts)


paired_gain = Exercise(
    "14-paired-gain",
    _paired_gain,
    tries=(
        _pair(1, 2, 1, 0),
        _pair(80, 9, 4, 7),
        _pair(80, 3, 12, 5),
        _pair(5, 0, 0, 3),
        _pair(0, 4, 0, 0),
        _pair(3, 1, 1, 2),
    ),
    draw=_drawn,
    parts=("gain", "half"),
    sizes=lambda first, second: {"m": len(first)},
    switches={
        "differences": {
            "sizes": "Look at the differences: they have lost their sign. An image that only the second reads is -1, "
            "and "
            "xor, != and abs make it 1.",
            "wins": "Look at the differences: only images that the first alone reads count. Those that the second "
            "alone "
            "reads are -1.",
            "bytes": "Look at the differences: 0 - 1 is 255 in bytes, which have no minus. Make floats first.",
        },
        "order": {
            "differing": "The gain is the share of images on which the models differ. Take the mean of a - b, with "
            "its sign.",
            "of the differing": "The gain is divided by the number of images on which the models differ. All m count.",
            "ratio": "The gain is a ratio of the two accuracies. Take their difference.",
            "relative": "The gain is a share of the second accuracy. Take the difference of the two as it is.",
            "second less first": "The sign of the gain is turned round: it is positive if the *first* model is better.",
            "size": "The gain has lost its sign. It is negative where the first model is worse.",
            "sum": "The gain is a number of images. Divide by m: it is a difference of two accuracies.",
        },
        "spread": {
            "of two independent": "This is the interval for two models on *different* images. Here the images are the "
            "same: take the difference for each image first, then the standard deviation of these differences.",
            "of the sizes": "Look at the spread: it is that of the sizes. The differences are 1, 0 and -1: keep the "
            "sign.",
            "of the second": "This is the spread of the second model alone. Take the differences, image by image.",
            "pooled": "This is the interval for two models on *different* images, with one accuracy for both. Take the "
            "difference for each image first, then the standard deviation of these differences.",
            "deviations subtracted": "Two standard deviations were subtracted. Take the differences image by image, "
            "then "
            "one standard deviation.",
            "of the first": "This is the spread of the first model alone. Take the differences, image by image.",
            "of the sum": "This is the spread of a sum. Take the difference for each image, a - b.",
            "about zero": "Look at the spread: the squares of the differences were averaged, and the square of their "
            "mean was not taken away. Take the standard deviation.",
            "of the gain": "p (1 - p) is for a share of images. The differences are 1, 0 and -1: take their standard "
            "deviation.",
            "deviations added": "Two standard deviations were added. Take the differences image by image, then one "
            "standard deviation.",
        },
        "by": {
            "m": "Look at the divisor of the standard deviation: it is the *root* of m.",
            "nothing": "This is the spread of single images. The spread of a mean of m is smaller, by the root of m.",
            "variance over the root": "Look at the spread: it is the variance. The standard deviation is its root.",
            "one root": "Look at the root: it is taken of the deviation over m. Only m stands under the root.",
            "root of 2 m": "Look under the root: 2 m. There are m differences.",
            "root of the differing": "Look under the root: the number of images on which the models differ. All m "
            "count.",
            "variance over m": "A root is missing: this is a variance. Take the root of it.",
        },
        "z": {
            "1": "The factor 1.96 is missing: this is one standard error, which holds 68 % and not 95 %.",
            "2": "The factor is 2. Take 1.96, so that all of us get the same digits.",
            "1.645": "1.645 is for 90 %. For 95 % it is 1.96.",
            "2.576": "2.576 is for 99 %. For 95 % it is 1.96.",
        },
        "divisor": {"m - 1": "The standard deviation divides by m - 1. Here it divides by m, NumPy's own default."},
        "unit": {
            "percent": "These are percents. Return shares: 0.01 is one point.",
            "rounded": "The numbers were rounded. Return them as they are; rounding is for printing.",
        },
        "images": {
            "some right": "Images on which neither is right were left out. All images count in m.",
            "only one right": "Only images on which the models differ were counted. The others count in m: they tell "
            "how seldom the models differ.",
        },
        "half": {
            "first": "The two are returned in the other order. The gain comes first.",
            "ends": "These are the two ends of the interval. Return the gain, and half of the interval's width.",
            "upper end": "This is the upper end of the interval. Return half of its width: what stands after the plus "
            "or "
            "minus.",
            "whole": "This is the whole interval, from end to end. Return half of it.",
            "quarter": "This is a quarter of the interval. Return half of it: what stands after the plus or minus.",
        },
    },
    properties=(
        Property(
            "The result is nan: a root of a negative number, or 0 divided by 0. Look at what stands under the root: it "
            "is the variance of the differences, a - b image by image.",
            lambda v, first, second: not (np.isnan(v).any() and _differ(first, second)),
        ),
        Property(
            "Where the models differ on no image, 0 was divided by 0, and that is nan. All m images count, not only "
            "those on which the models differ: the mean, the standard deviation and the root of m are over all.",
            lambda v, first, second: not np.isnan(v).any(),
        ),
        Property("Half of an interval is not negative.", lambda v, first, second: v[1] >= -1e-12),
        Property(
            "Where both models are right on the same images, nothing differs: gain and half are 0.",
            lambda v, first, second: _differ(first, second) or np.allclose(v, 0),
        ),
    ),
    causes=(
        (
            "boolean subtract",
            "NumPy does not subtract booleans. Make them numbers first: np.asarray(first, float).",
        ),
    ),
    may_not_call=("coursekit.claims.of_pairs", "scipy.stats.ttest_rel", "scipy.stats.bootstrap"),
)
