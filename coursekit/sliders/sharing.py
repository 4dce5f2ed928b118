"""The playground as one line of text, and points from a table that someone pastes."""

import re

import numpy as np

from coursekit.plots.playground import CLASSES, REACH
from coursekit.sliders.board import HUGE, MOST, Board, no_points
from coursekit.sliders.planes import SETS, board_of

OWN = "own table"
NEEDED = "a row has x1, x2 and a class, as in '0.5 1.2 A', and may end with 'test'"


def write(board, settings):
    """Return a board and the settings around it as one line.

    Parameters
    ----------
    board : Board
        Points, weights, step.
    settings : dict of str to object
        The value of each setting, ``data`` among them.

    Returns
    -------
    str
        Parts ``name value``, with ``;`` between them. Numbers are written in full, so :func:`read` gives the same.
    """
    parts = {name.replace("_", " "): str(value) for name, value in settings.items()}
    parts |= {"step": str(board.step), "weights": _rows(board.W), "start": _rows(board.start)}
    parts["points"] = _points(board.X, board.y)
    if settings["data"] == OWN and len(board.test[1]):
        parts["test points"] = _points(*board.test)
    return "; ".join(f"{name}: {value}" for name, value in parts.items())


def read(text, settings):
    """Return the board and the settings that a line tells.

    Parameters
    ----------
    text : str
        As :func:`write` makes it; what is left out keeps its value.
    settings : dict of str to object
        The present settings.

    Returns
    -------
    board, settings : Board, dict
        What the line says.

    Raises
    ------
    ValueError
        If a part cannot be read; the error names it.
    """
    parts = [part.partition(":") for part in " ".join(text.split()).split(";") if part.strip()]
    parts = {name.strip(): value.strip() for name, _, value in parts}
    known = [name.replace("_", " ") for name in settings]
    unknown = set(parts) - {*known, "step", "weights", "start", "points", "test points"}
    if unknown or "points" not in parts:
        wrong = f"knows no part {min(unknown)!r}" if unknown else "needs a part 'points: 0.5 1.2 A, ...'"
        raise ValueError(f"playground: the line {wrong}. Copy the whole line below the picture of another playground.")
    settings = {name: _like(name, parts.get(key), settings[name]) for name, key in zip(settings, known, strict=True)}
    X, y = _read_points("points", parts["points"], most=MOST)
    test = board_of(settings["data"]).test if settings["data"] in SETS else no_points()
    if "test points" in parts:
        test = _read_points("test points", parts["test points"], most=np.inf)
    first = Board(X, y, test)
    W = _read_rows("weights", parts.get("weights"), first.W)
    start, step = _read_rows("start", parts.get("start"), W), _read_step(parts.get("step", "0"))
    if start.shape != W.shape:
        raise ValueError("playground: the part 'start' must have as many columns as the part 'weights'.")
    return Board(X, y, test, W, start, step), settings


def read_table(text):
    """Return the board that a pasted table makes, and what was done to it.

    Parameters
    ----------
    text : str
        One point per line: two numbers, a class, and ``test`` if it belongs to the test set; with tabs, semicolons,
        commas or spaces between them. A first line of names is passed over.

    Returns
    -------
    board, note : Board, str
        The board, and a sentence on its size, its classes and the scale.

    Raises
    ------
    ValueError
        If a row is not of that kind, or there are too many points or classes.
    """
    rows = [(number, _fields(line)) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if rows and not any(map(_is_number, rows[0][1][:2])):
        rows = rows[1:]
    if not rows:
        raise ValueError(f"playground: the table holds no points; {NEEDED}.")
    for number, fields in rows:
        if not (len(fields) in (3, 4) and all(map(_is_number, fields[:2])) and fields[3:] in ([], ["test"], ["train"])):
            raise ValueError(f"playground: cannot read line {number} of the table, {' '.join(fields)!r}; {NEEDED}.")
    X, scale = _fit(np.array([[float(field) for field in fields[:2]] for _, fields in rows]))
    y, names = _labels([fields[2] for _, fields in rows])
    is_test = np.array([fields[3:] == ["test"] for _, fields in rows])
    if not 1 <= np.count_nonzero(~is_test) <= MOST:
        raise ValueError(
            f"playground: the table has {np.count_nonzero(~is_test)} points to train on; 1 to {MOST} are needed. "
            "Rows that end with 'test' do not count."
        )
    note = f"{np.count_nonzero(~is_test)} points, {np.count_nonzero(is_test)} for the test{names}{scale}"
    return Board(X[~is_test], y[~is_test], (X[is_test], y[is_test])), note


def _fields(line):
    """Return the fields of a row; with tabs or semicolons between them, a comma is a decimal comma."""
    line = line.strip()
    if re.search("[\t;]", line):
        return [field.strip().strip('"').replace(",", ".") for field in re.split("[\t;]", line)]
    return [field.strip('"') for field in (re.split(r"\s*,\s*", line) if "," in line else line.split())]


def _is_number(field):
    """Return whether a field is a finite number."""
    try:
        return bool(np.isfinite(float(field)))
    except ValueError:
        return False


def _fit(X):
    """Return points that fit the plane, and how they were scaled."""
    if np.abs(X).max() <= REACH:
        return X.round(2), ""
    low, high = X.min(axis=0), X.max(axis=0)
    middle = low / 2 + high / 2  # halves first, which stay finite
    width = np.where(high > low, high / (1.8 * REACH) - low / (1.8 * REACH), 1)
    said = ", ".join(f"x{i + 1} = (value - {middle[i]:.4g}) / {width[i]:.4g}" for i in range(2))
    return ((X - middle) / width).round(2), f"; scaled: {said}"


def _labels(words):
    """Return labels 0..k-1 for class names, and what they stand for; A to D stand for themselves."""
    if set(words) <= set(CLASSES):
        return np.array([CLASSES.index(word) for word in words]), ""
    names = sorted(set(words), key=lambda word: (not _is_number(word), float(word) if _is_number(word) else 0, word))
    if len(names) > len(CLASSES):
        raise ValueError(
            f"playground: the table has {len(names)} classes, {', '.join(names[:6])}{', ...' * (len(names) > 6)}; "
            f"at most {len(CLASSES)} have a colour. Is the class in the third column?"
        )
    said = ", ".join(f"{letter} = {name}" for letter, name in zip(CLASSES, names, strict=False))
    return np.array([names.index(word) for word in words]), f"; {said}"


def _rows(W):
    """Return a matrix as text, its rows with ``/`` between them."""
    return " / ".join(" ".join(str(value) for value in row) for row in W.tolist())


def _points(X, y):
    """Return points as text."""
    return ", ".join(f"{a} {b} {CLASSES[c]}" for (a, b), c in zip(X.tolist(), y, strict=True))


def _read_points(part, text, *, most):
    """Return the points of a part of the line."""
    rows = [row.split() for row in text.split(",") if row.strip()]
    good = [_is_point(row) for row in rows]
    if not rows or False in good or len(rows) > most:
        wrong = " ".join(rows[good.index(False)]) if False in good else f"{len(rows)} points"
        raise ValueError(
            f"playground: cannot read {wrong!r} in the part {part!r}; 1 to {MOST} points like '0.5 1.2 A' are needed, "
            f"classes {', '.join(CLASSES)}, within -{REACH:g}..{REACH:g}."
        )
    return np.array([row[:2] for row in rows], float), np.array([CLASSES.index(row[2]) for row in rows])


def _is_point(row):
    """Return whether a row is a place in the plane and a class."""
    return len(row) == 3 and all(_is_number(x) and abs(float(x)) <= REACH for x in row[:2]) and row[2] in set(CLASSES)


def _read_rows(part, text, first):
    """Return the weights that a part of the line tells: three rows, a column for each class, as many as are needed."""
    if text is None:
        return first
    rows = [row.split() for row in text.split("/")]
    widths = {len(row) for row in rows}
    fits = len(rows) == 3 and len(widths) == 1 and first.shape[1] <= min(widths) <= len(CLASSES)
    if not fits or not all(_is_number(field) and abs(float(field)) < HUGE for row in rows for field in row):
        raise ValueError(
            f"playground: cannot read the part {part!r}, {text!r}; three rows with '/' between them are needed "
            f"(w1, w2, b), each of {first.shape[1]} to {len(CLASSES)} numbers, one per class, within ±{HUGE:g}."
        )
    return np.array(rows, float)


def _read_step(text):
    """Return how many steps have been taken."""
    if not text.isdecimal():
        raise ValueError(f"playground: the part 'step' must be a whole number, 0 or more; got {text!r}.")
    return int(text)


def _like(name, text, present):
    """Return the text of a part as a value of the present one's kind; the present one if the part is missing."""
    if text is None or isinstance(present, str):
        return present if text is None else text
    if not _is_number(text):
        raise ValueError(f"playground: the part {name!r} must be a number; got {text!r}.")
    return int(float(text)) if isinstance(present, int) and float(text).is_integer() else float(text)
