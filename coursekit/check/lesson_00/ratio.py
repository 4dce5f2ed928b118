"""Exercise 2 of notebook 00: how a ratio of probabilities follows a difference of scores."""

from coursekit.check.choice import choice

four_times = choice(
    "00-four-times",
    "b",
    {
        "a": "Try it with a score of A that is 0, or negative. Twice 0 is 0: what does the ratio depend on?",
        "b": "The ratio is exp(z_A - z_B), so adding log 2 to the difference multiplies the ratio by 2.",
        "c": "Look at the size of the step: adding 2 to a difference of scores multiplies the ratio by exp(2), 7.389.",
        "d": "Look at the direction: a temperature above 1 divides the difference of scores. Does the ratio grow or "
        "shrink then?",
    },
)
