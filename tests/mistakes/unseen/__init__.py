"""Answers by people who had not seen the checks, nor their error models: they measure how well hints meet new mistakes.

``lesson_NN`` holds the answers of the first hand, ``lesson_NN_second`` those of another, who saw none of the former
but lesson 03's; the module of an answer's function tells them apart. ``lesson_NN_third``, and ``lesson_08`` to
``lesson_14``, are by two more hands, who saw neither checks nor other answers; so are ``lesson_NN_fourth`` and
``lesson_08_fifth``.

Nothing here may be used to write a hint: then it moves to the bank beside, and another takes its place.
"""

from tests.mistakes import Answer

UNSEEN = []


def wrong(exercise, what):
    """Record a wrong answer, and in a few words what is wrong with it."""
    return lambda function: UNSEEN.append(Answer(exercise, function, what)) or function


def right(exercise):
    """Record a right answer."""
    return lambda function: UNSEEN.append(Answer(exercise, function)) or function
