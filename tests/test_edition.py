"""The lessons of the second edition ask for predictions, answer their tasks in folds, and speak plainly."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from gradekit.lesson import find_lessons
from tests.lesson_edition import edition_problems


def test_lessons_are_of_the_second_edition():
    """Predictions, folds, plain words, honest minutes."""
    assert {
        path.stem: found for path in find_lessons() if (found := edition_problems(nbformat.read(path, as_version=4)))
    } == {}


def sample():
    """Return a page that keeps the rules."""
    asked = "**Your prediction** (double-click and write here): how many of the ten are right?"
    texts = [
        "# How many?\n\nAbout 5 minutes.",
        asked,
        asked,
        "**Task.** Count.\n\n<details><summary>Answer</summary>\n\nThree, one per row.\n\n</details>",
        "Two images for each row; `a row a class` is code, and so is $1 a step$.",
    ]
    cells = [new_markdown_cell(text, metadata={"tags": ["prediction"]} if text == asked else {}) for text in texts]
    return new_notebook(cells=[*cells, new_code_cell("x = 1")])


def test_the_sample_keeps_the_rules():
    """The faults below are the only ones."""
    assert edition_problems(sample()) == []


def source(number, text):
    """Return a fault in a cell's source."""
    return lambda nb: nb.cells[number].update(source=text)


SECOND = 'in two sittings (the second begins at "Many")'
FAULTS = [
    (source(0, "# How many?\n\nAbout 40 minutes."), "the first cell says 40 minutes"),
    (source(0, "# How many?"), "does not say: About"),
    (source(4, "word " * 13000), "are too long; split it"),
    (source(4, "word " * 8000), "are too long for one sitting"),
    (source(0, f"About 5 minutes {SECOND}"), "begins at 0 places"),
    (lambda nb: nb.cells[1].metadata.pop("tags"), "1 cells with the tag prediction"),
    (source(1, "**Your prediction**: three."), "asks a question"),
    (source(3, "**Task.** Count."), "a task without an answer in a fold"),
    (source(3, "**Task.** Count.\n\n<details><summary>Answer</summary>\nThree.\n</details>"), "a blank line, text"),
    (source(3, "**Task.** Count.\n\n<details><summary>Answer</summary>\n\nThree."), "a blank line, text"),
    (source(4, "An image a row."), "'a' where 'per' or 'for each' is meant: 'image a row'"),
    (source(4, "It takes 12 steps a second."), "'a' where 'per'"),
    (source(4, "At last it falls."), "an idiom: 'At last'"),
]


@pytest.mark.parametrize(("plant", "found"), FAULTS, ids=[found for _, found in FAULTS])
def test_a_planted_fault_is_found(plant, found):
    """Each rule sees its fault, and says where."""
    nb = sample()
    plant(nb)
    assert any(found in problem for problem in edition_problems(nb)), edition_problems(nb)
