"""Exercise 3 of notebook 06: what a batch size costs by steps and by images."""

from coursekit.check.choice import choice

which_batch = choice(
    "06-which-batch",
    "c",
    {
        "a": "Compare the column of 250 steps for the batches of 20 and of 500. How far apart are the losses?",
        "b": "Count the steps. How many does each of the two take in five epochs, and how far can a few steps at this "
        "rate go?",
        "c": "In five epochs batches of 20 take 250 steps and the full batch takes five. At the same rate the number "
        "of steps decides; the noise of batches of 20 costs little beside that.",
        "d": "Look at the formula for the noise again. It has a square root.",
    },
)
