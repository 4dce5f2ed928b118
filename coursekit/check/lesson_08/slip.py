"""Exercise 4 of notebook 08: which slip of a program fits what its losses show."""

from coursekit.check.choice import choice

which_slip = choice(
    "08-which-slip",
    "b",
    {
        "a": "Look at the first loss, where every weight is 0. How large is a penalty on weights of 0, once or twice?",
        "b": "The true class lies 0 above itself, so it pays the margin: 1 too much for each example, at the start and "
        "at the end. A constant has no gradient, so a gradient check cannot see it.",
        "c": "Look at the first loss for m = 500 examples. A sum over the examples would be 500 times the mean.",
        "d": "A wider margin explains the first loss, not the last. What does a hinge loss cost once all margins hold, "
        "however wide they are?",
    },
)
