"""Exercise 3 of notebook 11: the axis of the channels moves, and every pixel stays with its picture."""

import itertools

import numpy as np

from coursekit.check.exercise import Exercise, Property

MIXED = "The numbers stayed in their order and were cut anew, so pixels of different places and colours are mixed."


def _channels_first(images, *, move="channels", pixels="as they are"):
    """Return images (m, c, h, w) from (m, h, w, c)."""
    images = np.asarray(images)
    m, h, w, c = images.shape
    shape = m, c, h, w
    moved = {
        "channels": lambda: np.moveaxis(images, -1, 1),
        "reshaped": lambda: images.reshape(shape),
        "turned": lambda: images.swapaxes(1, 3),
        "turned, reshaped": lambda: images.swapaxes(1, 3).reshape(shape),
        "all, reshaped": lambda: images.T.reshape(shape),
        "all": lambda: images.T,
        "column first": lambda: images.swapaxes(2, 3),
        "column first, reshaped": lambda: images.swapaxes(2, 3).reshape(shape),
        "before the images": lambda: np.moveaxis(images, -1, 0),
        "before the images, reshaped": lambda: np.moveaxis(images, -1, 0).reshape(shape),
        "none": lambda: images,
        "in Fortran's order": lambda: images.reshape(shape, order="F"),
        "back": lambda: np.moveaxis(images, 1, -1),
        "reshaped, then turned": lambda: images.reshape(m, c, w, h).swapaxes(2, 3),
        "two axes, reshaped": lambda: images.reshape(m, -1).T.reshape(shape),
        "first channel": lambda: np.repeat(images[:, None, ..., 0], c, axis=1),
        "one channel": lambda: images[:, None, ..., 0],
        "flat": lambda: images.reshape(m, -1),
        "first image": lambda: np.moveaxis(images[0], -1, 0),
        "three axes": lambda: images.transpose(2, 0, 1),
        "joined": lambda: np.concatenate([images[..., j] for j in range(c)], axis=1),
        **{axes: lambda axes=axes: images.transpose(axes) for axes in OTHERS},
    }[move]()
    if pixels in ("first image, zeros", "first picture, zeros", "not channel 0") and moved.ndim != 4:
        return moved
    return {
        "as they are": lambda: moved,
        "fractions": lambda: moved / 255,
        "channels turned round": lambda: moved[:, ::-1],
        "first image, zeros": lambda: moved * (np.arange(len(moved)) == 0)[:, None, None, None],
        "first picture, zeros": lambda: moved * (np.indices(moved.shape)[:2].sum(axis=0) == 0),
        "not channel 0": lambda: moved * (np.arange(moved.shape[1]) > 0)[:, None, None],
        "from behind": lambda: moved[:, -np.arange(moved.shape[1])],
        "columns turned round": lambda: moved[..., ::-1],
        "bytes": lambda: moved.astype(np.uint8),
        "cut to whole": lambda: np.trunc(moved),
        "rows turned round": lambda: moved[..., ::-1, :],
        "mean": lambda: np.repeat(moved.mean(axis=1, keepdims=True), moved.shape[1], axis=1),
    }[pixels]()


NAMED = (  # orders of the axes that are right, or mistakes of their own
    (0, 3, 1, 2), (0, 3, 2, 1), (3, 2, 1, 0), (0, 1, 3, 2), (3, 0, 1, 2), (0, 1, 2, 3), (0, 2, 3, 1),
)  # fmt: skip
OTHERS = [axes for axes in itertools.permutations(range(4)) if axes not in NAMED]


def _drawn(rng):
    """Draw images whose four sizes all differ, with every pixel another number."""
    sizes = ((2, 3, 5, 4), (5, 2, 4, 3), (3, 4, 2, 1))
    return [(rng.permutation(np.prod(shape)).reshape(shape).astype(np.uint8),) for shape in sizes]


channels_first = Exercise(
    "11-channels-first",
    _channels_first,
    tries=(
        (np.array([[[[1, 2], [3, 4], [5, 6]]]], np.uint8),),
        (np.arange(24, dtype=np.uint8).reshape(1, 2, 4, 3),),
        (np.arange(36, dtype=np.uint8).reshape(2, 3, 2, 3),),
        (np.arange(27, dtype=np.uint8).reshape(1, 3, 3, 3),),
        (np.arange(12, dtype=np.uint8).reshape(2, 2, 3, 1),),
        (np.arange(8).reshape(1, 2, 2, 2) / 8,),
        (100 * np.arange(12).reshape(1, 2, 3, 2),),  # more than a byte holds
    ),
    draw=_drawn,
    sizes=lambda images: dict(zip("mhwc", np.shape(images), strict=True)),
    properties=(
        Property(
            "The shape must be (m, c, h, w): the axis of the channels moves from the end to place 1, and the others "
            "keep their order.",
            lambda v, images: v.shape == np.moveaxis(images, -1, 1).shape,
        ),
        Property(
            "The shape is right, but the first channel is not images[..., 0].",
            lambda v, images: np.array_equal(v[:, 0], images[..., 0]),
        ),
        Property(
            "The shape and the first channel are right, and a later channel is not. Channel j is images[..., j].",
            lambda v, images: np.array_equal(v, np.moveaxis(images, -1, 1)),
        ),
    ),
    switches={
        "move": {
            "reshaped": f"{MIXED} reshape never moves an axis. Move the axis of the channels to place 1.",
            "in Fortran's order": f"{MIXED} Another order of cutting does not help. Move the axis of the channels.",
            "turned": "Channels and rows changed places, so each picture is turned: its shape is (c, w, h). The "
            "channels move to the front, and rows stay before columns.",
            "turned, reshaped": f"{MIXED} Two axes changed places, and reshape then hid that height and width were "
            "turned. Move one axis, and do not reshape.",
            "all": "All axes were turned round, that of the images too. Only the axis of the channels moves.",
            "all, reshaped": f"{MIXED} All axes were turned round, and reshape hid it. Only one axis moves.",
            "column first": "The channels stand before the columns, but still after the rows. They must stand before "
            "both.",
            "column first, reshaped": f"{MIXED} The channels moved by one place only, and reshape hid it. Move them "
            "before the rows.",
            "before the images": "The channels moved too far, before the images. The images stay in place 0.",
            "before the images, reshaped": f"{MIXED} The channels moved before the images, and reshape hid it. Place "
            "1 is theirs.",
            "back": "The rows moved to the end: (m, w, c, h). moveaxis takes from where, then to where: the channels "
            "stand at "
            "-1 and go to 1.",
            "reshaped, then turned": f"{MIXED} Turning two axes afterwards does not undo it. Move the axis of the "
            "channels.",
            "two axes, reshaped": f"{MIXED} The transpose of (m, all) is no help. Move the axis of the channels.",
            "none": "The images came back as they were. Move the axis of the channels to place 1.",
            "first channel": "All channels are the first one. Channel j is images[..., j].",
            "one channel": "Only the first channel came back. All c must.",
            "flat": "Each image became one row of numbers. Four axes are needed: (m, c, h, w).",
            "first image": "Only the first image came back. All m must.",
            "three axes": "There are four axes, 0 to 3: image, row, column, channel. transpose needs each of them "
            "once.",
            "joined": "The channels were joined along the rows. Stack them along an axis of their own, at place 1: "
            "np.stack(..., axis=1).",
            **dict.fromkeys(
                OTHERS,
                "The axes stand in another order. For each new place transpose is told which old axis comes there: "
                "images, channels, rows, columns are the old axes 0, 3, 1, 2.",
            ),
        },
        "pixels": {
            "fractions": "The pixels were divided by 255. Move the axis, and leave the numbers alone.",
            "channels turned round": "The channels come in the opposite order: red became blue. Keep their order.",
            **dict.fromkeys(
                ("first image, zeros", "first picture, zeros"),
                "Only the first images are filled, and the rest is 0. Is the `return` inside a loop?",
            ),
            "not channel 0": "The first channel is 0. Python counts from 0: range(c).",
            "from behind": "The channels after the first come from behind: images[..., -j]. Channel j is images[..., "
            "j].",
            "columns turned round": "The pictures are mirrored. Only the axis of the channels moves.",
            "cut to whole": "The fractions were lost: the numbers were cut to whole ones. Keep their type.",
            "bytes": "The fractions were lost: the numbers became bytes. Keep their type.",
            "rows turned round": "The pictures stand on their heads. Only the axis of the channels moves.",
            "mean": "All channels are the mean of them: the colours are lost. Channel j is images[..., j].",
        },
    },
    causes=(
        (
            "axes don't match array|repeated axis|is out of bounds",
            "There are four axes, 0 to 3: image, row, column, channel. transpose needs each of them once.",
        ),
        (
            "cannot reshape",
            "The product of the new sizes must be the number of pixels. But reshape is not the tool: it never moves an "
            "axis.",
        ),
    ),
)
