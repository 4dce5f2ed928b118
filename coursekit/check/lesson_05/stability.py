"""What is said of scores of 10000 in the descent of notebook 05, and of the exceptions that it raises."""

from coursekit.check.lesson_05._iteration import SMALL

LARGE = (
    "Look at scores of 10000: it gives nan there. exp(10000) is infinite, inf / inf is nan, and so is 0 * log 0. Take "
    "each "
    "image's own largest score away first, and use log P = z - log(sum(exp(z))) of the shifted scores."
)
SMALL_NUMBER = (
    "Look at the logarithm: where the true class lost by 10000, the loss of the image must be 10000. A small number "
    "inside "
    "it, or a clipped probability, hides that, and without one log 0 is infinite. Never form the probability there: "
    "log P "
    "= z - log(sum(exp(z))) of the shifted scores."
)
PRODUCT = (
    "Look at y * log(P): where a probability became 0 it is 0 * -inf, which is nan. Never take the logarithm of a "
    "probability: "
    "log P = z - log(sum(exp(z))) of the shifted scores."
)
INFINITE = (
    "Look at the logarithm: where the true class lost by 10000, its probability became 0, and the loss infinite. "
    "Never take "
    "the logarithm of a probability: log P = z - log(sum(exp(z))) of the shifted scores."
)
UNSHIFTED = (
    "Look at what goes into the exponential: on scores of 10000 it overflows, since exp(10000) is infinite. Take the "
    "largest score "
    "of each column away first; the probabilities stay the same."
)
ONE_FOR_ALL = (
    "Look at the maximum: one was taken away for all images, so an image whose scores lie far below becomes 0 / 0. "
    "Each image "
    "needs its own: z.max(axis=0, keepdims=True)."
)
CLASS_MAXIMUM = (
    "Look at the axis of the maximum: each class's was taken away, over the images. That changes the differences "
    "within an image. "
    "An image is a column: axis=0."
)
KEEPDIMS = (
    "Look at keepdims: a vector lines up with the columns. On a square matrix that is silent, and mixes images and "
    "classes."
)
ACROSS = (
    "Look at the axis of the softmax: it ran across the images. One image is a column of theta @ x.T, so each column "
    "must sum to 1: axis=0."
)
PENALTY = "Look at the step: a multiple of theta was added, as for a penalty. The loss here has none."
PART = "Look at the sum over the images: only some of them count. Where does the loop begin and end? Add up with +=."
CUT = (
    "Look at the iteration in which the rate is cut. Iterations 0 to 49 use alpha, 50 to 99 use 0.95 * alpha: 0.95 ** "
    "(i // 50)."
)
EACH = "Look at how often the rate is cut: it must be after every 50 iterations."
STABLE = {
    ("image", "product"): PRODUCT,
    ("image", "true"): INFINITE,
    **{("image", log): SMALL_NUMBER for log in (*SMALL, *(("clipped", small) for small in SMALL[1:-1:2]))},
    **{("none", log): UNSHIFTED for log in ("log-sum-exp", "product", "true", "nansum", 1e-15, 1e-8, 1e-5)},
    **{("all", log): ONE_FOR_ALL for log in ("log-sum-exp", "product", "true", "nansum", 1e-15, 1e-8, 1e-5)},
    **{("class", log): CLASS_MAXIMUM for log in ("log-sum-exp", "product", "true")},
    **{("turned", log): KEEPDIMS for log in ("log-sum-exp", "product", "true")},
    **{
        (
            "smallest",
            log,
        ): "Look at the shift: the smallest score was taken away, so the largest still overflows. Take the "
        "largest away: then no exponent is above 0."
        for log in ("log-sum-exp", "product", "true")
    },
    **{
        (
            "mean",
            log,
        ): "Look at the shift: the mean score was taken away, so the largest may still overflow. Take the largest "
        "away: then no exponent is above 0."
        for log in ("log-sum-exp", "product", "true")
    },
    **{
        (
            "clipped",
            log,
        ): "Look at large scores: they were cut off, and then cannot be told apart. Take each image's largest "
        "score away: that loses nothing."
        for log in ("log-sum-exp", "product", "true")
    },
}
CAUSES = (
    (
        r"matmul: Input operand|shapes \(.*\) and \(.*\) not aligned",
        "Look at the shapes: theta is (k, n), one row per class; x is (m, n) and y is (k, m). The scores are theta @ "
        "x.T, (k, m), and the "
        "gradient is (P - y) @ x / m, (k, n) as theta.",
    ),
    (
        r"could not be broadcast together",
        "Two shapes do not fit. Write them beside the line: scores, probabilities and y are (k, m), with one column "
        "per "
        "image; theta and its gradient are (k, n).",
    ),
    (
        r"arrays used as indices must be|only integers, slices",
        "y is one-hot, (k, m), and not a vector of labels. As an index use y.argmax(axis=0).",
    ),
)
