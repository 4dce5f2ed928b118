"""A class of 120 in the layouts of five systems, a third of the names mangled, graded from folder to table."""

import csv
import re

import nbformat
import pytest

from gradekit import session
from gradekit.runs.limits import Limits
from tests.gradekit.class_of_120 import SYSTEMS, people, roster, write_class
from tests.gradekit.submissions import RIGHT, WRONG, student, write_master

COLUMNS = ("student", "name", "email", "id", "login", "canvas_id", "moodle")
THIRD = 3  # every third has one exercise wrong
NUMBER = re.compile(r"by number (\d+)")


def handed_in(answers):
    """Return a notebook of the small lesson that says whose it is: @@ stands for the author's number."""
    nb = student(answers)
    nb.cells[0].source = "by number @@"
    return nbformat.writes(nb)


@pytest.fixture(scope="module", params=SYSTEMS)
def graded(request, tmp_path_factory):
    """Grade the class as one system hands it out."""
    place = tmp_path_factory.mktemp(request.param)
    write_class(place / "in", request.param, handed_in(RIGHT))
    wrong = handed_in(RIGHT | {"90-counts": WRONG["90-counts"]})
    for path in [path for path in (place / "in").rglob("*") if path.is_file()]:
        found = NUMBER.search(path.read_text(encoding="utf-8"))
        if found and int(found[1]) % THIRD == 0:
            path.write_text(wrong.replace("@@", found[1]))
    (place / "out").mkdir()
    with (place / "out" / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows({"student": name} | row for name, row in roster().items())
    source = write_master(place / "source")
    how = {"source": source, "jobs": 2, "limits": Limits(seconds=10)}
    return session.grade_folder(place / "in", place / "out", **how), place / "out"


@pytest.mark.heavy
def test_everyone_of_a_class_has_their_own_marks(graded):
    """Whatever their files and they themselves are called: nobody is lost, or two, or has somebody else's marks."""
    book = graded[0].gradebook
    wanted = {f"P{someone.number:03}": 3.0 if someone.number % THIRD == 0 else 6.0 for someone in people()}
    assert {submission.student: submission.points for submission in book.submissions} == wanted
    assert (book.absent, book.strangers) == ((), ())


@pytest.mark.heavy
def test_equal_answers_of_a_class_are_run_once(graded):
    """Three exercises, one of them also wrong; the rest of 120 submissions is known. Our own count as well."""
    assert graded[0].judged <= 6


@pytest.mark.heavy
def test_every_name_is_in_the_table(graded):
    """As the roster writes it."""
    with (graded[1] / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert {someone.name for someone in people()} <= {cell for row in rows for cell in row}
