"""Exercise 5 of notebook 07: a subgradient of the sum of absolute values."""

from coursekit.check.choice import choice

which_subgradient = choice(
    "07-which-subgradient",
    "a",
    {
        "a": "The first and the last entry have a slope, 1 and -1. At the 0 any slope from -1 to 1 will do, and 0.3 "
        "is one.",
        "b": "Check the entry at the corner. Draw the line of that slope through the lowest point of |w|: does it "
        "stay below |w|?",
        "c": "These are the weights. The slope of |w| does not depend on how large w is, only on its sign.",
        "d": "Check the last entry. In which direction does |w| fall at w = -1, and which sign has its slope there?",
    },
)
