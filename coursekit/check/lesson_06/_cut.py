"""How an order is cut into batches, and mistakes in it."""

import numpy as np


def _batches(order, B, cut):
    """Return start and indices of each batch."""
    m = len(order)
    _refuse(order, B, cut)
    starts = {
        "rest lost": lambda: range(0, m - B + 1, B),
        "end lost": lambda: range(0, m - B, B),
        "so many": lambda: range(0, m, -(-m // B)),
        "so many, full": lambda: range(0, B * B, B),
        "sliding": lambda: range(m - B + 1),
        "sliding to the end": lambda: range(m),
        "one by one": lambda: range(m),
        "whole": lambda: range(1),
        "first only": lambda: range(1),
        "all but the first": lambda: range(B, m, B),
        "each index": lambda: order.tolist(),
    }.get(cut, lambda: range(0, m, B))()
    length = {"so many": -(-m // B), "one longer": B + 1, "one shorter": B - 1, "one by one": 1, "whole": m}.get(cut, B)
    found = [(i, order[i : i + length]) for i in starts]
    if cut in ("equal", "equal, rounded down", "B parts"):
        parts = np.array_split(order, {"equal": -(-m // B), "B parts": B}.get(cut, max(m // B, 1)))
        found = list(zip(np.cumsum([0, *map(len, parts[:-1])]).tolist(), parts, strict=True))
    if cut == "rest first" and m % B:
        found = [(i, order[i : i + B]) for i in range(m % B, m, B)]
        found = [(0, order[: m % B]), *found]
    if cut == "rest joined" and m % B and m > B:
        found = [*found[:-2], (found[-2][0], order[found[-2][0] :])]
    if cut == "ends at B":
        found = [(i, order[i:B]) for i in starts]
    return found


def _refuse(order, B, cut):
    """Raise what a way to cut raises where the batches are not all equal, or one is empty."""
    m = len(order)
    if cut == "reshaped":
        order.reshape(-1, B)
    if cut == "split":
        np.split(order, m // B)
    if (cut == "B parts" and m < B) or (cut == "ends at B, refused" and m > B):
        raise ValueError("an empty batch has no loss")


def _taken_from(rows, order, batch, i):
    """Return which images are taken, and which labels."""
    line = np.arange(i, i + len(batch))
    return {
        "both": lambda: (batch, batch),
        "in line": lambda: (line, line),
        "images only": lambda: (batch, line),
        "labels only": lambda: (line, batch),
        "turned round": lambda: (np.argsort(order)[line], np.argsort(order)[line]),
        "drawn again": lambda: (order[batch], order[batch]),
        "first of the order": lambda: (order[: len(batch)], order[: len(batch)]),
    }[rows]()
