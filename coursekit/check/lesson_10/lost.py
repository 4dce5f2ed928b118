"""Exercise 4 of notebook 10: which step of a preprocessing lost what a task needs."""

from coursekit.check.choice import choice

what_was_lost = choice(
    "10-what-was-lost",
    "c",
    {
        "a": "If the colour were needed, gray pixels would do badly too. Look at their line.",
        "b": "If PCA had dropped what is needed, HOG alone would do better than HOG with PCA. Compare these two lines.",
        "c": "HOG takes differences, so a constant that is added to all pixels is gone before anything is learned. "
        "Each line with HOG is near guessing, whatever follows, and each line without HOG is not.",
        "d": "Look at the first line: with min-max, and without HOG, the pixels do well. Min-max as in this lesson "
        "moves and scales all images alike, so a brighter one stays brighter.",
    },
)
