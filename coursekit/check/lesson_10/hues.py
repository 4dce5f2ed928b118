"""Exercise 5 of notebook 10: what a histogram of hues keeps."""

from coursekit.check.choice import choice

which_stays = choice(
    "10-which-stays",
    "d",
    {
        "a": "A histogram counts pixels. Does a count remember where in the image a pixel was?",
        "b": "Halve the three channels of one pixel, as (200, 100, 0). Do the differences between its channels keep "
        "their ratios?",
        "c": "Red and blue lie on different parts of the circle. What happens to the share of each part if the two "
        "channels change places?",
        "d": "The histogram only counts, so a turn of the image moves no pixel to another part; and a hue depends on "
        "the ratios of the differences of the channels, which halving keeps.",
    },
)
