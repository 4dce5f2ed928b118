"""Answers to the exercises of notebook 14, the ledger of claims."""

import numpy as np

from tests.mistakes import equal, right, wrong


def named(name, function):
    """Give a callable a name, where it has none of its own."""

    def call(*inputs):
        return function(*inputs)

    call.__name__ = name
    return call


# paired_gain

GAIN = "paired_gain"


@right(GAIN)
def differences_as_floats(first, second):
    d = np.asarray(first, float) - np.asarray(second, float)
    return d.mean(), 1.96 * d.std() / np.sqrt(len(d))


@right(GAIN)
def by_counts(first, second):
    m = len(first)
    only_first, only_second = np.sum(first & ~second), np.sum(second & ~first)
    gain = (only_first - only_second) / m
    variance = (only_first + only_second) / m - gain**2
    return gain, 1.96 * (variance / m) ** 0.5


@right(GAIN)
def with_a_loop(first, second):
    d = [int(a) - int(b) for a, b in zip(first, second)]
    mean = sum(d) / len(d)
    spread = (sum((x - mean) ** 2 for x in d) / len(d)) ** 0.5
    return [mean, 1.96 * spread / len(d) ** 0.5]


@right(GAIN)
def by_the_covariance(first, second):
    a, b = first.astype(int), second.astype(int)
    spread = np.sqrt(np.cov(a, b, ddof=0) @ [1, -1] @ [1, -1])
    return a.mean() - b.mean(), 1.96 * spread / np.sqrt(len(a))


def d_(a, b):
    """Help the answers below."""
    return np.asarray(a, float) - np.asarray(b, float)


@wrong("paired_gain", "The gain is the share of images on which the models differ")
def max_paired(first, second):
    d = d_(first, second)
    return (abs(d).mean(), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "they have lost their sign")
def xor(first, second):
    d = (np.asarray(first) != np.asarray(second)).astype(float)
    return (d.mean(), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "it is that of the sizes")
def absd(first, second):
    d = d_(first, second)
    return (d.mean(), 1.96 * abs(d).std() / np.sqrt(len(d)))


@wrong("paired_gain", "The gain is a ratio of the two accuracies")
def ratio(first, second):
    d = d_(first, second)
    return (np.mean(first) / max(np.mean(second), 1e-09), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "The gain is a share of the second accuracy")
def rel(first, second):
    d = d_(first, second)
    return (d.mean() / max(np.mean(second), 1e-09), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "it is the variance")
def var(first, second):
    d = d_(first, second)
    return (d.mean(), 1.96 * d.var() / np.sqrt(len(d)))


@wrong("paired_gain", "This is the interval for two models on *different* images")
def pooled(first, second):
    p = np.mean(first)
    q = np.mean(second)
    n = len(first)
    r = (p + q) / 2
    return (p - q, 1.96 * np.sqrt(2 * r * (1 - r) / n))


@wrong("paired_gain", "This is the spread of the second model alone")
def binom_second(first, second):
    p = np.mean(first)
    q = np.mean(second)
    n = len(first)
    return (p - q, 1.96 * np.sqrt(q * (1 - q) / n))


@wrong("paired_gain", "2 m")
def with_2m(first, second):
    d = d_(first, second)
    return (d.mean(), 1.96 * d.std() / np.sqrt(2 * len(d)))


@wrong("paired_gain", "the number of images on which the models differ")
def discord(first, second):
    d = d_(first, second)
    n = max((d != 0).sum(), 1)
    return (d.mean(), 1.96 * d.std() / np.sqrt(n))


@wrong("paired_gain", "The gain is divided by the number of images on which the")
def discord_gain(first, second):
    d = d_(first, second)
    n = max((d != 0).sum(), 1)
    return (d.sum() / n, 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "Images on which neither is right were left out")
def both(first, second):
    d = d_(first, second)
    k = np.asarray(first) | np.asarray(second)
    d = d[k]
    return (d.mean(), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "The numbers were rounded")
def round_paired(first, second):
    d = d_(first, second)
    return (round(d.mean(), 2), round(1.96 * d.std() / np.sqrt(len(d)), 2))


@wrong("paired_gain", "they have lost their sign")
def with_bool(first, second):
    d = np.asarray(first) ^ np.asarray(second)
    return (d.mean(), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "0 - 1 is 255 in bytes, which have no minus")
def uint(first, second):
    d = np.asarray(first).astype(np.uint8) - np.asarray(second).astype(np.uint8)
    return (d.mean(), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "it is taken of the deviation over m")
def with_196sq(first, second):
    d = d_(first, second)
    return (d.mean(), 1.96 * np.sqrt(d.std() / len(d)))


@wrong("paired_gain", "only images that the first alone reads count")
def only_first_wins(first, second):
    d = (np.asarray(first) & ~np.asarray(second)).astype(float)
    return (d.mean(), 1.96 * d.std() / np.sqrt(len(d)))


@wrong("paired_gain", "Two standard deviations were subtracted")
def stddiff(first, second):
    a, b = (np.asarray(first, float), np.asarray(second, float))
    return (a.mean() - b.mean(), 1.96 * abs(a.std() - b.std()) / np.sqrt(len(a)))


@wrong("paired_gain", "returned in the other order")
def half_first(first, second):
    d = np.asarray(first, float) - np.asarray(second, float)
    return 1.96 * d.std() / np.sqrt(len(d)), d.mean()


@wrong("paired_gain", "two ends of the interval")
def both_ends(first, second):
    d = np.asarray(first, float) - np.asarray(second, float)
    half = 1.96 * d.std() / np.sqrt(len(d))
    return d.mean() - half, d.mean() + half


equal(
    GAIN,
    "Python subtracts booleans, and a square has no sign.",
    "with_a_loop: int(a) -> a",
    "with_a_loop: int(b) -> b",
    "with_a_loop: x - mean -> mean - x",
)


equal(
    GAIN,
    "A covariance of booleans is that of 0 and 1, and its matrix is symmetric.",
    "by_the_covariance: first.astype(int) -> first",
    "by_the_covariance: second.astype(int) -> second",
    "by_the_covariance: np.cov(a, b, ddof=0) @ [1, -1] @ [1, -1] -> [1, -1] @ (np.cov(a, b, ddof=0) @ [1, -1])",
    "by_the_covariance: np.cov(a, b, ddof=0) @ [1, -1] -> [1, -1] @ np.cov(a, b, ddof=0)",
)


@wrong(GAIN, "two models on *different* images")
def as_if_independent(first, second):
    p, q, m = first.mean(), second.mean(), len(first)
    return p - q, 1.96 * np.sqrt((p * (1 - p) + q * (1 - q)) / m)


@wrong(GAIN, "positive if the *first* model is better")
def second_less_first(first, second):
    d = second.astype(float) - first.astype(float)
    return d.mean(), 1.96 * d.std() / np.sqrt(len(d))


@wrong(GAIN, "lost its sign")
def size_of_the_gain(first, second):
    d = first.astype(float) - second.astype(float)
    return abs(d.mean()), 1.96 * d.std() / np.sqrt(len(d))


@wrong(GAIN, "a number of images")
def counted_images(first, second):
    d = first.astype(float) - second.astype(float)
    return d.sum(), 1.96 * d.std() / np.sqrt(len(d))


@wrong(GAIN, "the spread of single images")
def no_root_of_m(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), 1.96 * d.std()


@wrong(GAIN, "it is the *root* of m")
def divided_by_m(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), 1.96 * d.std() / len(d)


@wrong(GAIN, "one standard error")
def standard_error_alone(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), d.std() / len(d) ** 0.5


@wrong(GAIN, "Take 1.96")
def two_standard_errors(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), 2 * d.std() / len(d) ** 0.5


@wrong(GAIN, "divides by m - 1")
def sample_deviation(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), 1.96 * d.std(ddof=1) / len(d) ** 0.5


@wrong(GAIN, "These are percents")
def in_percent(first, second):
    d = 100 * (first.astype(float) - second.astype(float))
    return d.mean(), 1.96 * d.std() / len(d) ** 0.5


@wrong(GAIN, "Only images on which the models differ")
def differing_images_alone(first, second):
    d = first.astype(float) - second.astype(float)
    d = d[d != 0] if (d != 0).any() else d
    return d.mean(), 1.96 * d.std() / len(d) ** 0.5


@wrong(GAIN, "from end to end")
def whole_width(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), 2 * 1.96 * d.std() / len(d) ** 0.5


@wrong(GAIN, "A root is missing")
def variance_over_m(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), 1.96 * d.var() / len(d)


@wrong(GAIN, "does not subtract booleans")
def booleans_subtracted(first, second):
    d = first - second
    return d.mean(), 1.96 * d.std() / len(d) ** 0.5


@wrong(GAIN, "Two standard deviations were added")
def deviations_added(first, second):
    a, b = first.astype(float), second.astype(float)
    return a.mean() - b.mean(), 1.96 * (a.std() + b.std()) / len(a) ** 0.5


@wrong(GAIN, "Where the models differ on no image, 0 was divided by 0")
def differing_images_without_a_guard(first, second):
    d = first.astype(float) - second.astype(float)
    d = d[d != 0]
    return d.mean(), 1.96 * d.std() / len(d) ** 0.5


@wrong(GAIN, "Where the models differ on no image, 0 was divided by 0")
def root_of_the_differing_without_a_guard(first, second):
    d = first.astype(float) - second.astype(float)
    return d.mean(), 1.96 * d.std() / np.sqrt((d != 0).sum())


@wrong(GAIN, "Where the models differ on no image, 0 was divided by 0")
def gain_of_the_differing_without_a_guard(first, second):
    d = first.astype(float) - second.astype(float)
    return d.sum() / (d != 0).sum(), 1.96 * d.std() / np.sqrt(len(d))


@wrong(GAIN, "Look at what stands under the root")
def variances_subtracted(first, second):
    a, b = first.astype(float), second.astype(float)
    return a.mean() - b.mean(), 1.96 * np.sqrt((a.var() - b.var()) / len(a))


@wrong(GAIN, "Half of an interval is not negative")
def three_deviations_subtracted(first, second):
    a, b = first.astype(float), second.astype(float)
    return a.mean() - b.mean(), 1.96 * (a.std() - 3 * b.std()) / np.sqrt(len(a))


# which_reports

REPORTS = "which_reports"


@right(REPORTS)
def d():
    return "d"


@right(REPORTS)
def capital_in_brackets():
    return "(D)"


@right(REPORTS)
def with_a_dot():
    answer = " d."
    return answer


right(REPORTS)(named("letter_by_number", lambda: "abcdef"[3]))

for letter, hint in {
    "a": "Look at where P chose its settings",
    "b": "Look at where P and R chose their settings",
    "c": "Look at which images chose",
    "e": "Where would it have peeked",
    "f": "Luck would be one seed out of several",
}.items():
    wrong(REPORTS, hint)(named(f"option_{letter}", lambda letter=letter: letter))
    wrong(REPORTS, hint)(named(f"option_{letter}_in_brackets", lambda letter=letter: f"({letter.upper()})"))


@wrong(REPORTS, "must return one of the letters a, b, c, d, e, f")
def a_number():
    return 4


@wrong(REPORTS, "must return one of the letters a, b, c, d, e, f")
def three_letters():
    return "P, Q, R"


# which_experiment

EXPERIMENT = "which_experiment"


@right(EXPERIMENT)
def c():
    return "c"


@right(EXPERIMENT)
def c_in_brackets():
    return "(c)"


@right(EXPERIMENT)
def capital_with_a_dot():
    return "C. "


right(EXPERIMENT)(named("third_letter", lambda: "abcdef"[2]))

for letter, hint in {
    "a": "A faster machine makes both programs faster",
    "b": "the question is its cause",
    "d": "look at the price",
    "e": "spent once, before the first step",
    "f": "Both programs compute the same mathematics",
}.items():
    wrong(EXPERIMENT, hint)(named(f"experiment_{letter}", lambda letter=letter: letter))
    wrong(EXPERIMENT, hint)(named(f"experiment_{letter}_with_a_dot", lambda letter=letter: f" {letter}."))


@wrong(EXPERIMENT, "must return one of the letters a, b, c, d, e, f")
def a_sentence():
    return "measure both at two sizes"
