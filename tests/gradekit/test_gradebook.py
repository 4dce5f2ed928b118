"""The gradebook: points, less what broken rules cost, unless the instructor's own word stands; and what has changed."""

import json
from dataclasses import replace

import pytest
from nbformat.v4 import new_markdown_cell

from gradekit.book import gradebook, kept
from gradekit.book.entries import FileEntry, Gradebook, Override, Task
from gradekit.book.moves import changes
from gradekit.lesson import prepare
from gradekit.source.costs import cost
from gradekit.store import Store
from gradekit.submission.answers import Submission
from gradekit.submission.folder import Work
from gradekit.verdict import Verdict
from tests.gradekit.sample_gradebook import changed
from tests.gradekit.sample_gradebook import gradebook as sample
from tests.gradekit.two_exercises import LIKELY, NAME, RATE, lesson

LESSON = prepare(NAME, lesson())
ANSWERS = {"90-most-likely": LIKELY, "90-decayed-rate": RATE}
LOOPED = "def most_likely(Z):\n    return [z.argmax() for z in Z]"
CHEATED = "from coursekit.optim import step_decay\ndecayed_rate = step_decay"
FIRST, SECOND = "90-most-likely-check", "90-decayed-rate-check"


@pytest.fixture
def build(tmp_path):
    """Return what builds a gradebook of one student."""
    store = Store(tmp_path / "verdicts.jsonl")

    def built(
        answers=ANSWERS,
        overrides=None,
        right=(FIRST, SECOND),
        unreadable="",
        isolation="a line",
        key="k",
        more=None,
        **how,
    ):
        work = Work("ann", LESSON, tmp_path, f"ann/{NAME}.ipynb", Submission(answers, ["a remark"]), unreadable)
        keys = {name: f"{key}-{name}-{name in right}" for name in (FIRST, SECOND)}
        for name, place in keys.items():
            kind = "right" if name in right else "hint"
            fields = {"kind": kind, "seconds": 1.5, "memory": 2**20} | (more or {})
            store.add({place: Verdict(name in right, **fields)})
        known = {} if unreadable else {("ann", NAME): keys}
        return gradebook.build([work], known, store, isolation=isolation, overrides=overrides, **how)

    return built


def checks_of(book):
    """Return the two checks of the first submission."""
    return book.submissions[0].checks


def marks(book):
    """Return the points of the two checks."""
    return [check.points for check in checks_of(book)]


def with_check(book, place, **values):
    """Return a gradebook with other values in a check of its first submission."""
    checks = list(checks_of(book))
    checks[place] = replace(checks[place], **values)
    return changed(book, 0, checks=tuple(checks))


def test_a_right_answer_gets_its_points(build):
    """Sums, what was found on the way, and all that the reports need."""
    book = build()
    (submission,) = book.submissions
    assert (submission.points, submission.of, submission.unreadable) == (3.0, 3.0, "")
    assert (submission.student, submission.lesson, submission.file) == ("ann", NAME, f"ann/{NAME}.ipynb")
    assert submission.remarks == ("a remark",)
    first = submission.checks[0]
    assert first.answers == {"90-most-likely": LIKELY}
    assert (first.kind, first.seconds, first.memory, first.breaches) == ("right", 1.5, 2**20, ())
    (entry,) = book.lessons
    assert entry.title == "Which class wins, and how fast?"
    assert entry.checks == (Task(FIRST, 2.0), Task(SECOND, 1.0, "Exercise 2", entry.checks[1].text))
    assert entry.stubs == LESSON.stubs


def test_exercises_are_called_as_the_lesson_calls_them():
    """By the nearest heading above since the check before, without its points and marks; none gives none."""
    nb = lesson()
    nb.cells[0].source = "# A lesson\n\n## Exercise 1: `most_likely` (2 points) ##\n\n```\n# a comment\n```\ntext"
    assert {name: title for name, (title, _) in gradebook._asked(nb).items()} == {
        FIRST: "Exercise 1: most_likely",
        SECOND: "Exercise 2",
    }
    nb.cells[6].source = "no heading"
    assert gradebook._asked(nb)[SECOND] == ("", "")


def test_what_an_exercise_asks_for_stands_below_its_heading():
    """Up to the answer, from several cells, code and all; nothing from above the heading."""
    nb = lesson()
    nb.cells[0].source = "# A lesson\nlong\n\n## Exercise 1: f (2 points)\n\nWrite `f`:\n\n```\n## no heading\n```"
    nb.cells.insert(1, new_markdown_cell("It must be quick."))
    assert gradebook._asked(nb)[FIRST][1] == "Write `f`:\n\n```\n## no heading\n```\n\nIt must be quick."


def test_the_first_line_says_how_runs_were_contained(build):
    """What the platform could not enforce heads every report."""
    assert build(isolation="limits only").isolation == "limits only"


def test_a_wrong_answer_gets_none(build):
    """Each exercise by itself."""
    assert marks(build(right=[SECOND])) == [0.0, 1.0]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("most_likely raised ZeroDivisionError: division by zero\nIt was called with (Z).", "error"),
        ("most_likely: the sum raised to 2 is wrong", "hint"),
        ("the rate is raised twice", "hint"),
    ],
)
def test_an_answer_that_raised_is_called_that(build, told, kind):
    """Also where the visible check caught it."""
    book = build(right=[], more={"told": told})
    assert [check.kind for check in checks_of(book)] == [kind] * 2


def test_company_and_name_of_a_verdict_travel_on(build):
    """What an answer was judged beside, and the key that finds the verdict."""
    book = build(more={"beside": ("90-most-likely",)})
    assert checks_of(book)[1].beside == ("90-most-likely",)
    assert checks_of(book)[1].key == f"k-{SECOND}-True"


def test_an_unreadable_file_has_no_result(build):
    """Its checks are there, with no points and no result."""
    book = build(answers={}, unreadable="is a folder")
    assert marks(book) == [0.0, 0.0]
    assert [check.kind for check in checks_of(book)] == ["missing", "missing"]
    assert book.submissions[0].of == 3.0


def test_broken_rules_cost_their_share(build):
    """A loop half of the points, the reference all of them; each with line and reason."""
    book = build(answers={"90-most-likely": LOOPED, "90-decayed-rate": CHEATED})
    assert marks(book) == [1.0, 0.0]
    loop, *_ = checks_of(book)[0].breaches
    text = "    return [z.argmax() for z in Z]"
    assert (loop.answer, loop.line, loop.text, loop.cost) == ("90-most-likely", 2, text, 0.5)


def test_a_rule_broken_twice_costs_once(build):
    """Two loops are one rule."""
    twice = LOOPED + "\nmost_likely = lambda Z: [z.argmax() for z in Z if [0 for z in Z]]"
    book = build(answers=ANSWERS | {"90-most-likely": twice})
    assert len(checks_of(book)[0].breaches) == 2
    assert marks(book) == [1.0, 1.0]


def test_rules_never_cost_more_than_all(build):
    """Nor does the cheaper of two breaches of one rule hide the other, whichever comes first."""
    book = build(answers={"90-most-likely": LOOPED, "90-decayed-rate": CHEATED})
    loop = checks_of(book)[0].breaches[0]
    free = replace(loop, cost=0.0)
    assert cost([loop, free]) == cost([free, loop]) == 0.5
    assert cost([loop, replace(loop, why="x", cost=0.7)]) == 1.0


def test_a_wrong_answer_cannot_go_below_nothing(build):
    """Nor does a broken rule cost what was not earned."""
    assert marks(build(answers=ANSWERS | {"90-most-likely": LOOPED}, right=[])) == [0.0, 0.0]


def test_a_mark_by_hand_counts_whatever_was_found(build):
    """Also 0, also more than the check is worth; a comment alone leaves the points."""
    by_hand = {("ann", NAME, FIRST): Override(5.0, "extra", bonus=True), ("ann", NAME, SECOND): Override(0.0)}
    book = build(overrides=by_hand, right=[SECOND])
    assert marks(book) == [5.0, 0.0]
    assert book.submissions[0].points == 5.0
    assert checks_of(book)[0].override == Override(5.0, "extra", bonus=True)
    assert marks(build(overrides={("ann", NAME, FIRST): Override(comment="See me.")})) == [2.0, 1.0]


def test_a_mark_by_hand_needs_no_submission(build):
    """Someone of the roster who handed in nothing gets it, in a lesson that nobody handed in as well."""
    other = prepare("91_other", lesson())
    marks_by_hand = {("zoe", NAME, FIRST): Override(1.5), ("ann", "91_other", SECOND): Override(1.0)}
    book = build(overrides=marks_by_hand, lessons=[LESSON, other], handed=Gradebook(absent=("zoe",)))
    found = {(one.student, one.lesson): one for one in book.submissions}
    assert list(found) == [("ann", NAME), ("ann", "91_other"), ("zoe", NAME)]
    zoe = found["zoe", NAME]
    assert ([check.points for check in zoe.checks], zoe.of, zoe.file) == ([1.5, 0.0], 3.0, "")
    assert zoe.remarks == (gradebook.BY_HAND,)
    assert [entry.name for entry in book.lessons] == [NAME, "91_other"]
    assert book.absent == ("zoe",)
    assert [entry.name for entry in build(lessons=[LESSON, other]).lessons] == [NAME]


def test_lessons_that_are_not_graded_now_stay(build):
    """With their marks and their people; a lesson that is graded now has its new marks alone."""
    book, earlier = build(), sample()
    later = build(lessons=[LESSON], earlier=replace(earlier, submissions=(*earlier.submissions, *book.submissions)))
    assert later.submissions == tuple(sorted((*earlier.submissions, *book.submissions), key=lambda one: one.student))
    assert [entry.name for entry in later.lessons] == ["05_mnist_lab", NAME]
    assert build(handed=Gradebook(absent=("cem", "nil")), earlier=earlier).absent == ("nil",)
    gone = build(right=[], lessons=[LESSON], earlier=book)
    assert gone.submissions[0].points == 0.0 and len(gone.submissions) == 1


def test_a_file_that_was_not_graded_is_said_of_its_sender(build):
    """Who sent nothing else is there too; what was taken or looked into is no news."""
    kinds = ["taken", "looked into", "left out", "not taken", "another counts", "refused"]
    files = tuple(FileEntry(f"bob/{i}", "bob", kind, "why") for i, kind in enumerate(kinds))
    book = build(handed=Gradebook(files=(*files, FileEntry("stray.pdf")), absent=("cem",)))
    assert list(book.everyone) == ["ann", "bob", "cem"] and book.everyone["bob"] == {}
    assert book.said_of("bob") == ["bob/3: not taken: why", "bob/4: another counts: why", "bob/5: refused: why"]
    assert str(FileEntry("stray.pdf")) == "stray.pdf: not taken"


def test_a_folder_of_files_is_told_in_short():
    """The first ten, and how many more."""
    files = tuple(FileEntry(str(i), "ann") for i in range(12))
    said = Gradebook(files=files).said_of("ann")
    assert (len(said), said[0], said[-1]) == (11, "0: not taken", "and 2 more files that were not graded")


def test_a_group_is_each_of_its_members(build):
    """A mark by hand for one of them is that one's alone."""
    handed = Gradebook(groups={"ann": ("dora", "eve")}, strangers=("ann",))
    book = build(handed=handed, overrides={("eve", NAME, SECOND): Override(0.25)}, lessons=[LESSON])
    assert {person: works[NAME].points for person, works in book.everyone.items()} == {"dora": 3.0, "eve": 2.25}
    eve = book.everyone["eve"][NAME]
    assert (eve.student, eve.checks[0].answers) == ("eve", {"90-most-likely": LIKELY})
    assert book.everyone["dora"][NAME].student == "ann"
    assert book.said_of("dora") == ["not on the roster"]


def test_what_must_be_looked_at_is_said(build):
    """To the instructor, in the words of whoever read the submission."""
    book = changed(build(), 0, look="holds our own solution")
    assert book.said_of("ann") == [f"look at {NAME}: holds our own solution"]


def moved(before, after):
    """Return what changed in short."""
    return [(move.check, move.before, move.after, move.why) for move in changes(before, after)]


def test_what_moved_says_from_what_to_what_and_why(build):
    """The first that holds: by hand, another worth, another answer, other rules, another check."""
    base = build()
    assert moved(base, build()) == []
    assert moved(base, build(right=[SECOND], key="new")) == [
        (FIRST, 2.0, 0.0, "the check or the environment changed"),
    ]
    assert moved(base, build(answers=ANSWERS | {"90-decayed-rate": "x"}, right=[FIRST])) == [
        (SECOND, 1.0, 0.0, "another answer")
    ]
    by_hand = build(overrides={("ann", NAME, SECOND): Override(0.5)})
    assert moved(base, by_hand) == [(SECOND, 1.0, 0.5, "by hand")]
    assert moved(by_hand, base) == [(SECOND, 0.5, 1.0, "by hand")]
    looped = build(answers=ANSWERS | {"90-most-likely": LOOPED})
    spared = with_check(looped, 0, points=2.0, breaches=())
    assert moved(looped, spared) == [(FIRST, 1.0, 2.0, "other rules")]
    dearer = with_check(base, 0, points=4.0, of=4.0)
    assert moved(base, dearer) == [(FIRST, 2.0, 4.0, "the check is worth something else")]
    assert moved(base, with_check(base, 0, points=0.0)) == [(FIRST, 2.0, 0.0, "graded again")]


def test_who_comes_and_who_goes_is_told():
    """A submission that is new or gone, in the order of students, lessons and checks."""
    book = sample()
    fewer = replace(book, submissions=tuple(one for one in book.submissions if one.student != "bob"))
    assert [(move.student, move.before, move.why) for move in changes(fewer, book)] == [("bob", None, "new")] * 2
    assert [(move.after, move.why) for move in changes(book, fewer)] == [(None, "no longer handed in")] * 2
    places = [(move.student, move.lesson, move.check) for move in changes(Gradebook(), book)]
    assert places == sorted(places)
    assert len(places) == 2 * len(book.submissions)


def test_what_is_saved_is_loaded_and_moves_nothing(build, tmp_path):
    """The file is the same byte for byte although a run took another time, and all but that comes back."""
    by_hand = {("ann", NAME, FIRST): Override(1.25, "half \ud83d an emoji")}
    book = build(
        answers=ANSWERS | {"90-most-likely": LOOPED},
        overrides=by_hand,
        handed=Gradebook(files=(FileEntry("\udcff"),), groups={"g": ("a", "b")}),
    )
    kept.save(book, tmp_path)
    content = (tmp_path / kept.NAME).read_bytes()
    loaded, notes = kept.load(tmp_path)
    timeless = with_check(with_check(book, 0, seconds=0.0, memory=0.0), 1, seconds=0.0, memory=0.0)
    assert (loaded, notes) == (timeless, [])
    assert changes(loaded, book) == ()
    kept.save(with_check(book, 0, seconds=99.0, memory=1.0), tmp_path)
    assert (tmp_path / kept.NAME).read_bytes() == content
    assert json.loads(content)["isolation"] == "a line"
    assert json.loads(content)["format"] == kept.FORMAT


def test_a_gradebook_of_the_first_format_is_read(build, tmp_path):
    """It had no number and no title, its sums beside the checks, and overrides without a bonus."""
    book = build(answers=ANSWERS | {"90-most-likely": LOOPED}, overrides={("ann", NAME, SECOND): Override(0.5, "So.")})
    table = json.loads(kept.to_json(book))
    for name in ("format", "files", "absent", "strangers", "groups"):
        del table[name]
    for task in table["lessons"][0]["checks"]:
        del task["title"]
    (submission,) = table["submissions"]
    submission |= {"points": 1.5, "of": 3.0}
    del submission["look"]
    for check in submission["checks"]:
        del check["title"], check["beside"]
    submission["checks"][1]["override"] = {"points": 0.5, "comment": "So."}
    (tmp_path / kept.NAME).write_text(json.dumps(table))
    loaded, notes = kept.load(tmp_path)
    assert notes == [] and changes(loaded, book) == ()
    assert loaded.submissions[0].points == 1.5


def test_there_may_be_no_gradebook_yet(tmp_path):
    """The first grading compares with nothing."""
    assert kept.load(tmp_path) == (Gradebook(), [])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"{", "Expecting property name"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "expected dict, got '[]'"),
        (b"{}", "holds no submissions"),
        (b"\xff\xfe{}", "not UTF-8 text (byte 0)"),
        (b'{"format": 3, "submissions": []}', "format 3, and this version of coursekit reads 1 to 2"),
        (b'{"submissions": [7]}', "submissions[0]: expected dict, got '7'"),
        (b'{"submissions": [{"student": "ann"}]}', "missing 1 required positional argument: 'lesson'"),
        (b'{"submissions": [{"student": 4711, "lesson": "x"}]}', "submissions[0].student: expected str, got '4711'"),
        (
            b'{"submissions": [{"student": "a", "lesson": "x", "checks": '
            b'[{"name": "c", "points": "3", "of": 1, "kind": "right"}]}]}',
            "checks[0].points: expected float, got '3'",
        ),
        (
            b'{"submissions": [{"student": "a", "lesson": "x", "checks": '
            b'[{"name": "c", "points": NaN, "of": 1, "kind": "right"}]}]}',
            "checks[0].points: expected float, got 'nan'",
        ),
        (b'{\n<<<<<<< HEAD\n"submissions": []}', "line 2 is a mark of git's"),
    ],
)
def test_a_gradebook_that_cannot_be_read_is_set_aside(tmp_path, content, why):
    """It is named with its reason, kept under another name, and grading goes on."""
    (tmp_path / kept.NAME).write_bytes(content)
    book, (note,) = kept.load(tmp_path)
    assert book == Gradebook()
    (aside,) = tmp_path.iterdir()
    assert aside.name.startswith("gradebook.json.unreadable-2") and aside.read_bytes() == content
    assert note.startswith("gradebook.json could not be read (") and why in note and aside.name in note
    assert kept.load(tmp_path) == (Gradebook(), [])


def test_two_are_set_aside_within_a_second(tmp_path):
    """Under names of their own."""
    for content in (b"{", b"["):
        (tmp_path / kept.NAME).write_bytes(content)
        kept.load(tmp_path)
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"[", b"{"]


def test_a_folder_in_the_place_of_the_gradebook_is_set_aside(tmp_path):
    """What cannot even be opened is no reason to stop."""
    (tmp_path / kept.NAME).mkdir()
    _, (note,) = kept.load(tmp_path)
    assert "is a directory" in note
