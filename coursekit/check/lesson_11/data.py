"""Exercise 1 of notebook 11: which data set somebody trained on."""

from coursekit.check.choice import choice

which_data = choice(
    "11-which-data",
    "b",
    {
        "a": "Look at the share of pixels that are 0. Clothes fill about half of the image, and this is far more. The "
        "names prove nothing: they were typed in by the program, not read from the files.",
        "b": "The shapes and labels of both sets are alike, so only the pixels tell: four of five are 0, the mean is "
        "0.13, and the mean image is a round blot. These are digits. The files were MNIST's, in a folder of that name.",
        "c": "Turning light and dark round makes the pixels that were 0 into 255. Look at the share of pixels that are "
        "0, and at the mean: which of the two would be high?",
        "d": "Look at the number of images. The stand-in has fewer than 2000, and this set has 60000.",
        "e": "An order that is shuffled changes neither the mean of all pixels nor the share that are 0. Compare these "
        "two numbers with those of both sets.",
    },
)
