"""Grading from folder to folder: the master first, grading again, marks by hand, what is told."""

import json
import os
import re
import shutil
from dataclasses import replace

import nbformat
import pytest

from gradekit import session
from gradekit.book import kept, pages, tables
from gradekit.book.entries import FileEntry, Gradebook
from gradekit.book.moves import Move
from gradekit.book.overrides import OverrideError
from gradekit.keeping import NotWritten
from gradekit.lesson import GradingError
from gradekit.lock import FolderTaken, locked
from gradekit.printable import one_line
from gradekit.roster import RosterError
from gradekit.runs import isolation
from gradekit.runs.limits import Level, Limits
from gradekit.session import Graded, as_json, as_text
from tests.gradekit.sample_gradebook import RESULTS, ROSTER
from tests.gradekit.sample_gradebook import gradebook as sample
from tests.gradekit.submissions import FILE, RIGHT, WRONG, student, write_master, write_notebook

LIMITS = Limits(seconds=10)
PLACE = ("bob", "90_sums", "90-counts-check")


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


@pytest.fixture
def copied(graded, tmp_path):
    """Return a copy of the folder of grades, to be spoilt."""
    return shutil.copytree(graded[1], tmp_path / "copied")


def marks(outcome):
    """Return the points of each student."""
    return {submission.student: submission.points for submission in outcome.gradebook.submissions}


def again(course, graded, to=None, **how):
    """Grade the same folder again."""
    return session.grade_folder(graded[0], to or graded[1], source=course, limits=LIMITS, **how)


def test_no_run_sees_submissions_grades_or_lessons(course, tmp_path, monkeypatch):
    """Wherever they lie: each of the folders is handed to what runs notebooks, to be covered."""

    class Asked(Exception):
        """Enough is known."""

    def runners(limits, level, *, hide, ahead):
        raise Asked(*hide)

    monkeypatch.setattr(session, "Runners", runners)
    write_notebook(tmp_path / "in" / "ann" / FILE, student(RIGHT))
    with pytest.raises(Asked) as asked:
        session.grade_folder(tmp_path / "in", tmp_path / "out", source=course)
    assert set(asked.value.args) == {tmp_path / "in", tmp_path / "out", course}


def test_a_lesson_that_nobody_handed_in_is_not_run(course, tmp_path, monkeypatch):
    """Its own answers cost minutes, and no mark rests on them."""

    class Asked(Exception):
        """Enough is known."""

    def check(lessons, *_):
        raise Asked(*(lesson.name for lesson in lessons))

    monkeypatch.setattr(session, "check_masters", check)
    source = shutil.copytree(course, tmp_path / "source")
    (source / "91_more.ipynb").write_text((source / FILE).read_text().replace('"90-', '"91-'))
    write_notebook(tmp_path / "in" / "ann" / FILE, student(RIGHT))
    with pytest.raises(Asked, match=r"^90_sums$"):
        session.grade_folder(tmp_path / "in", tmp_path / "out", source=source)


def test_a_mark_by_hand_may_name_a_group_or_one_of_it(course, tmp_path, monkeypatch):
    """By the name that the group has here, or the roster's; neither is told to be unknown."""

    class Asked(Exception):
        """Enough is known."""

    def settle(marks, people, *_):
        raise Asked(*sorted(people))

    monkeypatch.setattr(session, "_judge", lambda *_: {})
    monkeypatch.setattr(session, "_settle", settle)
    write_notebook(tmp_path / "in" / "ann & bob" / FILE, student(RIGHT))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "roster.csv").write_text("student\nann\nbob\ncarl\n")
    with pytest.raises(Asked) as asked:
        session.grade_folder(tmp_path / "in", tmp_path / "out", source=course)
    assert len(asked.value.args) == 4 and {"ann", "bob", "carl"} < set(asked.value.args)


def test_the_roster_says_who_somebody_is_before_the_folder_does():
    """Column by column; and who is in one of the two only is there."""
    roster, facts = {"ann": {"moodle": "1"}, "bob": {"id": "7"}}, {"ann": {"moodle": "2", "login": "al"}, "carl": {}}
    assert session._people(roster, facts) == {"ann": {"moodle": "1", "login": "al"}, "bob": {"id": "7"}, "carl": {}}


def test_marks_and_files(graded):
    """Each check gives its points; gradebook, tables and pages are there."""
    _, to, outcome = graded
    assert marks(outcome) == {"ann": 6.0, "bob": 3.0}
    assert outcome.moved == ()
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
    assert not [name for name in written if "partial" in name]


def test_grading_again_runs_nothing(course, graded):
    """All verdicts are known, and every file is the same."""
    before = {path: path.read_bytes() for path in graded[1].rglob("*") if path.is_file()}
    outcome = again(course, graded)
    assert (outcome.judged, outcome.moved, outcome.notes) == (0, (), ())
    assert {path: path.read_bytes() for path in before} == before


def test_a_better_answer_moves_its_mark_alone(course, graded):
    """The table says whose mark moved, from what to what, and why; one verdict is new."""
    path = graded[0] / "bob" / FILE
    before = path.read_bytes()
    write_notebook(path, student(RIGHT | {"90-counts": RIGHT["90-counts"] + "  # mended"}))
    outcome = again(course, graded)
    assert outcome.moved == (Move(*PLACE, 0.0, 3.0, "another answer"),) and outcome.judged == 1
    assert "bob, 90-counts-check: 0 -> 3, another answer" in session.as_text(outcome, graded[1])
    path.write_bytes(before)
    again(course, graded)


def test_a_mark_by_hand_survives(course, graded, copied):
    """An override counts, says so in the table, and stays through the next grading; a misspelt name is told."""
    (copied / "overrides.yml").write_text(
        'bob:\n  90_sums:\n    90-counts-check: {points: 1.5, comment: "Half of it."}\n'
        "bop:\n  90_sums:\n    90-counts-check: {points: 1}\n"
    )
    first, second = again(course, graded, copied), again(course, graded, copied)
    assert marks(first) == marks(second) == {"ann": 6.0, "bob": 4.5}
    assert [move.why for move in first.moved] == ["by hand"] and second.moved == ()
    assert [told.split(": ")[0] for told in first.unused] == ["bop, 90_sums, 90-counts-check"]
    assert 'did you mean "bob"?' in as_text(first, copied)
    assert "Half of it." in (copied / "feedback" / "bob.html").read_text()


def test_a_mark_by_hand_needs_a_roster_or_a_submission(course, graded, copied):
    """Someone of the roster who handed in nothing gets it everywhere; a lesson that is not graded now is no mistake."""
    (copied / "overrides.yml").write_text("zoe: {90_sums: {90-counts-check: {points: 2}}}\n")
    assert "zoe, 90_sums, 90-counts-check: no student" in again(course, graded, copied).unused[0]
    (copied / "roster.csv").write_text("student,name\nzoe,Zoë\nann,Ann\nbob,Bob\nnil,Nil\n")
    outcome = again(course, graded, copied)
    assert marks(outcome) == {"ann": 6.0, "bob": 3.0, "zoe": 2.0} and outcome.unused == ()
    assert outcome.gradebook.absent == ("nil", "zoe") and outcome.gradebook.strangers == ()
    assert '"zoe","Zoë",2,2,6,' in (copied / "grades.csv").read_text()
    assert "On the roster, handed in nothing (2):\n  Nil (nil)\n  Zoë (zoe)" in as_text(outcome, copied)


def test_an_override_for_another_lesson_is_left_alone(course, graded, copied, tmp_path):
    """Where one lesson of two is asked for."""
    source = shutil.copytree(course, tmp_path / "source")
    nb = nbformat.reads((source / FILE).read_text(), as_version=4)
    (source / "91_more.ipynb").write_text(nbformat.writes(nb))
    (copied / "overrides.yml").write_text("bob: {91_more: {c: {points: 2}}, 92_none: {c: {points: 2}}}\n")
    outcome = session.grade_folder(graded[0], copied, source=source, lessons=["90"], limits=LIMITS)
    assert [told.split(": ")[0] for told in outcome.unused] == ["bob, 92_none, c"]


def test_grading_one_lesson_leaves_the_marks_of_the_others(course, graded, copied, tmp_path):
    """Nobody is told to have handed in nothing in a lesson that was not asked for; asked for all, they are gone."""
    source = shutil.copytree(course, tmp_path / "source")
    shutil.copy(source / FILE, source / "91_more.ipynb")
    write_notebook(tmp_path / "in" / "ann" / "91_more.ipynb", student(RIGHT))
    how = {"source": source, "limits": LIMITS}
    outcome = session.grade_folder(tmp_path / "in", copied, lessons=["91"], **how)
    found = {(one.student, one.lesson): one.points for one in outcome.gradebook.submissions}
    assert found == {("ann", "90_sums"): 6.0, ("ann", "91_more"): 6.0, ("bob", "90_sums"): 3.0}
    assert {(move.lesson, move.why) for move in outcome.moved} == {("91_more", "new")}
    outcome = session.grade_folder(tmp_path / "in", copied, **how)
    assert {(move.lesson, move.why) for move in outcome.moved} == {("90_sums", "no longer handed in")}
    (source / "91_more.ipynb").rename(source / "92_other.ipynb")  # a lesson that the course no longer has
    write_notebook(tmp_path / "in" / "ann" / FILE, student(RIGHT))
    outcome = session.grade_folder(tmp_path / "in", copied, **how)
    assert {move.lesson for move in outcome.moved if move.why == "no longer handed in"} == {"91_more"}


def test_more_than_all_points_are_refused_before_anything_is_graded(course, graded, tmp_path):
    """Unless the entry says that it is meant."""
    to = tmp_path / "out"
    to.mkdir()
    (to / "overrides.yml").write_text("bob: {90_sums: {90-counts-check: {points: 40}}}\n")
    with pytest.raises(OverrideError, match="40 points for a check that is worth 3"):
        again(course, graded, to)
    assert sorted(path.name for path in to.iterdir()) == [".grading.lock", "overrides.yml"]
    shutil.copy(graded[1] / "verdicts.jsonl", to)  # what is known needs no run
    (to / "overrides.yml").write_text("bob: {90_sums: {90-counts-check: {points: 40, bonus: true}}}\n")
    assert marks(again(course, graded, to))["bob"] == 43.0


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("overrides.yml", "<<<<<<< HEAD\nann: {}\n", OverrideError),
        ("overrides.yml", "ann: [", OverrideError),
        ("roster.csv", "student\nann\n>>>>>>> theirs\n", RosterError),
        ("roster.csv", "name\nAnn\n", RosterError),
    ],
)
def test_what_was_written_by_hand_is_read_before_anything_is_graded(course, graded, tmp_path, name, text, error):
    """It cannot be made again, so a fault in it stops grading, and the file stays as it is."""
    (tmp_path / name).write_text(text)
    with pytest.raises(error):
        again(course, graded, tmp_path)
    assert (tmp_path / name).read_text() == text
    assert not (tmp_path / "verdicts.jsonl").exists() and not (tmp_path / "grades.csv").exists()


def test_what_was_made_by_us_is_set_aside(course, graded, copied):
    """An empty gradebook and damaged verdicts are told, kept and made again; marks by hand count."""
    (copied / "overrides.yml").write_text("bob: {90_sums: {90-counts-check: {points: 1}}}\n")
    (copied / "gradebook.json").write_bytes(b"")
    with (copied / "verdicts.jsonl").open("ab") as file:
        file.write(b"\x00\x00\x00\n")
    outcome = again(course, graded, copied)
    assert marks(outcome) == {"ann": 6.0, "bob": 4.0} and outcome.judged == 0 and outcome.moved == ()
    assert [note.split(" ")[0].strip(":") for note in outcome.notes] == ["verdicts.jsonl", "gradebook.json"]
    assert as_text(outcome, copied).count("\nNote: ") == 2
    assert len(list(copied.glob("*.unreadable-*"))) == 2
    assert again(course, graded, copied).notes == ()


class Killed(BaseException):
    """What ends a grader in these tests: nothing may catch it."""


def killed_at(monkeypatch, moment):
    """End the grader at the given one of the moments in which a file is moved into place, before or after it."""
    count, move = [0], os.replace

    def replace_or_end(source, target):
        count[0] += 1
        if 2 * count[0] - 1 == moment:
            raise Killed
        move(source, target)
        if 2 * count[0] == moment:
            raise Killed

    monkeypatch.setattr("pathlib.Path.replace", lambda self, target: replace_or_end(self, target))


def test_a_move_is_told_whenever_the_run_before_was_ended(course, graded, copied, tmp_path, monkeypatch):
    """Ended before and after each file that is written, and while it is told: the next run tells it."""
    (copied / "overrides.yml").write_text("bob: {90_sums: {90-counts-check: {points: 1}}}\n")
    expected, moment = (Move(*PLACE, 0.0, 1.0, "by hand"),), 0
    while True:
        moment += 1
        to, told = shutil.copytree(copied, tmp_path / str(moment)), []
        with monkeypatch.context() as patch:
            killed_at(patch, moment)
            try:
                again(course, graded, to, tell=lambda graded, told=told: told.append(graded.moved))
            except Killed:
                pass
            else:
                break
        assert told in ([], [expected])
        second = again(course, graded, to)
        assert second.moved == expected or told == [expected]
        assert second.moved == (() if kept.load(to)[0] == kept.load(copied)[0] else second.moved)
        assert again(course, graded, to).moved == ()
    assert moment > 2 * 6  # grades, canvas, moodle, gradescope, feedback, summary, gradebook


@pytest.mark.parametrize("broken", ["write_tables", "write_pages", "tell"])
def test_a_move_is_told_again_if_anything_failed_before_it_was_told(course, graded, copied, monkeypatch, broken):
    """Tables, pages, or the terminal: `coursekit grade ... | head` closes it."""
    (copied / "overrides.yml").write_text("bob: {90_sums: {90-counts-check: {points: 1}}}\n")

    def fail(*args, **how):
        raise BrokenPipeError

    with monkeypatch.context() as patch, pytest.raises(BrokenPipeError):
        patch.setattr(tables if broken == "write_tables" else pages, broken, fail, raising=False)
        again(course, graded, copied, tell=fail)
    assert [move.after for move in again(course, graded, copied).moved] == [1.0]


def test_a_file_that_cannot_be_written_is_told_and_the_old_ones_stand(course, graded, copied, monkeypatch):
    """A disk that is full: the gradebook is the last one that was told."""
    (copied / "overrides.yml").write_text("bob: {90_sums: {90-counts-check: {points: 1}}}\n")
    before = (copied / "grades.csv").read_bytes()

    def full(number):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(NotWritten, match=r"grades.csv could not be written: the disk"):
        patch.setattr(os, "fsync", full)
        again(course, graded, copied)
    assert (copied / "grades.csv").read_bytes() == before
    assert [move.after for move in again(course, graded, copied).moved] == [1.0]


def test_two_graders_never_share_a_folder(course, graded, copied):
    """The second does nothing but say so."""
    before = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file() and path.name != ".grading.lock"}
    with locked(copied), pytest.raises(FolderTaken, match=f"process {os.getpid()} on "):
        again(course, graded, copied)
    assert {path: path.read_bytes() for path in before} == before


def test_a_changed_check_runs_for_all_and_nothing_else_does(course, graded):
    """A point more and another hidden input in one check: that check is judged again, for master and students."""
    path = course / FILE
    before = path.read_text()
    nb = nbformat.reads(before, as_version=4)
    (check,) = [c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "90-min-max-check"]
    check.source = check.source.replace("67003.0", "67004.0")
    check.outputs[0].text = check.outputs[0].text.replace("67003", "67004")
    path.write_text(nbformat.writes(nb))
    outcome = again(course, graded)
    assert (outcome.judged, outcome.moved) == (2, ())  # once for the master, once for the students' equal answers
    path.write_text(before)
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
    assert [file["what"] for file in found["files"]] == ["taken", "taken"]


HOSTILE = "e\x1b]0;owned\x07\x9b31m\u202evil\nname"


def spoilt():
    """Return an outcome in which every text that comes from outside holds escape codes."""
    book = sample()
    works = tuple(
        replace(one, student=HOSTILE + one.student, unreadable=HOSTILE, remarks=(HOSTILE,)) for one in book.submissions
    )
    files = tuple(replace(file, path=HOSTILE, why=HOSTILE) for file in book.files)
    book = replace(book, submissions=works, files=files, absent=(HOSTILE,), strangers=(HOSTILE,))
    moves = (Move(HOSTILE, HOSTILE, HOSTILE, None, 1.0, HOSTILE),)
    return Graded(book, moves, (HOSTILE,), 1, (HOSTILE,), ROSTER | {HOSTILE: {"name": HOSTILE}})


STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("say", [lambda graded: as_text(graded, HOSTILE), as_json])
def test_nothing_steers_a_terminal(say):
    """Names, files, remarks, moves, overrides, notes, the roster: all of them go through one function."""
    assert not STEERS.search(say(spoilt()))


def test_no_name_breaks_a_line():
    """One line for each note, person, file, move and mark by hand, whatever is in it."""
    lines = as_text(spoilt(), "out").splitlines()
    single = sum(one.startswith(("Note: ", "  ")) for one in lines)
    people = sum(" 05_mnist_lab  " in one for one in lines) + sum(" -  " in one for one in lines)
    assert (single, people) == (1 + 1 + 1 + 1 + 1 + 1, len(RESULTS) + 1)


def test_everyone_who_handed_in_has_a_line():
    """Also by a file that was not graded; then who is missing, who is unknown, and what belongs to nobody."""
    text = as_text(Graded(sample(), (), (), 1, (), ROSTER), "out")
    lines = text.splitlines()
    for name in RESULTS:
        assert [line.startswith(one_line(name)) and " of 4" in line for line in lines].count(True) == 1, name
    [dan] = [line for line in lines if line.startswith("dan ")]
    assert dan.endswith("not on the roster; dan/my \ufffd[31mlab.docx: not taken: it is no notebook")
    assert "On the roster, handed in nothing (1):\n  Nil Absent (nil)" in text
    assert "Handed in, not on the roster (11):\n  ../../etc/passwd\n" in text
    assert "Files that were not graded:\n  plan.pdf: not taken\n" in text


def test_files_of_nobody_are_told_in_short():
    """Those with a reason first, and how many more; a project folder would fill the terminal."""
    plain = tuple(FileEntry(f"{i:02}.py", why="is no notebook.") for i in range(60))
    book = Gradebook("boxed", files=(*plain, FileEntry("z.zip", what="refused", why="is too large.")))
    lines = (
        as_text(Graded(book, (), (), 0), "out").split("Files that were not graded:\n")[1].split("\n\n")[0].split("\n")
    )
    assert (len(lines), lines[0], lines[1]) == (
        41,
        "  z.zip: refused: is too large.",
        "  00.py: not taken: is no notebook.",
    )
    assert lines[-1] == "  and 21 more: gradebook.json has all"


def test_an_empty_class_is_told():
    """So that a report never fails."""
    text = as_text(Graded(Gradebook("boxed"), (), (), 0), "out")
    assert text.startswith("boxed\n0 submissions; 0 new verdicts\n\nWritten to out")


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
    assert [bool(entry.look) for entry in outcome.gradebook.submissions] == [True, False]
    said = session.as_text(outcome, tmp_path / "out")
    assert all(char.isprintable() for char in said.replace("\n", ""))
    assert "Handed in, not on the roster (1):\n  Bo\ufffd[2J" in said
    assert (
        "no\ufffdtes.txt: not taken: is no notebook." in said
        and "as only the course's own solved notebook does" in said
    )
    assert '"Participant 4711","Ann Lee"' in (tmp_path / "out" / "moodle_90_sums.csv").read_text().replace(
        "Lee, Ann", "Ann Lee"
    )
    found = json.loads(session.as_json(outcome))
    assert (found["strangers"], found["absent"], len(found["files"])) == (["Bo\ufffd[2J"], ["ca"], 3)
    (tmp_path / "out" / "overrides.yml").write_text('"Bo\ufffd[2J":\n  90_sums:\n    90-counts-check: {points: 2}\n')
    assert marks(grade())["Bo\ufffd[2J"] == 2.0
