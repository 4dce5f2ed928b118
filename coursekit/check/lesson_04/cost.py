"""Exercise 3 of notebook 04: how many operations and bytes one full-batch step takes."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _iteration_cost(m, n, k, itemsize, *, flops="two products", reads="X", order="flops first"):
    """Return (flops, bytes) of one step."""
    counted = {
        "two products": 4 * m * n * k,
        "half": 2 * m * n * k,
        "quarter": m * n * k,
        "three quarters": 3 * m * n * k,
        "three products": 6 * m * n * k,
        "four products": 8 * m * n * k,
        "n - 1": m * k * (2 * n - 1) + n * k * (2 * m - 1),
        "n - 1, both": 2 * m * k * (2 * n - 1),
        "n - 1, one": m * k * (2 * n - 1),
        "no k": 4 * m * n,
        "no k, half": 2 * m * n,
        "no m": 4 * n * k,
        "no m, half": 2 * n * k,
        "no n": 4 * m * k,
        "no n, half": 2 * m * k,
        "lengths": 2 * (m + n) * k,
        "lengths, twice": 4 * (m + n) * k,
        "sum": 4 * (m + n + k),
        "second n n k": 2 * m * n * k + 2 * n * n * k,
        "second m m k": 2 * m * n * k + 2 * m * m * k,
        "second m k k": 2 * m * n * k + 2 * m * k * k,
        "second n k k": 2 * m * n * k + 2 * n * k * k,
        "second m m n": 2 * m * n * k + 2 * m * m * n,
        "product of both": (2 * m * n * k) ** 2,
        "one with both": 2 * m * n * k * (m + n),
        "and pixels": 4 * m * n * k + m * n,
        "entries": m * n + n * k,
        "with itemsize": 4 * m * n * k * itemsize,
        "half with itemsize": 2 * m * n * k * itemsize,
        1e9: 4 * m * n * k / 1e9,
        1e6: 4 * m * n * k / 1e6,
    }
    read = {
        "X": m * n * itemsize,
        "numbers": m * n,
        "bits": 8 * m * n * itemsize,
        "X twice": 2 * m * n * itemsize,
        "X and its gradient": 4 * m * n * itemsize,
        "W": n * k * itemsize,
        "scores": m * k * itemsize,
        "one image": n * itemsize,
        "one pixel": m * itemsize,
        "lengths": (m + n) * itemsize,
        "with k": m * n * k * itemsize,
        "flops": 4 * m * n * k * itemsize,
        "squared": m * n * itemsize**2,
        "over": m * n / itemsize,
        "from bits": m * n * itemsize / 8,
        "both products": (2 * m * n + n * k + m * k) * itemsize,
        "result": (m * k + n * k) * itemsize,
        "type name": _named_type(m * n, itemsize, reads),
    }
    bill = (_with_extras(counted, flops, m, n, k), _bytes(read, reads, m, n, k, itemsize))
    return bill[::-1] if order == "bytes first" else bill


def _with_extras(counted, flops, m, n, k):
    """Return the operations, with some for each score and each weight."""
    if not isinstance(flops, tuple):
        return counted[flops]
    if flops[0] == "one":
        return counted["half"] + flops[1] * m * k + flops[2] * n * k
    return counted["two products"] + flops[0] * m * k + flops[1] * n * k


def _bytes(read, reads, m, n, k, itemsize):
    """Return the bytes: of X in other units, with other arrays, or with a fixed number of bytes for each."""
    if not isinstance(reads, tuple):
        return read[reads]
    how, *numbers = reads
    if how == "units":
        return read["X"] / numbers[0]
    if how == "fixed":
        return m * n * numbers[0]
    times, weights, scores, labels = numbers
    return (times * m * n + weights * n * k + scores * m * k + labels * m) * itemsize


def _named_type(count, itemsize, reads):
    """Return the bytes of an array whose type is named by its bytes: NumPy names bits, and refuses most numbers."""
    return count * np.dtype(f"float{itemsize}").itemsize if reads == "type name" else 0


ALONE_AND = [("one", a, b) for a in range(4) for b in range(4) if a or b]
EXTRAS = [(a, b) for a in range(7) for b in range(4) if a or b]
OTHERS = [
    ("and", times, weights, scores, labels)
    for times in (1, 2)
    for weights in range(3)
    for scores in range(4)
    for labels in (0, 1)
    if weights or scores or labels
]
HALF = (
    "Half of the operations are missing. There are two products, and in each of them every multiplication comes with "
    "an addition."
)
MISSING = "The number of {} is missing among the operations. A product (m, n) by (n, k) does m * n * k multiplications."
LENGTHS = "Lengths are added in the operations. A product (m, n) by (n, k) does m * n * k multiplications."
PRODUCTS = "More is counted than the two products. The scores are one, X W, and the gradient the other, X.T dZ."
SECOND = (
    "One product is missing among the operations. A step has two: the scores X W and the gradient X.T dZ. What is done "
    "once for each score or weight does not count."
)
SECONDS = ("second n n k", "second m m k", "second m k k", "second n k k", "second m m n")
SHAPES = (
    "Look at the shapes of the second product: it is counted for other ones. X.T (n, m) times dZ (m, k) does "
    "n * m * k multiplications, as many as the first."
)
ALONE = "More is read than X: weights, scores or labels. They are small beside X; count X alone, once."

iteration_cost = Exercise(
    "04-iteration-cost",
    _iteration_cost,
    parts=("flops", "bytes"),
    sizes=lambda *inputs: {},
    tries=(
        (2, 3, 5, 4),
        (7, 4, 5, 8),
        (60000, 784, 10, 4),
        (1000, 30, 2, 1),
        (3, 3, 3, 2),
        (1, 1, 1, 8),
        (60000, 784, 12, 8),
    ),
    draw=lambda rng: [(*map(int, rng.integers(2, 40, 3)), int(rng.choice([1, 2, 4, 8]))) for _ in range(4)],
    properties=(
        Property(
            "The flops are too few. Count multiplications and additions, of both products.",
            lambda bill, m, n, k, itemsize: bill[0] > 3.999 * m * n * k,
        ),
        Property(
            "The flops are too many. Count the multiplications and additions of the two products, and nothing else.",
            lambda bill, m, n, k, itemsize: bill[0] < 4.001 * m * n * k,
        ),
        Property(
            "The bytes are too few. X has m * n numbers; each has itemsize bytes.",
            lambda bill, m, n, k, itemsize: bill[1] > 0.999 * m * n * itemsize,
        ),
        Property(
            "The bytes are too many. Count X alone, once: m * n numbers; each has itemsize bytes.",
            lambda bill, m, n, k, itemsize: bill[1] < 1.001 * m * n * itemsize,
        ),
    ),
    switches={
        "order": {"bytes first": "returned its things in the other order. The order is (flops, bytes)."},
        "flops": {
            "half": HALF,
            "quarter": "These are the multiplications of one product. Count the additions too, and the second product.",
            "three quarters": "A quarter of the operations is missing. Both products have multiplications and "
            "additions.",
            "three products": "Three products are counted. A step has two: the scores X W and the gradient X.T dZ.",
            "four products": "Every operation is counted twice. A multiplication is one operation, and an addition "
            "another.",
            **dict.fromkeys(
                ("n - 1", "n - 1, both"),
                "The additions are counted exactly, n - 1 for n products. The text counts as many additions as "
                "multiplications.",
            ),
            "n - 1, one": HALF,
            **dict.fromkeys(("no k", "no k, half"), MISSING.format("classes k")),
            **dict.fromkeys(("no m", "no m, half"), MISSING.format("examples m")),
            **dict.fromkeys(("no n", "no n, half"), MISSING.format("features n")),
            **dict.fromkeys(("lengths", "lengths, twice", "sum", "entries"), LENGTHS),
            **dict.fromkeys(
                ("with itemsize", "half with itemsize"),
                "The operations are multiplied by itemsize. Their number does not depend on the size of a number.",
            ),
            1e9: "The operations are in units of 10^9. Return the plain number.",
            1e6: "The operations are in units of 10^6. Return the plain number.",
            **dict.fromkeys(EXTRAS, PRODUCTS),
            **dict.fromkeys(ALONE_AND, SECOND),
            **dict.fromkeys(SECONDS, SHAPES),
            **dict.fromkeys(
                ("product of both", "one with both"),
                "The costs are multiplied. Add the operations of the two products.",
            ),
            "and pixels": PRODUCTS,
        },
        "reads": {
            "numbers": "These are numbers, not bytes. Each of them has itemsize bytes.",
            **dict.fromkeys(
                [("fixed", size) for size in (2, 4, 8)],
                "The bytes of a number are fixed. Multiply by itemsize in place of 4 or 8.",
            ),
            "bits": "These are bits, 8 for each byte. itemsize is in bytes already.",
            "X twice": "X is read twice. Once is enough if both products are done block by block.",
            "X and its gradient": "X is read four times. The 4 belongs to the operations.",
            "W": "These are the bytes of W, which stays in the cache. X is what must come from memory.",
            "scores": "These are the bytes of the scores. X is what must come from memory.",
            "one image": "These are the bytes of one image. X has m of them.",
            "one pixel": "The number of features n is missing among the bytes. X has m * n numbers.",
            "lengths": "Lengths are added in the bytes. X has m * n numbers.",
            **dict.fromkeys(
                ("with k", "flops"), "The number of classes k is among the bytes. X does not grow with it."
            ),
            "from bits": "The bytes are divided by 8. itemsize counts bytes already, not bits.",
            "both products": ALONE,
            "result": "These are the bytes of the scores and the gradient. X is what must come from memory.",
            "type name": "The number in a name such as float32 counts bits, and itemsize counts bytes. No array is "
            "needed here: X has m * n numbers of itemsize bytes.",
            **dict.fromkeys(("squared", "over"), "Look at itemsize in the bytes: multiply by it, once."),
            **dict.fromkeys(OTHERS, ALONE),
            **{("units", 10.0**p): f"The bytes are in units of 10^{p}. Return the plain number." for p in (3, 6, 9)},
            **{("units", 2.0**p): f"The bytes are in units of 2^{p}. Return the plain number." for p in (10, 20, 30)},
        },
    },
)
