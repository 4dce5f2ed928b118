"""What pages say of the course, from a file of the instructor's."""

import pytest

from gradekit.book.course import Course, read_course
from gradekit.book.overrides import OverrideError


def test_a_file_to_fill_in_is_written_once(tmp_path):
    """Empty it says nothing but the day; what the instructor has written is never written over."""
    path = tmp_path / "course.yml"
    assert read_course(path, "1 May 2026") == Course(date="1 May 2026")
    text = path.read_text().replace("# name", "name").replace("# ask", "ask").replace("# date", "date")
    path.write_text(text)
    found = read_course(path, "1 May 2026")
    assert found.name == "Machine learning, autumn term" and found.ask.startswith("Dr. Ann Lee")
    assert found.date == "28 November 2026" and path.read_text() == text


@pytest.mark.parametrize("text", ["- a", "course: x", "name: a\nname: b", "name: [", "just words"])
def test_a_file_that_is_no_such_table_is_refused(tmp_path, text):
    """Before anybody is graded, with what to write."""
    path = tmp_path / "course.yml"
    path.write_text(text)
    with pytest.raises(OverrideError, match=r"course\.yml: .*Nobody was graded"):
        read_course(path)


def test_whatever_stands_there_is_one_line_of_text(tmp_path):
    """Numbers and days that YAML reads as such, line breaks, empty values."""
    (tmp_path / "course.yml").write_text("name: 4711\nask: |\n  a\n  b\ndate: 2026-11-28\n")
    assert read_course(tmp_path / "course.yml") == Course("4711", "a b", "2026-11-28")
    (tmp_path / "course.yml").write_text("name:\n")
    assert read_course(tmp_path / "course.yml", "today") == Course(date="today")
