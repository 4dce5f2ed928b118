"""Exercise 3 of notebook 12: why a network has stopped learning."""

from coursekit.check.choice import choice

why_silent = choice(
    "12-why-silent",
    "b",
    {
        "a": "A saturated sigmoid has a small slope, and not one of exactly 0. Look at the largest entry of dW1.",
        "b": "Long steps made every input of the relus negative for all examples. A relu that gives 0 has slope 0, "
        "so nothing reaches W1 and b1, and no later step can bring the units back.",
        "c": "At the bottom of a valley the examples would be told apart. Look at the accuracy, and at how many hidden "
        "units still give something else than 0.",
        "d": "Gradients that add up over the steps are too large. Look at the size of those that are printed.",
    },
)
