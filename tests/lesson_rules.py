"""What must hold of every lesson as it is saved: each rule yields the problems that it finds in a notebook."""

import re
from base64 import b64decode
from pathlib import Path

from jsonschema import ValidationError
from nbformat.validator import iter_validate
from nbgrader.nbgraderformat.common import SchemaMismatchError
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from gradekit.student import ReleaseError, student_version

TAGS = {"nbval-ignore-output", "coursekit-numbers", "raises-exception", "hide-input", "prediction"}
PATHS = ("/home/", "/root/", "/Users/", "/tmp/", "/usr/", "/opt/", "/var/", "site-packages", "C:\\", str(Path.home()))
MACHINE_PATH = re.compile("|".join(map(re.escape, PATHS)))
FORBIDDEN = {
    r"\bOutput\(": "the Output widget, which nbval cannot compare",
    r"\binteract(ive|ive_output|_manual)?\(": "interact, which nbval cannot compare; use sliders.explore",
    r"\bclear_output\b": "clear_output, which nbval cannot compare",
    r";\s*\Z": "a semicolon at its end, which nbval does not see; write ax = plots.loss_curve(...)",
    r"(NBVAL|PYTEST_VALIDATE)_\w+": "an nbval marker in its source; use a tag",
}


def problems(nb):
    """Return all that is wrong with a lesson, as sentences that name the cell."""
    return [problem for rule in RULES for problem in rule(nb)]


def code_cells(nb):
    """Return the code cells, each with a name for the messages."""
    return [(f"cell {n} ({cell.get('id')})", cell) for n, cell in enumerate(nb.cells) if cell.cell_type == "code"]


def format_is_valid(nb):
    """Ask for what nbformat asks for, and for an id of its own in every cell."""
    for error in iter_validate(nb):
        yield f"not valid for nbformat: {error.message}"
    ids = [cell.get("id") for cell in nb.cells]
    if None in ids or len(set(ids)) < len(ids):
        yield "a cell has no id, or another cell's"


def ran_from_top_to_bottom(nb):
    """Ask that every code cell was executed once, in order: nbval compares nothing where it was not."""
    counts = [cell.execution_count for _, cell in code_cells(nb)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"cells were executed as {counts}; run: make notebooks"


def kernel_is_python(nb):
    """Ask for the kernel python3, with no version written down."""
    if nb.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not python3"
    if "version" in nb.metadata.get("language_info", {}):
        yield "language_info holds a version; run: make notebooks"


def nbgrader_metadata_is_valid(nb):
    """Ask for nbgrader's schema 3, and nothing else beside it."""
    try:
        MetadataValidatorV3().validate_nb(nb)
    except (ValidationError, SchemaMismatchError) as error:
        yield f"not valid for nbgrader: {error}"


def outputs_are_clean(nb):
    """Ask for outputs without a path of a machine, a word on stderr, or an error that was not meant."""
    for where, cell in code_cells(nb):
        for output in cell.outputs:
            if found := MACHINE_PATH.search(text_of(output)):
                yield f"{where}: an output holds a path of a machine: {found[0]}"
            if output.get("name") == "stderr":
                yield f"{where}: an output on stderr: {output.text[:60]!r}"
            if output.output_type == "error" and "raises-exception" not in cell.metadata.get("tags", ()):
                yield f"{where}: an error: {output.ename}"


def text_of(output):
    """Return all text of an output."""
    data = output.get("data", {})
    parts = [data[key] for key in data if key.startswith("text/") or key == "image/svg+xml"]
    return "\n".join([output.get("text", ""), output.get("evalue", ""), *output.get("traceback", ()), *parts])


def nothing_escapes_nbval(nb):
    """Ask that no cell is skipped, and that one whose output is not compared asserts what must hold."""
    for where, cell in code_cells(nb):
        tags = set(cell.metadata.get("tags", ()))
        if tags - TAGS:
            yield f"{where}: unknown tags {sorted(tags - TAGS)}"
        if "nbval-ignore-output" in tags and not re.search(r"^\s*assert\b|\bcheck\.|\bprobe\(", cell.source, re.M):
            yield f"{where}: its output is not compared, so it must assert what holds"
        for pattern, what in FORBIDDEN.items():
            if re.search(pattern, cell.source):
                yield f"{where}: it uses {what}"


def figures_are_described(nb):
    """Ask that each figure has a text for those who cannot see it: the sentence after it says what to see."""
    for where, cell in code_cells(nb):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}) and len(output.metadata.get("image/png", {}).get("alt", "")) < 40:
                yield f"{where}: its figure needs a sentence right below that says what to see; then make notebooks"


def figures_are_sharp(nb):
    """Ask for two pixels per CSS pixel in each saved figure; what a slider shows becomes as sharp as the screen is."""
    for where, cell in code_cells(nb):
        for output in cell.outputs:
            data, look = output.get("data", {}), output.get("metadata", {}).get("image/png", {})
            if "image/png" in data and data.get("text/plain", "").startswith("<Figure"):
                columns = int.from_bytes(b64decode(data["image/png"])[16:20])
                if columns != 2 * look.get("width", 0):
                    yield f"{where}: its figure, {columns} pixels wide, is not sharp; run: make notebooks"


def exercises_are_whole(nb):
    """Ask that answers have markers and a check, and checks have points, a visible part and a hidden probe."""
    try:
        student_version(nb)
    except ReleaseError as error:
        yield str(error)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if "nbgrader" in cell.metadata}
    for name, cell in cells.items():
        flags = cell.metadata.nbgrader
        if flags.solution and f"{name}-check" not in cells:
            yield f"{name}: there is no check cell {name}-check"
        if flags.solution and "### BEGIN SOLUTION" not in cell.source:
            yield f"{name}: the solution has no markers"
        if flags.grade:
            yield from check_problems(name, cell, cells)


def check_problems(name, cell, cells):
    """Yield what is wrong with one check cell."""
    visible, _, hidden = cell.source.partition("### BEGIN HIDDEN TESTS")
    if name.removesuffix("-check") not in cells.keys() - {name}:
        yield f"{name}: there is no answer cell {name.removesuffix('-check')}"
    if not cell.metadata.nbgrader.get("points", 0) > 0:
        yield f"{name}: a check is worth more than 0 points"
    if "check." not in visible:
        yield f"{name}: the visible check is missing"
    if "probe(" not in hidden and ".hidden(" not in hidden:
        yield f"{name}: the hidden tests have no probe"


RULES = (
    format_is_valid,
    ran_from_top_to_bottom,
    kernel_is_python,
    nbgrader_metadata_is_valid,
    outputs_are_clean,
    nothing_escapes_nbval,
    figures_are_described,
    figures_are_sharp,
    exercises_are_whole,
)
