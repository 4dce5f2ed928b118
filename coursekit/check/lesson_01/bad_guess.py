"""Exercise 3 of notebook 01: what one confident mistake does to a mean loss."""

from coursekit.check.choice import choice

one_bad_guess = choice(
    "01-one-bad-guess",
    "b",
    {
        "a": "Do not count which answers are better; add up their losses. What is -log 0.001 beside three times "
        "-log 0.9?",
        "b": "-log 0.001 is 6.91, and four times -log 0.4 is 3.67. A mean loss pays most for a confident mistake.",
        "c": "Look at the long form of one example. Which of its terms does a one-hot label leave?",
        "d": "Look at the logarithm, not at the probability. Each factor of ten below adds the same 2.3 nats, however "
        "near to 0 it is.",
    },
)
