"""The student's copy gives nothing away, is what nbgrader would make, and never costs anybody's work."""

import copy
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader import preprocessors
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3
from nbgrader.utils import compute_checksum

from coursekit import agreements
from coursekit.agreements import lessons_folder
from gradekit.lesson import find_lessons
from gradekit.release import release
from gradekit.student import ReleaseError, checksum, student_version
from tests.sample_lesson import ANSWER, answer_cell, check_cell, lesson, nbgrader, write_course


@pytest.fixture
def course(tmp_path):
    """Return a folder with two lessons."""
    return write_course(tmp_path / "course")


def by_nbgrader(nb):
    """Return what nbgrader's own preprocessors make of a lesson, in the order of generate_assignment."""
    nb = copy.deepcopy(nb)
    for name in ("LockCells", "ClearSolutions", "ClearOutput", "ClearHiddenTests", "ComputeChecksums"):
        nb, _ = getattr(preprocessors, name)().preprocess(nb, {})
    return nb


def test_answers_are_stubs_at_the_indent_of_their_marker():
    """Both regions of the answer give way to the stub; what stands around them stays."""
    source = student_version(lesson()).cells[1].source
    assert source == (
        "def double(x):\n"
        '    """Return twice x."""\n'
        "    if x is None:\n"
        "        # YOUR CODE HERE\n"
        "        raise NotImplementedError()\n"
        "    # YOUR CODE HERE\n"
        "    raise NotImplementedError()"
    )


@pytest.mark.parametrize("secret", ["secret", "double, 21", "double(21)", "misconception", "BEGIN", "scrolled"])
def test_nothing_hidden_is_left(secret):
    """Neither solutions nor hidden tests nor outputs nor our metadata are anywhere in the student's file."""
    assert secret in nbformat.writes(lesson())
    assert secret not in nbformat.writes(student_version(lesson()))


def test_the_lesson_is_not_changed():
    """student_version returns a copy."""
    master = lesson()
    before = nbformat.writes(master)
    student_version(master)
    assert nbformat.writes(master) == before


def test_nbgrader_makes_the_same_cells():
    """Sources, flags, checksums and outputs equal nbgrader's, cell by cell; only our own metadata is ours to drop."""
    master = lesson()
    ours, theirs = student_version(master).cells, by_nbgrader(master).cells
    assert len(ours) == len(theirs) == 5
    for cell, other in zip(ours, theirs, strict=True):
        other.metadata.pop("coursekit", None)
        assert cell == other


def test_the_course_is_the_same_by_nbgrader():
    """Every lesson of the course, too."""
    for path in find_lessons():
        master = nbformat.read(path, as_version=4)
        for cell, other in zip(student_version(master).cells, by_nbgrader(master).cells, strict=True):
            assert (cell.source, cell.metadata.get("nbgrader")) == (other.source, other.metadata.get("nbgrader"))


@pytest.mark.parametrize("cell", [answer_cell(), check_cell(), check_cell(points=0.5)])
def test_checksum_is_nbgraders(cell):
    """An answer, a check and a check of half a point have nbgrader's checksum."""
    assert checksum(cell) == compute_checksum(cell)


def test_metadata_is_valid_for_nbgrader():
    """The validator of nbgrader accepts the student's version, with its checksums."""
    nb = student_version(lesson())
    MetadataValidatorV3().validate_nb(nb)
    assert [cell.metadata.nbgrader.cell_type for cell in nb.cells[1:4]] == ["code", "code", "markdown"]


def test_an_answer_without_markers_is_all_solution():
    """As in nbgrader, for code and for text."""
    text = new_markdown_cell("Because.", metadata=nbgrader("why", solution=True, grade=True, points=1))
    nb = lesson(answer_cell("double = 2 .__mul__"), text)
    sources = [cell.source for cell in student_version(nb).cells]
    assert sources == ["# YOUR CODE HERE\nraise NotImplementedError()", "YOUR ANSWER HERE"]
    assert sources == [cell.source for cell in by_nbgrader(nb).cells]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (answer_cell(ANSWER.replace("### END", "### BEGIN")), "BEGIN SOLUTION stands inside another; close the first"),
        (answer_cell(ANSWER + "\n### END SOLUTION"), "END SOLUTION has no BEGIN SOLUTION above it"),
        (answer_cell("### BEGIN SOLUTION\nx = 1"), "BEGIN SOLUTION is never closed; add ### END SOLUTION"),
        (answer_cell("### END SOLUTION"), "END SOLUTION has no BEGIN SOLUTION above it"),
        (check_cell("### BEGIN HIDDEN TESTS"), "BEGIN HIDDEN TESTS is never closed"),
        (check_cell(ANSWER), "belongs in an answer cell (solution: true)"),
        (
            answer_cell(ANSWER + "\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS"),
            "belongs in a check cell (grade: true)",
        ),
    ],
)
def test_broken_markers_are_named(cell, problem):
    """The error says which lesson, which cell and what to do."""
    with pytest.raises(ReleaseError) as error:
        student_version(lesson(cell), lesson="90_sample")
    assert str(error.value).startswith(f"student_version: 90_sample, cell {cell.metadata.nbgrader.grade_id}: ")
    assert problem in str(error.value)


def test_a_marker_in_an_ordinary_cell_is_named_by_its_number():
    """A solution in a cell that nbgrader does not know would be given away."""
    with pytest.raises(ReleaseError, match="cell number 1: BEGIN SOLUTION or END SOLUTION stands in a cell of another"):
        student_version(lesson(new_code_cell("x"), new_code_cell(ANSWER)))


def test_release_writes_lessons_and_what_they_read(course, tmp_path):
    """A first release is all new; hidden files and caches of the course are not handed out."""
    (course / ".ipynb_checkpoints").mkdir()
    shutil.copy(course / "90_sample.ipynb", course / ".ipynb_checkpoints")
    (course / ".ipynb_checkpoints" / "notes.txt").write_text("mine")
    result = release(tmp_path / "mine", source=course)
    assert result.new == ("00_start_here.ipynb", "90_sample.ipynb")
    assert result.kept == result.outdated == ()
    files = {path.relative_to(tmp_path / "mine").as_posix() for path in (tmp_path / "mine").rglob("*.*")}
    assert files == {*result.new, "results/sweep.json"}
    nbformat.validate(nbformat.read(tmp_path / "mine" / "90_sample.ipynb", as_version=4))


@pytest.mark.parametrize("name", ["90", "90_sample", "90_sample.ipynb"])
def test_release_of_one_lesson(course, tmp_path, name):
    """A lesson goes by its number, its name or its file."""
    assert release(tmp_path / "mine", [name], source=course).new == ("90_sample.ipynb",)


def test_an_unknown_lesson_writes_nothing(course, tmp_path):
    """The error lists the lessons there are."""
    with pytest.raises(ReleaseError, match=r"there is no lesson 07; the course has 00_start_here, 90_sample\."):
        release(tmp_path / "mine", ["90", "07"], source=course)
    assert not (tmp_path / "mine").exists()


def test_a_broken_lesson_writes_nothing(course, tmp_path):
    """Half a course is not handed out."""
    nbformat.write(lesson(answer_cell("### BEGIN SOLUTION")), course / "91_broken.ipynb")
    with pytest.raises(ReleaseError, match="91_broken, cell 90-sample-double"):
        release(tmp_path / "mine", source=course)
    assert not (tmp_path / "mine").exists()


def test_work_is_kept_byte_by_byte(course, tmp_path):
    """A second release changes nothing, however the student's files look by now."""
    mine = tmp_path / "mine"
    release(mine, source=course)
    (mine / "90_sample.ipynb").write_text("{ half a notebook")
    (mine / "results" / "sweep.json").write_text("my numbers")
    before = {path: path.read_bytes() for path in mine.rglob("*.*")}
    result = release(mine, source=course)
    assert {path: path.read_bytes() for path in mine.rglob("*.*")} == before
    assert (result.new, result.outdated) == ((), ())
    assert "kept  90_sample.ipynb\n" in str(result)
    assert str(result).endswith("rename yours and run the same again.")


def test_a_newer_lesson_is_announced(course, tmp_path):
    """Where the course has changed, the student's file stays and is said to be older; the other is not."""
    mine = tmp_path / "mine"
    release(mine, source=course)
    nbformat.write(lesson(*lesson().cells, new_markdown_cell("A new stretch.")), course / "90_sample.ipynb")
    result = release(mine, source=course)
    assert (result.new, result.outdated) == ((), ("90_sample.ipynb",))
    assert "90_sample.ipynb (the course has a newer version)" in str(result)
    (mine / "90_sample.ipynb").rename(mine / "90_mine.ipynb")
    assert release(mine, source=course).new == ("90_sample.ipynb",)
    assert "A new stretch." in (mine / "90_sample.ipynb").read_text()


def test_the_lessons_themselves_are_no_target(course):
    """Releasing onto the sources is refused."""
    with pytest.raises(ReleaseError, match="holds the lessons themselves"):
        release(course, source=course)


def test_notebooks_are_found_in_a_wheel_and_in_a_checkout(tmp_path, monkeypatch):
    """An installed package is asked first, then its checkout; without either, the error names both places."""
    package = tmp_path / "coursekit"
    monkeypatch.setattr(agreements, "__file__", str(package / "agreements.py"))
    with pytest.raises(FileNotFoundError, match=r"(?s)no lesson in .*coursekit.notebooks nor in .*reinstall"):
        lessons_folder()
    write_course(tmp_path / "notebooks")
    assert lessons_folder() == tmp_path / "notebooks"
    write_course(package / "notebooks")
    assert lessons_folder() == package / "notebooks"
