"""Exercise 3 of notebook 13: the way back through a pool."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _pool_gradient(
    dy, x, *, to="largest", ties="first", gives="dy", rest="zero", blocks="side by side", gathers="each",
    kind="floats"
):  # fmt: skip
    """Return the gradient in x: each value of dy at the pixel that was the largest of its block."""
    _refuse(np.asarray(dy), np.asarray(x), rest, kind)
    dy, x = np.asarray(dy, float), np.asarray(x)
    dx = np.zeros(x.shape)
    step = 1 if blocks == "overlapping" else 2
    for r, s in np.ndindex(dy.shape):
        at = np.s_[r * step : r * step + 2, s * step : s * step + 2]
        block = x[at].astype(float)
        if rest == "forward":
            dx[r, s] = block.max()
            continue
        mask = {
            "largest": lambda block=block: block == block.max(),
            "smallest": lambda block=block: block == block.min(),
            "all": lambda block=block: np.ones_like(block),
            "share": lambda block=block: np.full_like(block, 1 / 4),
            "top left": lambda block=block: np.arange(block.size).reshape(block.shape) == 0,
            "bottom right": lambda block=block: np.arange(block.size).reshape(block.shape) == block.size - 1,
            "largest in size": lambda block=block: abs(block) == abs(block).max(),
            "largest in the image": lambda block=block: block == x.max(),
            "not the largest": lambda block=block: block != block.max(),
            "positive": lambda block=block: block > 0,
        }[to]().astype(float)
        if to in ("largest", "smallest", "largest in size"):
            mask = {
                "first": lambda mask=mask: _only(mask, 0),
                "last": lambda mask=mask: _only(mask, -1),
                "first by columns": lambda mask=mask: _only(mask.T, 0).T,
                "all": lambda mask=mask: mask,
                "shared": lambda mask=mask: mask / mask.sum(),
            }[ties]()
        if blocks == "turned":
            mask = mask.T
        given = {"dy": dy[r, s], "x": 1.0, "one": 1.0, "dy times x": dy[r, s], "minus": -dy[r, s]}[gives]
        new = mask * given * (block if gives in ("x", "dy times x") else 1)
        at = {"at the corner": np.s_[:2, :2], "not doubled": np.s_[r : r + 2, s : s + 2]}.get(blocks, at)
        if blocks in ("at the corner", "not doubled"):
            new = np.where(mask, new, dx[at])
            dx[at] = new
            continue
        dx[at] = new if gathers == "replaces" else dx[at] + new
    if gathers == "one only":
        return dx * (np.arange(dx.size).reshape(dx.shape) == abs(dx).argmax())
    if gathers in PARTS:
        return PARTS[gathers](dx, *dy.shape)
    if kind == "whole for whole pixels":
        return np.trunc(dx) if x.dtype.kind in "iu" else dx
    if kind in ROUNDED:
        return ROUNDED[kind](dx)
    if kind == "as x":
        return dx.astype(x.dtype)
    if rest == "forward":
        return dx[: dy.shape[0], : dy.shape[1]]
    if rest == "cut off":
        return dx[: 2 * dy.shape[0], : 2 * dy.shape[1]]
    return dx


def _refuse(dy, x, rest, kind):
    """Raise what a way to write it raises where rows or columns are left over, or where x holds whole numbers."""
    h, w = x.shape
    odd = h % 2 or w % 2
    if rest == "reshaped" and odd:
        x.reshape(h // 2, 2, w // 2, 2)
    if rest == "beyond" and odd:
        dy[np.arange((h + 1) // 2)][:, np.arange((w + 1) // 2)]
    if rest == "repeated" and odd:
        raise ValueError("operands could not be broadcast together with shapes")
    if rest == "as dy":
        np.zeros(dy.shape)[len(dy)]
    if kind == "added as x":
        np.add(x, dy.ravel()[:1], out=x.copy())


ROUNDED = {
    "whole": np.trunc,
    "nearest": np.round,
    "down": np.floor,
    "bytes": lambda dx: dx.astype(np.int64).astype(np.uint8),
}
PARTS = {
    "first block": lambda dx, p, q: dx * ((np.arange(len(dx)) < 2)[:, None] & (np.arange(dx.shape[1]) < 2)),
    "first row": lambda dx, p, q: dx * (np.arange(len(dx)) < 2)[:, None],
    "last block": lambda dx, p, q: (
        dx * ((np.arange(len(dx)) >= 2 * p - 2)[:, None] & (np.arange(dx.shape[1]) >= 2 * q - 2))
    ),
    "all but the last row": lambda dx, p, q: dx * (np.arange(len(dx)) < 2 * p - 2)[:, None],
    "all but the last column": lambda dx, p, q: dx * (np.arange(dx.shape[1]) < 2 * q - 2),
    "all but both": lambda dx, p, q: (
        dx * ((np.arange(len(dx)) < 2 * p - 2)[:, None] & (np.arange(dx.shape[1]) < 2 * q - 2))
    ),
}


def _only(mask, which):
    """Return the mask with one of its ones, counted row by row."""
    kept = np.zeros(mask.size)
    kept[np.flatnonzero(mask)[which]] = 1
    return kept.reshape(mask.shape)


def _pools(rng):
    """Draw images with equal values and without, with left-over rows and columns and without."""
    found = []
    for h, w in ((4, 6), (5, 4), (6, 9), (7, 5)):
        x = rng.integers(-6, 9, (h, w)).astype(float)
        found.append((rng.integers(-9, 10, (h // 2, w // 2)) / 2 + 0.25, x))
    return found


WHERE = "Look at where it goes: {} Only the largest pixel of a block reached the output, so it gets all of dy[r, s]."
TIES = "Look at a block with two largest pixels: {} The first of them, counted row by row, gets all of dy[r, s]."
WHAT = (
    "Look at what is passed back: {} The output was the pixel itself, so its slope is 1, and the pixel gets dy[r, s]."
)

pool_gradient = Exercise(
    "13-pool-gradient",
    _pool_gradient,
    tries=(
        (np.array([[5.0]]), np.array([[1.0, 4.0], [3.0, 2.0]])),
        (np.array([[5.0, -2.0]]), np.array([[1.0, 2.0, 8.0, 3.0], [6.0, 4.0, 7.0, 5.0]])),
        (np.array([[2.5], [-3.5]]), np.array([[-1.0, -4.0], [-3.0, -2.0], [-8.0, -5.0], [-9.0, -6.0]])),
        (np.array([[7.0]]), np.array([[1.0, 3.0], [3.0, 3.0]])),
        (np.array([[4.0, 6.0]]), np.array([[0.0, 2.0, 5.0, 5.0], [2.0, 1.0, 5.0, 5.0]])),
        (np.array([[4.0]]), np.array([[1.0, 2.0, 9.0], [3.0, 0.0, 9.0], [9.0, 9.0, 9.0]])),
        (np.array([[0.5, -1.5]]), np.array([[1, 4, 7, 2], [3, 0, 5, 6]], np.uint8)),
        (np.array([[3, 1], [2, 5]]), np.arange(16, dtype=np.uint8).reshape(4, 4) * 37 % 101),
        (np.array([[0.0, 1.5]]), np.array([[1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 4.0, 3.0, 2.0, 1.0]])),
    ),
    draw=_pools,
    sizes=lambda dy, x: {"m": len(x)},
    properties=(
        Property(
            "Look at the sum: what comes in must go out. The gradients of x add up to those of the output.",
            lambda dx, dy, x: np.isclose(dx.sum(), dy.sum(), rtol=1e-4, atol=1e-6),
        ),
        Property(
            "Look at a block of 2 x 2: at most one of its pixels has a gradient.",
            lambda dx, dy, x: (dx != 0).sum() <= (np.asarray(dy) != 0).sum(),
        ),
        Property(
            "Look at left-over rows and columns: the pool did not read them, so their gradient is 0.",
            lambda dx, dy, x: not dx[2 * len(dy) :].any() and not dx[:, 2 * dy.shape[1] :].any(),
        ),
    ),
    switches={
        "to": {
            "smallest": WHERE.format("it goes to the smallest pixel."),
            "all": WHERE.format("all four pixels get it."),
            "share": WHERE.format("each pixel gets a quarter, as in a mean pool."),
            "top left": WHERE.format("it always goes to the pixel at the top left."),
            "bottom right": WHERE.format("it always goes to the pixel at the bottom right."),
            "largest in size": WHERE.format("signs are ignored, so -8 counts as larger than -5."),
            "largest in the image": WHERE.format("each block is compared with the largest pixel of the whole image."),
            "not the largest": WHERE.format("it goes to all pixels but the largest. Is the comparison turned over?"),
            "positive": WHERE.format("all positive pixels get it, as in a relu."),
        },
        "ties": {
            "last": TIES.format("the last of them gets it."),
            "first by columns": TIES.format("they are counted column by column."),
            "all": TIES.format("each of them gets dy[r, s], so more comes out than goes in."),
            "shared": TIES.format("they share it."),
        },
        "gives": {
            "x": WHAT.format("this is the pixel's value."),
            "one": WHAT.format("this is 1, the slope alone. Multiply by dy[r, s]."),
            "dy times x": WHAT.format("the gradient is multiplied by the pixel's value."),
            "minus": WHAT.format("its sign is turned."),
        },
        "rest": {
            "cut off": "Look at the shape: left-over rows and columns are missing. dx has the shape of x; they get 0.",
            **dict.fromkeys(
                ("reshaped", "beyond", "repeated"),
                "Look at an odd number of rows or columns: the last one belongs to no block, and dy has no number "
                "for it. Go over the blocks that dy has: for r, s in np.ndindex(dy.shape).",
            ),
            "as dy": "There are not enough places for the pixels. dx has the shape of x: np.zeros(x.shape).",
            "forward": "This is what the pool gave on the way forward. Asked is the gradient in x, with the shape of "
            "x.",
        },
        "blocks": {
            "overlapping": "Look at the blocks: they overlap. Block (r, s) begins at pixel (2 r, 2 s).",
            **dict.fromkeys(
                ("at the corner", "not doubled"),
                "Look at the place of a block: its largest pixel is found inside the block, and the block begins at (2 "
                "r, 2 s). Add both: dx[2 * r + u, 2 * s + v].",
            ),
            "turned": "Look inside a block: row and column of the largest pixel changed places.",
        },
        "gathers": {
            "one only": WHERE.format("only one pixel of the whole image has a gradient."),
            **dict.fromkeys(
                ("first block", "first row"), "Only the first blocks have a gradient. Is the `return` inside a loop?"
            ),
            "last block": "Only the last block has a gradient. Is dx made anew inside the loop?",
            **dict.fromkeys(
                ("all but the last row", "all but the last column", "all but both"),
                "The last blocks have no gradient. range(h // 2) ends before h // 2, and needs no - 1.",
            ),
        },
        "kind": {
            "whole": "dx is cut to whole numbers. np.zeros(x.shape) makes floats: leave its dtype away.",
            "whole for whole pixels": "Look at an image of whole numbers: dx holds whole numbers too, so its fractions "
            "are cut off. np.zeros(x.shape) makes floats, whatever x holds.",
            **dict.fromkeys(
                ("nearest", "down"), "dx is rounded to whole numbers. A gradient has fractions: pass dy[r, s] as it is."
            ),
            "bytes": "dx holds bytes, which have no fractions and no sign. np.zeros(x.shape) makes floats: leave its "
            "dtype away.",
            "as x": "Look at a uint8 image: dx has its type, which has no fractions and no sign. np.zeros(x.shape) "
            "makes floats, np.zeros_like(x) does not.",
            "added as x": "dx has the type of x, and += cannot put fractions into whole numbers. np.zeros(x.shape) "
            "makes floats, np.zeros_like(x) does not.",
        },
    },
    may_not_call=("coursekit.convnet.max_pool", "coursekit.convnet.max_pool_gradient"),
)
