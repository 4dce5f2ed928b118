"""The tables open with the csv module and hold what each system asks for; no student's name breaks or runs anything."""

import csv
import json
from dataclasses import replace

import pytest

from gradekit.book.entries import FileEntry, LessonEntry, Task
from gradekit.book.naming import file_name
from gradekit.book.tables import FORMULA, safe_cell, write_tables
from gradekit.roster import RosterError, read_roster
from tests.gradekit.sample_gradebook import HOSTILE, LESSON, RESULTS, ROSTER, changed, gradebook, without

TABLES = ["grades.csv", "canvas.csv", f"moodle_{LESSON}.csv"]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Return the folder with the tables of the class."""
    folder = tmp_path_factory.mktemp("grades")
    write_tables(gradebook(), folder, roster=ROSTER)
    return folder


def rows(path):
    """Return the rows of a table."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file, strict=True))


def records(path):
    """Return the rows of a table by its columns."""
    head, *body = rows(path)
    return [dict(zip(head, row, strict=True)) for row in body]


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_a_formula_or_holds_a_line_break(tables, name):
    """Whatever the students are called and wrote; and each row has a cell for each column."""
    head, *body = rows(tables / name)
    assert {len(row) for row in body} == {len(head)}
    for cell in (cell for row in body for cell in row):
        assert not cell.lstrip().startswith(FORMULA)
        assert len(cell.splitlines()) <= 1 and cell.isprintable()


@pytest.mark.parametrize("name", TABLES)
def test_text_is_quoted_and_numbers_are_not(tables, name):
    """A spreadsheet takes 2.5 for a number, and everything else for a text."""
    with (tables / name).open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file, quoting=csv.QUOTE_NONNUMERIC) for cell in row]
    assert 2.5 in cells and {type(cell) for cell in cells} == {str, float}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " \n +", "＝", "\x00 -", "\u200b=", "\u202e@"])
def test_every_start_of_a_formula_is_disarmed(tmp_path, start):
    """Also behind white space, also as a name of the roster, also in its wide form."""
    book = replace(
        changed(gradebook(), 0, student=f"{start}1+1"), files=(FileEntry(f"{start}5", f"{start}6", why=f"{start}7"),)
    )
    write_tables(book, tmp_path, roster={f"{start}1+1": {"name": f"{start}2", "email": f"{start}3", "id": f"{start}4"}})
    for name in TABLES:
        assert not [cell for row in rows(tmp_path / name) for cell in row if cell.lstrip().startswith(FORMULA)]


@pytest.mark.parametrize("text", ["a;=1+1", "a; =1+1", "a;@SUM(1)", "a;＋1"])
def test_no_cell_begins_behind_a_semicolon(text):
    """A spreadsheet that separates cells by semicolons would find a formula there; any other text stays as it is."""
    assert safe_cell(text) == text.replace(";", ";'")
    assert safe_cell("f(x); y = [1, -2]") == "f(x); y = [1, -2]"


def test_grades_hold_a_row_for_each_student_and_a_column_for_each_check(tables):
    """Who handed in nothing, or nothing that counts, has empty cells and a remark; points by hand are in it."""
    head, *_ = rows(tables / "grades.csv")
    checks = ["05-predict-check", "05-softmax-regression-check"]
    assert head == ["student", "name", LESSON, "total", "of", *checks, "remark"]
    by_student = {row["student"]: row for row in records(tables / "grades.csv")}
    assert len(by_student) == len(RESULTS) + 2
    assert list(by_student["bob"].values()) == ["bob", "'@SUM(1)", "3.5", "3.5", "4", "1", "2.5", ""]
    assert list(by_student["nil"].values()) == ["nil", "Nil Absent", "", "", "4", "", "", "handed in nothing"]
    left_out = "not on the roster; dan/my �[31mlab.docx: not taken: it is no notebook"
    assert list(by_student["dan"].values()) == ["dan", "dan", "", "", "4", "", "", left_out]
    assert by_student["zoe"]["remark"] == "not on the roster"


@pytest.mark.parametrize("name", TABLES)
def test_everyone_has_one_row_in_each_table(tables, name):
    """Whoever was graded, handed in something else, or is on the roster."""
    people = records(tables / name)
    people = [row for row in people if row.get("Student") != "Points Possible"]
    assert len(people) == len(set(RESULTS) | set(ROSTER) | {"dan"})


def test_canvas_finds_its_columns_and_its_students(tables):
    """Five columns about the student, one a lesson; the row of points comes first; no submission is an empty cell."""
    head, points, *_ = rows(tables / "canvas.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", LESSON]
    assert points == ["Points Possible", "", "", "", "", "4"]
    by_name = {row["Student"]: list(row.values())[1:] for row in records(tables / "canvas.csv")}
    assert by_name["Ann Ångström"] == ["7", "S1", "ann", "A", "4"]
    assert by_name["Nil Absent"] == ["8", "", "", "", ""]


def test_nobody_is_taken_for_the_row_of_points(tmp_path):
    """Canvas reads each row whose first cell holds these words as the points of the assignments."""
    write_tables(changed(gradebook(), 0, student="my Points  possible"), tmp_path)
    assert sum("points possible" in row[0].lower() for row in rows(tmp_path / "canvas.csv")) == 1


def test_moodle_finds_its_students(tables):
    """By the number in the folder that Moodle made, or the roster's; no submission is an empty grade, and is said."""
    by_name = {row["Full name"]: row for row in records(tables / f"moodle_{LESSON}.csv")}
    assert by_name["Ann Lee"]["Identifier"] == "Participant 4711"
    assert by_name["'@SUM(1)"]["Identifier"] == "Participant 99"
    assert {row["Maximum Grade"] for row in by_name.values()} == {"4"}
    assert {"Grade", "Last modified (grade)", "Feedback comments"} <= set(by_name["dan"])
    found = {name: (row["Status"], row["Grade"]) for name, row in by_name.items()}
    assert found["Nil Absent"] == found["dan"] == ("No submission", "")
    assert found["Ann Ångström"] == ("Submitted for grading", "4")


def test_a_mark_by_hand_reaches_every_system(tmp_path):
    """Also where nothing was handed in."""
    book = changed(gradebook(), 6, file="")
    write_tables(book, tmp_path, roster=ROSTER)
    ann = {row["Full name"]: row for row in records(tmp_path / f"moodle_{LESSON}.csv")}["Ann Ångström"]
    assert (ann["Status"], ann["Grade"]) == ("No submission", "4")


def test_moodles_comments_are_safe_as_html(tables):
    """Moodle shows a comment as HTML: what a student's process said arrives as text."""
    comments = [row["Feedback comments"] for row in records(tables / f"moodle_{LESSON}.csv")]
    assert any("&lt;script&gt;alert(2)" in comment for comment in comments)
    assert not [comment for comment in comments if "<" in comment.replace("<br>", "")]


def test_gradescope_gets_a_file_for_each_submission(tables):
    """With points, words and a status for each check; one that lost points to a rule has not passed."""
    found = {path.name: json.loads(path.read_text()) for path in (tables / "gradescope").iterdir()}
    assert len(found) == len(RESULTS)
    ann, zoe = found[f"ann_{LESSON}.json"], found[f"zoe_{LESSON}.json"]
    assert ann["score"] == 4 and [test["status"] for test in ann["tests"]] == ["passed", "passed"]
    assert zoe["score"] == 2.5 and [test["status"] for test in zoe["tests"]] == ["passed", "failed"]
    assert "line 4" in zoe["tests"][1]["output"] and "metadata" in zoe["output"]
    for test in (test for result in found.values() for test in result["tests"]):
        assert list(test) == ["name", "score", "max_score", "status", "output", "visibility"]
        assert test["visibility"] == "visible" and 0 <= test["score"] <= test["max_score"]


def test_files_stay_in_their_folder_and_are_one_for_each_student(tmp_path):
    """Names that differ only in case, in composition or in what no file name can hold are different students."""
    names = [
        *HOSTILE.values(),
        "ann",
        "Ann",
        "ANN",
        "é",
        "e\u0301",
        "a b",
        "a\nb",
        "a_b",
        "a/b",
        "con",
        "",
        ".",
        "..",
        "x" * 300,
    ]
    one = gradebook().submissions[0]
    works = tuple(replace(one, student=name) for name in dict.fromkeys(names))
    write_tables(replace(gradebook(), submissions=works), tmp_path / "out")
    files = list((tmp_path / "out" / "gradescope").iterdir())
    assert len({path.name.casefold() for path in files}) == len(files) == len(set(names))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert all(len(path.name.encode()) < 240 and path.name.isprintable() for path in files)


def test_a_plain_name_is_kept():
    """Most students have one, and it is easier to find."""
    assert [file_name(name) for name in ("ann", "s1234567", "ann.lee", "ann-lee_2")] == [
        "ann",
        "s1234567",
        "ann.lee",
        "ann-lee_2",
    ]


def test_each_of_a_group_has_a_row_and_a_file(tmp_path):
    """With the group's points, under each one's own name and numbers; nobody has a row as a group."""
    book = replace(gradebook(), groups={"zoe": ("ann", "nil", "x")}, absent=())
    write_tables(book, tmp_path, roster=ROSTER)
    by_student = {row["student"]: row for row in records(tmp_path / "grades.csv")}
    assert "zoe" not in by_student
    assert {name: by_student[name]["total"] for name in ("ann", "nil", "x")} == {"ann": "4", "nil": "2.5", "x": "2.5"}
    assert by_student["nil"]["name"] == "Nil Absent"
    assert by_student["x"]["remark"] == "not on the roster"
    found = {path.name: json.loads(path.read_text())["score"] for path in (tmp_path / "gradescope").iterdir()}
    assert (found[f"nil_{LESSON}.json"], found[f"ann_{LESSON}.json"]) == (2.5, 4) and f"zoe_{LESSON}.json" not in found
    people = [row["Student"] for row in records(tmp_path / "canvas.csv")]
    assert people.count("Nil Absent") == 1 and "zoe" not in people


def test_what_an_instructor_must_look_at_is_said_to_them_alone(tmp_path):
    """In grades.csv; Moodle and Gradescope hand their words to students."""
    write_tables(changed(gradebook(), 0, look="two people may be one"), tmp_path)
    said = [path.name for path in tmp_path.rglob("*") if path.is_file() and "may be one" in path.read_text()]
    assert said == ["grades.csv"]


def test_written_again_the_tables_are_the_same_byte_for_byte(tables, tmp_path):
    """Nothing in them depends on the time, the order or the machine, and nothing half-written is left."""
    write_tables(gradebook(), tmp_path, roster=dict(reversed(ROSTER.items())))
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tables, tmp_path)
    ]
    assert contents[0] == contents[1] and len(contents[0]) == len(TABLES) + len(RESULTS)


def test_a_lesson_that_nobody_handed_in_is_empty(tmp_path):
    """And counts in the total."""
    book = without(gradebook())
    other = LessonEntry("06_x", "", (Task("06-a-check", 2.0),))
    write_tables(replace(book, lessons=(*book.lessons, other)), tmp_path)
    ann = next(row for row in records(tmp_path / "grades.csv") if row["student"] == "ann")
    assert (ann["06_x"], ann["06-a-check"], ann["total"], ann["of"]) == ("", "", "4", "6")
    assert {row["Grade"] for row in records(tmp_path / "moodle_06_x.csv")} == {""}


@pytest.mark.parametrize(
    "text",
    ["student,name\nann,Ann Lee\n", "\ufeffStudent ; Name\r\nann;Ann Lee\r\n;\r\n", "student\tname\rann\tAnn Lee\r"],
)
def test_a_roster_of_any_spreadsheet_is_read(tmp_path, text):
    """With a mark at its start, semicolons, capitals, empty rows."""
    path = tmp_path / "roster.csv"
    for encoding in ("utf-8", "utf-16"):
        path.write_bytes(text.encode(encoding))
        assert read_roster(path) == {"ann": {"name": "Ann Lee"}}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"name,email\nAnn,a@b\n", "no column 'student'"),
        (b"", "no column 'student'"),
        (b"student,name\nann,A\nann,B\n", "two rows for the student 'ann'"),
        ("student,name\nann,Ångström\n".encode("latin-1"), "not UTF-8"),
        ("student,name\nann,A\n".encode("utf-16-le"), "no column 'student'"),
        (b"student,name\nann,Lee, Ann\n", r"row 2 has 3 cells and the first line 2 names: 'ann . Lee . Ann'"),
        (b"student,name\n,Ann\n", "row 2 has an empty cell for 'student'"),
        (
            b'student,name\nann,"Ann\nbob,Bob\n',
            "unexpected end of data. See that quotation marks come in pairs",
        ),
        (b"student,name\n<<<<<<< HEAD\nann,A\n=======\n", "line 2 is a mark that git leaves in a merge"),
    ],
)
def test_a_roster_that_cannot_be_used_says_why(tmp_path, content, problem):
    """And what to do."""
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(RosterError, match=problem):
        read_roster(tmp_path / "roster.csv")


def test_a_roster_that_cannot_be_opened_says_so(tmp_path):
    """A folder has its name."""
    with pytest.raises(RosterError, match=r"cannot be read: is a directory\."):
        read_roster(tmp_path)
