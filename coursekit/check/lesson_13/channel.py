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
    if kind == "floats":
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
    }[border]()
    down = 1 if step in ("across", "none") else stride
    right = 1 if step in ("down", "none") else stride
    gap = stride if reads == "stride apart" else 1
    p, q = (x.shape[0] - (kh - 1) * gap - 1) // down + 1, (x.shape[1] - (kw - 1) * gap - 1) // right + 1
    if places == "without one":
        p, q = (x.shape[0] - kh) // down, (x.shape[1] - kw) // right
    p, q = max(p, 0), max(q, 0)
    parts = []
    for u, v in np.ndindex(kh, kw):
        row, column = (u, v) if reads != "the same" else (0, 0)
        part = x[row * gap :: down, column * gap :: right][:p, :q] * kernel[u, v]
        parts.append(part if kind == "bytes" else part.astype(float))
    y = {
        "sum": lambda: sum(parts),
        "mean": lambda: sum(parts) / kernel.size,
        "over the weights": lambda: sum(parts) / kernel.sum(),
        "largest": lambda: np.max(parts, axis=0),
        "last": lambda: parts[-1],
        "first": lambda: parts[0],
        "no negative": lambda: np.maximum(sum(parts), 0),
        "size of the sum": lambda: abs(sum(parts)),
    }[gather]()
    return y.T if places == "y transposed" else y


def _channels(rng):
    """Draw channels and kernels; height and width differ in both, and strides leave pixels over."""
    found = []
    for size, kernel, stride in (((6, 8), (2, 3), 1), ((9, 7), (3, 2), 2), ((8, 11), (2, 4), 3), ((5, 6), (3, 3), 1)):
        found.append((rng.integers(0, 9, size).astype(float), rng.integers(-4, 5, kernel) / 2 + 0.25, stride))
    return found


PRODUCTS = "Look at what becomes of the products of one window: {} They are added up."
PADDED = (
    "Look at the edge: pixels of 0 were put around the channel. Here the kernel stays inside, so y is smaller than x."
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
            "Look at the first window, at the top left: y[0, 0] must be the sum of x[:kh, :kw] times the kernel.",
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
            "none": STEP.format("it is not used, so windows are 1 pixel apart."),
            "down": STEP.format("it is used down only."),
            "across": STEP.format("it is used across only."),
        },
        "border": dict.fromkeys(("same", "same, later", "full", "one"), PADDED),
        "reads": {
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
            "size of the sum": "The signs are lost. The sum stays as it is, negative or not.",
        },
        "places": {
            "without one": EDGE.format("the last row and column of windows are missing: the + 1 is not there."),
            "y transposed": "Look at the shape: y is transposed. Rows of y go down the channel.",
        },
        "kind": {
            "bytes": "Look at a uint8 image: sums above 255 start again at 0. Make x a float array first.",
            "bytes in the products": "Look at a uint8 image: products above 255 start again at 0. Make x a float array "
            "first.",
        },
    },
    may_not_call=LIBRARIES,
)
