"""Grading from folder to folder: the master first, grading again, marks by hand, what is told."""

import json

import nbformat
import pytest

from gradekit import session
from gradekit.lesson import GradingError
from gradekit.runs import isolation
from gradekit.runs.limits import Level, Limits
from tests.gradekit.submissions import FILE, RIGHT, WRONG, student, write_master, write_notebook

LIMITS = Limits(seconds=10)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return the folder of the small lesson."""
    return write_master(tmp_path_factory.mktemp("session") / "source")


@pytest.fixture(scope="module")
def graded(course):
    """Grade two students: one all right, one with a wrong answer; return the folders and the first outcome."""
    submissions, to = course.parent / "in", course.parent / "out"
    write_notebook(submissions / "ann" / FILE, student(RIGHT))
    write_notebook(submissions / "bob" / FILE, student(RIGHT | {"90-counts": WRONG["90-counts"]}))
    return submissions, to, session.grade_folder(submissions, to, source=course, limits=LIMITS)


def marks(outcome):
    """Return the points of each student."""
    return {submission["student"]: submission["points"] for submission in outcome.gradebook["submissions"]}


def again(course, graded):
    """Grade the same folder again."""
    return session.grade_folder(graded[0], graded[1], source=course, limits=LIMITS)


def test_marks_and_files(graded):
    """Each check gives its points; gradebook, tables and pages are there."""
    _, to, outcome = graded
    assert marks(outcome) == {"ann": 6.0, "bob": 3.0}
    assert outcome.moved == []
    # the master as a whole, ann's three, bob's wrong one (his right ones are the same as hers), and our own beside it
    assert outcome.judged == 1 + 3 + 1 + 1
    written = {path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()}
    assert {
        "gradebook.json",
        "grades.csv",
        "canvas.csv",
        "summary.html",
        "feedback/ann.html",
        "overrides.yml",
    } <= written


def test_grading_again_runs_nothing(course, graded):
    """All verdicts are known, and every file is the same."""
    before = {path: path.read_bytes() for path in graded[1].rglob("*") if path.is_file()}
    outcome = again(course, graded)
    assert (outcome.judged, outcome.moved) == (0, [])
    assert {path: path.read_bytes() for path in before} == before


def test_a_better_answer_moves_its_mark_alone(course, graded):
    """The table says whose mark moved, from what to what, and why; one verdict is new."""
    path = graded[0] / "bob" / FILE
    kept = path.read_bytes()
    write_notebook(path, student(RIGHT | {"90-counts": RIGHT["90-counts"] + "  # mended"}))
    outcome = again(course, graded)
    (move,) = outcome.moved
    assert (move["student"], move["check"], move["before"], move["after"]) == ("bob", "90-counts-check", 0.0, 3.0)
    assert move["why"] == "another answer" and outcome.judged == 1
    assert "bob, 90-counts-check: 0 -> 3, another answer" in session.as_text(outcome, graded[1])
    path.write_bytes(kept)
    again(course, graded)


def test_a_mark_by_hand_survives(course, graded):
    """An override counts, says so in the table, and stays through the next grading; a misspelt name is told."""
    table = graded[1] / "overrides.yml"
    empty = table.read_text()
    table.write_text(
        'bob:\n  90_sums:\n    90-counts-check: {points: 1.5, comment: "Half of it."}\n'
        "bop:\n  90_sums:\n    90-counts-check: {points: 1}\n"
    )
    first, second = again(course, graded), again(course, graded)
    assert marks(first) == marks(second) == {"ann": 6.0, "bob": 4.5}
    assert [move["why"] for move in first.moved] == ["by hand"] and second.moved == []
    assert first.unused == ["bop, 90_sums, 90-counts-check"]
    assert "Half of it." in (graded[1] / "feedback" / "bob.html").read_text()
    table.write_text(empty)
    again(course, graded)


def test_a_changed_check_runs_for_all_and_nothing_else_does(course, graded):
    """A point more and another hidden input in one check: that check is judged again, for master and students."""
    path = course / FILE
    kept = path.read_text()
    nb = nbformat.reads(kept, as_version=4)
    (check,) = [c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "90-min-max-check"]
    check.source = check.source.replace("67003.0", "67004.0")
    check.outputs[0].text = check.outputs[0].text.replace("67003", "67004")
    path.write_text(nbformat.writes(nb))
    outcome = again(course, graded)
    assert (outcome.judged, outcome.moved) == (2, [])  # once for the master, once for the students' equal answers
    path.write_text(kept)
    again(course, graded)


def test_more_time_is_another_chance(course, graded, tmp_path):
    """An answer that was too slow is run again under another limit, and under the same one it is not."""
    sleepy = "def counts(y, k):\n    import time\n    time.sleep(2)\n    return np.bincount(y, minlength=k)"
    write_notebook(tmp_path / "in" / "eve" / FILE, student(RIGHT | {"90-counts": sleepy}))

    def marks_within(seconds):
        limits = Limits(seconds=seconds)
        outcome = session.grade_folder(tmp_path / "in", tmp_path / "out", source=course, limits=limits)
        return marks(outcome)["eve"], outcome.judged

    assert marks_within(3)[0] == 3.0
    assert marks_within(3) == (3.0, 0)
    assert marks_within(60) == (6.0, 1)


def test_nobody_is_graded_by_a_master_that_fails(course, graded, tmp_path):
    """A lesson whose own answer does not give its outputs stops everything, and says which."""
    nb = nbformat.reads((course / FILE).read_text(), as_version=4)
    check = next(c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade"))
    check.outputs[0].text = check.outputs[0].text.replace("48504", "48505")
    (tmp_path / FILE).write_text(nbformat.writes(nb))
    with pytest.raises(GradingError, match=r"no mark was given[\s\S]*90_sums: 90-row-sums-check \(value\)"):
        session.grade_folder(graded[0], tmp_path / "out", source=tmp_path, limits=LIMITS)
    assert not (tmp_path / "out" / "gradebook.json").exists()


def test_nobody_loses_marks_by_a_check_that_needs_another(course, graded, tmp_path):
    """A check that passes only after an earlier one is found when the first student fails it; it says so each time."""
    nb = nbformat.reads((course / FILE).read_text(), as_version=4)
    first, second, _ = [c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade")]
    first.source += "\nnp.random.seed = 'ours'"
    second.source += "\nassert np.random.seed == 'ours'"
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / FILE).write_text(nbformat.writes(nb))

    def grade(answers):
        write_notebook(tmp_path / "in" / "ann" / FILE, student(answers))
        return session.grade_folder(tmp_path / "in", tmp_path / "out", source=tmp_path / "source", limits=LIMITS)

    for _ in range(2):
        with pytest.raises(
            GradingError, match=r"by itself:\n  90_sums: 90-min-max-check .*\nIt passed when all exercises"
        ):
            grade(RIGHT)


def test_a_master_without_values_is_refused(course, graded, tmp_path):
    """A check that was never run compares nothing."""
    nb = nbformat.reads((course / FILE).read_text(), as_version=4)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    (tmp_path / FILE).write_text(nbformat.writes(nb))
    with pytest.raises(GradingError, match="holds no value to compare with"):
        session.grade_folder(graded[0], tmp_path / "out", source=tmp_path, limits=LIMITS)


def test_an_empty_folder_is_refused(course, tmp_path):
    """The error says what is expected."""
    with pytest.raises(GradingError, match=r"holds no notebook of 90_sums. Expected STUDENT/LESSON.ipynb"):
        session.grade_folder(tmp_path, tmp_path / "out", source=course)


def test_the_box_can_be_demanded(course, graded, tmp_path, monkeypatch):
    """Where it does not work, nobody is graded."""
    monkeypatch.setattr(isolation, "isolation", lambda: isolation.Isolation(Level.LIMITS, "of a test"))
    with pytest.raises(GradingError, match="the box does not work here, so nobody was graded"):
        session.grade_folder(graded[0], tmp_path / "out", source=course, isolation=Level.BOX)


def test_scripts_get_json(graded):
    """Points, remarks and what moved, for each submission."""
    found = json.loads(session.as_json(graded[2]))
    assert [(s["student"], s["points"], s["of"]) for s in found["submissions"]] == [
        ("ann", 6.0, 6.0),
        ("bob", 3.0, 6.0),
    ]


def test_a_systems_export_is_told_from_file_to_table(course, tmp_path):
    """Moodle's folders, a roster, our own notebook, names that steer a terminal: what tables and terminal say."""
    folder = tmp_path / "in" / "Class 4b"
    write_notebook(folder / "Ann Lee_4711_assignsubmission_file_" / "My lab (1).ipynb", student(RIGHT))
    (folder / "Bo\x1b[2J_4712_assignsubmission_file_").mkdir()
    (folder / "Bo\x1b[2J_4712_assignsubmission_file_" / FILE).write_text((course / FILE).read_text())
    (folder / "Bo\x1b[2J_4712_assignsubmission_file_" / "no\x07tes.txt").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "roster.csv").write_text("student;name\nal;Lee, Ann\nca;Carl\n")

    def grade():
        return session.grade_folder(tmp_path / "in", tmp_path / "out", source=course, limits=LIMITS)

    outcome = grade()
    assert marks(outcome) == {"al": 6.0, "Bo\ufffd[2J": 0.0}
    assert [bool(entry["look"]) for entry in outcome.gradebook["submissions"]] == [True, False]
    said = session.as_text(outcome, tmp_path / "out")
    assert all(char.isprintable() for char in said.replace("\n", ""))
    assert "Not on the roster: Bo\ufffd[2J" in said and "On the roster, and nothing handed in: ca" in said
    assert (
        "no\ufffdtes.txt: not taken: is no notebook." in said
        and "as only the course's own solved notebook does" in said
    )
    assert '"Participant 4711","Ann Lee"' in (tmp_path / "out" / "moodle_90_sums.csv").read_text().replace(
        "Lee, Ann", "Ann Lee"
    )
    found = json.loads(session.as_json(outcome))
    assert (found["strangers"], found["silent"], len(found["files"])) == (["Bo\ufffd[2J"], ["ca"], 3)
    (tmp_path / "out" / "overrides.yml").write_text('"Bo\ufffd[2J":\n  90_sums:\n    90-counts-check: {points: 2}\n')
    assert marks(grade())["Bo\ufffd[2J"] == 2.0
