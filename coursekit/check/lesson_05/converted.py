"""Exercise 1 of notebook 05: pixels of 0 and 1, and one-hot labels with one column per image."""

import numpy as np

from coursekit.check.exercise import Exercise, Property

CONVERTERS = (
    "coursekit.lab.data_convert", "coursekit.lab.train", "coursekit.preprocessing.binarise",
    "coursekit.preprocessing.one_hot", "sklearn.preprocessing.Binarizer", "sklearn.preprocessing.LabelBinarizer",
    "sklearn.preprocessing.OneHotEncoder", "sklearn.preprocessing.binarize", "sklearn.preprocessing.label_binarize",
    "torch.nn.functional.one_hot",
)  # fmt: skip
THRESHOLDS = (0, 40, 50, 120, 127, 128, 150, 200)


def _data_convert(x, y, m, k, *, pixels="above 100", mark="one", classes="k", layout="(k, m)", back="x, y"):
    """Return the pixels above 100 as ones, and one-hot labels."""
    made = _binary(np.asarray(x), pixels), _one_hot(np.asarray(y), m, k, mark, classes, layout)
    return {"y, x": made[::-1], "x": made[0], "y": made[1]}.get(back, made)


def _binary(x, pixels):
    """Return binary pixels, or what mistakes make of them."""
    made = {
        "above 100": lambda: x > 100,
        "from 100": lambda: x >= 100,
        "up to 100": lambda: x <= 100,
        "below 100": lambda: x < 100,
        "mean": lambda: x > x.mean(),
        "each image's mean": lambda: x > x.mean(axis=1, keepdims=True),
        "each pixel's mean": lambda: x > x.mean(axis=0),
        "wrapped": lambda: x - x.dtype.type(100) > 0,
        "as they came": lambda: x,
        "/ 255": lambda: x / 255,
        "/ 100": lambda: x / 100,
        "// 100": lambda: x // 100,
        "// 101": lambda: x // 101,
        "255": lambda: np.where(x > 100, 255, 0),
        "the rest left": lambda: np.where(x > 100, 1, x),
        "the ink left": lambda: np.where(x > 100, x, 0),
        "ones first": lambda: np.zeros(x.shape),
        "ones": lambda: np.ones(x.shape),
        "signs": lambda: np.where(x > 100, 1, -1),
        "turned": lambda: (x > 100).T,
        "first image": lambda: x[0] > 100,
        "all but the first": lambda: (x > 100) * (np.arange(len(x)) > 0)[:, None],
        "all but the last": lambda: (x > 100) * (np.arange(len(x)) < len(x) - 1)[:, None],
        "the first alone": lambda: (x > 100) * (np.arange(len(x)) == 0)[:, None],
        "all but the last pixel": lambda: (x > 100) * (np.arange(x.shape[1]) < x.shape[1] - 1),
        **{t: lambda t=t: x > t for t in THRESHOLDS},
    }[pixels]()
    return made.astype(np.float32)


def _one_hot(y, m, k, mark, classes, layout):
    """Return one-hot labels, or what mistakes make of them."""
    if mark in RAW:
        return {"as they came": y, "(1, m)": y[None, :], "(m, 1)": y[:, None]}[mark].astype(np.float32)
    if layout in BY_INDEX:
        return _marked(y, m, k, layout).astype(np.float32)
    names = {
        "k": lambda: np.arange(k),
        "largest label": lambda: np.arange(y.max() + 1),
        "those that occur": lambda: np.unique(y),
        "10": lambda: np.arange(10),
        "m": lambda: np.arange(m),
    }[classes]()
    label = {"from 1": y - 1, "from 1, int": y.astype(int) - 1, "one up": y + 1}.get(mark, y)  # of uint8, 0 - 1 is 255
    label = np.where(label == -1, names[-1], label)
    if not np.isin(label, names).all():
        raise IndexError(f"index {label.max()} is out of bounds for axis 0 with size {len(names)}")
    Y = (names[:, None] == label) * 1.0
    place = np.arange(m)
    Y = {
        "label": lambda: Y * y,
        "rows set": lambda: np.tile(Y.any(axis=1, keepdims=True), m) * 1.0,
        "inverted": lambda: 1 - Y,
        "signs": lambda: 2 * Y - 1,
        "all up to it": lambda: (names[:, None] <= label) * 1.0,
        "zeros": lambda: 0 * Y,
        "the first alone": lambda: Y * (place == 0),
        "the last alone": lambda: Y * (place == m - 1),
        "all but the first": lambda: Y * (place > 0),
        "all but the last": lambda: Y * (place < m - 1),
    }.get(mark, lambda: Y)()
    return {
        "(k, m)": lambda: Y,
        "(m, k)": lambda: Y.T,
        "reshaped": lambda: np.ascontiguousarray(Y.T).reshape(Y.shape),
    }[layout]().astype(np.float32)


def _marked(y, m, k, layout):
    """Return labels that are marked by another index than the one that is right, which may raise."""
    places, Y = np.arange(m), np.zeros((k, m))
    if layout == "exchanged":
        Y[places, y] = 1
    elif layout == "exchanged, (m, k)":
        Y = Y.T
        Y[y, places] = 1
    else:  # columns set
        Y[:, y] = 1
    return Y


BY_INDEX = ("exchanged", "exchanged, (m, k)", "columns set")
RAW = ("as they came", "(1, m)", "(m, 1)")


def _images(rng):
    """Draw images and labels; not every class occurs, and m, n and k all differ, or are all the same."""
    found = []
    for m, n, k in ((5, 4, 3), (4, 4, 4), (3, 2, 12)):
        x = rng.integers(30, 250, (m, n))
        x.flat[:4] = rng.permuted([100, 101, 41, 126])
        y = rng.integers(0, k - 1, m)
        y[:2] = rng.permuted([0, k - 2])
        found.append((x.astype(np.uint8), y, m, k))
    return found


ORDER = (
    "Was 1 set first, and then 0 wherever the pixel is not above 100? 1 is not above 100 either. Or were the pixels "
    "scaled before the comparison? Ask for x > 100 once, of x as it came."
)
EXCHANGED = (
    "Look at the two indices of the one-hot matrix: they are exchanged. With y of shape (k, m) the label is the row "
    "and the image the column: onehot[y[i], i] = 1, or onehot[y, np.arange(m)] = 1."
)
RAW_HINT = "The labels came back as they are. y must be one-hot, (k, m): in column i a 1 in row y[i], and 0 elsewhere."
PART = "Some images were left out. Look at where the loop begins and ends: the first index is 0, the last m - 1."
K_HINT = (
    "Look at the number of rows of y: it was taken from the labels. There are k classes, even if some do not occur."
)

data_convert = Exercise(
    "05-data-convert",
    _data_convert,
    tries=(
        (np.array([[100, 101, 0]]), np.array([1]), 1, 3),
        (np.array([[0, 99, 100], [101, 41, 255], [7, 200, 100], [100, 3, 150]]), np.array([2, 0, 4, 2]), 4, 6),
        (
            np.array([[90, 101, 128, 0], [255, 254, 253, 102], [120, 100, 60, 30]], np.uint8),
            np.array([1, 1, 0], np.uint8),
            3,
            3,
        ),
        (np.array([[130, 100, 99], [101, 250, 50], [127, 128, 126]], np.uint8), np.array([2, 0, 0]), 3, 3),
        (np.array([[70, 210], [95, 115], [98, 110], [180, 30], [201, 202]]), np.array([0, 0, 0, 0, 0]), 5, 1),
        (np.array([[10, 20, 100], [250, 99, 160]], np.uint8), np.array([11, 3]), 2, 12),
        (np.array([[150, 160, 190, 100], [220, 140, 130, 100]]), np.array([0, 1]), 2, 2),
    ),
    draw=_images,
    parts=("x", "y"),
    sizes=lambda x, y, m, k: {"m": m, "k": k},
    causes=(
        (
            r"index \d+ is out of bounds for axis",
            "A label is used as an index where there are not enough places. With y of shape (k, m) the label is the "
            "row and the image the column: onehot[y[i], i]. And there are k classes, not always 10.",
        ),
    ),
    properties=(
        Property("x must hold only 0 and 1.", lambda v, x, y, m, k: np.isin(v[0], (0, 1)).all()),
        Property("y must hold only 0 and 1.", lambda v, x, y, m, k: np.isin(v[1], (0, 1)).all()),
        Property(
            "Look at the columns of y: some column does not hold exactly one 1. Column i belongs to image i, whose "
            "label is y[i].",
            lambda v, x, y, m, k: (v[1].sum(axis=0) == 1).all(),
        ),
    ),
    switches={
        "pixels": {
            "from 100": "A pixel of exactly 100 became 1. Above the threshold means >, not >=.",
            "up to 100": "The pixels are inverted. Ink, above 100, must become 1, and paper 0.",
            "below 100": "The pixels are inverted, and 100 is on the wrong side. Ink, above 100, must become 1.",
            **{t: f"Look at the threshold: it is {t}. Here it is 100, whatever the handout has." for t in THRESHOLDS},
            **dict.fromkeys(
                ("mean", "each image's mean", "each pixel's mean"),
                "The threshold was computed from the pixels. It is 100 for every image.",
            ),
            "wrapped": "Look at pixels below 100 in an array of uint8: 90 - 100 is 246 there, since uint8 has no "
            "negative numbers. Compare instead of subtracting: x > 100.",
            "as they came": "The pixels came back as they were. Make them 0 or 1.",
            "/ 255": "The pixels were scaled to [0, 1], not cut at a threshold. Make them 0 or 1.",
            **dict.fromkeys(
                ("/ 100", "// 100", "// 101"),
                "The pixels were divided, not compared. Make them 0 or 1: x > 100 says which.",
            ),
            "255": "Pixels above the threshold became 255. They must become 1.",
            "the rest left": "Only the pixels above the threshold were set. The others must become 0.",
            "the ink left": "Only the pixels up to the threshold were set. Those above it must become 1.",
            "ones first": f"No pixel is 1. {ORDER}",
            "ones": "Every pixel is 1. Those up to 100 must become 0.",
            "signs": "Pixels became -1 and 1. They must become 0 and 1.",
            "turned": "x was transposed. It stays (m, n), one row per image.",
            **dict.fromkeys(
                ("first image", "the first alone"),
                "Only the first image was converted. Is the `return` inside the loop?",
            ),
            **dict.fromkeys(("all but the first", "all but the last", "all but the last pixel"), PART),
        },
        "layout": {
            "(m, k)": "y came back as (m, k), with one row per image. The lab needs (k, m), one column per image: "
            "transpose it.",
            **dict.fromkeys(("exchanged", "exchanged, (m, k)"), EXCHANGED),
            "columns set": "Look at onehot[:, y] = 1: it sets whole columns, those with the numbers of the labels. One "
            "entry per image is onehot[y, np.arange(m)] = 1.",
            "reshaped": "reshape is not a transpose. It keeps the order of the numbers and mixes images and classes. "
            "Use .T.",
        },
        "mark": {
            **dict.fromkeys(RAW, RAW_HINT),
            **dict.fromkeys(
                ("from 1", "from 1, int"),
                "The labels are off by one: the 1 stands one row too high up. Labels start at 0, as rows do: use "
                "y[i] as it is.",
            ),
            "one up": "The labels are off by one: the 1 stands one row too far down. Labels start at 0, as rows do: "
            "use y[i] as it is.",
            "label": "The label itself stands in y, where a 1 must be.",
            "rows set": "Look at onehot[y] = 1: it sets whole rows, the ones with the numbers of the labels. One entry "
            "per image is onehot[y, np.arange(m)] = 1.",
            "inverted": "The one-hot labels are inverted. 1 marks the class, 0 everything else.",
            "signs": "Other classes became -1. They must be 0.",
            "all up to it": "Every class up to the label is marked. Mark the label's own row only: ==, not <=.",
            "zeros": "y holds only zeros. Set a 1 in row y[i] of column i.",
            **dict.fromkeys(
                ("the first alone", "the last alone"),
                "Only one image has its label in y. Look at the loop: is `return` inside it, or is y made anew for "
                "each image?",
            ),
            **dict.fromkeys(("all but the first", "all but the last"), PART),
        },
        "classes": {
            **dict.fromkeys(("largest label", "those that occur"), K_HINT),
            "10": "Look at the number of rows of y: it is always 10. There are k classes.",
            "m": "Look at the number of rows of y: it is m. There are k classes, and m images: np.eye(k), not "
            "np.eye(m).",
        },
        "back": {
            "y, x": "Look at the order of the two results: the pixels come first. Write: return x, y.",
            "x": "Only the pixels came back. Return both, pixels and labels: return x, y.",
            "y": "Only the labels came back. Return both, pixels and labels: return x, y.",
        },
    },
    may_not_call=CONVERTERS,
)
