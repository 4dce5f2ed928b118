"""The bank of submissions as a folder of notebooks, and the small lesson that they answer.

The name of a submission begins with what it must get: ``4of6_crash_os_exit``. Most are texts in ``tests/submissions``:
a cell ``# %% 90-row-sums`` is an answer, one without a name is the student's own, and an answer that is left out is
right. Those in ``tests/submissions/boxed`` could harm a machine: they are given out only for the box, and look for it
themselves before they begin. What no text can say, such as a file that is no notebook, is made by a function of
``MADE``.
"""

import json
import os
import re
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from gradekit.author import execute
from gradekit.printable import shown
from gradekit.runs.box import INSIDE
from gradekit.student import student_version
from tests.sample_lesson import nbgrader

BANK = Path(__file__).parent / "bank"
LESSON = "90_sums"
FILE = f"{LESSON}.ipynb"
NAMES = ("90-row-sums", "90-min-max", "90-counts")
RIGHT = {
    "90-row-sums": "def row_sums(X):\n    return X.sum(axis=1)",
    "90-min-max": "def min_max(X):\n    return X.min(), X.max()",
    "90-counts": "def counts(y, k):\n    return np.bincount(y, minlength=k)",
}
WRONG = {
    "90-row-sums": "def row_sums(X):\n    return X.sum(axis=0)",
    "90-min-max": "def min_max(X):\n    return X.max(), X.min()",
    "90-counts": "def counts(y, k):\n    return np.bincount(y, minlength=k)[::-1]",
}
IMPORTS = "import numpy as np\n\nfrom coursekit.check.core import Trial, probe"
CHECKS = {
    "90-row-sums": (
        1,
        """trial = Trial(row_sums, "row_sums")
trial.equal(trial(np.array([[1.0, 2], [3, 4], [5, 6]])), [3, 7, 11], hint="The sum runs over axis 1.")
trial.passed()
### BEGIN HIDDEN TESTS
probe(row_sums, np.array([[48211, -7, 300], [0.5, 0, 61733]]))
probe(row_sums, np.array([[71923.0], [-86311]]))
### END HIDDEN TESTS""",
    ),
    "90-min-max": (
        2,
        """trial = Trial(min_max, "min_max")
least, most = trial.parts(trial(np.array([2.0, -1, 0])), "least", "most")
trial.equal(least, -1, what="the least")
trial.equal(most, 2, what="the most")
trial.passed()
### BEGIN HIDDEN TESTS
probe(min_max, np.array([67003.0, 53117, 90421]))
probe(min_max, np.array([[-88013.0, -20749], [-34603, -20750]]))
### END HIDDEN TESTS""",
    ),
    "90-counts": (
        3,
        """trial = Trial(counts, "counts")
trial.equal(trial(np.array([0, 2, 2]), 3), [1, 0, 2], hint="One count for each class.")
trial.passed()
### BEGIN HIDDEN TESTS
probe(counts, np.array([3, 3, 0, 5]), 7)
probe(counts, np.repeat([2, 0], [40961, 30713]), 4)
### END HIDDEN TESTS""",
    ),
}
GUARD = f'import os\nif os.environ["HOME"] != "{INSIDE}" or os.getpid() > 99:\n    raise SystemExit("not in the box")\n'


@cache
def master():
    """Return the lesson before it is run."""
    cells = [new_markdown_cell("# How much is in a table?"), new_code_cell(IMPORTS)]
    for name in NAMES:
        points, check = CHECKS[name]
        head, body = RIGHT[name].split("\n", 1)
        answer = f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
        flags = nbgrader(f"{name}-check", grade=True, locked=True, points=points)
        cells += [new_markdown_cell(f"## {name}"), new_code_cell(answer, metadata=nbgrader(name, solution=True))]
        cells += [new_code_cell(check, metadata=flags)]
    for number, cell in enumerate(cells):
        cell.id = f"90-{number:03}"
    return new_notebook(cells=cells)


@cache
def executed():
    """Return the text of the lesson after it was run."""
    with TemporaryDirectory() as folder:
        path = Path(folder, FILE)
        nbformat.write(master(), path)
        execute(path)
        return path.read_text()


def secrets():
    """Return numbers of the hidden tests and of their values, as patterns; no other file holds them."""
    hidden = {name: check.split("BEGIN HIDDEN")[1] for name, (_, check) in CHECKS.items()}
    numbers = {number for text in hidden.values() for number in re.findall(r"\d{5}", text)} | {"48504", "61733.5"}
    return [rf"(?<![\d.]){re.escape(number)}(?![\d])" for number in sorted(numbers)]


def write_master(folder):
    """Write the executed lesson into a folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(executed())
    return folder


def write_batch(folder, *, honest):
    """Write so many right submissions, no two of them alike, and return their folder."""
    for number in range(honest):
        answers = {name: f"{source}  # by number {number}" for name, source in RIGHT.items()}
        write_notebook(folder / f"student-{number:02}" / FILE, student(answers))
    return folder


def write_bank(folder, outside, *, boxed, only=None):
    """Write the bank into a folder, and return what each student must get.

    ``outside`` is a folder that no submission may reach; ``boxed`` says whether the dangerous ones come too; ``only``
    names a choice.
    """
    texts = [(path, "") for path in BANK.glob("*.txt")] + [(path, GUARD) for path in BANK.glob("boxed/*.txt") if boxed]
    makers = {path.stem: partial(write_text, path, guard) for path, guard in sorted(texts)} | MADE
    for name, make in makers.items():
        if only is None or name in only:
            (folder / name).mkdir(parents=True)
            make(folder / name / FILE, outside)
    return {shown(path.name): int(path.name[0]) for path in folder.iterdir()}


def write_text(text, guard, path, outside):
    """Write the notebook that a text of the bank describes."""
    write_notebook(path, read_text(text.read_text(encoding="utf-8"), guard))


def read_text(text, guard=""):
    """Return the student's notebook of a text: a guard before each of its answers, and right ones for the others."""
    _, *parts = re.split(r"^# %%(.*)\n", text, flags=re.MULTILINE)
    cells = [(name.strip(), source.strip("\n")) for name, source in zip(parts[::2], parts[1::2], strict=True)]
    answers = {name: guard + source for name, source in cells if name}
    if unknown := set(answers) - set(NAMES):
        raise ValueError(f"the bank: there is no exercise {', '.join(unknown)}")
    return student(RIGHT | answers, own=[source for name, source in cells if not name])


def student(answers, own=()):
    """Return the student's copy with answers put in, and cells of the student's own after the imports."""
    nb = student_version(master())
    for cell in nb.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nb.cells[2:2] = [new_code_cell(source) for source in own]
    return nb


def write_notebook(path, nb):
    """Write a notebook, whatever it holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(nb))


def answer_cells(nb):
    """Return the answer cells of a notebook."""
    return [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("solution")]


def check_cells(nb):
    """Return the check cells of a notebook."""
    return [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def forged_outputs():
    """Return outputs as if all were right."""
    return [{"output_type": "stream", "name": "stdout", "text": "✓ row_sums: right on 1 try\n-> (2,): 1 2\n"}]


# What no text can say: each makes the file of one student.


def untouched(path, outside):
    """Hand in what was handed out."""
    write_notebook(path, student({}))


def empty_file(path, outside):
    """Hand in nothing."""
    path.write_bytes(b"")


def not_json(path, outside):
    """Hand in a web page, as a download without a login gives."""
    path.write_text("<!DOCTYPE html><title>Log in</title>")


def half_a_file(path, outside):
    """Hand in an upload that broke off."""
    text = json.dumps(student(RIGHT))
    path.write_text(text[: len(text) // 2])


def not_a_notebook(path, outside):
    """Hand in JSON of another kind."""
    path.write_text('["cells"]')


def cells_of_anything(path, outside):
    """Hand in cells that are no cells."""
    path.write_text('{"cells": [1, null, [], {}, {"cell_type": ["code"]}, {"cell_type": "code", "source": {"a": 1}}]}')


def format_3(path, outside):
    """Hand in the notebook format of 2013."""
    path.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": list(student(RIGHT).cells)}]}))


def nul_bytes(path, outside):
    """Hand in what a disk that ran full leaves."""
    path.write_bytes(b"\x00" * 5000)


def other_encoding(path, outside):
    """Hand in UTF-16 without saying so."""
    path.write_bytes(json.dumps(student(RIGHT)).encode("utf-16-le") + b"\xff")


def eastern_encoding(path, outside):
    """Hand in Big5, in which the last byte of a character may be a backslash that hides a quotation mark."""
    nb = student(RIGHT | {"90-counts": RIGHT["90-counts"] + "  # 許功蓋"})
    path.write_bytes(json.dumps(nb, ensure_ascii=False).encode("big5"))


def deep_json(path, outside):
    """Hand in brackets that no parser follows."""
    path.write_text('{"cells": ' + "[" * 100_000)


def wide_json(path, outside):
    """Hand in 150 MB of empty lists: parsed, they would need 5 GB."""
    path.write_bytes(b'{"cells": [' + b"[]," * 50_000_000 + b"[]]}")


def too_large(path, outside):
    """Hand in 300 MB, of which the disk holds nothing."""
    path.touch()
    os.truncate(path, 300 * 2**20)


def a_folder(path, outside):
    """Hand in a folder of that name."""
    path.mkdir()


def a_pipe(path, outside):
    """Hand in a pipe, which has no end."""
    os.mkfifo(path)


def a_link(path, outside):
    """Hand in a link to somebody else's right answers."""
    write_notebook(outside / FILE, student(RIGHT))
    path.symlink_to(outside / FILE)


def a_link_to_the_master(path, outside):
    """Hand in a link to the instructor's notebook, relative and through a folder."""
    (outside / "master.ipynb").write_text(executed())
    deeper = path.parent / "deeper"
    deeper.mkdir()
    (deeper / FILE).symlink_to(os.path.relpath(outside / "master.ipynb", deeper))


def huge_outputs(path, outside):
    """Hand in right answers and 50 MB of outputs."""
    nb = student(RIGHT)
    for cell in answer_cells(nb):
        cell.outputs = [{"output_type": "stream", "name": "stdout", "text": "0.123, 4.567\n" * 1_300_000}]
    write_notebook(path, nb)


def byte_order_mark(path, outside):
    """Hand in what an editor on Windows saves: a byte order mark and other line ends."""
    path.write_bytes(json.dumps(student(RIGHT), indent=1).replace("\n", "\r\n").encode("utf-8-sig"))


def odd_name(path, outside):
    """Name the file with quotes, line breaks, a formula and what no UTF-8 is."""
    name = os.fsdecode(b"=1+1 'a' \"b\" \n\\ <b> $(id) `id` \xff ") + FILE
    write_notebook(path.with_name(name), student(RIGHT))


def metadata_lost(path, outside):
    """Save it in an editor that drops metadata and names of cells."""
    nb = student(RIGHT)
    for cell in nb.cells:
        cell.metadata.clear()
        del cell["id"]
    write_notebook(path, nb)


def metadata_as_colab_leaves_it(path, outside):
    """Save it with other metadata, sources as lists of lines, and a cell of the student's before each."""
    nb = student(RIGHT)
    cells = []
    for number, cell in enumerate(nb.cells):
        cell.metadata = {"id": f"x{number}", "colab": {"base_uri": "https://localhost"}, "executionInfo": {}}
        cells += [{"cell_type": "code", "metadata": {}, "source": f"x{number} = 1", "outputs": []}]
        cells += [{**cell, "source": cell.source.splitlines(keepends=True)}]
    write_notebook(path, {**nb, "cells": cells})


def metadata_lost_and_one_unwritten(path, outside):
    """Lose the metadata with the last exercise as it was handed out."""
    nb = student({name: RIGHT[name] for name in NAMES[:2]})
    for cell in nb.cells:
        cell.metadata.clear()
    write_notebook(path, nb)


def odd_metadata(path, outside):
    """Hand in metadata of the wrong types, everywhere."""
    nb = student(RIGHT)
    odd = [None, 1, "text", [[]], {"nbgrader": 7}, {"nbgrader": {"grade_id": [], "solution": True}}]
    odd += [{"nbgrader": {"grade_id": {}, "solution": [1]}, "tags": 5}, {"tags": None}, {"tags": [[], {}]}]
    for cell, tags in zip(answer_cells(nb), (None, 5, [[], {}]), strict=True):
        cell.metadata.tags = tags
    nb.cells += [{"cell_type": "code", "source": f"x = {i}", "metadata": metadata} for i, metadata in enumerate(odd)]
    write_notebook(path, nb)


def reordered(path, outside):
    """Turn the notebook upside down."""
    nb = student(RIGHT)
    nb.cells = nb.cells[::-1]
    write_notebook(path, nb)


def reordered_and_metadata_lost(path, outside):
    """Turn it upside down and lose the metadata."""
    nb = student(RIGHT)
    nb.cells = nb.cells[::-1]
    for cell in nb.cells:
        cell.metadata.clear()
    write_notebook(path, nb)


def duplicated_stubs(path, outside):
    """Paste the cells as they were handed out behind the answers."""
    nb = student(RIGHT)
    nb.cells += student({}).cells
    write_notebook(path, nb)


def duplicated_with_a_wrong_one_last(path, outside):
    """Copy each answer, and write a wrong one into the last copy of the first."""
    nb = student(RIGHT)
    nb.cells += student(RIGHT | {"90-row-sums": WRONG["90-row-sums"]}).cells
    write_notebook(path, nb)


def deleted_answer(path, outside):
    """Delete the last answer cell."""
    nb = student(RIGHT)
    nb.cells.remove(answer_cells(nb)[-1])
    write_notebook(path, nb)


def deleted_all_else(path, outside):
    """Keep the answers and delete the imports, the text and the checks."""
    nb = student(RIGHT)
    nb.cells = answer_cells(nb)
    write_notebook(path, nb)


def gutted(answers):
    """Return what hands in answers with checks that ask for nothing, and outputs as if they had."""

    def make(path, outside):
        nb = student(answers)
        for cell in check_cells(nb):
            cell.source, cell.outputs, cell.execution_count = "print('✓')", forged_outputs(), 7
            cell.metadata.nbgrader.points, cell.metadata.nbgrader.checksum = 100, "0" * 32
        write_notebook(path, nb)

    return make


def forged(path, outside):
    """Hand in wrong answers whose checks show all that right ones would print."""
    nb, right = student(WRONG), nbformat.reads(executed(), as_version=4)
    for cell, true in zip(check_cells(nb), check_cells(right), strict=True):
        cell.outputs, cell.execution_count = true.outputs, 1
    write_notebook(path, nb)


def tagged(path, outside):
    """Tag every cell so that nbval looks away, and take the names of the checks for the answers."""
    nb = student(WRONG)
    for cell in nb.cells:
        cell.metadata.tags = ["raises-exception", "nbval-skip", "nbval-ignore-output", "nbval-raises-exception"]
    for cell, check in zip(answer_cells(nb), check_cells(nb), strict=True):
        cell.metadata.nbgrader.grade = check.metadata.nbgrader.solution = True
    write_notebook(path, nb)


def nul_in_an_answer(path, outside):
    """Write a NUL byte into the last answer."""
    write_notebook(path, student(RIGHT | {"90-counts": RIGHT["90-counts"] + "  # \x00"}))


def windows_line_ends(path, outside):
    """End lines as on Windows, and as on old Macs."""
    ends = {
        "90-counts": RIGHT["90-counts"].replace("\n", "\r\n"),
        "90-min-max": RIGHT["90-min-max"].replace("\n", "\r"),
    }
    write_notebook(path, student(RIGHT | ends))


def half_a_character(path, outside):
    """Write half a character, which no encoding holds, into a comment."""
    write_notebook(path, student(RIGHT | {"90-counts": RIGHT["90-counts"] + "  # \ud83d"}))


def source_that_breaks_parsers(source):
    """Return what hands in a source on which a parser of Python may fall over; the last exercise gets nothing."""

    def make(path, outside):
        write_notebook(path, student(RIGHT | {"90-counts": f"counts = {source}"}))

    return make


def many_line_breaks(path, outside):
    """Write a million line breaks before each answer: a careless pattern needs hours for them."""
    write_notebook(path, student({name: "\n" * 1_000_000 + source for name, source in RIGHT.items()}))


def huge_answer(path, outside):
    """Write 20 MB into one cell of code."""
    write_notebook(path, student(RIGHT | {"90-counts": "x = 1\n" * 3_500_000 + RIGHT["90-counts"]}))


def many_cells(path, outside):
    """Hand in the answers without metadata, and 5,000 cells that look much like them."""
    nb = student(RIGHT)
    for cell in nb.cells:
        cell.metadata.clear()
    stub = student({}).cells[3].source.replace("row_sums", "other")
    nb.cells[:0] = [new_code_cell(f"# {i}\n" + stub * 30) for i in range(5000)]
    write_notebook(path, nb)


MADE = {
    "0of6_untouched": untouched,
    "0of6_file_empty": empty_file,
    "0of6_file_not_json": not_json,
    "0of6_file_cut_off": half_a_file,
    "0of6_file_not_a_notebook": not_a_notebook,
    "6of6_file_of_format_3": format_3,
    "0of6_file_of_nul_bytes": nul_bytes,
    "6of6_file_in_another_encoding": other_encoding,
    "6of6_file_in_an_eastern_encoding": eastern_encoding,
    "0of6_file_of_deep_json": deep_json,
    "0of6_file_of_wide_json": wide_json,
    "0of6_file_too_large": too_large,
    "0of6_file_is_a_folder": a_folder,
    "0of6_file_is_a_pipe": a_pipe,
    "0of6_file_is_a_link": a_link,
    "0of6_file_is_a_link_to_the_master": a_link_to_the_master,
    "0of6_cells_of_anything": cells_of_anything,
    "0of6_cells_too_many": many_cells,
    "0of6_cells_checks_gutted": gutted(WRONG),
    "0of6_cells_outputs_forged": forged,
    "0of6_cells_tagged": tagged,
    "0of6_cells_huge_answer": huge_answer,
    "6of6_file_50_mb_of_outputs": huge_outputs,
    "6of6_file_with_byte_order_mark": byte_order_mark,
    "6of6_file_of_odd_name": odd_name,
    "6of6_student \"quotes' and\nlines, =1+1 <b>\ttab": lambda path, outside: write_notebook(path, student(RIGHT)),
    "6of6_cells_checks_gutted": gutted(RIGHT),
    "6of6_cells_metadata_lost": metadata_lost,
    "6of6_cells_metadata_of_colab": metadata_as_colab_leaves_it,
    "3of6_cells_metadata_lost_one_unwritten": metadata_lost_and_one_unwritten,
    "6of6_cells_metadata_odd": odd_metadata,
    "6of6_cells_reordered": reordered,
    "6of6_cells_reordered_metadata_lost": reordered_and_metadata_lost,
    "6of6_cells_duplicated_stubs": duplicated_stubs,
    "5of6_cells_duplicated_wrong_one_last": duplicated_with_a_wrong_one_last,
    "3of6_cells_answer_deleted": deleted_answer,
    "6of6_cells_all_else_deleted": deleted_all_else,
    "6of6_cells_many_line_breaks": many_line_breaks,
    "6of6_text_half_a_character": half_a_character,
    "6of6_text_windows_line_ends": windows_line_ends,
    "3of6_text_nul_in_an_answer": nul_in_an_answer,
    "3of6_text_deep_brackets": source_that_breaks_parsers("(" * 100_000 + "1" + ")" * 100_000),
    "3of6_text_deep_lambdas": source_that_breaks_parsers("lambda: " * 250 + "1"),
    "3of6_text_deep_sum": source_that_breaks_parsers("1" + "+1" * 100_000),
    "3of6_text_deep_signs": source_that_breaks_parsers("-" * 100_000 + "1"),
    "3of6_text_deep_attributes": source_that_breaks_parsers("np" + ".linalg" * 900 + "()"),
    "3of6_text_deep_comprehensions": source_that_breaks_parsers("[" * 95 + "x" + " for x in y]" * 95),
    "3of6_text_long_number": source_that_breaks_parsers("9" * 100_000),
}
