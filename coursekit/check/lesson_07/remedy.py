"""Exercise 6 of notebook 07: a model that underfits."""

from coursekit.check.choice import choice

which_remedy = choice(
    "07-which-remedy",
    "b",
    {
        "a": "Stopping early helps if the validation loss rises while the training loss falls. Is the training "
        "accuracy high here?",
        "b": "Both accuracies are low, so the model underfits. A weaker penalty lets it fit more of the training "
        "images.",
        "c": "Is the model too good on its training images? It reads fewer than half of them; compare the two numbers "
        "in the question.",
        "d": "The gap between the two accuracies tells what was learned by heart. How large is it here?",
    },
)
