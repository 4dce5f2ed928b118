"""Every person of a class is found: however a system lays files out, and however names are written."""

import json

import pytest

from gradekit.lesson import prepare
from gradekit.roster import RosterError, read_roster
from gradekit.submission.folder import find
from gradekit.submission.naming import bare, is_generic, lesson_named, plain, repaired, stem, without_lesson
from gradekit.submission.people import Person, find_layout, place
from gradekit.submission.roster import Roster
from gradekit.submission.students import who
from tests.gradekit.class_of_120 import SYSTEMS, people, roster, write_class
from tests.gradekit.handed_in import by_student
from tests.gradekit.two_exercises import lesson

LESSONS = ["00_start_here", "01_theory", "02_gradient", "03_loops_and_vectors", "05_mnist_lab", "06_hyperparameters"]
LESSON = prepare("05_mnist_lab", lesson())
NB = "05_mnist_lab.ipynb"
TEXT = by_student("number @@")


@pytest.mark.parametrize("top", ["", "export", "Section A/week 5"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_everybody_of_a_class_is_found(tmp_path, system, top):
    """A hundred and twenty people, one work each, each their own; the roster matches all of them."""
    write_class(tmp_path, system, TEXT, top=top)
    found = find(tmp_path, [LESSON], roster=roster())
    numbers = {work.student: work.submission.answers["90-most-likely"].split("number ")[1] for work in found.works}
    assert numbers == {f"P{someone.number:03}": str(someone.number) for someone in people()}
    assert (found.strangers, found.silent) == ((), ())


@pytest.mark.parametrize("system", ["canvas", "moodle", "brightspace", "classroom"])
def test_names_alone_match_a_roster(tmp_path, system):
    """Without a number or an address in the roster."""
    write_class(tmp_path, system, TEXT, seed=2)
    found = find(tmp_path, [LESSON], roster=roster(ids=False))
    numbers = {work.student: work.submission.answers["90-most-likely"].split("number ")[1] for work in found.works}
    assert numbers == {f"P{someone.number:03}": str(someone.number) for someone in people()}
    assert (found.strangers, found.silent) == ((), ())


@pytest.mark.parametrize("system", SYSTEMS)
def test_without_a_roster_nobody_is_merged_or_lost(tmp_path, system):
    """As many students as people, each with one work."""
    write_class(tmp_path, system, TEXT, seed=3)
    works = find(tmp_path, [LESSON]).works
    numbers = [work.submission.answers["90-most-likely"].split("number ")[1] for work in works]
    assert len({work.student for work in works}) == len(works) == 120 == len(set(numbers))


def students(paths, *, known=None, roster=None):
    """Return by what names the students of some paths go, sorted."""
    parts = [tuple(path.split("/")) for path in paths]
    files = {each: lesson_named(each[-1], LESSONS) for each in parts}
    is_person = Roster(roster).knows if roster else (lambda name: False)
    layout = find_layout(files, LESSONS, is_person=is_person, known=tuple((known or {}).items()))
    persons = [place(each, layout, lesson=lesson).person for each, lesson in files.items()]
    named = who([person for person in persons if person], roster)
    return sorted({named[person].name for person in persons if person})


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        ([f"ann/{NB}", f"bob/{NB}"], ["ann", "bob"]),
        ([f"export/ann/{NB}", f"export/bob/{NB}"], ["ann", "bob"]),
        ([f"CS 101 fall/ann/{NB}", f"CS 101 fall/bob/{NB}"], ["ann", "bob"]),
        ([f"05_mnist_lab/ann/{NB}", "06_hyperparameters/ann/06_hyperparameters.ipynb"], ["ann"]),
        ([f"Physics/ann/{NB}", f"Physics/bob/{NB}", f"Maths/carl/{NB}", f"Maths/dora/{NB}"],
         ["ann", "bob", "carl", "dora"]),
        ([f"ann/{NB}", "ann/06_hyperparameters.ipynb"], ["ann"]),
        ([f"ann/old/{NB}", f"ann/final/{NB}", f"bob/ps1/{NB}"], ["ann", "bob"]),
        ([f"ann/work/deep/{NB}"], ["ann"]),
        (["ann/solution.ipynb", "ann/draft.ipynb", "ann/my copy.ipynb"], ["ann"]),
        ([f"ann_{NB}", f"bob_{NB}"], ["ann", "bob"]),
        ([f"export/ann_{NB}", f"export/bob_{NB}"], ["ann", "bob"]),
        (["lab5_ann.ipynb", "lab5_bob.ipynb"], ["ann", "bob"]),
        (["ann.ipynb", "bob.ipynb"], ["ann", "bob"]),
        ([f"Ann Lee - {NB}", "Anne-Marie Lee - my try.ipynb"], ["Ann Lee", "Anne-Marie Lee"]),
        ([f"Lab 5 - MNIST/ann_{NB}", f"Lab 5 - MNIST/bob_{NB}"], ["ann", "bob"]),
        ([f"submitted/ann/ps1/{NB}", f"submitted/bob/ps1/{NB}"], ["ann", "bob"]),
        ([f"student01/{NB}", f"student02/{NB}"], ["student01", "student02"]),
        ([f"12345/{NB}", f"23456/{NB}"], ["12345", "23456"]),
        ([f"smithann_12345_678901_{NB}", "smithann_12345_678955_05_mnist_lab-2.ipynb"], ["smithann"]),
        ([f"smithann_LATE_12345_678901_{NB}", f"leebo_23_45_{NB}"], ["leebo", "smithann"]),
        ([f"smithann_11_31_{NB}", f"smithann_12_32_{NB}"], ["smithann (11)", "smithann (12)"]),
        ([f"Ann Lee_4711_assignsubmission_file_/{NB}"], ["Ann Lee"]),
        ([f"Ann Lee_4711_assignsubmission_file_{NB}", f"Bo_4712_assignsubmission_file_{NB}"], ["Ann Lee", "Bo"]),
        ([f"Ann Lee_4711_assignsubmission_file_/{NB}", f"Ann Lee_4712_assignsubmission_file_/{NB}"],
         ["Ann Lee (4711)", "Ann Lee (4712)"]),
        ([f"Class 4B/Ann Lee_4711_assignsubmission_file_/{NB}", f"stray/{NB}"], ["Ann Lee", "05_mnist_lab"]),
        ([f"12345-67890 - Ann Lee - Nov 3, 2026 1234 PM/{NB}"], ["Ann Lee"]),
        ([f"12345-67890 - Anne-Marie Lee- Nov 3, 2026 1234 PM - {NB}"], ["Anne-Marie Lee"]),
        ([f"Download/12345-67890 - Ann Lee - 3 November 2026 12:34/{NB}"], ["Ann Lee"]),
        (["05 lab_ann_attempt_2026-11-03-12-00-00_file.ipynb"], ["ann"]),
        (["05_lab_a_lee_attempt_2026-11-03-12-00-00_x.ipynb", "05_lab_b_ray_attempt_2026-11-03-12-00-00_y.ipynb"],
         ["a_lee", "b_ray"]),
        ([f"submission_123/{NB}", f"submission_124/{NB}"], ["submission_123", "submission_124"]),
        (["submission_123.ipynb", f"submission_124_{NB}"], ["submission_123", "submission_124"]),
        ([f"Group 7/{NB}", f"Group 8/{NB}"], ["Group 7", "Group 8"]),
        ([f"ann.zip/{NB}", f"bob.tar.gz/{NB}"], ["ann", "bob"]),
        ([f"ann_05_mnist_lab.zip/a/{NB}", f"bob/{NB}"], ["ann", "bob"]),
        ([f"all.zip/ann/{NB}", f"all.zip/bob/{NB}"], ["ann", "bob"]),
        ([f"smithann_1_2_work.zip/x/{NB}", f"leebo_3_4_{NB}"], ["leebo", "smithann"]),
        ([f"Ann\x1b[31m/{NB}", f"Bob\n/{NB}"], ["Ann\ufffd[31m", "Bob"]),
        ([f"Zoë/{NB}", "Zoe\u0308/06_hyperparameters.ipynb", f"ZOË/{NB}"], ["Zoë"]),
        ([f"Ann Lee/{NB}", f"Lee, Ann/{NB}"], ["Ann Lee", "Lee, Ann"]),
        ([f"ann 2026/{NB}", f"bob 2026/{NB}"], ["ann 2026", "bob 2026"]),
        ([f"ann/{NB}", f"bob/{NB}", f"carl_1_2_x/{NB}"], ["ann", "bob", "carl_1_2_x"]),
    ],
)  # fmt: skip
def test_a_layout_is_decided_from_the_whole_folder(paths, names):
    """Each system's, plain folders and files, in top folders or not; numbers only where they tell two apart."""
    assert students(paths) == sorted(names)


CLASS = {
    "al": {"name": "Ann Lee", "email": "ann.lee@school.edu", "id": "s1001", "login": "alee",
           "canvas_id": "11", "moodle": "71"},
    "mm": {"name": "Zoë Müller-O'Brien", "email": "zmo@school.edu", "id": "s1002"},
    "la": {"name": "Lee Ann", "id": "s1003"},
    "ma": {"name": "Mary Ann Smith"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "student"),
    [
        ("al", "al"), ("ALEE", "al"), ("ann.lee@school.edu", "al"),
        ("S1001", "al"), ("ann.lee", "al"), ("Ann Lee", "al"),
        ("ann_lee", "al"), ("Lee, Ann", "al"), ("Lee Ann", "la"), ("Ann, Lee", "la"), ("Zoe Muller O'Brien", "mm"),
        ("Müller-O’Brien, Zoë", "mm"), ("ZoÃ« MÃ¼ller-O'Brien", "mm"), ("smithmaryann", "ma"), ("maryannsmith", "ma"),
        ("Mary Ann  SMITH", "ma"), ("Ann Smith", "Ann Smith"), ("Ann", "Ann"), ("l", "l"),
    ],
)  # fmt: skip
def test_a_roster_knows_people_by_any_of_their_names(label, student):
    """By id, login, address and name in its spellings; two whom it tells apart are never one."""
    assert who([Person(label)], CLASS)[Person(label)].name == student


@pytest.mark.parametrize(
    ("label", "student"),
    [
        ("S1001 张三", "al"), ("王五-s1001", "al"), ("s1002+Zoë", "mm"), ("Lee, Ann(alee)", "al"),
        ("X [s1003] Y", "la"),
        ("Lee_Ann_x_s1001", "al"), ("Team 1-Mary Ann Smith", "ma"), ("Group B - Zoë Müller-O'Brien", "mm"),
        ("alee Smith", "alee Smith"), ("s1001 s1002", "s1001 s1002"), ("Ann Lee Wong", "Ann Lee Wong"),
        ("Mary Ann Smith-Ann Lee", "Mary Ann Smith-Ann Lee"), ("s10011", "s10011"),
        ("Wong (Ann Lee)", "Wong (Ann Lee)"),
    ],
)  # fmt: skip
def test_a_number_or_a_login_beside_a_name_is_enough(label, student):
    """As Sakai, ILIAS and students themselves write it, or Moodle a team's member; a name within a name is not."""
    assert who([Person(label)], CLASS)[Person(label)].name == student


def test_numbers_count_more_than_names():
    """A system's number matches only its own column, and contradicts a name."""
    named = {
        Person("Someone Else", (("canvas_id", "11"),)): "al",
        Person("Someone Else", (("moodle", "11"),)): "Someone Else",
        Person("Ann Lee", (("moodle", "99"), ("name", "Ann Lee"))): "Ann Lee",
    }
    for person, student in named.items():
        assert who([person], CLASS)[person].name == student
    namesake = Person("Ann Lee", (("moodle", "99"),))
    stranger = who([namesake], {"Ann Lee": {"moodle": "1"}})[namesake]
    assert (stranger.name, stranger.on_roster) == ("Ann Lee (99)", False)
    (remark,) = who([person], CLASS)[person].remarks
    assert remark == "the name is that of al on the roster, but not the moodle."


@pytest.mark.parametrize("sure", [Person("X", (("canvas_id", "11"),)), Person("S1001 X", (("brightspace", "2"),))])
def test_of_two_who_may_be_one_of_the_roster_the_number_tells(sure):
    """The other one, who has no more than the name, is kept apart."""
    namesake = Person("Ann Lee", (("brightspace", "1"),))
    found = who([namesake, sure], CLASS)
    assert (found[sure].name, found[namesake].on_roster) == ("al", False)


def test_who_is_not_certain_is_kept_apart_and_told():
    """A name that fits two rows, two numbers for one row, two spellings without a roster."""
    two = {"a1": {"name": "Ann Lee"}, "a2": {"name": "Ann Lee"}}
    student = who([Person("Ann Lee")], two)[Person("Ann Lee")]
    assert (student.name, student.on_roster) == (
        "Ann Lee",
        False,
    ) and "several people of the roster: a1, a2" in student.remarks[0]
    persons = [Person("Ann Lee", (("brightspace", number),)) for number in ("1", "2")]
    found = who(persons, {"al": {"name": "Ann Lee"}})
    assert [found[person].name for person in persons] == ["Ann Lee (1)", "Ann Lee (2)"]
    assert all("two people with different numbers" in found[person].remarks[0] for person in persons)
    labels = ["Ann Lee", "Lee, Ann", "ann  lee"]
    apart = who([Person(label) for label in labels])
    assert [apart[Person(label)].name for label in labels] == ["Ann Lee", "Lee, Ann", "Ann Lee"]
    assert any("perhaps the same person as Lee, Ann" in remark for remark in apart[Person("Ann Lee")].remarks)
    copies = who([Person("Bo Ray"), Person("Bo Ray (1)")])
    assert all("perhaps the same person" in student.remarks[0] for student in copies.values())
    namesakes = who([Person("Bo Ray", (("moodle", number),)) for number in "12"])
    assert [(student.name, student.remarks) for student in namesakes.values()] == [
        ("Bo Ray (1)", ()),
        ("Bo Ray (2)", ()),
    ]
    assert any("taken for one person: Ann Lee, ann lee" in remark for remark in apart[Person("Ann Lee")].remarks)


@pytest.mark.parametrize(
    "label", ["Ann Lee & Mary Ann Smith", "Ann Lee, Mary Ann Smith", "al + ma", "alee__smithmaryann"]
)
def test_a_group_stays_one(label):
    """With its members, where the roster knows them all."""
    student = who([Person(label)], CLASS)[Person(label)]
    assert (student.name, student.members) == ("al + ma", ("al", "ma"))
    assert "handed in by a group: al, ma" in student.remarks[0]
    assert who([Person("Ann Lee & Nobody")], CLASS)[Person("Ann Lee & Nobody")].members == ()


def test_a_roster_tells_at_what_depth_the_students_are():
    """Even where a single student's folder looks like an export's."""
    paths = [f"old stuff/ann/{NB}", f"old stuff/mine/{NB}"]
    assert students(paths, roster={"old stuff": {}, "bob": {}}) == ["old stuff"]


@pytest.mark.parametrize(
    ("name", "named", "left"),
    [
        ("05_mnist_lab.ipynb", "05_mnist_lab", ""), ("05_MNIST_lab", "05_mnist_lab", ""),
        ("05-mnist-lab.IPYNB", "05_mnist_lab", ""),
        ("05 mnist lab (1).ipynb.txt", "05_mnist_lab", ""), ("lab5_ann.ipynb", "05_mnist_lab", "ann"),
        ("05mnistlab.ipynb.json", "05_mnist_lab", ""), ("05_mnst_lab_ann.ipynb", "05_mnist_lab", "ann"),
        ("hw05.ipynb", "05_mnist_lab", ""),
        ("ann5_05_mnist_lab-Copy1.ipynb", "05_mnist_lab", "ann5"), ("５_MNIST_lab.ipynb", "05_mnist_lab", ""),
        ("Ann_Lee_05_mnist_lab_final_v2.ipynb", "05_mnist_lab", "Ann_Lee"),
        ("s1001_05_mnist_lab.ipynb", "05_mnist_lab", "s1001"),
        ("loops and vectors", "03_loops_and_vectors", ""), ("homework.ipynb", "", ""),
        ("2026-11-03.ipynb", "", "2026-11-03"),
        ("theory_ann.ipynb", "01_theory", "ann"), ("06_05_mnist_lab.ipynb", "05_mnist_lab", "06"),
        ("05.ipynb", "05_mnist_lab", ""),
    ],
)  # fmt: skip
def test_a_lesson_is_told_by_its_name_however_written(name, named, left):
    """Case, signs, copies, endings, wide digits, a slip; what is left is a person's."""
    assert lesson_named(name, LESSONS) == named
    assert without_lesson(stem(name), named) == left


def test_names_are_compared_as_people_see_them():
    """Composed or not, in whatever case; damaged ones as they were meant."""
    assert plain("E\u0301VA__Kiss ") == plain("éva kiss")
    assert bare("Dvořák, Łukasz") == ("lukasz", "dvorak")
    assert [repaired(name.encode().decode(encoding)) for name, encoding in [("Ü1", "latin-1"), ("Ü1", "cp437")]] == [
        "Ü1"
    ] * 2
    assert repaired("Ann") == "Ann"
    assert (
        is_generic("05_mnst_lab", LESSONS) and is_generic("Final (2)", LESSONS) and not is_generic("student01", LESSONS)
    )


ROW = "student,name\nann,Ann Lee\n"


@pytest.mark.parametrize(
    "content",
    [
        ROW.encode(),
        "\ufeffStudent ; Name\r\nann;Ann Lee\r\n;\r\n".encode(),
        ROW.replace(",", "\t").encode("utf-16"),
        ROW.replace(",", "\t").encode(),
        b'"student","name"\r\n"ann","Ann Lee"\r\n , \r\n',
        b"student,name,note\nann,Ann Lee,\n",
    ],
)
def test_a_roster_of_any_spreadsheet_is_read(tmp_path, content):
    """With a mark at its start, semicolons, tabs, quotes, capitals, empty rows, in UTF-16 as Excel saves it."""
    (tmp_path / "roster.csv").write_bytes(content)
    assert read_roster(tmp_path / "roster.csv") == {"ann": {"name": "Ann Lee"}}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"name,email\nAnn,a@b\n", "no column 'student'"),
        (b"", "no column 'student'"),
        (b"student,name\nann,A\nann,B\n", "two rows for the student 'ann'"),
        ("student,name\nann,Ångström\n".encode("latin-1"), "not UTF-8"),
        (b"student,name\n" + b"x" * 200_000 + b",b\n", "is no table"),
    ],
)
def test_a_roster_that_cannot_be_used_says_why(tmp_path, content, problem):
    """And what to do."""
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(RosterError, match=problem):
        read_roster(tmp_path / "roster.csv")


def test_a_roster_may_name_people_as_the_folder_does(tmp_path):
    """As it had to before the systems' names were read."""
    folder = "Ann Lee_4711_assignsubmission_file_"
    assert students([f"{folder}/{NB}"], roster={folder: {"name": "Ann"}}) == [folder]


def test_facts_of_the_folder_are_kept(tmp_path):
    """Moodle's number, for its table, by the student's name."""
    (tmp_path / "Ann Lee_4711_assignsubmission_file_").mkdir()
    (tmp_path / "Ann Lee_4711_assignsubmission_file_" / NB).write_text(json.dumps({"cells": []}))
    assert find(tmp_path, [LESSON]).facts == {"Ann Lee": {"moodle": "4711", "name": "Ann Lee"}}
