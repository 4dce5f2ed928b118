"""Exercise 2 of notebook 14: three invented reports, one honest, one that peeked, one lucky."""

from coursekit.check.choice import choice

which_reports = choice(
    "14-which-reports",
    "d",
    {
        "a": "Look at where P chose its settings, and at how often it looked at its test images. Sixty settings were "
        "compared on the very images that its number is for.",
        "b": "Look at Q: one seed. Its other four runs, which it does tell, lie two points lower. And P chose its "
        "settings on the test images, which honest reports do not.",
        "c": "Look at R: it chose on validation images, used the test images once, and reports all of its seeds. "
        "Where would it have peeked? The lowest of three numbers may be the only one that you can expect to see again.",
        "d": "P compared sixty settings on the test images and reports the best: it peeked. Q reports the best of five "
        "seeds: it was lucky, and says so itself if you read on. R chose on other images and reports all seeds with an "
        "interval. It is the lowest number of the three, and the only one to rely on.",
        "e": "Look at where Q chose its settings: on the validation images, once. So it did not peek at the test "
        "images. What did it choose after it had seen the results? And R reports all seeds, so luck cannot hide there.",
        "f": "Look at R: all five seeds, a mean and an interval. Luck would be one seed out of several. And Q does not "
        "report all of its seeds in its number.",
    },
)
