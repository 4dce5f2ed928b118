"""Answers by people who had not seen the checks, nor their error models: they measure how well hints meet new mistakes.

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
