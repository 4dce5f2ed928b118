"""Exercise 4 of notebook 02: which of four faults each of four gradients has."""

from coursekit.check.choice import choice

which_fault = choice(
    "02-which-fault",
    "c",
    {
        "a": "Look at the colours of the points that are off the line. One label reaches one column of dW, so a wrong "
        "label moves the points of one colour only. In plot 1 points of all three colours are off.",
        "b": "Look for points that lie on one straight line through (0, 0). One factor for all entries makes such a "
        "line, less steep or steeper than the dotted one. A forgotten 0.8 W moves each entry by another amount.",
        "c": "A transpose keeps one point of each colour in place, a forgotten penalty keeps none, one factor keeps a "
        "line, and a wrong column is one colour.",
        "d": "Count the points on the dotted line. A transpose leaves the entries [0, 0], [1, 1] and [2, 2] as they "
        "are. The penalty's gradient, 0.8 W, touches every entry, since no weight is 0 here.",
        "e": "Look at how many points of plot 4 lie on the dotted line, and of which colours. The penalty's gradient, "
        "0.8 W, is missing in every entry, whatever its class.",
    },
)
