"""Distances by the expanded square, and what mistakes make of them: the error model of exercise 4 of notebook 03."""

import numpy as np


def _pairwise_distances(A, B, **mistakes):
    """Return the distances of the rows of A from the rows of B."""
    if mistakes:
        return _wrong_distances(A, B, **mistakes)
    A, B = np.asarray(A, float), np.asarray(B, float)
    squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 2 * A @ B.T, 0))


def _wrong_distances(
    A, B, *, kind="Euclid", rows="own", columns="own", middle="- 2 a.b", root="root", convert=None, after="none"
):
    """Return distances with mistakes in them."""
    short = [_kept_short(M, convert) for M in (A, B)]
    A, B = (np.asarray(M, np.float16 if convert == "half precision" else float) for M in (A, B))
    A, B = PARTS_OF.get(kind, lambda A, B: (A, B))(*((np.trunc(A), np.trunc(B)) if convert == "whole" else (A, B)))
    if kind == "sums changed places":
        rows = columns = "other's"
    D2 = {
        "Euclid": lambda: _expanded(A, B, short, rows, columns, middle, convert),
        "city blocks": lambda: np.abs(A[:, None] - B).sum(axis=2) ** 2.0,
        "largest": lambda: np.abs(A[:, None] - B).max(axis=2) ** 2.0,
        "sum of differences": lambda: (A[:, None] - B).sum(axis=2) ** 2.0,
        "mean": lambda: ((A[:, None] - B) ** 2).mean(axis=2),
        "cosine": lambda: (_unit(A) @ _unit(B).T) ** 2,
        "of lengths": lambda: (np.sqrt(_norms(A, "own", "rows")) - np.sqrt(_norms(B, "own", "columns"))) ** 2,
        "1 - cosine": lambda: (1 - _unit(A) @ _unit(B).T) ** 2,
        "squares apart": lambda: (_norms(A, "own", "rows") - _norms(B, "own", "columns")) ** 2.0,
        "smallest": lambda: np.abs(A[:, None] - B).min(axis=2) ** 2.0,
        "mean absolute": lambda: np.abs(A[:, None] - B).mean(axis=2) ** 2.0,
        "mean of differences": lambda: (A[:, None] - B).mean(axis=2) ** 2.0,
        "unequal": lambda: (A[:, None] != B).sum(axis=2) ** 2.0,
        "third powers": lambda: (np.abs(A[:, None] - B) ** 3).sum(axis=2) ** (2 / 3),
    }.get(kind, lambda: _expanded(A, B, short, rows, columns, middle, convert))()
    if root == "bracket":
        return np.sqrt(_norms(A, rows, "rows") + _norms(B, columns, "columns")) + _middle(A, B, middle)
    D = {
        "root": lambda: np.sqrt(np.maximum(D2, 0)),
        "none": lambda: np.maximum(D2, 0),
        "square": lambda: D2**2,
        "absolute": lambda: np.sqrt(np.abs(D2)),
        "no cut": lambda: np.sqrt(D2),
        "halved": lambda: np.sqrt(np.maximum(D2, 0) / 2),
        "half of it": lambda: np.sqrt(np.maximum(D2, 0)) / 2,
        "logarithm": lambda: np.log(np.maximum(D2, 0)),
        "cut at 1": lambda: np.sqrt(np.maximum(D2, 1)),
        "cut above": lambda: np.sqrt(np.minimum(D2, 0)),
        "by the features": lambda: np.sqrt(np.maximum(D2, 0)) / A.shape[1],
    }.get(root, lambda: np.sqrt(_guarded(D2, root)))()
    return {
        "none": lambda: D,
        "turned": lambda: D.T,
        "whole": lambda: D.astype(int),
        "first row": lambda: D[0],
        "flat": lambda: D.ravel(),
        "sum": lambda: D.sum(),
        "nearest": lambda: D.argmin(axis=1),
        "smallest": lambda: D.min(axis=1),
        "largest": lambda: D.max(axis=1),
        "mean": lambda: D.mean(),
        "row means": lambda: D.mean(axis=1),
        "row sums": lambda: D.sum(axis=1),
        "sorted": lambda: np.sort(D, axis=1),
        "order": lambda: np.argsort(D, axis=1),
        "last row": lambda: D[-1],
        "first column": lambda: D[:, 0],
        "no first row": lambda: D * (np.arange(len(D)) > 0)[:, None],
        "no last row": lambda: D * (np.arange(len(D)) < len(D) - 1)[:, None],
        "no first column": lambda: D * (np.arange(D.shape[1]) > 0),
        "no last column": lambda: D * (np.arange(D.shape[1]) < D.shape[1] - 1),
        "minus": lambda: -D,
        "products": lambda: A @ B.T,
        **{digits: lambda digits=digits: D.round(digits) for digits in (2, 3, 4)},
    }[after]()


def _kept_short(M, convert):
    """Return pixels in a type that is too short for their squares; all else as floats."""
    M = np.asarray(M)
    if isinstance(convert, tuple) and convert[0] == "always int16":
        return M.astype(np.int16)
    return M.astype(convert[0]) if isinstance(convert, tuple) and M.dtype == np.uint8 else M.astype(float)


def _expanded(A, B, short, rows, columns, middle, convert):
    """Return the expanded squares, or what mistakes make of them; in a short type they wrap around."""
    if not isinstance(convert, tuple):
        first, second = (B, A) if "other's" in (rows, columns) else (A, B)
        return (
            _norms(first if rows == "other's" else A, rows, "rows")
            + _middle(A, B, middle)
            + _norms(second if columns == "other's" else B, columns, "columns")
        )
    _, where, how = convert
    squared = (A, B) if where == "in the product" else short
    a, b = short
    product = {"2.0": lambda: 2.0 * (a @ b.T), "2 first": lambda: (2 * a) @ b.T, "2 last": lambda: 2 * (a @ b.T)}[how]()
    product = {"plus": lambda: product, "no 2": lambda: -(a @ b.T), "missing": lambda: 0.0}.get(
        middle, lambda: -1.0 * product if where == "late" else product
    )()
    sums = [_norms(M, how, place) for M, how, place in ((squared[0], rows, "rows"), (squared[1], columns, "columns"))]
    if where == "late":
        sums = [M.astype(float) for M in sums]
    return (
        sums[0] + sums[1] + product
        if where == "late" or middle in ("plus", "no 2", "missing")
        else (sums[0] + sums[1] - product)
    )


def _norms(M, how, where):
    """Return |a|^2 of each row, as a column or as a row, or what mistakes make of it."""
    squares = M**2
    sums = {
        "own": lambda: squares.sum(axis=1),
        "missing": lambda: np.zeros(len(M)),
        "all": lambda: np.full(len(M), squares.sum()),
        "features": lambda: squares.sum(axis=0),
        "mean": lambda: squares.mean(axis=1),
        "length": lambda: np.sqrt(squares.sum(axis=1)),
        "no square": lambda: M.sum(axis=1),
        "square of sum": lambda: M.sum(axis=1) ** 2,
        "other way": lambda: squares.sum(axis=1),
        "features, column": lambda: squares.sum(axis=0),
        "twice": lambda: 2 * squares.sum(axis=1),
        "other's": lambda: squares.sum(axis=1),
        "largest": lambda: squares.max(axis=1),
    }[how]()
    return sums[:, None] if (where == "rows") != (how == "other way") and how != "features" else sums


PARTS_OF = {  # which points or features a mistake compares
    "A with A": lambda A, B: (A, A),
    "B with B": lambda A, B: (B, B),
    "first feature": lambda A, B: (A[:, :1], B[:, :1]),
    "no last feature": lambda A, B: (A[:, :-1], B[:, :-1]),
    "no first feature": lambda A, B: (A[:, 1:], B[:, 1:]),
    "first of B": lambda A, B: (A, B[:1] + 0 * B),
    "first of A": lambda A, B: (A[:1] + 0 * A, B),
}


def _middle(A, B, middle):
    """Return -2 a.b of each two rows, or what mistakes make of it."""
    return {
        "- 2 a.b": lambda: -2 * A @ B.T,
        "B": lambda: -2 * A @ B,
        "no 2": lambda: -A @ B.T,
        "plus": lambda: 2 * A @ B.T,
        "missing": lambda: 0.0,
        "4": lambda: -4 * A @ B.T,
        "half": lambda: -0.5 * A @ B.T,
        "turned": lambda: -2 * B @ A.T,
        "columns": lambda: -2 * A.T @ B,
    }[middle]()


def _unit(M):
    """Return rows of length 1."""
    return M / np.linalg.norm(M, axis=1, keepdims=True)


def _guarded(D2, root):
    """Return squares with a small number added, or cut off at it."""
    return D2 + root[1] if root[0] == "added" else np.maximum(D2, root[1])
