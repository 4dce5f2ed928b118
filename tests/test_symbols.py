"""One meaning for each symbol in the whole course: the table of tests/symbols.toml, against lessons and docstrings."""

import re
import tomllib
from pathlib import Path

import nbformat
import pytest

from gradekit.lesson import find_lessons

ROOT = Path(__file__).parent.parent
SYMBOLS = tomllib.loads((ROOT / "tests" / "symbols.toml").read_text())
SHAPE = r"\((?:[a-z0-9]+(?: (?:\+|//) [a-z0-9]+)?, ?)+(?:[a-z0-9]+(?: (?:\+|//) [a-z0-9]+)?)?\)"
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
WORDS = re.compile(
    r"\\(?:mathrm|text|texttt|operatorname|mathcal|mathbb|begin|end)\s*\{?[A-Za-z]+\}?|_\{?[AB]\b\}?"
)  # w_A: class A
NAMES = {number: path for path in find_lessons() for number in [path.stem[:2]]}


def prose(number):
    """Return the Markdown of a lesson, without its blocks of code."""
    cells = nbformat.read(NAMES[number], as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def stands_in(name, text):
    """Say whether a symbol stands in formulas: its letter outside of commands, or its command."""
    formulas = " ".join(WORDS.sub(" ", formula) for formula in FORMULA.findall(text))
    if len(name) > 1:
        return re.search(rf"\\{name}\b", formulas) is not None
    return name in re.sub(r"\\[A-Za-z]+", " ", formulas)


def inline(name):
    """Return how a symbol stands alone in a sentence."""
    return rf"(?:\$\\?{name}\$|`{name}`)"


def in_lesson(name, number):
    """Return a symbol as a lesson has it: what it may be everywhere, and what the lesson says that it is too."""
    row, also = SYMBOLS[name], SYMBOLS[name].get("also", {}).get(number, {})
    return {key: row.get(key, []) + also.get(key, []) for key in ("nouns", "shapes")}


def nouns(row):
    """Return the nouns of a symbol, in whatever lesson."""
    return {*row["nouns"], *(noun for also in row.get("also", {}).values() for noun in also.get("nouns", ()))}


def strangers(name, number, text):
    """Return nouns of other symbols right beside this one: "the learning rate $m$", "$B$ images"."""
    others = set().union(*map(nouns, SYMBOLS.values())) - set(in_lesson(name, number)["nouns"])
    before = re.findall(rf"([A-Za-z-]+) {inline(name)}(?! \()", text)
    after = re.findall(rf"{inline(name)} ([A-Za-z-]+)", text)
    return sorted({*before, *after} & others)


@pytest.mark.parametrize("name", SYMBOLS)
def test_a_symbol_stands_in_the_table_of_notation(name):
    """Notebook 00 prints each of them, with what it is."""
    table = re.search(r"^\| maths \|.*?(?=\n\n)", prose("00"), re.MULTILINE | re.DOTALL)[0]
    assert f"`{name}`" in table or stands_in(name, table), table


@pytest.mark.parametrize("number", NAMES)
def test_no_lesson_gives_a_symbol_to_another_thing(number):
    """No noun of another symbol stands beside it, and no shape behind it but its own."""
    text = prose(number)
    for name in SYMBOLS:
        assert strangers(name, number, text) == [], name
        shapes = re.findall(rf"{inline(name)} ({SHAPE})", text)
        assert set(shapes) <= set(in_lesson(name, number)["shapes"]), (name, shapes)
    assert re.findall(r"\(B,[^()]*\)", re.sub(r"\w+\(A, B\)", "", text)) == []  # B is no size


@pytest.mark.parametrize("name", SYMBOLS)
def test_the_lessons_of_a_symbol_were_looked_at(name):
    """Its row names the lessons in whose formulas it stands: a new one is looked at, and then added."""
    found = [number for number in NAMES if stands_in(name, prose(number))]
    assert found == SYMBOLS[name]["lessons"]


@pytest.mark.parametrize("name", [name for name, row in SYMBOLS.items() if "also" in row])
def test_a_lesson_that_needs_another_meaning_says_so(name):
    """The words by which it says so are there."""
    for number, also in SYMBOLS[name]["also"].items():
        assert also["says"] in prose(number)


def test_the_docstrings_of_the_package_mean_the_same():
    """A parameter or a result with such a name has a shape of its row."""
    seen = 0
    for path in sorted((ROOT / "coursekit").rglob("*.py")):
        if path.name == "lab.py":  # the layout of the lab's handout, which lesson 05 explains
            continue
        for line in re.findall(r"^ +(?:[A-Za-z], )*[A-Za-z] : .*shapes? .*$", path.read_text(encoding="utf-8"), re.M):
            names, kind = line.split(" : ", 1)
            rows = [SYMBOLS[name] for name in names.strip().split(", ") if "shapes" in SYMBOLS.get(name, ())]
            allowed = {shape for row in rows for shape in row["shapes"]} | {"(k,)"}  # X, y : ...; W, b : ...
            seen += len(rows)
            assert not rows or set(re.findall(SHAPE, kind)) <= allowed, (path.name, line)
    assert seen > 100


WRONG = (
    ("B", "each batch of $B$ images", "images"),
    ("A", "the rate $A$ is", "rate"),
    ("k", "the $k$ nearest rows", "nearest"),
    ("y", "where $y$ pixels", "pixels"),
    ("m", "`m` classes", "classes"),
)


@pytest.mark.parametrize(("name", "text", "noun"), WRONG)
def test_another_meaning_is_found(name, text, noun):
    """A sentence that gives a symbol to another thing is not accepted."""
    assert strangers(name, "01", text) == [noun]
