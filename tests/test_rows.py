"""Each row of what the course covers has a cell that teaches it, an exercise that asks, a number that shows it."""

from copy import deepcopy
from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tests.rows import NAMES, Row, main, numbers, read_lessons, read_rows, row_problems, stands


@pytest.fixture(scope="module")
def lessons():
    """Return the cells of all lessons."""
    return read_lessons()


def test_every_row_is_there():
    """69 of them, in their order: nobody drops a row that is hard to keep."""
    assert len(NAMES) == 69
    assert list(read_rows()) == NAMES


def test_the_lessons_keep_what_the_rows_say(lessons):
    """Cells teach, exercises ask, outputs show; a row that waits for a lesson waits no longer than that."""
    assert {name: found for name, row in read_rows().items() if (found := row_problems(row, lessons))} == {}


def test_a_row_notices_each_of_its_cells(lessons):
    """Each cell that a row names, if it were emptied, is missed by name: no entry is there for nothing."""
    for name, row in read_rows().items():
        for kind in ("taught", "shown", "varies"):
            for cell in getattr(row, kind):
                emptied = deepcopy(lessons[cell[:2]][cell])
                emptied.update(source="", outputs=[])
                found = row_problems(row, {**lessons, cell[:2]: {**lessons[cell[:2]], cell: emptied}})
                assert any(f"{kind}: " in problem and cell in problem for problem in found), (name, kind, cell)


def test_a_row_notices_new_numbers(lessons):
    """With another last digit in all that a cell has printed, each piece with a number in it is missed."""
    for name, row in read_rows().items():
        for cell, pieces in row.shown.items():
            changed = deepcopy(lessons[cell[:2]][cell])
            changed.outputs = list(map(with_new_numbers, changed.outputs))
            found = row_problems(row, {**lessons, cell[:2]: {**lessons[cell[:2]], cell: changed}})
            for piece in (piece for piece in pieces if any(letter.isdigit() for letter in piece)):
                assert any(repr(piece) in problem for problem in found), (name, cell, piece)


def with_new_numbers(one):
    """Return an output with each digit one up, a 9 as a 0, in its text and in the text of its picture."""
    up = str.maketrans("0123456789", "1234567890")
    if "text" in one:
        one.text = one.text.translate(up)
    for picture in (told for told in one.get("metadata", {}).values() if "alt" in told):
        picture["alt"] = picture["alt"].translate(up)
    for kind, text in one.get("data", {}).items():
        one.data[kind] = text.translate(up) if kind == "text/plain" else text
    return one


def test_the_table_can_be_read(capsys):
    """A row has its sentence, cell, exercise and number; where the number varies, it is that of this page's run."""
    assert main() == 0
    printed = capsys.readouterr().out
    assert printed.startswith("row  cell    exercise                          number")
    assert "\nC11  exp(50) is 5.18e21" in printed
    assert "\n     01-084  01-softmax-cross-entropy          01-083: exp(50) 5.18e+21, exp(710) inf" in printed
    assert all(f"\n{name:5}" in printed for name in NAMES)
    assert max(map(len, printed.splitlines())) <= 140


SHOWN = "nats: 0.693"


def sample():
    """Return a row, and a lesson that keeps it."""
    answer, check = (
        {"grade_id": f"05-nats{end}", "solution": not end, "grade": bool(end), "points": 2 if end else 0}
        for end in ("", "-check")
    )
    cells = [
        new_markdown_cell("# How?\n\n**You will be able to** measure surprise.", id="05-000"),
        new_markdown_cell("The surprise of\n$p$ is **$-\\log p$**.\n\n## What we saw\n\nNats.", id="05-001"),
        new_markdown_cell("**Your prediction**: how many nats?", id="05-p1", metadata={"tags": ["prediction"]}),
        new_code_cell("print(-np.log(0.5))", id="05-002", outputs=[new_output("stream", text=f"{SHOWN}\n")]),
        new_code_cell("draw()", id="05-003", outputs=[picture("The curve falls to 0 at 1.")]),
        new_code_cell("time()", id="05-004", outputs=[new_output("stream", text="12.5 times as fast\n")]),
        new_markdown_cell("What is it for?\n\n## Exercise 1: nats\n\nWrite `nats(p)`.", id="05-005"),
        new_markdown_cell("Never use bits.", id="05-006"),
        new_code_cell("def nats(p): ...", id="05-007", metadata={"nbgrader": answer}),
        new_code_cell("check.nats(nats)", id="05-008", metadata={"nbgrader": check}),
    ]
    cells[5].metadata["tags"] = cells[4].metadata["tags"] = ["nbval-ignore-output"]
    row = Row(
        says="Surprise is minus a logarithm; claimed: 0.693.",
        taught={"05-001": ["The surprise of $p$ is **$-\\log p$**"]},
        exercise={"05-nats": ["Write `nats(p)`.", "Never use bits."]},
        shown={"05-002": [SHOWN], "05-003": ["The curve falls to 0"]},
        varies={"05-004": [r"\d+\.\d times as fast"]},
        lacks="05-p1 asks it alone.",
    )
    return row, {"05": {cell.id: cell for cell in cells}}


def picture(text):
    """Return the output of a figure with a text for those who cannot see it."""
    data = {"image/png": "", "text/plain": "<Figure size 672x307.2 with 1 Axes>"}
    return new_output("display_data", data, metadata={"image/png": {"alt": text}})


def test_the_sample_is_kept():
    """The faults below are the only ones, and what varies is printed as it came out."""
    row, lessons = sample()
    assert row_problems(row, lessons) == []
    assert "05-004, varies: 12.5 times as fast" in numbers(row, lessons)
    assert numbers(row, {}) == ["05-002: nats: 0.693", "05-003: The curve falls to 0"]  # the table prints all the same
    assert row_problems(Row(says="Nets fold.", waits="13_convnet"), lessons) == []


def names(**entries):
    """Return a fault in the row."""
    return lambda row, cells: replace(row, **entries)


def source(cell, text):
    """Return a fault in a cell's source."""
    return lambda row, cells: cells[cell].update(source=text)


def prints(cell, *outputs):
    """Return a fault in what a cell has printed."""
    return lambda row, cells: cells[cell].update(outputs=list(outputs))


def tagged(cell, *tags):
    """Return a fault in a cell's tags."""
    return lambda row, cells: cells[cell].metadata.update(tags=list(tags))


def graded(cell, **metadata):
    """Return a fault in what the grader knows of a cell."""
    return lambda row, cells: cells[cell].metadata.nbgrader.update(metadata)


def gone(cell):
    """Return the fault that a cell is not there."""
    return lambda row, cells: cells.pop(cell) and None


WAITING = {"taught": {}, "exercise": "", "shown": {}, "varies": {}, "lacks": ""}
FAULTS = {
    "no full stop": (names(says="Claimed: 0.693"), "ends with a full stop"),
    "nothing teaches": (names(taught={}), "taught is empty"),
    "no exercise, no reason": (names(exercise=""), "exercise is empty"),
    "nothing shows": (names(shown={}, varies={}), "shown or varies is empty"),
    "a claim is not told": (names(says="It is, claimed: 0.69."), "the claimed 0.69 stands in no piece"),
    "the cell is gone": (gone("05-001"), "taught: lesson 05 has no cell 05-001"),
    "the lesson is gone": (names(taught={"04-001": ["x"]}), "taught: lesson 04 has no cell 04-001"),
    "the cell is empty": (source("05-001", ""), "taught: cell 05-001 does not have"),
    "the text is another": (source("05-001", "The surprise of $p$ is $1/p$."), "taught: cell 05-001 does not have"),
    "no word is named": (names(taught={"05-001": []}), "name a piece of it"),
    "an empty word is named": (names(taught={"05-001": [" "]}), "does not have ' '"),
    "a prediction teaches": (names(taught={"05-p1": ["how many nats?"]}), "cell 05-p1 does not have"),
    "a promise teaches": (names(taught={"05-000": ["measure surprise"]}), "cell 05-000 does not have"),
    "a summary teaches": (names(taught={"05-001": ["Nats."]}), "does not have 'Nats.'"),
    "an exercise teaches": (names(taught={"05-005": ["Write"]}), "cell 05-005 does not have"),
    "an answer teaches": (names(taught={"05-007": ["def nats"]}), "cell 05-007 does not have"),
    "the exercise is gone": (gone("05-007"), "no answer cell 05-nats with a check for points"),
    "its check is gone": (gone("05-008"), "no answer cell 05-nats with a check for points"),
    "it gives no points": (graded("05-008", points=0), "no answer cell 05-nats with a check for points"),
    "it has another name": (graded("05-007", grade_id="05-bits"), "no answer cell 05-nats"),
    "it asks for another thing": (source("05-006", "Use bits."), "the prompt of 05-nats does not have"),
    "the prompt begins at its heading": (names(exercise={"05-nats": ["What is it for?"]}), "does not have 'What is"),
    "the reason is no sentence": (names(exercise="05-nats"), "neither a table nor a sentence"),
    "the reason names nothing": (names(exercise="None asks: 05-p2 does."), "names 05-p2, and lesson 05 has neither"),
    "what it lacks names nothing": (names(lacks="05-bytes asks it."), "names 05-bytes"),
    "the output is gone": (prints("05-002"), "shown: the output of 05-002 does not have 'nats: 0.693'"),
    "another number": (prints("05-002", new_output("stream", text="nats: 0.694\n")), "does not have 'nats: 0.693'"),
    "a longer number": (prints("05-002", new_output("stream", text="nats: 0.6931\n")), "does not have 'nats: 0.693'"),
    "the cell that shows is gone": (gone("05-002"), "shown: lesson 05 has no cell 05-002"),
    "a picture without its text": (prints("05-003", picture("")), "shown: the output of 05-003 does not have"),
    "the size of a figure shows": (names(shown={"05-003": ["1 Axes"]}), "does not have '1 Axes'"),
    "letters for what varies": (names(shown={"05-004": ["12.5 times"]}), "nbval ignores the output of 05-004"),
    "a pattern for what is compared": (tagged("05-004"), "nbval compares the output of 05-004"),
    "nothing like the pattern": (prints("05-004", new_output("stream", text="slow\n")), "05-004 has nothing like"),
    "a pattern without a number": (names(varies={"05-004": ["times"]}), "fits 'times', which has no number"),
    "a pattern for everything": (names(varies={"05-004": [""]}), "fits '', which has no number"),
    "it waits for a lesson that is there": (names(**WAITING, waits="05_mnist_lab"), "lesson 05 exists: take waits out"),
    "under another name": (names(**WAITING, waits="05_nets"), "lesson 05 exists: take waits out"),
    "it waits for no lesson": (names(**WAITING, waits="later"), "which is no name of a lesson"),
    "it waits and is taught": (names(waits="13_convnet"), "it waits, and names a cell"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault):
    """Each rule sees its fault, and says where."""
    plant, found = FAULTS[fault]
    row, lessons = sample()
    row = plant(row, lessons["05"]) or row
    assert any(found in problem for problem in row_problems(row, lessons)), row_problems(row, lessons)


@pytest.mark.parametrize("cut", ["0.693", "2", "12.5", "1e-3", "5", "time"])
def test_a_piece_is_not_cut_out_of_another(cut):
    """A number is found with all of its digits, its sign and its thousands, a word with all of its letters."""
    assert not stands(cut, "10.693 0.6931 -12.5 2.5 12,500 1e-31 times")
    assert stands(cut, f"it is {cut}, or ({cut}).")


def test_an_unknown_entry_is_refused():
    """A slip in the name of an entry is not passed over."""
    with pytest.raises(TypeError, match="tought"):
        read_rows('[A1]\nsays = "Images."\ntought.01-014 = ["x"]')
