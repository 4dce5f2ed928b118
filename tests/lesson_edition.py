"""What a lesson of the second edition asks of its page besides: predictions, folds, plain words, honest minutes."""

import re

IDIOMS = (
    r"""\b(whisper\w*|shout\w*|courtesy|sins?|drawer|dear|rightly|at last|whoever|proud|an overfit|idles?|idling)\b"""
)
UNITS = "second|row|class|cell|step|image|lesson|minute|example|epoch|column|iteration|pixel|weight|batch"
COUNTED = "|".join(
    ["one", "two", "three", "[0-9]+", *(f"{unit}s?" for unit in UNITS.split("|")), "labels?", "numbers?"]
)
PER = rf"\b(?:{COUNTED}) an? (?:{UNITS})\b"
LONGEST = 125  # minutes of one lesson
SITTING = 75  # and of one sitting
FOLD = "<details>"


def edition_problems(nb):
    """Return all that is wrong with a lesson of the second edition, as sentences that name the cell."""
    return [problem for rule in EDITION for problem in rule(nb)]


def prose(nb):
    """Return the Markdown cells, each with a name for the messages and its number."""
    return [
        (f"cell {n} ({cell.get('id')})", n, cell) for n, cell in enumerate(nb.cells) if cell.cell_type == "markdown"
    ]


def predictions_are_written(nb):
    """Ask for two predictions at least, each in a cell of the student's own with a question in it."""
    cells = [(where, cell) for where, _, cell in prose(nb) if "prediction" in cell.metadata.get("tags", ())]
    if len(cells) < 2:
        yield f"{len(cells)} cells with the tag prediction; a lesson has two at least"
    for where, cell in cells:
        if not cell.source.startswith("**Your prediction**") or "?" not in cell.source:
            yield f"{where}: a prediction begins with **Your prediction** and asks a question"


def tasks_are_answered(nb):
    """Ask that each task has its answer in a fold, in its cell or one of the three after it."""
    for where, n, cell in prose(nb):
        if re.search(r"\*\*Task\b", cell.source) and not any(FOLD in after.source for after in nb.cells[n : n + 4]):
            yield f"{where}: a task without an answer in a fold (<details>)"


def folds_are_whole(nb):
    """Ask that a fold has a summary, blank lines around what it folds, and an end."""
    for where, _, cell in prose(nb):
        opened, closed = cell.source.count(FOLD), cell.source.count("</details>")
        whole = re.findall(r"<details>\s*<summary>[^<]+</summary>\n\n.+?\n\n</details>", cell.source, re.DOTALL)
        if not opened == closed == len(whole):
            yield f"{where}: a fold is <details><summary>...</summary>, a blank line, text, a blank line, </details>"


def words_are_plain(nb):
    """Ask for words that a learner of English knows, and for "per" or "for each" in place of "a"."""
    for where, _, cell in prose(nb):
        text = re.sub(r"`[^`]*`|\$[^$]*\$", "", cell.source)
        for pattern, what in ((IDIOMS, "an idiom"), (PER, "'a' where 'per' or 'for each' is meant")):
            if found := re.search(pattern, text, re.IGNORECASE):
                yield f"{where}: {what}: {found[0]!r}"


def minutes(cells):
    """Return the honest minutes of some cells: 100 words or 4 lines of code per minute, and 5 for each exercise."""
    words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
    code = [cell for cell in cells if cell.cell_type == "code"]
    lines = sum(bool(line.strip()) for cell in code for line in cell.source.split("\n"))
    return words / 100 + lines / 4 + 5 * sum(bool(cell.metadata.get("nbgrader", {}).get("grade")) for cell in code)


def time_is_honest(nb):
    """Ask for the minutes in the first cell, and for not too many."""
    stated, honest = re.search(r"About (\d+) minutes", nb.cells[0].source), minutes(nb.cells)
    if not stated:
        yield "the first cell does not say: About ... minutes"
    elif abs(int(stated[1]) - honest) > 10:
        yield f"the first cell says {stated[1]} minutes; by words, lines and exercises it is {honest:.0f}"
    if honest > LONGEST:
        yield f"{honest:.0f} minutes are too long; split it"


def sittings_are_short(nb):
    """Ask a long lesson for a second sitting: named in the first cell, said where it begins, neither of them long."""
    said = re.search(r'in two sittings \(the second begins at "(.+?)"', nb.cells[0].source)
    heading = rf"^##+ {re.escape(said[1])}\n\n\*The second sitting begins here" if said else "(?!)"
    begins = [n for _, n, cell in prose(nb) if re.search(heading, cell.source, re.MULTILINE)]
    if said and len(begins) != 1:
        yield f"the second sitting begins at {len(begins)} places with the heading {said[1]!r}"
    for part in (nb.cells[: begins[0]], nb.cells[begins[0] :]) if begins else (nb.cells,):
        if minutes(part) > SITTING:
            yield f"{minutes(part):.0f} minutes are too long for one sitting"


EDITION = (
    predictions_are_written,
    tasks_are_answered,
    folds_are_whole,
    words_are_plain,
    time_is_honest,
    sittings_are_short,
)
