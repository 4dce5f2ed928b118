"""Exercise 3 of notebook 14: three invented reports, one honest, one that peeked, one lucky."""

from coursekit.check.choice import choice

which_reports = choice(
    "14-which-reports",
    "d",
    {
        "a": "Look at where P chose its settings. Sixty settings were compared on the very images that its number is "
        "for: an open table makes it easy to see, and the number is still too good.",
        "b": "Look at where P and R chose their settings: P on the test images, R on others. And look at what Q chose "
        "when all was over: one of its five seeds, the best.",
        "c": "Look at which images chose. Q used the test images only at the end, so it did not peek: what did it "
        "choose after that? P looked at them sixty times before it chose, and that is more than luck.",
        "d": "P compared sixty settings on the test images and reports the best: it peeked. Q reports the best of five "
        "seeds: it was lucky, and says so itself if you read on. R chose on other images and reports all seeds with an "
        "interval. Its number is smaller than the other two, and the only one to rely on.",
        "e": "Look at R: it chose on validation images and used the test images once. Where would it have peeked? And "
        "P compared its sixty settings on the test images.",
        "f": "Look at R: all five seeds, a mean and an interval. Luck would be one seed out of several, chosen when "
        "the results were known. Which report has that?",
    },
)
