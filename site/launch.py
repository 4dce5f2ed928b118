"""The lessons in Colab and on Binder: the links of their pages, and the copies that Colab opens.

    python site/launch.py FOLDER

``[tool.coursekit.site]`` in ``pyproject.toml`` says where the course is published; while it names no repository there
are neither links nor copies. Colab opens files on GitHub only, and students must not get solutions. So the workflow
``site`` puts the students' copies, written by this script, into a branch of their own. Binder starts with the
repository: ``binder/start`` makes the student's copy there.
"""

import re
import sys
import tomllib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from gradekit.lesson import find_lessons
from gradekit.release import read_student

ROOT = Path(__file__).parent.parent
COPY = "softmax-course"  # the folder that binder/start makes
ADDRESS = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
COLAB = "https://colab.research.google.com/github/{course}/blob/{copies}/{name}.ipynb"
BINDER = "https://mybinder.org/v2/gh/{course}/{branch}?labpath={copy}%2F{name}.ipynb"
# Colab's kernel is older than the course asks for and must stay as it is, so only what is missing there is installed.
FIRST = """# Run this first. In Colab it installs the course; anywhere else it does nothing.
# Choose File > Save a copy in Drive: otherwise what you write here is lost.
import sys

if "google.colab" in sys.modules:
    %pip install --quiet --no-deps "git+https://github.com/{course}@{branch}"
    %pip install --quiet "anywidget>=0.9.18"
    from gradekit.release import release
    release("/content/{copy}")
    %cd /content/{copy}"""


def settings():
    """Return where the course is published."""
    return settings_of((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def settings_of(text):
    """Return the settings in a text, the repository as OWNER/COURSE or empty; refuse what Colab could not open."""
    told = tomllib.loads(text)["tool"]["coursekit"]["site"]
    address = ADDRESS.fullmatch(told["repository"])
    if told["repository"] and not address:
        raise ValueError(
            "pyproject.toml: tool.coursekit.site.repository must be empty or an address on GitHub; got "
            f'{told["repository"]!r}. Colab and Binder open GitHub: write "https://github.com/OWNER/COURSE".'
        )
    if told["copies"] == told["branch"]:
        raise ValueError("pyproject.toml: tool.coursekit.site.copies is replaced as a whole: name another than branch.")
    return {"course": address[1] if address else "", "branch": told["branch"], "copies": told["copies"]}


def links(name, told):
    """Return where a lesson opens: address by what is there. None while no repository is named."""
    found = {"Colab": COLAB, "Binder": BINDER} if told["course"] else {}
    return {place: address.format(name=name, copy=COPY, **told) for place, address in found.items()}


def copy_for_colab(path, told):
    """Return the student's copy of a lesson, with a cell below its title that installs the course in Colab."""
    copy = read_student(path)
    copy.cells.insert(1, new_code_cell(FIRST.format(copy=COPY, **told), id="in-colab"))
    return copy


def main(folder):
    """Write the copies that the links to Colab name; print their branch as an output of the workflow."""
    told = settings()
    if not told["course"]:
        print("No copies for Colab: [tool.coursekit.site] in pyproject.toml names no repository.", file=sys.stderr)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for path in find_lessons():
        nbformat.write(copy_for_colab(path, told), folder / path.name)
    print(f"branch={told['copies']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
