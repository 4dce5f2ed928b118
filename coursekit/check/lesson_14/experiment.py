"""Exercise 1 of notebook 14: the cheapest experiment that could refute a claim."""

from coursekit.check.choice import choice

which_experiment = choice(
    "14-which-experiment",
    "c",
    {
        "a": "Ask what would come out if the claim were false. A faster machine makes both programs faster, whatever "
        "the cause is, so this run cannot refute anything.",
        "b": "Ask what would come out if the claim were false. More rounds make the ratio more certain. That the ratio "
        "is there was never in doubt; the question is its cause.",
        "c": "If dependencies were the cause, the ratio would stay as it is when the network grows: nothing comes "
        "or goes. If a price for each operation is the cause, it must shrink. The two give different results, "
        "and the run takes seconds. That is what makes an experiment: one of two outcomes would refute the claim.",
        "d": "It could tell something, but look at the price: days of work, and a framework without its parts is a new "
        "program. One option gives an answer within seconds.",
        "e": "Look at what is measured. The time of an import is spent once, before the first step; the claim is about "
        "the time of each step.",
        "f": "Look at what is measured: accuracy. Both programs compute the same mathematics, so it is the same "
        "whether the claim is right or wrong.",
    },
)
