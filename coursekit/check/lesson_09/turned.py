"""Exercise 1 of notebook 09: which changes of all images can change their nearest neighbours by L1."""

from coursekit.check.choice import choice

which_changes = choice(
    "09-which-changes",
    "c",
    {
        "a": "Look at change 3. In the plane, turned axes made an L1 distance of 2 shrink to 1.414, while other pairs "
        "keep theirs or grow. What can that do to the order of two neighbours?",
        "b": "Look at change 2. The distance is a sum over the pixels, and both images are put into the same new "
        "order. Does a sum depend on the order of its terms?",
        "c": "The mean image cancels in each difference, and a new order of the pixels is a new order of the terms of "
        "a sum. Only turned axes mix the pixels with each other.",
        "d": "Look at change 1. In (a - c) - (b - c) the same c is taken away twice. What is left of it?",
    },
)
