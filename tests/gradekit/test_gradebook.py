"""The gradebook: points, less what broken rules cost, unless the instructor's own word stands; and what has changed."""

import copy
import json

import pytest

from gradekit.book import gradebook
from gradekit.book.gradebook import OVERRIDES, OverrideError, changes, read_overrides, unused
from gradekit.lesson import prepare
from gradekit.store import Store
from gradekit.submission.answers import Submission
from gradekit.submission.folder import Work
from gradekit.verdict import Verdict
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

    def built(answers=ANSWERS, overrides=None, right=(FIRST, SECOND), unreadable="", isolation="a line", key="k"):
        work = Work("ann", LESSON, tmp_path, f"ann/{NAME}.ipynb", Submission(answers, ["a remark"]), unreadable)
        keys = {name: f"{key}-{name}-{name in right}" for name in (FIRST, SECOND)}
        for name, place in keys.items():
            kind = "right" if name in right else "hint"
            store.add({place: Verdict(name in right, kind, seconds=1.5, memory=2**20)})
        known = {} if unreadable else {("ann", NAME): keys}
        return gradebook.build([work], known, store, isolation=isolation, overrides=overrides)

    return built


def checks_of(book):
    """Return the two checks of the only submission."""
    return book["submissions"][0]["checks"]


def marks(book):
    """Return the points of the two checks."""
    return [check["points"] for check in checks_of(book)]


def test_a_right_answer_gets_its_points(build):
    """Sums, what was found on the way, and all that the reports need."""
    book = build()
    (submission,) = book["submissions"]
    assert (submission["points"], submission["of"], submission["unreadable"]) == (3.0, 3.0, "")
    assert (submission["student"], submission["lesson"], submission["file"]) == ("ann", NAME, f"ann/{NAME}.ipynb")
    assert submission["remarks"] == ["a remark"]
    first = submission["checks"][0]
    assert first["answers"] == {"90-most-likely": LIKELY}
    assert (first["kind"], first["seconds"], first["memory"], first["breaches"]) == ("right", 1.5, 2**20, [])
    assert book["lessons"][0]["title"] == "Which class wins, and how fast?"
    assert book["lessons"][0]["checks"] == [{"name": FIRST, "points": 2.0}, {"name": SECOND, "points": 1.0}]
    assert book["lessons"][0]["stubs"] == prepare(NAME, lesson()).stubs


def test_the_first_line_says_how_runs_were_contained(build):
    """What the platform could not enforce heads every report."""
    assert build(isolation="limits only")["isolation"] == "limits only"


def test_a_wrong_answer_gets_none(build):
    """Each exercise by itself."""
    assert marks(build(right=[SECOND])) == [0.0, 1.0]


def test_an_unreadable_file_has_no_result(build):
    """Its checks are there, with no points and no result."""
    book = build(answers={}, unreadable="is a folder")
    assert marks(book) == [0.0, 0.0]
    assert [check["kind"] for check in checks_of(book)] == ["missing", "missing"]
    assert book["submissions"][0]["of"] == 3.0


def test_broken_rules_cost_their_share(build):
    """A loop half of the points, the reference all of them; each with line and reason."""
    book = build(answers={"90-most-likely": LOOPED, "90-decayed-rate": CHEATED})
    assert marks(book) == [1.0, 0.0]
    loop, *_ = checks_of(book)[0]["breaches"]
    text = "    return [z.argmax() for z in Z]"
    edit = "Let one product, or one sum over an axis, do all rows at once."
    told = {"line": 2, "text": text, "why": "holds a loop", "cost": 0.5, "edit": edit, "answer": "90-most-likely"}
    assert loop == told


def test_a_rule_broken_twice_costs_once(build):
    """Two loops are one rule."""
    twice = LOOPED + "\nmost_likely = lambda Z: [z.argmax() for z in Z if [0 for z in Z]]"
    book = build(answers=ANSWERS | {"90-most-likely": twice})
    assert len(checks_of(book)[0]["breaches"]) == 2
    assert marks(book) == [1.0, 1.0]


def test_a_wrong_answer_cannot_go_below_nothing(build):
    """Nor does a broken rule cost what was not earned."""
    assert marks(build(answers=ANSWERS | {"90-most-likely": LOOPED}, right=[])) == [0.0, 0.0]


def test_a_mark_by_hand_counts_whatever_was_found(build):
    """Also 0, also more than the check is worth; a comment alone leaves the points."""
    by_hand = {"ann": {NAME: {FIRST: {"points": 5, "comment": "bonus"}, SECOND: {"points": 0}}}}
    book = build(overrides=by_hand, right=[SECOND])
    assert marks(book) == [5.0, 0.0]
    assert book["submissions"][0]["points"] == 5.0
    assert checks_of(book)[0]["override"] == {"points": 5, "comment": "bonus"}
    assert marks(build(overrides={"ann": {NAME: {FIRST: {"comment": "See me."}}}})) == [2.0, 1.0]


def test_a_file_of_overrides_is_there_to_be_filled_in(tmp_path):
    """It is written once, all of it comment, and never over what stands there."""
    path = tmp_path / "grades" / OVERRIDES
    assert read_overrides(path) == {}
    assert all(line.startswith("#") for line in path.read_text().splitlines())
    assert read_overrides(path) == {}
    path.write_text("\n".join(line.removeprefix("# ") for line in gradebook.TEMPLATE.splitlines()[2:]))
    read = read_overrides(path)
    assert read["ann"]["05_mnist_lab"]["05-predict-check"]["points"] == 1
    before = path.read_text()
    assert read_overrides(path) == read
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- ann", "expected student, then lesson, then check"),
        ("ann:", "expected student, then lesson, then check, each a name and a colon"),
        ("4711: {L: {c: {points: 1}}}", "names that are numbers in quotes; got {4711:"),
        ("ann: {L: {c: 1}}", "ann, L, c: write {points: 1"),
        ("ann: {L: {c: {point: 1}}}", "ann, L, c: write {points: 1"),
        ("ann: {L: {c: {points: -1}}}", "points at least 0; got {'points': -1}"),
        ("ann: {L: {c: {points: yes}}}", "points at least 0; got {'points': True}"),
        ("ann: {L: {c: {points: .inf}}}", "points at least 0; got {'points': inf}"),
        ("ann: {L: {c: {points: .nan}}}", "points at least 0; got {'points': nan}"),
        ("ann: {L: {c: {points: '1'}}}", "points at least 0; got {'points': '1'}"),
        ("ann: {L: {c: {comment: [1]}}}", "got {'comment': [1]}"),
        ("ann: {L: {c: {points: 1}}}\nbob: {}\nann: {}", "cannot be read as YAML: ann stands there twice, put both"),
        ("ann: {L: {c: {points: 1}, c: {points: 2}}}", "cannot be read as YAML: c stands there twice, put both"),
        ("ann: [", "cannot be read as YAML: while parsing a flow node"),
        ("ann: !!python/object/apply:os.system [ls]", "cannot be read as YAML: could not determine a constructor"),
        ("\ud800".encode("utf-8", "surrogatepass"), "cannot be read as YAML: 'utf-8' codec"),
    ],
)
def test_overrides_that_would_not_count_are_refused(tmp_path, text, problem):
    """The error names the file and the place; a mark by hand is never dropped in silence."""
    path = tmp_path / OVERRIDES
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(OverrideError) as error:
        read_overrides(path)
    assert str(path) in str(error.value)
    assert problem in str(error.value)
    assert "\n" not in str(error.value)


def test_an_override_that_meets_nothing_is_told(build):
    """A name misspelt at any of the three levels."""
    mark = {"points": 1}
    overrides = {
        "ann": {NAME: {FIRST: mark, "90-nothing": mark}, "91_none": {FIRST: mark}},
        "anne": {NAME: {FIRST: mark}},
    }
    assert unused(overrides, build(overrides=overrides)) == [
        f"ann, {NAME}, 90-nothing",
        f"ann, 91_none, {FIRST}",
        f"anne, {NAME}, {FIRST}",
    ]
    assert unused({}, build()) == []


def moved(before, after):
    """Return what changed in short."""
    return [(move["check"], move["before"], move["after"], move["why"]) for move in changes(before, after)]


def other_rules(book):
    """Make a loop free of charge."""
    checks_of(book)[0]["breaches"][0]["cost"] = 0.0
    checks_of(book)[0]["points"] = 2.0


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
    by_hand = build(overrides={"ann": {NAME: {SECOND: {"points": 0.5}}}})
    assert moved(base, by_hand) == [(SECOND, 1.0, 0.5, "by hand")]
    assert moved(by_hand, base) == [(SECOND, 0.5, 1.0, "by hand")]
    looped = build(answers=ANSWERS | {"90-most-likely": LOOPED})
    spared = copy.deepcopy(looped)
    other_rules(spared)
    assert moved(looped, spared) == [(FIRST, 1.0, 2.0, "other rules")]
    dearer = copy.deepcopy(base)
    checks_of(dearer)[0] |= {"points": 4.0, "of": 4.0}
    assert moved(base, dearer) == [(FIRST, 2.0, 4.0, "the check is worth something else")]
    unlucky = copy.deepcopy(base)
    checks_of(unlucky)[0]["points"] = 0.0
    assert moved(base, unlucky) == [(FIRST, 2.0, 0.0, "graded again")]


def test_who_comes_and_who_goes_is_told():
    """A submission that is new or gone, in the order of students, lessons and checks."""
    book = sample()
    fewer = copy.deepcopy(book) | {"submissions": [one for one in book["submissions"] if one["student"] != "bob"]}
    assert [(move["student"], move["before"], move["why"]) for move in changes(fewer, book)] == [
        ("bob", None, "new")
    ] * 2
    assert [(move["after"], move["why"]) for move in changes(book, fewer)] == [(None, "no longer handed in")] * 2
    places = [(move["student"], move["lesson"], move["check"]) for move in changes({"submissions": []}, book)]
    assert places == sorted(places)
    assert len(places) == 2 * len(book["submissions"])


def test_what_is_saved_is_loaded_and_moves_nothing(build, tmp_path):
    """The file is the same byte for byte although a run took another time, and compares equal to what it was."""
    by_hand = {"ann": {NAME: {FIRST: {"points": 1.25, "comment": "half \ud83d an emoji"}}}}
    book = build(answers=ANSWERS | {"90-most-likely": LOOPED}, overrides=by_hand)
    gradebook.save(book, tmp_path)
    content = (tmp_path / gradebook.NAME).read_bytes()
    assert "seconds" not in checks_of(gradebook.load(tmp_path))[0]
    assert "seconds" in checks_of(book)[0]
    assert changes(gradebook.load(tmp_path), book) == []
    checks_of(book)[0] |= {"seconds": 99.0, "memory": 1}
    gradebook.save(book, tmp_path)
    assert (tmp_path / gradebook.NAME).read_bytes() == content
    assert json.loads(content)["isolation"] == "a line"


def test_there_may_be_no_gradebook_yet(tmp_path):
    """The first grading compares with nothing."""
    assert gradebook.load(tmp_path)["submissions"] == []
