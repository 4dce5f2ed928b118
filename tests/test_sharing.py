"""Boards as text: the line to share and pasted tables."""

import numpy as np
import pytest

from coursekit.sliders.board import Board
from coursekit.sliders.sharing import read, read_table, write
from tests.test_softmax import refusal

SETTINGS = {"data": "own table", "loss": "softmax", "learning_rate": 0.1, "l2": 0}
RNG = np.random.default_rng(3)


def test_a_line_reads_back_exactly():
    """Points in their order, weights to the last digit, step, settings, test set."""
    board = Board(
        RNG.uniform(-3, 3, (5, 2)),
        np.array([2, 0, 1, 1, 0]),
        (RNG.uniform(-3, 3, (2, 2)), np.array([0, 2])),
        RNG.normal(size=(3, 3)),
        RNG.normal(size=(3, 3)),
        41,
    )
    settings = SETTINGS | {"learning_rate": 0.1 / 3, "loss": "one against all"}
    line = write(board, settings)
    again, read_settings = read(f"  {line} \n", SETTINGS)
    assert (read_settings, again.step) == (settings, 41)
    for name in ("X", "y", "W", "start"):
        np.testing.assert_array_equal(getattr(again, name), getattr(board, name))
    np.testing.assert_array_equal(again.test[0], board.test[0])
    assert write(again, read_settings) == line


def test_what_a_line_leaves_out_keeps_its_value():
    """Points alone are enough; the weights are then those of every start."""
    board, settings = read("points: 0.5 1 A, 0 0 C", SETTINGS)
    assert settings == SETTINGS and board.step == 0 and len(board.test[1]) == 0
    assert board.W.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]


REFUSED = {
    "": "needs a part 'points",
    "points 1 2 A": "knows no part 'points 1 2 A'",
    "colour: red; points: 1 2 A": "knows no part 'colour'",
    "points: 1 2 E": "cannot read '1 2 E' in the part 'points'",
    "points: 1 2 A, 1 A": "cannot read '1 A' in the part 'points'",
    "points: 1 9 A": "within -3..3",
    "points: nan 0 A": "cannot read 'nan 0 A'",
    "points: 0 0 AB": "cannot read '0 0 AB'",
    "points: 1 2 A; l2: much": "the part 'l2' must be a number; got 'much'",
    "points: 1 2 A; step: inf": "the part 'step' must be a whole number, 0 or more; got 'inf'",
    "points: 1 2 A; step: 0.5": "the part 'step' must be a whole number",
    "points: 1 2 A; weights: 1e150 0 / 0 1 / 0 0": "numbers, one per class, within ±1e+12",
    "points: 1 2 A; weights: 1 2 / 3 4": "three rows with '/' between them are needed (w1, w2, b), each of 2 to 4",
    "points: 1 2 C; weights: 1 2 / 3 4 / 5 6": "each of 3 to 4 numbers",
    "points: 1 2 A; weights: 1 2 / 3 4 / 5 inf": "cannot read the part 'weights'",
    "points: 1 2 A; weights: 1 0 / 0 1 / 0 0; start: 1 0 0 / 0 1 0 / 0 0 0": "'start' must have as many columns as",
    "points: " + ", ".join(["1 2 A"] * 101): "cannot read '101 points'",
}


@pytest.mark.parametrize("line", REFUSED)
def test_a_line_that_cannot_be_read_is_refused(line):
    """The error names the part and what is needed."""
    said = refusal(lambda: read(line, SETTINGS))
    assert said.startswith("playground: ") and REFUSED[line] in said


@pytest.mark.parametrize(
    "table",
    ["0.5 1.5 A\n-1 2 B\n", "0.5,1.5,A\r\n-1, 2, B", '"0,5"\t"1,5"\t"A"\n-1\t2\tB', "x;y;label\n\n0,5;1,5;A\n-1;2;B"],
    ids=["spaces", "commas", "a spreadsheet with decimal commas", "semicolons"],
)
def test_tables_of_many_kinds(table):
    """What spreadsheets and editors copy; points that fit the plane are not scaled."""
    board, note = read_table(table)
    assert board.X.tolist() == [[0.5, 1.5], [-1, 2]] and board.y.tolist() == [0, 1]
    assert note == "2 points, 0 for the test"


def test_classes_become_letters_in_their_order():
    """Numbers by size, words by alphabet; A to D stand for themselves."""
    assert read_table("0 0 10\n0 1 9\n0 2 10")[0].y.tolist() == [1, 0, 1]
    assert read_table("0 0 no\n0 1 yes\n0 2 no")[1].endswith("A = no, B = yes")
    assert read_table("0 0 D\n0 1 B")[0].y.tolist() == [3, 1]


def test_huge_numbers_are_scaled_too():
    """The width of all floats is no float; half of it is."""
    board, note = read_table("1e308 1 A\n-1e308 0 B")
    np.testing.assert_allclose(board.X[:, 0], [2.7, -2.7])
    assert "inf" not in note


def test_a_constant_column_is_scaled_to_the_middle():
    """No division by 0."""
    board, _ = read_table("7 10 A\n7 30 B")
    assert board.X.tolist() == [[0, -2.7], [0, 2.7]]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (" \n", "holds no points"),
        ("a b c\n", "holds no points"),
        ("1 2 A\n1 2\n", "cannot read line 2 of the table, '1 2'; a row has x1, x2 and a class"),
        ("1 2 A\n\n1 2 A no", "cannot read line 3"),
        ("1 nan A", "cannot read line 1"),
        ("1 2 A\n1 inf A", "cannot read line 2"),
        ("1 2 A test", "has 0 points to train on"),
        ("1 2 A\n" * 101, "has 101 points to train on; 1 to 100 are needed"),
        ("\n".join(f"0 0 c{i}" for i in range(5)), "has 5 classes, c0, c1, c2, c3, c4; at most 4"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(table, words):
    """The error says which line, and what a row has."""
    said = refusal(lambda: read_table(table))
    assert said.startswith("playground: ") and words in said
