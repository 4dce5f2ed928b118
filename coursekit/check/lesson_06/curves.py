"""Exercise 1 of notebook 06: which of four trainings overfits, and which has a rate that does not fit."""

from coursekit.check.choice import choice

which_curve = choice(
    "06-which-curve",
    "d",
    {
        "a": "Look at the solid curve of run 1: it jumps. Under overfitting the training loss falls; what grows is the "
        "gap to the dashed curve.",
        "b": "Look at the end of run 4: training and validation loss are still close together and still falling, and "
        "both are high. It has not learned too much, but too little.",
        "c": "Look at the two curves of run 2: the solid one falls without a jump, the dashed one stays far above. "
        "Lowering the rate only makes the same path longer.",
        "d": "A rate that is too high shows in the training loss itself, overfitting in the gap, and a rate that is "
        "too low in a loss that is still high and still falling.",
        "e": "Look at the height of the two curves of run 3 at the end, and compare it with run 4. In one of them "
        "there is still a lot to gain by going on.",
    },
)
