"""The bank of answers: what people really write, wrong and right, with the hint that each wrong one must get.

One module per lesson. Every answer is written as a student would write it in the answer cell: it uses ``np`` and
nothing else of ours.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """One answer to one exercise; ``hint`` is None for a right one, else a piece of the hint it must get."""

    exercise: str
    function: object
    hint: str | None = None

    def __repr__(self):
        """Name the answer in a test's id."""
        name = getattr(self.function, "__name__", type(self.function).__name__)  # a partial object has none
        return f"{self.exercise}-{name}"


ANSWERS = []


def wrong(exercise, hint):
    """Record a wrong answer and a piece of the hint that it must get."""
    return lambda function: ANSWERS.append(Answer(exercise, function, hint)) or function


def right(exercise):
    """Record a right answer."""
    return lambda function: ANSWERS.append(Answer(exercise, function)) or function


EQUAL = {}  # by exercise: mutants that are right answers, each with the reason


def equal(exercise, reason, *mutants):
    """Record mutants that are right answers, as ``make mutants`` names them, and why they are."""
    EQUAL.setdefault(exercise, {}).update(dict.fromkeys(mutants, reason))
