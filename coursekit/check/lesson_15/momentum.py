"""Exercise 1 of notebook 15: gradient descent with momentum."""

import numpy as np

from coursekit.check.exercise import Exercise, Formula, Property


def _momentum_descent(
    gradient, w, learning_rate, beta, steps, *,
    rule="heavy", start="zero", sign=-1, when="after", at="newest", kept="all", count="steps", store="floats",
):  # fmt: skip
    """Return the start and the place after each step, one row for each."""
    whole = np.asarray(w).dtype.kind in "iu"
    w, d = np.array(w, float), {"ones": 1.0, "the start": np.array(w, float)}.get(start, 0.0)
    if whole and store == "in place":
        np.subtract(w.astype(int), w, out=w.astype(int))
    path, steps = [w], {"steps": steps, "one short": steps - 1, "one more": steps + 1, "one": min(steps, 1)}[count]
    for step in range(steps):
        point = {"newest": w, "start": path[0], "ahead": w + sign * learning_rate * beta * d}[at]
        if when == "before, gradient after":
            point = w = w + sign * learning_rate * d
        g = np.asarray(gradient(point), float)
        d = g if step == 0 and start == "gradient, once" else d
        new = {
            "heavy": lambda d=d, g=g: beta * d + g,
            "mean": lambda d=d, g=g: beta * d + (1 - beta) * g,
            "mean, turned": lambda d=d, g=g: (1 - beta) * d + beta * g,
            "plain": lambda d=d, g=g: g,
            "all kept": lambda d=d, g=g: d + g,
            "both times beta": lambda d=d, g=g: beta * (d + g),
            "beta at the gradient": lambda d=d, g=g: d + beta * g,
            "minus, turned": lambda d=d, g=g: g - beta * d,
            "rate twice": lambda d=d, g=g: beta * d + learning_rate * g,
            "look ahead": lambda d=d, g=g: beta * d + g,
            "added": lambda d=d, g=g: beta + g,
            "beta alone": lambda d=d, g=g: beta * d,
            "mean, corrected": lambda d=d, g=g, step=step: beta * d + (1 - beta) * g,
            "powers": lambda d=d, g=g, step=step: beta**step * d + g,
            "powers from 1": lambda d=d, g=g, step=step: beta ** (step + 1) * d + g,
            "gradient again": lambda d=d, g=g: (1 + beta) * g,
            "1 - beta": lambda d=d, g=g: (1 - beta) * d + g,
            "length": lambda d=d, g=g: beta * d + g / max(np.sqrt((g**2).sum()), 1e-12),
            "beta subtracted": lambda d=d, g=g: beta * -g + d if np.ndim(d) else g,
        }[rule]()
        if rule == "beta alone":
            new = g if step == 0 else new
        along = d if when == "before" else g + beta * new if rule == "look ahead" else new
        along = 0 * new if when == "before, gradient after" else along
        along = along / (1 - beta ** (step + 1)) if rule == "mean, corrected" else along
        rate = learning_rate / (1 - beta) if when == "stretched" else learning_rate
        w, d = w + sign * rate * along, new
        w = np.trunc(w) if whole and store == "whole" else w + 0.0
        path.append(w)
    path = np.array(path)
    path = np.trunc(path) if whole and store == "whole rows" else path
    return {
        "all": lambda: path,
        "no start": lambda: path[1:],
        "no start, in a list": lambda: path[1:] if len(path) > 1 else path[0, :0],
        "no end": lambda: path[:-1],
        "last": lambda: path[-1],
        "last everywhere": lambda: np.tile(path[-1], (len(path), 1)),
        "last everywhere, no start": lambda: np.tile(path[-1], (len(path) - 1, 1)),
        "steps": lambda: np.diff(path, axis=0),
        "turned": lambda: path.T,
        "backwards": lambda: path[::-1],
        "flat": lambda: path.ravel(),
        "flat, from the first step": lambda: path.ravel() if len(path) > 1 else path,
        "start twice": lambda: np.vstack([path[:1], path]),
        "0 for the start": lambda: np.vstack([0 * path[:1], path[1:]]),
        "a place early": lambda: np.vstack([path[1:], 0 * path[:1]]),
        "end first": lambda: np.vstack([path[-1:], path[1:]]),
        "a row too few": lambda: path[[*range(steps), steps + 1]],
        "place and path": lambda: (path[-1], path),
        "path and place": lambda: (path, path[-1]),
        "directions too": lambda: (path, d),
    }[kept]()


def _paths(rng):
    """Draw bowls, starts, rates and betas; the numbers of steps and of weights all differ."""
    found = []
    for n, steps in ((2, 4), (3, 5), (1, 3)):
        a, b = rng.integers(1, 9, n).tolist(), rng.integers(-5, 6, n).tolist()
        w, rate, beta = rng.integers(-9, 10, n) / 2, rng.integers(3, 15) / 100, rng.integers(3, 9) / 10
        found.append((Formula(f"lambda w: np.array({a}) * w + np.array({b})"), w, float(rate), float(beta), steps))
    return found


BOWL = Formula("lambda w: np.array([1, 10]) * w")
KEEP = "Look at the direction: {} It is beta times the last direction, plus the gradient: d = beta * d + g, from d = 0."
ROWS = "Look at what comes back: {} Return a matrix with steps + 1 rows: the start, then the place after each step."

momentum_descent = Exercise(
    "15-momentum-descent",
    _momentum_descent,
    tries=(
        (BOWL, np.array([3.5, 1.0]), 0.05, 0.5, 3),
        (BOWL, np.array([3.5, 1.0]), 0.1, 0.0, 2),
        (BOWL, np.array([2, -1]), 0.05, 0.9, 4),
        (BOWL, np.array([1.0, 1.0]), 0.1, 0.5, 1),
        (BOWL, np.array([1.0, 2.0]), 0.1, 0.5, 0),
        (Formula("lambda w: w**3"), np.array([1.0, -0.5, 2.0]), 0.1, 0.8, 5),
        (Formula("lambda w: 4 * w"), np.array([1.0]), 0.25, 0.25, 6),
    ),
    draw=_paths,
    sizes=lambda gradient, w, learning_rate, beta, steps: {"n": len(w)},
    properties=(
        Property(
            ROWS.format("the first row is not the start."),
            lambda v, gradient, w, *inputs: np.allclose(v[0], w, rtol=1e-4, atol=1e-6),
        ),
        Property(
            "Look at the first step: the direction starts at 0, so this is plain descent, w - learning_rate * "
            "gradient(w).",
            lambda v, gradient, w, rate, *inputs: len(v) < 2 or np.allclose(v[1], w - rate * gradient(w), rtol=1e-4),
        ),
        Property(
            "Look at beta = 0: nothing of the last direction is kept, so this must be plain descent.",
            lambda v, gradient, w, rate, beta, steps: beta > 0 or _exact(v, gradient, w, rate, beta, steps),
        ),
        Property(
            "The first step is right, and a later one is not. Each step keeps beta times the whole last direction, and "
            "adds the gradient at the place where it now stands.",
            lambda v, *inputs: _exact(v, *inputs),
        ),
    ),
    switches={
        "rule": {
            **dict.fromkeys(
                ("mean", "mean, turned"),
                KEEP.format("this is a running mean, whose gradient has a weight as well; its steps are shorter."),
            ),
            "mean, corrected": KEEP.format("this is a corrected running mean, as in Adam, whose steps are shorter."),
            **dict.fromkeys(("powers", "powers from 1"), KEEP.format("beta is raised to the number of the step.")),
            "gradient again": KEEP.format("the newest gradient is added twice, in place of the last direction."),
            "1 - beta": KEEP.format("the last direction is multiplied by 1 - beta."),
            "length": "The gradient was divided by its length. Use it as it is.",
            "beta subtracted": KEEP.format("beta times the gradient is subtracted from the last one."),
            "plain": KEEP.format(
                "nothing of the last one is kept: this is plain descent. Is d set to 0 inside the loop?"
            ),
            "all kept": KEEP.format("the last one is kept whole, so it never dies down."),
            "both times beta": KEEP.format("the gradient is multiplied by beta, too."),
            "beta at the gradient": KEEP.format("beta stands at the gradient, not at the last direction."),
            "minus, turned": KEEP.format("its first part has the wrong sign."),
            "rate twice": "The learning rate is multiplied in twice, into the direction and into the step.",
            "look ahead": "This is Nesterov's variant, which takes beta times the new direction plus the gradient. The "
            "step here goes along the direction itself.",
            "added": KEEP.format("beta itself is added, not beta times the last direction."),
            "beta alone": KEEP.format("the gradient enters in the first step only."),
        },
        "start": {
            "gradient, once": KEEP.format("it starts at the gradient, so the first gradient counts twice."),
            **dict.fromkeys(
                ("ones", "the start"), KEEP.format("it does not start at 0, so the first step is not plain descent.")
            ),
        },
        "sign": {1: "The steps go up. Subtract the direction: the gradient points to where the loss grows."},
        "when": {
            "before": "Look at the order: the step is taken along the old direction. First the new direction, then the "
            "step along it.",
            "before, gradient after": "The two lines stand in the wrong order: the step is taken before the direction "
            "is computed, so the first step goes nowhere. First d = beta * d + gradient(w), then w = w - learning_rate "
            "* d.",
            "stretched": "The rate is divided by 1 - beta. The step is learning_rate times the direction.",
        },
        "at": {
            "start": "Look at where the gradient is taken: it is always at the start. Take it where you now stand.",
            "ahead": "Look at where the gradient is taken: it is one move ahead, which is Nesterov's variant. Take it "
            "where you now stand.",
        },
        "kept": {
            **dict.fromkeys(("no start", "no start, in a list"), ROWS.format("the start is missing.")),
            "no end": ROWS.format("the last place is missing. Is it kept before the step?"),
            "last": ROWS.format("this is the last place only."),
            **dict.fromkeys(
                ("last everywhere", "last everywhere, no start"),
                ROWS.format(
                    "all rows are the last place: a list that holds the same array many times shows its newest "
                    "numbers. Make a new array in each step, w = w - ..."
                ),
            ),
            "steps": ROWS.format("these are the steps, not the places."),
            "turned": ROWS.format("it lies on its side."),
            "backwards": ROWS.format("it runs from the end to the start."),
            **dict.fromkeys(
                ("flat", "flat, from the first step"),
                ROWS.format("it is one long vector. np.append joins so without an axis; append to a list instead."),
            ),
            "start twice": ROWS.format("the start stands there twice."),
            **dict.fromkeys(
                ("0 for the start", "a place early", "end first"),
                ROWS.format(
                    "each place is stored in a wrong row, or the start in none. Row 0 is the start, and row "
                    "i + 1 the place after step i."
                ),
            ),
            "a row too few": "There is no row left for the last place. The start needs a row as well: "
            "np.zeros((steps + 1, len(w))).",
            **dict.fromkeys(
                ("place and path", "path and place", "directions too"),
                ROWS.format("there are two things. Return the path alone."),
            ),
        },
        "store": {
            **dict.fromkeys(
                ("whole", "whole rows"),
                "The places are cut to whole numbers where w holds whole numbers. An array with the type of w takes no "
                "fractions: make one of floats, np.zeros((steps + 1, len(w))).",
            ),
            "in place": "w may hold whole numbers, and w -= ... cannot put fractions into them. It would also change "
            "the caller's w: write w = w - ...",
        },
        "count": {
            "one short": "There is one step too few.",
            "one more": "There is one step too many.",
            "one": "There is only one step. Is the `return` inside the loop?",
        },
    },
    causes=(
        (
            "Cannot cast ufunc",
            "w may hold whole numbers, and w -= ... cannot put fractions into them. It would also change the caller's "
            "w: write w = w - ...",
        ),
        (
            "inhomogeneous shape",
            "The rows of the path have different lengths. Each is a place, with one number for each weight.",
        ),
    ),
    may_not_call=("coursekit.optim.train", "coursekit.optim.momentum", "torch.optim"),
)


def _exact(path, *inputs):
    """Say whether a path is right."""
    return np.allclose(path, _momentum_descent(*inputs), rtol=1e-4, atol=1e-6)
