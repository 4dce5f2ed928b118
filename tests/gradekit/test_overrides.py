"""Marks by hand: read whole or refused before anybody is graded; what meets nobody is told, with the nearest name."""

import pytest

from gradekit.book import overrides
from gradekit.book.entries import Override
from gradekit.book.overrides import OverrideError, check_overrides, read_overrides, settle
from gradekit.lesson import Lesson, exercises
from tests.gradekit.two_exercises import NAME, lesson

LESSON = Lesson(NAME, lesson(), tuple(exercises(lesson())))
FIRST, SECOND = "90-most-likely-check", "90-decayed-rate-check"
CHECKS = {NAME: [FIRST, SECOND]}


def test_a_file_of_overrides_is_there_to_be_filled_in(tmp_path):
    """It is written once, all of it comment, and never over what stands there."""
    path = tmp_path / "grades" / overrides.NAME
    assert read_overrides(path) == {}
    assert all(line.startswith("#") for line in path.read_text().splitlines())
    assert read_overrides(path) == {}
    path.write_text("\n".join(line.removeprefix("# ") for line in overrides.TEMPLATE.splitlines()[3:]))
    read = read_overrides(path)
    comment = "Right idea; the threshold was off by one."
    assert read == {("ann", "05_mnist_lab", "05-predict-check"): Override(1.0, comment)}
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
        ("ann: {L: {c: {}}}", "ann, L, c: write {points: 1"),
        ("ann: {L: {c: {point: 1}}}", "got {'point': 1}, where 'point' may mean 'points'"),
        ("ann: {L: {c: {7: 1}}}", "got {7: 1}"),
        ("ann: {L: {c: {points: -1}}}", "points a number of at least 0, without quotes; got {'points': -1}"),
        ("ann: {L: {c: {points: yes}}}", "points a number of at least 0, without quotes; got {'points': True}"),
        ("ann: {L: {c: {points: .inf}}}", "got {'points': inf}"),
        ("ann: {L: {c: {points: .nan}}}", "got {'points': nan}"),
        ("ann: {L: {c: {points: '1'}}}", "without quotes; got {'points': '1'}"),
        ("ann: {L: {c: {points: null}}}", "got {'points': None}"),
        ("ann: {L: {c: {comment: [1]}}}", "got {'comment': [1]}"),
        ("ann: {L: {c: {points: 1, bonus: 2}}}", "bonus true or false; got {'points': 1, 'bonus': 2}"),
        ("ann: {L: {c: {points: 1}}}\nbob: {}\nann: {}", "cannot be read as YAML: ann stands there twice, put both"),
        ("ann: {L: {c: {points: 1}, c: {points: 2}}}", "cannot be read as YAML: c stands there twice, put both"),
        ("ann: [", "cannot be read as YAML: while parsing a flow node"),
        ("ann: !!python/object/apply:os.system [ls]", "cannot be read as YAML: could not determine a constructor"),
        ("a: " + "[" * 5000, "cannot be read as YAML"),
        ("\ud800".encode("utf-8", "surrogatepass"), "cannot be read: it is not UTF-8 text (byte 0)"),
        ("ann: {}".encode("utf-16"), "cannot be read: it is not UTF-8 text (byte 0)"),
        ("ann:\n<<<<<<< HEAD\n  L: {}\n=======\n", "line 2 is a mark that git leaves in a merge"),
        ('"an\\e[31mn": {L: {c: {points: -1}}}', "an�[31mn, L, c: write"),
    ],
)
def test_overrides_that_would_not_count_are_refused(tmp_path, text, problem):
    """The error names the file and the place; a mark by hand is never dropped in silence."""
    path = tmp_path / overrides.NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = path.read_bytes()
    with pytest.raises(OverrideError) as error:
        read_overrides(path)
    assert str(path) in str(error.value)
    assert problem in str(error.value)
    assert str(error.value).isprintable()
    assert path.read_bytes() == before


def test_all_faults_are_told_at_once(tmp_path):
    """A line for each."""
    path = tmp_path / overrides.NAME
    path.write_text("ann: {L: {c: {points: -1}, d: 7}}\nbob: {L: {c: {points: 1}}}")
    with pytest.raises(OverrideError) as error:
        read_overrides(path)
    assert [line.split(": ")[1] for line in str(error.value).split("\n")] == ["ann, L, c", "ann, L, d"]


def test_a_windows_editor_writes_a_mark_at_the_start(tmp_path):
    """It is no part of the first student's name."""
    (tmp_path / "x.yml").write_text("\ufeffann: {L: {c: {points: 1}}}", encoding="utf-8")
    assert read_overrides(tmp_path / "x.yml") == {("ann", "L", "c"): Override(1.0)}


def test_more_than_all_points_must_be_meant():
    """40 for a check that is worth 2 is refused before anything is graded, unless the entry says bonus; 2 is fine."""
    check_overrides({("ann", NAME, FIRST): Override(2.0), ("ann", "elsewhere", FIRST): Override(40.0)}, [LESSON])
    check_overrides({("ann", NAME, FIRST): Override(40.0, bonus=True), ("x", NAME, FIRST): Override()}, [LESSON])
    with pytest.raises(OverrideError) as error:
        check_overrides({("ann", NAME, FIRST): Override(40.0)}, [LESSON], "grades/overrides.yml")
    assert str(error.value) == (
        f"grades/overrides.yml: ann, {NAME}, {FIRST}: 40 points for a check that is worth 2. Correct the number, or, "
        "if you mean more than all points, write {points: 40, bonus: true}."
    )


def test_an_override_that_meets_nothing_is_told():
    """Which of the three names is unknown, and the nearest that is known."""
    mark = Override(1.0)
    marks = dict.fromkeys(
        [
            ("ann", NAME, FIRST),
            ("ann", NAME, "90-most-likly-check"),
            ("ann", "90_two_exercise", FIRST),
            ("anne\x1b[1m", NAME, FIRST),
            ("zzz", NAME, FIRST),
        ],
        mark,
    )
    settled, unused = settle(marks, ["ann", "bob"], CHECKS)
    who = "is among those who handed in or are on the roster"
    assert settled == {("ann", NAME, FIRST): mark}
    assert unused == [
        f'ann, {NAME}, 90-most-likly-check: no check "90-most-likly-check" is graded here; did you mean "{FIRST}"?',
        f'ann, 90_two_exercise, {FIRST}: no lesson "90_two_exercise" is graded here; did you mean "{NAME}"?',
        f'anne�[1m, {NAME}, {FIRST}: no student "anne�[1m" {who}; did you mean "ann"?',
        f'zzz, {NAME}, {FIRST}: no student "zzz" {who}',
    ]


def test_a_name_in_another_case_or_composition_is_found():
    """Typed é and a macOS folder's e with an accent are one name; two that differ in case alone must be exact."""
    mark = Override(1.0)
    people = ["Zoe\u0301", "ann", "Ann"]
    settled, unused = settle({("zo\u00e9", NAME.upper(), FIRST): mark, ("Ann", NAME, FIRST): mark}, people, CHECKS)
    assert list(settled) == [("Zoe\u0301", NAME, FIRST), ("Ann", NAME, FIRST)] and unused == []
    assert settle({("ANN", NAME, FIRST): mark}, people, CHECKS)[0] == {}
    settled, (told,) = settle(dict.fromkeys([("bob", NAME, FIRST), ("BOB", NAME, FIRST)], mark), ["bob"], CHECKS)
    assert list(settled) == [("bob", NAME, FIRST)] and "another spelling, bob," in told
