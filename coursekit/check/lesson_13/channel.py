"""Exercise 1 of notebook 13: the convolution of one channel with one filter."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

LIBRARIES = (
    "coursekit.convnet.convolve",
    "coursekit.convnet.convolve_by_offsets",
    "scipy.signal.correlate",
    "scipy.signal.correlate2d",
    "scipy.signal.convolve",
    "scipy.signal.convolve2d",
    "scipy.signal.fftconvolve",
    "scipy.ndimage.correlate",
    "scipy.ndimage.convolve",
)


def _convolve_channel(
    x, kernel, stride, *,
    turn="none", step="both", border="none", reads="side by side", gather="sum", places="all", kind="floats",
):  # fmt: skip
    """Return the sum of each window, weighted by the kernel."""
    x, kernel = np.asarray(x), np.asarray(kernel)
    whole_pixels = x.dtype.kind in "iu"
    if places in LOOPS:
        return _looped(x, kernel, stride, places)
    if kind == "stored as x":
        return _convolve_channel(x, kernel, stride, turn=turn, step=step, border=border).astype(x.dtype)
    if kind == "stored in bytes":
        y = _convolve_channel(x, kernel, stride, turn=turn, step=step, border=border)
        return y.astype(np.int64).astype(np.uint8)
    if kind == "whole kernel":
        kernel = np.trunc(kernel)
    if kind == "kernel as x" and whole_pixels:
        kernel = kernel.astype(np.int64).astype(x.dtype)
    if kind not in ("bytes", "bytes in the products"):
        x, kernel = x.astype(float), kernel.astype(float)
    kernel = {
        "none": lambda: kernel,
        "both": lambda: kernel[::-1, ::-1],
        "rows": lambda: kernel[::-1],
        "columns": lambda: kernel[:, ::-1],
        "transposed": lambda: kernel.T,
        "ones": lambda: np.ones_like(kernel),
        "first": lambda: np.full_like(kernel, kernel[0, 0]),
    }[turn]()
    kh, kw = kernel.shape
    x = {
        "none": lambda: x,
        "same": lambda: np.pad(x, ((kh // 2, (kh - 1) // 2), (kw // 2, (kw - 1) // 2))),
        "same, later": lambda: np.pad(x, (((kh - 1) // 2, kh // 2), ((kw - 1) // 2, kw // 2))),
        "full": lambda: np.pad(x, ((kh - 1, kh - 1), (kw - 1, kw - 1))),
        "one": lambda: np.pad(x, 1),
        "half": lambda: np.pad(x, ((kh // 2, kh // 2), (kw // 2, kw // 2))),
    }[border]()
    down = 1 if step in ("across", "none") else stride
    right = 1 if step in ("down", "none") else stride
    gap = stride if reads == "stride apart" else 1
    p, q = (x.shape[0] - (kh - 1) * gap - 1) // down + 1, (x.shape[1] - (kw - 1) * gap - 1) // right + 1
    if step == "size only":
        p, q, down, right = (x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1, 1, 1
    if places == "early end":
        p, q = -(-(x.shape[0] - kh) // down), -(-(x.shape[1] - kw) // right)
    if places == "without one":
        p, q = (x.shape[0] - kh) // down, (x.shape[1] - kw) // right
    p, q = max(p, 0), max(q, 0)
    parts = []
    for u, v in np.ndindex(kh - (reads in SHORT[:2]), kw - (reads in SHORT[1:])):
        row, column = (u, v) if reads != "the same" else (0, 0)
        part = x[row * gap :: down, column * gap :: right][:p, :q] * kernel[u, v]
        parts.append(part if kind == "bytes" else part.astype(float))
    parts = parts or [np.zeros((p, q))]
    y = {
        "sum": lambda: sum(parts),
        "mean": lambda: sum(parts) / kernel.size,
        "over the weights": lambda: sum(parts) / kernel.sum(),
        "largest": lambda: np.max(parts, axis=0),
        "last": lambda: parts[-1],
        "first": lambda: parts[0],
        "no negative": lambda: np.maximum(sum(parts), 0),
        "size of the sum": lambda: abs(sum(parts)),
        "squares": lambda: sum(part**2 for part in parts),
        "product": lambda: np.prod(parts, axis=0),
    }[gather]()
    y = ROUNDED.get(kind, np.asarray)(y)
    y = np.trunc(y) if kind == "whole for whole pixels" and whole_pixels else y
    rows, columns = np.ogrid[:p, :q]
    return {
        "y transposed": lambda: y.T,
        "flat": lambda: y.ravel(),
        "last row 0": lambda: y * (rows < p - 1),
        "last column 0": lambda: y * (columns < q - 1),
        "both last 0": lambda: y * ((rows < p - 1) & (columns < q - 1)),
        "first row": lambda: y * (rows == 0),
        "first window": lambda: y * ((rows == 0) & (columns == 0)),
        "first row alone": lambda: y[0],
        "first number": lambda: y[0, 0],
    }.get(places, lambda: y)()


def _looped(x, kernel, stride, how):
    """Return the channel by a loop over windows that are counted or placed in a way that may raise."""
    x, kernel = x.astype(float), kernel.astype(float)
    (h, w), (kh, kw) = x.shape, kernel.shape
    if how in ("square", "one kernel side"):
        w, kw = h if how == "square" else w, kh
    p, q = (h - kh) // stride + 1, (w - kw) // stride + 1
    p, q = {"one side": (p, p), "sides exchanged": (q, p), "to the edge": (-(-h // stride), -(-w // stride))}.get(
        how, (p, q)
    )
    y = np.zeros((max(p, 0), max(q, 0)))
    for r, s in np.ndindex(y.shape):
        window = x[r * stride : r * stride + kh, s * stride : s * stride + kw]
        if how in PRODUCTS_OF:
            y[r, s] = PRODUCTS_OF[how](window, kernel)
        elif how == "place of the pixel":
            y[r * stride, s * stride] = (window * kernel).sum()
        else:
            y[r, s] = (window * kernel).sum()
    return y


PRODUCTS_OF = {
    "matrix product": lambda window, kernel: (window @ kernel).sum(),
    "matrix product, turned": lambda window, kernel: (window @ kernel.T).sum(),
    "array in a place": lambda window, kernel: window * kernel,
}
LOOPS = ("square", "one kernel side", "one side", "sides exchanged", "to the edge", "place of the pixel", *PRODUCTS_OF)
ROUNDED = {"whole": np.trunc, "nearest": np.round, "down": np.floor}
SHORT = ("a row short", "both short", "a column short")


def _channels(rng):
    """Draw channels and kernels; height and width differ in both, and strides leave pixels over."""
    found = []
    for size, kernel, stride in (((6, 8), (2, 3), 1), ((9, 7), (3, 2), 2), ((8, 11), (2, 4), 3), ((5, 6), (3, 3), 1)):
        found.append((rng.integers(0, 9, size).astype(float), rng.integers(-4, 5, kernel) / 2 + 0.25, stride))
    return found


PRODUCTS = "Look at what becomes of the products of one window: {} They are added up."
PADDED = (
    "Look at the edge: pixels of 0 were put around the channel. Here the kernel stays inside, so z is smaller than x."
)
STEP = "Look at the stride: {} From one window to the next, move `stride` pixels, down and across alike."
EDGE = "Look at the last windows: {} A kernel fits (h - kh) // stride + 1 times into h pixels."
TURNED = "Look at the kernel: {} kernel[u, v] meets x[r * stride + u, s * stride + v]."

convolve_channel = Exercise(
    "13-convolve-channel",
    _convolve_channel,
    tries=(
        (np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 10.0]]), 1),
        (np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]), np.array([[1.0, -2.0], [3.0, 0.5]]), 1),
        (np.arange(30.0).reshape(5, 6) ** 2, np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0]]), 2),
        (np.array([[200, 100, 250], [50, 255, 30], [90, 10, 120]], np.uint8), np.array([[1, 2], [3, 1]], np.uint8), 1),
        (np.array([[200, 100], [50, 255]], np.uint8), np.array([[0.3, -0.5]]), 1),
        (np.array([[2.0, 7.0], [1.0, 8.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]), 1),
        (np.array([[5.0, -3.0, 2.0, 4.0]]), np.array([[2.0]]), 3),
        (np.arange(35.0).reshape(7, 5), np.array([[0.5], [-1.5], [2.0]]), 3),
    ),
    draw=_channels,
    sizes=lambda x, kernel, stride: {"m": len(x)},
    properties=(
        Property(
            "Look at the first window, at the top left: z[0, 0] must be the sum of x[:kh, :kw] times the kernel.",
            lambda y, x, kernel, stride: np.isclose(
                y[0, 0], (x[: kernel.shape[0], : kernel.shape[1]].astype(float) * kernel).sum(), rtol=1e-4, atol=1e-6
            ),
        ),
        Property(
            "The first window is right, and a later one is not. Window (r, s) begins at pixel r * stride, s * stride.",
            lambda y, *inputs: np.allclose(y, _convolve_channel(*inputs), rtol=1e-4, atol=1e-6),
        ),
    ),
    switches={
        "turn": {
            "both": TURNED.format("it is turned over, as a mathematician's convolution does. Here it is not:"),
            "rows": TURNED.format("its rows are turned over."),
            "columns": TURNED.format("its columns are turned over."),
            "transposed": TURNED.format("it is transposed: u counts down, v across."),
            "ones": "The kernel's values are not used: each window is only added up. Multiply by kernel[u, v] first.",
            "first": TURNED.format("its first value is used everywhere."),
        },
        "step": {
            "size only": STEP.format("it only makes z smaller, and the windows are still 1 pixel apart."),
            "none": STEP.format("it is not used, so windows are 1 pixel apart."),
            "down": STEP.format("it is used down only."),
            "across": STEP.format("it is used across only."),
        },
        "border": dict.fromkeys(("same", "same, later", "full", "one", "half"), PADDED),
        "reads": {
            **dict.fromkeys(
                SHORT,
                "Look inside a window: its last row or column of weights is left out. range(kh) ends before kh, so it "
                "needs no - 1.",
            ),
            "stride apart": "Look inside a window: its pixels are `stride` apart. They are neighbours; the stride lies "
            "between two windows.",
            "the same": "Look inside a window: every weight meets the same pixel. Weight (u, v) meets the pixel u "
            "further down and v further right.",
        },
        "gather": {
            "mean": PRODUCTS.format("this is their mean."),
            "over the weights": PRODUCTS.format("their sum is divided by that of the weights."),
            "largest": PRODUCTS.format("this is the largest one, as in a pool."),
            "last": PRODUCTS.format("only the last is left. Is it = where += is meant?"),
            "first": PRODUCTS.format("only the first is there. Is the `return` inside the loop?"),
            "no negative": "Negative sums became 0. That is relu, the next step; here the sum stays as it is.",
            "squares": PRODUCTS.format("each is squared."),
            "product": PRODUCTS.format("they are multiplied with each other."),
            "size of the sum": "The signs are lost. The sum stays as it is, negative or not.",
        },
        "places": {
            "without one": EDGE.format("the last row and column of windows are missing: the + 1 is not there."),
            "early end": EDGE.format("the starts end too early. range(0, h - kh + 1, stride) reaches the last one."),
            **dict.fromkeys(
                ("last row 0", "last column 0", "both last 0"),
                EDGE.format("they are never computed, and z keeps its 0 there. range(p) ends before p, without a - 1."),
            ),
            **dict.fromkeys(
                ("first row", "first window", "first row alone", "first number"),
                "Only the first windows are there. Is the `return` inside a loop?",
            ),
            **dict.fromkeys(
                ("square", "one kernel side", "one side"),
                "Channel and kernel are taken for squares. Height and width may differ: read both from x.shape and "
                "kernel.shape, and count the windows down and across apart.",
            ),
            "sides exchanged": "Height and width changed places. Rows of z go down the channel, x.shape[0], and "
            "columns across.",
            "to the edge": EDGE.format("they hang over the edge."),
            "place of the pixel": "Look at where a sum is stored: at the pixel at which its window begins. Window "
            "(r, s) begins at r * stride, s * stride, and belongs in z[r, s].",
            **dict.fromkeys(
                ("matrix product", "matrix product, turned"),
                "Window and kernel meet in a matrix product. Here each weight meets its own pixel: window * kernel, "
                "and then the sum.",
            ),
            "array in a place": "A whole window of products is put into one place of z. Add them up first: (window * "
            "kernel).sum().",
            "flat": "The result has lost its shape. z has a row for each row of windows.",
            "y transposed": "Look at the shape: z is transposed. Rows of z go down the channel.",
        },
        "kind": {
            "stored as x": "Look at a uint8 image: z has its type, which has no fractions, no sign and nothing above "
            "255. Make z an array of floats.",
            "whole": "The sums are cut to whole numbers. Make z an array of floats.",
            "whole for whole pixels": "Look at an image of whole numbers: z holds whole numbers too, so fractions are "
            "cut off. Make z an array of floats, whatever x holds.",
            **dict.fromkeys(("nearest", "down"), "The sums are rounded to whole numbers. Return them as they are."),
            "stored in bytes": "z holds bytes, which have no fractions, no sign and nothing above 255. Make z an array "
            "of floats.",
            "whole kernel": TURNED.format("its weights are cut to whole numbers."),
            "kernel as x": "Look at a uint8 image: the kernel was given its type, which has no fractions and no sign. "
            "Leave the kernel as it is, and make x a float array.",
            "bytes": "Look at a uint8 image: sums above 255 start again at 0. Make x a float array first.",
            "bytes in the products": "Look at a uint8 image: products above 255 start again at 0. Make x a float array "
            "first.",
        },
    },
    may_not_call=LIBRARIES,
)
