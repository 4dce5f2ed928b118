"""Votes for orientations and their normalisation, and mistakes in both."""

import numpy as np


def _histogram(weights, angle, orientations, bins, mean):
    """Return the votes for each orientation in one cell."""
    width = (360 if bins == "of 360" else 180) / orientations
    place = {
        "nearest": lambda: np.round(angle / width),
        "from 1": lambda: np.floor(angle / width) + 1,
        "reversed": lambda: orientations - 1 - np.floor(angle / width),
        "radians": lambda: np.floor(np.deg2rad(angle) / width),
        "orientations wide": lambda: np.floor(angle / orientations),
        "modulo": lambda: np.floor(angle % orientations),
        "edge below": lambda: np.ceil(angle / width) - 1,
        "one bin fewer": lambda: np.floor(angle * (orientations - 1) / 180),
        "20 degrees": lambda: np.floor(angle / 20),
        "own range": lambda: np.floor((angle - angle.min()) * orientations / (np.ptp(angle) or 1)).clip(
            0, orientations - 1
        ),
        "9 always": lambda: np.minimum(np.floor(angle / 20), orientations - 1),
    }.get(bins, lambda: np.floor(angle / width))()
    if bins == "shared":
        return _shared(weights, angle / width, orientations)
    if bins == "own range, by NumPy":
        return np.histogram(angle, orientations, weights=weights)[0]
    if bins in BEYOND:
        place = (np.round(angle / width) if "nearest" in bins else place + 1).astype(int)
        if bins.endswith("beyond"):
            np.zeros(orientations)[place]
        return np.array([weights[place == b].sum() for b in range(orientations + 1)])
    if bins in ("nearest, lost", "from 1, lost"):
        place = np.round(angle / width) if bins == "nearest, lost" else place + 1
    place = place.astype(int) if bins in LOST else place.astype(int) % orientations
    if mean == "last":
        return np.array([weights[place == b][-1:].sum() for b in range(orientations)])
    h = np.array([weights[place == b].sum() for b in range(orientations)])
    if mean == "of the bin":
        return h / np.maximum([(place == b).sum() for b in range(orientations)], 1)
    lengths = {"of the cell": h.sum(), "of the cell, L2": np.sqrt((h**2).sum()), "of the cell, largest": h.max()}
    return h / (lengths.get(mean, 1) or 1)


def _passed_on(H):
    """Return histograms in which what lies beyond the last bin goes to the first bin of the next cell."""
    if H[-1, -1]:
        raise IndexError(f"index {H[:, 1:].size} is out of bounds for axis 0 with size {H[:, 1:].size}")
    beyond = np.concatenate([[0], H[:-1, -1]])
    return np.column_stack([H[:, 0] + beyond, H[:, 1:-1]])


def _shared(weights, place, orientations):
    """Return votes that are shared out between the two nearest orientations."""
    low = np.floor(place - 0.5)
    h = np.zeros(orientations)
    np.add.at(h, low.astype(int) % orientations, weights * (1 - (place - 0.5 - low)))
    np.add.at(h, (low.astype(int) + 1) % orientations, weights * (place - 0.5 - low))
    return h


def _normalised(v, norm, cut, again):
    """Return features of length 1, cut off, and of length 1 again."""
    size = {
        "L2": lambda v: np.sqrt((v**2).sum() + 1e-10),
        "L1": lambda v: abs(v).sum() + 1e-5,
        "largest": lambda v: v.max() + 1e-5,
        "squared": lambda v: (v**2).sum() + 1e-10,
        "eps not squared": lambda v: np.sqrt((v**2).sum() + 1e-5),
        "eps outside": lambda v: np.sqrt((v**2).sum()) + 1e-5,
        "bare": lambda v: np.sqrt((v**2).sum()),
        "none": lambda v: 1,
        "large eps": lambda v: np.sqrt((v**2).sum() + 1),
    }
    if norm == "nothing":
        return v
    if norm == "standardised":
        return (v - v.mean()) / (v.std() + 1e-5)
    first = size.get(norm, size["L1"])
    v = v / first(v) if again != "only" else v
    if norm in ("root of L1", "L1, once"):
        return np.sqrt(v) if norm == "root of L1" else v
    v = _cut_off(v, cut)
    last = {"yes": first, "only": first, "L1": size["L1"], "largest": lambda v: v.max() or 1}.get(again, lambda v: 1)
    return v / last(v)


def _cut_off(v, cut):
    """Return features cut off."""
    return {
        None: lambda: v,
        "to 0": lambda: v * (v <= 0.2),
        "small to 0": lambda: v * (v >= 0.2),
        "from below": lambda: np.maximum(v, 0.2),
        "of the largest": lambda: np.minimum(v, 0.2 * v.max()),
    }.get(cut, lambda: np.minimum(v, cut))()


LOST = "nearest, lost", "from 1, lost", "orientations wide", "20 degrees", "edge below"
BEYOND = "nearest, beyond", "nearest, into the next", "from 1, beyond", "from 1, into the next"
