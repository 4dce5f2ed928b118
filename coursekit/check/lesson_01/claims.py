"""Exercise 4 of notebook 01: one of four claims about likelihood, squared error and the exponential."""

from coursekit.check.choice import choice

which_claim = choice(
    "01-which-claim",
    "b",
    {
        "a": "Add 5 to the scores 1 and 2 under another g, say log(1 + exp(z)). Is the ratio of the two values still "
        "the same?",
        "b": "The likelihood is 0.5 * 0.5 * 0.8 * 0.1 = 0.02. -log 0.02 = 3.91 is the sum of the four losses, and a "
        "quarter of it, 0.978, is their mean.",
        "c": "Ask how the examples were drawn. The product of probabilities needs independent examples; is a copy "
        "independent?",
        "d": "Try the scores (0, 0, 3) and (0, 0, 30), with the third class true. Which pays more beside the target "
        "(0, 0, 1)?",
    },
)
