"""Exercise 1 of notebook 12: the gradients of a whole graph in one sweep."""

import numpy as np

from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Exercise, Property


def _sweep_backward(
    inputs, slopes, *, order="back", fork="added", rule="product", seed="last", twice="both", upto="all"
):
    """Return the gradient of the last node in each node."""
    count = len(inputs)
    grads = [1.0] * count if seed == "all ones" else [0.0] * count
    if seed in ("last", "first"):
        grads[-1 if seed == "last" else 0] = 1.0
    if upto == "as met":
        return _as_met(inputs, slopes)
    nodes = {
        "back": range(count - 1, -1, -1),
        "forward": range(count),
        "without the last": range(count - 2, -1, -1),
        "down to 2": range(count - 1, 1, -1),
    }[order]
    for node in nodes:
        if upto == "first leaf" and not inputs[node]:
            break
        given = list(zip(inputs[node], slopes[node], strict=True))
        given = {
            "once": lambda given=given: list(dict(given).items()),
            "first input": lambda given=given: given[:1],
            "last input": lambda given=given: given[-1:],
            "set": lambda node=node: list(zip(sorted(set(inputs[node])), slopes[node], strict=False)),
            "place of each": lambda node=node: [(p, slopes[node][inputs[node].index(p)]) for p in inputs[node]],
            "set, place of each": lambda node=node: [
                (p, slopes[node][inputs[node].index(p)]) for p in sorted(set(inputs[node]))
            ],
        }.get(twice, lambda given=given: given)()
        for parent, slope in given:
            part = {
                "product": slope * grads[node],
                "slope alone": slope,
                "gradient alone": grads[node],
                "sum": slope + grads[node],
                "over the slope": grads[node] / slope if slope else 0.0,
                "minus": -slope * grads[node],
            }[rule]
            if upto == "whole, each time":
                part = int(grads[parent] + part) - grads[parent]
            if fork == "added":
                grads[parent] += part
            elif fork == "replaced" or not grads[parent]:
                grads[parent] = part
            elif fork == "multiplied":
                grads[parent] *= part
        if upto == "set back" and given and node < count - 1:
            grads[node] = 0.0
        if upto == "whole":
            grads = [float(int(grad)) for grad in grads]
    if upto == "leaves":
        return [grad if not given else 0.0 for grad, given in zip(grads, inputs, strict=True)]
    return {"turned": grads[::-1], "all but the last": grads[:-1], "first number": grads[0]}.get(upto, grads)


def _as_met(inputs, slopes):
    """Return the gradients in the order in which the nodes were met, and none for the others."""
    grads = {len(inputs) - 1: 1.0}
    for node in range(len(inputs) - 1, -1, -1):
        for parent, slope in zip(inputs[node], slopes[node], strict=True):
            if node in grads:
                grads[parent] = grads.get(parent, 0.0) + slope * grads[node]
    return list(grads.values())


def _numbers(value):
    """Return the gradients as a vector."""
    try:
        value = np.asarray(list(value.values()) if isinstance(value, dict) else value, float)
    except (TypeError, ValueError):
        raise CheckFailed("must return one number for each node, as a list or an array.") from None
    return value


def _graphs(rng):
    """Draw three graphs with forks; some nodes do not reach the last."""
    found = []
    for leaves, count in ((2, 6), (3, 8), (2, 9)):
        inputs, slopes = [[] for _ in range(leaves)], [[] for _ in range(leaves)]
        for node in range(leaves, count):
            parents = rng.integers(0, node, 2 if node < count - 1 else 1).tolist()
            parents = [*parents, node - 1] if node == count - 1 else parents
            inputs.append(parents)
            slopes.append(rng.integers(1, 9, len(parents)).astype(float).tolist())
            slopes[-1][0] *= -0.5
        found.append((inputs, slopes))
    return found


sweep_backward = Exercise(
    "12-sweep-backward",
    _sweep_backward,
    tries=(
        ([[], [], [0, 1]], [[], [], [-4.0, 3.0]]),
        ([[], [], [], [0, 1], [3, 2]], [[], [], [], [1.0, 1.0], [-4.0, 3.0]]),
        ([[], [0, 0]], [[], [3.0, 3.0]]),
        ([[], [0], [], [1, 2]], [[], [2.0], [], [3.0, 5.0]]),  # a leaf in the middle
        ([[], [0], [0], [1, 2]], [[], [2.0], [-5.0], [3.0, 7.0]]),
        ([[], [], [0, 1], [0, 2], [2, 3]], [[], [], [2.0, 3.0], [5.0, -1.0], [4.0, 0.5]]),
        ([[], [], [1], [0]], [[], [], [2.0], [-3.0]]),
        ([[], [0], [1], [1, 2]], [[], [2.0], [3.0], [5.0, 7.0]]),  # a node waits for all that use it,
        ([[], [0], [1], [2, 1]], [[], [2.0], [3.0], [7.0, 5.0]]),  # in whichever order they are named
        ([[]], [[]]),
    ),
    draw=_graphs,
    view=_numbers,
    sizes=lambda inputs, slopes: {"m": len(inputs)},
    properties=(
        Property(
            "Count the numbers: there must be one for each node, leaves and all others, in the order of the nodes.",
            lambda v, *g: len(v) == len(g[0]),
        ),
        Property(
            "Look at the last number: the gradient of the last node in itself is 1.",
            lambda v, *g: abs(v[-1] - 1) < 1e-9,
        ),
    ),
    switches={
        "order": {
            "forward": "Look at the order: it runs from the first node to the last. A node passes its gradient on only "
            "when it is complete, so begin at the last node and go back.",
            "down to 2": "Look at where the loop ends: node 1 is left out, and it may have inputs. range ends before "
            "its end: "
            "range(n - 1, -1, -1) comes to node 0.",
            "without the last": "Only the last node has a gradient, its own 1. Does the loop leave the last node "
            "itself out? It must pass its 1 on to its inputs. Or is the slope multiplied by the gradient of the "
            "input, which has none yet? Multiply by that of the node which passes it on.",
        },
        "fork": {
            "replaced": "Look at a node that is used twice: the second use replaced the first. Gradients add up at a "
            "fork: +=.",
            "kept": "Look at a node that is used twice: only one use counts. Gradients add up at a fork: +=.",
            "multiplied": "Look at a node that is used twice: its two gradients were multiplied. Along a path slopes "
            "are multiplied; at a fork gradients are added.",
        },
        "rule": {
            "slope alone": "Look at what is passed on: the local slope alone. It must be multiplied by the gradient of "
            "the node itself.",
            "gradient alone": "Look at what is passed on: the gradient of the node as it is. It must be multiplied by "
            "the local slope.",
            "sum": "Look at what is passed on: slope plus gradient. The chain rule multiplies.",
            "over the slope": "Look at what is passed on: the gradient is divided by the slope. The chain rule "
            "multiplies.",
            "minus": "Look at the sign of what is passed on: slope times gradient, without a minus.",
        },
        "seed": {
            "zero": "All gradients are 0. Something must start the sweep: the last node's gradient in itself is 1.",
            "all ones": "Look at the start: every node begins with 1. Only the last one does; the others begin with 0.",
            "first": "Look at the start: the first node got the 1. The sweep starts at the last node.",
        },
        "twice": {
            "once": "Look at a node that is both inputs of another, as in x * x: it counts once only. Both inputs pass "
            "a part on.",
            **dict.fromkeys(
                ("first input", "last input"),
                "Only one input of each node got something. Go through all of them, and `return` after the loop.",
            ),
            **dict.fromkeys(
                ("set", "set, place of each"),
                "Look at the inputs of a node: a set holds each number once, and in an order of its own, so slopes "
                "meet other inputs. Go through both lists side by side: zip(inputs[i], slopes[i]).",
            ),
            "place of each": "Look at a node that is both inputs of another: index finds its first place each time, "
            "and so its first slope. Go through both lists side by side: zip(inputs[i], slopes[i]).",
        },
        "upto": {
            "leaves": "Only leaves have a gradient here. Return that of every node, in the order of the nodes.",
            "first leaf": "The loop ends at the first leaf it meets. A leaf may stand between other nodes: go on to "
            "node 0.",
            "set back": "Nodes inside the graph have 0: they were set back once they had passed their gradient on. "
            "Keep it.",
            **dict.fromkeys(
                ("whole", "whole, each time"),
                "The gradients were cut to whole numbers. Is the array made with dtype int?",
            ),
            "as met": "A dictionary holds its values in the order in which they were put in, and only those of nodes "
            "that were met. Return one number for each node, in the order of the nodes: 0 for one that was not met.",
            "all but the last": "The last node's gradient, which is 1, is missing in the result. Return one number for "
            "each node.",
            "first number": "Only the first node's gradient came back. Return one number for each node.",
            "turned": "Look at the order of the result: it is turned around. The first number belongs to node 0.",
        },
    },
    may_not_call=("coursekit.graph",),
)
