"""How well the checks name what is wrong, over the whole bank of answers: ``make hints``, or ``LESSON=01``."""

import importlib
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from coursekit import check
from coursekit.check.exercise import Exercise
from tests.mistakes import ANSWERS
from tests.mistakes.unseen import UNSEEN

PLAIN = ("changed", "demand", "refused")  # verdicts that name what is wrong by themselves
NAMED = ("named", "by 2", "by 3", "plain")  # by a switch of the error model, or by itself
SAID = (*NAMED, "form", "cause")  # or what came and what was needed, or why it raised and what to do about it
IDEA = (*SAID, "property")  # or what every right answer has and this one lacks
OTHERS = (("relation only:", "relation"), ("numbers only:", "numbers"), ("the error alone:", "raised"))
COLUMNS = (*SAID, "relation", "property", "raised", "numbers")


@dataclass(frozen=True)
class Heard:
    """What the check of one answer says."""

    answer: object
    column: str  # one of COLUMNS, or "right"
    fits: bool  # whether the hint that the bank expects is among those given
    seconds: float


def load(lesson="", folder="mistakes", answers=ANSWERS):
    """Load the bank, or a lesson of it, and return its answers to declared exercises."""
    for path in sorted((Path(__file__).parent / folder).glob(f"lesson_{lesson}*.py")):
        importlib.import_module(".".join(["tests", *folder.split("/"), path.stem]))
    mine = [a for a in answers if isinstance(getattr(check, a.exercise), Exercise)]
    return [a for a in mine if getattr(check, a.exercise).grade_id.startswith(lesson)]


def unseen(lesson="", hand=""):
    """Return what the checks say of answers whose writers had not seen them, or of one hand's: ``HAND=fourth``."""
    answers = load(lesson, "mistakes/unseen", UNSEEN)
    return hear([a for a in answers if a.function.__module__.endswith(hand)])


def listen(answer):
    """Return what the check says of an answer."""
    exercise = getattr(check, answer.exercise)
    start = time.perf_counter()
    verdict = exercise.judge(answer.function)
    seconds = time.perf_counter() - start
    column = verdict.kind
    if verdict.mistakes:
        column = {1: "named", 2: "by 2", 3: "by 3"}[len(verdict.mistakes)]
    elif column in PLAIN:
        column = "plain"
    elif column == "raised" and not verdict.hints[0].split("\n")[-1].startswith(" "):
        column = "cause"  # the last line of the scene is indented, a cause is not
    said = "\n".join(verdict.hints).lower()
    return Heard(answer, column, (answer.hint or "").lower() in said, seconds)


def hear(answers):
    """Return what the checks say of answers, once what is right for each exercise has been worked out."""
    for name in {answer.exercise for answer in answers}:
        getattr(check, name).passes(int)
    return [listen(answer) for answer in answers]


def table(heard):
    """Return the lines of the table: a row per exercise, and one for all."""
    rows = defaultdict(Counter)
    for one in heard:
        if one.answer.hint:
            rows[one.answer.exercise][one.column] += 1
            rows["all"][one.column] += 1
    lines = [f"{'wrong answers to':28}" + "".join(f"{name:>9}" for name in ("all", *COLUMNS))]
    for name, row in sorted(rows.items(), key=lambda item: item[0] == "all"):
        lines.append(f"{name:28}{row.total():9}" + "".join(f"{row[column] or '':>9}" for column in COLUMNS))
    return lines


def main(lesson="", hand=""):
    """Print the table and the numbers that must be 0; return 1 if one of them is not."""
    if hand:
        heard = unseen(lesson, hand)
        if not heard:
            raise SystemExit(f"hints: no unseen answers of the hand {hand!r}; see tests/mistakes/unseen.")
        print("\n".join(table(heard)), f"named: {share_named(heard)}", sep="\n")
        return 0
    heard = hear(load(lesson))
    refused = [one for one in heard if not one.answer.hint and one.column != "right"]
    passed = [one for one in heard if one.answer.hint and one.column == "right"]
    false = [one for one in heard if one.answer.hint and one.column != "right" and not one.fits]
    new = unseen(lesson)
    print("\n".join(table(heard)))
    print("named: by one switch, two, or three; plain: a changed input, a demand, a refused call")
    wrong = [one for one in heard if one.answer.hint]
    print(f"named in all: {share_named(heard)}")
    print(f"named of answers that the error models had not seen: {share_named(new)}")
    for title, found in (("right, refused", refused), ("wrong, passed", passed), ("false accusations", false)):
        print(f"{title}: {len(found)}", *(f"\n  {one.answer!r} ({one.column})" for one in found))
    right = [one.seconds for one in heard if not one.answer.hint]
    slow = [one.seconds for one in wrong]
    print(f"a right answer takes {median(right):.3f} s, at most {max(right):.3f}; "
          f"a wrong one {median(slow):.3f} s, at most {max(slow):.3f}")  # fmt: skip
    old = sorted(name for name in check.__all__ if callable(f := getattr(check, name)) and _by_hand(f))
    if old and not lesson:
        print(f"not declared yet: {', '.join(old)}")
    return bool(refused or passed or false)


def share_named(heard):
    """Return how many of the wrong answers are told what is wrong, and what the others are told."""
    wrong = [one.column for one in heard if one.answer.hint]
    counts = [sum(column in columns for column in wrong) for columns in (NAMED, SAID, IDEA)]
    shares = [f"{count} of {len(wrong)} ({count / max(len(wrong), 1):.0%})" for count in counts]
    rest = ", ".join(f"{title} {wrong.count(column)}" for title, column in OTHERS)
    return (
        f"{shares[0]}\n  with forms and causes of errors {shares[1]}; with what every right answer has and this one "
        f"lacks {shares[2]}\n  {rest}"
    )


def _by_hand(function):
    """Say whether this is a check written by hand."""
    return str(getattr(function, "__module__", "")).startswith("coursekit.check.lesson_") and not isinstance(
        function, Exercise
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
