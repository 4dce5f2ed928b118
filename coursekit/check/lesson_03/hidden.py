"""Exercise 3 of notebook 03: in which programs a loop over the examples hides."""

from coursekit.check.choice import choice

hidden_loops = choice(
    "03-hidden-loops",
    "b",
    {
        "a": "Look at program 2. np.vectorize has a fast name, but what it is given is a Python function. How often "
        "is this function called?",
        "b": "A comprehension is a loop, and np.vectorize calls its Python function once for each item. Program 3 "
        "takes ten steps, each with 60,000 numbers, and program 4 is one call.",
        "c": "Look at program 3. Its loop runs over the ten classes. How many numbers does one of its steps handle?",
        "d": "Look at who goes through the examples. Compiled code does so too, and pays no price of the interpreter "
        "for each of them.",
    },
)
