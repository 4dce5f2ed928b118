"""For each row of what the course covers: the cell that teaches it, the exercise, the number: ``make rows``."""

import re
import sys
import tomllib
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap

import nbformat

from gradekit.lesson import find_lessons

TABLE = Path(__file__).with_suffix(".toml")
NAMES = [f"{part}{n}" for part, last in zip("ABCDE", (13, 13, 14, 7, 22), strict=True) for n in range(1, last + 1)]
WIDTHS = (5, 8, 34, 93)  # of the printed columns: row, cell, exercise, number


@dataclass(frozen=True)
class Row:
    """One thing that the course covers; what the entries mean stands at the top of rows.toml."""

    says: str
    taught: dict = field(default_factory=dict)
    exercise: dict | str = ""
    shown: dict = field(default_factory=dict)
    varies: dict = field(default_factory=dict)
    lacks: str = ""
    waits: str = ""


def read_rows(text=None):
    """Return the rows of the table, by name."""
    entries = tomllib.loads(TABLE.read_text(encoding="utf-8") if text is None else text)
    return {name: Row(**entry) for name, entry in entries.items()}


def read_lessons(paths=None):
    """Return the cells of each lesson, by the two digits of the lesson and the cell's id."""
    notebooks = {path.name[:2]: nbformat.read(path, as_version=4) for path in paths or find_lessons()}
    return {number: {cell.id: cell for cell in nb.cells} for number, nb in notebooks.items()}


def row_problems(row, lessons):
    """Return all in which the lessons do not keep what a row says, as sentences."""
    return [problem for rule in RULES for problem in rule(row, lessons)]


def is_complete(row, lessons):
    """Ask for a sentence, and for a cell, an exercise and a number; or for a lesson to wait for, and no more."""
    if not row.says.endswith("."):
        yield f"says is a sentence, and ends with a full stop: {row.says!r}"
    missing = {
        "taught": not row.taught,
        "exercise": not row.exercise,
        "shown or varies": not (row.shown or row.varies),
    }
    if row.waits and not all(missing.values()):
        yield "it waits, and names a cell or an exercise as well"
    if not row.waits:
        yield from (f"{name} is empty" for name, empty in missing.items() if empty)


def claims_are_told(row, lessons):
    """Ask that each number that a row calls claimed stands in what it names of the lessons."""
    named = plain(" ".join(piece for pieces in (*row.taught.values(), *row.shown.values()) for piece in pieces))
    for number in re.findall(r"\d(?:[\d.e-]*\d)?", row.says.partition("claimed: ")[2]):
        if not row.waits and not stands(number, named):
            yield f"the claimed {number} stands in no piece of a cell that teaches or shows it"


def sentences_name_what_is_there(row, lessons):
    """Ask that the cells and exercises that a sentence names exist."""
    for name in re.findall(r"\b\d\d-\w[\w-]*", f"{row.exercise if isinstance(row.exercise, str) else ''} {row.lacks}"):
        if find(lessons, name) is None and prompt(lessons.get(name[:2], {}).values(), name) is None:
            yield f"a sentence names {name}, and lesson {name[:2]} has neither such a cell nor such an exercise"


def waits_for_what_is_not_there(row, lessons):
    """Ask that the lesson that a row waits for does not exist, under this name or another."""
    if row.waits and not re.fullmatch(r"\d\d_\w+", row.waits):
        yield f"it waits for {row.waits!r}, which is no name of a lesson, such as 11_fashion_mnist"
    if row.waits[:2] in lessons:
        yield f"lesson {row.waits[:2]} exists: take waits out, and name the cell, the exercise and the number"


def cells_teach(row, lessons):
    """Ask that the words stand in the cells that teach, outside of predictions, exercises, promises and summaries."""
    for name, words in row.taught.items():
        cell = find(lessons, name)
        if cell is None:
            yield f"taught: lesson {name[:2]} has no cell {name}"
        else:
            yield from _missing(f"taught: cell {name}", words, teaching(cell))


def exercises_ask(row, lessons):
    """Ask that each exercise is for points and its prompt has the words; or for a sentence of why none asks."""
    if isinstance(row.exercise, str):
        if row.exercise and not row.exercise.endswith("."):
            yield f"exercise is neither a table nor a sentence of why none asks: {row.exercise!r}"
        return
    for name, words in row.exercise.items():
        asked = prompt(lessons.get(name[:2], {}).values(), name)
        if asked is None:
            yield f"exercise: lesson {name[:2]} has no answer cell {name} with a check for points"
        else:
            yield from _missing(f"exercise: the prompt of {name}", words, asked)


def outputs_are_of_their_kind(row, lessons):
    """Ask for letters where nbval compares an output, or a picture's text does not differ, and else for a pattern."""
    for name in (*row.shown, *row.varies):
        cell = find(lessons, name)
        if cell is None:
            yield f"shown: lesson {name[:2]} has no cell {name}"
            continue
        ignored = "nbval-ignore-output" in cell.metadata.get("tags", ())
        if ignored and name in row.shown and not in_pictures(row.shown[name], cell):
            yield f"shown: nbval ignores the output of {name}; say it under varies, by a pattern"
        if not ignored and name in row.varies:
            yield f"varies: nbval compares the output of {name}; say it under shown, to the letter"


def outputs_show(row, lessons):
    """Ask for the pieces in the saved outputs, and for something that each pattern fits, with a number in it."""
    for name, pieces in row.shown.items():
        if cell := find(lessons, name):
            yield from _missing(f"shown: the output of {name}", pieces, output(cell))
    for name, patterns in row.varies.items():
        printed = output(find(lessons, name) or {})
        for pattern in patterns:
            match = re.search(pattern, printed)
            if not match:
                yield f"varies: the output of {name} has nothing like {pattern!r}: {printed[:300]!r}"
            elif not re.search(r"\d", match[0]):
                yield f"varies: {pattern!r} fits {match[0]!r}, which has no number"


RULES = (
    is_complete,
    claims_are_told,
    sentences_name_what_is_there,
    waits_for_what_is_not_there,
    cells_teach,
    exercises_ask,
    outputs_are_of_their_kind,
    outputs_show,
)


def find(lessons, name):
    """Return the cell whose id begins with the digits of its lesson, or None."""
    return lessons.get(name[:2], {}).get(name)


def teaching(cell):
    """Return what a cell teaches: not what it asks, promises or sums up."""
    asks = "prediction" in cell.metadata.get("tags", ()) or "nbgrader" in cell.metadata
    if asks or "**You will be able to" in cell.source:
        return ""
    return plain(re.split(r"^## (?:What we saw|Exercise)", cell.source, flags=re.MULTILINE)[0])


def prompt(cells, name):
    """Return the prompt of an exercise, from its heading to its answer cell; None if it is not asked for points."""
    text, asked, graded = "", None, False
    for cell in cells:
        grader = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            _, heading, begun = cell.source.partition("## Exercise")
            text = begun if heading else f"{text}\n{cell.source}"
        if grader.get("solution") and grader.get("grade_id") == name:
            asked = text
        graded |= bool(grader.get("grade") and grader.get("points") and grader.get("grade_id") == f"{name}-check")
    return plain(asked) if asked and graded else None


def output(cell):
    """Return what a cell has printed, and the texts of its pictures."""
    return plain("\n".join(_texts(cell.get("outputs", ()))))


def in_pictures(pieces, cell):
    """Say whether all pieces stand in the texts of a cell's pictures, which are written by hand and do not differ."""
    texts = plain("\n".join(alt(one) for one in cell.get("outputs", ())))
    return all(stands(piece, texts) for piece in pieces)


def alt(one):
    """Return the text of an output's picture for those who cannot see it."""
    return one.get("metadata", {}).get("image/png", {}).get("alt", "")


def _texts(outputs):
    """Give the texts of outputs; of a picture only its text, for the rest is its size."""
    for one in outputs:
        data = one.get("data", {})
        yield alt(one) if "image/png" in data else one.get("text", data.get("text/plain", ""))


def plain(text):
    """Return a text with one space for each run of spaces and line ends."""
    return " ".join(text.split())


def stands(piece, text):
    """Say whether a piece stands in a text, not cut out of a longer word or number."""
    piece = plain(piece)
    before = r"(?<!\w)(?<!\d[.,])(?<![-−])" if piece[:1].isdigit() else r"(?<!\w)" if piece[:1].isalpha() else ""
    after = r"(?!\w|[.,]\d)" if piece[-1:].isalnum() else ""
    return bool(piece) and re.search(before + re.escape(piece) + after, text) is not None


def _missing(where, pieces, text):
    """Yield a sentence for each piece that does not stand in a text, and one if there is none to look for."""
    if not pieces:
        yield f"{where}: name a piece of it"
    for piece in pieces:
        if not stands(piece, text):
            yield f"{where} does not have {piece!r}"


def numbers(row, lessons):
    """Return what shows a row, each with its cell; for what varies, what this page's run has."""
    shown = [f"{name}: {piece}" for name, pieces in row.shown.items() for piece in pieces]
    for name, patterns in row.varies.items():
        found = (re.search(pattern, output(find(lessons, name) or {})) for pattern in patterns)
        shown += [f"{name}, varies: {match[0]}" for match in found if match]
    return shown


def in_columns(*texts):
    """Return one line of the table."""
    return "".join(f"{text:{width}}" for text, width in zip(texts, WIDTHS, strict=True)).rstrip()


def lines(name, row, lessons):
    """Return the lines of one row: what it says, then its cells, exercises and numbers side by side."""
    margin = {"subsequent_indent": " " * WIDTHS[0], "width": sum(WIDTHS)}
    yield from wrap(f"{name:{WIDTHS[0]}}{row.says}", **margin)
    exercises = wrap(row.exercise, WIDTHS[2] - 2) if isinstance(row.exercise, str) else row.exercise
    shown = [line for text in numbers(row, lessons) for line in wrap(text, WIDTHS[3], subsequent_indent="  ")]
    for cells in zip_longest(row.taught, exercises, shown, fillvalue=""):
        yield in_columns("", *cells)
    for what, text in (("waits for", row.waits), ("lacks:", row.lacks)):
        yield from wrap(text and f"{'':{WIDTHS[0]}}{what} {text}", drop_whitespace=True, **margin)


def main():
    """Print the table, and what is wrong with it; return 1 if something is."""
    rows, lessons = read_rows(), read_lessons()
    print(in_columns("row", "cell", "exercise", "number"))
    for name, row in rows.items():
        print("", *lines(name, row, lessons), sep="\n")
    waiting, lacking = (sum(bool(getattr(row, what)) for row in rows.values()) for what in ("waits", "lacks"))
    print(f"\n{len(rows)} rows; {waiting} wait for a lesson; {lacking} of the others lack something")
    wrong = [f"{name}: {problem}" for name, row in rows.items() for problem in row_problems(row, lessons)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
