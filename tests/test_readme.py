"""What the README and the map in notebook 00 promise is there, and what they show runs."""

import re
from pathlib import Path

import nbformat

from gradekit.lesson import find_lessons

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def questions():
    """Return the title of every lesson, by name."""
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in find_lessons()}
    return {name: nb.cells[0].source.split("\n")[0].removeprefix("# ") for name, nb in notebooks.items()}


def table(text, folder=""):
    """Return the rows of a table of lessons: question by name."""
    return dict(re.findall(rf"^\| \[(\w+)\]\({folder}\1\.ipynb\) \| (.+) \|$", text, re.MULTILINE))


def test_the_table_of_lessons_is_the_course():
    """Every lesson stands in the README with its question, and none that is not there."""
    assert table(README, "notebooks/") == questions()


def test_the_map_of_notebook_00_is_the_course():
    """The same for the map that a student sees, but for the notebook itself."""
    cells = nbformat.read(find_lessons(["00"])[0], as_version=4).cells
    drawn = table("\n".join(cell.source for cell in cells))
    assert drawn == {name: title for name, title in questions().items() if not name.startswith("00")}


def test_the_notation_is_one():
    """The README and notebook 00 print the same table of notation."""
    rows = r"^\| maths \|.*?(?=\n\n)"
    cells = nbformat.read(find_lessons(["00"])[0], as_version=4).cells
    (printed,) = re.findall(rows, "\n".join(cell.source for cell in cells), re.MULTILINE | re.DOTALL)
    assert re.findall(rows, README, re.MULTILINE | re.DOTALL) == [printed]


def test_the_code_of_the_readme_runs():
    """Its Python blocks work as they stand."""
    blocks, scope = re.findall(r"```python\n(.*?)```", README, re.DOTALL), {}
    assert len(blocks) == 2
    for block in blocks:
        exec(block, scope)
    assert scope["history"].loss[-1] < 0.2


def test_what_the_readme_links_to_is_there():
    """No link of the README leads nowhere."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []
