"""How much a lesson asks of its reader: lines of code a cell, words of prose a line, code cells in a row."""

from dataclasses import dataclass
from itertools import groupby
from statistics import median


@dataclass(frozen=True)
class Budget:
    """The size of one lesson, exercises included in the lines but not in the rows."""

    median_lines: float
    longest: int
    words_per_line: float
    in_a_row: int

    def __str__(self):
        """Return the line of the report."""
        return (
            f"{self.median_lines:g} lines a code cell (longest {self.longest}), "
            f"{self.words_per_line:.0f} words a line, at most {self.in_a_row} code cells in a row"
        )


def budget(nb):
    """Return the budget of a notebook."""
    lines = [code_lines(cell) for cell in nb.cells if cell.cell_type == "code"]
    words = sum(len(cell.source.split()) for cell in nb.cells if cell.cell_type == "markdown")
    rows = [len(list(group)) for code, group in groupby(outside_exercises(nb)) if code]
    return Budget(median(lines), max(lines), words / sum(lines), max(rows, default=0))


def code_lines(cell):
    """Return how many lines of a cell are neither blank nor a comment."""
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in cell.source.split("\n"))


def outside_exercises(nb):
    """Yield for each cell whether it is code outside an exercise: answer, check and the catch-up cell below it."""
    after_check = False
    for cell in nb.cells:
        flags = cell.metadata.get("nbgrader", {})
        yield cell.cell_type == "code" and not flags and not after_check
        after_check = flags.get("grade", False)
