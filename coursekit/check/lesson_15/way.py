"""Exercise 3 of notebook 15: which way down fits which task."""

from coursekit.check.choice import choice

which_way = choice(
    "15-which-way",
    "b",
    {
        "a": "Look at task 1: two penalties are compared, so what counts is the true minimum of each. Minibatches stop "
        "on a floor of noise, and a difference below it says nothing.",
        "b": "A comparison needs the least loss, so all the data and a method that arrives; a quick reader needs only "
        "rough directions, so minibatches; and on batches the slope also changes because the images do, so secants are "
        "out, and momentum needs none.",
        "c": "Look at task 2: 92 % in a fraction of a second. L-BFGS reads all 60,000 images for each of its steps, "
        "and minibatches are there before it has taken the first few.",
        "d": "Look at task 3: from batch to batch the images change, and the slope with them. Two slopes of different "
        "batches tell no curvature, so secants are misled.",
        "e": "Look at task 3: the images arrive in batches, and a matrix made from one batch knows nothing of the "
        "next; for a network it would also have as many rows as the network has weights.",
    },
)
