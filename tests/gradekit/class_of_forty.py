"""Forty students and their notebooks of lesson 05: ``python -m tests.gradekit.class_of_forty OUT``.

Each takes, for each exercise, a right answer of some style from the bank, a wrong one, or none; a seed decides. One
hands in a damaged file. Printed are the marks that each must get.
"""

import inspect
import json
import random
import re
import sys
from pathlib import Path

import nbformat

from gradekit.lesson import load_lessons
from gradekit.student import student_version
from tests.mistakes import ANSWERS, lesson_05  # noqa: F401 - fills the bank

STUDENTS, SEED = 40, 2026


def sources(exercise):
    """Return the bank's sources for an exercise, under the name that the lesson asks for: right ones, wrong ones."""
    found = {True: [], False: []}
    for answer in ANSWERS:
        name = answer.function.__name__
        if answer.exercise == exercise and name != "<lambda>" and _alone(answer.function):
            lines = inspect.getsource(answer.function).split("\n")
            body = "\n".join(line for line in lines if not line.startswith("@"))
            found[answer.hint is None].append(re.sub(rf"\bdef {name}\(", f"def {exercise}(", body, count=1))
    return found[True], found[False]


def _alone(function):
    """Say whether this is a function of a module that needs nothing else of it."""
    if not inspect.isfunction(function) or function.__closure__:
        return False
    return set(inspect.getclosurevars(function).globals) <= {"np"}


def answer(rng, exercise):
    """Return one student's answer: four in five right, one in eight wrong, else unwritten."""
    right, wrong = sources(exercise)
    chance = rng.random()
    return rng.choice(right) if chance < 0.8 else rng.choice(wrong) if chance < 0.925 else None


def write_class(out):
    """Write the folders, and return the marks that each student must get.

    Wrong answers of the bank get no mark, right ones get theirs: the tests of the bank show it.
    """
    (lesson,) = load_lessons(["05"])
    rng, expected = random.Random(SEED), {}
    for i in range(STUDENTS):
        nb, points = student_version(lesson.master), 0.0
        for exercise in lesson.exercises:
            name = exercise.name.removeprefix("05-").removesuffix("-check").replace("-", "_")
            text = answer(rng, name)
            points += exercise.points * (text in sources(name)[0])
            for cell in nb.cells:
                if text and cell.metadata.get("nbgrader", {}).get("grade_id") in exercise.answers:
                    cell.source = text
        place = Path(out) / f"student{i:02}"
        place.mkdir(parents=True)
        nbformat.write(nb, place / "05_mnist_lab.ipynb")
        expected[place.name] = points
    damaged = Path(out) / f"student{STUDENTS - 1:02}" / "05_mnist_lab.ipynb"
    damaged.write_bytes(damaged.read_bytes()[:2000])
    return expected | {damaged.parent.name: 0.0}


if __name__ == "__main__":
    print(json.dumps(write_class(sys.argv[1]), indent=1))
