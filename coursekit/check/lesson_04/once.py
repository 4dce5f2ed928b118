"""Exercise 1 of notebook 04: which of four programs converts the pixels once."""

from coursekit.check.choice import choice

converts_once = choice(
    "04-converts-once",
    "c",
    {
        "a": "Look at the type of `pixels / 255`: whole numbers divided are float64. So the pixels are converted once, "
        "but to the wide type, and both products run in float64.",
        "b": "Look at the type of Y. `np.eye` makes float64, so P - Y is float64, and NumPy converts all of x again "
        "for the second product of every step.",
        "c": "x is made before the loop, and theta, Y and P are float32 as it is: NumPy has nothing left to convert.",
        "d": "Look at where astype stands: inside the loop, so all pixels are converted again in every step.",
    },
)
