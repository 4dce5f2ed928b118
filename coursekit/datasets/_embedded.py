"""The data that needs no network: two sets of scikit-learn's, and stand-ins for the large sets.

Every function returns X_train, y_train, X_test, y_test; the same ones on every call.
"""

import numpy as np

SHAPES = ("disc", "ring", "square", "frame", "triangle", "diamond", "plus", "cross", "horizontal bars", "vertical bars")


def digits():
    """Return scikit-learn's 8 x 8 digits, X float64 in 0..16."""
    from sklearn.datasets import load_digits

    return _split(*load_digits(return_X_y=True))


def iris():
    """Return Fisher's iris measurements, in cm."""
    from sklearn.datasets import load_iris

    return _split(*load_iris(return_X_y=True))


def _split(X, y):
    """Return a fixed split, 80 to 20, with each class's share the same in both parts."""
    from sklearn.model_selection import train_test_split

    X_train, X_test, y_train, y_test = train_test_split(
        X, y.astype(np.int64), test_size=0.2, stratify=y, random_state=0
    )
    return X_train, y_train, X_test, y_test


def zoomed_digits():
    """Return scikit-learn's digits as MNIST shows them: 20 x 20, in the middle of 28 x 28."""
    from scipy.ndimage import zoom
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    large = zoom(X.reshape(-1, 8, 8), (1, 2.5, 2.5), order=1)  # (1797, 20, 20)
    images = np.pad(np.rint(large * (255 / 16)), ((0, 0), (4, 4), (4, 4)))
    order = np.random.default_rng(0).permutation(len(y))
    X, y = images.reshape(len(y), -1).astype(np.uint8)[order], y.astype(np.int64)[order]
    return X[:1500], y[:1500], X[1500:], y[1500:]


def colour_shapes():
    """Return ten kinds of coloured shapes, 32 x 32 x 3, each class with a colour it leans to."""
    rng = np.random.default_rng(0)
    y = rng.permutation(np.arange(2500) % 10)
    inside = _masks(y, rng)[..., None]  # (m, 32, 32, 1)
    shape = _colours(y / 10 + rng.normal(0, 0.1, len(y)), rng.uniform(0.4, 1, len(y)))
    ground = _colours(rng.random(len(y)), rng.uniform(0, 0.6, len(y)))
    images = np.where(inside, shape, ground) + rng.normal(0, 20, (len(y), 32, 32, 3))
    X = np.clip(images, 0, 255).astype(np.uint8).reshape(len(y), -1)
    return X[:2000], y[:2000], X[2000:], y[2000:]


def _masks(y, rng):
    """Return (m, 32, 32) bool: the pixels inside each label's shape, at a random place and size."""
    radius = rng.uniform(8, 13, (len(y), 1, 1))
    row, column = rng.uniform(radius, 31 - radius, (2, len(y), 1, 1))
    v = (np.arange(32)[:, None] - row) / radius  # -1..1 from the shape's top to its bottom
    u = (np.arange(32) - column) / radius
    u, v = np.broadcast_arrays(u, v)
    masks = np.empty(u.shape, bool)
    for label in range(len(SHAPES)):
        mine = y == label
        masks[mine] = _inside(label, u[mine], v[mine])
    return masks


def _inside(label, u, v):
    """Return where the points (u, v) of the square -1..1 lie inside the label's shape."""
    circle, square = np.hypot(u, v), np.maximum(abs(u), abs(v))
    thin, thin_diagonal = np.minimum(abs(u), abs(v)), np.minimum(abs(u + v), abs(u - v))
    rules = {
        "disc": circle < 1,
        "ring": (circle > 0.55) & (circle < 1),
        "square": square < 0.9,
        "frame": (square > 0.5) & (square < 0.9),
        "triangle": (2 * abs(u) - 0.9 < v) & (v < 0.9),
        "diamond": abs(u) + abs(v) < 1.1,
        "plus": (thin < 0.3) & (square < 1),
        "cross": (thin_diagonal < 0.4) & (square < 0.9),
        "horizontal bars": (square < 0.95) & (v * 2.1 % 1 < 0.5),
        "vertical bars": (square < 0.95) & (u * 2.1 % 1 < 0.5),
    }
    return rules[SHAPES[label]]


def _colours(hue, vivid):
    """Return (m, 1, 1, 3) colours in 0..255 of the hues (1 is once around)."""
    phase = 2 * np.pi * (hue[:, None] + np.array([0, 1 / 3, 2 / 3]))
    return (127.5 * (1 + vivid[:, None] * np.cos(phase)))[:, None, None]
