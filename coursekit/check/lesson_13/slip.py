"""Exercise 4 of notebook 13: where a mistake lies in a program with dropout."""

from coursekit.check.choice import choice

which_dropout = choice(
    "13-which-dropout",
    "c",
    {
        "a": "Look at the other network: it has the same training loss and reads as many of the validation images. "
        "Overfitting would cost both alike.",
        "b": "With the mask still there, other units would be lost each time, so two predictions of one image would "
        "differ. Here they are the same each time.",
        "c": "Without the division, training sees 0.4 of the hidden units at their plain size, and a prediction sees "
        "all of them, so its scores are about 2.5 times as large. Their order hardly changes, so the accuracy stays; "
        "but each wrong guess is made with far too much confidence, and costs more.",
        "d": "A gradient without the mask is wrong, and check_gradient with one fixed mask would see it. Here it "
        "passes.",
        "e": "A rate that is too high shows in training first: its loss would jump or stay high. Here it is as low as "
        "that of the other program.",
    },
)
