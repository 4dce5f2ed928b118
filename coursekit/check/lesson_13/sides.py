"""Exercise 2 of notebook 13: how large an image is after some layers."""

import math

from coursekit.check.exercise import Exercise, Property


def _last_side(side, layers, *, form="right", pair="kernel first", order="one after another", what="side"):
    """Return how many pixels are left of a row of pixels."""
    sides = [side]
    layers = {"all but the last": list(layers)[:-1], "all but the first": list(layers)[1:]}.get(order, layers)
    if order == "each from the image, nothing before" and not layers:
        raise UnboundLocalError("cannot access local variable 'out' where it is not associated with a value")
    for first, second in list(layers)[:: -1 if order == "last layer first" else 1]:
        k, s = (first, second) if pair == "kernel first" else (second, first)
        n = side if order.startswith("each from the image") else sides[-1]
        sides.append(_places(n, k, s, form))
    if order.startswith("first only"):
        sides = sides[:2]
    if order == "at once, without layers too" or (order == "at once" and layers):
        sides.append((side - sum(k for k, s in layers)) // math.prod(s for k, s in layers) + 1)
    if order == "first only, or None" and len(sides) == 1:
        return None
    return {
        "side": lambda: sides[-1],
        "all": lambda: sides,
        "all but the image": lambda: sides[1:],
        "pixels": lambda: sides[-1] ** 2,
        "pair": lambda: (sides[-1], sides[-1]),
        "lost": lambda: side - sides[-1],
        "smallest": lambda: min(sides),
    }[what]()


def _places(n, k, s, form):
    """Return at how many places a kernel of k pixels fits into n, s apart."""
    return {
        "right": lambda: (n - k) // s + 1,
        "no plus": lambda: (n - k) // s,
        "up": lambda: math.ceil((n - k) / s) + 1,
        "no stride": lambda: n - k + 1,
        "stride only": lambda: n // s,
        "stride only, up": lambda: math.ceil(n / s),
        "whole kernel": lambda: n - k,
        "plus inside": lambda: (n - k + 1) // s,
        "fraction": lambda: (n - k) / s + 1,
        "nearest": lambda: math.floor((n - k) / s + 0.5) + 1,
        "over the kernel": lambda: n // k,
        "padded": lambda: (n + 2 * (k // 2) - k) // s + 1,
        "minus one": lambda: (n - k) // s - 1,
        "stride first": lambda: n // s - k + 1,
        "kernel divided": lambda: n - k // s + 1,
        "nearest, half to even": lambda: round((n - k) / s) + 1,
        "nearest, with the one": lambda: round((n - k) / s + 1),
        "nearest, plus inside": lambda: round((n - k + 1) / s),
        "nearest, no plus": lambda: round((n - k) / s),
        "nearest, stride only": lambda: round(n / s),
        "padded by one": lambda: (n + 2 - k) // s + 1,
        "padded in full": lambda: (n + k - 2) // s + 1,
        "stride and one": lambda: (n - k) // (s + 1),
        "kernel added": lambda: (n + k) // s + 1,
        "fraction, plus inside": lambda: (n - k + 1) / s,
        "fraction, no plus": lambda: (n - k) / s,
        "times the stride": lambda: (n - k) * s + 1,
        "kernel and one": lambda: (n - k - 1) // s + 1,
    }[form]()


def _stacks(rng):
    """Draw stacks of layers; kernels and strides differ, and some leave pixels over."""
    found = []
    for _ in range(6):
        side, layers = int(rng.integers(40, 90)), []
        now = side
        for _ in range(int(rng.integers(2, 5))):
            k, s = int(rng.integers(1, 6)), int(rng.integers(1, 4))
            if now < k + s:
                break
            layers.append((k, s))
            now = (now - k) // s + 1
        found.append((side, layers))
    return found


PLACES = (
    "Look at one layer: {} The first window begins at pixel 0, and each other one `stride` further: it fits "
    "(side - kernel) // stride + 1 times."
)

AT_ONCE = (
    "All layers are put into one formula. Each layer reads what the one before has left: compute one side after the "
    "other."
)

last_side = Exercise(
    "13-last-side",
    _last_side,
    tries=(
        (28, [(2, 1)]),
        (13, [(3, 2)]),
        (6, [(2, 2)]),
        (27, [(2, 2)]),
        (9, [(2, 3)]),
        (28, []),
        (7, [(7, 1)]),
        (5, [(1, 2)]),
        (28, [(5, 1), (2, 2), (5, 1), (2, 2)]),
        (32, [(3, 1), (3, 1), (2, 2), (4, 3)]),
        (50, [(4, 2), (2, 3), (3, 1)]),
    ),
    draw=_stacks,
    sizes=lambda side, layers: {},
    properties=(
        Property(
            "A side is a whole number of pixels. Round down, with //: what is left over at the end is not read.",
            lambda v, side, layers: float(v) == int(v),
        ),
        Property("With no layer at all the side stays as it was.", lambda v, side, layers: layers or v == side),
        Property("No layer makes an image larger: nothing is put around it.", lambda v, side, layers: v <= side),
    ),
    switches={
        "form": {
            "no plus": PLACES.format("the + 1 is missing. A kernel as large as the image fits once, not 0 times."),
            "up": PLACES.format("the division is rounded up, so the last window hangs over the edge."),
            "no stride": PLACES.format("the stride is not used."),
            **dict.fromkeys(
                ("stride only", "stride only, up"),
                PLACES.format("only the stride is used. The kernel must fit as well."),
            ),
            "whole kernel": PLACES.format("this is side - kernel."),
            "plus inside": PLACES.format("the 1 is added before the division. Add it after."),
            "fraction": PLACES.format("this is a fraction of a pixel."),
            **dict.fromkeys(
                ("nearest", "nearest, half to even", "nearest, with the one"),
                PLACES.format("the division is rounded to the nearest. Round down."),
            ),
            "nearest, plus inside": PLACES.format("the 1 is added before the division, and that is rounded."),
            "nearest, no plus": PLACES.format("the + 1 is missing, and the division is rounded to the nearest."),
            "nearest, stride only": PLACES.format("only the stride is used, and the division is rounded."),
            **dict.fromkeys(
                ("padded by one", "padded in full"), PLACES.format("pixels were put around the image. Here none are.")
            ),
            "stride and one": PLACES.format("the 1 is added to the stride. Add it to the result of the division."),
            "kernel added": PLACES.format("the kernel is added. Take it away."),
            "fraction, plus inside": PLACES.format("the 1 is added before the division, and that with / and not //."),
            "fraction, no plus": PLACES.format("the + 1 is missing, and the division leaves a fraction: take //."),
            "times the stride": PLACES.format("it is multiplied by the stride. Divide."),
            "kernel and one": PLACES.format(
                "one window is missing where the stride divides side - kernel exactly, as if 1 more were taken away, "
                "or the division rounded up in place of the + 1."
            ),
            "over the kernel": PLACES.format(
                "the side is divided by the kernel. That holds only if windows do not overlap."
            ),
            "padded": PLACES.format("pixels were put around the image. Here none are."),
            "minus one": PLACES.format("1 is taken away. Add it."),
            "stride first": PLACES.format("the side is divided before the kernel is taken away."),
            "kernel divided": PLACES.format("only the kernel is divided. Put side - kernel in brackets."),
        },
        "pair": {"stride first": "Look at a layer: it is (kernel, stride), in this order; you read (stride, kernel)."},
        "order": {
            "last layer first": "Look at the order: you go through the layers from the last to the first.",
            **dict.fromkeys(
                ("each from the image", "each from the image, nothing before"),
                "Look at the second layer: it reads what the first has left, not the image. Give both the same "
                "name: side = (side - kernel) // stride + 1.",
            ),
            **dict.fromkeys(
                ("first only", "first only, or None"),
                "Look at the second layer: it is left out. Is the `return` inside the loop?",
            ),
            "all but the last": "The last layer is left out. Where does the loop end?",
            "all but the first": "The first layer is left out. Where does the loop begin?",
            **dict.fromkeys(("at once", "at once, without layers too"), AT_ONCE),
        },
        "what": {
            "all": "These are all sides. Return the last one.",
            "all but the image": "These are all sides. Return the last one.",
            "pixels": "This is the number of pixels. Return one side of the image.",
            "pair": "This is height and width. Return one number.",
            "lost": "This is how much was lost. Return what is left.",
        },
    },
    may_not_call=("coursekit.convnet.output_size",),
)
